//! The channel of speeds against the distance: written in another unit, or halved, it is not believed.

use super::witness::{By, Verdict, Witness, vote};
use crate::{clean::Clean, model::Samples};
use multiversion::multiversion;

/// Speeds smoothed by the watch and distances by another sensor may differ by this factor (src/method/limits.md, Trust).
const FACTOR: f64 = 1.25;
/// Shorter stretches show nothing, m.
const ENOUGH_M: f64 = 200.0;

/// How far the speeds lead beside how far the distances say, over the steps that have both. Without both, or of little, no witness.
pub(super) fn hear(clean: &Clean) -> Verdict {
    let samples = &clean.activity.samples;
    if samples.speed_m_s.is_empty() || samples.distance_m.is_empty() {
        return Verdict::default();
    }
    let (by_distance_m, by_speed_m) = led(samples, &clean.weight_s);
    if by_distance_m < ENOUGH_M && by_speed_m < ENOUGH_M {
        return Verdict::default();
    }
    vote(vec![
        Witness::of(By::Records, by_distance_m),
        Witness::of(By::Speed, by_speed_m),
    ])
}

/// Takes speeds away that the distance denies: speed is then what the distance says.
pub(super) fn settle(clean: &mut Clean, verdict: &Verdict) -> bool {
    let values = |by: By| {
        let mut of = verdict
            .witnesses
            .iter()
            .filter(move |witness| witness.by == by);
        of.next().map(|witness| witness.value)
    };
    let denied = values(By::Records)
        .zip(values(By::Speed))
        .is_some_and(|(distance, speed)| is_denied(speed, distance));
    if denied {
        clean.activity.samples.speed_m_s.clear();
    }
    denied
}

fn is_denied(speed_m: f64, distance_m: f64) -> bool {
    let factor = speed_m / distance_m;
    // A channel stuck at 0 gives way to the distance sample by sample.
    speed_m > 0.0 && !(1.0 / FACTOR..=FACTOR).contains(&factor)
}

/// Sums that are kept side by side, so that no addition waits for the one before.
const LANES: usize = 8;

/// Metres over the steps whose speed and distance are both known: by distance, by speed.
#[multiversion(targets("x86_64+avx2"))]
fn led(samples: &Samples, weight_s: &[f64]) -> (f64, f64) {
    let steps = samples.distance_m.len().min(samples.speed_m_s.len()) - 1;
    let (before, before_left) = samples.distance_m[..steps].as_chunks::<LANES>();
    let (after, after_left) = samples.distance_m[1..=steps].as_chunks::<LANES>();
    let (speeds, speeds_left) = samples.speed_m_s[1..=steps].as_chunks::<LANES>();
    let (weights, weights_left) = weight_s[1..=steps].as_chunks::<LANES>();
    let (mut by_distance_m, mut by_speed_m) = ([0.0; LANES], [0.0; LANES]);
    for (((before, after), speeds), weights) in before.iter().zip(after).zip(speeds).zip(weights) {
        for i in 0..LANES {
            let (metres, by_speed) = step(before[i], after[i], speeds[i], weights[i]);
            by_distance_m[i] += metres;
            by_speed_m[i] += by_speed;
        }
    }
    // The steps that fill no lane are added one by one.
    let left = before_left.iter().zip(after_left).zip(speeds_left);
    let left = left.zip(weights_left);
    let left =
        left.map(|(((before, after), speed), weight_s)| step(*before, *after, *speed, *weight_s));
    let add = |all: (f64, f64), one: (f64, f64)| (all.0 + one.0, all.1 + one.1);
    by_distance_m
        .into_iter()
        .zip(by_speed_m)
        .chain(left)
        .fold((0.0, 0.0), add)
}

/// Metres of one step, by distance and by speed. Standing still, both say nothing; across a gap speed says nothing.
#[inline(always)]
fn step(before_m: f64, after_m: f64, speed_m_s: f32, weight_s: f64) -> (f64, f64) {
    let (metres, by_speed_m) = (after_m - before_m, f64::from(speed_m_s) * weight_s);
    let counts = !(metres + by_speed_m).is_nan() & (weight_s > 0.0);
    if counts {
        (metres, by_speed_m)
    } else {
        (0.0, 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{clean, fixture::steady};

    /// Whether speeds times so much are taken away beside 3 m/s by distance.
    fn is_taken(factor: f32) -> bool {
        let mut activity = steady(601, 3.0);
        activity
            .samples
            .speed_m_s
            .iter_mut()
            .for_each(|speed| *speed *= factor);
        let mut cleaned = clean(activity).0;
        let verdict = hear(&cleaned);
        let taken = settle(&mut cleaned, &verdict);
        assert_eq!(taken, cleaned.activity.samples.speed_m_s.is_empty());
        taken
    }

    #[test]
    fn speeds_in_another_unit_are_not_believed() {
        for factor in [1.0, 0.9, 1.1, 0.0] {
            assert!(!is_taken(factor), "{factor}");
        }
        for factor in [3.6, 2.237, 0.5, 2.0, 0.001] {
            assert!(is_taken(factor), "{factor}");
        }
    }
}
