//! Bytes to text.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A file's text without its byte-order mark: UTF-8, UTF-16 (by its mark), else windows-1252, which old spreadsheets write.
/// A character that the end of the bytes cuts in two is left out.
pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8_or_windows(rest),
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        _ => utf8_or_windows(bytes),
    }
}

fn utf8_or_windows(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default()).into_owned()
        }
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let le: Vec<u8> = "Höhe".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "Höhe".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            "Höhe".as_bytes().to_vec(),
            "\u{FEFF}Höhe".as_bytes().to_vec(),
            b"H\xF6he".to_vec(),
            [&[0xFF, 0xFE], le.as_slice()].concat(),
            [&[0xFE, 0xFF], be.as_slice()].concat(),
        ] {
            assert_eq!(decode(&bytes), "Höhe");
        }
        assert_eq!(decode("Höh".as_bytes().get(..2).unwrap()), "H", "cut inside a letter");
    }
}
