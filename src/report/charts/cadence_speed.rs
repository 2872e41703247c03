//! Cadence against speed: the runner's own line, as the rule on a step rate below it draws it, and the runs of the last weeks.

use super::{
    ChartKind, Numbers, Picture, Result,
    area::Px,
    axis::{sharp, ticks_within},
    form::{Both, Form},
    page::Page,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    rules::{
        Context,
        cadence_below_own::{self, OwnLine, WATCH_PERCENT},
    },
    stats::describe::mean,
    time::{date_text, days_between},
    units::{Units, number, shortest},
};
use chrono::NaiveDate;
use plotters::style::Color;

/// The runs that are drawn solid.
const LATELY_DAYS: i64 = 28;

/// Older runs are not drawn.
const SHOWN_DAYS: i64 = 365;

/// A mean so close to the line, %, lies on it.
const ON_THE_LINE: f64 = 1.0;

/// Runs further from the line than this share stand at the edge.
const FURTHEST: f64 = 0.15;

const PLOT_HEIGHT_PX: f64 = 300.0;
/// From the lower edge of the plot to the edge of the picture.
const UNDER_PX: f64 = 56.0;
const DOT_PX: f64 = 3.5;

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "cadence-speed",
    subject: "Cadence against speed",
    without_data: "there is no own line yet: fewer than ten runs with cadence on the flat, from one known device and over a range of \
                   paces, in the eight weeks before the latest one",
    picture: |analysis| Both::of(|form| data(analysis, form)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    units: Units,
    own: OwnLine,
    /// Runs of the last 28 days.
    lately: Vec<Run>,
    /// Runs of the year before them.
    before: Vec<Run>,
    /// How far under the line the rule watches, as a share: 0.05.
    watch: f64,
}

/// One run: its day, its speed in m/s and its steps a minute.
type Run = (NaiveDate, f64, f64);

/// Takes the own line from the rule. None where it has none, or nothing was run lately.
fn data(analysis: &Analysis, form: Form) -> Option<Data> {
    let context = Context::new(&analysis.history, &analysis.pain, analysis.units)
        .with(&analysis.limits, &analysis.emergency_number);
    let own = cadence_below_own::own_line(&context)?;
    let as_of = analysis.history.as_of;
    let is_within = |run: &&Run, days: i64| days_between(run.0, as_of) < days;
    let shown = own.runs.iter().filter(|run| is_within(run, SHOWN_DAYS));
    let (lately, before): (Vec<Run>, Vec<Run>) = shown.partition(|run| is_within(run, LATELY_DAYS));
    let watch = analysis
        .limits
        .value(cadence_below_own::RULE.id, WATCH_PERCENT);
    (!lately.is_empty()).then_some(Data {
        form,
        units: analysis.units,
        own,
        lately,
        before,
        watch: -watch / 100.0,
    })
}

impl Data {
    fn all(&self) -> impl Iterator<Item = &Run> {
        self.before.iter().chain(&self.lately)
    }

    /// How far over the line the last weeks lie, %.
    fn over_percent(&self) -> f64 {
        let all: Vec<f64> = self.lately.iter().map(|run| self.over(run)).collect();
        mean(&all).unwrap_or(0.0)
    }

    /// How far over the line a run lies, %.
    fn over(&self, (_, speed, spm): &Run) -> f64 {
        (spm / self.own.line.at(*speed) - 1.0) * 100.0
    }

    /// Slowest and fastest speed shown, m/s.
    fn speeds(&self) -> (f64, f64) {
        let (low, high) = self.own.speeds_m_s;
        let low = self.lately_speeds().fold(low, f64::min);
        let high = self.lately_speeds().fold(high, f64::max);
        (low - 0.1, high + 0.1)
    }

    fn lately_speeds(&self) -> impl Iterator<Item = f64> {
        self.lately.iter().map(|(_, speed, _)| *speed)
    }

    /// Lowest and highest cadence shown.
    fn cadences(&self) -> (f64, f64) {
        let (slow, fast) = self.speeds();
        let ends = [slow, fast].map(|speed| self.own.line.at(speed));
        let edges = ends.map(|spm| [spm * (1.0 - self.watch), spm * (1.0 + self.watch)]);
        let near = self.all().filter(|(_, speed, spm)| {
            (slow..=fast).contains(speed)
                && (spm / self.own.line.at(*speed) - 1.0).abs() <= FURTHEST
        });
        let shown = near.map(|(_, _, spm)| *spm);
        let shown: Vec<f64> = shown.chain(edges.into_iter().flatten()).collect();
        let low = shown.iter().copied().fold(f64::INFINITY, f64::min);
        let high = shown.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (low - 1.5, high + 1.5)
    }

