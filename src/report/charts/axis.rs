//! Axes: round numbers, months over weeks or decades, and the mapping from data to the page.

use super::{
    Result,
    area::{Area, Px},
    labels::Room,
    page::Page,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    model::Week,
    time::{days_between, plus_days, week_start},
    units::number,
};
use chrono::{Datelike, NaiveDate};
use plotters::{
    coord::{ranged1d::Ranged, types::RangedCoordf64},
    style::RGBAColor,
};

/// No picture covers more than this (src/method/limits.md, Plausible values): 40 years.
const LONGEST_SPAN_DAYS: i64 = 40 * 366;

/// Above this many weeks, bars are months.
pub(super) const MOST_WEEKS: usize = 260;

/// Days of a middle month.
const MONTH_DAYS: f64 = 365.25 / 12.0;

/// Values among which none is called far beyond the rest: too few to have a rest.
const FEW_VALUES: usize = 12;

/// How many times the highest of the rest a value must be for the axis to end before it.
const FAR_BEYOND: f64 = 2.0;

/// One value in so many may be called far beyond the rest.
const ONE_IN: usize = 30;

/// No value beyond this reaches an axis (src/method/limits.md, Plausible values).
const LARGEST_VALUE: f64 = 1e7;

/// Nothing is written nearer to the right edge of the page.
const EDGE_PX: f64 = 8.0;

/// Axis positions are plotters' whole numbers; this many to a logical pixel.
const STEPS_PER_PX: f64 = 100.0;

/// The days a picture covers: whole weeks, the end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// A Monday.
    pub from: NaiveDate,
    /// The Monday after the last day.
    pub to: NaiveDate,
}

impl Span {
    /// The weeks of the history's calendar, at most its last 40 years. None without a calendar.
    pub(super) fn of(analysis: &Analysis) -> Option<Span> {
        let (_, last) = analysis.history.period()?;
        Span::until(analysis, last)
    }

    /// The same, at least to the week of a day.
    pub(super) fn until(analysis: &Analysis, day: NaiveDate) -> Option<Span> {
        let (first, last) = analysis.history.period()?;
        let to = plus_days(week_start(last.max(day)), 7);
        let from = week_start(first).max(week_start(plus_days(to, -LONGEST_SPAN_DAYS)));
        (from < to).then_some(Span { from, to })
    }

    /// How many days it has.
    pub(super) fn days(&self) -> i64 {
        days_between(self.from, self.to)
    }

    /// Whether the day lies in it.
    pub(super) fn contains(&self, date: NaiveDate) -> bool {
        self.from <= date && date < self.to
    }

    /// Days since the start, as a position on the axis.
    pub(super) fn position(&self, date: NaiveDate) -> f64 {
        days_between(self.from, date) as f64
    }
}

/// The weeks behind one bar: one, or those of a month once there are too many to show.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bucket<'a> {
    /// First day of the bar.
    pub from: NaiveDate,
    /// First day after it.
    pub to: NaiveDate,
    /// The weeks in it. A week belongs to the month of its Thursday, as ISO 8601 does it for years.
    pub weeks: Vec<&'a Week>,
}

impl<'a> Bucket<'a> {
    /// Whether the week that starts on this Monday is in it.
    pub(super) fn has(&self, monday: NaiveDate) -> bool {
        self.weeks.iter().any(|week| week.start == monday)
    }

    /// Whether it is a month and no week.
    pub(super) fn is_month(&self) -> bool {
        days_between(self.from, self.to) > 7
    }

    fn of_week(week: &'a Week) -> Self {
        Bucket {
            from: week.start,
            to: plus_days(week.start, 7),
            weeks: vec![week],
        }
    }

    /// The month a week belongs to, with that week.
    fn of_month(week: &'a Week) -> Self {
        let from = month_start(plus_days(week.start, 3));
        Bucket {
            from,
            to: months_later(from, 1),
            weeks: vec![week],
        }
    }
}

