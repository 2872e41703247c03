//! Ingest: the only parallel step. Each worker reads a file, decodes, cleans, measures, keeps the rows and drops the samples.
//!
//! Archives are emptied one after the other: the files of one are read in parallel, then the archives found among them are opened.
//! So never more than one chain of archives is in memory.

pub mod cache;
mod kept;
mod long;
mod options;
mod outcome;
mod read;
mod row;
mod zones;

pub use kept::cache_options;
pub(crate) use long::read_long;
pub use options::{OpenSport, Options};
pub use outcome::FileOutcome;
pub(crate) use read::{panicked, wish};
pub(crate) use row::{Heard, Identity, hear};

use crate::{
    decode,
    digest::Digest,
    error::Error,
    model::Run,
    problem::Problem,
    source::{self, Discovered, Opened, Source},
};
use cache::Cache;
use rayon::prelude::*;
use read::{Reader, Reading};
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};

/// Name of the worker threads; the command line keeps their panic messages quiet, since each becomes a problem.
pub const WORKER_NAME: &str = "niggle-ingest";
/// Files whose rows are kept apart before they go into the list of all.
const AT_ONCE: usize = 2048;
/// Freed memory that is kept for the next file, bytes.
const KEPT_BYTES: usize = 8 << 20;
/// Stack of a worker, bytes. No reader recurses; this is margin.
const WORKER_STACK: usize = 8 << 20;

/// Everything read.
#[derive(Debug, Clone, Default)]
pub struct Ingested {
    /// One outcome for each input, by name. An archive is an input of its own only if something is wrong with it.
    pub files: Vec<FileOutcome>,
    /// Their activities by file name, the runs of a file before its other sports.
    pub rows: Vec<Run>,
    /// Pain logs that lay in archives, by name.
    pub pain_logs: Vec<Source>,
}

/// Someone who is told how far the work is.
pub trait Progress: Sync {
    /// Before the first file.
    fn start(&self, files: usize, bytes: u64);
    /// An archive of so many bytes was opened: these are in its place.
    fn opened(&self, archive_bytes: u64, files: usize, bytes: u64);
    /// After each file.
    fn file_done(&self, bytes: u64);
    /// After the last file.
    fn finish(&self);
    /// Whether to stop; files not begun are left out.
    fn interrupted(&self) -> bool {
        false
    }
}

/// Nobody.
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _: usize, _: u64) {}
    fn opened(&self, _: u64, _: usize, _: u64) {}
    fn file_done(&self, _: u64) {}
    fn finish(&self) {}
}

