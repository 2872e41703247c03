//! Reading a whole log: bytes in; entries, problems and what was understood out. Nothing else is touched.

use super::{
    DateOrder, Entry, HeaderError, HeaderFault, Options, PainLog,
    cells::rating_text,
    dates::take_apart,
    header::{Header, shown},
    problems::{Problems, lines_text},
    questions::ask,
    records::{OpenQuote, Record, Records},
    rows::{Keyed, RowReader, signs_mentioned, signs_text},
    text::{Text, decode},
    words::Vocabulary,
};
use crate::{
    problem::{Code, Effect},
    time::date_text,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Largest file read, bytes (reliability.md 6).
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Most data rows read (reliability.md 6): 500 years of a row a day.
pub const MAX_ROWS: usize = 200_000;

/// Reads a log. `place` is how the file is called in messages. Bad rows and cells become problems in the log; an error
/// means that nothing could be trusted (no date or pain column, dates that can be read two ways, an open quote).
pub fn read(bytes: &[u8], place: &str, options: &Options) -> Result<PainLog, HeaderError> {
    let error = |line, fault| HeaderError { place: place.to_string(), line, fault };
    if bytes.len() > MAX_BYTES {
        return Err(error(None, HeaderFault::TooLarge { bytes: bytes.len(), limit: MAX_BYTES }));
    }
    let text = decode(bytes);
    let words = Vocabulary::new();
    let header = Header::read(&text.text, &words, place)?;
    let survey = Survey::of(&text.text, &header).map_err(|(line, fault)| error(line, fault))?;
    let order = survey.order(options.date_order).map_err(|fault| error(None, fault))?;
    let reader = RowReader::new(&header, &words, order.unwrap_or(DateOrder::DayFirst), options);
    let mut gathering = Gathering::new(place, &text, survey.rows);
    for record in data_rows(&text.text, &header).flatten() {
        gathering.row(&reader, &record);
    }
    let understood = understood(&text, &header, &survey, options);
    Ok(gathering.into_log(place, understood))
}

/// Everything below the header but blank rows.
fn data_rows<'a>(text: &'a str, header: &Header) -> impl Iterator<Item = Result<Record<'a>, OpenQuote>> + use<'a> {
    let header_line = header.line;
    let rows = Records::new(text, header.delimiter);
    rows.filter(move |row| row.as_ref().map_or(true, |record| record.line > header_line && !record.is_blank()))
}

/// A first look at all rows: how many there are, and what the date column says about its own order.
#[derive(Debug, Default)]
struct Survey {
    rows: usize,
    zoned: bool,
    /// Dates with a year first or with dots.
    certain_order: bool,
    /// The first date that only works one way round, with its line.
    day_first: Option<(String, u64)>,
    month_first: Option<(String, u64)>,
    /// The first date that works both ways and means two days.
    either: Option<String>,
}

impl Survey {
    fn of(text: &str, header: &Header) -> Result<Survey, (Option<u64>, HeaderFault)> {
        let date_index = header.index(super::header::Column::Date);
        let mut survey = Survey::default();
        for record in data_rows(text, header) {
            let record = record.map_err(|open| (Some(open.line), HeaderFault::OpenQuote))?;
            survey.rows += 1;
            if survey.rows > MAX_ROWS {
                return Err((None, HeaderFault::TooManyRows { limit: MAX_ROWS }));
            }
            if let Some(cell) = date_index.and_then(|index| record.fields.get(index)) {
                survey.date(cell, record.line);
            }
        }
        Ok(survey)
    }

    fn date(&mut self, cell: &str, line: u64) {
        let Ok(written) = take_apart(cell) else { return };
        self.zoned |= written.zoned;
        match written.open_numbers() {
            None => self.certain_order = true,
            Some((13..=31, 1..=12)) => self.day_first = self.day_first.take().or_else(|| Some((shown(cell), line))),
            Some((1..=12, 13..=31)) => self.month_first = self.month_first.take().or_else(|| Some((shown(cell), line))),
            Some((first @ 1..=12, second @ 1..=12)) if first != second => {
                self.either = self.either.take().or_else(|| Some(shown(cell)));
            }
            Some(_) => {}
        }
    }

