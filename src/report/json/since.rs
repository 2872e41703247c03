//! What the report was compared with, and what came of it.

use super::{
    Document, Keys,
    compare::{self, Changes, Moved, changes},
    told::Told,
};
use crate::rules::Severity;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// From this loudness on something is asked, and its coming and going is told.
pub const ASKING: Severity = Severity::Watch;

/// The report before, and how the findings of this one differ from its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
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

impl Document {
    /// Its current findings from this loudness on, of each rule and place the loudest, loudest first.
    pub fn told(&self, least: Severity) -> Vec<Told> {
        compare::told(&self.findings, least)
    }
}
