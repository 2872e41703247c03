//! What several verdicts need of a cleaned recording.

use super::laps;
use crate::{
    clean::{Clean, MOVING_M_S, time::Pauses},
    column,
    model::Activity,
};

/// Times of one recording, s, before anything is believed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Times {
    /// From the first to the last record.
    pub span_s: Option<f64>,
    /// The same less pauses and less gaps in which nobody ran.
    pub recorded_s: Option<f64>,
    /// From the first lap's start to the end of the last.
    pub laps_span_s: Option<f64>,
}

impl Times {
    pub(super) fn of(clean: &Clean) -> Times {
        let span_s = span_s(&clean.activity.samples.time_s);
        let recorded_s = span_s.map(|span| span - not_running_s(clean));
        Times {
            span_s,
            recorded_s: recorded_s.and_then(positive),
            laps_span_s: laps::span_s(&clean.activity.laps).and_then(positive),
        }
    }

    /// All times that anything claims, the device's among them.
    pub(super) fn claimed(self, activity: &Activity) -> impl Iterator<Item = f64> {
        let totals = &activity.totals;
        let all = [
            totals.timer_s,
            totals.elapsed_s,
            totals.moving_s,
            self.span_s,
            self.laps_span_s,
        ];
        all.into_iter().flatten().filter_map(positive)
    }
}

/// A number that says something.
pub(super) fn positive(value: f64) -> Option<f64> {
    (value.is_finite() && value > 0.0).then_some(value)
}

fn span_s(time: &[f64]) -> Option<f64> {
    let (first, last) = time.first().zip(time.last())?;
    positive(last - first)
}

/// Pauses, and gaps ([`Clean::gap_s`]) in which nobody ran.
fn not_running_s(clean: &Clean) -> f64 {
    let (time, pauses) = (&clean.activity.samples.time_s, &clean.activity.pauses);
    let has_no_gap = column::all(time.windows(2), |pair| pair[1] - pair[0] <= clean.gap_s);
    if has_no_gap && pauses.is_empty() {
        return 0.0;
    }
    let mut pauses = Pauses::new(pauses);
    let steps = (1..time.len()).map(|i| {
        let (step_s, paused_s) = (time[i] - time[i - 1], pauses.overlap(time[i - 1], time[i]));
        let is_stop = step_s - paused_s > clean.gap_s && !went_on(clean, i);
        if is_stop { step_s } else { paused_s }
    });
    steps.sum()
}

/// The fastest pace across a gap that is a runner's, m/s: 2:23 min/km for more than a minute. What is faster went by car.
const FASTEST_CROSSING_M_S: f64 = 7.0;

/// Whether the distance went on over the step that ends at this sample, as far as a runner or walker goes: the watch recorded
/// sparsely, the runner did not stop.
pub(crate) fn went_on(clean: &Clean, i: usize) -> bool {
    let samples = &clean.activity.samples;
    let step = samples.distance_m.get(i).zip(samples.distance_m.get(i - 1));
    step.is_some_and(|(here, there)| {
        let speed_m_s = (here - there) / (samples.time_s[i] - samples.time_s[i - 1]);
        (MOVING_M_S..=FASTEST_CROSSING_M_S).contains(&speed_m_s)
    })
}
