//! What hurt day by day, and what of it is known: places, logged days, stretches about which nothing is.

use super::super::{
    axis::{Span, month_start, months_later},
    pain_by_site::unlogged,
};
use crate::{
    analysis::Analysis,
    pain::{Entry, Place, places_meet, rating_at, site_text},
    rules::{Severity, ladder::ladder},
    time::{dates, days_between, plus_days, week_start},
};
use chrono::NaiveDate;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// Places with a row of their own; the rest are said in words.
const MOST_ROWS: usize = 6;

/// Stretches without recordings are shaded from so many days on.
const GAP_DAYS: i64 = 7;

/// First day, and first day after.
pub(super) type Stretch = (NaiveDate, NaiveDate);

/// What one mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    /// A day.
    Day,
    /// The worst day of a week.
    Week,
    /// The worst day of a month.
    Month,
}

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// What it is called.
    pub name: String,
    /// Days with pain there.
    pub days: usize,
    /// The highest rating of each of them.
    pub days_of: BTreeMap<NaiveDate, f64>,
    /// The highest rating.
    pub highest: f64,
    /// The last of the days with the highest.
    pub highest_on: NaiveDate,
    /// The highest rating of each day, week or month with pain, by its first day.
    pub marks: BTreeMap<NaiveDate, f64>,
    /// Stretches of days on which the log says that it did not hurt there.
    pub clear: Vec<Stretch>,
}

/// How much of the time was logged.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Logged {
    /// Days with any rating.
    pub days: usize,
    /// Stretches of such days.
    pub stretches: Vec<Stretch>,
    /// The share of logged days of each week or month, by its first day. Empty where a mark is a day.
    pub shares: BTreeMap<NaiveDate, f64>,
}

impl Grain {
    /// About how many days it has.
    pub(super) fn days(self) -> f64 {
        match self {
            Grain::Day => 1.0,
            Grain::Week => 7.0,
            Grain::Month => 30.4,
        }
    }

    /// `day`.
    pub(super) fn label(self) -> &'static str {
        match self {
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
        }
    }

    /// The first day of the one that a day is in.
    fn start(self, date: NaiveDate) -> NaiveDate {
        match self {
            Grain::Day => date,
            Grain::Week => week_start(date),
            Grain::Month => month_start(date),
        }
    }

    /// The first day after the one that begins on this day.
    pub(super) fn end(self, start: NaiveDate) -> NaiveDate {
        match self {
            Grain::Day => plus_days(start, 1),
            Grain::Week => plus_days(start, 7),
            Grain::Month => months_later(start, 1),
        }
    }
}

/// The places with pain in a time, and those that are only said in words.
pub(super) fn rows(analysis: &Analysis, span: Span, grain: Grain) -> (Vec<Row>, Vec<Row>) {
    let entries: Vec<&Entry> = entries(analysis, span).collect();
    let mut places: Vec<(Place, BTreeMap<NaiveDate, f64>)> =
        by_place(&entries).into_iter().collect();
    let urgent = urgent(analysis);
    places.sort_by_key(|(place, days)| (rank(&urgent, *place), Reverse(days.len()), *place));
    let others = places.split_off(places.len().min(MOST_ROWS));
    let rows = |places: Vec<(Place, BTreeMap<NaiveDate, f64>)>| {
        let rows = places.into_iter();
        rows.filter_map(|(place, days)| row(&entries, place, days, grain))
            .collect()
    };
    (rows(places), rows(others))
}

/// The rows of the log in a time.
fn entries(analysis: &Analysis, span: Span) -> impl Iterator<Item = &Entry> {
    let entries = analysis.pain.entries.iter();
    entries.filter(move |entry| span.contains(entry.date))
}

/// The highest rating of every day with pain, by place as written.
fn by_place(entries: &[&Entry]) -> BTreeMap<Place, BTreeMap<NaiveDate, f64>> {
    let mut places: BTreeMap<Place, BTreeMap<NaiveDate, f64>> = BTreeMap::new();
    for entry in entries {
        if let (Some(place), Some(pain)) = (entry.place(), entry.pain.filter(|pain| *pain > 0.0)) {
            raise(places.entry(place).or_default(), entry.date, pain);
        }
    }
    places
}

/// Keeps the highest of a day.
fn raise(days: &mut BTreeMap<NaiveDate, f64>, day: NaiveDate, pain: f64) {
    let highest = days.entry(day).or_insert(pain);
    *highest = highest.max(pain);
}

