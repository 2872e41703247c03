//! `niggle inspect`: what it says of good and hostile files, and what it keeps to itself.

use assert_cmd::Command;
use niggle::{
    decode, ingest,
    inspect::{self, Seen, Show},
    metrics::METRICS,
    source,
};
use serde_json::Value;
use std::path::{Path, PathBuf};

const FIT: &str = "sample_data/DI_CONNECT/DI-Connect-Uploaded-Files/sample_1000001.fit";
const GPX: &str = "sample_data/other/2025-01-18_easy.gpx";
const TCX: &str = "sample_data/other/2025-02-15_easy.tcx";
const GZ: &str = "sample_data/other/2025-01-25_easy.gpx.gz";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// More messages of one file are not waited for: one hostile file has 300,000 of 255 fields, seconds of fitparser's time.
const MOST_LINES: usize = 30_000;

/// What is printed of one input, and how many inputs it was.
fn lines(file: &str, show: Show) -> (Vec<String>, Seen) {
    let mut lines = Vec::new();
    let mut print = |line: &str| {
        lines.push(line.to_string());
        let is_enough = show == Show::Messages && lines.len() >= MOST_LINES;
        if is_enough {
            Err(std::io::ErrorKind::BrokenPipe.into())
        } else {
            Ok(())
        }
    };
    let seen = inspect::inspect(
        &[root().join(file)],
        &ingest::Options::default(),
        show,
        false,
        &mut print,
    );
    let seen = seen.unwrap_or_else(|error| panic!("{file}: {error}"));
    (lines, seen)
}

fn text(file: &str) -> String {
    lines(file, Show::Text).0.join("\n")
}

fn json(file: &str) -> Value {
    let document = lines(file, Show::Json).0.join("\n");
    serde_json::from_str(&document).unwrap_or_else(|error| panic!("{file}: {error}\n{document}"))
}

/// Exit code, standard output and standard error of the program.
fn said(arguments: &[&str], zone: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niggle"));
    let output = command
        .current_dir(root())
        .env("TZ", zone)
        .args(arguments)
        .output()
        .expect("niggle runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn recordings_are_described() {
    insta::assert_snapshot!("inspect_fit", text(FIT));
    insta::assert_snapshot!("inspect_gpx", text(GPX));
    insta::assert_snapshot!("inspect_tcx_json", lines(TCX, Show::Json).0.join("\n"));
}

#[test]
fn every_metric_is_in_text_and_json() {
    let (text, json) = (text(FIT), json(FIT));
    let derived = json[0]["activities"][0]["derived"]
        .as_object()
        .expect("a map of metrics");
    assert_eq!(derived.len(), METRICS.len());
    for metric in METRICS {
        assert!(
            text.lines()
                .any(|line| line.split_whitespace().next() == Some(metric.id)),
            "{}",
            metric.id
        );
        let said = &derived[metric.id];
        assert_eq!(said["unit"], metric.unit);
        assert!(
            said["from"].as_str().is_some_and(|from| !from.is_empty()),
            "{}",
            metric.id
        );
    }
}

#[test]
fn a_file_is_told_by_what_the_manifest_says_of_it() {
    // 60 records of a minute, in a file of 1,581 bytes (tests/hostile/MANIFEST.tsv).
    let good = &json("tests/hostile/fit/00_good_run.fit")[0];
    assert_eq!(
        (&good["kind"], &good["size_bytes"]),
        (&Value::from("fit"), &Value::from(1581))
    );
    assert_eq!(
        (&good["activities"][0]["records"], &good["unpacked_bytes"]),
        (&Value::from(60), &Value::Null)
    );
    assert_eq!(good["activities"][0]["taken_for"], "run");
    let text = text("tests/hostile/fit/00_good_run.fit");
    assert!(
        text.contains("60 of 60") && text.contains("FIT, told by its signature"),
        "{text}"
    );
    for (file, activities, code) in [
        ("fit/04_trunc_midrecord.fit", 1, "truncated"),
        ("fit/06_bad_crc.fit", 1, "crc-mismatch"),
        ("fit/10_chained.fit", 2, ""),
        ("fit/43_settings_file.fit", 0, "not-an-activity"),
        ("fit/51_html_named_fit.fit", 0, "unknown-kind"),
        ("gpx/27_truncated.gpx", 1, ""),
        ("gpx/34_multi_trk.gpx", 5, ""),
    ] {
        let said = &json(&format!("tests/hostile/{file}"))[0];
        assert_eq!(
            said["activities"].as_array().unwrap().len(),
            activities,
            "{file}"
        );
        assert!(
            code.is_empty()
                || said["problems"]
                    .to_string()
                    .contains(&format!("\"{code}\"")),
            "{file}: {said:#}"
        );
    }
}

#[test]
fn a_cut_file_names_its_damage_and_what_can_be_done() {
    let text = text("tests/hostile/fit/04_trunc_midrecord.fit");
    assert!(
        text.contains("  truncated: byte 1054: the header promises"),
        "{text}"
    );
    assert!(
        text.contains("The watch may have run out of battery"),
        "{text}"
    );
}

#[test]
fn archives_are_walked_and_gzip_is_unpacked() {
    let files = json("tests/hostile/zip/00_good.zip");
    let kinds: Vec<&str> = files
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        (kinds.len(), kinds[0], &files[0]["entries"]),
        (4, "archive", &Value::from(3))
    );
    assert!(
        files[1]["file"]
            .as_str()
            .unwrap()
            .starts_with("00_good.zip/")
    );
    let packed = &json(GZ)[0];
    let bytes = std::fs::metadata(root().join(GZ)).unwrap().len();
    assert_eq!(
        (&packed["kind"], &packed["size_bytes"]),
        (&Value::from("gpx"), &Value::from(bytes))
    );
    assert!(packed["unpacked_bytes"].as_u64() > Some(bytes));
}

