//! The weekly questions of one runner, over all places.

use super::follow_up::FollowUp;
use crate::{
    pain::{
        PainLog,
        ostrc::{score, week_of},
    },
    stats::clustered_share::Looks,
    time::plus_days,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The answers are about the seven days up to theirs.
const BEFORE: i64 = -6;

/// Weeks with an answer, and weeks with trouble.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weekly {
    /// Of any problem.
    pub problem: Looks,
    /// Of a substantial one.
    pub substantial: Looks,
}

/// The answers about one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Week {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    /// At any place. None: question 1 was not answered.
    pub(super) problem: Option<bool>,
    /// Likewise. None: the answers leave it open.
    pub(super) substantial: Option<bool>,
}

/// In order.
pub(super) fn weeks(pain: &PainLog) -> Vec<Week> {
    let mut found: BTreeMap<String, Week> = BTreeMap::new();
    for entry in &pain.entries {
        let Some(score) = score(entry.ostrc()) else {
            continue;
        };
        let week = found.entry(week_of(entry.date)).or_insert(Week {
            from: plus_days(entry.date, BEFORE),
            to: entry.date,
            problem: None,
            substantial: None,
        });
        week.to = week.to.max(entry.date);
        week.problem = either(week.problem, score.problem);
        week.substantial = either(week.substantial, score.substantial);
    }
    found.into_values().collect()
}

/// Yes where one says so, no where one says no and none yes.
fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one || other),
        (one, other) => one.or(other),
    }
}

pub(super) fn weekly(pain: &PainLog, follow_up: &FollowUp) -> Weekly {
    let weeks = weeks(pain);
    let within = || weeks.iter().filter(|week| follow_up.day(week.to).is_some());
    Weekly {
        problem: looks(within().filter_map(|week| week.problem)),
        substantial: looks(within().filter_map(|week| week.substantial)),
    }
}

fn looks(weeks: impl Iterator<Item = bool>) -> Looks {
    weeks.fold(Looks::default(), |looks, has_it| Looks {
        all: looks.all + 1,
        found: looks.found + u32::from(has_it),
    })
}
