//! The statistics of one runner with ten years of daily log and twelve sites, all of them: CPU time of the main associations, of looking
//! back whether they held four weeks ago, of the families beside them (days, weeks, claims) and of the backtests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    reason = "a bench may fail loudly and print"
)]

use chrono::NaiveDate;
use cpu_time::ProcessTime;
use niggle::{
    associate::{GATES, associate, hold, wider},
    backtest::backtest,
    model::{CadenceUnit, Day, History, LoadUnit, Run, Week},
    pain::{Entry, Moment, PainLog, Site},
    rules::{Context, Finding, RULES, Severity},
    stats::fdr::largest_p,
    time::{dates, iso_week, plus_days, week_start},
    units::Units,
};
use std::hint::black_box;

const DAYS: i64 = 3652;
const SITES: usize = 12;
const ROUNDS: usize = 5;

fn main() {
    // By now a report has read its files: what it gave back stays with the process, so that no page is asked of the system anew.
    drop(black_box(vec![1u8; 32 << 20]));
    let first: NaiveDate = NaiveDate::from_ymd_opt(2015, 1, 5).unwrap_or_default();
    let history = history(first);
    let (pain, findings) = (log(&history), findings(first));
    let found = associate(&history, &pain);
    let p: Vec<f64> = found.iter().filter_map(|pair| pair.p).collect();
    let bar = largest_p(&p, GATES.flag_q_max);
    let all: [(&str, &dyn Fn()); 4] = [
        ("associations", &|| {
            drop(black_box(associate(&history, &pain)))
        }),
        ("held four weeks ago", &|| {
            let mut found = found.clone();
            hold(&mut found, &history, &pain, bar);
            drop(black_box(found));
        }),
        ("days, weeks and claims beside them", &|| {
            drop(black_box(wider(&history, &pain)));
        }),
        ("backtest", &|| {
            drop(black_box(backtest(
                &Context::new(&history, &pain, Units::Km),
                &findings,
            )));
        }),
    ];
    let beside = wider(&history, &pain);
    println!(
        "{DAYS} days, {SITES} sites: {} + {} + {} tests, {} pairs flagged; CPU time, median of {ROUNDS}",
        p.len(),
        beside.secondary.tests(),
        beside.weekly.tests(),
        found.iter().filter(|pair| pair.flagged).count()
    );
    let times = all.map(|(name, work)| {
        let mut times: Vec<f64> = (0..ROUNDS).map(|_| cpu_s(work)).collect();
        times.sort_by(f64::total_cmp);
        println!("{name}: {:.3} s", times[ROUNDS / 2]);
        times[ROUNDS / 2]
    });
    println!("all of it: {:.3} s", times.iter().sum::<f64>());
}

fn cpu_s(work: &dyn Fn()) -> f64 {
    let start = ProcessTime::now();
    work();
    start.elapsed().as_secs_f64()
}

/// Reproducible noise from 0 to 1.
fn noise(index: i64) -> f64 {
    let mixed = (index as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed >> 40) as f64 / (1u64 << 24) as f64
}

/// Four runs a week with hills, load, a step rate, sleep and a shoe, and a fortnight without recordings every year.
fn history(first: NaiveDate) -> History {
    let as_of = plus_days(first, DAYS - 1);
    let days: Vec<Day> = (0..).zip(dates(first, as_of)).map(day).collect();
    let runs = (0..).zip(&days);
    let runs = runs.filter(|(_, day)| day.runs > 0);
    History {
        runs: runs.map(|(index, day)| run(index, day)).collect(),
        others: vec![],
        weeks: days
            .chunk_by(|a, b| week_start(a.date) == week_start(b.date))
            .map(week)
            .collect(),
        days,
        load_unit: LoadUnit::GradeAdjustedKm,
        as_of,
    }
}

fn day((index, date): (i64, NaiveDate)) -> Day {
    let covered = index % 365 > 14;
    let runs = covered && [1, 3, 5, 6].contains(&(index % 7));
    let km = if runs { 5.0 + 10.0 * noise(index) } else { 0.0 };
    let known = |value: f64| covered.then_some(value);
    Day {
        date,
        covered,
        runs: u32::from(runs),
        distance_m: known(km * 1000.0),
        longest_run_m: known(km * 1000.0),
        timer_s: known(km * 340.0),
        ascent_m: known(km * 20.0 * noise(index + 7)),
        descent_m: known(km * 20.0 * noise(index + 9)),
        load: known(km * (1.0 + 0.2 * noise(index + 11))),
        other_sport_s: None,
        sleep_s: Some(25_000.0 + 6000.0 * noise(index + 13)),
        pain_max: None,
    }
}

