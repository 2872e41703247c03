//! Laps as a witness: added up, or, where they hold running totals, the last one.

use super::witness::{By, Witness, are_near};
use crate::model::Lap;

/// From the first lap's start to the end of the last, s. None where laps do not tell their starts and times.
pub(super) fn span_s(laps: &[Lap]) -> Option<f64> {
    let (first, last) = laps.first().zip(laps.last())?;
    let length_s = last.elapsed_s.or(last.timer_s)?;
    if hold_running_totals(laps) {
        return Some(length_s);
    }
    Some(last.start_unix_s? + length_s - first.start_unix_s?)
}

/// Whether the laps' times are counted from the first lap's start, as their starts show: each then lasts until the next begins.
fn hold_running_totals(laps: &[Lap]) -> bool {
    let began_s = laps.first().and_then(|lap| lap.start_unix_s);
    let mut pairs = laps.iter().zip(laps.iter().skip(1)).skip(1);
    laps.len() > 2
        && pairs.all(|(lap, next)| {
            let counted_s = began_s.zip(next.start_unix_s).map(|(from, to)| to - from);
            let told = lap.timer_s.zip(counted_s);
            told.is_some_and(|(told_s, counted_s)| are_near(told_s, counted_s))
        })
}

/// What the laps say of one quantity. A lap without it leaves the sum unknown; then they say nothing.
pub(super) fn witnesses(laps: &[Lap], of: impl Fn(&Lap) -> Option<f64>) -> Vec<Witness> {
    let values: Option<Vec<f64>> = laps.iter().map(of).collect();
    let values = values.filter(|values| values.iter().all(|value| value.is_finite()));
    let Some((last, before)) = values.as_deref().and_then(<[f64]>::split_last) else {
        return Vec::new();
    };
    let sum = last + before.iter().sum::<f64>();
    let as_running_total = (are_rising(before, *last) && !are_near(sum, *last)).then_some(*last);
    let is_sum = as_running_total.is_none() || !hold_running_totals(laps);
    let said = [
        (By::Laps, is_sum.then_some(sum)),
        (By::LastLap, as_running_total),
    ];
    let said = said
        .into_iter()
        .filter_map(|(by, value)| Some((by, value?)));
    said.filter(|(_, value)| *value > 0.0)
        .map(|(by, value)| Witness::of(by, value))
        .collect()
}

/// Whether none is less than the one before and the last more than the first, as running totals are.
fn are_rising(before: &[f64], last: f64) -> bool {
    let next = before.iter().skip(1).chain([&last]);
    let is_more = before.first().is_some_and(|first| *first < last);
    is_more && before.iter().zip(next).all(|(value, next)| value <= next)
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

    #[test]
    fn starts_show_that_times_are_running_totals() {
        let laps = |timers_s: [f64; 4]| {
            let lap = |(i, timer_s): (usize, f64)| Lap {
                start_unix_s: Some(300.0 * i as f64),
                timer_s: Some(timer_s),
                ..Lap::default()
            };
            timers_s
                .into_iter()
                .enumerate()
                .map(lap)
                .collect::<Vec<_>>()
        };
        let running = laps([300.0, 600.0, 900.0, 1200.0]);
        assert_eq!(span_s(&running), Some(1200.0));
        let said = witnesses(&running, |lap| lap.timer_s);
        assert_eq!(
            said.iter().map(|one| one.by).collect::<Vec<_>>(),
            [By::LastLap]
        );
        assert_eq!(span_s(&laps([300.0, 300.0, 300.0, 250.0])), Some(1150.0));
    }
}
