//! How files are packed, named and laid out changes nothing in the report: properties over many ways of giving the same history.

use crate::common::{gzip, zip};
use niggle::{
    config::Config,
    ingest::{self, Silent},
    pipeline,
};
use proptest::prelude::*;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// One file of a history: its bytes, and the end its name should have.
#[derive(Debug, Clone)]
struct Item {
    name: String,
    bytes: Vec<u8>,
}

/// Sixty days of the sample, every format among them, and its pain log.
fn history() -> Vec<Item> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let mut found: Vec<PathBuf> = ["DI_CONNECT/DI-Connect-Uploaded-Files", "other"]
        .iter()
        .flat_map(|folder| {
            fs::read_dir(root.join(folder))
                .unwrap()
                .map(|entry| entry.unwrap().path())
        })
        .collect();
    found.sort();
    let recordings = found
        .into_iter()
        .enumerate()
        .filter(|(i, path)| i % 8 == 0 || !path.ends_with(".fit"))
        .map(|(_, path)| path);
    let recordings = recordings.take(28).chain(
        fs::read_dir(root.join("other"))
            .unwrap()
            .map(|entry| entry.unwrap().path()),
    );
    let mut items: Vec<Item> = recordings.map(|path| item(&path)).collect();
    items.sort_by(|a, b| a.name.cmp(&b.name));
    items.dedup_by(|a, b| a.name == b.name);
    items
}

fn item(path: &Path) -> Item {
    Item {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: fs::read(path).unwrap(),
    }
}

fn pain_log() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample_data/pain_log.csv")
}

/// How one file is given.
#[derive(Debug, Clone, Copy)]
struct Packing {
    /// 0 plain, 1 gzip, 2 in a zip, 3 in a zip in a zip, 4 gzip in a zip.
    kind: u8,
    /// Which of three folders or archives it goes to.
    place: u8,
    /// Whether it gets a name that says nothing.
    renamed: bool,
    /// Whether a zip stores it as it is.
    stored: bool,
}

fn packing() -> impl Strategy<Value = Packing> {
    (0u8..5, 0u8..3, any::<bool>(), any::<bool>()).prop_map(|(kind, place, renamed, stored)| {
        Packing {
            kind,
            place,
            renamed,
            stored,
        }
    })
}

/// Lays the history out and returns the inputs to name.
fn laid_out(items: &[Item], packings: &[Packing], folder: &Path) -> Vec<PathBuf> {
    let mut zips: BTreeMap<String, Vec<(String, Vec<u8>, bool)>> = BTreeMap::new();
    for (index, (item, packing)) in items.iter().zip(packings).enumerate() {
        let name = if packing.renamed {
            format!("{index}.bin")
        } else {
            item.name.clone()
        };
        let place = format!("part{}", packing.place);
        match packing.kind {
            2..=4 => {
                let bytes = if packing.kind == 4 {
                    gzip(&item.bytes)
                } else {
                    item.bytes.clone()
                };
                let zip = if packing.kind == 3 {
                    format!("{place}-inner")
                } else {
                    place
                };
                zips.entry(zip)
                    .or_default()
                    .push((format!("deep/{name}"), bytes, packing.stored));
            }
            kind => {
                let bytes = if kind == 1 {
                    gzip(&item.bytes)
                } else {
                    item.bytes.clone()
                };
                fs::create_dir_all(folder.join(&place)).unwrap();
                fs::write(folder.join(&place).join(name), bytes).unwrap();
            }
        }
    }
    for (name, entries) in zips {
        let bytes = zip(&entries);
        let bytes = if name.ends_with("-inner") {
            zip(&[("export.zip".into(), bytes, false)])
        } else {
            bytes
        };
        fs::write(folder.join(format!("{name}.zip")), bytes).unwrap();
    }
    let mut inputs: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    inputs.sort();
    inputs
}

