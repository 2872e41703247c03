//! The exact circular-shift test: could a load that has nothing to do with the pain look like this?
//!
//! Pain and load both run in slow waves and weeks, so an ordinary p value for their correlation is wrong (32–44 % false
//! alarms at 5 % for a 7-day load, [`crate::method::statistics`]). Turning the load around the calendar keeps its waves and weeks and
//! the pain's, and breaks only what ties the two together; the turned loads are what chance looks like.

use super::{
    describe::mean,
    rank::mid_ranks,
    shift_sums::{Column, Side, Sums},
    turned_errors::{LaggedSums, lagged_sums},
};

/// Two rhos closer than this are the same, so that shifts that repeat the observed value count as ties.
const TIE_TOLERANCE: f64 = 1e-12;

/// The outcome of a circular-shift test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShiftTest {
    /// Spearman's rho as observed (shift 0), of the ranks in the whole series; without gaps that is Spearman's rho.
    pub rho: f64,
    /// Shifts, 0 included, whose |rho|, in standard errors of the shift, is at least the observed one; at least 1.
    pub at_least: usize,
    /// All shifts: the days of the calendar.
    pub shifts: usize,
    /// `at_least / shifts`, never below 1/`shifts`.
    pub p: f64,
}

/// The outcome of a circular-shift test over several loads at once.
#[derive(Debug, Clone, PartialEq)]
pub struct MaxShiftTest {
    /// Spearman's rho of each load; None where it is constant on the logged days.
    pub rho: Vec<Option<f64>>,
    /// The largest |rho| among them.
    pub largest: f64,
    /// Family-wise p: the share of shifts whose largest |rho|, in standard errors of the shift, is at least the observed one.
    pub p: f64,
    /// For each load the |rho| beyond which the whole family goes on only 5 % of the shifts. None where the load has no rho.
    pub band_95: Vec<Option<f64>>,
}

/// Exact circular-shift test of Spearman's rho, two-sided, over all n shifts with 0 (Yuan & Shou 2024, PLoS Biol, for shift
/// tests of autocorrelated series; src/method/statistics.md, Shift test).
///
/// `load` and `pain` hold one element for every day of the same calendar. At shift s the pain of day t meets the load
/// of day (t − s) mod n. The days on which pain was logged stay where they are. The load turns together with its own
/// unknown days, and a pair whose load is unknown is dropped: the null is that the load *and where it is unknown* may
/// be turned freely, so the test stays exact, no day's load is invented and no gap is glued shut. Each series is ranked
/// once, over all its known days, and the ranks turn: the same for every shift, the observed one too. A
/// shift that has no rho (fewer than three pairs, or no variation) counts as one that is at least as large: the p errs
/// upwards.
///
/// With gaps each rho is taken in its own standard errors. A log with a weekly pattern (run days, working days) meets other
/// weekdays of the load at every shift, and where it meets days that are much alike, slow waves alone give larger rhos: counting
/// plain rhos gave 2.5 % false alarms for a log of run days and 12 % for one without Thursdays and Saturdays, instead of 5.
/// Turning a load turns the errors with it, so the test is as exact. Without gaps
/// all shifts have the same one, and the test is that of |rho|.
///
/// None when the calendars differ, or the observed rho does not exist.
pub fn circular_shift(load: &[Option<f64>], pain: &[Option<f64>]) -> Option<ShiftTest> {
    let turned = Turned::new(load, pain)?;
    let found: Vec<Option<f64>> = turned.rhos_in_errors().collect();
    let observed = (*found.first()?)?.abs();
    let at_least = found.iter().filter(|rho| reaches(**rho, observed)).count();
    Some(ShiftTest {
        rho: turned.observed()?,
        at_least,
        shifts: found.len(),
        p: at_least as f64 / found.len() as f64,
    })
}

/// Whether a shift counts as at least as large as the observed one; one without a rho does.
fn reaches(found: Option<f64>, observed: f64) -> bool {
    found.is_none_or(|found| found.abs() >= observed - TIE_TOLERANCE)
}

