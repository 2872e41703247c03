//! `findings.json`: the report for scripts, written from types of its own, so that no name inside niggle changes it, and read
//! back from an earlier report. Names are stable; see the README.

mod associations;
mod back;
mod backtest;
mod compare;
mod findings;
mod problems;
mod rounded;
mod since;
mod told;
mod wider;

pub use crate::keys::{Keys, rows};
pub use associations::Association;
pub use back::{Back, Cost, Gap, Sound, WeekBack};
pub use backtest::{Backtest, Before, Hits, Onset, Pair, Standing, Watch, WatchedPlace};
pub(super) use compare::told_now;
pub use compare::{Changes, Moved, changes, told};
pub use findings::{Changed, Finding, NotJudged, ids};
pub use problems::Problem;
pub use rounded::Rounded;
pub use since::{ASKING, Since};
pub use told::Told;
pub use wider::Wider;

use super::lost;
use crate::{
    analysis::{Analysis, Tally},
    rules::Severity,
};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;

/// Raised when a name changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 3;

/// The whole file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// [`SCHEMA_VERSION`] of the niggle that wrote it.
    pub schema_version: u32,
    /// That niggle's version.
    pub niggle_version: String,
    /// The day the report speaks from.
    pub as_of: NaiveDate,
    /// The calendar.
    pub period: Period,
    /// Runs, each counted once.
    pub runs: usize,
    /// What became of the inputs.
    pub inputs: Inputs,
    /// What was read, as sixteen hexadecimal digits; empty in a file of an earlier niggle.
    #[serde(default)]
    pub digest: String,
    /// What was left out and must be known before anything else, in whole sentences.
    #[serde(default)]
    pub lost: Vec<String>,
    /// The one unit of all loads: `session-rpe`, `trimp` or `grade-adjusted-km`.
    #[schemars(extend("enum" = ["session-rpe", "trimp", "grade-adjusted-km"]))]
    pub load_unit: String,
    /// Limits that were changed for the report.
    pub limits_changed: Vec<Changed>,
    /// The report before, which this one was compared with. None without one in the output folder.
    #[serde(default)]
    pub since: Option<Since>,
    /// Findings, loudest first, then newest first.
    pub findings: Vec<Finding>,
    /// Rules that could not judge.
    pub not_judged: Vec<NotJudged>,
    /// Pain beside the load before it.
    pub associations: Vec<Association>,
    /// What is looked at beside them.
    #[serde(default)]
    pub wider: Wider,
    /// The look back, and what to watch.
    pub backtest: Backtest,
    /// Running again after a gap or a spell that cost runs. None: nobody came back of late.
    #[serde(default)]
    pub back: Option<Back>,
    /// Problems, by place.
    pub problems: Vec<Problem>,
}

impl Document {
    /// What its keys are; [`rows`] has those of everything inside it too.
    pub const KEYS: &[Keys] = &[
        Keys::of(
            &["schema_version"],
            "Raised when a name changes its meaning or goes.",
        ),
        Keys::of(&["niggle_version"], "The program's version."),
        Keys::of(&["as_of"], "The day the report speaks from."),
        Keys::object(
            &["period"],
            "First and last day of the calendar: `from`, `to`.",
            Period::KEYS,
        ),
        Keys::of(&["runs"], "Runs, each counted once."),
        Keys::object(&["inputs"], "What became of the inputs.", Inputs::KEYS),
        Keys::of(
            &["digest"],
            "What was read: the same for the same activities, facts of accounts and pain log, however files are called or packed.",
        ),
        Keys::of(
            &["lost"],
            "What of the runs and of the pain log was left out and must be known before anything else, in whole sentences; empty when nothing was.",
        ),
        Keys::of(
            &["load_unit"],
            "session-rpe, trimp or grade-adjusted-km: the one unit of all loads.",
        ),
        Keys::each(
            &["limits_changed"],
            "Limits of rules that were changed for this report; empty when none was.",
            Changed::KEYS,
        ),
        Keys::object(
            &["since"],
            "The report of an earlier day that lay in the output folder, which this one was compared with, and what came of it; null \
             without one.",
            Since::KEYS,
        ),
        Keys::each(
            &["findings"],
            "Everything a rule flagged, loudest first, then newest first.",
            Finding::KEYS,
        ),
        Keys::each(
            &["not_judged"],
            "Rules that could not look.",
            NotJudged::KEYS,
        ),
        Keys::each(
            &["associations"],
            "Pain of a place beside a load before it, each pair of the family, tested or not.",
            Association::KEYS,
        ),
        Keys::object(
            &["wider"],
            "What is looked at beside the main tests: two families, each with a q of its own, never a finding; and what articles say.",
            Wider::KEYS,
        ),
        Keys::object(
            &["backtest"],
            "Did the flagged patterns come before this runner's pain? And what to watch this week.",
            Backtest::KEYS,
        ),
        Keys::object(
            &["back"],
            "Running again, within eight weeks, after a break without a run or a spell of pain that cost runs: the weeks \
             before it and each since; null where nobody came back.",
            Back::KEYS,
        ),
        Keys::each(
            &["problems"],
            "Everything that was not as it should be, by place; `problems.csv` has the same rows.",
            Problem::KEYS,
        ),
    ];

