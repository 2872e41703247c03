//! How many independent days a pair of autocorrelated daily series is worth.

use super::{describe::mean, rank::mid_ranks, spearman::are_finite, turned_sums::with_themselves};
use multiversion::multiversion;

/// Effective number of pairs (Pyper & Peterman 1998, Can J Fish Aquat Sci 55:2127):
/// 1/N* = 1/N + (2/N) Σ_{j=1..N/5} (1 − j/N)·r_xx(j)·r_yy(j), held between 4 and N.
///
/// With gaps only days on which both series are known count. The variance of Σ x·y over those days is
/// N + 2 Σ m_j·r_xx(j)·r_yy(j), with m_j the number of pairs of such days that lie j days apart, so N − j becomes
/// m_j: 1/N* = 1/N + (2/N²) Σ_{j=1..L/5} m_j·r_xx(j)·r_yy(j), L the days from the first to the last of them. An
/// autocorrelation is the mean product over those m_j pairs, times (L − j)/L, over the variance. Without gaps this is
/// the published formula to the letter.
///
/// None below four common days, when either series is constant on them or a value is not finite.
pub fn effective_n(x: &[Option<f64>], y: &[Option<f64>]) -> Option<f64> {
    let days = common_deviations(x, y)?;
    let n = days.iter().flatten().count() as f64;
    let variances = variances(&days, n);
    if !(variances.0 > 0.0 && variances.1 > 0.0) {
        return None;
    }
    let lags = (1..).zip(lagged_products(&days, days.len() / 5));
    let shared: f64 = lags
        .map(|(lag, products)| shared_at(days.len(), lag, products, variances))
        .sum();
    Some(held(1.0 / n + 2.0 * shared / (n * n), n))
}

/// [`effective_n`] of the mid-ranks on the days with both, as a rank correlation needs it: one day of an extreme value must not make
/// the others look independent.
pub fn effective_n_of_ranks(x: &[Option<f64>], y: &[Option<f64>]) -> Option<f64> {
    let (known_x, known_y) = super::both_known(x, y);
    if !(are_finite(&known_x) && are_finite(&known_y)) {
        return None;
    }
    let (mut ranks_x, mut ranks_y) = (
        mid_ranks(&known_x).into_iter(),
        mid_ranks(&known_y).into_iter(),
    );
    let ranks = x.iter().zip(y).map(|(x, y)| {
        let both = x.is_some() && y.is_some();
        both.then(|| ranks_x.next().zip(ranks_y.next())).flatten()
    });
    let (x, y): (Vec<Option<f64>>, Vec<Option<f64>>) = ranks
        .map(|pair| (pair.map(|(x, _)| x), pair.map(|(_, y)| y)))
        .unzip();
    effective_n(&x, &y)
}

/// What values in the order they were taken are worth in independent ones, for their mean: N / (1 + 2 Σ r(j)).
///
/// The autocorrelations r(j), j values apart, are added up two by two, r(0) + r(1), r(2) + r(3) …, each sum no larger than the one before,
/// until one is not above 0: what follows is noise (Geyer 1992, Stat Sci 7:473, initial monotone sequence). Between 1 and N. None below
/// two values, where they are all the same, or one is not finite.
pub fn effective_n_of_mean(values: &[f64]) -> Option<f64> {
    let (n, centre) = (values.len(), mean(values)?);
    let deviations: Vec<f64> = values.iter().map(|value| value - centre).collect();
    let at = |lag: usize| -> f64 {
        let later = deviations.iter().skip(lag);
        deviations.iter().zip(later).map(|(a, b)| a * b).sum()
    };
    let own = at(0);
    if !(n >= 2 && own > 0.0 && own.is_finite()) {
        return None;
    }
    let two = |first: usize| (at(first) + at(first + 1)) / own;
    // A later pair that is larger than one before it is noise, and counts as that one.
    let mut smallest = f64::INFINITY;
    let mut sum = 0.0;
    for pair in (0..n - 1).step_by(2).map(two) {
        if pair <= 0.0 {
            break;
        }
        smallest = smallest.min(pair);
        sum += smallest;
    }
    Some(n as f64 / (2.0 * sum - 1.0).max(1.0))
}

/// N* from its inverse, between 4 and N.
fn held(inverse: f64, n: f64) -> f64 {
    if inverse > 0.0 {
        (1.0 / inverse).clamp(4.0, n)
    } else {
        n
    }
}

