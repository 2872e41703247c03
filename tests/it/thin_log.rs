//! Pain logs that are wrong, thin or empty, end to end: what is missing is said in a clear line, and the rest of the report is as
//! it is without a log.
//!
//! The runner is invented: ten weeks of 8 km on Monday, Wednesday, Friday and Sunday, the last Friday 12 km.

use crate::common::{gpx_run, niggle};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// What the program said and wrote.
struct Answer {
    code: Option<i32>,
    stderr: String,
    /// Standard output of `niggle pain check` on the log.
    checked: String,
    check_code: Option<i32>,
    report: String,
    runs_csv: String,
    /// Whether the weeks were drawn.
    has_pictures: bool,
    findings: serde_json::Value,
}

/// The recordings, written once.
fn recordings() -> &'static Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let monday: chrono::NaiveDate = "2025-03-03".parse().unwrap();
        let days = (0..10).flat_map(|week| [0, 2, 4, 6].map(|day| 7 * week + day));
        for day in days {
            let metres = if day == 67 { 12_000.0 } else { 8000.0 };
            let date = monday + chrono::TimeDelta::days(day);
            fs::write(
                folder.path().join(format!("{date}.gpx")),
                gpx_run(date, metres),
            )
            .unwrap();
        }
        folder
    });
    folder.path()
}

fn answer(log: Option<&str>, options: &[&str]) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (out, file) = (path("out"), path("pain.csv"));
    let runs = recordings().to_string_lossy().into_owned();
    let mut arguments = vec!["report", &runs, "--out", &out, "--quiet"];
    arguments.extend(options);
    let (mut check_code, mut checked) = (None, String::new());
    if let Some(log) = log {
        fs::write(&file, log).unwrap();
        arguments.extend(["--pain", &file]);
        let (code, stdout, stderr) = niggle(&["pain", "check", &file]);
        (check_code, checked) = (code, stdout + &stderr);
    }
    let (code, _, stderr) = niggle(&arguments);
    let read = |name: &str| fs::read_to_string(PathBuf::from(&out).join(name)).unwrap_or_default();
    let findings: serde_json::Value =
        serde_json::from_str(&read("findings.json")).unwrap_or_default();
    if code == Some(0) {
        crate::schemas::assert_keeps("findings", &findings);
    }
    Answer {
        code,
        stderr,
        checked,
        check_code,
        report: read("report.md"),
        runs_csv: read("runs.csv"),
        has_pictures: PathBuf::from(&out)
            .join("charts/weekly-distance.png")
            .is_file(),
        findings,
    }
}

/// The report without any log.
fn without() -> &'static Answer {
    static WITHOUT: OnceLock<Answer> = OnceLock::new();
    WITHOUT.get_or_init(|| answer(None, &[]))
}

/// Every section that a report of runs has, whatever the log.
const SECTIONS: &[&str] = &[
    "<a id=\"timeline\"></a>",
    "## Patterns in your own log",
    "## Everything said of the last 14 days",
    "## What could not be judged",
    "## Files",
    "## How this was made, and its limits",
];

/// The findings that rest on recordings alone.
fn of_recordings(answer: &Answer) -> Vec<&serde_json::Value> {
    let of_load = [
        "single-run-spike",
        "weekly-distance-jump",
        "no-deload",
        "rest-days-few",
        "activity-gap",
    ];
    let findings = answer.findings["findings"].as_array().expect("findings");
    findings
        .iter()
        .filter(|finding| of_load.contains(&finding["rule"].as_str().unwrap_or_default()))
        .collect()
}

/// Exit code 0, nothing on standard error, every section there, and what the recordings say as without a log.
fn assert_the_rest_works(answer: &Answer) {
    assert_eq!((answer.code, answer.stderr.as_str()), (Some(0), ""));
    for section in SECTIONS {
        assert!(answer.report.contains(section), "{section} is missing");
    }
    assert!(answer.has_pictures, "the pictures are drawn");
    assert_eq!(answer.runs_csv, without().runs_csv);
    assert_eq!(answer.findings["runs"], 40);
    assert!(
        of_recordings(without())
            .iter()
            .any(|finding| finding["rule"] == "single-run-spike")
    );
    assert_eq!(of_recordings(answer), of_recordings(without()));
}

