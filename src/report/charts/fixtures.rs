//! Synthetic histories for the tests of the charts: no person's data.

use super::surface::{Ink, Line, Shape};
use crate::{
    analysis::{Analysis, Tally},
    associate::{associate, tests::knee_after_distance},
    model::{CadenceUnit, Day, DistanceSource, History, LoadUnit, Run, Week},
    pain::{Entry, PainLog, Side, Site},
    rules::{EmergencyNumber, Finding, Limits},
    time::{dates, days_between, iso_week, plus_days, week_start},
    units::Units,
};
use chrono::NaiveDate;

/// Draws nothing: for what is only measured on a page.
pub(super) struct NoInk;

impl Ink for NoInk {
    fn fill(&mut self, _: &Shape, _: plotters_backend::BackendColor) {}
    fn stroke(&mut self, _: &Shape, _: plotters_backend::BackendColor, _: f64) {}
    fn write(&mut self, _: &Line) {}
}

/// A date literal.
pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date literal")
}

/// A run at noon of so many kilometres, 172 steps/min, 8 m up and down for every kilometre.
pub fn run(day: NaiveDate, km: f64) -> Run {
    let start_local = day.and_hms_opt(12, 0, 0).expect("noon exists");
    Run {
        distance_m: Some(km * 1000.0),
        distance_source: Some(DistanceSource::Device),
        timer_s: Some(km * 340.0),
        elapsed_s: Some(km * 340.0),
        moving_s: Some(km * 340.0),
        longest_stop_s: Some(0.0),
        cadence_spm: Some(170.0),
        cadence_flat_spm: Some(172.0),
        cadence_unit: Some(CadenceUnit::Strides),
        ascent_m: Some(km * 8.0),
        descent_m: Some(km * 8.0),
        ..Run::blank(
            format!("{}-1200-00000000", day.format("%Y%m%d")),
            start_local.and_utc(),
        )
    }
}

pub use crate::rules::fixture::finding;

/// A pain row.
pub fn pain(day: NaiveDate, site: Site, side: Option<Side>, rating: f64) -> Entry {
    Entry {
        site: Some(site),
        side,
        pain: Some(rating),
        ..Entry::on(day)
    }
}

/// The knee of the associations' tests: distance of the day before stands out there.
pub fn knee() -> Analysis {
    let (history, pain) = knee_after_distance(84);
    let associations = associate(&history, &pain);
    Analysis {
        history,
        pain,
        associations,
        ..analysis(Vec::new(), Vec::new(), Vec::new())
    }
}

/// The history these runs and rows make, every day between first and last run covered.
pub fn analysis(runs: Vec<Run>, entries: Vec<Entry>, findings: Vec<Finding>) -> Analysis {
    let all = || {
        runs.iter()
            .map(Run::local_date)
            .chain(entries.iter().map(|entry| entry.date))
    };
    let days: Vec<Day> = match (all().min(), all().max()) {
        (Some(first), Some(last)) => dates(first, last)
            .map(|date| day(date, &runs, &entries))
            .collect(),
        _ => Vec::new(),
    };
    let as_of = days.last().map_or(date("2025-01-01"), |day| day.date);
    let weeks = days
        .chunk_by(|a, b| week_start(a.date) == week_start(b.date))
        .map(week)
        .collect();
    let history = History {
        runs,
        others: Vec::new(),
        days,
        weeks,
        load_unit: LoadUnit::GradeAdjustedKm,
        as_of,
    };
    Analysis {
        history,
        day_from: Default::default(),
        pain: PainLog {
            entries,
            ..PainLog::default()
        },
        findings,
        not_judged: Vec::new(),
        associations: Vec::new(),
        wider: Default::default(),
        backtest: Default::default(),
        watch: Default::default(),
        courses: Vec::new(),
        back: None,
        week: Default::default(),
        lines: Default::default(),
        merges: Vec::new(),
        shoes: Vec::new(),
        problems: Vec::new(),
        digest: Default::default(),
        tally: Tally::default(),
        units: Units::Km,
        limits: Limits::default(),
        emergency_number: EmergencyNumber::default(),
        heart_rate_basis: String::new(),
    }
}

