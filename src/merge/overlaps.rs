//! Overlaps: runs from different files at the same time that are no copies by start and size, such as half a recording beside the whole one.
//!
//! A false merge is worse than a missed one (src/method/formats.md, Copies), so both stay. But nobody runs twice at once: the
//! runner is told.

use super::{found::Found, pool::start_text, said::metres_text};
use crate::{
    model::Run,
    problem::{Code, Effect, Problem},
    units,
};

/// Two runs overlap when they share more than this part of the shorter one's time …
const SHARE: f64 = 0.5;
/// … and at least this, s: the legs of an outing that a watch split by itself may share a few seconds, and so may the end of one
/// run and the start of the next when a watch and a phone disagree.
const LEAST_S: f64 = 60.0;

/// Tells of every run that lies in the time of one from another file, once for each pair that overlaps most.
pub(super) fn tell(runs: &[Run], found: &mut Found) {
    let mut by_start: Vec<&Run> = runs.iter().collect();
    by_start.sort_by(|a, b| {
        (a.start_utc, &a.source, &a.run_id).cmp(&(b.start_utc, &b.source, &b.run_id))
    });
    // Of all that began before, the one that ends last shares most with a run; the second is there for runs of the same file.
    let mut last: Vec<&Run> = Vec::new();
    for run in by_start {
        let other = last.iter().find(|other| other.source != run.source);
        if let Some(other) = other.filter(|other| overlap(other, run)) {
            let (short, long) = shorter_first(run, other);
            found.add(short, problem(short, long));
        }
        take_in(&mut last, run);
    }
}

fn shorter_first<'r>(run: &'r Run, other: &'r Run) -> (&'r Run, &'r Run) {
    if seconds(run) > seconds(other) {
        (other, run)
    } else {
        (run, other)
    }
}

/// Keeps the two that end last, of different files.
fn take_in<'r>(last: &mut Vec<&'r Run>, run: &'r Run) {
    let ends_sooner = |other: &&Run| end_s(other) < end_s(run);
    let at = last.iter().position(ends_sooner).unwrap_or(last.len());
    last.insert(at, run);
    last.dedup_by(|later, first| later.source == first.source);
    last.truncate(2);
}

/// Whether two runs were, for the most part of the shorter one, at the same time.
fn overlap(a: &Run, b: &Run) -> bool {
    let shared_s = end_s(a).min(end_s(b)) - start_s(a).max(start_s(b));
    shared_s >= LEAST_S && shared_s > SHARE * seconds(a).min(seconds(b))
}

fn start_s(run: &Run) -> f64 {
    run.start_utc.timestamp_millis() as f64 / 1000.0
}

fn end_s(run: &Run) -> f64 {
    start_s(run) + seconds(run)
}

/// The time a run surely took: of a watch that was left on only the time with the timer on.
fn seconds(run: &Run) -> f64 {
    let known = [run.elapsed_s, run.timer_s].into_iter().flatten();
    known.reduce(f64::min).or(run.moving_s).unwrap_or(0.0)
}

fn problem(short: &Run, long: &Run) -> Problem {
    let listing = long.listing.as_ref();
    let place = listing.map_or(String::new(), |listing| format!(", {}", listing.place));
    let detail = format!(
        "this run ({}) was at the same time as the run in {}{place} ({}), and by start and size it is no copy of it",
        words(short),
        long.source,
        words(long)
    );
    let consequence = "Both were counted.";
    Problem::new(Code::Overlap, Effect::Noted, "", detail, consequence)
}

/// Start, distance and minutes of a run.
fn words(run: &Run) -> String {
    let (start, metres) = (start_text(run), metres_text(run));
    let minutes = units::number(seconds(run) / 60.0, 0);
    format!("{start}, {metres}, {minutes} min")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture;
    use chrono::TimeDelta;

    /// A run of a file that begins so many seconds after a fixed moment.
    fn run(source: &str, start_s: i64, elapsed_s: f64) -> Run {
        let run = fixture::run(0, 5.0);
        let start_utc = run.start_utc + TimeDelta::seconds(start_s);
        let start_local = run.start_local + TimeDelta::seconds(start_s);
        let source = source.to_string();
        Run {
            source,
            start_utc,
            start_local,
            elapsed_s: Some(elapsed_s),
            timer_s: Some(elapsed_s),
            ..run
        }
    }

    /// Which files are told of, each with the file that its line names.
    fn check(runs: &[Run], expected: &[(&str, &str)]) {
        let mut found = Found::default();
        tell(runs, &mut found);
        let told: Vec<(String, Problem)> = found
            .problems
            .into_iter()
            .flat_map(|(file, list)| list.into_iter().map(move |p| (file.clone(), p)))
            .collect();
        let files: Vec<&str> = told.iter().map(|(file, _)| file.as_str()).collect();
        assert_eq!(
            files,
            expected.iter().map(|(file, _)| *file).collect::<Vec<_>>()
        );
        for ((_, problem), (_, other)) in told.iter().zip(expected) {
            assert_eq!(
                (problem.code, problem.effect),
                (Code::Overlap, Effect::Noted)
            );
            assert!(
                problem.detail.contains(&format!("in {other} (")),
                "{}",
                problem.detail
            );
        }
    }

    #[test]
    fn what_lies_in_the_time_of_another_is_told_once() {
        let whole = || run("whole.gpx", 0, 3000.0);
        check(
            &[run("cut.tcx", 0, 900.0), whole()],
            &[("cut.tcx", "whole.gpx")],
        );
        check(
            &[run("late.tcx", 1500, 1400.0), whole()],
            &[("late.tcx", "whole.gpx")],
        );
        // The longer one may be the one that begins later.
        check(
            &[run("early.tcx", -300, 900.0), whole()],
            &[("early.tcx", "whole.gpx")],
        );
        // The part that is shared decides: 451 s of 900 s are more than half, 450 s are not.
        check(
            &[run("early.tcx", -449, 900.0), whole()],
            &[("early.tcx", "whole.gpx")],
        );
        check(&[run("early.tcx", -450, 900.0), whole()], &[]);
        // Each of two halves lies in the whole, whatever came between.
        check(
            &[
                whole(),
                run("a.fit", 10, 1400.0),
                run("b.fit", 1500, 1400.0),
            ],
            &[("a.fit", "whole.gpx"), ("b.fit", "whole.gpx")],
        );
    }

    #[test]
    fn runs_one_after_the_other_are_two_runs() {
        // A 60 s false start and the run 111 s later, legs that meet, legs that share a few seconds, a short leg shared whole.
        check(&[run("f.fit", -111, 60.0), run("a.fit", 0, 3000.0)], &[]);
        check(&[run("a.fit", 0, 600.0), run("b.fit", 600, 600.0)], &[]);
        check(&[run("a.fit", 0, 600.0), run("b.fit", 590, 600.0)], &[]);
        check(
            &[
                run("a.fit", 0, 600.0),
                run("b.fit", 580, 20.0),
                run("c.fit", 600, 900.0),
            ],
            &[],
        );
        // Sessions of one file are what the watch made of them.
        check(&[run("a.fit", 0, 3000.0), run("a.fit", 100, 1000.0)], &[]);
        check(
            &[
                run("a.fit", 0, 3000.0),
                run("b.fit", 100, 1000.0),
                run("a.fit", 900, 4000.0),
            ],
            &[("b.fit", "a.fit")],
        );
        // A watch left on until the next day ran for an hour.
        let left_on = Run {
            timer_s: Some(3480.0),
            ..run("on.fit", 0, 100_800.0)
        };
        check(&[left_on, run("next.fit", 86_400, 1800.0)], &[]);
    }
}
