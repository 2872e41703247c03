//! `measurements.csv`: weight and heart rate at rest, a column or a row each.

use crate::{
    exports::{
        cells::figure,
        facts::Facts,
        kit::{Fault, Notes, REST_BPM, Row, Table, WEIGHT_KG},
        readings::Readings,
    },
    model::Athlete,
};
use chrono::NaiveDate;

const POUND_KG: f64 = 0.453_592_37;
/// Columns of the heart rate at rest.
const REST: &[&str] = &["Resting Heart Rate", "Resting Heart Rate (bpm)"];

/// Reads what is measured; a weight without a unit says nothing.
pub(super) fn read(table: &Table, notes: &mut Notes) -> Facts {
    let (mut rest, mut weight) = (Readings::default(), Readings::default());
    for row in table.rows() {
        let Some(day) = day(&row) else {
            notes.add(
                Fault::NoDate,
                row.number,
                row.text("Date").unwrap_or_default(),
            );
            continue;
        };
        rest_bpm(&row, notes).inspect(|bpm| rest.add_lowest(day, *bpm));
        weight_kg(&row, notes).inspect(|kg| weight.add_latest(day, *kg));
    }
    Facts {
        athlete: Athlete {
            heart_rate_rest_bpm: rest.usual(),
            weight_kg: weight.latest(),
            ..Athlete::default()
        },
        ..Facts::default()
    }
}

fn day(row: &Row) -> Option<NaiveDate> {
    row.text("Date")?.get(..10)?.parse().ok()
}

fn rest_bpm(row: &Row, notes: &mut Notes) -> Option<f64> {
    let kind = row.text("Type").unwrap_or_default().to_lowercase();
    let columns = if kind.contains("resting") {
        &["Value"]
    } else {
        REST
    };
    figure(row, notes, columns, 1.0, REST_BPM)
}

fn weight_kg(row: &Row, notes: &mut Notes) -> Option<f64> {
    figure(row, notes, &["Weight (kg)"], 1.0, WEIGHT_KG).or_else(|| {
        figure(
            row,
            notes,
            &["Weight (lb)", "Weight (lbs)"],
            POUND_KG,
            WEIGHT_KG,
        )
    })
}
