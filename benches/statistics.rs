//! The statistics of one runner with ten years of daily log and twelve sites: CPU time of all associations and backtests.

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
    associate::associate,
    backtest::backtest,
    model::{Day, History, LoadUnit},
    pain::{Entry, PainLog, Site},
    rules::{Context, Finding, RULES, Severity},
    time::{dates, plus_days},
    units::Units,
};
use std::hint::black_box;

const DAYS: i64 = 3652;
const SITES: usize = 12;
const ROUNDS: usize = 5;

fn main() {
    let first: NaiveDate = NaiveDate::from_ymd_opt(2015, 1, 5).unwrap_or_default();
    let (history, pain, findings) = (history(first), log(first), findings(first));
    for (name, work) in [
        (
            "associations",
            &(|| drop(black_box(associate(&history, &pain)))) as &dyn Fn(),
        ),
        ("backtest", &|| {
            drop(black_box(backtest(
                &Context::new(&history, &pain, Units::Km),
                &findings,
            )))
        }),
    ] {
        let mut times: Vec<f64> = (0..ROUNDS).map(|_| cpu_s(work)).collect();
        times.sort_by(f64::total_cmp);
        println!(
            "{name}: {DAYS} days, {SITES} sites: {:.3} s of CPU time (median of {ROUNDS})",
            times[ROUNDS / 2]
        );
    }
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

/// Four runs a week with hills, and a fortnight without recordings every year.
fn history(first: NaiveDate) -> History {
    let day = |(index, date): (i64, NaiveDate)| {
        let covered = index % 365 > 14;
        let km = if [1, 3, 5, 6].contains(&(index % 7)) {
            5.0 + 10.0 * noise(index)
        } else {
            0.0
        };
        let known = |value: f64| covered.then_some(value);
        Day {
            date,
            covered,
            runs: u32::from(km > 0.0),
            distance_m: known(km * 1000.0),
            longest_run_m: known(km * 1000.0),
            timer_s: None,
            ascent_m: known(km * 20.0 * noise(index + 7)),
            descent_m: known(km * 20.0 * noise(index + 9)),
            load: None,
            other_sport_s: None,
            sleep_s: None,
            pain_max: None,
        }
    };
    let as_of = plus_days(first, DAYS - 1);
    let days = (0..).zip(dates(first, as_of)).map(day).collect();
    History {
        runs: vec![],
        others: vec![],
        days,
        weeks: vec![],
        load_unit: LoadUnit::GradeAdjustedKm,
        as_of,
    }
}

/// Every day rated at every site, each with spells of five days.
fn log(first: NaiveDate) -> PainLog {
    let sites = || {
        Site::ALL
            .iter()
            .filter(|site| site.is_limb())
            .take(SITES)
            .enumerate()
    };
    let rating = |index: i64, site: usize| {
        let hurts = noise(index / 5 * 31 + site as i64 * 7919) < 0.2;
        if hurts {
            (1.0 + 5.0 * noise(index * 13 + site as i64)).floor()
        } else {
            0.0
        }
    };
    let row = |index: i64, (number, site): (usize, &Site)| Entry {
        site: Some(*site),
        pain: Some(rating(index, number)),
        ..Entry::on(plus_days(first, index))
    };
    let entries = (0..DAYS)
        .flat_map(|index| {
            sites()
                .map(move |site| row(index, site))
                .collect::<Vec<_>>()
        })
        .collect();
    PainLog {
        entries,
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
