//! What machines ask of niggle: exit codes of their own, a baseline, annotations, what is new, and what changed between two reports.

use crate::common::{gpx_run, niggle};
use chrono::{Days, NaiveDate};
use serde_json::Value;
use std::{fs, path::Path};

/// A runner's folder: ten runs up to 20 May 2025, shifted by so many days.
fn runner(log: &str, shift: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path().join("runs");
    fs::create_dir(&runs).unwrap();
    let first = NaiveDate::from_ymd_opt(2025, 5, 2).unwrap();
    for n in 0..10 {
        let day = first.checked_add_days(Days::new(2 * n + shift)).unwrap();
        fs::write(runs.join(format!("{day}.gpx")), gpx_run(day, 5000.0)).unwrap();
    }
    fs::write(folder.path().join("pain.csv"), log).unwrap();
    folder
}

const SORE: &str =
    "date,site,pain\n2025-05-18,none,0\n2025-05-19,right shin,8\n2025-05-20,right shin,8\n";

/// `niggle report` on the runner: exit code, standard output and standard error without the progress.
fn report(folder: &Path, out: &str, options: &[&str]) -> (Option<i32>, String, String) {
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (runs, pain, out) = (at("runs"), at("pain.csv"), at(out));
    let fixed = ["report", &runs, "--pain", &pain, "--out", &out];
    let (code, stdout, stderr) = niggle(&[&fixed, options].concat());
    let told = stderr.lines().filter(|line| line.starts_with("niggle: "));
    (code, stdout, told.map(|line| format!("{line}\n")).collect())
}

#[test]
fn the_codes_of_fail_on_and_strict() {
    let folder = runner(SORE, 0);
    let code = |options: &[&str]| report(folder.path(), "out", options).0;
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--fail-on", "see-someone"]), Some(10));
    assert_eq!(code(&["--fail-on", "have-it-looked-at"]), Some(10));
    assert_eq!(code(&["--fail-on", "emergency"]), Some(0));
    assert_eq!(code(&["--fail-on", "apocalypse"]), Some(2));
    assert_eq!(code(&["--strict"]), Some(0));
    fs::write(folder.path().join("runs/notes.txt"), "mine").unwrap();
    assert_eq!(code(&["--strict"]), Some(0), "none of niggle's business");
    fs::write(folder.path().join("runs/garbage.fit"), "garbage").unwrap();
    assert_eq!(code(&[]), Some(0));
    let (code, stdout, stderr) = report(folder.path(), "out", &["--strict", "--quiet"]);
    assert_eq!((code, stdout.as_str()), (Some(11), ""));
    assert!(
        stderr.starts_with("niggle: --strict: 1 input could not be used (exit code 11): ")
            && stderr.contains("garbage.fit: expected ")
            && stderr.lines().count() == 1,
        "{stderr}"
    );
    let both = report(
        folder.path(),
        "both",
        &["--strict", "--fail-on", "see-someone"],
    );
    assert_eq!(both.0, Some(10));
    assert!(
        both.2.contains("(exit code 11, but 10 goes before it)") && both.2.lines().count() == 2,
        "{}",
        both.2
    );
    assert!(
        folder.path().join("both/report.html").is_file(),
        "all was written"
    );
}

#[test]
fn a_row_that_could_not_be_used_is_strictly_a_loss() {
    let folder = runner(
        "date,site,pain\n2025-05-19,none,0\nsometime,right shin,3\n",
        0,
    );
    let (code, _, stderr) = report(folder.path(), "out", &["--strict"]);
    assert_eq!(code, Some(11));
    assert!(
        stderr.contains("1 row of the pain log could not be used (exit code 11): "),
        "{stderr}"
    );
}

#[test]
fn beside_a_baseline_only_what_is_new_or_louder_counts() {
    let folder = runner(SORE, 0);
    let base = folder.path().join("base/findings.json");
    let base = base.to_string_lossy();
    assert_eq!(report(folder.path(), "base", &[]).0, Some(0));
    let beside = |options: &[&str]| {
        report(
            folder.path(),
            "out",
            &[&["--baseline", &base], options].concat(),
        )
    };
    let (code, stdout, _) = beside(&["--fail-on", "watch"]);
    assert_eq!(code, Some(0));
    assert!(
        stdout.contains(
            " of 20 May 2025, from \"keep an eye on it\" on: 0 findings are new or louder."
        ),
        "{stdout}"
    );
    let log = format!("{SORE}2025-05-20,left knee,8\n");
    fs::write(folder.path().join("pain.csv"), log).unwrap();
    let (code, _, stderr) = beside(&["--fail-on", "see-someone"]);
    assert_eq!(code, Some(10));
    assert!(
        stderr.contains("and new or louder than in ")
            && stderr.contains("Left knee: a high number"),
        "{stderr}"
    );
    assert!(!stderr.contains("Right shin: a high number"), "{stderr}");
}

