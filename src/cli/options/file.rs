//! Options as a `niggle.toml` has them: a key each, called as on the command line, with `-` or `_`.
//!
//! Three may also be tables: `[limits.RULE]` with `NAME = VALUE`, `[columns]` with `ROLE = "NAME"`, and `[athlete]` with what is about
//! the runner. Every value keeps its place, so that whatever is wrong with it names its line.

use super::{
    entries::{Entry, entries},
    fault::Fault,
    judged::limit_name,
    key::{Key, alone},
    said::{Origin, Said},
};
use crate::{error::Error, option::LIMIT, rules::Limits};
use serde_json::Value;
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};
use toml::de::DeTable;

/// A file of options is a page or two; nothing longer is one.
const MAX_BYTES: u64 = 1 << 20;
/// What some editors put before a text in UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What the file says, its paths below its folder.
///
/// # Errors
/// [`Error::Input`] when it cannot be read, [`Error::Usage`] with the line of the first thing that makes no sense.
pub(super) fn read(path: &Path, keys: &[Key]) -> Result<Vec<Said>, Error> {
    let bytes = bytes_of(path).map_err(Error::input(path))?;
    let bytes = bytes.strip_prefix(MARK).unwrap_or(&bytes);
    let said = said(bytes, keys).map_err(|fault| fault.in_file(path, bytes))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let below = |said: Said| Said {
        request: said.request.below(folder),
        origin: said.origin,
    };
    Ok(said.into_iter().map(below).collect())
}

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = File::open(path)?.take(MAX_BYTES + 1);
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What a text says, its paths as they stand there.
pub(super) fn said(bytes: &[u8], keys: &[Key]) -> Result<Vec<Said>, Fault> {
    let text = text_of(bytes)?;
    let file = DeTable::parse(text).map_err(|error| broken(&error))?;
    let entries = entries(file.get_ref(), keys)?;
    each_once(&entries, text)?;
    let given = entries.iter().filter(|entry| !entry.values.is_empty());
    given.map(|entry| said_by(entry, text)).collect()
}

fn text_of(bytes: &[u8]) -> Result<&str, Fault> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Fault::new(0, "a file of options is shorter than 1 MB"));
    }
    str::from_utf8(bytes).map_err(|error| {
        Fault::new(
            error.valid_up_to(),
            "this is no UTF-8; save the file as UTF-8",
        )
    })
}

/// What the reader of TOML says, and what it may come from.
fn broken(error: &toml::de::Error) -> Fault {
    let at = error.span().map_or(0, |span| span.start);
    let said = error.message();
    let advice = if said.contains("escape") || said.contains("unicode") {
        "; in a path write / for \\, or put it in single quotes"
    } else if said.contains("duplicate") {
        "; give it once"
    } else {
        "; a line is key = \"text\", key = 12, key = true or key = [\"one\", \"another\"]"
    };
    Fault::new(at, format!("this is no TOML: {said}{advice}"))
}

/// Refuses what is said twice in two spellings: TOML itself sees only equal ones.
fn each_once(entries: &[Entry], text: &str) -> Result<(), Fault> {
    for (place, entry) in entries.iter().enumerate() {
        let mut before = entries.iter().take(place);
        if let Some(other) = before.find(|other| subject(other) == subject(entry)) {
            let line = Fault::line(other.at, text.as_bytes());
            let what = format!("`{}` is given twice, here and on line {line}", entry.shown);
            return Err(Fault::new(entry.at, what));
        }
    }
    Ok(())
}

/// What an entry is about: limits of a table are each their own.
fn subject<'k>(entry: &Entry<'k>) -> (&'k str, Option<String>) {
    let limit = entry.limit.as_deref().map(limit_name);
    (entry.key, limit)
}

fn said_by(entry: &Entry, text: &str) -> Result<Said, Fault> {
    for (value, span) in &entry.values {
        checked(entry.key, value).map_err(|expected| {
            let raw = shortened(text.get(span.clone()).unwrap_or_default());
            Fault::new(span.start, format!("{} = {raw}: {expected}", entry.shown))
        })?;
    }
    let request = alone(entry.key, entry.value())
        .map_err(|expected| Fault::new(entry.at, format!("{}: {expected}", entry.shown)))?;
    let origin = Origin::File(Fault::line(entry.at, text.as_bytes()));
    Ok(Said { request, origin })
}

/// Whether the key can have the value, or what is expected.
fn checked(key: &str, value: &Value) -> Result<(), String> {
    let request = alone(key, value.clone())?;
    for limit in &request.options.judged.limit {
        let only = std::slice::from_ref(limit);
        Limits::parse(only).map_err(|error| {
            let option = format!("{LIMIT} {limit}: ");
            error.replace(&option, "").trim_end_matches('.').to_string()
        })?;
    }
    Ok(())
}

/// The first letters of a value, on one line.
fn shortened(raw: &str) -> String {
    let line = raw.lines().next().unwrap_or_default();
    let start: String = line.chars().take(40).collect();
    let is_cut = start.len() < raw.len();
    if is_cut { start + "…" } else { start }
}
