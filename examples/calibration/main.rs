//! Proves niggle's false alarms: simulated runners whose pain knows nothing of their load, and some whose pain does, through the
//! program's own functions.
//!
//! `cargo run --release --example calibration > reports/calibration.md`; `-- 200` sets the runners of a cell where it decides, and the
//! others follow. `-- 200 DIR` keeps what is done in that folder: a run that was stopped goes on from there, and one of more runners begins
//! with those there are. Empty it when the statistics change. `-- 200 DIR --only f-rest,a` prints the main tests and the power of these
//! scenarios alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub,
    reason = "an example may fail loudly and print, and its modules are nobody else's"
)]

mod calendar;
mod cohort_runner;
mod cohorts;
mod coverage;
mod events;
mod files;
mod goals;
mod kept;
mod look;
mod pairs;
mod random;
mod runner;
mod scenarios;
mod seeds;
mod spikes;
mod table;
mod weekly;
mod wider;

use goals::Results;

const RUNNERS: u32 = 4000;

/// How many of what costs more than a look.
struct Counts {
    runners: u32,
    /// Read every week of a year.
    read: u32,
    /// Through the families beside the main tests.
    wider: u32,
    /// Through rules and look back.
    look_back: u32,
    /// Of ten years, for a true value.
    long: u32,
    cohorts: u32,
}

impl Counts {
    fn of(runners: u32) -> Counts {
        let one_in = |many: u32| runners.div_ceil(many).max(2);
        Counts {
            runners: runners.max(2),
            read: one_in(4),
            wider: one_in(8),
            look_back: one_in(8),
            long: one_in(20),
            cohorts: runners.clamp(2, 400),
        }
    }
}

/// What the command line asks for.
struct Asked {
    counts: Counts,
    /// None for all scenarios.
    only: Option<Vec<String>>,
}

