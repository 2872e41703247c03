//! Files: what became of every input, troubles by kind first, then one by one.

use super::block::{Block, Line, Section, Target};
use crate::{
    analysis::Analysis,
    problem::{Code, Effect, Problem},
    units::counted,
    words::sentence,
};
use std::collections::BTreeMap;

/// Files named in a row of problems of the same words.
const NAMED: usize = 2;
/// Problems listed one by one; all are in problems.csv.
const LISTED: usize = 200;

/// The section.
pub(super) fn section(analysis: &Analysis) -> Section {
    let mut blocks = vec![Block::paragraph(became(analysis))];
    blocks.extend(merged(analysis));
    match analysis.problems.is_empty() {
        true => blocks.push(Block::paragraph("Nothing was wrong with them.")),
        false => {
            blocks.push(Block::table(
                &["kind", "how often", "what you can do"],
                kinds(&analysis.problems),
            ));
            blocks.extend(one_by_one(&analysis.problems));
        }
    }
    Section::new("files", "Files", blocks)
}

/// What became of the inputs, in numbers.
fn became(analysis: &Analysis) -> String {
    let tally = &analysis.tally;
    format!(
        "{}: {} used, {} used with something to know, {} skipped, {} failed.",
        counted(tally.inputs(), "input", "inputs"),
        tally.used,
        tally.used_with_flags,
        tally.skipped,
        tally.failed
    )
}

fn one_by_one(problems: &[Problem]) -> Option<Block> {
    let groups = alike(loud(problems));
    let more = match groups.len() {
        0 => return None,
        many if many > LISTED => {
            format!(" (the first {LISTED} of {many}; all are in problems.csv)")
        }
        _ => String::new(),
    };
    let rows = groups.iter().take(LISTED).map(|group| row(group));
    let table = Block::table(&["where", "what", "what niggle did"], rows);
    Some(Block::fold(format!("One by one{more}"), vec![table]))
}

/// How many copies there were. None without any.
fn merged(analysis: &Analysis) -> Option<Block> {
    let lines = analysis
        .merges
        .iter()
        .filter(|merge| merge.place.is_some())
        .count();
    let copies = analysis.merges.len() - lines;
    let of_copies = counted(
        copies,
        "recording was a copy of another",
        "recordings were copies of others",
    );
    let of_lines = counted(
        lines,
        "line of an account's index has its recording",
        "lines of an account's index have their recordings",
    );
    let told = [(copies, of_copies), (lines, of_lines)];
    let told: Vec<String> = told
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, words)| words)
        .collect();
    let line = Line::from(format!(
        "{}: each activity was counted once (",
        told.join(" and ")
    ));
    let line = line
        .link(Target::File("merges.csv"), "merges.csv")
        .text(").");
    (!told.is_empty()).then_some(Block::Paragraph(line))
}

/// Problems of the same words in one row, in the order of the first of each.
fn alike(problems: Vec<&Problem>) -> Vec<Vec<&Problem>> {
    let mut places: BTreeMap<(Code, &str, &str), usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Problem>> = Vec::new();
    for problem in problems {
        let at = *places
            .entry((problem.code, &problem.detail, &problem.consequence))
            .or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(problem),
            None => groups.push(vec![problem]),
        }
    }
    groups
}

fn kinds(problems: &[Problem]) -> Vec<Vec<Line>> {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry(problem.code).or_default() += 1;
    }
    let mut rows: Vec<(Code, usize)> = counts.into_iter().collect();
    rows.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let row = |(code, count): (Code, usize)| {
        vec![
            Line::new().code(code.as_str()),
            format!("{count} ×").into(),
            Line::prose(code.advice()),
        ]
    };
    rows.into_iter().map(row).collect()
}

/// Worst first; kinds that every export is full of only count.
fn loud(problems: &[Problem]) -> Vec<&Problem> {
    let mut loud: Vec<&Problem> = problems.iter().filter(|p| !p.code.is_quiet()).collect();
    let calm =
        |problem: &Problem| problem.effect == Effect::Skipped || problem.effect == Effect::Noted;
    loud.sort_by(|a, b| {
        let key = |p: &Problem| (calm(p), std::cmp::Reverse(p.effect), p.code);
        key(a).cmp(&key(b)).then_with(|| a.place.cmp(&b.place))
    });
    loud
}

fn row(group: &[&Problem]) -> Vec<Line> {
    let places: Vec<&str> = group
        .iter()
        .take(NAMED)
        .map(|problem| problem.place.as_str())
        .collect();
    let more = group.len().saturating_sub(NAMED);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let words = |of: fn(&Problem) -> &str| {
        group
            .first()
            .map_or(Line::new(), |problem| sentence(of(problem)).into())
    };
    vec![
        (places.join(", ") + &more).into(),
        words(|problem| &problem.detail),
        words(|problem| &problem.consequence),
    ]
}
