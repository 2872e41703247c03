//! Ascent and descent: the device's totals, else smoothed altitude with a threshold that its noise chooses.

use super::{
    Gift, HandOver, Metric, Rollup, Value, smooth, sum,
    track::{SMOOTHING_S, Track},
};
use crate::{
    clean::Clean,
    model::AltitudeSource,
    problem::{Code, Effect, Problem},
    units::number,
};

/// Moves smaller than this are noise where the altitude is quiet, m (src/method/formulas.md, Elevation gain).
const THRESHOLD_M: f64 = 1.5;
/// … on the noisiest barometer …
const MOST_BAROMETER_THRESHOLD_M: f64 = 3.0;
/// … and on the noisiest satellites, m.
const MOST_THRESHOLD_M: f64 = 10.0;
/// Up to this noise an altitude is quiet, m …
const QUIET_M: f64 = 0.5;
/// … and from this on the threshold is the highest, m.
const NOISY_M: f64 = 1.0;
/// Noisy altitudes are looked at a second time, as the mean over so long before and after each, s …
const COARSE_HALF_S: f64 = 30.0;
/// … and two ascents are one if they differ by no more than this share …
const SAME_SHARE: f64 = 0.25;
/// … or by no more than this, m.
const SAME_M: f64 = 20.0;
/// A move of this height is off by no more than a quarter where an app smoothed satellites, which still wander by some 2.5 m at
/// either end, m.
const DEEP_M: f64 = 40.0;
/// More than this share of a climb in shallow moves makes it doubtful: the climb can then be a quarter too much.
const SHALLOW_SHARE: f64 = 0.15;
/// A recording of fewer records says nothing by having no altitude.
const ENOUGH_RECORDS: usize = 60;
/// A total of 0 beside altitudes that climb at least so far is none, m.
const WAVES_M: f64 = 20.0;
/// A total and altitudes that differ by more than this factor …
const FACTOR: f64 = 3.0;
/// … and by more than this, m, contradict each other.
const APART_M: f64 = 50.0;
/// Steeper than any hill over a whole run: metres climbed for each metre of distance.
const MOST_ASCENT_SHARE: f64 = 0.5;
/// FIT sub-sports that go nowhere.
const INDOOR: [&str; 4] = ["treadmill", "indoor_running", VIRTUAL, "indoor_track"];
/// The one of them whose hills are those of a game.
const VIRTUAL: &str = "virtual_activity";