/// Every position of a recording, in degrees with four decimals, cut and not rounded: metres to ten.
fn positions(file: &str) -> Vec<String> {
    let mut buffer = Vec::new();
    let found = source::one(&root().join(file)).unwrap();
    source::read(&found, &mut buffer, decode::HEAD_BYTES, |_| true).unwrap();
    let activities = decode::decode(&buffer).activities;
    let degrees = activities.iter().flat_map(|a| {
        a.samples
            .latitude_deg
            .iter()
            .chain(&a.samples.longitude_deg)
    });
    let cut = |degrees: &f64| {
        let text = format!("{:.7}", degrees.abs());
        text[..text.len() - 3].to_string()
    };
    degrees
        .filter(|degrees| degrees.is_finite() && degrees.fract() != 0.0)
        .map(cut)
        .collect()
}

#[test]
fn positions_are_counted_and_never_shown() {
    for file in [FIT, GPX, TCX, GZ] {
        let positions = positions(file);
        assert!(positions.len() > 100, "{file} has positions");
        let (text, json) = (text(file), json(file));
        assert!(
            text.lines()
                .any(|line| line.trim_start().starts_with("positions")),
            "{file}: {text}"
        );
        assert!(
            json[0]["activities"][0]["channel_values"]["positions"].as_u64() > Some(50),
            "{file}"
        );
        let json = json.to_string();
        for degrees in &positions {
            assert!(
                !text.contains(degrees) && !json.contains(degrees),
                "{file}: {degrees} is shown"
            );
        }
    }
    let raw = std::fs::read_to_string(root().join(GPX)).unwrap();
    assert!(
        positions(GPX)
            .iter()
            .filter(|degrees| raw.contains(*degrees))
            .count()
            > 100,
        "the check finds positions"
    );
}

