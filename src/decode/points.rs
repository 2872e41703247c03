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
    let from = before.iter().rev().find(|t| t.is_finite());
    let to = after.iter().find(|t| t.is_finite());
    Some(Span {
        from_s: *from?,
        to_s: *to?,
    })
}

/// Samples whose columns without any value are empty, as the model wants it.
pub(super) fn without_empty_columns(mut samples: Samples) -> Samples {
    for column in [
        &mut samples.latitude_deg,
        &mut samples.longitude_deg,
        &mut samples.distance_m,
    ] {
        if !column.iter().any(|value| value.is_finite()) {
            *column = Vec::new();
        }
    }
    for column in [
        &mut samples.altitude_m,
        &mut samples.speed_m_s,
        &mut samples.heart_rate_bpm,
        &mut samples.cadence_raw,
    ] {
        if !Samples::has_values(column) {
            *column = Vec::new();
        }
    }
    samples
}
