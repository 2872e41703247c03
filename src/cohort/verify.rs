//! Whether every shard is there, whole, and of one plan: nothing lost and nothing twice, whatever engine made them.

use super::{
    plan::Plan,
    store::{Receipt, Store},
};
use crate::{error::Error, report, units::counted};
use serde::Serialize;

/// The file that marks a folder of shards as whole.
pub const SUCCESS: &str = "_SUCCESS.json";

/// Shards that are named where more are not as they should be.
const NAMED: usize = 5;

/// What the shards of a folder came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// SHA-256 of the plan's text.
    pub plan: String,
    /// The program's version.
    pub niggle_version: String,
    /// How many shards there are.
    pub shards: u32,
    /// Runners read, whether they take part or not.
    pub athletes: u64,
    /// Those who take part.
    pub taken: u64,
    /// Their runs.
    pub runs: u64,
    /// Inputs that could not be used.
    pub inputs_failed: u64,
    /// Files that a worker began and did not end: they are nobody's, and can be removed.
    #[serde(skip)]
    pub unfinished: usize,
}

pub(super) fn verify(store: &Store, plan: &Plan) -> Result<Verified, Error> {
    let hash = plan.hash()?;
    let mut receipts = Vec::new();
    let mut faults = Vec::new();
    for shard in 0..plan.shards {
        match checked(store, shard, &hash, plan.in_shard(shard).count())? {
            Ok(receipt) => receipts.push(receipt),
            Err(fault) => faults.push(format!("shard {shard}: {fault}")),
        }
    }
    if !faults.is_empty() {
        return Err(Error::Plan(told(store, &faults)));
    }
    let verified = Verified::of(&receipts, hash, store);
    let text = serde_json::to_string_pretty(&verified).unwrap_or_default() + "\n";
    report::replace_on_disk(
        &store.folder().join(SUCCESS),
        text.as_bytes(),
        store.access(),
    )?;
    Ok(verified)
}

/// The receipt of a shard, or what is wrong with it.
fn checked(
    store: &Store,
    shard: u32,
    plan: &str,
    athletes: usize,
) -> Result<Result<Receipt, String>, Error> {
    let Some(receipt) = store.receipt(shard)? else {
        return Ok(Err(
            "it is not there, or its receipt cannot be understood".to_string()
        ));
    };
    if receipt.shard != shard || receipt.athletes != athletes as u64 {
        return Ok(Err("its receipt is another shard's".to_string()));
    }
    Ok(store.fault(&receipt, plan).map_or(Ok(receipt), Err))
}

fn told(store: &Store, faults: &[String]) -> String {
    let shown = faults.iter().take(NAMED).cloned();
    let more = faults.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("and {more} more"));
    format!(
        "{}: {} not as the plan wants {}. {}. Nothing was written. Make them again with niggle shard.",
        store.folder().display(),
        counted(faults.len(), "shard is", "shards are"),
        if faults.len() == 1 { "it" } else { "them" },
        shown.chain(more).collect::<Vec<_>>().join("; ")
    )
}

impl Verified {
    fn of(receipts: &[Receipt], plan: String, store: &Store) -> Verified {
        let sum = |of: fn(&Receipt) -> u64| receipts.iter().map(of).sum();
        Verified {
            plan,
            niggle_version: env!("CARGO_PKG_VERSION").to_string(),
            shards: super::numbered(receipts.len()),
            athletes: sum(|one| one.athletes),
            taken: sum(|one| one.taken),
            runs: sum(|one| one.runs),
            inputs_failed: sum(|one| one.inputs_failed),
            // Where it cannot be counted there is nothing to tell.
            unfinished: store.strays().unwrap_or_default(),
        }
    }
}
