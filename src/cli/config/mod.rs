//! `niggle config`: options that are kept in a file.

mod init;
mod show;

use super::say::Outcome;
use crate::error::Error;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  niggle config init
  niggle config show")]
pub(super) enum ConfigCommand {
    /// Writes a niggle.toml to start from: every option with its help and its default, commented out.
    Init(init::InitArgs),
    /// Says what holds, and who said it: the command line, the environment, a line of a file, or nobody.
    Show(Box<show::ShowArgs>),
}

pub(super) fn run(command: ConfigCommand) -> Result<Outcome, Error> {
    match command {
        ConfigCommand::Init(args) => init::run(args),
        ConfigCommand::Show(args) => show::run(*args),
    }
}
