//! Cadence of every run, its own rolling median, the band around what was usual before, and when pain began.

use super::{
    ChartError, Picture,
    axis::{Panel, Span, drawable, nice_ticks},
    counted,
    longest_run::{dot_radius_px, draw_dots},
    median,
    page::{Area, Page, Px, Room},
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    pain::{Entry, Side, Site, site_text},
    time::{date_text, dates, days_between, plus_days},
    units::number,
};
use chrono::NaiveDate;
use plotters::{prelude::DrawingBackend, style::Color};
use std::collections::BTreeMap;

/// The line is the median of this many days, the run's own day included.
const LINE_DAYS: i64 = 28;

/// What was usual: the median of the 8 weeks before (rules.md B, cadence-below-own).
const USUAL_DAYS: i64 = 56;

/// Runs in those weeks below which nothing is called usual.
const USUAL_RUNS: usize = 5;

/// Half the height of the band, as a share (rules.md B, cadence-below-own: −5 % is worth watching).
const BAND: f64 = 0.05;

/// Runs this far from the middle, as a share, stand at the edge: a walk among the runs must not flatten the rest.
const FURTHEST: f64 = 0.2;

/// Days with pain further apart than this begin a new spell (rules.md B, pain-over-a-week).
const SPELL_GAP_DAYS: i64 = 3;

/// Spells that stay below this rating are not drawn.
const SPELL_PEAK: f64 = 3.0;

/// No more spells than this are drawn, the most painful ones.
const MOST_SPELLS: usize = 12;

/// Rows of labels above the plot.
const LABEL_ROWS: i32 = 3;

/// Height of one of them.
const LABEL_ROW_PX: f64 = 16.0;

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    span: Span,
    runs: Vec<Dot>,
    /// The rolling median, one list for every stretch without a break: days since the start, steps/min.
    line: Vec<Vec<(f64, f64)>>,
    /// What was usual, day by day, in stretches: days since the start, steps/min.
    usual: Vec<Vec<(f64, f64)>>,
    spells: Vec<Spell>,
    some_spells_left_out: bool,
    some_not_flat: bool,
}

/// One run.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Dot {
    date: NaiveDate,
    cadence_spm: f64,
    /// At least 5 % below what was usual.
    low: bool,
}

/// Pain that began.
#[derive(Debug, Clone, PartialEq)]
struct Spell {
    from: NaiveDate,
    place: String,
    peak: f64,
}

/// A day and the pain logged on it, 0–10.
type Rating = (NaiveDate, f64);

/// Takes cadence and pain from the analysis. None when no run has cadence.
pub fn data(analysis: &Analysis) -> Option<Data> {
    let span = Span::of(analysis)?;
    let runs = analysis.history.runs.iter().filter(|run| span.contains(run.local_date()));
    let known = |run: &crate::model::Run| run.cadence_flat_spm.or(run.cadence_spm).and_then(drawable);
    let some_not_flat = runs.clone().any(|run| run.cadence_flat_spm.is_none() && known(run).is_some());
    let values: Vec<(NaiveDate, f64)> = runs.filter_map(|run| Some((run.local_date(), known(run)?))).collect();
    if values.is_empty() {
        return None;
    }
    let dot = |&(date, cadence_spm): &(NaiveDate, f64)| {
        let low = usual(&values, date).is_some_and(|usual| cadence_spm <= usual * (1.0 - BAND));
        Dot { date, cadence_spm, low }
    };
    let spells = spells(&analysis.pain.entries, span);
    Some(Data {
        span,
        runs: values.iter().map(dot).collect(),
        line: rolling_line(&values, span),
        usual: usual_stretches(&values, span),
        some_spells_left_out: spells.len() > MOST_SPELLS,
        spells: worst(spells),
        some_not_flat,
    })
}

/// The values of the days from `from` up to but without `to`.
fn within(values: &[(NaiveDate, f64)], from: NaiveDate, to: NaiveDate) -> Vec<f64> {
    let (begin, end) = (values.partition_point(|v| v.0 < from), values.partition_point(|v| v.0 < to));
    values.get(begin..end).unwrap_or_default().iter().map(|(_, value)| *value).collect()
}

