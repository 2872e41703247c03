//! Which file is the pain log, and reading it: the one that was named, else the one found by its name, else the one whose header
//! reads as a log, among the inputs before beside them.

mod here;

pub use here::log_file;

use crate::{
    config::Config,
    digest::Digest,
    error::Error,
    exports::Comment,
    ingest::{FileOutcome, Ingested},
    model::Run,
    option::PAIN,
    pain::{self, Clock, HeaderError, HeaderFault, PainLog, Resembles, Written},
    problem::{Code, Effect, Problem},
    source::{self, Content, Discovered, Source},
    time,
    words::sentence,
};
use chrono::NaiveDate;
use here::{Here, Lying};
use std::path::{Path, PathBuf};

/// Files that are looked at for a log by their content: those near the top of a folder are meant.
const LOOKED_AT: usize = 40;
/// Folders below an input in which a file may be the log by its content.
const MAX_DEPTH: usize = 2;

/// Reads one pain log.
///
/// # Errors
/// [`Error::PainLog`] when its header cannot be understood.
pub fn one(log: &Source, options: &pain::Options) -> Result<PainLog, Error> {
    understood(log, options)?.map_err(no_log)
}

fn no_log(error: HeaderError) -> Error {
    Error::PainLog(error.to_string())
}

/// A log that was named and cannot be used is told before years of recordings are read, not after.
///
/// # Errors
/// As [`one`]; an empty log is none.
pub fn check_named(config: &Config) -> Result<(), Error> {
    match &config.pain_log {
        Some(path) => check_log(&source::one(path)?, &config.pain),
        None => Ok(()),
    }
}

fn check_log(log: &Source, options: &pain::Options) -> Result<(), Error> {
    match understood(log, options)? {
        Err(error) if error.fault != HeaderFault::Empty => Err(no_log(error)),
        _ => Ok(()),
    }
}

/// The log that was named, else the one found nearest to the top of the inputs, else the one that lies here, else none; beside it what
/// the runner wrote into accounts, where that is asked for. Logs that are not used are inputs that were skipped, and a found one that
/// cannot be read costs no report; both are told.
///
/// # Errors
/// As [`one`], for a log that was named.
pub fn read(
    config: &Config,
    found: &Discovered,
    ingested: &mut Ingested,
) -> Result<PainLog, Error> {
    let options = options(config, ingested);
    let mut pain = match &config.pain_log {
        Some(path) => named(path, found, ingested, &options)?,
        None => nearest(config, found, ingested, &options),
    };
    hear_comments(&mut pain, &ingested.files);
    Ok(pain)
}

/// The log that a study keeps for the runner: read as one that was named is, whose rows `read` has. `last_run` is the last one that is known
/// beside the recordings.
pub fn kept(
    config: &Config,
    found: &Discovered,
    ingested: &mut Ingested,
    last_run: Option<NaiveDate>,
    read: &dyn Fn(&pain::Options) -> PainLog,
) -> PainLog {
    let unused = by_name(found, ingested);
    leave_out(&unused, unused_log, ingested);
    leave_out(&found.workbooks, other_workbook, ingested);
    let mut pain = read(&options_until(config, ingested, last_run));
    hear_comments(&mut pain, &ingested.files);
    pain
}

/// Joins what the runner wrote into accounts to the log, or counts it. A table that is the log itself has been read.
fn hear_comments(pain: &mut PainLog, files: &[FileOutcome]) {
    let others = files
        .iter()
        .filter(|file| pain.place.as_ref() != Some(&file.name));
    let facts = others.filter_map(|file| Some((file.name.as_str(), file.facts.as_deref()?)));
    let unread = facts.clone().map(|(_, facts)| facts.unread_comments).sum();
    let comments = facts.flat_map(|(file, facts)| {
        let comments = facts.comments.iter();
        comments.map(move |comment| written(file, comment))
    });
    let comments: Vec<Written> = comments.collect();
    pain.unread_comments = unread;
    pain::hear(pain, &comments);
}

fn written<'f>(file: &'f str, comment: &'f Comment) -> Written<'f> {
    Written {
        date: comment.date,
        file,
        place: &comment.place,
        about: &comment.about,
        text: &comment.text,
        is_injury: comment.is_injury,
    }
}

