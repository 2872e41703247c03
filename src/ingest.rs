//! Ingest: the only parallel step. Each worker reads a file, decodes, cleans, measures, keeps the rows and drops the samples.
//!
//! Archives are emptied one after the other: the files of one are read in parallel, then the archives found among them are opened.
//! So never more than one chain of archives is in memory.

use crate::{
    cache::{Cache, Key},
    clean, decode,
    error::Error,
    exports::{self, Facts, Listed},
    metrics,
    model::{Activity, Decoded, Listing, Run, Samples, Sport},
    option::OPEN_SPORT,
    problem::{Code, Effect, Problem},
    source::{self, Content, Discovered, Opened, Source},
    time::{self, ZoneSource},
    zones,
};
use chrono::{DateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use rayon::prelude::*;
use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, Ordering},
};

/// Name of the worker threads; the command line keeps their panic messages quiet, since each becomes a problem.
pub const WORKER_NAME: &str = "niggle-ingest";
/// Files whose rows are kept apart before they go into the list of all.
const AT_ONCE: usize = 2048;
/// Stack of a worker, bytes. No reader recurses; this is margin.
const WORKER_STACK: usize = 8 << 20;
/// Mean moving speeds of running, m/s (from 8:46 to 3:02 min/km): what decides when a file leaves the sport open.
const RUNNING_M_S: std::ops::RangeInclusive<f64> = 1.9..=5.5;

/// What ingest needs to know.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Worker threads; None: one a core.
    pub jobs: Option<usize>,
    /// The zone for recordings that neither know theirs nor hold a position.
    pub timezone: Option<Tz>,
    /// What a recording is that leaves its sport open.
    pub open_sport: OpenSport,
}

/// What to take a recording for whose sport is missing or `generic`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OpenSport {
    /// A run, if its mean moving speed is a runner's.
    #[default]
    BySpeed,
    /// Always a run.
    Running,
    /// Never a run.
    Other,
}

/// What one file came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FileOutcome {
    /// The file's name in reports.
    pub name: String,
    /// Its runs; moved to [`Ingested::rows`] when it is done.
    pub runs: Vec<Run>,
    /// Its activities of other sports, likewise.
    pub others: Vec<Run>,
    /// What it says beside activities, when it is a file of an account export; most of an export's files say nothing.
    pub facts: Option<Box<Facts>>,
    /// Whether something of it is in the history; known after merging.
    pub used: bool,
    /// What was not as it should be, places starting with the file's name.
    pub problems: Vec<Problem>,
}

impl FileOutcome {
    /// An input that is of no use here, for the reason the problem gives.
    pub fn unused(name: &str, problem: Problem) -> Self {
        FileOutcome {
            name: name.to_string(),
            problems: vec![problem.within(name)],
            ..FileOutcome::default()
        }
    }

    /// An input that could not even be opened.
    pub fn unreadable(problem: Problem) -> Self {
        FileOutcome {
            name: problem.place.clone(),
            problems: vec![problem],
            ..FileOutcome::default()
        }
    }

    fn failed(problem: Problem) -> Self {
        FileOutcome {
            problems: vec![problem],
            ..FileOutcome::default()
        }
    }

    fn named(mut self, name: &str) -> Self {
        self.name = name.to_string();
        self.problems = self
            .problems
            .into_iter()
            .map(|problem| problem.within(name))
            .collect();
        self.problems
            .iter_mut()
            .for_each(|problem| problem.detail.shrink_to_fit());
        // A list that grew to one row has room for four, which thirty thousand files would all keep.
        self.runs.shrink_to_fit();
        self.others.shrink_to_fit();
        self.problems.shrink_to_fit();
        self
    }
}

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
    let bytes_of = |sources: &[Source]| sources.iter().map(|source| source.bytes).sum::<u64>();
    progress.start(found.sources.len(), bytes_of(&found.sources));
    let unreadable = found
        .unreadable
        .iter()
        .cloned()
        .map(FileOutcome::unreadable);
    let mut ingested = Ingested {
        files: unreadable.collect(),
        ..Ingested::default()
    };
    in_pool(options.jobs, || {
        let mut archives = ingested.read_shelf(&found.sources, reader, progress);
        while let Some(archive) = archives.pop().filter(|_| !progress.interrupted()) {
            let opened = source::open(&archive);
            let shelf = ingested.shelve(&archive, opened);
            progress.opened(archive.bytes, shelf.len(), bytes_of(&shelf));
            archives.extend(ingested.read_shelf(&shelf, reader, progress));
        }
    });
    progress.finish();
    if progress.interrupted() {
        return Err(Error::Interrupted);
    }
    ingested.files.sort_by(|a, b| a.name.cmp(&b.name));
    ingested.rows.sort_by(|a, b| a.source.cmp(&b.source));
    ingested.pain_logs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(ingested)
}

