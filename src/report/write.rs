//! Writing: everything is made ready in a hidden folder beside its place and moved at the end, so that no half-written file is ever seen.

use super::{Maker, charts};
use crate::option::OUT;
use crate::{error::Error, source, threads::at_once};
use std::{
    fs,
    io::{self, BufWriter, Error as IoError, ErrorKind, Write},
    path::{Path, PathBuf},
};

/// An output folder that can be written. A folder made for a report that came to nothing goes again.
#[derive(Debug)]
pub struct Output {
    path: PathBuf,
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
        if self.made {
            // Only an empty folder can be removed this way: a report stays.
            let _ = fs::remove_dir(&self.path);
        }
    }
}

/// Makes sure before any work that the folder can be written, and that it is empty or holds a report of niggle's of the
/// same kind: [`source::REPORT`], [`source::COHORT`] or [`source::TABLES`].
///
/// # Errors
/// [`Error::Output`], and [`Error::Usage`] for `-`, which elsewhere means standard output.
pub fn prepare(output: &Path, kind: &str) -> Result<Output, Error> {
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
    fs::create_dir_all(output).map_err(|error| failed(output, error))?;
    let prepared = Output {
        path: output.to_path_buf(),
        made,
    };
    if is_foreign(output, kind).map_err(|error| failed(output, error))? {
        let why = format!(
            "it holds files that are not a report of niggle's, and was left as it is; choose another folder with {OUT}"
        );
        return Err(refused(output, ErrorKind::DirectoryNotEmpty, &why));
    }
    stage(output)?;
    Ok(prepared)
}

/// Writes a file that must not exist yet.
///
/// # Errors
/// [`Error::Output`], also when the file is there already.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let written = new_file(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| not_new(path, error))
}

fn new_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::File::options();
    options.write(true).create_new(true).open(path)
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
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    put(path, bytes, false)
}

/// The same, and back only when it is on the disk: for what another machine goes by.
///
/// # Errors
/// As [`replace`].
pub fn replace_on_disk(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    put(path, bytes, true)
}

fn put(path: &Path, bytes: &[u8], on_disk: bool) -> Result<(), Error> {
    let named = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = named.unwrap_or(Path::new("."));
    let write = || {
        fs::create_dir_all(folder)?;
        let mut file = hidden().tempfile_in(folder)?;
        file.write_all(bytes)?;
        if on_disk {
            file.as_file().sync_all()?;
        }
        file.persist(path).map(drop).map_err(|error| error.error)
    };
    write().map_err(|error| failed(path, error))
}

/// What makes files and folders that no listing shows.
fn hidden() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    builder
}

/// How names of what is not finished begin.
pub const UNFINISHED: &str = ".niggle-";

/// Makes every file ready, several at once, then moves them into their places, replacing those of the report before. Files of other
/// names stay, but for pictures of ours that this report does not have.
///
/// # Errors
/// [`Error::Output`] naming the file; the error of a file that could not be made.
pub(super) fn write_all(output: &Path, files: &[Maker]) -> Result<(), Error> {
    write_all_and_pour(output, files, &[])
}

