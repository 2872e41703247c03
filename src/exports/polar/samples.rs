//! The samples of an exercise, in the layouts of both generations.

use crate::{
    exports::kit::{Channel, Entry, Track, duration_s, numbers},
    model::Samples,
    text::{
        json::Piece,
        number::Number,
        stamp::{Stamp, Zone, stamp},
    },
};

/// Grids that are believed, ms.
const INTERVAL_MS: std::ops::RangeInclusive<f64> = 1.0..=3_600_000.0;
/// The grid where none is given, ms.
const EVERY_SECOND_MS: f64 = 1000.0;

/// When an exercise began, as its samples tell it.
#[derive(Debug, Clone, Copy)]
struct Clock {
    /// As it is written.
    written: Stamp,
    /// Unix seconds.
    start_s: f64,
}

/// The samples of an exercise that began at `start_s`, which is written as `written`.
pub(super) fn read(exercise: &Entry, written: Stamp, start_s: f64) -> Samples {
    let clock = Clock { written, start_s };
    let mut track = Track::new(start_s);
    let channels = channels(exercise);
    for (name, series) in &channels {
        if let Some((channel, factor)) = channel(name) {
            put_series(&mut track, clock, (channel, factor), *series);
        }
    }
    let with_altitude = !track.has(Channel::Altitude);
    let routes = channels
        .iter()
        .filter(|(name, _)| plain(name) == "RECORDEDROUTE");
    for (_, route) in routes {
        put_points(&mut track, clock, *route, with_altitude);
    }
    put_routes(&mut track, clock, exercise, with_altitude);
    track.samples()
}

/// What a channel is called, and its values: `"samples": {"samples": [{"type": …}]}`, `"samples": {"heartRate": […]}` or a list.
fn channels<'t>(exercise: &Entry<'t>) -> Vec<(String, Piece<'t>)> {
    let Some(samples) = exercise.get("samples") else {
        return Vec::new();
    };
    let mut channels = typed(samples);
    for (name, value) in samples.members() {
        match name.as_ref() {
            "samples" => channels.extend(typed(value)),
            _ => channels.push((name.into_owned(), value)),
        }
    }
    channels
}

fn typed(list: Piece) -> Vec<(String, Piece)> {
    let items = if list.is_array() {
        Some(list.items())
    } else {
        None
    };
    items
        .into_iter()
        .flatten()
        .filter_map(|piece| Some((Entry::of(piece, 1)?.text("type")?, piece)))
        .collect()
}

/// Upper case without lines between words.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// The channel of a name, and what makes SI units of its values.
fn channel(name: &str) -> Option<(Channel, f64)> {
    match plain(name).as_str() {
        "HEARTRATE" => Some((Channel::HeartRate, 1.0)),
        // km/h.
        "SPEED" => Some((Channel::Speed, 1.0 / 3.6)),
        "CADENCE" => Some((Channel::Cadence, 1.0)),
        "ALTITUDE" => Some((Channel::Altitude, 1.0)),
        "DISTANCE" => Some((Channel::Distance, 1.0)),
        _ => None,
    }
}

/// `{"intervalMillis": 1000, "values": […]}`, or a list of numbers or of `{"dateTime": …, "value": …}`.
fn put_series(track: &mut Track, clock: Clock, (channel, factor): (Channel, f64), series: Piece) {
    if let Some(grid) = Entry::of(series, 1) {
        let interval_ms = match grid.number("intervalMillis") {
            Number::Value(ms) if INTERVAL_MS.contains(&ms) => ms,
            Number::Missing => EVERY_SECOND_MS,
            // Values at unknown times are none.
            _ => return,
        };
        let values = grid.get("values").into_iter().flat_map(numbers);
        for (index, value) in values.enumerate() {
            let time_s = clock.start_s + index as f64 * interval_ms / 1000.0;
            track.put(time_s, channel, value * factor);
        }
        return;
    }
    for sample in series.items().filter_map(|piece| Entry::of(piece, 1)) {
        let value = sample.number("value");
        if let (Some(time_s), Number::Value(value)) = (clock.time_s(&sample), value) {
            track.put(time_s, channel, value * factor);
        }
    }
}

/// `"routes": {"route": {"startTime": …, "wayPoints": […]}}`.
fn put_routes(track: &mut Track, clock: Clock, exercise: &Entry, with_altitude: bool) {
    let route = exercise
        .inner("routes")
        .and_then(|routes| routes.inner("route"));
    let Some(route) = route else { return };
    let own_start = route.text("startTime").and_then(|text| clock.at(&text));
    let clock = Clock {
        start_s: own_start.unwrap_or(clock.start_s),
        ..clock
    };
    if let Some(points) = route.get("wayPoints") {
        put_points(track, clock, points, with_altitude);
    }
}

fn put_points(track: &mut Track, clock: Clock, points: Piece, with_altitude: bool) {
    for point in points.items().filter_map(|piece| Entry::of(piece, 1)) {
        let Some(time_s) = clock.time_s(&point) else {
            continue;
        };
        let place = (point.number("latitude"), point.number("longitude"));
        if let (Number::Value(latitude), Number::Value(longitude)) = place {
            track.put(time_s, Channel::Latitude, latitude);
            track.put(time_s, Channel::Longitude, longitude);
        }
        if let (Number::Value(metres), true) = (point.number("altitude"), with_altitude) {
            track.put(time_s, Channel::Altitude, metres);
        }
    }
}

impl Clock {
    /// When a sample was taken, Unix seconds: by its `elapsedMillis` or its `dateTime`.
    fn time_s(self, sample: &Entry) -> Option<f64> {
        match sample.number("elapsedMillis") {
            Number::Value(ms) => Some(self.start_s + ms / 1000.0),
            _ => self.at(&sample.text("dateTime")?),
        }
    }

    /// A moment on the exercise's own clock, or a time since its start.
    fn at(self, text: &str) -> Option<f64> {
        let Some(stamp) = stamp(text) else {
            let since_s = text.starts_with('P').then(|| duration_s(text)).flatten();
            return since_s.map(|seconds| self.start_s + seconds);
        };
        match stamp.zone {
            Zone::Unknown => Some(self.start_s + stamp.unix_s - self.written.unix_s),
            _ => Some(stamp.unix_s),
        }
    }
}
