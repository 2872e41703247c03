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
    let mut order: Vec<(f64, usize)> = values.zip(0..).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    order
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
        fn ranks_add_up_and_ignore_monotone_maps(values in prop::collection::vec(-9i32..9, 0..40)) {
            let plain: Vec<f64> = values.iter().map(|v| f64::from(*v)).collect();
            let mapped: Vec<f64> = plain.iter().map(|v| (v / 3.0).exp() * 7.0 - 2.0).collect();
            let n = plain.len() as f64;
            prop_assert_eq!(mid_ranks(&plain).iter().sum::<f64>(), n * (n + 1.0) / 2.0);
            prop_assert_eq!(mid_ranks(&plain), mid_ranks(&mapped));
        }
    }
}
