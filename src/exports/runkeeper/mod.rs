//! The files of Runkeeper's export: `cardioActivities.csv`, whose rows name their GPX files, and `measurements.csv`.

mod activities;
mod measurements;

#[cfg(test)]
mod tests;

use super::{
    export::{Basis, Export, Said},
    facts::Facts,
    kit::{Notes, Table},
};

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Runkeeper",
    download: "the zip of Account Settings, Export Data",
    reads: "every activity with sport and totals, with its GPX file where it has one; heart rate at rest and weight",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// Columns by which the list of activities is told; other apps have some of them.
const ACTIVITIES: &[&str] = &["Date", "Type", "Route Name", "Duration", "GPX File"];
/// How the list of measurements is called, whose columns say too little.
const MEASUREMENTS: &str = "measurements.csv";

/// See [`super::read`].
pub fn read(bytes: &[u8], name: &str) -> Option<Said> {
    let mut notes = Notes::new("row");
    let facts = match Table::read(bytes, ACTIVITIES, &mut notes) {
        Some(table) => Facts {
            activities: activities::read(&table, &mut notes),
            ..Facts::default()
        },
        None if is_measurements(name) => {
            let table = Table::read(bytes, &["Date"], &mut notes)?;
            measurements::read(&table, &mut notes)
        }
        None => return None,
    };
    Some((facts, notes.problems()))
}

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], name: &str) -> bool {
    Table::has_columns(head, ACTIVITIES)
        || is_measurements(name) && Table::has_columns(head, &["Date"])
}

fn is_measurements(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.eq_ignore_ascii_case(MEASUREMENTS)
}
