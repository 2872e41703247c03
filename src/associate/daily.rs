//! Pain and load on every day of a place's calendar, unknown where nothing is known.

use super::Exposure;
use crate::{
    model::Day,
    pain::{Entry, Moment, PainLog, Place, hurting, rating_at},
    stats::season::without_season,
    time::days_between,
};
use std::{collections::BTreeMap, ops::Range};

/// Share of logged days with a morning rating from which the morning alone is the day's pain.
const MORNING_SHARE_MIN: f64 = 0.8;

/// Pain of one place on every day of its calendar; None where nothing is known.
pub(super) struct DailyPain {
    /// Index of the calendar's first day among the history's days.
    pub(super) first: usize,
    pub(super) pain: Vec<Option<f64>>,
    /// The same less its season ([`without_season`]).
    pub(super) level: Vec<Option<f64>>,
}

impl DailyPain {
    /// Of a calendar that begins on this day of the history.
    pub(super) fn new(first: usize, pain: Vec<Option<f64>>) -> Self {
        DailyPain {
            first,
            level: without_season(&pain),
            pain,
        }
    }

    /// The pain of the day before, less its season, on each day of a calendar among the history's days. None before the first.
    pub(super) fn yesterday(&self, calendar: Range<usize>) -> Vec<Option<f64>> {
        self.day_before(&self.level, calendar)
    }

    /// The same with its season.
    pub(super) fn whole_yesterday(&self, calendar: Range<usize>) -> Vec<Option<f64>> {
        self.day_before(&self.pain, calendar)
    }

    fn day_before(&self, series: &[Option<f64>], calendar: Range<usize>) -> Vec<Option<f64>> {
        calendar
            .map(|day| *series.get(day.checked_sub(self.first + 1)?)?)
            .collect()
    }

    /// The same of days with a run alone; the calendar stays.
    pub(super) fn on_run_days(&self, days: &[Day]) -> Self {
        DailyPain::new(self.first, on_run_days(days, self.first, &self.pain))
    }

    /// The calendar, as indices among the history's days.
    pub(super) fn days(&self) -> Range<usize> {
        self.first..self.first + self.pain.len()
    }
}

/// A series from this day of the history on, on days with a run alone.
pub(super) fn on_run_days(days: &[Day], first: usize, series: &[Option<f64>]) -> Vec<Option<f64>> {
    let calendar = days.iter().skip(first).zip(series);
    calendar
        .map(|(day, value)| value.filter(|_| day.runs > 0))
        .collect()
}

/// Limbs with a rating above zero on a day of the calendar. A place that only ever got zeros has nothing to relate.
pub(super) fn hurting_places(pain: &PainLog, days: &[Day]) -> impl Iterator<Item = Place> {
    let places = hurting(
        pain.entries
            .iter()
            .filter(|entry| day_index(days, entry).is_some()),
    );
    places.into_iter().filter(|(site, _)| site.is_limb())
}

pub(super) fn day_index(days: &[Day], entry: &Entry) -> Option<usize> {
    let index = usize::try_from(days_between(days.first()?.date, entry.date)).ok()?;
    (index < days.len()).then_some(index)
}

/// The rating an entry gives a place ([`rating_at`]). Ratings that came from words take no part.
pub(super) fn rating(entry: &Entry, place: Place) -> Option<f64> {
    rating_at(entry, place).filter(|_| !entry.approximate)
}

/// The highest ratings of one place on every day of a history, of which the pain of any of its days is made.
pub(super) struct Ratings {
    /// Of all moments.
    all: Vec<Option<f64>>,
    /// Of mornings.
    morning: Vec<Option<f64>>,
    /// Made during the run, after it or in the evening: a run of the same day lies before them.
    later: Vec<Option<f64>>,
}

impl Ratings {
    pub(super) fn of(pain: &PainLog, days: &[Day], rating: impl Fn(&Entry) -> Option<f64>) -> Self {
        let unknown = || vec![None; days.len()];
        let mut found = Ratings {
            all: unknown(),
            morning: unknown(),
            later: unknown(),
        };
        // Most rows are about other places: whether it is rated at all comes first.
        let rated = |entry: &Entry| {
            let rating = rating(entry)?;
            Some((day_index(days, entry)?, entry.moment, rating))
        };
        for (day, moment, rating) in pain.entries.iter().filter_map(rated) {
            found.add(day, moment, rating);
        }
        found
    }

