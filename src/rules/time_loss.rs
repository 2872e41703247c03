//! Pain restricts running for a week, or for three runs in a row.

use super::series::only;
use super::sighting::{effects_of, is_sore};
use super::verdicts::in_brackets;
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Rule, Severity,
    Stance, sighting, triage,
};
use crate::model::Run;
use crate::pain::{Entry, Function, Side, Site, site_text};
use crate::time::{days_between, period_text};
use crate::units::Unit;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// So long a restriction is an injury by the definition.
const DAYS: Limit = Limit {
    key: "minimum_days",
    value: 7.0,
    change: Change::TRIAGE,
    why: "Researchers of running injuries agreed on 7 days of restriction (Yamato et al. 2015).",
};

/// So many runs in a row are one as well.
const RUNS: Limit = Limit {
    key: "minimum_runs",
    value: 3.0,
    change: Change::TRIAGE,
    why: "Researchers of running injuries agreed on 3 training sessions in a row as the other mark (Yamato et al. 2015).",
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
    headline: "it takes running time",
    why: "Runs that pain shortens or takes away are the mark on which researchers of running injuries agreed, and a plainer one than any score.",
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
        says: "In a Delphi study 38 researchers of running injuries took part, 26 of them to the end, and 80 % approved this definition: pain in the legs from running that restricts or stops it for at least 7 days or 3 planned sessions in a row, or that makes a runner see a professional. It is a definition and no forecast.",
        sources: &[
            "Yamato et al. (2015), Journal of Orthopaedic & Sports Physical Therapy 45:375, doi 10.2519/jospt.2015.5741.",
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

const ADVICE: &str = "That is long enough to get the advice of a doctor or physiotherapist.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let rows = triage::rows(ctx);
    if !rows.is_empty() && !rows.iter().any(says_what_pain_did) {
        return vec![Outcome::not_judged(
            "the function column says nothing about what pain did to running",
        )];
    }
    let restrictions = restrictions(ctx, rows);
    let found = restrictions.iter();
    triage::flagged(ctx, found.filter_map(|days| finding(ctx, rows, days)))
}

fn says_what_pain_did(row: &Entry) -> bool {
    row.effect().is_some() || row.bears_no_weight()
}

fn restricts(row: &Entry) -> bool {
    let told = effects_of(row).any(takes_running) || row.bears_no_weight();
    told && row.pain != Some(0.0) && row.site.is_none_or(Site::is_limb)
}

fn takes_running(effect: Function) -> bool {
    use Function::{CannotBearWeight, CutShort, MissedRun, Stopped};
    matches!(effect, CutShort | Stopped | MissedRun | CannotBearWeight)
}

/// Restricted days that belong together, each list at least one.
fn restrictions(ctx: &Context, rows: &[Entry]) -> Vec<Vec<NaiveDate>> {
    let clear = all_clear_days(rows);
    let mut found: Vec<Vec<NaiveDate>> = Vec::new();
    let mut open = false;
    for (date, restricted) in days_of_running(ctx, rows) {
        let goes_on = |last: &NaiveDate| open && joins(ctx, &clear, *last, date);
        match found.last_mut() {
            _ if !restricted => {}
            Some(days) if days.last().is_some_and(goes_on) => days.push(date),
            _ => found.push(vec![date]),
        }
        open = restricted;
    }
    found
}

/// Days with a run or a row that restricts, and whether it is the row.
fn days_of_running(ctx: &Context, rows: &[Entry]) -> BTreeMap<NaiveDate, bool> {
    let runs = ctx.history.runs.iter().map(Run::local_date);
    let known = runs.filter(|date| *date <= ctx.history.as_of);
    let mut days: BTreeMap<NaiveDate, bool> = known.map(|date| (date, false)).collect();
    let restricted = rows.iter().filter(|row| restricts(row));
    days.extend(restricted.map(|row| (row.date, true)));
    days
}

fn joins(ctx: &Context, clear: &BTreeSet<NaiveDate>, last: NaiveDate, next: NaiveDate) -> bool {
    let clear_days = clear.range(last..next).count() as f64;
    days_between(last, next) as f64 <= ctx.limit(JOIN) && clear_days < ctx.limit(CLEAR_DAYS)
}

/// Days with an all-clear row, not written under a painkiller, and no pain anywhere.
fn all_clear_days(rows: &[Entry]) -> BTreeSet<NaiveDate> {
    let all_clear = rows.iter().filter(|row| is_all_clear(row));
    let mut days: BTreeSet<NaiveDate> = all_clear.map(|row| row.date).collect();
    for row in rows.iter().filter(|row| is_sore(row)) {
        days.remove(&row.date);
    }
    days
}

fn is_all_clear(row: &Entry) -> bool {
    row.site == Some(Site::None) && row.pain == Some(0.0) && row.painkiller != Some(true)
}

/// The place of a row that restricts; open where the row leaves it open.
type OpenPlace = (Option<Site>, Option<Side>);

fn finding(ctx: &Context, rows: &[Entry], days: &[NaiveDate]) -> Option<Finding> {
    let (from, to) = (*days.first()?, *days.last()?);
    let (observed, limit, unit) = length(ctx, days, days_between(from, to) + 1)?;
    let places = places(sighting::between(rows, from, to));
    let (site, side) = only(&places).unwrap_or_default();
    let finding = Finding {
        observed: Some(observed),
        limit: Some(ctx.limit(limit)),
        unit,
        tells_observed: false,
        site,
        side,
        run_ids: sighting::run_ids(ctx, &days.iter().copied().collect()),
        message: message(days.len(), &period_text(from, to), &places),
        ..Finding::on(&RULE, Severity::SeeSomeone, from, to)
    };
    Some(triage::asking(ctx, finding, ADVICE))
}

/// What makes it an injury by the definition: its days, or else its runs.
fn length(ctx: &Context, days: &[NaiveDate], length_days: i64) -> Option<(f64, Limit, Unit)> {
    let lengths = [
        (length_days as f64, DAYS, Unit::Days),
        (days.len() as f64, RUNS, Unit::Runs),
    ];
    let mut lengths = lengths.into_iter();
    lengths.find(|(length, limit, _)| *length >= ctx.limit(*limit))
}

fn places(rows: &[Entry]) -> BTreeSet<OpenPlace> {
    let restricting = rows.iter().filter(|row| restricts(row));
    restricting.map(|row| (row.site, row.side)).collect()
}

fn message(days: usize, period: &str, places: &BTreeSet<OpenPlace>) -> String {
    let names = places
        .iter()
        .filter_map(|(site, side)| Some(site_text((*site)?, *side)));
    let place = in_brackets(&names.collect::<Vec<_>>());
    format!(
        "Pain cut short or took runs on {days} days, {period}{place}, with no full run between them."
    )
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
        flagged_by(20, rows, |ctx| {
            let mut history = ctx.history.clone();
            history.runs.retain(|run| dates.contains(&run.local_date()));
            crate::rules::fixture::ask(
                &RULE,
                &Context {
                    history: &history,
                    ..*ctx
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
        let later = flagged_by(35, rows, |ctx| {
            let history = crate::model::History {
                runs: Vec::new(),
                ..ctx.history.clone()
            };
            crate::rules::fixture::ask(
                &RULE,
                &Context {
                    history: &history,
                    ..*ctx
                },
            )
        });
        assert_eq!(later[0].text(), fact);
    }
}
