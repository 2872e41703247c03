//! `niggle export.zip` means `niggle report export.zip`.

use clap::{Arg, Command};
use std::{
    ffi::{OsStr, OsString},
    path::Path,
};

/// The command that a path alone stands for.
const REPORT: &str = "report";

/// The words of a command line, with `report` before them where the first that is no option is a path and no command.
pub(super) fn with_report(command: &Command, mut line: Vec<OsString>) -> Vec<OsString> {
    let first = first_word(command, line.iter().skip(1));
    let is_for_report = first.is_some_and(|word| !is_command(command, word) && is_path(word));
    if is_for_report {
        line.insert(1, REPORT.into());
    }
    line
}

/// The first word that is neither an option nor an option's value.
fn first_word<'w>(
    command: &Command,
    mut words: impl Iterator<Item = &'w OsString>,
) -> Option<&'w OsString> {
    while let Some(word) = words.next() {
        let text = word.to_string_lossy();
        match text.strip_prefix("--") {
            Some("") => return words.next(),
            Some("version") => return None,
            Some(option) if takes_next(command, option) => {
                words.next()?;
            }
            Some(_) => {}
            None if text == "-V" => return None,
            None if text.starts_with('-') && text.len() > 1 => {}
            None => return Some(word),
        }
    }
    None
}

/// Whether the option of a report takes the word behind it for its value.
fn takes_next(command: &Command, option: &str) -> bool {
    let is_it = |arg: &&Arg| {
        let others = arg.get_all_aliases().unwrap_or_default();
        arg.get_long() == Some(option) || others.contains(&option)
    };
    let report = command.find_subcommand(REPORT);
    let found = report.and_then(|report| report.get_arguments().find(is_it));
    found.is_some_and(|arg| arg.get_action().takes_values())
}

fn is_command(command: &Command, word: &OsStr) -> bool {
    word == "help" || command.find_subcommand(word).is_some()
}

/// Whether there is such a path, or the word can only be one: no command has a dot or a slash.
fn is_path(word: &OsStr) -> bool {
    let text = word.to_string_lossy();
    text.contains(['.', '/', '\\']) || Path::new(word).exists()
}