/// The variances of both series from their deviations.
fn variances(days: &[Option<(f64, f64)>], n: f64) -> (f64, f64) {
    days.iter().flatten().fold((0.0, 0.0), |sum, (x, y)| {
        (sum.0 + x * x / n, sum.1 + y * y / n)
    })
}

/// Deviations from the mean on days with both values, cut to the stretch from the first to the last such day.
fn common_deviations(x: &[Option<f64>], y: &[Option<f64>]) -> Option<Vec<Option<(f64, f64)>>> {
    let (mean_x, mean_y) = common_means(x, y)?;
    let days = x.iter().zip(y);
    let deviations = days.map(|(x, y)| Some(((*x)? - mean_x, (*y)? - mean_y)));
    known_stretch(deviations.collect())
}

/// The means over the days with both values. None below four, or where a value is not finite.
fn common_means(x: &[Option<f64>], y: &[Option<f64>]) -> Option<(f64, f64)> {
    let (known_x, known_y) = super::both_known(x, y);
    let is_usable = known_x.len() >= 4 && are_finite(&known_x) && are_finite(&known_y);
    if !is_usable {
        return None;
    }
    Some((mean(&known_x)?, mean(&known_y)?))
}

/// The days from the first to the last that is known.
fn known_stretch<T>(mut days: Vec<Option<T>>) -> Option<Vec<Option<T>>> {
    let last = days.iter().rposition(Option::is_some)?;
    days.truncate(last + 1);
    let first = days.iter().position(Option::is_some)?;
    Some(days.split_off(first))
}

/// How many pairs of known days lie so far apart, and the products of both series over them.
type Products = (f64, f64, f64);

/// m_j·r_xx(j)·r_yy(j) at one lag; 0 when no two days lie that far apart.
fn shared_at(days: usize, lag: usize, products: Products, variances: (f64, f64)) -> f64 {
    let (pairs, products_x, products_y) = products;
    if pairs == 0.0 {
        return 0.0;
    }
    let shrink = (days - lag) as f64 / days as f64;
    let autocorrelation = |products: f64, variance: f64| products / pairs * shrink / variance;
    pairs * autocorrelation(products_x, variances.0) * autocorrelation(products_y, variances.1)
}

/// Those of lags 1 to `lags`, by transforms: over ten years the sums themselves would take longer than the test they stand beside.
fn lagged_products(days: &[Option<(f64, f64)>], lags: usize) -> Vec<Products> {
    let at = |value: fn((f64, f64)) -> f64| move |day: &Option<(f64, f64)>| day.map_or(0.0, value);
    let (x, y) = (at(|(x, _)| x), at(|(_, y)| y));
    let [x, y] = with_themselves(days.iter().map(|day| (x(day), y(day))), lags + 1);
    let products = pairs_apart(days, lags + 1)
        .into_iter()
        .zip(x.into_iter().zip(y));
    let from_one = products.skip(1);
    from_one.map(|(pairs, (x, y))| (pairs, x, y)).collect()
}

/// How many pairs of known days lie so many days apart, for all lags below `lags`: the days as bits of a row of words, which is moved.
fn pairs_apart<T>(days: &[Option<T>], lags: usize) -> Vec<f64> {
    let word = |days: &[Option<T>]| {
        let bits = days.iter().zip(0..);
        bits.fold(0u64, |word, (day, bit)| {
            word | u64::from(day.is_some()) << bit
        })
    };
    let words: Vec<u64> = days.chunks(64).map(word).collect();
    (0..lags)
        .map(|lag| f64::from(common(&words, lag)))
        .collect()
}

