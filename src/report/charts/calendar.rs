//! A calendar of running: a square a day, shaded by its distance, with a dot where pain was logged. A day without recordings is an
//! empty frame, one without a run is grey: nothing known and nothing run are two things.

use super::{
    ChartKind, Numbers, Picture, Result,
    area::Px,
    axis::drawable,
    counted,
    page::Page,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    model::Day,
    stats::describe::quantile,
    time::{date_text, days_between, plus_days, week_start},
    units::{Units, number},
};
use chrono::{Datelike, NaiveDate};
use plotters::style::{Color, RGBAColor};

/// Blocks below each other: years, or on a narrow screen half years.
const MOST_BLOCKS: usize = 3;

/// How strong the blue of each class of distance is.
const SHADES: [f64; 4] = [0.3, 0.52, 0.76, 1.0];

/// Free between two squares.
const GAP_PX: f64 = 1.5;

/// From the top of a block to its first row: the year and the months.
const NAMES_PX: f64 = 24.0;

/// Free between two blocks.
const BETWEEN_PX: f64 = 14.0;

/// Two lines: what a square can be, and what a dot is.
const LEGEND_PX: f64 = 58.0;
const LEGEND_LINE_PX: f64 = 22.0;

/// Ratings whose dots the legend shows.
const SHOWN_PAINS: [f64; 3] = [1.0, 4.0, 8.0];

/// The chart.
pub(super) const CHART: ChartKind<Analysis> = ChartKind {
    id: "calendar",
    subject: "Running and pain, day by day",
    without_data: "no run has a distance",
    picture: |analysis| Some(Box::new(data(analysis)?)),
};

/// What the picture shows.
#[derive(Debug, Clone, PartialEq)]
struct Data {
    units: Units,
    days: Vec<Square>,
    /// From this distance on, in the shown unit, the second class begins; the others are as far apart.
    step: f64,
    layout: Layout,
    /// The first day of the history, where years of it are not drawn.
    begins: Option<NaiveDate>,
}

/// One day.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Square {
    date: NaiveDate,
    /// In the shown unit. None: unknown.
    distance: Option<f64>,
    /// Highest pain logged. None: nothing was.
    pain: Option<f64>,
}

/// How the days are laid out.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Layout {
    width_px: f64,
    left_px: f64,
    /// From one week to the next.
    step_px: f64,
    /// Months of a block.
    months: u32,
}

const WIDE: Layout = Layout {
    width_px: style::WIDTH_PX,
    left_px: style::PLOT_LEFT_PX,
    step_px: 14.5,
    months: 12,
};
const NARROW: Layout = Layout {
    width_px: style::NARROW_PX,
    left_px: 40.0,
    step_px: 11.5,
    months: 6,
};

/// Takes the days of the last years. None when no day has a distance.
fn data(analysis: &Analysis) -> Option<Data> {
    let days = analysis
        .history
        .days
        .iter()
        .map(|day| square(day, analysis.units));
    let days: Vec<Square> = days.collect();
    let run: Vec<f64> = days.iter().filter_map(Square::run).collect();
    let high = quantile(&run, 0.95)?;
    let step = (high / SHADES.len() as f64).round().max(1.0);
    Some(
        Data {
            units: analysis.units,
            days,
            step,
            layout: WIDE,
            begins: None,
        }
        .with(WIDE),
    )
}

fn square(day: &Day, units: Units) -> Square {
    let distance = day.distance_m.filter(|_| day.covered);
    Square {
        date: day.date,
        distance: distance.and_then(|metres| drawable(units.distance(metres))),
        pain: day.pain_max.and_then(drawable),
    }
}

impl Square {
    /// How far was run, where there was a run.
    fn run(&self) -> Option<f64> {
        self.distance.filter(|distance| *distance > 0.0)
    }

    fn hurts(&self) -> bool {
        self.pain.is_some_and(|pain| pain > 0.0)
    }
}

impl Layout {
    /// The first day of the block a day is in.
    fn block(&self, date: NaiveDate) -> NaiveDate {
        let month = date.month0() / self.months * self.months + 1;
        NaiveDate::from_ymd_opt(date.year(), month, 1).unwrap_or(date)
    }

    fn block_px(&self) -> f64 {
        NAMES_PX + 7.0 * self.step_px
    }

