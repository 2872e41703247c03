//! What the report says above its charts: which finding is the headline, what is current and what is history.
//!
//! Red flags need no statistics: one row of the log is enough. The table is explained in [`crate::method::rules`]; its rows are the
//! `red_flag_*` rules, and its last rows are findings of the pain rules.

use crate::pain::{Entry, Function, Place, Side, Site, hurting, rating_at, sides_meet};
use crate::rules::{Change, Context, Finding, Judged, Limit, Outcome, RULES, Severity};
use crate::time::{days_between, plus_days};
use chrono::NaiveDate;
use std::{cmp::Reverse, sync::LazyLock};

/// Said in every report, whatever was found.
pub const ALWAYS_SAID: &str = "niggle cannot examine you. No flag does not mean no problem.";

/// How long a red flag counts as current. Not meant to be changed: a report must not quieten an alarm by configuration.
pub const WINDOW: Limit = Limit {
    key: "current_window_days",
    value: 14.0,
    change: Change::TRIAGE,
    why: "The triage table looks at the last 14 days; what is older is shown as history, without alarm.",
};

/// Up to here pain is little: what clinics for kneecap pain let people run with.
const LITTLE: f64 = 2.0;

/// The rows of the triage table, loudest level first, as the rules say them ([`crate::rules::Rule::triage`]); the first current one is
/// the headline. A rule with two levels stands in two rows: not settled by the morning is one thing, sharp in the morning
/// another; fainting in a run is not fainting after it. What red flags only want watched (a knock on the head without signs,
/// one wheeze) has no row.
///
/// What asks for advice or for easier days because of pain must not stand below a quieter headline, nor beside the comfort of
/// soreness-fits-doms (see [`alarms`]), so that pain-rising and running-through-pain are rows too, the last of their level.
static TABLE: LazyLock<Vec<(Severity, &'static str)>> = LazyLock::new(|| {
    let rows = RULES.iter().flat_map(|rule| {
        rule.triage
            .iter()
            .map(|(level, place)| (*level, *place, rule.id))
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|(level, place, _)| (Reverse(*level), *place));
    rows.into_iter().map(|(level, _, id)| (level, id)).collect()
});

/// The table's rows one by one.
pub(in crate::rules) fn table() -> impl Iterator<Item = (Severity, &'static str)> {
    TABLE.iter().copied()
}

/// Whether the finding reaches into the [`WINDOW`] before `as_of`; a finding from after `as_of` does not.
pub fn is_current(finding: &Finding, as_of: NaiveDate) -> bool {
    is_recent(finding.to, as_of)
}

/// The finding to put first: current, and of the first row of the triage table; of several findings of one row the
/// newest. None when nothing current is in the table: that is no all-clear.
pub fn headline(findings: &[Finding], as_of: NaiveDate) -> Option<&Finding> {
    let current = findings.iter().filter(|finding| is_current(finding, as_of));
    let placed = current.filter_map(|finding| Some((position(finding)?, finding)));
    placed
        .min_by_key(|(row, finding)| (*row, Reverse(finding.to)))
        .map(|(_, finding)| finding)
}

/// What rules of the table said at the level of ease-off or above, for a rule that must not comfort beside it.
pub(in crate::rules) fn alarms(heard: &Judged) -> Vec<&Finding> {
    let is_alarm = |finding: &&Finding| is_loud(finding.severity) && can_be_loud(finding.rule);
    heard.findings.iter().filter(is_alarm).collect()
}

fn is_loud(severity: Severity) -> bool {
    severity >= Severity::EaseOff
}

/// Whether the rule has a row at such a level.
fn can_be_loud(rule: &str) -> bool {
    let rows = crate::rules::rule(rule).map_or(&[][..], |rule| rule.triage);
    rows.iter().any(|(level, _)| is_loud(*level))
}

/// Whether one of the findings is about this place, or about no place in particular, and within 14 days of the time.
pub(in crate::rules) fn is_alarmed(
    alarms: &[&Finding],
    place: (Option<Site>, Option<Side>),
    from: NaiveDate,
    to: NaiveDate,
) -> bool {
    alarms
        .iter()
        .any(|alarm| may_be_at(alarm, place) && is_near(alarm, from, to))
}

fn is_near(finding: &Finding, from: NaiveDate, to: NaiveDate) -> bool {
    days_between(finding.to, from) <= WINDOW.value as i64
        && days_between(to, finding.from) <= WINDOW.value as i64
}

fn may_be_at(finding: &Finding, (site, side): (Option<Site>, Option<Side>)) -> bool {
    let is_here = finding.site.is_none() || site.is_none() || finding.site == site;
    is_here && sides_meet(finding.side, side)
}

