//! The index of an account export: its lines go to their recordings; those without one stay as rows of their own.

use super::{
    alike::{START_S, is_copy, overlap_share},
    clocks::{Taken, at_its_moment, by_day, by_wall_clock, clock_of},
    found::Found,
    pool::{Pool, by_start},
};
use crate::{
    exports::{Facts, Shoe},
    model::Run,
    problem::{Code, Effect, Problem},
    time::{Clock, ZoneSource},
    units,
};
use std::collections::BTreeMap;

/// A recording that a line names by its file may start this far from what the line says, s: a clock in the wrong zone.
const NAMED_START_S: i64 = 26 * 3600;
/// Garmin's ascents are in centimetres, but in metres in some accounts: then the recordings show 100 times what was read
/// (src/method/formats.md, Garmin export). At least so many must show it, within these bounds.
const ASCENT_PAIRS: usize = 3;
const ASCENT_RATIO: std::ops::RangeInclusive<f64> = 50.0..=200.0;
/// Below this a climb is noise, m.
const ASCENT_MIN_M: f64 = 30.0;
/// The share of an activity that a channel from a file of its own must cover (src/method/rules.md, Unit of load).
const COVERED_SHARE: f64 = 0.8;

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
    let channels = listed.extract_if(.., |line| is_channel(line)).collect();
    let alone = given(channels, pool, found);
    pool.keep_all(alone);
    for clock in [Clock::Utc, Clock::Wall, Clock::Day] {
        let lines = listed.extract_if(.., |line| clock_of(line) == clock);
        let without = given(lines.collect(), pool, found);
        match clock {
            // Two of a day may well be alike; nothing says that they are one.
            Clock::Day => pool.keep_all(without),
            Clock::Utc | Clock::Wall => pool.add_all(without, found),
        }
    }
    let alone: Vec<Run> = pool.kept.extract_if(.., |row| is_channel(row)).collect();
    found.add_of_each(&alone, |_| channel_alone());
}

/// A file that holds one channel of an activity, as heart rates beside a track, and no activity of its own: it comes as a line that
/// has records and names the recording.
fn is_channel(row: &Run) -> bool {
    row.listing.is_some() && row.records > 0 && row.has_vague_sport()
}

fn channel_alone() -> Problem {
    Problem::new(
        Code::NoActivity,
        Effect::Noted,
        "",
        "heart rates that cover no activity, or little of theirs",
        "They were left out.",
    )
}

/// Merges every line that has a recording into it, and returns the others.
fn given(mut lines: Vec<Run>, pool: &mut Pool, found: &mut Found) -> Vec<Run> {
    lines.sort_by(by_start);
    let mut without = Vec::new();
    let mut taken = Taken::new();
    let mut ratios: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for run in lines {
        let Some(index) = recording_of(&run, pool, &taken) else {
            without.push(run);
            continue;
        };
        let run = at_its_moment(run, &pool.kept[index]);
        taken.insert((run.source.clone(), pool.kept[index].run_id.clone()));
        let of_file = ratios.entry(run.source.clone()).or_default();
        of_file.extend(ascent_ratio(&run, &pool.kept[index]));
        pool.join(index, run, found);
    }
    for run in &mut without {
        if let Some(of_file) = ratios.get(&run.source) {
            settle_ascent(run, of_file, found);
        }
    }
    without
}

/// The recording that a line names, else the one that is its copy.
fn recording_of(run: &Run, pool: &Pool, taken: &Taken) -> Option<usize> {
    // A mean of some of the minutes is not that of the whole.
    let is_covered =
        |index: &usize| !is_channel(run) || overlap_share(&pool.kept[*index], run) >= COVERED_SHARE;
    named_or_alike(run, pool, taken).filter(is_covered)
}

fn named_or_alike(run: &Run, pool: &Pool, taken: &Taken) -> Option<usize> {
    of_file(run, pool).or_else(|| match clock_of(run) {
        Clock::Utc => pool.nearest(run, START_S, |other| is_copy(other, run)),
        Clock::Wall => by_wall_clock(run, pool),
        Clock::Day => by_day(run, pool, taken),
    })
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
fn of_file(run: &Run, pool: &Pool) -> Option<usize> {
    let file = bare(run.listing.as_ref()?.file.as_deref()?);
    let is_it = |source: &str| is_file_below(file, bare(source));
    let starts = pool.kept_instead(file, is_it);
    pool.nearest(run, NAMED_START_S, |other| {
        is_it(&other.source) || starts.contains(&other.start_utc)
    })
}

/// Whether a source is this file, in whatever folder.
fn is_file_below(file: &str, source: &str) -> bool {
    let folder = source.strip_suffix(file);
    folder.is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
}

fn bare(file: &str) -> &str {
    file.strip_suffix(".gz").unwrap_or(file)
}

/// Rows without a recording get the unit that the lines with one show.
fn settle_ascent(run: &mut Run, ratios: &[f64], found: &mut Found) {
    let Some(ratio) = median_of_enough(ratios) else {
        return;
    };
    if ASCENT_RATIO.contains(&ratio) && run.ascent_m.is_some() {
        run.ascent_m = run.ascent_m.map(|metres| metres * 100.0);
        run.descent_m = run.descent_m.map(|metres| metres * 100.0);
        found.add(run, climbs_in_metres(ratio));
    }
}

/// None for too few.
fn median_of_enough(ratios: &[f64]) -> Option<f64> {
    let mut ratios = ratios.to_vec();
    ratios.sort_by(f64::total_cmp);
    let median = ratios.get(ratios.len() / 2).copied();
    median.filter(|_| ratios.len() >= ASCENT_PAIRS)
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
