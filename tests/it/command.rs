//! The program as a person runs it: exit codes, one clear line for each error, and what each command says.

use assert_cmd::Command;
use std::path::Path;

fn niggle(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niggle"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().expect("niggle runs")
}

/// Exit code, standard output and standard error.
fn said(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = niggle(arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code(), text(&output.stdout), text(&output.stderr))
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
    let (out, taken, empty) = (path(folder.path(), "out"), path(folder.path(), "taken"), path(folder.path(), "empty"));
    std::fs::write(&taken, "x").unwrap();
    std::fs::create_dir(&empty).unwrap();
    for (arguments, code, words) in [
        (vec!["report", "no/such/place", "--out", &out], 2, "no/such/place"),
        (vec!["report", &empty, "--out", &out], 5, "no usable run among 0 inputs"),
        (vec!["report", "sample_data", "--out", &taken], 4, "taken"),
        (vec!["report", "sample_data", "--pain", "tests/hostile/csv/16_missing_column.csv", "--out", &out], 2, "pain"),
        (vec!["rules", "no-such-rule"], 2, "no-such-rule"),
        (vec!["pain", "init", &taken], 4, "taken"),
    ] {
        let (found, stdout, stderr) = said(&arguments);
        assert_eq!(found, Some(code), "{arguments:?}: {stderr}");
        let lines: Vec<&str> = stderr.lines().filter(|line| line.starts_with("niggle: ")).collect();
        assert_eq!(lines.len(), 1, "{arguments:?}: {stderr}");
        assert!(lines[0].contains(words) && stdout.is_empty(), "{arguments:?}: {stderr}");
    }
    assert_eq!(said(&["report"]).0, Some(2), "no path");
    assert_eq!(said(&["report", "sample_data", "--timezone", "Mars/Olympus"]).0, Some(2));
}

#[test]
fn an_error_leaves_the_report_of_before() {
    let folder = temporary();
    let out = path(folder.path(), "out");
    assert_eq!(said(&["report", "sample_data/other", "--out", &out, "--quiet"]).0, Some(0));
    let before = std::fs::read(folder.path().join("out/report.md")).unwrap();
    let hostile = "tests/hostile/csv/16_missing_column.csv";
    assert_eq!(said(&["report", "sample_data/other", "--pain", hostile, "--out", &out]).0, Some(2));
    assert_eq!(std::fs::read(folder.path().join("out/report.md")).unwrap(), before);
}

#[test]
fn the_template_can_be_checked_and_is_never_overwritten() {
    let folder = temporary();
    let file = path(folder.path(), "pain.csv");
    assert_eq!(said(&["pain", "init", &file]).0, Some(0));
    assert_eq!(said(&["pain", "init", &file]).0, Some(4), "an existing log is left alone");
    let (code, text, _) = said(&["pain", "check", &file]);
    assert_eq!(code, Some(0));
    assert!(text.contains("0 rows") || text.contains("no rows"), "{text}");
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
    assert!(text.ends_with("the same in both decoders, 0 differ, 0 only niggle read.\n"), "{text}");
    let (_, text, _) = said(&["verify", "tests/hostile/fit/06_bad_crc.fit"]);
    assert!(text.contains("06_bad_crc.fit: not read by the other decoder"), "{text}");
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
    assert_eq!((code, rules.as_array().map(Vec::len)), (Some(0), Some(niggle::rules::RULES.len())));
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
    assert!(help.contains("Exit codes") && help.contains("niggle report my_export"), "{help}");
}
