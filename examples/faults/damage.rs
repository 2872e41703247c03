//! The faults of the world's recordings, each as something that is done to a good one. What a fault takes from the witnesses of a
//! quantity it says itself, so that the judge knows what could still be known.

use super::{
    random::Random,
    truth::{
        COLUMN, Form, LAPS, Quantity, Record, Recording, SPEED, Sensor, TOTAL, TRACK, Truth, Word,
        between, one_of,
    },
};

/// Seconds of a day.
const DAY_S: f64 = 86_400.0;
/// After so many seconds satellites count their weeks anew.
const ROUND_S: f64 = 1024.0 * 7.0 * DAY_S;

/// A kind of fault.
pub struct Fault {
    pub name: &'static str,
    /// Whether a recording can have it.
    fits: fn(&Recording) -> bool,
    /// Does it; what it makes of the truth itself is that a ride is no run.
    apply: fn(&mut Recording, &mut Truth, &mut Random),
}

impl Fault {
    /// Does it where it can be done.
    pub fn on(&self, recording: &mut Recording, truth: &mut Truth, random: &mut Random) -> bool {
        let fits = (self.fits)(recording) && recording.records.len() > 20;
        if fits {
            (self.apply)(recording, truth, random);
        }
        fits
    }
}

macro_rules! faults {
    ($($apply:ident $name:literal $fits:ident;)*) => {
        /// All kinds.
        pub const FAULTS: &[Fault] = &[$(Fault { name: $name, fits: $fits, apply: $apply }),*];
    };
}

faults! {
    local_is_utc "local time equal to UTC" is_fit;
    foreign_offset "offset that the place contradicts" is_fit;
    short_elapsed "elapsed time below the timer" is_fit;
    zero_ascent "total ascent of 0" has_total_ascent;
    foreign_ascent "total ascent of another unit" has_total_ascent;
    open_sport "sport left open" any;
    ride "a ride called a run" any;
    next_day "session or first lap starts another day" has_totals;
    stale_first "stale first records" any;
    old_clock "clock 1024 weeks back or in 1989" any;
    long_timer "timer in milliseconds or ten times too long" has_totals;
    distance_in_km "distances in km or miles" has_distance;
    total_in_km "total distance in km or miles, or twice" has_totals;
    held_positions "positions and distances new every few seconds" any;
    sparse "a record every 20 to 120 s" any;
    level_altitude "altitude that never changes" has_altitude;
    no_altitude "altitude of zero" has_altitude;
    commas "decimal commas" is_text;
    cut "file cut" any;
    no_positions "no positions" any;
    split "seconds split over several records" is_fit_or_tcx;
    running_totals "laps hold running totals" has_laps;
    open_lap "last lap without totals" has_laps;
    counts_on "distance counts on from a longer recording" has_distance;
    begins_late "distance begins 1 km late" has_distance;
    gaps_in_distance "distance missing in some points" has_distance;
    no_session "no session" is_fit;
    half_speed "speeds halved, doubled or in km/h" has_speed;
    seldom_beats "heart rate in every third or fifth record" has_heart;
    beat_spikes "lone spikes of heart rate" has_heart;
    doubled_cadence "cadence doubled once too often" has_text_cadence;
    cadence_spikes "impossible cadences" has_cadence;
    own_names "cadence and heart rate under other names" is_gpx;
    set_back "clock set back an hour on the way" any;
    leaps_ahead "last records in another year" any;
    zero_island "0° N 0° E inside the track" any;
    repeated "a stretch that comes twice" is_gpx;
    steps "distances since the point before" is_gpx;
    first_lap_only "records of the first part only" is_fit;
    stuck_heart "heart rate that stops changing" has_heart;
    heart_zeros "heart rates of zero" has_heart;
    teleports "lone positions far away" has_positions;
    wavering "positions that waver by metres" has_positions;
    rounded "positions rounded to eleven metres" has_positions;
    late_fix "no position in the first minutes" has_positions;
    twice_each "every record twice" any;
    swapped "records out of order" any;
    laps_off "laps of another distance" has_totals;
    stands "distance that stands still for minutes" has_distance;
    altitude_spikes "lone spikes of altitude" has_altitude;
    feet "altitude in feet" has_total_ascent;
}

