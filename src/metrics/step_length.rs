//! Step length: how far one step carries on the flat. Shown, and judged by no rule: no study says how long a step should be.

use super::{FROM_RECORDS, HandOver, Metric, Rollup, Value};
use crate::model::Run;

/// The column `step_length_m`.
pub const STEP_LENGTH_M: Metric = Metric {
    id: "step_length_m",
    title: "Step length on the flat",
    unit: "m",
    decimals: 3,
    about: "Mean length of a step over the running that cadence_flat_spm is taken from: speed_flat_m_s · 60 / cadence_flat_spm.",
    empty: Some("cadence_flat_spm is not known"),
    origin: |_, _| Some(FROM_RECORDS),
    any_sport: false,
    hand_over: HandOver::Keeps,
    source: "speed_flat_m_s and cadence_flat_spm; src/method/rules.md, Low cadence",
    caveats: "Grows with speed and with the height of the body. Where the foot lands, which articles on long steps are about, no file says.",
    rollup: Rollup::MeanByMovingTime,
    value: |run| Value::Number(of(run)),
};

/// Metres of a step on the flat. None without flat, steady running with a step rate.
pub fn of(run: &Run) -> Option<f64> {
    let (speed_m_s, spm) = run.speed_flat_m_s.zip(run.cadence_flat_spm)?;
    (spm > 0.0).then(|| speed_m_s * 60.0 / spm)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture;

    #[test]
    fn speed_by_steps_a_second() {
        let run = |speed_flat_m_s, cadence_flat_spm| Run {
            speed_flat_m_s,
            cadence_flat_spm,
            ..fixture::run(0, 8.0)
        };
        // 2.78 m/s at 168 steps a minute: 166.8 m in a minute, 0.993 m a step.
        let found = of(&run(Some(2.78), Some(168.0))).expect("a length");
        assert!((found - 0.992_857).abs() < 1e-6, "{found}");
        for (speed, spm) in [
            (None, Some(168.0)),
            (Some(2.78), None),
            (Some(2.78), Some(0.0)),
        ] {
            assert_eq!(of(&run(speed, spm)), None);
        }
    }
}
