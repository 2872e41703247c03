//! Metres up and down per week.

use super::{
    ChartKind, Charts, Numbers, Picture, Result,
    area::{Area, Px},
    axis::{Bucket, Panel, Span, Step, buckets, ceiling, drawable, ticks_within},
    counted, findings,
    form::{Both, Form},
    greatest, how_many,
    labels::{Label, Room},
    loudest::{Loudness, keep_loudest},
    page::Page,
    periods,
    style::{self, Text},
    weekly_distance::{draw_dash, draw_pale, is_complete, is_thin, look_of, told},
};
use crate::{
    analysis::Analysis,
    model::{AltitudeSource, Run, Week},
    rules::{Finding, Mark},
    stats::describe::median,
    time::{date_text, plus_days},
    units::{Units, number},
};
use chrono::NaiveDate;
use plotters::style::Color;
use std::cmp::Ordering;

/// A runner whose middle week climbs less, m, runs on the flat: what altitude says there is mostly its error.
const FLAT_M: f64 = 50.0;

/// Unless some week climbs so much, m: a holiday in the hills is worth seeing.
const HILLY_M: f64 = 300.0;

const PLOT_HEIGHT_PX: f64 = 300.0;

/// How far an axis that ends before the highest bars reaches over the highest of the rest.
const OVER_THE_REST: f64 = 1.3;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "climbing",
    subject: "Climbing and descending per week",
    without_data: "no week has altitude for all its runs, or a middle week climbs less than 50 m, which is flat",
    picture: |analysis| Both::of(|form| data(analysis, form)),
};

/// Says of a runner on the flat that this is why there is no picture.
pub(super) fn say_flat(charts: &mut Charts, analysis: &Analysis) {
    if is_flat(&analysis.history.weeks) {
        let ours = charts.left_out.iter_mut();
        ours.filter(|(subject, _)| *subject == CHART.subject)
            .for_each(|(_, why)| *why = FLAT);
    }
}

const FLAT: &str = "your running is flat: a middle week climbs less than 50 m (160 ft), which altitude cannot tell from its own error";

/// Whether a middle week hardly climbs or descends, and none does much.
fn is_flat(weeks: &[Week]) -> bool {
    let with_runs = weeks.iter().filter(|week| week.runs > 0);
    let heights = with_runs.filter_map(|week| Some(week.ascent_m?.max(week.descent_m?)));
    let heights: Vec<f64> = heights.collect();
    let highest = heights.iter().copied().fold(0.0, f64::max);
    highest < HILLY_M && median(&heights).is_some_and(|middle| middle < FLAT_M)
}

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    span: Span,
    units: Units,
    step: Step,
    bars: Vec<Bar>,
    /// No altitude comes from a barometer or from the watch's own totals.
    all_from_gps: bool,
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
    up: Half,
    down: Half,
    /// There were runs, and at least one has no altitude.
    unknown: bool,
    /// How many runs there were.
    runs: u32,
    /// Whether recordings cover any of its days: where none do, nothing is known of it.
    recorded: bool,
    /// Whether all its days are past and covered.
    complete: bool,
    /// How loud its mark is. None: not marked.
    loudness: Option<Loudness>,
}

/// Ascent or descent of one bar.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Half {
    /// In the shown unit. None: unknown.
    height: Option<f64>,
    /// A rule marked it.
    marked: bool,
}

/// Takes the weeks from the analysis. None when no week has ascent or descent, and where the running is flat.
fn data(analysis: &Analysis, form: Form) -> Option<Data> {
    let span = form.span(analysis)?;
    let (step, buckets) = buckets(&analysis.history.weeks, span);
    let mut bars: Vec<Bar> = buckets
        .iter()
        .map(|bucket| bar(analysis, step, bucket))
        .collect();
    if is_flat(&analysis.history.weeks) || !bars.iter().any(Bar::is_hilly) {
        return None;
    }
    let quieter = keep_loudest(&mut bars, |bar| bar.loudness, Bar::unmark);
    Some(Data {
        form,
        span,
        units: analysis.units,
        step,
        all_from_gps: all_from_gps(&analysis.history.runs),
        quieter,
        ceiling: ceiling(bars.iter().filter_map(Bar::furthest)),
        lately: lately(analysis),
        bars,
    })
}