fn any(_: &Recording) -> bool {
    true
}

fn is_fit(recording: &Recording) -> bool {
    recording.form == Form::Fit && recording.session.is_some()
}

fn is_gpx(recording: &Recording) -> bool {
    recording.form == Form::Gpx
}

fn is_text(recording: &Recording) -> bool {
    recording.form != Form::Fit
}

fn is_fit_or_tcx(recording: &Recording) -> bool {
    recording.form != Form::Gpx
}

fn has_laps(recording: &Recording) -> bool {
    recording.form == Form::Tcx && recording.laps.len() > 2
}

fn has_totals(recording: &Recording) -> bool {
    recording.session.is_some() || has_laps(recording)
}

fn has_total_ascent(recording: &Recording) -> bool {
    let session = recording.session.as_ref();
    session.is_some_and(|session| session.ascent_m.is_some())
}

fn has(recording: &Recording, of: fn(&Record) -> Option<f64>) -> bool {
    recording.records.iter().any(|record| of(record).is_some())
}

fn has_distance(recording: &Recording) -> bool {
    has(recording, |record| record.distance_m)
}

fn has_positions(recording: &Recording) -> bool {
    let mut records = recording.records.iter();
    records.any(|record| record.position.is_some())
}

fn has_altitude(recording: &Recording) -> bool {
    has(recording, |record| record.altitude_m)
}

fn has_speed(recording: &Recording) -> bool {
    has(recording, |record| record.speed_m_s)
}

fn has_heart(recording: &Recording) -> bool {
    has(recording, |record| record.heart_rate_bpm)
}

fn has_cadence(recording: &Recording) -> bool {
    has(recording, |record| record.cadence)
}

fn has_text_cadence(recording: &Recording) -> bool {
    is_text(recording) && has_cadence(recording)
}

fn local_is_utc(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    recording.offset_s = Some(0);
    recording.of(Quantity::Day).lose(TOTAL);
}

fn foreign_offset(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let off = one_of(random, &[-3600, 3600, 7200, 8 * 3600, -6 * 3600]);
    recording.offset_s = recording.offset_s.map(|offset_s| offset_s + off);
    // The place is no guess: it decides by itself.
    recording.of(Quantity::Day).lose(TOTAL);
}

fn short_elapsed(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let share = one_of(random, &[0.0004, 0.1, 0.5]);
    if let Some(session) = &mut recording.session {
        session.elapsed_s = session.timer_s.map(|timer_s| timer_s * share);
    }
    recording.of(Quantity::Elapsed).hurt(TOTAL);
}

fn zero_ascent(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    set_ascent(recording, |_| 0.0);
    recording.of(Quantity::Ascent).lose(TOTAL);
}

fn foreign_ascent(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let factor = one_of(random, &[100.0, 0.1, 10.0]);
    set_ascent(recording, |metres| (metres * factor).min(60_000.0));
    recording.of(Quantity::Ascent).hurt(TOTAL);
}

fn set_ascent(recording: &mut Recording, to: impl Fn(f64) -> f64) {
    if let Some(session) = &mut recording.session {
        session.ascent_m = session.ascent_m.map(to);
    }
}

fn open_sport(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    recording.word = Word::Open;
    recording.of(Quantity::Sport).lose(TOTAL);
}

/// Someone forgot to change the sport: every speed is three times a run's and more, and there are no steps.
fn ride(recording: &mut Recording, truth: &mut Truth, _: &mut Random) {
    const FASTER: f64 = 3.2;
    let first = recording
        .records
        .iter()
        .find_map(|record| record.position)
        .unwrap_or_default();
    for record in &mut recording.records {
        let further = |(north, east): (f64, f64)| {
            (
                first.0 + FASTER * (north - first.0),
                first.1 + FASTER * (east - first.1),
            )
        };
        record.position = record.position.map(further);
        record.distance_m = record.distance_m.map(|metres| FASTER * metres);
        record.speed_m_s = record.speed_m_s.map(|speed| FASTER * speed);
        record.cadence = None;
    }
    for totals in recording.laps.iter_mut().chain(&mut recording.session) {
        totals.distance_m = totals.distance_m.map(|metres| FASTER * metres);
    }
    truth.is_run = false;
    recording.of(Quantity::Sport).lose(TOTAL);
}

