//! The mean of values that remember one another, with its interval.

use super::{
    Interval,
    describe::{mean, sample_sd},
    effective_n::effective_n_of_mean,
};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Fewer values have no interval.
const VALUES_MIN: usize = 5;

/// A mean and how far it can be trusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanOf {
    /// How many values, at least 1.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// What they are worth in independent ones ([`effective_n_of_mean`]). None below two, and where all are the same.
    pub n_eff: Option<f64>,
    /// The 95 % interval by Student's t: mean ± t · s/√n_eff, with n_eff − 1 degrees of freedom. None below five values and two
    /// effective ones, and where all are the same.
    pub interval: Option<Interval>,
}

/// Of values in the order they were taken. None without any.
pub fn mean_of(values: &[f64]) -> Option<MeanOf> {
    let mean = mean(values)?;
    let n_eff = effective_n_of_mean(values);
    let reach = n_eff.and_then(|n_eff| reach(values, n_eff));
    Some(MeanOf {
        n: values.len(),
        mean,
        n_eff,
        interval: reach.map(|reach| Interval {
            low: mean - reach,
            high: mean + reach,
        }),
    })
}

fn reach(values: &[f64], n_eff: f64) -> Option<f64> {
    if values.len() < VALUES_MIN || n_eff < 2.0 {
        return None;
    }
    let students_t = StudentsT::new(0.0, 1.0, n_eff - 1.0).ok()?;
    Some(students_t.inverse_cdf(0.975) * sample_sd(values)? / n_eff.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_by_hand_and_by_scipy() {
        // Alternating: r(0) + r(1) is 1 − 5/6, r(2) + r(3) is 4/6 − 3/6, r(4) + r(5) 2/6 − 1/6: the sum is 1/2, so all six count.
        let found = mean_of(&[1.0, 3.0, 1.0, 3.0, 1.0, 3.0]).unwrap();
        assert_eq!((found.n, found.mean), (6, 2.0));
        assert!((found.n_eff.unwrap() - 6.0).abs() < 1e-12, "{found:?}");
        // scipy.stats.t.interval(0.95, 5, 2, 1.0954451150103321 / 6 ** 0.5).
        let ends = found.interval.unwrap();
        assert!(
            (ends.low - 0.85040085475).abs() < 1e-9 && (ends.high - 3.14959914524).abs() < 1e-9
        );
        // Two halves: deviations −1 −1 −1 1 1 1, r(1) 3/6, r(2) 0, r(3) −3/6: 1.5, and −0.5 ends it. 6 / (2 · 1.5 − 1) = 3.
        let halves = mean_of(&[0.0, 0.0, 0.0, 2.0, 2.0, 2.0]).unwrap();
        assert!((halves.n_eff.unwrap() - 3.0).abs() < 1e-12, "{halves:?}");
    }

    #[test]
    fn what_cannot_be_told_is_none() {
        assert_eq!(mean_of(&[]), None);
        for values in [&[2.0][..], &[0.0; 9], &[1.0, 2.0, 0.0, 4.0]] {
            let found = mean_of(values).unwrap();
            assert_eq!(
                (found.n, found.interval),
                (values.len(), None),
                "{values:?}"
            );
        }
        assert_eq!(mean_of(&[0.0; 9]).unwrap().n_eff, None);
    }
}
