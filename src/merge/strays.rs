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
    let days_before = |i: usize| time::days_between(runs[i - 1].local_date(), runs[i].local_date());
    let starts = (0..runs.len()).filter(|i| *i == 0 || days_before(*i) > STRAY_DAYS);
    let bounds: Vec<usize> = starts.chain([runs.len()]).collect();
    let sizes = || bounds.windows(2).map(|pair| pair[1] - pair[0]);
    let largest = sizes().max().unwrap_or(0);
    let is_stray: Vec<bool> = sizes()
        .flat_map(|size| std::iter::repeat_n(size <= STRAY_RUNS && size < largest, size))
        .collect();
    let mut flags = is_stray.into_iter();
    runs.extract_if(.., |_| flags.next().unwrap_or(false))
        .collect()
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