impl Asked {
    fn of(arguments: &[String]) -> Asked {
        let option = arguments.iter().position(|word| word == "--only");
        let (places, only) = arguments.split_at(option.unwrap_or(arguments.len()));
        if let Some(folder) = places.get(1) {
            kept::keep_in(folder.into());
        }
        let runners = places.first().and_then(|count| count.parse().ok());
        let names = |names: &String| names.split(',').map(str::to_string).collect();
        Asked {
            counts: Counts::of(runners.unwrap_or(RUNNERS)),
            only: only.get(1).map(names),
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Asked { counts, only } = Asked::of(&arguments);
    match only {
        Some(names) => some(&names, &counts),
        None => all(&counts),
    }
}

/// The main tests of these scenarios.
fn some(names: &[String], counts: &Counts) {
    let is_one = |name: &str| names.iter().any(|one| one == name);
    let cells = pairs::cells(counts.runners, is_one, told);
    println!("{}\n{}", pairs::section(&cells), pairs::power(&cells));
}

/// The whole report.
fn all(counts: &Counts) {
    let results = Results {
        cells: pairs::cells(counts.runners, |_| true, told),
        outcomes: spikes::outcomes(counts.look_back, told),
        read: weekly::read(counts.read, told),
        cohorts: cohorts::cohorts(counts.cohorts, told),
    };
    println!("{}", head(counts));
    println!("{}\n{}", goals(&results), main_tests(&results.cells));
    println!("{}", coverage(&results.cells, counts));
    println!("{}", power(&results.cells));
    println!("{}", reading(&results, counts));
    println!("{}", wider(counts));
    println!("{}", look_back(&results, counts));
    print!("{}", several_runners(&results, counts));
}

/// What is being made, to whoever waits.
fn told(what: &str) {
    eprintln!("{what}");
}

fn head(counts: &Counts) -> String {
    format!(
        "# Calibration\n\nMade by `cargo run --release --example calibration -- {}`, seed {}. Simulated runners go through the program's own \
         functions: recordings and a pain log in memory, associations with their gates, q and flags, four weeks ago as well, the families \
         beside them, the look back. Every runner has a seed of their own, so that the figures are the same on every machine.\n\n\
         The statistics and why they are as they are: src/method/statistics.md, What is compared and what follows. The bar \
         of a flag (q ≤ 0.05, today and four weeks ago) was picked looking at simulations like these; the seeds here are \
         others. The scenarios were written by those who wrote the program, after the letters of a check from outside. All figures are percent unless said.\n",
        counts.runners,
        look::SEED
    )
}

fn goals(results: &Results) -> String {
    format!(
        "## What was asked for\n\n0.1.0's figures are those of a check from outside, of 100 to 300 runners of its own; the runners here are \
         made after its description.\n\n{}\nFalse alarms of the next section against a goal of 6 % (8 % with a shared cause), p ≤ 0.05 of either \
         sign and flags. {}\n",
        goals::section(results),
        pairs::misses(&results.cells)
    )
}

fn main_tests(cells: &[pairs::Cell]) -> String {
    format!(
        "## The main tests\n\nPercent of the tests with p ≤ 0.05, and in brackets with a rho below 0: for yesterday's distance, three days', \
         three days' descent, and the same day's distance beside what was rated in the evening. \"0.1.0's question\" is the same p for pain and \
         yesterday's distance alone. Of the runners with any test: any q ≤ 0.05; shown a flag for the load of days before, or for that of the \
         same day; and shown one with a rho below 0, which must be none. ± is how far 95 % of a true 5 lie from it among so many runners. The \
         family is that of the associations alone; the look back's tests join it further below.\n\nIn m-spells and m-free small p for yesterday's distance with a rho below 0 are no false \
         alarms. Yesterday's pain has two causes there, yesterday's run and what hurt anyway, and what hurt anyway lasts. Of two days with the \
         same pain yesterday the one after the longer run owes less of it to what lasts, and so hurts less: given yesterday's pain, more \
         running the day before truly goes with less pain (the true rho under Intervals lies below 0 in logs of ten years), and protects \
         from nothing. Without yesterday's pain the test would take pain that lasts for a link. No rho below 0 is ever flagged.\n\nRuns begin five weeks before the log. Every \
         rating is of the evening, one place is the left knee (the thigh in k) unless said.\n\n{}",
        pairs::section(cells)
    )
}

fn coverage(cells: &[pairs::Cell], counts: &Counts) -> String {
    format!(
        "## Intervals\n\nHow many percent of the tested pairs' 95 % intervals hold the true partial rho, which is the mean of {} runners of \
         the same kind with logs of ten years. What makes them so wide: src/method/statistics.md, Effect.\n\n{}",
        counts.long,
        coverage::section(cells, counts.long)
    )
}

fn power(cells: &[pairs::Cell]) -> String {
    format!(
        "## Power\n\nThe same runners where there is a link: percent of tests with p ≤ 0.05 and a rho above 0, and of tested runners who are \
         shown a flag. The scenarios m have theirs on the same day alone, the others on the days before.\n\n{}",
        pairs::power(cells)
    )
}

fn reading(results: &Results, counts: &Counts) -> String {
    format!(
        "## Reading it every week\n\n{} runners in each row read the report every week from day 42 to 365 of their log: percent of them who were \
         ever shown a flag. In f-rest, c-block, e and m a flag for a day before is a false one, and in m one for the same day is true; in \
         h-medium one for a day before is true.\n\n{}",
        counts.read,
        weekly::section(&results.read)
    )
}

fn wider(counts: &Counts) -> String {
    format!(
        "## Beside the main tests\n\nStep rate, hills, hard minutes, sleep and shoes know nothing of the pain; load, longest run and days \
         without rest are made of the runs. The measures of days are asked as the main tests are; weeks take neither the season nor \
         yesterday's pain out, and are a description first. Each family has a q of its own, none of it is a finding.\n\n{}",
        wider::section(counts.wider, told)
    )
}

fn look_back(results: &Results, counts: &Counts) -> String {
    format!(
        "## Looking back on the flags\n\nA year of each runner through the rules about running, the look back and the one family of tests. A run \
         more than {} times the longest of 30 days is planned every five weeks, spells begin as the row says, and every day is logged. The last \
         column sets each runner's hit list against the share of all runners' spells.\n\n{}\nThe test alone, of {} runners in every cell: weeks \
         more than 10 % above their base, new spells on their last day or in the seven days after. Only runners with five spells are tested; in \
         brackets how many percent those are, where not all.\n\n{}",
        runner::LONG,
        spikes::section(&results.outcomes),
        counts.runners.div_ceil(2),
        events::section(counts.runners.div_ceil(2))
    )
}

fn several_runners(results: &Results, counts: &Counts) -> String {
    format!(
        "## Several runners\n\n{} simulated cohorts in every row, {} runners × {} days: percent of them with p ≤ 0.05 for the distance of the \
         day before and of the three days before, and in brackets how many percent say more pain after more load. In the last column, how many \
         percent of the intervals for the day before hold the planted slope; ratings that are whole and cut at 0 and 10 make it smaller, so \
         there it is given only without them.\n\n{}",
        counts.cohorts,
        cohorts::RUNNERS,
        cohort_runner::DAYS,
        cohorts::section(&results.cohorts)
    )
}
