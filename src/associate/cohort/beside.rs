//! What stands beside the test of a cohort and is none: the field's habit, how far runners differ, and what other gates would have come to.

use super::{Own, Runner, found};
use crate::{
    associate::gates::{GATES, Gates},
    keys::Keys,
    stats::{
        between::{Between, Effect, between},
        rm_corr::{RmCorr, RmSums},
        within_dates::WithinDates,
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Other gates under which the same is asked: who takes part decides much of what is found.
pub(super) const OTHER_GATES: [(&str, Gates); 2] = [
    (
        "wide",
        Gates {
            tested_days_min: 28,
            coverage_min: 0.4,
            pain_days_min: 5,
            zero_days_min: 5,
            distinct_min: 2,
            ..GATES
        },
    ),
    (
        "narrow",
        Gates {
            tested_days_min: 84,
            coverage_min: 0.8,
            pain_days_min: 20,
            zero_days_min: 20,
            distinct_min: 4,
            ..GATES
        },
    ),
];

/// What is kept of one runner and one pair for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    /// Of load and pain as they were logged.
    rm: RmSums,
    days: usize,
    days_covered: usize,
    pain_days: usize,
    zero_days: usize,
    distinct: usize,
}

impl Facts {
    /// Of the days on which both are known.
    pub(super) fn of(load: &[Option<f64>], pain: &[Option<f64>], days_covered: usize) -> Facts {
        let days = load.iter().zip(pain);
        let known: Vec<(f64, f64)> = days
            .filter_map(|(load, pain)| Some(((*load)?, (*pain)?)))
            .collect();
        let (load, mut pain): (Vec<f64>, Vec<f64>) = known.iter().copied().unzip();
        let rm = RmSums::of(&load, &pain);
        let count = |counts: fn(f64) -> bool| pain.iter().filter(|pain| counts(**pain)).count();
        let (pain_days, zero_days) = (count(|pain| pain >= 1.0), count(|pain| pain == 0.0));
        pain.sort_by(f64::total_cmp);
        pain.dedup();
        Facts {
            rm,
            days: known.len(),
            days_covered,
            pain_days,
            zero_days,
            distinct: pain.len(),
        }
    }

    /// Whether these gates are all open.
    pub(super) fn pass(&self, gates: &Gates) -> bool {
        self.days >= gates.tested_days_min
            && self.days as f64 >= gates.coverage_min * self.days_covered as f64
            && self.pain_days >= gates.pain_days_min
            && self.zero_days >= gates.zero_days_min
            && self.distinct >= gates.distinct_min
    }
}

/// What stands beside the test of a pair.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Beside {
    /// The repeated-measures correlation of the days as they were logged, −1 to 1: the field's habit. None without days.
    pub rm_r: Option<f64>,
    /// Lower end of its textbook interval, too narrow where neighbouring days are alike.
    pub rm_ci_low: Option<f64>,
    /// Upper end.
    pub rm_ci_high: Option<f64>,
    /// Its degrees of freedom.
    pub rm_df: Option<u64>,
    /// The runners' own rho put together, each by what it leaves uncertain. None below two runners.
    pub own_mean: Option<f64>,
    /// Lower end of its 95 % interval.
    pub own_ci_low: Option<f64>,
    /// Upper end.
    pub own_ci_high: Option<f64>,
    /// Standard deviation of the runners' own rho beyond chance, on Fisher's scale. 0: they differ no more than chance makes them.
    pub own_sd: Option<f64>,
    /// Share of the differences that is beyond chance, 0–1.
    pub own_i2: Option<f64>,
    /// The same test under other gates.
    pub other_gates: Vec<UnderGates>,
}

/// The test under other gates; not one of the tests of the report.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct UnderGates {
    /// `wide` or `narrow`.
    pub gates: &'static str,
    /// Runners who would take part.
    pub runners: usize,
    /// Points of pain for one metre more. None where nothing can be said.
    pub slope_per_m: Option<f64>,
    /// Lower end of its 95 % interval.
    pub slope_ci_low: Option<f64>,
    /// Upper end.
    pub slope_ci_high: Option<f64>,
    /// Its p.
    pub p: Option<f64>,
}

