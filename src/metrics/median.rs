//! Medians of cadence without sorting all of it.

use super::sum;
use crate::{column, stats::describe::value_at_half};
use multiversion::multiversion;
use std::ops::RangeInclusive;

/// Whole numbers that are told apart: a running cadence ends at 240 a minute. Larger ones are put together.
const WHOLE: usize = u8::MAX as usize + 1;

/// The median weighted by seconds ([`value_at_half`]) of values above zero, of which those with zero seconds do not count. None
/// without any.
pub(super) fn weighted(values: &[f32], seconds: &[f64]) -> Option<f64> {
    // Whole seconds can be added in any order, and come to the same; others are added in the order of their values.
    if are_whole(seconds) {
        return weighted_by_whole(values, seconds);
    }
    let steps = sorted(values.iter().copied().zip(seconds.iter().copied()));
    let half_s = steps.iter().map(|(_, seconds)| seconds).sum::<f64>() / 2.0;
    value_at_half(&steps, half_s, 0.0)
}

/// The same by whole seconds: only the values next to the whole number at half of them are sorted.
fn weighted_by_whole(values: &[f32], seconds: &[f64]) -> Option<f64> {
    let numbers = whole_numbers(values);
    let sums = sum::at_each_number(numbers.iter().copied(), seconds.iter().copied());
    let half_s = sums.iter().sum::<f64>() / 2.0;
    let (number, below_s) = number_at_half(&sums, half_s)?;
    // When half lies exactly at the end of this number's seconds, the next larger value is one of the next number's.
    let is_at_end = below_s + sums[number] == half_s;
    let next = next_number(&sums, number).filter(|_| is_at_end);
    let wanted = places(&numbers, number as u8..=next.unwrap_or(number) as u8).into_iter();
    let wanted = wanted.map(|i| (values[i as usize], seconds[i as usize]));
    value_at_half(&sorted(wanted), half_s, below_s)
}

/// The number with which half of the seconds are reached, and the seconds below it.
fn number_at_half(sums: &[f64; WHOLE], half_s: f64) -> Option<(usize, f64)> {
    let mut below_s = 0.0;
    let number = sums.iter().position(|seconds| {
        let is_here = *seconds > 0.0 && below_s + seconds >= half_s;
        below_s += if is_here { 0.0 } else { *seconds };
        is_here
    })?;
    Some((number, below_s))
}

/// The next larger number with seconds.
fn next_number(sums: &[f64; WHOLE], number: usize) -> Option<usize> {
    let mut larger = sums.iter().skip(number + 1);
    let more = larger.position(|seconds| *seconds > 0.0)?;
    Some(number + 1 + more)
}

/// The whole number next to each value.
#[multiversion(targets("x86_64+avx2"))]
fn whole_numbers(values: &[f32]) -> Vec<u8> {
    // Where numbers this large have nothing behind the point, the last bits of the sum are the whole number.
    const ROUNDING: f32 = (1_u32 << (f32::MANTISSA_DIGITS - 1)) as f32;
    values
        .iter()
        .map(|value| (value.min((WHOLE - 1) as f32) + ROUNDING).to_bits() as u8)
        .collect()
}

/// Where these numbers are.
fn places(numbers: &[u8], wanted: RangeInclusive<u8>) -> Vec<u32> {
    // Each place is written, and the next one over it unless it was wanted: no branch depends on it.
    let (mut places, mut count) = (vec![0; numbers.len() + 1], 0);
    for (i, number) in numbers.iter().enumerate() {
        places[count] = i as u32;
        count += usize::from(wanted.contains(number));
    }
    places.truncate(count);
    places
}

/// Those that count, sorted.
fn sorted(pairs: impl Iterator<Item = (f32, f64)>) -> Vec<(f64, f64)> {
    let mut sorted: Vec<(f64, f64)> = pairs
        .map(|(value, seconds)| (f64::from(value), seconds))
        .collect();
    sorted.retain(|(_, seconds)| *seconds > 0.0);
    sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    sorted
}

