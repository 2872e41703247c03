//! The few errors that stop niggle: no input, a bad option, an unreadable pain-log header, an output that cannot be written.

use std::path::PathBuf;

/// A fatal error; everything else is a [`crate::problem::Problem`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input path cannot be opened.
    #[error("{}: cannot be read ({error}). Nothing was written. Check the path.", path.display())]
    Input {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The pain log's header cannot be understood, or the file cannot be read.
    #[error("{0}")]
    PainLog(String),
    /// No input held a run.
    #[error("no usable run among {}. Nothing was written. {hint}", crate::units::counted(*inputs, "input", "inputs"))]
    NoActivity {
        /// How many inputs there were.
        inputs: usize,
        /// The commonest reason and what to do.
        hint: String,
    },
    /// An output cannot be written.
    #[error("{}: cannot be written ({error}).", path.display())]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// A table or picture could not be made.
    #[error("{what} could not be made ({reason}). What was there before is unchanged. Please report this.")]
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
        match self {
            Error::Input { .. } | Error::PainLog(_) | Error::Usage(_) => 2,
            Error::Output { .. } | Error::Render { .. } => 4,
            Error::NoActivity { .. } => 5,
            Error::Interrupted => 130,
        }
    }
}
