//! Beside running: other sports, sleep and shoes, as far as the recordings and the account export tell of them.

use super::block::{Block, Line, Look, Section, Target};
use crate::{
    analysis::Analysis,
    exports::Shoe,
    model::Run,
    stats::describe,
    time,
    units::{counted, duration_text, number},
    words::sentence_case,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// So many sports are told in a line; more have a table.
const IN_A_LINE: usize = 2;
/// Likewise shoes of which no account tells more.
const SHOES_IN_A_LINE: usize = 4;

/// The section; None when there is nothing but runs.
pub(super) fn section(analysis: &Analysis) -> Option<Section> {
    let parts = [
        other_sports(analysis),
        shoes(analysis).into_iter().collect(),
        sleep(analysis).into_iter().collect(),
    ];
    let blocks = points(parts.concat());
    (!blocks.is_empty())
        .then(|| Section::new("beside-running", "Beside running", blocks).looking(Look::Fold))
}

/// Sentences as points, where nothing is in a table.
fn points(blocks: Vec<Block>) -> Vec<Block> {
    let lines: Option<Vec<Line>> = blocks.iter().map(paragraph_line).collect();
    match lines.and_then(Block::list) {
        Some(list) => vec![list],
        None => blocks,
    }
}

/// The line of a block that is a paragraph.
fn paragraph_line(block: &Block) -> Option<Line> {
    match block {
        Block::Paragraph(line) => Some(line.clone()),
        _ => None,
    }
}

/// What is added up of one sport or shoe.
#[derive(Default)]
struct Sum {
    times: usize,
    seconds: f64,
    metres: f64,
    last: Option<NaiveDate>,
}

impl Sum {
    fn add(&mut self, run: &Run) {
        self.times += 1;
        self.seconds += run.timer_s.or(run.elapsed_s).unwrap_or(0.0);
        self.metres += run.distance_m.unwrap_or(0.0);
        self.last = self.last.max(Some(run.local_date()));
    }

    fn last(&self) -> String {
        self.last.map(time::date_text).unwrap_or_default()
    }
}

/// Most first, then by name.
fn sums<'a>(rows: impl Iterator<Item = (&'a str, &'a Run)>) -> Vec<(&'a str, Sum)> {
    let mut by_name: BTreeMap<&str, Sum> = BTreeMap::new();
    rows.for_each(|(name, run)| by_name.entry(name).or_default().add(run));
    let mut sums: Vec<(&str, Sum)> = by_name.into_iter().collect();
    sums.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.times));
    sums
}

fn other_sports(analysis: &Analysis) -> Vec<Block> {
    let others = &analysis.history.others;
    if others.is_empty() {
        return Vec::new();
    }
    let sums = sums(others.iter().map(|other| (other.sport.0, other)));
    let line = Block::Paragraph(others_line(others.len(), &sums));
    if sums.len() <= IN_A_LINE {
        return vec![line];
    }
    let rows = sums.iter().map(|(sport, sum)| sport_row(sport, sum));
    let table = Block::table(&["sport", "how often", "time", "last"], rows);
    vec![line, table]
}

/// `2 activities in other sports, which do not count as running (other_sports.csv): cycling 2 × (1:46:07, last 11 Oct 2025).`
fn others_line(count: usize, sums: &[(&str, Sum)]) -> Line {
    let count = counted(count, "activity", "activities");
    let line = format!("{count} in other sports, which do not count as running (");
    let file = Target::File("other_sports.csv");
    let line = Line::from(line).link(file, "other_sports.csv").text(")");
    let told = sums.iter().map(|(sport, sum)| sport_text(sport, sum));
    let told: Vec<String> = told.collect();
    match told.len() <= IN_A_LINE {
        true => line.text(format!(": {}.", told.join(", "))),
        false => line.text("."),
    }
}

fn sport_text(sport: &str, sum: &Sum) -> String {
    format!(
        "{} {} × ({}, last {})",
        sport.replace('_', " "),
        sum.times,
        duration_text(sum.seconds),
        sum.last()
    )
}

fn sport_row(sport: &str, sum: &Sum) -> Vec<Line> {
    let cells = [
        sentence_case(&sport.replace('_', " ")),
        sum.times.to_string(),
        duration_text(sum.seconds),
        sum.last(),
    ];
    cells.map(Line::from).to_vec()
}