/// The column `ascent_m`.
pub const ASCENT_M: Metric = Metric {
    id: "ascent_m",
    title: "Ascent",
    unit: "m",
    decimals: 1,
    about: "Metres climbed: the device's total; without one, or where it is 0 beside hills or three times off, altitude smoothed by a 15 s median and a 15 s mean, counting moves of at least 1.5 m, and of up to 3 m (barometer) or 10 m (GPS) as its noise grows; blank where GPS altitudes are so noisy that a closer and a coarser look differ by more than a quarter. Indoor runs climb what the belt's own total says, else 0 m.",
    empty: Some("no altitude, or one that never changes"),
    origin: |run, _| run.altitude_source.map(AltitudeSource::in_words),
    any_sport: false,
    hand_over: HandOver::Gives(Gift {
        what: "climb",
        settles: None,
        has: |run| run.ascent_m.is_some(),
        give: |to, from| {
            (to.ascent_m, to.descent_m, to.altitude_source) =
                (from.ascent_m, from.descent_m, from.altitude_source);
            to.doubts.climb = from.doubts.climb;
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
    about: "Where ascent and descent came from: device (its total), index (the account's own figure), barometer, smooth (an altitude that does not say what it is from and has little noise: a barometer's, a filtered or a corrected one), gps (one with the noise of satellites) or indoor.",
    empty: Some("no altitude, or one that never changes"),
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

/// What there is to hear of a run's climb.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Witnesses {
    /// The device's total ascent, m.
    pub device_ascent_m: Option<f64>,
    /// The device's total descent, m.
    pub device_descent_m: Option<f64>,
    /// What the altitudes come to. None without any, when they never change, and when nobody climbs so much.
    pub profile: Option<Profile>,
    /// What noisy altitudes climb as finely and as coarsely as they can be looked at, m, where that is not the same: then they have no
    /// profile.
    pub unsure_m: Option<(f64, f64)>,
    /// Whether a device that recorded has a total and no altitude that moves beside it.
    pub is_alone: bool,
    /// Whether the run went nowhere.
    pub is_indoor: bool,
    /// … and its hills are those of a game.
    pub is_virtual: bool,
}

/// What the altitudes of a run come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile {
    /// Metres climbed.
    pub ascent_m: f64,
    /// Metres descended.
    pub descent_m: f64,
    /// What the altitudes are from.
    pub source: AltitudeSource,
    /// Whether altitudes that do not say what they are from climb mostly in moves that satellites make on flat ground too.
    pub is_shallow: bool,
}

/// Why a climb is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClimbReason {
    /// The device has a total that nothing contradicts.
    Device,
    /// The device has none.
    NoTotal,
    /// The device's total is 0 beside altitudes that climb and fall.
    ZeroBesideWaves,
    /// The device's total and quiet altitudes are far apart: these are believed.
    TotalContradicted,
    /// The device's total and noisy altitudes are far apart: the total is believed.
    ProfileContradicted,
    /// The device has none, and the altitudes are too noisy to tell.
    TooNoisy,
    /// The run went nowhere.
    Indoor,
}

/// What is believed of a run's climb, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// Ascent and descent. None: nothing that can be believed.
    pub climb: Option<Climb>,
    /// Why.
    pub reason: ClimbReason,
    /// Whether grades may be taken from the altitude.
    pub is_altitude_real: bool,
    /// Whether the climb may be the altitude's own wandering.
    pub is_doubtful: bool,
}

/// Whether the run went nowhere.
pub fn is_indoor(clean: &Clean) -> bool {
    INDOOR.contains(&clean.activity.sub_sport)
}

/// Ascent and descent, and what is to be told of them.
pub(super) fn of(clean: &Clean, track: &Track) -> (Verdict, Option<Problem>) {
    let witnesses = witnesses(clean, track);
    let verdict = decide(&witnesses);
    let is_told = matches!(
        verdict.reason,
        ClimbReason::ZeroBesideWaves
            | ClimbReason::TotalContradicted
            | ClimbReason::ProfileContradicted
    );
    let contradicted = told(&witnesses, verdict).filter(|_| is_told);
    (
        verdict,
        contradicted.or_else(|| too_noisy(&witnesses, verdict)),
    )
}

/// Hears all that speaks of the climb.
pub fn witnesses(clean: &Clean, track: &Track) -> Witnesses {
    let totals = &clean.activity.totals;
    let device_ascent_m = totals.ascent_m.filter(|metres| metres.is_finite());
    let is_heard = is_plain(device_ascent_m, totals.descent_m, track) && !is_indoor(clean);
    let (profile, unsure_m) = match is_heard {
        true => (None, None),
        false => looked_at(clean, track),
    };
    let has_records = clean.activity.samples.len() >= ENOUGH_RECORDS;
    // Of other sports no climb is told, and their altitudes are not kept.
    let sport = clean.activity.sport;
    let is_told = (sport.is_running() || sport.is_open()) && !is_indoor(clean);
    let is_denied = is_told && is_still(&clean.activity.samples.altitude_m);
    Witnesses {
        device_ascent_m,
        device_descent_m: totals.descent_m.filter(|metres| metres.is_finite()),
        profile,
        unsure_m,
        is_alone: is_denied && has_records && device_ascent_m.is_some_and(|m| m >= WAVES_M),
        is_indoor: is_indoor(clean),
        is_virtual: clean.activity.sub_sport == VIRTUAL,
    }
}

