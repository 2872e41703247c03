//! The report: the only writer of files.

mod annotations;
pub mod charts;
mod cohort;
pub mod diff;
mod doubts;
mod gate;
mod html;
pub mod json;
mod lost;
mod markdown;
mod matrix;
mod missing;
mod next;
mod no_pain;
mod no_run;
mod page;
mod plain;
mod since;
mod study;
mod tables;
pub mod text;
mod verdict;
mod write;

pub use crate::source::{COHORT, REPORT, TABLES};
pub use annotations::github as github_annotations;
pub use cohort::{CohortDocument, ToldOfCohort, write as write_cohort};
pub use gate::{Baseline, Gate, Unusable};
pub use json::SCHEMA_VERSION;
pub use no_pain::why_no_pain;
pub use no_run::why_no_run;
pub use since::{Named, read_named};
pub use tables::{Form, Tables, write_tables};
pub use write::{
    Access, Output, Pour, Poured, UNFINISHED, Workshop, prepare, replace, replace_on_disk,
    write_new,
};

use crate::{
    analysis::{Analysis, Tally},
    config::{Audience, Pages},
    course::short,
    error::Error,
    frames::{self, Frames},
    rules::Severity,
    time,
};
use charts::Charts;
use json::Document;
use page::Page;
use since::News;
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
    /// There is a pain log.
    pub has_log: bool,
    /// What became of the inputs.
    pub tally: Tally,
    /// The day the report speaks from and where it is from: `Sun 12 Oct 2025, your last recorded day`.
    pub as_of: String,
    /// Inputs that could not be read and that `lost` does not tell of, the first few by name, a line each.
    pub not_read: Vec<String>,
    /// What of the runs and the log was left out, a line each.
    pub lost: Vec<String>,
    /// Whether that comes first: nothing is asked or much was left out, and it is what the rest leaves open.
    pub is_lost_first: bool,
    /// What is asked, a line a place in a few words, loudest first: the first lines of the report.
    pub now: Vec<(Severity, String)>,
    /// What is known beside that; where nothing is asked, why that is no all-clear, or the one sentence that says it is calm. `now`
    /// and `known` are never both empty.
    pub known: Vec<String>,
    /// That the accounts hold comments which were not read; None where they hold none.
    pub hint: Option<String>,
    /// What differs from the report that lay in the output folder, by place, or why that cannot be told; a line each. Empty without
    /// a report there.
    pub since: Vec<String>,
    /// What a machine decides by.
    pub gate: Gate,
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
    baseline: Option<&Named>,
) -> Result<Summary, Error> {
    let charts = charts::of(analysis);
    let before = since::read(output.path(), &analysis.history);
    let document = Document::new(analysis, before.since.as_ref());
    let news = before.since.as_ref();
    let news = news.map(|since| News::new(since, &document));
    let page = page::report(analysis, &charts, news.as_ref());
    let made = Made {
        analysis,
        frames,
        charts: &charts,
        page: &page,
        document: &document,
        news: news.as_ref(),
        names: names(pages),
    };
    write::write_all(output, &files(&made))?;
    let gate = Gate::new(analysis, &document, baseline);
    let since = said_of_before(news.as_ref(), before.why_not);
    Ok(Summary {
        since,
        ..summary(analysis, output.path(), pages, gate)
    })
}

/// What is said of the report that lay in the output folder.
fn said_of_before(news: Option<&News>, why_not: Option<String>) -> Vec<String> {
    let said = news.map(News::by_place);
    said.into_iter().chain(why_not).collect()
}

/// The page to open.
const PAGE: &str = "report.html";
/// The sheet to hand over.
const SHEET: &str = "sheet.html";
/// The report in short.
const SHORT: &str = "summary.md";
/// Bytes of the report in short: where it goes there is little room.
const SHORT_BYTES: usize = 19_000;

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
    document: &'a Document,
    news: Option<&'a News>,
    names: html::Names,
}

impl<'a> Made<'a> {
    fn tables(&self) -> Tables<'a> {
        Tables::of(self.analysis, self.frames)
    }
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
    let others = texts
        .chain(tables::makers(made.tables(), Form::Both))
        .chain([associations(made.analysis)]);
    pictures(made.charts)
        .chain(others.map(after_pictures))
        .collect()
}

/// Makes a file that is no picture: the thread that does has drawn all it draws, and a table may need the room.
fn after_pictures(make: Maker) -> Maker {
    Box::new(move || {
        charts::leave_room();
        make()
    })
}

