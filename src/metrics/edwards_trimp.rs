//! Edwards' TRIMP: minutes weighted by the zone of maximum heart rate they were spent in.

use super::{HandOver, Metric, Rollup, Value};

/// The column `edwards_trimp`.
pub const EDWARDS_TRIMP: Metric = Metric {
    id: "edwards_trimp",
    title: "Edwards' TRIMP",
    unit: "AU",
    decimals: 2,
    about: "Minutes times the weight of their zone, summed over the seconds at each heart rate: from 50 % of the maximum heart rate 1, from 60 % 2, from 70 % 3, from 80 % 4, from 90 % 5, below 50 % nothing.",
    empty: Some("heart rate for less than 80 % of the run, or the maximum heart rate not known"),
    origin: |_, _| Some("the heart rates stored in this file; a report takes the history's"),
    any_sport: true,
    hand_over: HandOver::Keeps,
    source: "Edwards 1993, The Heart Rate Monitor Book; src/method/formulas.md, Edwards' TRIMP",
    caveats: "The weights of the zones have no physiological validation, and one beat more or less can change the zone. Needs a true \
              maximum heart rate.",
    rollup: Rollup::SumIfComplete,
    value: |run| Value::Number(run.edwards_trimp),
};

/// Percent of the maximum heart rate from which minutes weigh this much, heaviest first; a lower bound belongs to its
/// zone (Edwards 1993; src/method/formulas.md, Edwards' TRIMP).
const ZONES: [(f64, f64); 5] = [
    (90.0, 5.0),
    (80.0, 4.0),
    (70.0, 3.0),
    (60.0, 2.0),
    (50.0, 1.0),
];

/// Edwards' TRIMP of the seconds spent at each heart rate, arbitrary units. None when the maximum is not above zero.
pub fn of(seconds: &[(u8, f32)], max_bpm: f64) -> Option<f64> {
    let minutes = |seconds: f32| f64::from(seconds) / 60.0;
    let beats = seconds.iter();
    let weighted = beats.map(|(bpm, seconds)| minutes(*seconds) * weight(*bpm, max_bpm));
    (max_bpm > 0.0).then(|| weighted.sum())
}

/// Products, not a quotient: 114 of 190 is exactly 60 %.
fn weight(bpm: u8, max_bpm: f64) -> f64 {
    let reaches = |percent: f64| f64::from(bpm) * 100.0 >= percent * max_bpm;
    ZONES
        .iter()
        .find(|(percent, _)| reaches(*percent))
        .map_or(0.0, |(_, weight)| *weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lower_bound_belongs_to_its_zone() {
        // One minute each; the zones of a maximum of 190 begin at 95, 114, 133, 152 and 171.
        for (bpm, expected) in [
            (94, 0.0),
            (95, 1.0),
            (113, 1.0),
            (114, 2.0),
            (132, 2.0),
            (133, 3.0),
            (152, 4.0),
            (171, 5.0),
            (220, 5.0),
        ] {
            assert_eq!(of(&[(bpm, 60.0)], 190.0), Some(expected), "{bpm}");
        }
    }

    #[test]
    fn minutes_add_up_and_no_maximum_gives_nothing() {
        // 2 · 1 + 0.5 · 5.
        assert_eq!(of(&[(100, 120.0), (180, 30.0)], 190.0), Some(4.5));
        assert_eq!(of(&[], 190.0), Some(0.0));
        assert_eq!(of(&[(150, 60.0)], 0.0), None);
        assert_eq!(of(&[(150, 60.0)], f64::NAN), None);
    }
}
