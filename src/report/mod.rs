//! The report: the only writer of files.

pub mod charts;
mod cohort;
mod doubts;
mod html;
pub mod json;
mod lost;
mod markdown;
mod next;
mod page;
mod since;
pub mod text;
mod verdict;
mod write;

pub use crate::source::{COHORT, REPORT};
pub use cohort::write as write_cohort;
pub use json::SCHEMA_VERSION;
pub use write::{Output, prepare, replace, write_new};

use crate::{
    analysis::{Analysis, Tally},
    config::{Audience, Pages},
    error::Error,
    frames::{self, Frames},
    rules::Severity,
    time,
};
use charts::Charts;
use json::Since;
use page::Page;
use std::path::{Path, PathBuf};

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
    /// That the accounts hold comments which were not read; None where they hold none.
    pub hint: Option<String>,
    /// What to do now that it is written, a line each, two at most.
    pub next: Vec<String>,
    /// What went wrong beside the report: a cache that could not be used.
    pub notices: Vec<String>,
}

/// Writes the whole report into `output`: pages, tables, `findings.json` and charts. All are made before the first is moved there.
///
/// # Errors
/// [`Error::Render`] when a table or picture cannot be made, [`Error::Output`] when a file cannot be written.
pub fn write(
    analysis: &Analysis,
    frames: &Frames,
    output: &Output,
    pages: Pages,
) -> Result<Summary, Error> {
    let charts = charts::of(analysis);
    let since = since::read(output.path(), analysis.history.as_of);
    let page = page::report(analysis, &charts, since.as_ref());
    let made = Made {
        analysis,
        frames,
        charts: &charts,
        page: &page,
        since: since.as_ref(),
        names: names(pages),
    };
    write::write_all(output.path(), &files(&made))?;
    Ok(summary(analysis, output.path(), pages))
}

/// The page to open.
const PAGE: &str = "report.html";
/// The sheet to hand over.
const SHEET: &str = "sheet.html";

impl Pages {
    /// The file to open first.
    fn first(self) -> &'static str {
        match self.audience {
            Some(Audience::Clinician) => SHEET,
            None => PAGE,
        }
    }
}

/// What files are made of.
struct Made<'a> {
    analysis: &'a Analysis,
    frames: &'a Frames,
    charts: &'a Charts,
    page: &'a Page,
    since: Option<&'a Since>,
    names: html::Names,
}

fn names(pages: Pages) -> html::Names {
    match pages.with_names {
        true => html::Names::Shown,
        false => html::Names::Withheld,
    }
}

/// A file of a report: its path below the output folder, and its bytes.
type File = (String, Vec<u8>);

/// Makes a file when it is wanted, so that no more files are in memory than are made at once.
type Maker<'a> = Box<dyn Fn() -> Result<File, Error> + Send + Sync + 'a>;

/// Every file of the report. The pictures come first, because they take longest.
fn files<'a>(made: &'a Made) -> Vec<Maker<'a>> {
    let texts = TEXTS
        .into_iter()
        .map(move |(name, make)| -> Maker { Box::new(move || Ok(text_file(name, make(made)?))) });
    pictures(made.charts)
        .chain(texts)
        .chain(tables(made.analysis, made.frames))
        .chain(lists(made.analysis))
        .collect()
}

/// Makes one text.
type MakeText = fn(&Made) -> Result<String, Error>;

/// The pages, and the findings for programs.
const TEXTS: [(&str, MakeText); 6] = [
    (PAGE, |made| {
        let html = html::write(made.page, made.charts, made.names);
        html.map_err(|error| rendering(PAGE, &error))
    }),
    (SHEET, |made| {
        let html = html::sheet(made.page, made.charts, made.names);
        html.map_err(|error| rendering(SHEET, &error))
    }),
    ("report.md", |made| Ok(markdown::write(made.page))),
    (markdown::RULES, |made| {
        Ok(markdown::write(&page::rules(made.analysis)))
    }),
    (REPORT, |made| {
        json::document(made.analysis, made.since).map_err(|error| rendering(REPORT, &error))
    }),
    ("data_dictionary.md", |_| Ok(data_dictionary())),
];

