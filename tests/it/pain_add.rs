//! `niggle pain add` and `niggle pain log` on files: two at once, logs as people keep them, and what must leave a file as it was.

use crate::common::niggle;
use assert_cmd::Command;
use niggle::pain::{
    Options,
    append::{NewRow, append, said},
    read,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process,
};
use tempfile::TempDir;

const NIGGLE: &str = env!("CARGO_BIN_EXE_niggle");

/// A folder with one file in it, and the file's path.
fn folder_with(name: &str, bytes: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, bytes).unwrap();
    (folder, file)
}

/// `niggle pain add` in a folder: exit code and what it said, on both streams.
fn add_in(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(NIGGLE)
        .current_dir(folder)
        .args(["pain", "add"])
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// The same with answers on standard input.
fn asked_in(folder: &Path, answers: &str) -> (Option<i32>, String, String) {
    let output = Command::new(NIGGLE)
        .current_dir(folder)
        .args(["pain", "add", "--date", "2025-10-13"])
        .write_stdin(answers)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

const DAY: [&str; 2] = ["--date", "2025-10-13"];

fn on_the_day<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    DAY.into_iter().chain(arguments.iter().copied()).collect()
}

#[test]
fn the_first_row_makes_the_log_and_the_next_goes_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said, _) = add_in(folder.path(), &on_the_day(&["none"]));
    assert_eq!(code, Some(0));
    assert!(said.starts_with("There was no pain log here: pain.csv was made. Its first row: nothing hurts, Mon 13 Oct 2025."), "{said}");
    let (code, said, _) = add_in(
        folder.path(),
        &on_the_day(&["left knee", "3", "during", "stairs"]),
    );
    assert_eq!(code, Some(0));
    assert!(
        said.starts_with(
            "Written to pain.csv: left knee 3 of 10, during the run, Mon 13 Oct 2025."
        ),
        "{said}"
    );
    assert!(
        said.contains("of the last 14 days 1 is logged, the highest rating is 3 of 10 (left knee)"),
        "{said}"
    );
    let log = fs::read_to_string(folder.path().join("pain.csv")).unwrap();
    assert_eq!(
        log,
        "date,moment,site,pain,function,signs,notes\n2025-10-13,,none,0,,,\n2025-10-13,during,left knee,3,,,stairs\n"
    );
}

#[test]
fn without_a_day_it_is_today() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        add_in(folder.path(), &["none", "--date", "yesterday"]).0,
        Some(0)
    );
    assert_eq!(add_in(folder.path(), &["none"]).0, Some(0));
    let log = read(
        &fs::read(folder.path().join("pain.csv")).unwrap(),
        "pain.csv",
        &Options::default(),
    )
    .unwrap();
    let days: Vec<_> = log.entries.iter().map(|entry| entry.date).collect();
    assert_eq!(days[0].succ_opt(), Some(days[1]));
}

#[test]
fn what_cannot_wait_is_said_first() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said, _) = add_in(
        folder.path(),
        &on_the_day(&[
            "left calf",
            "8",
            "--sign",
            "swelling,warmth",
            "--function",
            "stopped",
        ]),
    );
    assert_eq!(code, Some(0));
    let (first, rest) = said
        .split_once("\n\n")
        .expect("a blank line behind what is loud");
    assert!(first.starts_with("TODAY: "), "{said}");
    assert!(rest.contains("left calf 8 of 10"), "{said}");
    // A day before says nothing loud of itself, and must not hide it.
    let (_, said, _) = add_in(folder.path(), &["none", "--date", "2025-10-10"]);
    assert!(said.starts_with("TODAY: "), "{said}");
    // What `pain check` says of the log is the same.
    let (_, check, _) = niggle(&[
        "pain",
        "check",
        folder.path().join("pain.csv").to_str().unwrap(),
    ]);
    assert!(
        check.contains(first.trim_start_matches("TODAY: ")),
        "{check}\n{first}"
    );
}

