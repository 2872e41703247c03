//! One row to its entries: one for a plain row, one for each rated moment of a wide row.

use super::{
    DateOrder, Entry, Moment, Options, Side, Sign, Site,
    cells::{self, Rating},
    dates::{take_apart, time_of_day},
    header::{Column, Header, shown},
    notes::read_note,
    problems::Problems,
    records::{MAX_FIELDS, Record},
    words::{Vocabulary, Words, fold, is_unknown, likely_site, names_a_painkiller},
};
use crate::{
    problem::{Code, Effect},
    time::date_text,
};
use chrono::{Datelike, NaiveDate, NaiveTime};
use std::{borrow::Cow, collections::BTreeSet};

/// Longest note kept, characters (reliability.md 6).
pub const MAX_NOTE_CHARS: usize = 2_000;
/// Longest shoe name kept, characters.
const MAX_NAME_CHARS: usize = 100;
/// The first year a log may speak of (reliability.md 6: times before 2000 are clock faults).
const FIRST_YEAR: i32 = 2000;

/// An entry and the word its site was called, when niggle does not know the word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Keyed {
    pub entry: Entry,
    pub site_word: String,
    /// The site is blank.
    pub names_no_site: bool,
}

/// Why a row cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowFault {
    /// [`Code::PainRowUnusable`] or [`Code::PainDateFuture`].
    pub code: Code,
    /// What was found.
    pub detail: String,
}

/// Reads rows of one log.
#[derive(Debug)]
pub(super) struct RowReader<'a> {
    header: &'a Header,
    words: &'a Vocabulary,
    order: DateOrder,
    options: &'a Options,
    /// Field of each [`Column`], by its place in the enum.
    fields: [Option<usize>; Column::Notes as usize + 1],
}

impl<'a> RowReader<'a> {
    /// For a log with this header, whose slashed dates have this order.
    pub fn new(header: &'a Header, words: &'a Vocabulary, order: DateOrder, options: &'a Options) -> Self {
        let mut fields = [None; Column::Notes as usize + 1];
        for (column, index) in &header.columns {
            if let Some(field) = fields.get_mut(*column as usize) {
                *field = Some(*index);
            }
        }
        RowReader { header, words, order, options, fields }
    }

    /// The row's entries, at least one. Cells that cannot be used become problems and count as blank.
    pub fn entries(&self, record: &Record, problems: &mut Problems) -> Result<Vec<Keyed>, RowFault> {
        let record = self.with_whole_note(record)?;
        let is_joined = matches!(record, Cow::Owned(_));
        let record = &*record;
        let (date, time_in_date) = self.date(self.cell(record, Column::Date))?;
        let ratings = self.ratings(record)?;
        let mut row = Row { reader: self, record, problems };
        if is_joined {
            row.tell_of_joined_note();
        }
        let (mut first, site_word) = row.entry(date, time_in_date);
        let ratings = match ratings.as_slice() {
            [] => vec![(first.moment, None)],
            _ => ratings.into_iter().map(|(m, rating)| (m.unwrap_or(first.moment), Some(rating))).collect(),
        };
        let mut entries = Vec::with_capacity(ratings.len());
        for (moment, rating) in ratings {
            let mut entry = first.clone();
            let names_no_site = entry.site.is_none();
            entry.moment = moment;
            entry.pain = rating.map(|r: Rating| r.value);
            entry.approximate = rating.is_some_and(|r| r.approximate);
            row.settle_site(&mut entry);
            entries.push(Keyed { entry, site_word: site_word.clone(), names_no_site });
            forget_what_belongs_to_the_day(&mut first);
        }
        Ok(entries)
    }

