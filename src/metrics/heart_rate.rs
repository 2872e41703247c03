//! Heart rate: time-weighted mean, maximum, and how long at each whole beat per minute.

use super::{FROM_DEVICE, FROM_RECORDS, Gift, HandOver, Metric, Rollup, Value, sum};
use crate::{clean::Clean, model::HeartRateSeconds};
use multiversion::multiversion;

/// The column `heart_rate_mean_bpm`.
pub const HEART_RATE_MEAN_BPM: Metric = Metric {
    id: "heart_rate_mean_bpm",
    title: "Mean heart rate",
    unit: "bpm",
    decimals: 1,
    about: "Time-weighted mean heart rate with the timer running; without records, the device's mean.",
    empty: Some("not measured"),
    origin: |run, _| {
        Some(if run.heart_rate_seconds.is_empty() {
            FROM_DEVICE
        } else {
            FROM_RECORDS
        })
    },
    any_sport: true,
    hand_over: HandOver::Gives(Gift {
        what: "heart rate",
        settles: None,
        has: |run| run.heart_rate_mean_bpm.is_some(),
        give: |to, from| {
            (to.heart_rate_mean_bpm, to.heart_rate_max_bpm) =
                (from.heart_rate_mean_bpm, from.heart_rate_max_bpm);
            (to.heart_rate_seconds, to.heart_rate_share) =
                (from.heart_rate_seconds.clone(), from.heart_rate_share);
        },
    }),
    source: "FIT record heart_rate",
    caveats: "Wrist sensors can lock on to cadence.",
    rollup: Rollup::MeanByMovingTime,
    value: |run| Value::Number(run.heart_rate_mean_bpm),
};

/// The column `heart_rate_max_bpm`.
pub const HEART_RATE_MAX_BPM: Metric = Metric {
    id: "heart_rate_max_bpm",
    title: "Highest heart rate",
    unit: "bpm",
    decimals: 0,
    about: "The highest heart rate held for at least five seconds in all; without records, the device's maximum.",
    empty: None,
    origin: |run, _| {
        Some(if run.heart_rate_seconds.is_empty() {
            FROM_DEVICE
        } else {
            FROM_RECORDS
        })
    },
    any_sport: true,
    hand_over: HandOver::Follows(&HEART_RATE_MEAN_BPM),
    source: "FIT record heart_rate",
    caveats: "A single spike of a loose strap is passed over by the five seconds.",
    rollup: Rollup::Max,
    value: |run| Value::Number(run.heart_rate_max_bpm),
};

/// The column `heart_rate_share`.
pub const HEART_RATE_SHARE: Metric = Metric {
    id: "heart_rate_share",
    title: "Share with heart rate",
    unit: "",
    decimals: 3,
    about: "Share of the recorded running time with a heart rate, 0 to 1. TRIMP needs 0.8.",
    empty: None,
    origin: |_, _| Some(FROM_RECORDS),
    any_sport: true,
    hand_over: HandOver::Follows(&HEART_RATE_MEAN_BPM),
    source: "src/method/rules.md, Unit of load",
    caveats: "",
    rollup: Rollup::None,
    value: |run| Value::Number(run.heart_rate_share),
};

/// A maximum must be held this long in all, s.
const HELD_S: f32 = 5.0;

/// Heart rate of one run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeartRate {
    /// Mean, beats/min.
    pub mean_bpm: Option<f64>,
    /// Maximum, beats/min.
    pub max_bpm: Option<f64>,
    /// Seconds at each whole beats/min, ascending.
    pub seconds: HeartRateSeconds,
    /// Share of running time with heart rate; None without running time.
    pub share: Option<f64>,
}

