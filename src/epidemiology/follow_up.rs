//! How long a runner was watched.

use crate::{
    model::{Day, History},
    pain::{PainLog, logged_days},
    time::{Window, days_between, plus_days},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Days of a week of follow-up.
const WEEK: i64 = 7;

/// From the first to the last day that both recordings and log know of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The first day. It stays within the program: a report tells how long, not when.
    pub(super) from: NaiveDate,
    /// The last day.
    pub(super) to: NaiveDate,
    /// Days from the first to the last, both counted.
    pub days: u32,
    /// What is known of each of its weeks, the last of which may be short.
    pub weeks: Vec<Seen>,
}

/// What is known of a week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Its days, 7 but for the last week.
    pub days: u32,
    /// Days on which recordings can be believed to be complete.
    pub covered: u32,
    /// Days with a row of the log about pain.
    pub logged: u32,
}

/// None where log and recordings share no day, or none of `window`, outside of which nobody was watched.
pub(super) fn follow_up(history: &History, pain: &PainLog, window: Window) -> Option<FollowUp> {
    let logged = logged_days(pain);
    let (from, to) = watched(history, &logged, window)?;
    let days = u32::try_from(days_between(from, to) + 1)
        .ok()
        .filter(|days| *days > 0)?;
    let weeks = (0..i64::from(days).div_euclid(WEEK) + 1).map(|week| {
        let first = plus_days(from, week * WEEK);
        seen(history, &logged, first, plus_days(first, WEEK - 1).min(to))
    });
    Some(FollowUp {
        from,
        to,
        days,
        weeks: weeks.filter(|seen| seen.days > 0).collect(),
    })
}

/// The first and last day that recordings, log and window share; the last may lie before the first.
fn watched(
    history: &History,
    logged: &BTreeSet<NaiveDate>,
    window: Window,
) -> Option<(NaiveDate, NaiveDate)> {
    let days = history.days_until(history.as_of, usize::MAX).iter();
    let mut covered = days.filter(|day| day.covered).map(|day| day.date);
    let first = covered.next()?;
    let last = covered.next_back().unwrap_or(first);
    let from = first
        .max(*logged.first()?)
        .max(window.from.unwrap_or(first));
    let to = last.min(*logged.last()?).min(window.to.unwrap_or(last));
    Some((from, to))
}

fn seen(
    history: &History,
    logged: &BTreeSet<NaiveDate>,
    first: NaiveDate,
    last: NaiveDate,
) -> Seen {
    let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).collect();
    let is_covered = |day: &&NaiveDate| history.day(**day).is_some_and(|day: &Day| day.covered);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Seen {
        days: count(days.len()),
        covered: count(days.iter().filter(is_covered).count()),
        logged: count(days.iter().filter(|day| logged.contains(day)).count()),
    }
}

impl FollowUp {
    /// The number of a day, the first being 0. None outside.
    pub(super) fn day(&self, date: NaiveDate) -> Option<u32> {
        let day = u32::try_from(days_between(self.from, date)).ok()?;
        (day < self.days).then_some(day)
    }

    /// The first and the last day. A report tells how long, not when.
    pub fn span(&self) -> (NaiveDate, NaiveDate) {
        (self.from, self.to)
    }

    /// Days with a row of the log.
    pub fn logged(&self) -> u32 {
        self.weeks.iter().map(|week| week.logged).sum()
    }

    /// Covered days.
    pub fn covered(&self) -> u32 {
        self.weeks.iter().map(|week| week.covered).sum()
    }
}
