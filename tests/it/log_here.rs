//! The pain log that lies in the current folder, where `niggle pain add` makes it: every command that reads recordings finds it, says so,
//! and lets a log among the inputs go before it.

use crate::common::gpx_run;
use assert_cmd::Command;
use std::{fs, path::Path};
use tempfile::TempDir;

const LOG: &str =
    "date,site,pain\n2025-10-06,left knee,3\n2025-10-07,left knee,4\n2025-10-08,none,0\n";
const OTHER: &str = "date,site,pain\n2025-10-07,right calf,2\n";
const TAKEN: &str = "pain.csv here was taken for your pain log";

/// A folder with three runs in `runs` and these files.
fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("runs")).unwrap();
    for day in ["2025-10-04", "2025-10-06", "2025-10-08"] {
        let run = gpx_run(day.parse().unwrap(), 5000.0);
        fs::write(folder.path().join("runs").join(format!("{day}.gpx")), run).unwrap();
    }
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Exit code, standard output and standard error, on one line each.
fn niggle_in(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_niggle"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn report_next_and_tables_find_the_log_of_the_current_folder() {
    let folder = folder_with(&[("pain.csv", LOG)]);
    for arguments in [
        &["report", "runs", "--out", "out"][..],
        &["next", "runs"],
        &["tables", "runs", "--out", "tables"],
    ] {
        let (code, said, told) = niggle_in(folder.path(), arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {told}");
        assert!(told.contains(TAKEN), "{arguments:?}: {told}");
        assert!(!said.contains("no pain log"), "{arguments:?}: {said}");
        let counts = said.contains("pain logged on 3 days");
        assert!(counts || arguments[0] == "next", "{arguments:?}: {said}");
    }
    let report = fs::read_to_string(folder.path().join("out/report.md")).unwrap();
    assert!(!report.contains("no pain log"), "{report}");
    assert!(report.contains("Left knee"), "{report}");
    let table = fs::read_to_string(folder.path().join("tables/ratings.csv"));
    assert!(table.is_ok_and(|table| table.contains("knee")));
}

#[test]
fn without_inputs_those_of_the_file_and_the_log_beside_it_are_read() {
    let folder = folder_with(&[("pain.csv", LOG), ("niggle.toml", "inputs = [\"runs\"]\n")]);
    let (code, said, told) = niggle_in(folder.path(), &["report"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains(TAKEN) && said.contains("pain logged on 3 days"),
        "{told} {said}"
    );
    // From elsewhere the file beside the input leads to the log beside it, before the one that lies here.
    let elsewhere = folder_with(&[("pain.csv", OTHER)]);
    fs::copy(
        folder.path().join("runs/2025-10-06.gpx"),
        folder.path().join("a.gpx"),
    )
    .unwrap();
    let input = folder.path().join("a.gpx");
    let (code, said, told) = niggle_in(elsewhere.path(), &["report", input.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains("pain.csv was taken for your pain log"),
        "{told}"
    );
    assert!(said.contains("pain logged on 3 days"), "{said}");
}

#[test]
fn a_log_that_is_named_or_among_the_inputs_goes_before_it() {
    let folder = folder_with(&[
        ("pain.csv", LOG),
        ("runs/pain.csv", OTHER),
        ("mine.csv", OTHER),
    ]);
    let (_, said, told) = niggle_in(folder.path(), &["report", "runs", "--out", "out"]);
    assert!(said.contains("pain logged on 1 day."), "{said}");
    assert!(!told.contains(TAKEN), "{told}");
    assert!(
        said.contains("pain.csv here was not read: runs/pain.csv among the inputs went before it"),
        "{said}"
    );
    let named = ["report", "runs", "--pain", "mine.csv", "--out", "out2"];
    let (_, said, told) = niggle_in(folder.path(), &named);
    assert!(said.contains("pain logged on 1 day."), "{said}");
    assert!(
        !told.contains(TAKEN) && !said.contains("was not read"),
        "{told} {said}"
    );
}

#[test]
fn where_several_can_be_meant_none_is_read_and_that_is_said() {
    let folder = folder_with(&[("pain_log.csv", LOG), ("pain diary.csv", OTHER)]);
    let (code, said, _) = niggle_in(folder.path(), &["report", "runs", "--out", "out"]);
    assert_eq!(code, Some(0));
    assert!(
        said.contains("Several files here can be your pain log (pain diary.csv, pain_log.csv): say which with --pain."),
        "{said}"
    );
}

#[test]
fn a_cohort_takes_no_log_for_another_runner() {
    let folder = folder_with(&[("pain.csv", LOG)]);
    for name in ["anna", "ben"] {
        let runner = folder.path().join("club").join(name);
        fs::create_dir_all(&runner).unwrap();
        let run = folder.path().join("runs/2025-10-06.gpx");
        fs::copy(run, runner.join("run.gpx")).unwrap();
    }
    let (_, said, told) = niggle_in(folder.path(), &["cohort", "club", "--out", "out"]);
    let all = format!("{said} {told}");
    assert!(!all.contains("was taken for"), "{all}");
    assert!(all.contains("no pain log"), "{all}");
}

#[test]
fn check_finds_it_like_its_siblings() {
    let folder = folder_with(&[("pain.csv", LOG)]);
    let (code, said, told) = niggle_in(folder.path(), &["pain", "check"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(said.starts_with("pain.csv: 3 rows read, 3 used."), "{said}");
    let empty = tempfile::tempdir().unwrap();
    let (code, _, told) = niggle_in(empty.path(), &["pain", "check"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("there is no pain log here"), "{told}");
}

#[test]
fn what_to_do_next_is_the_whole_command_once() {
    let log = format!("{LOG}soon,left knee,3\n");
    let folder = folder_with(&[("runs/pain.csv", log.as_str())]);
    let (_, said, _) = niggle_in(folder.path(), &["report", "runs", "--out", "out"]);
    assert_eq!(said.matches("niggle pain check").count(), 1, "{said}");
    assert!(
        said.contains("Next: `niggle pain check runs/pain.csv` names the rows to correct."),
        "{said}"
    );
}

#[test]
fn a_log_that_was_picked_up_again_is_shown_and_what_is_missing_is_said() {
    let folder = folder_with(&[("pain.csv", LOG)]);
    let added = niggle_in(folder.path(), &["pain", "add", "left calf", "5"]);
    assert_eq!(added.0, Some(0), "{added:?}");
    let (_, said, _) = niggle_in(folder.path(), &["pain", "log"]);
    assert!(said.contains("left calf"), "{said}");
    let (_, said, _) = niggle_in(folder.path(), &["report", "runs", "--out", "out"]);
    assert!(said.contains("fetch a new export of your runs"), "{said}");
    assert!(said.contains("--as-of today"), "{said}");
    assert!(!said.contains("Correct the date"), "{said}");
}

#[test]
fn an_input_that_failed_is_named() {
    let folder = folder_with(&[]);
    for day in 10..30 {
        let day = format!("2025-09-{day}");
        let run = gpx_run(day.parse().unwrap(), 3000.0);
        fs::write(folder.path().join("runs").join(format!("{day}.gpx")), run).unwrap();
    }
    fs::write(folder.path().join("runs/cut.zip"), b"PK\x03\x04\x14\0\0\0").unwrap();
    let (_, said, _) = niggle_in(folder.path(), &["report", "runs", "--out", "out"]);
    assert!(
        said.contains("1 failed. Not read: runs/cut.zip: "),
        "{said}"
    );
}
