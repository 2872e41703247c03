//! Distance per week, with the weeks the rules marked, over a strip of the highest pain logged in each.

use super::{
    ChartKind, Numbers, Picture, Result,
    area::{Area, Px},
    axis::{Bucket, Panel, Span, Step, buckets, ceiling, drawable, highest, sum, ticks_within},
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
    model::Week,
    rules::{Finding, Mark},
    stats::describe::median,
    time::{date_text, plus_days},
    units::{Units, number},
};
use chrono::NaiveDate;
use plotters::style::{Color, RGBAColor};
use std::cmp::Ordering;

/// Which kinds of words to try above the numbers, most first: jumps, long runs. A kind is written at every bar it marks
/// or at none.
const KINDS: [(bool, bool); 3] = [(true, true), (false, true), (true, false)];

/// Numbers of marked bars closer than this lean away from each other; the first distance with room for most is taken.
const LEAN_PX: [f64; 4] = [22.0, 28.0, 34.0, 0.0];

/// Up to this many bars, every one has its value written above it.
const MOST_VALUES: usize = 16;

/// How far an axis that ends before the highest bars reaches over the highest of the rest.
const OVER_THE_REST: f64 = 1.3;

/// Days that a mark is new, and the title names it.
const NEW_DAYS: i64 = 35;

const PLOT_HEIGHT_PX: f64 = 262.0;
const STRIP_GAP_PX: f64 = 48.0;
const STRIP_HEIGHT_PX: f64 = 36.0;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "weekly-distance",
    subject: "Distance per week",
    without_data: "no run has a distance",
    picture: |analysis| Both::of(|form| data(analysis, form)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    span: Span,
    units: Units,
    step: Step,
    bars: Vec<Bar>,
    pain_is_logged: bool,
    /// Marked by a rule, and quieter or older than those that are drawn as marked.
    quieter: usize,
    /// The highest bar that is drawn whole, where some lie far beyond the rest.
    ceiling: Option<f64>,
    /// What the last weeks are beside those before. None: too little is known.
    lately: Option<String>,
}

/// One week, or one month.
#[derive(Debug, Clone, PartialEq)]
struct Bar {
    from: NaiveDate,
    to: NaiveDate,
    /// In the shown unit. None: unknown.
    distance: Option<f64>,
    /// The part of it run in marked weeks.
    marked: f64,
    /// Why. None: not marked.
    reasons: Option<Reasons>,
    /// How loud. None: not marked.
    loudness: Option<Loudness>,
    /// Whether recordings cover any of its days: where none do, nothing is known of it.
    recorded: bool,
    /// Whether all its days are past and covered.
    complete: bool,
    /// Highest pain logged. None: nothing was.
    pain: Option<f64>,
}

/// Why a bar is marked.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Reasons {
    /// The distance jumped over that of the weeks before.
    jump: bool,
    /// There is a run far beyond the longest recent one.
    long_run: bool,
    /// The distance of that run, in the shown unit; of the longest where there are several.
    longest_run: Option<f64>,
}

/// Takes the weeks from the analysis. None when no week has a distance.
fn data(analysis: &Analysis, form: Form) -> Option<Data> {
    let span = form.span(analysis)?;
    let (step, buckets) = buckets(&analysis.history.weeks, span);
    let of_bucket = |bucket| bar(analysis, step, bucket);
    let mut bars: Vec<Bar> = buckets.iter().map(of_bucket).collect();
    let quieter = keep_loudest(&mut bars, |bar| bar.loudness, Bar::unmark);
    bars.iter().any(|bar| bar.shown().is_some()).then(|| Data {
        form,
        span,
        units: analysis.units,
        step,
        pain_is_logged: bars.iter().any(|bar| bar.pain.is_some()),
        quieter,
        ceiling: ceiling(bars.iter().filter_map(Bar::shown)),
        lately: lately(analysis),
        bars,
    })
}

/// `36 km a week, as always`, as the course of the weeks has it.
fn lately(analysis: &Analysis) -> Option<String> {
    let units = analysis.units;
    let line = analysis.lines.distance.as_ref()?;
    line.change_text(|metres| {
        let distance = number(units.distance(metres), 0);
        format!("{distance} {} a week", units.distance_label())
    })
}

fn bar(analysis: &Analysis, step: Step, bucket: &Bucket) -> Bar {
    let distance = |week: &&Week| week.distance_m.and_then(|metres| in_unit(analysis, metres));
    let why = |week: &&Week| reasons_for(analysis, week);
    let weeks = || bucket.weeks.iter();
    let loudness = weeks().filter_map(|week| loudness(analysis, week));
    Bar {
        from: bucket.from,
        to: bucket.to,
        distance: sum(weeks().map(distance)),
        marked: sum(weeks().filter(|week| why(week).is_some()).map(distance)).unwrap_or(0.0),
        reasons: weeks().filter_map(why).reduce(Reasons::and),
        loudness: loudness.reduce(|a, b| if b > a { b } else { a }),
        recorded: weeks().any(|week| week.days_covered > 0),
        complete: is_complete(analysis, step, bucket),
        pain: highest(weeks().map(|week| week.pain_max.and_then(drawable))),
    }
}

/// How loud the findings are that touch the week. None when there are none.
fn loudness(analysis: &Analysis, week: &Week) -> Option<Loudness> {
    let marks = [Mark::WeeklyDistance, Mark::LongestRun];
    let found = marks
        .iter()
        .flat_map(|mark| findings_of(analysis, *mark, week));
    let all = found.map(|finding| Loudness::of_finding(finding, analysis.history.as_of));
    all.reduce(|a, b| if b > a { b } else { a })
}

