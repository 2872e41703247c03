//! `niggle pain check`: what niggle understands of a pain log, and what the log alone asks for.

use crate::{
    cli::{
        options::{
            Common, ConfigFile, Log, Loudness, Options, PainFile, Request, Settings, Work, today,
        },
        say::{Outcome, prose, tell_of_settings},
    },
    course::short,
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
#[command(after_help = "\
Examples:
  niggle pain check pain.csv
  niggle pain check diary.xlsx --date-order dmy --column 'pain=How bad?'")]
pub(in crate::cli) struct CheckArgs {
    /// The pain log [default: that of niggle.toml, else the one that lies here, as for its siblings].
    #[arg(value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// As JSON, for scripts.
    #[arg(long)]
    json: bool,
    /// Ends with exit code 10 where what niggle would say now is that loud or louder.
    #[arg(long, value_parser = Loudness, value_name = "SEVERITY")]
    fail_on: Option<Severity>,
    #[command(flatten)]
    log: Log,
    #[command(flatten)]
    config: ConfigFile,
}

pub(super) fn run(args: CheckArgs) -> Result<Outcome, Error> {
    let (json, fail_on) = (args.json, args.fail_on);
    let config = args.config.clone();
    let settings = Settings::load(asked(args), &config)?;
    tell_of_settings(&settings.notices);
    let options = settings.request.options;
    let is_named = options.pain_file.pain.is_some();
    let file = logbook::log_file(options.pain_file.pain, &settings.log_folders)?;
    if !is_named && !file.exists() {
        return Err(Error::Usage(NO_LOG.to_string()));
    }
    let log = logbook::one(&source::one(&file)?, &options.common.work.log.options())?;
    let limits = options.judged.limits()?;
    let number = options.judged.emergency_number.unwrap_or_default();
    let now = now(&log, &limits, &number);
    let answer = match json {
        true => pain::check_json(&log, &now),
        false => prose(&pain::check_text(&log, &now)),
    };
    Ok(Outcome::ended(answer, exit(&log, fail_on, &now).code()))
}

const NO_LOG: &str = "there is no pain log here: `niggle pain add` writes the first row, or name the log, as `niggle pain check \
    pain.csv`, or in a niggle.toml, as pain = \"pain.csv\".";

/// What is asked for among the options of a report; a file of options beside the log is for it.
fn asked(args: CheckArgs) -> Request {
    Request {
        inputs: args.file.iter().cloned().collect(),
        options: Options {
            pain_file: PainFile { pain: args.file },
            common: Common {
                work: Work {
                    log: args.log,
                    ..Work::default()
                },
                ..Common::default()
            },
            ..Options::default()
        },
    }
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

/// What the ladder asks for by the log alone, on the last day of it that can be believed. A day that is not still to come is no slip of
/// the pen, however long after the others it lies: a log was picked up again.
fn now(log: &PainLog, limits: &Limits, number: &EmergencyNumber) -> Vec<Now> {
    let today = today();
    let days = log.entries.iter().map(|entry| entry.date);
    let last = days.filter(|day| *day <= today).max();
    let last = last.max(ladder::last_day(log));
    let steps = last.map_or_else(Vec::new, |day| short::of_log_on(day, log, limits, number));
    let now = steps.into_iter().map(|short| Now {
        severity: short.severity.as_str(),
        loudness: short.severity.label(),
        message: short.whole,
        words: short.text,
    });
    now.collect()
}
