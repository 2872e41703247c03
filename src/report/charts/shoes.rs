//! How far each pair of shoes has come, over the spells of pain.

use super::{
    ChartKind, Numbers, Picture, Result,
    area::{Area, Px},
    axis::{Panel, Span, drawable, ticks_within},
    counted,
    form::{Both, Form},
    labels::{Label, Room},
    page::Page,
    pain_strip::{self, NAME_GAP_PX, PainStrip, STRIP_GAP_PX},
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    model::Run,
    rules::shoe_distance::{NOTE_M, RULE, WATCH_M},
    time::{date_text, days_between, plus_days, week_start},
    units::{Units, number},
    words::clipped,
};
use chrono::NaiveDate;
use plotters::style::{Color, RGBAColor};
use std::{cmp::Reverse, collections::BTreeMap};

/// Pairs drawn, those worn last.
const MOST_PAIRS: usize = 6;

/// A pair not worn for so many days is not called in use.
const IN_USE_DAYS: i64 = 28;

/// Letters of a name in the picture; the table has more.
const MOST_LETTERS: usize = 22;

/// The limits are drawn where a pair has come so much of the way to the first.
const NEAR_LIMIT: f64 = 0.6;

const PLOT_HEIGHT_PX: f64 = 230.0;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "shoes",
    subject: "Distance on each pair of shoes",
    without_data: "no run names its shoe, neither in a log nor in an account export",
    picture: |analysis| Both::of(|form| data(analysis, form)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    span: Span,
    units: Units,
    as_of: NaiveDate,
    /// Worn last first.
    pairs: Vec<Pair>,
    /// Pairs that are not drawn.
    hidden: usize,
    /// From where a rule says a word, and from where it watches, in the shown unit.
    limits: [f64; 2],
    pain: Option<PainStrip>,
}

/// One pair.
#[derive(Debug, Clone, PartialEq)]
struct Pair {
    name: String,
    /// The days it was worn, and its distance after each, in the shown unit.
    worn: Vec<(NaiveDate, f64)>,
    runs: usize,
}

/// Takes the shoes from the runs. None when no run names one.
fn data(analysis: &Analysis, form: Form) -> Option<Data> {
    let mut pairs = pairs(analysis);
    pairs.sort_by_key(|pair| Reverse(pair.last().map(|(day, _)| day)));
    let hidden = pairs.len().saturating_sub(MOST_PAIRS);
    pairs.truncate(MOST_PAIRS);
    let first = pairs
        .iter()
        .filter_map(|pair| pair.worn.first())
        .min_by_key(|(day, _)| *day)?;
    let whole = Span::of(analysis)?;
    let span = Span {
        from: week_start(first.0).max(whole.from),
        ..whole
    };
    let limit = |limit| {
        analysis
            .units
            .distance(analysis.limits.value(RULE.id, limit))
    };
    Some(Data {
        form,
        span,
        units: analysis.units,
        as_of: analysis.history.as_of,
        pairs,
        hidden,
        limits: [limit(NOTE_M), limit(WATCH_M)],
        pain: pain_strip::strip(analysis, span),
    })
}

fn pairs(analysis: &Analysis) -> Vec<Pair> {
    let mut worn: BTreeMap<&str, Pair> = BTreeMap::new();
    for run in &analysis.history.runs {
        if let Some((name, after)) = worn_on(run, analysis.units) {
            let pair = worn.entry(name).or_insert_with(|| Pair::new(name));
            pair.runs += 1;
            pair.worn.push((run.local_date(), after));
        }
    }
    worn.into_values().collect()
}

/// The shoe of a run, and its distance after it.
fn worn_on(run: &Run, units: Units) -> Option<(&str, f64)> {
    let after = drawable(units.distance(run.shoe_distance_m?))?;
    Some((run.shoe.as_deref()?, after))
}

impl Pair {
    fn new(name: &str) -> Pair {
        Pair {
            name: clipped(name),
            worn: Vec::new(),
            runs: 0,
        }
    }

    /// The day it was last worn, and its distance.
    fn last(&self) -> Option<(NaiveDate, f64)> {
        self.worn.last().copied()
    }

    fn distance(&self) -> f64 {
        self.last().map_or(0.0, |(_, distance)| distance)
    }

    fn is_in_use(&self, as_of: NaiveDate) -> bool {
        self.last()
            .is_some_and(|(day, _)| days_between(day, as_of) < IN_USE_DAYS)
    }

    /// `Blue 16 km`.
    fn words(&self, unit: &str) -> String {
        format!("{} {} {unit}", self.name, number(self.distance(), 0))
    }

    fn short_name(&self) -> String {
        let mut name: String = self.name.chars().take(MOST_LETTERS).collect();
        if name.len() < self.name.len() {
            name.push('…');
        }
        name
    }

    /// Its name and distance, short enough to stand at its line.
    fn label(&self, unit: &str) -> String {
        let name = self.short_name();
        format!("{name} {}\u{a0}{unit}", number(self.distance(), 0))
    }
}

