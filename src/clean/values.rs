//! Heart rate, cadence and speed: values outside what a body can do become missing.

use super::{MAX_SPEED_M_S, spikes, stuck, taken_as_missing};
use crate::{
    column,
    model::Samples,
    problem::{Code, Problem},
    units::counted,
};

/// The highest heart rate that is believed, beats/min (src/method/limits.md, Plausible values).
const HIGHEST_BPM: f32 = 230.0;
/// The highest cadence that a file can mean, a minute as stored: steps counted twice over, in a sprint.
const HIGHEST_CADENCE: f32 = 480.0;

/// Removes implausible heart rates (outside 25–230 beats/min, and lone spikes), cadences (0–480 a minute) and speeds (0–12 m/s);
/// the ranges are those of [`crate::method::limits`], Plausible values.
pub(super) fn repair(samples: &mut Samples, problems: &mut Vec<Problem>) {
    let heart_rate = blank_outside(&mut samples.heart_rate_bpm, 25.0, HIGHEST_BPM);
    let spikes = spikes::blank(&samples.time_s, &mut samples.heart_rate_bpm);
    let stuck = stuck::blank(&samples.time_s, &mut samples.heart_rate_bpm);
    let cadence = blank_outside(&mut samples.cadence_raw, 0.0, HIGHEST_CADENCE);
    let speed = blank_outside(&mut samples.speed_m_s, 0.0, MAX_SPEED_M_S as f32);
    for (code, count, what, why) in [
        (
            Code::BadValue,
            heart_rate,
            "heart rate",
            "outside 25–230 beats/min",
        ),
        (
            Code::BadValue,
            spikes,
            "heart rate",
            "far above those before and after",
        ),
        (
            Code::BadValue,
            stuck,
            "heart rate",
            "the same for five minutes and more",
        ),
        (Code::BadValue, cadence, "cadence", "outside 0–480 a minute"),
        (
            Code::SpeedSpike,
            speed,
            "speed",
            "faster than anyone runs (12 m/s)",
        ),
    ] {
        if count > 0 {
            problems.push(outside(code, count, what, why));
        }
    }
}

/// Sets values outside `low..=high` to NaN and drops the column when nothing is left. Zero heart rate means "no strap", not a
/// finding, so it is blanked without being counted.
fn blank_outside(column: &mut Vec<f32>, low: f32, high: f32) -> usize {
    let is_inside = |value: &f32| value.is_nan() | ((low <= *value) & (*value <= high));
    let mut blanked = 0;
    if !column::all(column.iter(), is_inside) {
        for value in column.iter_mut().filter(|value| !is_inside(value)) {
            blanked += usize::from(*value != 0.0);
            *value = f32::NAN;
        }
    }
    if !Samples::has_values(column) {
        column.clear();
    }
    blanked
}

fn outside(code: Code, count: usize, what: &str, why: &str) -> Problem {
    let values = counted(count, &format!("{what} value"), &format!("{what} values"));
    taken_as_missing(code, format!("{values} {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bodies_values_stay() {
        let mut samples = Samples {
            time_s: vec![0.0; 4],
            heart_rate_bpm: vec![0.0, 140.0, 231.0, f32::NAN],
            cadence_raw: vec![85.0, 0.0, 481.0, 90.0],
            speed_m_s: vec![65.0, f32::NAN, f32::INFINITY, -1.0],
            ..Samples::default()
        };
        let mut problems = Vec::new();
        repair(&mut samples, &mut problems);
        let kept = |column: &[f32]| {
            column
                .iter()
                .filter(|v| !v.is_nan())
                .copied()
                .collect::<Vec<_>>()
        };
        assert_eq!(kept(&samples.heart_rate_bpm), [140.0]);
        assert_eq!(kept(&samples.cadence_raw), [85.0, 0.0, 90.0]);
        assert!(
            samples.speed_m_s.is_empty(),
            "a column without values is an absent channel"
        );
        let details: Vec<&str> = problems.iter().map(|p| p.detail.as_str()).collect();
        assert_eq!(details[0], "1 heart rate value outside 25–230 beats/min");
        assert_eq!(problems.len(), 3);
    }
}
