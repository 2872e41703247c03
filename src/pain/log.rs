//! Reading a whole log: bytes in; entries, problems and what was understood out. Nothing else is touched.

use super::{
    Clock, ColumnRead, DateOrder, Entry, HeaderError, HeaderFault, NamedColumn, Options, PainLog,
    Scale,
    cells::{OstrcCoding, ostrc_coding, rating_text},
    dates::take_apart,
    plan::{self, Plan, columns::Column, parts::Above, totals::is_total},
    problems::{CellTrouble, Problems, lines_text},
    questions::ask,
    records::Record,
    rows::{Keyed, Reading, RowReader, signs_mentioned, signs_text},
    same::{Copies, Index, hash},
    text::{Text, decode},
    words::Vocabulary,
    workbook,
};
use crate::words::clipped;
use crate::{
    option::{COLUMN, PAIN_SCALE, TIMEZONE},
    problem::{Code, Effect},
    time::date_text,
    units::counted,
};
use chrono::{NaiveDate, NaiveTime};
use std::{borrow::Cow, collections::BTreeSet};

/// Largest file read, bytes (src/method/limits.md, Sizes).
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Largest workbook of a spreadsheet read, bytes.
pub const MAX_WORKBOOK_BYTES: usize = 50 * 1024 * 1024;
/// Most data rows read (src/method/limits.md, Sizes): 500 years of a row a day.
pub const MAX_ROWS: usize = 200_000;

/// Reads a log. `place` is how the file is called in messages. Bad rows and cells become problems in the log; an error
/// means that nothing could be trusted (no date or pain column, dates that can be read two ways, an open quote).
pub fn read(bytes: &[u8], place: &str, options: &Options) -> Result<PainLog, HeaderError> {
    let error = |line, fault| HeaderError {
        place: place.to_string(),
        line,
        fault,
    };
    if workbook::is_workbook(bytes) {
        if bytes.len() > MAX_WORKBOOK_BYTES {
            return Err(error(
                None,
                HeaderFault::TooLarge {
                    bytes: bytes.len(),
                    limit: MAX_WORKBOOK_BYTES,
                },
            ));
        }
        return read_workbook(bytes, place, options);
    }
    if bytes.len() > MAX_BYTES {
        return Err(error(
            None,
            HeaderFault::TooLarge {
                bytes: bytes.len(),
                limit: MAX_BYTES,
            },
        ));
    }
    read_text(&decode(bytes), place, options)
}

/// Whether a file reads as a pain log, by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resembles {
    /// It has a column for the day, and one that is certainly pain.
    Log,
    /// It has a column for the day, and one that may be pain.
    Perhaps,
    /// It has not.
    No,
}

/// Looks at the header of a file that nobody named. Of a workbook the first sheet with a header counts.
pub fn resembles(bytes: &[u8]) -> Resembles {
    let words = Vocabulary::shared();
    if workbook::is_workbook(bytes) {
        let sheets = workbook::sheets(bytes).unwrap_or_default();
        let found = sheets
            .iter()
            .map(|sheet| plan::resembles(&sheet.text, words));
        return found
            .min_by_key(|resembles| *resembles as usize)
            .unwrap_or(Resembles::No);
    }
    if bytes.len() > MAX_BYTES {
        Resembles::No
    } else {
        plan::resembles(&decode(bytes).text, words)
    }
}

/// Whether the bytes are a workbook of a spreadsheet (`.xlsx`, `.ods`, `.xls`).
pub fn is_workbook(bytes: &[u8]) -> bool {
    workbook::is_workbook(bytes)
}

