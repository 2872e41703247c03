//! The straight line: find the recordings, read them and the pain log, lay both on one calendar, judge, write the report.
//!
//! Each step is a file beside this one. A command that needs less of the line leaves it earlier: [`tables`] and [`recorded`] before
//! anything is judged, [`look`] and [`tell`] before anything is written.

mod again;
mod beside;
mod judging;
mod kept;
mod laying_out;
mod nothing;
mod reading;

use crate::{
    analysis::{Analysis, DayFrom, Tally},
    config::{Config, Judging},
    digest::Digest,
    error::Error,
    frames::Frames,
    ingest::{Ingested, Progress},
    model::History,
    pain::PainLog,
    problem::Problem,
    report::{self, Access, Form, Gate, Named, Summary},
    rules::{Finding, Limits},
};
pub use again::look_again;
pub use beside::Beside;
use judging::{by_rules, day_from, judged};
use laying_out::{heard, lay_out, with_runs};
use nothing::looked_in;
use reading::{find, find_runs, read, read_beside};
use std::path::PathBuf;

/// Everything, from files to files.
///
/// # Errors
/// Only what leaves nothing to report: no input, neither a run nor a row about pain, a named pain log whose header cannot be
/// understood, a named baseline that cannot be read, an output that cannot be written.
pub fn run(config: &Config, progress: &dyn Progress) -> Result<Summary, Error> {
    let found = find(config)?;
    let baseline = baseline(config)?;
    let output = report::prepare(&config.output, report::REPORT, Access::of(config.is_shared))?;
    let read = read(found, config, progress)?;
    let (analysis, frames) = analyze(read.ingested, read.pain, &config.judging)
        .map_err(|error| looked_in(error, &config.inputs))?;
    unless_interrupted(progress)?;
    let summary = report::write(&analysis, &frames, &output, config.pages, baseline.as_ref())?;
    Ok(Summary {
        notices: read.notices,
        ..summary
    })
}

/// The report that this one is to be measured against, where one was named.
fn baseline(config: &Config) -> Result<Option<Named>, Error> {
    let named = config.baseline.as_deref();
    named.map(report::read_named).transpose()
}

/// What was begun is not written once the runner has had enough.
fn unless_interrupted(progress: &dyn Progress) -> Result<(), Error> {
    match progress.interrupted() {
        true => Err(Error::Interrupted),
        false => Ok(()),
    }
}

/// The pure middle: same inputs, same outcome. No clock, no files, no environment, and no matter how many threads.
///
/// # Errors
/// [`Error::NoActivity`] when no input holds a run and no row of the log tells of pain.
pub fn analyze(
    ingested: Ingested,
    pain: PainLog,
    options: &Judging,
) -> Result<(Analysis, Frames), Error> {
    let laid = lay_out(heard(ingested, &pain, options)?, &pain, options)?;
    Ok(judged(laid, pain, options))
}

/// The findings for programs.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The text of `findings.json`.
    pub findings: String,
    /// The page to open; None where no folder was written.
    pub report: Option<PathBuf>,
    /// What a machine decides by.
    pub gate: Gate,
    /// What went wrong beside them.
    pub notices: Vec<String>,
}

/// Everything, from files to the text of `findings.json`: no folder is looked at or written.
///
/// # Errors
/// As [`run`], but for the output.
pub fn tell(config: &Config, progress: &dyn Progress) -> Result<Told, Error> {
    let found = find(config)?;
    let baseline = baseline(config)?;
    let read = read(found, config, progress)?;
    let (analysis, _) = analyze(read.ingested, read.pain, &config.judging)
        .map_err(|error| looked_in(error, &config.inputs))?;
    unless_interrupted(progress)?;
    let (findings, gate) = report::findings(&analysis, baseline.as_ref())?;
    Ok(Told {
        findings,
        report: None,
        gate,
        notices: read.notices,
    })
}

/// As [`run`], and the text of `findings.json` as it was written.
///
/// # Errors
/// As [`run`].
pub fn run_and_tell(config: &Config, progress: &dyn Progress) -> Result<Told, Error> {
    let summary = run(config, progress)?;
    let path = config.output.join(report::REPORT);
    let findings = std::fs::read_to_string(&path);
    Ok(Told {
        findings: findings.map_err(|error| Error::Output { path, error })?,
        report: Some(summary.report),
        gate: summary.gate,
        notices: summary.notices,
    })
}

