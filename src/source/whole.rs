//! Unpacking in one go. What says how long it is, and keeps its word, is unpacked half as fast again as in a stream; all else is left
//! to the stream, which says what is wrong with it.

use libdeflater::Decompressor;
use std::{cell::RefCell, mem};

/// Longer data is read as a stream, which needs no room for the whole of it beside what it was packed in.
const MAX_BYTES: u64 = 32 << 20;
/// What is no longer than this is unpacked before anybody looks at its head, which is a large part of it.
const SHORT_BYTES: u64 = 1 << 20;
/// How every part of a gzip file begins.
const GZIP_MEMBER: &[u8] = b"\x1F\x8B\x08";

thread_local! {
    static WORKSHOP: RefCell<Workshop> = RefCell::new(Workshop {
        decompressor: Decompressor::new(),
        spare: Vec::new(),
    });
}

/// What a thread unpacks with.
struct Workshop {
    decompressor: Decompressor,
    /// Room that was used before: a fresh one for each file costs more than a tenth of the unpacking.
    spare: Vec<u8>,
}

/// What the packed data of a zip's entry hold. None where that is not just so many bytes with this checksum.
pub(super) fn inflated(packed: &[u8], bytes: u64, crc32: u32) -> Option<Vec<u8>> {
    let unpack = |decompressor: &mut Decompressor, room: &mut [u8]| {
        decompressor.deflate_decompress(packed, room).ok()
    };
    let is_right = |unpacked: &[u8]| self::crc32(unpacked) == crc32;
    exactly(bytes, unpack, is_right)
}

/// What gzip of a single part holds. None where it has more of them, or its length or checksum are not as it says at its end.
pub(super) fn gunzipped(packed: &[u8], limit: u64) -> Option<Vec<u8>> {
    let bytes = gzip_bytes(packed)?;
    if bytes > limit || has_second_member(packed) {
        return None;
    }
    let unpack = |decompressor: &mut Decompressor, room: &mut [u8]| {
        decompressor.gzip_decompress(packed, room).ok()
    };
    let ends_there = |unpacked: &[u8]| {
        let end = [self::crc32(unpacked), bytes as u32].map(u32::to_le_bytes);
        packed.ends_with(end.as_flattened())
    };
    exactly(bytes, unpack, ends_there)
}

/// Whether so many bytes are unpacked in no time, wanted or not.
pub(super) fn is_short(bytes: u64) -> bool {
    bytes <= SHORT_BYTES
}

/// How many bytes gzip of a single part holds, as it says at its end.
pub(super) fn gzip_bytes(packed: &[u8]) -> Option<u64> {
    let (_, length) = packed.split_last_chunk()?;
    Some(u64::from(u32::from_le_bytes(*length)))
}

/// Keeps only the head of what nobody wants to go on with.
pub(super) fn cut_unless(
    bytes: &mut Vec<u8>,
    head_bytes: usize,
    go_on: impl FnOnce(&[u8]) -> bool,
) {
    let head = bytes.get(..head_bytes).unwrap_or(bytes);
    if !go_on(head) {
        bytes.truncate(head_bytes);
    }
}

/// Three bytes of packed data may look like a second part: then the stream finds that there is none.
fn has_second_member(packed: &[u8]) -> bool {
    let behind_the_first = packed.get(GZIP_MEMBER.len()..).unwrap_or_default();
    memchr::memmem::find(behind_the_first, GZIP_MEMBER).is_some()
}

/// So many bytes, if it is these that come out and they are right.
fn exactly(
    bytes: u64,
    unpack: impl FnOnce(&mut Decompressor, &mut [u8]) -> Option<usize>,
    is_right: impl FnOnce(&[u8]) -> bool,
) -> Option<Vec<u8>> {
    let bytes = usize::try_from(bytes).ok().filter(|_| bytes <= MAX_BYTES)?;
    WORKSHOP.with_borrow_mut(|workshop| {
        workshop.spare.resize(bytes, 0);
        let unpacked = unpack(&mut workshop.decompressor, &mut workshop.spare);
        let is_whole = unpacked == Some(bytes) && is_right(&workshop.spare);
        is_whole.then(|| mem::take(&mut workshop.spare))
    })
}

/// Takes back room that is used no longer.
pub(super) fn give_back(room: Vec<u8>) {
    if room.capacity() as u64 <= MAX_BYTES {
        WORKSHOP.with_borrow_mut(|workshop| workshop.spare = room);
    }
}

/// CRC-32 as zip and gzip have it, at the speed of memory.
pub fn crc32(bytes: &[u8]) -> u32 {
    libdeflater::crc32(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{
        Compression,
        write::{DeflateEncoder, GzEncoder},
    };
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    const TEXT: &[u8] = b"a run, a run, a run and a hill";

    #[test]
    fn crc32_is_the_one_of_zip_and_gzip() {
        // The check value of the catalogue of parametrised CRC algorithms (CRC-32/ISO-HDLC).
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn an_entry_that_keeps_its_word_is_unpacked() {
        let (packed, length) = (deflate(TEXT), TEXT.len() as u64);
        let unpacked = |bytes, crc| inflated(&packed, bytes, crc);
        assert_eq!(unpacked(length, crc32(TEXT)).as_deref(), Some(TEXT));
        for bytes in [length - 1, length + 1, 0, MAX_BYTES + 1, u64::MAX] {
            assert_eq!(unpacked(bytes, crc32(TEXT)), None, "{bytes} bytes");
        }
        assert_eq!(unpacked(length, 7), None);
        assert_eq!(inflated(&packed[..9], length, crc32(TEXT)), None);
    }

    #[test]
    fn gzip_of_one_part_is_unpacked_and_all_else_is_not() {
        let packed = gzip(TEXT);
        assert_eq!(gunzipped(&packed, 1000).as_deref(), Some(TEXT));
        assert_eq!(gunzipped(&packed, TEXT.len() as u64 - 1), None, "a limit");
        let twice = [&packed[..], &packed].concat();
        assert_eq!(gunzipped(&twice, 1000), None, "two equal parts");
        let followed = [&packed[..], &[0; 8]].concat();
        assert_eq!(gunzipped(&followed, 1000), None, "bytes behind it");
        for cut in 0..packed.len() {
            assert_eq!(gunzipped(&packed[..cut], 1000), None, "cut at {cut}");
        }
        for at in (10..packed.len()).step_by(3) {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x20;
            assert_eq!(gunzipped(&damaged, 1000), None, "damaged at {at}");
        }
    }

    #[test]
    fn room_is_used_again() {
        give_back(vec![7; 4096]);
        let unpacked = gunzipped(&gzip(TEXT), 1000).unwrap();
        assert_eq!((unpacked.as_slice(), unpacked.capacity()), (TEXT, 4096));
    }
}
