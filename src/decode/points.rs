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

/// Samples whose columns without any value are empty, as the model wants it.
pub(super) fn without_empty_columns(mut samples: Samples) -> Samples {
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
