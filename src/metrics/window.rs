//! The samples around each sample, within so many seconds; and sums over them.

use std::ops::Range;

/// The indices of the samples within `half_s` of each sample. `time_s` rises strictly.
pub fn windows(time_s: &[f64], half_s: f64) -> Vec<Range<u32>> {
    let (mut low, mut high) = (0, 0);
    let around = move |time: &f64| {
        while time_s[low] < time - half_s {
            low += 1;
        }
        while high < time_s.len() && time_s[high] <= time + half_s {
            high += 1;
        }
        low as u32..high as u32
    };
    time_s.iter().map(around).collect()
}

/// Sums over stretches of a column, each in two steps: they are differences of sums from its start.
pub struct Sums(Vec<f64>);

impl Sums {
    /// Adds a column up; nothing in it is NaN.
    pub fn of(values: impl ExactSizeIterator<Item = f64>) -> Sums {
        let mut sums = Vec::with_capacity(values.len() + 1);
        let mut sum = 0.0;
        sums.push(sum);
        sums.extend(values.map(|value| {
            sum += value;
            sum
        }));
        Sums(sums)
    }

    /// The sum of the values at these indices.
    pub fn over(&self, range: &Range<u32>) -> f64 {
        self.0[range.end as usize] - self.0[range.start as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Holds the windows of these times against a look at all pairs.
    fn check(time_s: &[f64], half_s: f64) {
        let all_pairs = time_s.iter().map(|here| {
            let within = |i: &usize| (time_s[*i] - here).abs() <= half_s;
            let inside: Vec<usize> = (0..time_s.len()).filter(within).collect();
            inside[0] as u32..inside[inside.len() - 1] as u32 + 1
        });
        assert_eq!(windows(time_s, half_s), all_pairs.collect::<Vec<_>>(), "{half_s} s around {time_s:?}");
    }

    #[test]
    fn a_window_holds_what_lies_within_its_time() {
        let each_second: Vec<f64> = (0..200).map(f64::from).collect();
        let with_a_gap = each_second.iter().map(|t| if *t < 90.0 { *t } else { t + 4.0 }).collect::<Vec<_>>();
        let each_quarter = each_second.iter().map(|t| t / 4.0).collect::<Vec<_>>();
        let sparse = each_second.iter().map(|t| t * 3.0 + t % 5.0 / 2.0).collect::<Vec<_>>();
        let begins_dense = each_second.iter().map(|t| if *t < 50.0 { t / 10.0 } else { t - 40.0 }).collect::<Vec<_>>();
        for time_s in [each_second, with_a_gap, each_quarter, sparse, begins_dense, vec![5.0], vec![]] {
            for half_s in [7.5, 15.0] {
                check(&time_s, half_s);
            }
        }
    }

    #[test]
    fn sums_over_a_stretch() {
        let sums = Sums::of([1.0, 2.0, 4.0, 8.0].into_iter());
        for (range, expected) in [(0..4, 15.0), (1..3, 6.0), (2..2, 0.0), (3..4, 8.0)] {
            assert_eq!(sums.over(&range), expected);
        }
    }
}
