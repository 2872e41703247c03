//! A first look at all rows: how many there are, and what the columns of dates and answers say about their own form.

use super::{
    Clock, DateOrder, HeaderFault, Options,
    cells::{OstrcCoding, ostrc_coding},
    dates::{Written, take_apart},
    plan::{Fault, Plan, columns::Column, parts::Above, totals::is_total},
    records::Record,
    rows::Reading,
    same::{Copies, hash},
};
use crate::words::clipped;
use crate::{option::TIMEZONE, time::date_text, units::counted};
use chrono::NaiveTime;
use std::collections::BTreeSet;

/// Answers of the four questions that are kept; there are at most some dozen ways to write them.
const MAX_ANSWERS: usize = 200;

/// What the first look found.
#[derive(Debug, Default)]
pub(super) struct FirstLook<'a> {
    /// Data rows.
    pub rows: usize,
    /// Rows that stand in the file more than once.
    pub copies: Copies<'a>,
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
    /// The first date that works both ways and means two days, with its line, and how many there are.
    either: Option<(String, u64)>,
    eithers: usize,
    /// The first date with dots, with its line, and how many dates there are whose order is certain.
    dotted: Option<(String, u64)>,
    certain: usize,
    /// Some row had a date.
    is_dated: bool,
    /// Rows without a date that follow one with a date, and have something to say.
    dateless: usize,
    /// Notes that are one digit beside a whole rating, and notes in all: decimal commas that cut a rating in two.
    cut_decimals: (usize, usize),
    /// The answers to the four questions, each once for each column.
    answers: BTreeSet<String>,
}

/// So many rows without a date below dated ones are a merged cell and no slip.
const DATELESS_TO_FILL: usize = 3;

impl<'a> FirstLook<'a> {
    /// Looks at every row.
    pub(super) fn at(
        text: &'a str,
        plan: &Plan,
        options: &Options,
    ) -> Result<FirstLook<'a>, Fault> {
        let most = options.most_rows();
        let questions = questions_of(plan);
        let mut look = FirstLook::default();
        let (mut above, mut hashes) = (Above::default(), Vec::new());
        for record in plan.data_rows(text) {
            let record = record.map_err(|open| (Some(open.line), HeaderFault::OpenQuote))?;
            look.rows += 1;
            hashes.push(hash(&record.raw));
            if look.rows > most {
                return Err((None, HeaderFault::TooManyRows { limit: most }));
            }
            for question in &questions {
                look.answer(record.cell(*question).trim());
            }
            look.decimals(&record, plan);
            let day = plan.day_cell(&record, &mut above);
            look.count_dateless(&day, &record);
            look.date(&plan.with_century(&day), record.line);
        }
        look.copies = Copies::among(hashes);
        Ok(look)
    }

    fn answer(&mut self, answer: &str) {
        let is_new = !answer.is_empty() && !self.answers.contains(answer);
        if is_new && self.answers.len() < MAX_ANSWERS {
            self.answers.insert(answer.to_string());
        }
    }

    fn count_dateless(&mut self, day: &str, record: &Record) {
        let is_dated = !day.trim().is_empty();
        self.dateless += usize::from(!is_dated && self.is_dated && !is_total(record));
        self.is_dated |= is_dated;
    }

    fn date(&mut self, cell: &str, line: u64) {
        if let Ok(written) = take_apart(cell) {
            self.zoned |= written.zoned && !written.is_utc();
            self.in_utc |= written.is_utc();
            self.has_times |= written.time.is_some_and(|time| time != NaiveTime::MIN);
            self.count_order(&written, cell, line);
        }
    }

    fn count_order(&mut self, written: &Written, cell: &str, line: u64) {
        let example = || (clipped(cell), line);
        match written.open_numbers() {
            None => {
                self.certain_order = true;
                self.certain += 1;
                if is_dotted(cell) {
                    self.dotted.get_or_insert_with(example);
                }
            }
            Some((13..=31, 1..=12)) => _ = self.day_first.get_or_insert_with(example),
            Some((1..=12, 13..=31)) => _ = self.month_first.get_or_insert_with(example),
            Some((first @ 1..=12, second @ 1..=12)) if first != second => {
                self.eithers += 1;
                self.either.get_or_insert_with(example);
            }
            Some(_) => {}
        }
    }

    fn decimals(&mut self, record: &Record, plan: &Plan) {
        let (Some(notes), [rating]) = (plan.index(Column::Notes), plan.ratings.as_slice()) else {
            return;
        };
        if plan.delimiter == b',' && notes == rating.index + 1 {
            let (rating, note) = (record.cell(rating.index), record.cell(notes).trim());
            let is_cut = is_digit(rating.trim()) && is_digit(note);
            self.cut_decimals.0 += usize::from(is_cut);
            self.cut_decimals.1 += usize::from(!note.is_empty());
        }
    }

    /// What is to be told where commas cut ratings in two.
    pub(super) fn decimals_remark(&self) -> Option<String> {
        let (cut, notes) = self.cut_decimals;
        (cut >= 3 && cut * 2 >= notes).then(|| {
            format!(
                "{} such as 2,5 at its comma, because commas separate the cells: write 2.5, or save the file with semicolons.",
                counted(cut, "row cuts a rating", "rows cut a rating")
            )
        })
    }

    /// Whether rows without a date belong to the day above them.
    pub(super) fn fills_down(&self) -> bool {
        self.dateless >= DATELESS_TO_FILL
    }

    /// How the rows are read, and what is to be told when the coding of the four questions is open.
    pub(super) fn reading(
        &self,
        plan: &Plan,
        options: &Options,
    ) -> Result<(Reading, Option<String>), Fault> {
        let order = self.order(options.date_order)?;
        let (coding, remark) = self.coding(plan);
        let reading = Reading {
            order_is_open: order.is_none(),
            order: order.unwrap_or(DateOrder::DayFirst),
            has_times: self.has_times,
            coding,
        };
        Ok((reading, remark))
    }

    fn coding(&self, plan: &Plan) -> (Option<OstrcCoding>, Option<String>) {
        match ostrc_coding(self.answers.iter().map(String::as_str)) {
            Ok(coding) => (Some(coding), None),
            Err(_) if questions_of(plan).is_empty() => (None, None),
            Err(what) => {
                let left = "The answers in numbers were left out; write 0, 8, 17 or 25";
                let remark = format!("The columns of the OSTRC questions {what}. {left}.");
                (None, Some(remark))
            }
        }
    }

    /// The order of `03/04/2024` in this column: the option, or what any value above 12 says, or what dates with dots do beside it. None:
    /// no such dates, or a few among many others, and nothing tells.
    fn order(&self, option: Option<DateOrder>) -> Result<Option<DateOrder>, Fault> {
        match (option, &self.day_first, &self.month_first, &self.either) {
            (Some(order), ..) => Ok(Some(order)),
            (None, Some(day_first), Some(month_first), _) => {
                Err((None, contradictory(day_first, month_first)))
            }
            (None, Some(_), None, _) => Ok(Some(DateOrder::DayFirst)),
            (None, None, Some(_), _) => Ok(Some(DateOrder::MonthFirst)),
            (None, None, None, Some(_)) if self.dotted.is_some() => Ok(Some(DateOrder::DayFirst)),
            (None, None, None, Some(_)) if self.eithers < self.certain => Ok(None),
            (None, None, None, Some((example, line))) => Err((Some(*line), ambiguous(example))),
            (None, None, None, None) => Ok(None),
        }
    }

    /// What was understood of the dates, one sentence each.
    pub(super) fn told(&self, option: Option<DateOrder>, clock: &Clock) -> Vec<String> {
        const CERTAIN: &str =
            "Dates with the year first, or with dots as day.month.year, are read as they stand.";
        const ZONED: &str = "Times with a zone count on the day as written.";
        let sentences = [
            self.certain_order.then(|| CERTAIN.to_string()),
            self.order_told(option),
            self.zoned.then(|| ZONED.to_string()),
            self.in_utc.then(|| clock_text(clock)),
            self.fills_down().then(|| self.dateless_told()),
        ];
        sentences.into_iter().flatten().collect()
    }

    fn order_told(&self, option: Option<DateOrder>) -> Option<String> {
        let (order, why) = match (option, &self.day_first, &self.month_first) {
            (Some(order), ..) => (order, ", as you said.".to_string()),
            (None, Some(example), _) => (DateOrder::DayFirst, settled(example)),
            (None, None, Some(example)) => (DateOrder::MonthFirst, settled(example)),
            (None, None, None) => {
                let (example, line) = self.dotted.as_ref().filter(|_| self.either.is_some())?;
                let why = format!(", as those with dots are: {example} in line {line}.");
                (DateOrder::DayFirst, why)
            }
        };
        Some(format!("Dates with / or - are {}{why}", order.label()))
    }

    fn dateless_told(&self) -> String {
        let rows = counted(self.dateless, "row", "rows");
        format!("{rows} without a date belong to the day above them.")
    }
}

