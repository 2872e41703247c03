//! Where there is nothing to report: why, and where it was looked for.

use crate::{error::Error, merge::Merged, pain::PainLog, problem::Problem, report};
use std::path::PathBuf;

/// Why there is nothing to report: of the log, then of the recordings.
pub(super) fn no_activity(merged: &Merged, pain: &PainLog) -> Error {
    let files = merged.files.iter();
    let problems: Vec<&Problem> = files.flat_map(|file| &file.problems).collect();
    let of_log = report::why_no_pain(pain, &problems);
    let why_no_run = report::why_no_run(&problems, merged.others.len());
    let why = of_log.into_iter().chain([why_no_run]);
    Error::NoActivity {
        inputs: merged.files.len(),
        hint: why.collect::<Vec<_>>().join(" "),
    }
}

/// Where there was nothing at all, the places that were looked in are what helps.
pub(super) fn looked_in(error: Error, inputs: &[PathBuf]) -> Error {
    match error {
        Error::NoActivity { inputs: 0, hint } => Error::NoActivity {
            inputs: 0,
            hint: format!("{} {hint}", empty_places(inputs)),
        },
        other => other,
    }
}

fn empty_places(inputs: &[PathBuf]) -> String {
    let places = inputs.iter().map(|input| input.display().to_string());
    let places: Vec<String> = places.collect();
    format!("There is no recording in {}.", places.join(", "))
}
