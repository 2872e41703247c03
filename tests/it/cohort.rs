//! `niggle cohort`, end to end: invented runners whose pain follows the distance of the day before, and some who cannot take part.
//!
//! Those who run far hurt little here and those who run little hurt much, so that the link shows within the runners alone.

use crate::{
    common::{gpx_run, hostile, zip},
    report_words::wording,
    schemas::assert_keeps,
};
use assert_cmd::Command;
use chrono::{NaiveDate, TimeDelta};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const DAYS: usize = 70;

/// An invented runner.
struct Runner {
    name: &'static str,
    /// Where their irregular weeks begin: with a run, as they end, and without a trend over the ten weeks.
    seed: u32,
    /// What their longest run comes to, km.
    longest_km: f64,
    /// Points of pain after it.
    worst: f64,
}

/// Longer runs, less pain: between the runners load and pain go opposite ways.
const RUNNERS: [Runner; 4] = [
    Runner {
        name: "anna",
        seed: 45,
        longest_km: 5.0,
        worst: 9.0,
    },
    Runner {
        name: "ben",
        seed: 51,
        longest_km: 8.0,
        worst: 7.0,
    },
    Runner {
        name: "carla",
        seed: 69,
        longest_km: 11.0,
        worst: 5.0,
    },
    Runner {
        name: "dora.zip",
        seed: 76,
        longest_km: 16.0,
        worst: 3.0,
    },
];

impl Runner {
    /// Kilometres of each day: multiples of a primitive root of 83, so no week is like another. Small ones are rest days.
    fn km(&self) -> Vec<f64> {
        let states = std::iter::successors(Some(self.seed), |state| Some(state * 2 % 83));
        let share = |state: u32| {
            if state < 42 {
                0.0
            } else {
                f64::from(state) / 83.0
            }
        };
        // Whole steps of the recordings' 80 m.
        states
            .take(DAYS)
            .map(|state| (share(state) * self.longest_km * 12.5).round() / 12.5)
            .collect()
    }

    /// The pain of each day but the first: it follows the day before.
    fn scores(&self) -> Vec<f64> {
        self.km()
            .iter()
            .map(|km| (km / self.longest_km * self.worst).round())
            .take(DAYS - 1)
            .collect()
    }

    /// File names and contents.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let runs = (0..).zip(self.km()).filter(|(_, km)| *km > 0.0);
        let mut files: Vec<(String, Vec<u8>)> = runs
            .map(|(day, km)| {
                (
                    format!("{}.gpx", date(day)),
                    gpx_run(date(day), km * 1000.0).into_bytes(),
                )
            })
            .collect();
        let row = |(day, score): (i64, f64)| match score {
            0.0 => format!("{},none,,0\n", date(day)),
            score => format!("{},knee,left,{score}\n", date(day)),
        };
        let log: String = (1..).zip(self.scores()).map(row).collect();
        files.push((
            "pain.csv".to_string(),
            format!("date,site,side,pain\n{log}").into_bytes(),
        ));
        files
    }
}

fn date(day: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 3, 3).unwrap() + TimeDelta::days(day)
}

fn write(folder: &Path, files: &[(String, Vec<u8>)]) {
    fs::create_dir_all(folder).unwrap();
    files
        .iter()
        .for_each(|(name, bytes)| fs::write(folder.join(name), bytes).unwrap());
}

/// The first runners of the cohort in a folder of their own each; one whose name ends so in an archive.
pub fn cohort(runners: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for runner in &RUNNERS[..runners] {
        let at = folder.path().join(runner.name);
        if runner.name.ends_with(".zip") {
            let packed: Vec<_> = runner
                .files()
                .into_iter()
                .map(|(name, bytes)| (name, bytes, false))
                .collect();
            fs::write(at, zip(&packed)).unwrap();
        } else {
            write(&at, &runner.files());
        }
    }
    folder
}

