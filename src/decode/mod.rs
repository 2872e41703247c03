//! Decoders: bytes in, activities and problems out. Pure, no I/O, never all or nothing.
//!
//! A format is one file here, its line in [`DECODERS`] and its line in [`Format`].

mod decoder;
pub mod fit;
pub mod gpx;
mod points;
pub mod tcx;
pub mod xml;

pub use decoder::{Decoder, HEAD_BYTES};

use crate::{
    model::{Decoded, Format},
    problem::{Code, Effect, Problem},
};

/// Every decoder, in the order in which they are asked.
pub const DECODERS: &[Decoder] = &[fit::DECODER, gpx::DECODER, tcx::DECODER];

/// Decodes a recording of any known format, told by its content and never by its name.
pub fn decode(bytes: &[u8]) -> Decoded {
    decoder_of(bytes).map_or_else(|| unknown(bytes), |decoder| (decoder.decode)(bytes))
}

/// The format the content shows. None: that of no decoder.
pub fn format_of(bytes: &[u8]) -> Option<Format> {
    decoder_of(bytes).map(|decoder| decoder.format)
}

/// Whether a file that begins with `head` is worth reading whole.
pub fn is_recording(head: &[u8]) -> bool {
    decoder_of(head).is_some()
}

/// The formats as a sentence has them: `FIT, GPX or TCX`, with `or` before the last.
pub fn formats(or: &str) -> String {
    let names: Vec<&str> = DECODERS
        .iter()
        .map(|decoder| decoder.format.name())
        .collect();
    match names.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} {or} {last}", first.join(", ")),
        _ => names.concat(),
    }
}

fn decoder_of(bytes: &[u8]) -> Option<&'static Decoder> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    DECODERS
        .iter()
        .find(|decoder| !is_archive(head) && (decoder.recognises)(head))
}

/// An archive may begin with a recording that is not packed.
fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

fn unknown(bytes: &[u8]) -> Decoded {
    let (code, effect, detail) = if bytes.is_empty() {
        let detail = "the file is empty".to_string();
        (Code::EmptyFile, Effect::Failed, detail)
    } else {
        let detail = format!("expected {}, found {}", formats("or"), looks_like(bytes));
        (Code::UnknownKind, Effect::Skipped, detail)
    };
    let problem = Problem::new(code, effect, "", detail, "It was left out.");
    Decoded::nothing(problem)
}

/// A guess at what else it is, for the problem's text.
fn looks_like(bytes: &[u8]) -> &'static str {
    let head: Vec<u8> = bytes.iter().take(512).map(u8::to_ascii_lowercase).collect();
    let contains = |word: &[u8]| head.windows(word.len()).any(|window| window == word);
    if is_archive(bytes) {
        "an archive"
    } else if contains(b"<html") || contains(b"<!doctype html") {
        "a web page"
    } else if contains(b"<kml") || contains(b"<?xml") {
        "other XML"
    } else if is_text(&head) {
        "plain text"
    } else {
        "something else"
    }
}

fn is_text(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .all(|b| b.is_ascii_graphic() || b.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_the_root_element() {
        for (text, expected) in [
            ("<gpx/>", Some(Format::Gpx)),
            (
                "\u{feff} \n<?xml version='1.0'?><!-- <x> --><?p?><g:gpx a='1'>",
                Some(Format::Gpx),
            ),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><gpx>", Some(Format::Gpx)),
            ("<TrainingCenterDatabase>", Some(Format::Tcx)),
            ("<!DOCTYPE html><html><gpx/></html>", None),
            ("gpx", None),
            ("<gpx", None),
            ("", None),
        ] {
            assert_eq!(format_of(text.as_bytes()), expected, "{text}");
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(format_of(&utf16), expected, "{text} in UTF-16");
        }
    }

    #[test]
    fn every_format_but_the_lines_of_exports_has_one_decoder() {
        let decoded: Vec<Format> = DECODERS.iter().map(|decoder| decoder.format).collect();
        let expected: Vec<Format> = Format::ALL
            .iter()
            .copied()
            .filter(|format| *format != Format::Export)
            .collect();
        assert_eq!(decoded, expected);
        assert_eq!(formats("or"), "FIT, GPX or TCX");
    }

    #[test]
    fn what_is_no_recording_is_named() {
        for (bytes, found) in [
            (&b"PK\x03\x04 .FIT"[..], "an archive"),
            (b"<!DOCTYPE html>", "a web page"),
            (b"<kml/>", "other XML"),
            (b"notes", "plain text"),
            (b"\xFF\x00", "something else"),
        ] {
            let detail = decode(bytes).problems.remove(0).detail;
            assert_eq!(detail, format!("expected FIT, GPX or TCX, found {found}"));
        }
    }
}
