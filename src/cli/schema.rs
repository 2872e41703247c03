//! `niggle schema`: the JSON Schemas of what niggle writes for programs.

use super::say::Outcome;
use crate::{
    error::Error,
    schema::{self, SCHEMAS},
};
use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle schema
  niggle schema findings > findings.schema.json")]
pub(super) struct SchemaArgs {
    /// The schema's name; without, the schemas are listed with their versions.
    name: Option<String>,
}

pub(super) fn run(args: SchemaArgs) -> Result<Outcome, Error> {
    let text = match args.name {
        None => schema::list(),
        Some(name) => schema::named(name.trim())
            .ok_or_else(|| no_such_schema(&name))?
            .text(),
    };
    Ok(Outcome::done(text))
}

fn no_such_schema(name: &str) -> Error {
    let names: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
    Error::Usage(format!(
        "there is no schema \"{name}\"; there are {}.",
        names.join(", ")
    ))
}
