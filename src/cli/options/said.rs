//! A part of what is asked for, and who asked.

use super::request::Request;

/// Who said a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Flag,
    /// This variable of the environment.
    Environment(String),
    /// The file, on this line.
    File(usize),
    /// Nobody.
    Default,
}

/// A part of what was said, and who said it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    /// What is asked for by it.
    pub(super) request: Request,
    /// Who said it.
    pub(super) origin: Origin,
}