#[test]
fn a_baseline_that_cannot_be_read_is_one_line_and_nothing_is_written() {
    let folder = runner(SORE, 0);
    let base = folder.path().join("base.json");
    let name = base.to_string_lossy().into_owned();
    for (text, words) in [
        (None, "there is no such file or folder"),
        (
            Some("{\"schema_version\": 3,"),
            "not a findings.json of niggle's",
        ),
        (Some("[]"), "not a findings.json of niggle's"),
        (
            Some("{\"schema_version\": 1}"),
            "written with schema_version 1, and this niggle reads ",
        ),
    ] {
        if let Some(text) = text {
            fs::write(&base, text).unwrap();
        }
        let (code, stdout, stderr) = report(folder.path(), "out", &["--baseline", &name]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{stderr}");
        assert!(
            stderr.contains(words)
                && stderr.contains("Nothing was written.")
                && stderr.lines().count() == 1,
            "{stderr}"
        );
        assert!(!folder.path().join("out").exists());
    }
}

#[test]
fn a_report_of_another_runner_is_told_and_not_compared() {
    let (one, other) = (runner(SORE, 0), runner(SORE, 400));
    assert_eq!(report(one.path(), "out", &[]).0, Some(0));
    let base = one.path().join("out").to_string_lossy().into_owned();
    let pain = one.path().join("pain.csv").to_string_lossy().into_owned();
    let runs = other.path().join("runs").to_string_lossy().into_owned();
    fs::write(&pain, "date,site,pain\n2026-06-20,right shin,8\n").unwrap();
    let (code, stdout, stderr) = niggle(&[
        "report",
        &runs,
        "--pain",
        &pain,
        "--out",
        &base,
        "--baseline",
        &base,
        "--fail-on",
        "watch",
    ]);
    assert_eq!(code, Some(10), "{stderr}");
    let why =
        "it shares no day with these recordings (2–20 May 2025), and may be of another runner.";
    assert!(
        stderr.contains(why) && stderr.contains("so that every finding counts."),
        "{stderr}"
    );
    assert!(
        stdout.contains(why) && stdout.contains("this report took its place."),
        "{stdout}"
    );
}

#[test]
fn what_is_new_is_told_on_the_terminal_and_in_json() {
    let folder = runner(SORE, 0);
    let first = report(folder.path(), "out", &["--as-of", "2025-05-18"]);
    assert!(!first.1.contains("since"), "{}", first.1);
    let (_, stdout, _) = report(folder.path(), "out", &[]);
    assert!(
        stdout.contains("\nNew since 18 May: right shin."),
        "{stdout}"
    );
    let read = || -> Value {
        let text = fs::read(folder.path().join("out/findings.json")).unwrap();
        serde_json::from_slice(&text).unwrap()
    };
    let since = &read()["since"];
    assert_eq!(since["as_of"], "2025-05-18");
    let new: Vec<&str> = since["new"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert!(new.contains(&"pain-high/right-shin/2025-05-19"), "{new:?}");
    let summary = fs::read_to_string(folder.path().join("out/summary.md")).unwrap();
    assert!(summary.contains("**New since 18 May 2025:** Right shin: a high number"));
    let (_, again, _) = report(folder.path(), "out", &[]);
    assert!(again.contains("\nNew since 18 May: "), "handed on: {again}");
    let (_, earlier, _) = report(folder.path(), "out", &["--as-of", "2025-05-16"]);
    assert!(
        earlier.contains("findings.json: it speaks from a later day, 20 May 2025."),
        "{earlier}"
    );
    fs::write(
        folder.path().join("out/findings.json"),
        "{\"niggle_version\": \"0.1.0\", \"schema_version\": 1}",
    )
    .unwrap();
    let (code, old, _) = report(folder.path(), "out", &[]);
    assert_eq!(code, Some(0));
    assert!(
        old.contains("findings.json: written with schema_version 1"),
        "{old}"
    );
    let (_, same, _) = report(folder.path(), "out", &[]);
    assert!(
        same.contains("Same day as the last report: nothing to compare.")
            && !same.contains("findings.json"),
        "{same}"
    );
}

#[test]
fn annotations_name_files_only_when_asked() {
    let folder = runner(SORE, 0);
    fs::write(folder.path().join("runs/secret,one.fit"), "garbage").unwrap();
    let annotated = |options: &[&str]| {
        let options = [&["--annotate", "github", "--quiet"], options].concat();
        report(folder.path(), "out", &options).1
    };
    let plain = annotated(&[]);
    assert!(plain.lines().all(|line| line.starts_with("::")), "{plain}");
    assert!(
        plain.contains("::warning title=1 input could not be used (unknown-kind)::Expected ")
            && !plain.contains("secret"),
        "{plain}"
    );
    let named = annotated(&["--with-names"]);
    assert!(
        named.contains("secret%2Cone.fit could not be used::"),
        "{named}"
    );
}

#[test]
fn a_diff_says_what_changed_and_why() {
    let folder = runner(SORE, 0);
    report(folder.path(), "old", &["--as-of", "2025-05-18"]);
    report(
        folder.path(),
        "new",
        &["--limit", "single-run-spike.small-jump-percent=15"],
    );
    let [old, new] = ["old", "new/findings.json"]
        .map(|name| folder.path().join(name).to_string_lossy().into_owned());
    let (code, text, _) = niggle(&["diff", &old, &new]);
    assert_eq!(code, Some(0));
    for words in [
        "From the report of 18 May 2025 to that of 20 May 2025, ",
        "\nNew:\n",
        "It speaks from: 20 May 2025, before 18 May 2025",
        "The limit single-run-spike.small-jump-percent: 15, before 10 (the default)",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let (_, json, _) = niggle(&["diff", &old, &new, "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["new"]["as_of"], "2025-05-20");
    let whats: Vec<&str> = json["why"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|why| why["what"].as_str())
        .collect();
    assert!(
        whats.contains(&"day") && whats.contains(&"limit"),
        "{whats:?}"
    );
    let (_, same, _) = niggle(&["diff", &new, &new]);
    assert!(same.contains("Nothing differs: "), "{same}");
    fs::write(&new, "{").unwrap();
    let (code, stdout, stderr) = niggle(&["diff", &old, &new]);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.contains("not a findings.json of niggle's") && stderr.lines().count() == 1);
}

#[test]
fn pain_check_has_codes_too() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("pain.csv");
    let name = log.to_string_lossy().into_owned();
    let code = |text: &str, options: &[&str]| {
        fs::write(&log, text).unwrap();
        niggle(&[&["pain", "check", &name], options].concat()).0
    };
    assert_eq!(code(SORE, &[]), Some(0));
    assert_eq!(code(SORE, &["--fail-on", "see-someone"]), Some(10));
    assert_eq!(code(SORE, &["--fail-on", "emergency", "--json"]), Some(0));
    let none = "date,site,pain\nsometime,shin,3\nnever,shin,4\n";
    assert_eq!(code(none, &[]), Some(2), "no row could be used");
    assert_eq!(code(none, &["--json"]), Some(2));
    assert_eq!(
        code("date,site,pain\n", &[]),
        Some(0),
        "one that was only begun"
    );
}

#[test]
fn verify_ends_with_a_code_of_its_own_where_decoders_differ() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let verify = |file: &str| niggle(&["verify", &root.join(file).to_string_lossy()]);
    let (code, said, _) = verify("sample_data/other/2025-01-18_easy.gpx");
    assert_eq!(code, Some(0), "{said}");
    let (code, said, _) = verify("tests/hostile/fit/41_compressed_ts_no_anchor.fit");
    assert_eq!(code, Some(12), "{said}");
    assert!(said.contains(" 1 differ, "), "{said}");
    let (code, said, _) = verify("tests/hostile/gpx/18_lat_91.gpx");
    assert_eq!(
        code,
        Some(0),
        "what only niggle reads is no difference: {said}"
    );
}
