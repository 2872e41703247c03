//! What the points of a recording come to, whatever its format: pauses between its parts, columns without empty ones.

use crate::model::{Samples, Span};

/// The spaces between the parts of a recording that begin at `starts` (sample indexes), where time went on.
pub(super) fn pauses(time_s: &[f64], starts: &[usize]) -> Vec<Span> {
    let mut spans = Vec::new();
    for &start in starts {
        let (before, after) = time_s.split_at_checked(start).unwrap_or((time_s, &[]));
        spans.extend(space(before, after).filter(|span| span.to_s > span.from_s));
    }
    spans
}

fn space(before: &[f64], after: &[f64]) -> Option<Span> {
    Some(Span {
        from_s: first_known(before.iter().rev())?,
        to_s: first_known(after.iter())?,
    })
}

/// The first value that is none of those not measured.
pub(super) fn first_known<'a>(mut values: impl Iterator<Item = &'a f64>) -> Option<f64> {
    values.find(|value| value.is_finite()).copied()
}

/// Samples as the model wants them: columns without any value are empty, and a cadence is one a minute.
pub(super) fn finished(mut samples: Samples) -> Samples {
    if is_by_the_second(&samples.cadence_raw) {
        let cadences = samples.cadence_raw.iter_mut();
        cadences.for_each(|cadence| *cadence *= 60.0);
    }
    without_empty_columns(samples)
}

/// Whether a cadence is in Hz: nobody takes fewer than five steps in every minute.
fn is_by_the_second(cadence: &[f32]) -> bool {
    let mut known = cadence.iter().filter(|value| !value.is_nan());
    known.clone().all(|value| *value < 5.0) && known.any(|value| *value > 0.0)
}

fn without_empty_columns(mut samples: Samples) -> Samples {
    for column in [
        &mut samples.latitude_deg,
        &mut samples.longitude_deg,
        &mut samples.distance_m,
    ] {
        clear_unless(column, |value| value.is_finite());
    }
    for column in [
        &mut samples.altitude_m,
        &mut samples.speed_m_s,
        &mut samples.heart_rate_bpm,
        &mut samples.cadence_raw,
    ] {
        clear_unless(column, |value| value.is_finite());
    }
    samples
}

/// Takes the room of a column back, too.
fn clear_unless<T>(column: &mut Vec<T>, is_known: impl FnMut(&T) -> bool) {
    if !column.iter().any(is_known) {
        *column = Vec::new();
    }
}
