//! The report: the only writer of files.

pub mod charts;
mod cohort;
pub mod json;
mod lost;
mod markdown;
mod page;
pub mod text;
mod verdict;
mod write;

pub use crate::source::{COHORT, REPORT};
pub use cohort::write as write_cohort;
pub use json::SCHEMA_VERSION;
pub use write::{Output, prepare, replace, write_new};

use crate::{
    analysis::{Analysis, Tally},
    error::Error,
    frames::{self, Frames},
    rules::Severity,
    time,
};
use charts::Charts;
use std::{iter, path::PathBuf};

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
    /// The day the report speaks from and where it is from: `Sun 12 Oct 2025, your last recorded day`.
    pub as_of: String,
    /// What of the runs and the log was left out, a line each; it comes first.
    pub lost: Vec<String>,
    /// What is asked, a line a place, loudest first: the first lines of the report.
    pub now: Vec<(Severity, String)>,
    /// What is known beside that; where nothing is asked, why that is no all-clear, or the one sentence that says it is calm. `now`
    /// and `known` are never both empty.
    pub known: Vec<String>,
    /// What went wrong beside the report: a cache that could not be used.
    pub notices: Vec<String>,
}

/// Writes the whole report into `output`: pages, tables, `findings.json` and charts. All are made before the first is moved there.
///
/// # Errors
/// [`Error::Render`] when a table or picture cannot be made, [`Error::Output`] when a file cannot be written.
pub fn write(analysis: &Analysis, frames: &Frames, output: &Output) -> Result<Summary, Error> {
    write::write_all(output.path(), files(analysis, frames, charts::of(analysis)))?;
    Ok(summary(analysis, output.path().join("report.md")))
}

/// A file of a report: its path below the output folder, and its bytes.
pub type File = (String, Vec<u8>);

/// Every file of the report, each made when it is asked for, so that one is in memory at a time; pure, so that tests compare them.
pub fn files<'a>(
    analysis: &'a Analysis,
    frames: &'a Frames,
    charts: Charts,
) -> impl Iterator<Item = Result<File, Error>> + 'a {
    let page = (
        "report.md".to_string(),
        markdown::write(&page::report(analysis, &charts)).into_bytes(),
    );
    let findings = move || {
        let document =
            json::document(analysis).map_err(|error| rendering("findings.json", &error))?;
        Ok(("findings.json".to_string(), document.into_bytes()))
    };
    let dictionary = || {
        (
            "data_dictionary.md".to_string(),
            data_dictionary().into_bytes(),
        )
    };
    iter::once(Ok(page))
        .chain(iter::once_with(findings))
        .chain(iter::once_with(move || Ok(dictionary())))
        .chain(tables(analysis, frames))
        .chain(lists(analysis))
        .chain(pictures(charts))
}

/// The pictures, each drawn when it is asked for.
fn pictures(charts: Charts) -> impl Iterator<Item = Result<File, Error>> {
    charts.drawn.into_iter().map(|chart| {
        let png = chart
            .png()
            .map_err(|error| rendering(&chart.path(), &error))?;
        Ok((chart.path(), png))
    })
}

/// The table of all rules, as Markdown, for the README.
pub fn rules_table() -> String {
    markdown::block(&page::rules_table(), 1)
}

/// The table of a report's charts, as Markdown, for the README.
pub fn charts_table() -> String {
    markdown::block(&page::charts_table(), 1)
}

/// One rule and how to change its limits, as Markdown, for `niggle rules <id>`. None when there is no such rule.
pub fn rule_text(id: &str) -> Option<String> {
    page::rule(id).map(|rule| markdown::section(&rule, 3))
}

/// The data dictionary, as Markdown.
pub fn data_dictionary() -> String {
    markdown::write(&page::data_dictionary())
}

/// Runs, days and weeks, for spreadsheets and for programs.
fn tables<'a>(
    analysis: &'a Analysis,
    frames: &'a Frames,
) -> impl Iterator<Item = Result<File, Error>> + 'a {
    type Make<'a> = Box<dyn Fn() -> Result<Vec<u8>, Error> + 'a>;
    let (history, days, weeks) = (&analysis.history, &frames.days, &frames.weeks);
    let tables: [(&str, Make); 6] = [
        ("runs.csv", Box::new(|| frames::csv(frames::runs(history)))),
        (
            "runs.parquet",
            Box::new(|| frames::parquet(frames::runs(history))),
        ),
        ("days.csv", Box::new(|| frames::csv([Ok(days.clone())]))),
        (
            "days.parquet",
            Box::new(|| frames::parquet([Ok(days.clone())])),
        ),
        ("weeks.csv", Box::new(|| frames::csv([Ok(weeks.clone())]))),
        (
            "weeks.parquet",
            Box::new(|| frames::parquet([Ok(weeks.clone())])),
        ),
    ];
    tables
        .into_iter()
        .map(|(name, make)| Ok((name.to_string(), make()?)))
}

/// The lists beside them.
fn lists(analysis: &Analysis) -> impl Iterator<Item = Result<File, Error>> {
    type Make = fn(&Analysis) -> Result<Vec<u8>, Error>;
    let lists: [(&str, Make); 3] = [
        ("other_sports.csv", |analysis| {
            frames::csv([frames::other_sports(&analysis.history.others)])
        }),
        ("merges.csv", |analysis| {
            frames::csv([frames::merges(&analysis.merges)])
        }),
        ("problems.csv", |analysis| {
            frames::problems_csv(&analysis.problems)
        }),
    ];
    lists
        .into_iter()
        .map(move |(name, make)| Ok((name.to_string(), make(analysis)?)))
}

fn summary(analysis: &Analysis, report: PathBuf) -> Summary {
    let history = &analysis.history;
    let verdict = verdict::of(analysis);
    let now = verdict
        .asked()
        .map(|rung| (rung.severity(), rung.text()))
        .collect();
    Summary {
        report,
        period: history
            .period()
            .map(|(from, to)| time::period_text(from, to))
            .unwrap_or_default(),
        runs: history.runs.len(),
        days_logged: history.days_logged(),
        tally: analysis.tally,
        as_of: format!(
            "{}, {}",
            time::weekday_date_text(history.as_of),
            analysis.day_from.label()
        ),
        lost: lost::lines(analysis),
        now,
        known: verdict
            .calm_text()
            .into_iter()
            .chain(verdict.known)
            .collect(),
        notices: Vec::new(),
    }
}

fn rendering(what: &str, error: &dyn std::error::Error) -> Error {
    Error::Render {
        what: what.to_string(),
        reason: error.to_string(),
    }
}
