//! The card: what is asked first, in one line, with its facts and one instruction; or what is known where nothing is asked.

use super::block::{Block, Card, Line, Target, Tone};
use crate::{
    analysis::Analysis,
    pain::site_text,
    report::verdict::{self, Verdict},
    rules::{self, Finding, Severity, ladder::Rung},
    words::sentence_case,
};

/// Headlines of one place that stand in the title.
const IN_TITLE: usize = 2;

/// The card.
pub(super) fn block(analysis: &Analysis, verdict: &Verdict) -> Block {
    let card = match verdict.asked().next() {
        Some(first) => asking(verdict, first),
        None => quiet(analysis, verdict),
    };
    Block::Card(card)
}

fn asking(verdict: &Verdict, first: &Rung) -> Card {
    let others = verdict.at_top().skip(1).map(other);
    Card {
        tone: tone(first.severity()),
        label: first.severity().label().to_string(),
        title: title(first).into(),
        facts: facts(first),
        instruction: instruction(first),
        others: others.chain(known(verdict)).collect(),
        links: links(first),
    }
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Emergency | Severity::Urgent | Severity::SeeSomeone => Tone::Look,
        Severity::EaseOff | Severity::Watch => Tone::Ease,
        Severity::Note | Severity::Good => Tone::Open,
    }
}

/// `Right shin: one sore spot on a bone, and it hurts even at rest`.
fn title(rung: &Rung) -> String {
    let headlines = headlines(rung).join("; ");
    match rung.place {
        Some((site, side)) => format!("{}: {headlines}", sentence_case(&site_text(site, side))),
        None => sentence_case(&headlines),
    }
}

/// What decides, and what of the same kind is beside it.
fn headlines(rung: &Rung) -> Vec<&'static str> {
    let mut said: Vec<&'static str> = Vec::new();
    let is_as_loud = |finding: &&&Finding| {
        finding.severity == rung.severity() && rules::is_red_flag(finding.rule)
    };
    let others = rung.findings.iter().skip(1).filter(is_as_loud);
    for finding in rung.findings.first().into_iter().chain(others) {
        let headline = rules::rule(finding.rule).map_or(finding.rule, |rule| rule.headline);
        if !said.contains(&headline) {
            said.push(headline);
        }
    }
    said.truncate(IN_TITLE);
    said
}

/// The facts of the finding that decides.
fn facts(rung: &Rung) -> Vec<Line> {
    let lead = rung.lead().map(|lead| Line::from(lead.message.as_str()));
    lead.into_iter().collect()
}

fn instruction(rung: &Rung) -> Option<Line> {
    (!rung.instruction.is_empty()).then(|| Line::new().strong(rung.instruction))
}

/// `**Keep an eye on it:** You slept …`
fn other(rung: &Rung) -> Line {
    let label = format!("{}:", rung.severity().label());
    Line::new().strong(label).text(" ").text(rung.text())
}

fn known(verdict: &Verdict) -> impl Iterator<Item = Line> {
    verdict.known.iter().map(|said| Line::from(said.as_str()))
}

/// Why niggle says so; and, where someone is to look at it, what to hand over.
fn links(first: &Rung) -> Vec<Line> {
    let sheet = (first.severity() >= Severity::SeeSomeone)
        .then(|| Line::new().link(Target::Section("sheet"), "Sheet to hand over"));
    let why = first
        .lead()
        .map(|lead| Line::new().link(Target::Rule(lead.rule), "Why niggle says so"));
    sheet.into_iter().chain(why).collect()
}

/// Nothing is asked: the one sentence of comfort, or what keeps it from being said.
fn quiet(analysis: &Analysis, verdict: &Verdict) -> Card {
    let mut facts: Vec<Line> = known(verdict).collect();
    let title = match &verdict.calm {
        Some(_) => "Nothing to ask about".to_string(),
        None if analysis.pain.place.is_none() => {
            "Your running only: there is no pain log".to_string()
        }
        None => "Nothing is asked, and not everything is known".to_string(),
    };
    facts.extend(verdict.calm_text().map(Line::from));
    let begins = analysis.pain.place.is_none().then(begin);
    Card {
        tone: if verdict.calm.is_some() {
            Tone::Calm
        } else {
            Tone::Open
        },
        label: verdict::LATELY.to_string(),
        title: title.into(),
        facts,
        instruction: begins,
        others: Vec::new(),
        links: Vec::new(),
    }
}

/// How to begin a pain log.
fn begin() -> Line {
    Line::from("To learn about pain: one line a day, ten seconds. ")
        .code("niggle pain init pain.csv")
        .text(" makes a file to begin with; a day without pain is a line too.")
}