#[multiversion(targets("x86_64+avx2"))]
fn are_whole(seconds: &[f64]) -> bool {
    column::all(seconds.iter(), |seconds| is_whole(*seconds))
}

/// Whether there is nothing behind the point: numbers of this size and above have nothing there, and what is added is rounded off.
fn is_whole(seconds: f64) -> bool {
    const NOTHING_BEHIND_THE_POINT: f64 = (1_u64 << (f64::MANTISSA_DIGITS - 1)) as f64;
    (seconds + NOTHING_BEHIND_THE_POINT) - NOTHING_BEHIND_THE_POINT == seconds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::describe::weighted_median;

    /// The weighted median of values with their seconds.
    fn of(steps: &[(f32, f64)]) -> Option<f64> {
        let (values, seconds): (Vec<f32>, Vec<f64>) = steps.iter().copied().unzip();
        weighted(&values, &seconds)
    }

    #[test]
    fn half_of_the_time_lies_below() {
        // By hand: of 1 s at 170, 1 s at 180, 4 s at 160.5 and 1 s at 160.2, half is 3.5 s.
        let steps = [(170.0, 1.0), (180.0, 1.0), (160.5, 4.0), (160.2, 1.0)];
        assert_eq!(of(&steps), Some(160.5));
        assert_eq!(
            of(&steps.map(|(value, seconds)| (value, seconds / 3.0))),
            Some(160.5)
        );
        assert_eq!(of(&[(150.0, 1.0), (200.0, 10.0)]), Some(200.0));
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn what_lasts_no_time_does_not_count() {
        let nan = f32::NAN;
        assert_eq!(
            of(&[
                (170.0, 0.0),
                (nan, 0.0),
                (80.0, 1.0),
                (0.0, 0.0),
                (82.0, 1.0)
            ]),
            Some(81.0)
        );
        assert_eq!(
            of(&[(170.0, 0.0), (nan, 0.0), (80.0, 0.5), (0.0, 0.0)]),
            Some(80.0)
        );
        assert_eq!(of(&[(170.0, 0.0), (nan, 0.0)]), None);
    }

    #[test]
    fn on_an_exact_half_it_is_the_mean_of_both() {
        for (steps, expected) in [
            // Within one whole number, in two that are neighbours, and in two that are not.
            (vec![(160.25, 2.0), (160.75, 2.0)], 160.5),
            (vec![(161.0, 2.0), (160.0, 1.0), (160.0, 1.0)], 160.5),
            (vec![(150.0, 3.0), (170.0, 1.0), (171.0, 2.0)], 160.0),
            // Numbers that are put together, and the last of those that are not.
            (vec![(2000.0, 1.0), (1500.0, 1.0)], 1750.0),
            (vec![(254.0, 1.0), (256.0, 1.0)], 255.0),
        ] {
            assert_eq!(of(&steps), Some(expected), "{steps:?}");
            let parts: Vec<(f32, f64)> = steps
                .iter()
                .map(|(value, seconds)| (*value, seconds * 0.3))
                .collect();
            assert_eq!(of(&parts), Some(expected), "{steps:?}");
        }
    }

    #[test]
    fn it_is_the_plain_weighted_median() {
        for n in 1..60 {
            let values: Vec<f32> = (0..n)
                .map(|i| ((i * i * 7919 + i * 104_729) % 4001) as f32 / 40.0 + 60.0)
                .collect();
            let doubles: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
            for part in [1.0, 0.25] {
                let seconds: Vec<f64> = (0..n).map(|i| (i % 3 + 1) as f64 * part).collect();
                assert_eq!(
                    weighted(&values, &seconds),
                    weighted_median(&doubles, &seconds),
                    "{n}"
                );
            }
        }
    }

    #[test]
    fn seconds_are_whole_or_not() {
        for (seconds, whole) in [
            (0.0, true),
            (1.0, true),
            (86_400.0, true),
            (0.5, false),
            (1.0 / 3.0, false),
            (59.999, false),
        ] {
            assert_eq!(is_whole(seconds), whole, "{seconds}");
        }
    }
}
