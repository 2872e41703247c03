//! The runner's calendar: every run, every day, every week.

use super::run::{LoadUnit, Run};
use chrono::NaiveDate;

/// Pain that begins on a day without a run is looked for in the runs of so many days before, days: soreness has its peak then.
const BEFORE_ONSET_DAYS: i64 = 2;

/// One local day. Sums are over the runs that have the value; on a covered day without a run they are zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The local date.
    pub date: NaiveDate,
    /// Whether recordings can be believed to be complete here: between first and last run and not in a gap of more than 10 days.
    pub covered: bool,
    /// Runs that started on this day.
    pub runs: u32,
    /// Metres run. None when the day is not covered, or none of its runs has a distance.
    pub distance_m: Option<f64>,
    /// The longest single run, m.
    pub longest_run_m: Option<f64>,
    /// Timer time, s.
    pub timer_s: Option<f64>,
    /// Metres climbed. None also when one of the day's runs has no altitude.
    pub ascent_m: Option<f64>,
    /// Metres descended, likewise.
    pub descent_m: Option<f64>,
    /// Load in the history's unit. None when one of the day's runs lacks it.
    pub load: Option<f64>,
    /// Time in other sports, s. None: none was recorded.
    pub other_sport_s: Option<f64>,
    /// Time asleep in the night that ended on this day, s. None: not known.
    pub sleep_s: Option<f64>,
    /// The highest pain logged on this day at any site, 0–10. Some(0.0) only if a zero was logged. None: nothing known.
    pub pain_max: Option<f64>,
}

/// One ISO week (Monday to Sunday) of local days.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// `2025-W14`.
    pub week: String,
    /// Its Monday.
    pub start: NaiveDate,
    /// How many of its seven days are covered.
    pub days_covered: u32,
    /// Whether all seven days are covered and past: only then is it compared with others.
    pub full: bool,
    /// Runs in the week.
    pub runs: u32,
    /// Metres run.
    pub distance_m: Option<f64>,
    /// The longest single run, m.
    pub longest_run_m: Option<f64>,
    /// Timer time, s.
    pub timer_s: Option<f64>,
    /// Metres climbed; None when a run of the week has no altitude.
    pub ascent_m: Option<f64>,
    /// Metres descended; likewise.
    pub descent_m: Option<f64>,
    /// Load in the history's unit; None when a run of the week lacks it.
    pub load: Option<f64>,
    /// Time in other sports, s. None: none was recorded.
    pub other_sport_s: Option<f64>,
    /// Highest pain logged in the week.
    pub pain_max: Option<f64>,
    /// Days of the week with a usable pain entry.
    pub days_logged: u32,
}

/// The runner's calendar: every run, every day without gaps, every week. What rules and statistics see.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// Runs by their start on the runner's own clock.
    pub runs: Vec<Run>,
    /// Activities of other sports, likewise: no impact, but load and no rest.
    pub others: Vec<Run>,
    /// Days from the first to the last recorded day (run or pain row), no gaps.
    pub days: Vec<Day>,
    /// Weeks over the same span.
    pub weeks: Vec<Week>,
    /// The unit of every `load`.
    pub load_unit: LoadUnit,
    /// The day the report speaks from; the last recorded day unless given.
    pub as_of: NaiveDate,
}

impl History {
    /// The day's row, None outside the calendar.
    pub fn day(&self, date: NaiveDate) -> Option<&Day> {
        let first = self.days.first()?.date;
        let index = usize::try_from(crate::time::days_between(first, date)).ok()?;
        self.days.get(index)
    }

    /// The runs of these days, both included. Runs are by local start, so this is a search and no walk.
    pub fn runs_between(&self, from: NaiveDate, to: NaiveDate) -> &[Run] {
        let first = self.runs.partition_point(|run| run.local_date() < from);
        let end = self.runs.partition_point(|run| run.local_date() <= to);
        self.runs.get(first..end).unwrap_or_default()
    }

    /// The runs of the day on which pain began or, where none was recorded, of the nearer of the two days before.
    pub fn runs_before_onset(&self, onset: NaiveDate) -> &[Run] {
        let days = (0..=BEFORE_ONSET_DAYS).map(|back| crate::time::plus_days(onset, -back));
        let mut outings = days.map(|day| self.runs_between(day, day));
        outings.find(|runs| !runs.is_empty()).unwrap_or_default()
    }

    /// The days up to the last run.
    pub fn recorded_days(&self) -> &[Day] {
        let end = self.runs.last().map_or(0, |run| {
            self.days
                .partition_point(|day| day.date <= run.local_date())
        });
        &self.days[..end]
    }

    /// The ids of the runs of these days, both included.
    pub fn run_ids_between(&self, from: NaiveDate, to: NaiveDate) -> Vec<String> {
        self.runs_between(from, to)
            .iter()
            .map(|run| run.run_id.clone())
            .collect()
    }

    /// Days with a usable pain rating.
    pub fn days_logged(&self) -> usize {
        self.days
            .iter()
            .filter(|day| day.pain_max.is_some())
            .count()
    }

    /// Days with a usable pain rating among those that are covered, and how many those are.
    pub fn days_logged_of_covered(&self) -> (usize, usize) {
        let covered = || self.days.iter().filter(|day| day.covered);
        (
            covered().filter(|day| day.pain_max.is_some()).count(),
            covered().count(),
        )
    }

    /// First and last day of the calendar.
    pub fn period(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.days.first()?.date, self.days.last()?.date))
    }

    /// The last `days` days up to and with `to`, as far as the calendar has them.
    pub fn days_until(&self, to: NaiveDate, days: usize) -> &[Day] {
        let end = self.days.partition_point(|day| day.date <= to);
        &self.days[end.saturating_sub(days)..end]
    }
}
