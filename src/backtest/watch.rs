//! What to watch this week: for each place that hurt lately, the flags that bear on it, how it stands;
//! and how far the next run and this week could go before a rule would speak.

use super::{
    Backtest, Pair,
    onsets::places,
    patterns::{Counted, in_force},
};
use crate::{
    pain::{
        Place,
        episodes::{Episode, episodes},
    },
    rules::{Context, Finding, Severity, single_run_spike, standing, triage, weekly_distance_jump},
    time::days_between,
};
use chrono::NaiveDate;
use std::cmp::Reverse;

/// A place whose last pain lies further back is not in the table, days.
pub const LATELY_DAYS: i64 = 180;

/// The table and the ceilings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Watch {
    /// Places that hurt lately: those that hurt now first, then those with most flags.
    pub places: Vec<WatchedPlace>,
    /// Longest next run that single-run-spike would not flag, m. None where the rule could not speak, or `withheld`.
    pub next_run_m: Option<f64>,
    /// What the rule misses to speak of the next run, in words. None where it could, or `withheld`.
    pub next_run_missing: Option<String>,
    /// Longest week that weekly-distance-jump would not flag, m, likewise: the week in which the day after the report lies.
    pub week_m: Option<f64>,
    /// What the rule misses to speak of that week, likewise.
    pub week_missing: Option<String>,
    /// Run so far in that week, m.
    pub week_so_far_m: Option<f64>,
    /// Something current asks to be looked at: no ceiling is named before that.
    pub see_first: bool,
    /// Why no ceiling is named, as the end of a sentence: `see_first`, a place rated above 2 lately, or pain that changed running.
    /// None where nothing keeps one back.
    pub withheld: Option<String>,
}

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct WatchedPlace {
    /// Where.
    pub site: crate::pain::Site,
    /// Which side; None when the log gives none.
    pub side: Option<crate::pain::Side>,
    /// How it stands.
    pub state: State,
    /// First and last day of the last spell.
    pub from: NaiveDate,
    /// Its last day with pain.
    pub to: NaiveDate,
    /// Ids of rules flagged in the last 14 days that bear on the place, in the order of the handbook.
    pub flags: Vec<&'static str>,
}

/// The state of a place's last spell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It hurt within the last days and has not settled.
    Sore,
    /// It hurt, and nothing was logged since that would end it.
    Open,
    /// Two zeros were logged after it.
    Settled,
}

/// The table for the day of the report.
pub fn watch(ctx: &Context, findings: &[Finding]) -> Watch {
    Watch {
        places: watched_places(ctx, &current(ctx, findings)),
        ..room(ctx, held(ctx, findings))
    }
}

/// What keeps every ceiling back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Held {
    /// Something current asks to be looked at.
    pub see_first: bool,
    /// Why no ceiling is named, as the end of a sentence. None where nothing keeps one back.
    pub why: Option<String>,
}

/// What keeps every ceiling back on the day of the report.
pub fn held(ctx: &Context, findings: &[Finding]) -> Held {
    let mut current = current(ctx, findings).into_iter();
    let see_first = current.any(|finding| finding.severity >= Severity::SeeSomeone);
    Held {
        see_first,
        why: withheld(ctx, see_first),
    }
}

/// The ceilings from this day on, without the table, unless something keeps them back.
pub fn room(ctx: &Context, held: Held) -> Watch {
    let Held {
        see_first,
        why: withheld,
    } = held;
    let [(next_run_m, next_run_missing), (week_m, week_missing)] = match withheld {
        Some(_) => [(None, None), (None, None)],
        None => ceilings(ctx),
    };
    Watch {
        places: Vec::new(),
        next_run_m,
        next_run_missing,
        week_m,
        week_missing,
        week_so_far_m: weekly_distance_jump::so_far_m(ctx),
        see_first,
        withheld,
    }
}

fn current<'f>(ctx: &Context, findings: &'f [Finding]) -> Vec<&'f Finding> {
    let is_current = |finding: &&Finding| triage::is_current(finding, ctx.history.as_of);
    findings.iter().filter(is_current).collect()
}

/// Why no ceiling is named.
fn withheld(ctx: &Context, see_first: bool) -> Option<String> {
    if see_first {
        return Some("something above asks to be looked at first".to_string());
    }
    standing::why_no_distance(&ctx.pain.entries, ctx.history.as_of)
}

/// Those that hurt now first, then those with most flags.
fn watched_places(ctx: &Context, current: &[&Finding]) -> Vec<WatchedPlace> {
    let spells = episodes(&ctx.pain.entries);
    let places = places(ctx.pain, ctx.history.as_of).into_iter();
    let watched = places.filter_map(|place| one_place(ctx, current, &spells, place));
    let mut watched: Vec<WatchedPlace> = watched.collect();
    watched.sort_by_key(|place| (place.state, Reverse((place.flags.len(), place.to))));
    watched
}

/// Those of the next run and of the week.
fn ceilings(ctx: &Context) -> [(Option<f64>, Option<String>); 2] {
    [
        ceiling(single_run_spike::ceiling_m(ctx)),
        ceiling(weekly_distance_jump::ceiling_m(ctx)),
    ]
}

/// The distance, or what is missing to name one.
fn ceiling(found: Result<f64, String>) -> (Option<f64>, Option<String>) {
    found.map_or_else(
        |missing| (None, Some(missing)),
        |metres| (Some(metres), None),
    )
}

