//! The two rounds of the cohort's tests, each a sum over runners that comes to the same bits in any order and grouping: runners may come one
//! at a time, from as many files as there are, and are not kept.

use super::{FAMILY, Gathered, OTHER_GATES, RUNNERS_MIN, Series};
use crate::stats::within_dates::{DRAWS, DateMeans, DateSums, Dated, DrawSums, WithinDates};
use std::collections::BTreeMap;

/// Who takes part in which test: the pairs of the family, then each of them under each of the other gates. Of one with too few runners nobody
/// does: it is not made.
type Parts = BTreeMap<String, Vec<bool>>;

/// How many tests are made.
const TESTS: usize = FAMILY.len() * (1 + OTHER_GATES.len());

/// Round one: what dates have in common.
#[derive(Debug, Clone)]
pub struct First {
    parts: Parts,
    sums: Vec<DateSums>,
}

impl First {
    /// Of nobody yet.
    pub fn new(gathered: &Gathered) -> Self {
        First {
            parts: tested(gathered.parts()),
            sums: vec![DateSums::default(); TESTS],
        }
    }

    /// Adds a runner; who takes no part adds nothing.
    pub fn add(&mut self, name: &str, series: &Series) {
        for (test, series) in part(&self.parts, name, series) {
            self.sums[test].add(DateSums::of(series));
        }
    }

    /// Adds what other runners came to.
    #[must_use]
    pub fn and(mut self, other: First) -> Self {
        for (sum, other) in self.sums.iter_mut().zip(other.sums) {
            sum.add(other);
        }
        self
    }
}

/// The tests that a runner takes part in, by place, each with the series of its pair.
fn part<'s>(
    parts: &Parts,
    name: &str,
    series: &'s Series,
) -> impl Iterator<Item = (usize, &'s Dated)> {
    let parts = parts.get(name).into_iter().flatten();
    let tests = parts.zip(series.iter().cycle()).enumerate();
    tests.filter_map(|(test, (takes_part, series))| {
        Some((test, series.as_ref().filter(|_| *takes_part)?))
    })
}

/// Without the pairs that too few take part in.
fn tested(mut parts: Parts) -> Parts {
    for test in 0..TESTS {
        let all = parts.values_mut().filter_map(|parts| parts.get_mut(test));
        let mut all: Vec<&mut bool> = all.collect();
        if all.iter().filter(|takes_part| ***takes_part).count() < RUNNERS_MIN {
            all.iter_mut().for_each(|takes_part| **takes_part = false);
        }
    }
    parts
}

/// Round two: the draws, with what dates have in common taken out.
#[derive(Debug, Clone)]
pub struct Second {
    parts: Parts,
    means: Vec<DateMeans>,
    sums: Vec<DrawSums>,
}

impl Second {
    /// Of nobody yet, with the first round of everybody.
    pub fn new(first: First) -> Self {
        Second {
            means: first.sums.iter().map(DateSums::means).collect(),
            sums: vec![DrawSums::new(DRAWS); first.sums.len()],
            parts: first.parts,
        }
    }

    /// Adds a runner; who takes no part adds nothing.
    pub fn add(&mut self, name: &str, series: &Series) {
        for (test, series) in part(&self.parts, name, series) {
            self.sums[test].add_runner(series, &self.means[test]);
        }
    }

    /// Adds what other runners came to.
    #[must_use]
    pub fn and(mut self, other: Second) -> Self {
        for (sum, other) in self.sums.iter_mut().zip(&other.sums) {
            sum.add(other);
        }
        self
    }

    /// The test of each pair of the family, then those under each of the other gates. None where nothing can be said.
    pub fn outcomes(&self) -> Vec<Option<WithinDates>> {
        self.sums.iter().map(DrawSums::outcome).collect()
    }
}
