//! Whether a link rests on one spell of pain: days of one spell are alike, so that it may look like the work of many days and be that of
//! one fortnight ([`crate::method::statistics`], Resting on one spell).

use super::pair::is_surely_within;
use crate::stats::{
    one_spell::without_each,
    partial_shift::{Question, Ranked},
};
use std::ops::Range;

/// So many spells are left out with every shift: those without which least is left.
const LOOKED_AT: usize = 5;

/// The spell without which the pair would not stand out, by its place among `spells`: of several the one without which least is left.
/// None when it stands out without any of them. Spells are days of the question's calendar; `bar` is the largest p of a flag.
pub(super) fn rests_on(question: &Question, spells: &[Range<usize>], bar: f64) -> Option<usize> {
    let least = least_left(question, spells);
    let looked_at: Vec<Range<usize>> = least
        .iter()
        .filter_map(|place| spells.get(*place).cloned())
        .collect();
    let stands = without_each(&question.pain, &looked_at, |pain| {
        let question = Question {
            pain: pain.to_vec(),
            ..question.clone()
        };
        stands_out(&question, bar)
    });
    let falls = stands.iter().position(|stands| !stands)?;
    least.get(falls).copied()
}

/// The spells by what is left of the link without them, the least first.
fn least_left(question: &Question, spells: &[Range<usize>]) -> Vec<usize> {
    let Some(ranked) = Ranked::of(question) else {
        return Vec::new();
    };
    // As in the test, rho times the root of what the days leave free.
    let statistic = |(rho, days): (f64, usize)| rho * (days as f64).sqrt();
    let left = ranked.without_each(spells).into_iter();
    let left = left.map(|left| left.map_or(f64::NEG_INFINITY, statistic));
    let mut all: Vec<(f64, usize)> = left.zip(0..).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let least = all.into_iter().take(LOOKED_AT);
    least.map(|(_, place)| place).collect()
}

fn stands_out(question: &Question, bar: f64) -> bool {
    Ranked::of(question).is_some_and(|ranked| is_surely_within(&ranked, bar))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{partial_shift::partial_shift, random::Lcg};

    const DAYS: usize = 150;

    /// Irregular loads; pain goes with them in these three weeks each, and elsewhere a day in nine hurts a little.
    fn question(begins: &[usize]) -> (Question, Vec<Range<usize>>) {
        let mut random = Lcg(7);
        let load: Vec<f64> = (0..DAYS)
            .map(|_| (10.0 * random.uniform()).floor())
            .collect();
        let spells: Vec<Range<usize>> = begins.iter().map(|day| *day..day + 21).collect();
        let pain = (0..DAYS).map(
            |day| match spells.iter().any(|spell| spell.contains(&day)) {
                true => load[day] - 4.5,
                false => f64::from(u8::from(day % 9 == 4)),
            },
        );
        let question = Question {
            pain: pain.map(Some).collect(),
            load: load.iter().copied().map(Some).collect(),
            ..Question::default()
        };
        // The little pains are spells of a day.
        let little = (0..DAYS).filter(|day| day % 9 == 4);
        let little = little.filter(|day| !spells.iter().any(|spell| spell.contains(day)));
        let little: Vec<Range<usize>> = little.map(|day| day..day + 1).collect();
        (question, [little, spells].concat())
    }

    #[test]
    fn a_link_of_one_spell_rests_on_it_and_one_of_five_on_none() {
        let (one, spells) = question(&[60]);
        assert!(stands_out(&one, 0.05));
        // numpy 2 and scipy.stats.rankdata: rho, p over all shifts and effective days.
        let found = partial_shift(&one).unwrap();
        assert!(
            (found.rho - 0.194_648_401).abs() < 1e-9 && (found.n_eff - 132.346_654_7).abs() < 1e-6
        );
        assert_eq!((found.at_least, found.shifts), (2, 150));
        let rests = rests_on(&one, &spells, 0.05);
        assert_eq!(rests.map(|place| spells[place].clone()), Some(60..81));
        let (five, spells) = question(&[5, 35, 65, 95, 125]);
        assert!(stands_out(&five, 0.05));
        assert_eq!(rests_on(&five, &spells, 0.05), None);
        assert_eq!(rests_on(&five, &[], 0.05), None);
    }
}
