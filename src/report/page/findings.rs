//! Findings: those of the last 14 days, red flags first; good news; what could not be judged.

use super::{
    block::{Block, Item, Line, Look, Section},
    finding::{is_link, is_red_flag, past},
    places::by_place,
};
use crate::{
    analysis::Analysis,
    model::Week,
    report::verdict::{Verdict, rows_lately, why_unknown},
    rules::{
        self, Finding, Severity,
        standing::{self, rating},
        triage,
    },
    time,
    units::counted,
    words::sentence_case,
};
use std::collections::BTreeMap;

/// Good news told.
const GOOD: usize = 5;

/// What stands behind each finding, said once.
fn in_brackets() -> Block {
    let line = Line::from(
        "In brackets: the limit from which on niggle speaks, and how strong the evidence for it is; ",
    );
    Block::Paragraph(line.emphasis("why").text(" leads to the rule."))
}

/// What happened in the last 14 days, the alarms first: they are the loudest of their places. Where there is none it says what was
/// looked at.
pub(super) fn current(analysis: &Analysis, verdict: &Verdict) -> Section {
    let mut blocks = Vec::new();
    blocks.extend((!has_red_flags(verdict)).then(|| none_flagged(analysis)));
    let places = by_place(analysis, verdict);
    blocks.push(match places.is_empty() {
        true => Block::paragraph(nothing_flagged(analysis)),
        false => in_brackets(),
    });
    blocks.splice(blocks.len() - 1..blocks.len() - 1, places);
    Section::new(
        "the-last-14-days",
        "Everything said of the last 14 days",
        blocks,
    )
    .looking(Look::Fold)
}

/// That nothing was flagged, and what that says nothing of.
fn nothing_flagged(analysis: &Analysis) -> &'static str {
    match why_unknown(analysis, "your") {
        Some(_) => "Nothing was flagged in the last 14 days; about pain nothing is known.",
        None => "Nothing was flagged in the last 14 days.",
    }
}

fn has_red_flags(verdict: &Verdict) -> bool {
    let mut findings = verdict.rungs.iter().flat_map(|rung| &rung.findings);
    findings.any(|finding| is_red_flag(finding))
}

/// That there is no red flag, or why that cannot be said.
fn none_flagged(analysis: &Analysis) -> Block {
    let line = Line::new().strong("Red flags:").text(" ");
    if analysis.pain.place.is_none() {
        let said = "There is no pain log, so nothing can be said about them.";
        return Block::Paragraph(line.text(said));
    }
    // With its first day: 14 days back and the day of the report itself are 15 days of a calendar.
    let since = time::date_text(triage::current_from(analysis.history.as_of));
    let since = format!("in the last 14 days (since {since})");
    let said = match rows_lately(analysis) {
        0 => format!("Nothing about pain was logged {since}, so nothing can be said about them."),
        rows => format!(
            "None in the {} logged {since}.",
            counted(rows, "row", "rows")
        ),
    };
    Block::Paragraph(line.text(said))
}

/// What is worth a smile, where nothing alarms at the same place.
pub(super) fn good(analysis: &Analysis) -> Option<Section> {
    let list = list_of_good(analysis)?;
    Some(Section::new("good-news", "Good news", vec![list]))
}

/// The first good findings in a list.
fn list_of_good(analysis: &Analysis) -> Option<Block> {
    let found = good_ones(analysis)
        .take(GOOD)
        .map(|finding| past(finding, analysis));
    Block::list(found.chain(weeks_logged(&analysis.history.weeks).map(Item::from)))
}

/// Weeks logged below which nothing is said of them.
const FEWEST_WEEKS: usize = 4;

/// `You kept your log in 40 of the last 40 weeks. …` None without some weeks of it.
fn weeks_logged(weeks: &[Week]) -> Option<Line> {
    let weeks = weeks.get(weeks.len().saturating_sub(YEAR_WEEKS)..)?;
    let logged = weeks.iter().filter(|week| week.pain_max.is_some()).count();
    (logged >= FEWEST_WEEKS).then(|| {
        let kept = format!(
            "You kept your log in {logged} of the last {} weeks.",
            weeks.len()
        );
        Line::from(kept + &weeks_settled(weeks))
    })
}

/// ` On four days or more of 33 of them; in 24 of these no rating was above 2.` Empty where no week is known as well.
fn weeks_settled(weeks: &[Week]) -> String {
    let known = weeks.iter().filter(|week| week.days_logged >= KNOWN_DAYS);
    let ratings: Vec<f64> = known.filter_map(|week| week.pain_max).collect();
    let settled = ratings
        .iter()
        .filter(|rating| **rating <= standing::ABOVE)
        .count();
    match ratings.len() {
        0 => String::new(),
        known => format!(
            " On four days or more of {known} of them; in {settled} of these no rating was above {} of 10.",
            rating(standing::ABOVE)
        ),
    }
}

