//! Sums of products of two series at every turn around the calendar, exact for whole numbers, by the fast Fourier transform.

use multiversion::multiversion;
use std::{f64::consts::PI, iter, ops::Range, sync::OnceLock};

/// The transform for series of one length, zero-padded to at least twice that.
pub(super) struct Turning {
    days: usize,
    size: usize,
    rounds: &'static [Round],
}

/// Complex numbers, real and imaginary parts each in a row.
///
/// Those of a transform stand where the bits of their frequency, written backwards, say: that is how the transform leaves them and how
/// the way back takes them, so that nothing has to be put in order.
#[derive(Debug, Default)]
struct Complex {
    re: Vec<f64>,
    im: Vec<f64>,
}

/// One or two series made ready once: the transform of the first plus i times the second.
pub(super) struct Ready(Complex);

/// A weighted total of turned sums, before it is transformed back.
#[derive(Default)]
pub(super) struct Total(Complex);

impl Complex {
    fn zeros(size: usize) -> Self {
        Complex {
            re: vec![0.0; size],
            im: vec![0.0; size],
        }
    }

    /// Of none yet, with room.
    fn with_room(size: usize) -> Self {
        Complex {
            re: Vec::with_capacity(size),
            im: Vec::with_capacity(size),
        }
    }

    fn push(&mut self, re: f64, im: f64) {
        self.re.push(re);
        self.im.push(im);
    }

    fn resize(&mut self, size: usize) {
        self.re.resize(size, 0.0);
        self.im.resize(size, 0.0);
    }

    fn part(&self, places: Range<usize>) -> (&[f64], &[f64]) {
        (&self.re[places.clone()], &self.im[places])
    }

    fn part_mut(&mut self, places: Range<usize>) -> (&mut [f64], &mut [f64]) {
        (&mut self.re[places.clone()], &mut self.im[places])
    }
}

impl Total {
    /// Adds `weight` times the sums of `turned` (one or two series) with `still` (one).
    pub(super) fn add(&mut self, weight: f64, turned: &Ready, still: &Ready) {
        self.0.resize(still.0.re.len());
        // The correlation of real series has the transform conj(X)·Y, and conj(X) is X backwards. Of X = A + iB, backwards, times Y
        // the transform back is that of A plus i times that of B.
        for places in mirrors(still.0.re.len()) {
            let sums = self.0.part_mut(places.clone());
            let (turned, still) = (turned.0.part(places.clone()), still.0.part(places));
            add_products(weight, turned, still, sums);
        }
    }
}

/// Parts of a transform that hold the negative frequencies of their own, in the opposite order.
fn mirrors(size: usize) -> impl Iterator<Item = Range<usize>> {
    let parts = (0..size.max(1).trailing_zeros()).map(|bit| 1 << bit..2 << bit);
    iter::once(0..size.min(1)).chain(parts)
}

/// Of the transform of A + iB those of real series A and B: backwards and conjugated it is that of A − iB.
#[multiversion(targets("x86_64+avx2"))]
fn split_part(
    (re, im): (&[f64], &[f64]),
    (first_re, first_im): (&mut [f64], &mut [f64]),
    (second_re, second_im): (&mut [f64], &mut [f64]),
) {
    let both = re.iter().zip(im);
    let mirrored = re.iter().rev().zip(im.iter().rev());
    let firsts = first_re.iter_mut().zip(first_im);
    let seconds = second_re.iter_mut().zip(second_im);
    for (((a, b), (c, d)), (first, second)) in both.zip(mirrored).zip(firsts.zip(seconds)) {
        (*first.0, *first.1) = ((a + c) / 2.0, (b - d) / 2.0);
        (*second.0, *second.1) = ((b + d) / 2.0, (c - a) / 2.0);
    }
}

/// Adds `weight` times x backwards times y.
#[multiversion(targets("x86_64+avx2"))]
fn add_products(
    weight: f64,
    (x_re, x_im): (&[f64], &[f64]),
    (y_re, y_im): (&[f64], &[f64]),
    (sum_re, sum_im): (&mut [f64], &mut [f64]),
) {
    let x = x_re.iter().rev().zip(x_im.iter().rev());
    let sums = sum_re.iter_mut().zip(sum_im);
    for (((re, im), (a, b)), (c, d)) in sums.zip(x).zip(y_re.iter().zip(y_im)) {
        *re += weight * (a * c - b * d);
        *im += weight * (a * d + b * c);
    }
}

impl Turning {
    /// For series of so many days.
    pub(super) fn new(days: usize) -> Self {
        let size = (2 * days).next_power_of_two();
        Turning {
            days,
            size,
            rounds: rounds(size),
        }
    }