/// What was usual before a day. None below five runs.
fn usual(values: &[(NaiveDate, f64)], date: NaiveDate) -> Option<f64> {
    let before = within(values, plus_days(date, -USUAL_DAYS), date);
    if before.len() >= USUAL_RUNS { median(before) } else { None }
}

fn rolling_line(values: &[(NaiveDate, f64)], span: Span) -> Vec<Vec<(f64, f64)>> {
    let near = |a: &(NaiveDate, f64), b: &(NaiveDate, f64)| days_between(a.0, b.0) <= LINE_DAYS;
    let point = |(date, _): &(NaiveDate, f64)| {
        let recent = within(values, plus_days(*date, 1 - LINE_DAYS), plus_days(*date, 1));
        Some((span.position(*date) + 0.5, median(recent)?))
    };
    values.chunk_by(near).map(|stretch| stretch.iter().filter_map(point).collect()).collect()
}

fn usual_stretches(values: &[(NaiveDate, f64)], span: Span) -> Vec<Vec<(f64, f64)>> {
    let last = values.last().map_or(span.from, |(date, _)| *date);
    let days: Vec<(f64, Option<f64>)> =
        dates(span.from, last).map(|date| (span.position(date) + 0.5, usual(values, date))).collect();
    let stretches = days.chunk_by(|a, b| a.1.is_some() == b.1.is_some());
    let known = |stretch: &[(f64, Option<f64>)]| stretch.iter().filter_map(|(x, y)| Some((*x, (*y)?))).collect();
    stretches.map(known).filter(|stretch: &Vec<_>| stretch.len() > 1).collect()
}

/// When pain began, site by site.
fn spells(entries: &[Entry], span: Span) -> Vec<Spell> {
    let mut days: BTreeMap<(Site, Option<Side>), Vec<Rating>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| span.contains(entry.date)) {
        if let (Some(site), Some(pain)) = (entry.site.filter(|site| site.is_limb()), entry.pain.filter(|p| *p > 0.0)) {
            days.entry((site, entry.side)).or_default().push((entry.date, pain));
        }
    }
    let mut spells = Vec::new();
    for ((site, side), days) in days {
        for spell in days.chunk_by(|a, b| days_between(a.0, b.0) <= SPELL_GAP_DAYS) {
            let peak = spell.iter().map(|(_, pain)| *pain).fold(0.0, f64::max);
            if let Some((from, _)) = spell.first().filter(|_| peak >= SPELL_PEAK) {
                spells.push(Spell { from: *from, place: site_text(site, side), peak });
            }
        }
    }
    spells
}

/// The most painful spells, in the order of time.
fn worst(mut spells: Vec<Spell>) -> Vec<Spell> {
    spells.sort_by(|a, b| b.peak.total_cmp(&a.peak).then(a.from.cmp(&b.from)));
    spells.truncate(MOST_SPELLS);
    spells.sort_by(|a, b| a.from.cmp(&b.from).then(a.place.cmp(&b.place)));
    spells
}

impl Data {
    fn low(&self) -> usize {
        self.runs.iter().filter(|dot| dot.low).count()
    }

    /// The range of the axis: everything near the middle of all runs.
    fn range(&self) -> (f64, f64) {
        let values: Vec<f64> = self.runs.iter().map(|dot| dot.cadence_spm).collect();
        let middle = median(values.clone()).unwrap_or(170.0).max(1.0);
        let near = |value: &f64| (value / middle - 1.0).abs() <= FURTHEST;
        let band = self.usual.iter().flatten().flat_map(|(_, y)| [y * (1.0 - BAND), y * (1.0 + BAND)]);
        let shown: Vec<f64> = values.into_iter().chain(band).filter(near).collect();
        let low = shown.iter().copied().fold(middle - 6.0, f64::min);
        let high = shown.iter().copied().fold(middle + 6.0, f64::max);
        (low, high)
    }