/// Days with an entry from which on a week is known: more than half of it, as in the rule of the quiet week.
const KNOWN_DAYS: u32 = 4;

/// Weeks that the line of them looks back.
const YEAR_WEEKS: usize = 52;

/// The good findings that no alarm contradicts.
fn good_ones(analysis: &Analysis) -> impl Iterator<Item = &Finding> {
    let findings = analysis.findings.iter();
    let good = findings.filter(|finding| finding.severity == Severity::Good);
    good.filter(|finding| !is_alarmed(analysis, finding))
}

/// Whether something at the same place, or for good news without one anywhere in the body, asks for care on the same days, or for
/// easier days or more within two weeks of them.
fn is_alarmed(analysis: &Analysis, good: &Finding) -> bool {
    let others = analysis.findings.iter().filter(|finding| !is_link(finding));
    let mut here = others.filter(|finding| is_at_its_place(finding, good));
    here.any(|finding| alarms_beside(finding, good))
}

/// Whether it is at the place of the good news or, for good news without one, anywhere in the body.
fn is_at_its_place(finding: &Finding, good: &Finding) -> bool {
    match good.site {
        Some(_) => finding.site == good.site && crate::pain::sides_meet(finding.side, good.side),
        None => finding.site.is_some() || rules::is_red_flag(finding.rule),
    }
}

/// Whether it asks for care on the days of the good news, or for easier days or more within two weeks of them.
fn alarms_beside(finding: &Finding, good: &Finding) -> bool {
    match finding.severity {
        Severity::Good | Severity::Note => false,
        Severity::Watch => is_within(0, finding, good),
        _ => is_within(triage::WINDOW.value as i64, finding, good),
    }
}

fn is_within(days: i64, a: &Finding, b: &Finding) -> bool {
    time::days_between(a.to, b.from) <= days && time::days_between(b.to, a.from) <= days
}

/// Rules that had too little data, the same reason said once.
pub(super) fn not_judged(analysis: &Analysis) -> Option<Section> {
    let by_reason = rules_by_reason(analysis);
    (!by_reason.is_empty()).then(|| {
        let reasons = by_reason.into_iter();
        let reasons = reasons.map(|(why, rules)| could_not_look(why, rules));
        let mut blocks = vec![Block::paragraph(NOT_FINE)];
        blocks.extend(Block::list(reasons));
        Section::new(
            "what-could-not-be-judged",
            "What could not be judged",
            blocks,
        )
        .looking(Look::Fold)
    })
}

const NOT_FINE: &str =
    "Not judged is not the same as fine. What was missing, and what could not look for want of it:";

/// `**fewer than 28 days of recordings:** A strenuous week for you · …`.
fn could_not_look(why: &str, rules: Vec<&'static str>) -> Line {
    let why = format!("{}:", sentence_case(why.trim_end_matches('.')));
    let rules = Line::joined(rules.into_iter().map(Line::rule), " · ");
    Line::new().strong(why).text(" ").line(rules)
}

