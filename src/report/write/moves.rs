//! How a report that is ready takes the place of the one before: all of it or nothing.
//!
//! No system exchanges many files at once, so that there is a moment, below a millisecond, in which some are moved and others not. What
//! goes wrong in it is undone. Who is killed in it leaves the folder [`READY`], by which the next run knows that the report in it was
//! whole, and ends what was begun.

use super::access::Access;
use std::{
    fs::{self, File},
    io::{self, Error as IoError, ErrorKind},
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// The folder of a report that is ready and on its way.
const READY: &str = ".niggle-ready";
/// The same when it is over and goes: of the names that every run clears away.
const DONE: &str = ".niggle-stage-done";
/// The folder in it of what is to be moved …
const NEW: &str = "new";
/// … and that of what lay in its place.
const OLD: &str = "old";

/// Where files of a report are made ready.
pub(super) fn place_in(stage: &Path) -> PathBuf {
    stage.join(NEW)
}

/// What could not be moved, and why.
#[derive(Debug)]
pub(super) struct Unmoved {
    pub(super) path: PathBuf,
    pub(super) error: IoError,
}

fn unmoved(path: &Path) -> impl FnOnce(IoError) -> Unmoved {
    let path = path.to_path_buf();
    |error| Unmoved { path, error }
}

/// Whether a run was ended while it moved a report into this folder.
pub(super) fn is_begun(output: &Path) -> bool {
    output.join(READY).is_dir()
}

/// Ends what such a run began.
pub(super) fn end(output: &Path, access: Access) -> Result<(), Unmoved> {
    let ready = output.join(READY);
    let new = place_in(&ready);
    for name in names_in(&new, Path::new("")).map_err(unmoved(&new))? {
        let target = output.join(&name);
        folder_of(&target, access).map_err(unmoved(&target))?;
        moved(&new.join(&name), &target).map_err(unmoved(&target))?;
    }
    // What is in it now lay in the places before.
    discard(&ready, output).map_err(unmoved(&ready))
}

fn folder_of(file: &Path, access: Access) -> io::Result<()> {
    file.parent()
        .map_or(Ok(()), |folder| access.make_folders(folder))
}

/// Files below a folder, by their names there.
fn names_in(folder: &Path, below: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let name = below.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => names.extend(names_in(folder, &name)?),
            false => names.push(name),
        }
    }
    Ok(names)
}

/// Moves files of these names, which lie ready in the stage, into the output: all or none. The stage is gone then.
pub(super) fn all(
    stage: TempDir,
    output: &Path,
    names: &[String],
    access: Access,
) -> Result<(), Unmoved> {
    let ready = make_ready(stage, output, names, access)?;
    let moved = one_by_one(&ready, output, names);
    let is_as_before = moved
        .as_ref()
        .is_err_and(|(_, done)| put_back(&ready, output, &names[..*done]));
    if moved.is_ok() {
        settle(output);
    }
    // What could not be put back is moved by the next run.
    if moved.is_ok() || is_as_before {
        let _ = discard(&ready, output);
    }
    moved.map_err(|(why, _)| why)
}

/// From here on the report is whole, whatever ends the program.
fn make_ready(
    stage: TempDir,
    output: &Path,
    names: &[String],
    access: Access,
) -> Result<PathBuf, Unmoved> {
    for name in names {
        let target = output.join(name);
        let kept = stage.path().join(OLD).join(name);
        keep(&target, &kept, access).map_err(unmoved(&target))?;
    }
    let ready = output.join(READY);
    moved(stage.path(), &ready).map_err(unmoved(&ready))?;
    // It has another name now, and is not to be removed by the one before.
    let _ = stage.keep();
    Ok(ready)
}

