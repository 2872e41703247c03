//! Dates as each language writes them. All are UTC: Strava's index does not say where the activity was.

use super::words::Language;
use crate::text::fold::fold;
use chrono::{NaiveDate, NaiveTime};

/// Beginnings of month names, January first, without accents: the full and the short names of the eight languages. The longest
/// one that fits counts, which keeps the Czech June and July apart.
const MONTHS: [&[&str]; 12] = [
    &["jan", "gen", "ene", "led"],
    &["feb", "fev", "uno"],
    &["mar", "mrt", "maa", "bre"],
    &["apr", "avr", "abr", "dub"],
    &["may", "mai", "mag", "mei", "maj", "kve"],
    &["jun", "juin", "giu", "cvn", "cervn", "cerven"],
    &["jul", "juil", "lug", "cvc", "cervenc", "cervenec"],
    &["aug", "aou", "ago", "srp"],
    &["sep", "set", "zar"],
    &["oct", "okt", "ott", "out", "rij"],
    &["nov", "lis"],
    &["dec", "dez", "dic", "pro"],
];

/// Words that stand in dates and say nothing.
const FILLERS: &[&str] = &[
    "t", "a", "at", "de", "del", "di", "as", "alle", "ore", "um", "om", "v", "o", "e", "uhr",
];

/// Years an activity can be of.
const YEARS: std::ops::RangeInclusive<u32> = 1970..=2099;

/// What `03/04/2025` means in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
    /// One cell can only be the one, another only the other: cells that can be both are not read.
    Contradictory,
}

/// How well the order is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// No cell can be read both ways, a cell tells, or the language does.
    None,
    /// Nothing tells; the usual order was taken.
    Assumed,
    /// Cells contradict each other.
    Contradiction,
}

/// The order of a column: by any number above 12, else by the language. English is written in both orders.
pub(super) fn settle<'a>(
    cells: impl Iterator<Item = &'a str>,
    language: Option<Language>,
) -> (Order, Doubt) {
    let seen = Seen::of(cells);
    let if_open = |doubt| if seen.open { doubt } else { Doubt::None };
    match (seen.day_first, seen.month_first, language) {
        (true, true, _) => (Order::Contradictory, if_open(Doubt::Contradiction)),
        (true, false, _) => (Order::DayFirst, Doubt::None),
        (false, true, _) => (Order::MonthFirst, Doubt::None),
        (false, false, Some(Language::English)) => (Order::MonthFirst, if_open(Doubt::Assumed)),
        (false, false, Some(_)) => (Order::DayFirst, Doubt::None),
        (false, false, None) => (Order::DayFirst, if_open(Doubt::Assumed)),
    }
}

/// What the cells of a column show of its order.
#[derive(Default)]
struct Seen {
    /// Some cell can be read both ways.
    open: bool,
    /// Some cell can only be day/month/year.
    day_first: bool,
    /// Some cell can only be month/day/year.
    month_first: bool,
}

impl Seen {
    fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Seen {
        let mut seen = Seen::default();
        for cell in cells {
            if let Some(Written::Numbers { first, second, .. }) = written(cell) {
                seen.add(first, second);
            }
        }
        seen
    }

    fn add(&mut self, first: u32, second: u32) {
        self.day_first |= first > 12;
        self.month_first |= second > 12;
        self.open |= first <= 12 && second <= 12 && first != second;
    }
}

/// Unix seconds of a cell; None when it is no date with a time of day, or one that can be read both ways and must not be guessed.
pub(super) fn unix_s(cell: &str, order: Order) -> Option<f64> {
    let (date, time) = in_order(written(cell)?, order)?;
    Some(date.and_time(time).and_utc().timestamp() as f64)
}

/// The date and time once the order of its numbers is known.
fn in_order(written: Written, order: Order) -> Option<(NaiveDate, NaiveTime)> {
    match written {
        Written::Certain { date, time } => Some((date, time)),
        Written::Numbers {
            first,
            second,
            year,
            time,
        } => Some((numeric(first, second, year, order)?, time)),
    }
}

