//! How much was run while a runner was watched.

use crate::{
    model::{Day, History},
    time::plus_days,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Runs, distance and time of some days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Exposure {
    /// Runs.
    pub runs: u32,
    /// Metres, of the runs that have a distance.
    pub distance_m: f64,
    /// Seconds on the timer.
    pub timer_s: f64,
}

/// Of these days, both counted. Nothing when the last lies before the first.
pub(super) fn between(history: &History, from: NaiveDate, to: NaiveDate) -> Exposure {
    let days = history.days.iter();
    let days = days.filter(|day| (from..=to).contains(&day.date));
    days.fold(Exposure::default(), |sum, day| sum.and(day))
}

/// Of the days before this one, from the first on.
pub(super) fn before(history: &History, from: NaiveDate, end: NaiveDate) -> Exposure {
    between(history, from, plus_days(end, -1))
}

impl Exposure {
    fn and(self, day: &Day) -> Exposure {
        Exposure {
            runs: self.runs + day.runs,
            distance_m: self.distance_m + day.distance_m.unwrap_or(0.0),
            timer_s: self.timer_s + day.timer_s.unwrap_or(0.0),
        }
    }

    /// Kilometres in thousands.
    pub fn thousand_km(&self) -> f64 {
        self.distance_m / 1e6
    }

    /// Hours in thousands.
    pub fn thousand_hours(&self) -> f64 {
        self.timer_s / 3.6e6
    }

    /// Both together.
    pub(super) fn plus(self, other: &Exposure) -> Exposure {
        Exposure {
            runs: self.runs + other.runs,
            distance_m: self.distance_m + other.distance_m,
            timer_s: self.timer_s + other.timer_s,
        }
    }

    /// Without a part of it.
    pub(super) fn less(self, part: &Exposure) -> Exposure {
        Exposure {
            runs: self.runs.saturating_sub(part.runs),
            distance_m: (self.distance_m - part.distance_m).max(0.0),
            timer_s: (self.timer_s - part.timer_s).max(0.0),
        }
    }
}
