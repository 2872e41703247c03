//! Pain restricts running for a week, or for three runs in a row.

use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance, sighting, triage,
};
use crate::pain::{Entry, Function, Side, Site, site_text};
use crate::time::{days_between, period_text};
use crate::units::Unit;
use crate::words::list;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// So long a restriction is an injury by the definition.
const DAYS: Limit = Limit {
    key: "minimum_days",
    value: 7.0,
    change: Change::TRIAGE,
    why: "Runners and clinicians agreed on 7 days of restriction (Yamato et al. 2015).",
};

/// So many runs in a row are one as well.
const RUNS: Limit = Limit {
    key: "minimum_runs",
    value: 3.0,
    change: Change::TRIAGE,
    why: "Runners and clinicians agreed on 3 training sessions in a row as the other mark (Yamato et al. 2015).",
};

/// Restricted runs further apart are told apart.
const JOIN: Limit = Limit {
    key: "join_days",
    value: 7.0,
    change: Change::TRIAGE,
    why: "A choice: with a week between them and nothing written, nobody knows what happened in between.",
};

/// So many days logged as all clear end a restriction.
const CLEAR_DAYS: Limit = Limit {
    key: "clear_days_to_end",
    value: 2.0,
    change: Change::TRIAGE,
    why: "As for a spell of pain: one good day is not the end of it.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "time-loss",
    title: "Pain takes running time",
    why: "Runs that pain shortens or takes away are the mark on which runners and clinicians agreed, and a plainer one than any score.",
    formula: "Days with function cut_short, stopped, missed_run or cannot_bear_weight, in the column or in a note, at a limb or at no named site, joined while at most 7 days apart, with no other recorded run and fewer than 2 all-clear days without a painkiller between. From the first to the last of them 7 days or more, or 3 of them in a row: see someone. changed_form does not count here: the distance was run.",
    needs: "The function column filled in at least once.",
    cap: Severity::SeeSomeone,
    group: Group::Pain,
    triage: &[(Severity::SeeSomeone, 240)],
    is_loud: true,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::Strong,
        says: "A Delphi study with runners and clinicians agreed on this definition of a running injury: pain that restricts or stops running for at least 7 days or 3 planned sessions in a row, or that makes a runner see a professional. It is a definition and no forecast.",
        sources: &[
            "Yamato et al. (2015), Journal of Orthopaedic & Sports Physical Therapy 45:375.",
            "Popular article S2, post-run recovery.",
        ],
    },
    limits: &[DAYS, RUNS, JOIN, CLEAR_DAYS],
    ordered: &[],
    rests_on: &[],
    seed: "S2, post-run recovery: pain that keeps you from running for more than a week is for a doctor.",
    message: "Pain cut short or took runs on 4 days, 3–10 May 2025 (left knee), with no full run between them. That is long enough to get the advice of a doctor or physiotherapist.",
    check: Check::Data(check),
};

fn check(context: &Context) -> Vec<Outcome> {
    let rows = triage::rows(context);
    if !rows.is_empty()
        && rows
            .iter()
            .all(|row| row.effect().is_none() && !row.bears_no_weight())
    {
        return vec![Outcome::NotJudged(
            "the function column says nothing about what pain did to running".to_string(),
        )];
    }
    let restrictions = restrictions(context, rows);
    let found = restrictions
        .iter()
        .filter_map(|days| finding(context, rows, days))
        .map(Outcome::Flagged);
    triage::conclude(context, found.collect())
}

fn restricts(row: &Entry) -> bool {
    use Function::{CannotBearWeight, CutShort, MissedRun, Stopped};
    let takes = |function| matches!(function, CutShort | Stopped | MissedRun | CannotBearWeight);
    let told = [row.function, row.function_in_note]
        .into_iter()
        .flatten()
        .any(takes)
        || row.bears_no_weight();
    told && row.pain != Some(0.0) && row.site.is_none_or(Site::is_limb)
}

