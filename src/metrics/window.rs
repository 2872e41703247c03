//! The samples around each sample, within so many seconds; and sums over them.

use crate::column;
use multiversion::multiversion;
use std::ops::{Add, Range};

/// Samples that are looked at together.
pub(super) const BLOCK: usize = 8;

/// The samples within a time of each sample, for [`BLOCK`] samples after the other.
///
/// Where a watch records each second no search is needed, and none of the ranges is written down: as many samples as seconds lie on
/// either side.
pub(super) struct Windows {
    /// How many samples.
    len: usize,
    /// Samples on either side where there is one each second.
    reach: usize,
    /// Whether each block is such.
    is_each_second: Vec<bool>,
    /// The windows of the samples in the other blocks, one after the other.
    searched: Vec<Range<u32>>,
}

/// The windows of up to [`BLOCK`] samples that follow each other.
pub(super) enum Block<'a> {
    /// Of these samples, each of which has so many others on either side in its window.
    EachSecond(Range<usize>, usize),
    /// Of samples from this index on.
    Other(usize, &'a [Range<u32>]),
}

impl Windows {
    /// The indices of the samples within `half_s` of each sample. `time_s` rises strictly.
    pub(super) fn of(time_s: &[f64], half_s: f64) -> Windows {
        let reach = half_s as usize;
        let mut windows = Windows {
            len: time_s.len(),
            reach,
            is_each_second: are_each_second(time_s, reach),
            searched: Vec::new(),
        };
        windows.search(time_s, half_s);
        windows
    }

    /// The blocks in their order.
    pub(super) fn blocks(&self) -> impl Iterator<Item = Block<'_>> {
        let mut searched = &self.searched[..];
        self.is_each_second
            .iter()
            .enumerate()
            .map(move |(block, is_each_second)| {
                let samples = self.samples(block);
                if *is_each_second {
                    return Block::EachSecond(samples, self.reach);
                }
                let (here, rest) = searched.split_at(samples.len());
                searched = rest;
                Block::Other(samples.start, here)
            })
    }

    fn samples(&self, block: usize) -> Range<usize> {
        block * BLOCK..self.len.min((block + 1) * BLOCK)
    }

    fn search(&mut self, time_s: &[f64], half_s: f64) {
        let is_searched = |block: &usize| !self.is_each_second[*block];
        let blocks = || (0..self.is_each_second.len()).filter(is_searched);
        let mut searched = Vec::with_capacity(BLOCK * blocks().count());
        let (mut low, mut high) = (0, 0);
        for block in blocks() {
            let samples = self.samples(block);
            if block > 0 && self.is_each_second[block - 1] {
                // The search goes on where it would have come to.
                (low, high) = (samples.start - 1 - self.reach, samples.start + self.reach);
            }
            for time in &time_s[samples] {
                while time_s[low] < time - half_s {
                    low += 1;
                }
                while high < time_s.len() && time_s[high] <= time + half_s {
                    high += 1;
                }
                searched.push(low as u32..high as u32);
            }
        }
        self.searched = searched;
    }
}

/// Which blocks have one sample each second in all their windows.
#[multiversion(targets("x86_64+avx2"))]
fn are_each_second(time_s: &[f64], reach: usize) -> Vec<bool> {
    // With so many blocks on both sides a block holds its windows and the first samples outside them.
    let around = (reach + 1).div_ceil(BLOCK);
    let mut are_each_second = vec![false; time_s.len().div_ceil(BLOCK)];
    let mut in_a_row = 0;
    for block in 0..time_s.len() / BLOCK {
        in_a_row = if is_each_second(time_s, block * BLOCK) {
            in_a_row + 1
        } else {
            0
        };
        if in_a_row > 2 * around {
            are_each_second[block - around] = true;
        }
    }
    are_each_second
}

/// Whether a whole block begins at `first`, behind another sample, and each of its samples comes a second after the one before.
#[inline(always)]
fn is_each_second(time_s: &[f64], first: usize) -> bool {
    let with_the_one_before = first
        .checked_sub(1)
        .and_then(|before| time_s.get(before..)?.first_chunk::<{ BLOCK + 1 }>());
    with_the_one_before
        .is_some_and(|time_s| column::all(0..BLOCK, |i| time_s[i + 1] - time_s[i] == 1.0))
}

