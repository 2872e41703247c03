//! The directory of a zip archive: its entries become sources, like files of a folder.

use super::{
    archive::{self, Archive, Entry, refused},
    limits::MAX_RATIO,
    local_headers::{self, Local},
    names::{is_hidden_name, is_pain_log_name},
    storage::{Source, Storage, distinct_names},
    stretch::Stretch,
};
use crate::problem::{Code, Effect, Problem};
use rawzip::{CompressionMethod, ZipArchiveEntryWayfinder, ZipFileHeaderRecord, ZipLocator};
use std::{
    ops::Range,
    sync::{Arc, atomic::AtomicU64},
};

/// Entries of one archive that are read (a Garmin export has some 23,000).
const MAX_ENTRIES: usize = 200_000;
/// Archives in archives in archives and no deeper (Garmin's export needs two levels, older ones three).
const MAX_DEPTH: usize = 3;
/// All that one archive, with those inside it, may unpack to: this much, or [`MAX_TOTAL_RATIO`] times its size …
const MAX_TOTAL_BYTES: u64 = 4 << 30;
const MAX_TOTAL_RATIO: u64 = 50;
/// … but a small one no more than this, or what single files may, [`MAX_RATIO`] times its size: many entries just below the
/// bound of one are as harmful as one above it.
const SMALL_TOTAL_BYTES: u64 = 256 << 20;
/// Longest name of an entry that is shown, characters.
const MAX_NAME: usize = 255;

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

/// Opens an archive that lies in `stretch`. `name` is what reports call it, `within` the archive it came from.
///
/// # Errors
/// A [`Problem`] when none of it can be read.
pub(super) fn open(
    stretch: Stretch,
    name: &str,
    within: Option<&Archive>,
) -> Result<Opened, Problem> {
    let depth = depth_below(within)?;
    let listing = listed(&stretch)?;
    let mut opened = Opened {
        problems: listing.problems(),
        unreadable: unreadable(listing.unreadable, name),
        ..Opened::default()
    };
    let archive = Arc::new(Archive {
        budget: budget(within, stretch.len()),
        bytes: stretch,
        entries: listing.entries,
        depth,
    });
    opened.add(&archive, listing.readable, name);
    Ok(opened)
}

/// What is in the archive by the list at its end, or by the entries' own headers where that finds more.
fn listed(stretch: &Stretch) -> Result<Listing, Problem> {
    let mut listing = Listing::default();
    let fault = listing.read(stretch).err();
    let shared = overlaps(&listing.extents);
    // One bit of a size makes two entries overlap; those that are made to do harm have many.
    if fault.is_none() && shared > 1 {
        return Err(overlap(shared));
    }
    if fault.is_some() || shared > 0 || listing.is_doubtful() {
        let own = Listing::of_headers(stretch);
        if own.readable.len() > listing.readable.len() || shared > 0 && !own.readable.is_empty() {
            return Ok(own);
        }
    }
    match fault {
        Some(fault) => Err(fault),
        None if shared > 0 => Err(overlap(shared)),
        None => Ok(listing),
    }
}

fn depth_below(outer: Option<&Archive>) -> Result<usize, Problem> {
    let depth = outer.map_or(0, |outer| outer.depth) + 1;
    if depth > MAX_DEPTH {
        let detail = format!("archives lie more than {MAX_DEPTH} deep in each other");
        return Err(refused(Code::ArchiveTooDeep, detail));
    }
    Ok(depth)
}

/// What an archive of so many bytes may unpack to, shared with the one around it.
fn budget(outer: Option<&Archive>, packed: u64) -> Arc<AtomicU64> {
    outer.map_or_else(
        || Arc::new(AtomicU64::new(most_in_all(packed))),
        |outer| outer.budget.clone(),
    )
}

/// What is wrong with entries, under the names that reports call them by.
fn unreadable(entries: Vec<(String, Problem)>, archive: &str) -> Vec<Problem> {
    let named = entries
        .into_iter()
        .map(|(path, problem)| problem.within(&format!("{archive}/{path}")));
    let mut named: Vec<Problem> = named.collect();
    named.sort();
    named
}

impl Opened {
    /// Adds the entries of these paths, which are those of the archive in their order.
    fn add(&mut self, archive: &Arc<Archive>, paths: Vec<String>, name: &str) {
        for (index, path) in paths.iter().enumerate() {
            let packed = &archive.entries[index].packed;
            let source = Source {
                name: format!("{name}/{path}"),
                storage: Storage::Packed(archive.clone(), index),
                bytes: packed.end - packed.start,
            };
            self.list_for(path).push(source);
        }
        for list in [&mut self.sources, &mut self.pain_logs] {
            // Names first; entries of one name in the order of the directory.
            list.sort_by(|a, b| a.name.cmp(&b.name));
            distinct_names(list);
        }
    }

