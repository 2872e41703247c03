//! What a rule says: a finding, all clear, or that it could not judge.

use crate::{
    pain::{Side, Site},
    rules::{Rule, Severity},
    units::Unit,
};
use chrono::NaiveDate;

/// What a rule has to say.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Something to look at.
    Flagged(Finding),
    /// Something worth saying because it is good.
    Good(Finding),
    /// Looked, and found nothing.
    Clear,
    /// Too little data to say; the text names what is missing. Never shown as "fine".
    NotJudged(String),
}

impl Outcome {
    /// Whether it holds a finding.
    pub fn is_finding(&self) -> bool {
        matches!(self, Outcome::Flagged(_) | Outcome::Good(_))
    }

    /// Too little data; `why` names what is missing.
    pub(in crate::rules) fn not_judged(why: impl Into<String>) -> Outcome {
        Outcome::NotJudged(why.into())
    }
}

/// One finding: a rule, when, the numbers, and a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How loud.
    pub severity: Severity,
    /// What of the rule was seen, in a few words. None: what the rule says of all its findings.
    pub called: Option<&'static str>,
    /// First day it is about.
    pub from: NaiveDate,
    /// Last day it is about.
    pub to: NaiveDate,
    /// The value that was judged, in `unit`.
    pub observed: Option<f64>,
    /// The limit it was judged against, in `unit`.
    pub limit: Option<f64>,
    /// Unit of both.
    pub unit: Unit,
    /// Whether the message tells the observed value, so that it need not stand beside it.
    pub tells_observed: bool,
    /// Whether the message tells these days, first to last, so that they need not stand before it.
    pub tells_days: bool,
    /// The site, for findings about pain.
    pub site: Option<Site>,
    /// The side.
    pub side: Option<Side>,
    /// The runs it is about.
    pub run_ids: Vec<String>,
    /// The facts the runner reads, in whole sentences.
    pub message: String,
    /// What to do and by when, in whole sentences; empty where the finding asks for nothing. A report that lets a louder
    /// finding of the same place decide what is asked leaves it out.
    pub instruction: String,
}

impl Finding {
    /// A finding over some days, without numbers, a place, runs and words; words that tell the number and the days, unless it says so.
    pub fn on(rule: &Rule, severity: Severity, from: NaiveDate, to: NaiveDate) -> Finding {
        Finding {
            rule: rule.id,
            severity,
            called: None,
            from,
            to,
            observed: None,
            limit: None,
            unit: Unit::None,
            tells_observed: true,
            tells_days: true,
            site: None,
            side: None,
            run_ids: Vec::new(),
            message: String::new(),
            instruction: String::new(),
        }
    }

    /// What it says in a few words, after its place and a colon: `it hurts even at rest`.
    pub fn headline(&self) -> &'static str {
        self.called
            .unwrap_or_else(|| crate::rules::headline(self.rule))
    }

    /// The facts and what to do, as one text.
    pub fn text(&self) -> String {
        [&self.message, &self.instruction]
            .map(String::as_str)
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A rule that had too little data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotJudged {
    /// The rule's id.
    pub rule: &'static str,
    /// What is missing.
    pub why: String,
}
