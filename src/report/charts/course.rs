//! The course of one place, day by day: how much it hurt and when, over what was run that day, what was cut short and when a
//! painkiller was taken.

use super::{
    Drawn, Numbers, Picture, Result,
    area::Px,
    axis::{DateTick, Panel, Span, date_ticks, drawable, sharp},
    counted,
    page::Page,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    course::{self, Course},
    pain::{Moment, site_text},
    time::{date_text, days_between, plus_days},
    units::{Units, number},
    words::sentence_case,
};
use chrono::NaiveDate;
use plotters::style::{Color, RGBAColor};
use std::collections::{BTreeMap, BTreeSet};

/// The names of the pictures, by the order of the places; a place beyond them has none.
const IDS: [&str; 6] = [
    "course-1", "course-2", "course-3", "course-4", "course-5", "course-6",
];

/// The last days shown: twelve weeks.
const MOST_DAYS: i64 = 84;

/// Days shown before the first pain: of the runs before it.
const DAYS_BEFORE: i64 = 3;

/// Where lines stand: none, little, as much as rules speak of, and the end of the scale.
const TICKS: [f64; 4] = [0.0, 2.0, 5.0, 10.0];

/// Half the size of a shape, logical pixels.
const SHAPE_PX: f64 = 5.5;

/// Distance of two lines of the key, logical pixels.
const KEY_LINE_PX: f64 = 21.0;

/// Height of a row below.
const STRIP_PX: f64 = 15.0;

/// The pictures of the places that hurt now, in their order.
pub(in crate::report) fn drawn(analysis: &Analysis) -> Vec<Drawn> {
    let courses = analysis.courses.iter().zip(IDS);
    let pictures = courses.filter_map(|(course, id)| {
        let picture = data(analysis, course)?;
        Some(Drawn::of_page(id, Box::new(picture)))
    });
    pictures.collect()
}

/// The name of the picture of a place, by its order. None beyond those that are drawn.
pub(in crate::report) fn id(order: usize) -> Option<&'static str> {
    IDS.get(order).copied()
}

/// Sizes, logical pixels.
#[derive(Debug, PartialEq)]
struct Form {
    width: f64,
    left: f64,
    height: f64,
    /// Names stand above their strips, not left of them.
    is_stacked: bool,
    em: f64,
}

static WIDE: Form = Form {
    width: 760.0,
    left: 112.0,
    height: 176.0,
    is_stacked: false,
    em: 12.5,
};

static NARROW: Form = Form {
    width: style::NARROW_PX,
    left: 26.0,
    height: 170.0,
    is_stacked: true,
    em: 13.5,
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: &'static Form,
    name: String,
    span: Span,
    /// Days that are left out before it.
    left_out: i64,
    /// In the order of the log.
    ratings: Vec<Rating>,
    /// The highest of each rated day.
    days: BTreeMap<NaiveDate, f64>,
    units: Units,
    /// Days that were logged as free of pain there.
    clear: BTreeSet<NaiveDate>,
    /// Distance of each day with a run, in the shown unit.
    runs: BTreeMap<NaiveDate, f64>,
    /// Days of this time without believable recordings.
    unrecorded: BTreeSet<NaiveDate>,
    /// Days on which a run was cut short, stopped or missed.
    less: BTreeSet<NaiveDate>,
    /// Days with a painkiller.
    painkillers: BTreeSet<NaiveDate>,
    numbers: Vec<Vec<String>>,
}

/// One rating.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Rating {
    day: NaiveDate,
    pain: f64,
    when: When,
}

/// When in the day, as far as shapes tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// While running.
    Run,
    /// At night.
    Night,
    /// At any other time.
    Other,
}

