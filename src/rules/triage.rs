//! What the report says above its charts: which finding is the headline, what is current and what is history.
//!
//! Red flags need no statistics: one row of the log is enough. The table is rules.md, section E; its rows are the
//! `red_flag_*` rules, and its last rows are findings of the pain rules.

use super::{Context, Finding, Limit, Outcome, Severity};
use crate::pain::{Entry, Side, Site};
use crate::time::days_between;
use chrono::NaiveDate;
use std::cmp::Reverse;

/// Said in every report, whatever was found.
pub const ALWAYS_SAID: &str = "niggle cannot examine you. No flag does not mean no problem.";

/// The emergency numbers named in messages: Europe and GSM phones, North America, the United Kingdom.
pub const EMERGENCY_NUMBERS: &str = "112, 911 or 999";

/// How long a red flag counts as current. Not meant to be changed: a report must not quieten an alarm by configuration.
pub const WINDOW: Limit = Limit {
    key: "current_window_days",
    value: 14.0,
    why: "The triage table looks at the last 14 days; what is older is shown as history, without alarm.",
};

/// The rules of the triage table in its order; the first current one of the loudest level is the headline.
const TABLE: &[&str] = &[
    "red-flag-chest",
    "red-flag-back",
    "red-flag-deformity",
    "red-flag-one-sided-swelling",
    "red-flag-severe",
    "red-flag-bone-spot",
    "red-flag-nerve",
    "red-flag-rest-pain",
    "red-flag-swelling",
    "red-flag-knee-gives-way",
    "red-flag-artery",
    "red-flag-vein",
    "pain-over-a-week",
    "pain-next-morning",
    "pain-outside-doms",
    "time-loss",
    "ostrc-substantial",
    "pain-rising",
    "pain-during-run",
    "running-through-pain",
    "soreness-fits-doms",
];

/// Whether the finding reaches into the [`WINDOW`] before `as_of`; a finding from after `as_of` does not.
pub fn is_current(finding: &Finding, as_of: NaiveDate) -> bool {
    is_recent(finding.to, as_of)
}

/// The finding to put first: current, of the loudest level, and there the first of the triage table; of several
/// findings of one rule the newest. None when nothing current is in the table: that is no all-clear.
pub fn headline(findings: &[Finding], as_of: NaiveDate) -> Option<&Finding> {
    let ranked = |finding: &&Finding| Some((Reverse(finding.severity), position(finding)?, Reverse(finding.to)));
    findings.iter().filter(|finding| is_current(finding, as_of) && position(finding).is_some()).min_by_key(ranked)
}

/// What the other rules of the table say at the level of ease-off or above, for a rule that must not comfort beside it.
/// `asking` is left out, and so is soreness-fits-doms, which only ever comforts.
pub(super) fn alarms(context: &Context, asking: &str) -> Vec<Finding> {
    let others = TABLE.iter().filter(|id| **id != asking && **id != "soreness-fits-doms");
    let outcomes = others.filter_map(|id| super::rule(id)).flat_map(|rule| (rule.check)(context));
    let loud = |outcome| match outcome {
        Outcome::Flagged(finding) if finding.severity >= Severity::EaseOff => Some(finding),
        _ => None,
    };
    outcomes.filter_map(loud).collect()
}

/// Whether one of the findings is about this place, or about no place in particular, and within 14 days of the time.
pub(super) fn is_alarmed(
    alarms: &[Finding],
    place: (Option<Site>, Option<Side>),
    from: NaiveDate,
    to: NaiveDate,
) -> bool {
    let (site, side) = place;
    let one_sided = |side: Option<Side>| side.filter(|side| matches!(side, Side::Left | Side::Right));
    let meets = |a: Option<Side>, b: Option<Side>| a.is_none() || b.is_none() || a == b;
    alarms.iter().any(|finding| {
        let here = finding.site.is_none() || site.is_none() || finding.site == site;
        let near = days_between(finding.to, from) <= WINDOW.value as i64
            && days_between(to, finding.from) <= WINDOW.value as i64;
        here && near && meets(one_sided(finding.side), one_sided(side))
    })
}

/// Whether the day is the day of the report or the one before it: what can still be felt and decided upon.
pub(super) fn is_just_now(date: NaiveDate, as_of: NaiveDate) -> bool {
    (0..=1).contains(&days_between(date, as_of))
}

/// The rows a rule may look at: those up to the day of the report.
pub fn rows<'a>(context: &Context<'a>) -> &'a [Entry] {
    let entries = &context.pain.entries;
    &entries[..entries.partition_point(|entry| entry.date <= context.history.as_of)]
}

/// Adds to a rule's findings what it could not know. Without any log nothing is judged; a silence of 14 days is not
/// "clear"; [`Outcome::Clear`] stands alone, for recent rows without anything to say.
pub fn conclude(context: &Context, mut found: Vec<Outcome>) -> Vec<Outcome> {
    let entries = rows(context);
    if entries.is_empty() {
        return vec![Outcome::NotJudged(why_empty(context).to_string())];
    }
    let as_of = context.history.as_of;
    if !entries.iter().any(|entry| is_about_the_body(entry) && is_recent(entry.date, as_of)) {
        found.push(Outcome::NotJudged("nothing about pain was logged in the last 14 days".to_string()));
    } else if found.is_empty() {
        found.push(Outcome::Clear);
    }
    found
}

