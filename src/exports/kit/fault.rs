//! What can be wrong with an entry of an export, and how it is told.

use crate::problem::{Code, Effect};

/// What can be wrong with an entry or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::exports) enum Fault {
    /// It is no JSON object, or a row that is not whole.
    Unreadable,
    /// There are more than are read.
    TooMany,
    /// An activity without a time.
    NoStart,
    /// A night or a measurement without a day.
    NoDate,
    /// A value that is no number or impossible in its field.
    BadValue,
    /// An offset that no zone has.
    OddOffset,
    /// A start that only the file's name has.
    StartFromName,
}

impl Fault {
    /// What it is and what it means for the file.
    pub(in crate::exports) fn kind(self) -> (Code, Effect) {
        match self {
            Fault::Unreadable | Fault::NoDate => (Code::ExportDamaged, Effect::PartLost),
            Fault::TooMany => (Code::TooLarge, Effect::PartLost),
            Fault::NoStart => (Code::NoTime, Effect::PartLost),
            Fault::BadValue => (Code::BadValue, Effect::Repaired),
            Fault::OddOffset => (Code::BadUtcOffset, Effect::Noted),
            Fault::StartFromName => (Code::NoTime, Effect::Noted),
        }
    }

    /// What is wrong.
    pub(in crate::exports) fn detail(self) -> &'static str {
        match self {
            Fault::Unreadable => "an entry cannot be read",
            Fault::TooMany => "there are too many entries",
            Fault::NoStart => "an activity has no usable start",
            Fault::NoDate => "an entry has no usable date",
            Fault::BadValue => "a value cannot be",
            Fault::OddOffset => "no zone has this offset",
            Fault::StartFromName => "the start stands in the file's name alone",
        }
    }

    /// What niggle did.
    pub(in crate::exports) fn consequence(self) -> &'static str {
        match self {
            Fault::Unreadable => "The other entries were used.",
            Fault::TooMany => "Those before were used.",
            Fault::NoStart => "Such activities were left out.",
            Fault::NoDate => "Such entries were left out.",
            Fault::BadValue => "Such values count as not measured.",
            Fault::OddOffset => "Only the moment was used.",
            Fault::StartFromName => "It was taken from there.",
        }
    }
}
