//! The first table: what 0.1.0 said of such runners, what was asked for, and what is so now.

use crate::{
    cohorts::{self, Cohorts},
    pairs::{self, Cell},
    spikes::{self, Outcome},
    table::{Share, table},
    weekly::Read,
};

/// All that was simulated.
pub struct Results {
    pub cells: Vec<Cell>,
    pub outcomes: Vec<Outcome>,
    pub read: Vec<Read>,
    pub cohorts: Vec<Cohorts>,
}

/// The table of goals. What 0.1.0 said are the figures of a check from outside, of 150 to 300 runners, made with its own simulated runners.
pub fn section(results: &Results) -> String {
    let rows = [
        of_same_day(results),
        of_reverse(results),
        of_rest_logging(results),
        of_blocks(results),
        of_spikes(results),
        of_reading(results),
        of_weak_link(results),
        of_cohorts(results),
    ];
    table(
        &[
            "truth simulated (168 days unless said)",
            "0.1.0 said",
            "goal",
            "now",
            "met",
        ],
        rows,
    )
}

fn cell<'a>(results: &'a Results, name: &str, days: usize) -> &'a Cell {
    pairs::cell(&results.cells, name, days)
}

fn percent(share: Share) -> f64 {
    share.percent().unwrap_or(f64::NAN)
}

fn met(is_met: bool) -> String {
    if is_met { "yes" } else { "**no**" }.to_string()
}

/// Yesterday's p ≤ 0.05 and three days', the larger.
fn larger(cell: &Cell) -> f64 {
    let [yesterday, three, ..] = cell.alarms;
    percent(yesterday.0).max(percent(three.0))
}

fn of_same_day(results: &Results) -> Vec<String> {
    let cell = cell(results, "m", 168);
    let [yesterday, three, _, same_day] = cell.alarms.map(|(alarms, _)| percent(alarms));
    vec![
        "pain on the evening of the run, more after longer runs; runs every other day (m)"
            .to_string(),
        "\"pain tended to be lower\", flagged in 99.7 %".to_string(),
        "≤ 6 %, and the same-day pattern found".to_string(),
        format!(
            "p ≤ .05 for yesterday {yesterday:.1} %, for three days {three:.1} %; flagged for a day before {} %, below 0 {} %; the same day \
             found in {same_day:.1} %, flagged in {} %",
            cell.flagged[0].text(),
            cell.wrong.text(),
            cell.flagged[1].text()
        ),
        met(larger(cell) <= 6.0 && cell.wrong.part == 0 && same_day > 80.0),
    ]
}

fn of_reverse(results: &Results) -> Vec<String> {
    let (half, year) = (cell(results, "e", 168), cell(results, "e", 365));
    vec![
        "pain makes the runner run less, running does nothing (e)".to_string(),
        "flagged in 39 %, p ≤ .05 in 59 % (91 % at a year)".to_string(),
        "≤ 8 %".to_string(),
        format!(
            "p ≤ .05 in {:.1} % ({:.1} % at a year), flagged for a day before in {} % ({} %)",
            larger(half),
            larger(year),
            half.flagged[0].text(),
            year.flagged[0].text()
        ),
        met(larger(half).max(larger(year)) <= 8.0),
    ]
}

fn of_rest_logging(results: &Results) -> Vec<String> {
    let cells = [84, 168, 365].map(|days| cell(results, "f-rest", days));
    let [yesterday, three] = [0, 1].map(|which| {
        let percents = cells.map(|cell| cell.alarms[which].0.text());
        percents.join(" / ")
    });
    vec![
        "logged after each run, on rest days only when it hurts (f-rest); 84 / 168 / 365 days"
            .to_string(),
        "p ≤ .05 in 15 / 26 / 48 %".to_string(),
        "≤ 6 %".to_string(),
        format!("yesterday {yesterday} %, three days {three} %"),
        met(cells.into_iter().all(|cell| larger(cell) <= 6.0)),
    ]
}

fn of_blocks(results: &Results) -> Vec<String> {
    let cells = [84, 168, 365].map(|days| cell(results, "c-block", days));
    let all = |of: &dyn Fn(&Cell) -> String| cells.map(of).join(" / ");
    vec![
        "training blocks and pain that share an eight-week calendar (c-block); 84 / 168 / 365 days"
            .to_string(),
        "p ≤ .05 in 10–20 %, 36–55 % at a year, flagged in 16–35 %".to_string(),
        "≤ 8 %".to_string(),
        format!(
            "yesterday {} %, three days {} %, flagged for a day before {} %",
            all(&|cell| cell.alarms[0].0.text()),
            all(&|cell| cell.alarms[1].0.text()),
            all(&|cell| cell.flagged[0].text())
        ),
        met(cells.into_iter().all(|cell| larger(cell) <= 8.0)),
    ]
}

fn of_spikes(results: &Results) -> Vec<String> {
    let fits = |name: &str| spikes::outcome_of(&results.outcomes, name).fits;
    let (same, certain) = (fits("i-same"), fits("i-certain"));
    vec![
        "a spell begins on the day of every spike; one day later (i-same; i-certain), a year"
            .to_string(),
        "single-run-spike \"fits\" in 4 %; 100 %".to_string(),
        "≥ 90 %".to_string(),
        format!("{} %; {} %", same.text(), certain.text()),
        met(percent(same).min(percent(certain)) >= 90.0),
    ]
}

fn of_reading(results: &Results) -> Vec<String> {
    let unrelated = ["a", "a-waves", "b"];
    let read = |name: &&str| results.read.iter().find(|read| read.name == *name);
    let all: Vec<&Read> = unrelated.iter().filter_map(read).collect();
    let texts: Vec<String> = all.iter().map(|read| read.any.with_error()).collect();
    vec![
        "reading the report every week for a year, no link (a; a-waves; b)".to_string(),
        "14.5 % flagged at some look".to_string(),
        "≤ 6 %".to_string(),
        format!("{} %", texts.join("; ")),
        met(all.iter().all(|read| percent(read.any) <= 6.0)),
    ]
}

fn of_weak_link(results: &Results) -> Vec<String> {
    let cells = [84, 168, 365].map(|days| cell(results, "h-weak", days).flagged[0]);
    let percents = cells.map(percent);
    vec![
        "a real weak link (h-weak); 84 / 168 / 365 days".to_string(),
        "flagged in 24 / 17 / 6 %".to_string(),
        "rises with evidence".to_string(),
        format!("{} %", cells.map(Share::text).join(" / ")),
        met(percents.is_sorted()),
    ]
}

fn of_cohorts(results: &Results) -> Vec<String> {
    let names = [
        "a common weekday rhythm",
        "a common block of eight weeks",
        "rest days logged only when it hurts",
        "the same day's run hurts; every other day",
    ];
    let found = names.map(|name| {
        cohorts::of_name(&results.cohorts, name)
            .alarms
            .map(|(alarms, _)| alarms)
    });
    let larger = found.map(|[day, three]| percent(day).max(percent(three)));
    vec![
        "twelve runners with a common weekday rhythm / block / rest-day logging / same-day pain"
            .to_string(),
        "p ≤ .05 in 100 / 85 / 80 / 100 % of cohorts".to_string(),
        "≤ 8 %".to_string(),
        format!(
            "{} %",
            larger.map(|percent| format!("{percent:.1}")).join(" / ")
        ),
        met(larger.iter().all(|percent| *percent <= 8.0)),
    ]
}
