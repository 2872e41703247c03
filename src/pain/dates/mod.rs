//! Dates and times of day as people, spreadsheets and forms write them: read exactly or refused, never guessed.

mod names;
mod pieces;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, Weekday};
pub(super) use names::month;
use names::{is_filler, is_weekday};
use pieces::{Clock, Piece, int, pieces, take_clock};
use serde::Serialize;
use std::borrow::Cow;
use thiserror::Error;

/// Which comes first in `03/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// Day, month, year: 3 April.
    DayFirst,
    /// Month, day, year: 4 March.
    MonthFirst,
}

impl DateOrder {
    /// Both orders.
    pub const ALL: &[DateOrder] = &[DateOrder::DayFirst, DateOrder::MonthFirst];

    /// The word for `--date-order`.
    pub fn as_str(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "dmy",
            DateOrder::MonthFirst => "mdy",
        }
    }

    /// `day/month/year`, for sentences.
    pub fn label(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "day/month/year",
            DateOrder::MonthFirst => "month/day/year",
        }
    }

    fn day_and_month(self, first: u32, second: u32) -> (u32, u32) {
        match self {
            DateOrder::DayFirst => (first, second),
            DateOrder::MonthFirst => (second, first),
        }
    }
}

/// How far a written time stands from Greenwich.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offset {
    /// Coordinated Universal Time, as programs write it: `Z`, `UTC`, `GMT`, `+00:00`, seconds since 1970. The runner's own
    /// day may be another one.
    Utc,
    /// Minutes east of it, as the runner's own clock showed: the day as written counts.
    Local(i32),
}

impl Offset {
    fn of(minutes: i32) -> Offset {
        if minutes == 0 {
            Offset::Utc
        } else {
            Offset::Local(minutes)
        }
    }
}

/// A date cell, taken apart but not yet placed in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    day: Parts,
    /// The time of day behind the date, as written.
    pub time: Option<NaiveTime>,
    /// A zone stood behind the time.
    pub zoned: bool,
    /// How far the time stands from Greenwich, when the zone says it.
    pub offset: Option<Offset>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parts {
    /// The order is certain: year first, a month by name, day.month.year with dots, or a count of days or seconds.
    Known { year: i32, month: u32, day: u32 },
    /// Two numbers whose order only the column or an option can tell.
    Slashed { first: u32, second: u32, year: i32 },
}

impl Parts {
    /// The two in this order, or in the one in which they stand.
    fn day_and_month(self) -> (u32, u32) {
        match self {
            Parts::Known { month, day, .. } => (day, month),
            Parts::Slashed { first, second, .. } => (first, second),
        }
    }
}

impl Clock {
    fn on(self, day: Parts) -> Written {
        Written {
            day,
            time: Some(self.time),
            zoned: self.zoned,
            offset: self.offset,
        }
    }
}

/// Why a cell is no date. Reasons are few, so that equal ones can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Error)]
pub(super) enum DateFault {
    /// Nothing that looks like a date.
    #[error("is no date niggle reads")]
    NoDate,
    /// Day and month alone.
    #[error("has no year")]
    NoYear,
    /// Month or week and year alone.
    #[error("has no day")]
    NoDay,
    /// Two digits that are no year, or a year at either end.
    #[error("has no year of four digits")]
    OddYear,
    /// Five digits that are no day from 2000 to 2099 in a spreadsheet's count.
    #[error("looks like a spreadsheet's day number, but of no day from 2000 to 2099")]
    DayNumber,
    /// From one day to another.
    #[error("names two different days")]
    TwoDays,
    /// A date with something behind it.
    #[error("has something behind the date that is no time")]
    OddTime,
}

/// Takes a date cell apart: year first, day first or month first, with `-`, `/` or dots; months by name in seven languages;
/// two-digit years (00–79 are 20xx); weekdays; a spreadsheet's day numbers of 2000–2099; `20250813`, `13082025`; seconds and
/// milliseconds since 1970 (2001–2100); ISO weeks; `2025年8月13日`; the same day twice with an arrow. Each also with a time
/// of day and a zone (`2025-03-03T22:30:00+13:00`: the local day as written counts).
pub(super) fn take_apart(cell: &str) -> Result<Written, DateFault> {
    // A zone by its name behind the offset: `2025-08-13T21:04+02:00[Europe/Berlin]`.
    let cell = cell.split('[').next().unwrap_or_default().trim();
    if let Some(day) = iso_day(cell) {
        return Ok(Written::of(day, None));
    }
    if let Some(counted) = counted(cell) {
        return counted;
    }
    match cell.split_once('→').or_else(|| cell.split_once("->")) {
        Some((from, to)) => same_day(in_words(from)?, in_words(to)?),
        None => in_words(cell),
    }
}

