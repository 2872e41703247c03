//! The plain numbers that a planned run stands beside, said whether a rule speaks or not.

use super::{ask::PLANNED, plan::Plan};
use crate::{
    course::ThisWeek,
    model::{History, Run},
    rules::{Context, ascent_spike, climb, descent_spike, single_run_spike},
    time::{dates, days_between, plus_days},
};
use chrono::NaiveDate;

/// The numbers. None: not known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// The last recorded run before it.
    pub last_run: Option<NaiveDate>,
    /// Days from that run to this one.
    pub days_since: Option<i64>,
    /// Days between the last known day and the run, of which nothing is recorded.
    pub unrecorded_days: i64,
    /// The longest run of the 30 days before.
    pub longest: Option<Most>,
    /// The most climbed in one run of those days.
    pub most_ascent: Option<Most>,
    /// The most descended, likewise.
    pub most_descent: Option<Most>,
    /// Metres in the seven days up to the run's, with it.
    pub seven_days_m: Option<f64>,
    /// The middle half of the weeks of seven days before those, m.
    pub usual_m: Option<(f64, f64)>,
    /// Days without a run among the seven before it; only where all are recorded.
    pub rest_days: Option<usize>,
}

/// The most of something, and the day of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Most {
    /// Metres, above 0.
    pub metres: f64,
    /// The day.
    pub date: NaiveDate,
}

/// The numbers of the history with the run; `week` are its seven days up to the run.
pub(super) fn facts(ctx: &Context, with: &Context, plan: &Plan, week: &ThisWeek) -> Facts {
    let runs = &with.history.runs;
    let run = runs.iter().rfind(|run| run.run_id == PLANNED);
    let last_run = ctx.history.runs.last().map(Run::local_date);
    let most = |(metres, date): (f64, NaiveDate)| (metres > 0.0).then_some(Most { metres, date });
    let climbed = |direction| run.and_then(|run| climb::most_before(with, direction, run));
    Facts {
        last_run,
        days_since: last_run.map(|last| days_between(last, plan.date)),
        unrecorded_days: (days_between(ctx.history.as_of, plan.date) - 1).max(0),
        longest: single_run_spike::longest_before(with, PLANNED).and_then(most),
        most_ascent: climbed(&ascent_spike::DIRECTION).and_then(most),
        most_descent: climbed(&descent_spike::DIRECTION).and_then(most),
        seven_days_m: week.distance_m.now.filter(|_| plan.distance_m.is_some()),
        usual_m: week.distance_m.usual,
        rest_days: rest_days(with.history, plan.date),
    }
}

fn rest_days(history: &History, date: NaiveDate) -> Option<usize> {
    let before = || dates(plus_days(date, -7), plus_days(date, -1));
    let days: Option<Vec<u32>> = before()
        .map(|day| {
            history
                .day(day)
                .filter(|day| day.covered)
                .map(|day| day.runs)
        })
        .collect();
    Some(days?.into_iter().filter(|runs| *runs == 0).count())
}
