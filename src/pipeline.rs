//! The straight line: find the recordings, read them, read the pain log, analyse, write the report.

use crate::{
    analysis::{Analysis, DayFrom, Tally},
    associate::{self, Association},
    athlete,
    backtest::{self, Backtest, watch::Watch},
    config::{Config, HeartRate, Judging},
    course::{self, Back, Course, Lines, ThisWeek},
    error::Error,
    exports::{self, EXPORTS},
    frames::{self, Calendar, Frames},
    ingest::{self, FileOutcome, Ingested, Progress, cache::Cache},
    logbook,
    merge::{self, Merged},
    model::{History, Run},
    option::{AS_OF, CACHE},
    pain::{self, PainLog},
    problem::{Code, Problem},
    report::{self, Summary},
    rules::{self, Context, Finding, NotJudged},
    source::{self, Discovered},
};
use chrono::NaiveDate;
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// The cache's file in its folder.
const CACHE_FILE: &str = "niggle-cache.bin";

/// Everything, from files to files.
///
/// # Errors
/// Only what leaves nothing to report: no input, no run, a named pain log whose header cannot be understood, an output that cannot
/// be written.
pub fn run(config: &Config, progress: &dyn Progress) -> Result<Summary, Error> {
    let cache_file = config.cache.as_ref().map(|folder| folder.join(CACHE_FILE));
    let found = source::discover(&config.inputs, &own_files(config, cache_file.as_deref()))?;
    logbook::check_named(config)?;
    let output = report::prepare(&config.output, report::REPORT)?;
    let read = read(found, cache_file.as_deref(), config, progress)?;
    let (analysis, frames) = analyze(read.ingested, read.pain, &config.judging)
        .map_err(|error| looked_in(error, &config.inputs))?;
    if progress.interrupted() {
        return Err(Error::Interrupted);
    }
    let summary = report::write(&analysis, &frames, &output, config.pages)?;
    Ok(Summary {
        notices: read.notices,
        ..summary
    })
}

/// What is no recording wherever it lies: the report, the log and the cache.
fn own_files<'c>(config: &'c Config, cache_file: Option<&'c Path>) -> Vec<&'c Path> {
    let output = Some(config.output.as_path());
    let all = [output, config.pain_log.as_deref(), cache_file];
    all.into_iter().flatten().collect()
}

/// The same line without a report: what one of several runners comes to.
///
/// # Errors
/// As [`run`], but for the output.
pub fn look(config: &Config, progress: &dyn Progress) -> Result<Analysis, Error> {
    let found = source::discover(&config.inputs, &[&config.output])?;
    let read = read(found, None, config, progress)?;
    analyze(read.ingested, read.pain, &config.judging).map(|(analysis, _)| analysis)
}

/// What is known before anything is judged.
pub struct Recorded {
    /// The calendar.
    pub history: History,
    /// The pain log.
    pub pain: PainLog,
    /// Where the last known day is from.
    pub day_from: DayFrom,
    /// What went wrong with the cache.
    pub notices: Vec<String>,
}

/// The first half of the line, with the cache, up to what the rules judge.
///
/// # Errors
/// As [`run`], but for the output.
pub fn recorded(config: &Config, progress: &dyn Progress) -> Result<Recorded, Error> {
    let cache_file = config.cache.as_ref().map(|folder| folder.join(CACHE_FILE));
    let found = source::discover(&config.inputs, &own_files(config, cache_file.as_deref()))?;
    logbook::check_named(config)?;
    let read = read(found, cache_file.as_deref(), config, progress)?;
    let (options, pain) = (&config.judging, read.pain);
    let mut merged =
        merged(read.ingested, options.as_of).map_err(|error| looked_in(error, &config.inputs))?;
    complete(&mut merged, &pain, options.heart_rate);
    let calendar = calendar(&merged, &pain, options.as_of);
    let (_, history) = frames::build(merged.runs, merged.others, &calendar)?;
    Ok(Recorded {
        history,
        pain,
        day_from: day_from(options),
        notices: read.notices,
    })
}

/// One activity once; there is a run among them.
fn merged(ingested: Ingested, as_of: Option<NaiveDate>) -> Result<Merged, Error> {
    let merged = merge::one_activity_once(ingested, as_of);
    match merged.runs.is_empty() {
        true => Err(no_activity(&merged.files)),
        false => Ok(merged),
    }
}

/// Everything that was read.
struct Read {
    ingested: Ingested,
    pain: PainLog,
    /// What went wrong with the cache.
    notices: Vec<String>,
}

