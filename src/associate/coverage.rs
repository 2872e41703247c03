//! How much of its own time a pain log says anything about.

use crate::{
    model::{Day, History},
    pain::{PainLog, logged_days},
};
use chrono::NaiveDate;

/// How much of its own time a pain log says anything about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogCoverage {
    /// The first row of the log.
    pub from: NaiveDate,
    /// Covered days from there to the day of the report with a rating; an all-clear is one.
    pub days_logged: usize,
    /// All covered days from there to the day of the report.
    pub days_covered: usize,
}

impl LogCoverage {
    /// Logged days by covered days, 0–1. None when no day is covered.
    pub fn share(self) -> Option<f64> {
        (self.days_covered > 0).then(|| self.days_logged as f64 / self.days_covered as f64)
    }
}

/// The whole log's coverage, from its first row to `history.as_of` (src/method/rules.md, Log coverage). None when no row is that
/// old.
pub fn log_coverage(history: &History, pain: &PainLog) -> Option<LogCoverage> {
    coverage_until(history, pain, history.as_of)
}

/// The same as it was on an earlier day.
pub(super) fn coverage_until(
    history: &History,
    pain: &PainLog,
    as_of: NaiveDate,
) -> Option<LogCoverage> {
    // What was written into an account begins no log: a comment of years ago would make every day since a blank one.
    let rows = pain
        .entries
        .iter()
        .filter(|entry| entry.comment_on().is_none());
    let dates = rows.map(|entry| entry.date);
    let from = dates.filter(|date| *date <= as_of).min()?;
    let rated = logged_days(pain);
    let is_in = |day: &&Day| day.covered && (from..=as_of).contains(&day.date);
    let covered = || history.days.iter().filter(is_in);
    Some(LogCoverage {
        from,
        days_logged: covered().filter(|day| rated.contains(&day.date)).count(),
        days_covered: covered().count(),
    })
}
