//! What a report and a cohort take alike.

use super::{
    log::Log,
    reading::Reading,
    spelled::{self, Spelled},
    values::{Day, Whole},
};
use crate::{
    config::{Config, Judging},
    ingest,
    units::Units,
};
use clap::Args;
use serde::{Deserialize, Serialize};

/// What a report and a cohort take alike.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Common {
    /// How recordings are read.
    #[command(flatten)]
    #[serde(flatten)]
    pub reading: Reading,
    /// How distances are shown [default: km].
    #[arg(long, value_enum)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub units: Option<Units>,
    /// The day to report from, as 2025-10-31, or today, for which alone the clock is looked at [default: the last recorded day].
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
    /// No progress and no summary.
    #[arg(long, short, value_parser = bool::spelled, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub quiet: Option<bool>,
}

impl Common {
    /// These options before others.
    pub fn over(self, below: Common) -> Common {
        Common {
            reading: self.reading.over(below.reading),
            units: self.units.or(below.units),
            as_of: self.as_of.or(below.as_of),
            jobs: self.jobs.or(below.jobs),
            log: self.log.over(below.log),
            notes: self.notes.or(below.notes),
            quiet: self.quiet.or(below.quiet),
        }
    }

    /// What a cohort's options come to, and those of a report that a cohort takes too.
    pub fn config(&self) -> Config {
        Config {
            pain: self.log.options(),
            ingest: ingest::Options {
                jobs: self.jobs.map(|jobs| usize::from(jobs.0)),
                notes: self.notes.unwrap_or_default(),
                ..self.reading.options()
            },
            judging: self.judging(),
            ..Config::default()
        }
    }

    /// Whether neither progress nor summary is wanted.
    pub fn is_quiet(&self) -> bool {
        self.quiet.unwrap_or_default()
    }

    pub(super) fn judging(&self) -> Judging {
        Judging {
            as_of: self.as_of.map(|day| day.date),
            as_of_today: self.as_of.is_some_and(|day| day.is_today),
            units: self.units.unwrap_or_default(),
            ..Judging::default()
        }
    }
}
