//! One shard: its runners, read one beside the other, and what they leave.

use super::{
    Asked, Watch, Within, kept,
    one::{self, One},
    plan::{Plan, Planned},
    store::{Receipt, Store, state_name, table_name},
};
use crate::{
    error::Error,
    frames::{self, STACKED},
    threads::at_once,
};
use std::{io::ErrorKind, path::Path};

/// What a worker goes by.
pub(super) struct Work<'a> {
    pub(super) plan: &'a Plan,
    /// SHA-256 of the plan.
    pub(super) hash: &'a str,
    /// Where the runners' files lie.
    pub(super) root: &'a Path,
    pub(super) asked: &'a Asked,
    pub(super) watch: &'a dyn Watch,
}

impl Work<'_> {
    /// The receipt of a shard that was written before and is as it says. None: it is to be made.
    ///
    /// # Errors
    /// The receipt cannot be read.
    pub(super) fn there(&self, shard: u32, store: &Store) -> Result<Option<Receipt>, Error> {
        let receipt = store.receipt(shard)?;
        Ok(receipt.filter(|receipt| store.fault(receipt, self.hash).is_none()))
    }

    /// Whether the files of all its runners are there: on a disk that is not mounted yet nobody is, and trying again helps.
    ///
    /// # Errors
    /// [`Error::Input`] naming the first who is not there.
    pub(super) fn roots_are_there(&self, shard: u32) -> Result<(), Error> {
        let mut paths = self
            .plan
            .in_shard(shard)
            .map(|one| self.root.join(&one.path));
        let missing = paths.find(|path| path.symlink_metadata().is_err());
        missing.map_or(Ok(()), |path| {
            Err(Error::Input {
                error: ErrorKind::NotFound.into(),
                path,
            })
        })
    }

    /// Reads a shard and writes it.
    ///
    /// # Errors
    /// Of reading what is not one runner's, of writing; an interruption.
    pub(super) fn shard(&self, shard: u32, store: &Store) -> Result<Receipt, Error> {
        let read = self.read(shard)?;
        let receipt = receipt(self.hash, shard, &read);
        store.write(receipt, files(shard, read)?)
    }

    fn read(&self, shard: u32) -> Result<Vec<One>, Error> {
        let all: Vec<&Planned> = self.plan.in_shard(shard).collect();
        at_once(all.len(), |at| self.one(all[at]))
            .into_iter()
            .collect()
    }

    fn one(&self, planned: &Planned) -> Result<One, Error> {
        if self.watch.interrupted() {
            return Err(Error::Interrupted);
        }
        self.watch.begin(&planned.athlete);
        let path = self.root.join(&planned.path);
        let read = one::read(&planned.athlete, path, self.asked, &Within(self.watch));
        self.watch.done();
        read
    }
}

fn receipt(hash: &str, shard: u32, read: &[One]) -> Receipt {
    let sum = |of: fn(&One) -> u64| read.iter().map(of).sum();
    Receipt {
        athletes: read.len() as u64,
        taken: sum(|one| u64::from(one.kept.left_out.is_none())),
        runs: sum(|one| one.kept.runs),
        inputs_failed: sum(|one| one.kept.failed),
        ..Receipt::new(hash, shard)
    }
}

/// The files of a shard: a table for each of [`STACKED`], then what is kept of the runners.
fn files(shard: u32, read: Vec<One>) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut of_tables: Vec<Vec<frames::Rows>> = STACKED.iter().map(|_| Vec::new()).collect();
    let mut runners = Vec::with_capacity(read.len());
    for one in read {
        let into = of_tables.iter_mut().zip(one.tables);
        into.for_each(|(all, rows)| all.push(rows));
        runners.push((one.kept, one.series));
    }
    let mut files = Vec::with_capacity(STACKED.len() + 1);
    for (table, rows) in STACKED.iter().zip(of_tables) {
        let rows = [table.empty()].into_iter().chain(rows.into_iter().map(Ok));
        let name = table_name(table.name, shard);
        files.push((name, frames::parquet([frames::below_one_another(rows)])?));
    }
    files.push((state_name(shard), kept::bytes(&runners)?));
    Ok(files)
}
