//! `niggle config init`: a file of options to start from.

use crate::{
    cli::{options, say::Outcome},
    error::Error,
    report, source,
};
use clap::{Args, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle config init
  niggle config init my_export/niggle.toml")]
pub(in crate::cli) struct InitArgs {
    /// Where to write it; an existing file is left alone.
    #[arg(default_value = source::SETTINGS, value_hint = ValueHint::FilePath)]
    file: PathBuf,
}

pub(super) fn run(args: InitArgs) -> Result<Outcome, Error> {
    report::write_new(&args.file, options::template().as_bytes())?;
    let file = args.file.display();
    Ok(Outcome::done(format!(
        "{file} is ready: name your recordings in it, as inputs = [\"my_export\"], and `niggle report` alone does it all in that \
         folder.\n"
    )))
}
