//! The straight line: find the recordings, read them, read the pain log, analyse, write the report.

use crate::{
    analysis::{Analysis, DayFrom, Tally},
    associate, athlete, backtest,
    config::{Config, Judging},
    error::Error,
    frames::{self, Calendar, Frames},
    ingest::{self, FileOutcome, Ingested, Progress, cache::Cache},
    logbook,
    merge::{self, Merged},
    model::Run,
    option::{AS_OF, CACHE},
    pain::{self, PainLog},
    problem::{Code, Problem},
    report::{self, Summary},
    rules::{self, Context},
    source::{self, Discovered},
};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// The cache's file in its folder.
const CACHE_FILE: &str = "niggle-cache.bin";

/// Everything, from files to files.
///
/// # Errors
/// Only what leaves nothing to report: no input, no run, a named pain log whose header cannot be understood, an output that cannot
/// be written.
pub fn run(config: &Config, progress: &dyn Progress) -> Result<Summary, Error> {
    let cache_file = config.cache.as_ref().map(|folder| folder.join(CACHE_FILE));
    let leave_out = [
        Some(config.output.as_path()),
        config.pain_log.as_deref(),
        cache_file.as_deref(),
    ];
    let found = source::discover(
        &config.inputs,
        &leave_out.into_iter().flatten().collect::<Vec<_>>(),
    )?;
    logbook::check_named(config)?;
    let output = report::prepare(&config.output, report::REPORT)?;
    let read = read(found, cache_file.as_deref(), config, progress)?;
    let (analysis, frames) = analyze(read.ingested, read.pain, &config.judging)
        .map_err(|error| looked_in(error, &config.inputs))?;
    if progress.interrupted() {
        return Err(Error::Interrupted);
    }
    let summary = report::write(&analysis, &frames, &output)?;
    Ok(Summary {
        notices: read.notices,
        ..summary
    })
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
    let Some(file) = cache_file else {
        return Ok((
            ingest::read_all(found, &config.ingest, progress)?,
            Vec::new(),
        ));
    };
    if let Some(taken) = file.ancestors().skip(1).find(|folder| folder.is_file()) {
        let taken = taken.display();
        let notice = format!(
            "{CACHE}: {taken} is a file; every file was read anew and nothing was kept. Give a folder."
        );
        return Ok((
            ingest::read_all(found, &config.ingest, progress)?,
            vec![notice],
        ));
    }
    let mut notices = Vec::new();
    let options = ingest::cache_options(&config.ingest);
    let cache = match std::fs::read(file) {
        Ok(bytes) => Cache::with(&options, bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(Cache::new(&options)),
        Err(_) => None,
    };
    let cache = cache.unwrap_or_else(|| {
        notices.push(format!(
            "{}: not a whole cache of niggle's; every file was read anew.",
            file.display()
        ));
        Cache::new(&options)
    });
    let ingested = ingest::read_all_with(found, &config.ingest, Some(&cache), progress)?;
    if let Err(error) = report::replace(file, &cache.bytes()) {
        notices.push(format!(
            "{error} The next report will take as long as this one."
        ));
    }
    Ok((ingested, notices))
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
    let Merged {
        mut runs,
        mut others,
        merges,
        sleep_s,
        athlete,
        shoes,
        files,
    } = merge::one_activity_once(ingested, options.as_of);
    if runs.is_empty() {
        return Err(no_activity(&files));
    }
    let tally = Tally::of(&files);
    let mut problems: Vec<Problem> = files
        .into_iter()
        .flat_map(|file| file.problems)
        .chain(pain.problems.iter().cloned())
        .collect();
    problems.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    let heart_rate_basis =
        athlete::complete(&mut runs, &mut others, &pain, options.heart_rate, athlete);
    let as_of = options
        .as_of
        .unwrap_or_else(|| last_recorded_day(&runs, &pain));
    let sleep_s = athlete::sleep(&pain, sleep_s);
    let calendar = Calendar::new(&runs, &pain::daily_max(&pain), as_of).beside(&others, &sleep_s);
    let (frames, history) = frames::build(runs, others, &calendar)?;
    let context = Context::new(&history, &pain, options.units)
        .with(&options.limits, &options.emergency_number);
    let mut judged = rules::judge(&context);
    let mut associations = associate::associate(&history, &pain);
    let mut backtest = backtest::backtest(&context, &judged.findings);
    // One family: a q allows for every test of the report, so what it decides comes last.
    backtest::one_family(&mut associations, &mut backtest);
    judged.hear_links(&associations);
    let (findings, not_judged) = judged.sorted();
    let watch = backtest::watch::watch(&context, &findings);
    let units = options.units;
    let day_from = match (options.as_of, options.as_of_today) {
        (None, _) => DayFrom::LastRecord,
        (Some(_), false) => DayFrom::Given,
        (Some(_), true) => DayFrom::Clock,
    };
    let analysis = Analysis {
        history,
        day_from,
        pain,
        findings,
        not_judged,
        associations,
        backtest,
        watch,
        merges,
        shoes,
        problems,
        tally,
        units,
        limits: options.limits.clone(),
        emergency_number: options.emergency_number.clone(),
        heart_rate_basis,
    };
    Ok((analysis, frames))
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
    let problems = || files.iter().flat_map(|file| &file.problems);
    let later = problems()
        .filter(|problem| problem.code == Code::AfterAsOf)
        .count();
    let hint = match problems().max_by_key(|problem| problem.effect) {
        _ if later > 0 => format!("{later} lie after the day given with {AS_OF}."),
        Some(first) if matches!(first.code, Code::OtherFile | Code::UnknownKind) => {
            nothing_known(first)
        }
        Some(first) => first.line(),
        None => WHAT_TO_GIVE.to_string(),
    };
    Error::NoActivity {
        inputs: files.len(),
        hint,
    }
}

/// What to do when nothing was a recording.
const WHAT_TO_GIVE: &str = "Give niggle FIT, GPX or TCX files, a folder or zip of them, or the export of a Garmin or Strava account.";

/// A file of another kind is nothing to care about among recordings, but it is where there are none.
fn nothing_known(problem: &Problem) -> String {
    let is_called_zip = problem.place.to_lowercase().ends_with(".zip");
    let zip = if is_called_zip {
        "it is not a zip, whatever its name; "
    } else {
        ""
    };
    format!("{}: {zip}{}. {WHAT_TO_GIVE}", problem.place, problem.detail)
}

/// Where there was nothing at all, the places that were looked in are what helps.
fn looked_in(error: Error, inputs: &[PathBuf]) -> Error {
    match error {
        Error::NoActivity { inputs: 0, hint } => {
            let places: Vec<String> = inputs
                .iter()
                .map(|input| input.display().to_string())
                .collect();
            let empty = format!("There is no recording in {}.", places.join(", "));
            Error::NoActivity {
                inputs: 0,
                hint: format!("{empty} {hint}"),
            }
        }
        other => other,
    }
}
