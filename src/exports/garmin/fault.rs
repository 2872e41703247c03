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
    /// Code, effect, what is wrong, and what niggle did.
    pub(super) fn text(self) -> (Code, Effect, &'static str, &'static str) {
        use {Code::*, Effect::*};
        match self {
            Fault::Unreadable => (
                ExportDamaged,
                PartLost,
                "an entry cannot be read",
                "The other entries were used.",
            ),
            Fault::TooMany => (
                TooLarge,
                PartLost,
                "there are too many entries",
                "Those before were used.",
            ),
            Fault::Encoding => (
                TextEncoding,
                Noted,
                "a text is not UTF-8",
                "Broken characters were replaced.",
            ),
            Fault::NoStart => (
                NoTime,
                PartLost,
                "an activity has no usable start",
                "Such activities were left out.",
            ),
            Fault::NoDate => (
                ExportDamaged,
                PartLost,
                "an entry has no usable date",
                "Such entries were left out.",
            ),
            Fault::NoNumber => (
                ExportDamaged,
                PartLost,
                "an entry lacks its number",
                "Such entries were left out.",
            ),
            Fault::BadValue => (
                BadValue,
                Repaired,
                "a value cannot be",
                "Such values count as not measured.",
            ),
            Fault::OddOffset => (
                BadUtcOffset,
                Noted,
                "no zone has this offset",
                "Only the moment was used.",
            ),
            Fault::OddLocal => (
                BadUtcOffset,
                Noted,
                "expected a local start from 1990 to 2100, found another",
                "Only the moment was used.",
            ),
            Fault::InMetres => (
                BadValue,
                Repaired,
                "by time and mean speed a distance is in m, not in cm",
                "It was read so.",
            ),
            Fault::OddSpeed => (
                DistanceMismatch,
                Noted,
                "distance, time and mean speed do not fit",
                "The first two were used.",
            ),
        }
    }
}
