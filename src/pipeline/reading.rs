//! Finding and reading: recordings, with the cache if there is to be one, then the pain log.

use super::{Beside, kept};
use crate::{
    config::Config,
    error::Error,
    ingest::{self, Ingested, Progress},
    logbook,
    pain::PainLog,
    report::Access,
    source::{self, Discovered},
};
use std::path::{Path, PathBuf};

/// What there is to read, before anything is.
pub(super) struct Found {
    inputs: Discovered,
    cache_file: Option<PathBuf>,
}

/// Looks for inputs, and whether a log that was named can be used.
pub(super) fn find(config: &Config) -> Result<Found, Error> {
    let cache_file = config.cache.as_deref().map(kept::file_in);
    let inputs = source::discover(&config.inputs, &own_files(config, cache_file.as_deref()))?;
    logbook::check_named(config)?;
    Ok(Found { inputs, cache_file })
}

/// The inputs of one of several runners, without a cache.
pub(super) fn find_runs(config: &Config) -> Result<Found, Error> {
    Ok(Found {
        inputs: source::discover(&config.inputs, &[&config.output])?,
        cache_file: None,
    })
}

/// What is no recording wherever it lies: the report, the log and the cache.
fn own_files<'c>(config: &'c Config, cache_file: Option<&'c Path>) -> Vec<&'c Path> {
    let output = Some(config.output.as_path());
    let all = [output, config.pain_log.as_deref(), cache_file];
    all.into_iter().flatten().collect()
}

/// Everything that was read.
pub(super) struct Read {
    pub(super) ingested: Ingested,
    pub(super) pain: PainLog,
    /// What went wrong with the cache, and which log was taken.
    pub(super) notices: Vec<String>,
}

/// Recordings, then the pain log, of which some are only found in archives. What was found goes here: it is as long as a history.
pub(super) fn read(found: Found, config: &Config, progress: &dyn Progress) -> Result<Read, Error> {
    let (mut ingested, mut notices) = ingest(&found, config, progress)?;
    let pain = logbook::read(config, &found.inputs, &mut ingested)?;
    notices.extend(pain.taken.clone());
    Ok(Read {
        ingested,
        pain,
        notices,
    })
}

/// The same, with the log that a study keeps for the runner where it does.
pub(super) fn read_beside(
    found: Found,
    config: &Config,
    beside: &Beside,
    progress: &dyn Progress,
) -> Result<Read, Error> {
    let Some(log) = beside.log else {
        return read(found, config, progress);
    };
    let (mut ingested, notices) = ingest(&found, config, progress)?;
    let inputs = &found.inputs;
    let pain = logbook::kept(config, inputs, &mut ingested, beside.last_run(), log);
    Ok(Read {
        ingested,
        pain,
        notices,
    })
}

/// Reads every recording, with the cache if there is to be one, and says what went wrong with that.
fn ingest(
    found: &Found,
    config: &Config,
    progress: &dyn Progress,
) -> Result<(Ingested, Vec<String>), Error> {
    match &found.cache_file {
        Some(file) => kept::ingest(
            file,
            &found.inputs,
            &config.ingest,
            Access::of(config.is_shared),
            progress,
        ),
        None => Ok((
            ingest::read_all(&found.inputs, &config.ingest, progress)?,
            Vec::new(),
        )),
    }
}
