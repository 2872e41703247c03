//! Cadence of every run, its own rolling median, the band around what was usual before, and the spells of pain below it.

use super::{
    ChartKind, Numbers, Picture, Result,
    area::Px,
    axis::{Panel, Span, drawable, stretches, ticks_within},
    counted, findings,
    form::{Both, Form},
    longest_run::{dot_radius_px, draw_dots},
    loudest::{Loudness, keep_loudest},
    page::Page,
    pain_strip::{self, NAME_GAP_PX, PainStrip, STRIP_GAP_PX},
    periods, style,
};
use crate::{
    analysis::Analysis,
    model::Run,
    rules::{Finding, Mark},
    stats::describe::median,
    time::{dates, days_between, plus_days, week_start},
    units::number,
};
use chrono::NaiveDate;
use plotters::style::Color;
use std::collections::BTreeSet;

/// The line is the median of this many days, the run's own day included.
const LINE_DAYS: i64 = 28;

/// What was usual: the median of the 8 weeks before (src/method/rules.md, Own cadence line).
const USUAL_DAYS: i64 = 56;

/// Runs in those weeks below which nothing is called usual.
const USUAL_RUNS: usize = 5;

/// A band that lasts fewer days is left out: a sliver says nothing.
const SHORTEST_BAND_DAYS: usize = 21;

/// Half the height of the band, as a share (5 % below is worth watching; src/method/rules.md, Own cadence line).
const BAND: f64 = 0.05;

/// Runs this far from the middle, as a share, stand at the edge: a walk among the runs must not flatten the rest.
const FURTHEST: f64 = 0.2;

/// A change of fewer steps a minute is none.
const SAME_SPM: f64 = 3.0;

/// What was a year before: the runs of so many days around it.
const YEAR_DAYS: i64 = 365;
const AROUND_DAYS: i64 = 28;

const PLOT_HEIGHT_PX: f64 = 286.0;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "cadence",
    subject: "Cadence over time",
    without_data: "no run has cadence",
    picture: |analysis| Both::of(|form| data(analysis, form)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    span: Span,
    runs: Vec<Dot>,
    /// The rolling median, one list for every stretch without a break: days since the start, steps/min.
    line: Vec<Vec<(f64, f64)>>,
    /// What was usual, day by day, in stretches: days since the start, steps/min.
    usual: Vec<Vec<(f64, f64)>>,
    pain: Option<PainStrip>,
    some_not_flat: bool,
    /// What the last 28 days with cadence are set beside.
    before: Option<Before>,
    /// What the last weeks are beside those before. None: too little is known.
    lately: Option<String>,
}

/// An earlier cadence.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Before {
    /// That of a year before.
    AYear(f64),
    /// That of the first 28 days, less than a year ago.
    First(f64),
}

/// One run.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Dot {
    date: NaiveDate,
    cadence_spm: f64,
    /// A finding is about it.
    marked: bool,
    /// One of the latest and loudest, which are drawn as marked.
    is_loud: bool,
}

impl Dot {
    fn place(&self, panel: &Panel) -> Px {
        panel.noon(self.date, self.cadence_spm)
    }
}

/// Takes cadence and pain from the analysis, from the first week with cadence on. None when no run has cadence.
fn data(analysis: &Analysis, form: Form) -> Option<Data> {
    let whole = Span::of(analysis)?;
    let runs = &analysis.history.runs;
    let with_cadence = runs.iter().filter(|run| cadence_spm(run).is_some());
    let marks = Marks::of(analysis);
    let all: Vec<Dot> = with_cadence.filter_map(|run| marks.dot(run)).collect();
    let first = all.iter().find(|dot| whole.contains(dot.date))?.date;
    let from = week_start(first).max(whole.from);
    let span = form.cut(Span { from, ..whole });
    // What was before is compared over all years, also where only the last one is drawn.
    let values: Vec<(NaiveDate, f64)> = all.iter().map(|dot| (dot.date, dot.cadence_spm)).collect();
    let before = before(&values);
    let dots: Vec<Dot> = all
        .into_iter()
        .filter(|dot| span.contains(dot.date))
        .collect();
    let values: Vec<(NaiveDate, f64)> =
        dots.iter().map(|dot| (dot.date, dot.cadence_spm)).collect();
    let mut in_span = runs.iter().filter(|run| span.contains(run.local_date()));
    (!dots.is_empty()).then(|| Data {
        form,
        span,
        runs: dots,
        line: rolling_line(&values, span),
        usual: usual_stretches(&values, span),
        pain: pain_strip::strip(analysis, span),
        some_not_flat: in_span.any(is_not_flat),
        before,
        lately: (analysis.lines.cadence.as_ref()).and_then(|line| line.change_text(steps_text)),
    })
}

