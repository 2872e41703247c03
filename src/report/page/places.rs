//! What is said of each place: what is asked of it once, by the loudest finding; the others give their facts as reasons.

use super::{
    block::{Block, Item, Line},
    card,
    finding::{as_said, brackets, fact, title, when},
};
use crate::{
    analysis::Analysis,
    pain::site_text,
    report::verdict::Verdict,
    rules::{Finding, ladder::Rung},
    words::sentence_case,
};

/// The findings of these days, by place; of one rule at a place the loudest, the others folded below.
pub(super) fn by_place(analysis: &Analysis, verdict: &Verdict) -> Vec<Block> {
    let (mut items, mut folded) = (Vec::new(), Vec::new());
    for rung in &verdict.rungs {
        let (shown, more) = loudest(rung);
        items.extend(of_place(analysis, verdict, rung, &shown));
        folded.extend(more);
    }
    let list = Block::list(items).into_iter();
    list.chain(of_other_days(&folded, analysis)).collect()
}

/// Of each rule the loudest, and the others.
fn loudest<'a>(rung: &Rung<'a>) -> (Vec<&'a Finding>, Vec<&'a Finding>) {
    let (mut shown, mut more): (Vec<&Finding>, Vec<&Finding>) = Default::default();
    for finding in rung.findings.iter().copied() {
        match shown.iter().any(|other| other.rule == finding.rule) {
            true => more.push(finding),
            false => shown.push(finding),
        }
    }
    (shown, more)
}

fn of_other_days(folded: &[&Finding], analysis: &Analysis) -> Option<Block> {
    let list = Block::list(folded.iter().map(|finding| fact(finding, analysis)))?;
    let title = format!("{} more of these patterns, of other days", folded.len());
    Some(Block::fold(title, vec![list]))
}

/// What is said of one place. None where nothing of it is shown.
fn of_place(
    analysis: &Analysis,
    verdict: &Verdict,
    rung: &Rung,
    shown: &[&Finding],
) -> Option<Item> {
    let first = shown.first()?;
    if speaks_alone(rung, first) {
        return Some(of_one_rule(analysis, verdict, rung, first));
    }
    let said = format!(" — {}{}", label(rung), asked(rung, verdict));
    let line = Line::new().strong(name(rung, first)).text(said);
    let reasons = shown
        .iter()
        .map(|finding| reason(finding, analysis, verdict).into());
    Some(Item::with(line, reasons.collect()))
}

/// How loud it is, inside a sentence.
fn label(rung: &Rung) -> String {
    rung.severity().label().to_lowercase()
}

/// Whether a finding leads its place and no other rule speaks of it.
fn speaks_alone(rung: &Rung, first: &Finding) -> bool {
    rung.lead().is_some_and(|lead| std::ptr::eq(lead, first))
        && rung
            .findings
            .iter()
            .all(|finding| finding.rule == first.rule)
}

/// A place of which one rule alone speaks.
fn of_one_rule(analysis: &Analysis, verdict: &Verdict, rung: &Rung, first: &Finding) -> Item {
    let said = said_of(analysis, verdict, rung, first);
    labelled(rung, &said).line(brackets(first, analysis)).into()
}

/// What is said of the rung of one rule.
fn said_of(analysis: &Analysis, verdict: &Verdict, rung: &Rung, first: &Finding) -> String {
    match verdict.is_at_top(first) {
        true => of_the_top(analysis, verdict, first),
        false => when(first) + &rung.text(),
    }
}

/// The words behind how severe the rung is.
fn labelled(rung: &Rung, said: &str) -> Line {
    Line::new()
        .strong(rung.severity().label())
        .text(format!(" — {said} "))
}

/// The place, the body, or what the rule looks for.
fn name(rung: &Rung, first: &Finding) -> String {
    let name = match rung.place {
        Some((site, side)) => site_text(site, side),
        None if rung.is_of_the_body() => "the whole body".to_string(),
        None => title(first).to_string(),
    };
    sentence_case(&name)
}

/// What is asked of a place, or where it was said.
fn asked(rung: &Rung, verdict: &Verdict) -> String {
    let Some(lead) = rung.lead() else {
        return String::new();
    };
    if verdict.is_at_top(lead) {
        ", as said at the top:".to_string()
    } else if rung.instruction.is_empty() {
        ":".to_string()
    } else {
        format!(". {}", rung.instruction)
    }
}

/// A fact of a place that asks for nothing by itself.
fn reason(finding: &Finding, analysis: &Analysis, verdict: &Verdict) -> Line {
    match verdict.is_at_top(finding) {
        true => Line::from(of_the_top(analysis, verdict, finding) + " ")
            .line(brackets(finding, analysis)),
        false => fact(finding, analysis),
    }
}

/// What stands at the top is not said again, unless the course of the place stands there in its stead.
fn of_the_top(analysis: &Analysis, verdict: &Verdict, finding: &Finding) -> String {
    match card::tells_by_course(analysis, verdict, finding) {
        true => when(finding) + &finding.message,
        false => as_said(finding),
    }
}
