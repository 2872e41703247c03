//! One runner's report: what the program's own functions say of the files.

use crate::{
    files::{Files, files},
    kept::{self, Kept},
    random::Random,
    runner::{Runner, runner},
    scenarios::Scenario,
    seeds::mixed,
};
use niggle::{
    associate::{self, Association, Exposure},
    backtest::{self, Backtest},
    rules::{self, Context},
    stats::circular_shift::circular_shift,
    units::Units,
};
use rayon::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Two-sided.
pub const ALPHA: f64 = 0.05;

/// What the published figures were made with. The bar of a flag, q ≤ 0.05 today and four weeks ago, was chosen looking at simulations with
/// other seeds.
pub const SEED: u64 = 20_261_130;

/// Something of each of so many runners, in order: each has a seed of their own, so that threads change nothing.
pub fn each<T: Send>(
    runners: u32,
    name: &str,
    days: usize,
    one: impl Fn(u64) -> T + Sync,
) -> Vec<T> {
    each_numbered(runners, name, days, |_, seed| one(seed))
}

/// The same, of which what is done is kept: a run that was stopped goes on where it was, and one of more runners begins with those there
/// are.
pub fn each_kept<T: Send + Serialize + DeserializeOwned>(
    runners: u32,
    (kind, name): (&str, &str),
    days: usize,
    one: impl Fn(u64) -> T + Sync,
) -> Vec<T> {
    let kept = Kept::open(&format!("{kind}, {name}, {days}"));
    each_numbered(runners, name, days, |runner, seed| {
        kept.get(runner).unwrap_or_else(|| {
            let found = one(seed);
            kept.put(runner, &found);
            found
        })
    })
}

fn each_numbered<T: Send>(
    runners: u32,
    name: &str,
    days: usize,
    one: impl Fn(u64, u64) -> T + Sync,
) -> Vec<T> {
    let cell = name.bytes().fold(SEED ^ days as u64, |seed, byte| {
        mixed(seed ^ u64::from(byte))
    });
    let runners = 0..u64::from(runners);
    runners
        .into_par_iter()
        .map(|runner| one(runner, mixed(cell ^ runner)))
        .collect()
}

/// A runner and what is to be read.
pub fn simulated(scenario: &Scenario, days: usize, seed: u64) -> (Runner, Files) {
    let runner = runner(&mut Random::new(seed), scenario, days);
    let files = files(scenario, &runner, &mut Random::new(mixed(seed)));
    (runner, files)
}

/// The associations of a report, flags held to four weeks ago. `backtest` is what shares their family.
pub fn report(files: &Files, mut backtest: Backtest) -> (Vec<Association>, Backtest) {
    let (history, pain) = (&files.history, &files.pain);
    let mut found = associate::associate(history, pain);
    backtest::one_family(&mut found, &mut backtest);
    let bar = backtest::bar(&found, &backtest);
    associate::hold(&mut found, history, pain, bar);
    (found, backtest)
}

/// The look back on what the rules about running flag.
pub fn look_back(files: &Files) -> Backtest {
    let ctx = Context::new(&files.history, &files.pain, Units::Km);
    let findings = rules::judge_running(&ctx).findings;
    backtest::backtest(&ctx, &findings)
}

/// The p of pain and yesterday's distance alone, nothing held fixed and no season taken out: what 0.1.0 asked.
pub fn plain_p(runner: &Runner) -> Option<f64> {
    let days = runner.lead..runner.days.len();
    let load = days
        .clone()
        .map(|day| Some(runner.days[day - 1].recorded_km));
    let pain = days.map(|day| runner.days[day].logged.then_some(runner.days[day].pain));
    let (load, pain): (Vec<_>, Vec<_>) = (load.collect(), pain.collect());
    circular_shift(&load, &pain).map(|test| test.p)
}

/// One pair, as far as the tables go.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Pair {
    #[serde(deserialize_with = "kept::exposure")]
    pub exposure: Exposure,
    /// The partial rho and the ends of its interval. None where it is not shown.
    pub rho: Option<[f64; 3]>,
    pub p: Option<f64>,
    pub q: Option<f64>,
    pub flagged: bool,
}

impl Pair {
    pub fn of(pair: &Association) -> Pair {
        let ends = pair.partial_ci_low.zip(pair.partial_ci_high);
        let rho = pair.partial_rho.zip(ends);
        Pair {
            exposure: pair.exposure,
            rho: rho.map(|(rho, (low, high))| [rho, low, high]),
            p: pair.p,
            q: pair.q,
            flagged: pair.flagged,
        }
    }

    /// Whether the test calls it a pattern.
    pub fn is_alarm(&self) -> bool {
        self.p.is_some_and(|p| p <= ALPHA)
    }

    pub fn is_negative(&self) -> bool {
        self.rho.is_some_and(|[rho, ..]| rho < 0.0)
    }
}

/// What is kept of a runner.
#[derive(Serialize, Deserialize)]
pub struct Look {
    pub pairs: Vec<Pair>,
    /// What 0.1.0 asked.
    pub plain_p: Option<f64>,
}

impl Look {
    pub fn is_tested(&self) -> bool {
        self.pairs.iter().any(|pair| pair.p.is_some())
    }
}

/// Runners with logs of so many days, through the associations.
pub fn looks(scenario: &Scenario, days: usize, runners: u32) -> Vec<Look> {
    simulated(scenario, days, SEED).1.check();
    each_kept(runners, ("look", scenario.name), days, |seed| {
        let (runner, files) = simulated(scenario, days, seed);
        let (found, _) = report(&files, Backtest::default());
        let pairs: Vec<Pair> = found.iter().map(Pair::of).collect();
        Look {
            plain_p: plain_p(&runner),
            pairs,
        }
    })
}