fn steps_text(spm: f64) -> String {
    format!("{} steps a minute on the flat", number(spm, 0))
}

/// What was a year before the last 28 days with cadence, or in the first 28. None where those are the same days.
fn before(values: &[(NaiveDate, f64)]) -> Option<Before> {
    let (first, last) = (values.first()?.0, values.last()?.0);
    let middle = plus_days(last, -YEAR_DAYS);
    let (from, to) = (
        plus_days(middle, -AROUND_DAYS),
        plus_days(middle, AROUND_DAYS),
    );
    let around = within(values, from, to);
    if around.len() >= USUAL_RUNS {
        return median(&around).map(Before::AYear);
    }
    let begin = within(values, first, plus_days(first, LINE_DAYS));
    let is_apart = days_between(first, last) >= 2 * LINE_DAYS && begin.len() >= USUAL_RUNS;
    median(&begin).filter(|_| is_apart).map(Before::First)
}

/// The runs that findings are about.
struct Marks<'a> {
    all: BTreeSet<&'a str>,
    /// Those of the latest and loudest findings.
    loud: BTreeSet<&'a str>,
}

impl<'a> Marks<'a> {
    fn of(analysis: &'a Analysis) -> Marks<'a> {
        let ids = |findings: &[&'a Finding]| {
            let runs = findings
                .iter()
                .flat_map(|found| runs_about(analysis, found));
            runs.map(|run| run.run_id.as_str()).collect()
        };
        let all: Vec<&Finding> = findings(analysis, Mark::Cadence).collect();
        let mut loud: Vec<Option<&Finding>> = all.iter().copied().map(Some).collect();
        let as_of = analysis.history.as_of;
        let loudness = |found: &Option<&Finding>| Some(Loudness::of_finding((*found)?, as_of));
        keep_loudest(&mut loud, loudness, |found| *found = None);
        let loud: Vec<&Finding> = loud.into_iter().flatten().collect();
        Marks {
            loud: ids(&loud),
            all: ids(&all),
        }
    }

    /// None of a run without cadence.
    fn dot(&self, run: &Run) -> Option<Dot> {
        let id = run.run_id.as_str();
        Some(Dot {
            date: run.local_date(),
            cadence_spm: cadence_spm(run)?,
            marked: self.all.contains(id),
            is_loud: self.loud.contains(id),
        })
    }
}

/// The runs of its days that a finding is about.
fn runs_about<'a>(
    analysis: &'a Analysis,
    finding: &'a Finding,
) -> impl Iterator<Item = &'a Run> + use<'a> {
    let runs = analysis.history.runs_between(finding.from, finding.to);
    runs.iter()
        .filter(|run| finding.run_ids.contains(&run.run_id))
}

/// Cadence on the flat, else that of the whole run.
fn cadence_spm(run: &Run) -> Option<f64> {
    run.cadence_flat_spm.or(run.cadence_spm).and_then(drawable)
}

