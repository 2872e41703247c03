//! The runners of a cohort: every folder and archive directly in a folder.

use super::{
    archive,
    names::{SETTINGS, is_hidden_name},
    own_reports,
};
use crate::error::Error;
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    time::SystemTime,
};
use walkdir::{DirEntry, WalkDir};

/// What lies directly in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Members {
    /// Folders and archives by name: a runner each.
    pub runners: Vec<Member>,
    /// Folders with a report or tables of niggle's and nothing else. Among runners they are nobody's, so that no report reads the last; where
    /// nothing else lies, they are what is to be read.
    pub reports: Vec<Member>,
    /// Names of links, which are not followed.
    pub links: Vec<String>,
    /// How many other files there are: they are nobody's.
    pub loose_files: usize,
}

/// A folder or an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Where it lies, below the folder.
    pub below: PathBuf,
    /// What is in it.
    pub weight: Weight,
}

/// How much there is to read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    /// Files; an archive is one.
    pub files: u64,
    /// Bytes in them.
    pub bytes: u64,
    /// When one of them was last written. None where that cannot be had.
    pub newest: Option<SystemTime>,
}

impl Weight {
    /// Both together.
    pub fn and(self, other: Weight) -> Weight {
        Weight {
            files: self.files + other.files,
            bytes: self.bytes + other.bytes,
            newest: self.newest.max(other.newest),
        }
    }

    /// Of a file, or of everything in a folder.
    pub fn of(path: &Path) -> Weight {
        let files = WalkDir::new(path).into_iter().filter_map(Result::ok);
        let files = files.filter(|entry| entry.file_type().is_file());
        let known = files.filter_map(|entry| entry.metadata().ok());
        known.fold(Weight::default(), |sum, file| Weight {
            files: sum.files + 1,
            bytes: sum.bytes + file.len(),
            newest: sum.newest.max(file.modified().ok()),
        })
    }
}

/// Looks into a folder, no deeper. Hidden entries, `__MACOSX` `leave_out` (the output folder) and reports and options of
/// niggle's are passed over.
///
/// # Errors
/// [`Error::Input`] when the folder cannot be read.
pub fn members(folder: &Path, leave_out: &Path) -> Result<Members, Error> {
    let failed = Error::input(folder);
    let root = folder.canonicalize().map_err(&failed)?;
    // A file has no members, and reading it as a folder says so.
    std::fs::read_dir(&root).map_err(&failed)?;
    let leave_out = leave_out.canonicalize().ok();
    let mut found = Members::default();
    for entry in directly_in(&root) {
        let entry = entry.map_err(|error| failed(error.into()))?;
        if leave_out.as_deref() != Some(entry.path()) {
            found.add(entry);
        }
    }
    Ok(found)
}

fn directly_in(folder: &Path) -> WalkDir {
    WalkDir::new(folder)
        .min_depth(1)
        .max_depth(1)
        .sort_by_file_name()
}

impl Members {
    fn add(&mut self, entry: DirEntry) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.file_type().is_dir();
        if is_hidden_name(&name) || name == SETTINGS {
            return;
        }
        if entry.path_is_symlink() {
            self.links.push(name);
        } else if is_folder && own_reports::is_only_tables(entry.path()) {
            self.reports.push(Member::of(&entry, name));
        } else if is_folder || is_archive(entry.path()) {
            self.runners.push(Member::of(&entry, name));
        } else {
            self.loose_files += 1;
        }
    }
}

impl Member {
    fn of(entry: &DirEntry, name: String) -> Member {
        Member {
            below: PathBuf::from(entry.file_name()),
            weight: Weight::of(entry.path()),
            name,
        }
    }
}

fn is_archive(path: &Path) -> bool {
    let mut head = [0; 4];
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut head))
        .is_ok()
        && archive::is_zip(&head, || None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn folders_and_archives_are_runners_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["ben", "anna/2024", "out", ".hidden", "__MACOSX"] {
            fs::create_dir_all(at(name)).unwrap();
        }
        for (name, bytes) in [
            ("carla.zip", &b"PK\x03\x04 and so on"[..]),
            ("pain.csv", b"date,pain"),
            ("x", b""),
        ] {
            fs::write(at(name), bytes).unwrap();
        }
        fs::create_dir(at("report of before")).unwrap();
        fs::write(
            at("report of before/cohort.json"),
            "{\"niggle_version\": \"0.1.0\"}",
        )
        .unwrap();
        let found = members(folder.path(), &at("out")).unwrap();
        let names: Vec<&str> = found.runners.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(
            (names, found.loose_files, found.links.len()),
            (vec!["anna", "ben", "carla.zip"], 2, 0)
        );
        assert_eq!(found.reports[0].name, "report of before");
        assert!(
            members(&at("pain.csv"), &at("out"))
                .unwrap_err()
                .to_string()
                .contains("pain.csv")
        );
        assert_eq!(
            members(&at("nowhere"), &at("out")).unwrap_err().exit_code(),
            2
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_named_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("anna")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("anna"), folder.path().join("twin")).unwrap();
        let found = members(folder.path(), Path::new("none")).unwrap();
        assert_eq!(
            (found.runners.len(), found.links),
            (1, vec!["twin".to_string()])
        );
    }
}
