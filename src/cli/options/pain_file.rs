//! Which file the pain log is.

use super::spelled;
use clap::{Args, ValueHint};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Which file the pain log is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct PainFile {
    /// The pain log; without, one among the inputs or here is found by itself, pain.csv first.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub pain: Option<PathBuf>,
}

impl PainFile {
    /// This before another.
    pub fn over(self, below: PainFile) -> PainFile {
        PainFile {
            pain: self.pain.or(below.pain),
        }
    }
}
