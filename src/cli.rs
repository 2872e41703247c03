//! The command line: its commands, and what they print. The options of a report are in [`options`](crate::options).

use crate::{
    analysis::Tally,
    associate::cohort::Remark,
    cohort,
    config::Config,
    error::Error,
    ingest,
    inspect::{self, Show},
    logbook,
    option::OPEN,
    options::{Common, Log, Options, Reading},
    pain::{self, PainLog},
    pipeline,
    progress::Terminal,
    report::{self, Summary, text},
    rules::{EmergencyNumber, Limits, handbook, ladder, limits::no_such_rule},
    source,
    units::counted,
    verify::{self, Verdict},
};
use clap::{Args, Parser, Subcommand, ValueHint};
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
  4 output cannot be written                      5 neither a usable run nor a row about pain;
                                                  inspect: nothing niggle knows; verify: nothing to
                                                  compare
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
    #[command(flatten)]
    options: Options,
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
    common: Common,
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
    reading: Reading,
}

/// Findings named on the terminal; the report has them all.
const SHOWN: usize = 6;

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
        log: Log,
    },
}

/// Runs the command and returns the exit code. Everything a person should read goes to standard output, errors to standard error.
pub fn run(cli: Cli) -> u8 {
    let done = match cli.command {
        Command::Report(args) => report(args),
        Command::Cohort(args) => several(args),
        Command::Pain(PainCommand::Init {
            file,
            simple,
            pain_scale,
        }) => pain_init(&file, simple, pain_scale),
        Command::Pain(PainCommand::Check { file, json, log }) => pain_check(file, json, &log),
        Command::Verify { inputs } => verify::recordings(&inputs).map(verdict_text),
        Command::Inspect(args) => return inspect(args).unwrap_or_else(|error| fail(&error)),
        Command::Rules { id, json } => rules(id.as_deref(), json),
    };
    done.map_or_else(|error| fail(&error), |text| say(&text))
}

/// Says what went wrong, and returns its exit code.
fn fail(error: &Error) -> u8 {
    tell(&format!("niggle: {}", text::printable(&error.to_string())));
    error.exit_code()
}

/// A line on standard error; where nobody listens there is nothing to do about it.
fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn tell_notices(notices: &[String]) {
    for notice in notices {
        tell(&format!("niggle: {}", text::printable(notice)));
    }
}

fn report(args: ReportArgs) -> Result<String, Error> {
    let (quiet, open) = (args.options.common.quiet, args.options.open);
    let config = args.options.resolve(args.inputs)?;
    let mut summary = pipeline::run(&config, &Terminal::new(quiet))?;
    summary
        .notices
        .extend(open.then(|| opened(&summary.report)).flatten());
    tell_notices(&summary.notices);
    Ok(unless_quiet(quiet, || summary_text(&summary)))
}

/// Opens a page with what the system opens pages with, and says so where it cannot.
fn opened(page: &Path) -> Option<String> {
    let error = opener::open(page).err()?;
    Some(format!(
        "{OPEN}: {error}. Open {} yourself.",
        page.display()
    ))
}

/// A page as an address that terminals make a link of and browsers take. None where the folder is gone.
fn address(page: &Path) -> Option<String> {
    let path = page.canonicalize().ok()?;
    let path = path.to_string_lossy().replace('\\', "/");
    // Windows calls a canonical path `//?/C:/…`.
    let path = path.trim_start_matches("//?/").trim_start_matches('/');
    Some(format!("file:///{}", percent_encoded(path)))
}

/// What an address may not hold as it is, by its bytes (RFC 3986, 2.1).
fn percent_encoded(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte);
    let bytes = path.bytes().map(|byte| match is_plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    bytes.collect()
}

fn several(args: CohortArgs) -> Result<String, Error> {
    let quiet = args.common.quiet;
    let config = Config {
        output: args.out,
        ..args.common.config()
    };
    let progress = |name: &str, number: usize, of: usize| runner_progress(quiet, name, number, of);
    let summary = cohort::run(&args.folder, &config, &progress)?;
    tell_notices(&summary.notices);
    Ok(unless_quiet(quiet, || cohort_text(&summary)))
}