fn assert_says(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "not said: {line}\n{text}");
    }
}

/// A log of a runner: checked and reported, with what must be said in each.
fn check(log: &str, checked: &[&str], report: &[&str]) -> Answer {
    let answer = answer(Some(log), &[]);
    assert_eq!(answer.check_code, Some(0), "{}", answer.checked);
    assert_says(&answer.checked, checked);
    assert_the_rest_works(&answer);
    assert_says(&answer.report, report);
    answer
}

#[test]
fn without_a_log_the_report_says_what_is_missing() {
    let answer = without();
    assert_the_rest_works(answer);
    assert_says(
        &answer.report,
        &[
            "no pain log",
            "- About pain nothing is known: there is no pain log.",
            "**Red flags:** There is no pain log, so nothing can be said about them.",
            "`niggle pain add` begins a pain log: one row is enough for a warning, six weeks for patterns.",
            // 12 km and 8 + 8 + 12 + 8 = 36 km, 10 % more.
            "Next run: beyond **13.2 km** a rule would speak, because of the longest run of the last 30 days.",
            "In the week from 12 May 2025 a rule speaks beyond 46.8 km.",
        ],
    );
}

#[test]
fn contradictory_rows() {
    check(
        "date,moment,site,side,pain\n2025-05-09,evening,none,,0\n2025-05-09,evening,calf,left,5\n\
         2025-05-10,evening,left calf,right,3\n2025-05-10,morning,none,,4\n2025-05-11,evening,none,,\n",
        &[
            "5 rows read, 5 used.",
            "line 2: nothing hurts, it says, but line 3 rates pain 5 on the same day and moment (2025-05-09, in the evening). \
             Both are kept: the pain counts, and every place without pain counts as 0. Correct the row that is wrong.",
            "line 4: site \"left calf\" and side \"right\" contradict each other. The side column counts. Correct the cell.",
            "line 5: site \"none\" stands beside pain above 0. The rating counts as one of a place that is not named. Correct the cell.",
            "line 6: site \"none\" stands beside a blank rating. The pain stays unknown. Write pain 0 on days when all is clear.",
        ],
        &[
            "| pain.csv, line 2 | Nothing hurts, it says, but line 3 rates pain 5 on the same day and moment",
            "| pain.csv, line 4 | Site \"left calf\" and side \"right\" contradict each other.",
            "| pain.csv, line 5 | Site \"none\" stands beside pain above 0.",
            "| pain.csv, line 6 | Site \"none\" stands beside a blank rating.",
            "**Left calf**: keep an eye on it; sore since 9 May 2025",
            "**Right calf**: ease off; sore since 10 May 2025",
            "Also: a place your log does not name (1 day).",
            "1 row rates pain up to 4 of 10 at a place you did not name, last on 10 May 2025: name it in the site column.",
            "No distance is named for the next run: your left calf was rated 5 of 10 on 9 May 2025.",
        ],
    );
}

#[test]
fn future_dates() {
    let log =
        "date,site,side,pain\n2025-05-10,none,,0\n2025-05-11,calf,left,3\n2027-05-12,calf,left,4\n";
    check(
        log,
        &[
            "line 4: 2027-05-12 lies 731 days after the entry before it. Is the date right? The entry is kept, but does not set the \
           day of the report. If the date is right, fetch a new export of your runs,",
        ],
        &[
            "1 of 3 rows of your pain log could not be used. The date \"2027-05-12\" lies more than a year after your last run, of \
             11 May 2025 (line 4). If the date is right, fetch a new export of your runs, or give the day of the report (--as-of today); if \
             not, correct it.",
            "| pain.csv, line 4 | The date \"2027-05-12\" lies more than a year after your last run, of 11 May 2025. | The row is not used. |",
            "**3 Mar – 11 May 2025**",
            "**Left calf**: sore since 11 May 2025",
        ],
    );
    // Who has not run for two years can still say that the date is right.
    let late = answer(Some(log), &["--as-of", "2027-05-12"]);
    assert_eq!((late.code, late.stderr.as_str()), (Some(0), ""));
    assert_eq!(late.runs_csv, without().runs_csv);
    assert_says(
        &late.report,
        &[
            "**Left calf**: sore since 12 May 2027",
            "Your last recorded run lies 731 days before 12 May 2027",
            "No distance is named for the next run: your left calf was rated 4 of 10 on 12 May 2027.",
        ],
    );
}

