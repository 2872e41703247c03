//! The entries of a row: one for each place and each rated moment.

use super::{Keyed, Rated, Row};
use crate::pain::{Entry, Place, Set, Site, plan::RatingColumn};

impl Row<'_> {
    /// An entry for each place and rating. What belongs to the day stays with the first, which hurts most.
    pub(super) fn spread(&mut self, first: Entry, places: &[Place], rated: &[Rated]) -> Vec<Keyed> {
        let answer = self.any_pain();
        let mut entries = Vec::new();
        for (column, rating) in rated {
            let here = places_of(column, places).into_iter();
            entries.extend(here.map(|place| Entry {
                moment: column.moment.unwrap_or(first.moment),
                pain: Some(rating.value),
                approximate: rating.approximate,
                ..self.at(place, &first)
            }));
        }
        if entries.is_empty() {
            let pain = (answer == Some(false)).then_some(0.0);
            let here = listed(places).into_iter();
            entries.extend(here.map(|place| Entry {
                pain,
                ..self.at(place, &first)
            }));
        }
        let hurts_unrated = (answer == Some(true) || self.hurts) && rated.is_empty();
        let entries = self.hurting_most_first(entries);
        self.keyed(entries, hurts_unrated)
    }

    /// The entry at a place. The side column counts where none is named.
    fn at(&self, place: Option<Place>, first: &Entry) -> Entry {
        Entry {
            site: place.map(|(site, _)| site),
            side: place.map_or(self.side, |(_, side)| side),
            ..first.clone()
        }
    }

    /// The note speaks of what hurts: with several places in one row that entry goes before.
    fn hurting_most_first(&self, mut entries: Vec<Entry>) -> Vec<Entry> {
        let plan = self.reader.plan;
        let names_place = plan.ratings.iter().any(|column| column.place.is_some());
        if plan.places_in.is_empty() && !names_place {
            return entries;
        }
        entries.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
        without_zeros_of_a_clear_row(entries, plan.others.is_some())
    }

    fn keyed(&mut self, entries: Vec<Entry>, hurts_unrated: bool) -> Vec<Keyed> {
        let mut keyed = Vec::with_capacity(entries.len());
        for (at, mut entry) in entries.into_iter().enumerate() {
            let names_no_site = entry.site.is_none();
            if at > 0 {
                forget_what_belongs_to_the_day(&mut entry);
            }
            self.settle_site(&mut entry);
            keyed.push(Keyed {
                entry,
                names_no_site,
                hurts_unrated,
            });
        }
        keyed
    }
}

/// What is not rated stands behind what is rated 0.
fn rank(entry: &Entry) -> f64 {
    entry.pain.unwrap_or(-1.0)
}

fn places_of(column: &RatingColumn, places: &[Place]) -> Vec<Option<Place>> {
    match column.place {
        Some(place) => vec![Some(place)],
        None if column.general => vec![None],
        None => listed(places),
    }
}

/// The places of a row, one without a name when the row names none.
pub(super) fn listed(places: &[Place]) -> Vec<Option<Place>> {
    match places.is_empty() {
        true => vec![None],
        false => places.iter().copied().map(Some).collect(),
    }
}

/// Of a row with a column for each place: where every place is 0 it is "all clear" if the row says so of all others as well.
fn without_zeros_of_a_clear_row(entries: Vec<Entry>, has_others: bool) -> Vec<Entry> {
    let is_clear = |entry: &Entry| entry.pain == Some(0.0) && entry.others_clear;
    let all_clear = has_others && entries.iter().all(is_clear);
    match entries.first() {
        Some(first) if all_clear => vec![Entry {
            site: Some(Site::None),
            side: None,
            ..first.clone()
        }],
        _ => entries,
    }
}

/// What must not count again for the second entry of a row: the night, the week's answers and the note.
fn forget_what_belongs_to_the_day(entry: &mut Entry) {
    entry.beside = entry
        .beside
        .take()
        .and_then(|beside| beside.of_every_entry().kept());
    entry.signs_in_note = Set::default();
    entry.both_legs_in_note = false;
    entry.function_in_note = None;
    entry.sudden_in_note = false;
    entry.everyday_in_note = Set::default();
}
