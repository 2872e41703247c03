//! The report: the only writer of files.

pub mod charts;
mod cohort;
mod json;
mod markdown;
pub mod text;
mod write;

pub use cohort::write as write_cohort;
pub use json::SCHEMA_VERSION;
pub use markdown::loudness;
pub use write::{COHORT, Output, REPORT, prepare, replace, write_new};

use crate::{
    analysis::{Analysis, Tally},
    error::Error,
    frames::{self, Frames},
    rules::{Severity, triage},
    time,
};
use charts::Charts;
use std::path::PathBuf;

/// What is said on the terminal when the report is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The report to open.
    pub report: PathBuf,
    /// The first and last day, as `3 May 2025`.
    pub period: String,
    /// How many runs.
    pub runs: usize,
    /// Days with a pain rating.
    pub days_logged: usize,
    /// What became of the inputs.
    pub tally: Tally,
    /// Severity and message of the findings of the last 14 days that ask for something, loudest first.
    pub now: Vec<(Severity, String)>,
    /// What went wrong beside the report: a cache that could not be used.
    pub notices: Vec<String>,
}

/// Writes the whole report into `output`: pages, tables, `findings.json` and charts. All are made before the first is moved there.
///
/// # Errors
/// [`Error::Render`] when a table or picture cannot be made, [`Error::Output`] when a file cannot be written.
pub fn write(analysis: &Analysis, frames: &Frames, output: &Output) -> Result<Summary, Error> {
    let charts = charts::draw_all(analysis).map_err(|error| rendering("a chart", &error))?;
    write::write_all(output.path(), &files(analysis, frames, charts)?)?;
    Ok(summary(analysis, output.path().join("report.md")))
}

/// Every file of the report with its bytes; pure, so that tests compare it.
///
/// # Errors
/// [`Error::Render`].
pub fn files(analysis: &Analysis, frames: &Frames, charts: Charts) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let findings = json::document(analysis).map_err(|error| rendering("findings.json", &error))?;
    let mut files = vec![
        ("report.md".to_string(), markdown::document(analysis, &charts).into_bytes()),
        ("findings.json".to_string(), findings.into_bytes()),
        ("data_dictionary.md".to_string(), frames::data_dictionary().into_bytes()),
    ];
    for (name, table) in [("runs", &frames.runs), ("days", &frames.days), ("weeks", &frames.weeks)] {
        files.push((format!("{name}.csv"), frames::csv(table)?));
        files.push((format!("{name}.parquet"), frames::parquet(table)?));
    }
    let lists = [
        ("other_sports", frames::other_sports(&analysis.history.others)?),
        ("merges", frames::merges(&analysis.merges)?),
    ];
    for (name, list) in lists {
        files.push((format!("{name}.csv"), frames::csv(&list)?));
    }
    files.push(("problems.csv".to_string(), frames::problems_csv(&analysis.problems)?));
    files.extend(charts.drawn.into_iter().map(|chart| (format!("charts/{}", chart.file_name), chart.png)));
    Ok(files)
}

fn summary(analysis: &Analysis, report: PathBuf) -> Summary {
    let history = &analysis.history;
    let asks = |severity: Severity| severity >= Severity::Watch;
    let current = analysis.findings.iter().filter(|finding| triage::is_current(finding, history.as_of));
    let current = current.filter(|finding| !markdown::is_link(finding));
    Summary {
        report,
        period: history.period().map(|(from, to)| time::period_text(from, to)).unwrap_or_default(),
        runs: history.runs.len(),
        days_logged: history.days.iter().filter(|day| day.pain_max.is_some()).count(),
        tally: analysis.tally,
        now: current.filter(|f| asks(f.severity)).map(|f| (f.severity, f.message.clone())).collect(),
        notices: Vec::new(),
    }
}

fn rendering(what: &str, error: &dyn std::error::Error) -> Error {
    Error::Render { what: what.to_string(), reason: error.to_string() }
}
