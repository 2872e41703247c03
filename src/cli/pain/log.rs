//! `niggle pain log`: the last weeks of the pain log in the terminal.

use super::named::{Named, WhichLog, named};
use crate::{
    cli::{options::today, say::Outcome},
    error::Error,
    logbook,
    pain::{Calendar, calendar},
    report::text::printable,
    source, terminal,
};
use clap::{Args, value_parser};

/// Columns of a line where nothing says how many it has.
const USUAL_WIDTH: usize = 80;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle pain log
  niggle pain log --weeks 12")]
pub(in crate::cli) struct LogArgs {
    /// How many weeks, as far as they fit the terminal.
    #[arg(long, value_name = "N", default_value = "7", value_parser = value_parser!(u16).range(1..=500))]
    weeks: u16,
    #[command(flatten)]
    which: WhichLog,
}

pub(super) fn run(args: LogArgs) -> Result<Outcome, Error> {
    let Named { path, options, .. } = named(&args.which)?;
    if args.which.file.pain.is_none() && !path.exists() {
        let none = "there is no pain log here: `niggle pain add` writes the first row, or name the log with --pain.";
        return Err(Error::Usage(none.to_string()));
    }
    let log = logbook::one(&source::one(&path)?, &options)?;
    let wanted = Calendar {
        weeks: usize::from(args.weeks),
        width: terminal::width_of_stdout().unwrap_or(USUAL_WIDTH),
        today: Some(today()),
    };
    let text = calendar(&log, wanted);
    let lines = text.lines().map(|line| printable_line(line) + "\n");
    Ok(Outcome::done(lines.collect()))
}

/// A line without what a terminal would obey; blanks stay where they are.
fn printable_line(line: &str) -> String {
    printable(line)
}
