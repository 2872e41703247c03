//! How what is missing is said: in two parts, the first in bold where there is bold, and with names of files or without.

/// Whether sentences name files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// One file of each kind, as an example.
    Examples,
    /// None, for a page that goes to others.
    NoFiles,
}

/// What is missing of the recordings: many that should have been runs and gave none, or all of them.
pub(super) struct Recordings {
    /// How many of how many they are, or that there is no run.
    pub said: String,
    /// Why. Empty where the next line says so.
    pub reasons: String,
}

impl Recordings {
    /// All of it, as one line.
    pub(super) fn text(self) -> String {
        match self.reasons.is_empty() {
            true => self.said,
            false => [self.said, self.reasons].join(" "),
        }
    }
}