    fn list_for(&mut self, path: &str) -> &mut Vec<Source> {
        if path.rsplit('/').next().is_some_and(is_pain_log_name) {
            &mut self.pain_logs
        } else {
            &mut self.sources
        }
    }
}

/// What an archive of so many bytes may unpack to in all.
fn most_in_all(packed: u64) -> u64 {
    let small = SMALL_TOTAL_BYTES.max(packed.saturating_mul(MAX_RATIO));
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
    /// Its list was of no use: these are the entries' own headers.
    is_of_headers: bool,
    /// Entries that the list has at a place where none is.
    misplaced: usize,
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

    /// Whether the list is not what it says that it is.
    fn is_doubtful(&self) -> bool {
        self.is_cut || self.misplaced > 0 || self.seen != self.expected && !self.is_long
    }

    /// The entries by their own headers.
    fn of_headers(stretch: &Stretch) -> Self {
        let mut listing = Listing {
            is_of_headers: true,
            ..Listing::default()
        };
        for local in local_headers::entries(stretch, MAX_ENTRIES) {
            listing.add_local(local);
        }
        listing
    }

    fn add_local(&mut self, local: Local) {
        self.seen += 1;
        let path = shown(&local.name);
        if local.name.ends_with(b"/") || is_hidden(&path) {
            return;
        }
        let Some(is_deflated) = local.is_deflated.filter(|_| !local.is_encrypted) else {
            return self.unreadable.push((path, unusable_local(&local)));
        };
        self.extents.push(local.extent);
        self.readable.push(path);
        self.entries.push(Entry {
            packed: local.packed,
            is_deflated,
            crc32: local.crc32,
            declared_bytes: local.bytes,
        });
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
            self.misplaced += 1;
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
        let incomplete = match self.is_of_headers {
            true => Some(self.without_list()),
            false => self.incomplete(),
        };
        incomplete.into_iter().chain(self.doubled_names()).collect()
    }

    fn without_list(&self) -> Problem {
        let detail = "the list of files at its end is missing or damaged: it is cut short, or was not copied whole";
        let consequence = match self.readable.len() {
            1 => "The one file that was found without it was read.".to_string(),
            files => format!("The {files} files that were found without it were read."),
        };
        Problem::new(
            Code::ArchiveDamaged,
            Effect::PartLost,
            "",
            detail,
            consequence,
        )
    }

    fn incomplete(&self) -> Option<Problem> {
        let (code, detail, consequence) = if self.is_long {
            let detail = format!("more than {MAX_ENTRIES} files in it");
            (Code::TooLarge, detail, "The first ones were read.")
        } else if self.is_cut || self.seen != self.expected {
            let (expected, seen) = (self.expected, self.seen);
            let detail = format!("the directory promises {expected} files, found {seen}");
            let consequence = "The files that were found were read.";
            (Code::ArchiveDamaged, detail, consequence)
        } else {
            return None;
        };
        let effect = Effect::PartLost;
        Some(Problem::new(code, effect, "", detail, consequence))
    }

    fn doubled_names(&self) -> Option<Problem> {
        let mut names: Vec<&String> = self.readable.iter().collect();
        names.sort();
        let doubled = names.windows(2).filter(|pair| pair[0] == pair[1]).count();
        let has = if doubled == 1 {
            "file has"
        } else {
            "files have"
        };
        let detail = format!("{doubled} {has} the name of another file in it");
        (doubled > 0).then(|| {
            Problem::new(
                Code::ArchiveDoubledName,
                Effect::Noted,
                "",
                detail,
                "All were read; the later ones have a number.",
            )
        })
    }
}

/// Why an entry cannot be read at all.
fn unusable(record: &ZipFileHeaderRecord, is_deflated: bool) -> Option<Problem> {
    let method = record.compression_method();
    if record.mode().is_symlink() {
        Some(link())
    } else if record.flags().is_encrypted() {
        Some(locked())
    } else if !is_deflated && method != CompressionMethod::STORE {
        let method = method.name().unwrap_or("unnamed");
        let detail = format!("packed with a method niggle does not know ({method})");
        Some(refused(Code::ArchiveEntry, detail))
    } else {
        None
    }
}

fn unusable_local(local: &Local) -> Problem {
    match local.is_encrypted {
        true => locked(),
        false => refused(
            Code::ArchiveEntry,
            "packed with a method niggle does not know",
        ),
    }
}

