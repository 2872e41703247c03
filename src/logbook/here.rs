//! The pain log that lies in the current folder or beside the file of options: the same one for the commands that write into it and for
//! those that read it beside recordings.

use crate::{
    error::Error,
    option::PAIN,
    pain::{Resembles, resembles},
    report::text,
    source,
};
use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

/// Files of a folder that are looked at for a log by their columns.
const LOOKED_AT: usize = 40;
/// How the log is called where there is none yet.
const NEW_LOG: &str = "pain.csv";
/// Logs named where several can be meant.
const NAMED: usize = 4;

/// What lies in the folders that are looked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Here {
    /// No log.
    Nothing,
    /// One.
    Log(Lying),
    /// Several, of which none is called `pain.csv`.
    Several(Vec<PathBuf>),
}

/// A log that lies in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lying {
    /// Where, from the current folder.
    pub(super) path: PathBuf,
    /// It is called a pain log; else it is one by its columns.
    pub(super) is_called_so: bool,
}

/// The log: the one that was named, else the one of the first of the folders that has one, which a report reads as well. Its name is
/// `pain.csv` where there is none yet.
///
/// # Errors
/// [`Error::Usage`] where several could be meant.
pub fn log_file(named: Option<PathBuf>, folders: &[PathBuf]) -> Result<PathBuf, Error> {
    if let Some(named) = named {
        return Ok(named);
    }
    match lying(folders, |_| true) {
        Here::Nothing => Ok(PathBuf::from(NEW_LOG)),
        Here::Log(log) => Ok(log.path),
        Here::Several(logs) => Err(Error::Usage(which_of(&logs))),
    }
}

/// What lies in the first of the folders that has a log, of the files that are wanted.
pub(super) fn lying(folders: &[PathBuf], is_wanted: impl Fn(&Path) -> bool) -> Here {
    let here = folders.iter().map(|folder| in_folder(folder, &is_wanted));
    here.into_iter()
        .find(|here| *here != Here::Nothing)
        .unwrap_or(Here::Nothing)
}

/// `pain.csv` first, then what is called a pain log, then what is one by its columns.
fn in_folder(folder: &Path, is_wanted: impl Fn(&Path) -> bool) -> Here {
    let mut files = files_of(folder);
    files.retain(|file| is_wanted(file));
    let is_new_log = |file: &&PathBuf| file.file_name().is_some_and(|name| name == NEW_LOG);
    if let Some(log) = files.iter().find(is_new_log) {
        return Here::Log(Lying {
            path: log.clone(),
            is_called_so: true,
        });
    }
    let (called_so, others): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|file: &PathBuf| is_called_so(file));
    if !called_so.is_empty() {
        return one_of(called_so, true);
    }
    let tables = others
        .into_iter()
        .filter(|file| is_table(file))
        .take(LOOKED_AT);
    one_of(tables.filter(|file| reads_as_log(file)).collect(), false)
}

fn one_of(logs: Vec<PathBuf>, is_called_so: bool) -> Here {
    match logs.as_slice() {
        [] => Here::Nothing,
        [path] => Here::Log(Lying {
            path: path.clone(),
            is_called_so,
        }),
        _ => Here::Several(logs),
    }
}

/// That nobody can know which of several logs is meant.
pub(super) fn which_of(logs: &[PathBuf]) -> String {
    let names = logs.iter().take(NAMED);
    let names = names.map(|log| text::printable(&log.display().to_string()));
    let names: Vec<String> = names.collect();
    format!(
        "several files here can be your pain log ({}): say which with {PAIN}.",
        names.join(", ")
    )
}

/// The files of a folder, in order; those of the current one by their names alone.
fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    let is_current = folder == Path::new(".");
    let path = |name: PathBuf| match is_current {
        true => name,
        false => folder.join(name),
    };
    let mut paths: Vec<PathBuf> = files
        .map(|file| path(PathBuf::from(file.file_name())))
        .collect();
    paths.sort();
    paths
}

fn is_called_so(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str());
    name.is_some_and(source::is_pain_log_name)
}

/// Whether a table is a log by its columns.
fn reads_as_log(file: &Path) -> bool {
    start_of(file).is_some_and(|bytes| resembles(&bytes) == Resembles::Log)
}

fn is_table(file: &Path) -> bool {
    let ending = file
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    ["csv", "tsv"].contains(&ending.to_lowercase().as_str())
}

/// As much of a file as shows its header.
fn start_of(file: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut start = File::open(file).ok()?.take(64 * 1024);
    start.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "date,site,pain\n2025-10-01,knee,2\n";

    fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    #[test]
    fn the_first_folder_with_a_log_has_it_and_pain_csv_goes_first() {
        let empty = folder_with(&[("notes.csv", "a,b\n1,2\n")]);
        let many = folder_with(&[
            ("pain.csv", LOG),
            ("pain_log.csv", LOG),
            ("tagebuch.csv", LOG),
        ]);
        let by_columns = folder_with(&[("tagebuch.csv", LOG)]);
        let several = folder_with(&[("pain_log.csv", LOG), ("Pain.xlsx", "x")]);
        let found = |folders: &[&tempfile::TempDir]| {
            let folders: Vec<PathBuf> = folders.iter().map(|f| f.path().to_path_buf()).collect();
            lying(&folders, |_| true)
        };
        let log = |folder: &tempfile::TempDir, name: &str, is_called_so| {
            Here::Log(Lying {
                path: folder.path().join(name),
                is_called_so,
            })
        };
        assert_eq!(found(&[&empty]), Here::Nothing);
        assert_eq!(found(&[&empty, &many]), log(&many, "pain.csv", true));
        assert_eq!(
            found(&[&by_columns, &many]),
            log(&by_columns, "tagebuch.csv", false)
        );
        assert!(matches!(found(&[&several, &many]), Here::Several(logs) if logs.len() == 2));
        let no_pain = |file: &Path| !file.ends_with("pain.csv");
        assert_eq!(
            lying(&[many.path().to_path_buf()], no_pain),
            log(&many, "pain_log.csv", true)
        );
    }
}
