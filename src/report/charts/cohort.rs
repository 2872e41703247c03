//! The forest plot of several runners: for each pain and load every runner's own rank correlation with its range, and below them
//! what all come to together.

use super::{
    ChartKind, Picture, Result,
    area::Px,
    counted,
    page::Page,
    style::{self, Text},
};
use crate::{
    associate::cohort::{Cohort, Own, Pooled, pain_title},
    report::text::printable,
    units::number,
    words::sentence_case,
};
use std::collections::BTreeSet;

/// Runners shown; the rest is in cohort.json.
const MOST_RUNNERS: usize = 30;

/// Room for the runners' names, left of all panels.
const NAMES_PX: f64 = 150.0;

const PANELS_LEFT_PX: f64 = style::MARGIN_PX + NAMES_PX;
/// Where the names end.
const NAMES_RIGHT_PX: f64 = style::MARGIN_PX + NAMES_PX - 14.0;
const BETWEEN_PX: f64 = 26.0;
/// Widest panel: fewer panels do not stretch.
const PANEL_PX: f64 = 300.0;
/// Heights of a panel's two title lines, of a runner's row and of the row of all runners.
const PANEL_TITLE_PX: f64 = 42.0;
const ROW_PX: f64 = 22.0;
const ALL_PX: f64 = 40.0;
const MARK_PX: f64 = 4.5;
/// How far the ends of the range of all runners reach up and down.
const END_PX: f64 = 6.0;

const TICKS: [f64; 3] = [-1.0, 0.0, 1.0];
const HALF_TICKS: [f64; 2] = [-0.5, 0.5];

/// The chart.
pub(super) const CHART: ChartKind<Cohort> = ChartKind {
    id: "cohort",
    subject: "Load and pain within runners",
    without_data: "no runner has days enough",
    picture: |cohort| Some(Box::new(data(cohort)?)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    /// Names of the rows.
    runners: Vec<String>,
    panels: Vec<Panel>,
    hidden: usize,
}

/// One pain and load.
#[derive(Debug, Clone, PartialEq)]
struct Panel {
    pain: String,
    load: String,
    /// In the order of the rows; None where a runner takes no part.
    own: Vec<Option<Mark>>,
    all: Option<Mark>,
    flagged: bool,
}

/// A correlation and its range.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Mark {
    value: f64,
    range: Option<(f64, f64)>,
}

/// Takes the pairs at least one runner takes part in. None when nobody does.
fn data(cohort: &Cohort) -> Option<Data> {
    let drawn = || cohort.pairs.iter().filter(|pair| pair.runners > 0);
    let names: BTreeSet<&str> = drawn().flat_map(taking_part).collect();
    let hidden = names.len().saturating_sub(MOST_RUNNERS);
    let shown = names.into_iter().take(MOST_RUNNERS);
    let runners: Vec<String> = shown.map(str::to_string).collect();
    let panels: Vec<Panel> = drawn().map(|pair| panel(pair, &runners)).collect();
    (!panels.is_empty()).then_some(Data {
        runners,
        panels,
        hidden,
    })
}

/// The names of those who take part in a pair.
fn taking_part(pair: &Pooled) -> impl Iterator<Item = &str> {
    let own = pair.own.iter().filter(|own| own.gate.is_none());
    own.map(|own| own.runner.as_str())
}

fn panel(pair: &Pooled, runners: &[String]) -> Panel {
    Panel {
        pain: pain_title(pair).to_string(),
        load: pair.exposure.title().to_string(),
        own: runners.iter().map(|name| own_mark(pair, name)).collect(),
        all: pair.r.map(|value| Mark {
            value,
            range: pair.ci_low.zip(pair.ci_high),
        }),
        flagged: pair.flagged,
    }
}

fn own_mark(pair: &Pooled, runner: &str) -> Option<Mark> {
    let is_meant = |own: &&Own| own.runner == runner && own.gate.is_none();
    pair.own.iter().find(is_meant).and_then(mark)
}

fn mark(own: &Own) -> Option<Mark> {
    Some(Mark {
        value: own.rho?,
        range: own.ci_low.zip(own.ci_high),
    })
}

impl Mark {
    /// `0.41 (0.30 to 0.51)`.
    fn numbers(&self) -> String {
        let value = number(self.value, 2);
        match self.range {
            Some((low, high)) => format!("{value} ({} to {})", number(low, 2), number(high, 2)),
            None => value,
        }
    }
}

