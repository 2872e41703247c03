//! What a decoder is.

use crate::model::{Decoded, Format};

/// How much of a file shows what it is: a FIT header may stand behind other bytes, an XML root behind comments.
pub const HEAD_BYTES: usize = 64 << 10;

/// How the files of one format are told and read.
#[derive(Debug, Clone, Copy)]
pub struct Decoder {
    /// The format.
    pub format: Format,
    /// What its files are told by, for people: `its signature`.
    pub told_by: &'static str,
    /// Whether a file that begins so is of this format. It gets at most [`HEAD_BYTES`], and never a name.
    pub recognises: fn(&[u8]) -> bool,
    /// Everything in a file, whatever is wrong with the rest of it.
    pub decode: fn(&[u8]) -> Decoded,
}
