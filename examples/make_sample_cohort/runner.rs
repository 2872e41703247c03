//! One runner's twenty weeks: what was run, what hurt, and what of it was written down.

use super::{
    noise::{Noise, Wander},
    tcx,
};
use chrono::{NaiveDate, TimeDelta};
use std::fmt::Write;

/// Twenty weeks.
pub const DAYS: usize = 140;

/// Places that get hurt here, with the sides.
const PLACES: [(&str, &str); 4] = [
    ("knee", "left"),
    ("achilles", "right"),
    ("shin", "left"),
    ("calf", "right"),
];

/// One day.
#[derive(Clone, Copy, Default)]
pub struct Day {
    /// Kilometres run, 0 on a day without.
    pub km: f64,
    /// Seconds a kilometre.
    pub pace_s: f64,
    /// Effort, 0–10.
    pub rpe: u32,
    /// Metres up, and down.
    pub climb_m: f64,
    /// Whether a spell is there, and how bad it is.
    pub spell: Option<f64>,
    /// Whether a run was left out because it hurt.
    pub rests: bool,
    /// The evening's rating. None: not written down.
    pub pain: Option<u32>,
}

/// One runner.
pub struct Runner {
    number: u64,
    /// Every day of the study.
    pub days: Vec<Day>,
    place: (&'static str, &'static str),
    steps: f64,
}

/// The day of the study.
pub fn date(day: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 3, 3).unwrap() + TimeDelta::days(day)
}

impl Runner {
    /// The runner of this number, from 1.
    pub fn new(number: u64) -> Runner {
        let mut noise = Noise::new(20_250_303 + number);
        let usual_km = noise.between(5.5, 9.5);
        let pace_s = noise.between(315.0, 400.0);
        let mut runner = Runner {
            number,
            days: vec![Day::default(); DAYS],
            place: noise.pick(&PLACES),
            steps: noise.between(160.0, 178.0),
        };
        runner.get_hurt(&mut noise);
        runner.run(&mut noise, usual_km, pace_s);
        runner.rate(&mut noise);
        runner
    }

    /// Spells of nine to sixteen days, on average a good one in twenty weeks.
    fn get_hurt(&mut self, noise: &mut Noise) {
        let mut day = 10 + (noise.between(0.0, 30.0) as usize);
        while day < DAYS {
            if noise.chance(0.4) {
                let length = 9 + noise.between(0.0, 8.0) as usize;
                let worst = noise.between(3.0, 6.0);
                let end = (day + length).min(DAYS);
                self.days[day..end]
                    .iter_mut()
                    .for_each(|day| day.spell = Some(worst));
                day = end;
            }
            day += 30 + noise.between(0.0, 25.0) as usize;
        }
    }

    /// About four runs a week, none in the worst week of a spell.
    fn run(&mut self, noise: &mut Noise, usual_km: f64, pace_s: f64) {
        let mut into_spell = 0;
        for (at, day) in self.days.iter_mut().enumerate() {
            into_spell = if day.spell.is_some() {
                into_spell + 1
            } else {
                0
            };
            let rests = (2..=9).contains(&into_spell) && day.spell.is_some_and(|worst| worst > 4.0);
            let is_long = at % 7 == 6;
            day.rests = rests;
            if rests || !noise.chance(if is_long { 0.9 } else { 0.55 }) {
                continue;
            }
            day.km = usual_km
                * if is_long {
                    1.7
                } else {
                    noise.between(0.6, 1.2)
                };
            day.pace_s = pace_s * noise.between(0.96, 1.06);
            day.rpe = noise.between(3.0, 7.0) as u32;
            day.climb_m = day.km * noise.between(4.0, 22.0);
        }
    }

    /// What wanders by itself, the spell, and a point for every eight kilometres of the day before; one evening in ten is forgotten.
    fn rate(&mut self, noise: &mut Noise) {
        let mut wave = Wander::new(0.7);
        let mut yesterday_km = 0.0;
        for day in &mut self.days {
            let own = wave.step(noise);
            let pain = 0.8 * own - 0.6 + yesterday_km / 8.0 + day.spell.unwrap_or(0.0);
            day.pain = (!noise.chance(0.1)).then(|| pain.round().clamp(0.0, 10.0) as u32);
            yesterday_km = day.km;
        }
    }

    /// Every run as a file to be packed.
    pub fn recordings(&self) -> Vec<(String, Vec<u8>, bool)> {
        let runs = (0..).zip(&self.days).filter(|(_, day)| day.km > 0.0);
        let files = runs.map(|(at, day)| {
            let name = format!("{}.tcx", date(at));
            (
                name,
                tcx::activity(self.number, at, day, self.steps).into_bytes(),
                false,
            )
        });
        files.collect()
    }

    /// The rows of the log.
    pub fn log(&self, id: &str) -> String {
        let mut rows = String::new();
        for (at, day) in (0..).zip(&self.days) {
            let questions = if at % 7 == 6 {
                self.weekly(at as usize)
            } else {
                ",,,".to_string()
            };
            let Some(pain) = day.pain else { continue };
            let (site, side) = if pain == 0 { ("none", "") } else { self.place };
            let function = if day.rests && pain > 0 {
                "could not run"
            } else {
                ""
            };
            writeln!(
                rows,
                "{id},{},evening,{site},{side},{pain},{function},{questions}",
                date(at)
            )
            .unwrap();
        }
        rows
    }

    /// Participation, training, performance, symptoms: 0, 8, 17 or 25 each, by the worst spell of the seven days.
    fn weekly(&self, sunday: usize) -> String {
        let week = &self.days[sunday + 1 - 7..=sunday];
        let worst = week.iter().filter_map(|day| day.spell).fold(0.0, f64::max);
        let answers = match worst {
            worst if worst > 4.5 => [17, 17, 17, 17],
            worst if worst > 0.0 => [8, 8, 0, 8],
            _ => [0; 4],
        };
        answers.map(|answer| answer.to_string()).join(",")
    }
}