    fn subtitle(&self, outside: usize) -> String {
        let mut text = "Dots: runs, in steps per minute".to_string();
        text += if self.some_not_flat { ", on the flat where there was flat." } else { " on the flat." };
        text += " Line: median of 28 days.";
        if !self.usual.is_empty() {
            text += " Band: within 5\u{a0}% of your 8 weeks before.";
        }
        if self.low() > 0 {
            text += " Diamonds: runs 5\u{a0}% or more below.";
        }
        if !self.spells.is_empty() {
            text += " Upright lines: pain of 3/10 or more begins";
            text += if self.some_spells_left_out { " (the 12 worst spells)." } else { "." };
        }
        if outside > 0 {
            text += &format!(" {} off the scale, drawn at the edge.", counted(outside, "run"));
        }
        text
    }
}

impl Picture for Data {
    const FILE_NAME: &'static str = "03-cadence.png";
    const SUBJECT: &'static str = "Cadence over time";
    const WITHOUT_DATA: &'static str = "no run has cadence";

    fn title(&self) -> String {
        match self.low() {
            0 => "Cadence over time".to_string(),
            count => format!("Cadence: {} well below your own usual", counted(count, "run")),
        }
    }

    fn alt(&self) -> String {
        let middle = median(self.runs.iter().map(|dot| dot.cadence_spm).collect()).unwrap_or(0.0);
        let latest = self.line.last().and_then(|stretch| stretch.last()).map_or(middle, |(_, y)| *y);
        let spells: Vec<String> = self
            .spells
            .iter()
            .map(|spell| format!("{} {}/10 from {}", spell.place, number(spell.peak, 0), date_text(spell.from)))
            .collect();
        let spells = if spells.is_empty() { String::new() } else { format!(" Pain marked: {}.", spells.join(", ")) };
        format!(
            "Cadence of {}: {} steps per minute in the middle, {} in the last 28 days; {} 5 % or more below the median of \
             the 8 weeks before.{spells}",
            counted(self.runs.len(), "run"),
            number(middle, 0),
            number(latest, 0),
            counted(self.low(), "run")
        )
    }

    fn height_px(&self) -> f64 {
        if self.spells.is_empty() { 468.0 } else { 500.0 }
    }

    fn draw<DB: DrawingBackend>(&self, page: &Page<DB>) -> Result<(), ChartError> {
        let (low, high) = self.range();
        let ticks = nice_ticks(low - 1.0, high + 1.0, 6);
        let (low, high) = (ticks.first().copied().unwrap_or(low), ticks.last().copied().unwrap_or(high));
        let outside = self.runs.iter().filter(|dot| !(low..=high).contains(&dot.cadence_spm)).count();
        let heading = page.heading(&self.title(), &self.subtitle(outside))?;
        let bottom = self.height_px() - style::UNDER_PLOT_PX;
        let labels = self.place_labels(page, &Panel::new(self.span, (heading, bottom), (low, high)))?;
        let rows = labels.iter().filter_map(|label| label.row).map(|(row, _)| row + 1).max().unwrap_or(0);
        let panel = Panel::new(self.span, (heading + LABEL_ROW_PX * f64::from(rows), bottom), (low, high));
        self.draw_band(page, &panel)?;
        panel.value_axis(page, &ticks, false)?;
        panel.value_title(page, "cadence, steps/min")?;
        self.draw_spells(page, &panel, &labels)?;
        self.draw_runs(page, &panel)?;
        panel.date_axis(page, bottom)
    }
}

impl Data {
    fn draw_band<DB: DrawingBackend>(&self, page: &Page<DB>, panel: &Panel) -> Result<(), ChartError> {
        for stretch in &self.usual {
            let edge = |factor: f64| stretch.iter().map(|(x, y)| panel.at(*x, y * factor)).collect::<Vec<Px>>();
            let (upper, lower) = (edge(1.0 + BAND), edge(1.0 - BAND));
            let around: Vec<Px> = upper.iter().copied().chain(lower.iter().rev().copied()).collect();
            page.polygon(&around, style::GREEN.mix(0.11))?;
            page.line(&lower, style::GREEN.mix(0.7), 1.0)?;
            page.line(&upper, style::GREEN.mix(0.35), 1.0)?;
        }
        Ok(())
    }

