//! The bytes of an input, unpacked, or the archive that it is.

use super::{
    archive::{self, IsKnown, fault, nothing_unpacked, refused, unreadable},
    directory::{self, Opened},
    limits::{MAX_BYTES, most_unpacked, unpacks_to_more},
    storage::{Source, Storage},
    stretch::Stretch,
    whole,
};
use crate::problem::{Code, Effect, Problem};
use flate2::read::MultiGzDecoder;
use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::Path,
};

/// How gzip begins.
const GZIP: [u8; 2] = [0x1F, 0x8B];
/// gzip inside gzip inside gzip and no deeper.
const MAX_GZIP_LAYERS: usize = 3;

/// What a source turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Its bytes are in the buffer, and these things are to be known about them.
    Bytes(Vec<Problem>),
    /// It is an archive; [`open`] shows what is in it.
    Archive,
    /// It is to be read without being held; [`super::long`] does. Its head is in the buffer.
    Long,
}

/// How much of a file is wanted, by its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Nothing more.
    Nothing,
    /// All of it, into the buffer.
    Whole,
    /// All of it, but never held.
    Long,
}

impl From<bool> for Wish {
    fn from(is_wanted: bool) -> Wish {
        if is_wanted {
            Wish::Whole
        } else {
            Wish::Nothing
        }
    }
}

/// Reads one source into `buffer`, unpacking gzip whatever the name says. Damage after the first byte is a flag, not a loss.
/// Of a file whose first `head_bytes` are not `wanted` (a video, a photograph) no more than those is read.
///
/// # Errors
/// A [`Problem`] whose effect is `Failed` when nothing could be read.
pub fn read<W: Into<Wish>>(
    source: &Source,
    buffer: &mut Vec<u8>,
    head_bytes: usize,
    wanted: impl Fn(&[u8]) -> W,
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
    read_stored(source, buffer, 0, |_| true).map(|_| ())
}

/// As [`read`], unless `is_known` says of the stored bytes that what they come to is known already: then None.
/// It is not asked about files that are not read whole, nor about archives.
///
/// # Errors
/// As [`read`].
pub fn read_unless<W: Into<Wish>>(
    source: &Source,
    buffer: &mut Vec<u8>,
    head_bytes: usize,
    wanted: impl Fn(&[u8]) -> W,
    mut is_known: Option<IsKnown>,
) -> Result<Option<Content>, Problem> {
    buffer.clear();
    if let Storage::Packed(archive, index) = &source.storage
        && let Some(is_known) = is_known.take()
        && archive::is_known(archive, *index, buffer, is_known)?
    {
        return Ok(None);
    }
    buffer.clear();
    let mut wish = Wish::Nothing;
    // A recording is read as one, whatever stands behind it.
    let go_on = |head: &[u8]| {
        wish = match head {
            head if archive::is_zip(head, || None) => Wish::Nothing,
            head if head.starts_with(&GZIP) => Wish::Whole,
            head => wanted(head).into(),
        };
        wish == Wish::Whole
    };
    let damage = read_stored(source, buffer, head_bytes, go_on)?;
    if wish == Wish::Long {
        return Ok(Some(Content::Long));
    }
    let is_whole = wish == Wish::Whole;
    if !is_whole && archive::is_zip(buffer, || stretch(source)) {
        return Ok(Some(Content::Archive));
    }
    if is_whole && is_known.is_some_and(|is_known| is_known(b"file", buffer)) {
        return Ok(None);
    }
    let is_wanted = |head: &[u8]| wanted(head).into() != Wish::Nothing;
    let of_layers = take_off_gzip(source, buffer, head_bytes, is_wanted)?;
    Ok(Some(if archive::is_zip(buffer, || None) {
        Content::Archive
    } else {
        Content::Bytes(damage.into_iter().chain(of_layers).collect())
    }))
}

/// The bytes as they are stored; no further than their head unless that says to `go_on`.
fn read_stored(
    source: &Source,
    buffer: &mut Vec<u8>,
    head_bytes: usize,
    go_on: impl FnOnce(&[u8]) -> bool,
) -> Result<Option<Problem>, Problem> {
    match &source.storage {
        Storage::File(path) => read_file(path, buffer, head_bytes, go_on).map(|()| None),
        Storage::Packed(archive, index) => {
            archive::unpack(archive, *index, buffer, most_unpacked, go_on, head_bytes)
        }
    }
}

/// Unpacks what is in the buffer for as long as it is gzip, and says what was wrong with that.
fn take_off_gzip(
    source: &Source,
    buffer: &mut Vec<u8>,
    head_bytes: usize,
    wanted: impl Fn(&[u8]) -> bool,
) -> Result<Vec<Problem>, Problem> {
    let go_on =
        |head: &[u8]| archive::is_zip(head, || None) || head.starts_with(&GZIP) || wanted(head);
    let mut problems = Vec::new();
    for _ in 0..MAX_GZIP_LAYERS {
        if !buffer.starts_with(&GZIP) {
            break;
        }
        let (unpacked, problem) = gunzip(buffer, head_bytes, go_on)?;
        if let Storage::Packed(archive, _) = &source.storage {
            archive.spend(unpacked.len())?;
        }
        whole::give_back(std::mem::replace(buffer, unpacked));
        problems.extend(problem);
    }
    Ok(problems)
}