/// What is missing where there is no row to look at.
pub(super) fn why_empty(context: &Context) -> &'static str {
    match &context.pain.place {
        None => "no pain log was given",
        Some(_) => "the pain log has no usable row up to the day of the report",
    }
}

fn is_recent(date: NaiveDate, as_of: NaiveDate) -> bool {
    (0..=WINDOW.value as i64).contains(&days_between(date, as_of))
}

/// A row about sleep or shoes alone says nothing about pain.
fn is_about_the_body(entry: &Entry) -> bool {
    entry.site.is_some() || entry.pain.is_some() || !entry.signs.is_empty() || !entry.signs_in_note.is_empty()
}

/// The place in the table. Milder findings of a rule are in the table only where its last row says so (usual soreness).
fn position(finding: &Finding) -> Option<usize> {
    let belongs = finding.severity >= Severity::EaseOff || finding.rule == "soreness-fits-doms";
    TABLE.iter().position(|id| belongs && *id == finding.rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{day, harmless, judge};

    fn finding(rule: &'static str, severity: Severity, to: i64) -> Finding {
        Finding {
            rule,
            severity,
            from: day(to),
            to: day(to),
            observed: None,
            limit: None,
            unit: "days",
            site: None,
            side: None,
            run_ids: Vec::new(),
            message: String::new(),
        }
    }

    fn check(findings: &[Finding], expected: Option<usize>) {
        let found = headline(findings, day(20));
        assert_eq!(found, expected.map(|index| &findings[index]));
    }

    #[test]
    fn fourteen_days_are_current_and_fifteen_are_history() {
        for (to, current) in [(20, true), (6, true), (5, false), (21, false)] {
            assert_eq!(is_current(&finding("red-flag-chest", Severity::Emergency, to), day(20)), current, "{to}");
        }
    }

    #[test]
    fn the_first_row_of_the_loudest_level_is_the_headline() {
        use Severity::*;
        let nerve = finding("red-flag-nerve", SeeSomeone, 20);
        let severe = finding("red-flag-severe", Urgent, 10);
        let deformity = finding("red-flag-deformity", Urgent, 8);
        let week = finding("pain-over-a-week", SeeSomeone, 20);
        check(&[nerve.clone(), severe.clone(), deformity.clone()], Some(2));
        check(&[nerve.clone(), severe, week.clone()], Some(1));
        check(&[week.clone(), nerve], Some(1));
        check(&[finding("red-flag-chest", Emergency, 2), week.clone()], Some(1));
        check(&[finding("red-flag-chest", Emergency, 2)], None);
        check(&[finding("pain-over-a-week", SeeSomeone, 18), week], Some(1));
    }

    #[test]
    fn load_findings_and_notes_are_no_headline() {
        check(&[finding("single-run-spike", Severity::EaseOff, 20)], None);
        check(&[finding("pain-during-run", Severity::Note, 20)], None);
        check(&[finding("pain-during-run", Severity::EaseOff, 20)], Some(0));
        check(&[finding("soreness-fits-doms", Severity::Good, 20)], Some(0));
        check(&[], None);
    }

    #[test]
    fn every_red_flag_is_in_the_table_in_the_order_of_the_handbook() {
        let ids: Vec<&str> =
            crate::rules::RULES.iter().map(|rule| rule.id).filter(|id| id.starts_with("red-flag-")).collect();
        assert_eq!(ids, TABLE[..12]);
    }

    #[test]
    fn every_row_of_the_table_is_a_rule() {
        for id in TABLE {
            assert!(crate::rules::RULES.iter().any(|rule| rule.id == *id), "{id}");
        }
    }

    #[test]
    fn an_alarm_is_near_in_place_and_time() {
        let (knee, left, right) = (Some(Site::Knee), Some(Side::Left), Some(Side::Right));
        let alarm = Finding { site: knee, side: left, ..finding("pain-over-a-week", Severity::SeeSomeone, 20) };
        let check = |place, n, expected: bool| {
            assert_eq!(is_alarmed(std::slice::from_ref(&alarm), place, day(n), day(n)), expected, "{place:?} {n}");
        };
        check((knee, left), 20, true);
        check((knee, None), 20, true);
        check((knee, Some(Side::Both)), 20, true);
        check((None, None), 20, true);
        check((knee, right), 20, false);
        check((Some(Site::Shin), left), 20, false);
        for (n, expected) in [(6, true), (5, false), (34, true), (35, false)] {
            check((knee, left), n, expected);
        }
    }

    #[test]
    fn silence_and_rows_about_sleep_are_no_all_clear() {
        let rule = &crate::rules::red_flag_chest::RULE;
        let silent = [Outcome::NotJudged("nothing about pain was logged in the last 14 days".to_string())];
        assert_eq!(judge(rule, 15, vec![harmless(0)]), silent);
        assert_eq!(judge(rule, 14, vec![harmless(0)]), [Outcome::Clear]);
        let sleep = Entry { sleep_h: Some(7.0), ..Entry::on(day(14)) };
        assert_eq!(judge(rule, 15, vec![harmless(0), sleep]), silent);
    }
}