impl When {
    const ALL: [(When, &'static str); 3] = [
        (When::Run, "in the run"),
        (When::Night, "at night"),
        (When::Other, "other times"),
    ];

    fn of(moment: Moment) -> When {
        match moment {
            Moment::During => When::Run,
            Moment::Night => When::Night,
            _ => When::Other,
        }
    }

    fn color(self) -> RGBAColor {
        match self {
            When::Run => style::VERMILLION,
            When::Night => style::INK,
            When::Other => style::pain_color(8.0),
        }
    }
}

/// None where nothing was rated above 0 in the days shown.
fn data(analysis: &Analysis, course: &Course) -> Option<Data> {
    let span = span(course);
    let in_span = |day: &NaiveDate| span.contains(*day);
    let ratings: Vec<Rating> = ratings(course)
        .filter(|rating| in_span(&rating.day))
        .collect();
    ratings
        .iter()
        .any(|rating| rating.pain > 0.0)
        .then(|| Data {
            form: &WIDE,
            name: sentence_case(&site_text(course.place.0, course.place.1)),
            left_out: days_between(course.since, span.from).max(0),
            days: highest(
                &ratings,
                course.clear_days.iter().filter(|day| in_span(day)),
            ),
            clear: course.clear_days.iter().copied().filter(in_span).collect(),
            units: analysis.units,
            runs: runs(analysis, span),
            unrecorded: match analysis.is_log_alone() {
                // That no run was read is said above; a row that is nothing but hatched shows nothing.
                true => BTreeSet::new(),
                false => unrecorded(analysis, span),
            },
            less: course
                .days_of_less_running()
                .into_iter()
                .filter(in_span)
                .collect(),
            painkillers: course
                .days_of_painkillers()
                .into_iter()
                .filter(in_span)
                .collect(),
            numbers: course
                .rows
                .iter()
                .map(|row| number_row(analysis.units, row))
                .collect(),
            ratings,
            span,
        })
}

/// From a little before the first pain to the day of the report.
fn span(course: &Course) -> Span {
    let to = plus_days(course.as_of, 1);
    Span {
        from: plus_days(course.since, -DAYS_BEFORE).max(plus_days(to, -MOST_DAYS)),
        to,
    }
}

fn ratings(course: &Course) -> impl Iterator<Item = Rating> {
    course.rows.iter().filter_map(|row| {
        Some(Rating {
            day: row.entry.date,
            pain: row.rating.and_then(drawable)?,
            when: When::of(row.entry.moment),
        })
    })
}

fn highest<'a>(
    ratings: &[Rating],
    clear: impl Iterator<Item = &'a NaiveDate>,
) -> BTreeMap<NaiveDate, f64> {
    let mut days: BTreeMap<NaiveDate, f64> = clear.map(|day| (*day, 0.0)).collect();
    for rating in ratings {
        let highest = days.entry(rating.day).or_insert(rating.pain);
        *highest = highest.max(rating.pain);
    }
    days
}

fn runs(analysis: &Analysis, span: Span) -> BTreeMap<NaiveDate, f64> {
    let days = analysis
        .history
        .days
        .iter()
        .filter(|day| span.contains(day.date) && day.runs > 0);
    let shown = |metres: f64| drawable(analysis.units.distance(metres));
    days.map(|day| (day.date, day.distance_m.and_then(shown).unwrap_or(0.0)))
        .collect()
}

fn unrecorded(analysis: &Analysis, span: Span) -> BTreeSet<NaiveDate> {
    let is_missing = |day: &NaiveDate| !analysis.history.day(*day).is_some_and(|day| day.covered);
    crate::time::dates(span.from, plus_days(span.to, -1))
        .filter(is_missing)
        .collect()
}

/// Orders days by pain, then by date.
fn worse(a: &(NaiveDate, f64), b: &(NaiveDate, f64)) -> std::cmp::Ordering {
    a.1.total_cmp(&b.1).then(a.0.cmp(&b.0))
}

fn number_row(units: Units, row: &course::Row) -> Vec<String> {
    let run = row.run_m.map(|metres| units.distance_text(metres));
    let effect = row.entry.effect().map(|effect| effect.label().to_string());
    let painkiller = row
        .entry
        .painkiller
        .map(|taken| if taken { "yes" } else { "no" }.to_string());
    vec![
        date_text(row.entry.date),
        row.entry.moment.label().to_string(),
        row.rating.map_or("–".to_string(), |pain| number(pain, 0)),
        run.unwrap_or("–".to_string()),
        effect.unwrap_or("–".to_string()),
        painkiller.unwrap_or("–".to_string()),
    ]
}

