//! The run of the day on which the pain began.

use crate::{
    model::{History, Run},
    time::{days_between, plus_days},
};
use chrono::NaiveDate;

/// The longest run is looked for in so many days before, as in the study (src/method/rules.md, Longest run).
const LONGEST_DAYS: i64 = 30;

/// What was run when it began.
#[derive(Debug, Clone, PartialEq)]
pub struct OnsetRun {
    /// The day of the run.
    pub date: NaiveDate,
    /// Days from the run to the first pain: 0, 1 or 2.
    pub days_before: i64,
    /// Metres; of several runs of the day all together. None: one has no distance.
    pub distance_m: Option<f64>,
    /// Time with the timer running, s, likewise.
    pub timer_s: Option<f64>,
    /// Metres climbed, likewise.
    pub ascent_m: Option<f64>,
    /// Metres descended, likewise.
    pub descent_m: Option<f64>,
    /// The shoe of its longest run.
    pub shoe: Option<String>,
    /// The longest single run of the 30 days before that day, m. None: none with a distance was recorded.
    pub longest_before_m: Option<f64>,
}

/// None where no run was recorded on the day and the two before.
pub(super) fn of(history: &History, since: NaiveDate) -> Option<OnsetRun> {
    let runs = history.runs_before_onset(since);
    let date = runs.first()?.local_date();
    let total = |value: fn(&Run) -> Option<f64>| runs.iter().map(value).sum();
    Some(OnsetRun {
        date,
        days_before: days_between(date, since),
        distance_m: total(|run| run.distance_m),
        timer_s: total(|run| run.timer_s),
        ascent_m: total(|run| run.ascent_m),
        descent_m: total(|run| run.descent_m),
        shoe: longest(runs).and_then(|run| run.shoe.clone()),
        longest_before_m: longest_before(history, date),
    })
}

fn longest_before(history: &History, date: NaiveDate) -> Option<f64> {
    let month = history.runs_between(plus_days(date, -LONGEST_DAYS), plus_days(date, -1));
    longest(month)?.distance_m
}

fn longest(runs: &[Run]) -> Option<&Run> {
    let distance = |run: &Run| run.distance_m.unwrap_or(0.0);
    runs.iter()
        .max_by(|a, b| distance(a).total_cmp(&distance(b)))
}
