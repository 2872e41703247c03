//! Writing: everything is made ready in a hidden folder beside its place and moved at the end, so that no half-written file is ever seen.

mod access;
mod begun;
mod lock;
mod moves;

pub use access::Access;
pub use begun::UNFINISHED;

use super::{Maker, charts};
use crate::option::OUT;
use crate::{error::Error, source, threads::at_once};
use lock::Lock;
use std::{
    fs,
    io::{self, BufWriter, Error as IoError, ErrorKind, Write},
    path::{Path, PathBuf},
};

/// An output folder that can be written, by nobody else until this is dropped. A folder made for a report that came to nothing goes again.
#[derive(Debug)]
pub struct Output {
    path: PathBuf,
    access: Access,
    /// None: it is being dropped.
    lock: Option<Lock>,
    made: bool,
}

impl Output {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        self.lock = None;
        if self.made {
            // Only an empty folder can be removed this way: a report stays.
            let _ = fs::remove_dir(&self.path);
        }
    }
}

/// Makes sure before any work that the folder can be written, that nobody else writes into it, and that it is empty or holds a report of
/// niggle's of the same kind: [`source::REPORT`], [`source::COHORT`] or [`source::TABLES`]. What a run left there that was killed goes.
///
/// # Errors
/// [`Error::Output`], and [`Error::Usage`] for `-`, which elsewhere means standard output.
pub fn prepare(output: &Path, kind: &str, access: Access) -> Result<Output, Error> {
    if output == Path::new("-") {
        return Err(Error::Usage(format!(
            "{OUT} -: a report is a folder of files, so it cannot go to standard output. Name a folder (./- for one that is \
             called so)."
        )));
    }
    let made = !output.exists();
    if !made && !output.is_dir() {
        let why = format!(
            "a file has that name, and was left as it is; choose another folder with {OUT}"
        );
        return Err(refused(output, ErrorKind::NotADirectory, &why));
    }
    access
        .make_folders(output)
        .map_err(|error| failed(output, error))?;
    let mut prepared = Output {
        path: output.to_path_buf(),
        access,
        lock: None,
        made,
    };
    // A report of which a part was moved may not be known as one yet.
    if !moves::is_begun(output) {
        check_own(output, kind)?;
    }
    prepared.lock = Some(Lock::of(output).map_err(|error| failed(output, error))?);
    prepared.take_over()?;
    check_own(output, kind)?;
    stage(&prepared)?;
    Ok(prepared)
}

impl Output {
    /// Ends what a run began that was killed, or takes it away.
    fn take_over(&self) -> Result<(), Error> {
        if moves::is_begun(&self.path) {
            // Where there are no locks this may be at work still; it does not mind that a file is in its place already.
            moves::end(&self.path, self.access).map_err(not_moved)?;
        }
        if self.lock.as_ref().is_some_and(Lock::is_held) {
            begun::clear(&self.path);
        }
        Ok(())
    }
}

fn check_own(output: &Path, kind: &str) -> Result<(), Error> {
    if is_foreign(output, kind).map_err(|error| failed(output, error))? {
        let why = format!(
            "it holds files that are not a report of niggle's, and was left as it is; choose another folder with {OUT}"
        );
        return Err(refused(output, ErrorKind::DirectoryNotEmpty, &why));
    }
    Ok(())
}

/// Writes a file that must not exist yet, for whom it may be read by.
///
/// # Errors
/// [`Error::Output`], also when the file is there already.
pub fn write_new(path: &Path, bytes: &[u8], access: Access) -> Result<(), Error> {
    let mut file = access
        .create_new(path)
        .map_err(|error| not_new(path, error))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| {
        let _ = fs::remove_file(path);
        failed(path, error)
    })
}

fn not_new(path: &Path, error: IoError) -> Error {
    match error.kind() {
        kind @ ErrorKind::AlreadyExists => refused(path, kind, NAME_IS_TAKEN),
        kind @ ErrorKind::NotFound => refused(path, kind, NO_SUCH_FOLDER),
        _ => failed(path, error),
    }
}

const NAME_IS_TAKEN: &str =
    "there is a file of that name already; it was left alone, choose another name";

const NO_SUCH_FOLDER: &str = "there is no such folder; make it first or choose another";

