//! Cadence in steps per minute: the unit is decided for each recording, standing still does not count.

use super::{
    FROM_RECORDS, Gift, HandOver, Metric, Rollup, Value, median, sum,
    track::Track,
    window::{Sums, Windows},
};
use crate::{
    clean::Clean,
    model::CadenceUnit,
    units::{STEPS_PER_STRIDE, number},
};
use multiversion::multiversion;

/// A median of moving samples below this counts one leg (nobody runs at 120 steps a minute; src/method/formats.md, Cadence).
const STRIDES_BELOW: f64 = 120.0;
/// Steps per minute that running can have (src/method/formulas.md, Cadence).
const RUNNING_SPM: std::ops::RangeInclusive<f64> = 120.0..=240.0;
/// Slower than this is walking, m/s.
const RUNNING_M_S: f64 = 1.8;
/// Flat, steady running for the absolute rule and the own line: at least this fast, m/s (src/method/formulas.md, Cadence).
const FLAT_SPEED_M_S: f64 = 2.2;
/// … on at most this grade.
const FLAT_GRADE: f64 = 0.02;
/// … and no sample further than this share from the run's mean speed over the half minute around it.
const STEADY_SHARE: f64 = 0.10;
/// Half of that half minute, s.
const STEADY_HALF_WINDOW_S: f64 = 15.0;

/// The column `cadence_spm`.
pub const CADENCE_SPM: Metric = Metric {
    id: "cadence_spm",
    title: "Cadence",
    unit: "spm",
    decimals: 2,
    about: "Time-weighted mean cadence in steps per minute while running (at least 1.8 m/s and 120–240 steps/min).",
    empty: Some("no cadence recorded"),
    origin: |run, _| run.cadence_unit.map(CadenceUnit::in_words),
    any_sport: false,
    hand_over: HandOver::Gives(Gift {
        what: "cadence",
        settles: None,
        has: |run| run.cadence_spm.is_some(),
        give: |to, from| {
            (to.cadence_spm, to.cadence_flat_spm) = (from.cadence_spm, from.cadence_flat_spm);
            (to.speed_flat_m_s, to.flat_s) = (from.speed_flat_m_s, from.flat_s);
            (to.cadence_unit, to.cadence_median_raw) = (from.cadence_unit, from.cadence_median_raw);
        },
    }),
    source: "FIT record cadence + fractional_cadence/128, TCX RunCadence, GPX cad; src/method/formats.md, Cadence",
    caveats: "Wrist sensors lose steps when the arm is still.",
    rollup: Rollup::MeanByMovingTime,
    value: |run| Value::Number(run.cadence_spm),
};

/// The column `cadence_flat_spm`.
pub const CADENCE_FLAT_SPM: Metric = Metric {
    id: "cadence_flat_spm",
    title: "Cadence on the flat",
    unit: "spm",
    decimals: 2,
    about: "Time-weighted median cadence on flat (grade within ±2 %), steady running (at least 2.2 m/s, speed within 10 % of the half minute around it). Indoor runs count as flat.",
    empty: Some("no such running, or no altitude outdoors"),
    origin: |run, _| run.cadence_unit.map(CadenceUnit::in_words),
    any_sport: false,
    hand_over: HandOver::Follows(&CADENCE_SPM),
    source: "src/method/rules.md, Low cadence",
    caveats: "Grows with speed and shrinks with height of the body: compare it with your own line only.",
    rollup: Rollup::MeanByMovingTime,
    value: |run| Value::Number(run.cadence_flat_spm),
};

/// The column `speed_flat_m_s`.
pub const SPEED_FLAT_M_S: Metric = Metric {
    id: "speed_flat_m_s",
    title: "Speed on the flat",
    unit: "m/s",
    decimals: 3,
    about: "Time-weighted mean speed over the running that cadence_flat_spm is taken from. Empty with it.",
    empty: None,
    origin: |_, _| Some(FROM_RECORDS),
    any_sport: false,
    hand_over: HandOver::Follows(&CADENCE_SPM),
    source: "src/method/rules.md, Own cadence line",
    caveats: "",
    rollup: Rollup::None,
    value: |run| Value::Number(run.speed_flat_m_s),
};

