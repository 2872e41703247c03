//! Whether a link stays where the same is asked in other ways: it should not hang on one choice among many that were all open.

use super::{asked::Asked, gates::GATES};
use crate::stats::partial_shift::{LeftOver, Question, Ranked};

/// The days of largest load that half of the ways leave out.
const LARGEST: usize = 3;

/// In how many ways of asking a link holds: of all days and of run days alone, with the season out and left in, given the other run and
/// yesterday's pain and alone, with all days and without the three of largest load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ways {
    /// Ways with a rho of the same sign whose whole 95 % interval lies on that side of 0.
    pub holds: usize,
    /// All ways, 16. One without a rho does not hold.
    pub of: usize,
    /// The smallest rho of them. None where no way has one.
    pub rho_low: Option<f64>,
    /// The largest.
    pub rho_high: Option<f64>,
}

/// Those of a pair. `question` is what was tested, and `rho` what came of it.
pub(super) fn ways(asked: &Asked, question: &Question, rho: f64) -> Ways {
    let questions = asked.ways(question);
    let answers: Vec<Option<LeftOver>> = questions.iter().flat_map(four_ways).collect();
    let all = || answers.iter().flatten();
    let rhos = || all().filter_map(LeftOver::rho);
    Ways {
        holds: all().filter(|left| holds(left, rho)).count(),
        of: answers.len(),
        rho_low: rhos().reduce(f64::min),
        rho_high: rhos().reduce(f64::max),
    }
}

/// Given the rest and alone, with all days and without those of largest load.
fn four_ways(question: &Question) -> [Option<LeftOver>; 4] {
    let all = Ranked::of(question);
    let fewer = all
        .as_ref()
        .map(|ranked| ranked.without(&largest(question)));
    let [all, fewer] = [all.as_ref(), fewer.as_ref()];
    let ways = [
        all.and_then(Ranked::given),
        all.and_then(Ranked::alone),
        fewer.and_then(Ranked::given),
        fewer.and_then(Ranked::alone),
    ];
    ways.map(|left| left.filter(|left| left.n >= GATES.shown_days_min))
}

/// Of the days with both, those of largest load; of equal ones the first.
fn largest(question: &Question) -> Vec<usize> {
    let days = question.load.iter().zip(&question.pain).enumerate();
    let loads =
        days.filter_map(|(day, (load, pain))| Some((day, load.and_then(|l| pain.map(|_| l))?)));
    let mut loads: Vec<(usize, f64)> = loads.collect();
    loads.sort_by(|a, b| b.1.total_cmp(&a.1));
    let largest = loads.into_iter().take(LARGEST);
    largest.map(|(day, _)| day).collect()
}

/// Whether a rho has that sign and an interval on that side of 0. Days are never worth more than they are many, so where the interval of
/// as many independent days reaches 0 there is nothing more to work out.
fn holds(left: &LeftOver, rho: f64) -> bool {
    let is_beyond = |interval: Option<crate::stats::Interval>| {
        interval.is_some_and(|ends| match rho > 0.0 {
            true => ends.low > 0.0,
            false => ends.high < 0.0,
        })
    };
    is_beyond(left.narrowest()) && is_beyond(left.interval())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: [f64; 16]) -> Vec<Option<f64>> {
        values.map(Some).to_vec()
    }

    /// Sixteen days of which the second begins the third, and so on.
    fn question() -> Question {
        let load = [
            3.0, 0.0, 8.0, 0.0, 5.0, 0.0, 12.0, 0.0, 4.0, 0.0, 9.0, 0.0, 6.0, 1.0, 0.0, 7.0,
        ];
        let pain = [
            0.0, 2.0, 0.0, 3.0, 1.0, 2.0, 0.0, 4.0, 1.0, 1.0, 0.0, 3.0, 2.0, 2.0, 1.0, 0.0,
        ];
        let (mut today, mut yesterday) = (load, pain);
        today.rotate_left(1);
        today[15] = 2.0;
        yesterday.rotate_right(1);
        yesterday[0] = 1.0;
        Question {
            load: series(load),
            turning: vec![series(today)],
            pain: series(pain),
            staying: vec![series(yesterday)],
        }
    }

    #[test]
    fn four_ways_of_one_question_by_least_squares_of_ranks() {
        let question = question();
        assert_eq!(largest(&question), [6, 10, 2]);
        // numpy 2: lstsq of scipy.stats.rankdata, the days of 12, 9 and 8 left out below.
        let all = Ranked::of(&question).unwrap();
        let fewer = all.without(&[6, 10, 2]);
        for (name, left, n, rho) in [
            ("given", all.given(), 16, -0.620_831_689_049_986_8),
            ("alone", all.alone(), 16, -0.745_895_836_893_062_6),
            ("given, fewer", fewer.given(), 13, -0.454_011_190_975_061_1),
            ("alone, fewer", fewer.alone(), 13, -0.578_561_032_618_105_8),
        ] {
            let left = left.unwrap();
            assert_eq!(left.n, n, "{name}");
            assert!((left.rho().unwrap() - rho).abs() < 1e-12, "{name} {left:?}");
            let (narrow, own) = (left.narrowest().unwrap(), left.interval().unwrap());
            assert!(own.low <= narrow.low && narrow.high <= own.high, "{name}");
        }
        // Fewer than fourteen days say nothing.
        let found = four_ways(&question).map(|left| left.map(|left| left.n));
        assert_eq!(found, [Some(16), Some(16), None, None]);
    }

    #[test]
    fn a_way_holds_with_the_same_sign_and_the_interval_beyond_zero() {
        let question = question();
        let alone = Ranked::of(&question).unwrap().alone().unwrap();
        // Alone the two go against each other, more clearly than sixteen independent days make by chance.
        assert!(alone.narrowest().unwrap().high < 0.0);
        assert!(holds(&alone, -0.1) == (alone.interval().unwrap().high < 0.0));
        assert!(!holds(&alone, 0.1));
    }
}
