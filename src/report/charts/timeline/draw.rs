//! The drawing. Shapes of one paint follow one another, so that a page can put them into one.

use super::super::{
    Result,
    area::{Area, Px},
    axis::{Panel, date_ticks, sharp, ticks_within},
    labels::{Label, Room},
    page::Page,
    style::{self, Text},
};
use super::{
    Timeline,
    days::{Grain, Row, Stretch},
    layout::{APART, KEY, Key, LEVELS, Layout},
    running::{Bar, end_of},
};
use crate::{units::number, words::sentence_case};
use chrono::NaiveDate;
use plotters::style::{Color, RGBAColor};

/// Up to so many bars each has its number above it.
const MOST_NUMBERS: usize = 16;

/// No bar is drawn wider.
const WIDEST_PX: f64 = 90.0;

/// Height of the row of logged days.
const LOGGED_PX: f64 = 8.0;

/// The lowest mark of pain.
const LOWEST_PX: f64 = 3.0;

/// What a timeline is drawn with.
struct Drawing<'a, 's> {
    of: &'a Timeline,
    page: &'a Page<'s>,
    layout: Layout,
    panel: Panel,
}

impl Timeline {
    /// Draws it, under a heading where it has one.
    pub(super) fn draw(&self, page: &Page, is_headed: bool) -> Result {
        let layout = self.layout(is_headed);
        let (form, high) = (self.form, self.high());
        let panel = Panel::new(self.span, (layout.top, layout.base), (0.0, high))
            .between(form.left, form.right);
        let drawing = Drawing {
            of: self,
            page,
            layout,
            panel,
        };
        drawing.unknown()?;
        drawing.running()?;
        drawing.pain()?;
        drawing.below()
    }
}

impl Drawing<'_, '_> {
    /// What nothing is known of, behind everything.
    fn unknown(&self) -> Result {
        let areas = self.unknown_areas();
        for (from, to) in &areas {
            self.page.rect(*from, *to, style::SHADE)?;
        }
        areas
            .iter()
            .try_for_each(|(from, to)| self.page.hatch(*from, *to))
    }

    fn unknown_areas(&self) -> Vec<(Px, Px)> {
        let above = self.of.unrecorded.iter();
        let above =
            above.map(|stretch| self.area(*stretch, (self.layout.top - 8.0, self.layout.base)));
        let below = self.pain_edges().into_iter().flat_map(|edges| {
            let stretches = self.of.unlogged.iter();
            stretches.map(move |stretch| self.area(*stretch, edges))
        });
        above.chain(below).collect()
    }

    fn area(&self, (from, to): Stretch, (top, bottom): (f64, f64)) -> (Px, Px) {
        ((self.panel.x(from), top), (self.panel.x(to), bottom))
    }

    /// Upper and lower edges of what is known of pain: of all rows together, or of each where names stand between them.
    fn pain_edges(&self) -> Vec<(f64, f64)> {
        let Some(logged) = self.layout.logged else {
            return Vec::new();
        };
        let row = |base: &f64| (base - self.of.form.row, *base);
        let rows = self.layout.rows.iter().map(row);
        let all: Vec<(f64, f64)> = rows.chain([(logged - LOGGED_PX, logged)]).collect();
        match (self.of.form.is_stacked, all.first()) {
            (false, Some((first, _))) => vec![(first - 3.0, logged + 3.0)],
            _ => all,
        }
    }

    fn running(&self) -> Result {
        if !self.of.has_runs {
            return self.dates();
        }
        self.usual()?;
        self.value_axis()?;
        self.bars()?;
        self.dates()?;
        self.numbers()
    }

    fn usual(&self) -> Result {
        let Some(usual) = self.of.usual else {
            return Ok(());
        };
        let (left, right) = (self.panel.x(usual.from), self.panel.right);
        let (top, bottom) = (self.panel.y(usual.high), self.panel.y(usual.low));
        self.page
            .rect((left, top), (right, bottom), style::GREEN.mix(0.11))
    }

    fn value_axis(&self) -> Result {
        let ticks = ticks_within(0.0, self.of.high(), 4);
        for tick in &ticks {
            self.panel
                .rule(self.page, sharp(self.panel.y(*tick)), style::GRID)?;
        }
        for tick in &ticks {
            let at = (self.panel.left - 8.0, self.panel.y(*tick));
            self.page
                .text(&number(*tick, decimals(&ticks)), at, self.small().right())?;
        }
        let unit = format!(
            "{} a {}",
            self.of.units.distance_label(),
            self.of.step.label()
        );
        let left = if self.of.form.is_stacked {
            self.of.margin()
        } else {
            self.panel.left - 8.0 - self.page.text_width("00", self.small())?
        };
        self.page
            .text(&unit, (left, self.layout.unit), self.small())
    }

