//! Where a line of an account's index and its recording say different things.

use super::said::{Said, differs, has_other_time};
use crate::{
    model::Run,
    problem::{Code, Effect, Problem},
    units,
};

/// A smaller difference is not worth a word, m.
const SMALL_M: f64 = 50.0;

/// Where a line says what none of its recordings does and what was no correction; the recording is believed. `said` is what each of
/// them says, as it was recorded.
pub(super) fn contradictions(kept: &Run, said: &[Said], listed: &Run) -> Vec<Problem> {
    let all = [said, &[Said::of(kept)]].concat();
    let details = [
        other_distance(kept, &all, listed),
        other_time(kept, &all, listed),
        other_sport(kept, &all, listed),
    ];
    details.into_iter().flatten().map(problem).collect()
}

fn other_distance(kept: &Run, said: &[Said], listed: &Run) -> Option<String> {
    let is_other = |said: &Said| differs((said.distance_m, listed.distance_m), SMALL_M);
    let is_told = said.iter().all(is_other);
    is_told.then(|| numbers_text(listed.distance_m, kept.distance_m, "m"))
}

fn other_time(kept: &Run, said: &[Said], listed: &Run) -> Option<String> {
    let time = |run: &Run| run.elapsed_s.or(run.timer_s);
    let is_told = said.iter().all(|said| has_other_time(said, listed));
    is_told.then(|| numbers_text(time(listed), time(kept), "s"))
}

fn other_sport(kept: &Run, said: &[Said], listed: &Run) -> Option<String> {
    let is_other = said.iter().all(|said| said.is_run != listed.is_run());
    let is_told = is_other && !listed.sport.is_open();
    let (listed, kept) = (words(listed), words(kept));
    is_told.then(|| format!("the index calls it {listed}, the recording {kept}"))
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
