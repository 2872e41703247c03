//! Smoothing in a window of time: a median and then a mean, for altitude.
//!
//! Watches that record each second give the same window everywhere: then the medians of several windows are found side by side.
//! Where the window differs from sample to sample, its few values are ranked by counting. In neither way does a branch depend on a
//! height, which the processor could not foresee. What [`medians`] calls is put inside it, to be compiled with the same vectors.

use super::window::{BLOCK, Block, Sums, Windows};
use crate::column;
use multiversion::multiversion;
use std::ops::Range;

/// Windows done side by side.
const SIDE_BY_SIDE: usize = 8;
/// Samples in the window of a recording with one sample a second.
const REGULAR: usize = 15;
/// How many of them lie before the middle.
const BEFORE: usize = REGULAR / 2;

/// The mean over `half_s` before and after each sample of the medians over the same time. `time_s` rises; nothing is NaN.
pub(super) fn median_then_mean(time_s: &[f64], values: &[f32], half_s: f64) -> Vec<f64> {
    let windows = Windows::of(&time_s[..values.len().min(time_s.len())], half_s);
    let medians = medians(values, &windows);
    Sums::of(&medians).over(&windows, |_, sum, count| sum / count)
}

/// The mean over `half_s` before and after each value. `time_s` rises; nothing is NaN.
pub(super) fn mean(time_s: &[f64], values: &[f64], half_s: f64) -> Vec<f64> {
    let windows = Windows::of(time_s, half_s);
    Sums::of(values).over(&windows, |_, sum, count| sum / count)
}

/// The median in each window, side by side where they are regular, else one after the other.
#[multiversion(targets("x86_64+avx2"))]
fn medians(values: &[f32], windows: &Windows) -> Vec<f64> {
    let triples = Triples::of(values);
    let mut medians = Vec::with_capacity(values.len());
    for block in windows.blocks() {
        match block {
            Block::EachSecond(samples, BEFORE) => {
                let firsts = samples.step_by(SIDE_BY_SIDE).map(|first| first - BEFORE);
                firsts.for_each(|first| medians.extend(triples.regular_medians(first)));
            }
            Block::EachSecond(samples, reach) => {
                medians.extend(samples.map(|i| median_in(values, i - reach..i + reach + 1)));
            }
            Block::Other(_, ranges) => {
                for ranges in ranges.chunks(SIDE_BY_SIDE) {
                    triples.add_medians(values, ranges, &mut medians);
                }
            }
        }
    }
    medians
}

/// Whether each window has the samples of a regular one and begins a sample after the one before.
fn are_regular(ranges: &[Range<u32>]) -> bool {
    let is_regular = |(i, range): (usize, &Range<u32>)| {
        (range.start == ranges[0].start + i as u32) & (range.end - range.start == REGULAR as u32)
    };
    ranges.len() == SIDE_BY_SIDE && column::all(ranges.iter().enumerate(), is_regular)
}

const _: () = assert!(
    BLOCK.is_multiple_of(SIDE_BY_SIDE),
    "blocks are made of windows done side by side"
);

/// Each value and the two after it, sorted: five such triples make a regular window, and each is part of five windows.
struct Triples {
    low: Vec<f32>,
    middle: Vec<f32>,
    high: Vec<f32>,
}

/// Triples in a regular window.
const FIVE: usize = REGULAR / 3;
/// Triples in [`SIDE_BY_SIDE`] regular windows.
const SPAN: usize = SIDE_BY_SIDE + 3 * (FIVE - 1);

impl Triples {
    fn of(values: &[f32]) -> Triples {
        let [low, middle, high] = sorted_triples(values);
        Triples { low, middle, high }
    }

    /// Appends the medians in windows of any kind.
    #[inline(always)]
    fn add_medians(&self, values: &[f32], ranges: &[Range<u32>], medians: &mut Vec<f64>) {
        if are_regular(ranges) {
            return medians.extend(self.regular_medians(ranges[0].start as usize));
        }
        // A loop and no closure, for closures are compiled without the caller's vectors.
        for range in ranges {
            let range = range.start as usize..range.end as usize;
            medians.push(match range.len() {
                REGULAR => self.median(range.start, None),
                // A second is missing, or a few.
                12..REGULAR => self.median_of_fewer(values, range),
                _ => median_in(values, range),
            });
        }
    }

    /// The median of [`REGULAR`] values from `first` on, the last three of which may be others: these, sorted.
    #[inline(always)]
    fn median(&self, first: usize, last: Option<[f32; 3]>) -> f64 {
        let row = |of_all: &[f32], last: Option<f32>| -> [f32; FIVE] {
            std::array::from_fn(|k| {
                last.filter(|_| k == FIVE - 1)
                    .unwrap_or_else(|| of_all[first + 3 * k])
            })
        };
        let [low, middle, high] = last.map_or([None; 3], |last| last.map(Some));
        f64::from(median_of_triples(
            row(&self.low, low),
            row(&self.middle, middle),
            row(&self.high, high),
        ))
    }