/// The rules that miss the same, each once, in their order.
fn rules_by_reason(analysis: &Analysis) -> BTreeMap<&str, Vec<&'static str>> {
    let mut by_reason: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    for entry in &analysis.not_judged {
        let rules = by_reason.entry(&entry.why).or_default();
        if !rules.contains(&entry.rule) {
            rules.push(entry.rule);
        }
    }
    by_reason
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::Site,
        report::{charts::fixtures::regular, markdown, verdict},
        rules::fixture::finding,
    };

    const SHIN: Option<Site> = Some(Site::Shin);

    fn at(
        analysis: &Analysis,
        rule: &'static str,
        severity: Severity,
        site: Option<Site>,
    ) -> Finding {
        let day = analysis.history.as_of;
        let (message, instruction) = (format!("Fact of {rule}."), format!("Do {rule}."));
        Finding {
            severity,
            site,
            message,
            instruction,
            ..finding(rule, day, day)
        }
    }

    /// The section of a runner with these findings, and how many the top counts beside its own.
    fn said(findings: &[(&'static str, Severity, Option<Site>)]) -> (String, (usize, usize)) {
        let mut analysis = regular(8);
        let at = |(rule, severity, site): &(&'static str, Severity, Option<Site>)| {
            at(&analysis, rule, *severity, *site)
        };
        let findings = findings.iter().map(at).collect();
        analysis.findings = findings;
        let verdict = verdict::of(&analysis);
        let others = super::super::opening::others(&verdict);
        (markdown::section(&current(&analysis, &verdict), 2), others)
    }

    #[test]
    fn what_stands_at_the_top_is_not_said_again_and_asked_once() {
        use Severity::*;
        let (text, _) = said(&[
            ("red-flag-bone-spot", SeeSomeone, SHIN),
            ("time-loss", SeeSomeone, SHIN),
            ("pain-outside-doms", SeeSomeone, SHIN),
            ("pain-during-run", EaseOff, SHIN),
        ]);
        let lead = "- **Shin** — have it looked at, as said at the top:\n  - One exact spot on a bone, or impact and night, as said at the \
                    top. \
                    (common medical advice, [why](rules.md#red-flag-bone-spot))\n";
        assert!(text.contains(lead), "{text}");
        assert!(
            text.contains("Fact of time-loss. (evidence strong, [why](rules.md#time-loss))"),
            "{text}"
        );
        assert!(
            !text.contains("Do ") && !text.contains("Red flags:"),
            "what is asked is said at the top alone: {text}"
        );
    }

    #[test]
    fn a_place_below_the_top_is_asked_once_too() {
        let names = [
            Site::Knee,
            Site::Calf,
            Site::Hip,
            Site::Heel,
            Site::Foot,
            Site::Toe,
        ]
        .map(Some);
        let loud = names
            .iter()
            .map(|site| ("pain-over-a-week", Severity::SeeSomeone, *site));
        let quiet = [
            ("pain-during-run", Severity::EaseOff, SHIN),
            ("pain-hotspot", Severity::Watch, SHIN),
        ];
        let (rest, _) = said(&loud.chain(quiet).collect::<Vec<_>>());
        assert!(
            rest.contains("- **Shin** — ease off. Do pain-during-run.\n  - "),
            "{rest}"
        );
        assert_eq!(rest.matches("Do ").count(), 1, "{rest}");
    }

    #[test]
    fn what_is_listed_is_what_the_top_counts() {
        use Severity::*;
        for findings in [
            &[("sleep-short", Watch, None)][..],
            &[
                ("red-flag-bone-spot", SeeSomeone, SHIN),
                ("pain-during-run", EaseOff, SHIN),
                ("pain-during-run", Note, SHIN),
            ],
            &[
                ("pain-during-run", EaseOff, SHIN),
                ("pain-during-run", Watch, SHIN),
                ("pain-hotspot", Note, SHIN),
            ],
            &[
                ("sleep-short", Watch, None),
                ("pain-hotspot", Note, SHIN),
                ("red-flag-chest", Emergency, None),
            ],
        ] {
            let (text, (asking, telling)) = said(findings);
            let listed = |text: &str| {
                text.matches("[why](").count() - text.matches("as said at the top. (").count()
            };
            assert_eq!(listed(&text), asking + telling, "{text}");
        }
        let (rest, _) = said(&[
            ("pain-during-run", EaseOff, SHIN),
            ("pain-during-run", Watch, SHIN),
        ]);
        assert!(
            rest.contains("<summary>1 more of these patterns, of other days</summary>"),
            "{rest}"
        );
        assert!(!rest.contains("findings.json"));
    }

    #[test]
    fn where_no_alarm_is_it_says_what_was_looked_at() {
        use Severity::*;
        for (rule, severity, is_flag) in [
            ("red-flag-nerve", SeeSomeone, true),
            ("red-flag-nerve", Note, false),
            ("pain-over-a-week", SeeSomeone, false),
            ("pain-over-a-week", Urgent, true),
        ] {
            let (text, _) = said(&[(rule, severity, SHIN)]);
            assert_eq!(
                !text.contains("**Red flags:**"),
                is_flag,
                "{rule} {severity:?}"
            );
        }
        assert!(
            said(&[])
                .0
                .contains("Nothing was flagged in the last 14 days; about pain nothing is known.")
        );
    }

    fn good_news(analysis: &Analysis) -> String {
        super::good(analysis)
            .map(|section| markdown::section(&section, 2))
            .unwrap_or_default()
    }

    #[test]
    fn good_news_is_silent_beside_an_alarm() {
        let mut analysis = regular(8);
        let good = at(&analysis, "soreness-fits-doms", Severity::Good, SHIN);
        let other = |severity, site, days: i64| {
            let finding = at(&regular(8), "pain-rising", severity, site);
            let day = time::plus_days(finding.to, -days);
            Finding {
                from: day,
                to: day,
                ..finding
            }
        };
        for (finding, is_told) in [
            (other(Severity::Watch, SHIN, 0), false),
            (other(Severity::Watch, SHIN, 1), true),
            (other(Severity::EaseOff, SHIN, 14), false),
            (other(Severity::EaseOff, SHIN, 15), true),
            (other(Severity::Note, SHIN, 0), true),
            (other(Severity::Urgent, Some(Site::Knee), 0), true),
        ] {
            analysis.findings = vec![finding.clone(), good.clone()];
            assert_eq!(
                good_news(&analysis).contains("Fact of soreness-fits-doms."),
                is_told,
                "{finding:?}"
            );
        }
        let week = Finding {
            site: None,
            ..at(&analysis, "settled-week", Severity::Good, None)
        };
        analysis.findings = vec![other(Severity::Watch, SHIN, 0), week];
        let said = good_news(&analysis);
        assert!(!said.contains("Fact of"), "{said}");
        assert!(
            said.contains("You kept your log in 5 of the last 8 weeks."),
            "{said}"
        );
    }
}
