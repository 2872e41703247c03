//! Planted incidence, prevalence and time to the first injury.

use crate::{
    each,
    random::Random,
    study::{self, DAYS},
    table::{Share, table},
};
use niggle::{
    epidemiology::{Definition, Member, Study, member},
    pain::{Entry, Site},
    rules::{self, Context, Limits},
    time::Window,
    units::Units,
};

/// New spells by 1,000 km.
const BY_1000_KM: f64 = 2.5;
/// The share of weeks with a problem.
const PREVALENCE: f64 = 0.3;
/// How often a week is as the one before, and not drawn anew.
const STAYS: f64 = 0.6;
/// A spell lasts so many days at least, and so many more at most: each is longer than the seven of the definition.
const LASTS: (usize, f64) = (9, 9.0);
/// Days without pain between two spells of a place, so that they are two.
const APART: usize = 15;
/// The last day on which what begins counts: it is seen whether it lasts.
const UNTIL: usize = DAYS - 22;
/// The day on which the share without an injury is asked.
const FREE_ON: usize = 84;
/// Runners by whom the planted share without an injury is told.
const FOR_TRUTH: u32 = 40_000;
/// q of what would be told of a rule before onsets.
const Q: f64 = 0.05;
const PLACES: [Site; 6] = [
    Site::Knee,
    Site::Shin,
    Site::Calf,
    Site::Achilles,
    Site::Hip,
    Site::Foot,
];

/// Who takes part.
struct Row {
    name: &'static str,
    runners: usize,
    /// How far the runners' own risks and shares of weeks differ: the variance of a gamma factor of mean 1. 0: not at all.
    differ: f64,
    /// Spells begin with what is run, or on any day.
    by_day: bool,
}

const ROWS: &[Row] = &[
    row("8 runners", 8, 0.0, false),
    row("20 runners", 20, 0.0, false),
    row("60 runners", 60, 0.0, false),
    row("20 runners, who differ", 20, 0.5, false),
    row("60 runners, who differ", 60, 0.5, false),
    row("8 runners; on any day", 8, 0.0, true),
    row("20 runners; on any day", 20, 0.0, true),
    row("60 runners; on any day", 60, 0.0, true),
    row("60 runners, who differ; on any day", 60, 0.5, true),
];

const fn row(name: &'static str, runners: usize, differ: f64, by_day: bool) -> Row {
    Row {
        name,
        runners,
        differ,
        by_day,
    }
}

/// What a study says beside what was planted.
struct Found {
    /// Whether each interval holds it: by 1,000 km, by 1,000 h, weeks with a problem, free of injury. None where there is none.
    held: [Option<bool>; 4],
    events: u64,
    /// Any rule is said to come before onsets.
    alarm: bool,
}

/// The table.
pub fn section(studies: u32) -> String {
    let row = |row: &Row| {
        let free = free(row);
        let found = each(studies, row.name, |random| found(random, row, free));
        let held = (0..4).map(|which| {
            let known = found.iter().filter_map(|one| one.held[which]);
            Share::of(known, |held| *held).with_error()
        });
        let events = found.iter().map(|one| one.events).sum::<u64>() as f64 / found.len() as f64;
        let alarms = Share::of(&found, |one| one.alarm).with_error();
        let head = [row.name.to_string(), format!("{events:.0}")];
        head.into_iter().chain(held).chain([alarms]).collect()
    };
    let table = table(
        &[
            "study",
            "injuries, mean",
            "by 1,000 km",
            "by 1,000 h",
            "weeks with a problem",
            "free of injury on day 84",
            "any rule before onsets, q ≤ 0.05",
        ],
        ROWS.iter().map(row),
    );
    format!(
        "## Incidence, prevalence and time\n\nPlanted are {BY_1000_KM} spells of more than seven days by 1,000 km ({:.1} by 1,000 h): with the kilometres of the day, or as \
         many on any day, whatever was run before; and trouble in {:.0} % of the weeks, which lasts. How many percent of the 95 % intervals hold what was planted. \
         Among runners who differ, risks and weeks are drawn from a gamma and a beta distribution; the interval of a rate is that of a Poisson \
         count, as the field gives it, and knows nothing of it. Where spells \
         begin on any day, what a rule flags has nothing to do with them, and the last column are false alarms; where they begin with the day's \
         kilometres, heavy weeks truly come before more of them.\n\n{table}",
        BY_1000_KM / study::hours(1.0),
        100.0 * PREVALENCE
    )
}

fn found(random: &mut Random, row: &Row, free: f64) -> Found {
    let runner = |number| one_runner(&format!("runner {number:02}"), random, row);
    let members: Vec<Member> = (0..row.runners).map(runner).collect();
    let study = Study::of(&members);
    let is_long = |definition: Definition| definition == Definition::LongPain;
    let long = study.incidence.iter().find(|one| is_long(one.definition));
    let rates = long.expect("every definition is there").rates[0];
    let times = study.times.iter().find(|one| is_long(one.definition));
    let before = |day: u32| day <= FREE_ON as u32;
    let steps = &times.expect("every definition is there").steps;
    let step = steps.iter().rfind(|step| before(step.day));
    let problem = study.prevalence.iter().find(|one| one.of == "problem");
    let share = problem.and_then(|one| one.share.as_ref());
    let within = |low: f64, high: f64, planted: f64| low <= planted && planted <= high;
    Found {
        held: [
            rates
                .by_distance
                .map(|rate| within(rate.low, rate.high, BY_1000_KM)),
            rates
                .by_time
                .map(|rate| within(rate.low, rate.high, BY_1000_KM / study::hours(1.0))),
            share.map(|share| within(share.low, share.high, PREVALENCE)),
            step.map(|step| within(step.low, step.high, free)),
        ],
        events: rates.events,
        alarm: study
            .crossover
            .iter()
            .any(|one| one.q.is_some_and(|q| q <= Q)),
    }
}

