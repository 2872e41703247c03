//! What a file is by its root element, and why it is of no use.

use super::{
    attributes::local,
    encoding::{is_blank, text},
    walker::reader,
};
use crate::{
    model::Format,
    problem::{Code, Effect, Problem},
    text::line::title,
};
use quick_xml::events::Event as XmlEvent;

/// Longest input read, bytes (src/method/limits.md, Sizes; the longest real file has 4.2 MB).
pub const INPUT_BYTES_MAX: usize = 256 << 20;

/// GPX or TCX by the root element, whatever the file is called; None for anything else, HTML included.
pub fn kind(bytes: &[u8]) -> Option<Format> {
    let head = &bytes[..bytes.len().min(64)];
    let begins_with_markup = head.iter().find(|b| !is_padding(**b)).is_some_and(|b| *b == b'<');
    if !begins_with_markup || bytes.len() > INPUT_BYTES_MAX {
        return None;
    }
    let (text, _) = text(bytes);
    let mut reader = reader(text.trim_start_matches(is_blank));
    loop {
        match reader.read_event() {
            Ok(XmlEvent::Start(tag) | XmlEvent::Empty(tag)) => return format_of_root(local(tag.name().0)),
            Ok(XmlEvent::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// The format a root element belongs to. `Activities` without its `TrainingCenterDatabase` occurs in damaged files.
pub fn format_of_root(name: &str) -> Option<Format> {
    match name {
        "gpx" => Some(Format::Gpx),
        "TrainingCenterDatabase" | "Activities" => Some(Format::Tcx),
        _ => None,
    }
}

/// Why bytes are not even looked at: there are none, or more than [`INPUT_BYTES_MAX`].
pub fn unusable_size(bytes: &[u8]) -> Option<Problem> {
    let (code, detail) = match bytes.len() {
        0 => (Code::EmptyFile, "the file is empty".to_string()),
        len if len > INPUT_BYTES_MAX => (Code::TooLarge, format!("{len} bytes, more than {INPUT_BYTES_MAX}")),
        _ => return None,
    };
    Some(Problem::new(code, Effect::Failed, "", detail, "The file was not used."))
}

/// The problem of a file whose root element is not that of its format.
pub fn wrong_root(expected: &str, found: Option<&str>) -> Problem {
    let detail = match found {
        Some(found) => format!("the root element is <{}>, not <{expected}>", title(found).unwrap_or_default()),
        None => "the file holds no XML element".to_string(),
    };
    Problem::new(Code::NoActivity, Effect::Failed, "", detail, "The file was not used.")
}

/// Bytes that may stand before the first `<` in any of the encodings: blanks, BOMs, the zeros of UTF-16.
fn is_padding(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_root_element() {
        for (text, expected) in [
            ("<gpx/>", Some(Format::Gpx)),
            ("\u{feff} \n<?xml version='1.0'?><!-- <x> --><?p?><g:gpx a='1'>", Some(Format::Gpx)),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><gpx>", Some(Format::Gpx)),
            ("<TrainingCenterDatabase>", Some(Format::Tcx)),
            ("<!DOCTYPE html><html><gpx/></html>", None),
            ("gpx", None),
            ("<gpx", None),
            ("", None),
        ] {
            assert_eq!(kind(text.as_bytes()), expected, "{text}");
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(kind(&utf16), expected, "{text} in UTF-16");
        }
    }
}