fn same_day(from: Written, to: Written) -> Result<Written, DateFault> {
    match from.day == to.day {
        true => Ok(from),
        false => Err(DateFault::TwoDays),
    }
}

/// Day and month of a cell that a spreadsheet made of a rating such as `3/10`: `3-Oct`, `Oct-03`, `3. Okt`, `45933`,
/// `2025-10-03`, `4/10/2025` (the two numbers in the order they stand). None when it is no date.
pub(super) fn day_and_month(cell: &str) -> Option<(u32, u32)> {
    let cell = cell.trim();
    if let Ok(written) = take_apart(cell) {
        return Some(written.day.day_and_month());
    }
    let pieces = pieces(cell)?;
    let named = named_parts(&pieces).ok()?;
    match (named.month, named.numbers.as_slice()) {
        (Some(month), [day]) if (1..=31).contains(&int(day)) => Some((int(day) as u32, month)),
        _ => None,
    }
}

impl Written {
    /// Whether the time is one of Greenwich, so that the runner's own day may be another.
    fn of(day: Parts, time: Option<NaiveTime>) -> Written {
        Written {
            day,
            time,
            zoned: false,
            offset: None,
        }
    }

    /// Whether the time is one of Greenwich, so that the runner's own day may be another.
    pub(super) fn is_utc(&self) -> bool {
        self.offset == Some(Offset::Utc) && self.time.is_some()
    }

    /// The two numbers whose order is open; None when the order is certain.
    pub(super) fn open_numbers(&self) -> Option<(u32, u32)> {
        match self.day {
            Parts::Known { .. } => None,
            Parts::Slashed { first, second, .. } => Some((first, second)),
        }
    }

    /// Whether it means one day or another, and only the column can tell which.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.open_numbers()
            .is_some_and(|(first, second)| first != second && first <= 12 && second <= 12)
    }

    /// The date under an order; None when there is no such day.
    pub(super) fn date(&self, order: DateOrder) -> Option<NaiveDate> {
        let (year, (day, month)) = match self.day {
            Parts::Known { year, month, day } => (year, (day, month)),
            Parts::Slashed {
                first,
                second,
                year,
            } => (year, order.day_and_month(first, second)),
        };
        NaiveDate::from_ymd_opt(year, month, day)
    }
}

/// A time of day: `7:30`, `07:30:15`, `7:30 p.m.`, `7pm`, `7.30pm`, `19h30`, `19.30`, `1930`, `7 Uhr`, `noon`, `midnight`, each
/// also with a zone behind it. None when it is no time.
pub(super) fn time_of_day(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    plain_time(text).or_else(|| time_in_words(text))
}

fn time_in_words(text: &str) -> Option<NaiveTime> {
    let mut pieces = pieces(text)?;
    if let [Piece::Word(word)] = pieces.as_slice() {
        return named_time(word);
    }
    let clock = take_clock(&mut pieces)??;
    let says_nothing = |piece: &Piece| matches!(piece, Piece::Word(word) if is_filler(word));
    pieces.iter().all(says_nothing).then_some(clock.time)
}

/// `2025-08-13` and nothing else: what most logs hold.
fn iso_day(cell: &str) -> Option<Parts> {
    let is_form = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    if cell.len() != 10 || !cell.bytes().enumerate().all(is_form) {
        return None;
    }
    let part = |from: usize, to: usize| cell.get(from..to).map_or(0, int);
    Some(Parts::Known {
        year: part(0, 4),
        month: part(5, 7) as u32,
        day: part(8, 10) as u32,
    })
}

