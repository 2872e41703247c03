//! The cadence that a line of an index gives as a mean, where no record has one.

use super::cadence::{Cadence, factor, unit_of};
use crate::model::{Activity, CadenceReason, CadenceUnit, Format};

/// Means believed, steps/min: more than running ever is or less than it are of something else.
const RUNNING_SPM: std::ops::RangeInclusive<f64> = 120.0..=240.0;

/// Mean steps per minute and how they were counted: by the records, which also say when nobody ran, else by the index, which has
/// nothing else.
pub(super) fn of(
    by_records: Option<&Cadence>,
    activity: &Activity,
) -> (Option<f64>, Option<CadenceUnit>) {
    match by_records {
        Some(cadence) => (cadence.mean_spm, Some(cadence.unit)),
        None => of_index(activity).unzip(),
    }
}

/// None: there is no mean, or none of running.
fn of_index(activity: &Activity) -> Option<(f64, CadenceUnit)> {
    let mean = activity.totals.cadence_mean_raw;
    let raw = mean.filter(|_| activity.format == Format::Export)?;
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
            of(None, &activity).0.zip(of(None, &activity).1)
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