/// The band around one stretch of what was usual.
fn draw_around(page: &Page, panel: &Panel, usual: &[(f64, f64)]) -> Result {
    let upper = panel.points(usual, 1.0 + BAND);
    let lower = panel.points(usual, 1.0 - BAND);
    page.band(&upper, &lower, style::GREEN.mix(0.11))?;
    page.line(&lower, style::GREEN.mix(0.7), 1.0)?;
    page.line(&upper, style::GREEN.mix(0.35), 1.0)
}

fn is_not_flat(run: &Run) -> bool {
    run.cadence_flat_spm.is_none() && cadence_spm(run).is_some()
}

/// The values of the days from `from` up to but without `to`.
fn within(values: &[(NaiveDate, f64)], from: NaiveDate, to: NaiveDate) -> Vec<f64> {
    let until = |day| values.partition_point(|(date, _)| *date < day);
    let days = values.get(until(from)..until(to)).unwrap_or_default();
    days.iter().map(|(_, value)| *value).collect()
}

/// What was usual before a day. None below five runs.
fn usual(values: &[(NaiveDate, f64)], date: NaiveDate) -> Option<f64> {
    let before = within(values, plus_days(date, -USUAL_DAYS), date);
    if before.len() >= USUAL_RUNS {
        median(&before)
    } else {
        None
    }
}

fn rolling_line(values: &[(NaiveDate, f64)], span: Span) -> Vec<Vec<(f64, f64)>> {
    let is_near = |a: &(NaiveDate, f64), b: &(NaiveDate, f64)| days_between(a.0, b.0) <= LINE_DAYS;
    let point = |(date, _): &(NaiveDate, f64)| {
        Some((span.position(*date) + 0.5, rolling_median(values, *date)?))
    };
    let stretches = values.chunk_by(is_near);
    stretches
        .map(|stretch| stretch.iter().filter_map(point).collect())
        .collect()
}

/// The median of the days up to and with this one.
fn rolling_median(values: &[(NaiveDate, f64)], date: NaiveDate) -> Option<f64> {
    median(&within(
        values,
        plus_days(date, 1 - LINE_DAYS),
        plus_days(date, 1),
    ))
}

fn usual_stretches(values: &[(NaiveDate, f64)], span: Span) -> Vec<Vec<(f64, f64)>> {
    let last = values.last().map_or(span.from, |(date, _)| *date);
    let days = dates(span.from, last);
    let usual = days.map(|date| (span.position(date) + 0.5, usual(values, date)));
    let mut stretches = stretches(usual);
    stretches.retain(|stretch| stretch.len() >= SHORTEST_BAND_DAYS);
    stretches
}

impl Data {
    fn marked(&self) -> usize {
        self.runs.iter().filter(|dot| dot.marked).count()
    }

    fn middle(&self) -> Option<f64> {
        median(&self.values())
    }

    /// The range of the axis: everything near the middle of all runs.
    fn range(&self) -> (f64, f64) {
        let middle = self.middle().unwrap_or(170.0).max(1.0);
        let shown = self.values_near(middle);
        let low = shown.iter().copied().fold(middle - 6.0, f64::min);
        let high = shown.iter().copied().fold(middle + 6.0, f64::max);
        (low, high)
    }

    /// Cadences and edges of the band that are not far from the middle.
    fn values_near(&self, middle: f64) -> Vec<f64> {
        let mut shown = self.values();
        shown.extend(self.band_edges());
        shown.retain(|value| (value / middle - 1.0).abs() <= FURTHEST);
        shown
    }

    fn dated(&self) -> Vec<(NaiveDate, f64)> {
        let runs = self.runs.iter();
        runs.map(|dot| (dot.date, dot.cadence_spm)).collect()
    }

    fn values(&self) -> Vec<f64> {
        self.runs.iter().map(|dot| dot.cadence_spm).collect()
    }

    /// The ends of the axis.
    fn domain(&self) -> (f64, f64) {
        let (low, high) = self.range();
        (low - 1.0, high + 1.0)
    }

    fn band_edges(&self) -> impl Iterator<Item = f64> {
        let usual = self.usual.iter().flatten();
        usual.flat_map(|(_, y)| [y * (1.0 - BAND), y * (1.0 + BAND)])
    }

