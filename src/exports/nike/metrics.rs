//! The samples: each metric a list of values with their own times, and some of them sums over the time between.

use super::unit::metres;
use crate::{
    exports::kit::{Channel, Entry, Track},
    model::Samples,
    text::number::Number,
};

/// Fewer steps than this in one value's time, or a longer time, tell no cadence: steps, s.
const STEPS_MIN: f64 = 1.0;
const STEPS_SPAN_S: f64 = 120.0;

/// The samples of an activity that began at `start_s`.
pub(super) fn read(activity: &Entry, start_s: f64) -> Samples {
    let mut track = Track::new(start_s);
    for metric in activity.objects("metrics") {
        match metric.text("type").as_deref() {
            Some("latitude") => put(&mut track, &metric, Channel::Latitude),
            Some("longitude") => put(&mut track, &metric, Channel::Longitude),
            Some("elevation") => put(&mut track, &metric, Channel::Altitude),
            Some("heart_rate") => put(&mut track, &metric, Channel::HeartRate),
            Some("distance") => put_distance(&mut track, &metric),
            Some("steps") => put_steps(&mut track, &metric),
            _ => {}
        }
    }
    track.samples()
}

fn put(track: &mut Track, metric: &Entry, channel: Channel) {
    for (from_s, _, value) in values(metric) {
        track.put(from_s, channel, value);
    }
}

/// Each value is what was run since the one before.
fn put_distance(track: &mut Track, metric: &Entry) {
    let factor = metres(metric);
    let mut sum_m = 0.0;
    for (from_s, to_s, value) in values(metric) {
        sum_m += value.max(0.0) * factor;
        track.put(to_s.unwrap_or(from_s), Channel::Distance, sum_m);
    }
}

/// Each value is a count of steps; where only its beginning is known there is no cadence in it.
fn put_steps(track: &mut Track, metric: &Entry) {
    for (from_s, to_s, value) in values(metric) {
        let span_s = to_s.map_or(0.0, |to_s| to_s - from_s);
        if span_s > 0.0 && span_s <= STEPS_SPAN_S && value >= STEPS_MIN {
            track.put(from_s, Channel::Cadence, value * 60.0 / span_s);
        }
    }
}

/// From when, until when, and how much.
fn values(metric: &Entry) -> impl Iterator<Item = (f64, Option<f64>, f64)> {
    let values = metric.objects("values");
    values.filter_map(|one| value(&one))
}

fn value(one: &Entry) -> Option<(f64, Option<f64>, f64)> {
    let Number::Value(value) = one.number("value") else {
        return None;
    };
    let from_s = one.epoch_ms("start_epoch_ms")?;
    Some((from_s, one.epoch_ms("end_epoch_ms"), value))
}