fn unless_quiet(quiet: bool, text: impl FnOnce() -> String) -> String {
    if quiet { String::new() } else { text() }
}

fn runner_progress(quiet: bool, name: &str, number: usize, of: usize) -> Box<dyn ingest::Progress> {
    let runner = format!("runner {number} of {of}: {}", text::printable(name));
    Box::new(Terminal::new(quiet).of_runner(runner))
}

fn cohort_text(summary: &cohort::Summary) -> String {
    let runners = counted(summary.runners, "runner takes part", "runners take part");
    let tests = counted(summary.tests, "test was", "tests were");
    let left_out = summary.left_out.iter().map(left_out_text);
    format!(
        "{runners}, {tests} made.\n{}\nThe report is {}\n",
        left_out.collect::<String>(),
        summary.report.display()
    )
}

fn left_out_text(out: &Remark) -> String {
    let line = format!("{}: {}", out.runner, out.what);
    format!("  left out: {}\n", text::printable(&line))
}

fn pain_init(file: &Path, simple: bool, scale: Option<pain::Scale>) -> Result<String, Error> {
    if is_workbook_name(file) {
        return Err(Error::Usage(only_csv(file)));
    }
    let template = if simple {
        pain::Template::Simple
    } else {
        pain::Template::Full
    };
    report::write_new(file, template.log(scale).as_bytes())?;
    let (file, explained) = (file.display(), explain_beside(file));
    Ok(format!(
        "{file} is ready: open it in a spreadsheet or an editor, one row a moment. {explained}.\n"
    ))
}

fn only_csv(file: &Path) -> String {
    let what =
        "niggle writes a CSV, which every spreadsheet opens: give it a name that ends in .csv";
    format!("{}: {what}", file.display())
}

fn is_workbook_name(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str());
    let ending = ending.unwrap_or_default().to_lowercase();
    ["xlsx", "xlsm", "xls", "ods"].contains(&ending.as_str())
}

/// Puts the page that explains the log beside it, and says where an explanation is.
fn explain_beside(file: &Path) -> String {
    let help = file.with_file_name("pain-help.md");
    // A page that is there already may have been written into.
    if help.exists() || report::write_new(&help, pain::help().as_bytes()).is_ok() {
        format!("{} explains it", help.display())
    } else {
        "`niggle pain check` shows what it understands".to_string()
    }
}

fn pain_check(file: PathBuf, json: bool, log: &Log) -> Result<String, Error> {
    let found = source::one(&file)?;
    let log = logbook::one(&found, &log.options())?;
    Ok(checked(&log, json))
}

fn checked(log: &PainLog, json: bool) -> String {
    let now = now(log);
    if json {
        pain::check_json(log, &now)
    } else {
        pain::check_text(log, &now)
    }
}

/// What the ladder asks for by the log alone.
fn now(log: &PainLog) -> Vec<pain::Now> {
    let steps = ladder::of_log(log, &Limits::default(), &EmergencyNumber::default());
    let now = steps.into_iter().map(|(severity, message)| pain::Now {
        severity: severity.as_str(),
        loudness: severity.label(),
        message,
    });
    now.collect()
}

fn verdict_text(verdict: Verdict) -> String {
    let lines = verdict
        .lines
        .iter()
        .map(|line| text::printable(line) + "\n");
    let recordings = counted(verdict.same, "recording is", "recordings are");
    format!(
        "{}{recordings} the same in both decoders, {} differ, {} only niggle read.\n",
        lines.collect::<String>(),
        verdict.different,
        verdict.not_read
    )
}

/// Prints as it reads: a folder can hold years.
fn inspect(args: InspectArgs) -> Result<u8, Error> {
    let show = shown(&args);
    if show == Show::Messages {
        tell(
            "niggle: these messages hold positions and titles; do not paste them where others read.",
        );
    }
    let options = args.reading.options();
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let mut print = |line: &str| writeln!(out, "{}", printed(line, show));
    let seen = inspect::inspect(&args.inputs, &options, show, args.titles, &mut print)?;
    Ok(match out.flush() {
        Err(error) => unwritten(&error),
        Ok(()) if seen.understood == 0 => nothing_understood(seen.files),
        Ok(()) => 0,
    })
}

