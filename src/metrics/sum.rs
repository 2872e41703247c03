//! Sums of columns in lanes: a sum that waits for the one before takes as long as the waiting does.

use multiversion::multiversion;
use std::{iter::Sum, ops::AddAssign};

/// Sums that go on beside each other.
const LANES: usize = 8;

/// The sum of all values.
#[multiversion(targets("x86_64+avx2"))]
pub fn of(values: &[f64]) -> f64 {
    let (whole, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for values in whole {
        lanes = std::array::from_fn(|i| lanes[i] + values[i]);
    }
    rest.iter().fold(together(lanes), |sum, value| sum + value)
}

/// The sum of all steps up from one value to the next; one to or from an unknown value is none.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn of_rises(values: &[f64]) -> f64 {
    let after = values.get(1..).unwrap_or_default();
    let rise = |from: f64, to: f64| if to > from { to - from } else { 0.0 };
    let (whole, rest) = after.as_chunks::<LANES>();
    let (whole_before, _) = values.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for (from, to) in whole_before.iter().zip(whole) {
        lanes = std::array::from_fn(|i| lanes[i] + rise(from[i], to[i]));
    }
    let rest = values[LANES * whole.len()..].iter().zip(rest);
    rest.fold(together(lanes), |sum, (from, to)| sum + rise(*from, *to))
}

/// The sum of the products of each value and its weight; what has no weight adds nothing, whatever it is.
#[multiversion(targets("x86_64+avx2"))]
pub fn of_products<T: Copy + Into<f64>>(values: &[T], weights: &[f64]) -> f64 {
    let length = values.len().min(weights.len());
    let (values, values_left) = values[..length].as_chunks::<LANES>();
    let (weights, weights_left) = weights[..length].as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for (values, weights) in values.iter().zip(weights) {
        // Multiplied whether it counts or not: no branch depends on it.
        let mut products = [0.0; LANES];
        for i in 0..LANES {
            products[i] = values[i].into() * weights[i];
        }
        for i in 0..LANES {
            lanes[i] += if weights[i] == 0.0 { 0.0 } else { products[i] };
        }
    }
    let left = values_left
        .iter()
        .zip(weights_left)
        .filter(|(_, weight)| **weight != 0.0);
    left.fold(together(lanes), |sum, (value, weight)| {
        sum + (*value).into() * weight
    })
}

/// What the seconds at each number come to. Neighbouring samples mostly share a number; added up in turn in four places they need not
/// wait for each other.
pub(super) fn at_each_number<T: Copy + Default + AddAssign + Sum<T>>(
    numbers: impl Iterator<Item = u8>,
    seconds: impl Iterator<Item = T>,
) -> [T; 256] {
    let mut in_turn = [[T::default(); 4]; 256];
    numbers
        .zip(seconds)
        .enumerate()
        .for_each(|(i, (number, seconds))| in_turn[usize::from(number)][i % 4] += seconds);
    in_turn.map(|sums| sums.into_iter().sum())
}

fn together(lanes: [f64; LANES]) -> f64 {
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_any_length_are_those_by_hand() {
        for n in 0..40_u32 {
            let values: Vec<f64> = (0..n).map(f64::from).collect();
            let weights: Vec<f64> = (0..n).map(|i| f64::from(i % 3)).collect();
            let products: u32 = (0..n).map(|i| i * (i % 3)).sum();
            assert_eq!(of(&values), f64::from(n * n.saturating_sub(1) / 2));
            assert_eq!(of_products(&values, &weights), f64::from(products));
        }
    }

    #[test]
    fn rises_are_added_and_falls_are_not() {
        for n in 0..40_u32 {
            // Up 3 and down 1 in turn.
            let values: Vec<f64> = (0..n).map(|i| f64::from(i + i % 2 * 2)).collect();
            assert_eq!(of_rises(&values), f64::from(n / 2 * 3));
        }
        assert_eq!(of_rises(&[1.0, f64::NAN, 5.0, 6.0]), 1.0);
    }

    #[test]
    fn seconds_at_each_number() {
        let sums = at_each_number(
            [7, 7, 0, 7, 255, 7, 7].into_iter(),
            [1.0_f32, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0].into_iter(),
        );
        assert_eq!(
            (sums[7], sums[0], sums[255], sums.iter().sum::<f32>()),
            (107.0, 4.0, 16.0, 127.0)
        );
    }

    #[test]
    fn what_has_no_weight_adds_nothing() {
        for n in [3, 30] {
            let values: Vec<f64> = (0..n)
                .map(|i| if i % 2 == 0 { f64::NAN } else { 5.0 })
                .collect();
            let weights: Vec<f64> = (0..n).map(|i| f64::from(i % 2)).collect();
            assert_eq!(of_products(&values, &weights), f64::from(n / 2) * 5.0);
        }
    }
}
