//! Zip archives, read in place: the entries of an archive are sources like files of a folder.
//!
//! Nothing is unpacked to disk, and no size or count that an archive declares is believed: what is really there is counted while it
//! is read. The bounds are explained in [`crate::method::limits`], Sizes.

use super::{IsKnown, Place, Source, distinct_names, is_pain_log_name, unpacks_to_more};
use crate::problem::{Code, Effect, Problem};
use flate2::{Crc, read::DeflateDecoder};
use rawzip::{
    CompressionMethod, RangeReader, ReaderAt, ZipArchiveEntryWayfinder, ZipFileHeaderRecord,
    ZipLocator,
};
use std::{
    fs::File,
    io::Read,
    ops::Range,
    path::Path,
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
/// Entries of one archive that are read (a Garmin export has some 23,000).
const MAX_ENTRIES: usize = 200_000;
/// Archives in archives in archives and no deeper (Garmin's export needs two levels, older ones three).
const MAX_DEPTH: usize = 3;
/// All that one archive, with those inside it, may unpack to: this much, or [`MAX_TOTAL_RATIO`] times its size …
const MAX_TOTAL_BYTES: u64 = 4 << 30;
const MAX_TOTAL_RATIO: u64 = 50;
/// … but a small one no more than this, or what single files may, [`super::MAX_RATIO`] times its size: many entries just below the
/// bound of one are as harmful as one above it.
const SMALL_TOTAL_BYTES: u64 = 256 << 20;
/// Entries packed larger than this are not asked about: recordings are small, and films are not worth reading for it.
const MAX_KNOWN_BYTES: usize = 32 << 20;
/// Longest name of an entry that is shown, characters.
const MAX_NAME: usize = 255;

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    bytes: Stretch,
    entries: Vec<Entry>,
    /// How many archives it lies in, itself included.
    depth: usize,
    /// What may still be unpacked, bytes; shared by all archives of one file.
    budget: Arc<AtomicU64>,
}

/// What a reader of an entry needs.
#[derive(Debug, Clone)]
struct Entry {
    /// Where its packed bytes lie, as far as the archive has them.
    packed: Range<u64>,
    is_deflated: bool,
    /// What the directory declares: CRC-32 and unpacked size.
    crc32: u32,
    declared_bytes: u64,
}

/// What opening an archive gave.
#[derive(Debug, Default)]
pub struct Opened {
    /// Its entries, by name.
    pub sources: Vec<Source>,
    /// Pain logs among them.
    pub pain_logs: Vec<Source>,
    /// Entries that cannot be read, each an input of its own.
    pub unreadable: Vec<Problem>,
    /// What is wrong with the archive itself, but does not keep its entries from being read.
    pub problems: Vec<Problem>,
}

/// A stretch of a file or of memory.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    store: Store,
    range: Range<u64>,
}

#[derive(Debug, Clone)]
enum Store {
    File(Arc<rawzip::FileReader>),
    Memory(Arc<Vec<u8>>),
}

impl Stretch {
    pub(super) fn of_file(path: &Path) -> std::io::Result<Stretch> {
        let file = File::open(path)?;
        let range = 0..file.metadata()?.len();
        Ok(Stretch {
            store: Store::File(Arc::new(file.into())),
            range,
        })
    }

    pub(super) fn of_memory(bytes: Vec<u8>) -> Stretch {
        let range = 0..bytes.len() as u64;
        Stretch {
            store: Store::Memory(Arc::new(bytes)),
            range,
        }
    }

    fn len(&self) -> u64 {
        self.range.end - self.range.start
    }

    fn part(&self, range: Range<u64>) -> Stretch {
        let within = |at: u64| self.range.start.saturating_add(at).min(self.range.end);
        Stretch {
            store: self.store.clone(),
            range: within(range.start)..within(range.end),
        }
    }

    pub(super) fn reader(&self) -> RangeReader<&Stretch> {
        RangeReader::new(self, 0..self.len())
    }
}

impl ReaderAt for Stretch {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> std::io::Result<usize> {
        let at = self.range.start.saturating_add(offset).min(self.range.end);
        let room = usize::try_from(self.range.end - at)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        let buffer = &mut buffer[..room];
        match &self.store {
            Store::File(file) => file.read_at(buffer, at),
            Store::Memory(bytes) => {
                let from = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
                (&bytes[from..]).read(buffer)
            }
        }
    }
}