/// A lone number: a day count, seconds or milliseconds since 1970, or a date without separators. None when it is no lone
/// number or of none of these lengths.
fn counted(cell: &str) -> Option<Result<Written, DateFault>> {
    if let Some((day, time)) = cell.split_once('T')
        && day.len() == 8
        && is_digits(day)
    {
        return Some(basic_iso(day, time).ok_or(DateFault::OddTime));
    }
    let (whole, fraction) = cell.split_once(['.', ',']).unwrap_or((cell, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    // How many digits there are tells what is counted: no year from 2000 on makes two of these equally long.
    let is_whole = cell.len() == whole.len();
    let (written, fault) = match (whole.len(), is_whole) {
        (5, _) => (day_number(whole, fraction), DateFault::DayNumber),
        (7 | 8, true) => (day_of_digits(whole), DateFault::NoDate),
        (12 | 14, true) => (without_separators(whole), DateFault::NoDate),
        (10, _) => (since_1970(whole.parse().ok()?), DateFault::NoDate),
        (13, _) => (
            since_1970(whole.parse::<i64>().ok()? / 1000),
            DateFault::NoDate,
        ),
        _ => return None,
    };
    Some(written.ok_or(fault))
}

/// `20250813T210411Z`.
fn basic_iso(day: &str, time: &str) -> Option<Written> {
    let offset = time.ends_with('Z').then_some(Offset::Utc);
    let written = without_separators(&format!("{day}{}", time.trim_end_matches('Z')))?;
    Some(Written {
        zoned: offset.is_some(),
        offset,
        ..written
    })
}

fn day_of_digits(digits: &str) -> Option<Written> {
    let day = year_last(digits).map(|day| Written::of(day, None));
    day.or_else(|| without_separators(digits))
}

/// A day of 2000–2099 in a spreadsheet's count from 30 December 1899; its fraction is the time of day.
fn day_number(whole: &str, fraction: &str) -> Option<Written> {
    let days: i64 = whole.parse().ok()?;
    if !(36_526..=73_050).contains(&days) {
        return None;
    }
    let share: f64 = format!("0.{fraction}").parse().ok()?;
    let seconds = (share * 86_400.0).round() as i64;
    let start = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_time(NaiveTime::MIN);
    let at = start.checked_add_signed(TimeDelta::days(days) + TimeDelta::seconds(seconds))?;
    let time = (seconds > 0).then_some(at.time());
    Some(Written::of(known(at.date()), time))
}

/// Seconds since 1970 that lie in 2001–2100.
fn since_1970(seconds: i64) -> Option<Written> {
    let at = DateTime::from_timestamp(seconds, 0)?.naive_utc();
    (2001..=2100).contains(&at.year()).then_some(Written {
        day: known(at.date()),
        time: Some(at.time()),
        zoned: true,
        offset: Some(Offset::Utc),
    })
}

/// `20250813`, `202508132104`, `20250813210411`.
fn without_separators(digits: &str) -> Option<Written> {
    let part = |from: usize, to: usize| {
        let part = digits.get(from..to)?;
        is_digits(part).then(|| int(part) as u32)
    };
    let date = NaiveDate::from_ymd_opt(part(0, 4)? as i32, part(4, 6)?, part(6, 8)?)?;
    if !(1900..=2100).contains(&date.year()) {
        return None;
    }
    let second = part(12, 14).unwrap_or(0);
    let time = match digits.len() {
        8 => None,
        _ => Some(NaiveTime::from_hms_opt(
            part(8, 10)?,
            part(10, 12)?,
            second,
        )?),
    };
    Some(Written::of(known(date), time))
}

/// `13082025` and, where a spreadsheet took the zero in front away, `3082025`: the order of day and month is open. With a year
/// of 2000–2099 behind it there is no such day that begins with its year: its month would be 20.
fn year_last(digits: &str) -> Option<Parts> {
    let (front, year) = digits.split_at_checked(digits.len().checked_sub(4)?)?;
    let (first, second) = front.split_at_checked(front.len().checked_sub(2)?)?;
    let (first, second, year) = (int(first) as u32, int(second) as u32, int(year));
    let is_possible = are_day_and_month(first, second) && (2000..2100).contains(&year);
    is_possible.then_some(Parts::Slashed {
        first,
        second,
        year,
    })
}

/// Whether two numbers can be a day and a month, whichever comes first.
fn are_day_and_month(first: u32, second: u32) -> bool {
    (1..=31).contains(&first) && (1..=31).contains(&second) && first.min(second) <= 12
}

fn known(date: NaiveDate) -> Parts {
    Parts::Known {
        year: date.year(),
        month: date.month(),
        day: date.day(),
    }
}

/// A date of numbers and words, with a time or without.
fn in_words(cell: &str) -> Result<Written, DateFault> {
    let cell = without_brackets(cell);
    let mut pieces = pieces(&cell).ok_or(DateFault::NoDate)?;
    let clock = match take_clock(&mut pieces) {
        Some(None) => return Err(DateFault::OddTime),
        Some(clock) => clock,
        None => dotted_clock(&mut pieces),
    };
    let day = day(&pieces).map_err(|fault| match fault {
        DateFault::NoDate if starts_with_a_day(&pieces) => DateFault::OddTime,
        fault => fault,
    })?;
    Ok(clock.map_or(Written::of(day, None), |clock| clock.on(day)))
}

/// The cell without brackets that hold words alone: `(Wed)`, `(Central European Summer Time)`.
fn without_brackets(cell: &str) -> Cow<'_, str> {
    match around_brackets(cell) {
        Some((front, inside, back)) if !inside.contains(|c: char| c.is_ascii_digit()) => {
            format!("{front} {back}").into()
        }
        _ => cell.into(),
    }
}

/// What stands before, in and behind the first brackets.
fn around_brackets(cell: &str) -> Option<(&str, &str, &str)> {
    let (front, behind) = cell.split_once('(')?;
    let (inside, back) = behind.split_once(')')?;
    Some((front, inside, back))
}

/// `13.08.2025 21.04`: the last two of five numbers.
fn dotted_clock(pieces: &mut Vec<Piece>) -> Option<Clock> {
    let [
        ..,
        Piece::Number(hour),
        Piece::Sign('.'),
        Piece::Number(minute),
    ] = pieces.as_slice()
    else {
        return None;
    };
    let time = NaiveTime::from_hms_opt(int(hour) as u32, int(minute) as u32, 0)?;
    let is_number = |piece: &&Piece| matches!(piece, Piece::Number(_));
    let is_time = pieces.iter().filter(is_number).count() == 5;
    is_time.then(|| pieces.truncate(pieces.len() - 3))?;
    Some(Clock {
        time,
        zoned: false,
        offset: None,
    })
}

/// Whether a whole date stands in front of what makes the cell none.
fn starts_with_a_day(pieces: &[Piece]) -> bool {
    (3..pieces.len().min(9))
        .any(|length| pieces.get(..length).is_some_and(|front| day(front).is_ok()))
}

/// What is left of a date when words that say nothing are gone.
#[derive(Default)]
struct Named<'p> {
    numbers: Vec<&'p str>,
    signs: Vec<char>,
    month: Option<u32>,
    is_week: bool,
    /// "mar" is also mardi, martes and martedì: a second name is then the month.
    may_be_weekday: bool,
}

