//! `niggle rules`: the rules, or one explained.

use super::say::{Outcome, prose};
use crate::{
    error::Error,
    report,
    rules::{handbook, limits::no_such_rule},
};
use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle rules
  niggle rules single-run-spike
  niggle rules --json")]
pub(super) struct RulesArgs {
    /// The rule's id.
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
        Some(id) => report::rule_text(id).map(|text| prose(&text)),
    };
    let wrong = || Error::Usage(no_such_rule(&id.unwrap_or_default()));
    text.map(Outcome::done).ok_or_else(wrong)
}

fn plain_id(id: &str) -> String {
    id.trim().to_lowercase().replace('_', "-")
}