/// Keeps what lies in a place, by a second name where the file system has such, so that it can be put back. Nothing but a file may.
fn keep(target: &Path, kept: &Path, access: Access) -> io::Result<()> {
    folder_of(target, access)?;
    if target.is_dir() {
        return Err(IoError::new(
            ErrorKind::IsADirectory,
            "a folder has that name",
        ));
    }
    if target.symlink_metadata().is_err() {
        return Ok(());
    }
    folder_of(kept, access)?;
    fs::hard_link(target, kept).or_else(|_| fs::copy(target, kept).map(drop))
}

/// Moves one after the other; where one cannot be moved, with how many were.
fn one_by_one(ready: &Path, output: &Path, names: &[String]) -> Result<(), (Unmoved, usize)> {
    for (done, name) in names.iter().enumerate() {
        let target = output.join(name);
        moved(&place_in(ready).join(name), &target)
            .map_err(|error| (unmoved(&target)(error), done))?;
    }
    Ok(())
}

/// Puts what lay in these places back there. What was moved lies ready again before: who is killed in between has it all moved by the next
/// run, and not a part of each.
fn put_back(ready: &Path, output: &Path, names: &[String]) -> bool {
    let back = |name: &String| {
        let (kept, target) = (ready.join(OLD).join(name), output.join(name));
        moved(&target, &place_in(ready).join(name))?;
        match kept.symlink_metadata() {
            Ok(_) => moved(&kept, &target),
            Err(_) => Ok(()),
        }
    };
    names.iter().map(back).all(|done| done.is_ok())
}

/// Removes a report that is done with. First it loses its name, so that whoever is killed while it goes leaves nothing to be moved.
fn discard(ready: &Path, output: &Path) -> io::Result<()> {
    let done = output.join(DONE);
    let _ = fs::remove_dir_all(&done);
    moved(ready, &done)?;
    // What stays is hidden, and goes with the next run.
    let _ = fs::remove_dir_all(&done);
    Ok(())
}

/// Moves a file or a folder. A network drive whose answer was lost is asked again and then says that there is nothing to move.
fn moved(from: &Path, to: &Path) -> io::Result<()> {
    let is_gone = |path: &Path| path.symlink_metadata().is_err();
    fs::rename(from, to).or_else(|error| match is_gone(from) && !is_gone(to) {
        true => Ok(()),
        false => Err(error),
    })
}