impl Data {
    fn most(&self) -> f64 {
        self.pairs.iter().map(Pair::distance).fold(0.0, f64::max)
    }

    /// The limits that a pair comes near.
    fn shown_limits(&self) -> impl Iterator<Item = f64> {
        let most = self.most();
        self.limits
            .into_iter()
            .filter(move |limit| most >= NEAR_LIMIT * limit)
    }

    /// The pair in use that has come furthest. None when none is in use.
    fn furthest_in_use(&self) -> Option<&Pair> {
        let in_use = self.pairs.iter().filter(|pair| pair.is_in_use(self.as_of));
        in_use.reduce(|a, b| if b.distance() > a.distance() { b } else { a })
    }

    fn subtitle(&self) -> String {
        let unit = self.units.distance_label();
        let mut text = format!(
            "Each line is a pair, in {unit} recorded on it. Blue: worn in the last 28 days; grey: not."
        );
        if self.shown_limits().next().is_some() {
            text += &self.limits_text();
        }
        if self.hidden > 0 {
            let pairs = counted(self.hidden, "pair");
            text += &format!(" Not drawn: {pairs} worn longer ago.");
        }
        text
    }

    fn limits_text(&self) -> String {
        let unit = self.units.distance_label();
        let [note, watch] = self.limits.map(|limit| number(limit, 0));
        format!(" Dashed: {note} and {watch} {unit}, between which many people change.")
    }

    fn left_px(&self, page: &Page) -> Result<f64> {
        let names = PainStrip::names_or_none_px(self.pain.as_ref(), page)?;
        let beside = self.form.margin_px() + names + NAME_GAP_PX;
        Ok(self.form.left_px().max(beside))
    }

    fn under_plot_px(&self) -> f64 {
        self.pain
            .as_ref()
            .map_or(0.0, |strip| STRIP_GAP_PX + strip.height_px() + 3.0)
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let unit = self.units.distance_label();
        match self.furthest_in_use() {
            Some(pair) => format!(
                "Shoes: {} has come {} {unit}, the furthest of those in use",
                pair.name,
                number(pair.distance(), 0)
            ),
            None => "Shoes: no known pair was worn in the last 28 days".to_string(),
        }
    }

    fn alt(&self) -> String {
        let unit = self.units.distance_label();
        let pairs: Vec<String> = self.pairs.iter().map(|pair| pair.words(unit)).collect();
        let pain = PainStrip::alt_under(self.pain.as_ref());
        format!(
            "Distance on pairs of shoes over time: {}.{pain}",
            pairs.join(", ")
        )
    }

    fn width_px(&self) -> f64 {
        self.form.width_px()
    }

    fn height_px(&self) -> f64 {
        self.form.head_px() + PLOT_HEIGHT_PX + self.under_plot_px() + style::UNDER_PLOT_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())?;
        let axis = self.height_px() - style::UNDER_PLOT_PX;
        let limits = self.shown_limits().fold(0.0, f64::max);
        let high = (self.most() * 1.1).max(limits * 1.05);
        let panel = Panel::new(self.span, (top, axis - self.under_plot_px()), (0.0, high))
            .between(self.left_px(page)?, self.form.right_px());
        panel.value_axis(page, &ticks_within(0.0, high, 5), false)?;
        panel.value_title(
            page,
            &format!("{} on the pair", self.units.distance_label()),
        )?;
        self.draw_limits(page, &panel)?;
        self.draw_pairs(page, &panel)?;
        PainStrip::draw_under(self.pain.as_ref(), page, &panel)?;
        panel.date_axis(page, axis)
    }

    fn numbers(&self) -> Option<Numbers> {
        let day =
            |day: Option<&(NaiveDate, f64)>| day.map_or(String::new(), |(day, _)| date_text(*day));
        let unit = self.units.distance_label();
        let rows = self.pairs.iter().map(|pair| {
            vec![
                pair.name.clone(),
                day(pair.worn.first()),
                day(pair.worn.last()),
                pair.runs.to_string(),
                format!("{} {unit}", number(pair.distance(), 0)),
            ]
        });
        Some(Numbers {
            head: vec!["pair", "first recorded", "last worn", "runs", "distance"],
            rows: rows.collect(),
        })
    }
}

impl Data {
    fn draw_limits(&self, page: &Page, panel: &Panel) -> Result {
        let mut limits = self.shown_limits();
        limits.try_for_each(|limit| draw_limit(page, panel, panel.y(limit)))
    }

    /// Those worn longer ago first, so that those in use lie on top.
    fn draw_pairs(&self, page: &Page, panel: &Panel) -> Result {
        let empty = Room::new(Area::between(
            (panel.left, panel.top - 14.0),
            (panel.right + 6.0, panel.bottom),
        ));
        let (mut off_lines, mut over_lines) = (empty.clone(), empty);
        for pair in self.pairs.iter().rev() {
            let line = points(pair, panel);
            page.line(&line, self.color(pair), 2.0)?;
            // No label's halo cuts a line.
            let legs = line.windows(2);
            legs.map(|leg| Area::between(leg[0], leg[1]).grown(1.0))
                .for_each(|area| off_lines.occupy(area));
        }
        for pair in &self.pairs {
            self.draw_end(page, panel, pair, (&mut off_lines, &mut over_lines))?;
        }
        Ok(())
    }

