//! What a result owes to a single spell of pain: the same result with each spell left out in turn.
//!
//! Days of one spell are alike, so that a link may look like the work of many days and be that of one fortnight.

use std::ops::Range;

/// So many known zeros after each other end a spell, as in [`crate::pain::episodes`].
const ZEROS_TO_END: usize = crate::pain::episodes::ZEROS_TO_END;

/// Painful days further apart than this are two spells.
const JOIN_DAYS: usize = crate::pain::episodes::JOIN_DAYS as usize;

/// The spells of a series of daily ratings, each from its first to its last day above 0: painful days at most three apart, with no
/// two known zeros after each other between them.
pub fn spells(pain: &[Option<f64>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut zeros = 0;
    let known = pain.iter().enumerate();
    for (day, rating) in known.filter_map(|(day, rating)| Some((day, (*rating)?))) {
        if rating <= 0.0 {
            zeros += 1;
            continue;
        }
        match found.last_mut() {
            Some(last) if zeros < ZEROS_TO_END && day < last.end + JOIN_DAYS => last.end = day + 1,
            _ => found.push(day..day + 1),
        }
        zeros = 0;
    }
    found
}

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

/// Whether a result that stands with all spells falls when one of them, whichever, is left out.
///
/// `stands` is asked with the days that are left; ask it of all days first.
pub fn rests_on_one<T: Copy>(
    days: &[Option<T>],
    spells: &[Range<usize>],
    stands: impl Fn(&[Option<T>]) -> bool,
) -> bool {
    let stood = without_each(days, spells, stands);
    stood.contains(&false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::{Entry, Side, Site, episodes::episodes},
        stats::{both_known, spearman::spearman},
        time::{days_between, plus_days},
    };
    use proptest::prelude::*;

    /// A digit is a rating, `.` unknown.
    fn pain(days: &str) -> Vec<Option<f64>> {
        days.chars()
            .map(|c| c.to_digit(10).map(f64::from))
            .collect()
    }

    #[test]
    fn spells_by_hand() {
        let cases: [(&str, &[(usize, usize)]); 8] = [
            ("", &[]),
            ("000..", &[]),
            ("0330", &[(1, 2)]),
            ("3003", &[(0, 0), (3, 3)]),
            ("30.3", &[(0, 3)]),
            ("3..3", &[(0, 3)]),
            ("3...3", &[(0, 0), (4, 4)]),
            ("303030", &[(0, 4)]),
        ];
        for (days, first_and_last) in cases {
            let found = spells(&pain(days)).into_iter();
            let found: Vec<_> = found.map(|spell| (spell.start, spell.end - 1)).collect();
            assert_eq!(found, first_and_last, "{days}");
        }
    }

    proptest! {
        #[test]
        fn spells_are_those_of_the_log(days in "[.0123]{1,60}") {
            let first = "2025-03-03".parse().expect("a literal date");
            let row = |(day, rating): (i64, Option<f64>)| Some(Entry {
                site: Some(Site::Knee),
                side: Some(Side::Left),
                pain: Some(rating?),
                ..Entry::on(plus_days(first, day))
            });
            let rows: Vec<Entry> = (0..).zip(pain(&days)).filter_map(row).collect();
            let index = |date| days_between(first, date) as usize;
            let of_the_log: Vec<Range<usize>> =
                episodes(&rows).iter().map(|spell| index(spell.from)..index(spell.to) + 1).collect();
            prop_assert_eq!(spells(&pain(&days)), of_the_log);
        }
    }

    #[test]
    fn a_link_of_one_fortnight_rests_on_it() {
        // Load 9 with pain on days 10 to 13; else load 1 to 3 in turn, and a day of pain where it is 2.
        let load: Vec<Option<f64>> = (0..40)
            .map(|day| {
                Some(if (10..14).contains(&day) {
                    9.0
                } else {
                    f64::from(1 + day % 3)
                })
            })
            .collect();
        let of_days = |days: &[usize]| -> Vec<Option<f64>> {
            (0..40)
                .map(|day| Some(if days.contains(&day) { 4.0 } else { 0.0 }))
                .collect()
        };
        let stands = |pain: &[Option<f64>]| {
            let (load, pain) = both_known(&load, pain);
            spearman(&load, &pain).is_some_and(|rho| rho >= 0.3)
        };
        let one = of_days(&[10, 11, 12, 13, 22, 34]);
        assert!(stands(&one) && rests_on_one(&one, &spells(&one), stands));
        // Five spells on days of load 3, apart from one another.
        let many = of_days(&[2, 8, 17, 23, 29, 35]);
        assert_eq!(spells(&many).len(), 6);
        assert!(stands(&many) && !rests_on_one(&many, &spells(&many), stands));
    }

    #[test]
    fn what_is_left_out_is_unknown_and_the_rest_is_as_it_was() {
        let known = |days: &[Option<f64>]| days.iter().flatten().sum::<f64>();
        assert_eq!(
            without_each(&pain("1200300"), &[0..2, 4..5], known),
            [3.0, 3.0]
        );
        assert!(
            !rests_on_one(&pain("000"), &[], |_| false),
            "no spell to leave out"
        );
    }
}
