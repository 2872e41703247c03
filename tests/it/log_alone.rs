//! A pain log without a run, end to end: it makes a report, red flags are heard, what is not known is said, and nothing is empty. And
//! what still makes none.

use crate::common::{gpx_run, niggle};
use std::{fs, path::Path};
use tempfile::TempDir;

/// Sixty days that are clear but for a right Achilles on the last, at 2 of 10.
fn calm_log() -> String {
    let first: chrono::NaiveDate = "2025-08-14".parse().unwrap();
    let day = |n: i64| first + chrono::TimeDelta::days(n);
    let clear = (0..59).map(|n| format!("{},none,,0\n", day(n)));
    let log: String = clear.collect();
    format!("date,site,side,pain\n{log}{},achilles,right,2\n", day(59))
}

/// A shin whose one row is a red flag.
const RED_FLAG: &str = "date,site,side,pain,notes\n\
    2025-10-10,shin,left,7,sore spot on the bone; hurts at night; cannot hop\n";

/// What the program says and writes of a folder.
struct Answer {
    code: Option<i32>,
    said: String,
    out: TempDir,
}

impl Answer {
    fn text(&self, name: &str) -> String {
        let path = self.out.path().join("out").join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn report(&self) -> String {
        self.text("report.md")
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text("findings.json")).expect("JSON")
    }

    fn assert_says(&self, words: &[&str]) {
        let report = self.report();
        for words in words {
            assert!(report.contains(words), "not said: {words}\n{report}");
        }
    }
}

fn answer(files: &[(&str, &str)], options: &[&str]) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    of(folder.path(), options)
}

fn of(folder: &Path, options: &[&str]) -> Answer {
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("out").to_string_lossy().into_owned();
    let folder = folder.to_string_lossy().into_owned();
    let arguments = [&["report", &folder, "--out", &path], options].concat();
    let (code, stdout, stderr) = niggle(&arguments);
    let said = stdout + &stderr;
    Answer { code, said, out }
}

/// What a page of a log alone must not hold: numbers, pictures and statistics of runs that nobody read.
const EMPTY: &[&str] = &[
    " 0 runs",
    " 0 km",
    "**unknown**",
    ", usual ",
    "usual week",
    "0 inputs",
    "nothing to ask about",
    "Patterns in your own log",
    "What changed before it began",
    "Did these patterns come before",
    "It began without a run",
    "could not be judged (",
    "TRIMP",
    "NaN",
];

fn assert_nothing_empty(answer: &Answer) {
    let pages = [
        answer.report(),
        answer.text("sheet.html"),
        answer.said.clone(),
    ];
    for words in EMPTY {
        assert!(
            pages.iter().all(|page| !page.contains(words)),
            "{words}: {}",
            pages[0]
        );
    }
}