/// Sums over stretches of a column, each in one step: it is a difference of two sums from the column's start.
pub(super) struct Sums<'a> {
    values: &'a [f64],
    sums: Vec<f64>,
    /// How many values are missing before each index; empty where none is.
    missing: Vec<u32>,
}

impl Sums<'_> {
    /// Adds a column up; NaN is missing.
    pub(super) fn of(values: &[f64]) -> Sums<'_> {
        let is_whole = column::all(values.iter(), |value| !value.is_nan());
        let known = |value: f64| if value.is_nan() { 0.0 } else { value };
        let sums = if is_whole {
            running_sums(values, |value| value)
        } else {
            running_sums(values, known)
        };
        let missing = if is_whole {
            vec![]
        } else {
            running_sums(values, |value| u32::from(value.is_nan()))
        };
        Sums {
            values,
            sums,
            missing,
        }
    }

    /// What `of` makes of each value, the sum of the known values in its window, and how many they are.
    pub(super) fn over<T>(&self, windows: &Windows, of: impl Fn(f64, f64, f64) -> T) -> Vec<T> {
        over(self, windows, of)
    }

    /// The sum of the known values at these indices, and how many they are.
    fn within(&self, range: Range<usize>) -> (f64, f64) {
        let missing = if self.missing.is_empty() {
            0
        } else {
            self.missing[range.end] - self.missing[range.start]
        };
        (
            self.sums[range.end] - self.sums[range.start],
            (range.len() - missing as usize) as f64,
        )
    }

    /// The values from this index on, each beside what its window comes to.
    #[inline]
    fn beside(
        &self,
        first: usize,
        windows: impl Iterator<Item = Range<usize>>,
    ) -> impl Iterator<Item = (f64, (f64, f64))> {
        let values = self.values[first..].iter().copied();
        values.zip(windows.map(|window| self.within(window)))
    }
}

/// [`Sums::over`].
#[multiversion(targets("x86_64+avx2"))]
fn over<T>(all_sums: &Sums, windows: &Windows, of: impl Fn(f64, f64, f64) -> T) -> Vec<T> {
    let mut all = Vec::with_capacity(all_sums.values.len());
    let of_one = |(value, (sum, count))| of(value, sum, count);
    for block in windows.blocks() {
        match block {
            Block::EachSecond(samples, reach) if all_sums.missing.is_empty() => {
                // Blocks of a fixed length: the eight differences are taken at once.
                let before = block_at(&all_sums.sums, samples.start - reach);
                let until = block_at(&all_sums.sums, samples.start + reach + 1);
                let values = block_at(all_sums.values, samples.start);
                let count = (2 * reach + 1) as f64;
                all.extend((0..BLOCK).map(|i| of(values[i], until[i] - before[i], count)));
            }
            Block::EachSecond(samples, reach) => {
                let windows = samples.clone().map(|i| i - reach..i + reach + 1);
                all.extend(all_sums.beside(samples.start, windows).map(of_one));
            }
            Block::Other(first, ranges) => {
                let windows = ranges.iter();
                let windows = windows.map(|range| range.start as usize..range.end as usize);
                all.extend(all_sums.beside(first, windows).map(of_one));
            }
        }
    }
    all
}

/// The values of a whole block.
fn block_at(values: &[f64], first: usize) -> [f64; BLOCK] {
    std::array::from_fn(|i| values[first..first + BLOCK][i])
}

