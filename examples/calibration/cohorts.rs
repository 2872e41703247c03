//! The cohort's test: simulated cohorts whose pain knows nothing of the load of the days before, and some whose pain does.

use crate::{
    cohort_runner::{self, SCENARIOS, Scenario},
    look::{ALPHA, each_kept},
    random::Random,
    table::{Share, table},
};
use niggle::stats::within_dates::{Dated, within_dates};
use serde::{Deserialize, Serialize};

/// Runners of a cohort.
pub const RUNNERS: usize = 12;

/// What came of a scenario.
pub struct Cohorts {
    scenario: &'static Scenario,
    /// p ≤ 0.05 for yesterday's distance and for three days', and the same with more pain after more load.
    pub alarms: [(Share, Share); 2],
    /// Intervals for the day before that hold the planted slope.
    held: Share,
}

/// Every scenario; each is told as it is made.
pub fn cohorts(repetitions: u32, told: impl Fn(&str)) -> Vec<Cohorts> {
    let one = |scenario: &'static Scenario| {
        told(scenario.name);
        let windows = [1, 3].map(|window| tested(repetitions, scenario, window));
        let alarms = |found: &Vec<Tested>| {
            let is_alarm = |found: &&Tested| found.p <= ALPHA;
            let upwards = |found: &&Tested| is_alarm(found) && found.slope > 0.0;
            (Share::of(found, is_alarm), Share::of(found, upwards))
        };
        Cohorts {
            scenario,
            held: Share::of(&windows[0], |found| holds(found, scenario.link)),
            alarms: [alarms(&windows[0]), alarms(&windows[1])],
        }
    };
    SCENARIOS.iter().map(one).collect()
}

/// What a cohort's test says.
#[derive(Serialize, Deserialize)]
struct Tested {
    p: f64,
    slope: f64,
    interval: Option<(f64, f64)>,
}

fn tested(repetitions: u32, scenario: &Scenario, window: usize) -> Vec<Tested> {
    let found = each_kept(repetitions, ("cohort", scenario.name), window, |seed| {
        let mut random = Random::new(seed);
        let runners =
            (0..RUNNERS as u64).map(|key| cohort_runner::dated(key, &mut random, scenario, window));
        let found = within_dates(&runners.collect::<Vec<Dated>>());
        found.map(|found| Tested {
            p: found.p,
            slope: found.slope,
            interval: found.interval.map(|ends| (ends.low, ends.high)),
        })
    });
    found.into_iter().flatten().collect()
}

fn holds(found: &Tested, slope: f64) -> bool {
    let ends = found.interval;
    ends.is_some_and(|(low, high)| low <= slope && slope <= high)
}

/// That of a tie.
///
/// # Panics
/// Where it was not made.
pub fn of_name<'a>(cohorts: &'a [Cohorts], name: &str) -> &'a Cohorts {
    let found = cohorts.iter().find(|one| one.scenario.name == name);
    found.unwrap_or_else(|| panic!("no cohort {name}"))
}

/// The table.
pub fn section(cohorts: &[Cohorts]) -> String {
    let row = |one: &Cohorts| {
        let alarms = one
            .alarms
            .map(|(alarms, upwards)| format!("{} ({})", alarms.text(), upwards.text()));
        let held = match one.scenario.whole {
            true => "–".to_string(),
            false => one.held.with_error(),
        };
        let head = [one.scenario.name.to_string()];
        head.into_iter().chain(alarms).chain([held]).collect()
    };
    table(
        &[
            "cohort",
            "yesterday",
            "three days",
            "interval holds the slope",
        ],
        cohorts.iter().map(row),
    )
}