/// Whether a file that begins with `head` is a zip. Self-extracting ones have other bytes before: then the end of the file shows it.
pub(super) fn is_zip(head: &[u8], stretch: impl FnOnce() -> Option<Stretch>) -> bool {
    if head.starts_with(LOCAL_HEADER) || head.starts_with(END_RECORD) {
        return true;
    }
    let mut end = [0; END_RECORD_BYTES as usize];
    let Some(stretch) = stretch().filter(|stretch| stretch.len() >= END_RECORD_BYTES) else {
        return false;
    };
    let read = stretch.read_exact_at(&mut end, stretch.len() - END_RECORD_BYTES);
    read.is_ok() && end.starts_with(END_RECORD)
}

/// Opens an archive that lies in `stretch`. `name` is what reports call it, `within` the archive it came from.
///
/// # Errors
/// A [`Problem`] when none of it can be read.
pub(super) fn open(
    stretch: Stretch,
    name: &str,
    within: Option<&Archive>,
) -> Result<Opened, Problem> {
    let depth = within.map_or(0, |outer| outer.depth) + 1;
    if depth > MAX_DEPTH {
        let detail = format!("archives lie more than {MAX_DEPTH} deep in each other");
        return Err(refused(Code::ArchiveTooDeep, detail));
    }
    let mut listing = Listing::default();
    listing.read(&stretch)?;
    if let Some(problem) = overlap(&listing.extents) {
        return Err(problem);
    }
    let total = most_in_all(stretch.len());
    let budget = within.map_or_else(
        || Arc::new(AtomicU64::new(total)),
        |outer| outer.budget.clone(),
    );
    let problems = listing.problems();
    let archive = Arc::new(Archive {
        bytes: stretch,
        entries: listing.entries,
        depth,
        budget,
    });
    let mut opened = Opened {
        problems,
        ..Opened::default()
    };
    for (index, path) in listing.readable.into_iter().enumerate() {
        let is_pain_log = path.rsplit('/').next().is_some_and(is_pain_log_name);
        let packed = &archive.entries[index].packed;
        let bytes = packed.end - packed.start;
        let source = Source {
            name: format!("{name}/{path}"),
            place: Place::Packed(archive.clone(), index),
            bytes,
        };
        if is_pain_log {
            &mut opened.pain_logs
        } else {
            &mut opened.sources
        }
        .push(source);
    }
    for list in [&mut opened.sources, &mut opened.pain_logs] {
        // Names first; entries of one name in the order of the directory.
        list.sort_by(|a, b| a.name.cmp(&b.name));
        distinct_names(list);
    }
    opened.unreadable = listing
        .unreadable
        .into_iter()
        .map(|(path, p)| p.within(&format!("{name}/{path}")))
        .collect();
    opened.unreadable.sort();
    Ok(opened)
}

/// What an archive of so many bytes may unpack to in all.
fn most_in_all(packed: u64) -> u64 {
    let small = SMALL_TOTAL_BYTES.max(packed.saturating_mul(super::MAX_RATIO));
    MAX_TOTAL_BYTES
        .max(packed.saturating_mul(MAX_TOTAL_RATIO))
        .min(small)
}

/// The directory of an archive, as far as it can be read.
#[derive(Default)]
struct Listing {
    /// Names of the entries that can be read, in the order of `entries`.
    readable: Vec<String>,
    entries: Vec<Entry>,
    unreadable: Vec<(String, Problem)>,
    /// Headers and bodies, for the check against overlaps.
    extents: Vec<Range<u64>>,
    is_cut: bool,
    is_long: bool,
    /// Files the directory should have, and has.
    expected: u64,
    seen: u64,
}

