//! Durations: timer, elapsed and moving time, and the longest stop.

use super::{
    FROM_DEVICE, FROM_RECORDS, HandOver, Metric, Rollup, Value, identity::words, sum, track::Track,
};
use crate::{
    clean::{
        Clean, MOVING_M_S,
        time::{Pauses, has_gap},
    },
    column,
    model::{Run, TimeSource},
    trust::{By, Verdict, Verdicts, went_on},
};
use std::ops::Range;

/// The column `timer_s`.
pub const TIMER_S: Metric = Metric {
    id: "timer_s",
    title: "Time",
    unit: "s",
    decimals: 1,
    about: "Time with the timer running. The device's total, the laps and the records (their span less pauses and less gaps of more than a minute in which nobody ran) are heard as for the distance; one that is longer than the recording, or in which no runner goes that far, is out.",
    empty: Some("no time, or none that can be"),
    origin: |run, _| run.timer_source.map(TimeSource::in_words),
    any_sport: true,
    hand_over: HandOver::Keeps,
    source: "FIT session total_timer_time, TCX TotalTimeSeconds; src/method/formats.md, Time",
    caveats: "Watches that pause by themselves count less than watches that do not.",
    rollup: Rollup::Sum,
    value: |run| Value::Number(run.timer_s),
};

/// The column `timer_source`.
pub const TIMER_SOURCE: Metric = source(
    "timer_source",
    "Time source",
    "Where timer_s came from: device, laps, records or index (the account's own figure).",
    |run| Value::Text(run.timer_source.map(|source| source.as_str().to_string())),
);

/// The column `elapsed_source`.
pub const ELAPSED_SOURCE: Metric = source(
    "elapsed_source",
    "Elapsed time source",
    "Where elapsed_s came from: device, laps, records or index (the account's own figure).",
    |run| Value::Text(run.elapsed_source.map(|source| source.as_str().to_string())),
);

const fn source(
    id: &'static str,
    title: &'static str,
    about: &'static str,
    value: fn(&Run) -> Value,
) -> Metric {
    Metric {
        empty: Some("no time"),
        origin: |_, _| Some("the one that was believed"),
        source: "src/method/limits.md, Trust",
        ..words(id, title, about, value)
    }
}

/// The column `elapsed_s`.
pub const ELAPSED_S: Metric = Metric {
    id: "elapsed_s",
    title: "Elapsed time",
    unit: "s",
    decimals: 1,
    about: "Time from start to end, stops included: the device's total, the laps' or from the first to the last record; one that is shorter than the timer ran, or goes on behind the last record by more than a lap, is out.",
    empty: None,
    origin: |run, _| run.elapsed_source.map(TimeSource::in_words),
    any_sport: true,
    hand_over: HandOver::Keeps,
    source: "FIT session total_elapsed_time; src/method/formats.md, Time",
    caveats: "A watch left running makes it hours too long.",
    rollup: Rollup::Sum,
    value: |run| Value::Number(run.elapsed_s),
};

/// The column `moving_s`.
pub const MOVING_S: Metric = Metric {
    id: "moving_s",
    title: "Moving time",
    unit: "s",
    decimals: 1,
    about: "Time faster than 0.5 m/s, outside pauses, and outside gaps of more than a minute in which nobody moved on. Without records, the device's own moving time where it has one.",
    empty: Some("neither"),
    origin: |run, _| {
        Some(if run.records < 2 {
            FROM_DEVICE
        } else {
            FROM_RECORDS
        })
    },
    any_sport: false,
    hand_over: HandOver::Keeps,
    source: "src/method/formats.md, Time",
    caveats: "",
    rollup: Rollup::Sum,
    value: |run| Value::Number(run.moving_s),
};

/// The column `longest_stop_s`.
pub const LONGEST_STOP_S: Metric = Metric {
    id: "longest_stop_s",
    title: "Longest stop",
    unit: "s",
    decimals: 1,
    about: "The longest time without moving: a pause of the timer, a gap between records, or standing with the timer on.",
    empty: Some("no records"),
    origin: |_, _| Some(FROM_RECORDS),
    any_sport: false,
    hand_over: HandOver::Keeps,
    source: "src/method/formats.md, Time",
    caveats: "A lost signal looks like a stop where the device writes no distance.",
    rollup: Rollup::Max,
    value: |run| Value::Number(run.longest_stop_s),
};

/// The durations, s, and where they are from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Durations {
    /// Timer time.
    pub timer_s: Option<f64>,
    /// Where it is from.
    pub timer_source: Option<TimeSource>,
    /// Elapsed time.
    pub elapsed_s: Option<f64>,
    /// Where it is from.
    pub elapsed_source: Option<TimeSource>,
    /// Moving time.
    pub moving_s: Option<f64>,
    /// Longest stop.
    pub longest_stop_s: Option<f64>,
}

