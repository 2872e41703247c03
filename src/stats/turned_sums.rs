//! Sums of products of two series at every turn around the calendar, exact for whole numbers, by the fast Fourier transform.

use std::f64::consts::TAU;

/// A complex number.
type Complex = (f64, f64);

/// A series made ready once: its transform, zero-padded to at least twice its length.
pub struct Ready {
    days: usize,
    transform: Vec<Complex>,
}

/// Makes a series of whole numbers ready.
pub fn ready(series: impl ExactSizeIterator<Item = i64>) -> Ready {
    let days = series.len();
    let mut transform: Vec<Complex> = series.map(|value| (value as f64, 0.0)).collect();
    transform.resize((2 * days).next_power_of_two(), (0.0, 0.0));
    fourier(&mut transform);
    Ready { days, transform }
}

/// For every shift s the sum over days t of turned(t − s mod n) · still(t). The sums of whole numbers are whole, and the
/// rounding error of the transform lies far below a half for ranks of a century of days. Both series have one length.
pub fn turned_sums(turned: &Ready, still: &Ready) -> Vec<i64> {
    // conj(X)·Y is the transform of the correlation; transforming its conjugate turns it back, but for the scale.
    let product = |((a, b), (c, d)): (&Complex, &Complex)| (a * c + b * d, b * c - a * d);
    let mut sums: Vec<Complex> = turned.transform.iter().zip(&still.transform).map(product).collect();
    fourier(&mut sums);
    let (size, days) = (sums.len(), turned.days);
    let at = |index: usize| sums.get(index % size.max(1)).map_or(0.0, |sum| sum.0 / size as f64);
    // A lag of s − n days is the same turn as one of s days.
    (0..days).map(|shift| (at(shift) + at(size + shift - days)).round() as i64).collect()
}

/// The discrete Fourier transform in place (Cooley & Tukey 1965, Math Comput 19:297). The length is a power of two.
fn fourier(values: &mut [Complex]) {
    let size = values.len();
    let bits = size.trailing_zeros();
    for index in 0..size {
        let mirror = index.reverse_bits() >> (usize::BITS - bits).min(usize::BITS - 1);
        if bits > 0 && mirror > index {
            values.swap(index, mirror);
        }
    }
    let roots: Vec<Complex> = (0..size / 2)
        .map(|k| {
            let (sin, cos) = (-TAU * k as f64 / size as f64).sin_cos();
            (cos, sin)
        })
        .collect();
    let mut half = 1;
    while half < size {
        for block in values.chunks_exact_mut(2 * half) {
            let (low, high) = block.split_at_mut(half);
            let turns = roots.iter().step_by(size / (2 * half));
            for ((a, b), (cos, sin)) in low.iter_mut().zip(high).zip(turns) {
                let turned = (b.0 * cos - b.1 * sin, b.0 * sin + b.1 * cos);
                (*a, *b) = ((a.0 + turned.0, a.1 + turned.1), (a.0 - turned.0, a.1 - turned.1));
            }
        }
        half *= 2;
    }
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
        let found = turned_sums(&ready(turned.iter().copied()), &ready(still.iter().copied()));
        assert_eq!(found, by_definition(turned, still));
    }

    #[test]
    fn small_and_large_cases() {
        check(&[], &[]);
        check(&[3], &[-5]);
        check(&[1, 2, 3], &[1, 0, 0]);
        // Forty years of doubled ranks in a scrambled order, at their largest size.
        let days = 14_610i64;
        let ranks = |step: i64| (0..days).map(|day| (day * step) % days * 2 - days).collect::<Vec<i64>>();
        let (load, pain) = (ranks(4001), ranks(7919));
        let found = turned_sums(&ready(load.iter().copied()), &ready(pain.iter().copied()));
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