#[test]
fn titles_are_shown_only_when_asked_for() {
    for (file, has_title) in [(GPX, true), (GZ, true), (FIT, false), (TCX, false)] {
        for format in ["", "--json"] {
            let arguments: Vec<&str> = ["inspect", file, format]
                .into_iter()
                .filter(|word| !word.is_empty())
                .collect();
            let (hidden, shown) = (
                said(&arguments, "UTC").1,
                said(&[&arguments[..], &["--titles"]].concat(), "UTC").1,
            );
            assert!(!hidden.contains("easy run"), "{file} {format}: {hidden}");
            assert_eq!(
                shown.contains("easy run"),
                has_title,
                "{file} {format}: {shown}"
            );
            assert_eq!(
                hidden.contains("not shown; --titles shows it"),
                has_title,
                "{file} {format}: {hidden}"
            );
        }
    }
    assert_eq!(
        said(&["inspect", "--messages", "--titles", FIT], "UTC").0,
        Some(2)
    );
}

#[test]
fn messages_are_fitparsers_and_do_not_depend_on_the_machines_zone() {
    let expected = fitparser::from_bytes(&std::fs::read(root().join(FIT)).unwrap()).unwrap();
    let (code, out, err) = said(&["inspect", "--messages", FIT], "America/New_York");
    assert_eq!(
        (code, out.lines().count()),
        (Some(0), expected.len()),
        "{err}"
    );
    assert!(
        err.lines()
            .next()
            .is_some_and(|line| line.contains("hold positions")),
        "{err}"
    );
    let messages: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for (message, record) in messages.iter().zip(&expected) {
        assert_eq!(
            message["kind"],
            serde_json::to_value(record.kind()).unwrap()
        );
        assert_eq!(
            message["fields"].as_array().unwrap().len(),
            record.fields().len()
        );
    }
    assert!(out.contains("\"position_lat\""));
    assert_eq!(
        said(&["inspect", "--messages", FIT], "Asia/Kathmandu").1,
        out
    );
}

#[test]
fn messages_before_the_damage_are_kept_and_other_files_are_one_line() {
    let (read, seen) = lines("tests/hostile/fit/04_trunc_midrecord.fit", Show::Messages);
    let last: Value = serde_json::from_str(read.last().unwrap()).unwrap();
    assert!(
        last["error"]
            .as_str()
            .is_some_and(|error| error.starts_with("fitparser stopped")),
        "{last}"
    );
    assert!(
        read.iter()
            .filter(|line| line.contains("\"kind\":\"record\""))
            .count()
            > 10
    );
    assert_eq!(
        seen,
        Seen {
            files: 1,
            understood: 1
        }
    );
    let (other, seen) = lines(GPX, Show::Messages);
    assert_eq!(
        other,
        [
            r#"{"file":"2025-01-18_easy.gpx","error":"holds no FIT messages: GPX, told by its root element"}"#
        ]
    );
    assert_eq!(seen.understood, 0);
}

#[test]
fn exit_codes() {
    let code = |arguments: &[&str]| said(&[&["inspect"], arguments].concat(), "UTC").0;
    assert_eq!(code(&[FIT, GPX]), Some(0));
    assert_eq!(
        code(&["tests/hostile/fit/43_settings_file.fit"]),
        Some(0),
        "settings are understood"
    );
    assert_eq!(
        code(&["tests/hostile/fit/43_settings_file.fit", "--json"]),
        Some(0)
    );
    assert_eq!(code(&["no/such/file.fit"]), Some(2));
    assert_eq!(code(&["tests/hostile/fit/49_empty.fit"]), Some(5));
    assert_eq!(code(&["--messages", GPX]), Some(5));
    assert_eq!(code(&["--messages", "--json", FIT]), Some(2));
    let (_, berlin, _) = said(
        &[
            "inspect",
            "--timezone",
            "Berlin",
            "tests/hostile/fit/37_treadmill.fit",
        ],
        "UTC",
    );
    assert!(berlin.contains("from --timezone"), "{berlin}");
}