    fn subtitle(&self) -> String {
        format!(
            "Each dot is a run, on its flat parts. Line: your own cadence at each pace, from the eight weeks before the latest. Band: \
             {} % either way. Dark: the last 28 days; pale: the year before.",
            shortest((self.watch * 1000.0).round() / 10.0)
        )
    }

    /// A pace: `5:30`, for a speed in m/s.
    fn pace(&self, speed_m_s: f64) -> String {
        let seconds = (self.units.distance_unit_m() / speed_m_s).round() as i64;
        format!("{}:{:02}", seconds / 60, seconds % 60)
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let over = self.over_percent();
        let percent = number(over.abs(), 0);
        match over {
            over if over.abs() < ON_THE_LINE => {
                "Cadence for the pace: the last 28 days lie on your own line".to_string()
            }
            over if over > 0.0 => {
                format!("Cadence for the pace: the last 28 days lie {percent} % over your own line")
            }
            _ => {
                format!(
                    "Cadence for the pace: the last 28 days lie {percent} % under your own line"
                )
            }
        }
    }

    fn alt(&self) -> String {
        let (slow, fast) = self.own.speeds_m_s;
        let unit = self.units.distance_label();
        format!(
            "{}. The line goes from {} steps per minute at {} min/{unit} to {} at {}; {} of the last 28 days and {} of the year \
             before are drawn.",
            self.title(),
            number(self.own.line.at(slow), 0),
            self.pace(slow),
            number(self.own.line.at(fast), 0),
            self.pace(fast),
            super::counted(self.lately.len(), "run"),
            self.before.len(),
        )
    }

    fn width_px(&self) -> f64 {
        self.form.width_px()
    }

    fn height_px(&self) -> f64 {
        self.form.head_px() + PLOT_HEIGHT_PX + UNDER_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(&self.title(), &self.subtitle())?;
        let plot = self.plot(top);
        self.draw_axes(page, &plot)?;
        self.draw_line(page, &plot)?;
        let inside = |run: &&Run| plot.has(run.1);
        for run in self.before.iter().filter(inside) {
            page.dot(plot.at(run.1, run.2), DOT_PX - 0.5, style::SKY.mix(0.45))?;
        }
        for run in self.lately.iter().filter(inside) {
            page.dot(plot.at(run.1, run.2), DOT_PX + 1.5, style::WHITE)?;
            page.dot(plot.at(run.1, run.2), DOT_PX + 0.5, style::INK)?;
        }
        Ok(())
    }

    fn numbers(&self) -> Option<Numbers> {
        let row = |(day, speed, spm): &Run| {
            let usual = self.own.line.at(*speed);
            vec![
                date_text(*day),
                self.pace(*speed),
                number(*spm, 0),
                number(usual, 0),
                crate::words::signed((spm / usual - 1.0) * 100.0, 1),
            ]
        };
        Some(Numbers {
            head: vec!["run", "pace", "steps/min", "own line", "beside it, %"],
            rows: self.lately.iter().rev().map(row).collect(),
        })
    }
}

/// Where speeds and cadences lie.
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    speeds: (f64, f64),
    cadences: (f64, f64),
}

impl Plot {
    fn has(&self, speed: f64) -> bool {
        (self.speeds.0..=self.speeds.1).contains(&speed)
    }

    fn x(&self, speed: f64) -> f64 {
        self.left + share(speed, self.speeds) * (self.right - self.left)
    }

    fn y(&self, spm: f64) -> f64 {
        self.bottom - share(spm, self.cadences) * (self.bottom - self.top)
    }

    fn at(&self, speed: f64, spm: f64) -> Px {
        (self.x(speed), self.y(spm))
    }
}

/// How far a value is on the way through a domain; beyond it, its end.
fn share(value: f64, (low, high): (f64, f64)) -> f64 {
    let way = (high - low).max(1e-9);
    ((value - low) / way).clamp(0.0, 1.0)
}

impl Data {
    fn plot(&self, top: f64) -> Plot {
        Plot {
            left: self.form.left_px(),
            right: self.form.right_px(),
            top,
            bottom: self.height_px() - UNDER_PX,
            speeds: self.speeds(),
            cadences: self.cadences(),
        }
    }

    fn draw_axes(&self, page: &Page, plot: &Plot) -> Result {
        let (low, high) = plot.cadences;
        for tick in ticks_within(low, high, 6) {
            let y = sharp(plot.y(tick));
            page.line(&[(plot.left, y), (plot.right, y)], style::GRID, 1.0)?;
            page.text(&number(tick, 0), (plot.left - 8.0, y), Text::AXIS.right())?;
        }
        if !page.is_narrow() {
            let at = (style::AXIS_TITLE_PX, (plot.top + plot.bottom) / 2.0);
            page.text("cadence, steps/min", at, Text::AXIS.centered().upwards())?;
        }
        let ends = [(plot.left, plot.bottom), (plot.right, plot.bottom)];
        page.line(&ends, style::AXIS, 1.0)?;
        self.draw_paces(page, plot)
    }

