//! What a machine that guards a history is told: exit codes 10 and 11 with their reasons, and the comparison with a baseline.

use super::options;
use crate::{
    exit::Exit,
    option::{BASELINE, FAIL_ON, STRICT},
    problem::Problem,
    report::{Baseline, Gate, Unusable, json::Told, text},
    rules::Severity,
    terminal::{unbroken, whole},
    time::date_text,
    units::counted,
    words::list,
};

/// Findings, inputs and rows named in a line.
const NAMED: usize = 3;

/// How a report ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ending {
    /// The code.
    pub(super) code: u8,
    /// Why, a line each.
    pub(super) why: Vec<String>,
}

/// How a report ends for which this was asked. What is loud goes before what was lost: it is about the runner.
pub(super) fn ending(asked: &options::Gate, gate: &Gate) -> Ending {
    let loud = asked.fail_on.and_then(|least| loud(least, gate));
    let lost = Some(&gate.unusable).filter(|lost| asked.strict == Some(true) && !lost.is_nothing());
    let exit = match (&loud, lost) {
        (Some(_), _) => Exit::Loud,
        (None, Some(_)) => Exit::Lost,
        (None, None) => Exit::Done,
    };
    let lost = lost.map(|lost| lost_text(lost, exit));
    let why = not_compared(gate).into_iter().chain(loud).chain(lost);
    Ending {
        code: exit.code(),
        why: why.collect(),
    }
}

/// `--fail-on watch: 2 findings of the last 14 days are that loud (exit code 10): Right shin: a high number; …`
fn loud(least: Severity, gate: &Gate) -> Option<String> {
    let told = gate.counting(least);
    let findings = counted(told.len(), "finding", "findings");
    let are = if told.len() == 1 { "is" } else { "are" };
    let since = compared(gate).map_or(String::new(), |baseline| {
        format!(" and new or louder than in {}", named(baseline))
    });
    let first = named_first(told.iter().map(Told::words), told.len());
    (!told.is_empty()).then(|| {
        format!(
            "{FAIL_ON} {}: {findings} of the last 14 days {are} that loud{since} (exit code {}): {first}.",
            least.as_str(),
            Exit::Loud.code()
        )
    })
}

/// `--strict: 1 input and 2 rows of the pain log could not be used (exit code 11): a.fit: …`
fn lost_text(lost: &Unusable, exit: Exit) -> String {
    let (inputs, rows) = (lost.count(), lost.rows);
    let inputs = (inputs > 0).then(|| counted(inputs, "input", "inputs"));
    let rows = (rows > 0).then(|| counted(rows, "row", "rows") + " of the pain log");
    let what: Vec<String> = inputs.into_iter().chain(rows).collect();
    let code = match exit {
        Exit::Loud => format!("{}, but {} goes before it", Exit::Lost.code(), exit.code()),
        _ => Exit::Lost.code().to_string(),
    };
    let problems = || lost.inputs.iter().chain(&lost.row_problems);
    let first: Vec<String> = problems().take(NAMED).map(place_and_detail).collect();
    let first = named_first(first.iter().map(String::as_str), problems().count());
    format!(
        "{STRICT}: {} could not be used (exit code {code}): {first}.",
        list(&what)
    )
}

fn place_and_detail(problem: &Problem) -> String {
    format!(
        "{}: {}",
        unbroken(&problem.place),
        problem.detail.trim_end_matches('.')
    )
}

/// The first few, and how many more there are.
fn named_first<'a>(all: impl Iterator<Item = &'a str>, count: usize) -> String {
    let first: Vec<&str> = all.take(NAMED).collect();
    let more = match count.saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    first.join("; ") + &more
}

/// The baseline, where findings are compared with it.
fn compared(gate: &Gate) -> Option<&Baseline> {
    let baseline = gate.baseline.as_ref();
    baseline.filter(|baseline| baseline.why_not.is_none())
}

/// `base.json of 5 Oct 2025`.
fn named(baseline: &Baseline) -> String {
    let (path, day) = (whole(&baseline.path), date_text(baseline.as_of));
    format!("{path} of {day}")
}

/// That a baseline is compared with nothing.
fn not_compared(gate: &Gate) -> Option<String> {
    let baseline = gate.baseline.as_ref()?;
    let why = baseline.why_not.as_ref()?;
    Some(format!(
        "{BASELINE} {}: {why}. It was compared with nothing, so that every finding counts.",
        named(baseline)
    ))
}

/// What the comparison with a baseline came to, for the summary; None without one.
pub(super) fn comparison(asked: &options::Gate, gate: &Gate) -> Option<String> {
    let least = asked.fail_on.unwrap_or(Severity::Watch);
    let worse = gate.counting(least).len();
    let findings = counted(worse, "finding is", "findings are");
    compared(gate).map(|baseline| {
        let label = least.label().to_lowercase();
        let baseline = named(baseline);
        let line = format!("Beside {baseline}, from \"{label}\" on: {findings} new or louder.");
        text::printable(&line)
    })
}