    /// Of how many days the series are.
    pub(super) fn days(&self) -> usize {
        self.days
    }

    /// Makes a series of whole numbers ready.
    #[cfg(test)]
    pub(super) fn ready(&self, series: impl Iterator<Item = i64>) -> Ready {
        self.ready_both(series.map(|value| (value, 0)))
    }

    /// Makes two series ready that will be turned together.
    pub(super) fn ready_both(&self, series: impl Iterator<Item = (i64, i64)>) -> Ready {
        self.ready_values(series.map(|(a, b)| (a as f64, b as f64)))
    }

    /// The same for numbers that are not whole; their sums are [`Turning::totals`], which rounds nothing.
    pub(super) fn ready_values(&self, series: impl Iterator<Item = (f64, f64)>) -> Ready {
        let mut transform = Complex::with_room(self.size);
        series
            .take(self.days)
            .for_each(|(re, im)| transform.push(re, im));
        transform.resize(self.size);
        self.forth(&mut transform);
        Ready(transform)
    }

    /// Two series that were made ready together, each on its own.
    pub(super) fn split(&self, both: &Ready) -> [Ready; 2] {
        let [mut first, mut second] = [self.size; 2].map(Complex::zeros);
        for places in mirrors(self.size) {
            let (first, second) = (
                first.part_mut(places.clone()),
                second.part_mut(places.clone()),
            );
            split_part(both.0.part(places), first, second);
        }
        [Ready(first), Ready(second)]
    }

    /// For every shift s the sum over days t of turned(t − s mod n) · still(t). The sums of whole numbers are whole, and the
    /// rounding error of the transform lies far below a half for ranks of a century of days.
    #[cfg(test)]
    pub(super) fn sums(&self, turned: &Ready, still: &Ready) -> Vec<i64> {
        let [first, _] = self.both_sums(turned, still);
        first
    }

    /// The same for two series that were made ready together: the sums of each.
    pub(super) fn both_sums(&self, turned: &Ready, still: &Ready) -> [Vec<i64>; 2] {
        let mut total = Total::default();
        total.add(1.0, turned, still);
        let total = self.back(total);
        [&total.re, &total.im].map(|sums| self.whole(sums))
    }

    /// What was added up, for every shift.
    pub(super) fn totals(&self, total: Total) -> Vec<(f64, f64)> {
        let total = self.back(total);
        let [first, second] = [&total.re, &total.im].map(|sums| self.folded(sums));
        first.into_iter().zip(second).collect()
    }

    /// The transform of the total back, but for the scale.
    fn back(&self, total: Total) -> Complex {
        let mut sums = total.0;
        sums.resize(self.size);
        self.home(&mut sums);
        sums
    }

    /// A lag of s − n days is the same turn as one of s days.
    fn folded(&self, sums: &[f64]) -> Vec<f64> {
        let late = &sums[self.size - self.days..];
        let shifts = sums.iter().zip(late);
        shifts
            .map(|(early, late)| (early + late) / self.size as f64)
            .collect()
    }

    fn whole(&self, sums: &[f64]) -> Vec<i64> {
        let mut whole = vec![0; self.days];
        rounded(
            &mut whole,
            sums,
            &sums[self.size - self.days..],
            self.size as f64,
        );
        whole
    }

    /// The discrete Fourier transform in place (Cooley & Tukey 1965, Math Comput 19:297), four parts at a time.
    fn forth(&self, values: &mut Complex) {
        for round in self.rounds {
            let length = 4 * round.quarter();
            let blocks = values.re.chunks_exact_mut(length);
            for (re, im) in blocks.zip(values.im.chunks_exact_mut(length)) {
                part(re, im, round);
            }
        }
        if self.has_halves() {
            halve(&mut values.re);
            halve(&mut values.im);
        }
    }

    /// The way back: the same steps undone from the last to the first, each four or two times as large as it was.
    fn home(&self, values: &mut Complex) {
        if self.has_halves() {
            halve(&mut values.re);
            halve(&mut values.im);
        }
        for round in self.rounds.iter().rev() {
            let length = 4 * round.quarter();
            let blocks = values.re.chunks_exact_mut(length);
            for (re, im) in blocks.zip(values.im.chunks_exact_mut(length)) {
                join(re, im, round);
            }
        }
    }

    /// Whether the parts end with pairs.
    fn has_halves(&self) -> bool {
        self.size.trailing_zeros() % 2 == 1
    }
}