    /// The upper left corner of a day in a block.
    fn corner(&self, block: NaiveDate, top: f64, date: NaiveDate) -> Px {
        let week = days_between(week_start(block), date) / 7;
        let row = date.weekday().num_days_from_monday();
        (
            self.left_px + self.step_px * week as f64,
            top + NAMES_PX + self.step_px * f64::from(row),
        )
    }
}

impl Data {
    /// The last blocks of a layout.
    fn with(&self, layout: Layout) -> Data {
        let last = self.days.last().map(|day| day.date);
        let mut first = last.map(|date| layout.block(date));
        for _ in 1..MOST_BLOCKS {
            first = first.map(|date| layout.block(plus_days(date, -1)));
        }
        let is_shown = |day: &&Square| first.is_none_or(|first| day.date >= first);
        let days: Vec<Square> = self.days.iter().filter(is_shown).copied().collect();
        let is_cut = days.len() < self.days.len();
        let begins = self.days.first().map(|day| day.date);
        Data {
            days,
            layout,
            begins: begins.filter(|_| is_cut).or(self.begins),
            ..self.clone()
        }
    }

    /// The days of each block that has some, oldest first.
    fn blocks(&self) -> impl Iterator<Item = &[Square]> {
        self.days
            .chunk_by(|a, b| self.layout.block(a.date) == self.layout.block(b.date))
    }

    fn subtitle(&self) -> String {
        "A square is a day, bluer the further you ran. A dot is pain, larger and stronger the more it hurt.".to_string()
            + &self.cut_text()
    }

    /// Which years are drawn. Empty where all are.
    fn cut_text(&self) -> String {
        let drawn = self.days.first().map(|day| day.date);
        let both = drawn.zip(self.begins);
        both.map_or(String::new(), |(drawn, begins)| {
            format!(
                " Drawn from {} on; the history begins on {}.",
                date_text(drawn),
                date_text(begins)
            )
        })
    }

    fn color(&self, distance: f64) -> RGBAColor {
        let class = (distance / self.step).floor().clamp(0.0, 3.0) as usize;
        style::BLUE.mix(SHADES.get(class).copied().unwrap_or(1.0))
    }

    fn draw_block(&self, page: &Page, top: f64, days: &[Square]) -> Result {
        let Some(first) = days.first() else {
            return Ok(());
        };
        let block = self.layout.block(first.date);
        let last = days.last().map_or(block, |day| day.date);
        self.draw_names(page, (block, last), top)?;
        days.iter().try_for_each(|day| {
            self.draw_day(page, self.layout.corner(block, top, day.date), day)
        })?;
        let sore = days.iter().filter(|day| day.hurts());
        sore.map(|day| (self.layout.corner(block, top, day.date), day))
            .try_for_each(|(at, day)| self.draw_pain(page, at, day))
    }

    /// The year, its months, and days of the week.
    fn draw_names(&self, page: &Page, (block, last): (NaiveDate, NaiveDate), top: f64) -> Result {
        let Layout {
            left_px,
            step_px,
            months,
            ..
        } = self.layout;
        let year = block.year().to_string();
        page.text(&year, (left_px - 8.0, top + 8.0), Text::NAME.bold().right())?;
        let months =
            (0..months).filter_map(|month| block.checked_add_months(chrono::Months::new(month)));
        for month in months.filter(|month| *month <= last) {
            let (x, _) = self.layout.corner(block, top, plus_days(month, 6));
            page.text(&month.format("%b").to_string(), (x, top + 8.0), Text::AXIS)?;
        }
        for (row, name) in [(0.0, "Mon"), (3.0, "Thu"), (6.0, "Sun")] {
            let at = (left_px - 8.0, top + NAMES_PX + step_px * (row + 0.45));
            page.text(name, at, Text::VALUE.right())?;
        }
        Ok(())
    }

    fn draw_day(&self, page: &Page, (x, y): Px, day: &Square) -> Result {
        let size = self.layout.step_px - GAP_PX;
        let end = (x + size, y + size);
        match day.distance {
            None => page.outline((x, y), end, style::AXIS.mix(0.55), 1.0),
            Some(distance) if distance > 0.0 => page.rect((x, y), end, self.color(distance)),
            Some(_) => page.rect((x, y), end, style::GRID),
        }
    }

