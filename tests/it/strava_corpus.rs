//! Two real `activities.csv` files, read whole: as many activities as the csv crate counts records, each with its start and sport.

use crate::common::corpus;
use chrono::NaiveDateTime;
use niggle::{
    exports::strava,
    model::Sport,
    problem::{Code, Problem},
};
use std::fs;

const INDEXES: &[&str] = &[
    "suites/JoBoSo+Strava-Activity-Map/strava_exports/export_08_25_2025/activities.csv",
    "suites/HzaCode+Athlytics/inst/extdata/activities.csv",
];

/// A Garmin Connect table, which has columns of the same names.
const NOT_AN_INDEX: &str = "suites/Caturrell+garmin-wrapped2022/activities.csv";

#[test]
fn real_indexes_are_read_whole() {
    let Some(corpus) = corpus("real_indexes_are_read_whole") else {
        return;
    };
    for name in INDEXES {
        let bytes = fs::read(corpus.join(name)).expect("the file is there");
        let mut reader = csv::ReaderBuilder::new().from_reader(bytes.as_slice());
        let records: Vec<csv::StringRecord> = reader
            .records()
            .map(|record| record.expect("a record"))
            .collect();
        assert!(
            strava::is_export(&bytes[..bytes.len().min(4096)], "x"),
            "{name}"
        );
        let (facts, problems) = strava::read(&bytes, "x").expect("an index");
        assert_eq!(
            (facts.activities.len(), records.len()),
            (rows(&bytes), rows(&bytes)),
            "{name}"
        );
        // What one of them has wrong: losses below zero.
        let damaged = |problem: &Problem| {
            problem.code == Code::BadValue
                && problem.detail.starts_with("a negative elevation loss")
        };
        assert!(problems.iter().all(damaged), "{name}: {problems:?}");
        let column = |label: &str| {
            reader_header(&bytes)
                .iter()
                .rposition(|header| header == label)
                .expect("a column")
        };
        let [id, date, metres, file] =
            ["Activity ID", "Activity Date", "Distance", "Filename"].map(column);
        for (listed, record) in facts.activities.iter().zip(&records) {
            assert_eq!(
                listed.id.as_deref(),
                record.get(id),
                "{name}, {}",
                listed.place
            );
            assert_eq!(
                listed.activity.start_unix_s,
                record.get(date).map(unix_s),
                "{name}, {}",
                listed.place
            );
            assert!(
                !listed.activity.sport.is_open() && listed.activity.sport != Sport("other"),
                "{name}, {}",
                listed.place
            );
            let expected = record
                .get(metres)
                .and_then(|cell| cell.parse::<f64>().ok())
                .filter(|metres| *metres > 0.0);
            assert_eq!(
                listed.activity.totals.distance_m, expected,
                "{name}, {}",
                listed.place
            );
            assert_eq!(
                listed.file.as_deref().unwrap_or_default(),
                record.get(file).unwrap_or_default(),
                "{name}"
            );
        }
        assert!(
            facts.activities.iter().any(|listed| listed.file.is_some()),
            "{name}"
        );
    }
}

#[test]
fn a_garmin_table_is_not_taken_for_stravas() {
    let Some(corpus) = corpus("a_garmin_table_is_not_taken_for_stravas") else {
        return;
    };
    let bytes = fs::read(corpus.join(NOT_AN_INDEX)).expect("the file is there");
    assert!(!strava::is_export(&bytes, "activities.csv"));
    assert_eq!(strava::read(&bytes, "activities.csv"), None);
}

/// Line ends outside quotes, without the header's: a count that needs no CSV reader.
fn rows(bytes: &[u8]) -> usize {
    let (mut inside, mut lines) = (false, 0);
    for byte in bytes {
        inside ^= *byte == b'"';
        lines += usize::from(*byte == b'\n' && !inside);
    }
    lines + usize::from(bytes.last() != Some(&b'\n')) - 1
}

/// chrono's own reading of the only form both files use.
fn unix_s(cell: &str) -> f64 {
    let cell = cell.replace('\u{202f}', " ");
    let read = NaiveDateTime::parse_from_str(&cell, "%b %d, %Y, %I:%M:%S %p").expect("a date");
    read.and_utc().timestamp() as f64
}

fn reader_header(bytes: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    reader
        .headers()
        .expect("a header")
        .iter()
        .map(str::to_string)
        .collect()
}
