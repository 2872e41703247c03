//! Options that are kept: in a `niggle.toml`, in the environment, on the command line, and `niggle config`.

use crate::common::gpx_run;
use assert_cmd::Command;
use chrono::{NaiveDate, TimeDelta};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A folder with four weeks of runs in `my_export` and a pain log beside it.
fn history() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("my_export");
    fs::create_dir(&export).unwrap();
    let first: NaiveDate = "2025-03-03".parse().unwrap();
    let mut log = String::from("When,Sore,Where\n");
    for day in (0..28).step_by(2) {
        let date = first + TimeDelta::days(day);
        let run = gpx_run(date, 4800.0 + 40.0 * day as f64);
        fs::write(export.join(format!("{date}.gpx")), run).unwrap();
        log += &format!("{},{},left calf\n", date.format("%d/%m/%Y"), day % 5);
    }
    fs::write(folder.path().join("legs.csv"), log).unwrap();
    folder
}

/// Runs the program in a folder: exit code, standard output and standard error.
fn said(
    folder: &Path,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_niggle"))
        .current_dir(folder)
        .args(arguments)
        .envs(variables.iter().copied())
        .output()
        .expect("niggle runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// Every file below a folder.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else {
            let bytes = fs::read(&path).unwrap();
            files.insert(path.strip_prefix(folder).unwrap().to_path_buf(), bytes);
        }
    }
    files
}

const FLAGS: [&str; 18] = [
    "report",
    "my_export",
    "--pain=legs.csv",
    "--out=mine",
    "--units=mi",
    "--timezone=Europe/Berlin",
    "--heart-rate-rest=50",
    "--heart-rate-max=190",
    "--sex=female",
    "--emergency-number=112",
    "--as-of=2025-03-31",
    "--date-order=dmy",
    "--column=pain=Sore",
    "--column=site=Where",
    "--limit=single-run-spike.small-jump-percent=15",
    "--with-names",
    "--for=clinician",
    "-q",
];

const FILE: &str = "\
inputs = [\"my_export\"]
pain = \"legs.csv\"
out = \"mine\"
units = \"mi\"
timezone = \"Europe/Berlin\"
emergency_number = 112
as_of = 2025-03-31
date-order = \"dmy\"
with_names = true
for = \"clinician\"
quiet = true

[athlete]
heart_rate_rest = 50
heart_rate_max = 190
sex = \"female\"

[columns]
pain = \"Sore\"
site = \"Where\"

[limits.single-run-spike]
small-jump-percent = 15
";

#[test]
fn a_report_by_a_file_is_the_one_by_its_flags() {
    let (by_flags, by_file, beside, by_variables) = (history(), history(), history(), history());
    let done = (Some(0), String::new(), String::new());
    assert_eq!(said(by_flags.path(), &FLAGS, &[]), done);
    let expected = tree(&by_flags.path().join("mine"));
    assert!(expected.len() > 10, "a report");

    fs::write(by_file.path().join("niggle.toml"), FILE).unwrap();
    assert_eq!(said(by_file.path(), &["report"], &[]), done);
    assert!(tree(&by_file.path().join("mine")) == expected, "by a file");

    // Among the recordings it is no recording, and its paths begin there.
    let below = FILE
        .replace("= \"legs", "= \"../legs")
        .replace("\"mine\"", "\"../mine\"");
    fs::write(beside.path().join("my_export/niggle.toml"), below).unwrap();
    assert_eq!(said(beside.path(), &["report", "my_export"], &[]), done);
    assert!(
        tree(&beside.path().join("mine")) == expected,
        "beside the runs"
    );

    let variables: Vec<(String, &str)> = FLAGS[2..12]
        .iter()
        .map(|flag| flag.trim_start_matches('-').split_once('=').unwrap())
        .map(|(key, value)| {
            (
                format!("NIGGLE_{}", key.to_uppercase().replace('-', "_")),
                value,
            )
        })
        .collect();
    let mut variables: Vec<(&str, &str)> =
        variables.iter().map(|(n, v)| (n.as_str(), *v)).collect();
    variables.extend([
        ("NIGGLE_INPUTS", "my_export"),
        ("NIGGLE_COLUMN", "pain=Sore; site=Where"),
        ("NIGGLE_LIMIT", "single-run-spike.small-jump-percent=15"),
        ("NIGGLE_WITH_NAMES", "true"),
        ("NIGGLE_FOR", "clinician"),
        ("NIGGLE_QUIET", "true"),
    ]);
    assert_eq!(said(by_variables.path(), &["report"], &variables), done);
    assert!(
        tree(&by_variables.path().join("mine")) == expected,
        "by variables"
    );

    let folder = by_file.path().file_name().unwrap().to_str().unwrap();
    for (name, bytes) in &expected {
        let text = String::from_utf8_lossy(bytes);
        let named = ["niggle.toml", folder]
            .into_iter()
            .find(|path| text.contains(path));
        assert_eq!(named, None, "{}", name.display());
    }
}

