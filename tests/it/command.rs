//! The program as a person runs it: exit codes, one clear line for each error, and what each command says.

use assert_cmd::Command;
use std::path::Path;

fn niggle(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niggle"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("niggle runs")
}

/// Exit code, standard output and standard error.
fn said(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = niggle(arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

fn temporary() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_string_lossy().into_owned()
}

#[test]
fn errors_have_their_exit_codes_and_one_line() {
    let folder = temporary();
    let (out, taken, empty) = (
        path(folder.path(), "out"),
        path(folder.path(), "taken"),
        path(folder.path(), "empty"),
    );
    std::fs::write(&taken, "x").unwrap();
    std::fs::create_dir(&empty).unwrap();
    for (arguments, code, words) in [
        (
            vec!["report", "no/such/place", "--out", &out],
            2,
            "no/such/place",
        ),
        (
            vec!["report", &empty, "--out", &out],
            5,
            "no usable run among 0 inputs",
        ),
        (vec!["report", "sample_data", "--out", &taken], 4, "taken"),
        (
            vec![
                "report",
                "sample_data",
                "--pain",
                "tests/hostile/csv/16_missing_column.csv",
                "--out",
                &out,
            ],
            2,
            "pain",
        ),
        (vec!["rules", "no-such-rule"], 2, "no-such-rule"),
        (vec!["pain", "init", &taken], 4, "taken"),
    ] {
        let (found, stdout, stderr) = said(&arguments);
        assert_eq!(found, Some(code), "{arguments:?}: {stderr}");
        let lines: Vec<&str> = stderr
            .lines()
            .filter(|line| line.starts_with("niggle: "))
            .collect();
        assert_eq!(lines.len(), 1, "{arguments:?}: {stderr}");
        assert!(
            lines[0].contains(words) && stdout.is_empty(),
            "{arguments:?}: {stderr}"
        );
    }
    assert_eq!(said(&["report"]).0, Some(2), "no path");
    assert_eq!(
        said(&["report", "sample_data", "--timezone", "Mars/Olympus"]).0,
        Some(2)
    );
}

#[test]
fn the_terminal_says_what_the_report_says_first_and_is_never_silent() {
    let folder = temporary();
    let (out, log) = (path(folder.path(), "out"), path(folder.path(), "pain.csv"));
    let report = |options: &[&str]| {
        let arguments = [&["report", "sample_data/other", "--out", &out], options].concat();
        let (code, stdout, stderr) = said(&arguments);
        assert_eq!(code, Some(0), "{stderr}");
        let page = std::fs::read_to_string(folder.path().join("out/report.md")).unwrap();
        (stdout, page)
    };
    let (stdout, page) = report(&[]);
    assert!(
        page.lines()
            .nth(2)
            .is_some_and(|line| line.contains("**, your last recorded day. ")),
        "{page}"
    );
    assert!(
        stdout.starts_with("As of ") && stdout.contains(", your last recorded day.\n"),
        "{stdout}"
    );
    assert!(
        stdout.contains("About pain nothing is known: there is no pain log."),
        "{stdout}"
    );
    assert!(
        stdout.contains("Too few runs in the last month to compare")
            && !stdout.contains("nothing to ask about"),
        "{stdout}"
    );

    std::fs::write(
        &log,
        "date,site,pain\n2025-09-05,right shin,9\nsometime,right shin,9\n",
    )
    .unwrap();
    let (stdout, page) = report(&["--pain", &log, "--as-of", "2025-09-06"]);
    assert!(
        stdout.starts_with(
            "In the last 14 days, as of Sat 6 Sep 2025, the day you gave with --as-of:\n"
        ),
        "{stdout}"
    );
    let refused = stdout
        .find("\n1 of 2 rows of your pain log could not be used.\n")
        .expect("what was refused");
    let pain = stdout
        .find("9 of 10")
        .or(stdout.find("right shin"))
        .expect("the shin is told");
    assert!(
        pain < refused && page.contains("No distance is named for the next run: "),
        "{stdout}{page}"
    );
    assert!(
        !page.contains("would be flagged") && !page.contains("nothing to ask about"),
        "{page}"
    );

    let (stdout, page) = report(&["--as-of", "today"]);
    assert!(
        stdout.contains(", today.\n") && page.contains("**, today. "),
        "{stdout}"
    );
    assert_eq!(
        said(&[
            "report",
            "sample_data/other",
            "--as-of",
            "tomorrow",
            "--out",
            &out
        ])
        .0,
        Some(2)
    );
}

#[test]
fn an_error_leaves_the_report_of_before() {
    let folder = temporary();
    let out = path(folder.path(), "out");
    assert_eq!(
        said(&["report", "sample_data/other", "--out", &out, "--quiet"]).0,
        Some(0)
    );
    let before = std::fs::read(folder.path().join("out/report.md")).unwrap();
    let hostile = "tests/hostile/csv/16_missing_column.csv";
    assert_eq!(
        said(&[
            "report",
            "sample_data/other",
            "--pain",
            hostile,
            "--out",
            &out
        ])
        .0,
        Some(2)
    );
    assert_eq!(
        std::fs::read(folder.path().join("out/report.md")).unwrap(),
        before
    );
}

#[test]
fn the_template_can_be_checked_and_is_never_overwritten() {
    let folder = temporary();
    let file = path(folder.path(), "pain.csv");
    assert_eq!(said(&["pain", "init", &file]).0, Some(0));
    assert_eq!(
        said(&["pain", "init", &file]).0,
        Some(4),
        "an existing log is left alone"
    );
    let (code, text, _) = said(&["pain", "check", &file]);
    assert_eq!(code, Some(0));
    assert!(
        text.contains("0 rows") || text.contains("no rows"),
        "{text}"
    );
}

/// Eighteen archives are one line before and one after, and with several runners each is a line: nothing scrolls by.
#[test]
fn archives_do_not_scroll_by() {
    let folder = temporary();
    let recording = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("sample_data/DI_CONNECT/DI-Connect-Uploaded-Files/sample_1000001.fit"),
    )
    .unwrap();
    for n in 0..18 {
        let zip = crate::common::zip(&[(format!("{n}.fit"), recording.clone(), false)]);
        std::fs::write(folder.path().join(format!("{n}.zip")), zip).unwrap();
    }
    let (input, out) = (path(folder.path(), "."), path(folder.path(), "out"));
    let (code, _, stderr) = said(&["report", &input, "--out", &out]);
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!((code, lines.len()), (Some(0), 2), "{stderr}");
    assert!(lines[0].starts_with("reading 18 files, "), "{stderr}");
    assert_eq!(lines[1], "read 18 files, with those in 18 archives");
}

