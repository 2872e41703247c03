//! Was something more common just before an event than at other times of the same person? The matched sets of a case-crossover study.

use super::NORMAL_975;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counts of matched sets: for so many moments of which so many were exposed, how many events were exposed and how many were not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sets(BTreeMap<(u32, u32), (u64, u64)>);

/// The odds of having been exposed before an event against those at other times, and the 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OddsRatio {
    /// Most likely ratio. None where every event of a set that can tell was exposed: it has no upper end.
    pub ratio: Option<f64>,
    /// Lower end; 0 where none was.
    pub low: f64,
    /// Upper end. None where it has none.
    pub high: Option<f64>,
    /// Two-sided mid-P of a ratio of 1.
    pub p: f64,
    /// Sets.
    pub sets: u64,
    /// Sets in which some moments were exposed and others not: the only ones that can tell.
    pub telling: u64,
    /// Events that were exposed, among the telling sets.
    pub exposed: u64,
}

/// What each end of a 95 % interval leaves out.
const TAIL: f64 = 0.025;

/// Telling sets up to which the interval is exact.
const EXACT_MAX: u64 = 400;

/// Log odds ratios that are looked at, and halvings until neighbouring numbers are reached.
const WIDEST: f64 = 30.0;
const HALVINGS: usize = 120;

impl Sets {
    /// An event, whether it was exposed, and how many of the other moments were.
    pub fn add(&mut self, is_exposed: bool, others: u32, others_exposed: u32) {
        let key = (others + 1, others_exposed + u32::from(is_exposed));
        let counts = self.0.entry(key).or_default();
        if is_exposed {
            counts.0 += 1;
        } else {
            counts.1 += 1;
        }
    }

    /// Adds other events.
    pub fn add_all(&mut self, other: &Sets) {
        for (key, (exposed, not)) in &other.0 {
            let counts = self.0.entry(*key).or_default();
            counts.0 += exposed;
            counts.1 += not;
        }
    }