fn next_day(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let later_s = one_of(random, &[DAY_S, 87.0 * DAY_S, -DAY_S, 3.0 * 3600.0]);
    match &mut recording.session {
        Some(session) => session.start_unix_s += later_s,
        None => recording.laps[0].start_unix_s += later_s,
    }
    recording.of(Quantity::Start).lose(TOTAL | LAPS);
}

/// Eleven records from an outing of some days before stand in front; the totals begin where the run does.
fn stale_first(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let before_s = between(random, (2.0, 9.0)).round() * DAY_S;
    let mut stale: Vec<Record> = recording.records[..11].to_vec();
    for record in &mut stale {
        record.unix_s -= before_s;
        record.distance_m = record.distance_m.map(|_| 0.0);
    }
    recording.records.splice(0..0, stale);
}

fn old_clock(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let first_s = recording.records[0].unix_s;
    let back_s = one_of(random, &[ROUND_S, 2.0 * ROUND_S, first_s - 631_065_600.0]);
    for record in &mut recording.records {
        record.unix_s -= back_s;
    }
    for totals in recording.laps.iter_mut().chain(&mut recording.session) {
        totals.start_unix_s -= back_s;
    }
    for (from, to) in &mut recording.pauses {
        *from -= back_s;
        *to -= back_s;
    }
    // One file alone: nothing tells its day, and without a day it has no place in a history.
    recording.unknown(&Quantity::ALL);
}

fn long_timer(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let factor = one_of(random, &[1000.0, 10.0]);
    let is_both = random.uniform() < 0.5;
    let totals = recording.session.iter_mut().chain(&mut recording.laps);
    for totals in totals {
        totals.timer_s = totals.timer_s.map(|timer_s| timer_s * factor);
        if is_both {
            totals.elapsed_s = totals.elapsed_s.map(|elapsed_s| elapsed_s * factor);
        }
    }
    // What is left of it are the records, and they deny the total plainly.
    recording.of(Quantity::Timer).lose(TOTAL | LAPS);
    if is_both {
        recording.of(Quantity::Elapsed).lose(TOTAL | LAPS);
    }
}

fn unit(random: &mut Random) -> f64 {
    one_of(random, &[1.0 / 1000.0, 1.0 / 1609.344])
}

fn distance_in_km(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let factor = unit(random);
    for record in &mut recording.records {
        record.distance_m = record.distance_m.map(|metres| metres * factor);
    }
    recording.of(Quantity::Distance).hurt(COLUMN);
}

fn total_in_km(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let factor = one_of(random, &[1.0 / 1000.0, 1.0 / 1609.344, 2.0, 0.5]);
    let totals = recording.session.iter_mut().chain(&mut recording.laps);
    for totals in totals {
        totals.distance_m = totals.distance_m.map(|metres| metres * factor);
    }
    recording.of(Quantity::Distance).hurt(TOTAL | LAPS);
}

fn held_positions(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let every_s = one_of(random, &[3.0, 5.0, 8.0]);
    let mut held = Record {
        unix_s: f64::MIN,
        ..Record::default()
    };
    for record in &mut recording.records {
        if (record.unix_s - held.unix_s).abs() >= every_s {
            held = record.clone();
        }
        (record.position, record.distance_m) = (held.position, held.distance_m);
    }
}