    fn small(&self) -> Text {
        self.of.form.small()
    }

    /// Whole ones, then parts, then those that stand out.
    fn bars(&self) -> Result {
        let shown = || self.of.bars.iter().filter(|bar| bar.shown().is_some());
        let is_marked = |bar: &&Bar| bar.is_marked(self.of.step);
        for bar in shown().filter(|bar| bar.is_whole && !is_marked(bar)) {
            let (from, to) = self.bar(bar);
            self.page.rect(from, to, style::SKY)?;
        }
        let parts = || shown().filter(|bar| !bar.is_whole && !is_marked(bar));
        for bar in parts() {
            let (from, to) = self.bar(bar);
            self.page.rect(from, to, style::WHITE)?;
        }
        for bar in parts() {
            let (from, to) = self.bar(bar);
            self.page
                .outline(from, to, style::SKY, 1.5_f64.min((to.0 - from.0) / 2.0))?;
        }
        for bar in shown().filter(is_marked) {
            let (from, to) = self.bar(bar);
            self.page.marked_bar(from, to)?;
        }
        self.idle()?;
        self.breaks()
    }

    /// A week in which nothing was run is no gap: a line on the ground.
    fn idle(&self) -> Result {
        let idle = self.of.bars.iter().filter(|bar| bar.is_idle());
        idle.map(|bar| self.edges(bar.from, bar.to))
            .try_for_each(|(left, right)| {
                let base = self.layout.base;
                self.page
                    .rect((left, base - 2.0), (right, base), style::SKY)
            })
    }

    /// White lines across bars that go on beyond the axis.
    fn breaks(&self) -> Result {
        self.broken_bars().try_for_each(|bar| self.break_of(bar))
    }

    /// A white stroke across a bar.
    fn break_of(&self, bar: &Bar) -> Result {
        let y = self.layout.top + 13.0;
        let (left, right) = self.edges(bar.from, bar.to);
        let ends = [(left - 2.0, y + 4.0), (right + 2.0, y - 4.0)];
        self.page.line(&ends, style::WHITE, 3.0)
    }

    fn broken_bars(&self) -> impl Iterator<Item = &Bar> {
        let (_, broken) = end_of(&self.of.bars);
        let is_beyond = move |bar: &&Bar| {
            bar.distance
                .zip(broken)
                .is_some_and(|(distance, end)| distance > end)
        };
        self.of.bars.iter().filter(is_beyond)
    }

    fn bar(&self, bar: &Bar) -> (Px, Px) {
        let (left, right) = self.edges(bar.from, bar.to);
        let top = self
            .panel
            .y(bar.distance.unwrap_or(0.0))
            .min(self.layout.base - 1.0);
        ((left, top), (right, self.layout.base))
    }

    /// Left and right edge of a bar: a gap where there is room for one.
    fn edges(&self, from: NaiveDate, to: NaiveDate) -> (f64, f64) {
        let (x0, x1) = (
            self.panel.x(from).max(self.panel.left),
            self.panel.x(to).min(self.panel.right),
        );
        let gap = gap(x1 - x0).max(x1 - x0 - WIDEST_PX);
        (x0 + gap / 2.0, (x1 - gap / 2.0).max(x0 + gap / 2.0 + 0.5))
    }

    /// Lines of months and their names.
    fn dates(&self) -> Result {
        let base = self.layout.base;
        self.panel.rule(self.page, base, style::AXIS)?;
        let ticks = date_ticks(
            self.panel.span,
            (self.panel.right - self.panel.left) * 12.0 / self.small().em_px,
        );
        for tick in &ticks {
            let x = self.panel.x(tick.date);
            self.page
                .line(&[(x, base), (x, base + 4.0)], style::AXIS, 1.0)?;
        }
        for tick in &ticks {
            let x = sharp(self.panel.x(tick.date));
            for (top, bottom) in self.pain_edges() {
                self.page.line(&[(x, top), (x, bottom)], style::GRID, 1.0)?;
            }
        }
        self.date_names(&ticks)
    }