/// The column `flat_s`.
pub const FLAT_S: Metric = Metric {
    id: "flat_s",
    title: "Time on the flat",
    unit: "s",
    decimals: 1,
    about: "How long the running lasted that cadence_flat_spm is taken from. Empty with it.",
    empty: None,
    origin: |_, _| Some(FROM_RECORDS),
    any_sport: false,
    hand_over: HandOver::Follows(&CADENCE_SPM),
    source: "src/method/rules.md, Low cadence",
    caveats: "",
    rollup: Rollup::Sum,
    value: |run| Value::Number(run.flat_s),
};

/// The column `cadence_unit`.
pub const CADENCE_UNIT: Metric = Metric {
    id: "cadence_unit",
    title: "Cadence unit",
    unit: "",
    decimals: 0,
    about: "How the recording counts: strides (one leg, median of moving samples below 120 a minute, doubled) or steps (taken as they are).",
    empty: Some("no cadence"),
    origin: |_, _| Some("the median of the recorded cadence"),
    any_sport: false,
    hand_over: HandOver::Follows(&CADENCE_SPM),
    source: "src/method/formats.md, Cadence",
    caveats: "",
    rollup: Rollup::None,
    value: |run| Value::Text(run.cadence_unit.map(|unit| unit.as_str().to_string())),
};

/// The column `cadence_factor`.
pub const CADENCE_FACTOR: Metric = Metric {
    id: "cadence_factor",
    title: "Cadence factor",
    unit: "",
    decimals: 0,
    about: "What the recorded cadence was multiplied by to get steps per minute: 2 where it counts one leg, 1 where it counts both.",
    empty: Some("no cadence"),
    origin: |_, _| Some("the median of the recorded cadence"),
    any_sport: false,
    hand_over: HandOver::Follows(&CADENCE_SPM),
    source: "src/method/formats.md, Cadence",
    caveats: "",
    rollup: Rollup::None,
    value: |run| Value::Number(run.cadence_unit.map(factor)),
};

/// The column `cadence_reason`.
pub const CADENCE_REASON: Metric = Metric {
    id: "cadence_reason",
    title: "Why this factor",
    unit: "",
    decimals: 0,
    about: "What decided the factor: the median of the recorded cadence over moving samples (at least 1.8 m/s; where none is that fast, all with a cadence above 0) against 120 a minute.",
    empty: Some("no cadence"),
    origin: |_, _| Some("the median of the recorded cadence"),
    any_sport: false,
    hand_over: HandOver::Follows(&CADENCE_SPM),
    source: "src/method/formats.md, Cadence",
    caveats: "",
    rollup: Rollup::None,
    value: |run| Value::Text(run.cadence_median_raw.map(reason)),
};

/// Cadence of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cadence {
    /// How the stored numbers were read.
    pub unit: CadenceUnit,
    /// The median of the stored numbers that decided it, per minute as stored.
    pub median_raw: f64,
    /// Time-weighted mean while running, steps/min.
    pub mean_spm: Option<f64>,
    /// Flat, steady running.
    pub flat: Option<Flat>,
}

/// Cadence on flat, steady running.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flat {
    /// Time-weighted median, steps/min.
    pub median_spm: f64,
    /// Time-weighted mean speed, m/s.
    pub speed_m_s: f64,
    /// How long, s.
    pub duration_s: f64,
}

/// Decides the unit and computes both cadences. None without cadence.
pub fn of(clean: &Clean, track: &Track) -> Option<Cadence> {
    let raw = clean.activity.samples.cadence_raw.as_slice();
    let median_raw = moving_median(raw, &track.speed_m_s)?;
    let unit = unit_of(median_raw);
    let running_s = running(raw, factor(unit), &track.speed_m_s, &clean.weight_s);
    let mean_spm = mean(raw, &running_s).map(|(mean, _)| mean * factor(unit));
    let flat_s = flat_s(clean, track, &running_s);
    Some(Cadence {
        unit,
        median_raw,
        mean_spm,
        flat: flat_s.and_then(|flat_s| flat(raw, unit, track, &flat_s)),
    })
}

fn flat(raw: &[f32], unit: CadenceUnit, track: &Track, flat_s: &[f64]) -> Option<Flat> {
    let (speed_m_s, duration_s) = mean(&track.speed_m_s, flat_s)?;
    Some(Flat {
        median_spm: median::weighted(raw, flat_s)? * factor(unit),
        speed_m_s,
        duration_s,
    })
}

