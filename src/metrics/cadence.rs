//! Cadence in steps per minute: the unit is decided for each recording, standing still does not count.

use super::{
    Metric, Rollup, Value, median,
    track::Track,
    window::{Sums, windows},
};
use crate::{
    clean::Clean,
    model::CadenceUnit,
    units::{STEPS_PER_STRIDE, number},
};
use std::ops::Range;

/// A median of moving samples below this counts one leg (formats.md 2: nobody runs at 120 steps a minute).
const STRIDES_BELOW: f64 = 120.0;
/// Steps per minute that running can have (formulas.md "Cadence", vector `time_weighted`).
const RUNNING_SPM: std::ops::RangeInclusive<f64> = 120.0..=240.0;
/// Slower than this is walking, m/s (vector `time_weighted`).
const RUNNING_M_S: f64 = 1.8;
/// Flat, steady running for the absolute rule and the own line: at least this fast, m/s (rules.md cadence-low-absolute).
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
    about: "Time-weighted mean cadence in steps per minute while running (at least 1.8 m/s and 120–240 steps/min). Empty: no \
            cadence recorded.",
    source: "FIT record cadence + fractional_cadence/128, TCX RunCadence, GPX cad; formats.md 2",
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
    about: "Time-weighted median cadence on flat (grade within ±2 %), steady running (at least 2.2 m/s, speed within 10 % of the \
            half minute around it). Indoor runs count as flat. Empty: no such running, or no altitude outdoors.",
    source: "rules.md, cadence-low-absolute",
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
    source: "rules.md, cadence-below-own",
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
    source: "rules.md, cadence-low-absolute",
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
    about: "How the recording counts: strides (one leg, median of moving samples below 120 a minute, doubled) or steps (taken as \
            they are). Empty: no cadence.",
    source: "formats.md 2",
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
    about: "What the recorded cadence was multiplied by to get steps per minute: 2 where it counts one leg, 1 where it counts both. \
            Empty: no cadence.",
    source: "formats.md 2",
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
    about: "What decided the factor: the median of the recorded cadence over moving samples (at least 1.8 m/s; where none is that \
            fast, all with a cadence above 0) against 120 a minute. Empty: no cadence.",
    source: "formats.md 2",
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
    let median_raw = moving_median(clean, track)?;
    let unit = unit_of(median_raw);
    let mut running = Mean::default();
    let mut flat = FlatRunning::new(clean, track);
    for (i, step) in steps(clean, track, factor(unit)) {
        running.add(step.spm, step.seconds);
        flat.add(i, step);
    }
    Some(Cadence { unit, median_raw, mean_spm: running.value(), flat: flat.finish() })
}

/// The unit from the median of moving samples: below 120 a minute it counts one leg.
pub fn unit_of(median_per_minute: f64) -> CadenceUnit {
    if median_per_minute < STRIDES_BELOW { CadenceUnit::Strides } else { CadenceUnit::Steps }
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
    format!("median {median} of moving samples is {side} {}: {legs}", number(STRIDES_BELOW, 0))
}

/// The median of the stored cadence while moving; where nothing is fast enough, of all samples above zero.
fn moving_median(clean: &Clean, track: &Track) -> Option<f64> {
    let raw = &clean.activity.samples.cadence_raw;
    let is_moving = |speed: f64| speed.is_nan() | (speed >= RUNNING_M_S);
    let moving = raw.iter().zip(&track.speed_m_s).map(|(value, speed)| if is_moving(*speed) { *value } else { 0.0 });
    median::of(moving).or_else(|| median::of(raw.iter().copied())).map(f64::from)
}

/// One stretch of running between two samples.
#[derive(Debug, Clone, Copy)]
struct Step {
    seconds: f64,
    spm: f64,
    speed_m_s: f64,
}

/// Running steps with their samples; samples where nobody ran or something is missing are passed over.
fn steps(clean: &Clean, track: &Track, factor: f64) -> impl Iterator<Item = (usize, Step)> {
    let samples = clean.activity.samples.cadence_raw.iter().zip(&track.speed_m_s).zip(&clean.weight_s).enumerate();
    samples.filter_map(move |(i, ((raw, speed_m_s), seconds))| {
        let step = Step { seconds: *seconds, spm: f64::from(*raw) * factor, speed_m_s: *speed_m_s };
        let runs = step.speed_m_s.is_nan() | (step.speed_m_s >= RUNNING_M_S);
        (RUNNING_SPM.contains(&step.spm) && runs && step.seconds > 0.0).then_some((i, step))
    })
}

