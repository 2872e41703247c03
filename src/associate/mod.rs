//! Associations: does pain move with the load before it? One runner, few tests fixed in advance ([`crate::method::statistics`]).
//!
//! The unit is a day at one site and side. Pain is known only on days with a rating for that site and side, or an
//! "all clear"; a blank day is unknown. The load is strictly before the pain: of the days before, or of the same day for ratings made
//! during the run or after it. What is tested is what it adds to the other day's run and to yesterday's pain. Nothing else is tested.

mod asked;
pub mod claims;
pub mod cohort;
mod compared;
mod controls;
mod coverage;
mod daily;
mod elsewhere;
mod exposure;
mod family;
mod gates;
mod held;
pub mod lag_curve;
mod logging;
pub mod matrix;
mod measures;
mod over_the_day;
mod pair;
mod rests_on;
mod secondary;
mod sentences;
#[cfg(test)]
mod simulated_tests;
#[cfg(test)]
pub(crate) mod tests;
mod ways;
mod weekly;

pub use controls::{Control, Controls, Elsewhere};
pub use coverage::{LogCoverage, log_coverage};
pub use exposure::Exposure;
pub use gates::{GATES, Gates};
pub use held::hold;
pub use logging::{Logged, Logging};
pub use over_the_day::{OverTheDay, Time};
pub use pair::Association;
pub use sentences::{must_be_said, pattern, sentence, taken, too_little, why_not};
pub use ways::Ways;

use crate::{
    model::{Day, History},
    pain::{PainLog, Place},
    stats::fdr::give_q,
};
use asked::{Asked, Pains};
use claims::Answered;
use daily::{Ratings, hurting_places, rating};
use family::exposures;
use gates::stands_out;
use matrix::Family;
use measures::Known;
use pair::{reverse, whole_pair};

/// Every pair of the family: for each site and side that ever hurt, distance of the day before, distance of the three
/// days before, descent (knee, kneecap, quad, outer knee) or ascent (calf, Achilles, foot) of the three days before, and the distance
/// of the same day beside what was rated during the run, after it or in the evening.
///
/// Days after `history.as_of` are not looked at. The calendar of a pair runs from the first to the last logged day of
/// its site and side. A centred 28-day running mean is taken off pain and loads. Ordered by site, side and exposure as above. Empty
/// when no limb was ever rated above zero. q and flags are those of this family alone and of this day; [`set_q`] and [`hold`] follow.
pub fn associate(history: &History, pain: &PainLog) -> Vec<Association> {
    let days = history.days_until(history.as_of, usize::MAX);
    let log = log_coverage(history, pain);
    let places = hurting_places(pain, days);
    let mut found: Vec<_> = places
        .flat_map(|place| of_place(days, pain, place, log))
        .collect();
    elsewhere::set_elsewhere(&mut found, |place, exposure| {
        let pains = pains(days, pain, place)?;
        controls::rho(&Asked::new(days, &pains, exposure)?.question())
    });
    flag(&mut found);
    found
}

/// What is looked at beside the main tests: nothing of it is a finding, and each family has a q of its own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wider {
    /// Pain of a day beside step rate, intensity, load, sleep, shoes and rest.
    pub secondary: Family,
    /// Pain of a week beside what a week adds up to.
    pub weekly: Family,
    /// What articles say.
    pub claims: Vec<Answered>,
    /// Each place's 24 hours around a run.
    pub over_the_day: Vec<OverTheDay>,
}

impl Wider {
    /// The 24 hours around a run of a place. None without a rating around one.
    pub fn over_the_day(&self, (site, side): Place) -> Option<&OverTheDay> {
        let is_it = |of: &&OverTheDay| (of.site, of.side) == (site, side);
        self.over_the_day.iter().find(is_it)
    }
}

/// All of it, up to `history.as_of`.
pub fn wider(history: &History, pain: &PainLog) -> Wider {
    let known = Known::new(history, pain);
    Wider {
        secondary: secondary::secondary(&known, history, pain),
        weekly: weekly::weekly(&known, history, pain),
        claims: claims::claims(&known, history, pain),
        over_the_day: over_the_day::over_the_day(history, pain),
    }
}

/// Every pair of one place.
fn of_place(
    days: &[Day],
    pain: &PainLog,
    place: Place,
    log: Option<LogCoverage>,
) -> Vec<Association> {
    let Some(pains) = pains(days, pain, place) else {
        return Vec::new();
    };
    let reverse = reverse(days, &pains.whole);
    let pairs =
        exposures(place.0).filter_map(|exposure| whole_pair(days, place, &pains, exposure, log));
    pairs
        .map(|pair| Association {
            reverse_rho: reverse.map(|reverse| reverse.rho),
            reverse_p: reverse.map(|reverse| reverse.p),
            ..pair
        })
        .collect()
}

/// The pain of one place by day. None when it was not rated.
fn pains(days: &[Day], pain: &PainLog, place: Place) -> Option<Pains> {
    Pains::of(&ratings(days, pain, place), days.len())
}

/// What one place was rated.
fn ratings(days: &[Day], pain: &PainLog, place: Place) -> Ratings {
    Ratings::of(pain, days, |entry| rating(entry, place))
}

/// Gives a pair the q of the whole family it was tested in, and the flag that follows from it today.
pub fn set_q(pair: &mut Association, q: Option<f64>) {
    pair.q = q;
    pair.flagged = q.is_some_and(|q| stands_out(q, pair.partial_ci_low, pair.partial_n_eff));
}

/// q over the associations alone, and the flags that follow.
fn flag(found: &mut [Association]) {
    give_q(found, |pair| pair.p, |pair, q| set_q(pair, Some(q)));
}
