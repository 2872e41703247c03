//! The repeated-measures correlation: the field's habit, for comparison only.

use super::{Interval, NORMAL_975};
use crate::stats::fixed::Fixed;
use serde::{Deserialize, Serialize};

/// Sums within people, which add up to the same in any order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RmSums {
    xx: Fixed,
    xy: Fixed,
    yy: Fixed,
    n: u64,
    people: u64,
}

/// The correlation within people, days taken as if each were new.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RmCorr {
    /// −1 to 1.
    pub r: f64,
    /// The textbook's 95 % interval, too narrow where days are alike. None with one degree of freedom.
    pub interval: Option<Interval>,
    /// Days less people less 1.
    pub df: u64,
}

impl RmSums {
    /// One person's days on which both are known. Nothing below two.
    pub fn of(x: &[f64], y: &[f64]) -> Self {
        let n = x.len().min(y.len());
        if n < 2 {
            return RmSums::default();
        }
        let mean = |values: &[f64]| values.iter().take(n).sum::<f64>() / n as f64;
        let (mean_x, mean_y) = (mean(x), mean(y));
        let products = |of: fn(f64, f64) -> f64| -> Fixed {
            let days = x.iter().zip(y);
            let sum: f64 = days.map(|(x, y)| of(x - mean_x, y - mean_y)).sum();
            Fixed::of(sum)
        };
        RmSums {
            xx: products(|x, _| x * x),
            xy: products(|x, y| x * y),
            yy: products(|_, y| y * y),
            n: n as u64,
            people: 1,
        }
    }

    /// Adds other people.
    pub fn add(&mut self, other: &RmSums) {
        self.xx += other.xx;
        self.xy += other.xy;
        self.yy += other.yy;
        self.n += other.n;
        self.people += other.people;
    }

    /// The correlation (Bakdash & Marusich 2017, Front Psychol 8:456): an analysis of covariance with people as the factor. None where one
    /// side does not vary, or without a degree of freedom.
    pub fn r(&self) -> Option<RmCorr> {
        let df = self.n.checked_sub(self.people + 1).filter(|df| *df > 0)?;
        let (xx, yy) = (self.xx.value(), self.yy.value());
        if xx <= 0.0 || yy <= 0.0 {
            return None;
        }
        let r = (self.xy.value() / (xx * yy).sqrt()).clamp(-1.0, 1.0);
        let interval =
            (df > 1).then(|| Interval::of_correlation(r, NORMAL_975 / (df as f64 - 1.0).sqrt()));
        Some(RmCorr { r, interval, df })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_agrees_with_pingouin() {
        // pingouin 0.7.0, rm_corr: r 0.887 895 597 824 141 2, 8 degrees of freedom, interval 0.59 to 0.97.
        let people: [(&[f64], &[f64]); 3] = [
            (&[5.0, 7.0, 6.0, 9.0], &[2.0, 3.0, 3.0, 5.0]),
            (&[1.0, 3.0, 2.0], &[0.0, 1.0, 0.0]),
            (&[8.0, 6.0, 7.0, 9.0, 10.0], &[6.0, 5.0, 4.0, 6.0, 8.0]),
        ];
        let mut sums = RmSums::default();
        for (x, y) in people {
            sums.add(&RmSums::of(x, y));
        }
        let found = sums.r().expect("a correlation");
        assert!(
            (found.r - 0.887_895_597_824_141_2).abs() < 1e-9,
            "{found:?}"
        );
        let interval = found.interval.expect("an interval");
        assert_eq!(found.df, 8);
        assert!(
            (interval.low - 0.59).abs() < 0.005 && (interval.high - 0.97).abs() < 0.005,
            "{interval:?}"
        );
    }

    #[test]
    fn what_does_not_vary_has_none() {
        let mut sums = RmSums::of(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]);
        assert_eq!(sums.r(), None);
        sums.add(&RmSums::of(&[1.0], &[2.0]));
        assert_eq!(sums, RmSums::of(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]));
        assert_eq!(RmSums::default().r(), None);
    }
}