/// `216 m a week, as always`, as the course of the weeks has it.
fn lately(analysis: &Analysis) -> Option<String> {
    let line = analysis.lines.ascent.as_ref()?;
    line.change_text(|metres| format!("{} a week", analysis.units.height_text(metres)))
}

impl Half {
    /// Both together. Unknown where one is.
    fn and(self, other: Half) -> Half {
        Half {
            height: self.height.zip(other.height).map(|(a, b)| a + b),
            marked: self.marked || other.marked,
        }
    }
}

impl Bar {
    /// This one and the next as one. A week without a run adds nothing, and one without recordings leaves it a part.
    fn and(self, next: Bar) -> Bar {
        let is_nothing = |bar: &Bar| bar.runs == 0;
        let (up, down) = match (is_nothing(&self), is_nothing(&next)) {
            (_, true) => (self.up, self.down),
            (true, false) => (next.up, next.down),
            (false, false) => (self.up.and(next.up), self.down.and(next.down)),
        };
        Bar {
            to: next.to,
            up,
            down,
            unknown: self.unknown || next.unknown,
            runs: self.runs + next.runs,
            recorded: self.recorded || next.recorded,
            complete: self.complete && next.complete,
            loudness: self.loudness,
            from: self.from,
        }
    }

    /// Whether it is known that nothing was run.
    fn is_empty(&self) -> bool {
        self.recorded && self.runs == 0
    }

    /// Whether nothing is known of it.
    fn is_unrecorded(&self) -> bool {
        !self.recorded && self.runs == 0
    }

    /// The longer of its two ways. None where neither is known.
    fn furthest(&self) -> Option<f64> {
        let both = [self.up.height, self.down.height];
        both.into_iter().flatten().reduce(f64::max)
    }

    fn is_hilly(&self) -> bool {
        self.furthest().is_some_and(|height| height > 0.0)
    }

    /// How much of it recordings cover, for the table.
    fn recorded_text(&self) -> &'static str {
        match (self.complete, self.is_unrecorded()) {
            (true, _) => "whole",
            (false, true) => "none",
            (false, false) => "in part",
        }
    }

    /// Which way is marked, for the table.
    fn marked_text(&self) -> &'static str {
        match (self.up.marked, self.down.marked) {
            (true, true) => "up and down",
            (true, false) => "up",
            (false, true) => "down",
            (false, false) => "",
        }
    }

    /// Takes its marks off.
    fn unmark(&mut self) {
        (self.up.marked, self.down.marked, self.loudness) = (false, false, None);
    }
}

/// Whether all altitude that was measured is that of the satellites. Indoors nothing was measured.
fn all_from_gps(runs: &[Run]) -> bool {
    let known = runs.iter().filter_map(|run| run.altitude_source);
    let mut measured = known
        .filter(|source| *source != AltitudeSource::Indoor)
        .peekable();
    measured.peek().is_some() && measured.all(|source| source == AltitudeSource::Gps)
}

/// The Monday of the week in which most of a finding's metres lie: seven days seldom begin on a Monday.
fn steepest_week(
    analysis: &Analysis,
    finding: &Finding,
    metres: fn(&Week) -> Option<f64>,
) -> Option<NaiveDate> {
    let by_metres =
        |a: &&Week, b: &&Week| metres(a).partial_cmp(&metres(b)).unwrap_or(Ordering::Equal);
    let touched = analysis
        .history
        .weeks
        .iter()
        .filter(|week| touches(finding, week));
    touched.max_by(by_metres).map(|week| week.start)
}

fn touches(finding: &Finding, week: &Week) -> bool {
    finding.from <= plus_days(week.start, 6) && finding.to >= week.start
}

