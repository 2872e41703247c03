//! Altitude: heights no runner reaches, zeros before the first fix and single spikes become missing.

use super::taken_as_missing;
use crate::{
    column,
    model::Samples,
    problem::{Code, Problem},
    units::counted,
};

/// Heights runners reach, m (src/method/limits.md, Plausible values).
const RANGE_M: std::ops::RangeInclusive<f32> = -500.0..=9000.0;
/// A first height further than this from a run of exact zeros before it shows that the zeros were no fix, m.
const ZERO_START_M: f32 = 10.0;
/// Steeper than any fall of a runner: 20 m in a second and back is a spike.
const SPIKE_M: f32 = 20.0;

/// Blanks what cannot be believed; an altitude that is zero throughout is an absent channel, never flat ground.
pub(super) fn repair(samples: &mut Samples, problems: &mut Vec<Problem>) {
    let column = &mut samples.altitude_m;
    if is_zero(column) {
        column.clear();
        return;
    }
    blank_out_of_range(column);
    let blanked = blank_zero_start(column) + blank_spikes(column);
    if is_absent(column) {
        column.clear();
    } else if blanked > 0 {
        problems.push(unlikely(blanked));
    }
}

/// Whether all but one in [`FEW_ONE_IN`] are exactly zero, which no ground is.
fn is_zero(column: &[f32]) -> bool {
    let known = column.iter().filter(|value| !value.is_nan()).count();
    let zeros = column.iter().filter(|value| **value == 0.0).count();
    zeros > 0 && (known - zeros) * FEW_ONE_IN <= known
}

/// So few altitudes beside zeros are spikes.
const FEW_ONE_IN: usize = 20;

fn is_absent(column: &[f32]) -> bool {
    column.iter().all(|value| value.is_nan() || *value == 0.0)
}

fn unlikely(count: usize) -> Problem {
    let altitudes = counted(count, "altitude", "altitudes");
    let detail = format!("{altitudes} before the first fix or leaping away and back");
    taken_as_missing(Code::BadValue, detail)
}

fn blank_out_of_range(column: &mut [f32]) {
    for value in column.iter_mut() {
        *value = if (*RANGE_M.start() <= *value) & (*value <= *RANGE_M.end()) {
            *value
        } else {
            f32::NAN
        };
    }
}

fn blank_zero_start(column: &mut [f32]) -> usize {
    let is_nothing = |value: &&f32| **value == 0.0 || value.is_nan();
    let zeros = column.iter().take_while(is_nothing).count();
    let first = column.get(zeros).copied().unwrap_or(f32::NAN);
    if zeros == 0 || first.abs() <= ZERO_START_M || first.is_nan() {
        return 0;
    }
    let start = &mut column[..zeros];
    let blanked = start.iter().filter(|value| !value.is_nan()).count();
    start.fill(f32::NAN);
    blanked
}

/// A single value more than [`SPIKE_M`] above or below both neighbours.
fn blank_spikes(column: &mut [f32]) -> usize {
    if !column::any(column.windows(3), |three| {
        is_spike(three[0], three[1], three[2])
    }) {
        return 0;
    }
    let mut blanked = 0;
    for i in 1..column.len().saturating_sub(1) {
        if is_spike(column[i - 1], column[i], column[i + 1]) {
            column[i] = f32::NAN;
            blanked += 1;
        }
    }
    blanked
}

/// Without a branch: it is asked of every sample.
#[inline]
fn is_spike(before: f32, here: f32, after: f32) -> bool {
    let above = (here - before > SPIKE_M) & (here - after > SPIKE_M);
    let below = (before - here > SPIKE_M) & (after - here > SPIKE_M);
    above | below
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(altitude_m: &[f32], expected: &[f32], problems_expected: usize) {
        let mut samples = Samples {
            altitude_m: altitude_m.to_vec(),
            ..Samples::default()
        };
        let mut problems = Vec::new();
        repair(&mut samples, &mut problems);
        let shown = |column: &[f32]| column.iter().map(|v| format!("{v}")).collect::<Vec<_>>();
        assert_eq!(shown(&samples.altitude_m), shown(expected));
        assert_eq!(problems.len(), problems_expected);
    }

    #[test]
    fn heights_that_cannot_be_are_missing() {
        const X: f32 = f32::NAN;
        check(&[0.0, 0.0, 0.0], &[], 0);
        check(&[0.0, 0.0, 180.0, 181.0], &[X, X, 180.0, 181.0], 1);
        check(&[0.0, 0.5, 1.0], &[0.0, 0.5, 1.0], 0);
        check(&[100.0, 5000.0, 101.0], &[100.0, X, 101.0], 1);
        check(&[100.0, 12_000.0, 101.0], &[100.0, X, 101.0], 0);
        check(&[100.0, 119.0, 100.0], &[100.0, 119.0, 100.0], 0);
        check(&[X, X], &[], 0);
    }
}
