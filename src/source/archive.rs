//! An open zip archive: its entries, and what they unpack to.
//!
//! Nothing is unpacked to disk, and no size or count that an archive declares is believed: what is really there is counted while it
//! is read. The bounds are explained in [`crate::method::limits`], Sizes.

use super::{
    limits::unpacks_to_more,
    stretch::Stretch,
    whole::{self, crc32},
};
use crate::{
    error,
    problem::{Code, Effect, Problem},
};
use flate2::read::DeflateDecoder;
use rawzip::ReaderAt;
use std::{
    io::{ErrorKind, Read},
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// How a zip begins; `PK\5\6` when it is empty.
const LOCAL_HEADER: &[u8] = b"PK\x03\x04";
const END_RECORD: &[u8] = b"PK\x05\x06";
/// Length of the end record without a comment.
const END_RECORD_BYTES: u64 = 22;
/// Entries packed larger than this are not asked about: recordings are small, and films are not worth reading for it.
const MAX_KNOWN_BYTES: usize = 32 << 20;

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    pub(super) bytes: Stretch,
    pub(super) entries: Vec<Entry>,
    /// How many archives it lies in, itself included.
    pub(super) depth: usize,
    /// What may still be unpacked, bytes; shared by all archives of one file.
    pub(super) budget: Arc<AtomicU64>,
}

/// What a reader of an entry needs.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Where its packed bytes lie, as far as the archive has them.
    pub(super) packed: Range<u64>,
    pub(super) is_deflated: bool,
    /// What the directory declares: CRC-32 and unpacked size.
    pub(super) crc32: u32,
    pub(super) declared_bytes: u64,
}

impl Entry {
    pub(super) fn reader<'p>(&self, packed: &'p Stretch) -> Box<dyn Read + 'p> {
        match self.is_deflated {
            true => Box::new(DeflateDecoder::new(packed.reader())),
            false => Box::new(packed.reader()),
        }
    }

    /// Puts all that it holds in the place of its head, if its directory says the truth about that.
    fn unpack_whole(&self, packed: &Stretch, buffer: &mut Vec<u8>) -> bool {
        let head = buffer.clone();
        let whole = read_small(packed, buffer)
            .then(|| whole::inflated(buffer, self.declared_bytes, self.crc32));
        let (is_whole, room) = match whole.flatten() {
            Some(unpacked) => (true, std::mem::replace(buffer, unpacked)),
            None => (false, std::mem::replace(buffer, head)),
        };
        whole::give_back(room);
        is_whole
    }

    /// What decides, beside its packed bytes, what it holds.
    pub(super) fn kind(&self) -> String {
        let (is_deflated, crc32, bytes) = (self.is_deflated, self.crc32, self.declared_bytes);
        format!("packed {is_deflated} {crc32} {bytes}")
    }
}

/// What a source is told by before it is unpacked: what decides beside its bytes, and its bytes as they are stored.
pub type IsKnown<'a> = &'a mut dyn FnMut(&[u8], &[u8]) -> bool;

/// Whether a file that begins with `head` is a zip. Self-extracting ones have other bytes before: then the end of the file shows it.
pub(super) fn is_zip(head: &[u8], stretch: impl FnOnce() -> Option<Stretch>) -> bool {
    head.starts_with(LOCAL_HEADER)
        || head.starts_with(END_RECORD)
        || stretch().is_some_and(|stretch| has_end_record(&stretch))
}

fn has_end_record(stretch: &Stretch) -> bool {
    let mut end = [0; END_RECORD_BYTES as usize];
    let Some(at) = stretch.len().checked_sub(END_RECORD_BYTES) else {
        return false;
    };
    stretch.read_exact_at(&mut end, at).is_ok() && end.starts_with(END_RECORD)
}

/// Asks about the packed bytes of an entry, which then lie in `buffer`. What is known counts as unpacked, so that an archive that
/// unpacks to too much does so every time.
///
/// # Errors
/// A [`Problem`] when the archive has unpacked to more than it may.
pub(super) fn is_known(
    archive: &Archive,
    index: usize,
    buffer: &mut Vec<u8>,
    is_known: IsKnown,
) -> Result<bool, Problem> {
    let Some(entry) = archive.entries.get(index) else {
        return Ok(false);
    };
    let packed = archive.bytes.part(entry.packed.clone());
    if !read_small(&packed, buffer) || !is_known(entry.kind().as_bytes(), buffer) {
        return Ok(false);
    }
    archive
        .spend(usize::try_from(entry.declared_bytes).unwrap_or(usize::MAX))
        .map(|()| true)
}

