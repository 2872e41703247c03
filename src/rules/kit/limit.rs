//! One threshold of a rule: its default, what it may be changed to, and why it has that value.

use schemars::JsonSchema;
use serde::Serialize;

/// One threshold of a rule.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct Limit {
    /// Name with unit, unique inside its rule and stable (`minimum_distance_m`); options write it with `-`.
    pub key: &'static str,
    /// The default.
    pub value: f64,
    /// What it may be changed to.
    pub change: Change,
    /// Why this value.
    pub why: &'static str,
}

/// What a limit may be changed to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Any number from the first to the second.
    Within(f64, f64),
    /// Any whole number from the first to the second: what is counted cannot be split.
    Whole(f64, f64),
    /// Nothing; the text says why, without a full stop.
    Fixed(&'static str),
}

impl Change {
    /// For the limits of every rule that stands in the triage table.
    pub const TRIAGE: Change =
        Change::Fixed("the triage table rests on it, and no setting may quieten an alarm");
    /// For the gates of the statistics.
    pub const STATISTICS: Change = Change::Fixed(
        "the statistics were fixed before anything was tested, and would mean less otherwise",
    );

    /// `from 0 to 1000`, or why not. Reads after "can be", or after "cannot be changed:".
    pub(super) fn words(self) -> String {
        match self {
            Change::Within(least, most) => format!("a number from {least} to {most}"),
            Change::Whole(least, most) => format!("a whole number from {least} to {most}"),
            Change::Fixed(why) => why.to_string(),
        }
    }

    pub(super) fn allows(self, value: f64) -> bool {
        match self {
            Change::Within(least, most) => (least..=most).contains(&value),
            Change::Whole(least, most) => (least..=most).contains(&value) && value.fract() == 0.0,
            Change::Fixed(_) => false,
        }
    }
}
