//! What `niggle report` takes, and the [`Config`] it comes to.

use super::{
    common::Common,
    gate::Gate,
    over::over,
    spelled::{self, Spelled, all_spelled},
    values::Whole,
};
use crate::{
    config::{Answer, Audience, Config, HeartRate, Judging, Pages},
    error::Error,
    model::Sex,
    rules::{EmergencyNumber, Limits},
};
use clap::{Args, ValueHint};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The folder that a report is written to when no other is named.
pub(super) const REPORT_FOLDER: &str = "niggle-report";

/// The options of `niggle report`, each as it was given or not at all.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Options {
    /// The pain log.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub pain: Option<PathBuf>,
    /// The folder to write [default: niggle-report].
    #[arg(long, visible_alias = "output", value_name = "DIR", value_hint = ValueHint::DirPath)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub out: Option<PathBuf>,
    /// A folder for what recordings came to, so that the next report over the same files is faster.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub cache: Option<PathBuf>,
    /// Resting heart rate in beats/min, for TRIMP.
    #[arg(long, value_name = "BPM", value_parser = Whole::<25, 120>::spelled)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub heart_rate_rest: Option<Whole<25, 120>>,
    /// Maximum heart rate in beats/min, for TRIMP.
    #[arg(long, value_name = "BPM", value_parser = Whole::<120, 240>::spelled)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub heart_rate_max: Option<Whole<120, 240>>,
    /// Which constants TRIMP takes [default: what the watch stored].
    #[arg(long, value_enum)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Another limit for a rule, as single-run-spike.small-jump-percent=15; again for another. `niggle rules ID` names them.
    #[arg(long, value_name = "RULE.NAME=VALUE")]
    #[serde(with = "all_spelled", skip_serializing_if = "Vec::is_empty")]
    pub limit: Vec<String>,
    /// The number to name where the log asks for emergency care, as 112 [default: 112, 911 or 999].
    #[arg(long, value_name = "NUMBER", value_parser = EmergencyNumber::spelled)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub emergency_number: Option<EmergencyNumber>,
    /// What is printed: a summary, or the text of findings.json and nothing else; with json no folder is written unless --out names
    /// one [default: text].
    #[arg(long, value_enum, value_name = "FORM")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub format: Option<Answer>,
    /// Opens the page when it is written.
    #[arg(long, value_parser = bool::spelled, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// Whom the page is for: clinician names (and with --open opens) the sheet to hand over, sheet.html.
    #[arg(long = "for", value_enum, value_name = "WHOM")]
    #[serde(
        rename = "for",
        with = "spelled",
        skip_serializing_if = "Option::is_none"
    )]
    pub audience: Option<Audience>,
    /// Shows names of files in the page, which without them can be handed over.
    #[arg(long, value_parser = bool::spelled, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub with_names: Option<bool>,
    /// What a machine asks.
    #[command(flatten)]
    #[serde(flatten)]
    pub gate: Gate,
    /// What a cohort takes too.
    #[command(flatten)]
    #[serde(flatten)]
    pub common: Common,
}

impl Options {
    /// These options before others: the command line goes before a file. A limit changed in both is changed as here.
    pub fn over(self, below: Options) -> Options {
        Options {
            pain: self.pain.or(below.pain),
            out: self.out.or(below.out),
            cache: self.cache.or(below.cache),
            heart_rate_rest: self.heart_rate_rest.or(below.heart_rate_rest),
            heart_rate_max: self.heart_rate_max.or(below.heart_rate_max),
            sex: self.sex.or(below.sex),
            limit: over(self.limit, below.limit, |one, other| {
                limit_name(one) == limit_name(other)
            }),
            emergency_number: self.emergency_number.or(below.emergency_number),
            format: self.format.or(below.format),
            open: self.open.or(below.open),
            audience: self.audience.or(below.audience),
            with_names: self.with_names.or(below.with_names),
            gate: self.gate.over(below.gate),
            common: self.common.over(below.common),
        }
    }

    /// What the options come to for these inputs, with the defaults for what was not given.
    ///
    /// # Errors
    /// [`Error::Usage`] for a limit that there is not, or that is out of its range.
    pub fn resolve(self, inputs: Vec<PathBuf>) -> Result<Config, Error> {
        let judging = self.judging()?;
        Ok(Config {
            inputs,
            pain_log: self.pain,
            output: self.out.unwrap_or_else(|| PathBuf::from(REPORT_FOLDER)),
            cache: self.cache,
            judging,
            pages: Pages {
                with_names: self.with_names.unwrap_or_default(),
                audience: self.audience,
            },
            baseline: self.gate.baseline,
            ..self.common.config()
        })
    }

    /// Whether the page is opened.
    pub fn is_opened(&self) -> bool {
        self.open.unwrap_or_default()
    }

    fn judging(&self) -> Result<Judging, Error> {
        Ok(Judging {
            heart_rate: self.heart_rate(),
            limits: Limits::parse(&self.limit).map_err(Error::Usage)?,
            emergency_number: self.emergency_number.clone().unwrap_or_default(),
            ..self.common.judging()
        })
    }

    fn heart_rate(&self) -> HeartRate {
        HeartRate {
            rest_bpm: self.heart_rate_rest.map(|bpm| f64::from(bpm.0)),
            max_bpm: self.heart_rate_max.map(|bpm| f64::from(bpm.0)),
            sex: self.sex,
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