    /// The text of the file, ending in a line break.
    ///
    /// # Errors
    /// serde_json's, which plain numbers and strings cannot cause.
    pub fn text(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}

impl Document {
    /// What a report says, compared with an earlier one.
    pub(super) fn new(analysis: &Analysis, since: Option<&Since>) -> Self {
        let history = &analysis.history;
        let findings = findings::findings(&analysis.findings, history.as_of);
        let now = compare::told(&findings, Severity::Note);
        Document {
            schema_version: SCHEMA_VERSION,
            niggle_version: env!("CARGO_PKG_VERSION").to_string(),
            as_of: history.as_of,
            period: history.period().into(),
            runs: history.runs.len(),
            inputs: analysis.tally.into(),
            digest: analysis.digest.to_string(),
            lost: lost::lines(analysis, lost::Naming::Examples),
            load_unit: history.load_unit.as_str().to_string(),
            limits_changed: analysis
                .limits
                .changed()
                .iter()
                .map(Changed::from)
                .collect(),
            since: since.map(|since| since.compared(&now)),
            findings,
            not_judged: analysis.not_judged.iter().map(NotJudged::from).collect(),
            associations: analysis
                .associations
                .iter()
                .map(Association::from)
                .collect(),
            wider: Wider::from(&analysis.wider),
            backtest: Backtest::new(&analysis.backtest, &analysis.watch),
            back: analysis.back.as_ref().map(Back::from),
            problems: analysis.problems.iter().map(Problem::from).collect(),
        }
    }
}

/// The calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// Its first day. None without a calendar.
    pub from: Option<NaiveDate>,
    /// Its last day. None likewise.
    pub to: Option<NaiveDate>,
}

impl Period {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[Keys::of(&["from", "to"], "Days.")];
}

impl From<Option<(NaiveDate, NaiveDate)>> for Period {
    fn from(period: Option<(NaiveDate, NaiveDate)>) -> Self {
        Period {
            from: period.map(|period| period.0),
            to: period.map(|period| period.1),
        }
    }
}

/// What became of the inputs. The last four add up to all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Inputs {
    /// All of them.
    pub total: usize,
    /// Used as they are.
    pub used: usize,
    /// Used, with something to know about them.
    pub used_with_flags: usize,
    /// Of no use here.
    pub skipped: usize,
    /// Should have been usable and were not.
    pub failed: usize,
}

impl Inputs {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[Keys::of(
        &["total", "used", "used_with_flags", "skipped", "failed"],
        "How many; the last four add up to `total`.",
    )];
}

impl From<Tally> for Inputs {
    fn from(tally: Tally) -> Self {
        let Tally {
            used,
            used_with_flags,
            skipped,
            failed,
        } = tally;
        Inputs {
            total: tally.inputs(),
            used,
            used_with_flags,
            skipped,
            failed,
        }
    }
}

/// The document, ending in a line break.
///
/// # Errors
/// As [`Document::text`].
#[cfg(test)]
pub(super) fn document(analysis: &Analysis, since: Option<&Since>) -> serde_json::Result<String> {
    Document::new(analysis, since).text()
}

/// Why an earlier document cannot be read. Each reads after the file's name and a colon.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is no JSON, or lacks a key, or has another kind of value in one.
    #[error("not a findings.json of niggle's ({})", fault(.0))]
    NotOurs(#[from] serde_json::Error),
    /// Its names may mean something else.
    #[error("written with schema_version {0}, and this niggle reads {SCHEMA_VERSION}")]
    Schema(u64),
}

/// What keeps a text from being such a document: the reader's words are told only where they name what is expected and what stands
/// there.
fn fault(error: &serde_json::Error) -> String {
    let (line, said) = (error.line(), error.to_string());
    let place = format!(" at line {line} column {}", error.column());
    match error.classify() {
        Category::Eof if error.column() == 0 && line <= 1 => "it is empty".to_string(),
        Category::Eof => format!("it is cut short: it ends in the middle of line {line}"),
        Category::Syntax | Category::Io => format!("line {line} is no JSON"),
        Category::Data => format!("line {line}: {}", said.trim_end_matches(&place)),
    }
}

/// Reads a document that a niggle of the same [`SCHEMA_VERSION`] wrote. Keys that this one does not know are passed over.
///
/// # Errors
/// [`ReadError`].
pub fn read(text: &str) -> Result<Document, ReadError> {
    #[derive(Deserialize)]
    struct Version {
        schema_version: u64,
    }
    // First alone: a document of another version need not have the keys of this one.
    let Version { schema_version } = serde_json::from_str(text)?;
    if schema_version != u64::from(SCHEMA_VERSION) {
        return Err(ReadError::Schema(schema_version));
    }
    Ok(serde_json::from_str(text)?)
}

#[cfg(test)]
mod tests;
