//! Which files there are under the inputs, each once and in order.

use super::{
    names::{is_hidden_name, is_pain_log_name, is_workbook_name},
    own_reports,
    place::{Place, Source, distinct_names},
    read::unreadable,
};
use crate::{
    error::Error,
    problem::{Code, Effect, Problem},
};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// What was found under the inputs.
#[derive(Debug, Clone, Default)]
pub struct Discovered {
    /// Every input file but the pain logs, by name.
    pub sources: Vec<Source>,
    /// Pain logs found by name, in order; the first is used.
    pub pain_logs: Vec<Source>,
    /// Workbooks of spreadsheets under other names, of which one may be the pain log.
    pub workbooks: Vec<Source>,
    /// Folders and files that could not be looked at; each counts as an input.
    pub unreadable: Vec<Problem>,
}

/// Walks the inputs without following links, but says that they are there. Hidden files, `__MACOSX` and what is to be left out (the output folder, a pain log
/// named by itself) are passed over, and so are reports of niggle's below an input.
///
/// # Errors
/// [`Error::Input`] when an input does not exist.
pub fn discover(inputs: &[PathBuf], leave_out: &[&Path]) -> Result<Discovered, Error> {
    let leave_out: Vec<PathBuf> = leave_out
        .iter()
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    let mut found = Discovered::default();
    for input in inputs {
        let root = input.canonicalize().map_err(|error| Error::Input {
            path: input.clone(),
            error,
        })?;
        walk(&root, &leave_out, &mut found);
    }
    for list in [
        &mut found.sources,
        &mut found.pain_logs,
        &mut found.workbooks,
    ] {
        // A file given by itself and inside a folder is one input, under its longer name.
        list.sort_by(|a, b| {
            (a.path(), b.name.len(), &a.name).cmp(&(b.path(), a.name.len(), &b.name))
        });
        list.dedup_by(|a, b| a.path() == b.path());
        list.sort_by(|a, b| (&a.name, a.path()).cmp(&(&b.name, b.path())));
        distinct_names(list);
    }
    // The log nearest to the top of the folder is the one that is meant.
    found
        .pain_logs
        .sort_by_key(|log| log.name.matches('/').count());
    found.unreadable.sort();
    Ok(found)
}

/// One file named by itself.
///
/// # Errors
/// [`Error::Input`] when it does not exist.
pub fn one(path: &Path) -> Result<Source, Error> {
    let failed = |error| Error::Input {
        path: path.to_path_buf(),
        error,
    };
    let full = path.canonicalize().map_err(failed)?;
    let bytes = full.metadata().map_err(failed)?.len();
    let name = full
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(Source {
        name,
        place: Place::File(full),
        bytes,
    })
}

fn walk(root: &Path, leave_out: &[PathBuf], found: &mut Discovered) {
    let prefix = root
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let name_of = |path: &Path| {
        let below = path.strip_prefix(root).unwrap_or(path);
        let parts = below
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned());
        std::iter::once(prefix.clone())
            .chain(parts)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("/")
    };
    let entries = WalkDir::new(root).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| is_wanted(entry, leave_out)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
                let place = Place::File(entry.path().to_path_buf());
                let source = Source {
                    name: name_of(entry.path()),
                    place,
                    bytes,
                };
                let file_name = entry.file_name().to_string_lossy();
                let list = match () {
                    () if is_pain_log_name(&file_name) => &mut found.pain_logs,
                    () if is_workbook_name(&file_name) => &mut found.workbooks,
                    () => &mut found.sources,
                };
                list.push(source);
            }
            Ok(entry) if entry.path_is_symlink() => {
                let detail = "a link to another file or folder";
                let problem = Problem::new(
                    Code::LinkSkipped,
                    Effect::Skipped,
                    "",
                    detail,
                    "Links are not followed.",
                );
                found
                    .unreadable
                    .push(problem.within(&name_of(entry.path())));
            }
            Ok(_) => {}
            Err(error) => {
                let place = error.path().map(name_of).unwrap_or_else(|| prefix.clone());
                found
                    .unreadable
                    .push(unreadable(&error.into()).within(&place));
            }
        }
    }
}

fn is_wanted(entry: &DirEntry, leave_out: &[PathBuf]) -> bool {
    let visible = entry.depth() == 0 || !is_hidden_name(&entry.file_name().to_string_lossy());
    // An input that is a report itself was named by someone, who is told that no run is in it.
    let is_own = || {
        entry.depth() > 0 && entry.file_type().is_dir() && own_reports::is_only_report(entry.path())
    };
    visible && !leave_out.iter().any(|path| path == entry.path()) && !is_own()
}
