//! Time: samples in order, clocks inside the window, and how long each sample stands for.

use super::{GAP_S, clock, hold::HOLD_S, moment, window::in_window};
use crate::{
    column,
    model::{Activity, Samples, Span},
    problem::{Code, Effect, Problem},
    units::{counted, duration_text},
};

/// A gap this long is worth a line in the report, s.
const LONG_GAP_S: f64 = 6.0 * 3600.0;

/// Two records less than this apart can be parts of one, s.
const SHORT_STEP_S: f64 = 0.5;

/// Drops samples without a usable time, puts the rest in strictly rising order by one clock and joins those of one moment.
pub fn repair(activity: &mut Activity, problems: &mut Vec<Problem>) {
    if !is_in_order(&activity.samples.time_s) {
        drop_untimed(&mut activity.samples, problems);
        clock::move_into_window(activity, problems);
        clock::put_right(activity, problems);
        // What is left may be of one clock that was wrong throughout.
        clock::move_into_window(activity, problems);
        drop_outside_window(&mut activity.samples, problems);
        moment::join(&mut activity.samples);
        note_long_gap(&activity.samples, problems);
    }
    activity.pauses = merged(std::mem::take(&mut activity.pauses));
}

/// A recording is sparse when half of its steps are longer than this, s (src/method/limits.md, Time in a recording).
const SPARSE_S: f64 = 10.0;
/// The longest usual step of a sparse recording, s: what comes more seldom tells nothing of the time between.
const MOST_SPARSE_S: f64 = 300.0;
/// In a sparse recording a step is a gap when it is longer than this many usual ones.
const USUAL_STEPS: f64 = 3.0;

/// From how long on a step is a gap, s: [`GAP_S`]; in a sparse recording three of its usual steps, when that is more.
pub fn gap_s(time: &[f64]) -> f64 {
    let usual_s = usual_step_s(time).filter(|step| (SPARSE_S..=MOST_SPARSE_S).contains(step));
    usual_s.map_or(GAP_S, |step| GAP_S.max(USUAL_STEPS * step))
}

/// Whether a step is longer than `gap_s`.
#[inline]
pub fn has_gap(time: &[f64], gap_s: f64) -> bool {
    let steps = time.iter().zip(time.get(1..).unwrap_or_default());
    column::any(steps, |(before, after)| after - before > gap_s)
}

/// How long a value may stand, s: in a sparse recording a usual step.
pub(super) fn hold_s(gap_s: f64) -> f64 {
    let usual_s = gap_s / USUAL_STEPS;
    if gap_s > GAP_S { usual_s } else { HOLD_S }
}

/// The median step, where it can be longer than [`SPARSE_S`].
fn usual_step_s(time: &[f64]) -> Option<f64> {
    let (first, last) = (time.first()?, time.last()?);
    // Half of all steps cannot be longer than twice the mean.
    if last - first <= SPARSE_S / 2.0 * (time.len() - 1) as f64 {
        return None;
    }
    let mut steps: Vec<f64> = time.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let middle = steps.len() / 2;
    Some(*steps.select_nth_unstable_by(middle, f64::total_cmp).1)
}

/// The running time each sample stands for; see [`super::Clean::weight_s`].
pub fn weights(activity: &Activity, gap_s: f64) -> Vec<f64> {
    let time = &activity.samples.time_s;
    let mut weights = Vec::with_capacity(time.len());
    weights.extend(time.first().map(|_| 0.0));
    weights.extend(time.windows(2).map(|pair| weight(pair[1] - pair[0], gap_s)));
    weigh_paused_again(&mut weights, activity, gap_s);
    weights
}

#[inline]
fn weight(step_s: f64, gap_s: f64) -> f64 {
    if step_s > gap_s { 0.0 } else { step_s.max(0.0) }
}

/// Few steps touch a pause: those are weighed again.
fn weigh_paused_again(weights: &mut [f64], activity: &Activity, gap_s: f64) {
    let (time, pauses) = (&activity.samples.time_s, &activity.pauses[..]);
    let (mut walked, mut next) = (Pauses::new(pauses), 1);
    for pause in pauses {
        let first = time.partition_point(|time| *time <= pause.from_s).max(next);
        for i in (first..time.len()).take_while(|i| time[i - 1] < pause.to_s) {
            let running_s = time[i] - time[i - 1] - walked.overlap(time[i - 1], time[i]);
            weights[i] = weight(running_s, gap_s);
            next = i + 1;
        }
    }
}

