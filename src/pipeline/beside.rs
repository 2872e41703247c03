//! What a study keeps of a runner beside what lies in their inputs: rows of a log of all, runs of a table of all.

use super::laying_out::{Laid, lay_out, lay_out_knowing};
use super::nothing::no_activity;
use crate::{
    config::Judging,
    digest::Digest,
    error::Error,
    ingest::Ingested,
    merge::{self, Merged},
    model::Run,
    pain::{self, PainLog},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What is kept of a runner beside the inputs.
#[derive(Default)]
pub struct Beside<'b> {
    /// Reads the runner's rows of a log of all by these options. None: the log lies among the inputs.
    pub log: Option<&'b dyn Fn(&pain::Options) -> PainLog>,
    /// What was run by a table of all, by start. It counts where there is no recording.
    pub runs: &'b [Run],
    /// Days of that table on which nothing was run.
    pub rest: BTreeSet<NaiveDate>,
}

impl Beside<'_> {
    /// The last day on which something was run by the table.
    pub(super) fn last_run(&self) -> Option<NaiveDate> {
        self.runs.iter().map(Run::local_date).max()
    }

    /// The runs on their calendar: those of recordings, else those of the table.
    ///
    /// # Errors
    /// [`Error::NoActivity`] where there is neither, whatever the log holds.
    pub(super) fn with_runs(
        &self,
        ingested: Ingested,
        pain: &PainLog,
        options: &Judging,
    ) -> Result<Laid, Error> {
        let mut merged = merge::one_activity_once(ingested, options.as_of);
        if !merged.runs.is_empty() {
            return lay_out(merged, pain, options);
        }
        self.take_table(&mut merged, options);
        match merged.runs.is_empty() {
            true => Err(no_activity(&merged, pain)),
            false => lay_out_knowing(merged, pain, options, &self.rest),
        }
    }

    fn take_table(&self, merged: &mut Merged, options: &Judging) {
        let runs = self.runs.iter();
        let in_time = |run: &&Run| options.as_of.is_none_or(|as_of| run.local_date() <= as_of);
        merged.runs = runs.filter(in_time).cloned().collect();
        merged.digest = merged
            .digest
            .with(merged.runs.iter().map(Digest::of).collect());
    }
}
