//! A date cell in pieces: numbers, folded words and signs, and the time of day and zone found among them.

use super::{
    Offset,
    names::{half_of_day, zone},
};
use crate::pain::words::fold;
use chrono::NaiveTime;
use std::ops::Range;

/// A run of digits, a run of letters, or anything else but blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Number(&'a str),
    Word(String),
    Sign(char),
}

impl Piece<'_> {
    fn digits(&self) -> Option<&str> {
        if let Piece::Number(digits) = self {
            Some(digits)
        } else {
            None
        }
    }

    fn word(&self) -> Option<&str> {
        if let Piece::Word(word) = self {
            Some(word)
        } else {
            None
        }
    }

    fn is_sign(&self, signs: &[char]) -> bool {
        matches!(self, Piece::Sign(sign) if signs.contains(sign))
    }
}

/// More pieces than any date has: the cell is a note.
const MAX_PIECES: usize = 40;

/// The pieces of a cell; None when it is far too long for a date.
pub(super) fn pieces(cell: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = cell;
    while let Some(first) = rest.chars().next() {
        let kind = Kind::of(first);
        let (piece, behind) = rest.split_at(kind.length(first, rest));
        pieces.extend(kind.piece(first, piece));
        rest = behind;
        if pieces.len() > MAX_PIECES {
            return None;
        }
    }
    join_halves(&mut pieces);
    Some(pieces)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digits,
    Letters,
    Sign,
    Blank,
}

impl Kind {
    fn of(c: char) -> Kind {
        match c {
            '0'..='9' => Kind::Digits,
            c if c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) => Kind::Letters,
            c if c.is_whitespace() || c == '\u{feff}' || c == '\u{200e}' => Kind::Blank,
            _ => Kind::Sign,
        }
    }

    /// How far the piece goes that begins a text.
    fn length(self, first: char, text: &str) -> usize {
        match self {
            Kind::Sign | Kind::Blank => first.len_utf8(),
            kind => text.find(|c| Kind::of(c) != kind).unwrap_or(text.len()),
        }
    }

    fn piece(self, first: char, text: &str) -> Option<Piece<'_>> {
        match self {
            Kind::Digits => Some(Piece::Number(text)),
            Kind::Letters => Some(Piece::Word(fold(text))),
            Kind::Sign => Some(Piece::Sign(first)),
            Kind::Blank => None,
        }
    }
}

/// `p. m.` and `p.m.` become `pm`.
fn join_halves(pieces: &mut Vec<Piece>) {
    let is_letter = |piece: &Piece| matches!(piece.word(), Some("a" | "p"));
    let Some(at) = pieces.iter().position(is_letter) else {
        return;
    };
    let is_dot = |at: usize| pieces.get(at).is_some_and(|piece| piece.is_sign(&['.']));
    let m = at + 1 + usize::from(is_dot(at + 1));
    if word_at(pieces, m) == Some("m") {
        let last = m + usize::from(is_dot(m + 1));
        let half = match word_at(pieces, at) {
            Some("a") => "am",
            _ => "pm",
        };
        pieces.splice(at..=last, [Piece::Word(half.to_string())]);
    }
}

fn word_at<'p>(pieces: &'p [Piece], at: usize) -> Option<&'p str> {
    pieces.get(at)?.word()
}

/// A time of day among pieces, and the zone behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub time: NaiveTime,
    pub zoned: bool,
    pub offset: Option<Offset>,
}

/// Takes the time of day and its zone out of the pieces of a date. None when none is written; Some(None) when something
/// looks like one and is none.
pub(super) fn take_clock(pieces: &mut Vec<Piece>) -> Option<Option<Clock>> {
    let (mut at, [hour, minute, second]) = find_time(pieces)?;
    let added = half_beside(pieces, &mut at);
    let (zoned, offset, end) = zone_at(pieces, at.end);
    pieces.drain(at.start..end);
    let time =
        hour_of_day(hour, added).and_then(|hour| NaiveTime::from_hms_opt(hour, minute, second));
    Some(time.map(|time| Clock {
        time,
        zoned,
        offset,
    }))
}

/// The hours that a half of the day beside a time adds; the half becomes part of the time's place.
fn half_beside(pieces: &[Piece], at: &mut Range<usize>) -> Option<u32> {
    let half = |at: usize| word_at(pieces, at).and_then(half_of_day);
    if let Some(hours) = half(at.end) {
        at.end += 1;
        return Some(hours);
    }
    // German "am 13. August": "am" is a half of the day only where a time stands beside it.
    let before = at.start.checked_sub(1)?;
    let hours = half(before)?;
    at.start = before;
    Some(hours)
}

/// The hour of the day; None where hour and half contradict each other.
fn hour_of_day(hour: u32, added: Option<u32>) -> Option<u32> {
    match added {
        None => Some(hour),
        Some(added) if (1..=12).contains(&hour) => Some(hour % 12 + added),
        Some(0) if hour == 0 => Some(0),
        Some(added) if hour > 12 && added > 0 => Some(hour),
        Some(_) => None,
    }
}

/// Where hours, minutes and seconds stand: `21:04`, `21:04:11.25`, `21h04`, `21h`, `21.04 Uhr`, `9 pm`.
fn find_time(pieces: &[Piece]) -> Option<(Range<usize>, [u32; 3])> {
    /// How many pieces are a time, and its hours, minutes and seconds.
    type Form = fn(&[Piece]) -> Option<(usize, [u32; 3])>;
    let forms: [Form; 4] = [with_colons, with_letter, with_oclock, with_half];
    forms.iter().find_map(|form| {
        (0..pieces.len()).find_map(|at| {
            let (length, time) = form(pieces.get(at..)?)?;
            Some((at..at + length, time))
        })
    })
}