/// Writes one file in the place of the one before, which stays whole until then.
///
/// # Errors
/// [`Error::Output`].
pub fn replace(path: &Path, bytes: &[u8], access: Access) -> Result<(), Error> {
    put(path, bytes, access, false)
}

/// The same, and back only when it is on the disk: for what another machine goes by.
///
/// # Errors
/// As [`replace`].
pub fn replace_on_disk(path: &Path, bytes: &[u8], access: Access) -> Result<(), Error> {
    put(path, bytes, access, true)
}

fn put(path: &Path, bytes: &[u8], access: Access, on_disk: bool) -> Result<(), Error> {
    let named = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = named.unwrap_or(Path::new("."));
    let write = || {
        access.make_folders(folder)?;
        let mut file = begun::file(folder, access)?;
        let now = on_disk.then(|| file.as_file().metadata()?.modified());
        begun::clear_files(folder, now.transpose()?);
        file.write_all(bytes)?;
        if on_disk {
            file.as_file().sync_all()?;
        }
        file.persist(path).map(drop).map_err(|error| error.error)
    };
    write().map_err(|error| failed(path, error))
}

/// Makes every file ready, several at once, then moves them into their places, replacing those of the report before. Files of other
/// names stay, but for pictures of ours that this report does not have.
///
/// # Errors
/// [`Error::Output`] naming the file; the error of a file that could not be made.
pub(super) fn write_all(output: &Output, files: &[Maker]) -> Result<(), Error> {
    write_all_and_pour(output, files, &[])
}

/// The same with files that are written as they are made.
///
/// # Errors
/// As [`write_all`].
pub(super) fn write_all_and_pour(
    output: &Output,
    files: &[Maker],
    poured: &[Poured],
) -> Result<(), Error> {
    let stage = stage(output)?;
    let place = moves::place_in(stage.path());
    let poured = at_once(poured.len(), |at| pour(&poured[at], &place, output));
    let names = at_once(files.len(), |at| make_ready(&files[at], &place, output));
    let names = poured.into_iter().chain(names);
    let names = names.collect::<Result<Vec<_>, _>>()?;
    moves::all(stage, &output.path, &names, output.access).map_err(not_moved)?;
    remove_old_pictures(&output.path, &names);
    Ok(())
}

/// A file that may be larger than what is kept in memory: it is written as it is made.
pub struct Poured<'a> {
    /// Its name in the output.
    pub name: String,
    /// Makes it.
    pub pour: Box<Pour<'a>>,
}

/// Writes a file as it is made.
pub type Pour<'a> = dyn Fn(&mut dyn Write) -> Result<(), Error> + Send + Sync + 'a;

/// Pours a file and returns its name. What the disk refused goes before what came of it.
fn pour(poured: &Poured, place: &Path, output: &Output) -> Result<String, Error> {
    let refused = |error: IoError| failed(&output.path.join(&poured.name), error);
    let file = create(&place.join(&poured.name), output.access).map_err(refused)?;
    let mut heard = Heard {
        to: BufWriter::new(file),
        error: None,
    };
    let made = (poured.pour)(&mut heard);
    if let Some(error) = heard.error {
        return Err(refused(error));
    }
    made?;
    let file = heard
        .to
        .into_inner()
        .map_err(|error| refused(error.into_error()))?;
    file.sync_all().map_err(refused)?;
    Ok(poured.name.clone())
}

/// A file, and the first thing that the system refused: whoever writes into it may tell that in words of their own.
struct Heard {
    to: BufWriter<fs::File>,
    error: Option<IoError>,
}

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes);
        self.hear(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.to.flush();
        self.hear(flushed)
    }
}

impl Heard {
    fn hear<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        done.map_err(|error| {
            let kind = error.kind();
            // What is begun again by itself is no refusal.
            if self.error.is_none() && kind != ErrorKind::Interrupted {
                self.error = Some(error);
            }
            kind.into()
        })
    }
}

/// Makes a file and returns its name.
fn make_ready(make: &Maker, place: &Path, output: &Output) -> Result<String, Error> {
    let (name, bytes) = make()?;
    let written = write_one(&place.join(&name), &bytes, output.access);
    written.map_err(|error| failed(&output.path.join(&name), error))?;
    Ok(name)
}

fn not_moved(unmoved: moves::Unmoved) -> Error {
    failed(&unmoved.path, unmoved.error)
}

