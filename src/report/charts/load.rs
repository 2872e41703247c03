//! Load of seven and of 28 days: what the last week asks of a runner beside what the last four weeks asked.

use super::{
    ChartKind, Numbers, Picture, Result,
    axis::{Panel, Span, drawable, highest, stretches, ticks_within},
    page::Page,
    periods,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    model::{Day, LoadUnit},
    stats::describe::{mean, quantile},
    time::{date_text, plus_days, week_start},
    units::{number, percent},
};
use chrono::NaiveDate;
use plotters::style::{Color, RGBAColor};

/// The two windows, days.
const WEEK: usize = 7;
const MONTH: usize = 28;

/// Of the longer window so many days have to be known.
const KNOWN_OF_MONTH: usize = 24;

/// What is usual is taken from so many days, of which half have to be known.
const USUAL_DAYS: usize = 84;

/// A smaller change is about as much.
const SAME: f64 = 0.1;

/// Days shown: two years, and on a narrow screen one.
const WIDE_DAYS: i64 = 104 * 7;
const NARROW_DAYS: i64 = 53 * 7;

const PLOT_HEIGHT_PX: f64 = 260.0;
const NARROW_HEIGHT_PX: f64 = 190.0;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "load",
    subject: "Load, seven and 28 days",
    without_data: "no four weeks in a row have a load on all their days",
    picture: |analysis| Some(Box::new(data(analysis)?)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    span: Span,
    unit: LoadUnit,
    days: Vec<Means>,
    is_narrow: bool,
}

/// The means that end on a day, load a day. None: too much is unknown.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Means {
    date: NaiveDate,
    week: Option<f64>,
    month: Option<f64>,
    /// The middle half of the weeks before.
    usual: Option<(f64, f64)>,
}

/// Takes the load of each day. None when no four weeks are known.
fn data(analysis: &Analysis) -> Option<Data> {
    let span = Span::of(analysis)?;
    let days: Vec<&Day> = analysis
        .history
        .days
        .iter()
        .filter(|day| span.contains(day.date))
        .collect();
    let loads: Vec<Option<f64>> = days.iter().map(|day| day.load.and_then(drawable)).collect();
    let weeks: Vec<Option<f64>> = (0..loads.len())
        .map(|at| known_mean(&loads, at, WEEK, WEEK))
        .collect();
    let means = days.iter().enumerate().map(|(at, day)| Means {
        date: day.date,
        week: weeks.get(at).copied().flatten(),
        month: known_mean(&loads, at, MONTH, KNOWN_OF_MONTH),
        usual: usual(&weeks, at),
    });
    let days: Vec<Means> = means.collect();
    let is_loaded = days
        .iter()
        .any(|day| day.month.is_some_and(|load| load > 0.0));
    is_loaded.then(|| Data {
        span: last_of(span, WIDE_DAYS),
        unit: analysis.history.load_unit,
        days,
        is_narrow: false,
    })
}

/// The last so many days of a span.
fn last_of(span: Span, days: i64) -> Span {
    let from = span.from.max(plus_days(span.to, -days));
    Span { from, ..span }
}

/// The window of so many values that ends at one. None where there are not as many.
fn window(values: &[Option<f64>], at: usize, count: usize) -> Option<Vec<f64>> {
    let window = values.get((at + 1).checked_sub(count)?..=at)?;
    Some(window.iter().copied().flatten().collect())
}

/// Their mean, where at least so many are known.
fn known_mean(values: &[Option<f64>], at: usize, count: usize, least: usize) -> Option<f64> {
    let known = window(values, at, count)?;
    mean(&known).filter(|_| known.len() >= least)
}

/// The middle half of the seven-day means before this week.
fn usual(weeks: &[Option<f64>], at: usize) -> Option<(f64, f64)> {
    let known = window(weeks, at.checked_sub(WEEK)?, USUAL_DAYS)?;
    let is_enough = 2 * known.len() >= USUAL_DAYS;
    let (low, high) = (quantile(&known, 0.25)?, quantile(&known, 0.75)?);
    is_enough.then_some((low, high))
}

impl Data {
    /// Seven days beside 28 on the last day that knows both, as a share: 0.3 is 30 % more. None where no day does.
    fn change(&self) -> Option<(NaiveDate, f64)> {
        self.days.iter().rev().find_map(|day| {
            let month = day.month.filter(|load| *load > 0.0)?;
            Some((day.date, day.week? / month - 1.0))
        })
    }