impl Listing {
    fn read(&mut self, stretch: &Stretch) -> Result<(), Problem> {
        let mut buffer = vec![0; rawzip::MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
        let archive = ZipLocator::new()
            .locate_in_reader(stretch.clone(), &mut buffer, stretch.len())
            .map_err(|(_, error)| damaged(&error))?;
        self.expected = archive.entries_hint();
        let mut entries = archive.entries(&mut buffer);
        while !(self.is_long || self.is_cut) {
            match entries.next_entry() {
                Ok(Some(record)) if self.seen < MAX_ENTRIES as u64 => {
                    self.add(stretch, &archive, &record)
                }
                Ok(Some(_)) => self.is_long = true,
                Ok(None) => break,
                Err(error) if self.seen == 0 => return Err(damaged(&error)),
                Err(_) => self.is_cut = true,
            }
        }
        Ok(())
    }

    fn add(
        &mut self,
        stretch: &Stretch,
        archive: &rawzip::ZipArchive<Stretch>,
        record: &ZipFileHeaderRecord,
    ) {
        self.seen += 1;
        let path = shown(record.file_path().as_bytes());
        if record.is_dir() || is_hidden(&path) {
            return;
        }
        let is_deflated = record.compression_method() == CompressionMethod::DEFLATE;
        if let Some(problem) = unusable(record, is_deflated) {
            return self.unreadable.push((path, problem));
        }
        let Some(packed) = extent(archive, record.wayfinder())
            .filter(|packed| packed.start < stretch.len().max(1))
        else {
            let detail = "the directory points to a place that holds no file";
            return self
                .unreadable
                .push((path, refused(Code::ArchiveDamaged, detail)));
        };
        self.extents.push(record.local_header_offset()..packed.end);
        self.readable.push(path);
        let (crc32, declared_bytes) = (record.crc32(), record.uncompressed_size_hint());
        self.entries.push(Entry {
            packed,
            is_deflated,
            crc32,
            declared_bytes,
        });
    }

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut note = |code, effect, detail: String, consequence: &str| {
            problems.push(Problem::new(code, effect, "", detail, consequence));
        };
        if self.is_long {
            let detail = format!("more than {MAX_ENTRIES} files in it");
            note(
                Code::TooLarge,
                Effect::PartLost,
                detail,
                "The first ones were read.",
            );
        } else if self.is_cut || self.seen != self.expected {
            let detail = format!(
                "the directory promises {} files, found {}",
                self.expected, self.seen
            );
            note(
                Code::ArchiveDamaged,
                Effect::PartLost,
                detail,
                "The files that were found were read.",
            );
        }
        let mut names: Vec<&String> = self.readable.iter().collect();
        names.sort();
        let doubled = names.windows(2).filter(|pair| pair[0] == pair[1]).count();
        if doubled > 0 {
            let has = if doubled == 1 {
                "file has"
            } else {
                "files have"
            };
            let detail = format!("{doubled} {has} the name of another file in it");
            note(
                Code::ArchiveDoubledName,
                Effect::Noted,
                detail,
                "All were read; the later ones have a number.",
            );
        }
        problems
    }
}

/// Why an entry cannot be read at all.
fn unusable(record: &ZipFileHeaderRecord, is_deflated: bool) -> Option<Problem> {
    if record.mode().is_symlink() {
        let detail = "a link to another file";
        return Some(Problem::new(
            Code::ArchiveEntry,
            Effect::Skipped,
            "",
            detail,
            "Links are not followed.",
        ));
    }
    if record.flags().is_encrypted() {
        return Some(refused(
            Code::ArchiveEncrypted,
            "the file is locked with a password",
        ));
    }
    let method = record.compression_method();
    (!is_deflated && method != CompressionMethod::STORE).then(|| {
        let detail = format!(
            "packed with a method niggle does not know ({})",
            method.name().unwrap_or("unnamed")
        );
        refused(Code::ArchiveEntry, detail)
    })
}

/// Where an entry's packed bytes are.
fn extent(
    archive: &rawzip::ZipArchive<Stretch>,
    entry: ZipArchiveEntryWayfinder,
) -> Option<Range<u64>> {
    let (from, to) = archive.get_entry(entry).ok()?.compressed_data_range();
    (from <= to).then_some(from..to)
}

/// Entries that share bytes make an archive unpack to any size: such a one is made to do harm.
fn overlap(extents: &[Range<u64>]) -> Option<Problem> {
    let mut sorted: Vec<&Range<u64>> = extents.iter().collect();
    sorted.sort_by_key(|extent| (extent.start, extent.end));
    let shared = sorted
        .windows(2)
        .filter(|pair| pair[1].start < pair[0].end)
        .count();
    (shared > 0).then(|| {
        let detail =
            format!("{shared} files in it share their bytes with another, as in an archive made to fill a disk");
        refused(Code::ArchiveOverlap, detail)
    })
}

