//! What stands behind a rule, and how far it carries.

use schemars::JsonSchema;
use serde::Serialize;

/// What the literature says about a rule, graded as in [`crate::method::rules`], Grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// Several sound studies or an accepted definition.
    Strong,
    /// One large cohort, or consensus with some trials.
    Moderate,
    /// Small studies, mechanism or custom.
    Weak,
    /// Studies disagree with the claim or with each other.
    Contested,
    /// Describes the runner's own data; claims nothing.
    Descriptive,
    /// Public health services, reviews or clinical pathways tell everyone so; no study of a flag's value in runners.
    CommonAdvice,
}

/// The evidence behind a rule.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct Evidence {
    /// How far it carries.
    pub stance: Stance,
    /// What the sources really say, in plain words, with their numbers.
    pub says: &'static str,
    /// The sources, each as author, year, journal, identifier where known.
    pub sources: &'static [&'static str],
}

impl Stance {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Strong => "strong",
            Stance::Moderate => "moderate",
            Stance::Weak => "weak",
            Stance::Contested => "contested",
            Stance::Descriptive => "descriptive",
            Stance::CommonAdvice => "common-advice",
        }
    }

    /// The words the report uses: `evidence moderate`, or `common medical advice`, which is no grade of evidence.
    pub fn words(self) -> String {
        match self {
            Stance::CommonAdvice => "common medical advice".to_string(),
            graded => format!("evidence {}", graded.as_str()),
        }
    }
}