/// Whether a cell is a date with a time of day in any of the known forms.
pub(super) fn is_date(cell: &str) -> bool {
    written(cell).is_some()
}

/// A date as far as the cell alone tells.
enum Written {
    Certain {
        date: NaiveDate,
        time: NaiveTime,
    },
    /// Two numbers of which either may be the month.
    Numbers {
        first: u32,
        second: u32,
        year: u32,
        time: NaiveTime,
    },
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number { value: u32, digits: usize },
    Word(String),
    Mark(char),
}

fn written(cell: &str) -> Option<Written> {
    // Longer cells are descriptions; no date of any language comes near.
    let tokens = Some(cell)
        .filter(|cell| cell.len() <= 80)
        .and_then(tokens)?;
    let colon = tokens.iter().position(|token| *token == Token::Mark(':'))?;
    let (before, clock) = tokens.split_at(colon.checked_sub(1)?);
    day(before, time(clock)?)
}

/// The day that stands before a time of day.
fn day(before: &[Token], time: NaiveTime) -> Option<Written> {
    let words: Vec<&str> = before
        .iter()
        .filter_map(word)
        .filter(|word| !FILLERS.contains(word))
        .collect();
    // Strava writes the runner's own form: the length of a number tells a year, and a dot that the day comes first.
    let numbers: Vec<(u32, usize)> = before.iter().filter_map(number).collect();
    match (words.as_slice(), numbers.as_slice()) {
        ([name], [(day, 1 | 2), (year, 4)]) => certain(*year, month(name)?, *day, time),
        ([], [(year, 4), (month, 1 | 2), (day, 1 | 2)]) => certain(*year, *month, *day, time),
        ([], [(day, 1 | 2), (month, 1 | 2), (year, 4)]) if before.contains(&Token::Mark('.')) => {
            certain(*year, *month, *day, time)
        }
        ([], [(first, 1 | 2), (second, 1 | 2), (year, 4)]) => either(*first, *second, *year, time),
        _ => None,
    }
}

fn either(first: u32, second: u32, year: u32, time: NaiveTime) -> Option<Written> {
    let possible = date(year, first, second).or(date(year, second, first));
    possible.map(|_| Written::Numbers {
        first,
        second,
        year,
        time,
    })
}

fn certain(year: u32, month: u32, day: u32, time: NaiveTime) -> Option<Written> {
    Some(Written::Certain {
        date: date(year, month, day)?,
        time,
    })
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|_| YEARS.contains(&year))
}

fn numeric(first: u32, second: u32, year: u32, order: Order) -> Option<NaiveDate> {
    let (day_first, month_first) = (date(year, second, first), date(year, first, second));
    match (day_first, month_first, order) {
        (Some(_), Some(_), Order::Contradictory) if first != second => None,
        (Some(date), _, Order::DayFirst) | (_, Some(date), Order::MonthFirst) => Some(date),
        _ => day_first.or(month_first),
    }
}

/// `17:52:52`, `5:52:52 PM`, `17:52:52.000Z`, and nothing else behind it.
fn time(clock: &[Token]) -> Option<NaiveTime> {
    let [Token::Number { value: hour, .. }, rest @ ..] = clock else {
        return None;
    };
    let (minute, rest) = sixtieths(rest)?;
    let (second, rest) = sixtieths(rest).unwrap_or((0, rest));
    let rest = match rest {
        [Token::Mark('.'), Token::Number { .. }, rest @ ..] => rest,
        _ => rest,
    };
    // An offset other than zero would contradict the rule that these dates are UTC.
    if rest.iter().filter_map(number).any(|(value, _)| value != 0) {
        return None;
    }
    let half: String = rest.iter().filter_map(word).collect();
    NaiveTime::from_hms_opt(hour_of_day(*hour, &half)?, minute, second)
}

/// The minutes or seconds behind a colon, and what follows them.
fn sixtieths(tokens: &[Token]) -> Option<(u32, &[Token])> {
    match tokens {
        [
            Token::Mark(':'),
            Token::Number { value, digits: 2 },
            rest @ ..,
        ] => Some((*value, rest)),
        _ => None,
    }
}