#[test]
fn a_log_alone_makes_a_report_that_says_so() {
    let answer = answer(&[("pain.csv", &calm_log())], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    answer.assert_says(&[
        "As of **Sun 12 Oct 2025**, your last recorded day. **14 Aug – 12 Oct 2025** · **no run read** · pain logged on 60 of 60 days",
        "**No run was read: this report is of your pain log alone.** With recordings of runs beside it niggle can say more",
        "Your pain log only: no run was read",
        "no place was above 2 of 10 on the 15 rated days of your pain log. Days without an entry are unknown.",
        "Of your running nothing is known.",
        "![A body from the front and from the back",
        "## Right Achilles: pain on 1 day, up to 2 of 10; no running is recorded",
        "9 weeks to 12 Oct 2025, without a recorded run. Pain: right Achilles on 1 day",
        "No recording was among the inputs.",
        "No runs:",
    ]);
    assert_nothing_empty(&answer);
    for words in [
        "14 Aug – 12 Oct 2025: no run read, pain logged on 60 days.",
        "No run was read",
    ] {
        assert!(answer.said.contains(words), "{words}: {}", answer.said);
    }
    let drawn = |name: &str| answer.out.path().join("out/charts").join(name).is_file();
    assert_eq!(
        ["body.png", "timeline.png", "pain-by-site.png"].map(drawn),
        [true; 3]
    );
    assert_eq!(
        ["weekly-distance.png", "calendar.png", "load.png"].map(drawn),
        [false; 3]
    );
}

#[test]
fn tables_without_a_run_have_their_columns_and_days_their_pain() {
    let alone = answer(&[("pain.csv", &calm_log())], &[]);
    let day = "2025-10-12".parse().unwrap();
    let run = gpx_run(day, 5000.0);
    let with_a_run = answer(&[("pain.csv", &calm_log()), ("run.gpx", &run)], &[]);
    for (table, rows) in [
        ("runs.csv", 0),
        ("days.csv", 60),
        ("weeks.csv", 9),
        ("other_sports.csv", 0),
    ] {
        let (text, other) = (alone.text(table), with_a_run.text(table));
        assert_eq!(text.lines().next(), other.lines().next(), "{table}");
        assert_eq!(text.lines().count(), rows + 1, "{table}");
    }
    let days = alone.text("days.csv");
    assert!(
        days.contains("\n2025-08-14,2025-W33,false,0,,"),
        "no day is covered: {days}"
    );
    assert!(days.trim_end().ends_with(",2.0"), "{days}");
    let json = alone.json();
    assert_eq!(
        (&json["runs"], &json["inputs"]["total"]),
        (&0.into(), &0.into())
    );
    assert_eq!(
        (&json["period"]["from"], &json["as_of"]),
        (&"2025-08-14".into(), &"2025-10-12".into())
    );
    let lost = json["lost"][0].as_str().unwrap();
    assert!(lost.starts_with("No run was read"), "{lost}");
}

#[test]
fn a_red_flag_needs_only_one_row_and_stands_before_everything() {
    let answer = answer(
        &[
            ("pain.csv", RED_FLAG),
            ("cut.gpx", "<gpx><trk><name>cut"),
            ("notes.txt", "hello"),
        ],
        &[],
    );
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    let report = answer.report();
    let at = |words: &str| {
        report
            .find(words)
            .unwrap_or_else(|| panic!("{words}\n{report}"))
    };
    let order = [
        at("**no run read**"),
        at("**Have it looked at:** Left shin: one sore spot on a bone"),
        at("No distance is named for the next run: something above asks to be looked at first."),
        at(
            "**No run was read: this report is of your pain log alone.**\n\n**1 recording could not be used, so that your running is missing here.**",
        ),
        at("## Left shin, day by day"),
    ];
    assert!(order.is_sorted(), "{order:?}\n{report}");
    assert_nothing_empty(&answer);
    assert!(answer.said.contains("Have it looked at"), "{}", answer.said);
    let rules: Vec<serde_json::Value> = answer.json()["findings"].as_array().unwrap().clone();
    assert!(
        rules
            .iter()
            .any(|finding| finding["rule"] == "red-flag-bone-spot")
    );
    let sheet = answer.text("sheet.html");
    for words in [
        "no recording of a run",
        "Running: no recording of a run was read.",
        "sore spot on the bone",
    ] {
        assert!(sheet.contains(words), "{words}");
    }
    let html = answer.text("report.html");
    assert!(
        html.contains("could not be used") && !html.contains("cut.gpx"),
        "no file is named to others"
    );
}

#[test]
fn activities_of_other_sports_are_told_and_are_no_runs() {
    let day = "2025-10-09".parse().unwrap();
    let ride = gpx_run(day, 20_000.0).replace("running", "cycling");
    let rode = answer(&[("pain.csv", &calm_log()), ("ride.gpx", &ride)], &[]);
    assert_eq!(rode.code, Some(0), "{}", rode.said);
    rode.assert_says(&[
        "**No run was read: this report is of your pain log alone.** 1 activity of another sport was read, and only running counts as running",
        "cycling 1 ×",
        // A point every half minute: short pauses do not show, which is told of any sport.
        "1 used with something to know",
    ]);
    assert_nothing_empty(&rode);
    let alone = answer(&[("ride.gpx", &ride)], &[]);
    assert_eq!(alone.code, Some(5), "rides without a log");
    assert!(
        alone.said.contains(
            "no usable run among 1 input. Nothing was written. 1 activity of another sport was read"
        ),
        "{}",
        alone.said
    );
}

#[test]
fn a_named_log_is_enough_beside_an_empty_folder_and_so_is_one_clear_row() {
    let (empty, log) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = log.path().join("mine.csv");
    fs::write(&file, "date,site,pain\n2025-10-01,none,0\n").unwrap();
    let answer = of(empty.path(), &["--pain", &file.to_string_lossy()]);
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    answer.assert_says(&[
        "**1 Oct 2025** · **no run read** · pain logged on 1 of 1 day",
        "no place was above 2 of 10 on the 1 rated day of your pain log",
    ]);
    assert_nothing_empty(&answer);
    assert!(
        !answer.report().contains("timeline"),
        "there is nothing to draw"
    );
}

#[test]
fn a_log_that_tells_of_no_pain_makes_no_report_and_is_told_why() {
    for (log, words) in [
        (
            "date,site,pain\nxx,knee,2\nyy,knee,3\n",
            "2 of 2 rows of your pain log could not be used. The date \"xx\"",
        ),
        ("date,site,pain\n", "pain.csv: your pain log has no row yet"),
        (
            "date,site,pain,sleep_h\n2025-10-01,,,7\n",
            "pain.csv: of 1 row none says how a place feels.",
        ),
        ("date,sleep_h\n2025-10-01,7\n", "no column for the pain"),
        ("", "the file is empty"),
    ] {
        let answer = answer(&[("pain.csv", log)], &[]);
        assert_eq!(answer.code, Some(5), "{log}: {}", answer.said);
        let all = [
            "no usable run among ",
            "Nothing was written.",
            words,
            "Give niggle FIT, GPX or TCX files",
        ];
        assert!(
            all.iter().all(|words| answer.said.contains(words)),
            "{words}: {}",
            answer.said
        );
        assert!(
            !answer.said.contains("..") && !answer.said.contains("The report was made"),
            "{}",
            answer.said
        );
        assert!(!answer.out.path().join("out/report.html").exists());
    }
}

#[test]
fn the_day_of_the_report_can_be_before_the_rides_and_behind_the_log() {
    let ride = gpx_run("2025-11-20".parse().unwrap(), 20_000.0).replace("running", "cycling");
    let files: &[(&str, &str)] = &[("pain.csv", RED_FLAG), ("ride.gpx", &ride)];
    let before = answer(files, &["--as-of", "2025-10-20"]);
    before.assert_says(&[
        "1 recording lies after the day given with --as-of.",
        "**Have it looked at:**",
    ]);
    // A month after its last row the log says nothing of these days, and a ride does not make the report later than its log.
    let later = answer(files, &["--as-of", "2025-11-20"]);
    later.assert_says(&[
        "your pain log has no entry about it in these 14 days (the last is of 10 Oct 2025)",
    ]);
    assert!(
        !later.report().contains("above 2 of 10 on"),
        "silence is not fine"
    );
    let by_itself = answer(files, &[]);
    by_itself.assert_says(&[
        "As of **Fri 10 Oct 2025**, your last recorded day.",
        "**Have it looked at:**",
    ]);
}
