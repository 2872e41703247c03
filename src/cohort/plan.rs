//! The plan: who is read by which worker, and with which settings. A pure function of what lies in the folder: no clock, no machine, no
//! absolute path.

use super::{Asked, numbered};
use crate::{
    associate::cohort::Remark,
    digest::sha256,
    epidemiology::{Out, Registered},
    error::Error,
    roster::{Athlete, Named},
    source::Weight,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;

/// The plan's file in the folder that workers write into.
pub const PLAN: &str = "plan.json";

/// Raised when a worker of another version would read it otherwise.
const VERSION: u32 = 2;

/// Who is read by which worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    schema_version: u32,
    niggle_version: String,
    /// What was asked for, as the options of a cohort.
    pub settings: Value,
    /// Whether the tables have days of the calendar.
    pub with_dates: bool,
    /// Which tests were planned before anybody looked.
    pub registered: Option<Registered>,
    /// Counts of people below it are not told. 0: all are.
    pub fewest: u16,
    /// How many shards there are, numbered from 0.
    pub shards: u32,
    /// Everybody who is read, by id; a shard is a stretch of them.
    pub athletes: Vec<Planned>,
    /// The tables of everybody, below the root.
    pub tables: Named,
    /// SHA-256 of those that workers read, in their order.
    pub tables_sha256: Vec<String>,
    /// Whether the root is the folder of the cohort, and not only where tables lie.
    pub has_folder: bool,
    /// Who is not, and why.
    pub left_out: Vec<Out>,
    /// What else is to be known of the folder.
    pub noted: Vec<Remark>,
}

/// One runner who is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The shard that reads them.
    pub shard: u32,
    /// What they are called, where their files lie below the root, and what the list says of them.
    #[serde(flatten)]
    pub athlete: Athlete,
    /// How many files that are, an archive being one.
    pub files: u64,
    /// Bytes in them.
    pub bytes: u64,
    /// SHA-256 of tables among them that tell of the runner. None: there are none, or one process plans for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tables_sha256: Option<String>,
}

impl Planned {
    /// Whether the runner's tables say what they said when the plan was made.
    pub(super) fn has_same_tables(&self, root: &Path) -> bool {
        self.tables_sha256 == self.athlete.tables_sha256(root)
    }
}

impl Plan {
    /// Runners in stretches that weigh about the same, in the order of their ids, so that shards one after the other are everybody in
    /// order. None are more than there are runners.
    pub(super) fn new(
        athletes: Vec<Athlete>,
        beside: BesideThem,
        shards: usize,
        asked: &Asked,
    ) -> Plan {
        let weights: Vec<Weight> = athletes.iter().map(|one| one.weight).collect();
        let shards_of = stretches(&weights, shards);
        let planned = athletes.into_iter().zip(&shards_of);
        let planned = planned.map(|(one, shard)| Planned {
            shard: numbered(*shard),
            files: one.weight.files,
            bytes: one.weight.bytes,
            tables_sha256: None,
            athlete: one,
        });
        Plan {
            schema_version: VERSION,
            niggle_version: env!("CARGO_PKG_VERSION").to_string(),
            settings: asked.settings.clone(),
            with_dates: asked.with_dates,
            registered: asked.registered.clone(),
            fewest: asked.fewest,
            shards: numbered(shards_of.last().map_or(0, |last| last + 1)),
            athletes: planned.collect(),
            tables: beside.tables,
            tables_sha256: beside.tables_sha256,
            has_folder: beside.has_folder,
            left_out: beside.left_out,
            noted: beside.noted,
        }
    }

    /// With what the tables of each runner say now, so that a worker knows whether they are the same.
    pub(super) fn knowing_tables(mut self, root: &Path) -> Plan {
        for one in &mut self.athletes {
            one.tables_sha256 = one.athlete.tables_sha256(root);
        }
        self
    }

    /// The plan's text, by which everything made by it is known.
    ///
    /// # Errors
    /// [`Error::Render`], which plain values cannot cause.
    pub fn text(&self) -> Result<String, Error> {
        let text = serde_json::to_string_pretty(self).map(|text| text + "\n");
        text.map_err(|error| Error::render(PLAN, &error))
    }

