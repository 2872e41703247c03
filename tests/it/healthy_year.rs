//! How often niggle asks something of a runner who has nothing: simulated healthy runners, a report every Sunday of a year
//! (src/method/rules.md, How often it speaks).
//!
//! Four runs a week, three weeks that build and a lighter one, two holidays, skipped runs, hills, a tempo run, nights around 7.4
//! hours; a log that is kept on nine days of ten, with sore thighs after some long runs and now and then a niggle of 1 or 2 of 10.

use chrono::{Datelike, NaiveDate, NaiveTime};
use niggle::{
    digest::Digest,
    frames::{self, Calendar},
    model::{AltitudeSource, Run},
    pain::{Entry, Moment, PainLog, Side, Site},
    rules::{self, Context, Finding, Severity, triage},
    time::plus_days,
    units::Units,
};
use std::collections::{BTreeMap, BTreeSet};

#[path = "../../examples/calibration/random.rs"]
mod random;
use random::Random;

/// Weeks before the year that is counted, so that every rule has a history to look at.
const BEFORE: i64 = 26;
const WEEKS: i64 = BEFORE + 52;
/// Kilometres from Monday to Sunday.
const TEMPLATE_KM: [f64; 7] = [0.0, 8.0, 0.0, 10.0, 0.0, 8.0, 16.0];
/// Three weeks that build and a lighter one.
const BLOCK: [f64; 4] = [1.0, 1.07, 1.14, 0.75];
/// Weeks without a run, and what the weeks after them hold.
const HOLIDAYS: [(i64, f64); 6] = [
    (38, 0.0),
    (39, 0.0),
    (40, 0.5),
    (41, 0.75),
    (62, 0.0),
    (63, 0.8),
];

/// What a runner's watch and log hold.
struct Runner {
    runs: Vec<Run>,
    sleep_s: BTreeMap<NaiveDate, f64>,
    log: Vec<Entry>,
}

fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 1, 2).expect("a Monday")
}

fn runner(seed: u64) -> Runner {
    let random = &mut Random::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let (scale, cadence) = (0.6 + 0.9 * random.uniform(), 165.0 + 6.0 * random.normal());
    let mut runner = Runner {
        runs: Vec::new(),
        sleep_s: BTreeMap::new(),
        log: Vec::new(),
    };
    let mut level: f64 = 0.0;
    for week in 0..WEEKS {
        level = 0.9 * level + 0.03 * random.normal();
        let holiday = HOLIDAYS.iter().find(|(of, _)| *of == week);
        let planned = holiday.map_or(BLOCK[week as usize % 4], |(_, factor)| *factor);
        for weekday in 0..7 {
            let date = plus_days(first(), 7 * week + weekday);
            let km = TEMPLATE_KM[weekday as usize] * scale * planned;
            let is_run = km > 0.0 && random.uniform() > 0.08;
            if is_run {
                let km = km * f64::exp(level + 0.10 * random.normal());
                runner.runs.push(run(random, date, km, cadence));
            }
            if random.uniform() < 0.95 {
                let hours = 7.4 + 0.7 * random.normal();
                runner.sleep_s.insert(date, hours * 3600.0);
            }
        }
        runner.log.extend(log(random, week));
    }
    runner
}

fn run(random: &mut Random, date: NaiveDate, km: f64, cadence: f64) -> Run {
    let start = date.and_time(NaiveTime::from_hms_opt(7, 0, 0).expect("a time"));
    let speed = 2.9 + 0.15 * random.normal();
    let seconds = Some(km * 1000.0 / speed);
    let steps = Some(cadence + 11.0 * (speed - 2.9) + 1.5 * random.normal());
    let hills = Some(km * 8.0 * f64::exp(0.4 * random.normal()));
    // Thursday is the day of the tempo run.
    let hard_min = match date.weekday() {
        chrono::Weekday::Thu => 20.0 + 4.0 * random.normal(),
        _ => 3.0 * random.uniform(),
    };
    Run {
        device: Some("a watch".to_string()),
        distance_m: Some(km * 1000.0),
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
        hard_s: Some(hard_min.max(0.0) * 60.0),
        heart_rate_share: Some(1.0),
        grade_adjusted_m: Some(km * 1000.0),
        records: 600,
        ..Run::blank(format!("run-{date}"), start.and_utc())
    }
}

