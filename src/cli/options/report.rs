//! What `niggle report` takes, and the [`Config`] it comes to.

use super::{
    cached::Cached,
    common::Common,
    gate::Gate,
    heart::Heart,
    judged::Judged,
    pain_file::PainFile,
    spelled::{self, Spelled},
};
use crate::{
    config::{Answer, Audience, Config, Judging, Pages},
    error::Error,
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
    #[command(flatten)]
    #[serde(flatten)]
    pub pain_file: PainFile,
    /// The folder to write [default: niggle-report].
    #[arg(long, visible_alias = "output", value_name = "DIR", value_hint = ValueHint::DirPath)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub out: Option<PathBuf>,
    /// The cache.
    #[command(flatten)]
    #[serde(flatten)]
    pub cached: Cached,
    /// What TRIMP takes of the runner.
    #[command(flatten)]
    #[serde(flatten)]
    pub heart: Heart,
    /// What rules go by.
    #[command(flatten)]
    #[serde(flatten)]
    pub judged: Judged,
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
    /// These options before others: the command line goes before a file.
    pub fn over(self, below: Options) -> Options {
        Options {
            pain_file: self.pain_file.over(below.pain_file),
            out: self.out.or(below.out),
            cached: self.cached.over(below.cached),
            heart: self.heart.over(below.heart),
            judged: self.judged.over(below.judged),
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
            pain_log: self.pain_file.pain,
            output: self.out.unwrap_or_else(|| PathBuf::from(REPORT_FOLDER)),
            cache: self.cached.cache,
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
        let number = self.judged.emergency_number.clone();
        Ok(Judging {
            heart_rate: self.heart.heart_rate(),
            limits: self.judged.limits()?,
            emergency_number: number.unwrap_or_default(),
            ..self.common.judging()
        })
    }
}
