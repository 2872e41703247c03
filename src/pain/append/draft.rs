//! The cells of a new row: each in the column that the log has for it, in the words that the log uses; what has no column goes into the
//! note, which is told.

use super::{NewRow, Read, check::Expected, day, form::Form};
use crate::pain::{
    Function, Moment, Place, Side, Sign, Site,
    notes::read_note,
    plan::{columns::Column, parts::Above},
    site_text,
    words::{Vocabulary, fold},
};

/// A row as cells, and what is to be read back from it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub cells: Vec<String>,
    pub expected: Expected,
    /// What could not be written as it was said, a sentence each.
    pub told: Vec<String>,
}

impl Draft {
    /// The row for a log.
    ///
    /// # Errors
    /// A sentence or two: what the log has no column for, and what to do.
    pub(super) fn of(row: &NewRow, read: &Read, form: &Form) -> Result<Draft, String> {
        let mut drafting = Drafting::of(row, read, form);
        drafting.day();
        drafting.place_and_rating()?;
        drafting.function();
        drafting.signs()?;
        drafting.others()?;
        drafting.person();
        drafting.note()?;
        Ok(drafting.draft)
    }
}

/// A draft that is being made.
pub(super) struct Drafting<'a> {
    pub(super) row: &'a NewRow,
    pub(super) read: &'a Read<'a>,
    pub(super) form: &'a Form,
    pub(super) words: &'static Vocabulary,
    pub(super) draft: Draft,
    /// What goes into the note for want of a column.
    aside: Vec<String>,
}

impl<'a> Drafting<'a> {
    fn of(row: &'a NewRow, read: &'a Read<'a>, form: &'a Form) -> Self {
        let expected = Expected {
            date: row.date,
            moment: Moment::Day,
            any_moment: false,
            places: Vec::new(),
            pain: 0.0,
            signs: row.signs.clone(),
            function: None,
            others_clear: row.others_clear,
            note: None,
            on_its_scale: None,
        };
        Drafting {
            row,
            read,
            form,
            words: Vocabulary::shared(),
            draft: Draft {
                cells: vec![String::new(); form.width],
                expected,
                told: Vec::new(),
            },
            aside: Vec::new(),
        }
    }

    pub(super) fn set(&mut self, index: usize, text: impl Into<String>) {
        if let Some(cell) = self.draft.cells.get_mut(index) {
            *cell = text.into();
        }
    }

    pub(super) fn column(&self, column: Column) -> Option<usize> {
        self.read.plan.index(column)
    }

    /// The cells of a column, the last row first.
    pub(super) fn earlier(&self, index: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        self.read
            .rows
            .iter()
            .rev()
            .map(move |row| row.cell(index).trim())
    }