    fn cell<'r>(&self, record: &'r Record, column: Column) -> &'r str {
        let index = self.fields.get(column as usize).copied().flatten();
        index.and_then(|index| record.fields.get(index)).map_or("", |field| field.as_ref())
    }

    /// The row, with a note that its own commas took apart put together again where it is the last column.
    ///
    /// Cells beyond the header are fine when blank: some programs end every row with a delimiter.
    fn with_whole_note<'r, 't>(&self, record: &'r Record<'t>) -> Result<Cow<'r, Record<'t>>, RowFault> {
        let (found, expected) = (record.fields.len(), self.header.names.len());
        let is_text = |field: &Cow<str>| !field.trim().is_empty();
        let notes = self.header.notes_at_end().filter(|_| (expected..MAX_FIELDS).contains(&found));
        if let Some((columns, beyond)) = notes.and_then(|notes| record.fields.split_at_checked(notes + 1)) {
            let Some(last) = beyond.iter().rposition(is_text) else { return Ok(Cow::Borrowed(record)) };
            let delimiter = char::from(self.header.delimiter).to_string();
            let parts = columns.last().into_iter().chain(beyond.iter().take(last + 1));
            let note = parts.map(AsRef::as_ref).collect::<Vec<&str>>().join(&delimiter);
            let mut fields = columns.to_vec();
            fields.pop();
            fields.push(Cow::Owned(note));
            return Ok(Cow::Owned(Record { line: record.line, raw: record.raw, fields }));
        }
        if found < expected || record.fields.iter().skip(expected).any(is_text) {
            let cells = if found == 1 { "cell" } else { "cells" };
            return Err(unusable(format!("the row has {found} {cells}, the header {expected}")));
        }
        Ok(Cow::Borrowed(record))
    }

    fn date(&self, cell: &str) -> Result<(NaiveDate, Option<NaiveTime>), RowFault> {
        if cell.trim().is_empty() {
            return Err(unusable("the row has no date"));
        }
        let written = take_apart(cell)
            .map_err(|found| unusable(format!("the date \"{}\" {found}; write it as 2025-03-31", shown(cell))))?;
        let no_such_day = || unusable(format!("there is no day \"{}\"", shown(cell)));
        let date = written.date(self.order).ok_or_else(no_such_day)?;
        if date.year() < FIRST_YEAR {
            return Err(unusable(format!("the date \"{}\" lies before {FIRST_YEAR}", shown(cell))));
        }
        let latest = self.options.as_of.map(|as_of| as_of.succ_opt().unwrap_or(as_of));
        if latest.is_some_and(|latest| date > latest) {
            let last = latest.map_or_else(String::new, date_text);
            let detail = format!("the date \"{}\" lies too far ahead, after {last}", shown(cell));
            return Err(RowFault { code: Code::PainDateFuture, detail });
        }
        Ok((date, written.time))
    }

    /// The row's ratings, blanks left out; the moment is None for the plain pain column.
    fn ratings(&self, record: &Record) -> Result<Vec<(Option<Moment>, Rating)>, RowFault> {
        let plain = self.fields.get(Column::Pain as usize).copied().flatten().map(|index| (None, index));
        let wide = self.header.wide.iter().map(|(moment, index)| (Some(*moment), *index));
        let scale = if self.options.pain_scale_100 { cells::Scale::ZeroToHundred } else { cells::Scale::ZeroToTen };
        let mut ratings = Vec::new();
        for (moment, index) in plain.into_iter().chain(wide) {
            let cell = record.fields.get(index).map_or("", |field| field.as_ref());
            let rating = cells::rating(cell, self.words, scale)
                .map_err(|found| unusable(format!("the pain \"{}\" {found}", shown(cell))))?;
            ratings.extend(rating.map(|rating| (moment, rating)));
        }
        Ok(ratings)
    }
}

/// Signs that any cell of a row mentions, for rows that cannot be used: a sign must not vanish with its row.
pub(super) fn signs_mentioned(record: &Record) -> BTreeSet<Sign> {
    record.fields.iter().flat_map(|field| read_note(first_chars(field, MAX_NOTE_CHARS)).signs).collect()
}

/// At most so many characters from the front.
fn first_chars(text: &str, max_chars: usize) -> &str {
    let end = text.char_indices().nth(max_chars).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default()
}

/// `swelling, fever`, for sentences.
pub(super) fn signs_text<'s>(signs: impl IntoIterator<Item = &'s Sign>) -> String {
    signs.into_iter().map(|sign| sign.label()).collect::<Vec<_>>().join(", ")
}