fn day(date: NaiveDate, runs: &[Run], entries: &[Entry]) -> Day {
    let today: Vec<&Run> = runs.iter().filter(|run| run.local_date() == date).collect();
    let covered = runs.first().is_some_and(|run| run.local_date() <= date)
        && runs.last().is_some_and(|run| date <= run.local_date());
    let total = |value: fn(&Run) -> Option<f64>| {
        let known: Option<Vec<f64>> = today.iter().map(|run| value(run)).collect();
        known.filter(|_| covered).map(|known| known.iter().sum())
    };
    let ratings = entries
        .iter()
        .filter(|entry| entry.date == date)
        .filter_map(|entry| entry.pain);
    Day {
        date,
        covered,
        runs: today.len() as u32,
        distance_m: total(|run| run.distance_m),
        longest_run_m: today
            .iter()
            .filter_map(|run| run.distance_m)
            .reduce(f64::max),
        timer_s: total(|run| run.timer_s),
        ascent_m: total(|run| run.ascent_m),
        descent_m: total(|run| run.descent_m),
        load: None,
        other_sport_s: None,
        sleep_s: None,
        pain_max: ratings.reduce(f64::max),
    }
}

fn week(days: &[Day]) -> Week {
    let start = week_start(days[0].date);
    let covered = days.iter().filter(|day| day.covered).count() as u32;
    let total = |value: fn(&Day) -> Option<f64>| {
        let known: Option<Vec<f64>> = days.iter().filter(|day| day.covered).map(value).collect();
        known
            .filter(|known| !known.is_empty())
            .map(|known| known.iter().sum())
    };
    Week {
        week: iso_week(start),
        start,
        days_covered: covered,
        full: covered == 7,
        runs: days.iter().map(|day| day.runs).sum(),
        distance_m: total(|day| day.distance_m),
        longest_run_m: days
            .iter()
            .filter_map(|day| day.longest_run_m)
            .reduce(f64::max),
        timer_s: total(|day| day.timer_s),
        ascent_m: total(|day| day.ascent_m),
        descent_m: total(|day| day.descent_m),
        load: None,
        other_sport_s: None,
        pain_max: days.iter().filter_map(|day| day.pain_max).reduce(f64::max),
        days_logged: days.iter().filter(|day| day.pain_max.is_some()).count() as u32,
    }
}

