//! The pain log as a file that is written into: one more row at its end, whoever else writes at the same time.
//!
//! Only bytes behind the last are ever written. The file is locked, read again under the lock and brought onto the disk before anyone is
//! told that the row is there; where the disk takes only a part of it, that part is taken away again.

use crate::{
    error::Error,
    option::PAIN,
    pain::{
        Options, PainLog,
        append::{Appended, NewRow, Refusal, append},
    },
    report::Access,
};
use std::{
    fs::{self, File, Metadata, TryLockError},
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::Path,
    thread,
    time::Duration,
};

/// How often a file that another program holds is asked for …
const TRIES: usize = 3_000;
/// … and how long is waited in between: a minute in all, which a dozen rows at once take on a slow machine.
const WAIT: Duration = Duration::from_millis(20);
/// Puts a row behind a log, and makes the log where there is none, for whom it may be read by; with what the log says then.
///
/// # Errors
/// [`Error::PainLog`] when the log cannot be read or has no place for the row, [`Error::Output`] when it cannot be written. In both cases
/// the file is as it was.
pub fn write(
    path: &Path,
    row: &NewRow,
    options: &Options,
    access: Access,
) -> Result<Appended, Error> {
    check_kind(path)?;
    check_not_open(path)?;
    let is_new = !path.exists();
    let mut file = locked(path, access)?;
    let mut bytes = Vec::new();
    file.rewind()
        .and_then(|()| file.read_to_end(&mut bytes))
        .map_err(|error| unread(path, error))?;
    let place = path.display().to_string();
    let appended = append(&bytes, &place, row, options).map_err(|refusal| refused(&refusal));
    let appended = appended.inspect_err(|_| remove_if(is_new && bytes.is_empty(), path))?;
    put_behind(&mut file, &bytes, &appended.tail).map_err(|error| unwritten(path, error))?;
    Ok(appended)
}

/// A log as it is, for what has to be known before a row is asked for. None where there is none yet.
///
/// # Errors
/// As [`write()`], for a log that cannot be read.
pub fn read(path: &Path, options: &Options) -> Result<Option<PainLog>, Error> {
    check_kind(path)?;
    match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unread(path, error)),
        Ok(bytes) if bytes.is_empty() => Ok(None),
        Ok(bytes) => {
            let log = crate::pain::read(&bytes, &path.display().to_string(), options);
            log.map(Some)
                .map_err(|error| Error::PainLog(error.to_string()))
        }
    }
}

fn refused(refusal: &Refusal) -> Error {
    Error::PainLog(refusal.to_string())
}

fn unread(path: &Path, error: io::Error) -> Error {
    Error::Input {
        path: path.to_path_buf(),
        error,
    }
}

fn unwritten(path: &Path, error: io::Error) -> Error {
    Error::Output {
        path: path.to_path_buf(),
        error,
    }
}

/// A folder, a pipe and a device are no logs, and some of them would be waited for.
fn check_kind(path: &Path) -> Result<(), Error> {
    let what = match fs::metadata(path) {
        Ok(kind) if kind.is_dir() => "a folder",
        Ok(kind) if !kind.is_file() => "no file",
        _ => return Ok(()),
    };
    let path = path.display();
    Err(Error::Usage(format!(
        "{path} is {what}, and a pain log is a file: name the file itself with {PAIN}."
    )))
}

/// A spreadsheet that has the log open would write over the row when it saves.
fn check_not_open(path: &Path) -> Result<(), Error> {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let mark = path.with_file_name(format!(".~lock.{name}#"));
    match mark.exists() {
        true => Err(unwritten(
            path,
            io::Error::new(ErrorKind::ResourceBusy, in_a_spreadsheet(&mark)),
        )),
        false => Ok(()),
    }
}

fn in_a_spreadsheet(mark: &Path) -> String {
    format!(
        "it is open in a spreadsheet, which would write over the row when it saves; close it first, or remove {} if none has it open",
        mark.display()
    )
}

/// The file, locked, and still the one of that name: a program that saves may have put another in its place meanwhile.
fn locked(path: &Path, access: Access) -> Result<File, Error> {
    for _ in 0..TRIES {
        let file = access
            .open_to_append(path)
            .map_err(|error| unopened(path, error))?;
        match file.try_lock() {
            Ok(()) if is_still(&file, path) => return Ok(file),
            // Some network drives know no locks; what is put behind a file in one go is whole there too.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                return Ok(file);
            }
            Err(TryLockError::Error(error)) => return Err(unwritten(path, error)),
            Ok(()) | Err(TryLockError::WouldBlock) => thread::sleep(WAIT),
        }
    }
    let held = "another program holds it; try again when that has ended";
    Err(unwritten(
        path,
        io::Error::new(ErrorKind::ResourceBusy, held),
    ))
}

