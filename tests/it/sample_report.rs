//! The committed report of the sample: made anew, byte for byte, on one thread and on four, from shuffled arguments.

use niggle::{
    config::Config,
    ingest::{self, Silent},
    pipeline,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A pixel's channel may differ by this much on processors other than x86-64, where tiny-skia rounds differently …
const CHANNEL_TOLERANCE: i32 = 8;
/// … in at most this share of the pixels.
const PIXEL_SHARE: f64 = 0.005;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder by its path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

fn report(inputs: &[&str], pain_log: Option<&str>, jobs: usize) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        inputs: inputs.iter().map(|input| root().join(input)).collect(),
        pain_log: pain_log.map(|log| root().join(log)),
        output: folder.path().to_path_buf(),
        ingest: ingest::Options {
            jobs: Some(jobs),
            ..ingest::Options::default()
        },
        ..Config::default()
    };
    pipeline::run(&config, &Silent).unwrap();
    files(folder.path())
}

#[test]
fn the_committed_report_is_current_on_one_thread_and_on_four() {
    let committed = files(&root().join("reports/sample"));
    for jobs in [1, 4] {
        let made = report(&["sample_data"], None, jobs);
        assert_eq!(
            made.keys().collect::<Vec<_>>(),
            committed.keys().collect::<Vec<_>>()
        );
        for (name, bytes) in &made {
            let old = &committed[name];
            let same = if name.ends_with(".png") {
                same_picture(bytes, old)
            } else {
                bytes == old
            };
            assert!(
                same,
                "{name} differs with {jobs} threads; `niggle report sample_data --out reports/sample` makes it anew"
            );
        }
    }
}

#[test]
fn the_order_of_arguments_does_not_matter() {
    let folders = [
        "sample_data/DI_CONNECT",
        "sample_data/other",
        "sample_data/other/2025-01-18_easy.gpx",
    ];
    let log = Some("sample_data/pain_log.csv");
    let first = report(&folders, log, 2);
    let second = report(&[folders[2], folders[1], folders[0]], log, 3);
    assert!(first == second, "shuffled arguments change nothing");
}

fn same_picture(a: &[u8], b: &[u8]) -> bool {
    if cfg!(target_arch = "x86_64") {
        return a == b;
    }
    let (a, b) = (pixels(a), pixels(b));
    let off = a
        .iter()
        .zip(&b)
        .filter(|(x, y)| (i32::from(**x) - i32::from(**y)).abs() > CHANNEL_TOLERANCE)
        .count();
    a.len() == b.len() && (off as f64) <= PIXEL_SHARE * a.len() as f64
}

fn pixels(bytes: &[u8]) -> Vec<u8> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    pixels
}

/// The rows of the dictionary's tables below a title: the first two cells.
fn documented(dictionary: &str, title: &str) -> Vec<(String, String)> {
    let below = dictionary
        .split(&format!("\n## {title}\n"))
        .nth(1)
        .unwrap_or_else(|| panic!("{title}"));
    let rows = below
        .split("\n## ")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|line| line.starts_with("| "));
    let cells = rows.map(|row| {
        row.split(" | ")
            .map(|cell| cell.trim_start_matches(['|', ' ']).to_string())
            .collect::<Vec<_>>()
    });
    cells
        .map(|cells| (cells[0].clone(), cells[1].clone()))
        .collect()
}

#[test]
fn every_column_is_in_the_data_dictionary() {
    let folder = root().join("reports/sample");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let dictionary = read("data_dictionary.md");
    let metrics: Vec<String> = documented(&dictionary, "Metrics")
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let mut columns = documented(&dictionary, "Columns of the calendar");
    columns.extend(documented(&dictionary, "merges.csv and problems.csv"));
    columns.extend(documented(&dictionary, "Tables of the pain log"));
    columns.extend(documented(&dictionary, "associations.csv"));
    for table in [
        "runs",
        "days",
        "weeks",
        "other_sports",
        "merges",
        "problems",
        "ratings",
        "episodes",
        "ostrc_weeks",
        "associations",
    ] {
        let csv = read(&format!("{table}.csv"));
        for column in csv.lines().next().unwrap().split(',') {
            let quoted = format!("`{column}`");
            let of_table = |(tables, id): &(String, String)| {
                *id == quoted && tables.split(", ").any(|one| one == table)
            };
            let is_of_runs = ["runs", "days", "weeks", "other_sports"].contains(&table);
            let is_metric = is_of_runs && metrics.contains(&quoted);
            assert!(
                is_metric || columns.iter().any(of_table),
                "{table}.{column} is not explained"
            );
        }
    }
}

/// Every key of a document with the object it is in, as the dictionary writes it.
fn keys(
    value: &serde_json::Value,
    path: &str,
    found: &mut std::collections::BTreeSet<(String, String)>,
) {
    match value {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                found.insert((path.to_string(), key.clone()));
                let below = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                keys(value, &below, found);
            }
        }
        serde_json::Value::Array(list) => list
            .iter()
            .for_each(|value| keys(value, &format!("{path}[]"), found)),
        _ => {}
    }
}

#[test]
fn every_key_of_findings_json_is_in_the_data_dictionary() {
    let read = |name: &str| fs::read_to_string(root().join("reports/sample").join(name)).unwrap();
    let mut found = std::collections::BTreeSet::new();
    keys(
        &serde_json::from_str(&read("findings.json")).unwrap(),
        "",
        &mut found,
    );
    let rows = documented(&read("data_dictionary.md"), "findings.json");
    let mut told = std::collections::BTreeSet::new();
    for (object, keys) in rows.into_iter().filter(|(_, keys)| keys.starts_with('`')) {
        told.extend(
            keys.split(", ")
                .map(|key| (object.clone(), key.trim_matches('`').to_string())),
        );
    }
    // Its report changes no limit: tests/it/limits.rs has such a report.
    // It is the first of its folder, so that there is none to compare it with: tests/it/page.rs has such a report.
    // Its recordings lack no measure: src/associate/secondary.rs and weekly.rs have such histories.
    // Nobody comes back to running in it: src/report/json/tests.rs has such a document.
    // It has one tested place and no link that rests on one spell: src/report/json/tests.rs has both.
    let elsewhere = [
        "associations[].controls.elsewhere",
        "associations[].rests_on_spell",
        "back",
        "back.cost",
        "back.gap",
        "back.sound",
        "back.weeks[]",
        "limits_changed[]",
        "wider.secondary.absent[]",
        "wider.weekly.absent[]",
        "since",
        "since.told[]",
    ];
    assert_eq!(
        found,
        told.into_iter()
            .filter(|(object, _)| !elsewhere.contains(&object.as_str()))
            .collect()
    );
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for (_, key) in found.iter().filter(|(object, _)| object.is_empty()) {
        assert!(readme.contains(key.as_str()), "README: {key}");
    }
}
