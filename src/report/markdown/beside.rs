//! Beside running: other sports, sleep and shoes, as far as the recordings and the account export tell of them.

use crate::{
    analysis::Analysis,
    exports::Shoe,
    model::Run,
    report::text::{escaped, table},
    stats::describe,
    time,
    units::{counted, duration_text, number},
    words::sentence_case,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The section; empty when there is nothing but runs.
pub(super) fn section(analysis: &Analysis) -> String {
    let parts: Vec<String> = [other_sports(analysis), shoes(analysis), sleep(analysis)].into_iter().flatten().collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("## Beside running\n\n{}", parts.join("\n"))
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
    let mut sums: Vec<(String, Sum)> = sums.into_iter().map(|(key, sum)| (key.to_string(), sum)).collect();
    sums.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.times));
    sums
}

fn other_sports(analysis: &Analysis) -> Option<String> {
    let others = &analysis.history.others;
    if others.is_empty() {
        return None;
    }
    let row = |(sport, sum): (String, Sum)| {
        let sport = escaped(&sentence_case(&sport.replace('_', " ")));
        vec![sport, sum.times.to_string(), duration_text(sum.seconds), sum.last()]
    };
    let rows = sums(others.iter().map(|other| (other.sport.0, other))).into_iter().map(row);
    Some(format!(
        "{} in other sports; only running counts as running here ([other_sports.csv](other_sports.csv)).\n\n{}",
        sentence_case(&counted(others.len(), "activity", "activities")),
        table(&["sport", "how often", "time", "last"], rows)
    ))
}

fn shoes(analysis: &Analysis) -> Option<String> {
    let units = analysis.units;
    let worn = analysis.history.runs.iter().filter_map(|run| Some((run.shoe.as_deref()?, run)));
    let rows: Vec<Vec<String>> = sums(worn)
        .into_iter()
        .map(|(shoe, sum)| {
            let known = analysis.shoes.iter().find(|known| known.name == shoe);
            let limit = known.and_then(|known| known.limit_m).map(|metres| number(units.distance(metres), 0));
            let sum_text = number(units.distance(sum.metres), 0);
            let state = known.map(state).unwrap_or_default();
            vec![escaped(&shoe), sum.times.to_string(), sum_text, sum.last(), limit.unwrap_or_default(), state]
        })
        .collect();
    let header = ["shoe", "runs", units.distance_label(), "last", "own limit", "in the account"];
    // Only an account knows limits and which shoes are retired.
    let columns = if rows.iter().any(|row| row[4..].iter().any(|cell| !cell.is_empty())) { 6 } else { 4 };
    let rows_shown = rows.iter().map(|row| row[..columns].to_vec());
    (!rows.is_empty()).then(|| table(&header[..columns], rows_shown))
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

fn sleep(analysis: &Analysis) -> Option<String> {
    let hours: Vec<f64> = analysis.history.days.iter().filter_map(|day| Some(day.sleep_s? / 3600.0)).collect();
    let median = describe::median(&hours)?;
    Some(format!(
        "Sleep is known for {} of {}: {} hours at the median.\n",
        hours.len(),
        counted(analysis.history.days.len(), "night", "nights"),
        number(median, 1)
    ))
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
            assert_eq!(state(&Shoe { retired, until, ..Shoe::default() }), expected);
        }
    }
}
