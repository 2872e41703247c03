//! The cache as a file: what is wrong with it costs time and never a report.

use crate::{
    error::Error,
    ingest::{self, Ingested, Options, Progress, cache::Cache},
    option::CACHE,
    report::{self, Access},
    source::Discovered,
    terminal,
};
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// The cache's file in its folder.
pub(super) fn file_in(folder: &Path) -> PathBuf {
    folder.join("niggle-cache.bin")
}

/// Reads every recording that the cache does not hold, keeps it for the next report, and says what went wrong with the cache.
pub(super) fn ingest(
    file: &Path,
    found: &Discovered,
    options: &Options,
    access: Access,
    progress: &dyn Progress,
) -> Result<(Ingested, Vec<String>), Error> {
    if let Some(notice) = no_folder(file) {
        return Ok((ingest::read_all(found, options, progress)?, vec![notice]));
    }
    let (cache, damaged) = open(file, options);
    let ingested = ingest::read_all_with(found, options, Some(&cache), progress)?;
    let notices = damaged.into_iter().chain(keep(file, &cache, access));
    Ok((ingested, notices.collect()))
}

/// What to say where a file stands in the way of the cache's folder.
fn no_folder(file: &Path) -> Option<String> {
    let taken = file.ancestors().skip(1).find(|folder| folder.is_file())?;
    let taken = terminal::whole(taken);
    Some(format!(
        "{CACHE}: {taken} is a file; every file was read anew and nothing was kept. Give a folder."
    ))
}

/// The cache as it was kept, else a new one, and what to say of one that cannot be used.
fn open(file: &Path, options: &Options) -> (Cache, Option<String>) {
    let options = ingest::cache_options(options);
    let kept = match std::fs::read(file) {
        Ok(bytes) => Cache::with(&options, bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => Some(Cache::new(&options)),
        Err(_) => None,
    };
    match kept {
        Some(cache) => (cache, None),
        None => (Cache::new(&options), Some(not_a_cache(file))),
    }
}

fn not_a_cache(file: &Path) -> String {
    format!(
        "{}: not a whole cache of niggle's; every file was read anew.",
        terminal::whole(file)
    )
}

/// Keeps the cache for the next report, or says that it could not be kept.
fn keep(file: &Path, cache: &Cache, access: Access) -> Option<String> {
    let error = report::replace(file, &cache.bytes(), access).err()?;
    Some(format!(
        "{} The next report will take as long as this one.",
        error.unbroken()
    ))
}