fn locked() -> Problem {
    refused(Code::ArchiveEncrypted, "the file is locked with a password")
}

fn link() -> Problem {
    Problem::new(
        Code::ArchiveEntry,
        Effect::Skipped,
        "",
        "a link to another file",
        "Links are not followed.",
    )
}

/// Where an entry's packed bytes are.
fn extent(
    archive: &rawzip::ZipArchive<Stretch>,
    entry: ZipArchiveEntryWayfinder,
) -> Option<Range<u64>> {
    let (from, to) = archive.get_entry(entry).ok()?.compressed_data_range();
    (from <= to).then_some(from..to)
}

/// Entries that share bytes with the one before them.
fn overlaps(extents: &[Range<u64>]) -> usize {
    let mut sorted: Vec<&Range<u64>> = extents.iter().collect();
    sorted.sort_by_key(|extent| (extent.start, extent.end));
    let pairs = sorted.windows(2);
    pairs.filter(|pair| pair[1].start < pair[0].end).count()
}

/// Entries that share bytes make an archive unpack to any size: such a one is made to do harm.
fn overlap(shared: usize) -> Problem {
    let detail = format!(
        "{shared} files in it share their bytes with another, as in an archive made to fill a disk"
    );
    refused(Code::ArchiveOverlap, detail)
}

/// What it means that the directory cannot be read, in words of our own: the reader's are for those who know how a zip is made.
fn damaged(error: &rawzip::Error) -> Problem {
    use rawzip::ErrorKind;
    let detail = match error.kind() {
        ErrorKind::MissingEndOfCentralDirectory | ErrorKind::Eof => {
            "the list of files at its end is missing: it is cut short, or no zip archive"
        }
        ErrorKind::IO(error) => return archive::unreadable(error),
        _ => "the list of files at its end is damaged",
    };
    Problem {
        consequence: "It was left out with all that is in it.".to_string(),
        ..refused(Code::ArchiveDamaged, detail)
    }
}

/// A name as reports show it: with `/`, without `..`, drive letters and control characters, cut where nobody reads on.
fn shown(raw: &[u8]) -> String {
    cut(relative(&without_control(&String::from_utf8_lossy(raw))))
}

fn cut(name: String) -> String {
    match name.char_indices().nth(MAX_NAME) {
        _ if name.is_empty() => "(no name)".to_string(),
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name,
    }
}

fn without_control(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .collect()
}

/// A path that leads nowhere but down.
fn relative(path: &str) -> String {
    let parts = path
        .split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':'));
    parts.collect::<Vec<_>>().join("/")
}

/// What a folder walk passes over, too.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(is_hidden_name)
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
            storage: Storage::File(path),
            bytes,
        }
    }

    #[test]
    fn a_zip_that_is_cut_short_is_told_in_plain_words() {
        let sample =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/zip/08_trunc_cd.zip");
        let cut = std::fs::read(sample).unwrap();
        let open = |bytes: &[u8]| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("my export.zip");
            std::fs::write(&path, bytes).unwrap();
            let source = Source {
                name: "my export.zip".to_string(),
                storage: Storage::File(path),
                bytes: bytes.len() as u64,
            };
            source::open(&source)
        };
        let opened = |bytes: Vec<u8>| {
            let problem = open(&bytes).err();
            problem.map(|problem| (problem.code, problem.detail, problem.consequence))
        };
        // A file is found by its own header, as far as it goes.
        let of_headers = open(&cut[..100]).expect("its first file");
        assert_eq!(of_headers.sources.len(), 1);
        let [problem] = of_headers.problems.as_slice() else {
            panic!("{:?}", of_headers.problems)
        };
        assert_eq!(
            problem.detail,
            "the list of files at its end is missing or damaged: it is cut short, or was not copied whole"
        );
        assert_eq!(
            problem.consequence,
            "The one file that was found without it was read."
        );
        let detail = "the list of files at its end is missing: it is cut short, or no zip archive";
        let left_out = "It was left out with all that is in it.";
        let said = (
            Code::ArchiveDamaged,
            detail.to_string(),
            left_out.to_string(),
        );
        assert_eq!(opened(b"PK\x03\x04 and no more".to_vec()), Some(said));
        // The end record, but no list where it says that it is.
        let mut end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2e\0\0\0\0\0\0\0\0\0".to_vec();
        end.splice(0..0, [7; 46]);
        let (_, detail, _) = opened(end).expect("damage");
        assert_eq!(detail, "the list of files at its end is damaged");
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
                Ok(Content::Long) => unreachable!("nothing is long here"),
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
        check("08_trunc_cd.zip", 2, &[Code::ArchiveDamaged]);
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
}