impl Panel {
    /// `Knee pain, distance: r 0.41 (0.30 to 0.51)`.
    fn words(&self) -> String {
        let all = match self.all {
            Some(all) => format!("r {}", all.numbers()),
            None => "no common figure".to_string(),
        };
        format!("{}, {}: {all}", self.pain, self.load)
    }
}

/// Where a panel lies on the page.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    /// Under the runners' rows.
    rows: f64,
    /// Under the row of all runners.
    bottom: f64,
}

impl Frame {
    /// The place of a correlation.
    fn x(&self, value: f64) -> f64 {
        self.left + (value.clamp(-1.0, 1.0) + 1.0) / 2.0 * (self.right - self.left)
    }
}

impl Data {
    fn flagged(&self) -> usize {
        self.panels.iter().filter(|panel| panel.flagged).count()
    }

    /// Whether any pair has a figure of all runners together.
    fn is_pooled(&self) -> bool {
        self.panels.iter().any(|panel| panel.all.is_some())
    }

    fn subtitle(&self) -> String {
        let mut text = "Dots: each runner's own rank correlation given today's run and yesterday's pain, with its 95 % range; nobody is \
                        tested alone."
            .to_string();
        if self.is_pooled() {
            text += " Square: all runners together, what a date does to all of them taken out.";
        }
        if self.flagged() > 0 {
            text += " Diamond: one that stands out.";
        }
        if self.hidden > 0 {
            let hidden = counted(self.hidden, "runner");
            text += &format!(" {hidden} more are in cohort.json.");
        }
        text
    }

    /// Left and right edge of a panel.
    fn edges(&self, index: usize) -> (f64, f64) {
        let width = self.panel_px();
        let from = PANELS_LEFT_PX + index as f64 * (width + BETWEEN_PX);
        (from, from + width)
    }

    fn panel_px(&self) -> f64 {
        let count = self.panels.len() as f64;
        let free = style::PLOT_RIGHT_PX - PANELS_LEFT_PX - BETWEEN_PX * (count - 1.0);
        (free / count).min(PANEL_PX)
    }

    fn frame(&self, index: usize, top: f64) -> Frame {
        let (left, right) = self.edges(index);
        let rows = top + self.rows_px();
        Frame {
            left,
            right,
            top,
            rows,
            bottom: rows + ALL_PX,
        }
    }

    fn rows_px(&self) -> f64 {
        ROW_PX * self.runners.len() as f64
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let what = match (self.is_pooled(), self.flagged()) {
            (false, _) => "too few runners for a common figure".to_string(),
            (true, 0) => "nothing stands out".to_string(),
            (true, count) => format!("{} out", counted_stands(count)),
        };
        format!("Load and pain within runners: {what}")
    }

    fn alt(&self) -> String {
        let panels: Vec<String> = self.panels.iter().map(Panel::words).collect();
        let runners = counted(self.runners.len() + self.hidden, "runner");
        format!(
            "Correlations of pain with load within {runners}. {}.",
            sentence_case(&panels.join("; "))
        )
    }

    fn height_px(&self) -> f64 {
        style::PLOT_TOP_PX
            + 2.0 * style::LINE_PX
            + PANEL_TITLE_PX
            + self.rows_px()
            + ALL_PX
            + style::UNDER_PLOT_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())? + PANEL_TITLE_PX;
        self.draw_names(page, top)?;
        for (index, panel) in self.panels.iter().enumerate() {
            self.frame(index, top).draw(page, panel)?;
        }
        let last = self.frame(self.panels.len().saturating_sub(1), top);
        let middle = (PANELS_LEFT_PX + last.right) / 2.0;
        page.text(
            "correlation, −1 to 1",
            (middle, last.bottom + 36.0),
            Text::AXIS.centered(),
        )
    }
}

impl Data {
    /// The names of the rows, left of all panels.
    fn draw_names(&self, page: &Page, top: f64) -> Result {
        for (index, runner) in self.runners.iter().enumerate() {
            let name = shortened(page, &printable(runner), NAMES_PX - 14.0)?;
            page.text(
                &name,
                (NAMES_RIGHT_PX, row_middle(top, index)),
                Text::NAME.right(),
            )?;
        }
        if !self.is_pooled() {
            return Ok(());
        }
        let at = (NAMES_RIGHT_PX, top + self.rows_px() + ALL_PX / 2.0);
        page.text("All together", at, Text::NAME.right().bold())
    }
}

/// The middle of a runner's row.
fn row_middle(top: f64, index: usize) -> f64 {
    top + ROW_PX * (index as f64 + 0.5)
}

