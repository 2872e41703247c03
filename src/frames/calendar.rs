//! The calendar: every local day from the first to the last, whether recordings are complete there, and its pain.

use crate::{model::Run, time};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// More days in a row without a run than this are not covered (src/method/rules.md, Covered days).
pub const GAP_DAYS: i64 = 10;

/// How long before the first run the calendar may begin, days: a year and a leap day, as far as any rule looks back from a
/// run. A pain log that is older would make every table and picture mostly blank; its rows are still read by the rules.
pub const BEFORE_RUNS_DAYS: i64 = 366;

/// One row a day, before the runs are rolled up into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// The days, no gaps, up to `as_of`.
    pub days: Vec<NaiveDate>,
    /// Whether recordings can be believed complete on that day.
    pub covered: Vec<bool>,
    /// The highest pain logged that day; None: nothing known.
    pub pain_max: Vec<Option<f64>>,
    /// Time in other sports that day, s; None: none was recorded.
    pub other_sport_s: Vec<Option<f64>>,
    /// Time asleep in the night that ended that day, s; None: not known.
    pub sleep_s: Vec<Option<f64>>,
    /// The day the report speaks from.
    pub as_of: NaiveDate,
}

impl Calendar {
    /// Days from the first run or pain row, at most [`BEFORE_RUNS_DAYS`] before that run, to `as_of`. `runs` are by start; none lies after `as_of`.
    pub fn new(runs: &[Run], pain_max: &BTreeMap<NaiveDate, f64>, as_of: NaiveDate) -> Calendar {
        let mut run_days: Vec<NaiveDate> = runs.iter().map(Run::local_date).collect();
        run_days.sort();
        let first_pain = pain_max.keys().next().copied();
        let first = first_day(run_days.first().copied(), first_pain).unwrap_or(as_of);
        Calendar::from(first, &run_days, pain_max, as_of)
    }

    /// The calendar of a log without a run, none of whose days is covered: from the first of its days to `as_of`, but none before
    /// a silence of more than [`BEFORE_RUNS_DAYS`], for the same reason. `logged` are the days with a row.
    pub fn of_log(
        logged: &BTreeSet<NaiveDate>,
        pain_max: &BTreeMap<NaiveDate, f64>,
        as_of: NaiveDate,
    ) -> Calendar {
        let mut back = logged.range(..=as_of).rev().copied();
        let mut first = back.next().unwrap_or(as_of);
        let earliest = |first: NaiveDate| time::plus_days(first, -BEFORE_RUNS_DAYS);
        for day in back {
            if day < earliest(first) {
                break;
            }
            first = day;
        }
        Calendar::from(first, &[], pain_max, as_of)
    }

    /// Every day from `first` to `as_of`. `run_days` are in order.
    fn from(
        first: NaiveDate,
        run_days: &[NaiveDate],
        pain_max: &BTreeMap<NaiveDate, f64>,
        as_of: NaiveDate,
    ) -> Calendar {
        let days: Vec<NaiveDate> = time::dates(first.min(as_of), as_of).collect();
        let unknown = vec![None; days.len()];
        Calendar {
            covered: covered(run_days, first, days.len()),
            pain_max: on_each(&days, pain_max),
            days,
            other_sport_s: unknown.clone(),
            sleep_s: unknown,
            as_of,
        }
    }

    /// The same calendar where days are known beside those of the runs: whoever wrote down that nothing was run has recorded that day.
    pub fn knowing(mut self, runs: &[Run], rest: &BTreeSet<NaiveDate>) -> Calendar {
        if let (Some(first), false) = (self.days.first(), rest.is_empty()) {
            let runs = runs.iter().map(Run::local_date);
            let within = rest.iter().copied().filter(|day| first <= day);
            let mut known: Vec<NaiveDate> = runs.chain(within).collect();
            known.sort_unstable();
            self.covered = covered(&known, *first, self.days.len());
        }
        self
    }

    /// The same calendar with what else filled the days: other sports and sleep, as far as they lie within it.
    pub fn beside(mut self, others: &[Run], sleep_s: &BTreeMap<NaiveDate, f64>) -> Calendar {
        let mut other_sport_s: BTreeMap<NaiveDate, f64> = BTreeMap::new();
        for row in others {
            if let Some(seconds) = row.timer_s.or(row.elapsed_s) {
                *other_sport_s.entry(row.local_date()).or_default() += seconds;
            }
        }
        self.other_sport_s = on_each(&self.days, &other_sport_s);
        self.sleep_s = on_each(&self.days, sleep_s);
        self
    }
}

/// The first day with a run or with pain, but none long before the first run.
fn first_day(run: Option<NaiveDate>, pain: Option<NaiveDate>) -> Option<NaiveDate> {
    let first = run.into_iter().chain(pain).min()?;
    let earliest = run.map(|day| time::plus_days(day, -BEFORE_RUNS_DAYS));
    Some(earliest.map_or(first, |earliest| first.max(earliest)))
}

/// Run days, and the days between two that lie near each other. `run_days` are in order.
fn covered(run_days: &[NaiveDate], first: NaiveDate, length: usize) -> Vec<bool> {
    let mut covered = vec![false; length];
    for pair in run_days.windows(2) {
        if time::days_between(pair[0], pair[1]) - 1 <= GAP_DAYS {
            mark(&mut covered, first, pair[0], pair[1]);
        }
    }
    for day in run_days {
        mark(&mut covered, first, *day, *day);
    }
    covered
}

fn on_each(days: &[NaiveDate], values: &BTreeMap<NaiveDate, f64>) -> Vec<Option<f64>> {
    days.iter().map(|day| values.get(day).copied()).collect()
}

fn mark(covered: &mut [bool], first: NaiveDate, from: NaiveDate, to: NaiveDate) {
    let index = |day: NaiveDate| usize::try_from(time::days_between(first, day)).unwrap_or(0);
    let end = (index(to) + 1).min(covered.len());
    covered[index(from).min(end)..end].fill(true);
}
