//! Pace: timer time per kilometre.

use super::{HandOver, Metric, Rollup, Value};

/// The column `pace_s_per_km`.
pub const PACE_S_PER_KM: Metric = Metric {
    id: "pace_s_per_km",
    title: "Pace",
    unit: "s/km",
    decimals: 1,
    about: "Timer time per kilometre.",
    empty: Some("no distance or no time"),
    origin: |_, _| None,
    any_sport: false,
    hand_over: HandOver::Keeps,
    source: "timer_s / distance_m",
    caveats: "Says nothing of hills; see grade_adjusted_m.",
    rollup: Rollup::None,
    value: |run| Value::Number(run.pace_s_per_km()),
};