#[test]
fn a_flag_goes_before_the_file_and_switches_it_off() {
    let folder = history();
    fs::write(folder.path().join("niggle.toml"), FILE).unwrap();
    let (code, text, _) = said(
        folder.path(),
        &["report", "--quiet=false", "--out=other", "--units=km"],
        &[("NIGGLE_OUT", "third")],
    );
    assert_eq!(code, Some(0));
    assert!(text.contains("The report is other"), "{text}");
    for unwritten in ["mine", "third"] {
        assert!(!folder.path().join(unwritten).exists(), "{unwritten}");
    }
}

#[test]
fn without_inputs_both_ways_to_name_them_are_said() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["report", "verify", "inspect"] {
        let (code, text, error) = said(folder.path(), &[command], &[]);
        assert_eq!((code, text.as_str()), (Some(2), ""), "{command}");
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(error.contains("`niggle report my_export`"), "{error}");
        assert!(error.contains("`niggle config init`"), "{error}");
    }
    let (code, _, error) = said(folder.path(), &["pain", "check"], &[]);
    assert_eq!(code, Some(2));
    assert!(error.contains("`niggle pain check pain.csv`"), "{error}");
}

#[test]
fn a_file_that_makes_no_sense_stops_before_anything_is_written() {
    let folder = history();
    for (text, expected) in [
        (
            &b"inputs = [\"my_export\"]\ntmezone = \"UTC\"\n"[..],
            "niggle: niggle.toml, line 2: unknown key `tmezone`: did you mean `timezone`? Nothing was written.\n",
        ),
        (
            b"heart_rate_max = \"fast\"",
            "niggle: niggle.toml, line 1: heart_rate_max = \"fast\": a whole number from 120 to 240 is expected. Nothing was written.\n",
        ),
        (
            b"# \xe4",
            "niggle: niggle.toml, line 1: this is no UTF-8; save the file as UTF-8. Nothing was written.\n",
        ),
    ] {
        fs::write(folder.path().join("niggle.toml"), text).unwrap();
        for command in [&["report", "my_export"][..], &["config", "show"]] {
            let answer = said(folder.path(), command, &[]);
            assert_eq!(answer, (Some(2), String::new(), expected.to_string()));
        }
    }
    assert!(!folder.path().join("niggle-report").exists());
    let (code, _, error) = said(folder.path(), &["report", "--config", "none.toml"], &[]);
    assert_eq!(code, Some(2));
    assert!(
        error.starts_with("niggle: none.toml: cannot be read (there is no such file"),
        "{error}"
    );
    let (code, _, error) = said(
        folder.path(),
        &["report", "my_export", "--config", "my_export"],
        &[],
    );
    assert_eq!(code, Some(2));
    assert!(
        error.starts_with("niggle: my_export: cannot be read ("),
        "{error}"
    );
    // Without the file that makes no sense there is a report.
    let (code, ..) = said(
        folder.path(),
        &["report", "my_export", "--no-config", "-q"],
        &[],
    );
    assert_eq!(code, Some(0));
}