#[test]
fn pain_without_site() {
    check(
        "date,moment,pain\n2025-05-09,evening,0\n2025-05-10,evening,3\n2025-05-11,evening,4\n",
        &[
            "pain above 0 and no place in lines 3 and 4. It counts as one place of its own. Name the site where you can.",
        ],
        &[
            "2 rows rate pain up to 4 of 10 at a place you did not name, last on 11 May 2025: name it in the site column.",
            "A place you did not name: 4 of 10 on 11 May 2025, sore since 10 May 2025.",
            "No distance is named for the next run: a place you did not name was rated 4 of 10 on 11 May 2025.",
            "| pain.csv | Pain above 0 and no place in lines 3 and 4. | It counts as one place of its own. |",
            "Also: a place your log does not name (2 days).",
            "pain logged on 3 of 70 days",
        ],
    );
}

#[test]
fn site_without_pain() {
    let answer = check(
        "date,moment,site,side,pain,signs\n2025-05-09,evening,none,,0,\n2025-05-10,evening,calf,left,,swelling\n\
         2025-05-11,evening,calf,left,,\n",
        &[
            "a place and no rating in lines 3 and 4. How much it hurt stays unknown, which is not 0; the rest of the row is \
           used. Write a number from 0 to 10 where you can, 0 where it does not hurt.",
        ],
        &[
            "| pain.csv | A place and no rating in lines 3 and 4. | How much it hurt stays unknown, which is not 0;",
            "Every rating of the pain log is 0, so there is no pain to set beside the load.",
            // The sign of an unrated row still counts.
            "**Today:** Left calf: one leg swollen",
            "- Logged with it: swelling on 10 May 2025.",
            "how much is not rated.",
            "pain logged on 1 of 70 days",
        ],
    );
    let flags: Vec<&str> = answer.findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|finding| finding["rule"].as_str())
        .collect();
    assert!(flags.contains(&"red-flag-one-sided-swelling"), "{flags:?}");
}

#[test]
fn two_rows_for_one_moment() {
    check(
        "date,moment,site,side,pain,type\n2025-05-10,evening,calf,left,2,dull\n2025-05-10,evening,calf,left,5,sharp\n\
         2025-05-11,morning,none,,0,\n2025-05-11,morning,none,,0,\n",
        &[
            "4 rows read, 4 used, 2 said the same as another.",
            "line 3: the same day, moment, site and side as line 2 (2 and 5). The higher rating, 5, was kept. Keep one row per \
             moment and site.",
            "exact copies of earlier rows: line 5. 1 left out. Keep one row per moment and site.",
        ],
        &[
            "| pain.csv, line 3 | The same day, moment, site and side as line 2 (2 and 5). | The higher rating, 5, was kept. |",
            "| pain.csv | Exact copies of earlier rows: line 5. | 1 left out. |",
            "**Left calf**: keep an eye on it; sore since 10 May 2025",
            "left calf: pain on 1 of the last 28 days, 1 day in all, up to 5 of 10",
        ],
    );
}

#[test]
fn an_empty_log() {
    let empty = "the file is empty: there is no header line. Nothing of it was used. Run `niggle pain init` for a template.";
    let nothing = answer(Some(""), &[]);
    assert_eq!(nothing.check_code, Some(2));
    assert_eq!(nothing.checked, format!("niggle: pain.csv: {empty}\n"));
    assert_the_rest_works(&nothing);
    assert_says(
        &nothing.report,
        &[
            "Your pain log could not be used. pain.csv: the file is empty: there is no header line.",
            "About pain nothing is known: your pain log could not be used.",
            "1 failed",
        ],
    );
    check(
        "date,site,pain\n",
        &[
            "0 rows read, 0 used.",
            "There are no rows yet.",
            "No day is rated yet. On days without pain, write site none and pain 0.",
        ],
        &[
            "pain logged on 0 of 70 days",
            "Nothing about pain was logged in the last 14 days (since 27 Apr 2025), so nothing can be said about them.",
            "About pain nothing is known: your pain log has no entry about it in these 14 days.",
            "The pain log has no rating yet, so there is nothing to set beside the load.",
            "- **The pain log has no usable row up to the day of the report:** ",
        ],
    );
}

