//! `niggle pain`: help with the pain log.

mod check;
mod init;

use super::say::Outcome;
use crate::error::Error;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  niggle pain init pain.csv
  niggle pain check pain.csv")]
pub(super) enum PainCommand {
    /// Writes a pain log to start from, and pain-help.md beside it, which explains it.
    Init(init::InitArgs),
    /// Says what niggle understands of a pain log.
    Check(check::CheckArgs),
}

pub(super) fn run(command: PainCommand) -> Result<Outcome, Error> {
    match command {
        PainCommand::Init(args) => init::run(args),
        PainCommand::Check(args) => check::run(args),
    }
}
