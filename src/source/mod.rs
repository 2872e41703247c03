//! Sources: which files there are, sorted once, and their bytes, unpacked. An archive is opened in place, like a folder.

mod archive;
mod members;
mod own_reports;

pub use archive::{Archive, Opened};
pub use members::{Members, members};
pub use own_reports::{COHORT, REPORT, is_report};

use crate::{
    error::{self, Error},
    problem::{Code, Effect, Problem},
};
use archive::Stretch;
use flate2::read::MultiGzDecoder;
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};
use walkdir::{DirEntry, WalkDir};

/// The largest input read, unpacked or not (src/method/limits.md, Sizes; the FIT decoder has its own bound).
const MAX_BYTES: u64 = 256 << 20;
/// Above [`RATIO_FREE_BYTES`] unpacked data may be this many times its packed size: real recordings reach 48.
const MAX_RATIO: u64 = 200;
/// Below this size no ratio is a danger.
const RATIO_FREE_BYTES: u64 = 16 << 20;
/// How gzip begins.
const GZIP: [u8; 2] = [0x1F, 0x8B];
/// gzip inside gzip inside gzip and no deeper.
const MAX_GZIP_LAYERS: usize = 3;
/// Names under which a pain log is found by itself, without blanks and signs, in seven languages.
const PAIN_LOG_NAMES: &str = "pain|painlog|paindiary|painjournal|paintracker|niggles|nigglelog|injurylog|schmerz|schmerzen|\
     schmerztagebuch|schmerzprotokoll|schmerzlog|douleur|douleurs|journaldedouleur|journaldouleur|carnetdedouleur|dolor|\
     diariodedolor|registrodedolor|dolore|diariodeldolore|diariodolore|dor|dores|diariodador|diariodedor|pijn|pijnlog|pijndagboek";
/// Endings of files that can be a pain log.
const PAIN_LOG_ENDS: [&str; 8] = [
    ".csv.txt", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods",
];
/// Endings of workbooks, which are no archives of recordings.
const WORKBOOK_ENDS: [&str; 4] = [".xlsx", ".xlsm", ".xls", ".ods"];

/// One input file.
#[derive(Debug, Clone)]
pub struct Source {
    /// How reports call it: the given folder's or archive's own name and the path below it, with `/`.
    pub name: String,
    /// Where it is.
    pub place: Place,
    /// Its size on disk, bytes; in an archive, as it is packed there.
    pub bytes: u64,
}

/// Where an input file is.
#[derive(Debug, Clone)]
pub enum Place {
    /// In the file system.
    File(PathBuf),
    /// In an archive, by its number in the directory: names may be doubled.
    Packed(Arc<Archive>, usize),
}

impl Source {
    /// The file that holds it, itself or the archive around it. None inside an archive.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => Some(path),
            Place::Packed(..) => None,
        }
    }
}

/// What a source turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Its bytes are in the buffer, and these things are to be known about them.
    Bytes(Vec<Problem>),
    /// It is an archive; [`open`] shows what is in it.
    Archive,
}

/// What was found under the inputs.
#[derive(Debug, Clone, Default)]
pub struct Discovered {
    /// Every input file but the pain logs, by name.
    pub sources: Vec<Source>,
    /// Pain logs found by name, in order; the first is used.
    pub pain_logs: Vec<Source>,
    /// Workbooks of spreadsheets under other names, of which one may be the pain log.
    pub workbooks: Vec<Source>,
    /// Folders and files that could not be looked at; each counts as an input.
    pub unreadable: Vec<Problem>,
}

