//! Round one: what each date has in common, of all runners.

use super::{Dated, columns::Columns};
use crate::stats::fixed::Fixed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// In standard deviations, what is left of a series that has nothing of its own: more than the rounding of what was taken out.
const NOTHING: f64 = 1e-8;

/// Sums by date over some of the runners, each series less the runner's own mean: they add up to the same in any order and grouping.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateSums(Vec<OfColumn>);

/// Of one series.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct OfColumn {
    squares: Fixed,
    days: u64,
    /// By number of the day: the sum, and of how many runners.
    dates: BTreeMap<i64, (Fixed, u32)>,
}

impl DateSums {
    /// Of one runner. Empty without a whole week.
    pub fn of(runner: &Dated) -> Self {
        let of_columns = |columns: Columns| {
            let series = columns.columns.iter().map(|column| &column.days);
            series
                .map(|days| OfColumn::of(columns.first, days))
                .collect()
        };
        DateSums(Columns::of(runner).map_or_else(Vec::new, of_columns))
    }

    /// Adds what other runners came to.
    pub fn add(&mut self, other: DateSums) {
        if self.0.len() < other.0.len() {
            self.0.resize_with(other.0.len(), OfColumn::default);
        }
        for (sum, other) in self.0.iter_mut().zip(other.0) {
            sum.add(other);
        }
    }

    /// What is taken out of every runner's series.
    pub fn means(&self) -> DateMeans {
        DateMeans(self.0.iter().map(OfColumn::means).collect())
    }
}

impl OfColumn {
    fn of(first: i64, days: &[Option<f64>]) -> Self {
        let known = || {
            (first..)
                .zip(days)
                .filter_map(|(date, value)| Some((date, (*value)?)))
        };
        OfColumn {
            squares: known().map(|(_, value)| Fixed::of(value * value)).sum(),
            days: known().count() as u64,
            dates: known()
                .map(|(date, value)| (date, (Fixed::of(value), 1)))
                .collect(),
        }
    }

    fn add(&mut self, other: OfColumn) {
        self.squares += other.squares;
        self.days += other.days;
        for (date, (sum, runners)) in other.dates {
            let date = self.dates.entry(date).or_default();
            date.0 += sum;
            date.1 += runners;
        }
    }

    /// What only one runner has is nothing common.
    fn means(&self) -> OfDates {
        let shared = self.dates.iter().filter(|(_, (_, runners))| *runners > 1);
        let mean = |(date, (sum, runners)): (&i64, &(Fixed, u32))| {
            (*date, sum.value() / f64::from(*runners))
        };
        OfDates {
            nothing: NOTHING * (self.squares.value() / self.days.max(1) as f64).sqrt(),
            means: shared.map(mean).collect(),
        }
    }
}

/// The mean of each date that several runners have, by series.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DateMeans(Vec<OfDates>);

#[derive(Debug, Clone, Default, PartialEq)]
struct OfDates {
    /// Up to this size a value is rounding.
    nothing: f64,
    means: BTreeMap<i64, f64>,
}

impl DateMeans {
    /// The runner's columns less the means of dates, and less what mean of their own that leaves. None where these are means of other
    /// series, or the runner has no whole week.
    pub(super) fn taken_out(&self, runner: &Dated) -> Option<Columns> {
        let mut columns = Columns::of(runner)?;
        let fits = columns.columns.len() == self.0.len();
        for (column, dates) in columns.columns.iter_mut().zip(&self.0) {
            dates.take_out(columns.first, &mut column.days);
            column.centre();
            dates.round(&mut column.days);
        }
        fits.then_some(columns)
    }
}

impl OfDates {
    fn take_out(&self, first: i64, days: &mut [Option<f64>]) {
        for (date, value) in (first..).zip(days) {
            if let (Some(value), Some(mean)) = (value, self.means.get(&date)) {
                *value -= mean;
            }
        }
    }

    /// A series that is rounding alone is nothing.
    fn round(&self, days: &mut [Option<f64>]) {
        let is_nothing = days
            .iter()
            .flatten()
            .all(|value| value.abs() <= self.nothing);
        let left = days.iter_mut().flatten().filter(|_| is_nothing);
        left.for_each(|value| *value = 0.0);
    }
}
