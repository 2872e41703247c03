//! The forest plot of the look back: a rate ratio with its range for every rule and place that was tested.

use super::{
    ChartKind, Numbers, Picture, Result,
    form::{Both, Form},
    page::Page,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    backtest::{Pair, verdict::Verdict},
    pain::site_text,
    rules,
    units::number,
    words::sentence_case,
};

/// Rows shown; the rest is in findings.json.
const MOST_ROWS: usize = 16;

/// Left and right edge of this plot: names stand left of it, numbers right.
const LEFT_PX: f64 = 400.0;
const RIGHT_PX: f64 = 740.0;
const ROW_PX: f64 = 26.0;
/// Two lines of words and the range under them.
const NARROW_ROW_PX: f64 = 58.0;
const MARK_PX: f64 = 5.0;

/// The axis, on a logarithmic scale; ranges beyond end in an arrow.
const LOW: f64 = 0.1;
const HIGH: f64 = 10.0;
const TICKS: [f64; 7] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0];

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "backtest",
    subject: "Patterns before your pain",
    without_data: "no pattern can be judged yet; that needs five flags of it and five new spells at one place",
    picture: |analysis| Both::of(|form| data(analysis, form)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    rows: Vec<Row>,
    hidden: usize,
}

/// One rule at one place.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    name: String,
    verdict: Verdict,
    /// None: no spell fell on other days, so only the lower end is known.
    ratio: Option<f64>,
    low: f64,
    high: Option<f64>,
}

/// Takes what was tested. None when nothing was.
fn data(analysis: &Analysis, form: Form) -> Option<Data> {
    let pairs = tested(analysis);
    let hidden = pairs.len().saturating_sub(MOST_ROWS);
    let rows: Vec<Row> = pairs.into_iter().take(MOST_ROWS).filter_map(row).collect();
    (!rows.is_empty()).then_some(Data { form, rows, hidden })
}

/// What was tested, the clearest first.
fn tested(analysis: &Analysis) -> Vec<&Pair> {
    let low = |pair: &Pair| pair.ci_low.unwrap_or(0.0);
    let pairs = analysis.backtest.pairs.iter();
    let mut tested: Vec<&Pair> = pairs.filter(|pair| pair.p.is_some()).collect();
    tested.sort_by(|a, b| a.verdict.cmp(&b.verdict).then(low(b).total_cmp(&low(a))));
    tested
}

fn row(pair: &Pair) -> Option<Row> {
    let title = rules::rule(pair.rule).map_or(pair.rule, |rule| rule.title);
    let name = format!("{title}: {}", site_text(pair.site, pair.side));
    Some(Row {
        name,
        verdict: pair.verdict,
        ratio: pair.rate_ratio,
        low: pair.ci_low?,
        high: pair.ci_high,
    })
}

impl Row {
    /// `2.1 (0.8 to 5.3)`.
    fn numbers(&self) -> String {
        let low = number(self.low, 1);
        match self.ratio.zip(self.high) {
            Some((ratio, high)) => format!("{} ({low} to {})", number(ratio, 1), number(high, 1)),
            None => format!("above {low}"),
        }
    }
}

impl Data {
    fn count(&self, verdict: Verdict) -> usize {
        self.rows
            .iter()
            .filter(|row| row.verdict == verdict)
            .count()
    }

    fn subtitle(&self) -> String {
        let mut text =
            "Rate of new spells from the day of a flag to 7 days after it against your other logged days, with its 95 % \
                        range; 1 is no difference."
                .to_string();
        if self.count(Verdict::Fits) > 0 {
            text += " Diamond: a pattern that fits you.";
        }
        if self.hidden > 0 {
            text += &format!(" Not drawn: {} more.", self.hidden);
        }
        text
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        match self.count(Verdict::Fits) {
            0 => "Before your pain: no pattern stands out".to_string(),
            1 => "Before your pain: one pattern with more new spells".to_string(),
            count => format!("Before your pain: {count} patterns with more new spells"),
        }
    }

    fn alt(&self) -> String {
        let words = |row: &Row| format!("{} {}", row.name, row.numbers());
        let rows = self.rows.iter().map(words).collect::<Vec<_>>().join("; ");
        format!(
            "{}. Rate ratios with their 95 % ranges: {}.",
            self.title(),
            sentence_case(&rows)
        )
    }

