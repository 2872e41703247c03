//! Laps as a witness: added up, or, where they hold running totals, the last one.

use super::witness::{By, Witness, are_near};
use crate::model::Lap;

/// What the laps say of one quantity. A lap without it leaves the sum unknown; then they say nothing.
pub(super) fn witnesses(laps: &[Lap], of: impl Fn(&Lap) -> Option<f64>) -> Vec<Witness> {
    let values: Option<Vec<f64>> = laps.iter().map(of).collect();
    let values = values.filter(|values| values.iter().all(|value| value.is_finite()));
    let Some((last, before)) = values.as_deref().and_then(<[f64]>::split_last) else {
        return Vec::new();
    };
    let sum = last + before.iter().sum::<f64>();
    let as_running_total = (are_rising(before, *last) && !are_near(sum, *last)).then_some(*last);
    let said = [(By::Laps, Some(sum)), (By::LastLap, as_running_total)];
    let said = said
        .into_iter()
        .filter_map(|(by, value)| Some((by, value?)));
    said.filter(|(_, value)| *value > 0.0)
        .map(|(by, value)| Witness::of(by, value))
        .collect()
}

/// Whether each is more than the one before, as running totals are.
fn are_rising(before: &[f64], last: f64) -> bool {
    let next = before.iter().skip(1).chain([&last]);
    before.iter().zip(next).all(|(value, next)| value < next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(metres: &[Option<f64>]) -> Vec<(By, f64)> {
        let lap = |distance_m: &Option<f64>| Lap {
            distance_m: *distance_m,
            ..Lap::default()
        };
        let laps: Vec<Lap> = metres.iter().map(lap).collect();
        let witnesses = witnesses(&laps, |lap| lap.distance_m);
        witnesses
            .iter()
            .map(|witness| (witness.by, witness.value))
            .collect()
    }

    #[test]
    fn laps_are_added_up_unless_one_is_missing() {
        assert_eq!(
            said(&[Some(1000.0), Some(1000.0), Some(400.0)]),
            [(By::Laps, 2400.0)]
        );
        assert_eq!(said(&[Some(1000.0), None]), []);
        assert_eq!(said(&[]), []);
        assert_eq!(said(&[Some(0.0)]), []);
        let running = said(&[Some(1800.0), Some(3600.0), Some(5400.0)]);
        assert_eq!(running, [(By::Laps, 10_800.0), (By::LastLap, 5400.0)]);
    }
}