/// Asks the system to bring the new names onto the disk. Where folders cannot be opened it does so by itself.
fn settle(output: &Path) {
    let _ = File::open(output).and_then(|folder| folder.sync_all());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const NAMES: [&str; 5] = [
        "a.csv",
        "charts/new.png",
        "charts/old.png",
        "findings.json",
        "report.md",
    ];

    fn names() -> Vec<String> {
        NAMES.map(String::from).to_vec()
    }

    /// An output with the report of before, but for one file, and a stage with the next.
    fn before() -> (TempDir, TempDir) {
        let output = tempfile::tempdir().unwrap();
        let stage = tempfile::tempdir_in(output.path()).unwrap();
        for name in NAMES {
            write(&place_in(stage.path()).join(name), "new");
            if name != "charts/new.png" {
                write(&output.path().join(name), "old");
            }
        }
        (output, stage)
    }

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Every file of the output and what it says; nothing hidden may be left.
    fn files(output: &Path) -> BTreeMap<String, String> {
        let names = names_in(output, Path::new("")).unwrap();
        let text = |name: &PathBuf| {
            let text = fs::read_to_string(output.join(name)).unwrap();
            (name.to_string_lossy().replace('\\', "/"), text)
        };
        names.iter().map(text).collect()
    }

    fn all_say(files: &BTreeMap<String, String>, word: &str) -> bool {
        files.values().all(|text| text == word)
    }

    #[test]
    fn a_report_takes_the_place_of_the_one_before() {
        let (output, stage) = before();
        all(stage, output.path(), &names(), Access::Owner).unwrap();
        let files = files(output.path());
        assert!(
            files.keys().eq(NAMES.iter()) && all_say(&files, "new"),
            "{files:?}"
        );
    }

    /// Who is killed runs nothing more: so it stands after each number of moves.
    #[test]
    fn what_was_killed_while_it_moved_is_ended_by_the_next() {
        for moves in 0..=NAMES.len() {
            let (output, stage) = before();
            let ready = make_ready(stage, output.path(), &names(), Access::Owner).unwrap();
            one_by_one(&ready, output.path(), &names()[..moves]).unwrap();
            assert!(is_begun(output.path()));
            end(output.path(), Access::Owner).unwrap();
            let files = files(output.path());
            assert!(
                files.keys().eq(NAMES.iter()) && all_say(&files, "new"),
                "after {moves}: {files:?}"
            );
        }
    }

    #[test]
    fn what_cannot_be_moved_leaves_everything_as_it_was() {
        for at in 0..NAMES.len() {
            let (output, stage) = before();
            // It was ready and is not there when it is to be moved, and no more is what lay in its place.
            let ready = make_ready(stage, output.path(), &names(), Access::Owner).unwrap();
            fs::remove_file(place_in(&ready).join(NAMES[at])).unwrap();
            let _ = fs::remove_file(output.path().join(NAMES[at]));
            let (_, done) = one_by_one(&ready, output.path(), &names()).unwrap_err();
            assert_eq!(done, at);
            assert!(put_back(&ready, output.path(), &names()[..done]));
            discard(&ready, output.path()).unwrap();
            let files = files(output.path());
            assert!(
                all_say(&files, "old") && !files.contains_key("charts/new.png"),
                "{files:?}"
            );
            assert!(
                NAMES[..at]
                    .iter()
                    .all(|name| *name == "charts/new.png" || files.contains_key(*name))
            );
        }
    }

    /// It goes file by file: what is left of it must not be taken for a report on its way.
    #[test]
    fn what_was_killed_while_it_cleared_up_leaves_nothing_to_move() {
        let (output, stage) = before();
        let ready = make_ready(stage, output.path(), &names(), Access::Owner).unwrap();
        one_by_one(&ready, output.path(), &names()).unwrap();
        moved(&ready, &output.path().join(DONE)).unwrap();
        assert!(!is_begun(output.path()));
        crate::report::write::begun::clear(output.path());
        let files = files(output.path());
        assert!(
            files.keys().eq(NAMES.iter()) && all_say(&files, "new"),
            "{files:?}"
        );
    }

    /// Killed after each step of putting back, the next run has the new report whole.
    #[test]
    fn what_was_killed_while_it_was_put_back_is_ended_by_the_next() {
        for back in 0..=4 {
            let (output, stage) = before();
            let ready = make_ready(stage, output.path(), &names(), Access::Owner).unwrap();
            one_by_one(&ready, output.path(), &names()[..4]).unwrap();
            assert!(put_back(&ready, output.path(), &names()[..back]));
            end(output.path(), Access::Owner).unwrap();
            let files = files(output.path());
            assert!(
                files.keys().eq(NAMES.iter()) && all_say(&files, "new"),
                "{back}: {files:?}"
            );
        }
    }

    #[test]
    fn a_folder_in_the_way_is_found_before_anything_is_moved() {
        let (output, stage) = before();
        fs::remove_file(output.path().join("report.md")).unwrap();
        fs::create_dir(output.path().join("report.md")).unwrap();
        let unmoved = all(stage, output.path(), &names(), Access::Owner).unwrap_err();
        assert!(unmoved.path.ends_with("report.md"), "{unmoved:?}");
        let files = files(output.path());
        assert!(all_say(&files, "old") && files.len() == 3, "{files:?}");
    }

    /// A server that did what it was asked for and whose answer got lost is asked again, and then finds nothing to move.
    #[test]
    fn a_move_whose_answer_was_lost_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        assert!(moved(&from, &to).is_err(), "neither is there");
        write(&to, "moved");
        assert!(moved(&from, &to).is_ok());
        write(&from, "again");
        assert!(moved(&from, &to).is_ok());
        assert_eq!(fs::read_to_string(&to).unwrap(), "again");
    }
}
