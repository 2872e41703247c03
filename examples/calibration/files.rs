//! What a simulated runner has to show: recordings and a pain log, as the program has them in memory once it has read them.

use crate::{
    calendar,
    random::Random,
    runner::{Day, Runner},
    scenarios::Scenario,
};
use chrono::{NaiveDate, NaiveTime};
use niggle::{
    frames::{self, Calendar},
    model::{AltitudeSource, History, Run},
    pain::{Entry, PainLog, Side, Site, daily_max},
    time::plus_days,
};
use std::collections::BTreeMap;

/// A shoe is worn for so many km.
const SHOE_KM: f64 = 700.0;

/// Recordings and a log.
pub struct Files {
    pub history: History,
    pub pain: PainLog,
    calendar: Calendar,
}

/// What nothing of pain and load knows of: step rates, hills, hard minutes and sleep are drawn from a generator of their own.
pub fn files(scenario: &Scenario, runner: &Runner, body: &mut Random) -> Files {
    let pain = log(scenario, runner);
    let last = date(runner.days.len() - 1);
    let runs = runs(runner, body);
    let calendar = Calendar::new(&runs, &daily_max(&pain), last);
    let calendar = calendar.beside(&[], &nights(runner.days.len(), body));
    let unit = frames::load_unit(&runs);
    Files {
        history: calendar::history(runs, &calendar, unit),
        pain,
        calendar,
    }
}

impl Files {
    /// Sets the calendar beside the program's own.
    ///
    /// # Panics
    /// Where they are not the same.
    pub fn check(&self) {
        let runs = self.history.runs.clone();
        let (_, built) = frames::build(runs, Vec::new(), &self.calendar).expect("frames");
        let difference = calendar::difference(&self.history, &built);
        assert_eq!(difference, None, "a calendar by hand is not the program's");
    }
}

/// The day of a runner with this number: the first is a Monday.
pub fn date(day: usize) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2023, 1, 2).expect("a literal date");
    plus_days(first, day as i64)
}

fn log(scenario: &Scenario, runner: &Runner) -> PainLog {
    let days = runner.days.iter().enumerate().skip(runner.lead);
    let logged = days.filter(|(_, day)| day.logged);
    let entries = logged.flat_map(|(number, day)| rows(scenario, date(number), day));
    PainLog {
        entries: entries.collect(),
        ..PainLog::default()
    }
}

/// The place, or all clear where nothing hurts; of two places each its own row.
fn rows(scenario: &Scenario, date: NaiveDate, day: &Day) -> Vec<Entry> {
    let row = |site, side, rating| Entry {
        moment: scenario.moment,
        site: Some(site),
        side,
        pain: Some(rating),
        ..Entry::on(date)
    };
    let left = Some(Side::Left);
    match (scenario.two_places, day.pain > 0.0) {
        (true, _) => vec![
            row(scenario.site, left, day.pain),
            row(Site::Calf, left, day.other),
        ],
        (false, true) => vec![row(scenario.site, left, day.pain)],
        (false, false) => vec![row(Site::None, None, 0.0)],
    }
}

fn runs(runner: &Runner, body: &mut Random) -> Vec<Run> {
    let cadence = 170.0 + 5.0 * body.normal();
    let mut worn_km = SHOE_KM * body.uniform();
    let days = runner.days.iter().enumerate();
    let recorded = days.filter(|(_, day)| day.recorded_km > 0.0);
    let mut one = |(number, day): (usize, &Day)| {
        worn_km = (worn_km + day.recorded_km) % SHOE_KM;
        run(body, date(number), day, cadence, worn_km)
    };
    recorded.map(&mut one).collect()
}

fn run(body: &mut Random, date: NaiveDate, day: &Day, cadence: f64, worn_km: f64) -> Run {
    let start = date.and_time(NaiveTime::from_hms_opt(17, 0, 0).expect("a literal time"));
    let metres = rounded(1000.0 * day.recorded_km, 10.0);
    let hills = Some(rounded(day.descent_m, 10.0));
    let speed = 2.9 + 0.2 * body.normal();
    let steps = Some(cadence + 11.0 * (speed - 2.9) + 1.5 * body.normal());
    let seconds = Some(rounded(metres / speed, 10.0));
    let hard_min = (5.0 + 5.0 * body.normal()).max(0.0);
    Run {
        source: format!("{date}.fit"),
        device: Some("a watch".to_string()),
        distance_m: Some(metres),
        timer_s: seconds,
        elapsed_s: seconds,
        moving_s: seconds,
        cadence_spm: steps,
        cadence_flat_spm: steps,
        speed_flat_m_s: Some(speed),
        flat_s: seconds,
        ascent_m: hills,
        descent_m: hills,
        altitude_source: Some(AltitudeSource::Barometer),
        hard_s: Some(60.0 * hard_min),
        heart_rate_share: Some(1.0),
        grade_adjusted_m: Some(rounded(metres + 3.0 * day.descent_m, 0.1)),
        records: 600,
        shoe: Some("a shoe".to_string()),
        shoe_distance_m: Some(1000.0 * worn_km),
        ..Run::blank(date.to_string(), start.and_utc())
    }
}

/// Hours of sleep that remember the night before; one night in twenty is not known.
fn nights(days: usize, body: &mut Random) -> BTreeMap<NaiveDate, f64> {
    let mut off = body.normal();
    let mut night = |day: usize| {
        off = 0.4 * off + 0.9 * body.normal();
        let is_known = body.uniform() < 0.95;
        is_known.then_some((date(day), rounded(3600.0 * (7.2 + 0.8 * off), 1.0)))
    };
    (0..days).filter_map(&mut night).collect()
}

/// To so many parts of one, as recordings and tables have it.
fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}