/// How the weeks of a history are put into bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// One bar a week.
    Week,
    /// One bar a month.
    Month,
}

impl Step {
    /// `week` or `month`.
    pub(super) fn label(self) -> &'static str {
        match self {
            Step::Week => "week",
            Step::Month => "month",
        }
    }
}

/// The bars for these weeks.
pub(super) fn buckets(weeks: &[Week], span: Span) -> (Step, Vec<Bucket<'_>>) {
    let shown = weeks.iter().filter(|week| span.contains(week.start));
    let step = match shown.count() {
        ..=MOST_WEEKS => Step::Week,
        _ => Step::Month,
    };
    (step, buckets_of(weeks, span, step))
}

/// The bars of this length.
pub(super) fn buckets_of(weeks: &[Week], span: Span, step: Step) -> Vec<Bucket<'_>> {
    let shown = weeks.iter().filter(|week| span.contains(week.start));
    match step {
        Step::Week => shown.map(Bucket::of_week).collect(),
        Step::Month => months(shown),
    }
}

fn months<'a>(weeks: impl Iterator<Item = &'a Week>) -> Vec<Bucket<'a>> {
    let mut months: Vec<Bucket> = Vec::new();
    for week in weeks {
        let month = Bucket::of_month(week);
        match months.last_mut() {
            Some(last) if last.from == month.from => last.weeks.push(week),
            _ => months.push(month),
        }
    }
    months
}

/// What is known from position to position, in stretches without a break.
pub(super) fn stretches(values: impl Iterator<Item = (f64, Option<f64>)>) -> Vec<Vec<(f64, f64)>> {
    let values: Vec<(f64, Option<f64>)> = values.collect();
    let stretches = values.chunk_by(|a, b| a.1.is_some() == b.1.is_some());
    stretches
        .map(known)
        .filter(|stretch| !stretch.is_empty())
        .collect()
}

fn known(values: &[(f64, Option<f64>)]) -> Vec<(f64, f64)> {
    let known = values.iter().filter_map(|(x, y)| Some((*x, (*y)?)));
    known.collect()
}

/// Adds up what is known. None when nothing is.
pub(super) fn sum(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    values
        .flatten()
        .fold(None, |total, value| Some(total.unwrap_or(0.0) + value))
}

/// The highest of what is known. None when nothing is.
pub(super) fn highest(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    values.flatten().fold(None, |best: Option<f64>, value| {
        Some(best.map_or(value, |best| best.max(value)))
    })
}

/// Where an axis ends so that a few values far beyond the rest do not press the rest flat: the highest of the rest. None where nothing
/// is far beyond.
pub(super) fn ceiling(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(|a, b| b.total_cmp(a));
    let few = values.len().div_ceil(ONE_IN);
    let rest = *values.get(few)?;
    let is_far = |value: &f64| *value > rest * FAR_BEYOND;
    let far = values
        .iter()
        .take(few)
        .filter(|value| is_far(value))
        .count();
    (values.len() >= FEW_VALUES && far > 0 && rest > 0.0).then(|| values.get(far).copied())?
}

/// A finite value an axis can hold.
pub(super) fn drawable(value: f64) -> Option<f64> {
    value
        .is_finite()
        .then(|| value.clamp(-LARGEST_VALUE, LARGEST_VALUE))
}

/// Round numbers 1, 2 or 5 × 10ⁿ apart, about `count` of them, from at or below `low` to at or above `high`.
///
/// Whatever the input, the result is short and rising: a domain that is not finite or not rising becomes 0 to 1.
pub(super) fn nice_ticks(low: f64, high: f64, count: usize) -> Vec<f64> {
    let (low, high) = rising(low, high);
    let step = round_step((high - low) / count.clamp(1, 20) as f64);
    let first = (low / step + 1e-9).floor() as i64;
    let last = (high / step - 1e-9).ceil() as i64;
    (first..=last)
        .take(50)
        .map(|index| index as f64 * step)
        .collect()
}

