//! Injuries, by the definitions of the field.

use super::{
    exposure::{Exposure, before},
    follow_up::FollowUp,
    weekly::weeks,
};
use crate::{
    model::History,
    pain::{PainLog, episodes::episodes},
    rules::{Finding, time_loss},
    time::{days_between, plus_days},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What counts as an injury.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Definition {
    /// Pain cuts short or takes runs for a week, or three in a row (Yamato 2015, J Orthop Sports Phys Ther 45:375).
    TimeLoss,
    /// A week with any problem in the weekly questions after one without (Clarsen 2020, Br J Sports Med 54:390).
    Problem,
    /// A week with a substantial problem after one without.
    Substantial,
    /// Pain at one place for more than seven days.
    LongPain,
}

/// A spell of pain longer than this is one, days.
const LONG_PAIN_DAYS: i64 = 7;

impl Definition {
    /// All of them, in the order of tables.
    pub const ALL: [Definition; 4] = [
        Definition::TimeLoss,
        Definition::Substantial,
        Definition::Problem,
        Definition::LongPain,
    ];

    /// As files have it.
    pub fn id(self) -> &'static str {
        match self {
            Definition::TimeLoss => "time_loss",
            Definition::Problem => "ostrc_problem",
            Definition::Substantial => "ostrc_substantial",
            Definition::LongPain => "pain_over_7_days",
        }
    }

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Definition::TimeLoss => "Running lost for a week or three runs",
            Definition::Problem => "A week with a problem, after one without",
            Definition::Substantial => "A week with a substantial problem, after one without",
            Definition::LongPain => "Pain at one place for more than seven days",
        }
    }
}

/// One runner's injuries by one definition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Injuries {
    /// Whether the log can tell at all: the weekly questions were answered, or pain was rated.
    pub can_tell: bool,
    /// The days of follow-up on which one began, in order; those that were there on the first day are none.
    pub days: Vec<u32>,
    /// Days from the first to the last of each, within the follow-up, added up.
    pub days_hurt: u32,
    /// What was run before the first of them; all of it without one.
    pub exposure_before: Exposure,
}

/// A spell: from its first to its last day.
type Spell = (NaiveDate, NaiveDate);

pub(super) fn injuries(
    definition: Definition,
    follow_up: &FollowUp,
    history: &History,
    pain: &PainLog,
    findings: &[Finding],
) -> Injuries {
    let (can_tell, spells) = spells(definition, pain, findings);
    let days = new_ones(&spells, follow_up);
    Injuries {
        can_tell,
        days_hurt: spells.iter().map(|spell| days_in(*spell, follow_up)).sum(),
        exposure_before: before(history, follow_up.from, end_before(&days, follow_up)),
        days,
    }
}

/// Whether the log can tell, and all spells.
fn spells(definition: Definition, pain: &PainLog, findings: &[Finding]) -> (bool, Vec<Spell>) {
    match definition {
        Definition::TimeLoss => (is_rated(pain), lost(findings)),
        Definition::LongPain => (is_rated(pain), long(pain)),
        Definition::Problem => of_weeks(pain, |week| week.problem),
        Definition::Substantial => of_weeks(pain, |week| week.substantial),
    }
}

/// What was there when somebody was first seen did not begin under watch.
fn new_ones(spells: &[Spell], follow_up: &FollowUp) -> Vec<u32> {
    let new = spells.iter().filter(|(from, _)| *from > follow_up.from);
    let mut days: Vec<u32> = new.filter_map(|(from, _)| follow_up.day(*from)).collect();
    days.sort_unstable();
    days
}

/// The day of the first; without one the day after the last of all.
fn end_before(days: &[u32], follow_up: &FollowUp) -> NaiveDate {
    let end = days.first().copied().unwrap_or(follow_up.days);
    plus_days(follow_up.from, i64::from(end))
}

fn is_rated(pain: &PainLog) -> bool {
    pain.entries.iter().any(|entry| entry.pain.is_some())
}

fn lost(findings: &[Finding]) -> Vec<Spell> {
    let lost = findings
        .iter()
        .filter(|finding| finding.rule == time_loss::RULE.id);
    lost.map(|finding| (finding.from, finding.to)).collect()
}

fn long(pain: &PainLog) -> Vec<Spell> {
    let long = episodes(&pain.entries).into_iter();
    let long = long.filter(|spell| spell.site.is_limb() && spell.days() > LONG_PAIN_DAYS);
    long.map(|spell| (spell.from, spell.to)).collect()
}

/// Runs of weeks with it, each from the first day of its first week to the last of its last.
fn of_weeks(
    pain: &PainLog,
    has_it: impl Fn(&super::weekly::Week) -> Option<bool>,
) -> (bool, Vec<Spell>) {
    let weeks = weeks(pain);
    let known = || weeks.iter().filter_map(|week| Some((week, has_it(week)?)));
    let mut spells: Vec<Spell> = Vec::new();
    let mut had_it = false;
    for (week, has_it) in known() {
        match spells.last_mut() {
            Some(spell) if has_it && had_it => spell.1 = week.to,
            _ if has_it => spells.push((week.from, week.to)),
            _ => {}
        }
        had_it = has_it;
    }
    (known().next().is_some(), spells)
}

fn days_in((from, to): Spell, follow_up: &FollowUp) -> u32 {
    let days = days_between(from.max(follow_up.from), to.min(follow_up.to)) + 1;
    u32::try_from(days).unwrap_or(0)
}
