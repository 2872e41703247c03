//! How loud a finding is.

use schemars::JsonSchema;
use serde::Serialize;

/// How loud a finding is. The order is the order of the report, quietest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth a smile.
    Good,
    /// Information.
    Note,
    /// Keep an eye on it.
    Watch,
    /// Lighter days.
    EaseOff,
    /// A doctor or physiotherapist should have a look.
    SeeSomeone,
    /// The same day.
    Urgent,
    /// Now.
    Emergency,
}

impl Severity {
    /// Every level, quietest first.
    pub const ALL: &[Severity] = &[
        Severity::Good,
        Severity::Note,
        Severity::Watch,
        Severity::EaseOff,
        Severity::SeeSomeone,
        Severity::Urgent,
        Severity::Emergency,
    ];

    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Good => "good",
            Severity::Note => "note",
            Severity::Watch => "watch",
            Severity::EaseOff => "ease-off",
            Severity::SeeSomeone => "see-someone",
            Severity::Urgent => "urgent",
            Severity::Emergency => "emergency",
        }
    }

    /// The level of a name used in files. None for a name that this niggle does not know.
    pub fn of(name: &str) -> Option<Severity> {
        let mut all = Severity::ALL.iter().copied();
        all.find(|severity| severity.as_str() == name)
    }

    /// How it is said to the runner.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Good => "Good",
            Severity::Note => "For information",
            Severity::Watch => "Keep an eye on it",
            Severity::EaseOff => "Ease off",
            Severity::SeeSomeone => "Have it looked at",
            Severity::Urgent => "Today",
            Severity::Emergency => "Now",
        }
    }
}
