//! Sums of products of two series at every turn around the calendar, exact for whole numbers, by the fast Fourier transform.

use std::f64::consts::PI;

/// A complex number.
type Complex = (f64, f64);

/// The transform for series of one length, zero-padded to at least twice that.
pub(super) struct Turning {
    days: usize,
    size: usize,
    /// For each round, with `half` from 1 to size / 2: exp(−πik/half) for k below `half`.
    roots: Vec<Vec<Complex>>,
}

/// One or two series made ready once: the transform of the first plus i times the second.
pub(super) struct Ready(Vec<Complex>);

/// A weighted total of turned sums, before it is transformed back.
#[derive(Default)]
pub(super) struct Total(Vec<Complex>);

impl Total {
    /// Adds `weight` times the sums of `turned` (one or two series) with `still` (one).
    pub(super) fn add(&mut self, weight: f64, turned: &Ready, still: &Ready) {
        self.0.resize(still.0.len(), (0.0, 0.0));
        // The correlation of real series has the transform conj(X)·Y, and conj(X) is X backwards. Of X = A + iB, backwards, times Y
        // the transform back is that of A plus i times that of B.
        for ((sum, x), y) in self.0.iter_mut().zip(backwards(&turned.0)).zip(&still.0) {
            let (re, im) = times(x, *y);
            *sum = (sum.0 + weight * re, sum.1 + weight * im);
        }
    }
}

/// A transform at the negative frequencies.
/// A transform at the negative frequencies.
fn backwards(transform: &[Complex]) -> impl Iterator<Item = Complex> {
    let first = transform.first().into_iter();
    first.chain(transform.iter().skip(1).rev()).copied()
}

#[inline]
fn times((a, b): Complex, (c, d): Complex) -> Complex {
    (a * c - b * d, a * d + b * c)
}

impl Turning {
    /// For series of so many days.
    pub(super) fn new(days: usize) -> Self {
        let size = (2 * days).next_power_of_two();
        let halves = (0..size.trailing_zeros()).map(|round| 1usize << round);
        Turning {
            days,
            size,
            roots: halves.map(roots).collect(),
        }
    }

    /// Makes a series of whole numbers ready.
    pub(super) fn ready(&self, series: impl Iterator<Item = i64>) -> Ready {
        self.ready_both(series.map(|value| (value, 0)))
    }

    /// Makes two series ready that will be turned together.
    pub(super) fn ready_both(&self, series: impl Iterator<Item = (i64, i64)>) -> Ready {
        self.ready_values(series.map(|(a, b)| (a as f64, b as f64)))
    }

    /// The same for numbers that are not whole; their sums are [`Turning::totals`], which rounds nothing.
    pub(super) fn ready_values(&self, series: impl Iterator<Item = (f64, f64)>) -> Ready {
        let mut transform: Vec<Complex> = series.take(self.days).collect();
        transform.resize(self.size, (0.0, 0.0));
        self.fourier(&mut transform);
        Ready(transform)
    }

    /// Two series that were made ready together, each on its own.
    pub(super) fn split(&self, both: &Ready) -> [Ready; 2] {
        // Of real series A and B, A + iB backwards and conjugated is A − iB.
        let mirrored = backwards(&both.0).zip(&both.0);
        let alone = mirrored.map(|((c, d), (a, b))| {
            let first = ((a + c) / 2.0, (b - d) / 2.0);
            (first, ((b + d) / 2.0, (c - a) / 2.0))
        });
        let (first, second): (Vec<Complex>, Vec<Complex>) = alone.unzip();
        [Ready(first), Ready(second)]
    }

    /// For every shift s the sum over days t of turned(t − s mod n) · still(t). The sums of whole numbers are whole, and the
    /// rounding error of the transform lies far below a half for ranks of a century of days.
    pub(super) fn sums(&self, turned: &Ready, still: &Ready) -> Vec<i64> {
        self.both_sums(turned, still)
            .into_iter()
            .map(|(sum, _)| sum)
            .collect()
    }

    /// The same for two series that were made ready together.
    pub(super) fn both_sums(&self, turned: &Ready, still: &Ready) -> Vec<(i64, i64)> {
        let mut total = Total::default();
        total.add(1.0, turned, still);
        self.totals(total)
            .into_iter()
            .map(|(a, b)| (a.round() as i64, b.round() as i64))
            .collect()
    }

    /// What was added up, for every shift.
    pub(super) fn totals(&self, total: Total) -> Vec<(f64, f64)> {
        let mut sums = total.0;
        sums.resize(self.size, (0.0, 0.0));
        // A transform of the conjugate is the conjugate of the transform back, but for the scale.
        sums.iter_mut().for_each(|sum| sum.1 = -sum.1);
        self.fourier(&mut sums);
        let at = |index: usize| sums.get(index % self.size).copied().unwrap_or_default();
        // A lag of s − n days is the same turn as one of s days.
        let folded = |shift: usize| {
            let ((a, b), (c, d)) = (at(shift), at(self.size + shift - self.days));
            ((a + c) / self.size as f64, -(b + d) / self.size as f64)
        };
        (0..self.days).map(folded).collect()
    }

    /// The discrete Fourier transform in place (Cooley & Tukey 1965, Math Comput 19:297).
    fn fourier(&self, values: &mut [Complex]) {
        mirror(values, self.size.trailing_zeros());
        for roots in &self.roots {
            for block in values.chunks_exact_mut(2 * roots.len()) {
                let (low, high) = block.split_at_mut(roots.len());
                for ((a, b), root) in low.iter_mut().zip(high).zip(roots) {
                    (*a, *b) = butterfly(*a, times(*b, *root));
                }
            }
        }
    }
}

/// exp(−πik/half) for k below `half`.
fn roots(half: usize) -> Vec<Complex> {
    let root = |k: usize| {
        let (sin, cos) = (-PI * k as f64 / half as f64).sin_cos();
        (cos, sin)
    };
    (0..half).map(root).collect()
}

/// Puts every value where its place written backwards in so many bits is.
fn mirror(values: &mut [Complex], bits: u32) {
    for index in 0..values.len() {
        let mirror = index.reverse_bits() >> (usize::BITS - bits).min(usize::BITS - 1);
        if bits > 0 && mirror > index {
            values.swap(index, mirror);
        }
    }
}

#[inline]
fn butterfly(a: Complex, turned: Complex) -> (Complex, Complex) {
    (
        (a.0 + turned.0, a.1 + turned.1),
        (a.0 - turned.0, a.1 - turned.1),
    )
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
        assert_eq!(both, first.into_iter().zip(second).collect::<Vec<_>>());
        let (first, second): (Vec<i64>, Vec<i64>) = both.into_iter().unzip();
        assert_eq!(
            (first, second),
            (expected, by_definition(&backwards, still))
        );
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
