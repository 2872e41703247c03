//! Beside running: other sports, sleep and shoes, as far as the recordings and the account export tell of them.

use super::block::{Block, Line, Section, Target};
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

/// The section; None when there is nothing but runs.
pub(super) fn section(analysis: &Analysis) -> Option<Section> {
    let parts = [
        other_sports(analysis),
        shoes(analysis).into_iter().collect(),
        sleep(analysis).into_iter().collect(),
    ];
    let blocks = parts.concat();
    (!blocks.is_empty()).then(|| Section::new("beside-running", "Beside running", blocks))
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
fn sums<'a>(rows: impl Iterator<Item = (&'a str, &'a Run)>) -> Vec<(String, Sum)> {
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    rows.for_each(|(key, run)| sums.entry(key).or_default().add(run));
    let mut sums: Vec<(String, Sum)> = sums
        .into_iter()
        .map(|(key, sum)| (key.to_string(), sum))
        .collect();
    sums.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.times));
    sums
}

fn other_sports(analysis: &Analysis) -> Vec<Block> {
    let others = &analysis.history.others;
    if others.is_empty() {
        return Vec::new();
    }
    let row = |(sport, sum): (String, Sum)| {
        let sport = sentence_case(&sport.replace('_', " "));
        [
            sport,
            sum.times.to_string(),
            duration_text(sum.seconds),
            sum.last(),
        ]
        .map(Line::from)
        .to_vec()
    };
    let rows = sums(others.iter().map(|other| (other.sport.0, other)))
        .into_iter()
        .map(row);
    let count = sentence_case(&counted(others.len(), "activity", "activities"));
    let line = Line::from(format!(
        "{count} in other sports; only running counts as running here ("
    ));
    let line = line
        .link(Target::File("other_sports.csv"), "other_sports.csv")
        .text(").");
    vec![
        Block::Paragraph(line),
        Block::table(&["sport", "how often", "time", "last"], rows),
    ]
}

/// Shoes by name, most worn first. None where no run names one.
fn shoes(analysis: &Analysis) -> Option<Block> {
    let worn = analysis
        .history
        .runs
        .iter()
        .filter_map(|run| Some((run.shoe.as_deref()?, run)));
    let rows: Vec<[String; 6]> = sums(worn)
        .into_iter()
        .map(|(shoe, sum)| shoe_row(analysis, shoe, &sum))
        .collect();
    let head = [
        "shoe",
        "runs",
        analysis.units.distance_label(),
        "last",
        "own limit",
        "in the account",
    ];
    // Only an account knows limits and which shoes are retired.
    let is_of_account = rows
        .iter()
        .any(|[.., limit, state]| !limit.is_empty() || !state.is_empty());
    let columns = if is_of_account { 6 } else { 4 };
    let head: Vec<&str> = head.into_iter().take(columns).collect();
    let line = |row: [String; 6]| row.into_iter().take(columns).map(Line::from).collect();
    (!rows.is_empty()).then(|| Block::table(&head, rows.into_iter().map(line)))
}

fn shoe_row(analysis: &Analysis, shoe: String, sum: &Sum) -> [String; 6] {
    let units = analysis.units;
    let known = analysis.shoes.iter().find(|known| known.name == shoe);
    let limit = known
        .and_then(|known| known.limit_m)
        .map(|metres| number(units.distance(metres), 0));
    let distance = number(units.distance(sum.metres), 0);
    let state = known.map(state).unwrap_or_default();
    [
        shoe,
        sum.times.to_string(),
        distance,
        sum.last(),
        limit.unwrap_or_default(),
        state,
    ]
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
    let hours: Vec<f64> = analysis
        .history
        .days
        .iter()
        .filter_map(|day| Some(day.sleep_s? / 3600.0))
        .collect();
    let median = number(describe::median(&hours)?, 1);
    let (known, nights) = (
        hours.len(),
        counted(analysis.history.days.len(), "night", "nights"),
    );
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
