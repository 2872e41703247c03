//! What a rule may look at: the calendar, the pain log, the day of the report and the limits in force.

use crate::model::{History, Week};
use crate::rules::{
    EmergencyNumber, Limit, Limits, Rule,
    emergency_number::{self, EVERYWHERE},
    limits::DEFAULTS,
    sighting::DayAtSite,
};
use crate::{
    pain::{PainLog, episodes::Episode},
    time::plus_days,
    units::Units,
};
use chrono::NaiveDate;

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
        Context {
            history,
            pain,
            units,
            limits: &DEFAULTS,
            emergency_number: EVERYWHERE,
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

    /// The same log, limits and number over another calendar.
    pub fn over<'b>(&self, history: &'b History) -> Context<'b>
    where
        'a: 'b,
    {
        Context { history, ..*self }
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
        debug_assert!(
            is_listed(self.rule, limit),
            "{} is no limit of {}",
            limit.key,
            self.rule
        );
        self.limits.value(self.rule, limit)
    }

    /// The text with the emergency number where `{number}` stands.
    pub(in crate::rules) fn with_number(&self, text: &str) -> String {
        emergency_number::put(text, self.emergency_number)
    }

    /// Whether the report speaks from within this week and not all of it is known yet.
    pub fn is_unfinished(&self, week: &Week) -> bool {
        let as_of = self.history.as_of;
        !week.full && week.start <= as_of && as_of <= plus_days(week.start, 6)
    }

    /// The weeks that are over on the day of the report.
    pub(in crate::rules) fn finished_weeks(&self) -> &'a [Week] {
        let weeks = &self.history.weeks;
        let is_over = |week: &Week| plus_days(week.start, 6) <= self.history.as_of;
        &weeks[..weeks.iter().take_while(|week| is_over(week)).count()]
    }

    /// The last day of the week that the report knows.
    pub(in crate::rules) fn last_day_of(&self, week: &Week) -> NaiveDate {
        plus_days(week.start, 6).min(self.history.as_of)
    }

    /// Metres run in the week. None when they are unknown or one of its runs has no distance: a partial sum would
    /// make this week look light and the next one look like a jump.
    pub fn week_distance_m(&self, week: &Week) -> Option<f64> {
        let runs = self
            .history
            .runs_between(week.start, plus_days(week.start, 6));
        let is_known = runs.iter().all(|run| run.distance_m.is_some());
        week.distance_m.filter(|_| is_known)
    }
}

/// Whether the rule with this id lists the limit; without a rule nothing is asked.
fn is_listed(rule: &str, limit: Limit) -> bool {
    let listed = crate::rules::rule(rule).map(|rule| rule.limits);
    listed.is_none_or(|limits| limits.iter().any(|own| own.key == limit.key))
}
