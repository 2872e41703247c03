//! What is left of an activity: a row of numbers, and where each came from.

use super::{activity::Athlete, format::Format, heart_rate::HeartRateSeconds};
use crate::{
    sport::{Name, Sport, name},
    time::{Clock, ZoneSource},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a run's distance came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DistanceSource {
    /// The device's session total.
    Device,
    /// The laps, added up, or the last of running totals.
    Laps,
    /// The last cumulative distance among the records, less the first.
    Records,
    /// Added up from positions.
    Gps,
    /// Speed times time.
    Speed,
    /// The account's own figure.
    Index,
}

impl DistanceSource {
    /// Where a value of it is from, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            DistanceSource::Device => "the device's total",
            DistanceSource::Laps => "the laps' distances",
            DistanceSource::Records => "the last distance among the records",
            DistanceSource::Gps => "added up from positions",
            DistanceSource::Speed => "speed times time",
            DistanceSource::Index => "the account's own figure",
        }
    }

    /// The same in a line of an account's index.
    fn of_index(self) -> Self {
        match self {
            DistanceSource::Device => DistanceSource::Index,
            other => other,
        }
    }
}

/// Where a run's time came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeSource {
    /// The device's total.
    Device,
    /// The laps, added up, or the last of running totals.
    Laps,
    /// The records.
    Records,
    /// The account's own figure.
    Index,
}

impl TimeSource {
    /// Where a value of it is from, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            TimeSource::Device => "the device's total",
            TimeSource::Laps => "the laps' times",
            TimeSource::Records => "computed from the records",
            TimeSource::Index => "the account's own figure",
        }
    }

    /// The same in a line of an account's index.
    fn of_index(self) -> Self {
        match self {
            TimeSource::Device => TimeSource::Index,
            other => other,
        }
    }
}

/// Who decided the sport.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SportSource {
    /// The file names it.
    File,
    /// The file leaves it open, and the title names it.
    Title,
    /// Speed, cadence and heart rate.
    Movement,
    /// The runner said what files are that leave it open.
    Option,
    /// The account's index.
    Index,
}

impl SportSource {
    /// Where a value of it is from, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            SportSource::File => "the file names it",
            SportSource::Title => "left open by the file, named in the title",
            SportSource::Movement => "decided by speed, cadence and heart rate",
            SportSource::Option => "left open by the file, decided by --open-sport",
            SportSource::Index => "the account's own word",
        }
    }

    /// The same in a line of an account's index.
    fn of_index(self) -> Self {
        match self {
            SportSource::File => SportSource::Index,
            other => other,
        }
    }
}

/// Where a run's ascent and descent came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AltitudeSource {
    /// The device's session totals.
    Device,
    /// The account's own figure.
    Index,
    /// Smoothed barometric altitude, moves of at least 1.5 to 3 m.
    Barometer,
    /// Smoothed altitude that does not say what it is from and has little noise, moves of at least 1.5 m.
    Smooth,
    /// Smoothed altitude with the noise of satellites, moves of up to 10 m.
    Gps,
    /// A treadmill or indoor track: nothing was climbed.
    Indoor,
}

impl AltitudeSource {
    /// Where a value of it is from, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            AltitudeSource::Device => "the device's total",
            AltitudeSource::Index => "the account's own figure",
            AltitudeSource::Barometer => {
                "the barometer's altitude, smoothed, moves of at least 1.5 m"
            }
            AltitudeSource::Smooth => "the altitude, which is smooth, moves of at least 1.5 m",
            AltitudeSource::Gps => "the satellites' altitude, smoothed, moves of up to 10 m",
            AltitudeSource::Indoor => "indoors nothing is climbed",
        }
    }

    /// The same in a line of an account's index.
    fn of_index(self) -> Self {
        match self {
            AltitudeSource::Device => AltitudeSource::Index,
            other => other,
        }
    }
}

/// How stored cadence was turned into steps per minute, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CadenceUnit {
    /// The file counts strides of one leg: doubled.
    Strides,
    /// The file counts steps already: taken as it is.
    Steps,
    /// The file counts steps that were doubled once too often: halved.
    DoubledSteps,
}

