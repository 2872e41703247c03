//! What a result owes to a single spell of pain: the same result with each spell left out in turn.
//!
//! Days of one spell are alike, so that a link may look like the work of many days and be that of one fortnight.

use std::ops::Range;

/// The same result with the days of each spell in turn unknown, in the order of the spells.
pub fn without_each<T: Copy, R>(
    days: &[Option<T>],
    spells: &[Range<usize>],
    result: impl Fn(&[Option<T>]) -> R,
) -> Vec<R> {
    let without = |spell: &Range<usize>| {
        let mut days = days.to_vec();
        let left_out = days.iter_mut().take(spell.end).skip(spell.start);
        left_out.for_each(|day| *day = None);
        result(&days)
    };
    spells.iter().map(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_unknown_and_the_rest_is_as_it_was() {
        let pain: Vec<Option<f64>> = [1, 2, 0, 0, 3, 0, 0].map(|day| Some(f64::from(day))).into();
        let left = without_each(&pain, &[0..2, 4..5], |days| {
            let known: Vec<f64> = days.iter().flatten().copied().collect();
            (known.len(), known.iter().sum::<f64>())
        });
        assert_eq!(left, [(5, 3.0), (6, 3.0)]);
        assert!(without_each(&pain, &[], <[_]>::len).is_empty());
    }
}
