//! The index of an account export: its lines go to their recordings; those without one stay as rows of their own.

use super::{
    alike::{LATE_S, is_channel, is_copy},
    channels,
    clocks::{Taken, at_its_moment, by_day, by_wall_clock, clock_of},
    corrections::{is_inside, is_of_unit},
    found::Found,
    pool::{Pool, by_start},
    said::{Said, is_file_below},
};
use crate::{
    exports::{Facts, Shoe},
    model::Run,
    problem::{Code, Effect, Problem},
    time::{Clock, ZoneSource},
    units,
};
use std::collections::{BTreeMap, BTreeSet};

/// A recording that a line names by its file may start this far from what the line says, s: a clock in the wrong zone.
const NAMED_START_S: i64 = 26 * 3600;
/// Garmin's ascents are in centimetres, but in metres in some accounts: then the recordings show 100 times what was read
/// (src/method/formats.md, Garmin export). At least so many must show it, within these bounds.
const ASCENT_PAIRS: usize = 3;
const ASCENT_RATIO: std::ops::RangeInclusive<f64> = 50.0..=200.0;
/// Below this a climb is noise, m.
const ASCENT_MIN_M: f64 = 30.0;
/// A recording that a crop was made of starts at most this much before it, s …
const AROUND_S: i64 = 6 * 3600;
/// … and what it kept lies inside, but for so many seconds.
const AROUND_SLACK_S: f64 = 5.0;

/// Writes the shoe on each row: from its own line, or from the list of what was worn.
pub(super) fn put_on_shoes(rows: &mut [Run], facts: &[Facts]) {
    let worn = shoe_by_activity(facts);
    for run in rows.iter_mut() {
        let key = run.shoe.take().or_else(|| worn_by(run, &worn));
        run.shoe = key.map(|key| called(&key, facts));
    }
}

fn shoe_by_activity(facts: &[Facts]) -> BTreeMap<&str, &str> {
    facts
        .iter()
        .flat_map(|facts| &facts.worn)
        .map(|worn| (worn.activity.as_str(), worn.shoe.as_str()))
        .collect()
}

fn worn_by(run: &Run, worn: &BTreeMap<&str, &str>) -> Option<String> {
    let id = run.listing.as_ref()?.id.as_deref()?;
    worn.get(id).map(|key| key.to_string())
}

/// What the runner calls a shoe; its key where no list has it. Strava's lines may leave out the nickname with which its list ends a
/// key: that is the shoe, if only one begins so.
fn called(key: &str, facts: &[Facts]) -> String {
    let known = shoes(facts).find(|shoe| shoe.key == key);
    let shoe = known.or_else(|| only_begun_by(key, facts));
    shoe.map_or_else(|| key.to_string(), |shoe| shoe.name.clone())
}

/// The one shoe whose key begins so; None where there are several.
fn only_begun_by<'f>(key: &str, facts: &'f [Facts]) -> Option<&'f Shoe> {
    let begins_so = |shoe: &&Shoe| {
        let nickname = shoe.key.strip_prefix(key);
        nickname.is_some_and(|nickname| nickname.starts_with(' '))
    };
    let mut nearly = shoes(facts).filter(begins_so);
    nearly.next().filter(|_| nearly.next().is_none())
}

/// Merges every line that has a recording into it, and keeps the others as rows of their own: those that know the moment first, so
/// that a line of another service that knows the day alone finds them.
pub(super) fn give_to_recordings(mut listed: Vec<Run>, pool: &mut Pool, found: &mut Found) {
    let of_channels = listed.extract_if(.., |line| is_channel(line));
    channels::give(of_channels.collect(), pool, found);
    for clock in [Clock::Utc, Clock::Wall, Clock::Day] {
        let lines = listed.extract_if(.., |line| clock_of(line) == clock);
        let without = given(lines.collect(), pool, found);
        match clock {
            // Two of a day may well be alike; nothing says that they are one.
            Clock::Day => pool.keep_all(without),
            Clock::Utc | Clock::Wall => pool.add_all(without, found),
        }
    }
    channels::leave_out(pool, found);
}

