//! Negative controls: what cannot be a link must not look like one. Tomorrow's running has not made today's pain, and where another place
//! goes with the same load as much, something else may move both ([`crate::method::statistics`], Negative controls).

use super::{Exposure, asked::Asked, pair::Association};
use crate::{
    pain::{Place, Side, Site},
    stats::partial_shift::{Question, Ranked},
};
use std::cmp::Reverse;

/// What the pair's statistic is where there can be no such link.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Controls {
    /// Of the load of as many days after the pain (of the same day's load: of the day after), given today's run and yesterday's pain.
    /// None where it is not known.
    pub after: Option<f64>,
    /// Of another place's pain beside the same load. None where no place of another site was tested.
    pub elsewhere: Option<Elsewhere>,
}

/// The most logged place of another site that was tested, beside the same load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Elsewhere {
    /// The other site.
    pub site: Site,
    /// Its side; None when the log gives none.
    pub side: Option<Side>,
    /// Its partial rank correlation.
    pub rho: f64,
}

/// What keeps a pair that stands out from being flagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// The load after the pain goes with it as much.
    After,
    /// The other place goes with the same load as much, and is no link of its own.
    Elsewhere,
}

impl Control {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Control::After => "after",
            Control::Elsewhere => "elsewhere",
        }
    }
}

impl Association {
    /// Whether it is above what the load after the pain has.
    pub(super) fn beats_after(&self) -> bool {
        let both = self.partial_rho.zip(self.controls.after);
        both.is_none_or(|(rho, after)| rho > after)
    }

    /// Whether it is above what the other place has beside the same load.
    pub(super) fn beats_elsewhere(&self) -> bool {
        let both = self.partial_rho.zip(self.controls.elsewhere);
        both.is_none_or(|(rho, elsewhere)| rho > elsewhere.rho)
    }
}

/// The partial rho of the load after the pain. `question` is what was tested.
pub(super) fn after(asked: &Asked, question: &Question) -> Option<f64> {
    rho(&asked.after(question))
}

/// As observed, without a shift.
pub(super) fn rho(question: &Question) -> Option<f64> {
    Ranked::of(question)?.given()?.rho()
}

/// The other place that each tested pair is set beside, with its rho; `of_other` works out one that is not in the family.
pub(super) fn set_elsewhere(
    found: &mut [Association],
    of_other: impl Fn(Place, Exposure) -> Option<f64>,
) {
    let of = |pair: &Association| elsewhere(found, pair, &of_other);
    let others: Vec<Option<Elsewhere>> = found.iter().map(of).collect();
    for (pair, other) in found.iter_mut().zip(others) {
        pair.controls.elsewhere = other;
    }
}

fn elsewhere(
    found: &[Association],
    pair: &Association,
    of_other: impl Fn(Place, Exposure) -> Option<f64>,
) -> Option<Elsewhere> {
    pair.p?;
    let (site, side) = most_logged(found, pair.site)?;
    let at_other = |one: &&Association| (one.site, one.side) == (site, side);
    let in_family = found
        .iter()
        .filter(at_other)
        .find(|one| one.exposure == pair.exposure);
    let rho = match in_family {
        Some(one) => one.partial_rho,
        None => of_other((site, side), pair.exposure),
    };
    rho.map(|rho| Elsewhere { site, side, rho })
}

/// The place of another site with the most logged days among those that were tested; of several the one with most days of pain.
fn most_logged(found: &[Association], site: Site) -> Option<Place> {
    let others = found
        .iter()
        .filter(|one| one.p.is_some() && one.site != site);
    let most = others.min_by_key(|one| {
        let (run, rest) = (one.logging.run, one.logging.rest);
        let (logged, zeros) = (run.logged + rest.logged, run.zeros + rest.zeros);
        (Reverse(logged), zeros)
    });
    most.map(|one| (one.site, one.side))
}
