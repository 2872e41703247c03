//! Running above, pain below: distance by week over a row for every place with pain, on one axis of dates. The last twelve weeks, the
//! last year or all of it; each drawn for a wide page and anew for a phone.

mod days;
mod draw;
mod form;
mod layout;
mod running;
mod words;

use super::{
    ChartKind, Drawn, Numbers, Picture, Result,
    axis::{Span, Step},
    page::Page,
};
use crate::{analysis::Analysis, time::plus_days, units::Units};
use chrono::NaiveDate;
use days::{Grain, Logged, Row, Stretch};
use form::{Form, NARROW, WIDE};
use running::{Bar, Usual};

/// Weeks of the shortest view.
const FEW_WEEKS: i64 = 12;
/// Weeks of a year.
const YEAR_WEEKS: i64 = 52;

/// The chart: the last year, or all where that is less.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "timeline",
    subject: "Running above, pain below",
    without_data: "neither a distance nor pain is recorded",
    picture: |analysis| {
        let timeline = timeline(analysis, Reach::Weeks(YEAR_WEEKS))?;
        Some(Box::new(Wide {
            is_headed: true,
            ..timeline
        }))
    },
};

/// How far back a view goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The last weeks, that of the report's day among them.
    Weeks(i64),
    /// To the beginning.
    All,
}

/// What one drawing shows.
#[derive(Debug, Clone, PartialEq)]
struct Timeline {
    form: &'static Form,
    span: Span,
    /// The last day of it that is past.
    last: NaiveDate,
    units: Units,
    /// What a bar is.
    step: Step,
    bars: Vec<Bar>,
    /// None where too few whole weeks are known.
    usual: Option<Usual>,
    /// What a mark of pain is.
    grain: Grain,
    /// Places with pain in this time, the most urgent and then the most frequent first.
    rows: Vec<Row>,
    /// Those that found no row.
    others: Vec<Row>,
    /// How much of the time was logged.
    logged: Logged,
    /// Stretches of a week and more without recordings that can be believed complete.
    unrecorded: Vec<Stretch>,
    /// Likewise without any rating.
    unlogged: Vec<Stretch>,
}

/// A drawing for a wide page, with the one for a phone.
#[derive(Debug, Clone, PartialEq)]
struct Wide {
    /// Its title and what the marks mean stand above it: it is looked at alone.
    is_headed: bool,
    timeline: Timeline,
    narrow: Timeline,
}

/// The views of a page: what each is called, its name, and its drawing. One that would say nothing new, or nothing, is not there.
pub(in crate::report) fn views(analysis: &Analysis) -> Vec<(&'static str, &'static str, Drawn)> {
    let Some(whole) = span(analysis, Reach::All) else {
        return Vec::new();
    };
    let is_shorter = |weeks: i64| whole.days() > 7 * weeks;
    let views = [
        (
            "12 weeks",
            "timeline-weeks",
            Reach::Weeks(FEW_WEEKS),
            is_shorter(FEW_WEEKS),
        ),
        (
            "A year",
            "timeline-year",
            Reach::Weeks(YEAR_WEEKS),
            is_shorter(YEAR_WEEKS),
        ),
        ("All", "timeline-all", Reach::All, true),
    ];
    let shown = views.into_iter().filter(|(.., is_shown)| *is_shown);
    shown
        .filter_map(|(label, id, reach, _)| {
            let picture = Box::new(timeline(analysis, reach)?);
            Some((label, id, Drawn::of_page(id, picture)))
        })
        .collect()
}

/// One view. None where nothing was run and nothing hurt.
fn timeline(analysis: &Analysis, reach: Reach) -> Option<Wide> {
    let span = span(analysis, reach)?;
    let timeline = of(analysis, span, &WIDE);
    let is_empty =
        timeline.rows.is_empty() && timeline.bars.iter().all(|bar| bar.shown().is_none());
    (!is_empty).then(|| Wide {
        is_headed: false,
        narrow: of(analysis, span, &NARROW),
        timeline,
    })
}

/// The weeks of a view, up to the one of the report's day. None without a calendar.
fn span(analysis: &Analysis, reach: Reach) -> Option<Span> {
    let whole = Span::until(analysis, analysis.history.as_of)?;
    match reach {
        Reach::All => Some(whole),
        Reach::Weeks(weeks) => Some(Span {
            from: plus_days(whole.to, -7 * weeks).max(whole.from),
            ..whole
        }),
    }
}

fn of(analysis: &Analysis, span: Span, form: &'static Form) -> Timeline {
    let step = form.step(span);
    let grain = form.grain(span);
    let (rows, others) = days::rows(analysis, span, grain);
    Timeline {
        form,
        span,
        last: days::last_day(analysis, span),
        units: analysis.units,
        step,
        bars: running::bars(analysis, span, step),
        usual: running::usual(analysis, span, step),
        grain,
        rows,
        others,
        logged: days::logged(analysis, span, grain),
        unrecorded: days::unrecorded(analysis, span),
        unlogged: days::without_rating(analysis, span),
    }
}

impl Picture for Wide {
    fn title(&self) -> String {
        self.timeline.title()
    }

    fn alt(&self) -> String {
        self.timeline.alt()
    }

    fn width_px(&self) -> f64 {
        WIDE.width
    }

    fn height_px(&self) -> f64 {
        self.timeline.layout(self.is_headed).height
    }

    fn draw(&self, page: &Page) -> Result {
        if self.is_headed {
            page.heading(&self.timeline.title(), &self.timeline.subtitle())?;
        }
        self.timeline.draw(page, self.is_headed)
    }

    fn narrow(&self) -> Option<Box<dyn Picture>> {
        Some(Box::new(self.narrow.clone()))
    }

    fn numbers(&self) -> Option<Numbers> {
        Some(self.timeline.numbers())
    }
}

impl Picture for Timeline {
    fn title(&self) -> String {
        Timeline::title(self)
    }

    fn alt(&self) -> String {
        Timeline::alt(self)
    }

    fn width_px(&self) -> f64 {
        self.form.width
    }

    fn height_px(&self) -> f64 {
        self.layout(false).height
    }

    fn draw(&self, page: &Page) -> Result {
        Timeline::draw(self, page, false)
    }
}
