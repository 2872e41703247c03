//! How uncertain the correlation of a turned load with a still pain is at every shift, where the log or the load has gaps.
//!
//! At every shift other days of the load meet the pain. Where they are days that are much alike, slow waves alone give larger
//! correlations; a shift test that takes each one in its own standard errors is not misled by that.

use super::{
    describe::mean,
    turned_sums::{Total, Turning},
};

/// Lags of the autocorrelations behind a shift's standard error: two weeks, days.
const ERROR_LAGS: usize = 14;

/// The squared standard error is never less than this share of what independent days would have, so that no shift is made
/// certain by the noise of its autocorrelations.
const ERROR_SHARE_MIN: f64 = 0.25;

/// Of the load x and that of `lag` days later x′, over all lags and weighted: Σx·x′, Σ(x + x′) and how many pairs there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct LaggedSums {
    product: f64,
    sum: f64,
    count: f64,
}

impl LaggedSums {
    /// The variance of Σ(x − x̄)·y by what it were for independent days of a pain y with variance 1, from the n loads of the
    /// shift, their sum and their sum of squares; at least 0.25.
    pub(super) fn variance(self, n: f64, x: f64, xx: f64) -> f64 {
        let mean = x / n.max(1.0);
        let shared = self.product - mean * self.sum + mean * mean * self.count;
        // Loads that do not vary have no correlation; where they do, they are ranks or in standard deviations.
        let spread = xx - x * mean;
        if spread > 0.0 {
            (1.0 + shared / spread).max(ERROR_SHARE_MIN)
        } else {
            ERROR_SHARE_MIN
        }
    }
}

/// The sums of every shift.
///
/// For a load as it lies and a pain with autocorrelations r(j) the sum of the products of deviations has the variance
/// Σ_j w(j)·r(j)·Σ_t dx(t)·dx(t + j) over pairs j days apart, with Bartlett's weights w(j) = 1 − |j|/15 (Newey & West 1987,
/// Econometrica 55:703). Days are neighbours around the calendar's ends, as they are for the turned load. The pain's known
/// values must have the mean 0.
pub(super) fn lagged_sums(load: &[Option<f64>], pain: &[Option<f64>]) -> Vec<LaggedSums> {
    let weights = autocorrelations(pain).into_iter().zip(1..);
    let weights: Vec<(usize, f64)> = weights
        .map(|(r, lag)| (lag, 2.0 * r * bartlett(lag)))
        .collect();
    // A pain of every day meets the same pairs of loads at every shift.
    match pain.iter().all(Option::is_some) {
        true => vec![sums_of_all_pairs(load, &weights); load.len()],
        false => sums_of_met_pairs(load, pain, &weights),
    }
}

fn sums_of_all_pairs(load: &[Option<f64>], weights: &[(usize, f64)]) -> LaggedSums {
    let mut sums = LaggedSums {
        product: 0.0,
        sum: 0.0,
        count: 0.0,
    };
    for (lag, weight) in weights {
        for (now, later) in pairs(load, *lag).flatten() {
            sums.product += weight * now * later;
            sums.sum += weight * (now + later);
            sums.count += weight;
        }
    }
    sums
}

fn sums_of_met_pairs(
    load: &[Option<f64>],
    pain: &[Option<f64>],
    weights: &[(usize, f64)],
) -> Vec<LaggedSums> {
    let turning = Turning::new(load.len());
    let (mut products, mut counts) = (Total::default(), Total::default());
    for (lag, weight) in weights {
        let known = turning.ready_values(is_known(load, *lag).zip(is_known(pain, *lag)));
        let [load_known, pain_known] = turning.split(&known);
        let both = turning.ready_values(product_and_sum(load, *lag));
        products.add(*weight, &both, &pain_known);
        counts.add(*weight, &load_known, &pain_known);
    }
    let counts = turning.totals(counts).into_iter().map(|(count, _)| count);
    let lagged = turning.totals(products).into_iter().zip(counts);
    lagged
        .map(|((product, sum), count)| LaggedSums {
            product,
            sum,
            count,
        })
        .collect()
}

/// Bartlett's weight of a lag.
fn bartlett(lag: usize) -> f64 {
    1.0 - lag as f64 / (ERROR_LAGS as f64 + 1.0)
}

/// 1 where a day and the one `lag` days later are both known, else 0.
fn is_known(series: &[Option<f64>], lag: usize) -> impl Iterator<Item = f64> {
    pairs(series, lag).map(|pair| f64::from(u8::from(pair.is_some())))
}

fn product_and_sum(series: &[Option<f64>], lag: usize) -> impl Iterator<Item = (f64, f64)> {
    pairs(series, lag)
        .map(|pair| pair.map_or((0.0, 0.0), |(now, later)| (now * later, now + later)))
}

/// Every day and the day `lag` days later around the calendar, where both are known.
fn pairs(series: &[Option<f64>], lag: usize) -> impl Iterator<Item = Option<(f64, f64)>> {
    let later = series.iter().cycle().skip(lag);
    series.iter().zip(later).map(|(now, later)| now.zip(*later))
}

/// Autocorrelations at lags 1 to [`ERROR_LAGS`] (fewer on a short calendar) around the calendar, from the pairs that are known;
/// 0 where there are none. Empty for a constant series.
fn autocorrelations(series: &[Option<f64>]) -> Vec<f64> {
    let variance = variance(series);
    let lags = if variance > 0.0 {
        ERROR_LAGS.min(series.len() / 2)
    } else {
        0
    };
    let at = |lag: usize| autocovariance(series, lag) / variance;
    (1..=lags).map(at).collect()
}

/// Of values whose mean is 0.
fn variance(series: &[Option<f64>]) -> f64 {
    let known: Vec<f64> = series.iter().flatten().copied().collect();
    known.iter().map(|value| value * value).sum::<f64>() / known.len().max(1) as f64
}

fn autocovariance(series: &[Option<f64>], lag: usize) -> f64 {
    let known = pairs(series, lag).flatten();
    let products: Vec<f64> = known.map(|(now, later)| now * later).collect();
    mean(&products).unwrap_or(0.0)
}
