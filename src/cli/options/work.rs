//! What a report takes alike with its tables: up to which day, by how many, the log, notes, and how much is said.

use super::{
    log::Log,
    spelled::{self, Spelled},
    values::{Day, Whole},
};
use clap::Args;
use serde::{Deserialize, Serialize};

/// What a report takes alike with its tables.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Work {
    /// The day to report from and the last that counts, as 2025-10-31, or today, for which alone the clock is looked at
    /// [default: the last recorded day].
    #[arg(long, value_name = "DATE", value_parser = Day::spelled)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// Worker threads [default: one a core].
    #[arg(long, value_name = "N", value_parser = Whole::<1, 256>::spelled)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub jobs: Option<Whole<1, 256>>,
    /// How the pain log is read.
    #[command(flatten)]
    #[serde(flatten)]
    pub log: Log,
    /// Read what you wrote into the accounts whose exports are given (comments, descriptions, private notes, injuries) for pain and
    /// signs, beside the pain log. Otherwise it is only counted.
    #[arg(long, value_parser = bool::spelled, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub notes: Option<bool>,
    /// Whoever the system lets read new files may read what is written, the cache too; without, only whoever ran niggle.
    #[arg(long, value_parser = bool::spelled, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
    /// No progress and no summary.
    #[arg(long, short, value_parser = bool::spelled, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub quiet: Option<bool>,
}

impl Work {
    /// These options before others.
    pub fn over(self, below: Work) -> Work {
        Work {
            as_of: self.as_of.or(below.as_of),
            jobs: self.jobs.or(below.jobs),
            log: self.log.over(below.log),
            notes: self.notes.or(below.notes),
            shared: self.shared.or(below.shared),
            quiet: self.quiet.or(below.quiet),
        }
    }
}
