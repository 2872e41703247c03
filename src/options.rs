//! Every option of a report, once: clap takes its help from here, a `niggle.toml` its keys, and [`Config`] what they come to.
//!
//! A value is read by the same function whether it stands on the command line or in a file, so both take the same words.

use crate::{
    config::{Audience, Config, HeartRate, Judging, Pages},
    error::Error,
    ingest::{self, OpenSport},
    model::Sex,
    pain::{self, DateOrder, NamedColumn, Scale, edit_distance},
    rules::{EmergencyNumber, Limits},
    units::Units,
};
use chrono::NaiveDate;
use chrono_tz::{TZ_VARIANTS, Tz};
use clap::{Args, ValueEnum, ValueHint, builder::PossibleValue};
use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;
use std::{collections::BTreeMap, path::PathBuf};

/// The folder that a report is written to when no other is named.
const REPORT_FOLDER: &str = "niggle-report";

/// The options of `niggle report`, each as it was given or not at all.
// `remote` gives the derived reader to `Options::deserialize` alone; the trait's, below, also refuses unknown keys, which
// `deny_unknown_fields` does not do beside `flatten`.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize)]
#[serde(remote = "Self", default, rename_all = "kebab-case")]
pub struct Options {
    /// The pain log.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub pain: Option<PathBuf>,
    /// The folder to write [default: niggle-report].
    #[arg(long, visible_alias = "output", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// A folder for what recordings came to, so that the next report over the same files is faster.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub cache: Option<PathBuf>,
    /// Resting heart rate in beats/min, for TRIMP.
    #[arg(long, value_name = "BPM", value_parser = Whole::<25, 120>::spelled)]
    #[serde(deserialize_with = "spelled")]
    pub heart_rate_rest: Option<Whole<25, 120>>,
    /// Maximum heart rate in beats/min, for TRIMP.
    #[arg(long, value_name = "BPM", value_parser = Whole::<120, 240>::spelled)]
    #[serde(deserialize_with = "spelled")]
    pub heart_rate_max: Option<Whole<120, 240>>,
    /// Which constants TRIMP takes [default: what the watch stored].
    #[arg(long, value_enum)]
    #[serde(deserialize_with = "spelled")]
    pub sex: Option<Sex>,
    /// Another limit for a rule, as single-run-spike.small-jump-percent=15; again for another. `niggle rules ID` names them.
    #[arg(long, value_name = "RULE.NAME=VALUE")]
    pub limit: Vec<String>,
    /// The number to name where the log asks for emergency care, as 112 [default: 112, 911 or 999].
    #[arg(long, value_name = "NUMBER", value_parser = EmergencyNumber::spelled)]
    #[serde(deserialize_with = "spelled")]
    pub emergency_number: Option<EmergencyNumber>,
    /// Opens the page when it is written.
    #[arg(long)]
    pub open: bool,
    /// Whom the page is for: clinician names (and with --open opens) the sheet to hand over, sheet.html.
    #[arg(long = "for", value_enum, value_name = "WHOM")]
    #[serde(rename = "for", deserialize_with = "spelled")]
    pub audience: Option<Audience>,
    /// Shows names of files in the page, which without them can be handed over.
    #[arg(long)]
    pub with_names: bool,
    /// What a cohort takes too.
    #[command(flatten)]
    #[serde(flatten)]
    pub common: Common,
}

/// What a report and a cohort take alike.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Common {
    /// How recordings are read.
    #[command(flatten)]
    #[serde(flatten)]
    pub reading: Reading,
    /// How distances are shown [default: km].
    #[arg(long, value_enum)]
    #[serde(deserialize_with = "spelled")]
    pub units: Option<Units>,
    /// The day to report from, as 2025-10-31, or today, for which alone the clock is looked at [default: the last recorded day].
    #[arg(long, value_name = "DATE", value_parser = Day::spelled)]
    #[serde(deserialize_with = "spelled")]
    pub as_of: Option<Day>,
    /// Worker threads [default: one a core].
    #[arg(long, value_name = "N", value_parser = Whole::<1, 256>::spelled)]
    #[serde(deserialize_with = "spelled")]
    pub jobs: Option<Whole<1, 256>>,
    /// How the pain log is read.
    #[command(flatten)]
    #[serde(flatten)]
    pub log: Log,
    /// Read what you wrote into the accounts whose exports are given (comments, descriptions, private notes, injuries) for pain and
    /// signs, beside the pain log. Otherwise it is only counted.
    #[arg(long)]
    pub notes: bool,
    /// No progress and no summary.
    #[arg(long, short)]
    pub quiet: bool,
}