/// CRC-32 as zip and gzip have it, at the speed of memory.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
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
    let Some(length) = usize::try_from(packed.len())
        .ok()
        .filter(|length| *length <= MAX_KNOWN_BYTES)
    else {
        return Ok(false);
    };
    buffer.resize(length, 0);
    let kind = format!(
        "packed {} {} {}",
        entry.is_deflated, entry.crc32, entry.declared_bytes
    );
    if packed.read_exact_at(buffer, 0).is_err() || !is_known(kind.as_bytes(), buffer) {
        return Ok(false);
    }
    archive
        .spend(usize::try_from(entry.declared_bytes).unwrap_or(usize::MAX))
        .map(|()| true)
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
    let mut reader: Box<dyn Read> = match entry.is_deflated {
        true => Box::new(DeflateDecoder::new(packed.reader())),
        false => Box::new(packed.reader()),
    };
    let head = (&mut reader).take(head_bytes as u64).read_to_end(buffer);
    if head.is_ok() && !go_on(buffer) {
        return archive.spend(buffer.len()).map(|()| None);
    }
    let rest = head.and_then(|_| {
        reader
            .take((limit + 1).saturating_sub(buffer.len() as u64))
            .read_to_end(buffer)
    });
    archive.spend(buffer.len())?;
    if buffer.len() as u64 > limit {
        return Err(refused(
            Code::UnpacksTooLarge,
            unpacks_to_more(packed.len(), limit),
        ));
    }
    match rest {
        Err(error) if buffer.is_empty() => Err(refused(
            Code::ArchiveDamaged,
            format!("nothing could be unpacked ({error})"),
        )),
        Err(error) => Ok(Some(partly(
            format!("its packed data is damaged ({error})"),
            buffer.len(),
        ))),
        Ok(_) => Ok(contradiction(entry, buffer)),
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
    if let Some(entry) = archive
        .entries
        .get(index)
        .filter(|entry| !entry.is_deflated)
    {
        return Ok(archive.bytes.part(entry.packed.clone()));
    }
    let mut bytes = Vec::new();
    unpack(archive, index, &mut bytes, limits, |_| true, 0).map_err(|problem| Problem {
        consequence: "It was left out with all that is in it.".to_string(),
        ..problem
    })?;
    Ok(Stretch::of_memory(bytes))
}

impl Archive {
    /// Counts unpacked bytes against what the whole archive may come to.
    pub(super) fn spend(&self, bytes: usize) -> Result<(), Problem> {
        let spent = |left: u64| left.checked_sub(bytes as u64);
        match self
            .budget
            .try_update(Ordering::Relaxed, Ordering::Relaxed, spent)
        {
            Ok(_) => Ok(()),
            Err(_) => Err(refused(
                Code::UnpacksTooLarge,
                "the whole archive unpacks to more than niggle reads",
            )),
        }
    }
}

fn contradiction(entry: &Entry, bytes: &[u8]) -> Option<Problem> {
    if bytes.len() as u64 != entry.declared_bytes {
        let detail = format!(
            "its directory promises {} bytes, found {}",
            entry.declared_bytes,
            bytes.len()
        );
        return Some(partly(detail, bytes.len()));
    }
    (crc32(bytes) != entry.crc32).then(|| partly("its checksum is wrong".to_string(), bytes.len()))
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

fn damaged(error: &rawzip::Error) -> Problem {
    refused(
        Code::ArchiveDamaged,
        format!("its directory cannot be read ({error})"),
    )
}

fn refused(code: Code, detail: impl Into<String>) -> Problem {
    Problem::new(code, Effect::Failed, "", detail, "It was left out.")
}

/// A name as reports show it: with `/`, without `..`, drive letters and control characters, cut where nobody reads on.
fn shown(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .collect();
    let parts = text
        .split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':'));
    let name = parts.collect::<Vec<_>>().join("/");
    match name.char_indices().nth(MAX_NAME) {
        _ if name.is_empty() => "(no name)".to_string(),
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name,
    }
}

