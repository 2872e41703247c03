//! What was simulated already, in a folder: a run that was stopped goes on from there. The folder knows nothing of the program that made
//! it, and must be emptied when that changes.

use niggle::associate::Exposure;
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned, de::Error};
use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::Write,
    path::PathBuf,
    sync::{Mutex, OnceLock},
};

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// Keeps everything there from now on.
pub fn keep_in(folder: PathBuf) {
    std::fs::create_dir_all(&folder).expect("a folder");
    FOLDER.set(folder).expect("one folder");
}

/// The runners of one cell. Without a folder nothing is kept.
pub struct Kept {
    /// What is known, a line of JSON for each runner.
    known: BTreeMap<u64, String>,
    file: Option<Mutex<File>>,
}

impl Kept {
    pub fn open(cell: &str) -> Kept {
        let Some(folder) = FOLDER.get() else {
            return Kept {
                known: BTreeMap::new(),
                file: None,
            };
        };
        let path = folder.join(format!("{cell}.jsonl"));
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        // What was being written when the run was stopped has no end of line.
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        if whole.len() < text.len() {
            std::fs::write(&path, whole).expect("a file");
        }
        let runner = |line: &str| {
            let (runner, json) = line.split_once('\t')?;
            Some((runner.parse().ok()?, json.to_string()))
        };
        let file = OpenOptions::new().create(true).append(true).open(&path);
        Kept {
            known: whole.lines().filter_map(runner).collect(),
            file: Some(Mutex::new(file.expect("a file"))),
        }
    }

    pub fn get<T: DeserializeOwned>(&self, runner: u64) -> Option<T> {
        let json = self.known.get(&runner)?;
        Some(serde_json::from_str(json).expect("what was kept"))
    }

    pub fn put<T: Serialize>(&self, runner: u64, found: &T) {
        let Some(file) = &self.file else {
            return;
        };
        let json = serde_json::to_string(found).expect("JSON");
        let line = format!("{runner}\t{json}\n");
        let mut file = file.lock().expect("no panic");
        file.write_all(line.as_bytes()).expect("room");
    }
}

/// An exposure by its name in files.
pub fn exposure<'de, D: Deserializer<'de>>(input: D) -> Result<Exposure, D::Error> {
    let all = [
        Exposure::Ascent3,
        Exposure::Descent3,
        Exposure::Distance0,
        Exposure::Distance1,
        Exposure::Distance3,
    ];
    let name = String::deserialize(input)?;
    let found = all.into_iter().find(|one| one.as_str() == name);
    found.ok_or_else(|| D::Error::custom("no exposure"))
}
