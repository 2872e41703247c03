//! Shoe: which one was worn, and how far it had run by then.

use super::{Gift, HandOver, Metric, Rollup, Value};
use crate::model::Run;
use std::collections::BTreeMap;

/// The column `shoe`.
pub const SHOE: Metric = Metric {
    id: "shoe",
    title: "Shoe",
    unit: "",
    decimals: 0,
    about: "The shoe worn: from the account export's gear, else from the pain log on days with one run.",
    empty: Some("not known"),
    origin: |_, _| None,
    any_sport: false,
    hand_over: HandOver::Gives(Gift {
        what: "shoe",
        settles: None,
        has: |run| run.shoe.is_some(),
        give: |to, from| to.shoe.clone_from(&from.shoe),
    }),
    source: "Garmin gear.json, Strava Activity Gear, the pain log's shoe; src/method/formats.md, Shoes",
    caveats: "What the runner chose in the app; a shoe forgotten there is not seen.",
    rollup: Rollup::None,
    value: |run| Value::Text(run.shoe.clone()),
};

/// The column `shoe_distance_m`.
pub const SHOE_DISTANCE_M: Metric = Metric {
    id: "shoe_distance_m",
    title: "Distance in this shoe",
    unit: "m",
    decimals: 1,
    about: "Distance of all recorded runs in this shoe up to and with this one.",
    empty: Some("the shoe is not known"),
    origin: |_, _| None,
    any_sport: false,
    hand_over: HandOver::Keeps,
    source: "the sum of distance_m",
    caveats: "Runs without a recording, and walks, are not in it.",
    rollup: Rollup::None,
    value: |run| Value::Number(run.shoe_distance_m),
};

/// Adds up the distance in each shoe. `runs` are by start.
pub fn accumulate(runs: &mut [Run]) {
    let mut so_far: BTreeMap<String, f64> = BTreeMap::new();
    for run in runs {
        let Some(shoe) = &run.shoe else { continue };
        let metres = so_far.entry(shoe.clone()).or_default();
        *metres += run.distance_m.unwrap_or(0.0);
        run.shoe_distance_m = Some(*metres);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture;

    #[test]
    fn each_shoe_has_its_own_sum() {
        let worn = |n: i64, shoe: Option<&str>, km: f64| Run {
            shoe: shoe.map(str::to_string),
            ..fixture::run(n, km)
        };
        let nowhere = Run {
            distance_m: None,
            ..worn(4, Some("blue"), 0.0)
        };
        let mut runs = vec![
            worn(0, Some("blue"), 5.0),
            worn(1, Some("red"), 3.0),
            worn(2, None, 9.0),
            nowhere,
            worn(5, Some("blue"), 7.0),
        ];
        accumulate(&mut runs);
        let sums: Vec<_> = runs.iter().map(|run| run.shoe_distance_m).collect();
        assert_eq!(
            sums,
            [
                Some(5000.0),
                Some(3000.0),
                None,
                Some(5000.0),
                Some(12_000.0)
            ]
        );
    }
}
