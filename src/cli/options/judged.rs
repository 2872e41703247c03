//! What rules go by, and the number they name.

use super::{
    over::over,
    spelled::{self, Spelled, all_spelled},
};
use crate::{
    error::Error,
    rules::{EmergencyNumber, Limits},
};
use clap::Args;
use serde::{Deserialize, Serialize};

/// What rules go by, and the number they name.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Judged {
    /// Another limit for a rule, as single-run-spike.small-jump-percent=15; again for another. `niggle rules ID` names them.
    #[arg(long, value_name = "RULE.NAME=VALUE")]
    #[serde(with = "all_spelled", skip_serializing_if = "Vec::is_empty")]
    pub limit: Vec<String>,
    /// The number to name where the log asks for emergency care, as 112 [default: 112, 911 or 999].
    #[arg(long, value_name = "NUMBER", value_parser = EmergencyNumber::spelled)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub emergency_number: Option<EmergencyNumber>,
}

impl Judged {
    /// The limits, changed where they are.
    ///
    /// # Errors
    /// [`Error::Usage`]: there is no such rule or limit, it is fixed, or the value is none of its own.
    pub fn limits(&self) -> Result<Limits, Error> {
        Limits::parse(&self.limit).map_err(Error::Usage)
    }

    /// These options before others. A limit changed in both is changed as here.
    pub fn over(self, below: Judged) -> Judged {
        Judged {
            limit: over(self.limit, below.limit, |one, other| {
                limit_name(one) == limit_name(other)
            }),
            emergency_number: self.emergency_number.or(below.emergency_number),
        }
    }
}

/// `RULE.NAME` of `RULE.NAME=VALUE`, in one spelling.
pub(super) fn limit_name(limit: &str) -> String {
    let name = limit.split('=').next().unwrap_or_default();
    name.split('.')
        .map(|part| part.trim().replace('_', "-"))
        .collect::<Vec<_>>()
        .join(".")
}