    fn draw_runs<DB: DrawingBackend>(&self, page: &Page<DB>, panel: &Panel) -> Result<(), ChartError> {
        let place = |dot: &Dot| (panel.x_noon(dot.date), panel.y(dot.cadence_spm));
        draw_dots(page, self.runs.iter().filter(|dot| !dot.low).map(place).collect())?;
        for stretch in &self.line {
            let points: Vec<Px> = stretch.iter().map(|(x, y)| panel.at(*x, *y)).collect();
            page.line(&points, style::BLUE, 2.0)?;
        }
        let radius = dot_radius_px(self.runs.len()) + 1.0;
        self.runs.iter().filter(|dot| dot.low).try_for_each(|dot| page.diamond(place(dot), radius))
    }

    fn draw_spells<DB: DrawingBackend>(
        &self,
        page: &Page<DB>,
        panel: &Panel,
        labels: &[Label],
    ) -> Result<(), ChartError> {
        for label in labels {
            let base = panel.top - 14.0;
            let top = label.row.map_or(panel.top, |(row, _)| base - LABEL_ROW_PX * f64::from(row) - 7.0);
            page.line(&[(label.x, top), (label.x, panel.bottom)], style::INK.mix(0.45), 1.0)?;
            if let Some((row, side)) = label.row {
                let (at, look) = label.place(row, side);
                page.text(&label.text, (at.0, at.1 + base), look)?;
            }
        }
        Ok(())
    }

    /// Finds a row for every label, from the last to the first: each runs to the right over shorter lines, so close
    /// neighbours go down like stairs. One that finds no room is a line without words.
    fn place_labels<DB: DrawingBackend>(&self, page: &Page<DB>, panel: &Panel) -> Result<Vec<Label>, ChartError> {
        let top = -LABEL_ROW_PX * (f64::from(LABEL_ROWS) - 0.5);
        let bounds = Area { left: panel.left - 4.0, right: style::WIDTH_PX - 8.0, top, bottom: LABEL_ROW_PX };
        let mut room = Room::new(bounds);
        let mut labels = Vec::new();
        for spell in self.spells.iter().rev() {
            let text = format!("{} {}/10", spell.place, number(spell.peak, 0));
            let mut label = Label { x: panel.x(spell.from), text, row: None };
            let places = (0..LABEL_ROWS).map(|row| (row, LabelSide::Right));
            for (row, side) in places.chain((0..LABEL_ROWS).rev().map(|row| (row, LabelSide::Left))) {
                let (at, look) = label.place(row, side);
                let stem = Area { left: label.x - 1.0, right: label.x + 1.0, top: at.1 - 6.0, bottom: LABEL_ROW_PX };
                if room.is_free(stem) && room.take(page.text_box(&label.text, at, look)?) {
                    room.occupy(stem);
                    label.row = Some((row, side));
                    break;
                }
            }
            labels.push(label);
        }
        Ok(labels)
    }
}

/// The words at an upright line, in a row above the plot; row 0 is the lowest.
struct Label {
    x: f64,
    text: String,
    row: Option<(i32, LabelSide)>,
}

/// The side of its line a label stands on.
#[derive(Clone, Copy)]
enum LabelSide {
    Left,
    Right,
}

