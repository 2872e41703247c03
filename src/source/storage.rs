//! One input: its name, where it is, its size.

use super::archive::Archive;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// One input file.
#[derive(Debug, Clone)]
pub struct Source {
    /// How reports call it: the given folder's or archive's own name and the path below it, with `/`.
    pub name: String,
    /// Where it is.
    pub storage: Storage,
    /// Its size on disk, bytes; in an archive, as it is packed there.
    pub bytes: u64,
}

/// Where an input file is.
#[derive(Debug, Clone)]
pub enum Storage {
    /// In the file system.
    File(PathBuf),
    /// In an archive, by its number in the directory: names may be doubled.
    Packed(Arc<Archive>, usize),
}

impl Source {
    /// The file that holds it, itself or the archive around it. None inside an archive.
    pub fn path(&self) -> Option<&Path> {
        match &self.storage {
            Storage::File(path) => Some(path),
            Storage::Packed(..) => None,
        }
    }
}

/// Files of one name (two folders called `runs`) get a number, so that a report can tell them apart. The list is sorted.
pub(super) fn distinct_names(list: &mut [Source]) {
    let mut seen = (String::new(), 1);
    for source in list {
        seen = if source.name == seen.0 {
            (seen.0, seen.1 + 1)
        } else {
            (source.name.clone(), 1)
        };
        if seen.1 > 1 {
            source.name = format!("{} ({})", seen.0, seen.1);
        }
    }
}
