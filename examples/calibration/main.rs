//! Proves niggle's false alarms: simulated runners whose pain knows nothing of their load, and some whose pain does.
//!
//! `cargo run --release --example calibration > reports/calibration.md`; `-- 200` sets the runners in each cell.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    reason = "an example may fail loudly and print"
)]

mod random;
mod runner;
mod spikes;

use niggle::stats::{
    event_shift::{Seen, event_shift},
    partial_shift::{Question, partial_shift},
    trend::without_trend,
};
use random::Random;
use runner::{SCENARIOS, Scenario, Season};

const SEED: u64 = 20_250_314;
const REPETITIONS: u32 = 4000;
const DAYS: [usize; 4] = [42, 84, 168, 365];
const ALPHA: f64 = 0.05;
/// Spells before the backtest speaks.
const ONSETS_MIN: u32 = 5;

fn main() {
    let repetitions = std::env::args()
        .nth(1)
        .and_then(|count| count.parse().ok())
        .unwrap_or(REPETITIONS);
    println!(
        "# Calibration\n\nMade by `cargo run --release --example calibration -- {repetitions}`: seed {SEED}, {repetitions} simulated \
         runners in every cell, two-sided 5 %. Percent of them that the test calls a pattern; 95 % of a true 5.0 lie within \
         ± {:.1}.\n\nThe runners (src/method/statistics.md, Ordinary p values): four runs a week times a drifting level, 12 % \
         skipped; pain a floored AR(1) with a day-to-day correlation of 0.9.\n",
        196.0 * (ALPHA * (1.0 - ALPHA) / f64::from(repetitions)).sqrt()
    );
    println!(
        "## load-pain-link: three days' distance, exact circular shift\n\nIn brackets how many percent of the runners have a rho, \
         where not all do.\n\n{}",
        header("log")
    );
    for (effect, label) in [
        (0.0, "no link"),
        (0.4, "weak link, 0.4 SD"),
        (0.8, "strong link, 0.8 SD"),
    ] {
        for scenario in SCENARIOS {
            let cell = |days| {
                share(repetitions, |random| {
                    link_p(random, *scenario, days, effect)
                })
            };
            row(&format!("{label}; {}", scenario.name), DAYS.map(cell));
        }
    }
    println!(
        "\n## The backtest: weeks more than 10 % above their base, new spells on their last day or in the 7 \
         days after\n\nOnly runners with five spells \
         are tested; in brackets how many percent those are.\n\n{}",
        header("rate after a flag")
    );
    for (ratio, label) in [
        (1.0, "as on other days"),
        (2.0, "twice as high"),
        (4.0, "four times as high"),
    ] {
        for scenario in SCENARIOS.iter().filter(|scenario| !scenario.season) {
            let cell = |days| {
                share(repetitions, |random| {
                    backtest_p(random, *scenario, days, ratio)
                })
            };
            row(&format!("{label}; {}", scenario.name), DAYS.map(cell));
        }
    }
    long_runs(repetitions.div_ceil(RUNNERS_FOR_ONE));
}

/// One runner through every rule for so many of the others.
const RUNNERS_FOR_ONE: u32 = 20;

fn long_runs(runners: u32) {
    println!(
        "\n## The look back of a whole report: runs far longer than the month before\n\n{runners} runners in every row, a year each, \
         through the rules about running, the look back and the one family of tests. A long run, more than {} times the longest of 30 \
         days, is planned every five weeks; a spell of two to six days begins as the row says, and every day is logged. In brackets of \
         how many.\n\n{}",
        spikes::LONG,
        spikes::Outcome::HEADER
    );
    for scenario in spikes::SCENARIOS {
        let outcome = spikes::simulate(*scenario, runners, 365, SEED);
        println!("{}", outcome.row(scenario.name));
    }
}

fn header(first: &str) -> String {
    format!(
        "| {first} | {} |\n|---|---|---|---|---|",
        DAYS.map(|days| format!("{days} days")).join(" | ")
    )
}

fn row(name: &str, cells: [String; 4]) {
    println!("| {name} | {} |", cells.join(" | "));
}

/// Percent of tests at or below 5 %, and of runners that were tested where that is not all of them.
fn share(repetitions: u32, p: impl Fn(&mut Random) -> Option<f64>) -> String {
    let mut random = Random::new(SEED);
    let found: Vec<f64> = (0..repetitions).filter_map(|_| p(&mut random)).collect();
    let alarms = found.iter().filter(|p| **p <= ALPHA).count();
    let tested = 100.0 * found.len() as f64 / f64::from(repetitions);
    match found.len() {
        0 => "–".to_string(),
        all if all as u32 == repetitions => format!("{:.1}", 100.0 * alarms as f64 / all as f64),
        some => format!("{:.1} ({tested:.0})", 100.0 * alarms as f64 / some as f64),
    }
}

/// The p that load-pain-link would compute for three days' distance.
fn link_p(random: &mut Random, scenario: Scenario, days: usize, effect: f64) -> Option<f64> {
    let season = scenario.season.then(|| Season::any(random));
    let km = runner::load_km(random, days, season.as_ref());
    let load = runner::three_days_before(&km);
    let pain = runner::pain(random, &load, effect, season.as_ref());
    let logged = runner::logged(random, scenario.log, &km);
    let known = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
    let pain: Vec<Option<f64>> = pain
        .into_iter()
        .zip(logged)
        .map(|(pain, logged)| logged.then_some(pain))
        .collect();
    let today = &km[runner::LEAD_DAYS..];
    let ran = today.iter().map(|km| Some(f64::from(u8::from(*km > 0.0))));
    let pain = without_trend(&pain);
    let yesterday = std::iter::once(None).chain(pain.iter().copied());
    let question = Question {
        load: without_trend(&known(&load)),
        turning: vec![without_trend(&known(today)), ran.collect()],
        staying: vec![yesterday.take(pain.len()).collect()],
        pain,
    };
    partial_shift(&question).map(|test| test.p)
}

fn backtest_p(random: &mut Random, scenario: Scenario, days: usize, ratio: f64) -> Option<f64> {
    let km = runner::load_km(random, days, None);
    let flags = runner::after_jumps(&km);
    let spells = runner::spells(random, &flags, ratio);
    let logged = runner::logged(random, scenario.log, &km);
    let seen = |event| Seen { event, late: true };
    let events: Vec<Option<Seen>> = spells
        .into_iter()
        .zip(logged)
        .map(|(event, logged)| event.filter(|_| logged).map(seen))
        .collect();
    let test = event_shift(&flags, &events)?;
    (test.counts.flagged_events + test.counts.other_events >= ONSETS_MIN).then_some(test.p)
}
