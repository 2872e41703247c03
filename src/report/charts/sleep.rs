//! Hours slept a night: the mean of each week with its shortest and longest night, and the mean at which a rule speaks.

use super::{
    ChartKind, Numbers, Picture, Result,
    axis::{Panel, Span, stretches, ticks_within},
    counted,
    form::{Both, Form},
    page::Page,
    periods, style,
};
use crate::{
    analysis::Analysis,
    model::Day,
    rules::sleep_short,
    stats::describe::{mean, median},
    time::{date_text, plus_days, week_start},
    units::{number, shortest},
};
use chrono::NaiveDate;
use plotters::style::Color;

/// Nights known, below which a week has no mean.
const FEWEST_NIGHTS: usize = 3;

/// The last weeks, and the weeks before them that are needed to call something usual.
const LATELY_WEEKS: usize = 4;
const FEWEST_WEEKS: usize = 8;

/// A difference of fewer hours is none.
const SAME_H: f64 = 0.25;

/// Hours that are shown at least, and at most.
const LEAST_H: f64 = 2.5;
const SHOWN_H: (f64, f64) = (2.0, 14.0);

const PLOT_HEIGHT_PX: f64 = 250.0;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "sleep",
    subject: "Hours slept a night",
    without_data: "no two weeks have three nights whose sleep is known",
    picture: |analysis| Both::of(|form| data(analysis, form)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    span: Span,
    /// Every week of the span.
    weeks: Vec<Week>,
    /// The mean at which the rule speaks, h.
    limit_h: f64,
}

/// One week.
#[derive(Debug, Clone, PartialEq)]
struct Week {
    from: NaiveDate,
    /// Hours of the known nights.
    nights: Vec<f64>,
}

impl Week {
    /// Its mean. None below three known nights.
    fn mean(&self) -> Option<f64> {
        mean(&self.nights).filter(|_| self.nights.len() >= FEWEST_NIGHTS)
    }

    /// Its shortest and its longest night, where it has a mean.
    fn ends(&self) -> Option<(f64, f64)> {
        self.mean()?;
        let nights = || self.nights.iter().copied();
        Some((nights().reduce(f64::min)?, nights().reduce(f64::max)?))
    }
}

/// Takes the nights from the analysis, from the first week with a mean on. None below two weeks with one.
fn data(analysis: &Analysis, form: Form) -> Option<Data> {
    let days = &analysis.history.days;
    let mut weeks: Vec<Week> = days
        .chunk_by(|a, b| week_start(a.date) == week_start(b.date))
        .filter_map(week)
        .collect();
    let first = weeks.iter().position(|week| week.mean().is_some())?;
    weeks.drain(..first);
    let (from, last) = (weeks.first()?.from, weeks.last()?.from);
    let to = plus_days(last, 7);
    let span = form.cut(Span { from, to });
    weeks.retain(|week| span.contains(week.from));
    let known = weeks.iter().filter(|week| week.mean().is_some()).count();
    (known >= 2).then(|| Data {
        form,
        span,
        weeks,
        limit_h: analysis
            .limits
            .value(sleep_short::RULE.id, sleep_short::MEAN_HOURS),
    })
}

fn week(days: &[Day]) -> Option<Week> {
    let nights = days.iter().filter_map(|day| day.sleep_s);
    Some(Week {
        from: week_start(days.first()?.date),
        nights: nights.map(|seconds| seconds / 3600.0).collect(),
    })
}

impl Data {
    /// The weeks with a mean.
    fn means(&self) -> Vec<f64> {
        self.weeks.iter().filter_map(Week::mean).collect()
    }

    /// What is usual, and the mean of the last four weeks. None with too few weeks before them, or none known in them.
    fn lately(&self) -> Option<(f64, f64)> {
        let (before, last) = self
            .weeks
            .split_at(self.weeks.len().saturating_sub(LATELY_WEEKS));
        let before: Vec<f64> = before.iter().filter_map(Week::mean).collect();
        let last: Vec<f64> = last.iter().filter_map(Week::mean).collect();
        let usual = median(&before).filter(|_| before.len() >= FEWEST_WEEKS)?;
        Some((usual, mean(&last)?))
    }

