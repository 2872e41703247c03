//! What lies in order of time: the newest of it, whether it comes close together, and what all of it has in common.

use crate::time::days_between;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The last so many; None when there are fewer.
pub(in crate::rules) fn newest<T>(items: &[T], count: usize) -> Option<&[T]> {
    let first = items.len().checked_sub(count)?;
    items.get(first..)
}

/// The one there is; None of several or none.
pub(in crate::rules) fn only<T: Copy + Ord>(values: &BTreeSet<T>) -> Option<T> {
    values.first().copied().filter(|_| values.len() == 1)
}

/// Whether so many of the days, which are in order, lie somewhere within so many days, first and last included.
pub(in crate::rules) fn come_within(days: &[NaiveDate], count: usize, span_days: i64) -> bool {
    let is_dense = |days: &[NaiveDate]| match days {
        [first, .., last] => days_between(*first, *last) < span_days,
        _ => true,
    };
    days.windows(count.max(1)).any(is_dense)
}
