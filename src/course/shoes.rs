//! Which shoes were worn of late, and since when.

use crate::{
    model::{History, Run},
    time::plus_days,
};
use chrono::NaiveDate;
use std::{cmp::Reverse, collections::BTreeMap};

/// Of late: so many days up to the last run, days. As long as what is compared before the pain began.
const LATELY_DAYS: i64 = 28;

/// One shoe.
#[derive(Debug, Clone, PartialEq)]
pub struct WornShoe {
    /// What the runner calls it.
    pub name: String,
    /// The first recorded run in it, which need not be its first.
    pub since: NaiveDate,
    /// Runs in it in the last four weeks of running.
    pub runs: usize,
    /// Metres of all recorded runs in it.
    pub distance_m: f64,
}

/// Those of the runs of late, the most worn first.
pub(super) fn of(history: &History) -> Vec<WornShoe> {
    let until = history.runs_between(NaiveDate::MIN, history.as_of);
    let lately = lately(history, until);
    let mut worn: BTreeMap<&str, usize> = BTreeMap::new();
    for shoe in lately.iter().filter_map(|run| run.shoe.as_deref()) {
        *worn.entry(shoe).or_default() += 1;
    }
    let shoes = worn.into_iter();
    let mut shoes: Vec<WornShoe> = shoes
        .filter_map(|(name, runs)| shoe(until, name, runs))
        .collect();
    shoes.sort_by_key(|shoe| Reverse(shoe.runs));
    shoes
}

fn lately<'a>(history: &'a History, until: &'a [Run]) -> &'a [Run] {
    let Some(last) = until.last().map(Run::local_date) else {
        return &[];
    };
    history.runs_between(plus_days(last, 1 - LATELY_DAYS), last)
}

fn shoe(runs: &[Run], name: &str, lately: usize) -> Option<WornShoe> {
    let own = || runs.iter().filter(|run| run.shoe.as_deref() == Some(name));
    Some(WornShoe {
        name: name.to_string(),
        since: own().next()?.local_date(),
        runs: lately,
        distance_m: own().filter_map(|run| run.distance_m).sum(),
    })
}
