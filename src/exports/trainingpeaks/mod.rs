//! The tables of TrainingPeaks' exports: `workouts.csv`, whose rows know their day alone, and `metrics.csv`. The recordings are in a
//! third archive.

mod metrics;
mod workouts;

#[cfg(test)]
mod tests;

use super::{
    export::{Basis, Export, Said},
    kit::{Notes, Table},
};

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "TrainingPeaks",
    download: "the three zips of Settings, Export Data: WorkoutFileExport, WorkoutExport, MetricsExport",
    reads: "every recording; titles, sports, RPE and workouts without a file, by their day; nights and heart rate at rest; with --notes comments and injuries",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// Columns by which the workouts are told.
const WORKOUTS: &[&str] = &["WorkoutType", "WorkoutDay", "TimeTotalInHours"];
/// Columns of the metrics, which say little …
const METRICS: &[&str] = &["Timestamp", "Type", "Value"];
/// … so that one of these must be among them.
const MEASURED: &[&str] = &[
    "Sleep Hours",
    "Pulse",
    "HRV",
    "Soreness",
    "Fatigue",
    "Injury",
    "Sleep Quality",
];

/// See [`super::read`].
pub fn read(bytes: &[u8], _name: &str) -> Option<Said> {
    let mut notes = Notes::new("row");
    let facts = match Table::read(bytes, WORKOUTS, &mut notes) {
        Some(table) => workouts::read(&table, &mut notes),
        None => {
            let table = Table::read(bytes, METRICS, &mut notes)?;
            let is_measured = |row: &super::kit::Row| row.text("Type").is_some_and(is_kind);
            table.rows().find(is_measured)?;
            metrics::read(&table, &mut notes)
        }
    };
    Some((facts, notes.problems()))
}

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], _name: &str) -> bool {
    Table::has_columns(head, WORKOUTS) || Table::has_columns(head, METRICS)
}

fn is_kind(word: &str) -> bool {
    MEASURED.iter().any(|kind| kind.eq_ignore_ascii_case(word))
}
