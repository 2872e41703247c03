//! How the pain log is to be read.

use super::{
    over::over,
    spelled::{self, Spelled, all_spelled},
};
use crate::pain::{self, DateOrder, NamedColumn, Scale};
use clap::Args;
use serde::{Deserialize, Serialize};

/// How the pain log is to be read.
#[derive(Debug, Clone, Default, PartialEq, Args, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Log {
    /// The order of day, month and year in the pain log, where its dates can be read in two ways.
    #[arg(long, value_enum, value_name = "ORDER")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// The scale of the pain log's ratings, where neither its header nor its cells tell: 0-10, 0-5, 1-5, 1-10, 0-100, or 1-4
    /// (none, niggle, poor, injured).
    #[arg(long, value_name = "SCALE", value_parser = Scale::spelled)]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub pain_scale: Option<Scale>,
    /// What a column of the pain log is, as pain="How bad is it?"; again for another. Roles: date, moment, time, site, side, pain,
    /// notes and the other columns of niggle's own log, any_pain, others, athlete, ignore.
    #[arg(long, value_name = "ROLE=NAME", value_parser = NamedColumn::spelled)]
    #[serde(with = "all_spelled", skip_serializing_if = "Vec::is_empty")]
    pub column: Vec<NamedColumn>,
    /// Whose rows count, in a pain log of several people.
    #[arg(long, value_name = "NAME")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub athlete: Option<String>,
    /// RPE in the pain log is on Borg's 6–20 scale.
    #[arg(long, value_parser = bool::spelled, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    #[serde(with = "spelled", skip_serializing_if = "Option::is_none")]
    pub borg: Option<bool>,
}

impl Log {
    /// These options before others. A role named in both has the columns named here.
    pub fn over(self, below: Log) -> Log {
        Log {
            date_order: self.date_order.or(below.date_order),
            pain_scale: self.pain_scale.or(below.pain_scale),
            column: over(self.column, below.column, |one, other| {
                one.role == other.role
            }),
            athlete: self.athlete.or(below.athlete),
            borg: self.borg.or(below.borg),
        }
    }

    /// What they come to.
    pub fn options(&self) -> pain::Options {
        pain::Options {
            date_order: self.date_order,
            scale: self.pain_scale,
            columns: self.column.clone(),
            athlete: self.athlete.clone(),
            borg: self.borg.unwrap_or_default(),
            ..pain::Options::default()
        }
    }
}
