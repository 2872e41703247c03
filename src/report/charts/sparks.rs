//! Small lines beside words: step rate, climbing and sleep by week, and the distance of the shoe in use.

use super::{
    Drawn, Numbers, Picture, Result,
    area::Px,
    axis::{drawable, stretches},
    counted,
    page::Page,
    periods,
    style::{self, Text},
};
use crate::{
    analysis::Analysis,
    course::{ShoeLine, WeekLine},
    time::{date_text, days_between, short_date_text},
    units::number,
};
use chrono::NaiveDate;

/// The name of the step rate's line.
pub(in crate::report) const CADENCE: &str = "spark-cadence";
/// The name of the climbing's.
pub(in crate::report) const CLIMBING: &str = "spark-climbing";
/// The name of the sleep's.
pub(in crate::report) const SLEEP: &str = "spark-sleep";
/// The name of the shoe's.
pub(in crate::report) const SHOE: &str = "spark-shoe";

const WIDTH_PX: f64 = 240.0;
const HEIGHT_PX: f64 = 54.0;
const MARGIN_PX: f64 = 6.0;
/// Room for the highest and the lowest value, left of the line.
const LEFT_PX: f64 = 42.0;
/// Room for the first and the last day, below it.
const DATES_PX: f64 = 15.0;
const TEXT_PX: f64 = 11.5;

/// A single known point among unknown ones is a dot.
const LONE_PX: f64 = 1.5;
const LAST_PX: f64 = 4.0;

/// What a line shows.
#[derive(Debug, Clone, PartialEq)]
struct Spark {
    /// What it is: `Sleep a night, hours`.
    what: String,
    decimals: usize,
    /// What a point is: `week from`, `run on`.
    point: &'static str,
    points: Vec<(NaiveDate, Option<f64>)>,
}

/// The lines of which anything is known.
pub(in crate::report) fn drawn(analysis: &Analysis) -> Vec<Drawn> {
    let (lines, units) = (&analysis.lines, analysis.units);
    let height = format!("Climbing a week, {}", units.height_label());
    let distance = format!("Distance in the shoe, {}", units.distance_label());
    let sparks = [
        (
            CADENCE,
            of_weeks(
                lines.cadence.as_ref(),
                "Steps a minute on the flat",
                0,
                |spm| spm,
            ),
        ),
        (
            CLIMBING,
            of_weeks(lines.ascent.as_ref(), &height, 0, |metres| {
                units.height(metres)
            }),
        ),
        (
            SLEEP,
            of_weeks(lines.sleep.as_ref(), "Sleep a night, hours", 1, |hours| {
                hours
            }),
        ),
        (
            SHOE,
            of_shoe(lines.shoe.as_ref(), &distance, |metres| {
                units.distance(metres)
            }),
        ),
    ];
    let drawn = sparks
        .into_iter()
        .filter_map(|(id, spark)| Some(Drawn::of_page(id, Box::new(spark?))));
    drawn.collect()
}

fn of_weeks(
    line: Option<&WeekLine>,
    what: &str,
    decimals: usize,
    shown: impl Fn(f64) -> f64,
) -> Option<Spark> {
    let points = line?.weeks.iter();
    Some(Spark {
        what: what.to_string(),
        decimals,
        point: "week from",
        points: points
            .map(|(day, value)| (*day, value.and_then(|value| drawable(shown(value)))))
            .collect(),
    })
}

fn of_shoe(line: Option<&ShoeLine>, what: &str, shown: impl Fn(f64) -> f64) -> Option<Spark> {
    let runs = line?.runs.iter();
    Some(Spark {
        what: what.to_string(),
        decimals: 0,
        point: "run on",
        points: runs
            .map(|(day, metres)| (*day, drawable(shown(*metres))))
            .collect(),
    })
}

impl Spark {
    fn known(&self) -> Vec<(NaiveDate, f64)> {
        let known = self
            .points
            .iter()
            .filter_map(|(day, value)| Some((*day, (*value)?)));
        known.collect()
    }

    fn range(&self) -> (f64, f64) {
        let values = || self.known().into_iter().map(|(_, value)| value);
        let low = values().fold(f64::INFINITY, f64::min);
        (low, values().fold(f64::NEG_INFINITY, f64::max))
    }

    /// Where a point lies; a line without any change lies in the middle.
    fn at(&self, day: f64, value: f64) -> Px {
        let (low, high) = self.range();
        let days = self
            .position(self.points.last().map(|(day, _)| *day))
            .max(1.0);
        let share = if high > low {
            (value - low) / (high - low)
        } else {
            0.5
        };
        let (width, height) = (WIDTH_PX - LEFT_PX - MARGIN_PX, HEIGHT_PX - 2.0 * MARGIN_PX);
        (
            LEFT_PX + width * day / days,
            HEIGHT_PX - MARGIN_PX - height * share,
        )
    }

    /// The highest and the lowest value beside the line; one value where it never changed.
    fn draw_values(&self, page: &Page) -> Result {
        let (low, high) = self.range();
        let mut last = String::new();
        for value in [high, low] {
            let text = number(value, self.decimals);
            if text != last {
                let y = self.at(0.0, value).1;
                page.text(
                    &text,
                    (LEFT_PX - 8.0, y),
                    Text::VALUE.sized(TEXT_PX).right(),
                )?;
                last = text;
            }
        }
        Ok(())
    }

