//! Metrics: each one a column with one home file and one line in [`METRICS`].

pub mod cadence;
pub mod climb;
pub mod distance;
pub mod duration;
pub mod edwards_trimp;
pub mod grade_adjusted;
pub mod hard_minutes;
pub mod heart_rate;
mod identity;
mod level;
mod mean_cadence;
mod median;
pub mod pace;
mod refresh;
pub mod session_rpe;
pub mod shoe;
mod smooth;
pub mod start;
pub mod step_length;
mod sum;
pub mod track;
pub mod trimp;
mod window;

use crate::{
    clean::Clean,
    model::{Doubts, Run, SportSource},
    problem::{Code, Problem},
    time::{Clock, ZoneSource},
    trust::{self, By, Verdicts, Witness},
};
use chrono::{DateTime, NaiveDate, Utc};
use track::Track;

/// A value in a cell of the `runs` table.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(Option<String>),
    /// A day on the runner's calendar.
    Date(NaiveDate),
    /// A number, rounded to [`Metric::decimals`] in files.
    Number(Option<f64>),
}

/// How a run's value becomes a day's and a week's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rollup {
    /// It does not.
    None,
    /// Added up over the runs that have it; absent when no run has it.
    Sum,
    /// Added up, but absent when one run lacks it: a partial sum would read as a quiet day.
    SumIfComplete,
    /// The largest.
    Max,
    /// The mean weighted by moving time.
    MeanByMovingTime,
}

/// One column of `runs`.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Column name with unit suffix; stable.
    pub id: &'static str,
    /// A few words for tables and axes.
    pub title: &'static str,
    /// Unit as written, empty for words and counts.
    pub unit: &'static str,
    /// Decimals kept in files.
    pub decimals: usize,
    /// What it is and how it is computed.
    pub about: &'static str,
    /// What an empty cell means, the end of a sentence without its full stop. None: the cell is never empty, or empty because
    /// the file says nothing of it.
    pub empty: Option<&'static str>,
    /// What decided the value in this run, in words; the second says whether the device's own total is the same number. None:
    /// what [`Metric::source`] says.
    pub origin: fn(&Run, bool) -> Option<&'static str>,
    /// Whether it means something for any sport.
    pub any_sport: bool,
    /// What a copy of the same activity hands over where the kept recording lacks it.
    pub hand_over: HandOver,
    /// The paper, specification section or formula page it comes from.
    pub source: &'static str,
    /// What it cannot tell.
    pub caveats: &'static str,
    /// How it rolls up to days and weeks.
    pub rollup: Rollup,
    /// The cell.
    pub value: fn(&Run) -> Value,
}

