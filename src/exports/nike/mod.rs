//! Nike Run Club's activities as JSON: of a data request, or as the programs save them that fetch them one by one.

mod activity;
mod metrics;
mod unit;

use super::{
    export::{Basis, Export, Said},
    facts::Facts,
    kit::{self, Notes, has_key, is_json},
};
use crate::{decode::HEAD_BYTES, text::json::Piece};

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Nike Run Club",
    download: "the folder of activities as JSON",
    reads: "activities with their sport, distance, time, pauses and titles; heart rate, steps, altitude and places",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// Keys beside the start that a list of other things does not have.
const KEYS: &[&str] = &["active_duration_ms", "summaries", "metric_types", "metrics"];

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], _name: &str) -> bool {
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    is_json(head) && has_key(head, "start_epoch_ms") && KEYS.iter().any(|key| has_key(head, key))
}

/// See [`super::read`]. A damaged file is used as far as it is whole.
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    if !is_export(bytes, name) {
        return None;
    }
    let document = Piece::document(bytes);
    let mut notes = Notes::new("entry");
    let mut facts = Facts::default();
    activity::read(document, &mut notes, &mut facts);
    Some(kit::said(document, facts, &notes))
}

#[cfg(test)]
mod tests;