    /// `the last seven days`, or `the seven days to 5 Oct 2025` where the load of the last ones is not known.
    fn days_text(&self, date: NaiveDate) -> String {
        match self.days.last().is_some_and(|last| last.date == date) {
            true => "the last seven days".to_string(),
            false => format!("the seven days to {}", date_text(date)),
        }
    }

    fn unit_text(&self) -> &'static str {
        match self.unit {
            LoadUnit::SessionRpe => "effort × minutes a day",
            LoadUnit::Trimp => "TRIMP a day",
            LoadUnit::GradeAdjustedKm => "km a day, hills counted",
        }
    }

    fn subtitle(&self) -> String {
        let unit = self.unit_text();
        format!(
            "Mean {unit}: the thin line over 7 days, the thick one over 28. Band: where half of your weeks of the 12 before lie. \
             No line: load of a day is unknown."
        )
    }

    fn series(&self, of: fn(&Means) -> Option<f64>) -> Vec<Vec<(f64, f64)>> {
        let shown = self.shown();
        stretches(shown.map(|day| (self.span.position(day.date) + 0.5, of(day))))
    }

    /// The highest value that is drawn.
    fn high(&self) -> f64 {
        let values = self
            .shown()
            .flat_map(|day| [day.week, day.month, day.usual.map(|usual| usual.1)]);
        highest(values).unwrap_or(1.0) * 1.08
    }

    /// The days within the picture.
    fn shown(&self) -> impl Iterator<Item = &Means> {
        let days = self.days.iter();
        days.filter(|day| self.span.contains(day.date))
    }

    fn panel(&self, top: f64) -> Panel {
        let bottom = self.height_px() - style::UNDER_PLOT_PX;
        let panel = Panel::new(self.span, (top, bottom), (0.0, self.high()));
        match self.is_narrow {
            true => panel.between(38.0, style::NARROW_PX - 16.0),
            false => panel,
        }
    }

    fn lines(
        &self,
        page: &Page,
        panel: &Panel,
        of: fn(&Means) -> Option<f64>,
        (color, width): (RGBAColor, f64),
    ) -> Result {
        let mut stretches = self.series(of).into_iter();
        stretches.try_for_each(|stretch| page.line(&panel.points(&stretch, 1.0), color, width))
    }

    fn band(&self, page: &Page, panel: &Panel) -> Result {
        let lower = self.series(|day| day.usual.map(|usual| usual.0));
        let upper = self.series(|day| day.usual.map(|usual| usual.1));
        upper.iter().zip(&lower).try_for_each(|(upper, lower)| {
            page.band(
                &panel.points(upper, 1.0),
                &panel.points(lower, 1.0),
                style::GREEN.mix(0.16),
            )
        })
    }

    /// What the lines end at, right above their ends.
    fn ends(&self, page: &Page, panel: &Panel) -> Result {
        let Some(last) = self.days.last() else {
            return Ok(());
        };
        for load in [last.week, last.month].into_iter().flatten() {
            let at = panel.noon(last.date, load);
            page.dot(at, 4.0, style::WHITE)?;
            page.dot(at, 2.8, style::BLUE)?;
        }
        Ok(())
    }

    /// The means of each Sunday, or of the last day; of a long history those that are the last of their month.
    fn weekly(&self) -> Vec<&Means> {
        let last = self.days.last().map(|day| day.date);
        let is_end = move |day: &&Means| {
            plus_days(week_start(day.date), 6) == day.date || Some(day.date) == last
        };
        let ends: Vec<&Means> = self.days.iter().filter(is_end).collect();
        let mut told = match periods::is_short(self.span) {
            true => ends,
            false => {
                let months = periods::last_of_months(&ends, |day| day.date);
                months.into_iter().copied().collect()
            }
        };
        told.reverse();
        told
    }
}

/// Rows of the table behind the picture: a year.
const MOST_ROWS: usize = 53;

fn change_title(days: &str, change: f64) -> String {
    let direction = if change > 0.0 { "above" } else { "below" };
    let percent = percent(change.abs());
    format!("Load of {days}: {percent} % {direction} the mean of four weeks")
}

impl Picture for Data {
    fn title(&self) -> String {
        match self.change() {
            None => "Load: the last weeks are not known well enough to compare".to_string(),
            Some((date, change)) if change.abs() < SAME => {
                let days = self.days_text(date);
                format!("Load of {days}: about as much as in four weeks")
            }
            Some((date, change)) => change_title(&self.days_text(date), change),
        }
    }