/// The unit from the median of moving samples: below 120 a minute it counts one leg.
pub fn unit_of(median_per_minute: f64) -> CadenceUnit {
    if median_per_minute < STRIDES_BELOW {
        CadenceUnit::Strides
    } else {
        CadenceUnit::Steps
    }
}

/// What stored cadence is multiplied by to get steps per minute: 2 or 1.
pub fn factor(unit: CadenceUnit) -> f64 {
    match unit {
        CadenceUnit::Strides => STEPS_PER_STRIDE,
        CadenceUnit::Steps => 1.0,
    }
}

/// Why a recording with this median counts one leg or both, in words.
pub fn reason(median_per_minute: f64) -> String {
    let (side, legs) = match unit_of(median_per_minute) {
        CadenceUnit::Strides => ("below", "one leg"),
        CadenceUnit::Steps => ("at or above", "both legs"),
    };
    let two_decimals = number(median_per_minute, 2);
    let median = two_decimals.trim_end_matches('0').trim_end_matches('.');
    format!(
        "median {median} of moving samples is {side} {}: {legs}",
        number(STRIDES_BELOW, 0)
    )
}

/// The median of the stored cadence while moving; where nothing is fast enough, of all samples above zero.
#[multiversion(targets("x86_64+avx2"))]
fn moving_median(raw: &[f32], speed_m_s: &[f64]) -> Option<f64> {
    let counts = |value: f32, is_moving: bool| if (value > 0.0) & is_moving { 1.0 } else { 0.0 };
    let samples = raw.iter().zip(speed_m_s);
    let moving = samples.map(|(value, speed)| counts(*value, is_fast(*speed)));
    let moving: Vec<f64> = moving.collect();
    let all = || -> Vec<f64> { raw.iter().map(|value| counts(*value, true)).collect() };
    median::weighted(raw, &moving).or_else(|| median::weighted(raw, &all()))
}

/// Whether it is no walk; what is not known is taken for none.
fn is_fast(speed_m_s: f64) -> bool {
    speed_m_s.is_nan() | (speed_m_s >= RUNNING_M_S)
}

/// The seconds that each sample was running for: its own, or 0 where nobody ran or the cadence is missing.
#[multiversion(targets("x86_64+avx2"))]
fn running(raw: &[f32], factor: f64, speed_m_s: &[f64], weight_s: &[f64]) -> Vec<f64> {
    let (lowest, highest) = (
        (*RUNNING_SPM.start() / factor) as f32,
        (*RUNNING_SPM.end() / factor) as f32,
    );
    let samples = raw.iter().zip(speed_m_s).zip(weight_s);
    let seconds = samples.map(|((raw, speed_m_s), weight_s)| {
        let is_running = (lowest <= *raw) & (*raw <= highest) & is_fast(*speed_m_s);
        if is_running { *weight_s } else { 0.0 }
    });
    seconds.collect()
}

/// The seconds of `running_s` that were flat and steady; None where that cannot be told, for want of a grade.
fn flat_s(clean: &Clean, track: &Track, running_s: &[f64]) -> Option<Vec<f64>> {
    let is_indoor = super::climb::is_indoor(clean);
    if track.grade.is_empty() && !is_indoor {
        return None;
    }
    let steady = steady(&clean.activity.samples.time_s, &track.speed_m_s);
    let steady_s = fast_and_steady(running_s, &track.speed_m_s, &steady);
    Some(if is_indoor {
        steady_s
    } else {
        on_the_flat(&steady_s, &track.grade)
    })
}

/// The seconds of samples that are fast enough for flat running, and steady.
#[multiversion(targets("x86_64+avx2"))]
fn fast_and_steady(running_s: &[f64], speed_m_s: &[f64], steady: &[bool]) -> Vec<f64> {
    let samples = running_s.iter().zip(speed_m_s).zip(steady);
    let counts = |speed_m_s: f64, steady: bool| (speed_m_s >= FLAT_SPEED_M_S) & steady;
    samples
        .map(|((seconds, speed), steady)| {
            if counts(*speed, *steady) {
                *seconds
            } else {
                0.0
            }
        })
        .collect()
}

