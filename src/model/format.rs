//! The formats that recordings come in.

use serde::{Deserialize, Serialize};

/// The file format a recording came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Garmin's Flexible and Interoperable Data Transfer, what the watch wrote.
    Fit,
    /// GPS Exchange Format.
    Gpx,
    /// Garmin Training Center XML.
    Tcx,
    /// A line in the index of an account export, without a recording of its own.
    Export,
}

impl Format {
    /// `fit`, `gpx`, `tcx` or `export`.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Fit => "fit",
            Format::Gpx => "gpx",
            Format::Tcx => "tcx",
            Format::Export => "export",
        }
    }
}
