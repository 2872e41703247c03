//! The files of Polar Flow's export ("Download your data"): one JSON file a training session, with its samples, and the runner's nights
//! and measurements ([`crate::method::formats`], Polar Flow).
//!
//! Two generations are read: that of today (`training-session_…`: milliseconds, sports by number, samples on a regular grid) and the
//! one before (`training-session-…`: ISO 8601 durations, sports by name, a time beside every sample).

mod account;
mod samples;
mod session;
mod sport;

use super::{
    export::{Basis, Export, Said},
    kit::{has_key, has_keys, is_json},
};
use crate::{decode::HEAD_BYTES, text::json::Piece};

/// The files niggle reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Session,
    Calendar,
    Nights,
}

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Polar Flow",
    download: "the zip of \"Download your data\"",
    reads: "sessions with heart rate, cadence, altitude and places; nights; heart rates, weight and sex",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// See [`super::read`]. A damaged file is used as far as it is whole.
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    let kind = kind(bytes, name)?;
    Some(read_kind(kind, Piece::document(bytes)))
}

fn read_kind(kind: Kind, document: Piece) -> Said {
    match kind {
        Kind::Session => session::read(document),
        Kind::Calendar => account::read_calendar(document),
        Kind::Nights => account::read_nights(document),
    }
}

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], name: &str) -> bool {
    kind(head, name).is_some()
}

fn kind(bytes: &[u8], name: &str) -> Option<Kind> {
    if !is_json(bytes) {
        return None;
    }
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let name = name.rsplit('/').next().unwrap_or(name);
    let has_offset = || session::OFFSETS.iter().any(|key| has_key(head, key));
    if has_keys(head, &["startTime", "exercises"]) && has_offset() {
        return Some(Kind::Session);
    }
    if has_keys(head, &["night", "evaluation", "asleepDuration"]) {
        return Some(Kind::Nights);
    }
    if has_key(head, "physicalInformations") && has_key(head, "exportVersion") {
        return Some(Kind::Calendar);
    }
    let begins = |start: &str| name.starts_with(start) && name.ends_with(".json");
    match () {
        () if begins("training-session") && has_key(head, "startTime") => Some(Kind::Session),
        () if begins("calendar-items") => Some(Kind::Calendar),
        () if begins("sleep_result") => Some(Kind::Nights),
        () => None,
    }
}

#[cfg(test)]
mod tests;
