//! The invented runner's forty weeks: which run on which day, how far, how hilly, and what it was recorded with.

use super::noise::Noise;
use chrono::{NaiveDate, TimeDelta, Weekday};

/// What kind of outing it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Easy,
    Tempo,
    Long,
    /// The race that only goes down.
    Race,
    /// Up the hill road, back by bus.
    Uphill,
    Treadmill,
    /// Typed in by hand afterwards: no samples.
    Manual,
    /// On the bicycle.
    Ride,
}

impl Kind {
    /// The word in file names.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Easy => "easy",
            Kind::Tempo => "tempo",
            Kind::Long => "long",
            Kind::Race => "race",
            Kind::Uphill => "uphill",
            Kind::Treadmill => "treadmill",
            Kind::Manual => "manual",
            Kind::Ride => "ride",
        }
    }

    /// Whether it is a run of any sort.
    pub fn is_run(self) -> bool {
        self != Kind::Ride
    }

    /// How hard it felt, CR-10.
    pub fn rpe(self) -> u8 {
        match self {
            Kind::Easy | Kind::Manual | Kind::Ride => 3,
            Kind::Treadmill => 4,
            Kind::Long => 5,
            Kind::Tempo | Kind::Uphill => 7,
            Kind::Race => 9,
        }
    }
}

/// How the recording reaches the folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Storage {
    Fit,
    FitGz,
    /// The last 40 % of the file are missing.
    FitCutShort,
    /// The watch's file and a GPX copy of it.
    FitAndGpx,
    Gpx,
    GpxGz,
    Tcx,
    TcxGz,
}

/// One outing.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Local day on which it starts.
    pub date: NaiveDate,
    /// Local start, minutes after midnight.
    pub start_minute: i64,
    /// Local time minus UTC, s.
    pub utc_offset_s: i64,
    pub kind: Kind,
    pub distance_m: f64,
    pub ascent_m: f64,
    pub descent_m: f64,
    /// Step rate as a part of the runner's usual one at the same speed.
    pub cadence_factor: f64,
    /// A stop in the middle with the timer off, s; 0 for none.
    pub pause_s: i64,
    pub storage: Storage,
    /// Whether the watch asked how it was, and got an answer.
    pub rated_on_watch: bool,
}

impl Planned {
    /// Start in Unix seconds.
    pub fn start_unix_s(&self) -> i64 {
        let midnight = self
            .date
            .and_time(chrono::NaiveTime::MIN)
            .and_utc()
            .timestamp();
        midnight + self.start_minute * 60 - self.utc_offset_s
    }

    /// A stream of noise of its own, so that a change to one run leaves the others as they are.
    pub fn noise(&self, purpose: u64) -> Noise {
        Noise::new(self.start_unix_s() as u64 ^ (purpose << 40))
    }
}

/// Weeks of the story.
pub const WEEKS: i64 = 40;

