//! Distance: the device's total, the laps, the records, the track, and speed times time.

use super::{
    evidence::{Times, positive},
    laps,
    witness::{By, Heard, Verdict, Witness, are_near, vote},
};
use crate::{
    clean::{
        Clean, MAX_SPEED_M_S,
        distance::{track, track_m},
    },
    model::{Activity, Sport},
};

/// No runner is faster over more than 400 m, m/s: 2:30 min/km (src/method/limits.md, Trust).
const FASTEST_M_S: f64 = 1000.0 / 150.0;
/// … and the further the slower: from so many metres on nobody is faster than so many m/s. The records of 10 km, the half marathon, the
/// marathon and 100 km (6.37, 6.20, 5.83 and 4.57 m/s in 2026), and 3 % more.
const FASTEST_FROM: [(f64, f64); 4] = [
    (100_000.0, 4.71),
    (42_000.0, 6.0),
    (21_000.0, 6.39),
    (10_000.0, 6.56),
];
/// … over no more than this far a sprinter is, m.
const SPRINT_M: f64 = 400.0;
/// Slower than this over the whole recording is standing, or another unit, m/s.
const STANDING_M_S: f64 = 0.05;
/// What other sports can reach, m/s: skiers and cyclists downhill.
const OTHER_SPORTS_M_S: f64 = 60.0;
/// Without any time a distance is held to a day's, s.
const UNTIMED_S: f64 = 86_400.0;
/// Records that span less than this share of the time the device tells know a part of the activity only.
const WHOLE_SHARE: f64 = 0.9;

/// Hears all witnesses of the distance; the track and the speed only where the others do not agree, or all are to be shown.
pub(super) fn hear(clean: &Clean, times: Times, shows_all: bool) -> Verdict {
    let bench = Bench::of(clean, times);
    let quick = bench.judged(bench.told());
    if is_settled(&quick) && !shows_all {
        return vote(quick);
    }
    let mut all = quick.clone();
    all.extend(bench.judged(bench.derived()));
    all.sort_by_key(|witness| witness.by);
    if is_settled(&quick) {
        return with_shown(vote(quick), all);
    }
    vote(all)
}

/// Whether two with different origins agree and can be: nobody else is needed.
fn is_settled(witnesses: &[Witness]) -> bool {
    let of = |by: By| {
        let mut all = witnesses
            .iter()
            .filter(|witness| witness.heard == Heard::Differs);
        all.find(|witness| witness.by == by)
            .map(|witness| witness.value)
    };
    let told = of(By::Device).or(of(By::Laps));
    let recorded = of(By::Records).or(of(By::Track));
    told.zip(recorded)
        .is_some_and(|(told, recorded)| are_near(told, recorded))
}

/// The verdict of the first few, with the others beside it.
fn with_shown(settled: Verdict, all: Vec<Witness>) -> Verdict {
    let value = settled.value().unwrap_or(f64::NAN);
    let mut shown = settled.witnesses;
    for witness in all {
        if shown.iter().all(|known| known.by != witness.by) {
            let agrees = witness.heard == Heard::Differs && are_near(witness.value, value);
            let heard = if agrees { Heard::Agrees } else { witness.heard };
            shown.push(Witness { heard, ..witness });
        }
    }
    shown.sort_by_key(|witness| witness.by);
    Verdict { witnesses: shown }
}

/// What the witnesses are held to.
struct Bench<'a> {
    clean: &'a Clean,
    activity: &'a Activity,
    /// The longest and the shortest time that anything claims, s.
    longest_s: f64,
    shortest_s: f64,
    /// Whether the records span the time that the device tells.
    is_whole: bool,
    /// Whether the laps end before the records do.
    are_laps_part: bool,
}