/// What a copy does for a metric of the recording that is kept.
#[derive(Debug, Clone, Copy)]
pub enum HandOver {
    /// Nothing: the metric is of one recording, or is computed after merging.
    Keeps,
    /// It gives what the kept one lacks.
    Gives(Gift),
    /// It comes along with the gift of this metric.
    Follows(&'static Metric),
}

/// Values that a copy gives together.
#[derive(Debug, Clone, Copy)]
pub struct Gift {
    /// What it is, in a word or two, for `merges.csv`.
    pub what: &'static str,
    /// The problem of the kept recording that it settles: what was guessed is known now.
    pub settles: Option<Code>,
    /// Whether a run has it.
    pub has: fn(&Run) -> bool,
    /// Takes it from the second into the first.
    pub give: fn(&mut Run, &Run),
}

/// Words for what a device itself totalled.
pub const FROM_DEVICE: &str = "the device's total";
/// Words for what was computed from the samples.
pub const FROM_RECORDS: &str = "computed from the records";

/// Every metric column, in the order of the files. Adding a metric is one file and one line here.
pub const METRICS: &[&Metric] = &[
    &identity::RUN_ID,
    &identity::SOURCE,
    &identity::FORMAT,
    &identity::DEVICE,
    &identity::NAME,
    &identity::START_UTC,
    &identity::LOCAL_DATE,
    &identity::UTC_OFFSET_S,
    &identity::ZONE_SOURCE,
    &identity::SPORT,
    &identity::SPORT_RECORDED,
    &identity::SPORT_SOURCE,
    &identity::SUB_SPORT,
    &distance::DISTANCE_M,
    &distance::DISTANCE_SOURCE,
    &duration::TIMER_S,
    &duration::TIMER_SOURCE,
    &duration::ELAPSED_S,
    &duration::ELAPSED_SOURCE,
    &duration::MOVING_S,
    &duration::LONGEST_STOP_S,
    &pace::PACE_S_PER_KM,
    &start::START_FASTER_PERCENT,
    &cadence::CADENCE_SPM,
    &cadence::CADENCE_FLAT_SPM,
    &cadence::SPEED_FLAT_M_S,
    &step_length::STEP_LENGTH_M,
    &cadence::FLAT_S,
    &cadence::CADENCE_UNIT,
    &cadence::CADENCE_FACTOR,
    &cadence::CADENCE_REASON,
    &climb::ASCENT_M,
    &climb::DESCENT_M,
    &climb::ALTITUDE_SOURCE,
    &heart_rate::HEART_RATE_MEAN_BPM,
    &heart_rate::HEART_RATE_MAX_BPM,
    &heart_rate::HEART_RATE_SHARE,
    &trimp::TRIMP,
    &edwards_trimp::EDWARDS_TRIMP,
    &hard_minutes::HARD_S,
    &session_rpe::SESSION_RPE,
    &session_rpe::SESSION_RPE_LOAD,
    &grade_adjusted::GRADE_ADJUSTED_M,
    &shoe::SHOE,
    &shoe::SHOE_DISTANCE_M,
    &identity::RECORDS,
    &identity::DOUBTFUL,
];

/// When and where a run was recorded, decided before it is measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// See [`Run::run_id`].
    pub run_id: String,
    /// See [`Run::source`].
    pub source: String,
    /// Start, UTC.
    pub start_utc: DateTime<Utc>,
    /// Seconds east of UTC.
    pub utc_offset_s: i32,
    /// Where the offset came from.
    pub zone_source: ZoneSource,
}

/// Measures one recording whose witnesses were heard: everything that needs its samples. The samples can go afterwards. The problem
/// says where altitudes and totals contradict each other.
pub fn measure(clean: &Clean, verdicts: &Verdicts, origin: Origin) -> (Run, Option<Problem>) {
    let track = Track::of(clean);
    let (climb, problem) = climb::of(clean, &track);
    let run = run(clean, &track, (verdicts, climb), origin);
    (run, problem)
}

/// Whether nothing told which moment a wall clock showed.
fn is_on_the_wall(clock: Clock, zone_source: ZoneSource) -> bool {
    clock == Clock::Wall && zone_source == ZoneSource::AssumedUtc
}

/// What is believed of a recording, the climb too.
type Heard<'v> = (&'v Verdicts, climb::Verdict);

