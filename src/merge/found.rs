//! Problems found while merging, on their way to the files they belong to.

use crate::{
    ingest::FileOutcome,
    model::Run,
    problem::{Code, Problem},
};
use std::collections::{BTreeMap, BTreeSet};

/// Problems found while merging, by the file they belong to, and those that a copy has settled.
#[derive(Default)]
pub(super) struct Found {
    /// By the file's name.
    pub problems: BTreeMap<String, Vec<Problem>>,
    settled: BTreeSet<(String, Code)>,
}

impl Found {
    /// A problem of the file that a row came from; lines of an index say which one.
    pub(super) fn add(&mut self, run: &Run, problem: Problem) {
        let problem = within_line(problem, run).within(&run.source);
        let of_file = self.problems.entry(run.source.clone());
        of_file.or_default().push(problem);
    }

    /// What is to be said of each of several rows.
    pub(super) fn add_of_each(&mut self, rows: &[Run], problem: fn(&Run) -> Problem) {
        rows.iter().for_each(|row| self.add(row, problem(row)));
    }

    /// What a recording left open is known from a copy: that it was guessed is no longer true. Of files with several activities
    /// the problem's place has the activity in it, and stays.
    pub(super) fn settle(&mut self, run: &Run, code: Code) {
        self.settled.insert((run.source.clone(), code));
    }

    /// Puts each problem with its file, and takes away what was settled.
    pub(super) fn give_to(mut self, files: &mut [FileOutcome]) {
        for file in files {
            file.problems
                .retain(|problem| !self.is_settled(&file.name, problem));
            let mut problems = self.problems.remove(&file.name).unwrap_or_default();
            problems.sort();
            file.problems.extend(problems);
        }
    }

    fn is_settled(&self, file: &str, problem: &Problem) -> bool {
        problem.place == file && self.settled.contains(&(file.to_string(), problem.code))
    }
}

/// The problem at the line of an account's index, where the run has one.
fn within_line(problem: Problem, run: &Run) -> Problem {
    match &run.listing {
        Some(listing) => problem.within(&listing.place),
        None => problem,
    }
}