/// A domain that is finite and rising.
fn rising(low: f64, high: f64) -> (f64, f64) {
    match (drawable(low), drawable(high)) {
        (Some(low), Some(high)) if high - low > 1e-6 => (low, high),
        (Some(low), Some(_)) => (low, low + 1.0),
        _ => (0.0, 1.0),
    }
}

/// The first month from this one on whose number is a multiple.
fn multiple_from(month: NaiveDate, step: u32) -> NaiveDate {
    months_later(month, months_to_multiple(month, step))
}

/// The first of 1, 2 or 5 × 10ⁿ that is at least about as much.
fn round_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    let is_enough = |step: &f64| *step >= rough * 0.999;
    steps.into_iter().find(is_enough).unwrap_or(10.0 * power)
}

/// The round numbers inside a domain.
pub(super) fn ticks_within(low: f64, high: f64, count: usize) -> Vec<f64> {
    let mut ticks = nice_ticks(low, high, count);
    ticks.retain(|tick| (low..=high).contains(tick));
    ticks
}

/// One tick of a date axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateTick {
    /// Where.
    pub date: NaiveDate,
    /// `3 Mar`, `Mar` or `2019`.
    pub label: String,
    /// The year to write under it: at the first tick and at the first of every year.
    pub year: Option<i32>,
}

impl DateTick {
    /// Writes the label, and the year under it.
    fn write(&self, page: &Page, (x, y): Px) -> Result {
        page.text(&self.label, (x, y + 16.0), Text::AXIS.centered())?;
        self.write_year(page, (x, y + 32.0))
    }

    fn write_year(&self, page: &Page, at: Px) -> Result {
        let look = Text::AXIS.bold().centered();
        self.year
            .map_or(Ok(()), |year| page.text(&year.to_string(), at, look))
    }
}

/// Distances between ticks to choose from, and the room in logical pixels that the label of each needs.
#[derive(Clone, Copy)]
enum TickStep {
    Days(i64),
    Months(u32),
}

const TICK_STEPS: [(TickStep, f64); 12] = [
    (TickStep::Days(1), 52.0),
    (TickStep::Days(7), 52.0),
    (TickStep::Days(14), 52.0),
    (TickStep::Months(1), 38.0),
    (TickStep::Months(2), 38.0),
    (TickStep::Months(3), 38.0),
    (TickStep::Months(6), 38.0),
    (TickStep::Months(12), 38.0),
    (TickStep::Months(24), 38.0),
    (TickStep::Months(60), 44.0),
    (TickStep::Months(120), 44.0),
    (TickStep::Months(600), 0.0),
];

impl TickStep {
    fn days(self) -> f64 {
        match self {
            TickStep::Days(days) => days as f64,
            TickStep::Months(months) => f64::from(months) * 30.0,
        }
    }

    /// The first tick at or after a day.
    fn first(self, from: NaiveDate) -> NaiveDate {
        match self {
            TickStep::Days(_) => from,
            TickStep::Months(step) => {
                let start = multiple_from(month_start(from), step);
                match start < from {
                    true => months_later(start, step),
                    false => start,
                }
            }
        }
    }

    fn next(self, date: NaiveDate) -> NaiveDate {
        match self {
            TickStep::Days(days) => plus_days(date, days),
            TickStep::Months(months) => months_later(date, months),
        }
    }

    fn label(self, date: NaiveDate) -> String {
        match self {
            TickStep::Days(_) => date.format("%-d %b").to_string(),
            TickStep::Months(months) if months < 12 => date.format("%b").to_string(),
            TickStep::Months(_) => date.format("%Y").to_string(),
        }
    }

    /// Every tick in a span.
    fn dates(self, span: Span) -> impl Iterator<Item = NaiveDate> {
        std::iter::successors(Some(self.first(span.from)), move |date| {
            Some(self.next(*date))
        })
        .take_while(move |date| *date < span.to)
        .take(1000)
    }

