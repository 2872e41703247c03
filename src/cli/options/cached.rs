//! Where what recordings came to is kept.

use super::spelled;
use clap::{Args, ValueHint};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Where what recordings came to is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Cached {
    /// A folder for what recordings came to, so that the next answer over the same files is faster; commands can share one.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub cache: Option<PathBuf>,
}

impl Cached {
    /// This before another.
    pub fn over(self, below: Cached) -> Cached {
        Cached {
            cache: self.cache.or(below.cache),
        }
    }
}