fn in_unit(analysis: &Analysis, metres: f64) -> Option<f64> {
    drawable(analysis.units.distance(metres))
}

/// Whether all days of a bar are past and covered.
pub(super) fn is_complete(analysis: &Analysis, step: Step, bucket: &Bucket) -> bool {
    match step {
        Step::Week => bucket.weeks.iter().all(|week| week.full),
        Step::Month => {
            let is_whole = bucket.weeks.len() >= 4 && bucket.weeks.iter().all(|week| week.full);
            is_whole && plus_days(bucket.to, -1) <= analysis.history.as_of
        }
    }
}

/// What the findings that touch the week say. None when there are none.
pub(super) fn reasons_for(analysis: &Analysis, week: &Week) -> Option<Reasons> {
    let long_runs = || findings_of(analysis, Mark::LongestRun, week);
    let reasons = Reasons {
        jump: findings_of(analysis, Mark::WeeklyDistance, week)
            .next()
            .is_some(),
        long_run: long_runs().next().is_some(),
        longest_run: highest(long_runs().map(|finding| outing(analysis, finding))),
    };
    (reasons.jump || reasons.long_run).then_some(reasons)
}

/// The findings that touch a week.
fn findings_of<'a>(
    analysis: &'a Analysis,
    mark: Mark,
    week: &Week,
) -> impl Iterator<Item = &'a Finding> + use<'a> {
    let (start, end) = (week.start, plus_days(week.start, 6));
    findings(analysis, mark).filter(move |finding| finding.from <= end && finding.to >= start)
}

/// The distance of the runs of a finding together, in the shown unit: parts of one outing.
fn outing(analysis: &Analysis, finding: &Finding) -> Option<f64> {
    let parts = runs_of(analysis, finding).map(|run| run.distance_m);
    sum(parts).and_then(|metres| in_unit(analysis, metres))
}

impl Bar {
    /// The distance, where there is a bar to draw.
    fn shown(&self) -> Option<f64> {
        self.distance.filter(|distance| *distance > 0.0)
    }

    /// Takes its mark off.
    fn unmark(&mut self) {
        (self.reasons, self.loudness, self.marked) = (None, None, 0.0);
    }

    /// Whether it is known that nothing was run.
    fn is_empty(&self) -> bool {
        self.recorded && self.shown().is_none()
    }

    /// Whether nothing is known of it.
    fn is_unknown(&self) -> bool {
        !self.recorded && self.shown().is_none()
    }
}

impl Reasons {
    /// Those of two weeks.
    pub(super) fn and(self, other: Reasons) -> Reasons {
        Reasons {
            jump: self.jump || other.jump,
            long_run: self.long_run || other.long_run,
            longest_run: highest([self.longest_run, other.longest_run].into_iter()),
        }
    }

    /// The words at the bar, of the kinds asked for: `jump, 17.6 km run`. None when none is left.
    pub(super) fn words(self, (jumps, long_runs): (bool, bool), unit: &str) -> Option<String> {
        let jump = (jumps && self.jump).then(|| "jump".to_string());
        let long_run = self.longest_run.filter(|_| long_runs);
        let long_run = long_run.map(|distance| format!("{}\u{a0}{unit} run", number(distance, 1)));
        let words: Vec<String> = jump.into_iter().chain(long_run).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

impl Data {
    fn marked(&self) -> impl Iterator<Item = &Bar> {
        self.bars.iter().filter(|bar| bar.reasons.is_some())
    }

    fn highest_bar(&self) -> Option<(&Bar, f64)> {
        greatest(
            self.bars
                .iter()
                .filter_map(|bar| Some((bar, bar.distance?))),
        )
    }

    fn subtitle(&self) -> String {
        let step = self.step.label();
        let mut text = format!("Each bar is one {step} in {}.", self.units.distance_label());
        text += &self.marks_text();
        if self.has(|bar| !bar.complete && bar.shown().is_some()) {
            text += &format!(" Pale: not a whole {step} of recordings.");
        }
        if self.has(Bar::is_unknown) {
            text += " Grey: no recordings.";
        }
        if self.has(Bar::is_empty) {
            text += &format!(" A dash at the foot: a {step} without a run.");
        }
        if self.has(|bar| self.is_broken(bar)) {
            text += " Broken: beyond the axis, with its number.";
        }
        text
    }

    fn has(&self, is_it: impl Fn(&Bar) -> bool) -> bool {
        self.bars.iter().any(is_it)
    }

    /// What the marks mean. Empty when there are none.
    fn marks_text(&self) -> String {
        let what = match (self.step, self.quieter) {
            (Step::Week, 0) => "weeks to keep an eye on".to_string(),
            (Step::Week, quieter) => format!(
                "the latest and loudest of {} weeks to keep an eye on",
                self.marked().count() + quieter
            ),
            (Step::Month, 0) => "the part run in weeks to keep an eye on".to_string(),
            (Step::Month, quieter) => format!(
                "the part run in weeks to keep an eye on, in the latest and loudest of {} months",
                self.marked().count() + quieter
            ),
        };
        self.why_marked().map_or(String::new(), |why| {
            let (step, look) = (self.step.label(), self.mark_look());
            format!(" {look}: {what}, {why}; the bold number is the whole {step}.")
        })
    }

    /// How a marked bar looks: one too narrow for stripes has a dot over it.
    fn mark_look(&self) -> &'static str {
        let panel = self
            .form
            .panel(Panel::new(self.span, (0.0, 1.0), (0.0, 1.0)));
        let is_thin = |bar: &Bar| is_thin(panel.bar(bar.from, bar.to));
        look_of(self.marked().any(is_thin))
    }

    /// For what bars are marked. None when none is.
    fn why_marked(&self) -> Option<&'static str> {
        let all = self.bars.iter().filter_map(|bar| bar.reasons);
        let together = all.reduce(Reasons::and)?;
        match (together.jump, together.long_run) {
            (true, true) => Some("for a jump over the weeks before or one long run"),
            (true, false) => Some("for a jump over the weeks before"),
            (false, true) => Some("for one long run"),
            (false, false) => None,
        }
    }

