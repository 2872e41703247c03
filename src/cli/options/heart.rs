//! What TRIMP takes of the runner.

use super::{
    spelled::{self, Spelled},
    values::Whole,
};
use crate::{config::HeartRate, model::Sex};
use clap::Args;
use serde::{Deserialize, Serialize};

/// What TRIMP takes of the runner.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Heart {
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
}

impl Heart {
    /// These options before others.
    pub fn over(self, below: Heart) -> Heart {
        Heart {
            heart_rate_rest: self.heart_rate_rest.or(below.heart_rate_rest),
            heart_rate_max: self.heart_rate_max.or(below.heart_rate_max),
            sex: self.sex.or(below.sex),
        }
    }

    /// What they come to.
    pub fn heart_rate(&self) -> HeartRate {
        HeartRate {
            rest_bpm: self.heart_rate_rest.map(|bpm| f64::from(bpm.0)),
            max_bpm: self.heart_rate_max.map(|bpm| f64::from(bpm.0)),
            sex: self.sex,
        }
    }
}
