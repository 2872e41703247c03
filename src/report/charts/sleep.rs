//! Hours slept a night: the mean of each week, of long histories of each month, with its shortest and longest night, and the mean at
//! which a rule speaks.

use super::{
    ChartKind, Numbers, Picture, Result,
    axis::{MOST_WEEKS, Panel, Span, Step, month_start, months_later, stretches, ticks_within},
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

/// Nights known, below which a week has no mean, and below which a month has none.
const FEWEST_NIGHTS: usize = 3;
const FEWEST_OF_MONTH: usize = 12;

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
    step: Step,
    /// Every week of the span, or every month of a long one.
    bouts: Vec<Bout>,
    /// The mean at which the rule speaks, h.
    limit_h: f64,
    /// What the last weeks are beside those before. None: too little is known.
    lately: Option<String>,
}

/// One week, or one month.
#[derive(Debug, Clone, PartialEq)]
struct Bout {
    from: NaiveDate,
    /// First day after it.
    to: NaiveDate,
    /// Hours of the known nights.
    nights: Vec<f64>,
    /// Nights it needs for a mean.
    fewest: usize,
}

impl Bout {
    /// Its mean. None where too few nights are known.
    fn mean(&self) -> Option<f64> {
        mean(&self.nights).filter(|_| self.nights.len() >= self.fewest)
    }

    /// Its shortest and its longest night, where it has a mean.
    fn ends(&self) -> Option<(f64, f64)> {
        self.mean()?;
        let nights = self.nights.iter().copied();
        Some((nights.clone().reduce(f64::min)?, nights.reduce(f64::max)?))
    }
}

/// Takes the nights from the analysis, from the first week with a mean on. None below two with one.
fn data(analysis: &Analysis, form: Form) -> Option<Data> {
    let days = &analysis.history.days;
    let weeks = bouts(days, Step::Week);
    let first = weeks.iter().find(|week| week.mean().is_some())?.from;
    let to = weeks.last()?.to;
    let span = form.cut(Span { from: first, to });
    let step = match span.days() <= 7 * MOST_WEEKS as i64 {
        true => Step::Week,
        false => Step::Month,
    };
    let mut bouts = bouts(days, step);
    bouts.retain(|bout| bout.to > span.from);
    let known = bouts.iter().filter(|bout| bout.mean().is_some()).count();
    (known >= 2).then(|| Data {
        form,
        span,
        step,
        bouts,
        limit_h: analysis
            .limits
            .value(sleep_short::RULE.id, sleep_short::MEAN_HOURS),
        lately: (analysis.lines.sleep.as_ref()).and_then(|line| line.change_text(hours_text)),
    })
}

fn bouts(days: &[Day], step: Step) -> Vec<Bout> {
    days.chunk_by(|a, b| start(step, a.date) == start(step, b.date))
        .filter_map(|days| bout(days, step))
        .collect()
}

/// The first day of the week or the month.
fn start(step: Step, date: NaiveDate) -> NaiveDate {
    match step {
        Step::Week => week_start(date),
        Step::Month => month_start(date),
    }
}

fn bout(days: &[Day], step: Step) -> Option<Bout> {
    let from = start(step, days.first()?.date);
    let nights = days.iter().filter_map(|day| day.sleep_s);
    let (to, fewest) = match step {
        Step::Week => (plus_days(from, 7), FEWEST_NIGHTS),
        Step::Month => (months_later(from, 1), FEWEST_OF_MONTH),
    };
    Some(Bout {
        from,
        to,
        nights: nights.map(|seconds| seconds / 3600.0).collect(),
        fewest,
    })
}

impl Data {
    /// The means that are known.
    fn means(&self) -> Vec<f64> {
        self.bouts.iter().filter_map(Bout::mean).collect()
    }

    fn nights(&self) -> usize {
        self.bouts.iter().map(|bout| bout.nights.len()).sum()
    }

    /// The axis: every night that is no oddity, and the limit.
    fn domain(&self) -> (f64, f64) {
        let ends = self.bouts.iter().filter_map(Bout::ends);
        let ends: Vec<f64> = ends.flat_map(|(low, high)| [low, high]).collect();
        let low = ends.iter().copied().fold(self.limit_h - 1.0, f64::min);
        let high = ends.iter().copied().fold(low + LEAST_H, f64::max);
        let (least, most) = SHOWN_H;
        ((low - 0.3).max(least), (high + 0.3).min(most))
    }