    /// A dot in a white edge.
    fn draw_pain(&self, page: &Page, (x, y): Px, day: &Square) -> Result {
        let (size, pain) = (self.layout.step_px - GAP_PX, day.pain.unwrap_or(0.0));
        let center = (x + size / 2.0, y + size / 2.0);
        let radius = size * (0.16 + 0.018 * pain.clamp(0.0, 10.0).round());
        page.dot(center, radius + 1.0, style::WHITE)?;
        page.dot(center, radius, style::pain_color(4.0 + 0.6 * pain.round()))
    }

    /// The classes of distance, and what else a square can be.
    fn draw_legend(&self, page: &Page, y: f64) -> Result {
        let mut x = self.layout.left_px;
        let unit = self.units.distance_label();
        for (class, name) in (0..).zip(self.class_names()) {
            let day = Square {
                date: NaiveDate::MIN,
                distance: Some((f64::from(class) + 0.5) * self.step),
                pain: None,
            };
            x = self.draw_key(page, (x, y), &day, &name)?;
        }
        page.text(unit, (x, y), Text::VALUE)?;
        self.draw_legend_below(page, y + LEGEND_LINE_PX)
    }

    /// What is no run, what is unknown, and dots of some ratings.
    fn draw_legend_below(&self, page: &Page, y: f64) -> Result {
        let day = |distance, pain| Square {
            date: NaiveDate::MIN,
            distance,
            pain,
        };
        let at = (self.layout.left_px, y);
        let x = self.draw_key(page, at, &day(Some(0.0), None), "no run")?;
        let mut x = self.draw_key(page, (x, y), &day(None, None), "unknown")?;
        if !self.days.iter().any(Square::hurts) {
            return Ok(());
        }
        for pain in SHOWN_PAINS {
            let sore = day(Some(0.0), Some(pain));
            let size = self.layout.step_px - GAP_PX;
            self.draw_pain(page, (x, y - size / 2.0), &sore)?;
            let name = number(pain, 0);
            page.text(&name, (x + size + 3.0, y), Text::VALUE)?;
            x += size + 3.0 + page.text_width(&name, Text::VALUE)? + 10.0;
        }
        page.text("pain of 10", (x, y), Text::VALUE)
    }

    fn draw_key(&self, page: &Page, (x, y): Px, day: &Square, name: &str) -> Result<f64> {
        let size = self.layout.step_px - GAP_PX;
        self.draw_day(page, (x, y - size / 2.0), day)?;
        page.text(name, (x + size + 5.0, y), Text::VALUE)?;
        Ok(x + size + 5.0 + page.text_width(name, Text::VALUE)? + 14.0)
    }

    /// `under 5`, `5–10`, `10–15`, `over 15`.
    fn class_names(&self) -> [String; 4] {
        let at = |times: f64| number(times * self.step, 0);
        [
            format!("under {}", at(1.0)),
            format!("{}–{}", at(1.0), at(2.0)),
            format!("{}–{}", at(2.0), at(3.0)),
            format!("over {}", at(3.0)),
        ]
    }
}

impl Picture for Data {
    fn title(&self) -> String {
        let count = |is: fn(&&Square) -> bool| self.days.iter().filter(is).count();
        let (run, recorded) = (
            count(|day| day.run().is_some()),
            count(|day| day.distance.is_some()),
        );
        let (sore, logged) = (count(|day| day.hurts()), count(|day| day.pain.is_some()));
        let running = format!("A run on {run} of {} recorded", counted(recorded, "day"));
        match logged {
            0 => format!("{running}; no pain logged"),
            logged => format!("{running}, pain on {sore} of {logged} logged"),
        }
    }

    fn alt(&self) -> String {
        let unknown = self
            .days
            .iter()
            .filter(|day| day.distance.is_none())
            .count();
        let title = self.title();
        format!(
            "A calendar, a square a day. {title}. On {} nothing is known of running.",
            counted(unknown, "day")
        )
    }

    fn width_px(&self) -> f64 {
        self.layout.width_px
    }

    fn height_px(&self) -> f64 {
        let blocks = self.blocks().count() as f64;
        let head = style::PLOT_TOP_PX + style::LINE_PX;
        head + blocks * (self.layout.block_px() + BETWEEN_PX) + LEGEND_PX
    }

    fn draw(&self, page: &Page) -> Result {
        let mut top = page.heading(&self.title(), &self.subtitle())?;
        for days in self.blocks() {
            self.draw_block(page, top, days)?;
            top += self.layout.block_px() + BETWEEN_PX;
        }
        self.draw_legend(page, top + 6.0)
    }