fn bar(analysis: &Analysis, step: Step, bucket: &Bucket) -> Bar {
    let runs: u32 = bucket.weeks.iter().map(|week| week.runs).sum();
    let up = half(analysis, bucket, Mark::Ascent, |week| week.ascent_m);
    let down = half(analysis, bucket, Mark::Descent, |week| week.descent_m);
    Bar {
        from: bucket.from,
        to: bucket.to,
        up,
        down,
        unknown: runs > 0 && (up.height.is_none() || down.height.is_none()),
        runs,
        recorded: bucket.weeks.iter().any(|week| week.days_covered > 0),
        complete: is_complete(analysis, step, bucket),
        loudness: loudness(analysis, bucket, up.marked || down.marked),
    }
}

/// How loud the findings of a marked bar are.
fn loudness(analysis: &Analysis, bucket: &Bucket, is_marked: bool) -> Option<Loudness> {
    let marks = [Mark::Ascent, Mark::Descent];
    let found = marks.iter().flat_map(|mark| findings(analysis, *mark));
    let touching = found.filter(|finding| bucket.weeks.iter().any(|week| touches(finding, week)));
    let all = touching.map(|finding| Loudness::of_finding(finding, analysis.history.as_of));
    all.reduce(|a, b| if b > a { b } else { a })
        .filter(|_| is_marked)
}

fn half(
    analysis: &Analysis,
    bucket: &Bucket,
    mark: Mark,
    metres: fn(&Week) -> Option<f64>,
) -> Half {
    let height = total(bucket, metres).map(|metres| analysis.units.height(metres));
    let steepest =
        findings(analysis, mark).filter_map(|finding| steepest_week(analysis, finding, metres));
    Half {
        height: height.and_then(drawable),
        marked: steepest.into_iter().any(|week| bucket.has(week)),
    }
}

/// The sum over the weeks with runs. None when one of them is unknown: half a month would read as a flat one.
fn total(bucket: &Bucket, value: fn(&Week) -> Option<f64>) -> Option<f64> {
    let with_runs = bucket.weeks.iter().filter(|week| week.runs > 0);
    let known: Vec<f64> = with_runs.map(|week| value(week)).collect::<Option<_>>()?;
    (!known.is_empty()).then(|| known.iter().sum())
}

impl Data {
    fn marked(&self) -> usize {
        self.bars
            .iter()
            .filter(|bar| bar.up.marked || bar.down.marked)
            .count()
    }

    fn unknown(&self) -> usize {
        self.bars.iter().filter(|bar| bar.unknown).count()
    }

    fn most(&self, half: fn(&Bar) -> Half) -> Option<(&Bar, f64)> {
        greatest(
            self.bars
                .iter()
                .filter_map(|bar| Some((bar, half(bar).height?))),
        )
    }

    /// `most climbed 80 m in the week from 3 Mar 2025`.
    fn most_text(&self, half: fn(&Bar) -> Half, verb: &str) -> String {
        let (unit, step) = (self.units.height_label(), self.step.label());
        match self.most(half) {
            Some((bar, height)) => {
                let (height, from) = (number(height, 0), date_text(bar.from));
                format!("most {verb} {height} {unit} in the {step} from {from}")
            }
            None => format!("nothing known {verb}"),
        }
    }

    /// The ends of the axis: room beyond the highest bars for their values, and some height where there is no climb.
    fn domain(&self) -> (f64, f64) {
        let (up, down) = self.furthest_both();
        let most = self.ceiling.map_or(f64::MAX, |rest| rest * OVER_THE_REST);
        let (up, down) = (up.min(most), down.min(most));
        let room = 0.14 * up.max(down);
        (-(down + room), (up + room).max(1.0))
    }

    fn furthest_both(&self) -> (f64, f64) {
        (self.furthest(|bar| bar.up), self.furthest(|bar| bar.down))
    }

    fn furthest(&self, half: fn(&Bar) -> Half) -> f64 {
        self.most(half).map_or(0.0, |(_, height)| height)
    }