impl Frame {
    fn draw(&self, page: &Page, panel: &Panel) -> Result {
        self.draw_titles(page, panel)?;
        self.draw_grid(page)?;
        self.draw_own(page, &panel.own)?;
        self.draw_together(page, panel)
    }

    fn draw_titles(&self, page: &Page, panel: &Panel) -> Result {
        self.draw_above(page, 32.0, &panel.pain, Text::NAME.bold())?;
        self.draw_above(page, 15.0, &panel.load, Text::VALUE)
    }

    fn draw_above(&self, page: &Page, above_px: f64, text: &str, look: Text) -> Result {
        page.text(text, (self.left, self.top - above_px), look)
    }

    fn draw_together(&self, page: &Page, panel: &Panel) -> Result {
        match panel.all {
            Some(all) => self.draw_all(page, &all, panel.flagged),
            None => self.draw_too_few(page),
        }
    }

    fn draw_too_few(&self, page: &Page) -> Result {
        let middle = (self.x(0.0), (self.rows + self.bottom) / 2.0);
        page.label("too few runners", middle, Text::VALUE.centered())
    }

    fn draw_grid(&self, page: &Page) -> Result {
        for tick in HALF_TICKS.into_iter().chain(TICKS) {
            let color = if tick == 0.0 {
                style::AXIS
            } else {
                style::GRID
            };
            let x = self.x(tick);
            page.line(&[(x, self.top), (x, self.bottom)], color, 1.0)?;
        }
        TICKS
            .into_iter()
            .try_for_each(|tick| self.draw_tick(page, tick))?;
        let rule = [(self.left, self.rows), (self.right, self.rows)];
        page.line(&rule, style::AXIS, 1.0)
    }

    fn draw_tick(&self, page: &Page, tick: f64) -> Result {
        let at = (self.x(tick), self.bottom + 14.0);
        page.text(&with_minus(tick, 0), at, Text::AXIS.centered())
    }

    /// Every runner's own correlation.
    fn draw_own(&self, page: &Page, own: &[Option<Mark>]) -> Result {
        for (index, mark) in own.iter().enumerate() {
            if let Some(mark) = mark {
                let y = row_middle(self.top, index);
                self.draw_range(page, mark, y, 1.5)?;
                page.dot((self.x(mark.value), y), MARK_PX, style::BLUE)?;
            }
        }
        Ok(())
    }

    fn draw_range(&self, page: &Page, mark: &Mark, y: f64, width_px: f64) -> Result {
        mark.range.map_or(Ok(()), |(low, high)| {
            let ends = [(self.x(low), y), (self.x(high), y)];
            page.line(&ends, style::BLUE, width_px)
        })
    }

    /// The mark of all runners, its figure above it.
    fn draw_all(&self, page: &Page, all: &Mark, flagged: bool) -> Result {
        let (x, y) = (self.x(all.value), (self.rows + self.bottom) / 2.0 + 6.0);
        self.draw_range(page, all, y, 2.0)?;
        self.draw_ends(page, all, y)?;
        let look = if flagged {
            page.diamond((x, y), MARK_PX)?;
            Text::MARK
        } else {
            draw_square(page, (x, y))?;
            Text::NAME.bold()
        };
        page.label(&with_minus(all.value, 2), (x, y - 15.0), look.centered())
    }

    fn draw_ends(&self, page: &Page, all: &Mark, y: f64) -> Result {
        // The range of all is often no wider than the mark: the ends say where it is.
        for end in all.range.into_iter().flat_map(|(low, high)| [low, high]) {
            let x = self.x(end);
            page.line(&[(x, y - END_PX), (x, y + END_PX)], style::BLUE, 1.5)?;
        }
        Ok(())
    }
}

fn draw_square(page: &Page, (x, y): Px) -> Result {
    let corner = |way: f64| (x + way * (MARK_PX - 1.0), y + way * (MARK_PX - 1.0));
    page.rect(corner(-1.0), corner(1.0), style::BLUE)
}

/// A number whose minus is as wide as a plus.
fn with_minus(value: f64, decimals: usize) -> String {
    number(value, decimals).replace('-', "−")
}

/// `1 pair stands`, `2 pairs stand`.
fn counted_stands(count: usize) -> String {
    crate::units::counted(count, "pair stands", "pairs stand")
}

