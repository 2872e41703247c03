//! Invented runs whose every quantity is known, and the recordings of them that a perfect device would make.

use super::random::Random;
use chrono::{DateTime, Datelike, NaiveDate};

/// Metres in a degree of latitude on a sphere of 6,371,008.8 m.
const METRES_PER_DEGREE: f64 = 111_195.08;

/// What is asked of every run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    Distance,
    Timer,
    Elapsed,
    Moving,
    Start,
    Day,
    Sport,
    Cadence,
    HeartRate,
    Ascent,
}

impl Quantity {
    pub const ALL: [Quantity; 10] = [
        Quantity::Distance,
        Quantity::Timer,
        Quantity::Elapsed,
        Quantity::Moving,
        Quantity::Start,
        Quantity::Day,
        Quantity::Sport,
        Quantity::Cadence,
        Quantity::HeartRate,
        Quantity::Ascent,
    ];

    pub fn in_words(self) -> &'static str {
        match self {
            Quantity::Distance => "distance",
            Quantity::Timer => "timer",
            Quantity::Elapsed => "elapsed time",
            Quantity::Moving => "moving time",
            Quantity::Start => "start",
            Quantity::Day => "local day",
            Quantity::Sport => "sport",
            Quantity::Cadence => "cadence",
            Quantity::HeartRate => "heart rate",
            Quantity::Ascent => "ascent",
        }
    }
}

/// Who speaks of a quantity: bits of a set. Total and laps are the device's, column and speed the records', so that they are two voices.
pub const TOTAL: u8 = 1;
pub const LAPS: u8 = 2;
pub const COLUMN: u8 = 4;
pub const SPEED: u8 = 8;
pub const TRACK: u8 = 16;
pub const ALL: u8 = 31;

/// The witnesses that a recording has of a quantity, and which of them no fault has touched.
#[derive(Debug, Clone, Copy, Default)]
pub struct Witnesses {
    present: u8,
    intact: u8,
}

impl Witnesses {
    pub fn of(present: u8) -> Self {
        Witnesses {
            present,
            intact: present,
        }
    }

    /// They say something wrong.
    pub fn hurt(&mut self, which: u8) {
        self.intact &= !which;
    }

    /// They are gone.
    pub fn lose(&mut self, which: u8) {
        self.present &= !which;
        self.intact &= !which;
    }

    /// Whether the truth can be told from them: two voices that agree, or nobody who denies.
    pub fn can_tell(self) -> bool {
        let voices = [TOTAL | LAPS, COLUMN | SPEED, TRACK];
        let intact = voices.iter().filter(|voice| self.intact & **voice != 0);
        intact.count() >= 2 || self.intact != 0 && self.intact == self.present
    }
}

/// The truth of one run. None: nobody recorded it.
#[derive(Debug, Clone)]
pub struct Truth {
    pub distance_m: f64,
    pub timer_s: f64,
    pub elapsed_s: f64,
    pub start_unix_s: f64,
    pub day: NaiveDate,
    pub is_run: bool,
    pub cadence_spm: Option<f64>,
    pub heart_rate_bpm: Option<f64>,
    pub ascent_m: f64,
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Fit,
    Gpx,
    Tcx,
}

/// What tells the height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sensor {
    /// It says that it is one.
    Barometer,
    /// It does not say so.
    Unnamed,
    Satellites,
    /// Satellites, averaged over a minute.
    Smoothed,
    /// The ground of a map.
    Map,
    None,
}

/// One record.
#[derive(Debug, Clone, Default)]
pub struct Record {
    pub unix_s: f64,
    pub position: Option<(f64, f64)>,
    pub altitude_m: Option<f64>,
    pub distance_m: Option<f64>,
    pub speed_m_s: Option<f64>,
    pub heart_rate_bpm: Option<f64>,
    /// As it is written: of one leg or of both.
    pub cadence: Option<f64>,
}

/// Totals of a session or a lap.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    pub start_unix_s: f64,
    pub timer_s: Option<f64>,
    pub elapsed_s: Option<f64>,
    pub distance_m: Option<f64>,
    pub ascent_m: Option<f64>,
}

/// What a file says of the sport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Running,
    Open,
}

