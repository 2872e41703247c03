//! Which other place a pair is set beside, as a control ([`super::controls`]).

use super::{Exposure, controls::Elsewhere, pair::Association};
use crate::pain::{Place, Site};
use std::cmp::Reverse;

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
