//! The shift test for events: spells that begin as often after a heavy week as at other times, or more often, and logs with holes.

use crate::{
    look::{ALPHA, each_kept},
    random::Random,
    table::{Share, table},
};
use niggle::stats::event_shift::{Flag, Seen, event_shift};

/// Spells before the look back speaks.
const ONSETS_MIN: u32 = 5;
const DAYS: [usize; 3] = [84, 168, 365];
/// Days of load before the log.
const LEAD_DAYS: usize = 35;
/// Kilometres by weekday: four runs.
const TEMPLATE_KM: [f64; 7] = [0.0, 8.0, 0.0, 10.0, 0.0, 8.0, 18.0];

/// Which days are logged.
#[derive(Clone, Copy)]
enum Log {
    Daily,
    Gaps,
    RunDays,
    TwoDaysBlank,
}

const LOGS: [(&str, Log); 4] = [
    ("every day logged", Log::Daily),
    ("30 % of the days blank", Log::Gaps),
    ("only run days logged", Log::RunDays),
    ("the same two weekdays always blank", Log::TwoDaysBlank),
];

const RATIOS: [(&str, f64); 3] = [
    ("as on other days", 1.0),
    ("twice as high", 2.0),
    ("four times as high", 4.0),
];

/// The table.
pub fn section(runners: u32) -> String {
    let rows = RATIOS.iter().flat_map(|(label, ratio)| {
        let row = move |(name, log): &(&str, Log)| {
            let cells = DAYS.map(|days| cell(runners, name, *log, days, *ratio));
            [format!("{label}; {name}")]
                .into_iter()
                .chain(cells)
                .collect::<Vec<_>>()
        };
        LOGS.iter().map(row)
    });
    table(
        &["rate after a flag", "84 days", "168 days", "365 days"],
        rows,
    )
}

/// Percent of tests with p ≤ 0.05, and of runners that were tested where that is not all of them.
fn cell(runners: u32, name: &str, log: Log, days: usize, ratio: f64) -> String {
    let name = format!("{name}, {ratio}");
    let found = each_kept(runners, ("events", &name), days, |seed| {
        p(&mut Random::new(seed), log, days, ratio)
    });
    let alarms = Share::of(found.iter().flatten(), |p| **p <= ALPHA);
    let tested = Share::of(&found, |p| p.is_some());
    match (tested.part, tested.part == tested.all) {
        (0, _) => "–".to_string(),
        (_, true) => alarms.text(),
        (_, false) => format!("{} ({:.0})", alarms.text(), tested.percent().unwrap_or(0.0)),
    }
}

fn p(random: &mut Random, log: Log, days: usize, ratio: f64) -> Option<f64> {
    let km = load_km(random, days);
    let flags = after_jumps(&km);
    let spells = spells(random, &flags, ratio);
    let logged: Vec<bool> = (LEAD_DAYS..km.len())
        .map(|day| is_logged(random, log, day, &km))
        .collect();
    let seen = |event| Seen { event, late: true };
    let days = spells.into_iter().zip(logged);
    let events: Vec<Option<Seen>> = days
        .map(|(event, logged)| event.filter(|_| logged).map(seen))
        .collect();
    let test = event_shift(&flags, &events)?;
    (test.counts.flagged_events + test.counts.other_events >= ONSETS_MIN).then_some(test.p)
}

/// Kilometres of the days before the log and of its own.
fn load_km(random: &mut Random, days: usize) -> Vec<f64> {
    let mut level = 0.0;
    let mut one = |day: usize| {
        level = 0.97 * level + 0.08 * random.normal();
        let is_skipped = random.uniform() < 0.12;
        let km = TEMPLATE_KM[day % 7] * f64::exp(level + 0.15 * random.normal());
        if is_skipped { 0.0 } else { km }
    };
    (0..days + LEAD_DAYS).map(&mut one).collect()
}

/// The last day of a week more than 10 % above its base and the seven after it, for the days of the log.
fn after_jumps(km: &[f64]) -> Vec<Option<Flag>> {
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

/// New spells of the log's days: none for seven days after one has ended (None), else one with this chance, `ratio` times as often after
/// a flag. The chance itself drifts, so that spells come in clusters.
fn spells(random: &mut Random, flags: &[Option<Flag>], ratio: f64) -> Vec<Option<bool>> {
    let (mut level, mut blocked) = (0.0, 0);
    let mut one = |flag: &Option<Flag>| {
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
    };
    flags.iter().map(&mut one).collect()
}

fn is_logged(random: &mut Random, log: Log, day: usize, km: &[f64]) -> bool {
    match log {
        Log::Daily => true,
        Log::Gaps => random.uniform() >= 0.3,
        Log::RunDays => km[day] > 0.0,
        Log::TwoDaysBlank => !matches!(day % 7, 3 | 5),
    }
}
