//! What the report was compared with, and what came of it.

use super::{
    Document, Finding, Keys,
    compare::{self, Changes, Moved, changes, without_day},
};
use crate::rules::Severity;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// From this loudness on something is asked, and its coming and going is told.
pub const ASKING: Severity = Severity::Watch;

/// The report before, and how the findings of this one differ from its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Since {
    /// The day it spoke from.
    pub as_of: NaiveDate,
    /// What it said, each rule and place once.
    pub told: Vec<Told>,
    /// Ids of findings that it did not have.
    #[serde(default)]
    pub new: Vec<String>,
    /// … that it had less loud.
    #[serde(default)]
    pub louder: Vec<String>,
    /// … that it had louder.
    #[serde(default)]
    pub quieter: Vec<String>,
    /// Ids of what it said and this one does not.
    #[serde(default)]
    pub gone: Vec<String>,
}

/// What one rule said of one place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Told {
    /// The id of the loudest such finding. Empty in a file of an earlier niggle.
    #[serde(default)]
    pub id: String,
    /// The rule's id.
    pub rule: String,
    /// The site's word. None for findings that are not about pain.
    pub site: Option<String>,
    /// The side's word. None likewise.
    pub side: Option<String>,
    /// How loud: [`Severity::as_str`].
    pub severity: String,
    /// Its place and what it says in a few words. Empty in a file of an earlier niggle.
    #[serde(default)]
    pub headline: String,
}

impl Told {
    /// How loud. None for a word that this niggle does not know.
    pub fn loudness(&self) -> Option<Severity> {
        Severity::of(&self.severity)
    }

    /// What it is known by from report to report: its id without the day, as `pain-high/right-shin`.
    pub fn key(&self) -> String {
        if !self.id.is_empty() {
            return without_day(&self.id);
        }
        let place = [self.side.as_deref(), self.site.as_deref()];
        let place: Vec<&str> = place.into_iter().flatten().collect();
        match place.is_empty() {
            true => self.rule.clone(),
            false => format!("{}/{}", self.rule, place.join("-")),
        }
    }

    /// What it says in a few words; the rule's id where an earlier niggle kept none.
    pub fn words(&self) -> &str {
        if self.headline.is_empty() {
            &self.rule
        } else {
            &self.headline
        }
    }
}

impl From<&Finding> for Told {
    fn from(finding: &Finding) -> Told {
        Told {
            id: finding.id.clone(),
            rule: finding.rule.clone(),
            site: finding.site.clone(),
            side: finding.side.clone(),
            severity: finding.severity.clone(),
            headline: finding.headline.clone(),
        }
    }
}

impl Since {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(&["as_of"], "The day that report spoke from."),
        Keys::each(
            &["told"],
            "Its current findings from note on, each rule and place once with its loudest.",
            Told::KEYS,
        ),
        Keys::of(
            &["new", "louder", "quieter"],
            "Ids of current `findings` from watch on that it did not have, or had less loud, or louder; one that was at watch or above \
             and is a note now is quieter. A finding is known again by its id without the day.",
        ),
        Keys::of(
            &["gone"],
            "Ids in `told`, from watch on, of what is no longer current.",
        ),
    ];

    /// The report before, compared with nothing yet.
    pub fn new(as_of: NaiveDate, told: Vec<Told>) -> Since {
        Since {
            as_of,
            told,
            ..Since::default()
        }
    }

    /// How what is said now differs from it.
    pub fn changes(&self, now: &[Told]) -> Changes {
        changes(&self.told, now, ASKING)
    }

    /// The same, compared with what is said now.
    pub(super) fn compared(&self, now: &[Told]) -> Since {
        let changes = self.changes(now);
        let moved = |all: &[Moved]| all.iter().map(|moved| moved.now.id.clone()).collect();
        let ids = |all: &[Told]| all.iter().map(|told| told.id.clone()).collect();
        Since {
            new: ids(&changes.new),
            louder: moved(&changes.louder),
            quieter: moved(&changes.quieter),
            gone: ids(&changes.gone),
            ..Since::new(self.as_of, self.told.clone())
        }
    }
}

impl Told {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[Keys::of(
        &["id", "rule", "site", "side", "severity", "headline"],
        "As in `findings`; `id` and `headline` are empty where an earlier niggle did not write them.",
    )];
}

impl Document {
    /// Its current findings from this loudness on, of each rule and place the loudest, loudest first.
    pub fn told(&self, least: Severity) -> Vec<Told> {
        compare::told(&self.findings, least)
    }
}