/// A recording before it is written in its format.
#[derive(Debug, Clone)]
pub struct Recording {
    pub form: Form,
    pub sensor: Sensor,
    pub word: Word,
    pub records: Vec<Record>,
    /// Timer stopped, from and to.
    pub pauses: Vec<(f64, f64)>,
    pub laps: Vec<Totals>,
    pub session: Option<Totals>,
    /// Local time less UTC, as the file says it.
    pub offset_s: Option<i64>,
    /// Each record comes as several, of one channel each.
    pub is_split: bool,
    /// Fractions stand behind a comma.
    pub has_commas: bool,
    /// Distances are those since the point before.
    pub has_steps: bool,
    /// Cadence stands under a name of its own.
    pub has_own_names: bool,
    /// How much of the file is left.
    pub kept_share: f64,
    /// By quantity, in the order of `Quantity::ALL`.
    pub witnesses: [Witnesses; 10],
}

impl Recording {
    pub fn of(&mut self, quantity: Quantity) -> &mut Witnesses {
        &mut self.witnesses[quantity as usize]
    }

    /// Nobody can know these any more.
    pub fn unknown(&mut self, quantities: &[Quantity]) {
        for quantity in quantities {
            self.of(*quantity).lose(ALL);
        }
    }
}

/// Where runs are: north, east, offset in January and in July, hours.
const PLACES: [(f64, f64, f64, f64); 9] = [
    (48.1, 11.5, 1.0, 2.0),
    (38.75, -9.2, 0.0, 1.0),
    (40.78, -73.96, -5.0, -4.0),
    (39.73, -104.95, -7.0, -6.0),
    (35.68, 139.75, 9.0, 9.0),
    (-33.9, 151.1, 11.0, 10.0),
    (-1.28, 36.8, 3.0, 3.0),
    (-23.55, -46.65, -3.0, -3.0),
    (22.57, 88.36, 5.5, 5.5),
];

/// Ground: metres up at a way, as the sum of waves of a height and a length.
struct Ground(Vec<(f64, f64)>);

impl Ground {
    fn height_m(&self, way_m: f64) -> f64 {
        let wave = |(high_m, long_m): &(f64, f64)| {
            0.5 * high_m * (1.0 - (way_m * std::f64::consts::TAU / long_m).cos())
        };
        250.0 + self.0.iter().map(wave).sum::<f64>()
    }

    fn invented(random: &mut Random) -> Ground {
        let kind = random.uniform();
        let wave = |high: (f64, f64), long: (f64, f64), random: &mut Random| {
            (between(random, high), between(random, long))
        };
        Ground(if kind < 0.25 {
            Vec::new()
        } else if kind < 0.5 {
            vec![wave((8.0, 15.0), (300.0, 700.0), random)]
        } else if kind < 0.75 {
            vec![wave((40.0, 130.0), (2000.0, 4500.0), random)]
        } else {
            let hill = wave((30.0, 80.0), (2500.0, 4500.0), random);
            vec![hill, wave((6.0, 10.0), (500.0, 900.0), random)]
        })
    }
}

pub fn between(random: &mut Random, (low, high): (f64, f64)) -> f64 {
    low + random.uniform() * (high - low)
}

pub fn one_of<T: Copy>(random: &mut Random, list: &[T]) -> T {
    list[(random.uniform() * list.len() as f64) as usize]
}

/// Numbers that wander about 0 with this spread and memory, s.
struct Wander {
    sd: f64,
    keeps: f64,
    now: f64,
}

impl Wander {
    fn new(random: &mut Random, sd: f64, lasts_s: f64) -> Self {
        let now = sd * random.normal();
        Wander {
            sd,
            keeps: (-1.0 / lasts_s).exp(),
            now,
        }
    }

    fn step(&mut self, random: &mut Random) -> f64 {
        let new = self.sd * (1.0 - self.keeps * self.keeps).sqrt();
        self.now = self.keeps * self.now + new * random.normal();
        self.now
    }
}

/// One second of a run, as it was.
struct Second {
    unix_s: f64,
    way_m: f64,
    speed_m_s: f64,
    height_m: f64,
    position: (f64, f64),
    heart_rate_bpm: f64,
    steps_spm: f64,
}

