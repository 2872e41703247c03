//! Running medians and means over a window of days, gaps allowed.

use super::describe::{mean, median_of_sorted};

/// The median of the known values from `before` days earlier to `after` days later, for every day; the window is cut
/// at the ends. None where it holds fewer than `known_min` known values.
pub fn rolling_median(
    series: &[Option<f64>],
    before: usize,
    after: usize,
    known_min: usize,
) -> Vec<Option<f64>> {
    let mut window = Sorted::default();
    let (mut begun, mut seen) = (0, 0);
    let mut at = |day: usize| {
        for value in series.iter().skip(seen).take(day + after + 1 - seen) {
            value.iter().for_each(|value| window.put(*value));
        }
        seen = (day + after + 1).min(series.len()).max(seen);
        for value in series.iter().take(day.saturating_sub(before)).skip(begun) {
            value.iter().for_each(|value| window.take(*value));
        }
        begun = day.saturating_sub(before).max(begun);
        (window.0.len() >= known_min.max(1)).then(|| median_of_sorted(&window.0))?
    };
    (0..series.len()).map(&mut at).collect()
}

/// The values of a window in rising order: a day's window is the last one's but for a few.
#[derive(Default)]
struct Sorted(Vec<f64>);

impl Sorted {
    fn place(&self, value: f64) -> usize {
        self.0
            .partition_point(|other| other.total_cmp(&value).is_lt())
    }

    fn put(&mut self, value: f64) {
        self.0.insert(self.place(value), value);
    }

    fn take(&mut self, value: f64) {
        self.0.remove(self.place(value));
    }
}

/// The mean likewise.
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
        let known: Vec<f64> = window.iter().flatten().copied().collect();
        (known.len() >= known_min.max(1)).then(|| mean(&known))?
    };
    (0..series.len())
        .map(|day| of_known(window(day)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::describe::median;

    #[test]
    fn the_median_is_that_of_each_window() {
        let value = |day: usize| (day % 5 != 3).then_some(((day * day * 7) % 23) as f64 - 11.0);
        let series: Vec<Option<f64>> = (0..60).map(value).collect();
        for (before, after) in [(0, 0), (3, 2), (14, 13), (0, 70), (70, 0)] {
            let found = rolling_median(&series, before, after, 2);
            for (day, found) in found.into_iter().enumerate() {
                let end = (day + after + 1).min(series.len());
                let window: Vec<f64> = series[day.saturating_sub(before)..end]
                    .iter()
                    .flatten()
                    .copied()
                    .collect();
                let expected = median(&window).filter(|_| window.len() >= 2);
                assert_eq!(found, expected, "{day} {before} {after}");
            }
        }
        let odd = rolling_median(&[Some(1.0), Some(f64::NAN), Some(0.0), Some(-0.0)], 1, 0, 1);
        assert_eq!(odd, [Some(1.0), None, None, Some(0.0)]);
    }

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
            (9, 9, 1, [Some(2.0); 5]),
        ] {
            assert_eq!(
                rolling_median(&series, before, after, known_min),
                expected,
                "{before} {after} {known_min}"
            );
        }
        assert!(rolling_median(&[], 3, 3, 1).is_empty());
        assert_eq!(
            rolling_mean(&series, 1, 1, 2),
            [None, Some(3.0), Some(3.5), Some(3.5), None]
        );
        assert_eq!(rolling_mean(&series, 9, 9, 3), [Some(8.0 / 3.0); 5]);
    }
}