    /// The order of `03/04/2024` in this column: the option, or what any value above 12 says. None: no such dates.
    fn order(&self, option: Option<DateOrder>) -> Result<Option<DateOrder>, HeaderFault> {
        match (option, &self.day_first, &self.month_first, &self.either) {
            (Some(order), ..) => Ok(Some(order)),
            (None, Some((day_first, day_line)), Some((month_first, month_line)), _) => {
                Err(HeaderFault::ContradictoryDates {
                    day_first: day_first.clone(),
                    day_line: *day_line,
                    month_first: month_first.clone(),
                    month_line: *month_line,
                })
            }
            (None, Some(_), None, _) => Ok(Some(DateOrder::DayFirst)),
            (None, None, Some(_), _) => Ok(Some(DateOrder::MonthFirst)),
            (None, None, None, Some(example)) => Err(ambiguous(example)),
            (None, None, None, None) => Ok(None),
        }
    }

    fn order_text(&self, option: Option<DateOrder>) -> Vec<String> {
        let mut texts = Vec::new();
        if self.certain_order {
            texts
                .push("Dates with the year first, or with dots as day.month.year, are read as they stand.".to_string());
        }
        let settled = |(example, line): &(String, u64), order: DateOrder| {
            format!("Dates with / or - are {}: {example} in line {line} settles it.", order.label())
        };
        match (option, &self.day_first, &self.month_first) {
            (Some(order), ..) => texts.push(format!("Dates with / or - are {}, as you said.", order.label())),
            (None, Some(example), _) => texts.push(settled(example, DateOrder::DayFirst)),
            (None, None, Some(example)) => texts.push(settled(example, DateOrder::MonthFirst)),
            (None, None, None) => {}
        }
        if self.zoned {
            texts.push("Times with a zone count on the day as written.".to_string());
        }
        texts
    }
}

fn ambiguous(example: &str) -> HeaderFault {
    let read = |order| take_apart(example).ok().and_then(|w| w.date(order)).map_or_else(String::new, date_text);
    HeaderFault::AmbiguousDates {
        example: example.to_string(),
        day_first: read(DateOrder::DayFirst),
        month_first: read(DateOrder::MonthFirst),
    }
}

/// What makes two rows one: the same day, moment, site (by its word, when niggle does not know it) and side.
type Key = (NaiveDate, super::Moment, Option<super::Site>, String, Option<super::Side>);

/// Rows so far.
struct Gathering<'a> {
    entries: Vec<Entry>,
    by_key: BTreeMap<Key, usize>,
    /// The text of every usable row, to find copies.
    seen: BTreeSet<&'a str>,
    copies: Vec<u64>,
    approximate: Vec<u64>,
    /// Lines that rate pain above 0 and leave the site blank.
    placeless: Vec<u64>,
    problems: Problems,
    rows: usize,
    unusable_rows: usize,
    duplicate_rows: usize,
}

impl<'a> Gathering<'a> {
    fn new(place: &str, text: &Text, rows: usize) -> Self {
        let mut problems = Problems::new(place);
        if !text.nul_lines.is_empty() {
            let detail = format!("NUL bytes in {}", lines_text(&text.nul_lines));
            problems.add(
                Code::TextEncoding,
                Effect::Repaired,
                text.nul_lines.first().copied(),
                detail,
                "They were left out.",
            );
        }
        Gathering {
            entries: Vec::with_capacity(rows),
            by_key: BTreeMap::new(),
            seen: BTreeSet::new(),
            copies: Vec::new(),
            approximate: Vec::new(),
            placeless: Vec::new(),
            problems,
            rows: 0,
            unusable_rows: 0,
            duplicate_rows: 0,
        }
    }

