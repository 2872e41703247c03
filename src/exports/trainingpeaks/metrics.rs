//! `metrics.csv`: one reading a row, with its kind. The pulse is that of the heart at rest.

use crate::{
    exports::{
        cells::figure,
        facts::{Comment, Facts, Night},
        kit::{ASLEEP_S, Fault, Notes, REST_BPM, Row, Table},
        readings::Readings,
    },
    model::Athlete,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

const HOUR_S: f64 = 3600.0;

/// Reads nights and heart rates; of several readings of a night the longest, of a day's pulses the lowest.
pub(super) fn read(table: &Table, notes: &mut Notes) -> Facts {
    let mut nights: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    let mut rest = Readings::default();
    let mut comments = Vec::new();
    for row in table.rows() {
        let kind = row.text("Type").unwrap_or_default().to_lowercase();
        if matches!(kind.as_str(), "injury" | "notes") {
            comments.extend(comment(&row, notes, kind == "injury"));
            continue;
        }
        let (factor, range) = match kind.as_str() {
            "sleep hours" => (HOUR_S, ASLEEP_S),
            "pulse" => (1.0, REST_BPM),
            _ => continue,
        };
        let Some((day, value)) = reading(&row, notes, factor, range) else {
            continue;
        };
        if kind == "pulse" {
            rest.add_lowest(day, value);
        } else if value > 0.0 {
            let asleep_s = nights.entry(day).or_default();
            *asleep_s = asleep_s.max(value);
        }
    }
    Facts {
        nights: nights
            .into_iter()
            .map(|(date, asleep_s)| Night { date, asleep_s })
            .collect(),
        athlete: Athlete {
            heart_rate_rest_bpm: rest.usual(),
            ..Athlete::default()
        },
        comments,
        ..Facts::default()
    }
}

/// What the runner wrote into the notes of a day, or how bad an injury is. None without a value, or, counted, without a day.
fn comment(row: &Row, notes: &mut Notes, is_injury: bool) -> Option<Comment> {
    let text = row.text("Value")?;
    Some(Comment {
        date: day(row, notes)?,
        place: format!("row {}", row.number),
        about: "TrainingPeaks metrics".to_string(),
        text: text.to_string(),
        is_injury,
    })
}

fn day(row: &Row, notes: &mut Notes) -> Option<NaiveDate> {
    let written = row.text("Timestamp").unwrap_or_default();
    let day = written.get(..10).and_then(|date| date.parse().ok());
    if day.is_none() {
        notes.add(Fault::NoDate, row.number, written);
    }
    day
}

fn reading(
    row: &Row,
    notes: &mut Notes,
    factor: f64,
    range: std::ops::RangeInclusive<f64>,
) -> Option<(NaiveDate, f64)> {
    let day = day(row, notes);
    Some((day?, figure(row, notes, &["Value"], factor, range)?))
}
