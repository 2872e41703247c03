//! Device totals: what no runner can have done, or no heart can have beaten, is not believed.

use super::{MAX_SPEED_M_S, repaired};
use crate::{
    model::{Activity, Totals},
    problem::{Code, Problem},
    units::counted,
};

/// The device's distance is set aside where its own records say less than half or more than twice as much
/// (src/method/limits.md, Totals).
const DISTANCE_FACTOR: f64 = 2.0;
/// Steeper than any hill over a whole run: ascent of more than half the distance.
const MAX_ASCENT_SHARE: f64 = 0.5;
/// Longest time a total can be believed to tell, s: ten days, for stage races.
const MAX_TIME_S: f64 = 10.0 * 86_400.0;

/// Without any time a distance is held to a day's, s.
const UNTIMED_S: f64 = 86_400.0;

/// Drops totals that cannot be, naming how many.
pub(super) fn repair(activity: &mut Activity, problems: &mut Vec<Problem>) {
    let mut distances = activity.samples.distance_m.iter().copied();
    let last_m = distances.rfind(|distance| !distance.is_nan());
    let dropped = drop_impossible(&mut activity.totals, last_m);
    if !dropped.is_empty() {
        problems.push(set_aside(&dropped));
    }
}

/// Returns the names of those dropped. Times go first: by them a distance is judged, and by that a climb.
fn drop_impossible(totals: &mut Totals, last_m: Option<f64>) -> Vec<&'static str> {
    let mut dropped = Dropped::default();
    let is_short = |s: f64| s <= MAX_TIME_S;
    dropped.unless(&mut totals.elapsed_s, "elapsed time", is_short);
    dropped.unless(&mut totals.timer_s, "timer time", is_short);
    dropped.unless(&mut totals.moving_s, "moving time", is_short);
    let reach_m = longest_s(totals).unwrap_or(UNTIMED_S) * MAX_SPEED_M_S;
    let is_reached = |m: f64| m <= reach_m && !contradicts(m, last_m);
    dropped.unless(&mut totals.distance_m, "distance", is_reached);
    let distance_m = totals.distance_m.or(last_m);
    let can_climb = |m: f64| is_climbed(m, distance_m);
    dropped.unless(&mut totals.ascent_m, "ascent", can_climb);
    dropped.unless(&mut totals.descent_m, "descent", can_climb);
    let beats = |bpm: f64| (25.0..=250.0).contains(&bpm);
    dropped.unless(&mut totals.heart_rate_mean_bpm, "mean heart rate", beats);
    dropped.unless(&mut totals.heart_rate_max_bpm, "highest heart rate", beats);
    dropped.0
}

/// The names of totals that were dropped.
#[derive(Default)]
struct Dropped(Vec<&'static str>);

impl Dropped {
    fn unless(
        &mut self,
        value: &mut Option<f64>,
        name: &'static str,
        is_possible: impl Fn(f64) -> bool,
    ) {
        if value.is_some_and(|v| !v.is_finite() || v < 0.0 || !is_possible(v)) {
            *value = None;
            self.0.push(name);
        }
    }
}

fn set_aside(dropped: &[&str]) -> Problem {
    let totals = counted(dropped.len(), "total of the device", "totals of the device");
    repaired(
        Code::BadValue,
        format!("{totals} that cannot be: {}", dropped.join(", ")),
        "They were set aside; the records are used instead.",
    )
}

fn is_climbed(metres: f64, distance_m: Option<f64>) -> bool {
    distance_m.is_none_or(|distance| metres <= MAX_ASCENT_SHARE * distance.max(100.0))
}

/// The longest of the times the device gives; a manual entry's timer may be 0.
fn longest_s(totals: &Totals) -> Option<f64> {
    let times = [totals.timer_s, totals.elapsed_s, totals.moving_s];
    times
        .into_iter()
        .flatten()
        .filter(|s| *s > 0.0)
        .reduce(f64::max)
}

fn contradicts(total_m: f64, last_m: Option<f64>) -> bool {
    last_m.is_some_and(|last| {
        last > 0.0 && total_m > 0.0 && (last / total_m).max(total_m / last) > DISTANCE_FACTOR
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::fixture::steady;

    fn check(change: fn(&mut Totals), expected: &str) {
        let mut activity = steady(1201, 3.0);
        activity.totals.timer_s = Some(1200.0);
        change(&mut activity.totals);
        let mut problems = Vec::new();
        repair(&mut activity, &mut problems);
        let found = problems.first().map_or("", |problem| {
            problem.detail.rsplit(": ").next().unwrap_or_default()
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn only_what_a_runner_can_do_is_believed() {
        check(|totals| totals.distance_m = Some(3600.0), "");
        check(|totals| totals.distance_m = Some(7200.0), "");
        check(|totals| totals.distance_m = Some(7201.0), "distance");
        check(|totals| totals.distance_m = Some(1799.0), "distance");
        check(|totals| totals.distance_m = Some(f64::INFINITY), "distance");
        check(
            |totals| totals.heart_rate_max_bpm = Some(9999.0),
            "highest heart rate",
        );
        check(|totals| totals.ascent_m = Some(1801.0), "ascent");
        check(|totals| totals.ascent_m = Some(1800.0), "");
        check(|totals| totals.elapsed_s = Some(900_000.0), "elapsed time");
    }

    #[test]
    fn a_manual_entry_is_held_to_its_time() {
        let mut activity = steady(0, 3.0);
        activity.totals = Totals {
            distance_m: Some(5_000_000.0),
            elapsed_s: Some(1200.0),
            ..Totals::default()
        };
        let mut problems = Vec::new();
        repair(&mut activity, &mut problems);
        assert_eq!(activity.totals.distance_m, None);
        // Nor does a time that cannot be, or none, let every distance pass.
        for (elapsed_s, metres, kept) in [
            (Some(1e300), 1e300, None),
            (None, 2e6, None),
            (None, 9e5, Some(9e5)),
        ] {
            activity.totals = Totals {
                distance_m: Some(metres),
                elapsed_s,
                ..Totals::default()
            };
            repair(&mut activity, &mut Vec::new());
            assert_eq!(activity.totals.distance_m, kept);
        }
    }
}
