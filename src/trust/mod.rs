//! Trust: for every quantity that several sources claim there is one place that hears all witnesses, throws out what no runner can
//! do, and gives a verdict with its reason, as data ([`crate::method::limits`], Trust).
//!
//! A quantity is one file here. Two witnesses of different origin that agree beat one; where nothing decides, the order of
//! [`By`] does; where nobody can be believed, the value is absent, and that is said.

pub mod distance;
mod evidence;
mod laps;
pub mod offset;
mod problems;
mod speed;
pub mod sport;
pub mod start;
mod times;
pub mod wall;
mod witness;

pub(crate) use evidence::went_on;
pub use offset::ClockOffset;
pub use problems::{of_offset, of_sport};
pub use start::{Start, StartBy};
pub use witness::{AGREE, By, Heard, Verdict, Witness};

use crate::{
    clean::{Clean, headway},
    problem::Problem,
};
use evidence::Times;
use serde::Serialize;

/// The verdicts on one recording, before it is measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Verdicts {
    /// Distance, m.
    pub distance_m: Verdict,
    /// Time with the timer running, s.
    pub timer_s: Verdict,
    /// Start to end, s.
    pub elapsed_s: Verdict,
    /// How far distances and speeds lead where both are known, m.
    pub speed_m: Verdict,
    /// The start.
    pub start: Start,
    /// How fast the track of a run got on as the crow flies, minute by minute, m/s. None without positions.
    #[serde(skip)]
    pub headway_m_s: Option<f64>,
}

/// Hears the witnesses of a cleaned recording, and puts the channels right that lost. Those who are not needed for a verdict are heard
/// only where all are to be shown; the verdict is the same.
pub fn hear(clean: &mut Clean, shows_all: bool) -> (Verdicts, Vec<Problem>) {
    let times = Times::of(clean);
    let distance_m = distance::hear(clean, times, shows_all);
    let durations = times::hear(clean, times, &distance_m);
    let start = start::hear(&clean.activity);
    distance::settle(clean, &distance_m);
    let speed_m = speed::hear(clean);
    let is_speed_denied = speed::settle(clean, &speed_m);
    let verdicts = Verdicts {
        distance_m,
        timer_s: durations.timer,
        elapsed_s: durations.elapsed,
        speed_m,
        start,
        headway_m_s: headway_m_s(clean),
    };
    let problems = problems::of(&verdicts, clean, is_speed_denied);
    (verdicts, problems)
}

/// Only a recording that is named a run is held to it.
fn headway_m_s(clean: &Clean) -> Option<f64> {
    let is_run = clean.activity.sport.is_running();
    is_run
        .then(|| headway::median_m_s(&clean.activity))
        .flatten()
}