fn one_runner(name: &str, random: &mut Random, row: &Row) -> Member {
    let km = study::kilometres(random);
    let risk = factor(random, row.differ);
    let sore = sore(random, &at_risk(row, &km), risk);
    let weeks = weeks(random, row.differ);
    let days = (0..DAYS).flat_map(|day| rows(day, &sore[day], &weeks));
    let (history, pain) = study::read(&km, days.collect());
    let findings = rules::judge_running(&Context::new(&history, &pain, Units::Km)).findings;
    let window = Window {
        from: None,
        to: Some(study::date(UNTIL)),
    };
    member(name, &history, &pain, &findings, &Limits::default(), window)
        .expect("every day is covered and logged")
}

/// The rows of a day, on Sundays with the week's answers.
fn rows(day: usize, sore: &[Site], weeks: &[bool]) -> Vec<Entry> {
    let rated = sore.iter().map(|site| study::row(day, Some((*site, 3.0))));
    let mut rows: Vec<Entry> = rated.collect();
    if rows.is_empty() {
        rows.push(study::row(day, None));
    }
    if day % 7 == 6 {
        rows[0].beside = study::answers(weeks[day / 7]);
    }
    rows
}

/// The kilometres that the chance of a spell goes by: those of the day, or as many on every day.
fn at_risk(row: &Row, km: &[f64]) -> Vec<f64> {
    match row.by_day {
        true => vec![km.iter().sum::<f64>() / km.len() as f64; km.len()],
        false => km.to_vec(),
    }
}

/// What hurts on each day.
fn sore(random: &mut Random, km: &[f64], risk: f64) -> Vec<Vec<Site>> {
    let mut sore = vec![Vec::new(); DAYS];
    for (day, km) in km.iter().enumerate().skip(1) {
        if random.uniform() >= 1.0 - f64::exp(-risk * BY_1000_KM * km / 1000.0) {
            continue;
        }
        let since = day.saturating_sub(APART);
        let is_free = |site: &&Site| {
            sore[since..=day]
                .iter()
                .all(|here: &Vec<Site>| !here.contains(*site))
        };
        let Some(site) = PLACES.iter().find(is_free).copied() else {
            continue;
        };
        let last = day + LASTS.0 + (random.uniform() * LASTS.1) as usize;
        sore[day..DAYS.min(last)]
            .iter_mut()
            .for_each(|here| here.push(site));
    }
    sore
}

/// Which weeks have a problem.
fn weeks(random: &mut Random, differ: f64) -> Vec<bool> {
    let share = share(random, differ);
    let mut has_problem = random.uniform() < share;
    let mut week = |_| {
        if random.uniform() >= STAYS {
            has_problem = random.uniform() < share;
        }
        has_problem
    };
    (0..DAYS / 7).map(&mut week).collect()
}

/// A factor of mean 1, of a gamma distribution of this variance.
fn factor(random: &mut Random, variance: f64) -> f64 {
    match variance > 0.0 {
        true => gamma(random, 1.0 / variance) * variance,
        false => 1.0,
    }
}

/// A share with the planted mean, of a beta distribution where runners differ.
fn share(random: &mut Random, differ: f64) -> f64 {
    if differ == 0.0 {
        return PREVALENCE;
    }
    let (with, without) = (
        gamma(random, PREVALENCE / differ),
        gamma(random, (1.0 - PREVALENCE) / differ),
    );
    with / (with + without)
}

/// A gamma variable of this shape and scale 1 (Marsaglia & Tsang 2000, doi:10.1145/358407.358414; below 1 by their boost).
fn gamma(random: &mut Random, shape: f64) -> f64 {
    if shape < 1.0 {
        let boost = (1.0 - random.uniform()).powf(1.0 / shape);
        return gamma(random, shape + 1.0) * boost;
    }
    let d = shape - 1.0 / 3.0;
    loop {
        let x = random.normal();
        let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
        if v > 0.0 && (1.0 - random.uniform()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

/// The planted share of runners without an injury on the day that is asked.
fn free(row: &Row) -> f64 {
    let name = format!("{}, the truth", row.name);
    let one = |random: &mut Random| {
        let km = study::kilometres(random);
        let risk = factor(random, row.differ);
        let run: f64 = km[1..=FREE_ON].iter().sum();
        f64::exp(-risk * BY_1000_KM * run / 1000.0)
    };
    let free = each(FOR_TRUTH, &name, one);
    free.iter().sum::<f64>() / free.len() as f64
}