fn with_colons(pieces: &[Piece]) -> Option<(usize, [u32; 3])> {
    let [hour, colon, minute, rest @ ..] = pieces else {
        return None;
    };
    if !is_colon(colon) {
        return None;
    }
    let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
    Some(match seconds(rest) {
        Some((length, second)) => (3 + length, [hour, minute, second]),
        None => (3, [hour, minute, 0]),
    })
}

/// `:11` and `:11.25`, whose fraction counts for nothing.
fn seconds(pieces: &[Piece]) -> Option<(usize, u32)> {
    let [colon, second, rest @ ..] = pieces else {
        return None;
    };
    let second = two_digits(second).filter(|_| is_colon(colon))?;
    let has_fraction = matches!(rest, [dot, Piece::Number(_), ..] if dot.is_sign(&['.', ',']));
    Some((if has_fraction { 4 } else { 2 }, second))
}

fn is_colon(piece: &Piece) -> bool {
    piece.is_sign(&[':', '：'])
}

fn with_letter(pieces: &[Piece]) -> Option<(usize, [u32; 3])> {
    let [hour, letter, rest @ ..] = pieces else {
        return None;
    };
    let hour = two_digits(hour).filter(|_| matches!(letter.word(), Some("h" | "hs" | "hrs")))?;
    let Some(minute) = rest.first().and_then(two_digits) else {
        return Some((2, [hour, 0, 0]));
    };
    let has_unit = matches!(word_at(rest, 1), Some("m" | "min" | "mn"));
    Some((3 + usize::from(has_unit), [hour, minute, 0]))
}

fn with_oclock(pieces: &[Piece]) -> Option<(usize, [u32; 3])> {
    match pieces {
        [hour, dot, minute, oclock, ..] if dot.is_sign(&['.']) && is_oclock(oclock) => {
            Some((4, [two_digits(hour)?, two_digits(minute)?, 0]))
        }
        [hour, oclock, minute, ..] if is_oclock(oclock) && two_digits(minute).is_some() => {
            Some((3, [two_digits(hour)?, two_digits(minute)?, 0]))
        }
        [hour, oclock, ..] if is_oclock(oclock) => Some((2, [two_digits(hour)?, 0, 0])),
        _ => None,
    }
}

fn is_oclock(piece: &Piece) -> bool {
    matches!(
        piece.word(),
        Some("uhr" | "uur" | "h" | "hrs" | "시" | "時")
    )
}

fn with_half(pieces: &[Piece]) -> Option<(usize, [u32; 3])> {
    let is_half = |piece: &Piece| piece.word().and_then(half_of_day).is_some();
    match pieces {
        [hour, dot, minute, half, ..] if dot.is_sign(&['.']) && is_half(half) => {
            Some((3, [two_digits(hour)?, two_digits(minute)?, 0]))
        }
        [hour, half, ..] if is_half(half) => Some((1, [two_digits(hour)?, 0, 0])),
        _ => None,
    }
}

/// The zone at a position: whether there is one, its offset, and where it ends.
fn zone_at(pieces: &[Piece], at: usize) -> (bool, Option<Offset>, usize) {
    let word = word_at(pieces, at);
    if word == Some("z") {
        return (true, Some(Offset::Utc), at + 1);
    }
    match word.and_then(zone) {
        Some(minutes) => (true, Some(Offset::Local(minutes)), at + 1),
        None => offset_at(pieces, at, matches!(word, Some("utc" | "gmt"))),
    }
}

/// The offset in digits at a position, behind the name of Greenwich or not.
fn offset_at(pieces: &[Piece], at: usize, is_named: bool) -> (bool, Option<Offset>, usize) {
    let from = at + usize::from(is_named);
    match signed_offset(pieces.get(from..).unwrap_or_default()) {
        Some((minutes, length)) => (true, Some(Offset::of(minutes)), from + length),
        None if is_named => (true, Some(Offset::Utc), from),
        None => (false, None, at),
    }
}

/// `+2`, `+0200`, `-05:30`: minutes east, and how many pieces they take.
fn signed_offset(pieces: &[Piece]) -> Option<(i32, usize)> {
    let [sign, digits, rest @ ..] = pieces else {
        return None;
    };
    if !sign.is_sign(&['+', '-', '−', '–']) {
        return None;
    }
    let (hours, minutes, length) = hours_and_minutes(digits.digits()?, rest)?;
    let minutes = hours * 60 + minutes;
    let signed = match sign.is_sign(&['+']) {
        true => minutes,
        false => -minutes,
    };
    (minutes <= 14 * 60).then_some((signed, length))
}

/// Hours and minutes of an offset, and how many pieces they take with their sign.
fn hours_and_minutes(digits: &str, rest: &[Piece]) -> Option<(i32, i32, usize)> {
    match (digits.len(), rest) {
        (1 | 2, [colon, minutes, ..]) if colon.is_sign(&[':']) => {
            Some((int(digits), two_digits(minutes)? as i32, 4))
        }
        (1 | 2, _) => Some((int(digits), 0, 2)),
        (4, _) => Some((int(digits.get(..2)?), int(digits.get(2..)?), 2)),
        _ => None,
    }
}

fn two_digits(piece: &Piece) -> Option<u32> {
    piece
        .digits()
        .filter(|digits| digits.len() <= 2)
        .map(|digits| int(digits) as u32)
}

/// At most four digits; anything longer is 0, which is no part of a date.
pub(super) fn int(digits: &str) -> i32 {
    if digits.len() <= 4 {
        digits.parse().unwrap_or(0)
    } else {
        0
    }
}