fn named_parts<'p>(pieces: &'p [Piece]) -> Result<Named<'p>, DateFault> {
    let mut named = Named::default();
    for piece in pieces {
        match piece {
            Piece::Number(digits) => named.numbers.push(digits),
            Piece::Sign('.' | '-' | '/' | '_' | '–' | '‐' | '‑') if named.numbers.is_empty() =>
                {}
            Piece::Sign(sign @ ('.' | '-' | '/' | '_' | '–' | '‐' | '‑')) => {
                named.signs.push(*sign)
            }
            Piece::Sign(',' | '\'' | '’' | ';' | '(' | ')' | '，') => {}
            Piece::Sign(_) => return Err(DateFault::NoDate),
            Piece::Word(word) => named.word(word)?,
        }
    }
    Ok(named)
}

impl Named<'_> {
    fn word(&mut self, word: &str) -> Result<(), DateFault> {
        match month(word) {
            _ if word == "w" || word == "kw" => self.is_week = true,
            Some(found) if self.month.is_none() || self.may_be_weekday => {
                self.month = Some(found);
                self.may_be_weekday = word == "mar" && self.numbers.is_empty();
            }
            None if is_weekday(word) || is_filler(word) || matches!(word, "月" | "월") => {}
            _ => return Err(DateFault::NoDate),
        }
        Ok(())
    }
}

fn day(pieces: &[Piece]) -> Result<Parts, DateFault> {
    let named = named_parts(pieces)?;
    match (named.month, named.numbers.as_slice()) {
        (None, numbers) if named.is_week => week_day(numbers),
        (None, numbers) => day_of_numbers(numbers, &named.signs),
        (Some(month), [a, b]) => with_month(month, a, b),
        (Some(_), [year]) if year.len() == 4 => Err(DateFault::NoDay),
        (Some(_), [_]) => Err(DateFault::NoYear),
        _ => Err(DateFault::NoDate),
    }
}