/// Merges every line that has a recording into it, and returns the others.
fn given(mut lines: Vec<Run>, pool: &mut Pool, found: &mut Found) -> Vec<Run> {
    lines.sort_by(by_start);
    let (mut pairs, without) = with_recordings(lines, pool);
    let (mut cropped, mut without) = with_recordings_around(without, &pairs, pool);
    let units = Units::of_each(&pairs, pool);
    let alone = cropped.iter_mut().map(|(run, _)| run).chain(&mut without);
    for run in alone {
        settle_ascent(run, &units, found);
    }
    pairs.extend(cropped);
    for (run, index) in pairs {
        let is_doubted = units
            .get(&run.source)
            .is_some_and(|units| units.is_distance_doubted);
        pool.join_line(index, &run, is_doubted, found);
    }
    pool.begin_cropped();
    without
}

/// A line, and where its recording is in the pool.
type Pair = (Run, usize);

/// The lines that have a recording, and the others.
fn with_recordings(listed: Vec<Run>, pool: &Pool) -> (Vec<Pair>, Vec<Run>) {
    let (mut pairs, mut without) = (Vec::new(), Vec::new());
    let mut taken = Taken::new();
    for run in listed {
        let Some(index) = recording_of(&run, pool, &taken) else {
            without.push(run);
            continue;
        };
        let recording = &pool.kept[index];
        taken.insert((run.source.clone(), recording.run_id.clone()));
        pairs.push((at_its_moment(run, recording), index));
    }
    (pairs, without)
}

/// Of an index that names no files, a line that lies within a recording that has no line of its own is that recording, cropped.
fn with_recordings_around(listed: Vec<Run>, pairs: &[Pair], pool: &Pool) -> (Vec<Pair>, Vec<Run>) {
    let mut taken: BTreeSet<(String, usize)> = pairs
        .iter()
        .map(|(run, index)| (run.source.clone(), *index))
        .collect();
    let (mut cropped, mut without) = (Vec::new(), Vec::new());
    for run in listed {
        let free =
            recording_around(&run, pool).filter(|index| taken.insert((run.source.clone(), *index)));
        match free {
            Some(index) => cropped.push((run, index)),
            None => without.push(run),
        }
    }
    (cropped, without)
}

/// The recording in whose time a line lies.
fn recording_around(run: &Run, pool: &Pool) -> Option<usize> {
    let is_named = run.listing.as_ref()?.file.is_some();
    if is_named || run.distance_m.is_none() || clock_of(run) != Clock::Utc {
        return None;
    }
    pool.nearest(run, AROUND_S, |other| {
        other.records > 0
            && other.is_run() == run.is_run()
            && is_inside(&Said::of(other), run, AROUND_SLACK_S)
    })
}

/// What the recordings show of the units of one index.
#[derive(Default)]
struct Units {
    /// How many times what it says its recordings climbed: their median, where there are enough.
    ascent_ratio: Option<f64>,
    /// Whether its distances are in another unit than they are read in.
    is_distance_doubted: bool,
}

impl Units {
    /// By the name of the index.
    fn of_each(pairs: &[Pair], pool: &Pool) -> BTreeMap<String, Units> {
        let mut ratios: BTreeMap<String, Ratios> = BTreeMap::new();
        for (line, index) in pairs {
            let of_index = ratios.entry(line.source.clone()).or_default();
            of_index.add(line, &pool.kept[*index]);
        }
        let units = ratios.into_iter();
        units.map(|(name, ratios)| (name, ratios.units())).collect()
    }
}

/// Ratios between the lines of an index and their recordings.
#[derive(Default)]
struct Ratios {
    /// Of recordings to their lines.
    ascent: Vec<f64>,
    /// Of lines to their recordings.
    distance: Vec<f64>,
}

impl Ratios {
    fn add(&mut self, line: &Run, kept: &Run) {
        self.ascent.extend(ascent_ratio(line, kept));
        let distances = line.distance_m.zip(kept.distance_m);
        self.distance
            .extend(distances.map(|(line, kept)| line / kept));
    }

