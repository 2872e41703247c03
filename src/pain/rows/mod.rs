//! One row to its entries: one for each place and each rated moment.

mod cells;
mod date;
mod sites;
mod spread;
mod whole;

use super::{
    Beside, DateOrder, Entry, Moment, Options, Place, Set, Side, Sign,
    cells::{OstrcCoding, Placed, Rating, number, placed, rating},
    notes::{Note, read_note},
    plan::{Plan, RatingColumn, columns::Column},
    problems::Problems,
    records::Record,
    template::is_example,
    words::{Vocabulary, fold},
};
use crate::problem::Code;
use chrono::{NaiveDate, NaiveTime, Timelike};
use sites::with_chest;
use spread::listed;
use std::{borrow::Cow, mem::take};

/// Longest note kept, characters.
pub const MAX_NOTE_CHARS: usize = 2_000;
/// Longest shoe name kept, characters.
const MAX_NAME_CHARS: usize = 100;
/// Without a word for the moment, what was written before this hour is of the morning …
const MORNING_ENDS_H: u32 = 10;
/// … and from this hour on of the evening.
const EVENING_BEGINS_H: u32 = 18;

/// An entry, and whether its row left the site blank.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Keyed {
    pub entry: Entry,
    /// The site is blank.
    pub names_no_site: bool,
    /// The row says that it hurt and not how much.
    pub hurts_unrated: bool,
}

/// Why a row cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowFault {
    /// [`Code::PainRowUnusable`] or [`Code::PainDateFuture`].
    pub code: Code,
    /// What the cell is.
    pub what: String,
    /// The cell.
    pub value: String,
    /// What was found.
    pub found: String,
}

/// How a log's rows are read, beside its plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// Nothing tells the order: dates that can be read two ways are not used.
    pub order_is_open: bool,
    /// The order of slashed dates.
    pub order: DateOrder,
    /// A time stands beside the days of the log and tells its rows apart.
    pub has_times: bool,
    /// How the four questions are coded; None when that cannot be told, and numbers are left out.
    pub coding: Option<OstrcCoding>,
}

/// Reads rows of one log.
#[derive(Debug)]
pub(super) struct RowReader<'a> {
    plan: &'a Plan,
    words: &'a Vocabulary,
    reading: Reading,
    options: &'a Options,
    /// Field of each [`Column`], by its place in the enum.
    fields: [Option<usize>; Column::Notes as usize + 1],
}

impl<'a> RowReader<'a> {
    /// For a log with this plan.
    pub(super) fn new(
        plan: &'a Plan,
        words: &'a Vocabulary,
        reading: Reading,
        options: &'a Options,
    ) -> Self {
        let mut fields = [None; Column::Notes as usize + 1];
        for (column, index) in &plan.columns {
            if let Some(field) = fields.get_mut(*column as usize) {
                *field = Some(*index);
            }
        }
        RowReader {
            plan,
            words,
            reading,
            options,
            fields,
        }
    }

    /// The row's entries, at least one. Cells that cannot be used become problems and count as blank. `date_cell` is the
    /// row's own day, of several columns as one text; `day` is the day of the row
    /// above, for rows below a merged cell; None where a row must have its own.
    pub(super) fn entries(
        &self,
        record: &Record,
        date_cell: &str,
        day: Option<NaiveDate>,
        problems: &mut Problems,
    ) -> Result<Vec<Keyed>, RowFault> {
        let record = self.with_whole_note(record)?;
        let is_joined = matches!(record, Cow::Owned(_));
        let record = &*record;
        let (date, time_in_date) = match (date_cell.trim(), day) {
            ("", Some(day)) => (day, None),
            (cell, _) => self.date(cell)?,
        };
        let mut row = Row::of(self, record, problems);
        let rated = row.ratings()?;
        if is_joined {
            row.tell_of_joined_note();
        }
        let places = row.places();
        let first = row.entry(date, time_in_date, &places);
        Ok(row.spread(first, &places, &rated))
    }

    /// Whether the row counts in a log of several people.
    pub(super) fn is_of_the_athlete(&self, record: &Record) -> bool {
        match &self.plan.athlete {
            None => true,
            Some((index, name)) => record.cell(*index).trim().to_lowercase() == name.to_lowercase(),
        }
    }

    /// Whether the row is an example of the template's.
    pub(super) fn is_example(&self, record: &Record) -> bool {
        let ratings = self.plan.ratings.iter();
        let ratings = ratings.map(|column| record.cell(column.index));
        is_example(|column| self.cell(record, column), ratings)
    }

    fn cell<'r>(&self, record: &'r Record, column: Column) -> &'r str {
        let index = self.fields.get(column as usize).copied().flatten();
        index.map_or("", |index| record.cell(index))
    }
}