/// What one source came to.
enum Reading {
    File(FileOutcome),
    Archive(Source),
}

impl Ingested {
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
        self.rows.append(&mut std::mem::take(&mut outcome.runs));
        self.rows.append(&mut std::mem::take(&mut outcome.others));
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
        if !opened.problems.is_empty() {
            let outcome = FileOutcome {
                problems: opened.problems,
                ..FileOutcome::default()
            };
            self.files.push(outcome.named(&archive.name));
        }
        self.files
            .extend(opened.unreadable.into_iter().map(FileOutcome::unreadable));
        self.pain_logs.extend(opened.pain_logs);
        opened.sources
    }
}

/// Reads sources in parallel; the readings are in their order.
fn read_parallel(sources: &[Source], reader: Reader, progress: &dyn Progress) -> Vec<Reading> {
    // Largest first, so that no thread is left alone with a big file at the end; the results go back into the sources' order.
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(sources[*index].bytes), *index));
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
    let mut readings = order
        .par_iter()
        .with_max_len(1)
        .map(read)
        .collect::<Vec<_>>();
    readings.sort_by_key(|(index, _)| *index);
    readings.into_iter().map(|(_, reading)| reading).collect()
}

/// Runs `work` on a pool of our own; on the caller's thread where no thread can be had.
fn in_pool(jobs: Option<usize>, work: impl FnOnce() + Send) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.unwrap_or(0))
        .stack_size(WORKER_STACK)
        .thread_name(|_| WORKER_NAME.to_string())
        .build();
    match pool {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

thread_local! {
    /// A read buffer for each worker: a fresh one for each file costs more than the copy.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What decides, beside a source, what it comes to.
#[derive(Clone, Copy)]
struct Reader<'a> {
    options: &'a Options,
    cache: Option<&'a Cache>,
    decode: fn(&[u8]) -> Decoded,
}

/// What a cache must be made with: everything but the files that decides a row, the names of its fields among them, so that a row
/// of another shape is never read back.
pub fn cache_options(options: &Options) -> String {
    let zone = options.timezone.map(|zone| zone.name());
    let blank = Run::blank(String::new(), DateTime::UNIX_EPOCH);
    let shape = serde_json::to_string(&blank).unwrap_or_default();
    format!(
        "{zone:?} {:?} {} {shape}",
        options.open_sport,
        cfg!(feature = "tz-lookup")
    )
}

impl Reader<'_> {
    fn read(self, source: &Source) -> Reading {
        let guarded = catch_unwind(AssertUnwindSafe(|| {
            BUFFER.with_borrow_mut(|buffer| self.read_into(buffer, source))
        }));
        match guarded.unwrap_or_else(|panic| Reading::File(FileOutcome::failed(panicked(&*panic))))
        {
            Reading::File(outcome) => Reading::File(outcome.named(&source.name)),
            archive => archive,
        }
    }

    fn read_into(self, buffer: &mut Vec<u8>, source: &Source) -> Reading {
        let wanted =
            |head: &[u8]| decode::is_recording(head) || exports::is_export(head, &source.name);
        let (mut place, mut known) = (None, None);
        let mut look_up = |kind: &[u8], bytes: &[u8]| {
            let found = self.cache.map(|cache| {
                (
                    cache,
                    cache.key(&[kind, named_kind(&source.name)].concat(), bytes),
                )
            });
            known = found.and_then(|(cache, key)| FileOutcome::kept(cache, key, &source.name));
            place = found;
            known.is_some()
        };
        let is_known: Option<source::IsKnown> = if self.cache.is_some() {
            Some(&mut look_up)
        } else {
            None
        };
        match source::read_unless(source, buffer, decode::HEAD_BYTES, wanted, is_known) {
            Ok(Some(Content::Bytes(problems))) => {
                let outcome = digest(buffer, source, self.options, self.decode, problems);
                if let Some((cache, key)) = place {
                    outcome.keep(cache, key);
                }
                Reading::File(outcome)
            }
            Ok(Some(Content::Archive)) => Reading::Archive(source.clone()),
            Ok(None) => Reading::File(known.unwrap_or_default()),
            Err(problem) => Reading::File(FileOutcome::failed(problem)),
        }
    }
}