pub struct Answer {
    pub code: Option<i32>,
    stdout: String,
    pub stderr: String,
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Answer {
    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.files[name].clone()).unwrap()
    }

    pub fn json(&self) -> serde_json::Value {
        let json = serde_json::from_str(&self.text("cohort.json")).unwrap();
        assert_keeps("cohort", &json);
        json
    }
}

pub fn niggle(folder: &Path, out: &Path, options: &[&str]) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niggle"));
    let output = command
        .arg("cohort")
        .arg(folder)
        .arg("--out")
        .arg(out)
        .args(options)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Answer {
        code: output.status.code(),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
        files: files_in(out),
    }
}

/// Every file below a folder, by name.
pub fn files_in(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open: Vec<PathBuf> = if out.is_dir() {
        vec![out.to_path_buf()]
    } else {
        Vec::new()
    };
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                let name = entry
                    .path()
                    .strip_prefix(out)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

/// What is for reading: all but the tables.
fn pages(answer: &Answer) -> Vec<&str> {
    let names = answer.files.keys().map(String::as_str);
    names.filter(|name| !name.starts_with("tables/")).collect()
}

fn answer(folder: &Path, options: &[&str]) -> Answer {
    let out = tempfile::tempdir().unwrap();
    niggle(folder, out.path(), options)
}

/// The correlation within runners by hand: sums of products of deviations from each runner's own means.
fn within(rows: &[Vec<(f64, f64)>]) -> f64 {
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for rows in rows {
        let n = rows.len() as f64;
        let (x, y) = rows.iter().fold((0.0, 0.0), |sum, row| {
            (sum.0 + row.0 / n, sum.1 + row.1 / n)
        });
        for row in rows {
            xx += (row.0 - x).powi(2);
            yy += (row.1 - y).powi(2);
            xy += (row.0 - x) * (row.1 - y);
        }
    }
    xy / (xx * yy).sqrt()
}

#[test]
fn a_link_within_runners_is_found_whatever_lies_between_them() {
    let folder = cohort(4);
    let found = answer(folder.path(), &[]);
    assert_eq!(found.code, Some(0), "{}", found.stderr);
    assert_eq!(
        pages(&found),
        [
            "charts/cohort.png",
            "charts/flow.png",
            "charts/missing.png",
            "charts/time-to-first.png",
            "cohort.html",
            "cohort.json",
            "cohort.md"
        ]
    );
    let json = found.json();
    assert_eq!(
        json["runners"],
        serde_json::json!(["anna", "ben", "carla", "dora.zip"])
    );
    assert_eq!(
        (&json["tests"], json["left_out"].as_array().map(Vec::len)),
        (&serde_json::json!(2), Some(0))
    );

    let rows: Vec<Vec<(f64, f64)>> = RUNNERS
        .iter()
        .map(|runner| runner.km().into_iter().zip(runner.scores()).collect())
        .collect();
    let yesterday = &json["pairs"][0];
    assert_eq!(
        (&yesterday["pain"], &yesterday["exposure"]),
        (&"any_place".into(), &"distance_m_1".into())
    );
    // Of 69 days nine whole weeks each, and all four have the same dates.
    assert_eq!(
        (&yesterday["n"], &yesterday["days_shared"]),
        (&(4 * 63).into(), &(4 * 63).into())
    );
    // One slope for all lies between the least (3 points for 16 km) and the most (9 for 5) of the four, metre by metre.
    let of = |key: &str| yesterday[key].as_f64().unwrap();
    let (slope, low) = (of("slope_per_m") * 1000.0, of("slope_ci_low") * 1000.0);
    assert!(3.0 / 16.0 < slope && slope < 9.0 / 5.0, "{slope}");
    assert!(0.0 < low && low < slope && slope < of("slope_ci_high") * 1000.0);
    assert!(of("r") > 0.5 && of("q") <= 0.05, "{yesterday}");
    assert_eq!(yesterday["flagged"], true);
    // Of days after a run, runners thrown together, those who ran farther hurt less.
    let ran: Vec<(f64, f64)> = rows
        .concat()
        .into_iter()
        .filter(|row| row.0 > 0.0)
        .collect();
    assert!(within(&[ran]) < 0.0);

    let report = found.text("cohort.md");
    assert!(report.contains(
        "On days after more running the runners' highest scores of the day tended to be higher"
    ));
    assert!(
        report.contains("points for 10 km more, range ")
            && report.contains("Alone, 4 of 4 runners point the same way.")
    );
    let readme = include_str!("../../README.md");
    for key in json.as_object().unwrap().keys() {
        assert!(readme.contains(key.as_str()), "README: {key}");
    }
    // No recording has altitude.
    assert_eq!(
        json["pairs"][2]["gate"],
        "no runner has the days for it, 3 are needed"
    );
}

#[test]
fn the_report_of_a_tiny_cohort() {
    let folder = cohort(3);
    fs::write(folder.path().join("notes.txt"), "club").unwrap();
    let found = answer(folder.path(), &["--quiet"]);
    assert_eq!(
        (found.code, found.stdout.as_str(), found.stderr.as_str()),
        (Some(0), "", "")
    );
    insta::assert_snapshot!("cohort_md", found.text("cohort.md"));
}

#[test]
fn threads_and_a_second_time_change_no_byte() {
    let folder = cohort(4);
    let first = answer(folder.path(), &["--jobs", "1", "--quiet"]);
    assert_eq!((first.code, pages(&first).len()), (Some(0), 7));
    // An output inside the folder is no runner, and a report takes the place of the one before.
    let out = folder.path().join("out");
    for _ in 0..2 {
        let inside = niggle(folder.path(), &out, &["--jobs", "2", "--quiet"]);
        assert!(
            inside.code == Some(0) && inside.files == first.files,
            "{}",
            inside.stderr
        );
    }
}

#[test]
fn who_cannot_take_part_is_named_with_the_reason() {
    let folder = cohort(3);
    let anna = RUNNERS[0].files();
    let (log, runs): (Vec<_>, Vec<_>) = anna
        .clone()
        .into_iter()
        .partition(|(name, _)| name == "pain.csv");
    let at = |name: &str| folder.path().join(name);
    write(&at("anna twice"), &anna);
    write(&at("empty"), &[]);
    write(&at("no log"), &runs);
    write(&at("log only"), &log);
    let bad = ("pain.csv".to_string(), hostile("csv/16_missing_column.csv"));
    write(&at("bad *log*"), &[runs.clone(), vec![bad]].concat());
    let few = String::from_utf8(log[0].1.clone())
        .unwrap()
        .lines()
        .take(31)
        .collect::<Vec<_>>()
        .join("\n");
    write(
        &at("few days"),
        &[runs, vec![("pain.csv".to_string(), few.into_bytes())]].concat(),
    );
    write(&at("carla/old"), &log);

    let found = answer(folder.path(), &[]);
    assert_eq!(found.code, Some(0), "{}", found.stderr);
    let json = found.json();
    assert_eq!(json["runners"], serde_json::json!(["anna", "ben", "carla"]));
    let said = |key: &str| -> Vec<String> {
        let remarks = json[key].as_array().unwrap().iter();
        remarks
            .map(|one| {
                format!(
                    "{}: {}",
                    one["runner"].as_str().unwrap(),
                    one["what"].as_str().unwrap()
                )
            })
            .collect()
    };
    assert_eq!(
        said("left_out"),
        [
            "anna twice: the same runs and ratings as anna",
            "bad *log*: the pain log cannot be understood; niggle pain check says why",
            "empty: no usable run among 0 inputs",
            "few days: 30 logged days with a known load, 42 are needed",
            "log only: no usable run among 0 inputs",
            "no log: no pain log (pain.csv or pain_log.csv)",
        ]
    );
    assert!(said("noted").contains(
        &"carla: has more than one pain log; only the one nearest to the top was used".into()
    ));
    let report = found.text("cohort.md");
    assert!(
        report.contains("- bad \\*log\\*: the pain log cannot be understood"),
        "{report}"
    );
    assert!(
        found
            .stdout
            .contains("3 runners take part, 2 tests were made.\n  left out: anna twice: the same")
    );
    // What the header says is for whoever holds the files.
    assert!(
        found.stderr.contains("pain.csv") && found.stderr.contains("The runner was left out."),
        "{}",
        found.stderr
    );
    assert!(
        !report.contains(".csv: ") && !report.contains(".gpx"),
        "{report}"
    );
}

#[test]
fn fewer_than_three_runners_get_a_report_without_a_test() {
    let folder = cohort(2);
    let found = answer(folder.path(), &["--units", "mi"]);
    assert_eq!(found.code, Some(0), "{}", found.stderr);
    assert!(
        found
            .stdout
            .starts_with("2 runners take part, 0 tests were made.\n"),
        "{}",
        found.stdout
    );
    let json = found.json();
    for pair in json["pairs"].as_array().unwrap() {
        assert!(
            pair["r"].is_null() && pair["p"].is_null() && pair["flagged"] == false,
            "{pair}"
        );
    }
    assert_eq!(
        json["pairs"][0]["gate"],
        "2 runners have the days for it, 3 are needed"
    );
    let report = found.text("cohort.md");
    assert!(
        report.contains("Fewer than 3 runners")
            && report.contains("No test was made")
            && report.contains("10 mi")
    );

    let nobody = tempfile::tempdir().unwrap();
    fs::create_dir(nobody.path().join("empty")).unwrap();
    let found = answer(nobody.path(), &["--quiet"]);
    assert_eq!(found.code, Some(0), "{}", found.stderr);
    assert_eq!(
        pages(&found),
        ["charts/flow.png", "cohort.html", "cohort.json", "cohort.md"],
        "no load and pain to draw"
    );
}

#[test]
fn a_cohort_that_cannot_be_is_one_clear_line() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("bare")).unwrap();
    fs::create_dir_all(at("club/anna")).unwrap();
    write(&at("taken"), &[("mine.txt".to_string(), b"mine".to_vec())]);
    write(
        &at("a report"),
        &[(
            "findings.json".to_string(),
            b"{\"niggle_version\": \"1\"}".to_vec(),
        )],
    );
    for (cohort, out, code, words) in [
        ("bare", "out", 2, "no folder in it. Nothing was written."),
        ("nowhere", "out", 2, "nowhere"),
        ("taken/mine.txt", "out", 2, "mine.txt"),
        ("club", "taken", 4, "choose another folder with --out"),
        ("club", "a report", 4, "choose another folder with --out"),
        ("club", "taken/mine.txt", 4, "mine.txt"),
    ] {
        let before = fs::exists(at(out)).unwrap();
        let found = niggle(&at(cohort), &at(out), &[]);
        assert_eq!(
            (found.code, found.stdout.as_str()),
            (Some(code), ""),
            "{cohort} {out}: {}",
            found.stderr
        );
        let lines: Vec<&str> = found
            .stderr
            .lines()
            .filter(|line| line.starts_with("niggle: "))
            .collect();
        assert!(
            lines.len() == 1 && lines[0].contains(words),
            "{cohort} {out}: {}",
            found.stderr
        );
        assert_eq!(fs::exists(at(out)).unwrap(), before, "{cohort} {out}");
    }
}

#[test]
fn the_report_neither_clears_nor_forecasts() {
    for runners in [2, 3] {
        let found = answer(cohort(runners).path(), &["--quiet"]);
        for line in [found.text("cohort.md"), found.text("cohort.json")]
            .iter()
            .flat_map(|text| text.lines())
        {
            assert_eq!(wording::forbidden(line), None, "{line}");
        }
        // Each of the nine things every report says.
        for sentence in niggle::associate::must_be_said(
            69 * runners,
            70 * runners,
            if runners > 2 { 2 } else { 0 },
        ) {
            assert!(
                found.text("cohort.md").contains(&format!("- {sentence}\n")),
                "{sentence}"
            );
        }
    }
}