fn text_file(name: &str, text: String) -> File {
    (name.to_string(), text.into_bytes())
}

fn pictures(charts: &Charts) -> impl Iterator<Item = Maker<'_>> {
    charts.drawn.iter().map(|chart| -> Maker {
        Box::new(|| {
            let png = chart.png();
            let png = png.map_err(|error| rendering(&chart.path(), &error))?;
            Ok((chart.path(), png))
        })
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

/// The table of the account exports that niggle reads, as Markdown, for the README.
pub fn exports_table() -> String {
    markdown::block(&page::exports_table(), 1)
}

/// One rule and how to change its limits, as Markdown, for `niggle rules <id>`. None when there is no such rule.
pub fn rule_text(id: &str) -> Option<String> {
    page::rule(id).map(|rule| markdown::section(&rule, 3))
}

/// The data dictionary, as Markdown.
pub fn data_dictionary() -> String {
    markdown::write(&page::data_dictionary())
}

/// Makes one table of runs, days or weeks.
type MakeTable = fn(&Analysis, &Frames) -> Result<Vec<u8>, Error>;

/// Runs, days and weeks, for spreadsheets and for programs.
const TABLES: [(&str, MakeTable); 6] = [
    ("runs.csv", |analysis, _| {
        frames::csv(frames::runs(&analysis.history))
    }),
    ("runs.parquet", |analysis, _| {
        frames::parquet(frames::runs(&analysis.history))
    }),
    ("days.csv", |_, made| frames::csv([Ok(made.days.clone())])),
    ("days.parquet", |_, made| {
        frames::parquet([Ok(made.days.clone())])
    }),
    ("weeks.csv", |_, made| frames::csv([Ok(made.weeks.clone())])),
    ("weeks.parquet", |_, made| {
        frames::parquet([Ok(made.weeks.clone())])
    }),
];

fn tables<'a>(analysis: &'a Analysis, frames: &'a Frames) -> impl Iterator<Item = Maker<'a>> {
    TABLES.into_iter().map(move |(name, make)| -> Maker {
        Box::new(move || Ok((name.to_string(), make(analysis, frames)?)))
    })
}

/// Makes one list.
type MakeList = fn(&Analysis) -> Result<Vec<u8>, Error>;

/// The lists beside them.
const LISTS: [(&str, MakeList); 3] = [
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

fn lists(analysis: &Analysis) -> impl Iterator<Item = Maker<'_>> {
    LISTS.into_iter().map(move |(name, make)| -> Maker {
        Box::new(move || Ok((name.to_string(), make(analysis)?)))
    })
}

fn summary(analysis: &Analysis, folder: &Path, pages: Pages) -> Summary {
    let history = &analysis.history;
    let verdict = verdict::of(analysis);
    let asked = verdict.asked().map(|rung| (rung.severity(), rung.text()));
    Summary {
        report: folder.join(pages.first()),
        next: next::lines(analysis, &verdict, pages),
        period: period_text(analysis),
        runs: history.runs.len(),
        days_logged: history.days_logged(),
        tally: analysis.tally,
        as_of: as_of_text(analysis),
        lost: lost::lines(analysis, lost::Naming::Examples),
        now: asked.collect(),
        known: verdict
            .calm_text()
            .into_iter()
            .chain(verdict.known)
            .collect(),
        hint: lost::unread_comments(analysis),
        notices: Vec::new(),
    }
}

/// The first and last day. Empty without a calendar.
fn period_text(analysis: &Analysis) -> String {
    let period = analysis.history.period();
    period
        .map(|(from, to)| time::period_text(from, to))
        .unwrap_or_default()
}

/// The day the report speaks from, and where it is from.
fn as_of_text(analysis: &Analysis) -> String {
    let day = time::weekday_date_text(analysis.history.as_of);
    format!("{day}, {}", analysis.day_from.label())
}

fn rendering(what: &str, error: &dyn std::error::Error) -> Error {
    Error::Render {
        what: what.to_string(),
        reason: error.to_string(),
    }
}
