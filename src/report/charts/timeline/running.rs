//! The bars: distance by week or month, why some are marked, and what is usual.

use super::super::{
    axis::{Bucket, Span, Step, buckets_of, drawable, sum},
    weekly_distance::{Reasons, reasons_for},
};
use super::YEAR_WEEKS;
use crate::{
    analysis::Analysis, course::week::USUAL_WEEKS, model::Week, stats::describe::quantile,
    time::plus_days, units::number,
};
use chrono::NaiveDate;

/// A bar beyond so many times what nine of ten reach is broken: one ultra must not flatten the rest.
const BROKEN_BEYOND: f64 = 2.2;

/// Where the axis ends then, likewise.
const BROKEN_AT: f64 = 1.5;

/// One week, or one month.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    /// First day.
    pub from: NaiveDate,
    /// First day after it.
    pub to: NaiveDate,
    /// In the shown unit. None: unknown.
    pub distance: Option<f64>,
    /// Runs in it.
    pub runs: u32,
    /// All its days are past and recorded.
    pub is_whole: bool,
    /// Why it is marked. None: it is not.
    pub reasons: Option<Reasons>,
}

/// What a week usually comes to, in the shown unit: the middle half of the weeks before this one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Usual {
    /// Fewer in one week of four.
    pub low: f64,
    /// More in one week of four.
    pub high: f64,
    /// The first day of the weeks it is of.
    pub from: NaiveDate,
}

/// The bars of a time. Marks are those of its last year: of older ones nobody asks any more.
pub(super) fn bars(analysis: &Analysis, span: Span, step: Step) -> Vec<Bar> {
    let marked_from = plus_days(span.to, -7 * YEAR_WEEKS);
    let buckets = buckets_of(&analysis.history.weeks, span, step);
    buckets
        .iter()
        .map(|bucket| bar(analysis, bucket, marked_from))
        .collect()
}

fn bar(analysis: &Analysis, bucket: &Bucket, marked_from: NaiveDate) -> Bar {
    let weeks = || bucket.weeks.iter();
    let recent = weeks().filter(|week| week.start >= marked_from);
    Bar {
        from: bucket.from,
        to: bucket.to,
        distance: sum(weeks().map(|week| distance(analysis, week))),
        runs: weeks().map(|week| week.runs).sum(),
        is_whole: is_whole(bucket),
        reasons: recent
            .filter_map(|week| reasons_for(analysis, week))
            .reduce(Reasons::and),
    }
}

/// Whether all weeks of a bar are there and whole. A month has at least four.
fn is_whole(bucket: &Bucket) -> bool {
    let least = if bucket.is_month() { 4 } else { 1 };
    bucket.weeks.len() >= least && bucket.weeks.iter().all(|week| week.full)
}

fn distance(analysis: &Analysis, week: &Week) -> Option<f64> {
    week.distance_m
        .and_then(|metres| drawable(analysis.units.distance(metres)))
}

/// What is usual, of weeks. None where bars are months, or too few weeks are known.
pub(super) fn usual(analysis: &Analysis, span: Span, step: Step) -> Option<Usual> {
    let week = &analysis.week;
    let (low, high) = week.distance_m.usual.filter(|_| step == Step::Week)?;
    let shown = |metres: f64| drawable(analysis.units.distance(metres));
    Some(Usual {
        low: shown(low)?,
        high: shown(high)?,
        from: plus_days(week.from, -7 * USUAL_WEEKS).max(span.from),
    })
}

impl Usual {
    /// `27–39 km`.
    pub(super) fn text(&self, unit: &str) -> String {
        format!("{}–{} {unit}", number(self.low, 0), number(self.high, 0))
    }
}

impl Bar {
    /// The distance, where there is a bar to draw.
    pub(super) fn shown(&self) -> Option<f64> {
        self.distance.filter(|distance| *distance > 0.0)
    }

    /// This one and the next as one.
    pub(super) fn and(self, next: Bar) -> Bar {
        let why = [self.reasons, next.reasons].into_iter().flatten();
        Bar {
            from: self.from,
            to: next.to,
            distance: sum([self.distance, next.distance].into_iter()),
            runs: self.runs + next.runs,
            is_whole: self.is_whole && next.is_whole,
            reasons: why.reduce(Reasons::and),
        }
    }

    /// Whether it has a mark: a month holds too much for one.
    pub(super) fn is_marked(&self, step: Step) -> bool {
        step == Step::Week && self.reasons.is_some() && self.shown().is_some()
    }

    /// Whether it is recorded that nothing was run.
    pub(super) fn is_idle(&self) -> bool {
        self.is_whole && self.runs == 0
    }
}

/// Where the axis of values ends, and from what value on bars are broken.
pub(super) fn end_of(bars: &[Bar]) -> (f64, Option<f64>) {
    let known: Vec<f64> = bars.iter().filter_map(Bar::shown).collect();
    let highest = known.iter().copied().fold(0.0, f64::max);
    let most = quantile(&known, 0.9).unwrap_or(highest);
    match most > 0.0 && highest > BROKEN_BEYOND * most {
        true => (BROKEN_AT * most, Some(BROKEN_AT * most)),
        false => (highest, None),
    }
}
