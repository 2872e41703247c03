//! One row to its entries: one for each place and each rated moment.

use super::{
    Beside, DateOrder, Entry, Moment, Options, Place, Set, Side, Sign, Site,
    cells::{self, OstrcCoding, Placed, Rating},
    dates::{take_apart, time_of_day},
    notes::{Note, read_note},
    plan::{Plan, RatingColumn, columns::Column, names::TimeUnit, survey::is_tick},
    problems::{CellTrouble, Problems},
    records::{MAX_FIELDS, Record},
    template::is_example,
    words::{Vocabulary, Words, fold, is_unknown, likely_site, names_a_painkiller},
};
use crate::words::clipped;
use crate::{
    option::BORG,
    problem::{Code, Effect},
    time::date_text,
};
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use std::borrow::Cow;

/// Longest note kept, characters.
pub const MAX_NOTE_CHARS: usize = 2_000;
/// Longest shoe name kept, characters.
const MAX_NAME_CHARS: usize = 100;
/// The first year a log may speak of: earlier times are faults of a clock or a slip of the pen.
const FIRST_YEAR: i32 = 2000;
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
        let mut row = Row {
            reader: self,
            record,
            problems,
            note: Note::default(),
            side: None,
            hurts: false,
        };
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
        let Some((index, name)) = &self.plan.athlete else {
            return true;
        };
        record
            .fields
            .get(*index)
            .is_some_and(|cell| cell.trim().to_lowercase() == name.to_lowercase())
    }

    /// Whether the row is an example of the template's.
    pub(super) fn is_example(&self, record: &Record) -> bool {
        let ratings = self
            .plan
            .ratings
            .iter()
            .map(|column| field(record, column.index));
        is_example(|column| self.cell(record, column), ratings)
    }

    fn cell<'r>(&self, record: &'r Record, column: Column) -> &'r str {
        let index = self.fields.get(column as usize).copied().flatten();
        index.map_or("", |index| field(record, index))
    }

    /// The row, with a note that its own commas took apart put together again where it is the last column.
    ///
    /// Cells beyond the header are fine when blank: some programs end every row with a delimiter.
    fn with_whole_note<'r, 't>(
        &self,
        record: &'r Record<'t>,
    ) -> Result<Cow<'r, Record<'t>>, RowFault> {
        let (found, expected) = (record.fields.len(), self.plan.names.len());
        let is_text = |field: &Cow<str>| !field.trim().is_empty();
        let notes = self
            .plan
            .notes_at_end()
            .filter(|_| (expected..MAX_FIELDS).contains(&found));
        if let Some((columns, beyond)) =
            notes.and_then(|notes| record.fields.split_at_checked(notes + 1))
        {
            let Some(last) = beyond.iter().rposition(is_text) else {
                return Ok(Cow::Borrowed(record));
            };
            let delimiter = char::from(self.plan.delimiter).to_string();
            let parts = columns
                .last()
                .into_iter()
                .chain(beyond.iter().take(last + 1));
            let note = parts
                .map(AsRef::as_ref)
                .collect::<Vec<&str>>()
                .join(&delimiter);
            let mut fields = columns.to_vec();
            fields.pop();
            fields.push(Cow::Owned(note));
            return Ok(Cow::Owned(Record {
                line: record.line,
                raw: record.raw,
                fields,
            }));
        }
        if found < expected || record.fields.iter().skip(expected).any(is_text) {
            let cells = if found == 1 { "cell" } else { "cells" };
            return Err(unusable(
                "the row",
                "",
                format!("has {found} {cells}, the header {expected}"),
            ));
        }
        Ok(Cow::Borrowed(record))
    }

    fn date(&self, cell: &str) -> Result<(NaiveDate, Option<NaiveTime>), RowFault> {
        if cell.is_empty() {
            return Err(unusable("the row", "", "has no date"));
        }
        let of_date = |found: String| unusable("the date", cell, found);
        let whole = self.plan.with_century(cell);
        let written = take_apart(&whole)
            .map_err(|found| of_date(format!("{found}; write it as 2025-03-31")))?;
        let date = written
            .date(self.reading.order)
            .ok_or_else(|| of_date("is no day of the calendar".to_string()))?;
        let utc = written
            .is_utc()
            .then(|| date.and_time(written.time.unwrap_or_default()));
        let local = utc.and_then(|utc| self.options.clock.local(utc));
        let (date, time) = local.map_or((date, written.time), |local| {
            (local.date(), Some(local.time()))
        });
        if date.year() < FIRST_YEAR {
            return Err(of_date(format!("lies before {FIRST_YEAR}")));
        }
        let latest = self
            .options
            .as_of
            .map(|as_of| as_of.succ_opt().unwrap_or(as_of));
        if latest.is_some_and(|latest| date > latest) {
            let last = latest.map_or_else(String::new, date_text);
            let fault = of_date(format!("lies too far ahead, after {last}"));
            return Err(RowFault {
                code: Code::PainDateFuture,
                ..fault
            });
        }
        Ok((date, time))
    }
}

