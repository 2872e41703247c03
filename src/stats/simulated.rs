//! Simulated runners for tests of false alarms (src/method/statistics.md, Ordinary p values).

use super::random::Lcg;

/// Pain that knows nothing of any load: a floored AR(1) with day-to-day φ = 0.9.
pub(super) fn pain(random: &mut Lcg, days: usize) -> Vec<f64> {
    let mut state = random.normal() / (1.0f64 - 0.81).sqrt();
    (0..days)
        .map(|_| {
            state = 0.9 * state + random.normal();
            state.floor().clamp(0.0, 10.0)
        })
        .collect()
}

/// The sum of the `window` days before ([`daily_load`]).
pub(super) fn load_before(random: &mut Lcg, days: usize, window: usize) -> Vec<f64> {
    let daily = daily_load(random, days + window);
    let windows = daily.windows(window).take(days);
    windows.map(|days| days.iter().sum()).collect()
}

/// Kilometres of each day: four runs a week, a drifting level, noise, 12 % of runs skipped.
pub(super) fn daily_load(random: &mut Lcg, days: usize) -> Vec<f64> {
    const TEMPLATE: [f64; 7] = [0.0, 8.0, 0.0, 10.0, 0.0, 8.0, 18.0];
    let mut level = 0.0;
    let load = |day: usize| {
        level = 0.97 * level + 0.08 * random.normal();
        if random.uniform() < 0.12 {
            return 0.0;
        }
        TEMPLATE[day % 7] * f64::exp(level + 0.15 * random.normal())
    };
    (0..days).map(load).collect()
}