/// Nothing, and what each value and all before it come to.
fn running_sums<T: Copy + Default + Add<Output = T>>(
    values: &[f64],
    of: impl Fn(f64) -> T,
) -> Vec<T> {
    let mut sums = vec![T::default(); values.len() + 1];
    // Four at a time, so that only every fourth sum waits for the one before it.
    let ((places, places_left), (fours, values_left)) =
        (sums[1..].as_chunks_mut::<4>(), values.as_chunks::<4>());
    let mut sum = T::default();
    for (place, four) in places.iter_mut().zip(fours) {
        let [a, b, c, d] = four.map(&of);
        let (two, three, four) = (a + b, a + b + c, (a + b) + (c + d));
        *place = [sum + a, sum + two, sum + three, sum + four];
        sum = sum + four;
    }
    for (place, value) in places_left.iter_mut().zip(values_left) {
        sum = sum + of(*value);
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
        let found = Windows::of(time_s, half_s);
        let found = found.blocks().flat_map(|block| match block {
            Block::EachSecond(samples, reach) => samples
                .map(|i| (i - reach) as u32..(i + reach + 1) as u32)
                .collect::<Vec<_>>(),
            Block::Other(_, ranges) => ranges.to_vec(),
        });
        assert_eq!(
            found.collect::<Vec<_>>(),
            all_pairs.collect::<Vec<_>>(),
            "{half_s} s around {time_s:?}"
        );
    }

    #[test]
    fn a_window_holds_what_lies_within_its_time() {
        let each_second: Vec<f64> = (0..200).map(f64::from).collect();
        let with_a_gap = each_second
            .iter()
            .map(|t| if *t < 90.0 { *t } else { t + 4.0 })
            .collect::<Vec<_>>();
        let each_quarter = each_second.iter().map(|t| t / 4.0).collect::<Vec<_>>();
        let sparse = each_second
            .iter()
            .map(|t| t * 3.0 + t % 5.0 / 2.0)
            .collect::<Vec<_>>();
        let begins_dense = each_second
            .iter()
            .map(|t| if *t < 50.0 { t / 10.0 } else { t - 40.0 })
            .collect::<Vec<_>>();
        for time_s in [
            each_second,
            with_a_gap,
            each_quarter,
            sparse,
            begins_dense,
            vec![5.0],
            vec![],
        ] {
            for half_s in [7.5, 15.0] {
                check(&time_s, half_s);
            }
        }
    }

    #[test]
    fn sums_over_a_stretch() {
        let (whole, with_a_hole) = (
            Sums::of(&[1.0, 2.0, 4.0, 8.0]),
            Sums::of(&[1.0, f64::NAN, 4.0, 8.0]),
        );
        for (range, of_whole, of_other) in [
            (0..4, (15.0, 4.0), (13.0, 3.0)),
            (1..3, (6.0, 2.0), (4.0, 1.0)),
            (1..2, (2.0, 1.0), (0.0, 0.0)),
            (2..2, (0.0, 0.0), (0.0, 0.0)),
            (3..4, (8.0, 1.0), (8.0, 1.0)),
        ] {
            assert_eq!(
                (whole.within(range.clone()), with_a_hole.within(range)),
                (of_whole, of_other)
            );
        }
    }

    #[test]
    fn sums_over_windows_are_those_of_the_values_in_them() {
        // A hundred seconds, a gap, and every other second; every seventh value is missing in one of the columns.
        let time_s: Vec<f64> = (0..150)
            .map(|i| {
                if i < 100 {
                    f64::from(i)
                } else {
                    f64::from(2 * i)
                }
            })
            .collect();
        let whole: Vec<f64> = (0..150).map(|i| f64::from(i * i % 97)).collect();
        let holed = whole
            .iter()
            .enumerate()
            .map(|(i, value)| if i % 7 == 3 { f64::NAN } else { *value })
            .collect();
        for values in [whole, holed] {
            let found = Sums::of(&values).over(&Windows::of(&time_s, 7.5), |value, sum, count| {
                (value.to_bits(), sum, count)
            });
            let expected = time_s.iter().zip(&values).map(|(here, value)| {
                let pairs = time_s
                    .iter()
                    .zip(&values)
                    .filter(|(time, value)| (*time - here).abs() <= 7.5 && !value.is_nan());
                let inside: Vec<f64> = pairs.map(|(_, value)| *value).collect();
                (value.to_bits(), inside.iter().sum(), inside.len() as f64)
            });
            assert_eq!(found, expected.collect::<Vec<(u64, f64, f64)>>());
        }
    }
}
