//! The keys of a file and the variables of the environment, which are what the options are called, with their help and defaults: read
//! from the declarations that clap has.

use super::request::Request;
use crate::pain::edit_distance;
use clap::{Arg, ArgAction, Args, Command};
use serde_json::{Map, Value};

/// How variables of niggle's begin.
pub(super) const VARIABLE: &str = "NIGGLE_";

/// An option as a file and the environment know it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    /// What it is called on the command line.
    pub(super) name: String,
    /// Other names that it has there.
    pub(super) aliases: Vec<String>,
    /// Its help, on one line, without its default.
    pub(super) help: String,
    /// What stands for it as long as nothing is said. An empty text: what the help says, or nothing.
    pub(super) default: Value,
}

impl Key {
    /// `NIGGLE_OUT`.
    pub(super) fn variable(&self) -> String {
        format!("{VARIABLE}{}", self.name.to_uppercase().replace('-', "_"))
    }

    /// Whether it can be given again.
    pub(super) fn is_list(&self) -> bool {
        self.default.is_array()
    }

    fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias == name)
    }
}

/// Every key, in the order of the help.
pub(super) fn keys() -> Vec<Key> {
    let command = Request::augment_args(Command::new(""));
    command.get_arguments().map(key).collect()
}

fn key(option: &Arg) -> Key {
    let name = option.get_long().unwrap_or(option.get_id().as_str());
    let help = option.get_long_help().or(option.get_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    let (help, default) = split_default(&help);
    Key {
        name: name.to_string(),
        aliases: strings(option.get_visible_aliases()),
        default: default_of(option, name, default),
        help: help.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn strings(names: Option<Vec<&str>>) -> Vec<String> {
    names.into_iter().flatten().map(str::to_string).collect()
}

/// A help's `[default: …]` stays in it: it may be said in words.
fn split_default(help: &str) -> (&str, Option<&str>) {
    let default = help.split_once("[default: ");
    let default = default.and_then(|(_, rest)| rest.strip_suffix(']'));
    (help, default)
}

/// The default as a value, as far as it is one.
fn default_of(option: &Arg, name: &str, default: Option<&str>) -> Value {
    if is_list(option) {
        return Value::Array(Vec::new());
    }
    if is_switch(option) {
        return Value::Bool(false);
    }
    let value = Value::from(default.unwrap_or_default());
    if alone(name, value.clone()).is_ok() {
        value
    } else {
        Value::from("")
    }
}

fn is_list(option: &Arg) -> bool {
    matches!(option.get_action(), ArgAction::Append)
}

/// Whether the option may stand without a value.
fn is_switch(option: &Arg) -> bool {
    let values = option.get_num_args();
    !option.is_positional() && values.is_some_and(|values| values.min_values() == 0)
}

/// What is asked for where this key has a value and no other has one, or what is expected of the value.
pub(super) fn alone(name: &str, value: Value) -> Result<Request, String> {
    let table: Map<String, Value> = [(name.to_string(), value)].into_iter().collect();
    serde_json::from_value(Value::Object(table)).map_err(|error| error.to_string())
}

/// The key of that name, whether it is written with `-` or `_`.
pub(super) fn find<'k>(name: &str, keys: &'k [Key]) -> Option<&'k Key> {
    let name = name.replace('_', "-");
    keys.iter().find(|key| key.is_called(&name))
}

/// `did you mean …?` with the nearest of the names, or where all of them are listed.
pub(super) fn did_you_mean<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> String {
    // Whatever was written, a few letters are enough to compare.
    let short: String = written.chars().take(40).collect();
    let plain = short.to_lowercase().replace('_', "-");
    let nearest = names.min_by_key(|name| (!holds(name, &plain), edit_distance(&plain, name)));
    let near = nearest.filter(|name| holds(name, &plain) || is_near(name, &plain));
    match near {
        Some(near) if short.contains('_') => {
            format!("did you mean `{}`?", near.replace('-', "_"))
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => "`niggle config show` lists the keys.".to_string(),
    }
}

fn holds(name: &str, written: &str) -> bool {
    written.len() > 2 && (name.contains(written) || written.contains(name))
}

/// Whether half of the letters stand.
pub(super) fn is_near(name: &str, written: &str) -> bool {
    edit_distance(written, name) * 2 <= name.chars().count().max(3)
}