/// Whether the device's totals need no second witness: what the altitudes come to can be neither three times more nor less.
fn is_plain(ascent_m: Option<f64>, descent_m: Option<f64>, track: &Track) -> bool {
    // At least what counting moves from a threshold on gives.
    let up_m = sum::of_rises(&track.altitude_m);
    let is_within = |metres: f64| {
        (up_m <= FACTOR * metres || up_m <= metres + APART_M) && metres <= FACTOR * up_m
    };
    ascent_m.is_some_and(|metres| metres > 0.0 && is_within(metres))
        && descent_m.is_none_or(|metres| metres > 0.0)
        && !track.altitude_m.is_empty()
}

/// The profile, or why there is none: satellites' altitudes climb as their noise wanders, and what is climbed is what is left
/// however they are looked at (src/method/formulas.md, Elevation gain).
fn looked_at(clean: &Clean, track: &Track) -> (Option<Profile>, Option<(f64, f64)>) {
    let Some(fine) = profile(clean, track) else {
        return (None, None);
    };
    if fine.source != AltitudeSource::Gps {
        return (Some(fine), None);
    }
    let noise_m = noise_m(&clean.activity.samples.altitude_m, &track.altitude_m);
    let coarse_m = coarse(&clean.activity.samples.time_s, &track.altitude_m);
    let (up_m, down_m) = gain_and_loss(&coarse_m, threshold_m(noise_m, false));
    if !is_same(fine.ascent_m, up_m) {
        return (None, Some((fine.ascent_m, up_m)));
    }
    let both = Profile {
        ascent_m: f64::midpoint(fine.ascent_m, up_m),
        descent_m: f64::midpoint(fine.descent_m, down_m),
        ..fine
    };
    (Some(both), None)
}

fn coarse(time_s: &[f64], altitude_m: &[f64]) -> Vec<f64> {
    let pairs = time_s.iter().zip(altitude_m);
    let known = pairs.filter(|(_, metres)| !metres.is_nan());
    let (times, metres): (Vec<f64>, Vec<f64>) = known.unzip();
    smooth::mean(&times, &metres, COARSE_HALF_S)
}

/// Whether two ascents of one run are the same climb.
fn is_same(fine_m: f64, coarse_m: f64) -> bool {
    (fine_m - coarse_m).abs() <= SAME_M.max(SAME_SHARE * fine_m)
}

/// What the altitudes come to.
fn profile(clean: &Clean, track: &Track) -> Option<Profile> {
    let samples = &clean.activity.samples;
    let first = samples.altitude_m.iter().find(|metres| !metres.is_nan())?;
    let changes = |metres: &f32| !metres.is_nan() && metres != first;
    if !samples.altitude_m.iter().any(changes) {
        return None;
    }
    let noise_m = noise_m(&samples.altitude_m, &track.altitude_m);
    let is_barometric = clean.activity.altitude_is_barometric == Some(true);
    let (ascent_m, descent_m) =
        gain_and_loss(&track.altitude_m, threshold_m(noise_m, is_barometric));
    let mut distances = samples.distance_m.iter().rev();
    let last_m = distances.find(|metres| !metres.is_nan());
    let is_climbed = last_m.is_none_or(|last| ascent_m <= MOST_ASCENT_SHARE * last.max(100.0));
    let source = source(noise_m, is_barometric);
    let deep_m = || gain_and_loss(&track.altitude_m, DEEP_M).0;
    is_climbed.then(|| Profile {
        ascent_m,
        descent_m,
        source,
        is_shallow: source == AltitudeSource::Smooth
            && (hides_noise(&samples.time_s) || is_mostly_shallow(ascent_m, deep_m())),
    })
}

/// Whether an altitude is one throughout, or there is none.
fn is_still(altitude_m: &[f32]) -> bool {
    let mut known = altitude_m.iter().filter(|metres| !metres.is_nan());
    let first = known.next();
    known.all(|metres| Some(metres) == first)
}

/// Whether moves that satellites make on flat ground too are so much of the climb that it may be a quarter off.
fn is_mostly_shallow(ascent_m: f64, deep_m: f64) -> bool {
    ascent_m - deep_m > SAME_M.max(SHALLOW_SHARE * ascent_m)
}

