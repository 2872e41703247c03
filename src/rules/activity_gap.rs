//! Holes and changes in the recordings that make ratios over them unreliable.

use super::{Context, Evidence, Finding, Limit, Outcome, Rule, Severity, Stance};
use crate::model::{AltitudeSource, Run};
use crate::time::{days_between, period_text, plus_days};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    id: "activity-gap",
    title: "Holes and changes in the recordings",
    why: "Ratios over a hole in the recordings look alarming for no reason, so you should know where the holes are.",
    formula: "More than 10 days in a row without a run between two runs; a history shorter than 28 days; the first run \
        with a device, or with a source of altitude, that no run before had.",
    needs: "One run.",
    cap: Severity::Note,
    evidence: Evidence {
        stance: Stance::Descriptive,
        says: "In 50 youth basketball players, ignoring missing days gave 97 % more acute:chronic ratios above 2.0 than \
            filling them in. A constant 40 km a week reads as a ratio of 2.0 when the export starts 14 days ago.",
        sources: &[
            "British Journal of Sports Medicine 2021, 55 Suppl 1:A35.1 (missing data and the acute:chronic ratio)",
        ],
    },
    limits: &[GAP_DAYS, MINIMUM_HISTORY_DAYS],
    message: "No runs recorded 3–19 May 2025 (17 days): load figures around it are left out.",
    check,
};

/// Longest stretch of days without a run that still counts as covered; frames use it for `Day::covered`.
pub const GAP_DAYS: Limit = Limit {
    key: "gap_days",
    value: 10.0,
    why: "Ten days off happen in ordinary training; beyond that a lost recording is as likely as rest.",
};
const MINIMUM_HISTORY_DAYS: Limit =
    Limit { key: "minimum_history_days", value: 28.0, why: "The ratios compare with four weeks." };

/// First and last day of every stretch of more than `longest_days` days without a run between two runs.
pub fn gaps(runs: &[Run], longest_days: f64) -> Vec<(NaiveDate, NaiveDate)> {
    let between = |pair: &[Run]| (plus_days(pair[0].local_date(), 1), plus_days(pair[1].local_date(), -1));
    let is_long = |gap: &(NaiveDate, NaiveDate)| (days_between(gap.0, gap.1) + 1) as f64 > longest_days;
    runs.windows(2).map(between).filter(is_long).collect()
}

fn check(ctx: &Context) -> Vec<Outcome> {
    let runs = &ctx.history.runs;
    if runs.is_empty() {
        return vec![Outcome::NotJudged("no runs".to_string())];
    }
    let mut found: Vec<Finding> =
        gaps(runs, ctx.limit(GAP_DAYS)).into_iter().map(|gap| gap_finding(ctx, gap)).collect();
    found.extend(short_history(ctx));
    found.extend(changes(runs, |run| run.device.as_deref(), device_message));
    found.extend(changes(runs, |run| run.altitude_source.and_then(altitude_text), altitude_message));
    found.sort_by_key(|finding| finding.from);
    if found.is_empty() { vec![Outcome::Clear] } else { found.into_iter().map(Outcome::Flagged).collect() }
}

fn gap_finding(ctx: &Context, (from, to): (NaiveDate, NaiveDate)) -> Finding {
    let days = days_between(from, to) + 1;
    Finding {
        observed: Some(days as f64),
        limit: Some(ctx.limit(GAP_DAYS)),
        unit: "days",
        ..note(
            from,
            to,
            format!("No runs recorded {} ({days} days): load figures around it are left out.", period_text(from, to)),
        )
    }
}

/// A finding when first run and report day are less than four weeks apart.
fn short_history(ctx: &Context) -> Option<Finding> {
    let (first, last) = (ctx.history.runs.first()?.local_date(), ctx.history.runs.last()?.local_date());
    let to = ctx.history.as_of.max(last);
    let days = days_between(first, to) + 1;
    let limit = ctx.limit(MINIMUM_HISTORY_DAYS);
    let message = format!("The recordings hold {days} days so far. What needs a month to compare with is left out.");
    let finding = Finding { observed: Some(days as f64), limit: Some(limit), unit: "days", ..note(first, to, message) };
    Some(finding).filter(|_| (days as f64) < limit)
}