/// Walks the inputs without following links, but says that they are there. Hidden files, `__MACOSX` and what is to be left out (the output folder, a pain log
/// named by itself) are passed over, and so are reports of niggle's below an input.
///
/// # Errors
/// [`Error::Input`] when an input does not exist.
pub fn discover(inputs: &[PathBuf], leave_out: &[&Path]) -> Result<Discovered, Error> {
    let leave_out: Vec<PathBuf> = leave_out
        .iter()
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    let mut found = Discovered::default();
    for input in inputs {
        let root = input.canonicalize().map_err(|error| Error::Input {
            path: input.clone(),
            error,
        })?;
        walk(&root, &leave_out, &mut found);
    }
    for list in [
        &mut found.sources,
        &mut found.pain_logs,
        &mut found.workbooks,
    ] {
        // A file given by itself and inside a folder is one input, under its longer name.
        list.sort_by(|a, b| {
            (a.path(), b.name.len(), &a.name).cmp(&(b.path(), a.name.len(), &b.name))
        });
        list.dedup_by(|a, b| a.path() == b.path());
        list.sort_by(|a, b| (&a.name, a.path()).cmp(&(&b.name, b.path())));
        distinct_names(list);
    }
    // The log nearest to the top of the folder is the one that is meant.
    found
        .pain_logs
        .sort_by_key(|log| log.name.matches('/').count());
    found.unreadable.sort();
    Ok(found)
}

/// One file named by itself.
///
/// # Errors
/// [`Error::Input`] when it does not exist.
pub fn one(path: &Path) -> Result<Source, Error> {
    let failed = |error| Error::Input {
        path: path.to_path_buf(),
        error,
    };
    let full = path.canonicalize().map_err(failed)?;
    let bytes = full.metadata().map_err(failed)?.len();
    let name = full
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(Source {
        name,
        place: Place::File(full),
        bytes,
    })
}

/// What a source is told by before it is unpacked: what decides beside its bytes, and its bytes as they are stored.
pub type IsKnown<'a> = &'a mut dyn FnMut(&[u8], &[u8]) -> bool;

/// Reads one source into `buffer`, unpacking gzip whatever the name says. Damage after the first byte is a flag, not a loss.
/// Of a file whose first `head_bytes` are not `wanted` (a video, a photograph) no more than those is read.
///
/// # Errors
/// A [`Problem`] whose effect is `Failed` when nothing could be read.
pub fn read(
    source: &Source,
    buffer: &mut Vec<u8>,
    head_bytes: usize,
    wanted: impl Fn(&[u8]) -> bool,
) -> Result<Content, Problem> {
    let content = read_unless(source, buffer, head_bytes, wanted, None)?;
    Ok(content.unwrap_or(Content::Bytes(Vec::new())))
}

/// Reads a source whole and as it is stored: a workbook is a zip that is no archive of recordings.
///
/// # Errors
/// A [`Problem`] when it cannot be read, or is larger than any input may be.
pub fn read_whole(source: &Source, buffer: &mut Vec<u8>) -> Result<(), Problem> {
    buffer.clear();
    match &source.place {
        Place::File(path) => read_file(path, buffer, 0, |_| true),
        Place::Packed(archive, index) => {
            archive::unpack(archive, *index, buffer, most_unpacked, |_| true, 0).map(|_| ())
        }
    }
}

/// As [`read`], unless `is_known` says of the stored bytes that what they come to is known already: then None.
/// It is not asked about files that are not read whole, nor about archives.
///
/// # Errors
/// As [`read`].
pub fn read_unless(
    source: &Source,
    buffer: &mut Vec<u8>,
    head_bytes: usize,
    wanted: impl Fn(&[u8]) -> bool,
    mut is_known: Option<IsKnown>,
) -> Result<Option<Content>, Problem> {
    buffer.clear();
    if let (Place::Packed(archive, index), Some(is_known)) =
        (&source.place, is_known.take_if(|_| source.path().is_none()))
        && archive::is_known(archive, *index, buffer, is_known)?
    {
        return Ok(None);
    }
    buffer.clear();
    let mut is_whole = false;
    // A recording is read as one, whatever stands behind it.
    let go_on = |head: &[u8]| {
        is_whole = !archive::is_zip(head, || None) && (head.starts_with(&GZIP) || wanted(head));
        is_whole
    };
    let mut problems: Vec<Problem> = match &source.place {
        Place::File(path) => read_file(path, buffer, head_bytes, go_on).map(|()| None)?,
        Place::Packed(archive, index) => {
            archive::unpack(archive, *index, buffer, most_unpacked, go_on, head_bytes)?
        }
    }
    .into_iter()
    .collect();
    if !is_whole && archive::is_zip(buffer, || stretch(source)) {
        return Ok(Some(Content::Archive));
    }
    if is_whole && is_known.is_some_and(|is_known| is_known(b"file", buffer)) {
        return Ok(None);
    }
    for _ in 0..MAX_GZIP_LAYERS {
        if !buffer.starts_with(&GZIP) {
            break;
        }
        let go_on =
            |head: &[u8]| archive::is_zip(head, || None) || head.starts_with(&GZIP) || wanted(head);
        let (unpacked, problem) = gunzip(buffer, head_bytes, go_on)?;
        if let Place::Packed(archive, _) = &source.place {
            archive.spend(unpacked.len())?;
        }
        *buffer = unpacked;
        problems.extend(problem);
    }
    Ok(Some(if archive::is_zip(buffer, || None) {
        Content::Archive
    } else {
        Content::Bytes(problems)
    }))
}

