//! Runners whose pain begins after runs far longer than the month before, or knows nothing of them, through the rules and the look
//! back of a whole report.

use crate::random::Random;
use chrono::{NaiveDate, NaiveTime};
use niggle::{
    associate,
    backtest::{self, Backtest, verdict::Verdict},
    frames::{self, Calendar},
    model::{History, Run},
    pain::{Entry, Moment, PainLog, Side, Site, daily_max},
    rules::{self, Context},
    time::{dates, plus_days},
    units::Units,
};

/// When spells begin.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// In the table.
    pub name: &'static str,
    begins: Begins,
    moment: Moment,
}

#[derive(Clone, Copy)]
enum Begins {
    /// So many days after a long run, with this chance.
    After(usize, f64),
    /// On any day, with this chance.
    AnyDay(f64),
    /// On any day with a run, with this chance.
    RunDay(f64),
}

/// The scenarios of the table.
pub const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "the day after a long run, in 60 %",
        begins: Begins::After(1, 0.6),
        moment: Moment::Evening,
    },
    Scenario {
        name: "the day after every long run",
        begins: Begins::After(1, 1.0),
        moment: Moment::Evening,
    },
    Scenario {
        name: "the evening of every long run",
        begins: Begins::After(0, 1.0),
        moment: Moment::Evening,
    },
    Scenario {
        name: "the day of every long run, no moments logged",
        begins: Begins::After(0, 1.0),
        moment: Moment::Day,
    },
    Scenario {
        name: "no link: the morning of every long run",
        begins: Begins::After(0, 1.0),
        moment: Moment::Morning,
    },
    Scenario {
        name: "no link: any day, ten a year",
        begins: Begins::AnyDay(0.034),
        moment: Moment::Evening,
    },
    Scenario {
        name: "no link: any day, twenty a year",
        begins: Begins::AnyDay(0.12),
        moment: Moment::Evening,
    },
    Scenario {
        name: "no link: the evening of any run, ten a year",
        begins: Begins::RunDay(0.065),
        moment: Moment::Evening,
    },
];

/// A run this many times the longest of 30 days is a long one.
pub const LONG: f64 = 1.3;
/// A long run is planned every so many days.
const EVERY_DAYS: usize = 35;
const WINDOW_DAYS: usize = 30;
/// Free days before a spell can begin, as in the look back.
const FREE_DAYS: usize = 7;

/// What came of the runners.
#[derive(Default)]
pub struct Outcome {
    runners: u32,
    /// Runners of whom single-run-spike fits.
    spike_fits: u32,
    /// Runners of whom any rule fits.
    any_fits: u32,
    /// Runners of whom single-run-spike does not fit.
    spike_does_not_fit: u32,
    /// Tested pairs of a rule and a place, and those with p ≤ 0.05.
    tested: u32,
    alarms: u32,
    /// The same of single-run-spike.
    spike_tested: u32,
    spike_alarms: u32,
    /// Spells near a spike, all spells, and what chance would give.
    near: f64,
    spells: f64,
    by_chance: f64,
}

/// So many runners, `days` days each.
pub fn simulate(scenario: Scenario, runners: u32, days: usize, seed: u64) -> Outcome {
    let mut random = Random::new(seed);
    let mut outcome = Outcome::default();
    for _ in 0..runners {
        outcome.add(&look_back(&mut random, scenario, days));
    }
    outcome
}

impl Outcome {
    fn add(&mut self, back: &Backtest) {
        let fits = |pair: &&backtest::Pair| pair.verdict == Verdict::Fits;
        self.runners += 1;
        self.any_fits += u32::from(back.pairs.iter().any(|pair| fits(&pair)));
        for pair in &back.pairs {
            let is_spike = pair.rule == "single-run-spike";
            let tested = u32::from(pair.p.is_some());
            let alarm = u32::from(pair.p.is_some_and(|p| p <= 0.05));
            self.tested += tested;
            self.alarms += alarm;
            if is_spike {
                self.spike_tested += tested;
                self.spike_alarms += alarm;
                self.spike_fits += u32::from(fits(&pair));
                self.spike_does_not_fit += u32::from(pair.verdict == Verdict::DoesNotFit);
                if let Some(hits) = pair.hits {
                    self.near += f64::from(hits.near);
                    self.spells += f64::from(hits.spells);
                    self.by_chance += hits.by_chance;
                }
            }
        }
    }

    /// A row of the table.
    pub fn row(&self, name: &str) -> String {
        let share = |part: u32, all: u32| match all {
            0 => "–".to_string(),
            all => format!("{:.1} ({all})", 100.0 * f64::from(part) / f64::from(all)),
        };
        format!(
            "| {name} | {} | {} | {} | {} | {} | {:.0} of {:.0}, by chance {:.0} |",
            share(self.spike_fits, self.runners),
            share(self.spike_does_not_fit, self.runners),
            share(self.any_fits, self.runners),
            share(self.spike_alarms, self.spike_tested),
            share(self.alarms, self.tested),
            self.near,
            self.spells,
            self.by_chance,
        )
    }

    /// The heading of the table.
    pub const HEADER: &str = "| spells begin | runners of whom single-run-spike fits | does not fit | any rule fits | single-run-spike \
         p ≤ .05 (tests) | all rules p ≤ .05 (tests) | spells within a day of a spike |\n|---|---|---|---|---|---|---|";
}

