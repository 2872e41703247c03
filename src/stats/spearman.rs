//! Spearman's rank correlation with mid-ranks, and its Bonett–Wright interval.

use super::{
    Interval, NORMAL_975,
    describe::{is_constant, mean},
    rank::mid_ranks,
};

/// Pearson's product-moment correlation, −1 to 1. None below three pairs, when the lengths differ, when either series
/// is constant or a value is not finite.
pub fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.len() < 3 || !are_finite(x) || !are_finite(y) {
        return None;
    }
    if is_constant(x) || is_constant(y) {
        return None;
    }
    let (xx, yy, xy) = sums_of_products(x, y)?;
    let r = xy / (xx * yy).sqrt();
    r.is_finite().then(|| r.clamp(-1.0, 1.0))
}

/// S_xx, S_yy and S_xy.
fn sums_of_products(x: &[f64], y: &[f64]) -> Option<(f64, f64, f64)> {
    let (mean_x, mean_y) = (mean(x)?, mean(y)?);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        let (dx, dy) = (x - mean_x, y - mean_y);
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    Some((xx, yy, xy))
}

/// Spearman's rho: Pearson's correlation of the mid-ranks (Spearman 1904, Am J Psychol 15:72). The shortcut with
/// 6Σd² is wrong with ties and not used. None under the conditions of [`pearson`].
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    if !are_finite(x) || !are_finite(y) {
        return None;
    }
    pearson(&mid_ranks(x), &mid_ranks(y))
}

/// The 95 % interval of Spearman's rho: tanh(atanh r ± z·√((1 + r²/2)/(n − 3))) (Bonett & Wright 2000,
/// Psychometrika 65:23), with the effective number of days for n.
///
/// An effective n below 4 is taken as 4. None for |r| = 1 (the formula would claim certainty) and for values that
/// are not finite.
pub fn bonett_wright(rho: f64, n_eff: f64) -> Option<Interval> {
    let error = bonett_wright_error(rho, n_eff)?;
    Some(Interval::of_correlation(rho, NORMAL_975 * error))
}

/// Its standard error of Fisher's transform. None where it has no interval.
pub(super) fn bonett_wright_error(rho: f64, n_eff: f64) -> Option<f64> {
    let is_usable = rho.abs() < 1.0 - 1e-12 && n_eff.is_finite();
    is_usable.then(|| ((1.0 + rho * rho / 2.0) / (n_eff.max(4.0) - 3.0)).sqrt())
}

/// The 0.8 quantile of the standard normal distribution.
const NORMAL_80: f64 = 0.841_621_233_572_914_2;

/// The smallest rho that a two-sided test at 5 % finds in four of five logs of so many effective days: the rho whose transform lies
/// z(0.975) + z(0.8) of its Bonett–Wright standard errors from 0. Above 0, below 1.
///
/// An effective n below 4 is taken as 4. None for one that is not finite.
pub fn detectable_rho(n_eff: f64) -> Option<f64> {
    let reaches = |rho: f64| {
        let standard_error = ((1.0 + rho * rho / 2.0) / (n_eff.max(4.0) - 3.0)).sqrt();
        rho.atanh() >= (NORMAL_975 + NORMAL_80) * standard_error
    };
    // Halving forty times leaves less than a millionth of a millionth.
    let (mut below, mut at) = (0.0f64, 1.0f64);
    for _ in 0..40 {
        let middle = f64::midpoint(below, at);
        if reaches(middle) {
            at = middle;
        } else {
            below = middle;
        }
    }
    n_eff.is_finite().then_some(at)
}

pub(super) fn are_finite(values: &[f64]) -> bool {
    values.iter().all(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(x: &[f64], y: &[f64], expected: Option<f64>) {
        let rho = spearman(x, y);
        match (rho, expected) {
            (Some(rho), Some(expected)) => {
                assert!((rho - expected).abs() < 1e-12, "{rho} {expected}")
            }
            _ => assert_eq!(rho, expected, "{x:?} {y:?}"),
        }
    }

    #[test]
    fn small_cases_by_hand() {
        check(&[1.0, 2.0, 3.0], &[10.0, 20.0, 90.0], Some(1.0));
        check(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0], Some(-1.0));
        // Ranks 1 2 3 4 and 1.5 1.5 4 3: Σdxdy = 1.5 + 0.5 + 0.75 + 0.75 = 3.5, Σdx² = 5, Σdy² = 4.5.
        check(
            &[1.0, 2.0, 3.0, 4.0],
            &[0.0, 0.0, 5.0, 2.0],
            Some(3.5 / (5.0f64 * 4.5).sqrt()),
        );
    }

    #[test]
    fn what_cannot_be_correlated_is_none() {
        check(&[1.0, 2.0, 3.0], &[0.0, 0.0, 0.0], None);
        check(&[1.0, 2.0], &[1.0, 2.0], None);
        check(&[1.0, 2.0, 3.0], &[1.0, 2.0], None);
        check(&[1.0, f64::NAN, 3.0], &[1.0, 2.0, 5.0], None);
        check(&[1.0, f64::INFINITY, 3.0], &[1.0, 2.0, 5.0], None);
        assert_eq!(bonett_wright(1.0, 40.0), None);
        assert_eq!(bonett_wright(0.3, f64::NAN), None);
        assert_eq!(bonett_wright(0.3, 1.0), bonett_wright(0.3, 4.0));
    }

    #[test]
    fn what_a_log_could_find() {
        // scipy 1.17 brentq.
        for (n_eff, expected) in [
            (10.0, 0.843_423_177),
            (30.0, 0.518_479_529),
            (100.0, 0.282_195_325),
            (300.0, 0.162_185_082),
        ] {
            let found = detectable_rho(n_eff).unwrap();
            assert!((found - expected).abs() < 1e-6, "{n_eff} {found}");
            // At this rho the lower end of the interval is 0.84 standard errors above 0: above it in four of five logs.
            assert!(bonett_wright(found, n_eff).unwrap().low > 0.0);
        }
        assert_eq!(detectable_rho(f64::NAN), None);
        assert_eq!(detectable_rho(1.0), detectable_rho(4.0));
    }

    proptest! {
        #[test]
        fn rho_is_symmetric_bounded_and_blind_to_monotone_maps(
            pairs in prop::collection::vec((-9i32..9, -3i32..9), 3..40),
        ) {
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).unzip();
            let rho = spearman(&x, &y);
            let mapped: Vec<f64> = x.iter().map(|v| v.powi(3) + 2.0 * v).collect();
            let mirrored: Vec<f64> = y.iter().map(|v| -v).collect();
            prop_assert_eq!(spearman(&mapped, &y), rho);
            if let Some(rho) = rho {
                prop_assert!(rho.abs() <= 1.0);
                prop_assert!((spearman(&y, &x).unwrap() - rho).abs() < 1e-12);
                prop_assert!((spearman(&x, &mirrored).unwrap() + rho).abs() < 1e-12);
            }
        }

        #[test]
        fn the_interval_holds_rho_and_narrows_with_days(rho in -0.99f64..0.99, n in 4.0f64..400.0) {
            let near = bonett_wright(rho, n).unwrap();
            let far = bonett_wright(rho, n + 10.0).unwrap();
            prop_assert!(near.low < rho && rho < near.high && -1.0 <= near.low && near.high <= 1.0);
            prop_assert!(far.high - far.low < near.high - near.low);
        }
    }
}
