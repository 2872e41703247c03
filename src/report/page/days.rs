//! Every day of the last twelve weeks with what the pictures draw of it, for whoever cannot see them or wants the numbers.

use super::block::{Block, Line, Look, Section, Table, Target};
use crate::{
    analysis::Analysis,
    model::Day,
    pain::{Entry, Place, site_text},
    time::{plus_days, short_date_text},
    units::number,
};
use std::collections::BTreeMap;

/// Days told, as many as the shortest view of the timeline has; the others are in the file.
const DAYS: usize = 84;

/// The file of all days, beside the page.
const FILE: &str = "days.csv";

/// A column: its name, and what it holds of a day.
struct Column {
    head: &'static str,
    cells: Vec<String>,
}

/// The section. None without a day.
pub(super) fn section(analysis: &Analysis) -> Option<Section> {
    let days = newest_first(analysis);
    let blocks = vec![
        Block::Paragraph(intro(analysis)),
        Block::Table(table(&days, analysis)),
    ];
    let section = Section::new("days", title(days.len()), blocks);
    (!days.is_empty()).then(|| section.looking(Look::Deep(FILE)))
}

fn title(days: usize) -> &'static str {
    match days {
        DAYS => "Every day of the last twelve weeks",
        _ => "Every day",
    }
}

fn newest_first(analysis: &Analysis) -> Vec<&Day> {
    let history = &analysis.history;
    let days = history.days_until(history.as_of, DAYS);
    days.iter().rev().collect()
}

fn intro(analysis: &Analysis) -> Line {
    let load = match analysis.is_log_alone() {
        true => String::new(),
        false => format!("Load is {}. ", analysis.history.load_unit.as_str()),
    };
    Line::from(format!(
        "What the pictures are made of, the newest first. {load}– is unknown, which is not 0. All days, and more of each: "
    ))
    .link(Target::File(FILE), FILE)
    .text(".")
}

/// A row a day, without columns of which nothing is known.
fn table(days: &[&Day], analysis: &Analysis) -> Table {
    let date =
        |day: &&Day| short_date_text(day.date, analysis.history.as_of).replace(' ', "\u{a0}");
    let dates: Vec<String> = days.iter().map(date).collect();
    let columns = columns(days, analysis);
    let row = |i: usize| {
        let cells = columns.iter().map(|column| cell(&column.cells[i]));
        std::iter::once(dates[i].as_str().into())
            .chain(cells)
            .collect()
    };
    Table {
        head: std::iter::once("day")
            .chain(columns.iter().map(|column| column.head))
            .collect(),
        rows: (0..days.len()).map(row).collect(),
    }
}

/// Nothing where there is nothing to say.
fn cell(text: &str) -> Line {
    match text {
        "" => Line::new(),
        text => text.into(),
    }
}

fn columns(days: &[&Day], analysis: &Analysis) -> Vec<Column> {
    let units = analysis.units;
    let pain = ratings(days, analysis);
    let column = |head, cell: &dyn Fn(&Day) -> String| Column {
        head,
        cells: days.iter().map(|day| cell(day)).collect(),
    };
    let height = |metres: Option<f64>| metres.map(|metres| number(units.height(metres), 0));
    let all = [
        column(units.distance_label(), &|day| distance(day, analysis)),
        column("up", &|day| of_run(day, height(day.ascent_m))),
        column("down", &|day| of_run(day, height(day.descent_m))),
        column("load", &|day| {
            of_run(day, day.load.map(|load| number(load, 0)))
        }),
        column("steps/min", &|day| of_run(day, steps(day, analysis))),
        column("sleep, h", &|day| {
            known(day.sleep_s.map(|s| number(s / 3600.0, 1)))
        }),
        column("pain, 0–10", &|day| pain_text(day, &pain)),
    ];
    let says = |column: &Column| {
        column
            .cells
            .iter()
            .any(|cell| cell.contains(char::is_numeric))
    };
    all.into_iter().filter(says).collect()
}

