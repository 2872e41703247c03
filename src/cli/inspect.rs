//! `niggle inspect`: what files hold and what niggle derives from them, printed as it is read.

use super::{
    options::{Common, ConfigFile, Options, Reading, Request, Settings},
    say::{Outcome, tell, tell_of_settings, unwritten},
};
use crate::{
    error::Error,
    inspect::{self, Show},
    report::text,
    terminal,
    units::counted,
};
use clap::{Args, ValueHint};
use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle inspect long_run.fit
  niggle inspect runs --json
  niggle inspect export.zip --titles")]
pub(super) struct InspectArgs {
    /// Recordings, files of account exports, archives, or folders of them [default: the inputs of niggle.toml].
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
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
    #[command(flatten)]
    config: ConfigFile,
}

/// Prints as it reads: a folder can hold years.
pub(super) fn run(args: InspectArgs) -> Result<Outcome, Error> {
    let show = shown(&args);
    let settings = Settings::load(asked(&args), &args.config)?;
    tell_of_settings(&settings.notices);
    let options = settings.request.options.common.reading.options();
    let inputs = settings.request.into_inputs()?;
    if show == Show::Messages {
        tell(
            "niggle: these messages hold positions and titles; do not paste them where others read.",
        );
    }
    let mut out = BufWriter::new(io::stdout());
    let width = terminal::width_of_stdout();
    let mut print = |line: &str| writeln!(out, "{}", printed(line, show, width));
    let seen = inspect::inspect(&inputs, &options, show, args.titles, &mut print)?;
    Ok(Outcome::printed(match out.flush() {
        Err(error) => unwritten(&error, 0),
        Ok(()) if seen.understood == 0 => nothing_understood(seen.files),
        Ok(()) => 0,
    }))
}

/// What is asked for among the options of a report: the inputs, and how recordings are read that leave something open.
fn asked(args: &InspectArgs) -> Request {
    let common = Common {
        reading: args.reading.clone(),
        ..Common::default()
    };
    Request {
        inputs: args.inputs.clone(),
        options: Options {
            common,
            ..Options::default()
        },
    }
}

fn printed(line: &str, show: Show, width: Option<usize>) -> String {
    match show {
        Show::Text => terminal::wrapped(&text::printable(line), width),
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
