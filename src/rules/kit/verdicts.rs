//! From one outcome an event (a run, a day, a week) to what a rule says in the end.

use crate::pain::{Side, Site, site_text_with};
use crate::rules::{Context, Finding, Outcome, triage};
use crate::time::days_between;
use crate::words::{list, sentence_case};
use chrono::NaiveDate;

/// Joins flagged neighbours into one finding: it spans them all, and the loudest of them, then the farthest out, speaks.
///
/// Outcomes are in time order. Two flagged outcomes are neighbours when nothing stands between them and the later
/// one ends at most `within_days` after the earlier.
pub fn merged(outcomes: Vec<Outcome>, within_days: i64) -> Vec<Outcome> {
    let mut merged: Vec<Outcome> = Vec::new();
    for outcome in outcomes {
        match (merged.last_mut(), outcome) {
            (Some(Outcome::Flagged(open)), Outcome::Flagged(next))
                if (next.to - open.to).num_days() <= within_days =>
            {
                *open = joined(open.clone(), next);
            }
            (_, outcome) => merged.push(outcome),
        }
    }
    merged
}

/// Of flagged outcomes that follow one another within `within_days` only the loudest, then the farthest out, with its own
/// days: a span over all of them would name days on which nothing happened.
///
/// Outcomes are in time order. What was clear or not judged in between parts nothing and is left out; the finding
/// stands in the place of the last one it speaks for, so that [`settled`] still sees what came latest.
pub fn peaks(outcomes: impl IntoIterator<Item = Outcome>, within_days: i64) -> Vec<Outcome> {
    let mut peaks: Vec<Outcome> = Vec::new();
    // The latest finding, where it stands, and the last day it speaks for.
    let mut open: Option<(Finding, usize, NaiveDate)> = None;
    for outcome in outcomes {
        let Outcome::Flagged(next) = outcome else {
            peaks.push(outcome);
            continue;
        };
        let last_day = next.to;
        let loudest = match open
            .take()
            .filter(|(_, _, day)| days_between(*day, last_day) <= within_days)
        {
            Some((before, index, _)) => {
                peaks.truncate(index);
                if speaks_before(&next, &before) {
                    next
                } else {
                    before
                }
            }
            None => next,
        };
        open = Some((loudest.clone(), peaks.len(), last_day));
        peaks.push(Outcome::Flagged(loudest));
    }
    peaks
}

/// Groups what was seen on days, in order of date, into stretches: each at most `within_days` after the one before it.
pub fn stretches<T>(seen: Vec<(NaiveDate, T)>, within_days: i64) -> Vec<Vec<(NaiveDate, T)>> {
    let mut stretches: Vec<Vec<(NaiveDate, T)>> = Vec::new();
    for (date, what) in seen {
        let joins = |stretch: &&mut Vec<(NaiveDate, T)>| {
            stretch
                .last()
                .is_some_and(|(last, _)| days_between(*last, date) <= within_days)
        };
        match stretches.last_mut().filter(joins) {
            Some(stretch) => stretch.push((date, what)),
            None => stretches.push(vec![(date, what)]),
        }
    }
    stretches
}

/// `Your left knee`, `A place you did not name`: a place at the head of a sentence.
pub fn your_place(site: Site, side: Option<Side>) -> String {
    sentence_case(&site_text_with("your", site, side))
}

/// Whether a finding that ends on `to` is history in the report ([`triage::WINDOW`]), so that it speaks in the past tense.
pub fn is_past(ctx: &Context, to: NaiveDate) -> bool {
    days_between(to, ctx.history.as_of) > triage::WINDOW.value as i64
}

/// What is asked, and nothing for what is history.
pub(in crate::rules) fn unless_past(ctx: &Context, to: NaiveDate, asked: &str) -> String {
    match is_past(ctx, to) {
        true => String::new(),
        false => asked.to_string(),
    }
}

/// ` (left knee and right shin)`, with a space before it; nothing for no words.
pub(in crate::rules) fn in_brackets(words: &[String]) -> String {
    match words.is_empty() {
        true => String::new(),
        false => format!(" ({})", list(words)),
    }
}

/// What the rule says of all events together: every finding; [`Outcome::Clear`] when events were judged and none
/// stood out; and, when the latest event could not be judged, why, so that old silence is not taken for today's.
/// `nothing` is said when there was no event at all.
pub fn settled(outcomes: Vec<Outcome>, nothing: &str) -> Vec<Outcome> {
    let latest = outcomes
        .last()
        .cloned()
        .unwrap_or_else(|| Outcome::NotJudged(nothing.to_string()));
    let mut settled: Vec<Outcome> = outcomes.into_iter().filter(Outcome::is_finding).collect();
    match latest {
        Outcome::NotJudged(_) => settled.push(latest),
        Outcome::Clear if settled.is_empty() => settled.push(latest),
        _ => {}
    }
    settled
}