/// A row of marks below.
struct Strip<'a> {
    name: &'static str,
    days: Vec<(&'a NaiveDate, f64)>,
    color: RGBAColor,
}

impl Data {
    fn worst(&self) -> Option<(NaiveDate, f64)> {
        let days = self.days.iter().map(|(day, pain)| (*day, *pain));
        days.max_by(worse)
    }

    fn last(&self) -> Option<(NaiveDate, f64)> {
        self.days.last_key_value().map(|(day, pain)| (*day, *pain))
    }

    fn nights(&self) -> usize {
        let at_night = self
            .ratings
            .iter()
            .filter(|rating| rating.when == When::Night && rating.pain > 0.0);
        at_night
            .map(|rating| rating.day)
            .collect::<BTreeSet<_>>()
            .len()
    }

    /// The rows of marks that have any.
    fn strips(&self) -> Vec<Strip<'_>> {
        let longest = self.runs.values().copied().fold(0.1, f64::max);
        let all = [
            Strip {
                name: "run",
                days: self
                    .runs
                    .iter()
                    .map(|(day, distance)| (day, (distance / longest).clamp(0.25, 1.0)))
                    .collect(),
                color: style::SKY,
            },
            Strip {
                name: "cut or missed",
                days: self.less.iter().map(|day| (day, 1.0)).collect(),
                color: style::VERMILLION,
            },
            Strip {
                name: "painkiller",
                days: self.painkillers.iter().map(|day| (day, 1.0)).collect(),
                color: style::QUIET,
            },
        ];
        let is_of_runs = |strip: &Strip| strip.name == "run" && self.hatched().next().is_some();
        all.into_iter()
            .filter(|strip| !strip.days.is_empty() || is_of_runs(strip))
            .collect()
    }

    fn pitch(&self) -> f64 {
        if self.form.is_stacked { 38.0 } else { 25.0 }
    }

    fn plot(&self) -> (f64, f64) {
        (14.0, 14.0 + self.form.height)
    }

    fn right(&self) -> f64 {
        self.form.width - 12.0
    }

    /// The base of a strip.
    fn strip_base(&self, index: usize) -> f64 {
        let first = self.plot().1 + 8.0 + self.pitch();
        first + self.pitch() * index as f64
    }

    fn dates_y(&self) -> f64 {
        self.strip_base(self.strips().len()) - self.pitch() + 8.0
    }

    fn small(&self) -> Text {
        Text::AXIS.sized(self.form.em)
    }

    /// What shapes and lines mean, as far as they are there.
    fn key(&self) -> Vec<(Key, &'static str)> {
        let is_there = |when: When| self.ratings.iter().any(|rating| rating.when == when);
        let shapes: Vec<(When, &str)> = When::ALL
            .into_iter()
            .filter(|(when, _)| is_there(*when))
            .collect();
        // There are other times only beside those that are named.
        let shapes = match shapes.as_slice() {
            [(When::Other, _)] => vec![(When::Other, "pain")],
            _ => shapes,
        };
        let shapes = shapes.into_iter();
        let shapes = shapes.map(|(when, word)| (Key::Shape(when), word));
        let has_gap = self.legs().any(|(a, b)| days_between(a.0, b.0) > 1);
        let others = [
            (!self.clear.is_empty()).then_some((Key::Clear, "logged: none there")),
            has_gap.then_some((Key::Gap, "days without a rating")),
            self.hatched()
                .next()
                .map(|_| (Key::Unrecorded, "no recordings")),
        ];
        shapes.chain(others.into_iter().flatten()).collect()
    }

    /// Days about whose running nothing is known.
    fn hatched(&self) -> impl Iterator<Item = &NaiveDate> {
        let unrecorded = self.unrecorded.iter();
        unrecorded.filter(|day| !self.runs.contains_key(day))
    }

    /// How many lines the key has, about: known before there is a page to measure on.
    fn key_lines(&self) -> f64 {
        let room = self.form.width - self.key_left();
        let width = |word: &str| 36.0 + word.chars().count() as f64 * self.form.em * 0.53;
        let (mut lines, mut x) = (1.0, 0.0);
        for (_, word) in self.key() {
            if x + width(word) > room && x > 0.0 {
                (lines, x) = (lines + 1.0, 0.0);
            }
            x += width(word);
        }
        lines
    }

    fn key_left(&self) -> f64 {
        if self.form.is_stacked {
            8.0
        } else {
            self.form.left
        }
    }

    /// From one rated day to the next.
    fn legs(&self) -> impl Iterator<Item = ((NaiveDate, f64), (NaiveDate, f64))> {
        let days = self.days.iter().map(|(day, pain)| (*day, *pain));
        days.clone().zip(days.skip(1))
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let worst = self.worst().map_or(String::new(), |(day, pain)| {
            format!("up to {} of 10 on {}", number(pain, 0), date_text(day))
        });
        let last = self.last().map_or(String::new(), |(day, pain)| {
            format!(", {} on {}", number(pain, 0), date_text(day))
        });
        let last = if self.last() == self.worst() {
            String::new()
        } else {
            last
        };
        format!("{}: {worst}{last}", self.name)
    }

    fn alt(&self) -> String {
        let rated = counted(self.days.len(), "rated day");
        let (from, to) = (
            date_text(self.span.from),
            date_text(plus_days(self.span.to, -1)),
        );
        let left_out = match self.left_out {
            0 => String::new(),
            days => format!(" It began {days} days before; they are left out."),
        };
        let words = [
            (self.nights(), "night", "hurt at night on"),
            (self.less.len(), "day", "a run was cut short or missed on"),
            (self.painkillers.len(), "day", "a painkiller was taken on"),
        ];
        let words: String = words
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, noun, what)| format!("; {what} {}", counted(*count, noun)))
            .collect();
        format!(
            "{} from {from} to {to}, on {rated}{words}; {} with a run.{left_out}",
            self.title(),
            counted(self.runs.len(), "day")
        )
    }

    fn width_px(&self) -> f64 {
        self.form.width
    }

    fn height_px(&self) -> f64 {
        self.dates_y() + 34.0 + KEY_LINE_PX * self.key_lines()
    }

    fn draw(&self, page: &Page) -> Result {
        let panel =
            Panel::new(self.span, self.plot(), (0.0, 10.0)).between(self.form.left, self.right());
        self.draw_scale(page, &panel)?;
        self.draw_line(page, &panel)?;
        self.draw_clear(page, &panel)?;
        for (when, _) in When::ALL {
            self.draw_shapes(page, &panel, when)?;
        }
        self.draw_worst(page, &panel)?;
        self.draw_strips(page, &panel)?;
        self.draw_dates(page, &panel)?;
        self.draw_key(page)
    }

    fn narrow(&self) -> Option<Box<dyn Picture>> {
        Some(Box::new(Data {
            form: &NARROW,
            ..self.clone()
        }))
    }

    fn numbers(&self) -> Option<Numbers> {
        Some(Numbers {
            head: vec![
                "day",
                "when",
                "pain, 0–10",
                "run that day",
                "what it did",
                "painkiller",
            ],
            rows: self.numbers.clone(),
        })
    }
}