impl<'a> Bench<'a> {
    fn of(clean: &'a Clean, times: Times) -> Self {
        let activity = &clean.activity;
        let claimed = || times.claimed(activity);
        Bench {
            clean,
            activity,
            longest_s: claimed().reduce(f64::max).unwrap_or(UNTIMED_S),
            shortest_s: claimed().reduce(f64::min).unwrap_or(0.0),
            is_whole: is_whole(activity, times),
            are_laps_part: times.laps_are_part,
        }
    }

    /// What the file says itself.
    fn told(&self) -> Vec<Witness> {
        let device = self.activity.totals.distance_m.and_then(positive);
        let mut told: Vec<Witness> = Vec::with_capacity(4);
        told.extend(device.map(|metres| Witness::of(By::Device, metres)));
        told.extend(laps::witnesses(&self.activity.laps, |lap| lap.distance_m));
        let by = match self.clean.distance_is_from_positions {
            true => By::Track,
            false => By::Records,
        };
        told.extend(self.recorded_m().map(|metres| Witness::of(by, metres)));
        told
    }

    /// What can be worked out beside.
    fn derived(&self) -> Vec<Witness> {
        let track = (!self.clean.distance_is_from_positions).then(|| track_m(self.activity));
        let said = [
            (By::Track, track.flatten()),
            (By::Speed, speed_times_time_m(self.clean)),
        ];
        let said = said
            .into_iter()
            .filter_map(|(by, metres)| Some((by, positive(metres?)?)));
        said.map(|(by, metres)| Witness::of(by, metres)).collect()
    }

    /// How far the records reach.
    fn recorded_m(&self) -> Option<f64> {
        let mut distances = self.activity.samples.distance_m.iter().copied();
        positive(distances.rfind(|metres| !metres.is_nan())?)
    }

    fn judged(&self, mut witnesses: Vec<Witness>) -> Vec<Witness> {
        for witness in &mut witnesses {
            let knows_part = match witness.by {
                By::Records | By::Track | By::Speed => !self.is_whole,
                By::Laps | By::LastLap => self.are_laps_part,
                By::Device | By::WholeFile => false,
            };
            if !self.is_possible(witness.value) {
                witness.heard = Heard::Impossible;
            } else if knows_part {
                witness.heard = Heard::Part;
            }
        }
        witnesses
    }

    fn is_possible(&self, metres: f64) -> bool {
        let is_reached = metres <= fastest_m_s(self.activity.sport, metres) * self.longest_s;
        is_reached && metres >= STANDING_M_S * self.shortest_s
    }
}

/// Whether no runner goes so far in the time, over more than a sprint.
pub fn is_beyond_runners(metres: f64, seconds: f64) -> bool {
    metres > SPRINT_M && metres / seconds > fastest_over_m_s(metres)
}

/// No runner is faster over this far, m/s.
fn fastest_over_m_s(metres: f64) -> f64 {
    let mut from = FASTEST_FROM.iter();
    let slower = from.find(|(from_m, _)| metres >= *from_m);
    slower.map_or(FASTEST_M_S, |(_, m_s)| *m_s)
}

fn fastest_m_s(sport: Sport, metres: f64) -> f64 {
    match sport.is_running() {
        true if metres > SPRINT_M => fastest_over_m_s(metres),
        true => MAX_SPEED_M_S,
        false => OTHER_SPORTS_M_S,
    }
}

/// Whether the records span the time that device and laps tell; where nothing is told, they do.
fn is_whole(activity: &Activity, times: Times) -> bool {
    let span_s = times.span_s.unwrap_or(0.0);
    least_told_s(activity, times).is_none_or(|told_s| span_s >= WHOLE_SHARE * told_s)
}

fn least_told_s(activity: &Activity, times: Times) -> Option<f64> {
    let totals = &activity.totals;
    let told = [totals.timer_s, totals.elapsed_s, times.laps_span_s];
    let told = told.into_iter().flatten().filter_map(positive);
    told.reduce(f64::min)
}

