//! What can be wrong with an entry of Garmin's lists, and how it is told.

use crate::problem::{Code, Effect};

/// What can be wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// It is no JSON object.
    Unreadable,
    /// There are more than [`super::reader::ENTRIES_MAX`].
    TooMany,
    /// Bytes that are no UTF-8.
    Encoding,
    /// An activity without a time.
    NoStart,
    /// A night or a weight without a day.
    NoDate,
    /// Gear, or a link to it, without its number.
    NoNumber,
    /// A value that is no number or impossible in its field.
    BadValue,
    /// An offset that no zone has.
    OddOffset,
    /// A local start that is no moment of these years.
    OddLocal,
    /// A distance in metres.
    InMetres,
    /// A distance that does not go with time and speed.
    OddSpeed,
}

impl Fault {
    /// What it is and what it means for the file.
    pub(super) fn kind(self) -> (Code, Effect) {
        match self {
            Fault::Unreadable | Fault::NoDate | Fault::NoNumber => {
                (Code::ExportDamaged, Effect::PartLost)
            }
            Fault::TooMany => (Code::TooLarge, Effect::PartLost),
            Fault::Encoding => (Code::TextEncoding, Effect::Noted),
            Fault::NoStart => (Code::NoTime, Effect::PartLost),
            Fault::BadValue | Fault::InMetres => (Code::BadValue, Effect::Repaired),
            Fault::OddOffset | Fault::OddLocal => (Code::BadUtcOffset, Effect::Noted),
            Fault::OddSpeed => (Code::DistanceMismatch, Effect::Noted),
        }
    }

    /// What is wrong.
    pub(super) fn detail(self) -> &'static str {
        match self {
            Fault::Unreadable => "an entry cannot be read",
            Fault::TooMany => "there are too many entries",
            Fault::Encoding => "a text is not UTF-8",
            Fault::NoStart => "an activity has no usable start",
            Fault::NoDate => "an entry has no usable date",
            Fault::NoNumber => "an entry lacks its number",
            Fault::BadValue => "a value cannot be",
            Fault::OddOffset => "no zone has this offset",
            Fault::OddLocal => "expected a local start from 1990 to 2100, found another",
            Fault::InMetres => "by time and mean speed a distance is in m, not in cm",
            Fault::OddSpeed => "distance, time and mean speed do not fit",
        }
    }

    /// What niggle did.
    pub(super) fn consequence(self) -> &'static str {
        match self {
            Fault::Unreadable => "The other entries were used.",
            Fault::TooMany => "Those before were used.",
            Fault::Encoding => "Broken characters were replaced.",
            Fault::NoStart => "Such activities were left out.",
            Fault::NoDate | Fault::NoNumber => "Such entries were left out.",
            Fault::BadValue => "Such values count as not measured.",
            Fault::OddOffset | Fault::OddLocal => "Only the moment was used.",
            Fault::InMetres => "It was read so.",
            Fault::OddSpeed => "The first two were used.",
        }
    }
}
