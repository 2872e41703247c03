//! What niggle makes of a file, held against the truth: right, absent, told or wrong in silence.

use super::truth::{Quantity, Record, Recording, Truth};
use niggle::{
    ingest, merge,
    model::Run,
    problem::{Code, Problem},
};

/// How a value came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Right,
    /// Not there, and nobody could have known it.
    Unknowable,
    /// Not there, though the witnesses left could have told it.
    Absent,
    /// Wrong, and a problem says that this quantity is doubtful.
    Told,
    /// Wrong, and nobody says a word.
    Silent,
}

/// One quantity of one run.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    pub quantity: Quantity,
    pub outcome: Outcome,
    pub truth: f64,
    pub value: Option<f64>,
}

/// Reads the file and judges every quantity.
pub fn judge(name: &str, bytes: &[u8], recording: &Recording, truth: &Truth) -> Vec<Judged> {
    let ingested = ingest::read_bytes(name, bytes, &ingest::Options::default());
    let merged = merge::one_activity_once(ingested, None);
    let back = merge::whole_history(&merged.runs, None, std::iter::empty());
    let of_file = merged.files.iter().flat_map(|file| &file.problems);
    let problems: Vec<&Problem> = of_file.chain(&back).collect();
    // A file that falls into several runs is held to the longest.
    let rows = merged.runs.iter().chain(&merged.others);
    let row = rows.max_by(|a, b| {
        a.elapsed_s
            .partial_cmp(&b.elapsed_s)
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let quantities = Quantity::ALL
        .into_iter()
        .filter(|quantity| is_asked(*quantity, recording, truth));
    quantities
        .map(|quantity| {
            let value = row.and_then(|row| value(row, quantity));
            let outcome = outcome(quantity, value, recording, truth, row, &problems);
            Judged {
                quantity,
                outcome,
                truth: expected(quantity, truth).unwrap_or(f64::NAN),
                value,
            }
        })
        .collect()
}

/// Of a ride only that it is none, and only where anything shows how fast it was.
fn is_asked(quantity: Quantity, recording: &Recording, truth: &Truth) -> bool {
    let shows = |record: &Record| record.position.is_some() || record.distance_m.is_some();
    let is_shown = recording.laps.len() > 1 || recording.records.iter().any(shows);
    truth.is_run || quantity == Quantity::Sport && is_shown
}

/// How long a record stands for, s: no time is known better than that, at either end of every pause.
fn step_s(recording: &Recording) -> f64 {
    let pairs = recording.records.windows(2);
    let mut steps: Vec<f64> = pairs.map(|pair| pair[1].unix_s - pair[0].unix_s).collect();
    steps.sort_by(f64::total_cmp);
    let step_s = steps.get(steps.len() / 2).copied().unwrap_or_default();
    step_s * recording.pauses.len() as f64
}

fn outcome(
    quantity: Quantity,
    value: Option<f64>,
    recording: &Recording,
    truth: &Truth,
    row: Option<&Run>,
    problems: &[&Problem],
) -> Outcome {
    let expected = expected(quantity, truth);
    let is_told =
        || doubts(quantity, row) || problems.iter().any(|problem| tells_of(problem, quantity));
    match (value, expected) {
        (None, Some(_)) if recording.witnesses[quantity as usize].can_tell() => Outcome::Absent,
        (None, _) => Outcome::Unknowable,
        (Some(value), Some(expected))
            if (value - expected).abs() <= room(quantity, expected, recording) =>
        {
            Outcome::Right
        }
        (Some(_), _) if is_told() => Outcome::Told,
        (Some(_), _) => Outcome::Silent,
    }
}

/// Whether the column `doubtful` names it.
fn doubts(quantity: Quantity, row: Option<&Run>) -> bool {
    let of = |row: &Run| match quantity {
        Quantity::Distance => row.doubts.distance,
        Quantity::Timer => row.doubts.time,
        Quantity::Ascent => row.doubts.climb,
        _ => false,
    };
    row.is_some_and(of)
}

fn value(row: &Run, quantity: Quantity) -> Option<f64> {
    match quantity {
        Quantity::Distance => row.distance_m,
        Quantity::Timer => row.timer_s,
        Quantity::Elapsed => row.elapsed_s,
        Quantity::Moving => row.moving_s,
        Quantity::Start => Some(row.start_utc.timestamp() as f64),
        Quantity::Day => Some(days(row.start_local.date())),
        Quantity::Sport => Some(f64::from(u8::from(row.is_run()))),
        Quantity::Cadence => row.cadence_spm,
        Quantity::HeartRate => row.heart_rate_mean_bpm,
        Quantity::Ascent => row.ascent_m,
    }
}

fn expected(quantity: Quantity, truth: &Truth) -> Option<f64> {
    match quantity {
        Quantity::Distance => Some(truth.distance_m),
        Quantity::Timer | Quantity::Moving => Some(truth.timer_s),
        Quantity::Elapsed => Some(truth.elapsed_s),
        Quantity::Start => Some(truth.start_unix_s),
        Quantity::Day => Some(days(truth.day)),
        Quantity::Sport => Some(f64::from(u8::from(truth.is_run))),
        Quantity::Cadence => truth.cadence_spm,
        Quantity::HeartRate => truth.heart_rate_bpm,
        Quantity::Ascent => Some(truth.ascent_m),
    }
}

fn days(day: chrono::NaiveDate) -> f64 {
    f64::from(chrono::Datelike::num_days_from_ce(&day))
}

/// How far off is still right.
fn room(quantity: Quantity, expected: f64, recording: &Recording) -> f64 {
    match quantity {
        Quantity::Distance => 0.05 * expected,
        Quantity::Timer | Quantity::Elapsed => 10.0 + 0.02 * expected + step_s(recording),
        Quantity::Moving => 30.0 + 0.05 * expected + step_s(recording),
        Quantity::Start => 120.0,
        Quantity::Day | Quantity::Sport => 0.0,
        Quantity::Cadence | Quantity::HeartRate => 3.0,
        Quantity::Ascent => 30.0_f64.max(0.25 * expected),
    }
}

/// Whether a problem says that this quantity is doubtful.
fn tells_of(problem: &Problem, quantity: Quantity) -> bool {
    use Code::{
        BadUtcOffset, BadValue, ClockJumped, ClockWrong, DayAssumed, DistanceMismatch, LongGap,
        NoDistance, NoTimeZone, OffsetMismatch, SpeedMismatch, SpeedSpike, SportAssumed,
        SportMismatch, StartMismatch, TimeBackwards, TimeMismatch, TotalsDiffer, Truncated,
        WeeksBack, XmlBroken,
    };
    let is_cut = matches!(problem.code, Truncated | XmlBroken);
    let names = |word: &str| problem.code == BadValue && problem.detail.contains(word);
    match quantity {
        Quantity::Distance => {
            is_cut
                || matches!(
                    problem.code,
                    DistanceMismatch | NoDistance | SpeedSpike | TotalsDiffer
                )
        }
        Quantity::Timer | Quantity::Elapsed | Quantity::Moving => {
            let says = quantity == Quantity::Moving && problem.consequence.contains("moving time");
            says || is_cut
                || matches!(
                    problem.code,
                    TimeMismatch
                        | ClockJumped
                        | TimeBackwards
                        | ClockWrong
                        | TotalsDiffer
                        | LongGap
                )
        }
        Quantity::Start => matches!(
            problem.code,
            StartMismatch
                | ClockJumped
                | ClockWrong
                | DayAssumed
                | WeeksBack
                | TimeBackwards
                | LongGap
        ),
        Quantity::Day => matches!(
            problem.code,
            OffsetMismatch
                | NoTimeZone
                | BadUtcOffset
                | StartMismatch
                | ClockJumped
                | ClockWrong
                | DayAssumed
                | WeeksBack
                | LongGap
        ),
        Quantity::Sport => matches!(problem.code, SportAssumed | SportMismatch),
        Quantity::Cadence => is_cut || problem.code == SpeedMismatch || names("cadence"),
        Quantity::HeartRate => is_cut || names("heart"),
        Quantity::Ascent => is_cut || names("climb"),
    }
}
