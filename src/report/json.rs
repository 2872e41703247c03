//! `findings.json`: the report for scripts. Names are stable; see the README.

use crate::{
    analysis::{Analysis, Tally},
    associate::Association,
    backtest::{Backtest, watch::Watch},
    problem::Problem,
    rules::{Finding, NotJudged, limits::Changed},
    units::rounded,
};
use chrono::NaiveDate;
use serde::Serialize;

/// Raised when a name changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 2;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    niggle_version: &'static str,
    as_of: NaiveDate,
    period: Period,
    runs: usize,
    inputs: Inputs,
    load_unit: &'static str,
    limits_changed: &'a [Changed],
    findings: Vec<Finding>,
    not_judged: &'a [NotJudged],
    associations: Vec<Association>,
    backtest: Looked,
    problems: &'a [Problem],
}

#[derive(Serialize)]
struct Period {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

#[derive(Serialize)]
struct Inputs {
    total: usize,
    #[serde(flatten)]
    tally: Tally,
}

/// The look back, and the watch list made of it.
#[derive(Serialize)]
struct Looked {
    #[serde(flatten)]
    back: Backtest,
    watch: Watch,
}

/// The document, ending in a line break.
///
/// # Errors
/// serde_json's, which plain numbers and strings cannot cause.
pub fn document(analysis: &Analysis) -> serde_json::Result<String> {
    let period = analysis.history.period();
    let document = Document {
        schema_version: SCHEMA_VERSION,
        niggle_version: env!("CARGO_PKG_VERSION"),
        as_of: analysis.history.as_of,
        period: Period { from: period.map(|p| p.0), to: period.map(|p| p.1) },
        runs: analysis.history.runs.len(),
        inputs: Inputs { total: analysis.tally.inputs(), tally: analysis.tally },
        load_unit: analysis.history.load_unit.as_str(),
        limits_changed: analysis.limits.changed(),
        findings: analysis.findings.iter().cloned().map(rounded_finding).collect(),
        not_judged: &analysis.not_judged,
        associations: analysis.associations.iter().cloned().map(rounded_association).collect(),
        backtest: Looked {
            back: rounded_backtest(analysis.backtest.clone()),
            watch: rounded_watch(analysis.watch.clone()),
        },
        problems: &analysis.problems,
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn rounded_finding(mut finding: Finding) -> Finding {
    finding.message = finding.text();
    for value in [&mut finding.observed, &mut finding.limit] {
        *value = value.map(|v| rounded(v, 4));
    }
    finding
}

fn rounded_association(mut association: Association) -> Association {
    let a = &mut association;
    for value in [&mut a.n_eff, &mut a.rho, &mut a.ci_low, &mut a.ci_high, &mut a.p, &mut a.q, &mut a.reverse_rho] {
        *value = value.map(|v| rounded(v, 4));
    }
    association
}

fn rounded_backtest(mut backtest: Backtest) -> Backtest {
    for pair in &mut backtest.pairs {
        for value in [&mut pair.rate_ratio, &mut pair.ci_low, &mut pair.ci_high, &mut pair.p, &mut pair.q] {
            *value = value.map(|v| rounded(v, 4));
        }
    }
    let onsets = backtest.before.iter_mut().flat_map(|place| &mut place.onsets);
    for value in onsets.flat_map(|onset| &mut onset.measures).flat_map(|standing| &mut standing.percentile) {
        *value = value.map(|v| rounded(v, 1));
    }
    backtest
}

fn rounded_watch(mut watch: Watch) -> Watch {
    for value in [&mut watch.next_run_m, &mut watch.week_m, &mut watch.week_so_far_m] {
        *value = value.map(|v| rounded(v, 0));
    }
    for skill in watch.places.iter_mut().filter_map(|place| place.skill.as_mut()) {
        for value in [&mut skill.score, &mut skill.low, &mut skill.high, &mut skill.flagged_by_base] {
            *value = rounded(*value, 4);
        }
    }
    watch
}
