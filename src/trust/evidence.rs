//! What several verdicts need of a cleaned recording.

use super::{laps, witness::AGREE};
use crate::{
    clean::{
        Clean, MOVING_M_S,
        time::{Pauses, has_gap},
    },
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
    /// From the start that the file tells until its totals were written.
    pub until_end_s: Option<f64>,
    /// Whether the laps end before the records do: the last lap was lost, or never closed.
    pub laps_are_part: bool,
}

impl Times {
    pub(super) fn of(clean: &Clean) -> Times {
        let activity = &clean.activity;
        let span_s = span_s(&activity.samples.time_s);
        let recorded_s = span_s.map(|span| span - not_running_s(clean));
        let laps_span_s = laps::span_s(&activity.laps).and_then(positive);
        Times {
            span_s,
            recorded_s: recorded_s.and_then(positive),
            laps_span_s,
            until_end_s: until_end_s(activity),
            laps_are_part: laps_are_part(activity, span_s, laps_span_s),
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

/// Records may go on behind the last lap for so long, s.
const OPEN_LAP_S: f64 = 30.0;

fn laps_are_part(activity: &Activity, span_s: Option<f64>, laps_span_s: Option<f64>) -> bool {
    let began_s = activity.laps.first().and_then(|lap| lap.start_unix_s);
    let laps_end_s = began_s.zip(laps_span_s).map(|(began, span)| began + span);
    let ends = laps_end_s.zip(activity.samples.time_s.last());
    let room_s = OPEN_LAP_S + AGREE * span_s.unwrap_or(0.0);
    ends.is_some_and(|(laps_end_s, last_s)| last_s - laps_end_s > room_s)
}

fn until_end_s(activity: &Activity) -> Option<f64> {
    positive(activity.end_unix_s? - activity.start_unix_s?)
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
    if pauses.is_empty() && !has_gap(time, clean.gap_s) {
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
        is_crossing((here - there) / (samples.time_s[i] - samples.time_s[i - 1]))
    })
}

fn is_crossing(speed_m_s: f64) -> bool {
    (MOVING_M_S..=FASTEST_CROSSING_M_S).contains(&speed_m_s)
}