impl Label {
    /// Where the words would stand, the lowest row at height 0, and how they would be set.
    fn place(&self, row: i32, side: LabelSide) -> (Px, Text) {
        let y = -LABEL_ROW_PX * f64::from(row);
        match side {
            LabelSide::Right => ((self.x + 5.0, y), Text::NAME),
            LabelSide::Left => ((self.x - 5.0, y), Text::NAME.right()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::fixtures::{analysis, date, pain, run};

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
    fn a_run_is_low_against_the_weeks_before_it() {
        // Usual from the sixth run on: the median of the first five is 170, 5 % below it is 161.5.
        let data = data(&with_cadence(&[170.0, 168.0, 172.0, 170.0, 171.0, 161.5, 161.6, 150.0])).expect("cadence");
        let low: Vec<bool> = data.runs.iter().map(|dot| dot.low).collect();
        assert_eq!(low, [false, false, false, false, false, true, false, true]);
        assert_eq!(data.title(), "Cadence: 2 runs well below your own usual");
    }

    #[test]
    fn four_runs_are_not_enough_for_a_usual() {
        let data = data(&with_cadence(&[170.0, 170.0, 170.0, 170.0, 120.0])).expect("cadence");
        assert!(data.runs.iter().all(|dot| !dot.low));
        let walked = data.runs.iter().filter(|dot| dot.cadence_spm < data.range().0).count();
        assert_eq!(walked, 1, "120 is more than 20 % below 170 and does not stretch the axis");
    }

    #[test]
    fn the_line_breaks_after_a_month_without_cadence() {
        let mut analysis = with_cadence(&[170.0, 172.0]);
        let mut late = run(date("2025-03-01"), 8.0);
        late.cadence_flat_spm = None;
        analysis.history.runs.push(late);
        let late_day = analysis.history.days.last().map(|day| day.date);
        assert_eq!(late_day, Some(date("2025-01-08")), "the calendar of the fixture ends before the late run");
        let values = [(date("2025-01-06"), 170.0), (date("2025-01-08"), 172.0), (date("2025-03-01"), 160.0)];
        let span = Span { from: date("2025-01-06"), to: date("2025-03-03") };
        assert_eq!(rolling_line(&values, span), [vec![(0.5, 170.0), (2.5, 171.0)], vec![(54.5, 160.0)]]);
    }

    #[test]
    fn whole_run_cadence_stands_in_for_flat() {
        let mut one = run(date("2025-01-06"), 8.0);
        one.cadence_flat_spm = None;
        let data = data(&analysis(vec![one], Vec::new(), Vec::new())).expect("cadence");
        assert_eq!((data.runs.first().map(|dot| dot.cadence_spm), data.some_not_flat), (Some(170.0), true));
    }

    #[test]
    fn spells_begin_after_three_days_without() {
        let span = Span { from: date("2025-01-06"), to: date("2025-03-03") };
        let shin = |day: &str, rating: f64| pain(date(day), Site::Shin, Some(Side::Left), rating);
        let rows = [
            shin("2025-01-10", 2.0),
            shin("2025-01-13", 5.0),
            shin("2025-01-14", 0.0),
            shin("2025-01-17", 4.0),
            shin("2025-02-10", 2.0),
            pain(date("2025-02-11"), Site::SideStitch, None, 9.0),
        ];
        let expected = [("2025-01-10", 5.0), ("2025-01-17", 4.0)];
        let found = spells(&rows, span);
        assert_eq!(found.len(), expected.len());
        for (spell, (from, peak)) in found.iter().zip(expected) {
            assert_eq!(spell, &Spell { from: date(from), place: "left shin".into(), peak });
        }
    }

    #[test]
    fn the_alt_text_has_the_numbers() {
        let mut analysis = with_cadence(&[170.0, 168.0, 172.0]);
        analysis.pain.entries.push(pain(date("2025-01-08"), Site::Shin, Some(Side::Left), 4.0));
        assert_eq!(
            data(&analysis).expect("cadence").alt(),
            "Cadence of 3 runs: 170 steps per minute in the middle, 170 in the last 28 days; 0 runs 5 % or more below the \
             median of the 8 weeks before. Pain marked: left shin 4/10 from 8 Jan 2025."
        );
        analysis.history.runs.iter_mut().for_each(|run| (run.cadence_flat_spm, run.cadence_spm) = (None, None));
        assert_eq!(data(&analysis), None);
    }
}
