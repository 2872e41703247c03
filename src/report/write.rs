//! Writing: everything into a hidden folder beside its place, then moved, so that no half-written report is ever seen.

use crate::error::Error;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// Files of a report by their path below the output folder.
pub type Files = Vec<(String, Vec<u8>)>;

/// Makes sure before any work that the folder can be written.
///
/// # Errors
/// [`Error::Output`].
pub fn prepare(output: &Path) -> Result<(), Error> {
    fs::create_dir_all(output).map_err(|error| failed(output, error))?;
    stage(output).map(drop)
}

/// Writes a file that must not exist yet.
///
/// # Errors
/// [`Error::Output`], also when the file is there already.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let file = fs::File::options().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(bytes)).map_err(|error| failed(path, error))
}

/// Writes all files or leaves what was there. `folders` (as `charts`) are replaced whole.
///
/// # Errors
/// [`Error::Output`] naming the file.
pub fn write_all(output: &Path, files: &Files, folders: &[&str]) -> Result<(), Error> {
    let stage = stage(output)?;
    for (name, bytes) in files {
        let path = stage.path().join(name);
        write_one(&path, bytes).map_err(|error| failed(&output.join(name), error))?;
    }
    let is_loose = |name: &&String| !folders.iter().any(|folder| name.starts_with(&format!("{folder}/")));
    for name in files.iter().map(|(name, _)| name).filter(is_loose) {
        let target = output.join(name);
        fs::rename(stage.path().join(name), &target).map_err(|error| failed(&target, error))?;
    }
    for folder in folders.iter().filter(|folder| stage.path().join(folder).exists()) {
        replace_folder(&stage.path().join(folder), &output.join(folder), &stage.path().join("old"))?;
    }
    Ok(())
}

fn stage(output: &Path) -> Result<tempfile::TempDir, Error> {
    tempfile::Builder::new().prefix(".niggle-").tempdir_in(output).map_err(|error| failed(output, error))
}

fn write_one(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn replace_folder(new: &Path, target: &Path, old: &Path) -> Result<(), Error> {
    if target.exists() {
        fs::rename(target, old).map_err(|error| failed(target, error))?;
    }
    fs::rename(new, target).map_err(|error| failed(target, error))
}

fn failed(path: &Path, error: std::io::Error) -> Error {
    Error::Output { path: PathBuf::from(path), error }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> Files {
        vec![("report.md".to_string(), text.into()), (format!("charts/{text}.png"), text.into())]
    }

    #[test]
    fn a_report_replaces_the_one_before_and_leaves_no_litter() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.txt"), "mine").unwrap();
        for text in ["one", "two"] {
            write_all(folder.path(), &files(text), &["charts"]).unwrap();
            assert_eq!(fs::read_to_string(folder.path().join("report.md")).unwrap(), text);
        }
        let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["charts", "mine.txt", "report.md"]);
        let charts: Vec<_> = fs::read_dir(folder.path().join("charts")).unwrap().collect();
        assert_eq!(charts.len(), 1, "charts of the report before are gone");
    }

    #[test]
    fn an_output_that_is_a_file_is_a_clear_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        fs::write(&path, "x").unwrap();
        assert!(prepare(&path).unwrap_err().to_string().contains("taken"));
        assert_eq!(prepare(&path).unwrap_err().exit_code(), 4);
    }
}