fn unusable(detail: impl Into<String>) -> RowFault {
    RowFault { code: Code::PainRowUnusable, detail: detail.into() }
}

/// What must not count again for the second moment of a wide row: the night, the week's answers and the note.
fn forget_what_belongs_to_the_day(entry: &mut Entry) {
    entry.ostrc = [None; 4];
    entry.sleep_h = None;
    entry.sleep_quality = None;
    entry.rpe = None;
    entry.notes = None;
    entry.signs_in_note = Vec::new();
    entry.both_legs_in_note = false;
    entry.function_in_note = None;
    entry.sudden_in_note = false;
    entry.everyday_in_note = Vec::new();
}

/// The chest is no place of a limb: pain there is told as the sign that triage looks for.
fn with_chest(mut signs: Vec<Sign>, site_word: &str) -> Vec<Sign> {
    if site_word.split(' ').any(|word| word == "chest") && !signs.contains(&Sign::ChestPain) {
        signs.push(Sign::ChestPain);
        signs.sort();
    }
    signs
}

/// One usable row and where its cells' problems go.
struct Row<'r> {
    reader: &'r RowReader<'r>,
    record: &'r Record<'r>,
    problems: &'r mut Problems,
}

impl Row<'_> {
    /// Everything but the rating, and the site's word when niggle does not know it.
    fn entry(&mut self, date: NaiveDate, time_in_date: Option<NaiveTime>) -> (Entry, String) {
        let words = self.reader.words;
        let (site, side, site_word) = self.place();
        let (time, moment_in_time) = self.time();
        let (notes, signs) = (self.text(Column::Notes, MAX_NOTE_CHARS), self.list(Column::Signs, &words.signs));
        let note = notes.as_deref().map(read_note).unwrap_or_default();
        let painless = self.cell(Column::Pain).trim() == "0";
        let signs = if painless { signs } else { with_chest(signs, &site_word) };
        let entry = Entry {
            line: self.record.line,
            moment: self.one(Column::Moment, &words.moments).or(moment_in_time).unwrap_or(Moment::Day),
            time: time.or(time_in_date),
            site,
            side,
            types: self.list(Column::Type, &words.types),
            spread: self.one(Column::Spread, &words.spreads),
            onset: self.one(Column::Onset, &words.onsets),
            movement: self.one(Column::Movement, &words.movements),
            function: self.function(),
            both_legs_in_note: note.both_legs,
            function_in_note: note.function,
            sudden_in_note: note.sudden,
            everyday_in_note: note.everyday,
            signs_in_note: note.signs.into_iter().filter(|sign: &Sign| !signs.contains(sign)).collect(),
            signs,
            ostrc: [Column::Ostrc1, Column::Ostrc2, Column::Ostrc3, Column::Ostrc4].map(|column| self.ostrc(column)),
            sleep_h: self.number(Column::SleepHours, cells::hours),
            sleep_quality: self.number(Column::SleepQuality, |cell| cells::within(cell, 1.0, 5.0)),
            rpe: self.rpe(),
            shoe: self.text(Column::Shoe, MAX_NAME_CHARS).map(|shoe| shoe.trim().to_string()),
            painkiller: self.painkiller().or(note.painkiller.then_some(true)),
            notes,
            ..Entry::on(date)
        };
        (entry, site_word)
    }

    fn cell(&self, column: Column) -> &str {
        self.reader.cell(self.record, column)
    }

    fn bad_cell(&mut self, column: Column, found: &str, consequence: &str) {
        let detail = format!("{} \"{}\" {found}", column.name(), shown(self.cell(column)));
        self.problems.add(Code::PainValueUnusable, Effect::Repaired, Some(self.record.line), detail, consequence);
    }

    fn tell_of_joined_note(&mut self) {
        let name = self.reader.header.delimiter_name();
        let found = format!("holds {name} and no quotes around them");
        let consequence = format!("It was put together again as one note; put quotes around notes with {name}.");
        let detail = format!("notes \"{}\" {found}", shown(self.cell(Column::Notes)));
        self.problems.add(Code::PainValueUnusable, Effect::Noted, Some(self.record.line), detail, consequence);
    }

    /// A cell that holds one word.
    fn one<T: Copy>(&mut self, column: Column, words: &Words<T>) -> Option<T> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        let meaning = words.get_cell(cell);
        if meaning.is_none() && !is_unknown(&fold(cell)) {
            let listed = self.problems.words_once(column, &words.accepted);
            self.bad_cell(column, &format!("is not a word niggle knows{listed}"), LEFT_BLANK);
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
            let listed = self.problems.words_once(column, &words.accepted);
            let found = format!("holds \"{}\", which niggle does not know{listed}", shown(word));
            self.bad_cell(column, &found, "The word was left out; the rest of the row is used.");
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

    fn number(&mut self, column: Column, read: impl Fn(&str) -> Result<Option<f64>, String>) -> Option<f64> {
        let found = read(self.cell(column));
        found.unwrap_or_else(|found| {
            self.bad_cell(column, &found, LEFT_BLANK);
            None
        })
    }

    fn ostrc(&mut self, column: Column) -> Option<u8> {
        let question = column as usize - Column::Ostrc1 as usize;
        self.ostrc_cell(self.cell(column), question).unwrap_or_else(|found| {
            self.bad_cell(column, &found, LEFT_BLANK);
            None
        })
    }

    /// Points and answers numbered from 0 in one column, until the column's coding is decided before its rows.
    fn ostrc_cell(&self, cell: &str, question: usize) -> Result<Option<u8>, String> {
        let read = |coding| cells::ostrc(cell, question, coding, self.reader.words);
        read(cells::OstrcCoding::Points).or_else(|found| read(cells::OstrcCoding::ZeroToThree).map_err(|_| found))
    }

    fn rpe(&mut self) -> Option<f64> {
        if self.reader.options.borg {
            let borg = self.number(Column::Rpe, |cell| cells::within(cell, 6.0, 20.0));
            return borg.map(cells::borg_to_cr10);
        }
        self.number(Column::Rpe, |cell| {
            let borg = cells::within(cell, 10.5, 20.0).is_ok_and(|value| value.is_some());
            let hint = if borg { "; for Borg's scale of 6–20 use --borg" } else { "" };
            cells::within(cell, 0.0, 10.0).map_err(|found| found + hint)
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
        let answer = self.reader.words.yes_no.get(&folded).or(taken.then_some(true));
        if answer.is_none() {
            self.bad_cell(Column::Painkiller, "is neither yes nor no", LEFT_BLANK);
        }
        answer
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

    /// Site and side, and the site's word when niggle does not know it. The side column beats the site's own words.
    fn place(&mut self) -> (Option<Site>, Option<Side>, String) {
        let words = self.reader.words;
        let folded = fold(self.cell(Column::Site));
        let column_side = self.one(Column::Side, &words.sides);
        if is_unknown(&folded) {
            return (None, column_side, String::new());
        }
        let place = words.place(self.cell(Column::Site));
        if !place.is_known {
            let listed = self.problems.words_once(Column::Site, &words.sites.accepted);
            let likely = likely_site(&folded).map_or_else(String::new, |site| format!("Did you mean {site}? "));
            let consequence = format!("{likely}It counts as another place.");
            self.bad_cell(Column::Site, &format!("is not a place niggle knows{listed}"), &consequence);
        }
        if let (Some(written), Some(column)) = (place.side, column_side)
            && written != column
        {
            let found = format!("and side \"{}\" contradict each other", column.as_str());
            self.bad_cell(Column::Site, &found, "The side column counts.");
        }
        (Some(place.site), column_side.or(place.side), if place.is_known { String::new() } else { folded })
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
                    "The rating counts for the day, for no place.",
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
        let Some((end, _)) = cell.char_indices().nth(max_chars) else { return Some(cell.to_string()) };
        let cut = cell.get(..end).unwrap_or_default().to_string();
        let detail = format!("{} has {} characters", column.name(), cell.chars().count());
        let consequence = format!("The first {max_chars} were kept.");
        self.problems.add(Code::PainTextCut, Effect::Repaired, Some(self.record.line), detail, consequence);
        Some(cut)
    }
}

const LEFT_BLANK: &str = "The cell counts as blank; the rest of the row is used.";