/// Invents a run and its recording.
pub fn invent(random: &mut Random) -> (Truth, Recording) {
    let form = one_of(random, &[Form::Fit, Form::Gpx, Form::Tcx]);
    let place = one_of(random, &PLACES);
    let (start_unix_s, offset_s, day) = moment(random, place);
    let ground = Ground::invented(random);
    let pauses = pauses(random, start_unix_s);
    let seconds = run(random, &ground, place, start_unix_s, &pauses);
    let sensor = sensor(random, form);
    let (has_heart, has_steps) = (random.uniform() > 0.12, random.uniform() > 0.12);
    let first = &seconds[0];
    let last = &seconds[seconds.len() - 1];
    let rises = seconds
        .windows(2)
        .map(|pair| (pair[1].height_m - pair[0].height_m).max(0.0));
    let elapsed_s = last.unix_s - first.unix_s;
    let stood_s: f64 = pauses.iter().map(|(from, to)| to - from).sum();
    let mean = |of: fn(&Second) -> f64| seconds.iter().map(of).sum::<f64>() / seconds.len() as f64;
    let truth = Truth {
        distance_m: last.way_m,
        timer_s: elapsed_s - stood_s,
        elapsed_s,
        start_unix_s,
        day,
        is_run: true,
        cadence_spm: has_steps.then(|| mean(|second| second.steps_spm)),
        heart_rate_bpm: has_heart.then(|| mean(|second| second.heart_rate_bpm)),
        ascent_m: rises.sum(),
    };
    let heights = sensed(random, &seconds, sensor);
    let every = if form == Form::Fit && random.uniform() > 0.4 {
        1
    } else {
        one_of(random, &[1, 1, 2, 3, 4])
    };
    let mut strides = 2.0;
    if form != Form::Fit && random.uniform() < 0.3 {
        strides = 1.0;
    }
    let mut drift = [
        Wander::new(random, 2.0, 60.0),
        Wander::new(random, 2.0, 60.0),
    ];
    let records = seconds.iter().enumerate().map(|(i, second)| {
        let off = (drift[0].step(random), drift[1].step(random));
        Record {
            unix_s: second.unix_s,
            position: Some(moved(second.position, off)),
            altitude_m: heights.as_ref().map(|heights| heights[i]),
            distance_m: (form != Form::Gpx).then_some(second.way_m),
            speed_m_s: (form == Form::Fit).then_some(second.speed_m_s),
            heart_rate_bpm: has_heart.then(|| second.heart_rate_bpm.round()),
            cadence: has_steps.then(|| (second.steps_spm / strides * 2.0).round() / 2.0),
        }
    });
    let records: Vec<Record> = records.collect();
    let is_kept = |i: usize| {
        let beside_pause = pauses.iter().any(|(from, to)| {
            let unix_s = records[i].unix_s;
            unix_s == *from || unix_s == *to
        });
        i.is_multiple_of(every) || i + 1 == records.len() || beside_pause
    };
    let kept: Vec<Record> = (0..records.len())
        .filter(|i| is_kept(*i))
        .map(|i| records[i].clone())
        .collect();
    let device_ascent_m = match sensor {
        Sensor::None => None,
        _ => Some((truth.ascent_m * between(random, (0.95, 1.05))).round()),
    };
    let laps = laps(&seconds, &pauses);
    let session = Totals {
        start_unix_s,
        timer_s: Some(truth.timer_s),
        elapsed_s: Some(truth.elapsed_s),
        distance_m: Some(truth.distance_m),
        ascent_m: device_ascent_m,
    };
    let mut recording = Recording {
        form,
        sensor,
        word: Word::Running,
        records: kept,
        pauses,
        laps: if form == Form::Gpx { Vec::new() } else { laps },
        session: (form == Form::Fit).then_some(session),
        offset_s: (form == Form::Fit).then_some(offset_s),
        is_split: false,
        has_commas: false,
        has_steps: false,
        has_own_names: false,
        kept_share: 1.0,
        witnesses: [Witnesses::default(); 10],
    };
    recording.witnesses = witnesses(&recording, &truth);
    (truth, recording)
}