    fn subtitle(&self, outside: usize) -> String {
        let mut text = "Dots: runs, in steps per minute".to_string();
        text += self.flat_text();
        text += " Line: median of 28 days.";
        if !self.usual.is_empty() {
            text += " Band: within 5\u{a0}% of the middle of your 8 weeks before.";
        }
        text += self.diamonds_text();
        if outside > 0 {
            let runs = counted(outside, "run");
            text += &format!(" {runs} off the scale, drawn at the edge.");
        }
        text
    }

    /// What the diamonds are. Empty without any.
    fn diamonds_text(&self) -> &'static str {
        let is_quieter = |dot: &Dot| dot.marked && !dot.is_loud;
        match (self.marked(), self.runs.iter().any(is_quieter)) {
            (0, _) => "",
            (_, false) => " Diamonds: the runs of weeks well under your usual for the pace.",
            (_, true) => {
                " Diamonds: the runs of the latest and furthest of the weeks well under your usual for the pace."
            }
        }
    }

    fn flat_text(&self) -> &'static str {
        match self.some_not_flat {
            true => ", on the flat where there was flat.",
            false => " on the flat.",
        }
    }

    fn marked_text(&self) -> String {
        match self.marked() {
            0 => "none marked".to_string(),
            count => {
                let runs = counted(count, "run");
                format!("{runs} marked, of weeks well under the usual for the pace")
            }
        }
    }

    /// The marked runs of the last weeks: the title is of today.
    fn newly_marked(&self) -> usize {
        let from = plus_days(self.span.to, -USUAL_DAYS);
        let marked = self.runs.iter().filter(|dot| dot.marked);
        marked.filter(|dot| dot.date >= from).count()
    }

    /// Where cadence is, and where it was: the last weeks as the course of the weeks has them, and a year before where that differs.
    fn change_text(&self) -> String {
        let Some(lately) = &self.lately else {
            return self.early_text();
        };
        match self.a_year_before() {
            Some(then) => format!("Cadence: {lately}; {} a year before", number(then, 0)),
            None => format!("Cadence: {lately}"),
        }
    }

    /// What it was a year before, where that is not what it is.
    fn a_year_before(&self) -> Option<f64> {
        let now = self.latest()?;
        match self.before {
            Some(Before::AYear(then)) if (now - then).abs() >= SAME_SPM => Some(then),
            _ => None,
        }
    }

    /// The same of a short or broken history.
    fn early_text(&self) -> String {
        let now = self.latest().or(self.middle()).unwrap_or(0.0);
        let (then, when) = match self.before {
            None => return format!("Cadence: about {} steps a minute", number(now, 0)),
            Some(Before::AYear(then)) => (then, "a year before"),
            Some(Before::First(then)) => (then, "at the beginning"),
        };
        let (now_text, then_text) = (number(now, 0), number(then, 0));
        match (now - then).abs() < SAME_SPM {
            true => format!("Cadence: steady at about {now_text} steps a minute"),
            false => {
                format!("Cadence: {now_text} steps a minute in the last weeks, {then_text} {when}")
            }
        }
    }

    /// The last point of the rolling median.
    fn latest(&self) -> Option<f64> {
        let (_, y) = self.line.last()?.last()?;
        Some(*y)
    }

    /// The middle of all runs and the last point of the line.
    fn middle_texts(&self) -> (String, String) {
        let middle = self.middle().unwrap_or(0.0);
        let latest = self.latest().unwrap_or(middle);
        (number(middle, 0), number(latest, 0))
    }

    /// The runs beyond an axis.
    fn outside(&self, (low, high): (f64, f64)) -> usize {
        let is_outside = |dot: &&Dot| !(low..=high).contains(&dot.cadence_spm);
        self.runs.iter().filter(is_outside).count()
    }

    /// The left edge of the plot: the names of the sites below it need room.
    fn left_px(&self, page: &Page) -> Result<f64> {
        let names = PainStrip::names_or_none_px(self.pain.as_ref(), page)?;
        let beside = self.form.margin_px() + names + NAME_GAP_PX;
        Ok(self.form.left_px().max(beside))
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        match self.newly_marked() {
            0 => self.change_text(),
            count => format!(
                "Cadence: {} in weeks well under your own usual",
                counted(count, "run")
            ),
        }
    }

    fn alt(&self) -> String {
        let runs = counted(self.runs.len(), "run");
        let ((middle, latest), marked) = (self.middle_texts(), self.marked_text());
        let pain = PainStrip::alt_under(self.pain.as_ref());
        format!(
            "Cadence of {runs}: {middle} steps per minute in the middle, {latest} in the last 28 days with cadence; {marked}.{pain}"
        )
    }

    fn width_px(&self) -> f64 {
        self.form.width_px()
    }

    fn height_px(&self) -> f64 {
        self.form.head_px() + PLOT_HEIGHT_PX + self.under_plot_px() + style::UNDER_PLOT_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let domain = self.domain();
        let ticks = ticks_within(domain.0, domain.1, 6);
        let top = page.heading(&self.title(), &self.subtitle(self.outside(domain)))?;
        let axis = self.height_px() - style::UNDER_PLOT_PX;
        let panel = Panel::new(self.span, (top, axis - self.under_plot_px()), domain)
            .between(self.left_px(page)?, self.form.right_px());
        self.form.say_cut(page, self.span)?;
        self.draw_band(page, &panel)?;
        panel.value_axis(page, &ticks, false)?;
        panel.value_title(page, "cadence, steps/min")?;
        self.draw_runs(page, &panel)?;
        PainStrip::draw_under(self.pain.as_ref(), page, &panel)?;
        panel.date_axis(page, axis)
    }

    fn numbers(&self) -> Option<Numbers> {
        let rows = periods::of(self.span).into_iter().map(|period| {
            let runs: Vec<f64> = within(&self.dated(), period.from, period.to);
            let text = |spm: Option<f64>| spm.map_or("–".to_string(), |spm| number(spm, 0));
            vec![
                period.name(),
                runs.len().to_string(),
                text(median(&runs)),
                text(runs.iter().copied().reduce(f64::min)),
                text(runs.iter().copied().reduce(f64::max)),
            ]
        });
        Some(Numbers {
            head: vec!["from", "runs with cadence", "middle", "lowest", "highest"],
            rows: rows.collect(),
        })
    }
}

