//! What several metrics need of a cleaned recording: speed, smoothed altitude and grade at every sample.

use super::{level, refresh, smooth};
use crate::{
    clean::{
        Clean, MAX_SPEED_M_S,
        hold::{self, HOLD_S},
    },
    column,
    model::Samples,
};
use multiversion::multiversion;

/// Width of the median and of the mean that smooth altitude, s (src/method/formulas.md, Elevation gain).
pub const SMOOTHING_S: f64 = 15.0;
/// Grade is taken over at least this far, m: never from point to point (src/method/formulas.md, Grade and energy cost).
pub const GRADE_SPAN_M: f64 = 40.0;

/// Columns derived once for a recording, all as long as its samples; NaN where not known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Track {
    /// Speed over the step that ends at the sample, m/s: the device's, else from the distance over new distances (`metrics/refresh.rs`).
    pub speed_m_s: Vec<f64>,
    /// Altitude after a 15 s median and a 15 s mean, m. Empty without altitude.
    pub altitude_m: Vec<f64>,
    /// Rise over run, metres per metre, over at least 40 m around the sample; it holds until the next known one, as other values
    /// do. What the altitude did in a pause is no rise. Empty without altitude or distance.
    pub grade: Vec<f64>,
}

impl Track {
    /// Derives the columns.
    pub fn of(clean: &Clean) -> Track {
        let altitude_m = smoothed_altitude(clean);
        let samples = &clean.activity.samples;
        let level_m = level::across_pauses(clean, &altitude_m, GRADE_SPAN_M);
        let mut grade = grades(&samples.distance_m, &level_m);
        hold::until_next(&samples.time_s, &mut grade, HOLD_S);
        Track {
            speed_m_s: speeds(clean),
            altitude_m,
            grade,
        }
    }
}

fn speeds(clean: &Clean) -> Vec<f64> {
    let samples = &clean.activity.samples;
    let mut speed = device_speeds(samples);
    let missing = speed.iter().filter(|speed| speed.is_nan()).count();
    if missing * FEW_ONE_IN <= speed.len() {
        fill_few(samples, &mut speed);
    } else {
        let derived = refresh::speeds(&samples.time_s, &samples.distance_m);
        for (speed, derived) in speed.iter_mut().zip(derived) {
            *speed = if speed.is_nan() { derived } else { *speed };
        }
        hold::until_next(&samples.time_s, &mut speed, HOLD_S);
    }
    speed
}

/// Where the device's speed is missing at no more than one sample in so many, each is taken from its own step.
const FEW_ONE_IN: usize = 20;

fn fill_few(samples: &Samples, speed: &mut [f64]) {
    let missing = speed
        .iter_mut()
        .enumerate()
        .filter(|(_, speed)| speed.is_nan());
    for (i, speed) in missing {
        let derived = speed_from_distance(samples, i).filter(|derived| *derived <= MAX_SPEED_M_S);
        *speed = derived.unwrap_or(f64::NAN);
    }
}

/// The device's speeds; NaN where it has none, and throughout where it only writes zeros.
#[multiversion(targets("x86_64+avx2"))]
fn device_speeds(samples: &Samples) -> Vec<f64> {
    if !column::any(samples.speed_m_s.iter(), |speed| *speed > 0.0) {
        return vec![f64::NAN; samples.len()];
    }
    let mut speed: Vec<f64> = samples.speed_m_s.iter().map(|v| f64::from(*v)).collect();
    speed.resize(samples.len(), f64::NAN);
    // Where the distance grows at a speed of 0, it is the distance that is believed.
    for (block, speeds) in speed.chunks_mut(BLOCK).enumerate() {
        if !column::any(speeds.iter(), |speed| *speed == 0.0) {
            continue;
        }
        for (i, speed) in speeds
            .iter_mut()
            .enumerate()
            .filter(|(_, speed)| **speed == 0.0)
        {
            let derived = speed_from_distance(samples, block * BLOCK + i);
            let derived = derived.filter(|derived| *derived <= MAX_SPEED_M_S);
            *speed = derived.unwrap_or(*speed);
        }
    }
    speed
}

/// Speeds that are passed over at once where none of them is 0.
const BLOCK: usize = 64;

/// The speed since the last sample whose distance is known. None where it or the sample's own is not.
fn speed_from_distance(samples: &Samples, i: usize) -> Option<f64> {
    let (before, from) = samples.distance_m.split_at(i.min(samples.distance_m.len()));
    let distance = from.first().filter(|distance| !distance.is_nan())?;
    let last = before.iter().rposition(|distance| !distance.is_nan())?;
    Some((distance - before[last]) / (samples.time_s[i] - samples.time_s[last]))
}

