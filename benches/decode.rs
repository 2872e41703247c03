//! FIT decoding against rustyfit and fitparser on the same bytes: MB of input per second of CPU time, and the ratios.
//!
//! The three do not do equal work for equal input: rustyfit and fitparser decode every field of every message, niggle
//! only the columns it uses. All three check the CRC, and all three end with the same output here: eleven record fields
//! in columns and the session totals.
//!
//! `NIGGLE_CORPUS=<folder> cargo bench --bench decode` measures each of the folder's `bench/` files A to F, and A to E
//! mixed 5:7:5:2:1; without it, the FIT files of `sample_data/`, or one synthetic file. `NIGGLE_BENCH_ONCE=D:20` only
//! decodes file D with niggle 20 times, for counting instructions (benches/README.md).

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
use niggle::decode::fit::decode;
use niggle::model::Samples;
use rustyfit::profile::typedef::MesgNum;
use rustyfit::proto::Value;
use rustyfit::{Decoder, DecoderEvent, StreamingIterator};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

/// Rounds in which every decoder gets its turn at every file; medians are over rounds.
const ROUNDS: usize = 9;
/// CPU time a decoder is given for a file in a round, at least, by going over it again.
const TURN: Duration = Duration::from_millis(60);
/// How often A to F stand in the mix (src/method/limits.md, The mix); F, a day in the mountains, is measured by itself only.
const MIX: [usize; 6] = [5, 7, 5, 2, 1, 0];

type Decode = fn(&[u8]) -> usize;

const DECODERS: [(&str, Decode); 3] = [
    ("niggle", with_niggle),
    ("rustyfit 0.11, streaming", with_rustyfit),
    ("fitparser 0.11, from_bytes", with_fitparser),
];

/// Seconds a decoder takes, one for each round.
type Rounds = [f64; ROUNDS];

/// Files that are measured together.
struct Input {
    name: String,
    files: Vec<Vec<u8>>,
    /// How often they stand in the mix.
    times: usize,
}

fn main() {
    let inputs = inputs();
    if let Some(order) = std::env::var_os("NIGGLE_BENCH_ONCE") {
        return repeat(&inputs, &order.to_string_lossy());
    }
    println!(
        "FIT decoding, {ROUNDS} interleaved rounds, CPU time: the median, and niggle's ratio (between fastest rounds)"
    );
    println!(
        "{:<8} {:>9} {:>9}   {:<28} {:>9}  niggle is",
        "input", "MB", "records", "decoder", "MB/s"
    );
    let mut mix = ([[0.0; ROUNDS]; DECODERS.len()], 0.0, 0);
    for input in &inputs {
        let megabytes = input.files.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
        let (seconds, records) = (measure(input), input.pass(with_niggle));
        report(&input.name, megabytes, records, &seconds);
        let times = input.times as f64;
        mix.0
            .as_flattened_mut()
            .iter_mut()
            .zip(seconds.as_flattened())
            .for_each(|(sum, one)| *sum += times * one);
        (mix.1, mix.2) = (mix.1 + times * megabytes, mix.2 + input.times * records);
    }
    report("the mix", mix.1, mix.2, &mix.0);
}

/// Seconds for one pass over the input by each decoder in each round.
fn measure(input: &Input) -> [Rounds; DECODERS.len()] {
    let mut seconds = [[0.0; ROUNDS]; DECODERS.len()];
    for round in 0..ROUNDS {
        for ((_, decode), seconds) in DECODERS.iter().zip(&mut seconds) {
            seconds[round] = seconds_per_pass(input, *decode);
        }
    }
    seconds
}

fn seconds_per_pass(input: &Input, decode: Decode) -> f64 {
    let begin = ProcessTime::now();
    let mut passes = 0;
    while begin.elapsed() < TURN {
        black_box(input.pass(decode));
        passes += 1;
    }
    begin.elapsed().as_secs_f64() / f64::from(passes)
}

impl Input {
    /// Decodes every file once; how many records there were.
    fn pass(&self, decode: Decode) -> usize {
        self.files
            .iter()
            .map(|bytes| decode(black_box(bytes)))
            .sum()
    }
}

fn report(name: &str, megabytes: f64, records: usize, seconds: &[Rounds]) {
    let middles: Vec<f64> = seconds.iter().map(median).collect();
    let fastest: Vec<f64> = seconds
        .iter()
        .map(|rounds| rounds.iter().copied().fold(f64::MAX, f64::min))
        .collect();
    for (index, (decoder, _)) in DECODERS.iter().enumerate() {
        let ratio = format!(
            "{:.1} x ({:.1} x)",
            middles[index] / middles[0],
            fastest[index] / fastest[0]
        );
        let (rate, ratio) = (
            megabytes / middles[index],
            if index == 0 { "" } else { &ratio },
        );
        println!("{name:<8} {megabytes:>9.3} {records:>9}   {decoder:<28} {rate:>9.1}  {ratio}");
    }
}

fn median(rounds: &Rounds) -> f64 {
    let mut sorted = *rounds;
    sorted.sort_by(f64::total_cmp);
    sorted[ROUNDS / 2]
}

