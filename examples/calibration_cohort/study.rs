//! A simulated runner of a study: runs on days that are drawn, and what the files of that runner are once they are read.

use crate::{calendar, random::Random};
use chrono::{NaiveDate, NaiveTime};
use niggle::{
    frames::{self, Calendar},
    model::{History, Run},
    pain::{Beside, Entry, PainLog, Side, Site, daily_max},
    time::plus_days,
};
use std::collections::BTreeMap;

/// Days of a study.
pub const DAYS: usize = 182;
/// The chance of a run on a day.
const RUN: f64 = 0.55;
/// The middle run, km, and how far the others lie from it (standard deviation of the logarithm).
const KM: f64 = 8.0;
const KM_SD: f64 = 0.4;
/// Minutes of a km.
const PACE_MIN: f64 = 6.0;

/// The day of a study with this number: the first is a Monday.
pub fn date(day: usize) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2023, 1, 2).expect("a literal date");
    plus_days(first, day as i64)
}

/// Kilometres of each day.
pub fn kilometres(random: &mut Random) -> Vec<f64> {
    let mut one = |_| match random.uniform() < RUN {
        true => (KM * f64::exp(KM_SD * random.normal()) * 100.0).round() / 100.0,
        false => 0.0,
    };
    (0..DAYS).map(&mut one).collect()
}

/// A row of the log: the rating of a place of the left leg, or that nothing hurt.
pub fn row(day: usize, sore: Option<(Site, f64)>) -> Entry {
    let (site, pain) = sore.unwrap_or((Site::None, 0.0));
    Entry {
        site: Some(site),
        side: sore.map(|_| Side::Left),
        pain: Some(pain),
        ..Entry::on(date(day))
    }
}

/// The answers to the four weekly questions: minor trouble, or none.
pub fn answers(has_problem: bool) -> Option<Box<Beside>> {
    let first = if has_problem { 8 } else { 0 };
    let answers = Beside {
        ostrc: [first, 0, 0, 0].map(Some),
        ..Beside::default()
    };
    Some(Box::new(answers))
}

/// Recordings of these kilometres beside these rows.
pub fn read(km: &[f64], entries: Vec<Entry>) -> (History, PainLog) {
    let pain = PainLog {
        entries,
        ..PainLog::default()
    };
    let days = km.iter().enumerate().filter(|(_, km)| **km > 0.0);
    let runs: Vec<Run> = days.map(|(day, km)| run(date(day), *km)).collect();
    let calendar = Calendar::new(&runs, &daily_max(&pain), date(km.len() - 1));
    let calendar = calendar.beside(&[], &BTreeMap::new());
    let unit = frames::load_unit(&runs);
    (calendar::history(runs, &calendar, unit), pain)
}

fn run(date: NaiveDate, km: f64) -> Run {
    let start = date.and_time(NaiveTime::from_hms_opt(17, 0, 0).expect("a literal time"));
    let seconds = Some((60.0 * PACE_MIN * km).round());
    Run {
        distance_m: Some(1000.0 * km),
        timer_s: seconds,
        elapsed_s: seconds,
        moving_s: seconds,
        records: 600,
        ..Run::blank(date.to_string(), start.and_utc())
    }
}

/// Hours of so many km.
pub fn hours(km: f64) -> f64 {
    km * PACE_MIN / 60.0
}