/// The same with files that are written as they are made.
///
/// # Errors
/// As [`write_all`].
pub(super) fn write_all_and_pour(
    output: &Path,
    files: &[Maker],
    poured: &[Poured],
) -> Result<(), Error> {
    let stage = stage(output)?;
    let poured = at_once(poured.len(), |at| pour(&poured[at], stage.path(), output));
    let names = at_once(files.len(), |at| {
        make_ready(&files[at], stage.path(), output)
    });
    let names = poured.into_iter().chain(names);
    let names = names.collect::<Result<Vec<_>, _>>()?;
    move_all(stage.path(), output, &names)?;
    remove_old_pictures(output, &names);
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
fn pour(poured: &Poured, stage: &Path, output: &Path) -> Result<String, Error> {
    let refused = |error: IoError| failed(&output.join(&poured.name), error);
    let path = stage.join(&poured.name);
    let file = create(&path).map_err(refused)?;
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
fn make_ready(make: &Maker, stage: &Path, output: &Path) -> Result<String, Error> {
    let (name, bytes) = make()?;
    let written = write_one(&stage.join(&name), &bytes);
    written.map_err(|error| failed(&output.join(&name), error))?;
    Ok(name)
}

/// Moves files into their places, the first when every place is known to be free.
fn move_all(stage: &Path, output: &Path, names: &[String]) -> Result<(), Error> {
    for name in names {
        let target = output.join(name);
        place_for(&target).map_err(|error| failed(&target, error))?;
    }
    for name in names {
        let target = output.join(name);
        fs::rename(stage.join(name), &target).map_err(|error| failed(&target, error))?;
    }
    Ok(())
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
    pub fn open(output: &Path, key: &str) -> Result<Workshop, Error> {
        let key = key.get(..KEY_CHARACTERS).unwrap_or(key);
        let name = format!("{WORKSHOP}{key}");
        let path = output.join(&name);
        let others = fs::read_dir(output).into_iter().flatten().flatten();
        let others = others.filter(|entry| {
            let entry = entry.file_name();
            let entry = entry.to_string_lossy();
            entry.starts_with(WORKSHOP) && *entry != *name
        });
        for other in others {
            // One that cannot be removed is in nobody's way.
            let _ = fs::remove_dir_all(other.path());
        }
        fs::create_dir_all(&path).map_err(|error| failed(&path, error))?;
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

fn stage(output: &Path) -> Result<tempfile::TempDir, Error> {
    hidden()
        .tempdir_in(output)
        .map_err(|error| failed(output, error))
}

fn write_one(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A new file, with the folders that it lies in.
fn create(path: &Path) -> io::Result<fs::File> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::File::create(path)
}

/// Checks before the first move that nothing but a file stands in the target's place.
fn place_for(target: &Path) -> std::io::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    if target.is_dir() {
        Err(IoError::new(
            ErrorKind::IsADirectory,
            "a folder has that name",
        ))
    } else {
        Ok(())
    }
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
        write_all(folder.path(), &files("one", &first)).unwrap();
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
        write_all(folder.path(), &files("three", &["climbing.png"])).unwrap();
        assert_eq!(names(folder.path()), ["charts", "findings.json"]);
        let mut expected = [&own[..], &["climbing.png"]].concat();
        expected.sort();
        assert_eq!(names(&charts), expected);
        assert!(prepare(folder.path(), REPORT).is_ok());
        assert!(
            prepare(folder.path(), COHORT).is_err(),
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
        let error = write_all(folder.path(), &all).unwrap_err();
        assert!(error.to_string().contains("first"), "{error}");
        assert!(names(folder.path()).is_empty(), "nothing was moved");
    }

    #[test]
    fn other_peoples_folders_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("report.md"), "my own").unwrap();
        assert!(
            prepare(folder.path(), REPORT)
                .unwrap_err()
                .to_string()
                .contains("choose another folder")
        );
        let new = folder.path().join("new/deep");
        drop(prepare(&new, REPORT).unwrap());
        assert!(!new.exists(), "a folder made for nothing goes again");
    }

    #[test]
    fn a_folder_in_a_files_place_is_found_before_anything_moves() {
        let folder = tempfile::tempdir().unwrap();
        write_all(folder.path(), &files("one", &[])).unwrap();
        let mut next = files("two", &[]);
        next.push(file("runs.csv", String::new()));
        fs::create_dir(folder.path().join("runs.csv")).unwrap();
        assert!(
            write_all(folder.path(), &next)
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
        let said = prepare(&path, REPORT).unwrap_err().to_string();
        assert!(
            said.contains("taken: ") && said.contains("choose another folder with --out"),
            "{said}"
        );
        assert!(said.contains("was left as it is"), "{said}");
        assert_eq!(fs::read(&path).unwrap(), b"x");
        assert_eq!(prepare(&path, REPORT).unwrap_err().exit_code(), 4);
        assert!(
            write_new(&path, b"y")
                .unwrap_err()
                .to_string()
                .contains("already")
        );
        let nowhere = write_new(&folder.path().join("none/pain.csv"), b"y")
            .unwrap_err()
            .to_string();
        assert!(
            nowhere.contains("make it first") && !nowhere.contains("os error"),
            "{nowhere}"
        );
        let below = prepare(&path.join("report"), REPORT)
            .unwrap_err()
            .to_string();
        assert!(below.contains("choose another"), "{below}");
    }
}
