//! Which file is the pain log, and reading it: the one that was named, else the one found by its name, else the one whose header
//! reads as a log.

use crate::{
    config::Config,
    error::Error,
    ingest::{FileOutcome, Ingested},
    model::Run,
    option::PAIN,
    pain::{self, Clock, HeaderError, HeaderFault, PainLog, Resembles},
    problem::{Code, Effect, Problem},
    source::{self, Content, Discovered, Source},
    time,
};

/// Files that are looked at for a log by their content: those near the top of a folder are meant.
const LOOKED_AT: usize = 40;
/// Folders below an input in which a file may be the log by its content.
const MAX_DEPTH: usize = 2;

/// Reads one pain log.
///
/// # Errors
/// [`Error::PainLog`] when its header cannot be understood.
pub fn one(log: &Source, options: &pain::Options) -> Result<PainLog, Error> {
    understood(log, options)?.map_err(|error| Error::PainLog(error.to_string()))
}

/// A log that was named and cannot be used is told before years of recordings are read, not after.
///
/// # Errors
/// As [`one`]; an empty log is none.
pub fn check_named(config: &Config) -> Result<(), Error> {
    let Some(path) = &config.pain_log else {
        return Ok(());
    };
    match understood(&source::one(path)?, &config.pain)? {
        Err(error) if error.fault != HeaderFault::Empty => Err(Error::PainLog(error.to_string())),
        _ => Ok(()),
    }
}

/// The log that was named, else the one found nearest to the top of the inputs, else none. Logs that are not used are inputs that
/// were skipped, and a found one that cannot be read costs no report; both are told.
///
/// # Errors
/// As [`one`], for a log that was named.
pub fn read(
    config: &Config,
    found: &Discovered,
    ingested: &mut Ingested,
) -> Result<PainLog, Error> {
    let options = options(config, ingested);
    if let Some(path) = &config.pain_log {
        let log = source::one(path)?;
        // Those in archives come after those in folders.
        let unused: Vec<Source> = found
            .pain_logs
            .iter()
            .chain(&ingested.pain_logs)
            .cloned()
            .collect();
        ingested.files.extend(
            unused
                .iter()
                .map(|log| FileOutcome::unused(&log.name, unused_log())),
        );
        ingested.files.extend(
            found
                .workbooks
                .iter()
                .map(|book| FileOutcome::unused(&book.name, other_workbook())),
        );
        return match understood(&log, &options)? {
            // Whoever has not begun yet loses nothing by a report without a log.
            Err(error) if error.fault == HeaderFault::Empty => {
                Ok(without(&log, &error.to_string(), ingested))
            }
            read => read.map_err(|error| Error::PainLog(error.to_string())),
        };
    }
    let mut logs: Vec<Source> = found
        .pain_logs
        .iter()
        .chain(&ingested.pain_logs)
        .cloned()
        .collect();
    let (by_content, maybe) = by_content(found, ingested);
    let is_named = !logs.is_empty();
    logs.extend(by_content);
    let mut pain = match logs.first() {
        Some(log) => {
            one(log, &options).unwrap_or_else(|error| without(log, &error.to_string(), ingested))
        }
        None => PainLog::default(),
    };
    let is_log = |name: &str| logs.iter().any(|log| log.name == name);
    ingested
        .files
        .retain(|file| !(is_log(&file.name) && is_of_no_kind(file)));
    ingested.files.extend(
        logs.iter()
            .skip(1)
            .map(|log| FileOutcome::unused(&log.name, unused_log())),
    );
    let others = found
        .workbooks
        .iter()
        .filter(|workbook| !is_log(&workbook.name));
    ingested
        .files
        .extend(others.map(|workbook| FileOutcome::unused(&workbook.name, other_workbook())));
    if let (false, Some(log)) = (is_named, logs.first()) {
        pain.remarks.push(format!(
            "{} was taken for your pain log by its columns; another is named with {PAIN}.",
            log.name
        ));
    }
    if logs.len() > 1 && pain.place.is_some() {
        let others: Vec<&str> = logs
            .iter()
            .skip(1)
            .take(3)
            .map(|log| log.name.as_str())
            .collect();
        let more = if logs.len() > 4 { ", …" } else { "" };
        pain.remarks.push(format!(
            "Of {} pain logs found, this one was read; left out: {}{more}.",
            logs.len(),
            others.join(", ")
        ));
    }
    if pain.place.is_none() {
        let text = |log: &Source| {
            format!(
                "{} may be a pain log: if it is, name it with {PAIN}.",
                log.name
            )
        };
        pain.remarks.extend(maybe.iter().take(3).map(text));
    }
    Ok(pain)
}

