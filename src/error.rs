//! The few errors that stop niggle: no input, a bad option, an unreadable pain-log header, an output that cannot be written.

use crate::{exit::Exit, terminal, words};
use std::path::{Path, PathBuf};

/// A fatal error; everything else is a [`crate::problem::Problem`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input path cannot be opened.
    #[error("{}: cannot be read ({}). Nothing was written. {}", path.display(), words(error), advice(path, error))]
    Input {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The pain log's header cannot be understood, or the file cannot be read.
    #[error("{0}")]
    PainLog(String),
    /// No input held a run, and no row of the pain log says how the body is.
    #[error("no usable run among {}. Nothing was written. {hint}", crate::units::counted(*inputs, "input", "inputs"))]
    NoActivity {
        /// How many inputs there were.
        inputs: usize,
        /// The commonest reason and what to do.
        hint: String,
    },
    /// `verify` found nothing that two decoders can read.
    #[error(
        "nothing was compared: no FIT or GPX recording that can be read among {}. Give FIT or GPX files, or folders or zips of them; for TCX there is no \
         second decoder.",
        crate::units::counted(*inputs, "input", "inputs")
    )]
    NothingCompared {
        /// How many inputs there were.
        inputs: usize,
    },
    /// An output cannot be written.
    #[error("{}: cannot be written ({}).", path.display(), without_number(error))]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// A table or picture could not be made.
    #[error(
        "{what} could not be made ({reason}). What was there before is unchanged. Please report this."
    )]
    Render {
        /// What.
        what: String,
        /// Why.
        reason: String,
    },
    /// A plan of shards, or a shard, that cannot be worked with: of another version, another plan, or not as its receipt says.
    #[error("{0}")]
    Plan(String),
    /// What stopped a worker, with the code by which an engine decides whether to try again.
    #[error("{error}")]
    OfWorker {
        /// What it was.
        error: Box<Error>,
        /// The code.
        exit: Exit,
    },
    /// An option or a rule's name makes no sense.
    #[error("{0}")]
    Usage(String),
    /// Ctrl-C or a request to end.
    #[error("interrupted. Nothing was written.")]
    Interrupted,
    /// The same between runners.
    #[error(
        "interrupted after {done} of {} runners. No report was written; the same command goes on from there.",
        all
    )]
    Paused {
        /// How many are done.
        done: usize,
        /// Of how many.
        all: usize,
    },
}

impl Error {
    /// Of an input at this path that cannot be read.
    pub fn input(path: &Path) -> impl Fn(std::io::Error) -> Error {
        |error| Error::Input {
            path: path.to_path_buf(),
            error,
        }
    }

    /// Of what could not be made, for this reason.
    pub fn render(what: &str, reason: &dyn std::fmt::Display) -> Error {
        Error::Render {
            what: what.to_string(),
            reason: reason.to_string(),
        }
    }

    /// The process's exit code.
    pub fn exit_code(&self) -> u8 {
        let exit = match self {
            Error::Input { .. } | Error::PainLog(_) | Error::Usage(_) => Exit::Usage,
            Error::Output { .. } | Error::Render { .. } => Exit::Output,
            Error::NoActivity { .. } | Error::NothingCompared { .. } => Exit::Empty,
            Error::Plan(_) => Exit::Data,
            Error::OfWorker { exit, .. } => *exit,
            Error::Interrupted | Error::Paused { .. } => Exit::Interrupted,
        };
        exit.code()
    }
}

impl Error {
    /// The file or folder that it is about, where there is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Error::Input { path, .. } | Error::Output { path, .. } => Some(path),
            Error::OfWorker { error, .. } => error.path(),
            _ => None,
        }
    }

    /// The same words, in which the path stays on one line of a terminal.
    pub fn unbroken(&self) -> String {
        let said = self.to_string();
        let path = self.path();
        path.map_or(said.clone(), |path| {
            said.replace(&path.display().to_string(), &terminal::whole(path))
        })
    }
}

/// What keeps something from being read, in words: the system's are its own, and numbers help nobody.
pub fn words(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_string(),
        ErrorKind::PermissionDenied => "you may not read it".to_string(),
        ErrorKind::NotADirectory => "a file stands where a folder is needed".to_string(),
        _ => without_number(error),
    }
}

/// What to do about it: most paths that lead nowhere are mistyped.
fn advice(path: &Path, error: &std::io::Error) -> String {
    let is_missing = error.kind() == std::io::ErrorKind::NotFound;
    let near = is_missing.then(|| nearest(path)).flatten();
    near.map_or("Check the path.".to_string(), |near| {
        format!("Did you mean {}?", near.display())
    })
}