    fn tick(self, date: NaiveDate, is_new_year: bool) -> DateTick {
        DateTick {
            date,
            label: self.label(date),
            year: (self.wants_year() && is_new_year).then_some(date.year()),
        }
    }

    fn wants_year(self) -> bool {
        matches!(self, TickStep::Days(_) | TickStep::Months(..12))
    }
}

/// Months until the next whose number, counted from year 0, is a multiple of the step.
fn months_to_multiple(month: NaiveDate, step: u32) -> u32 {
    let index = i64::from(month.year()) * 12 + i64::from(month.month0());
    (-index).rem_euclid(i64::from(step)) as u32
}

/// Ticks for a span drawn `width_px` wide, as close as their labels allow.
pub(super) fn date_ticks(span: Span, width_px: f64) -> Vec<DateTick> {
    let step = closest_step(width_px / (span.days().max(1) as f64));
    let mut year = None;
    let ticks = step.dates(span).map(|date| {
        let is_new_year = year.replace(date.year()) != Some(date.year());
        step.tick(date, is_new_year)
    });
    ticks.collect()
}

/// The smallest distance between ticks at which their labels have room.
fn closest_step(px_per_day: f64) -> TickStep {
    TICK_STEPS
        .iter()
        .find(|(step, room)| step.days() * px_per_day >= *room)
        .map_or(TickStep::Months(600), |(step, _)| *step)
}

/// The part of a page inside the axes, with dates to the right and values upwards.
pub(super) struct Panel {
    /// The days shown.
    pub span: Span,
    /// Left edge, logical pixels.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
    /// Lower edge.
    pub bottom: f64,
    days: RangedCoordf64,
    values: RangedCoordf64,
}

impl Panel {
    /// A panel between the usual left and right edges. `values` is made rising and finite.
    pub(super) fn new(span: Span, (top, bottom): (f64, f64), (low, high): (f64, f64)) -> Self {
        let low = drawable(low).unwrap_or(0.0);
        let high = drawable(high)
            .filter(|high| *high > low)
            .unwrap_or(low + 1.0);
        Panel {
            span,
            left: style::PLOT_LEFT_PX,
            right: style::PLOT_RIGHT_PX,
            top,
            bottom,
            days: (0.0..span.days().max(1) as f64).into(),
            values: (low..high).into(),
        }
    }

    /// The same with other edges left and right.
    pub(super) fn between(self, left: f64, right: f64) -> Self {
        Panel {
            left,
            right,
            ..self
        }
    }

    /// The start of a day.
    pub(super) fn x(&self, date: NaiveDate) -> f64 {
        self.x_at(self.span.position(date))
    }

    /// The middle of a day.
    pub(super) fn x_noon(&self, date: NaiveDate) -> f64 {
        self.x_at(self.span.position(date) + 0.5)
    }

    /// A number of days after the start.
    pub(super) fn x_at(&self, days: f64) -> f64 {
        map(&self.days, days, (self.left, self.right))
    }

    /// The height of a value; what lies outside is drawn at the edge.
    pub(super) fn y(&self, value: f64) -> f64 {
        map(&self.values, value, (self.bottom, self.top)).clamp(self.top, self.bottom)
    }

    /// Both.
    pub(super) fn at(&self, days: f64, value: f64) -> Px {
        (self.x_at(days), self.y(value))
    }

    /// The edges of a stretch of days, inside the panel.
    fn edges(&self, from: NaiveDate, to: NaiveDate) -> (f64, f64) {
        (self.x(from).max(self.left), self.x(to).min(self.right))
    }

