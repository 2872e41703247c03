//! What to do when the report is written: the last lines on the terminal, two at most.

use super::{Pages, SHEET, verdict::Verdict};
use crate::{analysis::Analysis, config::Audience, option::FOR, rules::Severity};

/// The lines said at most.
const LINES: usize = 2;
/// What begins a pain log. The pages say the same.
pub(super) const BEGIN: &str = "niggle pain add";
/// What a log is good for, behind that.
pub(super) const BEGINS: &str =
    "begins a pain log: one row is enough for a warning, six weeks for patterns.";

/// The lines, the most pressing first: what to hand over, what to correct, what to begin.
pub(super) fn lines(analysis: &Analysis, verdict: &Verdict, pages: Pages) -> Vec<String> {
    let lines = [sheet(verdict, pages), rows(analysis), log(analysis)];
    lines.into_iter().flatten().take(LINES).collect()
}

/// That there is a sheet for whom one is asked to see.
fn sheet(verdict: &Verdict, pages: Pages) -> Option<String> {
    let loudest = verdict.asked().map(|rung| rung.severity()).max()?;
    let is_named = pages.audience == Some(Audience::Clinician);
    (loudest >= Severity::SeeSomeone && !is_named)
        .then(|| format!("Next: take {SHEET} along, beside the report ({FOR} clinician opens it)."))
}

/// That rows were not understood, and where they are told.
fn rows(analysis: &Analysis) -> Option<String> {
    let log = &analysis.pain;
    let place = log.place.as_ref()?;
    (log.unusable_rows > 0).then(|| match &log.path {
        Some(path) => format!(
            "Next: `niggle pain check {}` names the rows to correct.",
            word_of_a_command(&path.display().to_string())
        ),
        None => format!(
            "Next: unpack your log ({place}); `niggle pain check` names the rows to correct."
        ),
    })
}

/// A path as a shell takes it for one word.
fn word_of_a_command(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/\\._-+:,@~".contains(c);
    match path.chars().all(is_plain) {
        true => path.to_string(),
        false => format!("\"{path}\""),
    }
}

fn log(analysis: &Analysis) -> Option<String> {
    let is_without = analysis.pain.place.is_none();
    is_without.then(|| format!("Next: `{BEGIN}` {BEGINS}"))
}
