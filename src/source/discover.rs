//! Which files there are under the inputs, each once and in order.

use super::{
    archive::unreadable,
    names::{SETTINGS, is_hidden_name, is_pain_log_name, is_workbook_name},
    own_reports,
    storage::{Source, Storage, distinct_names},
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
/// named by itself) are passed over, and so are reports and
/// options of niggle's below an input.
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
        let root = input.canonicalize().map_err(Error::input(input))?;
        let name = own_name(&root);
        Walk {
            root: &root,
            name,
            found: &mut found,
        }
        .run(&leave_out);
    }
    found.sort();
    Ok(found)
}

/// The last part of a path, empty for a root.
fn own_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

impl Discovered {
    fn sort(&mut self) {
        for list in [&mut self.sources, &mut self.pain_logs, &mut self.workbooks] {
            each_once_by_name(list);
        }
        // The log nearest to the top of the folder is the one that is meant.
        self.pain_logs
            .sort_by_key(|log| log.name.matches('/').count());
        self.unreadable.sort();
    }

    /// The list that a file of this name belongs to.
    fn list_for(&mut self, file_name: &str) -> &mut Vec<Source> {
        if is_pain_log_name(file_name) {
            &mut self.pain_logs
        } else if is_workbook_name(file_name) {
            &mut self.workbooks
        } else {
            &mut self.sources
        }
    }
}

/// A file given by itself and inside a folder is one input, under its longer name.
fn each_once_by_name(list: &mut Vec<Source>) {
    list.sort_by(|a, b| (a.path(), b.name.len(), &a.name).cmp(&(b.path(), a.name.len(), &b.name)));
    list.dedup_by(|a, b| a.path() == b.path());
    list.sort_by(|a, b| (&a.name, a.path()).cmp(&(&b.name, b.path())));
    distinct_names(list);
}

/// One file named by itself.
///
/// # Errors
/// [`Error::Input`] when it does not exist.
pub fn one(path: &Path) -> Result<Source, Error> {
    let full = path.canonicalize().map_err(Error::input(path))?;
    let bytes = full.metadata().map_err(Error::input(path))?.len();
    Ok(Source {
        name: own_name(&full),
        storage: Storage::File(full),
        bytes,
    })
}

/// One input as it is walked.
struct Walk<'a> {
    root: &'a Path,
    /// The root's own name, before all names below it.
    name: String,
    found: &'a mut Discovered,
}

impl Walk<'_> {
    fn run(&mut self, leave_out: &[PathBuf]) {
        let entries = WalkDir::new(self.root).sort_by_file_name().into_iter();
        for entry in entries.filter_entry(|entry| is_wanted(entry, leave_out)) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => self.add(&entry),
                Ok(entry) if entry.path_is_symlink() => self.note_link(entry.path()),
                Ok(_) => {}
                Err(error) => self.note_unreadable(error),
            }
        }
    }

    fn add(&mut self, entry: &DirEntry) {
        let source = self.source(entry);
        let list = self.found.list_for(&entry.file_name().to_string_lossy());
        list.push(source);
    }

    fn source(&self, entry: &DirEntry) -> Source {
        Source {
            name: self.name_of(entry.path()),
            storage: Storage::File(entry.path().to_path_buf()),
            bytes: entry.metadata().map_or(0, |metadata| metadata.len()),
        }
    }

    fn note_link(&mut self, path: &Path) {
        let problem = Problem::new(
            Code::LinkSkipped,
            Effect::Skipped,
            "",
            "a link to another file or folder",
            "Links are not followed.",
        );
        let name = self.name_of(path);
        self.found.unreadable.push(problem.within(&name));
    }

    fn note_unreadable(&mut self, error: walkdir::Error) {
        let place = error
            .path()
            .map_or_else(|| self.name.clone(), |path| self.name_of(path));
        let problem = unreadable(&error.into()).within(&place);
        self.found.unreadable.push(problem);
    }

    /// How reports call what lies at this path.
    fn name_of(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.root).unwrap_or(path);
        let parts = below
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned());
        std::iter::once(self.name.clone())
            .chain(parts)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("/")
    }
}

fn is_wanted(entry: &DirEntry, leave_out: &[PathBuf]) -> bool {
    // What is named by someone is looked at: who names a report is told that no run is in it.
    !leave_out.iter().any(|path| path == entry.path())
        && (entry.depth() == 0 || !(is_hidden(entry) || is_settings(entry) || is_own_report(entry)))
}

fn is_hidden(entry: &DirEntry) -> bool {
    is_hidden_name(&entry.file_name().to_string_lossy())
}

fn is_settings(entry: &DirEntry) -> bool {
    entry.file_name() == SETTINGS
}

fn is_own_report(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && own_reports::is_only_report(entry.path())
}
