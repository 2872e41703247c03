//! One runner: the straight line, of which only what all runners together need is kept, and the rows of the tables.

use super::{Asked, kept::Kept};
use crate::{
    analysis::Tally,
    associate::cohort::{self, Remark, Series},
    config::Config,
    epidemiology,
    error::Error,
    frames::{OfRunner, Rows, STACKED},
    ingest::Progress,
    pipeline::{self, Looked},
    problem::{Code, Problem},
    terminal::unbroken,
    units::counted,
};
use std::path::PathBuf;

/// What was read of one runner.
pub(super) struct One {
    pub(super) kept: Kept,
    pub(super) series: Series,
    /// The rows of each of [`STACKED`]; none of whoever is left out.
    pub(super) tables: Vec<Rows>,
}

/// Reads one runner's folder or archive. Trouble with it leaves the runner out and is told.
///
/// # Errors
/// What is not about this runner; an interruption.
pub(super) fn read(
    name: &str,
    path: PathBuf,
    asked: &Asked,
    progress: &dyn Progress,
) -> Result<One, Error> {
    let config = Config {
        inputs: vec![path],
        ..asked.config.clone()
    };
    match pipeline::look(&config, progress) {
        Ok(looked) => taken(name, &looked, asked.with_dates),
        Err(Error::NoActivity { inputs, hint }) => Ok(idle(name, inputs, &hint)),
        Err(error @ Error::Input { .. }) => {
            Ok(One::left_out(name, "cannot be read", error.unbroken()))
        }
        Err(error) => Err(error),
    }
}

impl One {
    fn left_out(name: &str, why: &str, notice: impl Into<Option<String>>) -> One {
        One {
            kept: Kept {
                name: name.to_string(),
                left_out: Some(why.to_string()),
                notices: notice.into().into_iter().collect(),
                ..Kept::default()
            },
            series: Series::new(),
            tables: Vec::new(),
        }
    }
}

fn idle(name: &str, inputs: usize, hint: &str) -> One {
    let what = format!("no usable run among {}", counted(inputs, "input", "inputs"));
    let notice = format!(
        "{}: {what}. The runner was left out. {hint}",
        unbroken(name)
    );
    One::left_out(name, &what, notice)
}

fn taken(name: &str, looked: &Looked, with_dates: bool) -> Result<One, Error> {
    let mut one = match lacks_log(looked) {
        Some((why, notice)) => One::left_out(name, why, notice),
        None => watched(name, looked, with_dates)?,
    };
    one.kept.noted = notes(looked).map(|what| Remark::new(name, what)).collect();
    one.kept.digest = looked.digest;
    one.kept.runs = looked.history.runs.len() as u64;
    one.kept.failed = looked.tally.failed as u64;
    Ok(one)
}

fn watched(name: &str, looked: &Looked, with_dates: bool) -> Result<One, Error> {
    let Looked {
        history,
        pain,
        findings,
        limits,
        frames,
        ..
    } = looked;
    let (runner, series) = cohort::runner(name, history, pain);
    let of = OfRunner {
        name,
        history,
        frames,
        pain,
        findings,
        with_dates,
    };
    let tables = STACKED.iter().map(|table| table.rows(&of));
    Ok(One {
        kept: Kept {
            name: name.to_string(),
            runner: Some(runner),
            member: epidemiology::member(name, history, pain, findings, limits),
            ..Kept::default()
        },
        series,
        tables: tables.collect::<Result<_, _>>()?,
    })
}

/// Why there is no pain log to go by, and what only whoever holds the files should know.
fn lacks_log(looked: &Looked) -> Option<(&'static str, Option<String>)> {
    if looked.pain.place.is_some() {
        return None;
    }
    let Some(problem) = problem(looked, Code::PainLogUnusable) else {
        return Some(("no pain log (pain.csv or pain_log.csv)", None));
    };
    // The words of a log's own header are its owner's: they are for the terminal, not for a report that is passed on.
    let notice = format!("{} The runner was left out.", problem.detail);
    Some((
        "the pain log cannot be understood; niggle pain check says why",
        Some(notice),
    ))
}

/// What else is to be known of what was read of a runner.
fn notes(looked: &Looked) -> impl Iterator<Item = String> {
    let more = problem(looked, Code::PainLogUnused);
    let more = more.map(|_| {
        "has more than one pain log; only the one nearest to the top was used".to_string()
    });
    more.into_iter().chain(unusable(&looked.tally))
}

fn unusable(tally: &Tally) -> Option<String> {
    let inputs = counted(tally.inputs(), "input", "inputs");
    let failed = tally.failed;
    (failed > 0).then(|| format!("{failed} of {inputs} could not be used"))
}

fn problem(looked: &Looked, code: Code) -> Option<&Problem> {
    let mut problems = looked.problems.iter();
    problems.find(|problem| problem.code == code)
}