    fn pain_words(&self) -> String {
        let logged = self.bars.iter().filter_map(|bar| Some((bar, bar.pain?)));
        let (step, blank) = (self.step.label(), self.blank_words());
        match greatest(logged) {
            None => "No pain is logged.".to_string(),
            Some((_, pain)) if pain <= 0.0 => format!("All pain logged is zero; {blank}."),
            Some((bar, pain)) => {
                let (pain, when) = (number(pain, 0), date_text(bar.from));
                format!("The highest pain logged is {pain}/10, in the {step} from {when}; {blank}.")
            }
        }
    }

    fn blank_words(&self) -> String {
        let blank = self.bars.iter().filter(|bar| bar.pain.is_none()).count();
        format!(
            "{} without any pain entry",
            counted(blank, self.step.label())
        )
    }

    /// The distance of a middle bar.
    fn middle(&self) -> f64 {
        let known: Vec<f64> = self.bars.iter().filter_map(|bar| bar.distance).collect();
        median(&known).unwrap_or(0.0)
    }

    /// `36 km in a middle week`.
    fn middle_text(&self) -> String {
        format!(
            "{} {} in a middle {}",
            number(self.middle(), 0),
            self.units.distance_label(),
            self.step.label()
        )
    }

    /// `, the highest 62 km in the week from 3 Mar 2025`.
    fn highest_text(&self) -> String {
        let (unit, step) = (self.units.distance_label(), self.step.label());
        self.highest_bar().map_or(String::new(), |(bar, distance)| {
            let (distance, from) = (number(distance, 0), date_text(bar.from));
            format!(", the highest {distance} {unit} in the {step} from {from}")
        })
    }

    /// Room for the strip of pain, where there is one.
    fn strip_px(&self) -> f64 {
        if self.pain_is_logged {
            STRIP_GAP_PX + STRIP_HEIGHT_PX
        } else {
            0.0
        }
    }
}

impl Data {
    /// The latest bar that a rule marked, where it is new.
    fn new_mark(&self) -> Option<(&Bar, f64)> {
        let bar = self.marked().last()?;
        let is_new = bar.from > plus_days(self.span.to, -NEW_DAYS) && self.step == Step::Week;
        is_new.then_some((bar, bar.shown()?))
    }

    /// The highest value of the axis: a little over the highest bar, for its number and words.
    fn high(&self) -> f64 {
        let highest = self.highest_bar().map_or(1.0, |(_, distance)| distance);
        match self.ceiling {
            Some(rest) => rest * OVER_THE_REST,
            None if self.marked().next().is_some() => highest * 1.16,
            None => highest * 1.08,
        }
    }

    /// Whether a bar goes on beyond the axis.
    fn is_broken(&self, bar: &Bar) -> bool {
        self.ceiling.is_some() && bar.shown().is_some_and(|distance| distance > self.high())
    }
}

/// What the last weeks are; over bars that are months after what a month is, so that both are understood.
pub(super) fn told(step: Step, middle: String, lately: &str) -> String {
    match step {
        Step::Week => lately.to_string(),
        Step::Month => format!("{middle}; of late {lately}"),
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let unit = self.units.distance_label();
        match (self.new_mark(), &self.lately) {
            (Some((bar, distance)), _) => {
                let (distance, from) = (number(distance, 0), date_text(bar.from));
                format!("Distance: {distance} {unit} in the week from {from} stand out")
            }
            (None, Some(lately)) => {
                format!("Distance: {}", told(self.step, self.middle_text(), lately))
            }
            (None, None) => format!("Distance: {}", self.middle_text()),
        }
    }

    fn alt(&self) -> String {
        let (unit, step) = (self.units.distance_label(), self.step.label());
        format!(
            "Bars of distance over {}: {} {unit} in a middle {step}{}; {} marked. {}",
            counted(self.bars.len(), step),
            number(self.middle(), 0),
            self.highest_text(),
            how_many(self.marked().count() + self.quieter, step),
            self.pain_words()
        )
    }

    fn width_px(&self) -> f64 {
        self.form.width_px()
    }

    fn height_px(&self) -> f64 {
        let head = self.form.head_px();
        head + PLOT_HEIGHT_PX + self.strip_px() + style::UNDER_PLOT_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())?;
        let bottom = self.height_px() - style::UNDER_PLOT_PX - self.strip_px();
        let panel = self
            .form
            .panel(Panel::new(self.span, (top, bottom), (0.0, self.high())));
        self.form.say_cut(page, self.span)?;
        self.draw_unknown(page, &panel)?;
        panel.value_axis(page, &ticks_within(0.0, self.high(), 5), false)?;
        panel.value_title(page, &self.value_title())?;
        self.bars
            .iter()
            .try_for_each(|bar| self.draw_bar(page, &panel, bar))?;
        self.draw_values(page, &panel)?;
        self.draw_below(page, &panel)
    }

    fn numbers(&self) -> Option<Numbers> {
        let unit = self.units.distance_label();
        let row = |bar: &Bar| {
            let recorded = match (bar.complete, bar.is_unknown()) {
                (true, _) => "whole",
                (false, true) => "none",
                (false, false) => "in part",
            };
            let why = bar.reasons.and_then(|why| why.words((true, true), unit));
            vec![
                periods::name(bar.from, bar.to),
                bar.distance.map_or("–".to_string(), |km| number(km, 1)),
                recorded.to_string(),
                bar.pain.map_or("–".to_string(), |pain| number(pain, 0)),
                why.unwrap_or_default(),
            ]
        };
        Some(Numbers {
            head: vec![
                "from",
                self.units.distance_label(),
                "recorded",
                "highest pain",
                "marked for",
            ],
            rows: self.bars.iter().rev().map(row).collect(),
        })
    }
}

