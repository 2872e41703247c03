//! What of a folder somebody would name as inputs.

use super::{
    discover::discover,
    names::is_hidden_name,
    own_reports::{is_only_report, may_be_recording},
};
use std::path::Path;

/// The entries of a folder that hold recordings, by their names in order: archives, and folders with a recording or an archive anywhere
/// below. The folder itself, `.`, where recordings lie in it loose. Reports of niggle's are none. Empty where there are none, or the
/// folder cannot be read.
pub fn inputs_in(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| holds(folder, name)).collect();
    names.sort();
    let is_loose = |name: &String| folder.join(name).is_file() && !is_archive(name);
    if names.iter().any(is_loose) {
        return vec![String::from(".")];
    }
    names
}

fn holds(folder: &Path, name: &str) -> bool {
    let path = folder.join(name);
    if is_hidden_name(name) {
        return false;
    }
    if path.is_file() {
        return is_input(name);
    }
    let found = discover(std::slice::from_ref(&path), &[]).unwrap_or_default();
    !is_only_report(&path) && found.sources.iter().any(|source| is_input(&source.name))
}

fn is_input(name: &str) -> bool {
    may_be_recording(&name.to_lowercase())
}

fn is_archive(name: &str) -> bool {
    name.to_lowercase().ends_with(".zip")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn check(files: &[&str], expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{\"niggle_version\": \"0.1.0\"}").unwrap();
        }
        assert_eq!(inputs_in(folder.path()), expected, "{files:?}");
    }

    #[test]
    fn archives_and_folders_of_recordings_are_inputs() {
        check(&["pain.csv", "niggle.toml", "notes.txt"], &[]);
        check(&["b.zip", "a/x/1.fit.gz", "pain.csv"], &["a", "b.zip"]);
        check(&["old/notes.txt", ".hidden/1.fit"], &[]);
        check(&["1.gpx", "a/2.fit", "b.zip"], &["."]);
        check(
            &["niggle-report/findings.json", "export.ZIP"],
            &["export.ZIP"],
        );
    }
}