/// Kilometres on Tuesday, Thursday, Saturday and Sunday of each week; 0 is a day off.
const KILOMETRES: [[f64; 4]; WEEKS as usize] = [
    [7.0, 7.0, 5.5, 11.0], // 6 January
    [7.5, 7.5, 5.5, 11.5],
    [8.0, 8.0, 6.0, 12.0],
    [7.0, 8.5, 0.0, 9.5], // lighter
    [7.5, 7.5, 6.0, 12.0],
    [8.0, 8.0, 6.5, 12.5],
    [8.5, 8.5, 6.3, 13.2],
    [8.0, 9.0, 0.0, 10.0], // lighter
    [9.0, 9.0, 7.5, 14.0], // 3 March: the mileage jump, with 7.2 km on Monday
    [8.0, 8.0, 6.5, 12.0],
    [8.5, 8.0, 6.5, 13.0], // 17 March: shorter, slower steps for three weeks
    [8.0, 9.0, 0.0, 10.0], // lighter
    [8.5, 8.0, 6.5, 13.0],
    [7.5, 7.0, 6.0, 17.6], // 7 April: the long run that is too long
    [8.0, 8.0, 6.0, 12.0],
    [7.0, 8.0, 0.0, 10.0], // lighter
    [7.0, 7.0, 6.0, 12.5], // 28 April: three times up the hill road
    [7.0, 7.0, 5.0, 10.0],
    [7.5, 7.5, 5.5, 12.5],
    [8.0, 8.0, 6.0, 13.5], // 19 May
    [0.0, 0.0, 0.0, 0.0],  // 26 May: holiday
    [0.0, 0.0, 6.0, 8.0],
    [7.0, 6.5, 5.0, 10.0], // 9 June: eight weeks without a lighter one
    [7.5, 7.0, 5.0, 11.0],
    [7.5, 7.5, 5.5, 11.9],
    [8.0, 7.5, 6.0, 12.5],
    [8.0, 8.0, 6.5, 13.0],
    [8.5, 8.5, 6.5, 13.8],
    [8.5, 9.0, 7.0, 14.5],
    [9.0, 9.0, 7.5, 15.2], // 28 July
    [7.0, 6.0, 0.0, 14.0], // 4 August: the downhill race
    [0.0, 7.0, 7.0, 12.0],
    [8.0, 8.0, 6.5, 13.0],
    [8.0, 7.0, 7.0, 14.5], // 25 August: the trip
    [8.5, 8.5, 7.0, 15.0],
    [8.0, 8.0, 0.0, 11.0], // lighter
    [8.0, 8.3, 6.5, 14.5], // 15 September: the shin is heard of for the first time
    [8.5, 8.5, 7.0, 15.5],
    [8.0, 7.0, 0.0, 10.0],
    [4.1, 0.0, 0.0, 0.0], // 6 October: stopped after 4 km
];

/// What is not the usual recording of the usual run.
enum Twist {
    Stored(Storage),
    Uphill(f64),
    Race,
    /// An easy run in the place of the fast one.
    Slow,
    Treadmill,
    Manual,
    /// Local start in minutes, UTC−5.
    Abroad(i64),
}

const TWISTS: [(&str, Twist); 28] = [
    ("2025-01-18", Twist::Stored(Storage::Gpx)),
    ("2025-01-25", Twist::Stored(Storage::GpxGz)),
    ("2025-01-30", Twist::Stored(Storage::FitGz)),
    ("2025-02-08", Twist::Stored(Storage::Gpx)),
    ("2025-02-15", Twist::Stored(Storage::Tcx)),
    ("2025-03-15", Twist::Stored(Storage::Gpx)),
    ("2025-04-01", Twist::Stored(Storage::FitGz)),
    ("2025-04-19", Twist::Stored(Storage::Tcx)),
    ("2025-04-24", Twist::Treadmill),
    ("2025-04-29", Twist::Uphill(230.0)),
    ("2025-05-01", Twist::Uphill(240.0)),
    ("2025-05-03", Twist::Uphill(210.0)),
    ("2025-05-17", Twist::Stored(Storage::Gpx)),
    ("2025-05-20", Twist::Stored(Storage::FitCutShort)),
    ("2025-06-21", Twist::Stored(Storage::Gpx)),
    ("2025-06-28", Twist::Manual),
    ("2025-07-05", Twist::Stored(Storage::Tcx)),
    ("2025-07-15", Twist::Stored(Storage::FitGz)),
    ("2025-07-26", Twist::Stored(Storage::GpxGz)),
    ("2025-08-10", Twist::Race),
    ("2025-08-14", Twist::Slow), // the thighs
    ("2025-08-23", Twist::Stored(Storage::Gpx)),
    ("2025-08-28", Twist::Abroad(23 * 60 + 30)),
    ("2025-08-30", Twist::Abroad(8 * 60 + 10)),
    ("2025-08-31", Twist::Abroad(7 * 60 + 45)),
    ("2025-09-04", Twist::Stored(Storage::FitAndGpx)),
    ("2025-09-20", Twist::Stored(Storage::TcxGz)),
    ("2025-10-02", Twist::Slow), // the shin
];

/// The first Monday, 6 January 2025.
pub fn first_day() -> NaiveDate {
    date("2025-01-06")
}

/// A date written in this example's own tables.
pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date of this example's tables")
}