/// Of two series of as many days the sums of the products of each with itself so many days later, for all lags below `lags`: nothing
/// turns, a day beyond the last one meets none.
pub(super) fn with_themselves(
    series: impl ExactSizeIterator<Item = (f64, f64)>,
    lags: usize,
) -> [Vec<f64>; 2] {
    let days = series.len();
    // As many empty days as there are lags keep the ends apart.
    let size = (days + lags).next_power_of_two();
    let turning = Turning {
        days,
        size,
        rounds: rounds(size),
    };
    let [first, second] = turning.split(&turning.ready_values(series));
    // A series with itself has a real transform, so that two of them go back as one.
    let squares = |Ready(Complex { re, im })| -> Vec<f64> {
        let parts = re.iter().zip(&im);
        parts.map(|(re, im)| re * re + im * im).collect()
    };
    let mut both = Complex {
        re: squares(first),
        im: squares(second),
    };
    turning.home(&mut both);
    [both.re, both.im].map(|mut sums| {
        sums.truncate(lags);
        sums.iter_mut().for_each(|sum| *sum /= size as f64);
        sums
    })
}

/// Both parts of a sum by the size of the transform, to the nearest whole number.
#[multiversion(targets("x86_64+avx2"))]
fn rounded(whole: &mut [i64], early: &[f64], late: &[f64], size: f64) {
    for (whole, (early, late)) in whole.iter_mut().zip(early.iter().zip(late)) {
        *whole = ((early + late) / size).round_ties_even() as i64;
    }
}

/// The roots of one round, for k below a quarter q of its blocks: exp(−πik/2q) and its square and cube, as cosines and sines.
struct Round([[Vec<f64>; 2]; 3]);

impl Round {
    fn new(quarter: usize) -> Self {
        let root =
            |power: usize, k: usize| (-PI * (power * k) as f64 / (2 * quarter) as f64).sin_cos();
        Round([1, 2, 3].map(|power| {
            let (sin, cos) = (0..quarter).map(|k| root(power, k)).unzip();
            [cos, sin]
        }))
    }

    fn quarter(&self) -> usize {
        self.0[0][0].len()
    }
}

/// The rounds of a transform, the largest blocks first; worked out once for each size.
fn rounds(size: usize) -> &'static [Round] {
    static OF_SIZE: [OnceLock<Vec<Round>>; 64] = [const { OnceLock::new() }; 64];
    let quarters = || iter::successors(Some(size / 4), |quarter| Some(quarter / 4));
    let of_size = &OF_SIZE[size.trailing_zeros() as usize % 64];
    of_size.get_or_init(|| {
        let quarters = quarters().take_while(|quarter| *quarter > 0);
        quarters.map(Round::new).collect()
    })
}

/// A block's four quarters.
fn quarters(block: &mut [f64], quarter: usize) -> [&mut [f64]; 4] {
    let (low, high) = block.split_at_mut(2 * quarter);
    let ((a, b), (c, d)) = (low.split_at_mut(quarter), high.split_at_mut(quarter));
    [a, b, c, &mut d[..quarter]]
}

/// One step of the transform: a block becomes the frequencies of one remainder each, by four.
#[multiversion(targets("x86_64+avx2"))]
fn part(re: &mut [f64], im: &mut [f64], round: &Round) {
    let q = round.quarter();
    let ([a_re, b_re, c_re, d_re], [a_im, b_im, c_im, d_im]) = (quarters(re, q), quarters(im, q));
    let [[w1_re, w1_im], [w2_re, w2_im], [w3_re, w3_im]] = &round.0;
    let (w1_re, w1_im, w2_re) = (&w1_re[..q], &w1_im[..q], &w2_re[..q]);
    let (w2_im, w3_re, w3_im) = (&w2_im[..q], &w3_re[..q], &w3_im[..q]);
    for k in 0..q {
        let (sum_ac, sum_bd) = (
            (a_re[k] + c_re[k], a_im[k] + c_im[k]),
            (b_re[k] + d_re[k], b_im[k] + d_im[k]),
        );
        let (less_ac, less_bd) = (
            (a_re[k] - c_re[k], a_im[k] - c_im[k]),
            (b_re[k] - d_re[k], b_im[k] - d_im[k]),
        );
        (a_re[k], a_im[k]) = (sum_ac.0 + sum_bd.0, sum_ac.1 + sum_bd.1);
        let second = (sum_ac.0 - sum_bd.0, sum_ac.1 - sum_bd.1);
        (b_re[k], b_im[k]) = times(second, (w2_re[k], w2_im[k]));
        // Times −i and times i: real and imaginary parts change places.
        let first = (less_ac.0 + less_bd.1, less_ac.1 - less_bd.0);
        (c_re[k], c_im[k]) = times(first, (w1_re[k], w1_im[k]));
        let third = (less_ac.0 - less_bd.1, less_ac.1 + less_bd.0);
        (d_re[k], d_im[k]) = times(third, (w3_re[k], w3_im[k]));
    }
}

