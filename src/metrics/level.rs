//! Altitudes to take grades from: what they did while nobody ran is no slope.
//!
//! Watches find their height anew in a pause, by some metres, and runners step down from a kerb or take the stairs. The distance stands still
//! meanwhile, so that the first twenty metres behind the pause and the last before it would lie on a cliff.

use crate::{clean::Clean, column};
use std::borrow::Cow;

/// The altitudes with their steps across pauses and gaps taken out, where the runner got no further than `least_m`: too
/// little for a slope.
pub(super) fn across_pauses<'a>(
    clean: &Clean,
    altitude_m: &'a [f64],
    least_m: f64,
) -> Cow<'a, [f64]> {
    let time_s = &clean.activity.samples.time_s;
    let steps = time_s.windows(2).zip(clean.weight_s.iter().skip(1));
    let is_whole = column::all(steps, |(pair, weight_s)| pair[1] - pair[0] <= *weight_s);
    if is_whole {
        return Cow::Borrowed(altitude_m);
    }
    Cow::Owned(levelled(clean, altitude_m, least_m))
}

fn levelled(clean: &Clean, altitude_m: &[f64], least_m: f64) -> Vec<f64> {
    let samples = &clean.activity.samples;
    let mut level = altitude_m.to_vec();
    let (mut last, mut taken_out_m, mut was_paused) = (None, 0.0, false);
    for (i, distance_m) in samples.distance_m.iter().enumerate().take(level.len()) {
        was_paused |= i > 0 && samples.time_s[i] - samples.time_s[i - 1] > clean.weight_s[i];
        if distance_m.is_nan() || level[i].is_nan() {
            continue;
        }
        if let Some((before_m, there_m)) = last
            && was_paused
            && distance_m - there_m < least_m
        {
            taken_out_m += altitude_m[i] - before_m;
        }
        last = Some((altitude_m[i], *distance_m));
        was_paused = false;
        level[i] -= taken_out_m;
    }
    level
}