impl Data {
    /// Shades the bars of which nothing is known.
    fn draw_unknown(&self, page: &Page, panel: &Panel) -> Result {
        let is_alike = |a: &Bar, b: &Bar| a.is_unknown() == b.is_unknown();
        let stretches = self.bars.chunk_by(is_alike);
        for stretch in stretches.filter(|bars| bars.iter().all(Bar::is_unknown)) {
            if let (Some(first), Some(last)) = (stretch.first(), stretch.last()) {
                panel.shade(page, first.from, last.to)?;
            }
        }
        Ok(())
    }

    fn draw_bar(&self, page: &Page, panel: &Panel, bar: &Bar) -> Result {
        let (left, right) = panel.bar(bar.from, bar.to);
        let Some(distance) = bar.shown() else {
            return draw_dash(page, bar.is_empty(), (left, right), panel.bottom);
        };
        let (top, base) = (panel.y(distance), panel.y(0.0));
        let split = panel.y(distance - bar.marked.min(distance));
        draw_plain(page, bar.complete, (left, split), (right, base))?;
        if bar.reasons.is_some() {
            draw_marked(page, (left, top), (right, split))?;
        }
        match self.is_broken(bar) {
            true => page.broken((left, right), panel.top + 12.0),
            false => Ok(()),
        }
    }
}

/// A dash at the foot where it is known that nothing was run.
pub(super) fn draw_dash(page: &Page, is_empty: bool, (left, right): (f64, f64), y: f64) -> Result {
    match is_empty {
        true => page.rect((left, y - 2.0), (right, y), style::SKY),
        false => Ok(()),
    }
}

/// The part of a bar that no rule marked: pale in an edge where recordings are missing.
fn draw_plain(page: &Page, complete: bool, from: Px, to: Px) -> Result {
    match complete {
        true => page.rect(from, to, style::SKY.mix(0.85)),
        false => draw_pale(page, from, to, style::SKY),
    }
}

/// A bar of which recordings are missing.
pub(super) fn draw_pale(page: &Page, from: Px, to: Px, edge: RGBAColor) -> Result {
    page.rect(from, to, style::WHITE)?;
    page.rect(from, to, edge.mix(0.22))?;
    page.outline(from, to, edge, if to.0 - from.0 < 6.0 { 0.75 } else { 1.5 })
}

/// The part of a bar that a rule marked, with a dot over it where it is too narrow for stripes.
fn draw_marked(page: &Page, (left, top): Px, (right, bottom): Px) -> Result {
    page.marked_bar((left, top), (right, bottom))?;
    if is_thin((left, right)) {
        page.dot(((left + right) / 2.0, top - 5.0), 2.0, style::VERMILLION)
    } else {
        Ok(())
    }
}

impl Data {
    /// The axis of dates, under the strip of pain where there is one.
    fn draw_below(&self, page: &Page, panel: &Panel) -> Result {
        if !self.pain_is_logged {
            return panel.date_axis(page, panel.bottom);
        }
        panel.rule(page, panel.bottom, style::AXIS)?;
        self.draw_strip(page, panel.bottom + STRIP_GAP_PX)?;
        panel.date_axis(page, panel.bottom + self.strip_px() + 3.0)
    }

    /// `km per week`.
    fn value_title(&self) -> String {
        format!("{} per {}", self.units.distance_label(), self.step.label())
    }

    /// Values above the bars: at marked ones, and at all where there are few.
    fn draw_values(&self, page: &Page, panel: &Panel) -> Result {
        let mut room = self.room_above(panel);
        let above = self.above(page, panel);
        let mut labels = above.marked_labels(&mut room)?;
        let broken = self
            .bars
            .iter()
            .filter(|bar| self.is_broken(bar) && bar.reasons.is_none());
        labels.extend(above.numbers_of(broken, &mut room)?);
        labels.extend(above.numbers_of(self.unmarked_if_few(), &mut room)?);
        labels.iter().try_for_each(|label| label.draw(page))
    }

    /// The bars no rule marked, where there are so few bars that each has its number.
    fn unmarked_if_few(&self) -> impl Iterator<Item = &Bar> {
        let is_few = self.bars.len() <= MOST_VALUES;
        self.bars
            .iter()
            .filter(move |bar| is_few && bar.reasons.is_none())
    }

