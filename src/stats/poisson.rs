//! The rate of rare events: events by exposure, with an interval that holds for few of them.

use statrs::function::gamma::{gamma_lr, gamma_ur};

/// A rate and its 95 % interval, per unit of the exposure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Events by exposure.
    pub rate: f64,
    /// Lower end; 0 without an event.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What each end of a 95 % interval leaves out.
const TAIL: f64 = 0.025;

/// Halvings until neighbouring floating-point numbers are reached.
const HALVINGS: usize = 200;

/// The rate with the exact interval of a Poisson count (Garwood 1936, Biometrika 28:437): the means under which as many events or more, and
/// as many or fewer, come in 2.5 of 100. None without exposure.
pub fn poisson_rate(events: u64, exposure: f64) -> Option<Rate> {
    if !(exposure > 0.0 && exposure.is_finite()) {
        return None;
    }
    let count = events as f64;
    // P(as many or more) rises with the mean, P(as many or fewer) falls.
    let low = match events {
        0 => 0.0,
        _ => mean_where(count, |mean| gamma_lr(count, mean) < TAIL),
    };
    let high = mean_where(count, |mean| gamma_ur(count + 1.0, mean) > TAIL);
    Some(Rate {
        rate: count / exposure,
        low: low / exposure,
        high: high / exposure,
    })
}

/// The largest mean that is still too small.
fn mean_where(count: f64, is_too_small: impl Fn(f64) -> bool) -> f64 {
    // Beyond ten standard deviations no tail is left.
    let (mut low, mut high) = (0.0, count + 10.0 * (count + 1.0).sqrt() + 10.0);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if middle > 0.0 && is_too_small(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_agree_with_scipy() {
        // scipy 1.17.1: chi2.ppf(0.025, 2k) / 2 and chi2.ppf(0.975, 2k + 2) / 2, by the exposure.
        for (events, exposure, low, high) in [
            (0, 12.5, 0.0, 0.295_110_356_329_114_8),
            (1, 3.0, 0.008_439_269_328_096_625, 1.857_214_463_646_299_3),
            (
                7,
                1234.5,
                0.002_279_759_458_501_308_7,
                0.011_683_009_608_507_393,
            ),
            (
                63,
                480.0,
                0.100_856_103_740_598_42,
                0.167_925_765_181_021_87,
            ),
            (
                1200,
                95000.0,
                0.011_926_914_899_069_09,
                0.013_367_005_924_223_588,
            ),
        ] {
            let found = poisson_rate(events, exposure).expect("a rate");
            let is_close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.max(1e-3);
            assert!(
                is_close(found.low, low) && is_close(found.high, high),
                "{events}: {found:?}"
            );
            assert_eq!(found.rate, events as f64 / exposure);
        }
    }

    #[test]
    fn without_exposure_there_is_no_rate() {
        for exposure in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(poisson_rate(3, exposure), None);
        }
    }
}