/// `–` for what is not known.
fn known(value: Option<String>) -> String {
    value.unwrap_or("–".to_string())
}

/// A value of the day's runs. Empty on a day without one.
fn of_run(day: &Day, value: Option<String>) -> String {
    match day.runs {
        0 => String::new(),
        _ => known(value),
    }
}

/// How far was run; 0 where recordings are complete and hold no run.
fn distance(day: &Day, analysis: &Analysis) -> String {
    match (day.runs, day.covered) {
        (0, true) => "0".to_string(),
        (0, false) => known(None),
        _ => known(
            day.distance_m
                .map(|metres| number(analysis.units.distance(metres), 1)),
        ),
    }
}

/// The mean of the day's runs, on the flat.
fn steps(day: &Day, analysis: &Analysis) -> Option<String> {
    let runs = analysis.history.runs_between(day.date, day.date).iter();
    let known: Vec<f64> = runs.filter_map(|run| run.cadence_flat_spm).collect();
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    (!known.is_empty()).then(|| number(mean, 0))
}

/// The highest rating of each place on each of the days.
type Ratings = BTreeMap<chrono::NaiveDate, BTreeMap<Place, f64>>;

fn ratings(days: &[&Day], analysis: &Analysis) -> Ratings {
    let first = days.last().map_or(analysis.history.as_of, |day| day.date);
    let last = plus_days(analysis.history.as_of, 1);
    let mut ratings = Ratings::new();
    let told = |entry: &&Entry| (first..last).contains(&entry.date);
    for entry in analysis.pain.entries.iter().filter(told) {
        if let (Some(place), Some(pain)) = (entry.place(), entry.pain.filter(|pain| *pain > 0.0)) {
            let highest = ratings
                .entry(entry.date)
                .or_default()
                .entry(place)
                .or_insert(pain);
            *highest = highest.max(pain);
        }
    }
    ratings
}

/// `right shin 3, left kneecap 1`; 0 on a day that was logged without pain.
fn pain_text(day: &Day, ratings: &Ratings) -> String {
    let told = ratings.get(&day.date).into_iter().flatten();
    let told = told
        .map(|((site, side), pain)| format!("{} {}", site_text(*site, *side), number(*pain, 0)));
    let told: Vec<String> = told.collect();
    match told.is_empty() {
        true => known(day.pain_max.map(|pain| number(pain, 0))),
        false => told.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::{PainLog, Side, Site},
        report::{
            charts::fixtures::{pain, regular},
            markdown,
        },
    };

    #[test]
    fn a_day_says_what_is_known_of_it_and_a_column_of_nothing_is_left_out() {
        let mut analysis = regular(40);
        let day = analysis.history.as_of;
        let before = plus_days(day, -1);
        analysis.pain = PainLog {
            entries: vec![
                pain(before, Site::None, None, 0.0),
                pain(day, Site::Shin, Some(Side::Right), 2.0),
                pain(day, Site::Shin, Some(Side::Right), 3.0),
                pain(day, Site::Calf, Some(Side::Left), 1.0),
            ],
            ..PainLog::default()
        };
        for (date, rating) in [(before, 0.0), (day, 3.0)] {
            let days = &mut analysis.history.days;
            let found = days.iter_mut().find(|day| day.date == date);
            found.expect("a day of the calendar").pain_max = Some(rating);
        }
        let section = section(&analysis).expect("there are days");
        let text = markdown::blocks(&section.blocks);
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
        assert_eq!(rows.len(), 1 + DAYS);
        assert!(!rows[0].contains("sleep"), "no night is known: {}", rows[0]);
        assert!(
            rows[1].ends_with("| left calf 1, right shin 3 |"),
            "{}",
            rows[1]
        );
        assert!(rows[2].ends_with("| 0 |"), "{}", rows[2]);
        assert!(rows[3].ends_with("| – |"), "{}", rows[3]);
    }
}