/// Computes what the verdicts do not say.
pub fn of(clean: &Clean, track: &Track, verdicts: &Verdicts) -> Durations {
    let has_records = clean.activity.samples.time_s.len() > 1;
    let (timer_s, elapsed_s) = (verdicts.timer_s.value(), verdicts.elapsed_s.value());
    let told_s = clean.activity.totals.moving_s.filter(|s| *s > 0.0);
    let (moved_s, crossed_s) = (moving(clean, track), crossed_s(clean));
    let stood = told_s
        .zip(moved_s)
        .is_some_and(|(told_s, moved_s)| leaves_out(told_s, moved_s, crossed_s));
    let moving_s = match has_records {
        true => moved_s.map(|moved_s| if stood { moved_s } else { moved_s + crossed_s }),
        false => told_s,
    };
    // Nobody moves for longer than the timer ran, nor stands for longer than it all took.
    let at_most = |value: Option<f64>, most: Option<f64>| {
        value.map(|value| most.map_or(value, |most| value.min(most)))
    };
    let longest_stop_s = has_records.then(|| Stops::of(clean, track, stood).longest_s);
    Durations {
        timer_s,
        timer_source: source_of(&verdicts.timer_s),
        elapsed_s,
        elapsed_source: source_of(&verdicts.elapsed_s),
        moving_s: at_most(moving_s, timer_s),
        longest_stop_s: at_most(longest_stop_s, elapsed_s),
    }
}

fn source_of(verdict: &Verdict) -> Option<TimeSource> {
    verdict.believed().map(|believed| match believed.by {
        By::Device | By::WholeFile => TimeSource::Device,
        By::Laps | By::LastLap => TimeSource::Laps,
        By::Records | By::Track | By::Speed => TimeSource::Records,
    })
}

fn moving(clean: &Clean, track: &Track) -> Option<f64> {
    if track.speed_m_s.iter().all(|speed| speed.is_nan()) {
        return None;
    }
    let samples = clean.weight_s.iter().zip(&track.speed_m_s);
    let moving_s = samples.map(|(weight, speed)| if *speed >= MOVING_M_S { *weight } else { 0.0 });
    Some(sum::of(&moving_s.collect::<Vec<_>>()))
}

/// Whether the device's own moving time is that of the records without the gaps that were crossed: then the watch was stopped there,
/// and who walked on did so on their own.
fn leaves_out(told_s: f64, moved_s: f64, crossed_s: f64) -> bool {
    (told_s - moved_s).abs() < crossed_s / 2.0
}

/// The time of the gaps across which the runner moved on, less pauses: they weigh nothing, and were no stop.
fn crossed_s(clean: &Clean) -> f64 {
    let time = &clean.activity.samples.time_s;
    if !has_gap(time, clean.gap_s) {
        return 0.0;
    }
    let mut pauses = Pauses::new(&clean.activity.pauses);
    let steps = (1..time.len()).map(|i| {
        let paused_s = pauses.overlap(time[i - 1], time[i]);
        (i, time[i] - time[i - 1] - paused_s)
    });
    let crossed = steps.filter(|(i, step_s)| *step_s > clean.gap_s && went_on(clean, *i));
    crossed.map(|(_, step_s)| step_s).sum()
}

/// What is not running inside a recording.
#[derive(Default)]
struct Stops {
    /// The longest stop of any kind.
    longest_s: f64,
    /// The stop going on.
    standing_s: f64,
    /// Whether the gaps that the runner crossed are stops all the same ([`leaves_out`]).
    stood: bool,
}

impl Stops {
    fn of(clean: &Clean, track: &Track, stood: bool) -> Stops {
        let time = &clean.activity.samples.time_s;
        let mut pauses = Pauses::new(&clean.activity.pauses);
        let mut stops = Stops {
            stood,
            ..Stops::default()
        };
        for first in (1..time.len()).step_by(STEPS) {
            let steps = first..time.len().min(first + STEPS);
            if pauses.overlap(time[steps.start - 1], time[steps.end - 1]) == 0.0
                && all_moving(clean, track, &steps)
            {
                stops.standing_s = 0.0;
                continue;
            }
            for i in steps {
                stops.step(clean, track, i, pauses.overlap(time[i - 1], time[i]));
            }
        }
        stops
    }

    /// The step that ends at this sample, of which so many seconds were paused.
    #[inline]
    fn step(&mut self, clean: &Clean, track: &Track, i: usize, paused_s: f64) {
        let time = &clean.activity.samples.time_s;
        let step_s = time[i] - time[i - 1];
        let speed = track.speed_m_s.get(i).copied().unwrap_or(f64::NAN);
        let gap_without_running =
            step_s - paused_s > clean.gap_s && (self.stood || !went_on(clean, i));
        let still = paused_s > 0.0 || gap_without_running || speed < MOVING_M_S;
        self.standing_s = if still { self.standing_s + step_s } else { 0.0 };
        self.longest_s = self.longest_s.max(self.standing_s);
    }
}

/// Steps that are passed over at once where nothing in them is a stop, as in most of a run.
const STEPS: usize = 32;

