//! The whole ingest (read, unpack, decode, clean, measure) against rustyfit's decoding alone, a cache's worth, and long histories.
//!
//! `NIGGLE_CORPUS=<folder> cargo bench --bench ingest` measures the folder's `bench/` files A to E, mixed 5:7:5:2:1, as files, gzipped and
//! in a zip; without it, the sample. `cargo bench --bench ingest -- scale` makes 3,000 and 30,000 files and writes a report on each,
//! every one in a process of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    reason = "a bench may fail loudly and print"
)]

#[path = "../examples/make_big_history/history.rs"]
mod history;

use cpu_time::ProcessTime;
use flate2::{Compression, write::DeflateEncoder, write::GzEncoder};
use niggle::{
    config::Config,
    ingest::{self, Ingested, Silent, cache::Cache},
    pipeline,
    source::{self, Discovered},
};
use rawzip::{CompressionMethod, ZipArchiveWriter};
use rustyfit::{Decoder, DecoderEvent, StreamingIterator};
use std::{
    fs,
    hint::black_box,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

/// Rounds in which everything gets its turn. They are short and many: what else a machine does comes and goes in seconds, so each ratio is
/// one between neighbours in time, and medians are over rounds.
const ROUNDS: usize = 51;
/// A:B:C:D:E, the mix (src/method/limits.md, The mix), and how often the mix is laid out for niggle; rustyfit decodes it once a
/// round, which takes it about as long.
const MIX: [usize; 5] = [5, 7, 5, 2, 1];
const TIMES: usize = 5;

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg != "--bench")
        .collect();
    match args
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["scale"] => [3_000, 30_000].into_iter().for_each(scale),
        ["report", folder] => report(Path::new(folder)),
        ["once", times] => once(times.parse().expect("a number")),
        _ => compare(),
    }
}

fn compare() {
    let mix = mix();
    let files = several(&mix);
    let megabytes = files.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let folder = tempfile::tempdir().expect("a folder");
    let laid_out = lay_out(&files, folder.path());
    let options = ingest::Options {
        jobs: Some(1),
        ..ingest::Options::default()
    };
    let cached = caches(&laid_out, &options);
    println!(
        "{} files, {megabytes:.1} MB, one thread, {ROUNDS} interleaved rounds, CPU time",
        files.len()
    );
    let mut seconds = vec![Vec::new(); 1 + 2 * laid_out.len()];
    for _ in 0..ROUNDS {
        seconds[0].push(TIMES as f64 * cpu_s(|| mix.iter().for_each(|bytes| with_rustyfit(bytes))));
        for (i, (found, bytes)) in laid_out.iter().zip(&cached).enumerate() {
            seconds[1 + 2 * i].push(cpu_s(|| {
                drop(black_box(ingest::read_all(found, &options, &Silent)))
            }));
            seconds[2 + 2 * i].push(cpu_s(|| {
                drop(black_box(read_cached(found, &options, bytes)))
            }));
        }
    }
    let names = [
        "rustyfit, decode alone",
        "files",
        "files, cached",
        "gzip",
        "gzip, cached",
        "zip",
        "zip, cached",
    ];
    println!(
        "{:<24} {:>9} {:>12} {:>14} {:>14}",
        "", "MB/s", "x rustyfit", "fastest rounds", "x without cache"
    );
    for (i, name) in names.into_iter().enumerate() {
        let cached = i > 0 && i % 2 == 0;
        let times_cached = if cached {
            format!("{:.1}", ratio(&seconds[i - 1], &seconds[i]))
        } else {
            String::new()
        };
        let (rate, undisturbed) = (
            megabytes / median(seconds[i].clone()),
            fastest(&seconds[0]) / fastest(&seconds[i]),
        );
        let times_rustyfit = ratio(&seconds[0], &seconds[i]);
        println!(
            "{name:<24} {rate:>9.1} {times_rustyfit:>12.2} {undisturbed:>14.2} {times_cached:>14}"
        );
    }
}

/// The median over rounds of how many times as long one took as the other.
fn ratio(long: &[f64], short: &[f64]) -> f64 {
    median(
        long.iter()
            .zip(short)
            .map(|(long, short)| long / short)
            .collect(),
    )
}

