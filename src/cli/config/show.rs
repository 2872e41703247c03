//! `niggle config show`: every value that holds, and who said it.

use crate::{
    cli::{
        options::{ConfigFile, Origin, Request, Setting, Settings, Shown},
        say::{Outcome, tell_notices},
    },
    error::Error,
    report::text,
};
use clap::Args;
use serde_json::Value;

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
    let answer = match args.json {
        true => as_json(&settings)?,
        false => as_text(&settings),
    };
    Ok(Outcome::done(answer))
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

fn as_json(settings: &Settings) -> Result<String, Error> {
    let json = Shown::of(settings)
        .json()
        .map_err(|error| Error::render("the JSON", &error))?;
    Ok(text::printable_json(&json))
}
