//! Every run against the longest run of the 30 days before it.

use super::{
    ChartKind, Numbers, Picture, Result,
    area::{Area, Px},
    axis::{Panel, Span, ceiling, drawable, stretches, ticks_within},
    counted, findings,
    form::{Both, Form},
    greatest, how_many,
    labels::{Label, Room},
    loudest::{Loudness, keep_loudest},
    page::Page,
    periods, runs_of,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    model::Run,
    rules::{Limit, Mark, single_run_spike},
    time::{date_text, dates, plus_days},
    units::{Units, number, percent, shortest},
};
use chrono::NaiveDate;
use plotters::style::Color;
use std::collections::BTreeSet;

/// Days looked back for the longest run (src/method/rules.md, Longest run).
const WINDOW_DAYS: i64 = 30;

/// How far an axis that ends before the longest runs reaches over the longest of the rest.
const OVER_THE_REST: f64 = 1.25;

const PLOT_HEIGHT_PX: f64 = 304.0;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "longest-run",
    subject: "Single runs against the longest recent run",
    without_data: "no run has a distance",
    picture: |analysis| Both::of(|form| data(analysis, form)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    span: Span,
    units: Units,
    /// How far over the longest run the dashed line lies, %: the rule's first limit.
    limit_percent: f64,
    runs: Vec<Dot>,
    /// All that the rule marked, by day; of many only the loudest are drawn as marked.
    spikes: Vec<Spike>,
    /// Runs as far beyond the line, before which there was too little for the rule to judge.
    unjudged: Vec<Dot>,
    /// The longest run of the 30 days before, as steps; one list for every stretch without a break.
    longest: Vec<Vec<StepPoint>>,
    /// Like those of `unjudged`, and not drawn as such.
    unjudged_more: usize,
    /// Where the axis ends, if some runs lie far beyond the rest.
    ceiling: Option<f64>,
}

/// One run: its day and its distance in the shown unit.
type Dot = (NaiveDate, f64);

/// Days since the start of the span, and the longest run from there on, in the shown unit.
type StepPoint = (f64, f64);

/// One marked run.
#[derive(Debug, Clone, PartialEq)]
struct Spike {
    date: NaiveDate,
    distance: f64,
    /// How far beyond the longest run of the 30 days before, as a share. None when there was none.
    beyond: Option<f64>,
    /// Whether it is among the latest and largest, which are drawn.
    is_loud: bool,
}

/// Takes the runs from the analysis. None when no run has a distance.
fn data(analysis: &Analysis, form: Form) -> Option<Data> {
    let span = form.span(analysis)?;
    let runs = dots(analysis.history.runs.iter(), analysis.units, span);
    let spikes = ranked(analysis, spikes(analysis, &runs, span));
    let unjudged = ranked(analysis, unjudged(analysis, &runs, span));
    let unjudged_more = unjudged.iter().filter(|spike| !spike.is_loud).count();
    let rest = ceiling(runs.iter().map(|(_, distance)| *distance));
    (!runs.is_empty()).then(|| Data {
        form,
        span,
        units: analysis.units,
        limit_percent: limit(analysis, single_run_spike::SMALL_JUMP_PERCENT),
        spikes,
        unjudged: unjudged
            .iter()
            .filter(|spike| spike.is_loud)
            .map(|spike| (spike.date, spike.distance))
            .collect(),
        longest: longest_before(&runs, span),
        runs,
        unjudged_more,
        ceiling: rest.map(|rest| rest * OVER_THE_REST),
    })
}

/// The steps by day, with which of them are the latest and the largest.
fn ranked(analysis: &Analysis, mut spikes: Vec<Spike>) -> Vec<Spike> {
    let as_of = analysis.history.as_of;
    let loudness = |spike: &Spike| Some(Loudness::of(spike.date, as_of, spike.step()));
    keep_loudest(&mut spikes, loudness, |spike| spike.is_loud = false);
    spikes.sort_by_key(|spike| spike.date);
    spikes
}