/// What `niggle tables` came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablesSummary {
    /// How many runs.
    pub runs: usize,
    /// Days with a pain rating.
    pub days_logged: usize,
    /// What became of the inputs.
    pub tally: Tally,
    /// What went wrong beside the tables, and what is to be known of the log.
    pub notices: Vec<String>,
}

/// The same line as far as the calendar, from files to tables: no rule speaks, no statistic is computed and nothing is drawn.
///
/// # Errors
/// As [`run`].
pub fn tables(
    config: &Config,
    form: Form,
    progress: &dyn Progress,
) -> Result<TablesSummary, Error> {
    let found = find(config)?;
    let output = report::prepare(&config.output, report::TABLES, Access::of(config.is_shared))?;
    let read = read(found, config, progress)?;
    let laid = heard(read.ingested, &read.pain, &config.judging)
        .and_then(|merged| lay_out(merged, &read.pain, &config.judging))
        .map_err(|error| looked_in(error, &config.inputs))?;
    unless_interrupted(progress)?;
    report::write_tables(laid.tables(&read.pain), laid.digest, form, &output)?;
    Ok(TablesSummary {
        runs: laid.history.runs.len(),
        days_logged: laid.history.days_logged(),
        tally: laid.tally,
        notices: with_remarks(read.notices, &read.pain),
    })
}

/// What is known before anything is judged.
pub struct Recorded {
    /// The calendar.
    pub history: History,
    /// The pain log.
    pub pain: PainLog,
    /// Where the last known day is from.
    pub day_from: DayFrom,
    /// What went wrong with the cache, and what is to be known of the log.
    pub notices: Vec<String>,
}

/// The first half of the line, with the cache, up to what the rules judge.
///
/// # Errors
/// As [`run`], but for the output.
pub fn recorded(config: &Config, progress: &dyn Progress) -> Result<Recorded, Error> {
    let found = find(config)?;
    let read = read(found, config, progress)?;
    let laid = with_runs(read.ingested, &read.pain, &config.judging)
        .map_err(|error| looked_in(error, &config.inputs))?;
    Ok(Recorded {
        history: laid.history,
        day_from: day_from(&config.judging),
        notices: with_remarks(read.notices, &read.pain),
        pain: read.pain,
    })
}

/// Without a report nothing else tells what is to be known of the log first.
fn with_remarks(mut notices: Vec<String>, pain: &PainLog) -> Vec<String> {
    notices.extend(pain.remarks.iter().cloned());
    notices
}

/// What one of several runners comes to.
pub struct Looked {
    /// The calendar.
    pub history: History,
    /// Its days and weeks.
    pub frames: Frames,
    /// The pain log.
    pub pain: PainLog,
    /// What the rules say, but for what needs a test of this runner alone: of several runners only all are tested.
    pub findings: Vec<Finding>,
    /// The limits of rules they were judged by.
    pub limits: Limits,
    /// What was read.
    pub digest: Digest,
    /// What became of the inputs.
    pub tally: Tally,
    /// Every problem, by place.
    pub problems: Vec<Problem>,
}

/// The same line without a report and without statistics: what one of several runners comes to.
///
/// `beside` is what a study keeps of that runner beside the inputs, of which there may be none.
///
/// # Errors
/// As [`run`], but for the output; and [`Error::NoActivity`] where there is no run, whatever the log holds.
pub fn look(config: &Config, beside: &Beside, progress: &dyn Progress) -> Result<Looked, Error> {
    let read = read_beside(find_runs(config)?, config, beside, progress)?;
    let laid = beside.with_runs(read.ingested, &read.pain, &config.judging)?;
    Ok(Looked {
        limits: config.judging.limits.clone(),
        findings: by_rules(&laid.history, &read.pain, &config.judging),
        history: laid.history,
        frames: laid.frames,
        pain: read.pain,
        digest: laid.digest,
        tally: laid.tally,
        problems: laid.problems,
    })
}
