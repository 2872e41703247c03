//! Distance along the run: the device's where it has one, else added up from positions inside recorded stretches.

use super::{
    MAX_SPEED_M_S,
    headway::{self, Leg},
    position::haversine_m,
    repaired, stands, taken_as_missing,
    time::Pauses,
};
use crate::{
    column,
    model::{Activity, Samples, Span},
    problem::{Code, Problem},
    units::counted,
};

/// A distance that falls below this share of the last one and then rises again has been started anew (a lap, a second part).
const RESTART_SHARE: f64 = 0.05;

/// A position that stayed the same for some seconds and then leaps at this speed, m/s, or less had not been kept up to date …
const HELD_M_S: f64 = 7.0;
/// … for at most this long, s.
const HELD_S: f64 = 15.0;

/// Joins distances that start anew, blanks those that fall or leap, and fills an absent column from positions.
/// Returns whether the column was made from positions.
pub(super) fn repair(activity: &mut Activity, problems: &mut Vec<Problem>) -> bool {
    if !activity.sport.is_running() && !activity.sport.is_open() {
        // What no runner can do is everyday on a bicycle.
        return false;
    }
    count_from_start(activity, problems);
    if !is_believable(&activity.samples) {
        join_restarts(&mut activity.samples, problems);
        blank_impossible(&mut activity.samples, problems);
    }
    stands::fill(activity, problems, |activity| track(activity).metres);
    if !activity.samples.distance_m.is_empty() {
        return false;
    }
    activity.samples.distance_m = from_positions_m(activity, problems);
    !activity.samples.distance_m.is_empty()
}

/// A column cut out of a longer recording counts on from there: its first value is taken off, unless the way to it was run before
/// the first record.
fn count_from_start(activity: &mut Activity, problems: &mut Vec<Problem>) {
    let (time, distance) = (&activity.samples.time_s, &mut activity.samples.distance_m);
    let known = distance.iter().position(|metres| !metres.is_nan());
    let Some((at, first_m)) = known.map(|at| (at, distance[at])) else {
        return;
    };
    let began_s = activity.start_unix_s.unwrap_or(time[at]).min(time[0]);
    if !first_m.is_finite() || is_step(time[at] - began_s, first_m) {
        return;
    }
    if counts_on(&distance[at..], first_m) {
        distance.iter_mut().for_each(|metres| *metres -= first_m);
        problems.push(repaired(
            Code::BadValue,
            format!("the distance begins at {first_m:.0} m"),
            "It was counted from there.",
        ));
    }
}

/// Whether the values behind the first one go on from it: one outlier at the start is none.
fn counts_on(distance: &[f64], first_m: f64) -> bool {
    let known = distance.iter().filter(|metres| !metres.is_nan());
    let (above, all) = known.fold((0, 0), |(above, all), metres| {
        (above + usize::from(*metres >= first_m), all + 1)
    });
    2 * above > all
}

/// Whether every distance is there, none falls and none leaps: nothing is to be repaired.
fn is_believable(samples: &Samples) -> bool {
    let (time, distance) = (&samples.time_s, &samples.distance_m);
    let steps = time.windows(2).zip(distance.windows(2));
    // Without a way out in the middle, so that several steps are compared at once.
    has_length(distance)
        && column::all(steps, |(time, distance)| {
            (distance[0] <= distance[1]) & is_step(time[1] - time[0], distance[1] - distance[0])
        })
}

fn has_length(distance: &[f64]) -> bool {
    let ends = distance.first().zip(distance.last());
    ends.is_some_and(|(first, last)| *first >= 0.0 && *last > 0.0)
}

/// Whether anyone can run so far in so long, with room for a distance that comes late.
fn is_step(seconds: f64, metres: f64) -> bool {
    let at_least_one = if seconds > 1.0 { seconds } else { 1.0 };
    metres <= MAX_SPEED_M_S * at_least_one + 100.0
}