/// Pauses in time order, walked once beside the samples.
pub struct Pauses<'a> {
    rest: &'a [Span],
}

impl<'a> Pauses<'a> {
    /// `pauses` must be in time order.
    pub fn new(pauses: &'a [Span]) -> Self {
        Pauses { rest: pauses }
    }

    /// Seconds of pause between two times; calls must come in rising order.
    #[inline]
    pub fn overlap(&mut self, from_s: f64, to_s: f64) -> f64 {
        // Most steps lie before the next pause.
        if self.rest.first().is_none_or(|pause| pause.from_s >= to_s) {
            return 0.0;
        }
        self.overlap_of_next(from_s, to_s)
    }

    fn overlap_of_next(&mut self, from_s: f64, to_s: f64) -> f64 {
        while self.rest.first().is_some_and(|pause| pause.to_s <= from_s) {
            self.rest = &self.rest[1..];
        }
        let pauses = self.rest.iter().take_while(|pause| pause.from_s < to_s);
        pauses
            .map(|pause| (pause.to_s.min(to_s) - pause.from_s.max(from_s)).max(0.0))
            .sum()
    }
}

/// Pauses in time order with overlaps joined, so that no second is taken off twice.
fn merged(mut pauses: Vec<Span>) -> Vec<Span> {
    pauses.retain(|pause| pause.to_s > pause.from_s);
    pauses.sort_by(|a, b| a.from_s.total_cmp(&b.from_s));
    let mut merged: Vec<Span> = Vec::with_capacity(pauses.len());
    for pause in pauses {
        match merged.last_mut() {
            Some(open) if pause.from_s <= open.to_s => open.to_s = open.to_s.max(pause.to_s),
            _ => merged.push(pause),
        }
    }
    merged
}

/// Whether every time is in the window and an ordinary step after the one before: nothing is to be looked at.
fn is_in_order(time: &[f64]) -> bool {
    let ends = time.first().into_iter().chain(time.last());
    let is_ordinary = |step_s: f64| {
        let (is_long_enough, is_short_enough) = (step_s >= SHORT_STEP_S, step_s <= LONG_GAP_S);
        is_long_enough & is_short_enough
    };
    // Without a way out in the middle, so that several steps are compared at once.
    ends.copied().all(in_window)
        && column::all(time.windows(2), |pair| is_ordinary(pair[1] - pair[0]))
}

fn drop_untimed(samples: &mut Samples, problems: &mut Vec<Problem>) {
    drop_unless(samples, problems, f64::is_finite, Code::NoTime, "no time");
}

fn drop_outside_window(samples: &mut Samples, problems: &mut Vec<Problem>) {
    let what = "a time outside the years 2000 to 2099";
    drop_unless(samples, problems, in_window, Code::ClockWrong, what);
}

fn drop_unless(
    samples: &mut Samples,
    problems: &mut Vec<Problem>,
    is_usable: fn(f64) -> bool,
    code: Code,
    what: &str,
) {
    let total = samples.len();
    let keep: Vec<bool> = samples.time_s.iter().map(|time| is_usable(*time)).collect();
    if !keep.iter().all(|keep| *keep) {
        samples.keep(&keep);
        problems.push(records_dropped(code, total - samples.len(), total, what));
    }
}

fn records_dropped(code: Code, dropped: usize, total: usize, what: &str) -> Problem {
    let records = counted(dropped, "record", "records");
    let detail = format!("{records} of {total} had {what}");
    Problem::new(code, Effect::PartLost, "", detail, "They were left out.")
}

fn note_long_gap(samples: &Samples, problems: &mut Vec<Problem>) {
    let steps = || samples.time_s.windows(2).map(|pair| pair[1] - pair[0]);
    if column::any(steps(), |step| step > LONG_GAP_S) {
        problems.push(long_gap(steps().fold(0.0, f64::max)));
    }
}

