//! Distance: the device's total first, GPS length only where there is none.

use super::{Gift, HandOver, Metric, Rollup, Value};
use crate::{
    clean::Clean,
    model::DistanceSource,
    problem::{Code, Effect, Problem},
};

/// Device total and records further apart than this share are told (src/method/limits.md, Totals).
const MISMATCH: f64 = 0.05;

/// The column `distance_m`.
pub const DISTANCE_M: Metric = Metric {
    id: "distance_m",
    title: "Distance",
    unit: "m",
    decimals: 1,
    about: "How far the run was: the device's total; without one, the last distance among the records; without any, the length of the track.",
    empty: Some("the recording has neither"),
    origin: |run, _| run.distance_source.map(DistanceSource::in_words),
    any_sport: true,
    hand_over: HandOver::Gives(Gift {
        what: "distance",
        settles: None,
        has: |run| run.distance_m.is_some(),
        give: |to, from| {
            (to.distance_m, to.distance_source) = (from.distance_m, from.distance_source)
        },
    }),
    source: "FIT session total_distance, TCX DistanceMeters; src/method/formats.md, Distance",
    caveats: "GPS tracks are 5–80 % off where the fix was lost; treadmill distances depend on the watch's calibration.",
    rollup: Rollup::Sum,
    value: |run| Value::Number(run.distance_m),
};

/// The column `distance_source`.
pub const DISTANCE_SOURCE: Metric = Metric {
    id: "distance_source",
    title: "Distance source",
    unit: "",
    decimals: 0,
    about: "Where the distance came from: device, records, gps, or index (what the runner's account says, where the runner corrected it).",
    empty: None,
    origin: |_, _| Some("the best there was"),
    any_sport: false,
    hand_over: HandOver::Follows(&DISTANCE_M),
    source: "src/method/formats.md, Distance",
    caveats: "",
    rollup: Rollup::None,
    value: |run| {
        Value::Text(
            run.distance_source
                .map(|source| source.as_str().to_string()),
        )
    },
};

/// The run's distance, its source, and a problem where two sources disagree.
pub fn of(clean: &Clean) -> (Option<(f64, DistanceSource)>, Option<Problem>) {
    let (device, records) = (device_m(clean), recorded_m(clean));
    let is_derived = clean.distance_is_from_positions;
    match (device, records) {
        (Some(total), Some(last)) => (
            Some((total, DistanceSource::Device)),
            mismatch(total, last).filter(|_| !is_derived),
        ),
        (Some(total), None) => (Some((total, DistanceSource::Device)), None),
        (None, Some(last)) if is_derived => (Some((last, DistanceSource::Gps)), None),
        (None, Some(last)) => (Some((last, DistanceSource::Records)), None),
        (None, None) => (None, Some(no_distance())),
    }
}

/// The device's total.
fn device_m(clean: &Clean) -> Option<f64> {
    let total = clean.activity.totals.distance_m;
    total.filter(|metres| metres.is_finite() && *metres > 0.0)
}

/// How far the records reach.
fn recorded_m(clean: &Clean) -> Option<f64> {
    let mut distances = clean.activity.samples.distance_m.iter().copied();
    let last = distances.rfind(|metres| !metres.is_nan());
    last.filter(|metres| *metres > 0.0)
}

fn mismatch(total_m: f64, last_m: f64) -> Option<Problem> {
    let off = (last_m / total_m - 1.0).abs();
    (off > MISMATCH).then(|| {
        Problem::new(
            Code::DistanceMismatch,
            Effect::Noted,
            "",
            format!("the device's total is {total_m:.0} m, its records end at {last_m:.0} m"),
            "The device's total is used.",
        )
    })
}

fn no_distance() -> Problem {
    Problem::new(
        Code::NoDistance,
        Effect::Noted,
        "",
        "no distance and no positions",
        "The run counts with its time only.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{clean, fixture::steady};

    fn check(
        total_m: Option<f64>,
        last_m: Option<f64>,
        expected: Option<(f64, DistanceSource)>,
        problem: Option<Code>,
    ) {
        let mut activity = steady(2, 0.0);
        activity.totals.distance_m = total_m;
        activity.samples.distance_m = last_m.map_or(Vec::new(), |m| vec![0.0, m]);
        activity.samples.time_s[1] += 10_000.0;
        let (distance, found) = of(&clean(activity).0);
        assert_eq!(distance, expected);
        assert_eq!(found.map(|p| p.code), problem);
    }

    #[test]
    fn the_device_comes_first() {
        check(
            Some(5000.0),
            Some(4990.0),
            Some((5000.0, DistanceSource::Device)),
            None,
        );
        check(
            Some(5000.0),
            Some(4751.0),
            Some((5000.0, DistanceSource::Device)),
            None,
        );
        check(
            Some(5000.0),
            Some(4749.0),
            Some((5000.0, DistanceSource::Device)),
            Some(Code::DistanceMismatch),
        );
        check(
            None,
            Some(4990.0),
            Some((4990.0, DistanceSource::Records)),
            None,
        );
        check(Some(0.0), None, None, Some(Code::NoDistance));
    }
}
