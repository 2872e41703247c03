//! What one file came to.

use crate::{exports::Facts, model::Run, problem::Problem};

/// What one file came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FileOutcome {
    /// The file's name in reports.
    pub name: String,
    /// Its runs; moved to `Ingested::rows` when it is done.
    pub runs: Vec<Run>,
    /// Its activities of other sports, likewise.
    pub others: Vec<Run>,
    /// What it says beside activities, when it is a file of an account export; most of an export's files say nothing.
    pub facts: Option<Box<Facts>>,
    /// Whether something of it is in the history; known after merging.
    pub used: bool,
    /// What was not as it should be, places starting with the file's name.
    pub problems: Vec<Problem>,
}

impl FileOutcome {
    /// An input that is of no use here, for the reason the problem gives.
    pub fn unused(name: &str, problem: Problem) -> Self {
        FileOutcome {
            name: name.to_string(),
            problems: vec![problem.within(name)],
            ..FileOutcome::default()
        }
    }

    /// An input that could not even be opened.
    pub fn unreadable(problem: Problem) -> Self {
        FileOutcome {
            name: problem.place.clone(),
            problems: vec![problem],
            ..FileOutcome::default()
        }
    }

    /// A file of which nothing could be had.
    pub(super) fn failed(problem: Problem) -> Self {
        FileOutcome {
            problems: vec![problem],
            ..FileOutcome::default()
        }
    }

    /// The same under the name that reports call the file by.
    pub(super) fn named(mut self, name: &str) -> Self {
        self.name = name.to_string();
        self.problems = self
            .problems
            .into_iter()
            .map(|problem| problem.within(name))
            .collect();
        self.shrink();
        self
    }

    fn shrink(&mut self) {
        for problem in &mut self.problems {
            problem.detail.shrink_to_fit();
        }
        // A list that grew to one row has room for four, which thirty thousand files would all keep.
        self.runs.shrink_to_fit();
        self.others.shrink_to_fit();
        self.problems.shrink_to_fit();
    }

    /// Whether nothing in it is of use.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.others.is_empty() && self.facts.is_none()
    }

    /// Adds a row to the runs or to the other sports.
    pub(super) fn add(&mut self, row: Option<Run>) {
        if let Some(row) = row {
            let list = if row.is_run() {
                &mut self.runs
            } else {
                &mut self.others
            };
            list.push(row);
        }
    }
}