/// How a recording is read that leaves something open.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Reading {
    /// The zone of recordings that neither know theirs nor hold a position, as Europe/Berlin.
    #[arg(long, value_name = "ZONE", value_parser = Tz::spelled)]
    #[serde(deserialize_with = "spelled")]
    pub timezone: Option<Tz>,
    /// What a recording is that leaves its sport open: a run if it is as fast as one, always, or never [default: by-speed].
    #[arg(long, value_enum, value_name = "WHAT")]
    #[serde(deserialize_with = "spelled")]
    pub open_sport: Option<OpenSport>,
}

/// How the pain log is to be read.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Log {
    /// The order of day, month and year in the pain log, where its dates can be read in two ways.
    #[arg(long, value_enum, value_name = "ORDER")]
    #[serde(deserialize_with = "spelled")]
    pub date_order: Option<DateOrder>,
    /// The scale of the pain log's ratings, where neither its header nor its cells tell: 0-10, 0-5, 1-5, 1-10, 0-100, or 1-4
    /// (none, niggle, poor, injured).
    #[arg(long, value_name = "SCALE", value_parser = Scale::spelled)]
    #[serde(deserialize_with = "spelled")]
    pub pain_scale: Option<Scale>,
    /// What a column of the pain log is, as pain="How bad is it?"; again for another. Roles: date, moment, time, site, side, pain,
    /// notes and the other columns of niggle's own log, any_pain, others, athlete, ignore.
    #[arg(long, value_name = "ROLE=NAME", value_parser = NamedColumn::spelled)]
    #[serde(deserialize_with = "all_spelled")]
    pub column: Vec<NamedColumn>,
    /// Whose rows count, in a pain log of several people.
    #[arg(long, value_name = "NAME")]
    pub athlete: Option<String>,
    /// RPE in the pain log is on Borg's 6–20 scale.
    #[arg(long)]
    pub borg: bool,
}

impl Options {
    /// These options before others: the command line goes before a file. A limit changed in both is changed as here; what is
    /// switched on in either is on.
    pub fn over(self, below: Options) -> Options {
        Options {
            pain: self.pain.or(below.pain),
            out: self.out.or(below.out),
            cache: self.cache.or(below.cache),
            heart_rate_rest: self.heart_rate_rest.or(below.heart_rate_rest),
            heart_rate_max: self.heart_rate_max.or(below.heart_rate_max),
            sex: self.sex.or(below.sex),
            limit: over(self.limit, below.limit, |one, other| {
                limit_name(one) == limit_name(other)
            }),
            emergency_number: self.emergency_number.or(below.emergency_number),
            open: self.open || below.open,
            audience: self.audience.or(below.audience),
            with_names: self.with_names || below.with_names,
            common: self.common.over(below.common),
        }
    }

    /// What the options come to for these inputs, with the defaults for what was not given.
    ///
    /// # Errors
    /// [`Error::Usage`] for a limit that there is not, or that is out of its range.
    pub fn resolve(self, inputs: Vec<PathBuf>) -> Result<Config, Error> {
        let judging = self.judging()?;
        Ok(Config {
            inputs,
            pain_log: self.pain,
            output: self.out.unwrap_or_else(|| PathBuf::from(REPORT_FOLDER)),
            cache: self.cache,
            judging,
            pages: Pages {
                with_names: self.with_names,
                audience: self.audience,
            },
            ..self.common.config()
        })
    }

