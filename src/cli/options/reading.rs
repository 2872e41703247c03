//! How a recording is read that leaves something open.

use super::spelled::{self, Spelled};
use crate::ingest::{self, OpenSport};
use chrono_tz::Tz;
use clap::Args;
use serde::{Deserialize, Serialize};

/// How a recording is read that leaves something open.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Reading {
    /// The zone of recordings that neither know theirs nor hold a position, as Europe/Berlin.
    #[arg(long, value_name = "ZONE", value_parser = Tz::spelled)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub timezone: Option<Tz>,
    /// What a recording is that leaves its sport open: a run if it is as fast as one, always, or never [default: by-speed].
    #[arg(long, value_enum, value_name = "WHAT")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub open_sport: Option<OpenSport>,
}

impl Reading {
    /// These options before others.
    pub fn over(self, below: Reading) -> Reading {
        Reading {
            timezone: self.timezone.or(below.timezone),
            open_sport: self.open_sport.or(below.open_sport),
        }
    }

    /// What they come to, with a worker a core.
    pub fn options(&self) -> ingest::Options {
        ingest::Options {
            jobs: None,
            timezone: self.timezone,
            open_sport: self.open_sport.unwrap_or_default(),
            notes: false,
        }
    }
}