/// Whether records lie so far apart that each is its own mean: what noise they have does not show.
fn hides_noise(time_s: &[f64]) -> bool {
    let mut steps: Vec<f64> = time_s.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_by(f64::total_cmp);
    let step_s = steps.get(steps.len() / 2);
    step_s.is_some_and(|step_s| *step_s > SMOOTHING_S / 2.0)
}

/// How far the altitudes typically lie from their smoothed course, m: 1.48 times the median distance, which is the standard
/// deviation where it scatters evenly, and which single spikes do not move.
pub fn noise_m(altitude_m: &[f32], smoothed_m: &[f64]) -> f64 {
    let pairs = altitude_m.iter().zip(smoothed_m);
    // The bits of positive numbers are in the order of the numbers, with what is not known behind all.
    let off = pairs.map(|(raw, smooth)| ((f64::from(*raw) - smooth).abs() as f32).to_bits());
    let mut off: Vec<u32> = off.collect();
    let known = off.iter().filter(|bits| **bits <= f32::INFINITY.to_bits());
    let middle = known.count() / 2;
    if middle == 0 && off.iter().all(|bits| f32::from_bits(*bits).is_nan()) {
        return 0.0;
    }
    1.4826 * f64::from(f32::from_bits(*off.select_nth_unstable(middle).1))
}

/// From how far on a move counts, m, at this noise.
pub fn threshold_m(noise_m: f64, is_barometric: bool) -> f64 {
    let share = ((noise_m - QUIET_M) / (NOISY_M - QUIET_M)).clamp(0.0, 1.0);
    let most_m = if is_barometric {
        MOST_BAROMETER_THRESHOLD_M
    } else {
        MOST_THRESHOLD_M
    };
    (THRESHOLD_M + share * (MOST_THRESHOLD_M - THRESHOLD_M)).min(most_m)
}

/// What the altitudes are from: the file says so, or their noise does.
fn source(noise_m: f64, is_barometric: bool) -> AltitudeSource {
    match is_barometric {
        true => AltitudeSource::Barometer,
        false if noise_m < QUIET_M => AltitudeSource::Smooth,
        false => AltitudeSource::Gps,
    }
}

/// The verdict.
pub fn decide(heard: &Witnesses) -> Verdict {
    if heard.is_indoor {
        return indoors(heard);
    }
    let device = heard.device_ascent_m;
    let Some(profile) = heard.profile else {
        // A device that knows no altitude may write a total of 0: that is "not available", never flat ground
        // (src/method/limits.md, Altitude of zero).
        let device = device.filter(|metres| *metres > 0.0);
        let reason = match (device, heard.unsure_m) {
            (None, Some(_)) => ClimbReason::TooNoisy,
            _ => ClimbReason::Device,
        };
        return Verdict {
            is_altitude_real: heard.unsure_m.is_none(),
            is_doubtful: heard.is_alone,
            ..verdict(device.map(|metres| by_device(metres, heard)), reason)
        };
    };
    let Some(ascent_m) = device else {
        return Verdict {
            is_doubtful: profile.is_shallow || profile.source == AltitudeSource::Gps,
            ..verdict(Some(by_profile(profile)), ClimbReason::NoTotal)
        };
    };
    let (low_m, high_m) = (
        ascent_m.min(profile.ascent_m),
        ascent_m.max(profile.ascent_m),
    );
    let is_far = high_m > FACTOR * low_m && high_m - low_m > APART_M;
    if ascent_m == 0.0 && profile.ascent_m >= WAVES_M {
        verdict(Some(by_profile(profile)), ClimbReason::ZeroBesideWaves)
    } else if !is_far {
        verdict(Some(by_device(ascent_m, heard)), ClimbReason::Device)
    } else if profile.source == AltitudeSource::Gps {
        Verdict {
            is_altitude_real: false,
            ..verdict(
                Some(by_device(ascent_m, heard)),
                ClimbReason::ProfileContradicted,
            )
        }
    } else {
        verdict(Some(by_profile(profile)), ClimbReason::TotalContradicted)
    }
}