fn sparse(recording: &mut Recording, truth: &mut Truth, random: &mut Random) {
    let every_s = one_of(random, &[20.0, 45.0, 65.0, 120.0]);
    let mut last_s = f64::MIN;
    let end_s = recording
        .records
        .iter()
        .map(|record| record.unix_s)
        .fold(f64::MIN, f64::max);
    recording.records.retain(|record| {
        let keeps = (record.unix_s - last_s).abs() >= every_s || record.unix_s == end_s;
        if keeps {
            last_s = record.unix_s;
        }
        keeps
    });
    // The waves between two records are in no record, and neither are the bends or a short stop.
    recording.of(Quantity::Ascent).lose(COLUMN);
    if truth.timer_s < truth.elapsed_s && recording.form == Form::Gpx {
        recording.unknown(&[Quantity::Timer, Quantity::Moving]);
    }
    if every_s > 10.0 {
        // A value that comes seldom stands for its own moment and no longer.
        recording.of(Quantity::HeartRate).hurt(COLUMN);
        recording.of(Quantity::Cadence).hurt(COLUMN);
    }
}

fn level_altitude(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    set_altitude(recording, 117.0);
}

fn no_altitude(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    set_altitude(recording, 0.0);
}

fn set_altitude(recording: &mut Recording, metres: f64) {
    for record in &mut recording.records {
        record.altitude_m = record.altitude_m.map(|_| metres);
    }
    recording.sensor = Sensor::Map;
    recording.of(Quantity::Ascent).lose(COLUMN);
}

fn commas(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    recording.has_commas = true;
}

/// What is behind the cut nobody knows, and a run that was cut is told.
fn cut(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    recording.kept_share = between(random, (0.5, 0.97));
    use Quantity::{Ascent, Cadence, Distance, Elapsed, HeartRate, Moving, Timer};
    recording.unknown(&[Ascent, Cadence, Distance, Elapsed, HeartRate, Moving, Timer]);
    recording.of(Quantity::Start).lose(TOTAL);
    recording.of(Quantity::Day).lose(TOTAL);
}

fn no_positions(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    for record in &mut recording.records {
        record.position = None;
    }
    recording.of(Quantity::Distance).lose(TRACK);
    recording.of(Quantity::Day).lose(TRACK);
    if recording.form == Form::Gpx {
        recording.unknown(&[Quantity::Moving]);
    }
}

fn split(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    recording.is_split = true;
}

fn running_totals(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    let (mut metres, mut seconds) = (0.0, 0.0);
    for lap in &mut recording.laps {
        metres += lap.distance_m.unwrap_or_default();
        seconds += lap.timer_s.unwrap_or_default();
        (lap.distance_m, lap.timer_s) = (Some(metres), Some(seconds));
    }
}

fn open_lap(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    if let Some(lap) = recording.laps.last_mut() {
        (lap.distance_m, lap.timer_s) = (None, None);
    }
    recording.of(Quantity::Distance).lose(LAPS);
    recording.of(Quantity::Timer).lose(LAPS);
}

fn counts_on(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let before_m = between(random, (900.0, 40_000.0)).round();
    for record in &mut recording.records {
        record.distance_m = record.distance_m.map(|metres| metres + before_m);
    }
}

fn begins_late(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let late_m = between(random, (700.0, 1300.0));
    for record in &mut recording.records {
        record.distance_m = record.distance_m.map(|metres| (metres - late_m).max(0.0));
    }
    recording.of(Quantity::Distance).hurt(COLUMN);
}

fn gaps_in_distance(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let inner = 1..recording.records.len() - 1;
    for record in &mut recording.records[inner] {
        if random.uniform() < 0.03 {
            record.distance_m = None;
        }
    }
}

fn no_session(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    recording.session = None;
    for quantity in Quantity::ALL {
        if quantity != Quantity::Day {
            recording.of(quantity).lose(TOTAL);
        }
    }
    recording.word = Word::Open;
}

fn half_speed(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let factor = one_of(random, &[0.5, 2.0, 3.6]);
    for record in &mut recording.records {
        record.speed_m_s = record.speed_m_s.map(|speed| speed * factor);
    }
    recording.of(Quantity::Distance).lose(SPEED);
}

fn seldom_beats(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let every = one_of(random, &[3, 5]);
    for (i, record) in recording.records.iter_mut().enumerate() {
        if i % every != 0 {
            record.heart_rate_bpm = None;
        }
    }
}

