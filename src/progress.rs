//! Progress: a bar on a terminal, a line before and one after elsewhere, nothing when quiet; and the flag that Ctrl-C sets.

use crate::{cohort::Watch, ingest::Progress, report::text, terminal, units::counted};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::Write,
    sync::{
        OnceLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

/// Set once by Ctrl-C or a request to end.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Progress on standard error.
pub struct Terminal {
    quiet: bool,
    bar: OnceLock<ProgressBar>,
    done: AtomicUsize,
    files: AtomicUsize,
    archives: AtomicUsize,
}

/// Ctrl-C and a request to end.
struct Signals;

impl Signals {
    /// A report is written whole or not at all.
    fn take_over() {
        // A second call (tests) finds the handler set, which is as good.
        let _ = ctrlc::set_handler(|| {
            if INTERRUPTED.swap(true, Ordering::Relaxed) {
                // Asked twice: leave at once. What is being made ready is in a hidden folder of its own.
                std::process::exit(130);
            }
        });
    }
}

impl Terminal {
    /// Also takes over Ctrl-C, so that a report is written whole or not at all.
    pub fn new(quiet: bool) -> Self {
        Signals::take_over();
        Terminal {
            quiet,
            bar: OnceLock::new(),
            done: AtomicUsize::new(0),
            files: AtomicUsize::new(0),
            archives: AtomicUsize::new(0),
        }
    }

    /// What stands beside the bar.
    fn message(done: usize, files: usize) -> String {
        format!("{done}/{files} files")
    }

    /// What all archives came to, in one line however many they were.
    fn unpacked(archives: usize, files: usize) {
        if archives > 0 && files > 0 {
            let archives = counted(archives, "archive", "archives");
            let files = counted(files, "file", "files");
            line(&format!("read {files}, with those in {archives}"));
        }
    }
}

fn line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

impl Progress for Terminal {
    fn start(&self, files: usize, bytes: u64) {
        self.files.store(files, Ordering::Relaxed);
        if self.quiet {
            return;
        }
        if terminal::can_redraw_stderr() {
            let _ = self
                .bar
                .set(bar(bytes, template()).with_message(Self::message(0, files)));
        } else {
            line(&format!("reading {}", amount(files, bytes)));
        }
    }

    fn opened(&self, archive_bytes: u64, files: usize, bytes: u64) {
        // The archive itself is not one of the files any more.
        let before = self.files.load(Ordering::Relaxed).saturating_sub(1);
        self.files.store(before + files, Ordering::Relaxed);
        // One with nothing in it was cut short or is empty, which the report tells.
        self.archives
            .fetch_add(usize::from(files > 0), Ordering::Relaxed);
        if let Some(bar) = self.bar.get() {
            put_into(bar, archive_bytes, bytes);
        }
    }

    fn file_done(&self, bytes: u64) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let files = self.files.load(Ordering::Relaxed);
        if let Some(bar) = self.bar.get() {
            bar.inc(bytes);
            bar.set_message(Self::message(done, files));
        }
    }

    fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        } else if !self.quiet {
            let archives = self.archives.load(Ordering::Relaxed);
            Self::unpacked(archives, self.files.load(Ordering::Relaxed));
        }
    }

    fn interrupted(&self) -> bool {
        INTERRUPTED.load(Ordering::Relaxed)
    }
}

/// Progress over runners, on standard error.
pub struct Runners {
    quiet: bool,
    bar: OnceLock<ProgressBar>,
    begun: AtomicUsize,
    all: AtomicUsize,
}

/// Runners who are all named where no bar can be drawn; of more only every so many.
const NAMED: usize = 20;

impl Runners {
    /// Also takes over Ctrl-C.
    pub fn new(quiet: bool) -> Self {
        Signals::take_over();
        Runners {
            quiet,
            bar: OnceLock::new(),
            begun: AtomicUsize::new(0),
            all: AtomicUsize::new(0),
        }
    }

    fn is_told(number: usize, all: usize) -> bool {
        all <= NAMED || number.is_multiple_of(all / NAMED)
    }
}

impl Watch for Runners {
    fn start(&self, runners: usize, before: usize) {
        self.all.store(runners, Ordering::Relaxed);
        self.begun.store(before, Ordering::Relaxed);
        if self.quiet {
            return;
        }
        if before > 0 {
            line(&format!(
                "{} read before",
                counted(before, "runner was", "runners were")
            ));
        }
        if terminal::can_redraw_stderr() {
            let template = "{bar:20} {pos}/{len} runners {wide_msg} {eta} left";
            let bar = bar(runners as u64, template);
            bar.set_position(before as u64);
            bar.reset_eta();
            let _ = self.bar.set(bar);
        }
    }

    fn begin(&self, name: &str) {
        let number = self.begun.fetch_add(1, Ordering::Relaxed) + 1;
        let all = self.all.load(Ordering::Relaxed);
        let name = text::printable(name);
        if let Some(bar) = self.bar.get() {
            bar.set_message(name);
        } else if !self.quiet && Self::is_told(number, all) {
            line(&format!("runner {number} of {all}: {name}"));
        }
    }

    fn done(&self) {
        if let Some(bar) = self.bar.get() {
            bar.inc(1);
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

fn bar(length: u64, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template);
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}

/// What the bar's one line holds: in a narrow window the least, cut where it ends.
fn template() -> &'static str {
    match terminal::width_of_stderr() {
        Some(width) if width < WIDE => "{wide_msg} {eta} left",
        _ => "{bar:20} {wide_msg} {bytes}/{total_bytes} {eta} left",
    }
}

/// Columns from which on a bar is drawn.
const WIDE: usize = 70;

/// Puts what is in an archive in its place.
fn put_into(bar: &ProgressBar, archive_bytes: u64, bytes: u64) {
    let length = bar.length().unwrap_or(0).saturating_sub(archive_bytes);
    bar.set_length(length + bytes);
}

/// `3 files, 4.1 MB`; `1 file, 0.3 kB`.
fn amount(files: usize, bytes: u64) -> String {
    let files = counted(files, "file", "files");
    match bytes {
        0..100_000 => format!("{files}, {:.1} kB", bytes as f64 / 1e3),
        _ => format!("{files}, {:.1} MB", bytes as f64 / 1e6),
    }
}
