//! The command line: its commands, and what they print. The options of a report are in [`options`](crate::options).

use crate::{
    cohort,
    config::Config,
    error::Error,
    ingest,
    inspect::{self, Show},
    logbook,
    options::{Common, Log, Options, Reading},
    pain, pipeline,
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
        Command::Inspect(args) => match inspect(args) {
            Ok(code) => return code,
            Err(error) => Err(error),
        },
        Command::Rules { id, json } => rules(id.as_deref(), json),
    };
    match done {
        Ok(text) => say(&text),
        Err(error) => {
            let _ = writeln!(
                std::io::stderr(),
                "niggle: {}",
                text::printable(&error.to_string())
            );
            error.exit_code()
        }
    }
}

fn report(args: ReportArgs) -> Result<String, Error> {
    let quiet = args.options.common.quiet;
    let config = args.options.resolve(args.inputs)?;
    let progress = Terminal::new(quiet);
    let summary = pipeline::run(&config, &progress)?;
    for notice in &summary.notices {
        let _ = writeln!(std::io::stderr(), "niggle: {}", text::printable(notice));
    }
    Ok(if quiet {
        String::new()
    } else {
        summary_text(&summary)
    })
}

fn several(args: CohortArgs) -> Result<String, Error> {
    let config = Config {
        output: args.out,
        ..args.common.config()
    };
    let progress = |name: &str, number: usize, of: usize| -> Box<dyn ingest::Progress> {
        if !args.common.quiet {
            let _ = writeln!(
                std::io::stderr(),
                "runner {number} of {of}: {}",
                text::printable(name)
            );
        }
        Box::new(Terminal::new(args.common.quiet))
    };
    let summary = cohort::run(&args.folder, &config, &progress)?;
    for notice in &summary.notices {
        let _ = writeln!(std::io::stderr(), "niggle: {}", text::printable(notice));
    }
    Ok(if args.common.quiet {
        String::new()
    } else {
        cohort_text(&summary)
    })
}

fn cohort_text(summary: &cohort::Summary) -> String {
    let mut out = format!(
        "{}, {} made.\n",
        counted(summary.runners, "runner takes part", "runners take part"),
        counted(summary.tests, "test was", "tests were")
    );
    let lines = summary
        .left_out
        .iter()
        .map(|out| format!("{}: {}", out.runner, out.what));
    out.extend(lines.map(|line| format!("  left out: {}\n", text::printable(&line))));
    out.push_str(&format!("\nThe report is {}\n", summary.report.display()));
    out
}

fn pain_init(file: &Path, simple: bool, scale: Option<pain::Scale>) -> Result<String, Error> {
    let ending = file
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default()
        .to_lowercase();
    if matches!(ending.as_str(), "xlsx" | "xlsm" | "xls" | "ods") {
        let what =
            "niggle writes a CSV, which every spreadsheet opens: give it a name that ends in .csv";
        return Err(Error::Usage(format!("{}: {what}", file.display())));
    }
    let template = if simple {
        pain::Template::Simple
    } else {
        pain::Template::Full
    };
    report::write_new(file, template.log(scale).as_bytes())?;
    let help = file.with_file_name("pain-help.md");
    // A page that is there already may have been written into.
    let explained = if help.exists() || report::write_new(&help, pain::help().as_bytes()).is_ok() {
        format!("{} explains it", help.display())
    } else {
        "`niggle pain check` shows what it understands".to_string()
    };
    Ok(format!(
        "{} is ready: open it in a spreadsheet or an editor, one row a moment. {explained}.\n",
        file.display()
    ))
}

fn pain_check(file: PathBuf, json: bool, log: &Log) -> Result<String, Error> {
    let found = source::one(&file)?;
    let log = logbook::one(&found, &log.options())?;
    let now: Vec<pain::Now> = ladder::of_log(&log, &Limits::default(), &EmergencyNumber::default())
        .into_iter()
        .map(|(severity, message)| pain::Now {
            severity: severity.as_str(),
            loudness: severity.label(),
            message,
        })
        .collect();
    Ok(if json {
        pain::check_json(&log, &now)
    } else {
        pain::check_text(&log, &now)
    })
}

fn verdict_text(verdict: Verdict) -> String {
    let lines: String = verdict
        .lines
        .iter()
        .map(|line| text::printable(line) + "\n")
        .collect();
    let Verdict {
        same,
        different,
        not_read,
        ..
    } = verdict;
    let recordings = counted(same, "recording is", "recordings are");
    format!(
        "{lines}{recordings} the same in both decoders, {different} differ, {not_read} only niggle read.\n"
    )
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
    let options = args.reading.options();
    let printable = if show == Show::Text {
        text::printable
    } else {
        text::printable_json
    };
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let mut print = |line: &str| writeln!(out, "{}", printable(line));
    let seen = inspect::inspect(&args.inputs, &options, show, args.titles, &mut print)?;
    if let Err(error) = out.flush() {
        return Ok(unwritten(&error));
    }
    if seen.understood == 0 {
        let inputs = counted(seen.files, "input", "inputs");
        let _ = writeln!(
            std::io::stderr(),
            "niggle: nothing niggle knows among {inputs}."
        );
        return Ok(5);
    }
    Ok(0)
}

fn rules(id: Option<&str>, json: bool) -> Result<String, Error> {
    let id = id.map(|id| id.trim().to_lowercase().replace('_', "-"));
    let text = match id.as_deref() {
        id if json => handbook::json(id),
        None => Some(handbook::list()),
        Some(id) => report::rule_text(id),
    };
    text.ok_or_else(|| Error::Usage(no_such_rule(&id.unwrap_or_default())))
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
    let _ = writeln!(
        std::io::stderr(),
        "niggle: standard output cannot be written ({error})."
    );
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
    out.push_str(&paragraph(
        "",
        summary.lost.iter().map(|line| text::printable(line)),
    ));
    let now = summary.now.iter().take(SHOWN);
    let now =
        now.map(|(severity, said)| format!("  {:<18} {}", severity.label(), text::printable(said)));
    let more = summary
        .now
        .len()
        .checked_sub(SHOWN)
        .filter(|more| *more > 0);
    let more = more.map(|more| {
        format!(
            "  and {} in the report",
            counted(more, "more place", "more places")
        )
    });
    let title = if summary.now.is_empty() {
        ""
    } else {
        "In the last 14 days:\n"
    };
    out.push_str(&paragraph(title, now.chain(more)));
    out.push_str(&paragraph(
        "",
        summary.known.iter().map(|line| text::printable(line)),
    ));
    out.push_str(&format!("\nThe report is {}\n", summary.report.display()));
    out
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
