//! Positions: what lies off the globe, or at 0° N 0° E between places elsewhere, is no position.

use super::taken_as_missing;
use crate::{
    column,
    model::Samples,
    problem::{Code, Problem},
    units::counted,
};

/// Removes impossible positions; both coordinates go together.
pub(super) fn repair(samples: &mut Samples, problems: &mut Vec<Problem>) {
    let pairs = samples.latitude_deg.iter().zip(&samples.longitude_deg);
    let all_stay = column::all(pairs, |(latitude, longitude)| stays(*latitude, *longitude));
    if !all_stay {
        problems.push(impossible(remove_impossible(samples)));
    }
}

fn impossible(count: usize) -> Problem {
    let positions = counted(count, "position", "positions");
    let detail = format!("{positions} off the globe or at exactly 0° N 0° E");
    taken_as_missing(Code::BadPosition, detail)
}

/// Returns how many.
fn remove_impossible(samples: &mut Samples) -> usize {
    let latitudes = samples.latitude_deg.iter_mut();
    let mut removed = 0;
    for (latitude, longitude) in latitudes.zip(&mut samples.longitude_deg) {
        if !stays(*latitude, *longitude) {
            (*latitude, *longitude) = (f64::NAN, f64::NAN);
            removed += 1;
        }
    }
    removed
}

/// Great-circle distance, m (haversine on the IUGG mean radius 6,371,008.8 m).
pub(crate) fn haversine_m(from: (f64, f64), to: (f64, f64)) -> f64 {
    const EARTH_RADIUS_M: f64 = 6_371_008.8;
    let (lat1, lat2) = (from.0.to_radians(), to.0.to_radians());
    let half_lat = (lat2 - lat1) / 2.0;
    let half_lon = (to.1 - from.1).to_radians() / 2.0;
    let h = half_lat.sin().powi(2) + lat1.cos() * lat2.cos() * half_lon.sin().powi(2);
    2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin()
}

/// Whether a position is possible or missing altogether. Without a branch: it is asked of every sample.
fn stays(latitude: f64, longitude: f64) -> bool {
    let is_missing = latitude.is_nan() & longitude.is_nan();
    let is_possible = (latitude.abs() <= 90.0)
        & (longitude.abs() <= 180.0)
        & !((latitude == 0.0) & (longitude == 0.0));
    is_missing | is_possible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_positions_go_in_pairs() {
        let mut samples = Samples {
            time_s: vec![0.0, 1.0, 2.0, 3.0],
            latitude_deg: vec![10.0, 91.0, 0.0, f64::NAN],
            longitude_deg: vec![-180.0, 5.0, 0.0, f64::NAN],
            ..Samples::default()
        };
        let mut problems = Vec::new();
        repair(&mut samples, &mut problems);
        assert_eq!(samples.latitude_deg[0], 10.0);
        assert!(
            samples.latitude_deg[1..]
                .iter()
                .chain(&samples.longitude_deg[1..])
                .all(|v| v.is_nan())
        );
        assert_eq!(
            problems[0].detail,
            "2 positions off the globe or at exactly 0° N 0° E"
        );
    }

    #[test]
    fn one_degree_of_the_equator_is_known() {
        // 2π · 6,371,008.8 m / 360 = 111,195.08 m.
        assert!((haversine_m((0.0, 10.0), (0.0, 11.0)) - 111_195.08).abs() < 0.01);
        assert_eq!(haversine_m((50.0, 8.0), (50.0, 8.0)), 0.0);
    }
}
