//! What each target does with its bytes, and what must hold. `tests/it/fuzzing.rs` runs the same on stable Rust.
//!
//! What may be wrong with a file is for the unit tests; here only what no input may do: end the program, take long, take much room.

pub mod fit;

use niggle::{
    cli::options::{ConfigFile, Request, Settings, Shown},
    decode,
    exports::{self, EXPORTS, Export},
    ingest::{self, Ingested, Options},
    pain,
    report::{diff::diff, json},
    source::{self, Wish},
};
use std::{
    fs,
    io::{self, Read},
    path::PathBuf,
    thread,
};

/// A recording of this name, decoded, cleaned, judged and measured.
pub fn recording(name: &str, data: &[u8]) {
    let read = ingest::read_bytes(name, data, &Options::default());
    whole(&read);
}

/// What is in no row has a reason, and what is in a row is a number.
fn whole(read: &Ingested) {
    let has_reason = read.files.iter().any(|file| !file.problems.is_empty());
    assert!(
        !read.rows.is_empty() || has_reason,
        "nothing was read, and nobody says why"
    );
    for row in &read.rows {
        let numbers = [
            row.distance_m,
            row.moving_s,
            row.ascent_m,
            row.heart_rate_mean_bpm,
        ];
        assert!(
            numbers
                .into_iter()
                .flatten()
                .all(|number| number.is_finite() && number >= 0.0),
            "{row:?}"
        );
    }
}

/// A GPX or TCX file.
pub fn xml(data: &[u8]) {
    recording("a.gpx", data);
}

/// A zip or gzip file, with all that is in it.
pub fn packed(data: &[u8]) {
    let file = written("zip", data);
    let Ok(source) = source::one(&file) else {
        return;
    };
    let wanted = |head: &[u8]| match exports::wish(head, "a.json") {
        Wish::Nothing => decode::is_recording(head).into(),
        wish => wish,
    };
    source::for_each(
        vec![source],
        decode::HEAD_BYTES,
        wanted,
        |source, read, bytes| {
            if read.is_ok() {
                let name = source.name.rsplit('/').next().unwrap_or_default();
                ingest::read_bytes(name, bytes, &Options::default());
            }
        },
    );
}

/// A file of an account export: its name, a line break, and what is in it. Every reader is asked, as a file in memory and as one that is
/// too long for it.
pub fn export(data: &[u8]) {
    let Some(at) = data.iter().position(|byte| *byte == b'\n') else {
        return;
    };
    let (name, content) = (String::from_utf8_lossy(&data[..at]), &data[at + 1..]);
    for export in EXPORTS {
        by_one(export, content, &name);
    }
    ingest::read_bytes(&name, content, &Options::default());
}

fn by_one(export: &Export, content: &[u8], name: &str) {
    let _ = (export.recognises)(content, name);
    let _ = (export.read)(content, name);
    if let Some(stream) = export.stream {
        let open = || -> io::Result<Box<dyn Read>> { Ok(Box::new(content)) };
        let mut lines = 0;
        let _ = (stream.read)(&open, &mut |_| lines += 1);
    }
}

/// A pain log, as text or as a workbook, and what is said of it.
pub fn pain_log(data: &[u8]) {
    let _ = pain::resembles(data);
    for options in [pain::Options::default(), in_american()] {
        let Ok(log) = pain::read(data, "pain.csv", &options) else {
            continue;
        };
        assert!(
            log.entries
                .iter()
                .all(|entry| entry.pain.is_none_or(|pain| (0.0..=10.0).contains(&pain)))
        );
        assert!(log.unusable_rows <= log.rows);
        let _ = (pain::check_json(&log, &[]), pain::check_text(&log, &[]));
    }
}

fn in_american() -> pain::Options {
    pain::Options {
        date_order: Some(pain::DateOrder::MonthFirst),
        ..pain::Options::default()
    }
}

/// A file of options.
pub fn configuration(data: &[u8]) {
    let config = ConfigFile {
        config: Some(written("toml", data)),
        no_config: false,
    };
    let Ok(settings) = Settings::load(Request::default(), &config) else {
        return;
    };
    let _ = (settings.list(), Shown::of(&settings).json());
    let _ = settings.resolve();
}

/// A `findings.json` that is read back.
pub fn findings(data: &[u8]) {
    let Some(document) = str::from_utf8(data)
        .ok()
        .and_then(|text| json::read(text).ok())
    else {
        return;
    };
    let same = diff(&document, &document);
    let _ = (same.text(), same.json());
}

/// The bytes as a file that goes with the next; every thread has its own.
fn written(ending: &str, data: &[u8]) -> PathBuf {
    let own = format!(
        "niggle-fuzz-{}-{:?}.{ending}",
        std::process::id(),
        thread::current().id()
    );
    let file = std::env::temp_dir().join(own.replace(['(', ')'], ""));
    fs::write(&file, data).expect("a temporary file can be written");
    file
}
