//! Salvage, measured: real activities and synthetic ones, whole and with nine faults, against what the whole file holds.
//!
//! Of 31 real activities (28 of the suites, no two of one device, and 3 of a runner's history), six places for each fault
//! that strikes at random; fitdecode 0.11 and rustyfit's stream were measured on other 31 (src/method/limits.md, Salvage):
//!
//! | fault | niggle: records back, % | identical, % | altered or invented, % | fitdecode | rustyfit, stream |
//! |---|---|---|---|---|---|
//! | clean | 100 | 100 | 0 | 100 | 100 |
//! | cut at 50 % (of what is there) | 100 | 84.8 | 0 | 100 | 100 |
//! | data_size 0, no CRC | 100 | 100 | 0 | 0 | 0 |
//! | wrong CRC | 100 | 89.5 | 0 | 100 | 100 |
//! | 64 bytes after the CRC | 100 | 100 | 0 | 100 | 100 |
//! | one bit flipped mid-file | 99.6 | 95.3 | 0.064 | 93.7 | 93.7 |
//! | 10 random bytes | 93.4 | 86.4 | 0.273 | 78.9 | 78.9 |
//! | 64 zero bytes mid-file | 97.4 | 94.4 | 0.032 | 74.1 | 74.1 |
//! | 64 garbage bytes | 97.8 | 94.8 | 0.021 | 60.5 | 60.6 |
//! | 7 bytes deleted | 97.0 | 94.5 | 0.024 | 58.9 | 59.1 |
//!
//! A record is identical if every column is. What lies between is mostly heart rate: in swims and triathlons a strap's
//! beats follow at the file's end, where a cut takes them, and niggle leaves them out of damaged data. A record is altered or
//! invented if it has a value that the whole file does not have there; a value that is missing is lost, not altered.

use crate::common::{self, hostile};
use crate::fit_walk;
use niggle::decode::fit::decode;
use niggle::model::{Decoded, Samples};
use niggle::problem::{Code, Code::*};
use std::path::Path;

/// What is done to a file, and what must be left of it.
struct Fault {
    name: &'static str,
    apply: Apply,
    /// Whether it strikes at another place with each seed.
    is_random: bool,
    /// Mean share of the true records that must come back, percent (src/method/limits.md, Salvage: the prototype's).
    least_percent: f64,
    /// Share of the records that may have another value than in the whole file, percent.
    most_altered_percent: f64,
    /// Records whose values it can change so that they still look right: those it touches, or those at its edges.
    most_touched: usize,
    /// One of these must be said.
    flags: &'static [Code],
}

const DAMAGE: &[Code] = &[CrcMismatch, DamagedMiddle, Truncated, HeaderDamaged];

#[rustfmt::skip]
const FAULTS: [Fault; 10] = [
    Fault::fixed("clean", |_, _| (), &[]),
    // All that is there: held against the whole records before the cut, see `true_records`.
    Fault::fixed("cut at 50 %", |bytes, _| bytes.truncate(bytes.len() / 2), &[Truncated]),
    Fault::fixed("data_size 0, no CRC", unfinish, &[HeaderDamaged]),
    Fault::fixed("wrong CRC", |bytes, _| flip_last(bytes), &[CrcMismatch]),
    Fault::fixed("64 bytes after the CRC", |bytes, random| bytes.extend(random.bytes(64)), &[TrailingBytes]),
    Fault::random("one bit flipped mid-file", |bytes, random| flip_bit(bytes, random), 94.4, 0.1, 1),
    Fault::random("10 random bytes", |bytes, random| ten_bytes(bytes, random), 87.5, 0.4, 10),
    Fault::random("64 zero bytes mid-file", |bytes, random| overwrite(bytes, random, &[0; 64]), 96.7, 0.1, 2),
    Fault::random("64 garbage bytes", |bytes, random| garbage(bytes, random), 88.6, 0.1, 2),
    Fault::random("7 bytes deleted", delete, 88.4, 0.1, 1),
];

type Apply = fn(&mut Vec<u8>, &mut Random);

impl Fault {
    /// A fault that touches no record: all must come back.
    const fn fixed(name: &'static str, apply: Apply, flags: &'static [Code]) -> Fault {
        Fault {
            name,
            apply,
            is_random: false,
            least_percent: 100.0,
            most_altered_percent: 0.0,
            most_touched: 0,
            flags,
        }
    }

    const fn random(
        name: &'static str,
        apply: Apply,
        least: f64,
        most_altered: f64,
        most_touched: usize,
    ) -> Fault {
        let (least_percent, most_altered_percent) = (least, most_altered);
        Fault {
            name,
            apply,
            is_random: true,
            least_percent,
            most_altered_percent,
            most_touched,
            flags: DAMAGE,
        }
    }
}

