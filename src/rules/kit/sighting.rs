//! How a red flag reads the pain log: day by day and site by site, one row is enough, and the sentence says what was written.

pub use super::day_at_site::{DayAtSite, Seen, around, between, days_at_sites};
pub(in crate::rules) use super::day_at_site::{effects_of, is_sore, told_if};

pub use super::stretch::STRETCH;

use super::series::come_within;
use super::stretch::{Sighting, Stretch, stretches};
use crate::model::Run;
use crate::pain::episodes::{Episode, episodes};
use crate::pain::{Entry, Site};
use crate::rules::{Context, Finding, Outcome, Rule, Severity, triage};
use crate::units::Unit;
use chrono::NaiveDate;
use std::{
    borrow::{Borrow, Cow},
    collections::{BTreeMap, BTreeSet},
};

/// The sites of a leg, hip and buttock included.
pub const LEG: &[Site] = &[
    Site::Knee,
    Site::Kneecap,
    Site::Shin,
    Site::Calf,
    Site::Achilles,
    Site::Ankle,
    Site::Heel,
    Site::Foot,
    Site::Toe,
    Site::Hamstring,
    Site::Quad,
    Site::Thigh,
    Site::Itb,
    Site::Hip,
    Site::Groin,
    Site::Glute,
];

/// What to do should an emergency come back.
const CALL_IF_BACK: &str = "please call your emergency number ({number}).";
/// What to do should it come back that is for the same day.
pub(in crate::rules) const SEE_THAT_DAY: &str = "please have it seen the same day.";
/// What to do should it come back that is for the same week.
pub(in crate::rules) const LOOK_THAT_WEEK: &str = "please have it looked at that week.";

/// What a red flag does with the days it was seen on.
#[derive(Debug, Clone)]
pub struct Flag {
    /// The rule.
    pub rule: &'static Rule,
    /// How loud.
    pub severity: Severity,
    /// What of it is seen, in a few words. None: what the rule says of all its findings.
    pub called: Option<&'static str>,
    /// Whether the sites of the log are looked at together; otherwise every site and side has findings of its own.
    pub all_sites: bool,
    /// So many different days are needed, 1 for "one row is enough" …
    pub days: usize,
    /// … within so many days, first and last included.
    pub within_days: i64,
    /// What to do and by when, in whole sentences: the finding's instruction.
    pub advice: String,
    /// What to do should it come back: the end of a sentence that starts with that, with its full stop.
    pub if_back: String,
}

impl Flag {
    /// A flag of the whole body, as loud as the rule can be: one row is enough, wherever it stands.
    pub fn of_the_body(rule: &'static Rule, advice: impl Into<String>, if_back: &str) -> Flag {
        Flag {
            all_sites: true,
            ..Flag::of_a_place(rule, advice, if_back)
        }
    }

    /// An emergency of the whole body; `{number}` in the advice is where the number stands.
    pub(in crate::rules) fn of_an_emergency(
        ctx: &Context,
        rule: &'static Rule,
        advice: &str,
    ) -> Flag {
        let if_back = ctx.with_number(CALL_IF_BACK);
        Flag::of_the_body(rule, ctx.with_number(advice), &if_back)
    }

    /// A flag of one place, as loud as the rule can be: one row is enough, and every place has findings of its own.
    pub fn of_a_place(rule: &'static Rule, advice: impl Into<String>, if_back: &str) -> Flag {
        Flag {
            rule,
            severity: rule.cap,
            called: None,
            all_sites: false,
            days: 1,
            within_days: 1,
            advice: advice.into(),
            if_back: if_back.to_string(),
        }
    }

    /// The same at a quieter level of the rule.
    pub(in crate::rules) fn at(self, severity: Severity) -> Flag {
        Flag { severity, ..self }
    }

    /// The same where one part of what the rule looks for is seen, in its own few words.
    pub(in crate::rules) fn called(self, headline: &'static str) -> Flag {
        Flag {
            called: Some(headline),
            ..self
        }
    }
}