/// Median and mean of the known altitudes within half of [`SMOOTHING_S`] around each sample; NaN stays NaN.
fn smoothed_altitude(clean: &Clean) -> Vec<f64> {
    let samples = &clean.activity.samples;
    let (time_s, altitude_m) = (samples.time_s.as_slice(), samples.altitude_m.as_slice());
    if column::all(altitude_m.iter(), |altitude| !altitude.is_nan()) {
        return smooth::median_then_mean(time_s, altitude_m, SMOOTHING_S / 2.0);
    }
    let known = time_s.iter().copied().zip(altitude_m.iter().copied());
    let known = known.filter(|(_, altitude)| !altitude.is_nan());
    let (times, values): (Vec<f64>, Vec<f32>) = known.unzip();
    let smoothed = smooth::median_then_mean(&times, &values, SMOOTHING_S / 2.0);
    put_back(
        smoothed,
        altitude_m.iter().map(|altitude| !altitude.is_nan()),
    )
}

/// The values of known samples at their places; NaN at the others.
fn put_back(values: Vec<f64>, are_known: impl Iterator<Item = bool>) -> Vec<f64> {
    let mut values = values.into_iter();
    let place = |is_known| if is_known { values.next() } else { None };
    are_known
        .map(place)
        .map(|value| value.unwrap_or(f64::NAN))
        .collect()
}

/// Grade at each sample between the nearest known samples half of [`GRADE_SPAN_M`] behind and ahead.
fn grades(distance_m: &[f64], altitude_m: &[f64]) -> Vec<f64> {
    if distance_m.is_empty() || altitude_m.is_empty() {
        return Vec::new();
    }
    let pairs = || distance_m.iter().copied().zip(altitude_m.iter().copied());
    let is_known = |(distance, altitude): &(f64, f64)| !distance.is_nan() & !altitude.is_nan();
    if column::all(pairs(), |pair| is_known(&pair)) {
        return grades_of_known(distance_m, altitude_m);
    }
    let (distances, altitudes): (Vec<f64>, Vec<f64>) = pairs().filter(is_known).unzip();
    let known = grades_of_known(&distances, &altitudes);
    put_back(known, pairs().map(|pair| is_known(&pair)))
}

/// The same where nothing is missing.
#[multiversion(targets("x86_64+avx2"))]
fn grades_of_known(distance_m: &[f64], altitude_m: &[f64]) -> Vec<f64> {
    let distance_cm = distance_m.iter().map(|metres| centimetres(*metres));
    let distance_cm: Vec<i32> = distance_cm.collect();
    let (distance_cm, altitude_m) = (&distance_cm[..], &altitude_m[..distance_cm.len()]);
    let rise_and_run = |low: u32, high: u32| {
        let (low, high) = (low as usize, high as usize);
        (
            altitude_m[high] - altitude_m[low],
            distance_cm[high] - distance_cm[low],
        )
    };
    let mut last = Span::default();
    let mut grades = Vec::with_capacity(distance_m.len());
    for first in (0..distance_m.len()).step_by(LANES) {
        if let Some((low, high)) = last.of_next(distance_cm, first) {
            // All are looked up before one is divided, so that the divisions go on side by side.
            let mut rises_and_runs = [(0.0, 0); LANES];
            for i in 0..LANES {
                rises_and_runs[i] = rise_and_run(low[i], high[i]);
            }
            grades.extend(rises_and_runs.into_iter().map(grade));
            last = Span {
                low: low[LANES - 1],
                high: high[LANES - 1],
            };
            continue;
        }
        for i in first..distance_m.len().min(first + LANES) {
            last = last.step(distance_cm, i);
            grades.push(grade(rise_and_run(last.low, last.high)));
        }
    }
    grades
}

/// Metres per metre; NaN where the ends lie too near each other.
#[inline(always)]
fn grade((rise_m, run_cm): (f64, i32)) -> f64 {
    if run_cm >= 2 * HALF_SPAN_CM {
        100.0 * rise_m / f64::from(run_cm)
    } else {
        f64::NAN
    }
}

/// Half of [`GRADE_SPAN_M`].
const HALF_SPAN_CM: i32 = (GRADE_SPAN_M * 100.0 / 2.0) as i32;
/// A quarter of the way around the earth, m: no run is that long.
const FURTHEST_M: f64 = 10e6;

