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
    report::{self, Access},
    roster::{self, Named, Roster, Tables},
    source::Weight,
    units::{Units, counted},
};
use plan::BesideThem;
use serde_json::Value;
use shard::Work;
use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};
use store::Store;

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
    /// Counts of people below it are not told. 0: all are.
    pub fewest: u16,
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

/// Reads everybody whom the folder and the tables name and writes what they come to together, into the output of the configuration.
///
/// # Errors
/// A folder or a table that cannot be read or names nobody, an output that cannot be written, an interruption. Trouble with one runner
/// leaves that runner out and is told.
pub fn run(who: &Who, asked: &Asked, watch: &dyn Watch) -> Result<Summary, Error> {
    let roster = who.roster(&asked.config.output, asked)?;
    let newest = newest(&roster);
    let shards = roster.athletes.len().div_ceil(AT_A_TIME);
    let (plan, tables) = plan_of(who, roster, shards, asked)?;
    let output = report::prepare(
        &asked.config.output,
        report::COHORT,
        Access::of(asked.config.is_shared),
    )?;
    let root = who.root();
    let work = Work::new(&plan, &root, &tables, asked, watch)?;
    let key = sha256(format!("{} {newest:?}", work.hash).as_bytes());
    let workshop = report::Workshop::open(&output, &key)?;
    let store = Store::of_one(workshop.path(), Access::of(asked.config.is_shared));
    make(&store, &work)?;
    let summary = write(&store, &plan, asked.config.judging.units, &output)?;
    workshop.close();
    Ok(summary)
}

/// When something that is read was last written.
fn newest(roster: &Roster) -> Option<SystemTime> {
    let of_athletes = roster.athletes.iter().map(|one| one.weight.newest);
    let of_tables = roster.tables.files().map(|file| Weight::of(file).newest);
    of_athletes.chain(of_tables).max().flatten()
}

/// Where everybody is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// The folder of the cohort. None: the tables name everybody.
    pub folder: Option<PathBuf>,
    /// The tables that are named.
    pub named: Named,
}

impl Who {
    fn asked<'a>(&'a self, leave_out: &'a Path, asked: &'a Asked) -> roster::Asked<'a> {
        roster::Asked {
            folder: self.folder.as_deref(),
            named: self.named.clone(),
            leave_out,
            options: &asked.config.pain,
        }
    }

    fn roster(&self, leave_out: &Path, asked: &Asked) -> Result<Roster, Error> {
        roster::read(&self.asked(leave_out, asked))
    }

    /// The folder that everything lies below.
    pub fn root(&self) -> PathBuf {
        self.asked(Path::new(""), &Asked::default()).root()
    }
}

