//! Ingest: the only parallel step. Each worker reads a file, decodes, cleans, measures, keeps the rows and drops the samples.

use crate::{
    clean, decode,
    error::Error,
    metrics,
    model::{Activity, Decoded, Run, Sport},
    problem::{Code, Effect, Problem},
    source::{self, Discovered, Source},
    time::{self, ZoneSource},
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
/// Stack of a worker, bytes. No reader recurses; this is margin.
const WORKER_STACK: usize = 8 << 20;
/// Mean moving speeds of running, m/s (from 8:46 to 3:02 min/km): what decides when a file leaves the sport open.
const RUNNING_M_S: std::ops::RangeInclusive<f64> = 1.9..=5.5;
/// Content hash for run ids.
const CRC32: crc::Crc<u32, crc::Table<16>> = crc::Crc::<u32, crc::Table<16>>::new(&crc::CRC_32_ISO_HDLC);

/// What ingest needs to know.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Worker threads; None: one a core.
    pub jobs: Option<usize>,
    /// The zone for recordings that do not know theirs.
    pub timezone: Option<Tz>,
}

/// What one file came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FileOutcome {
    /// The file's name in reports.
    pub name: String,
    /// Its runs; moved out when the history is put together.
    pub runs: Vec<Run>,
    /// Whether a run of it is in the history; known after merging.
    pub used: bool,
    /// What was not as it should be, places starting with the file's name.
    pub problems: Vec<Problem>,
}

impl FileOutcome {
    /// An input that is of no use here, for the reason the problem gives.
    pub fn unused(name: &str, problem: Problem) -> Self {
        FileOutcome { name: name.to_string(), problems: vec![problem.within(name)], ..FileOutcome::default() }
    }

    /// An input that could not even be opened.
    pub fn unreadable(problem: Problem) -> Self {
        FileOutcome { name: problem.place.clone(), problems: vec![problem], ..FileOutcome::default() }
    }
}

/// Everything read, in the order of the sources.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ingested {
    /// One outcome for each input.
    pub files: Vec<FileOutcome>,
}

/// Someone who is told how far the work is.
pub trait Progress: Sync {
    /// Before the first file.
    fn start(&self, files: usize, bytes: u64);
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
    fn file_done(&self, _: u64) {}
    fn finish(&self) {}
}

/// Reads every source. Trouble with a file becomes that file's problem.
///
/// # Errors
/// [`Error::Interrupted`] alone.
pub fn read_all(found: &Discovered, options: &Options, progress: &dyn Progress) -> Result<Ingested, Error> {
    let sources = &found.sources;
    progress.start(sources.len(), sources.iter().map(|source| source.bytes).sum());
    // Largest first, so that no thread is left alone with a big file at the end; the results go back into the sources' order.
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(sources[*index].bytes), *index));
    let stopped = AtomicBool::new(false);
    let work = || {
        let read = |index: &usize| {
            if stopped.load(Ordering::Relaxed) || progress.interrupted() {
                stopped.store(true, Ordering::Relaxed);
                return (*index, FileOutcome::default());
            }
            let outcome = read_one(&sources[*index], options.timezone, decode::decode);
            progress.file_done(sources[*index].bytes);
            (*index, outcome)
        };
        order.par_iter().with_max_len(1).map(read).collect::<Vec<_>>()
    };
    let mut outcomes = in_pool(options.jobs, work);
    outcomes.sort_by_key(|(index, _)| *index);
    progress.finish();
    if progress.interrupted() {
        return Err(Error::Interrupted);
    }
    let unreadable = found.unreadable.iter().cloned().map(FileOutcome::unreadable);
    Ok(Ingested { files: outcomes.into_iter().map(|(_, outcome)| outcome).chain(unreadable).collect() })
}

