//! Several runners: a plan of who is read by which worker, the straight line for each of them, then all of them together.
//!
//! ```text
//! folder ──▶ plan ──▶ shard 0, 1, 2 … ──▶ verify ──▶ gather ──▶ report
//! ```
//!
//! One process goes the same way as many: it makes small shards one after the other in a hidden folder beside its report, from which it goes
//! on when it was stopped. Everything that is added up over runners is added exactly, so that all ways come to the same bytes (docs/scale.md).

mod gather;
mod kept;
mod one;
mod plan;
mod shard;
mod store;
mod verify;

pub use plan::{PLAN, Plan, Planned};
pub use store::{Receipt, Written};
pub use verify::{SUCCESS, Verified};

use crate::{
    associate::cohort::Remark,
    config::Config,
    digest::sha256,
    epidemiology::Registered,
    error::Error,
    ingest::Progress,
    report,
    source::{self, Members},
    units::counted,
};
use plan::Remarks;
use serde_json::Value;
use shard::Work;
use std::path::{Path, PathBuf};
use store::Store;

/// The name under which the cohort's own folder is spoken of.
const FOLDER: &str = "the folder itself";

/// Runners of a shard where one process makes them all: what is lost when it is stopped, at most.
const AT_A_TIME: usize = 4;

/// How the work on runners is told. Runners are read beside one another.
pub trait Watch: Sync {
    /// Before the first runner: how many there are, and how many of them were read before.
    fn start(&self, runners: usize, before: usize);
    /// A runner is begun.
    fn begin(&self, name: &str);
    /// A runner is done.
    fn done(&self);
    /// After the last.
    fn finish(&self);
    /// Whether to stop.
    fn interrupted(&self) -> bool;
}

/// The files of one runner, of whom only whether to stop is asked.
struct Within<'w>(&'w dyn Watch);

impl Progress for Within<'_> {
    fn start(&self, _: usize, _: u64) {}
    fn opened(&self, _: u64, _: usize, _: u64) {}
    fn file_done(&self, _: u64) {}
    fn finish(&self) {}
    fn interrupted(&self) -> bool {
        self.0.interrupted()
    }
}

/// What a cohort is made with.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// How each runner is read and judged.
    pub config: Config,
    /// The same as it was asked for, for the plan.
    pub settings: Value,
    /// Whether the tables have days of the calendar.
    pub with_dates: bool,
    /// Which tests were planned before anybody looked. None: nothing says so.
    pub registered: Option<Registered>,
}

/// What is said on the terminal when the report is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The report to open.
    pub report: PathBuf,
    /// How many runners take part.
    pub runners: usize,
    /// Who does not, and why.
    pub left_out: Vec<Remark>,
    /// How many tests were made.
    pub tests: usize,
    /// What whoever holds the files should know and the report does not show: it may name files.
    pub notices: Vec<String>,
}

/// Reads every folder of `folder` as a runner and writes what they come to together, into the output of the configuration.
///
/// # Errors
/// A folder that cannot be read or holds no runner, an output that cannot be written, an interruption. Trouble with one runner
/// leaves that runner out and is told.
pub fn run(folder: &Path, asked: &Asked, watch: &dyn Watch) -> Result<Summary, Error> {
    let members = members(folder, &asked.config.output)?;
    let newest = members.newest();
    let shards = members.runners.len().div_ceil(AT_A_TIME);
    let plan = plan_of(members, shards, asked);
    let output = report::prepare(&asked.config.output, report::COHORT)?;
    let key = sha256(format!("{} {newest:?}", plan.hash()?).as_bytes());
    let work = report::Workshop::open(output.path(), &key)?;
    let store = Store::at(work.path());
    make(&store, &plan, folder, asked, watch)?;
    let summary = write(&store, &plan, asked.config.judging.units, &output)?;
    work.close();
    Ok(summary)
}

/// Makes every shard that is not there yet, one after the other.
fn make(
    store: &Store,
    plan: &Plan,
    root: &Path,
    asked: &Asked,
    watch: &dyn Watch,
) -> Result<(), Error> {
    let hash = plan.hash()?;
    let work = Work {
        plan,
        hash: &hash,
        root,
        asked,
        watch,
    };
    let mut missing = Vec::new();
    for shard in 0..plan.shards {
        if work.there(shard, store)?.is_none() {
            missing.push(shard);
        }
    }
    let of = |shards: &[u32]| {
        plan.athletes
            .iter()
            .filter(|one| shards.contains(&one.shard))
            .count()
    };
    let all = plan.athletes.len();
    watch.start(all, all - of(&missing));
    for (at, shard) in missing.iter().enumerate() {
        let made = work.shard(*shard, store);
        made.map_err(|error| paused(error, all - of(&missing[at..]), all))?;
    }
    watch.finish();
    Ok(())
}

