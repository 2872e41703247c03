//! Proves the cohort's false alarms: simulated cohorts whose pain knows nothing of the load of the days before, and some whose pain does.
//!
//! `cargo run --release --example cohorts > reports/cohorts.md`; `-- 100` sets the cohorts in each cell.

#![allow(
    clippy::print_stdout,
    unreachable_pub,
    reason = "an example may print, and its modules are nobody else's"
)]

#[path = "../calibration/random.rs"]
mod random;
mod runner;

use niggle::stats::within_dates::{Dated, WithinDates, within_dates};
use random::Random;
use runner::{SCENARIOS, Scenario};

const SEED: u64 = 20_250_314;
const REPETITIONS: u32 = 300;
const RUNNERS: usize = 12;
const ALPHA: f64 = 0.05;

fn main() {
    let asked = std::env::args().nth(1);
    let repetitions = asked
        .and_then(|count| count.parse().ok())
        .unwrap_or(REPETITIONS);
    println!(
        "# Cohorts\n\nMade by `cargo run --release --example cohorts -- {repetitions}`: seed {SEED}, {repetitions} simulated cohorts in every \
         cell, {RUNNERS} runners × {} days. Percent of them with p ≤ 0.05 for the distance of the day before and of the three days before, \
         and in brackets how many percent say more pain after more load. In the last column, how many percent of the intervals for the day \
         before hold the planted slope; ratings that are whole and cut at 0 and 10 make it smaller, so there it is given only without \
         them.\n\n| cohort | yesterday | three days | interval holds the slope |\n|---|---|---|---|",
        runner::DAYS
    );
    for scenario in SCENARIOS {
        let [day, three] = [1, 3].map(|window| cohorts(repetitions, scenario, window));
        let held = if scenario.whole {
            "–".to_string()
        } else {
            percent(&day, |found| holds(found, scenario.link))
        };
        println!(
            "| {} | {} | {} | {held} |",
            scenario.name,
            alarms(&day),
            alarms(&three)
        );
    }
}

fn cohorts(repetitions: u32, scenario: &Scenario, window: usize) -> Vec<WithinDates> {
    let mut random = Random::new(SEED);
    let mut cohort = || -> Vec<Dated> {
        (0..RUNNERS)
            .map(|_| runner::dated(&mut random, scenario, window))
            .collect()
    };
    (0..repetitions)
        .filter_map(|_| within_dates(&cohort()))
        .collect()
}

fn alarms(found: &[WithinDates]) -> String {
    let is_alarm = |found: &WithinDates| found.p <= ALPHA;
    let upwards = percent(found, |found| is_alarm(found) && found.slope > 0.0);
    format!("{} ({upwards})", percent(found, is_alarm))
}

fn holds(found: &WithinDates, slope: f64) -> bool {
    found
        .interval
        .is_some_and(|ends| ends.low <= slope && slope <= ends.high)
}

fn percent(found: &[WithinDates], is_meant: impl Fn(&WithinDates) -> bool) -> String {
    let count = found.iter().filter(|found| is_meant(found)).count();
    format!("{:.1}", 100.0 * count as f64 / found.len().max(1) as f64)
}
