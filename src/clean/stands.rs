//! A distance that stands while the track goes on: a sensor that was found late, or lost on the way. The way of the track is put in.

use super::{
    headway::{self, Leg},
    repaired,
};
use crate::{
    model::{Activity, Lap, Samples},
    problem::{Code, Problem},
    units::{counted, number},
};
use std::ops::Range;

/// A distance that is the same for less than this is coarse, s.
const STOOD_S: f64 = 60.0;
/// How long the legs are by which a runner is seen to go on, s.
const LEG_S: f64 = 20.0;
/// A runner or walker who goes on, m/s; satellites alone wander less.
const GOES_ON_M_S: std::ops::RangeInclusive<f64> = 1.0..=7.0;
/// A column that ends within this share of the device's total, or this near, m, was stopped on purpose.
const WHOLE_SHARE: f64 = 0.01;
const WHOLE_M: f64 = 100.0;

/// Puts the track's way in where the distance stands and the positions go on, unless the device's total leaves it out too.
/// `track` makes the way along the positions, m.
pub(super) fn fill(
    activity: &mut Activity,
    problems: &mut Vec<Problem>,
    track: impl FnOnce(&Activity) -> Vec<f64>,
) {
    let stands = stands(&activity.samples);
    if stands.is_empty() || is_whole(activity) {
        return;
    }
    let went_on = stands.into_iter().filter(|stand| goes_on(activity, stand));
    let went_on: Vec<Range<usize>> = went_on.collect();
    if went_on.is_empty() {
        return;
    }
    let along_m = track(activity);
    if along_m.is_empty() {
        return;
    }
    if !is_in_metres(&activity.samples.distance_m, &along_m, &went_on) {
        return;
    }
    let added_m = put_in(&mut activity.samples.distance_m, &along_m, &went_on);
    problems.push(filled(went_on.len(), added_m));
}

/// The stretches in which the distance stays the same for a minute and more, though positions are known.
fn stands(samples: &Samples) -> Vec<Range<usize>> {
    let (time_s, distance_m) = (&samples.time_s, &samples.distance_m);
    let mut stands = Vec::new();
    if samples.latitude_deg.is_empty() {
        return stands;
    }
    let mut from = 0;
    for i in 1..=distance_m.len() {
        let is_same = i < distance_m.len() && distance_m[i] == distance_m[from];
        if is_same {
            continue;
        }
        if time_s[i - 1] - time_s[from] >= STOOD_S {
            stands.push(from..i);
        }
        from = i;
    }
    stands
}

/// Whether the column ends where the device's total does, or its laps.
fn is_whole(activity: &Activity) -> bool {
    let mut column = activity.samples.distance_m.iter().rev();
    let end_m = column.find(|metres| !metres.is_nan()).copied();
    let laps_m = || {
        let laps: Option<Vec<f64>> = activity
            .laps
            .iter()
            .map(|lap: &Lap| lap.distance_m)
            .collect();
        laps.filter(|laps| !laps.is_empty())
            .map(|laps| laps.iter().sum::<f64>())
    };
    let told_m = activity.totals.distance_m.or_else(laps_m);
    let is_near =
        |(end_m, told_m): (f64, f64)| (end_m - told_m).abs() <= WHOLE_M.min(WHOLE_SHARE * told_m);
    end_m.zip(told_m).is_some_and(is_near)
}

/// Whether the positions go on for most of the time.
fn goes_on(activity: &Activity, stand: &Range<usize>) -> bool {
    let legs = headway::legs(activity, stand.clone(), LEG_S);
    let seconds = |legs: &mut dyn Iterator<Item = &Leg>| legs.map(|leg| leg.seconds).sum::<f64>();
    let all_s = seconds(&mut legs.iter());
    let on_s = seconds(&mut legs.iter().filter(|leg| GOES_ON_M_S.contains(&leg.m_s())));
    on_s >= STOOD_S - LEG_S && 2.0 * on_s > all_s
}

/// Whether the distance tells the way of the track where it does not stand: in another unit nothing can be put in.
fn is_in_metres(distance_m: &[f64], along_m: &[f64], stands: &[Range<usize>]) -> bool {
    let told_m = led_m(distance_m);
    let stood_m: f64 = stands
        .iter()
        .map(|stand| led_m(&along_m[stand.clone()]))
        .sum();
    let factor = told_m / (led_m(along_m) - stood_m);
    (1.0 / SAME_UNIT..=SAME_UNIT).contains(&factor)
}

/// From the first to the last known value.
fn led_m(column: &[f64]) -> f64 {
    let mut known = column.iter().filter(|metres| !metres.is_nan());
    let first = known.next().copied().unwrap_or(0.0);
    known.next_back().map_or(0.0, |last| last - first)
}

/// A distance and a track in one unit differ by less than this factor.
const SAME_UNIT: f64 = 1.3;

/// Adds the way along each stand, and to all that is behind it. Returns how much in all, m.
fn put_in(distance_m: &mut [f64], along_m: &[f64], stands: &[Range<usize>]) -> f64 {
    let (mut added_m, mut last_m) = (0.0, f64::NAN);
    let mut stands = stands.iter().peekable();
    for i in 0..distance_m.len() {
        while stands.next_if(|stand| stand.end <= i).is_some() {}
        let stand = stands.peek().filter(|stand| stand.start < i);
        let step_m = along_m[i] - last_m;
        if stand.is_some() && step_m > 0.0 {
            added_m += step_m;
        }
        last_m = if along_m[i].is_nan() {
            last_m
        } else {
            along_m[i]
        };
        distance_m[i] += added_m;
    }
    added_m
}

fn filled(times: usize, metres: f64) -> Problem {
    repaired(
        Code::DistanceMismatch,
        format!(
            "distance: it stands still {} while the track goes on for {} m",
            counted(times, "time", "times"),
            number(metres, 0)
        ),
        "There the way of the track was put in.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::fixture::steady;

    /// Where ten minutes at 3 m/s along the equator end whose distance stands for the samples given, with this total, m.
    fn end_m(stood: Range<usize>, total_m: Option<f64>) -> (f64, usize) {
        let mut activity = steady(601, 3.0);
        activity.samples.latitude_deg = vec![0.0; 601];
        let east = |i| f64::from(i) * 3.0 / 111_195.08;
        activity.samples.longitude_deg = (0..601).map(east).collect();
        let lost_m = 3.0 * (stood.len() as f64 - 1.0);
        let stands_at_m = 3.0 * stood.start as f64;
        for (i, metres) in activity.samples.distance_m.iter_mut().enumerate() {
            if stood.contains(&i) {
                *metres = stands_at_m;
            } else if i >= stood.end {
                *metres -= lost_m;
            }
        }
        activity.totals.distance_m = total_m;
        let mut problems = Vec::new();
        fill(&mut activity, &mut problems, |_| {
            (0..601).map(|i| 3.0 * f64::from(i)).collect()
        });
        (activity.samples.distance_m[600].round(), problems.len())
    }

    #[test]
    fn the_way_of_the_track_is_put_in_where_the_distance_stands() {
        assert_eq!(end_m(0..301, None), (1800.0, 1));
        assert_eq!(end_m(200..301, None), (1800.0, 1));
        assert_eq!(end_m(200..301, Some(1800.0)), (1800.0, 1));
        // A short stand is a coarse distance; what the device's total leaves out as well was left out on purpose.
        assert_eq!(end_m(200..240, None), (1683.0, 0));
        assert_eq!(end_m(200..301, Some(1500.0)), (1500.0, 0));
    }
}