    /// Left and right edge of a bar: a gap where there is room for one, and never wider than 48 px. Months are all as wide as a
    /// middle one, so that none is marked in another way for being February.
    pub(super) fn bar(&self, from: NaiveDate, to: NaiveDate) -> (f64, f64) {
        let (x0, x1) = self.edges(from, to);
        let px = (x1 - x0) * as_wide_as_others(days_between(from, to));
        let (middle, half) = ((x0 + x1) / 2.0, bar_px(px.max(0.5)) / 2.0);
        let left = sharp(middle - half);
        (left, sharp(middle + half).max(left + 0.5))
    }

    /// The part of a bar that labels of its neighbours keep off; they may graze the rest.
    pub(super) fn bar_core(&self, from: NaiveDate, to: NaiveDate) -> (f64, f64) {
        let (left, right) = self.bar(from, to);
        let grazed = (0.2 * (right - left)).min(3.5);
        (left + grazed, right - grazed)
    }

    /// A line of values, each a number of days after the start, all multiplied by a factor.
    pub(super) fn points(&self, values: &[(f64, f64)], factor: f64) -> Vec<Px> {
        values
            .iter()
            .map(|(days, value)| self.at(*days, value * factor))
            .collect()
    }

    /// Room for labels, up to a little above the panel and to the edge of the page.
    pub(super) fn label_room(&self, above_px: f64) -> Room {
        Room::new(Area {
            left: self.left,
            right: (self.right + 20.0).min(self.page_right()),
            top: self.top - above_px,
            bottom: self.bottom,
        })
    }

    /// How far to the right anything is written: the panel lies on a narrow page or on a wide one.
    fn page_right(&self) -> f64 {
        let width = if self.right <= style::NARROW_PX {
            style::NARROW_PX + EDGE_PX - 2.0
        } else {
            style::WIDTH_PX
        };
        width - EDGE_PX
    }

    /// A line from the left to the right edge.
    pub(super) fn rule(&self, page: &Page, y: f64, color: RGBAColor) -> Result {
        page.line(&[(self.left, y), (self.right, y)], color, 1.0)
    }

    /// Shades days about which nothing is known; returns their left and right edge.
    pub(super) fn shade(&self, page: &Page, from: NaiveDate, to: NaiveDate) -> Result<(f64, f64)> {
        let (left, right) = self.edges(from, to);
        page.rect((left, self.top), (right, self.bottom), style::SHADE)?;
        Ok((left, right))
    }

    /// Horizontal grid lines with their values left of them. What is below zero is written without a minus where
    /// `mirrored`: metres down are metres.
    pub(super) fn value_axis(&self, page: &Page, ticks: &[f64], mirrored: bool) -> Result {
        ticks.iter().try_for_each(|tick| {
            let value = if mirrored { tick.abs() } else { *tick };
            self.value_tick(page, sharp(self.y(*tick)), &tick_text(value, ticks))
        })
    }

    /// A grid line and the text left of it.
    fn value_tick(&self, page: &Page, y: f64, text: &str) -> Result {
        self.rule(page, y, style::GRID)?;
        let gap = if page.is_narrow() { 6.0 } else { 10.0 };
        page.text(text, (self.left - gap, y), Text::AXIS.right())
    }

    /// What the values are, reading upwards left of their numbers. A narrow page has no room for it.
    pub(super) fn value_title(&self, page: &Page, title: &str) -> Result {
        if page.is_narrow() {
            return Ok(());
        }
        let x = self.left - style::PLOT_LEFT_PX + style::AXIS_TITLE_PX;
        let at = (x, (self.top + self.bottom) / 2.0);
        page.text(title, at, Text::AXIS.centered().upwards())
    }

    /// A value at the middle of a day.
    pub(super) fn noon(&self, date: NaiveDate, value: f64) -> Px {
        (self.x_noon(date), self.y(value))
    }