/// The seconds of samples on level ground.
#[multiversion(targets("x86_64+avx2"))]
fn on_the_flat(seconds: &[f64], grade: &[f64]) -> Vec<f64> {
    seconds
        .iter()
        .zip(grade)
        .map(|(seconds, grade)| {
            if grade.abs() <= FLAT_GRADE {
                *seconds
            } else {
                0.0
            }
        })
        .collect()
}

/// The mean of the values that last for a time, weighted by it, and how long that is in all. None where none lasts.
fn mean<T: Copy + Into<f64>>(values: &[T], seconds: &[f64]) -> Option<(f64, f64)> {
    let duration_s = sum::of(seconds);
    (duration_s > 0.0).then(|| (sum::of_products(values, seconds) / duration_s, duration_s))
}

/// Whether each sample's speed is within [`STEADY_SHARE`] of the mean around it.
fn steady(time_s: &[f64], speed_m_s: &[f64]) -> Vec<bool> {
    // |here − sum/count| ≤ share · sum/count, without the division.
    let is_steady =
        |here: f64, sum: f64, count: f64| (here * count - sum).abs() <= STEADY_SHARE * sum;
    Sums::of(speed_m_s).over(&Windows::of(time_s, STEADY_HALF_WINDOW_S), is_steady)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{clean, fixture::steady as steady_run};

    /// Stretches of (seconds, raw cadence, speed).
    fn cadence(stretches: &[(usize, f32, f64)], sub_sport: &'static str) -> Option<Cadence> {
        let mut activity = steady_run(1, 0.0);
        activity.sub_sport = sub_sport;
        let (mut time, mut metres) = (activity.samples.time_s[0], 0.0);
        activity.samples.cadence_raw = vec![stretches[0].1];
        for (seconds, raw, speed) in stretches {
            for _ in 0..*seconds {
                (time, metres) = (time + 1.0, metres + speed);
                activity.samples.time_s.push(time);
                activity.samples.distance_m.push(metres);
                activity.samples.speed_m_s.push(*speed as f32);
                activity.samples.cadence_raw.push(*raw);
            }
        }
        let (clean, _) = clean(activity);
        of(&clean, &Track::of(&clean))
    }

    #[test]
    fn the_unit_follows_the_median_and_the_reason_says_it() {
        for (raw, unit, spm, reason) in [
            (
                84.0,
                CadenceUnit::Strides,
                168.0,
                "median 84 of moving samples is below 120: one leg",
            ),
            (
                79.5,
                CadenceUnit::Strides,
                159.0,
                "median 79.5 of moving samples is below 120: one leg",
            ),
            (
                119.5,
                CadenceUnit::Strides,
                239.0,
                "median 119.5 of moving samples is below 120: one leg",
            ),
            (
                120.0,
                CadenceUnit::Steps,
                120.0,
                "median 120 of moving samples is at or above 120: both legs",
            ),
            (
                168.0,
                CadenceUnit::Steps,
                168.0,
                "median 168 of moving samples is at or above 120: both legs",
            ),
        ] {
            let found = cadence(&[(60, raw, 3.0)], "generic").unwrap();
            assert_eq!((found.unit, found.mean_spm), (unit, Some(spm)));
            assert_eq!(
                (found.median_raw, self::reason(found.median_raw).as_str()),
                (f64::from(raw), reason)
            );
        }
        // 40 of 60 s of walking do not decide.
        let mixed = cadence(&[(20, 168.0, 3.0), (40, 110.0, 1.0)], "generic").unwrap();
        assert_eq!(mixed.median_raw, 168.0);
        assert_eq!(
            cadence(&[(60, 0.0, 3.0)], "generic").map(|c| c.unit),
            None,
            "no cadence is absent, not zero"
        );
    }

    #[test]
    fn flat_running_needs_altitude_outdoors() {
        assert_eq!(cadence(&[(60, 85.0, 3.0)], "generic").unwrap().flat, None);
        let indoor = cadence(&[(100, 85.0, 3.0), (50, 88.0, 3.0)], "treadmill")
            .unwrap()
            .flat
            .unwrap();
        assert_eq!((indoor.median_spm, indoor.duration_s), (170.0, 150.0));
        assert!((indoor.speed_m_s - 3.0).abs() < 1e-6);
    }
}
