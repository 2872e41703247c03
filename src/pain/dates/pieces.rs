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
        let end = match kind {
            Kind::Sign | Kind::Blank => first.len_utf8(),
            _ => rest.find(|c| Kind::of(c) != kind).unwrap_or(rest.len()),
        };
        let (piece, behind) = rest.split_at(end);
        match kind {
            Kind::Digits => pieces.push(Piece::Number(piece)),
            Kind::Letters => pieces.push(Piece::Word(fold(piece))),
            Kind::Sign => pieces.push(Piece::Sign(first)),
            Kind::Blank => {}
        }
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
}

/// `p. m.` and `p.m.` become `pm`.
fn join_halves(pieces: &mut Vec<Piece>) {
    let Some(at) = pieces
        .iter()
        .position(|piece| matches!(piece.word(), Some("a" | "p")))
    else {
        return;
    };
    let dot = usize::from(
        pieces
            .get(at + 1)
            .is_some_and(|piece| piece.is_sign(&['.'])),
    );
    if pieces.get(at + 1 + dot).and_then(Piece::word) != Some("m") {
        return;
    }
    let last = at
        + 1
        + dot
        + usize::from(
            pieces
                .get(at + 2 + dot)
                .is_some_and(|piece| piece.is_sign(&['.'])),
        );
    let half = if pieces.get(at).and_then(Piece::word) == Some("a") {
        "am"
    } else {
        "pm"
    };
    pieces.splice(at..=last, [Piece::Word(half.to_string())]);
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
    let mut added = None;
    if let Some(hours) = pieces
        .get(at.end)
        .and_then(Piece::word)
        .and_then(half_of_day)
    {
        (added, at.end) = (Some(hours), at.end + 1);
    } else if let Some(before) = at.start.checked_sub(1)
        && let Some(hours) = pieces
            .get(before)
            .and_then(Piece::word)
            .and_then(half_of_day)
    // German "am 13. August": "am" is a half of the day only where a time stands beside it.
    {
        (added, at.start) = (Some(hours), before);
    }
    let (zoned, offset, end) = zone_at(pieces, at.end);
    pieces.drain(at.start..end);
    let hour = match added {
        Some(added) if (1..=12).contains(&hour) => hour % 12 + added,
        Some(0) if hour == 0 => 0,
        Some(_) if hour > 12 => hour,
        Some(_) => return Some(None),
        None => hour,
    };
    let is_impossible_half = added == Some(0) && hour > 12 || added == Some(12) && hour < 12;
    let time = NaiveTime::from_hms_opt(hour, minute, second).filter(|_| !is_impossible_half);
    Some(time.map(|time| Clock {
        time,
        zoned,
        offset,
    }))
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
    if !colon.is_sign(&[':', '：']) {
        return None;
    }
    let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
    let [colon, second, rest @ ..] = rest else {
        return Some((3, [hour, minute, 0]));
    };
    let Some(second) = two_digits(second).filter(|_| colon.is_sign(&[':', '：'])) else {
        return Some((3, [hour, minute, 0]));
    };
    let has_fraction = matches!(rest, [dot, Piece::Number(_), ..] if dot.is_sign(&['.', ',']));
    Some((if has_fraction { 7 } else { 5 }, [hour, minute, second]))
}

fn with_letter(pieces: &[Piece]) -> Option<(usize, [u32; 3])> {
    let [hour, letter, rest @ ..] = pieces else {
        return None;
    };
    let hour = two_digits(hour).filter(|_| matches!(letter.word(), Some("h" | "hs" | "hrs")))?;
    match rest.first().and_then(two_digits) {
        Some(minute) => {
            let unit = rest
                .get(1)
                .is_some_and(|piece| matches!(piece.word(), Some("m" | "min" | "mn")));
            Some((3 + usize::from(unit), [hour, minute, 0]))
        }
        None => Some((2, [hour, 0, 0])),
    }
}

fn with_oclock(pieces: &[Piece]) -> Option<(usize, [u32; 3])> {
    let is_oclock = |piece: &Piece| {
        matches!(
            piece.word(),
            Some("uhr" | "uur" | "h" | "hrs" | "시" | "時")
        )
    };
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
    let word = pieces.get(at).and_then(Piece::word);
    if word == Some("z") {
        return (true, Some(Offset::Utc), at + 1);
    }
    if let Some(minutes) = word.and_then(zone) {
        return (true, Some(Offset::Local(minutes)), at + 1);
    }
    let is_named = matches!(word, Some("utc" | "gmt"));
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
    let digits = digits
        .digits()
        .filter(|_| sign.is_sign(&['+', '-', '−', '–']))?;
    let (hours, minutes, length) = match (digits.len(), rest) {
        (1 | 2, [colon, minutes, ..]) if colon.is_sign(&[':']) => {
            (int(digits), two_digits(minutes)? as i32, 4)
        }
        (1 | 2, _) => (int(digits), 0, 2),
        (4, _) => (int(digits.get(..2)?), int(digits.get(2..)?), 2),
        _ => return None,
    };
    let minutes = hours * 60 + minutes;
    let is_possible = minutes <= 14 * 60;
    is_possible.then_some((
        if sign.is_sign(&['+']) {
            minutes
        } else {
            -minutes
        },
        length,
    ))
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
