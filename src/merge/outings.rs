//! Outings: an index lists a multisport outing once as a whole and once leg by leg; only the legs are kept.

use crate::{
    model::{Format, Run, Sport},
    problem::{Code, Effect, Problem},
};
use chrono::TimeDelta;

/// The legs must come to this share of the outing's time: it may have legs that nobody recorded.
const LEGS_SHARE: f64 = 0.5;

/// Takes away sums of outings whose legs are rows of their own.
pub(super) fn take_sums(rows: &mut Vec<Run>) -> Vec<Run> {
    let spans: Vec<(i64, i64, f64)> = rows.iter().filter(|row| !is_sum(row)).map(span).collect();
    rows.extract_if(.., |row| is_sum(row) && is_covered(row, &spans))
        .collect()
}

/// What is said of a sum.
pub(super) fn problem(outing: &Run) -> Problem {
    let detail = format!(
        "the outing of {} is also listed leg by leg",
        outing.local_date()
    );
    Problem::new(
        Code::Duplicate,
        Effect::Noted,
        "",
        detail,
        "Its legs were counted, and not their sum.",
    )
}

fn is_sum(row: &Run) -> bool {
    row.format == Format::Export && row.sport == Sport::MULTISPORT
}

/// Start and end in Unix seconds, and the time between.
fn span(row: &Run) -> (i64, i64, f64) {
    let seconds = row.elapsed_s.or(row.timer_s).unwrap_or(0.0);
    let end = row.start_utc + TimeDelta::milliseconds((seconds * 1000.0) as i64);
    (row.start_utc.timestamp(), end.timestamp(), seconds)
}

fn is_covered(outing: &Run, spans: &[(i64, i64, f64)]) -> bool {
    let (start, end, seconds) = span(outing);
    // Whole seconds on both sides: what is written in milliseconds may round to either.
    let is_within = |leg: &&(i64, i64, f64)| leg.0 >= start - 1 && leg.1 <= end + 1;
    let legs: Vec<f64> = spans.iter().filter(is_within).map(|leg| leg.2).collect();
    !legs.is_empty() && legs.iter().sum::<f64>() >= LEGS_SHARE * seconds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture;

    /// An activity that begins so many minutes after a fixed moment.
    fn row(sport: Sport, format: Format, start_min: i64, minutes: f64) -> Run {
        let run = fixture::run(0, 5.0);
        let start_utc = run.start_utc + TimeDelta::minutes(start_min);
        Run {
            sport,
            format,
            start_utc,
            elapsed_s: Some(minutes * 60.0),
            ..run
        }
    }

    fn check(legs: &[(i64, f64)], is_kept: bool) {
        let sum = row(Sport::MULTISPORT, Format::Export, 0, 150.0);
        let legs = legs
            .iter()
            .map(|(start, minutes)| row(Sport::RUNNING, Format::Fit, *start, *minutes));
        let mut kept = legs.chain([sum]).collect();
        let sums = take_sums(&mut kept);
        assert_eq!(
            (kept.iter().any(is_sum), sums.len()),
            (is_kept, usize::from(!is_kept))
        );
    }

    #[test]
    fn a_sum_goes_when_its_legs_are_there() {
        check(&[(0, 30.0), (30, 2.0), (32, 70.0), (102, 48.0)], false);
        check(&[(30, 80.0)], false);
        check(&[(30, 20.0)], true);
        check(&[], true);
        // A run of the same day is no leg.
        check(&[(200, 100.0)], true);
        check(&[(140, 100.0)], true);
    }

    #[test]
    fn what_a_watch_recorded_as_multisport_stays() {
        let mut rows = vec![
            row(Sport::MULTISPORT, Format::Fit, 0, 150.0),
            row(Sport::RUNNING, Format::Fit, 10, 100.0),
        ];
        assert_eq!((take_sums(&mut rows).len(), rows.len()), (0, 2));
    }
}