    fn narrow(&self) -> Option<Box<dyn Picture>> {
        Some(Box::new(self.with(NARROW)))
    }

    fn numbers(&self) -> Option<Numbers> {
        let months = self
            .days
            .chunk_by(|a, b| (a.date.year(), a.date.month()) == (b.date.year(), b.date.month()));
        let mut rows: Vec<Vec<String>> = months.filter_map(month_row).collect();
        rows.reverse();
        Some(Numbers {
            head: vec![
                "month",
                "distance",
                "days with a run",
                "days recorded",
                "days with pain",
                "days logged",
            ],
            rows,
        })
    }
}

fn month_row(days: &[Square]) -> Option<Vec<String>> {
    let count = |is: fn(&&Square) -> bool| days.iter().filter(is).count().to_string();
    let known: Vec<f64> = days.iter().filter_map(|day| day.distance).collect();
    let distance = if known.is_empty() {
        f64::NAN
    } else {
        known.iter().sum()
    };
    Some(vec![
        days.first()?.date.format("%b %Y").to_string(),
        number(distance, 0),
        count(|day| day.run().is_some()),
        count(|day| day.distance.is_some()),
        count(|day| day.hurts()),
        count(|day| day.pain.is_some()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::Site,
        report::charts::fixtures::{analysis, date, pain, regular, run, short},
    };

    #[test]
    fn a_day_without_recordings_is_no_day_without_a_run() {
        let rows = vec![
            pain(date("2025-03-02"), Site::Hip, None, 3.0),
            pain(date("2025-03-04"), Site::None, None, 0.0),
        ];
        let found = data(&analysis(
            vec![run(date("2025-03-03"), 8.0), run(date("2025-03-05"), 12.0)],
            rows,
            Vec::new(),
        ))
        .expect("distance");
        let squares: Vec<_> = found
            .days
            .iter()
            .map(|day| (day.distance, day.pain))
            .collect();
        assert_eq!(
            squares,
            [
                (None, Some(3.0)),
                (Some(8.0), None),
                (Some(0.0), Some(0.0)),
                (Some(12.0), None)
            ]
        );
        assert_eq!(
            found.title(),
            "A run on 2 of 3 days recorded, pain on 1 of 2 logged"
        );
        assert!(
            found
                .alt()
                .ends_with("On 1 day nothing is known of running."),
            "{}",
            found.alt()
        );
        let rows = found.numbers().expect("numbers").rows;
        assert_eq!(rows, [["Mar 2025", "20", "2", "3", "1", "2"]]);
    }

    #[test]
    fn the_last_three_years_are_shown_or_half_years() {
        let found = data(&regular(8 * 52)).expect("distance");
        let first = |data: &Data| data.days.first().map(|day| day.date);
        assert_eq!(
            (found.blocks().count(), first(&found)),
            (3, Some(date("2023-01-01")))
        );
        let narrow = found.with(NARROW);
        assert_eq!(
            (narrow.blocks().count(), first(&narrow)),
            (3, Some(date("2024-01-01")))
        );
        assert_eq!(data(&short()).expect("distance").blocks().count(), 1);
    }

    #[test]
    fn weeks_are_columns_that_begin_on_a_monday_and_fit() {
        // 2012 is a leap year that begins on a Sunday: its last day is in the 54th column.
        let blocks = [
            (WIDE, "2012-01-01", "2012-12-31"),
            (NARROW, "2023-07-01", "2023-12-31"),
            (NARROW, "2012-01-01", "2012-06-30"),
        ];
        for (layout, block, last) in blocks {
            assert_eq!(layout.block(date(last)), date(block));
            let (x, _) = layout.corner(date(block), 0.0, date(last));
            assert!(x + layout.step_px <= layout.width_px, "{block} {x}");
            let monday = layout.corner(date("2025-01-01"), 0.0, date("2025-01-06"));
            assert_eq!(monday, (layout.left_px + layout.step_px, NAMES_PX));
        }
    }

    #[test]
    fn classes_are_round() {
        let day = |index: i64| run(plus_days(date("2025-03-03"), index), 21.0);
        let found = data(&analysis(
            (0..10).map(day).collect(),
            Vec::new(),
            Vec::new(),
        ))
        .expect("distance");
        assert_eq!(found.class_names(), ["under 5", "5–10", "10–15", "over 15"]);
    }
}