fn run(index: i64, day: &Day) -> Run {
    let noon = day
        .date
        .and_hms_opt(12, 0, 0)
        .expect("noon exists")
        .and_utc();
    let speed = 2.5 + 0.8 * noise(index + 15);
    Run {
        device: Some("watch".to_string()),
        distance_m: day.distance_m,
        moving_s: day.timer_s,
        timer_s: day.timer_s,
        cadence_unit: Some(CadenceUnit::Strides),
        flat_s: Some(1500.0),
        speed_flat_m_s: Some(speed),
        cadence_flat_spm: Some(135.0 + 11.0 * speed + 3.0 * noise(index + 17)),
        hard_s: Some(1200.0 * noise(index + 19)),
        shoe: Some("blue".to_string()),
        shoe_distance_m: Some(8000.0 * (index % 200) as f64),
        ..Run::blank(format!("run-{index}"), noon)
    }
}

fn week(days: &[Day]) -> Week {
    let sum = |value: fn(&Day) -> Option<f64>| days.iter().map(value).sum();
    let covered = days.iter().filter(|day| day.covered).count();
    Week {
        week: iso_week(days[0].date),
        start: week_start(days[0].date),
        days_covered: covered as u32,
        full: covered == 7,
        runs: days.iter().map(|day| day.runs).sum(),
        distance_m: sum(|day| day.distance_m),
        longest_run_m: sum(|day| day.longest_run_m),
        timer_s: sum(|day| day.timer_s),
        ascent_m: sum(|day| day.ascent_m),
        descent_m: sum(|day| day.descent_m),
        load: sum(|day| day.load),
        other_sport_s: None,
        pain_max: None,
        days_logged: days.len() as u32,
    }
}

/// Every day rated at every site in the evening, each with spells of five days. At half of the sites it hurts more after a long run.
fn log(history: &History) -> PainLog {
    let limbs = Site::ALL.iter().filter(|site| site.is_limb());
    let sites: Vec<Site> = limbs.take(SITES).copied().collect();
    let km_before = |index: usize| {
        let before = index
            .checked_sub(1)
            .and_then(|before| history.days.get(before));
        before.and_then(|day| day.distance_m).unwrap_or(0.0) / 1000.0
    };
    let rating = |index: usize, site: usize| {
        let (day, place) = (index as i64, site as i64);
        let hurts = noise(day / 5 * 31 + place * 7919) < 0.2;
        let own = if hurts {
            1.0 + 5.0 * noise(day * 13 + place)
        } else {
            0.0
        };
        let after = if site.is_multiple_of(2) && km_before(index) > 10.0 {
            2.0
        } else {
            0.0
        };
        (own + after).floor()
    };
    let row = |index: usize, number: usize| Entry {
        site: Some(sites[number]),
        pain: Some(rating(index, number)),
        moment: Moment::Evening,
        ..Entry::on(history.days[index].date)
    };
    let all = (0..history.days.len()).flat_map(|index| (0..SITES).map(move |site| (index, site)));
    PainLog {
        entries: all.map(|(index, site)| row(index, site)).collect(),
        ..PainLog::default()
    }
}

/// Six rules, each flagged about once a month.
fn findings(first: NaiveDate) -> Vec<Finding> {
    let rules = [
        "single-run-spike",
        "weekly-distance-jump",
        "acwr-high",
        "no-deload",
        "ascent-spike",
        "descent-spike",
    ];
    let months = (0..DAYS / 30).flat_map(|month| {
        rules
            .iter()
            .enumerate()
            .map(move |(n, rule)| (month, n as i64, *rule))
    });
    months
        .map(|(month, number, rule)| {
            let day = plus_days(
                first,
                month * 30 + (25.0 * noise(month * 17 + number)) as i64,
            );
            Finding {
                rule,
                ..Finding::on(RULES[0], Severity::Watch, day, day)
            }
        })
        .collect()
}