#[test]
fn a_log_is_explained() {
    let (code, text, _) = said(&["pain", "check", "tests/vectors/pain_example.csv"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("pain_check", text);
}

#[test]
fn two_decoders_are_set_side_by_side() {
    let (code, text, _) = said(&["verify", "sample_data/other"]);
    assert_eq!(code, Some(0));
    assert!(
        text.ends_with("the same in both decoders, 0 differ, 0 only niggle read.\n"),
        "{text}"
    );
    let (_, text, _) = said(&["verify", "tests/hostile/fit/06_bad_crc.fit"]);
    assert!(
        text.contains("06_bad_crc.fit: not read by the other decoder"),
        "{text}"
    );
}

#[test]
fn rules_are_listed_and_explained() {
    let (_, list, _) = said(&["rules"]);
    assert_eq!(list.lines().count(), niggle::rules::RULES.len());
    let (code, text, _) = said(&["rules", "single-run-spike"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!("rule_single_run_spike", text);
    let (code, text, _) = said(&["rules", "--json"]);
    let rules: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (code, rules.as_array().map(Vec::len)),
        (Some(0), Some(niggle::rules::RULES.len()))
    );
    let (code, text, _) = said(&["rules", "no-such-rule", "--json"]);
    assert_eq!((code, text.as_str()), (Some(2), ""));
}

#[test]
fn quiet_is_quiet_and_help_has_examples() {
    let folder = temporary();
    let out = path(folder.path(), "out");
    assert_eq!(
        said(&["report", "sample_data/other", "--out", &out, "--quiet"]),
        (Some(0), String::new(), String::new())
    );
    let (_, help, _) = said(&["--help"]);
    assert!(
        help.contains("Exit codes") && help.contains("niggle report my_export"),
        "{help}"
    );
}

/// The one line on standard error that begins with `niggle: `.
fn complaint(arguments: &[&str], code: i32) -> String {
    let (found, stdout, stderr) = said(arguments);
    assert_eq!(
        (found, stdout.as_str()),
        (Some(code), ""),
        "{arguments:?}: {stderr}"
    );
    let lines: Vec<&str> = stderr
        .lines()
        .filter(|line| line.starts_with("niggle: "))
        .collect();
    assert_eq!(lines.len(), 1, "{arguments:?}: {stderr}");
    lines[0].to_string()
}

#[test]
fn a_report_of_before_is_no_input() {
    let folder = temporary();
    std::fs::create_dir_all(folder.path().join("runs/deep")).unwrap();
    let runs = path(folder.path(), "runs");
    std::fs::copy(
        "sample_data/other/2025-01-18_easy.gpx",
        folder.path().join("runs/a.gpx"),
    )
    .unwrap();
    let outs = ["runs/deep/report", "beside", "runs/next"].map(|out| path(folder.path(), out));
    let reports = outs.map(|out| {
        assert_eq!(
            said(&["report", &runs, "--out", &out, "--quiet"]).0,
            Some(0)
        );
        ["report.md", "findings.json", "problems.csv"]
            .map(|name| std::fs::read(path(Path::new(&out), name)).unwrap())
    });
    assert!(
        reports[0] == reports[1] && reports[1] == reports[2],
        "what lies beside the one run changes nothing"
    );
    let findings: serde_json::Value = serde_json::from_slice(&reports[2][1]).unwrap();
    assert_eq!(
        (&findings["inputs"]["total"], &findings["inputs"]["skipped"]),
        (&1.into(), &0.into())
    );
}

#[test]
fn where_there_is_nothing_the_places_and_what_to_give_are_named() {
    let folder = temporary();
    let at = |name: &str| path(folder.path(), name);
    let (one, other, out, zip) = (at("one"), at("other"), at("out"), at("Runs.ZIP"));
    std::fs::create_dir(&one).unwrap();
    std::fs::create_dir(&other).unwrap();
    let empty = complaint(&["report", &one, &other, "--out", &out], 5);
    for words in [
        "no usable run among 0 inputs",
        &format!("in {one}, {other}."),
        "FIT, GPX or TCX files",
    ] {
        assert!(empty.contains(words), "{words}: {empty}");
    }
    std::fs::write(&zip, "Dear runner, your export is not ready yet.").unwrap();
    let text = complaint(&["report", &zip, "--out", &out], 5);
    for words in [
        "Runs.ZIP: it is not a zip",
        "found plain text",
        "Give niggle FIT, GPX or TCX files",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Nothing to do"), "{text}");
    let missing = complaint(&["report", &at("nowhere"), "--out", &out], 2);
    assert!(
        missing.contains("there is no such file or folder") && !missing.contains("os error"),
        "{missing}"
    );
}

#[test]
fn verify_says_when_there_was_nothing_to_compare() {
    let folder = temporary();
    let inside = path(folder.path(), "");
    let empty = complaint(&["verify", &inside], 5);
    assert!(
        empty.contains("nothing was compared") && empty.contains("among 0 inputs"),
        "{empty}"
    );
    for name in ["2025-02-15_easy.tcx", "2025-04-19_easy.tcx"] {
        std::fs::copy(
            Path::new("sample_data/other").join(name),
            folder.path().join(name),
        )
        .unwrap();
    }
    let of_tcx = complaint(&["verify", &inside], 5);
    assert!(
        of_tcx.contains("among 2 inputs") && of_tcx.contains("for TCX there is no second decoder"),
        "{of_tcx}"
    );
}

#[test]
fn rules_are_found_in_any_case_and_the_nearest_are_named() {
    let (_, expected, _) = said(&["rules", "single-run-spike"]);
    for id in ["Single-Run-Spike", "SINGLE_RUN_SPIKE"] {
        assert_eq!(
            said(&["rules", id]),
            (Some(0), expected.clone(), String::new()),
            "{id}"
        );
    }
    for (id, nearest) in [
        ("single-run", "single-run-spike"),
        ("acwr-hihg", "acwr-high"),
        ("sleep-shrot", "sleep-short"),
    ] {
        let line = complaint(&["rules", id], 2);
        assert!(
            line.contains(&format!("\"{id}\". The nearest are {nearest}, ")),
            "{line}"
        );
    }
}

/// Counts the files that were read.
#[derive(Default)]
struct Files(std::sync::atomic::AtomicUsize);

impl niggle::ingest::Progress for Files {
    fn start(&self, _: usize, _: u64) {}
    fn opened(&self, _: u64, _: usize, _: u64) {}
    fn file_done(&self, _: u64) {
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }
    fn finish(&self) {}
}

#[test]
fn a_named_log_that_cannot_be_used_is_told_before_anything_is_read() {
    let folder = temporary();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read_with = |log: &Path| {
        let config = niggle::config::Config {
            inputs: vec![root.join("sample_data/other")],
            pain_log: Some(log.to_path_buf()),
            output: folder.path().join("out"),
            ..Default::default()
        };
        let files = Files::default();
        let code =
            niggle::pipeline::run(&config, &files).map_or_else(|error| error.exit_code(), |_| 0);
        (code, files.0.into_inner())
    };
    for log in [
        folder.path().join("missing.csv"),
        root.join("tests/hostile/csv/16_missing_column.csv"),
    ] {
        assert_eq!(read_with(&log), (2, 0), "{}", log.display());
        assert!(!folder.path().join("out").exists());
    }
    assert_eq!(
        read_with(&root.join("sample_data/pain_log.csv")),
        (0, 13),
        "one for each recording"
    );
}

#[test]
fn options_say_what_they_expect() {
    for (arguments, words) in [
        (vec!["--jobs", "x"], "a whole number from 1 to 256"),
        (vec!["--jobs", "0"], "a whole number from 1 to 256"),
        (
            vec!["--heart-rate-rest", "50.5"],
            "a whole number from 25 to 120",
        ),
        (
            vec!["--heart-rate-max", "999"],
            "a whole number from 120 to 240",
        ),
        (vec!["--ouput", "there"], "'--output'"),
    ] {
        let (code, _, stderr) = said(&[vec!["report", "sample_data"], arguments.clone()].concat());
        assert!(
            code == Some(2) && stderr.contains(words),
            "{arguments:?}: {stderr}"
        );
    }
    let (_, help, _) = said(&["report", "--help"]);
    let help: Vec<&str> = help.split_whitespace().collect();
    let help = help.join(" ");
    assert!(
        help.contains("folders and zips of them, and exports of Garmin and Strava accounts"),
        "{help}"
    );
}

#[test]
fn a_cache_that_is_a_file_is_one_line_and_costs_no_report() {
    let folder = temporary();
    let (file, out) = (path(folder.path(), "taken"), path(folder.path(), "out"));
    std::fs::write(&file, "mine").unwrap();
    for cache in [file.clone(), path(Path::new(&file), "below")] {
        let line = complaint(
            &[
                "report",
                "sample_data/other",
                "--cache",
                &cache,
                "--out",
                &out,
                "--quiet",
            ],
            0,
        );
        assert!(
            line.contains(&format!("{file} is a file")) && line.contains("Give a folder"),
            "{line}"
        );
        assert_eq!(std::fs::read(&file).unwrap(), b"mine");
    }
}
