//! Distance along the run: the device's where it has one, else added up from positions inside recorded stretches.

use super::{MAX_SPEED_M_S, position::haversine_m};
use crate::{
    column,
    model::{Activity, Samples},
    problem::{Code, Effect, Problem},
    units::counted,
};

/// A distance that falls below this share of the last one and then rises again has been started anew (a lap, a second part).
const RESTART_SHARE: f64 = 0.05;

/// Joins distances that start anew, blanks those that fall or leap, and fills an absent column from positions.
/// Returns whether the column was made from positions.
pub(super) fn repair(activity: &mut Activity, problems: &mut Vec<Problem>) -> bool {
    if !is_believable(&activity.samples) {
        join_restarts(&mut activity.samples, problems);
        blank_impossible(&mut activity.samples, problems);
    }
    let from_positions = activity.samples.distance_m.is_empty();
    if from_positions {
        activity.samples.distance_m = from_positions_m(activity, problems);
    }
    from_positions && !activity.samples.distance_m.is_empty()
}

/// Whether every distance is there, none falls and none leaps: nothing is to be repaired.
fn is_believable(samples: &Samples) -> bool {
    let (time, distance) = (&samples.time_s, &samples.distance_m);
    let steps = time.windows(2).zip(distance.windows(2));
    let ends = distance
        .first()
        .zip(distance.last())
        .is_some_and(|(first, last)| *first >= 0.0 && *last > 0.0);
    // Without a way out in the middle, so that several steps are compared at once.
    ends && column::all(steps, |(time, distance)| {
        (distance[0] <= distance[1]) & is_step(time[1] - time[0], distance[1] - distance[0])
    })
}

/// Whether anyone can run so far in so long, with room for a distance that comes late.
fn is_step(seconds: f64, metres: f64) -> bool {
    let at_least_one = if seconds > 1.0 { seconds } else { 1.0 };
    metres <= MAX_SPEED_M_S * at_least_one + 100.0
}

/// Some files count each lap from zero: what came before is added to it.
fn join_restarts(samples: &mut Samples, problems: &mut Vec<Problem>) {
    let Some(start) = samples.time_s.first().copied() else {
        return;
    };
    let (mut before, mut last, mut restarts) = (0.0, 0.0, 0);
    for (time, distance) in samples
        .time_s
        .iter()
        .zip(&mut samples.distance_m)
        .filter(|(_, d)| d.is_finite())
    {
        let was_run = last > 100.0 && last <= MAX_SPEED_M_S * (time - start);
        if *distance < RESTART_SHARE * last && was_run {
            before += last;
            restarts += 1;
        }
        last = *distance;
        *distance += before;
    }
    if restarts > 0 {
        let detail = format!(
            "the distance starts anew {}",
            counted(restarts, "time", "times")
        );
        problems.push(Problem::new(
            Code::BadValue,
            Effect::Repaired,
            "",
            detail,
            "The parts were added up.",
        ));
    }
}

fn blank_impossible(samples: &mut Samples, problems: &mut Vec<Problem>) {
    let mut blanked = 0;
    let mut last: Option<(f64, f64)> = None;
    for (time, distance) in samples
        .time_s
        .iter()
        .zip(&mut samples.distance_m)
        .filter(|(_, d)| !d.is_nan())
    {
        let possible = distance.is_finite()
            && *distance >= 0.0
            && last.is_none_or(|(t, d)| *distance >= d && is_step(time - t, *distance - d));
        if possible {
            last = Some((*time, *distance));
        } else {
            *distance = f64::NAN;
            blanked += 1;
        }
    }
    // Where most of it cannot be believed, the rest cannot either.
    let known = samples
        .distance_m
        .iter()
        .filter(|distance| !distance.is_nan())
        .count();
    if last.is_none_or(|(_, d)| d == 0.0) || blanked > known {
        samples.distance_m.clear();
    }
    if blanked > 0 {
        problems.push(Problem::new(
            Code::BadValue,
            Effect::Repaired,
            "",
            format!(
                "{} that fell or leapt",
                counted(blanked, "distance", "distances")
            ),
            "They were taken as missing.",
        ));
    }
}

