//! FIT decoding against rustyfit and fitparser on the same bytes: MB of input per second of CPU time, and the ratios.
//!
//! The three do not do equal work for equal input: rustyfit and fitparser decode every field of every message, niggle
//! only the columns it uses. All three check the CRC, and all three end with the same output here: eleven record fields
//! in columns and the session totals.
//!
//! `NIGGLE_CORPUS=<folder> cargo bench --bench decode` measures the folder's `bench/` files A to E, mixed 5:7:5:2:1;
//! without it, the FIT files of `sample_data/`, or one synthetic file.

use cpu_time::ProcessTime;
use niggle::decode::fit::decode;
use niggle::model::Samples;
use rustyfit::profile::typedef::MesgNum;
use rustyfit::proto::Value;
use rustyfit::{Decoder, DecoderEvent, StreamingIterator};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

/// Rounds in which every decoder gets its turn; medians are over rounds.
const ROUNDS: usize = 5;
/// CPU time a decoder is given in a round, at least, by going over the files again.
const TURN: Duration = Duration::from_millis(400);
/// A:B:C:D:E, the mix of performance.md.
const MIX: [usize; 5] = [5, 7, 5, 2, 1];

type Decode = fn(&[u8]) -> usize;

const DECODERS: [(&str, Decode); 3] = [
    ("niggle", with_niggle),
    ("rustyfit 0.11, streaming", with_rustyfit),
    ("fitparser 0.11, from_bytes", with_fitparser),
];

fn main() {
    let (files, title) = inputs();
    let megabytes = files.iter().map(|(bytes, times)| bytes.len() * times).sum::<usize>() as f64 / 1e6;
    println!("FIT decoding, {title}: {megabytes:.2} MB a pass, {ROUNDS} interleaved rounds, CPU time");
    for (name, decode) in DECODERS {
        let records: usize = files.iter().map(|(bytes, times)| decode(bytes) * times).sum();
        println!("  {name}: {records} records a pass");
    }
    let mut rates = vec![Vec::new(); DECODERS.len()];
    for _ in 0..ROUNDS {
        for ((_, decode), rates) in DECODERS.iter().zip(&mut rates) {
            rates.push(megabytes / seconds_per_pass(&files, *decode));
        }
    }
    report(&mut rates);
}

fn report(rates: &mut [Vec<f64>]) {
    let medians: Vec<f64> = rates.iter_mut().map(|rates| median(rates)).collect();
    println!("{:<28} {:>9} {:>9} {:>9} {:>12}", "decoder", "MB/s", "lowest", "highest", "niggle is");
    for (((name, _), median), rates) in DECODERS.iter().zip(&medians).zip(rates.iter()) {
        let (lowest, highest) = (rates[0], rates[rates.len() - 1]);
        println!("{name:<28} {median:>9.1} {lowest:>9.1} {highest:>9.1} {:>10.1} x", medians[0] / median);
    }
}

/// The files with how often each is decoded in a pass, and what they are.
fn inputs() -> (Vec<(Vec<u8>, usize)>, &'static str) {
    if let Some(corpus) = std::env::var_os("NIGGLE_CORPUS") {
        let files = fit_files(&Path::new(&corpus).join("bench"));
        let mixed: Vec<_> = files.into_iter().zip(MIX).collect();
        if !mixed.is_empty() {
            return (mixed, "corpus files A to E mixed 5:7:5:2:1");
        }
    }
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples = fit_files(&home.join("sample_data"));
    if !samples.is_empty() {
        return (samples.into_iter().map(|bytes| (bytes, 1)).collect(), "the sample data");
    }
    let synthetic =
        std::fs::read(home.join("tests/hostile/fit/00_good_run.fit")).expect("the synthetic file is readable");
    (vec![(synthetic, 100)], "one synthetic file of 60 records, 100 times")
}

/// Every `.fit` file in a folder and its folders, by name.
fn fit_files(folder: &Path) -> Vec<Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    let paths = walk.into_iter().flatten().map(|entry| entry.into_path());
    paths.filter(|path| path.extension().is_some_and(|end| end == "fit")).flat_map(std::fs::read).collect()
}

fn seconds_per_pass(files: &[(Vec<u8>, usize)], decode: Decode) -> f64 {
    let begin = ProcessTime::now();
    let mut passes = 0;
    while begin.elapsed() < TURN {
        for (bytes, times) in files {
            for _ in 0..*times {
                black_box(decode(black_box(bytes)));
            }
        }
        passes += 1;
    }
    begin.elapsed().as_secs_f64() / f64::from(passes)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn with_niggle(bytes: &[u8]) -> usize {
    let decoded = decode(bytes);
    let records = decoded.activities.iter().map(|activity| activity.samples.len()).sum();
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
        let DecoderEvent::Message(message) = event else { continue };
        let fields = message.fields.iter().map(|field| (field.num, plain(&field.value)));
        match message.num {
            MesgNum::RECORD => push_record(&mut samples, fields),
            MesgNum::SESSION => totals.extend(fields.filter(|(number, _)| matches!(number, 5..=9 | 16..=18 | 22 | 23))),
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
    let Ok(messages) = fitparser::from_bytes(bytes) else { return 0 };
    let mut samples = Samples::default();
    let mut totals = Vec::new();
    for message in &messages {
        let fields = message.fields().iter().map(|field| (field.number(), named(field.value())));
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
