//! Files that hold one channel of an activity, as heart rates beside a track, and no activity of their own.
//!
//! They come as lines that have records and name the recording whose they are.

use super::{
    alike::{is_channel, overlap_share},
    found::Found,
    index::{alike_in_time, of_file},
    pool::{Pool, by_start},
};
use crate::{
    model::Run,
    problem::{Code, Effect, Problem},
};

/// The share of an activity that such a file must cover: a mean of some of the minutes is not that of the whole
/// (src/method/rules.md, Unit of load).
const COVERED_SHARE: f64 = 0.8;

/// Gives every channel to its recording. Those without one stay, so that a line of the index may find them: a run on a treadmill has
/// heart rates and no track.
pub(super) fn give(mut channels: Vec<Run>, pool: &mut Pool, found: &mut Found) {
    channels.sort_by(by_start);
    let mut alone = Vec::new();
    for channel in channels {
        match recording_of(&channel, pool) {
            Some(index) => pool.join(index, channel, found),
            None => alone.push(channel),
        }
    }
    pool.keep_all(alone);
}

fn recording_of(channel: &Run, pool: &Pool) -> Option<usize> {
    let index = of_file(channel, pool).or_else(|| alike_in_time(channel, pool));
    index.filter(|index| overlap_share(&pool.kept[*index], channel) >= COVERED_SHARE)
}

/// Takes out the channels that no line of an index has found either.
pub(super) fn leave_out(pool: &mut Pool, found: &mut Found) {
    let alone: Vec<Run> = pool.kept.extract_if(.., |row| is_channel(row)).collect();
    found.add_of_each(&alone, |_| no_activity());
}

fn no_activity() -> Problem {
    Problem::new(
        Code::NoActivity,
        Effect::Noted,
        "",
        "heart rates that cover no activity, or little of theirs",
        "They were left out.",
    )
}