/// The same test for the largest |rho| of several loads (the lags of a lag curve) that are turned together: the p is
/// right for having looked at all of them. Never quote a single lag's own p after choosing it (src/method/statistics.md, Lags).
///
/// None without loads, when the calendars differ, or no load has an observed rho.
pub fn circular_shift_max(
    loads: &[Vec<Option<f64>>],
    pain: &[Option<f64>],
) -> Option<MaxShiftTest> {
    let turned = loads.iter().map(|load| Turned::new(load, pain));
    let turned = turned.collect::<Option<Vec<_>>>()?;
    let rho: Vec<Option<f64>> = turned.iter().map(Turned::observed).collect();
    let maxima = largest_of_shifts(&turned, pain.len());
    let observed = (*maxima.first()?)?;
    let at_least = maxima.iter().filter(|rho| reaches(**rho, observed)).count();
    let within = quantile_95(maxima.into_iter().flatten().collect())?;
    Some(MaxShiftTest {
        largest: largest(rho.iter().copied())?,
        rho,
        p: at_least as f64 / pain.len() as f64,
        band_95: turned.iter().map(|turned| turned.band(within)).collect(),
    })
}

/// The largest |rho| of all loads, in its standard errors, at every shift.
fn largest_of_shifts(turned: &[Turned], shifts: usize) -> Vec<Option<f64>> {
    let found = turned
        .iter()
        .map(|turned| turned.rhos_in_errors().collect());
    let found: Vec<Vec<Option<f64>>> = found.collect();
    let at = |shift: usize| largest(found.iter().map(|rhos| rhos.get(shift).copied().flatten()));
    (0..shifts).map(at).collect()
}

/// What 95 % of the shifts do not exceed.
fn quantile_95(mut maxima: Vec<f64>) -> Option<f64> {
    maxima.sort_by(f64::total_cmp);
    let place = (maxima.len() * 95).div_ceil(100);
    maxima.get(place.checked_sub(1)?).copied()
}

fn largest(rho: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    rho.flatten().map(f64::abs).max_by(f64::total_cmp)
}

/// A load, turned, beside the pain of the same calendar.
struct Turned {
    /// Rho at every shift.
    rhos: Vec<Option<f64>>,
    /// The standard error of each shift's rho by their mean over all shifts with a rho: 1 everywhere without gaps.
    errors: Vec<f64>,
}

impl Turned {
    /// None when the calendars differ or are empty.
    fn new(load: &[Option<f64>], pain: &[Option<f64>]) -> Option<Self> {
        let pairs = Pairs::new(load, pain)?;
        let rhos = pairs.rhos();
        let errors = if pairs.are_whole() {
            vec![1.0; rhos.len()]
        } else {
            in_their_mean(pairs.errors(), &rhos)
        };
        Some(Turned { rhos, errors })
    }

    fn observed(&self) -> Option<f64> {
        self.rhos.first().copied().flatten()
    }

    /// So many standard errors at the observed shift. None where it has no rho.
    fn band(&self, within: f64) -> Option<f64> {
        self.observed()?;
        self.errors.first().map(|error| within * error)
    }

    /// Rho at every shift, by the shift's error.
    fn rhos_in_errors(&self) -> impl Iterator<Item = Option<f64>> {
        let shifts = self.rhos.iter().zip(&self.errors);
        shifts.map(|(rho, error)| Some((*rho)? / error))
    }
}

/// Errors by their mean over all shifts with a rho.
fn in_their_mean(errors: Vec<f64>, rhos: &[Option<f64>]) -> Vec<f64> {
    let mean = mean_with_rho(&errors, rhos).unwrap_or(1.0);
    errors.into_iter().map(|error| error / mean).collect()
}

fn mean_with_rho(errors: &[f64], rhos: &[Option<f64>]) -> Option<f64> {
    let with_rho = errors.iter().zip(rhos).filter(|(_, rho)| rho.is_some());
    let errors: Vec<f64> = with_rho.map(|(error, _)| *error).collect();
    mean(&errors)
}

/// The pairs of every shift: the load turns, the pain is still.
const LOAD: Column = Column::Turned(0);
const PAIN: Column = Column::Still(0);

/// The sums over the pairs of every shift.
struct Pairs {
    load: Vec<Option<i64>>,
    pain: Vec<Option<i64>>,
    sums: Sums,
}

impl Pairs {
    /// None when the calendars differ or are empty.
    fn new(load: &[Option<f64>], pain: &[Option<f64>]) -> Option<Self> {
        if load.is_empty() || load.len() != pain.len() {
            return None;
        }
        let (load, pain) = (ranks(load), ranks(pain));
        Some(Pairs {
            sums: sums(&load, &pain),
            load,
            pain,
        })
    }

    /// Whether every day has both.
    fn are_whole(&self) -> bool {
        self.load.iter().chain(&self.pain).all(Option::is_some)
    }

