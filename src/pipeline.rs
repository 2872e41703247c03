//! The straight line: find the recordings, read them, read the pain log, analyse, write the report.

use crate::{
    analysis::{Analysis, DayFrom, Tally},
    associate::{self, Association, Wider},
    athlete,
    backtest::{self, Backtest, watch::Watch},
    config::{Config, HeartRate, Judging},
    course::{self, Back, Course, Lines, ThisWeek},
    digest::Digest,
    error::Error,
    exports::Shoe,
    frames::{self, Calendar, Frames},
    ingest::{self, FileOutcome, Ingested, Progress, cache::Cache},
    logbook,
    merge::{self, Merged},
    model::{History, Merge, Run},
    option::CACHE,
    pain::{self, Entry, PainLog},
    problem::Problem,
    report::{self, Form, Gate, Summary, Tables},
    rules::{self, Context, Finding, NotJudged},
    source::{self, Discovered},
};
use chrono::NaiveDate;
use std::{
    collections::BTreeSet,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// The cache's file in its folder.
const CACHE_FILE: &str = "niggle-cache.bin";

/// Everything, from files to files.
///
/// # Errors
/// Only what leaves nothing to report: no input, neither a run nor a row about pain, a named pain log whose header cannot be
/// understood, a named baseline that cannot be read, an output that cannot be written.
pub fn run(config: &Config, progress: &dyn Progress) -> Result<Summary, Error> {
    let found = find(config)?;
    let baseline = config.baseline.as_deref();
    let named = baseline.map(report::read_named).transpose()?;
    let output = report::prepare(&config.output, report::REPORT)?;
    let read = read(found.inputs, found.cache_file.as_deref(), config, progress)?;
    let (analysis, frames) = analyze(read.ingested, read.pain, &config.judging)
        .map_err(|error| looked_in(error, &config.inputs))?;
    if progress.interrupted() {
        return Err(Error::Interrupted);
    }
    let baseline = baseline.zip(named.as_ref());
    let summary = report::write(&analysis, &frames, &output, config.pages, baseline)?;
    Ok(Summary {
        notices: read.notices,
        ..summary
    })
}

/// What there is to read, before anything is.
struct Found {
    inputs: Discovered,
    cache_file: Option<PathBuf>,
}

/// Looks for inputs, and whether a log that was named can be used.
fn find(config: &Config) -> Result<Found, Error> {
    let cache_file = config.cache.as_ref().map(|folder| folder.join(CACHE_FILE));
    let inputs = source::discover(&config.inputs, &own_files(config, cache_file.as_deref()))?;
    logbook::check_named(config)?;
    Ok(Found { inputs, cache_file })
}

/// What `niggle tables` came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablesSummary {
    /// How many runs.
    pub runs: usize,
    /// Days with a pain rating.
    pub days_logged: usize,
    /// What became of the inputs.
    pub tally: Tally,
    /// What went wrong beside the tables.
    pub notices: Vec<String>,
}

/// The same line as far as the calendar, from files to tables: no rule speaks, no statistic is computed and nothing is drawn.
///
/// # Errors
/// As [`run`].
pub fn tables(
    config: &Config,
    form: Form,
    progress: &dyn Progress,
) -> Result<TablesSummary, Error> {
    let found = find(config)?;
    let output = report::prepare(&config.output, report::TABLES)?;
    let read = read(found.inputs, found.cache_file.as_deref(), config, progress)?;
    let laid = heard(read.ingested, &read.pain, &config.judging)
        .and_then(|merged| lay_out(merged, &read.pain, &config.judging))
        .map_err(|error| looked_in(error, &config.inputs))?;
    if progress.interrupted() {
        return Err(Error::Interrupted);
    }
    report::write_tables(laid.tables(&read.pain), laid.digest, form, &output)?;
    Ok(TablesSummary {
        runs: laid.history.runs.len(),
        days_logged: laid.history.days_logged(),
        tally: laid.tally,
        notices: read.notices,
    })
}

