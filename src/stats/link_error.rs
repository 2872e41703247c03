//! How far the rho of a true link may lie off, beyond what the memory of load and pain says.
//!
//! Where pain knows nothing of the load, rho varies from log to log as Bonett and Wright's error with the effective days says. A link is
//! not the same in every week: a quiet week or a spell moves rho for as long as it lasts. So every day's influence on rho is worked out,
//! and how much the slow waves of those influences come to ([`crate::method::statistics`], Effect).

use super::{Interval, NORMAL_975, spearman::bonett_wright_error};
use std::f64::consts::PI;

/// The slowest waves of the log that the error is made of. Few, as weeks of one kind last: with more of them, which are faster, the
/// intervals of simulated links were too narrow.
const WAVES: usize = 4;

/// The 0.975 quantile of Student's t with as many degrees of freedom.
const T_975: f64 = 2.776_445_105_197_793;

/// Load and pain on the days with both, less their means, and what the columns leave of them.
pub(super) struct Fit {
    /// The days of the calendar with both.
    pub(super) days: Vec<usize>,
    /// The columns that were taken out: doubled ranks, or 0 and 1, less their means. Load and pain are doubled ranks too.
    pub(super) columns: Vec<Vec<f64>>,
    /// The same at right angles to one another: of each what those before it leave.
    pub(super) basis: Vec<Vec<f64>>,
    pub(super) load: Vec<f64>,
    pub(super) pain: Vec<f64>,
    /// What the columns leave of the load.
    pub(super) load_left: Vec<f64>,
    /// Of the pain.
    pub(super) pain_left: Vec<f64>,
}

/// What the 95 % interval of a link reaches on either side of Fisher's transform of rho.
///
/// The variance of rho over the log is taken from the four slowest cosines of the days' influences, with Student's t of four degrees of
/// freedom (Müller 2007, J Econom 141:1331; Lazarus, Lewis, Stock & Watson 2018, J Bus Econ Stat 36:541). None below one free day.
pub(super) fn reach(fit: &Fit, rho: f64) -> Option<f64> {
    let influences = influences(fit, rho);
    let (days, taken) = (influences.len() as f64, fit.columns.len() as f64);
    let free = days - taken - 3.0;
    if free < 1.0 {
        return None;
    }
    let (first, last) = (*fit.days.first()?, *fit.days.last()?);
    let span = (last - first + 1) as f64;
    let mut sums = [0.0; WAVES];
    for (day, influence) in fit.days.iter().zip(&influences) {
        let slowest = (PI * ((day - first) as f64 + 0.5) / span).cos();
        for (sum, wave) in sums.iter_mut().zip(multiples(slowest)) {
            *sum += influence * wave;
        }
    }
    let squares: f64 = sums.iter().map(|sum| sum * sum).sum();
    let variance = 2.0 * squares / (WAVES as f64 * days);
    Some(T_975 * (variance / free).sqrt() / (1.0 - rho * rho))
}

/// The cosines of one, two, three … times an angle, by Chebyshev's recurrence.
fn multiples(cosine: f64) -> [f64; WAVES] {
    let mut before = (1.0, cosine);
    std::array::from_fn(|_| {
        let found = before.1;
        before = (found, 2.0 * cosine * found - before.0);
        found
    })
}