impl Data {
    /// From the lower edge of the plot to the date axis.
    fn under_plot_px(&self) -> f64 {
        self.pain
            .as_ref()
            .map_or(0.0, |strip| STRIP_GAP_PX + strip.height_px() + 3.0)
    }
}

impl Data {
    fn draw_band(&self, page: &Page, panel: &Panel) -> Result {
        self.usual
            .iter()
            .try_for_each(|stretch| draw_around(page, panel, stretch))
    }

    fn draw_runs(&self, page: &Page, panel: &Panel) -> Result {
        draw_dots(page, self.places(panel, |dot| !dot.is_loud))?;
        self.draw_line(page, panel)?;
        self.draw_marked(page, panel)
    }

    fn draw_line(&self, page: &Page, panel: &Panel) -> Result {
        let mut line = self.line.iter();
        line.try_for_each(|stretch| page.line(&panel.points(stretch, 1.0), style::BLUE, 2.0))
    }

    fn draw_marked(&self, page: &Page, panel: &Panel) -> Result {
        let radius = dot_radius_px(self.runs.len()) + 1.0;
        self.places(panel, |dot| dot.is_loud)
            .into_iter()
            .try_for_each(|at| page.diamond(at, radius))
    }

    /// Where some runs lie.
    fn places(&self, panel: &Panel, is_meant: fn(&Dot) -> bool) -> Vec<Px> {
        let meant = self.runs.iter().filter(|dot| is_meant(dot));
        meant.map(|dot| dot.place(panel)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::{Side, Site},
        report::charts::fixtures::{analysis, date, finding, pain, run},
        rules::{Finding, Severity},
    };

    /// A run every second day from 6 January with these cadences.
    fn with_cadence(cadences: &[f64]) -> Analysis {
        let runs = cadences.iter().enumerate().map(|(index, cadence)| {
            let mut run = run(plus_days(date("2025-01-06"), 2 * index as i64), 8.0);
            run.cadence_flat_spm = Some(*cadence);
            run
        });
        analysis(runs.collect(), Vec::new(), Vec::new())
    }

    #[test]
    fn the_runs_of_findings_are_marked() {
        let mut analysis = with_cadence(&[170.0, 150.0, 172.0, 150.0]);
        let ids: Vec<String> = analysis
            .history
            .runs
            .iter()
            .map(|run| run.run_id.clone())
            .collect();
        assert_eq!(
            data(&analysis, Form::Wide).expect("cadence").title(),
            "Cadence: about 160 steps a minute"
        );
        let low = finding(
            crate::rules::cadence_below_own::RULE.id,
            date("2025-01-08"),
            date("2025-01-10"),
        );
        let note = Finding {
            severity: Severity::Note,
            run_ids: ids.clone(),
            ..low.clone()
        };
        analysis.findings.push(note);
        assert_eq!(
            data(&analysis, Form::Wide).expect("cadence").title(),
            "Cadence: about 160 steps a minute"
        );
        // The days of the finding leave the first and the last run out.
        analysis.findings.push(Finding {
            run_ids: ids,
            ..low
        });
        let data = data(&analysis, Form::Wide).expect("cadence");
        let marked: Vec<bool> = data.runs.iter().map(|dot| dot.marked).collect();
        assert_eq!(marked, [false, true, true, false]);
        assert_eq!(
            data.title(),
            "Cadence: 2 runs in weeks well under your own usual"
        );
    }

    #[test]
    fn of_many_marked_weeks_the_latest_and_furthest_are_drawn() {
        // Twelve findings of a run each; eight are drawn, and all are counted.
        let mut analysis = with_cadence(&[170.0; 300]);
        let runs = analysis.history.runs.clone();
        for index in 0..12 {
            let run = &runs[20 * index];
            let (day, id) = (run.local_date(), run.run_id.clone());
            analysis.findings.push(Finding {
                run_ids: vec![id],
                observed: Some(6.0 + index as f64),
                limit: Some(5.0),
                ..finding(crate::rules::cadence_below_own::RULE.id, day, day)
            });
        }
        let data = data(&analysis, Form::Wide).expect("cadence");
        let loud: Vec<NaiveDate> = data
            .runs
            .iter()
            .filter(|dot| dot.is_loud)
            .map(|dot| dot.date)
            .collect();
        assert_eq!((data.marked(), loud.len()), (12, 8));
        assert_eq!(
            loud.first(),
            Some(&runs[80].local_date()),
            "the four smallest are dots"
        );
        assert!(
            data.subtitle(0).contains("the latest and furthest"),
            "{}",
            data.subtitle(0)
        );
    }

    #[test]
    fn a_walk_does_not_stretch_the_axis() {
        let data = data(
            &with_cadence(&[170.0, 170.0, 170.0, 170.0, 120.0]),
            Form::Wide,
        )
        .expect("cadence");
        let walked = data
            .runs
            .iter()
            .filter(|dot| dot.cadence_spm < data.range().0)
            .count();
        assert_eq!(walked, 1, "120 is more than 20 % below 170");
    }

    #[test]
    fn the_band_needs_five_runs_and_three_weeks() {
        // Every second day from 6 January: the fifth run is on the 14th, so the band begins on the 15th. With 15 runs
        // the last is on 3 February, 20 days of band; one more makes 22.
        for (runs, expected) in [(15, vec![]), (16, vec![22])] {
            let data = data(&with_cadence(&vec![170.0; runs]), Form::Wide).expect("cadence");
            assert_eq!(
                data.usual.iter().map(Vec::len).collect::<Vec<_>>(),
                expected,
                "{runs}"
            );
        }
    }

    #[test]
    fn the_line_breaks_after_a_month_without_cadence() {
        let mut analysis = with_cadence(&[170.0, 172.0]);
        let mut late = run(date("2025-03-01"), 8.0);
        late.cadence_flat_spm = None;
        analysis.history.runs.push(late);
        let late_day = analysis.history.days.last().map(|day| day.date);
        assert_eq!(
            late_day,
            Some(date("2025-01-08")),
            "the calendar of the fixture ends before the late run"
        );
        let values = [
            (date("2025-01-06"), 170.0),
            (date("2025-01-08"), 172.0),
            (date("2025-03-01"), 160.0),
        ];
        let span = Span {
            from: date("2025-01-06"),
            to: date("2025-03-03"),
        };
        assert_eq!(
            rolling_line(&values, span),
            [vec![(0.5, 170.0), (2.5, 171.0)], vec![(54.5, 160.0)]]
        );
    }

    #[test]
    fn whole_run_cadence_stands_in_for_flat() {
        let mut one = run(date("2025-01-06"), 8.0);
        one.cadence_flat_spm = None;
        let data = data(&analysis(vec![one], Vec::new(), Vec::new()), Form::Wide).expect("cadence");
        assert_eq!(
            (
                data.runs.first().map(|dot| dot.cadence_spm),
                data.some_not_flat
            ),
            (Some(170.0), true)
        );
    }

    #[test]
    fn the_alt_text_has_the_numbers() {
        let mut analysis = with_cadence(&[170.0, 168.0, 172.0]);
        analysis
            .pain
            .entries
            .push(pain(date("2025-01-08"), Site::Shin, Some(Side::Left), 4.0));
        assert_eq!(
            data(&analysis, Form::Wide).expect("cadence").alt(),
            "Cadence of 3 runs: 170 steps per minute in the middle, 170 in the last 28 days with cadence; none marked. \
             Pain below it: left shin 1 time, up to 4/10."
        );
        analysis
            .history
            .runs
            .iter_mut()
            .for_each(|run| (run.cadence_flat_spm, run.cadence_spm) = (None, None));
        assert_eq!(data(&analysis, Form::Wide), None);
    }

    #[test]
    fn the_title_says_where_cadence_went() {
        let title = |then: f64, now: f64, runs: usize| {
            let cadences = [vec![then; runs], vec![now; 20]].concat();
            let data = data(&with_cadence(&cadences), Form::Wide);
            data.expect("cadence").title()
        };
        // A run every second day: 250 runs are 500 days.
        assert_eq!(
            title(162.0, 170.0, 250),
            "Cadence: 170 steps a minute in the last weeks, 162 a year before"
        );
        assert_eq!(
            title(162.0, 170.0, 30),
            "Cadence: 170 steps a minute in the last weeks, 162 at the beginning"
        );
        assert_eq!(
            title(168.0, 170.0, 250),
            "Cadence: steady at about 170 steps a minute"
        );
    }

    #[test]
    fn the_axis_begins_with_the_data() {
        let mut analysis = with_cadence(&[170.0; 200]);
        for run in &mut analysis.history.runs[..100] {
            (run.cadence_flat_spm, run.cadence_spm) = (None, None);
        }
        // The 101st run is on day 200 from 6 January, 25 July; its Monday is the 21st.
        let data = data(&analysis, Form::Wide).expect("cadence");
        assert_eq!((data.span.from, data.runs.len()), (date("2025-07-21"), 100));
        let rows = data.numbers().expect("a table").rows;
        // Of 100 runs every second day the table is by the month: 25, 27, 29 and 31 July are four.
        assert_eq!(rows.last().expect("months")[..3], ["Jul 2025", "4", "170"]);
    }
}
