//! Plain descriptions: mean, standard deviation, quantiles, weighted median, a straight line.

use serde::Serialize;

/// A straight line y = intercept + slope·x.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Line {
    /// y at x = 0.
    pub intercept: f64,
    /// Change of y for one unit of x.
    pub slope: f64,
}

impl Line {
    /// y at this x.
    pub fn at(&self, x: f64) -> f64 {
        self.intercept + self.slope * x
    }

    fn is_finite(&self) -> bool {
        self.slope.is_finite() && self.intercept.is_finite()
    }
}

/// Arithmetic mean. None when empty.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Sample standard deviation, with n − 1. None below two values.
pub fn sample_sd(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let squares = squares_around(values, mean(values)?);
    Some((squares / (values.len() as f64 - 1.0)).sqrt())
}

/// Σ(x − centre)².
pub(super) fn squares_around(values: &[f64], centre: f64) -> f64 {
    values.iter().map(|value| (value - centre).powi(2)).sum()
}

/// Σ(x − centre of x)·(y − centre of y).
pub(super) fn products_around(x: &[f64], y: &[f64], centre_x: f64, centre_y: f64) -> f64 {
    x.iter()
        .zip(y)
        .map(|(x, y)| (x - centre_x) * (y - centre_y))
        .sum()
}

/// The quantile at `share` (0–1) by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996,
/// Am Stat 50:361). None when empty, when a value is NaN or `share` lies outside 0–1.
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&share) || values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    at_place(&sorted, share * sorted.len().checked_sub(1)? as f64)
}

/// The value at a place that may lie between two.
fn at_place(sorted: &[f64], place: f64) -> Option<f64> {
    let below = *sorted.get(place.floor() as usize)?;
    let above = *sorted.get(place.ceil() as usize)?;
    // Equal neighbours first: the difference of two infinities would be NaN.
    Some(if below == above {
        below
    } else {
        below + (above - below) * place.fract()
    })
}

/// The median; the mean of the middle two for an even count. None when empty or a value is NaN.
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The value at which half of the weight lies below (Edgeworth 1888); the mean of two neighbours when the halves
/// meet exactly between them, so equal weights give the median. Pairs whose weight is not a positive number, or whose
/// value is NaN, do not count. None when nothing counts.
pub fn weighted_median(values: &[f64], weights: &[f64]) -> Option<f64> {
    let pairs = values.iter().copied().zip(weights.iter().copied());
    let mut pairs: Vec<(f64, f64)> = pairs.filter(counts).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = pairs.iter().map(|pair| pair.1).sum::<f64>() / 2.0;
    value_at_half(&pairs, half, 0.0)
}

/// Whether a pair of value and weight counts.
fn counts((value, weight): &(f64, f64)) -> bool {
    *weight > 0.0 && weight.is_finite() && !value.is_nan()
}

/// The weighted median among pairs of value and positive weight that are sorted by value, where `below` is the weight
/// of what lies below them and `half` that of half of everything. The pairs may be a part of everything, if they hold
/// the value sought and its next larger neighbour. None when half is not reached.
pub fn value_at_half(sorted: &[(f64, f64)], half: f64, mut below: f64) -> Option<f64> {
    for (index, (value, weight)) in sorted.iter().enumerate() {
        below += weight;
        let next = sorted.get(index + 1).map_or(*value, |pair| pair.0);
        if (below - half).abs() <= half * 1e-12 {
            return Some((value + next) / 2.0);
        }
        if below > half {
            return Some(*value);
        }
    }
    None
}

/// Ordinary least squares of y on x. None below two points, when the lengths differ, when every x is the same or a
/// value is not finite.
pub fn fit_line(x: &[f64], y: &[f64]) -> Option<Line> {
    if x.len() != y.len() || x.len() < 2 || is_constant(x) {
        return None;
    }
    let (mean_x, mean_y) = (mean(x)?, mean(y)?);
    let slope = products_around(x, y, mean_x, mean_y) / squares_around(x, mean_x);
    let intercept = mean_y - slope * mean_x;
    Some(Line { intercept, slope }).filter(Line::is_finite)
}

/// Whether all values are the same.
pub(super) fn is_constant(values: &[f64]) -> bool {
    values.windows(2).all(|pair| pair[0] == pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: Option<f64>, expected: Option<f64>) {
        match (value, expected) {
            (Some(value), Some(expected)) => {
                assert!((value - expected).abs() < 1e-12, "{value} {expected}")
            }
            _ => assert_eq!(value, expected),
        }
    }

    #[test]
    fn mean_and_spread_by_hand() {
        check(mean(&[]), None);
        check(mean(&[1.0, 2.0, 6.0]), Some(3.0));
        check(sample_sd(&[4.0]), None);
        // Deviations −2 −1 3: (4 + 1 + 9)/2 = 7.
        check(sample_sd(&[1.0, 2.0, 6.0]), Some(7.0f64.sqrt()));
    }

    #[test]
    fn quantiles_interpolate() {
        let values = [4.0, 1.0, 3.0, 2.0];
        for (share, expected) in [
            (0.0, Some(1.0)),
            (0.25, Some(1.75)),
            (0.5, Some(2.5)),
            (0.9, Some(3.7)),
            (1.0, Some(4.0)),
            (1.1, None),
        ] {
            check(quantile(&values, share), expected);
        }
        check(median(&[]), None);
        check(median(&[7.0]), Some(7.0));
        check(median(&[1.0, f64::NAN]), None);
    }

    #[test]
    fn weight_moves_the_median() {
        for (values, weights, expected) in [
            (vec![], vec![], None),
            (vec![1.0, 2.0, 3.0], vec![1.0, 1.0, 1.0], Some(2.0)),
            (vec![3.0, 1.0], vec![1.0, 1.0], Some(2.0)),
            (vec![1.0, 2.0, 3.0], vec![1.0, 1.0, 9.0], Some(3.0)),
            (vec![1.0, 2.0, 3.0], vec![2.0, 1.0, 1.0], Some(1.5)),
            (vec![1.0, 2.0], vec![0.0, f64::NAN], None),
            (vec![f64::NAN, 2.0], vec![5.0, 1.0], Some(2.0)),
        ] {
            check(weighted_median(&values, &weights), expected);
        }
    }

    #[test]
    fn a_line_through_points() {
        let line = fit_line(&[1.0, 2.0, 4.0], &[5.0, 7.0, 11.0]).unwrap();
        check(Some(line.slope), Some(2.0));
        check(Some(line.at(10.0)), Some(23.0));
        for (x, y) in [
            (vec![1.0], vec![1.0]),
            (vec![0.1, 0.1, 0.1], vec![1.0, 2.0, 3.0]),
            (vec![1.0, 2.0], vec![1.0]),
        ] {
            assert_eq!(fit_line(&x, &y), None, "{x:?}");
        }
        assert_eq!(fit_line(&[1.0, f64::NAN], &[1.0, 2.0]), None);
    }
}