fn dots<'a>(runs: impl Iterator<Item = &'a Run>, units: Units, span: Span) -> Vec<Dot> {
    runs.filter_map(|run| dot(run, units, span)).collect()
}

fn spikes(analysis: &Analysis, runs: &[Dot], span: Span) -> Vec<Spike> {
    findings(analysis, Mark::LongestRun)
        .filter_map(|finding| {
            let parts = dots(runs_of(analysis, finding), analysis.units, span);
            spike(parts, runs)
        })
        .collect()
}

/// A limit of the rule, as it is in force.
fn limit(analysis: &Analysis, limit: Limit) -> f64 {
    analysis.limits.value(single_run_spike::RULE.id, limit)
}

/// Runs over the dashed line without a finding, and too little before them for one.
fn unjudged(analysis: &Analysis, runs: &[Dot], span: Span) -> Vec<Spike> {
    let factor = 1.0 + limit(analysis, single_run_spike::SMALL_JUMP_PERCENT) / 100.0;
    let mut dots = dots(without_finding(analysis), analysis.units, span);
    dots.retain(|dot| is_beyond(runs, *dot, factor) && too_little_before(analysis, dot.0));
    dots.into_iter()
        .filter_map(|dot| spike(vec![dot], runs))
        .collect()
}

/// Runs as long as the rule asks for, without a finding about them.
fn without_finding(analysis: &Analysis) -> impl Iterator<Item = &Run> {
    let marked: BTreeSet<&str> = findings(analysis, Mark::LongestRun)
        .flat_map(|finding| &finding.run_ids)
        .map(String::as_str)
        .collect();
    let shortest_m = limit(analysis, single_run_spike::MINIMUM_DISTANCE_M);
    let is_long = move |run: &Run| run.distance_m.is_some_and(|metres| metres >= shortest_m);
    let runs = analysis.history.runs.iter();
    runs.filter(move |run| is_long(run) && !marked.contains(run.run_id.as_str()))
}

/// Whether a run is longer than so many times the longest before it.
fn is_beyond(runs: &[Dot], (date, distance): Dot, factor: f64) -> bool {
    longest_until(runs, date).is_some_and(|longest| distance > longest * factor)
}

/// Whether the 30 days before a day are not all covered by recordings, hold too few runs, or one without distance.
fn too_little_before(analysis: &Analysis, date: NaiveDate) -> bool {
    let (first, last) = (plus_days(date, -WINDOW_DAYS), plus_days(date, -1));
    let before = analysis.history.runs_between(first, last);
    !is_covered(analysis, first, last)
        || (before.len() as f64) < limit(analysis, single_run_spike::MINIMUM_RUNS)
        || before.iter().any(|run| run.distance_m.is_none())
}

/// Whether recordings cover every day.
fn is_covered(analysis: &Analysis, first: NaiveDate, last: NaiveDate) -> bool {
    let is_covered = |day| analysis.history.day(day).is_some_and(|day| day.covered);
    dates(first, last).all(is_covered)
}

fn dot(run: &Run, units: Units, span: Span) -> Option<Dot> {
    let distance = drawable(units.distance(run.distance_m?)).filter(|distance| *distance > 0.0)?;
    span.contains(run.local_date())
        .then(|| (run.local_date(), distance))
}

/// The mark of one finding. A run recorded in parts counts as one.
fn spike(parts: Vec<Dot>, runs: &[Dot]) -> Option<Spike> {
    let date = parts.iter().map(|(date, _)| *date).max()?;
    let distance: f64 = parts.iter().map(|(_, distance)| distance).sum();
    let share = longest_until(runs, date).map(|longest| distance / longest - 1.0);
    Some(Spike {
        date,
        distance,
        beyond: share.filter(|beyond| *beyond > 0.0),
        is_loud: true,
    })
}

/// The longest run of the 30 days before a day.
fn longest_until(runs: &[Dot], date: NaiveDate) -> Option<f64> {
    let window = window_before(runs, date)?.iter();
    window.map(|(_, distance)| *distance).reduce(f64::max)
}

