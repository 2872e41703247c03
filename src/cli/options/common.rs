//! What a report and a cohort take alike.

use super::{reading::Reading, spelled, work::Work};
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
    /// What tables take too.
    #[command(flatten)]
    #[serde(flatten)]
    pub work: Work,
}

impl Common {
    /// These options before others.
    pub fn over(self, below: Common) -> Common {
        Common {
            reading: self.reading.over(below.reading),
            units: self.units.or(below.units),
            work: self.work.over(below.work),
        }
    }

    /// What a cohort's options come to, and those of a report that a cohort takes too.
    pub fn config(&self) -> Config {
        Config {
            pain: self.work.log.options(),
            ingest: ingest::Options {
                jobs: self.work.jobs.map(|jobs| usize::from(jobs.0)),
                notes: self.work.notes.unwrap_or_default(),
                ..self.reading.options()
            },
            judging: self.judging(),
            is_shared: self.work.shared.unwrap_or_default(),
            ..Config::default()
        }
    }

    /// Whether neither progress nor summary is wanted.
    pub fn is_quiet(&self) -> bool {
        self.work.quiet.unwrap_or_default()
    }

    pub(super) fn judging(&self) -> Judging {
        let as_of = self.work.as_of;
        Judging {
            as_of: as_of.map(|day| day.date),
            as_of_today: as_of.is_some_and(|day| day.is_today),
            units: self.units.unwrap_or_default(),
            ..Judging::default()
        }
    }
}
