//! What a runner corrected in the account after the run: the sport, the distance, or a crop. It is later than the recording and
//! deliberate, so it wins (src/method/formats.md, Corrections in the account).

use super::{
    alike::{SIZE_SHARE, START_S, alike},
    said::{Said, has_other_time, is_file_below, is_shorter, metres_text},
};
use crate::{
    model::{AltitudeSource, DistanceSource, Doubts, Run, Sport, SportSource, TimeSource},
    problem::{Code, Effect, Problem},
    trust::distance::is_beyond_runners,
    units,
};

/// Smaller differences of distance are those of two ways to measure it, m …
const SMALL_M: f64 = 50.0;
/// … but on a treadmill the account has no way of its own, m and share.
const SMALL_INDOORS_M: f64 = 20.0;
const SMALL_INDOORS_SHARE: f64 = 0.01;
/// Slower than this is standing, m/s.
const SLOWEST_M_S: f64 = 0.3;
/// A crop that kept less than this share of the time says too little of what it kept: rates of the whole are then not its own.
const CROP_SHARE: f64 = 0.5;
/// What an index is wrong by when its unit is not what it seems: kilometres, centimetres, miles.
const UNITS: [f64; 4] = [1000.0, 100.0, 1.609_344, 1609.344];
/// Within this share.
const UNIT_SHARE: f64 = 0.01;

/// One thing that was corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Correction {
    /// Another sport was chosen.
    Sport,
    /// The start or the end was cut off.
    Crop,
    /// Another distance was written.
    Distance,
}

/// What of a line is a correction of what its recordings said. `kept` is the row as it is, for its sport and its kind.
pub(super) fn of(kept: &Run, said: &[Said], line: &Run, is_unit_doubted: bool) -> Vec<Correction> {
    let sport = is_other_sport(kept, said, line);
    let is_run = if sport { line } else { kept }.is_run();
    let is_believed = (is_possible(line) || !is_run) && !is_unit_doubted;
    let crop = is_believed && is_crop(said, line);
    let distance = is_believed && !crop && is_other_distance(kept, said, line);
    let found = [
        (sport, Correction::Sport),
        (crop, Correction::Crop),
        (distance, Correction::Distance),
    ];
    let made = found.into_iter().filter(|(is_made, _)| *is_made);
    made.map(|(_, correction)| correction).collect()
}

/// A runner chose another sport than the recording names. What the index leaves open, what niggle has no word for, and the sum of several
/// sports say nothing; and what is too fast for a runner is no run.
fn is_other_sport(kept: &Run, said: &[Said], line: &Run) -> bool {
    let is_named = !line.has_vague_sport() && line.sport != Sport::MULTISPORT;
    let is_other = !kept.has_vague_sport() && said.iter().all(|said| said.is_run != line.is_run());
    is_named && is_other && (is_possible(line) || !line.is_run())
}

/// Whether a runner can have gone so far in that time. Without both nobody knows better.
fn is_possible(line: &Run) -> bool {
    let seconds = line.timer_s.or(line.elapsed_s);
    let far = line.distance_m.zip(seconds);
    far.is_none_or(|(metres, seconds)| {
        metres / seconds >= SLOWEST_M_S && !is_beyond_runners(metres, seconds)
    })
}

/// Shorter than every recording of it, inside the longest, and not further.
fn is_crop(said: &[Said], line: &Run) -> bool {
    let is_other = said.iter().all(|said| has_other_time(said, line));
    let whole = longest(said).filter(|_| is_other);
    whole.is_some_and(|whole| is_shorter(whole, line) && is_inside(whole, line, START_S as f64))
}

fn longest(said: &[Said]) -> Option<&Said> {
    let longer = |a: &&Said, b: &&Said| a.span_s().total_cmp(&b.span_s());
    said.iter().max_by(longer)
}

/// Whether the line's time lies in the recording's, but for so many seconds, and its distance is no longer.
pub(super) fn is_inside(whole: &Said, line: &Run, slack_s: f64) -> bool {
    let line = Said::of(line);
    let is_in_time =
        line.start_s() >= whole.start_s() - slack_s && line.end_s() <= whole.end_s() + slack_s;
    let distances = line.distance_m.zip(whole.distance_m);
    let is_as_far = distances.is_none_or(|(line, whole)| line <= whole * (1.0 + SIZE_SHARE));
    is_in_time && is_as_far
}

/// Another distance in the same time.
fn is_other_distance(kept: &Run, said: &[Said], line: &Run) -> bool {
    let (small_m, share) = match is_indoors(kept) {
        true => (SMALL_INDOORS_M, SMALL_INDOORS_SHARE),
        false => (SMALL_M, SIZE_SHARE),
    };
    let is_other = |said: &Said| {
        let pair = said.distance_m.zip(line.distance_m);
        pair.is_some_and(|(said, line)| (said - line).abs() > small_m)
            && alike(said.distance_m, line.distance_m, share) == Some(false)
    };
    said.iter().all(is_other) && said.iter().any(|said| !has_other_time(said, line))
}

fn is_indoors(run: &Run) -> bool {
    run.altitude_source == Some(AltitudeSource::Indoor)
        || matches!(run.sub_sport, "treadmill" | "indoor_running")
}

