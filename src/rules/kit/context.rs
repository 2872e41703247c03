//! What a rule may look at: the calendar, the pain log, the day of the report and the limits in force.

use crate::model::{History, Week};
use crate::rules::{
    EmergencyNumber, Limit, Limits, Rule, emergency_number::EVERYWHERE, limits::DEFAULTS,
    sighting::DayAtSite,
};
use crate::{
    pain::{PainLog, episodes::Episode},
    time::plus_days,
    units::Units,
};

/// Everything a rule sees. No clock, no files, no environment.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Runs, days and weeks.
    pub history: &'a History,
    /// The pain log; empty when there is none.
    pub pain: &'a PainLog,
    /// How distances are written in messages.
    pub units: Units,
    /// The limits that were changed.
    pub limits: &'a Limits,
    /// The number to call, in words that fit after "your emergency number".
    pub emergency_number: &'a str,
    /// The rule whose limits [`Context::limit`] gives; empty before one is asked.
    pub(in crate::rules) rule: &'static str,
    /// The log by day and place, made once for all rules; None where a rule is asked alone and makes it itself.
    pub(in crate::rules) days: Option<&'a [DayAtSite<'a>]>,
    /// The log's spells of pain, likewise.
    pub(in crate::rules) spells: Option<&'a [Episode]>,
}

impl<'a> Context<'a> {
    /// With every limit at its default and every emergency number.
    pub fn new(history: &'a History, pain: &'a PainLog, units: Units) -> Context<'a> {
        let limits = &DEFAULTS;
        let emergency_number = EVERYWHERE;
        Context {
            history,
            pain,
            units,
            limits,
            emergency_number,
            rule: "",
            days: None,
            spells: None,
        }
    }

    /// The same with the runner's own limits and emergency number.
    pub fn with(self, limits: &'a Limits, number: &'a EmergencyNumber) -> Context<'a> {
        Context {
            limits,
            emergency_number: number.as_str(),
            ..self
        }
    }

    /// The same data as this rule sees them: with its own limits, which others may have by the same name.
    pub fn of(&self, rule: &Rule) -> Context<'a> {
        Context {
            rule: rule.id,
            ..*self
        }
    }

    /// The value in force of a limit of the rule that looks. The one place where a changed limit comes in.
    pub fn limit(&self, limit: Limit) -> f64 {
        let lists_it = |rule: &Rule| rule.limits.iter().any(|own| own.key == limit.key);
        debug_assert!(
            crate::rules::rule(self.rule).is_none_or(lists_it),
            "{} is no limit of {}",
            limit.key,
            self.rule
        );
        self.limits.value(self.rule, limit)
    }

    /// Whether the report speaks from within this week and not all of it is known yet.
    pub fn is_unfinished(&self, week: &Week) -> bool {
        let as_of = self.history.as_of;
        !week.full && week.start <= as_of && as_of <= plus_days(week.start, 6)
    }

    /// Metres run in the week. None when they are unknown or one of its runs has no distance: a partial sum would
    /// make this week look light and the next one look like a jump.
    pub fn week_distance_m(&self, week: &Week) -> Option<f64> {
        let mut in_week = self
            .history
            .runs_between(week.start, plus_days(week.start, 6))
            .iter();
        week.distance_m
            .filter(|_| in_week.all(|run| run.distance_m.is_some()))
    }
}