    fn color(&self, pair: &Pair) -> RGBAColor {
        if pair.is_in_use(self.as_of) {
            style::BLUE
        } else {
            style::AXIS
        }
    }

    /// A dot where the pair was last worn, and its name beside it.
    fn draw_end(
        &self,
        page: &Page,
        panel: &Panel,
        pair: &Pair,
        (off_lines, over_lines): (&mut Room, &mut Room),
    ) -> Result {
        let Some((day, distance)) = pair.last() else {
            return Ok(());
        };
        let at = panel.noon(day, distance);
        page.dot(at, 3.5, self.color(pair))?;
        let text = pair.label(self.units.distance_label());
        // Off the lines where it can be; else over them, since a line without a name says nothing.
        for label in around(&text, at) {
            let area = label.area(page)?;
            if over_lines.is_free(area) && off_lines.take(area) {
                over_lines.occupy(area);
                return label.draw(page);
            }
        }
        let label = over_lines.take_first(page, around(&text, at))?;
        label.map_or(Ok(()), |label| label.draw(page))
    }
}

fn draw_limit(page: &Page, panel: &Panel, y: f64) -> Result {
    let ends = [(panel.left, y), (panel.right, y)];
    page.dashed(&ends, style::VERMILLION.mix(0.65), 1.0)
}

/// The line of a pair: it begins with nothing on the day before it was first worn.
fn points(pair: &Pair, panel: &Panel) -> Vec<Px> {
    let worn = pair.worn.iter().map(|(day, km)| panel.noon(*day, *km));
    let begin = pair
        .worn
        .first()
        .filter(|(_, after)| pair.runs > 1 && *after < pair.distance() / pair.runs as f64 * 3.0)
        .map(|(day, _)| panel.noon(plus_days(*day, -1), 0.0));
    begin.into_iter().chain(worn).collect()
}

/// Places for the name of a pair, the best first.
fn around(text: &str, (x, y): Px) -> [Label; 5] {
    let (left, right) = (Text::NAME.right(), Text::NAME);
    [
        ((x - 7.0, y - 9.0), left),
        ((x + 8.0, y), right),
        ((x - 7.0, y + 11.0), left),
        ((x - 7.0, y - 23.0), left),
        ((x - 7.0, y + 24.0), left),
    ]
    .map(|(at, look)| Label {
        text: text.to_string(),
        at,
        look,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::fixtures::{analysis, date, run};

    fn in_shoe(day: &str, shoe: &str, km_after: f64) -> Run {
        Run {
            shoe: Some(shoe.to_string()),
            shoe_distance_m: Some(km_after * 1000.0),
            ..run(date(day), 8.0)
        }
    }

    fn two_pairs() -> Analysis {
        let runs = vec![
            in_shoe("2025-01-07", "Old", 500.0),
            in_shoe("2025-01-09", "Old", 508.0),
            in_shoe("2025-02-20", "Blue", 8.0),
            in_shoe("2025-03-01", "Blue", 16.0),
        ];
        analysis(runs, Vec::new(), Vec::new())
    }

    #[test]
    fn a_line_is_a_pair_and_the_title_the_furthest_in_use() {
        let data = data(&two_pairs(), Form::Wide).expect("shoes");
        let pairs: Vec<_> = data
            .pairs
            .iter()
            .map(|pair| (pair.name.as_str(), pair.distance(), pair.runs))
            .collect();
        assert_eq!(pairs, [("Blue", 16.0, 2), ("Old", 508.0, 2)]);
        assert_eq!(
            data.title(),
            "Shoes: Blue has come 16 km, the furthest of those in use"
        );
        assert_eq!(
            data.alt(),
            "Distance on pairs of shoes over time: Blue 16 km, Old 508 km."
        );
        // 508 km are 105 % of 483 and 63 % of 805.
        assert_eq!(data.shown_limits().collect::<Vec<_>>(), [483.0, 805.0]);
        assert_eq!(
            data.numbers().expect("a table").rows[1],
            ["Old", "7 Jan 2025", "9 Jan 2025", "2", "508 km"]
        );
    }

    #[test]
    fn pairs_worn_longer_ago_are_counted() {
        let runs = (1..9)
            .map(|n| in_shoe(&format!("2025-01-0{n}"), &format!("Pair {n}"), 8.0))
            .collect();
        let data = data(&analysis(runs, vec![], vec![]), Form::Wide).expect("shoes");
        assert_eq!((data.pairs.len(), data.hidden), (6, 2));
        assert_eq!(data.pairs[0].name, "Pair 8");
        assert!(
            data.subtitle()
                .ends_with("Not drawn: 2 pairs worn longer ago.")
        );
    }

    #[test]
    fn without_shoes_there_is_no_picture() {
        let bare = analysis(vec![run(date("2025-01-07"), 8.0)], vec![], vec![]);
        assert_eq!(data(&bare, Form::Wide), None);
    }
}
