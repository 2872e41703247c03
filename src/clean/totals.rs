//! Device totals that no heart and no legs can have: they are set aside. What several sources claim is weighed in `trust`.

use super::repaired;
use crate::{
    model::Totals,
    problem::{Code, Problem},
    units::counted,
};

/// Metres climbed that no total can believably exceed: the height of the highest mountain and more, in one outing.
const MAX_CLIMB_M: f64 = 20_000.0;

/// Drops totals that cannot be, naming how many.
pub(super) fn repair(totals: &mut Totals, problems: &mut Vec<Problem>) {
    let dropped = drop_impossible(totals);
    if !dropped.is_empty() {
        problems.push(set_aside(&dropped));
    }
}

/// Returns the names of those dropped.
fn drop_impossible(totals: &mut Totals) -> Vec<&'static str> {
    let mut dropped = Dropped::default();
    let can_climb = |m: f64| m <= MAX_CLIMB_M;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(change: fn(&mut Totals), expected: &str) {
        let mut totals = Totals::default();
        change(&mut totals);
        let mut problems = Vec::new();
        repair(&mut totals, &mut problems);
        let found = problems.first().map_or("", |problem| {
            problem.detail.rsplit(": ").next().unwrap_or_default()
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn only_what_a_body_can_do_is_believed() {
        check(
            |totals| totals.heart_rate_max_bpm = Some(9999.0),
            "highest heart rate",
        );
        check(|totals| totals.heart_rate_mean_bpm = Some(150.0), "");
        check(|totals| totals.ascent_m = Some(65_535.0), "ascent");
        check(|totals| totals.ascent_m = Some(f64::NAN), "ascent");
        check(|totals| totals.descent_m = Some(1800.0), "");
    }
}
