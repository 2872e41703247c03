//! Who takes no part, and why.

use crate::associate::cohort::Remark;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why somebody takes no part, in the order in which it is found out.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// There is a list, and it does not name them.
    NotListed,
    /// The id is that of two rows that say different things.
    Doubled,
    /// They did not agree, or nobody wrote down that they did.
    NoConsent,
    /// The follow-up ends before it begins.
    NegativeFollowUp,
    /// The same recordings are somebody else's as well.
    SameRecordings,
    /// Nothing was recorded, as far as anybody says.
    NoRecordings,
    /// A link, and links are not followed.
    Link,
    /// What there is cannot be read.
    Unreadable,
    /// Nothing that was read is a run.
    NoRun,
    /// There is no pain log.
    NoLog,
    /// The pain log cannot be understood.
    UnusableLog,
    /// Log and recordings share no day of the follow-up.
    NotWatched,
    /// The same as another in all that is counted.
    Copy,
}

impl Why {
    /// Every reason.
    pub const ALL: [Why; 13] = [
        Why::NotListed,
        Why::Doubled,
        Why::NoConsent,
        Why::NegativeFollowUp,
        Why::SameRecordings,
        Why::NoRecordings,
        Why::Link,
        Why::Unreadable,
        Why::NoRun,
        Why::NoLog,
        Why::UnusableLog,
        Why::NotWatched,
        Why::Copy,
    ];

    /// In a few words.
    pub fn title(self) -> &'static str {
        match self {
            Why::NotListed => "not in the list of athletes",
            Why::Doubled => "the same id in several rows",
            Why::NoConsent => "no consent",
            Why::NegativeFollowUp => "follow-up ends before it begins",
            Why::SameRecordings => "recordings of two ids",
            Why::NoRecordings => "no recordings",
            Why::Link => "a link, not followed",
            Why::Unreadable => "could not be read",
            Why::NoRun => "no usable run",
            Why::NoLog => "no pain log",
            Why::UnusableLog => "pain log not understood",
            Why::NotWatched => "log and recordings share no day",
            Why::Copy => "the same as another",
        }
    }
}

/// Somebody who takes no part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Out {
    /// What they are called.
    pub id: String,
    /// Why.
    pub why: Why,
    /// The same in words that follow the id and a colon.
    pub what: String,
}

impl Out {
    /// Somebody, for a reason whose words say more.
    pub fn new(id: &str, why: Why, what: impl Into<String>) -> Out {
        Out {
            id: id.to_string(),
            why,
            what: what.into(),
        }
    }

    /// As it stands in a report.
    pub fn remark(&self) -> Remark {
        Remark::new(&self.id, self.what.clone())
    }
}
