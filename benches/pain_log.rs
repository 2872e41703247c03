//! A pain log at the most rows that are read: how long reading it and saying what would be said now take, and how much memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    reason = "a bench may fail loudly and print"
)]

use cpu_time::ProcessTime;
use niggle::{
    course::short,
    pain::{self, Options},
    rules::{EmergencyNumber, Limits},
    time::plus_days,
};
use std::{fmt::Write, fs, hint::black_box, process::Command, time::Instant};

/// The row of a number.
type Row = fn(u32) -> String;

const ROWS: u32 = 200_000;
/// Rows of one day: eight places at three moments.
const A_DAY: u32 = 24;
const PLACES: [&str; 8] = [
    "left knee",
    "right knee",
    "left shin",
    "right shin",
    "left Achilles",
    "right Achilles",
    "left calf",
    "hip",
];
const MOMENTS: [&str; 3] = ["morning", "during", "evening"];
const WORDS: &str = "the run felt easy and my legs were tired after hills rain wind new shoes on trail but slow heavy warm up \
    took long stretched a little coach says next week race soon good sleep bad work stress better later stiff at first then fine";

fn main() {
    let shapes: [(&str, Row); 2] = [("four columns", plain), ("with notes", noted)];
    let asked = std::env::args().nth(1).filter(|arg| !arg.starts_with("--"));
    for (name, row) in shapes {
        match &asked {
            Some(asked) if asked == name => measure(&log(row)),
            Some(_) => {}
            None => in_a_process_of_its_own(name, log(row).len()),
        }
    }
}

/// The largest memory is a process's own.
fn in_a_process_of_its_own(name: &str, bytes: usize) {
    println!("{name}: {ROWS} rows, {:.1} MB", bytes as f64 / 1e6);
    let program = std::env::current_exe().expect("this program");
    assert!(
        Command::new(program)
            .arg(name)
            .status()
            .expect("it runs")
            .success()
    );
}

#[allow(clippy::disallowed_methods)] // a bench measures time; what it times does not look at the clock
fn measure(log: &str) {
    let before = peak_bytes();
    let allowed_mb = 4.0 * log.len() as f64 / 1e6 + 32.0;
    let peak_memory = || match (before, peak_bytes()) {
        (Some(before), Some(peak)) => {
            let (more_mb, mb) = ((peak - before) / 1e6, peak / 1e6);
            format!(
                "at most {more_mb:.1} MB more than before ({allowed_mb:.1} MB allowed), {mb:.1} MB in all"
            )
        }
        _ => "peak memory not known".to_string(),
    };
    let (cpu, wall) = (ProcessTime::now(), Instant::now());
    let read = pain::read(log.as_bytes(), "log.csv", &Options::default()).expect("a log");
    let (read_cpu, read_wall) = (cpu.elapsed().as_secs_f64(), wall.elapsed().as_secs_f64());
    println!(
        "  read: {read_wall:.2} s wall, {read_cpu:.2} s CPU, {}",
        peak_memory()
    );
    black_box(short::of_log(
        &read,
        &Limits::default(),
        &EmergencyNumber::default(),
    ));
    let (cpu, wall) = (cpu.elapsed().as_secs_f64(), wall.elapsed().as_secs_f64());
    println!(
        "  read and judged: {wall:.2} s wall, {cpu:.2} s CPU, {}",
        peak_memory()
    );
}

/// Rows, each about a day, a moment and a place of its own.
fn log(row: Row) -> String {
    let mut text = String::from(if row(0).matches(',').count() > 3 {
        "date,moment,site,pain,notes\n"
    } else {
        "date,moment,site,pain\n"
    });
    (0..ROWS).for_each(|index| text.push_str(&row(index)));
    text
}

fn plain(index: u32) -> String {
    let date = plus_days(
        "2001-01-01".parse().expect("a literal date"),
        i64::from(index / A_DAY),
    );
    let moment = MOMENTS[(index / 8 % 3) as usize];
    format!(
        "{date},{moment},{},{}\n",
        PLACES[(index % 8) as usize],
        [0, 0, 0, 1, 2, 3, 4][(mixed(index) % 7) as usize]
    )
}

/// The same with a note in every fourth row.
fn noted(index: u32) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut row = plain(index).trim_end().to_string();
    let count = if index.is_multiple_of(4) {
        4 + mixed(index) % 11
    } else {
        0
    };
    row.push(',');
    for word in 0..count {
        let word = words[mixed(index * 16 + word) as usize % words.len()];
        // Writing into a String does not fail.
        let _ = write!(row, "{word} ");
    }
    row + "\n"
}

/// Reproducible noise.
fn mixed(index: u32) -> u32 {
    (index.wrapping_mul(2_654_435_761) ^ (index >> 7)).wrapping_mul(2_246_822_519) >> 9
}

/// The most memory this process ever had, as Linux counts it.
fn peak_bytes() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    peak?.parse().ok().map(|kilobytes: f64| kilobytes * 1024.0)
}