    fn above<'a, 's>(&'a self, page: &'a Page<'s>, panel: &'a Panel) -> Above<'a, 's> {
        Above {
            page,
            panel,
            marked: self.marked_by_height(),
            unit: self.units.distance_label(),
        }
    }

    /// The marked bars, the highest first.
    fn marked_by_height(&self) -> Vec<&Bar> {
        let mut marked: Vec<&Bar> = self.marked().filter(|bar| bar.shown().is_some()).collect();
        marked.sort_by(|a, b| highest_first(a, b));
        marked
    }

    /// The room above the bars. A neighbouring bar that is as high keeps a label away unless it only grazes it.
    fn room_above(&self, panel: &Panel) -> Room {
        let mut room = panel.label_room(26.0);
        let bars = self.bars.iter().filter_map(|bar| area_of(bar, panel));
        bars.for_each(|area| room.occupy(area));
        room
    }

    /// The strip of pain: a cell for every logged bar, filled as high as the pain was.
    fn draw_strip(&self, page: &Page, top: f64) -> Result {
        let strip = self.form.panel(Panel::new(
            self.span,
            (top, top + STRIP_HEIGHT_PX),
            (0.0, 10.0),
        ));
        let left = self.form.left_px().min(strip.left);
        page.text(&self.strip_caption(), (left, top - 25.0), Text::VALUE)?;
        for (value, text) in [(0.0, "0"), (10.0, "10")] {
            let at = (strip.left - 10.0, strip.y(value));
            page.text(text, at, Text::VALUE.right())?;
        }
        self.bars
            .iter()
            .try_for_each(|bar| draw_cell(page, &strip, bar))
    }

    fn strip_caption(&self) -> String {
        let step = self.step.label();
        match self.form {
            Form::Wide => format!(
                "Highest pain logged in the {step}, 0–10. Empty frame: zero logged. Blank: nothing logged."
            ),
            Form::Narrow => "Highest pain, 0–10. Frame: logged. Blank: not.".to_string(),
        }
    }
}

fn area_of(bar: &Bar, panel: &Panel) -> Option<Area> {
    let (left, right) = panel.bar_core(bar.from, bar.to);
    Some(Area {
        left,
        right,
        top: panel.y(bar.distance?),
        bottom: panel.bottom,
    })
}

/// Bars of one height keep the order of their days.
fn highest_first(a: &Bar, b: &Bar) -> Ordering {
    let by_height = b.distance.partial_cmp(&a.distance);
    by_height
        .unwrap_or(Ordering::Equal)
        .then(a.from.cmp(&b.from))
}

/// What labels above the bars of a panel are placed with.
struct Above<'a, 's> {
    page: &'a Page<'s>,
    panel: &'a Panel,
    /// The bars that a rule marked, the highest first.
    marked: Vec<&'a Bar>,
    unit: &'static str,
}

impl Above<'_, '_> {
    /// The numbers of all marked bars or, where not all find room, of the highest; words of a kind at all its bars or at
    /// none, and only over numbers that are complete.
    fn marked_labels(&self, room: &mut Room) -> Result<Vec<Label>> {
        let mut labels = self.most_numbers(room)?;
        if labels.len() == self.marked.len() {
            labels.extend(self.most_words(room)?);
        }
        Ok(labels)
    }

    /// The words of the first kinds that find room at all their bars.
    fn most_words(&self, room: &mut Room) -> Result<Vec<Label>> {
        for kinds in KINDS {
            let mut with_words = room.clone();
            if let Some(words) = self.words(&mut with_words, kinds)? {
                *room = with_words;
                return Ok(words);
            }
        }
        Ok(Vec::new())
    }

