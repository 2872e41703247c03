//! What is begun and not yet there: files and folders of hidden names, and how those go whose owner is gone.

use super::access::Access;
use std::{
    fs::{self, DirEntry, File},
    io,
    path::Path,
    time::{Duration, SystemTime},
};
use tempfile::{Builder, NamedTempFile, TempDir};

/// How names of what is not finished begin.
pub const UNFINISHED: &str = ".niggle-";
/// How a file is called that is written for a place beside it.
const FILE: &str = ".niggle-file-";
/// How a folder is called in which a report is made ready.
const STAGE: &str = ".niggle-stage-";
/// How often a file may be taken for a stray in the moment in which it was made and not yet locked.
const TRIES: usize = 20;
/// How old a file of another machine is that counts as a stray: locks may not reach so far.
const OLD: Duration = Duration::from_secs(3_600);

/// A file for a place beside it. It is locked for as long as it is written, and goes by itself where it comes to nothing.
pub(super) fn file(folder: &Path, access: Access) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(FILE);
    if let Some(permissions) = access.of_file() {
        builder.permissions(permissions);
    }
    for _ in 0..TRIES {
        let file = builder.tempfile_in(folder)?;
        // Where there are no locks nobody takes a file for a stray.
        let _ = file.as_file().try_lock();
        if file.path().exists() {
            return Ok(file);
        }
    }
    Err(io::Error::other("other programs remove what is begun"))
}

/// A folder in which a report is made ready.
pub(super) fn stage(output: &Path, access: Access) -> io::Result<TempDir> {
    let mut builder = Builder::new();
    builder.prefix(STAGE);
    if let Some(permissions) = access.of_folder() {
        builder.permissions(permissions);
    }
    builder.tempdir_in(output)
}

/// Removes what a run left that was ended from outside, in an output that nobody else writes into.
pub(super) fn clear(output: &Path) {
    for entry in hidden_in(output) {
        let name = entry.file_name();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && name.to_string_lossy().starts_with(STAGE) {
            // What cannot be removed is hidden and in nobody's way; so it is below.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    clear_files(output, None);
}

/// Removes files that nobody writes any more. Those of other machines must also be an hour older than `now`, by the clock of the folder.
pub(super) fn clear_files(folder: &Path, now: Option<SystemTime>) {
    for entry in hidden_in(folder) {
        let is_one = entry.file_name().to_string_lossy().starts_with(FILE);
        if is_one && is_old_enough(&entry, now) && is_nobodys(&entry) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn hidden_in(folder: &Path) -> impl Iterator<Item = DirEntry> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(UNFINISHED))
}

fn is_old_enough(entry: &DirEntry, now: Option<SystemTime>) -> bool {
    let written = entry.metadata().and_then(|meta| meta.modified());
    now.is_none_or(|now| {
        written.is_ok_and(|written| now.duration_since(written).is_ok_and(|age| age > OLD))
    })
}

/// Whether it is a file that can be locked: whoever writes one holds its lock.
fn is_nobodys(entry: &DirEntry) -> bool {
    let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
    let open = || File::options().write(true).open(entry.path());
    is_file && open().is_ok_and(|file| file.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_writes_stays_and_what_nobody_writes_goes() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let held = file(folder.path(), Access::Owner).unwrap();
        let strays = [at(".niggle-file-dead"), at(".niggle-stage-dead")];
        fs::write(&strays[0], "half").unwrap();
        fs::create_dir_all(strays[1].join("new/charts")).unwrap();
        // Neither is of these names: a cache, the work of a cohort, somebody's own file.
        let others = [
            ".niggle-cache",
            ".niggle-work-0123456789abcdef",
            ".niggle-fileless",
            "runs.csv",
        ];
        others
            .iter()
            .for_each(|name| fs::write(at(name), "x").unwrap());
        clear(folder.path());
        assert!(strays.iter().all(|path| !path.exists()), "{strays:?}");
        assert!(others.iter().all(|name| at(name).exists()));
        assert!(held.path().exists(), "its owner is at work");
        let path = held.path().to_path_buf();
        drop(held);
        assert!(!path.exists());
    }

    #[test]
    fn of_other_machines_only_what_is_old_goes() {
        let folder = tempfile::tempdir().unwrap();
        let stray = folder.path().join(".niggle-file-dead");
        fs::write(&stray, "half").unwrap();
        let file = File::options().write(true).open(&stray).unwrap();
        let now = file.metadata().unwrap().modified().unwrap();
        clear_files(folder.path(), Some(now));
        assert!(stray.exists());
        file.set_modified(now - OLD).unwrap();
        clear_files(folder.path(), Some(now));
        assert!(stray.exists(), "not more than an hour");
        file.set_modified(now - OLD - Duration::from_secs(1))
            .unwrap();
        clear_files(folder.path(), Some(now));
        assert!(!stray.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_of_such_a_name_costs_nothing_behind_it() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let own = other.path().join("own.fit");
        fs::write(&own, "a run").unwrap();
        let link = |to: &Path, name: &str| {
            std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
        };
        link(other.path(), ".niggle-stage-x");
        link(&own, ".niggle-file-x");
        clear(folder.path());
        assert_eq!(fs::read_to_string(&own).unwrap(), "a run");
    }
}
