//! Makes a history of any length out of a few real shapes: `cargo run --example make_big_history -- FOLDER RUNS [SHAPES]`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    reason = "an example may fail loudly and print"
)]

mod history;

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, runs, shapes @ ..] = args.as_slice() else {
        println!(
            "make_big_history FOLDER RUNS [SHAPES]: writes RUNS FIT files, made of those in SHAPES [sample_data]"
        );
        return Ok(());
    };
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let shapes = shapes.first().map_or(sample, PathBuf::from);
    let runs = runs.parse().map_err(std::io::Error::other)?;
    let bytes = history::make(&shapes, &PathBuf::from(folder), runs)?;
    println!("{runs} files, {:.1} MB", bytes as f64 / 1e6);
    Ok(())
}