fn window_before(runs: &[Dot], date: NaiveDate) -> Option<&[Dot]> {
    let until = |limit| runs.partition_point(|(day, _)| *day < limit);
    runs.get(until(plus_days(date, -WINDOW_DAYS))..until(date))
}

fn longest_before(runs: &[Dot], span: Span) -> Vec<Vec<StepPoint>> {
    let days = dates(span.from, plus_days(span.to, -1));
    let longest = days.map(|date| (span.position(date), longest_until(runs, date)));
    stretches(longest)
        .iter()
        .map(|stretch| steps(stretch))
        .collect()
}

/// A stretch of days as the corners of its steps.
fn steps(days: &[StepPoint]) -> Vec<StepPoint> {
    let mut steps = Vec::new();
    for (start, longest) in days {
        add_step(&mut steps, *start, *longest);
    }
    steps
}

/// Adds one day to a stretch, without a point where nothing changes.
fn add_step(stretch: &mut Vec<StepPoint>, start: f64, longest: f64) {
    match stretch.last_mut() {
        Some((end, value)) if *value == longest => *end = start + 1.0,
        _ => stretch.extend([(start, longest), (start + 1.0, longest)]),
    }
}

impl Data {
    /// Where the dashed line lies, as a multiple of the longest run.
    fn factor(&self) -> f64 {
        1.0 + self.limit_percent / 100.0
    }

    /// Those that are drawn.
    fn loud(&self) -> impl Iterator<Item = &Spike> {
        self.spikes.iter().filter(|spike| spike.is_loud)
    }

    fn most(&self) -> f64 {
        let spikes = self.spikes.iter().map(|spike| spike.distance);
        self.runs
            .iter()
            .map(|(_, distance)| *distance)
            .chain(spikes)
            .fold(0.0, f64::max)
    }

    /// The highest value of the axis.
    fn high(&self) -> f64 {
        self.ceiling.unwrap_or(self.most() * 1.12)
    }

    /// Runs beyond the axis, each with its distance.
    fn beyond_axis(&self) -> impl Iterator<Item = &Dot> {
        let end = self.ceiling.unwrap_or(f64::MAX);
        self.runs
            .iter()
            .filter(move |(_, distance)| *distance > end)
    }

    fn unjudged_text(&self) -> String {
        match self.all_unjudged() {
            0 => String::new(),
            count => {
                format!(" {count} more went over the dashed line, with too little before to judge.")
            }
        }
    }

    /// How much longer than the longest run the dashed line is.
    fn limit_text(&self) -> String {
        match self.limit_percent {
            10.0 => "one tenth".to_string(),
            percent => format!("{} %", shortest(percent)),
        }
    }

    fn subtitle(&self) -> String {
        let more = self.limit_text();
        let lines = format!(
            "Dots: runs. Line: the longest run of the 30 days before. Dashed: {more} more."
        );
        lines + &self.diamonds_text() + self.hollow_text() + self.beyond_text()
    }

