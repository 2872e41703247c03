//! `niggle pain check`: what niggle understands of a pain log, and what the log alone asks for.

use crate::{
    cli::{
        options::{Common, ConfigFile, Log, Options, Request, Settings},
        say::{Outcome, tell_notices},
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
pub(in crate::cli) struct CheckArgs {
    /// The pain log [default: that of niggle.toml].
    #[arg(value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// As JSON, for scripts.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    log: Log,
    #[command(flatten)]
    config: ConfigFile,
}

pub(super) fn run(args: CheckArgs) -> Result<Outcome, Error> {
    let json = args.json;
    let config = args.config.clone();
    let settings = Settings::load(asked(args), &config)?;
    tell_notices(&settings.notices);
    let options = settings.request.options;
    let file = options
        .pain
        .ok_or_else(|| Error::Usage(NO_LOG.to_string()))?;
    let log = logbook::one(&source::one(&file)?, &options.common.log.options())?;
    let now = now(&log, &options.emergency_number.unwrap_or_default());
    Ok(Outcome::done(checked(&log, &now, json)))
}

const NO_LOG: &str = "no pain log is named: name it, as `niggle pain check pain.csv`, or in a niggle.toml, as pain = \"pain.csv\".";

/// What is asked for among the options of a report; a file of options beside the log is for it.
fn asked(args: CheckArgs) -> Request {
    Request {
        inputs: args.file.iter().cloned().collect(),
        options: Options {
            pain: args.file,
            common: Common {
                log: args.log,
                ..Common::default()
            },
            ..Options::default()
        },
    }
}

fn checked(log: &PainLog, now: &[Now], json: bool) -> String {
    if json {
        pain::check_json(log, now)
    } else {
        pain::check_text(log, now)
    }
}

/// What the ladder asks for by the log alone.
fn now(log: &PainLog, number: &EmergencyNumber) -> Vec<Now> {
    let steps = ladder::of_log(log, &Limits::default(), number);
    let now = steps.into_iter().map(|(severity, message)| Now {
        severity: severity.as_str(),
        loudness: severity.label(),
        message,
    });
    now.collect()
}
