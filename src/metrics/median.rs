//! Medians of cadence without sorting all of it.

use crate::stats::describe::value_at_half;

/// Counts for whole numbers up to here; a cleaned cadence ends at 300 a minute, and twice that in steps.
const WHOLE: usize = 1024;
/// Neighbouring samples mostly share a number; counted in turn in so many places they need not wait for each other.
const IN_TURN: usize = 4;

/// The upper median of the values above zero. None without any.
pub fn of(values: impl ExactSizeIterator<Item = f32>) -> Option<f32> {
    // Each value is written, and the next one over it unless it was above zero: no branch depends on it.
    let mut above_zero = vec![0.0; values.len() + 1];
    let mut count = 0;
    for value in values {
        above_zero[count] = value;
        count += usize::from(value > 0.0);
    }
    let above_zero = &mut above_zero[..count];
    (count > 0).then(|| *above_zero.select_nth_unstable_by(count / 2, f32::total_cmp).1)
}

/// The median weighted by seconds ([`value_at_half`]) of values above zero with their seconds, all above zero. None without
/// any.
pub fn weighted(mut steps: Vec<(f64, f64)>) -> Option<f64> {
    // Whole seconds can be added in any order, and come to the same; others are added in the order of their values.
    let are_whole = steps.iter().fold(true, |all, (_, seconds)| all & (f64::from(*seconds as u32) == *seconds));
    if !are_whole {
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half_s = steps.iter().map(|(_, seconds)| seconds).sum::<f64>() / 2.0;
        return value_at_half(&steps, half_s, 0.0);
    }
    let mut in_turn = [[0.0; IN_TURN]; WHOLE];
    steps.iter().enumerate().for_each(|(i, (value, seconds))| in_turn[whole(*value)][i % IN_TURN] += seconds);
    let sums = in_turn.map(|sums| sums.iter().sum::<f64>());
    let half_s = sums.iter().sum::<f64>() / 2.0;
    let mut below_s = 0.0;
    let number = sums.iter().position(|seconds| {
        let is_here = *seconds > 0.0 && below_s + seconds >= half_s;
        below_s += if is_here { 0.0 } else { *seconds };
        is_here
    })?;
    // When half lies exactly at the end of this number's seconds, the next larger value is one of the next number's.
    let is_at_end = below_s + sums[number] == half_s;
    let next = sums.iter().skip(number + 1).position(|seconds| *seconds > 0.0).filter(|_| is_at_end);
    let next = next.map_or(number, |more| number + 1 + more);
    steps.retain(|(value, _)| (number..=next).contains(&whole(*value)));
    steps.sort_by(|a, b| a.0.total_cmp(&b.0));
    value_at_half(&steps, half_s, below_s)
}

fn whole(value: f64) -> usize {
    (value as usize).min(WHOLE - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::describe::weighted_median;

    /// Numbers without a pattern, of which several share a whole number.
    fn cadences(n: usize) -> Vec<f32> {
        (0..n).map(|i| ((i * i * 7919 + i * 104_729) % 4001) as f32 / 40.0 + 60.0).collect()
    }

    #[test]
    fn the_middle_one_of_all() {
        for n in 1..60 {
            let mut sorted = cadences(n);
            sorted.sort_by(f32::total_cmp);
            assert_eq!(of(cadences(n).into_iter()), Some(sorted[n / 2]));
        }
        assert_eq!(of([0.0, f32::NAN, 80.0, 0.0].into_iter()), Some(80.0));
        assert_eq!(of([0.0].into_iter()), None);
    }

    #[test]
    fn half_of_the_time_lies_below() {
        // By hand: of 1 s at 170, 1 s at 180, 4 s at 160.5 and 1 s at 160.2, half is 3.5 s.
        let steps = [(170.0, 1.0), (180.0, 1.0), (160.5, 4.0), (160.2, 1.0)];
        assert_eq!(weighted(steps.to_vec()), Some(160.5));
        let halves: Vec<(f64, f64)> = steps.iter().map(|(value, seconds)| (*value, seconds / 3.0)).collect();
        assert_eq!(weighted(halves), Some(160.5));
        assert_eq!(weighted(vec![(150.0, 1.0), (200.0, 10.0)]), Some(200.0));
        assert_eq!(weighted(vec![]), None);
    }

    #[test]
    fn on_an_exact_half_it_is_the_mean_of_both() {
        for (steps, expected) in [
            // Within one whole number, in two that are neighbours, and in two that are not.
            (vec![(160.25, 2.0), (160.75, 2.0)], 160.5),
            (vec![(161.0, 2.0), (160.0, 1.0), (160.0, 1.0)], 160.5),
            (vec![(150.0, 3.0), (170.0, 1.0), (171.0, 2.0)], 160.0),
            // The last value of all.
            (vec![(2000.0, 1.0), (1500.0, 1.0)], 1750.0),
        ] {
            assert_eq!(weighted(steps.clone()), Some(expected), "{steps:?}");
            let parts: Vec<(f64, f64)> = steps.iter().map(|(value, seconds)| (*value, seconds * 0.3)).collect();
            assert_eq!(weighted(parts), Some(expected), "{steps:?}");
        }
    }

    #[test]
    fn it_is_the_plain_weighted_median() {
        for n in 1..60 {
            let steps: Vec<(f64, f64)> =
                cadences(n).into_iter().enumerate().map(|(i, value)| (value.into(), (i % 3 + 1) as f64)).collect();
            let (values, seconds): (Vec<f64>, Vec<f64>) = steps.iter().copied().unzip();
            assert_eq!(weighted(steps), weighted_median(&values, &seconds), "{n}");
        }
    }
}
