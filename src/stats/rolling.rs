//! The running mean over a window of days, gaps allowed.

/// The mean of the known values from `before` days earlier to `after` days later, for every day; the window is cut
/// at the ends. None where it holds fewer than `known_min` known values.
pub fn rolling_mean(
    series: &[Option<f64>],
    before: usize,
    after: usize,
    known_min: usize,
) -> Vec<Option<f64>> {
    let window = |day: usize| {
        let end = (day + after + 1).min(series.len());
        series.get(day.saturating_sub(before)..end)
    };
    let of_known = |window: &[Option<f64>]| {
        let known = window.iter().flatten();
        let (count, sum) = (known.clone().count(), known.sum::<f64>());
        (count >= known_min.max(1)).then(|| sum / count as f64)
    };
    (0..series.len())
        .map(|day| of_known(window(day)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_cut_at_the_ends_and_need_enough_values() {
        let series = [Some(1.0), None, Some(5.0), Some(2.0), None];
        for (before, after, known_min, expected) in [
            (
                1,
                1,
                1,
                [Some(1.0), Some(3.0), Some(3.5), Some(3.5), Some(2.0)],
            ),
            (1, 1, 2, [None, Some(3.0), Some(3.5), Some(3.5), None]),
            (0, 0, 0, [Some(1.0), None, Some(5.0), Some(2.0), None]),
            (9, 9, 3, [Some(8.0 / 3.0); 5]),
        ] {
            assert_eq!(
                rolling_mean(&series, before, after, known_min),
                expected,
                "{before} {after} {known_min}"
            );
        }
        assert!(rolling_mean(&[], 3, 3, 1).is_empty());
    }
}
