//! Makes a history of any length out of a few real shapes: `cargo run --example make_big_history -- FOLDER RUNS [SHAPES [HOURS]]`.

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
    let [folder, runs, more @ ..] = args.as_slice() else {
        println!(
            "make_big_history FOLDER RUNS [SHAPES [HOURS]]: writes RUNS FIT files, made of those in SHAPES [sample_data], one every HOURS [16]"
        );
        return Ok(());
    };
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let number = |text: &String| text.parse().map_err(std::io::Error::other);
    let (runs, step_h) = (number(runs)?, more.get(1).map_or(Ok(16), number)?);
    let shapes = more.first().map_or(sample, PathBuf::from);
    let bytes = history::make(&shapes, &PathBuf::from(folder), runs, step_h)?;
    println!("{runs} files, {:.1} MB", bytes as f64 / 1e6);
    Ok(())
}