    fn row(&mut self, reader: &RowReader, record: &Record<'a>) {
        self.rows += 1;
        if self.seen.contains(record.raw) {
            self.duplicate_rows += 1;
            self.copies.push(record.line);
            return;
        }
        match reader.entries(record, &mut self.problems) {
            Ok(entries) => {
                self.seen.insert(record.raw);
                let merged: Vec<bool> = entries.into_iter().map(|entry| self.keep(entry)).collect();
                self.duplicate_rows += usize::from(merged.iter().all(|merged| *merged));
            }
            Err(fault) => {
                self.unusable_rows += 1;
                self.problems.add_with(fault.code, Effect::PartLost, Some(record.line), || {
                    let signs = signs_mentioned(record);
                    let consequence = match signs.is_empty() {
                        true => "The row is not used.".to_string(),
                        false => format!("This row mentions {}; niggle could not use it.", signs_text(&signs)),
                    };
                    (fault.detail, consequence)
                });
            }
        }
    }

    /// Keeps an entry; true when it was merged into an earlier one.
    fn keep(&mut self, Keyed { entry, site_word, names_no_site }: Keyed) -> bool {
        let note = |lines: &mut Vec<u64>| {
            if lines.last() != Some(&entry.line) {
                lines.push(entry.line);
            }
        };
        if entry.approximate {
            note(&mut self.approximate);
        }
        if names_no_site && entry.pain.is_some_and(|pain| pain > 0.0) {
            note(&mut self.placeless);
        }
        let key = (entry.date, entry.moment, entry.site, site_word, entry.side);
        let earlier = self.by_key.get(&key).and_then(|index| self.entries.get_mut(*index));
        let Some(earlier) = earlier else {
            self.by_key.insert(key, self.entries.len());
            self.entries.push(entry);
            return false;
        };
        let (line, first_line) = (entry.line, earlier.line);
        let ratings = (earlier.pain, entry.pain);
        merge(earlier, entry);
        let higher = earlier.pain;
        self.problems.add_with(Code::PainDuplicate, Effect::Repaired, Some(line), || {
            let same = "the same day, moment, site and side";
            let consequence = match higher {
                Some(pain) => format!("The higher rating, {}, was kept.", rating_text(pain)),
                None => "The two rows were put together.".to_string(),
            };
            (format!("{same} as line {first_line}{}", ratings_text(ratings)), consequence)
        });
        true
    }

    fn into_log(mut self, place: &str, understood: Vec<String>) -> PainLog {
        if !self.copies.is_empty() {
            let detail = format!("exact copies of earlier rows: {}", lines_text(&self.copies));
            let consequence = format!("{} left out.", self.copies.len());
            self.problems.add(Code::PainDuplicate, Effect::Noted, None, detail, consequence);
        }
        if !self.approximate.is_empty() {
            let detail = format!("pain is a word in {}", lines_text(&self.approximate));
            let consequence = "Taken as 0, 2, 5 or 8; shown, but left out of the statistics.";
            self.problems.add(Code::PainApproximate, Effect::Noted, None, detail, consequence);
        }
        // Freed first, and sorted in place: a log at the limit is 200,000 entries.
        (self.by_key, self.seen) = (BTreeMap::new(), BTreeSet::new());
        let order = |entry: &Entry| (entry.date, rank(entry.moment), entry.time, entry.line, entry.site);
        self.entries.sort_unstable_by_key(order);
        ask(&self.entries, &self.placeless, &mut self.problems);
        PainLog {
            place: Some(place.to_string()),
            entries: self.entries,
            problems: self.problems.into_list(),
            understood,
            rows: self.rows,
            unusable_rows: self.unusable_rows,
            duplicate_rows: self.duplicate_rows,
        }
    }
}

/// `(3 and 6)`; nothing when neither row was rated.
fn ratings_text(ratings: (Option<f64>, Option<f64>)) -> String {
    let text = |pain: Option<f64>| pain.map_or_else(|| "not rated".to_string(), rating_text);
    match ratings {
        (None, None) => String::new(),
        (first, second) => format!(" ({} and {})", text(first), text(second)),
    }
}

