//! Headers: where a FIT sequence begins, and where its data end when the header cannot be trusted.

use super::crc::checksum;
use std::ops::Range;

/// One FIT sequence inside the input: a header, data, and (usually) two CRC bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Byte position of the header.
    pub start: usize,
    /// The data: definition and data messages.
    pub data: Range<usize>,
    /// Where to look for the next sequence.
    pub next: usize,
    /// The size the header gives for the data.
    pub declared: u32,
    /// Whether that size was used, or why not.
    pub extent: Extent,
    /// What the closing CRC says.
    pub seal: Seal,
    /// What is wrong with the header itself, in words.
    pub header_fault: Option<String>,
}

/// How the end of the data was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// The header's size leads to the end of the input, to another header, or to a right CRC.
    Declared,
    /// The header's size is 0: the watch never finished the file.
    Zero,
    /// The header promises more bytes than there are.
    Cut,
    /// The header's size leads into the middle of the data.
    Misleading,
}

/// The closing CRC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seal {
    /// It is right.
    Right,
    /// It is wrong: computed, found.
    Wrong(u16, u16),
    /// It is not there.
    Missing,
}

const SIGNATURE: &[u8; 4] = b".FIT";
/// FIT headers have 12 or, since 2010, 14 bytes.
const SIZES: [usize; 2] = [14, 12];

/// The first header at or after `from`.
pub(super) fn find(bytes: &[u8], from: usize) -> Option<usize> {
    if has_signature(bytes, from) || has_damaged_signature(bytes, from) {
        return Some(from);
    }
    let tail = bytes.get(from..)?;
    let dots = tail
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'.')
        .map(|(index, _)| from + index);
    dots.filter_map(|dot| dot.checked_sub(8))
        .find(|start| *start >= from && is_header(bytes, *start))
}

/// Whether a plausible header starts here: signature, size 12 or 14, protocol version 1 or 2.
pub(super) fn is_header(bytes: &[u8], start: usize) -> bool {
    let size = bytes.get(start).copied().map_or(0, usize::from);
    let protocol = bytes.get(start + 1).copied().unwrap_or(u8::MAX) >> 4;
    has_signature(bytes, start) && SIZES.contains(&size) && protocol <= 2
}

/// The sequence whose header is at `start` (as [`find`] found it).
pub(super) fn part(bytes: &[u8], start: usize) -> Part {
    let (data_start, size_fault) = data_start(bytes, start);
    let declared = little_u32(bytes, start + 4).unwrap_or(0);
    let (data, next, extent, seal) = bounds(bytes, start, data_start, declared);
    Part {
        start,
        data,
        next,
        declared,
        extent,
        seal,
        header_fault: size_fault
            .or_else(|| signature_fault(bytes, start))
            .or_else(|| header_crc_fault(bytes, start)),
    }
}

type Bounds = (Range<usize>, usize, Extent, Seal);

fn bounds(bytes: &[u8], start: usize, data_start: usize, declared: u32) -> Bounds {
    let declared_end = usize::try_from(declared)
        .ok()
        .and_then(|size| data_start.checked_add(size));
    declared_end
        .filter(|_| declared > 0)
        .and_then(|end| trusted(bytes, start, data_start..end))
        .unwrap_or_else(|| {
            let limit = find(bytes, data_start).unwrap_or(bytes.len());
            let (data, seal) = up_to(bytes, start, data_start..limit);
            (data, limit, mistake(declared, declared_end, limit), seal)
        })
}

/// What is wrong with a size that cannot be used, where the data can go on to `limit`.
fn mistake(declared: u32, declared_end: Option<usize>, limit: usize) -> Extent {
    match declared_end {
        _ if declared == 0 => Extent::Zero,
        Some(end) if end <= limit => Extent::Misleading,
        _ => Extent::Cut,
    }
}

/// Of all bytes up to the next header, those before a right checksum, if there is one.
fn up_to(bytes: &[u8], start: usize, all: Range<usize>) -> (Range<usize>, Seal) {
    let end = all.end.checked_sub(2).filter(|end| *end > all.start);
    match end.map(|end| (end, seal(bytes, start, end))) {
        Some((end, Seal::Right)) => (all.start..end, Seal::Right),
        _ => (all, Seal::Missing),
    }
}

/// The bounds from the header's own size, if it leads to a right CRC, the end of the input, or another header.
fn trusted(bytes: &[u8], start: usize, data: Range<usize>) -> Option<Bounds> {
    let end = data.end;
    if end > bytes.len() {
        return None;
    }
    if end + 2 > bytes.len() {
        return Some((data, bytes.len(), Extent::Declared, Seal::Missing));
    }
    let seal = seal(bytes, start, end);
    if seal == Seal::Right || end + 2 == bytes.len() || is_header(bytes, end + 2) {
        Some((data, end + 2, Extent::Declared, seal))
    } else if is_header(bytes, end) {
        Some((data, end, Extent::Declared, Seal::Missing))
    } else {
        None
    }
}

fn seal(bytes: &[u8], start: usize, end: usize) -> Seal {
    let (Some(sealed), Some(found)) = (bytes.get(start..end), bytes.get(end..end + 2)) else {
        return Seal::Missing;
    };
    match (checksum(sealed), u16::from_le_bytes([found[0], found[1]])) {
        (computed, found) if computed == found => Seal::Right,
        (computed, found) => Seal::Wrong(computed, found),
    }
}

