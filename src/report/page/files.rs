//! Files: what became of every input, troubles by kind first, then one by one.

use super::block::{Block, Line, Look, Section, Target};
use crate::{
    analysis::Analysis,
    option::WITH_NAMES,
    problem::{Code, Effect, Problem},
    report::{PAGE, lost},
    units::counted,
    words::sentence,
};
use std::{cmp::Reverse, collections::BTreeMap};

/// Files named in a row of problems of the same words.
const NAMED: usize = 2;
/// The file that has all.
const PROBLEMS: &str = "problems.csv";
/// Problems listed one by one; all are in problems.csv.
const LISTED: usize = 200;

/// The section.
pub(super) fn section(analysis: &Analysis) -> Section {
    let unread = lost::unread_comments(analysis).map(Line::from);
    let said = [Some(became(analysis).into()), merged(analysis), unread];
    let said = Line::joined(said.into_iter().flatten(), " ");
    let mut blocks = vec![Block::Paragraph(said)];
    blocks.extend(troubles(analysis));
    blocks.extend(pain_log_read(&analysis.pain.understood));
    Section::new("files", "Files", blocks).looking(Look::Fold)
}

/// How the pain log was read. None without one.
fn pain_log_read(understood: &[String]) -> Option<Block> {
    let read = vec![Block::paragraph(understood.join(" "))];
    (!understood.is_empty()).then(|| Block::aside("How the pain log was read", read, PAGE))
}

/// By kind, then one by one.
fn troubles(analysis: &Analysis) -> Option<Block> {
    match (analysis.problems.is_empty(), analysis.tally.inputs()) {
        (true, 0) => None,
        (true, _) => Some(Block::paragraph("Nothing was wrong with them.")),
        (false, _) => Some(folded(&analysis.problems)),
    }
}

/// The problems by kind and one by one, folded.
fn folded(problems: &[Problem]) -> Block {
    let table = Block::table(&["kind", "how often", "what you can do"], kinds(problems));
    let inside = std::iter::once(table).chain(one_by_one(problems));
    Block::fold("What was wrong, and what you can do", inside.collect())
}

/// What became of the inputs, in numbers.
pub(super) fn became(analysis: &Analysis) -> String {
    let tally = &analysis.tally;
    if tally.inputs() == 0 {
        return "No recording was among the inputs.".to_string();
    }
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
    let title = match groups.len() {
        0 => return None,
        many if many > LISTED => {
            format!("One by one (the first {LISTED} of {many}; all are in problems.csv)")
        }
        _ => "One by one".to_string(),
    };
    let rows = groups.iter().take(LISTED).map(|group| row(group));
    let table = Block::table(&["where", "what", "what niggle did"], rows);
    Some(Block::Named {
        shown: vec![Block::fold(title, vec![table])],
        withheld: vec![Block::Paragraph(where_named())],
    })
}

/// Where the names are that a page for others does not show.
fn where_named() -> Line {
    Line::from("Which files these are is not told here, so that this page can be handed over: ")
        .link(Target::File(PROBLEMS), PROBLEMS)
        .text(" beside it names them, and so does this page made with ")
        .code(WITH_NAMES)
        .text(".")
}

/// How many copies there were. None without any.
fn merged(analysis: &Analysis) -> Option<Line> {
    let told = copies(analysis);
    let line = Line::from(format!(
        "{}: each activity was counted once (",
        told.join(" and ")
    ))
    .link(Target::File("merges.csv"), "merges.csv")
    .text(").");
    (!told.is_empty()).then_some(line)
}

/// Copies of recordings and lines of an index that have one, each where there are any.
fn copies(analysis: &Analysis) -> Vec<String> {
    let lines = lines_merged(analysis);
    let of_copies = of_copies(analysis.merges.len() - lines);
    of_copies.into_iter().chain(of_lines(lines)).collect()
}

fn lines_merged(analysis: &Analysis) -> usize {
    let merges = analysis.merges.iter();
    merges.filter(|merge| merge.place.is_some()).count()
}

fn of_copies(count: usize) -> Option<String> {
    let one = "recording was a copy of another";
    let many = "recordings were copies of others";
    (count > 0).then(|| counted(count, one, many))
}

fn of_lines(count: usize) -> Option<String> {
    let one = "line of an account's index has its recording";
    let many = "lines of an account's index have their recordings";
    (count > 0).then(|| counted(count, one, many))
}

/// Problems of the same words in one row, in the order of the first of each.
fn alike(problems: Vec<&Problem>) -> Vec<Vec<&Problem>> {
    let mut places: BTreeMap<(Code, &str, &str), usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Problem>> = Vec::new();
    for problem in problems {
        let words = (
            problem.code,
            problem.detail.as_str(),
            problem.consequence.as_str(),
        );
        let at = *places.entry(words).or_insert(groups.len());
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
    rows.sort_by_key(|(code, count)| (Reverse(*count), *code));
    let (asking, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(code, _)| asks(*code));
    let asking = asking.into_iter().map(kind_row);
    asking.chain(nothing_to_do(&others)).collect()
}

/// Whether there is something to do about it, if only in some cases.
fn asks(code: Code) -> bool {
    let advice = code.advice();
    !["Nothing to do.", "Nothing to do:"]
        .iter()
        .any(|quiet| advice.starts_with(quiet))
}

/// The kinds about which there is nothing to do: one row. None without any.
fn nothing_to_do(kinds: &[(Code, usize)]) -> Option<Vec<Line>> {
    if let [one] = kinds {
        return Some(kind_row(*one));
    }
    let named = kinds
        .iter()
        .map(|(code, count)| Line::new().code(code.as_str()).text(format!(" {count} ×")));
    let named = Line::joined(named, ", ");
    let all: usize = kinds.iter().map(|(_, count)| count).sum();
    (!kinds.is_empty()).then(|| vec![named, format!("{all} ×").into(), "Nothing to do.".into()])
}

fn kind_row((code, count): (Code, usize)) -> Vec<Line> {
    let (kind, often) = (Line::new().code(code.as_str()), format!("{count} ×"));
    vec![kind, often.into(), Line::prose(code.advice())]
}

/// Worst first; kinds that every export is full of only count.
fn loud(problems: &[Problem]) -> Vec<&Problem> {
    let mut loud: Vec<&Problem> = problems.iter().filter(|p| !p.code.is_quiet()).collect();
    loud.sort_by_key(|problem| {
        (
            is_calm(problem),
            Reverse(problem.effect),
            problem.code,
            &problem.place,
        )
    });
    loud
}

fn is_calm(problem: &Problem) -> bool {
    matches!(problem.effect, Effect::Skipped | Effect::Noted)
}

fn row(group: &[&Problem]) -> Vec<Line> {
    let words = |of: fn(&Problem) -> &str| {
        let first = group.first();
        first.map_or(Line::new(), |problem| sentence(of(problem)).into())
    };
    vec![
        named(group).into(),
        words(|problem| &problem.detail),
        words(|problem| &problem.consequence),
    ]
}

/// `a.fit, b.fit and 3 more`.
fn named(group: &[&Problem]) -> String {
    let places = first_places(group);
    match group.len().saturating_sub(NAMED) {
        0 => places,
        more => format!("{places} and {more} more"),
    }
}

fn first_places(group: &[&Problem]) -> String {
    let first = group.iter().take(NAMED);
    let places: Vec<&str> = first.map(|problem| problem.place.as_str()).collect();
    places.join(", ")
}
