//! `niggle report`: writes a report, and says in short what it found.

use super::{
    options::Options,
    say::{Outcome, paragraph, prose, tell_notices, unless_quiet},
};
use crate::{
    error::Error,
    option::OPEN,
    pipeline,
    progress::Terminal,
    report::{Summary, text},
    terminal::unbroken,
    units::counted,
};
use clap::{Args, ValueHint};
use std::path::{Path, PathBuf};

/// Findings named on the terminal; the report has them all.
const SHOWN: usize = 6;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle report export.zip
  niggle report export.zip --pain pain.csv --out my_report --open
  niggle report runs export.zip --cache niggle-cache --as-of today
  niggle report export.zip --pain pain.csv --for clinician")]
pub(super) struct ReportArgs {
    /// FIT, GPX and TCX recordings, gzipped or not, folders and zips of them, and exports of Garmin and Strava accounts, unpacked
    /// or as the zip they come in. A pain.csv or pain_log.csv inside is found by itself.
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    options: Options,
}

pub(super) fn run(args: ReportArgs) -> Result<Outcome, Error> {
    let (quiet, open) = (args.options.common.quiet, args.options.open);
    let config = args.options.resolve(args.inputs)?;
    let mut summary = pipeline::run(&config, &Terminal::new(quiet))?;
    summary
        .notices
        .extend(open.then(|| opened(&summary.report)).flatten());
    tell_notices(&summary.notices);
    let text = unless_quiet(quiet, || prose(&summary_text(&summary)));
    Ok(Outcome::done(text))
}

/// Opens a page with what the system opens pages with, and says so where it cannot.
fn opened(page: &Path) -> Option<String> {
    let error = opener::open(page).err()?;
    Some(format!(
        "{OPEN}: {error}. Open {} yourself.",
        page.display()
    ))
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
        format!("\nThe report is {}\n", whole(&summary.report)),
        address(&summary.report).map_or(String::new(), |address| format!("{address}\n")),
        paragraph("", summary.next.iter().map(|line| text::printable(line))),
    ]
    .concat()
}

/// A path in words that stay on one line.
fn whole(path: &Path) -> String {
    unbroken(&path.display().to_string())
}

/// What the report is about and what was read for it.
fn period_and_inputs(summary: &Summary) -> String {
    let tally = &summary.tally;
    format!(
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
