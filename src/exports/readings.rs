//! Readings of a body, one a day: what they say of the runner now.

use chrono::NaiveDate;
use std::collections::BTreeMap;

/// How many of the latest days with a reading say what is usual now.
const DAYS: usize = 28;

/// One value a day.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Readings {
    by_day: BTreeMap<NaiveDate, f64>,
}

impl Readings {
    /// One more; of several on a day the lowest counts, as the heart at rest is the one that beats slowest.
    pub(super) fn add_lowest(&mut self, day: NaiveDate, value: f64) {
        let kept = self.by_day.entry(day).or_insert(value);
        *kept = kept.min(value);
    }

    /// One more; of several on a day the last counts.
    pub(super) fn add_latest(&mut self, day: NaiveDate, value: f64) {
        self.by_day.insert(day, value);
    }

    /// The median of the latest days that have a reading, at most 28 of them: one bad night does not move it.
    pub(super) fn usual(&self) -> Option<f64> {
        let mut latest: Vec<f64> = self.by_day.values().rev().take(DAYS).copied().collect();
        latest.sort_by(f64::total_cmp);
        let middle = latest.len().checked_sub(1)? / 2;
        let (low, high) = (latest.get(middle)?, latest.get(latest.len() / 2)?);
        Some((low + high) / 2.0)
    }

    /// The value of the latest day.
    pub(super) fn latest(&self) -> Option<f64> {
        self.by_day.values().next_back().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_the_median_of_the_latest_days() {
        let day = |n: u64| NaiveDate::default() + chrono::Days::new(n);
        let mut readings = Readings::default();
        assert_eq!(readings.usual(), None);
        (0..10).for_each(|n| readings.add_lowest(day(n), 70.0));
        (10..38).for_each(|n| readings.add_lowest(day(n), 50.0 + (n % 2) as f64));
        readings.add_lowest(day(37), 90.0);
        assert_eq!(readings.usual(), Some(50.5));
        readings.add_latest(day(38), 65.0);
        readings.add_latest(day(38), 66.0);
        assert_eq!(readings.latest(), Some(66.0));
        // An odd number of days.
        let mut three = Readings::default();
        [(0, 50.0), (1, 60.0), (2, 52.0)]
            .iter()
            .for_each(|(n, value)| three.add_latest(day(*n), *value));
        assert_eq!(three.usual(), Some(52.0));
    }
}