#[test]
fn two_at_once_and_ten_more_all_get_in() {
    let folder = tempfile::tempdir().unwrap();
    let children: Vec<process::Child> = (1..=12)
        .map(|number| {
            process::Command::new(NIGGLE)
                .current_dir(folder.path())
                .args([
                    "pain",
                    "add",
                    "left knee",
                    "2",
                    "--note",
                    &format!("row {number}"),
                    "--date",
                    "2025-10-13",
                ])
                .stdout(process::Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let log = fs::read_to_string(folder.path().join("pain.csv")).unwrap();
    assert_eq!(
        log.lines().next(),
        Some("date,moment,site,pain,function,signs,notes")
    );
    let mut rows: Vec<String> = log.lines().skip(1).map(str::to_string).collect();
    rows.sort();
    let mut expected: Vec<String> = (1..=12)
        .map(|number| format!("2025-10-13,,left knee,2,,,row {number}"))
        .collect();
    expected.sort();
    assert_eq!(rows, expected);
}

/// Files that must be left as they are: what is called, the arguments, the exit code and a part of what is said.
#[test]
fn what_cannot_be_written_leaves_the_file_and_says_why_in_one_line() {
    let log = "date,site,pain\n2025-10-01,knee,2\n";
    let book = include_bytes!("../../src/pain/workbook/samples/log.xlsx");
    for (bytes, arguments, part) in [
        (
            log.as_bytes(),
            &["knee", "12"][..],
            "the rating 12 is none from 0 to 10",
        ),
        (
            log.as_bytes(),
            &["knee", "3", "during"],
            "Make its header `date,site,pain,moment`",
        ),
        (log.as_bytes(), &["knee"], "how much does it hurt?"),
        (
            log.as_bytes(),
            &["knee", "3", "--others", "0"],
            "add a column \"others\"",
        ),
        (
            log.as_bytes(),
            &["knee", "3", "--date", "2999-01-01"],
            "still to come",
        ),
        (
            log.as_bytes(),
            &["knee", "3", "--date", "soon"],
            "a day is today, yesterday",
        ),
        (
            log.as_bytes(),
            &["knee", "3", "--date", "1999-12-31"],
            "lies before 2000",
        ),
        (
            log.as_bytes(),
            &["knee", "3", "--sign", "swelllng"],
            "the nearest is `swelling`",
        ),
        (
            log.as_bytes(),
            &["knee", "3", "--function", "stoped"],
            "the nearest is `stopped`",
        ),
        (
            log.as_bytes(),
            &["knee", "3", "--moment", "mornig"],
            "the nearest is `morning`",
        ),
        (book.as_slice(), &["knee", "3"], "save it as CSV"),
        (b"one,two\n1,2\n", &["knee", "3"], "no column for the date"),
        (
            b"date,site,pain,notes\n2025-10-01,knee,2,\"open\n",
            &["knee", "3"],
            "does not close",
        ),
    ] {
        let (folder, file) = folder_with("pain.csv", bytes);
        let (code, said, wrong) = add_in(folder.path(), arguments);
        assert_eq!(
            (code, said.as_str()),
            (Some(2), ""),
            "{arguments:?} {wrong}"
        );
        assert!(wrong.contains(part), "{arguments:?}: {wrong}");
        assert!(
            !wrong.starts_with("niggle: ") || wrong.lines().count() == 1,
            "{wrong}"
        );
        assert_eq!(fs::read(&file).unwrap(), bytes, "{arguments:?}");
    }
}

#[test]
fn a_folder_is_no_log_and_what_may_not_be_written_is_exit_code_4() {
    let (folder, _) = folder_with("other.txt", "x");
    fs::create_dir(folder.path().join("pain")).unwrap();
    let (code, _, wrong) = add_in(folder.path(), &["knee", "3", "--pain", "pain"]);
    assert_eq!(code, Some(2));
    assert!(wrong.contains("pain is a folder"), "{wrong}");
    let (code, _, wrong) = add_in(folder.path(), &["knee", "3", "--pain", "nowhere/pain.csv"]);
    assert_eq!(code, Some(4));
    assert!(wrong.contains("there is no such folder"), "{wrong}");
    // A spreadsheet that has the file open would write over the row.
    fs::write(folder.path().join("pain.csv"), "date,site,pain\n").unwrap();
    fs::write(folder.path().join(".~lock.pain.csv#"), ",me,").unwrap();
    let (code, _, wrong) = add_in(folder.path(), &["knee", "3"]);
    assert_eq!(code, Some(4));
    assert!(wrong.contains("open in a spreadsheet"), "{wrong}");
    assert_eq!(
        fs::read_to_string(folder.path().join("pain.csv")).unwrap(),
        "date,site,pain\n"
    );
}

#[test]
fn the_log_is_the_one_that_a_report_would_find() {
    let german = "Datum;Ort;Schmerz\n01.10.2025;Knie links;2\n";
    let (folder, file) = folder_with("Schmerztagebuch.csv", german);
    fs::write(folder.path().join("runs.csv"), "date,km\n2025-10-01,5\n").unwrap();
    let (code, said, _) = add_in(folder.path(), &on_the_day(&["left knee", "3"]));
    assert_eq!(code, Some(0));
    assert!(said.starts_with("Written to Schmerztagebuch.csv"), "{said}");
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        format!("{german}13.10.2025;Knie links;3\n")
    );
    // By its columns alone, and not when two could be meant.
    fs::rename(&file, folder.path().join("body.csv")).unwrap();
    assert!(
        add_in(folder.path(), &on_the_day(&["none"]))
            .1
            .starts_with("Written to body.csv")
    );
    fs::write(folder.path().join("body2.csv"), german).unwrap();
    let (code, _, wrong) = add_in(folder.path(), &on_the_day(&["none"]));
    assert_eq!(code, Some(2));
    assert!(
        wrong.contains("body.csv, body2.csv") && wrong.contains("--pain"),
        "{wrong}"
    );
}

#[test]
fn questions_are_answered_line_by_line_where_there_is_no_terminal() {
    let (folder, file) = folder_with(
        "pain.csv",
        "date,moment,site,pain,notes\n2025-10-01,during,left knee,2,\n",
    );
    let (code, said, questions) = asked_in(folder.path(), "1\n3\n\nstairs\n");
    assert_eq!(code, Some(0));
    assert!(
        questions
            .starts_with("Where does it hurt? (1 left knee; Enter: nowhere, all clear)\nHow much"),
        "{questions}"
    );
    assert!(said.contains("left knee 3 of 10, during the run"), "{said}");
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .ends_with("2025-10-13,during,left knee,3,stairs\n")
    );
    assert_eq!(asked_in(folder.path(), "\n").0, Some(0));
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .ends_with("2025-10-13,,none,0,\n")
    );
    let before = fs::read(&file).unwrap();
    let (code, _, wrong) = asked_in(folder.path(), "");
    assert_eq!(code, Some(2));
    assert!(wrong.contains("niggle pain add none"), "{wrong}");
    assert_eq!(fs::read(&file).unwrap(), before);
}