    /// SHA-256 of the text.
    ///
    /// # Errors
    /// As [`Plan::text`].
    pub fn hash(&self) -> Result<String, Error> {
        self.text().map(|text| sha256(text.as_bytes()))
    }

    /// A plan of this version.
    ///
    /// # Errors
    /// [`Error::Input`] where it cannot be read, [`Error::Plan`] for what is none, or one of another version.
    pub fn open(path: &Path) -> Result<Plan, Error> {
        let text = std::fs::read_to_string(path).map_err(Error::input(path))?;
        let file = path.display();
        let plan: Plan = serde_json::from_str(&text).map_err(|error| {
            Error::Plan(format!(
                "{file}: no plan of niggle's ({error}). Make one with niggle plan."
            ))
        })?;
        let own = env!("CARGO_PKG_VERSION");
        match plan.schema_version == VERSION && plan.niggle_version == own {
            true => Ok(plan),
            false => Err(Error::Plan(format!(
                "{file}: a plan of niggle {}, and this is {own}: two versions are never mixed. Make the plan anew, or use that version.",
                plan.niggle_version
            ))),
        }
    }

    /// Who is in a shard, in order.
    pub fn in_shard(&self, shard: u32) -> impl Iterator<Item = &Planned> {
        self.athletes.iter().filter(move |one| one.shard == shard)
    }
}

/// What a plan keeps beside those who are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct BesideThem {
    /// The tables of everybody.
    pub(super) tables: Named,
    /// Their hashes.
    pub(super) tables_sha256: Vec<String>,
    /// Whether there is a folder.
    pub(super) has_folder: bool,
    /// Who is not read, and why.
    pub(super) left_out: Vec<Out>,
    /// What else is to be known.
    pub(super) noted: Vec<Remark>,
}

/// The number of everyone's stretch: whoever's middle lies in the same share of the whole weight has the same one, and no number is left out.
fn stretches(weights: &[Weight], shards: usize) -> Vec<usize> {
    // Every runner costs something, with however few bytes.
    let of = |weight: &Weight| u128::from(weight.bytes) + 1;
    let all: u128 = weights.iter().map(of).sum();
    let shards = shards.clamp(1, weights.len().max(1)) as u128;
    let mut before = 0;
    let mut shares = weights.iter().map(|weight| {
        let middle = 2 * before + of(weight);
        before += of(weight);
        middle * shards / (2 * all)
    });
    let first = shares.next();
    let (mut last, mut number) = (first, 0);
    let mut numbers: Vec<usize> = first.map(|_| 0).into_iter().collect();
    numbers.extend(shares.map(|share| {
        number += usize::from(last != Some(share));
        last = Some(share);
        number
    }));
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn weights(bytes: &[u64]) -> Vec<Weight> {
        let weight = |bytes: &u64| Weight {
            bytes: *bytes,
            ..Weight::default()
        };
        bytes.iter().map(weight).collect()
    }

    #[test]
    fn stretches_weigh_about_the_same() {
        assert_eq!(stretches(&weights(&[10; 6]), 3), [0, 0, 1, 1, 2, 2]);
        assert_eq!(stretches(&weights(&[100, 1, 1, 1]), 2), [0, 1, 1, 1]);
        assert_eq!(stretches(&weights(&[0, 0]), 9), [0, 1]);
        assert!(stretches(&[], 4).is_empty());
    }

    proptest! {
        #[test]
        fn everybody_is_in_one_stretch_and_none_is_empty(bytes in prop::collection::vec(0u64..1_000_000, 1..80), shards in 1usize..20) {
            let numbers = stretches(&weights(&bytes), shards);
            prop_assert_eq!(numbers.len(), bytes.len());
            prop_assert_eq!(numbers[0], 0);
            prop_assert!(numbers.windows(2).all(|two| two[1] == two[0] || two[1] == two[0] + 1));
            prop_assert!(numbers.last().is_some_and(|last| *last < shards));
        }
    }
}