fn beat_spikes(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    for record in &mut recording.records {
        if random.uniform() < 0.02 {
            record.heart_rate_bpm = record
                .heart_rate_bpm
                .map(|_| between(random, (238.0, 250.0)).round());
        }
    }
}

fn doubled_cadence(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    // Steps, and twice as many: about 340.
    for record in &mut recording.records {
        record.cadence = record.cadence.map(|cadence| {
            if cadence < 120.0 {
                4.0 * cadence
            } else {
                2.0 * cadence
            }
        });
    }
}

fn cadence_spikes(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    for record in &mut recording.records {
        if random.uniform() < 0.02 {
            record.cadence = record.cadence.map(|_| 254.0);
        }
    }
}

fn own_names(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    recording.has_own_names = true;
}

fn set_back(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    let from = recording.records.len() * 3 / 5;
    let at_s = recording.records[from].unix_s;
    recording.records[from..]
        .iter_mut()
        .for_each(|record| record.unix_s -= 3600.0);
    let later = recording
        .pauses
        .iter_mut()
        .filter(|(start, _)| *start >= at_s);
    later.for_each(|(start, end)| (*start, *end) = (*start - 3600.0, *end - 3600.0));
    let laps = recording
        .laps
        .iter_mut()
        .filter(|lap| lap.start_unix_s >= at_s);
    laps.for_each(|lap| lap.start_unix_s -= 3600.0);
    if recording.records[0].unix_s > recording.records[from].unix_s {
        // The second part lies before the first: which hour is right nobody knows.
        recording.unknown(&[Quantity::Start]);
    }
}

fn leaps_ahead(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let last = one_of(random, &[5, 30]);
    let from = recording.records.len() - last.min(recording.records.len() / 4);
    recording.records[from..]
        .iter_mut()
        .for_each(|record| record.unix_s += 50.0 * 365.0 * DAY_S);
}

fn zero_island(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    for record in &mut recording.records {
        if random.uniform() < 0.01 {
            record.position = record.position.map(|_| (0.0, 0.0));
        }
    }
}

fn repeated(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    let len = recording.records.len();
    let again = recording.records[len / 3..len / 2].to_vec();
    recording.records.splice(len / 2..len / 2, again);
}

fn steps(recording: &mut Recording, truth: &mut Truth, _: &mut Random) {
    recording.has_steps = true;
    let mut last: Option<(f64, f64)> = None;
    let mut metres = 0.0;
    for record in &mut recording.records {
        if let (Some(here), Some(there)) = (record.position, last) {
            // What lies further was another fault's doing.
            metres += Some(apart_m(here, there))
                .filter(|metres| *metres < 900.0)
                .unwrap_or_default();
        }
        last = record.position.or(last);
        record.distance_m = Some(metres);
    }
    let scale = truth.distance_m / metres.max(1.0);
    if (0.8..1.25).contains(&scale) {
        recording
            .records
            .iter_mut()
            .for_each(|record| record.distance_m = record.distance_m.map(|metres| metres * scale));
    }
}

/// Metres between two places near each other.
fn apart_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let east = (a.1 - b.1) * a.0.to_radians().cos();
    (a.0 - b.0).hypot(east) * 111_195.08
}

fn first_lap_only(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let share = between(random, (0.15, 0.6));
    let kept = ((recording.records.len() as f64 * share) as usize).max(15);
    recording.records.truncate(kept);
    recording
        .of(Quantity::Distance)
        .lose(COLUMN | SPEED | TRACK);
    recording.of(Quantity::Timer).lose(COLUMN);
    recording.of(Quantity::Elapsed).lose(COLUMN);
    recording.unknown(&[Quantity::Moving, Quantity::Cadence, Quantity::HeartRate]);
    recording.of(Quantity::Ascent).lose(COLUMN);
}

/// From a third of the way on the watch writes the last value of a strap that it has lost.
fn stuck_heart(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let share = between(random, (0.3, 0.7));
    let from = (recording.records.len() as f64 * share) as usize;
    let stuck = recording.records[..from]
        .iter()
        .rev()
        .find_map(|record| record.heart_rate_bpm);
    for record in &mut recording.records[from..] {
        record.heart_rate_bpm = record.heart_rate_bpm.and(stuck);
    }
    recording.of(Quantity::HeartRate).hurt(COLUMN);
}

