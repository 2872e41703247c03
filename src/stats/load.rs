//! What a week's or a month's daily loads look like: monotony, strain, ratios, what a week is compared with, lighter weeks.
//!
//! All of them take complete series: a day that is not known has no place in them, a rest day is 0.

use super::describe::{mean, sample_sd};

/// The highest monotony reported: days that differ by metres would give thousands (src/method/formulas.md, Monotony and strain).
pub const MONOTONY_MAX: f64 = 10.0;

/// Monotony: mean over sample standard deviation of the daily loads of a week, rest days being 0 (Foster 1998,
/// Med Sci Sports Exerc 30:1164), at most [`MONOTONY_MAX`]. None when all days are alike or there are fewer than two.
pub fn monotony(daily: &[f64]) -> Option<f64> {
    let (mean, sd) = (mean(daily)?, sample_sd(daily)?);
    // Rounding leaves a spread of about 1e-16 of the mean in equal days.
    (sd > mean.abs() * 1e-12).then(|| (mean / sd).min(MONOTONY_MAX))
}

/// Strain: the week's load times its monotony (Foster 1998). None where monotony is.
pub fn strain(daily: &[f64]) -> Option<f64> {
    Some(daily.iter().sum::<f64>() * monotony(daily)?)
}

/// Uncoupled ratio: mean of the last 7 days over the mean of the 21 before them (Windt & Gabbett 2019,
/// Br J Sports Med 53:988). None below 28 days or without load in the 21.
pub fn acwr_uncoupled(daily: &[f64]) -> Option<f64> {
    let (acute, before) = month(daily)?;
    ratio(acute, before)
}

/// Ratio of two exponentially weighted averages of the daily loads, of 7 and of 28 days: each day E = λ·load + (1 − λ)·E of the day
/// before, λ = 2/(N + 1), from the first load on (Williams 2017, Br J Sports Med 51:209). None below 28 days or where the average of
/// 28 days is 0.
pub fn acwr_ewma(daily: &[f64]) -> Option<f64> {
    if daily.len() < 28 {
        return None;
    }
    ratio(weighted(daily, 7.0)?, weighted(daily, 28.0)?)
}

/// The exponentially weighted average at the last day. None without a day.
fn weighted(daily: &[f64], days: f64) -> Option<f64> {
    let share = 2.0 / (days + 1.0);
    let next = |average, load| share * load + (1.0 - share) * average;
    daily.iter().copied().reduce(next)
}

/// The coupled ratio, the last 7 days over the 28 that hold them (Gabbett 2016, Br J Sports Med 50:273), that belongs to an uncoupled
/// one: c = 4u/(3 + u). Below 4 by construction.
pub fn coupled_from_uncoupled(uncoupled: f64) -> f64 {
    4.0 * uncoupled / (3.0 + uncoupled)
}

/// What a week is compared with: the larger of the previous week and the mean of up to four weeks before, so that a week
/// after a lighter one is not called a jump (src/method/formulas.md, Weekly jump). `prior` is oldest first. None without prior
/// weeks or when they were all empty.
pub fn weekly_base(prior: &[f64]) -> Option<f64> {
    let recent = prior.get(prior.len().saturating_sub(4)..)?;
    Some(recent.last()?.max(mean(recent)?)).filter(|base| *base > 0.0)
}

/// Whether a week was a lighter one: at most `lighter_share` of the mean of the three weeks before it.
/// `prior` is oldest first. None below three prior weeks or when they were all empty.
pub fn is_lighter_week(prior: &[f64], week: f64, lighter_share: f64) -> Option<bool> {
    let base = mean(prior.get(prior.len().checked_sub(3)?..)?)?;
    // The limit itself counts as lighter; 0.8 has no exact binary form.
    ratio(week, base).map(|ratio| ratio <= lighter_share + 1e-9)
}

/// Mean of the last 7 days and of the 21 before them.
fn month(daily: &[f64]) -> Option<(f64, f64)> {
    let last_28 = daily.get(daily.len().checked_sub(28)?..)?;
    let (before, acute) = last_28.split_at_checked(21)?;
    Some((mean(acute)?, mean(before)?))
}

fn ratio(value: f64, base: f64) -> Option<f64> {
    (base > 0.0)
        .then(|| value / base)
        .filter(|ratio| ratio.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_answer_is_none() {
        assert_eq!(monotony(&[0.1; 7]), None);
        assert_eq!(monotony(&[5.0]), None);
        assert_eq!(
            monotony(&[100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.001]),
            Some(MONOTONY_MAX)
        );
        assert_eq!(acwr_uncoupled(&[1.0; 27]), None);
        assert_eq!(acwr_uncoupled(&[0.0; 28]), None);
        assert_eq!(weekly_base(&[]), None);
        assert_eq!(weekly_base(&[0.0]), None);
        assert_eq!(is_lighter_week(&[1.0, 2.0], 1.0, 0.8), None);
        assert_eq!(is_lighter_week(&[0.0; 3], 1.0, 0.8), None);
    }

    #[test]
    fn steady_running_is_ratio_one_and_the_limit_counts_as_lighter() {
        assert_eq!(acwr_uncoupled(&[5.0; 40]), Some(1.0));
        assert_eq!(coupled_from_uncoupled(1.0), 1.0);
        assert_eq!(acwr_ewma(&[5.0; 27]), None);
        assert_eq!(acwr_ewma(&[0.0; 28]), None);
        assert!((acwr_ewma(&[5.0; 40]).unwrap() - 1.0).abs() < 1e-12);
        // Thirty days of 10 and one of 50: 0.25 · 50 + 0.75 · 10 = 20 over (2 · 50 + 27 · 10) / 29 = 370 / 29.
        let spike = [&[10.0; 30][..], &[50.0]].concat();
        assert!((acwr_ewma(&spike).unwrap() - 580.0 / 370.0).abs() < 1e-12);
        assert_eq!(is_lighter_week(&[30.0, 40.0, 50.0], 32.0, 0.8), Some(true));
        assert_eq!(is_lighter_week(&[30.0, 40.0, 50.0], 32.1, 0.8), Some(false));
    }
}
