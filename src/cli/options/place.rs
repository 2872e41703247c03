//! Which file is read: the one that was named, else the one beside the inputs, else the one in the current folder.

use crate::{source, terminal::whole};
use clap::{Args, ValueHint};
use std::path::{Path, PathBuf};

/// What the file is called.
pub(super) const NAME: &str = source::SETTINGS;

/// Which file is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct ConfigFile {
    /// A file of options [default: the niggle.toml beside the inputs, else the one in the current folder].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Reads no file of options.
    #[arg(long)]
    pub no_config: bool,
}

/// The file that is read, and those that would have been without it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) file: Option<PathBuf>,
    pub(super) unread: Vec<PathBuf>,
}

impl Found {
    /// Which of several counts.
    pub(super) fn notice(&self) -> Option<String> {
        let (file, unread) = (self.file.as_ref()?, self.unread.len());
        let first = whole(self.unread.first()?);
        let unread = match unread {
            1 => format!("{first} was not read"),
            _ => format!("{first} and {} more were not read", unread - 1),
        };
        let file = whole(file);
        Some(format!("the options are those of {file}; {unread}."))
    }
}

/// Looks for the file.
pub(super) fn find(config: &ConfigFile, named: Option<PathBuf>, inputs: &[PathBuf]) -> Found {
    if config.no_config {
        return Found::default();
    }
    let named = config.config.clone().or(named);
    let near = inputs.iter().map(|input| beside(input));
    let near = near.chain([PathBuf::from(NAME)]);
    let near = near.filter(|path| path.is_file());
    let mut all = each_once(named.into_iter().chain(near)).into_iter();
    Found {
        file: all.next(),
        unread: all.collect(),
    }
}

/// The folders that are looked in for a pain log beside the inputs: the current one and that of the file of options, which goes first
/// where it lies beside the inputs, for then the inputs are of whoever it is about.
pub(super) fn log_folders(file: Option<&Path>, is_named: bool) -> Vec<PathBuf> {
    let here = PathBuf::from(".");
    let of_file = file.and_then(Path::parent).map(|folder| match folder {
        folder if folder == Path::new("") => here.clone(),
        folder => folder.to_path_buf(),
    });
    let mut folders: Vec<PathBuf> = of_file.into_iter().chain([here.clone()]).collect();
    if is_named {
        folders.reverse();
    }
    // The current folder by its short name, so that what lies in it is called as it is seen.
    for folder in &mut folders {
        if is_same(folder, &here) {
            folder.clone_from(&here);
        }
    }
    each_once(folders.into_iter())
}

/// The file in a folder, or in the one that a file lies in.
fn beside(input: &Path) -> PathBuf {
    if input.is_dir() {
        input.join(NAME)
    } else {
        input.with_file_name(NAME)
    }
}

fn each_once(paths: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let mut once: Vec<PathBuf> = Vec::new();
    for path in paths {
        if !once.iter().any(|other| is_same(other, &path)) {
            once.push(path);
        }
    }
    once
}

fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}
