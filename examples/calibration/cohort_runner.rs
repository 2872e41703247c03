//! Simulated runners of a cohort (src/method/statistics.md, Several runners): run days that avoid one another, a drifting level, pain that
//! goes in waves, and what each scenario adds to them.

use crate::random::Random;
use niggle::stats::{partial_shift::Question, season::without_season, within_dates::Dated};

/// Days of the log.
pub const DAYS: usize = 120;
/// Days of runs before the log.
const LEAD_DAYS: usize = 40;
/// Day-to-day correlation of pain, with steps of 1, and its standard deviation.
const PHI: f64 = 0.9;
const PAIN_SD: f64 = 2.3;

/// What load and pain have to do with one another.
#[derive(Clone, Copy, PartialEq)]
pub enum Tie {
    /// Nothing.
    None,
    /// The weekday makes both.
    Weekday,
    /// Eight heavy and sore weeks of all runners.
    Block,
    /// Rest days are logged when it hurts, else once in five times.
    RestLog,
    /// The day's own run hurts, every other day.
    SameDay,
    /// The day's own run hurts, any day.
    SameDayFree,
    /// Fewer and shorter runs the day after pain.
    RestsAfter,
    /// Fewer and shorter runs on the day it hurts.
    RestsOnTheDay,
}

/// What is simulated.
pub struct Scenario {
    /// In the table.
    pub name: &'static str,
    /// Besides the link.
    pub tie: Tie,
    /// Points of pain for each kilometre of the load.
    pub link: f64,
    /// Whether ratings are whole and cut at 0 and 10.
    pub whole: bool,
}

const fn tied(name: &'static str, tie: Tie) -> Scenario {
    Scenario {
        name,
        tie,
        link: 0.0,
        whole: true,
    }
}

const fn linked(name: &'static str, link: f64, whole: bool) -> Scenario {
    Scenario {
        name,
        tie: Tie::None,
        link,
        whole,
    }
}

/// The scenarios of the table.
pub const SCENARIOS: &[Scenario] = &[
    tied("no link", Tie::None),
    tied("a common weekday rhythm", Tie::Weekday),
    tied("a common block of eight weeks", Tie::Block),
    tied("rest days logged only when it hurts", Tie::RestLog),
    tied("the same day's run hurts; every other day", Tie::SameDay),
    tied("the same day's run hurts; any day", Tie::SameDayFree),
    tied("less running the day after pain", Tie::RestsAfter),
    tied("less running on the day it hurts", Tie::RestsOnTheDay),
    linked("weak link, 0.05 points a km", 0.05, true),
    linked("half of that", 0.025, true),
    linked("no link, ratings not whole", 0.0, false),
    linked("half of the weak link, not whole", 0.025, false),
    linked("weak link, not whole", 0.05, false),
];

/// Chance of a run and soreness by weekday.
const RUN_BY_WEEKDAY: [f64; 7] = [0.05, 0.9, 0.1, 0.9, 0.1, 0.3, 0.95];
const SORE_BY_WEEKDAY: [f64; 7] = [1.5, 0.0, 1.5, 0.0, 1.5, 0.0, 0.0];

/// One runner's series, the load over so many days before; the runner is known by this number.
pub fn dated(key: u64, random: &mut Random, scenario: &Scenario, window: usize) -> Dated {
    let days = days(random, scenario, window);
    let log = LEAD_DAYS..days.len();
    let series = |value: &dyn Fn(usize) -> Option<f64>| log.clone().map(value).collect::<Vec<_>>();
    let km = |day: usize| days[day].km;
    let pain = without_season(&series(&|day| days[day].logged.then_some(days[day].pain)));
    let load = series(&|day| Some((day - window..day).map(km).sum()));
    let ran = series(&|day| Some(f64::from(u8::from(km(day) > 0.0))));
    let yesterday = std::iter::once(None).chain(pain.iter().copied());
    Dated {
        key,
        first: 0,
        question: Question {
            load: without_season(&load),
            turning: vec![without_season(&series(&|day| Some(km(day)))), ran],
            staying: vec![yesterday.take(pain.len()).collect()],
            pain,
        },
    }
}

struct Day {
    km: f64,
    pain: f64,
    logged: bool,
}

fn days(random: &mut Random, scenario: &Scenario, window: usize) -> Vec<Day> {
    let (mut wave, mut level) = (random.normal() * PAIN_SD, 0.25 * random.normal());
    let base = 0.8 * random.normal();
    let mut days: Vec<Day> = Vec::new();
    for day in 0..LEAD_DAYS + DAYS {
        wave = PHI * wave + random.normal();
        level = 0.97 * level + 0.06 * random.normal();
        let before = days.last().map_or((0.0, 0.0), |last| (last.km, last.pain));
        let hurts = match scenario.tie {
            Tie::RestsAfter => before.1,
            Tie::RestsOnTheDay => rating(wave + base),
            _ => 0.0,
        };
        let (chance, longer) = plan(scenario.tie, day, before.0 > 0.0, hurts);
        let km = 8.0 * longer * (level + 0.35 * random.normal()).exp();
        let km = if random.uniform() < chance { km } else { 0.0 };
        let load: f64 = days.iter().rev().take(window).map(|day| day.km).sum();
        let pain = soreness(scenario.tie, day, wave + base, km) + scenario.link * load;
        let pain = if scenario.whole { rating(pain) } else { pain };
        let left_out =
            scenario.tie == Tie::RestLog && km == 0.0 && pain < 1.0 && random.uniform() < 0.8;
        days.push(Day {
            km,
            pain,
            logged: !left_out,
        });
    }
    days
}

fn rating(pain: f64) -> f64 {
    pain.floor().clamp(0.0, 10.0)
}

fn is_in_block(day: usize) -> bool {
    (LEAD_DAYS + 30..LEAD_DAYS + 86).contains(&day)
}

/// The chance of a run, and how much longer it is than usual.
fn plan(tie: Tie, day: usize, ran: bool, hurts: f64) -> (f64, f64) {
    let chance = match (tie, day % 7) {
        (Tie::Weekday, weekday) => RUN_BY_WEEKDAY[weekday],
        (Tie::SameDay | Tie::RestLog, _) => {
            if ran {
                0.04
            } else {
                0.93
            }
        }
        (_, 6) => 0.9,
        (_, 0) => 0.25,
        _ => {
            if ran {
                0.4
            } else {
                0.7
            }
        }
    };
    let longer = if day % 7 == 6 { 1.6 } else { 1.0 };
    match hurts {
        hurts if hurts >= 4.0 => (chance * 0.25, longer * 0.7),
        hurts if hurts >= 2.0 => (chance * 0.5, longer * 0.85),
        _ if tie == Tie::Block && is_in_block(day) => (f64::min(chance + 0.15, 0.95), longer * 1.6),
        _ => (chance, longer),
    }
}

fn soreness(tie: Tie, day: usize, own: f64, km: f64) -> f64 {
    match tie {
        Tie::Weekday => own + SORE_BY_WEEKDAY[day % 7],
        Tie::Block if is_in_block(day) => own + 1.5,
        Tie::SameDay | Tie::SameDayFree => own / 2.0 + km / 4.0,
        _ => own,
    }
}