    /// Pearson's correlation of the ranks that meet, exact up to the last division.
    fn rhos(&self) -> Vec<Option<f64>> {
        let covariances =
            [(LOAD, PAIN), (LOAD, LOAD), (PAIN, PAIN)].map(|(a, b)| self.sums.covariance(a, b));
        let at = |(shift, n): (usize, &i64)| {
            let [both, of_load, of_pain] = covariances.each_ref().map(|sums| sums.at(*n, shift));
            let varies = *n >= 3 && of_load > 0.0 && of_pain > 0.0;
            varies.then(|| both / (of_load.sqrt() * of_pain.sqrt()))
        };
        self.sums.days().iter().enumerate().map(at).collect()
    }

    /// The standard error of each shift's rho.
    fn errors(&self) -> Vec<f64> {
        let lagged = lagged_sums(&as_numbers(&self.load), &as_numbers(&self.pain));
        let [n, x, xx] = [
            self.sums.days(),
            self.sums.alone(LOAD),
            self.sums.products(LOAD, LOAD),
        ];
        let error = |(shift, lagged): (usize, LaggedSums)| {
            let [n, x, xx] = [n, x, xx].map(|sums| sums[shift] as f64);
            let n = n.max(1.0);
            (lagged.variance(n, x, xx) / n).sqrt()
        };
        lagged.into_iter().enumerate().map(error).collect()
    }
}

/// A shift's sums over its pairs are sums of products of one turned and one still series.
fn sums(load: &[Option<i64>], pain: &[Option<i64>]) -> Sums {
    let column = |ranks, exponent| powers(ranks, exponent).collect::<Vec<i64>>();
    let columns = [load, pain].map(|ranks| [0, 1].map(|exponent| column(ranks, exponent)));
    let squares = [load, pain].map(|ranks| [column(ranks, 2)]);
    let [turned, still] = [0, 1].map(|side| Side {
        columns: &columns[side],
        products: &squares[side],
    });
    Sums::new(load.len(), &turned, &still)
}

fn as_numbers(ranks: &[Option<i64>]) -> Vec<Option<f64>> {
    ranks.iter().map(|rank| rank.map(|r| r as f64)).collect()
}

/// Ranks to a power, 0 where unknown.
fn powers(ranks: &[Option<i64>], exponent: u32) -> impl Iterator<Item = i64> {
    ranks
        .iter()
        .map(move |rank| rank.map_or(0, |rank| rank.pow(exponent)))
}

/// Twice the mid-rank less its mean, a whole number, of every known day.
fn ranks(series: &[Option<f64>]) -> Vec<Option<i64>> {
    let values: Vec<f64> = series.iter().filter_map(known).collect();
    let centre = values.len() as i64 + 1;
    let mut ranks = mid_ranks(&values)
        .into_iter()
        .map(|rank| (2.0 * rank).round() as i64 - centre);
    series
        .iter()
        .map(|value| known(value).and_then(|_| ranks.next()))
        .collect()
}