    fn beyond_text(&self) -> &'static str {
        match self.beyond_axis().next() {
            Some(_) => " Arrows: beyond the axis, with the distance.",
            None => "",
        }
    }

    /// What the diamonds are. Empty without any.
    fn diamonds_text(&self) -> String {
        match (self.spikes.len(), self.loud().count()) {
            (0, _) => String::new(),
            (all, drawn) if all == drawn => {
                " Diamonds: runs that went well beyond the line, and how far.".to_string()
            }
            (all, _) => format!(
                " Diamonds: the latest and largest of {all} that went well beyond the line, and how far."
            ),
        }
    }

    /// What the hollow diamonds are. Empty without any.
    fn hollow_text(&self) -> &'static str {
        match (self.unjudged.is_empty(), self.spikes.is_empty()) {
            (true, _) => "",
            (false, true) => " Hollow diamonds: beyond it, but too little before to judge.",
            (false, false) => " Hollow: too little before to judge.",
        }
    }

    /// Runs over the dashed line that could not be judged.
    fn all_unjudged(&self) -> usize {
        self.unjudged.len() + self.unjudged_more
    }

    /// The title where the rule marked nothing: what it could not judge is not nothing.
    fn none_marked(&self) -> String {
        match self.all_unjudged() {
            0 => "Longest runs: none went well beyond the month before".to_string(),
            count => format!(
                "Longest runs: {} beyond the month before, with too little in it to judge",
                counted(count, "run")
            ),
        }
    }

    /// `, the longest 21.1 km on 4 May 2025`.
    fn longest_text(&self) -> String {
        let unit = self.units.distance_label();
        greatest(self.runs.iter().copied()).map_or(String::new(), |(date, distance)| {
            let distance = number(distance, 1);
            format!(", the longest {distance} {unit} on {}", date_text(date))
        })
    }

    /// How many runs are marked, and the largest step.
    fn marked_text(&self) -> String {
        let steps = self
            .spikes
            .iter()
            .filter_map(|spike| Some((spike, spike.beyond?)));
        match greatest(steps) {
            Some((spike, beyond)) => format!(
                "{} marked, the largest step {} % beyond the longest of the 30 days before, on {}.",
                counted(self.spikes.len(), "run"),
                percent(beyond),
                date_text(spike.date)
            ),
            None => format!("{} marked.", how_many(self.spikes.len(), "run")),
        }
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let last = self.spikes.last();
        let how_far = last.and_then(|last| {
            let (percent, date) = (percent(last.beyond?), date_text(last.date));
            Some(format!("{percent} % on {date}"))
        });
        match (self.spikes.len(), how_far) {
            (0, _) => self.none_marked(),
            (1, Some(how_far)) => {
                format!("Longest runs: one went well beyond the month before, by {how_far}")
            }
            (1, None) => "Longest runs: one went well beyond the month before".to_string(),
            (count, Some(how_far)) => format!(
                "Longest runs: {count} went well beyond the month before, the last by {how_far}"
            ),
            (count, None) => format!("Longest runs: {count} went well beyond the month before"),
        }
    }

    fn alt(&self) -> String {
        let (longest, marked) = (self.longest_text(), self.marked_text());
        let (runs, unjudged) = (counted(self.runs.len(), "run"), self.unjudged_text());
        format!("Dots for {runs}{longest}. {marked}{unjudged}")
    }

    fn width_px(&self) -> f64 {
        self.form.width_px()
    }

    fn height_px(&self) -> f64 {
        self.form.head_px() + PLOT_HEIGHT_PX + style::UNDER_PLOT_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())?;
        let bottom = self.height_px() - style::UNDER_PLOT_PX;
        let highest = self.high();
        let panel = self
            .form
            .panel(Panel::new(self.span, (top, bottom), (0.0, highest)));
        panel.value_axis(page, &ticks_within(0.0, highest, 5), false)?;
        let title = format!("distance of a run, {}", self.units.distance_label());
        panel.value_title(page, &title)?;
        self.form.say_cut(page, self.span)?;
        self.draw_lines(page, &panel)?;
        draw_dots(page, places(&self.runs, &panel))?;
        self.draw_spikes(page, &panel)?;
        panel.date_axis(page, bottom)
    }

    fn numbers(&self) -> Option<Numbers> {
        let periods = periods::of(self.span).into_iter();
        let rows = periods.map(|period| {
            let runs = self.runs.iter().filter(|(date, _)| period.has(*date));
            let runs: Vec<f64> = runs.map(|(_, distance)| *distance).collect();
            let longest = runs.iter().copied().reduce(f64::max);
            let spikes = self.spikes.iter().filter(|spike| period.has(spike.date));
            let steps = spikes.filter_map(|spike| Some(format!("+{} %", percent(spike.beyond?))));
            vec![
                period.name(),
                runs.len().to_string(),
                longest.map_or("–".to_string(), |longest| number(longest, 1)),
                steps.collect::<Vec<_>>().join(", "),
            ]
        });
        let longest = match self.units {
            Units::Km => "longest, km",
            Units::Mi => "longest, mi",
        };
        Some(Numbers {
            head: vec!["from", "runs", longest, "beyond the month before"],
            rows: rows.collect(),
        })
    }
}