/// Fills the buffer with the whole stretch; false when it is too large to be asked about, or cannot be read.
fn read_small(packed: &Stretch, buffer: &mut Vec<u8>) -> bool {
    let length = usize::try_from(packed.len()).unwrap_or(usize::MAX);
    if length > MAX_KNOWN_BYTES {
        return false;
    }
    buffer.resize(length, 0);
    packed.read_exact_at(buffer, 0).is_ok()
}

/// Appends what an entry holds to `buffer`, at most `most` bytes of it, and says what is wrong with it.
///
/// # Errors
/// A [`Problem`] when nothing could be unpacked, or the archive has unpacked to more than it may.
pub(super) fn unpack(
    archive: &Archive,
    index: usize,
    buffer: &mut Vec<u8>,
    limits: impl Fn(u64) -> u64,
    go_on: impl FnOnce(&[u8]) -> bool,
    head_bytes: usize,
) -> Result<Option<Problem>, Problem> {
    let Some(entry) = archive.entries.get(index) else {
        return Ok(None);
    };
    let packed = archive.bytes.part(entry.packed.clone());
    let limit = limits(packed.len());
    let is_believed = entry.is_deflated && entry.declared_bytes <= limit;
    let is_short = is_believed && whole::is_short(entry.declared_bytes);
    if is_short && entry.unpack_whole(&packed, buffer) {
        whole::cut_unless(buffer, head_bytes, go_on);
        return archive.spend(buffer.len()).map(|()| None);
    }
    let mut reader = entry.reader(&packed);
    // What nobody wants is left after its head: most of an export is photos.
    let head = (&mut reader).take(head_bytes as u64).read_to_end(buffer);
    if head.is_ok() && !go_on(buffer) {
        return archive.spend(buffer.len()).map(|()| None);
    }
    if is_believed && !is_short && entry.unpack_whole(&packed, buffer) {
        return archive.spend(buffer.len()).map(|()| None);
    }
    let rest = head.and_then(|_| {
        reader
            .take((limit + 1).saturating_sub(buffer.len() as u64))
            .read_to_end(buffer)
    });
    archive.spend(buffer.len())?;
    if buffer.len() as u64 > limit {
        let detail = unpacks_to_more(packed.len(), limit);
        return Err(refused(Code::UnpacksTooLarge, detail));
    }
    match rest {
        Err(error) => damage(&error, buffer.len()).map(Some),
        Ok(_) => Ok(contradiction(entry, buffer)),
    }
}

/// What is said of packed data that gave so many bytes before it was damaged.
///
/// # Errors
/// The problem itself when it gave none.
fn damage(error: &std::io::Error, unpacked: usize) -> Result<Problem, Problem> {
    if unpacked == 0 {
        return Err(nothing_unpacked(Code::ArchiveDamaged, error));
    }
    Ok(partly(
        format!("its packed data {}", fault(error)),
        unpacked,
    ))
}

/// That packed data gave nothing.
pub(super) fn nothing_unpacked(code: Code, error: &std::io::Error) -> Problem {
    let detail = format!(
        "nothing could be unpacked: its packed data {}",
        fault(error)
    );
    refused(code, detail)
}

/// What is wrong with packed data, in words of our own that read after its name: those of the unpacker are for programmers.
pub(super) fn fault(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::UnexpectedEof => "is cut short".to_string(),
        ErrorKind::InvalidInput | ErrorKind::InvalidData => "is damaged".to_string(),
        _ => format!("cannot be read ({})", error::words(error)),
    }
}

/// What is packed inside `index`, to be opened as an archive: in place where it is stored as it is, else unpacked into memory.
///
/// # Errors
/// As [`unpack`].
pub(super) fn inner(
    archive: &Archive,
    index: usize,
    limits: impl Fn(u64) -> u64,
) -> Result<Stretch, Problem> {
    if let Some(stored) = archive.stored(index) {
        return Ok(stored);
    }
    let mut bytes = Vec::new();
    unpack(archive, index, &mut bytes, limits, |_| true, 0).map_err(|problem| Problem {
        consequence: "It was left out with all that is in it.".to_string(),
        ..problem
    })?;
    Ok(Stretch::of_memory(bytes))
}

impl Archive {
    /// An entry that is stored as it is.
    fn stored(&self, index: usize) -> Option<Stretch> {
        let entry = self.entries.get(index)?;
        (!entry.is_deflated).then(|| self.bytes.part(entry.packed.clone()))
    }

    /// Counts unpacked bytes against what the whole archive may come to.
    pub(super) fn spend(&self, bytes: usize) -> Result<(), Problem> {
        self.budget
            .try_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(bytes as u64)
            })
            .map(drop)
            .map_err(|_| over_budget())
    }
}

