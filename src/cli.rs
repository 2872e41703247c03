//! The command line. The one home of clap.

use crate::{
    cohort,
    config::{Config, HeartRate, Judging},
    error::Error,
    ingest::{self, OpenSport},
    inspect::{self, Show},
    logbook,
    model::Sex,
    pain::{self, NamedColumn},
    pipeline,
    progress::Terminal,
    report::{self, Summary, loudness, text},
    rules::{EmergencyNumber, Limits, handbook, ladder, limits::no_such_rule},
    source,
    units::{Units, counted},
    verify::{self, Verdict},
};
use chrono::NaiveDate;
use chrono_tz::{TZ_VARIANTS, Tz};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// niggle reads a runner's recordings and pain log and reports what deserves attention. Offline; it cannot examine you.
#[derive(Debug, Parser)]
#[command(name = "niggle", version, about, after_long_help = AFTER_HELP)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  niggle report my_export --pain pain.csv --out my_report
  niggle cohort club --out club_report
  niggle pain init pain.csv
  niggle pain check pain.csv
  niggle rules single-run-spike
  niggle inspect long_run.fit

Exit codes:
  0 done (flagged and skipped files are listed)   2 usage, configuration, unreadable input
  4 output cannot be written                      5 no usable run; inspect: nothing niggle knows;
                                                  verify: nothing to compare
  130 interrupted";

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads recordings and a pain log and writes a report.
    Report(ReportArgs),
    /// Reads several runners, one in each folder, and says whether load and pain go together within them.
    Cohort(CohortArgs),
    /// Helps with the pain log.
    #[command(subcommand)]
    Pain(PainCommand),
    /// Decodes recordings a second time with fitparser or gpx and lists every disagreement.
    Verify {
        /// Files and folders of recordings.
        #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
        inputs: Vec<PathBuf>,
    },
    /// Says what files hold, what niggle derives from them and where that is from. Positions are counted, never shown; titles
    /// only when asked for.
    Inspect(InspectArgs),
    /// Lists the rules, or explains one.
    Rules {
        /// The rule's id.
        id: Option<String>,
        /// As JSON, for scripts.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
struct ReportArgs {
    /// FIT, GPX and TCX recordings, gzipped or not, folders and zips of them, and exports of Garmin and Strava accounts, unpacked
    /// or as the zip they come in. A pain.csv or pain_log.csv inside is found by itself.
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    /// The pain log.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pain: Option<PathBuf>,
    /// The folder to write.
    #[arg(long, visible_alias = "output", value_name = "DIR", default_value = "niggle-report", value_hint = ValueHint::DirPath)]
    out: PathBuf,
    /// A folder for what recordings came to, so that the next report over the same files is faster.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    cache: Option<PathBuf>,
    /// Resting heart rate in beats/min, for TRIMP.
    #[arg(long, value_name = "BPM", value_parser = whole(25, 120))]
    heart_rate_rest: Option<u16>,
    /// Maximum heart rate in beats/min, for TRIMP.
    #[arg(long, value_name = "BPM", value_parser = whole(120, 240))]
    heart_rate_max: Option<u16>,
    /// Which constants TRIMP takes [default: what the watch stored].
    #[arg(long, value_enum)]
    sex: Option<SexArg>,
    /// Another limit for a rule, as single-run-spike.small-jump-percent=15; again for another. `niggle rules ID` names them.
    #[arg(long, value_name = "RULE.NAME=VALUE")]
    limit: Vec<String>,
    /// The number to name where the log asks for emergency care, as 112 [default: 112, 911 or 999].
    #[arg(long, value_name = "NUMBER", value_parser = str::parse::<EmergencyNumber>)]
    emergency_number: Option<EmergencyNumber>,
    #[command(flatten)]
    common: CommonArgs,
}

/// What a report and a cohort take alike.
#[derive(Debug, Args)]
struct CommonArgs {
    #[command(flatten)]
    reading: ReadingArgs,
    /// How distances are shown.
    #[arg(long, value_enum, default_value = "km")]
    units: UnitsArg,
    /// The day to report from, as 2025-10-31, or today, for which alone the clock is looked at [default: the last recorded day].
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<DayArg>,
    /// Worker threads [default: one a core].
    #[arg(long, value_name = "N", value_parser = whole(1, 256))]
    jobs: Option<u16>,
    #[command(flatten)]
    log: LogArgs,
    /// No progress and no summary.
    #[arg(long, short)]
    quiet: bool,
}

/// How a recording is read that leaves something open.
#[derive(Debug, Args)]
struct ReadingArgs {
    /// The zone of recordings that neither know theirs nor hold a position, as Europe/Berlin.
    #[arg(long, value_name = "ZONE", value_parser = timezone)]
    timezone: Option<Tz>,
    /// What a recording is that leaves its sport open: a run if it is as fast as one, always, or never.
    #[arg(long, value_enum, default_value = "by-speed", value_name = "WHAT")]
    open_sport: OpenSportArg,
}

impl ReadingArgs {
    fn options(&self, jobs: Option<u16>) -> ingest::Options {
        ingest::Options {
            jobs: jobs.map(usize::from),
            timezone: self.timezone,
            open_sport: match self.open_sport {
                OpenSportArg::BySpeed => OpenSport::BySpeed,
                OpenSportArg::Running => OpenSport::Running,
                OpenSportArg::Other => OpenSport::Other,
            },
        }
    }
}

#[derive(Debug, Args)]
struct CohortArgs {
    /// A folder with a folder or zip for each runner, each with recordings and a pain.csv or pain_log.csv of their own. The report
    /// names runners as these are named.
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    folder: PathBuf,
    /// The folder to write.
    #[arg(long, visible_alias = "output", value_name = "DIR", default_value = "niggle-cohort", value_hint = ValueHint::DirPath)]
    out: PathBuf,
    #[command(flatten)]
    common: CommonArgs,
}

#[derive(Debug, Args)]
struct InspectArgs {
    /// Recordings, files of account exports, archives, or folders of them.
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    /// The same as one JSON document, a list of files.
    #[arg(long)]
    json: bool,
    /// Show titles too: many begin with the town, so do not paste them where others read.
    #[arg(long)]
    titles: bool,
    /// Every FIT message as fitparser reads it, a JSON document a line. This shows positions and titles: do not paste it where
    /// others read.
    #[arg(long, conflicts_with_all = ["json", "titles"])]
    messages: bool,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// Findings named on the terminal; the report has them all.
const SHOWN: usize = 6;

/// How the pain log is to be read.
#[derive(Debug, Args)]
struct LogArgs {
    /// The order of day, month and year in the pain log, where its dates can be read in two ways.
    #[arg(long, value_enum, value_name = "ORDER")]
    date_order: Option<DateOrderArg>,
    /// The scale of the pain log's ratings, where neither its header nor its cells tell: 0-10, 0-5, 1-5, 1-10, 0-100, or 1-4
    /// (none, niggle, poor, injured).
    #[arg(long, value_name = "SCALE", value_parser = str::parse::<pain::Scale>)]
    pain_scale: Option<pain::Scale>,
    /// What a column of the pain log is, as pain="How bad is it?"; again for another. Roles: date, moment, time, site, side, pain,
    /// notes and the other columns of niggle's own log, any_pain, others, athlete, ignore.
    #[arg(long, value_name = "ROLE=NAME", value_parser = NamedColumn::parse)]
    column: Vec<NamedColumn>,
    /// Whose rows count, in a pain log of several people.
    #[arg(long, value_name = "NAME")]
    athlete: Option<String>,
    /// RPE in the pain log is on Borg's 6–20 scale.
    #[arg(long)]
    borg: bool,
}

#[derive(Debug, Subcommand)]
enum PainCommand {
    /// Writes a pain log to start from, and pain-help.md beside it, which explains it.
    Init {
        /// Where to write it; an existing file is left alone.
        #[arg(default_value = "pain.csv", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Five columns: date, moment, site, pain, notes.
        #[arg(long)]
        simple: bool,
        /// The scale you rate on, if not 0 to 10; the log remembers it.
        #[arg(long, value_name = "SCALE", value_parser = str::parse::<pain::Scale>)]
        pain_scale: Option<pain::Scale>,
    },
    /// Says what niggle understands of a pain log.
    Check {
        /// The pain log.
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// As JSON, for scripts.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        log: LogArgs,
    },
}

/// The day of `--as-of`, read once, so that a report speaks from one day.
#[derive(Debug, Clone, Copy)]
struct DayArg {
    date: NaiveDate,
    /// It was asked for as `today`.
    is_today: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum UnitsArg {
    Km,
    Mi,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OpenSportArg {
    BySpeed,
    Running,
    Other,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SexArg {
    Female,
    Male,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DateOrderArg {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// Runs the command and returns the exit code. Everything a person should read goes to standard output, errors to standard error.
pub fn run(cli: Cli) -> u8 {
    let done = match cli.command {
        Command::Report(args) => report(args),
        Command::Cohort(args) => several(args),
        Command::Pain(PainCommand::Init { file, simple, pain_scale }) => pain_init(&file, simple, pain_scale),
        Command::Pain(PainCommand::Check { file, json, log }) => pain_check(file, json, &log),
        Command::Verify { inputs } => verify::recordings(&inputs).map(verdict_text),
        Command::Inspect(args) => match inspect(args) {
            Ok(code) => return code,
            Err(error) => Err(error),
        },
        Command::Rules { id, json } => rules(id.as_deref(), json),
    };
    match done {
        Ok(text) => say(&text),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "niggle: {}", text::printable(&error.to_string()));
            error.exit_code()
        }
    }
}

fn report(args: ReportArgs) -> Result<String, Error> {
    let quiet = args.common.quiet;
    let config = config(args)?;
    let progress = Terminal::new(quiet);
    let summary = pipeline::run(&config, &progress)?;
    for notice in &summary.notices {
        let _ = writeln!(std::io::stderr(), "niggle: {}", text::printable(notice));
    }
    Ok(if quiet { String::new() } else { summary_text(&summary) })
}

fn config(args: ReportArgs) -> Result<Config, Error> {
    let limits = Limits::parse(&args.limit).map_err(Error::Usage)?;
    Ok(Config {
        inputs: args.inputs,
        pain_log: args.pain,
        pain: pain_options(&args.common.log),
        output: args.out,
        cache: args.cache,
        ingest: args.common.reading.options(args.common.jobs),
        judging: Judging {
            heart_rate: HeartRate {
                rest_bpm: args.heart_rate_rest.map(f64::from),
                max_bpm: args.heart_rate_max.map(f64::from),
                sex: args.sex.map(|sex| match sex {
                    SexArg::Female => Sex::Female,
                    SexArg::Male => Sex::Male,
                }),
            },
            limits,
            emergency_number: args.emergency_number.unwrap_or_default(),
            ..judging(&args.common)
        },
    })
}

fn several(args: CohortArgs) -> Result<String, Error> {
    let config = Config {
        pain: pain_options(&args.common.log),
        output: args.out,
        ingest: args.common.reading.options(args.common.jobs),
        judging: judging(&args.common),
        ..Config::default()
    };
    let progress = |name: &str, number: usize, of: usize| -> Box<dyn ingest::Progress> {
        if !args.common.quiet {
            let _ = writeln!(std::io::stderr(), "runner {number} of {of}: {}", text::printable(name));
        }
        Box::new(Terminal::new(args.common.quiet))
    };
    let summary = cohort::run(&args.folder, &config, &progress)?;
    for notice in &summary.notices {
        let _ = writeln!(std::io::stderr(), "niggle: {}", text::printable(notice));
    }
    Ok(if args.common.quiet { String::new() } else { cohort_text(&summary) })
}

fn cohort_text(summary: &cohort::Summary) -> String {
    let mut out = format!(
        "{}, {} made.\n",
        counted(summary.runners, "runner takes part", "runners take part"),
        counted(summary.tests, "test was", "tests were")
    );
    let lines = summary.left_out.iter().map(|out| format!("{}: {}", out.runner, out.what));
    out.extend(lines.map(|line| format!("  left out: {}\n", text::printable(&line))));
    out.push_str(&format!("\nThe report is {}\n", summary.report.display()));
    out
}

fn units(arg: UnitsArg) -> Units {
    match arg {
        UnitsArg::Km => Units::Km,
        UnitsArg::Mi => Units::Mi,
    }
}

fn pain_options(args: &LogArgs) -> pain::Options {
    pain::Options {
        as_of: None,
        date_order: args.date_order.map(|order| match order {
            DateOrderArg::Dmy => pain::DateOrder::DayFirst,
            DateOrderArg::Mdy => pain::DateOrder::MonthFirst,
        }),
        scale: args.pain_scale,
        columns: args.column.clone(),
        athlete: args.athlete.clone(),
        borg: args.borg,
        ..pain::Options::default()
    }
}

/// A zone by its name in the time-zone database, whatever its capitals; a city alone is enough when only one zone has it.
fn timezone(text: &str) -> Result<Tz, String> {
    let wanted = text.to_lowercase();
    let exact = TZ_VARIANTS.iter().find(|zone| zone.name().to_lowercase() == wanted);
    let of_city: Vec<&Tz> =
        TZ_VARIANTS.iter().filter(|zone| zone.name().to_lowercase().rsplit('/').next() == Some(&wanted)).collect();
    match (exact, of_city.as_slice()) {
        (Some(zone), _) => Ok(*zone),
        (None, [zone]) => Ok(**zone),
        _ => Err("no such zone; zones are called like Europe/Berlin or America/New_York".to_string()),
    }
}

fn day(text: &str) -> Result<DayArg, String> {
    if text.trim().eq_ignore_ascii_case("today") {
        return Ok(DayArg { date: today(), is_today: true });
    }
    let wrong = |_| "a date is written year-month-day, as 2025-10-31, or as the word today".to_string();
    text.parse().map(|date| DayArg { date, is_today: false }).map_err(wrong)
}

/// The day on this machine's calendar.
#[expect(clippy::disallowed_methods, reason = "`--as-of today` asks for the clock, and nothing else does")]
fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

fn judging(common: &CommonArgs) -> Judging {
    Judging {
        as_of: common.as_of.map(|day| day.date),
        as_of_today: common.as_of.is_some_and(|day| day.is_today),
        units: units(common.units),
        ..Judging::default()
    }
}

/// Reads a whole number between the two, and says so of anything else.
fn whole(least: u16, most: u16) -> impl Fn(&str) -> Result<u16, String> + Clone {
    move |text| {
        let number = text.trim().parse().ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| format!("a whole number from {least} to {most} is expected"))
    }
}

fn pain_init(file: &Path, simple: bool, scale: Option<pain::Scale>) -> Result<String, Error> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    if matches!(ending.as_str(), "xlsx" | "xlsm" | "xls" | "ods") {
        let what = "niggle writes a CSV, which every spreadsheet opens: give it a name that ends in .csv";
        return Err(Error::Usage(format!("{}: {what}", file.display())));
    }
    let template = if simple { pain::Template::Simple } else { pain::Template::Full };
    report::write_new(file, template.log(scale).as_bytes())?;
    let help = file.with_file_name("pain-help.md");
    // A page that is there already may have been written into.
    let explained = if help.exists() || report::write_new(&help, pain::help().as_bytes()).is_ok() {
        format!("{} explains it", help.display())
    } else {
        "`niggle pain check` shows what it understands".to_string()
    };
    Ok(format!("{} is ready: open it in a spreadsheet or an editor, one row a moment. {explained}.\n", file.display()))
}

fn pain_check(file: PathBuf, json: bool, log: &LogArgs) -> Result<String, Error> {
    let found = source::one(&file)?;
    let log = logbook::one(&found, &pain_options(log))?;
    let now: Vec<pain::Now> = ladder::of_log(&log, &Limits::default(), &EmergencyNumber::default())
        .into_iter()
        .map(|(severity, message)| pain::Now { severity: severity.as_str(), loudness: loudness(severity), message })
        .collect();
    Ok(if json { pain::check_json(&log, &now) } else { pain::check_text(&log, &now) })
}

fn verdict_text(verdict: Verdict) -> String {
    let lines: String = verdict.lines.iter().map(|line| text::printable(line) + "\n").collect();
    let Verdict { same, different, not_read, .. } = verdict;
    let recordings = counted(same, "recording is", "recordings are");
    format!("{lines}{recordings} the same in both decoders, {different} differ, {not_read} only niggle read.\n")
}

/// Prints as it reads: a folder can hold years.
fn inspect(args: InspectArgs) -> Result<u8, Error> {
    let show = match (args.messages, args.json) {
        (true, _) => Show::Messages,
        (false, true) => Show::Json,
        (false, false) => Show::Text,
    };
    if show == Show::Messages {
        let _ = writeln!(
            std::io::stderr(),
            "niggle: these messages hold positions and titles; do not paste them where others read."
        );
    }
    let options = args.reading.options(None);
    let printable = if show == Show::Text { text::printable } else { text::printable_json };
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let mut print = |line: &str| writeln!(out, "{}", printable(line));
    let seen = inspect::inspect(&args.inputs, &options, show, args.titles, &mut print)?;
    if let Err(error) = out.flush() {
        return Ok(unwritten(&error));
    }
    if seen.understood == 0 {
        let inputs = counted(seen.files, "input", "inputs");
        let _ = writeln!(std::io::stderr(), "niggle: nothing niggle knows among {inputs}.");
        return Ok(5);
    }
    Ok(0)
}

fn rules(id: Option<&str>, json: bool) -> Result<String, Error> {
    let id = id.map(|id| id.trim().to_lowercase().replace('_', "-"));
    let text = match id.as_deref() {
        id if json => handbook::json(id),
        None => Some(handbook::list()),
        Some(id) => handbook::text(id),
    };
    text.ok_or_else(|| Error::Usage(no_such_rule(&id.unwrap_or_default())))
}

/// Prints, and takes a closed pipe for what it is: someone has seen enough.
fn say(text: &str) -> u8 {
    std::io::stdout().write_all(text.as_bytes()).map_or_else(|error| unwritten(&error), |()| 0)
}

/// The exit code when standard output takes no more.
fn unwritten(error: &std::io::Error) -> u8 {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return 0;
    }
    let _ = writeln!(std::io::stderr(), "niggle: standard output cannot be written ({error}).");
    4
}

fn summary_text(summary: &Summary) -> String {
    let tally = &summary.tally;
    let mut out = format!(
        "As of {}. {}: {}, pain logged on {}.\n{}: {} used, {} used with something to know, {} skipped, {} failed.\n",
        summary.as_of,
        summary.period,
        counted(summary.runs, "run", "runs"),
        counted(summary.days_logged, "day", "days"),
        counted(tally.inputs(), "input", "inputs"),
        tally.used,
        tally.used_with_flags,
        tally.skipped,
        tally.failed
    );
    out.push_str(&paragraph("", summary.lost.iter().map(|line| text::printable(line))));
    let now = summary.now.iter().take(SHOWN);
    let now = now.map(|(severity, said)| format!("  {:<18} {}", loudness(*severity), text::printable(said)));
    let more = summary.now.len().checked_sub(SHOWN).filter(|more| *more > 0);
    let more = more.map(|more| format!("  and {} in the report", counted(more, "more place", "more places")));
    let title = if summary.now.is_empty() { "" } else { "In the last 14 days:\n" };
    out.push_str(&paragraph(title, now.chain(more)));
    out.push_str(&paragraph("", summary.known.iter().map(|line| text::printable(line))));
    out.push_str(&format!("\nThe report is {}\n", summary.report.display()));
    out
}

/// Lines after a blank one and a title; nothing without lines.
fn paragraph(title: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.map(|line| line + "\n").collect();
    if lines.is_empty() { lines } else { format!("\n{title}{lines}") }
}