    fn subtitle(&self) -> String {
        let (step, fewest) = match self.step {
            Step::Week => ("week", "three"),
            Step::Month => ("month", "twelve"),
        };
        format!(
            "Line: hours a night, the mean of a {step}. Band: from its shortest to its longest night. Dashed: {} h, where a rule speaks. \
             A gap: fewer than {fewest} nights known.",
            shortest(self.limit_h)
        )
    }
}

fn hours_text(hours: f64) -> String {
    format!("{} h a night", number(hours, 1))
}

impl Picture for Data {
    fn title(&self) -> String {
        let middle = || hours_text(median(&self.means()).unwrap_or(0.0));
        let told = self.lately.clone().unwrap_or_else(middle);
        format!("Sleep: {told}")
    }

    fn alt(&self) -> String {
        let means = self.means();
        let step = self.step.label();
        let means_of = self
            .bouts
            .iter()
            .filter_map(|bout| Some((bout.from, bout.mean()?)));
        let least = means_of.reduce(|a, b| if b.1 < a.1 { b } else { a });
        let least = least.map_or(String::new(), |(from, hours)| {
            let from = date_text(from);
            format!(
                "; the shortest mean {} h in the {step} from {from}",
                number(hours, 1)
            )
        });
        format!(
            "{}. Hours of {} in {}{least}. {} lie under {} h.",
            self.title(),
            counted(self.nights(), "night"),
            counted(means.len(), step),
            counted(
                means.iter().filter(|mean| **mean < self.limit_h).count(),
                step
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
            let bouts = self.bouts.iter().filter(|bout| period.has(bout.from));
            let nights: Vec<f64> = bouts.flat_map(|bout| bout.nights.iter().copied()).collect();
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
    /// The middle of a week or month, as days since the start; of one that the picture cuts, where it begins.
    fn middle(&self, bout: &Bout) -> f64 {
        let (from, to) = (self.span.position(bout.from), self.span.position(bout.to));
        ((from + to) / 2.0).max(0.0)
    }

    /// A value of each in stretches without a break.
    fn lines(&self, value: impl Fn(&Bout) -> Option<f64>) -> Vec<Vec<(f64, f64)>> {
        let at = |bout| (self.middle(bout), value(bout));
        stretches(self.bouts.iter().map(at))
    }

    fn draw_bands(&self, page: &Page, panel: &Panel) -> Result {
        let low = self.lines(|bout| Some(bout.ends()?.0));
        let high = self.lines(|bout| Some(bout.ends()?.1));
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
        for line in self.lines(Bout::mean) {
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
        let means: Vec<_> = data.bouts.iter().map(Bout::mean).collect();
        assert_eq!(means, [Some(7.0), None, Some(9.0)]);
        assert_eq!(data.bouts[0].ends(), Some((6.0, 8.0)));
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
    fn the_title_sets_the_last_weeks_beside_those_before() {
        let title = |now: f64| {
            let hours = [vec![7.5; 84], vec![now; 28]].concat();
            let mut slept = slept(&hours);
            slept.lines = crate::course::lines::lines(&slept.history, &[]);
            data(&slept, Form::Wide).expect("weeks").title()
        };
        assert_eq!(
            title(6.5),
            "Sleep: 6.5 h a night over the last four weeks; 7.5 h a night in the twelve before"
        );
        assert_eq!(title(7.4), "Sleep: 7.4 h a night, as always");
    }

    #[test]
    fn fifteen_years_are_months() {
        let years = data(&slept(&[7.0; 5475]), Form::Wide).expect("nights");
        assert_eq!(years.step, Step::Month);
        // From 6 January 2025 on 5475 days reach into January 2040, of which two nights are no month.
        assert_eq!(years.bouts.len(), 181);
        assert!(years.subtitle().contains("the mean of a month"));
        assert!(years.alt().contains("in 180 months"), "{}", years.alt());
    }

    #[test]
    fn a_phone_has_the_last_year() {
        let analysis = slept(&[7.0; 700]);
        let narrow = data(&analysis, Form::Narrow).expect("weeks");
        assert_eq!((narrow.bouts.len(), narrow.width_px()), (53, 360.0));
    }

    #[test]
    fn without_sleep_there_is_no_picture() {
        assert_eq!(data(&slept(&[0.0; 40]), Form::Wide), None);
        assert_eq!(data(&slept(&[7.0; 7]), Form::Wide), None);
    }
}
