//! The samples around each sample, within so many seconds; and sums over them.

use std::ops::{AddAssign, Range};

/// Samples that are looked at together.
const BLOCK: usize = 16;

/// The indices of the samples within `half_s` of each sample. `time_s` rises strictly.
///
/// Where a watch records each second no search is needed: as many samples as seconds lie on either side.
pub fn windows(time_s: &[f64], half_s: f64) -> Vec<Range<u32>> {
    let reach = half_s as usize;
    let mut windows = Vec::with_capacity(time_s.len());
    let (mut low, mut high) = (0, 0);
    for first in (0..time_s.len()).step_by(BLOCK) {
        let end = time_s.len().min(first + BLOCK);
        let with_neighbours = first.checked_sub(reach + 1).and_then(|from| time_s.get(from..first + BLOCK + reach + 1));
        if with_neighbours.is_some_and(is_each_second) {
            windows.extend((first as u32..end as u32).map(|i| i - reach as u32..i + reach as u32 + 1));
            (low, high) = (end - 1 - reach, end + reach);
            continue;
        }
        for time in &time_s[first..end] {
            while time_s[low] < time - half_s {
                low += 1;
            }
            while high < time_s.len() && time_s[high] <= time + half_s {
                high += 1;
            }
            windows.push(low as u32..high as u32);
        }
    }
    windows
}

fn is_each_second(time_s: &[f64]) -> bool {
    time_s.windows(2).fold(true, |all, pair| all & (pair[1] - pair[0] == 1.0))
}

/// Means over stretches of a column, each in two steps: a sum is a difference of two sums from the column's start.
pub struct Sums {
    sums: Vec<f64>,
    /// How many values are missing before each index; empty where none is.
    missing: Vec<u32>,
}

impl Sums {
    /// Adds a column up; NaN is missing.
    pub fn of(values: &[f64]) -> Sums {
        let is_whole = values.iter().fold(true, |all, value| all & !value.is_nan());
        let known = |value: &f64| if value.is_nan() { 0.0 } else { *value };
        let sums = if is_whole { running_sums(values, |value| *value) } else { running_sums(values, known) };
        let missing = if is_whole { vec![] } else { running_sums(values, |value| u32::from(value.is_nan())) };
        Sums { sums, missing }
    }

    /// The sum of the known values at these indices, and how many they are.
    #[inline]
    pub fn over(&self, range: &Range<u32>) -> (f64, f64) {
        let (start, end) = (range.start as usize, range.end as usize);
        let missing = if self.missing.is_empty() { 0 } else { self.missing[end] - self.missing[start] };
        (self.sums[end] - self.sums[start], f64::from(range.end - range.start - missing))
    }
}

/// Nothing, and what each value and all before it come to.
fn running_sums<T: Copy + Default + AddAssign>(values: &[f64], of: impl Fn(&f64) -> T) -> Vec<T> {
    let mut sums = vec![T::default(); values.len() + 1];
    let mut sum = T::default();
    for (place, value) in sums[1..].iter_mut().zip(values) {
        sum += of(value);
        *place = sum;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Holds the windows of these times against a look at all pairs.
    fn check(time_s: &[f64], half_s: f64) {
        let all_pairs = time_s.iter().map(|here| {
            let within = |i: &usize| (time_s[*i] - here).abs() <= half_s;
            let inside: Vec<usize> = (0..time_s.len()).filter(within).collect();
            inside[0] as u32..inside[inside.len() - 1] as u32 + 1
        });
        assert_eq!(windows(time_s, half_s), all_pairs.collect::<Vec<_>>(), "{half_s} s around {time_s:?}");
    }

    #[test]
    fn a_window_holds_what_lies_within_its_time() {
        let each_second: Vec<f64> = (0..200).map(f64::from).collect();
        let with_a_gap = each_second.iter().map(|t| if *t < 90.0 { *t } else { t + 4.0 }).collect::<Vec<_>>();
        let each_quarter = each_second.iter().map(|t| t / 4.0).collect::<Vec<_>>();
        let sparse = each_second.iter().map(|t| t * 3.0 + t % 5.0 / 2.0).collect::<Vec<_>>();
        let begins_dense = each_second.iter().map(|t| if *t < 50.0 { t / 10.0 } else { t - 40.0 }).collect::<Vec<_>>();
        for time_s in [each_second, with_a_gap, each_quarter, sparse, begins_dense, vec![5.0], vec![]] {
            for half_s in [7.5, 15.0] {
                check(&time_s, half_s);
            }
        }
    }

    #[test]
    fn sums_over_a_stretch() {
        let (whole, with_a_hole) = (Sums::of(&[1.0, 2.0, 4.0, 8.0]), Sums::of(&[1.0, f64::NAN, 4.0, 8.0]));
        for (range, of_whole, of_other) in [
            (0..4, (15.0, 4.0), (13.0, 3.0)),
            (1..3, (6.0, 2.0), (4.0, 1.0)),
            (1..2, (2.0, 1.0), (0.0, 0.0)),
            (2..2, (0.0, 0.0), (0.0, 0.0)),
            (3..4, (8.0, 1.0), (8.0, 1.0)),
        ] {
            assert_eq!((whole.over(&range), with_a_hole.over(&range)), (of_whole, of_other));
        }
    }
}