/// Whether there is neither a gap in these steps nor one that is slower than moving. Speeds not known count as moving.
fn all_moving(clean: &Clean, track: &Track, steps: &Range<usize>) -> bool {
    let time = &clean.activity.samples.time_s[steps.start - 1..steps.end];
    let speeds = track.speed_m_s.get(steps.clone()).unwrap_or_default();
    !has_gap(time, clean.gap_s) && !column::any(speeds.iter(), |speed| *speed < MOVING_M_S)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clean::{clean, fixture::steady},
        model::{Activity, Span},
        trust,
    };

    fn durations(activity: Activity) -> Durations {
        let (mut clean, _) = clean(activity);
        let (verdicts, _) = trust::hear(&mut clean, false);
        of(&clean, &Track::of(&clean), &verdicts)
    }

    #[test]
    fn a_steady_minute() {
        let found = durations(steady(61, 3.0));
        let expected = Durations {
            timer_s: Some(60.0),
            timer_source: Some(TimeSource::Records),
            elapsed_s: Some(60.0),
            elapsed_source: Some(TimeSource::Records),
            moving_s: Some(60.0),
            longest_stop_s: Some(0.0),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_pause_is_elapsed_but_not_timed() {
        let mut activity = steady(61, 3.0);
        for time in &mut activity.samples.time_s[31..] {
            *time += 300.0;
        }
        let at = activity.samples.time_s[30];
        activity.pauses = vec![Span {
            from_s: at,
            to_s: at + 300.0,
        }];
        let found = durations(activity);
        assert_eq!((found.timer_s, found.elapsed_s), (Some(60.0), Some(360.0)));
        assert_eq!(found.longest_stop_s, Some(301.0));
    }

    #[test]
    fn a_day_between_two_halves_is_no_running() {
        let mut activity = steady(61, 3.0);
        for time in &mut activity.samples.time_s[31..] {
            *time += 90_000.0;
        }
        let found = durations(activity);
        assert_eq!((found.timer_s, found.moving_s), (Some(59.0), Some(59.0)));
    }

    #[test]
    fn a_gap_that_the_runner_crossed_is_moving_time_and_no_stop() {
        // Nothing was written for ten minutes, and the distance went on at this pace.
        let crossed = |speed_m_s: f64| {
            let mut activity = steady(61, 3.0);
            for i in 31..61 {
                activity.samples.time_s[i] += 600.0;
                activity.samples.distance_m[i] += 600.0 * speed_m_s;
            }
            let found = durations(activity);
            (found.moving_s, found.timer_s, found.longest_stop_s)
        };
        assert_eq!(crossed(2.9), (Some(660.0), Some(660.0), Some(0.0)));
        assert_eq!(crossed(1.2), (Some(660.0), Some(660.0), Some(0.0)));
        // Standing, and a bus.
        for speed_m_s in [0.1, 9.0] {
            let nothing = (Some(59.0), Some(59.0), Some(601.0));
            assert_eq!(crossed(speed_m_s), nothing, "{speed_m_s}");
        }
    }

    #[test]
    fn a_gap_that_the_device_leaves_out_is_a_stop() {
        // A walk of 90 m while the watch was stopped, and what the device says of the time moving.
        let crossed = |told_s: Option<f64>| {
            let mut activity = steady(61, 3.0);
            for i in 31..61 {
                activity.samples.time_s[i] += 80.0;
                activity.samples.distance_m[i] += 90.0;
            }
            activity.totals.moving_s = told_s;
            let found = durations(activity);
            (found.moving_s, found.longest_stop_s)
        };
        assert_eq!(crossed(Some(57.0)), (Some(59.0), Some(81.0)));
        // It counts the gap, says nothing, or nothing that can be.
        for told_s in [Some(138.0), None, Some(0.0), Some(5.0)] {
            assert_eq!(crossed(told_s), (Some(140.0), Some(0.0)), "{told_s:?}");
        }
    }

    #[test]
    fn a_record_every_two_minutes_is_a_run_all_the_same() {
        let mut activity = steady(31, 3.0);
        let samples = &mut activity.samples;
        for i in 0..31_usize {
            samples.time_s[i] += 119.0 * i as f64;
            // Standing for two of the steps.
            samples.distance_m[i] = 360.0 * (i - (i.clamp(10, 12) - 10)) as f64;
        }
        samples.speed_m_s.clear();
        let found = durations(activity);
        assert_eq!(
            (found.timer_s, found.moving_s),
            (Some(3600.0), Some(3360.0))
        );
        assert_eq!(found.longest_stop_s, Some(240.0));
    }

    #[test]
    fn a_manual_entry_has_its_totals() {
        let mut activity = steady(0, 3.0);
        activity.totals.timer_s = Some(0.0);
        activity.totals.elapsed_s = Some(1800.0);
        let found = durations(activity);
        assert_eq!(
            (found.timer_s, found.elapsed_s, found.moving_s),
            (Some(1800.0), Some(1800.0), None)
        );
    }
}