/// What a day more like each one would do to rho, times the number of days; their mean is 0.
///
/// A day enters a correlation by its own product and squares, and the ranks of all others by where it lies among them (Croux & Dehon 2010,
/// Stat Methods Appl 19:497, of Spearman's rho). A column that is taken out changes what is left by its own slopes.
fn influences(fit: &Fit, rho: f64) -> Vec<f64> {
    let ((x, x_size), (y, y_size)) = (standard(&fit.load_left), standard(&fit.pain_left));
    let days = || x.iter().zip(&y);
    let own = |(x, y): (&f64, &f64)| x * y - rho / 2.0 * (x * x + y * y);
    let mut found: Vec<f64> = days().map(own).collect();
    let of_load: Vec<f64> = days().map(|(x, y)| (y - rho * x) / x_size).collect();
    let of_pain: Vec<f64> = days().map(|(x, y)| (x - rho * y) / y_size).collect();
    add(&mut found, by_rank(&fit.load, &of_load));
    add(&mut found, by_rank(&fit.pain, &of_pain));
    let [on_load, on_pain] = [&fit.load, &fit.pain].map(|series| slopes(fit, series));
    for (column, (on_load, on_pain)) in fit.columns.iter().zip(on_load.iter().zip(&on_pain)) {
        // Whatever the ranks of two values are, they tell the same days apart.
        if has_two_values(column) {
            continue;
        }
        let effects = of_load.iter().zip(&of_pain);
        let effects: Vec<f64> = effects
            .map(|(load, pain)| -(on_load * load + on_pain * pain))
            .collect();
        add(&mut found, by_rank(column, &effects));
    }
    let mean = found.iter().sum::<f64>() / found.len().max(1) as f64;
    found.iter_mut().for_each(|one| *one -= mean);
    found
}

fn has_two_values(column: &[f64]) -> bool {
    let first = column.first();
    let other = column.iter().find(|value| Some(*value) != first);
    let is_one_of_both = |value: &f64| Some(value) == first || Some(value) == other;
    column.iter().all(is_one_of_both)
}

/// In units of their root mean square, and that.
fn standard(values: &[f64]) -> (Vec<f64>, f64) {
    let size = (product(values, values) / values.len().max(1) as f64).sqrt();
    (values.iter().map(|value| value / size).collect(), size)
}

fn add(sums: &mut [f64], more: Vec<f64>) {
    sums.iter_mut().zip(more).for_each(|(sum, one)| *sum += one);
}

/// What each day does through the doubled ranks of the others: it lifts all that lie above it by two, and its equals by one, of which each
/// has that effect. Doubled ranks are whole numbers apart, so that each has a place and nothing is sorted.
fn by_rank(ranks: &[f64], effects: &[f64]) -> Vec<f64> {
    let least = ranks.iter().copied().fold(f64::INFINITY, f64::min);
    let place = |rank: &f64| (rank - least).round() as usize;
    let places = ranks.iter().map(place).max().map_or(0, |last| last + 1);
    let mut lifted = vec![0.0; places];
    for (rank, effect) in ranks.iter().zip(effects) {
        lifted[place(rank)] += effect;
    }
    let mut above = 0.0;
    for own in lifted.iter_mut().rev() {
        let all = above + *own;
        *own = above + all;
        above = all;
    }
    ranks.iter().map(|rank| lifted[place(rank)]).collect()
}

/// The slopes of a series on the columns, all of them together.
fn slopes(fit: &Fit, series: &[f64]) -> Vec<f64> {
    let share = |of: &[f64], basis: &[f64]| product(of, basis) / product(basis, basis);
    let mut found = vec![0.0; fit.columns.len()];
    for (place, basis) in fit.basis.iter().enumerate().rev() {
        let later = fit.columns.iter().zip(&found).skip(place + 1);
        let theirs: f64 = later
            .map(|(column, slope)| slope * share(column, basis))
            .sum();
        found[place] = share(series, basis) - theirs;
    }
    found
}

/// The 95 % interval of a link: every rho that the log does not speak against.
///
/// No link is judged by Bonett and Wright's error with so many free days ([`super::spearman::bonett_wright`]), a rho of the size that
/// was found, or beyond it, by what a link `reaches` ([`reach`]), where that is the larger. In between the variance grows with the square
/// of rho: what makes a link vary from week to week is a part of the link. So an interval that leaves out 0 is the same as without.
///
/// None for |rho| = 1 and values that are not finite.
pub(super) fn interval(rho: f64, free_days: f64, reaches: Option<f64>) -> Option<Interval> {
    let without = NORMAL_975 * bonett_wright_error(rho, free_days)?;
    let with = reaches.map_or(without, |reach| reach.max(without));
    let size = rho.abs().atanh();
    let far = (size + with).tanh();
    let near = near_end(size, without, with).tanh();
    Some(match rho < 0.0 {
        true => Interval {
            low: -far,
            high: -near,
        },
        false => Interval {
            low: near,
            high: far,
        },
    })
}

