//! Times without a zone beside others that have one: by how much they differ says what the former mean.
//!
//! Where nothing in the file says it, they are handed over as a wall clock's that may be UTC's ([`Activity::may_be_utc`]).

use crate::{
    model::Activity,
    time::{Clock, is_plausible_utc_offset, whole_utc_offset},
};

/// A time beside the points, as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Unix seconds, as if a time without a zone were UTC's.
    pub unix_s: f64,
    /// Whether a zone is written.
    pub has_zone: bool,
}

/// Which times of an activity are written with a zone.
#[derive(Debug, Clone, PartialEq)]
pub struct HasZone {
    /// Those of its points.
    pub points: bool,
    /// Its start.
    pub start: bool,
    /// The starts of its laps, as many as it has.
    pub laps: Vec<bool>,
}

/// A start told twice may be so far apart, s: a watch looks for satellites.
const SAME_START_S: f64 = 300.0;
/// When a file was written says something of its points only where it is their start, s: by chance it is another time of day.
const SAME_SECOND_S: f64 = 10.0;

/// Puts times without a zone where those that have one show that they were. `written_s` is when the file says that it was made.
pub fn settle(activity: &mut Activity, has_zone: &HasZone, written_s: Option<f64>) {
    if has_zone.points && has_zone.start && has_zone.laps.iter().all(|has| *has) {
        return;
    }
    let points_s = first_point_s(activity);
    if has_zone.points {
        let bare_s = told_s(activity, has_zone, false);
        let ahead_s = bare_s
            .zip(points_s)
            .and_then(|(bare, point)| ahead_s(bare - point));
        move_bare(activity, has_zone, ahead_s.unwrap_or(0));
        return;
    }
    match shown(activity, has_zone, points_s, written_s) {
        Some(ahead_s) => move_bare(activity, has_zone, ahead_s),
        None => leave_on_the_wall(activity, has_zone),
    }
}

/// By how much points without a zone are ahead of UTC, s, as another time shows. None: none does.
fn shown(
    activity: &Activity,
    has_zone: &HasZone,
    points_s: Option<f64>,
    written_s: Option<f64>,
) -> Option<i32> {
    let points_s = points_s?;
    let told_s = told_s(activity, has_zone, true);
    let by_start = told_s.and_then(|told_s| same_or_ahead_s(points_s - told_s, SAME_START_S));
    by_start.or_else(|| {
        let apart_s = points_s - written_s?;
        let ahead_s = same_or_ahead_s(apart_s, SAME_SECOND_S)?;
        ((apart_s - f64::from(ahead_s)).abs() <= SAME_SECOND_S).then_some(ahead_s)
    })
}

fn same_or_ahead_s(apart_s: f64, same_s: f64) -> Option<i32> {
    if apart_s.abs() <= same_s {
        return Some(0);
    }
    ahead_s(apart_s)
}

/// The offset that two times of one moment show. None: no zone has it.
fn ahead_s(apart_s: f64) -> Option<i32> {
    let whole_s = whole_utc_offset(apart_s.round() as i64);
    let ahead_s = i32::try_from(whole_s).ok()?;
    (ahead_s != 0 && is_plausible_utc_offset(whole_s)).then_some(ahead_s)
}

fn first_point_s(activity: &Activity) -> Option<f64> {
    let mut times = activity.samples.time_s.iter().copied();
    times.find(|time| time.is_finite())
}

/// The first start, of the activity or of a lap, that has a zone or that has none.
fn told_s(activity: &Activity, has_zone: &HasZone, zoned: bool) -> Option<f64> {
    let start_s = activity.start_unix_s.filter(|_| has_zone.start == zoned);
    let laps = activity.laps.iter().zip(&has_zone.laps);
    let mut laps = laps.filter(|(_, has)| **has == zoned);
    start_s.or_else(|| laps.find_map(|(lap, _)| lap.start_unix_s))
}