#[test]
fn one_of_two_files_counts_and_the_other_is_named() {
    let folder = history();
    fs::write(folder.path().join("niggle.toml"), "units = \"km\"").unwrap();
    fs::write(
        folder.path().join("my_export/niggle.toml"),
        "units = \"mi\"",
    )
    .unwrap();
    let (code, text, error) = said(folder.path(), &["config", "show", "my_export"], &[]);
    assert_eq!(code, Some(0));
    assert_eq!(
        error,
        "niggle: the options are those of my_export/niggle.toml; niggle.toml was not read.\n"
    );
    assert!(text.contains("  mi "), "{text}");
    let other = folder.path().join("more runs");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("niggle.toml"), "units = \"km\"").unwrap();
    let shown = [
        "config",
        "show",
        "more runs",
        "my_export",
        "--config=my_export/niggle.toml",
    ];
    let (_, _, error) = said(folder.path(), &shown, &[("COLUMNS", "60")]);
    assert_eq!(
        error,
        "niggle: the options are those of my_export/niggle.toml;\n  more runs/niggle.toml and 1 more were not read.\n"
    );
}

#[test]
fn a_file_to_start_from_names_the_recordings_beside_it() {
    let folder = history();
    let (code, text, error) = said(folder.path(), &["config", "init"], &[]);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    assert!(text.contains("it names my_export as inputs"), "{text}");
    let written = fs::read_to_string(folder.path().join("niggle.toml")).unwrap();
    assert!(
        written.contains("\ninputs = [\"my_export\"]\n"),
        "{written}"
    );
    let (code, text, error) = said(folder.path(), &["report"], &[]);
    assert_eq!(code, Some(0), "{error}");
    assert!(text.contains("14 runs"), "{text}");
}

#[test]
fn a_file_to_start_from_is_written_once_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (code, text, _) = said(folder.path(), &["config", "init"], &[]);
    assert_eq!(code, Some(0));
    assert!(text.starts_with("niggle.toml is ready"), "{text}");
    let written = fs::read_to_string(folder.path().join("niggle.toml")).unwrap();
    assert!(
        written.contains("# Resting heart rate in beats/min, for TRIMP\n#heart-rate-rest = \"\"\n")
    );
    assert!(written.contains("\n#limits.single-run-spike.small-jump-percent = 10\n"));
    let (code, _, error) = said(folder.path(), &["config", "init"], &[]);
    assert_eq!(code, Some(4));
    assert!(error.contains("it was left alone"), "{error}");
    assert_eq!(
        fs::read_to_string(folder.path().join("niggle.toml")).unwrap(),
        written
    );
    let shown = |flags: &[&str]| {
        let (code, text, _) = said(
            folder.path(),
            &[&["config", "show", "--json"], flags].concat(),
            &[],
        );
        assert_eq!(code, Some(0));
        serde_json::from_str::<serde_json::Value>(&text).expect("JSON")
    };
    assert_eq!(shown(&[])["settings"], shown(&["--no-config"])["settings"]);
    assert_eq!(
        (&shown(&[])["file"], &shown(&["--no-config"])["file"]),
        (&"niggle.toml".into(), &serde_json::Value::Null)
    );
}

#[test]
fn what_holds_is_shown_with_who_said_it() {
    let folder = history();
    fs::write(folder.path().join("niggle.toml"), FILE).unwrap();
    let asked = ["config", "show", "--timezone=Asia/Tokyo"];
    let variables = [("NIGGLE_JOBS", "2")];
    let (code, text, error) = said(folder.path(), &asked, &variables);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|line| {
            line.split("  ")
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
                .collect()
        })
        .collect();
    for row in [
        &["inputs", "my_export", "niggle.toml, line 1"][..],
        &["heart-rate-rest", "50", "niggle.toml, line 14"],
        &["timezone", "Asia/Tokyo", "the command line"],
        &["jobs", "2", "NIGGLE_JOBS"],
        &["open-sport", "by-speed", "default"],
        &["cache", "–"],
        &[
            "limit",
            "single-run-spike.small-jump-percent=15",
            "niggle.toml, line 23",
        ],
    ] {
        assert!(rows.iter().any(|found| found == row), "{row:?}: {text}");
    }
    let (_, json, _) = said(
        folder.path(),
        &[&asked[..], &["--json"]].concat(),
        &variables,
    );
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let of = |key: &str| {
        let all = json["settings"].as_array().unwrap().iter();
        all.filter(|one| one["key"] == key)
            .cloned()
            .collect::<Vec<_>>()
    };
    let one = |key, value, origin, place| {
        vec![serde_json::json!({ "key": key, "value": value, "origin": origin, "place": place })]
    };
    assert_eq!(
        of("jobs"),
        one("jobs", Some("2"), "environment", Some("NIGGLE_JOBS"))
    );
    assert_eq!(
        of("units"),
        one("units", Some("mi"), "file", Some("niggle.toml, line 4"))
    );
    assert_eq!(
        of("timezone"),
        one("timezone", Some("Asia/Tokyo"), "flag", None)
    );
    assert_eq!(of("cache"), one("cache", None, "default", None));
}

