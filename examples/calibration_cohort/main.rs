//! Proves what is said of a cohort: simulated studies in which incidence, prevalence, time to the first injury and the link of load and pain
//! are planted, through the program's own functions, and how often the intervals hold what was planted.
//!
//! `cargo run --release --example calibration_cohort > reports/calibration-cohort.md`; `-- 100` sets the studies of each row.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub,
    reason = "an example may fail loudly and print, and its modules are nobody else's"
)]

#[path = "../calibration/calendar.rs"]
#[allow(dead_code, reason = "the calibration of runners uses all of it")]
mod calendar;
mod link;
#[path = "../calibration/random.rs"]
mod random;
#[path = "../calibration/seeds.rs"]
mod seeds;
mod spells;
mod study;
#[path = "../calibration/table.rs"]
#[allow(dead_code, reason = "the calibration of runners uses all of it")]
mod table;

use rayon::prelude::*;
use seeds::mixed;

/// Studies of a row.
const STUDIES: u32 = 1000;
/// What the published figures were made with.
const SEED: u64 = 20_261_201;

fn main() {
    let asked = std::env::args().nth(1).and_then(|count| count.parse().ok());
    let studies = asked.unwrap_or(STUDIES).max(2);
    println!("{}", head(studies));
    println!("{}", spells::section(studies));
    print!("{}", link::section(studies));
}

fn head(studies: u32) -> String {
    format!(
        "# Calibration of cohorts\n\nMade by `cargo run --release --example calibration_cohort -- {studies}`, seed {SEED}. {studies} simulated studies in \
         every row, {} days each; every study has a seed of its own, so that the figures are the same on every machine. Recordings and a pain log \
         are made in memory and go through the program's own functions: follow-up, exposure, injuries, weekly questions, the rules about \
         running and what they flagged before onsets, the pooled test. All figures are percent unless said; ± is half of their own 95 % interval.\n\n\
         The statistics: src/method/statistics.md, Incidence and prevalence, and Several runners.\n",
        study::DAYS
    )
}

/// Something of each of so many studies, in order: each has a seed of its own, so that threads change nothing.
fn each<T: Send>(
    studies: u32,
    name: &str,
    one: impl Fn(&mut random::Random) -> T + Sync,
) -> Vec<T> {
    eprintln!("{name}");
    let row = name
        .bytes()
        .fold(SEED, |seed, byte| mixed(seed ^ u64::from(byte)));
    let studies = 0..u64::from(studies);
    studies
        .into_par_iter()
        .map(|study| one(&mut random::Random::new(mixed(row ^ study))))
        .collect()
}