/// Reads every source and everything in archives. Trouble with a file becomes that file's problem.
///
/// # Errors
/// [`Error::Interrupted`] alone.
pub fn read_all(
    found: &Discovered,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Ingested, Error> {
    read_all_with(found, options, None, progress)
}

/// As [`read_all`], but files that the cache knows are not read again. It must have been made with [`cache_options`].
///
/// # Errors
/// As [`read_all`].
pub fn read_all_with(
    found: &Discovered,
    options: &Options,
    cache: Option<&Cache>,
    progress: &dyn Progress,
) -> Result<Ingested, Error> {
    let reader = Reader {
        options,
        cache,
        decode: decode::decode,
    };
    progress.start(found.sources.len(), bytes_of(&found.sources));
    let mut ingested = Ingested::default();
    ingested.add_unreadable(found.unreadable.clone());
    in_pool(options.jobs, || {
        ingested.read_with_archives(&found.sources, reader, progress)
    });
    progress.finish();
    if progress.interrupted() {
        return Err(Error::Interrupted);
    }
    ingested.sort();
    Ok(ingested)
}

/// Reads one recording that is in memory, under this name: what its file would come to alone in a folder.
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Ingested {
    let mut ingested = Ingested::default();
    ingested.add(read::of_bytes(name, bytes, options));
    ingested
}

fn bytes_of(sources: &[Source]) -> u64 {
    sources.iter().map(|source| source.bytes).sum()
}

impl Ingested {
    /// Of what was read, whatever its files are called and however they are packed.
    pub fn digest(&self) -> Digest {
        let rows = self.rows.iter().map(|row| {
            Digest::of(&Run {
                source: String::new(),
                ..row.clone()
            })
        });
        let facts = self.files.iter().filter_map(|file| file.facts.as_deref());
        rows.chain(facts.map(Digest::of)).collect()
    }

    fn read_with_archives(&mut self, sources: &[Source], reader: Reader, progress: &dyn Progress) {
        let mut archives = self.read_shelf(sources, reader, progress);
        while let Some(archive) = archives.pop().filter(|_| !progress.interrupted()) {
            let opened = source::open(&archive);
            let shelf = self.shelve(&archive, opened);
            progress.opened(archive.bytes, shelf.len(), bytes_of(&shelf));
            archives.extend(self.read_shelf(&shelf, reader, progress));
        }
    }

    fn sort(&mut self) {
        self.files.sort_by(|a, b| a.name.cmp(&b.name));
        self.rows.sort_by(|a, b| a.source.cmp(&b.source));
        self.pain_logs.sort_by(|a, b| a.name.cmp(&b.name));
    }

    fn add_unreadable(&mut self, problems: Vec<Problem>) {
        self.files
            .extend(problems.into_iter().map(FileOutcome::unreadable));
    }

    /// Reads sources in parallel and returns the archives among them, last first: they are taken from the end.
    fn read_shelf(
        &mut self,
        sources: &[Source],
        reader: Reader,
        progress: &dyn Progress,
    ) -> Vec<Source> {
        let mut archives = Vec::new();
        for sources in sources.chunks(AT_ONCE) {
            for reading in read_parallel(sources, reader, progress) {
                match reading {
                    Reading::File(outcome) => self.add(outcome),
                    Reading::Archive(source) => archives.push(source),
                }
            }
        }
        archives.reverse();
        archives
    }

    /// Rows go into one list while the room they leave can still be used for the next files' rows.
    fn add(&mut self, mut outcome: FileOutcome) {
        self.rows.append(&mut mem::take(&mut outcome.runs));
        self.rows.append(&mut mem::take(&mut outcome.others));
        self.files.push(outcome);
    }

    /// Notes what is wrong with an archive and returns the sources in it.
    fn shelve(&mut self, archive: &Source, opened: Result<Opened, Problem>) -> Vec<Source> {
        let opened = match opened {
            Ok(opened) => opened,
            Err(problem) => {
                self.files.push(FileOutcome::unused(&archive.name, problem));
                return Vec::new();
            }
        };
        self.note_archive(&archive.name, opened.problems);
        self.add_unreadable(opened.unreadable);
        self.pain_logs.extend(opened.pain_logs);
        opened.sources
    }

    /// An archive is an input of its own only if something is wrong with it.
    fn note_archive(&mut self, name: &str, problems: Vec<Problem>) {
        if !problems.is_empty() {
            let outcome = FileOutcome {
                problems,
                ..FileOutcome::default()
            };
            self.files.push(outcome.named(name));
        }
    }
}

/// Reads sources in parallel; the readings are in their order.
fn read_parallel(sources: &[Source], reader: Reader, progress: &dyn Progress) -> Vec<Reading> {
    let stopped = AtomicBool::new(false);
    let read = |index: &usize| {
        if stopped.load(Ordering::Relaxed) || progress.interrupted() {
            stopped.store(true, Ordering::Relaxed);
            return (*index, Reading::File(FileOutcome::default()));
        }
        let reading = reader.read(&sources[*index]);
        if matches!(reading, Reading::File(_)) {
            progress.file_done(sources[*index].bytes);
        }
        (*index, reading)
    };
    let order = largest_first(sources);
    let readings = order.par_iter().with_max_len(1).map(read);
    let mut readings: Vec<(usize, Reading)> = readings.collect();
    readings.sort_by_key(|(index, _)| *index);
    readings.into_iter().map(|(_, reading)| reading).collect()
}

/// The sources' numbers, so that no thread is left alone with a big file at the end.
fn largest_first(sources: &[Source]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(sources[*index].bytes), *index));
    order
}

/// Runs `work` on a pool of our own; on the caller's thread where no thread can be had.
fn in_pool(jobs: Option<usize>, work: impl FnOnce() + Send) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.unwrap_or(0))
        .stack_size(WORKER_STACK)
        .thread_name(|_| WORKER_NAME.to_string())
        .build();
    keep_freed_memory();
    match pool {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// The allocator of Linux gives freed memory back to the system and takes it again for the next file, zeroed, until it has seen
/// that large blocks come and go: one that nobody touches teaches it, in a few microseconds, for a tenth of an ingest's time.
fn keep_freed_memory() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(KEPT_BYTES)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clean::fixture::steady, model::Decoded, source::Storage};

    /// A file of this name and content in a folder.
    pub(super) fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> Source {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Source {
            name: name.to_string(),
            storage: Storage::File(path),
            bytes: bytes.len() as u64,
        }
    }

    #[test]
    fn rows_are_in_the_order_of_the_files_however_many_these_are() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..AT_ONCE + 3).map(|i| format!("{i:05}.fit")).collect();
        // Later files are larger, so that they are read first.
        let sources: Vec<Source> = names
            .iter()
            .enumerate()
            .map(|(i, name)| file(&folder, name, &vec![7; i / 64 + 1]))
            .collect();
        let decode = |_: &[u8]| Decoded {
            activities: vec![steady(3, 3.0)],
            problems: vec![],
        };
        let mut ingested = Ingested::default();
        let archives = ingested.read_shelf(
            &sources,
            Reader {
                options: &Options::default(),
                cache: None,
                decode,
            },
            &Silent,
        );
        assert!(archives.is_empty());
        assert!(
            ingested.files.iter().map(|file| &file.name).eq(&names)
                && ingested.rows.iter().map(|row| &row.source).eq(&names)
        );
        assert!(ingested.files.iter().all(|file| file.runs.capacity() == 0));
    }
}
