//! Smoothing in a window of time: a median and then a mean, for altitude.
//!
//! Watches that record each second give the same window everywhere: then several windows are done side by side, each with the very
//! operations, in the very order, that it would have alone.

use std::ops::Range;

/// Windows done side by side.
const SIDE_BY_SIDE: usize = 8;
/// Samples in the window of a recording with one sample a second.
const REGULAR: usize = 15;
/// How many of them lie before the middle.
const BEFORE: usize = REGULAR / 2;

/// The mean over `half_s` before and after each sample of the medians over the same time. `time_s` rises; nothing is NaN.
pub fn median_then_mean(time_s: &[f64], values: &[f32], half_s: f64) -> Vec<f64> {
    let windows = windows(&time_s[..values.len().min(time_s.len())], half_s);
    let medians = over(&windows, |i| regular_medians(values, i), medians_one_by_one(values));
    over(
        &windows,
        |i| regular_means(&medians, i),
        |window| {
            let width = window.len() as f64;
            medians[window].iter().sum::<f64>() / width
        },
    )
}

/// The indices within `half_s` of each time.
fn windows(time_s: &[f64], half_s: f64) -> Vec<Range<usize>> {
    let (mut low, mut high) = (0, 0);
    let around = |time: &f64| {
        while time_s[low] < time - half_s {
            low += 1;
        }
        while high < time_s.len() && time_s[high] <= time + half_s {
            high += 1;
        }
        low..high
    };
    time_s.iter().map(around).collect()
}

/// Goes over all windows, side by side where [`SIDE_BY_SIDE`] of them in a row are regular, else one after the other.
fn over(
    windows: &[Range<usize>],
    regular: impl Fn(usize) -> [f64; SIDE_BY_SIDE],
    mut single: impl FnMut(Range<usize>) -> f64,
) -> Vec<f64> {
    let mut out = Vec::with_capacity(windows.len());
    for (block, ranges) in windows.chunks(SIDE_BY_SIDE).enumerate() {
        let first = block * SIDE_BY_SIDE;
        let is_regular = |(i, range): (usize, &Range<usize>)| {
            (range.start + BEFORE == first + i) & (range.end == range.start + REGULAR)
        };
        if ranges.len() == SIDE_BY_SIDE && ranges.iter().enumerate().map(is_regular).fold(true, |all, one| all & one) {
            out.extend(regular(first - BEFORE));
        } else {
            out.extend(ranges.iter().cloned().map(&mut single));
        }
    }
    out
}

/// A number for each of the windows done side by side.
type Lanes = [f32; SIDE_BY_SIDE];

/// The medians of the regular windows that begin at `first` and the samples after it, by forgetful selection: of nine values
/// neither the lowest nor the highest can be the median of fifteen, so they give way to the next one, and so on.
fn regular_medians(values: &[f32], first: usize) -> [f64; SIDE_BY_SIDE] {
    let row = |k: usize| -> Lanes { std::array::from_fn(|lane| values[first + k + lane]) };
    let mut kept: [Lanes; REGULAR / 2 + 2] = std::array::from_fn(row);
    extremes_out::<9>(&mut kept);
    kept[0] = row(9);
    extremes_out::<8>(&mut kept);
    kept[0] = row(10);
    extremes_out::<7>(&mut kept);
    kept[0] = row(11);
    extremes_out::<6>(&mut kept);
    kept[0] = row(12);
    extremes_out::<5>(&mut kept);
    kept[0] = row(13);
    extremes_out::<4>(&mut kept);
    kept[0] = row(14);
    extremes_out::<3>(&mut kept);
    kept[1].map(f64::from)
}

/// Brings the lowest of the first `N` to the front and the highest to the end.
#[inline(always)]
fn extremes_out<const N: usize>(kept: &mut [Lanes]) {
    for k in 0..N / 2 {
        in_order(kept, k, N - 1 - k);
    }
    for k in 1..N.div_ceil(2) {
        in_order(kept, 0, k);
    }
    for k in N / 2..N - 1 {
        in_order(kept, k, N - 1);
    }
}

#[inline(always)]
fn in_order(kept: &mut [Lanes], low: usize, high: usize) {
    let (a, b) = (kept[low], kept[high]);
    kept[low] = std::array::from_fn(|lane| if a[lane] < b[lane] { a[lane] } else { b[lane] });
    kept[high] = std::array::from_fn(|lane| if a[lane] < b[lane] { b[lane] } else { a[lane] });
}

/// The means of the regular windows that begin at `first` and the samples after it.
fn regular_means(values: &[f64], first: usize) -> [f64; SIDE_BY_SIDE] {
    let mut sums: [f64; SIDE_BY_SIDE] = std::array::from_fn(|lane| values[first + lane]);
    for k in 1..REGULAR {
        for (sum, value) in sums.iter_mut().zip(&values[first + k..first + k + SIDE_BY_SIDE]) {
            *sum += value;
        }
    }
    sums.map(|sum| sum / REGULAR as f64)
}

/// The median of a window at a time.
fn medians_one_by_one(values: &[f32]) -> impl FnMut(Range<usize>) -> f64 {
    let mut window = Vec::new();
    move |range| {
        window.clear();
        window.extend_from_slice(&values[range]);
        median_of(&mut window)
    }
}

fn median_of(values: &mut [f32]) -> f64 {
    let middle = values.len() / 2;
    let upper = f64::from(*values.select_nth_unstable_by(middle, f32::total_cmp).1);
    if values.len().is_multiple_of(2) {
        let lower = values[..middle].iter().copied().fold(f32::NEG_INFINITY, f32::max);
        (f64::from(lower) + upper) / 2.0
    } else {
        upper
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Heights that go up and down without a pattern.
    fn heights(n: usize) -> Vec<f32> {
        (0..n).map(|i| ((i * i * 7919 + i * 104_729) % 1009) as f32 / 5.0).collect()
    }

    #[test]
    fn medians_of_even_and_odd_windows() {
        for (values, expected) in [(vec![3.0, 1.0, 2.0], 2.0), (vec![4.0, 1.0, 2.0, 3.0], 2.5), (vec![7.0], 7.0)] {
            assert_eq!(median_of(&mut values.clone()), expected);
        }
    }

    #[test]
    fn medians_side_by_side_are_those_of_sorted_windows() {
        let values = heights(400);
        for first in 0..values.len() - REGULAR - SIDE_BY_SIDE {
            let sorted_middle = |from: usize| {
                let mut window = values[from..from + REGULAR].to_vec();
                window.sort_by(f32::total_cmp);
                f64::from(window[BEFORE])
            };
            let expected: Vec<f64> = (first..first + SIDE_BY_SIDE).map(sorted_middle).collect();
            assert_eq!(regular_medians(&values, first).to_vec(), expected);
        }
    }

    #[test]
    fn a_missing_second_changes_only_the_windows_around_it() {
        let values = heights(200);
        let time_s: Vec<f64> = (0..200).map(f64::from).collect();
        let whole = median_then_mean(&time_s, &values, 7.5);
        let without = |column: &[f64]| [&column[..100], &column[101..]].concat();
        let fewer = median_then_mean(&without(&time_s), &[&values[..100], &values[101..]].concat(), 7.5);
        let differ: Vec<usize> =
            without(&whole).iter().zip(&fewer).enumerate().filter(|(_, (a, b))| a != b).map(|(i, _)| i).collect();
        assert!(!differ.is_empty() && differ.iter().all(|i| (100 - 14..100 + 14).contains(i)), "{differ:?}");
    }
}
