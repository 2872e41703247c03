//! One run second by second: pace, hills, heart and step rate that fit together.

use super::{
    noise::{Noise, Wander, cosine, sine},
    plan::{Kind, Planned},
};

/// Metres in a degree of latitude on a sphere of 6,371,008.8 m.
const METRES_PER_DEGREE: f64 = 111_195.08;
/// The invented island's harbour: open Atlantic on any map.
const HOME: (f64, f64) = (0.5, -30.0);
/// Where the trip goes: open Pacific on any map.
const ABROAD: (f64, f64) = (-5.0, -95.0);

/// One sample.
#[derive(Clone, Copy)]
pub struct Point {
    /// Seconds since the start, pauses included.
    pub t_s: i64,
    pub lat_deg: f64,
    pub lon_deg: f64,
    pub altitude_m: f64,
    /// Distance so far, whole centimetres.
    pub distance_m: f64,
    /// Mean speed since the sample before.
    pub speed_mps: f64,
    pub heart_rate_bpm: u8,
    /// Revolutions of one leg (or of the pedals) per minute, in halves.
    pub cadence_rpm: f64,
}

/// One recording.
pub struct Track {
    /// By time; empty for a manual entry.
    pub points: Vec<Point>,
    /// From and to of each stop, seconds since the start.
    pub pauses: Vec<(i64, i64)>,
    /// Elapsed time, s.
    pub elapsed_s: i64,
}

impl Track {
    /// The recording of a planned outing.
    pub fn of(planned: &Planned) -> Track {
        if planned.kind == Kind::Manual {
            return Track {
                points: Vec::new(),
                pauses: Vec::new(),
                elapsed_s: (planned.distance_m / 2.6) as i64,
            };
        }
        let mut body = Body::new(planned);
        let mut points = vec![body.point(0, 0.0, 2.4)];
        let mut pauses = Vec::new();
        while let Some(step) = body.step() {
            if pauses.is_empty()
                && planned.pause_s > 0
                && body.distance_m > 0.4 * planned.distance_m
            {
                pauses.push((body.t_s, body.t_s + planned.pause_s));
                body.t_s += planned.pause_s;
            }
            body.t_s += step.seconds;
            body.distance_m += step.metres;
            points.push(body.point(step.seconds, step.metres, step.metres / step.seconds as f64));
        }
        points[0].speed_mps = points[1].speed_mps;
        Track {
            points,
            pauses,
            elapsed_s: body.t_s,
        }
    }

    /// Time with the timer running between two moments, s.
    pub fn timer_s(&self, from_s: i64, to_s: i64) -> i64 {
        let stopped: i64 = self
            .pauses
            .iter()
            .map(|&(from, to)| (to.min(to_s) - from.max(from_s)).max(0))
            .sum();
        to_s - from_s - stopped
    }

    /// Every second sample and the last one, for the formats that spend many letters on each.
    pub fn thinned(&self) -> Vec<Point> {
        let last = self.points.len().saturating_sub(1);
        let kept = |i: usize| {
            let beside_pause = |t: i64| self.pauses.iter().any(|&(from, _)| from == t);
            i.is_multiple_of(2) || i == last || beside_pause(self.points[i].t_s)
        };
        (0..self.points.len())
            .filter(|&i| kept(i))
            .map(|i| self.points[i])
            .collect()
    }
}

/// Metres climbed and descended, moves below 2 m left out as a watch does.
pub fn climb(points: &[Point]) -> (f64, f64) {
    let first = points.first().map_or(0.0, |p| p.altitude_m);
    let (mut turn, mut extreme, mut sign, mut totals) = (first, first, 1.0, [0.0, 0.0]);
    for altitude in points.iter().map(|p| p.altitude_m) {
        if sign * (altitude - extreme) > 0.0 {
            extreme = altitude;
        } else if sign * (extreme - altitude) >= 2.0 {
            totals[usize::from(sign < 0.0)] += (extreme - turn).abs();
            (turn, extreme, sign) = (extreme, altitude, -sign);
        }
    }
    totals[usize::from(sign < 0.0)] += (extreme - turn).abs();
    (totals[0], totals[1])
}

/// A stretch of road with one slope, smooth at both ends.
struct Leg {
    length_m: f64,
    rise_m: f64,
}

/// Seconds and metres to the next sample.
struct Step {
    seconds: i64,
    metres: f64,
}

