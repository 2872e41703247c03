//! The files of Garmin's account export ("Export Your Data") that say something beside the recordings ([`crate::method::formats`], Garmin export).

mod activities;
mod athlete;
mod entry;
mod fault;
mod gear;
mod reader;
mod sleep;
mod sport;

use super::{
    export::{Basis, Export, Said},
    facts::Facts,
    kit::{has_keys, note_total_loss},
};
use crate::{
    decode::HEAD_BYTES,
    problem::{Code, Effect, Problem},
    text::json::Piece,
};

/// The files niggle reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Activities,
    Gear,
    Sleep,
    Zones,
    Biometrics,
}

/// Keys that occur in one kind of file only, all of a line together; and how such files are called.
const KINDS: &[(Kind, &[&str], &str)] = &[
    (
        Kind::Activities,
        &["summarizedActivitiesExport"],
        "_summarizedActivities.json",
    ),
    (Kind::Gear, &["gearDTOS"], "_gear.json"),
    (Kind::Gear, &["gearActivityDTOs"], "_gear.json"),
    (
        Kind::Sleep,
        &["calendarDate", "sleepStartTimestampGMT"],
        "_sleepData.json",
    ),
    (
        Kind::Sleep,
        &["calendarDate", "deepSleepSeconds"],
        "_sleepData.json",
    ),
    (Kind::Zones, &["maxHeartRateUsed"], "_heartRateZones.json"),
    (
        Kind::Zones,
        &["restingHeartRateUsed"],
        "_heartRateZones.json",
    ),
    (
        Kind::Biometrics,
        &["metaData", "calendarDate", "weight"],
        "_userBioMetrics.json",
    ),
];

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Garmin Connect",
    download: "the zip of \"Export Your Data\"",
    reads: "every recording; titles, RPE, sports and runs entered by hand; shoes; nights; heart rates and weight",
    basis: Basis::RealFiles,
    stream: None,
    recognises: is_export,
    read,
};

/// See [`super::read`]. A damaged file is used as far as its entries are whole.
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    let kind = kind(bytes, name)?;
    let document = Piece::document(bytes);
    let (facts, mut problems) = match kind {
        Kind::Activities => activities::read(document),
        Kind::Gear => gear::read(document),
        Kind::Sleep => sleep::read(document),
        Kind::Zones => athlete::read_zones(document),
        Kind::Biometrics => athlete::read_biometrics(document),
    };
    problems.extend(early_end(document));
    if facts == Facts::default() {
        problems.iter_mut().for_each(note_total_loss);
    }
    Some((facts, problems))
}

fn early_end(document: Piece) -> Option<Problem> {
    let at = document.imbalance()?;
    let detail = if at == document.bytes.len() {
        "the file ends too early"
    } else {
        "the file's lists end too early"
    };
    Some(Problem::new(
        Code::ExportDamaged,
        Effect::PartLost,
        format!("byte {at}"),
        detail,
        "The whole entries before were used.",
    ))
}

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], name: &str) -> bool {
    kind(head, name).is_some()
}

/// By the keys at the beginning; by the name only where there are none of them, as in an empty list.
fn kind(bytes: &[u8], name: &str) -> Option<Kind> {
    let head = Piece::document(bytes.get(..HEAD_BYTES).unwrap_or(bytes));
    if !head.is_array() && !head.is_object() {
        return None;
    }
    let by_content = KINDS.iter().find(|(_, keys, _)| has_keys(head.bytes, keys));
    let by_name = || KINDS.iter().find(|(.., ending)| name.ends_with(ending));
    by_content.or_else(by_name).map(|(kind, ..)| *kind)
}

#[cfg(test)]
mod tests;
