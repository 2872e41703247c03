//! The samples of an activity: lines such as `tp=h-r;k=1756708205000;v=141;`, the times of each kind in its own unit.

use crate::{
    exports::kit::{Channel, Track},
    model::Samples,
};
use std::collections::BTreeMap;

/// Where Huawei puts a pause, degrees: no place.
const PAUSE: (f64, f64) = (90.0, -80.0);
/// Times below this are seconds since midnight, UTC, of the day the activity began.
const OF_THE_DAY_S: f64 = 604_800.0;
/// Times from here on are milliseconds.
const IN_MS: f64 = 1e11;
const DAY_S: f64 = 86_400.0;

/// The samples of an activity that began at `start_s`. Lines of kinds that are not known, and broken ones, are passed over.
pub(super) fn read(detail: &str, start_s: f64) -> Samples {
    let mut track = Track::new(start_s);
    for line in detail.split(['\n', '\r']).filter_map(behind_kind) {
        put(&mut track, start_s, &line);
    }
    track.samples()
}

/// A line's members: the first is its kind. What stands in front of the first line is cut off.
fn behind_kind(line: &str) -> Option<BTreeMap<&str, &str>> {
    let line = line.get(line.find("tp=")?..)?;
    Some(
        line.split(';')
            .filter_map(|part| part.split_once('='))
            .collect(),
    )
}

fn put(track: &mut Track, start_s: f64, line: &BTreeMap<&str, &str>) {
    let number = |key: &str| line.get(key)?.trim().parse::<f64>().ok();
    let at = |key: &str| number(key).and_then(|time| moment_s(time, start_s));
    let mut measured = |channel: Channel| {
        if let (Some(time_s), Some(value)) = (at("k"), number("v")) {
            track.put(time_s, channel, value);
        }
    };
    match line.get("tp").copied() {
        Some("h-r") => measured(Channel::HeartRate),
        // Steps a minute of both legs; negative ones are strokes.
        Some("s-r") if number("v").is_some_and(|steps| steps >= 0.0) => measured(Channel::Cadence),
        Some("alti" | "alt") => measured(Channel::Altitude),
        Some("lbs") => {
            let place = number("lat").zip(number("lon"));
            let place = place.filter(|place| *place != PAUSE && *place != (0.0, 0.0));
            if let (Some(time_s), Some((latitude, longitude))) = (at("t"), place) {
                track.put(time_s, Channel::Latitude, latitude);
                track.put(time_s, Channel::Longitude, longitude);
            }
        }
        _ => {}
    }
}

/// Milliseconds or seconds since 1970, or seconds since midnight.
fn moment_s(time: f64, start_s: f64) -> Option<f64> {
    match time {
        _ if !time.is_finite() || time <= 0.0 => None,
        ..OF_THE_DAY_S => Some((start_s / DAY_S).floor() * DAY_S + time),
        IN_MS.. => Some(time / 1000.0),
        _ => Some(time),
    }
}