    /// The date axis along `y`: a line, tick marks, months, and years under them.
    pub(super) fn date_axis(&self, page: &Page, y: f64) -> Result {
        self.rule(page, y, style::AXIS)?;
        let mut free_from = f64::MIN;
        for tick in date_ticks(self.span, self.right - self.left) {
            let x = self.x(tick.date);
            page.line(&[(x, y), (x, y + 5.0)], style::AXIS, 1.0)?;
            let half = page.text_width(&tick.label, Text::AXIS)? / 2.0;
            if x - half >= free_from && x + half <= page.width_px() - EDGE_PX {
                tick.write(page, (x, y))?;
                free_from = x + half + 6.0;
            }
        }
        Ok(())
    }
}

/// How much wider a month of so many days is drawn than it is; 1 where it is none.
fn as_wide_as_others(days: i64) -> f64 {
    match days {
        28..=31 => MONTH_DAYS / days as f64,
        _ => 1.0,
    }
}

/// The width of a bar that has so much room.
fn bar_px(slot: f64) -> f64 {
    let gap = match slot {
        slot if slot > 8.0 => slot * 0.26,
        slot if slot > 3.0 => 1.0,
        _ => 0.0,
    };
    (slot - gap).min(48.0)
}

/// The nearest pixel of the picture, where a line is sharp.
pub(super) fn sharp(px: f64) -> f64 {
    (px * 2.0).round() / 2.0
}

