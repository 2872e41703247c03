//! `niggle schema`: the JSON Schemas of what niggle writes for programs, and the columns of its tables of several runners.

use super::say::Outcome;
use crate::{
    error::Error,
    frames::STACKED,
    schema::{self, SCHEMAS, tables},
};
use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle schema
  niggle schema findings > findings.schema.json
  niggle schema runs --format ddl")]
pub(super) struct SchemaArgs {
    /// The name of a document, whose JSON Schema is printed, or of a table of a cohort, whose columns are; without, all are listed with
    /// their versions.
    name: Option<String>,
    /// As what the columns of a table are told; with it the name is a table's, also where a document is called the same [default: json]
    #[arg(long, value_enum, requires = "name", hide_default_value = true)]
    format: Option<Form>,
}

/// What tells columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Name, type, unit, and what it is.
    Json,
    /// Name and type as pyarrow calls it.
    Arrow,
    /// Spark's words, on one line.
    Ddl,
}

pub(super) fn run(args: SchemaArgs) -> Result<Outcome, Error> {
    let text = match args.name {
        None => schema::list(),
        Some(name) => told(name.trim(), args.format)?,
    };
    Ok(Outcome::done(text))
}

fn told(name: &str, form: Option<Form>) -> Result<String, Error> {
    let document = schema::named(name).filter(|_| form.is_none());
    if let Some(document) = document {
        return Ok(document.text());
    }
    let table = tables::named(name).ok_or_else(|| no_such_schema(name, form))?;
    match form.unwrap_or(Form::Json) {
        Form::Json => tables::json(table),
        Form::Arrow => tables::arrow(table),
        Form::Ddl => tables::ddl(table),
    }
}

fn no_such_schema(name: &str, form: Option<Form>) -> Error {
    let documents = SCHEMAS.iter().map(|schema| schema.name);
    let documents = documents.collect::<Vec<_>>().join(", ");
    let tables = STACKED.iter().map(|table| table.name);
    let tables = tables.collect::<Vec<_>>().join(", ");
    Error::Usage(match form {
        Some(_) => format!("there is no table \"{name}\"; there are {tables}."),
        None => format!(
            "there is no schema \"{name}\"; there are {documents}. Tables of a cohort are {tables}."
        ),
    })
}
