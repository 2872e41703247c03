//! Ascent and descent: the device's totals, else smoothed altitude with hysteresis.

use super::{Gift, HandOver, Metric, Rollup, Value, track::Track};
use crate::{clean::Clean, model::AltitudeSource};

/// Moves smaller than this are noise on a barometer, m (src/method/formulas.md, Elevation gain).
const BAROMETER_THRESHOLD_M: f64 = 3.0;
/// … and on GPS, m.
const GPS_THRESHOLD_M: f64 = 10.0;
/// FIT sub-sports that go nowhere.
const INDOOR: [&str; 4] = [
    "treadmill",
    "indoor_running",
    "virtual_activity",
    "indoor_track",
];

/// The column `ascent_m`.
pub const ASCENT_M: Metric = Metric {
    id: "ascent_m",
    title: "Ascent",
    unit: "m",
    decimals: 1,
    about: "Metres climbed: the device's total; without one, altitude smoothed by a 15 s median and a 15 s mean, counting moves of at least 3 m (barometer) or 10 m (GPS). Indoor runs climb 0 m.",
    empty: Some("no altitude"),
    origin: |run, _| run.altitude_source.map(AltitudeSource::in_words),
    any_sport: false,
    hand_over: HandOver::Gives(Gift {
        what: "climb",
        settles: None,
        has: |run| run.ascent_m.is_some(),
        give: |to, from| {
            (to.ascent_m, to.descent_m, to.altitude_source) =
                (from.ascent_m, from.descent_m, from.altitude_source);
            to.grade_adjusted_m = from.grade_adjusted_m.or(to.grade_adjusted_m);
        },
    }),
    source: "FIT session total_ascent; src/method/formulas.md, Elevation gain",
    caveats: "± 5–10 %: watches read −3 to −10 % on hills, barometers too much, GPS too little.",
    rollup: Rollup::SumIfComplete,
    value: |run| Value::Number(run.ascent_m),
};

/// The column `descent_m`.
pub const DESCENT_M: Metric = Metric {
    id: "descent_m",
    title: "Descent",
    unit: "m",
    decimals: 1,
    about: "Metres descended, computed like ascent_m.",
    empty: None,
    origin: |run, _| run.altitude_source.map(AltitudeSource::in_words),
    any_sport: false,
    hand_over: HandOver::Follows(&ASCENT_M),
    source: "FIT session total_descent; src/method/formulas.md, Elevation gain",
    caveats: "± 5–10 %.",
    rollup: Rollup::SumIfComplete,
    value: |run| Value::Number(run.descent_m),
};

/// The column `altitude_source`.
pub const ALTITUDE_SOURCE: Metric = Metric {
    id: "altitude_source",
    title: "Altitude source",
    unit: "",
    decimals: 0,
    about: "Where ascent and descent came from: device, barometer, gps or indoor.",
    empty: Some("no altitude"),
    origin: |_, _| Some("the best there was"),
    any_sport: false,
    hand_over: HandOver::Follows(&ASCENT_M),
    source: "src/method/formats.md, Altitude",
    caveats: "A change of source makes weeks before and after hard to compare.",
    rollup: Rollup::None,
    value: |run| {
        Value::Text(
            run.altitude_source
                .map(|source| source.as_str().to_string()),
        )
    },
};

/// Ascent and descent of one run, m.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Climb {
    /// Metres climbed.
    pub ascent_m: f64,
    /// Metres descended; None when the device gives only its ascent and there is no altitude to compute it from.
    pub descent_m: Option<f64>,
    /// Where they came from.
    pub source: AltitudeSource,
}

/// Whether the run went nowhere.
pub fn is_indoor(clean: &Clean) -> bool {
    INDOOR.contains(&clean.activity.sub_sport)
}

/// Ascent and descent. None without altitude.
pub fn of(clean: &Clean, track: &Track) -> Option<Climb> {
    if is_indoor(clean) {
        return Some(NOWHERE);
    }
    let descent_m = clean.activity.totals.descent_m;
    match device_ascent_m(clean, track) {
        Some(ascent_m) => Some(Climb {
            ascent_m,
            descent_m: descent_m.or_else(|| computed(clean, track)?.descent_m),
            source: AltitudeSource::Device,
        }),
        None => computed(clean, track),
    }
}

/// The climb of a run that went nowhere.
const NOWHERE: Climb = Climb {
    ascent_m: 0.0,
    descent_m: Some(0.0),
    source: AltitudeSource::Indoor,
};

/// A device that knows no altitude may write a total of 0: that is "not available", never flat ground
/// (src/method/limits.md, Altitude of zero).
fn device_ascent_m(clean: &Clean, track: &Track) -> Option<f64> {
    let ascent_m = clean.activity.totals.ascent_m?;
    let has_altitude = !track.altitude_m.is_empty() || ascent_m > 0.0;
    (has_altitude && ascent_m.is_finite()).then_some(ascent_m)
}

