//! What the sums of all runners come to.

use super::{
    columns::QUESTIONS,
    draws::{Days, DrawSums, Sums},
};
use crate::stats::Interval;

/// Two statistics closer than this share of the observed one are the same, so that draws that repeat it count as ties.
const TIE_SHARE: f64 = 1e-9;

/// An interval leaves out 0 where fewer than one draw in so many is as large as the observed one: 5 %.
const ONE_IN: usize = 20;

/// The outcome of the test: that of the weakest of the three answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WithinDates {
    /// Points of pain for one unit of load, common to all runners.
    pub slope: f64,
    /// Its 95 % interval by the same draws: slope ± the 95 % quantile of the draws' statistics in size, times the standard error. It
    /// leaves out 0 just where p ≤ 0.05. None where too few draws have a statistic.
    pub interval: Option<Interval>,
    /// The slope in standard deviations of what is left of load and pain, −1 to 1: the partial correlation within runners and dates.
    pub r: f64,
    /// Its interval likewise.
    pub r_interval: Option<Interval>,
    /// Days with load and pain, of whole weeks.
    pub n: usize,
    /// Those of a date that another runner has as well: only there is anything taken out for the date.
    pub days_shared: usize,
    /// Draws whose statistic is in size at least the observed one.
    pub at_least: usize,
    /// All draws, the observed one not among them.
    pub draws: usize,
    /// `(1 + at_least) / (1 + draws)`.
    pub p: f64,
}

impl DrawSums {
    /// The weakest of the three answers. None when nothing is left of load or pain in one of the questions.
    pub fn outcome(&self) -> Option<WithinDates> {
        let days = self.days();
        let answer = |place: usize| {
            let (observed, drawn) = self.of_question(place)?;
            let drawn = drawn.iter().map(Sums::in_errors).collect();
            outcome(&observed, drawn, &days)
        };
        let answers = (0..QUESTIONS.len()).map(answer);
        weakest(answers.collect::<Option<Vec<_>>>()?)
    }
}

/// The largest p, and of equal ones the smallest statistic.
fn weakest(answers: Vec<(f64, WithinDates)>) -> Option<WithinDates> {
    let weaker = |a: &(f64, WithinDates), b: &(f64, WithinDates)| {
        let by_p = a.1.p.total_cmp(&b.1.p);
        by_p.then(b.0.total_cmp(&a.0))
    };
    answers.into_iter().max_by(weaker).map(|(_, found)| found)
}

/// The size of the observed statistic, and what comes of it. None where nothing is left of load or pain.
fn outcome(observed: &Sums, drawn: Vec<Option<f64>>, days: &Days) -> Option<(f64, WithinDates)> {
    let left = days.left().sqrt();
    let size = (observed.in_errors()? * left).abs();
    // A draw without a statistic counts as one that is at least as large: the p errs upwards.
    let sizes = drawn
        .into_iter()
        .map(|drawn| drawn.map_or(f64::INFINITY, f64::abs));
    let mut sizes: Vec<f64> = sizes.collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let at_least = sizes.partition_point(|drawn| *drawn >= size * (1.0 - TIE_SHARE));
    let (xx, xy, yy) = (
        observed.xx.value(),
        observed.xy.value(),
        observed.yy.value(),
    );
    let (slope, in_deviations) = (xy / xx, (xx / yy).sqrt());
    let reach = reach(&sizes).map(|reach| reach * observed.variance.value().sqrt() / xx / left);
    let interval = |scale: f64| reach.map(|reach| around(slope * scale, reach * scale));
    let found = WithinDates {
        slope,
        interval: interval(1.0),
        r: (slope * in_deviations).clamp(-1.0, 1.0),
        r_interval: interval(in_deviations).map(within_one),
        n: days.all,
        days_shared: days.shared,
        at_least,
        draws: sizes.len(),
        p: (1 + at_least) as f64 / (1 + sizes.len()) as f64,
    };
    slope.is_finite().then_some((size, found))
}

/// What one draw in twenty reaches. None where that is no number.
fn reach(sizes: &[f64]) -> Option<f64> {
    let place = ((1 + sizes.len()) / ONE_IN).checked_sub(1)?;
    sizes.get(place).copied().filter(|size| size.is_finite())
}

fn around(middle: f64, reach: f64) -> Interval {
    Interval {
        low: middle - reach,
        high: middle + reach,
    }
}

fn within_one(interval: Interval) -> Interval {
    Interval {
        low: interval.low.max(-1.0),
        high: interval.high.min(1.0),
    }
}
