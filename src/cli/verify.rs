//! `niggle verify`: recordings through a second decoder, and every disagreement.

use super::{
    options::{ConfigFile, Request, Settings},
    say::{Outcome, prose, tell_of_settings},
};
use crate::{
    error::Error,
    exit::Exit,
    report::text,
    units::counted,
    verify::{self, Verdict},
};
use clap::{Args, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle verify runs")]
pub(super) struct VerifyArgs {
    /// Files and folders of recordings [default: the inputs of niggle.toml].
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
}

pub(super) fn run(args: VerifyArgs) -> Result<Outcome, Error> {
    let asked = Request {
        inputs: args.inputs,
        ..Request::default()
    };
    let settings = Settings::load(asked, &args.config)?;
    tell_of_settings(&settings.notices);
    let verdict = verify::recordings(&settings.request.into_inputs()?)?;
    let exit = match verdict.different {
        0 => Exit::Done,
        _ => Exit::Differ,
    };
    Ok(Outcome::ended(prose(&verdict_text(&verdict)), exit.code()))
}

fn verdict_text(verdict: &Verdict) -> String {
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