    fn nights(&self) -> usize {
        self.weeks.iter().map(|week| week.nights.len()).sum()
    }

    /// The axis: every night that is no oddity, and the limit.
    fn domain(&self) -> (f64, f64) {
        let ends = self.weeks.iter().filter_map(Week::ends);
        let ends: Vec<f64> = ends.flat_map(|(low, high)| [low, high]).collect();
        let low = ends.iter().copied().fold(self.limit_h - 1.0, f64::min);
        let high = ends.iter().copied().fold(low + LEAST_H, f64::max);
        let (least, most) = SHOWN_H;
        ((low - 0.3).max(least), (high + 0.3).min(most))
    }

    fn subtitle(&self) -> String {
        format!(
            "Line: hours a night, the mean of a week. Band: from its shortest to its longest night. Dashed: {} h, where a rule speaks. \
             A gap: fewer than three nights known.",
            shortest(self.limit_h)
        )
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let hours = |value: f64| format!("{} h", number(value, 1));
        match self.lately() {
            None => format!(
                "Sleep: {} a night",
                hours(median(&self.means()).unwrap_or(0.0))
            ),
            Some((usual, now)) if (now - usual).abs() < SAME_H => {
                format!("Sleep: about {} a night, lately as well", hours(usual))
            }
            Some((usual, now)) => format!(
                "Sleep: {} a night in the last four weeks, {} usually",
                hours(now),
                hours(usual)
            ),
        }
    }

    fn alt(&self) -> String {
        let means = self.means();
        let shortest_week = self
            .weeks
            .iter()
            .filter_map(|week| Some((week.from, week.mean()?)));
        let least = shortest_week.reduce(|a, b| if b.1 < a.1 { b } else { a });
        let least = least.map_or(String::new(), |(from, hours)| {
            let from = date_text(from);
            format!(
                "; the shortest mean {} h in the week from {from}",
                number(hours, 1)
            )
        });
        format!(
            "{}. Hours of {} in {}{least}. {} lie under {} h.",
            self.title(),
            counted(self.nights(), "night"),
            counted(means.len(), "week"),
            counted(
                means.iter().filter(|mean| **mean < self.limit_h).count(),
                "week"
            ),
            shortest(self.limit_h)
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
        panel.value_axis(page, &ticks_within(low, high, 5), false)?;
        panel.value_title(page, "hours a night")?;
        self.form.say_cut(page, self.span)?;
        self.draw_bands(page, &panel)?;
        self.draw_limit(page, &panel)?;
        self.draw_means(page, &panel)?;
        panel.date_axis(page, bottom)
    }

    fn numbers(&self) -> Option<Numbers> {
        let rows = periods::of(self.span).into_iter().map(|period| {
            let weeks = self.weeks.iter().filter(|week| period.has(week.from));
            let nights: Vec<f64> = weeks.flat_map(|week| week.nights.iter().copied()).collect();
            let text =
                |value: Option<f64>| value.map_or("–".to_string(), |hours| number(hours, 1));
            vec![
                period.name(),
                nights.len().to_string(),
                text(mean(&nights)),
                text(nights.iter().copied().reduce(f64::min)),
                text(nights.iter().copied().reduce(f64::max)),
            ]
        });
        Some(Numbers {
            head: vec![
                "from",
                "nights known",
                "mean, h",
                "shortest, h",
                "longest, h",
            ],
            rows: rows.collect(),
        })
    }
}

impl Data {
    /// The middle of a week, as days since the start.
    fn middle(&self, week: &Week) -> f64 {
        self.span.position(week.from) + 3.5
    }

    /// A value of the weeks in stretches without a break.
    fn lines(&self, value: impl Fn(&Week) -> Option<f64>) -> Vec<Vec<(f64, f64)>> {
        let weeks = self.weeks.iter();
        stretches(weeks.map(|week| (self.middle(week), value(week))))
    }