/// Signs that any cell of a row mentions, for rows that cannot be used: a sign must not vanish with its row.
pub(super) fn signs_mentioned(record: &Record) -> Set<Sign> {
    let fields = record.fields.iter();
    fields.flat_map(|field| note_in(field).signs).collect()
}

fn note_in(cell: &str) -> Note {
    read_note(first_chars(cell, MAX_NOTE_CHARS))
}

/// At most so many characters from the front.
pub(super) fn first_chars(text: &str, max_chars: usize) -> &str {
    let end = text
        .char_indices()
        .nth(max_chars)
        .map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default()
}

/// `swelling, fever`, for sentences.
pub(super) fn signs_text(signs: Set<Sign>) -> String {
    signs
        .into_iter()
        .map(|sign| sign.label())
        .collect::<Vec<_>>()
        .join(", ")
}

fn unusable(what: &str, value: &str, found: impl Into<String>) -> RowFault {
    let (what, value) = (what.to_string(), value.to_string());
    RowFault {
        code: Code::PainRowUnusable,
        what,
        value,
        found: found.into(),
    }
}

/// A rating and what its column is about.
type Rated = (RatingColumn, Rating);

/// One usable row and where its cells' problems go.
struct Row<'r> {
    reader: &'r RowReader<'r>,
    record: &'r Record<'r>,
    problems: &'r mut Problems,
    /// What text cells without a meaning say.
    note: Note,
    /// The side column's side.
    side: Option<Side>,
    /// A cell for the rating says yes.
    hurts: bool,
}

impl<'r> Row<'r> {
    fn of(reader: &'r RowReader<'r>, record: &'r Record<'r>, problems: &'r mut Problems) -> Self {
        Row {
            reader,
            record,
            problems,
            note: Note::default(),
            side: None,
            hurts: false,
        }
    }

    /// The row's ratings, blanks left out.
    fn ratings(&mut self) -> Result<Vec<Rated>, RowFault> {
        let mut ratings = Vec::new();
        for column in &self.reader.plan.ratings {
            self.rate(*column, &mut ratings)?;
        }
        drop_outdone(&mut ratings);
        Ok(ratings)
    }

    fn rate(&mut self, column: RatingColumn, ratings: &mut Vec<Rated>) -> Result<(), RowFault> {
        let cell = self.record.cell(column.index);
        match self.with_places(column, cell) {
            Some(placed) => ratings.extend(self.placed(column, cell, placed)),
            None => {
                let rating = self.rating(column, cell)?;
                ratings.extend(rating.map(|rating| (column, rating)));
            }
        }
        Ok(())
    }

    /// What a cell says that may say where as well.
    fn with_places(&self, column: RatingColumn, cell: &str) -> Option<Vec<Placed>> {
        match self.reader.plan.places_in.contains(&column.index) {
            true => placed(cell, self.reader.words, column.scale),
            false => None,
        }
    }

    /// A cell that is no rating makes the row unusable where it is the only one.
    fn rating(&mut self, column: RatingColumn, cell: &str) -> Result<Option<Rating>, RowFault> {
        match rating(cell, self.reader.words, column.scale) {
            Ok(rating) => return Ok(rating),
            // "Yes" among numbers: it hurt, and nobody knows how much.
            Err(_) if says_yes(cell, self.reader.words) => self.hurts = true,
            Err(found) if self.says_nothing_else() => {
                return Err(unusable("the pain", cell, found));
            }
            Err(found) => self.bad_text("the pain", cell, found, LEFT_BLANK),
        }
        Ok(None)
    }

    /// A sign must not vanish with a slip of the pen in the rating.
    fn says_nothing_else(&self) -> bool {
        self.reader.plan.ratings.len() == 1 && signs_mentioned(self.record).is_empty()
    }

    /// The ratings of a cell that says where as well.
    fn placed(&mut self, column: RatingColumn, cell: &str, placed: Vec<Placed>) -> Vec<Rated> {
        if placed.iter().any(|placed| placed.rating.is_none()) {
            let found = "names a place without a rating";
            let done = "That place stays unrated; write a number beside each.";
            self.bad_text("the pain", cell, found, done);
        }
        let mut ratings = Vec::new();
        for Placed { places, rating } in placed {
            let Some(rating) = rating else { continue };
            let here = listed(&places).into_iter();
            ratings.extend(here.map(|place| (RatingColumn { place, ..column }, rating)));
        }
        ratings
    }