    fn subtitle(&self) -> String {
        let (unit, step) = (self.units.height_label(), self.step.label());
        let mut text = format!("Upwards: {unit} climbed in a {step}. Downwards: {unit} descended.");
        if self.all_from_gps {
            text += " From GPS altitude, which is rough.";
        }
        text += &self.marks_text();
        if self.ceiling.is_some() {
            text += " Broken: beyond the axis, with its number.";
        }
        if self.has(|bar| !bar.complete && bar.is_hilly()) {
            text += &format!(" Pale: not a whole {step} of recordings.");
        }
        text += &self.grey_text();
        if self.has(Bar::is_empty) {
            text += &format!(" A dash: a {step} without a run.");
        }
        text
    }

    fn has(&self, is_it: impl Fn(&Bar) -> bool) -> bool {
        self.bars.iter().any(is_it)
    }

    /// Of what nothing is known. Empty without any.
    fn grey_text(&self) -> String {
        let unknown = counted(self.unknown(), self.step.label());
        match (self.has(Bar::is_unrecorded), self.unknown()) {
            (false, 0) => String::new(),
            (true, 0) => " Grey: no recordings.".to_string(),
            (false, _) => format!(" Grey: {unknown} with a run that has no altitude."),
            (true, _) => {
                format!(" Grey: no recordings, or a run without altitude ({unknown}).")
            }
        }
    }
}

impl Data {
    /// What the marks mean. Empty when there are none.
    fn marks_text(&self) -> String {
        let step = self.step.label();
        match (self.marked(), self.quieter) {
            (0, _) => String::new(),
            (_, 0) => format!(" {}: a {step} to keep an eye on.", self.mark_look()),
            (marked, quieter) => format!(
                " {}: the latest and loudest of {} {step}s to keep an eye on.",
                self.mark_look(),
                marked + quieter
            ),
        }
    }

    /// How a marked bar looks: one too narrow for stripes has a dot at its end.
    fn mark_look(&self) -> &'static str {
        let panel = self
            .form
            .panel(Panel::new(self.span, (0.0, 1.0), (0.0, 1.0)));
        look_of(
            self.has(|bar| {
                (bar.up.marked || bar.down.marked) && is_thin(panel.bar(bar.from, bar.to))
            }),
        )
    }

    /// Whether a half goes on beyond the axis.
    fn is_broken(&self, half: Half) -> bool {
        let most = self.ceiling.map(|rest| rest * OVER_THE_REST);
        half.height
            .zip(most)
            .is_some_and(|(height, most)| height > most)
    }

    /// The same half as far as it is drawn.
    fn drawn(&self, half: Half) -> Half {
        let most = self.ceiling.map_or(f64::MAX, |rest| rest * OVER_THE_REST);
        Half {
            height: half.height.map(|height| height.min(most)),
            ..half
        }
    }

    /// What a middle bar climbs.
    fn middle(&self) -> f64 {
        let known: Vec<f64> = self.bars.iter().filter_map(|bar| bar.up.height).collect();
        median(&known).unwrap_or(0.0)
    }
}

impl Data {
    /// `60 m in a middle week`.
    fn middle_text(&self) -> String {
        let (unit, step) = (self.units.height_label(), self.step.label());
        format!("{} {unit} in a middle {step}", number(self.middle(), 0))
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let middle = self.middle_text();
        let told = match &self.lately {
            Some(lately) => told(self.step, middle, lately),
            None => middle,
        };
        format!("Climbing: {told}")
    }

    fn alt(&self) -> String {
        let step = self.step.label();
        format!(
            "Bars of climbing and descending over {}: {}, {}; {} marked, {} without altitude.",
            counted(self.bars.len(), step),
            self.most_text(|bar| bar.up, "climbed"),
            self.most_text(|bar| bar.down, "descended"),
            how_many(self.marked() + self.quieter, step),
            how_many(self.unknown(), step)
        )
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
        let (low, high) = self.domain();
        let panel = self
            .form
            .panel(Panel::new(self.span, (top, bottom), (low, high)));
        self.form.say_cut(page, self.span)?;
        self.draw_unknown(page, &panel)?;
        panel.value_axis(page, &ticks_within(low, high, 7), true)?;
        self.draw_titles(page, &panel)?;
        self.draw_bars(page, &panel)?;
        self.draw_values(page, &panel)?;
        panel.date_axis(page, bottom)
    }

