//! What stands behind what is said: of each pattern the report tells of, why a runner would want to know it, and what the evidence is;
//! common medical advice told from studies.

use super::block::{Block, Item, Line, Look, Section};
use crate::{
    analysis::Analysis,
    rules::{RULES, Rule, Stance},
};
use std::collections::BTreeSet;

/// The section.
pub(super) fn section(analysis: &Analysis) -> Section {
    let told = told(analysis);
    let is_told = |rule: &&&Rule| told.contains(rule.id);
    let (advice, studied): (Vec<&Rule>, Vec<&Rule>) = RULES
        .iter()
        .copied()
        .filter(|rule| is_told(&rule))
        .partition(|rule| rule.evidence.stance == Stance::CommonAdvice);
    let kinds = [
        ("Common medical advice", ADVICE, advice),
        ("From studies of runners", STUDIES, studied),
    ];
    let parts = kinds.into_iter().filter(|(.., rules)| !rules.is_empty());
    let parts = parts.map(|(title, says, rules)| kind(title, says, &rules));
    Section::new("evidence", "Evidence", parts.collect()).looking(Look::Deep("rules.md"))
}

const ADVICE: &str = "What every doctor would tell you: no study of runners stands behind these, and none is needed.";
const STUDIES: &str =
    "How strong a study is says how far to trust the pattern, not how likely trouble is for you.";

/// The rules that said something.
fn told(analysis: &Analysis) -> BTreeSet<&str> {
    analysis
        .findings
        .iter()
        .map(|finding| finding.rule)
        .collect()
}

fn kind(title: &str, says: &str, rules: &[&Rule]) -> Block {
    let parts = rules.iter().map(|rule| part(rule));
    let blocks = std::iter::once(Block::paragraph(says)).chain(parts);
    Block::Part(Section::untargeted(title, blocks.collect()))
}

fn part(rule: &Rule) -> Block {
    let evidence = rule.evidence;
    let sources = evidence
        .sources
        .iter()
        .map(|source| Item::from(Line::prose(source)));
    let strength = Line::new()
        .strong(strength(evidence.stance))
        .text(" ")
        .line(Line::prose(evidence.says));
    let blocks = vec![
        Block::Paragraph(Line::prose(rule.why)),
        Block::List(vec![Item::with(strength, sources.collect())]),
    ];
    Block::Part(Section::new(rule.id, rule.title, blocks))
}

fn strength(stance: Stance) -> String {
    match stance {
        Stance::CommonAdvice => "Advice:".to_string(),
        graded => format!("Evidence, {}:", graded.as_str()),
    }
}