    fn judging(&self) -> Result<Judging, Error> {
        Ok(Judging {
            heart_rate: self.heart_rate(),
            limits: Limits::parse(&self.limit).map_err(Error::Usage)?,
            emergency_number: self.emergency_number.clone().unwrap_or_default(),
            ..self.common.judging()
        })
    }

    fn heart_rate(&self) -> HeartRate {
        HeartRate {
            rest_bpm: self.heart_rate_rest.map(|bpm| f64::from(bpm.0)),
            max_bpm: self.heart_rate_max.map(|bpm| f64::from(bpm.0)),
            sex: self.sex,
        }
    }

    /// Every key of a file, as the options are called on the command line.
    fn keys() -> Vec<String> {
        let command = Options::augment_args(clap::Command::new(""));
        command
            .get_arguments()
            .filter_map(|option| option.get_long())
            .map(str::to_string)
            .collect()
    }
}

/// Reads key by key, so that an error names its key. What is no option is refused, with the nearest that is one.
impl<'de> Deserialize<'de> for Options {
    fn deserialize<D: Deserializer<'de>>(file: D) -> Result<Self, D::Error> {
        let known = Options::keys();
        let mut all = Options::default();
        for (key, value) in BTreeMap::<String, Value>::deserialize(file)? {
            if !known.contains(&key) {
                return Err(D::Error::custom(no_such_option(&key, &known)));
            }
            let one = alone(&key, value);
            let one = one.map_err(|error| D::Error::custom(format!("{key}: {error}")))?;
            all = one.over(all);
        }
        Ok(all)
    }
}

impl Common {
    /// These options before others.
    pub fn over(self, below: Common) -> Common {
        Common {
            reading: self.reading.over(below.reading),
            units: self.units.or(below.units),
            as_of: self.as_of.or(below.as_of),
            jobs: self.jobs.or(below.jobs),
            log: self.log.over(below.log),
            notes: self.notes || below.notes,
            quiet: self.quiet || below.quiet,
        }
    }

    /// What a cohort's options come to, and those of a report that a cohort takes too.
    pub fn config(&self) -> Config {
        Config {
            pain: self.log.options(),
            ingest: ingest::Options {
                jobs: self.jobs.map(|jobs| usize::from(jobs.0)),
                notes: self.notes,
                ..self.reading.options()
            },
            judging: self.judging(),
            ..Config::default()
        }
    }

    fn judging(&self) -> Judging {
        Judging {
            as_of: self.as_of.map(|day| day.date),
            as_of_today: self.as_of.is_some_and(|day| day.is_today),
            units: self.units.unwrap_or_default(),
            ..Judging::default()
        }
    }
}

impl Reading {
    /// These options before others.
    pub fn over(self, below: Reading) -> Reading {
        Reading {
            timezone: self.timezone.or(below.timezone),
            open_sport: self.open_sport.or(below.open_sport),
        }
    }

    /// What they come to, with a worker a core.
    pub fn options(&self) -> ingest::Options {
        ingest::Options {
            jobs: None,
            timezone: self.timezone,
            open_sport: self.open_sport.unwrap_or_default(),
            notes: false,
        }
    }
}

impl Log {
    /// These options before others. A role named in both has the columns named here.
    pub fn over(self, below: Log) -> Log {
        Log {
            date_order: self.date_order.or(below.date_order),
            pain_scale: self.pain_scale.or(below.pain_scale),
            column: over(self.column, below.column, |one, other| {
                one.role == other.role
            }),
            athlete: self.athlete.or(below.athlete),
            borg: self.borg || below.borg,
        }
    }

    /// What they come to.
    pub fn options(&self) -> pain::Options {
        pain::Options {
            date_order: self.date_order,
            scale: self.pain_scale,
            columns: self.column.clone(),
            athlete: self.athlete.clone(),
            borg: self.borg,
            ..pain::Options::default()
        }
    }
}

/// A list before another, of which those stay that nothing here is about as well.
fn over<T>(here: Vec<T>, below: Vec<T>, is_same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let is_new = |one: &T| !here.iter().any(|other| is_same(other, one));
    let new: Vec<T> = below.into_iter().filter(is_new).collect();
    here.into_iter().chain(new).collect()
}

