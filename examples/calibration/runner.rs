//! Simulated runners (src/method/statistics.md, Ordinary p values): a weekly template times a drifting level, skipped runs, pain
//! that goes in waves.

use crate::random::Random;
use niggle::stats::event_shift::Flag;

/// What is simulated.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// In the table.
    pub name: &'static str,
    /// Load and pain share a slow season.
    pub season: bool,
    /// How the pain is logged.
    pub log: Log,
}

/// Which days have a rating.
#[derive(Clone, Copy)]
pub enum Log {
    /// Every day.
    Daily,
    /// 30 % of the days are blank.
    Gaps,
    /// Days with a run only.
    RunDays,
    /// Two days of every week, both days of a run, are always blank.
    TwoDaysBlank,
}

/// The scenarios of the table.
pub const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "every day logged",
        season: false,
        log: Log::Daily,
    },
    Scenario {
        name: "30 % of the days blank",
        season: false,
        log: Log::Gaps,
    },
    Scenario {
        name: "only run days logged",
        season: false,
        log: Log::RunDays,
    },
    Scenario {
        name: "the same two weekdays always blank",
        season: false,
        log: Log::TwoDaysBlank,
    },
    Scenario {
        name: "shared season",
        season: true,
        log: Log::Daily,
    },
];

/// Kilometres by weekday: four runs.
const TEMPLATE_KM: [f64; 7] = [0.0, 8.0, 0.0, 10.0, 0.0, 8.0, 18.0];
const SKIPPED: f64 = 0.12;
/// Day-to-day correlation of pain, and its standard deviation with steps of 1.
const PHI: f64 = 0.9;
const PAIN_SD: f64 = 2.294;
/// Days of load before the first day of the log.
pub const LEAD_DAYS: usize = 35;

/// A slow wave of a year with a random start.
pub struct Season(f64);

impl Season {
    /// A year that begins anywhere.
    pub fn any(random: &mut Random) -> Self {
        Season(random.uniform())
    }

    fn at(&self, day: usize) -> f64 {
        (std::f64::consts::TAU * (day as f64 / 365.0 + self.0)).sin()
    }
}

/// Kilometres of `LEAD_DAYS` and `days` days.
pub fn load_km(random: &mut Random, days: usize, season: Option<&Season>) -> Vec<f64> {
    let mut level = 0.0;
    (0..days + LEAD_DAYS)
        .map(|day| {
            level = 0.97 * level + 0.08 * random.normal();
            let wave = season.map_or(0.0, |season| 0.3 * season.at(day));
            let skipped = random.uniform() < SKIPPED;
            let km = TEMPLATE_KM[day % 7] * (level + wave + 0.15 * random.normal()).exp();
            if skipped { 0.0 } else { km }
        })
        .collect()
}

/// The sum of the three days before each day of the log, km.
pub fn three_days_before(km: &[f64]) -> Vec<f64> {
    (LEAD_DAYS..km.len())
        .map(|day| km[day - 3..day].iter().sum())
        .collect()
}

/// Pain ratings of the log's days: a floored AR(1), to which `effect` standard deviations for each of the load are added.
pub fn pain(random: &mut Random, load: &[f64], effect: f64, season: Option<&Season>) -> Vec<f64> {
    let mean = load.iter().sum::<f64>() / load.len() as f64;
    let sd = (load.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / load.len() as f64).sqrt();
    let mut state = random.normal() * PAIN_SD;
    (0..load.len())
        .map(|day| {
            state = PHI * state + random.normal();
            let wave = season.map_or(0.0, |season| PAIN_SD * 0.5 * season.at(day + LEAD_DAYS));
            (state + wave + effect * PAIN_SD * (load[day] - mean) / sd)
                .floor()
                .clamp(0.0, 10.0)
        })
        .collect()
}

/// The last day of a week more than 10 % above its base and the seven after it, for the days of the log; what
/// weekly-distance-jump would flag from 10 % on.
pub fn after_jumps(km: &[f64]) -> Vec<Option<Flag>> {
    let weeks: Vec<f64> = km.chunks_exact(7).map(|week| week.iter().sum()).collect();
    let jumps = |week: usize| {
        let base = niggle::stats::load::weekly_base(weeks.get(week.checked_sub(4)?..week)?)?;
        let jump = weeks.get(week)? - base;
        Some(jump >= 3.0 && jump / base > 0.1)
    };
    let flagged = |day: usize| {
        let after = jumps((day / 7).checked_sub(1)?)?;
        Some(match () {
            () if after => Flag::Up,
            () if day % 7 == 6 && jumps(day / 7) == Some(true) => Flag::Rising,
            () => Flag::Down,
        })
    };
    (LEAD_DAYS..km.len()).map(flagged).collect()
}

/// New spells of the log's days: none for seven days after one has ended (None), else one with this chance, `ratio` times
/// as often after a flag. The chance itself drifts, so that spells come in clusters.
pub fn spells(random: &mut Random, flags: &[Option<Flag>], ratio: f64) -> Vec<Option<bool>> {
    let (mut level, mut blocked) = (0.0, 0);
    flags
        .iter()
        .map(|flag| {
            level = 0.97 * level + 0.15 * random.normal();
            let raised = match flag {
                Some(Flag::Up | Flag::Rising) => ratio,
                _ => 1.0,
            };
            let begins = random.uniform() < 0.04 * f64::exp(level) * raised;
            if blocked > 0 {
                blocked -= 1;
                return None;
            }
            if begins {
                blocked = 7 + (random.uniform() * 5.0) as usize;
            }
            Some(begins)
        })
        .collect()
}

/// Which days of the log are rated.
pub fn logged(random: &mut Random, log: Log, km: &[f64]) -> Vec<bool> {
    let is_logged = |day: usize| match log {
        Log::Daily => true,
        Log::Gaps => random.uniform() >= 0.3,
        Log::RunDays => km[day] > 0.0,
        Log::TwoDaysBlank => !matches!(day % 7, 3 | 5),
    };
    (LEAD_DAYS..km.len()).map(is_logged).collect()
}