    fn date_names(&self, ticks: &[super::super::axis::DateTick]) -> Result {
        let (mut free_from, y) = (f64::MIN, self.layout.base + 15.0);
        for tick in ticks {
            let x = self.panel.x(tick.date);
            let half = self.page.text_width(&tick.label, self.small())? / 2.0;
            let x = x.max(half + 2.0);
            if x - half < free_from || x + half > self.of.form.width - 2.0 {
                continue;
            }
            self.page
                .text(&tick.label, (x, y), self.small().centered())?;
            if let Some(year) = tick.year {
                self.page.text(
                    &year.to_string(),
                    (x, y + 16.0),
                    self.small().bold().centered(),
                )?;
            }
            free_from = x + half + 5.0;
        }
        Ok(())
    }

    /// Numbers above bars, words above the numbers of those that stand out, and what is usual.
    fn numbers(&self) -> Result {
        let mut room = self.room();
        let mut labels = self.marked_labels(&mut room)?;
        labels.extend(self.usual_label(&mut room)?);
        labels.extend(self.plain_labels(&mut room)?);
        labels.iter().try_for_each(|label| label.draw(self.page))
    }

    /// Above the bars, and between those that are lower.
    fn room(&self) -> Room {
        let mut room = Room::new(Area {
            left: self.panel.left - 4.0,
            right: self.of.form.width - 4.0,
            top: self.layout.unit - 8.0,
            bottom: self.layout.base,
        });
        for bar in self.of.bars.iter().filter(|bar| bar.shown().is_some()) {
            let ((left, top), (right, bottom)) = self.bar(bar);
            let grazed = (0.2 * (right - left)).min(3.5);
            room.occupy(Area {
                left: left + grazed,
                right: right - grazed,
                top,
                bottom,
            });
        }
        room
    }

    fn marked_labels(&self, room: &mut Room) -> Result<Vec<Label>> {
        let mut labels = Vec::new();
        let mut marked: Vec<&Bar> = self
            .of
            .marked()
            .chain(
                self.broken_bars()
                    .filter(|bar| !bar.is_marked(self.of.step)),
            )
            .collect();
        marked.sort_by(|a, b| {
            b.distance
                .unwrap_or(0.0)
                .total_cmp(&a.distance.unwrap_or(0.0))
                .then(a.from.cmp(&b.from))
        });
        for bar in marked {
            let number = self.above(
                bar,
                number_of(bar),
                9.0,
                Text::MARK.sized(self.small().em_px),
            );
            let number = room.take_first(self.page, [number])?;
            if let (Some(_), Some(why)) = (&number, self.of.why(bar)) {
                let look = self.small().colored(style::VERMILLION_TEXT);
                let word = self.above(bar, why, 24.0, look);
                labels.extend(room.take_first(self.page, self.leaning(bar, word))?);
            }
            labels.extend(number);
        }
        Ok(labels)
    }

    /// A word in the middle of its bar, else with an end there.
    fn leaning(&self, bar: &Bar, word: Label) -> [Label; 3] {
        let (left, right) = self.edges(bar.from, bar.to);
        let y = word.at.1;
        let leaning = |x: f64, look: Text| Label {
            at: (x, y),
            look,
            ..word.clone()
        };
        let look = self.small().colored(style::VERMILLION_TEXT);
        [
            word.clone(),
            leaning(right, look.right()),
            leaning(left, look),
        ]
    }

    fn above(&self, bar: &Bar, text: String, by: f64, look: Text) -> Label {
        let ((left, top), (right, _)) = self.bar(bar);
        Label {
            text,
            at: ((left + right) / 2.0, top - by),
            look: look.centered(),
        }
    }

    /// All numbers where bars are few, else that of the highest.
    fn plain_labels(&self, room: &mut Room) -> Result<Vec<Label>> {
        let plain = self
            .of
            .bars
            .iter()
            .filter(|bar| bar.shown().is_some() && !bar.is_marked(self.of.step));
        let highest = self
            .of
            .bars
            .iter()
            .filter_map(Bar::shown)
            .fold(0.0, f64::max);
        let is_few = self.of.bars.len() <= MOST_NUMBERS;
        let mut labels = Vec::new();
        for bar in plain.filter(|bar| is_few || bar.distance == Some(highest)) {
            let label = self.above(bar, number_of(bar), 9.0, self.small());
            labels.extend(room.take_first(self.page, [label])?);
        }
        Ok(labels)
    }

