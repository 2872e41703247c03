//! What several test modules share: where the corpus is, and its table of independent facts.

use assert_cmd::Command;
use flate2::{Compression, write::GzEncoder};
use std::{collections::BTreeMap, io::Write, path::PathBuf};

#[path = "../../examples/make_sample_cohort/archive.rs"]
mod archive;

pub use archive::zip;

/// The corpus folder from `NIGGLE_CORPUS`. None, said aloud, when it is not set: the caller returns early.
pub fn corpus(test: &str) -> Option<PathBuf> {
    match std::env::var_os("NIGGLE_CORPUS") {
        Some(folder) => Some(PathBuf::from(folder)),
        None => {
            println!("{test}: skipped, NIGGLE_CORPUS is not set");
            None
        }
    }
}

/// One row of the corpus' FACTS.tsv: column name to value, blanks left out.
pub type Facts = BTreeMap<String, String>;

/// Every row of FACTS.tsv.
pub fn facts(corpus: &std::path::Path) -> Vec<Facts> {
    let text = std::fs::read_to_string(corpus.join("FACTS.tsv")).expect("FACTS.tsv is readable");
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    lines
        .map(|line| {
            names
                .iter()
                .zip(line.split('\t'))
                .filter(|(_, v)| !v.is_empty())
                .map(|(n, v)| (n.to_string(), v.to_string()))
                .collect()
        })
        .collect()
}

/// A file of `tests/hostile`.
pub fn hostile(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/hostile")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The number table that tests must reproduce, `tests/vectors/vectors.json`.
pub fn vectors() -> serde_json::Value {
    serde_json::from_str(include_str!("../vectors/vectors.json")).expect("vectors.json is JSON")
}

/// The bytes as a .gz.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A run as GPX: from 07:00 UTC on this day, a point every 30 s, 80 m apart (2.67 m/s) along the equator's half degree.
pub fn gpx_run(date: chrono::NaiveDate, metres: f64) -> String {
    const STEP_M: f64 = 80.0;
    // Metres of a degree on a sphere of 6371 km.
    const DEGREE_M: f64 = 111_195.08;
    let start = date.and_hms_opt(7, 0, 0).expect("a time").and_utc();
    let mut text =
        String::from("<gpx version=\"1.1\" creator=\"test\"><trk><type>running</type><trkseg>");
    for step in 0..=(metres / STEP_M).round() as i64 {
        let time = (start + chrono::TimeDelta::seconds(30 * step)).format("%Y-%m-%dT%H:%M:%SZ");
        let longitude = 10.0 + step as f64 * STEP_M / DEGREE_M;
        text += &format!("<trkpt lat=\"0.5\" lon=\"{longitude:.7}\"><time>{time}</time></trkpt>");
    }
    text + "</trkseg></trk></gpx>"
}

/// Runs the program: exit code, standard output and standard error.
pub fn niggle(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_niggle"))
        .args(arguments)
        .output()
        .expect("niggle runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}