/// What of a name decides anything: of recordings that they are called so, of other files the name without its folders.
fn named_kind(name: &str) -> &[u8] {
    if is_called_recording(name) {
        b" recording"
    } else {
        name.rsplit('/').next().unwrap_or(name).as_bytes()
    }
}

/// A problem as a cache keeps it: code, effect, place, detail, consequence.
type KeptProblem = (Code, Effect, String, String, String);

impl FileOutcome {
    /// What a cache knows of a file, its name put in again; places get it where they always do.
    fn kept(cache: &Cache, key: Key, name: &str) -> Option<FileOutcome> {
        let (mut runs, mut others, facts, problems): (Vec<Run>, Vec<Run>, Facts, Vec<KeptProblem>) =
            cache.get(key)?;
        runs.iter_mut()
            .chain(&mut others)
            .for_each(|row| row.source = name.to_string());
        let problem = |(code, effect, place, detail, consequence)| {
            Problem::new(code, effect, place, detail, consequence)
        };
        let problems = problems.into_iter().map(problem).collect();
        Some(FileOutcome {
            runs,
            others,
            facts: said(facts),
            problems,
            ..FileOutcome::default()
        })
    }

    /// Gives the outcome to a cache, before the file's name is in it.
    fn keep(&self, cache: &Cache, key: Key) {
        let problem = |problem: &Problem| -> KeptProblem {
            let Problem {
                code,
                place,
                detail,
                consequence,
                effect,
                ..
            } = problem.clone();
            (code, effect, place, detail, consequence)
        };
        let problems: Vec<_> = self.problems.iter().map(problem).collect();
        let nothing = Facts::default();
        cache.put(
            key,
            &(
                &self.runs,
                &self.others,
                self.facts.as_deref().unwrap_or(&nothing),
                problems,
            ),
        );
    }
}

/// What a file of an export says, if that is anything.
fn said(facts: Facts) -> Option<Box<Facts>> {
    (facts != Facts::default()).then(|| Box::new(facts))
}

/// Bytes to rows.
fn digest(
    bytes: &[u8],
    source: &Source,
    options: &Options,
    decode: fn(&[u8]) -> Decoded,
    problems: Vec<Problem>,
) -> FileOutcome {
    let mut outcome = FileOutcome {
        problems,
        ..FileOutcome::default()
    };
    let (code, detail) = match exports::read(bytes, &source.name) {
        Some((facts, found)) => {
            list(facts, found, source, options, &mut outcome);
            (
                Code::OtherFile,
                "a list of an account's export with nothing in it that niggle uses",
            )
        }
        None => {
            measure_all(decode(bytes), bytes, source, options, &mut outcome);
            (Code::NoActivity, "no activity in it")
        }
    };
    if outcome.is_empty()
        && !outcome
            .problems
            .iter()
            .any(|problem| problem.effect >= Effect::Skipped)
    {
        outcome.problems.push(Problem::new(
            code,
            Effect::Skipped,
            "",
            detail,
            "It was left out.",
        ));
    }
    if outcome.is_empty() && !is_called_recording(&source.name) {
        // Pictures and messages are in every export; a recording that cannot be read is worth a word.
        for problem in outcome
            .problems
            .iter_mut()
            .filter(|p| matches!(p.code, Code::UnknownKind | Code::EmptyFile))
        {
            (problem.code, problem.effect) = (Code::OtherFile, Effect::Skipped);
        }
    }
    if !outcome.is_empty() {
        // The file is used: a part of it that was left out is a flag.
        for problem in outcome
            .problems
            .iter_mut()
            .filter(|problem| problem.effect >= Effect::Skipped)
        {
            problem.effect = Effect::PartLost;
        }
    }
    outcome
}