/// The same step undone, but for a factor of four.
#[multiversion(targets("x86_64+avx2"))]
fn join(re: &mut [f64], im: &mut [f64], round: &Round) {
    let q = round.quarter();
    let ([a_re, b_re, c_re, d_re], [a_im, b_im, c_im, d_im]) = (quarters(re, q), quarters(im, q));
    let [[w1_re, w1_im], [w2_re, w2_im], [w3_re, w3_im]] = &round.0;
    let (w1_re, w1_im, w2_re) = (&w1_re[..q], &w1_im[..q], &w2_re[..q]);
    let (w2_im, w3_re, w3_im) = (&w2_im[..q], &w3_re[..q], &w3_im[..q]);
    // The four quarters' turns are taken back first, then the two steps of sums and differences.
    for k in 0..q {
        let second = times((b_re[k], b_im[k]), (w2_re[k], -w2_im[k]));
        let first = times((c_re[k], c_im[k]), (w1_re[k], -w1_im[k]));
        let third = times((d_re[k], d_im[k]), (w3_re[k], -w3_im[k]));
        let (even, odd) = (
            (a_re[k] + second.0, a_im[k] + second.1),
            (a_re[k] - second.0, a_im[k] - second.1),
        );
        let (sum, less) = (
            (first.0 + third.0, first.1 + third.1),
            (first.0 - third.0, first.1 - third.1),
        );
        (a_re[k], a_im[k]) = (even.0 + sum.0, even.1 + sum.1);
        (c_re[k], c_im[k]) = (even.0 - sum.0, even.1 - sum.1);
        // Times i and times −i.
        (b_re[k], b_im[k]) = (odd.0 - less.1, odd.1 + less.0);
        (d_re[k], d_im[k]) = (odd.0 + less.1, odd.1 - less.0);
    }
}

/// Sum and difference of each pair.
fn halve(values: &mut [f64]) {
    for pair in values.chunks_exact_mut(2) {
        (pair[0], pair[1]) = (pair[0] + pair[1], pair[0] - pair[1]);
    }
}

#[inline(always)]
fn times((a, b): (f64, f64), (c, d): (f64, f64)) -> (f64, f64) {
    (a * c - b * d, a * d + b * c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn by_definition(turned: &[i64], still: &[i64]) -> Vec<i64> {
        (0..turned.len())
            .map(|shift| {
                let mut turned = turned.to_vec();
                turned.rotate_right(shift);
                turned.iter().zip(still).map(|(a, b)| a * b).sum()
            })
            .collect()
    }

    fn check(turned: &[i64], still: &[i64]) {
        let turning = Turning::new(turned.len());
        let [turned_ready, still_ready] =
            [turned, still].map(|series| turning.ready(series.iter().copied()));
        let expected = by_definition(turned, still);
        assert_eq!(turning.sums(&turned_ready, &still_ready), expected);
        let backwards: Vec<i64> = turned.iter().rev().copied().collect();
        let pairs = turning.ready_both(turned.iter().copied().zip(backwards.iter().copied()));
        let both = turning.both_sums(&pairs, &still_ready);
        let [first, second] = turning
            .split(&pairs)
            .map(|ready| turning.sums(&ready, &still_ready));
        assert_eq!(both, [first, second]);
        assert_eq!(both, [expected, by_definition(&backwards, still)]);
    }

    #[test]
    fn small_and_large_cases() {
        check(&[], &[]);
        check(&[3], &[-5]);
        check(&[1, 2, 3], &[1, 0, 0]);
        // Forty years of doubled ranks in a scrambled order, at their largest size.
        let days = 14_610i64;
        let ranks = |step: i64| {
            (0..days)
                .map(|day| (day * step) % days * 2 - days)
                .collect::<Vec<i64>>()
        };
        let (load, pain) = (ranks(4001), ranks(7919));
        let turning = Turning::new(load.len());
        let [load_ready, pain_ready] =
            [&load, &pain].map(|series| turning.ready(series.iter().copied()));
        let found = turning.sums(&load_ready, &pain_ready);
        for shift in [0, 1, 4999, 14_609] {
            let mut turned = load.clone();
            turned.rotate_right(shift);
            let sum: i64 = turned.iter().zip(&pain).map(|(a, b)| a * b).sum();
            assert_eq!(found[shift], sum, "{shift}");
        }
    }

    proptest! {
        #[test]
        fn sums_are_the_definition(pairs in prop::collection::vec((-200i64..200, -200i64..200), 1..70)) {
            let (turned, still): (Vec<i64>, Vec<i64>) = pairs.into_iter().unzip();
            check(&turned, &still);
        }
    }
}
