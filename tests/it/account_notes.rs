//! What a runner wrote into an account: read for pain with `--notes`, and in nothing that niggle writes without it.

use crate::common::{gpx_run, niggle, zip};
use chrono::NaiveDate;
use std::{collections::BTreeMap, fs, path::Path};

/// Words of the comments that stand nowhere else, so that a trace of them is found wherever it is.
const SECRETS: [&str; 4] = ["quixotic", "zephyr", "marzipan", "walrus"];

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 9, number).unwrap()
}

/// Three runs of a watch in TrainingPeaks' archives, with comments of every kind, an injury and a note of a day.
fn trainingpeaks(folder: &Path) {
    let runs = [1, 3, 5].map(|number| {
        let gpx = gpx_run(day(number), 5000.0).into_bytes();
        (format!("{number}.gpx"), gpx, false)
    });
    let workouts = "\"Title\",\"WorkoutType\",\"PlannedDuration\",\"WorkoutDay\",\"DistanceInMeters\",\"TimeTotalInHours\",\"AthleteComments\"\n\
        Run,Run,,2025-09-01,5000,0.5,\"knee ok, quixotic weather\"\n\
        Run,Run,,2025-09-03,5000,0.5,\"zephyr: left achilles painful from km 2\"\n\
        Run,Run,,2025-09-05,5000,0.5,\"right calf swollen and hot, marzipan after\"\n";
    let metrics = "Timestamp,Type,Value\n2025-09-04 06:00:00,Injury,6\n2025-09-04 06:00:00,Notes,walrus day\n";
    for (name, entries) in [
        ("WorkoutFileExport-X.zip", runs.to_vec()),
        (
            "WorkoutExport-X.zip",
            vec![("workouts.csv".to_string(), workouts.into(), false)],
        ),
        (
            "MetricsExport-X.zip",
            vec![("metrics.csv".to_string(), metrics.into(), false)],
        ),
    ] {
        fs::write(folder.join(name), zip(&entries)).unwrap();
    }
}

/// Everything that a report writes, and what it prints.
fn report(input: &Path, more: &[&str]) -> (BTreeMap<String, Vec<u8>>, String) {
    let output = tempfile::tempdir().unwrap();
    let input = input.to_str().unwrap();
    let start = ["report", input, "--out", output.path().to_str().unwrap()];
    let (code, out, err) = niggle(&[&start, more].concat());
    assert_eq!(code, Some(0), "{err}");
    let printed = out.replace(output.path().to_str().unwrap(), "") + &err;
    (files(output.path()), printed)
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(files(&path)),
            false => {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                all.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    all
}

fn text<'f>(files: &'f BTreeMap<String, Vec<u8>>, name: &str) -> &'f str {
    std::str::from_utf8(&files[name]).unwrap()
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|part| part == word.as_bytes())
}

fn assert_no_trace(files: &BTreeMap<String, Vec<u8>>, printed: &str) {
    for word in SECRETS {
        assert!(!printed.contains(word), "{word}: {printed}");
        for (name, bytes) in files {
            assert!(!holds(bytes, word), "{word} in {name}");
        }
    }
}

#[test]
fn comments_are_counted_and_leave_no_trace_unasked() {
    let input = tempfile::tempdir().unwrap();
    trainingpeaks(input.path());
    let cache = tempfile::tempdir().unwrap();
    let with_cache = ["--cache", cache.path().to_str().unwrap()];
    let plain = report(input.path(), &[]);
    for (what, (found, printed)) in [
        ("plain", plain.clone()),
        ("to the cache", report(input.path(), &with_cache)),
        ("from the cache", report(input.path(), &with_cache)),
    ] {
        assert_no_trace(&found, &printed);
        let hint = "Your accounts hold 5 comments of yours; --notes reads them for pain.";
        assert!(printed.contains(hint), "{what}: {printed}");
        assert!(text(&found, "report.md").contains("hold 5 comments of yours"));
        assert!(found == plain.0, "{what}");
        assert!(!text(&found, "problems.csv").contains("achilles"));
    }
    assert_no_trace(&files(cache.path()), "");
    let file = input.path().join("WorkoutExport-X.zip");
    let (code, out, _) = niggle(&["inspect", file.to_str().unwrap()]);
    assert_eq!(code, Some(0));
    assert!(out.contains("3 comments"), "{out}");
    assert_no_trace(&BTreeMap::new(), &out);
}

#[test]
fn comments_that_speak_of_pain_are_heard_with_notes() {
    let input = tempfile::tempdir().unwrap();
    trainingpeaks(input.path());
    let cache = tempfile::tempdir().unwrap();
    let with_cache = ["--notes", "--cache", cache.path().to_str().unwrap()];
    // A cache of reports without the option knows no comment.
    report(input.path(), &with_cache[1..]);
    let (plain, printed) = report(input.path(), &["--notes"]);
    for run in 0..2 {
        let (cached, _) = report(input.path(), &with_cache);
        assert!(cached == plain, "run {run} with the cache");
    }
    let found = text(&plain, "report.md");
    for said in [
        "Your comment in the TrainingPeaks workout of 5 Sep 2025 mentions swelling",
        "In your accounts 5 comments of yours were read: 3 name a place that hurts",
        "and 2 say nothing that niggle knows as pain, which is no all-clear",
        "named in the TrainingPeaks workout on 3 Sep 2025, without a rating",
        "A place you did not name: named in the TrainingPeaks metrics yesterday, 4 Sep 2025, without a rating",
    ] {
        assert!(found.contains(said), "{said}\n{found}");
    }
    assert!(!printed.contains("--notes"), "nothing is left to be read");
    let problems = text(&plain, "problems.csv");
    for said in [
        "your comment in the TrainingPeaks workout of 2025-09-03 speaks of pain (left Achilles) and rates nothing",
        "TrainingPeaks metrics of 2025-09-04: the injury value 6 names no place",
    ] {
        assert!(problems.contains(said), "{said}\n{problems}");
    }
    // What is shown is what was understood, never the words.
    assert_no_trace(&plain, &printed);
}

#[test]
fn a_row_of_the_pain_log_goes_before_a_comment() {
    let input = tempfile::tempdir().unwrap();
    trainingpeaks(input.path());
    let log = "date,site,side,pain\n2025-09-03,achilles,left,4\n2025-09-05,none,,0\n";
    fs::write(input.path().join("pain.csv"), log).unwrap();
    let (files, _) = report(input.path(), &["--notes"]);
    let (found, problems) = (text(&files, "report.md"), text(&files, "problems.csv"));
    assert!(!found.contains("named in the TrainingPeaks workout on 3 Sep"));
    assert!(!problems.contains("2025-09-03"), "{problems}");
    assert!(
        found.contains("Your comment in the TrainingPeaks workout of 5 Sep 2025 mentions swelling")
    );
}