/// Whether the folder has visible files and none of them marks it as niggle's.
fn is_foreign(output: &Path, kind: &str) -> io::Result<bool> {
    Ok(has_files(output)? && !source::is_report(output, kind))
}

/// Hidden ones do not count.
fn has_files(folder: &Path) -> io::Result<bool> {
    let mut entries = fs::read_dir(folder)?.filter_map(Result::ok);
    Ok(entries.any(|entry| !entry.file_name().to_string_lossy().starts_with('.')))
}

/// A hidden folder in an output, in which long work is kept until it is done: what was begun for the same key is there again.
#[derive(Debug)]
pub struct Workshop {
    path: PathBuf,
}

/// How names of such folders begin, before their key.
const WORKSHOP: &str = ".niggle-work-";
/// Characters of the key in the name.
const KEY_CHARACTERS: usize = 16;

impl Workshop {
    /// Opens it; those of other keys go, since nobody comes back to them.
    ///
    /// # Errors
    /// [`Error::Output`].
    pub fn open(output: &Output, key: &str) -> Result<Workshop, Error> {
        let key = key.get(..KEY_CHARACTERS).unwrap_or(key);
        let name = format!("{WORKSHOP}{key}");
        let path = output.path.join(&name);
        let others = fs::read_dir(&output.path).into_iter().flatten().flatten();
        let others = others.filter(|entry| {
            let entry = entry.file_name();
            let entry = entry.to_string_lossy();
            entry.starts_with(WORKSHOP) && *entry != *name
        });
        for other in others {
            // One that cannot be removed is in nobody's way.
            let _ = fs::remove_dir_all(other.path());
        }
        let made = output.access.make_folders(&path);
        made.map_err(|error| failed(&path, error))?;
        Ok(Workshop { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes it: the work is done.
    pub fn close(self) {
        // What cannot be removed is hidden, and goes with the next report.
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn stage(output: &Output) -> Result<tempfile::TempDir, Error> {
    begun::stage(&output.path, output.access).map_err(|error| failed(&output.path, error))
}

fn write_one(path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    let mut file = create(path, access)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A new file, with the folders that it lies in.
fn create(path: &Path, access: Access) -> io::Result<fs::File> {
    path.parent()
        .map_or(Ok(()), |folder| access.make_folders(folder))?;
    access.create(path)
}

/// Removes files of ours that an earlier report had and this one has not.
pub(super) fn remove<'a>(output: &Path, names: impl Iterator<Item = &'a str>) {
    for name in names {
        // As with pictures: one that cannot be removed is not worth losing the report for.
        let _ = fs::remove_file(output.join(name));
    }
}

/// Pictures that an earlier report had and this one has not, told by their names.
fn remove_old_pictures(output: &Path, files: &[String]) {
    let folder = fs::read_dir(output.join(charts::FOLDER));
    for entry in folder.into_iter().flatten().filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if charts::is_ours(&name) && !files.contains(&format!("{}/{name}", charts::FOLDER)) {
            // A picture that cannot be removed is not worth losing the report for.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// What niggle itself will not do, and what can be done instead.
fn refused(path: &Path, kind: ErrorKind, why: &str) -> Error {
    failed(path, IoError::new(kind, why))
}

/// What the system says is followed by what can be done, where that is known.
fn failed(path: &Path, error: IoError) -> Error {
    let error = match advice(&error) {
        Some(advice) => IoError::new(error.kind(), format!("{error}: {advice}")),
        None => error,
    };
    Error::Output {
        path: PathBuf::from(path),
        error,
    }
}

/// What can be done. None where the words are our own.
fn advice(error: &IoError) -> Option<&'static str> {
    error.raw_os_error()?;
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            Some("you may not write there; choose another folder")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Some("the disk is full; make room or choose another folder")
        }
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            Some("no folder can be made there; choose another")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{COHORT, REPORT};

    fn file(name: &str, text: String) -> Maker<'static> {
        let name = name.to_string();
        Box::new(move || Ok((name.clone(), text.clone().into_bytes())))
    }

    fn files(text: &str, pictures: &[&str]) -> Vec<Maker<'static>> {
        let mark = format!("{{\"niggle_version\": \"{text}\"}}");
        let pictures = pictures
            .iter()
            .map(|name| file(&format!("charts/{name}"), String::new()));
        [file("findings.json", mark)]
            .into_iter()
            .chain(pictures)
            .collect()
    }

    fn write(folder: &Path, files: &[Maker]) -> Result<(), Error> {
        write_all(&prepare(folder, REPORT, Access::Owner)?, files)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = entries.collect();
        names.sort();
        names
    }

    #[test]
    fn a_report_replaces_the_one_before_and_touches_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let first = [
            "cadence.png",
            "climbing.png",
            "03-cadence.png",
            "07-lags.png",
        ];
        write(folder.path(), &files("one", &first)).unwrap();
        let charts = folder.path().join("charts");
        let own = [
            "03-holiday.png",
            "12-cadence.png",
            "cadence-2.png",
            "cadence.jpg",
            "holiday.png",
        ];
        own.iter()
            .for_each(|name| fs::write(charts.join(name), "mine").unwrap());
        write(folder.path(), &files("three", &["climbing.png"])).unwrap();
        assert_eq!(names(folder.path()), ["charts", "findings.json"]);
        let mut expected = [&own[..], &["climbing.png"]].concat();
        expected.sort();
        assert_eq!(names(&charts), expected);
        assert!(prepare(folder.path(), REPORT, Access::Owner).is_ok());
        assert!(
            prepare(folder.path(), COHORT, Access::Owner).is_err(),
            "a report of another kind is not replaced"
        );
    }

    #[test]
    fn of_several_files_that_cannot_be_made_the_first_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let faulty = |what: &'static str| -> Maker {
            Box::new(move || {
                Err(Error::Render {
                    what: what.to_string(),
                    reason: "no".to_string(),
                })
            })
        };
        let mut all: Vec<Maker> = (0..40)
            .map(|at| file(&format!("{at}.csv"), String::new()))
            .collect();
        all.insert(30, faulty("second"));
        all.insert(20, faulty("first"));
        let error = write(folder.path(), &all).unwrap_err();
        assert!(error.to_string().contains("first"), "{error}");
        assert!(names(folder.path()).is_empty(), "nothing was moved");
    }