/// The first sheet with a date and a rating; the error of the first sheet when none has.
fn read_workbook(bytes: &[u8], place: &str, options: &Options) -> Result<PainLog, HeaderError> {
    let error = |fault| HeaderError {
        place: place.to_string(),
        line: None,
        fault,
    };
    let sheets = workbook::sheets(bytes).map_err(|what| {
        error(HeaderFault::NoTable {
            what: what.to_string().trim_end_matches('.').to_string(),
        })
    })?;
    let words = Vocabulary::shared();
    let joined = workbook::join(&sheets, |sheet| {
        plan::header_of(&sheet.text, words, options)
    });
    if let Some(joined) = joined.filter(|joined| joined.sheet.text.len() <= MAX_BYTES) {
        let text = Text {
            text: Cow::Borrowed(&joined.sheet.text),
            encoding: "a workbook",
            nul_lines: Vec::new(),
        };
        // What cannot be read as one may be read by its first sheet.
        if let Ok(mut log) = read_text(&text, place, options) {
            log.understood.insert(0, joined.told);
            tell_of_sheets(&mut log, &sheets, joined.count, &joined.sheet);
            return Ok(log);
        }
    }
    let mut first_error = None;
    for sheet in &sheets {
        if sheet.is_too_large {
            first_error = first_error.or(Some(error(HeaderFault::TooLarge {
                bytes: MAX_BYTES + 1,
                limit: MAX_BYTES,
            })));
            continue;
        }
        let text = Text {
            text: Cow::Borrowed(&sheet.text),
            encoding: "a workbook",
            nul_lines: Vec::new(),
        };
        match read_text(&text, place, options) {
            Ok(mut log) => {
                if sheets.len() > 1 {
                    let (count, name) = (sheets.len(), clipped(&sheet.name));
                    log.understood
                        .insert(0, format!("Of {count} sheets, \"{name}\" was read."));
                }
                tell_of_sheets(&mut log, &sheets, 1, sheet);
                return Ok(log);
            }
            Err(error) if matches!(error.fault, HeaderFault::Empty) => {}
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    Err(first_error.unwrap_or_else(|| error(HeaderFault::Empty)))
}

/// Remarks on the sheets that were not read, and on what of the one that was cannot be.
fn tell_of_sheets(
    log: &mut PainLog,
    sheets: &[workbook::Sheet],
    read: usize,
    sheet: &workbook::Sheet,
) {
    let words = Vocabulary::shared();
    let logs = sheets
        .iter()
        .filter(|sheet| plan::resembles(&sheet.text, words) == Resembles::Log)
        .count();
    if logs > read {
        let others = counted(
            logs - read,
            "other sheet of the workbook reads",
            "other sheets of the workbook read",
        );
        log.remarks.push(format!(
            "{others} as a pain log too and was not read: put all rows into one sheet."
        ));
    }
    if sheet.errors > 0 {
        let cells = counted(sheet.errors, "cell holds", "cells hold");
        log.remarks.push(format!(
            "{cells} a spreadsheet's error and no value; they count as blank."
        ));
    }
    if sheet.beyond > 0 {
        let cells = counted(sheet.beyond, "cell lies", "cells lie");
        log.remarks.push(format!(
            "{cells} beyond the {MAX_ROWS} rows and 256 columns that niggle reads of a sheet."
        ));
    }
}

fn read_text(text: &Text, place: &str, options: &Options) -> Result<PainLog, HeaderError> {
    let error = |line, fault| HeaderError {
        place: place.to_string(),
        line,
        fault,
    };
    let words = Vocabulary::shared();
    let options = &remembered(&text.text, options);
    let plan = Plan::of(&text.text, words, place, options)?;
    let mut survey = Survey::of(&text.text, &plan).map_err(|(line, fault)| error(line, fault))?;
    let order = survey
        .order(options.date_order)
        .map_err(|fault| error(None, fault))?;
    let (coding, coding_remark) = survey.coding(&plan);
    let reading = Reading {
        order: order.unwrap_or(DateOrder::DayFirst),
        has_times: survey.has_times,
        coding,
    };
    let reader = RowReader::new(&plan, words, reading, options);
    let mut gathering =
        Gathering::new(place, text, survey.rows, std::mem::take(&mut survey.copies));
    let mut above = Above::default();
    for record in plan.data_rows(&text.text).flatten() {
        let date_cell = plan.day_cell(&record, &mut above);
        gathering.row(
            &reader,
            &record,
            Day {
                cell: &date_cell,
                is_whole: above.is_whole,
            },
            survey.fills_down(),
        );
    }
    let mut log = gathering.into_log(place, understood(text, &plan, &survey, options));
    log.columns = columns_read(&plan);
    log.remarks.extend(
        plan.remarks
            .iter()
            .cloned()
            .chain(coding_remark)
            .chain(survey.decimals_remark()),
    );
    Ok(log)
}

/// The options with what a comment of the log itself remembers (`# niggle: --pain-scale 0-5`); the command line goes before it.
fn remembered(text: &str, options: &Options) -> Options {
    let mut all = options.clone();
    let comments = text.lines().take(MAX_COMMENTS).filter_map(|line| {
        line.trim_matches(['"', ',', ';'])
            .strip_prefix("# niggle: ")
    });
    for comment in comments {
        let value = |option: &str| comment.strip_prefix(option).map(str::trim);
        if let Some(scale) = value(PAIN_SCALE).and_then(|text| text.parse::<Scale>().ok()) {
            all.scale = all.scale.or(Some(scale));
        }
        if let Some(column) =
            value(COLUMN).and_then(|text| NamedColumn::parse(&text.replace('"', "")).ok())
        {
            let is_named = all.columns.iter().any(|known| known.role == column.role);
            all.columns.extend((!is_named).then_some(column));
        }
    }
    all
}

/// Lines looked at for what a log remembers of its own form.
const MAX_COMMENTS: usize = 100;

/// The columns by name, and what each was taken for.
fn columns_read(plan: &Plan) -> Vec<ColumnRead> {
    let named = plan
        .names
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
        .take(MAX_COLUMNS_TOLD);
    let column = |(index, name): (usize, &String)| ColumnRead {
        name: clipped(name),
        read_as: plan.read_as(index),
    };
    named.map(column).collect()
}

/// Columns told one by one; a table of thousands is no log.
const MAX_COLUMNS_TOLD: usize = 100;

/// A first look at all rows: how many there are, and what the date column says about its own order.
#[derive(Debug, Default)]
struct Survey<'a> {
    rows: usize,
    copies: Copies<'a>,
    /// Times in UTC, which a known clock turns into the runner's day.
    in_utc: bool,
    /// Times with another zone, whose day counts as written.
    zoned: bool,
    /// Some day has a time other than midnight.
    has_times: bool,
    /// Dates with a year first or with dots.
    certain_order: bool,
    /// The first date that only works one way round, with its line.
    day_first: Option<(String, u64)>,
    month_first: Option<(String, u64)>,
    /// The first date that works both ways and means two days.
    either: Option<String>,
    /// Rows without a date that follow one with a date, and have something to say.
    dateless: usize,
    /// Notes that are one digit beside a whole rating, and notes in all: decimal commas that cut a rating in two.
    cut_decimals: (usize, usize),
    /// The answers to the four questions, each once for each column.
    answers: BTreeSet<String>,
}

/// So many rows without a date below dated ones are a merged cell and no slip.
const DATELESS_TO_FILL: usize = 3;

impl<'a> Survey<'a> {
    fn of(text: &'a str, plan: &Plan) -> Result<Survey<'a>, (Option<u64>, HeaderFault)> {
        let questions: Vec<usize> = (0..4)
            .filter_map(Column::ostrc)
            .filter_map(|column| plan.index(column))
            .collect();
        let mut survey = Survey::default();
        let (mut above, mut above_is_dated) = (Above::default(), false);
        let mut rows = Vec::new();
        for record in plan.data_rows(text) {
            let record = record.map_err(|open| (Some(open.line), HeaderFault::OpenQuote))?;
            survey.rows += 1;
            rows.push(hash(&record.raw));
            if survey.rows > MAX_ROWS {
                return Err((None, HeaderFault::TooManyRows { limit: MAX_ROWS }));
            }
            let answers = questions
                .iter()
                .filter_map(|index| record.fields.get(*index));
            for answer in answers.filter(|answer| !answer.trim().is_empty()) {
                if survey.answers.len() < MAX_ANSWERS && !survey.answers.contains(answer.trim()) {
                    survey.answers.insert(answer.trim().to_string());
                }
            }
            survey.decimals(&record, plan);
            let cell = plan.day_cell(&record, &mut above);
            let is_dated = !cell.trim().is_empty();
            survey.dateless += usize::from(!is_dated && above_is_dated && !is_total(&record));
            above_is_dated |= is_dated;
            survey.date(&plan.with_century(&cell), record.line);
        }
        survey.copies = Copies::among(rows);
        Ok(survey)
    }

    fn date(&mut self, cell: &str, line: u64) {
        let Ok(written) = take_apart(cell) else {
            return;
        };
        self.zoned |= written.zoned && !written.is_utc();
        self.in_utc |= written.is_utc();
        self.has_times |= written.time.is_some_and(|time| time != NaiveTime::MIN);
        match written.open_numbers() {
            None => self.certain_order = true,
            Some((13..=31, 1..=12)) => {
                self.day_first = self
                    .day_first
                    .take()
                    .or_else(|| Some((clipped(cell), line)))
            }
            Some((1..=12, 13..=31)) => {
                self.month_first = self
                    .month_first
                    .take()
                    .or_else(|| Some((clipped(cell), line)))
            }
            Some((first @ 1..=12, second @ 1..=12)) if first != second => {
                self.either = self.either.take().or_else(|| Some(clipped(cell)));
            }
            Some(_) => {}
        }
    }

    fn decimals(&mut self, record: &Record, plan: &Plan) {
        let (Some(notes), [rating]) = (plan.index(Column::Notes), plan.ratings.as_slice()) else {
            return;
        };
        if plan.delimiter != b',' || notes != rating.index + 1 {
            return;
        }
        let cell = |index: usize| record.fields.get(index).map_or("", |field| field.trim());
        let is_digit = |text: &str| text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit());
        self.cut_decimals.0 += usize::from(is_digit(cell(rating.index)) && is_digit(cell(notes)));
        self.cut_decimals.1 += usize::from(!cell(notes).is_empty());
    }

    /// What is to be told where commas cut ratings in two.
    fn decimals_remark(&self) -> Option<String> {
        let (cut, notes) = self.cut_decimals;
        (cut >= 3 && cut * 2 >= notes).then(|| {
            format!(
                "{} such as 2,5 at its comma, because commas separate the cells: write 2.5, or save the file with semicolons.",
                counted(cut, "row cuts a rating", "rows cut a rating")
            )
        })
    }

    /// Whether rows without a date belong to the day above them.
    fn fills_down(&self) -> bool {
        self.dateless >= DATELESS_TO_FILL
    }

    /// How the four questions are coded, and what is to be told when that is open.
    fn coding(&self, plan: &Plan) -> (Option<OstrcCoding>, Option<String>) {
        let has_questions = (0..4)
            .filter_map(Column::ostrc)
            .any(|column| plan.index(column).is_some());
        match ostrc_coding(self.answers.iter().map(String::as_str)) {
            Err(what) if has_questions => {
                let left = "The answers in numbers were left out; write 0, 8, 17 or 25";
                (
                    None,
                    Some(format!(
                        "The columns of the OSTRC questions {what}. {left}."
                    )),
                )
            }
            found => (found.ok(), None),
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

    fn order_text(&self, option: Option<DateOrder>, clock: &Clock) -> Vec<String> {
        let mut texts = Vec::new();
        if self.certain_order {
            texts
                .push("Dates with the year first, or with dots as day.month.year, are read as they stand.".to_string());
        }
        let settled = |(example, line): &(String, u64), order: DateOrder| {
            format!(
                "Dates with / or - are {}: {example} in line {line} settles it.",
                order.label()
            )
        };
        match (option, &self.day_first, &self.month_first) {
            (Some(order), ..) => texts.push(format!(
                "Dates with / or - are {}, as you said.",
                order.label()
            )),
            (None, Some(example), _) => texts.push(settled(example, DateOrder::DayFirst)),
            (None, None, Some(example)) => texts.push(settled(example, DateOrder::MonthFirst)),
            (None, None, None) => {}
        }
        if self.zoned {
            texts.push("Times with a zone count on the day as written.".to_string());
        }
        texts.extend(self.in_utc.then(|| clock_text(clock)));
        if self.fills_down() {
            texts.push(format!(
                "{} without a date belong to the day above them.",
                counted(self.dateless, "row", "rows")
            ));
        }
        texts
    }
}

fn clock_text(clock: &Clock) -> String {
    match clock {
        Clock::Unknown => {
            format!(
                "Times are in UTC and count on the day as written: say your zone with {TIMEZONE}."
            )
        }
        Clock::Zone(zone) => format!("Times in UTC count on the day in {zone}."),
        Clock::Offsets(_) => {
            "Times in UTC count on the day where your recordings were made.".to_string()
        }
    }
}

/// Answers of the four questions that are kept; there are at most some dozen ways to write them.
const MAX_ANSWERS: usize = 200;

fn ambiguous(example: &str) -> HeaderFault {
    let read = |order| {
        take_apart(example)
            .ok()
            .and_then(|w| w.date(order))
            .map_or_else(String::new, date_text)
    };
    HeaderFault::AmbiguousDates {
        example: example.to_string(),
        day_first: read(DateOrder::DayFirst),
        month_first: read(DateOrder::MonthFirst),
    }
}

/// What makes two rows one: the same day, moment, site and side, and the same clock where the log gives times.
type Key = (
    NaiveDate,
    super::Moment,
    Option<NaiveTime>,
    Option<super::Site>,
    Option<super::Side>,
);

fn key(entry: &Entry) -> Key {
    (entry.date, entry.moment, entry.time, entry.site, entry.side)
}

/// The day of a row as written.
#[derive(Debug, Clone, Copy)]
struct Day<'d> {
    cell: &'d str,
    /// The row says all of it; else its text alone does not make it a copy of another row.
    is_whole: bool,
}

/// Rows so far.
struct Gathering<'a> {
    entries: Vec<Entry>,
    by_key: Index,
    copies_of: Copies<'a>,
    copies: Vec<u64>,
    approximate: Vec<u64>,
    /// Lines that rate pain above 0 and leave the site blank.
    placeless: Vec<u64>,
    /// Lines that say that it hurt and not how much.
    unrated: Vec<u64>,
    totals: Vec<u64>,
    examples: usize,
    problems: Problems,
    /// The day of the row above.
    day: Option<NaiveDate>,
    rows: usize,
    unusable_rows: usize,
    duplicate_rows: usize,
}

impl<'a> Gathering<'a> {
    fn new(place: &str, text: &Text, rows: usize, copies_of: Copies<'a>) -> Self {
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
            by_key: Index::default(),
            copies_of,
            copies: Vec::new(),
            approximate: Vec::new(),
            placeless: Vec::new(),
            unrated: Vec::new(),
            totals: Vec::new(),
            examples: 0,
            problems,
            day: None,
            rows: 0,
            unusable_rows: 0,
            duplicate_rows: 0,
        }
    }

    fn row(&mut self, reader: &RowReader, record: &Record<'a>, day: Day, fills_down: bool) {
        if !reader.is_of_the_athlete(record) {
            return;
        }
        if reader.is_example(record) {
            self.examples += 1;
            return;
        }
        if take_apart(day.cell).is_err() && is_total(record) {
            self.totals.push(record.line);
            return;
        }
        self.rows += 1;
        let has_own_date = !day.cell.trim().is_empty();
        let can_be_a_copy = has_own_date && day.is_whole;
        if can_be_a_copy && self.copies_of.has(record.raw) {
            self.duplicate_rows += 1;
            self.copies.push(record.line);
            return;
        }
        match reader.entries(
            record,
            day.cell,
            self.day.filter(|_| fills_down),
            &mut self.problems,
        ) {
            Ok(entries) => {
                self.day = entries.first().map(|keyed| keyed.entry.date).or(self.day);
                if can_be_a_copy {
                    self.copies_of.add(record.raw);
                }
                let merged: Vec<bool> = entries.into_iter().map(|entry| self.keep(entry)).collect();
                self.duplicate_rows += usize::from(merged.iter().all(|merged| *merged));
            }
            Err(fault) => {
                self.unusable_rows += 1;
                // What follows a row whose day is not known has no day either.
                self.day = self.day.filter(|_| !has_own_date);
                let signs = signs_mentioned(record);
                let consequence = match signs.is_empty() {
                    true => "The row is not used.".to_string(),
                    false => format!(
                        "This row mentions {}; niggle could not use it.",
                        signs_text(signs)
                    ),
                };
                let trouble = CellTrouble {
                    code: fault.code,
                    effect: Effect::PartLost,
                    what: fault.what,
                    found: fault.found,
                    consequence,
                    listed: None,
                };
                self.problems.add_cell(trouble, record.line, &fault.value);
            }
        }
    }

    /// Keeps an entry; true when it was merged into an earlier one.
    fn keep(
        &mut self,
        Keyed {
            entry,
            names_no_site,
            hurts_unrated,
        }: Keyed,
    ) -> bool {
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
        if hurts_unrated {
            note(&mut self.unrated);
        }
        let earlier = self
            .by_key
            .place_or_add(&key(&entry), self.entries.len(), |at| {
                self.entries.get(at).map(key)
            });
        let Some(earlier) = earlier.and_then(|at| self.entries.get_mut(at)) else {
            self.entries.push(entry);
            return false;
        };
        let (line, first_line) = (entry.line, earlier.line);
        if line == first_line {
            // One row that names a place twice.
            merge(earlier, entry);
            return false;
        }
        let ratings = (earlier.pain, entry.pain);
        merge(earlier, entry);
        let higher = earlier.pain;
        let same = "the same day, moment, site and side";
        let consequence = match higher {
            Some(pain) => format!("The higher rating, {}, was kept.", rating_text(pain)),
            None => "The two rows were put together.".to_string(),
        };
        let detail = format!("{same} as line {first_line}{}", ratings_text(ratings));
        let in_common = (
            "the same day, moment, site and side as an earlier row",
            "The higher rating was kept.",
        );
        self.problems
            .add_alike(Code::PainDuplicate, line, detail, consequence, in_common);
        true
    }

    fn into_log(mut self, place: &str, mut understood: Vec<String>) -> PainLog {
        if self.examples > 0 {
            let rows = counted(
                self.examples,
                "example row of the template is",
                "example rows of the template are",
            );
            understood.push(format!("{rows} not counted."));
        }
        if self.rows == 0 {
            understood.push("There are no rows yet.".to_string());
        }
        if !self.copies.is_empty() {
            let detail = format!("exact copies of earlier rows: {}", lines_text(&self.copies));
            let consequence = format!("{} left out.", self.copies.len());
            self.problems.add(
                Code::PainDuplicate,
                Effect::Noted,
                None,
                detail,
                consequence,
            );
        }
        if !self.approximate.is_empty() {
            let detail = format!(
                "pain is a word or about a number in {}",
                lines_text(&self.approximate)
            );
            let consequence = "Words count as 2, 5 or 8, ranges as their higher end; shown, but left out of the statistics.";
            self.problems.add(
                Code::PainApproximate,
                Effect::Noted,
                None,
                detail,
                consequence,
            );
        }
        if !self.totals.is_empty() {
            let detail = format!("totals or averages in {}", lines_text(&self.totals));
            self.problems.add(
                Code::PainRowUnusable,
                Effect::Noted,
                None,
                detail,
                "They are no days and were left out.",
            );
        }
        // Freed first, and sorted in place: a log at the limit is 200,000 entries.
        (self.by_key, self.copies_of) = (Index::default(), Copies::default());
        let order = |entry: &Entry| {
            (
                entry.date,
                rank(entry.moment),
                entry.time,
                entry.line,
                entry.site,
            )
        };
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
            unrated_rows: self.unrated.len(),
            columns: Vec::new(),
            remarks: Vec::new(),
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
    [Morning, Before, During, After, Evening, Night, Rest, Day]
        .iter()
        .position(|m| *m == moment)
        .unwrap_or(0)
}

/// Puts two rows about the same thing together: the row with the higher rating counts, what it leaves blank comes from
/// the other, and no sign is lost.
fn merge(kept: &mut Entry, mut other: Entry) {
    if other.pain > kept.pain {
        std::mem::swap(kept, &mut other);
    }
    kept.types.extend(other.types);
    kept.signs.extend(other.signs);
    kept.signs_in_note.extend(other.signs_in_note);
    kept.signs_in_note.remove_all(kept.signs);
    kept.both_legs_in_note |= other.both_legs_in_note;
    kept.function_in_note = kept.function_in_note.max(other.function_in_note);
    kept.sudden_in_note |= other.sudden_in_note;
    kept.everyday_in_note.extend(other.everyday_in_note);
    kept.others_clear |= other.others_clear;
    kept.function = kept.function.max(other.function);
    kept.painkiller = kept.painkiller.max(other.painkiller);
    fill(&mut kept.time, other.time);
    fill(&mut kept.spread, other.spread);
    fill(&mut kept.onset, other.onset);
    fill(&mut kept.movement, other.movement);
    kept.beside = match (kept.beside.take(), other.beside) {
        (Some(kept), Some(other)) => kept.or(*other).kept(),
        (kept, other) => kept.or(other),
    };
}

fn fill<T>(kept: &mut Option<T>, other: Option<T>) {
    *kept = kept.take().or(other);
}

fn understood(text: &Text, plan: &Plan, survey: &Survey, options: &Options) -> Vec<String> {
    let separated = format!(
        "Text is {}, cells are separated by {}.",
        text.encoding,
        plan.delimiter_name()
    );
    let mut sentences = vec![separated];
    let named = |(index, name): (usize, &String)| {
        let read_as = plan.read_as(index)?;
        Some(if *name == read_as {
            read_as
        } else {
            format!("{} = {read_as}", clipped(name))
        })
    };
    let columns: Vec<String> = plan.names.iter().enumerate().filter_map(named).collect();
    sentences.push(format!("Columns: {}.", columns.join(", ")));
    let unread = plan
        .names
        .iter()
        .enumerate()
        .filter(|(at, name)| !name.is_empty() && plan.read_as(*at).is_none());
    let unread: Vec<String> = unread.map(|(_, name)| clipped(name)).take(12).collect();
    if !unread.is_empty() {
        sentences.push(format!("Columns that are not read: {}.", unread.join(", ")));
    }
    sentences.extend(plan.understood.iter().cloned());
    sentences.extend(survey.order_text(options.date_order, &options.clock));
    sentences.extend(scale_text(plan));
    if options.borg {
        sentences.push(
            "RPE is on Borg's scale of 6–20 and was put on the scale of 0–10 by its words."
                .to_string(),
        );
    }
    if options.as_of.is_none() {
        sentences.push(
            "Whether dates lie in the future was not checked: a report does that by your last run."
                .to_string(),
        );
    }
    sentences
}

/// What became of ratings on another scale.
fn scale_text(plan: &Plan) -> Option<String> {
    let scale = plan
        .ratings
        .iter()
        .map(|column| column.scale)
        .find(|scale| *scale != Scale::ZeroToTen)?;
    let became = match scale {
        Scale::ZeroToHundred => "were divided by ten".to_string(),
        Scale::OneToFour => {
            "were taken by their words: none 0, a niggle 2, poor 5, injured 8".to_string()
        }
        _ => "were put on 0–10".to_string(),
    };
    Some(format!("Ratings are on a scale of {scale} and {became}."))
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