/// `D:20` decodes input D 20 times and does nothing else.
fn repeat(inputs: &[Input], order: &str) {
    let (name, count) = order
        .split_once(':')
        .expect("NIGGLE_BENCH_ONCE=<input>:<times>");
    let input = inputs
        .iter()
        .find(|input| input.name == name)
        .expect("NIGGLE_BENCH_ONCE names one of the inputs");
    for _ in 0..count.parse().expect("NIGGLE_BENCH_ONCE=<input>:<times>") {
        black_box(input.pass(with_niggle));
    }
}

/// What is measured, and how often each is in the mix.
fn inputs() -> Vec<Input> {
    if let Some(corpus) = std::env::var_os("NIGGLE_CORPUS") {
        let files = fit_files(&Path::new(&corpus).join("bench"))
            .into_iter()
            .zip(MIX)
            .zip('A'..);
        let inputs: Vec<_> = files
            .map(|((bytes, times), letter)| Input {
                name: letter.to_string(),
                files: vec![bytes],
                times,
            })
            .collect();
        if !inputs.is_empty() {
            return inputs;
        }
    }
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples = fit_files(&home.join("sample_data"));
    if !samples.is_empty() {
        return vec![Input {
            name: "samples".into(),
            files: samples,
            times: 1,
        }];
    }
    let path = home.join("tests/hostile/fit/00_good_run.fit");
    let synthetic = std::fs::read(path).expect("the synthetic file is readable");
    vec![Input {
        name: "one run".into(),
        files: vec![synthetic],
        times: 1,
    }]
}

/// Every `.fit` file in a folder and its folders, by name.
fn fit_files(folder: &Path) -> Vec<Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    let paths = walk.into_iter().flatten().map(|entry| entry.into_path());
    paths
        .filter(|path| path.extension().is_some_and(|end| end == "fit"))
        .flat_map(std::fs::read)
        .collect()
}

fn with_niggle(bytes: &[u8]) -> usize {
    let decoded = decode(bytes);
    let records = decoded
        .activities
        .iter()
        .map(|activity| activity.samples.len())
        .sum();
    black_box(decoded);
    records
}

/// rustyfit's stream, the fastest complete peer, with its CRC check on.
fn with_rustyfit(bytes: &[u8]) -> usize {
    let mut samples = Samples::default();
    let mut totals = Vec::new();
    let mut reader = bytes;
    let mut decoder = Decoder::new();
    let mut stream = decoder.stream(&mut reader);
    while let Some(Ok(event)) = stream.next() {
        let DecoderEvent::Message(message) = event else {
            continue;
        };
        let fields = message
            .fields
            .iter()
            .map(|field| (field.num, plain(&field.value)));
        match message.num {
            MesgNum::RECORD => push_record(&mut samples, fields),
            MesgNum::SESSION => totals
                .extend(fields.filter(|(number, _)| matches!(number, 5..=9 | 16..=18 | 22 | 23))),
            _ => (),
        }
    }
    black_box(totals);
    black_box(samples).len()
}

fn plain(value: &Value) -> f64 {
    match value {
        Value::Uint8(v) if *v != u8::MAX => f64::from(*v),
        Value::Uint16(v) if *v != u16::MAX => f64::from(*v),
        Value::Uint32(v) if *v != u32::MAX => f64::from(*v),
        Value::Int32(v) if *v != i32::MAX => f64::from(*v),
        _ => f64::NAN,
    }
}

/// fitparser decodes every message into a list of named fields.
fn with_fitparser(bytes: &[u8]) -> usize {
    let Ok(messages) = fitparser::from_bytes(bytes) else {
        return 0;
    };
    let mut samples = Samples::default();
    let mut totals = Vec::new();
    for message in &messages {
        let fields = message
            .fields()
            .iter()
            .map(|field| (field.number(), named(field.value())));
        match message.kind() {
            fitparser::profile::MesgNum::Record => push_record(&mut samples, fields),
            fitparser::profile::MesgNum::Session => totals.extend(fields),
            _ => (),
        }
    }
    black_box(totals);
    black_box(samples).len()
}

fn named(value: &fitparser::Value) -> f64 {
    match value {
        fitparser::Value::Timestamp(time) => time.timestamp() as f64,
        fitparser::Value::Float64(v) => *v,
        fitparser::Value::UInt8(v) => f64::from(*v),
        fitparser::Value::UInt16(v) => f64::from(*v),
        fitparser::Value::UInt32(v) => f64::from(*v),
        fitparser::Value::SInt32(v) => f64::from(*v),
        _ => f64::NAN,
    }
}

/// One row of the same columns niggle fills (scaling left out, in the peers' favour).
fn push_record(samples: &mut Samples, fields: impl Iterator<Item = (u8, f64)>) {
    let mut row = [f64::NAN; 8];
    for (number, value) in fields {
        match number {
            253 => row[0] = value,
            0 => row[1] = value,
            1 => row[2] = value,
            2 | 78 => row[3] = value,
            5 => row[4] = value,
            6 | 73 => row[5] = value,
            3 => row[6] = value,
            4 => row[7] = value,
            _ => (),
        }
    }
    samples.time_s.push(row[0]);
    samples.latitude_deg.push(row[1]);
    samples.longitude_deg.push(row[2]);
    samples.altitude_m.push(row[3] as f32);
    samples.distance_m.push(row[4]);
    samples.speed_m_s.push(row[5] as f32);
    samples.heart_rate_bpm.push(row[6] as f32);
    samples.cadence_raw.push(row[7] as f32);
}