/// Shoes by name, most worn first. None where no run names one.
fn shoes(analysis: &Analysis) -> Option<Block> {
    let runs = analysis.history.runs.iter();
    let worn = sums(runs.filter_map(|run| Some((run.shoe.as_deref()?, run))));
    let mut head = vec!["shoe", "runs", analysis.units.distance_label(), "last"];
    // Only an account knows limits and which shoes are retired.
    let is_of_account = worn.iter().any(|(shoe, _)| tells_of(analysis, shoe));
    if !is_of_account && (1..=SHOES_IN_A_LINE).contains(&worn.len()) {
        return Some(Block::paragraph(shoes_text(analysis, &worn)));
    }
    if is_of_account {
        head.extend(["own limit", "in the account"]);
    }
    let rows = worn.iter().map(|(shoe, sum)| shoe_row(analysis, shoe, sum));
    let rows = rows.map(|row| row.into_iter().take(head.len()).map(Line::from).collect());
    (!worn.is_empty()).then(|| Block::table(&head, rows))
}

/// `Shoes: Green Daily 34 runs, 316 km, last 7 Oct 2025; …`.
fn shoes_text(analysis: &Analysis, worn: &[(&str, Sum)]) -> String {
    let unit = analysis.units.distance_label();
    let told = worn.iter().map(|(shoe, sum)| {
        let runs = counted(sum.times, "run", "runs");
        let distance = number(analysis.units.distance(sum.metres), 0);
        format!("{shoe} {runs}, {distance} {unit}, last {}", sum.last())
    });
    let told: Vec<String> = told.collect();
    format!("Shoes: {}.", told.join("; "))
}

/// Whether the account has a word on a shoe.
fn tells_of(analysis: &Analysis, shoe: &str) -> bool {
    let cells = account_cells(analysis, shoe);
    cells.iter().any(|cell| !cell.is_empty())
}

/// What its runs and the account tell of a shoe.
fn shoe_row(analysis: &Analysis, shoe: &str, sum: &Sum) -> [String; 6] {
    let distance = number(analysis.units.distance(sum.metres), 0);
    let [limit, state] = account_cells(analysis, shoe);
    [
        shoe.to_string(),
        sum.times.to_string(),
        distance,
        sum.last(),
        limit,
        state,
    ]
}

/// What the account tells of a shoe: its limit and whether it is retired. Empty where it does not.
fn account_cells(analysis: &Analysis, shoe: &str) -> [String; 2] {
    let Some(known) = analysis.shoes.iter().find(|known| known.name == shoe) else {
        return Default::default();
    };
    let limit = known
        .limit_m
        .map(|metres| number(analysis.units.distance(metres), 0));
    [limit.unwrap_or_default(), state(known)]
}

/// `retired 3 May 2025`, `active`, or nothing when the account does not say.
fn state(shoe: &Shoe) -> String {
    match (shoe.retired, shoe.until) {
        (Some(true), Some(day)) => format!("retired {}", time::date_text(day)),
        (Some(true), None) => "retired".to_string(),
        (Some(false), _) => "active".to_string(),
        (None, _) => String::new(),
    }
}

fn sleep(analysis: &Analysis) -> Option<Block> {
    let days = &analysis.history.days;
    let hours: Vec<f64> = days
        .iter()
        .filter_map(|day| Some(day.sleep_s? / 3600.0))
        .collect();
    let median = number(describe::median(&hours)?, 1);
    let (known, nights) = (hours.len(), counted(days.len(), "night", "nights"));
    Some(Block::paragraph(format!(
        "Sleep is known for {known} of {nights}: {median} hours at the median."
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_account_says_of_a_shoe() {
        let day = "2025-05-03".parse().ok();
        for (retired, until, expected) in [
            (Some(true), day, "retired 3 May 2025"),
            (Some(true), None, "retired"),
            (Some(false), day, "active"),
            (None, day, ""),
        ] {
            assert_eq!(
                state(&Shoe {
                    retired,
                    until,
                    ..Shoe::default()
                }),
                expected
            );
        }
    }
}