/// What was read is kept where there is something.
fn paused(error: Error, done: usize, all: usize) -> Error {
    match error {
        Error::Interrupted if done > 0 => Error::Paused { done, all },
        other => other,
    }
}

/// Who is read by which of so many workers.
///
/// # Errors
/// A folder that cannot be read or holds no runner.
pub fn plan(folder: &Path, leave_out: &Path, shards: usize, asked: &Asked) -> Result<Plan, Error> {
    Ok(plan_of(members(folder, leave_out)?, shards, asked))
}

/// What one worker does: reads its shard of the plan and writes it into `out`, or finds that it was written.
///
/// # Errors
/// [`Error::Plan`] for a shard that the plan does not have, or another plan in `out`; of reading and writing; an interruption.
pub fn shard(
    plan: &Plan,
    number: u32,
    root: &Path,
    out: &Path,
    asked: &Asked,
    watch: &dyn Watch,
) -> Result<Receipt, Error> {
    if number >= plan.shards {
        let has = counted(plan.shards as usize, "shard", "shards");
        return Err(Error::Plan(format!(
            "shard {number}: the plan has {has}, numbered from 0."
        )));
    }
    let store = Store::at(out);
    store.keep_plan(plan)?;
    let hash = plan.hash()?;
    let work = Work {
        plan,
        hash: &hash,
        root,
        asked,
        watch,
    };
    watch.start(plan.in_shard(number).count(), 0);
    let receipt = match work.there(number, &store)? {
        Some(receipt) => receipt,
        None => {
            work.roots_are_there(number)?;
            work.shard(number, &store)?
        }
    };
    watch.finish();
    Ok(receipt)
}

/// Looks whether every shard of a folder is there and as its receipt says, and marks the folder as whole.
///
/// # Errors
/// [`Error::Plan`] naming every shard that is not; [`Error::Input`], [`Error::Output`].
pub fn verify(out: &Path) -> Result<Verified, Error> {
    verify::verify(&Store::at(out))
}

/// The report from shards that were made before, here or elsewhere.
///
/// # Errors
/// As [`verify`]; an output that cannot be written.
pub fn from_shards(shards: &Path, asked: &Asked) -> Result<Summary, Error> {
    let store = Store::at(shards);
    verify::verify(&store)?;
    let plan = store.plan()?;
    let output = report::prepare(&asked.config.output, report::COHORT)?;
    write(&store, &plan, asked.config.judging.units, &output)
}

/// The settings of the plan that lies with shards.
///
/// # Errors
/// [`Error::Input`] and [`Error::Plan`] where there is none.
pub fn plan_in(shards: &Path) -> Result<Plan, Error> {
    Store::at(shards).plan()
}

fn write(
    store: &Store,
    plan: &Plan,
    units: crate::units::Units,
    output: &report::Output,
) -> Result<Summary, Error> {
    let together = gather::gather(store, plan)?;
    let tables = gather::tables(store, plan);
    let told = report::ToldOfCohort {
        cohort: &together.cohort,
        study: &together.study,
        registered: plan.registered.as_ref(),
        inputs: together.inputs,
        settings: &plan.settings,
        units,
    };
    let report = report::write_cohort(&told, &tables, output)?;
    Ok(Summary {
        report,
        runners: together.cohort.runners.len(),
        left_out: together.cohort.left_out,
        tests: together.cohort.tests,
        notices: together.notices,
    })
}

fn members(folder: &Path, leave_out: &Path) -> Result<Members, Error> {
    let members = source::members(folder, leave_out)?;
    match members.runners.is_empty() {
        true => Err(Error::Usage(nobody(folder))),
        false => Ok(members),
    }
}

fn nobody(folder: &Path) -> String {
    format!(
        "{}: no folder in it. Nothing was written. Give each runner a folder of their own in it, with recordings and a pain.csv.",
        folder.display()
    )
}

fn plan_of(members: Members, shards: usize, asked: &Asked) -> Plan {
    let link = |name: &String| Remark::new(name, "a link, and links are not followed");
    let left = Remarks {
        left_out: members.links.iter().map(link).collect(),
        noted: loose_files(members.loose_files).into_iter().collect(),
    };
    Plan::new(members, left, shards, asked)
}

/// Files that lie beside the runners' folders.
fn loose_files(count: usize) -> Option<Remark> {
    let files = counted(count, "file lies", "files lie");
    let what = format!("{files} beside the runners' folders, nobody's, and not read");
    (count > 0).then(|| Remark::new(FOLDER, what))
}

/// Of a list that is never so long.
fn numbered(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
