//! The nouns: what a decoder hands over (`Activity`), what is left of it (`Run`), and the runner's calendar (`History`).
//!
//! Samples are columns, and a missing sample is NaN there and nowhere else. From [`Run`] upwards a value that was
//! not measured is absent (`Option`), zero means zero, and NaN never appears.

use crate::time::ZoneSource;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// The file format a recording came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Garmin's Flexible and Interoperable Data Transfer, what the watch wrote.
    Fit,
    /// GPS Exchange Format.
    Gpx,
    /// Garmin Training Center XML.
    Tcx,
    /// A line in the index of an account export, without a recording of its own.
    Export,
}

impl Format {
    /// `fit`, `gpx`, `tcx` or `export`.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Fit => "fit",
            Format::Gpx => "gpx",
            Format::Tcx => "tcx",
            Format::Export => "export",
        }
    }
}

/// A sport by its name in the FIT profile (`running`, `cycling`, `cross_country_skiing`), or `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sport(#[serde(deserialize_with = "name")] pub Name);

/// One of the few names that the program itself knows.
pub type Name = &'static str;

/// Reads a name that a cache holds. Each is kept in memory once, as long as the program runs; there are a few dozen.
fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
    static NAMES: Mutex<BTreeSet<Name>> = Mutex::new(BTreeSet::new());
    let read = String::deserialize(deserializer)?;
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(read.as_str()) {
        return Ok(known);
    }
    let name: Name = read.leak();
    names.insert(name);
    Ok(name)
}

impl Sport {
    /// FIT sport 1.
    pub const RUNNING: Sport = Sport("running");
    /// FIT sport 0: recorded without choosing a sport.
    pub const GENERIC: Sport = Sport("generic");
    /// FIT sport 18: several sports in one outing.
    pub const MULTISPORT: Sport = Sport("multisport");
    /// The file says nothing about the sport.
    pub const UNKNOWN: Sport = Sport("unknown");
    /// A sport that has no name in the FIT profile, or an open one that was no run.
    pub const OTHER: Sport = Sport("other");

    /// Whether the file itself says that this is running.
    pub fn is_running(self) -> bool {
        self == Sport::RUNNING
    }

    /// Whether the file leaves the sport open.
    pub fn is_open(self) -> bool {
        self == Sport::GENERIC || self == Sport::UNKNOWN
    }
}

/// One recorded activity as a decoder found it: nothing repaired, nothing derived.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// The format it came in.
    pub format: Format,
    /// The sport the file names.
    pub sport: Sport,
    /// The FIT sub-sport name (`trail`, `treadmill`, `generic`); `generic` when the file has none.
    pub sub_sport: &'static str,
    /// The title, as the file has it (may hold anything a person can type), at most 256 characters.
    pub name: Option<String>,
    /// Start in Unix seconds (UTC): the session's own start, else the first sample's time. None when there is no usable time.
    pub start_unix_s: Option<f64>,
    /// Offset of local time in seconds east of UTC, where the file holds a plausible one.
    pub utc_offset_s: Option<i32>,
    /// What recorded it, as `garmin fenix6x` or the GPX creator.
    pub device: Option<String>,
    /// Whether the altitude comes from a barometer; None when the file does not say.
    pub altitude_is_barometric: Option<bool>,
    /// Totals the device computed.
    pub totals: Totals,
    /// Laps in file order.
    pub laps: Vec<Lap>,
    /// Intervals in which the timer was stopped (FIT timer events, the space between two GPX segments), in time order.
    pub pauses: Vec<Span>,
    /// What the file knows about the runner.
    pub athlete: Athlete,
    /// The recorded samples.
    pub samples: Samples,
}

impl Activity {
    /// An activity with nothing in it yet.
    pub fn empty(format: Format) -> Self {
        Activity {
            format,
            sport: Sport::UNKNOWN,
            sub_sport: "generic",
            name: None,
            start_unix_s: None,
            utc_offset_s: None,
            device: None,
            altitude_is_barometric: None,
            totals: Totals::default(),
            laps: Vec::new(),
            pauses: Vec::new(),
            athlete: Athlete::default(),
            samples: Samples::default(),
        }
    }
}

