//! `niggle report`: writes a report, and says in short what it found.

use super::{
    gate,
    options::{self, ConfigFile, Request, Service, Settings},
    say::{Outcome, paragraph, prose, tell_notices, tell_of_settings, unless_quiet},
};
use crate::{
    analysis::Tally,
    config::Answer,
    error::Error,
    option::{FORMAT, OPEN, OUT, WITH_NAMES},
    pipeline,
    progress::Terminal,
    report::{self, Summary, text},
    terminal::whole,
    units::counted,
};
use clap::Args;
use std::path::Path;

/// Findings named on the terminal; the report has them all.
const SHOWN: usize = 6;
/// Lines of what was left out.
const LOST: usize = 2;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle report export.zip
  niggle report export.zip --pain pain.csv --out my_report --open
  niggle report runs export.zip --cache niggle-cache --as-of today
  niggle report export.zip --pain pain.csv --for clinician")]
pub(super) struct ReportArgs {
    #[command(flatten)]
    request: Request,
    #[command(flatten)]
    config: ConfigFile,
}

pub(super) fn run(args: ReportArgs) -> Result<Outcome, Error> {
    let settings = Settings::load(args.request, &args.config)?;
    tell_of_settings(&settings.notices);
    match settings.request.options.format.unwrap_or_default() {
        Answer::Text => summary(settings),
        Answer::Json => findings(settings),
    }
}

/// The text of `findings.json`. Without a folder that was named there is none, and no report before to compare with.
fn findings(settings: Settings) -> Result<Outcome, Error> {
    let options = &settings.request.options;
    let is_written = options.out.is_some();
    let is_about_pages =
        options.is_opened() || options.with_names == Some(true) || options.audience.is_some();
    if is_about_pages && !is_written {
        return Err(no_page());
    }
    let (quiet, open) = (options.common.is_quiet(), options.is_opened());
    let asked = options.gate.clone();
    let config = settings.resolve()?;
    let progress = Terminal::new(quiet);
    let answer = match is_written {
        true => pipeline::run_and_tell(&config, &progress)?,
        false => pipeline::tell(&config, &progress)?,
    };
    let page = answer.report.filter(|_| open);
    tell_notices(&answer.notices);
    tell_notices(&Vec::from_iter(page.and_then(|page| opened(&page))));
    let ending = gate::ending(&asked, &answer.gate);
    Ok(Outcome {
        text: answer.findings,
        code: ending.code,
        why: ending.why,
    })
}

fn no_page() -> Error {
    let words = format!(
        "{FORMAT} json writes no page, so that {OPEN}, {WITH_NAMES} and --for have nothing to work on. Name a folder with {OUT}, or leave them out."
    );
    Error::Usage(words)
}

fn summary(settings: Settings) -> Result<Outcome, Error> {
    let options = &settings.request.options;
    let (quiet, open) = (options.common.is_quiet(), options.is_opened());
    let asked = options.gate.clone();
    let config = settings.resolve()?;
    let mut summary = pipeline::run(&config, &Terminal::new(quiet))?;
    summary
        .notices
        .extend(open.then(|| opened(&summary.report)).flatten());
    tell_notices(&summary.notices);
    let text = unless_quiet(quiet, || prose(&summary_text(&summary, &asked)));
    let annotations = annotations(&summary, &asked, config.pages.with_names);
    let ending = gate::ending(&asked, &summary.gate);
    Ok(Outcome {
        text: text + &annotations,
        code: ending.code,
        why: ending.why,
    })
}

/// What was asked for as annotations; they are no summary, and quiet leaves them.
fn annotations(summary: &Summary, asked: &options::Gate, with_names: bool) -> String {
    match asked.annotate {
        Some(Service::GitHub) => report::github_annotations(&summary.gate, with_names),
        None => String::new(),
    }
}