fn field<'r>(record: &'r Record, index: usize) -> &'r str {
    record.fields.get(index).map_or("", |field| field.as_ref())
}

/// Signs that any cell of a row mentions, for rows that cannot be used: a sign must not vanish with its row.
pub(super) fn signs_mentioned(record: &Record) -> Set<Sign> {
    record
        .fields
        .iter()
        .flat_map(|field| read_note(first_chars(field, MAX_NOTE_CHARS)).signs)
        .collect()
}

/// At most so many characters from the front.
fn first_chars(text: &str, max_chars: usize) -> &str {
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

/// The chest is no place of a limb: pain there is told as the sign that triage looks for.
fn with_chest(mut signs: Set<Sign>, places: &[Place]) -> Set<Sign> {
    let is_chest = |(site, _): &Place| matches!(site, Site::Other(word) if is_chest(word.as_str()));
    if places.iter().any(is_chest) {
        signs.insert(Sign::ChestPain);
    }
    signs
}

fn is_chest(word: &str) -> bool {
    word.split(' ').any(|word| {
        matches!(
            word,
            "chest" | "brust" | "poitrine" | "pecho" | "petto" | "peito" | "borst"
        )
    })
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

impl Row<'_> {
    /// The row's ratings, blanks left out. A cell that is none makes the row unusable where it is the only one.
    fn ratings(&mut self) -> Result<Vec<Rated>, RowFault> {
        let columns = &self.reader.plan.ratings;
        let mut ratings = Vec::new();
        for column in columns {
            let cell = field(self.record, column.index);
            if self.reader.plan.places_in.contains(&column.index)
                && let Some(placed) = cells::placed(cell, self.reader.words, column.scale)
            {
                ratings.extend(self.placed(*column, cell, placed));
                continue;
            }
            match cells::rating(cell, self.reader.words, column.scale) {
                Ok(rating) => ratings.extend(rating.map(|rating| (*column, rating))),
                // "Yes" among numbers: it hurt, and nobody knows how much.
                Err(_) if says_yes(cell, self.reader.words) => self.hurts = true,
                // A sign must not vanish with a slip of the pen in the rating.
                Err(found) if columns.len() == 1 && signs_mentioned(self.record).is_empty() => {
                    return Err(unusable("the pain", cell, found));
                }
                Err(found) => self.bad_text("the pain", cell, found, LEFT_BLANK),
            }
        }
        // "Pain all over" beside places counts where no place hurts as much.
        let highest = ratings
            .iter()
            .filter(|(column, _)| !column.general)
            .map(|(_, rating)| rating.value);
        let highest = highest.fold(f64::NEG_INFINITY, f64::max);
        ratings.retain(|(column, rating)| !column.general || rating.value > highest);
        Ok(ratings)
    }

    /// The ratings of a cell that says where as well.
    fn placed(&mut self, column: RatingColumn, cell: &str, placed: Vec<Placed>) -> Vec<Rated> {
        if placed.iter().any(|placed| placed.rating.is_none()) {
            let found = "names a place without a rating";
            self.bad_text(
                "the pain",
                cell,
                found,
                "That place stays unrated; write a number beside each.",
            );
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
        let time = time.or(time_in_date.filter(|_| self.reader.reading.has_times));
        let moment = self.one(Column::Moment, &words.moments).or(moment_in_time);
        let (notes, signs) = (
            self.text(Column::Notes, MAX_NOTE_CHARS),
            self.list(Column::Signs, &words.signs),
        );
        let signs = signs.into_iter().collect();
        let painless = self
            .reader
            .plan
            .ratings
            .iter()
            .all(|column| field(self.record, column.index).trim() == "0");
        let signs = if painless {
            signs
        } else {
            with_chest(signs, places)
        };
        let mut entry = Entry {
            line: self.record.line,
            moment: moment
                .or_else(|| time.and_then(moment_of))
                .unwrap_or(Moment::Day),
            time,
            types: self.list(Column::Type, &words.types).into_iter().collect(),
            spread: self.one(Column::Spread, &words.spreads),
            onset: self.one(Column::Onset, &words.onsets),
            movement: self.one(Column::Movement, &words.movements),
            function: self.function(),
            signs,
            beside: self.beside(notes),
            painkiller: self.painkiller(),
            others_clear: self
                .reader
                .plan
                .others
                .is_some_and(|index| cells::number(field(self.record, index)) == Some(0.0)),
            ..Entry::on(date)
        };
        self.read_texts(&mut entry);
        entry
    }

    fn beside(&mut self, notes: Option<String>) -> Option<Box<Beside>> {
        let beside = Beside {
            ostrc: [
                Column::Ostrc1,
                Column::Ostrc2,
                Column::Ostrc3,
                Column::Ostrc4,
            ]
            .map(|column| self.ostrc(column)),
            sleep_h: self.sleep(),
            sleep_quality: self.number(Column::SleepQuality, |cell| cells::within(cell, 1.0, 5.0)),
            rpe: self.rpe(),
            shoe: self
                .text(Column::Shoe, MAX_NAME_CHARS)
                .map(|shoe| shoe.trim().into()),
            notes: notes.map(String::into_boxed_str),
        };
        beside.kept()
    }

    /// What the note and every text without a meaning of its own say.
    fn read_texts(&mut self, entry: &mut Entry) {
        if let Some(note) = entry.notes() {
            add_note(&mut self.note, read_note(note));
        }
        for index in &self.reader.plan.searched {
            let cell = field(self.record, *index);
            if cell
                .bytes()
                .any(|b| b.is_ascii_alphabetic() || !b.is_ascii())
            {
                add_note(&mut self.note, read_note(first_chars(cell, MAX_NOTE_CHARS)));
            }
        }
        let note = std::mem::take(&mut self.note);
        entry.signs_in_note = note.signs;
        entry.signs_in_note.remove_all(entry.signs);
        entry.both_legs_in_note = note.both_legs;
        entry.function_in_note = note.function;
        entry.sudden_in_note = note.sudden;
        entry.everyday_in_note = note.everyday;
        entry.painkiller = entry.painkiller.or(note.painkiller.then_some(true));
    }

    /// An entry for each place and rating. What belongs to the day stays with the first, which hurts most.
    fn spread(&mut self, first: Entry, places: &[Place], rated: &[Rated]) -> Vec<Keyed> {
        let (answer, side) = (self.any_pain(), self.side);
        let mut entries = Vec::new();
        for (column, rating) in rated {
            let here: Vec<Option<Place>> = match column.place {
                Some(place) => vec![Some(place)],
                None if column.general => vec![None],
                None => listed(places),
            };
            entries.extend(here.into_iter().map(|place| Entry {
                site: place.map(|(site, _)| site),
                side: place.map_or(side, |(_, side)| side),
                moment: column.moment.unwrap_or(first.moment),
                pain: Some(rating.value),
                approximate: rating.approximate,
                ..first.clone()
            }));
        }
        if entries.is_empty() {
            let pain = (answer == Some(false)).then_some(0.0);
            entries.extend(listed(places).into_iter().map(|place| Entry {
                site: place.map(|(site, _)| site),
                side: place.map_or(side, |(_, side)| side),
                pain,
                ..first.clone()
            }));
        }
        let hurts_unrated = (answer == Some(true) || self.hurts) && rated.is_empty();
        self.finish(entries, hurts_unrated)
    }

    fn finish(&mut self, mut entries: Vec<Entry>, hurts_unrated: bool) -> Vec<Keyed> {
        let plan = self.reader.plan;
        if !plan.places_in.is_empty() || plan.ratings.iter().any(|column| column.place.is_some()) {
            // The note speaks of what hurts.
            entries.sort_by(|a, b| b.pain.unwrap_or(-1.0).total_cmp(&a.pain.unwrap_or(-1.0)));
            entries = without_zeros_of_a_clear_row(entries, plan.others.is_some());
        }
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

    fn cell(&self, column: Column) -> &str {
        self.reader.cell(self.record, column)
    }

    fn bad_text(&mut self, what: &str, value: &str, found: impl Into<String>, consequence: &str) {
        self.bad(what, value, found.into(), consequence, None);
    }

    fn bad_cell(&mut self, column: Column, found: &str, consequence: &str) {
        let value = self.cell(column).to_string();
        self.bad(column.name(), &value, found.to_string(), consequence, None);
    }

    fn bad(
        &mut self,
        what: &str,
        value: &str,
        found: String,
        consequence: &str,
        listed: Option<(Column, String)>,
    ) {
        add_note(
            &mut self.note,
            read_note(first_chars(value, MAX_NOTE_CHARS)),
        );
        let trouble = CellTrouble {
            code: Code::PainValueUnusable,
            effect: Effect::Repaired,
            what: what.to_string(),
            found,
            consequence: consequence.to_string(),
            listed,
        };
        self.problems.add_cell(trouble, self.record.line, value);
    }

    fn tell_of_joined_note(&mut self) {
        let name = self.reader.plan.delimiter_name();
        let value = self.cell(Column::Notes).to_string();
        let trouble = CellTrouble {
            code: Code::PainValueUnusable,
            effect: Effect::Noted,
            what: "notes".to_string(),
            found: format!("holds {name} and no quotes around them"),
            consequence: format!(
                "It was put together again as one note; put quotes around notes with {name}."
            ),
            listed: None,
        };
        self.problems.add_cell(trouble, self.record.line, &value);
    }

    /// A cell that holds one word.
    fn one<T: Copy>(&mut self, column: Column, words: &Words<T>) -> Option<T> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        let meaning = words.get_cell(cell);
        if meaning.is_none() && !is_unknown(&fold(cell)) {
            let (value, listed) = (cell.to_string(), Some((column, words.accepted.clone())));
            self.bad(
                column.name(),
                &value,
                "is not a word niggle knows".to_string(),
                LEFT_BLANK,
                listed,
            );
        }
        meaning
    }

    /// A cell that holds a list of words.
    fn list<T: Copy + Ord>(&mut self, column: Column, words: &Words<T>) -> Vec<T> {
        if self.cell(column).is_empty() {
            return Vec::new();
        }
        let (meanings, unknown) = words.list(self.cell(column));
        if let Some(word) = unknown.first() {
            let listed = Some((column, words.accepted.clone()));
            let found = format!("holds \"{}\", which niggle does not know", clipped(word));
            let value = self.cell(column).to_string();
            self.bad(
                column.name(),
                &value,
                found,
                "The word was left out; the rest of the row is used.",
                listed,
            );
        }
        meanings
    }

    /// The gravest of the words, when there are several.
    fn function(&mut self) -> Option<super::Function> {
        let words = &self.reader.words.functions;
        if self.cell(Column::Function).is_empty() {
            return None;
        }
        let one = words.get_cell(self.cell(Column::Function));
        one.or_else(|| self.list(Column::Function, words).into_iter().max())
    }

    fn number(
        &mut self,
        column: Column,
        read: impl Fn(&str) -> Result<Option<f64>, String>,
    ) -> Option<f64> {
        let found = read(self.cell(column));
        found.unwrap_or_else(|found| {
            self.bad_cell(column, &found, LEFT_BLANK);
            None
        })
    }

    fn sleep(&mut self) -> Option<f64> {
        let unit = self.reader.plan.sleep;
        self.number(Column::SleepHours, |cell| match unit {
            TimeUnit::Hours => cells::hours(cell),
            TimeUnit::Minutes => Ok(cells::within(cell, 0.0, 960.0)?.map(|minutes| minutes / 60.0)),
            TimeUnit::Seconds => cells::hours_from_seconds(cell),
        })
    }

    fn ostrc(&mut self, column: Column) -> Option<u8> {
        let question = column as usize - Column::Ostrc1 as usize;
        let Some(coding) = self.reader.reading.coding else {
            // Told once for all; words need no coding.
            return cells::ostrc(
                self.cell(column),
                question,
                OstrcCoding::Points,
                self.reader.words,
            )
            .ok()
            .flatten()
            .filter(|_| cells::number(self.cell(column)).is_none());
        };
        cells::ostrc(self.cell(column), question, coding, self.reader.words).unwrap_or_else(
            |found| {
                self.bad_cell(column, &found, LEFT_BLANK);
                None
            },
        )
    }

    fn rpe(&mut self) -> Option<f64> {
        if self.reader.options.borg {
            let borg = self.number(Column::Rpe, |cell| cells::within(cell, 6.0, 20.0));
            return borg.map(cells::borg_to_cr10);
        }
        self.number(Column::Rpe, |cell| {
            let borg = cells::within(cell, 10.5, 20.0).is_ok_and(|value| value.is_some());
            let hint = if borg {
                format!("; for Borg's scale of 6–20 use {BORG}")
            } else {
                String::new()
            };
            cells::within(cell, 0.0, 10.0).map_err(|found| found + &hint)
        })
    }

    fn painkiller(&mut self) -> Option<bool> {
        let folded = fold(self.cell(Column::Painkiller));
        if is_unknown(&folded) {
            return None;
        }
        // "400 mg" and "2 tablets" are something taken.
        let is_dose = folded.starts_with(|c: char| ('1'..='9').contains(&c));
        let taken = is_dose || names_a_painkiller(&folded);
        let answer = self
            .reader
            .words
            .yes_no
            .get(&folded)
            .or(taken.then_some(true));
        if answer.is_none() {
            self.bad_cell(Column::Painkiller, "is neither yes nor no", LEFT_BLANK);
        }
        answer
    }

    /// The answer to "any pain?".
    fn any_pain(&self) -> Option<bool> {
        let cell = field(self.record, self.reader.plan.any_pain?);
        self.reader.words.yes_no.get(&fold(cell))
    }

    /// The time, or the moment some people write there ("morning").
    fn time(&mut self) -> (Option<NaiveTime>, Option<Moment>) {
        let cell = self.cell(Column::Time);
        if cell.is_empty() {
            return (None, None);
        }
        let folded = fold(cell);
        let (time, moment) = (time_of_day(cell), self.reader.words.moments.get(&folded));
        if time.is_none() && moment.is_none() && !is_unknown(&folded) {
            self.bad_cell(Column::Time, "is no time of day (write 07:30)", LEFT_BLANK);
        }
        (time, moment)
    }

    /// The places of the site cell; the side column beats its words where it names one place. Empty when it is blank.
    fn places(&mut self) -> Vec<Place> {
        let words = self.reader.words;
        let column_side = self
            .side_of_letter()
            .or_else(|| self.one(Column::Side, &words.sides));
        self.side = column_side;
        let cell = self.cell(Column::Site).to_string();
        let cell = cell.as_str();
        if is_unknown(&fold(cell)) {
            return self.ticked();
        }
        let mut places = words.places(cell);
        if let Some(unknown) = places.iter().find(|place| !place.is_known) {
            let listed = Some((Column::Site, words.sites.accepted.clone()));
            let name = super::site_text(unknown.site, unknown.side);
            let likely = likely_site(&fold(cell))
                .map_or_else(String::new, |site| format!("Did you mean {site}? "));
            let consequence = format!("{likely}It counts as a place of its own, \"{name}\".");
            self.bad(
                "site",
                cell,
                "is not a place niggle knows".to_string(),
                &consequence,
                listed,
            );
        }
        if let ([place], Some(column)) = (places.as_mut_slice(), column_side) {
            if let Some(written) = place.side.filter(|written| *written != column) {
                let found = format!("and side \"{}\" contradict each other", column.as_str());
                place.side = Some(written);
                self.bad_cell(Column::Site, &found, "The side column counts.");
            }
            places
                .iter_mut()
                .for_each(|place| place.side = Some(column));
        }
        places
            .into_iter()
            .map(|place| (place.site, place.side.or(column_side)))
            .collect()
    }

    /// The side of a lone letter of the log's language: `E` is left in Portuguese.
    fn side_of_letter(&self) -> Option<Side> {
        let letter = self.reader.plan.left_letter?;
        (fold(self.cell(Column::Side)) == letter).then_some(Side::Left)
    }

    /// The places whose columns are ticked.
    fn ticked(&self) -> Vec<Place> {
        let is_ticked = |index: usize| {
            let cell = field(self.record, index);
            is_tick(cell) || self.reader.words.yes_no.get(&fold(cell)) == Some(true)
        };
        self.reader
            .plan
            .ticks
            .iter()
            .filter(|(index, _)| is_ticked(*index))
            .map(|(_, place)| *place)
            .collect()
    }

    /// Brings site and rating together: a rating of 0 without a site is "all clear", "none" with pain is a contradiction.
    fn settle_site(&mut self, entry: &mut Entry) {
        match (entry.site, entry.pain) {
            (None, Some(0.0)) => entry.site = Some(Site::None),
            (Some(Site::None), Some(pain)) if pain > 0.0 => {
                entry.site = None;
                self.bad_cell(
                    Column::Site,
                    "stands beside pain above 0",
                    "The rating counts as one of a place that is not named.",
                );
            }
            (Some(Site::None), None) => {
                let consequence = "The pain stays unknown. Write pain 0 on days when all is clear.";
                self.bad_cell(Column::Site, "stands beside a blank rating", consequence);
            }
            _ => {}
        }
    }

    /// A text cell as written, cut at a number of characters. None when blank.
    fn text(&mut self, column: Column, max_chars: usize) -> Option<String> {
        let cell = self.cell(column);
        if cell.trim().is_empty() {
            return None;
        }
        let Some((end, _)) = cell.char_indices().nth(max_chars) else {
            return Some(cell.to_string());
        };
        let cut = cell.get(..end).unwrap_or_default().to_string();
        let detail = format!("{} has {} characters", column.name(), cell.chars().count());
        let consequence = format!("The first {max_chars} were kept.");
        self.problems.add(
            Code::PainTextCut,
            Effect::Repaired,
            Some(self.record.line),
            detail,
            consequence,
        );
        Some(cut)
    }
}

/// Whether a cell says yes in a word: `-1` is none.
fn says_yes(cell: &str, words: &Vocabulary) -> bool {
    cell.chars().any(char::is_alphabetic) && words.yes_no.get(&fold(cell)) == Some(true)
}

/// The places of a row, one without a name when the row names none.
fn listed(places: &[Place]) -> Vec<Option<Place>> {
    if places.is_empty() {
        vec![None]
    } else {
        places.iter().map(|place| Some(*place)).collect()
    }
}

/// Of a row with a column for each place: where every place is 0 it is "all clear" if the row says so of all others as well.
fn without_zeros_of_a_clear_row(entries: Vec<Entry>, has_others: bool) -> Vec<Entry> {
    let all_clear = has_others
        && entries
            .iter()
            .all(|entry| entry.pain == Some(0.0) && entry.others_clear);
    match entries.first() {
        Some(first) if all_clear => vec![Entry {
            site: Some(Site::None),
            side: None,
            ..first.clone()
        }],
        _ => entries,
    }
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