    /// Everything but the rating, place and moment of each entry.
    fn entry(
        &mut self,
        date: NaiveDate,
        time_in_date: Option<NaiveTime>,
        places: &[Place],
    ) -> Entry {
        let words = self.reader.words;
        let (time, moment_in_time) = self.time();
        // A form stamps every row with the time it was sent, which is none of the pain unless the log's times differ.
        let time = time.or(time_in_date.filter(|_| self.reader.reading.has_times));
        let moment = self.one(Column::Moment, &words.moments).or(moment_in_time);
        let moment = moment.or_else(|| moment_of(time?));
        let notes = self.text(Column::Notes, MAX_NOTE_CHARS);
        let signs = self.signs(places);
        let mut entry = Entry {
            line: self.record.line,
            moment: moment.unwrap_or(Moment::Day),
            time,
            types: self.list(Column::Type, &words.types).into_iter().collect(),
            spread: self.one(Column::Spread, &words.spreads),
            onset: self.one(Column::Onset, &words.onsets),
            movement: self.one(Column::Movement, &words.movements),
            function: self.function(),
            signs,
            beside: self.beside(notes),
            painkiller: self.painkiller(),
            others_clear: self.clears_others(),
            ..Entry::on(date)
        };
        self.read_texts(&mut entry);
        entry
    }

    /// The signs of the column for them, and the chest among the places that hurt.
    fn signs(&mut self, places: &[Place]) -> Set<Sign> {
        let signs = self.list(Column::Signs, &self.reader.words.signs);
        let signs = signs.into_iter().collect();
        match self.is_painless() {
            true => signs,
            false => with_chest(signs, places),
        }
    }

    fn is_painless(&self) -> bool {
        let mut ratings = self.reader.plan.ratings.iter();
        ratings.all(|column| self.record.cell(column.index).trim() == "0")
    }

    fn clears_others(&self) -> bool {
        let others = self.reader.plan.others;
        others.is_some_and(|index| number(self.record.cell(index)) == Some(0.0))
    }

    fn beside(&mut self, notes: Option<String>) -> Option<Box<Beside>> {
        let questions = [
            Column::Ostrc1,
            Column::Ostrc2,
            Column::Ostrc3,
            Column::Ostrc4,
        ];
        let beside = Beside {
            ostrc: questions.map(|column| self.ostrc(column)),
            sleep_h: self.sleep(),
            sleep_quality: self.sleep_quality(),
            rpe: self.rpe(),
            shoe: self
                .text(Column::Shoe, MAX_NAME_CHARS)
                .map(|shoe| shoe.trim().into()),
            notes: notes.map(String::into_boxed_str),
            comment_on: None,
        };
        beside.kept()
    }

    /// What the note and every text without a meaning of its own say.
    fn read_texts(&mut self, entry: &mut Entry) {
        if let Some(note) = entry.notes() {
            add_note(&mut self.note, read_note(note));
        }
        for index in &self.reader.plan.searched {
            let cell = self.record.cell(*index);
            if cell.bytes().any(is_of_a_word) {
                add_note(&mut self.note, note_in(cell));
            }
        }
        keep_note(entry, take(&mut self.note));
    }

    fn cell(&self, column: Column) -> &'r str {
        self.reader.cell(self.record, column)
    }
}

fn is_of_a_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii()
}

pub(super) fn keep_note(entry: &mut Entry, note: Note) {
    entry.signs_in_note = note.signs;
    entry.signs_in_note.remove_all(entry.signs);
    entry.both_legs_in_note = note.both_legs;
    entry.function_in_note = note.function;
    entry.sudden_in_note = note.sudden;
    entry.everyday_in_note = note.everyday;
    entry.painkiller = entry.painkiller.or(note.painkiller.then_some(true));
}

/// "Pain all over" beside places counts where no place hurts as much.
fn drop_outdone(ratings: &mut Vec<Rated>) {
    let of_places = ratings.iter().filter(|(column, _)| !column.general);
    let highest = of_places
        .map(|(_, rating)| rating.value)
        .fold(f64::NEG_INFINITY, f64::max);
    ratings.retain(|(column, rating)| !column.general || rating.value > highest);
}

/// Whether a cell says yes in a word: `-1` is none.
fn says_yes(cell: &str, words: &Vocabulary) -> bool {
    cell.chars().any(char::is_alphabetic) && words.yes_no.get(&fold(cell)) == Some(true)
}

/// The moment of a time of day, where it is early or late.
fn moment_of(time: NaiveTime) -> Option<Moment> {
    match time.hour() {
        hour if hour < MORNING_ENDS_H => Some(Moment::Morning),
        hour if hour >= EVENING_BEGINS_H => Some(Moment::Evening),
        _ => None,
    }
}

/// Two texts of one row as one.
fn add_note(note: &mut Note, more: Note) {
    note.signs.extend(more.signs);
    note.both_legs |= more.both_legs;
    note.function = note.function.max(more.function);
    note.sudden |= more.sudden;
    note.painkiller |= more.painkiller;
    note.everyday.extend(more.everyday);
}

const LEFT_BLANK: &str = "The cell counts as blank; the rest of the row is used.";
