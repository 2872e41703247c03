//! `….live_data.json` and `….location_data.json`: the samples and the places of one exercise. What sport it is stands in the table.

use super::super::kit::{Channel, Entry, Notes, Track, entries, has_key, is_json, said};
use crate::{
    decode::HEAD_BYTES,
    exports::{export::Said, facts::Facts},
    model::{Activity, Format},
    text::{json::Piece, number::Number},
};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Live,
    Places,
}

/// The columns that name the files of an exercise, and how these end.
pub(super) const FILES: &[(&str, &str)] = &[
    ("live_data", "live_data.json"),
    ("location_data", "location_data.json"),
];

/// Members of a sample and their channels; the distance is counted by itself.
const CHANNELS: &[(&str, Channel)] = &[
    ("heart_rate", Channel::HeartRate),
    ("cadence", Channel::Cadence),
    ("speed", Channel::Speed),
    ("latitude", Channel::Latitude),
    ("longitude", Channel::Longitude),
    ("altitude", Channel::Altitude),
];

/// What a file holds: many services have lists of such samples, so that the name counts, too.
pub(super) fn kind(bytes: &[u8], name: &str) -> Option<Kind> {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let kind = match name {
        name if name.ends_with("location_data.json") => Kind::Places,
        name if name.ends_with("live_data.json") => Kind::Live,
        _ => return None,
    };
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    (is_json(head) && has_key(head, "start_time")).then_some(kind)
}

/// Reads the samples.
pub(super) fn read(bytes: &[u8], kind: Kind) -> Said {
    let document = Piece::document(bytes);
    let mut notes = Notes::new("sample");
    let mut samples: Vec<Sample> = Vec::new();
    entries(document.items(), &mut notes, |_, entry| {
        samples.extend(sample(entry))
    });
    samples.sort_by(|a, b| a.time_s.total_cmp(&b.time_s));
    let facts = Facts {
        recordings: recording(&samples, kind).into_iter().collect(),
        ..Facts::default()
    };
    said(document, facts, &notes)
}

/// One sample.
struct Sample {
    time_s: f64,
    values: [f64; CHANNELS.len()],
    distance_m: f64,
}

/// None: it has no time.
fn sample(entry: &Entry) -> Option<Sample> {
    let value = |key: &str| match entry.number(key) {
        Number::Value(value) => value,
        _ => f64::NAN,
    };
    Some(Sample {
        time_s: entry.epoch_ms("start_time")?,
        values: std::array::from_fn(|index| value(CHANNELS[index].0)),
        distance_m: value("distance"),
    })
}

fn recording(samples: &[Sample], kind: Kind) -> Option<Activity> {
    let start_s = samples.first()?.time_s;
    let mut track = Track::new(start_s);
    let distances = cumulative(samples);
    for (sample, distance_m) in samples.iter().zip(distances) {
        for ((_, channel), value) in CHANNELS.iter().zip(sample.values) {
            track.put(sample.time_s, *channel, value);
        }
        if kind == Kind::Live {
            track.put(sample.time_s, Channel::Distance, distance_m);
        }
    }
    let samples = track.samples();
    (!samples.is_empty()).then(|| Activity {
        start_unix_s: Some(start_s),
        samples,
        ..Activity::empty(Format::Export)
    })
}

/// Metres from the start. Samples hold what was covered since the one before; where they only ever rise, and their sum is more than
/// anyone covers in that time, they hold the distance so far.
fn cumulative(samples: &[Sample]) -> Vec<f64> {
    let known: Vec<f64> = samples
        .iter()
        .map(|sample| sample.distance_m)
        .filter(|metres| metres.is_finite() && *metres >= 0.0)
        .collect();
    let length_s = samples.last().map_or(0.0, |last| last.time_s)
        - samples.first().map_or(0.0, |first| first.time_s);
    let rises = known.windows(2).all(|pair| pair[0] <= pair[1]);
    let is_so_far = rises && known.iter().sum::<f64>() > length_s * crate::clean::MAX_SPEED_M_S;
    let mut so_far_m = 0.0;
    let metres = samples.iter().map(|sample| match sample.distance_m {
        metres if !metres.is_finite() || metres < 0.0 => f64::NAN,
        metres if is_so_far => metres,
        metres => {
            so_far_m += metres;
            so_far_m
        }
    });
    let metres: Vec<f64> = metres.collect();
    // A channel of zeros is none.
    if metres.iter().any(|metres| *metres > 0.0) {
        metres
    } else {
        vec![f64::NAN; samples.len()]
    }
}
