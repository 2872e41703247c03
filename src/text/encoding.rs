//! Bytes to text: what the bytes say of their encoding, and what they can only be where they say nothing.

pub use encoding_rs::Encoding;
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The encoding that the bytes show by their first ones, and the bytes behind the byte order mark, if there is one. None: they do
/// not show it.
pub fn shown(bytes: &[u8]) -> Option<(&'static Encoding, &[u8])> {
    match bytes {
        // Two characters of Latin in UTF-16 without a mark: every second byte is NUL.
        [1..=255, 0, 1..=255, 0, ..] => Some((UTF_16LE, bytes)),
        [0, 1..=255, 0, 1..=255, ..] => Some((UTF_16BE, bytes)),
        _ => Encoding::for_bom(bytes)
            .map(|(encoding, mark)| (encoding, bytes.get(mark..).unwrap_or_default())),
    }
}

/// A text without its byte order mark, and its encoding: UTF-16 where the bytes show it, else UTF-8, else windows-1252, which old
/// spreadsheets write. It never fails: unpaired UTF-16 becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static Encoding) {
    match shown(bytes) {
        Some((encoding, rest)) if encoding != UTF_8 => {
            (encoding.decode_without_bom_handling(rest).0, encoding)
        }
        Some((_, rest)) => utf8_or_windows(rest),
        None => utf8_or_windows(bytes),
    }
}

fn utf8_or_windows(bytes: &[u8]) -> (Cow<'_, str>, &'static Encoding) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), UTF_8),
        Err(_) => (
            WINDOWS_1252.decode_without_bom_handling(bytes).0,
            WINDOWS_1252,
        ),
    }
}

/// A text in an encoding of [`decode`], without a byte order mark.
///
/// # Errors
/// The first letter that the encoding has not.
pub fn encode(text: &str, encoding: &'static Encoding) -> Result<Vec<u8>, char> {
    let units = text.encode_utf16();
    if encoding == UTF_16LE {
        return Ok(units.flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Ok(units.flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, has_missing) = encoding.encode(text);
    match has_missing {
        false => Ok(bytes.into_owned()),
        true => Err(first_missing(text, encoding)),
    }
}

fn first_missing(text: &str, encoding: &'static Encoding) -> char {
    let is_missing = |letter: &char| encoding.encode(letter.encode_utf8(&mut [0; 4])).2;
    text.chars().find(is_missing).unwrap_or_default()
}

/// The bytes without the one character that their end cuts in two, where they are UTF-8 before: what was read of a file may be its
/// beginning.
pub fn whole_characters(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => {
            bytes.get(..error.valid_up_to()).unwrap_or_default()
        }
        _ => bytes,
    }
}

/// A text that is not whole UTF-8: as that, if most of its characters beyond ASCII are, else as windows-1252. With the number of
/// places that are no UTF-8.
pub fn likeliest(bytes: &[u8]) -> (Cow<'_, str>, &'static Encoding, usize) {
    let (mut characters, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    let encoding = if characters >= faults {
        UTF_8
    } else {
        WINDOWS_1252
    };
    let text = encoding.decode_without_bom_handling(bytes).0;
    (text, encoding, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let le: Vec<u8> = "a,ü\nb".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "a,ü\nb".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding) in [
            ("a,ü\nb".as_bytes().to_vec(), UTF_8),
            ("\u{FEFF}a,ü\nb".as_bytes().to_vec(), UTF_8),
            (b"a,\xFC\nb".to_vec(), WINDOWS_1252),
            ([&[0xFF, 0xFE], le.as_slice()].concat(), UTF_16LE),
            ([&[0xFE, 0xFF], be.as_slice()].concat(), UTF_16BE),
            (le, UTF_16LE),
            (be, UTF_16BE),
        ] {
            assert_eq!(decode(&bytes), (Cow::Borrowed("a,ü\nb"), encoding));
        }
        assert_eq!(decode(b""), (Cow::Borrowed(""), UTF_8));
    }

    #[test]
    fn what_is_encoded_is_decoded_again_or_refused() {
        for encoding in [UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252] {
            let bytes = encode("Knöchel, links", encoding).expect("letters that all have");
            assert_eq!(
                encoding.decode_without_bom_handling(&bytes).0,
                "Knöchel, links"
            );
        }
        assert_eq!(encode("kość", WINDOWS_1252), Err('ś'));
        assert_eq!(encode("kość", UTF_8), Ok("kość".as_bytes().to_vec()));
    }

    #[test]
    fn a_cut_character_is_left_out_and_no_other() {
        assert_eq!(whole_characters(&"Höh".as_bytes()[..2]), b"H");
        assert_eq!(whole_characters("Höh".as_bytes()), "Höh".as_bytes());
        assert_eq!(whole_characters(b"H\xF6he\xC3"), b"H\xF6he\xC3");
    }

    #[test]
    fn the_majority_decides() {
        assert_eq!(likeliest(b"\xfc"), (Cow::Borrowed("ü"), WINDOWS_1252, 1));
        assert_eq!(
            likeliest(b"\xC3\xBC\xfc"),
            (Cow::Borrowed("ü\u{fffd}"), UTF_8, 1)
        );
    }
}