    /// The numbers of bars that no rule marked, where they find room.
    fn numbers_of<'b>(
        &self,
        bars: impl Iterator<Item = &'b Bar>,
        room: &mut Room,
    ) -> Result<Vec<Label>> {
        let mut labels = Vec::new();
        for bar in bars {
            labels.extend(self.place(room, bar, number_line(bar, Text::VALUE, None))?);
        }
        Ok(labels)
    }

    /// The numbers at the first distance to lean at which most find room.
    fn most_numbers(&self, room: &mut Room) -> Result<Vec<Label>> {
        let (mut most, mut with_most) = (Vec::new(), room.clone());
        for lean_px in LEAN_PX {
            let mut tried = room.clone();
            let numbers = self.numbers(&mut tried, lean_px)?;
            if numbers.len() > most.len() {
                (most, with_most) = (numbers, tried);
            }
        }
        *room = with_most;
        Ok(most)
    }

    /// The distances above marked bars, up to the first that finds no room.
    fn numbers(&self, room: &mut Room, lean_px: f64) -> Result<Vec<Label>> {
        let mut labels = Vec::new();
        for bar in &self.marked {
            let line = number_line(bar, Text::MARK, self.close(bar, lean_px));
            let Some(label) = self.place(room, bar, line)? else {
                break;
            };
            labels.push(label);
        }
        Ok(labels)
    }

    /// The words over the numbers. None when some find no room.
    fn words(&self, room: &mut Room, kinds: (bool, bool)) -> Result<Option<Vec<Label>>> {
        let mut labels = Vec::new();
        for bar in &self.marked {
            let words = bar
                .reasons
                .and_then(|reasons| reasons.words(kinds, self.unit));
            let Some(words) = words else { continue };
            let line = self.words_line(bar, words)?;
            match self.place(room, bar, line)? {
                Some(label) => labels.push(label),
                None => return Ok(None),
            }
        }
        Ok(Some(labels))
    }

    /// Words over the number of a bar, which lean away from those they would touch.
    fn words_line(&self, bar: &Bar, words: String) -> Result<Line> {
        let look = Text::VALUE.colored(style::VERMILLION_TEXT);
        let lean_px = self.page.text_width(&words, look)? + 6.0;
        Ok(Line {
            text: words,
            above_px: 25.0,
            look,
            gives_way_to: self.close(bar, lean_px),
        })
    }

    /// The side of the nearest marked bar that is less than `lean_px` away.
    fn close(&self, bar: &Bar, lean_px: f64) -> Option<Side> {
        let others = self.marked.iter().filter(|other| other.from != bar.from);
        let to_others = others.map(|other| self.panel.x(other.from) - self.panel.x(bar.from));
        let near = to_others.filter(|px| px.abs() < lean_px);
        match near.min_by(|a, b| a.abs().total_cmp(&b.abs()))? {
            px if px < 0.0 => Some(Side::Left),
            _ => Some(Side::Right),
        }
    }

    /// A line over the middle of its bar, or reaching to the left or to the right where something is in the way.
    fn place(&self, room: &mut Room, bar: &Bar, line: Line) -> Result<Option<Label>> {
        let Some(distance) = bar.shown() else {
            return Ok(None);
        };
        let edges = self.panel.bar(bar.from, bar.to);
        let y = self.panel.y(distance) - line.above_px - extra_px(edges);
        let labels = line.places(edges).map(|(x, look)| Label {
            text: line.text.clone(),
            at: (x, y),
            look,
        });
        room.take_first(self.page, labels)
    }
}

/// What a label keeps off the dot over a narrow bar.
fn extra_px(edges: (f64, f64)) -> f64 {
    if is_thin(edges) { 6.0 } else { 0.0 }
}

/// How marked bars look, some of which may be too narrow for stripes.
pub(super) fn look_of(is_thin: bool) -> &'static str {
    match is_thin {
        true => "Orange with a dot",
        false => "Orange and striped",
    }
}

/// Whether a bar is too narrow for stripes.
pub(super) fn is_thin((left, right): (f64, f64)) -> bool {
    right - left < 4.0
}

/// A line of text to stand above a bar.
struct Line {
    text: String,
    /// Its middle over the top of the bar.
    above_px: f64,
    look: Text,
    /// On which side a marked neighbour is too close for both to stand in the middle.
    gives_way_to: Option<Side>,
}

impl Line {
    /// Where to try it at a bar, the best place first.
    fn places(&self, (left, right): (f64, f64)) -> [(f64, Text); 3] {
        let over = ((left + right) / 2.0, self.look.centered());
        let (to_left, to_right) = ((right + 1.0, self.look.right()), (left - 1.0, self.look));
        match self.gives_way_to {
            None => [over, to_left, to_right],
            Some(Side::Right) => [to_left, over, to_right],
            Some(Side::Left) => [to_right, over, to_left],
        }
    }
}

/// A side of a bar.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

/// The distance of a bar.
fn number_line(bar: &Bar, look: Text, gives_way_to: Option<Side>) -> Line {
    let distance = bar.distance.unwrap_or(0.0);
    Line {
        text: number(distance, if distance < 9.95 { 1 } else { 0 }),
        above_px: 10.0,
        look,
        gives_way_to,
    }
}

fn draw_cell(page: &Page, strip: &Panel, bar: &Bar) -> Result {
    let Some(pain) = bar.pain else { return Ok(()) };
    let (left, right) = strip.bar(bar.from, bar.to);
    page.rect(
        (left, strip.y(pain)),
        (right, strip.bottom),
        style::pain_color(pain),
    )?;
    draw_frame(page, strip, (left, right), pain)?;
    match pain > 0.0 && right - left >= page.text_width("10", Text::VALUE)? {
        true => draw_rating(page, ((left + right) / 2.0, strip.top - 8.0), pain),
        false => Ok(()),
    }
}

fn draw_rating(page: &Page, at: Px, pain: f64) -> Result {
    let look = Text::VALUE.colored(style::INK).centered();
    page.text(&number(pain, 0), at, look)
}