fn day_of_numbers(numbers: &[&str], signs: &[char]) -> Result<Parts, DateFault> {
    match numbers {
        [a, b, c] => three_numbers(a, b, c, signs),
        // `13082025 21:04`: the time is taken out before.
        [whole] if whole.len() == 8 => {
            let day = day_of_digits(whole).ok_or(DateFault::NoDate)?;
            Ok(day.day)
        }
        [a, b] if a.len() == 4 || b.len() == 4 => Err(DateFault::NoDay),
        [a, b] if a.len() <= 2 && b.len() <= 2 => Err(DateFault::NoYear),
        _ => Err(DateFault::NoDate),
    }
}

/// `13 Aug 2025`, `Aug 13, 2025`, `2025 Aug 13`, `13-Aug-25`.
fn with_month(month: u32, a: &str, b: &str) -> Result<Parts, DateFault> {
    let (year, day) = match (a.len(), b.len()) {
        (4, 1..=2) => (int(a), b),
        (1..=2, 4) => (int(b), a),
        (1..=2, 2) => (full_year(int(b)), a),
        _ => return Err(DateFault::OddYear),
    };
    Ok(Parts::Known {
        year,
        month,
        day: int(day) as u32,
    })
}

fn three_numbers(a: &str, b: &str, c: &str, signs: &[char]) -> Result<Parts, DateFault> {
    let sign = signs.first().copied();
    if !signs.iter().all(|other| Some(*other) == sign) {
        return Err(DateFault::NoDate);
    }
    // With dots the day comes first everywhere; with slashes and hyphens only the whole column can tell.
    let (first, second, third) = (int(a), int(b) as u32, int(c));
    match (a.len(), b.len(), c.len()) {
        (4, 1..=2, 1..=2) => Ok(Parts::Known {
            year: first,
            month: second,
            day: third as u32,
        }),
        (1..=2, 1..=2, 4) => Ok(year_behind(first as u32, second, third, sign)),
        (1..=2, 1..=2, 2) if sign != Some('.') && can_begin_with_year(first, third) => {
            Err(DateFault::OddYear)
        }
        (1..=2, 1..=2, 2) => Ok(year_behind(first as u32, second, full_year(third), sign)),
        _ => Err(DateFault::OddYear),
    }
}

/// 25-08-13 may begin or end with its year.
fn can_begin_with_year(first: i32, third: i32) -> bool {
    first > 31 || first >= 20 && third < 20
}

/// With dots the day comes first; else the order is open.
fn year_behind(first: u32, second: u32, year: i32, sign: Option<char>) -> Parts {
    match sign {
        Some('.') => Parts::Known {
            year,
            month: second,
            day: first,
        },
        _ => Parts::Slashed {
            first,
            second,
            year,
        },
    }
}

fn week_day(numbers: &[&str]) -> Result<Parts, DateFault> {
    let (year, week, day) = match numbers {
        [year, week, day] if year.len() == 4 && day.len() == 1 => (int(year), int(week), int(day)),
        [year, both] if year.len() == 4 && both.len() == 3 => {
            (int(year), int(both) / 10, int(both) % 10)
        }
        [_, _] | [_] => return Err(DateFault::NoDay),
        _ => return Err(DateFault::NoDate),
    };
    day_of_week(year, week as u32, day).ok_or(DateFault::NoDate)
}

/// The day of a week, 1 for Monday.
fn day_of_week(year: i32, week: u32, day: i32) -> Option<Parts> {
    let behind_monday = u8::try_from(day - 1).ok()?;
    let weekday = Weekday::try_from(behind_monday).ok()?;
    NaiveDate::from_isoywd_opt(year, week, weekday).map(known)
}

/// 00–79 are 20xx, 80–99 are 19xx.
fn full_year(two_digits: i32) -> i32 {
    if two_digits < 80 {
        2000 + two_digits
    } else {
        1900 + two_digits
    }
}

/// `1930`, `0730`, `19.30` and `7:30`.
fn plain_time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = match text.split_once(['.', ':']) {
        Some(parts) => parts,
        None if text.len() == 4 => text.split_at_checked(2)?,
        None => return None,
    };
    if !is_digits(hour) || !is_digits(minute) || hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    NaiveTime::from_hms_opt(int(hour) as u32, int(minute) as u32, 0)
}

fn named_time(word: &str) -> Option<NaiveTime> {
    let hour = match word {
        "noon" | "midday" | "mittag" | "mittags" | "midi" | "mediodia" | "mezzogiorno" | "meio"
        | "middag" => 12,
        "midnight" | "mitternacht" | "minuit" | "medianoche" | "mezzanotte" | "middernacht" => 0,
        _ => return None,
    };
    NaiveTime::from_hms_opt(hour, 0, 0)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
