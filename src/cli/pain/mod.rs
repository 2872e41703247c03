//! `niggle pain`: help with the pain log.

mod add;
mod asked;
mod check;
mod init;
mod log;
mod named;
mod now;
mod terminal;

use super::say::Outcome;
use crate::error::Error;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  niggle pain add \"left knee\" 3 during
  niggle pain add none
  niggle pain log
  niggle pain init pain.csv
  niggle pain check pain.csv")]
pub(super) enum PainCommand {
    /// Writes a pain log to start from, and pain-help.md beside it, which explains it.
    Init(init::InitArgs),
    /// Writes a row into the pain log, and says what niggle makes of it. Without arguments it asks. Where there is no log it makes
    /// pain.csv.
    Add(add::AddArgs),
    /// Shows the last weeks of the pain log.
    Log(log::LogArgs),
    /// Says what niggle understands of a pain log.
    Check(check::CheckArgs),
}

pub(super) fn run(command: PainCommand) -> Result<Outcome, Error> {
    match command {
        PainCommand::Init(args) => init::run(args),
        PainCommand::Add(args) => add::run(args),
        PainCommand::Log(args) => log::run(args),
        PainCommand::Check(args) => check::run(args),
    }
}
