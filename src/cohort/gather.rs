//! From shards to the cohort: who takes part, the two rounds of the tests, the study, the tables. Runners come from the shards' files one at
//! a time, three times, and only what they come to is in memory.

use super::{
    kept::{Kept, Reader},
    plan::Plan,
    store::Store,
};
use crate::{
    associate::cohort::{
        self, Cohort, Gathered, Remark, Runner, Series,
        rounds::{First, Second},
    },
    digest::Digest,
    epidemiology::{self, Flow, Member, Out, Study, Why},
    error::Error,
    frames::{self, STACKED, Stacked},
    report::Poured,
    source::STACKED as FOLDER,
    threads::{at_once, cores},
};

/// Everybody together.
pub(super) struct Together {
    pub(super) cohort: Cohort,
    pub(super) study: Study,
    /// Who was left out on the way.
    pub(super) flow: Flow,
    /// Everything that was read, in one short name.
    pub(super) inputs: Digest,
    /// What whoever holds the files should know.
    pub(super) notices: Vec<String>,
}

/// Puts the shards of a plan together.
///
/// # Errors
/// A shard's file that cannot be read.
pub(super) fn gather(store: &Store, plan: &Plan) -> Result<Together, Error> {
    let all = listed(store, plan)?;
    let left_out = all.left_out.iter().map(Out::remark).collect();
    let gathered = cohort::gather(all.runners, left_out, all.noted);
    let mut cohort = tested(store, plan, gathered)?;
    let out = [all.left_out, all.uncounted].concat();
    let mut study = Study::of(&all.members);
    study.hide_below(usize::from(plan.fewest));
    if let Some(registered) = &plan.registered {
        cohort.tell_planned(&registered.pairs);
        study.tell_planned(&registered.rules, &registered.definitions);
    }
    Ok(Together {
        flow: Flow::of(&out, all.members.len(), cohort.runners.len()),
        cohort,
        study,
        inputs: all.inputs,
        notices: all.notices,
    })
}

/// What is known of everybody before anything is tested.
#[derive(Default)]
struct All {
    runners: Vec<Runner>,
    members: Vec<Member>,
    left_out: Vec<Out>,
    /// Who was read and is not counted in the study.
    uncounted: Vec<Out>,
    noted: Vec<Remark>,
    notices: Vec<String>,
    inputs: Digest,
}

/// The first reading: what the runners came to, without their series.
fn listed(store: &Store, plan: &Plan) -> Result<All, Error> {
    let mut all = All {
        left_out: plan.left_out.clone(),
        noted: plan.noted.clone(),
        ..All::default()
    };
    for shard in 0..plan.shards {
        let mut reader = open(store, shard)?;
        while let Some(kept) = reader.kept().map_err(Error::input(&store.state(shard)))? {
            all.add(kept);
        }
    }
    all.tell_copies();
    Ok(all)
}

impl All {
    fn add(&mut self, kept: Kept) {
        let is_unwatched = kept.left_out.is_none() && kept.member.is_none();
        let unwatched = is_unwatched.then(|| Out::new(&kept.name, Why::NotWatched, ""));
        self.uncounted.extend(unwatched);
        self.left_out.extend(kept.left_out);
        self.noted.extend(kept.noted);
        self.notices.extend(kept.notices);
        self.inputs = self.inputs.with(kept.digest);
        self.runners.extend(kept.runner);
        self.members.extend(kept.member);
    }

    /// A second name of somebody is told, and not counted.
    fn tell_copies(&mut self) {
        for (name, other) in epidemiology::take_out_copies(&mut self.members) {
            let what = format!("the same as {other} in all that is counted, and not counted twice");
            self.uncounted.push(Out::new(&name, Why::Copy, ""));
            self.noted.push(Remark::new(&name, what));
        }
    }
}

/// The second and third reading: what dates have in common, then the draws.
fn tested(store: &Store, plan: &Plan, gathered: Gathered) -> Result<Cohort, Error> {
    let first = fold(store, plan, &First::new(&gathered), First::add, First::and)?;
    let second = fold(store, plan, &Second::new(first), Second::add, Second::and)?;
    Ok(gathered.cohort(&second.outcomes()))
}

/// Adds every runner, on every core; what the parts come to is the same in any order.
fn fold<S: Clone + Send + Sync>(
    store: &Store,
    plan: &Plan,
    nobody: &S,
    add: fn(&mut S, &str, &Series),
    and: fn(S, S) -> S,
) -> Result<S, Error> {
    let parts = cores();
    let part = |at: usize| {
        let mut sum = nobody.clone();
        for shard in (0..plan.shards).skip(at).step_by(parts) {
            add_shard(store, shard, &mut sum, add)?;
        }
        Ok(sum)
    };
    let mut sums = at_once(parts, part).into_iter();
    let first = sums.next().unwrap_or_else(|| Ok(nobody.clone()));
    sums.fold(first, |sum, part| Ok(and(sum?, part?)))
}

fn add_shard<S>(
    store: &Store,
    shard: u32,
    sum: &mut S,
    add: fn(&mut S, &str, &Series),
) -> Result<(), Error> {
    let mut reader = open(store, shard)?;
    while let Some((kept, series)) = reader.whole().map_err(Error::input(&store.state(shard)))? {
        add(sum, &kept.name, &series);
    }
    Ok(())
}

fn open(store: &Store, shard: u32) -> Result<Reader, Error> {
    let path = store.state(shard);
    Reader::open(&path).map_err(Error::input(&path))
}

/// The tables of everybody, one below the other, as files that are written as they are made.
pub(super) fn tables<'a>(store: &'a Store, plan: &'a Plan) -> Vec<Poured<'a>> {
    let both = STACKED.iter().flat_map(move |table| {
        let csv = Poured {
            name: format!("{FOLDER}/{}.csv", table.name),
            pour: Box::new(move |to| frames::csv_into(to, rows(store, plan, table))),
        };
        let parquet = Poured {
            name: format!("{FOLDER}/{}.parquet", table.name),
            pour: Box::new(move |to| frames::parquet_into(to, rows(store, plan, table))),
        };
        [csv, parquet]
    });
    both.collect()
}

fn rows<'a>(
    store: &'a Store,
    plan: &'a Plan,
    table: &'a Stacked,
) -> impl Iterator<Item = Result<frames::Rows, Error>> + 'a {
    let shards = 0..plan.shards;
    frames::in_groups(shards.map(|shard| frames::of_parquet(&store.table(table.name, shard)?)))
}