    /// Beside its band. On a phone the key says it.
    fn usual_label(&self, room: &mut Room) -> Result<Option<Label>> {
        let Some(usual) = self.of.usual.filter(|_| !self.of.form.is_stacked) else {
            return Ok(None);
        };
        let middle = (self.panel.y(usual.low) + self.panel.y(usual.high)) / 2.0;
        let look = self.small();
        let text = usual.text(self.of.units.distance_label());
        let lines = [
            ("your usual".to_string(), middle - 8.0),
            (text, middle + 8.0),
        ];
        for (text, y) in lines {
            self.page.text(&text, (self.panel.right + 10.0, y), look)?;
        }
        room.occupy(Area {
            left: self.panel.right + 6.0,
            right: self.of.form.width,
            top: middle - 16.0,
            bottom: middle + 16.0,
        });
        Ok(None)
    }

    fn pain(&self) -> Result {
        self.clear_days()?;
        for (index, (to, _, shade)) in LEVELS.into_iter().enumerate() {
            let above = index.checked_sub(1).map_or(0.0, |before| LEVELS[before].0);
            self.marks_within(above, to, style::pain_color(shade))?;
        }
        self.logged()?;
        self.row_names()
    }

    fn rows(&self) -> impl Iterator<Item = (&Row, f64)> {
        self.of.rows.iter().zip(self.layout.rows.iter().copied())
    }

    /// A thin line on the days that are known to be without pain. Where nothing is known, there is nothing.
    fn clear_days(&self) -> Result {
        if self.of.grain != Grain::Day {
            return self.grounds();
        }
        for (row, base) in self.rows() {
            for (from, to) in &row.clear {
                let (left, right) = (self.panel.x(*from), self.panel.x(*to));
                self.page
                    .rect((left, base - 1.5), (right, base), style::AXIS)?;
            }
        }
        Ok(())
    }

    /// Where a mark is more than a day, the lower edges of rows: no day of them is told apart.
    fn grounds(&self) -> Result {
        self.rows()
            .try_for_each(|(_, base)| self.panel.rule(self.page, base, style::GRID))
    }

    /// The marks of one level, of all rows.
    fn marks_within(&self, above: f64, to: f64, color: RGBAColor) -> Result {
        for (row, base) in self.rows() {
            let marks = row
                .marks
                .iter()
                .filter(|(_, pain)| above < **pain && **pain <= to);
            for (start, pain) in marks {
                let (left, right) = self.mark_edges(*start);
                let height = LOWEST_PX + (self.of.form.row - LOWEST_PX) * pain / 10.0;
                self.page
                    .rect((left, base - height), (right, base), color)?;
            }
        }
        Ok(())
    }

    fn mark_edges(&self, start: NaiveDate) -> (f64, f64) {
        let (left, right) = (
            self.panel.x(start).max(self.panel.left),
            self.panel.x(self.of.grain.end(start)).min(self.panel.right),
        );
        let gap = if right - left > 5.0 { 1.0 } else { 0.0 };
        (left, right - gap)
    }

    /// Logged days: a square each, else a bar as high as their share.
    fn logged(&self) -> Result {
        let Some(base) = self.layout.logged else {
            return Ok(());
        };
        match self.of.grain {
            Grain::Day => self.logged_days(base)?,
            Grain::Week | Grain::Month => self.logged_shares(base)?,
        }
        self.page.line(
            &[
                (self.panel.left, base + 0.5),
                (self.panel.right, base + 0.5),
            ],
            style::GRID,
            1.0,
        )
    }

    fn logged_days(&self, base: f64) -> Result {
        let stretches = self.of.logged.stretches.iter();
        let days = stretches
            .flat_map(|(from, to)| crate::time::dates(*from, crate::time::plus_days(*to, -1)));
        let is_wide = self.panel.x_at(1.0) - self.panel.left > 5.0;
        if is_wide {
            return days
                .map(|day| self.mark_edges(day))
                .try_for_each(|(left, right)| self.log_mark((left, right), base, LOGGED_PX));
        }
        let stretches = self.of.logged.stretches.iter();
        stretches
            .map(|(from, to)| (self.panel.x(*from), self.panel.x(*to)))
            .try_for_each(|edges| self.log_mark(edges, base, LOGGED_PX))
    }

    fn logged_shares(&self, base: f64) -> Result {
        let shares = self.of.logged.shares.iter();
        shares
            .map(|(start, share)| (self.mark_edges(*start), share.min(1.0)))
            .try_for_each(|(edges, share)| {
                self.log_mark(edges, base, 1.0 + (LOGGED_PX - 1.0) * share)
            })
    }

