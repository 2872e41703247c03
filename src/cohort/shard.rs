//! One shard: its runners, read one beside the other, and what they leave.

use super::{
    Asked, Watch, Within, kept,
    one::{self, One},
    plan::{Plan, Planned},
    store::{Receipt, Store, state_name, table_name},
};
use crate::{
    error::Error,
    frames::{self, STACKED, Stacked},
    roster::Tables,
    threads::at_once,
};
use std::path::Path;

/// What a worker goes by.
pub(super) struct Work<'a> {
    pub(super) plan: &'a Plan,
    /// SHA-256 of the plan.
    pub(super) hash: String,
    /// Where the runners' files lie.
    pub(super) root: &'a Path,
    /// The tables of everybody.
    pub(super) tables: &'a Tables,
    pub(super) asked: &'a Asked,
    pub(super) watch: &'a dyn Watch,
}

impl<'a> Work<'a> {
    /// By this plan.
    ///
    /// # Errors
    /// As [`Plan::hash`].
    pub(super) fn new(
        plan: &'a Plan,
        root: &'a Path,
        tables: &'a Tables,
        asked: &'a Asked,
        watch: &'a dyn Watch,
    ) -> Result<Self, Error> {
        Ok(Work {
            hash: plan.hash()?,
            plan,
            root,
            tables,
            asked,
            watch,
        })
    }

    /// The receipt of a shard that was written before and is as it says. None: it is to be made.
    ///
    /// # Errors
    /// The receipt cannot be read.
    pub(super) fn there(&self, shard: u32, store: &Store) -> Result<Option<Receipt>, Error> {
        let receipt = store.receipt(shard)?;
        Ok(receipt.filter(|receipt| store.fault(receipt, &self.hash).is_none()))
    }

    /// Whether the files of all its runners are there: on a disk that is not mounted yet nobody is, and trying again helps.
    ///
    /// # Errors
    /// [`Error::Input`] naming the first who is not there, or may not be looked at.
    pub(super) fn roots_are_there(&self, shard: u32) -> Result<(), Error> {
        let planned = self.plan.in_shard(shard);
        let mut below = planned.flat_map(|one| &one.athlete.recordings);
        below.try_for_each(|below| {
            let path = self.root.join(below);
            let there = path.symlink_metadata().map_err(Error::input(&path));
            there.map(drop)
        })
    }

    /// Whether the tables of its runners say what they said when the plan was made.
    ///
    /// # Errors
    /// [`Error::Plan`] where they do not.
    pub(super) fn tables_are_the_same(&self, shard: u32) -> Result<(), Error> {
        let mut planned = self.plan.in_shard(shard);
        match planned.all(|one| one.has_same_tables(self.root)) {
            true => Ok(()),
            false => Err(super::other_tables()),
        }
    }

    /// Reads a shard and writes it.
    ///
    /// # Errors
    /// Of reading what is not one runner's, of writing; an interruption.
    pub(super) fn shard(&self, shard: u32, store: &Store) -> Result<Receipt, Error> {
        let read = self.read(shard)?;
        let receipt = receipt(&self.hash, shard, &read);
        store.write(receipt, files(shard, read)?)
    }

    /// The shards that are still to be made.
    ///
    /// # Errors
    /// A receipt that cannot be read.
    pub(super) fn missing(&self, store: &Store) -> Result<Vec<u32>, Error> {
        let mut missing = Vec::new();
        for shard in 0..self.plan.shards {
            if self.there(shard, store)?.is_none() {
                missing.push(shard);
            }
        }
        Ok(missing)
    }

    fn read(&self, shard: u32) -> Result<Vec<One>, Error> {
        let all: Vec<&Planned> = self.plan.in_shard(shard).collect();
        let read = at_once(all.len(), |at| self.one(all[at]));
        read.into_iter().collect()
    }

    fn one(&self, planned: &Planned) -> Result<One, Error> {
        if self.watch.interrupted() {
            return Err(Error::Interrupted);
        }
        self.watch.begin(planned.athlete.name());
        let study = one::Study {
            root: self.root,
            tables: self.tables,
            asked: self.asked,
        };
        let read = one::read(&planned.athlete, &study, &Within(self.watch));
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
    let tables = STACKED.iter().zip(of_tables);
    let tables = tables.map(|(table, rows)| file_of(table, shard, rows));
    let mut files: Vec<_> = tables.collect::<Result<_, _>>()?;
    files.push((state_name(shard), kept::bytes(&runners)?));
    Ok(files)
}

/// The file of one table, by its name; its columns are there where there are no rows.
fn file_of(
    table: &Stacked,
    shard: u32,
    rows: Vec<frames::Rows>,
) -> Result<(String, Vec<u8>), Error> {
    let rows = [table.empty()].into_iter().chain(rows.into_iter().map(Ok));
    let bytes = frames::parquet([frames::below_one_another(rows)])?;
    Ok((table_name(table.name, shard), bytes))
}