/// The runner under way.
struct Body<'a> {
    planned: &'a Planned,
    noise: Noise,
    legs: Vec<Leg>,
    start_altitude_m: f64,
    heading_turns: f64,
    lat_deg: f64,
    lon_deg: f64,
    t_s: i64,
    distance_m: f64,
    heart_rate_bpm: f64,
    /// Pace, step rate, pulse and barometer of the day and of the moment.
    pace_of_day: f64,
    cadence_of_day: f64,
    pace: Wander,
    cadence: Wander,
    pulse: Wander,
    barometer: Wander,
}

impl<'a> Body<'a> {
    fn new(planned: &'a Planned) -> Self {
        let mut noise = planned.noise(1);
        let (lat_deg, lon_deg) = if planned.utc_offset_s < 0 {
            ABROAD
        } else {
            HOME
        };
        let legs = legs(planned, &mut noise);
        Body {
            planned,
            legs,
            start_altitude_m: if planned.kind == Kind::Race {
                760.0
            } else {
                30.0
            },
            heading_turns: noise.unit(),
            lat_deg,
            lon_deg,
            t_s: 0,
            distance_m: 0.0,
            heart_rate_bpm: 92.0 + 6.0 * noise.gauss(),
            pace_of_day: 1.0 + 0.015 * noise.gauss(),
            cadence_of_day: 0.7 * noise.gauss(),
            pace: Wander::new(0.95),
            cadence: Wander::new(0.9),
            pulse: Wander::new(0.95),
            barometer: Wander::new(0.98),
            noise,
        }
    }

    /// How long and how far to the next sample; None at the end.
    fn step(&mut self) -> Option<Step> {
        let left_m = ((self.planned.distance_m - self.distance_m) * 100.0).round() / 100.0;
        if left_m <= 0.0 {
            return None;
        }
        let speed = self.wanted_speed_mps();
        // Smart recording: a sample every two to five seconds.
        let seconds = self.noise.pick(&[2, 3, 4, 5, 5, 5, 5]);
        let metres = (speed * seconds as f64 * 100.0).round() / 100.0;
        // The last sample falls on the last metre; a remainder too short for one joins it.
        if left_m - metres < 2.0 * speed {
            return Some(Step {
                seconds: (left_m / speed).round() as i64,
                metres: left_m,
            });
        }
        Some(Step { seconds, metres })
    }

    /// The speed the runner goes for here, m/s.
    fn wanted_speed_mps(&mut self) -> f64 {
        let part = self.distance_m / self.planned.distance_m;
        let flat = match self.planned.kind {
            Kind::Easy | Kind::Manual => 2.62,
            Kind::Long => 2.56,
            Kind::Tempo if part < 0.25 => 2.66,
            Kind::Tempo if part < 0.8 => 3.28,
            Kind::Tempo => 2.6,
            Kind::Race => 3.25,
            Kind::Uphill => 2.75,
            Kind::Treadmill => 2.78,
            Kind::Ride => 6.2,
        };
        let hill = (1.0 - 2.2 * self.grade()).clamp(0.7, 1.1);
        flat * self.pace_of_day * hill * (1.0 + 0.025 * self.pace.step(&mut self.noise))
    }

    /// Moves to where the step leads and takes a sample there.
    fn point(&mut self, seconds: i64, metres: f64, speed_mps: f64) -> Point {
        self.move_by(metres);
        self.beat(seconds, speed_mps);
        let altitude_m = self.start_altitude_m + self.height_m(self.distance_m);
        let altitude_m = altitude_m + 0.25 * self.barometer.step(&mut self.noise);
        Point {
            t_s: self.t_s,
            lat_deg: (self.lat_deg * 1e7).round() / 1e7,
            lon_deg: (self.lon_deg * 1e7).round() / 1e7,
            altitude_m: (altitude_m * 5.0).round() / 5.0,
            distance_m: (self.distance_m * 100.0).round() / 100.0,
            speed_mps,
            heart_rate_bpm: self.heart_rate_bpm.round() as u8,
            cadence_rpm: self.cadence_rpm(speed_mps),
        }
    }

    /// Along the route: a loop with bends that closes, or a winding road for a way without return.
    fn move_by(&mut self, metres: f64) {
        let part = self.distance_m / self.planned.distance_m;
        let turns = match self.planned.kind {
            Kind::Race | Kind::Uphill => self.heading_turns + 0.08 * sine(4.0 * part),
            _ => self.heading_turns + part + 0.1 * sine(5.0 * part),
        };
        let squeeze = cosine(self.lat_deg / 360.0);
        self.lat_deg += metres * cosine(turns) / METRES_PER_DEGREE;
        self.lon_deg += metres * sine(turns) / (METRES_PER_DEGREE * squeeze);
    }

