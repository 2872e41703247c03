//! Exports: what Garmin's account export and Strava's bulk export say beside the recordings: indexes of activities, shoes,
//! nights and heart rates.
//!
//! Readers are pure and tell their files by content. An index line becomes an [`crate::model::Activity`] without samples, so that it
//! takes the same way as a recording: lines that a recording matches are merged into it, the others are runs of their own.
//!
//! A service is one file or folder here and its line in [`EXPORTS`].

mod export;
mod facts;
pub mod garmin;
mod kit;
pub mod polar;
pub mod strava;

pub use export::{Export, Said};
pub use facts::{Facts, Listed, Night, Shoe, Worn};

/// Every export that niggle reads, in the order in which they are asked.
pub const EXPORTS: &[Export] = &[garmin::EXPORT, polar::EXPORT, strava::EXPORT];

/// Reads a file of an export, told by its content; the name only decides where content cannot. None: it is none.
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    EXPORTS.iter().find_map(|export| (export.read)(bytes, name))
}

/// Whether a file that begins with `head` may be one that [`read`] understands.
pub fn is_export(head: &[u8], name: &str) -> bool {
    EXPORTS.iter().any(|export| (export.recognises)(head, name))
}