/// Some files count each lap from zero: what came before is added to it.
fn join_restarts(samples: &mut Samples, problems: &mut Vec<Problem>) {
    let restarts = add_restarts_up(&samples.time_s, &mut samples.distance_m);
    if restarts > 0 {
        let times = counted(restarts, "time", "times");
        problems.push(repaired(
            Code::BadValue,
            format!("the distance starts anew {times}"),
            "The parts were added up.",
        ));
    }
}

/// Returns how often the distance starts anew.
fn add_restarts_up(time: &[f64], distance: &mut [f64]) -> usize {
    let start = time.first().copied().unwrap_or(f64::NAN);
    let (mut before, mut last, mut restarts) = (0.0, 0.0, 0);
    let known = time.iter().zip(distance).filter(|(_, d)| d.is_finite());
    for (time, distance) in known {
        let was_run = last > 100.0 && last <= MAX_SPEED_M_S * (time - start);
        if *distance < RESTART_SHARE * last && was_run {
            before += last;
            restarts += 1;
        }
        last = *distance;
        *distance += before;
    }
    restarts
}

fn blank_impossible(samples: &mut Samples, problems: &mut Vec<Problem>) {
    let (blanked, last) = blank_falls_and_leaps(&samples.time_s, &mut samples.distance_m);
    let distances = samples.distance_m.iter();
    let known = distances.filter(|distance| !distance.is_nan()).count();
    // Where most of it cannot be believed, the rest cannot either.
    if last.is_none_or(|last| last == 0.0) || blanked > known {
        samples.distance_m.clear();
    }
    problems.extend(fell_or_leapt(blanked));
}

fn fell_or_leapt(count: usize) -> Option<Problem> {
    let distances = counted(count, "distance", "distances");
    let detail = format!("{distances} that fell or leapt");
    (count > 0).then(|| taken_as_missing(Code::BadValue, detail))
}

/// Returns how many were blanked, and the last that stays.
fn blank_falls_and_leaps(time: &[f64], distance: &mut [f64]) -> (usize, Option<f64>) {
    let mut blanked = 0;
    let mut last: Option<(f64, f64)> = None;
    let known = time.iter().zip(distance).filter(|(_, d)| !d.is_nan());
    for (time, distance) in known {
        let possible = distance.is_finite()
            && *distance >= 0.0
            && last.is_none_or(|(t, d)| *distance >= d && is_step(time - t, *distance - d));
        if possible {
            last = Some((*time, *distance));
        } else {
            *distance = f64::NAN;
            blanked += 1;
        }
    }
    (blanked, last.map(|(_, distance)| distance))
}

/// The way along the positions.
pub(crate) struct Track {
    /// Cumulative, m; NaN where a position is not known or leapt away.
    pub(crate) metres: Vec<f64>,
    /// Positions that leapt further than anyone runs.
    jumps: usize,
    /// How many times the way from one position to the next is that over some seconds, where that shows noise.
    wavers_by: Option<f64>,
}

/// The length of the track, m. None without positions.
pub(crate) fn track_m(activity: &Activity) -> Option<f64> {
    let metres = track(activity).metres;
    metres.into_iter().rfind(|metres| !metres.is_nan())
}

/// Cumulative great-circle distance, inside segments only (src/method/formats.md, Distance): a step that is mostly pause adds
/// nothing, and a step faster than anyone runs drops its point.
pub(crate) fn track(activity: &Activity) -> Track {
    let samples = &activity.samples;
    let mut path = Path::new(&activity.pauses);
    let positions = samples.latitude_deg.iter().zip(&samples.longitude_deg);
    let metres = samples.time_s.iter().zip(positions).map(|(time, here)| {
        let here = (*here.0, *here.1);
        path.on_to(*time, here).unwrap_or(f64::NAN)
    });
    let mut metres: Vec<f64> = metres.collect();
    if path.total_m <= 0.0 {
        metres.clear();
    }
    let wavers_by = steadied(activity, &mut metres);
    Track {
        metres,
        jumps: path.jumps,
        wavers_by,
    }
}