    fn draw_bands(&self, page: &Page, panel: &Panel) -> Result {
        let low = self.lines(|week| Some(week.ends()?.0));
        let high = self.lines(|week| Some(week.ends()?.1));
        for (low, high) in low.iter().zip(&high) {
            let (low, high) = (widened(low), widened(high));
            let (low, high) = (panel.points(&low, 1.0), panel.points(&high, 1.0));
            page.band(&high, &low, style::SKY.mix(0.3))?;
        }
        Ok(())
    }

    fn draw_limit(&self, page: &Page, panel: &Panel) -> Result {
        let y = panel.y(self.limit_h);
        page.dashed(
            &[(panel.left, y), (panel.right, y)],
            style::VERMILLION,
            1.25,
        )
    }

    fn draw_means(&self, page: &Page, panel: &Panel) -> Result {
        for line in self.lines(Week::mean) {
            match line.as_slice() {
                [only] => page.dot(panel.at(only.0, only.1), 3.0, style::BLUE)?,
                line => page.line(&panel.points(line, 1.0), style::BLUE, 2.0)?,
            }
        }
        Ok(())
    }
}

/// A week alone, as wide as it is: a band of one point is none.
fn widened(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    match line {
        [(x, y)] => vec![(x - 3.0, *y), (x + 3.0, *y)],
        line => line.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::fixtures::{analysis, date, run};

    /// Runs from Monday 6 January on, and hours of sleep from that day on; 0 is an unknown night.
    fn slept(hours: &[f64]) -> Analysis {
        let first = date("2025-01-06");
        let last = plus_days(first, hours.len() as i64 - 1);
        let mut analysis = analysis(
            vec![run(first, 5.0), run(last, 5.0)],
            Vec::new(),
            Vec::new(),
        );
        for (day, hours) in analysis.history.days.iter_mut().zip(hours) {
            day.sleep_s = Some(hours * 3600.0).filter(|seconds| *seconds > 0.0);
        }
        analysis
    }

    #[test]
    fn a_week_has_a_mean_from_three_nights_on() {
        let hours = [
            [0.0; 7],
            [6.0, 7.0, 8.0, 0.0, 0.0, 0.0, 0.0],
            [6.0, 7.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            [9.0; 7],
        ]
        .concat();
        let data = data(&slept(&hours), Form::Wide).expect("two weeks");
        let means: Vec<_> = data.weeks.iter().map(Week::mean).collect();
        assert_eq!(means, [Some(7.0), None, Some(9.0)]);
        assert_eq!(data.weeks[0].ends(), Some((6.0, 8.0)));
        assert_eq!(
            data.span.from,
            date("2025-01-13"),
            "it begins with the data"
        );
        assert_eq!(data.title(), "Sleep: 8.0 h a night");
        assert_eq!(
            data.alt(),
            "Sleep: 8.0 h a night. Hours of 12 nights in 2 weeks; the shortest mean 7.0 h in the week from 13 Jan 2025. \
             0 weeks lie under 7 h."
        );
        let rows = data.numbers().expect("a table").rows;
        assert_eq!(rows[0], ["27 Jan 2025", "7", "9.0", "9.0", "9.0"]);
        assert_eq!(rows[1], ["20 Jan 2025", "2", "6.5", "6.0", "7.0"]);
    }

    #[test]
    fn the_title_sets_the_last_weeks_beside_the_rest() {
        let title = |now: f64| {
            let hours = [vec![7.5; 70], vec![now; 28]].concat();
            data(&slept(&hours), Form::Wide).expect("weeks").title()
        };
        assert_eq!(
            title(6.5),
            "Sleep: 6.5 h a night in the last four weeks, 7.5 h usually"
        );
        assert_eq!(title(7.4), "Sleep: about 7.5 h a night, lately as well");
    }

    #[test]
    fn a_phone_has_the_last_year() {
        let analysis = slept(&[7.0; 700]);
        let narrow = data(&analysis, Form::Narrow).expect("weeks");
        assert_eq!((narrow.weeks.len(), narrow.width_px()), (52, 360.0));
    }

    #[test]
    fn without_sleep_there_is_no_picture() {
        assert_eq!(data(&slept(&[0.0; 40]), Form::Wide), None);
        assert_eq!(data(&slept(&[7.0; 7]), Form::Wide), None);
    }
}