/// The order of day and month in some cells, each with its line, by any of them that tells. None: it does not matter, or nothing tells for
/// a few among many.
pub(super) fn order_of<'c>(
    cells: impl Iterator<Item = (&'c str, u64)>,
    option: Option<DateOrder>,
) -> Result<Option<DateOrder>, Fault> {
    let mut look = FirstLook::default();
    for (cell, line) in cells {
        look.date(cell, line);
    }
    look.order(option)
}

fn questions_of(plan: &Plan) -> Vec<usize> {
    (0..4)
        .filter_map(Column::ostrc)
        .filter_map(|column| plan.index(column))
        .collect()
}

/// Whether a date has its day before its month and dots between them.
fn is_dotted(cell: &str) -> bool {
    let mut parts = cell.trim().split('.');
    let is_short = |part: Option<&str>| {
        part.is_some_and(|part| {
            (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    is_short(parts.next()) && is_short(parts.next()) && parts.next().is_some()
}

fn is_digit(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit())
}

fn settled((example, line): &(String, u64)) -> String {
    format!(": {example} in line {line} settles it.")
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

fn contradictory(day_first: &(String, u64), month_first: &(String, u64)) -> HeaderFault {
    HeaderFault::ContradictoryDates {
        day_first: day_first.0.clone(),
        day_line: day_first.1,
        month_first: month_first.0.clone(),
        month_line: month_first.1,
    }
}

fn ambiguous(example: &str) -> HeaderFault {
    HeaderFault::AmbiguousDates {
        example: example.to_string(),
        day_first: text_in_order(example, DateOrder::DayFirst),
        month_first: text_in_order(example, DateOrder::MonthFirst),
    }
}

/// The day that a cell names under an order; empty where there is no such day.
fn text_in_order(cell: &str, order: DateOrder) -> String {
    let written = take_apart(cell).ok();
    let date = written.and_then(|written| written.date(order));
    date.map_or_else(String::new, date_text)
}