/// Reproducible noise from −1 to 1.
pub fn noise(index: i64) -> f64 {
    let mixed = (index as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((mixed >> 40) as f64 / (1u64 << 23) as f64) - 1.0
}

/// Three weeks: five runs, one of them long, and four rows of pain.
pub fn short() -> Analysis {
    let first = date("2025-03-04");
    let runs = [(0, 5.2), (3, 6.1), (7, 5.0), (11, 9.4), (16, 4.8)]
        .map(|(day, km)| run(plus_days(first, day), km));
    let at = |day: i64| plus_days(first, day);
    let entries = vec![
        pain(at(4), Site::None, None, 0.0),
        pain(at(11), Site::Shin, Some(Side::Left), 3.0),
        pain(at(12), Site::Shin, Some(Side::Left), 5.0),
        pain(at(14), Site::Shin, Some(Side::Left), 0.0),
    ];
    analysis(
        runs.to_vec(),
        entries,
        vec![finding(
            "weekly-distance-jump",
            date("2025-03-10"),
            date("2025-03-16"),
        )],
    )
}

/// A runner with four runs a week over `weeks` weeks, hills, a slow change of cadence, marked weeks and a kept pain log.
pub fn regular(weeks: i64) -> Analysis {
    let first = date("2017-02-06");
    let first = if weeks < 100 {
        date("2025-01-13")
    } else {
        first
    };
    let days = weeks * 7 - 3;
    let runs: Vec<Run> = (0..days)
        .filter_map(|index| regular_run(first, index))
        .collect();
    let entries = (0..days)
        .flat_map(|index| regular_pain(plus_days(first, index), index))
        .collect();
    let findings = regular_findings(first, weeks, &runs);
    analysis(runs, entries, findings)
}

fn regular_run(first: NaiveDate, index: i64) -> Option<Run> {
    let share = match index % 7 {
        1 => 0.7,
        3 => 1.0,
        5 => 0.6,
        6 => 1.9,
        _ => return None,
    };
    let week = index / 7;
    let season = 1.0 + 0.25 * (week as f64 / 52.0 * std::f64::consts::TAU).sin();
    let surge = if week % 29 == 20 || week % 29 == 21 {
        1.6
    } else {
        1.0
    };
    let rest = if week % 37 == 24 { return None } else { 1.0 };
    let km = 9.0 * share * season * surge * rest * (1.0 + 0.12 * noise(index));
    let mut run = run(plus_days(first, index), km);
    let dip = if (14..20).contains(&(week % 31)) {
        -9.0
    } else {
        0.0
    };
    run.cadence_flat_spm = (index % 13 != 6).then_some(171.0 + dip + 3.0 * noise(index + 77));
    run.cadence_spm = Some(169.0 + dip + 3.0 * noise(index + 99));
    let hills = km * (14.0 + 9.0 * noise(week)) * if week % 29 == 12 { 3.0 } else { 1.0 };
    run.ascent_m = (week % 33 != 8).then_some(hills);
    run.descent_m = (week % 33 != 8).then_some(hills * (1.0 + 0.1 * noise(index + 5)));
    Some(run)
}

fn regular_pain(day: NaiveDate, index: i64) -> Vec<Entry> {
    let phase = index % 203;
    if (30..58).contains(&phase) {
        return Vec::new();
    }
    let hump = |from: i64, length: i64, peak: f64| {
        let into = (phase - from) as f64 / length as f64;
        (0.0..1.0).contains(&into).then(|| {
            (peak * (into * std::f64::consts::PI).sin())
                .round()
                .max(1.0)
        })
    };
    let spells = [
        (Site::Calf, Some(Side::Left), hump(20, 9, 4.0)),
        (Site::Kneecap, Some(Side::Right), hump(102, 22, 6.0)),
        (Site::Achilles, Some(Side::Left), hump(150, 30, 3.0)),
        (Site::Hamstring, Some(Side::Both), hump(110, 6, 2.0)),
        (Site::LowerBack, None, hump(190, 5, 8.0)),
    ];
    let rows: Vec<Entry> = spells
        .iter()
        .filter_map(|(site, side, rating)| Some(pain(day, *site, *side, (*rating)?)))
        .collect();
    if rows.is_empty() && index % 3 == 0 {
        vec![pain(day, Site::None, None, 0.0)]
    } else {
        rows
    }
}

fn regular_findings(first: NaiveDate, weeks: i64, runs: &[Run]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for week in (0..weeks).filter(|week| week % 29 == 20) {
        let start = plus_days(first, week * 7);
        findings.push(finding("weekly-distance-jump", start, plus_days(start, 6)));
        if let Some(long) = runs
            .iter()
            .find(|run| days_between(start, run.local_date()) == 6)
        {
            let spike = finding("single-run-spike", long.local_date(), long.local_date());
            findings.push(Finding {
                run_ids: vec![long.run_id.clone()],
                ..spike
            });
        }
    }
    for week in (0..weeks).filter(|week| week % 29 == 12) {
        let start = plus_days(first, week * 7);
        findings.push(finding("ascent-spike", start, plus_days(start, 6)));
        findings.push(finding("descent-spike", start, plus_days(start, 6)));
    }
    findings
}