/// The matrix of places and measures.
fn associations(analysis: &Analysis) -> Maker<'_> {
    Box::new(|| {
        let table = frames::associations(&matrix::rows(analysis));
        Ok((matrix::FILE.to_string(), frames::csv([table])?))
    })
}

/// Makes one text.
type MakeText = fn(&Made) -> Result<String, Error>;

/// The pages, and the findings for programs.
const TEXTS: [(&str, MakeText); 7] = [
    (PAGE, |made| {
        let html = html::write(made.page, made.charts, made.names);
        html.map_err(|error| Error::render(PAGE, &error))
    }),
    (SHEET, |made| {
        let html = html::sheet(made.page, made.charts, made.names);
        html.map_err(|error| Error::render(SHEET, &error))
    }),
    ("report.md", |made| Ok(markdown::write(made.page))),
    (SHORT, |made| Ok(short_text(made.analysis, made.news))),
    (markdown::RULES, |made| {
        Ok(markdown::write(&page::rules(made.analysis)))
    }),
    (REPORT, |made| {
        let text = made.document.text();
        text.map_err(|error| Error::render(REPORT, &error))
    }),
    ("data_dictionary.md", |_| Ok(data_dictionary())),
];

/// The report in short, for the summary of a machine's job. Its texts are as long as a runner writes, so that it is cut where it would
/// be too long.
fn short_text(analysis: &Analysis, news: Option<&News>) -> String {
    let text = markdown::write(&page::short(analysis, news));
    if text.len() <= SHORT_BYTES {
        return text;
    }
    let mut short = String::new();
    for line in text.split_inclusive('\n') {
        if short.len() + line.len() > SHORT_BYTES {
            break;
        }
        short.push_str(line);
    }
    short + "\nCut here: the whole is in report.md.\n"
}

fn text_file(name: &str, text: String) -> File {
    (name.to_string(), text.into_bytes())
}

fn pictures(charts: &Charts) -> impl Iterator<Item = Maker<'_>> {
    charts.drawn.iter().map(|chart| -> Maker {
        Box::new(|| {
            let png = chart.png();
            let png = png.map_err(|error| Error::render(&chart.path(), &error))?;
            Ok((chart.path(), png))
        })
    })
}

/// The text of `findings.json`, compared with no earlier report, and what a machine decides by.
///
/// # Errors
/// [`Error::Render`] when it cannot be made.
pub fn findings(analysis: &Analysis, baseline: Option<&Named>) -> Result<(String, Gate), Error> {
    let document = Document::new(analysis, None);
    let text = document
        .text()
        .map_err(|error| Error::render(REPORT, &error))?;
    Ok((text, Gate::new(analysis, &document, baseline)))
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

/// The same for a terminal: headings stand out, and there are no marks.
pub fn rule_plain(id: &str) -> Option<String> {
    page::rule(id).map(|rule| plain::section(&rule))
}

/// Unit of a column of a table of several runners, and what it is, as the data dictionary tells it. None: no such column is known.
pub fn column_told(table: &str, id: &str) -> Option<(&'static str, String)> {
    page::column_told(table, id)
}

/// The data dictionary, as Markdown.
pub fn data_dictionary() -> String {
    markdown::write(&page::data_dictionary())
}

fn summary(analysis: &Analysis, folder: &Path, pages: Pages, gate: Gate) -> Summary {
    let history = &analysis.history;
    let verdict = verdict::of(analysis);
    let courses = &analysis.courses;
    let is_much_lost = lost::is_loud(analysis) && !analysis.is_log_alone();
    let is_lost_first = verdict.asked().next().is_none() || is_much_lost;
    let asked = verdict
        .asked()
        .filter_map(|rung| short::of(rung, courses))
        .map(|short| (short.severity, short.text));
    Summary {
        report: folder.join(pages.first()),
        next: next::lines(analysis, &verdict, pages),
        period: period_text(analysis),
        runs: history.runs.len(),
        days_logged: history.days_logged(),
        has_log: analysis.pain.place.is_some(),
        tally: analysis.tally,
        as_of: as_of_text(analysis),
        lost: match is_lost_first {
            true => lost::lines_before_next(analysis),
            false => lost::in_short(analysis, lost::Naming::Examples),
        },
        is_lost_first,
        not_read: lost::not_read(analysis),
        now: asked.collect(),
        known: verdict
            .calm_text()
            .into_iter()
            .chain(verdict.known)
            .collect(),
        hint: lost::unread_comments(analysis),
        since: Vec::new(),
        gate,
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
