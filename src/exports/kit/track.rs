//! Channels that were measured each at its own times, put together second by second.

use crate::model::Samples;
use std::collections::BTreeMap;

/// Samples further from the start than this are no part of the activity, s: ten days.
const LONGEST_S: f64 = 864_000.0;
/// Leading altitudes of exactly zero are no measurement if the first other one is at least this far off, m.
const UNSET_ALTITUDE_M: f64 = 3.0;
const CHANNELS: usize = 7;

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::exports) enum Channel {
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// m above sea level.
    Altitude,
    /// m from the start.
    Distance,
    /// m/s.
    Speed,
    /// beats/min.
    HeartRate,
    /// Per minute as the service has it.
    Cadence,
}

/// The samples of one activity as they come in.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::exports) struct Track {
    start_s: f64,
    seconds: BTreeMap<i64, Second>,
}

/// One second: when exactly, and what was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Second {
    time_s: f64,
    values: [f64; CHANNELS],
}

impl Track {
    /// Of an activity that started then, Unix seconds.
    pub(in crate::exports) fn new(start_s: f64) -> Self {
        Track {
            start_s,
            seconds: BTreeMap::new(),
        }
    }

    /// A value measured at a moment, Unix seconds. What is not finite or days away is none.
    pub(in crate::exports) fn put(&mut self, time_s: f64, channel: Channel, value: f64) {
        let is_near = (time_s - self.start_s).abs() <= LONGEST_S;
        if !value.is_finite() || !is_near {
            return;
        }
        let second = self.seconds.entry(time_s.round() as i64).or_insert(Second {
            time_s,
            values: [f64::NAN; CHANNELS],
        });
        second.values[channel as usize] = value;
        // Speed is computed from places: theirs is the time that must be exact.
        if channel == Channel::Latitude {
            second.time_s = time_s;
        }
    }

    /// Whether a channel has a value other than 0.
    pub(in crate::exports) fn has(&self, channel: Channel) -> bool {
        let mut values = self.seconds.values();
        values.any(|second| second.values[channel as usize].abs() > 0.0)
    }

    /// The columns; a channel without a value has none.
    pub(in crate::exports) fn samples(&self) -> Samples {
        Samples {
            time_s: self.seconds.values().map(|second| second.time_s).collect(),
            latitude_deg: self.column(Channel::Latitude),
            longitude_deg: self.column(Channel::Longitude),
            altitude_m: single(without_unset(self.column(Channel::Altitude))),
            distance_m: self.column(Channel::Distance),
            speed_m_s: single(self.column(Channel::Speed)),
            heart_rate_bpm: single(without_zeros(self.column(Channel::HeartRate))),
            cadence_raw: single(self.column(Channel::Cadence)),
        }
    }

    fn column(&self, channel: Channel) -> Vec<f64> {
        let column = self.values_of(channel);
        let has_any = column.iter().any(|value| value.is_finite());
        if has_any { column } else { Vec::new() }
    }

    fn values_of(&self, channel: Channel) -> Vec<f64> {
        let seconds = self.seconds.values();
        seconds
            .map(|second| second.values[channel as usize])
            .collect()
    }
}

fn single(column: Vec<f64>) -> Vec<f32> {
    column.into_iter().map(|value| value as f32).collect()
}

/// A heart rate of 0 is a sensor that did not hear the heart.
fn without_zeros(mut column: Vec<f64>) -> Vec<f64> {
    column
        .iter_mut()
        .filter(|value| **value <= 0.0)
        .for_each(|value| *value = f64::NAN);
    column
}

/// Without the zeros that a watch writes before it knows how high it is.
fn without_unset(mut column: Vec<f64>) -> Vec<f64> {
    let is_unset = |value: &f64| value.is_nan() || *value == 0.0;
    let first = column.iter().position(|value| !is_unset(value));
    let jump_m = first.map_or(f64::INFINITY, |at| column[at].abs());
    if jump_m >= UNSET_ALTITUDE_M {
        let unset = first.unwrap_or(column.len());
        column[..unset].fill(f64::NAN);
    }
    if first.is_none() { Vec::new() } else { column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_meet_in_their_second() {
        let mut track = Track::new(100.0);
        track.put(100.0, Channel::HeartRate, 120.0);
        track.put(100.2, Channel::Latitude, 1.0);
        track.put(100.2, Channel::Longitude, 2.0);
        track.put(101.0, Channel::HeartRate, 0.0);
        track.put(1e9, Channel::HeartRate, 130.0);
        track.put(102.0, Channel::Speed, f64::NAN);
        let samples = track.samples();
        assert_eq!(samples.time_s, [100.2, 101.0]);
        assert_eq!(
            (samples.latitude_deg[0], samples.longitude_deg[0]),
            (1.0, 2.0)
        );
        assert!(samples.latitude_deg[1].is_nan());
        assert_eq!(samples.heart_rate_bpm[0], 120.0);
        assert!(samples.heart_rate_bpm[1].is_nan());
        assert!(samples.speed_m_s.is_empty() && samples.altitude_m.is_empty());
    }

    #[test]
    fn zeros_before_the_first_altitude_are_none() {
        for (altitudes, unset) in [
            (vec![0.0, 0.0, 12.0, 0.0], 2),
            (vec![0.0, 0.0, 0.4, 1.0], 0),
            (vec![f64::NAN, 0.0, -30.0], 2),
        ] {
            let found = without_unset(altitudes.clone());
            let missing = found.iter().filter(|value| value.is_nan()).count();
            let expected = unset.max(usize::from(altitudes[0].is_nan()));
            assert_eq!(missing, expected, "{altitudes:?}");
        }
        assert!(without_unset(vec![0.0, 0.0]).is_empty());
    }
}