/// The first day of the date's month.
pub(super) fn month_start(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// The same day so many months later, or the last of that month.
pub(super) fn months_later(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(chrono::Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

fn map(range: &RangedCoordf64, value: f64, (from, to): (f64, f64)) -> f64 {
    let steps = |px: f64| (px * STEPS_PER_PX).round() as i32;
    f64::from(range.map(&drawable(value).unwrap_or(0.0), (steps(from), steps(to)))) / STEPS_PER_PX
}

/// As many decimals as the distance between ticks needs.
fn tick_text(tick: f64, ticks: &[f64]) -> String {
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).next();
    number(tick, decimals(step.unwrap_or(1.0)))
}

fn decimals(step: f64) -> usize {
    match step >= 1.0 {
        true => 0,
        false => (-step.log10()).ceil().clamp(0.0, 6.0) as usize,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::fixtures::date;

    #[test]
    fn ticks_are_round_and_few_whatever_the_domain() {
        for (low, high, count, expected) in [
            (0.0, 92.0, 5, vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
            (
                152.0,
                177.0,
                5,
                vec![150.0, 155.0, 160.0, 165.0, 170.0, 175.0, 180.0],
            ),
            (0.0, 0.9, 3, vec![0.0, 0.5, 1.0]),
            (
                -310.0,
                480.0,
                4,
                vec![-400.0, -200.0, 0.0, 200.0, 400.0, 600.0],
            ),
            (3.0, 3.0, 2, vec![3.0, 3.5, 4.0]),
            (5.0, 1.0, 2, vec![5.0, 5.5, 6.0]),
            (f64::NAN, 1.0, 1, vec![0.0, 1.0]),
        ] {
            assert_eq!(nice_ticks(low, high, count), expected, "{low} to {high}");
        }
        for (low, high) in [
            (0.0, f64::INFINITY),
            (f64::MIN, f64::MAX),
            (0.0, 1e308),
            (-1e300, 1e-300),
        ] {
            let ticks = nice_ticks(low, high, 6);
            assert!(
                (2..=50).contains(&ticks.len()) && ticks.iter().all(|t| t.is_finite()),
                "{low} to {high}"
            );
        }
    }

    fn check_dates(from: &str, to: &str, expected: &[(&str, Option<i32>)]) {
        let ticks = date_ticks(
            Span {
                from: date(from),
                to: date(to),
            },
            800.0,
        );
        let found: Vec<_> = ticks
            .iter()
            .map(|tick| (tick.label.as_str(), tick.year))
            .collect();
        assert_eq!(found, expected, "{from} to {to}");
    }

    #[test]
    fn dates_are_days_then_months_then_years() {
        check_dates(
            "2025-03-03",
            "2025-03-24",
            &[("3 Mar", Some(2025)), ("10 Mar", None), ("17 Mar", None)],
        );
        check_dates(
            "2024-10-07",
            "2025-06-30",
            &[
                ("Nov", Some(2024)),
                ("Dec", None),
                ("Jan", Some(2025)),
                ("Feb", None),
                ("Mar", None),
                ("Apr", None),
                ("May", None),
                ("Jun", None),
            ],
        );
        check_dates(
            "2017-02-06",
            "2025-02-10",
            &[
                ("Jul", Some(2017)),
                ("Jan", Some(2018)),
                ("Jul", None),
                ("Jan", Some(2019)),
                ("Jul", None),
                ("Jan", Some(2020)),
                ("Jul", None),
                ("Jan", Some(2021)),
                ("Jul", None),
                ("Jan", Some(2022)),
                ("Jul", None),
                ("Jan", Some(2023)),
                ("Jul", None),
                ("Jan", Some(2024)),
                ("Jul", None),
                ("Jan", Some(2025)),
            ],
        );
        let decades = date_ticks(
            Span {
                from: date("1985-01-07"),
                to: date("2025-01-06"),
            },
            800.0,
        );
        assert_eq!(decades.len(), 20, "40 years at 20 px: every second year");
        assert!(decades.iter().all(|tick| tick.year.is_none()));
    }

    #[test]
    fn a_panel_maps_and_never_leaves_itself() {
        let span = Span {
            from: date("2025-03-03"),
            to: date("2025-03-13"),
        };
        let panel = Panel::new(span, (100.0, 300.0), (0.0, 50.0)).between(100.0, 600.0);
        assert_eq!(panel.at(5.0, 25.0), (350.0, 200.0));
        assert_eq!(panel.x_noon(date("2025-03-03")), 125.0);
        for (value, y) in [
            (1e300, 100.0),
            (f64::NAN, 300.0),
            (-8.0, 300.0),
            (f64::INFINITY, 300.0),
        ] {
            assert_eq!(panel.y(value), y, "{value}");
        }
        assert_eq!(
            panel.bar(date("2025-03-03"), date("2025-03-10")),
            (251.0, 299.0),
            "48 px around 275"
        );
    }

    #[test]
    fn months_are_bars_of_one_width() {
        // 13 years on 788 px: a middle month has 5.05 px.
        let span = Span {
            from: date("2012-01-02"),
            to: date("2025-01-06"),
        };
        let panel = Panel::new(span, (0.0, 100.0), (0.0, 1.0));
        for (from, to) in [("2013-02-01", "2013-03-01"), ("2013-03-01", "2013-04-01")] {
            let (left, right) = panel.bar(date(from), date(to));
            assert_eq!(right - left, 4.0, "{from}");
        }
    }

    #[test]
    fn an_axis_ends_before_what_is_far_beyond() {
        let weeks = |highest: &[f64]| {
            let usual = (0..30).map(|week| 30.0 + f64::from(week % 5));
            ceiling(usual.chain(highest.iter().copied()))
        };
        assert_eq!(weeks(&[160.0]), Some(34.0), "an ultra");
        assert_eq!(weeks(&[68.0]), None, "twice is not far");
        assert_eq!(weeks(&[160.0, 150.0]), Some(34.0), "two in 32");
        assert_eq!(weeks(&[160.0, 150.0, 140.0]), None, "three are how it is");
        assert_eq!(weeks(&[160.0, 60.0]), Some(60.0), "the rest is seen whole");
        assert_eq!(ceiling([5.0, 50.0].into_iter()), None, "too few to say");
    }

    #[test]
    fn tick_texts_have_the_decimals_they_need() {
        assert_eq!(tick_text(0.5, &[0.0, 0.5, 1.0]), "0.5");
        assert_eq!(tick_text(20.0, &[0.0, 20.0]), "20");
        assert_eq!(tick_text(0.05, &[0.0, 0.05]), "0.05");
    }
}
