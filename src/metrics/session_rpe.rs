//! Session RPE: how hard it felt, times minutes.

use super::{Gift, HandOver, Metric, Rollup, Value};

/// The column `session_rpe`.
pub const SESSION_RPE: Metric = Metric {
    id: "session_rpe",
    title: "Session RPE",
    unit: "CR-10",
    decimals: 1,
    about: "How hard the whole run felt, 0 to 10: from the file, else from the pain log's row of that day when it was the only run.",
    empty: Some("not given"),
    origin: |_, _| None,
    any_sport: true,
    hand_over: HandOver::Gives(Gift {
        what: "RPE",
        settles: None,
        has: |run| run.session_rpe.is_some(),
        give: |to, from| to.session_rpe = from.session_rpe,
    }),
    source: "FIT session workout_rpe (field 193, ×10); Foster 1998 MSSE 30:1164",
    caveats: "",
    rollup: Rollup::None,
    value: |run| Value::Number(run.session_rpe),
};

/// The column `session_rpe_load`.
pub const SESSION_RPE_LOAD: Metric = Metric {
    id: "session_rpe_load",
    title: "Session RPE load",
    unit: "AU",
    decimals: 1,
    about: "Session RPE times minutes of timer time.",
    empty: Some("one of them is missing"),
    origin: |_, _| None,
    any_sport: true,
    hand_over: HandOver::Keeps,
    source: "Foster 1998 MSSE 30:1164",
    caveats: "",
    rollup: Rollup::SumIfComplete,
    value: |run| Value::Number(run.session_rpe_load),
};

/// What lies on the scale.
pub(super) fn believed(session_rpe: Option<f64>) -> Option<f64> {
    session_rpe.filter(|rpe| (0.0..=10.0).contains(rpe))
}

/// Session RPE × minutes, arbitrary units.
pub fn load(session_rpe: f64, timer_s: f64) -> f64 {
    session_rpe * timer_s / 60.0
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_effortless_run_is_no_load_and_no_missing_one() {
        assert_eq!(super::load(0.0, 3600.0), 0.0);
    }
}
