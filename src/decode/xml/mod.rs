//! What GPX and TCX share: one way to read a file of XML, a bounded walk over it, and a count of what was wrong.

mod attributes;
mod document;
mod encoding;
mod faults;
pub mod plain;
mod root;
mod walker;
mod zones;

pub use attributes::{ATTRIBUTES_MAX, Attributes, unescaped};
#[cfg(test)]
pub(in crate::decode) use document::decode_stepwise;
pub(in crate::decode) use document::{Document, decode};
pub use encoding::text;
pub use faults::{Fault, Faults, walk_problems};
pub use root::{INPUT_BYTES_MAX, has_root, is_nearly, is_root, unusable_size, wrong_root};
pub use walker::{DEPTH_MAX, End, Event, TEXT_BYTES_MAX, Walker};
pub use zones::{HasZone, Moment, settle};
