//! The entries of a zip whose list at the end is missing or damaged, as in a download that was broken off: each has a header of its own
//! before its bytes.
//!
//! Written from the format's description (PKWARE, APPNOTE 6.3.10, 4.3.7 and 4.3.9). An entry whose header does not say how long it is, or
//! not truly, ends where its packed data do.

use super::{limits::most_unpacked, stretch::Stretch};
use flate2::read::DeflateDecoder;
use rawzip::ReaderAt;
use std::{
    io::{self, Read},
    ops::Range,
};

const LOCAL_HEADER: &[u8; 4] = b"PK\x03\x04";
/// What may follow the bytes of an entry: its sizes, the next entry, the list at the end, an encrypted archive's own.
const FOLLOWS: [&[u8; 4]; 4] = [b"PK\x07\x08", LOCAL_HEADER, b"PK\x01\x02", b"PK\x05\x06"];
/// Bytes of a local header before the name.
const HEADER_BYTES: usize = 30;
/// How much is searched at once.
const CHUNK_BYTES: usize = 64 << 10;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
const ENCRYPTED: u16 = 1;
/// A size that stands elsewhere: with the bytes' end, or in the fields of zip64.
const NOT_HERE: u32 = u32::MAX;

/// An entry as its own header has it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Local {
    /// Its name, as its bytes are.
    pub(super) name: Vec<u8>,
    /// From its header to its last byte.
    pub(super) extent: Range<u64>,
    /// Its packed bytes, as far as they are there.
    pub(super) packed: Range<u64>,
    pub(super) is_encrypted: bool,
    /// How it is packed: true deflated, false as it is. None: in a way that is not known.
    pub(super) is_deflated: Option<bool>,
    /// Checksum and length of what it holds, as its header or its packed data say; 0 where its end is missing.
    pub(super) crc32: u32,
    pub(super) bytes: u64,
}

/// At most so many entries, in their order.
pub(super) fn entries(stretch: &Stretch, most: usize) -> Vec<Local> {
    let (mut found, mut at) = (Vec::new(), 0);
    while found.len() < most
        && let Some(start) = find(stretch, at, &[LOCAL_HEADER])
    {
        let Some(local) = entry(stretch, start) else {
            at = start + 1;
            continue;
        };
        at = local.packed.end.max(start + 1);
        found.push(local);
    }
    found
}

/// The fixed part of a local header.
struct Header {
    flags: u16,
    method: u16,
    crc32: u32,
    packed: u32,
    bytes: u32,
    name: u16,
    extra: u16,
}

fn header(stretch: &Stretch, start: u64) -> Option<Header> {
    let mut head = [0; HEADER_BYTES];
    stretch.read_exact_at(&mut head, start).ok()?;
    let short = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
    let long = |at: usize| u32::from(short(at)) | u32::from(short(at + 2)) << 16;
    Some(Header {
        flags: short(6),
        method: short(8),
        crc32: long(14),
        packed: long(18),
        bytes: long(22),
        name: short(26),
        extra: short(28),
    })
}

fn entry(stretch: &Stretch, start: u64) -> Option<Local> {
    let header = header(stretch, start)?;
    let name_at = start + HEADER_BYTES as u64;
    let from = name_at + u64::from(header.name) + u64::from(header.extra);
    let mut name = vec![0; usize::from(header.name)];
    stretch.read_exact_at(&mut name, name_at).ok()?;
    let (packed, crc32, bytes) = body(stretch, &header, from);
    Some(Local {
        name,
        extent: start..packed.end,
        packed,
        is_encrypted: header.flags & ENCRYPTED != 0,
        is_deflated: match header.method {
            STORED => Some(false),
            DEFLATED => Some(true),
            _ => None,
        },
        crc32,
        bytes,
    })
}

/// Where the packed bytes lie, with checksum and length of what they hold.
fn body(stretch: &Stretch, header: &Header, from: u64) -> (Range<u64>, u32, u64) {
    let end = from + u64::from(header.packed);
    if header.packed != NOT_HERE && header.packed > 0 && is_followed(stretch, end) {
        return (from..end, header.crc32, u64::from(header.bytes));
    }
    if header.method == DEFLATED
        && let Some(inflated) = inflated(stretch, from)
    {
        return inflated;
    }
    let end = find(stretch, from, &FOLLOWS).unwrap_or(stretch.len());
    (from..end.max(from), header.crc32, u64::from(header.bytes))
}

/// Whether the bytes end there: with the archive, or with what may follow them.
fn is_followed(stretch: &Stretch, end: u64) -> bool {
    let mut next = [0; 4];
    end == stretch.len()
        || stretch.read_exact_at(&mut next, end).is_ok() && FOLLOWS.contains(&&next)
}

