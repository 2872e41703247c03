//! What several metrics need of a cleaned recording: speed, smoothed altitude and grade at every sample.

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
    for (i, distance) in samples.distance_m.iter().enumerate().filter(|(_, d)| !d.is_nan()) {
        let time = samples.time_s[i];
        // Some files write a speed of 0 throughout: where the distance grows, it is the distance that is believed.
        if let Some((last_time, last_distance)) = last.filter(|_| speed[i].is_nan() || speed[i] == 0.0) {
            let derived = (distance - last_distance) / (time - last_time);
            speed[i] = if derived <= MAX_SPEED_M_S { derived } else { f64::NAN };
        }
        last = Some((time, *distance));
    }
    speed
}

fn smoothed_altitude(clean: &Clean) -> Vec<f64> {
    let samples = &clean.activity.samples;
    let raw: Vec<f64> = samples.altitude_m.iter().map(|v| f64::from(*v)).collect();
    let median = windowed(&samples.time_s, &raw, median_of);
    windowed(&samples.time_s, &median, mean_of)
}

/// Applies `summary` to the known values within half of [`SMOOTHING_S`] around each sample; NaN stays NaN.
fn windowed(time_s: &[f64], values: &[f64], summary: fn(&mut [f64]) -> f64) -> Vec<f64> {
    let (mut low, mut high) = (0, 0);
    let mut window = Vec::new();
    let smooth = |(i, value): (usize, &f64)| {
        while time_s[low] < time_s[i] - SMOOTHING_S / 2.0 {
            low += 1;
        }
        while high < values.len() && time_s[high] <= time_s[i] + SMOOTHING_S / 2.0 {
            high += 1;
        }
        if value.is_nan() {
            return f64::NAN;
        }
        window.clear();
        window.extend(values[low..high].iter().filter(|v| !v.is_nan()));
        summary(&mut window)
    };
    values.iter().enumerate().map(smooth).collect()
}

fn median_of(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    let upper = *values.select_nth_unstable_by(middle, f64::total_cmp).1;
    if values.len().is_multiple_of(2) {
        let lower = values[..middle].iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (lower + upper) / 2.0
    } else {
        upper
    }
}

fn mean_of(values: &mut [f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Grade at each sample between the nearest known samples half of [`GRADE_SPAN_M`] behind and ahead.
fn grades(distance_m: &[f64], altitude_m: &[f64]) -> Vec<f64> {
    if distance_m.is_empty() || altitude_m.is_empty() {
        return Vec::new();
    }
    let known: Vec<usize> =
        (0..distance_m.len()).filter(|i| !distance_m[*i].is_nan() && !altitude_m[*i].is_nan()).collect();
    let mut grade = vec![f64::NAN; distance_m.len()];
    let (mut low, mut high) = (0, 0);
    for (k, i) in known.iter().enumerate() {
        while low + 1 < k && distance_m[*i] - distance_m[known[low + 1]] >= GRADE_SPAN_M / 2.0 {
            low += 1;
        }
        high = high.max(k);
        while high + 1 < known.len() && distance_m[known[high]] - distance_m[*i] < GRADE_SPAN_M / 2.0 {
            high += 1;
        }
        let (from, to) = (known[low], known[high]);
        let run_m = distance_m[to] - distance_m[from];
        if run_m >= GRADE_SPAN_M {
            grade[*i] = (altitude_m[to] - altitude_m[from]) / run_m;
        }
    }
    grade
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

    #[test]
    fn medians_of_even_and_odd_windows() {
        for (values, expected) in [(vec![3.0, 1.0, 2.0], 2.0), (vec![4.0, 1.0, 2.0, 3.0], 2.5), (vec![7.0], 7.0)] {
            assert_eq!(median_of(&mut values.clone()), expected);
        }
    }
}