    fn numbers(&self) -> Option<Numbers> {
        let height = |half: Half| {
            half.height
                .map_or("–".to_string(), |height| number(height, 0))
        };
        let row = |(name, bar): (String, Bar)| {
            vec![
                name,
                height(bar.up),
                height(bar.down),
                bar.recorded_text().to_string(),
                bar.marked_text().to_string(),
            ]
        };
        let (up, down) = match self.units {
            Units::Km => ("up, m", "down, m"),
            Units::Mi => ("up, ft", "down, ft"),
        };
        Some(Numbers {
            head: vec!["from", up, down, "recorded", "marked"],
            rows: self.told().into_iter().map(row).collect(),
        })
    }
}

impl Data {
    /// The rows of the table with their names, the latest first: the bars, or those of each month together.
    fn told(&self) -> Vec<(String, Bar)> {
        if self.step == Step::Month || periods::is_short(self.span) {
            let name = |bar: &Bar| periods::name(bar.from, bar.to);
            let bars = self.bars.iter().rev();
            return bars.map(|bar| (name(bar), bar.clone())).collect();
        }
        let months = periods::of(self.span).into_iter();
        let told = months.filter_map(|month| {
            let bars = self.bars.iter().filter(|bar| month.has(bar.from));
            Some((month.name(), bars.cloned().reduce(Bar::and)?))
        });
        told.collect()
    }

    fn draw_bars(&self, page: &Page, panel: &Panel) -> Result {
        for (bar, half, sign) in self.halves() {
            let drawn = self.drawn(half);
            draw_half(page, panel, bar, drawn, sign)?;
            if self.is_broken(half) {
                let tip = panel.y(sign * drawn.height.unwrap_or(0.0));
                page.broken(panel.bar(bar.from, bar.to), tip + 12.0 * sign)?;
            }
        }
        let zero = panel.y(0.0);
        panel.rule(page, zero, style::QUIET)?;
        self.bars.iter().try_for_each(|bar| {
            draw_dash(
                page,
                bar.is_empty(),
                panel.bar(bar.from, bar.to),
                zero + 1.0,
            )
        })
    }

    fn draw_titles(&self, page: &Page, panel: &Panel) -> Result {
        if page.is_narrow() {
            return Ok(());
        }
        let (zero, unit) = (panel.y(0.0), self.units.height_label());
        for (edge, word) in [(panel.top, "up"), (panel.bottom, "down")] {
            let text = format!("{unit} {word}");
            if (zero - edge).abs() >= page.text_width(&text, Text::AXIS)? {
                let at = (style::AXIS_TITLE_PX, (zero + edge) / 2.0);
                page.text(&text, at, Text::AXIS.centered().upwards())?;
            }
        }
        Ok(())
    }

    fn draw_unknown(&self, page: &Page, panel: &Panel) -> Result {
        let is_grey = |bar: &Bar| bar.unknown || bar.is_unrecorded();
        let is_joined = |a: &Bar, b: &Bar| is_grey(a) == is_grey(b) && a.to == b.from;
        for stretch in self.bars.chunk_by(is_joined) {
            if let (Some(first), Some(last)) = (stretch.first(), stretch.last())
                && is_grey(first)
            {
                panel.shade(page, first.from, last.to)?;
            }
        }
        Ok(())
    }