/// Computes all of it.
pub fn of(clean: &Clean) -> HeartRate {
    let totals = &clean.activity.totals;
    let bpm = clean.activity.samples.heart_rate_bpm.as_slice();
    let known_s = seconds_where_known(bpm, &clean.weight_s);
    let histogram = histogram(bpm, &known_s);
    let (known_in_all_s, total_s) = (sum::of(&known_s), sum::of(&clean.weight_s));
    let mean_bpm = (known_in_all_s > 0.0).then(|| sum::of_products(bpm, &known_s) / known_in_all_s);
    HeartRate {
        mean_bpm: mean_bpm.or(totals.heart_rate_mean_bpm),
        max_bpm: held_maximum(&histogram).or(totals.heart_rate_max_bpm),
        seconds: HeartRateSeconds::of(&histogram),
        share: (total_s > 0.0).then_some(known_in_all_s / total_s),
    }
}

/// The seconds of the samples that have a heart rate; 0 for those that have none.
#[multiversion(targets("x86_64+avx2"))]
fn seconds_where_known(bpm: &[f32], weight_s: &[f64]) -> Vec<f64> {
    bpm.iter()
        .zip(weight_s)
        .map(|(bpm, weight_s)| if bpm.is_nan() { 0.0 } else { *weight_s })
        .collect()
}

/// How long at each whole number of beats, s.
fn histogram(bpm: &[f32], seconds: &[f64]) -> [f32; 256] {
    // Rounds as `round` does, which is a call of a function where the processor may be an old one.
    sum::at_each_number(
        bpm.iter().map(|bpm| (bpm + 0.5) as u8),
        seconds.iter().map(|seconds| *seconds as f32),
    )
}

fn held_maximum(histogram: &[f32; 256]) -> Option<f64> {
    let mut above_s = 0.0;
    let mut is_held = |bpm: &u8| {
        above_s += histogram[usize::from(*bpm)];
        above_s >= HELD_S
    };
    let highest = (0..=u8::MAX).rev().find(|bpm| is_held(bpm));
    highest.map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{clean, fixture::steady};

    #[test]
    fn means_are_weighted_by_time_and_spikes_do_not_count() {
        let mut activity = steady(101, 3.0);
        activity.samples.heart_rate_bpm = (0..101)
            .map(|i| if i < 51 { 140.0 } else { 160.0 })
            .collect();
        // A loose strap, a missing value that the one before stands for, and a short rise.
        activity.samples.heart_rate_bpm[70] = 220.0;
        activity.samples.heart_rate_bpm[20] = f32::NAN;
        activity.samples.heart_rate_bpm[80..83].fill(185.0);
        let (clean, problems) = clean(activity);
        let found = of(&clean);
        // 50 s at 140, 47 s at 160, 3 s at 185.
        let mean_bpm = (50.0 * 140.0 + 47.0 * 160.0 + 3.0 * 185.0) / 100.0;
        assert!((found.mean_bpm.unwrap() - mean_bpm).abs() < 1e-9);
        assert_eq!(found.max_bpm, Some(160.0));
        assert_eq!(
            found.seconds.iter().collect::<Vec<_>>(),
            [(140, 50.0), (160, 47.0), (185, 3.0)]
        );
        assert_eq!(found.share, Some(1.0));
        assert_eq!(
            problems[0].detail,
            "1 heart rate value far above those before and after"
        );
    }

    #[test]
    fn a_heart_rate_in_every_third_record_is_there_all_the_time() {
        let share = |every: usize| {
            let mut activity = steady(1801, 3.0);
            activity.samples.heart_rate_bpm = (0..1801)
                .map(|i| if i % every == 0 { 150.0 } else { f32::NAN })
                .collect();
            of(&clean(activity).0).share
        };
        for every in [1, 3, 5, 10] {
            assert_eq!(share(every), Some(1.0), "{every}");
        }
        // 10 of 20 s after each, from the 90 that are not the last.
        assert_eq!(share(20), Some((90.0 * 11.0) / 1800.0));
    }

    #[test]
    fn no_heart_rate_is_absent() {
        let found = of(&clean(steady(10, 3.0)).0);
        assert_eq!(
            (found.mean_bpm, found.max_bpm, found.share),
            (None, None, Some(0.0))
        );
    }
}
