//! What of running can change from week to week: eight measures, each over seven days.

use crate::{
    model::{Day, History, Run},
    stats::describe::{mean, median},
    time::plus_days,
};
use chrono::NaiveDate;

/// A measure of seven days. Values are SI but where it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Metres run.
    Distance,
    /// How many runs.
    Runs,
    /// The longest run, m.
    Longest,
    /// Minutes with a heart rate of 80 % of the maximum or more.
    HardMinutes,
    /// Metres climbed.
    Ascent,
    /// Metres descended.
    Descent,
    /// The median of the runs' step rates on flat, steady ground, steps a minute.
    Cadence,
    /// The mean of the nights' sleep, hours.
    Sleep,
}

/// Share of the running time that needs a heart rate before minutes are counted (src/method/rules.md, Hard minutes).
const HEART_RATE_SHARE: f64 = 0.8;

/// Nights of the seven that must be known for their mean: more than half.
const NIGHTS: usize = 4;

impl Measure {
    /// All, in the order they are told.
    pub const ALL: [Measure; 8] = [
        Measure::Distance,
        Measure::Runs,
        Measure::Longest,
        Measure::HardMinutes,
        Measure::Ascent,
        Measure::Descent,
        Measure::Cadence,
        Measure::Sleep,
    ];

    /// The value of the seven days from `from` on. None where it is not known, which is not zero.
    pub(super) fn of(self, history: &History, from: NaiveDate, alike: &Alike) -> Option<f64> {
        let to = plus_days(from, 6);
        let days = days(history, from, to);
        if self == Measure::Sleep {
            return sleep(days);
        }
        let is_whole = days.len() == 7 && days.iter().all(|day| day.covered);
        let runs = history.runs_between(from, to);
        is_whole.then(|| self.of_runs(runs, alike)).flatten()
    }

    /// What these runs come to, whatever days they are of.
    pub(super) fn of_runs(self, runs: &[Run], alike: &Alike) -> Option<f64> {
        let sum = |value: fn(&Run) -> Option<f64>| runs.iter().map(value).sum();
        match self {
            Measure::Distance => sum(|run| run.distance_m),
            Measure::Runs => Some(runs.len() as f64),
            Measure::Longest => longest(runs),
            Measure::HardMinutes => hard_minutes(runs),
            Measure::Ascent => sum(|run| run.ascent_m).filter(|_| alike.climbs(runs)),
            Measure::Descent => sum(|run| run.descent_m).filter(|_| alike.climbs(runs)),
            Measure::Cadence => alike.cadence(runs),
            Measure::Sleep => None,
        }
    }
}

/// The days of the calendar from one to the other, both included.
fn days(history: &History, from: NaiveDate, to: NaiveDate) -> &[Day] {
    let first = history.days.partition_point(|day| day.date < from);
    let end = history.days.partition_point(|day| day.date <= to);
    history.days.get(first..end).unwrap_or_default()
}

/// Hours a night. None where half of the nights or more are unknown.
fn sleep(days: &[Day]) -> Option<f64> {
    let hours = known_hours(days);
    mean(&hours).filter(|_| hours.len() >= NIGHTS)
}

fn known_hours(days: &[Day]) -> Vec<f64> {
    let seconds = days.iter().filter_map(|day| day.sleep_s);
    seconds.map(|seconds| seconds / 3600.0).collect()
}

/// A week without a run has no longest one.
fn longest(runs: &[Run]) -> Option<f64> {
    let all: Option<Vec<f64>> = runs.iter().map(|run| run.distance_m).collect();
    all?.into_iter().reduce(f64::max)
}

/// None where too little of the running time has a heart rate.
fn hard_minutes(runs: &[Run]) -> Option<f64> {
    let time = |run: &Run| run.timer_s.or(run.moving_s);
    let total_s: f64 = runs.iter().map(time).sum::<Option<f64>>()?;
    let counted = || runs.iter().filter(|run| run.hard_s.is_some());
    let known_s: f64 = counted().filter_map(time).sum();
    let hard_s: f64 = counted().filter_map(|run| run.hard_s).sum();
    (known_s >= HEART_RATE_SHARE * total_s).then_some(hard_s / 60.0)
}

/// What must be alike for weeks to be compared: climbs by satellites are not set beside those of a barometer, and step rates are
/// compared within one device (src/method/rules.md, Covered days).
pub(super) struct Alike {
    by_satellites: Option<bool>,
    device: Option<String>,
}

impl Alike {
    /// As in the last run up to that day that has each.
    pub(super) fn until(history: &History, day: NaiveDate) -> Alike {
        let runs = history.runs_between(NaiveDate::MIN, day);
        let mut with_cadence = runs
            .iter()
            .rev()
            .filter(|run| run.cadence_flat_spm.is_some());
        Alike {
            by_satellites: runs.iter().rev().find_map(by_satellites),
            device: with_cadence.next().and_then(|run| run.device.clone()),
        }
    }

    /// Whether no climb of the runs was measured the other way.
    fn climbs(&self, runs: &[Run]) -> bool {
        let mut ways = runs.iter().filter_map(by_satellites);
        ways.all(|way| Some(way) == self.by_satellites)
    }

    fn cadence(&self, runs: &[Run]) -> Option<f64> {
        let own = runs.iter().filter(|run| run.device == self.device);
        let rates: Vec<f64> = own.filter_map(|run| run.cadence_flat_spm).collect();
        median(&rates)
    }
}

/// Whether the run's altitude is by satellites. None where it has none, or was indoors.
fn by_satellites(run: &Run) -> Option<bool> {
    use crate::model::AltitudeSource::{Gps, Indoor};
    let source = run.altitude_source.filter(|source| *source != Indoor)?;
    Some(source == Gps)
}