    #[test]
    fn other_peoples_folders_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("report.md"), "my own").unwrap();
        assert!(
            prepare(folder.path(), REPORT, Access::Owner)
                .unwrap_err()
                .to_string()
                .contains("choose another folder")
        );
        let new = folder.path().join("new/deep");
        drop(prepare(&new, REPORT, Access::Owner).unwrap());
        assert!(!new.exists(), "a folder made for nothing goes again");
    }

    #[test]
    fn a_folder_in_a_files_place_is_found_before_anything_moves() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &files("one", &[])).unwrap();
        let mut next = files("two", &[]);
        next.push(file("runs.csv", String::new()));
        fs::create_dir(folder.path().join("runs.csv")).unwrap();
        assert!(
            write(folder.path(), &next)
                .unwrap_err()
                .to_string()
                .contains("runs.csv")
        );
        assert!(
            fs::read_to_string(folder.path().join("findings.json"))
                .unwrap()
                .contains("one")
        );
    }

    #[test]
    fn an_output_that_is_a_file_is_a_clear_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        fs::write(&path, "x").unwrap();
        let said = prepare(&path, REPORT, Access::Owner)
            .unwrap_err()
            .to_string();
        assert!(
            said.contains("taken: ") && said.contains("choose another folder with --out"),
            "{said}"
        );
        assert!(said.contains("was left as it is"), "{said}");
        assert_eq!(fs::read(&path).unwrap(), b"x");
        assert_eq!(
            prepare(&path, REPORT, Access::Owner)
                .unwrap_err()
                .exit_code(),
            4
        );
        assert!(
            write_new(&path, b"y", Access::Owner)
                .unwrap_err()
                .to_string()
                .contains("already")
        );
        let nowhere = write_new(&folder.path().join("none/pain.csv"), b"y", Access::Owner)
            .unwrap_err()
            .to_string();
        assert!(
            nowhere.contains("make it first") && !nowhere.contains("os error"),
            "{nowhere}"
        );
        let below = prepare(&path.join("report"), REPORT, Access::Owner)
            .unwrap_err()
            .to_string();
        assert!(below.contains("choose another"), "{below}");
    }
}