fn unopened(path: &Path, error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => unwritten(
            path,
            io::Error::new(
                ErrorKind::NotFound,
                "there is no such folder; make it first",
            ),
        ),
        _ => unwritten(path, error),
    }
}

fn is_still(file: &File, path: &Path) -> bool {
    let known =
        |meta: io::Result<Metadata>| meta.ok().map(|meta| (meta.len(), meta.modified().ok()));
    known(file.metadata()) == known(fs::metadata(path))
}

/// A file that was made for a row that came to nothing goes again.
fn remove_if(is_made: bool, path: &Path) {
    if is_made {
        let _ = fs::remove_file(path);
    }
}

/// Writes the bytes behind the last one and brings them onto the disk; what was written of them in vain is taken away.
fn put_behind(file: &mut File, bytes: &[u8], tail: &[u8]) -> io::Result<()> {
    if tail.is_empty() {
        return Ok(());
    }
    let written = file
        .seek(SeekFrom::End(0))
        .and_then(|_| file.write_all(tail))
        .and_then(|()| file.sync_all());
    written.inspect_err(|_| take_back(file, bytes))
}

/// Makes the file as long as it was.
fn take_back(file: &mut File, bytes: &[u8]) {
    // Where this fails as well, what was there is whole, and a cut row behind it is told by the reader.
    let _ = file.set_len(bytes.len() as u64);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::append::said;
    use std::path::PathBuf;

    fn folder_with(bytes: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pain.csv");
        fs::File::options()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)
            .and_then(|mut file| file.write_all(bytes.as_bytes()))
            .expect("a file");
        (folder, path)
    }

    fn row() -> NewRow {
        NewRow {
            date: "2025-10-13".parse().expect("a literal date"),
            said: said(&["left knee".to_string(), "3".to_string()]).expect("a row"),
            function: None,
            signs: Vec::new(),
            others_clear: false,
        }
    }

    const LOG: &str = "date,site,pain\n2025-10-01,knee,2\n";
    const ROW: &str = "2025-10-13,left knee,3\n";

    fn text(path: &Path) -> String {
        fs::read_to_string(path).expect("a file")
    }

    #[test]
    fn a_file_that_another_program_holds_is_waited_for_and_read_again() {
        let (_folder, path) = folder_with(LOG);
        let held = File::options().append(true).open(&path).expect("a file");
        held.lock().expect("a lock");
        let other = {
            let path = path.clone();
            thread::spawn(move || {
                write(&path, &row(), &Options::default(), Access::Owner)
                    .map(|appended| appended.tail)
            })
        };
        thread::sleep(WAIT * 10);
        assert_eq!(text(&path), LOG, "the lock is kept");
        (&held).write_all(b"2025-10-02,shin,1\n").expect("a row");
        drop(held);
        let tail = other.join().expect("no panic").expect("a row");
        assert_eq!(tail, ROW.as_bytes());
        assert_eq!(text(&path), format!("{LOG}2025-10-02,shin,1\n{ROW}"));
    }

    #[test]
    fn a_file_that_took_the_place_of_another_is_not_missed() {
        let (folder, path) = folder_with(LOG);
        let old = Access::Owner.open_to_append(&path).expect("a file");
        let new = folder.path().join("saved");
        fs::copy(&path, &new).expect("a copy");
        (File::options().append(true).open(&new))
            .and_then(|mut file| file.write_all(ROW.as_bytes()))
            .expect("a row");
        assert!(is_still(&old, &path));
        fs::remove_file(&path)
            .and_then(|()| fs::hard_link(&new, &path))
            .expect("another file of that name");
        assert!(!is_still(&old, &path));
    }

    #[test]
    fn what_the_disk_does_not_take_leaves_the_file_as_it_was() {
        let (_folder, path) = folder_with(LOG);
        let mut read_only = File::open(&path).expect("a file");
        assert!(put_behind(&mut read_only, LOG.as_bytes(), ROW.as_bytes()).is_err());
        assert_eq!(text(&path), LOG);
        // A part that got onto the disk before it was full goes again.
        let (_folder, path) = folder_with(&format!("{LOG}2025-10"));
        let mut file = Access::Owner.open_to_append(&path).expect("a file");
        take_back(&mut file, LOG.as_bytes());
        assert_eq!(text(&path), LOG);
    }

    #[test]
    fn a_log_that_was_made_for_nothing_goes_and_an_empty_one_stays() {
        let (folder, path) = folder_with("");
        let wrong = NewRow {
            date: "1999-10-13".parse().expect("a literal date"),
            ..row()
        };
        assert!(write(&path, &wrong, &Options::default(), Access::Owner).is_err());
        assert_eq!(text(&path), "");
        let new = folder.path().join("new.csv");
        assert!(write(&new, &wrong, &Options::default(), Access::Owner).is_err());
        assert!(!new.exists());
    }
}
