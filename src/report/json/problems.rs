//! What was not as it should be.

use super::Keys;
use crate::problem;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One kind of trouble at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// What kind: [`problem::Code::as_str`].
    pub code: String,
    /// Where: a file, with the byte, line or row when it is known.
    pub place: String,
    /// What was found.
    pub detail: String,
    /// What niggle did.
    pub consequence: String,
    /// How many rows, cells or files it stands for, at least 1.
    pub count: usize,
}

impl Problem {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(
            &["code", "place", "detail", "consequence"],
            "Kind, where, what was found, and what niggle did.",
        ),
        Keys::of(
            &["count"],
            "How often; rows with the same reason are one problem.",
        ),
    ];
}

impl From<&problem::Problem> for Problem {
    fn from(problem: &problem::Problem) -> Self {
        Problem {
            code: problem.code.as_str().to_string(),
            place: problem.place.clone(),
            detail: problem.detail.clone(),
            consequence: problem.consequence.clone(),
            count: problem.count,
        }
    }
}
