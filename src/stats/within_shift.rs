//! The shift test of several runners: could loads that have nothing to do with the pain go together so well within the runners?
//!
//! The p of a repeated-measures correlation is that of independent days, which a runner's days are not. Here each runner's load
//! is turned around their own calendar, every runner by a turn of their own, and the common correlation is worked out anew.

use super::{
    describe::{mean, sample_sd},
    random::Lcg,
    turned_errors::{LaggedSums, lagged_sums},
    turned_sums::{Ready, Total, Turning},
};

/// Two statistics closer than this share of the observed one are the same, so that draws that repeat it count as ties: larger
/// than the rounding of the transforms, smaller than what one day's value changes.
const TIE_SHARE: f64 = 1e-9;

/// In standard deviations of load and pain, what is below this is zero: larger than the rounding of the transforms.
const ROUNDING: f64 = 1e-9;

/// Random turns of all runners, drawn beside the observed one (src/method/statistics.md, Several runners): p is at least 1 in
/// 10,000.
pub const DRAWS: usize = 9_999;

/// Where the draws begin. Fixed, so that equal inputs give equal p.
const SEED: u64 = 20_250_314;

/// One runner's daily load and pain: one element for every day of the same calendar, None where unknown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DailySeries {
    /// The load before the day.
    pub load: Vec<Option<f64>>,
    /// The day's pain.
    pub pain: Vec<Option<f64>>,
}

/// The outcome of the test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WithinShiftTest {
    /// Draws whose common correlation, in standard errors of the draw, is in size at least the observed one.
    pub at_least: usize,
    /// All draws, the observed one not among them.
    pub draws: usize,
    /// `(1 + at_least) / (1 + draws)`.
    pub p: f64,
}

/// Monte Carlo test of the correlation within runners ([`super::rmcorr::rmcorr`]), two-sided, with 9,999 draws from a fixed seed.
///
/// In each draw every runner's load is turned around their own calendar by a random number of days, independently of the others;
/// the days on which pain was logged stay where they are, and a pair whose load is unknown is dropped, as in
/// [`super::circular_shift::circular_shift`]. A runner's turns are a group and so are those of all runners together, so the test
/// is exact for loads that may be turned freely: p = (1 + count) / (1 + draws) (Phipson & Smyth 2010, Stat Appl Genet Mol Biol 9:39).
///
/// The statistic is the sum over runners of Σ(x − x̄)(y − ȳ), rmcorr's numerator, over its standard error at that draw: without
/// gaps that error is the same at every draw, as is rmcorr's denominator, and the test is that of |r|. With gaps it is not, and
/// counting plain r would take days that are much alike for a link. A draw without any variation counts as at least as large.
///
/// False alarms at 5 % in 1000 cohorts of four unrelated runners (60 to 120 days), ± 1.4: 5.5 % for seven days'
/// load, where rmcorr's own p gave 47 %; for three days' load 4.2 % with 30 % of the days blank, 5.5 % with the same two weekdays
/// always blank, where counting plain r gave 13 % (400 cohorts, ± 2).
///
/// None when no runner has load and pain that vary together on three days or more.
pub fn within_shift(runners: &[DailySeries]) -> Option<WithinShiftTest> {
    test(runners, DRAWS, SEED)
}

fn test(runners: &[DailySeries], draws: usize, seed: u64) -> Option<WithinShiftTest> {
    let runners: Vec<Vec<Turn>> = runners.iter().filter_map(turns).collect();
    let observed = in_errors(runners.iter().filter_map(|turns| turns.first()))?.abs();
    let mut random = Lcg(seed);
    let reaches = |found: f64| found.abs() >= observed * (1.0 - TIE_SHARE) - ROUNDING;
    let at_least = (0..draws)
        .filter(|_| in_errors(draw(&runners, &mut random)).is_none_or(reaches))
        .count();
    Some(WithinShiftTest {
        at_least,
        draws,
        p: (1 + at_least) as f64 / (1 + draws) as f64,
    })
}

/// One turn of every runner.
fn draw<'t>(runners: &'t [Vec<Turn>], random: &mut Lcg) -> impl Iterator<Item = &'t Turn> {
    runners
        .iter()
        .filter_map(move |turns| turns.get(random.below(turns.len())))
}

/// What one runner adds to the statistic at one turn.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Turn {
    /// Σ(x − x̄)(y − ȳ).
    products: f64,
    /// Its variance.
    variance: f64,
}