/// None when the place has not hurt lately.
fn one_place(
    ctx: &Context,
    current: &[&Finding],
    spells: &[Episode],
    place: Place,
) -> Option<WatchedPlace> {
    let as_of = ctx.history.as_of;
    let last = last_spell(spells, place, as_of)?;
    let is_flagged = |rule: &str| current.iter().any(|finding| finding.rule == rule);
    let bearing = bearing_on(ctx, place).map(|counted| counted.rule.id);
    Some(WatchedPlace {
        site: place.0,
        side: place.1,
        state: State::of(last, as_of),
        from: last.from,
        to: last.to,
        flags: bearing.filter(|rule| is_flagged(rule)).collect(),
    })
}

/// None when it lies too far back.
fn last_spell(spells: &[Episode], place: Place, as_of: NaiveDate) -> Option<&Episode> {
    let is_here = |spell: &&Episode| (spell.site, spell.side) == place && spell.from <= as_of;
    let last = spells.iter().rev().find(is_here)?;
    (days_between(last.to, as_of) <= LATELY_DAYS).then_some(last)
}

/// The rules whose flags bear on a place.
fn bearing_on(ctx: &Context, place: Place) -> impl Iterator<Item = Counted> {
    let patterns = in_force(ctx.limits).into_iter();
    patterns.filter(move |counted| counted.pattern.bears_on.hold(place.0))
}

impl State {
    fn of(last: &Episode, as_of: NaiveDate) -> State {
        match () {
            () if last.has_settled() => State::Settled,
            () if last.is_running(as_of) => State::Sore,
            () => State::Open,
        }
    }
}

impl Backtest {
    /// What was found of a rule at a place.
    pub fn pair(&self, rule: &str, place: Place) -> Option<&Pair> {
        self.pairs
            .iter()
            .find(|pair| pair.rule == rule && (pair.site, pair.side) == place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        backtest::tests::runner,
        pain::{Side, Site},
        time::plus_days,
        units::Units,
    };

    /// A runner of 60 days, or up to the last flag or spell, with a left knee sore on `onsets` and spikes on `flags`.
    fn check(onsets: &[i64], flags: &[i64], severity: Severity) -> Watch {
        let days = onsets
            .iter()
            .chain(flags)
            .max()
            .map_or(60, |last| (*last + 1).max(60) as usize);
        let (history, pain, mut findings) = runner(days, onsets, flags);
        findings
            .iter_mut()
            .for_each(|finding| finding.severity = severity);
        watch(&Context::new(&history, &pain, Units::Km), &findings)
    }

    #[test]
    fn places_show_how_they_stand_and_what_bears_on_them() {
        let found = check(&[30], &[50], Severity::Watch);
        let [place] = &found.places[..] else {
            panic!("{found:?}")
        };
        assert_eq!(
            (place.site, place.side, place.state),
            (Site::Knee, Some(Side::Left), State::Settled)
        );
        assert_eq!(
            (&place.flags[..], found.see_first),
            (&["single-run-spike"][..], false)
        );
        assert_eq!(
            check(&[59], &[], Severity::Watch).places[0].state,
            State::Sore
        );
        // The last of the 14 days before day 59 is day 45.
        assert_eq!(
            check(&[30], &[44], Severity::Watch).places[0].flags.len(),
            0
        );
        assert_eq!(
            check(&[30], &[45], Severity::Watch).places[0].flags.len(),
            1
        );
        assert!(check(&[], &[50], Severity::Watch).places.is_empty());
    }

    #[test]
    fn a_log_that_stops_is_open_and_old_pain_is_left_out() {
        let (mut history, mut pain, _) = runner(60, &[20], &[]);
        pain.entries
            .retain(|entry| entry.date <= history.days[21].date);
        let place = |history: &_, pain: &_| {
            let found = watch(&Context::new(history, pain, Units::Km), &[]);
            found.places.first().map(|place| place.state)
        };
        assert_eq!(place(&history, &pain), Some(State::Open));
        for (days, expected) in [(180, Some(State::Open)), (181, None)] {
            history.as_of = plus_days(history.days[20].date, days);
            assert_eq!(place(&history, &pain), expected, "{days}");
        }
    }

    #[test]
    fn a_place_above_two_keeps_every_ceiling_back() {
        for (rating, withheld) in [
            (2.0, None),
            (3.0, Some("your left knee was rated 3 of 10 on")),
        ] {
            let (history, mut pain, _) = runner(60, &[59], &[]);
            pain.entries
                .iter_mut()
                .filter(|row| row.pain > Some(0.0))
                .for_each(|row| row.pain = Some(rating));
            let found = watch(&Context::new(&history, &pain, Units::Km), &[]);
            assert!(!found.see_first);
            assert_eq!(found.withheld.is_some(), withheld.is_some(), "{rating}");
            assert!(
                withheld.is_none_or(|why| found.withheld.is_some_and(|said| said.starts_with(why))),
                "{rating}"
            );
            assert_eq!(
                found.next_run_missing.is_some(),
                withheld.is_none(),
                "the days have distances and no runs"
            );
        }
    }

    #[test]
    fn what_asks_to_be_seen_comes_before_any_ceiling() {
        let seen = check(&[30], &[50], Severity::SeeSomeone);
        assert_eq!(
            (seen.see_first, seen.next_run_missing, seen.week_missing),
            (true, None, None)
        );
        assert_eq!(
            seen.withheld.as_deref(),
            Some("something above asks to be looked at first")
        );
        let history = check(&[30], &[40], Severity::SeeSomeone);
        assert!(!history.see_first);
        // The days have distances and no runs.
        let missing = "the last recorded run lies more than 10 days back";
        assert_eq!(
            (history.next_run_m, history.next_run_missing.as_deref()),
            (None, Some(missing))
        );
        let missing = "fewer than four full weeks of recordings before the latest week";
        assert_eq!(
            (history.week_m, history.week_missing.as_deref()),
            (None, Some(missing))
        );
    }
}