    fn width_px(&self) -> f64 {
        self.form.width_px()
    }

    fn height_px(&self) -> f64 {
        let rows = Plot::of(self.form).row_px * self.rows.len().max(3) as f64;
        self.form.head_px() + style::LINE_PX + rows + style::UNDER_PLOT_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())?;
        let plot = Plot::of(self.form);
        plot.draw_axis(page, top, top + plot.row_px * self.rows.len() as f64)?;
        self.rows
            .iter()
            .enumerate()
            .try_for_each(|(index, row)| plot.draw_row(page, row, top + plot.row_px * index as f64))
    }

    fn numbers(&self) -> Option<Numbers> {
        let row = |row: &Row| {
            let says = match row.verdict {
                Verdict::Fits => "more new spells after it",
                _ => "not told from chance",
            };
            vec![row.name.clone(), row.numbers(), says.to_string()]
        };
        Some(Numbers {
            head: vec!["pattern and place", "rate ratio (95 % range)", "says"],
            rows: self.rows.iter().map(row).collect(),
        })
    }
}

/// Where ratios lie.
struct Plot {
    left: f64,
    right: f64,
    row_px: f64,
    is_narrow: bool,
}

impl Plot {
    fn of(form: Form) -> Plot {
        match form {
            Form::Wide => Plot {
                left: LEFT_PX,
                right: RIGHT_PX,
                row_px: ROW_PX,
                is_narrow: false,
            },
            Form::Narrow => Plot {
                left: 20.0,
                right: style::NARROW_PX - 20.0,
                row_px: NARROW_ROW_PX,
                is_narrow: true,
            },
        }
    }

    /// The place of a ratio; beyond the axis its end.
    fn x(&self, ratio: f64) -> f64 {
        let share = (ratio.clamp(LOW, HIGH) / LOW).ln() / (HIGH / LOW).ln();
        self.left + share * (self.right - self.left)
    }

    /// Lines at round ratios, their numbers, and which side means what.
    fn draw_axis(&self, page: &Page, top: f64, bottom: f64) -> Result {
        for tick in TICKS {
            let color = if tick == 1.0 {
                style::QUIET
            } else {
                style::GRID
            };
            let x = self.x(tick);
            page.line(&[(x, top), (x, bottom)], color, 1.0)?;
            let text = number(tick, if tick < 1.0 { 1 } else { 0 });
            page.text(&text, (x, bottom + 14.0), Text::AXIS.centered())?;
        }
        let (fewer, more) = (self.x(1.0) - 12.0, self.x(1.0) + 12.0);
        let y = bottom + 34.0;
        page.text("fewer after a flag", (fewer, y), Text::AXIS.right())?;
        page.text("more after a flag", (more, y), Text::AXIS)
    }

    /// A row under `top`: its words beside its range, or over it.
    fn draw_row(&self, page: &Page, row: &Row, top: f64) -> Result {
        if self.is_narrow {
            let words = format!("{} {}", row.name, row.numbers());
            let lines = page.wrap(&words, style::NARROW_TEXT_PX, Text::VALUE)?;
            for (line, index) in lines.iter().take(2).zip(0..) {
                let at = (
                    style::NARROW_MARGIN_PX,
                    top + 10.0 + 14.0 * f64::from(index),
                );
                page.label(line, at, Text::VALUE.colored(style::INK))?;
            }
            return self.draw_mark(page, row, top + 40.0);
        }
        let y = top + self.row_px / 2.0;
        page.text(&row.name, (self.left - 16.0, y), Text::NAME.right())?;
        page.text(&row.numbers(), (self.right + 14.0, y), Text::VALUE)?;
        self.draw_mark(page, row, y)
    }

    fn draw_mark(&self, page: &Page, row: &Row, y: f64) -> Result {
        self.draw_range(page, row, y)?;
        match (row.ratio, row.verdict) {
            // A ratio beyond the axis, or above every number, has its mark at the end.
            (ratio, Verdict::Fits) => {
                let x = self.x(ratio.unwrap_or(HIGH)).min(self.right - 12.0);
                page.diamond((x, y), MARK_PX + 1.0)
            }
            (None, _) => Ok(()),
            // Beyond the axis the arrow says so, and the number stands beside it.
            (Some(ratio), _) if !(LOW..=HIGH).contains(&ratio) => Ok(()),
            (Some(ratio), _) => page.dot((self.x(ratio), y), MARK_PX, style::BLUE),
        }
    }

