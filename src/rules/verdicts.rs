//! From one outcome an event (a run, a day, a week) to what a rule says in the end.

use super::{Finding, Outcome};

/// Joins flagged neighbours into one finding: it spans them all, and the loudest of them, then the farthest out, speaks.
///
/// Outcomes are in time order. Two flagged outcomes are neighbours when nothing stands between them and the later
/// one ends at most `within_days` after the earlier.
pub fn merged(outcomes: Vec<Outcome>, within_days: i64) -> Vec<Outcome> {
    let mut merged: Vec<Outcome> = Vec::new();
    for outcome in outcomes {
        match (merged.last_mut(), outcome) {
            (Some(Outcome::Flagged(open)), Outcome::Flagged(next)) if (next.to - open.to).num_days() <= within_days => {
                *open = joined(open.clone(), next);
            }
            (_, outcome) => merged.push(outcome),
        }
    }
    merged
}

/// Of flagged neighbours only the loudest, then the farthest out, with its own days: for windows that overlap, where a span over
/// all of them would name days on which nothing happened. Neighbours are told as in [`merged`].
pub fn peaks(outcomes: Vec<Outcome>, within_days: i64) -> Vec<Outcome> {
    let mut peaks: Vec<Outcome> = Vec::new();
    let mut last_day: Option<chrono::NaiveDate> = None;
    for outcome in outcomes {
        let day = if let Outcome::Flagged(finding) = &outcome { Some(finding.to) } else { None };
        match (peaks.last_mut(), outcome) {
            (Some(Outcome::Flagged(open)), Outcome::Flagged(next))
                if last_day.is_some_and(|last| (next.to - last).num_days() <= within_days) =>
            {
                if speaks_before(&next, open) {
                    *open = next;
                }
            }
            (_, outcome) => peaks.push(outcome),
        }
        last_day = day;
    }
    peaks
}

/// What the rule says of all events together: every finding; [`Outcome::Clear`] when events were judged and none
/// stood out; and, when the latest event could not be judged, why, so that old silence is not taken for today's.
/// `nothing` is said when there was no event at all.
pub fn settled(outcomes: Vec<Outcome>, nothing: &str) -> Vec<Outcome> {
    let latest = outcomes.last().cloned().unwrap_or_else(|| Outcome::NotJudged(nothing.to_string()));
    let mut settled: Vec<Outcome> =
        outcomes.into_iter().filter(|o| matches!(o, Outcome::Flagged(_) | Outcome::Good(_))).collect();
    match latest {
        Outcome::NotJudged(_) => settled.push(latest),
        Outcome::Clear if settled.is_empty() => settled.push(latest),
        _ => {}
    }
    settled
}

fn joined(open: Finding, next: Finding) -> Finding {
    let (from, to) = (open.from.min(next.from), open.to.max(next.to));
    let mut run_ids = open.run_ids.clone();
    run_ids.extend(next.run_ids.iter().filter(|id| !open.run_ids.contains(id)).cloned());
    Finding { from, to, run_ids, ..if speaks_before(&next, &open) { next } else { open } }
}

/// Louder, or as loud and farther out.
fn speaks_before(next: &Finding, open: &Finding) -> bool {
    let far = |finding: &Finding| finding.observed.map_or(0.0, f64::abs);
    next.severity > open.severity || (next.severity == open.severity && far(next) > far(open))
}

#[cfg(test)]
mod tests {
    use super::super::{Severity, fixture::day};
    use super::*;

    fn flagged(n: i64, severity: Severity, observed: f64) -> Outcome {
        Outcome::Flagged(Finding {
            rule: "test",
            severity,
            from: day(n),
            to: day(n),
            observed: Some(observed),
            limit: None,
            unit: "",
            site: None,
            side: None,
            run_ids: vec![format!("run-{n}")],
            message: format!("Day {n}."),
        })
    }

    #[test]
    fn a_peak_keeps_its_own_days() {
        let outcomes = || {
            vec![
                flagged(0, Severity::Note, 1.4),
                flagged(2, Severity::Watch, 2.4),
                flagged(4, Severity::Watch, 2.1),
                Outcome::Clear,
                flagged(6, Severity::Note, 1.5),
            ]
        };
        let days = |outcomes: Vec<Outcome>| -> Vec<_> {
            let day_of = |o: &Outcome| if let Outcome::Flagged(f) = o { Some((f.from, f.to)) } else { None };
            outcomes.iter().filter_map(day_of).collect()
        };
        assert_eq!(days(peaks(outcomes(), 7)), [(day(2), day(2)), (day(6), day(6))]);
        assert_eq!(days(merged(outcomes(), 7)), [(day(0), day(4)), (day(6), day(6))]);
        assert_eq!(days(peaks(outcomes(), 1)).len(), 4, "too far apart to be one");
    }

    #[test]
    fn neighbours_become_one_and_the_loudest_speaks() {
        let outcomes = vec![
            flagged(0, Severity::Note, 1.4),
            flagged(1, Severity::Watch, 1.6),
            flagged(2, Severity::Note, 1.9),
            Outcome::Clear,
            flagged(4, Severity::Note, 1.4),
            flagged(9, Severity::Note, 1.4),
        ];
        let merged = merged(outcomes, 1);
        let Outcome::Flagged(first) = &merged[0] else { panic!("flagged") };
        assert_eq!((first.from, first.to, first.message.as_str()), (day(0), day(2), "Day 1."));
        assert_eq!(first.run_ids, ["run-0", "run-1", "run-2"]);
        assert_eq!(merged.len(), 4, "a clear day and five days apart both part findings");
    }

    #[test]
    fn old_silence_is_not_todays() {
        let why = || Outcome::NotJudged("too short".to_string());
        let flag = || flagged(0, Severity::Note, 1.0);
        for (outcomes, expected) in [
            (vec![], vec![Outcome::NotJudged("no runs".to_string())]),
            (vec![why(), Outcome::Clear], vec![Outcome::Clear]),
            (vec![Outcome::Clear, why()], vec![why()]),
            (vec![flag(), Outcome::Clear], vec![flag()]),
            (vec![flag(), why()], vec![flag(), why()]),
        ] {
            assert_eq!(settled(outcomes, "no runs"), expected);
        }
    }
}