/// Opens a page with what the system opens pages with, and says so where it cannot.
fn opened(page: &Path) -> Option<String> {
    let error = opener::open(page).err()?;
    Some(format!("{OPEN}: {error}. Open {} yourself.", whole(page)))
}

/// What is asked comes first, then what is new, and last where the report is and what to do; what was read stands in short before
/// that. Where nothing is asked or much was lost, what was left out comes first, since it is what the rest leaves open.
fn summary_text(summary: &Summary, asked: &options::Gate) -> String {
    let printable = |lines: &[String]| lines.iter().map(|line| text::printable(line)).collect();
    let (lost, known): (Vec<String>, Vec<String>) =
        (printable(&summary.lost), printable(&summary.known));
    let (lost_first, lost_last) = match summary.is_lost_first {
        true => (lost, Vec::new()),
        false => (Vec::new(), lost),
    };
    let parts = [
        day(summary),
        paragraph("", lost_first.into_iter()),
        in_the_last_days(summary),
        paragraph("", known.into_iter()),
        paragraph("", news(summary).into_iter()),
        paragraph("", gate::comparison(asked, &summary.gate).into_iter()),
        paragraph("", bookkeeping(summary, lost_last).into_iter()),
        format!("\nThe report is {}\n", whole(&summary.report)),
        address(&summary.report).map_or(String::new(), |address| format!("{address}\n")),
        paragraph("", summary.next.iter().map(|line| text::printable(line))),
    ];
    parts.concat().trim_start_matches('\n').to_string()
}

/// What was read, and what of it was left out: short, as the report tells it all.
fn bookkeeping(summary: &Summary, lost: Vec<String>) -> Vec<String> {
    let more = lost.len().saturating_sub(LOST);
    let more = (more > 0).then(|| {
        let more = counted(more, "more line", "more lines");
        format!("{more} of what was left out: see the report.")
    });
    let lost = lost.into_iter().take(LOST).chain(more);
    period_and_inputs(summary)
        .lines()
        .map(str::to_string)
        .chain(lost)
        .chain(summary.hint.iter().cloned())
        .collect()
}

/// What the report is about and what was read for it.
fn period_and_inputs(summary: &Summary) -> String {
    let runs = match summary.runs {
        0 => "no run read".to_string(),
        runs => counted(runs, "run", "runs"),
    };
    let logged = match summary.has_log {
        true => format!(
            "pain logged on {}",
            counted(summary.days_logged, "day", "days")
        ),
        false => "no pain log".to_string(),
    };
    format!(
        "{}: {runs}, {logged}.\n{}",
        summary.period,
        inputs_text(&summary.tally) + &not_read(summary)
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

/// Inputs that could not be read, by name.
fn not_read(summary: &Summary) -> String {
    let lines = summary.not_read.iter();
    lines.map(|line| text::printable(line) + "\n").collect()
}

/// The loudest findings of the last two weeks, under the day they are counted back from.
fn in_the_last_days(summary: &Summary) -> String {
    let now = summary.now.iter().take(SHOWN);
    let now =
        now.map(|(severity, said)| format!("  {:<18} {}", severity.label(), text::printable(said)));
    let lines = now.chain(more_in_the_report(summary.now.len()));
    paragraph(
        &format!("In the last 14 days, as of {}:\n", summary.as_of),
        lines,
    )
}

/// The day it speaks from, where nothing is asked that says it.
fn day(summary: &Summary) -> String {
    match summary.now.is_empty() {
        true => format!("As of {}.\n", summary.as_of),
        false => String::new(),
    }
}

/// What is new, louder, quieter and gone since the report that lay in the folder, by place.
fn news(summary: &Summary) -> Vec<String> {
    let lines = summary.since.iter().map(|line| text::printable(line));
    lines.collect()
}

fn more_in_the_report(all: usize) -> Option<String> {
    let more = all.saturating_sub(SHOWN);
    let places = counted(more, "more place", "more places");
    (more > 0).then(|| format!("  and {places} in the report"))
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