    fn log_mark(&self, (left, right): (f64, f64), base: f64, height: f64) -> Result {
        self.page
            .rect((left, base - height), (right, base), style::AXIS)
    }

    /// Names left of their rows and days right of them; on a phone both above.
    fn row_names(&self) -> Result {
        let form = self.of.form;
        for (row, base) in self.rows() {
            let (days, highest) = (
                super::super::counted(row.days, "day"),
                number(row.highest, 0),
            );
            if form.is_stacked {
                let name = format!("{}: {days}, up to {highest}", sentence_case(&row.name));
                self.page.name(
                    &name,
                    (self.of.margin(), base - form.row - 11.0),
                    form.name(),
                )?;
            } else {
                let y = base - 8.0;
                self.page.name(
                    &sentence_case(&row.name),
                    (self.panel.left - 10.0, y),
                    form.name().right(),
                )?;
                self.page.text(
                    &format!("{days}, up to {highest}"),
                    (self.panel.right + 10.0, y),
                    self.small(),
                )?;
            }
        }
        self.logged_name()
    }

    fn logged_name(&self) -> Result {
        let Some(base) = self.layout.logged else {
            return Ok(());
        };
        let form = self.of.form;
        let days = format!("{} of {} days", self.of.logged.days, self.of.days_past());
        if form.is_stacked {
            let at = (self.of.margin(), base - LOGGED_PX - 11.0);
            return self.page.text(&format!("Logged: {days}"), at, self.small());
        }
        let y = base - LOGGED_PX / 2.0;
        self.page
            .text("logged", (self.panel.left - 10.0, y), self.small().right())?;
        self.page
            .text(&days, (self.panel.right + 10.0, y), self.small())
    }

    /// What is said under the rows, and the key.
    fn below(&self) -> Result {
        for (y, line) in &self.layout.lines {
            self.page.text(line, (self.of.margin(), *y), self.small())?;
        }
        self.key()
    }

    /// Marks and their words, line by line.
    fn key(&self) -> Result {
        let margin = self.of.margin();
        let (mut x, mut line) = (margin, 0.0);
        for (key, word, y) in &self.layout.key {
            x = if *y > line { margin } else { x };
            line = *y;
            self.key_mark(*key, (x, *y))?;
            self.page.text(word, (x + KEY, *y), self.small())?;
            x += KEY + self.page.text_width(word, self.small())? + APART;
        }
        Ok(())
    }

    fn key_mark(&self, key: Key, (x, y): Px) -> Result {
        let (from, to) = ((x, y - 6.0), (x + 15.0, y + 6.0));
        match key {
            Key::Bar => self.page.rect(from, to, style::SKY),
            Key::Part => self.page.outline(from, to, style::SKY, 1.5),
            Key::Marked => self.page.marked_bar(from, to),
            Key::Usual => self.page.rect(from, to, style::GREEN.mix(0.25)),
            Key::Pain(level) => self.page.rect(from, to, shade_of(level)),
            Key::Clear => self
                .page
                .rect((x, y + 1.0), (x + 15.0, y + 2.5), style::AXIS),
            Key::Logged => self
                .page
                .rect((x, y - 4.0), (x + 15.0, y + 4.0), style::AXIS),
            Key::Unknown => {
                self.page.rect(from, to, style::SHADE)?;
                self.page.hatch(from, to)
            }
        }
    }
}

fn number_of(bar: &Bar) -> String {
    let distance = bar.distance.unwrap_or(0.0);
    number(distance, if distance < 10.0 { 1 } else { 0 })
}

/// As many decimals as the distance between ticks needs.
fn decimals(ticks: &[f64]) -> usize {
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).next();
    step.map_or(0, |step| if step >= 1.0 { 0 } else { 1 })
}

/// The gap between two bars that are so far apart.
fn gap(slot: f64) -> f64 {
    match slot {
        slot if slot > 40.0 => 8.0,
        slot if slot > 8.0 => slot * 0.2,
        slot if slot > 3.0 => 1.0,
        slot => slot * 0.2,
    }
}

fn shade_of(level: f64) -> RGBAColor {
    let level = LEVELS.iter().find(|(to, ..)| *to == level);
    style::pain_color(level.map_or(10.0, |(.., shade)| *shade))
}
