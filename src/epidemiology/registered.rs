//! What was planned before anybody looked: by it tests that were planned are told from what was looked at afterwards.

use crate::{digest::sha256, keys::Keys};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A plan of the analysis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Registered {
    /// SHA-256 of the file as it is, as `sha256sum` writes it.
    pub sha256: String,
    /// Pairs of pain and load: `knee descent_m_3`.
    pub pairs: Vec<String>,
    /// Rules whose flags are set against onsets, by id.
    pub rules: Vec<String>,
    /// Definitions of an injury, by id.
    pub definitions: Vec<String>,
}

impl Registered {
    /// What its keys are.
    pub const KEYS: &'static [Keys] = &[
        Keys::of(&["sha256"], "SHA-256 of the file."),
        Keys::of(
            &["pairs", "rules", "definitions"],
            "Pairs of pain and load, rules whose flags are set against onsets, and definitions of an injury that were planned.",
        ),
    ];

    /// Of a file with these bytes.
    pub fn new(bytes: &[u8], [pairs, rules, definitions]: [Vec<String>; 3]) -> Registered {
        Registered {
            sha256: sha256(bytes),
            pairs,
            rules,
            definitions,
        }
    }
}