/// Totals as the device wrote them (FIT session, TCX laps added up, top-level GPX extensions). All may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Totals {
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// Time with the timer running, s.
    pub timer_s: Option<f64>,
    /// Time from start to end, stops included, s.
    pub elapsed_s: Option<f64>,
    /// Moving time, s.
    pub moving_s: Option<f64>,
    /// Metres climbed.
    pub ascent_m: Option<f64>,
    /// Metres descended.
    pub descent_m: Option<f64>,
    /// Mean heart rate, beats/min.
    pub heart_rate_mean_bpm: Option<f64>,
    /// Highest heart rate, beats/min.
    pub heart_rate_max_bpm: Option<f64>,
    /// Mean cadence as stored, revolutions of one leg per minute for FIT (not yet steps).
    pub cadence_mean_raw: Option<f64>,
    /// Session RPE, CR-10 (FIT session field 193 divided by 10).
    pub session_rpe: Option<f64>,
    /// How it felt, 0 (worst) to 100 (FIT session field 192).
    pub feel: Option<f64>,
}

/// One lap.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Lap {
    /// Start in Unix seconds.
    pub start_unix_s: Option<f64>,
    /// Timer time, s.
    pub timer_s: Option<f64>,
    /// Elapsed time, s.
    pub elapsed_s: Option<f64>,
    /// Distance, m.
    pub distance_m: Option<f64>,
}

/// A stretch of time, Unix seconds, `from_s <= to_s`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Begin, Unix seconds.
    pub from_s: f64,
    /// End, Unix seconds.
    pub to_s: f64,
}

/// What a file says about the runner (FIT `user_profile`, `zones_target`).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Athlete {
    /// Resting heart rate, beats/min.
    pub heart_rate_rest_bpm: Option<f64>,
    /// Maximum heart rate, beats/min.
    pub heart_rate_max_bpm: Option<f64>,
    /// Body mass, kg.
    pub weight_kg: Option<f64>,
    /// Sex, for the constants of Banister's TRIMP.
    pub sex: Option<Sex>,
}

/// Sex as a FIT user profile stores it; only the constants of TRIMP depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// FIT gender 0.
    Female,
    /// FIT gender 1.
    Male,
}

/// The samples of one activity as columns. A column is empty (the channel is absent) or as long as `time_s`;
/// a missing value inside a column is NaN.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Samples {
    /// Unix seconds, UTC. Decoders keep the file's order; cleaning puts them in order. NaN where the file has no usable time.
    pub time_s: Vec<f64>,
    /// Latitude, degrees north.
    pub latitude_deg: Vec<f64>,
    /// Longitude, degrees east.
    pub longitude_deg: Vec<f64>,
    /// Altitude, m above sea level as the device had it.
    pub altitude_m: Vec<f32>,
    /// Cumulative distance from the start of the activity, m.
    pub distance_m: Vec<f64>,
    /// Speed, m/s.
    pub speed_m_s: Vec<f32>,
    /// Heart rate, beats/min.
    pub heart_rate_bpm: Vec<f32>,
    /// Cadence per minute exactly as stored (FIT: cadence + fractional_cadence, one leg); the unit is decided by `metrics::cadence`.
    pub cadence_raw: Vec<f32>,
}

impl Samples {
    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.time_s.len()
    }

    /// Whether there is no sample at all.
    pub fn is_empty(&self) -> bool {
        self.time_s.is_empty()
    }

    /// Keeps the samples marked true; `keep` is as long as `time_s`.
    pub fn keep(&mut self, keep: &[bool]) {
        self.each_column(|column| column.keep(keep));
    }

    /// Puts the samples in rising order of time; samples of equal time keep their order.
    pub fn sort_by_time(&mut self) {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by(|a, b| self.time_s[*a].total_cmp(&self.time_s[*b]));
        self.each_column(|column| column.reorder(&order));
    }

    /// Whether any sample has a finite value in this column.
    pub fn has_values(column: &[f32]) -> bool {
        column.iter().any(|value| value.is_finite())
    }

    fn each_column(&mut self, mut apply: impl FnMut(&mut dyn Column)) {
        apply(&mut self.latitude_deg);
        apply(&mut self.longitude_deg);
        apply(&mut self.altitude_m);
        apply(&mut self.distance_m);
        apply(&mut self.speed_m_s);
        apply(&mut self.heart_rate_bpm);
        apply(&mut self.cadence_raw);
        apply(&mut self.time_s);
    }
}

