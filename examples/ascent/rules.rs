//! The rules that are compared: niggle's, its first, those of other programs, and none.

use niggle::{
    clean::Clean,
    metrics::{
        climb::{gain_and_loss, noise_m, threshold_m},
        track::Track,
    },
};

/// What a rule sees of a recording.
#[derive(Clone, PartialEq)]
pub struct Recording {
    /// The altitudes as recorded, m.
    pub altitude_m: Vec<f64>,
    smoothed_m: Vec<f64>,
    noise_m: f64,
    is_barometric: bool,
}

impl Recording {
    /// Of a cleaned activity.
    pub fn of(clean: &Clean) -> Recording {
        let (altitude_m, smoothed_m) = (
            &clean.activity.samples.altitude_m,
            Track::of(clean).altitude_m,
        );
        let known = altitude_m.iter().filter(|metres| !metres.is_nan());
        Recording {
            noise_m: noise_m(altitude_m, &smoothed_m),
            altitude_m: known.map(|metres| f64::from(*metres)).collect(),
            smoothed_m,
            is_barometric: clean.activity.altitude_is_barometric == Some(true),
        }
    }
}

/// A rule: metres climbed.
pub type Rule = fn(&Recording) -> f64;

/// All of them.
pub const RULES: [(&str, Rule); 6] = [
    ("niggle", niggle),
    ("niggle 0.1.0", first),
    ("GoldenCheetah, 3 m", golden_cheetah),
    ("Elevate, 2 m", elevate),
    ("gpxpy", gpxpy),
    ("every step", every_step),
];

fn niggle(recording: &Recording) -> f64 {
    let threshold_m = threshold_m(recording.noise_m, recording.is_barometric);
    gain_and_loss(&recording.smoothed_m, threshold_m).0
}

fn first(recording: &Recording) -> f64 {
    let threshold_m = if recording.is_barometric { 3.0 } else { 10.0 };
    gain_and_loss(&recording.smoothed_m, threshold_m).0
}

/// A rise counts once it passes 3 m above the last height that counted; a fall of 3 m moves that height down.
fn golden_cheetah(recording: &Recording) -> f64 {
    let mut last = recording.altitude_m.first().copied().unwrap_or_default();
    let mut gain = 0.0;
    for here in &recording.altitude_m {
        if *here > last + 3.0 {
            gain += here - last;
            last = *here;
        } else if *here < last - 3.0 {
            last = *here;
        }
    }
    gain
}

/// A rise counts once it reaches 2 m above the last low; any fall makes a new one.
fn elevate(recording: &Recording) -> f64 {
    let mut last = recording.altitude_m.first().copied().unwrap_or_default();
    let mut gain = 0.0;
    for here in &recording.altitude_m {
        if here - last >= 2.0 {
            gain += here - last;
            last = *here;
        } else if *here <= last {
            last = *here;
        }
    }
    gain
}

/// Every step up, after each height was mixed with its neighbours 3:4:3.
fn gpxpy(recording: &Recording) -> f64 {
    let heights = &recording.altitude_m;
    let mut mixed = heights.clone();
    for i in 1..heights.len().saturating_sub(1) {
        mixed[i] = 0.3 * heights[i - 1] + 0.4 * heights[i] + 0.3 * heights[i + 1];
    }
    ups(&mixed)
}

fn every_step(recording: &Recording) -> f64 {
    ups(&recording.altitude_m)
}

fn ups(heights: &[f64]) -> f64 {
    heights
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).max(0.0))
        .sum()
}