impl FileOutcome {
    fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.others.is_empty() && self.facts.is_none()
    }

    fn add(&mut self, row: Option<Run>) {
        if let Some(row) = row {
            let list = if row.is_run() {
                &mut self.runs
            } else {
                &mut self.others
            };
            list.push(row);
        }
    }
}

/// Whether a file's name says that it should be a recording.
fn is_called_recording(name: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".fit", ".gpx", ".tcx"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Every activity of a recording.
fn measure_all(
    decoded: Decoded,
    bytes: &[u8],
    source: &Source,
    options: &Options,
    outcome: &mut FileOutcome,
) {
    outcome.problems.extend(decoded.problems);
    let many = decoded.activities.len() > 1;
    // Most files of an export hold none: settings, sleep, steps.
    let content = if decoded.activities.is_empty() {
        0
    } else {
        source::crc32(bytes)
    };
    for (index, activity) in decoded.activities.into_iter().enumerate() {
        let identity = Identity {
            content: content.wrapping_add(index as u32),
            source: &source.name,
        };
        let (row, mut found) = row_of(activity, identity, options);
        if many {
            found = found
                .into_iter()
                .map(|problem| problem.within(&format!("activity {}", index + 1)))
                .collect();
        }
        outcome.problems.extend(found);
        outcome.add(row);
    }
}

/// Every line of an export's index, and what else its file says.
fn list(
    mut facts: Facts,
    found: Vec<Problem>,
    source: &Source,
    options: &Options,
    outcome: &mut FileOutcome,
) {
    outcome.problems.extend(found);
    for listed in std::mem::take(&mut facts.activities) {
        let Listed {
            place,
            id,
            file,
            shoe,
            activity,
        } = listed;
        let key = id.as_deref().unwrap_or(&place);
        let identity = Identity {
            content: source::crc32(key.as_bytes()),
            source: &source.name,
        };
        let (row, found) = row_of(activity, identity, options);
        // That a line has no records and no zone is not worth a word: most lines have a recording that knows better. That it has
        // no time its reader has said.
        let known = |problem: &Problem| {
            matches!(
                problem.code,
                Code::NoTimeZone | Code::NoRecords | Code::NoTime
            )
        };
        let worth = found.into_iter().filter(|problem| !known(problem));
        outcome
            .problems
            .extend(worth.map(|problem| problem.within(&place)));
        outcome.add(row.map(|row| Run {
            shoe,
            listing: Some(Box::new(Listing { place, id, file })),
            ..row
        }));
    }
    outcome.facts = said(facts);
}

/// What a row is called.
#[derive(Clone, Copy)]
pub(crate) struct Identity<'a> {
    content: u32,
    source: &'a str,
}

impl<'a> Identity<'a> {
    /// Of the activity with this number in the recording `bytes`, which reports call `source`.
    pub(crate) fn of(bytes: &[u8], index: usize, source: &'a str) -> Self {
        Identity {
            content: crate::source::crc32(bytes).wrapping_add(index as u32),
            source,
        }
    }
}