impl Data {
    fn draw_scale(&self, page: &Page, panel: &Panel) -> Result {
        for tick in TICKS {
            panel.rule(page, sharp(panel.y(tick)), style::GRID)?;
        }
        for tick in TICKS {
            let at = (panel.left - 8.0, panel.y(tick));
            page.text(&number(tick, 0), at, self.small().right())?;
        }
        if self.form.is_stacked {
            return Ok(());
        }
        page.text("pain, 0–10", (8.0, panel.y(10.0)), self.small())
    }

    /// Through the worst of each day; dashed over days of which nothing is known.
    fn draw_line(&self, page: &Page, panel: &Panel) -> Result {
        let color = style::pain_color(5.0);
        let at = |(day, pain): (NaiveDate, f64)| panel.noon(day, pain);
        let is_next = |(a, b): &((NaiveDate, f64), (NaiveDate, f64))| days_between(a.0, b.0) == 1;
        for (a, b) in self.legs().filter(is_next) {
            page.line(&[at(a), at(b)], color, 2.0)?;
        }
        for (a, b) in self.legs().filter(|leg| !is_next(leg)) {
            page.dashed(&[at(a), at(b)], color.mix(0.6), 1.25)?;
        }
        Ok(())
    }

    fn draw_shapes(&self, page: &Page, panel: &Panel, when: When) -> Result {
        let own = || self.ratings.iter().filter(|rating| rating.when == when);
        for rating in own() {
            draw_shape(
                page,
                when,
                panel.noon(rating.day, rating.pain),
                self.shape_px(panel) + 1.25,
                style::WHITE,
            )?;
        }
        for rating in own() {
            draw_shape(
                page,
                when,
                panel.noon(rating.day, rating.pain),
                self.shape_px(panel),
                when.color(),
            )?;
        }
        Ok(())
    }

