//! Which recording a line means: the one whose file it names, or the one that is its copy.

use super::{
    alike::{LATE_S, is_copy},
    pool::Pool,
    said::is_file_below,
};
use crate::model::Run;

/// A recording that a line names by its file may start this far from what the line says, s: a clock in the wrong zone.
const NAMED_START_S: i64 = 26 * 3600;

/// The recording that a line names. Archives may have been unpacked, and gzip with them.
pub(super) fn of_file(run: &Run, pool: &Pool) -> Option<usize> {
    let file = run.listing.as_ref()?.file.as_deref()?;
    let is_it = |source: &str| is_file_below(file, source);
    let starts = pool.kept_instead(file, is_it);
    pool.nearest(run, NAMED_START_S, |other| {
        is_it(&other.source) || starts.contains(&other.start_utc)
    })
}

/// The nearest row that is a copy by the moment.
pub(super) fn alike_in_time(run: &Run, pool: &Pool) -> Option<usize> {
    pool.nearest(run, LATE_S, |other| is_copy(other, run))
}