/// One activity to one row; None, with the reason among the problems, when it has no time. Rows that are no runs have another sport.
pub(crate) fn row_of(
    mut activity: Activity,
    identity: Identity,
    options: &Options,
) -> (Option<Run>, Vec<Problem>) {
    let position = first_position(&activity.samples);
    let is_other = !activity.sport.is_running() && !activity.sport.is_open();
    if is_other {
        shorten(&mut activity);
    }
    let (clean, mut problems) = clean::clean(activity);
    let Some(start_utc) = clean.activity.start_unix_s.and_then(time::utc) else {
        let detail = "no record and no total has a usable time";
        problems.push(Problem::new(
            Code::NoTime,
            Effect::Skipped,
            "",
            detail,
            "It was left out.",
        ));
        return (None, problems);
    };
    let (utc_offset_s, zone_source) = offset(
        clean.activity.utc_offset_s,
        position,
        options.timezone,
        start_utc,
    );
    let local = time::local(start_utc, utc_offset_s);
    let run_id = format!("{}-{:08x}", local.format("%Y%m%d-%H%M"), identity.content);
    let origin = metrics::Origin {
        run_id,
        source: identity.source.to_string(),
        start_utc,
        utc_offset_s,
        zone_source,
    };
    let (run, found) = metrics::measure(&clean, origin);
    if is_other {
        // What is odd about a bicycle's heart rate is nobody's worry here.
        return (Some(run), Vec::new());
    }
    problems.extend(found);
    if zone_source == ZoneSource::AssumedUtc {
        let detail = "the recording does not say in which time zone it was made";
        problems.push(Problem::new(
            Code::NoTimeZone,
            Effect::Noted,
            "",
            detail,
            "UTC was taken for local time.",
        ));
    }
    (
        Some(decided(run, options.open_sport, &mut problems)),
        problems,
    )
}

/// Of other sports only time, heart rate and the device's totals are kept: what is to be repaired in a run (a speed no runner has) is
/// everyday on a bicycle.
fn shorten(activity: &mut Activity) {
    let samples = std::mem::take(&mut activity.samples);
    let last_m = samples
        .distance_m
        .iter()
        .rev()
        .copied()
        .find(|metres| metres.is_finite());
    activity.totals.distance_m = activity.totals.distance_m.or(last_m);
    let (time_s, heart_rate_bpm) = (samples.time_s, samples.heart_rate_bpm);
    activity.samples = Samples {
        time_s,
        heart_rate_bpm,
        ..Samples::default()
    };
}

/// Latitude and longitude where the recording first has them; receivers write 0, 0 before they know.
fn first_position(samples: &Samples) -> Option<(f64, f64)> {
    let mut positions = samples
        .latitude_deg
        .iter()
        .copied()
        .zip(samples.longitude_deg.iter().copied());
    positions.find(|(latitude, longitude)| {
        latitude.is_finite() && longitude.is_finite() && (*latitude, *longitude) != (0.0, 0.0)
    })
}

/// Recordings that leave the sport open are decided by mean moving speed, unless the runner said what they are.
fn decided(run: Run, open_sport: OpenSport, problems: &mut Vec<Problem>) -> Run {
    if !run.sport.is_open() {
        return run;
    }
    let seconds = run.moving_s.or(run.timer_s).filter(|s| *s > 0.0);
    let speed = run
        .distance_m
        .zip(seconds)
        .map(|(metres, seconds)| metres / seconds);
    let is_run = match open_sport {
        OpenSport::BySpeed => speed.is_some_and(|speed| RUNNING_M_S.contains(&speed)),
        OpenSport::Running => true,
        OpenSport::Other => false,
    };
    let reason = match (open_sport, speed) {
        (OpenSport::Running | OpenSport::Other, _) => format!("{OPEN_SPORT} decides"),
        (OpenSport::BySpeed, None) => "there is no speed to tell by".to_string(),
        (OpenSport::BySpeed, Some(speed)) if is_run => {
            format!("the mean speed of {speed:.1} m/s is a run's")
        }
        (OpenSport::BySpeed, Some(speed)) => {
            format!("the mean speed of {speed:.1} m/s is not a run's")
        }
    };
    let detail = format!("the sport is {}; {reason}", run.sport.0);
    let (consequence, sport) = match is_run {
        true => ("It was taken for a run.", run.sport),
        false => ("It was taken for another sport.", Sport::OTHER),
    };
    problems.push(Problem::new(
        Code::SportAssumed,
        Effect::Noted,
        "",
        detail,
        consequence,
    ));
    Run { sport, ..run }
}

/// The offset from the file, else from its first position, else from the option, else UTC.
fn offset(
    in_file: Option<i32>,
    position: Option<(f64, f64)>,
    timezone: Option<Tz>,
    start: DateTime<Utc>,
) -> (i32, ZoneSource) {
    let at_start = |zone: Tz| {
        zone.offset_from_utc_datetime(&start.naive_utc())
            .fix()
            .local_minus_utc()
    };
    if let Some(offset) = in_file {
        return (offset, ZoneSource::File);
    }
    let there = position
        .and_then(|(latitude_deg, longitude_deg)| zones::zone_at(latitude_deg, longitude_deg));
    match (there, timezone) {
        (Some(zone), _) => (at_start(zone), ZoneSource::Position),
        (None, Some(zone)) => (at_start(zone), ZoneSource::Option),
        (None, None) => (0, ZoneSource::AssumedUtc),
    }
}

