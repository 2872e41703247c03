//! `niggle pain check`: what niggle understands of a pain log, and what the log alone asks for.

use crate::{
    cli::{options::Log, say::Outcome},
    error::Error,
    exit::Exit,
    logbook,
    pain::{self, Now, PainLog},
    rules::{EmergencyNumber, Limits, Severity, ladder},
    source,
};
use clap::{Args, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    /// The pain log.
    #[arg(value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// As JSON, for scripts.
    #[arg(long)]
    json: bool,
    /// Ends with exit code 10 where what niggle would say now is that loud or louder.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Severity>,
    #[command(flatten)]
    log: Log,
}

pub(super) fn run(args: CheckArgs) -> Result<Outcome, Error> {
    let found = source::one(&args.file)?;
    let log = logbook::one(&found, &args.log.options())?;
    let now = now(&log);
    let answer = match args.json {
        true => pain::check_json(&log, &now),
        false => pain::check_text(&log, &now),
    };
    let exit = exit(&log, args.fail_on, &now);
    Ok(Outcome::ended(answer, exit.code()))
}

/// A log with rows of which none could be used is no log. One that was only begun has nothing wrong with it.
fn exit(log: &PainLog, fail_on: Option<Severity>, now: &[Now]) -> Exit {
    let is_loud =
        |now: &Now| fail_on.is_some_and(|least| Severity::of(now.severity) >= Some(least));
    if log.rows > 0 && log.rows == log.unusable_rows {
        Exit::Usage
    } else if now.iter().any(is_loud) {
        Exit::Loud
    } else {
        Exit::Done
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