    /// Smaller where days are narrow.
    fn shape_px(&self, panel: &Panel) -> f64 {
        (self.day_px(panel) * 0.5).clamp(3.0, SHAPE_PX)
    }

    fn day_px(&self, panel: &Panel) -> f64 {
        panel.x_at(1.0) - panel.left
    }

    /// The number of the worst day.
    fn draw_worst(&self, page: &Page, panel: &Panel) -> Result {
        let Some((day, pain)) = self.worst() else {
            return Ok(());
        };
        let (x, y) = panel.noon(day, pain);
        let look = Text::NAME.sized(self.form.em).bold();
        let left = x > panel.right - 30.0;
        match (left, pain > 9.0) {
            (true, true) => page.label(&number(pain, 0), (x - 12.0, y - 4.0), look.right()),
            (true, false) => page.label(&number(pain, 0), (x + 5.0, y - 16.0), look.right()),
            (false, true) => page.label(&number(pain, 0), (x + 12.0, y), look),
            (false, false) => page.label(&number(pain, 0), (x, y - 16.0), look.centered()),
        }
    }

    fn draw_strips(&self, page: &Page, panel: &Panel) -> Result {
        self.draw_unrecorded(page, panel)?;
        for (index, strip) in self.strips().iter().enumerate() {
            let base = self.strip_base(index);
            for (day, share) in &strip.days {
                let (left, right) = self.day_edges(panel, **day);
                page.rect((left, base - STRIP_PX * share), (right, base), strip.color)?;
            }
        }
        for (index, strip) in self.strips().iter().enumerate() {
            self.draw_name(page, strip, self.strip_base(index))?;
        }
        Ok(())
    }

    fn draw_unrecorded(&self, page: &Page, panel: &Panel) -> Result {
        let base = self.strip_base(0);
        let areas = || {
            let days = self.hatched();
            days.map(|day| (panel.x(*day), panel.x(plus_days(*day, 1))))
        };
        for (left, right) in areas() {
            page.rect((left, base - STRIP_PX), (right, base), style::SHADE)?;
        }
        areas().try_for_each(|(left, right)| page.hatch((left, base - STRIP_PX), (right, base)))
    }

    fn draw_name(&self, page: &Page, strip: &Strip, base: f64) -> Result {
        let unit = self.units.distance_label();
        let name = match strip.name {
            "run" => self.runs_name(unit),
            name => name.to_string(),
        };
        if self.form.is_stacked {
            return page.text(&name, (6.0, base - STRIP_PX - 9.0), self.small());
        }
        page.text(
            &name,
            (self.form.left - 8.0, base - STRIP_PX / 2.0),
            self.small().right(),
        )
    }

    /// `runs, to 14 km`.
    fn runs_name(&self, unit: &str) -> String {
        let longest = self.runs.values().copied().fold(0.0, f64::max);
        match longest > 0.0 {
            true => format!("runs, to {} {unit}", number(longest, 0)),
            false => "runs".to_string(),
        }
    }