    /// The last cell of a column that means this, so that a log keeps its own words.
    pub(super) fn own_word(&self, index: usize, means: impl Fn(&str) -> bool) -> Option<&'a str> {
        self.earlier(index)
            .find(|cell| !cell.is_empty() && means(cell))
    }

    fn day(&mut self) {
        let (read, date) = (self.read, self.row.date);
        if read.plan.date_parts.is_some() {
            return self.day_in_parts();
        }
        let Some(index) = self.column(Column::Date) else {
            return;
        };
        let cells = self.earlier(index);
        let like = day::like(cells, &read.plan, read.reading.order, date);
        let has_days = self.earlier(index).any(|cell| !cell.is_empty());
        if like.is_none() && has_days {
            self.draft.told.push(format!(
                "The day is written as {date}: niggle cannot write days as this log does."
            ));
        }
        self.set(index, like.unwrap_or_else(|| date.to_string()));
    }

    /// The day in the columns for year, month and day.
    fn day_in_parts(&mut self) {
        let plan = &self.read.plan;
        let parts = (0..plan.names.len()).filter_map(|at| Some((at, plan.date_parts?.part(at)?)));
        let parts: Vec<(usize, &str)> = parts.collect();
        let has_year = parts.iter().any(|(_, part)| *part == "year");
        for (at, part) in parts {
            let last = self.own_word(at, |_| true).unwrap_or_default();
            let text = day::part_like(last, part, has_year, self.row.date);
            self.set(at, text);
        }
    }

    /// The moment in its column, else in the note.
    pub(super) fn moment(&mut self) {
        let Some(moment) = self.row.said.moment else {
            return;
        };
        let Some(index) = self.column(Column::Moment) else {
            return self.put_aside("the moment", moment.label().to_string());
        };
        let means = |cell: &str| self.words.moments.get_cell(cell) == Some(moment);
        let word = self.own_word(index, means).unwrap_or(moment.as_str());
        self.set(index, word);
        self.draft.expected.moment = moment;
    }

    /// The places in the columns for the place and the side, else in the note.
    pub(super) fn places(&mut self, places: &[Place], said: &str) {
        let Some(index) = self.column(Column::Site) else {
            self.draft.expected.places = vec![(Site::Unnamed, None)];
            return self.put_aside("the place", said.to_string());
        };
        self.draft.expected.places = places.to_vec();
        match (places, self.column(Column::Side)) {
            ([(site, Some(side))], Some(column)) if !matches!(site, Site::Other(_)) => {
                let side = self.side_text(column, *side);
                self.set(column, side);
                let site = self.site_text(index, (*site, None));
                self.set(index, site);
            }
            _ => {
                let text = self.own_place(index, places, said).unwrap_or(said);
                self.set(index, text);
            }
        }
    }

    /// The log's own words for places, unless they say more than what was said: "back of left knee" is no word for the left knee.
    fn own_place(&self, index: usize, places: &[Place], said: &str) -> Option<&'a str> {
        let count = |text: &str| text.split_whitespace().count();
        self.own_word(index, |cell| {
            let found = self.words.places(cell).into_iter();
            count(cell) <= count(said)
                && found
                    .map(|named| (named.site, named.side))
                    .eq(places.iter().copied())
        })
    }

    fn side_text(&self, column: usize, side: Side) -> &'a str {
        let letter = self.read.plan.left_letter.filter(|_| side == Side::Left);
        let is_letter = |cell: &str| letter.is_some_and(|letter| fold(cell) == letter);
        let means = |cell: &str| is_letter(cell) || self.words.sides.get(&fold(cell)) == Some(side);
        self.own_word(column, means).unwrap_or(side.as_str())
    }

    /// The log's own word for a place, else niggle's; one that says more than the place is no word for it.
    fn site_text(&self, index: usize, place: Place) -> &'a str {
        let means = |cell: &str| {
            let found = self.words.places(cell).into_iter();
            let is_word = cell.chars().all(char::is_alphabetic);
            is_word && found.map(|named| (named.site, named.side)).eq([place])
        };
        self.own_word(index, means).unwrap_or(place.0.as_str())
    }

    pub(super) fn nowhere(&mut self) {
        if let Some(index) = self.column(Column::Site) {
            let nowhere = self.site_text(index, (Site::None, None));
            self.set(index, nowhere);
        }
    }

    fn function(&mut self) {
        let Some(function) = self.row.function else {
            return;
        };
        match self.column(Column::Function) {
            Some(index) => {
                let means = |cell: &str| self.words.functions.get_cell(cell) == Some(function);
                let word = self.own_word(index, means).unwrap_or(function.as_str());
                self.set(index, word);
                self.draft.expected.function = Some(function);
            }
            None => self.put_aside(
                "what it did to running",
                function_in_a_note(function).to_string(),
            ),
        }
    }

    fn signs(&mut self) -> Result<(), String> {
        if self.row.signs.is_empty() {
            return Ok(());
        }
        let signs = self.row.signs.iter();
        if let Some(index) = self.column(Column::Signs) {
            let between = if self.read.plan.delimiter == b';' {
                ", "
            } else {
                ";"
            };
            let words: Vec<&str> = signs.map(|sign| sign.as_str()).collect();
            self.set(index, words.join(between));
            return Ok(());
        }
        let words: Vec<String> = signs
            .map(|sign| sign_in_a_note(*sign))
            .collect::<Result<_, _>>()?;
        self.put_aside("signs", words.join("; "));
        Ok(())
    }

    fn others(&mut self) -> Result<(), String> {
        match (self.row.others_clear, self.read.plan.others) {
            (false, _) => {}
            (true, Some(index)) => self.set(index, "0"),
            (true, None) => return Err(NO_OTHERS.to_string()),
        }
        Ok(())
    }

    /// Whose row it is, in a log of several people, and its number in a log that counts its rows.
    fn person(&mut self) {
        let plan = &self.read.plan;
        if let Some((index, name)) = &plan.athlete {
            let same = |cell: &str| cell.to_lowercase() == name.to_lowercase();
            let person = self.own_word(*index, same).unwrap_or(name);
            self.set(*index, person);
        }
        let is_numbered = plan.names.first().is_some_and(|name| name.trim() == "#");
        let last = self
            .earlier(0)
            .next()
            .and_then(|cell| cell.parse::<u64>().ok());
        if let Some(last) = last.filter(|_| is_numbered) {
            self.set(0, (last + 1).to_string());
        }
    }

    /// Keeps for the note what has no column, and says so.
    pub(super) fn put_aside(&mut self, what: &str, text: String) {
        if self.aside.contains(&text) {
            return;
        }
        self.draft.told.push(format!(
            "The log has no column for {what}: \"{text}\" stands in its notes."
        ));
        self.aside.push(text);
    }

    fn note(&mut self) -> Result<(), String> {
        let own = self
            .row
            .said
            .note
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let parts = self.aside.iter().map(String::as_str).chain([own.as_str()]);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let note = parts.join("; ");
        if note.is_empty() {
            return Ok(());
        }
        let Some(index) = self.column(Column::Notes) else {
            return Err(self.no_notes(&note, own.is_empty()));
        };
        if note.chars().count() > super::MAX_NOTE_CHARS {
            return Err(format!(
                "the note is longer than the {} letters that niggle keeps.",
                super::MAX_NOTE_CHARS
            ));
        }
        self.set(index, note.as_str());
        self.draft.expected.note = Some(note);
        Ok(())
    }

    /// What is said where a row says more than the log has columns for, with the header that would do.
    fn no_notes(&self, note: &str, is_of_columns_alone: bool) -> String {
        let is_moment = self.row.said.moment.map(Moment::label) == Some(note);
        let missing = match is_moment && is_of_columns_alone {
            true => Column::Moment.name(),
            false => Column::Notes.name(),
        };
        let mut names = self.read.plan.names.clone();
        names.push(missing.to_string());
        let header = self.form.line(&names).unwrap_or_default();
        format!(
            "the log has no column for \"{note}\" and none for notes. Make its header `{header}`, or leave that out."
        )
    }

    /// The place column's words, for messages.
    pub(super) fn names_of_places(&self) -> String {
        let ratings = self.read.plan.ratings.iter();
        let mut names: Vec<String> = ratings
            .filter_map(|column| column.place)
            .map(|(site, side)| site_text(site, side))
            .collect();
        names.dedup();
        names.join(", ")
    }

    /// The day of the last row, for the columns that a log repeats.
    pub(super) fn has_row_of_the_day(&self) -> bool {
        let (read, date) = (self.read, self.row.date);
        let mut above = Above::default();
        read.rows.iter().any(|row| {
            let cell = read.plan.day_cell(row, &mut above);
            let written = crate::pain::dates::take_apart(&read.plan.with_century(&cell));
            written.is_ok_and(|written| written.date(read.reading.order) == Some(date))
        })
    }
}

const NO_OTHERS: &str = "the log has no column that says that nothing else hurts: add a column \"others\", or leave --others out.";

/// What a note says, so that niggle reads it there as well.
fn function_in_a_note(function: Function) -> &'static str {
    match function {
        Function::None => "running was not affected",
        Function::ChangedForm => "was limping",
        Function::CutShort => "cut the run short",
        Function::Stopped => "had to stop the run",
        Function::MissedRun => "missed the run",
        Function::CannotBearWeight => "could not put weight on it",
    }
}

/// A sign in words that niggle finds in a note.
fn sign_in_a_note(sign: Sign) -> Result<String, String> {
    let ways = [sign.label().to_string(), sign.as_str().replace('_', " ")];
    let is_found = |way: &String| read_note(way).signs.contains(&sign);
    ways.into_iter().find(is_found).ok_or_else(|| {
        format!(
            "the log has no column for signs, and \"{}\" in its notes would not be found: add a column \"signs\".",
            sign.label()
        )
    })
}