/// A distance in whole centimetres, as watches write it, so that 20 m are 20 m whatever was added to both ends.
fn centimetres(metres: f64) -> i32 {
    // Where numbers this large have nothing behind the point, the last bits of the sum are the whole number.
    const ROUNDING: f64 = (3_u64 << (f64::MANTISSA_DIGITS - 2)) as f64;
    (metres.min(FURTHEST_M) * 100.0 + ROUNDING).to_bits() as i32
}

/// Samples whose spans are found side by side.
const LANES: usize = 8;
/// For each of them so many neighbours on either side that may be the end.
const CANDIDATES: usize = 12;

/// The samples between which a sample's grade is taken.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Span {
    /// The last one at least half of [`GRADE_SPAN_M`] behind it, else the one before it, else the first of all.
    low: u32,
    /// The first one so far ahead of it, else the last of all.
    high: u32,
}

impl Span {
    /// Low and high of [`LANES`] samples from `first` on, when they reach about as many samples back and on as that of the sample
    /// before, `self`: then no branch depends on a distance. None when they do not, or the recording's ends are near.
    #[inline(always)]
    fn of_next(self, distance_cm: &[i32], first: usize) -> Option<([u32; LANES], [u32; LANES])> {
        let (back, on) = self.candidates(first)?;
        let here: &[i32; LANES] = distance_cm.get(first..)?.first_chunk()?;
        let behind = distance_cm.get(first.checked_sub(back)?..)?.first_chunk()?;
        let ahead = distance_cm.get(first + on..)?.first_chunk()?;
        let far = count(behind, |i, distance| distance <= here[i] - HALF_SPAN_CM);
        let near = count(ahead, |i, distance| distance < here[i] + HALF_SPAN_CM);
        // Where all or none are, the one sought may lie further on, unless nothing lies between.
        let most = CANDIDATES as i32 - i32::from(back > CANDIDATES);
        let least = i32::from(on > 1);
        let are_sure = are_within(&far, 1, most) & are_within(&near, least, CANDIDATES as i32 - 1);
        let (mut low, mut high) = ([0; LANES], [0; LANES]);
        for i in 0..LANES {
            low[i] = (first + i - back) as u32 + far[i] as u32 - 1;
            high[i] = (first + i + on) as u32 + near[i] as u32;
        }
        are_sure.then_some((low, high))
    }

    /// How many samples back from `first` and on from it the candidates begin. None for the first of all.
    #[inline(always)]
    fn candidates(self, first: usize) -> Option<(usize, usize)> {
        const ABOUT: usize = CANDIDATES / 2;
        let back = first.checked_sub(1)? - self.low as usize + ABOUT;
        let on = (self.high as usize + 1 - first).saturating_sub(ABOUT);
        Some((back.max(CANDIDATES), on.max(1)))
    }

    /// From the span of the sample before to that of sample `here`.
    fn step(self, distance_cm: &[i32], here: usize) -> Span {
        let last = distance_cm.len() - 1;
        let (mut low, mut high) = (self.low as usize, here.max(self.high as usize));
        while low + 1 < here && distance_cm[here] - distance_cm[low + 1] >= HALF_SPAN_CM {
            low += 1;
        }
        while high < last && distance_cm[high] - distance_cm[here] < HALF_SPAN_CM {
            high += 1;
        }
        Span {
            low: low as u32,
            high: high as u32,
        }
    }
}

/// Whether every count is at least and at most so much.
#[inline(always)]
fn are_within(counts: &[i32; LANES], least: i32, most: i32) -> bool {
    column::all(counts.iter(), |count| (least <= *count) & (*count <= most))
}