#[test]
fn no_overlap_with_the_runs() {
    let share = |log: &str| {
        format!(
            "Your pain log ({log}) and your recorded runs (3 Mar – 11 May 2025) share no day, so nothing of the one can be set \
                 beside the other. Are the years right, and are all runs here?"
        )
    };
    check(
        "date,site,pain\n2024-03-01,none,0\n2024-03-02,left calf,3\n2024-03-03,left calf,4\n",
        &["3 rows read, 3 used.", "3 days rated, 1–3 Mar 2024."],
        &[
            &share("1–3 Mar 2024"),
            "Pain was logged on 0 of 70 days. Blank days are treated as unknown, not as pain-free.",
            "at the left calf, 0 logged days with a known load, 42 are needed",
        ],
    );
    let after = answer(
        Some("date,site,pain\n2025-09-01,none,0\n2025-09-02,left calf,3\n2025-09-03,left calf,4\n"),
        &[],
    );
    assert_eq!((after.code, after.stderr.as_str()), (Some(0), ""));
    assert_eq!(after.runs_csv, without().runs_csv);
    assert_says(
        &after.report,
        &[
            &share("1–3 Sep 2025"),
            "Your last recorded run lies 115 days before 3 Sep 2025, the day this report speaks from.",
            "**Left calf**: sore since 2 Sep 2025",
            "at the left calf, 0 logged days with a known load, 42 are needed",
            "- **No recordings over the time of the pain log:** [Days without a word in the pain log](rules.md#log-coverage)",
        ],
    );
}

#[test]
fn one_day() {
    check(
        "date,site,pain\n2025-05-11,left calf,3\n",
        &[
            "1 row read, 1 used.",
            "1 day rated, 11 May 2025.",
            "None of them without pain. Write site none and pain 0 on such days",
        ],
        &[
            "pain logged on 1 of 70 days",
            "**Left calf**: sore since 11 May 2025",
            "- [One run far longer than the month before](rules.md#single-run-spike) (9 May 2025)",
            "There are too few days to say whether load and pain go together: ",
            "1 logged day with a known load, 42 are needed",
            "- **Pain was logged on fewer than ten days:** [A site that keeps coming back](rules.md#pain-hotspot)",
        ],
    );
}

#[test]
fn only_zeros() {
    let monday: chrono::NaiveDate = "2025-03-03".parse().unwrap();
    let rows: String = monday
        .iter_days()
        .take(70)
        .map(|date| format!("{date},none,0\n"))
        .collect();
    check(
        &format!("date,site,pain\n{rows}"),
        &[
            "70 rows read, 70 used.",
            "70 days without pain.",
            "Nothing to correct.",
        ],
        &[
            "pain logged on 70 of 70 days",
            "Every rating of the pain log is 0, so there is no pain to set beside the load.",
            "No pain on the 70 days logged",
            "- **No pain above zero has been logged at any site:** [Load and pain move together](rules.md#load-pain-link)",
        ],
    );
}

#[test]
fn more_places_than_are_shown_and_what_asks_to_be_seen() {
    let sites = [
        "knee", "shin", "calf", "heel", "foot", "hip", "groin", "glute",
    ];
    let rows: String = sites
        .iter()
        .map(|site| format!("2025-05-10,left {site},2,\n"))
        .collect();
    let log = |sign: &str| format!("date,site,pain,signs\n{rows}2025-05-11,left ankle,2,{sign}\n");
    check(
        &log(""),
        &["9 rows read, 9 used."],
        &[
            "**Left ankle**: sore since 11 May 2025",
            "Also: left hip (1 day), left groin (1 day) and left glute (1 day).",
        ],
    );
    let seen = answer(Some(&log("swelling")), &[]);
    assert_says(
        &seen.report,
        &["No distance is named for the next run: something above asks to be looked at first."],
    );
    assert!(!seen.report.contains("Next run: beyond"));
}