/// The bits that a row of words and itself so many places on have in common.
#[multiversion(targets("x86_64+popcnt"))]
fn common(words: &[u64], places: usize) -> u32 {
    let (whole, bits) = (places / 64, places % 64);
    let later = &words[whole.min(words.len())..];
    let after = later.iter().skip(1).copied().chain([0]);
    let moved = later.iter().zip(after).map(|(word, next)| match bits {
        0 => *word,
        _ => word >> bits | next << (64 - bits),
    });
    let both = words.iter().zip(moved);
    both.map(|(word, moved)| (word & moved).count_ones()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn five_days_by_hand() {
        // x = y = 1 1 0 0 0: mean .4, deviations .6 .6 −.4 −.4 −.4, Σd² 1.2, products at lag 1 .36 −.24 .16 .16 = .44;
        // r(1) = .44/1.2 = .3667, 1/N* = .2 + .4·.8·.3667² = .24302, N* = 4.1148.
        let x = known(&[1.0, 1.0, 0.0, 0.0, 0.0]);
        let r = 0.44 / 1.2f64;
        let expected = 1.0 / (0.2 + 0.4 * 0.8 * r * r);
        assert!((effective_n(&x, &x).unwrap() - expected).abs() < 1e-12);
    }

    #[test]
    fn unknown_days_at_the_ends_change_nothing() {
        let x: Vec<f64> = (0..40).map(|day| f64::from(day * day % 11)).collect();
        let y: Vec<f64> = (0..40).map(|day| f64::from(day * 7 % 13)).collect();
        let (x, y) = (known(&x), known(&y));
        let pad = |series: &[Option<f64>]| [&[None, None][..], series, &[None][..]].concat();
        assert_eq!(effective_n(&x, &y), effective_n(&pad(&x), &pad(&y)));
    }

    #[test]
    fn transforms_are_the_sums() {
        let day = |day: usize| {
            (day % 7 != 3).then(|| ((day * day % 11) as f64 - 5.0, (day * 7 % 13) as f64 - 6.0))
        };
        let days: Vec<Option<(f64, f64)>> = (0..73).map(day).collect();
        let found = lagged_products(&days, 14);
        assert_eq!(found.len(), 14);
        for (lag, (pairs, x, y)) in (1..).zip(found) {
            let both = days
                .iter()
                .zip(&days[lag..])
                .filter_map(|(early, late)| early.zip(*late));
            let (mut expected, mut count) = ((0.0, 0.0), 0.0);
            for (early, late) in both {
                count += 1.0;
                expected.0 += early.0 * late.0;
                expected.1 += early.1 * late.1;
            }
            assert_eq!(pairs, count);
            assert!(
                (x - expected.0).abs() < 1e-9 && (y - expected.1).abs() < 1e-9,
                "{lag} {x} {y}"
            );
        }
    }

    #[test]
    fn one_extreme_day_does_not_make_the_others_independent() {
        let slow: Vec<_> = (0..60)
            .map(|day| Some(f64::from(day / 15) + f64::from(day * 7 % 5) / 10.0))
            .collect();
        let mut wild = slow.clone();
        wild[30] = Some(1e6);
        let [tame, ranks] = [&slow, &wild].map(|x| effective_n_of_ranks(x, &slow).unwrap());
        assert!(
            effective_n(&wild, &slow).unwrap() > 55.0 && tame < 15.0 && (ranks - tame).abs() < 3.0,
            "{tame} {ranks}"
        );
        let mapped: Vec<_> = slow.iter().map(|v| v.map(|v: f64| v.powi(3))).collect();
        assert_eq!(
            effective_n_of_ranks(&mapped, &slow),
            effective_n_of_ranks(&slow, &slow)
        );
        assert_eq!(
            effective_n_of_ranks(&[Some(f64::NAN); 9], &[Some(1.0); 9]),
            None
        );
    }

    #[test]
    fn alternating_days_are_worth_all_of_them_and_slow_ones_few() {
        let fast: Vec<_> = (0..60).map(|day| Some(f64::from(day % 2))).collect();
        let slow: Vec<_> = (0..60).map(|day| Some(f64::from(day / 30))).collect();
        let every_other: Vec<_> = slow
            .iter()
            .enumerate()
            .map(|(day, v)| v.filter(|_| day % 2 == 0))
            .collect();
        assert!(effective_n(&slow, &slow).unwrap() < 12.0);
        assert!(effective_n(&every_other, &slow).unwrap() < 12.0);
        // A slow and an alternating series: the product of autocorrelations changes sign from lag to lag.
        assert!(effective_n(&fast, &slow).unwrap() > 50.0);
    }

    #[test]
    fn too_little_is_none() {
        assert_eq!(
            effective_n(&known(&[1.0, 2.0, 3.0]), &known(&[1.0, 2.0, 3.0])),
            None
        );
        assert_eq!(
            effective_n(
                &known(&[1.0; 9]),
                &known(&[1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 0.0, 0.0, 1.0])
            ),
            None
        );
        assert_eq!(effective_n(&[None; 9], &[Some(1.0); 9]), None);
        assert_eq!(effective_n(&[Some(f64::NAN); 9], &[Some(1.0); 9]), None);
    }
}
