//! CONTRIBUTING.md: every path, name, test and command in it exists.

use clap::CommandFactory;
use niggle::cli::Cli;
use std::{fs, path::PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands between two backticks, by paragraph or point of a list.
fn quoted() -> Vec<Vec<String>> {
    let text = read("CONTRIBUTING.md");
    let mut pieces = vec![String::new()];
    for line in text.lines() {
        let is_point = line.starts_with("- ") || line.starts_with(|c: char| c.is_ascii_digit());
        if line.is_empty() || is_point {
            pieces.push(String::new());
        }
        let piece = pieces.last_mut().unwrap();
        *piece = format!("{piece} {line}");
    }
    let words = |piece: &String| {
        piece
            .split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_string)
            .collect()
    };
    pieces.iter().map(words).collect()
}

/// Names of what a person makes, which are in no tree.
const EXAMPLES: [&str; 1] = ["expected.json"];

fn is_path(word: &str) -> bool {
    let ends = [".md", ".rs", ".toml", ".tsv", ".json", ".sh"];
    let is_file = ends.iter().any(|end| word.ends_with(end));
    !word.contains(' ') && (word.contains('/') || is_file) && !EXAMPLES.contains(&word)
}

fn is_name(word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    word.len() > 1 && word.chars().all(is_part)
}

/// Words in backticks that are no names of the code.
const NO_NAMES: [&str; 3] = ["mod", "run", "report"];

#[test]
fn every_path_exists() {
    let words: Vec<String> = quoted().concat();
    let paths: Vec<&String> = words.iter().filter(|word| is_path(word)).collect();
    assert!(paths.len() > 60, "{} paths were found", paths.len());
    for path in paths {
        assert!(root().join(path).exists(), "{path} is not in the tree");
    }
}

#[test]
fn every_name_is_in_a_file_named_beside_it() {
    let mut seen = 0;
    for piece in quoted() {
        let files = piece
            .iter()
            .filter(|word| is_path(word) && root().join(word).is_file());
        let texts: String = files.map(|path| read(path)).collect();
        let names = piece.iter().filter(|word| is_name(word));
        for name in names.filter(|name| !NO_NAMES.contains(&name.as_str())) {
            let parts = |c: char| !c.is_ascii_alphanumeric() && c != '_';
            let is_there = texts.split(parts).any(|word| word == name);
            assert!(
                is_there,
                "`{name}` is in none of the files named beside it: {piece:?}"
            );
            seen += 1;
        }
    }
    assert!(seen > 25, "{seen} names were found");
}

#[test]
fn every_filter_of_a_test_is_a_file_of_tests() {
    let modules = read("tests/it/main.rs");
    let words = quoted().concat();
    let commands = words
        .iter()
        .filter_map(|word| word.strip_prefix("cargo test --test it "));
    let filters: Vec<&str> = commands
        .flat_map(|rest| rest.trim_start_matches("-- ").split(' '))
        .collect();
    assert!(filters.len() > 5, "{filters:?}");
    for filter in filters {
        assert!(
            modules.contains(&format!("mod {filter};")),
            "there is no tests/it/{filter}.rs"
        );
    }
}

#[test]
fn the_commands_it_runs_are_commands() {
    let text = read("CONTRIBUTING.md");
    let called: Vec<&str> = text.split("cargo run -- ").skip(1).collect();
    assert!(!called.is_empty());
    for rest in called {
        let name = rest.split(' ').next().unwrap();
        let command = Cli::command();
        assert!(
            command.find_subcommand(name).is_some(),
            "niggle has no command {name}"
        );
    }
}

#[test]
fn the_readme_leads_here() {
    assert!(read("README.md").contains("(CONTRIBUTING.md)"));
}
