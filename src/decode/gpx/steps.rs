//! Distances since the point before, where others write those since the start: told by the values, added up.

use crate::model::Samples;

/// Faster than anyone runs, m/s, and what a receiver may jump, m: a distance since the start soon is more.
const FASTEST_M_S: f64 = 12.0;
const JUMP_M: f64 = 30.0;
/// The Earth is round, but not from one point of a run to the next: metres of a degree of latitude.
const METRES_OF_DEGREE: f64 = 111_195.0;

/// Whether a column of distances holds those since the point before.
pub(super) fn are_steps(samples: &Samples, distance_m: &[f64]) -> bool {
    if distance_m.is_empty() || !are_short(&samples.time_s, distance_m) {
        return false;
    }
    let known = || {
        distance_m
            .iter()
            .copied()
            .filter(|metres| metres.is_finite())
    };
    let (sum_m, last_m) = (known().sum::<f64>(), known().fold(0.0, f64::max));
    let (falls, steps) = falls(distance_m);
    if falls == 0 && is_rising(distance_m, last_m) {
        return false;
    }
    match way_m(samples).filter(|way_m| *way_m > 0.0) {
        // Each step may be a little off: what counts is which of the two is nearer.
        Some(way_m) => off(sum_m, way_m) < off(last_m, way_m),
        // Without a way to hold it against: what falls every few points is no way so far.
        None => falls * 10 > steps && sum_m > 0.0,
    }
}

/// Adds them up; what is missing adds nothing and stays missing.
pub(super) fn add_up(distance_m: &mut [f64]) {
    let mut so_far = 0.0;
    for metres in distance_m.iter_mut().filter(|metres| metres.is_finite()) {
        so_far += metres.max(0.0);
        *metres = so_far;
    }
}

/// Whether each can have been run since the point before. Most columns are found out after a few points.
fn are_short(time_s: &[f64], distance_m: &[f64]) -> bool {
    let steps = time_s.windows(2).zip(distance_m.iter().skip(1));
    let mut known = steps.filter(|(_, metres)| metres.is_finite());
    known.all(|(pair, metres)| {
        let seconds = pair[1] - pair[0];
        seconds.is_nan() || *metres <= FASTEST_M_S * seconds.abs() + JUMP_M
    })
}

/// A column with fewer values may rise by chance.
const ENOUGH: usize = 10;
/// What rises all the way is at its end this many times what it is in the middle; steps of one length stay what they are.
const RISING: f64 = 1.5;

/// Whether a column that never falls is that of a way so far, be its unit what it may.
fn is_rising(distance_m: &[f64], last_m: f64) -> bool {
    let middle_m = distance_m[distance_m.len() / 2];
    distance_m.len() >= ENOUGH && last_m >= RISING * middle_m
}

/// How often a distance is less than the one before, of so many.
fn falls(distance_m: &[f64]) -> (usize, usize) {
    let known: Vec<f64> = distance_m
        .iter()
        .copied()
        .filter(|metres| metres.is_finite())
        .collect();
    let falls = known.windows(2).filter(|pair| pair[1] < pair[0]).count();
    (falls, known.len().saturating_sub(1))
}

/// How far it was, by the positions, else by the speeds. None: neither is known.
fn way_m(samples: &Samples) -> Option<f64> {
    way_along_m(samples).or_else(|| way_at_speed_m(samples))
}

fn way_along_m(samples: &Samples) -> Option<f64> {
    let places = samples.latitude_deg.iter().zip(&samples.longitude_deg);
    let mut places = places.filter(|(latitude, longitude)| (*latitude + *longitude).is_finite());
    let mut last = places.next()?;
    let mut metres = 0.0;
    for here in places {
        let north = here.0 - last.0;
        let east = (here.1 - last.1) * here.0.to_radians().cos();
        metres += north.hypot(east) * METRES_OF_DEGREE;
        last = here;
    }
    Some(metres)
}

fn way_at_speed_m(samples: &Samples) -> Option<f64> {
    let steps = samples
        .time_s
        .windows(2)
        .zip(samples.speed_m_s.iter().skip(1));
    let known = steps.filter(|(pair, speed)| pair[1] > pair[0] && speed.is_finite());
    known
        .map(|(pair, speed)| f64::from(*speed) * (pair[1] - pair[0]))
        .reduce(|a, b| a + b)
}

/// By which factor two lengths differ.
fn off(metres: f64, way_m: f64) -> f64 {
    (metres.max(0.1) / way_m).ln().abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A point every second, 3 m further north each.
    fn run(count: usize) -> Samples {
        Samples {
            time_s: (0..count).map(|i| i as f64).collect(),
            latitude_deg: (0..count)
                .map(|i| 48.0 + i as f64 * 3.0 / METRES_OF_DEGREE)
                .collect(),
            longitude_deg: vec![11.0; count],
            ..Samples::default()
        }
    }

    #[test]
    fn steps_are_told_from_a_way_so_far() {
        let samples = run(100);
        let so_far: Vec<f64> = (0..100).map(|i| f64::from(i) * 3.0).collect();
        let even = vec![3.0; 100];
        let uneven: Vec<f64> = (0..100).map(|i| 2.0 + f64::from(i % 3)).collect();
        let still = vec![0.0; 100];
        for (column, expected) in [
            (&so_far, false),
            (&even, true),
            (&uneven, true),
            (&still, false),
        ] {
            assert_eq!(are_steps(&samples, column), expected, "{column:?}");
        }
        // In km or miles every value could be a step; it only rises, held or not.
        let in_km: Vec<f64> = so_far.iter().map(|metres| metres / 1000.0).collect();
        let held: Vec<f64> = (0..100).map(|i| in_km[i - i % 4]).collect();
        assert!(!are_steps(&samples, &in_km) && !are_steps(&samples, &held));
        // Ten points: the way so far is still short enough for one step.
        assert!(!are_steps(&run(10), &so_far[..10]));
        assert!(are_steps(&run(10), &even[..10]));
    }

    #[test]
    fn without_positions_speeds_or_falls_tell() {
        let bare = Samples {
            time_s: run(100).time_s,
            ..Samples::default()
        };
        let uneven: Vec<f64> = (0..100).map(|i| 2.0 + f64::from(i % 3)).collect();
        assert!(are_steps(&bare, &uneven));
        assert!(!are_steps(&bare, &[3.0; 100]));
        let fast = Samples {
            speed_m_s: vec![3.0; 100],
            ..bare
        };
        assert!(are_steps(&fast, &[3.0; 100]));
    }

    #[test]
    fn steps_are_added_up() {
        let mut column = [0.0, 3.0, f64::NAN, 2.5];
        add_up(&mut column);
        assert_eq!((column[1], column[3]), (3.0, 5.5));
        assert!(column[2].is_nan());
    }
}