/// A value that is not a number is unknown. Adding zero makes −0 and 0 one value.
fn known(value: &Option<f64>) -> Option<f64> {
    let value = value.filter(|value| !value.is_nan());
    value.map(|value| value + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{
        both_known,
        random::Lcg,
        simulated::{load_before, pain},
        spearman::{pearson, spearman},
    };
    use proptest::prelude::*;

    fn known(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    /// The definition, word for word: rank each series once, turn, drop, correlate.
    fn by_definition(load: &[Option<f64>], pain: &[Option<f64>]) -> Vec<Option<f64>> {
        let ranked = |series: &[Option<f64>]| {
            let mut ranks =
                mid_ranks(&series.iter().flatten().copied().collect::<Vec<f64>>()).into_iter();
            series
                .iter()
                .map(|value| value.and_then(|_| ranks.next()))
                .collect::<Vec<_>>()
        };
        let (load, pain) = (ranked(load), ranked(pain));
        (0..load.len())
            .map(|shift| {
                let mut turned = load.to_vec();
                turned.rotate_right(shift);
                let (x, y) = both_known(&turned, &pain);
                pearson(&x, &y)
            })
            .collect()
    }

    /// The standard error of every shift, day by day.
    fn errors_by_definition(load: &[Option<f64>], pain: &[Option<f64>]) -> Vec<f64> {
        let days = load.len();
        let (load, pain) = (ranks(load), ranks(pain));
        let as_f64 = |rank: Option<i64>| rank.map(|rank| rank as f64);
        let mean_product = |series: &[Option<f64>], lag: usize| {
            let product = |day: usize| Some(series[day]? * series[(day + lag) % days]?);
            let products: Vec<f64> = (0..days).filter_map(product).collect();
            if products.is_empty() {
                0.0
            } else {
                products.iter().sum::<f64>() / products.len() as f64
            }
        };
        let y: Vec<Option<f64>> = pain.iter().map(|rank| as_f64(*rank)).collect();
        let error = |shift: usize| {
            let load_at = |day: usize| as_f64(load[(day + days - shift) % days]);
            let met: Vec<Option<f64>> = (0..days)
                .map(|day| load_at(day).filter(|_| y[day].is_some()))
                .collect();
            let n = met.iter().flatten().count() as f64;
            let centre = met.iter().flatten().sum::<f64>() / n;
            let spread: f64 = met.iter().flatten().map(|x| (x - centre).powi(2)).sum();
            let lagged = |lag: usize| {
                // Both loads known and both pains known.
                let product =
                    |day: usize| Some((met[day]? - centre) * (met[(day + lag) % days]? - centre));
                (0..days).filter_map(product).sum::<f64>()
            };
            let term = |lag: usize| {
                let r = mean_product(&y, lag) / mean_product(&y, 0);
                2.0 * (1.0 - lag as f64 / 15.0) * if r.is_finite() { r } else { 0.0 } * lagged(lag)
                    / spread
            };
            let variance = 1.0 + (1..=14.min(days / 2)).map(term).sum::<f64>();
            (variance.max(0.25) / n).sqrt()
        };
        (0..days).map(error).collect()
    }

    #[test]
    fn what_has_no_answer_is_none() {
        let days = known(&[1.0, 2.0, 3.0, 4.0]);
        for (load, pain) in [
            (vec![], vec![]),
            (days.clone(), known(&[1.0, 2.0, 3.0])),
            (days.clone(), known(&[0.0; 4])),
            (days.clone(), vec![Some(1.0), Some(2.0), None, None]),
            (known(&[f64::NAN; 4]), days.clone()),
        ] {
            assert_eq!(circular_shift(&load, &pain), None, "{load:?} {pain:?}");
            assert_eq!(
                circular_shift_max(std::slice::from_ref(&load), &pain),
                None,
                "{load:?} {pain:?}"
            );
        }
        assert_eq!(circular_shift_max(&[], &days), None);
    }

    #[test]
    fn a_load_that_repeats_every_week_can_never_be_told_from_its_shifts() {
        // Eight weeks of the same week: 8 of the 56 shifts are the observed one, so p is at least 1/7.
        let load: Vec<Option<f64>> = (0..56)
            .map(|day| Some([0.0, 8.0, 0.0, 10.0, 0.0, 0.0, 18.0][day % 7]))
            .collect();
        let test = circular_shift(&load, &load).unwrap();
        assert_eq!((test.at_least, test.p), (8, 1.0 / 7.0));
        assert!((test.rho - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_shift_without_a_rho_counts_against_the_finding() {
        // The three logged days meet 1 2 3 (ranks 6 7 8, rho 1), 0 1 2 (ranks 3 6 7, .96), 0 0 1 (.87), 0 0 0 three times,
        // 3 0 0 (−.87), 2 3 0 (−.76).
        let load = known(&[1.0, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        let pain = [&known(&[1.0, 2.0, 3.0])[..], &[None; 5][..]].concat();
        let undefined = by_definition(&load, &pain)
            .iter()
            .filter(|rho| rho.is_none())
            .count();
        let test = circular_shift(&load, &pain).unwrap();
        assert_eq!(undefined, 3);
        assert_eq!((test.at_least, test.p), (4, 4.0 / 8.0));
        assert!((test.rho - 1.0).abs() < 1e-12);
    }

    fn series(days: usize) -> impl Strategy<Value = Vec<Option<f64>>> {
        prop::collection::vec(
            prop::option::weighted(0.8, (-1i32..5).prop_map(f64::from)),
            days,
        )
    }

    proptest! {
        #[test]
        fn transforms_are_the_definition((load, pain) in (3usize..40).prop_flat_map(|n| (series(n), series(n)))) {
            let expected = by_definition(&load, &pain);
            for (rho, expected) in Turned::new(&load, &pain).unwrap().rhos.into_iter().zip(&expected) {
                prop_assert_eq!(rho.is_some(), expected.is_some());
                prop_assert!((rho.unwrap_or(0.0) - expected.unwrap_or(0.0)).abs() < 1e-12);
            }
            if load.iter().chain(&pain).all(Option::is_some) {
                let (x, y) = both_known(&load, &pain);
                prop_assert!((spearman(&x, &y).unwrap_or(0.0) - expected[0].unwrap_or(0.0)).abs() < 1e-12);
            }
        }

        #[test]
        fn standard_errors_are_the_definition((load, pain) in (3usize..40).prop_flat_map(|n| (series(n), series(n)))) {
            let pairs = Pairs::new(&load, &pain).unwrap();
            let expected = errors_by_definition(&load, &pain);
            for ((error, rho), expected) in pairs.errors().into_iter().zip(pairs.rhos()).zip(expected) {
                prop_assert!(rho.is_none() || (error - expected).abs() < 1e-9, "{error} {expected}");
            }
        }

        #[test]
        fn p_is_a_share_of_shifts_and_blind_to_monotone_maps(
            (load, pain) in (3usize..40).prop_flat_map(|n| (series(n), series(n))),
        ) {
            let mapped: Vec<Option<f64>> = load.iter().map(|v| v.map(|v| v.exp())).collect();
            let test = circular_shift(&load, &pain);
            prop_assert_eq!(circular_shift(&mapped, &pain), test);
            if let Some(test) = test {
                prop_assert!(test.p >= 1.0 / load.len() as f64 && test.p <= 1.0);
                let family = circular_shift_max(&[load.clone(), mapped], &pain).unwrap();
                prop_assert_eq!((family.largest, family.p), (test.rho.abs(), test.p));
            }
        }
    }

    /// Shares of p ≤ 0.05 among unrelated pairs: the shift test, the shift test with 30 % of the pain days blank, and
    /// the textbook limit |rho| ≥ 0.215 for 84 independent days (src/method/formulas.md, Precision).
    fn false_alarms(repetitions: u32, window: usize) -> [f64; 3] {
        let mut random = Lcg(20_250_314);
        let mut alarms = [0u32; 3];
        for _ in 0..repetitions {
            let pain = known(&pain(&mut random, 84));
            let load = known(&load_before(&mut random, 84, window));
            let logged: Vec<Option<f64>> = pain
                .iter()
                .map(|v| v.filter(|_| random.uniform() >= 0.3))
                .collect();
            let whole = circular_shift(&load, &pain);
            let masked = circular_shift(&load, &logged);
            alarms[0] += u32::from(whole.is_some_and(|test| test.p <= 0.05));
            alarms[1] += u32::from(masked.is_some_and(|test| test.p <= 0.05));
            alarms[2] += u32::from(whole.is_some_and(|test| test.rho.abs() >= 0.215));
        }
        alarms.map(|count| f64::from(count) / f64::from(repetitions))
    }

    #[test]
    fn unrelated_series_rarely_alarm_the_shift_test() {
        let [whole, masked, naive] = false_alarms(200, 7);
        println!("false alarms at 5 %: shift {whole}, with gaps {masked}, textbook {naive}");
        assert!(whole < 0.12, "{whole}");
        assert!(masked < 0.12, "{masked}");
        assert!(naive > 0.25, "{naive}");
    }

    /// Shares of p ≤ 0.05 among unrelated pairs of a log without the template's third and fifth day: the shift test, and what
    /// counting plain rhos would give.
    fn alarms_of_a_weekly_log(repetitions: u32) -> [f64; 2] {
        let mut random = Lcg(20_250_314);
        let mut alarms = [0u32; 2];
        for _ in 0..repetitions {
            let (pain, load) = (
                pain(&mut random, 84),
                known(&load_before(&mut random, 84, 3)),
            );
            // The load's first three days lie before the log.
            let logged =
                |(day, pain): (usize, &f64)| (!matches!((day + 3) % 7, 3 | 5)).then_some(*pain);
            let pain: Vec<Option<f64>> = pain.iter().enumerate().map(logged).collect();
            let plain: Vec<f64> = Turned::new(&load, &pain)
                .unwrap()
                .rhos
                .into_iter()
                .flatten()
                .map(f64::abs)
                .collect();
            let reaching = plain.iter().filter(|rho| **rho >= plain[0]).count();
            alarms[0] += u32::from(circular_shift(&load, &pain).is_some_and(|test| test.p <= 0.05));
            alarms[1] += u32::from(reaching as f64 <= 0.05 * plain.len() as f64);
        }
        alarms.map(|count| f64::from(count) / f64::from(repetitions))
    }

    #[test]
    fn a_log_with_a_weekly_pattern_alarms_no_more_often() {
        let [in_errors, plain] = alarms_of_a_weekly_log(400);
        println!("false alarms at 5 %: in standard errors {in_errors}, plain {plain}");
        assert!(in_errors < 0.09 && plain > 0.1, "{in_errors} {plain}");
    }
}