fn look_back(random: &mut Random, scenario: Scenario, days: usize) -> Backtest {
    let km = running(random, days);
    let pain = log(&spells(random, scenario.begins, &km), scenario.moment);
    let history = history(&km, &pain);
    let ctx = Context::new(&history, &pain, Units::Km);
    let findings = rules::judge_running(&ctx).findings;
    let mut back = backtest::backtest(&ctx, &findings);
    let mut associations = associate::associate(&history, &pain);
    backtest::one_family(&mut associations, &mut back);
    back
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).expect("a literal date")
}

/// Kilometres a day: seldom two days in a row, longer at weekends, three weeks up and one down, a level that drifts and comes back,
/// a break now and then, and a planned long run every five weeks, 1.35 to 1.8 times the longest of 30 days.
fn running(random: &mut Random, days: usize) -> Vec<f64> {
    let (mut level, mut off, mut ran) = (0.0, 0, false);
    let mut km: Vec<f64> = Vec::with_capacity(days);
    for day in 0..days {
        level = 0.95 * level + 0.05 * random.normal();
        if random.uniform() < 0.004 {
            off = 4 + (random.uniform() * 6.0) as usize;
        }
        let is_weekend = day % 7 > 4;
        let chance = if ran { 0.25 } else { 0.75 };
        let build = [0.95, 1.05, 1.15, 0.8][day / 7 % 4];
        let template = if is_weekend { 11.0 } else { 7.0 };
        let usual = template * build * f64::exp(level + 0.12 * random.normal());
        let longest = longest_before(&km, day);
        let runs = random.uniform() < chance;
        let is_planned = day >= 42 && day % EVERY_DAYS == 5 && longest > 0.0;
        let today = match (off > 0, is_planned) {
            (true, _) => 0.0,
            (false, true) => longest * (1.35 + 0.45 * random.uniform()),
            (false, false) if runs => usual,
            (false, false) => 0.0,
        };
        off = usize::saturating_sub(off, 1);
        ran = today > 0.0;
        km.push(today);
    }
    km
}

fn longest_before(km: &[f64], day: usize) -> f64 {
    let month = &km[day.saturating_sub(WINDOW_DAYS)..day];
    month.iter().copied().fold(0.0, f64::max)
}

/// Ratings by day.
fn spells(random: &mut Random, begins: Begins, km: &[f64]) -> Vec<f64> {
    let is_long = |day: usize| {
        let longest = longest_before(km, day);
        day >= WINDOW_DAYS && longest > 0.0 && km[day] > LONG * longest
    };
    let (mut left, mut free, mut peak) = (0, FREE_DAYS, 0.0);
    let mut one_day = |day: usize| {
        let begins = match begins {
            Begins::After(later, chance) => {
                day >= later && is_long(day - later) && random.uniform() < chance
            }
            Begins::AnyDay(chance) => random.uniform() < chance,
            Begins::RunDay(chance) => km[day] > 0.0 && random.uniform() < chance,
        };
        if left == 0 && begins && free >= FREE_DAYS {
            left = 2 + (random.uniform() * 5.0) as usize;
            peak = (1.0 + random.uniform() * 5.0).floor();
        }
        free = if left > 0 { 0 } else { free + 1 };
        let rating = if left > 0 { peak } else { 0.0 };
        left = usize::saturating_sub(left, 1);
        rating
    };
    (0..km.len()).map(&mut one_day).collect()
}

/// Every day logged, the left knee where it hurts and all clear where nothing does.
fn log(ratings: &[f64], moment: Moment) -> PainLog {
    let row = |(date, rating): (NaiveDate, &f64)| {
        let hurts = *rating > 0.0;
        Entry {
            moment,
            site: Some(if hurts { Site::Knee } else { Site::None }),
            side: hurts.then_some(Side::Left),
            pain: Some(*rating),
            ..Entry::on(date)
        }
    };
    let last = plus_days(first_day(), ratings.len() as i64 - 1);
    PainLog {
        entries: dates(first_day(), last).zip(ratings).map(row).collect(),
        ..PainLog::default()
    }
}

fn history(km: &[f64], pain: &PainLog) -> History {
    let last = plus_days(first_day(), km.len() as i64 - 1);
    let ran = dates(first_day(), last)
        .zip(km)
        .filter(|(_, km)| **km > 0.0);
    let runs: Vec<Run> = ran.map(|(date, km)| run(date, *km)).collect();
    let calendar = Calendar::new(&runs, &daily_max(pain), last);
    frames::build(runs, Vec::new(), &calendar)
        .expect("frames")
        .1
}

/// A flat run at six minutes a kilometre.
fn run(date: NaiveDate, km: f64) -> Run {
    let start = date.and_time(NaiveTime::from_hms_opt(17, 0, 0).expect("a literal time"));
    let seconds = Some(360.0 * km);
    Run {
        source: format!("{date}.fit"),
        distance_m: Some(1000.0 * km),
        timer_s: seconds,
        elapsed_s: seconds,
        moving_s: seconds,
        ascent_m: Some(0.0),
        descent_m: Some(0.0),
        grade_adjusted_m: Some(1000.0 * km),
        ..Run::blank(date.to_string(), start.and_utc())
    }
}
