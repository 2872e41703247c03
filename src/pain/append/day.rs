//! The day as a log writes its days.

use crate::pain::{
    DateOrder,
    dates::{month, take_apart},
    plan::Plan,
    words::fold,
};
use chrono::{Datelike, NaiveDate};

/// Days that are looked at for how they are written.
const LOOKED_AT: usize = 60;

/// The year, the month or the day as a column of its own has it. Without a column for the year the month says it.
pub(super) fn part_like(last: &str, part: &str, has_year: bool, date: NaiveDate) -> String {
    let is_padded = last.len() == 2;
    let number = |value: u32| match is_padded {
        true => format!("{value:02}"),
        false => value.to_string(),
    };
    match part {
        "year" if is_padded => format!("{:02}", date.year() % 100),
        "year" => date.year().to_string(),
        "month" if !has_year => date.format("%Y-%m").to_string(),
        "month" => month_like(last, date.month()).unwrap_or_else(|| number(date.month())),
        _ => number(date.day()),
    }
}

/// One stretch of a cell: digits, letters, or what stands between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'c> {
    Digits(&'c str),
    Letters(&'c str),
    Between(&'c str),
}

/// A day as the cells write theirs, the last ones first; None where niggle cannot do so, and a year-month-day will do.
pub(super) fn like<'c>(
    cells: impl Iterator<Item = &'c str>,
    plan: &Plan,
    order: DateOrder,
    date: NaiveDate,
) -> Option<String> {
    let cells: Vec<&str> = cells
        .filter(|cell| !cell.trim().is_empty())
        .take(LOOKED_AT)
        .collect();
    let read = |cell: &str| take_apart(&plan.with_century(cell)).ok()?.date(order);
    let says = |text: &String| read(text) == Some(date);
    cells.iter().find_map(|cell| {
        let day = read(cell)?;
        rewritten(cell.trim(), day, date, &cells)
            .into_iter()
            .find(says)
    })
}

/// The ways to write a date as a cell has its own.
fn rewritten(cell: &str, day: NaiveDate, date: NaiveDate, cells: &[&str]) -> Vec<String> {
    let pieces = pieces(cell);
    if let [Piece::Digits(digits)] = pieces.as_slice() {
        return counted(digits, day, date);
    }
    let values = |at: usize| roles(pieces.get(at).copied(), day);
    let mut ways = Vec::new();
    for year in (0..pieces.len()).filter(|at| values(*at).contains(&Role::Year)) {
        for month in
            (0..pieces.len()).filter(|at| *at != year && values(*at).contains(&Role::Month))
        {
            let is_day =
                |at: &usize| *at != year && *at != month && values(*at).contains(&Role::Day);
            for day in (0..pieces.len()).filter(is_day) {
                ways.extend(Way { year, month, day }.written(&pieces, date, cells));
            }
        }
    }
    ways
}

/// What a stretch can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Year,
    Month,
    Day,
}

fn roles(piece: Option<Piece>, day: NaiveDate) -> Vec<Role> {
    match piece {
        Some(Piece::Digits(digits)) => {
            let number: Option<u32> = digits.parse().ok();
            let is = |value: u32| number == Some(value);
            let year = day.year().unsigned_abs();
            let is_year = digits.len() == 4 && is(year) || digits.len() == 2 && is(year % 100);
            let short = digits.len() <= 2;
            let roles = [
                (is_year, Role::Year),
                (short && is(day.month()), Role::Month),
                (short && is(day.day()), Role::Day),
            ];
            roles
                .into_iter()
                .filter(|(is_so, _)| *is_so)
                .map(|(_, role)| role)
                .collect()
        }
        Some(Piece::Letters(word)) if month(&fold(word)) == Some(day.month()) => vec![Role::Month],
        _ => Vec::new(),
    }
}

/// Which stretches are the year, the month and the day.
#[derive(Debug, Clone, Copy)]
struct Way {
    year: usize,
    month: usize,
    day: usize,
}

impl Way {
    /// The date in these stretches; what stands before and behind them, a weekday or a time, is left out.
    fn written(self, pieces: &[Piece], date: NaiveDate, cells: &[&str]) -> Option<String> {
        let all = [self.year, self.month, self.day];
        let (from, to) = (*all.iter().min()?, *all.iter().max()?);
        let mut text = String::new();
        for at in from..=to {
            text += &self.piece(pieces, at, date, cells)?;
        }
        // "2025年8月13日" ends with a sign that belongs to the day.
        if let Some(Piece::Letters(sign @ ("日" | "일"))) = pieces.get(to + 1) {
            text += sign;
        }
        Some(text)
    }

