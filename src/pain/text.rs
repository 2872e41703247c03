//! Bytes to text: whatever a spreadsheet saved becomes one string with `\n` line ends.

use crate::text::encoding;
use std::borrow::Cow;

/// A file's text and what had to be done to get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text<'a> {
    /// The text, line ends `\n`, without a byte-order mark and without NUL; a log of 16 MB that is so already is not copied.
    pub text: Cow<'a, str>,
    /// The encoding, as the runner reads it.
    pub encoding: &'static str,
    /// Lines that held NUL bytes, each once.
    pub nul_lines: Vec<u64>,
}

/// Decodes UTF-8 (with or without a byte-order mark), UTF-16 (by its mark, or by its NUL pattern) and, for anything
/// that is not valid UTF-8, windows-1252, which old spreadsheets write. It never fails: unpaired UTF-16 becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Text<'_> {
    let (text, encoding) = encoding::decode(bytes);
    let (text, nul_lines) = plain_lines(text);
    let encoding = if encoding.is_ascii_compatible() {
        encoding.name()
    } else {
        "UTF-16"
    };
    Text {
        text,
        encoding,
        nul_lines,
    }
}

/// CRLF and CR become LF (a file with CR only is one line to most readers); NUL is dropped and its line remembered.
fn plain_lines(text: Cow<'_, str>) -> (Cow<'_, str>, Vec<u64>) {
    if !text.contains(['\r', '\0']) {
        return (text, Vec::new());
    }
    let (mut plain, mut nul_lines, mut line) = (String::with_capacity(text.len()), Vec::new(), 1);
    let mut after_cr = false;
    for c in text.chars() {
        match c {
            '\0' if nul_lines.last() != Some(&line) => nul_lines.push(line),
            '\0' => {}
            '\n' if after_cr => {}
            '\r' | '\n' => {
                plain.push('\n');
                line += 1;
            }
            _ => plain.push(c),
        }
        after_cr = c == '\r';
    }
    (Cow::Owned(plain), nul_lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let le: Vec<u8> = "a,ü\nb".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "a,ü\nb".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding) in [
            ("a,ü\nb".as_bytes().to_vec(), "UTF-8"),
            ("\u{FEFF}a,ü\nb".as_bytes().to_vec(), "UTF-8"),
            (b"a,\xFC\nb".to_vec(), "windows-1252"),
            ([&[0xFF, 0xFE], le.as_slice()].concat(), "UTF-16"),
            ([&[0xFE, 0xFF], be.as_slice()].concat(), "UTF-16"),
            (le, "UTF-16"),
            (be, "UTF-16"),
        ] {
            let decoded = decode(&bytes);
            assert_eq!(
                (decoded.text.as_ref(), decoded.encoding),
                ("a,ü\nb", encoding)
            );
        }
    }

    #[test]
    fn line_ends_become_one_kind_and_nul_goes() {
        for (bytes, text, nul_lines) in [
            ("a\r\nb\rc\nd", "a\nb\nc\nd", vec![]),
            ("a\r\r\nb", "a\n\nb", vec![]),
            ("a\r\n\0b\0\nc", "a\nb\nc", vec![2]),
            ("", "", vec![]),
        ] {
            let decoded = decode(bytes.as_bytes());
            assert_eq!(
                (decoded.text.as_ref(), decoded.nul_lines),
                (text, nul_lines),
                "{bytes:?}"
            );
        }
    }
}