/// The log that was named; those found beside it are not used.
fn named(
    path: &Path,
    found: &Discovered,
    ingested: &mut Ingested,
    options: &pain::Options,
) -> Result<PainLog, Error> {
    let log = source::one(path)?;
    let unused = by_name(found, ingested);
    leave_out(&unused, unused_log, ingested);
    leave_out(&found.workbooks, other_workbook, ingested);
    match understood(&log, options)? {
        // Whoever has not begun yet loses nothing by a report without a log.
        Err(error) if error.fault == HeaderFault::Empty => {
            Ok(without(&log, &error.to_string(), ingested))
        }
        read => read.map_err(no_log),
    }
}

/// The log found nearest to the top of the inputs, else the one here: by its name, else by its columns. One here that is called a log
/// goes before a table among the inputs that only looks like one.
fn nearest(
    config: &Config,
    found: &Discovered,
    ingested: &mut Ingested,
    options: &pain::Options,
) -> PainLog {
    let mut logs = by_name(found, ingested);
    let is_named = !logs.is_empty();
    let here = here::lying(&config.log_folders, |file| !is_input(file, found));
    let (by_content, maybe) = by_content(found, ingested);
    logs.extend(by_content);
    let lies_here = match &here {
        Here::Log(log) if logs.is_empty() || (log.is_called_so && !is_named) => lying(log),
        _ => None,
    };
    let mut pain = match &lies_here {
        Some(log) => read_here(log, &here, ingested, options),
        None => first(&logs, ingested, options),
    };
    take_for_logs(&logs, lies_here.is_some(), found, ingested);
    if lies_here.is_some() {
        pain.remarks.extend(unread_inputs(&logs));
        return pain;
    }
    if !is_named {
        pain.remarks.extend(logs.first().map(taken_by_columns));
    }
    pain.remarks.extend(unread_here(&here, logs.first()));
    if pain.place.is_some() {
        pain.remarks.extend(others_left_out(&logs));
    } else {
        pain.remarks.extend(maybe.iter().take(3).map(may_be));
    }
    pain
}

/// Whether a file is one of the inputs: it was looked at there.
fn is_input(file: &Path, found: &Discovered) -> bool {
    let Ok(file) = file.canonicalize() else {
        return false;
    };
    let lists = [&found.sources, &found.pain_logs, &found.workbooks];
    let mut inputs = lists.into_iter().flatten().filter_map(Source::path);
    inputs.any(|input| input == file)
}

/// A log that lies here as a file to read. None where it is gone again.
fn lying(log: &Lying) -> Option<Source> {
    source::one(&log.path).ok()
}

/// The log that lies here, and that it was taken.
fn read_here(
    log: &Source,
    here: &Here,
    ingested: &mut Ingested,
    options: &pain::Options,
) -> PainLog {
    let mut pain = first(std::slice::from_ref(log), ingested, options);
    if let (Here::Log(lying), Some(_)) = (here, &pain.place) {
        let by = if lying.is_called_so {
            ""
        } else {
            " by its columns"
        };
        let taken = format!(
            "{} was taken for your pain log{by}; another is named with {PAIN}.",
            here_text(&lying.path)
        );
        pain.taken = Some(taken);
    }
    pain
}

/// `pain.csv here`, or where else it lies.
fn here_text(path: &Path) -> String {
    let is_here = path.parent().is_none_or(|folder| folder == Path::new(""));
    let here = if is_here { " here" } else { "" };
    format!("{}{here}", path.display())
}

/// That a log here was not read, because the inputs hold one, or because there are several.
fn unread_here(here: &Here, read: Option<&Source>) -> Option<String> {
    match (here, read) {
        (Here::Log(log), Some(read)) => Some(format!(
            "{} was not read: {} among the inputs went before it; if it is your pain log, name it with {PAIN}.",
            here_text(&log.path),
            read.name
        )),
        (Here::Several(logs), None) => Some(sentence(&here::which_of(logs))),
        (Here::Nothing | Here::Log(_) | Here::Several(_), _) => None,
    }
}

/// That tables among the inputs look like logs and were not read, three of them by name. None where none does.
fn unread_inputs(logs: &[Source]) -> Option<String> {
    let names = logs.iter().take(3).map(|log| log.name.as_str());
    let names: Vec<&str> = names.collect();
    let more = if logs.len() > 3 { ", …" } else { "" };
    (!logs.is_empty()).then(|| {
        format!(
            "By their columns among the inputs these may be pain logs too and were not read: {}{more}.",
            names.join(", ")
        )
    })
}