/// The same of deflated data that end by themselves. None where they do not, or unpack to more than is read of them.
fn inflated(stretch: &Stretch, from: u64) -> Option<(Range<u64>, u32, u64)> {
    let rest = stretch.part(from..stretch.len());
    let mut reader = flate2::CrcReader::new(DeflateDecoder::new(rest.reader()));
    let most = most_unpacked(rest.len());
    let bytes = io::copy(&mut (&mut reader).take(most), &mut io::sink()).ok()?;
    let packed = reader.get_ref().total_in();
    let is_whole = bytes < most && packed > 0;
    is_whole.then(|| (from..from + packed, reader.crc().sum(), bytes))
}

/// The first of these marks from here on.
fn find(stretch: &Stretch, from: u64, marks: &[&[u8; 4]]) -> Option<u64> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut at = from;
    loop {
        let length = fill(stretch, &mut chunk, at);
        let seen = &chunk[..length];
        let is_mark = |four: &[u8]| marks.iter().any(|mark| four == *mark);
        if let Some(found) = seen.windows(4).position(is_mark) {
            return Some(at + found as u64);
        }
        if length < CHUNK_BYTES {
            return None;
        }
        // A mark may lie across two chunks.
        at += length as u64 - 3;
    }
}

/// Reads until the room is full or nothing is left, and says how much.
fn fill(stretch: &Stretch, room: &mut [u8], at: u64) -> usize {
    let mut length = 0;
    while length < room.len() {
        match stretch.read_at(&mut room[length..], at + length as u64) {
            Ok(more) if more > 0 => length += more,
            _ => break,
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An entry that is not packed: its header says how long it is, or the bytes behind it do.
    fn stored(name: &str, content: &[u8], says_size: bool) -> Vec<u8> {
        let size = (content.len() as u32).to_le_bytes();
        let said = if says_size { size } else { [0; 4] };
        let mut bytes = b"PK\x03\x04\x14\0".to_vec();
        bytes.extend([
            if says_size { 0 } else { 8 },
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            2,
            3,
            4,
        ]);
        bytes.extend([said, said].as_flattened());
        bytes.extend([name.len() as u8, 0, 0, 0]);
        bytes.extend(name.as_bytes());
        bytes.extend(content);
        if !says_size {
            bytes.extend(b"PK\x07\x08\x01\x02\x03\x04");
            bytes.extend([size, size].as_flattened());
        }
        bytes
    }

    fn found(bytes: &[u8]) -> Vec<(String, Range<u64>)> {
        let found = entries(&Stretch::of_memory(bytes.to_vec()), 10).into_iter();
        found
            .map(|local| (String::from_utf8(local.name).unwrap(), local.packed))
            .collect()
    }

    #[test]
    fn entries_are_found_by_their_own_headers() {
        let all = [
            stored("a", b"12345", true),
            stored("bc", b"678", false),
            stored("d", b"9", true),
        ]
        .concat();
        let whole = [("a", 31..36), ("bc", 68..71), ("d", 118..119)];
        let whole = whole.map(|(name, at)| (name.to_string(), at));
        assert_eq!(found(&all), whole);
        // Cut in the last header, in the bytes of the second, and before anything.
        assert_eq!(found(&all[..100]), whole[..2]);
        assert_eq!(found(&all[..70]), [whole[0].clone(), ("bc".into(), 68..70)]);
        assert_eq!(found(b"PK\x03\x04 and no more"), []);
        assert_eq!(entries(&Stretch::of_memory(all), 2).len(), 2);
    }

    #[test]
    fn a_size_that_is_wrong_is_not_believed() {
        let mut all = [stored("a", b"12345", true), stored("bc", b"678", true)].concat();
        for wrong in [4, 7, 200] {
            all[18] = wrong;
            assert_eq!(found(&all)[0], ("a".into(), 31..36), "{wrong}");
            assert_eq!(found(&all).len(), 2, "{wrong}");
        }
    }

    #[test]
    fn marks_are_found_across_chunks() {
        for at in [
            0,
            5,
            CHUNK_BYTES - 4,
            CHUNK_BYTES - 2,
            CHUNK_BYTES,
            3 * CHUNK_BYTES - 1,
        ] {
            let mut bytes = vec![0; at];
            bytes.extend(LOCAL_HEADER);
            let stretch = Stretch::of_memory(bytes);
            assert_eq!(find(&stretch, 0, &[LOCAL_HEADER]), Some(at as u64));
            assert_eq!(find(&stretch, at as u64 + 1, &[LOCAL_HEADER]), None);
        }
    }
}