/// The end towards 0, and beyond it, of Fisher's transform.
fn near_end(size: f64, without: f64, with: f64) -> f64 {
    if size <= without {
        return size - without;
    }
    let more = with * with - without * without;
    let holds = |end: f64| {
        let share = end.tanh() / size.tanh();
        (size - end).powi(2) <= without * without + share * share * more
    };
    // Halving fifty times leaves nothing to speak of.
    let (mut outside, mut inside) = (0.0f64, size - without);
    for _ in 0..50 {
        let middle = f64::midpoint(outside, inside);
        if holds(middle) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    inside
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{random::Lcg, spearman::bonett_wright};

    /// The partial rank correlation of days that count so much, by definition: weighted mid-ranks, least squares, correlation.
    fn weighted_rho(series: &[Vec<f64>], weights: &[f64]) -> f64 {
        let ranks = |values: &[f64]| -> Vec<f64> {
            let of = |value: f64| {
                let others = values.iter().zip(weights);
                let below: f64 = others
                    .clone()
                    .filter(|(one, _)| **one < value)
                    .map(|(_, w)| w)
                    .sum();
                let equal: f64 = others
                    .filter(|(one, _)| **one == value)
                    .map(|(_, w)| w)
                    .sum();
                below + equal / 2.0
            };
            values.iter().map(|value| of(*value)).collect()
        };
        let times = |a: &[f64], b: &[f64]| -> f64 {
            let both = a.iter().zip(b).zip(weights);
            both.map(|((a, b), weight)| weight * a * b).sum()
        };
        let mut left: Vec<Vec<f64>> = vec![vec![1.0; weights.len()]];
        left.extend(series.iter().map(|values| ranks(values)));
        for column in 0..left.len() - 2 {
            for later in column + 1..left.len() {
                let share =
                    times(&left[later], &left[column]) / times(&left[column], &left[column]);
                let taken = left[column].clone();
                let cells = left[later].iter_mut().zip(taken);
                cells.for_each(|(cell, taken)| *cell -= share * taken);
            }
        }
        let [.., load, pain] = &left[..] else {
            unreachable!("a load and a pain")
        };
        times(load, pain) / (times(load, load) * times(pain, pain)).sqrt()
    }

    /// Two columns, a load and a pain of whole numbers that have to do with one another.
    fn series() -> Vec<Vec<f64>> {
        let mut random = Lcg(5);
        let mut whole = |end: usize| random.below(end) as f64;
        let today: Vec<f64> = (0..60).map(|_| whole(9)).collect();
        let yesterday: Vec<f64> = today
            .iter()
            .map(|today| (today / 3.0).floor() + whole(5))
            .collect();
        let load: Vec<f64> = today.iter().map(|today| 8.0 - today + whole(6)).collect();
        let pain = load
            .iter()
            .zip(&yesterday)
            .map(|(load, before)| ((load + before) / 3.0).floor() + whole(4));
        vec![today, yesterday.clone(), load.clone(), pain.collect()]
    }

    fn fit(series: &[Vec<f64>]) -> Fit {
        let ranked = series.iter().map(|values| {
            let ranks = crate::stats::rank::mid_ranks(values);
            let middle = (values.len() + 1) as f64 / 2.0;
            ranks
                .iter()
                .map(|rank| 2.0 * (rank - middle))
                .collect::<Vec<f64>>()
        });
        let ranked: Vec<Vec<f64>> = ranked.collect();
        let mut left: Vec<Vec<f64>> = Vec::new();
        for column in &ranked {
            let mut column = column.clone();
            for before in left.iter().take(2) {
                let share = product(&column, before) / product(before, before);
                column
                    .iter_mut()
                    .zip(before)
                    .for_each(|(cell, before)| *cell -= share * before);
            }
            left.push(column);
        }
        Fit {
            days: (0..60).collect(),
            columns: ranked[..2].to_vec(),
            basis: left[..2].to_vec(),
            load: ranked[2].clone(),
            pain: ranked[3].clone(),
            load_left: left[2].clone(),
            pain_left: left[3].clone(),
        }
    }

    #[test]
    fn an_influence_is_what_a_little_more_of_a_day_does() {
        let series = series();
        let ones = vec![1.0; 60];
        let rho = weighted_rho(&series, &ones);
        assert!(rho > 0.3, "{rho}");
        let found = influences(&fit(&series), rho);
        for (day, found) in found.iter().enumerate() {
            let with = |more: f64| {
                let mut weights = ones.clone();
                weights[day] += more;
                weighted_rho(&series, &weights)
            };
            // So many days: one more of sixty is a sixtieth.
            let expected = 60.0 * (with(1e-4) - with(-1e-4)) / 2e-4;
            assert!(
                (found - expected).abs() < 1e-4,
                "day {day}: {found}, not {expected}"
            );
        }
    }

    #[test]
    fn slow_influences_reach_further_than_fast_ones() {
        // Load and pain alternate; in the first half they do so together twice as often.
        let of = |slow: bool| {
            let mut fit = fit(&series());
            let load: Vec<f64> = (0..60)
                .map(|day| if day % 2 == 0 { 1.0 } else { -1.0 })
                .collect();
            let with = |day: usize| {
                let late = if slow { day >= 30 } else { day % 8 > 3 };
                if late && day % 4 < 2 {
                    -load[day]
                } else {
                    load[day]
                }
            };
            let pain: Vec<f64> = (0..60).map(with).collect();
            fit.columns.clear();
            fit.basis.clear();
            (fit.load, fit.load_left, fit.pain_left) = (load.clone(), load, pain.clone());
            fit.pain = pain;
            let rho = product(&fit.load, &fit.pain) / 60.0;
            reach(&fit, rho).unwrap()
        };
        assert!(of(true) > 2.0 * of(false), "{} {}", of(true), of(false));
    }

    #[test]
    fn an_interval_leaves_out_no_link_where_bonett_and_wright_do() {
        for rho in [-0.7, -0.3, -0.05, 0.0, 0.2, 0.45, 0.9] {
            let plain = bonett_wright(rho, 50.0).unwrap();
            assert_eq!(
                interval(rho, 50.0, None).map(|ends| (ends.low, ends.high)),
                {
                    let both = interval(rho, 50.0, Some(0.01)).unwrap();
                    Some((both.low, both.high))
                }
            );
            for reach in [0.3, 0.6, 2.0] {
                let ends = interval(rho, 50.0, Some(reach)).unwrap();
                assert!(ends.low <= plain.low + 1e-12 && ends.high >= plain.high - 1e-12);
                assert_eq!(
                    (ends.low > 0.0, ends.high < 0.0),
                    (plain.low > 0.0, plain.high < 0.0)
                );
            }
        }
        assert_eq!(interval(1.0, 50.0, Some(0.3)), None);
    }

    #[test]
    fn the_near_end_by_hand() {
        // Between: size 0.8, without 0.2, with 0.5. At the end z the reach is √(0.04 + (tanh z / tanh 0.8)² · 0.21).
        let end = near_end(0.8, 0.2, 0.5);
        let share = end.tanh() / 0.8f64.tanh();
        assert!((0.8 - end - (0.04 + share * share * 0.21).sqrt()).abs() < 1e-12);
        assert!(end > 0.3 && end < 0.6, "{end}");
        assert_eq!(near_end(0.1, 0.2, 0.5), 0.1 - 0.2);
    }
}