    /// The heights of marked bars, the highest first, as long as they find room.
    fn draw_values(&self, page: &Page, panel: &Panel) -> Result {
        let mut room = self.room_around(panel);
        let mut labels: Vec<(f64, Label)> = self
            .halves()
            .filter(|(_, half, _)| half.marked || self.is_broken(*half))
            .filter_map(|(bar, half, sign)| {
                let tip = panel.y(sign * self.drawn(half).height?);
                value_label(panel, bar, half, (tip, sign))
            })
            .collect();
        labels.sort_by(|(a, at), (b, other)| b.total_cmp(a).then(at.at.0.total_cmp(&other.at.0)));
        for (_, label) in labels {
            if let Some(label) = room.take_first(page, [label])? {
                label.draw(page)?;
            }
        }
        Ok(())
    }

    /// Room for labels, with the bars in it.
    fn room_around(&self, panel: &Panel) -> Room {
        let mut room = panel.label_room(8.0);
        for (bar, half, sign) in self.halves() {
            let (left, right) = panel.bar_core(bar.from, bar.to);
            let tip = panel.y(sign * self.drawn(half).height.unwrap_or(0.0));
            room.occupy(Area::between((left, tip), (right, panel.y(0.0))));
        }
        room
    }

    /// Every bar upwards (1) and downwards (−1).
    fn halves(&self) -> impl Iterator<Item = (&Bar, Half, f64)> {
        let bars = self.bars.iter();
        bars.flat_map(|bar| [(bar, bar.up, 1.0), (bar, bar.down, -1.0)])
    }
}

/// The height of a bar as a label at its tip.
fn value_label(
    panel: &Panel,
    bar: &Bar,
    half: Half,
    (tip, sign): (f64, f64),
) -> Option<(f64, Label)> {
    let height = half.height.filter(|height| *height > 0.0)?;
    let (left, right) = panel.bar_core(bar.from, bar.to);
    // Beyond the dot at the end of a narrow one.
    let has_dot = half.marked && is_thin(panel.bar(bar.from, bar.to));
    let beyond = if has_dot { 17.0 } else { 10.0 };
    let label = Label {
        text: number(height, 0),
        at: ((left + right) / 2.0, tip - beyond * sign),
        look: match half.marked {
            true => Text::MARK.centered(),
            false => Text::VALUE.centered(),
        },
    };
    Some((height, label))
}

/// One bar upwards (`sign` 1) or downwards (−1).
fn draw_half(page: &Page, panel: &Panel, bar: &Bar, half: Half, sign: f64) -> Result {
    let Some(height) = half.height.filter(|height| *height > 0.0) else {
        return Ok(());
    };
    let (left, right) = panel.bar(bar.from, bar.to);
    let (tip, zero) = (panel.y(sign * height), panel.y(0.0));
    let (from, to) = ((left, tip.min(zero)), (right, tip.max(zero)));
    let (color, strength) = match sign > 0.0 {
        true => (style::SKY, 0.85),
        false => (style::BLUE, 0.55),
    };
    match (half.marked, bar.complete) {
        (true, _) => draw_marked(page, (from, to), tip - 5.0 * sign),
        (false, true) => page.rect(from, to, color.mix(strength)),
        (false, false) => draw_pale(page, from, to, color),
    }
}

