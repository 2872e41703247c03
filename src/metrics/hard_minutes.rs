//! Hard minutes: the time with a heart rate of 80 % of the maximum or more.

use super::{HandOver, Metric, Rollup, Value, trimp};
use crate::model::Run;

/// The column `hard_s`.
pub const HARD_S: Metric = Metric {
    id: "hard_s",
    title: "Hard time",
    unit: "s",
    decimals: 0,
    about: "Time with a heart rate of 80 % of the maximum or more.",
    empty: Some("heart rate for less than 80 % of the run, or the maximum heart rate not known"),
    origin: |_, _| None,
    any_sport: false,
    hand_over: HandOver::Keeps,
    source: "src/method/rules.md, Hard minutes",
    caveats: "One beat more or less of the maximum moves it by minutes, an estimated maximum is rather too low, and wrist sensors can lock on to cadence.",
    rollup: Rollup::SumIfComplete,
    value: |run| Value::Number(run.hard_s),
};

/// Percent of the maximum heart rate from which a second is a hard one (src/method/rules.md, Hard minutes); the bound itself
/// belongs to it.
const HARD_PERCENT: f64 = 80.0;

/// The run's hard time, s. None without heart rate for [`trimp::NEEDED_SHARE`] of the run, or when the maximum is not above zero.
pub fn of(run: &Run, max_bpm: f64) -> Option<f64> {
    let is_enough = run.heart_rate_share? >= trimp::NEEDED_SHARE;
    let seconds = run.heart_rate_seconds.iter();
    let hard = seconds.filter(|(bpm, _)| is_hard(*bpm, max_bpm));
    (is_enough && max_bpm > 0.0).then(|| hard.map(|(_, seconds)| f64::from(seconds)).sum())
}

/// Products, not a quotient: 152 of 190 is exactly 80 %.
fn is_hard(bpm: u8, max_bpm: f64) -> bool {
    f64::from(bpm) * 100.0 >= HARD_PERCENT * max_bpm
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture;

    fn check(share: f64, max_bpm: f64, expected: Option<f64>) {
        // The bound of a maximum of 190 is 152.
        let heart_rate_seconds = [(120, 600.0), (151, 60.0), (152, 120.0), (180, 30.5)]
            .into_iter()
            .collect();
        let run = Run {
            heart_rate_seconds,
            heart_rate_share: Some(share),
            ..fixture::run(0, 8.0)
        };
        assert_eq!(of(&run, max_bpm), expected, "{share} {max_bpm}");
    }

    #[test]
    fn the_bound_is_hard_and_a_beat_below_is_not() {
        check(1.0, 190.0, Some(150.5));
        check(1.0, 189.0, Some(150.5));
        check(1.0, 188.75, Some(210.5));
        check(1.0, 230.0, Some(0.0));
    }

    #[test]
    fn most_of_the_run_and_a_maximum_are_needed() {
        check(0.8, 190.0, Some(150.5));
        check(0.79, 190.0, None);
        check(1.0, 0.0, None);
        check(1.0, f64::NAN, None);
        assert_eq!(of(&fixture::run(0, 8.0), 190.0), None, "no heart rate");
    }
}