fn fastest(seconds: &[f64]) -> f64 {
    seconds.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Reads the mix so often and nothing else: for a counter of instructions.
fn once(times: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let found = &lay_out(&several(&mix()), folder.path())[0];
    let options = ingest::Options {
        jobs: Some(1),
        ..ingest::Options::default()
    };
    (0..times).for_each(|_| drop(black_box(ingest::read_all(found, &options, &Silent))));
}

fn cpu_s(work: impl FnOnce()) -> f64 {
    let begin = ProcessTime::now();
    work();
    begin.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What a first run leaves for the next one.
fn caches(laid_out: &[Discovered], options: &ingest::Options) -> Vec<Vec<u8>> {
    let first_run = |found| {
        let cache = Cache::new(&ingest::cache_options(options));
        ingest::read_all_with(found, options, Some(&cache), &Silent).expect("nobody interrupts");
        cache.bytes()
    };
    laid_out.iter().map(first_run).collect()
}

fn read_cached(found: &Discovered, options: &ingest::Options, bytes: &[u8]) -> Ingested {
    let cache =
        Cache::with(&ingest::cache_options(options), bytes.to_vec()).expect("a whole cache");
    ingest::read_all_with(found, options, Some(&cache), &Silent).expect("nobody interrupts")
}

/// The files, each as often as the mix says.
fn mix() -> Vec<Vec<u8>> {
    if let Some(corpus) = std::env::var_os("NIGGLE_CORPUS") {
        let files = fit_files(&Path::new(&corpus).join("bench"))
            .into_iter()
            .zip(MIX);
        return files
            .flat_map(|(bytes, times)| vec![bytes; times])
            .collect();
    }
    fit_files(&home().join("sample_data"))
}

/// All of it so often.
fn several(mix: &[Vec<u8>]) -> Vec<Vec<u8>> {
    (0..TIMES).flat_map(|_| mix.iter().cloned()).collect()
}

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.fit` file in a folder and its folders, by name.
fn fit_files(folder: &Path) -> Vec<Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    let paths = walk.into_iter().flatten().map(|entry| entry.into_path());
    paths
        .filter(|path| path.extension().is_some_and(|end| end == "fit"))
        .flat_map(fs::read)
        .collect()
}

/// The files as they are, gzipped, and in one zip.
fn lay_out(files: &[Vec<u8>], folder: &Path) -> Vec<Discovered> {
    let (plain, gzipped) = (folder.join("files"), folder.join("gzip"));
    fs::create_dir_all(&plain).expect("a folder");
    fs::create_dir_all(&gzipped).expect("a folder");
    let mut zip = ZipArchiveWriter::new(Vec::new());
    for (i, bytes) in files.iter().enumerate() {
        fs::write(plain.join(format!("{i:04}.fit")), bytes).expect("written");
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).expect("packed");
        fs::write(
            gzipped.join(format!("{i:04}.fit.gz")),
            encoder.finish().expect("packed"),
        )
        .expect("written");
        let name = format!("{i:04}.fit");
        let file = zip
            .new_file(&name)
            .compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().expect("an entry");
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(bytes).expect("packed");
        let (encoder, descriptor) = writer.finish().expect("packed");
        encoder.finish().expect("packed");
        entry.finish(descriptor).expect("an entry");
    }
    let archive = folder.join("history.zip");
    fs::write(&archive, zip.finish().expect("an archive")).expect("written");
    [plain, gzipped, archive]
        .map(|input| source::discover(&[input], &[]).expect("it is there"))
        .into()
}

/// rustyfit's stream, the fastest complete peer, with its CRC check on; what it decodes is only counted.
fn with_rustyfit(bytes: &[u8]) {
    let mut reader = bytes;
    let mut decoder = Decoder::new();
    let mut stream = decoder.stream(&mut reader);
    let mut fields = 0;
    while let Some(Ok(event)) = stream.next() {
        let DecoderEvent::Message(message) = event else {
            continue;
        };
        fields += black_box(message).fields.len();
    }
    black_box(fields);
}

/// Makes a history and has a report written on it by a process of its own, whose largest memory is its own too.
fn scale(runs: u32) {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = history::make(
        &home().join("sample_data"),
        &folder.path().join("runs"),
        runs,
        16,
    )
    .expect("a history");
    println!("{runs} files, {:.0} MB", bytes as f64 / 1e6);
    let program = std::env::current_exe().expect("this program");
    let done = Command::new(program)
        .arg("report")
        .arg(folder.path())
        .status()
        .expect("it runs");
    assert!(done.success());
}

/// Files that a folder grows by.
const NEW_FILES: usize = 3;

/// Writes four reports: without a cache, with a new one, with a full one, with one that lacks the newest files; says what each took.
fn report(folder: &Path) {
    let (runs, later) = (folder.join("runs"), folder.join("later"));
    write_report("no cache", folder, false);
    fs::create_dir_all(&later).expect("a folder");
    let newest = newest(&runs);
    let move_all = |from: &Path, to: &Path| {
        for name in &newest {
            fs::rename(from.join(name), to.join(name)).expect("moved");
        }
    };
    move_all(&runs, &later);
    write_report("new cache", folder, true);
    write_report("full cache", folder, true);
    move_all(&later, &runs);
    write_report("three new", folder, true);
}

/// The names of the newest files in a folder.
fn newest(runs: &Path) -> Vec<std::ffi::OsString> {
    let entries = fs::read_dir(runs).expect("a folder").flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
    names.sort();
    names.split_off(names.len() - NEW_FILES)
}

#[allow(clippy::disallowed_methods)] // a bench measures time; what it times does not look at the clock
fn write_report(name: &str, folder: &Path, with_cache: bool) {
    let config = Config {
        inputs: vec![folder.join("runs")],
        output: folder.join("report"),
        cache: with_cache.then(|| folder.join("cache")),
        ..Config::default()
    };
    let (cpu, wall) = (ProcessTime::now(), Instant::now());
    let summary = pipeline::run(&config, &Silent).expect("a report");
    let (cpu, wall) = (cpu.elapsed().as_secs_f64(), wall.elapsed().as_secs_f64());
    println!(
        "  {name:<10} {} runs: {wall:.2} s wall, {cpu:.2} s CPU, {} so far",
        summary.runs,
        peak_memory()
    );
}

/// The most memory this process ever had, as Linux counts it.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("peak memory not known".to_string(), |peak| {
        format!("at most {}", peak.trim())
    })
}