/// What can be done to a column whatever its number type.
trait Column {
    fn keep(&mut self, keep: &[bool]);
    fn reorder(&mut self, order: &[usize]);
}

impl<T: Copy> Column for Vec<T> {
    fn keep(&mut self, keep: &[bool]) {
        let mut flags = keep.iter();
        self.retain(|_| *flags.next().unwrap_or(&true));
    }

    fn reorder(&mut self, order: &[usize]) {
        if !self.is_empty() {
            *self = order.iter().map(|index| self[*index]).collect();
        }
    }
}

/// What a decoder returns: everything that could be had, and what was wrong with the rest. Salvage, not all or nothing.
///
/// No activity means the input is of no use; then the problems hold at least one whose effect is
/// [`crate::problem::Effect::Skipped`] or [`crate::problem::Effect::Failed`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decoded {
    /// The activities, in file order.
    pub activities: Vec<Activity>,
    /// What was not as it should be; places are positions inside the input.
    pub problems: Vec<crate::problem::Problem>,
}

/// Where a run's distance came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DistanceSource {
    /// The device's session total.
    Device,
    /// The last cumulative distance among the records.
    Records,
    /// Added up from positions.
    Gps,
}

impl DistanceSource {
    /// Where a value of it is from, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            DistanceSource::Device => "the device's total",
            DistanceSource::Records => "the last distance among the records",
            DistanceSource::Gps => "added up from positions",
        }
    }
}

/// Where a run's ascent and descent came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AltitudeSource {
    /// The device's session totals.
    Device,
    /// Smoothed barometric altitude, 3 m hysteresis.
    Barometer,
    /// Smoothed GPS altitude, 10 m hysteresis.
    Gps,
    /// A treadmill or indoor track: nothing was climbed.
    Indoor,
}

impl AltitudeSource {
    /// Where a value of it is from, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            AltitudeSource::Device => "the device's total",
            AltitudeSource::Barometer => {
                "the barometer's altitude, smoothed, moves of at least 3 m"
            }
            AltitudeSource::Gps => "the satellites' altitude, smoothed, moves of at least 10 m",
            AltitudeSource::Indoor => "indoors nothing is climbed",
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
}

impl CadenceUnit {
    /// Where a value of it is from, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            CadenceUnit::Strides => "strides of one leg, doubled",
            CadenceUnit::Steps => "steps as recorded",
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
    DistanceSource { Device "device", Records "records", Gps "gps" }
    AltitudeSource { Device "device", Barometer "barometer", Gps "gps", Indoor "indoor" }
    CadenceUnit { Strides "strides", Steps "steps" }
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
}

/// How long a run had each whole heart rate, s. From the lowest to the highest nearly every one occurs, so that the seconds alone are
/// kept: tens of thousands of runs wait with them until the runner's own heart rates are known.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct HeartRateSeconds {
    lowest_bpm: u8,
    seconds: Vec<f32>,
}

impl HeartRateSeconds {
    /// From the seconds at 0, 1, 2 … beats/min.
    pub fn of(histogram: &[f32; 256]) -> Self {
        let occurs = |seconds: &f32| *seconds > 0.0;
        let Some(lowest) = histogram.iter().position(occurs) else {
            return Self::default();
        };
        let highest = histogram.iter().rposition(occurs).unwrap_or(lowest);
        HeartRateSeconds {
            lowest_bpm: lowest as u8,
            seconds: histogram[lowest..=highest].to_vec(),
        }
    }

    /// Beats/min and seconds, ascending, where there are any.
    pub fn iter(&self) -> impl Iterator<Item = (u8, f32)> {
        (self.lowest_bpm..=u8::MAX)
            .zip(self.seconds.iter().copied())
            .filter(|(_, seconds)| *seconds > 0.0)
    }

