//! Statistics: pure functions on numbers, each with its source and its degenerate cases.
//!
//! A series with gaps is `&[Option<f64>]`, one element a day: a day without a value is unknown and takes part in
//! nothing. A result that the data cannot carry (too short, constant, not finite) is None, never NaN and never 0.

pub mod between;
pub mod circular_shift;
pub mod clustered_share;
pub mod crossover;
pub mod describe;
pub mod effective_n;
mod elimination;
pub mod event_shift;
pub mod fdr;
pub mod fixed;
mod link_error;
pub mod load;
pub mod mean_interval;
pub mod one_spell;
pub mod partial_shift;
pub mod poisson;
pub(crate) mod random;
pub mod rank;
pub mod rate_ratio;
pub mod rm_corr;
pub mod rolling;
pub mod season;
pub mod share;
mod shift_sums;
#[cfg(test)]
mod simulated;
pub mod spearman;
pub mod survival;
mod turned_errors;
mod turned_sums;
pub mod within_dates;

/// An interval, `low <= high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// A correlation's interval by Fisher's transformation, which it reaches so far on each side.
    fn of_correlation(r: f64, reach: f64) -> Self {
        Interval {
            low: (r.atanh() - reach).tanh(),
            high: (r.atanh() + reach).tanh(),
        }
    }
}

/// The 0.975 quantile of the standard normal distribution: what a two-sided 95 % interval reaches on each side.
pub(crate) const NORMAL_975: f64 = 1.959_963_984_540_054;

/// The values of two aligned series on the days where both are known.
pub fn both_known(x: &[Option<f64>], y: &[Option<f64>]) -> (Vec<f64>, Vec<f64>) {
    x.iter()
        .zip(y)
        .filter_map(|(x, y)| Some(((*x)?, (*y)?)))
        .unzip()
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, StudentsT};

    /// The 0.975 quantile of Student's t.
    fn t_975(degrees_of_freedom: usize) -> f64 {
        let students_t = StudentsT::new(0.0, 1.0, degrees_of_freedom as f64).unwrap();
        students_t.inverse_cdf(0.975)
    }

    #[test]
    fn correlations_that_independent_days_need() {
        // |r| for p = .05 is t/√(n − 2 + t²) (src/method/formulas.md, Precision).
        for (days, expected) in [(20, 0.444), (42, 0.304), (84, 0.215)] {
            let t = t_975(days - 2);
            let r = t / (days as f64 - 2.0 + t * t).sqrt();
            assert!((r - expected).abs() < 5e-4, "{days} {r}");
        }
    }
}