impl Beside {
    /// What its keys are.
    pub(super) const KEYS: &'static [Keys] = &[
        Keys::of(
            &["rm_r", "rm_ci_low", "rm_ci_high", "rm_df"],
            "The repeated-measures correlation of the days as they were logged, its textbook interval, which is too narrow where neighbouring \
             days are alike, and its degrees of freedom; null without days.",
        ),
        Keys::of(
            &["own_mean", "own_ci_low", "own_ci_high"],
            "The runners' own rho put together, each by what it leaves uncertain, and its 95 % interval; null below two runners.",
        ),
        Keys::of(
            &["own_sd", "own_i2"],
            "How far the runners' own rho differ beyond chance: standard deviation on Fisher's scale, and share of the differences; null \
             likewise.",
        ),
        Keys::each(
            &["other_gates"],
            "The same test with more runners let in and with fewer; not among the tests.",
            UnderGates::KEYS,
        ),
    ];
}

impl UnderGates {
    const KEYS: &'static [Keys] = &[
        Keys::of(
            &["gates", "runners"],
            "wide or narrow, and how many runners take part then.",
        ),
        Keys::of(
            &["slope_per_m", "slope_ci_low", "slope_ci_high", "p"],
            "Points of pain for one metre more, its 95 % interval and p; null where nothing can be said.",
        ),
    ];
}

/// Of the runners who take part in a pair; `others` are the tests under [`OTHER_GATES`], with how many runners they are of.
pub(super) fn beside(
    index: usize,
    runners: &[Runner],
    others: &[(usize, Option<WithinDates>)],
) -> Beside {
    let rm = habit(index, runners);
    let interval = rm.and_then(|rm| rm.interval);
    let own = differences(index, runners);
    let on_rho = |z: fn(&Between) -> f64| own.as_ref().map(|own| z(own).tanh());
    Beside {
        rm_r: rm.map(|rm| rm.r),
        rm_ci_low: interval.map(|ends| ends.low),
        rm_ci_high: interval.map(|ends| ends.high),
        rm_df: rm.map(|rm| rm.df),
        own_mean: on_rho(|own| own.mean),
        own_ci_low: on_rho(|own| own.low),
        own_ci_high: on_rho(|own| own.high),
        own_sd: own.map(|own| own.deviation),
        own_i2: own.map(|own| own.i2),
        other_gates: OTHER_GATES
            .iter()
            .zip(others)
            .map(|((name, _), test)| under(name, *test))
            .collect(),
    }
}

fn habit(index: usize, runners: &[Runner]) -> Option<RmCorr> {
    let mut sums = RmSums::default();
    for runner in runners
        .iter()
        .filter(|runner| runner.parts().nth(index) == Some(true))
    {
        let facts = runner.facts.get(index).copied().flatten();
        facts.iter().for_each(|facts| sums.add(&facts.rm));
    }
    sums.r()
}

/// Runners' own rho on Fisher's scale, with Bonett and Wright's error of a rank correlation (2000, Psychometrika 65:23).
fn differences(index: usize, runners: &[Runner]) -> Option<Between> {
    let effect = |own: &Own| {
        let (rho, n_eff) = (own.rho?, own.n_eff?);
        let error = ((1.0 + rho * rho / 2.0) / (n_eff - 3.0)).sqrt();
        // A rho of 1 has no place on that scale.
        (n_eff > 3.0 && rho.abs() < 1.0).then(|| Effect {
            effect: rho.atanh(),
            error,
        })
    };
    let own = found(index, runners).filter(|own| own.gate.is_none());
    between(&own.filter_map(effect).collect::<Vec<_>>())
}

fn under(gates: &'static str, (runners, test): (usize, Option<WithinDates>)) -> UnderGates {
    let slope = test.and_then(|test| test.interval);
    UnderGates {
        gates,
        runners,
        slope_per_m: test.map(|test| test.slope),
        slope_ci_low: slope.map(|ends| ends.low),
        slope_ci_high: slope.map(|ends| ends.high),
        p: test.map(|test| test.p),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_count_the_days_on_which_both_are_known() {
        let load: Vec<Option<f64>> = (0..60)
            .map(|day| (day != 7).then_some(f64::from(day % 9)))
            .collect();
        let pain: Vec<Option<f64>> = (0..60)
            .map(|day| (day != 9).then_some(f64::from(day % 4)))
            .collect();
        let facts = Facts::of(&load, &pain, 60);
        assert_eq!((facts.days, facts.distinct), (58, 4));
        // Of days 0, 4 … 56 all fifteen; of the rest all but days 7 and 9.
        assert_eq!((facts.zero_days, facts.pain_days), (15, 43));
        let [wide, narrow] = OTHER_GATES.map(|(_, gates)| facts.pass(&gates));
        assert!(facts.pass(&GATES) && wide && !narrow);
        let thin = Facts::of(&load, &pain, 120);
        assert!(!thin.pass(&GATES) && thin.pass(&OTHER_GATES[0].1));
    }
}