    fn units(mut self) -> Units {
        let enough = self.ascent.len() >= ASCENT_PAIRS;
        Units {
            ascent_ratio: median(&mut self.ascent).filter(|_| enough),
            is_distance_doubted: median(&mut self.distance).is_some_and(is_of_unit),
        }
    }
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The recording that a line names, else the one that is its copy.
fn recording_of(run: &Run, pool: &Pool, taken: &Taken) -> Option<usize> {
    of_file(run, pool).or_else(|| match clock_of(run) {
        Clock::Utc => alike_in_time(run, pool),
        Clock::Wall => by_wall_clock(run, pool),
        Clock::Day => by_day(run, pool, taken),
    })
}

/// The nearest row that is a copy by the moment.
pub(super) fn alike_in_time(run: &Run, pool: &Pool) -> Option<usize> {
    pool.nearest(run, LATE_S, |other| is_copy(other, run))
}

/// How many times what the line says was climbed in its recording; None where it was hardly a climb.
fn ascent_ratio(listed: &Run, kept: &Run) -> Option<f64> {
    let (listed, kept) = listed.ascent_m.zip(kept.ascent_m)?;
    (kept >= ASCENT_MIN_M).then(|| kept / listed.max(0.01))
}

/// Says that lines without a recording were placed in the calendar by UTC. Lines with one have its zone.
pub(super) fn zones_assumed(runs: &[Run], found: &mut Found) {
    for run in runs.iter().filter(|run| is_zone_assumed(run)) {
        found.add(run, no_time_zone(clock_of(run)));
    }
    let days = runs.iter().filter(|run| clock_of(run) == Clock::Day);
    let mut of_file: BTreeMap<&str, Vec<&Run>> = BTreeMap::new();
    days.for_each(|run| of_file.entry(&run.source).or_default().push(run));
    for runs in of_file.values() {
        runs.first()
            .inspect(|run| found.add(run, no_time_of_day(runs.len())));
    }
}

fn is_zone_assumed(run: &Run) -> bool {
    run.listing.is_some()
        && run.zone_source == ZoneSource::AssumedUtc
        && clock_of(run) != Clock::Day
}

fn no_time_zone(clock: Clock) -> Problem {
    let (detail, consequence) = match clock {
        Clock::Wall => (
            "the index says when this run was by the runner's clock and not in which time zone, and no recording of it was found",
            "Its day and hour are right; its start in UTC is the same hour.",
        ),
        Clock::Utc | Clock::Day => (
            "the index does not say in which time zone this run was, and no recording of it was found",
            "UTC was taken for local time.",
        ),
    };
    Problem::new(Code::NoTimeZone, Effect::Noted, "", detail, consequence)
}

/// Of all such runs of a file at once: an index that knows the days alone says so of each.
fn no_time_of_day(runs: usize) -> Problem {
    let which = match runs {
        1 => "this run was, and no recording of it".to_string(),
        runs => format!(
            "this run and {} others were, and no recording of them",
            runs - 1
        ),
    };
    Problem::new(
        Code::NoTimeOfDay,
        Effect::Noted,
        "",
        format!("the index says only on which day {which} was found"),
        "Noon was taken for the start.",
    )
}

/// The recording that a line names. Archives may have been unpacked, and gzip with them.
pub(super) fn of_file(run: &Run, pool: &Pool) -> Option<usize> {
    let file = run.listing.as_ref()?.file.as_deref()?;
    let is_it = |source: &str| is_file_below(file, source);
    let starts = pool.kept_instead(file, is_it);
    pool.nearest(run, NAMED_START_S, |other| {
        is_it(&other.source) || starts.contains(&other.start_utc)
    })
}

/// Rows without a recording, and those that keep a part of one, get the unit that the lines with one show.
fn settle_ascent(run: &mut Run, units: &BTreeMap<String, Units>, found: &mut Found) {
    let ratio = units.get(&run.source).and_then(|units| units.ascent_ratio);
    let Some(ratio) = ratio.filter(|ratio| ASCENT_RATIO.contains(ratio)) else {
        return;
    };
    if run.ascent_m.is_some() {
        run.ascent_m = run.ascent_m.map(|metres| metres * 100.0);
        run.descent_m = run.descent_m.map(|metres| metres * 100.0);
        found.add(run, climbs_in_metres(ratio));
    }
}

fn climbs_in_metres(ratio: f64) -> Problem {
    let times = units::number(ratio, 0);
    Problem::new(
        Code::TotalsDiffer,
        Effect::Repaired,
        "",
        format!("recordings listed in this file climbed {times} times what it says"),
        "Its climbs were taken for metres.",
    )
}

/// Every shoe of the exports.
pub(super) fn shoes(facts: &[Facts]) -> impl Iterator<Item = &Shoe> {
    facts.iter().flat_map(|facts| &facts.shoes)
}
