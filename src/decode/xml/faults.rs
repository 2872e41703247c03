//! What was wrong with the points of one file, counted by kind, and what the walk met.

use super::walker::{End, Walker};
use crate::{
    problem::{Code, Effect, Problem},
    text::{
        number::{Number, number},
        stamp::{Zone, stamp},
    },
    time::is_plausible_utc_offset,
};

/// How often something was wrong, and where it was first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Count {
    /// How often.
    pub times: usize,
    first: Option<(usize, String)>,
}

impl Count {
    /// One more, at byte `position` of the decoded text; `found` is kept only the first time.
    pub fn add(&mut self, position: usize, found: &str) {
        self.times += 1;
        if self.first.is_none() {
            let found = found.trim().chars().filter(|c| !c.is_control()).take(40).collect();
            self.first = Some((position, found));
        }
    }

    /// One problem for all of them. `what` says what was wrong; the first finding and its place are added.
    pub fn problem(&self, code: Code, effect: Effect, what: &str, consequence: &str) -> Option<Problem> {
        let (position, found) = self.first.as_ref()?;
        let detail = format!("{what}: {} times, first \"{found}\"", self.times);
        Some(Problem::new(code, effect, format!("byte {position}"), detail, consequence))
    }
}

/// What was wrong with the points of one file, counted by kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// Times that are no times.
    pub bad_times: Count,
    /// Latitudes and longitudes that are missing, not finite, out of range or given twice.
    pub bad_positions: Count,
    /// Coordinates written with a decimal comma.
    pub decimal_commas: Count,
    /// Other values that are no finite numbers or impossible in their field.
    pub bad_values: Count,
    /// Times without a zone.
    pub no_zone: Count,
    /// Offsets no zone on Earth has.
    pub odd_offsets: Count,
    /// Sport names that are not known or not in the format's list.
    pub odd_sports: Count,
    /// Points lost to broken markup.
    pub lost_points: usize,
    /// The first UTC offset found since the last activity ended.
    pub utc_offset_s: Option<i32>,
}

impl Tally {
    /// A value for a sample column: NaN, and counted when it was given but is no number in `range`.
    pub fn value(&mut self, text: &str, range: std::ops::RangeInclusive<f64>, position: usize) -> f64 {
        match number(text) {
            Number::Missing => f64::NAN,
            Number::Value(value) if range.contains(&value) => value,
            _ => {
                self.bad_values.add(position, text);
                f64::NAN
            }
        }
    }

    /// A coordinate within ±`limit` degrees; None, counted, when it is not.
    pub fn coordinate(&mut self, text: Option<&str>, limit: f64, position: usize) -> Option<f64> {
        let text = text.unwrap_or_default();
        match number(text) {
            Number::Value(value) if value.abs() <= limit => return Some(value),
            Number::Bad if text.contains(',') => self.decimal_commas.add(position, text),
            _ => self.bad_positions.add(position, text),
        }
        None
    }

    /// A time in Unix seconds; None, counted, when the text is no time. Zones are remembered.
    pub fn time(&mut self, text: &str, position: usize) -> Option<f64> {
        let Some(stamp) = stamp(text) else {
            self.bad_times.add(position, text);
            return None;
        };
        match stamp.zone {
            Zone::Utc => {}
            Zone::Unknown => self.no_zone.add(position, text),
            Zone::Offset(s) if is_plausible_utc_offset(i64::from(s)) => {
                self.utc_offset_s = self.utc_offset_s.or(Some(s))
            }
            Zone::Offset(_) => self.odd_offsets.add(position, text),
        }
        Some(stamp.unix_s)
    }

    /// One problem for each kind of fault found.
    pub fn problems(&self) -> Vec<Problem> {
        use {Code::*, Effect::*};
        [
            self.bad_times.problem(BadPoint, Repaired, "a point's time cannot be read", "Those points were left out."),
            self.bad_positions.problem(BadPosition, Repaired, "a position cannot be", "Those positions were left out."),
            self.decimal_commas.problem(
                BadPosition,
                Repaired,
                "coordinates are written with a decimal comma, where the format has a point",
                "Those positions were left out.",
            ),
            self.bad_values.problem(BadValue, Repaired, "a value cannot be", "Those values count as not measured."),
            self.no_zone.problem(NoTimeZone, Noted, "a time has no zone", "They were taken as UTC."),
            self.odd_offsets.problem(BadUtcOffset, Noted, "no zone has this offset", "Only the moment was used."),
            self.odd_sports.problem(BadValue, Noted, "the sport has an unusual name", "It was matched by its words."),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The problems that the walk itself found; `roots` are those of the format, `points` is how many whole points were read.
pub fn walk_problems(walker: &Walker, roots: &[&str], points: usize, lost_points: usize) -> Vec<Problem> {
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
            problems.push(Problem::new(Code::Truncated, Effect::PartLost, place.clone(), detail, kept.clone()));
        }
        End::Refused(code, detail) => {
            let effect = if points > 0 { Effect::PartLost } else { Effect::Failed };
            problems.push(Problem::new(code, effect, place.clone(), detail, kept.clone()));
        }
    }
    if walker.broken() > 0 {
        let detail = format!("the XML is broken in {} places; {lost_points} points were lost there", walker.broken());
        problems.push(Problem::new(Code::XmlBroken, Effect::PartLost, "", detail, kept));
    }
    if walker.has_trailing_bytes() {
        let detail = "there is something behind the end of the root element";
        problems.push(Problem::new(Code::TrailingBytes, Effect::Noted, place, detail, "It was ignored."));
    }
    problems
}