fn in_errors<'a>(turns: impl Iterator<Item = &'a Turn>) -> Option<f64> {
    let (mut products, mut variance) = (0.0, 0.0);
    for turn in turns {
        products += turn.products;
        variance += turn.variance;
    }
    (variance > 0.0).then(|| products / variance.sqrt())
}

/// Every turn of one runner, the observed one first. None when the calendars differ or load and pain do not vary.
fn turns(runner: &DailySeries) -> Option<Vec<Turn>> {
    if runner.load.len() != runner.pain.len() {
        return None;
    }
    let (load, load_sd) = standardised(&runner.load)?;
    let (pain, pain_sd) = standardised(&runner.pain)?;
    let turning = Turning::new(load.len());
    let sums = all_sums(&turning, &load, &pain);
    let lagged = lagged_sums(&turning, load, pain);
    let turns = sums.into_iter().zip(lagged);
    let unit = load_sd * pain_sd;
    Some(
        turns
            .map(|(sums, lagged)| turn(sums, lagged, unit))
            .collect(),
    )
}

/// n, Σx, Σy, Σx² and Σxy of one turn.
type Sums = [f64; 5];

/// The sums of every turn, from three products of series made ready.
fn all_sums(turning: &Turning, load: &[Option<f64>], pain: &[Option<f64>]) -> Vec<Sums> {
    let alone = |series, exponent| {
        let values: Vec<f64> = powers(series, exponent);
        turning.ready_values(values.into_iter().map(|value| (value, 0.0)))
    };
    let (y0, y1, x2) = (alone(pain, 0), alone(pain, 1), alone(load, 2));
    let x01 = turning.ready_values(powers(load, 0).into_iter().zip(powers(load, 1)));
    let sums = sums(turning, &x01, &y0)
        .zip(sums(turning, &x2, &y0))
        .zip(sums(turning, &x01, &y1));
    sums.map(|(((n, x), (xx, _)), (y, xy))| [n, x, y, xx, xy])
        .collect()
}

/// The sums of one or two turned series with a still one at every turn.
fn sums(turning: &Turning, turned: &Ready, still: &Ready) -> impl Iterator<Item = (f64, f64)> {
    let mut total = Total::default();
    total.add(1.0, turned, still);
    turning.totals(total).into_iter()
}

/// n, Σx, Σy, Σx² and Σxy of one turn, back in the units of load times pain.
fn turn([n, x, y, xx, xy]: Sums, lagged: LaggedSums, unit: f64) -> Turn {
    let n = n.round().max(1.0);
    let spread = (xx - x * x / n).max(0.0);
    let variance = spread * lagged.variance(n, x, xx);
    // No variation comes out of the transforms as a rounding of zero, and must not decide by its sign.
    let variance = if variance > ROUNDING { variance } else { 0.0 };
    Turn {
        products: unit * (xy - x * y / n),
        variance: unit * unit * variance,
    }
}

/// Values to a power, 0 where unknown.
fn powers(series: &[Option<f64>], exponent: i32) -> Vec<f64> {
    series
        .iter()
        .map(|value| value.map_or(0.0, |value| value.powi(exponent)))
        .collect()
}

/// The known values less their mean in their own standard deviations, and that deviation: so the transforms' rounding is small
/// whatever the unit. None below three known values, without variation or with a value that is not finite.
fn standardised(series: &[Option<f64>]) -> Option<(Vec<Option<f64>>, f64)> {
    let (centre, deviation) = spread(series)?;
    let scaled = |value: &Option<f64>| value.map(|value| (value - centre) / deviation);
    Some((series.iter().map(scaled).collect(), deviation))
}

