//! How far people differ: effects of their own, put together.

use super::NORMAL_975;

/// An effect and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The effect.
    pub effect: f64,
    /// Its standard error, above 0.
    pub error: f64,
}

/// Effects of several people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Between {
    /// The mean over people, each by what they and the differences between people leave uncertain.
    pub mean: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Standard deviation of the effects between people. 0 where they differ no more than chance makes them.
    pub deviation: f64,
    /// Share of the differences that is more than chance, 0–1.
    pub i2: f64,
    /// Cochran's Q.
    pub q: f64,
}

/// Random effects by the moments of DerSimonian and Laird (1986, Control Clin Trials 7:177), with I² (Higgins 2003, BMJ 327:557). In the order
/// given, so that equal lists give equal bits. None below two people, or with an error that is none.
pub fn between(people: &[Effect]) -> Option<Between> {
    let are_known = people
        .iter()
        .all(|one| one.effect.is_finite() && one.error.is_finite() && one.error > 0.0);
    if people.len() < 2 || !are_known {
        return None;
    }
    let (fixed, weights) = weighted(people, 0.0);
    let weight = |one: &Effect| one.error.powi(-2);
    let q: f64 = people
        .iter()
        .map(|one| weight(one) * (one.effect - fixed).powi(2))
        .sum();
    let squares: f64 = people.iter().map(|one| weight(one).powi(2)).sum();
    let df = people.len() as f64 - 1.0;
    let variance = ((q - df) / (weights - squares / weights)).max(0.0);
    let (mean, weights) = weighted(people, variance);
    let reach = NORMAL_975 / weights.sqrt();
    Some(Between {
        mean,
        low: mean - reach,
        high: mean + reach,
        deviation: variance.sqrt(),
        i2: if q > 0.0 {
            ((q - df) / q).max(0.0)
        } else {
            0.0
        },
        q,
    })
}

/// The mean, and the sum of the weights.
fn weighted(people: &[Effect], variance: f64) -> (f64, f64) {
    let weight = |one: &Effect| 1.0 / (one.error.powi(2) + variance);
    let weights: f64 = people.iter().map(weight).sum();
    let sum: f64 = people.iter().map(|one| weight(one) * one.effect).sum();
    (sum / weights, weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_agree_with_statsmodels() {
        // statsmodels 0.15.0, combine_effects(effects, variances, method_re="dl").
        let people = [
            (0.3, 0.02),
            (0.1, 0.05),
            (-0.05, 0.03),
            (0.4, 0.01),
            (0.22, 0.04),
            (0.6, 0.08),
        ];
        let people = people.map(|(effect, variance): (f64, f64)| Effect {
            effect,
            error: variance.sqrt(),
        });
        let found = between(&people).expect("a mean");
        let is_close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(
            is_close(found.deviation.powi(2), 0.011_730_761_812_921_944),
            "{found:?}"
        );
        assert!(is_close(found.q, 7.104_636_678_200_702), "{found:?}");
        assert!(is_close(found.i2, 0.296_234_244_413_708_05), "{found:?}");
        assert!(is_close(found.mean, 0.264_163_371_221_245_34), "{found:?}");
        let error = (found.high - found.mean) / NORMAL_975;
        assert!(is_close(error, 0.082_219_574_159_005_47), "{found:?}");
    }

    #[test]
    fn one_person_has_no_difference_and_equal_ones_none() {
        let one = Effect {
            effect: 0.2,
            error: 0.1,
        };
        assert_eq!(between(&[one]), None);
        assert_eq!(between(&[one, Effect { error: 0.0, ..one }]), None);
        let alike = between(&[one, one]).expect("a mean");
        assert_eq!((alike.deviation, alike.i2), (0.0, 0.0));
        assert!(alike.q < 1e-12);
        assert!((alike.mean - 0.2).abs() < 1e-12);
    }
}