#[test]
fn the_terminal_is_sent_nothing_hostile() {
    for file in [
        "tests/hostile/fit/45_names_evil.fit",
        "tests/hostile/gpx/28_evil_name.gpx",
    ] {
        for option in ["--timezone=UTC", "--json", "--messages"] {
            let (_, out, _) = said(&["inspect", option, file], "UTC");
            let is_tricky =
                |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}');
            assert!(
                !out.is_empty() && !out.contains(is_tricky),
                "{file} {option}"
            );
            if option == "--json" {
                assert!(
                    serde_json::from_str::<Value>(&out).is_ok(),
                    "{file}: still JSON"
                );
            }
        }
    }
}

#[test]
fn fitparsers_panics_and_its_flood_do_not_reach_the_terminal() {
    for file in [
        "fit/12_hdr_size_149_panic.fit",
        "repro/r4_datetime_utc.fit",
        "gz/13_stderr_flood.fit.gz",
    ] {
        let (code, out, err) = said(
            &["inspect", "--messages", &format!("tests/hostile/{file}")],
            "UTC",
        );
        let lines: Vec<&str> = err.lines().collect();
        assert!(
            lines[0].contains("hold positions") && lines.len() <= 2,
            "{file}: {} lines",
            lines.len()
        );
        assert!(
            out.contains(r#""error":"fitparser "#) || code == Some(0),
            "{file}: {out}"
        );
    }
}

#[test]
fn what_is_given_and_what_is_computed_is_told_apart() {
    // The sample's FIT file has totals; the GPX file has points alone, and no cadence.
    let of = |file: &str, id: &str| {
        json(file)[0]["activities"][0]["derived"][id]["from"]
            .as_str()
            .unwrap()
            .to_string()
    };
    for (id, fit, gpx) in [
        (
            "distance_m",
            "the device's total",
            "added up from positions",
        ),
        ("timer_s", "the device's total", "computed from the records"),
        (
            "ascent_m",
            "the device's total",
            "the altitude, which is smooth, moves of at least 1.5 m",
        ),
        (
            "cadence_spm",
            "strides of one leg, doubled",
            "no cadence recorded, or running for less than a minute or less than 5 % of the moving time",
        ),
        (
            "utc_offset_s",
            "the offset in the file",
            "assumed, since nothing says it",
        ),
    ] {
        assert_eq!(
            (of(FIT, id), of(GPX, id)),
            (fit.to_string(), gpx.to_string()),
            "{id}"
        );
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let mut left = 3;
    let mut print = |_: &str| {
        left -= 1;
        if left == 0 {
            Err(std::io::ErrorKind::BrokenPipe.into())
        } else {
            Ok(())
        }
    };
    let seen = inspect::inspect(
        &[root().join("sample_data")],
        &ingest::Options::default(),
        Show::Text,
        false,
        &mut print,
    );
    assert_eq!(seen.unwrap().files, 1, "nothing more was read");
}

fn hostile() -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join("tests/hostile/MANIFEST.tsv")).unwrap();
    manifest
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').next())
        .map(|name| format!("tests/hostile/{name}"))
        .collect()
}

#[test]
fn no_hostile_file_stops_it() {
    let files = hostile();
    assert!(files.len() > 150, "{} hostile files", files.len());
    for file in files
        .iter()
        .filter(|file| Path::new(&root()).join(file).exists())
    {
        let (said, seen) = lines(file, Show::Text);
        assert!(!said.is_empty() && seen.files >= 1, "{file}");
        let panicked = |lines: &[String]| lines.iter().any(|line| line.contains("decoder-panic"));
        assert!(!panicked(&said), "{file}: niggle's own reader panicked");
        let listed = json(file);
        assert_eq!(listed.as_array().map(Vec::len), Some(seen.files), "{file}");
        let (messages, _) = lines(file, Show::Messages);
        for line in &messages {
            let message: Value =
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert!(
                message["fields"].is_array() != message["error"].is_string(),
                "{file}: {line}"
            );
        }
    }
}
