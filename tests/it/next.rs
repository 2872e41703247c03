//! `niggle next` as a person runs it, on the sample: what it says, what it refuses, and that it writes nothing.

use crate::common::niggle;
use std::{fs, path::PathBuf};

fn sample() -> String {
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    sample.to_string_lossy().into_owned()
}

/// Standard output of an answer on the sample.
fn answer(options: &[&str]) -> String {
    let sample = sample();
    let (code, stdout, stderr) = niggle(&[&["next", &sample, "-q"], options].concat());
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{options:?}");
    stdout
}

#[test]
fn a_long_run_is_told_in_times_of_the_longest() {
    // runs.csv of the sample: 15.0 km on 7 September, and nothing longer from 12 August on.
    let text = answer(&["--as-of", "2025-09-10", "--distance", "18"]);
    for words in [
        "Planned: 18.0 km on Thu 11 Sep 2025. Known up to Wed 10 Sep 2025, the day you gave with --as-of.",
        "Keep an eye on it: one run far longer than the month before",
        "1.2 times your longest of 30 days (15.0 km on 7 Sep 2025); in the largest study more overuse injuries began in runs above 1.1.",
        "2 days after your last recorded run (Tue 9 Sep 2025)",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let limit = ["--limit", "single-run-spike.small-jump-percent=25"];
    let own = answer(&[&["--as-of", "2025-09-10", "--distance", "18"][..], &limit].concat());
    assert!(!own.contains("one run far longer"), "{own}");
    let room = answer(&["--as-of", "2025-09-10"]);
    assert!(room.contains("Beyond 16.5 km the rule \"one run far longer than the month before\" (single-run-spike) would speak"), "{room}");
}

#[test]
fn what_is_to_be_looked_at_comes_before_every_run() {
    for options in [&["--distance", "5"][..], &[]] {
        let text = answer(options);
        assert!(
            text.contains("First:\n  Have it looked at  Right shin: "),
            "{text}"
        );
        assert!(text.contains("No distance is named and no run is weighed before that"));
        assert!(
            !text.contains("rule would speak") && !text.contains("In numbers"),
            "{text}"
        );
    }
    let json: serde_json::Value =
        serde_json::from_str(&answer(&["--json", "--distance", "5"])).unwrap();
    assert!(json["withheld"].is_string() && json["facts"].is_null());
    assert_eq!(json["room"]["next_m"], serde_json::Value::Null);
    assert_eq!(json["asked"][0]["severity"], "see-someone");
}

#[test]
fn the_answer_for_scripts_has_the_numbers_of_the_words() {
    let options = [
        "--as-of",
        "2025-09-10",
        "--distance",
        "11mi",
        "--climb",
        "400",
        "--json",
    ];
    let json: serde_json::Value = serde_json::from_str(&answer(&options)).unwrap();
    assert_eq!(json["plan"]["distance_m"], 17_703.0);
    assert_eq!(json["plan"]["date"], "2025-09-11");
    assert_eq!(json["facts"]["longest"]["date"], "2025-09-07");
    let rules: Vec<&str> = json["said"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|said| said["rule"].as_str())
        .collect();
    assert_eq!(rules, ["single-run-spike", "ascent-spike"]);
    assert!(json["withheld"].is_null() && json["room"]["run_m"].is_number());
}

#[test]
fn bad_input_is_one_line_and_no_answer() {
    let (sample, folder) = (sample(), tempfile::tempdir().unwrap());
    let empty = folder.path().to_string_lossy().into_owned();
    for (arguments, code, words) in [
        (
            vec!["next", &sample, "-q", "--distance", "-3"],
            2,
            "niggle: --distance: a run of -3.0 km is none.",
        ),
        (
            vec!["next", &sample, "-q", "--distance", "600"],
            2,
            "more than 500.0 km",
        ),
        (
            vec!["next", &sample, "-q", "--date", "2025-09-01"],
            2,
            "your last recorded run is of 7 Oct 2025",
        ),
        (
            vec!["next", &sample, "-q", "--distance", "far"],
            2,
            "a length is a number",
        ),
        (
            vec!["next", &empty, "-q", "--distance", "8"],
            5,
            "no usable run among 0 inputs",
        ),
        (vec!["next"], 2, "nothing to read"),
    ] {
        let (found, stdout, stderr) = niggle(&arguments);
        assert_eq!(
            (found, stdout.as_str()),
            (Some(code), ""),
            "{arguments:?}: {stderr}"
        );
        assert!(stderr.contains(words), "{arguments:?}: {stderr}");
    }
}

#[test]
fn a_cache_changes_no_letter_and_nothing_else_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache").to_string_lossy().into_owned();
    let options = ["--as-of", "2025-09-10", "--distance", "18"];
    let plain = answer(&options);
    for _ in 0..2 {
        assert_eq!(
            answer(&[&options[..], &["--cache", &cache]].concat()),
            plain
        );
    }
    let kept: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(kept.len(), 1, "the cache alone");
}