fn long_gap(seconds: f64) -> Problem {
    let length = duration_text(seconds);
    Problem::new(
        Code::LongGap,
        Effect::Noted,
        "",
        format!("nothing was recorded for {length} in the middle"),
        "The gap is not counted as running.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::fixture::steady;

    fn check(offsets_s: &[f64], expected_offsets_s: &[f64], expected: &[Code]) {
        let mut activity = steady(offsets_s.len(), 3.0);
        activity.samples.time_s = offsets_s.iter().map(|t| 1_740_000_000.0 + t).collect();
        let mut problems = Vec::new();
        repair(&mut activity, &mut problems);
        let offsets: Vec<f64> = activity
            .samples
            .time_s
            .iter()
            .map(|t| t - 1_740_000_000.0)
            .collect();
        assert_eq!(offsets, expected_offsets_s);
        assert_eq!(
            problems.iter().map(|p| p.code).collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn order_is_restored_without_inventing_anything() {
        check(&[0.0, 1.0, 2.0], &[0.0, 1.0, 2.0], &[]);
        check(
            &[0.0, 2.0, 1.0, 3.0],
            &[0.0, 1.0, 2.0, 3.0],
            &[Code::TimeBackwards],
        );
        check(&[4.0, 3.0, 2.0], &[2.0, 3.0, 4.0], &[Code::TimeBackwards]);
        check(&[0.0, 0.0, 0.0, 1.0], &[0.0, 1.0], &[]);
        check(&[0.0, f64::NAN, 1.0], &[0.0, 1.0], &[Code::NoTime]);
        // A clock set back at the first fix: the distance goes on, so the two before it are moved. Were it two hours to the second,
        // the start that the file tells would count.
        check(
            &[7100.0, 7101.0, 0.0, 1.0, 2.0],
            &[-2.0, -1.0, 0.0, 1.0, 2.0],
            &[Code::ClockJumped],
        );
        // The same minute twice, but the distance goes on.
        check(
            &[0.0, 10.0, 20.0, 5.0, 15.0],
            &[0.0, 10.0, 20.0, 30.0, 40.0],
            &[Code::ClockJumped],
        );
        check(&[0.0, 90_000.0], &[0.0, 90_000.0], &[Code::LongGap]);
    }

    #[test]
    fn clocks_outside_the_window_are_left_out() {
        let mut activity = steady(3, 3.0);
        // Nothing goes on from another.
        activity.samples.distance_m = vec![500.0, 300.0, 100.0];
        activity.samples.time_s = vec![631_065_600.0, 1_740_000_000.0, 4_638_902_400.0];
        activity.start_unix_s = Some(631_065_600.0);
        let mut problems = Vec::new();
        repair(&mut activity, &mut problems);
        assert_eq!(activity.samples.time_s, [1_740_000_000.0]);
        assert_eq!(problems[0].code, Code::ClockJumped);
        assert!(problems[0].detail.starts_with("2 of 3 records"));
    }

    #[test]
    fn a_pause_told_twice_counts_once() {
        let span = |from_s, to_s| Span { from_s, to_s };
        let told = vec![
            span(50.0, 60.0),
            span(10.0, 20.0),
            span(10.0, 20.0),
            span(15.0, 25.0),
            span(30.0, 30.0),
        ];
        assert_eq!(merged(told), [span(10.0, 25.0), span(50.0, 60.0)]);
    }

    #[test]
    fn pauses_and_gaps_weigh_nothing() {
        let mut activity = steady(5, 3.0);
        let t0 = 1_740_000_000.0;
        activity.samples.time_s = vec![t0, t0 + 10.0, t0 + 30.0, t0 + 91.0, t0 + 92.0];
        activity.pauses = vec![Span {
            from_s: t0 + 12.0,
            to_s: t0 + 29.0,
        }];
        assert_eq!(weights(&activity, GAP_S), [0.0, 10.0, 3.0, 0.0, 1.0]);
        assert!(weights(&Activity::empty(crate::model::Format::Fit), GAP_S).is_empty());
    }

    #[test]
    fn a_recording_that_writes_seldom_has_longer_steps_and_no_gaps() {
        let every = |step_s: f64, n: u32| (0..n).map(|i| step_s * f64::from(i)).collect::<Vec<_>>();
        for (step_s, expected) in [
            (1.0, GAP_S),
            (9.0, GAP_S),
            (15.0, GAP_S),
            (48.0, 144.0),
            (65.0, 195.0),
            (120.0, 360.0),
            // A record in six minutes tells nothing of the minutes between.
            (360.0, GAP_S),
        ] {
            assert_eq!(gap_s(&every(step_s, 30)), expected, "{step_s}");
        }
        // Two halves of a second each, a day apart, are no sparse recording.
        let mut halves = every(1.0, 100);
        halves[50..].iter_mut().for_each(|time| *time += 86_400.0);
        assert_eq!(gap_s(&halves), GAP_S);
        assert_eq!((gap_s(&[]), gap_s(&[5.0])), (GAP_S, GAP_S));
        assert_eq!((hold_s(GAP_S), hold_s(195.0)), (HOLD_S, 65.0));
    }
}