/// Whether the lines of an index differ from their recordings, so many times in the median, as one unit of length differs from another:
/// then it is read in a wrong unit, and no line of it is a correction.
pub(super) fn is_of_unit(ratio: f64) -> bool {
    let times = ratio.max(1.0 / ratio);
    let is_near = |unit: &f64| (times / unit - 1.0).abs() <= UNIT_SHARE;
    UNITS.iter().any(is_near)
}

/// Which recordings a line is to be held against: the one it names, else all of the activity.
pub(super) fn meant(mut said: Vec<Said>, line: &Run) -> Vec<Said> {
    let listing = line.listing.as_ref();
    let Some(file) = listing.and_then(|listing| listing.file.as_deref()) else {
        return said;
    };
    let is_named = |said: &Said| is_file_below(file, &said.source);
    if said.iter().any(is_named) {
        said.retain(is_named);
    }
    said
}

impl Correction {
    /// Writes it on the row. What a row says beside it is of the recording as it was: what is a rate goes with the new distance, and
    /// what was added up over more than the runner kept is absent, unless the account has it.
    pub(super) fn apply(self, kept: &mut Run, line: &Run) {
        match self {
            Correction::Sport => set_sport(kept, line),
            Correction::Crop => crop(kept, line),
            Correction::Distance => set_distance(kept, line),
        }
    }

    /// `distance: 5000 m recorded, 6000 m in the account`.
    pub(super) fn words(self, kept: &Run, line: &Run) -> String {
        let (what, of): (&str, fn(&Run) -> String) = match self {
            Correction::Sport => ("sport", |run| run.sport.0.replace('_', " ")),
            Correction::Crop => ("crop", |run| {
                format!("{} in {}", metres_text(run), minutes(run))
            }),
            Correction::Distance => ("distance", metres_text),
        };
        let (kept, line) = (of(kept), of(line));
        format!("{what}: {kept} recorded, {line} in the account")
    }
}

fn minutes(run: &Run) -> String {
    let seconds = run.elapsed_s.or(run.timer_s).unwrap_or(0.0);
    format!("{} min", units::number(seconds / 60.0, 0))
}

fn set_sport(kept: &mut Run, line: &Run) {
    (kept.sport, kept.sub_sport) = (line.sport, line.sub_sport);
    kept.sport_source = SportSource::Index;
}

/// A faster or slower belt: what goes with the distance goes with it.
fn set_distance(kept: &mut Run, line: &Run) {
    if let Some((was, is)) = kept.distance_m.zip(line.distance_m) {
        let by = |value: Option<f64>| value.map(|value| value * is / was);
        kept.grade_adjusted_m = by(kept.grade_adjusted_m);
        kept.speed_flat_m_s = by(kept.speed_flat_m_s);
    }
    kept.distance_m = line.distance_m;
    kept.distance_source = Some(DistanceSource::Index);
    kept.doubts.distance = false;
}

fn crop(kept: &mut Run, line: &Run) {
    let is_running_cut = alike(kept.distance_m, line.distance_m, SIZE_SHARE) != Some(true);
    let share = Said::of(line).span_s() / Said::of(kept).span_s();
    kept.elapsed_s = line.elapsed_s;
    kept.elapsed_source = line.elapsed_s.map(|_| TimeSource::Index);
    kept.longest_stop_s = None;
    if !is_running_cut {
        // Nothing but standing was cut off.
        kept.timer_s = at_most(kept.timer_s, line.elapsed_s);
        return;
    }
    kept.timer_s = line.timer_s;
    kept.timer_source = line.timer_s.map(|_| TimeSource::Index);
    kept.doubts = Doubts::default();
    kept.moving_s = at_most(line.moving_s, line.timer_s);
    kept.flat_s = at_most(kept.flat_s, line.timer_s);
    kept.distance_m = line.distance_m.or(kept.distance_m);
    kept.distance_source = line
        .distance_m
        .map(|_| DistanceSource::Index)
        .or(kept.distance_source);
    drop_sums(kept);
    if share < CROP_SHARE {
        drop_rates(kept);
    }
}

/// The smaller of the two; the first where only it is known.
fn at_most(value: Option<f64>, most: Option<f64>) -> Option<f64> {
    value.map(|value| most.map_or(value, |most| value.min(most)))
}

/// What was added up, or belongs to minutes that may be cut off.
fn drop_sums(run: &mut Run) {
    (run.ascent_m, run.descent_m, run.altitude_source) = (None, None, None);
    (run.heart_rate_mean_bpm, run.heart_rate_max_bpm) = (None, None);
    (run.heart_rate_seconds, run.heart_rate_share) = Default::default();
    run.grade_adjusted_m = run.distance_m;
}

fn drop_rates(run: &mut Run) {
    (run.cadence_spm, run.cadence_flat_spm) = (None, None);
    (run.speed_flat_m_s, run.flat_s) = (None, None);
    (run.cadence_unit, run.cadence_reason) = (None, None);
}

/// When a crop begins; None where it begins as the recording does.
pub(super) fn begins(kept: &Run, line: &Run) -> Option<chrono::DateTime<chrono::Utc>> {
    let later_s = (line.start_utc - kept.start_utc).num_seconds();
    (later_s > 0).then_some(line.start_utc)
}

/// What is said of corrections, in the words of [`Correction::words`].
pub(super) fn problem(words: &[String]) -> Problem {
    let detail = format!("corrected in the account: {}", words.join("; "));
    let consequence = "The account was believed.";
    Problem::new(Code::Corrected, Effect::Noted, "", detail, consequence)
}
