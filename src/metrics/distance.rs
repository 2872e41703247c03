//! Distance: what the witnesses come to ([`crate::trust`]).

use super::{Gift, HandOver, Metric, Rollup, Value};
use crate::{
    model::DistanceSource,
    trust::{By, Verdict},
};

/// The column `distance_m`.
pub const DISTANCE_M: Metric = Metric {
    id: "distance_m",
    title: "Distance",
    unit: "m",
    decimals: 1,
    about: "How far the run was. The device's total, the laps, the records, the track and speed times time are heard: two of different origin that agree within 5 % beat one, and what no runner can do (faster than 2:30 min/km over more than 400 m) is out. Where nothing decides, they come in this order.",
    empty: Some("the recording has none, or none that a runner can reach"),
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
    about: "Where the distance came from: device, laps, records, gps (the length of the track), speed (speed times time) or index (the account's own figure).",
    empty: None,
    origin: |_, _| Some("the one that was believed"),
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

/// The run's distance and where it is from.
pub fn of(verdict: &Verdict) -> Option<(f64, DistanceSource)> {
    let believed = verdict.believed()?;
    Some((believed.value, source(believed.by)))
}

fn source(by: By) -> DistanceSource {
    match by {
        By::Device | By::WholeFile => DistanceSource::Device,
        By::Laps | By::LastLap => DistanceSource::Laps,
        By::Records => DistanceSource::Records,
        By::Track => DistanceSource::Gps,
        By::Speed => DistanceSource::Speed,
    }
}