/// A watch that lost power: the header was never completed, nothing closes the file.
fn unfinish(bytes: &mut Vec<u8>, _: &mut Random) {
    bytes[4..8].fill(0);
    if bytes[0] == 14 {
        bytes[12..14].fill(0);
    }
    bytes.truncate(bytes.len() - 2);
}

fn flip_last(bytes: &mut [u8]) {
    bytes.last_mut().into_iter().for_each(|byte| *byte ^= 0xFF);
}

fn flip_bit(bytes: &mut [u8], random: &mut Random) {
    let at = random.middle(bytes.len());
    bytes[at] ^= 1 << random.below(8);
}

fn ten_bytes(bytes: &mut [u8], random: &mut Random) {
    for _ in 0..10 {
        let at = 14 + random.below(bytes.len() - 14);
        bytes[at] = random.below(256) as u8;
    }
}

fn garbage(bytes: &mut [u8], random: &mut Random) {
    let garbage = random.bytes(64);
    overwrite(bytes, random, &garbage);
}

fn overwrite(bytes: &mut [u8], random: &mut Random, with: &[u8]) {
    let at = random.middle(bytes.len());
    bytes[at..at + with.len()].copy_from_slice(with);
}

fn delete(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.middle(bytes.len());
    bytes.drain(at..at + 7);
}

/// Marsaglia's xorshift64: the same numbers on every machine.
pub struct Random(u64);

impl Random {
    /// Numbers of their own for each seed.
    pub fn new(seed: u64) -> Random {
        let mut random = Random((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        for _ in 0..8 {
            random.next();
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From 0 to `count` - 1.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() >> 11) as usize % count
    }

    /// A position between 40 and 60 % of a file.
    fn middle(&mut self, length: usize) -> usize {
        length * 2 / 5 + self.below((length / 5).max(1))
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.below(256) as u8).collect()
    }
}

/// All columns of one record, missing values as NaN.
type Row = [f64; 8];

fn rows(decoded: &Decoded) -> Vec<Row> {
    decoded
        .activities
        .iter()
        .flat_map(|activity| rows_of(&activity.samples))
        .collect()
}

fn rows_of(samples: &Samples) -> impl Iterator<Item = Row> + '_ {
    let wide = |column: &[f64], index: usize| column.get(index).copied().unwrap_or(f64::NAN);
    let narrow =
        |column: &[f32], index: usize| column.get(index).copied().map_or(f64::NAN, f64::from);
    (0..samples.len()).map(move |index| {
        [
            samples.time_s[index],
            wide(&samples.latitude_deg, index),
            wide(&samples.longitude_deg, index),
            wide(&samples.distance_m, index),
            narrow(&samples.altitude_m, index),
            narrow(&samples.speed_m_s, index),
            narrow(&samples.heart_rate_bpm, index),
            narrow(&samples.cadence_raw, index),
        ]
    })
}

fn is_same(a: &Row, b: &Row) -> bool {
    a.iter()
        .zip(b)
        .all(|(a, b)| a == b || a.is_nan() && b.is_nan())
}

/// The same but for values that are missing now: lost, not altered.
fn is_poorer(row: &Row, of: &Row) -> bool {
    row[0] == of[0] && row.iter().zip(of).all(|(a, b)| a == b || a.is_nan())
}

/// What came back of one file, in records.
#[derive(Debug, Clone, Copy, Default)]
struct Outcome {
    truth: usize,
    returned: usize,
    identical: usize,
    altered: usize,
}

/// Holds the salvaged rows, in order, against those of the whole file.
fn compare(clean: &[Row], salvaged: &[Row], truth: usize) -> Outcome {
    let (mut identical, mut altered, mut next) = (0, 0, 0);
    for row in salvaged {
        let Some(ahead) = clean[next..].iter().position(|other| is_poorer(row, other)) else {
            altered += 1;
            continue;
        };
        next += ahead + 1;
        identical += usize::from(is_same(row, &clean[next - 1]));
    }
    let times = clean.iter().map(|row| row[0]);
    let (first, last) = (
        times.clone().fold(f64::MAX, f64::min),
        times.fold(f64::MIN, f64::max),
    );
    let returned = salvaged
        .iter()
        .filter(|row| (first..=last).contains(&row[0]))
        .count()
        .min(truth);
    Outcome {
        truth,
        returned,
        identical,
        altered,
    }
}

