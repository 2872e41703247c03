//! `niggle config init`: a file of options to start from.

use crate::{
    cli::{options, say::Outcome},
    error::Error,
    report::{self, Access},
    source, words,
};
use clap::{Args, ValueHint};
use serde_json::Value;
use std::path::{Path, PathBuf};

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
    let inputs = source::inputs_in(folder_of(&args.file));
    let known = match inputs.is_empty() {
        true => Vec::new(),
        false => vec![("inputs", Value::from(inputs.clone()))],
    };
    report::write_new(
        &args.file,
        options::template(&known).as_bytes(),
        Access::Owner,
    )?;
    Ok(Outcome::done(said(&args.file, &inputs)))
}

/// The folder that the paths of the file are relative to.
fn folder_of(file: &Path) -> &Path {
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    folder.unwrap_or(Path::new("."))
}

fn said(file: &Path, inputs: &[String]) -> String {
    let file = file.display();
    if inputs.is_empty() {
        return format!(
            "{file} is ready: name your recordings in it, as inputs = [\"my_export\"], and `niggle report` alone does it all in that \
             folder.\n"
        );
    }
    let inputs: Vec<String> = inputs
        .iter()
        .map(|input| report::text::printable(input))
        .collect();
    let inputs = match inputs.as_slice() {
        [here] if here == "." => String::from("the recordings beside it"),
        inputs => words::list(inputs),
    };
    format!(
        "{file} is ready: it names {inputs} as inputs, and `niggle report` alone does it all in that folder.\n"
    )
}
