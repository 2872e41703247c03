//! Lines of an index that know the runner's clock or day, but not the moment: which recording is theirs, and when it was.

use super::{
    alike::{SIZE_SHARE, START_S, alike, is_copy, is_one_kind},
    pool::Pool,
};
use crate::{
    model::Run,
    time::{self, Clock, ZoneSource, is_plausible_utc_offset},
};
use chrono::TimeDelta;
use std::collections::BTreeSet;

/// Clocks on Earth are at most this far from UTC's, s.
const FARTHEST_S: i64 = 14 * 3600;
/// A day of one clock and a day of another that have the same date lie at most this far apart, s.
const SAME_DAY_S: i64 = 24 * 3600 + 2 * FARTHEST_S;
/// Offsets are whole numbers of these, s.
const QUARTER_HOUR_S: i64 = 900;

/// What of a pool the lines of which file have taken: lines that know the day alone must each have a recording of its own.
pub(super) type Taken = BTreeSet<(String, String)>;

/// What a line's start is told by; recordings know the moment.
pub(super) fn clock_of(run: &Run) -> Clock {
    run.listing
        .as_ref()
        .map_or(Clock::Utc, |listing| listing.clock)
}

/// The row that started when the line says, by the clocks of both.
pub(super) fn by_wall_clock(line: &Run, pool: &Pool) -> Option<usize> {
    pool.nearest(line, 2 * FARTHEST_S, |other| {
        let apart_s = (other.start_local - line.start_local).num_seconds();
        apart_s.abs() <= START_S && is_copy(other, &moved_to(line, other))
    })
}

/// The row of that day whose sport is the line's and whose size is nearest to its, if it is alike.
pub(super) fn by_day(line: &Run, pool: &Pool, taken: &Taken) -> Option<usize> {
    let is_its_own = |other: &Run| {
        other.local_date() == line.local_date()
            && is_one_kind(other, line)
            && other.source != line.source
            && !taken.contains(&(line.source.clone(), other.run_id.clone()))
            && is_alike(other, line)
    };
    pool.best(line, SAME_DAY_S, is_its_own, |other| {
        unlikeness(other, line)
    })
}

/// Distance or time is the same: a distance may be set right by hand, a time be that of moving.
fn is_alike(a: &Run, b: &Run) -> bool {
    let times = |run: &Run| [run.timer_s, run.elapsed_s, run.moving_s];
    let is_same_time = || {
        let pairs = times(a).into_iter().flat_map(|a| times(b).map(|b| (a, b)));
        pairs
            .into_iter()
            .any(|(a, b)| alike(a, b, SIZE_SHARE) == Some(true))
    };
    alike(a.distance_m, b.distance_m, SIZE_SHARE) == Some(true) || is_same_time()
}

/// How far apart the distances are, else the times; what has neither is furthest.
fn unlikeness(a: &Run, b: &Run) -> f64 {
    let share =
        |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| (a - b).abs() / a.max(b).max(1.0));
    share(a.distance_m, b.distance_m)
        .or_else(|| share(a.timer_s, b.timer_s))
        .unwrap_or(1.0)
}

/// The line at the moment that it means, now that its recording is known. It gives its offset to a recording that knows none.
pub(super) fn at_its_moment(line: Run, recording: &Run) -> Run {
    match clock_of(&line) {
        Clock::Utc => line,
        Clock::Wall => with_offset(line, recording),
        Clock::Day => Run {
            start_utc: recording.start_utc,
            start_local: recording.start_local,
            utc_offset_s: recording.utc_offset_s,
            ..line
        },
    }
}

fn with_offset(line: Run, recording: &Run) -> Run {
    if recording.zone_source != ZoneSource::AssumedUtc {
        return moved_to(&line, recording);
    }
    let ahead_s = (line.start_local - recording.start_utc.naive_utc()).num_seconds();
    let quarters = (ahead_s as f64 / QUARTER_HOUR_S as f64).round() as i64;
    let offset_s = quarters * QUARTER_HOUR_S;
    let is_offset = (ahead_s - offset_s).abs() <= START_S && is_plausible_utc_offset(offset_s);
    match i32::try_from(offset_s) {
        Ok(utc_offset_s) if is_offset => Run {
            start_utc: line.start_local.and_utc() - TimeDelta::seconds(offset_s),
            utc_offset_s,
            zone_source: ZoneSource::Index,
            ..line
        },
        _ => line,
    }
}

/// The line as if its clock were the other's.
fn moved_to(line: &Run, other: &Run) -> Run {
    let ahead = TimeDelta::seconds(i64::from(other.utc_offset_s));
    let start_utc = line.start_local.and_utc() - ahead;
    Run {
        start_utc,
        start_local: time::local(start_utc, other.utc_offset_s),
        utc_offset_s: other.utc_offset_s,
        ..line.clone()
    }
}