impl Data {
    /// The longest runs and, dashed, how far beyond them the rule lets a run go.
    fn draw_lines(&self, page: &Page, panel: &Panel) -> Result {
        for stretch in &self.longest {
            let limit = panel.points(stretch, self.factor());
            page.dashed(&limit, style::VERMILLION.mix(0.65), 1.0)?;
            page.line(&panel.points(stretch, 1.0), style::BLUE, 1.75)?;
        }
        Ok(())
    }

    fn draw_spikes(&self, page: &Page, panel: &Panel) -> Result {
        let hollow = places(&self.unjudged, panel);
        let spikes: Vec<Px> = self.loud().map(|spike| spike.place(panel)).collect();
        hollow
            .iter()
            .try_for_each(|at| page.hollow_diamond(*at, 6.0))?;
        spikes.iter().try_for_each(|at| page.diamond(*at, 6.0))?;
        let mut room = self.room(panel);
        hollow
            .iter()
            .chain(&spikes)
            .for_each(|at| room.keep_off_mark(*at));
        self.draw_beyond(page, panel, &mut room)?;
        self.draw_labels(page, panel, room)
    }

    /// Arrows at the upper edge for runs beyond it, with their distances where they find room.
    fn draw_beyond(&self, page: &Page, panel: &Panel, room: &mut LabelRoom) -> Result {
        for (date, distance) in self.beyond_axis() {
            let (x, y) = (panel.x_noon(*date), panel.top);
            let arrow = [(x - 5.0, y + 8.0), (x, y - 1.0), (x + 5.0, y + 8.0)];
            page.polygon(&arrow, style::BLUE)?;
            let label = Label {
                text: number(*distance, 0),
                at: (x, y - 10.0),
                look: Text::VALUE.centered(),
            };
            if let Some(label) = room.find(page, &[label])? {
                label.draw(page)?;
            }
        }
        Ok(())
    }

    fn draw_labels(&self, page: &Page, panel: &Panel, mut room: LabelRoom) -> Result {
        for (spike, beyond) in self.labelled() {
            let text = format!("+{}\u{a0}%", percent(beyond));
            if let Some(label) = room.find(page, &around_mark(&text, spike.place(panel)))? {
                label.draw(page)?;
            }
        }
        Ok(())
    }

    /// The steps that are drawn, the largest first, of equals the later.
    fn labelled(&self) -> impl Iterator<Item = (&Spike, f64)> {
        let mut spikes: Vec<&Spike> = self.loud().collect();
        spikes.sort_by(|a, b| b.step().total_cmp(&a.step()).then(b.date.cmp(&a.date)));
        let largest = spikes.into_iter();
        largest.filter_map(|spike| Some((spike, spike.beyond?)))
    }

    /// Room for labels, with the lines in it.
    fn room(&self, panel: &Panel) -> LabelRoom {
        let empty = panel.label_room(20.0);
        let mut room = LabelRoom {
            beside_lines: empty.clone(),
            over_lines: empty,
        };
        for area in self.line_areas(panel) {
            room.beside_lines.occupy(area);
        }
        room
    }

    /// The places that the solid and the dashed line cover.
    fn line_areas(&self, panel: &Panel) -> impl Iterator<Item = Area> {
        let lines = self
            .longest
            .iter()
            .flat_map(|stretch| [1.0, self.factor()].map(|factor| panel.points(stretch, factor)));
        lines.flat_map(|line| {
            let legs = line.windows(2);
            legs.map(|leg| Area::between(leg[0], leg[1]).grown(0.5))
                .collect::<Vec<_>>()
        })
    }
}

impl Spike {
    /// How far beyond, where it is known.
    fn step(&self) -> f64 {
        self.beyond.unwrap_or(0.0)
    }
    fn place(&self, panel: &Panel) -> Px {
        panel.noon(self.date, self.distance)
    }
}

/// Where runs lie in a panel.
fn places(runs: &[Dot], panel: &Panel) -> Vec<Px> {
    runs.iter()
        .map(|(date, distance)| panel.noon(*date, *distance))
        .collect()
}