/// Positions that waver are held against those so much later, s: noise adds little to so long a way, and bends take little off.
const STEADY_S: f64 = 20.0;
/// A track that is this many times longer than its legs wavers.
const WAVERS: f64 = 1.15;

/// Noise is gone within half the time; of what bends take off a leg, no more than half is.
const GONE_AT_HALF: f64 = 0.7;

/// Shortens a way that wavers to that of its legs. Returns how many times too long it was.
fn steadied(activity: &Activity, metres: &mut [f64]) -> Option<f64> {
    let factor = wavers_by(activity, metres, STEADY_S).filter(|factor| *factor >= WAVERS)?;
    let mut last_m: Option<(f64, f64)> = None;
    for here_m in metres.iter_mut().filter(|metres| !metres.is_nan()) {
        let steady_m = last_m.map_or(0.0, |(before_m, steady_m)| {
            steady_m + (*here_m - before_m) / factor
        });
        last_m = Some((*here_m, steady_m));
        *here_m = steady_m;
    }
    Some(factor)
}

/// How many times the way along these metres is that over legs of so many seconds, if it is noise that makes it longer: a runner on
/// a small round leaves the straight line as well, and all the more the longer the leg is.
pub(crate) fn wavers_by(activity: &Activity, metres: &[f64], leg_s: f64) -> Option<f64> {
    let (half, whole) = (
        longer_than_legs(activity, metres, leg_s / 2.0)?,
        longer_than_legs(activity, metres, leg_s)?,
    );
    let too_much = |factor: f64| 1.0 - 1.0 / factor;
    (too_much(half) >= GONE_AT_HALF * too_much(whole)).then_some(whole)
}

/// How many times the way is that over legs. None where records come too seldom to tell.
fn longer_than_legs(activity: &Activity, metres: &[f64], leg_s: f64) -> Option<f64> {
    let legs = headway::legs(activity, 0..metres.len(), leg_s);
    let is_dense = legs.len() * 2 <= metres.len();
    let along_m = |leg: &Leg| metres[leg.to] - metres[leg.from];
    // Beside a leap that was left out nothing is known.
    let known = legs.iter().filter(|leg| along_m(leg) >= leg.metres);
    let (straight_m, way_m) = known.fold((0.0, 0.0), |(straight, way), leg| {
        (straight + leg.metres, way + along_m(leg))
    });
    let factor = way_m / straight_m;
    (is_dense && factor.is_finite()).then_some(factor)
}

/// The same, with a word about leaps.
fn from_positions_m(activity: &Activity, problems: &mut Vec<Problem>) -> Vec<f64> {
    let track = track(activity);
    if track.jumps > 0 {
        let leapt = counted(track.jumps, "position leapt", "positions leapt");
        problems.push(repaired(
            Code::SpeedSpike,
            format!("{leapt} further than anyone runs"),
            "They were left out of the distance.",
        ));
    }
    problems.extend(track.wavers_by.map(wavers));
    track.metres
}

fn wavers(factor: f64) -> Problem {
    let share = 100.0 * (factor - 1.0);
    repaired(
        Code::DistanceMismatch,
        format!(
            "distance: positions waver, the way from one to the next is {share:.0} % longer than over {STEADY_S:.0} s"
        ),
        "The way over the longer time is the distance.",
    )
}

/// The way along positions, added up.
struct Path<'a> {
    pauses: Pauses<'a>,
    /// The last position that counted, and when.
    last: Option<(f64, (f64, f64))>,
    /// Since when it is the same.
    new_since_s: f64,
    total_m: f64,
    jumps: usize,
    jumps_in_a_row: usize,
}

impl<'a> Path<'a> {
    fn new(pauses: &'a [Span]) -> Self {
        Path {
            pauses: Pauses::new(pauses),
            last: None,
            new_since_s: f64::NEG_INFINITY,
            total_m: 0.0,
            jumps: 0,
            jumps_in_a_row: 0,
        }
    }

