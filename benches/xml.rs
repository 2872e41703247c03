//! GPX decoding against the gpx crate: CPU time of interleaved rounds, medians, MB/s and their ratio.
//!
//! The input is a synthetic hour in Garmin Connect's layout, and the GPX history of `NIGGLE_CORPUS` when that is set.
//! The work is not equal: gpx reads every element of the format but drops heart rate and cadence.

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
use std::{fmt::Write, hint::black_box, time::Duration};

const ROUNDS: usize = 5;

fn main() {
    measure("synthetic hour", &[synthetic_hour()]);
    match std::env::var_os("NIGGLE_CORPUS") {
        Some(corpus) => measure(
            "history",
            &history(&std::path::PathBuf::from(corpus).join("history-gpx")),
        ),
        None => println!("history: skipped, NIGGLE_CORPUS is not set"),
    }
}

fn measure(label: &str, files: &[Vec<u8>]) {
    let megabytes = files.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let (mut niggle, mut other) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        niggle.push(cpu_time(files, |bytes| {
            drop(black_box(niggle::decode::gpx::decode(bytes)))
        }));
        other.push(cpu_time(files, |bytes| drop(black_box(gpx::read(bytes)))));
    }
    let (niggle, other) = (megabytes / median_s(niggle), megabytes / median_s(other));
    println!(
        "{label}: {megabytes:.1} MB, niggle {niggle:.0} MB/s, gpx {other:.1} MB/s, ratio {:.1}",
        niggle / other
    );
}

/// CPU time of decoding all files once.
fn cpu_time(files: &[Vec<u8>], decode: impl Fn(&[u8])) -> Duration {
    let start = ProcessTime::now();
    files.iter().for_each(|bytes| decode(bytes));
    start.elapsed()
}

fn median_s(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

fn history(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("the history folder can be read");
    entries
        .map(|entry| std::fs::read(entry.expect("an entry").path()).expect("a readable file"))
        .collect()
}

/// 3,600 points with the long coordinates that Garmin Connect writes.
fn synthetic_hour() -> Vec<u8> {
    let mut text = String::from(
        "<?xml version=\"1.0\"?>\n<gpx version=\"1.1\" creator=\"bench\"><trk><trkseg>\n",
    );
    for second in 0..3600u32 {
        let (latitude, longitude) = (
            52.0 + f64::from(second) * 2.7e-5,
            13.0 + f64::from(second % 600) * 1.1e-5,
        );
        let (minute, second, heart_rate) = (second / 60, second % 60, 130 + second % 40);
        let _ = write!(
            text,
            "      <trkpt lat=\"{latitude:.28}\" lon=\"{longitude:.28}\">\n        <ele>50.20000076293945</ele>\n        \
             <time>2024-11-08T10:{minute:02}:{second:02}.000Z</time>\n        <extensions>\n          \
             <ns3:TrackPointExtension>\n            <ns3:hr>{heart_rate}</ns3:hr>\n            \
             <ns3:cad>85</ns3:cad>\n          </ns3:TrackPointExtension>\n        </extensions>\n      </trkpt>\n"
        );
    }
    text.push_str("</trkseg></trk></gpx>\n");
    text.replace("<gpx ", "<gpx xmlns:ns3=\"urn:ns3\" ")
        .into_bytes()
}