    /// The median of 12 to 14 values: as many lower and higher than all are put beside the last.
    #[inline(always)]
    fn median_of_fewer(&self, values: &[f32], range: Range<usize>) -> f64 {
        const LOWEST: f32 = f32::NEG_INFINITY;
        const HIGHEST: f32 = f32::INFINITY;
        let median = |last| self.median(range.start, Some(last));
        match values[range.start + 3 * (FIVE - 1)..range.end] {
            [value] => median([LOWEST, value, HIGHEST]),
            [a, b] => {
                let (a, b) = in_order(a, b);
                (median([LOWEST, a, b]) + median([a, b, HIGHEST])) / 2.0
            }
            _ => (median([LOWEST, LOWEST, HIGHEST]) + median([LOWEST, HIGHEST, HIGHEST])) / 2.0,
        }
    }

    /// The medians of the regular windows that begin at `first` and the samples after it.
    #[inline(always)]
    fn regular_medians(&self, first: usize) -> [f64; SIDE_BY_SIDE] {
        let (low, middle, high) = (
            &self.low[first..first + SPAN],
            &self.middle[first..first + SPAN],
            &self.high[first..first + SPAN],
        );
        let mut medians = [0.0; SIDE_BY_SIDE];
        for (i, median) in medians.iter_mut().enumerate() {
            let row =
                |of_all: &[f32]| -> [f32; FIVE] { std::array::from_fn(|k| of_all[i + 3 * k]) };
            *median = f64::from(median_of_triples(row(low), row(middle), row(high)));
        }
        medians
    }
}

/// The lowest, the middle and the highest of each value and the two after it.
#[multiversion(targets("x86_64+avx2"))]
fn sorted_triples(values: &[f32]) -> [Vec<f32>; 3] {
    [
        values
            .windows(3)
            .map(|three| lower(lower(three[0], three[1]), three[2]))
            .collect(),
        values
            .windows(3)
            .map(|three| middle(three[0], three[1], three[2]))
            .collect(),
        values
            .windows(3)
            .map(|three| higher(higher(three[0], three[1]), three[2]))
            .collect(),
    ]
}

fn middle(a: f32, b: f32, c: f32) -> f32 {
    let (a, b) = in_order(a, b);
    higher(a, lower(b, c))
}

/// The median of five sorted triples, given as the row of their lows, of their middles and of their highs.
///
/// When the rows are sorted too, the columns stay sorted. Then the three lowest lows and the lowest middle have more than seven
/// values above them, and their mirror images more than seven below: the median is that of the seven others.
#[inline(always)]
fn median_of_triples(low: [f32; FIVE], middle: [f32; FIVE], high: [f32; FIVE]) -> f32 {
    let (low_4, low_5) = highest_two(low);
    let (high_1, high_2) = lowest_two(high);
    let [_, middle_2, middle_3, middle_4, _] = sorted(middle);
    // Of seven neither the lowest, one of the three first, nor the highest, one of the three last.
    let (lowest, a) = in_order(low_4, middle_2);
    let b = higher(lowest, high_1);
    let (c, highest) = in_order(high_2, middle_4);
    let d = lower(highest, low_5);
    // Of five neither.
    let (a, b) = in_order(a, b);
    let (c, d) = in_order(c, d);
    let (e, f) = in_order(higher(a, c), lower(b, d));
    higher(e, lower(f, middle_3))
}

/// The second highest and the highest.
#[inline(always)]
fn highest_two([a, b, rest @ ..]: [f32; FIVE]) -> (f32, f32) {
    let step = |(second, first), value| (higher(second, lower(first, value)), higher(first, value));
    rest.into_iter().fold(in_order(a, b), step)
}

/// The lowest and the second lowest.
#[inline(always)]
fn lowest_two([a, b, rest @ ..]: [f32; FIVE]) -> (f32, f32) {
    let step = |(first, second), value| (lower(first, value), lower(second, higher(first, value)));
    rest.into_iter().fold(in_order(a, b), step)
}

/// All five in order: nine comparisons, the fewest that do.
#[inline(always)]
fn sorted(mut row: [f32; FIVE]) -> [f32; FIVE] {
    for (i, k) in [
        (0, 1),
        (3, 4),
        (2, 4),
        (2, 3),
        (1, 4),
        (0, 3),
        (0, 2),
        (1, 3),
        (1, 2),
    ] {
        (row[i], row[k]) = in_order(row[i], row[k]);
    }
    row
}

#[inline(always)]
fn in_order(a: f32, b: f32) -> (f32, f32) {
    (lower(a, b), higher(a, b))
}

