//! Which two rows are one activity: the same minutes, or about the same start and size, or most of each other's time on two devices,
//! or a clock that was off by a zone.

use crate::model::Run;

/// Starts of two copies are at most this far apart, s.
pub(super) const START_S: i64 = 120;
/// Two recordings that share this much of the longer one's time are one activity.
const SAME_MINUTES_SHARE: f64 = 0.9;
/// Distances, or without them times, of two copies differ by at most this share.
pub(super) const SIZE_SHARE: f64 = 0.03;
/// Of two devices one may be started later than the other, by at most this, s …
pub(super) const LATE_S: i64 = 3600;
/// … if so much of the shorter recording's time lies in the longer one …
const WITHIN_SHARE: f64 = 0.9;
/// … and it is so much of the longer one's: half a recording beside the whole one is not its copy.
const MOST_SHARE: f64 = 0.8;
/// Mean speeds of two recordings of the same running differ by at most this share.
const SPEED_SHARE: f64 = 0.1;
/// A copy whose clock was read in the wrong zone is off by a whole number of these, s …
const QUARTER_HOUR_S: i64 = 900;
/// … by less than this, s …
pub(super) const LARGEST_SHIFT_S: i64 = 14 * 3600;
/// … and otherwise equal to within this, s and share: two commutes of a day are alike, but not to the second.
const SHIFT_SLACK_S: f64 = 2.0;
const SHIFT_SIZE_SHARE: f64 = 0.01;

/// Whether two rows are one activity. An index may call by another sport what the watch recorded; then minutes and distance must both
/// be the same, or an hour of yoga entered by hand would swallow the run of that hour.
pub(super) fn is_copy(a: &Run, b: &Run) -> bool {
    if is_late(a, b) {
        return is_late_copy(a, b);
    }
    let is_same_time = overlap_share(a, b) >= SAME_MINUTES_SHARE;
    if is_one_kind(a, b) {
        return is_same_time || (is_same_size(a, b) && overlap_share(a, b) > 0.0);
    }
    let is_index_and_recording = a.listing.is_some() != b.listing.is_some();
    let is_same_distance = alike(a.distance_m, b.distance_m, SIZE_SHARE) == Some(true);
    is_index_and_recording && is_same_time && is_same_distance
}

/// Whether one began later than two recordings of one start do. Within two minutes of each other they are copies by either the same size
/// within 3 % or nearly the same minutes: nobody runs twice at once, however the lengths of a foot pod and of a GPS track differ.
/// A false start and the run after it are different in size and do not overlap, so both are kept.
pub(super) fn is_late(a: &Run, b: &Run) -> bool {
    (a.start_utc - b.start_utc).num_seconds().abs() > START_S
}

/// A watch and a phone of which one was started minutes after the other, as when a watch waits for its fix: most of the time of both is
/// the same, and they went as far, or as fast.
fn is_late_copy(a: &Run, b: &Run) -> bool {
    let is_near = (a.start_utc - b.start_utc).num_seconds().abs() <= LATE_S;
    is_near && is_other_recording(a, b) && is_one_kind(a, b) && is_most(a, b) && is_as_fast(a, b)
}

fn is_most(a: &Run, b: &Run) -> bool {
    let (of_shorter, of_longer) = overlap_shares(a, b);
    of_shorter >= WITHIN_SHARE && of_longer >= MOST_SHARE
}

/// The same size, or the same speed. Without a distance nothing can be said of either.
fn is_as_fast(a: &Run, b: &Run) -> bool {
    let speed = |run: &Run| Some(run.distance_m? / start_and_length_s(run).1);
    alike(a.distance_m, b.distance_m, SIZE_SHARE) == Some(true)
        || alike(speed(a), speed(b), SPEED_SHARE) == Some(true)
}

pub(super) fn is_other_recording(a: &Run, b: &Run) -> bool {
    a.format != b.format || a.device != b.device
}

/// By distance; where one has none, by either time.
fn is_same_size(a: &Run, b: &Run) -> bool {
    let by_time = || {
        alike(a.timer_s, b.timer_s, SIZE_SHARE) == Some(true)
            || alike(a.elapsed_s, b.elapsed_s, SIZE_SHARE) == Some(true)
    };
    alike(a.distance_m, b.distance_m, SIZE_SHARE).unwrap_or_else(by_time)
}

/// A run is no copy of a ride; what was taken for one or the other by its speed alone may be a copy of either.
pub(super) fn is_one_kind(a: &Run, b: &Run) -> bool {
    a.is_run() == b.is_run() || a.has_vague_sport() || b.has_vague_sport()
}

/// Two recordings of one activity, of which one has the wrong time by whole quarter hours: equal length to the second, nearly equal
/// distance, from different formats or devices.
pub(super) fn is_shifted_copy(a: &Run, b: &Run) -> bool {
    let lengths = a.elapsed_s.zip(b.elapsed_s);
    let is_same_length = lengths.is_some_and(|(a, b)| a > 0.0 && (a - b).abs() <= SHIFT_SLACK_S);
    is_whole_quarters(a, b)
        && is_other_recording(a, b)
        && is_same_length
        && a.is_run() == b.is_run()
        && a.listing.is_none()
        && b.listing.is_none()
        && alike(a.distance_m, b.distance_m, SHIFT_SIZE_SHARE) == Some(true)
}

/// Whether they start whole quarter hours apart, at least one.
fn is_whole_quarters(a: &Run, b: &Run) -> bool {
    let shift_s = (a.start_utc - b.start_utc).num_milliseconds() as f64 / 1000.0;
    let quarters = (shift_s / QUARTER_HOUR_S as f64).round();
    quarters != 0.0 && (shift_s - quarters * QUARTER_HOUR_S as f64).abs() <= SHIFT_SLACK_S
}

/// Whether a row is of a file that holds one channel of an activity, and no line of an index has said yet which activity that is.
pub(super) fn is_channel(row: &Run) -> bool {
    row.listing.is_some() && row.records > 0 && row.has_vague_sport()
}

/// Whether two values differ by at most this share of the larger; None when one is missing.
pub(super) fn alike(a: Option<f64>, b: Option<f64>, share: f64) -> Option<bool> {
    a.zip(b).map(|(a, b)| (a - b).abs() <= share * a.max(b))
}

/// Time that both cover, as a share of the longer.
pub(super) fn overlap_share(a: &Run, b: &Run) -> f64 {
    overlap_shares(a, b).1
}

/// Time that both cover, as a share of the shorter and of the longer.
fn overlap_shares(a: &Run, b: &Run) -> (f64, f64) {
    let ((a_start, a_length), (b_start, b_length)) = (start_and_length_s(a), start_and_length_s(b));
    let shared = (a_start + a_length).min(b_start + b_length) - a_start.max(b_start);
    let shared = shared.max(0.0);
    (
        shared / a_length.min(b_length),
        shared / a_length.max(b_length),
    )
}

fn start_and_length_s(run: &Run) -> (f64, f64) {
    let start = run.start_utc.timestamp_millis() as f64 / 1000.0;
    let length = run.elapsed_s.or(run.timer_s).unwrap_or(0.0);
    (start, length.max(1.0))
}
