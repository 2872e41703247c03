//! The command line as it is described: in its own help, in the README and in every sentence that names an option.

use crate::report_words::literals;
use clap::{Arg, Command, CommandFactory};
use niggle::cli::{
    Cli,
    codes::{EXIT_CODES, ExitCode},
};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_command_line_is_sound() {
    Cli::command().debug_assert();
}

/// Every long option of a command and of those below it, and its other names.
fn options_of(command: &Command) -> BTreeSet<String> {
    let own = command.get_arguments().flat_map(|option| {
        let others = option.get_all_aliases().unwrap_or_default();
        option
            .get_long()
            .into_iter()
            .chain(others)
            .map(|name| format!("--{name}"))
            .collect::<Vec<_>>()
    });
    own.chain(command.get_subcommands().flat_map(options_of))
        .collect()
}

/// Every `--word` of a text.
fn named_in(text: &str) -> Vec<&str> {
    let is_of_a_name =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let ends_a_word = |c: char| c.is_alphanumeric() || c == '-';
    let starts = text.match_indices("--").map(|(at, _)| at);
    let starts = starts.filter(|at| !text[..*at].ends_with(ends_a_word));
    let names = starts.map(|at| {
        let behind = &text[at + 2..];
        let length = behind.find(|c| !is_of_a_name(c)).unwrap_or(behind.len());
        (at, &text[at..at + 2 + length])
    });
    // Style sheets call so what they keep: `--ink:#fff`, `var(--ink)`.
    let is_kept_by_style = |(at, name): &(usize, &str)| {
        let behind = &text[at + name.len()..];
        text[..*at].ends_with("var(") || behind.starts_with(':') || name.starts_with("--c-")
    };
    names
        .filter(|name| !is_kept_by_style(name))
        .map(|(_, name)| name)
        .filter(|name| name[2..].starts_with(|c: char| c.is_ascii_lowercase()))
        .collect()
}

fn assert_known(place: &Path, text: &str, known: &BTreeSet<String>) -> usize {
    let named = named_in(text);
    for option in &named {
        assert!(
            known.contains(*option),
            "{}: there is no option {option}: {text}",
            place.display()
        );
    }
    named.len()
}

/// Other programs of the README.
const OTHERS: [&str; 3] = ["nm ", "strace ", "uvx "];

/// What niggle is given on a line or in a code span: what cargo takes comes before its own `--`, what other programs take before
/// niggle's name.
fn for_niggle(words: &str) -> &str {
    let behind = |mark: &str| words.split_once(mark).map_or("", |(_, rest)| rest);
    if words.starts_with("cargo test ") {
        // What is behind its `--` is for the tests.
        ""
    } else if words.starts_with("cargo ") {
        behind(" -- ")
    } else if OTHERS.iter().any(|program| words.starts_with(program)) {
        behind("niggle ")
    } else {
        words
    }
}

#[test]
fn every_option_that_is_named_anywhere_is_one() {
    let mut known = options_of(&Cli::command());
    known.extend(["--help", "--version"].map(str::to_string));
    let mut named = 0;
    for (path, text) in crate::tidy::rust_files("src") {
        named += literals(&text)
            .iter()
            .map(|literal| assert_known(&path, literal, &known))
            .sum::<usize>();
    }
    assert!(named > 40, "the texts were read: {named}");
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let words = readme.split(['\n', '`']).map(for_niggle);
    let named: usize = words
        .map(|line| assert_known(Path::new("README.md"), line, &known))
        .sum();
    assert!(named > 20, "the README was read: {named}");
}

#[test]
fn options_are_seen_where_they_are_named() {
    assert_eq!(
        named_in("`--a-b` (--c), --d=1 --|--- a--b <!-- x --> --e. --f:1 var(--g)"),
        ["--a-b", "--c", "--d", "--e"]
    );
    assert_eq!(
        for_niggle("cargo run --release -- report x --out y"),
        "report x --out y"
    );
    assert_eq!(
        for_niggle("strace --trace=network niggle report x --out y"),
        "report x --out y"
    );
    assert_eq!(for_niggle("nm --undefined-only x"), "");
}

/// The table of the options of `niggle report`, from the command itself.
fn table() -> String {
    let command = Cli::command();
    let report = command.find_subcommand("report").expect("niggle report");
    let rows: String = report.get_opts().map(row).collect();
    format!("| option of `report` | what it does |\n|---|---|\n{rows}")
}

fn row(option: &Arg) -> String {
    let names = option
        .get_short()
        .map(|short| format!("`-{short}`, "))
        .unwrap_or_default();
    let help = option
        .get_long_help()
        .or(option.get_help())
        .expect("every option has a help")
        .to_string();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(
        "| {names}`--{}{}` | {} |\n",
        option.get_long().unwrap(),
        value(option),
        help.replace('|', "\\|")
    )
}

/// What is written after the option: one of its words, or the name of its value.
fn value(option: &Arg) -> String {
    let may_stand_alone = option
        .get_num_args()
        .is_some_and(|values| values.min_values() == 0);
    if may_stand_alone || !option.get_action().takes_values() {
        return String::new();
    }
    let words: Vec<String> = option
        .get_possible_values()
        .iter()
        .map(|word| word.get_name().to_string())
        .collect();
    let name = || {
        option
            .get_value_names()
            .map(|names| names.join(" "))
            .unwrap_or_default()
    };
    format!(
        " {}",
        if words.is_empty() {
            name()
        } else {
            words.join("\\|")
        }
    )
}

/// The table of the exit codes, from their list.
fn codes_table() -> String {
    let row = |code: &ExitCode| {
        let of: Vec<String> = code.of.iter().map(|name| format!("`{name}`")).collect();
        let of = if of.is_empty() {
            "every command".to_string()
        } else {
            of.join(", ")
        };
        format!("| {} | {of} | {} |\n", code.code, code.means)
    };
    let rows: String = EXIT_CODES.iter().map(row).collect();
    format!("| exit code | of | what it says |\n|---|---|---|\n{rows}")
}

/// What README has between the marks of a generated table.
fn between(name: &str) -> String {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let found = readme
        .split(&format!("<!-- {name}: generated -->\n"))
        .nth(1);
    let found = found.and_then(|rest| rest.split(&format!("<!-- {name}: end -->")).next());
    found.unwrap_or_default().to_string()
}

#[test]
fn the_readme_has_the_tables_of_options_and_exit_codes() {
    for (name, expected) in [("options", table()), ("exit-codes", codes_table())] {
        assert!(
            between(name) == expected,
            "README.md: between the marks of {name} must stand\n{expected}"
        );
    }
}