/// The options of a file that holds one key alone.
fn alone(key: &str, value: Value) -> Result<Options, serde_json::Error> {
    let table = [(key.to_string(), value)].into_iter().collect();
    Options::deserialize(Value::Object(table))
}

fn no_such_option(key: &str, known: &[String]) -> String {
    let nearest = known.iter().min_by_key(|name| edit_distance(key, name));
    let nearest = nearest.map_or("", String::as_str);
    format!("there is no option `{key}`; the nearest is `{nearest}`")
}

/// `RULE.NAME` of `RULE.NAME=VALUE`, in one spelling.
fn limit_name(limit: &str) -> String {
    let name = limit.split('=').next().unwrap_or_default();
    name.split('.')
        .map(|part| part.trim().replace('_', "-"))
        .collect::<Vec<_>>()
        .join(".")
}

/// A value that is read from words, on the command line and in a file alike.
trait Spelled: Sized {
    /// Reads it, or says what is expected.
    fn spelled(text: &str) -> Result<Self, String>;
}

/// Reads a value of a file.
fn spelled<'de, D: Deserializer<'de>, T: Spelled>(file: D) -> Result<Option<T>, D::Error> {
    T::spelled(&text_of(Value::deserialize(file)?))
        .map(Some)
        .map_err(D::Error::custom)
}

/// Reads a list of values of a file.
fn all_spelled<'de, D: Deserializer<'de>, T: Spelled>(file: D) -> Result<Vec<T>, D::Error> {
    let values = Vec::<Value>::deserialize(file)?.into_iter();
    values
        .map(|value| T::spelled(&text_of(value)))
        .collect::<Result<_, _>>()
        .map_err(D::Error::custom)
}

/// A value of a file as it would be written on the command line. TOML gives a date as a table of one text.
fn text_of(value: Value) -> String {
    match &value {
        Value::String(text) => text.clone(),
        Value::Object(table) if table.len() == 1 => {
            table.values().filter_map(Value::as_str).collect()
        }
        other => other.to_string(),
    }
}

/// A whole number from `LEAST` to `MOST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole<const LEAST: u16, const MOST: u16>(u16);

impl<const LEAST: u16, const MOST: u16> Spelled for Whole<LEAST, MOST> {
    fn spelled(text: &str) -> Result<Self, String> {
        let number = text
            .trim()
            .parse()
            .ok()
            .filter(|number| (LEAST..=MOST).contains(number));
        number
            .map(Whole)
            .ok_or_else(|| format!("a whole number from {LEAST} to {MOST} is expected"))
    }
}

/// The day of `--as-of`, read once, so that a report speaks from one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    date: NaiveDate,
    /// It was asked for as `today`.
    is_today: bool,
}

impl Spelled for Day {
    fn spelled(text: &str) -> Result<Self, String> {
        let is_today = text.trim().eq_ignore_ascii_case("today");
        let date = if is_today { Ok(today()) } else { text.parse() };
        let wrong = "a date is written year-month-day, as 2025-10-31, or as the word today";
        date.map(|date| Day { date, is_today })
            .map_err(|_| wrong.to_string())
    }
}

/// The day on this machine's calendar.
#[expect(
    clippy::disallowed_methods,
    reason = "`--as-of today` asks for the clock, and nothing else does"
)]
fn today() -> NaiveDate {
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
}

impl Spelled for EmergencyNumber {
    fn spelled(text: &str) -> Result<Self, String> {
        text.parse()
    }
}

impl Spelled for NamedColumn {
    fn spelled(text: &str) -> Result<Self, String> {
        NamedColumn::parse(text)
    }
}

/// The words of a choice: what clap lists in its help and takes, and what a file takes.
macro_rules! choice {
    ($choice:ident: $($value:ident $word:literal $($help:literal)?),+) => {
        impl ValueEnum for $choice {
            fn value_variants<'a>() -> &'a [Self] {
                &[$($choice::$value),+]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(match self { $($choice::$value => PossibleValue::new($word)$(.help($help))?),+ })
            }
        }

        impl Spelled for $choice {
            fn spelled(text: &str) -> Result<Self, String> {
                ValueEnum::from_str(text, false).map_err(|_| format!("one of {} is expected", [$($word),+].join(", ")))
            }
        }
    };
}