/// A time-weighted mean.
#[derive(Debug, Clone, Copy, Default)]
struct Mean {
    weighted: f64,
    seconds: f64,
}

impl Mean {
    fn add(&mut self, value: f64, seconds: f64) {
        self.weighted += value * seconds;
        self.seconds += seconds;
    }

    fn value(self) -> Option<f64> {
        (self.seconds > 0.0).then(|| self.weighted / self.seconds)
    }
}

/// Flat, steady running is picked out of the steps.
struct FlatRunning<'a> {
    track: &'a Track,
    steady: Vec<bool>,
    is_indoor: bool,
    speed: Mean,
    cadences: Vec<(f64, f64)>,
}

impl<'a> FlatRunning<'a> {
    fn new(clean: &Clean, track: &'a Track) -> Self {
        let is_indoor = super::climb::is_indoor(clean);
        // Without a grade there is no flat running to be found.
        let steady = match is_indoor || !track.grade.is_empty() {
            true => steady(&clean.activity.samples.time_s, &track.speed_m_s),
            false => Vec::new(),
        };
        let cadences = Vec::with_capacity(steady.len());
        FlatRunning { track, steady, is_indoor, speed: Mean::default(), cadences }
    }

    fn add(&mut self, i: usize, step: Step) {
        let is_flat = self.is_indoor || self.track.grade.get(i).is_some_and(|grade| grade.abs() <= FLAT_GRADE);
        let is_steady = self.steady.get(i).is_some_and(|steady| *steady);
        if is_flat & is_steady & (step.speed_m_s >= FLAT_SPEED_M_S) {
            self.speed.add(step.speed_m_s, step.seconds);
            self.cadences.push((step.spm, step.seconds));
        }
    }

    fn finish(self) -> Option<Flat> {
        let duration_s = self.speed.seconds;
        Some(Flat { median_spm: median::weighted(self.cadences)?, speed_m_s: self.speed.value()?, duration_s })
    }
}

/// Whether each sample's speed is within [`STEADY_SHARE`] of the mean around it.
fn steady(time_s: &[f64], speed_m_s: &[f64]) -> Vec<bool> {
    let (windows, speeds) = (windows(time_s, STEADY_HALF_WINDOW_S), Sums::of(speed_m_s));
    let decide = |(window, here): (&Range<u32>, &f64)| {
        let (sum, count) = speeds.over(window);
        // |here − sum/count| ≤ share · sum/count, without the division.
        (here * count - sum).abs() <= STEADY_SHARE * sum
    };
    windows.iter().zip(speed_m_s).map(decide).collect()
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
            (84.0, CadenceUnit::Strides, 168.0, "median 84 of moving samples is below 120: one leg"),
            (79.5, CadenceUnit::Strides, 159.0, "median 79.5 of moving samples is below 120: one leg"),
            (119.5, CadenceUnit::Strides, 239.0, "median 119.5 of moving samples is below 120: one leg"),
            (120.0, CadenceUnit::Steps, 120.0, "median 120 of moving samples is at or above 120: both legs"),
            (168.0, CadenceUnit::Steps, 168.0, "median 168 of moving samples is at or above 120: both legs"),
        ] {
            let found = cadence(&[(60, raw, 3.0)], "generic").unwrap();
            assert_eq!((found.unit, found.mean_spm), (unit, Some(spm)));
            assert_eq!((found.median_raw, self::reason(found.median_raw).as_str()), (f64::from(raw), reason));
        }
        // 40 of 60 s of walking do not decide.
        let mixed = cadence(&[(20, 168.0, 3.0), (40, 110.0, 1.0)], "generic").unwrap();
        assert_eq!(mixed.median_raw, 168.0);
        assert_eq!(cadence(&[(60, 0.0, 3.0)], "generic").map(|c| c.unit), None, "no cadence is absent, not zero");
    }

    #[test]
    fn flat_running_needs_altitude_outdoors() {
        assert_eq!(cadence(&[(60, 85.0, 3.0)], "generic").unwrap().flat, None);
        let indoor = cadence(&[(100, 85.0, 3.0), (50, 88.0, 3.0)], "treadmill").unwrap().flat.unwrap();
        assert_eq!((indoor.median_spm, indoor.duration_s), (170.0, 150.0));
        assert!((indoor.speed_m_s - 3.0).abs() < 1e-6);
    }
}