fn heart_zeros(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    for record in &mut recording.records {
        if random.uniform() < 0.1 {
            record.heart_rate_bpm = record.heart_rate_bpm.map(|_| 0.0);
        }
    }
}

fn teleports(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    move_positions(recording, random, |random| {
        if random.uniform() > 0.005 {
            return (0.0, 0.0);
        }
        let far = (0.003, 0.05);
        (between(random, far), between(random, far))
    });
}

fn wavering(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let degrees = between(random, (3.0, 9.0)) / 111_195.08;
    move_positions(recording, random, |random| {
        (degrees * random.normal(), degrees * random.normal())
    });
    recording.of(Quantity::Distance).hurt(TRACK);
}

fn move_positions(
    recording: &mut Recording,
    random: &mut Random,
    by: impl Fn(&mut Random) -> (f64, f64),
) {
    // Where it began stays known, and with it the zone.
    for record in &mut recording.records[1..] {
        let (north, east) = by(random);
        record.position = record.position.map(|(n, e)| (n + north, e + east));
    }
}

fn rounded(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    let round = |degrees: f64| (degrees * 10_000.0).round() / 10_000.0;
    for record in &mut recording.records {
        record.position = record.position.map(|(n, e)| (round(n), round(e)));
    }
    recording.of(Quantity::Distance).hurt(TRACK);
}

fn late_fix(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let found_s = recording.records[0].unix_s + between(random, (60.0, 400.0));
    for record in &mut recording.records {
        record.position = record.position.filter(|_| record.unix_s >= found_s);
    }
    recording.of(Quantity::Distance).hurt(TRACK);
    if recording.form == Form::Gpx {
        recording.of(Quantity::Moving).hurt(COLUMN);
    }
}

fn twice_each(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    let records = std::mem::take(&mut recording.records);
    let twice = records
        .into_iter()
        .flat_map(|record| [record.clone(), record]);
    recording.records = twice.collect();
}

fn swapped(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    for i in (2..recording.records.len()).step_by(2) {
        if random.uniform() < 0.04 {
            recording.records.swap(i - 1, i);
        }
    }
}

fn laps_off(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let factor = one_of(random, &[0.7, 0.9, 1.15, 1.4]);
    for lap in &mut recording.laps {
        lap.distance_m = lap.distance_m.map(|metres| metres * factor);
    }
    recording.of(Quantity::Distance).hurt(LAPS);
}

/// The sensor is lost for some minutes, and counts on from where it was.
fn stands(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    let records = &mut recording.records;
    let from = (records.len() as f64 * between(random, (0.1, 0.6))) as usize;
    let lost_s = between(random, (120.0, 400.0));
    let (from_s, stood_m) = (records[from].unix_s, records[from].distance_m);
    let Some(stood_m) = stood_m else { return };
    let mut lost_m = 0.0;
    for record in &mut records[from..] {
        let Some(metres) = record.distance_m else {
            continue;
        };
        if record.unix_s - from_s < lost_s {
            lost_m = metres - stood_m;
        }
        record.distance_m = Some(metres - lost_m);
    }
    recording.of(Quantity::Distance).hurt(COLUMN);
}

fn altitude_spikes(recording: &mut Recording, _: &mut Truth, random: &mut Random) {
    for i in (3..recording.records.len()).step_by(3) {
        if random.uniform() < 0.02 {
            let off = one_of(random, &[-300.0, 250.0, 400.0]);
            let altitude_m = &mut recording.records[i].altitude_m;
            *altitude_m = altitude_m.map(|metres| metres + off);
        }
    }
}

fn feet(recording: &mut Recording, _: &mut Truth, _: &mut Random) {
    for record in &mut recording.records {
        record.altitude_m = record.altitude_m.map(|metres| metres / 0.3048);
    }
    recording.of(Quantity::Ascent).hurt(COLUMN);
}