/// Runs `work` on a pool of our own; on the caller's thread where no thread can be had.
fn in_pool<T: Send>(jobs: Option<usize>, work: impl FnOnce() -> T + Send) -> T {
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

fn read_one(source: &Source, timezone: Option<Tz>, decode: fn(&[u8]) -> Decoded) -> FileOutcome {
    let guarded = catch_unwind(AssertUnwindSafe(|| {
        BUFFER.with_borrow_mut(|buffer| match source::read(source, buffer, decode::HEAD_BYTES, decode::is_recording) {
            Ok(problems) => digest(buffer, &source.name, timezone, decode, problems),
            Err(problem) => FileOutcome { problems: vec![problem], ..FileOutcome::default() },
        })
    }));
    let mut outcome =
        guarded.unwrap_or_else(|panic| FileOutcome { problems: vec![panicked(&*panic)], ..FileOutcome::default() });
    outcome.name = source.name.clone();
    outcome.problems = outcome.problems.into_iter().map(|problem| problem.within(&source.name)).collect();
    outcome
}

/// Bytes to rows.
fn digest(
    bytes: &[u8],
    name: &str,
    timezone: Option<Tz>,
    decode: fn(&[u8]) -> Decoded,
    mut problems: Vec<Problem>,
) -> FileOutcome {
    let decoded = decode(bytes);
    problems.extend(decoded.problems);
    let content = CRC32.checksum(bytes);
    let many = decoded.activities.len() > 1;
    let mut runs = Vec::new();
    for (index, activity) in decoded.activities.into_iter().enumerate() {
        let content = content.wrapping_add(index as u32);
        let (run, mut found) = run_of(activity, content, name, timezone);
        if many {
            found = found.into_iter().map(|problem| problem.within(&format!("activity {}", index + 1))).collect();
        }
        problems.extend(found);
        runs.extend(run);
    }
    if runs.is_empty() && !problems.iter().any(|problem| problem.effect >= Effect::Skipped) {
        let detail = "no activity in it";
        problems.push(Problem::new(Code::NoActivity, Effect::Skipped, "", detail, "It was left out."));
    }
    if !runs.is_empty() {
        // The file is used: a part of it that was left out is a flag.
        for problem in problems.iter_mut().filter(|problem| problem.effect >= Effect::Skipped) {
            problem.effect = Effect::PartLost;
        }
    }
    FileOutcome { runs, problems, ..FileOutcome::default() }
}

/// One activity to one run; None, with the reason among the problems, when it is no run or has no time.
fn run_of(activity: Activity, content: u32, name: &str, timezone: Option<Tz>) -> (Option<Run>, Vec<Problem>) {
    if !activity.sport.is_running() && !activity.sport.is_open() {
        return (None, vec![other_sport(activity.sport)]);
    }
    let (clean, mut problems) = clean::clean(activity);
    let Some(start_utc) = clean.activity.start_unix_s.and_then(time::utc) else {
        let detail = "no record and no total has a usable time";
        problems.push(Problem::new(Code::NoTime, Effect::Skipped, "", detail, "It was left out."));
        return (None, problems);
    };
    let (utc_offset_s, zone_source) = offset(clean.activity.utc_offset_s, timezone, start_utc);
    if zone_source == ZoneSource::AssumedUtc {
        let detail = "the recording does not say in which time zone it was made";
        problems.push(Problem::new(Code::NoTimeZone, Effect::Noted, "", detail, "UTC was taken for local time."));
    }
    let local = time::local(start_utc, utc_offset_s);
    let run_id = format!("{}-{content:08x}", local.format("%Y%m%d-%H%M"));
    let origin = metrics::Origin { run_id, source: name.to_string(), start_utc, utc_offset_s, zone_source };
    let (run, found) = metrics::measure(&clean, origin);
    problems.extend(found);
    if run.sport.is_open() {
        let (is_run, problem) = open_sport(&run);
        problems.push(problem);
        return (is_run.then_some(run), problems);
    }
    (Some(run), problems)
}

/// Files that leave the sport open are decided by mean moving speed.
fn open_sport(run: &Run) -> (bool, Problem) {
    let seconds = run.moving_s.or(run.timer_s).filter(|s| *s > 0.0);
    let speed = run.distance_m.zip(seconds).map(|(metres, seconds)| metres / seconds);
    match speed {
        Some(speed) if RUNNING_M_S.contains(&speed) => {
            let detail = format!("the sport is {}; the mean speed of {speed:.1} m/s is a run's", run.sport.0);
            (true, Problem::new(Code::SportAssumed, Effect::Noted, "", detail, "It was taken for a run."))
        }
        Some(speed) => {
            let detail = format!("the sport is {}; the mean speed of {speed:.1} m/s is not a run's", run.sport.0);
            (false, Problem::new(Code::OtherSport, Effect::Skipped, "", detail, "It was left out."))
        }
        None => {
            let detail = format!("the sport is {} and there is no speed to tell by", run.sport.0);
            (false, Problem::new(Code::OtherSport, Effect::Skipped, "", detail, "It was left out."))
        }
    }
}

fn other_sport(sport: Sport) -> Problem {
    let detail = format!("the sport is {}", sport.0.replace('_', " "));
    Problem::new(Code::OtherSport, Effect::Skipped, "", detail, "It was left out: only running is counted.")
}

/// The offset from the file, else from the option, else UTC.
fn offset(in_file: Option<i32>, timezone: Option<Tz>, start: DateTime<Utc>) -> (i32, ZoneSource) {
    match (in_file, timezone) {
        (Some(offset), _) => (offset, ZoneSource::File),
        (None, Some(zone)) => {
            (zone.offset_from_utc_datetime(&start.naive_utc()).fix().local_minus_utc(), ZoneSource::Option)
        }
        (None, None) => (0, ZoneSource::AssumedUtc),
    }
}

fn panicked(panic: &(dyn std::any::Any + Send)) -> Problem {
    let text = panic.downcast_ref::<&str>().map(|s| s.to_string()).or_else(|| panic.downcast_ref::<String>().cloned());
    let detail = format!("niggle stumbled over it ({})", text.unwrap_or_else(|| "no message".to_string()));
    Problem::new(Code::DecoderPanic, Effect::Failed, "", detail, "It was left out; nothing else is touched.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::fixture::steady;

    fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> Source {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Source { name: name.to_string(), path, bytes: bytes.len() as u64 }
    }

    #[test]
    fn a_panic_is_listed_and_harms_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let source = file(&folder, "bad.fit", b"boom");
        let outcome = read_one(&source, None, |_| panic!("index out of range"));
        assert_eq!(outcome.problems.len(), 1);
        assert_eq!(outcome.problems[0].code, Code::DecoderPanic);
        assert_eq!(outcome.problems[0].place, "bad.fit");
        assert!(outcome.problems[0].detail.contains("index out of range"));
        let good = read_one(&source, None, |_| Decoded { activities: vec![steady(60, 3.0)], problems: vec![] });
        assert_eq!(good.runs.len(), 1, "the thread's buffer is usable again");
    }

    #[test]
    fn offsets_come_from_the_file_then_the_option_then_nowhere() {
        let start: DateTime<Utc> = "2025-03-30T22:30:00Z".parse().unwrap();
        let berlin: Tz = "Europe/Berlin".parse().unwrap();
        assert_eq!(offset(Some(3600), Some(berlin), start), (3600, ZoneSource::File));
        assert_eq!(offset(None, Some(berlin), start), (7200, ZoneSource::Option));
        assert_eq!(offset(None, None, start), (0, ZoneSource::AssumedUtc));
    }

    #[test]
    fn only_running_is_counted() {
        let outcome = |sport: Sport, speed: f64| {
            let mut activity = steady(600, speed);
            activity.sport = sport;
            let (run, problems) = run_of(activity, 7, "x", None);
            (run.is_some(), problems.last().map(|p| p.code))
        };
        assert_eq!(outcome(Sport::RUNNING, 3.0), (true, Some(Code::NoTimeZone)));
        assert_eq!(outcome(Sport("cycling"), 3.0), (false, Some(Code::OtherSport)));
        assert_eq!(outcome(Sport::UNKNOWN, 3.0), (true, Some(Code::SportAssumed)));
        assert_eq!(outcome(Sport::UNKNOWN, 1.4), (false, Some(Code::OtherSport)));
        assert_eq!(outcome(Sport::GENERIC, 8.0), (false, Some(Code::OtherSport)));
    }
}
