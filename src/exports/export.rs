//! What an export is.

use super::facts::Facts;
use crate::problem::Problem;

/// What a file says, and what is wrong with it.
pub type Said = (Facts, Vec<Problem>);

/// How the files of one service's export are told and read.
#[derive(Debug, Clone, Copy)]
pub struct Export {
    /// Whether a file that begins so may be one that `read` understands. By content; the name only decides where content cannot.
    pub recognises: fn(head: &[u8], name: &str) -> bool,
    /// What a file says. None: it is none of this service's.
    pub read: fn(bytes: &[u8], name: &str) -> Option<Said>,
}