/// How many of [`CANDIDATES`] values are so, for each lane from its own on.
#[inline(always)]
fn count(
    values: &[i32; LANES + CANDIDATES - 1],
    is_so: impl Fn(usize, i32) -> bool,
) -> [i32; LANES] {
    let mut counts = [0; LANES];
    for k in 0..CANDIDATES {
        for i in 0..LANES {
            counts[i] += i32::from(is_so(i, values[k + i]));
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clean::{clean, fixture::steady},
        model::Span,
    };

    #[test]
    fn a_steady_slope_has_its_grade() {
        let mut activity = steady(300, 3.0);
        activity.samples.altitude_m = (0..300).map(|i| 100.0 + 0.05 * 3.0 * i as f32).collect();
        let track = Track::of(&clean(activity).0);
        assert!(
            (track.grade[150] - 0.05).abs() < 1e-4,
            "{}",
            track.grade[150]
        );
        assert!(track.grade.iter().all(|g| g.is_nan() || *g < 0.051));
        assert!((track.speed_m_s[10] - 3.0).abs() < 1e-6);
    }

    /// Holds the grades of a run of these steps in metres, on ground without a pattern, against a look at all pairs.
    fn check_grades(steps_m: impl Iterator<Item = f64>) {
        let ends = steps_m.scan(0.0, |sum, step| {
            *sum += step;
            Some(*sum)
        });
        let distance_m: Vec<f64> = ends
            .map(|metres: f64| (metres * 100.0).round() / 100.0)
            .collect();
        let altitude_m: Vec<f64> = (0..distance_m.len())
            .map(|i| ((i * i * 7919) % 101) as f64 / 10.0)
            .collect();
        let away_cm =
            |from: usize, to: usize| ((distance_m[to] - distance_m[from]) * 100.0).round();
        let last = distance_m.len() - 1;
        let grades = grades(&distance_m, &altitude_m);
        assert_eq!(grades.len(), distance_m.len());
        for (i, grade) in grades.into_iter().enumerate() {
            let low = (0..i)
                .rev()
                .find(|low| away_cm(*low, i) >= 2000.0)
                .unwrap_or(0);
            let high = (i + 1..=last)
                .find(|high| away_cm(i, *high) >= 2000.0)
                .unwrap_or(last);
            let expected = (altitude_m[high] - altitude_m[low]) / (away_cm(low, high) / 100.0);
            let is_long = away_cm(low, high) >= 4000.0;
            let agrees = if is_long {
                (grade - expected).abs() < 1e-12
            } else {
                grade.is_nan()
            };
            assert!(agrees, "{i}: {grade}, not {expected}, from {low} to {high}");
        }
    }

    #[test]
    fn grades_reach_half_their_span_to_both_sides() {
        let unsteady = |i: u32| f64::from(i * i * 31 % 97) / 20.0;
        check_grades((0..200).map(|_| 3.0));
        check_grades((0..200).map(|_| 2.5));
        check_grades((0..500).map(unsteady));
        // Walking, standing, sprinting, a tunnel, and one record a minute.
        check_grades((0..500).map(|i| if i % 200 < 100 { 0.7 } else { unsteady(i) }));
        check_grades((0..500).map(|i| if (100..250).contains(&i) { 0.0 } else { 4.0 }));
        check_grades((0..500).map(|i| if i % 50 == 0 { 300.0 } else { 9.0 }));
        check_grades((0..60).map(|_| 150.0));
        check_grades((0..3).map(|_| 3.0));
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
        let speed_m_s = Track::of(&clean(activity).0).speed_m_s;
        assert!(
            speed_m_s[0].is_nan(),
            "before the first step nothing is known"
        );
        assert_eq!(speed_m_s[1..], [3.0, 3.0, 3.0]);
    }

    /// Grades of a level run that stands still from the 200th second for two minutes, while the altitude falls by 4 m; across the pause
    /// the distance grows by so much.
    fn grades_about_a_pause(crossed_m: f64, is_told: bool) -> Vec<f64> {
        let mut activity = steady(400, 3.0);
        let samples = &mut activity.samples;
        samples.altitude_m = (0..400)
            .map(|i| if i < 200 { 54.0 } else { 50.0 })
            .collect();
        for i in 200..400 {
            samples.time_s[i] += 120.0;
            samples.distance_m[i] += crossed_m;
        }
        // The watch is still looking for its height.
        samples.altitude_m[198..203].fill(f32::NAN);
        let (from_s, to_s) = (samples.time_s[199], samples.time_s[200]);
        activity.pauses = is_told
            .then_some(Span { from_s, to_s })
            .into_iter()
            .collect();
        Track::of(&clean(activity).0).grade
    }

    #[test]
    fn a_height_found_anew_in_a_pause_is_no_cliff() {
        // A pause of the timer, and a gap in which nobody ran.
        for is_told in [true, false] {
            let grade = grades_about_a_pause(0.0, is_told);
            let known: Vec<f64> = grade.into_iter().filter(|grade| !grade.is_nan()).collect();
            assert!(known.len() >= 390, "{}", known.len());
            let steepest = known.into_iter().map(f64::abs).fold(0.0, f64::max);
            assert_eq!(steepest, 0.0);
        }
    }

    #[test]
    fn what_was_run_across_a_gap_has_its_slope() {
        let grade = grades_about_a_pause(200.0, false);
        assert!((grade[197] + 4.0 / 230.0).abs() < 0.003, "{}", grade[197]);
    }
}
