//! What every help ends with beside its examples, which stand with the command: the exit codes. And how wide help is.

use super::codes;
use crate::terminal::{self, WIDEST};
use clap::Command;

/// The command line with its exit codes in every `--help`, as wide as the window.
pub(super) fn with_codes(command: Command) -> Command {
    let width = terminal::width_of_stdout().unwrap_or(WIDEST);
    explained(command, "", width).term_width(width)
}

/// The same for one command and those below it. `path` is how it is called, without the program's name.
fn explained(command: Command, path: &str, width: usize) -> Command {
    let examples = command.get_after_long_help().or(command.get_after_help());
    let examples = examples.map_or(String::new(), |examples| format!("{examples}\n\n"));
    let long = wrapped(&format!("{examples}{}", codes::help(path)), width);
    let short = command.get_after_help().map(ToString::to_string);
    let short = wrapped(&short.unwrap_or_default(), width);
    let command = command.after_help(short).after_long_help(long);
    command.mut_subcommands(|below| {
        let path = format!("{path} {}", below.get_name());
        explained(below, path.trim_start(), width)
    })
}

fn wrapped(text: &str, width: usize) -> String {
    terminal::wrapped(text, Some(width))
}
