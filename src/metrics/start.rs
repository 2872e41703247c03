//! The start of a run: how much faster its first tenth was than the rest.

use super::{FROM_RECORDS, HandOver, Metric, Rollup, Value};

/// Slower than this is standing, or finding the way, m/s.
const MOVING_M_S: f64 = 0.5;

/// Less than this is too short to have a start and a rest, m.
const LEAST_M: f64 = 1000.0;

/// The start, as a share of the distance.
const START_SHARE: f64 = 0.1;

/// The column `start_faster_percent`.
pub const START_FASTER_PERCENT: Metric = Metric {
    id: "start_faster_percent",
    title: "First tenth against the rest",
    unit: "%",
    decimals: 1,
    about: "Mean speed over the first tenth of the distance against that over the other nine, in percent; above 0 where the run began \
            faster than it went on. Standing still is in neither.",
    empty: Some("no speed at its samples, or less than a kilometre"),
    origin: |_, _| Some(FROM_RECORDS),
    any_sport: false,
    hand_over: HandOver::Keeps,
    source: "speed at the samples; src/method/rules.md, A fast start",
    caveats: "Not corrected for hills, wind or traffic: a start downhill looks fast.",
    rollup: Rollup::None,
    value: |run| Value::Number(run.start_faster_percent),
};

/// Of the speed at each sample and the seconds it stands for. None without speeds over a kilometre or more.
pub fn of(speed_m_s: &[f64], weight_s: &[f64]) -> Option<f64> {
    let steps = || speed_m_s.iter().zip(weight_s);
    let moving = || steps().filter(|(speed, seconds)| **speed >= MOVING_M_S && **seconds > 0.0);
    let (all_m, all_s) = moving().fold((0.0, 0.0), |(metres, time), (speed, seconds)| {
        (metres + speed * seconds, time + seconds)
    });
    if all_m < LEAST_M {
        return None;
    }
    let (mut start_m, mut start_s) = (0.0, 0.0);
    for (speed, seconds) in moving() {
        if start_m >= all_m * START_SHARE {
            break;
        }
        (start_m, start_s) = (start_m + speed * seconds, start_s + seconds);
    }
    let (start, rest) = (start_m / start_s, (all_m - start_m) / (all_s - start_s));
    let percent = 100.0 * (start / rest - 1.0);
    percent.is_finite().then_some(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second for each speed.
    fn start(speed_m_s: Vec<f64>) -> Option<f64> {
        of(&speed_m_s, &vec![1.0; speed_m_s.len()])
    }

    #[test]
    fn the_first_tenth_beside_the_other_nine() {
        // 3.6 m/s over the first 360 m, then 3 m/s over 3,240 m: 100 s and 1,080 s.
        let speeds = |first: f64| [vec![first; 100], vec![3.0; 1080]].concat();
        assert!(start(speeds(3.6)).is_some_and(|percent| (percent - 20.0).abs() < 1e-9));
        assert!(start(vec![3.0; 1000]).is_some_and(|percent| percent.abs() < 1e-9));
        // Standing at the first corner is no slow start.
        let stop = [vec![0.0; 60], speeds(3.6)].concat();
        assert!(start(stop).is_some_and(|percent| (percent - 20.0).abs() < 1e-9));
    }

    #[test]
    fn without_speeds_or_a_kilometre_there_is_none() {
        assert_eq!(start(vec![]), None);
        assert_eq!(start(vec![f64::NAN; 2000]), None);
        assert_eq!(start(vec![3.0; 333]), None);
        assert_eq!(start(vec![f64::INFINITY; 10]), None);
    }
}
