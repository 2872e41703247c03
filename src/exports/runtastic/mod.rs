//! The files of adidas Running's account export, formerly Runtastic: a JSON file for each session, and beside it the track (JSON until
//! 2020, GPX since) and the heart rates, all of one name; shoes.

mod channels;
mod sessions;
mod shoes;
mod sport;

#[cfg(test)]
mod tests;

use super::{
    export::{Basis, Export, Said},
    kit::{Notes, has_keys, is_json, said},
};
use crate::{decode::HEAD_BYTES, text::json::Piece};

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "adidas Running (Runtastic)",
    download: "the zip of the data export (export-20251012-000.zip)",
    reads: "every session with sport, time zone and totals, its track and heart rates; shoes",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// The files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Session,
    HeartRates,
    Track,
    Shoe,
}

/// Keys that occur together in one kind of file only; all of a line.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Session, &["start_time", "start_time_timezone_offset"]),
    (Kind::Session, &["start_time", "sport_type_id"]),
    (Kind::Session, &["start_time", "end_time", "sport_type"]),
    (
        Kind::Track,
        &["timestamp", "latitude", "longitude", "altitude"],
    ),
    (Kind::HeartRates, &["timestamp", "heart_rate"]),
    (Kind::Shoe, &["equipment_id", "samples_ids"]),
];

/// See [`super::read`]. The name tells which files belong to one session.
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    let document = Piece::document(bytes);
    let mut notes = Notes::new("entry");
    let facts = match kind(bytes)? {
        Kind::Session => sessions::read(document, stem(name), &mut notes),
        Kind::HeartRates => channels::heart_rates(document, stem(name), &mut notes),
        Kind::Track => channels::track(document, &mut notes),
        Kind::Shoe => shoes::read(document, &mut notes),
    };
    Some(said(document, facts, &notes))
}

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], _name: &str) -> bool {
    kind(head).is_some()
}

fn kind(bytes: &[u8]) -> Option<Kind> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let is_it = |(_, keys): &&(Kind, &[&str])| is_json(head) && has_keys(head, keys);
    let (kind, _) = KINDS.iter().find(is_it)?;
    Some(*kind)
}

/// What the files of one session have in common: their name without folders and ending.
fn stem(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.strip_suffix(".gz")
        .unwrap_or(name)
        .trim_end_matches(".json")
}

/// The track of a session.
fn track_of(stem: &str) -> Option<String> {
    (!stem.is_empty()).then(|| format!("{stem}.gpx"))
}
