//! Recordings that tell only what a clock on a wall showed: the moment they mean, where another of the same run tells it.
//!
//! A recording of Polar's without an offset and the GPX of the same run in UTC begin hours apart as they are written, and would count
//! twice. Where the other knows the runner's clock, both must have begun at the same time by it. Where it does not, only what is the
//! same recording to seconds will do: two commutes of a day are alike.

use super::{
    alike::{LARGEST_SHIFT_S, START_S, alike, is_copy, is_one_kind, is_other_recording},
    found::Found,
    pool::by_start,
    said::is_file_below,
};
use crate::{
    model::Run,
    problem::Code,
    time::{Clock, ZoneSource, is_plausible_utc_offset},
};
use chrono::TimeDelta;

/// Offsets are whole numbers of these, s.
const QUARTER_HOUR_S: i64 = 900;
/// Where nobody knows the zone, starts are whole quarter hours apart to within this, s …
const EXACT_START_S: i64 = 30;
/// … and times and distances differ by at most this share.
const EXACT_SHARE: f64 = 0.01;

/// How far the clock was ahead of UTC, s, and who tells it.
type Ahead = (i64, ZoneSource);

/// Puts rows on a wall clock at the moment that another row of the same run tells.
pub(super) fn put_at_their_moments(rows: &mut [Run], found: &mut Found) {
    let is_lost = |row: &Run| row.is_on_the_wall && row.listing.is_none();
    if !rows.iter().any(is_lost) {
        return;
    }
    let told = Told::of(rows);
    let lost = rows.iter().enumerate().filter(|(_, row)| is_lost(row));
    let ahead: Vec<(usize, Ahead)> = lost
        .filter_map(|(index, row)| Some((index, told.ahead(row)?)))
        .collect();
    for (index, ahead) in ahead {
        rows[index] = at_moment(&rows[index], ahead);
        found.settle(&rows[index], Code::NoTimeZone);
    }
}

/// The rows that know their moment, by start.
struct Told<'r>(Vec<&'r Run>);

