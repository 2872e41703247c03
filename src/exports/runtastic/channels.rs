//! `GPS-data/*.json` and `Heart-rate-data/*.json`: what was measured on the way, by time.

use super::{
    sessions::{moment_s, spaced},
    track_of,
};
use crate::{
    exports::{
        facts::{Facts, Listed},
        kit::{
            Channel, DISTANCE_M, Entry, Fault, HEART_RATE_BPM, Notes, Track, entries, offset_of,
        },
    },
    model::{Activity, Format, Samples, Sport},
    text::json::Piece,
};

/// Reads heart rates. They are no activity of their own, and say by their name whose they are.
pub(super) fn heart_rates(document: Piece, stem: &str, notes: &mut Notes) -> Facts {
    let mut points = Points::default();
    entries(document.entries(), notes, |notes, entry| {
        let bpm = notes.positive(entry, "heart_rate", 1.0, HEART_RATE_BPM);
        let values = [(Channel::HeartRate, bpm)];
        points.add(notes, entry, &values);
    });
    let listed = points.activity(Sport::OTHER).map(|activity| Listed {
        place: "heart rates".to_string(),
        id: None,
        file: track_of(stem),
        shoe: None,
        activity,
    });
    Facts {
        activities: listed.into_iter().collect(),
        ..Facts::default()
    }
}

/// Reads a track. Which sport it was the session says.
pub(super) fn track(document: Piece, notes: &mut Notes) -> Facts {
    let mut points = Points::default();
    entries(document.entries(), notes, |notes, entry| {
        let mut value = |key, range| notes.value(entry, key, 1.0, range);
        let values = [
            (Channel::Latitude, value("latitude", -90.0..=90.0)),
            (Channel::Longitude, value("longitude", -180.0..=180.0)),
            (Channel::Altitude, value("altitude", -500.0..=9000.0)),
            (Channel::Distance, value("distance", DISTANCE_M)),
        ];
        points.add(notes, entry, &values);
    });
    Facts {
        recordings: points.activity(Sport::UNKNOWN).into_iter().collect(),
        ..Facts::default()
    }
}

/// The points of a file as they come in.
#[derive(Default)]
struct Points {
    track: Option<Track>,
    utc_offset_s: Option<i32>,
}

impl Points {
    fn add(&mut self, notes: &mut Notes, entry: &Entry, values: &[(Channel, Option<f64>)]) {
        let Some(time_s) = moment_s(entry, "timestamp") else {
            return notes.add(Fault::NoDate, entry.number, "");
        };
        if self.track.is_none() {
            let stamp = entry.text("timestamp").and_then(|text| spaced(&text));
            self.utc_offset_s = stamp.and_then(offset_of);
        }
        let track = self.track.get_or_insert_with(|| Track::new(time_s));
        for (channel, value) in values {
            track.put(time_s, *channel, value.unwrap_or(f64::NAN));
        }
    }

    /// What was recorded, if there is anything.
    fn activity(self, sport: Sport) -> Option<Activity> {
        let samples: Samples = self.track?.samples();
        let start_s = *samples.time_s.first()?;
        Some(Activity {
            sport,
            start_unix_s: Some(start_s),
            utc_offset_s: self.utc_offset_s,
            samples,
            ..Activity::empty(Format::Export)
        })
    }
}