/// The records that the damaged bytes still hold whole: for a cut those before it, else all.
fn true_records(clean: &[u8], damaged: &[u8]) -> usize {
    let whole = fit_walk::whole(clean).expect("the clean file is whole");
    let is_cut = clean.starts_with(damaged) && damaged.len() + 2 < clean.len();
    let length = if is_cut { damaged.len() } else { clean.len() };
    whole
        .records
        .iter()
        .filter(|record| record.end <= length)
        .count()
}

/// One row of the table.
#[derive(Default)]
struct Line {
    percents: Vec<f64>,
    sum: Outcome,
}

impl Line {
    fn add(&mut self, outcome: Outcome) {
        self.percents
            .push(100.0 * outcome.returned as f64 / outcome.truth as f64);
        self.sum.truth += outcome.truth;
        self.sum.returned += outcome.returned;
        self.sum.identical += outcome.identical;
        self.sum.altered += outcome.altered;
    }

    fn mean_percent(&self) -> f64 {
        self.percents.iter().sum::<f64>() / self.percents.len() as f64
    }

    fn identical_percent(&self) -> f64 {
        100.0 * self.sum.identical as f64 / self.sum.truth as f64
    }

    fn altered_percent(&self) -> f64 {
        100.0 * self.sum.altered as f64 / self.sum.truth as f64
    }
}

/// Every fault on every file, those at a random place with that many seeds each.
fn matrix(files: &[(String, Vec<u8>)], seeds: u64) -> Vec<(&'static Fault, Line)> {
    let clean: Vec<Vec<Row>> = files
        .iter()
        .map(|(_, bytes)| rows(&decode(bytes)))
        .collect();
    println!(
        "| {} files x {seeds} seeds | records back, % | identical, % | altered or invented, % |",
        files.len()
    );
    let mut lines = Vec::new();
    for fault in &FAULTS {
        let mut line = Line::default();
        let seeds = if fault.is_random { seeds } else { 1 };
        for (index, ((name, bytes), rows)) in files.iter().zip(&clean).enumerate() {
            (0..seeds).for_each(|seed| {
                line.add(outcome(
                    fault,
                    name,
                    bytes,
                    rows,
                    index as u64 * seeds + seed,
                ))
            });
        }
        let (mean, identical, altered) = (
            line.mean_percent(),
            line.identical_percent(),
            line.altered_percent(),
        );
        println!(
            "| {} | {mean:.1} | {identical:.2} | {altered:.3} |",
            fault.name
        );
        lines.push((fault, line));
    }
    lines
}

fn outcome(fault: &Fault, name: &str, clean: &[u8], clean_rows: &[Row], seed: u64) -> Outcome {
    let mut damaged = clean.to_vec();
    (fault.apply)(&mut damaged, &mut Random::new(seed));
    let decoded = decode(&damaged);
    if damaged == clean {
        let says_damage = decoded
            .problems
            .iter()
            .any(|problem| DAMAGE.contains(&problem.code));
        assert!(!says_damage, "{name}: {:?}", decoded.problems);
    } else {
        assert_flagged(fault, name, &decoded, seed);
    }
    compare(clean_rows, &rows(&decoded), true_records(clean, &damaged))
}

/// The right kind of problem, and in it a count: of records kept or of bytes left out.
fn assert_flagged(fault: &Fault, name: &str, decoded: &Decoded, seed: u64) {
    let has_count = |text: &str| {
        text.split_whitespace()
            .any(|word| word.parse::<usize>().is_ok())
    };
    let said = decoded.problems.iter().any(|problem| {
        fault.flags.contains(&problem.code)
            && (has_count(&problem.consequence) || has_count(&problem.detail))
    });
    assert!(
        said,
        "{name}, {}, seed {seed}: {:?}",
        fault.name, decoded.problems
    );
}

