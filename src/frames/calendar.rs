//! The calendar: every local day from the first to the last, whether recordings are complete there, and its pain.

use crate::{model::Run, time};
use chrono::NaiveDate;
use std::collections::BTreeMap;

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
        let run_days: Vec<NaiveDate> = runs.iter().map(Run::local_date).collect();
        let first_run = run_days.iter().min();
        let earliest = first_run.map(|day| time::plus_days(*day, -BEFORE_RUNS_DAYS));
        let first = first_run
            .into_iter()
            .chain(pain_max.keys().next())
            .min()
            .copied()
            .unwrap_or(as_of);
        let first = earliest.map_or(first, |earliest| first.max(earliest));
        let days: Vec<NaiveDate> = time::dates(first.min(as_of), as_of).collect();
        let mut covered = vec![false; days.len()];
        let mut sorted = run_days;
        sorted.sort();
        for pair in sorted
            .windows(2)
            .filter(|pair| time::days_between(pair[0], pair[1]) - 1 <= GAP_DAYS)
        {
            mark(&mut covered, first, pair[0], pair[1]);
        }
        for day in &sorted {
            mark(&mut covered, first, *day, *day);
        }
        let pain_max = days.iter().map(|day| pain_max.get(day).copied()).collect();
        let unknown = vec![None; days.len()];
        Calendar {
            days,
            covered,
            pain_max,
            other_sport_s: unknown.clone(),
            sleep_s: unknown,
            as_of,
        }
    }

    /// The same calendar with what else filled the days: other sports and sleep, as far as they lie within it.
    pub fn beside(mut self, others: &[Run], sleep_s: &BTreeMap<NaiveDate, f64>) -> Calendar {
        let mut other_sport_s: BTreeMap<NaiveDate, f64> = BTreeMap::new();
        for (day, seconds) in others
            .iter()
            .filter_map(|row| Some((row.local_date(), row.timer_s.or(row.elapsed_s)?)))
        {
            *other_sport_s.entry(day).or_default() += seconds;
        }
        self.other_sport_s = self
            .days
            .iter()
            .map(|day| other_sport_s.get(day).copied())
            .collect();
        self.sleep_s = self
            .days
            .iter()
            .map(|day| sleep_s.get(day).copied())
            .collect();
        self
    }
}

fn mark(covered: &mut [bool], first: NaiveDate, from: NaiveDate, to: NaiveDate) {
    let index = |day: NaiveDate| usize::try_from(time::days_between(first, day)).unwrap_or(0);
    let end = (index(to) + 1).min(covered.len());
    covered[index(from).min(end)..end].fill(true);
}