/// Cumulative great-circle distance, inside segments only (src/method/formats.md, Distance): a step that is mostly pause adds
/// nothing, and a step faster than anyone runs drops its point.
fn from_positions_m(activity: &Activity, problems: &mut Vec<Problem>) -> Vec<f64> {
    let samples = &activity.samples;
    let mut pauses = super::time::Pauses::new(&activity.pauses);
    let mut last: Option<(f64, (f64, f64))> = None;
    let (mut total, mut jumps, mut jumps_in_a_row) = (0.0, 0, 0);
    let mut column = Vec::with_capacity(samples.latitude_deg.len());
    for ((time, latitude), longitude) in samples
        .time_s
        .iter()
        .zip(&samples.latitude_deg)
        .zip(&samples.longitude_deg)
    {
        if latitude.is_nan() {
            column.push(f64::NAN);
            continue;
        }
        let here = (*latitude, *longitude);
        if let Some((last_time, there)) = last {
            let step_m = haversine_m(there, here);
            let paused = pauses.overlap(last_time, *time) > (time - last_time) / 2.0;
            let leap = step_m > MAX_SPEED_M_S * (time - last_time).max(1.0);
            // Three leaps in a row mean that the runner really is elsewhere now (a tunnel, a lift, a lost fix).
            if leap && jumps_in_a_row < 3 {
                jumps += 1;
                jumps_in_a_row += 1;
                column.push(f64::NAN);
                continue;
            }
            total += if paused || leap { 0.0 } else { step_m };
        }
        jumps_in_a_row = 0;
        last = Some((*time, here));
        column.push(total);
    }
    if jumps > 0 {
        let detail = format!(
            "{} further than anyone runs",
            counted(jumps, "position leapt", "positions leapt")
        );
        problems.push(Problem::new(
            Code::SpeedSpike,
            Effect::Repaired,
            "",
            detail,
            "They were left out of the distance.",
        ));
    }
    if total > 0.0 { column } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clean::fixture::steady, model::Span};

    /// Points along the equator, `step_deg` of longitude apart.
    fn along_equator(longitudes_deg: &[f64]) -> Activity {
        let mut activity = steady(longitudes_deg.len(), 3.0);
        activity.samples.distance_m.clear();
        activity.samples.latitude_deg = vec![0.0; longitudes_deg.len()];
        activity.samples.longitude_deg = longitudes_deg.to_vec();
        activity
    }

    fn total(activity: &mut Activity) -> (f64, Vec<Code>) {
        let mut problems = Vec::new();
        assert!(repair(activity, &mut problems));
        let last = activity
            .samples
            .distance_m
            .iter()
            .copied()
            .rfind(|d| !d.is_nan())
            .unwrap();
        (last, problems.iter().map(|p| p.code).collect())
    }

    #[test]
    fn positions_add_up_and_leaps_do_not() {
        // 0.00003° of longitude on the equator is 3.3359 m.
        let (metres, codes) = total(&mut along_equator(&[10.0, 10.00003, 10.00006]));
        assert!((metres - 2.0 * 3.3359).abs() < 0.001, "{metres}");
        assert!(codes.is_empty());
        let (metres, codes) = total(&mut along_equator(&[10.0, 11.0, 10.00003, 10.00006]));
        assert!((metres - 2.0 * 3.3359).abs() < 0.001, "{metres}");
        assert_eq!(codes, [Code::SpeedSpike]);
    }

    #[test]
    fn a_pause_adds_no_distance() {
        let mut activity = along_equator(&[10.0, 10.00003, 10.001]);
        let t0 = activity.samples.time_s[0];
        activity.samples.time_s[2] = t0 + 600.0;
        activity.pauses = vec![Span {
            from_s: t0 + 2.0,
            to_s: t0 + 599.0,
        }];
        let (metres, _) = total(&mut activity);
        assert!((metres - 3.3359).abs() < 0.001, "{metres}");
    }

    #[test]
    fn laps_counted_from_zero_are_added_up() {
        let mut activity = steady(0, 3.0);
        activity.samples.distance_m = (0..1000).map(|i| f64::from(i % 250) * 3.0).collect();
        activity.samples.time_s = (0..1000).map(|i| 1_740_000_000.0 + f64::from(i)).collect();
        let mut problems = Vec::new();
        repair(&mut activity, &mut problems);
        // Four laps of 249 steps of 3 m.
        assert_eq!(
            activity.samples.distance_m.last(),
            Some(&(4.0 * 249.0 * 3.0))
        );
        assert_eq!(problems[0].detail, "the distance starts anew 3 times");
    }

    #[test]
    fn one_early_outlier_does_not_cost_the_rest() {
        let mut activity = along_equator(&[10.0, 10.00003, 10.00006, 10.00009]);
        activity.samples.distance_m = vec![500_000.0, 500_001.0, 4.0, 2.0];
        activity.samples.distance_m[1] = 3.0;
        let (metres, _) = total(&mut activity);
        assert!((metres - 3.0 * 3.3359).abs() < 0.001, "{metres}");
    }

    #[test]
    fn device_distance_never_falls() {
        let mut activity = steady(5, 3.0);
        activity.samples.distance_m = vec![0.0, 3.0, 2.0, f64::INFINITY, 9.0];
        let mut problems = Vec::new();
        assert!(!repair(&mut activity, &mut problems));
        let kept: Vec<f64> = activity
            .samples
            .distance_m
            .iter()
            .copied()
            .filter(|d| !d.is_nan())
            .collect();
        assert_eq!(kept, [0.0, 3.0, 9.0]);
        assert_eq!(problems[0].detail, "2 distances that fell or leapt");
    }
}
