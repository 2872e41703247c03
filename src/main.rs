//! The program: parse, run, exit.

use niggle::{cli, ingest};
use std::{panic, process::ExitCode, thread};

fn main() -> ExitCode {
    keep_workers_quiet();
    ExitCode::from(cli::Cli::given().map_or_else(|code| code, cli::run))
}

/// A panic on a worker becomes a problem in the report, so it needs no message on the terminal; any other keeps its own.
fn keep_workers_quiet() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(ingest::WORKER_NAME) {
            usual(info);
        }
    }));
}
