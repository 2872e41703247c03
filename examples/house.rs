//! `cargo run --example house [FOLDER [TOKENS]]`: the figures of this house, or of another's sources, beside those of six others.
//! With a number every function of more tokens is listed, else the densest.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub
)]

#[path = "../tests/it/house.rs"]
mod house;

use std::path::PathBuf;

/// The same figures of programs that are praised for their code, measured in November 2026 with another walker, which counts about
/// a tenth more tokens (cargo-deny's median is 96 there and 88 here).
const ANCHORS: &[(&str, &[&str; 6])] = &[
    (
        "",
        &[
            "ripgrep core",
            "hyperfine",
            "cargo-deny",
            "nextest-runner",
            "typst",
            "ruff rules",
        ],
    ),
    (
        "code lines",
        &["8469", "3090", "14249", "40295", "13993", "95046"],
    ),
    ("lines a function: median", &["3", "9", "12", "8", "7", "8"]),
    (
        "lines a function: p90",
        &["16", "45", "75", "39", "30", "52"],
    ),
    (
        "lines a function: max",
        &["220", "392", "948", "984", "173", "1591"],
    ),
    (
        "functions over 60 lines",
        &["10", "8", "52", "88", "36", "297"],
    ),
    (
        "tokens a function: median",
        &["24", "64", "96", "62", "62", "65"],
    ),
    (
        "tokens a function: p90",
        &["158", "299", "565", "231", "242", "301"],
    ),
    (
        "tokens a function: p99",
        &["510", "1977", "2046", "881", "932", "888"],
    ),
    (
        "tokens a function: max",
        &["1244", "3676", "4631", "4963", "1785", "11126"],
    ),
    (
        "mean code line, letters",
        &["31", "37", "36", "34", "33", "34"],
    ),
    (
        "lines a file: median",
        &["117", "56", "315", "210", "217", "112"],
    ),
    (
        "lines a file: max",
        &["5505", "506", "1762", "3187", "2689", "2284"],
    ),
    (
        "comment share",
        &["15.9 %", "7.5 %", "6.5 %", "19.8 %", "18.9 %", "30.8 %"],
    ),
    (
        "of it not documentation",
        &["2.5 %", "3.7 %", "2.8 %", "5.8 %", "4.1 %", "4.0 %"],
    ),
    (
        "unwrap and expect a thousand lines",
        &["2.7", "5.5", "7.3", "3.3", "5.9", "1.1"],
    ),
    (
        "clone a thousand lines",
        &["4.4", "1.6", "4.8", "10.0", "8.4", "3.0"],
    ),
    (
        "as casts a thousand lines",
        &["0", "2.9", "2.5", "2.0", "2.6", "0.3"],
    ),
    ("allow attributes", &["0", "2", "31", "31", "7", "50"]),
    ("unsafe", &["1", "12", "7", "26", "0", "0"]),
];

fn main() {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("src"), PathBuf::from);
    let house = house::measure(&folder);
    for (name, value) in house.figures() {
        println!("{name:<46} {value}");
    }
    let over: Option<usize> = std::env::args()
        .nth(2)
        .and_then(|tokens| tokens.parse().ok());
    println!("\nthe densest functions: tokens, lines, comments inside");
    let all = house.densest(if over.is_some() { usize::MAX } else { 20 });
    for function in all
        .iter()
        .filter(|function| function.tokens > over.unwrap_or(0))
    {
        let (tokens, lines, comments) = (function.tokens, function.lines, function.comments);
        let place = format!("{}:{}", function.file.display(), function.line);
        println!(
            "{tokens:>5} {lines:>3} {comments:>2} {} {place}",
            function.name
        );
    }
    println!("\nothers, by another walker");
    for (name, values) in ANCHORS {
        let values: String = values.iter().map(|value| format!("{value:>16}")).collect();
        println!("{name:<36}{values}");
    }
}
