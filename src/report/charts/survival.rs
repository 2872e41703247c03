//! Time to the first injury: Kaplan and Meier's curve with its range for each definition, and under it who was still watched without one.

use super::{
    ChartKind, Picture, Result,
    area::{Area, Px},
    form::{Both, Form},
    page::Page,
    style::{self, Text},
};
use crate::{
    epidemiology::{Study, Times},
    stats::survival::Step,
    units::{counted, number},
};
use plotters::style::Color;

/// Heights of a panel's title, its plot, and what stands under it: days, and who was watched.
const TITLE_PX: f64 = 32.0;
const PLOT_PX: f64 = 150.0;
const DAYS_PX: f64 = 16.0;
const WATCHED_PX: f64 = 18.0;
const PANEL_PX: f64 = TITLE_PX + PLOT_PX + DAYS_PX + WATCHED_PX + 34.0;
/// Room for numbers and words left of a plot.
const LEFT_PX: f64 = 62.0;
const BETWEEN_PX: f64 = 20.0;
/// Room for a number of those who were watched.
const TICK_PX: f64 = 52.0;

/// The chart.
pub(super) const CHART: ChartKind<Study> = ChartKind {
    id: "time-to-first",
    subject: "Time to the first injury",
    without_data: "no first injury was seen",
    picture: |study| Both::of(|form| data(study, form)),
};

/// What the picture shows: the definitions by which there was one.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    form: Form,
    panels: Vec<Times>,
}

fn data(study: &Study, form: Form) -> Option<Data> {
    let panels = study.times.iter().filter(|one| !one.steps.is_empty());
    let panels: Vec<Times> = panels.cloned().collect();
    (!panels.is_empty()).then_some(Data { form, panels })
}

impl Data {
    fn columns(&self) -> usize {
        match self.form {
            Form::Wide => self.panels.len().min(2),
            Form::Narrow => 1,
        }
    }

    /// The last day of any panel: all have one scale.
    fn last_day(&self) -> u32 {
        let last = self.panels.iter().filter_map(|one| one.at_risk.last());
        last.map(|(day, _)| *day).max().unwrap_or(1).max(1)
    }

    /// The plot of a panel.
    fn plot(&self, index: usize, top: f64) -> Area {
        let columns = self.columns();
        let margin = self.form.margin_px();
        let room = self.form.right_px() - margin - BETWEEN_PX * (columns - 1) as f64;
        let width = room / columns as f64;
        let left = margin + (width + BETWEEN_PX) * (index % columns) as f64;
        let top = top + PANEL_PX * (index / columns) as f64 + TITLE_PX;
        Area::between((left + LEFT_PX, top), (left + width - 8.0, top + PLOT_PX))
    }

    fn at(&self, plot: Area, day: u32, free: f64) -> Px {
        (
            self.x(plot, day),
            plot.bottom - (plot.bottom - plot.top) * free,
        )
    }

    fn x(&self, plot: Area, day: u32) -> f64 {
        let along = f64::from(day) / f64::from(self.last_day());
        plot.left + (plot.right - plot.left) * along.min(1.0)
    }

    /// A line with a corner at each step, from the first day on or from the first step.
    fn stairs(&self, plot: Area, steps: &[Step], of: fn(&Step) -> f64) -> Vec<Px> {
        let mut before = 1.0;
        let mut points = vec![self.at(plot, 0, 1.0)];
        for step in steps {
            points.push(self.at(plot, step.day, before));
            before = of(step);
            points.push(self.at(plot, step.day, before));
        }
        points
    }

    fn draw_panel(&self, page: &Page, plot: Area, times: &Times) -> Result {
        let title = (plot.left - LEFT_PX, plot.top - 21.0);
        page.text(times.definition.title(), title, Text::NAME.bold())?;
        self.draw_scale(page, plot)?;
        self.draw_curve(page, plot, times)?;
        self.draw_watched(page, plot, times)
    }

    fn draw_scale(&self, page: &Page, plot: Area) -> Result {
        for share in [0.0, 0.5, 1.0] {
            let (_, y) = self.at(plot, 0, share);
            page.line(&[(plot.left, y), (plot.right, y)], style::GRID, 1.0)?;
            let words = format!("{} %", number(100.0 * share, 0));
            page.text(&words, (plot.left - 8.0, y), Text::AXIS.right())?;
        }
        Ok(())
    }

    /// The range, and the curve over it.
    fn draw_curve(&self, page: &Page, plot: Area, times: &Times) -> Result {
        let [low, high, free] = [
            |step: &Step| step.low,
            |step: &Step| step.high,
            |step: &Step| step.free,
        ]
        .map(|of| self.line(plot, times, of));
        page.band(&high, &low, style::BLUE.mix(0.14))?;
        page.line(&free, style::BLUE, 2.0)
    }

    /// The stairs, and on to the last day.
    fn line(&self, plot: Area, times: &Times, of: fn(&Step) -> f64) -> Vec<Px> {
        let end = times.at_risk.last().map_or(0, |(day, _)| *day);
        let mut points = self.stairs(plot, &times.steps, of);
        points.extend(times.steps.last().map(|last| self.at(plot, end, of(last))));
        points
    }