choice!(Audience: Clinician "clinician" "The sheet to hand over");
choice!(Units: Km "km", Mi "mi");
choice!(OpenSport: BySpeed "by-speed", Running "running", Other "other");
choice!(Sex: Female "female", Male "male");
choice!(DateOrder: DayFirst "dmy" "Day, month, year", MonthFirst "mdy" "Month, day, year");

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Options {
        toml::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    /// Each key with a value that is not its default, as TOML writes it.
    const EVERY_KEY: &[(&str, &str)] = &[
        ("pain", "\"pain.csv\""),
        ("out", "\"my_report\""),
        ("cache", "\"cache\""),
        ("heart-rate-rest", "50"),
        ("heart-rate-max", "190"),
        ("sex", "\"female\""),
        ("limit", "[\"single-run-spike.small-jump-percent=15\"]"),
        ("emergency-number", "112"),
        ("open", "true"),
        ("for", "\"clinician\""),
        ("with-names", "true"),
        ("timezone", "\"Europe/Berlin\""),
        ("open-sport", "\"running\""),
        ("units", "\"mi\""),
        ("as-of", "2025-10-31"),
        ("jobs", "2"),
        ("date-order", "\"mdy\""),
        ("pain-scale", "\"0-5\""),
        ("column", "[\"pain=How bad is it?\"]"),
        ("athlete", "\"Anna\""),
        ("borg", "true"),
        ("notes", "true"),
        ("quiet", "true"),
    ];

    #[test]
    fn every_option_is_a_key_of_a_file() {
        assert_eq!(
            EVERY_KEY.iter().map(|(key, _)| *key).collect::<Vec<_>>(),
            Options::keys()
        );
        for (key, value) in EVERY_KEY {
            let read = file(&format!("{key} = {value}"));
            assert_ne!(read, Options::default(), "{key}");
            assert_eq!(read.clone().over(Options::default()), read, "{key}");
            assert_eq!(Options::default().over(read.clone()), read, "{key}");
        }
        assert_eq!(file(""), Options::default());
    }

    #[test]
    fn a_file_and_the_command_line_come_to_the_same() {
        let command = Options::augment_args(clap::Command::new("niggle"));
        let words = [
            "niggle",
            "--as-of",
            "2025-10-31",
            "--jobs",
            "2",
            "--column",
            "pain=knee",
            "--borg",
            "--units",
            "mi",
        ];
        let matches = command.try_get_matches_from(words).unwrap();
        let given = <Options as clap::FromArgMatches>::from_arg_matches(&matches).unwrap();
        let written = "as-of = \"2025-10-31\"\njobs = \"2\"\ncolumn = [\"pain=knee\"]\nborg = true\nunits = \"mi\"";
        assert_eq!(given, file(written));
    }

    #[test]
    fn what_a_file_cannot_say_is_refused_by_its_key() {
        for (text, expected) in [
            (
                "untis = \"mi\"",
                "there is no option `untis`; the nearest is `units`",
            ),
            (
                "heart-rate-mx = 190",
                "there is no option `heart-rate-mx`; the nearest is `heart-rate-max`",
            ),
            (
                "heart_rate_max = 190",
                "there is no option `heart_rate_max`; the nearest is `heart-rate-max`",
            ),
            ("common = 1", "there is no option `common`"),
            ("units = \"metres\"", "units: one of km, mi is expected"),
            ("jobs = 0", "jobs: a whole number from 1 to 256 is expected"),
            (
                "heart-rate-rest = 50.5",
                "heart-rate-rest: a whole number from 25 to 120 is expected",
            ),
            (
                "as-of = \"31.10.2025\"",
                "as-of: a date is written year-month-day",
            ),
            ("timezone = \"Mars/Olympus\"", "timezone: no such zone"),
            ("column = [\"hurt=x\"]", "column: no column is a \"hurt\""),
            ("borg = \"yes\"", "borg: invalid type"),
        ] {
            let error = toml::from_str::<Options>(text).expect_err(text).to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn the_command_line_goes_before_a_file() {
        let given = file(
            "units = \"km\"\nlimit = [\"acwr-high.coupled-ratio=1.4\"]\ncolumn = [\"pain=knee\"]",
        );
        let below = "units = \"mi\"\njobs = 3\nquiet = true\ncolumn = [\"pain=shin\", \"date=day\"]\n\
                     limit = [\"acwr-high.coupled_ratio = 1.6\", \"single-run-spike.small-jump-percent=15\"]";
        let both = given.over(file(below));
        assert_eq!(
            (both.common.units, both.common.jobs, both.common.quiet),
            (Some(Units::Km), Some(Whole(3)), true)
        );
        assert_eq!(
            both.limit,
            [
                "acwr-high.coupled-ratio=1.4",
                "single-run-spike.small-jump-percent=15"
            ]
        );
        let columns: Vec<(&str, &str)> = both
            .common
            .log
            .column
            .iter()
            .map(|c| (c.role, c.name.as_str()))
            .collect();
        assert_eq!(columns, [("pain", "knee"), ("date", "day")]);
    }

    #[test]
    fn options_come_to_a_config_with_the_defaults_of_the_help() {
        let config = Options::default()
            .resolve(vec![PathBuf::from("runs")])
            .unwrap();
        assert_eq!(
            (config.inputs, config.output),
            (vec![PathBuf::from("runs")], PathBuf::from("niggle-report"))
        );
        assert_eq!(
            (config.judging.units, config.ingest.open_sport),
            (Units::Km, OpenSport::BySpeed)
        );
        let all: String = EVERY_KEY
            .iter()
            .map(|(key, value)| format!("{key} = {value}\n"))
            .collect();
        let config = file(&all).resolve(Vec::new()).unwrap();
        let heart_rate = HeartRate {
            rest_bpm: Some(50.0),
            max_bpm: Some(190.0),
            sex: Some(Sex::Female),
        };
        assert_eq!(
            (config.judging.heart_rate, config.judging.units),
            (heart_rate, Units::Mi)
        );
        assert_eq!(
            (config.ingest.jobs, config.ingest.timezone),
            (Some(2), Some(Tz::Europe__Berlin))
        );
        assert_eq!(
            (config.judging.as_of, config.judging.as_of_today),
            (NaiveDate::from_ymd_opt(2025, 10, 31), false)
        );
        assert_eq!(
            (config.pain.borg, config.pain.scale),
            (true, Some(Scale::ZeroToFive))
        );
        assert_eq!(config.judging.limits.changed().len(), 1);
        assert!(
            file("limit = [\"acwr-high.no-such=1\"]")
                .resolve(Vec::new())
                .is_err()
        );
    }

    #[test]
    fn a_help_names_the_default_that_is_taken() {
        let command = Options::augment_args(clap::Command::new("niggle"));
        let config = Options::default().resolve(Vec::new()).unwrap();
        let units = config.judging.units.to_possible_value().unwrap();
        let open_sport = config.ingest.open_sport.to_possible_value().unwrap();
        let number = EmergencyNumber::default().to_string();
        for (key, default) in [
            ("out", REPORT_FOLDER),
            ("units", units.get_name()),
            ("open-sport", open_sport.get_name()),
            ("emergency-number", &number),
        ] {
            let option = command
                .get_arguments()
                .find(|option| option.get_long() == Some(key))
                .unwrap();
            let help = option.get_help().unwrap().to_string();
            assert!(
                help.ends_with(&format!("[default: {default}]")),
                "{key}: {help}"
            );
        }
    }

    #[test]
    fn words_of_a_date_order_are_those_of_its_sentences() {
        for order in DateOrder::ALL {
            assert_eq!(
                order.to_possible_value().unwrap().get_name(),
                order.as_str()
            );
        }
    }
}
