//! The look back of a whole report: runners whose spells begin after runs far longer than the month before, or know nothing of them,
//! through the rules about running, the look back, the hit list and the one family of tests.

use crate::{
    look::{ALPHA, each, look_back, report, simulated},
    scenarios::{LONG_RUNS, Scenario},
    table::{Share, table},
};
use niggle::{
    backtest::{Backtest, Pair, verdict::Verdict},
    stats::Interval,
};

const DAYS: usize = 365;
const RULE: &str = "single-run-spike";

/// What came of a scenario.
pub struct Outcome {
    scenario: &'static Scenario,
    /// Runners of whom single-run-spike fits.
    pub fits: Share,
    does_not_fit: Share,
    any_fits: Share,
    /// Tests with p ≤ 0.05, of this rule and of all.
    alarms: Share,
    all_alarms: Share,
    /// Runners that are flagged for a day before.
    flagged: Share,
    /// Spells within a day of a spike, of all.
    near: Share,
    by_chance: f64,
    /// Hit lists whose interval holds the share of all spells together.
    held: Share,
}

/// Every scenario; each is told as it is made.
pub fn outcomes(runners: u32, told: impl Fn(&str)) -> Vec<Outcome> {
    let one = |scenario: &'static Scenario| {
        told(scenario.name);
        let runners = each(runners, scenario.name, DAYS, |seed| {
            let (_, files) = simulated(scenario, DAYS, seed);
            let (found, back) = report(&files, look_back(&files));
            let flagged = found
                .iter()
                .any(|pair| pair.flagged && !pair.exposure.is_same_day());
            (back, flagged)
        });
        outcome(scenario, &runners)
    };
    LONG_RUNS.iter().map(one).collect()
}

fn outcome(scenario: &'static Scenario, runners: &[(Backtest, bool)]) -> Outcome {
    let is = |pair: &Pair, verdict| pair.rule == RULE && pair.verdict == verdict;
    let any = |is_meant: &dyn Fn(&Pair) -> bool| {
        Share::of(runners, |(back, _)| back.pairs.iter().any(is_meant))
    };
    let tested = || {
        runners
            .iter()
            .flat_map(|(back, _)| &back.pairs)
            .filter(|pair| pair.p.is_some())
    };
    let is_alarm = |pair: &&Pair| pair.p.is_some_and(|p| p <= ALPHA);
    let pairs = runners.iter().flat_map(|(back, _)| &back.pairs);
    let lists: Vec<_> = pairs
        .filter(|pair| pair.rule == RULE)
        .filter_map(|pair| pair.hits)
        .collect();
    let near = Share {
        part: lists.iter().map(|hits| hits.near as usize).sum(),
        all: lists.iter().map(|hits| hits.spells as usize).sum(),
    };
    let share = near.part as f64 / near.all.max(1) as f64;
    // All of them is the end of an interval, but for the last digits.
    let holds = |ends: Interval| ends.low <= share + 1e-9 && share <= ends.high + 1e-9;
    Outcome {
        scenario,
        fits: any(&|pair| is(pair, Verdict::Fits)),
        does_not_fit: any(&|pair| is(pair, Verdict::DoesNotFit)),
        any_fits: any(&|pair| pair.verdict == Verdict::Fits),
        alarms: Share::of(tested().filter(|pair| pair.rule == RULE), is_alarm),
        all_alarms: Share::of(tested(), is_alarm),
        flagged: Share::of(runners, |(_, flagged)| *flagged),
        near,
        by_chance: lists.iter().fold(0.0, |sum, hits| sum + hits.by_chance),
        held: Share::of(&lists, |hits| holds(hits.interval)),
    }
}

/// That of a scenario.
///
/// # Panics
/// Where it was not made.
pub fn outcome_of<'a>(outcomes: &'a [Outcome], name: &str) -> &'a Outcome {
    let found = outcomes
        .iter()
        .find(|outcome| outcome.scenario.name == name);
    found.unwrap_or_else(|| panic!("no outcome {name}"))
}

/// The table.
pub fn section(outcomes: &[Outcome]) -> String {
    let headings = [
        "scenario",
        "spells begin",
        "runners",
        "single-run-spike fits",
        "does not fit",
        "any rule fits",
        "its p ≤ .05 (tests)",
        "all rules' p ≤ .05 (tests)",
        "load of a day before flagged",
        "spells within a day of a spike",
        "hit lists whose interval holds that share",
    ];
    let counted = |share: Share| match share.all {
        0 => "–".to_string(),
        all => format!("{} ({all})", share.text()),
    };
    let row = |one: &Outcome| {
        let near = format!(
            "{} of {}, by chance {:.0}",
            one.near.part, one.near.all, one.by_chance
        );
        vec![
            one.scenario.name.to_string(),
            one.scenario.says.to_string(),
            one.fits.all.to_string(),
            one.fits.text(),
            one.does_not_fit.text(),
            one.any_fits.text(),
            counted(one.alarms),
            counted(one.all_alarms),
            one.flagged.text(),
            near,
            counted(one.held),
        ]
    };
    table(&headings, outcomes.iter().map(row))
}
