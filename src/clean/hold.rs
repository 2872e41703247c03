//! Holding: a watch that writes a value every few seconds means it for the seconds between.

use crate::{column, model::Samples};
use multiversion::multiversion;

/// How long a value stands when no newer one comes, s (src/method/limits.md, Values that hold).
pub const HOLD_S: f64 = 10.0;

/// Lets heart rate and cadence stand until the next value, for at most `most_s`.
pub(super) fn repair(samples: &mut Samples, most_s: f64) {
    until_next(&samples.time_s, &mut samples.heart_rate_bpm, most_s);
    until_next(&samples.time_s, &mut samples.cadence_raw, most_s);
}

/// Samples that are passed over at once where none of them is missing.
const BLOCK: usize = 64;

/// Puts the last known value at each missing one that comes at most `most_s` after it. `time_s` rises.
pub fn until_next<T: Copy + Into<f64>>(time_s: &[f64], column: &mut [T], most_s: f64) {
    if has_missing(column) {
        fill(time_s, column, most_s);
    }
}

fn is_missing<T: Copy + Into<f64>>(value: T) -> bool {
    value.into().is_nan()
}

#[multiversion(targets("x86_64+avx2"))]
fn has_missing<T: Copy + Into<f64>>(column: &[T]) -> bool {
    column::any(column.iter(), |value| is_missing(*value))
}

fn fill<T: Copy + Into<f64>>(time_s: &[f64], column: &mut [T], most_s: f64) {
    let mut last: Option<(f64, T)> = None;
    for (times, values) in time_s.chunks(BLOCK).zip(column.chunks_mut(BLOCK)) {
        if !has_missing(values) {
            last = times.last().copied().zip(values.last().copied());
            continue;
        }
        for (time, value) in times.iter().zip(values) {
            match last {
                _ if !is_missing(*value) => last = Some((*time, *value)),
                Some((since, held)) if time - since <= most_s => *value = held,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_until_the_next_and_no_longer_than_it_may() {
        const X: f32 = f32::NAN;
        let time_s = [0.0, 3.0, 6.0, 9.5, 12.0, 16.0, 16.5];
        let mut column = [X, 140.0, X, 150.0, X, X, X];
        until_next(&time_s, &mut column, 6.5);
        let shown = column.map(|value| format!("{value}"));
        assert_eq!(shown, ["NaN", "140", "140", "150", "150", "150", "NaN"]);
        let mut whole = [1.0_f64, 2.0];
        until_next(&time_s[..2], &mut whole, 6.5);
        assert_eq!(whole, [1.0, 2.0]);
    }
}
