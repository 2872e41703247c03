//! Strays: a few runs years away from all others have a wrong clock.

use crate::{
    model::Run,
    problem::{Code, Effect, Problem},
    time,
};

/// Runs further than this from every other are strays, days: five years, longer than any pause of a runner who kept the watch.
const STRAY_DAYS: i64 = 1826;
/// … and no more than this many together.
const STRAY_RUNS: usize = 3;

/// Takes the strays away: the watch was reset, or set to the wrong year. They would stretch the calendar and turn this week into
/// history. `runs` are by start.
pub(super) fn take(runs: &mut Vec<Run>) -> Vec<Run> {
    let mut flags = are_strays(&group_sizes(runs)).into_iter();
    runs.extract_if(.., |_| flags.next().unwrap_or(false))
        .collect()
}

/// Of each run, group by group: whether its group is a small one beside a larger.
fn are_strays(sizes: &[usize]) -> Vec<bool> {
    let largest = sizes.iter().copied().max().unwrap_or(0);
    let is_stray = |size: usize| size <= STRAY_RUNS && size < largest;
    let groups = sizes.iter();
    groups
        .flat_map(|size| std::iter::repeat_n(is_stray(*size), *size))
        .collect()
}

/// How many runs lie together, group by group.
fn group_sizes(runs: &[Run]) -> Vec<usize> {
    let is_near =
        |a: &Run, b: &Run| time::days_between(a.local_date(), b.local_date()) <= STRAY_DAYS;
    runs.chunk_by(is_near).map(<[Run]>::len).collect()
}

/// What is said of a stray.
pub(super) fn problem(run: &Run) -> Problem {
    let detail = format!(
        "the run is dated {}, more than five years from your other runs",
        run.local_date()
    );
    let consequence = "It was left out: its clock is taken to be wrong.";
    Problem::new(Code::ClockWrong, Effect::Skipped, "", detail, consequence)
}
