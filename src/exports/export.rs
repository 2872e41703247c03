//! What an export is.

use super::facts::{Facts, Listed};
use crate::problem::Problem;
use std::io::{self, Read};

/// What a file says, and what is wrong with it.
pub type Said = (Facts, Vec<Problem>);

/// Opens a file at its beginning, as often as it is asked to: what is too long to be held is read more than once.
pub type Open<'a> = &'a dyn Fn() -> io::Result<Box<dyn Read + 'a>>;

/// How the files of one service's export are told and read.
#[derive(Debug, Clone, Copy)]
pub struct Export {
    /// What a runner calls the service.
    pub service: &'static str,
    /// What to give niggle, as it is downloaded.
    pub download: &'static str,
    /// What of it is used.
    pub reads: &'static str,
    /// What the reader was built from.
    pub basis: Basis,
    /// Whether a file that begins so may be one that `read` understands. By content; the name only decides where content cannot.
    pub recognises: fn(head: &[u8], name: &str) -> bool,
    /// What a file says. None: it is none of this service's.
    pub read: fn(bytes: &[u8], name: &str) -> Option<Said>,
    /// For files of any length: what one says, in bounded memory. It is asked instead of `read` about a file that `is_long` of it
    /// accepts.
    pub stream: Option<Stream>,
}

/// How files are read that are too long to be held.
#[derive(Debug, Clone, Copy)]
pub struct Stream {
    /// Whether a file that begins so is such a one.
    pub is_long: fn(head: &[u8], name: &str) -> bool,
    /// What it says, but for its activities: each goes to `take` when it is whole, so that no more than one is held with its samples.
    /// What cannot be read of the file is among the problems.
    pub read: fn(open: Open, take: Take) -> Said,
}

/// Takes the activities of a file one by one.
pub type Take<'a> = &'a mut dyn FnMut(Listed);

/// What a reader was built from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Exports that people downloaded.
    RealFiles,
    /// Public descriptions and other programs' readers alone; no real file was ever seen.
    Documents,
}