    /// Whether no heart rate was recorded.
    pub fn is_empty(&self) -> bool {
        self.seconds.is_empty()
    }
}

impl FromIterator<(u8, f32)> for HeartRateSeconds {
    fn from_iter<T: IntoIterator<Item = (u8, f32)>>(pairs: T) -> Self {
        let mut histogram = [0.0; 256];
        pairs
            .into_iter()
            .for_each(|(bpm, seconds)| histogram[usize::from(bpm)] += seconds);
        HeartRateSeconds::of(&histogram)
    }
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
    /// Seconds east of UTC.
    pub utc_offset_s: i32,
    /// Where the offset came from.
    pub zone_source: ZoneSource,
    /// `running`, or what the file left open and niggle took for running.
    pub sport: Sport,
    /// FIT sub-sport.
    #[serde(deserialize_with = "name")]
    pub sub_sport: Name,
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// Where the distance came from.
    pub distance_source: Option<DistanceSource>,
    /// Time with the timer running, s.
    pub timer_s: Option<f64>,
    /// Start to end, s.
    pub elapsed_s: Option<f64>,
    /// Time moving faster than 0.5 m/s outside pauses and gaps, s.
    pub moving_s: Option<f64>,
    /// Longest stop, s.
    pub longest_stop_s: Option<f64>,
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
    /// The median of the stored cadence that decided it, per minute as stored; None without cadence.
    pub cadence_median_raw: Option<f64>,
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
    /// Time with a heart rate of 80 % of the maximum or more, s. None without heart rate for 80 % of the run and an HRmax that
    /// is given or stored; one merely observed does not do.
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
            utc_offset_s: 0,
            zone_source: ZoneSource::File,
            sport: Sport::RUNNING,
            sub_sport: "generic",
            distance_m: None,
            distance_source: None,
            timer_s: None,
            elapsed_s: None,
            moving_s: None,
            longest_stop_s: None,
            cadence_spm: None,
            cadence_flat_spm: None,
            speed_flat_m_s: None,
            flat_s: None,
            cadence_unit: None,
            cadence_median_raw: None,
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
        }
    }

    /// Whether the recording itself does not say what sport it is.
    pub fn has_vague_sport(&self) -> bool {
        self.sport.is_open() || self.sport == Sport::OTHER
    }

    /// Whether it counts as running: the file says so, or leaves the sport open and its speed was a runner's.
    pub fn is_run(&self) -> bool {
        self.sport.is_running() || self.sport.is_open()
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

/// One local day. Sums are over the runs that have the value; on a covered day without a run they are zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The local date.
    pub date: NaiveDate,
    /// Whether recordings can be believed to be complete here: between first and last run and not in a gap of more than 10 days.
    pub covered: bool,
    /// Runs that started on this day.
    pub runs: u32,
    /// Metres run. None when the day is not covered, or none of its runs has a distance.
    pub distance_m: Option<f64>,
    /// The longest single run, m.
    pub longest_run_m: Option<f64>,
    /// Timer time, s.
    pub timer_s: Option<f64>,
    /// Metres climbed. None also when one of the day's runs has no altitude.
    pub ascent_m: Option<f64>,
    /// Metres descended, likewise.
    pub descent_m: Option<f64>,
    /// Load in the history's unit. None when one of the day's runs lacks it.
    pub load: Option<f64>,
    /// Time in other sports, s. None: none was recorded.
    pub other_sport_s: Option<f64>,
    /// Time asleep in the night that ended on this day, s. None: not known.
    pub sleep_s: Option<f64>,
    /// The highest pain logged on this day at any site, 0–10. Some(0.0) only if a zero was logged. None: nothing known.
    pub pain_max: Option<f64>,
}