/// Opens a source that [`read`] found to be an archive.
///
/// # Errors
/// A [`Problem`] when nothing in it can be read, or it is made to do harm.
pub fn open(source: &Source) -> Result<Opened, Problem> {
    let within = match &source.place {
        Place::File(_) => None,
        Place::Packed(archive, _) => Some(archive.as_ref()),
    };
    let stretch = match &source.place {
        Place::File(path) => Stretch::of_file(path).map_err(|error| unreadable(&error))?,
        Place::Packed(archive, index) => archive::inner(archive, *index, most_unpacked)?,
    };
    archive::open(unzipped(stretch)?, &source.name, within)
}

/// An archive may be packed in gzip, as some mail programs do.
fn unzipped(stretch: Stretch) -> Result<Stretch, Problem> {
    let mut head = [0; GZIP.len()];
    if rawzip::ReaderAt::read_exact_at(&stretch, &mut head, 0).is_err() || head != GZIP {
        return Ok(stretch);
    }
    let mut bytes = Vec::new();
    stretch
        .reader()
        .take(MAX_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    for _ in 0..MAX_GZIP_LAYERS {
        if bytes.starts_with(&GZIP) {
            bytes = gunzip(&bytes, 0, |_| true)?.0;
        }
    }
    Ok(Stretch::of_memory(bytes))
}

/// Reads sources one after the other, and what is in the archives among them; `visit` gets each file and what reading it gave, its
/// bytes in the slice.
pub fn for_each(
    sources: Vec<Source>,
    head_bytes: usize,
    wanted: impl Fn(&[u8]) -> bool,
    mut visit: impl FnMut(&Source, Result<Vec<Problem>, Problem>, &[u8]),
) {
    let mut pending: Vec<Source> = sources.into_iter().rev().collect();
    let mut buffer = Vec::new();
    while let Some(source) = pending.pop() {
        match read(&source, &mut buffer, head_bytes, &wanted) {
            Ok(Content::Bytes(problems)) => visit(&source, Ok(problems), &buffer),
            Ok(Content::Archive) => match open(&source) {
                Ok(opened) => pending.extend(opened.sources.into_iter().rev()),
                Err(problem) => visit(&source, Err(problem), &[]),
            },
            Err(problem) => visit(&source, Err(problem), &[]),
        }
    }
}

/// CRC-32 of bytes, as zip and gzip have it.
pub fn crc32(bytes: &[u8]) -> u32 {
    archive::crc32(bytes)
}

fn stretch(source: &Source) -> Option<Stretch> {
    Stretch::of_file(source.path()?).ok()
}

fn read_file(
    path: &Path,
    buffer: &mut Vec<u8>,
    head_bytes: usize,
    go_on: impl FnOnce(&[u8]) -> bool,
) -> Result<(), Problem> {
    let mut file = File::open(path).map_err(|error| unreadable(&error))?;
    (&mut file)
        .take(head_bytes as u64)
        .read_to_end(buffer)
        .map_err(|error| unreadable(&error))?;
    if !go_on(buffer) {
        return Ok(());
    }
    file.take(MAX_BYTES + 1 - buffer.len() as u64)
        .read_to_end(buffer)
        .map_err(|error| unreadable(&error))?;
    if buffer.len() as u64 > MAX_BYTES {
        let detail = format!("more than {} MiB", MAX_BYTES >> 20);
        return Err(Problem::new(
            Code::TooLarge,
            Effect::Failed,
            "",
            detail,
            "It was left out.",
        ));
    }
    Ok(())
}

/// What is said of so many packed bytes that come to more than they may.
fn unpacks_to_more(packed: u64, limit: u64) -> String {
    let size = |bytes: u64| {
        if bytes < 1 << 20 {
            format!("{bytes} bytes")
        } else {
            format!("{} MiB", bytes >> 20)
        }
    };
    format!(
        "{} unpack to more than the {} that niggle reads of them",
        size(packed),
        size(limit)
    )
}

/// What so many packed bytes may unpack to.
fn most_unpacked(packed: u64) -> u64 {
    MAX_BYTES.min(RATIO_FREE_BYTES.max(packed.saturating_mul(MAX_RATIO)))
}

/// Files of one name (two folders called `runs`) get a number, so that a report can tell them apart. The list is sorted.
fn distinct_names(list: &mut [Source]) {
    let mut seen = (String::new(), 1);
    for source in list {
        seen = if source.name == seen.0 {
            (seen.0, seen.1 + 1)
        } else {
            (source.name.clone(), 1)
        };
        if seen.1 > 1 {
            source.name = format!("{} ({})", seen.0, seen.1);
        }
    }
}

fn walk(root: &Path, leave_out: &[PathBuf], found: &mut Discovered) {
    let prefix = root
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let name_of = |path: &Path| {
        let below = path.strip_prefix(root).unwrap_or(path);
        let parts = below
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned());
        std::iter::once(prefix.clone())
            .chain(parts)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("/")
    };
    let entries = WalkDir::new(root).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| is_wanted(entry, leave_out)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
                let place = Place::File(entry.path().to_path_buf());
                let source = Source {
                    name: name_of(entry.path()),
                    place,
                    bytes,
                };
                let file_name = entry.file_name().to_string_lossy();
                let list = match () {
                    () if is_pain_log_name(&file_name) => &mut found.pain_logs,
                    () if is_workbook_name(&file_name) => &mut found.workbooks,
                    () => &mut found.sources,
                };
                list.push(source);
            }
            Ok(entry) if entry.path_is_symlink() => {
                let detail = "a link to another file or folder";
                let problem = Problem::new(
                    Code::LinkSkipped,
                    Effect::Skipped,
                    "",
                    detail,
                    "Links are not followed.",
                );
                found
                    .unreadable
                    .push(problem.within(&name_of(entry.path())));
            }
            Ok(_) => {}
            Err(error) => {
                let place = error.path().map(name_of).unwrap_or_else(|| prefix.clone());
                found
                    .unreadable
                    .push(unreadable(&error.into()).within(&place));
            }
        }
    }
}