/// Recordings, then the pain log, of which some are only found in archives. What was found goes here: it is as long as a history.
fn read(
    found: Discovered,
    cache_file: Option<&Path>,
    config: &Config,
    progress: &dyn Progress,
) -> Result<Read, Error> {
    let (mut ingested, notices) = ingest_with(cache_file, &found, config, progress)?;
    let pain = logbook::read(config, &found, &mut ingested)?;
    Ok(Read {
        ingested,
        pain,
        notices,
    })
}

/// Reads everything, with the cache if there is to be one. What is wrong with a cache costs time and never a report: it is told, and
/// the report does not depend on it.
fn ingest_with(
    cache_file: Option<&Path>,
    found: &Discovered,
    config: &Config,
    progress: &dyn Progress,
) -> Result<(Ingested, Vec<String>), Error> {
    let anew = || ingest::read_all(found, &config.ingest, progress);
    let Some(file) = cache_file else {
        return Ok((anew()?, Vec::new()));
    };
    if let Some(notice) = no_folder(file) {
        return Ok((anew()?, vec![notice]));
    }
    let (cache, damaged) = open_cache(file, &config.ingest);
    let ingested = ingest::read_all_with(found, &config.ingest, Some(&cache), progress)?;
    let notices = damaged.into_iter().chain(keep_cache(file, &cache));
    Ok((ingested, notices.collect()))
}

/// What to say where a file stands in the way of the cache's folder.
fn no_folder(file: &Path) -> Option<String> {
    let taken = file.ancestors().skip(1).find(|folder| folder.is_file())?;
    let taken = taken.display();
    Some(format!(
        "{CACHE}: {taken} is a file; every file was read anew and nothing was kept. Give a folder."
    ))
}

/// The cache as it was kept, else a new one, and what to say of one that cannot be used.
fn open_cache(file: &Path, reading: &ingest::Options) -> (Cache, Option<String>) {
    let options = ingest::cache_options(reading);
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
        file.display()
    )
}

/// Keeps the cache for the next report, or says that it could not be kept.
fn keep_cache(file: &Path, cache: &Cache) -> Option<String> {
    let error = report::replace(file, &cache.bytes()).err()?;
    Some(format!(
        "{error} The next report will take as long as this one."
    ))
}

/// The pure middle: same inputs, same outcome. No clock, no files, no environment, and no matter how many threads.
///
/// # Errors
/// [`Error::NoActivity`] when no input holds a run.
pub fn analyze(
    ingested: Ingested,
    pain: PainLog,
    options: &Judging,
) -> Result<(Analysis, Frames), Error> {
    let digest = ingested.digest().with(pain.digest);
    let mut merged = merged(ingested, options.as_of)?;
    let heart_rate_basis = complete(&mut merged, &pain, options.heart_rate);
    let calendar = calendar(&merged, &pain, options.as_of);
    let (frames, history) = frames::build(merged.runs, merged.others, &calendar)?;
    let judged = judge(&history, &pain, options);
    let analysis = Analysis {
        history,
        day_from: day_from(options),
        findings: judged.findings,
        not_judged: judged.not_judged,
        associations: judged.associations,
        backtest: judged.backtest,
        watch: judged.watch,
        courses: judged.courses,
        back: judged.back,
        week: judged.week,
        lines: judged.lines,
        merges: merged.merges,
        shoes: merged.shoes,
        digest,
        tally: Tally::of(&merged.files),
        problems: all_problems(merged.files, &pain),
        pain,
        units: options.units,
        limits: options.limits.clone(),
        emergency_number: options.emergency_number.clone(),
        heart_rate_basis,
    };
    Ok((analysis, frames))
}

/// Every problem of the recordings and of the log, by place.
fn all_problems(files: Vec<FileOutcome>, pain: &PainLog) -> Vec<Problem> {
    let of_files = files.into_iter().flat_map(|file| file.problems);
    let mut problems: Vec<Problem> = of_files.chain(pain.problems.iter().cloned()).collect();
    problems.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    problems
}

/// Gives the activities what is beyond their recordings, and says what TRIMP was computed with.
fn complete(merged: &mut Merged, pain: &PainLog, given: HeartRate) -> String {
    let (runs, others) = (&mut merged.runs, &mut merged.others);
    athlete::complete(runs, others, pain, given, merged.athlete)
}

/// Every day up to the one that the report speaks from.
fn calendar(merged: &Merged, pain: &PainLog, as_of: Option<NaiveDate>) -> Calendar {
    let as_of = as_of.unwrap_or_else(|| last_recorded_day(&merged.runs, pain));
    let sleep_s = athlete::sleep(pain, merged.sleep_s.clone());
    Calendar::new(&merged.runs, &pain::daily_max(pain), as_of).beside(&merged.others, &sleep_s)
}