    /// Days, and who was watched after each of them without an injury.
    fn draw_watched(&self, page: &Page, plot: Area, times: &Times) -> Result {
        let labels = [("day", DAYS_PX), ("watched", DAYS_PX + WATCHED_PX)];
        for (label, under) in labels {
            let at = (plot.left - 14.0, plot.bottom + under - 4.0);
            page.text(label, at, Text::VALUE.right())?;
        }
        let mut ticks = self.ticks(plot, times).into_iter();
        ticks.try_for_each(|tick| self.draw_tick(page, plot, tick))
    }

    fn draw_tick(&self, page: &Page, plot: Area, (day, watched): (u32, u64)) -> Result {
        let (x, bottom) = self.at(plot, day, 0.0);
        page.line(&[(x, bottom), (x, bottom + 4.0)], style::AXIS, 1.0)?;
        let cells = [(u64::from(day), DAYS_PX), (watched, DAYS_PX + WATCHED_PX)];
        cells.into_iter().try_for_each(|(value, under)| {
            let at = (x, bottom + under - 4.0);
            page.text(&value.to_string(), at, Text::VALUE.centered())
        })
    }

    /// As many as there is room for; the last day stays.
    fn ticks(&self, plot: Area, times: &Times) -> Vec<(u32, u64)> {
        let mut shown: Vec<(u32, u64)> = Vec::new();
        let x = |day: u32| self.x(plot, day);
        for (day, watched) in times.at_risk.iter().rev().copied() {
            let has_room = shown
                .last()
                .is_none_or(|(next, _)| x(*next) - x(day) >= TICK_PX);
            let is_first = day == 0;
            if is_first && !has_room {
                shown.pop();
            }
            if has_room || is_first {
                shown.push((day, watched));
            }
        }
        shown
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        match &self.panels[..] {
            [one] => format!("Time to the first injury: {}", one.definition.title()),
            _ => "Time to the first injury".to_string(),
        }
    }

    fn alt(&self) -> String {
        let panels = self.panels.iter().map(|times| {
            let title = times.definition.title();
            let runners = counted(times.people as usize, "runner", "runners");
            let last = times.steps.last();
            let (day, free) = last.map_or((0, 1.0), |step| (step.day, step.free));
            let free = number(100.0 * free, 0);
            format!("{title}: {free} percent of {runners} without one after day {day}")
        });
        format!(
            "Kaplan and Meier's curves. {}.",
            panels.collect::<Vec<_>>().join("; ")
        )
    }

    fn width_px(&self) -> f64 {
        self.form.width_px()
    }

    fn height_px(&self) -> f64 {
        let rows = self.panels.len().div_ceil(self.columns());
        self.form.head_px() + PANEL_PX * rows as f64
    }

    fn draw(&self, page: &Page) -> Result {
        let top = page.heading(
            &self.title(),
            "Share of runners without a first injury, from their own first day on, with its 95 % range; under it how many were still watched without one.",
        )?;
        for (index, times) in self.panels.iter().enumerate() {
            self.draw_panel(page, self.plot(index, top), times)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        epidemiology::Definition,
        report::charts::{
            of_study,
            svg::tests::{checked, texts},
        },
    };

    fn times(definition: Definition) -> Times {
        let step = |day, at_risk, free| Step {
            day,
            at_risk,
            events: 1,
            free,
            low: free - 0.2,
            high: free + 0.1,
        };
        Times {
            definition,
            people: 4,
            steps: vec![step(10, 4, 0.75), step(40, 3, 0.5)],
            at_risk: vec![(0, 4), (28, 3), (56, 2), (70, 0)],
        }
    }

    #[test]
    fn a_curve_falls_where_an_injury_came_and_goes_on_to_the_last_day() {
        let study = Study {
            times: Definition::ALL.map(times).to_vec(),
            ..Study::default()
        };
        let shown = data(&study, Form::Wide).expect("a picture");
        let plot = Area::between((0.0, 0.0), (70.0, 100.0));
        let points = shown.stairs(plot, &shown.panels[0].steps, |step| step.free);
        let expected = [
            (0.0, 0.0),
            (10.0, 0.0),
            (10.0, 25.0),
            (40.0, 25.0),
            (40.0, 50.0),
        ];
        assert_eq!(points, expected);
        let charts = of_study(&study);
        let chart = charts.get(CHART.id).expect("drawn");
        assert!(
            chart
                .alt
                .contains("50 percent of 4 runners without one after day 40")
        );
        let said: Vec<String> = texts(&checked(chart))
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        for (text, count) in [("watched", 4), ("70", 4), ("50 %", 4), ("3", 4)] {
            let found = said.iter().filter(|one| *one == text).count();
            assert_eq!(found, count, "{text}: {said:?}");
        }
        assert!(of_study(&Study::default()).drawn.is_empty());
    }
}