/// Judges a red flag over the whole log: `seen` says what a day shows of it, nothing for a day without it.
///
/// Days at most [`STRETCH`] apart are one stretch and one finding, told as history when its last day is older than that.
pub fn judge(ctx: &Context, flag: &Flag, seen: impl Fn(&DayAtSite) -> Vec<Seen>) -> Vec<Outcome> {
    conclude(ctx, [found(ctx, flag, seen)])
}

/// What [`judge`] finds, for a rule with several levels that puts them together with [`conclude`].
pub fn found(ctx: &Context, flag: &Flag, seen: impl Fn(&DayAtSite) -> Vec<Seen>) -> Vec<Finding> {
    found_in(ctx, flag, days(ctx).iter(), seen)
}

/// The same for the body as a whole: all rows of a day are read together, whatever their places.
pub fn found_by_date(
    ctx: &Context,
    flag: &Flag,
    seen: impl Fn(&DayAtSite) -> Vec<Seen>,
) -> Vec<Finding> {
    found_in(ctx, flag, whole_days(ctx), seen)
}

/// [`judge`] for the body as a whole.
pub fn judge_by_date(
    ctx: &Context,
    flag: &Flag,
    seen: impl Fn(&DayAtSite) -> Vec<Seen>,
) -> Vec<Outcome> {
    conclude(ctx, [found_by_date(ctx, flag, seen)])
}

/// The findings of all levels by day, and what the rule could not know.
pub fn conclude(ctx: &Context, levels: impl IntoIterator<Item = Vec<Finding>>) -> Vec<Outcome> {
    let mut findings: Vec<Finding> = levels.into_iter().flatten().collect();
    findings.sort_by_key(|finding| finding.from);
    triage::conclude(ctx, findings.into_iter().map(Outcome::Flagged).collect())
}

/// The log by day and place, up to the day of the report.
pub fn days<'a>(ctx: &Context<'a>) -> Cow<'a, [DayAtSite<'a>]> {
    match ctx.days {
        Some(days) => Cow::Borrowed(days),
        None => Cow::Owned(days_at_sites(triage::rows(ctx))),
    }
}

/// The log's spells of pain up to the day of the report, by first day, site and side.
pub fn spells<'a>(ctx: &Context<'a>) -> Cow<'a, [Episode]> {
    match ctx.spells {
        Some(spells) => Cow::Borrowed(spells),
        None => Cow::Owned(episodes(triage::rows(ctx))),
    }
}

/// The log by day, all places of a day together; one day after the other, because a log may have thousands.
fn whole_days<'a>(ctx: &Context<'a>) -> impl Iterator<Item = DayAtSite<'a>> {
    let by_date = triage::rows(ctx).chunk_by(|a, b| a.date == b.date);
    by_date.filter_map(whole_day)
}

fn whole_day(rows: &[Entry]) -> Option<DayAtSite<'_>> {
    Some(DayAtSite {
        date: rows.first()?.date,
        site: None,
        side: None,
        rows: rows.iter().collect(),
    })
}

/// What the rows of the same place say within [`triage::WINDOW`] before and after this day.
pub(in crate::rules) fn fortnight_around<'a>(
    days: &[DayAtSite<'a>],
    day: &DayAtSite<'a>,
) -> DayAtSite<'a> {
    let window = triage::WINDOW.value as i64;
    around(days, day, window, window)
}

fn found_in<'a>(
    ctx: &Context,
    flag: &Flag,
    days: impl Iterator<Item: Borrow<DayAtSite<'a>>>,
    seen: impl Fn(&DayAtSite) -> Vec<Seen>,
) -> Vec<Finding> {
    let sightings = sightings(flag, days, seen).into_iter();
    let enough = sightings
        .flat_map(stretches)
        .filter(|stretch| flag.is_enough(stretch));
    enough.map(|stretch| finding(ctx, flag, &stretch)).collect()
}

