//! Banister's TRIMP: minutes weighted by how far heart rate is up between rest and maximum.

use super::{Metric, Rollup, Value};
use crate::model::Sex;

/// The column `trimp`.
pub const TRIMP: Metric = Metric {
    id: "trimp",
    title: "TRIMP",
    unit: "AU",
    decimals: 2,
    about: "Banister's training impulse, summed over the seconds at each heart rate: minutes · h · a · e^(b·h) with \
            h = (HR − rest)/(max − rest) held within 0–1; a 0.64, b 1.92 for men and where the sex is not known, a 0.86, b 1.67 \
            for women. Empty: heart rate for less than 80 % of the run, or maximum or resting heart rate not known.",
    source: "Banister 1991, Morton 1990; formulas.md",
    caveats: "Blind to descents and to strength work; needs a true maximum and resting heart rate.",
    rollup: Rollup::SumIfComplete,
    value: |run| Value::Number(run.trimp),
};

/// The share of a run that must have heart rate (rules.md B).
pub const NEEDED_SHARE: f64 = 0.8;

/// What TRIMP is computed with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basis {
    /// Resting heart rate, beats/min.
    pub rest_bpm: f64,
    /// Maximum heart rate, beats/min.
    pub max_bpm: f64,
    /// Sex; None takes the men's constants, and the report says so.
    pub sex: Option<Sex>,
}

/// TRIMP of the seconds spent at each heart rate. None when rest is not below maximum.
pub fn of(seconds: &[(u8, f32)], basis: Basis) -> Option<f64> {
    let reserve = basis.max_bpm - basis.rest_bpm;
    let (a, b) = match basis.sex {
        Some(Sex::Female) => (0.86, 1.67),
        Some(Sex::Male) | None => (0.64, 1.92),
    };
    (reserve > 0.0).then(|| {
        let weight = |bpm: u8| {
            let h = ((f64::from(bpm) - basis.rest_bpm) / reserve).clamp(0.0, 1.0);
            h * a * (b * h).exp()
        };
        seconds.iter().map(|(bpm, seconds)| f64::from(*seconds) / 60.0 * weight(*bpm)).sum()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(minutes_at: &[(f32, u8)], rest_bpm: f64, max_bpm: f64, sex: Sex, expected: f64) {
        let seconds: Vec<(u8, f32)> = minutes_at.iter().map(|(minutes, bpm)| (*bpm, minutes * 60.0)).collect();
        let found = of(&seconds, Basis { rest_bpm, max_bpm, sex: Some(sex) }).unwrap();
        assert!((found - expected).abs() < 1e-6, "{found} against {expected}");
    }

    #[test]
    fn the_table_of_formulas() {
        check(&[(60.0, 155)], 55.0, 190.0, Sex::Male, 117.939_890);
        check(&[(60.0, 155)], 55.0, 190.0, Sex::Female, 131.690_453);
        check(&[(30.0, 140), (30.0, 170)], 55.0, 190.0, Sex::Male, 124.436_641);
        check(&[(30.0, 130)], 40.0, 200.0, Sex::Male, 31.802_539);
        check(&[(10.0, 50)], 55.0, 190.0, Sex::Male, 0.0);
        check(&[(10.0, 200)], 55.0, 190.0, Sex::Male, 43.654_134);
    }

    #[test]
    fn rest_above_maximum_gives_nothing() {
        assert_eq!(of(&[(150, 60.0)], Basis { rest_bpm: 190.0, max_bpm: 190.0, sex: None }), None);
    }
}
