//! The cells of the wider matrix: one place's pain beside one measure, with what is needed to judge it.

use super::pair::Compared;
use crate::{
    pain::{Place, Side, Site},
    stats::{Interval, fdr::give_q},
};

/// One place and one measure of a family beside the main tests.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Where the pain was logged.
    pub site: Site,
    /// Which side; None when the log gives none.
    pub side: Option<Side>,
    /// The pain: `day`, or of a week `week_days` or `week_highest`.
    pub pain: &'static str,
    /// The measure's id, with its unit and its days.
    pub measure: &'static str,
    /// The measure in words.
    pub title: &'static str,
    /// Days or weeks back: of days the days before, 1; of weeks 0 for the same week and 1 for the one before.
    pub lag: usize,
    /// Days or weeks with both known.
    pub n: usize,
    /// What they are worth in independent ones. None where there is no rho.
    pub n_eff: Option<f64>,
    /// Of days the partial rank correlation given today's run and yesterday's pain, of weeks Spearman's; −1 to 1. None where too few
    /// are known or one side is constant.
    pub rho: Option<f64>,
    /// Its 95 % interval ([`crate::method::statistics`], Effect). None without one.
    pub interval: Option<Interval>,
    /// p by turning the calendar, two-sided. None where a gate was not passed.
    pub p: Option<f64>,
    /// Benjamini–Hochberg q over the tests of this family alone. None where p is.
    pub q: Option<f64>,
    /// Why there is no p, in words that follow "not tested:". None when it was tested.
    pub gate: Option<String>,
}

/// A measure that is not known on any day, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent {
    /// The measure's id.
    pub measure: &'static str,
    /// The measure in words.
    pub title: &'static str,
    /// What is missing: `no run has a cadence on the flat`.
    pub why: &'static str,
}

/// A family of tests beside the main ones: never a finding, never a flag, its q its own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Family {
    /// Its cells, by measure, the places that the measure is foremost about first.
    pub cells: Vec<Cell>,
    /// Measures without any value.
    pub absent: Vec<Absent>,
}

impl Family {
    /// With the q of its own tests.
    pub(super) fn new(mut cells: Vec<Cell>, absent: Vec<Absent>) -> Self {
        give_q(&mut cells, |cell| cell.p, |cell, q| cell.q = Some(q));
        Family { cells, absent }
    }

    /// How many tests were made.
    pub fn tests(&self) -> usize {
        self.cells.iter().filter(|cell| cell.p.is_some()).count()
    }
}

impl Cell {
    /// Of a day's pain, as it was compared.
    pub(super) fn of_day(
        place: Place,
        measure: &'static str,
        title: &'static str,
        found: &Compared,
    ) -> Cell {
        Cell {
            site: place.0,
            side: place.1,
            pain: "day",
            measure,
            title,
            lag: 1,
            n: found.n,
            n_eff: found.partial.map(|partial| partial.n_eff),
            rho: found.partial.map(|partial| partial.rho),
            interval: found.partial_interval(),
            p: found.p(),
            q: None,
            gate: found.gate.clone(),
        }
    }

    /// Whether the whole interval lies on one side of 0.
    pub fn is_sure(&self) -> bool {
        self.interval
            .is_some_and(|ends| ends.low > 0.0 || ends.high < 0.0)
    }
}