/// Moments in the order of a calendar day: the morning of a date comes before its run.
fn rank(moment: super::Moment) -> usize {
    use super::Moment::*;
    [Morning, Before, During, After, Evening, Night, Rest, Day].iter().position(|m| *m == moment).unwrap_or(0)
}

/// Puts two rows about the same thing together: the row with the higher rating counts, what it leaves blank comes from
/// the other, and no sign is lost.
fn merge(kept: &mut Entry, mut other: Entry) {
    if other.pain > kept.pain {
        std::mem::swap(kept, &mut other);
    }
    kept.types.append(&mut other.types);
    kept.types.sort_unstable();
    kept.types.dedup();
    kept.signs.append(&mut other.signs);
    kept.signs.sort_unstable();
    kept.signs.dedup();
    kept.signs_in_note.append(&mut other.signs_in_note);
    kept.signs_in_note.sort_unstable();
    kept.signs_in_note.dedup();
    let signs = &kept.signs;
    kept.signs_in_note.retain(|sign| !signs.contains(sign));
    kept.both_legs_in_note |= other.both_legs_in_note;
    kept.function_in_note = kept.function_in_note.max(other.function_in_note);
    kept.sudden_in_note |= other.sudden_in_note;
    kept.everyday_in_note.append(&mut other.everyday_in_note);
    kept.everyday_in_note.sort_unstable();
    kept.everyday_in_note.dedup();
    kept.others_clear |= other.others_clear;
    kept.function = kept.function.max(other.function);
    kept.painkiller = kept.painkiller.max(other.painkiller);
    fill(&mut kept.time, other.time);
    fill(&mut kept.spread, other.spread);
    fill(&mut kept.onset, other.onset);
    fill(&mut kept.movement, other.movement);
    kept.ostrc.iter_mut().zip(other.ostrc).for_each(|(kept, other)| fill(kept, other));
    fill(&mut kept.sleep_h, other.sleep_h);
    fill(&mut kept.sleep_quality, other.sleep_quality);
    fill(&mut kept.rpe, other.rpe);
    fill(&mut kept.shoe, other.shoe);
    fill(&mut kept.notes, other.notes);
}

fn fill<T>(kept: &mut Option<T>, other: Option<T>) {
    *kept = kept.take().or(other);
}

fn understood(text: &Text, header: &Header, survey: &Survey, options: &Options) -> Vec<String> {
    let mut sentences = vec![format!("Text is {}, cells are separated by {}.", text.encoding, header.delimiter_name())];
    let name = |index: usize| header.names.get(index).map_or_else(String::new, |name| shown(name));
    let named = |(meaning, index): (String, usize)| match name(index) {
        same if same == meaning => same,
        other => format!("{other} = {meaning}"),
    };
    let plain = header.columns.iter().map(|(column, index)| (column.name().to_string(), *index));
    let wide = header.wide.iter().map(|(moment, index)| (format!("pain {}", moment.label()), *index));
    let columns: Vec<String> = plain.chain(wide).map(named).collect();
    sentences.push(format!("Columns: {}.", columns.join(", ")));
    let unused: Vec<String> = header.unused().into_iter().take(12).map(shown).collect();
    if !unused.is_empty() {
        sentences.push(format!("Columns that are not read: {}.", unused.join(", ")));
    }
    sentences.extend(survey.order_text(options.date_order));
    if options.pain_scale_100 {
        sentences.push("Ratings are on a scale of 0–100 and were divided by ten.".to_string());
    }
    if options.borg {
        sentences.push("RPE is on Borg's scale of 6–20 and was put on the scale of 0–10 by its words.".to_string());
    }
    if options.as_of.is_none() {
        sentences
            .push("Whether dates lie in the future was not checked: a report does that by your last run.".to_string());
    }
    if survey.rows == 0 {
        sentences.push("There are no rows yet.".to_string());
    }
    sentences
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