/// The hour from 0 on, by the word behind the time.
fn hour_of_day(hour: u32, half: &str) -> Option<u32> {
    match half {
        "" | "z" | "utc" | "gmt" | "uhr" => Some(hour),
        "am" | "a" => half_day_hour(hour),
        "pm" | "p" => half_day_hour(hour).map(|hour| hour + 12),
        _ => None,
    }
}

fn half_day_hour(hour: u32) -> Option<u32> {
    (1..=12).contains(&hour).then_some(hour % 12)
}

fn month(name: &str) -> Option<u32> {
    let fits = MONTHS.iter().zip(1..);
    let fits = fits.filter_map(|(starts, number)| Some((longest_start(name, starts)?, number)));
    fits.max_by_key(|(length, _)| *length)
        .map(|(_, number)| number)
}

fn longest_start(name: &str, starts: &[&str]) -> Option<usize> {
    let fitting = starts.iter().filter(|start| name.starts_with(**start));
    fitting.map(|start| start.len()).max()
}

fn word(token: &Token) -> Option<&str> {
    if let Token::Word(word) = token {
        Some(word)
    } else {
        None
    }
}

fn number(token: &Token) -> Option<(u32, usize)> {
    if let Token::Number { value, digits } = token {
        Some((*value, *digits))
    } else {
        None
    }
}

/// Digits, letters and the marks that mean something; None when a number is too long for any date.
fn tokens(cell: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = cell;
    while let Some(c) = rest.chars().next() {
        let (part, behind) = rest.split_at(length_alike(rest, c));
        rest = behind;
        if c.is_ascii_digit() {
            tokens.push(Token::Number {
                value: part.parse().ok()?,
                digits: part.len(),
            });
        } else if is_letter(c) {
            tokens.push(Token::Word(fold(part)));
        } else if matches!(c, ':' | '.' | '/' | '-' | '+') {
            tokens.push(Token::Mark(c));
        }
    }
    Some(tokens)
}

/// How many bytes of the text are digits or letters like its first character, or that alone where it is neither.
fn length_alike(text: &str, first: char) -> usize {
    let end = if first.is_ascii_digit() {
        text.find(|c: char| !c.is_ascii_digit())
    } else if is_letter(first) {
        text.find(|c: char| !is_letter(c))
    } else {
        Some(first.len_utf8())
    };
    end.unwrap_or(text.len())
}