impl CadenceUnit {
    /// Where a value of it is from, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            CadenceUnit::Strides => "strides of one leg, doubled",
            CadenceUnit::Steps => "steps as recorded",
            CadenceUnit::DoubledSteps => "steps counted twice, halved",
        }
    }
}

/// What decided how a stored cadence was read: the value that nine in ten samples do not pass, a minute as stored.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CadenceReason {
    /// Of the samples that were fast enough to be running.
    Running(f64),
    /// Of all samples above zero, since none was that fast.
    Walking(f64),
}

impl CadenceReason {
    /// That value, a minute as stored.
    pub fn a_minute(self) -> f64 {
        match self {
            CadenceReason::Running(value) | CadenceReason::Walking(value) => value,
        }
    }
}

macro_rules! kebab_names {
    ($($type:ident { $($variant:ident $text:literal),* })*) => {$(
        impl $type {
            /// The name used in files.
            pub fn as_str(self) -> &'static str {
                match self { $($type::$variant => $text),* }
            }
        }
    )*};
}

kebab_names! {
    DistanceSource { Device "device", Laps "laps", Records "records", Gps "gps", Speed "speed", Index "index" }
    TimeSource { Device "device", Laps "laps", Records "records", Index "index" }
    SportSource { File "file", Title "title", Movement "movement", Option "option", Index "index" }
    AltitudeSource { Device "device", Index "index", Barometer "barometer", Smooth "smooth", Gps "gps", Indoor "indoor" }
    CadenceUnit { Strides "strides", Steps "steps", DoubledSteps "doubled-steps" }
    LoadUnit { SessionRpe "session-rpe", Trimp "trimp", GradeAdjustedKm "grade-adjusted-km" }
}

/// What joins a line of an account export's index to a recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Where in the index: `row 17`.
    pub place: String,
    /// The service's number of the activity.
    pub id: Option<String>,
    /// The recording it names.
    pub file: Option<String>,
    /// What its start is told by.
    pub clock: Clock,
}

