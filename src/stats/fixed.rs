//! Numbers that add up to the same bits in any order.
//!
//! Sums of floating-point numbers depend on their order, so that one process and sixteen shards would disagree in the last digits. These
//! are whole numbers of 2⁻⁴⁰ (9·10⁻¹³) in 128 bits: addition is exact, in any order and any grouping.

use serde::{Deserialize, Serialize};
use std::{iter::Sum, ops::AddAssign};

/// Steps to one.
const STEPS: f64 = (1u64 << 40) as f64;

/// A number in steps of 2⁻⁴⁰, up to some 10²⁶ in size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fixed(i128);

impl Fixed {
    /// The nearest step; 0 for what is no number, and the largest for what is larger.
    pub fn of(value: f64) -> Self {
        Fixed((value * STEPS).round() as i128)
    }

    /// As a floating-point number.
    pub fn value(self) -> f64 {
        self.0 as f64 / STEPS
    }
}

impl AddAssign for Fixed {
    fn add_assign(&mut self, other: Self) {
        self.0 = self.0.saturating_add(other.0);
    }
}

impl Sum for Fixed {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Fixed::default(), |mut sum, part| {
            sum += part;
            sum
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_number_adds_nothing() {
        assert_eq!(Fixed::of(f64::NAN), Fixed::default());
        assert_eq!(Fixed::of(2.5).value(), 2.5);
        assert!((Fixed::of(0.1).value() - 0.1).abs() < 1e-12);
        let mut most = Fixed::of(f64::INFINITY);
        most += Fixed::of(1.0);
        assert!(most.value() > 1e26, "{most:?}");
    }

    proptest! {
        #[test]
        fn any_order_and_any_grouping_add_up_to_the_same_bits(
            values in prop::collection::vec(-1e9f64..1e9, 1..60), cut in 0usize..60,
        ) {
            let sum = |values: &[f64]| values.iter().map(|value| Fixed::of(*value)).sum::<Fixed>();
            let (a, b) = values.split_at(cut.min(values.len()));
            let mut grouped = sum(b);
            grouped += sum(a);
            let mut reversed = values.clone();
            reversed.reverse();
            prop_assert_eq!(sum(&values), grouped);
            prop_assert_eq!(sum(&values), sum(&reversed));
            prop_assert!((sum(&values).value() - values.iter().sum::<f64>()).abs() < 1e-6 * (1.0 + sum(&values).value().abs()));
        }
    }
}
