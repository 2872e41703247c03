//! Decoders: bytes in, activities and problems out. Pure, no I/O, never all or nothing.

pub mod fit;
pub mod gpx;
mod points;
pub mod tcx;
pub mod xml;

use crate::{
    model::{Decoded, Format},
    problem::{Code, Effect, Problem},
};

/// Decodes a recording of any known format, told by its content and never by its name.
pub fn decode(bytes: &[u8]) -> Decoded {
    match format_of(bytes) {
        Some(Format::Fit) => fit::decode(bytes),
        Some(Format::Gpx) => gpx::decode(bytes),
        Some(Format::Tcx) => tcx::decode(bytes),
        Some(Format::Export) | None => unknown(bytes),
    }
}

/// How much of a file shows what it is: a FIT header may stand behind other bytes, an XML root behind comments.
pub const HEAD_BYTES: usize = 64 << 10;

/// The format the content shows. None: neither FIT, GPX nor TCX.
pub fn format_of(bytes: &[u8]) -> Option<Format> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    match head {
        [b'P', b'K', 3, 4, ..] => None,
        _ if fit::looks_like(head) => Some(Format::Fit),
        _ => xml::kind(head),
    }
}

/// Whether a file that begins with `head` is worth reading whole.
pub fn is_recording(head: &[u8]) -> bool {
    format_of(head).is_some()
}

fn unknown(bytes: &[u8]) -> Decoded {
    let (code, effect, detail) = match bytes {
        [] => (Code::EmptyFile, Effect::Failed, "the file is empty".to_string()),
        [b'P', b'K', 3, 4, ..] => {
            (Code::UnknownKind, Effect::Skipped, "expected FIT, GPX or TCX, found an archive".to_string())
        }
        _ => (Code::UnknownKind, Effect::Skipped, format!("expected FIT, GPX or TCX, found {}", looks_like(bytes))),
    };
    let problem = Problem::new(code, effect, "", detail, "It was left out.");
    Decoded { activities: Vec::new(), problems: vec![problem] }
}

/// A guess at what else it is, for the problem's text.
fn looks_like(bytes: &[u8]) -> &'static str {
    let head: Vec<u8> = bytes.iter().take(512).map(u8::to_ascii_lowercase).collect();
    let contains = |word: &[u8]| head.windows(word.len()).any(|window| window == word);
    if contains(b"<html") || contains(b"<!doctype html") {
        "a web page"
    } else if contains(b"<kml") || contains(b"<?xml") {
        "other XML"
    } else if head.iter().all(|b| b.is_ascii_graphic() || b.is_ascii_whitespace()) {
        "plain text"
    } else {
        "something else"
    }
}