    /// The first and the last day below it.
    fn draw_dates(&self, page: &Page) -> Result {
        let days = [self.points.first(), self.points.last()];
        let [Some((first, _)), Some((last, _))] = days else {
            return Ok(());
        };
        let (y, look) = (HEIGHT_PX + DATES_PX / 2.0, Text::VALUE.sized(TEXT_PX));
        if first != last {
            let first = short_date_text(*first, *last);
            page.text(&first, (LEFT_PX, y), look)?;
        }
        let last = date_text(*last);
        page.text(&last, (WIDTH_PX - MARGIN_PX, y), look.right())
    }

    /// Days since the first point.
    fn position(&self, day: Option<NaiveDate>) -> f64 {
        let first = self.points.first().map(|(first, _)| *first);
        first
            .zip(day)
            .map_or(0.0, |(first, day)| days_between(first, day) as f64)
    }

    /// What is known without a break, in stretches.
    fn stretches(&self) -> Vec<Vec<(f64, f64)>> {
        let points = self
            .points
            .iter()
            .map(|(day, value)| (self.position(Some(*day)), *value));
        stretches(points)
    }
}

impl Picture for Spark {
    fn title(&self) -> String {
        self.what.clone()
    }

    fn alt(&self) -> String {
        let ((low, high), points) = (self.range(), self.known());
        let last = points.last().map_or(String::new(), |(day, value)| {
            format!(
                ", the last {} in the {} {}",
                number(*value, self.decimals),
                self.point,
                date_text(*day)
            )
        });
        let (low, high) = (number(low, self.decimals), number(high, self.decimals));
        let unknown = self.points.len() - points.len();
        let unknown = if unknown == 0 {
            String::new()
        } else {
            format!("; {unknown} unknown")
        };
        format!(
            "{}: {}, between {low} and {high}{last}{unknown}.",
            self.what,
            counted(points.len(), "known point")
        )
    }

    fn width_px(&self) -> f64 {
        WIDTH_PX
    }

    fn height_px(&self) -> f64 {
        HEIGHT_PX + DATES_PX
    }

    fn draw(&self, page: &Page) -> Result {
        self.draw_values(page)?;
        self.draw_dates(page)?;
        let color = style::pain_color(5.0);
        for stretch in self.stretches() {
            let points: Vec<Px> = stretch
                .iter()
                .map(|(day, value)| self.at(*day, *value))
                .collect();
            match points.as_slice() {
                [lone] => page.dot(*lone, LONE_PX, color)?,
                points => page.line(points, color, 2.0)?,
            }
        }
        let last = self.known().last().copied();
        last.map_or(Ok(()), |(day, value)| {
            let at = self.at(self.position(Some(day)), value);
            page.dot(at, LAST_PX + 1.5, style::WHITE)?;
            page.dot(at, LAST_PX, style::pain_color(9.0))
        })
    }

    fn numbers(&self) -> Option<Numbers> {
        // The runs of a shoe by the month: how far it has come with the last run of each.
        let row = |(day, value): &&(NaiveDate, Option<f64>)| {
            let value = value.map_or("–".to_string(), |value| number(value, self.decimals));
            vec![date_text(*day), value]
        };
        Some(Numbers {
            head: vec![self.point, "value"],
            rows: periods::last_of_months(&self.points, |(day, _)| *day)
                .iter()
                .map(row)
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        course,
        report::charts::fixtures::{analysis, regular, run},
    };

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date literal")
    }

    fn with_lines(analysis: Analysis) -> Analysis {
        Analysis {
            lines: course::lines::lines(&analysis.history, &analysis.findings),
            ..analysis
        }
    }

    #[test]
    fn what_is_known_is_a_line_and_what_is_not_is_none() {
        let ids = |analysis: &Analysis| {
            drawn(analysis)
                .iter()
                .map(|drawn| drawn.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&with_lines(regular(40))), [CADENCE, CLIMBING]);
        assert!(ids(&with_lines(analysis(vec![], vec![], vec![]))).is_empty());
        let mut shod = run(date("2025-03-03"), 8.0);
        (shod.shoe, shod.shoe_distance_m) = (Some("blue".to_string()), Some(308_000.0));
        let one = with_lines(analysis(vec![shod], vec![], vec![]));
        let drawn = drawn(&one);
        let shoe = drawn.iter().find(|drawn| drawn.id == SHOE).expect("a shoe");
        assert_eq!(
            shoe.alt,
            "Distance in the shoe, km: 1 known point, between 308 and 308, the last 308 in the run on 3 Mar 2025."
        );
        assert!(
            shoe.inline("a")
                .expect("drawing does not fail")
                .svg
                .contains("viewBox")
        );
    }

    #[test]
    fn a_gap_stays_a_gap() {
        let day = |week: i64| crate::time::plus_days(date("2025-03-03"), 7 * week);
        let spark = Spark {
            what: "Sleep".to_string(),
            decimals: 1,
            point: "week from",
            points: [Some(7.0), Some(8.0), None, Some(6.0), None]
                .iter()
                .enumerate()
                .map(|(week, value)| (day(week as i64), *value))
                .collect(),
        };
        assert_eq!(
            spark.stretches(),
            [vec![(0.0, 7.0), (7.0, 8.0)], vec![(21.0, 6.0)]]
        );
        assert_eq!(spark.at(0.0, 8.0), (LEFT_PX, 6.0));
        assert_eq!(
            spark.at(28.0, 6.0),
            (234.0, 48.0),
            "the last point is the last week, known or not"
        );
        assert_eq!(
            spark.alt(),
            "Sleep: 3 known points, between 6.0 and 8.0, the last 6.0 in the week from 24 Mar 2025; 2 unknown."
        );
        // Five Mondays of March: the month is told by its last.
        let rows = spark.numbers().expect("a table").rows;
        assert_eq!(rows, [["31 Mar 2025", "–"]]);
    }
}
