//! `*_gear.json`: shoes, and on which activities they were worn.

use super::{entry::Entry, fault::Fault, reader::Reader};
use crate::{
    exports::facts::{Facts, Shoe, Worn},
    problem::Problem,
    text::{json::Piece, line::title},
};
use std::collections::BTreeSet;

/// What is read of gear.
#[rustfmt::skip]
const GEAR_KEYS: &[&str] = &[
    "gearPk", "gearTypeName", "displayName", "customMakeModel", "gearMakeName", "gearModelName", "gearStatusName", "dateBegin",
    "dateEnd", "maximumMeters",
];
/// Longest limit believed, m.
const LIMIT_MAX_M: f64 = 1e8;

/// Reads shoes and links; bicycles and other gear, and what they were used on, are passed over.
pub(super) fn read(document: Piece) -> (Facts, Vec<Problem>) {
    let (mut shoes, mut problems) = shoes(document);
    let (mut worn, of_links) = links(document);
    problems.extend(of_links);
    let mut keys = BTreeSet::new();
    shoes.retain(|shoe| keys.insert(shoe.key.clone()));
    worn.retain(|worn| keys.contains(&worn.shoe));
    let facts = Facts {
        shoes,
        worn,
        ..Facts::default()
    };
    (facts, problems)
}

fn shoes(document: Piece) -> (Vec<Shoe>, Vec<Problem>) {
    let mut reader = Reader::new("gear", GEAR_KEYS);
    let mut shoes = Vec::new();
    for list in document.values_of("gearDTOS") {
        reader.read(list, |reader, entry| shoes.extend(shoe(reader, entry)));
    }
    (shoes, reader.problems())
}

fn links(document: Piece) -> (Vec<Worn>, Vec<Problem>) {
    let mut reader = Reader::new("link", &["activityId"]);
    let mut links = Vec::new();
    let maps = document.values_of("gearActivityDTOs");
    for (key, list) in maps.flat_map(Piece::members) {
        reader.read(list, |reader, entry| {
            links.extend(worn(reader, entry, &key))
        });
    }
    (links, reader.problems())
}

/// None: no shoe; or, counted, one without a number.
fn shoe(reader: &mut Reader, entry: &Entry) -> Option<Shoe> {
    if !entry.text("gearTypeName")?.eq_ignore_ascii_case("shoes") {
        return None;
    }
    let Some(key) = entry.id("gearPk") else {
        reader.add(Fault::NoNumber, entry.number, "");
        return None;
    };
    Some(Shoe {
        name: name(entry).unwrap_or_else(|| format!("Shoe {key}")),
        retired: retired(entry),
        since: entry.date("dateBegin"),
        until: entry.date("dateEnd"),
        limit_m: reader.positive(entry, "maximumMeters", 1.0, 0.0..=LIMIT_MAX_M),
        key,
    })
}

/// What the runner calls it, else what it is.
fn name(entry: &Entry) -> Option<String> {
    let own = ["displayName", "customMakeModel"]
        .into_iter()
        .find_map(|key| entry.text(key).and_then(title));
    own.or_else(|| make_and_model(entry))
}

fn make_and_model(entry: &Entry) -> Option<String> {
    let make = entry.text("gearMakeName")?;
    let model = entry.text("gearModelName")?;
    title(&format!("{make} {model}"))
}

fn retired(entry: &Entry) -> Option<bool> {
    match entry.text("gearStatusName")?.to_ascii_lowercase().as_str() {
        "retired" => Some(true),
        "active" => Some(false),
        _ => None,
    }
}

/// The list stands under the gear's number; the entry repeats it.
fn worn(reader: &mut Reader, entry: &Entry, shoe: &str) -> Option<Worn> {
    let activity = entry.id("activityId");
    if activity.is_none() {
        reader.add(Fault::NoNumber, entry.number, "");
    }
    Some(Worn {
        activity: activity?,
        shoe: shoe.to_string(),
    })
}