/// Mean and standard deviation of the known values.
fn spread(series: &[Option<f64>]) -> Option<(f64, f64)> {
    let known: Vec<f64> = series.iter().flatten().copied().collect();
    let (centre, deviation) = (mean(&known)?, sample_sd(&known)?);
    let varies = deviation.is_finite() && deviation > 1e-12 * centre.abs();
    (known.len() >= 3 && varies).then_some((centre, deviation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{
        both_known,
        rmcorr::rmcorr,
        simulated::{load_before, pain},
    };
    use proptest::prelude::*;

    /// Pain that knows nothing of any load, its log, and the sum of the `window` days before (src/method/statistics.md, Ordinary
    /// p values, as in `circular_shift`).
    fn unrelated(
        random: &mut Lcg,
        days: usize,
        window: usize,
        is_logged: impl Fn(&mut Lcg, usize) -> bool,
    ) -> DailySeries {
        let pain = pain(random, days);
        let load = load_before(random, days, window)
            .into_iter()
            .map(Some)
            .collect();
        let pain = pain
            .into_iter()
            .enumerate()
            .map(|(day, pain)| is_logged(random, day).then_some(pain))
            .collect();
        DailySeries { load, pain }
    }

    fn r_of(runners: &[DailySeries]) -> Option<crate::stats::rmcorr::Rmcorr> {
        let rows = runners.iter().enumerate().flat_map(|(subject, runner)| {
            let (x, y) = both_known(&runner.load, &runner.pain);
            x.into_iter().zip(y).map(move |(x, y)| (subject, x, y))
        });
        rmcorr(&rows.collect::<Vec<_>>())
    }

    fn turned(runner: &DailySeries, days: usize) -> DailySeries {
        let mut load = runner.load.clone();
        load.rotate_right(days);
        DailySeries {
            load,
            ..runner.clone()
        }
    }

    /// Shares of p ≤ 0.05 among cohorts of four unrelated runners: this test, and rmcorr's own p for independent days.
    fn false_alarms(
        repetitions: u32,
        window: usize,
        is_logged: impl Fn(&mut Lcg, usize) -> bool + Copy,
    ) -> [f64; 2] {
        let mut random = Lcg(20_250_314);
        let mut alarms = [0u32; 2];
        for repetition in 0..repetitions {
            let runners: Vec<DailySeries> = [60, 84, 84, 120]
                .iter()
                .map(|days| unrelated(&mut random, *days, window, is_logged))
                .collect();
            let shifted = test(&runners, 199, u64::from(repetition)).unwrap();
            alarms[0] += u32::from(shifted.p <= 0.05);
            alarms[1] += u32::from(r_of(&runners).unwrap().p <= 0.05);
        }
        alarms.map(|count| f64::from(count) / f64::from(repetitions))
    }

    #[test]
    fn unrelated_runners_rarely_alarm_the_test() {
        let [whole, naive] = false_alarms(80, 7, |_, _| true);
        let [gaps, _] = false_alarms(80, 3, |random, _| random.uniform() >= 0.3);
        // The load's first three days lie before the log: Thursdays and Saturdays of the template are blank.
        let [weekly, _] = false_alarms(80, 3, |_, day| !matches!((day + 3) % 7, 3 | 5));
        println!(
            "false alarms at 5 %: {whole}, with gaps {gaps}, of a weekly log {weekly}, textbook {naive}"
        );
        // Of a true 5 %, 80 repetitions show more than 12.5 % once in 500 times.
        assert!(
            whole < 0.13 && gaps < 0.13 && weekly < 0.13,
            "{whole} {gaps} {weekly}"
        );
        assert!(naive > 0.25, "{naive}");
    }

    #[test]
    fn a_link_in_every_runner_is_found_and_one_in_none_is_not() {
        let mut random = Lcg(7);
        let mut runners: Vec<DailySeries> = (0..4)
            .map(|_| unrelated(&mut random, 84, 3, |_, _| true))
            .collect();
        let scatter = test(&runners, 199, 1).unwrap();
        for runner in &mut runners {
            let follows = |(load, pain): (&Option<f64>, &Option<f64>)| {
                Some((*load)? / 20.0 + (*pain)? / 10.0)
            };
            runner.pain = runner.load.iter().zip(&runner.pain).map(follows).collect();
        }
        assert!(scatter.p > 0.05, "{scatter:?}");
        assert_eq!(
            within_shift(&runners),
            Some(WithinShiftTest {
                at_least: 0,
                draws: 9999,
                p: 1.0 / 10_000.0
            })
        );
    }

    #[test]
    fn draws_come_near_the_share_of_all_turns() {
        let series = |load: [u8; 8], pain: [u8; 8]| {
            let known = |values: [u8; 8]| values.map(|value| Some(f64::from(value))).to_vec();
            DailySeries {
                load: known(load),
                pain: known(pain),
            }
        };
        let runners = [
            series([0, 5, 0, 8, 2, 0, 9, 1], [1, 2, 0, 5, 2, 1, 3, 1]),
            series([3, 0, 7, 0, 0, 6, 1, 0], [2, 1, 3, 2, 0, 1, 2, 2]),
            series([0, 0, 12, 4, 0, 3, 0, 6], [2, 0, 4, 6, 3, 2, 1, 0]),
        ];
        let observed = r_of(&runners).unwrap().r.abs();
        let reaches = |turn: &usize| {
            let all: Vec<DailySeries> = runners
                .iter()
                .zip([1, 8, 64])
                .map(|(runner, place)| turned(runner, turn / place % 8))
                .collect();
            r_of(&all).unwrap().r.abs() >= observed - 1e-9
        };
        let exact = (0..512).filter(reaches).count() as f64 / 512.0;
        let drawn = within_shift(&runners).unwrap().p;
        // Four standard errors of 9,999 draws.
        println!("all turns {exact}, draws {drawn}");
        assert!(
            (drawn - exact).abs() < 4.0 * (exact * (1.0 - exact) / 9999.0).sqrt(),
            "{drawn} {exact}"
        );
        assert!(exact > 0.01 && exact < 0.5, "{exact}");
    }

    #[test]
    fn what_has_no_answer_is_none() {
        let series = |load: &[f64], pain: &[f64]| {
            let known = |values: &[f64]| values.iter().copied().map(Some).collect();
            DailySeries {
                load: known(load),
                pain: known(pain),
            }
        };
        let usable = series(&[1.0, 2.0, 4.0, 0.0], &[0.0, 1.0, 0.0, 2.0]);
        for runner in [
            DailySeries::default(),
            series(&[1.0, 2.0, 3.0], &[1.0, 2.0]),
            series(&[1.0, 2.0], &[1.0, 2.0]),
            series(&[3.0; 4], &[0.0, 1.0, 0.0, 2.0]),
            series(&[1.0, f64::NAN, 4.0, 0.0], &[0.0, 1.0, 0.0, 2.0]),
        ] {
            assert_eq!(
                test(std::slice::from_ref(&runner), 19, 1),
                None,
                "{runner:?}"
            );
            // Such a runner takes nothing from the others.
            assert_eq!(
                test(&[runner, usable.clone()], 19, 1),
                test(std::slice::from_ref(&usable), 19, 1)
            );
        }
        assert_eq!(within_shift(&[]), None);
    }

    fn gappy(days: usize) -> impl Strategy<Value = Vec<Option<f64>>> {
        prop::collection::vec(
            prop::option::weighted(0.8, (-1i32..5).prop_map(f64::from)),
            days,
        )
    }

    fn cohort(whole: bool) -> impl Strategy<Value = Vec<DailySeries>> {
        let fill = move |series: Vec<Option<f64>>| {
            series
                .into_iter()
                .map(move |v| if whole { v.or(Some(2.5)) } else { v })
        };
        let one = (6usize..30).prop_flat_map(|days| (gappy(days), gappy(days)));
        let one = one.prop_map(move |(load, pain)| DailySeries {
            load: fill(load).collect(),
            pain: fill(pain).collect(),
        });
        prop::collection::vec(one, 1..5)
    }

    proptest! {
        #[test]
        fn without_gaps_it_counts_the_draws_with_at_least_as_large_an_r(runners in cohort(true), seed in 0u64..1000) {
            let usable: Vec<&DailySeries> = runners.iter().filter(|runner| turns(runner).is_some()).collect();
            prop_assume!(usable.len() == runners.len());
            let observed = r_of(&runners).unwrap().r.abs();
            let mut random = Lcg(seed);
            let mut at_least = 0;
            for _ in 0..29 {
                let drawn: Vec<DailySeries> =
                    runners.iter().map(|runner| turned(runner, random.below(runner.load.len()))).collect();
                at_least += usize::from(r_of(&drawn).unwrap().r.abs() >= observed - 1e-9);
            }
            prop_assert_eq!(test(&runners, 29, seed).unwrap().at_least, at_least);
        }

        #[test]
        fn transforms_are_the_definition(runners in cohort(false), days in 0usize..30) {
            for runner in runners {
                let Some(turns) = turns(&runner) else { continue };
                let days = days % runner.load.len();
                let (x, y) = both_known(&turned(&runner, days).load, &runner.pain);
                let (mean_x, mean_y) = (mean(&x).unwrap_or(0.0), mean(&y).unwrap_or(0.0));
                let products: f64 = x.iter().zip(&y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
                prop_assert!((turns[days].products - products).abs() < 1e-9, "{} {products}", turns[days].products);
                prop_assert!(turns[days].variance >= 0.0);
            }
        }

        #[test]
        fn units_and_levels_do_not_matter(runners in cohort(false), factor in 1.0f64..1e6, level in -50.0f64..50.0) {
            let mapped: Vec<DailySeries> = runners
                .iter()
                .map(|runner| DailySeries {
                    load: runner.load.iter().map(|load| load.map(|load| load * factor)).collect(),
                    pain: runner.pain.iter().map(|pain| pain.map(|pain| pain + level)).collect(),
                })
                .collect();
            prop_assert_eq!(test(&mapped, 19, 3), test(&runners, 19, 3));
        }
    }
}
