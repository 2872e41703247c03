//! The files of Fitbit in Google Takeout (`Fitbit/Global Export Data`) and in Fitbit's own archive: exercises, nights, resting heart
//! rates, and the profile.
//!
//! The heart rates of whole days (`heart_rate-*.json`) are not read: an exercise lies in another file than they do.

mod body;
mod exercise;
mod sleep;
mod tables;

use super::{
    export::{Basis, Export, Said},
    kit::{has_keys, is_json},
};
use crate::{decode::HEAD_BYTES, text::json::Piece};

/// The files niggle reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Exercises,
    Nights,
    Resting,
    Profile,
    Table,
}

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Fitbit",
    download: "the zip of Google Takeout, or of Fitbit's own archive",
    reads: "exercises with their sport, distance, time, mean heart rate and steps; nights; resting heart rate and sex",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// See [`super::read`]. A damaged file is used as far as its entries are whole.
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    let kind = kind(bytes, name)?;
    let document = Piece::document(bytes);
    Some(match kind {
        Kind::Exercises => exercise::read(document),
        Kind::Nights => sleep::read(document),
        Kind::Resting => body::read_resting(document),
        Kind::Profile => body::read_profile(bytes)?,
        Kind::Table => tables::read(bytes)?,
    })
}

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], name: &str) -> bool {
    kind(head, name).is_some()
}

fn kind(bytes: &[u8], name: &str) -> Option<Kind> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let name = name.rsplit('/').next().unwrap_or(name);
    if !is_json(head) {
        let is_table = tables::is_one(head).then_some(Kind::Table);
        return is_table.or_else(|| body::is_profile(head).then_some(Kind::Profile));
    }
    let has = |keys: &[&str]| has_keys(head, keys);
    match () {
        () if has(&["logId", "activityName", "startTime"]) => Some(Kind::Exercises),
        () if has(&["dateOfSleep", "minutesAsleep"]) => Some(Kind::Nights),
        // Steps and heart rates have the same keys.
        () if name.starts_with("resting_heart_rate-") && has(&["dateTime", "value"]) => {
            Some(Kind::Resting)
        }
        () => None,
    }
}

#[cfg(test)]
mod tests;