    /// Lets the heart follow the effort with a lag of about 40 s, and drift up by some 5 beats an hour.
    fn beat(&mut self, seconds: i64, speed_mps: f64) {
        let effort = speed_mps * (1.0 + 3.5 * self.grade().max(-0.03));
        let hours = self.t_s as f64 / 3600.0;
        let steady = match self.planned.kind {
            Kind::Ride => 118.0 + 4.0 * (effort - 6.0),
            _ => 138.0 + 43.0 * (effort - 2.6) + 5.0 * hours,
        };
        let wanted = (steady + 1.5 * self.pulse.step(&mut self.noise)).min(184.0);
        let seconds = seconds as f64;
        self.heart_rate_bpm += (wanted - self.heart_rate_bpm) * seconds / (40.0 + seconds);
    }

    /// The runner's own line is 170.5 steps a minute at 2.9 m/s and 9.5 more for each further m/s.
    fn cadence_rpm(&mut self, speed_mps: f64) -> f64 {
        if self.planned.kind == Kind::Ride {
            return (82.0 + 3.0 * self.cadence.step(&mut self.noise)).round();
        }
        let line = 170.5 + 9.5 * (speed_mps - 2.9) + self.cadence_of_day;
        let steps = (line + 1.1 * self.cadence.step(&mut self.noise)) * self.planned.cadence_factor;
        steps.round() / 2.0
    }

    /// Height over the start at a distance, m.
    fn height_m(&self, distance_m: f64) -> f64 {
        let (mut from_m, mut height_m) = (0.0, 0.0);
        for leg in &self.legs {
            let part = ((distance_m - from_m) / leg.length_m).clamp(0.0, 1.0);
            height_m += leg.rise_m * (1.0 - cosine(part / 2.0)) / 2.0;
            from_m += leg.length_m;
        }
        height_m
    }

    /// Slope over the ten metres around, rise over run.
    fn grade(&self) -> f64 {
        (self.height_m(self.distance_m + 5.0) - self.height_m(self.distance_m - 5.0)) / 10.0
    }
}

/// The road's legs: rolling hills with flat road between them, one long climb, or the race's long way down.
fn legs(planned: &Planned, noise: &mut Noise) -> Vec<Leg> {
    let length_m = planned.distance_m;
    let of = |parts: &[(f64, f64)]| {
        parts
            .iter()
            .map(|&(part, rise_m)| Leg {
                length_m: part * length_m,
                rise_m,
            })
            .collect::<Vec<_>>()
    };
    match planned.kind {
        Kind::Treadmill | Kind::Manual => of(&[(1.0, 0.0)]),
        Kind::Uphill => of(&[(0.15, 0.0), (0.75, planned.ascent_m), (0.1, 0.0)]),
        Kind::Race => {
            let (up_m, down_m) = (planned.ascent_m, -planned.descent_m / 2.0);
            of(&[
                (0.05, 0.0),
                (0.38, down_m),
                (0.06, 0.0),
                (0.06, up_m),
                (0.38, down_m),
                (0.07, 0.0),
            ])
        }
        _ => rolling(planned, noise),
    }
}

/// Hills of 13 to 20 m, each climbed and descended at 3 % on average (steeper on a short loop), spread over it.
fn rolling(planned: &Planned, noise: &mut Noise) -> Vec<Leg> {
    let hills = (planned.ascent_m / 16.0).round().max(1.0);
    let weights: Vec<f64> = (0..hills as usize)
        .map(|_| noise.between(0.85, 1.15))
        .collect();
    let total: f64 = weights.iter().sum();
    let slope_m = (planned.ascent_m / 0.03).min(0.35 * planned.distance_m);
    let flat_m = (planned.distance_m - 2.0 * slope_m) / (hills + 1.0);
    let mut legs = vec![Leg {
        length_m: flat_m,
        rise_m: 0.0,
    }];
    for weight in weights {
        let share = weight / total;
        for rise_m in [planned.ascent_m * share, -planned.ascent_m * share] {
            legs.push(Leg {
                length_m: slope_m * share,
                rise_m,
            });
        }
        legs.push(Leg {
            length_m: flat_m,
            rise_m: 0.0,
        });
    }
    legs
}
