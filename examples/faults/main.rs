//! Invents runs whose truth is known, damages each with none to three faults at random, and asks every quantity whether it came out
//! right, absent, told or wrong in silence: `cargo run --release --example faults > reports/faults.md`.
//!
//! `-- 2000` invents so many runs. `-- 2000 silent` lists what is wrong in silence, `-- 2000 absent` what is absent though it could be
//! known, `-- 2000 from 100000` begins with run 100,000, and `-- one 17 FOLDER` writes the file of run 17, to be looked at by
//! `niggle inspect`. Every run has a seed of its own, so the table is the same on every machine and whatever the number of threads is.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    reason = "an example may fail loudly and print"
)]

mod damage;
#[path = "../make_sample_data/encode.rs"]
mod encode;
mod formats;
mod judge;
#[path = "../calibration/random.rs"]
mod random;
mod table;
mod truth;

use damage::FAULTS;
use judge::{Judged, Outcome, judge};
use random::Random;
use rayon::prelude::*;
use std::{ops::Range, path::Path};
use truth::{Form, Recording, Sensor, Truth};

/// Runs without a number given.
const RUNS: u64 = 20_000;
/// Most faults of one run.
const MOST_FAULTS: usize = 3;
/// Faults that are tried until enough of them fit.
const MOST_TRIES: usize = 200;

/// One run: what was done to it and how it came out.
pub struct Trial {
    pub number: u64,
    pub form: Form,
    pub sensor: Sensor,
    pub faults: Vec<&'static str>,
    pub judged: Vec<Judged>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["one", number, folder] => one(number.parse().unwrap(), Path::new(folder)),
        [] => print!("{}", table::of(&trials(0..RUNS))),
        [runs, more @ ..] => many(runs.parse().unwrap(), more),
    }
}

/// So many runs, from the number given on, as a table or one by one.
fn many(runs: u64, more: &[&str]) {
    let (first, shown) = match more {
        ["from", first, shown @ ..] => (first.parse().unwrap(), shown),
        shown => (0, shown),
    };
    let numbers = first..first + runs;
    match shown {
        [] => print!("{}", table::of(&trials(numbers))),
        ["silent"] => list(numbers, Outcome::Silent),
        ["absent"] => list(numbers, Outcome::Absent),
        _ => eprintln!("usage: faults [RUNS [from FIRST] [silent|absent]] | one NUMBER FOLDER"),
    }
}

fn trials(numbers: Range<u64>) -> Vec<Trial> {
    numbers.into_par_iter().map(trial).collect()
}

fn trial(number: u64) -> Trial {
    let (truth, recording, faults) = damaged(number);
    let (name, bytes) = formats::write(&recording);
    Trial {
        number,
        form: recording.form,
        sensor: recording.sensor,
        faults,
        judged: judge(name, &bytes, &recording, &truth),
    }
}

/// A run, its recording, and what was done to it.
fn damaged(number: u64) -> (Truth, Recording, Vec<&'static str>) {
    // Neighbours begin far apart.
    let mut random = Random::new((number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    for _ in 0..8 {
        random.uniform();
    }
    let (mut truth, mut recording) = truth::invent(&mut random);
    let wanted = number as usize % (MOST_FAULTS + 1);
    let mut faults = Vec::new();
    // After some of them a recording may be too short for others.
    for _ in 0..MOST_TRIES {
        if faults.len() == wanted {
            break;
        }
        let fault = &FAULTS[(random.uniform() * FAULTS.len() as f64) as usize];
        if !faults.contains(&fault.name) && fault.on(&mut recording, &mut truth, &mut random) {
            faults.push(fault.name);
        }
    }
    (truth, recording, faults)
}

fn one(number: u64, folder: &Path) {
    let (truth, recording, faults) = damaged(number);
    let (name, bytes) = formats::write(&recording);
    std::fs::write(folder.join(name), bytes).unwrap();
    println!("{faults:?}\n{:?}\n{truth:#?}", recording.sensor);
    trial(number)
        .judged
        .iter()
        .for_each(|judged| println!("{judged:?}"));
}

fn list(numbers: Range<u64>, outcome: Outcome) {
    for trial in trials(numbers) {
        let of = trial
            .judged
            .iter()
            .filter(|judged| judged.outcome == outcome);
        for judged in of {
            let (quantity, value) = (judged.quantity.in_words(), judged.value);
            println!(
                "{}\t{:?}, {:?}\t{quantity}\t{:.0}\t{value:.0?}\t{}",
                trial.number,
                trial.form,
                trial.sensor,
                judged.truth,
                trial.faults.join(" + ")
            );
        }
    }
}