/// Whether the day is the day of the report or the one before it: what can still be felt and decided upon.
pub(in crate::rules) fn is_just_now(date: NaiveDate, as_of: NaiveDate) -> bool {
    (0..=1).contains(&days_between(date, as_of))
}

/// Whether nothing of the last 14 days speaks against good news: the latest rating of every place is 2 or less, pain took
/// nothing from running, and no sign was written.
pub fn is_quiet_lately(ctx: &Context) -> bool {
    let (rows, from) = (rows(ctx), current_from(ctx.history.as_of));
    let recent = &rows[rows.partition_point(|row| row.date < from)..];
    let places = hurting(recent).into_iter();
    let mut places = places.filter(|(site, _)| *site != Site::SideStitch);
    let hurts = |place| latest_rating(recent, place).is_some_and(|pain| pain > LITTLE);
    !recent.iter().any(is_no_quiet_row) && !places.any(hurts)
}

/// Whether the row says that pain took something from running, or tells of a sign.
fn is_no_quiet_row(row: &Entry) -> bool {
    row.effect().is_some_and(|effect| effect > Function::None)
        || !row.signs.is_empty()
        || !row.signs_in_note.is_empty()
}

/// The highest rating of the last day on which the place was rated.
fn latest_rating(rows: &[Entry], place: Place) -> Option<f64> {
    let mut days = rows.chunk_by(|a, b| a.date == b.date).rev();
    days.find_map(|day| highest_at(day, place))
}

fn highest_at(rows: &[Entry], place: Place) -> Option<f64> {
    let ratings = rows.iter().filter_map(|row| rating_at(row, place));
    ratings.reduce(f64::max)
}

/// The rows a rule may look at: those up to the day of the report.
pub fn rows<'a>(ctx: &Context<'a>) -> &'a [Entry] {
    let entries = &ctx.pain.entries;
    &entries[..entries.partition_point(|entry| entry.date <= ctx.history.as_of)]
}

/// Adds to a rule's findings what it could not know. Without any log nothing is judged; a silence of 14 days is not
/// "clear"; [`Outcome::Clear`] stands alone, for recent rows without anything to say.
pub fn conclude(ctx: &Context, mut found: Vec<Outcome>) -> Vec<Outcome> {
    let (entries, as_of) = (rows(ctx), ctx.history.as_of);
    if entries.is_empty() {
        return vec![Outcome::not_judged(why_empty(ctx))];
    }
    // Of ten thousands of findings no room for more is kept.
    found.shrink_to_fit();
    // The newest rows stand last.
    let mut newest_first = entries.iter().rev();
    if !newest_first.any(|entry| is_current_row(entry, as_of)) {
        let why = "nothing about pain was logged in the last 14 days";
        found.push(Outcome::not_judged(why));
    } else if found.is_empty() {
        found.push(Outcome::Clear);
    }
    found
}

/// [`conclude`] for findings to look at.
pub(in crate::rules) fn flagged(
    ctx: &Context,
    findings: impl IntoIterator<Item = Finding>,
) -> Vec<Outcome> {
    let flagged = findings.into_iter().map(Outcome::Flagged);
    conclude(ctx, flagged.collect())
}

/// The finding, with what to do while it is current.
pub(in crate::rules) fn asking(ctx: &Context, finding: Finding, instruction: &str) -> Finding {
    match is_current(&finding, ctx.history.as_of) {
        true => Finding {
            instruction: instruction.to_string(),
            ..finding
        },
        false => finding,
    }
}

/// What is missing where there is no row to look at.
pub(in crate::rules) fn why_empty(ctx: &Context) -> &'static str {
    match &ctx.pain.place {
        None => "no pain log was given",
        Some(_) => "the pain log has no usable row up to the day of the report",
    }
}

/// Whether the rules of the triage table look at the row as something of these days: it says something about the body and is
/// at most [`WINDOW`] old. What is older than 14 days is history (src/method/rules.md, Triage table); a row of 14 days ago is not.
pub fn is_current_row(entry: &Entry, as_of: NaiveDate) -> bool {
    is_about_the_body(entry) && is_recent(entry.date, as_of)
}

/// The first day that is current.
pub fn current_from(as_of: NaiveDate) -> NaiveDate {
    plus_days(as_of, -(WINDOW.value as i64))
}

fn is_recent(date: NaiveDate, as_of: NaiveDate) -> bool {
    (0..=WINDOW.value as i64).contains(&days_between(date, as_of))
}

/// Whether the row says how the body is: one about sleep or shoes alone says nothing about pain.
pub fn is_about_the_body(entry: &Entry) -> bool {
    let rates_something = entry.site.is_some() || entry.pain.is_some() || entry.effect().is_some();
    lists_something(entry) || rates_something || entry.both_legs_in_note || entry.began_suddenly()
}