/// Letters and the accents that may stand behind them as characters of their own.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 15 May 2017, 17:52:52 UTC, from an independent calendar (`date -u -d … +%s`).
    const MAY_2017: f64 = 1_494_870_772.0;

    #[test]
    fn one_moment_in_every_language() {
        for cell in [
            "May 15, 2017, 5:52:52 PM",
            "May 15, 2017, 5:52:52\u{202f}PM",
            "May 15, 2017 5:52:52 pm",
            "15 May 2017, 17:52:52",
            "15 May 2017, 5:52:52 p.m.",
            "15.05.2017, 17:52:52",
            "15. Mai 2017, 17:52:52",
            "15. 5. 2017 17:52:52",
            "15 mai 2017, 17:52:52",
            "15 mai 2017 à 17:52:52",
            "15 may 2017 17:52:52",
            "15 may. 2017, 5:52:52 p. m.",
            "15 mag 2017, 17:52:52",
            "15 de mai. de 2017, 17:52:52",
            "15/05/2017, 17:52:52",
            "15 mei 2017 17:52:52",
            "15. května 2017 17:52:52",
            "2017-05-15 17:52:52",
            "2017-05-15T17:52:52Z",
            "2017-05-15 17:52:52.000 UTC",
            "2017-05-15T17:52:52+00:00",
        ] {
            assert_eq!(unix_s(cell, Order::DayFirst), Some(MAY_2017), "{cell:?}");
        }
    }

    #[test]
    fn every_month_of_every_language() {
        let languages = [
            "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            "ene feb mar abr may jun jul ago sept oct nov dic",
            "gen feb mar apr mag giu lug ago set ott nov dic",
            "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
            "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.",
            "ledna února března dubna května června července srpna září října listopadu prosince",
            "led úno bře dub kvě čvn čvc srp zář říj lis pro",
        ];
        for names in languages {
            for (name, number) in names.split(' ').zip(1..) {
                let cell = format!("3 {name} 2021 08:05:09");
                let expected = format!("2021-{number:02}-03 08:05:09");
                let read = unix_s(&cell, Order::DayFirst);
                assert!(
                    read.is_some() && read == unix_s(&expected, Order::DayFirst),
                    "{cell:?}"
                );
            }
        }
    }

    #[test]
    fn twelve_hour_clocks_and_what_is_no_date() {
        let midnight = unix_s("2017-05-15 00:10:00", Order::DayFirst).unwrap();
        for (cell, hours) in [
            ("May 15, 2017, 12:10:00 AM", Some(0.0)),
            ("May 15, 2017, 12:10:00 PM", Some(12.0)),
            ("May 15, 2017, 1:10 PM", Some(13.0)),
            ("May 15, 2017, 13:10:00 PM", None),
            ("May 15, 2017", None),
            ("May 35, 2017, 1:10:00 PM", None),
            ("15.13.2017, 17:52:52", None),
            ("30/02/2017, 17:52:52", None),
            ("15/05/17 17:52:52", None),
            ("15 foo 2017 17:52:52", None),
            ("2017-05-15T17:52:52+02:00", None),
            ("15.05.2017, 25:00:00", None),
            ("15.05.9999, 17:52:52", None),
            ("99999999999999999999-05-15 17:52:52", None),
            (":", None),
            ("", None),
        ] {
            assert_eq!(
                unix_s(cell, Order::DayFirst),
                hours.map(|h| midnight + h * 3600.0),
                "{cell:?}"
            );
        }
    }

    #[test]
    fn ambiguous_columns() {
        let (second, fifteenth, us) = (
            "02/03/2021 10:00:00",
            "15/03/2021 10:00:00",
            "03/15/2021 10:00:00",
        );
        for (cells, language, order, doubt) in [
            (
                &[second, fifteenth][..],
                Some(Language::English),
                Order::DayFirst,
                Doubt::None,
            ),
            (
                &[second, us],
                Some(Language::French),
                Order::MonthFirst,
                Doubt::None,
            ),
            (
                &[second],
                Some(Language::French),
                Order::DayFirst,
                Doubt::None,
            ),
            (
                &[second],
                Some(Language::English),
                Order::MonthFirst,
                Doubt::Assumed,
            ),
            (&[second], None, Order::DayFirst, Doubt::Assumed),
            (&["03/03/2021 10:00:00"], None, Order::DayFirst, Doubt::None),
            (
                &[second, us, fifteenth],
                None,
                Order::Contradictory,
                Doubt::Contradiction,
            ),
            (&[us, fifteenth], None, Order::Contradictory, Doubt::None),
            (
                &["Mar 2, 2021, 10:00:00 AM"],
                None,
                Order::DayFirst,
                Doubt::None,
            ),
        ] {
            assert_eq!(
                settle(cells.iter().copied(), language),
                (order, doubt),
                "{cells:?} {language:?}"
            );
        }
        let day = |cell, order| unix_s(cell, order).map(|s| (s / 86_400.0) as i64);
        let march = |day_of_month: i64| Some(18_686 + day_of_month);
        assert_eq!(day(second, Order::DayFirst), march(2));
        assert_eq!(
            day(second, Order::MonthFirst),
            Some(18_661),
            "3 February 2021"
        );
        assert_eq!(day(second, Order::Contradictory), None);
        assert_eq!(day(fifteenth, Order::Contradictory), march(15));
        assert_eq!(day(us, Order::Contradictory), march(15));
        assert_eq!(day("03/03/2021 10:00:00", Order::Contradictory), march(3));
    }
}
