//! What the report was compared with.

use super::{Document, Finding, Keys};
use crate::{pain::Side, rules::Severity};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The report before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Since {
    /// The day it spoke from.
    pub as_of: NaiveDate,
    /// What it asked about, each rule and place once.
    pub told: Vec<Told>,
}

/// What one rule said of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// The rule's id.
    pub rule: String,
    /// The site's word. None for findings that are not about pain.
    pub site: Option<String>,
    /// The side's word. None likewise.
    #[schemars(with = "Option<Side>")]
    pub side: Option<String>,
    /// How loud: [`Severity::as_str`].
    #[schemars(with = "Severity")]
    pub severity: String,
}

impl Told {
    /// How loud. None for a word that this niggle does not know.
    pub fn loudness(&self) -> Option<Severity> {
        Severity::of(&self.severity)
    }
}

impl Since {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(&["as_of"], "The day that report spoke from."),
        Keys::each(
            &["told"],
            "Its current findings from watch on, each rule and place once.",
            Told::KEYS,
        ),
    ];
}

impl Told {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[Keys::of(
        &["rule", "site", "side", "severity"],
        "As in `findings`.",
    )];
}

impl Document {
    /// Its current findings that ask for something, of each rule and place the loudest.
    pub(in crate::report) fn told(&self) -> Vec<Told> {
        let mut all: Vec<Told> = Vec::new();
        for finding in self.findings.iter().filter(|finding| finding.current) {
            all.extend(told(finding).filter(|told| is_new(told, &all)));
        }
        all
    }
}

/// Whether none of them is of the same rule and place.
fn is_new(told: &Told, all: &[Told]) -> bool {
    !all.iter().any(|other| is_same(other, told))
}

fn is_same(a: &Told, b: &Told) -> bool {
    (&a.rule, &a.site, &a.side) == (&b.rule, &b.site, &b.side)
}

fn told(finding: &Finding) -> Option<Told> {
    (finding.loudness()? >= Severity::Watch).then(|| Told {
        rule: finding.rule.clone(),
        site: finding.site.clone(),
        side: finding.side.clone(),
        severity: finding.severity.clone(),
    })
}
