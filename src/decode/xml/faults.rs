//! What was wrong with the points of one file, counted by kind, and what the walk met.

use super::{
    root::is_root,
    walker::{End, Walker},
    zones::Moment,
};
use crate::{
    problem::{Code, Count, Effect, Problem, Tally},
    text::{
        line::printable,
        number::{Number, number, with_comma},
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
    /// A latitude or longitude out of range, or one without the other.
    Position,
    /// A number written with a decimal comma.
    DecimalComma,
    /// Another value that is no finite number or impossible in its field.
    Value,
    /// A time without a zone.
    NoZone,
    /// An offset no zone on Earth has.
    OddOffset,
    /// A sport's name that is known but not in the format's list.
    OddSport,
    /// A sport's name that is not known.
    UnknownSport,
}

impl Fault {
    /// What it is and what it means for the file.
    fn kind(self) -> (Code, Effect) {
        match self {
            Fault::Time => (Code::BadPoint, Effect::Repaired),
            Fault::Position => (Code::BadPosition, Effect::Repaired),
            Fault::DecimalComma | Fault::Value => (Code::BadValue, Effect::Repaired),
            Fault::NoZone => (Code::NoTimeZone, Effect::Noted),
            Fault::OddOffset => (Code::BadUtcOffset, Effect::Noted),
            Fault::OddSport | Fault::UnknownSport => (Code::BadValue, Effect::Noted),
        }
    }

    /// What was wrong.
    fn what(self) -> &'static str {
        match self {
            Fault::Time => "a point's time cannot be read",
            Fault::Position => "a position cannot be",
            Fault::DecimalComma => {
                "numbers are written with a decimal comma, where the format has a point"
            }
            Fault::Value => "a value cannot be",
            Fault::NoZone => "a time has no zone",
            Fault::OddOffset => "no zone has this offset",
            Fault::OddSport => "the sport has an unusual name",
            Fault::UnknownSport => "the sport has a name that is not known",
        }
    }

    /// What niggle did.
    fn consequence(self) -> &'static str {
        match self {
            Fault::Time => "Those points were left out.",
            Fault::Position => "Those positions were left out.",
            Fault::DecimalComma => "The comma was read as a point.",
            Fault::Value => "Those values count as not measured.",
            Fault::NoZone => {
                "They were taken for the local clock's, unless something shows that they are UTC's."
            }
            Fault::OddOffset => "Only the moment was used.",
            Fault::OddSport => "It was matched by its words.",
            Fault::UnknownSport => "It was taken for a sport other than running.",
        }
    }

    /// One problem for all of a kind.
    fn problem(self, count: &Count) -> Problem {
        let (code, effect) = self.kind();
        let place = format!("byte {}", count.first().unwrap_or(0));
        let found = count.example.as_deref().unwrap_or_default();
        let (what, times) = (self.what(), count.times);
        let detail = format!("{what}: {times} times, first \"{found}\"");
        Problem::new(code, effect, place, detail, self.consequence())
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
    /// How many times without a zone were read of points since then.
    pub bare_times: usize,
}

impl Faults {
    /// One more, at byte `position` of the decoded text.
    pub fn add(&mut self, fault: Fault, position: usize, found: &str) {
        let shown = || printable(found.trim(), FOUND_CHARS_MAX);
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
            _ => self.odd_value(text, range, Fault::Value, position),
        }
    }

    /// A coordinate within ±`limit` degrees: NaN where there is none, and counted when it cannot be.
    pub fn coordinate(&mut self, text: &str, limit: f64, position: usize) -> f64 {
        match number(text) {
            Number::Missing => f64::NAN,
            Number::Value(value) if value.abs() <= limit => value,
            _ => self.odd_value(text, -limit..=limit, Fault::Position, position),
        }
    }

    /// What is no number with a point may be one with a comma; NaN, counted as `fault`, when it is not.
    #[cold]
    fn odd_value(
        &mut self,
        text: &str,
        range: std::ops::RangeInclusive<f64>,
        fault: Fault,
        position: usize,
    ) -> f64 {
        match with_comma(text) {
            Number::Value(value) if range.contains(&value) => {
                self.add(Fault::DecimalComma, position, text);
                value
            }
            _ => {
                self.add(fault, position, text);
                f64::NAN
            }
        }
    }

    /// A time in Unix seconds; None, counted, when the text is no time. Zones are remembered.
    pub fn time(&mut self, text: &str, position: usize) -> Option<f64> {
        let Some(stamp) = stamp(text) else {
            self.add(Fault::Time, position, text);
            return None;
        };
        if stamp.zone != Zone::Utc {
            self.zone(stamp.zone, text, position);
        }
        Some(stamp.unix_s)
    }

    /// The same of a time that is no point's, with whether it has a zone.
    pub fn moment(&mut self, text: &str, position: usize) -> Option<Moment> {
        let bare_times = self.bare_times;
        let unix_s = self.time(text, position)?;
        let has_zone = self.bare_times == bare_times;
        self.bare_times = bare_times;
        Some(Moment { unix_s, has_zone })
    }

    /// Whether no point among these had a zone; the next are those of another activity.
    pub fn were_points_bare(&mut self, time_s: &[f64]) -> bool {
        let bare = std::mem::take(&mut self.bare_times);
        bare > 0 && bare >= time_s.iter().filter(|time| time.is_finite()).count()
    }

    fn zone(&mut self, zone: Zone, text: &str, position: usize) {
        match zone {
            Zone::Utc => {}
            Zone::Unknown => {
                self.bare_times += 1;
                self.add(Fault::NoZone, position, text)
            }
            Zone::Offset(s) if is_plausible_utc_offset(i64::from(s)) => {
                self.utc_offset_s = self.utc_offset_s.or(Some(s))
            }
            Zone::Offset(_) => self.add(Fault::OddOffset, position, text),
        }
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
    if walker.root().is_some_and(|root| !is_root(root, roots)) {
        return Vec::new(); // another kind of file: the walk was not finished
    }
    [
        early_end(walker, points),
        broken_markup(walker, points, lost_points),
        trailing_bytes(walker),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn early_end(walker: &Walker, points: usize) -> Option<Problem> {
    let (code, effect, detail) = match walker.end() {
        End::Whole => return None,
        End::Cut => {
            let detail = "the file ends in the middle of an element".to_string();
            (Code::Truncated, Effect::PartLost, detail)
        }
        End::Refused(code, detail) if points > 0 => (code, Effect::PartLost, detail),
        End::Refused(code, detail) => (code, Effect::Failed, detail),
    };
    Some(Problem::new(
        code,
        effect,
        place(walker),
        detail,
        kept(points),
    ))
}

fn broken_markup(walker: &Walker, points: usize, lost_points: usize) -> Option<Problem> {
    let places = walker.broken();
    let detail =
        format!("the XML is broken in {places} places; {lost_points} points were lost there");
    (places > 0).then(|| Problem::new(Code::XmlBroken, Effect::PartLost, "", detail, kept(points)))
}

fn trailing_bytes(walker: &Walker) -> Option<Problem> {
    let detail = "there is something behind the end of the root element";
    walker.has_trailing_bytes().then(|| {
        Problem::new(
            Code::TrailingBytes,
            Effect::Noted,
            place(walker),
            detail,
            "It was ignored.",
        )
    })
}

fn place(walker: &Walker) -> String {
    format!("byte {}", walker.position())
}

fn kept(points: usize) -> String {
    format!("{points} whole points were kept.")
}