/// One run: a row of numbers. The samples are gone. Activities of other sports are rows of the same kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Stable identity: local start and eight hex digits of the content, `20250314-0712-1a2b3c4d`.
    pub run_id: String,
    /// The file it came from, relative to the input as it was named.
    #[serde(skip)]
    pub source: String,
    /// The file's format.
    pub format: Format,
    /// What recorded it.
    pub device: Option<String>,
    /// The title in the file.
    pub name: Option<String>,
    /// Start, UTC.
    #[serde(with = "chrono::serde::ts_nanoseconds")]
    pub start_utc: DateTime<Utc>,
    /// Start on the runner's wall clock.
    pub start_local: NaiveDateTime,
    /// Whether its clock was wrong by years, so that the start says nothing of the day ([`crate::model::Activity::clock_is_wrong`]).
    pub clock_is_wrong: bool,
    /// Whether its file tells only what a clock on a wall showed, and nothing beside it told which moment that was. A copy may.
    pub is_on_the_wall: bool,
    /// Seconds east of UTC.
    pub utc_offset_s: i32,
    /// Where the offset came from.
    pub zone_source: ZoneSource,
    /// What it was taken for.
    pub sport: Sport,
    /// What the file says, `unknown` or `generic` where it leaves that open.
    pub sport_recorded: Sport,
    /// Who decided the sport.
    pub sport_source: SportSource,
    /// FIT sub-sport.
    #[serde(deserialize_with = "name")]
    pub sub_sport: Name,
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// Where the distance came from.
    pub distance_source: Option<DistanceSource>,
    /// Time with the timer running, s.
    pub timer_s: Option<f64>,
    /// Where the timer time came from.
    pub timer_source: Option<TimeSource>,
    /// Start to end, s.
    pub elapsed_s: Option<f64>,
    /// Where the elapsed time came from.
    pub elapsed_source: Option<TimeSource>,
    /// Time moving faster than 0.5 m/s outside pauses and gaps, s.
    pub moving_s: Option<f64>,
    /// Longest stop, s.
    pub longest_stop_s: Option<f64>,
    /// How much faster the first tenth of the distance was than the rest, percent; below 0 where it was slower. None without speeds
    /// at the samples over a kilometre or more.
    pub start_faster_percent: Option<f64>,
    /// Time-weighted mean cadence while moving, steps/min.
    pub cadence_spm: Option<f64>,
    /// Time-weighted median cadence on flat, steady running, steps/min.
    pub cadence_flat_spm: Option<f64>,
    /// Mean speed over the same flat, steady running, m/s: the other coordinate of the runner's own cadence line.
    pub speed_flat_m_s: Option<f64>,
    /// How long that flat, steady running lasted, s.
    pub flat_s: Option<f64>,
    /// How the stored cadence was read.
    pub cadence_unit: Option<CadenceUnit>,
    /// What decided it; None without cadence.
    pub cadence_reason: Option<CadenceReason>,
    /// Metres climbed.
    pub ascent_m: Option<f64>,
    /// Metres descended.
    pub descent_m: Option<f64>,
    /// Where ascent and descent came from.
    pub altitude_source: Option<AltitudeSource>,
    /// Time-weighted mean heart rate, beats/min.
    pub heart_rate_mean_bpm: Option<f64>,
    /// Highest plausible heart rate, beats/min.
    pub heart_rate_max_bpm: Option<f64>,
    /// Seconds spent at each whole beats/min, ascending; what TRIMP is integrated from once HRmax is known.
    pub heart_rate_seconds: HeartRateSeconds,
    /// Share of timer time with heart rate, 0–1.
    pub heart_rate_share: Option<f64>,
    /// Banister's TRIMP, arbitrary units. None without heart rate for 80 % of the run, HRmax and resting heart rate.
    pub trimp: Option<f64>,
    /// Edwards' TRIMP, arbitrary units. None without heart rate for 80 % of the run and HRmax.
    pub edwards_trimp: Option<f64>,
    /// Time with a heart rate of 80 % of the maximum or more, s. None without heart rate for 80 % of the run and HRmax.
    pub hard_s: Option<f64>,
    /// Session RPE, CR-10, from the file or the pain log.
    pub session_rpe: Option<f64>,
    /// Session RPE × minutes, arbitrary units (Foster 1998).
    pub session_rpe_load: Option<f64>,
    /// Distance on the flat that costs the same energy (Minetti 2002), m; the plain distance where there is no altitude.
    pub grade_adjusted_m: Option<f64>,
    /// How many records the file holds for this run.
    pub records: u32,
    /// The shoe worn, as the account export or the pain log calls it.
    pub shoe: Option<String>,
    /// Distance of all runs in this shoe up to and with this one, m. None: the shoe is not known.
    pub shoe_distance_m: Option<f64>,
    /// Where an account export lists it, when this is a line of its index.
    pub listing: Option<Box<Listing>>,
    /// What the file knows about the runner.
    pub athlete: Athlete,
    /// What of it rests on one voice that another denies.
    pub doubts: Doubts,
}

/// The quantities of a run that rest on one voice which another denies, or that are blank because nobody could be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Doubts {
    /// The distance.
    pub distance: bool,
    /// The timer time.
    pub time: bool,
    /// The climb: of satellites; of an altitude that does not say what it is from, much of it in moves that satellites make on flat
    /// ground too; of a part of the run; or a total beside an altitude that never moves.
    pub climb: bool,
}

impl Doubts {
    /// Whether distance or time is: on these everything else rests.
    pub fn of_size(self) -> bool {
        self.distance || self.time
    }

    /// `distance, time, climb`; empty without any.
    pub fn in_words(self) -> String {
        let all = [
            (self.distance, "distance"),
            (self.time, "time"),
            (self.climb, "climb"),
        ];
        let those = all.into_iter().filter(|(is_doubtful, _)| *is_doubtful);
        let names: Vec<&str> = those.map(|(_, name)| name).collect();
        names.join(", ")
    }
}