/// Where the data begin: after the header's own size, or where the first definition message stands.
fn data_start(bytes: &[u8], start: usize) -> (usize, Option<String>) {
    let size = bytes.get(start).copied().map_or(0, usize::from);
    if SIZES.contains(&size) {
        return ((start + size).min(bytes.len()), None);
    }
    if size > 14 && is_definition(bytes, start + size) {
        let fault = format!("a header of {size} bytes, expected 12 or 14");
        return (start + size, Some(fault));
    }
    let fault = format!("the header gives its own size as {size} bytes, expected 12 or 14");
    (guessed_data_start(bytes, start), Some(fault))
}

/// Where the first definition message stands behind a header of the usual sizes.
fn guessed_data_start(bytes: &[u8], start: usize) -> usize {
    let is_size = |size: &usize| is_definition(bytes, start + size);
    let size = SIZES.into_iter().find(is_size).unwrap_or(14);
    (start + size).min(bytes.len())
}

fn is_definition(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|byte| byte & 0xD0 == 0x40)
}

/// A header CRC of 0 means "not given" (src/method/formats.md, FIT).
fn header_crc_fault(bytes: &[u8], start: usize) -> Option<String> {
    let header = bytes
        .get(start..start + 14)
        .filter(|header| header[0] == 14)?;
    let (given, computed) = (
        u16::from_le_bytes([header[12], header[13]]),
        checksum(&header[..12]),
    );
    (given != 0 && given != computed)
        .then(|| format!("the header's own checksum is {given:#06x}, expected {computed:#06x}"))
}

fn has_signature(bytes: &[u8], start: usize) -> bool {
    signature(bytes, start).is_some_and(|found| found == SIGNATURE)
}

fn signature(bytes: &[u8], start: usize) -> Option<&[u8]> {
    let at = start.checked_add(8)?;
    bytes.get(at..at + 4)
}

/// Whether a header starts here of whose signature one byte is wrong, while all else is as it should be, the first definition behind it
/// too: a bit that flipped must not cost the file.
fn has_damaged_signature(bytes: &[u8], start: usize) -> bool {
    let size = bytes.get(start).copied().map_or(0, usize::from);
    let protocol = bytes.get(start + 1).copied().unwrap_or(u8::MAX) >> 4;
    let pairs = signature(bytes, start).map(|found| found.iter().zip(SIGNATURE));
    let right = pairs.map_or(0, |pairs| pairs.filter(|(a, b)| a == b).count());
    right == SIGNATURE.len() - 1
        && SIZES.contains(&size)
        && matches!(protocol, 1 | 2)
        && is_definition(bytes, start + size)
}

fn signature_fault(bytes: &[u8], start: usize) -> Option<String> {
    let found = signature(bytes, start).filter(|found| found != SIGNATURE)?;
    Some(format!(
        "the signature is {}, expected .FIT",
        found.escape_ascii()
    ))
}

fn little_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(data: &[u8], declared: u32) -> Vec<u8> {
        let mut bytes = vec![14, 0x20, 0, 0];
        bytes.extend(declared.to_le_bytes());
        bytes.extend(b".FIT\0\0");
        bytes.extend(data);
        let crc = checksum(&bytes);
        bytes.extend(crc.to_le_bytes());
        bytes
    }

    #[test]
    fn a_good_size_is_used() {
        let part = part(&sealed(&[1, 2, 3], 3), 0);
        assert_eq!(
            (part.data, part.next, part.extent, part.seal),
            (14..17, 19, Extent::Declared, Seal::Right)
        );
    }

    #[test]
    fn a_bad_size_is_not() {
        for (declared, extent) in [
            (0, Extent::Zero),
            (1, Extent::Misleading),
            (99, Extent::Cut),
            (u32::MAX, Extent::Cut),
        ] {
            let part = part(&sealed(&[1, 2, 3], declared), 0);
            assert_eq!(
                (part.data, part.extent, part.seal),
                (14..17, extent, Seal::Right),
                "{declared}"
            );
        }
    }

    #[test]
    fn a_missing_crc_is_missing() {
        let mut bytes = sealed(&[1, 2, 3], 3);
        bytes.truncate(17);
        assert_eq!(part(&bytes, 0).seal, Seal::Missing);
    }

    #[test]
    fn headers_are_found_behind_other_bytes() {
        let mut bytes = b"GET /x.FIT\r\n".to_vec();
        bytes.extend(sealed(&[1, 2, 3], 3));
        assert_eq!(find(&bytes, 0), Some(12));
        assert_eq!(find(&bytes, 13), None);
        assert_eq!(find(b"", 0), None);
    }

    #[test]
    fn odd_header_sizes_fall_back_on_the_first_definition() {
        for size in [5u8, 149, 255] {
            let mut bytes = sealed(&[0x40, 0, 0, 0, 0, 0], 6);
            bytes[0] = size;
            let part = part(&bytes, 0);
            assert_eq!(part.data.start, 14, "{size}");
            assert!(part.header_fault.is_some());
        }
    }
}
