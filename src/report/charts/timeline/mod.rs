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

/// The name of the chart.
pub(in crate::report) const ID: &str = "timeline";

/// The chart: the last year, or all where that is less.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: ID,
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
    /// Whether any run was read: where none was, there is no part for it, since it would be empty.
    has_runs: bool,
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

/// The views of a page: what each is called, and its name.
pub(in crate::report) const VIEWS: [(&str, &str); 3] = [
    ("12 weeks", "timeline-weeks"),
    ("A year", "timeline-year"),
    ("All", "timeline-all"),
];

/// How far back they go.
const REACHES: [Reach; 3] = [
    Reach::Weeks(FEW_WEEKS),
    Reach::Weeks(YEAR_WEEKS),
    Reach::All,
];

/// The views: what each is called, its name, and its drawing. One that would show nothing, or no more than a shorter one, is not
/// there.
pub(in crate::report) fn views(analysis: &Analysis) -> Vec<(&'static str, &'static str, Drawn)> {
    let Some(whole) = span(analysis, Reach::All) else {
        return Vec::new();
    };
    let named = VIEWS.into_iter().zip(REACHES);
    let shown = named.filter(|(_, reach)| reach.is_part_of(whole));
    shown
        .filter_map(|((label, id), reach)| {
            let picture = Box::new(timeline(analysis, reach)?);
            Some((label, id, Drawn::of_page(id, picture)))
        })
        .collect()
}

impl Reach {
    /// Whether a view has its own place beside that of the whole.
    fn is_part_of(self, whole: Span) -> bool {
        match self {
            Reach::Weeks(weeks) => whole.days() > 7 * weeks,
            Reach::All => true,
        }
    }
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
        Reach::Weeks(weeks) => Some(last_weeks(whole, weeks)),
    }
}

/// The end of a time.
fn last_weeks(whole: Span, weeks: i64) -> Span {
    Span {
        from: plus_days(whole.to, -7 * weeks).max(whole.from),
        ..whole
    }
}