/// The report's files with every input's name taken out.
fn report(inputs: Vec<PathBuf>) -> BTreeMap<String, Vec<u8>> {
    let output = tempfile::tempdir().unwrap();
    let config = Config {
        inputs,
        pain_log: Some(pain_log()),
        output: output.path().to_path_buf(),
        ingest: ingest::Options {
            jobs: Some(2),
            ..ingest::Options::default()
        },
        ..Config::default()
    };
    pipeline::run(&config, &Silent).unwrap();
    let names: Vec<String> = names_in(&fs::read_to_string(output.path().join("runs.csv")).unwrap());
    let mut files = BTreeMap::new();
    for name in [
        "report.md",
        "findings.json",
        "runs.csv",
        "days.csv",
        "weeks.csv",
        "charts/weekly-distance.png",
    ] {
        let bytes = fs::read(output.path().join(name)).unwrap();
        let bytes = match name {
            "report.md" => without(&beside_files(bytes), &names),
            name if name.ends_with(".png") => bytes,
            _ => without(&bytes, &names),
        };
        files.insert(name.to_string(), bytes);
    }
    files
}

/// The report without its section on files, which sorts and shows their names.
fn beside_files(report: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8(report).unwrap();
    let (before, rest) = text.split_once("\n## Files\n").unwrap();
    let after = rest.split_once("\n## ").map_or("", |(_, after)| after);
    format!("{before}\n## {after}").into_bytes()
}

/// The column `source`, longest name first, so that no name is taken for the beginning of another.
fn names_in(runs: &str) -> Vec<String> {
    let mut rows = csv::Reader::from_reader(runs.as_bytes());
    let at = rows
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "source")
        .unwrap();
    let mut names: Vec<String> = rows
        .records()
        .map(|row| row.unwrap()[at].to_string())
        .collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.len()), name.clone()));
    names.dedup();
    names
}

fn without(bytes: &[u8], names: &[String]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    names
        .iter()
        .fold(text, |text, name| text.replace(name.as_str(), "FILE"))
        .into_bytes()
}

fn plain() -> &'static BTreeMap<String, Vec<u8>> {
    static PLAIN: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    PLAIN.get_or_init(|| {
        let (items, folder) = (history(), tempfile::tempdir().unwrap());
        let as_it_is = Packing {
            kind: 0,
            place: 0,
            renamed: false,
            stored: false,
        };
        report(laid_out(
            &items,
            &vec![as_it_is; items.len()],
            folder.path(),
        ))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]
    #[test]
    fn the_way_files_are_given_changes_nothing(packings in prop::collection::vec(packing(), 64), reverse in any::<bool>()) {
        let (items, folder) = (history(), tempfile::tempdir().unwrap());
        prop_assert!(items.len() <= packings.len() && items.len() > 30);
        let mut inputs = laid_out(&items, &packings, folder.path());
        if reverse {
            inputs.reverse();
        }
        for (name, bytes) in &report(inputs) {
            let expected = &plain()[name];
            prop_assert!(bytes == expected, "{} differs: {}", name, first_difference(bytes, expected));
        }
    }
}

fn first_difference(a: &[u8], b: &[u8]) -> String {
    let (a, b) = (String::from_utf8_lossy(a), String::from_utf8_lossy(b));
    let pair = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    pair.map_or("one is longer".to_string(), |(a, b)| {
        format!("{a:?} and {b:?}")
    })
}

/// Every file twice, plain and packed: each copy is merged, and the history is the same.
#[test]
fn a_history_given_twice_is_the_same_history() {
    let (items, folder) = (history(), tempfile::tempdir().unwrap());
    let plainly = Packing {
        kind: 0,
        place: 0,
        renamed: false,
        stored: false,
    };
    laid_out(&items, &vec![plainly; items.len()], folder.path());
    laid_out(
        &items,
        &vec![
            Packing {
                kind: 2,
                place: 1,
                ..plainly
            };
            items.len()
        ],
        folder.path(),
    );
    let twice = report(vec![folder.path().to_path_buf()]);
    for name in ["days.csv", "weeks.csv", "runs.csv"] {
        assert!(
            twice[name] == plain()[name],
            "{name}: {}",
            first_difference(&twice[name], &plain()[name])
        );
    }
}
