//! The rules, asked with the run in the history.

use super::plan::Plan;
use crate::{
    backtest::watch::Watch,
    error::Error,
    frames::{self, Calendar},
    model::{History, Run},
    rules::{
        self, Context, Finding, Rule, Severity, Stance, ascent_spike, descent_spike, judge_running,
        single_run_spike, weekly_distance_jump,
    },
    units::Unit,
};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use std::{cmp::Reverse, collections::BTreeMap};

/// What one rule would say.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The rule's id.
    pub rule: &'static str,
    /// What it is about, in a few words.
    pub headline: &'static str,
    /// How loud.
    pub severity: Severity,
    /// What it would say, without what it would ask afterwards.
    pub message: String,
    /// The value judged, in `unit`. None for what is told and not weighed.
    pub observed: Option<f64>,
    /// The limit it passes, in `unit`.
    pub limit: Option<f64>,
    /// Unit of both.
    pub unit: Unit,
    /// How far its evidence carries.
    pub stance: Stance,
    /// The first sentence of what its sources say.
    pub evidence: &'static str,
}

/// The id of the planned run.
pub(super) const PLANNED: &str = "planned";

/// The history with the run in it, as of its day.
pub(super) fn history_with(ctx: &Context, plan: &Plan) -> Result<History, Error> {
    let mut runs = ctx.history.runs.clone();
    runs.push(planned(&runs, plan));
    built(ctx, runs, plan.date.max(ctx.history.as_of))
}

/// The history up to a later day, of which nothing is recorded.
pub(super) fn history_until(ctx: &Context, day: NaiveDate) -> Result<History, Error> {
    built(ctx, ctx.history.runs.clone(), day)
}

/// The calendar of these runs, made as that of a report is.
fn built(ctx: &Context, runs: Vec<Run>, as_of: NaiveDate) -> Result<History, Error> {
    let history = ctx.history;
    let days = || history.days.iter();
    let pain = days().filter_map(|day| Some((day.date, day.pain_max?)));
    let sleep = days().filter_map(|day| Some((day.date, day.sleep_s?)));
    let (pain, sleep): (BTreeMap<_, _>, BTreeMap<_, _>) = (pain.collect(), sleep.collect());
    let calendar = Calendar::new(&runs, &pain, as_of).beside(&history.others, &sleep);
    let others = history.others.clone();
    // One run more must not change the unit that all loads are in.
    let built = frames::build_in(runs, others, &calendar, history.load_unit);
    built.map(|(_, history)| history)
}

/// The run at noon, or after the last of its day. Of what is not told nothing is known, but that without an altitude the cost of a
/// run is that of its distance, as everywhere.
fn planned(runs: &[Run], plan: &Plan) -> Run {
    let noon = plan.date.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
    let last = runs.last();
    let after = last.filter(|run| run.local_date() == plan.date).map(|run| {
        let seconds = run.elapsed_s.or(run.timer_s).unwrap_or_default();
        run.start_local + TimeDelta::hours(1) + TimeDelta::seconds(seconds as i64)
    });
    let end_of_day = plan.date.and_time(NaiveTime::MIN) + TimeDelta::seconds(86_399);
    let start_local = after.map_or(noon, |after| after.max(noon).min(end_of_day));
    let utc_offset_s = last.map_or(0, |run| run.utc_offset_s);
    let start_utc = (start_local - TimeDelta::seconds(i64::from(utc_offset_s))).and_utc();
    Run {
        start_local,
        utc_offset_s,
        distance_m: plan.distance_m,
        grade_adjusted_m: plan.distance_m,
        ascent_m: plan.ascent_m,
        descent_m: plan.descent_m,
        ..Run::blank(PLANNED.to_string(), start_utc)
    }
}

/// What the rules say of the run that they do not say already, the loudest first; and what those about hills miss.
pub(super) fn ask(
    with: &Context,
    plan: &Plan,
    already: &[Finding],
) -> (Vec<Said>, Vec<(&'static str, String)>) {
    let judged = judge_running(with);
    let new = judged.findings.iter();
    let new = new.filter(|finding| is_of_the_plan(finding) && !is_said(finding, already));
    let mut said: Vec<Said> = new.filter_map(said).collect();
    said.sort_by_key(|said| Reverse(said.severity));
    let hills = [
        (&ascent_spike::RULE, plan.ascent_m),
        (&descent_spike::RULE, plan.descent_m),
    ];
    let asked = |id: &str| {
        hills
            .iter()
            .any(|(rule, metres)| rule.id == id && metres.is_some())
    };
    let missing = judged.not_judged.into_iter();
    let missing = missing.filter(|missing| asked(missing.rule));
    let missing = missing.map(|missing| (title(missing.rule), missing.why));
    (said, missing.collect())
}

fn is_of_the_plan(finding: &Finding) -> bool {
    finding.run_ids.iter().any(|id| id == PLANNED)
}

/// Whether the rule says it as loudly of the same runs without this one.
fn is_said(finding: &Finding, already: &[Finding]) -> bool {
    let shares = |other: &Finding| other.run_ids.iter().any(|id| finding.run_ids.contains(id));
    already.iter().any(|other| {
        other.rule == finding.rule && other.severity >= finding.severity && shares(other)
    })
}

fn said(finding: &Finding) -> Option<Said> {
    let rule = rules::rule(finding.rule)?;
    Some(Said {
        rule: rule.id,
        headline: rule.headline,
        severity: finding.severity,
        message: finding.message.clone(),
        observed: finding.observed,
        limit: finding.limit,
        unit: finding.unit,
        stance: rule.evidence.stance,
        evidence: first_sentence(rule),
    })
}

/// Up to the first full stop that a new sentence follows.
fn first_sentence(rule: &Rule) -> &'static str {
    let says = rule.evidence.says;
    let stops = says.match_indices(". ");
    let mut ends = stops.map(|(at, _)| at + 1);
    let ends_one = |end: &usize| says[*end..].trim_start().starts_with(char::is_uppercase);
    ends.find(ends_one).map_or(says, |end| &says[..end])
}

fn title(id: &'static str) -> &'static str {
    rules::rule(id).map_or(id, |rule| rule.title)
}

/// What the rules about distance miss.
pub(super) fn missing(watch: &Watch) -> Vec<(&'static str, String)> {
    let both = [
        (single_run_spike::RULE.title, &watch.next_run_missing),
        (weekly_distance_jump::RULE.title, &watch.week_missing),
    ];
    let missing = both.into_iter();
    missing
        .filter_map(|(title, why)| Some((title, why.clone()?)))
        .collect()
}
