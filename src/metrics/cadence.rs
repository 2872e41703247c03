//! Cadence in steps per minute: the unit is decided for each recording, standing still does not count.

use super::{
    FROM_RECORDS, Gift, HandOver, Metric, Rollup, Value, median, sum,
    track::Track,
    window::{Sums, Windows},
};
use crate::{
    clean::Clean,
    model::{CadenceReason, CadenceUnit},
    units::{STEPS_PER_STRIDE, number},
};
use multiversion::multiversion;

/// The share of the moving samples whose cadence decides what it counts: walking pulls down a median and not this one.
const UPPER_SHARE: f64 = 0.9;
/// Running cadences below this count one leg: nobody runs at 110 steps a minute, nor at 220 (src/method/formats.md, Cadence).
const STRIDES_BELOW: f64 = 110.0;
/// The same where nothing was faster than walking: at 80 strides of one leg nobody walks.
const WALKING_STRIDES_BELOW: f64 = 80.0;
/// From here on steps were counted twice over: running ends at 240.
const DOUBLED_FROM: f64 = 240.0;
/// A cadence needs so many seconds of running …
const LEAST_S: f64 = 60.0;
/// … and the mean this share of the time that the runner moved (src/method/limits.md, Least of a value).
const LEAST_SHARE: f64 = 0.05;
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
    about: "Time-weighted mean cadence in steps per minute while running (at least 1.8 m/s and 120–240 steps/min), where there is at least a minute of it and 5 % of the moving time.",
    empty: Some(
        "no cadence recorded, or running for less than a minute or less than 5 % of the moving time",
    ),
    origin: |run, _| run.cadence_unit.map(CadenceUnit::in_words),
    any_sport: false,
    hand_over: HandOver::Gives(Gift {
        what: "cadence",
        settles: None,
        has: |run| run.cadence_spm.is_some(),
        give: |to, from| {
            (to.cadence_spm, to.cadence_flat_spm) = (from.cadence_spm, from.cadence_flat_spm);
            (to.speed_flat_m_s, to.flat_s) = (from.speed_flat_m_s, from.flat_s);
            (to.cadence_unit, to.cadence_reason) = (from.cadence_unit, from.cadence_reason);
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
    about: "Time-weighted median cadence on flat (grade within ±2 %), steady running (at least 2.2 m/s, speed within 10 % of the half minute around it), where there is at least a minute of it. Indoor runs count as flat.",
    empty: Some("less than a minute of such running, or no altitude outdoors"),
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
    about: "How the recording counts, by the upper values of its moving samples: strides (one leg, below 110 a minute, doubled), steps (110 to 240, taken as they are) or doubled-steps (more than anyone's steps, halved).",
    empty: Some("no cadence"),
    origin: |_, _| Some("the upper values of the recorded cadence"),
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
    decimals: 1,
    about: "What the recorded cadence was multiplied by to get steps per minute: 2 where it counts one leg, 1 where it counts both, 0.5 where it counts both twice.",
    empty: Some("no cadence"),
    origin: |_, _| Some("the upper values of the recorded cadence"),
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
    about: "What decided the factor: the cadence that nine in ten moving samples (at least 1.8 m/s) do not pass, against 110 and 240 a minute; where nothing was that fast, that of all samples above 0, against 80 and 240.",
    empty: Some("no cadence"),
    origin: |_, _| Some("the upper values of the recorded cadence"),
    any_sport: false,
    hand_over: HandOver::Follows(&CADENCE_SPM),
    source: "src/method/formats.md, Cadence",
    caveats: "",
    rollup: Rollup::None,
    value: |run| Value::Text(run.cadence_reason.map(reason)),
};

/// Cadence of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cadence {
    /// How the stored numbers were read.
    pub unit: CadenceUnit,
    /// What decided it.
    pub reason: CadenceReason,
    /// Time-weighted mean while running, steps/min; None where there is too little running (`LEAST_S`, `LEAST_SHARE`).
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

/// Decides the unit and computes both cadences, of a run that moved for so long. None without cadence.
pub fn of(clean: &Clean, track: &Track, moving_s: Option<f64>) -> Option<Cadence> {
    let raw = clean.activity.samples.cadence_raw.as_slice();
    let reason = upper(raw, &track.speed_m_s)?;
    let unit = unit_of(reason);
    let running_s = running(raw, factor(unit), &track.speed_m_s, &clean.weight_s);
    let least_s = LEAST_S.max(LEAST_SHARE * moving_s.unwrap_or(0.0));
    let mean = mean(raw, &running_s).filter(|(_, duration_s)| *duration_s >= least_s);
    let flat_s = flat_s(clean, track, &running_s);
    Some(Cadence {
        unit,
        reason,
        mean_spm: mean.map(|(mean, _)| mean * factor(unit)),
        flat: flat_s.and_then(|flat_s| flat(raw, unit, track, &flat_s)),
    })
}

fn flat(raw: &[f32], unit: CadenceUnit, track: &Track, flat_s: &[f64]) -> Option<Flat> {
    let speed = mean(&track.speed_m_s, flat_s);
    let (speed_m_s, duration_s) = speed.filter(|(_, duration_s)| *duration_s >= LEAST_S)?;
    Some(Flat {
        median_spm: median::weighted(raw, flat_s)? * factor(unit),
        speed_m_s,
        duration_s,
    })
}

/// What a stored cadence counts, from its upper values while running or, where nobody ran, while walking.
pub fn unit_of(reason: CadenceReason) -> CadenceUnit {
    match reason {
        CadenceReason::Running(upper) if upper < STRIDES_BELOW => CadenceUnit::Strides,
        CadenceReason::Walking(upper) if upper < WALKING_STRIDES_BELOW => CadenceUnit::Strides,
        CadenceReason::Running(upper) | CadenceReason::Walking(upper) if upper < DOUBLED_FROM => {
            CadenceUnit::Steps
        }
        _ => CadenceUnit::DoubledSteps,
    }
}

/// What stored cadence is multiplied by to get steps per minute: 2, 1 or a half.
pub fn factor(unit: CadenceUnit) -> f64 {
    match unit {
        CadenceUnit::Strides => STEPS_PER_STRIDE,
        CadenceUnit::Steps => 1.0,
        CadenceUnit::DoubledSteps => 0.5,
    }
}

/// Why a recording counts one leg or both, in words.
pub fn reason(reason: CadenceReason) -> String {
    let (upper, which, strides_below) = match reason {
        CadenceReason::Running(upper) => (upper, "moving samples", STRIDES_BELOW),
        CadenceReason::Walking(upper) => (
            upper,
            "samples (none of them running)",
            WALKING_STRIDES_BELOW,
        ),
    };
    let against = match unit_of(reason) {
        CadenceUnit::Strides => format!("below {}: one leg", number(strides_below, 0)),
        CadenceUnit::Steps => format!("at or above {}: both legs", number(strides_below, 0)),
        CadenceUnit::DoubledSteps => {
            format!(
                "at or above {}: both legs, counted twice",
                number(DOUBLED_FROM, 0)
            )
        }
    };
    let one_decimal = number(upper, 1);
    let upper = one_decimal.trim_end_matches(".0");
    format!("nine in ten {which} have at most {upper}, which is {against}")
}

/// The cadence that [`UPPER_SHARE`] of the samples do not pass while moving; where nothing is fast enough, of all above zero.
fn upper(raw: &[f32], speed_m_s: &[f64]) -> Option<CadenceReason> {
    // Of a long recording some are enough to tell the upper values by.
    let every = (raw.len() / ENOUGH_SAMPLES).max(1);
    let samples = || raw.iter().zip(speed_m_s).step_by(every);
    let running = samples().map(|(value, speed)| (*value, is_fast(*speed)));
    let walking = samples().map(|(value, _)| (*value, true));
    let running = upper_of(running).map(CadenceReason::Running);
    running.or_else(|| upper_of(walking).map(CadenceReason::Walking))
}

/// So many samples, spread evenly, tell the upper values of a recording.
const ENOUGH_SAMPLES: usize = 512;
/// Halves of a revolution that are told apart.
const HALVES: usize = 1024;

/// The value above zero that [`UPPER_SHARE`] of those that count do not pass, to half a revolution.
fn upper_of(values: impl Iterator<Item = (f32, bool)>) -> Option<f64> {
    let mut counts = [0_u32; HALVES];
    for (value, does_count) in values {
        // What is not known becomes 0.
        let halves = (value * 2.0 + 0.5) as usize;
        counts[halves.min(HALVES - 1)] += u32::from(does_count);
    }
    let known: u32 = counts[1..].iter().sum();
    let wanted = (f64::from(known) * UPPER_SHARE).ceil() as u32;
    let mut so_far = 0;
    let reaches = |count: &u32| {
        so_far += count;
        so_far >= wanted
    };
    let halves = counts[1..].iter().position(reaches)? + 1;
    (known > 0).then(|| halves as f64 / 2.0)
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
        let (mut clean, _) = clean(activity);
        let (verdicts, _) = crate::trust::hear(&mut clean, false);
        let track = Track::of(&clean);
        let moving_s = crate::metrics::duration::of(&clean, &track, &verdicts).moving_s;
        of(&clean, &track, moving_s)
    }

    #[test]
    fn the_unit_follows_the_upper_values_and_the_reason_says_it() {
        use CadenceUnit::{DoubledSteps, Steps, Strides};
        let below = |upper| {
            format!("nine in ten moving samples have at most {upper}, which is below 110: one leg")
        };
        let above = |upper| {
            format!(
                "nine in ten moving samples have at most {upper}, which is at or above 110: both legs"
            )
        };
        for (raw, unit, spm, says) in [
            (84.0, Strides, 168.0, below("84")),
            (79.5, Strides, 159.0, below("79.5")),
            (109.5, Strides, 219.0, below("109.5")),
            (120.0, Steps, 120.0, above("120")),
            (168.0, Steps, 168.0, above("168")),
            (
                340.0,
                DoubledSteps,
                170.0,
                "nine in ten moving samples have at most 340, which is at or above 240: both legs, counted twice".to_string(),
            ),
        ] {
            let found = cadence(&[(60, raw, 3.0)], "generic").unwrap();
            assert_eq!((found.unit, found.mean_spm), (unit, Some(spm)));
            assert_eq!(reason(found.reason), says);
        }
        assert_eq!(
            cadence(&[(60, 0.0, 3.0)], "generic").map(|c| c.unit),
            None,
            "no cadence is absent, not zero"
        );
    }

    #[test]
    fn walking_decides_nothing_where_there_is_running() {
        let unit_and_mean = |stretches: &[(usize, f32, f64)]| {
            let found = cadence(stretches, "generic").unwrap();
            (found.unit, found.mean_spm)
        };
        // Four in ten minutes of running, and brisk walking faster than 1.8 m/s.
        let steps = [(240, 168.0, 2.6), (360, 116.0, 1.85)];
        assert_eq!(unit_and_mean(&steps), (CadenceUnit::Steps, Some(168.0)));
        let strides = steps.map(|(seconds, raw, speed)| (seconds, raw / 2.0, speed));
        assert_eq!(unit_and_mean(&strides), (CadenceUnit::Strides, Some(168.0)));
        let doubled = steps.map(|(seconds, raw, speed)| (seconds, raw * 2.0, speed));
        assert_eq!(
            unit_and_mean(&doubled),
            (CadenceUnit::DoubledSteps, Some(168.0))
        );
        // A walk alone, in steps and in strides.
        let walk = |raw| cadence(&[(600, raw, 1.4)], "generic").unwrap();
        assert_eq!(
            (walk(104.0).unit, walk(104.0).mean_spm),
            (CadenceUnit::Steps, None)
        );
        assert_eq!(walk(52.0).unit, CadenceUnit::Strides);
        assert_eq!(
            reason(walk(52.0).reason),
            "nine in ten samples (none of them running) have at most 52, which is below 80: one leg"
        );
        // One in twenty values is none.
        let odd = [(950, 85.0, 3.0), (50, 254.0, 3.0)];
        assert_eq!(unit_and_mean(&odd), (CadenceUnit::Strides, Some(170.0)));
    }

    #[test]
    fn seconds_of_running_are_no_cadence() {
        let mean = |running_s| {
            let walk = (3600, 55.0, 1.2);
            cadence(&[(running_s, 85.0, 3.0), walk], "generic")
                .unwrap()
                .mean_spm
        };
        // 5 % of the hour and what is run: s ≥ 0.05 (3600 + s).
        assert_eq!((mean(189), mean(190)), (None, Some(170.0)));
        let alone = |seconds| {
            cadence(&[(seconds, 85.0, 3.0)], "generic")
                .unwrap()
                .mean_spm
        };
        assert_eq!((alone(59), alone(60)), (None, Some(170.0)));
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