/// The nearest path that there is, by its first name that there is not: the rest of it too if that is there.
fn nearest(path: &Path) -> Option<PathBuf> {
    let mut there = PathBuf::new();
    let mut names = path.components();
    let missing = loop {
        let name = names.next()?;
        if !there.join(name).exists() {
            break name;
        }
        there.push(name);
    };
    let near = there.join(nearest_in(&there, &missing.as_os_str().to_string_lossy())?);
    let rest = names.as_path();
    let whole = near.join(rest);
    let is_longer = !rest.as_os_str().is_empty();
    Some(if is_longer && whole.exists() {
        whole
    } else {
        near
    })
}

/// Letters that may be others in every name but the shortest: two that changed places.
const SWAPPED: usize = 2;

/// The name in a folder that is nearest to another: two letters or a third of them may be others, or its ending may be left out.
fn nearest_in(folder: &Path, name: &str) -> Option<String> {
    let here = Path::new(".");
    let folder = if folder.as_os_str().is_empty() {
        here
    } else {
        folder
    };
    let written = name.to_lowercase();
    let letters = written.chars().count();
    let most = (letters / 3).max(SWAPPED.min(letters / 2));
    let entries = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let near = names.filter_map(|name| {
        let letters = distance(&written, &name.to_lowercase());
        (letters <= most).then_some((letters, name))
    });
    near.min().map(|(_, name)| name)
}

/// How many letters are others; an ending that was left out does not count.
fn distance(written: &str, name: &str) -> usize {
    let stem = Path::new(name).file_stem().unwrap_or_default();
    let has_ending = Path::new(written).extension().is_some();
    let whole = words::edit_distance(written, name);
    match has_ending {
        true => whole,
        false => whole.min(words::edit_distance(written, &stem.to_string_lossy())),
    }
}

/// The system's words without the number it puts behind them, `(os error 28)`.
fn without_number(error: &std::io::Error) -> String {
    let text = error.to_string();
    let Some((before, rest)) = text.split_once(" (os error ") else {
        return text;
    };
    let after = rest.split_once(')').map_or("", |(_, after)| after);
    format!("{before}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error as IoError, ErrorKind};

    #[test]
    fn a_path_that_leads_nowhere_is_told_the_nearest() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("export 2025")).unwrap();
        for name in ["export.zip", "pain.csv", "export 2025/run.fit"] {
            std::fs::write(at(name), "x").unwrap();
        }
        for (written, near) in [
            ("exprot.zip", Some("export.zip")),
            ("Export.ZIP", Some("export.zip")),
            ("export", Some("export.zip")),
            ("pian.csv", Some("pain.csv")),
            ("pian", Some("pain.csv")),
            ("export 2024/run.fit", Some("export 2025/run.fit")),
            ("export 2024/walk.gpx", Some("export 2025")),
            ("marathon.fit", None),
        ] {
            assert_eq!(nearest(&at(written)), near.map(at), "{written}");
        }
        let error = Error::Input {
            path: at("pian.csv"),
            error: IoError::from(ErrorKind::NotFound),
        };
        let said = format!("Did you mean {}?", at("pain.csv").display());
        assert!(error.to_string().ends_with(&said), "{error}");
    }

    #[test]
    fn errors_of_the_system_are_words() {
        let missing = || IoError::from(ErrorKind::NotFound);
        let read = |error| {
            Error::Input {
                path: "runs".into(),
                error,
            }
            .to_string()
        };
        assert!(
            read(missing()).starts_with("runs: cannot be read (there is no such file or folder).")
        );
        // 28 and 5 have other meanings elsewhere than on Unix, but numbers everywhere.
        for number in [28, 5] {
            let system = || IoError::from_raw_os_error(number);
            assert!(
                system().to_string().contains("(os error"),
                "the system says its number"
            );
            let said = [
                read(system()),
                Error::Output {
                    path: "out".into(),
                    error: system(),
                }
                .to_string(),
            ];
            assert!(
                said.iter()
                    .all(|said| !said.contains("os error") && !said.contains("()")),
                "{said:?}"
            );
        }
        let advised = IoError::new(
            ErrorKind::StorageFull,
            "No space left (os error 28): make room",
        );
        assert_eq!(without_number(&advised), "No space left: make room");
    }
}