    fn day_edges(&self, panel: &Panel, day: NaiveDate) -> (f64, f64) {
        let gap = (self.day_px(panel) * 0.15).min(3.0);
        (panel.x(day) + gap, panel.x(plus_days(day, 1)) - gap)
    }

    fn draw_dates(&self, page: &Page, panel: &Panel) -> Result {
        let y = self.dates_y();
        panel.rule(page, y, style::AXIS)?;
        let ticks = date_ticks(self.span, (panel.right - panel.left) * 12.0 / self.form.em);
        let mut free_from = f64::MIN;
        for tick in &ticks {
            free_from = self.draw_date(page, panel, tick, free_from)?;
        }
        Ok(())
    }

    /// Draws a date where it has room, and says from where on the next one has.
    fn draw_date(
        &self,
        page: &Page,
        panel: &Panel,
        tick: &DateTick,
        free_from: f64,
    ) -> Result<f64> {
        let (x, y) = (panel.x_noon(tick.date), self.dates_y());
        page.line(&[(x, y), (x, y + 4.0)], style::AXIS, 1.0)?;
        let half = page.text_width(&tick.label, self.small())? / 2.0;
        let at = x.max(half + 2.0);
        if at - half < free_from || at + half > self.form.width - 2.0 {
            return Ok(free_from);
        }
        page.text(&tick.label, (at, y + 15.0), self.small().centered())?;
        Ok(at + half + 8.0)
    }

    fn draw_key(&self, page: &Page) -> Result {
        let (mut x, mut y) = (self.key_left(), self.dates_y() + 42.0);
        for (key, word) in self.key() {
            let width = page.text_width(word, self.small())? + 22.0;
            if x + width > self.form.width - 2.0 {
                (x, y) = (self.key_left(), y + KEY_LINE_PX);
            }
            draw_key_mark(page, key, (x + 6.0, y))?;
            page.text(word, (x + 18.0, y), self.small())?;
            x += width + 14.0;
        }
        Ok(())
    }

    /// Rings on the ground: days that are known to be free of pain.
    fn draw_clear(&self, page: &Page, panel: &Panel) -> Result {
        let half_px = self.shape_px(panel) * 0.7;
        let at = |day: &NaiveDate| panel.noon(*day, 0.0);
        for day in &self.clear {
            page.dot(at(day), half_px, When::Other.color())?;
        }
        for day in &self.clear {
            page.dot(at(day), half_px - 1.5, style::WHITE)?;
        }
        Ok(())
    }
}

/// A mark that the key explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    /// A rating.
    Shape(When),
    /// A day that was free of pain.
    Clear,
    /// Days of which nothing is known.
    Gap,
    /// Days of whose running nothing is known.
    Unrecorded,
}

fn draw_key_mark(page: &Page, key: Key, (x, y): Px) -> Result {
    match key {
        Key::Shape(when) => draw_shape(page, when, (x, y), SHAPE_PX, when.color()),
        Key::Clear => {
            page.dot((x, y), 3.9, When::Other.color())?;
            page.dot((x, y), 2.4, style::WHITE)
        }
        Key::Gap => {
            let color = style::pain_color(5.0).mix(0.6);
            page.dashed(&[(x - 8.0, y), (x + 8.0, y)], color, 1.25)
        }
        Key::Unrecorded => {
            let (from, to) = ((x - 7.0, y - 5.0), (x + 7.0, y + 5.0));
            page.rect(from, to, style::SHADE)?;
            page.hatch(from, to)
        }
    }
}