/// Who speaks of what in an untouched recording.
fn witnesses(recording: &Recording, truth: &Truth) -> [Witnesses; 10] {
    let (distance, times) = match recording.form {
        Form::Fit => (TOTAL | LAPS | COLUMN | SPEED | TRACK, TOTAL | LAPS | COLUMN),
        Form::Tcx => (LAPS | COLUMN | TRACK, LAPS | COLUMN),
        Form::Gpx => (TRACK, COLUMN),
    };
    let start = match recording.form {
        Form::Fit => TOTAL | COLUMN,
        Form::Tcx => LAPS | COLUMN,
        Form::Gpx => COLUMN,
    };
    let profile = match recording.sensor {
        Sensor::Barometer | Sensor::Unnamed | Sensor::Map => COLUMN,
        // What satellites say of the ground is the noise of satellites, and what an app smoothed has lost its waves.
        Sensor::Satellites | Sensor::Smoothed | Sensor::None => 0,
    };
    let total = if recording.form == Form::Fit && recording.sensor != Sensor::None {
        TOTAL
    } else {
        0
    };
    let if_any = |value: Option<f64>| if value.is_some() { COLUMN } else { 0 };
    let of = |quantity: Quantity| match quantity {
        Quantity::Distance => distance,
        Quantity::Timer => times,
        Quantity::Elapsed if recording.form == Form::Tcx => COLUMN,
        Quantity::Elapsed => times,
        Quantity::Moving => COLUMN,
        Quantity::Start => start,
        Quantity::Day => {
            if recording.form == Form::Fit {
                TOTAL | TRACK
            } else {
                TRACK
            }
        }
        Quantity::Sport => TOTAL | COLUMN,
        Quantity::Cadence => if_any(truth.cadence_spm),
        Quantity::HeartRate => if_any(truth.heart_rate_bpm),
        Quantity::Ascent => total | profile,
    };
    Quantity::ALL.map(|quantity| Witnesses::of(of(quantity)))
}

/// A start between 2024 and 2026, by a clock on the wall of the place: in the morning, in the evening, now and then late.
fn moment(
    random: &mut Random,
    (_, _, january, july): (f64, f64, f64, f64),
) -> (f64, i64, NaiveDate) {
    let is_january = random.uniform() < 0.5;
    let year = one_of(random, &[2024, 2025, 2026]);
    let day = 1 + (random.uniform() * 28.0) as u32;
    let day =
        NaiveDate::from_ymd_opt(year, if is_january { 1 } else { 7 }, day).unwrap_or_default();
    let hour = one_of(random, &[6.0, 7.0, 8.0, 12.0, 17.0, 18.0, 20.0, 21.0]) + random.uniform();
    let offset_s = if is_january { january } else { july } * 3600.0;
    let midnight =
        i64::from(day.num_days_from_ce() - DateTime::UNIX_EPOCH.num_days_from_ce()) * 86_400;
    (
        (midnight as f64 + hour * 3600.0 - offset_s).round(),
        offset_s as i64,
        day,
    )
}

/// None, one or two.
fn pauses(random: &mut Random, start_unix_s: f64) -> Vec<(f64, f64)> {
    let how_many = one_of(random, &[0, 0, 0, 0, 1, 2]);
    let mut from = start_unix_s;
    let mut pause = || {
        from += between(random, (300.0, 500.0)).round();
        let to = from + between(random, (40.0, 400.0)).round();
        let pause = (from, to);
        from = to;
        pause
    };
    (0..how_many).map(|_| pause()).collect()
}

