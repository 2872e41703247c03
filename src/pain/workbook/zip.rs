//! The zip around a workbook: what is in it, and whether it unpacks to what a workbook may have.

use super::{Kind, WorkbookError};
use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipFileHeaderRecord};
use std::io::Read;

/// Most files in a workbook.
const MAX_ENTRIES: usize = 10_000;
/// Most bytes that its parts may unpack to, together.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// From this size on a part that shrinks by more than [`MAX_RATIO`] is made to do harm.
const SUSPICIOUS: u64 = 32 * 1024 * 1024;
const MAX_RATIO: u64 = 250;

/// A zip that may be a workbook.
pub(super) struct Package<'b> {
    /// The archive without anything behind its end.
    pub bytes: &'b [u8],
    entries: Vec<Entry>,
}

/// How the kind of an OpenDocument sheet begins.
const OPEN_SHEET: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

struct Entry {
    name: String,
    at: ZipArchiveEntryWayfinder,
    is_deflated: bool,
    is_plain: bool,
}

impl Entry {
    fn of(record: &ZipFileHeaderRecord) -> Self {
        Entry {
            name: String::from_utf8_lossy(record.file_path().as_bytes()).replace('\\', "/"),
            at: record.wayfinder(),
            is_deflated: record.compression_method() == CompressionMethod::DEFLATE,
            is_plain: is_plain(record),
        }
    }
}

/// Whether an entry can be unpacked here.
fn is_plain(record: &ZipFileHeaderRecord) -> bool {
    let methods = [CompressionMethod::DEFLATE, CompressionMethod::STORE];
    !record.flags().is_encrypted() && methods.contains(&record.compression_method())
}

impl<'b> Package<'b> {
    /// The directory of a zip; None when it cannot be read, or can be read in two ways.
    pub(super) fn of(bytes: &'b [u8]) -> Option<Package<'b>> {
        let archive = ZipArchive::from_slice(bytes).ok()?;
        let mut comment = archive.comment().as_bytes().windows(4);
        if comment.any(|four| four == b"PK\x05\x06") {
            return None;
        }
        let mut entries = Vec::new();
        let mut listed = archive.entries();
        while let Some(record) = listed.next_entry().ok()? {
            entries.push(Entry::of(&record));
            if entries.len() > MAX_ENTRIES {
                return None;
            }
        }
        let end = usize::try_from(archive.end_offset()).ok()?;
        Some(Package {
            bytes: bytes.get(..end).unwrap_or(bytes),
            entries,
        })
    }

    /// What the names in it say it is; None for any other zip.
    pub(super) fn kind(&self) -> Option<Kind> {
        if self.has("xl/workbook.bin") {
            Some(Kind::Binary)
        } else if self.has("[Content_Types].xml") && self.has_under("xl/") {
            Some(Kind::Xlsx)
        } else if self.has("Index/Document.iwa") && self.has_under("Index/Tables/") {
            Some(Kind::Numbers)
        } else {
            let mimetype = self.part("mimetype", 100).ok().flatten()?;
            mimetype.starts_with(OPEN_SHEET).then_some(Kind::Ods)
        }
    }

    fn has(&self, name: &str) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn has_under(&self, folder: &str) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| entry.name.starts_with(folder))
    }

    /// The bytes of a part, at most so many. None when there is no such part.
    pub(super) fn part(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>, WorkbookError> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name == name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        self.unpack(entry, most, |part| bytes.extend_from_slice(part))?;
        Ok(Some(bytes))
    }

    /// Unpacks an entry and gives its bytes away piece by piece; how many there were. More than `most` are an error.
    fn unpack(
        &self,
        entry: &Entry,
        most: u64,
        mut take: impl FnMut(&[u8]),
    ) -> Result<u64, WorkbookError> {
        const DAMAGED: WorkbookError = WorkbookError::Damaged("a part of it does not unpack");
        let archive = ZipArchive::from_slice(self.bytes).map_err(|_| DAMAGED)?;
        let packed = archive.get_entry(entry.at).map_err(|_| DAMAGED)?;
        let packed = packed.data();
        let mut reader: Box<dyn Read + '_> = if entry.is_deflated {
            Box::new(DeflateDecoder::new(packed))
        } else {
            Box::new(packed)
        };
        let (mut buffer, mut total) = (vec![0; 64 * 1024], 0_u64);
        loop {
            let length = reader.read(&mut buffer).map_err(|_| DAMAGED)?;
            if length == 0 {
                return Ok(total);
            }
            total += length as u64;
            let is_bomb = total > SUSPICIOUS && total / (packed.len() as u64).max(1) > MAX_RATIO;
            if total > most || is_bomb {
                return Err(WorkbookError::Bomb);
            }
            take(buffer.get(..length).unwrap_or_default());
        }
    }
}

/// Whether the parts that a reader unpacks come to no more than a workbook may have.
///
/// Sizes in the directory are claims, so every part is unpacked once for its size; pictures and macros are never read.
pub(super) fn check(bytes: &[u8]) -> Result<Package<'_>, WorkbookError> {
    let package =
        Package::of(bytes).ok_or(WorkbookError::Damaged("its directory does not read"))?;
    let mut left = MAX_UNPACKED;
    let is_read = |entry: &&Entry| {
        let name = entry.name.to_ascii_lowercase();
        name.ends_with(".xml") || name.ends_with(".rels") || name == "mimetype"
    };
    for entry in package.entries.iter().filter(is_read) {
        if !entry.is_plain {
            return Err(WorkbookError::Password);
        }
        left = left.saturating_sub(package.unpack(entry, left, |_| {})?);
    }
    Ok(package)
}