impl Run {
    /// A run at this moment, in UTC, of which nothing else is known.
    pub fn blank(run_id: String, start_utc: DateTime<Utc>) -> Run {
        Run {
            run_id,
            source: String::new(),
            format: Format::Fit,
            device: None,
            name: None,
            start_utc,
            start_local: start_utc.naive_utc(),
            clock_is_wrong: false,
            is_on_the_wall: false,
            utc_offset_s: 0,
            zone_source: ZoneSource::File,
            sport: Sport::RUNNING,
            sport_recorded: Sport::RUNNING,
            sport_source: SportSource::File,
            sub_sport: "generic",
            distance_m: None,
            distance_source: None,
            timer_s: None,
            timer_source: None,
            elapsed_s: None,
            elapsed_source: None,
            moving_s: None,
            longest_stop_s: None,
            start_faster_percent: None,
            cadence_spm: None,
            cadence_flat_spm: None,
            speed_flat_m_s: None,
            flat_s: None,
            cadence_unit: None,
            cadence_reason: None,
            ascent_m: None,
            descent_m: None,
            altitude_source: None,
            heart_rate_mean_bpm: None,
            heart_rate_max_bpm: None,
            heart_rate_seconds: HeartRateSeconds::default(),
            heart_rate_share: None,
            trimp: None,
            edwards_trimp: None,
            hard_s: None,
            session_rpe: None,
            session_rpe_load: None,
            grade_adjusted_m: None,
            records: 0,
            shoe: None,
            shoe_distance_m: None,
            listing: None,
            athlete: Athlete::default(),
            doubts: Doubts::default(),
        }
    }

    /// The same as a line of an account's index: what a recording would have from its device is the account's own word.
    pub fn of_index(self) -> Run {
        let time = |source: Option<TimeSource>| source.map(TimeSource::of_index);
        Run {
            zone_source: self.zone_source.of_index(),
            sport_source: self.sport_source.of_index(),
            distance_source: self.distance_source.map(DistanceSource::of_index),
            timer_source: time(self.timer_source),
            elapsed_source: time(self.elapsed_source),
            altitude_source: self.altitude_source.map(AltitudeSource::of_index),
            ..self
        }
    }

    /// Whether nobody who knows said what sport it is.
    pub fn has_vague_sport(&self) -> bool {
        matches!(
            self.sport_source,
            SportSource::Movement | SportSource::Option
        ) || self.sport.is_open()
            || self.sport == Sport::OTHER
    }

    /// Whether it counts as running.
    pub fn is_run(&self) -> bool {
        self.sport.is_running()
    }

    /// The local day the run belongs to: the day it started.
    pub fn local_date(&self) -> NaiveDate {
        self.start_local.date()
    }

    /// Seconds per kilometre of timer time. None without distance or time.
    pub fn pace_s_per_km(&self) -> Option<f64> {
        let distance_m = self.distance_m.filter(|d| *d >= 1.0)?;
        Some(self.timer_s? / (distance_m / 1000.0))
    }

    /// The run's load in one unit.
    pub fn load(&self, unit: LoadUnit) -> Option<f64> {
        match unit {
            LoadUnit::SessionRpe => self.session_rpe_load,
            LoadUnit::Trimp => self.trimp,
            LoadUnit::GradeAdjustedKm => self.grade_adjusted_m.map(|metres| metres / 1000.0),
        }
    }
}

/// One copy that was merged into what was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// [`Run::run_id`] of what was kept.
    pub run_id: String,
    /// Its local day.
    pub local_date: NaiveDate,
    /// Its file.
    pub kept: String,
    /// The copy's file.
    pub copy: String,
    /// Where in an export's index the copy stands; None for a recording.
    pub place: Option<String>,
    /// The copy's start less that of what was kept, s.
    pub start_difference_s: f64,
    /// The copy's distance less that of what was kept, m; None when one of them has none.
    pub distance_difference_m: Option<f64>,
    /// What the copy gave, because what was kept lacked it.
    pub filled: Vec<&'static str>,
    /// What the runner corrected in the account after the run, in words: what the recording says and what counts instead.
    pub corrected: Vec<String>,
}

/// The one unit all loads of a history are in; units are never mixed inside a series (src/method/rules.md, Unit of load).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadUnit {
    /// Session RPE × minutes.
    SessionRpe,
    /// Banister's TRIMP.
    Trimp,
    /// Grade-adjusted kilometres.
    GradeAdjustedKm,
}