/// A marked half, with a dot beyond its end where it is too narrow for stripes.
fn draw_marked(page: &Page, (from, to): (Px, Px), dot: f64) -> Result {
    page.marked_bar(from, to)?;
    match is_thin((from.0, to.0)) {
        true => page.dot(((from.0 + to.0) / 2.0, dot), 2.0, style::VERMILLION),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::fixtures::{analysis, date, finding, regular, run};

    /// A week of 10 km (80 m up and down in the fixture), a week with a run without altitude, a week of 5 km.
    fn three_weeks() -> Analysis {
        let mut indoor = run(date("2025-03-12"), 7.0);
        (indoor.ascent_m, indoor.descent_m) = (None, None);
        let runs = vec![
            run(date("2025-03-03"), 10.0),
            run(date("2025-03-11"), 6.0),
            indoor,
            run(date("2025-03-23"), 5.0),
        ];
        analysis(
            runs,
            Vec::new(),
            vec![finding(
                crate::rules::descent_spike::RULE.id,
                date("2025-03-03"),
                date("2025-03-09"),
            )],
        )
    }

    #[test]
    fn a_week_with_a_run_without_altitude_is_unknown() {
        let data = data(&three_weeks(), Form::Wide).expect("altitude");
        let bars: Vec<_> = data
            .bars
            .iter()
            .map(|bar| (bar.up.height, bar.down.height, bar.unknown))
            .collect();
        assert_eq!(
            bars,
            [
                (Some(80.0), Some(80.0), false),
                (None, None, true),
                (Some(40.0), Some(40.0), false)
            ]
        );
    }

    #[test]
    fn only_the_half_a_rule_speaks_about_is_marked() {
        let data = data(&three_weeks(), Form::Wide).expect("altitude");
        let marked: Vec<_> = data
            .bars
            .iter()
            .map(|bar| (bar.up.marked, bar.down.marked))
            .collect();
        assert_eq!(marked, [(false, true), (false, false), (false, false)]);
        assert_eq!(data.title(), "Climbing: 60 m in a middle week");
        assert_eq!(
            data.alt(),
            "Bars of climbing and descending over 3 weeks: most climbed 80 m in the week from 3 Mar 2025, most descended \
             80 m in the week from 3 Mar 2025; 1 week marked, 1 week without altitude."
        );
    }

    #[test]
    fn feet_are_shown_when_asked_for() {
        let in_feet = Analysis {
            units: Units::Mi,
            ..three_weeks()
        };
        let data = data(&in_feet, Form::Wide).expect("altitude");
        let first = data
            .bars
            .first()
            .and_then(|bar| bar.up.height)
            .expect("known");
        assert!(
            (first - 262.467).abs() < 0.001,
            "80 m are 262.467 ft, not {first}"
        );
    }

    #[test]
    fn altitude_of_satellites_alone_is_called_rough() {
        use AltitudeSource::{Barometer, Device, Gps, Indoor};
        for (sources, expected) in [
            ([Some(Gps), Some(Gps), None], true),
            ([Some(Gps), Some(Indoor), None], true),
            ([Some(Gps), Some(Barometer), None], false),
            ([Some(Gps), Some(Device), Some(Gps)], false),
            ([Some(Indoor), None, None], false),
        ] {
            let mut analysis = three_weeks();
            analysis
                .history
                .runs
                .iter_mut()
                .zip(sources)
                .for_each(|(run, source)| run.altitude_source = source);
            let subtitle = data(&analysis, Form::Wide).expect("altitude").subtitle();
            assert_eq!(
                subtitle.contains(" From GPS altitude, which is rough."),
                expected,
                "{sources:?}"
            );
        }
    }

    #[test]
    fn a_month_with_an_unknown_week_is_unknown() {
        let data = data(&regular(6 * 52), Form::Wide).expect("altitude");
        assert_eq!(data.step, Step::Month);
        assert!(
            data.bars
                .iter()
                .all(|bar| bar.unknown == bar.up.height.is_none())
        );
        // The fixture has no altitude in weeks 8, 41, 74, … of 312: ten of them, each in another month.
        assert_eq!(data.unknown(), 10);
    }

    #[test]
    fn a_week_without_a_run_is_not_one_without_recordings_nor_a_part_of_one_a_whole() {
        let day = |week: i64, day: i64| plus_days(date("2025-03-03"), 7 * week + day);
        let mut runs: Vec<Run> = [0, 2, 4]
            .into_iter()
            .flat_map(|week| [run(day(week, 0), 10.0), run(day(week, 6), 10.0)])
            .collect();
        runs.push(run(day(5, 0), 10.0));
        let mut analysis = analysis(runs, Vec::new(), Vec::new());
        let unrecorded = &mut analysis.history.weeks[3];
        (unrecorded.days_covered, unrecorded.full) = (0, false);
        let data = data(&analysis, Form::Wide).expect("altitude");
        let kinds: Vec<_> = data
            .bars
            .iter()
            .map(|bar| (bar.is_empty(), bar.is_unrecorded(), bar.complete))
            .collect();
        let (whole, empty, unknown) = (
            (false, false, true),
            (true, false, true),
            (false, true, false),
        );
        let part = (false, false, false);
        assert_eq!(kinds, [whole, empty, whole, unknown, whole, part]);
        let subtitle = data.subtitle();
        for said in [
            "Pale: not a whole week",
            "Grey: no recordings.",
            "A dash: a week without a run",
        ] {
            assert!(subtitle.contains(said), "{said}: {subtitle}");
        }
        let rows = data.numbers().expect("a table").rows;
        let recorded: Vec<&str> = rows.iter().rev().map(|row| row[3].as_str()).collect();
        assert_eq!(
            recorded,
            ["whole", "whole", "whole", "none", "whole", "in part"]
        );
    }

    #[test]
    fn the_table_of_a_year_is_by_the_month() {
        let data = data(&regular(52), Form::Wide).expect("altitude");
        let rows = data.numbers().expect("a table").rows;
        assert_eq!((data.bars.len(), rows.len()), (52, 13));
        let (name, told) = &data.told()[9];
        assert_eq!(rows[9][0], *name);
        let inside = data
            .bars
            .iter()
            .filter(|bar| month_of(bar) == month_of(told));
        let heights: Option<Vec<f64>> = inside
            .filter(|bar| bar.runs > 0)
            .map(|bar| bar.up.height)
            .collect();
        assert_eq!(
            told.up.height,
            heights.map(|heights| heights.iter().sum()),
            "{name}"
        );
    }

    fn month_of(bar: &Bar) -> NaiveDate {
        super::super::axis::month_start(bar.from)
    }

    #[test]
    fn marked_months_too_narrow_for_stripes_are_not_called_striped() {
        let narrow = data(&regular(15 * 52), Form::Wide).expect("altitude");
        assert_eq!(narrow.step, Step::Month);
        assert!(narrow.marked() > 0);
        assert!(
            narrow.subtitle().contains("Orange with a dot"),
            "{}",
            narrow.subtitle()
        );
        let wide = data(&three_weeks(), Form::Wide).expect("altitude");
        assert!(wide.subtitle().contains("Orange and striped"));
    }

    #[test]
    fn over_months_the_title_tells_the_month_and_the_weeks_of_late() {
        let mut years = regular(6 * 52);
        years.lines = crate::course::lines::lines(&years.history, &[]);
        let data = data(&years, Form::Wide).expect("altitude");
        let line = years.lines.ascent.as_ref().expect("climbing");
        let told = line.change_text(|metres| format!("{metres:.0} m a week"));
        let told = told.expect("sixteen weeks are known");
        assert!(
            data.title()
                .ends_with(&format!("in a middle month; of late {told}")),
            "{}",
            data.title()
        );
    }

    #[test]
    fn without_altitude_there_is_no_picture() {
        let mut analysis = three_weeks();
        analysis
            .history
            .weeks
            .iter_mut()
            .for_each(|week| (week.ascent_m, week.descent_m) = (None, None));
        assert_eq!(data(&analysis, Form::Wide), None);
    }

    #[test]
    fn a_flat_city_has_no_picture_and_says_why() {
        // 8 m for every km: 6 km a week climb 48 m, and 7 km climb 56 m.
        let weekly = |km: f64| {
            let day = |week: i64| plus_days(date("2025-03-03"), 7 * week);
            let runs = (0..10).map(|week| run(day(week), km)).collect();
            analysis(runs, Vec::new(), Vec::new())
        };
        assert!(data(&weekly(7.0), Form::Wide).is_some());
        let flat = weekly(6.0);
        assert_eq!(data(&flat, Form::Wide), None);
        let charts = crate::report::charts::of(&flat);
        assert!(charts.left_out.contains(&(CHART.subject, FLAT)));
        let mut holiday = flat;
        let week = &mut holiday.history.weeks[5];
        (week.ascent_m, week.descent_m) = (Some(900.0), Some(900.0));
        assert!(data(&holiday, Form::Wide).is_some());
    }
}
