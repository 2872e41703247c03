//! `niggle verify`: recordings through a second decoder, and every disagreement.

use super::say::{Outcome, prose};
use crate::{
    error::Error,
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
    /// Files and folders of recordings.
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
}

pub(super) fn run(args: VerifyArgs) -> Result<Outcome, Error> {
    let verdict = verify::recordings(&args.inputs)?;
    Ok(Outcome::done(prose(&verdict_text(&verdict))))
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
