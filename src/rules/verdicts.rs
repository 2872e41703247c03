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
    let far = |finding: &Finding| finding.observed.map_or(0.0, f64::abs);
    let next_speaks = next.severity > open.severity || (next.severity == open.severity && far(&next) > far(&open));
    Finding { from, to, run_ids, ..if next_speaks { next } else { open } }
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