/// What the history and the log come to together.
struct Judged {
    findings: Vec<Finding>,
    not_judged: Vec<NotJudged>,
    associations: Vec<Association>,
    backtest: Backtest,
    watch: Watch,
    courses: Vec<Course>,
    back: Option<Back>,
    week: ThisWeek,
    lines: Lines,
}

fn judge(history: &History, pain: &PainLog, options: &Judging) -> Judged {
    let context =
        Context::new(history, pain, options.units).with(&options.limits, &options.emergency_number);
    let mut judged = rules::judge(&context);
    let mut associations = associate::associate(history, pain);
    let mut backtest = backtest::backtest(&context, &judged.findings);
    // One family: a q allows for every test of the report, so what it decides comes last.
    backtest::one_family(&mut associations, &mut backtest);
    judged.hear_links(&associations);
    let (findings, not_judged) = judged.sorted();
    let watch = backtest::watch::watch(&context, &findings);
    Judged {
        courses: course::courses(history, pain, &findings),
        back: course::back::back(&context),
        week: course::week::week(history, &watch),
        lines: course::lines::lines(history, &findings),
        watch,
        findings,
        not_judged,
        associations,
        backtest,
    }
}

fn day_from(options: &Judging) -> DayFrom {
    match (options.as_of, options.as_of_today) {
        (None, _) => DayFrom::LastRecord,
        (Some(_), false) => DayFrom::Given,
        (Some(_), true) => DayFrom::Clock,
    }
}

/// The last day with a run or a pain row.
fn last_recorded_day(runs: &[Run], pain: &PainLog) -> NaiveDate {
    runs.iter()
        .map(Run::local_date)
        .chain(rules::ladder::last_day(pain))
        .max()
        .unwrap_or_default()
}

fn no_activity(files: &[FileOutcome]) -> Error {
    Error::NoActivity {
        inputs: files.len(),
        hint: why_no_activity(files),
    }
}

/// The commonest reason and what to do.
fn why_no_activity(files: &[FileOutcome]) -> String {
    let problems = || files.iter().flat_map(|file| &file.problems);
    let is_later = |problem: &&Problem| problem.code == Code::AfterAsOf;
    let later = problems().filter(is_later).count();
    if later > 0 {
        return format!("{later} lie after the day given with {AS_OF}.");
    }
    // That a service's sessions are not read says more than what lies beside them.
    let of_service = problems().find(|problem| problem.code == Code::ExportUnread);
    of_service
        .or_else(|| problems().max_by_key(|problem| problem.effect))
        .map_or_else(what_to_give, said_first)
}

/// A file of another kind is nothing to care about among recordings, but it is where there are none.
fn said_first(problem: &Problem) -> String {
    match problem.code {
        Code::OtherFile | Code::UnknownKind => nothing_known(problem),
        Code::ArchiveEncrypted => locked(problem),
        _ => problem.line(),
    }
}

/// What to do when nothing was a recording.
fn what_to_give() -> String {
    let services: Vec<&str> = EXPORTS.iter().map(|export| export.service).collect();
    let services = services.join(", ");
    format!(
        "Give niggle FIT, GPX or TCX files, a folder or zip of them, or the export of an account ({services})."
    )
}

/// A locked archive still shows its names, and by them its service.
fn locked(problem: &Problem) -> String {
    match exports::layout_of(problem.file()) {
        Some(layout) => format!(
            "{} It is of {}'s export: unpack it with the password you chose when you asked for it (7-Zip can, where the system \
             cannot), and give niggle the folder.",
            problem.line(),
            layout.service
        ),
        None => problem.line(),
    }
}

fn nothing_known(problem: &Problem) -> String {
    let is_called_zip = problem.place.to_lowercase().ends_with(".zip");
    let zip = if is_called_zip {
        "it is not a zip, whatever its name; "
    } else {
        ""
    };
    format!(
        "{}: {zip}{}. {}",
        problem.place,
        problem.detail,
        what_to_give()
    )
}

/// Where there was nothing at all, the places that were looked in are what helps.
fn looked_in(error: Error, inputs: &[PathBuf]) -> Error {
    match error {
        Error::NoActivity { inputs: 0, hint } => Error::NoActivity {
            inputs: 0,
            hint: format!("{} {hint}", empty_places(inputs)),
        },
        other => other,
    }
}

fn empty_places(inputs: &[PathBuf]) -> String {
    let places = inputs.iter().map(|input| input.display().to_string());
    let places: Vec<String> = places.collect();
    format!("There is no recording in {}.", places.join(", "))
}
