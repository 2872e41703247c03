//! What a decoder hands over: an activity with its samples as columns, nothing repaired, nothing derived.

use super::format::Format;
use crate::{sport::Sport, time::Clock};
use serde::{Deserialize, Serialize};

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
    /// What the runner wrote about it into the account, whole: a note, a comment, a description. Only files of account exports have
    /// one, and it goes nowhere but to the pain log's reader.
    pub comment: Option<Box<str>>,
    /// Start in Unix seconds (UTC), as the file tells it: a FIT session's, a TCX `<Id>`, else the first sample's time. None when
    /// it tells none.
    pub start_unix_s: Option<f64>,
    /// When the device wrote the activity's totals, usually at its end (FIT `session`), Unix seconds.
    pub end_unix_s: Option<f64>,
    /// What the start is told by.
    pub clock: Clock,
    /// Whether a wall clock is only supposed: the file leaves zones out, and its times may be UTC's.
    pub may_be_utc: bool,
    /// Whether the clock that wrote the times was wrong in all of them (a year before 2000, after 2099). Then the times are set
    /// right only against each other: lengths are right, the day and the hour mean nothing. Found by cleaning, never by a decoder.
    pub clock_is_wrong: bool,
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
            comment: None,
            start_unix_s: None,
            end_unix_s: None,
            clock: Clock::Utc,
            may_be_utc: false,
            clock_is_wrong: false,
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

    /// When it began: its start, else its first sample; Unix seconds by its own clock.
    pub fn began_s(&self) -> Option<f64> {
        let mut times = self.samples.time_s.iter().copied();
        self.start_unix_s
            .or_else(|| times.find(|time| time.is_finite()))
    }

    /// Moves all its times.
    pub fn move_by(&mut self, seconds: f64) {
        let moved = |time: Option<f64>| time.map(|time| time + seconds);
        self.start_unix_s = moved(self.start_unix_s);
        self.end_unix_s = moved(self.end_unix_s);
        for lap in &mut self.laps {
            lap.start_unix_s = moved(lap.start_unix_s);
        }
        for pause in &mut self.pauses {
            (pause.from_s, pause.to_s) = (pause.from_s + seconds, pause.to_s + seconds);
        }
        let times = self.samples.time_s.iter_mut();
        times.for_each(|time| *time += seconds);
    }

    /// Whether it took place in a game's world, whose positions are no places on Earth.
    pub fn is_virtual(&self) -> bool {
        let names_a_game = |device: &str| {
            let device = device.to_lowercase();
            GAMES.iter().any(|game| device.contains(game))
        };
        self.sub_sport == "virtual_activity" || self.device.as_deref().is_some_and(names_a_game)
    }
}

/// Makers of games in whose worlds people run and ride, as devices and GPX creators name them.
const GAMES: [&str; 8] = [
    "zwift", "rouvy", "mywhoosh", "bkool", "kinomap", "rgt", "virtugo", "fulgaz",
];

/// Totals as the device wrote them (FIT session, top-level GPX extensions). All may be absent; TCX has them in its laps only.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Totals {
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// Time with the timer running, s.
    pub timer_s: Option<f64>,
    /// Time with the timer running of the whole file (FIT `activity`), s; None where it holds several activities.
    pub whole_timer_s: Option<f64>,
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

/// One lap as the file has it: some writers count on from lap to lap, and some leave the last one open.
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
    /// Metres climbed.
    pub ascent_m: Option<f64>,
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

    /// What one sample holds: latitude, longitude, altitude, distance, speed, heart rate, cadence; NaN where it has none.
    pub fn at(&self, index: usize) -> [f64; 7] {
        let wide = |column: &[f64]| column.get(index).copied().unwrap_or(f64::NAN);
        let narrow = |column: &[f32]| {
            column
                .get(index)
                .map_or(f64::NAN, |value| f64::from(*value))
        };
        [
            wide(&self.latitude_deg),
            wide(&self.longitude_deg),
            narrow(&self.altitude_m),
            wide(&self.distance_m),
            narrow(&self.speed_m_s),
            narrow(&self.heart_rate_bpm),
            narrow(&self.cadence_raw),
        ]
    }

    /// Gives a sample what it lacks and another has.
    pub fn fill(&mut self, index: usize, from: usize) {
        self.each_column(|column| column.fill(index, from));
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
    fn fill(&mut self, index: usize, from: usize);
}

impl<T: Copy + Into<f64>> Column for Vec<T> {
    fn keep(&mut self, keep: &[bool]) {
        let mut flags = keep.iter();
        self.retain(|_| *flags.next().unwrap_or(&true));
    }

    fn reorder(&mut self, order: &[usize]) {
        if !self.is_empty() {
            *self = order.iter().map(|index| self[*index]).collect();
        }
    }

    fn fill(&mut self, index: usize, from: usize) {
        let other = self.get(from).copied();
        if let (Some(value), Some(other)) = (self.get_mut(index), other)
            && (*value).into().is_nan()
        {
            *value = other;
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

impl Decoded {
    /// Of an input that gave nothing but this.
    pub fn nothing(problem: crate::problem::Problem) -> Self {
        Decoded {
            activities: Vec::new(),
            problems: vec![problem],
        }
    }
}
