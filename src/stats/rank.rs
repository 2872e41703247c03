//! Ranks with ties: equal values share the mean of the places they take.

/// Mid-ranks, 1-based: the smallest value has rank 1, equal values share the mean of their places.
///
/// The sum is always n(n+1)/2. Values that are not numbers come last, each with a place of its own; the correlations
/// refuse such input before they rank it.
pub fn mid_ranks(values: &[f64]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    // Adding zero makes −0 and 0 one value.
    let order = in_order(values.iter().map(|value| value + 0.0));
    for ties in order.chunk_by(|a, b| a.0 == b.0) {
        let rank = before as f64 + (ties.len() as f64 + 1.0) / 2.0;
        for (_, index) in ties {
            ranks[*index] = rank;
        }
        before += ties.len();
    }
    ranks
}

/// The values in rising order, each with its place.
pub(super) fn in_order(values: impl Iterator<Item = f64>) -> Vec<(f64, usize)> {
    let key = |(value, place): (f64, usize)| u128::from(rising(value)) << 64 | place as u128;
    let mut keys: Vec<u128> = values.zip(0..).map(key).collect();
    // Whole numbers are sorted in half of the time: no branch hangs on how two of them compare.
    keys.sort_unstable();
    let value_and_place = |key: u128| (value_of((key >> 64) as u64), key as u64 as usize);
    keys.into_iter().map(value_and_place).collect()
}

const SIGN: u64 = 1 << 63;

/// A whole number that rises with the value, in the order of [`f64::total_cmp`].
fn rising(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

/// The value of such a number.
fn value_of(rising: u64) -> f64 {
    f64::from_bits(if rising & SIGN == 0 {
        !rising
    } else {
        rising ^ SIGN
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ties_share_the_mean_of_their_places() {
        for (values, ranks) in [
            (vec![], vec![]),
            (vec![5.0], vec![1.0]),
            (vec![3.0, 1.0, 2.0], vec![3.0, 1.0, 2.0]),
            (vec![0.0, -0.0, 0.0], vec![2.0, 2.0, 2.0]),
            (vec![1.0, 0.0, 1.0, 2.0], vec![2.5, 1.0, 2.5, 4.0]),
            (vec![f64::NAN, 1.0], vec![2.0, 1.0]),
        ] {
            assert_eq!(mid_ranks(&values), ranks, "{values:?}");
        }
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_all_floats(bits in prop::collection::vec(any::<u64>(), 0..40)) {
            let values: Vec<f64> = bits.iter().copied().map(f64::from_bits).chain([0.0, -0.0]).collect();
            let mut expected: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
            expected.sort_by(|a, b| a.0.total_cmp(&b.0));
            let as_bits = |order: Vec<(f64, usize)>| order.into_iter().map(|(value, place)| (value.to_bits(), place)).collect::<Vec<_>>();
            prop_assert_eq!(as_bits(in_order(values.into_iter())), as_bits(expected));
        }

        #[test]
        fn ranks_add_up_and_ignore_monotone_maps(values in prop::collection::vec(-9i32..9, 0..40)) {
            let plain: Vec<f64> = values.iter().map(|v| f64::from(*v)).collect();
            let mapped: Vec<f64> = plain.iter().map(|v| (v / 3.0).exp() * 7.0 - 2.0).collect();
            let n = plain.len() as f64;
            prop_assert_eq!(mid_ranks(&plain).iter().sum::<f64>(), n * (n + 1.0) / 2.0);
            prop_assert_eq!(mid_ranks(&plain), mid_ranks(&mapped));
        }
    }
}
