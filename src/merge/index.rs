//! The index of an account export: its lines go to their recordings; those without one stay as rows of their own.

use super::{
    alike::{START_S, is_copy},
    found::Found,
    pool::Pool,
};
use crate::{
    exports::{Facts, Shoe},
    model::Run,
    problem::{Code, Effect, Problem},
    time::ZoneSource,
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
/// Writes the shoe on each row: from its own line, or from the list of what was worn.
pub(super) fn put_on_shoes(rows: &mut [Run], facts: &[Facts]) {
    let worn: BTreeMap<&str, &str> = facts
        .iter()
        .flat_map(|facts| &facts.worn)
        .map(|worn| (worn.activity.as_str(), worn.shoe.as_str()))
        .collect();
    for run in rows.iter_mut() {
        let id = run
            .listing
            .as_ref()
            .and_then(|listing| listing.id.as_deref());
        let key = run
            .shoe
            .take()
            .or_else(|| id.and_then(|id| worn.get(id)).map(|key| key.to_string()));
        run.shoe = key.map(|key| called(&key, facts));
    }
}

/// What the runner calls a shoe; its key where no list has it. Strava's lines may leave out the nickname with which its list ends a
/// key: that is the shoe, if only one begins so.
fn called(key: &str, facts: &[Facts]) -> String {
    let named = |shoe: &&Shoe| {
        shoe.key
            .strip_prefix(key)
            .is_some_and(|nickname| nickname.starts_with(' '))
    };
    let mut nearly = shoes(facts).filter(named);
    let only = nearly.next().filter(|_| nearly.next().is_none());
    let known = shoes(facts).find(|shoe| shoe.key == key).or(only);
    known.map_or_else(|| key.to_string(), |shoe| shoe.name.clone())
}

/// Merges every line that has a recording into it, and returns the others.
pub(super) fn give_to_recordings(
    mut listed: Vec<Run>,
    pool: &mut Pool,
    found: &mut Found,
) -> Vec<Run> {
    listed.sort_by(|a, b| {
        (a.start_utc, &a.run_id, &a.source).cmp(&(b.start_utc, &b.run_id, &b.source))
    });
    let mut without = Vec::new();
    let mut ascents: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for run in listed {
        let Some(index) = of_file(&run, pool)
            .or_else(|| pool.nearest(&run, START_S, |other| is_copy(other, &run)))
        else {
            without.push(run);
            continue;
        };
        let pair = run
            .ascent_m
            .zip(pool.kept[index].ascent_m)
            .filter(|(_, kept)| *kept >= ASCENT_MIN_M);
        ascents
            .entry(run.source.clone())
            .or_default()
            .extend(pair.map(|(listed, kept)| kept / listed.max(0.01)));
        pool.join(index, run, found);
    }
    for run in &mut without {
        settle_ascent(
            run,
            ascents.get(&run.source).map_or(&[], Vec::as_slice),
            found,
        );
    }
    without
}

/// Says that a line without a recording was placed in the calendar by UTC. Lines with one have its zone.
pub(super) fn zone_assumed(run: &Run, found: &mut Found) {
    if run.listing.is_some() && run.zone_source == ZoneSource::AssumedUtc {
        let detail = "the index does not say in which time zone this run was, and no recording of it was found";
        found.add(
            run,
            Problem::new(
                Code::NoTimeZone,
                Effect::Noted,
                "",
                detail,
                "UTC was taken for local time.",
            ),
        );
    }
}

/// The recording that a line names. Archives may have been unpacked, and gzip with them.
fn of_file(run: &Run, pool: &Pool) -> Option<usize> {
    let file = bare(run.listing.as_ref()?.file.as_deref()?);
    let is_it = |source: &str| {
        let source = bare(source);
        source == file
            || source
                .strip_suffix(file)
                .is_some_and(|before| before.ends_with('/'))
    };
    let starts = pool.kept_instead(file, is_it);
    pool.nearest(run, NAMED_START_S, |other| {
        is_it(&other.source) || starts.contains(&other.start_utc)
    })
}

fn bare(file: &str) -> &str {
    file.strip_suffix(".gz").unwrap_or(file)
}

/// Rows without a recording get the unit that the lines with one show.
fn settle_ascent(run: &mut Run, ratios: &[f64], found: &mut Found) {
    let mut ratios = ratios.to_vec();
    ratios.sort_by(f64::total_cmp);
    let median = ratios.get(ratios.len() / 2).copied().unwrap_or(1.0);
    if ratios.len() < ASCENT_PAIRS || !ASCENT_RATIO.contains(&median) || run.ascent_m.is_none() {
        return;
    }
    run.ascent_m = run.ascent_m.map(|metres| metres * 100.0);
    run.descent_m = run.descent_m.map(|metres| metres * 100.0);
    let detail = format!(
        "recordings listed in this file climbed {} times what it says",
        units::number(median, 0)
    );
    found.add(
        run,
        Problem::new(
            Code::TotalsDiffer,
            Effect::Repaired,
            "",
            detail,
            "Its climbs were taken for metres.",
        ),
    );
}

/// Every shoe of the exports.
pub(super) fn shoes(facts: &[Facts]) -> impl Iterator<Item = &Shoe> {
    facts.iter().flat_map(|facts| &facts.shoes)
}