/// One activity of each device in the suites: no two files of the same maker and product.
const SUITES: [&str; 28] = [
    "dtcooper+python-fitparse/tests/files/2013-02-06-12-11-14.fit",
    "dtcooper+python-fitparse/tests/files/2015-10-13-08-43-15.fit",
    "dtcooper+python-fitparse/tests/files/20170518-191602-1740899583.fit",
    "dtcooper+python-fitparse/tests/files/Edge810-Vector-2013-08-16-15-35-10.fit",
    "dtcooper+python-fitparse/tests/files/activity-small-fenix2-run.fit",
    "dtcooper+python-fitparse/tests/files/compressed-speed-distance.fit",
    "dtcooper+python-fitparse/tests/files/coros-pace-2-cycling-misaligned-fields.fit",
    "dtcooper+python-fitparse/tests/files/developer-types-sample.fit",
    "dtcooper+python-fitparse/tests/files/elemnt-bolt-no-application-id-inside-developer-data-id.fit",
    "dtcooper+python-fitparse/tests/files/event_timestamp.fit",
    "dtcooper+python-fitparse/tests/files/null_compressed_speed_dist.fit",
    "dtcooper+python-fitparse/tests/files/sample-activity-indoor-trainer.fit",
    "dtcooper+python-fitparse/tests/files/sample-activity.fit",
    "tormoder+fit/testdata/fitsdk/activity_poolswim_with_hr.fit",
    "tormoder+fit/testdata/misc/0134902991.fit",
    "tormoder+fit/testdata/misc/mornindew-broken.fit",
    "muktihari+fit/testdata/from_garmin_forums/triathlon_summary_first.fit",
    "muktihari+fit/testdata/from_official_sdk/Activity.fit",
    "muktihari+fit/testdata/from_official_sdk/HrmPluginTestActivity.fit",
    "muktihari+fit/testdata/from_official_sdk/WithGearChangeData.fit",
    "muktihari+fit/testdata/from_official_sdk/activity_lowbattery.fit",
    "stadelmanma+fitparse-rs/fitparser/tests/fixtures/hrv-activity.fit",
    "roznet+fit-benchmarks/sample.fit",
    "SamR1+FitTrackee/fittrackee/tests/files/apple_watch.fit",
    "corriporai+runpandas/runpandas/tests/io/data/fit/run.fit",
    "GoldenCheetah+sweatpy/sweat/examples/data/2020-06-01-16-52-40.fit",
    "GoldenCheetah+sweatpy/sweat/examples/data/4801048867.fit",
    "AlexanderFabisch+slither/test_data/running.fit",
];
/// From the histories, by their place in sorted order: a quarter, a half and three quarters on.
const HISTORY: [usize; 3] = [133, 266, 399];

fn real_activities(corpus: &Path) -> Vec<(String, Vec<u8>)> {
    let history = walkdir::WalkDir::new(corpus.join("history-fit"))
        .sort_by_file_name()
        .into_iter()
        .flatten();
    let history: Vec<_> = history
        .map(|entry| entry.into_path())
        .filter(|path| path.is_file())
        .collect();
    let suites = SUITES
        .iter()
        .map(|name| (name.to_string(), corpus.join("suites").join(name)));
    let chosen = HISTORY
        .iter()
        .map(|index| (format!("history {index}"), history[*index].clone()));
    suites
        .chain(chosen)
        .map(|(name, path)| {
            (
                name,
                std::fs::read(path).expect("a corpus file is readable"),
            )
        })
        .collect()
}

#[test]
fn real_activities_come_back() {
    let Some(corpus) = common::corpus("real_activities_come_back") else {
        return;
    };
    for (fault, line) in matrix(&real_activities(&corpus), 6) {
        let (mean, altered) = (line.mean_percent(), line.altered_percent());
        assert!(
            mean >= fault.least_percent,
            "{}: {mean} % of the records",
            fault.name
        );
        assert!(
            altered <= fault.most_altered_percent,
            "{}: {altered} % altered",
            fault.name
        );
    }
}

/// Small files: here a share says little, but no fault may alter more records than it touches bytes, or edges.
#[test]
fn synthetic_activities_come_back() {
    for (fault, line) in matrix(&synthetic_activities(), 3) {
        let mean = line.mean_percent();
        assert!(
            mean >= fault.least_percent,
            "{}: {mean} % of the records",
            fault.name
        );
        let most = fault.most_touched * line.percents.len();
        assert!(
            line.sum.altered <= most,
            "{}: {} of at most {most} altered",
            fault.name,
            line.sum.altered
        );
    }
}

/// The good run, and some of the sample's FIT files.
fn synthetic_activities() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let found = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten();
    let paths = found
        .map(|entry| entry.into_path())
        .filter(|path| path.extension().is_some_and(|end| end == "fit"));
    let files = paths.map(|path| {
        (
            path.display().to_string(),
            std::fs::read(&path).expect("a sample file is readable"),
        )
    });
    let is_activity =
        |bytes: &[u8]| fit_walk::whole(bytes).is_some_and(|whole| whole.records.len() >= 60);
    let mut activities: Vec<_> = files
        .filter(|(_, bytes)| is_activity(bytes) && decode(bytes).problems.is_empty())
        .step_by(6)
        .collect();
    activities.push(("00_good_run.fit".into(), hostile("fit/00_good_run.fit")));
    assert!(
        activities.len() > 15,
        "{} synthetic activities",
        activities.len()
    );
    activities
}
