//! Progress: a bar on a terminal, plain lines elsewhere, nothing when quiet; and the flag that Ctrl-C sets.

use crate::{ingest::Progress, units::counted};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{IsTerminal, Write},
    sync::{
        OnceLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

/// Set once by Ctrl-C or a request to end.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// A plain line after this many files.
const LINE_EVERY: usize = 500;

/// Progress on standard error.
pub struct Terminal {
    quiet: bool,
    bar: OnceLock<ProgressBar>,
    done: AtomicUsize,
    files: AtomicUsize,
}

impl Terminal {
    /// Also takes over Ctrl-C, so that a report is written whole or not at all.
    pub fn new(quiet: bool) -> Self {
        // A second call (tests) finds the handler set, which is as good.
        let _ = ctrlc::set_handler(|| {
            if INTERRUPTED.swap(true, Ordering::Relaxed) {
                // Asked twice: leave at once. What is being made ready is in a hidden folder of its own.
                std::process::exit(130);
            }
        });
        Terminal {
            quiet,
            bar: OnceLock::new(),
            done: AtomicUsize::new(0),
            files: AtomicUsize::new(0),
        }
    }

    fn line(&self, text: &str) {
        let _ = writeln!(std::io::stderr(), "{text}");
    }
}

impl Progress for Terminal {
    fn start(&self, files: usize, bytes: u64) {
        self.files.store(files, Ordering::Relaxed);
        if self.quiet {
            return;
        }
        if std::io::stderr().is_terminal() {
            let _ = self.bar.set(bar(files, bytes));
        } else {
            self.line(&format!("reading {}", amount("", files, bytes)));
        }
    }

    fn opened(&self, archive_bytes: u64, files: usize, bytes: u64) {
        // The archive itself is not one of the files any more.
        let before = self.files.load(Ordering::Relaxed).saturating_sub(1);
        self.files.store(before + files, Ordering::Relaxed);
        if let Some(bar) = self.bar.get() {
            put_into(bar, archive_bytes, bytes);
        } else if !self.quiet {
            let read = amount(" in an archive", files, bytes);
            self.line(&format!("reading {read}"));
        }
    }

    fn file_done(&self, bytes: u64) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let files = self.files.load(Ordering::Relaxed);
        if let Some(bar) = self.bar.get() {
            bar.inc(bytes);
            bar.set_message(format!("{done}/{files} files"));
        } else if !self.quiet && done.is_multiple_of(LINE_EVERY) {
            self.line(&format!("read {done} of {files} files"));
        }
    }

    fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }

    fn interrupted(&self) -> bool {
        INTERRUPTED.load(Ordering::Relaxed)
    }
}

fn bar(files: usize, bytes: u64) -> ProgressBar {
    let template = "{bar:30} {msg} · {bytes}/{total_bytes} · {bytes_per_sec} · {eta} left";
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(bytes)
        .with_style(style)
        .with_message(format!("0/{files} files"))
}

/// Puts what is in an archive in its place.
fn put_into(bar: &ProgressBar, archive_bytes: u64, bytes: u64) {
    let length = bar.length().unwrap_or(0).saturating_sub(archive_bytes);
    bar.set_length(length + bytes);
}

/// `3 files in an archive, 4.1 MB`.
fn amount(place: &str, files: usize, bytes: u64) -> String {
    let files = counted(files, "file", "files");
    format!("{files}{place}, {:.1} MB", bytes as f64 / 1e6)
}
