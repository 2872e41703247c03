//! Where a log says where, beside its column for the place: in the ratings' own cells, by lone letters of a side, by letters of
//! a column's name.

use super::{
    RatingColumn,
    columns::Column,
    decide::Desk,
    names::{Meaning, Own},
    short::open_letter,
    survey::Cells,
};
use crate::pain::words::{LEFT_LETTERS, fold};

impl Desk<'_> {
    /// The columns of ratings whose cells name places, where nothing else of the log says where.
    pub(super) fn places_in(
        &mut self,
        ratings: &[RatingColumn],
        columns: &[(Column, usize)],
    ) -> Vec<usize> {
        let has_site = columns.iter().any(|(column, _)| *column == Column::Site);
        if has_site || !self.ticks.is_empty() || ratings.iter().any(|rating| rating.place.is_some())
        {
            return Vec::new();
        }
        let sum = |count: fn(&Cells) -> usize| {
            ratings
                .iter()
                .map(|rating| count(self.cells_of(rating.index)))
                .sum::<usize>()
        };
        let (places, tried) = (sum(|cells| cells.places), sum(|cells| cells.tried));
        // One cell alone may speak of anything.
        if places < 2 && (places == 0 || places < tried) {
            return Vec::new();
        }
        let names: Vec<String> = ratings
            .iter()
            .map(|rating| self.name(rating.index))
            .collect();
        let names = names.join(", ");
        self.understood.push(format!(
            "The cells of {names} say where as well: each place has the rating beside it."
        ));
        ratings.iter().map(|rating| rating.index).collect()
    }

    /// `Pain` beside `Score`, `What hurts` beside `How much`: a column about pain whose cells are places is the site where another
    /// one holds the ratings.
    pub(super) fn site_among_ratings(&mut self) {
        let has_site = self
            .first_of(|meaning| matches!(meaning, Meaning::Is(Column::Site, _)))
            .is_some();
        let open = |meaning| matches!(meaning, Meaning::Rating(rating) if rating.place.is_none());
        let holds_places = |index: &usize| {
            let cells = self.cells_of(*index);
            cells.lists == 0
                && cells.numbers == 0
                && cells.words == cells.zeros
                && cells.places > 1
                && cells.places * 5 >= cells.tried * 3
        };
        let candidates = self.all_of(open);
        let has_values = |index: &usize| self.cells_of(*index).numbers > 0;
        let is_free = |index: &usize| !self.is_named(*index);
        let found = candidates
            .iter()
            .copied()
            .find(|index| is_free(index) && holds_places(index));
        let Some(index) = found.filter(|_| !has_site && candidates.iter().any(has_values)) else {
            return;
        };
        if let Some(name) = self.header.names.get_mut(index) {
            name.meaning = Meaning::Is(Column::Site, Own::Synonym);
            let name = self.name(index);
            self.understood.push(format!(
                "Column {name} holds places, so it was taken for the site."
            ));
        }
    }

    /// The letter for left in a side column of lone letters.
    pub(super) fn left_letter(&mut self, columns: &[(Column, usize)]) -> Option<&'static str> {
        let index = columns
            .iter()
            .find(|(column, _)| *column == Column::Side)
            .map(|(_, index)| *index)?;
        let letters: Vec<String> = self
            .cells_of(index)
            .distinct
            .keys()
            .map(|cell| fold(cell))
            .collect();
        let is_one = |letter: &String| letter.chars().count() <= 1;
        let others = |left: &str| {
            letters
                .iter()
                .filter(|l| is_one(l))
                .all(|l| l == left || "dabc2".contains(l.as_str()))
        };
        let is_left = |(left, places, names): &&(&str, &str, &str)| {
            letters.iter().any(|letter| letter == left)
                && others(left)
                && (self.speaks(places) || self.speaks(names))
        };
        let (left, ..) = LEFT_LETTERS.iter().find(is_left)?;
        let upper = left.to_uppercase();
        self.understood.push(format!(
            "In {}, {upper} is left and D is right.",
            self.name(index)
        ));
        Some(left)
    }

    /// Whether a name of a column, or a cell of the site column, has one of the words.
    fn speaks(&self, words: &str) -> bool {
        let has = |text: &str| {
            text.split(' ')
                .any(|word| words.split('|').any(|other| other == word))
        };
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
        let each = found.iter().map(|(name, [first, second])| {
            format!("{name} ({} or {})", first.label(), second.label())
        });
        let each: Vec<String> = each.collect();
        if let Some((name, [first, _])) = found.first() {
            self.remarks.push(format!(
                "Columns whose letter two parts of the body begin with: {}. Each counts as a place of its own; write the whole word, such as {first} in place of {name}.",
                each.join(", "),
                first = first.label()
            ));
        }
    }
}