    /// The distance up to a position. None where it is not known, or leapt away.
    fn on_to(&mut self, time: f64, here: (f64, f64)) -> Option<f64> {
        if here.0.is_nan() {
            return None;
        }
        if let Some((last_time, there)) = self.last {
            let step_m = haversine_m(there, here);
            let paused = self.pauses.overlap(last_time, time) > (time - last_time) / 2.0;
            let leap = step_m > MAX_SPEED_M_S * (time - last_time).max(1.0)
                && step_m > HELD_M_S * (time - self.new_since_s).min(HELD_S);
            // Three leaps in a row mean that the runner really is elsewhere now (a tunnel, a lift, a lost fix).
            if leap && self.jumps_in_a_row < 3 {
                self.jumps += 1;
                self.jumps_in_a_row += 1;
                return None;
            }
            self.total_m += if paused || leap { 0.0 } else { step_m };
        }
        self.jumps_in_a_row = 0;
        if self.last.is_none_or(|(_, there)| there != here) {
            self.new_since_s = time;
        }
        self.last = Some((time, here));
        Some(self.total_m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clean::fixture::steady, model::Span};

    /// Points along the equator, `step_deg` of longitude apart.
    fn along_equator(longitudes_deg: &[f64]) -> Activity {
        let mut activity = steady(longitudes_deg.len(), 3.0);
        activity.samples.distance_m.clear();
        activity.samples.latitude_deg = vec![0.0; longitudes_deg.len()];
        activity.samples.longitude_deg = longitudes_deg.to_vec();
        activity
    }

    fn total(activity: &mut Activity) -> (f64, Vec<Code>) {
        let mut problems = Vec::new();
        assert!(repair(activity, &mut problems));
        let last = activity
            .samples
            .distance_m
            .iter()
            .copied()
            .rfind(|d| !d.is_nan())
            .unwrap();
        (last, problems.iter().map(|p| p.code).collect())
    }

    #[test]
    fn positions_add_up_and_leaps_do_not() {
        // 0.00003° of longitude on the equator is 3.3359 m.
        let (metres, codes) = total(&mut along_equator(&[10.0, 10.00003, 10.00006]));
        assert!((metres - 2.0 * 3.3359).abs() < 0.001, "{metres}");
        assert!(codes.is_empty());
        let (metres, codes) = total(&mut along_equator(&[10.0, 11.0, 10.00003, 10.00006]));
        assert!((metres - 2.0 * 3.3359).abs() < 0.001, "{metres}");
        assert_eq!(codes, [Code::SpeedSpike]);
    }

    #[test]
    fn noise_makes_no_way_and_a_small_round_is_no_noise() {
        const DEGREE_M: f64 = 111_195.08;
        let (mut noisy, mut round) = (along_equator(&[10.0; 601]), along_equator(&[10.0; 601]));
        for i in 0..601 {
            let along_m = 3.0 * i as f64;
            noisy.samples.longitude_deg[i] += along_m / DEGREE_M;
            noisy.samples.latitude_deg[i] += f64::from(i as i32 % 2) * 6.0 / DEGREE_M;
            // Rounds of 200 m.
            let (north, east) = (along_m * std::f64::consts::TAU / 200.0).sin_cos();
            round.samples.longitude_deg[i] += 31.831 * east / DEGREE_M;
            round.samples.latitude_deg[i] += 31.831 * north / DEGREE_M;
        }
        let (metres, codes) = total(&mut noisy);
        assert!((metres - 1800.0).abs() < 20.0, "{metres}");
        assert_eq!(codes, [Code::DistanceMismatch]);
        let (metres, codes) = total(&mut round);
        assert!((metres - 1800.0).abs() < 5.0, "{metres}");
        assert!(codes.is_empty(), "{codes:?}");
    }

    #[test]
    fn positions_that_are_new_every_five_seconds_do_not_leap() {
        let held: Vec<f64> = (0..60)
            .map(|s| 10.0 + 0.00003 * f64::from(s / 5 * 5))
            .collect();
        let (metres, codes) = total(&mut along_equator(&held));
        assert!((metres - 55.0 * 3.3359).abs() < 0.01, "{metres}");
        assert!(codes.is_empty());
        // Nor do all that stand for a while before they leap away.
        let mut away = vec![10.0; 20];
        away.extend([10.01, 10.0, 10.00003]);
        let (metres, codes) = total(&mut along_equator(&away));
        assert!((metres - 3.3359).abs() < 0.01, "{metres}");
        assert_eq!(codes, [Code::SpeedSpike]);
    }

    #[test]
    fn a_pause_adds_no_distance() {
        let mut activity = along_equator(&[10.0, 10.00003, 10.001]);
        let t0 = activity.samples.time_s[0];
        activity.samples.time_s[2] = t0 + 600.0;
        activity.pauses = vec![Span {
            from_s: t0 + 2.0,
            to_s: t0 + 599.0,
        }];
        let (metres, _) = total(&mut activity);
        assert!((metres - 3.3359).abs() < 0.001, "{metres}");
    }

    #[test]
    fn laps_counted_from_zero_are_added_up() {
        let mut activity = steady(0, 3.0);
        activity.samples.distance_m = (0..1000).map(|i| f64::from(i % 250) * 3.0).collect();
        activity.samples.time_s = (0..1000).map(|i| 1_740_000_000.0 + f64::from(i)).collect();
        let mut problems = Vec::new();
        repair(&mut activity, &mut problems);
        // Four laps of 249 steps of 3 m.
        assert_eq!(
            activity.samples.distance_m.last(),
            Some(&(4.0 * 249.0 * 3.0))
        );
        assert_eq!(problems[0].detail, "the distance starts anew 3 times");
    }

    /// The first and the last distance of ten minutes at 3 m/s whose column begins at `first_m`, the recording `before_s` earlier.
    fn ends(first_m: f64, before_s: f64) -> (f64, f64) {
        let mut activity = steady(601, 3.0);
        let began_s = activity.samples.time_s[0] - before_s;
        activity.start_unix_s = Some(began_s);
        let column = activity.samples.distance_m.iter_mut();
        column.for_each(|metres| *metres += first_m);
        repair(&mut activity, &mut Vec::new());
        let column = activity.samples.distance_m;
        (column[0], column[600])
    }

    #[test]
    fn a_column_cut_out_of_a_longer_one_is_counted_from_its_own_start() {
        assert_eq!(ends(0.0, 0.0), (0.0, 1800.0));
        assert_eq!(ends(40_330.0, 0.0), (0.0, 1800.0));
        assert_eq!(ends(1036.0, 0.0), (0.0, 1800.0));
        // A distance that comes late, and the first minutes that were lost.
        assert_eq!(ends(60.0, 0.0), (60.0, 1860.0));
        assert_eq!(ends(1036.0, 300.0), (1036.0, 2836.0));
    }

    #[test]
    fn one_early_outlier_does_not_cost_the_rest() {
        let mut activity = along_equator(&[10.0, 10.00003, 10.00006, 10.00009]);
        activity.samples.distance_m = vec![500_000.0, 500_001.0, 4.0, 2.0];
        activity.samples.distance_m[1] = 3.0;
        let (metres, _) = total(&mut activity);
        assert!((metres - 3.0 * 3.3359).abs() < 0.001, "{metres}");
    }

    #[test]
    fn device_distance_never_falls() {
        let mut activity = steady(5, 3.0);
        activity.samples.distance_m = vec![0.0, 3.0, 2.0, f64::INFINITY, 9.0];
        let mut problems = Vec::new();
        assert!(!repair(&mut activity, &mut problems));
        let kept: Vec<f64> = activity
            .samples
            .distance_m
            .iter()
            .copied()
            .filter(|d| !d.is_nan())
            .collect();
        assert_eq!(kept, [0.0, 3.0, 9.0]);
        assert_eq!(problems[0].detail, "2 distances that fell or leapt");
    }
}