/// Logs that are called so. Those in archives come after those in folders.
fn by_name(found: &Discovered, ingested: &Ingested) -> Vec<Source> {
    let logs = found.pain_logs.iter().chain(&ingested.pain_logs);
    logs.cloned().collect()
}

/// The first log as far as it can be read, and none where there is none.
fn first(logs: &[Source], ingested: &mut Ingested, options: &pain::Options) -> PainLog {
    let Some(log) = logs.first() else {
        return PainLog::default();
    };
    one(log, options).unwrap_or_else(|error| without(log, &error.to_string(), ingested))
}

/// A log is no recording that nobody knows; all but the one that was read are left out, and so are workbooks that are none.
fn take_for_logs(logs: &[Source], is_here: bool, found: &Discovered, ingested: &mut Ingested) {
    ingested
        .files
        .retain(|file| !(is_among(logs, &file.name) && is_of_no_kind(file)));
    let read = usize::from(!is_here);
    leave_out(logs.iter().skip(read), unused_log, ingested);
    leave_out_books(logs, found, ingested);
}

/// Workbooks that are no logs.
fn leave_out_books(logs: &[Source], found: &Discovered, ingested: &mut Ingested) {
    let books = found.workbooks.iter();
    let others = books.filter(|book| !is_among(logs, &book.name));
    leave_out(others, other_workbook, ingested);
}

fn is_among(logs: &[Source], name: &str) -> bool {
    logs.iter().any(|log| log.name == name)
}

fn leave_out<'s>(
    sources: impl IntoIterator<Item = &'s Source>,
    why: fn() -> Problem,
    ingested: &mut Ingested,
) {
    let unused = |source: &Source| FileOutcome::unused(&source.name, why());
    ingested.files.extend(sources.into_iter().map(unused));
}

fn taken_by_columns(log: &Source) -> String {
    format!(
        "{} was taken for your pain log by its columns; another is named with {PAIN}.",
        log.name
    )
}

/// The logs beside the one that was read, three of them by name. None where there are none.
fn others_left_out(logs: &[Source]) -> Option<String> {
    let all = logs.len();
    let more = if all > 4 { ", …" } else { "" };
    (all > 1).then(|| {
        let names = three_behind_the_first(logs);
        format!("Of {all} pain logs found, this one was read; left out: {names}{more}.")
    })
}

fn three_behind_the_first(logs: &[Source]) -> String {
    let names = logs.iter().skip(1).take(3).map(|log| log.name.as_str());
    let names: Vec<&str> = names.collect();
    names.join(", ")
}

fn may_be(log: &Source) -> String {
    format!(
        "{} may be a pain log: if it is, name it with {PAIN}.",
        log.name
    )
}

/// How the log is read beside recordings: dates long after the last run are slips of the pen and would stretch the calendar to
/// them, unless the report is asked for then; times in UTC count where the runner was.
fn options(config: &Config, ingested: &Ingested) -> pain::Options {
    options_until(config, ingested, None)
}

fn options_until(
    config: &Config,
    ingested: &Ingested,
    other_run: Option<NaiveDate>,
) -> pain::Options {
    let last_run = last_run(ingested).max(other_run);
    let a_year_on = last_run.map(|day| time::plus_days(day, 366));
    let zone = config.ingest.timezone.map(Clock::Zone);
    pain::Options {
        as_of: a_year_on.max(config.judging.as_of),
        last_run: last_run.filter(|_| config.judging.as_of <= a_year_on),
        clock: zone.unwrap_or_else(|| offsets(ingested)),
        ..config.pain.clone()
    }
}

fn last_run(ingested: &Ingested) -> Option<NaiveDate> {
    let runs = ingested.rows.iter().filter(|row| row.is_run());
    runs.map(Run::local_date).max()
}

/// The offset from UTC on every day with a recording.
fn offsets(ingested: &Ingested) -> Clock {
    let days = offset_of_each_day(&ingested.rows);
    if days.is_empty() {
        Clock::Unknown
    } else {
        Clock::Offsets(days)
    }
}

