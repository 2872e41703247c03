//! What GPX and TCX share: one way to read a file of XML, a bounded walk over it, and a count of what was wrong.

mod attributes;
mod encoding;
mod faults;
pub mod plain;
mod root;
mod walker;

pub use attributes::{ATTRIBUTES_MAX, Attributes, unescaped};
pub use encoding::text;
pub use faults::{Count, Tally, walk_problems};
pub use root::{INPUT_BYTES_MAX, format_of_root, kind, unusable_size, wrong_root};
pub use walker::{DEPTH_MAX, End, Event, TEXT_BYTES_MAX, Walker};
