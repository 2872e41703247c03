//! The third decoder: rustyfit beside niggle on every FIT file of the corpus, sums of every column; each difference is named.

use crate::common;
use crate::fit_corpus::{Exception, Tally};
use niggle::decode::fit::decode;
use niggle::model::{Activity, Decoded};
use rustyfit::profile::typedef::MesgNum;
use rustyfit::proto::{Field, Value};
use rustyfit::{Decoder, DecoderEvent, StreamingIterator};
use std::path::Path;

/// What rustyfit gets wrong or cannot say: (end of the path, what differs, why niggle is right).
const RUSTYFIT_FAULTS: &[Exception] = &[
    (
        "activity-settings-corruptheader.fit",
        "stopped",
        "bytes after the activity that begin no header: niggle passes over them",
    ),
    (
        "activity-settings-nodata.fit",
        "stopped",
        "the second sequence is cut: niggle keeps the activity before it",
    ),
    (
        "activity-unexpected-eof.fit",
        "stopped",
        "cut in the last message: niggle keeps the 14 records before it",
    ),
    (
        "files/nick.fit",
        "stopped",
        "cut: niggle keeps the 14,391 records before it, as the SDK does",
    ),
    (
        "strava-android-app-201.10-b1218918.fit",
        "stopped",
        "damaged at byte 7,451: niggle goes on behind it",
    ),
    (
        "compressed-speed-distance.fit",
        "*",
        "the 12-bit counter is left as it is stored: no distance and no speed",
    ),
    ("20170518-191602-1740899583.fit", "*", DEVELOPER),
    ("event_timestamp.fit", "*", STRAP),
    ("sample_mulitple_header.fit", "*", STRAP),
    ("HrmPluginTestActivity.fit", "*", STRAP),
    ("garmin-fr935-cr.fit", "*", STRAP),
    ("activity_poolswim_with_hr.fit", "*", STRAP),
];

const DEVELOPER: &str =
    "developer fields are not taken for a distance and a speed that the watch does not have";
const STRAP: &str = "the beats of a strap (hr messages) are not merged into the records";

/// The columns that are compared: name, what a sum may differ by for each record (niggle keeps most of them in `f32`).
const COLUMNS: [(&str, f64); 7] = [
    ("latitude", 1e-9),
    ("longitude", 1e-9),
    ("altitude", 1e-3),
    ("distance", 1e-6),
    ("speed", 1e-5),
    ("heart rate", 0.0),
    ("cadence", 0.0),
];

/// What a decoder says of a file: records, sums of the columns, and how many values each has.
#[derive(Debug, Clone, Default)]
struct Sums {
    records: usize,
    sums: [f64; COLUMNS.len()],
    counts: [usize; COLUMNS.len()],
    /// Of all sessions: distance m, timer s, elapsed s.
    totals: [f64; 3],
    /// Why the decoder stopped before the end.
    stopped: Option<String>,
}

impl Sums {
    fn add(&mut self, column: usize, value: Option<f64>) {
        if let Some(value) = value.filter(|value| value.is_finite()) {
            self.sums[column] += value;
            self.counts[column] += 1;
        }
    }
}

fn of_niggle(decoded: &Decoded) -> Sums {
    let mut sums = Sums::default();
    for activity in &decoded.activities {
        let samples = &activity.samples;
        sums.records += samples.len();
        let wide = [
            (0, &samples.latitude_deg),
            (1, &samples.longitude_deg),
            (3, &samples.distance_m),
        ];
        wide.iter()
            .for_each(|(at, column)| column.iter().for_each(|value| sums.add(*at, Some(*value))));
        let narrow = [
            (2, &samples.altitude_m),
            (4, &samples.speed_m_s),
            (5, &samples.heart_rate_bpm),
            (6, &samples.cadence_raw),
        ];
        narrow.iter().for_each(|(at, column)| {
            column
                .iter()
                .for_each(|value| sums.add(*at, Some(f64::from(*value))))
        });
    }
    let total = |of: fn(&Activity) -> Option<f64>| decoded.activities.iter().filter_map(of).sum();
    sums.totals = [
        total(|a| a.totals.distance_m),
        total(|a| a.totals.timer_s),
        total(|a| a.totals.elapsed_s),
    ];
    sums
}

/// rustyfit's stream, every field as it is stored: its expansion of components rounds down.
fn of_rustyfit(bytes: &[u8]) -> Sums {
    let mut sums = Sums::default();
    let mut decoder = Decoder::builder()
        .checksum(false)
        .expand_components(false)
        .build();
    let mut reader = bytes;
    let mut stream = decoder.stream(&mut reader);
    while let Some(event) = stream.next() {
        match event {
            Ok(DecoderEvent::Message(message)) if message.num == MesgNum::RECORD => {
                add_record(&mut sums, &message.fields)
            }
            Ok(DecoderEvent::Message(message)) if message.num == MesgNum::SESSION => {
                let totals = [(9, 100.0), (8, 1000.0), (7, 1000.0)];
                for (sum, (field, scale)) in sums.totals.iter_mut().zip(totals) {
                    *sum += stored(&message.fields, field).unwrap_or(0.0) / scale;
                }
            }
            Ok(_) => (),
            Err(error) => {
                sums.stopped = Some(error.to_string());
                return sums;
            }
        }
    }
    sums
}

