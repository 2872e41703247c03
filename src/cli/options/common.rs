//! What a report and a cohort take alike.

use super::{
    log::Log,
    reading::Reading,
    spelled::{Spelled, spelled},
    values::{Day, Whole},
};
use crate::{
    config::{Config, Judging},
    ingest,
    units::Units,
};
use clap::Args;
use serde::Deserialize;

/// What a report and a cohort take alike.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Common {
    /// How recordings are read.
    #[command(flatten)]
    #[serde(flatten)]
    pub reading: Reading,
    /// How distances are shown [default: km].
    #[arg(long, value_enum)]
    #[serde(deserialize_with = "spelled")]
    pub units: Option<Units>,
    /// The day to report from, as 2025-10-31, or today, for which alone the clock is looked at [default: the last recorded day].
    #[arg(long, value_name = "DATE", value_parser = Day::spelled)]
    #[serde(deserialize_with = "spelled")]
    pub as_of: Option<Day>,
    /// Worker threads [default: one a core].
    #[arg(long, value_name = "N", value_parser = Whole::<1, 256>::spelled)]
    #[serde(deserialize_with = "spelled")]
    pub jobs: Option<Whole<1, 256>>,
    /// How the pain log is read.
    #[command(flatten)]
    #[serde(flatten)]
    pub log: Log,
    /// Read what you wrote into the accounts whose exports are given (comments, descriptions, private notes, injuries) for pain and
    /// signs, beside the pain log. Otherwise it is only counted.
    #[arg(long)]
    pub notes: bool,
    /// No progress and no summary.
    #[arg(long, short)]
    pub quiet: bool,
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
            notes: self.notes || below.notes,
            quiet: self.quiet || below.quiet,
        }
    }

    /// What a cohort's options come to, and those of a report that a cohort takes too.
    pub fn config(&self) -> Config {
        Config {
            pain: self.log.options(),
            ingest: ingest::Options {
                jobs: self.jobs.map(|jobs| usize::from(jobs.0)),
                notes: self.notes,
                ..self.reading.options()
            },
            judging: self.judging(),
            ..Config::default()
        }
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
