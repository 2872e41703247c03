//! Ground whose climb is known, as a barometer, satellites, a filter and a map would write it.

use super::rules::{RULES, Recording};
use niggle::{
    clean,
    model::{Activity, Format, Samples, Sport},
};

/// An hour at 3 m/s.
const SECONDS: usize = 3601;

/// Prints what each rule makes of each.
pub fn print() {
    println!(
        "simulated hour at 3 m/s: metres of 0 on the flat; of 432 over waves of 12 m; of 315 over hills of 120 m"
    );
    for (name, noise) in NOISES {
        println!("{name}");
        for (rule_name, rule) in RULES {
            let of = |ground: fn(f64) -> f64| rule(&recording(ground, noise));
            println!(
                "  {rule_name:24} {:6.0} {:6.0} {:6.0}",
                of(flat),
                of(waves),
                of(hills)
            );
        }
    }
}

/// What a sensor adds to the ground: how much, m; how long it lasts, s; what it rounds to, m; over how long it is averaged, s.
#[derive(Clone, Copy)]
struct Noise {
    sd_m: f64,
    lasts_s: f64,
    step_m: f64,
    mean_s: usize,
    is_barometric: bool,
}

const NOISES: [(&str, Noise); 5] = [
    (
        "barometer: 0.3 m for 20 s, steps of 0.2 m",
        Noise {
            sd_m: 0.3,
            lasts_s: 20.0,
            step_m: 0.2,
            mean_s: 1,
            is_barometric: true,
        },
    ),
    (
        "barometer that does not say so: 0.3 m, steps of 1 m",
        Noise {
            sd_m: 0.3,
            lasts_s: 20.0,
            step_m: 1.0,
            mean_s: 1,
            is_barometric: false,
        },
    ),
    (
        "satellites: 4 m for 20 s",
        Noise {
            sd_m: 4.0,
            lasts_s: 20.0,
            step_m: 0.1,
            mean_s: 1,
            is_barometric: false,
        },
    ),
    (
        "satellites, smoothed over a minute by an app",
        Noise {
            sd_m: 4.0,
            lasts_s: 20.0,
            step_m: 0.1,
            mean_s: 60,
            is_barometric: false,
        },
    ),
    (
        "a map: no noise, averaged over 10 s",
        Noise {
            sd_m: 0.0,
            lasts_s: 1.0,
            step_m: 0.01,
            mean_s: 10,
            is_barometric: false,
        },
    ),
];

fn flat(_: f64) -> f64 {
    100.0
}

/// 12 m every 300 m, 36 times.
fn waves(metres: f64) -> f64 {
    100.0 - 6.0 * (metres * std::f64::consts::TAU / 300.0).cos()
}

/// 120 m every 3,770 m.
fn hills(metres: f64) -> f64 {
    300.0 + 60.0 * (metres / 600.0).sin()
}

fn recording(ground: fn(f64) -> f64, noise: Noise) -> Recording {
    let sensed = sensed(ground, noise);
    let mut activity = Activity::empty(Format::Fit);
    activity.sport = Sport::RUNNING;
    activity.altitude_is_barometric = Some(noise.is_barometric);
    activity.samples = Samples {
        time_s: (0..SECONDS).map(|s| 1_740_000_000.0 + s as f64).collect(),
        distance_m: (0..SECONDS).map(|s| 3.0 * s as f64).collect(),
        altitude_m: sensed.into_iter().map(|metres| metres as f32).collect(),
        ..Samples::default()
    };
    Recording::of(&clean::clean(activity).0)
}

/// The heights as they are written.
fn sensed(ground: fn(f64) -> f64, noise: Noise) -> Vec<f64> {
    let mut random = Random(20_250_314);
    let keeps = (-1.0 / noise.lasts_s).exp();
    let mut off = noise.sd_m * random.normal();
    let heights = (0..SECONDS).map(|s| {
        off = keeps * off + noise.sd_m * (1.0 - keeps * keeps).sqrt() * random.normal();
        ground(3.0 * s as f64) + off
    });
    let heights: Vec<f64> = heights.collect();
    let written = (0..SECONDS).map(|s| {
        let from = s.saturating_sub(noise.mean_s / 2);
        let window = &heights[from..(from + noise.mean_s).min(SECONDS)];
        window.iter().sum::<f64>() / window.len() as f64
    });
    written
        .map(|metres| (metres / noise.step_m).round() * noise.step_m)
        .collect()
}

/// Numbers that are the same on each machine (Marsaglia 2003, J Stat Softw 8:14).
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Twelve even ones less their mean scatter like a normal one.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}