/// How the log is read beside recordings: dates long after the last run are slips of the pen and would stretch the calendar to
/// them, unless the report is asked for then; times in UTC count where the runner was.
fn options(config: &Config, ingested: &Ingested) -> pain::Options {
    let last_run = ingested
        .rows
        .iter()
        .filter(|row| row.is_run())
        .map(Run::local_date)
        .max();
    let clock = config
        .ingest
        .timezone
        .map_or_else(|| offsets(ingested), Clock::Zone);
    pain::Options {
        as_of: last_run
            .map(|day| time::plus_days(day, 366))
            .max(config.judging.as_of),
        clock,
        ..config.pain.clone()
    }
}

fn offsets(ingested: &Ingested) -> Clock {
    let mut days: Vec<_> = ingested
        .rows
        .iter()
        .map(|row| (row.local_date(), row.utc_offset_s))
        .collect();
    days.sort_unstable();
    days.dedup_by_key(|(day, _)| *day);
    if days.is_empty() {
        Clock::Unknown
    } else {
        Clock::Offsets(days)
    }
}

/// The log, or what is wrong with the whole of it, or why there are no bytes.
fn understood(
    log: &Source,
    options: &pain::Options,
) -> Result<Result<PainLog, HeaderError>, Error> {
    let failed = |problem: Problem| Error::PainLog(problem.within(&log.name).line());
    let mut bytes = Vec::new();
    source::read_whole(log, &mut bytes).map_err(failed)?;
    if pain::is_workbook(&bytes) {
        return Ok(pain::read(&bytes, &log.name, options));
    }
    let unpacked = match source::read(log, &mut bytes, pain::MAX_BYTES, |_| true).map_err(failed)? {
        Content::Bytes(problems) => problems,
        Content::Archive => {
            let what = "a zip archive, not a pain log: unpack it and name the file in it";
            return Err(Error::PainLog(format!("{}: {what}.", log.name)));
        }
    };
    Ok(pain::read(&bytes, &log.name, options).map(|mut pain| {
        pain.problems.extend(
            unpacked
                .into_iter()
                .map(|problem| problem.within(&log.name)),
        );
        pain
    }))
}

/// Files that no decoder knows and whose header reads as a log: those that are one, and those that may be.
fn by_content(found: &Discovered, ingested: &Ingested) -> (Vec<Source>, Vec<Source>) {
    let is_unknown = |source: &&Source| {
        let file = ingested.files.iter().find(|file| file.name == source.name);
        is_table(&source.name) && file.is_some_and(is_of_no_kind)
    };
    let (mut sure, mut maybe) = (Vec::new(), Vec::new());
    let tables = found
        .sources
        .iter()
        .filter(is_unknown)
        .chain(&found.workbooks);
    for source in tables.take(LOOKED_AT) {
        match resembles(source) {
            Resembles::Log => sure.push(source.clone()),
            Resembles::Perhaps => maybe.push(source.clone()),
            Resembles::No => {}
        }
    }
    (sure, maybe)
}

fn is_table(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_shallow = name.matches('/').count() <= MAX_DEPTH;
    is_shallow && [".csv", ".tsv"].iter().any(|end| name.ends_with(end))
}

fn is_of_no_kind(file: &FileOutcome) -> bool {
    let is_quiet = |problem: &Problem| {
        matches!(
            problem.code,
            Code::OtherFile | Code::UnknownKind | Code::NotAnActivity
        )
    };
    file.runs.is_empty() && file.others.is_empty() && file.problems.iter().any(is_quiet)
}

fn resembles(source: &Source) -> Resembles {
    let mut bytes = Vec::new();
    source::read_whole(source, &mut bytes).map_or(Resembles::No, |()| pain::resembles(&bytes))
}

/// No log, for a file that should have been one.
fn without(log: &Source, error: &str, ingested: &mut Ingested) -> PainLog {
    ingested
        .files
        .push(FileOutcome::unused(&log.name, unusable_log(error)));
    PainLog {
        remarks: vec![format!("Your pain log could not be used. {error}")],
        ..PainLog::default()
    }
}

fn other_workbook() -> Problem {
    Problem::new(
        Code::OtherFile,
        Effect::Skipped,
        "",
        "a workbook that is no pain log",
        "It was left out.",
    )
}

fn unused_log() -> Problem {
    let detail = "another pain log was used";
    Problem::new(
        Code::PainLogUnused,
        Effect::Skipped,
        "",
        detail,
        "This one was left out.",
    )
}

fn unusable_log(error: &str) -> Problem {
    let consequence = "The report was made without a pain log.";
    Problem::new(
        Code::PainLogUnusable,
        Effect::Failed,
        "",
        error,
        consequence,
    )
}