/// Makes every shard that is not there yet, one after the other.
fn make(store: &Store, work: &Work) -> Result<(), Error> {
    let missing = work.missing(store)?;
    let of = |shards: &[u32]| {
        let athletes = work.plan.athletes.iter();
        athletes.filter(|one| shards.contains(&one.shard)).count()
    };
    let all = work.plan.athletes.len();
    work.watch.start(all, all - of(&missing));
    for (at, shard) in missing.iter().enumerate() {
        let made = work.shard(*shard, store);
        made.map_err(|error| paused(error, all - of(&missing[at..]), all))?;
    }
    work.watch.finish();
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
/// A folder or a table that cannot be read or names nobody.
pub fn plan(who: &Who, leave_out: &Path, shards: usize, asked: &Asked) -> Result<Plan, Error> {
    let roster = who.roster(leave_out, asked)?;
    let (plan, _) = plan_of(who, roster, shards, asked)?;
    Ok(plan.knowing_tables(&who.root()))
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
    has_shard(plan, number)?;
    let store = Store::at(out, Access::of(asked.config.is_shared));
    store.keep_plan(plan)?;
    let tables = tables_of(plan, root, asked)?;
    let work = Work::new(plan, root, &tables, asked, watch)?;
    watch.start(plan.in_shard(number).count(), 0);
    let receipt = match work.there(number, &store)? {
        Some(receipt) => receipt,
        None => {
            work.roots_are_there(number)?;
            work.tables_are_the_same(number)?;
            work.shard(number, &store)?
        }
    };
    watch.finish();
    Ok(receipt)
}

fn has_shard(plan: &Plan, number: u32) -> Result<(), Error> {
    let has = counted(plan.shards as usize, "shard", "shards");
    let what = format!("shard {number}: the plan has {has}, numbered from 0.");
    match number < plan.shards {
        true => Ok(()),
        false => Err(Error::Plan(what)),
    }
}

/// Looks whether every shard of a folder is there and as its receipt says, and marks the folder as whole.
///
/// # Errors
/// [`Error::Plan`] naming every shard that is not; [`Error::Input`], [`Error::Output`].
pub fn verify(out: &Path) -> Result<Verified, Error> {
    let store = Store::at(out, Access::Shared);
    verify::verify(&store, &store.plan()?)
}

/// The report from shards that were made before, here or elsewhere, by the plan that lies with them ([`plan_in`]).
///
/// # Errors
/// As [`verify`]; an output that cannot be written.
pub fn from_shards(shards: &Path, plan: &Plan, asked: &Asked) -> Result<Summary, Error> {
    let store = Store::at(shards, Access::Shared);
    verify::verify(&store, plan)?;
    let output = report::prepare(
        &asked.config.output,
        report::COHORT,
        Access::of(asked.config.is_shared),
    )?;
    write(&store, plan, asked.config.judging.units, &output)
}

/// The plan that lies with shards.
///
/// # Errors
/// [`Error::Input`] and [`Error::Plan`] where there is none.
pub fn plan_in(shards: &Path) -> Result<Plan, Error> {
    Store::at(shards, Access::Shared).plan()
}

fn write(
    store: &Store,
    plan: &Plan,
    units: Units,
    output: &report::Output,
) -> Result<Summary, Error> {
    let together = gather::gather(store, plan)?;
    let tables = gather::tables(store, plan);
    let told = report::ToldOfCohort {
        cohort: &together.cohort,
        study: &together.study,
        flow: &together.flow,
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

/// The plan of a roster, and its tables.
fn plan_of(
    who: &Who,
    roster: Roster,
    shards: usize,
    asked: &Asked,
) -> Result<(Plan, Tables), Error> {
    let root = who.root();
    let tables = who.named.moved(|file| roster::below(file, &root));
    let beside = BesideThem {
        tables_sha256: hashes(&tables, &root, &roster.tables)?,
        tables,
        has_folder: who.folder.is_some(),
        left_out: roster.left_out,
        noted: roster.noted,
    };
    let plan = Plan::new(roster.athletes, beside, shards, asked);
    Ok((plan, roster.tables))
}

/// The tables of a plan, where this machine has them.
///
/// # Errors
/// [`Error::Plan`] where they are others than those that the plan was made of.
fn tables_of(plan: &Plan, root: &Path, asked: &Asked) -> Result<Tables, Error> {
    // What is named is looked at before it is read: a table that was changed may be none any more.
    let named = hashes(&plan.tables, root, &Tables::default())?;
    if !plan.tables_sha256.starts_with(&named) {
        return Err(other_tables());
    }
    let moved = plan.tables.moved(|file| root.join(file));
    let folder = plan.has_folder.then_some(root);
    let tables = Tables::open(&moved, folder, &asked.config.output, &asked.config.pain)?;
    match hashes(&plan.tables, root, &tables)? == plan.tables_sha256 {
        true => Ok(tables),
        false => Err(other_tables()),
    }
}

fn other_tables() -> Error {
    let what =
        "the tables of the study are not those that the plan was made of. Make the plan anew.";
    Error::Plan(what.to_string())
}

/// SHA-256 of the tables that are read with everybody: those that are named, then those of the folder.
fn hashes(named: &Named, root: &Path, tables: &Tables) -> Result<Vec<String>, Error> {
    let hash = |path: PathBuf| {
        let bytes = std::fs::read(&path).map_err(Error::input(&path))?;
        Ok(sha256(&bytes))
    };
    let named = named.of_all().map(|file| root.join(file));
    named.chain(tables.files().cloned()).map(hash).collect()
}

/// Of a list that is never so long.
fn numbered(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