/// Opens a source that [`read`] found to be an archive.
///
/// # Errors
/// A [`Problem`] when nothing in it can be read, or it is made to do harm.
pub fn open(source: &Source) -> Result<Opened, Problem> {
    let (stretch, within) = match &source.storage {
        Storage::File(path) => (Stretch::of_file(path).map_err(|e| unreadable(&e))?, None),
        Storage::Packed(archive, index) => {
            let stretch = archive::inner(archive, *index, most_unpacked)?;
            (stretch, Some(archive.as_ref()))
        }
    };
    directory::open(unzipped(stretch)?, &source.name, within)
}

/// An archive may be packed in gzip, as some mail programs do.
fn unzipped(stretch: Stretch) -> Result<Stretch, Problem> {
    if !begins_with_gzip(&stretch) {
        return Ok(stretch);
    }
    let mut bytes = Vec::new();
    let read = stretch.reader().take(MAX_BYTES).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(&error))?;
    for _ in 0..MAX_GZIP_LAYERS {
        if bytes.starts_with(&GZIP) {
            bytes = gunzip(&bytes, 0, |_| true)?.0;
        }
    }
    Ok(Stretch::of_memory(bytes))
}

fn begins_with_gzip(stretch: &Stretch) -> bool {
    let mut head = [0; GZIP.len()];
    rawzip::ReaderAt::read_exact_at(stretch, &mut head, 0).is_ok() && head == GZIP
}

/// Reads sources one after the other, and what is in the archives among them; `visit` gets each file and what reading it gave, its
/// bytes in the slice.
pub fn for_each<W: Into<Wish>>(
    sources: Vec<Source>,
    head_bytes: usize,
    wanted: impl Fn(&[u8]) -> W,
    mut visit: impl FnMut(&Source, Result<Vec<Problem>, Problem>, &[u8]),
) {
    let mut pending: Vec<Source> = sources.into_iter().rev().collect();
    let mut buffer = Vec::new();
    while let Some(source) = pending.pop() {
        match read(&source, &mut buffer, head_bytes, &wanted) {
            Ok(Content::Bytes(problems)) => visit(&source, Ok(problems), &buffer),
            Ok(Content::Long) => visit(&source, Ok(Vec::new()), &buffer),
            Ok(Content::Archive) => match open(&source) {
                Ok(opened) => pending.extend(opened.sources.into_iter().rev()),
                Err(problem) => visit(&source, Err(problem), &[]),
            },
            Err(problem) => visit(&source, Err(problem), &[]),
        }
    }
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
    read_bounded(path, buffer, head_bytes, go_on).map_err(|error| unreadable(&error))?;
    if buffer.len() as u64 > MAX_BYTES {
        let detail = format!("more than {} MiB", MAX_BYTES >> 20);
        return Err(refused(Code::TooLarge, detail));
    }
    Ok(())
}

/// A file's head, and if that says to `go_on` the rest, up to one byte more than any input may have.
fn read_bounded(
    path: &Path,
    buffer: &mut Vec<u8>,
    head_bytes: usize,
    go_on: impl FnOnce(&[u8]) -> bool,
) -> std::io::Result<()> {
    let mut file = File::open(path)?;
    (&mut file).take(head_bytes as u64).read_to_end(buffer)?;
    if go_on(buffer) {
        file.take(MAX_BYTES + 1 - buffer.len() as u64)
            .read_to_end(buffer)?;
    }
    Ok(())
}

/// Unpacks gzip; no further than its head unless that says to `go_on`.
fn gunzip(
    packed: &[u8],
    head_bytes: usize,
    go_on: impl FnOnce(&[u8]) -> bool,
) -> Result<(Vec<u8>, Option<Problem>), Problem> {
    let limit = most_unpacked(packed.len() as u64);
    // What says that it is short is unpacked before it is looked at.
    let is_short = whole::gzip_bytes(packed).is_some_and(whole::is_short);
    if is_short && let Some(mut unpacked) = whole::gunzipped(packed, limit) {
        whole::cut_unless(&mut unpacked, head_bytes, go_on);
        return Ok((unpacked, None));
    }
    let mut unpacked = Vec::new();
    let mut decoder = MultiGzDecoder::new(packed).take(limit + 1);
    let head = (&mut decoder)
        .take(head_bytes as u64)
        .read_to_end(&mut unpacked);
    if head.is_ok() && !go_on(&unpacked) {
        return Ok((unpacked, None));
    }
    if !is_short && let Some(unpacked) = whole::gunzipped(packed, limit) {
        return Ok((unpacked, None));
    }
    let result = head.and_then(|_| decoder.read_to_end(&mut unpacked));
    if unpacked.len() as u64 > limit {
        let detail = unpacks_to_more(packed.len() as u64, limit);
        return Err(refused(Code::UnpacksTooLarge, detail));
    }
    match result {
        Ok(_) => Ok((unpacked, None)),
        Err(error) => gzip_damage(&error, unpacked.len()).map(|damage| (unpacked, Some(damage))),
    }
}

/// What is said of gzip that gave so many bytes before it was damaged.
///
/// # Errors
/// The problem itself when it gave none.
fn gzip_damage(error: &std::io::Error, unpacked: usize) -> Result<Problem, Problem> {
    if unpacked == 0 {
        return Err(nothing_unpacked(Code::GzipDamaged, error));
    }
    let followed = match error.kind() {
        ErrorKind::InvalidInput => ", or other bytes follow it",
        _ => "",
    };
    let detail = format!("the gzip data {}{followed}", fault(error));
    let kept = format!("The {unpacked} bytes before were used.");
    Ok(Problem::new(
        Code::GzipDamaged,
        Effect::PartLost,
        "",
        detail,
        kept,
    ))
}
