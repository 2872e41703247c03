//! What is asked of a place in a few words: the title and the course of it that the page's card begins with, for a terminal.
//!
//! The whole sentence, with everything that was logged, stays with the finding. What is to be done the same day is never shortened.

use super::{Course, courses};
use crate::{
    pain::{PainLog, Place, places_meet, site_text},
    rules::{
        self, EmergencyNumber, Finding, Limits, Severity,
        ladder::{self, Rung},
        standing::rating,
    },
    time::{days_between, period_text, short_date_text},
    words::sentence_case,
};
use chrono::NaiveDate;

/// Headlines of one place that stand in the title.
const IN_TITLE: usize = 2;

/// What is asked of one place, or of the body or running as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// How loud.
    pub severity: Severity,
    /// The place as the loudest finding names it; None for the whole body and for running.
    pub place: Option<Place>,
    /// The rule that decides.
    pub rule: &'static str,
    /// The first day that its finding is about.
    pub since: NaiveDate,
    /// In a few words; of what is to be done the same day all of them.
    pub text: String,
    /// The facts and what to do, in all their words.
    pub whole: String,
}

/// What a rung says in short. None for one without a finding, which [`ladder::ladder`] does not make.
pub fn of(rung: &Rung, all: &[Course]) -> Option<Short> {
    let lead = rung.lead()?;
    let whole = rung.text();
    Some(Short {
        severity: lead.severity,
        place: rung.place,
        rule: lead.rule,
        since: lead.from,
        text: in_short(rung, lead, all).unwrap_or_else(|| whole.clone()),
        whole,
    })
}

/// What the rules ask for by a log alone, without any run, on its [`ladder::last_day`]: each place once, the loudest first. Empty for a
/// log without rows and where there is nothing to say, which is no all-clear.
pub fn of_log(pain: &PainLog, limits: &Limits, number: &EmergencyNumber) -> Vec<Short> {
    ladder::last_day(pain).map_or_else(Vec::new, |day| of_log_on(day, pain, limits, number))
}

/// The same on a day: what the log asks for up to then.
pub fn of_log_on(
    as_of: NaiveDate,
    pain: &PainLog,
    limits: &Limits,
    number: &EmergencyNumber,
) -> Vec<Short> {
    let alone = ladder::alone_on(as_of, pain, limits, number);
    let courses = courses(&alone.history, &alone.pain, &alone.findings);
    let rungs = ladder::ladder(&alone.findings, as_of);
    let said = rungs.iter().filter_map(|rung| of(rung, &courses));
    said.collect()
}

/// `Right shin: one sore spot on a bone, and it hurts even at rest`.
pub fn title(rung: &Rung) -> String {
    let headlines = headlines(rung).join(", and ");
    match rung.place {
        Some((site, side)) => format!("{}: {headlines}", sentence_case(&site_text(site, side))),
        None => sentence_case(&headlines),
    }
}

/// What decides, and what of the same kind is beside it.
fn headlines(rung: &Rung) -> Vec<&'static str> {
    let mut said: Vec<&'static str> = Vec::new();
    let is_as_loud = |finding: &&&Finding| {
        finding.severity == rung.severity() && rules::is_red_flag(finding.rule)
    };
    let others = rung.findings.iter().skip(1).filter(is_as_loud);
    for finding in rung.findings.first().into_iter().chain(others) {
        let headline = finding.headline();
        if !said.contains(&headline) {
            said.push(headline);
        }
    }
    said.truncate(IN_TITLE);
    said
}

/// None where the words of the finding are short themselves, or must stand in full.
fn in_short(rung: &Rung, lead: &Finding, all: &[Course]) -> Option<String> {
    if lead.severity >= Severity::Urgent {
        return None;
    }
    let meets = |course: &&Course| {
        rung.place
            .is_some_and(|place| places_meet(course.place, place))
    };
    let how = match all.iter().find(meets) {
        Some(course) => sore(course),
        None if rules::is_red_flag(lead.rule) => logged(lead),
        None => return None,
    };
    let said = format!("{}. {how} {}", title(rung), rung.instruction);
    Some(said.trim_end().to_string())
}

/// `Sore for 22 days, up to 6 of 10 on 7 Oct.`
fn sore(course: &Course) -> String {
    let on = |day| short_date_text(day, course.as_of);
    match course.highest {
        None => format!("Logged since {}, not rated.", on(course.since)),
        Some((highest, day)) if course.has_settled => format!(
            "Sore from {} on, up to {} of 10 on {}, and rated 0 twice since.",
            on(course.since),
            rating(highest),
            on(day)
        ),
        Some((highest, day)) => {
            let (highest, day) = (rating(highest), on(day));
            match days(course) {
                ..=1 => format!("Sore on {day}: {highest} of 10."),
                days => format!("Sore for {days} days, up to {highest} of 10 on {day}."),
            }
        }
    }
}

/// Days from the first to the last with pain: what came after is not known to hurt.
fn days(course: &Course) -> i64 {
    let sore = course.rows.iter().filter(|row| row.rating > Some(0.0));
    let last = sore.map(|row| row.entry.date).max();
    last.map_or(0, |last| days_between(course.since, last) + 1)
}

/// `Logged 27 Sep – 12 Oct 2025.`
fn logged(lead: &Finding) -> String {
    format!("Logged {}.", period_text(lead.from, lead.to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::{Entry, Function, Sign, Site, Spread},
        rules::{
            fixture::log,
            pain_fixture::{self, day},
        },
    };

    const RIGHT: Option<crate::pain::Side> = Some(crate::pain::Side::Right);

    fn shin(n: i64, pain: f64) -> Entry {
        Entry {
            spread: Some(Spread::Spot),
            signs: [Sign::NightPain].into(),
            ..pain_fixture::sore(n, Site::Shin, crate::pain::Side::Right, pain)
        }
    }

    fn said(entries: Vec<Entry>) -> Vec<Short> {
        let (limits, number) = (Limits::default(), EmergencyNumber::default());
        let asked = of_log(&log(entries), &limits, &number);
        let asked = asked.into_iter();
        asked
            .filter(|short| short.severity >= Severity::Watch)
            .collect()
    }

    #[test]
    fn a_place_is_told_by_its_title_its_course_and_what_to_do() {
        let rows = (0..22).map(|n| shin(n, if n == 16 { 6.0 } else { 3.0 }));
        let said = said(rows.collect());
        let [short] = &said[..] else {
            panic!("{said:?}")
        };
        assert_eq!(
            (short.severity, short.place),
            (Severity::SeeSomeone, Some((Site::Shin, RIGHT)))
        );
        let highest = short_date_text(day(16), day(21));
        let expected = format!(". Sore for 22 days, up to 6 of 10 on {highest}. ");
        assert!(
            short
                .text
                .starts_with("Right shin: one sore spot on a bone, and it hurts even at rest. "),
            "{}",
            short.text
        );
        assert!(short.text.contains(&expected), "{}", short.text);
        assert!(short.text.ends_with("Have it checked before the next run."));
        assert!(
            short.whole.contains("you logged pain in one spot"),
            "{}",
            short.whole
        );
    }

    #[test]
    fn what_is_for_the_same_day_keeps_all_its_words() {
        let cannot = Entry {
            function: Some(Function::CannotBearWeight),
            ..pain_fixture::sore(3, Site::Ankle, crate::pain::Side::Left, 8.0)
        };
        let said = said(vec![cannot]);
        assert_eq!(said[0].severity, Severity::Urgent);
        assert_eq!(said[0].text, said[0].whole);
    }
}