    fn add(&mut self, day: usize, moment: Moment, rating: f64) {
        let of_moment = match moment {
            Moment::Morning => Some(&mut self.morning),
            Moment::During | Moment::After | Moment::Evening => Some(&mut self.later),
            _ => None,
        };
        for ratings in [Some(&mut self.all), of_moment].into_iter().flatten() {
            let highest = &mut ratings[day];
            *highest = Some(highest.map_or(rating, |known| known.max(rating)));
        }
    }

    /// The day's pain as it was known after so many days of the history: the highest of its moments, or the morning alone when at least
    /// 80 % of the logged days have one. None without a rating.
    pub(super) fn pain(&self, days: usize) -> Option<DailyPain> {
        let [all, morning] = [&self.all, &self.morning].map(|ratings| first(ratings, days));
        let rated = |ratings: &[Option<f64>]| ratings.iter().flatten().count() as f64;
        let mornings_do = rated(morning) >= MORNING_SHARE_MIN * rated(all);
        on_calendar(if mornings_do { morning } else { all })
    }

    /// The pain that a run of the same day lies before: the highest rating made during the run, after it or in the evening. None when
    /// there is no such rating.
    pub(super) fn same_day(&self, days: usize) -> Option<DailyPain> {
        on_calendar(first(&self.later, days))
    }
}

fn first(ratings: &[Option<f64>], days: usize) -> &[Option<f64>] {
    &ratings[..days.min(ratings.len())]
}

/// The day's pain of the whole history ([`Ratings::pain`]).
pub(super) fn daily_pain(
    pain: &PainLog,
    days: &[Day],
    rating: impl Fn(&Entry) -> Option<f64>,
) -> Option<DailyPain> {
    Ratings::of(pain, days, rating).pain(days.len())
}

/// The highest rating of every day.
pub(super) fn highest(rated: impl Iterator<Item = (usize, f64)>) -> BTreeMap<usize, f64> {
    let mut by_day: BTreeMap<usize, f64> = BTreeMap::new();
    for (day, rating) in rated {
        let day = by_day.entry(day);
        day.and_modify(|known| *known = known.max(rating))
            .or_insert(rating);
    }
    by_day
}

/// From the first to the last day with a rating.
fn on_calendar(by_day: &[Option<f64>]) -> Option<DailyPain> {
    let first = by_day.iter().position(Option::is_some)?;
    let last = by_day.iter().rposition(Option::is_some)?;
    Some(DailyPain::new(first, by_day[first..=last].to_vec()))
}

/// The load that belongs to each day of the calendar. None when one of its days is unknown or lies before the first recording.
pub(super) fn load_of(
    days: &[Day],
    calendar: Range<usize>,
    exposure: Exposure,
) -> Vec<Option<f64>> {
    let window = |day: usize| {
        let end = (day + 1).checked_sub(exposure.lag_days())?;
        days.get(end.checked_sub(exposure.days())?..end)
    };
    let load = |day: usize| window(day)?.iter().map(|day| exposure.of(day)).sum();
    calendar.map(load).collect()
}

/// What is held fixed of the runs: the distance today, less its season, and whether there was a run; of yesterday beside the load of
/// today.
pub(super) fn other_run(
    days: &[Day],
    calendar: Range<usize>,
    exposure: Exposure,
) -> [Vec<Option<f64>>; 2] {
    let [distance, ran] = whole_other_run(days, calendar, exposure);
    [without_season(&distance), ran]
}

/// The same with its season.
pub(super) fn whole_other_run(
    days: &[Day],
    calendar: Range<usize>,
    exposure: Exposure,
) -> [Vec<Option<f64>>; 2] {
    let other = if exposure.is_same_day() {
        Exposure::Distance1
    } else {
        Exposure::Distance0
    };
    let distance = load_of(days, calendar, other);
    let ran = |metres: &Option<f64>| metres.map(|metres| f64::from(u8::from(metres > 0.0)));
    let ran = distance.iter().map(ran).collect();
    [distance, ran]
}

/// The same load of as many days after each day of the calendar. None when one of them is unknown or lies after the last day.
pub(super) fn load_after(
    days: &[Day],
    calendar: Range<usize>,
    exposure: Exposure,
) -> Vec<Option<f64>> {
    let window = |day: usize| days.get(day + 1..day + 1 + exposure.days());
    let load = |day: usize| window(day)?.iter().map(|day| exposure.of(day)).sum();
    calendar.map(load).collect()
}