    fn draw_range(&self, page: &Page, row: &Row, y: f64) -> Result {
        let (left, right) = (self.x(row.low), self.x(row.high.unwrap_or(HIGH)));
        page.line(&[(left, y), (right, y)], style::BLUE, 2.0)?;
        if row.low < LOW {
            arrow(page, (left, y), -1.0)?;
        }
        if row.high.is_none_or(|high| high > HIGH) {
            arrow(page, (right, y), 1.0)?;
        }
        Ok(())
    }
}

/// The range goes on beyond the axis.
fn arrow(page: &Page, (x, y): (f64, f64), way: f64) -> Result {
    page.polygon(
        &[(x + 7.0 * way, y), (x, y - 4.5), (x, y + 4.5)],
        style::BLUE,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        backtest::tests::{look_back, runner},
        report::charts::{self, fixtures::analysis, svg::tests::checked},
    };

    #[test]
    fn what_was_tested_is_a_row_and_the_rest_is_not() {
        let flags = [40, 70, 100, 130, 160, 190];
        let onsets: Vec<i64> = flags[..5].iter().map(|day| day + 2).collect();
        let (history, pain, findings) = runner(210, &onsets, &flags);
        let mut analysis = analysis(Vec::new(), Vec::new(), Vec::new());
        assert_eq!(data(&analysis, Form::Wide), None);
        analysis.backtest = look_back(&history, &pain, &findings);
        let picture = data(&analysis, Form::Wide).expect("tested");
        assert_eq!(
            picture.title(),
            "Before your pain: one pattern with more new spells"
        );
        let alt = picture.alt();
        let rows = picture.numbers().expect("a table").rows;
        assert_eq!(rows[0][2], "more new spells after it");
        assert!(
            alt.contains("One run far longer than the month before: left knee above "),
            "{alt}"
        );
        let (history, pain, findings) = runner(210, &onsets[..4], &flags);
        analysis.backtest = look_back(&history, &pain, &findings);
        assert_eq!(
            data(&analysis, Form::Wide),
            None,
            "four spells are not tested"
        );
    }

    #[test]
    fn the_axis_is_logarithmic_and_never_left() {
        let plot = Plot::of(Form::Wide);
        let x = |ratio| plot.x(ratio);
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
        close(x(1.0), (LEFT_PX + RIGHT_PX) / 2.0);
        close(x(2.0) - x(1.0), x(1.0) - x(0.5));
        close(x(0.0), LEFT_PX);
        close(x(f64::INFINITY), RIGHT_PX);
    }

    #[test]
    fn every_kind_of_row_is_drawn() {
        let flags = [40, 70, 100, 130, 160, 190];
        let onsets: Vec<i64> = flags[..5].iter().map(|day| day + 2).collect();
        let (history, pain, findings) = runner(210, &onsets, &flags);
        let mut analysis = analysis(Vec::new(), Vec::new(), Vec::new());
        analysis.backtest = look_back(&history, &pain, &findings);
        let open_ended = analysis.backtest.pairs.remove(0);
        let row = |ratio, low, high, verdict| Pair {
            rate_ratio: Some(ratio),
            ci_low: Some(low),
            ci_high: Some(high),
            verdict,
            ..open_ended.clone()
        };
        analysis.backtest.pairs = vec![
            row(0.02, 0.0, 0.9, Verdict::DoesNotFit),
            row(3.1, 1.4, 6.6, Verdict::Fits),
            row(4.0, 0.9, 40.0, Verdict::CannotBeJudged),
            open_ended.clone(),
        ];
        let charts = charts::of(&analysis);
        let [chart] = charts.drawn.as_slice() else {
            panic!("{charts:?}")
        };
        assert_eq!(
            (
                chart.id,
                chart.png().expect("drawing does not fail").is_empty()
            ),
            (CHART.id, false)
        );
        checked(chart);
        let alt = &chart.alt;
        assert!(
            alt.contains("3.1 (1.4 to 6.6)") && alt.contains("0.0 (0.0 to 0.9)"),
            "{alt}"
        );
    }
}
