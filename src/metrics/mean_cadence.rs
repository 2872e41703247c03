//! The cadence that a line of an index gives as a mean, where no record has one.

use super::cadence::{factor, unit_of};
use crate::model::{Activity, CadenceReason, CadenceUnit, Format};

/// Means believed, steps/min: more than running ever is or less than it are of something else.
const RUNNING_SPM: std::ops::RangeInclusive<f64> = 120.0..=240.0;

/// Mean steps per minute and how they were counted. Of recordings the records say it, and say when nobody ran; an index has
/// nothing else. None: it has no mean, or none of running.
pub(super) fn of(activity: &Activity) -> Option<(f64, CadenceUnit)> {
    let of_index = activity.totals.cadence_mean_raw;
    let raw = of_index.filter(|_| activity.format == Format::Export)?;
    let unit = unit_of(CadenceReason::Running(raw));
    let mean_spm = raw * factor(unit);
    RUNNING_SPM.contains(&mean_spm).then_some((mean_spm, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_says_steps_or_strides() {
        let of = |format: Format, raw: f64| {
            let mut activity = Activity::empty(format);
            activity.totals.cadence_mean_raw = Some(raw);
            of(&activity)
        };
        assert_eq!(of(Format::Export, 165.0), Some((165.0, CadenceUnit::Steps)));
        assert_eq!(
            of(Format::Export, 81.5),
            Some((163.0, CadenceUnit::Strides))
        );
        assert_eq!(of(Format::Export, 20.0), None);
        assert_eq!(of(Format::Export, 520.0), None);
        assert_eq!(of(Format::Fit, 165.0), None);
    }
}
