//! Where a line of an account's index and its recording say different things.

use super::alike::{SIZE_SHARE, alike};
use crate::{
    model::Run,
    problem::{Code, Effect, Problem},
    units,
};

/// Differences below these are not worth a word, m and s.
const SMALL_M: f64 = 200.0;
const SMALL_S: f64 = 60.0;

/// Where a line and its recording say different things; the recording is believed.
pub(super) fn contradictions(kept: &Run, listed: &Run) -> Vec<Problem> {
    let differs = |a: Option<f64>, b: Option<f64>, small: f64| {
        alike(a, b, SIZE_SHARE) == Some(false)
            && a.zip(b).is_some_and(|(a, b)| (a - b).abs() > small)
    };
    let number =
        |value: Option<f64>| value.map_or("nothing".to_string(), |value| units::number(value, 0));
    let mut problems = Vec::new();
    let mut note = |detail: String| {
        let consequence = "The recording was believed.";
        problems.push(Problem::new(
            Code::TotalsDiffer,
            Effect::Noted,
            "",
            detail,
            consequence,
        ));
    };
    if differs(kept.distance_m, listed.distance_m, SMALL_M) {
        note(format!(
            "the index says {} m, the recording {} m",
            number(listed.distance_m),
            number(kept.distance_m)
        ));
    }
    // A service may count time moving where the watch counts time with the timer on: both must differ.
    let times = [
        (kept.elapsed_s, listed.elapsed_s),
        (kept.timer_s, listed.timer_s),
    ];
    if times.iter().any(|(a, b)| a.is_some() && b.is_some())
        && times
            .iter()
            .all(|(a, b)| a.is_none() || b.is_none() || differs(*a, *b, SMALL_S))
    {
        let (kept, listed) = (
            kept.elapsed_s.or(kept.timer_s),
            listed.elapsed_s.or(listed.timer_s),
        );
        note(format!(
            "the index says {} s, the recording {} s",
            number(listed),
            number(kept)
        ));
    }
    if kept.is_run() != listed.is_run() && !listed.sport.is_open() {
        note(format!(
            "the index calls it {}, the recording {}",
            words(listed),
            words(kept)
        ));
    }
    problems
}

fn words(run: &Run) -> String {
    run.sport.0.replace('_', " ")
}
