//! What a rule may look at: the calendar, the pain log, the day of the report and the limits in force.

use super::Limit;
use crate::model::{History, Week};
use crate::{pain::PainLog, time::plus_days, units::Units};

/// Everything a rule sees. No clock, no files, no environment.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Runs, days and weeks.
    pub history: &'a History,
    /// The pain log; empty when there is none.
    pub pain: &'a PainLog,
    /// How distances are written in messages.
    pub units: Units,
}

impl Context<'_> {
    /// The value of a limit in force. One place, so that a configuration can change it.
    pub fn limit(&self, limit: Limit) -> f64 {
        limit.value
    }

    /// Metres run in the week. None when they are unknown or one of its runs has no distance: a partial sum would
    /// make this week look light and the next one look like a jump.
    pub fn week_distance_m(&self, week: &Week) -> Option<f64> {
        let mut in_week = self.history.runs_between(week.start, plus_days(week.start, 6)).iter();
        week.distance_m.filter(|_| in_week.all(|run| run.distance_m.is_some()))
    }
}