/// A panic as a problem.
pub(crate) fn panicked(panic: &(dyn std::any::Any + Send)) -> Problem {
    let text = panic
        .downcast_ref::<&str>()
        .map(|s| s.to_string())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    let detail = format!(
        "niggle stumbled over it ({})",
        text.unwrap_or_else(|| "no message".to_string())
    );
    Problem::new(
        Code::DecoderPanic,
        Effect::Failed,
        "",
        detail,
        "It was left out; nothing else is touched.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clean::fixture::steady, source::Place};

    fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> Source {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Source {
            name: name.to_string(),
            place: Place::File(path),
            bytes: bytes.len() as u64,
        }
    }

    fn outcome(source: &Source, decode: fn(&[u8]) -> Decoded) -> FileOutcome {
        match (Reader {
            options: &Options::default(),
            cache: None,
            decode,
        })
        .read(source)
        {
            Reading::File(outcome) => outcome,
            Reading::Archive(source) => panic!("{} is no archive", source.name),
        }
    }

    #[test]
    fn a_panic_is_listed_and_harms_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let source = file(&folder, "bad.fit", b"boom");
        let bad = outcome(&source, |_| panic!("index out of range"));
        assert_eq!(bad.problems.len(), 1);
        assert_eq!(bad.problems[0].code, Code::DecoderPanic);
        assert_eq!(bad.problems[0].place, "bad.fit");
        assert!(bad.problems[0].detail.contains("index out of range"));
        let good = outcome(&source, |_| Decoded {
            activities: vec![steady(60, 3.0)],
            problems: vec![],
        });
        assert_eq!(good.runs.len(), 1, "the thread's buffer is usable again");
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

    #[test]
    fn an_empty_list_of_an_export_is_no_recording() {
        let folder = tempfile::tempdir().unwrap();
        let empty = outcome(&file(&folder, "1_sleepData.json", b"[]"), decode::decode);
        let found: Vec<_> = empty
            .problems
            .iter()
            .map(|problem| (problem.code, problem.effect))
            .collect();
        assert_eq!(found, [(Code::OtherFile, Effect::Skipped)]);
        // An export has tens of thousands of such files: one keeps its name and its problem, and no room for more.
        assert_eq!(
            (
                empty.problems.capacity(),
                empty.runs.capacity(),
                empty.facts
            ),
            (1, 0, None)
        );
    }

    #[test]
    fn offsets_come_from_the_file_then_the_position_then_the_option_then_nowhere() {
        let start: DateTime<Utc> = "2025-03-30T22:30:00Z".parse().unwrap();
        let berlin: Tz = "Europe/Berlin".parse().unwrap();
        // A place in the middle of the South Island.
        let island = Some((-43.5, 171.5));
        assert_eq!(
            offset(Some(3600), island, Some(berlin), start),
            (3600, ZoneSource::File)
        );
        #[cfg(feature = "tz-lookup")]
        assert_eq!(
            offset(None, island, Some(berlin), start),
            (13 * 3600, ZoneSource::Position)
        );
        assert_eq!(
            offset(None, None, Some(berlin), start),
            (7200, ZoneSource::Option)
        );
        assert_eq!(offset(None, None, None, start), (0, ZoneSource::AssumedUtc));
    }

    /// The local day and ISO week of a run that starts at this moment in the middle of Germany and does not know its zone.
    #[cfg(feature = "tz-lookup")]
    fn check_local(start: &str, local: &str, week: &str) {
        let start: DateTime<Utc> = start.parse().unwrap();
        let mut activity = steady(60, 3.0);
        activity.start_unix_s = Some(start.timestamp() as f64);
        activity
            .samples
            .time_s
            .iter_mut()
            .enumerate()
            .for_each(|(i, t)| *t = (start.timestamp() + i as i64) as f64);
        (
            activity.samples.latitude_deg,
            activity.samples.longitude_deg,
        ) = (vec![51.0; 60], vec![10.0; 60]);
        let row = row_of(
            activity,
            Identity {
                content: 7,
                source: "x",
            },
            &Options::default(),
        )
        .0
        .unwrap();
        assert_eq!(
            (row.start_local.to_string().as_str(), row.zone_source),
            (local, ZoneSource::Position)
        );
        assert_eq!(time::iso_week(row.local_date()), week);
    }

    #[test]
    #[cfg(feature = "tz-lookup")]
    fn clocks_that_change_and_weeks_that_end() {
        // Summer time begins on 30 March 2025 at 01:00 UTC …
        check_local("2025-03-30T00:59:59Z", "2025-03-30 01:59:59", "2025-W13");
        check_local("2025-03-30T01:00:00Z", "2025-03-30 03:00:00", "2025-W13");
        // … so that Monday begins two hours before UTC's (src/method/formulas.md, Local time).
        check_local("2025-03-30T21:59:59Z", "2025-03-30 23:59:59", "2025-W13");
        check_local("2025-03-30T22:00:00Z", "2025-03-31 00:00:00", "2025-W14");
        // It ends on 26 October at 01:00 UTC: the hour from 2 to 3 comes twice, and no run is lost or doubled in it.
        check_local("2025-10-26T00:30:00Z", "2025-10-26 02:30:00", "2025-W43");
        check_local("2025-10-26T01:30:00Z", "2025-10-26 02:30:00", "2025-W43");
        check_local("2025-10-26T22:59:59Z", "2025-10-26 23:59:59", "2025-W43");
        check_local("2025-10-26T23:00:00Z", "2025-10-27 00:00:00", "2025-W44");
        // A year's last days may lie in the next year's first week.
        check_local("2024-12-29T23:30:00Z", "2024-12-30 00:30:00", "2025-W01");
    }

    #[test]
    fn receivers_write_zeros_before_they_know_where_they_are() {
        let nan = f64::NAN;
        let samples = Samples {
            latitude_deg: vec![nan, 0.0, 52.5],
            longitude_deg: vec![13.4, 0.0, 13.5],
            ..Samples::default()
        };
        assert_eq!(first_position(&samples), Some((52.5, 13.5)));
        assert_eq!(first_position(&Samples::default()), None);
    }

    #[test]
    fn only_running_is_counted_and_other_sports_are_kept() {
        let outcome = |sport: Sport, speed: f64, open_sport: OpenSport| {
            let mut activity = steady(600, speed);
            activity.sport = sport;
            let options = Options {
                open_sport,
                ..Options::default()
            };
            let (row, problems) = row_of(
                activity,
                Identity {
                    content: 7,
                    source: "x",
                },
                &options,
            );
            let mut outcome = FileOutcome::default();
            outcome.add(row);
            (
                outcome.runs.len(),
                outcome.others.len(),
                problems.last().map(|p| p.code),
            )
        };
        let by_speed = OpenSport::BySpeed;
        assert_eq!(
            outcome(Sport::RUNNING, 3.0, by_speed),
            (1, 0, Some(Code::NoTimeZone))
        );
        assert_eq!(outcome(Sport("cycling"), 9.0, by_speed), (0, 1, None));
        assert_eq!(
            outcome(Sport::UNKNOWN, 3.0, by_speed),
            (1, 0, Some(Code::SportAssumed))
        );
        assert_eq!(
            outcome(Sport::UNKNOWN, 1.4, by_speed),
            (0, 1, Some(Code::SportAssumed))
        );
        assert_eq!(
            outcome(Sport::GENERIC, 8.0, by_speed),
            (0, 1, Some(Code::SportAssumed))
        );
        assert_eq!(outcome(Sport::GENERIC, 8.0, OpenSport::Running).0, 1);
        assert_eq!(outcome(Sport::GENERIC, 3.0, OpenSport::Other).1, 1);
        // What the runner says of open sports says nothing of named ones.
        assert_eq!(outcome(Sport("cycling"), 9.0, OpenSport::Running).1, 1);
    }
}
