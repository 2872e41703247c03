//! Banister's TRIMP: minutes weighted by how far heart rate is up between rest and maximum.

use super::{HandOver, Metric, Rollup, Value};
use crate::model::Sex;

/// The column `trimp`.
pub const TRIMP: Metric = Metric {
    id: "trimp",
    title: "TRIMP",
    unit: "AU",
    decimals: 2,
    about: "Banister's training impulse, summed over the seconds at each heart rate: minutes · h · a · e^(b·h) with h = (HR − rest)/(max − rest) held within 0–1; a 0.64, b 1.92 for men and where the sex is not known, a 0.86, b 1.67 for women.",
    empty: Some(
        "heart rate for less than 80 % of the run, or the maximum heart rate not known (in a file alone the resting one too)",
    ),
    origin: |_, _| Some("the heart rates stored in this file; a report takes the history's"),
    any_sport: true,
    hand_over: HandOver::Keeps,
    source: "Banister 1991, Morton 1990; src/method/formulas.md, TRIMP",
    caveats: "Blind to descents and to strength work; as good as the maximum and the resting heart rate, which the report names: a usual 60 stands for a resting heart rate that is not known.",
    rollup: Rollup::SumIfComplete,
    value: |run| Value::Number(run.trimp),
};

/// The share of a run that must have heart rate (src/method/rules.md, Unit of load).
pub const NEEDED_SHARE: f64 = 0.8;

/// What is known of the runner's heart rates: what TRIMP is computed with, as far as it can be.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Basis {
    /// Resting heart rate, beats/min. None: not known, and no TRIMP.
    pub rest_bpm: Option<f64>,
    /// Maximum heart rate, beats/min. None: not known, and no TRIMP.
    pub max_bpm: Option<f64>,
    /// Sex; None takes the men's constants, and the report says so.
    pub sex: Option<Sex>,
}

/// TRIMP of the seconds spent at each heart rate. None when rest or maximum is not known, or rest not below maximum.
pub fn of(seconds: &[(u8, f32)], basis: Basis) -> Option<f64> {
    let rest_bpm = basis.rest_bpm?;
    let reserve = basis.max_bpm? - rest_bpm;
    let up = |bpm: u8| ((f64::from(bpm) - rest_bpm) / reserve).clamp(0.0, 1.0);
    let (a, b) = constants(basis.sex);
    let weight = |h: f64| h * a * (b * h).exp();
    let beats = seconds.iter();
    let weighted = beats.map(|(bpm, seconds)| f64::from(*seconds) / 60.0 * weight(up(*bpm)));
    (reserve > 0.0).then(|| weighted.sum())
}

/// Banister's a and b.
fn constants(sex: Option<Sex>) -> (f64, f64) {
    match sex {
        Some(Sex::Female) => (0.86, 1.67),
        Some(Sex::Male) | None => (0.64, 1.92),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn an_hour(rest_bpm: Option<f64>, max_bpm: Option<f64>, sex: Option<Sex>) -> Option<f64> {
        of(
            &[(155, 3600.0)],
            Basis {
                rest_bpm,
                max_bpm,
                sex,
            },
        )
    }

    #[test]
    fn an_unknown_sex_takes_the_mens_constants() {
        let of_sex = |sex| an_hour(Some(55.0), Some(190.0), sex);
        assert_eq!(of_sex(None), of_sex(Some(Sex::Male)));
        assert!(of_sex(None) < of_sex(Some(Sex::Female)));
    }

    #[test]
    fn without_rest_below_maximum_there_is_nothing() {
        for (rest_bpm, max_bpm) in [
            (Some(190.0), Some(190.0)),
            (Some(200.0), Some(190.0)),
            (None, Some(190.0)),
            (Some(55.0), None),
        ] {
            assert_eq!(
                an_hour(rest_bpm, max_bpm, None),
                None,
                "{rest_bpm:?} {max_bpm:?}"
            );
        }
    }
}
