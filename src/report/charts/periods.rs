//! The rows of the table behind a picture of days: weeks or, where those are too many to read, months.

use super::axis::{Span, month_start, months_later};
use crate::time::{date_text, plus_days};
use chrono::NaiveDate;

/// More weeks than these, half a year, are told by the month: weeks.csv has them all, and a page has room for a year.
const MOST_WEEKS: i64 = 26;

/// A week or a month: its first day, and the first day after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    /// First day.
    pub from: NaiveDate,
    /// First day after it.
    pub to: NaiveDate,
}

impl Period {
    /// Whether the day lies in it.
    pub(super) fn has(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.to
    }

    /// `3 Mar 2025`, or `Mar 2025` of a month.
    pub(super) fn name(&self) -> String {
        name(self.from, self.to)
    }
}

/// Of days in their order the last of each month.
pub(super) fn last_of_months<T>(days: &[T], day: impl Fn(&T) -> NaiveDate) -> Vec<&T> {
    let months = days.chunk_by(|a, b| month_start(day(a)) == month_start(day(b)));
    months.filter_map(<[T]>::last).collect()
}

/// Whether a span is told by the week.
pub(super) fn is_short(span: Span) -> bool {
    span.days() <= 7 * MOST_WEEKS
}

/// What a week or a month is called in a table: its first day, or its name.
pub(super) fn name(from: NaiveDate, to: NaiveDate) -> String {
    match to == months_later(from, 1) && from == month_start(from) {
        true => from.format("%b %Y").to_string(),
        false => date_text(from),
    }
}

/// The rows of a span, the latest first.
pub(super) fn of(span: Span) -> Vec<Period> {
    let is_short = is_short(span);
    let first = if is_short {
        span.from
    } else {
        month_start(span.from)
    };
    let next = |from: NaiveDate| match is_short {
        true => plus_days(from, 7),
        false => months_later(from, 1),
    };
    let starts = std::iter::successors(Some(first), |from| Some(next(*from)));
    let starts = starts.take_while(|from| *from < span.to);
    let mut periods: Vec<Period> = starts
        .map(|from| Period {
            from,
            to: next(from),
        })
        .collect();
    periods.reverse();
    periods
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::fixtures::date;

    #[test]
    fn half_a_year_is_weeks_and_more_is_months() {
        let span = |from: &str, to: &str| Span {
            from: date(from),
            to: date(to),
        };
        let weeks = of(span("2025-03-03", "2025-03-24"));
        let names: Vec<String> = weeks.iter().map(Period::name).collect();
        assert_eq!(names, ["17 Mar 2025", "10 Mar 2025", "3 Mar 2025"]);
        let months = of(span("2023-01-30", "2025-03-24"));
        assert_eq!((months.len(), months[0].name()), (27, "Mar 2025".into()));
        assert!(months[26].has(date("2023-01-31")) && !months[26].has(date("2023-02-01")));
    }
}