fn run(clean: &Clean, track: &Track, (verdicts, climb): Heard, origin: Origin) -> Run {
    let activity = &clean.activity;
    let (distance_m, distance_source) = distance::of(&verdicts.distance_m).unzip();
    let (durations, heart_rate) = (duration::of(clean, track, verdicts), heart_rate::of(clean));
    let cadence = cadence::of(clean, track, durations.moving_s);
    let flat = cadence.and_then(|cadence| cadence.flat);
    let (cadence_spm, cadence_unit) = mean_cadence::of(cadence.as_ref(), activity);
    // Every field is named, so that the compiler asks for the value of a new one.
    Run {
        run_id: origin.run_id,
        source: origin.source,
        format: activity.format,
        device: activity.device.clone(),
        name: activity.name.clone(),
        start_utc: origin.start_utc,
        start_local: crate::time::local(origin.start_utc, origin.utc_offset_s),
        clock_is_wrong: activity.clock_is_wrong,
        is_on_the_wall: is_on_the_wall(activity.clock, origin.zone_source),
        utc_offset_s: origin.utc_offset_s,
        zone_source: origin.zone_source,
        sport: activity.sport,
        sport_recorded: activity.sport,
        sport_source: SportSource::File,
        sub_sport: activity.sub_sport,
        distance_m,
        distance_source,
        timer_s: durations.timer_s,
        timer_source: durations.timer_source,
        elapsed_s: durations.elapsed_s,
        elapsed_source: durations.elapsed_source,
        moving_s: durations.moving_s,
        longest_stop_s: durations.longest_stop_s,
        start_faster_percent: start::of(&track.speed_m_s, &clean.weight_s),
        cadence_spm,
        cadence_flat_spm: flat.map(|flat| flat.median_spm),
        speed_flat_m_s: flat.map(|flat| flat.speed_m_s),
        flat_s: flat.map(|flat| flat.duration_s),
        cadence_unit,
        cadence_reason: cadence.map(|cadence| cadence.reason),
        ascent_m: climb.climb.map(|climb| climb.ascent_m),
        descent_m: climb.climb.and_then(|climb| climb.descent_m),
        altitude_source: climb.climb.map(|climb| climb.source),
        heart_rate_mean_bpm: heart_rate.mean_bpm,
        heart_rate_max_bpm: heart_rate.max_bpm,
        heart_rate_seconds: heart_rate.seconds,
        heart_rate_share: heart_rate.share,
        trimp: None,
        edwards_trimp: None,
        hard_s: None,
        session_rpe: session_rpe::believed(activity.totals.session_rpe),
        session_rpe_load: None,
        grade_adjusted_m: grade_adjusted_m(clean, track, climb, distance_m),
        records: clean.records,
        shoe: None,
        shoe_distance_m: None,
        listing: None,
        athlete: activity.athlete,
        doubts: doubts(verdicts, &climb),
    }
}

/// Grades are taken from altitudes that are real; without, the distance is as it is.
fn grade_adjusted_m(
    clean: &Clean,
    track: &Track,
    climb: climb::Verdict,
    distance_m: Option<f64>,
) -> Option<f64> {
    distance_m.map(|metres| match climb.is_altitude_real {
        true => grade_adjusted::of(clean, track, metres),
        false => metres,
    })
}

fn doubts(verdicts: &Verdicts, climb: &climb::Verdict) -> Doubts {
    Doubts {
        climb: climb.is_doubtful || is_of_part(verdicts, climb),
        distance: verdicts.distance_m.is_doubtful(),
        time: verdicts.timer_s.is_doubtful(),
    }
}

/// Whether the climb is that of records which know a part of the run only.
fn is_of_part(verdicts: &Verdicts, climb: &climb::Verdict) -> bool {
    let mut witnesses = verdicts.distance_m.witnesses.iter();
    let is_part = |witness: &Witness| {
        let is_recorded = matches!(witness.by, By::Records | By::Track);
        is_recorded && witness.heard == trust::Heard::Part
    };
    climb.reason == climb::ClimbReason::NoTotal && witnesses.any(is_part)
}

/// Fills in what needs more than the recording: the two TRIMPs as far as the runner's heart rates are known (Edwards' needs the
/// maximum alone), and the session RPE load.
pub fn complete(run: &mut Run, basis: trimp::Basis) {
    let seconds = enough_heart_rate(run);
    let seconds = seconds.as_deref();
    run.trimp = seconds.and_then(|seconds| trimp::of(seconds, basis));
    let with_max = seconds.zip(basis.max_bpm);
    run.edwards_trimp = with_max.and_then(|(seconds, max)| edwards_trimp::of(seconds, max));
    // What a table gives without its parts stays as it is given.
    run.session_rpe_load = session_rpe_load(run).or(run.session_rpe_load);
}