/// From the altitude of the samples. None without one.
fn computed(clean: &Clean, track: &Track) -> Option<Climb> {
    if track.altitude_m.is_empty() {
        return None;
    }
    let (threshold_m, source) = threshold_and_source(clean);
    let (ascent_m, descent_m) = gain_and_loss(&track.altitude_m, threshold_m);
    Some(Climb {
        ascent_m,
        descent_m: Some(descent_m),
        source,
    })
}

fn threshold_and_source(clean: &Clean) -> (f64, AltitudeSource) {
    match clean.activity.altitude_is_barometric {
        Some(true) => (BAROMETER_THRESHOLD_M, AltitudeSource::Barometer),
        _ => (GPS_THRESHOLD_M, AltitudeSource::Gps),
    }
}

/// Metres up and down, counting only moves of at least `threshold_m` (src/method/formulas.md, Elevation gain; NaN values are
/// passed over).
pub fn gain_and_loss(altitude_m: &[f64], threshold_m: f64) -> (f64, f64) {
    let mut walk = Walk::new();
    for altitude in altitude_m.iter().filter(|altitude| !altitude.is_nan()) {
        walk.step(*altitude, threshold_m);
    }
    walk.finish()
}

/// The move going on: up or down, from where, and its furthest point so far.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Move {
    Up { start: f64, furthest: f64 },
    Down { start: f64, furthest: f64 },
}

impl Move {
    fn up(start: f64, furthest: f64) -> Self {
        Move::Up { start, furthest }
    }

    fn down(start: f64, furthest: f64) -> Self {
        Move::Down { start, furthest }
    }
}

#[derive(Debug)]
struct Walk {
    move_from: Option<Move>,
    low: f64,
    high: f64,
    gain: f64,
    loss: f64,
}

impl Walk {
    fn new() -> Self {
        Walk {
            move_from: None,
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
            gain: 0.0,
            loss: 0.0,
        }
    }

    fn step(&mut self, here: f64, threshold: f64) {
        self.move_from = match self.move_from {
            None => self.first_move(here, threshold),
            Some(Move::Up { start, furthest }) if furthest.max(here) - here >= threshold => {
                self.gain += furthest - start;
                Some(Move::down(furthest, here))
            }
            Some(Move::Up { start, furthest }) => Some(Move::up(start, furthest.max(here))),
            Some(Move::Down { start, furthest }) if here - furthest.min(here) >= threshold => {
                self.loss += start - furthest;
                Some(Move::up(furthest, here))
            }
            Some(Move::Down { start, furthest }) => Some(Move::down(start, furthest.min(here))),
        };
    }

    /// The first move that is no noise, from the lowest or the highest so far.
    fn first_move(&mut self, here: f64, threshold: f64) -> Option<Move> {
        (self.low, self.high) = (self.low.min(here), self.high.max(here));
        if here - self.low >= threshold {
            Some(Move::up(self.low, here))
        } else if self.high - here >= threshold {
            Some(Move::down(self.high, here))
        } else {
            None
        }
    }

    fn finish(self) -> (f64, f64) {
        match self.move_from {
            Some(Move::Up { start, furthest }) => (self.gain + furthest - start, self.loss),
            Some(Move::Down { start, furthest }) => (self.gain, self.loss + start - furthest),
            None => (self.gain, self.loss),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{clean, fixture::steady};

    #[test]
    fn unknown_altitudes_are_passed_over() {
        let nan = f64::NAN;
        assert_eq!(
            gain_and_loss(&[nan, 0.0, nan, 4.0, nan, 1.0], 3.0),
            (4.0, 3.0)
        );
        assert_eq!(gain_and_loss(&[nan, nan], 3.0), (0.0, 0.0));
        assert_eq!(gain_and_loss(&[], 3.0), (0.0, 0.0));
    }

    #[test]
    fn no_altitude_is_not_flat_ground() {
        let climb = |ascent: Option<f64>, sub_sport| {
            let mut activity = steady(60, 3.0);
            activity.sub_sport = sub_sport;
            activity.totals.ascent_m = ascent;
            let (clean, _) = clean(activity);
            of(&clean, &Track::of(&clean)).map(|c| (c.ascent_m, c.source))
        };
        assert_eq!(climb(None, "generic"), None);
        assert_eq!(climb(Some(0.0), "generic"), None);
        assert_eq!(
            climb(Some(60.0), "generic"),
            Some((60.0, AltitudeSource::Device))
        );
        assert_eq!(
            climb(None, "treadmill"),
            Some((0.0, AltitudeSource::Indoor))
        );
    }
}
