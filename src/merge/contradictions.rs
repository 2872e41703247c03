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
    let details = [
        other_distance(kept, listed),
        other_time(kept, listed),
        other_sport(kept, listed),
    ];
    details.into_iter().flatten().map(problem).collect()
}

fn other_distance(kept: &Run, listed: &Run) -> Option<String> {
    let (kept, listed) = (kept.distance_m, listed.distance_m);
    differs((kept, listed), SMALL_M).then(|| numbers_text(listed, kept, "m"))
}

fn other_time(kept: &Run, listed: &Run) -> Option<String> {
    let time = |run: &Run| run.elapsed_s.or(run.timer_s);
    has_other_time(kept, listed).then(|| numbers_text(time(listed), time(kept), "s"))
}

fn other_sport(kept: &Run, listed: &Run) -> Option<String> {
    let is_other = kept.is_run() != listed.is_run() && !listed.sport.is_open();
    let (listed, kept) = (words(listed), words(kept));
    is_other.then(|| format!("the index calls it {listed}, the recording {kept}"))
}

/// A service may count time moving where the watch counts time with the timer on: both must differ.
fn has_other_time(kept: &Run, listed: &Run) -> bool {
    let times = [
        (kept.elapsed_s, listed.elapsed_s),
        (kept.timer_s, listed.timer_s),
    ];
    let mut known = times
        .into_iter()
        .filter(|(a, b)| a.is_some() && b.is_some());
    let is_known = known.clone().next().is_some();
    is_known && known.all(|pair| differs(pair, SMALL_S))
}

fn differs((a, b): (Option<f64>, Option<f64>), small: f64) -> bool {
    let is_large = a.zip(b).is_some_and(|(a, b)| (a - b).abs() > small);
    is_large && alike(a, b, SIZE_SHARE) == Some(false)
}

fn numbers_text(listed: Option<f64>, kept: Option<f64>, unit: &str) -> String {
    let (listed, kept) = (number_text(listed), number_text(kept));
    format!("the index says {listed} {unit}, the recording {kept} {unit}")
}

fn number_text(value: Option<f64>) -> String {
    value.map_or("nothing".to_string(), |value| units::number(value, 0))
}

fn problem(detail: String) -> Problem {
    let consequence = "The recording was believed.";
    Problem::new(Code::TotalsDiffer, Effect::Noted, "", detail, consequence)
}

fn words(run: &Run) -> String {
    run.sport.0.replace('_', " ")
}