/// Speed times time. None where speed is missing for more than a tenth of the time.
fn speed_times_time_m(clean: &Clean) -> Option<f64> {
    let steps = clean.activity.samples.speed_m_s.iter().zip(&clean.weight_s);
    let known = steps.clone().filter(|(speed, _)| !speed.is_nan());
    let (metres, known_s) = known.fold((0.0, 0.0), |(metres, seconds), (speed, weight_s)| {
        (metres + f64::from(*speed) * weight_s, seconds + weight_s)
    });
    let all_s: f64 = clean.weight_s.iter().sum();
    (known_s > 0.0 && known_s >= WHOLE_SHARE * all_s).then_some(metres)
}

/// Puts the column of distances right where it lost: times the unit it is in, along the track, or not at all.
pub(super) fn settle(clean: &mut Clean, verdict: &Verdict) {
    let Some(believed) = verdict.believed().copied() else {
        clean.activity.samples.distance_m.clear();
        return;
    };
    let lost = verdict
        .against()
        .find(|witness| witness.by == By::Records)
        .copied();
    match (believed.by, lost) {
        (By::Speed, _) => clean.activity.samples.distance_m = along_speed(clean),
        (_, Some(records)) => mend(clean, verdict, believed.value, records.value),
        (_, None) => {}
    }
}

fn mend(clean: &mut Clean, verdict: &Verdict, believed_m: f64, recorded_m: f64) {
    let factor = believed_m / recorded_m;
    let is_beside =
        |witness: &Witness| witness.by == By::Track && are_near(witness.value, believed_m);
    let unit = UNITS_M
        .into_iter()
        .find(|unit| (factor / unit - 1.0).abs() < UNIT_SHARE);
    if let Some(unit) = unit {
        let column = clean.activity.samples.distance_m.iter_mut();
        column.for_each(|metres| *metres *= unit);
    } else if verdict.witnesses.iter().any(is_beside) {
        clean.activity.samples.distance_m = track(&clean.activity).metres;
    } else if !CALIBRATED.contains(&factor) {
        clean.activity.samples.distance_m.clear();
    }
}

/// Kilometres, miles and feet written where metres belong, and metres written where kilometres do.
const UNITS_M: [f64; 4] = [1000.0, 1609.344, 0.3048, 0.001];
/// How near to it a unit must come.
const UNIT_SHARE: f64 = 0.03;
/// A foot pod or a treadmill that was calibrated afterwards: the records are off by their scale and say the rest rightly.
const CALIBRATED: std::ops::RangeInclusive<f64> = 0.5..=2.0;

/// The distance up to each sample, from speed alone.
fn along_speed(clean: &Clean) -> Vec<f64> {
    let steps = clean.activity.samples.speed_m_s.iter().zip(&clean.weight_s);
    let along = steps.scan(0.0, |sum, (speed, weight_s)| {
        *sum += step_m(*speed, *weight_s);
        Some(*sum)
    });
    along.collect()
}

