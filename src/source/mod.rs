//! Sources: which files there are, sorted once, and their bytes, unpacked. An archive is opened in place, like a folder.

mod archive;
mod directory;
mod discover;
mod limits;
mod members;
mod names;
mod own_reports;
mod place;
mod read;
mod stretch;
#[cfg(test)]
mod tests;

pub use archive::{Archive, IsKnown, crc32};
pub use directory::Opened;
pub use discover::{Discovered, discover, one};
pub use members::{Members, members};
pub use own_reports::{COHORT, REPORT, is_report};
pub use place::{Place, Source};
pub use read::{Content, for_each, open, read, read_unless, read_whole};
