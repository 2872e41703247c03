//! What was wrong with the points of one file, counted by kind, and what the walk met.

use super::walker::{End, Walker};
use crate::{
    problem::{Code, Count, Effect, Problem, Tally},
    text::{
        number::{Number, number},
        stamp::{Zone, stamp},
    },
    time::is_plausible_utc_offset,
};

/// Most characters shown of a text that was found wrong.
const FOUND_CHARS_MAX: usize = 40;

/// What can be wrong with a value, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A time that is no time.
    Time,
    /// A latitude or longitude that is missing, not finite, out of range or given twice.
    Position,
    /// A coordinate written with a decimal comma.
    DecimalComma,
    /// Another value that is no finite number or impossible in its field.
    Value,
    /// A time without a zone.
    NoZone,
    /// An offset no zone on Earth has.
    OddOffset,
    /// A sport's name that is not known or not in the format's list.
    OddSport,
}

impl Fault {
    /// Code, effect, what was wrong, and what niggle did.
    fn text(self) -> (Code, Effect, &'static str, &'static str) {
        use {Code::*, Effect::*};
        let comma = "coordinates are written with a decimal comma, where the format has a point";
        match self {
            Fault::Time => (
                BadPoint,
                Repaired,
                "a point's time cannot be read",
                "Those points were left out.",
            ),
            Fault::Position => (
                BadPosition,
                Repaired,
                "a position cannot be",
                "Those positions were left out.",
            ),
            Fault::DecimalComma => (
                BadPosition,
                Repaired,
                comma,
                "Those positions were left out.",
            ),
            Fault::Value => (
                BadValue,
                Repaired,
                "a value cannot be",
                "Those values count as not measured.",
            ),
            Fault::NoZone => (
                NoTimeZone,
                Noted,
                "a time has no zone",
                "They were taken as UTC.",
            ),
            Fault::OddOffset => (
                BadUtcOffset,
                Noted,
                "no zone has this offset",
                "Only the moment was used.",
            ),
            Fault::OddSport => (
                BadValue,
                Noted,
                "the sport has an unusual name",
                "It was matched by its words.",
            ),
        }
    }

    /// One problem for all of a kind.
    fn problem(self, count: &Count) -> Problem {
        let (code, effect, what, consequence) = self.text();
        let (place, found) = (
            count.first().unwrap_or(0),
            count.example.as_deref().unwrap_or_default(),
        );
        let detail = format!("{what}: {} times, first \"{found}\"", count.times);
        Problem::new(code, effect, format!("byte {place}"), detail, consequence)
    }
}

/// Reads the values of one file and counts what was wrong with them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults {
    tally: Tally<Fault>,
    /// Points lost to broken markup.
    pub lost_points: usize,
    /// The first UTC offset found since the last activity ended, s east.
    pub utc_offset_s: Option<i32>,
}

impl Faults {
    /// One more, at byte `position` of the decoded text.
    pub fn add(&mut self, fault: Fault, position: usize, found: &str) {
        let shown = || {
            found
                .trim()
                .chars()
                .filter(|c| !c.is_control())
                .take(FOUND_CHARS_MAX)
                .collect()
        };
        self.tally.add(fault, position, || Some(shown()));
    }

    /// How often.
    pub fn times(&self, fault: Fault) -> usize {
        self.tally.times(&fault)
    }

    /// A value for a sample column: NaN, and counted when it was given but is no number in `range`.
    pub fn value(
        &mut self,
        text: &str,
        range: std::ops::RangeInclusive<f64>,
        position: usize,
    ) -> f64 {
        match number(text) {
            Number::Missing => f64::NAN,
            Number::Value(value) if range.contains(&value) => value,
            _ => {
                self.add(Fault::Value, position, text);
                f64::NAN
            }
        }
    }

    /// A coordinate within ±`limit` degrees; None, counted, when it is not.
    pub fn coordinate(&mut self, text: Option<&str>, limit: f64, position: usize) -> Option<f64> {
        let text = text.unwrap_or_default();
        match number(text) {
            Number::Value(value) if value.abs() <= limit => return Some(value),
            Number::Bad if text.contains(',') => self.add(Fault::DecimalComma, position, text),
            _ => self.add(Fault::Position, position, text),
        }
        None
    }

    /// A time in Unix seconds; None, counted, when the text is no time. Zones are remembered.
    pub fn time(&mut self, text: &str, position: usize) -> Option<f64> {
        let Some(stamp) = stamp(text) else {
            self.add(Fault::Time, position, text);
            return None;
        };
        match stamp.zone {
            Zone::Utc => {}
            Zone::Unknown => self.add(Fault::NoZone, position, text),
            Zone::Offset(s) if is_plausible_utc_offset(i64::from(s)) => {
                self.utc_offset_s = self.utc_offset_s.or(Some(s))
            }
            Zone::Offset(_) => self.add(Fault::OddOffset, position, text),
        }
        Some(stamp.unix_s)
    }

    /// One problem for each kind of fault found.
    pub fn problems(&self) -> Vec<Problem> {
        self.tally
            .counts()
            .map(|(fault, count)| fault.problem(count))
            .collect()
    }
}

/// The problems that the walk itself found; `roots` are those of the format, `points` is how many whole points were read.
pub fn walk_problems(
    walker: &Walker,
    roots: &[&str],
    points: usize,
    lost_points: usize,
) -> Vec<Problem> {
    if walker.root().is_some_and(|root| !roots.contains(&root)) {
        return Vec::new(); // another kind of file: the walk was not finished
    }
    let place = format!("byte {}", walker.position());
    let mut problems = Vec::new();
    let kept = format!("{points} whole points were kept.");
    match walker.end() {
        End::Whole => {}
        End::Cut => {
            let detail = "the file ends in the middle of an element";
            problems.push(Problem::new(
                Code::Truncated,
                Effect::PartLost,
                place.clone(),
                detail,
                kept.clone(),
            ));
        }
        End::Refused(code, detail) => {
            let effect = if points > 0 {
                Effect::PartLost
            } else {
                Effect::Failed
            };
            problems.push(Problem::new(
                code,
                effect,
                place.clone(),
                detail,
                kept.clone(),
            ));
        }
    }
    if walker.broken() > 0 {
        let detail = format!(
            "the XML is broken in {} places; {lost_points} points were lost there",
            walker.broken()
        );
        problems.push(Problem::new(
            Code::XmlBroken,
            Effect::PartLost,
            "",
            detail,
            kept,
        ));
    }
    if walker.has_trailing_bytes() {
        let detail = "there is something behind the end of the root element";
        problems.push(Problem::new(
            Code::TrailingBytes,
            Effect::Noted,
            place,
            detail,
            "It was ignored.",
        ));
    }
    problems
}
