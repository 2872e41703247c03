//! Laying out: one activity once, the runs and the log on one calendar, before anything is judged.

use super::nothing::no_activity;
use crate::{
    analysis::Tally,
    athlete,
    config::{HeartRate, Judging},
    digest::Digest,
    error::Error,
    exports::Shoe,
    frames::{self, Calendar, Frames},
    ingest::{FileOutcome, Ingested},
    merge::{self, Merged},
    model::{History, Merge, Run},
    pain::{self, Entry, PainLog},
    problem::Problem,
    report::Tables,
    rules,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The runs on their calendar, before anything is judged: what the tables are made of.
pub(super) struct Laid {
    pub(super) history: History,
    pub(super) frames: Frames,
    pub(super) merges: Vec<Merge>,
    pub(super) shoes: Vec<Shoe>,
    pub(super) digest: Digest,
    pub(super) tally: Tally,
    pub(super) problems: Vec<Problem>,
    pub(super) heart_rate_basis: String,
}

impl Laid {
    /// What the tables are written from.
    pub(super) fn tables<'a>(&'a self, pain: &'a PainLog) -> Tables<'a> {
        Tables {
            history: &self.history,
            frames: &self.frames,
            pain,
            merges: &self.merges,
            problems: &self.problems,
        }
    }
}

/// Lays the runs and the log on one calendar.
///
/// # Errors
/// As [`analyze`].
pub(super) fn lay_out(merged: Merged, pain: &PainLog, options: &Judging) -> Result<Laid, Error> {
    lay_out_knowing(merged, pain, options, &BTreeSet::new())
}

/// The same where days without a run are known beside the recordings.
pub(super) fn lay_out_knowing(
    mut merged: Merged,
    pain: &PainLog,
    options: &Judging,
    rest: &BTreeSet<NaiveDate>,
) -> Result<Laid, Error> {
    note_weeks_back(&mut merged, pain, options.as_of);
    let digest = merged.digest.with(pain.digest);
    let heart_rate_basis = complete(&mut merged, pain, options.heart_rate);
    let calendar = calendar(&merged, pain, options.as_of).knowing(&merged.runs, rest);
    let (frames, history) = frames::build(merged.runs, merged.others, &calendar)?;
    Ok(Laid {
        history,
        frames,
        merges: merged.merges,
        shoes: merged.shoes,
        digest,
        tally: Tally::of(&merged.files),
        problems: all_problems(merged.files, pain),
        heart_rate_basis,
    })
}

/// Says of the first run's file that a whole history may be 1024 weeks older than it says. Today is the report's day, or the log's last.
fn note_weeks_back(merged: &mut Merged, pain: &PainLog, as_of: Option<NaiveDate>) {
    let today = as_of.or_else(|| rules::ladder::last_day(pain));
    let told = days_with_a_row(pain).into_iter();
    let said = merge::whole_history(&merged.runs, today, told);
    let Some((problem, run)) = said.zip(merged.runs.first()) else {
        return;
    };
    let mut files = merged.files.iter_mut();
    if let Some(file) = files.find(|file| file.name == run.source) {
        file.problems.push(problem.within(&run.source));
    }
}

/// Every problem of the recordings and of the log, by place.
fn all_problems(files: Vec<FileOutcome>, pain: &PainLog) -> Vec<Problem> {
    let of_files = files.into_iter().flat_map(|file| file.problems);
    let mut problems: Vec<Problem> = of_files.chain(pain.problems.iter().cloned()).collect();
    problems.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    problems
}

/// Gives the activities what is beyond their recordings, and says what TRIMP was computed with.
fn complete(merged: &mut Merged, pain: &PainLog, given: HeartRate) -> String {
    let (runs, others) = (&mut merged.runs, &mut merged.others);
    athlete::complete(runs, others, pain, given, merged.athlete)
}

/// Every day up to the one that the report speaks from.
fn calendar(merged: &Merged, pain: &PainLog, as_of: Option<NaiveDate>) -> Calendar {
    let as_of = as_of.unwrap_or_else(|| last_recorded_day(&merged.runs, pain));
    let sleep_s = athlete::sleep(pain, merged.sleep_s.clone());
    let pain_max = pain::daily_max(pain);
    let calendar = match merged.runs.is_empty() {
        true => Calendar::of_log(&days_with_a_row(pain), &pain_max, as_of),
        false => Calendar::new(&merged.runs, &pain_max, as_of),
    };
    calendar.beside(&merged.others, &sleep_s)
}

fn days_with_a_row(pain: &PainLog) -> BTreeSet<NaiveDate> {
    pain.entries.iter().map(|entry| entry.date).collect()
}

/// The runs on their calendar, where there are any: of a log alone there is a report, but nothing to set its pain beside.
///
/// # Errors
/// [`Error::NoActivity`] where there is no run, whatever the log holds.
pub(super) fn with_runs(
    ingested: Ingested,
    pain: &PainLog,
    options: &Judging,
) -> Result<Laid, Error> {
    let merged = merge::one_activity_once(ingested, options.as_of);
    match merged.runs.is_empty() {
        true => Err(no_activity(&merged, pain)),
        false => lay_out(merged, pain, options),
    }
}

/// One activity once, where there is anything to report.
///
/// # Errors
/// As [`analyze`].
pub(super) fn heard(
    ingested: Ingested,
    pain: &PainLog,
    options: &Judging,
) -> Result<Merged, Error> {
    let merged = merge::one_activity_once(ingested, options.as_of);
    // Red flags need only the log: whoever had to stop running must be heard.
    match merged.runs.is_empty() && !pain.entries.iter().any(tells_of_pain) {
        true => Err(no_activity(&merged, pain)),
        false => Ok(merged),
    }
}

/// Whether the row says how the body is, if only that nothing hurts. One about sleep or shoes does not.
fn tells_of_pain(entry: &Entry) -> bool {
    rules::triage::is_about_the_body(entry) || entry.ostrc().iter().any(Option::is_some)
}

/// The last day with a run or a pain row.
fn last_recorded_day(runs: &[Run], pain: &PainLog) -> NaiveDate {
    runs.iter()
        .map(Run::local_date)
        .chain(rules::ladder::last_day(pain))
        .max()
        .unwrap_or_default()
}