/// Moves all times without a zone to UTC, and keeps the offset that they showed.
fn move_bare(activity: &mut Activity, has_zone: &HasZone, ahead_s: i32) {
    if ahead_s == 0 {
        return;
    }
    let (by_s, times) = (-f64::from(ahead_s), &mut activity.samples.time_s);
    if !has_zone.points {
        times.iter_mut().for_each(|time| *time += by_s);
        for pause in &mut activity.pauses {
            (pause.from_s, pause.to_s) = (pause.from_s + by_s, pause.to_s + by_s);
        }
    }
    if !has_zone.start {
        activity.start_unix_s = activity.start_unix_s.map(|start_s| start_s + by_s);
    }
    let laps = activity.laps.iter_mut().zip(&has_zone.laps);
    for (lap, _) in laps.filter(|(_, has)| !**has) {
        lap.start_unix_s = lap.start_unix_s.map(|start_s| start_s + by_s);
    }
    activity.utc_offset_s = activity.utc_offset_s.or(Some(ahead_s));
}

/// Nothing shows what the points mean: a start by another clock says nothing beside them.
fn leave_on_the_wall(activity: &mut Activity, has_zone: &HasZone) {
    if activity.samples.is_empty() && has_zone.start {
        return;
    }
    (activity.clock, activity.may_be_utc) = (Clock::Wall, true);
    if has_zone.start {
        activity.start_unix_s = None;
    }
    let laps = activity.laps.iter_mut().zip(&has_zone.laps);
    for (lap, _) in laps.filter(|(_, has)| **has) {
        lap.start_unix_s = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clean::fixture::steady, model::Lap};

    const T0: f64 = 1_740_000_000.0;
    const HOUR_S: f64 = 3600.0;

    /// Where points at T0 and a start and a lap so many hours later come to, h after T0, and the offset; `zones` of points, start, lap.
    fn check(
        start_h: Option<f64>,
        lap_h: Option<f64>,
        zones: [bool; 3],
        written_h: Option<f64>,
        expected: (f64, Option<f64>, Option<f64>, Option<i32>, Clock),
    ) {
        let mut activity = steady(600, 3.0);
        activity.start_unix_s = start_h.map(|h| T0 + h * HOUR_S);
        activity.laps = vec![Lap {
            start_unix_s: lap_h.map(|h| T0 + h * HOUR_S),
            ..Lap::default()
        }];
        let [points, start, lap] = zones;
        let has_zone = HasZone {
            points,
            start,
            laps: vec![lap],
        };
        settle(&mut activity, &has_zone, written_h.map(|h| T0 + h * HOUR_S));
        let hours = |unix_s: f64| (unix_s - T0) / HOUR_S;
        let found = (
            hours(activity.samples.time_s[0]),
            activity.start_unix_s.map(hours),
            activity.laps[0].start_unix_s.map(hours),
            activity.utc_offset_s,
            activity.clock,
        );
        assert_eq!(found, expected);
        assert_eq!(activity.may_be_utc, activity.clock == Clock::Wall);
    }

    #[test]
    fn a_time_with_a_zone_says_what_those_without_one_mean() {
        use Clock::{Utc, Wall};
        let (two, none) = (Some(2.0), None);
        // All have one.
        check(
            Some(0.0),
            two,
            [true; 3],
            none,
            (0.0, Some(0.0), two, None, Utc),
        );
        // The start and the lap are local, two hours ahead.
        let there = (0.0, Some(0.0), Some(0.0), Some(7200), Utc);
        check(two, two, [true, false, false], none, there);
        // The points are local, and the start or the lap alone is not.
        let moved = (2.0, Some(2.0), Some(2.0), Some(-7200), Utc);
        check(two, Some(0.0), [false, true, false], none, moved);
        check(Some(0.0), two, [false, false, true], none, moved);
        // They are UTC's, though not written so.
        let stays = (0.0, Some(0.0), Some(0.0), None, Utc);
        check(Some(0.0), Some(0.0), [false, false, true], none, stays);
        check(Some(0.0), Some(0.0), [false; 3], Some(0.0), stays);
        // When the file was made says it where that was the start, and nothing when it was made later.
        check(
            none,
            none,
            [false; 3],
            two,
            (2.0, None, None, Some(-7200), Utc),
        );
        let unsaid = (0.0, Some(0.0), Some(0.0), None, Wall);
        check(Some(0.0), Some(0.0), [false; 3], Some(7.01), unsaid);
        check(Some(0.0), Some(0.0), [false; 3], none, unsaid);
        // A lap of another month shows nothing.
        check(
            Some(0.0),
            Some(700.3),
            [false, false, true],
            none,
            (0.0, Some(0.0), None, None, Wall),
        );
    }
}