/// Logs as people keep them: a row gets behind them with its meaning, or the file is refused; no old row is ever read otherwise.
#[test]
fn every_kept_log_takes_the_row_or_refuses_it() {
    let mut took = Vec::new();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/pain-logs");
    for entry in fs::read_dir(root).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let files = fs::read_dir(&folder)
            .unwrap()
            .map(|file| file.unwrap().path());
        let file = files
            .into_iter()
            .find(|file| !file.ends_with("expected.json"))
            .unwrap();
        let bytes = fs::read(&file).unwrap();
        for words in [
            &["left knee", "3"][..],
            &["none"],
            &["right shin", "6", "morning", "hop, \"hop\""],
        ] {
            took.extend(check_added(&name, &bytes, words).then(|| name.clone()));
        }
    }
    took.dedup();
    // Of 84 forms the rest is refused by the reader itself, or has no column for a place.
    assert!(took.len() > 55, "{} took a row: {took:?}", took.len());
}

/// Whether a row was taken; that nothing else changed is asserted.
fn check_added(name: &str, bytes: &[u8], words: &[&str]) -> bool {
    let words: Vec<String> = words.iter().map(|word| word.to_string()).collect();
    let row = NewRow {
        date: "2025-10-13".parse().unwrap(),
        said: said(&words).unwrap(),
        function: None,
        signs: Vec::new(),
        others_clear: false,
    };
    let Ok(appended) = append(bytes, name, &row, &Options::default()) else {
        return false;
    };
    let before = read(bytes, name, &Options::default()).unwrap();
    let after = read(&[bytes, &appended.tail].concat(), name, &Options::default()).unwrap();
    // Entries of one row about one part of the body stand in any order.
    let old = |log: &niggle::pain::PainLog| {
        let entries = log.entries.iter().filter(|entry| entry.date != row.date);
        let mut entries: Vec<_> = entries.cloned().collect();
        entries.sort_by_key(|entry| (entry.line, entry.site, entry.side, entry.moment));
        entries
    };
    assert_eq!(old(&before), old(&after), "{name} {words:?}");
    let highest = after
        .entries
        .iter()
        .filter(|entry| entry.date == row.date)
        .filter_map(|entry| entry.pain);
    let least = if row.said.place.is_none() { 0.0 } else { 2.0 };
    assert!(
        highest.reduce(f64::max).is_some_and(|pain| pain >= least),
        "{name} {words:?}"
    );
    assert_eq!(
        before.unusable_rows, after.unusable_rows,
        "{name} {words:?}"
    );
    true
}