fn add_record(sums: &mut Sums, fields: &[Field]) {
    let scaled = |field: u8, divide: f64, minus: f64| Some(stored(fields, field)? / divide - minus);
    sums.records += 1;
    sums.add(0, scaled(0, 2_147_483_648.0 / 180.0, 0.0));
    sums.add(1, scaled(1, 2_147_483_648.0 / 180.0, 0.0));
    sums.add(2, scaled(78, 5.0, 500.0).or(scaled(2, 5.0, 500.0)));
    sums.add(3, scaled(5, 100.0, 0.0));
    sums.add(4, scaled(73, 1000.0, 0.0).or(scaled(6, 1000.0, 0.0)));
    sums.add(5, stored(fields, 3));
    sums.add(
        6,
        stored(fields, 4).map(|whole| whole + stored(fields, 53).unwrap_or(0.0) / 128.0),
    );
}

/// The stored number of a field; None when it is absent.
fn stored(fields: &[Field], number: u8) -> Option<f64> {
    let field = fields.iter().find(|field| field.num == number)?;
    match field.value {
        Value::Uint8(value) if value != u8::MAX => Some(f64::from(value)),
        Value::Uint16(value) if value != u16::MAX => Some(f64::from(value)),
        Value::Uint32(value) if value != u32::MAX => Some(f64::from(value)),
        Value::Int32(value) if value != i32::MAX => Some(f64::from(value)),
        _ => None,
    }
}

/// Every disagreement: what, and both numbers. Places on Earth are sums over thousands of points, and not shown at all.
fn differences(niggle: &Sums, other: &Sums, is_one_activity: bool) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut check = |what: &str, a: f64, b: f64, slack: f64| {
        if (a - b).abs() > slack {
            let shown = if what.contains("itude sum") && what != "altitude sum" {
                format!("{:e} off", a - b)
            } else {
                format!("niggle {a}, rustyfit {b}")
            };
            found.push((what.to_string(), format!("{what}: {shown}")));
        }
    };
    check("records", niggle.records as f64, other.records as f64, 0.0);
    for (index, (name, slack)) in COLUMNS.iter().enumerate() {
        check(
            &format!("{name} count"),
            niggle.counts[index] as f64,
            other.counts[index] as f64,
            0.0,
        );
        // Distances of a session among several count from its own start in niggle.
        if *name != "distance" || is_one_activity {
            check(
                &format!("{name} sum"),
                niggle.sums[index],
                other.sums[index],
                slack * other.records as f64,
            );
        }
    }
    for (what, (a, b)) in ["session distance", "session timer", "session elapsed"]
        .iter()
        .zip(niggle.totals.iter().zip(other.totals))
    {
        check(what, *a, b, 1e-6);
    }
    found
}

#[test]
fn rustyfit_agrees_but_for_its_own_faults() {
    let Some(corpus) = common::corpus("rustyfit_agrees_but_for_its_own_faults") else {
        return;
    };
    let mut tally = Tally::default();
    let mut files = 0;
    for folder in ["suites", "history-fit", "bench"] {
        let found = walkdir::WalkDir::new(corpus.join(folder))
            .sort_by_file_name()
            .into_iter()
            .flatten();
        for path in found
            .map(|entry| entry.into_path())
            .filter(|path| is_fit(path))
        {
            let bytes = std::fs::read(&path).expect("a corpus file is readable");
            let decoded = decode(&bytes);
            if !decoded.activities.is_empty() {
                files += 1;
                compare(&mut tally, &path.to_string_lossy(), &bytes, &decoded);
            }
        }
    }
    println!("rustyfit beside niggle on {files} files");
    assert!(files > 590, "only {files} activities found");
    tally.finish("rustyfit", RUSTYFIT_FAULTS);
}

fn compare(tally: &mut Tally, path: &str, bytes: &[u8], decoded: &Decoded) {
    let other = of_rustyfit(bytes);
    if let Some(reason) = other.stopped {
        return tally.disagree(path, "stopped", format!("stopped: {reason}"));
    }
    let found = differences(&of_niggle(decoded), &other, decoded.activities.len() == 1);
    if found.is_empty() {
        tally.agree("whole files");
    }
    found
        .into_iter()
        .for_each(|(what, words)| tally.disagree(path, &what, words));
}

fn is_fit(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("fit"))
}

#[test]
fn rustyfit_agrees_on_the_synthetic_run() {
    let bytes = common::hostile("fit/00_good_run.fit");
    let (niggle, other) = (of_niggle(&decode(&bytes)), of_rustyfit(&bytes));
    assert_eq!((niggle.records, other.records), (60, 60));
    assert_eq!(differences(&niggle, &other, true), []);
    // A difference is seen.
    let mut wrong = niggle.clone();
    wrong.sums[5] += 1.0;
    assert_eq!(differences(&wrong, &other, true).len(), 1);
}
