//! The files of Samsung Health's export ("Download personal data"): a table of exercises and one of the stages of sleep, and for each
//! exercise a JSON file with its samples and one with its places ([`crate::method::formats`], Samsung Health).
//!
//! A table has a line of its own before the header, and every row ends with a comma. Two generations are read: today's, whose times
//! are UTC's beside `UTC+0200`, and the one before, whose times are the clock's on the wall beside milliseconds.

mod exercise;
mod samples;
mod sleep;
mod sport;
mod table;

use super::export::{Basis, Export, Said};

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Samsung Health",
    download: "the folder of \"Download personal data\", or a zip of it",
    reads: "exercises with their samples and places, sports, distances, heart rates and steps; nights",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// See [`super::read`].
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    if let Some(kind) = samples::kind(bytes, name) {
        return Some(samples::read(bytes, kind));
    }
    match table::kind(bytes)? {
        table::Kind::Exercises => exercise::read(bytes),
        table::Kind::Stages => sleep::read(bytes),
    }
}

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], name: &str) -> bool {
    samples::kind(head, name).is_some() || table::kind(head).is_some()
}

#[cfg(test)]
mod tests;