/// Room for labels close to their marks: off the lines where it can be, else over them.
struct LabelRoom {
    beside_lines: Room,
    over_lines: Room,
}

impl LabelRoom {
    fn keep_off_mark(&mut self, (x, y): Px) {
        let mark = Area::between((x - 3.0, y - 5.0), (x + 3.0, y + 6.0));
        self.beside_lines.occupy(mark);
        self.over_lines.occupy(mark);
    }

    /// The first place that is free of lines, else the first that is free of marks and labels.
    fn find(&mut self, page: &Page, places: &[Label]) -> Result<Option<Label>> {
        for label in places {
            let area = label.area(page)?;
            if self.over_lines.is_free(area) && self.beside_lines.take(area) {
                self.over_lines.occupy(area);
                return Ok(Some(label.clone()));
            }
        }
        self.over_lines.take_first(page, places.iter().cloned())
    }
}

/// A text on every side of a mark, the best side first.
fn around_mark(text: &str, (x, y): Px) -> [Label; 8] {
    let (left, right, above) = (Text::MARK.right(), Text::MARK, Text::MARK.centered());
    let places = [
        ((x - 10.0, y), left),
        ((x - 8.0, y - 10.0), left),
        ((x, y - 14.0), above),
        ((x + 8.0, y - 10.0), right),
        ((x + 10.0, y), right),
        ((x - 8.0, y + 10.0), left),
        ((x + 8.0, y + 10.0), right),
        ((x, y + 15.0), above),
    ];
    places.map(|(at, look)| Label {
        text: text.to_string(),
        at,
        look,
    })
}

/// Dots, smaller where there are many; those on the same half pixel are drawn once, so a picture has a bounded number.
pub(super) fn draw_dots(page: &Page, dots: Vec<Px>) -> Result {
    let radius = dot_radius_px(dots.len());
    let half_pixels: BTreeSet<(i64, i64)> = dots
        .iter()
        .map(|(x, y)| ((x * 2.0) as i64, (y * 2.0) as i64))
        .collect();
    half_pixels.into_iter().try_for_each(|(x, y)| {
        let at = (x as f64 / 2.0, y as f64 / 2.0);
        page.dot(at, radius, style::SKY.mix(0.8))
    })
}