/// Restricted days that belong together, each list at least one.
fn restrictions(context: &Context, rows: &[Entry]) -> Vec<Vec<NaiveDate>> {
    let as_of = context.history.as_of;
    let runs = context
        .history
        .runs
        .iter()
        .map(|run| run.local_date())
        .filter(|date| *date <= as_of);
    let mut days: BTreeMap<NaiveDate, bool> = runs.map(|date| (date, false)).collect();
    days.extend(
        rows.iter()
            .filter(|row| restricts(row))
            .map(|row| (row.date, true)),
    );
    let clear = all_clear_days(rows);
    let mut found: Vec<Vec<NaiveDate>> = Vec::new();
    let mut open = false;
    for (date, restricted) in days {
        let last = found.last_mut().filter(|_| open && restricted);
        match last.filter(|list| {
            list.last()
                .is_some_and(|last| joins(context, &clear, *last, date))
        }) {
            Some(list) => list.push(date),
            None if restricted => found.push(vec![date]),
            None => {}
        }
        open = restricted;
    }
    found
}

fn joins(context: &Context, clear: &BTreeSet<NaiveDate>, last: NaiveDate, next: NaiveDate) -> bool {
    let clear_days = clear.range(last..next).count() as f64;
    days_between(last, next) as f64 <= context.limit(JOIN) && clear_days < context.limit(CLEAR_DAYS)
}

/// Days with an all-clear row, not written under a painkiller, and no pain anywhere.
fn all_clear_days(rows: &[Entry]) -> BTreeSet<NaiveDate> {
    let all_clear = |row: &&Entry| {
        row.site == Some(Site::None) && row.pain == Some(0.0) && row.painkiller != Some(true)
    };
    let mut days: BTreeSet<NaiveDate> = rows.iter().filter(all_clear).map(|row| row.date).collect();
    for row in rows
        .iter()
        .filter(|row| row.pain.is_some_and(|pain| pain > 0.0))
    {
        days.remove(&row.date);
    }
    days
}

