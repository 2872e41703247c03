//! Huawei Health's "motion path detail data.json" ("Request your data"): every activity with its totals, and its samples as lines of
//! text inside a text.
//!
//! The zip that Huawei sends is locked; what is read here is the file that comes out of it.

mod activity;
mod lines;
mod sport;

use super::{
    export::{Basis, Export, Said},
    facts::Facts,
    kit::{self, Entry, Notes, has_key, has_keys, is_json},
};
use crate::{decode::HEAD_BYTES, text::json::Piece};
use memchr::memmem;

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Huawei Health",
    download: "the folder unpacked with the password of Huawei's message, or motion path detail data.json alone",
    reads: "activities with their sport, distance, time and zone; heart rate, steps and places",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// What stands in front of an activity's samples.
const DETAIL: &[u8] = b"HW_EXT_TRACK_DETAIL@";

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], _name: &str) -> bool {
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    is_json(head) && (memmem::find(head, DETAIL).is_some() || is_list(head))
}

fn is_list(head: &[u8]) -> bool {
    has_keys(head, &["sportType", "startTime", "totalTime"]) || has_key(head, "motionPathData")
}

/// See [`super::read`]. A damaged file is used as far as its entries are whole.
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    if !is_export(bytes, name) {
        return None;
    }
    let document = Piece::document(bytes);
    let mut notes = Notes::new("entry");
    let mut facts = Facts::default();
    kit::entries(document.entries(), &mut notes, |notes, entry| {
        add(entry, notes, &mut facts)
    });
    Some(kit::said(document, facts, &notes))
}

/// One activity, or, in the form before July 2020, all of a day's.
fn add(entry: &Entry, notes: &mut Notes, facts: &mut Facts) {
    if entry.get("motionPathData").is_none() {
        return activity::add(entry, notes, facts);
    }
    for one in entry.objects("motionPathData") {
        activity::add(&one, notes, facts);
    }
}

#[cfg(test)]
mod tests;