    /// Half minutes of pace along the lower edge: runners think in those and not in m/s.
    fn draw_paces(&self, page: &Page, plot: &Plot) -> Result {
        let unit_m = self.units.distance_unit_m();
        let (slow, fast) = (unit_m / plot.speeds.0, unit_m / plot.speeds.1);
        let most = if page.is_narrow() { 4 } else { 9 };
        let step = [15.0, 30.0, 60.0, 120.0, 300.0]
            .into_iter()
            .find(|step| (slow - fast) / step <= f64::from(most));
        let step = step.unwrap_or(600.0);
        for index in (fast / step).ceil() as i64..=(slow / step).floor() as i64 {
            let speed = unit_m / (index as f64 * step);
            let x = plot.x(speed);
            page.line(
                &[(x, plot.bottom), (x, plot.bottom + 5.0)],
                style::AXIS,
                1.0,
            )?;
            let at = (x, plot.bottom + 16.0);
            page.text(&self.pace(speed), at, Text::AXIS.centered())?;
        }
        let title = format!(
            "pace, min/{}: slower left, faster right",
            self.units.distance_label()
        );
        let at = ((plot.left + plot.right) / 2.0, plot.bottom + 38.0);
        page.text(&title, at, Text::AXIS.centered())
    }

    /// The own line over the speeds it was drawn through, and the band around it.
    fn draw_line(&self, page: &Page, plot: &Plot) -> Result {
        let (slow, fast) = self.own.speeds_m_s;
        let line = |factor: f64| {
            [slow, fast].map(|speed| plot.at(speed, self.own.line.at(speed) * factor))
        };
        let (upper, lower) = (line(1.0 + self.watch), line(1.0 - self.watch));
        page.band(&upper, &lower, style::GREEN.mix(0.11))?;
        page.line(&lower, style::GREEN.mix(0.7), 1.0)?;
        page.line(&upper, style::GREEN.mix(0.35), 1.0)?;
        page.line(&line(1.0), style::BLUE, 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model,
        report::charts::fixtures::{analysis, date, run},
        time::plus_days,
    };

    /// Twelve runs on the line 133.6 + 11 · speed every third day, then two in the last days at so many times the line.
    fn runner(factor: f64) -> Analysis {
        let at = |offset: i64, speed: f64, factor: f64| model::Run {
            speed_flat_m_s: Some(speed),
            cadence_flat_spm: Some((133.6 + 11.0 * speed) * factor),
            flat_s: Some(600.0),
            device: Some("watch".to_string()),
            ..run(plus_days(date("2025-01-06"), offset), 8.0)
        };
        let month = (0..12).map(|n| at(3 * n, 2.4 + 0.2 * (n % 6) as f64, 1.0));
        let last = [72, 73].map(|offset| at(offset, 2.7, factor));
        let baseline = month.clone().chain([
            at(36, 2.4, 1.0),
            at(39, 3.4, 1.0),
            at(40, 2.6, 1.0),
            at(41, 2.8, 1.0),
        ]);
        let mut runs: Vec<_> = baseline.chain(last).collect();
        runs.sort_by_key(|run| run.local_date());
        analysis(runs, Vec::new(), Vec::new())
    }

    #[test]
    fn the_last_weeks_are_set_beside_the_line() {
        for (factor, expected) in [
            (1.0, "lie on your own line"),
            (1.04, "lie 4 % over your own line"),
            (0.95, "lie 5 % under your own line"),
        ] {
            let data = data(&runner(factor), Form::Wide).expect("a line");
            assert!(data.title().ends_with(expected), "{}", data.title());
            assert_eq!((data.lately.len(), data.before.len()), (2, 16));
        }
    }

    #[test]
    fn paces_are_minutes_for_the_unit() {
        let mut analysis = runner(1.0);
        let data_km = data(&analysis, Form::Wide).expect("a line");
        assert_eq!(data_km.pace(2.5), "6:40");
        // 133.6 + 11 · 2.7 = 163.3 steps a minute.
        let row = &data_km.numbers().expect("a table").rows[0];
        assert_eq!(row, &["20 Mar 2025", "6:10", "163", "163", "0.0"]);
        analysis.units = Units::Mi;
        assert_eq!(
            data(&analysis, Form::Wide).expect("a line").pace(2.5),
            "10:44"
        );
    }

    #[test]
    fn without_a_line_there_is_no_picture() {
        let mut analysis = runner(1.0);
        analysis
            .history
            .runs
            .iter_mut()
            .for_each(|run| run.device = None);
        assert_eq!(data(&analysis, Form::Wide), None, "no known device");
    }
}