fn finding(context: &Context, rows: &[Entry], days: &[NaiveDate]) -> Option<Finding> {
    let (from, to) = (*days.first()?, *days.last()?);
    let (length_days, runs) = ((days_between(from, to) + 1) as f64, days.len() as f64);
    let (observed, limit, unit) = if length_days >= context.limit(DAYS) {
        (length_days, DAYS, Unit::Days)
    } else if runs >= context.limit(RUNS) {
        (runs, RUNS, Unit::Runs)
    } else {
        return None;
    };
    let restricting = sighting::between(rows, from, to)
        .iter()
        .filter(|row| restricts(row));
    let places: BTreeSet<(Option<Site>, Option<Side>)> =
        restricting.map(|row| (row.site, row.side)).collect();
    let (site, side) = places
        .first()
        .copied()
        .filter(|_| places.len() == 1)
        .unwrap_or_default();
    let mut finding = Finding {
        observed: Some(observed),
        limit: Some(context.limit(limit)),
        unit,
        tells_observed: false,
        site,
        side,
        run_ids: sighting::run_ids(context, &days.iter().copied().collect()),
        ..Finding::on(&RULE, Severity::SeeSomeone, from, to)
    };
    let names: Vec<String> = places
        .iter()
        .filter_map(|(site, side)| Some(site_text((*site)?, *side)))
        .collect();
    let place = if names.is_empty() {
        String::new()
    } else {
        format!(" ({})", list(&names))
    };
    if triage::is_current(&finding, context.history.as_of) {
        finding.instruction =
            "That is long enough to get the advice of a doctor or physiotherapist.".to_string();
    }
    finding.message = format!(
        "Pain cut short or took runs on {} days, {}{place}, with no full run between them.",
        days.len(),
        period_text(from, to)
    );
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{
        check_too_little_data, clear, day, flagged_by, harmless, judge, sore,
    };

    fn row(n: i64, function: Function) -> Entry {
        Entry {
            function: Some(function),
            ..sore(n, Site::Knee, Side::Left, 3.0)
        }
    }

    fn missed(n: i64) -> Entry {
        row(n, Function::MissedRun)
    }

    /// What the rule finds on day 20 when runs were recorded on these days only.
    fn found(rows: Vec<Entry>, run_days: &[i64]) -> Vec<Finding> {
        let dates: Vec<NaiveDate> = run_days.iter().map(|n| day(*n)).collect();
        flagged_by(20, rows, |context| {
            let mut history = context.history.clone();
            history.runs.retain(|run| dates.contains(&run.local_date()));
            crate::rules::fixture::ask(
                &RULE,
                &Context {
                    history: &history,
                    ..*context
                },
            )
        })
    }

    fn check(rows: Vec<Entry>, run_days: &[i64], expected: &[(f64, Unit)]) {
        let found = found(rows, run_days);
        let told: Vec<_> = found
            .iter()
            .map(|f| (f.observed.unwrap_or_default(), f.unit))
            .collect();
        assert_eq!(told, expected);
        assert!(
            found
                .iter()
                .all(|finding| finding.severity == Severity::SeeSomeone)
        );
    }

    #[test]
    fn seven_days_or_three_in_a_row() {
        check(vec![missed(14), missed(20)], &[], &[(7.0, Unit::Days)]);
        check(vec![missed(15), missed(20)], &[], &[]);
        check(
            vec![missed(16), missed(18), missed(20)],
            &[],
            &[(3.0, Unit::Runs)],
        );
        check(vec![missed(18), missed(20)], &[], &[]);
        check(
            vec![missed(6), missed(13), missed(20)],
            &[],
            &[(15.0, Unit::Days)],
        );
        check(vec![missed(12), missed(20)], &[], &[]);
    }

    #[test]
    fn which_functions_restrict() {
        let three = |function| [16, 18, 20].map(|n| row(n, function)).to_vec();
        for function in [
            Function::CutShort,
            Function::Stopped,
            Function::MissedRun,
            Function::CannotBearWeight,
        ] {
            check(three(function), &[16], &[(3.0, Unit::Runs)]);
        }
        check(three(Function::ChangedForm), &[16, 18, 20], &[]);
        check(three(Function::None), &[16, 18, 20], &[]);
        let elsewhere = |entry: Entry| Entry {
            site: Some(Site::SideStitch),
            ..entry
        };
        check(
            three(Function::CutShort)
                .into_iter()
                .map(elsewhere)
                .collect(),
            &[],
            &[],
        );
    }

    #[test]
    fn a_full_run_or_two_clear_days_end_it() {
        check(vec![missed(14), missed(18), missed(20)], &[16], &[]);
        check(
            vec![missed(14), clear(15), missed(20)],
            &[],
            &[(7.0, Unit::Days)],
        );
        check(vec![missed(14), clear(15), clear(17), missed(20)], &[], &[]);
        let masked = Entry {
            painkiller: Some(true),
            ..clear(17)
        };
        check(
            vec![missed(14), clear(15), masked, missed(20)],
            &[],
            &[(7.0, Unit::Days)],
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
        assert!(matches!(
            judge(&RULE, 20, vec![harmless(20)]).as_slice(),
            [Outcome::NotJudged(_)]
        ));
        assert_eq!(
            judge(&RULE, 20, vec![row(20, Function::None)]),
            [Outcome::Clear]
        );
    }

    #[test]
    fn words() {
        let fact = "Pain cut short or took runs on 3 days, 17–23 Mar 2025 (left knee), with no full run between them.";
        let rows = vec![missed(14), row(17, Function::CutShort), missed(20)];
        let finding = &found(rows.clone(), &[17])[0];
        assert_eq!(finding.run_ids, ["run-17"]);
        assert_eq!(
            finding.text(),
            format!("{fact} That is long enough to get the advice of a doctor or physiotherapist.")
        );
        let later = flagged_by(35, rows, |context| {
            let history = crate::model::History {
                runs: Vec::new(),
                ..context.history.clone()
            };
            crate::rules::fixture::ask(
                &RULE,
                &Context {
                    history: &history,
                    ..*context
                },
            )
        });
        assert_eq!(later[0].text(), fact);
    }
}