impl<'r> Told<'r> {
    fn of(rows: &'r [Run]) -> Told<'r> {
        let mut told: Vec<&Run> = rows.iter().filter(|row| knows_moment(row)).collect();
        told.sort_by(|a, b| by_start(a, b));
        Told(told)
    }

    /// How far the clock of this row was ahead of UTC: by a line that names its file, else by the nearest recording on the same clock,
    /// else by one that is the same but for whole quarter hours.
    fn ahead(&self, row: &Run) -> Option<Ahead> {
        let ways = [by_name, by_same_clock, by_quarters];
        ways.into_iter().find_map(|way| self.nearest(row, way))
    }

    /// What the nearest one says that says anything in this way.
    fn nearest(&self, row: &Run, way: fn(&Run, &Run) -> Option<Ahead>) -> Option<Ahead> {
        let near = self.near(row);
        let found = near.filter_map(|other| Some((other, way(row, other)?)));
        let nearest = found.min_by_key(|(other, ahead)| slack_s(row, other, ahead.0).abs());
        nearest.map(|(_, ahead)| ahead)
    }

    /// Those that start at most as far from this row as clocks are from UTC's.
    fn near(&self, row: &Run) -> impl Iterator<Item = &Run> {
        let within = TimeDelta::seconds(LARGEST_SHIFT_S + START_S);
        let (from, to) = (row.start_utc - within, row.start_utc + within);
        let first = self.0.partition_point(|other| other.start_utc < from);
        let later = self.0.iter().copied().skip(first);
        later.take_while(move |other| other.start_utc <= to)
    }
}

fn knows_moment(row: &Run) -> bool {
    let listing = row.listing.as_ref();
    let is_utc = listing.is_none_or(|listing| listing.clock == Clock::Utc);
    is_utc && !row.is_on_the_wall && !row.clock_is_wrong
}

/// A line of an index that names the file.
fn by_name(row: &Run, line: &Run) -> Option<Ahead> {
    let file = line.listing.as_ref()?.file.as_deref()?;
    let ahead_s = quarters_s(row, line, START_S)?;
    is_file_below(file, &row.source).then_some((ahead_s, ZoneSource::Index))
}

/// A copy that knows its zone, and began when this row did by the runner's clock.
fn by_same_clock(row: &Run, other: &Run) -> Option<Ahead> {
    let apart_s = (other.start_local - row.start_local).num_seconds();
    let ahead = (i64::from(other.utc_offset_s), other.zone_source);
    let is_same_start = other.zone_source != ZoneSource::AssumedUtc && apart_s.abs() <= START_S;
    (is_same_start && is_copy(other, &at_moment(row, ahead))).then_some(ahead)
}

/// The same recording in another format, whose zone nobody knows either.
fn by_quarters(row: &Run, other: &Run) -> Option<Ahead> {
    let ahead_s = quarters_s(row, other, EXACT_START_S)?;
    let is_zone_unknown = other.zone_source == ZoneSource::AssumedUtc;
    let is_same = |a, b| alike(a, b, EXACT_SHARE) == Some(true);
    let is_it = is_zone_unknown
        && is_other_recording(row, other)
        && is_one_kind(row, other)
        && is_same(row.distance_m, other.distance_m)
        && is_same(row.elapsed_s, other.elapsed_s);
    is_it.then_some((ahead_s, ZoneSource::File))
}

/// The offset that lies between what this row's clock showed and the moment of the other, if it is one to within so
/// many seconds. None as well where they are the same: then nothing tells on which clock they are, and they are copies as they stand.
fn quarters_s(row: &Run, other: &Run, within_s: i64) -> Option<i64> {
    let ahead_s = (row.start_local - other.start_utc.naive_utc()).num_seconds();
    let quarters = (ahead_s as f64 / QUARTER_HOUR_S as f64).round() as i64;
    let offset_s = quarters * QUARTER_HOUR_S;
    let is_offset = quarters != 0 && slack_s(row, other, offset_s).abs() <= within_s;
    (is_offset && is_plausible_utc_offset(offset_s)).then_some(offset_s)
}

/// How much later this row began than the other, if its clock was so far ahead.
fn slack_s(row: &Run, other: &Run, ahead_s: i64) -> i64 {
    (row.start_local - other.start_utc.naive_utc()).num_seconds() - ahead_s
}

fn at_moment(row: &Run, (ahead_s, zone_source): Ahead) -> Run {
    Run {
        start_utc: row.start_local.and_utc() - TimeDelta::seconds(ahead_s),
        utc_offset_s: ahead_s as i32,
        zone_source,
        ..row.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        merge::one_activity_once,
        model::{Format, Listing},
        rules::fixture,
    };

    /// An hour and 10 km, which began so many seconds after a fixed moment on a clock that was so far ahead of UTC.
    fn run(source: &str, format: Format, start_s: i64, zone: Option<i64>) -> Run {
        let run = fixture::run(0, 10.0);
        let start_utc = run.start_utc + TimeDelta::seconds(start_s);
        let ahead_s = zone.unwrap_or(0);
        Run {
            source: source.to_string(),
            run_id: source.to_string(),
            format,
            start_utc,
            start_local: start_utc.naive_utc() + TimeDelta::seconds(ahead_s),
            utc_offset_s: ahead_s as i32,
            zone_source: zone.map_or(ZoneSource::AssumedUtc, |_| ZoneSource::Position),
            timer_s: Some(3600.0),
            elapsed_s: Some(3600.0),
            ..run
        }
    }

    /// One that tells only what a wall clock showed.
    fn wall(start_s: i64) -> Run {
        Run {
            is_on_the_wall: true,
            ..run("wall.json", Format::Export, start_s, None)
        }
    }

    /// How many runs these two are; of one run, how far its clock was ahead, by whom, and how far apart the starts were as written.
    fn come_to(other: Run, wall: Run) -> Result<(i32, ZoneSource, f64), usize> {
        let rows = vec![other, wall];
        let ingested = crate::ingest::Ingested {
            rows,
            ..Default::default()
        };
        let merged = one_activity_once(ingested, None);
        match (&merged.runs[..], &merged.merges[..]) {
            ([run], [merge]) => Ok((run.utc_offset_s, run.zone_source, merge.start_difference_s)),
            (runs, _) => Err(runs.len()),
        }
    }

    #[test]
    fn a_copy_on_the_same_clock_tells_the_moment() {
        let utc = |zone| run("utc.fit", Format::Fit, 0, Some(zone));
        let two_hours = 2 * 3600;
        let expected = Ok((7200, ZoneSource::Position, 7200.0));
        assert_eq!(come_to(utc(two_hours), wall(two_hours)), expected);
        let expected = Ok((-34_200, ZoneSource::Position, -34_110.0));
        assert_eq!(come_to(utc(-34_200), wall(-34_110)), expected);
        // Another time of day, and another length at the same time.
        assert_eq!(come_to(utc(two_hours), wall(3 * 3600 + 300)), Err(2));
        let short = Run {
            distance_m: Some(3000.0),
            elapsed_s: Some(1000.0),
            timer_s: Some(1000.0),
            ..wall(two_hours)
        };
        assert_eq!(come_to(utc(two_hours), short), Err(2));
    }

    #[test]
    fn where_nobody_knows_the_zone_only_the_same_recording_will_do() {
        let utc = |start_s| run("utc.fit", Format::Fit, start_s, None);
        let expected = Ok((20_700, ZoneSource::File, 20_680.0));
        assert_eq!(come_to(utc(20), wall(20_700)), expected);
        // Eight minutes from a quarter hour, no offset on Earth, and two runs that are alike but not the same.
        assert_eq!(come_to(utc(480), wall(20_700)), Err(2));
        assert_eq!(come_to(utc(0), wall(15 * 3600)), Err(2));
        let other = |elapsed_s, distance_m| Run {
            elapsed_s: Some(elapsed_s),
            distance_m: Some(distance_m),
            ..wall(20_700)
        };
        assert_eq!(come_to(utc(0), other(3550.0, 10_000.0)), Err(2));
        assert_eq!(come_to(utc(0), other(3600.0, 9_800.0)), Err(2));
        assert!(come_to(utc(0), other(3570.0, 9_950.0)).is_ok());
    }

    #[test]
    fn a_line_that_names_the_file_tells_the_moment() {
        let listing = Listing {
            place: "row 2".into(),
            id: None,
            file: Some("activities/wall.json".into()),
            clock: Clock::Utc,
        };
        let line = Run {
            listing: Some(listing.into()),
            ..run("activities.csv", Format::Export, 0, None)
        };
        let named = |start_s| Run {
            source: "export/activities/wall.json".into(),
            ..wall(start_s)
        };
        let ahead = |start_s| come_to(line.clone(), named(start_s)).map(|told| (told.0, told.1));
        assert_eq!(ahead(-18_000), Ok((-18_000, ZoneSource::Index)));
        // At the same hour as in UTC nothing tells whose hour it is.
        assert_eq!(ahead(0), Ok((0, ZoneSource::AssumedUtc)));
    }
}