/// The places about which something is asked, the loudest first.
fn urgent(analysis: &Analysis) -> Vec<Place> {
    let rungs = ladder(&analysis.findings, analysis.history.as_of);
    rungs
        .iter()
        .filter(|rung| rung.severity() >= Severity::Watch)
        .filter_map(|rung| rung.place)
        .collect()
}

/// How early a place comes by urgency.
fn rank(urgent: &[Place], place: Place) -> usize {
    let at = urgent.iter().position(|other| places_meet(*other, place));
    at.unwrap_or(urgent.len())
}

/// `right shin`, `quad, both`: as short as the room beside a row asks for.
fn name((site, side): Place) -> String {
    site_text(site, side).replace(" on both sides", ", both")
}

/// A row. None without a day of pain, which no place of a log is.
fn row(
    entries: &[&Entry],
    place: Place,
    days: BTreeMap<NaiveDate, f64>,
    grain: Grain,
) -> Option<Row> {
    let (highest_on, highest) = days.iter().max_by(|a, b| a.1.total_cmp(b.1))?;
    let mut marks = BTreeMap::new();
    for (day, pain) in &days {
        raise(&mut marks, grain.start(*day), *pain);
    }
    Some(Row {
        name: name(place),
        days: days.len(),
        highest: *highest,
        highest_on: *highest_on,
        marks,
        clear: clear(entries, place, &days),
        days_of: days,
    })
}

/// The days on which the log says that a place did not hurt.
fn clear(entries: &[&Entry], place: Place, hurting: &BTreeMap<NaiveDate, f64>) -> Vec<Stretch> {
    let days = rated_at(entries, place).into_iter();
    stretches(days.filter(|day| !hurting.contains_key(day)))
}

/// The days with a rating that counts for a place.
fn rated_at(entries: &[&Entry], place: Place) -> BTreeSet<NaiveDate> {
    let mut rated: Vec<&Entry> = entries.to_vec();
    rated.retain(|entry| rating_at(entry, place).is_some());
    rated.into_iter().map(|entry| entry.date).collect()
}

/// Days in a row as stretches.
fn stretches(days: impl Iterator<Item = NaiveDate>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for day in days {
        match stretches.last_mut() {
            Some((_, end)) if *end == day => *end = plus_days(day, 1),
            _ => stretches.push((day, plus_days(day, 1))),
        }
    }
    stretches
}

/// What of a time was logged.
pub(super) fn logged(analysis: &Analysis, span: Span, grain: Grain) -> Logged {
    let days = rated_days(analysis, span);
    Logged {
        days: days.len(),
        shares: shares(&days, grain),
        stretches: stretches(days.into_iter()),
    }
}

/// The days with any rating.
fn rated_days(analysis: &Analysis, span: Span) -> BTreeSet<NaiveDate> {
    let rated = entries(analysis, span).filter(|entry| entry.pain.is_some());
    rated.map(|entry| entry.date).collect()
}

fn shares(days: &BTreeSet<NaiveDate>, grain: Grain) -> BTreeMap<NaiveDate, f64> {
    let mut shares = BTreeMap::new();
    if grain == Grain::Day {
        return shares;
    }
    for day in days {
        *shares.entry(grain.start(*day)).or_insert(0.0) += 1.0 / grain.days();
    }
    shares
}

/// Stretches without recordings that can be believed complete, up to the report's day.
pub(super) fn unrecorded(analysis: &Analysis, span: Span) -> Vec<Stretch> {
    let history = &analysis.history;
    let end = last_day(analysis, span);
    let is_missing = |day: &NaiveDate| !history.day(*day).is_some_and(|day| day.covered);
    let missing = stretches(dates(span.from, end).filter(is_missing));
    let is_long = |(from, to): &Stretch| days_between(*from, *to) >= GAP_DAYS;
    missing.into_iter().filter(is_long).collect()
}

/// Stretches without any rating, up to the report's day, that are at least as long as a mark.
pub(super) fn without_rating(analysis: &Analysis, span: Span, grain: Grain) -> Vec<Stretch> {
    let end = plus_days(last_day(analysis, span), 1);
    let mut stretches = unlogged(entries(analysis, span), span.from, end);
    stretches.retain(|(from, to)| days_between(*from, *to) as f64 >= grain.days());
    stretches
}

/// The last day of a time that is past.
pub(super) fn last_day(analysis: &Analysis, span: Span) -> NaiveDate {
    let history = &analysis.history;
    let last = history.period().map_or(history.as_of, |(_, last)| last);
    last.max(history.as_of).min(plus_days(span.to, -1))
}
