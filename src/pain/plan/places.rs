//! Where a log says where, beside its column for the place: in the ratings' own cells, by lone letters of a side, by letters of
//! a column's name.

use super::{
    RatingColumn,
    columns::Column,
    decide::Desk,
    names::{Meaning, Own},
    short::open_letter,
};
use crate::pain::{
    Site,
    words::{LEFT_LETTERS, fold},
};

impl Desk<'_> {
    /// The columns of ratings whose cells name places, where nothing else of the log says where.
    pub(super) fn places_in(
        &mut self,
        ratings: &[RatingColumn],
        columns: &[(Column, usize)],
    ) -> Vec<usize> {
        let names_site = columns.iter().any(|(column, _)| *column == Column::Site);
        let names_place = ratings.iter().any(|rating| rating.place.is_some());
        let is_said = names_site || names_place || !self.ticks.is_empty();
        if is_said || !self.hold_places(ratings) {
            return Vec::new();
        }
        let indices = ratings.iter().map(|rating| rating.index);
        self.understood.push(format!(
            "The cells of {} say where as well: each place has the rating beside it.",
            self.names(indices.clone()).join(", ")
        ));
        indices.collect()
    }

    /// Whether cells of ratings name places. One cell alone may speak of anything.
    fn hold_places(&self, ratings: &[RatingColumn]) -> bool {
        let cells = ratings.iter().map(|rating| self.cells_of(rating.index));
        let places: usize = cells.clone().map(|cells| cells.places).sum();
        let tried: usize = cells.map(|cells| cells.tried).sum();
        places > 1 || places == 1 && places >= tried
    }

    /// `Pain` beside `Score`, `What hurts` beside `How much`: a column about pain whose cells are places is the site where another
    /// one holds the ratings.
    pub(super) fn site_among_ratings(&mut self) {
        let candidates = self
            .all_of(|meaning| matches!(meaning, Meaning::Rating(rating) if rating.place.is_none()));
        let has_values = |index: &usize| self.cells_of(*index).numbers > 0;
        if self.has_site() || !candidates.iter().any(has_values) {
            return;
        }
        let mut free = candidates.iter().filter(|index| !self.is_named(**index));
        let Some(index) = free.find(|index| self.holds_places(**index)).copied() else {
            return;
        };
        if let Some(name) = self.header.names.get_mut(index) {
            name.meaning = Meaning::Is(Column::Site, Own::Synonym);
            self.tell_of_site(index);
        }
    }

    fn holds_places(&self, index: usize) -> bool {
        let cells = self.cells_of(index);
        cells.lists == 0
            && cells.numbers == 0
            && cells.words == cells.zeros
            && cells.places > 1
            && cells.are_mostly_places()
    }

    /// The letter for left in a side column of lone letters.
    pub(super) fn left_letter(&mut self, columns: &[(Column, usize)]) -> Option<&'static str> {
        let (_, index) = columns.iter().find(|(column, _)| *column == Column::Side)?;
        let letters: Vec<String> = self
            .cells_of(*index)
            .distinct
            .keys()
            .map(|cell| fold(cell))
            .collect();
        let is_left = |(left, places, names): &&(&str, &str, &str)| {
            is_letter_for_left(left, &letters) && (self.speaks(places) || self.speaks(names))
        };
        let (left, ..) = LEFT_LETTERS.iter().find(is_left)?;
        self.understood.push(format!(
            "In {}, {} is left and D is right.",
            self.name(*index),
            left.to_uppercase()
        ));
        Some(left)
    }

    /// Whether a name of a column, or a cell of the site column, has one of the words.
    fn speaks(&self, words: &str) -> bool {
        let is_one = |word: &str| words.split('|').any(|other| other == word);
        let has = |text: &str| text.split(' ').any(is_one);
        self.header.names.iter().any(|name| has(&name.folded))
            || self.site_words.iter().any(|word| has(word))
    }

    /// A column by a letter that two parts of the body begin with is told: niggle does not choose.
    pub(super) fn tell_of_open_letters(&mut self, ratings: &[RatingColumn]) {
        let open = |column: &RatingColumn| {
            let sites = open_letter(column.place?.0)?;
            Some((self.name(column.index), sites))
        };
        let found: Vec<_> = ratings.iter().filter_map(open).collect();
        if let Some((name, [first, _])) = found.first() {
            let each: Vec<String> = found.iter().map(either_place).collect();
            self.remarks.push(format!(
                "Columns whose letter two parts of the body begin with: {}. Each counts as a place of its own; write the whole word, such as {first} in place of {name}.",
                each.join(", "),
                first = first.label()
            ));
        }
    }
}

fn either_place((name, [first, second]): &(String, &[Site; 2])) -> String {
    format!("{name} ({} or {})", first.label(), second.label())
}

/// Whether a letter stands in a column and all other letters there can stand beside it.
fn is_letter_for_left(left: &str, letters: &[String]) -> bool {
    let mut lone = letters.iter().filter(|text| text.chars().count() <= 1);
    letters.iter().any(|letter| letter == left)
        && lone.all(|letter| letter == left || "dabc2".contains(letter.as_str()))
}