/// Whether a sign, a kind of pain or an everyday matter is noted.
fn lists_something(entry: &Entry) -> bool {
    !entry.signs.is_empty()
        || !entry.signs_in_note.is_empty()
        || !entry.everyday_in_note.is_empty()
        || !entry.types.is_empty()
}

/// The row of the table; milder findings of its rules have none.
pub(in crate::rules) fn position(finding: &Finding) -> Option<usize> {
    table().position(|row| row == (finding.severity, finding.rule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Beside;
    use crate::rules::pain_fixture::{clear, day, harmless, judge, outcomes, sore};
    use crate::units::Unit;
    use std::collections::BTreeSet;

    fn finding(rule: &'static str, severity: Severity, to: i64) -> Finding {
        Finding {
            rule,
            unit: Unit::Days,
            ..Finding::on(crate::rules::RULES[0], severity, day(to), day(to))
        }
    }

    fn check(findings: &[Finding], expected: Option<usize>) {
        let found = headline(findings, day(20));
        assert_eq!(found, expected.map(|index| &findings[index]));
    }

    #[test]
    fn fourteen_days_are_current_and_fifteen_are_history() {
        for (to, current) in [(20, true), (6, true), (5, false), (21, false)] {
            assert_eq!(
                is_current(&finding("red-flag-chest", Severity::Emergency, to), day(20)),
                current,
                "{to}"
            );
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
        check(
            &[finding("red-flag-chest", Emergency, 2), week.clone()],
            Some(1),
        );
        check(&[finding("red-flag-chest", Emergency, 2)], None);
        check(
            &[finding("pain-over-a-week", SeeSomeone, 18), week],
            Some(1),
        );
    }

    #[test]
    fn levels_of_one_rule_have_rows_of_their_own() {
        use Severity::*;
        // EASE-OFF: during > 5; not settled next morning; changed_form. A sharp morning stands higher.
        let during = finding("pain-during-run", EaseOff, 18);
        let morning = |severity| finding("pain-next-morning", severity, 19);
        let through = |severity| finding("running-through-pain", severity, 20);
        check(
            &[through(EaseOff), morning(EaseOff), during.clone()],
            Some(2),
        );
        check(&[through(EaseOff), morning(EaseOff)], Some(1));
        check(&[during.clone(), morning(SeeSomeone)], Some(1));
        check(
            &[
                through(SeeSomeone),
                finding("ostrc-substantial", SeeSomeone, 7),
            ],
            Some(1),
        );
        check(&[during, finding("pain-rising", SeeSomeone, 20)], Some(1));
        check(&[finding("ostrc-substantial", Note, 20)], None);
    }

    #[test]
    fn load_findings_and_notes_are_no_headline() {
        check(&[finding("single-run-spike", Severity::EaseOff, 20)], None);
        check(&[finding("pain-during-run", Severity::Note, 20)], None);
        check(
            &[finding("pain-during-run", Severity::EaseOff, 20)],
            Some(0),
        );
        check(
            &[finding("soreness-fits-doms", Severity::Good, 20)],
            Some(0),
        );
        check(&[], None);
    }

    #[test]
    fn every_red_flag_is_in_the_table_in_the_order_of_the_handbook() {
        let is_flag = |id: &&str| crate::rules::is_red_flag(id);
        let ids: Vec<&str> = crate::rules::RULES
            .iter()
            .map(|rule| rule.id)
            .filter(is_flag)
            .collect();
        let mut of_the_table: Vec<&str> = Vec::new();
        for id in table().map(|(_, id)| id).filter(is_flag) {
            // A rule with two levels stands in the handbook once, where it is loudest.
            if !of_the_table.contains(&id) {
                of_the_table.push(id);
            }
        }
        assert_eq!(ids, of_the_table);
    }

    #[test]
    fn every_row_of_the_table_is_a_rule_that_may_be_that_loud() {
        for (level, id) in table() {
            let rule = crate::rules::rule(id).unwrap_or_else(|| panic!("{id}"));
            assert!(level <= rule.cap, "{id} {level:?}");
        }
        let rows = RULES.iter().flat_map(|rule| rule.triage);
        let places: BTreeSet<_> = rows.clone().collect();
        assert_eq!(
            places.len(),
            rows.count(),
            "every row has a place of its own"
        );
        assert!(
            table().map(|(level, _)| level).is_sorted_by(|a, b| a >= b),
            "loudest first"
        );
    }

    #[test]
    fn whatever_table_b_lets_send_to_someone_about_pain_has_a_row() {
        let loud = |rule: &&crate::rules::Rule| rule.cap >= Severity::SeeSomeone;
        for rule in crate::rules::RULES.iter().copied().filter(loud) {
            assert!(table().any(|row| row == (rule.cap, rule.id)), "{}", rule.id);
        }
    }

    #[test]
    fn an_alarm_is_near_in_place_and_time() {
        let (knee, left, right) = (Some(Site::Knee), Some(Side::Left), Some(Side::Right));
        let alarm = Finding {
            site: knee,
            side: left,
            ..finding("pain-over-a-week", Severity::SeeSomeone, 20)
        };
        let check = |place, n, expected: bool| {
            assert_eq!(
                is_alarmed(&[&alarm], place, day(n), day(n)),
                expected,
                "{place:?} {n}"
            );
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
    fn a_row_is_current_for_as_long_as_its_red_flag() {
        let as_of = day(20);
        for (n, expected) in [(20, true), (6, true), (5, false), (21, false)] {
            assert_eq!(is_current_row(&harmless(n), as_of), expected, "day {n}");
            assert_eq!(
                is_current(&finding("red-flag-chest", Severity::Emergency, n), as_of),
                expected,
                "day {n}"
            );
        }
        assert_eq!(current_from(as_of), day(6));
        let sleep = Entry {
            beside: Beside {
                sleep_h: Some(7.0),
                ..Beside::default()
            }
            .kept(),
            ..Entry::on(day(20))
        };
        assert!(!is_current_row(&sleep, as_of));
    }

    #[test]
    fn a_row_with_one_word_about_the_body_is_current() {
        use crate::pain::{Everyday, Function, PainType, Sign};
        let row = || Entry::on(day(20));
        for row in [
            Entry {
                signs_in_note: [Sign::DarkUrine].into(),
                ..row()
            },
            Entry {
                function: Some(Function::CutShort),
                ..row()
            },
            Entry {
                function_in_note: Some(Function::Stopped),
                ..row()
            },
            Entry {
                everyday_in_note: [Everyday::Blister].into(),
                ..row()
            },
            Entry {
                types: [PainType::Tight].into(),
                ..row()
            },
            Entry {
                both_legs_in_note: true,
                ..row()
            },
            Entry {
                sudden_in_note: true,
                ..row()
            },
        ] {
            assert!(is_current_row(&row, day(20)), "{row:?}");
        }
        assert!(!is_current_row(&row(), day(20)));
        assert!(!is_current_row(
            &Entry {
                beside: Beside {
                    shoe: Some("blue".into()),
                    ..Beside::default()
                }
                .kept(),
                ..row()
            },
            day(20)
        ));
    }

    #[test]
    fn good_news_waits_until_every_place_is_little() {
        let quiet = |rows: Vec<Entry>| {
            outcomes(20, rows, |ctx| match is_quiet_lately(ctx) {
                true => vec![Outcome::Clear],
                false => Vec::new(),
            })
        };
        let shin = |n, pain| sore(n, Site::Shin, Side::Left, pain);
        for (rows, expected) in [
            (vec![shin(20, 2.0)], true),
            (vec![shin(20, 2.5)], false),
            (vec![shin(8, 9.0), shin(20, 1.0)], true),
            (vec![shin(8, 9.0), clear(20)], true),
            (
                vec![shin(8, 9.0), sore(20, Site::Knee, Side::Left, 1.0)],
                false,
            ),
            (
                vec![shin(5, 9.0), sore(20, Site::Knee, Side::Left, 1.0)],
                true,
            ),
            (vec![shin(20, 9.0), shin(20, 0.0)], false),
            (
                vec![Entry {
                    function: Some(Function::CutShort),
                    ..shin(20, 1.0)
                }],
                false,
            ),
            (
                vec![Entry {
                    function: Some(Function::None),
                    ..shin(20, 1.0)
                }],
                true,
            ),
            (
                vec![Entry {
                    signs_in_note: [crate::pain::Sign::Limp].into(),
                    ..shin(20, 1.0)
                }],
                false,
            ),
        ] {
            assert_eq!(!quiet(rows.clone()).is_empty(), expected, "{rows:?}");
        }
    }

    #[test]
    fn silence_and_rows_about_sleep_are_no_all_clear() {
        let rule = &crate::rules::red_flag_chest::RULE;
        let silent = [Outcome::NotJudged(
            "nothing about pain was logged in the last 14 days".to_string(),
        )];
        assert_eq!(judge(rule, 15, vec![harmless(0)]), silent);
        assert_eq!(judge(rule, 14, vec![harmless(0)]), [Outcome::Clear]);
        let sleep = Entry {
            beside: Beside {
                sleep_h: Some(7.0),
                ..Beside::default()
            }
            .kept(),
            ..Entry::on(day(14))
        };
        assert_eq!(judge(rule, 15, vec![harmless(0), sleep]), silent);
    }
}
