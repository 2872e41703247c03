//! Files: what became of every input, troubles by kind first, then one by one.

use crate::{
    analysis::Analysis,
    problem::{Code, Effect, Problem},
    report::text::{escaped, table},
};
use std::collections::BTreeMap;

/// Problems listed one by one; all are in findings.json.
const LISTED: usize = 200;

/// The section.
pub fn section(analysis: &Analysis) -> String {
    let tally = &analysis.tally;
    let mut out = format!(
        "## Files\n\n{} inputs: {} used, {} used with something to know, {} skipped, {} failed.\n\n",
        tally.inputs(),
        tally.used,
        tally.used_with_flags,
        tally.skipped,
        tally.failed
    );
    if analysis.problems.is_empty() {
        return out + "Nothing was wrong with them.\n";
    }
    out.push_str(&table(&["kind", "how often", "what you can do"], kinds(&analysis.problems)));
    let listed: Vec<&Problem> = loud(&analysis.problems);
    if !listed.is_empty() {
        let rows = listed.iter().take(LISTED).map(|problem| row(problem));
        let more = if listed.len() > LISTED {
            format!(" (the first {LISTED} of {}; all are in findings.json)", listed.len())
        } else {
            String::new()
        };
        out.push_str(&format!(
            "\n<details>\n<summary>One by one{more}</summary>\n\n{}\n</details>\n",
            table(&["where", "what", "what niggle did"], rows)
        ));
    }
    out
}

fn kinds(problems: &[Problem]) -> Vec<Vec<String>> {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry(problem.code).or_default() += 1;
    }
    let mut rows: Vec<(Code, usize)> = counts.into_iter().collect();
    rows.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    rows.into_iter()
        .map(|(code, count)| vec![format!("`{}`", code.as_str()), format!("{count} ×"), code.advice().to_string()])
        .collect()
}

/// Worst first; kinds that every export is full of only count.
fn loud(problems: &[Problem]) -> Vec<&Problem> {
    let mut loud: Vec<&Problem> = problems.iter().filter(|p| !p.code.is_quiet()).collect();
    let calm = |problem: &Problem| problem.effect == Effect::Skipped || problem.effect == Effect::Noted;
    loud.sort_by_key(|p| (calm(p), std::cmp::Reverse(p.effect), p.code, p.place.clone()));
    loud
}

fn row(problem: &Problem) -> Vec<String> {
    vec![escaped(&problem.place), escaped(&problem.detail), escaped(&problem.consequence)]
}
