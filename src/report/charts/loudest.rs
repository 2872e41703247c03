//! Which of many marks are drawn: a picture full of marks marks nothing.

use crate::{rules::Finding, time::days_between};
use chrono::NaiveDate;

/// Marks in a picture.
pub(super) const MOST_MARKS: usize = 8;

/// Marks of the last days come before louder ones.
const RECENT_DAYS: i64 = 56;

/// How loud a mark is: the last days first, then by how far beyond its limit; of equals the later.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Loudness(bool, f64, NaiveDate);

impl Loudness {
    /// That of a mark on a day, of a size.
    pub(super) fn of(day: NaiveDate, as_of: NaiveDate, size: f64) -> Loudness {
        Loudness(days_between(day, as_of) < RECENT_DAYS, size, day)
    }

    /// How many times its limit a finding is.
    pub(super) fn of_finding(finding: &Finding, as_of: NaiveDate) -> Loudness {
        let times = finding.observed.zip(finding.limit);
        let times = times.map_or(0.0, |(observed, limit)| observed / limit);
        Loudness::of(
            finding.to,
            as_of,
            if times.is_finite() { times } else { 0.0 },
        )
    }
}

/// Takes the marks off all but the loudest; says how many were taken off.
pub(super) fn keep_loudest<T>(
    items: &mut [T],
    loudness: impl Fn(&T) -> Option<Loudness>,
    unmark: impl Fn(&mut T),
) -> usize {
    let mut marked: Vec<(Loudness, usize)> = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| Some((loudness(item)?, index)))
        .collect();
    marked.sort_by(|a, b| b.partial_cmp(a).unwrap_or(std::cmp::Ordering::Equal));
    let quiet = marked.split_off(marked.len().min(MOST_MARKS));
    for (_, index) in &quiet {
        items.get_mut(*index).into_iter().for_each(&unmark);
    }
    quiet.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::fixtures::date;

    #[test]
    fn the_recent_and_the_loudest_stay() {
        let as_of = date("2025-06-30");
        let of = |day: &str, size: f64| Some(Loudness::of(date(day), as_of, size));
        let mut marks: Vec<Option<Loudness>> = (0..10)
            .map(|size| of("2020-01-01", f64::from(size)))
            .collect();
        marks.push(of("2025-06-01", 0.5));
        let quiet = keep_loudest(&mut marks, |mark| *mark, |mark| *mark = None);
        assert_eq!(quiet, 3);
        assert!(marks[..3].iter().all(Option::is_none), "the quietest");
        assert!(marks[3..].iter().all(Option::is_some), "{marks:?}");
    }

    #[test]
    fn of_equals_the_later_stays() {
        let as_of = date("2025-06-30");
        let day = |year: i32| NaiveDate::from_ymd_opt(year, 3, 1).expect("a day");
        let years = 2010..2020;
        let mut marks: Vec<Option<Loudness>> = years
            .map(|year| Some(Loudness::of(day(year), as_of, 1.5)))
            .collect();
        assert_eq!(
            keep_loudest(&mut marks, |mark| *mark, |mark| *mark = None),
            2
        );
        assert_eq!(marks[..2], [None, None], "2010 and 2011");
        assert!(marks[2..].iter().all(Option::is_some), "{marks:?}");
    }
}