fn run(
    random: &mut Random,
    ground: &Ground,
    (north, east, _, _): (f64, f64, f64, f64),
    start_unix_s: f64,
    pauses: &[(f64, f64)],
) -> Vec<Second> {
    let timer_s = between(random, (1200.0, 4800.0)).round();
    let pace = between(random, (2.5, 3.4));
    let steps = between(random, (162.0, 178.0));
    let beats = between(random, (128.0, 160.0));
    let mut wander = [
        Wander::new(random, 0.05, 60.0),
        Wander::new(random, 1.2, 20.0),
        Wander::new(random, 2.5, 90.0),
    ];
    let (mut unix_s, mut way_m, mut position) = (start_unix_s, 0.0, (north, east));
    let mut heading = Wander::new(random, 1.2, 400.0);
    let mut seconds = Vec::with_capacity(timer_s as usize + 1);
    for second in 0..=timer_s as usize {
        let speed_m_s = pace * (1.0 + wander[0].step(random));
        if second > 0 {
            way_m += speed_m_s;
            let turn = heading.step(random);
            position = moved(position, (speed_m_s * turn.cos(), speed_m_s * turn.sin()));
            unix_s += 1.0;
        }
        seconds.push(Second {
            unix_s,
            way_m,
            speed_m_s,
            height_m: ground.height_m(way_m),
            position,
            heart_rate_bpm: beats + wander[2].step(random),
            steps_spm: steps + 9.0 * (speed_m_s - pace) + wander[1].step(random),
        });
        if let Some((_, to)) = pauses.iter().find(|(from, _)| *from == unix_s) {
            // The watch goes on where it stopped.
            unix_s = to - 1.0;
        }
    }
    seconds
}

fn moved((north, east): (f64, f64), (up_m, right_m): (f64, f64)) -> (f64, f64) {
    let squeeze = north.to_radians().cos();
    (
        north + up_m / METRES_PER_DEGREE,
        east + right_m / (METRES_PER_DEGREE * squeeze),
    )
}

fn sensor(random: &mut Random, form: Form) -> Sensor {
    use Sensor::{Barometer, Map, None, Satellites, Smoothed, Unnamed};
    match form {
        Form::Fit => one_of(
            random,
            &[
                Barometer, Barometer, Barometer, Barometer, Unnamed, Unnamed, Satellites, Map, None,
            ],
        ),
        Form::Gpx | Form::Tcx => one_of(
            random,
            &[
                Unnamed, Unnamed, Satellites, Satellites, Smoothed, Map, Map, Map, None,
            ],
        ),
    }
}

/// The heights as they are written.
fn sensed(random: &mut Random, seconds: &[Second], sensor: Sensor) -> Option<Vec<f64>> {
    // Spread, m, and memory, s; steps, m; the mean of so many seconds.
    let (sd_m, lasts_s, step_m, mean_s) = match sensor {
        Sensor::None => return None,
        Sensor::Barometer => (0.3, 20.0, 0.2, 1),
        Sensor::Unnamed => (0.3, 20.0, 1.0, 1),
        Sensor::Satellites => (between(random, (2.5, 5.0)), 20.0, 0.1, 1),
        Sensor::Smoothed => (4.0, 20.0, 0.1, 60),
        Sensor::Map => (0.0, 1.0, 0.1, 10),
    };
    let mut noise = Wander::new(random, sd_m, lasts_s);
    let heights: Vec<f64> = seconds
        .iter()
        .map(|second| second.height_m + noise.step(random))
        .collect();
    let written = (0..heights.len()).map(|i| {
        let from = i.saturating_sub(mean_s / 2);
        let window = &heights[from..(from + mean_s).min(heights.len())];
        let mean = window.iter().sum::<f64>() / window.len() as f64;
        (mean / step_m).round() * step_m
    });
    Some(written.collect())
}

/// A lap a kilometre.
fn laps(seconds: &[Second], pauses: &[(f64, f64)]) -> Vec<Totals> {
    let mut laps = Vec::new();
    let mut from = 0;
    for i in 1..seconds.len() {
        let is_last = i + 1 == seconds.len();
        if seconds[i].way_m - seconds[from].way_m < 1000.0 && !is_last {
            continue;
        }
        let (first, last) = (&seconds[from], &seconds[i]);
        let elapsed_s = last.unix_s - first.unix_s;
        let within = pauses
            .iter()
            .filter(|(a, b)| *a >= first.unix_s && *b <= last.unix_s);
        let stood_s: f64 = within.map(|(a, b)| b - a).sum();
        laps.push(Totals {
            start_unix_s: first.unix_s,
            timer_s: Some(elapsed_s - stood_s),
            elapsed_s: Some(elapsed_s),
            distance_m: Some(last.way_m - first.way_m),
            ascent_m: None,
        });
        from = i;
    }
    laps
}