/// A name that is cut where it would be wider than its room.
fn shortened(page: &Page, name: &str, width_px: f64) -> Result<String> {
    let mut kept: Vec<char> = name.chars().collect();
    let mut text = name.to_string();
    while !kept.is_empty() && page.text_width(&text, Text::NAME)? > width_px {
        kept.pop();
        text = kept.iter().collect::<String>() + "…";
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::associate::{Exposure, cohort::Beside};
    use crate::report::charts::{of_cohort, svg::tests::checked, tests::look_at};

    fn own(runner: &str, rho: f64, gate: Option<&str>) -> Own {
        Own {
            runner: runner.to_string(),
            n: 60,
            n_eff: Some(40.0),
            rho: Some(rho),
            ci_low: Some(rho - 0.2),
            ci_high: Some(rho + 0.2),
            reverse_rho: None,
            reverse_p: None,
            gate: gate.map(str::to_string),
        }
    }

    fn pair(exposure: Exposure, r: Option<f64>, flagged: bool, own: Vec<Own>) -> Pooled {
        Pooled {
            pain: if exposure == Exposure::Descent3 {
                "knee"
            } else {
                "any_place"
            },
            exposure,
            runners: own.iter().filter(|own| own.gate.is_none()).count(),
            n: 180,
            n_eff: Some(120.0),
            r,
            ci_low: r.map(|r| r - 0.1),
            ci_high: r.map(|r| r + 0.1),
            days_shared: None,
            slope_per_m: None,
            slope_ci_low: None,
            slope_ci_high: None,
            p: None,
            q: None,
            flagged,
            planned: None,
            beside: Beside::default(),
            gate: None,
            own,
        }
    }

    fn cohort(pairs: Vec<Pooled>) -> Cohort {
        let (runners, left_out, noted) = (Vec::new(), Vec::new(), Vec::new());
        Cohort {
            runners,
            left_out,
            noted,
            days_logged: 0,
            days_covered: 0,
            tests: 0,
            pairs,
        }
    }

    #[test]
    fn a_row_a_runner_and_a_panel_a_pair() {
        let first = vec![
            own("anna", 0.5, None),
            own("ben", -0.1, None),
            own("carla", 0.2, None),
            own("dora", 0.9, Some("x")),
        ];
        let second = vec![own("anna", 0.1, None), own("ben", 0.3, Some("x"))];
        let nobody = vec![own("anna", 0.1, Some("x"))];
        let pairs = vec![
            pair(Exposure::Distance1, Some(0.31), true, first),
            pair(Exposure::Descent3, None, false, second),
            pair(Exposure::Distance3, None, false, nobody),
        ];
        let picture = data(&cohort(pairs)).expect("two pairs");
        assert_eq!(
            picture.runners,
            ["anna", "ben", "carla"],
            "dora takes part in nothing"
        );
        let values: Vec<Vec<Option<f64>>> = picture
            .panels
            .iter()
            .map(|panel| {
                panel
                    .own
                    .iter()
                    .map(|mark| mark.map(|mark| mark.value))
                    .collect()
            })
            .collect();
        assert_eq!(
            values,
            [
                vec![Some(0.5), Some(-0.1), Some(0.2)],
                vec![Some(0.1), None, None]
            ]
        );
        assert_eq!(
            picture.title(),
            "Load and pain within runners: 1 pair stands out"
        );
        assert_eq!(
            picture.alt(),
            "Correlations of pain with load within 3 runners. Any place, distance the day before: r 0.31 (0.21 to 0.41); \
             Knee and quad, descent, 3 days before: no common figure."
        );
    }

    #[test]
    fn few_and_many_runners_are_drawn_and_nobody_is_not() {
        assert_eq!(
            data(&cohort(vec![pair(
                Exposure::Distance1,
                None,
                false,
                vec![own("anna", 0.1, Some("x"))]
            )])),
            None
        );
        for (runners, r, hidden) in [(1, None, 0), (3, Some(-1.0), 0), (34, Some(0.2), 4)] {
            let name = |index: usize| {
                format!("<b>&\" {index:02} with a name that is far too wide for its room")
            };
            let own: Vec<Own> = (0..runners)
                .map(|index| own(&name(index), 0.9, None))
                .collect();
            let cohort = cohort(vec![pair(Exposure::Distance1, r, false, own)]);
            let picture = data(&cohort).expect("runners");
            assert_eq!(
                (
                    picture.hidden,
                    picture.subtitle().contains("4 runners more are in")
                ),
                (hidden, hidden > 0)
            );
            let chart = of_cohort(&cohort).drawn.remove(0);
            let (width, _, inked) = look_at(&chart.png().expect("drawing does not fail"));
            assert!(
                checked(&chart).contains("&lt;b&gt;&amp;&quot; "),
                "a name is no markup"
            );
            assert!(width == 1800 && inked > 0.01, "{runners}: {inked}");
        }
    }
}
