//! Cleaning: what a watch got wrong is taken out or put right, each kind of repair named once per recording.
//!
//! Nothing is interpolated and nothing is invented: a value that cannot be believed becomes missing, and a value stands for the
//! seconds until the next one ([`hold`]) and no longer.

mod altitude;
mod clock;
pub(crate) mod distance;
pub(crate) mod headway;
pub mod hold;
mod moment;
pub(crate) mod position;
mod spikes;
mod stands;
mod stuck;
pub mod time;
mod totals;
mod values;
pub(crate) mod window;

use crate::{
    model::Activity,
    problem::{Code, Effect, Problem},
};

/// The longest step between two samples that still counts as recorded running, s. Longer steps are gaps
/// (28.8 % of real recordings have one; src/method/limits.md, Time in a recording).
pub const GAP_S: f64 = 60.0;

/// Slower than this is standing, m/s.
pub const MOVING_M_S: f64 = 0.5;

/// The fastest a runner is believed to be, m/s: a little over the 100 m world record's mean speed of 10.44 m/s
/// (src/method/limits.md, Plausible values).
pub const MAX_SPEED_M_S: f64 = 12.0;

/// An activity whose samples can be trusted to be: in strictly rising, finite time; inside plausible ranges or NaN;
/// with a cumulative distance that never falls. The rest is as the decoder found it.
#[derive(Debug, Clone, PartialEq)]
pub struct Clean {
    /// The repaired activity.
    pub activity: Activity,
    /// Samples the decoder handed over, before any was dropped.
    pub records: u32,
    /// Whether `samples.distance_m` was added up from positions because the device gave none.
    pub distance_is_from_positions: bool,
    /// Running time that each sample stands for, s: from the previous sample, less pauses; zero across gaps of more
    /// than [`Clean::gap_s`] and for the first sample.
    pub weight_s: Vec<f64>,
    /// A step longer than this is a gap, s: [`GAP_S`], or more in a recording that writes so seldom throughout
    /// ([`time::gap_s`]).
    pub gap_s: f64,
}

/// Cleans one activity. The problems name every kind of repair with a count.
pub fn clean(mut activity: Activity) -> (Clean, Vec<Problem>) {
    let mut problems = Vec::new();
    let records = u32::try_from(activity.samples.len()).unwrap_or(u32::MAX);
    time::repair(&mut activity, &mut problems);
    position::repair(&mut activity.samples, &mut problems);
    values::repair(&mut activity.samples, &mut problems);
    altitude::repair(&mut activity.samples, &mut problems);
    let distance_is_from_positions = distance::repair(&mut activity, &mut problems);
    totals::repair(&mut activity.totals, &mut problems);
    let gap_s = time::gap_s(&activity.samples.time_s);
    hold::repair(&mut activity.samples, time::hold_s(gap_s));
    let weight_s = time::weights(&activity, gap_s);
    (
        Clean {
            activity,
            records,
            distance_is_from_positions,
            weight_s,
            gap_s,
        },
        problems,
    )
}

/// Something that was put right.
fn repaired(code: Code, detail: String, consequence: &str) -> Problem {
    Problem::new(code, Effect::Repaired, "", detail, consequence)
}

/// Values that cannot be believed.
fn taken_as_missing(code: Code, detail: String) -> Problem {
    repaired(code, detail, "They were taken as missing.")
}

/// Builders that the tests of this layer and of the metrics share.
#[cfg(test)]
pub mod fixture {
    use crate::model::{Activity, Format, Samples, Sport};

    /// A run of `n` samples one second apart at `speed_m_s`, without position or altitude.
    pub fn steady(n: usize, speed_m_s: f64) -> Activity {
        let mut activity = Activity::empty(Format::Fit);
        activity.sport = Sport::RUNNING;
        activity.start_unix_s = Some(1_740_000_000.0);
        activity.samples = Samples {
            time_s: (0..n).map(|i| 1_740_000_000.0 + i as f64).collect(),
            distance_m: (0..n).map(|i| i as f64 * speed_m_s).collect(),
            speed_m_s: vec![speed_m_s as f32; n],
            ..Samples::default()
        };
        activity
    }
}
