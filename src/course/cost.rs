//! Spells of pain that cost runs: cut short, stopped or missed.

use crate::{
    pain::{
        Entry, Function, Place,
        episodes::{Episode, JOIN_DAYS, episodes},
    },
    time::days_between,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A run cut short on one day is a run cut short; on so many days, or a run missed, running was less.
const DAYS_CUT: usize = 2;

/// A spell at one place that cost runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Where.
    pub place: Place,
    /// The first day of the spell with pain; of a place that was never rated the first day that cost a run.
    pub from: NaiveDate,
    /// The last day that cost a run.
    pub to: NaiveDate,
    /// Days that cost a run.
    pub days: usize,
}

/// Of each place the last spell that cost runs on [`DAYS_CUT`] days or more, or made a run be missed. `entries` are in order of date.
pub(super) fn costs(entries: &[Entry]) -> Vec<Cost> {
    let mut by_place: BTreeMap<Place, Vec<&Entry>> = BTreeMap::new();
    for row in entries.iter().filter(|row| is_cost(row)) {
        if let Some(place) = row.place() {
            by_place.entry(place).or_default().push(row);
        }
    }
    if by_place.is_empty() {
        return Vec::new();
    }
    let spells = episodes(entries);
    let places = by_place.into_iter();
    let costs = places.filter_map(|(place, rows)| cost(place, &rows, &spells));
    costs.collect()
}

/// Every day on which pain anywhere cost a run.
pub(super) fn days_of_cost(entries: &[Entry]) -> BTreeSet<NaiveDate> {
    let rows = entries.iter().filter(|row| is_cost(row));
    rows.map(|row| row.date).collect()
}

fn is_cost(row: &Entry) -> bool {
    row.effect()
        .is_some_and(|effect| effect >= Function::CutShort)
}

fn cost(place: Place, rows: &[&Entry], spells: &[Episode]) -> Option<Cost> {
    let to = rows.last()?.date;
    let from = began(place, rows, spells, to);
    let of_spell = rows.iter().filter(|row| row.date >= from);
    let is_missed = |row: &&&Entry| row.effect() >= Some(Function::MissedRun);
    let days: BTreeSet<NaiveDate> = of_spell.clone().map(|row| row.date).collect();
    let is_much = days.len() >= DAYS_CUT || of_spell.clone().any(|row| is_missed(&row));
    is_much.then_some(Cost {
        place,
        from,
        to,
        days: days.len(),
    })
}

/// The first day of the spell in which that day lies, or right after which; else of the rows without a longer break.
fn began(place: Place, rows: &[&Entry], spells: &[Episode], day: NaiveDate) -> NaiveDate {
    let is_own = |spell: &&Episode| (spell.site, spell.side) == place && spell.from <= day;
    let last = spells.iter().rev().find(is_own);
    let last = last.filter(|spell| days_between(spell.to, day) <= JOIN_DAYS);
    let days = rows.iter().rev().map(|row| row.date);
    let joined = |from: NaiveDate, day: NaiveDate| match days_between(day, from) <= JOIN_DAYS {
        true => day,
        false => from,
    };
    last.map(|spell| spell.from)
        .unwrap_or_else(|| days.reduce(joined).unwrap_or(day))
}