fn printed(line: &str, show: Show) -> String {
    match show {
        Show::Text => text::printable(line),
        Show::Json | Show::Messages => text::printable_json(line),
    }
}

fn shown(args: &InspectArgs) -> Show {
    match (args.messages, args.json) {
        (true, _) => Show::Messages,
        (false, true) => Show::Json,
        (false, false) => Show::Text,
    }
}

fn nothing_understood(files: usize) -> u8 {
    let inputs = counted(files, "input", "inputs");
    tell(&format!("niggle: nothing niggle knows among {inputs}."));
    5
}

fn rules(id: Option<&str>, json: bool) -> Result<String, Error> {
    let id = id.map(plain_id);
    let text = match id.as_deref() {
        id if json => handbook::json(id),
        None => Some(handbook::list()),
        Some(id) => report::rule_text(id),
    };
    text.ok_or_else(|| Error::Usage(no_such_rule(&id.unwrap_or_default())))
}

fn plain_id(id: &str) -> String {
    id.trim().to_lowercase().replace('_', "-")
}

/// Prints, and takes a closed pipe for what it is: someone has seen enough.
fn say(text: &str) -> u8 {
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_or_else(|error| unwritten(&error), |()| 0)
}

/// The exit code when standard output takes no more.
fn unwritten(error: &std::io::Error) -> u8 {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return 0;
    }
    tell(&format!(
        "niggle: standard output cannot be written ({error})."
    ));
    4
}

fn summary_text(summary: &Summary) -> String {
    let printable = |lines: &[String]| lines.iter().map(|line| text::printable(line)).collect();
    let (lost, known): (Vec<String>, Vec<String>) =
        (printable(&summary.lost), printable(&summary.known));
    [
        period_and_inputs(summary),
        paragraph("", lost.into_iter()),
        in_the_last_days(summary),
        paragraph("", known.into_iter()),
        paragraph("", summary.hint.iter().cloned()),
        format!("\nThe report is {}\n", summary.report.display()),
        address(&summary.report).map_or(String::new(), |address| format!("{address}\n")),
    ]
    .concat()
}

/// What the report is about and what was read for it.
fn period_and_inputs(summary: &Summary) -> String {
    let runs = match summary.runs {
        0 => "no run read".to_string(),
        runs => counted(runs, "run", "runs"),
    };
    format!(
        "As of {}. {}: {runs}, pain logged on {}.\n{}",
        summary.as_of,
        summary.period,
        counted(summary.days_logged, "day", "days"),
        inputs_text(&summary.tally)
    )
}

/// What became of the inputs. Empty where there is none beside the log.
fn inputs_text(tally: &Tally) -> String {
    if tally.inputs() == 0 {
        return String::new();
    }
    format!(
        "{}: {} used, {} used with something to know, {} skipped, {} failed.\n",
        counted(tally.inputs(), "input", "inputs"),
        tally.used,
        tally.used_with_flags,
        tally.skipped,
        tally.failed
    )
}

/// The loudest findings of the last two weeks.
fn in_the_last_days(summary: &Summary) -> String {
    let now = summary.now.iter().take(SHOWN);
    let now =
        now.map(|(severity, said)| format!("  {:<18} {}", severity.label(), text::printable(said)));
    let lines = now.chain(more_in_the_report(summary.now.len()));
    paragraph("In the last 14 days:\n", lines)
}

fn more_in_the_report(all: usize) -> Option<String> {
    let more = all.saturating_sub(SHOWN);
    let places = counted(more, "more place", "more places");
    (more > 0).then(|| format!("  and {places} in the report"))
}

/// Lines after a blank one and a title; nothing without lines.
fn paragraph(title: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.map(|line| line + "\n").collect();
    if lines.is_empty() {
        lines
    } else {
        format!("\n{title}{lines}")
    }
}
