//! Grade-adjusted distance: the flat distance that costs the same energy.

use super::{HandOver, Metric, Rollup, Value, sum, track::Track};
use crate::{clean::Clean, column};
use multiversion::multiversion;

/// The column `grade_adjusted_m`.
pub const GRADE_ADJUSTED_M: Metric = Metric {
    id: "grade_adjusted_m",
    title: "Grade-adjusted distance",
    unit: "m",
    decimals: 1,
    about: "The distance on the flat that costs the same energy: each stretch times C(grade)/C(0) of Minetti's polynomial, grade over at least 40 m of smoothed altitude, scaled to the run's distance. Stretches without altitude count as flat.",
    empty: None,
    origin: |_, _| None,
    any_sport: false,
    hand_over: HandOver::Follows(&super::climb::ASCENT_M),
    source: "Minetti 2002, J Appl Physiol 93:1039",
    caveats: "Energy, not tissue load: it underrates descents, which cost little and strain much.",
    rollup: Rollup::Sum,
    value: |run| Value::Number(run.grade_adjusted_m),
};

/// Steepest grade of Minetti's measurements, metres per metre.
const MAX_GRADE: f64 = 0.45;

/// Energy cost of running on a grade (rise over horizontal run), J/(kg·m); grades beyond ±0.45 are held there.
pub fn running_cost(grade: f64) -> f64 {
    let i = grade.clamp(-MAX_GRADE, MAX_GRADE);
    ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + 3.6
}

/// The flat distance of equal cost for stretches of so many metres, each on its grade; one that is not known counts as flat.
#[multiversion(targets("x86_64+avx2"))]
pub fn flat_equivalent_m(metres: &[f64], grades: &[f64]) -> f64 {
    let cost = |grade: &f64| running_cost(if grade.is_nan() { 0.0 } else { *grade });
    let costs: Vec<f64> = grades.iter().map(cost).collect();
    sum::of_products(&costs, metres) / running_cost(0.0)
}

/// Grade-adjusted distance of a run of `distance_m`.
pub fn of(clean: &Clean, track: &Track, distance_m: f64) -> f64 {
    let steps_m = steps(&clean.activity.samples.distance_m);
    let total_m = sum::of(&steps_m);
    let is_known = total_m > 0.0 && !track.grade.is_empty();
    if is_known {
        flat_equivalent_m(&steps_m, &track.grade) / total_m * distance_m
    } else {
        distance_m
    }
}

/// How far each sample lies from the last one before it whose distance is known; 0 where that or its own is not.
#[multiversion(targets("x86_64+avx2"))]
fn steps(distance_m: &[f64]) -> Vec<f64> {
    let whole = column::all(distance_m.iter(), |distance| !distance.is_nan());
    if !whole {
        return steps_between_known(distance_m);
    }
    let first = distance_m.first().map(|_| 0.0).into_iter();
    let steps = distance_m.windows(2).map(|pair| pair[1] - pair[0]);
    first.chain(steps).collect()
}

/// The same where distances are missing.
fn steps_between_known(distance_m: &[f64]) -> Vec<f64> {
    let mut last = f64::NAN;
    let step = |distance: &f64| {
        if distance.is_nan() {
            return 0.0;
        }
        let before = std::mem::replace(&mut last, *distance);
        if before.is_nan() {
            0.0
        } else {
            distance - before
        }
    };
    distance_m.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{clean, fixture::steady};

    #[test]
    fn grades_beyond_the_measured_ones_cost_what_the_steepest_cost() {
        for (grade, steepest) in [(0.60, 0.45), (-0.60, -0.45)] {
            assert_eq!(running_cost(grade), running_cost(steepest));
        }
    }

    #[test]
    fn a_scrap_of_altitude_says_nothing_of_the_rest() {
        let mut activity = steady(3000, 3.0);
        activity.samples.altitude_m = (0..3000)
            .map(|i| if i < 60 { 0.6 * i as f32 } else { f32::NAN })
            .collect();
        let (clean, _) = clean(activity);
        let adjusted = of(&clean, &Track::of(&clean), 8997.0);
        // At most 177 m at 20 %: C(0.2)/C(0) = 2.5019, so at most 177 · 1.5019 = 266 m more.
        assert!(adjusted > 8997.0 && adjusted < 8997.0 + 266.0, "{adjusted}");
    }

    #[test]
    fn a_steady_climb_costs_its_factor_and_no_altitude_costs_nothing() {
        let mut activity = steady(3600, 3.0);
        let flat = of(
            &clean(activity.clone()).0,
            &Track::of(&clean(activity.clone()).0),
            10_797.0,
        );
        assert_eq!(flat, 10_797.0);
        activity.samples.altitude_m = (0..3600).map(|i| 0.06 * 3.0 * i as f32 + 100.0).collect();
        let (clean, _) = clean(activity);
        let climbed = of(&clean, &Track::of(&clean), 10_797.0);
        // Smoothing flattens about 6 of the 3,600 s at each end: 12/3600 · 0.3686 = 0.0012.
        assert!(
            (climbed / 10_797.0 - 1.368626).abs() < 0.002,
            "{}",
            climbed / 10_797.0
        );
    }
}
