//! `niggle rules`: the rules, or one explained.

use super::say::{Outcome, prose};
use crate::{
    error::Error,
    report,
    rules::{handbook, limits::no_such_rule},
};
use clap::Args;
use std::io::{self, IsTerminal};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle rules
  niggle rules single-run-spike
  niggle rules --json")]
pub(super) struct RulesArgs {
    /// The rule's id; it is told as Markdown where the answer goes into a file or another program.
    id: Option<String>,
    /// As JSON, for scripts.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: RulesArgs) -> Result<Outcome, Error> {
    let id = args.id.as_deref().map(plain_id);
    let text = match id.as_deref() {
        id if args.json => handbook::json(id),
        None => Some(prose(&handbook::list())),
        Some(id) => one(id).map(|text| prose(&text)),
    };
    let wrong = || Error::Usage(no_such_rule(&id.unwrap_or_default()));
    text.map(Outcome::done).ok_or_else(wrong)
}

/// A rule: plain on a terminal, Markdown for a file or another program.
fn one(id: &str) -> Option<String> {
    match io::stdout().is_terminal() {
        true => report::rule_plain(id),
        false => report::rule_text(id),
    }
}

fn plain_id(id: &str) -> String {
    id.trim().to_lowercase().replace('_', "-")
}
