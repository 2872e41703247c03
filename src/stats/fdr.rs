//! The false discovery rate: Benjamini–Hochberg q values over all tests of a report.

use super::rank::in_order;

/// q values in the order of the p values: q(i) = min over j ≥ i of m·p(j)/j, at most 1 (Benjamini & Hochberg 1995,
/// J R Stat Soc B 57:289). A p that is not a number is taken as 1: it can never be a discovery.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let or_one = |p: &f64| if p.is_nan() { 1.0 } else { *p };
    let order = in_order(p.iter().map(or_one));
    let tests = p.len() as f64;
    let mut q = vec![1.0; p.len()];
    let mut smallest = 1.0f64;
    for (place, (p, index)) in order.iter().enumerate().rev() {
        // The quotient first: it is at least 1, so rounding cannot bring q below p.
        smallest = smallest.min(p * (tests / (place as f64 + 1.0)));
        q[*index] = smallest;
    }
    q
}

/// Gives each thing that was tested its q in the family of all of them. A thing without a p is no part of it.
pub fn give_q<T>(
    family: &mut [T],
    p: impl Fn(&T) -> Option<f64>,
    mut give: impl FnMut(&mut T, f64),
) {
    let known: Vec<f64> = family.iter().filter_map(&p).collect();
    let tested = family.iter_mut().filter(|one| p(one).is_some());
    for (one, q) in tested.zip(benjamini_hochberg(&known)) {
        give(one, q);
    }
}

/// The largest p that still has a q of at most `q_max` in a family of these: q_max·i/m with i how many of its m tests have one. None
/// when none has.
pub fn largest_p(p: &[f64], q_max: f64) -> Option<f64> {
    let found = benjamini_hochberg(p)
        .iter()
        .filter(|q| **q <= q_max)
        .count();
    (found > 0).then(|| q_max * (found as f64 / p.len() as f64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_not_tested_is_no_part_of_the_family() {
        let mut family = [(Some(0.04), None), (None, None), (Some(0.01), None)];
        give_q(&mut family, |one| one.0, |one, q| one.1 = Some(q));
        assert_eq!(family.map(|one| one.1), [Some(0.04), None, Some(0.02)]);
    }

    #[test]
    fn small_cases_by_hand() {
        for (p, q) in [
            (vec![], vec![]),
            (vec![0.03], vec![0.03]),
            (vec![0.04, 0.01], vec![0.04, 0.02]),
            (vec![0.5, 0.5], vec![0.5, 0.5]),
            (vec![f64::NAN, 0.25], vec![1.0, 0.5]),
            // 0.9821… · 24 / 24 rounds to less than it began with.
            (
                vec![0.982_125_656_177_192_3; 24],
                vec![0.982_125_656_177_192_3; 24],
            ),
        ] {
            assert_eq!(benjamini_hochberg(&p), q, "{p:?}");
        }
    }

    #[test]
    fn the_bar_rises_with_what_is_found() {
        for (p, bar) in [
            (vec![], None),
            (vec![0.2, 0.9], None),
            (vec![0.01, 0.9, 0.4, 0.7], Some(0.025)),
            (vec![0.01, 0.05, 0.4, 0.7], Some(0.05)),
            // 0.06 alone would not do; with 0.1 and 0.09 it does.
            (vec![0.06, 0.09, 0.1], Some(0.1)),
        ] {
            assert_eq!(largest_p(&p, 0.1), bar, "{p:?}");
        }
    }

    proptest! {
        #[test]
        fn q_is_at_least_p_and_follows_its_p(p in prop::collection::vec(0.0f64..=1.0, 0..30), turn in 0usize..30) {
            let q = benjamini_hochberg(&p);
            for (p, q) in p.iter().zip(&q) {
                prop_assert!(*q >= *p && *q <= 1.0);
            }
            let (mut turned_p, mut turned_q) = (p.clone(), q);
            turned_p.rotate_left(turn % p.len().max(1));
            turned_q.rotate_left(turn % p.len().max(1));
            prop_assert_eq!(benjamini_hochberg(&turned_p), turned_q);
        }
    }
}