    /// How many events there are.
    pub fn len(&self) -> u64 {
        self.0.values().map(|(exposed, not)| exposed + not).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The conditional maximum-likelihood odds ratio (Maclure 1991, Am J Epidemiol 133:144; Breslow & Day 1980, Statistical Methods in Cancer
    /// Research I, ch. 7). With up to 400 telling sets the interval is that of the exact distribution of exposed events, mid-P; with more
    /// that of the likelihood's curvature. None without a telling set.
    pub fn odds_ratio(&self) -> Option<OddsRatio> {
        let telling: Vec<Telling> = self.telling().collect();
        let (count, exposed) = telling.iter().fold((0, 0), |(count, exposed), set| {
            (count + set.count, exposed + set.exposed)
        });
        if count == 0 {
            return None;
        }
        let log = log_ratio(&telling, exposed);
        let is_all = exposed == count;
        let (low, high) = match count <= EXACT_MAX {
            true => exact(&telling, exposed),
            false => by_curvature(&telling, log),
        };
        Some(OddsRatio {
            ratio: (!is_all).then(|| if exposed == 0 { 0.0 } else { log.exp() }),
            low: if exposed == 0 { 0.0 } else { low.exp() },
            high: (!is_all).then(|| high.exp()),
            p: p_of_one(&telling, exposed, count),
            sets: self.len(),
            telling: count,
            exposed,
        })
    }

    fn telling(&self) -> impl Iterator<Item = Telling> {
        let sets = self.0.iter();
        let telling = sets.filter(|((all, exposed), _)| (1..*all).contains(exposed));
        telling.map(|((all, exposed), (with, without))| Telling {
            odds: f64::from(*exposed) / f64::from(all - exposed),
            count: with + without,
            exposed: *with,
        })
    }
}

/// Sets alike.
struct Telling {
    /// Of one moment of the set: exposed to not exposed.
    odds: f64,
    count: u64,
    exposed: u64,
}

impl Telling {
    /// The chance that the event is the exposed one.
    fn chance(&self, log_ratio: f64) -> f64 {
        let odds = self.odds * log_ratio.exp();
        odds / (1.0 + odds)
    }
}

/// Where as many exposed events are expected as there were; at an end of the line where there is no such place.
fn log_ratio(telling: &[Telling], exposed: u64) -> f64 {
    let expected = |log: f64| -> f64 {
        telling
            .iter()
            .map(|set| set.count as f64 * set.chance(log))
            .sum()
    };
    place(|log| expected(log) < exposed as f64)
}

/// The largest place that is still too low.
fn place(is_too_low: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (-WIDEST, WIDEST);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if is_too_low(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

fn by_curvature(telling: &[Telling], log: f64) -> (f64, f64) {
    let information: f64 = telling
        .iter()
        .map(|set| set.count as f64 * set.chance(log) * (1.0 - set.chance(log)))
        .sum();
    let reach = NORMAL_975 / information.sqrt();
    (log - reach, log + reach)
}

fn exact(telling: &[Telling], exposed: u64) -> (f64, f64) {
    let low = place(|log| at_least(telling, exposed, log) < TAIL);
    let high = place(|log| 1.0 - at_least(telling, exposed, log) > TAIL);
    (low, high)
}

/// P(more exposed events) and half of P(as many).
fn at_least(telling: &[Telling], exposed: u64, log: f64) -> f64 {
    let counts = distribution(telling, log);
    let place = exposed as usize;
    let more: f64 = counts.iter().skip(place + 1).sum();
    more + counts.get(place).copied().unwrap_or(0.0) / 2.0
}

/// The chance of each number of exposed events.
fn distribution(telling: &[Telling], log: f64) -> Vec<f64> {
    let mut counts = vec![1.0];
    for set in telling {
        let chance = set.chance(log);
        for _ in 0..set.count {
            let mut before = 0.0;
            counts.resize(counts.len() + 1, 0.0);
            for count in &mut counts {
                let own = *count;
                *count = own * (1.0 - chance) + before * chance;
                before = own;
            }
        }
    }
    counts
}

/// By the exact distribution, or its normal limit for many sets.
fn p_of_one(telling: &[Telling], exposed: u64, count: u64) -> f64 {
    if count <= EXACT_MAX {
        let above = at_least(telling, exposed, 0.0);
        return (2.0 * above.min(1.0 - above)).min(1.0);
    }
    let chances = || {
        telling
            .iter()
            .map(|set| (set.count as f64, set.chance(0.0)))
    };
    let expected: f64 = chances().map(|(count, chance)| count * chance).sum();
    let variance: f64 = chances()
        .map(|(count, chance)| count * chance * (1.0 - chance))
        .sum();
    let z = (exposed as f64 - expected).abs() / variance.sqrt();
    statrs::function::erf::erfc(z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Moments, exposed among them, whether the event was, and how many such sets: 40 sets of a study made up with numpy.
    const STUDY: [(u32, u32, bool, u64); 18] = [
        (3, 0, false, 3),
        (3, 1, false, 1),
        (3, 2, true, 1),
        (4, 0, false, 1),
        (4, 1, false, 3),
        (4, 1, true, 4),
        (4, 2, true, 2),
        (5, 0, false, 2),
        (5, 1, false, 1),
        (5, 1, true, 4),
        (5, 2, true, 2),
        (5, 3, true, 2),
        (6, 1, false, 3),
        (6, 1, true, 1),
        (6, 2, false, 3),
        (6, 2, true, 4),
        (6, 3, false, 1),
        (6, 3, true, 2),
    ];

    fn study(times: u64) -> Sets {
        let mut sets = Sets::default();
        for (all, exposed, is_exposed, count) in STUDY {
            for _ in 0..count * times {
                sets.add(is_exposed, all - 1, exposed - u32::from(is_exposed));
            }
        }
        sets
    }

    fn is_close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-7 * b.abs()
    }

    #[test]
    fn the_ratio_is_that_of_conditional_logistic_regression() {
        // The score solved with scipy 1.17.1's brentq, and the root of the information there; statsmodels 0.15.0, ConditionalLogit, stops at
        // 1.432 088 18 and 0.372 873 26. The interval by inverting the exact distribution, mid-P, with brentq; p by doubling.
        let found = study(1).odds_ratio().expect("a ratio");
        assert!(
            is_close(found.ratio.unwrap().ln(), 1.432_088_503_726_73),
            "{found:?}"
        );
        assert!(is_close(found.low, 2.023_892_138_632_768_4), "{found:?}");
        assert!(
            is_close(found.high.unwrap(), 8.968_267_888_239_877),
            "{found:?}"
        );
        assert!(is_close(found.p, 9.873_066_084_538_918e-5), "{found:?}");
        assert_eq!((found.sets, found.telling, found.exposed), (40, 34, 22));
        // Twenty times as many: the curvature's interval.
        let many = study(20).odds_ratio().expect("a ratio");
        let error = (many.high.unwrap() / many.low).ln() / 2.0 / NORMAL_975;
        assert!(
            is_close(error, 0.372_873_274_645_085_96 / 20f64.sqrt()),
            "{many:?}"
        );
        assert!(is_close(many.ratio.unwrap().ln(), 1.432_088_503_726_73));
    }

    #[test]
    fn pairs_are_a_binomial_share() {
        // Nine of twelve pairs whose moments differ: the odds are 9/3.
        let mut sets = Sets::default();
        (0..9).for_each(|_| sets.add(true, 1, 0));
        (0..3).for_each(|_| sets.add(false, 1, 1));
        let found = sets.odds_ratio().expect("a ratio");
        assert!(is_close(found.ratio.unwrap(), 3.0), "{found:?}");
        // 2 × (P(10, 11 or 12 of 12) + P(9)/2) of a fair coin.
        assert!(
            is_close(found.p, 2.0 * (79.0 + 110.0) / 4096.0),
            "{found:?}"
        );
    }

    #[test]
    fn ends_without_an_end_are_open_and_sets_that_cannot_tell_say_nothing() {
        let mut sets = Sets::default();
        sets.add(true, 3, 3);
        sets.add(false, 3, 0);
        assert_eq!(sets.odds_ratio(), None);
        sets.add(true, 3, 0);
        let all = sets.odds_ratio().expect("a ratio");
        assert_eq!(
            (all.ratio, all.high, all.sets, all.telling),
            (None, None, 3, 1)
        );
        assert!(all.low > 0.0);
        let mut sets = Sets::default();
        sets.add(false, 3, 1);
        let none = sets.odds_ratio().expect("a ratio");
        assert_eq!((none.ratio, none.low), (Some(0.0), 0.0));
        assert!(none.high.is_some_and(|high| high > 1.0));
    }

    #[test]
    fn shards_add_up() {
        let (mut sum, one) = (study(1), study(2));
        sum.add_all(&one);
        assert_eq!(sum, study(3));
    }
}
