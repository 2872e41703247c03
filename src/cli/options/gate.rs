//! What a machine that guards a history asks of a report.

use super::{
    spelled::{self, Spelled},
    values::{Loudness, Service},
};
use crate::rules::Severity;
use clap::{Args, ValueHint};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What a machine that guards a history asks of a report.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Gate {
    /// Ends with exit code 10 where a finding of the last 14 days is that loud or louder; the report is written all the same.
    /// The words of findings.json, or those of the report with hyphens, as have-it-looked-at.
    #[arg(long, value_parser = Loudness, value_name = "SEVERITY")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<Severity>,
    /// Ends with exit code 11 where an input that should have been used was not, or a row of the pain log. Inputs that are none of
    /// niggle's business do not count (pictures, settings of a watch, copies, rides, routes without times); whatever else is called
    /// .fit, .gpx or .tcx does. Code 10 goes before it.
    #[arg(long, value_parser = bool::spelled, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub strict: Option<bool>,
    /// A findings.json of before, or its folder: for --fail-on only what is new or louder since then counts.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub baseline: Option<PathBuf>,
    /// Prints what is said of the last 14 days and what could not be used as annotations of this service's workflows on standard
    /// output. Files are named only with --with-names.
    #[arg(long, value_enum, value_name = "WHERE")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub annotate: Option<Service>,
}

impl Gate {
    /// These options before others.
    pub fn over(self, below: Gate) -> Gate {
        Gate {
            fail_on: self.fail_on.or(below.fail_on),
            strict: self.strict.or(below.strict),
            baseline: self.baseline.or(below.baseline),
            annotate: self.annotate.or(below.annotate),
        }
    }
}