#[test]
fn the_last_weeks_are_drawn_with_what_is_not_known() {
    let rows = "date,moment,site,pain,notes\n2025-10-01,,none,0,\n2025-10-02,during,left knee,3,stairs\n2025-10-02,,right shin,9.6,\n\
                2025-10-04,,left knee,0.2,\n2025-10-06,,left knee,,stiff\n";
    let (_folder, file) = folder_with("pain.csv", rows);
    let (code, said, _) = niggle(&[
        "pain",
        "log",
        "--weeks",
        "2",
        "--pain",
        file.to_str().unwrap(),
    ]);
    assert_eq!(code, Some(0));
    let expected = "\
2 weeks to Mon 6 Oct 2025, the last day in your log

                    29 Sep  6 Oct
                    MTWTFSS MTWTFSS
left knee           ··03·1· ?
right shin          ··0X··· ·

0 no pain, 1 to 9 and X (10) the day's highest, ? hurt and not rated, · not logged: unknown

Last notes
2 Oct 2025: stairs
6 Oct 2025: stiff
";
    assert_eq!(said, expected);
    let (_, wide, _) = niggle(&[
        "pain",
        "log",
        "--weeks",
        "500",
        "--pain",
        file.to_str().unwrap(),
    ]);
    assert!(
        wide.lines()
            .filter(|line| !line.starts_with("0 no pain"))
            .all(|line| line.chars().count() <= 80),
        "{wide}"
    );
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(NIGGLE)
        .current_dir(folder.path())
        .args(["pain", "log"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("`niggle pain add` writes the first row")
    );
}

#[test]
fn what_is_said_at_once_goes_by_the_kept_options() {
    let log = "date,site,pain,notes\n2025-10-12,chest,4,\n";
    let (folder, _) = folder_with("pain.csv", log);
    let kept = "pain = \"pain.csv\"\nemergency_number = \"112\"\n";
    fs::write(folder.path().join("niggle.toml"), kept).unwrap();
    let (code, said, _) = add_in(
        folder.path(),
        &on_the_day(&["none", "pressure in my chest while running"]),
    );
    assert_eq!(code, Some(0), "{said}");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("112"), "{said}");
    assert!(!said.contains("911"), "{said}");
    fs::write(folder.path().join("niggle.toml"), "pain = \"pain.csv\"\n").unwrap();
    let (_, said, _) = add_in(folder.path(), &on_the_day(&["none"]));
    assert!(said.contains("911"), "{said}");
}
