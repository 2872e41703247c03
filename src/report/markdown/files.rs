//! Files: what became of every input, troubles by kind first, then one by one.

use crate::{
    analysis::Analysis,
    problem::{Code, Effect, Problem},
    report::text::{escaped, table},
    units::counted,
    words::sentence,
};
use std::collections::BTreeMap;

/// Files named in a row of problems of the same words.
const NAMED: usize = 2;
/// Problems listed one by one; all are in problems.csv.
const LISTED: usize = 200;

/// The section.
pub(super) fn section(analysis: &Analysis) -> String {
    let tally = &analysis.tally;
    let mut out = format!(
        "## Files\n\n{}: {} used, {} used with something to know, {} skipped, {} failed.\n\n",
        counted(tally.inputs(), "input", "inputs"),
        tally.used,
        tally.used_with_flags,
        tally.skipped,
        tally.failed
    );
    out.push_str(&merged(analysis));
    if analysis.problems.is_empty() {
        return out + "Nothing was wrong with them.\n";
    }
    out.push_str(&table(&["kind", "how often", "what you can do"], kinds(&analysis.problems)));
    let groups = alike(loud(&analysis.problems));
    if !groups.is_empty() {
        let more = match groups.len() {
            many if many > LISTED => format!(" (the first {LISTED} of {many}; all are in problems.csv)"),
            _ => String::new(),
        };
        out.push_str(&format!(
            "\n<details>\n<summary>One by one{more}</summary>\n\n{}\n</details>\n",
            table(&["where", "what", "what niggle did"], groups.iter().take(LISTED).map(|group| row(group)))
        ));
    }
    out
}

/// How many copies there were.
fn merged(analysis: &Analysis) -> String {
    let lines = analysis.merges.iter().filter(|merge| merge.place.is_some()).count();
    let copies = analysis.merges.len() - lines;
    let told = [
        (copies, counted(copies, "recording was a copy of another", "recordings were copies of others")),
        (
            lines,
            counted(
                lines,
                "line of an account's index has its recording",
                "lines of an account's index have their recordings",
            ),
        ),
    ];
    let told: Vec<String> = told.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
    if told.is_empty() {
        return String::new();
    }
    format!("{}: each activity was counted once ([merges.csv](merges.csv)).\n\n", told.join(" and "))
}

/// Problems of the same words in one row, in the order of the first of each.
fn alike(problems: Vec<&Problem>) -> Vec<Vec<&Problem>> {
    let mut places: BTreeMap<(Code, &str, &str), usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Problem>> = Vec::new();
    for problem in problems {
        let at = *places.entry((problem.code, &problem.detail, &problem.consequence)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(problem),
            None => groups.push(vec![problem]),
        }
    }
    groups
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
    loud.sort_by(|a, b| {
        let key = |p: &Problem| (calm(p), std::cmp::Reverse(p.effect), p.code);
        key(a).cmp(&key(b)).then_with(|| a.place.cmp(&b.place))
    });
    loud
}

fn row(group: &[&Problem]) -> Vec<String> {
    let places: Vec<String> = group.iter().take(NAMED).map(|problem| escaped(&problem.place)).collect();
    let more = group.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let words =
        |of: fn(&Problem) -> &str| group.first().map_or(String::new(), |problem| escaped(&sentence(of(problem))));
    vec![places.join(", ") + &more, words(|problem| &problem.detail), words(|problem| &problem.consequence)]
}