fn session_rpe_load(run: &Run) -> Option<f64> {
    Some(session_rpe::load(run.session_rpe?, run.timer_s?))
}

/// The seconds at each heart rate, where it is known for enough of the run.
fn enough_heart_rate(run: &Run) -> Option<Vec<(u8, f32)>> {
    let share = run.heart_rate_share?;
    (share >= trimp::NEEDED_SHARE).then(|| run.heart_rate_seconds.iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clean::{clean, fixture::steady},
        trust,
    };
    use std::collections::BTreeSet;

    /// Both TRIMPs of ten minutes of which this many seconds have a heart rate of 155.
    fn trimps(seconds: usize, basis: trimp::Basis) -> (Option<f64>, Option<f64>) {
        let mut activity = steady(601, 3.0);
        activity.samples.heart_rate_bpm = (0..601)
            .map(|i| if i <= seconds { 155.0 } else { f32::NAN })
            .collect();
        let origin = Origin {
            run_id: String::new(),
            source: String::new(),
            start_utc: DateTime::UNIX_EPOCH,
            utc_offset_s: 0,
            zone_source: ZoneSource::File,
        };
        let mut clean = clean(activity).0;
        let (verdicts, _) = trust::hear(&mut clean, false);
        let mut run = measure(&clean, &verdicts, origin).0;
        complete(&mut run, basis);
        (run.trimp, run.edwards_trimp)
    }

    #[test]
    fn each_trimp_needs_its_own_heart_rates_and_most_of_the_run() {
        let basis = |rest_bpm, max_bpm| trimp::Basis {
            rest_bpm,
            max_bpm,
            sex: Some(crate::model::Sex::Male),
        };
        // 117.939890 for 60 min (src/method/formulas.md, TRIMP), so a sixth in ten; 155 of 190 is 82 %: 10 min · 4.
        let (banister, edwards) = trimps(600, basis(Some(55.0), Some(190.0)));
        assert!(
            (banister.unwrap() - 117.939_890 / 6.0).abs() < 1e-6,
            "{banister:?}"
        );
        assert_eq!(edwards, Some(40.0));
        assert_eq!(trimps(600, basis(None, Some(190.0))), (None, Some(40.0)));
        assert_eq!(trimps(600, basis(Some(55.0), None)), (None, None));
        // 480 of 600 s are the least share, 80 %: 8 min · 4. The last value stands for ten seconds more.
        assert_eq!(trimps(470, basis(None, Some(190.0))), (None, Some(32.0)));
        assert_eq!(trimps(469, basis(Some(55.0), Some(190.0))), (None, None));
    }

    #[test]
    fn what_follows_follows_a_gift() {
        for metric in METRICS {
            if let HandOver::Follows(leader) = metric.hand_over {
                assert!(
                    matches!(leader.hand_over, HandOver::Gives(_)),
                    "{} follows {}",
                    metric.id,
                    leader.id
                );
            }
        }
    }

    #[test]
    fn every_metric_is_documented() {
        let ids: BTreeSet<&str> = METRICS.iter().map(|metric| metric.id).collect();
        assert_eq!(ids.len(), METRICS.len(), "ids are unique");
        for metric in METRICS {
            assert!(
                metric.about.ends_with('.'),
                "{}: about is a sentence",
                metric.id
            );
            assert!(
                !metric.source.is_empty() && !metric.title.is_empty(),
                "{}",
                metric.id
            );
            let suffix = metric.id.rsplit('_').next().unwrap_or_default();
            let unit_in_name = [("m", "m"), ("s", "s"), ("spm", "spm"), ("bpm", "bpm")];
            for (ending, unit) in unit_in_name.iter().filter(|(_, unit)| *unit == metric.unit) {
                assert!(suffix == *ending, "{} names its unit {unit}", metric.id);
            }
        }
    }
}
