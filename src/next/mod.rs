//! A planned run: what the rules would say of it, and the plain numbers it stands beside.
//!
//! The run is put into the history and the rules themselves are asked, under the limits in force: what they say of it and do not
//! say without it is told. Never a score, and no distance at all while something is to be looked at first.

mod ask;
mod facts;
mod json;
mod length;
mod plan;
#[cfg(test)]
mod tests;
mod text;

pub use ask::Said;
pub use facts::{Facts, Most};
pub use json::{Document, json};
pub use length::Length;
pub use plan::{Asked, Plan};
pub use text::text;

use crate::{
    analysis::DayFrom,
    backtest::watch::{Held, held, room},
    course::{
        Back, Bucket, Short,
        back::back,
        courses, short,
        week::{bucket, week},
    },
    error::Error,
    model::History,
    rules::{Context, Finding, Severity, judge, ladder::ladder},
    time::plus_days,
    units::Units,
};
use chrono::NaiveDate;

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// The run.
    pub plan: Plan,
    /// The last day that is known.
    pub as_of: NaiveDate,
    /// Where that day is from.
    pub day_from: DayFrom,
    /// How distances are shown.
    pub units: Units,
    /// What is asked of the runner on that day already, the loudest first.
    pub asked: Vec<Short>,
    /// What keeps back every word on the run.
    pub held: Held,
    /// What the rules would say of it, the loudest first. Empty while it is held back.
    pub said: Vec<Said>,
    /// What the rules about this run miss to weigh it, a rule's title and what is missing.
    pub missing: Vec<(&'static str, String)>,
    /// From how many times the longest of 30 days on a rule would speak.
    pub told_from: f64,
    /// The plain numbers.
    pub facts: Facts,
    /// How far the run could go before a rule would speak.
    pub bucket: Bucket,
    /// Running again after a gap or a spell that cost runs.
    pub back: Option<Back>,
}

/// What the rules would say of the run that is asked about. `ctx` is of the last known day.
///
/// # Errors
/// [`Error::Usage`] for a run that cannot be; [`Error::Render`] as [`crate::frames::build`].
pub fn next(ctx: &Context, day_from: DayFrom, asked: &Asked) -> Result<Next, Error> {
    let plan = asked.plan(ctx.history, ctx.units)?;
    let findings = judge(ctx).sorted().0;
    let held = held(ctx, &findings);
    let (before, with) = (before(ctx, &plan)?, ask::history_with(ctx, &plan)?);
    let (before, with) = (ctx.over(&before), ctx.over(&with));
    let is_held = held.why.is_some();
    let judged = (!is_held && plan.is_a_run()).then(|| ask::ask(&with, &plan, &findings));
    let (said, climbs_missing) = judged.unwrap_or_default();
    let watch = room(&before, held.clone());
    let mut missing = ask::missing(&watch);
    missing.extend(climbs_missing);
    Ok(Next {
        as_of: ctx.history.as_of,
        day_from,
        units: ctx.units,
        asked: asked_already(ctx, &findings, is_held),
        held,
        said,
        missing,
        told_from: crate::rules::single_run_spike::told_from(ctx),
        facts: facts::facts(ctx, &with, &plan, &week(with.history, &watch)),
        bucket: bucket(&watch),
        back: back(ctx),
        plan,
    })
}

/// The history up to the day before the run.
fn before(ctx: &Context, plan: &Plan) -> Result<History, Error> {
    let day = plus_days(plan.date, -1);
    match day <= ctx.history.as_of {
        true => Ok(History {
            as_of: day,
            ..ctx.history.clone()
        }),
        false => ask::history_until(ctx, day),
    }
}

/// What the report of the last known day asks, a line a place; while that keeps a run back, what is asked of the body alone.
fn asked_already(ctx: &Context, findings: &[Finding], of_the_body: bool) -> Vec<Short> {
    let as_of = ctx.history.as_of;
    let courses = courses(ctx.history, ctx.pain, findings);
    let rungs = ladder(findings, as_of).into_iter();
    let rungs = rungs.filter(|rung| rung.is_of_the_body() || !of_the_body);
    let asked = rungs.filter(|rung| rung.severity() >= Severity::Watch);
    asked
        .filter_map(|rung| short::of(&rung, &courses))
        .collect()
}
