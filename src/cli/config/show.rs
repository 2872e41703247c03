//! `niggle config show`: every value that holds, and who said it.

use crate::{
    cli::{
        options::{ConfigFile, Origin, Request, Setting, Settings},
        say::{Outcome, tell_notices},
    },
    error::Error,
    report::text,
};
use clap::Args;
use serde_json::{Value, json};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  niggle config show
  niggle config show --json")]
pub(in crate::cli) struct ShowArgs {
    /// As JSON, for scripts.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    request: Request,
    #[command(flatten)]
    config: ConfigFile,
}

pub(super) fn run(args: ShowArgs) -> Result<Outcome, Error> {
    let settings = Settings::load(args.request, &args.config)?;
    tell_notices(&settings.notices);
    // What a report would refuse is refused here too.
    settings.request.options.clone().resolve(Vec::new())?;
    Ok(Outcome::done(if args.json {
        as_json(&settings)
    } else {
        as_text(&settings)
    }))
}

fn as_text(settings: &Settings) -> String {
    let lines: Vec<[String; 3]> = settings
        .list()
        .iter()
        .map(|setting| line(settings, setting))
        .collect();
    let [names, values] = [0, 1].map(|column| width(&lines, column));
    let lines = lines.iter().map(|[name, value, origin]| {
        let line = format!("{name:names$}  {value:values$}  {origin}");
        text::printable(line.trim_end()) + "\n"
    });
    lines.collect()
}

/// Columns wider than this do not widen the others.
const WIDEST: usize = 40;

fn width(lines: &[[String; 3]], column: usize) -> usize {
    let widths = lines.iter().filter_map(|line| line.get(column));
    let widths = widths.map(|cell| cell.chars().count());
    widths.filter(|width| *width <= WIDEST).max().unwrap_or(0)
}

fn line(settings: &Settings, setting: &Setting) -> [String; 3] {
    let value = shown(&setting.value);
    let origin = match (&setting.origin, value.is_empty()) {
        (Origin::Default, true) => String::new(),
        (origin, _) => settings.named(origin),
    };
    let value = if value.is_empty() { "–" } else { &value };
    [setting.key.clone(), value.to_string(), origin]
}

fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_string)
}

fn as_json(settings: &Settings) -> String {
    let list = settings.list();
    let values: Vec<Value> = list.iter().map(|setting| one(settings, setting)).collect();
    let file = settings
        .file
        .as_ref()
        .map(|file| file.display().to_string());
    format!("{:#}\n", json!({ "file": file, "settings": values }))
}

fn one(settings: &Settings, setting: &Setting) -> Value {
    let value = match &setting.value {
        Value::String(text) if text.is_empty() => Value::Null,
        value => value.clone(),
    };
    let (origin, place) = match &setting.origin {
        Origin::Flag => ("flag", Value::Null),
        Origin::Environment(variable) => ("environment", Value::from(variable.as_str())),
        Origin::File(_) => ("file", Value::from(settings.named(&setting.origin))),
        Origin::Default => ("default", Value::Null),
    };
    json!({ "key": setting.key, "value": value, "origin": origin, "place": place })
}
