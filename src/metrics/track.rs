//! What several metrics need of a cleaned recording: speed, smoothed altitude and grade at every sample.

use super::smooth;
use crate::clean::{Clean, MAX_SPEED_M_S};

/// Width of the median and of the mean that smooth altitude, s (formulas.md "Elevation gain").
pub const SMOOTHING_S: f64 = 15.0;
/// Grade is taken over at least this far, m: never from point to point (formulas.md "Minetti").
pub const GRADE_SPAN_M: f64 = 40.0;

/// Columns derived once for a recording, all as long as its samples; NaN where not known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Track {
    /// Speed over the step that ends at the sample, m/s: the device's, else from the distance.
    pub speed_m_s: Vec<f64>,
    /// Altitude after a 15 s median and a 15 s mean, m. Empty without altitude.
    pub altitude_m: Vec<f64>,
    /// Rise over run, metres per metre, over at least 40 m around the sample. Empty without altitude or distance.
    pub grade: Vec<f64>,
}

impl Track {
    /// Derives the columns.
    pub fn of(clean: &Clean) -> Track {
        let altitude_m = smoothed_altitude(clean);
        let grade = grades(&clean.activity.samples.distance_m, &altitude_m);
        Track { speed_m_s: speeds(clean), altitude_m, grade }
    }
}

fn speeds(clean: &Clean) -> Vec<f64> {
    let samples = &clean.activity.samples;
    let mut speed: Vec<f64> = samples.speed_m_s.iter().map(|v| f64::from(*v)).collect();
    speed.resize(samples.len(), f64::NAN);
    let mut last: Option<(f64, f64)> = None;
    let moments = samples.time_s.iter().zip(&samples.distance_m);
    for (speed, (time, distance)) in speed.iter_mut().zip(moments).filter(|(_, (_, distance))| !distance.is_nan()) {
        // Some files write a speed of 0 throughout: where the distance grows, it is the distance that is believed.
        if let Some((last_time, last_distance)) = last.filter(|_| speed.is_nan() || *speed == 0.0) {
            let derived = (distance - last_distance) / (time - last_time);
            *speed = if derived <= MAX_SPEED_M_S { derived } else { f64::NAN };
        }
        last = Some((*time, *distance));
    }
    speed
}

/// Median and mean of the known altitudes within half of [`SMOOTHING_S`] around each sample; NaN stays NaN.
fn smoothed_altitude(clean: &Clean) -> Vec<f64> {
    let samples = &clean.activity.samples;
    let (time_s, altitude_m) = (samples.time_s.as_slice(), samples.altitude_m.as_slice());
    if altitude_m.iter().fold(true, |all, altitude| all & !altitude.is_nan()) {
        return smooth::median_then_mean(time_s, altitude_m, SMOOTHING_S / 2.0);
    }
    let known = || time_s.iter().zip(altitude_m).filter(|(_, altitude)| !altitude.is_nan());
    let times: Vec<f64> = known().map(|(time, _)| *time).collect();
    let values: Vec<f32> = known().map(|(_, altitude)| *altitude).collect();
    let mut smoothed = smooth::median_then_mean(&times, &values, SMOOTHING_S / 2.0).into_iter();
    let put_back = |altitude: &f32| if altitude.is_nan() { f64::NAN } else { smoothed.next().unwrap_or(f64::NAN) };
    altitude_m.iter().map(put_back).collect()
}

/// Grade at each sample between the nearest known samples half of [`GRADE_SPAN_M`] behind and ahead.
fn grades(distance_m: &[f64], altitude_m: &[f64]) -> Vec<f64> {
    if distance_m.is_empty() || altitude_m.is_empty() {
        return Vec::new();
    }
    let pairs = || distance_m.iter().zip(altitude_m);
    if pairs().fold(true, |all, (distance, altitude)| all & !distance.is_nan() & !altitude.is_nan()) {
        return grades_of_known(distance_m, altitude_m);
    }
    let is_known = |(distance, altitude): &(&f64, &f64)| !distance.is_nan() && !altitude.is_nan();
    let distances: Vec<f64> = pairs().filter(is_known).map(|(distance, _)| *distance).collect();
    let altitudes: Vec<f64> = pairs().filter(is_known).map(|(_, altitude)| *altitude).collect();
    let mut known = grades_of_known(&distances, &altitudes).into_iter();
    pairs().map(|pair| if is_known(&pair) { known.next().unwrap_or(f64::NAN) } else { f64::NAN }).collect()
}

/// The same where nothing is missing.
fn grades_of_known(distance_m: &[f64], altitude_m: &[f64]) -> Vec<f64> {
    let half_m = GRADE_SPAN_M / 2.0;
    let last = distance_m.len() - 1;
    let (mut low, mut high) = (0, 0);
    let mut grades = Vec::with_capacity(distance_m.len());
    for (i, here) in distance_m.iter().enumerate() {
        while low + 1 < i && here - distance_m[low + 1] >= half_m {
            low += 1;
        }
        high = high.max(i);
        while high < last && distance_m[high] - here < half_m {
            high += 1;
        }
        let run_m = distance_m[high] - distance_m[low];
        let grade = (altitude_m[high] - altitude_m[low]) / run_m;
        grades.push(if run_m >= GRADE_SPAN_M { grade } else { f64::NAN });
    }
    grades
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{clean, fixture::steady};

    #[test]
    fn a_steady_slope_has_its_grade() {
        let mut activity = steady(300, 3.0);
        activity.samples.altitude_m = (0..300).map(|i| 100.0 + 0.05 * 3.0 * i as f32).collect();
        let track = Track::of(&clean(activity).0);
        assert!((track.grade[150] - 0.05).abs() < 1e-4, "{}", track.grade[150]);
        assert!(track.grade.iter().all(|g| g.is_nan() || *g < 0.051));
        assert!((track.speed_m_s[10] - 3.0).abs() < 1e-6);
    }

    #[test]
    fn speed_comes_from_distance_where_the_device_gives_none() {
        let mut activity = steady(4, 3.0);
        activity.samples.speed_m_s.clear();
        let track = Track::of(&clean(activity).0);
        assert!(track.speed_m_s[0].is_nan());
        assert_eq!(track.speed_m_s[1..], [3.0, 3.0, 3.0]);
        assert!(track.grade.is_empty() && track.altitude_m.is_empty());
    }

    #[test]
    fn a_speed_stuck_at_zero_gives_way_to_the_distance() {
        let mut activity = steady(4, 3.0);
        activity.samples.speed_m_s = vec![0.0; 4];
        assert_eq!(Track::of(&clean(activity).0).speed_m_s, [0.0, 3.0, 3.0, 3.0]);
    }
}