/// Every outing of the forty weeks, by date.
pub fn plan() -> Vec<Planned> {
    let mut plan: Vec<Planned> = (0..WEEKS).flat_map(week).collect();
    plan.push(extra("2025-03-03", Kind::Easy, 7.2, 45.0));
    plan.push(extra("2025-05-09", Kind::Ride, 18.0, 90.0));
    plan.push(extra("2025-10-11", Kind::Ride, 22.0, 110.0));
    for (day, twist) in &TWISTS {
        let day = date(day);
        apply(
            plan.iter_mut()
                .find(|p| p.date == day)
                .expect("each twist has its run"),
            twist,
        );
    }
    plan.sort_by_key(Planned::start_unix_s);
    plan
}

/// The usual runs of one week.
fn week(number: i64) -> Vec<Planned> {
    let slots = [
        (Weekday::Tue, Kind::Easy, (40.0, 56.0)),
        (Weekday::Thu, Kind::Tempo, (40.0, 60.0)),
        (Weekday::Sat, Kind::Easy, (42.0, 80.0)),
        (Weekday::Sun, Kind::Long, (55.0, 90.0)),
    ];
    let mut noise = Noise::new(7_000 + number as u64);
    let mut runs = Vec::new();
    for ((weekday, kind, (low, high)), kilometres) in
        slots.into_iter().zip(KILOMETRES[number as usize])
    {
        let climb_m = noise.between(low, high).round();
        let day =
            first_day() + TimeDelta::days(7 * number + i64::from(weekday.num_days_from_monday()));
        if kilometres > 0.0 {
            runs.push(usual(day, kind, kilometres, climb_m, &mut noise));
        }
    }
    runs
}

/// A loop from home, recorded by the watch.
fn usual(date: NaiveDate, kind: Kind, kilometres: f64, climb_m: f64, noise: &mut Noise) -> Planned {
    let weekend = matches!(kind, Kind::Long | Kind::Ride) || noise.chance(0.02);
    let usual_minute = if weekend { 9 * 60 } else { 17 * 60 + 50 };
    let shorter_steps = date >= self::date("2025-03-17") && date <= self::date("2025-04-06");
    Planned {
        date,
        start_minute: usual_minute + noise.between(0.0, 40.0) as i64,
        utc_offset_s: if date < self::date("2025-03-30") {
            3600
        } else {
            7200
        },
        kind,
        // A loop is never exactly a round number of metres.
        distance_m: (kilometres * 1000.0 + noise.between(-30.0, 30.0)).round(),
        ascent_m: climb_m,
        descent_m: climb_m,
        cadence_factor: if shorter_steps { 0.944 } else { 1.0 },
        pause_s: if noise.chance(0.25) {
            noise.between(40.0, 240.0) as i64
        } else {
            0
        },
        storage: Storage::Fit,
        rated_on_watch: noise.chance(0.35),
    }
}

/// An outing beside the usual four.
fn extra(day: &str, kind: Kind, kilometres: f64, climb_m: f64) -> Planned {
    let day = date(day);
    usual(
        day,
        kind,
        kilometres,
        climb_m,
        &mut Noise::new(day.signed_duration_since(first_day()).num_days() as u64),
    )
}

/// Turns a usual run into what the story says of that day.
fn apply(planned: &mut Planned, twist: &Twist) {
    match *twist {
        Twist::Stored(storage) => planned.storage = storage,
        Twist::Uphill(ascent_m) => {
            (
                planned.kind,
                planned.ascent_m,
                planned.descent_m,
                planned.pause_s,
            ) = (Kind::Uphill, ascent_m, 0.0, 0);
        }
        Twist::Race => {
            (
                planned.kind,
                planned.ascent_m,
                planned.descent_m,
                planned.pause_s,
            ) = (Kind::Race, 20.0, 700.0, 0);
            planned.rated_on_watch = true;
        }
        Twist::Slow => planned.kind = Kind::Easy,
        Twist::Treadmill => {
            (planned.kind, planned.ascent_m, planned.descent_m) = (Kind::Treadmill, 0.0, 0.0)
        }
        Twist::Manual => {
            (
                planned.kind,
                planned.ascent_m,
                planned.descent_m,
                planned.pause_s,
            ) = (Kind::Manual, 0.0, 0.0, 0);
        }
        Twist::Abroad(start_minute) => {
            (planned.start_minute, planned.utc_offset_s) = (start_minute, -5 * 3600)
        }
    }
}
