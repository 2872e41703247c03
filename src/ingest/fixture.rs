//! Files on disk for tests of ingest.

use crate::source::{Place, Source};

/// A file of this name and content in a folder.
pub(super) fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> Source {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    Source { name: name.to_string(), place: Place::File(path), bytes: bytes.len() as u64 }
}
