//! The straight line: find the recordings, read them, read the pain log, analyse, write the report.

use crate::{
    analysis::{Analysis, Tally},
    associate, athlete,
    config::{Config, Judging},
    error::Error,
    frames::{self, Calendar, Frames},
    ingest::{self, FileOutcome, Ingested, Progress},
    merge,
    model::Run,
    pain::{self, PainLog},
    problem::Problem,
    report::{self, Summary},
    rules::{self, Context},
    source::{self, Discovered, Source},
    time,
};
use chrono::NaiveDate;

/// Everything, from files to files.
///
/// # Errors
/// Only what leaves nothing to report: no input, no run, a pain log without a header, an output that cannot be written.
pub fn run(config: &Config, progress: &dyn Progress) -> Result<Summary, Error> {
    report::prepare(&config.output)?;
    let found = source::discover(&config.inputs, Some(&config.output))?;
    let ingested = ingest::read_all(&found, &config.ingest, progress)?;
    let pain = chosen_pain_log(config, &found, last_run_day(&ingested))?;
    let (analysis, frames) = analyze(ingested, pain, &config.judging)?;
    report::write(&analysis, &frames, &config.output)
}

/// The pure middle: same inputs, same outcome. No clock, no files, no environment, no threads of our own.
///
/// # Errors
/// [`Error::NoActivity`] when no input holds a run.
pub fn analyze(ingested: Ingested, pain: PainLog, options: &Judging) -> Result<(Analysis, Frames), Error> {
    let (mut runs, files) = merge::one_activity_once(ingested);
    runs.retain(|run| options.as_of.is_none_or(|as_of| run.local_date() <= as_of));
    if runs.is_empty() {
        return Err(no_activity(&files));
    }
    let heart_rate_basis = athlete::complete(&mut runs, &pain, options.heart_rate);
    let as_of = options.as_of.unwrap_or_else(|| last_recorded_day(&runs, &pain));
    let calendar = Calendar::new(&runs, &pain::daily_max(&pain), as_of);
    let (frames, history) = frames::build(runs, &calendar)?;
    let (findings, not_judged) = rules::judge(&Context { history: &history, pain: &pain, units: options.units });
    let associations = associate::associate(&history, &pain);
    let tally = Tally::of(&files);
    let problems = files.into_iter().flat_map(|file| file.problems).chain(pain.problems.iter().cloned()).collect();
    let units = options.units;
    let analysis =
        Analysis { history, pain, findings, not_judged, associations, problems, tally, units, heart_rate_basis };
    Ok((analysis, frames))
}

/// Reads one pain log.
///
/// # Errors
/// [`Error::PainLog`] when its header cannot be understood.
pub fn pain_log(log: &Source, options: &pain::Options) -> Result<PainLog, Error> {
    let mut bytes = Vec::new();
    let unpacked = source::read(log, &mut bytes).map_err(|problem| Error::PainLog(problem.within(&log.name).line()))?;
    let mut pain = pain::read(&bytes, &log.name, options).map_err(|error| Error::PainLog(error.to_string()))?;
    pain.problems.extend(unpacked.into_iter().map(|problem| problem.within(&log.name)));
    Ok(pain)
}

/// The log that was named, else the first found inside the inputs, else none.
fn chosen_pain_log(config: &Config, found: &Discovered, last_run: Option<NaiveDate>) -> Result<PainLog, Error> {
    // A year after the last run is a slip of the pen, and would stretch the calendar to it.
    let options = pain::Options { as_of: last_run.map(|day| time::plus_days(day, 366)), ..config.pain };
    match (&config.pain_log, found.pain_logs.first()) {
        (Some(path), _) => pain_log(&source::one(path)?, &options),
        (None, Some(log)) => pain_log(log, &options),
        (None, None) => Ok(PainLog::default()),
    }
}

fn last_run_day(ingested: &Ingested) -> Option<NaiveDate> {
    ingested.files.iter().flat_map(|file| &file.runs).map(Run::local_date).max()
}

/// The last day with a run or a pain row.
fn last_recorded_day(runs: &[Run], pain: &PainLog) -> NaiveDate {
    let logged = pain.entries.iter().map(|entry| entry.date);
    runs.iter().map(Run::local_date).chain(logged).max().unwrap_or_default()
}

fn no_activity(files: &[FileOutcome]) -> Error {
    let first = files.iter().flat_map(|file| &file.problems).max_by_key(|problem| problem.effect);
    let hint = first.map_or("Give niggle a folder with FIT, GPX or TCX files.".to_string(), Problem::line);
    Error::NoActivity { inputs: files.len(), hint }
}