fn verdict(climb: Option<Climb>, reason: ClimbReason) -> Verdict {
    Verdict {
        climb,
        reason,
        is_altitude_real: true,
        is_doubtful: false,
    }
}

/// On a belt only its own total counts, which a steep belt has; the altitudes indoors are the weather's. A game's hills are none.
fn indoors(heard: &Witnesses) -> Verdict {
    let belt_m = heard
        .device_ascent_m
        .filter(|metres| *metres > 0.0 && !heard.is_virtual);
    let agrees = |metres: f64, profile: Profile| {
        metres <= FACTOR * profile.ascent_m && profile.ascent_m <= FACTOR * metres
    };
    let belt_m =
        belt_m.filter(|metres| heard.profile.is_none_or(|profile| agrees(*metres, profile)));
    let climb = belt_m.map_or(NOWHERE, |metres| by_device(metres, heard));
    Verdict {
        is_altitude_real: belt_m.is_some(),
        ..verdict(Some(climb), ClimbReason::Indoor)
    }
}

/// The climb of a run that went nowhere.
const NOWHERE: Climb = Climb {
    ascent_m: 0.0,
    descent_m: Some(0.0),
    source: AltitudeSource::Indoor,
};

/// The device's totals; its descent is that of the altitudes where it has none, or 0 beside waves.
fn by_device(ascent_m: f64, heard: &Witnesses) -> Climb {
    let profile_m = heard.profile.map(|profile| profile.descent_m);
    let is_none = |metres: &f64| *metres == 0.0 && profile_m.is_some_and(|m| m >= WAVES_M);
    let device_m = heard.device_descent_m.filter(|metres| !is_none(metres));
    Climb {
        ascent_m,
        descent_m: device_m.or(profile_m),
        source: AltitudeSource::Device,
    }
}

fn by_profile(profile: Profile) -> Climb {
    Climb {
        ascent_m: profile.ascent_m,
        descent_m: Some(profile.descent_m),
        source: profile.source,
    }
}

/// Says that the device's total and the altitudes contradict each other, and which was believed.
fn told(heard: &Witnesses, verdict: Verdict) -> Option<Problem> {
    let (total_m, profile, climb) = (heard.device_ascent_m?, heard.profile?, verdict.climb?);
    let used = match climb.source {
        AltitudeSource::Device => "The device's total is used, for its altitudes are noisy.",
        _ => "The altitudes are used.",
    };
    Some(Problem::new(
        Code::BadValue,
        Effect::Repaired,
        "",
        format!(
            "the device's total climb is {total_m:.0} m, its altitudes climb {:.0} m and fall {:.0} m",
            profile.ascent_m, profile.descent_m
        ),
        used,
    ))
}