/// A week of the log: all clear but for sore thighs in the first two days of some weeks, and a niggle in others.
fn log(random: &mut Random, week: i64) -> Vec<Entry> {
    let thighs = random.uniform() < 0.15;
    let niggle = random.uniform() < 0.12;
    let site =
        [Site::Knee, Site::Calf, Site::Foot, Site::Achilles][(4.0 * random.uniform()) as usize];
    let (start, days) = (
        (4.0 * random.uniform()) as i64,
        1 + (3.0 * random.uniform()) as i64,
    );
    let mut rows = Vec::new();
    for weekday in 0..7 {
        if random.uniform() > 0.9 {
            continue;
        }
        let clear = Entry {
            site: Some(Site::None),
            pain: Some(0.0),
            moment: Moment::Evening,
            ..Entry::on(plus_days(first(), 7 * week + weekday))
        };
        let sore = |site, side, pain| Entry {
            site: Some(site),
            side: Some(side),
            pain: Some(pain),
            ..clear.clone()
        };
        rows.push(match () {
            () if thighs && weekday < 2 => sore(Site::Quad, Side::Both, 2.0 - weekday as f64),
            () if niggle && (start..start + days).contains(&weekday) => {
                sore(site, Side::Left, 1.0 + f64::from(weekday % 2 == 0))
            }
            () => clear,
        });
    }
    rows
}

/// What the report of this day says above a note: each rule and place once.
fn loud(runner: &Runner, as_of: NaiveDate) -> BTreeSet<(&'static str, Option<Site>, Option<Side>)> {
    let runs: Vec<Run> = runner
        .runs
        .iter()
        .filter(|run| run.local_date() <= as_of)
        .cloned()
        .collect();
    let entries: Vec<Entry> = runner
        .log
        .iter()
        .filter(|row| row.date <= as_of)
        .cloned()
        .collect();
    let mut pain_max = BTreeMap::new();
    for row in &entries {
        pain_max.insert(row.date, row.pain.unwrap_or_default());
    }
    let sleep = runner
        .sleep_s
        .range(..=as_of)
        .map(|(date, seconds)| (*date, *seconds));
    let calendar = Calendar::new(&runs, &pain_max, as_of).beside(&[], &sleep.collect());
    let (_, history) = frames::build(runs, Vec::new(), &calendar).expect("tables");
    let pain = PainLog {
        place: Some("pain.csv".to_string()),
        digest: Digest::default(),
        rows: entries.len(),
        entries,
        ..PainLog::default()
    };
    let judged = rules::judge(&Context::new(&history, &pain, Units::Km));
    let is_told = |finding: &&Finding| {
        finding.severity > Severity::Note && triage::is_current(finding, as_of)
    };
    let told = judged.findings.iter().filter(is_told);
    told.map(|finding| (finding.rule, finding.site, finding.side))
        .collect()
}

/// How often each rule began to say something above a note, in a year of reports.
fn a_year(runner: &Runner) -> BTreeMap<&'static str, usize> {
    let sunday = |week: i64| plus_days(first(), 7 * week + 6);
    let mut before = loud(runner, sunday(BEFORE - 1));
    let mut counts = BTreeMap::new();
    for week in BEFORE..WEEKS {
        let now = loud(runner, sunday(week));
        for (rule, ..) in now.difference(&before) {
            *counts.entry(*rule).or_insert(0) += 1;
        }
        before = now;
    }
    counts
}

/// The findings above a note of so many runners' years, by rule, and their mean a year.
fn of_runners(runners: u64) -> (BTreeMap<&'static str, usize>, f64) {
    let mut all = BTreeMap::new();
    for seed in 1..=runners {
        for (rule, count) in a_year(&runner(seed)) {
            *all.entry(rule).or_insert(0) += count;
        }
    }
    let total: usize = all.values().sum();
    (all, total as f64 / runners as f64)
}

#[test]
fn a_healthy_runner_is_asked_for_something_once_a_month_at_most() {
    let (by_rule, a_year) = of_runners(3);
    assert!(a_year <= 12.0, "{a_year:.1} a year: {by_rule:?}");
    assert!(a_year > 0.0, "a rule that never speaks was not asked");
}

/// The figure of the method page.
#[test]
#[ignore = "sixty years of reports; prints the figures of the method page on rules"]
fn sixty_years_by_rule() {
    const RUNNERS: u64 = 60;
    let (by_rule, a_year) = of_runners(RUNNERS);
    for (rule, count) in by_rule {
        println!("{rule}: {:.2}", count as f64 / RUNNERS as f64);
    }
    println!("all: {a_year:.2} a year");
}