fn joined(open: Finding, next: Finding) -> Finding {
    let (from, to) = (open.from.min(next.from), open.to.max(next.to));
    let run_ids = all_runs(&open, &next);
    let kept = match speaks_before(&next, &open) {
        true => next,
        false => open,
    };
    // The words of one of them tell its own days.
    let tells_days = kept.tells_days && (kept.from, kept.to) == (from, to);
    Finding {
        from,
        to,
        run_ids,
        tells_days,
        ..kept
    }
}

/// The runs of the first, then those that only the second has.
fn all_runs(open: &Finding, next: &Finding) -> Vec<String> {
    let only_next = next.run_ids.iter().filter(|id| !open.run_ids.contains(id));
    open.run_ids.iter().chain(only_next).cloned().collect()
}

/// Louder, or as loud and farther out.
fn speaks_before(next: &Finding, open: &Finding) -> bool {
    let far = |finding: &Finding| finding.observed.map_or(0.0, f64::abs);
    next.severity > open.severity || (next.severity == open.severity && far(next) > far(open))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Severity, fixture::day};

    fn flagged(n: i64, severity: Severity, observed: f64) -> Outcome {
        Outcome::Flagged(Finding {
            observed: Some(observed),
            run_ids: vec![format!("run-{n}")],
            message: format!("Day {n}."),
            rule: "test",
            ..Finding::on(crate::rules::RULES[0], severity, day(n), day(n))
        })
    }

    #[test]
    fn a_place_heads_a_sentence() {
        for (site, side, expected) in [
            (Site::Knee, Some(Side::Left), "Your left knee"),
            (
                Site::Other(crate::pain::Word::new("neck")),
                None,
                "Your neck",
            ),
            (
                Site::Other(crate::pain::Word::NONE),
                Some(Side::Left),
                "Another place (left)",
            ),
            (Site::Unnamed, None, "A place you did not name"),
        ] {
            assert_eq!(your_place(site, side), expected);
        }
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
            let day_of = |o: &Outcome| {
                if let Outcome::Flagged(f) = o {
                    Some((f.from, f.to))
                } else {
                    None
                }
            };
            outcomes.iter().filter_map(day_of).collect()
        };
        assert_eq!(days(peaks(outcomes(), 7)), [(day(2), day(2))]);
        assert_eq!(
            days(merged(outcomes(), 7)),
            [(day(0), day(4)), (day(6), day(6))],
            "the clear one parts these"
        );
        assert_eq!(
            days(peaks(outcomes(), 1)).len(),
            4,
            "too far apart to be one"
        );
    }

    #[test]
    fn a_peak_stands_where_its_last_neighbour_did() {
        let why = || Outcome::NotJudged("too short".to_string());
        let peak = || flagged(0, Severity::Note, 1.9);
        // Chained: day 20 is within 10 of day 10 and not of the peak.
        let outcomes = |last: Option<Outcome>| {
            let seen = [
                peak(),
                why(),
                flagged(10, Severity::Note, 1.4),
                Outcome::Clear,
                flagged(20, Severity::Note, 1.5),
            ];
            seen.into_iter().chain(last).collect::<Vec<_>>()
        };
        assert_eq!(peaks(outcomes(None), 10), [peak()]);
        assert_eq!(peaks(outcomes(Some(why())), 10), [peak(), why()]);
        assert_eq!(
            settled(peaks(outcomes(Some(Outcome::Clear)), 10), "no runs"),
            [peak()]
        );
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
        let Outcome::Flagged(first) = &merged[0] else {
            panic!("flagged")
        };
        assert_eq!(
            (first.from, first.to, first.message.as_str()),
            (day(0), day(2), "Day 1.")
        );
        assert_eq!(first.run_ids, ["run-0", "run-1", "run-2"]);
        assert_eq!(
            merged.len(),
            4,
            "a clear day and five days apart both part findings"
        );
    }

    #[test]
    fn stretches_part_where_days_are_too_far_apart() {
        let seen = [0, 3, 6, 10].map(|n| (day(n), n)).to_vec();
        let found: Vec<Vec<i64>> = stretches(seen, 3)
            .into_iter()
            .map(|stretch| stretch.into_iter().map(|(_, n)| n).collect())
            .collect();
        assert_eq!(found, [vec![0, 3, 6], vec![10]]);
        assert!(stretches::<i64>(Vec::new(), 3).is_empty());
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