    fn alt(&self) -> String {
        let load = |load: Option<f64>| load.map_or("unknown".to_string(), |load| number(load, 1));
        let last = self.days.last();
        let (week, month) = (
            last.and_then(|day| day.week),
            last.and_then(|day| day.month),
        );
        let until = last.map_or(String::new(), |day| format!(" to {}", date_text(day.date)));
        format!(
            "Two lines of mean load{until}, {}: {} over 7 days, {} over 28 days.",
            self.unit_text(),
            load(week),
            load(month)
        )
    }

    fn width_px(&self) -> f64 {
        if self.is_narrow {
            style::NARROW_PX
        } else {
            style::WIDTH_PX
        }
    }

    fn height_px(&self) -> f64 {
        match self.is_narrow {
            true => style::NARROW_TOP_PX + NARROW_HEIGHT_PX + style::UNDER_PLOT_PX,
            false => style::PLOT_TOP_PX + style::LINE_PX + PLOT_HEIGHT_PX + style::UNDER_PLOT_PX,
        }
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())?;
        let panel = self.panel(top);
        panel.value_axis(page, &ticks_within(0.0, self.high(), 5), false)?;
        match self.is_narrow {
            true => page.text(self.unit_text(), (panel.left, top - 12.0), Text::VALUE)?,
            false => panel.value_title(page, self.unit_text())?,
        }
        self.band(page, &panel)?;
        self.lines(page, &panel, |day| day.week, (style::SKY, 1.2))?;
        self.lines(page, &panel, |day| day.month, (style::BLUE, 2.4))?;
        self.ends(page, &panel)?;
        panel.date_axis(page, panel.bottom)
    }

    fn narrow(&self) -> Option<Box<dyn Picture>> {
        Some(Box::new(Data {
            span: last_of(self.span, NARROW_DAYS),
            is_narrow: true,
            ..self.clone()
        }))
    }

    fn numbers(&self) -> Option<Numbers> {
        let load = |load: Option<f64>| load.map_or("–".to_string(), |load| number(load, 1));
        let row = |day: &Means| vec![date_text(day.date), load(day.week), load(day.month)];
        Some(Numbers {
            head: vec!["week to", "7 days, load a day", "28 days, load a day"],
            rows: self.weekly().into_iter().take(MOST_ROWS).map(row).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::fixtures::{regular, short};

    /// So many weeks of 5 a day, then the last seven days of another load.
    fn example(last: f64) -> Analysis {
        let mut analysis = regular(30);
        let count = analysis.history.days.len();
        for (at, day) in analysis.history.days.iter_mut().enumerate() {
            day.load = Some(if at + 7 >= count { last } else { 5.0 });
        }
        analysis
    }

    #[test]
    fn the_last_week_is_seen_beside_four() {
        // 28 days: (21 × 5 + 7 × 10) / 28 = 6.25; 10 / 6.25 = 1.6.
        let found = data(&example(10.0)).expect("load");
        let last = found.days.last().expect("days");
        assert_eq!(
            (last.week, last.month, last.usual),
            (Some(10.0), Some(6.25), Some((5.0, 5.0)))
        );
        assert_eq!(
            found.title(),
            "Load of the last seven days: 60 % above the mean of four weeks"
        );
        assert!(
            found
                .alt()
                .ends_with("km a day, hills counted: 10.0 over 7 days, 6.2 over 28 days."),
            "{}",
            found.alt()
        );
        let same = data(&example(5.2)).expect("load");
        assert_eq!(
            same.title(),
            "Load of the last seven days: about as much as in four weeks"
        );
        let less = data(&example(0.0)).expect("load");
        assert_eq!(
            less.title(),
            "Load of the last seven days: 100 % below the mean of four weeks"
        );
    }

    #[test]
    fn what_is_unknown_is_a_gap_and_no_zero() {
        let mut analysis = example(5.0);
        let count = analysis.history.days.len();
        analysis.history.days[count - 3].load = None;
        let found = data(&analysis).expect("load");
        let last = found.days.last().expect("days");
        assert_eq!(
            (last.week, last.month),
            (None, Some(5.0)),
            "27 of 28 days are known"
        );
        assert_eq!(
            found.title(),
            "Load of the seven days to 4 Aug 2025: about as much as in four weeks",
            "the last day whose seven are known"
        );
        let rows = found.numbers().expect("numbers").rows;
        assert_eq!(rows[0][1..], ["–", "5.0"]);
        assert_eq!(data(&short()), None, "no load at all");
    }

    #[test]
    fn a_narrow_one_shows_a_year() {
        let narrow = data(&example(5.0)).expect("load").narrow().expect("narrow");
        assert_eq!(
            (narrow.width_px(), narrow.title().is_empty()),
            (360.0, false)
        );
    }
}