/// Metres of one step; none where the speed is missing.
fn step_m(speed_m_s: f32, weight_s: f64) -> f64 {
    if speed_m_s.is_nan() {
        0.0
    } else {
        f64::from(speed_m_s) * weight_s
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clean::{clean, fixture::steady},
        model::Lap,
    };

    /// What 1,800 s at 3 m/s along the equator come to when damaged so: who is believed, m, and where the column ends.
    fn check(damage: impl Fn(&mut Activity), by: Option<By>, metres: f64) {
        let mut activity = steady(1801, 3.0);
        activity.totals.distance_m = Some(5400.0);
        activity.totals.timer_s = Some(1800.0);
        activity.samples.latitude_deg = vec![0.0; 1801];
        activity.samples.longitude_deg =
            (0..1801).map(|i| f64::from(i) * 3.0 / 111_195.08).collect();
        damage(&mut activity);
        let mut cleaned = clean(activity).0;
        let verdict = hear(&cleaned, Times::of(&cleaned), false);
        settle(&mut cleaned, &verdict);
        assert_eq!(
            verdict.believed().map(|witness| witness.by),
            by,
            "{verdict:?}"
        );
        if let Some(value) = verdict.value() {
            assert!((value - metres).abs() < 0.01 * metres, "{verdict:?}");
            let end = cleaned.activity.samples.distance_m.last().copied();
            assert!(
                end.is_none_or(|end| (end - metres).abs() < 0.01 * metres),
                "{end:?}"
            );
        }
        let shown = hear(&cleaned, Times::of(&cleaned), true);
        assert_eq!(
            shown.value(),
            hear(&cleaned, Times::of(&cleaned), false).value()
        );
    }

    fn times(factor: f64) -> impl Fn(&mut Activity) {
        move |activity| {
            activity
                .samples
                .distance_m
                .iter_mut()
                .for_each(|metres| *metres *= factor)
        }
    }

    #[test]
    fn two_agree_and_the_third_is_put_right() {
        check(|_| {}, Some(By::Device), 5400.0);
        check(
            |one| one.totals.distance_m = Some(10_800.0),
            Some(By::Records),
            5400.0,
        );
        check(
            |one| one.totals.distance_m = Some(5.4),
            Some(By::Records),
            5400.0,
        );
        check(
            |one| one.totals.distance_m = Some(0.0),
            Some(By::Records),
            5400.0,
        );
        check(times(0.001), Some(By::Device), 5400.0);
        check(times(1.0 / 1609.344), Some(By::Device), 5400.0);
        check(times(2.0), Some(By::Device), 5400.0);
        check(times(0.7), Some(By::Device), 5400.0);
    }

    #[test]
    fn without_a_total_the_track_and_the_speed_decide() {
        let alone = |damage: fn(&mut Activity)| {
            move |one: &mut Activity| {
                one.totals.distance_m = None;
                damage(one);
            }
        };
        check(alone(|_| {}), Some(By::Records), 5400.0);
        check(alone(times_in_km), Some(By::Track), 5400.0);
        check(
            alone(|one| one.samples.distance_m.clear()),
            Some(By::Track),
            5400.0,
        );
        let indoors = |one: &mut Activity| {
            one.totals.distance_m = None;
            one.samples.distance_m.clear();
            one.samples.latitude_deg.clear();
            one.samples.longitude_deg.clear();
        };
        check(indoors, Some(By::Speed), 5400.0);
        check(
            move |one| {
                indoors(one);
                one.samples.speed_m_s.clear();
            },
            None,
            0.0,
        );
    }

    fn times_in_km(activity: &mut Activity) {
        times(0.001)(activity);
    }

    #[test]
    fn records_of_the_first_lap_do_not_speak_for_all() {
        let first_third = |one: &mut Activity| {
            let keep: Vec<bool> = (0..1801).map(|i| i <= 600).collect();
            one.samples.keep(&keep);
        };
        check_value(first_third, Some(5400.0));
        // What no runner can do in the time that is left is not believed either: then the part is all there is.
        check_value(
            move |one| {
                first_third(one);
                one.totals.distance_m = Some(54_000.0);
            },
            Some(1800.0),
        );
    }

    fn check_value(damage: impl Fn(&mut Activity), metres: Option<f64>) {
        let mut activity = steady(1801, 3.0);
        activity.totals.distance_m = Some(5400.0);
        activity.totals.timer_s = Some(1800.0);
        damage(&mut activity);
        let cleaned = clean(activity).0;
        let verdict = hear(&cleaned, Times::of(&cleaned), false);
        assert_eq!(verdict.value().map(f64::round), metres, "{verdict:?}");
    }

    #[test]
    fn laps_that_hold_running_totals_are_not_added_up() {
        let lap = |i: i32| Lap {
            distance_m: Some(1800.0 * f64::from(i)),
            ..Lap::default()
        };
        let running = move |one: &mut Activity| {
            one.totals.distance_m = None;
            one.laps = (1..4).map(lap).collect();
        };
        check(running, Some(By::LastLap), 5400.0);
    }
}