/// The radius of each of so many dots.
pub(super) fn dot_radius_px(count: usize) -> f64 {
    match count {
        0..=250 => 3.5,
        251..=700 => 2.75,
        _ => 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        report::charts::fixtures::{analysis, date, finding, run},
        rules::{Finding, Limits},
    };

    fn three_runs() -> Analysis {
        // 10 km, two days later 12 km, 20 days after that 15 km: 15 / 12 − 1 = 25 %.
        let runs = vec![
            run(date("2025-03-03"), 10.0),
            run(date("2025-03-05"), 12.0),
            run(date("2025-03-25"), 15.0),
        ];
        let spike = finding(
            single_run_spike::RULE.id,
            date("2025-03-25"),
            date("2025-03-25"),
        );
        let spike = Finding {
            run_ids: vec!["20250325-1200-00000000".into()],
            ..spike
        };
        analysis(runs, Vec::new(), vec![spike])
    }

    #[test]
    fn the_line_is_the_longest_of_the_days_before_and_not_of_the_day() {
        let runs = data(&three_runs(), Form::Wide).expect("distance").runs;
        for (day, expected) in [
            ("2025-03-03", None),
            ("2025-03-04", Some(10.0)),
            ("2025-03-05", Some(10.0)),
            ("2025-03-06", Some(12.0)),
            ("2025-03-25", Some(12.0)),
            ("2025-04-04", Some(15.0)),
            ("2025-04-24", Some(15.0)),
            ("2025-04-25", None),
        ] {
            assert_eq!(longest_until(&runs, date(day)), expected, "{day}");
        }
    }

    #[test]
    fn steps_break_where_nothing_is_known() {
        // One run on 3 March, the next on 5 May: the window is empty from 3 April until 5 May.
        let runs = vec![run(date("2025-03-03"), 10.0), run(date("2025-05-05"), 8.0)];
        let data = data(&analysis(runs, Vec::new(), Vec::new()), Form::Wide).expect("distance");
        assert_eq!(
            data.longest,
            [
                vec![(1.0, 10.0), (31.0, 10.0)],
                vec![(64.0, 8.0), (70.0, 8.0)]
            ]
        );
    }

    #[test]
    fn a_marked_run_is_measured_against_the_line() {
        let data = data(&three_runs(), Form::Wide).expect("distance");
        assert_eq!(
            data.unjudged,
            [(date("2025-03-05"), 12.0)],
            "one run before it"
        );
        assert_eq!(
            data.spikes,
            [Spike {
                date: date("2025-03-25"),
                distance: 15.0,
                beyond: Some(0.25),
                is_loud: true,
            }]
        );
        assert_eq!(
            data.alt(),
            "Dots for 3 runs, the longest 15.0 km on 25 Mar 2025. 1 run marked, the largest step 25 % beyond the longest \
             of the 30 days before, on 25 Mar 2025. 1 more went over the dashed line, with too little before to judge."
        );
        assert_eq!(
            data.title(),
            "Longest runs: one went well beyond the month before, by 25 % on 25 Mar 2025"
        );
    }

    #[test]
    fn a_step_after_too_little_is_hollow() {
        let day = |offset: i64| plus_days(date("2025-03-03"), offset);
        let runs = |offsets: &[i64], last: i64, km: f64| {
            let month = offsets.iter().map(|offset| run(day(*offset), 8.0));
            analysis(
                month.chain([run(day(last), km)]).collect(),
                Vec::new(),
                Vec::new(),
            )
        };
        // 8.8 km is one tenth more than 8 km.
        for (offsets, last, km, expected) in [
            (vec![0, 10, 20], 30, 8.9, 1),
            (vec![0, 10, 20], 30, 8.7, 0),
            (vec![0, 7, 14, 21], 30, 8.9, 0),
            (vec![0, 7, 14, 21], 29, 8.9, 1),
            (vec![0], 31, 20.0, 0),
        ] {
            let found = data(&runs(&offsets, last, km), Form::Wide)
                .expect("distance")
                .unjudged;
            assert_eq!(found.len(), expected, "{offsets:?} {last} {km}");
        }
        let mut judged = runs(&[0, 10, 20], 30, 20.0);
        let spike = finding(single_run_spike::RULE.id, day(30), day(30));
        judged.findings.push(Finding {
            run_ids: vec!["20250402-1200-00000000".into()],
            ..spike
        });
        assert_eq!(
            data(&judged, Form::Wide).expect("distance").unjudged,
            [],
            "it has a finding"
        );
        let mut unknown = runs(&[0, 7, 14, 21], 30, 20.0);
        unknown.history.runs[2].distance_m = None;
        assert_eq!(
            data(&unknown, Form::Wide).expect("distance").unjudged,
            [(day(30), 20.0)]
        );
    }

    #[test]
    fn the_dashed_line_is_the_limit_in_force() {
        let mut analysis = three_runs();
        let tenth = data(&analysis, Form::Wide).expect("distance");
        assert!(
            tenth.subtitle().contains("Dashed: one tenth more."),
            "{}",
            tenth.subtitle()
        );
        analysis.limits =
            Limits::parse(&["single-run-spike.small-jump-percent=25".to_string()]).unwrap();
        let quarter = data(&analysis, Form::Wide).expect("distance");
        assert!(
            quarter.subtitle().contains("Dashed: 25 % more."),
            "{}",
            quarter.subtitle()
        );
        assert_eq!(quarter.factor(), 1.25);
        assert_eq!(quarter.unjudged, [], "12 km after 10 km is a fifth more");
    }

    #[test]
    fn without_distance_there_is_no_picture() {
        let mut analysis = three_runs();
        analysis
            .history
            .runs
            .iter_mut()
            .for_each(|run| run.distance_m = None);
        assert_eq!(data(&analysis, Form::Wide), None);
        assert_eq!(
            data(
                &super::super::fixtures::analysis(vec![], vec![], vec![]),
                Form::Wide
            ),
            None
        );
    }

    #[test]
    fn an_ultra_is_an_arrow_at_the_edge() {
        let day = |offset: i64| plus_days(date("2025-03-03"), offset);
        let runs = (0..40).map(|n| run(day(3 * n), if n == 20 { 100.0 } else { 10.0 }));
        let data = data(
            &analysis(runs.collect(), Vec::new(), Vec::new()),
            Form::Wide,
        );
        let data = data.expect("distance");
        assert_eq!(data.high(), 12.5);
        assert_eq!(data.beyond_axis().collect::<Vec<_>>(), [&(day(60), 100.0)]);
        assert!(data.subtitle().contains("Arrows: beyond the axis"));
        let rows = data.numbers().expect("a table").rows;
        let week = rows
            .iter()
            .find(|row| row[0] == "28 Apr 2025")
            .expect("its week");
        assert_eq!(week[1..3], ["2", "100.0"]);
    }

    #[test]
    fn many_steps_are_counted_and_eight_are_drawn() {
        let day = |offset: i64| plus_days(date("2024-01-01"), offset);
        let mut runs = Vec::new();
        let mut findings = Vec::new();
        for step in 0..10 {
            for n in 0..8 {
                runs.push(run(day(80 * step + 5 * n), 10.0));
            }
            let long = run(day(80 * step + 38), 12.0 + step as f64);
            let found = finding(
                single_run_spike::RULE.id,
                long.local_date(),
                long.local_date(),
            );
            findings.push(Finding {
                run_ids: vec![long.run_id.clone()],
                ..found
            });
            runs.push(long);
        }
        let data = data(&analysis(runs, Vec::new(), findings), Form::Wide).expect("distance");
        assert_eq!((data.spikes.len(), data.loud().count()), (10, 8));
        let first = data.loud().next().map(|spike| spike.distance);
        assert_eq!(first, Some(14.0), "the two smallest are not drawn");
        assert_eq!(
            data.title(),
            "Longest runs: 10 went well beyond the month before, the last by 110 % on 28 Jan 2026"
        );
    }

    #[test]
    fn the_last_is_the_last_of_all_and_not_of_those_that_are_drawn() {
        // Ten steps, each smaller than the one before: the last two are not drawn, and the log ends long after them.
        let day = |offset: i64| plus_days(date("2012-01-02"), offset);
        let (mut runs, mut findings) = (Vec::new(), Vec::new());
        for step in 0..10 {
            runs.extend((0..8).map(|n| run(day(80 * step + 5 * n), 10.0)));
            let long = run(day(80 * step + 38), 21.0 - step as f64);
            findings.push(Finding {
                run_ids: vec![long.run_id.clone()],
                ..finding(
                    single_run_spike::RULE.id,
                    long.local_date(),
                    long.local_date(),
                )
            });
            runs.push(long);
        }
        runs.extend((0..30).map(|n| run(day(800 + 5 * n), 10.0)));
        let data = data(&analysis(runs, Vec::new(), findings), Form::Wide).expect("distance");
        assert_eq!(data.loud().last().map(|spike| spike.distance), Some(14.0));
        assert_eq!(
            data.title(),
            "Longest runs: 10 went well beyond the month before, the last by 20 % on 29 Jan 2014"
        );
        let rows = data.numbers().expect("a table").rows;
        let told = rows.iter().filter(|row| !row[3].is_empty()).count();
        assert_eq!(told, 10, "the table has all");
    }

    #[test]
    fn what_could_not_be_judged_is_not_called_nothing() {
        let mut analysis = three_runs();
        analysis.findings.clear();
        let data = data(&analysis, Form::Wide).expect("distance");
        assert!(data.spikes.is_empty() && data.all_unjudged() > 0);
        assert!(
            data.title().ends_with("with too little in it to judge"),
            "{}",
            data.title()
        );
    }
}
