//! Season trends: a slow rise or fall that two series may share without having to do with each other.

use super::{
    describe::{Line, fit_line, mean},
    rolling::rolling_median,
    spearman,
};

/// |rho| with time from which a series is said to trend: the size from which a link is worth a flag, too.
const TREND_RHO_MIN: f64 = 0.3;

/// The running median's window: 14 days before, 13 after, 28 in all (src/method/statistics.md, Season).
const MEDIAN_DAYS_BEFORE: usize = 14;
const MEDIAN_DAYS_AFTER: usize = 13;

/// A median of fewer known days than a week follows the days themselves instead of the season.
const MEDIAN_KNOWN_DAYS_MIN: usize = 7;

/// Whether a daily series rises or falls over its calendar: Spearman's rho with time is at least 0.3 in size, and its
/// 95 % interval leaves out zero.
///
/// The interval uses the days that the scatter around a straight line in time is worth, n·(1 − r₁)/(1 + r₁) with r₁
/// its lag-1 autocorrelation (Santer 2000, J Geophys Res 105:7337), so that a slow wave is not taken for a trend.
/// False for a series that is too short or constant. Simulated pairs of 84 and 168 days that share a season but are
/// otherwise unrelated alarm the shift test in 6–35 of 100 cases at 5 %, with this rule in 4–10; unrelated pairs
/// without a trend in 3–10 either way (300 repetitions each, ± 3).
pub fn trends(series: &[Option<f64>]) -> bool {
    let (days, values) = known_by_day(series);
    let Some(rho) = spearman::spearman(&days, &values) else {
        return false;
    };
    let Some(n_eff) = independent_days(series, &days, &values) else {
        return false;
    };
    rho.abs() >= TREND_RHO_MIN && leaves_out_zero(rho, n_eff)
}

/// The days with a value, and their values.
fn known_by_day(series: &[Option<f64>]) -> (Vec<f64>, Vec<f64>) {
    let days = series.iter().enumerate();
    days.filter_map(|(day, value)| Some((day as f64, (*value)?)))
        .unzip()
}

/// Whether zero lies outside the 95 % interval; a rho of 1 has none.
fn leaves_out_zero(rho: f64, n_eff: f64) -> bool {
    spearman::bonett_wright(rho, n_eff)
        .is_none_or(|interval| interval.low > 0.0 || interval.high < 0.0)
}

/// The series with its centred 28-day running median taken off. None where the series is unknown, and where the
/// window holds fewer than 7 known days.
pub fn without_trend(series: &[Option<f64>]) -> Vec<Option<f64>> {
    let season = rolling_median(
        series,
        MEDIAN_DAYS_BEFORE,
        MEDIAN_DAYS_AFTER,
        MEDIAN_KNOWN_DAYS_MIN,
    );
    series
        .iter()
        .zip(season)
        .map(|(value, season)| Some((*value)? - season?))
        .collect()
}

fn independent_days(series: &[Option<f64>], days: &[f64], values: &[f64]) -> Option<f64> {
    let residuals = residuals(series, fit_line(days, values)?);
    let n = values.len() as f64;
    let r1 = lag_1_autocorrelation(&residuals, n).clamp(0.0, 0.99);
    Some((n * (1.0 - r1) / (1.0 + r1)).clamp(4.0, n.max(4.0)))
}

/// What a straight line in time leaves of every known day.
fn residuals(series: &[Option<f64>], line: Line) -> Vec<Option<f64>> {
    let days = series.iter().enumerate();
    days.map(|(day, value)| Some((*value)? - line.at(day as f64)))
        .collect()
}

/// 0 without any scatter.
fn lag_1_autocorrelation(residuals: &[Option<f64>], n: f64) -> f64 {
    let variance = residuals.iter().flatten().map(|r| r * r).sum::<f64>() / n;
    if variance > 0.0 {
        lag_1_covariance(residuals) / variance
    } else {
        0.0
    }
}

fn lag_1_covariance(residuals: &[Option<f64>]) -> f64 {
    let neighbours: Vec<f64> = residuals
        .windows(2)
        .filter_map(|pair| Some(pair[0]? * pair[1]?))
        .collect();
    // Without neighbouring days nothing is known of the scatter's memory: then every day is taken as one.
    mean(&neighbours).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scatter without memory: multiples of a primitive root of 83, −1 to 1.
    fn scatter(days: usize) -> Vec<f64> {
        let powers = std::iter::successors(Some(2u32), |state| Some(state * 2 % 83));
        powers
            .take(days)
            .map(|state| f64::from(state) / 41.5 - 1.0)
            .collect()
    }

    fn check(of_day: fn(f64, f64) -> Option<f64>, expected: bool) {
        let series: Vec<Option<f64>> = scatter(80)
            .into_iter()
            .enumerate()
            .map(|(day, noise)| of_day(day as f64, noise))
            .collect();
        assert_eq!(trends(&series), expected, "{series:?}");
    }

    #[test]
    fn a_rise_is_a_trend_and_scatter_or_one_slow_wave_is_not() {
        check(|day, noise| Some(day / 40.0 + noise), true);
        check(|day, noise| Some(-day / 40.0 + noise), true);
        check(|day, _| Some(day), true);
        check(
            |day, noise| (day % 3.0 != 0.0).then_some(day / 40.0 + noise),
            true,
        );
        check(|_, noise| Some(noise), false);
        check(
            |day, noise| Some((day / 80.0 * std::f64::consts::TAU).cos() + 0.1 * noise),
            false,
        );
        check(|_, _| Some(2.0), false);
        check(|_, _| None, false);
    }

    #[test]
    fn the_running_median_takes_a_line_off() {
        // The window of day t has the days t − 14 to t + 13: its median lies half a day back.
        let line: Vec<Option<f64>> = (0..60).map(|day| Some(f64::from(day) * 3.0)).collect();
        let level = without_trend(&line);
        assert!(
            level[14..=46].iter().all(|value| *value == Some(1.5)),
            "{level:?}"
        );
        let sparse: Vec<Option<f64>> = line
            .iter()
            .enumerate()
            .map(|(day, v)| v.filter(|_| day % 5 == 0))
            .collect();
        assert!(without_trend(&sparse).iter().all(Option::is_none));
    }
}
