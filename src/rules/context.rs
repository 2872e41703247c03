//! What a rule may look at: the calendar, the pain log, the day of the report and the limits in force.

use super::Limit;
use crate::{model::History, pain::PainLog, units::Units};

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
}