fn is_wanted(entry: &DirEntry, leave_out: &[PathBuf]) -> bool {
    let visible = entry.depth() == 0 || !is_hidden_name(&entry.file_name().to_string_lossy());
    // An input that is a report itself was named by someone, who is told that no run is in it.
    let is_own = || {
        entry.depth() > 0 && entry.file_type().is_dir() && own_reports::is_only_report(entry.path())
    };
    visible && !leave_out.iter().any(|path| path == entry.path()) && !is_own()
}

/// Hidden files, and what macOS puts beside files in archives.
fn is_hidden_name(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX"
}

/// `pain.csv`, `Pain Log.csv`, `pain-log (1).xlsx`, `Schmerztagebuch - Tabelle1.csv`: what copies and spreadsheets add is no part
/// of the name.
fn is_pain_log_name(name: &str) -> bool {
    let name = name.to_lowercase();
    let Some(stem) = PAIN_LOG_ENDS.iter().find_map(|end| name.strip_suffix(end)) else {
        return false;
    };
    let stem = stem.split(['(', '[']).next().unwrap_or_default();
    let stem = stem.split(" - ").next().unwrap_or_default();
    let letters: String = stem.chars().filter(|c| c.is_alphabetic()).collect();
    let letters = letters
        .strip_suffix("copy")
        .or_else(|| letters.strip_suffix("kopie"))
        .unwrap_or(&letters);
    PAIN_LOG_NAMES.split('|').any(|known| known == letters)
}