/// The frame that says that something was logged; a line at the foot where a frame would fill the cell.
fn draw_frame(page: &Page, strip: &Panel, (left, right): (f64, f64), pain: f64) -> Result {
    let corner = (right, strip.bottom);
    if right - left >= 3.0 {
        page.outline((left, strip.top), corner, style::AXIS.mix(0.7), 0.75)
    } else if pain <= 0.0 {
        page.rect((left, strip.bottom - 1.0), corner, style::AXIS)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::Site,
        report::charts::{
            fixtures::{NoInk, analysis, date, finding, pain, regular, run},
            fonts::Fonts,
            surface::Surface,
        },
        rules::{Finding, Severity},
    };

    fn two_weeks() -> Analysis {
        // Monday 3 March to Sunday 9 March is whole; the second week has only its Monday.
        let runs = vec![
            run(date("2025-03-03"), 8.0),
            run(date("2025-03-09"), 12.0),
            run(date("2025-03-10"), 5.5),
        ];
        analysis(
            runs,
            vec![pain(date("2025-03-04"), Site::None, None, 0.0)],
            Vec::new(),
        )
    }

    /// A finding about the run of 12 km on Sunday.
    fn long_run() -> Finding {
        let sunday = finding(
            crate::rules::single_run_spike::RULE.id,
            date("2025-03-09"),
            date("2025-03-09"),
        );
        Finding {
            run_ids: vec!["20250309-1200-00000000".into()],
            ..sunday
        }
    }

    #[test]
    fn weeks_become_bars() {
        let data = data(&two_weeks(), Form::Wide).expect("there is distance");
        let bars: Vec<_> = data
            .bars
            .iter()
            .map(|b| (b.distance, b.marked, b.complete, b.pain))
            .collect();
        assert_eq!(
            bars,
            [
                (Some(20.0), 0.0, true, Some(0.0)),
                (Some(5.5), 0.0, false, None)
            ]
        );
        assert_eq!((data.step, data.span.days()), (Step::Week, 14));
        assert_eq!(data.title(), "Distance: 13 km in a middle week");
    }

    #[test]
    fn a_finding_marks_every_week_it_touches() {
        let good = Finding {
            severity: Severity::Good,
            ..finding(
                crate::rules::single_run_spike::RULE.id,
                date("2025-03-03"),
                date("2025-03-03"),
            )
        };
        let jump = finding(
            crate::rules::weekly_distance_jump::RULE.id,
            date("2025-03-10"),
            date("2025-03-16"),
        );
        let over_sunday = finding(
            crate::rules::single_run_spike::RULE.id,
            date("2025-03-09"),
            date("2025-03-10"),
        );
        for (findings, expected) in [
            (
                vec![long_run()],
                [Some("12.0\u{a0}km run".to_string()), None],
            ),
            (vec![over_sunday.clone()], [None, None]),
            (
                vec![long_run(), jump],
                [
                    Some("12.0\u{a0}km run".to_string()),
                    Some("jump".to_string()),
                ],
            ),
            (vec![good], [None, None]),
            (
                vec![finding(
                    "pain-rising",
                    date("2025-03-03"),
                    date("2025-03-09"),
                )],
                [None, None],
            ),
        ] {
            let analysis = Analysis {
                findings,
                ..two_weeks()
            };
            let bars = data(&analysis, Form::Wide).expect("distance").bars;
            let words: Vec<_> = bars
                .iter()
                .map(|bar| bar.reasons.and_then(|r| r.words((true, true), "km")))
                .collect();
            assert_eq!(words, expected);
        }
        let over_two = Analysis {
            findings: vec![over_sunday],
            ..two_weeks()
        };
        let marked = data(&over_two, Form::Wide)
            .expect("distance")
            .marked()
            .count();
        assert_eq!(
            marked, 2,
            "a finding without its runs marks, and names no distance"
        );
    }

    #[test]
    fn the_words_are_of_the_kinds_asked_for() {
        let reasons = Reasons {
            jump: true,
            long_run: true,
            longest_run: Some(17.64),
        };
        for (kinds, expected) in [
            ((true, true), Some("jump, 17.6\u{a0}mi run")),
            ((false, true), Some("17.6\u{a0}mi run")),
            ((true, false), Some("jump")),
            ((false, false), None),
        ] {
            assert_eq!(reasons.words(kinds, "mi").as_deref(), expected);
        }
    }

    /// The labels of marked bars of these distances, one a week.
    fn labels(bars: &[(f64, Option<Reasons>)]) -> Vec<String> {
        let first = date("2023-01-02");
        let runs = bars
            .iter()
            .enumerate()
            .map(|(week, (km, _))| run(plus_days(first, 7 * week as i64), *km))
            .collect();
        let mut data = data(&analysis(runs, Vec::new(), Vec::new()), Form::Wide).expect("distance");
        data.bars
            .iter_mut()
            .zip(bars)
            .for_each(|(bar, (_, reasons))| bar.reasons = *reasons);
        let fonts = Fonts::bundled().expect("the font");
        let mut ink = NoInk;
        let page = Page::new(Surface::new(&mut ink, &fonts, (900.0, 450.0)));
        let panel = Panel::new(data.span, (100.0, 400.0), (0.0, 80.0));
        let mut room = data.room_above(&panel);
        data.above(&page, &panel)
            .marked_labels(&mut room)
            .expect("drawing")
            .into_iter()
            .map(|label| label.text)
            .collect()
    }

    #[test]
    fn numbers_and_words_are_complete_or_left_out() {
        let jump = Some(Reasons {
            jump: true,
            ..Reasons::default()
        });
        let long = Some(Reasons {
            long_run: true,
            longest_run: Some(21.0),
            ..Reasons::default()
        });
        assert_eq!(
            labels(&[(10.0, None), (40.0, jump), (10.0, None)]),
            ["40", "jump"]
        );
        // 130 weeks are 6 px each: eight jumps in a row have no room for all their numbers, only for some of the highest.
        let crowd = |week: usize| {
            (
                40.0 + (week % 3) as f64,
                (60..68).contains(&week).then_some(jump).flatten(),
            )
        };
        let crowded: Vec<_> = (0..130).map(crowd).collect();
        let few = labels(&crowded);
        assert!(
            (1..8).contains(&few.len()) && few.iter().all(|text| text == "42"),
            "{few:?}"
        );
        // Four jumps four weeks (24 px) apart have room for numbers and not for the words; the long run elsewhere has.
        let mut sparse = vec![(10.0, None); 130];
        [40, 44, 48, 52]
            .into_iter()
            .for_each(|week: usize| sparse[week] = (40.0, jump));
        sparse[100] = (30.0, long);
        assert_eq!(
            labels(&sparse),
            ["40", "40", "40", "40", "30", "21.0\u{a0}km run"]
        );
    }

    #[test]
    fn many_years_become_months_and_lose_no_metre() {
        let analysis = regular(8 * 52);
        let data = data(&analysis, Form::Wide).expect("distance");
        assert_eq!(data.step, Step::Month);
        assert!(
            (95..=97).contains(&data.bars.len()),
            "416 weeks are 95.7 months, not {}",
            data.bars.len()
        );
        let shown: f64 = data.bars.iter().filter_map(|bar| bar.distance).sum();
        let run: f64 = analysis
            .history
            .runs
            .iter()
            .filter_map(|run| run.distance_m)
            .sum();
        assert!((shown - run / 1000.0).abs() < 1e-6, "{shown} {run}");
        assert!(
            data.bars
                .iter()
                .all(|bar| bar.marked <= bar.distance.unwrap_or(0.0))
        );
    }

    #[test]
    fn without_distance_there_is_no_picture() {
        let mut analysis = two_weeks();
        analysis
            .history
            .weeks
            .iter_mut()
            .for_each(|week| week.distance_m = None);
        assert_eq!(data(&analysis, Form::Wide), None);
    }

    #[test]
    fn the_alt_text_has_the_numbers() {
        let mut analysis = two_weeks();
        analysis.findings.push(finding(
            "weekly-distance-jump",
            date("2025-03-03"),
            date("2025-03-09"),
        ));
        let data = data(&analysis, Form::Wide).expect("distance");
        assert_eq!(
            data.title(),
            "Distance: 20 km in the week from 3 Mar 2025 stand out"
        );
        assert_eq!(
            data.alt(),
            "Bars of distance over 2 weeks: 13 km in a middle week, the highest 20 km in the week from 3 Mar 2025; \
             1 week marked. All pain logged is zero; 1 week without any pain entry."
        );
    }

    /// A run on Monday and one on Sunday of every week, together so many km; none in a week of nothing.
    fn weeks(km: &[f64]) -> Analysis {
        let runs = km.iter().enumerate().filter(|(_, km)| **km > 0.0);
        let runs = runs.flat_map(|(week, km)| {
            [0, 6].map(|day| {
                run(
                    plus_days(date("2024-01-01"), 7 * week as i64 + day),
                    km / 2.0,
                )
            })
        });
        analysis(runs.collect(), Vec::new(), Vec::new())
    }

    #[test]
    fn an_ultra_breaks_its_bar_and_presses_nothing_flat() {
        let mut km = vec![40.0; 30];
        km[12] = 180.0;
        let data = data(&weeks(&km), Form::Wide).expect("distance");
        assert_eq!(data.ceiling, Some(40.0));
        let broken: Vec<f64> = data
            .bars
            .iter()
            .filter(|bar| data.is_broken(bar))
            .filter_map(|bar| bar.distance)
            .collect();
        assert_eq!((broken, data.high()), (vec![180.0], 52.0));
        assert!(data.subtitle().contains("Broken: beyond the axis"));
    }

    #[test]
    fn a_week_without_a_run_is_not_one_without_recordings() {
        let mut analysis = weeks(&[20.0, 0.0, 20.0, 0.0, 20.0]);
        let unrecorded = &mut analysis.history.weeks[3];
        (unrecorded.days_covered, unrecorded.full) = (0, false);
        let data = data(&analysis, Form::Wide).expect("distance");
        let kinds: Vec<_> = data
            .bars
            .iter()
            .map(|bar| (bar.is_empty(), bar.is_unknown()))
            .collect();
        let (run, empty, unknown) = ((false, false), (true, false), (false, true));
        assert_eq!(kinds, [run, empty, run, unknown, run]);
        let rows = data.numbers().expect("a table").rows;
        assert_eq!(rows[1][..3], ["22 Jan 2024", "0.0", "none"]);
        assert_eq!(rows[3][..3], ["8 Jan 2024", "0.0", "whole"]);
    }

    #[test]
    fn marks_are_the_latest_and_the_loudest() {
        let mut analysis = weeks(&[30.0; 40]);
        for week in 0..12 {
            let monday = plus_days(date("2024-01-01"), 21 * week);
            analysis.findings.push(Finding {
                observed: Some(20.0 + week as f64),
                limit: Some(10.0),
                ..finding(
                    crate::rules::weekly_distance_jump::RULE.id,
                    monday,
                    plus_days(monday, 6),
                )
            });
        }
        let data = data(&analysis, Form::Wide).expect("distance");
        assert_eq!((data.marked().count(), data.quieter), (8, 4));
        let first = data.marked().next().map(|bar| bar.from);
        assert_eq!(first, Some(date("2024-03-25")), "the fifth, 24 over 10");
        assert!(
            data.subtitle()
                .contains("the latest and loudest of 12 weeks")
        );
    }

    #[test]
    fn a_phone_has_the_last_year() {
        let narrow = data(&weeks(&[30.0; 80]), Form::Narrow).expect("distance");
        assert_eq!((narrow.bars.len(), narrow.width_px()), (53, 360.0));
    }
}
