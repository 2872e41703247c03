//! How much of its own time a pain log says anything about.

use crate::{
    model::History,
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
    LogDays::new(history, pain).until(history.as_of)
}

/// Which days of a history are covered and rated, so that its coverage up to any day is counted and not searched for.
pub(super) struct LogDays {
    /// The first row of the log.
    from: Option<NaiveDate>,
    /// The covered days, and whether they have a rating.
    covered: Vec<(NaiveDate, bool)>,
}

impl LogDays {
    pub(super) fn new(history: &History, pain: &PainLog) -> Self {
        // What was written into an account begins no log: a comment of years ago would make every day since a blank one.
        let rows = pain.entries.iter();
        let rows = rows.filter(|entry| entry.comment_on().is_none());
        let rated = logged_days(pain);
        let covered = history.days.iter().filter(|day| day.covered);
        LogDays {
            from: rows.map(|entry| entry.date).min(),
            covered: covered
                .map(|day| (day.date, rated.contains(&day.date)))
                .collect(),
        }
    }

    /// The coverage as it was on a day. None when no row is that old.
    pub(super) fn until(&self, as_of: NaiveDate) -> Option<LogCoverage> {
        let from = self.from.filter(|date| *date <= as_of)?;
        let is_in = |day: &&(NaiveDate, bool)| (from..=as_of).contains(&day.0);
        let covered = || self.covered.iter().filter(is_in);
        Some(LogCoverage {
            from,
            days_logged: covered().filter(|(_, is_rated)| *is_rated).count(),
            days_covered: covered().count(),
        })
    }
}