fn is_workbook_name(name: &str) -> bool {
    let name = name.to_lowercase();
    WORKBOOK_ENDS.iter().any(|end| name.ends_with(end))
}

/// Unpacks gzip; no further than its head unless that says to `go_on`.
fn gunzip(
    packed: &[u8],
    head_bytes: usize,
    go_on: impl FnOnce(&[u8]) -> bool,
) -> Result<(Vec<u8>, Option<Problem>), Problem> {
    let limit = most_unpacked(packed.len() as u64);
    let mut unpacked = Vec::new();
    let mut decoder = MultiGzDecoder::new(packed).take(limit + 1);
    let head = (&mut decoder)
        .take(head_bytes as u64)
        .read_to_end(&mut unpacked);
    if head.is_ok() && !go_on(&unpacked) {
        return Ok((unpacked, None));
    }
    let result = head.and_then(|_| decoder.read_to_end(&mut unpacked));
    if unpacked.len() as u64 > limit {
        let detail = unpacks_to_more(packed.len() as u64, limit);
        return Err(Problem::new(
            Code::UnpacksTooLarge,
            Effect::Failed,
            "",
            detail,
            "It was left out.",
        ));
    }
    match result {
        Ok(_) => Ok((unpacked, None)),
        Err(error) if unpacked.is_empty() => {
            let detail = format!("nothing could be unpacked ({error})");
            Err(Problem::new(
                Code::GzipDamaged,
                Effect::Failed,
                "",
                detail,
                "It was left out.",
            ))
        }
        Err(error) => {
            let detail = format!("the gzip data is damaged or followed by other bytes ({error})");
            let kept = format!("The {} bytes before were used.", unpacked.len());
            Ok((
                unpacked,
                Some(Problem::new(
                    Code::GzipDamaged,
                    Effect::PartLost,
                    "",
                    detail,
                    kept,
                )),
            ))
        }
    }
}