fn over_budget() -> Problem {
    let detail = "the whole archive unpacks to more than niggle reads";
    refused(Code::UnpacksTooLarge, detail)
}

fn contradiction(entry: &Entry, bytes: &[u8]) -> Option<Problem> {
    let (declared, found) = (entry.declared_bytes, bytes.len());
    let detail = if found as u64 != declared {
        format!("its directory promises {declared} bytes, found {found}")
    } else if crc32(bytes) != entry.crc32 {
        "its checksum is wrong".to_string()
    } else {
        return None;
    };
    Some(partly(detail, found))
}

fn partly(detail: String, bytes: usize) -> Problem {
    Problem::new(
        Code::ArchiveDamaged,
        Effect::PartLost,
        "",
        detail,
        format!("The {bytes} bytes in it were used."),
    )
}

pub(super) fn refused(code: Code, detail: impl Into<String>) -> Problem {
    Problem::new(code, Effect::Failed, "", detail, "It was left out.")
}

/// What cannot be read at all.
pub(super) fn unreadable(error: &std::io::Error) -> Problem {
    let detail = format!("could not be read ({})", error::words(error));
    refused(Code::Unreadable, detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{self, Content, Source, Storage};

    /// The words of flate2 of what is cut and of what is damaged stay its own.
    #[test]
    fn packed_data_is_told_of_in_plain_words() {
        use std::io::Write;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let numbers = (0..20_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes());
        encoder.write_all(&numbers.collect::<Vec<u8>>()).unwrap();
        let whole = encoder.finish().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let said = |bytes: &[u8]| {
            let path = folder.path().join("run.gpx.gz");
            std::fs::write(&path, bytes).unwrap();
            let source = Source {
                name: "run.gpx.gz".to_string(),
                storage: Storage::File(path),
                bytes: bytes.len() as u64,
            };
            match source::read(&source, &mut Vec::new(), 512, |_| true) {
                Ok(Content::Bytes(problems)) => problems.first().map(|first| first.detail.clone()),
                Ok(other) => panic!("{other:?}"),
                Err(problem) => Some(problem.detail),
            }
        };
        assert_eq!(said(&whole), None);
        let half = said(&whole[..whole.len() / 2]);
        assert_eq!(half.as_deref(), Some("the gzip data is cut short"));
        let nothing = said(&whole[..10]);
        assert_eq!(
            nothing.as_deref(),
            Some("nothing could be unpacked: its packed data is cut short")
        );
        let mut spoilt = whole.clone();
        let last = spoilt.len() - 6;
        spoilt[last] ^= 0xFF;
        assert_eq!(
            said(&spoilt).as_deref(),
            Some("the gzip data is damaged, or other bytes follow it")
        );
    }

    #[test]
    fn what_gzip_in_an_archive_unpacks_to_is_counted() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, &[7; 10_000]).unwrap();
        let packed = encoder.finish().unwrap();
        let entry = Entry {
            packed: 0..packed.len() as u64,
            is_deflated: false,
            crc32: crc32(&packed),
            declared_bytes: packed.len() as u64,
        };
        let budget = Arc::new(AtomicU64::new(packed.len() as u64 + 15_000));
        let bytes = packed.len() as u64;
        let archive = Archive {
            bytes: Stretch::of_memory(packed),
            entries: vec![entry],
            depth: 1,
            budget,
        };
        let source = Source {
            name: "x.gz".to_string(),
            storage: Storage::Packed(Arc::new(archive), 0),
            bytes,
        };
        let mut buffer = Vec::new();
        assert_eq!(
            source::read(&source, &mut buffer, 512, |_| true),
            Ok(Content::Bytes(vec![]))
        );
        let second = source::read(&source, &mut buffer, 512, |_| true);
        assert_eq!(second.unwrap_err().code, Code::UnpacksTooLarge);
    }

    #[test]
    fn what_an_archive_unpacks_to_is_bounded_in_all() {
        let mut budget = 4_u64 << 30;
        let archive = |budget: u64| Archive {
            bytes: Stretch::of_memory(Vec::new()),
            entries: Vec::new(),
            depth: 1,
            budget: Arc::new(AtomicU64::new(budget)),
        };
        let full = archive(budget);
        while budget > 256 << 20 {
            full.spend(256 << 20).unwrap();
            budget -= 256 << 20;
        }
        assert!(full.spend(256 << 20).is_ok());
        assert_eq!(full.spend(1).unwrap_err().code, Code::UnpacksTooLarge);
    }
}
