//! The season: a slow rise or fall that two series may share without having to do with each other.

use super::rolling::rolling_mean;

/// The running mean's window: 14 days before, 13 after, 28 in all (src/method/statistics.md, Season).
const DAYS_BEFORE: usize = 14;
const DAYS_AFTER: usize = 13;

/// A mean of fewer known days than a week follows the days themselves instead of the season.
const KNOWN_DAYS_MIN: usize = 7;

/// The series with its centred 28-day running mean taken off, always: whether a series seems to trend decides nothing, as a common block of
/// eight heavy weeks has no trend. None where the series is unknown, and where the window holds fewer than 7 known days.
///
/// The mean and not the median: of several series the means are the mean of what they are made of, so that pain that is today's distance and
/// something else stays that; a median jumps between nothing and a run where run days and rest days are as many, and leaves a trace of
/// today's run in yesterday's.
pub fn without_season(series: &[Option<f64>]) -> Vec<Option<f64>> {
    without_season_of(series, series)
}

/// The series with the running mean of some of its days taken off all of them. `counted` is the series on those days, and unknown on the
/// others: on the days that count it is what [`without_season`] makes of them alone.
pub fn without_season_of(series: &[Option<f64>], counted: &[Option<f64>]) -> Vec<Option<f64>> {
    let season = rolling_mean(counted, DAYS_BEFORE, DAYS_AFTER, KNOWN_DAYS_MIN);
    less(series, season)
}

/// In units of the largest value what is rounding alone: days that are alike must stay so, or their ranks would be made of it.
const ROUNDING: f64 = 1e-9;

fn less(series: &[Option<f64>], season: Vec<Option<f64>>) -> Vec<Option<f64>> {
    let sizes = series.iter().flatten().map(|value| value.abs());
    let step = ROUNDING * sizes.fold(0.0, f64::max);
    let whole = |left: f64| if left.abs() <= step { 0.0 } else { left };
    let days = series.iter().zip(season);
    days.map(|(value, season)| Some(whole((*value)? - season?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_some_days_is_taken_off_all() {
        // A run of 8 km every other day: over all days the mean is 4, over the run days 8.
        let km: Vec<Option<f64>> = (0..40).map(|day| Some(8.0 * f64::from(day % 2))).collect();
        let runs: Vec<Option<f64>> = km.iter().map(|km| km.filter(|km| *km > 0.0)).collect();
        let level = without_season_of(&km, &runs);
        let expected = |day: usize| Some(if day % 2 == 1 { 0.0 } else { -8.0 });
        assert!((0..40).all(|day| level[day] == expected(day)), "{level:?}");
        assert_eq!(without_season(&km)[20], Some(-4.0));
        // Six days that count are too few, and a day that is unknown stays so.
        let few: Vec<Option<f64>> = runs.iter().take(13).copied().collect();
        let short: Vec<Option<f64>> = km.iter().take(13).copied().collect();
        assert!(without_season_of(&short, &few).iter().all(Option::is_none));
        let level = without_season_of(&runs, &runs);
        assert_eq!(level, without_season(&runs));
    }

    #[test]
    fn a_line_is_taken_off() {
        // The window of day t has the days t − 14 to t + 13: its mean lies half a day back.
        let line: Vec<Option<f64>> = (0..60).map(|day| Some(f64::from(day) * 3.0)).collect();
        let level = without_season(&line);
        assert!(
            level[14..=46].iter().all(|value| *value == Some(1.5)),
            "{level:?}"
        );
        let sparse: Vec<Option<f64>> = line
            .iter()
            .enumerate()
            .map(|(day, v)| v.filter(|_| day % 5 == 0))
            .collect();
        assert!(without_season(&sparse).iter().all(Option::is_none));
        // The same every day is nothing, and not what adding it up rounds to.
        let constant = without_season(&[Some(5003.7); 60]);
        assert!(
            constant.iter().all(|value| *value == Some(0.0)),
            "{constant:?}"
        );
    }
}