/// What a folder walk passes over, too.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(super::is_hidden_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{self, Content};
    use std::path::PathBuf;

    fn hostile(name: &str) -> Source {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("tests/hostile/zip")
            .join(name);
        let bytes = std::fs::metadata(&path).unwrap().len();
        Source {
            name: name.to_string(),
            place: Place::File(path),
            bytes,
        }
    }

    /// Everything in an archive and in those inside it: names with the bytes read and the codes of problems.
    fn contents(name: &str) -> (Vec<(String, usize)>, Vec<Code>) {
        let (mut pending, mut files, mut codes, mut buffer) =
            (vec![hostile(name)], Vec::new(), Vec::new(), Vec::new());
        while let Some(source) = pending.pop() {
            // All is wanted but text, so that what stands before a zip does not hide it.
            let wanted = |head: &[u8]| !head.starts_with(b"#!");
            match source::read(&source, &mut buffer, 512, wanted) {
                Ok(Content::Bytes(problems)) => {
                    let name = source
                        .name
                        .trim_start_matches(name)
                        .trim_start_matches('/')
                        .to_string();
                    files.push((name, buffer.len()));
                    codes.extend(problems.into_iter().map(|problem| problem.code));
                }
                Ok(Content::Archive) => match source::open(&source) {
                    Ok(opened) => {
                        pending.extend(opened.sources.into_iter().rev());
                        codes.extend(
                            opened
                                .unreadable
                                .into_iter()
                                .chain(opened.problems)
                                .map(|problem| problem.code),
                        );
                    }
                    Err(problem) => codes.push(problem.code),
                },
                Err(problem) => codes.push(problem.code),
            }
        }
        codes.dedup();
        (files, codes)
    }

    #[test]
    fn every_hostile_archive_is_read_as_far_as_it_can_be() {
        let check = |name: &str, files: usize, expected: &[Code]| {
            let (found, codes) = contents(name);
            assert_eq!(
                (found.len(), codes.as_slice()),
                (files, expected),
                "{name}: {found:?}"
            );
        };
        check("00_good.zip", 3, &[]);
        check("02_bomb_single_100MB.zip", 0, &[Code::UnpacksTooLarge]);
        check("03_overlap_2000.zip", 0, &[Code::ArchiveOverlap]);
        check("04_nested_10.zip", 0, &[Code::ArchiveTooDeep]);
        check("05_nested_bomb_512x10MB.zip", 0, &[Code::ArchiveTooDeep]);
        check("07_encrypted_flag.zip", 0, &[Code::ArchiveEncrypted]);
        check("08_trunc_cd.zip", 0, &[Code::ArchiveDamaged]);
        check("09_eocd_count_65535.zip", 2, &[Code::ArchiveDamaged]);
        check("10_zip64.zip", 1, &[]);
        check("11_symlink.zip", 1, &[Code::ArchiveEntry]);
        check("12_size_lie.zip", 1, &[Code::ArchiveDamaged]);
        check("13_size_lie_small.zip", 1, &[Code::ArchiveDamaged]);
        check("14_bad_crc.zip", 1, &[Code::ArchiveDamaged]);
        check("15_name_nonutf8.zip", 1, &[]);
        check("18_prefix_junk.zip", 2, &[]);
        check("19_many_entries.zip", 6000, &[]);
        check("20_method_99.zip", 0, &[Code::ArchiveEntry]);
    }

    #[test]
    fn names_are_shown_and_never_followed() {
        for (raw, expected) in [
            (&b"../../etc/x.fit"[..], "etc/x.fit"),
            (b"/root/x.fit", "root/x.fit"),
            (b"C:\\runs\\x.fit", "runs/x.fit"),
            (b"a\x00b\nc.fit", "a\u{FFFD}b\u{FFFD}c.fit"),
            (b"\xFF.fit", "\u{FFFD}.fit"),
            (b"../..", "(no name)"),
        ] {
            assert_eq!(shown(raw), expected);
        }
        assert_eq!(
            shown("é".repeat(300).as_bytes()).chars().count(),
            MAX_NAME + 1
        );
        for (file, _) in contents("01_traversal.zip").0 {
            assert!(!file.split('/').any(|part| part == ".."), "{file}");
        }
    }

    #[test]
    fn doubled_names_are_read_by_number() {
        let (files, codes) = contents("06_duplicate_names.zip");
        assert_eq!(codes, [Code::ArchiveDoubledName]);
        assert_eq!(files[1].0, "a.fit");
        assert_eq!(files[2].0, "a.fit (2)");
    }

    #[test]
    fn what_gzip_in_an_archive_unpacks_to_is_counted() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, &[7; 10_000]).unwrap();
        let packed = encoder.finish().unwrap();
        let entry = Entry {
            packed: 0..packed.len() as u64,
            is_deflated: false,
            crc32: crc_of(&packed),
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
            place: Place::Packed(Arc::new(archive), 0),
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

    fn crc_of(bytes: &[u8]) -> u32 {
        let mut crc = Crc::new();
        crc.update(bytes);
        crc.sum()
    }

    #[test]
    fn small_archives_may_unpack_to_less() {
        for (packed, most) in [
            (1000, 256 << 20),
            (2 << 20, 400 << 20),
            (40 << 20, 4 << 30),
            (200 << 20, 10_000 << 20),
        ] {
            assert_eq!(most_in_all(packed), most, "{packed}");
        }
    }

    #[test]
    fn what_an_archive_unpacks_to_is_bounded_in_all() {
        let mut budget = MAX_TOTAL_BYTES;
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
