//! What is wrong with a file of options, and where.

use crate::error::Error;
use std::path::Path;

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The byte it begins at.
    at: usize,
    /// What is wrong, without a full stop.
    what: String,
}

impl Fault {
    pub(super) fn new(at: usize, what: impl Into<String>) -> Fault {
        Fault {
            at,
            what: what.into(),
        }
    }

    /// The line of a byte, from 1.
    pub(super) fn line(at: usize, bytes: &[u8]) -> usize {
        let before = bytes.get(..at).unwrap_or(bytes);
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }

    /// What is wrong.
    #[cfg(test)]
    pub(super) fn text(&self) -> &str {
        &self.what
    }

    /// The same as the one line that is said of it.
    pub(super) fn in_file(&self, path: &Path, bytes: &[u8]) -> Error {
        let (path, line) = (path.display(), Fault::line(self.at, bytes));
        let end = if self.what.ends_with(['.', '?']) {
            ""
        } else {
            "."
        };
        let what = &self.what;
        Error::Usage(format!(
            "{path}, line {line}: {what}{end} Nothing was written."
        ))
    }
}