/// The days on which the flag was seen, one list for each place that has findings of its own.
fn sightings<'a>(
    flag: &Flag,
    days: impl Iterator<Item: Borrow<DayAtSite<'a>>>,
    seen: impl Fn(&DayAtSite) -> Vec<Seen>,
) -> Vec<Vec<Sighting>> {
    let mut by_place: BTreeMap<_, Vec<Sighting>> = BTreeMap::new();
    for day in days {
        let day = day.borrow();
        let words = seen(day);
        if !words.is_empty() {
            let place = (!flag.all_sites).then_some((day.site, day.side));
            let here = by_place.entry(place).or_default();
            here.push(Sighting::on(day, words));
        }
    }
    by_place.into_values().collect()
}

impl Flag {
    /// Whether its number of days lies somewhere within its span.
    fn is_enough(&self, stretch: &Stretch) -> bool {
        let dates: Vec<NaiveDate> = stretch.dates().into_iter().collect();
        come_within(&dates, self.days, self.within_days)
    }
}

fn finding(ctx: &Context, flag: &Flag, stretch: &Stretch) -> Finding {
    let finding = finding_without_words(ctx, flag, stretch);
    let is_current = triage::is_current(&finding, ctx.history.as_of);
    let (message, instruction) = match is_current {
        true => (format!("{}.", stretch.text()), flag.advice.clone()),
        false => as_history(flag, stretch),
    };
    Finding {
        message,
        instruction,
        ..finding
    }
}

fn finding_without_words(ctx: &Context, flag: &Flag, stretch: &Stretch) -> Finding {
    let (dates, as_of) = (stretch.dates(), ctx.history.as_of);
    let day = |date: Option<&NaiveDate>| date.copied().unwrap_or(as_of);
    let (site, side) = stretch.place();
    Finding {
        observed: Some(dates.len() as f64),
        limit: Some(flag.days as f64),
        unit: Unit::Days,
        site,
        side,
        run_ids: run_ids(ctx, &dates),
        tells_days: stretch.tells_days(),
        called: flag.called,
        ..Finding::on(
            flag.rule,
            flag.severity,
            day(dates.first()),
            day(dates.last()),
        )
    }
}

/// Facts and instruction of what is no alarm any more.
fn as_history(flag: &Flag, stretch: &Stretch) -> (String, String) {
    let wrote = stretch.text();
    (
        format!("{wrote}. That was more than two weeks ago."),
        format!("Should it come back, {}", flag.if_back),
    )
}