fn unreadable(error: &std::io::Error) -> Problem {
    let detail = format!("could not be read ({})", error::words(error));
    Problem::new(
        Code::Unreadable,
        Effect::Failed,
        "",
        detail,
        "It was left out.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        folder
    }

    #[test]
    fn files_are_found_once_in_order_and_the_output_is_not_input() {
        let folder = folder(&[
            ("b/2.fit", b"x"),
            ("a.gpx", b"x"),
            (".hidden/1.fit", b"x"),
            ("__MACOSX/._1.fit", b"x"),
            ("out/report.md", b"x"),
            ("b/old/findings.json", b"{\"niggle_version\": \"0.1.0\"}"),
            ("b/old/report.md", b"x"),
            ("b/old/charts/cadence.png", b"x"),
            ("Pain_Log.csv", b"x"),
        ]);
        let root = folder.path().to_path_buf();
        let found = discover(&[root.join("a.gpx"), root.clone()], &[&root.join("out")]).unwrap();
        let paths: Vec<_> = found
            .sources
            .iter()
            .map(|s| {
                s.path()
                    .unwrap()
                    .strip_prefix(root.canonicalize().unwrap())
                    .unwrap()
            })
            .collect();
        assert_eq!(paths, [Path::new("a.gpx"), Path::new("b/2.fit")]);
        assert_eq!(found.pain_logs.len(), 1);
        assert_eq!(
            discover(&[root.join("b/old")], &[]).unwrap().sources.len(),
            3,
            "a report that was named"
        );
        assert!(discover(&[root.join("missing")], &[]).is_err());
    }

    #[test]
    fn names_are_distinct_and_the_nearest_log_comes_first() {
        let folder = folder(&[
            ("x/runs/1.fit", b"x"),
            ("y/runs/1.fit", b"x"),
            ("y/runs/old/pain.csv", b"x"),
            ("y/runs/pain_log.csv", b"x"),
        ]);
        let found = discover(
            &[folder.path().join("x/runs"), folder.path().join("y/runs")],
            &[],
        )
        .unwrap();
        let names = |list: &[Source]| {
            list.iter()
                .map(|source| source.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&found.sources), ["runs/1.fit", "runs/1.fit (2)"]);
        assert_eq!(
            names(&found.pain_logs),
            ["runs/pain_log.csv", "runs/old/pain.csv"]
        );
    }

    #[test]
    #[cfg(unix)]
    fn links_are_named_and_not_followed() {
        let folder = folder(&[("runs/1.fit", b"x"), ("all/2.fit", b"x")]);
        let all = folder.path().join("all");
        std::os::unix::fs::symlink(folder.path().join("runs"), all.join("more")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("runs/1.fit"), all.join("1.fit")).unwrap();
        let found = discover(&[all], &[]).unwrap();
        assert_eq!(
            found
                .sources
                .iter()
                .map(|source| source.name.as_str())
                .collect::<Vec<_>>(),
            ["all/2.fit"]
        );
        let named: Vec<_> = found
            .unreadable
            .iter()
            .map(|p| (p.place.as_str(), p.code, p.effect))
            .collect();
        let link = |place| (place, Code::LinkSkipped, Effect::Skipped);
        assert_eq!(named, [link("all/1.fit"), link("all/more")]);
    }

    #[test]
    fn of_a_video_only_the_head_is_read() {
        let folder = folder(&[("film.mp4", &[7; 5000])]);
        let found = discover(&[folder.path().to_path_buf()], &[]).unwrap();
        let mut buffer = Vec::new();
        assert_eq!(
            read(&found.sources[0], &mut buffer, 512, |_| false),
            Ok(Content::Bytes(vec![]))
        );
        assert_eq!(buffer.len(), 512);
        assert_eq!(
            read(&found.sources[0], &mut buffer, 512, |_| true),
            Ok(Content::Bytes(vec![]))
        );
        assert_eq!(buffer.len(), 5000);
    }

    #[test]
    fn of_gzip_that_is_no_recording_only_the_head_is_unpacked() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, &vec![7; 100_000]).unwrap();
        let folder = folder(&[("film.gz", &encoder.finish().unwrap())]);
        let found = discover(&[folder.path().to_path_buf()], &[]).unwrap();
        let mut buffer = Vec::new();
        for (wanted, bytes) in [(false, 512), (true, 100_000)] {
            let content = read(&found.sources[0], &mut buffer, 512, |head| {
                wanted && head[0] == 7
            });
            assert_eq!((content, buffer.len()), (Ok(Content::Bytes(vec![])), bytes));
        }
    }

    #[test]
    fn gzip_is_told_by_content_and_bounded() {
        let hostile = |name: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/hostile")
                .join(name);
            let bytes = std::fs::metadata(&path).unwrap().len();
            let mut buffer = Vec::new();
            let source = Source {
                name: name.to_string(),
                place: Place::File(path),
                bytes,
            };
            let codes = |content| match content {
                Content::Bytes(problems) => problems
                    .into_iter()
                    .map(|p: Problem| p.code)
                    .collect::<Vec<_>>(),
                Content::Archive => vec![Code::ArchiveEntry],
            };
            (
                read(&source, &mut buffer, 512, |_| true)
                    .map(codes)
                    .map_err(|p| p.code),
                buffer,
            )
        };
        let good = hostile("fit/00_good_run.fit").1;
        for (name, expected, whole) in [
            ("gz/00_good.fit.gz", Ok(vec![]), true),
            ("gz/01_truncated.fit.gz", Ok(vec![Code::GzipDamaged]), false),
            ("gz/02_bad_crc.fit.gz", Ok(vec![Code::GzipDamaged]), true),
            ("gz/03_bomb_200MB.gz", Err(Code::UnpacksTooLarge), false),
            ("gz/04_multi_member.fit.gz", Ok(vec![]), true),
            (
                "gz/05_trailing_garbage.fit.gz",
                Ok(vec![Code::GzipDamaged]),
                true,
            ),
            ("gz/06_plain_named.fit.gz", Ok(vec![]), true),
            ("gz/07_gz_in_gz.fit.gz", Ok(vec![]), true),
            ("gz/08_header_only.gz", Err(Code::GzipDamaged), false),
            ("gz/09_huge_header_name.gz", Err(Code::GzipDamaged), false),
        ] {
            let (result, bytes) = hostile(name);
            assert_eq!(result, expected, "{name}");
            assert_eq!(
                bytes == good,
                whole,
                "{name}: the same bytes as the plain file"
            );
        }
    }
}