    fn piece(self, pieces: &[Piece], at: usize, date: NaiveDate, cells: &[&str]) -> Option<String> {
        let number = |value: u32, digits: &str| padded(value, digits, at, pieces.len(), cells);
        Some(match (*pieces.get(at)?, at) {
            (Piece::Digits(digits), at) if at == self.year => match digits.len() {
                2 => format!("{:02}", date.year() % 100),
                _ => format!("{:04}", date.year()),
            },
            (Piece::Digits(digits), at) if at == self.month => number(date.month(), digits),
            (Piece::Digits(digits), at) if at == self.day => number(date.day(), digits),
            (Piece::Letters(word), at) if at == self.month => month_like(word, date.month())?,
            (Piece::Digits(text) | Piece::Letters(text) | Piece::Between(text), _) => {
                text.to_string()
            }
        })
    }
}

/// The months in English, German, French, Spanish, Italian, Portuguese and Dutch.
const MONTHS: [&str; 7] = [
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
];

/// A month in the language of another's name, as long or as short: `Okt` becomes `Nov`. None where no language has that name.
fn month_like(word: &str, wanted: u32) -> Option<String> {
    let (folded, own) = (fold(word), month(&fold(word))?);
    let languages = MONTHS
        .iter()
        .map(|names| names.split(' ').collect::<Vec<&str>>());
    let mut found = languages.filter_map(|names| {
        let name = *names.get(own as usize - 1)?;
        let wanted = *names.get(wanted as usize - 1)?;
        match fold(name) {
            name if name == folded => Some(wanted.to_string()),
            name if name.get(..3) == Some(&folded) => Some(wanted.chars().take(3).collect()),
            _ => None,
        }
    });
    let is_capital = word.starts_with(char::is_uppercase);
    let found = found.next()?;
    Some(if is_capital {
        crate::words::sentence_case(&found)
    } else {
        found
    })
}

/// A number with a zero before it where the log writes so: a single digit in any of its days says that it does not.
fn padded(value: u32, digits: &str, at: usize, count: usize, cells: &[&str]) -> String {
    let is_single = |cell: &&str| {
        let pieces = pieces(cell.trim());
        pieces.len() == count
            && matches!(pieces.get(at), Some(Piece::Digits(digits)) if digits.len() == 1)
    };
    let has_zero = digits.starts_with('0');
    match !has_zero && (digits.len() == 1 || cells.iter().any(is_single)) {
        true => value.to_string(),
        false => format!("{value:02}"),
    }
}

/// Days of digits alone: `20250813`, `13082025`, `130825`, a spreadsheet's day number, seconds and milliseconds since 1970.
fn counted(digits: &str, day: NaiveDate, date: NaiveDate) -> Vec<String> {
    let in_order = IN_ORDER
        .iter()
        .filter(|way| day.format(way).to_string() == digits);
    let mut texts: Vec<String> = in_order.map(|way| date.format(way).to_string()).collect();
    let noon = date
        .and_hms_opt(12, 0, 0)
        .map(|noon| noon.and_utc().timestamp());
    texts.extend(
        match digits.len() {
            5 => day_number(date),
            10 => noon,
            13 => noon.map(|seconds| seconds * 1000),
            _ => None,
        }
        .map(|count| count.to_string()),
    );
    texts
}

/// Days without anything between their parts.
const IN_ORDER: [&str; 6] = ["%Y%m%d", "%d%m%Y", "%m%d%Y", "%y%m%d", "%d%m%y", "%m%d%y"];

/// The day in a spreadsheet's count.
fn day_number(date: NaiveDate) -> Option<i64> {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    Some(crate::time::days_between(first, date))
}

fn pieces(cell: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = cell;
    while let Some(first) = rest.chars().next() {
        let kind = kind(first);
        let end = rest.find(|c| self::kind(c) != kind).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(end);
        pieces.push(match kind {
            0 => Piece::Digits(piece),
            1 => Piece::Letters(piece),
            _ => Piece::Between(piece),
        });
        rest = behind;
    }
    pieces
}

fn kind(c: char) -> u8 {
    match c {
        c if c.is_ascii_digit() => 0,
        c if c.is_alphabetic() => 1,
        _ => 2,
    }
}