/// Says that the altitudes are too noisy to tell a climb.
fn too_noisy(heard: &Witnesses, verdict: Verdict) -> Option<Problem> {
    let (fine_m, coarse_m) = heard
        .unsure_m
        .filter(|_| verdict.reason == ClimbReason::TooNoisy)?;
    let metres = |value: f64| number(value, 0);
    let detail = format!(
        "the altitudes have the noise of satellites: looked at closely they climb {} m, smoothed over a minute {} m",
        metres(fine_m),
        metres(coarse_m)
    );
    let consequence = "The climb is left blank.";
    Some(Problem::new(
        Code::BadValue,
        Effect::Noted,
        "",
        detail,
        consequence,
    ))
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

    /// The verdict on a run of an hour at 3 m/s with these totals and this altitude.
    fn heard(
        (ascent_m, descent_m): (Option<f64>, Option<f64>),
        sub_sport: &'static str,
        altitude_m: impl Fn(f64) -> f64,
    ) -> (Verdict, Option<Problem>) {
        let mut activity = steady(3601, 3.0);
        activity.sub_sport = sub_sport;
        (activity.totals.ascent_m, activity.totals.descent_m) = (ascent_m, descent_m);
        activity.samples.altitude_m = (0..3601).map(|s| altitude_m(f64::from(s)) as f32).collect();
        let (clean, _) = clean(activity);
        of(&clean, &Track::of(&clean))
    }

    /// Waves of 60 m: up 60, 120, 120 and 15 m, down three times 120 m.
    fn waves(second: f64) -> f64 {
        300.0 + 60.0 * (second / 200.0).sin()
    }

    fn close(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() < 0.02 * expected)
    }

    #[test]
    fn a_total_of_zero_beside_waves_is_none() {
        for totals in [(Some(0.0), Some(0.0)), (Some(0.0), None), (None, None)] {
            let (verdict, problem) = heard(totals, "generic", waves);
            let climb = verdict.climb.unwrap();
            assert!(close(Some(climb.ascent_m), 315.0) && close(climb.descent_m, 360.0));
            assert_eq!(climb.source, AltitudeSource::Smooth);
            assert_eq!(problem.is_some(), totals.0.is_some(), "{totals:?}");
        }
        // Its descent alone may be 0 beside waves, and a run may climb nothing.
        let climb = heard((Some(320.0), Some(0.0)), "generic", waves)
            .0
            .climb
            .unwrap();
        assert!(climb.ascent_m == 320.0 && close(climb.descent_m, 360.0));
        let down = heard((Some(0.0), Some(90.0)), "generic", |s| 200.0 - s / 40.0).0;
        assert_eq!(down.climb.unwrap().descent_m, Some(90.0));
        let flat = heard((Some(0.0), Some(0.0)), "generic", |s| {
            50.0 + (s / 300.0).sin()
        });
        assert_eq!((flat.0.climb.unwrap().ascent_m, flat.1), (0.0, None));
    }

    #[test]
    fn a_total_that_cannot_be_is_not_believed_and_noise_is_no_witness() {
        let total = |metres| heard((Some(metres), Some(metres)), "generic", waves).0;
        for believed in [120.0, 315.0, 900.0] {
            assert_eq!(total(believed).climb.unwrap().ascent_m, believed);
        }
        for set_aside in [3.0, 100.0, 1200.0] {
            assert!(close(
                total(set_aside).climb.map(|climb| climb.ascent_m),
                315.0
            ));
            assert_eq!(total(set_aside).reason, ClimbReason::TotalContradicted);
        }
        // Leaps of 8 m to both sides within seconds are a receiver's.
        let noisy = |second: f64| waves(second) + 8.0 * (second * 2.3).sin();
        let (verdict, problem) = heard((Some(40.0), Some(40.0)), "generic", noisy);
        assert_eq!(verdict.climb.unwrap().ascent_m, 40.0);
        assert!(!verdict.is_altitude_real && problem.is_some());
    }

    #[test]
    fn an_altitude_that_never_changes_is_none() {
        let constant = |_| 500.0;
        assert_eq!(heard((None, None), "generic", constant).0.climb, None);
        assert_eq!(
            heard((Some(0.0), Some(0.0)), "generic", constant).0.climb,
            None
        );
        let total = heard((Some(80.0), None), "generic", constant)
            .0
            .climb
            .unwrap();
        assert_eq!((total.ascent_m, total.descent_m), (80.0, None));
        // Nor is one that climbs more than half the way.
        assert_eq!(heard((None, None), "generic", |s| 2.0 * s).0.climb, None);
    }

    #[test]
    fn a_belt_climbs_what_its_own_total_says() {
        let of = |total, sub_sport, altitude_m: fn(f64) -> f64| {
            let verdict = heard((total, None), sub_sport, altitude_m).0;
            (verdict.climb.unwrap().ascent_m, verdict.is_altitude_real)
        };
        let steep = |s: f64| 0.3 * s;
        assert_eq!(of(Some(1080.0), "treadmill", steep), (1080.0, true));
        assert_eq!(of(Some(900.0), "treadmill", |_| 0.0), (900.0, true));
        assert_eq!(of(None, "treadmill", steep), (0.0, false));
        assert_eq!(of(Some(0.0), "treadmill", steep), (0.0, false));
        assert_eq!(of(Some(20.0), "treadmill", steep), (0.0, false));
        assert_eq!(of(Some(1080.0), "virtual_activity", steep), (0.0, false));
    }

    #[test]
    fn the_threshold_follows_the_noise() {
        for (noise_m, barometer, other) in [
            (0.0, 1.5, 1.5),
            (0.5, 1.5, 1.5),
            (0.6, 3.0, 3.2),
            (0.75, 3.0, 5.75),
            (4.0, 3.0, 10.0),
        ] {
            assert!(
                (threshold_m(noise_m, true) - barometer).abs() < 1e-9,
                "{noise_m}"
            );
            assert!(
                (threshold_m(noise_m, false) - other).abs() < 1e-9,
                "{noise_m}"
            );
        }
        let smoothed = [10.0; 5];
        assert_eq!(
            noise_m(&[10.0, 11.0, f32::NAN, 9.0, 90.0], &smoothed),
            1.4826
        );
        assert_eq!(noise_m(&[], &[]), 0.0);
    }

    #[test]
    fn no_altitude_is_not_flat_ground() {
        let climb = |ascent: Option<f64>, sub_sport| {
            let mut activity = steady(60, 3.0);
            activity.sub_sport = sub_sport;
            activity.totals.ascent_m = ascent;
            let (clean, _) = clean(activity);
            let climb = of(&clean, &Track::of(&clean)).0.climb;
            climb.map(|c| (c.ascent_m, c.source))
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

    /// An hour at 3 m/s over this ground, as these heights wander about it for some 20 s.
    fn hour(ground: fn(f64) -> f64, wander_m: f64) -> Verdict {
        let mut activity = steady(3601, 3.0);
        // A cheap generator of even numbers: what matters is that they have no course.
        let mut state = 20_250_314_u64;
        let mut even = move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 40) as f64 / (1_u64 << 24) as f64 - 0.5
        };
        let mut off = 0.0;
        let heights = (0..3601).map(|s| {
            let new: f64 = (0..12).map(|_| even()).sum();
            off = 0.95 * off + 0.31 * wander_m * new;
            (ground(3.0 * f64::from(s)) + off) as f32
        });
        activity.samples.altitude_m = heights.collect();
        activity.altitude_is_barometric = None;
        activity.totals.ascent_m = None;
        let (clean, _) = clean(activity);
        let (verdict, problem) = of(&clean, &Track::of(&clean));
        assert_eq!(problem.is_some(), verdict.climb.is_none(), "{problem:?}");
        verdict
    }

    #[test]
    fn what_satellites_make_of_flat_ground_is_no_climb_and_hills_are() {
        let flat = hour(|_| 100.0, 4.0);
        assert_eq!((flat.climb, flat.reason), (None, ClimbReason::TooNoisy));
        assert!(!flat.is_altitude_real);
        // 315 m over hills of 120 m.
        let hills = hour(|metres| 300.0 + 60.0 * (metres / 600.0).sin(), 4.0);
        let climb = hills.climb.unwrap();
        assert_eq!(climb.source, AltitudeSource::Gps);
        assert!((climb.ascent_m - 315.0).abs() < 0.15 * 315.0, "{climb:?}");
        // Quiet waves of 8 m that no barometer vouches for are doubtful, hills are not.
        let waves = hour(
            |metres| 100.0 - 4.0 * (metres * std::f64::consts::TAU / 600.0).cos(),
            0.1,
        );
        assert!(
            waves.is_doubtful && (waves.climb.unwrap().ascent_m - 144.0).abs() < 12.0,
            "{waves:?}"
        );
        assert!(!hour(|metres| 300.0 + 60.0 * (metres / 600.0).sin(), 0.1).is_doubtful);
    }
}
