//! The few errors that stop niggle: no input, a bad option, an unreadable pain-log header, an output that cannot be written.

use crate::exit::Exit;
use std::path::PathBuf;

/// A fatal error; everything else is a [`crate::problem::Problem`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input path cannot be opened.
    #[error("{}: cannot be read ({}). Nothing was written. Check the path.", path.display(), words(error))]
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
    /// An option or a rule's name makes no sense.
    #[error("{0}")]
    Usage(String),
    /// Ctrl-C or a request to end.
    #[error("interrupted. Nothing was written.")]
    Interrupted,
}

impl Error {
    /// The process's exit code.
    pub fn exit_code(&self) -> u8 {
        let exit = match self {
            Error::Input { .. } | Error::PainLog(_) | Error::Usage(_) => Exit::Usage,
            Error::Output { .. } | Error::Render { .. } => Exit::Output,
            Error::NoActivity { .. } | Error::NothingCompared { .. } => Exit::Empty,
            Error::Interrupted => Exit::Interrupted,
        };
        exit.code()
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
