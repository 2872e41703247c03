//! The values of options: numbers in their range, days, zones and choices.

use super::spelled::Spelled;
use crate::{
    config::{Answer, Audience},
    ingest::OpenSport,
    model::Sex,
    pain::{DateOrder, NamedColumn, Scale},
    report::Form,
    rules::{EmergencyNumber, Severity},
    units::Units,
};
use chrono::{Datelike, NaiveDate};
use chrono_tz::{TZ_VARIANTS, Tz};
use clap::{
    Arg, Command, ValueEnum,
    builder::{PossibleValue, TypedValueParser},
    error::ErrorKind,
};
use std::ffi::OsStr;

/// Whose workflows show annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// GitHub Actions.
    GitHub,
}

/// A whole number from `LEAST` to `MOST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole<const LEAST: u16, const MOST: u16>(pub(super) u16);

impl<const LEAST: u16, const MOST: u16> Whole<LEAST, MOST> {
    /// The number.
    pub(in crate::cli) fn number(self) -> usize {
        usize::from(self.0)
    }
}

impl<const LEAST: u16, const MOST: u16> Spelled for Whole<LEAST, MOST> {
    fn spelled(text: &str) -> Result<Self, String> {
        text.trim()
            .parse()
            .ok()
            .filter(|number| (LEAST..=MOST).contains(number))
            .map(Whole)
            .ok_or_else(|| format!("a whole number from {LEAST} to {MOST} is expected"))
    }

    fn written(&self) -> String {
        self.0.to_string()
    }
}

/// The day of `--as-of`, read once, so that a report speaks from one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub(super) date: NaiveDate,
    /// It was asked for as `today`.
    pub(super) is_today: bool,
}

impl Day {
    /// The day.
    pub(in crate::cli) fn date(self) -> NaiveDate {
        self.date
    }

    /// The same as a date of the calendar: on another day and another machine it is still this one.
    pub(in crate::cli) fn fixed(self) -> Day {
        Day {
            is_today: false,
            ..self
        }
    }
}

impl Spelled for Day {
    fn spelled(text: &str) -> Result<Self, String> {
        let is_today = text.trim().eq_ignore_ascii_case("today");
        let date = if is_today {
            Some(today())
        } else {
            written_day(text)
        };
        let wrong = "a date is written year-month-day, as 2025-10-31, or as the word today";
        date.map(|date| Day { date, is_today })
            .ok_or_else(|| wrong.to_string())
    }

    fn written(&self) -> String {
        if self.is_today {
            "today".to_string()
        } else {
            self.date.to_string()
        }
    }
}

/// A day as `2025-10-31` or, as logs have it, `31.10.2025`: with dots the day comes first.
pub(in crate::cli) fn written_day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let dotted = || NaiveDate::parse_from_str(text, "%d.%m.%Y").ok();
    let day = text.parse().ok().or_else(dotted);
    day.filter(|day| (1000..10_000).contains(&day.year()))
}

/// The day on this machine's calendar.
#[expect(
    clippy::disallowed_methods,
    reason = "`--as-of today`, the day of a new row in the pain log and whether a row of it is still to come ask for the clock"
)]
pub(in crate::cli) fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

/// A zone by its name in the time-zone database, whatever its capitals; a city alone is enough when only one zone has it.
impl Spelled for Tz {
    fn spelled(text: &str) -> Result<Self, String> {
        let wanted = text.to_lowercase();
        let found = exact_zone(&wanted).or_else(|| zone_of_city(&wanted));
        found.ok_or_else(|| {
            "no such zone; zones are called like Europe/Berlin or America/New_York".to_string()
        })
    }

    fn written(&self) -> String {
        self.name().to_string()
    }
}

fn exact_zone(wanted: &str) -> Option<Tz> {
    let is_it = |zone: &&Tz| zone.name().to_lowercase() == wanted;
    TZ_VARIANTS.iter().find(is_it).copied()
}

/// None where several zones have the city.
fn zone_of_city(wanted: &str) -> Option<Tz> {
    let is_its_city = |zone: &&Tz| zone.name().to_lowercase().rsplit('/').next() == Some(wanted);
    let mut zones = TZ_VARIANTS.iter().filter(is_its_city);
    zones.next().filter(|_| zones.next().is_none()).copied()
}

impl Spelled for Scale {
    fn spelled(text: &str) -> Result<Self, String> {
        text.parse()
    }

    fn written(&self) -> String {
        self.as_str().to_string()
    }
}

impl Spelled for EmergencyNumber {
    fn spelled(text: &str) -> Result<Self, String> {
        text.parse()
    }

    fn written(&self) -> String {
        self.as_str().to_string()
    }
}

impl Spelled for NamedColumn {
    fn spelled(text: &str) -> Result<Self, String> {
        NamedColumn::parse(text)
    }

    fn written(&self) -> String {
        format!("{}={}", self.role, self.name)
    }
}

/// The words of a choice: what clap lists in its help and takes, and what a file takes. A word behind a bar is taken, too.
macro_rules! choice {
    ($choice:ident: $($value:ident $word:literal $(| $other:literal)? $($help:literal)?),+) => {
        impl ValueEnum for $choice {
            fn value_variants<'a>() -> &'a [Self] {
                &[$($choice::$value),+]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(match self { $($choice::$value => PossibleValue::new($word)$(.alias($other))?$(.help($help))?),+ })
            }
        }

        impl Spelled for $choice {
            fn spelled(text: &str) -> Result<Self, String> {
                let words = [$(concat!($word $(, " or ", $other)?)),+];
                ValueEnum::from_str(text, false).map_err(|_| format!("one of {} is expected", words.join(", ")))
            }

            fn written(&self) -> String {
                match self { $($choice::$value => $word.to_string()),+ }
            }
        }
    };
}

choice!(Audience: Clinician "clinician" "The sheet to hand over");
choice!(Answer: Text "text", Json "json");
choice!(Form: Csv "csv", Parquet "parquet", Both "both");
choice!(Units: Km "km", Mi "mi" | "miles");
choice!(OpenSport: BySpeed "by-speed", Running "running", Other "other");
choice!(Sex: Female "female", Male "male");
choice!(DateOrder: DayFirst "dmy" "Day, month, year", MonthFirst "mdy" "Month, day, year");
choice!(Service: GitHub "github");
choice!(Severity: Good "good", Note "note" | "for-information", Watch "watch" | "keep-an-eye-on-it", EaseOff "ease-off",
    SeeSomeone "see-someone" | "have-it-looked-at", Urgent "urgent" | "today", Emergency "emergency" | "now");

/// The reader of a [`Severity`] on the command line: a word that is none is answered with the words of the report, too.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Loudness;

impl TypedValueParser for Loudness {
    type Value = Severity;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Severity, clap::Error> {
        let text = value.to_string_lossy();
        Severity::spelled(&text).map_err(|expected| {
            let arg = arg.map_or_else(String::new, ToString::to_string);
            let words = format!("invalid value '{text}' for '{arg}': {expected}\n");
            clap::Error::raw(ErrorKind::InvalidValue, words).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values = Severity::value_variants().iter();
        Some(Box::new(values.filter_map(ValueEnum::to_possible_value)))
    }
}