/// A recording without a place shows the hour of the zone that the file names, and `inspect` alone looks at the inputs it names.
#[test]
fn inspect_reads_the_file_for_what_concerns_it() {
    let folder = history();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/other");
    fs::copy(
        sample.join("2025-02-15_easy.tcx"),
        folder.path().join("indoors.tcx"),
    )
    .unwrap();
    let by_flag = said(
        folder.path(),
        &["inspect", "indoors.tcx", "--timezone=Asia/Tokyo"],
        &[],
    );
    let without = said(folder.path(), &["inspect", "indoors.tcx"], &[]);
    assert!(by_flag.1.contains("02:04:00, UTC+09:00"), "{by_flag:?}");
    assert_ne!(without, by_flag, "the zone is not told by the recording");
    let options = "inputs = [\"indoors.tcx\"]\ntimezone = \"Asia/Tokyo\"\nunits = \"mi\"\n";
    fs::write(folder.path().join("niggle.toml"), options).unwrap();
    for beside in [&["inspect", "indoors.tcx"][..], &["inspect"]] {
        assert_eq!(said(folder.path(), beside, &[]), by_flag, "{beside:?}");
    }
    let plain = ["inspect", "indoors.tcx", "--no-config"];
    assert_eq!(said(folder.path(), &plain, &[]), without);
    fs::rename(
        folder.path().join("niggle.toml"),
        folder.path().join("mine.toml"),
    )
    .unwrap();
    let named = ["inspect", "--config", "mine.toml"];
    assert_eq!(said(folder.path(), &named, &[]), by_flag);
    let by_variable = [("NIGGLE_TIMEZONE", "Asia/Tokyo")];
    let asked = ["inspect", "indoors.tcx"];
    assert_eq!(said(folder.path(), &asked, &by_variable), by_flag);
    fs::write(folder.path().join("niggle.toml"), "tmezone = \"UTC\"").unwrap();
    let (code, text, error) = said(folder.path(), &asked, &[]);
    assert_eq!((code, text.as_str()), (Some(2), ""));
    assert!(error.contains("did you mean `timezone`?"), "{error}");
}

#[test]
fn other_commands_take_what_they_need_of_it() {
    let folder = history();
    fs::write(folder.path().join("niggle.toml"), FILE).unwrap();
    let (code, text, _) = said(folder.path(), &["pain", "check"], &[]);
    assert_eq!(code, Some(0));
    assert!(text.contains("14"), "fourteen rows: {text}");
    let by_flags = [
        "pain",
        "check",
        "legs.csv",
        "--no-config",
        "--date-order=dmy",
        "--column=pain=Sore",
        "--column=site=Where",
    ];
    assert_eq!(said(folder.path(), &by_flags, &[]).1, text);
    let (code, text, _) = said(folder.path(), &["verify"], &[]);
    assert_eq!(code, Some(0));
    assert!(
        text.contains("14 recordings are the same in both decoders"),
        "{text}"
    );
    // A cohort's file lies among the runners and is nobody's; `out` and `inputs` in it are those of a report.
    fs::create_dir(folder.path().join("club")).unwrap();
    fs::rename(
        folder.path().join("my_export"),
        folder.path().join("club/anna"),
    )
    .unwrap();
    fs::rename(
        folder.path().join("niggle.toml"),
        folder.path().join("club/niggle.toml"),
    )
    .unwrap();
    assert_eq!(
        said(folder.path(), &["cohort", "club"], &[]),
        (Some(0), String::new(), String::new())
    );
    assert!(
        folder.path().join("niggle-cohort/cohort.md").exists()
            && !folder.path().join("club/mine").exists()
    );
    let page = fs::read_to_string(folder.path().join("niggle-cohort/cohort.md")).unwrap();
    assert!(!page.contains("beside the runners"), "{page}");
}