#[inline(always)]
fn lower(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
fn higher(a: f32, b: f32) -> f32 {
    if a < b { b } else { a }
}

/// The median of one window.
#[inline(always)]
fn median_in(values: &[f32], range: Range<usize>) -> f64 {
    match range.len() {
        0..=8 => median_of_few::<8>(values, range),
        9..=MOST => median_of_few::<MOST>(values, range),
        _ => median_of(&mut values[range].to_vec()),
    }
}

/// The median of at most `N` values: the k-th lowest is the lowest of those that more than k values do not exceed.
#[inline(always)]
fn median_of_few<const N: usize>(values: &[f32], range: Range<usize>) -> f64 {
    let count = range.len();
    let few: [f32; N] = match values[range.start..].first_chunk::<N>() {
        // Values behind the window are read with it, since a fixed number is read at once, and covered.
        Some(more) => std::array::from_fn(|i| higher(more[i], COVER[MOST - count + i])),
        None => std::array::from_fn(|i| {
            if i < count {
                values[range.start + i]
            } else {
                f32::INFINITY
            }
        }),
    };
    let mut at_most = [0u32; N];
    for value in few {
        at_most
            .iter_mut()
            .zip(&few)
            .for_each(|(at_most, other)| *at_most += u32::from(value <= *other));
    }
    let lowest_but = |k: usize| {
        lowest::<N>(std::array::from_fn(|i| {
            if at_most[i] > k as u32 {
                few[i]
            } else {
                f32::INFINITY
            }
        }))
    };
    let upper = lowest_but(count / 2);
    if count.is_multiple_of(2) {
        (lowest_but(count / 2 - 1) + upper) / 2.0
    } else {
        upper
    }
}

/// The most values that are ranked by counting.
const MOST: usize = 16;
/// The higher of a value and its cover is the value for as many as are to be seen, and infinite from there on.
const COVER: [f32; 2 * MOST] = {
    let mut cover = [f32::INFINITY; 2 * MOST];
    let mut i = 0;
    while i < MOST {
        cover[i] = f32::NEG_INFINITY;
        i += 1;
    }
    cover
};

/// The lowest of all, halving them until one is left. `N` is a power of two.
#[inline(always)]
fn lowest<const N: usize>(mut values: [f32; N]) -> f64 {
    let mut half = N / 2;
    while half > 0 {
        for i in 0..half {
            values[i] = lower(values[i], values[i + half]);
        }
        half /= 2;
    }
    f64::from(values[0])
}

fn median_of(values: &mut [f32]) -> f64 {
    let middle = values.len() / 2;
    let upper = f64::from(*values.select_nth_unstable_by(middle, f32::total_cmp).1);
    if values.len().is_multiple_of(2) {
        let lower = values[..middle]
            .iter()
            .copied()
            .fold(f32::NEG_INFINITY, f32::max);
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
        (0..n)
            .map(|i| ((i * i * 7919 + i * 104_729) % 1009) as f32 / 5.0)
            .collect()
    }

    #[test]
    fn medians_of_even_and_odd_windows() {
        for (values, expected) in [
            (vec![3.0, 1.0, 2.0], 2.0),
            (vec![4.0, 1.0, 2.0, 3.0], 2.5),
            (vec![7.0], 7.0),
        ] {
            assert_eq!(median_of(&mut values.clone()), expected);
        }
    }

    #[test]
    fn a_window_of_any_length_has_the_median_of_its_sorted_values() {
        let mut values = heights(60);
        values[20..30].fill(12.0);
        for start in 0..60 {
            for end in start + 1..=60 {
                let mut sorted = values[start..end].to_vec();
                sorted.sort_by(f32::total_cmp);
                let middle = sorted.len() / 2;
                let upper = f64::from(sorted[middle]);
                let expected = if sorted.len() % 2 == 1 {
                    upper
                } else {
                    (f64::from(sorted[middle - 1]) + upper) / 2.0
                };
                assert_eq!(median_in(&values, start..end), expected, "{start}..{end}");
                let (windows, mut medians) = (vec![start as u32..end as u32; 2], Vec::new());
                Triples::of(&values).add_medians(&values, &windows, &mut medians);
                assert_eq!(medians, [expected; 2], "{start}..{end}");
            }
        }
    }

    #[test]
    fn medians_side_by_side_are_those_of_sorted_windows() {
        let values = heights(400);
        for first in 0..=values.len() - SPAN - 2 {
            let sorted_middle = |from: usize| {
                let mut window = values[from..from + REGULAR].to_vec();
                window.sort_by(f32::total_cmp);
                f64::from(window[BEFORE])
            };
            let expected: Vec<f64> = (first..first + SIDE_BY_SIDE).map(sorted_middle).collect();
            assert_eq!(
                Triples::of(&values).regular_medians(first).to_vec(),
                expected
            );
        }
    }

    #[test]
    fn a_missing_second_changes_only_the_windows_around_it() {
        let values = heights(200);
        let time_s: Vec<f64> = (0..200).map(f64::from).collect();
        let whole = median_then_mean(&time_s, &values, 7.5);
        let without = |column: &[f64]| [&column[..100], &column[101..]].concat();
        let fewer = median_then_mean(
            &without(&time_s),
            &[&values[..100], &values[101..]].concat(),
            7.5,
        );
        let differ: Vec<usize> = without(&whole)
            .iter()
            .zip(&fewer)
            .enumerate()
            .filter(|(_, (a, b))| a != b)
            .map(|(i, _)| i)
            .collect();
        assert!(
            !differ.is_empty() && differ.iter().all(|i| (100 - 14..100 + 14).contains(i)),
            "{differ:?}"
        );
    }
}
