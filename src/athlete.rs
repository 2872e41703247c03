//! The runner's heart rates: given, stored by the watch, or seen in the history; always said which.

use crate::{
    config::HeartRate,
    metrics::{self, trimp::Basis},
    model::Run,
    pain::PainLog,
    units::number,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The highest heart rate of fewer runs than this is no maximum.
const RUNS_FOR_OBSERVED_MAXIMUM: usize = 10;

/// Fills in what a run needs from beyond its recording: the session RPE of the pain log, its load, and TRIMP.
/// Returns the sentence that says what TRIMP was computed with. `runs` are by start.
pub fn complete(runs: &mut [Run], pain: &PainLog, given: HeartRate) -> String {
    let (basis, sentence) = heart_rate_basis(runs, given);
    let logged = logged_rpe(runs, pain);
    for run in runs.iter_mut() {
        run.session_rpe = run.session_rpe.or(logged.get(&run.local_date()).copied());
        metrics::complete(run, basis);
    }
    sentence
}

/// The log's RPE of days with exactly one run: on other days it cannot be told whose it is.
fn logged_rpe(runs: &[Run], pain: &PainLog) -> BTreeMap<NaiveDate, f64> {
    let mut runs_on: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for run in runs {
        *runs_on.entry(run.local_date()).or_default() += 1;
    }
    let rated = pain.entries.iter().filter_map(|entry| Some((entry.date, entry.rpe?)));
    rated.filter(|(date, _)| runs_on.get(date) == Some(&1)).collect()
}

/// What TRIMP is computed with, and the sentence that says so. `runs` are by start.
fn heart_rate_basis(runs: &[Run], given: HeartRate) -> (Option<Basis>, String) {
    let latest = |of: fn(&Run) -> Option<f64>| runs.iter().rev().find_map(of);
    let rest = choose(given.rest_bpm, latest(|run| run.athlete.heart_rate_rest_bpm), None);
    let max = choose(given.max_bpm, latest(|run| run.athlete.heart_rate_max_bpm), observed_maximum(runs));
    let sex = given.sex.or_else(|| runs.iter().rev().find_map(|run| run.athlete.sex));
    let constants = match sex {
        Some(crate::model::Sex::Female) => "the women's constants",
        Some(crate::model::Sex::Male) => "the men's constants",
        None => "the men's constants, since the sex is not known",
    };
    match (rest, max) {
        (Some((rest_bpm, rest_from)), Some((max_bpm, max_from))) if rest_bpm < max_bpm => {
            let text = format!(
                "TRIMP uses a resting heart rate of {} ({rest_from}), a maximum of {} ({max_from}) and {constants}.",
                number(rest_bpm, 0),
                number(max_bpm, 0)
            );
            (Some(Basis { rest_bpm, max_bpm, sex }), text)
        }
        (None, _) => (None, without("resting", "--heart-rate-rest")),
        _ => (None, without("maximum", "--heart-rate-max")),
    }
}

fn choose(given: Option<f64>, stored: Option<f64>, seen: Option<f64>) -> Option<(f64, &'static str)> {
    let given = given.map(|bpm| (bpm, "given"));
    given.or(stored.map(|bpm| (bpm, "stored by the watch"))).or(seen.map(|bpm| (bpm, "the highest in the recordings")))
}

fn observed_maximum(runs: &[Run]) -> Option<f64> {
    let seen: Vec<f64> = runs.iter().filter_map(|run| run.heart_rate_max_bpm).collect();
    (seen.len() >= RUNS_FOR_OBSERVED_MAXIMUM).then(|| seen.iter().copied().fold(0.0, f64::max))
}

fn without(what: &str, option: &str) -> String {
    format!("TRIMP was not computed: the {what} heart rate is not known (give it with {option}).")
}