/// One ISO week (Monday to Sunday) of local days.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// `2025-W14`.
    pub week: String,
    /// Its Monday.
    pub start: NaiveDate,
    /// How many of its seven days are covered.
    pub days_covered: u32,
    /// Whether all seven days are covered and past: only then is it compared with others.
    pub full: bool,
    /// Runs in the week.
    pub runs: u32,
    /// Metres run.
    pub distance_m: Option<f64>,
    /// The longest single run, m.
    pub longest_run_m: Option<f64>,
    /// Timer time, s.
    pub timer_s: Option<f64>,
    /// Metres climbed; None when a run of the week has no altitude.
    pub ascent_m: Option<f64>,
    /// Metres descended; likewise.
    pub descent_m: Option<f64>,
    /// Load in the history's unit; None when a run of the week lacks it.
    pub load: Option<f64>,
    /// Time in other sports, s. None: none was recorded.
    pub other_sport_s: Option<f64>,
    /// Highest pain logged in the week.
    pub pain_max: Option<f64>,
    /// Days of the week with a usable pain entry.
    pub days_logged: u32,
}

/// The runner's calendar: every run, every day without gaps, every week. What rules and statistics see.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// Runs by their start on the runner's own clock.
    pub runs: Vec<Run>,
    /// Activities of other sports, likewise: no impact, but load and no rest.
    pub others: Vec<Run>,
    /// Days from the first to the last recorded day (run or pain row), no gaps.
    pub days: Vec<Day>,
    /// Weeks over the same span.
    pub weeks: Vec<Week>,
    /// The unit of every `load`.
    pub load_unit: LoadUnit,
    /// The day the report speaks from; the last recorded day unless given.
    pub as_of: NaiveDate,
}

impl History {
    /// The day's row, None outside the calendar.
    pub fn day(&self, date: NaiveDate) -> Option<&Day> {
        let first = self.days.first()?.date;
        let index = usize::try_from(crate::time::days_between(first, date)).ok()?;
        self.days.get(index)
    }

    /// The runs of these days, both included. Runs are by local start, so this is a search and no walk.
    pub fn runs_between(&self, from: NaiveDate, to: NaiveDate) -> &[Run] {
        let first = self.runs.partition_point(|run| run.local_date() < from);
        let end = self.runs.partition_point(|run| run.local_date() <= to);
        self.runs.get(first..end).unwrap_or_default()
    }

    /// The days up to the last run.
    pub fn recorded_days(&self) -> &[Day] {
        let end = self.runs.last().map_or(0, |run| {
            self.days
                .partition_point(|day| day.date <= run.local_date())
        });
        &self.days[..end]
    }

    /// The ids of the runs of these days, both included.
    pub fn run_ids_between(&self, from: NaiveDate, to: NaiveDate) -> Vec<String> {
        self.runs_between(from, to)
            .iter()
            .map(|run| run.run_id.clone())
            .collect()
    }

    /// Days with a usable pain rating.
    pub fn days_logged(&self) -> usize {
        self.days
            .iter()
            .filter(|day| day.pain_max.is_some())
            .count()
    }

    /// Days with a usable pain rating among those that are covered, and how many those are.
    pub fn days_logged_of_covered(&self) -> (usize, usize) {
        let covered = || self.days.iter().filter(|day| day.covered);
        (
            covered().filter(|day| day.pain_max.is_some()).count(),
            covered().count(),
        )
    }

    /// First and last day of the calendar.
    pub fn period(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.days.first()?.date, self.days.last()?.date))
    }

    /// The last `days` days up to and with `to`, as far as the calendar has them.
    pub fn days_until(&self, to: NaiveDate, days: usize) -> &[Day] {
        let end = self.days.partition_point(|day| day.date <= to);
        &self.days[end.saturating_sub(days)..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_at_heart_rates_come_back_as_they_were() {
        let pairs = [(60, 1.5), (61, 2.0), (140, 600.0), (255, 0.5)];
        let seconds: HeartRateSeconds = pairs.into_iter().collect();
        assert_eq!(seconds.iter().collect::<Vec<_>>(), pairs);
        assert_eq!(
            [(0, 3.0)]
                .into_iter()
                .collect::<HeartRateSeconds>()
                .iter()
                .collect::<Vec<_>>(),
            [(0, 3.0)]
        );
        let none: HeartRateSeconds = [].into_iter().collect();
        assert!(none.is_empty() && !seconds.is_empty() && none == HeartRateSeconds::default());
        assert_eq!(none.iter().count(), 0);
    }
}