fn offset_of_each_day(rows: &[Run]) -> Vec<(NaiveDate, i32)> {
    let of = |row: &Run| (row.local_date(), row.utc_offset_s);
    let mut days: Vec<_> = rows.iter().map(of).collect();
    days.sort_unstable();
    days.dedup_by_key(|(day, _)| *day);
    days
}

/// The log, or what is wrong with the whole of it, or why there are no bytes.
fn understood(
    log: &Source,
    options: &pain::Options,
) -> Result<Result<PainLog, HeaderError>, Error> {
    let mut bytes = Vec::new();
    let unpacked = unpack(log, &mut bytes)?;
    let read = pain::read(&bytes, &log.name, options);
    let digest = Digest::of_bytes(&bytes);
    Ok(read.map(|pain| PainLog {
        digest,
        path: log.path().map(from_here),
        ..with_problems(pain, unpacked, log)
    }))
}

/// A path as it is shortest from the current folder.
fn from_here(path: &Path) -> PathBuf {
    let here = Path::new(".").canonicalize().unwrap_or_default();
    let below = path.strip_prefix(&here).unwrap_or(path);
    below.to_path_buf()
}

/// Reads the bytes of a log, and says what went wrong on the way. A workbook is an archive to everyone else.
fn unpack(log: &Source, bytes: &mut Vec<u8>) -> Result<Vec<Problem>, Error> {
    let failed = |problem: Problem| Error::PainLog(problem.within(&log.name).line());
    source::read_whole(log, bytes).map_err(failed)?;
    if pain::is_workbook(bytes) {
        return Ok(Vec::new());
    }
    match source::read(log, bytes, pain::MAX_BYTES, |_| true).map_err(failed)? {
        Content::Bytes(problems) => Ok(problems),
        Content::Archive | Content::Long => Err(is_archive(log)),
    }
}

fn is_archive(log: &Source) -> Error {
    let what = "a zip archive, not a pain log: unpack it and name the file in it";
    Error::PainLog(format!("{}: {what}.", log.name))
}

/// The log with what went wrong on the way to its bytes.
fn with_problems(mut pain: PainLog, unpacked: Vec<Problem>, log: &Source) -> PainLog {
    let placed = unpacked
        .into_iter()
        .map(|problem| problem.within(&log.name));
    pain.problems.extend(placed);
    pain
}

/// Files that no decoder knows and whose header reads as a log: those that are one, and those that may be.
fn by_content(found: &Discovered, ingested: &Ingested) -> (Vec<Source>, Vec<Source>) {
    let (mut sure, mut maybe) = (Vec::new(), Vec::new());
    for source in tables(found, ingested).take(LOOKED_AT) {
        match resembles(source) {
            Resembles::Log => sure.push(source.clone()),
            Resembles::Perhaps => maybe.push(source.clone()),
            Resembles::No => {}
        }
    }
    (sure, maybe)
}

fn tables<'f>(found: &'f Discovered, ingested: &Ingested) -> impl Iterator<Item = &'f Source> {
    let is_unknown = |source: &&Source| is_unknown_table(source, ingested);
    found
        .sources
        .iter()
        .filter(is_unknown)
        .chain(&found.workbooks)
}

fn is_unknown_table(source: &Source, ingested: &Ingested) -> bool {
    let outcome = || ingested.files.iter().find(|file| file.name == source.name);
    is_table(&source.name) && outcome().is_some_and(|file| is_of_no_kind(file) || is_of_days(file))
}

/// Whether a service's table says something of the runner's days alone; it may say how they felt as well.
fn is_of_days(file: &FileOutcome) -> bool {
    file.runs.is_empty() && file.others.is_empty() && file.facts.is_some()
}

fn is_table(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_shallow = name.matches('/').count() <= MAX_DEPTH;
    is_shallow && [".csv", ".tsv"].iter().any(|end| name.ends_with(end))
}

fn is_of_no_kind(file: &FileOutcome) -> bool {
    let is_quiet = |problem: &Problem| is_of_other_kind(problem.code);
    file.runs.is_empty() && file.others.is_empty() && file.problems.iter().any(is_quiet)
}

fn is_of_other_kind(code: Code) -> bool {
    matches!(
        code,
        Code::OtherFile | Code::UnknownKind | Code::NotAnActivity
    )
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
        is_refused: true,
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