/// The ids of the runs that started on these days.
pub fn run_ids(ctx: &Context, dates: &BTreeSet<NaiveDate>) -> Vec<String> {
    let is_of_days = |run: &&Run| dates.contains(&run.local_date());
    let runs = ctx.history.runs.iter().filter(is_of_days);
    runs.map(|run| run.run_id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Function, Side, Sign};
    use crate::rules::pain_fixture::{day, flagged_by, harmless};

    const SIGNS: &[Sign] = &[Sign::Swelling, Sign::Warmth];

    fn flag(days: usize, all_sites: bool) -> Flag {
        Flag {
            rule: &crate::rules::red_flag_chest::RULE,
            severity: Severity::SeeSomeone,
            called: None,
            all_sites,
            days,
            within_days: 14,
            advice: "Ask.".to_string(),
            if_back: "ask.".to_string(),
        }
    }

    fn seen(n: i64, site: Site, signs: &[Sign], in_note: &[Sign]) -> Entry {
        Entry {
            site: Some(site),
            signs: signs.into(),
            signs_in_note: in_note.into(),
            ..Entry::on(day(n))
        }
    }

    fn check(flag: &Flag, rows: Vec<Entry>, expected: &[&str]) {
        let found = flagged_by(20, rows, |ctx| judge(ctx, flag, |day| day.signs(SIGNS)));
        let messages: Vec<String> = found.iter().map(Finding::text).collect();
        assert_eq!(messages, expected);
    }

    #[test]
    fn columns_are_logged_and_notes_mention() {
        let one = flag(1, false);
        let column = seen(20, Site::Calf, SIGNS, &[]);
        check(
            &one,
            vec![column],
            &["On 23 Mar 2025 you logged swelling and warmth (calf). Ask."],
        );
        let note = seen(20, Site::Calf, &[], &[Sign::Warmth]);
        check(
            &one,
            vec![note],
            &["Your note of 23 Mar 2025 mentions warmth (calf). Ask."],
        );
        let both = seen(20, Site::Calf, &[Sign::Swelling], &[Sign::Warmth]);
        let text = "On 23 Mar 2025 you logged swelling (calf), and your note of 23 Mar 2025 mentions warmth. Ask.";
        check(&one, vec![both], &[text]);
    }

    #[test]
    fn a_stretch_is_one_finding_and_an_old_one_is_history() {
        let rows = || {
            [0, 14, 29]
                .map(|n| seen(n - 9, Site::Calf, &[Sign::Swelling], &[]))
                .to_vec()
        };
        let history = "On 2 days, 22 Feb – 8 Mar 2025, you logged swelling (calf). \
                       That was more than two weeks ago. Should it come back, ask.";
        let current = "On 23 Mar 2025 you logged swelling (calf). Ask.";
        check(&flag(1, false), rows(), &[history, current]);
    }

    #[test]
    fn sites_are_told_apart_unless_looked_at_together() {
        let rows = vec![
            seen(19, Site::Calf, &[Sign::Warmth], &[]),
            seen(20, Site::Foot, &[Sign::Warmth], &[]),
        ];
        let apart = [
            "On 22 Mar 2025 you logged warmth (calf). Ask.",
            "On 23 Mar 2025 you logged warmth (foot). Ask.",
        ];
        check(&flag(1, false), rows.clone(), &apart);
        check(
            &flag(1, true),
            rows,
            &["On 2 days, 22–23 Mar 2025, you logged warmth (calf and foot). Ask."],
        );
    }

    #[test]
    fn each_word_has_its_own_days_when_they_differ() {
        let rows = vec![
            seen(18, Site::Calf, SIGNS, &[]),
            seen(19, Site::Calf, &[Sign::Swelling], &[]),
            seen(20, Site::Calf, &[Sign::Swelling], &[Sign::Warmth]),
        ];
        let text = "21–23 Mar 2025: you logged swelling on 3 days and warmth on 2 (calf). Ask.";
        check(&flag(1, false), rows, &[text]);
        let rows = vec![
            seen(19, Site::Calf, &[Sign::Swelling], &[]),
            seen(20, Site::Calf, &[Sign::Warmth], &[]),
        ];
        check(
            &flag(1, false),
            rows,
            &["22–23 Mar 2025: you logged swelling on 1 day and warmth on 1 (calf). Ask."],
        );
        let rows = vec![
            seen(19, Site::Calf, SIGNS, &[]),
            seen(20, Site::Calf, SIGNS, &[]),
        ];
        check(
            &flag(1, false),
            rows,
            &["On 2 days, 22–23 Mar 2025, you logged swelling and warmth (calf). Ask."],
        );
    }

    #[test]
    fn many_words_are_not_counted_one_by_one() {
        let four = &[Sign::Swelling, Sign::Warmth, Sign::Redness, Sign::Fever];
        let rows = vec![
            seen(19, Site::Calf, &[Sign::Fever], &[]),
            seen(20, Site::Calf, four, &[]),
        ];
        let flag = flag(1, false);
        let judged = |ctx: &Context| super::judge(ctx, &flag, |day| day.signs(four));
        let found = flagged_by(20, rows, judged);
        let text = "On 2 days, 22–23 Mar 2025, you logged fever, swelling, warmth and redness, not all on each (calf).";
        assert_eq!(found[0].message, text);
    }

    /// Site, side and ratings of each place of a day.
    fn check_places(
        rows: &[(Option<Site>, Option<Side>)],
        expected: &[(Option<Site>, Option<Side>, &[f64])],
    ) {
        let entry = |(n, (site, side)): (usize, &(Option<Site>, Option<Side>))| Entry {
            site: *site,
            side: *side,
            pain: Some(n as f64),
            ..Entry::on(day(20))
        };
        let rows: Vec<Entry> = rows.iter().enumerate().map(entry).collect();
        let days = days_at_sites(&rows);
        let found: Vec<_> = days
            .iter()
            .map(|day| {
                (
                    day.site,
                    day.side,
                    day.rows
                        .iter()
                        .filter_map(|row| row.pain)
                        .collect::<Vec<_>>(),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(site, side, pain)| (*site, *side, pain.to_vec()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_blank_joins_what_the_day_names() {
        let (shin, calf) = (Some(Site::Shin), Some(Site::Calf));
        let (left, right) = (Some(Side::Left), Some(Side::Right));
        check_places(
            &[(shin, right), (shin, None)],
            &[(shin, right, &[0.0, 1.0])],
        );
        let both = [(shin, left, &[0.0, 1.0][..]), (shin, right, &[1.0, 2.0])];
        check_places(&[(shin, left), (shin, None), (shin, right)], &both);
        check_places(
            &[(shin, right), (None, None)],
            &[(shin, right, &[0.0, 1.0])],
        );
        check_places(
            &[(Some(Site::None), None), (None, None)],
            &[(None, None, &[1.0]), (Some(Site::None), None, &[0.0])],
        );
        let apart = [
            (None, None, &[2.0][..]),
            (shin, right, &[0.0]),
            (calf, None, &[1.0]),
        ];
        check_places(&[(shin, right), (calf, None), (None, None)], &apart);
        check_places(&[(shin, right), (calf, None)], &apart[1..]);
    }

    #[test]
    fn chest_pain_has_no_place() {
        let rows = vec![Entry {
            side: Some(Side::Left),
            ..seen(20, Site::Knee, &[Sign::ChestPain], &[])
        }];
        let found = flagged_by(20, rows, |ctx| {
            judge(ctx, &flag(1, true), |day| day.signs(&[Sign::ChestPain]))
        });
        assert_eq!((found[0].site, found[0].side), (None, None));
        assert_eq!(
            found[0].text(),
            "On 23 Mar 2025 you logged chest pain. Ask."
        );
        assert_eq!(
            (found[0].message.as_str(), found[0].instruction.as_str()),
            ("On 23 Mar 2025 you logged chest pain.", "Ask.")
        );
    }

    #[test]
    fn the_days_around_a_place_are_read_as_one() {
        let (left, right) = (Some(Side::Left), Some(Side::Right));
        let row = |n, side, sign| Entry {
            side,
            ..seen(n, Site::Calf, &[sign], &[])
        };
        let rows = [
            row(5, left, Sign::Fever),
            row(6, left, Sign::Swelling),
            row(10, right, Sign::Warmth),
            Entry {
                site: Some(Site::Shin),
                ..row(11, left, Sign::Redness)
            },
            row(12, None, Sign::Bruise),
            row(20, left, Sign::Pop),
            row(23, left, Sign::Limp),
            row(24, left, Sign::Locking),
        ];
        let days = days_at_sites(&rows);
        let today = days.iter().find(|at| at.date == day(20)).expect("the day");
        let near = around(&days, today, 14, 3);
        let found: Vec<Sign> = Sign::ALL
            .iter()
            .copied()
            .filter(|sign| near.has(*sign))
            .collect();
        assert_eq!(found, [Sign::Swelling, Sign::Bruise, Sign::Limp, Sign::Pop]);
        assert_eq!(
            (near.date, near.site, near.side),
            (day(20), Some(Site::Calf), left)
        );
    }

    #[test]
    fn all_places_of_a_day_are_one_where_the_body_is_meant() {
        let rows = vec![
            seen(20, Site::Calf, &[Sign::Warmth], &[]),
            seen(20, Site::Foot, &[], &[Sign::Swelling]),
        ];
        let whole = |day: &DayAtSite| {
            if day.has(Sign::Warmth) {
                day.signs(SIGNS)
            } else {
                Vec::new()
            }
        };
        let found = flagged_by(20, rows, |ctx| judge_by_date(ctx, &flag(1, true), whole));
        let text = "On 23 Mar 2025 you logged warmth, and your note of 23 Mar 2025 mentions swelling. Ask.";
        assert_eq!(
            found
                .iter()
                .map(|finding| finding.text())
                .collect::<Vec<_>>(),
            [text]
        );
    }

    #[test]
    fn what_a_row_says_of_running_comes_from_the_column_or_the_note() {
        use crate::pain::Onset;
        let texts = |rows: Vec<Entry>| {
            let days = days_at_sites(&rows);
            let day = &days[0];
            let seen: Vec<Seen> = day
                .no_weight()
                .into_iter()
                .chain(day.sudden())
                .chain(day.effects(Function::CutShort))
                .collect();
            seen.into_iter()
                .map(|seen| (seen.text, seen.in_note))
                .collect::<Vec<_>>()
        };
        let row = seen(20, Site::Calf, &[], &[]);
        let column = Entry {
            onset: Some(Onset::Sudden),
            function: Some(Function::Stopped),
            ..row.clone()
        };
        let logged = [
            ("that it came suddenly", false),
            ("that it stopped the run", false),
        ];
        assert_eq!(
            texts(vec![column]),
            logged.map(|(text, in_note)| (text.to_string(), in_note))
        );
        let note = Entry {
            sudden_in_note: true,
            signs_in_note: [Sign::NoWeight].into(),
            ..row.clone()
        };
        let noted = [
            ("that you could not put weight on it", true),
            ("that it came suddenly", true),
        ];
        assert_eq!(
            texts(vec![note]),
            noted.map(|(text, in_note)| (text.to_string(), in_note))
        );
        let mild = Entry {
            function: Some(Function::ChangedForm),
            ..row
        };
        assert_eq!(texts(vec![mild]), []);
    }

    #[test]
    fn several_days_are_needed_within_the_span() {
        let rows = |days: &[i64]| {
            days.iter()
                .map(|n| seen(*n, Site::Calf, &[Sign::Warmth], &[]))
                .collect()
        };
        let text = "On 2 days, 10–23 Mar 2025, you logged warmth (calf). Ask.";
        check(&flag(2, false), rows(&[7, 20]), &[text]);
        check(&flag(2, false), rows(&[6, 20]), &[]);
        check(&flag(2, false), rows(&[20, 20]), &[]);
        check(&flag(2, false), vec![harmless(20)], &[]);
    }

    #[test]
    fn rows_after_the_day_of_the_report_do_not_count() {
        check(
            &flag(1, false),
            vec![harmless(20), seen(21, Site::Calf, &[Sign::Warmth], &[])],
            &[],
        );
    }

    #[test]
    fn the_runs_of_the_days_are_named() {
        let rows = vec![
            seen(18, Site::Calf, &[Sign::Warmth], &[]),
            seen(20, Site::Calf, &[Sign::Warmth], &[]),
        ];
        let found = flagged_by(20, rows, |ctx| {
            judge(ctx, &flag(1, false), |day| day.signs(SIGNS))
        });
        assert_eq!(found[0].run_ids, ["run-18", "run-20"]);
        assert_eq!(
            (found[0].from, found[0].to, found[0].observed),
            (day(18), day(20), Some(2.0))
        );
    }
}