impl Laid {
    fn tables<'a>(&'a self, pain: &'a PainLog) -> Tables<'a> {
        Tables {
            history: &self.history,
            frames: &self.frames,
            pain,
            merges: &self.merges,
            problems: &self.problems,
        }
    }
}

/// The findings for programs.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The text of `findings.json`.
    pub findings: String,
    /// The page to open; None where no folder was written.
    pub report: Option<PathBuf>,
    /// What a machine decides by.
    pub gate: Gate,
    /// What went wrong beside them.
    pub notices: Vec<String>,
}

/// As [`run`], and the text of `findings.json` as it was written.
///
/// # Errors
/// As [`run`].
pub fn run_and_tell(config: &Config, progress: &dyn Progress) -> Result<Told, Error> {
    let summary = run(config, progress)?;
    let path = config.output.join(report::REPORT);
    let findings = std::fs::read_to_string(&path);
    Ok(Told {
        findings: findings.map_err(|error| Error::Output { path, error })?,
        report: Some(summary.report),
        gate: summary.gate,
        notices: summary.notices,
    })
}

/// Everything, from files to the text of `findings.json`: no folder is looked at or written.
///
/// # Errors
/// As [`run`], but for the output.
pub fn tell(config: &Config, progress: &dyn Progress) -> Result<Told, Error> {
    let found = find(config)?;
    let named = config.baseline.as_deref();
    let named = named.map(report::read_named).transpose()?;
    let read = read(found.inputs, found.cache_file.as_deref(), config, progress)?;
    let (analysis, _) = analyze(read.ingested, read.pain, &config.judging)
        .map_err(|error| looked_in(error, &config.inputs))?;
    if progress.interrupted() {
        return Err(Error::Interrupted);
    }
    let baseline = config.baseline.as_deref().zip(named.as_ref());
    let (findings, gate) = report::findings(&analysis, baseline)?;
    Ok(Told {
        findings,
        report: None,
        gate,
        notices: read.notices,
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
/// As [`run`], but for the output; and [`Error::NoActivity`] where there is no run, whatever the log holds.
pub fn look(config: &Config, progress: &dyn Progress) -> Result<Analysis, Error> {
    let found = source::discover(&config.inputs, &[&config.output])?;
    let read = read(found, None, config, progress)?;
    let laid = with_runs(read.ingested, &read.pain, &config.judging)?;
    Ok(judged(laid, read.pain, &config.judging).0)
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
    let found = find(config)?;
    let read = read(found.inputs, found.cache_file.as_deref(), config, progress)?;
    let laid = with_runs(read.ingested, &read.pain, &config.judging)
        .map_err(|error| looked_in(error, &config.inputs))?;
    Ok(Recorded {
        history: laid.history,
        pain: read.pain,
        day_from: day_from(&config.judging),
        notices: read.notices,
    })
}

/// The runs on their calendar, where there are any: of a log alone there is a report, but nothing to set its pain beside.
///
/// # Errors
/// [`Error::NoActivity`] where there is no run, whatever the log holds.
fn with_runs(ingested: Ingested, pain: &PainLog, options: &Judging) -> Result<Laid, Error> {
    let merged = merge::one_activity_once(ingested, options.as_of);
    match merged.runs.is_empty() {
        true => Err(no_activity(&merged, pain)),
        false => lay_out(merged, pain, options),
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
/// [`Error::NoActivity`] when no input holds a run and no row of the log tells of pain.
pub fn analyze(
    ingested: Ingested,
    pain: PainLog,
    options: &Judging,
) -> Result<(Analysis, Frames), Error> {
    let laid = lay_out(heard(ingested, &pain, options)?, &pain, options)?;
    Ok(judged(laid, pain, options))
}

/// One activity once, where there is anything to report.
///
/// # Errors
/// As [`analyze`].
fn heard(ingested: Ingested, pain: &PainLog, options: &Judging) -> Result<Merged, Error> {
    let merged = merge::one_activity_once(ingested, options.as_of);
    // Red flags need only the log: whoever had to stop running must be heard.
    match merged.runs.is_empty() && !pain.entries.iter().any(tells_of_pain) {
        true => Err(no_activity(&merged, pain)),
        false => Ok(merged),
    }
}

/// Whether the row says how the body is, if only that nothing hurts. One about sleep or shoes does not.
fn tells_of_pain(entry: &Entry) -> bool {
    rules::triage::is_about_the_body(entry) || entry.ostrc().iter().any(Option::is_some)
}

/// What the laid out history comes to, judged.
fn judged(laid: Laid, pain: PainLog, options: &Judging) -> (Analysis, Frames) {
    let judged = judge(&laid.history, &pain, options);
    let analysis = Analysis {
        history: laid.history,
        day_from: day_from(options),
        findings: judged.findings,
        not_judged: judged.not_judged,
        associations: judged.associations,
        wider: judged.wider,
        backtest: judged.backtest,
        watch: judged.watch,
        courses: judged.courses,
        back: judged.back,
        week: judged.week,
        lines: judged.lines,
        merges: laid.merges,
        shoes: laid.shoes,
        digest: laid.digest,
        tally: laid.tally,
        problems: laid.problems,
        pain,
        units: options.units,
        limits: options.limits.clone(),
        emergency_number: options.emergency_number.clone(),
        heart_rate_basis: laid.heart_rate_basis,
    };
    (analysis, laid.frames)
}

/// The runs on their calendar, before anything is judged: what the tables are made of.
struct Laid {
    history: History,
    frames: Frames,
    merges: Vec<Merge>,
    shoes: Vec<Shoe>,
    digest: Digest,
    tally: Tally,
    problems: Vec<Problem>,
    heart_rate_basis: String,
}

/// Lays the runs and the log on one calendar.
///
/// # Errors
/// As [`analyze`].
fn lay_out(mut merged: Merged, pain: &PainLog, options: &Judging) -> Result<Laid, Error> {
    let digest = merged.digest.with(pain.digest);
    let heart_rate_basis = complete(&mut merged, pain, options.heart_rate);
    let calendar = calendar(&merged, pain, options.as_of);
    let (frames, history) = frames::build(merged.runs, merged.others, &calendar)?;
    Ok(Laid {
        history,
        frames,
        merges: merged.merges,
        shoes: merged.shoes,
        digest,
        tally: Tally::of(&merged.files),
        problems: all_problems(merged.files, pain),
        heart_rate_basis,
    })
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
    let pain_max = pain::daily_max(pain);
    let calendar = match merged.runs.is_empty() {
        true => Calendar::of_log(&days_with_a_row(pain), &pain_max, as_of),
        false => Calendar::new(&merged.runs, &pain_max, as_of),
    };
    calendar.beside(&merged.others, &sleep_s)
}

fn days_with_a_row(pain: &PainLog) -> BTreeSet<NaiveDate> {
    pain.entries.iter().map(|entry| entry.date).collect()
}

/// What the history and the log come to together.
struct Judged {
    findings: Vec<Finding>,
    not_judged: Vec<NotJudged>,
    associations: Vec<Association>,
    wider: Wider,
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
    let bar = backtest::bar(&associations, &backtest);
    associate::hold(&mut associations, history, pain, bar);
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
        wider: associate::wider(history, pain),
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

/// Why there is nothing to report: of the log, then of the recordings.
fn no_activity(merged: &Merged, pain: &PainLog) -> Error {
    let files = merged.files.iter();
    let problems: Vec<&Problem> = files.flat_map(|file| &file.problems).collect();
    let of_log = report::why_no_pain(pain, &problems);
    let why_no_run = report::why_no_run(&problems, merged.others.len());
    let why = of_log.into_iter().chain([why_no_run]);
    Error::NoActivity {
        inputs: merged.files.len(),
        hint: why.collect::<Vec<_>>().join(" "),
    }
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