/// One note for each value that no run before had, apart from the first.
fn changes<'a>(
    runs: &'a [Run],
    value: fn(&'a Run) -> Option<&'a str>,
    message: fn(&str, &str) -> String,
) -> Vec<Finding> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut previous: Option<&str> = None;
    let mut found = Vec::new();
    for run in runs {
        let Some(current) = value(run) else { continue };
        let is_new = seen.insert(current);
        if let Some(before) = previous.filter(|_| is_new) {
            let date = run.local_date();
            found.push(Finding { run_ids: vec![run.run_id.clone()], ..note(date, date, message(current, before)) });
        }
        previous = Some(current);
    }
    found
}

fn device_message(current: &str, before: &str) -> String {
    format!(
        "First run recorded with {current} (before: {before}). Devices count steps, distance and climbing a little \
        differently, so take comparisons across this change lightly."
    )
}

fn altitude_message(current: &str, before: &str) -> String {
    format!(
        "First run whose climbing comes from {current} (before: {before}). The two do not count alike, so climbing is \
        not compared across this change where GPS is one of them."
    )
}

/// How a source is called; an indoor run says nothing about how climbing is measured.
fn altitude_text(source: AltitudeSource) -> Option<&'static str> {
    match source {
        AltitudeSource::Device => Some("the device's own total"),
        AltitudeSource::Barometer => Some("the barometer"),
        AltitudeSource::Gps => Some("GPS altitude"),
        AltitudeSource::Indoor => None,
    }
}

fn note(from: NaiveDate, to: NaiveDate, message: String) -> Finding {
    Finding {
        rule: RULE.id,
        severity: Severity::Note,
        from,
        to,
        observed: None,
        limit: None,
        unit: "",
        site: None,
        side: None,
        run_ids: Vec::new(),
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{calendar, day, findings, history, is_not_judged, judge, log, run};
    use super::*;

    #[test]
    fn gaps_at_the_limit_and_just_over() {
        // Days 1–10 are ten days without a run, days 1–11 eleven.
        for (next, expected) in [(11, vec![]), (12, vec![(day(1), day(11))])] {
            let runs = [run(0, 5.0), run(next, 5.0)];
            assert_eq!(gaps(&runs, GAP_DAYS.value), expected, "{next}");
        }
    }

    #[test]
    fn a_short_history_at_the_limit_and_just_under() {
        for (last, flagged) in [(27, 0), (26, 1)] {
            let runs = [0, 9, 18, last].map(|n| run(n, 5.0)).to_vec();
            assert_eq!(findings(&RULE, &history(runs)).len(), flagged, "{last}");
        }
        let quiet = calendar(vec![run(0, 5.0)], &log(vec![]), day(27));
        assert_eq!(judge(&RULE, &quiet, &log(vec![])), [Outcome::Clear]);
    }

    #[test]
    fn too_little_data() {
        assert!(is_not_judged(&RULE, &history(vec![])));
    }

    #[test]
    fn a_new_device_and_a_new_altitude_source_are_said_once() {
        let on = |n: i64, device: Option<&str>, source| Run {
            device: device.map(str::to_string),
            altitude_source: source,
            ..run(n, 5.0)
        };
        let (baro, gps) = (Some(AltitudeSource::Barometer), Some(AltitudeSource::Gps));
        let runs = vec![
            on(0, Some("fr55"), baro),
            on(9, None, None),
            on(18, Some("phone"), gps),
            on(27, Some("fr55"), baro),
            on(36, Some("phone"), gps),
        ];
        let found = findings(&RULE, &history(runs));
        let messages: Vec<_> = found.iter().map(|f| (f.from, f.message.split(')').next().unwrap())).collect();
        assert_eq!(
            messages,
            [
                (day(18), "First run recorded with phone (before: fr55"),
                (day(18), "First run whose climbing comes from GPS altitude (before: the barometer"),
            ]
        );
    }

    #[test]
    fn the_message_has_the_dates() {
        // Day 116 is 2 May 2025, day 134 is 20 May.
        let found = findings(&RULE, &history([107, 116, 134, 144].map(|n| run(n, 5.0)).to_vec()));
        assert_eq!(found.iter().map(|f| f.message.as_str()).collect::<Vec<_>>(), [RULE.message]);
    }
}