/// A triangle in the run, a square at night, a circle at other times.
fn draw_shape(page: &Page, when: When, (x, y): Px, half_px: f64, color: RGBAColor) -> Result {
    match when {
        When::Run => {
            let (wide, up, down) = (half_px * 1.15, half_px * 1.2, half_px * 0.85);
            page.polygon(
                &[(x, y - up), (x + wide, y + down), (x - wide, y + down)],
                color,
            )
        }
        When::Night => {
            let half = half_px * 0.9;
            page.rect((x - half, y - half), (x + half, y + half), color)
        }
        When::Other => page.dot((x, y), half_px * 0.9, color),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::{Entry, Function, Side, Site},
        report::charts::{
            fixtures::{analysis, run},
            svg::tests::checked,
        },
    };

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date literal")
    }

    fn shin(day: &str, moment: Moment, pain: f64) -> Entry {
        Entry {
            moment,
            site: Some(Site::Shin),
            side: Some(Side::Right),
            pain: Some(pain),
            ..Entry::on(date(day))
        }
    }

    fn of(entries: Vec<Entry>) -> Analysis {
        let runs =
            ["2025-09-01", "2025-09-20", "2025-09-22", "2025-09-26"].map(|day| run(date(day), 8.0));
        let mut analysis = analysis(runs.to_vec(), entries, vec![]);
        analysis.courses = course::courses(&analysis.history, &analysis.pain, &[]);
        analysis
    }

    fn course() -> Analysis {
        let stopped = Entry {
            function: Some(Function::CutShort),
            ..shin("2025-09-22", Moment::During, 4.0)
        };
        let tablet = Entry {
            painkiller: Some(true),
            ..shin("2025-09-23", Moment::Night, 5.0)
        };
        of(vec![
            shin("2025-09-21", Moment::Evening, 1.0),
            shin("2025-09-22", Moment::Morning, 2.0),
            stopped,
            tablet,
            shin("2025-09-26", Moment::Morning, 3.0),
        ])
    }

    #[test]
    fn a_course_says_its_worst_and_its_last() {
        let analysis = course();
        let [chart] = &drawn(&analysis)[..] else {
            panic!("one place")
        };
        assert_eq!(chart.id, id(0).expect("the first"));
        assert_eq!(
            chart.title,
            "Right shin: up to 5 of 10 on 23 Sep 2025, 3 on 26 Sep 2025"
        );
        assert_eq!(
            chart.alt,
            "Right shin: up to 5 of 10 on 23 Sep 2025, 3 on 26 Sep 2025 from 18 Sep 2025 to 26 Sep 2025, on 4 rated days; \
             hurt at night on 1 night; a run was cut short or missed on 1 day; a painkiller was taken on 1 day; 3 days with a run."
        );
        checked(chart);
        assert!(
            chart
                .inline_narrow("a")
                .expect("drawing does not fail")
                .is_some()
        );
        let numbers = chart.numbers().expect("numbers");
        assert_eq!(numbers.rows.len(), 5);
        assert_eq!(
            numbers.rows[2],
            [
                "22 Sep 2025",
                "during the run",
                "4",
                "8.0 km",
                "cut the run short",
                "–"
            ]
        );
    }

    #[test]
    fn a_line_over_unknown_days_is_another() {
        let analysis = course();
        let data = data(&analysis, &analysis.courses[0]).expect("rated");
        let gaps: Vec<i64> = data.legs().map(|(a, b)| days_between(a.0, b.0)).collect();
        assert_eq!(gaps, [1, 1, 3]);
        assert_eq!(
            data.days.get(&date("2025-09-22")),
            Some(&4.0),
            "the worse of two"
        );
        let words: Vec<&str> = data.key().iter().map(|(_, word)| *word).collect();
        assert_eq!(
            words,
            [
                "in the run",
                "at night",
                "other times",
                "days without a rating"
            ]
        );
    }

    #[test]
    fn a_long_course_shows_its_last_twelve_weeks() {
        let days = (0..50).map(|week| plus_days(date("2025-05-02"), week * 3));
        let rows = days.map(|day| Entry {
            date: day,
            ..shin("2025-01-06", Moment::Day, 3.0)
        });
        let analysis = of(rows.collect());
        let data = data(&analysis, &analysis.courses[0]).expect("rated");
        assert_eq!(data.span.days(), 84);
        assert!(
            data.left_out > 0 && data.alt().contains("they are left out."),
            "{}",
            data.alt()
        );
    }

    #[test]
    fn without_a_rating_there_is_no_picture() {
        let unrated = Entry {
            pain: None,
            ..shin("2025-09-26", Moment::Day, 0.0)
        };
        assert!(drawn(&of(vec![unrated])).is_empty());
        assert!(drawn(&of(vec![])).is_empty());
    }
}
