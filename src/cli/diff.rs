//! `niggle diff`: what changed between two reports, and why.

use super::say::Outcome;
use crate::{
    error::Error,
    report::{self, diff::Diff, text},
};
use clap::{Args, ValueHint};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle diff last_report my_report
  niggle diff base.json my_report --json")]
pub(super) struct DiffArgs {
    /// The report of before: its findings.json, or the folder that holds it.
    #[arg(value_hint = ValueHint::AnyPath)]
    old: PathBuf,
    /// The later report, likewise.
    #[arg(value_hint = ValueHint::AnyPath)]
    new: PathBuf,
    /// As JSON, for scripts.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: DiffArgs) -> Result<Outcome, Error> {
    let old = report::read_named(&args.old)?;
    let new = report::read_named(&args.new)?;
    let diff = report::diff::diff(&old.document, &new.document);
    let answer = if args.json {
        as_json(&diff)?
    } else {
        in_words(&diff)
    };
    Ok(Outcome::done(answer))
}

fn as_json(diff: &Diff) -> Result<String, Error> {
    let json = diff
        .json()
        .map_err(|error| Error::render("the comparison", &error))?;
    Ok(text::printable_json(&json))
}

fn in_words(diff: &Diff) -> String {
    let words = diff.text();
    let lines = words.lines().map(text::printable);
    lines.map(|line| line + "\n").collect()
}
