//! The report read every week of a year: how many runners are ever shown a flag.

use crate::{
    files::date,
    look::{each_kept, report, simulated},
    scenarios::named,
    table::{Share, table},
};
use niggle::backtest::Backtest;
use serde::{Deserialize, Serialize};

/// The first look and the last, days of the log.
const FIRST: usize = 42;
const LAST: usize = 365;
const WEEK: usize = 7;

/// Scenarios, and whether a flag of a day before is a true one.
const READ: [(&str, bool); 9] = [
    ("a", false),
    ("a-waves", false),
    ("b", false),
    ("two places", false),
    ("f-rest", false),
    ("c-block", false),
    ("e", false),
    ("m", false),
    ("h-medium", true),
];

/// When a runner was first shown a flag.
#[derive(Default, Serialize, Deserialize)]
struct Year {
    /// Of a day before.
    before: Option<usize>,
    /// Of the same day.
    same_day: Option<usize>,
    /// Whether one was ever of a rho below 0.
    is_wrong: bool,
    /// Flagged for a day before at the last look.
    at_the_end: bool,
}

/// What came of a scenario.
pub struct Read {
    pub name: &'static str,
    /// Ever flagged for a day before.
    pub before: Share,
    /// Ever flagged for the same day.
    pub same_day: Share,
    /// Ever flagged at all.
    pub any: Share,
    wrong: Share,
    at_the_end: Share,
    /// The middle day of first being shown one of a day before.
    middle: Option<usize>,
}

/// Every scenario; each is told as it is made.
pub fn read(runners: u32, told: impl Fn(&str)) -> Vec<Read> {
    let one = |(name, _): &(&'static str, bool)| {
        told(name);
        let years = each_kept(runners, ("year", name), LAST, |seed| year(name, seed));
        let mut first: Vec<usize> = years.iter().filter_map(|year| year.before).collect();
        first.sort_unstable();
        Read {
            name,
            before: Share::of(&years, |year| year.before.is_some()),
            same_day: Share::of(&years, |year| year.same_day.is_some()),
            any: Share::of(&years, |year| year.before.or(year.same_day).is_some()),
            wrong: Share::of(&years, |year| year.is_wrong),
            at_the_end: Share::of(&years, |year| year.at_the_end),
            middle: first.get(first.len() / 2).copied(),
        }
    };
    READ.iter().map(one).collect()
}

fn year(name: &str, seed: u64) -> Year {
    let scenario = named(name);
    let (runner, mut files) = simulated(&scenario, LAST, seed);
    let mut year = Year::default();
    for day in (FIRST..=LAST).step_by(WEEK) {
        files.history.as_of = date(runner.lead + day - 1);
        let (found, _) = report(&files, Backtest::default());
        let flagged = || found.iter().filter(|pair| pair.flagged);
        let is_same_day =
            |same_day: bool| flagged().any(|pair| pair.exposure.is_same_day() == same_day);
        year.at_the_end = is_same_day(false);
        year.before = year.before.or(is_same_day(false).then_some(day));
        year.same_day = year.same_day.or(is_same_day(true).then_some(day));
        year.is_wrong |= flagged().any(|pair| pair.partial_rho.is_some_and(|rho| rho < 0.0));
    }
    year
}

/// The table.
pub fn section(read: &[Read]) -> String {
    let headings = [
        "scenario",
        "runners",
        "ever flagged",
        "for a day before",
        "for the same day",
        "with a rho below 0",
        "for a day before, at the last look",
        "the middle first day",
    ];
    let row = |read: &Read| {
        let middle = read.middle.map_or("–".to_string(), |day| day.to_string());
        vec![
            read.name.to_string(),
            read.before.all.to_string(),
            read.any.with_error(),
            read.before.with_error(),
            read.same_day.with_error(),
            read.wrong.text(),
            read.at_the_end.text(),
            middle,
        ]
    };
    table(&headings, read.iter().map(row))
}
