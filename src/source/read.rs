//! The bytes of an input, unpacked, or the archive that it is.

use super::{
    archive::{self, IsKnown},
    directory::{self, Opened},
    limits::{MAX_BYTES, most_unpacked, unpacks_to_more},
    place::{Place, Source},
    stretch::Stretch,
};
use crate::{
    error,
    problem::{Code, Effect, Problem},
};
use flate2::read::MultiGzDecoder;
use std::{fs::File, io::Read, path::Path};

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
}

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
    directory::open(unzipped(stretch)?, &source.name, within)
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

pub(super) fn unreadable(error: &std::io::Error) -> Problem {
    let detail = format!("could not be read ({})", error::words(error));
    Problem::new(
        Code::Unreadable,
        Effect::Failed,
        "",
        detail,
        "It was left out.",
    )
}