fn of(analysis: &Analysis, span: Span, form: &'static Form) -> Timeline {
    let step = form.step(span);
    let grain = form.grain(span);
    let (rows, others) = days::rows(analysis, span, grain);
    let has_runs = !analysis.is_log_alone();
    let unrecorded = has_runs.then(|| days::unrecorded(analysis, span));
    Timeline {
        form,
        span,
        last: days::last_day(analysis, span),
        units: analysis.units,
        has_runs,
        step,
        bars: running::bars(analysis, span, step),
        usual: running::usual(analysis, span, step),
        grain,
        rows,
        others,
        logged: days::logged(analysis, span, grain),
        unrecorded: unrecorded.unwrap_or_default(),
        unlogged: days::without_rating(analysis, span, grain),
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

#[cfg(test)]
mod tests {
    use super::{super::svg::tests::checked, *};
    use crate::{
        course,
        pain::{Entry, Side, Site},
        report::charts::fixtures::{analysis, date, finding, pain, regular, run, short},
        rules::{Finding, Severity},
    };

    fn drawn(analysis: &Analysis, reach: Reach) -> Timeline {
        timeline(analysis, reach)
            .expect("something to draw")
            .timeline
    }

    fn labels(analysis: &Analysis) -> Vec<&'static str> {
        views(analysis).iter().map(|(label, ..)| *label).collect()
    }

    /// Four runs a week of 8 km over so many weeks that end on Sunday, 12 Oct 2025.
    fn weeks(count: i64, entries: Vec<Entry>, findings: Vec<Finding>) -> Analysis {
        let days = (0..count).flat_map(|week| [0, 2, 4, 6].map(|day| week * 7 + day));
        let first = plus_days(date("2025-10-13"), -7 * count);
        let runs = days.map(|day| run(plus_days(first, day), 8.0)).collect();
        let mut analysis = analysis(runs, entries, findings);
        analysis.week = course::week::week(&analysis.history, &analysis.watch);
        analysis
    }

    fn shin(day: &str, rating: f64) -> Entry {
        pain(date(day), Site::Shin, Some(Side::Right), rating)
    }

    #[test]
    fn a_view_that_shows_no_more_is_not_there() {
        assert_eq!(labels(&short()), ["All"]);
        assert_eq!(labels(&weeks(12, vec![], vec![])), ["All"]);
        assert_eq!(labels(&weeks(13, vec![], vec![])), ["12 weeks", "All"]);
        assert_eq!(labels(&regular(60)), ["12 weeks", "A year", "All"]);
        assert!(labels(&analysis(vec![], vec![], vec![])).is_empty());
    }

    #[test]
    fn views_are_drawn_wide_and_narrow_and_say_what_they_show() {
        for analysis in [short(), regular(40), regular(15 * 52)] {
            for (_, id, drawn) in views(&analysis) {
                checked(&drawn);
                let narrow = drawn
                    .inline_narrow(id)
                    .expect("drawing does not fail")
                    .expect("a phone");
                assert!(narrow.svg.contains("viewBox=\"0 0 360 "), "{id}");
                assert!(drawn.alt.ends_with('.') && !drawn.has_file);
                let numbers = drawn.numbers().expect("numbers");
                assert!(
                    numbers
                        .rows
                        .iter()
                        .all(|row| row.len() == numbers.head.len())
                );
            }
        }
    }

    #[test]
    fn fifteen_years_are_months_and_twelve_weeks_are_weeks() {
        let long = regular(15 * 52);
        let (weeks, all) = (drawn(&long, Reach::Weeks(12)), drawn(&long, Reach::All));
        assert_eq!(
            (weeks.step, weeks.grain, weeks.bars.len()),
            (Step::Week, Grain::Day, 12)
        );
        assert_eq!((all.step, all.grain), (Step::Month, Grain::Month));
        assert!(
            (179..=181).contains(&all.bars.len()),
            "780 weeks are 179.5 months: {}",
            all.bars.len()
        );
        let run: f64 = long
            .history
            .runs
            .iter()
            .filter_map(|run| run.distance_m)
            .sum();
        let shown: f64 = all.bars.iter().filter_map(|bar| bar.distance).sum();
        assert!((shown - run / 1000.0).abs() < 1e-6, "no metre is lost");
    }

    #[test]
    fn what_asks_comes_first_and_what_finds_no_row_is_said() {
        let sites = Site::ALL.iter().filter(|site| site.is_limb()).take(8);
        let days = ["2025-10-06", "2025-10-07", "2025-10-08"];
        let rows = sites.flat_map(|site| days.map(|day| pain(date(day), *site, None, 2.0)));
        let mut entries: Vec<Entry> = rows.collect();
        entries.push(shin("2025-10-08", 5.0));
        let asks = Finding {
            severity: Severity::SeeSomeone,
            site: Some(Site::Shin),
            side: Some(Side::Right),
            ..finding("pain-rising", date("2025-10-08"), date("2025-10-08"))
        };
        let shown = drawn(&weeks(12, entries, vec![asks]), Reach::All);
        let first = shown.rows.first().map(|row| row.name.as_str());
        assert!(
            matches!(first, Some("right shin" | "shin")),
            "one day only, but asked about: {first:?}"
        );
        assert!(
            shown
                .rows
                .iter()
                .take(2)
                .any(|row| row.name == "right shin")
        );
        assert_eq!((shown.rows.len(), shown.others.len()), (6, 3));
        let said = shown.others_sentence().expect("said");
        assert!(
            said.starts_with("And 3 more places: ") && said.matches("(3 days)").count() == 3,
            "{said}"
        );
    }

    #[test]
    fn none_is_no_zero_and_no_runs_are_no_gap() {
        let log = vec![
            shin("2025-08-04", 3.0),
            pain(date("2025-08-05"), Site::None, None, 0.0),
            pain(date("2025-08-06"), Site::Kneecap, Some(Side::Left), 2.0),
        ];
        let mut analysis = weeks(12, log, vec![]);
        // A week without a run, and three without recordings.
        let idle = analysis.history.weeks.get_mut(3).expect("twelve weeks");
        (idle.distance_m, idle.runs, idle.full) = (Some(0.0), 0, true);
        let days = analysis.history.days.iter_mut();
        days.filter(|day| (date("2025-09-01")..date("2025-09-22")).contains(&day.date))
            .for_each(|day| day.covered = false);
        let shown = drawn(&analysis, Reach::All);
        let shin = shown
            .rows
            .iter()
            .find(|row| row.name == "right shin")
            .expect("a row");
        assert_eq!(
            shin.clear,
            [(date("2025-08-05"), date("2025-08-06"))],
            "of the 6th only the knee is known"
        );
        assert_eq!(shin.marks.len(), 1);
        assert_eq!(shown.unrecorded, [(date("2025-09-01"), date("2025-09-22"))]);
        assert_eq!(
            shown.unlogged.len(),
            2,
            "before and behind the three days: {:?}",
            shown.unlogged
        );
        assert!(shown.bars.get(3).is_some_and(Bar::is_idle));
        let numbers = shown.numbers().rows;
        let cells: Vec<&str> = numbers
            .iter()
            .filter_map(|row| row.get(4))
            .map(String::as_str)
            .collect();
        assert_eq!(&cells[..4], ["–", "–", "left kneecap 2, right shin 3", "–"]);
        assert!(shown.alt().contains("Pain was logged on 3 of 84 days; the others are unknown. 21 days lie in stretches without recordings."), "{}", shown.alt());
    }

    #[test]
    fn the_title_has_the_pain_and_the_weeks_that_stand_out() {
        let jump = finding(
            "weekly-distance-jump",
            date("2025-09-01"),
            date("2025-09-07"),
        );
        let log = vec![shin("2025-10-06", 4.0), shin("2025-10-07", 6.0)];
        let shown = drawn(&weeks(12, log, vec![jump]), Reach::All);
        assert_eq!(
            shown.title(),
            "Right shin: pain on 2 days, up to 6 of 10; 1 of 12 weeks of running stands out"
        );
        assert!(
            shown.alt().contains("usually 32 to 32")
                && shown
                    .alt()
                    .contains("Marked: the week from 1 Sep 2025 (jump)."),
            "{}",
            shown.alt()
        );
        let without = drawn(&weeks(12, vec![], vec![]), Reach::All);
        assert_eq!(
            without.title(),
            "No week of running stands out; about pain nothing is logged"
        );
    }

    #[test]
    fn one_ultra_does_not_flatten_the_rest() {
        let mut analysis = weeks(20, vec![], vec![]);
        let week = analysis.history.weeks.get_mut(10).expect("twenty weeks");
        week.distance_m = Some(180_000.0);
        let shown = drawn(&analysis, Reach::All);
        assert_eq!(
            running::end_of(&shown.bars),
            (48.0, Some(48.0)),
            "one and a half times 32 km"
        );
    }
}
