//! The rows of the log about one place, each with what was run that day; and the days that were logged as free of pain.

use super::spells::{self, Current, Spell};
use crate::{
    model::History,
    pain::{
        Entry, PainLog, Place,
        episodes::{Episode, episodes},
        is_about, rating_at,
    },
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One row of the log about the place.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// All that the row says: day, moment, rating, feel, spread, effect on running, signs, painkiller and the runner's own words.
    pub entry: Entry,
    /// The rating it gives the place, 0–10. None: not rated, which is not zero.
    pub rating: Option<f64>,
    /// Metres run on that day. None: no run was recorded, or none with a distance.
    pub run_m: Option<f64>,
}

/// A rating and the day of it.
type Rated = Option<(f64, NaiveDate)>;

/// All that the log says of a place up to the day of the report.
pub(super) struct Told<'a> {
    history: &'a History,
    /// Rows up to the day of the report.
    entries: &'a [Entry],
    place: Place,
    /// Every spell of the place, by its first day.
    spells: Vec<Episode>,
}

impl<'a> Told<'a> {
    pub(super) fn of(history: &'a History, pain: &'a PainLog, place: Place) -> Self {
        let until = |entry: &Entry| entry.date <= history.as_of;
        let entries = &pain.entries[..pain.entries.partition_point(until)];
        let mut spells = episodes(entries);
        spells.retain(|spell| (spell.site, spell.side) == place);
        Told {
            history,
            entries,
            place,
            spells,
        }
    }

    /// The spell that it is in, or was in last. None where no row is about the place.
    pub(super) fn spell(&self) -> Option<Current> {
        let days = self.about().map(|entry| entry.date);
        spells::current(&self.spells, days)
    }

    /// The spells before that day, the newest first.
    pub(super) fn earlier(&self, since: NaiveDate) -> Vec<Spell> {
        spells::earlier(&self.spells, since)
    }

    /// The rows about the place from that day on, and the days that other rows rate 0 for it.
    pub(super) fn since(&self, from: NaiveDate) -> (Vec<Row>, Vec<NaiveDate>) {
        let rows = self.rows_since(from);
        let clear = self.clear_days(from, &rows);
        (rows, clear)
    }

    fn rows_since(&self, from: NaiveDate) -> Vec<Row> {
        let since = self.about().filter(|entry| entry.date >= from);
        since.map(|entry| self.row(entry)).collect()
    }

    /// Days with a zero for the place and no row about it. Under a painkiller a zero is unknown.
    fn clear_days(&self, from: NaiveDate, rows: &[Row]) -> Vec<NaiveDate> {
        let is_known = |entry: &&Entry| entry.date >= from && entry.painkiller != Some(true);
        let clear = self.entries.iter().filter(is_known);
        let clear = clear.filter(|entry| rating_at(entry, self.place) == Some(0.0));
        let is_named = |day: &NaiveDate| rows.iter().any(|row| row.entry.date == *day);
        let mut days: Vec<NaiveDate> = clear.map(|entry| entry.date).collect();
        days.dedup();
        days.retain(|day| !is_named(day));
        days
    }

    /// Rows that name the place, or its site where they rate it.
    fn about(&self) -> impl DoubleEndedIterator<Item = &'a Entry> {
        let place = self.place;
        let names_site =
            move |entry: &Entry| entry.place().is_some_and(|(site, _)| site == place.0);
        let is_here = move |entry: &&Entry| {
            is_about(entry, place) || names_site(entry) && rating_at(entry, place).is_some()
        };
        self.entries.iter().filter(is_here)
    }

    fn row(&self, entry: &Entry) -> Row {
        Row {
            entry: entry.clone(),
            rating: rating_at(entry, self.place),
            run_m: self.run_m(entry.date),
        }
    }

    fn run_m(&self, date: NaiveDate) -> Option<f64> {
        let day = self.history.day(date).filter(|day| day.runs > 0);
        day.and_then(|day| day.distance_m)
    }
}

/// The highest rating above 0 with its last day, and the highest of the last rated day.
pub(super) fn extremes(rows: &[Row], clear_days: &[NaiveDate]) -> (Rated, Rated) {
    let clear = clear_days.iter().map(|day| (*day, 0.0));
    let mut days: BTreeMap<NaiveDate, f64> = clear.collect();
    for (day, rating) in rows.iter().filter_map(known) {
        let highest = days.entry(day).or_insert(rating);
        *highest = highest.max(rating);
    }
    let rated = days.iter().map(|(day, rating)| (*rating, *day));
    let highest = rated.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let latest = days.last_key_value();
    (
        highest.filter(|(rating, _)| *rating > 0.0),
        latest.map(|(day, rating)| (*rating, *day)),
    )
}

/// A painkiller may hide what is there: a zero under one is unknown.
fn known(row: &Row) -> Option<(NaiveDate, f64)> {
    let is_masked = row.rating == Some(0.0) && row.entry.painkiller == Some(true);
    Some((row.entry.date, row.rating.filter(|_| !is_masked)?))
}
