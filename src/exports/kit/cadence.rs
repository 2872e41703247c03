//! Mean cadence from a count of steps.

/// Steps a minute believed: a walk, a run or a mixture of both.
const STEPS_PER_MIN: std::ops::RangeInclusive<f64> = 20.0..=300.0;

/// The mean cadence of one leg per minute, as [`crate::model::Totals::cadence_mean_raw`] wants it, from steps of both legs within so
/// many seconds. None: one is missing, or nobody steps so.
pub(in crate::exports) fn of_steps(steps: Option<f64>, seconds: Option<f64>) -> Option<f64> {
    let per_minute = steps? * 60.0 / seconds.filter(|seconds| *seconds > 0.0)?;
    STEPS_PER_MIN
        .contains(&per_minute)
        .then_some(per_minute / crate::units::STEPS_PER_STRIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_both_legs_are_strides_of_one() {
        assert_eq!(of_steps(Some(4920.0), Some(1800.0)), Some(82.0));
        assert_eq!(of_steps(Some(4920.0), Some(0.0)), None);
        assert_eq!(of_steps(Some(492_000.0), Some(1800.0)), None);
        assert_eq!(of_steps(None, Some(1800.0)), None);
    }
}
