//! `niggle pain check`: what niggle understands of a pain log, and what the log alone asks for.

use crate::{
    cli::{
        options::Log,
        say::{Outcome, prose},
    },
    error::Error,
    logbook,
    pain::{self, Now, PainLog},
    rules::{EmergencyNumber, Limits, ladder},
    source,
};
use clap::{Args, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle pain check pain.csv
  niggle pain check diary.xlsx --date-order dmy --column 'pain=How bad?'")]
pub(in crate::cli) struct CheckArgs {
    /// The pain log.
    #[arg(value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// As JSON, for scripts.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    log: Log,
}

pub(super) fn run(args: CheckArgs) -> Result<Outcome, Error> {
    let found = source::one(&args.file)?;
    let log = logbook::one(&found, &args.log.options())?;
    Ok(Outcome::done(checked(&log, args.json)))
}

fn checked(log: &PainLog, json: bool) -> String {
    let now = now(log);
    if json {
        pain::check_json(log, &now)
    } else {
        prose(&pain::check_text(log, &now))
    }
}

/// What the ladder asks for by the log alone.
fn now(log: &PainLog) -> Vec<Now> {
    let steps = ladder::of_log(log, &Limits::default(), &EmergencyNumber::default());
    let now = steps.into_iter().map(|(severity, message)| Now {
        severity: severity.as_str(),
        loudness: severity.label(),
        message,
    });
    now.collect()
}
