//! Input that statistics stumble over, end to end: everything constant, ties everywhere, a day too few, one place with a thousand rows
//! beside eleven with three, loads in two units, a log that begins when the runs are over, no moment anywhere. No output file has a
//! number that is none, no p stands without its gates, and what is missing is said.

use crate::common::{gpx_run, niggle};
use chrono::NaiveDate;
use serde_json::Value;
use std::{fs, path::Path};

/// What a report of such a history says.
struct Answer {
    report: String,
    findings: Value,
    /// The lines of `associations.csv` but for its head.
    cells: Vec<Vec<String>>,
}

fn day(index: i64) -> NaiveDate {
    let monday = NaiveDate::from_ymd_opt(2025, 1, 6).expect("a Monday");
    monday + chrono::TimeDelta::days(index)
}

/// Kilometres of a day. None: no run.
type Kilometres = fn(i64) -> Option<f64>;

/// Four runs a week of changing length.
fn four_a_week(index: i64) -> Option<f64> {
    [1, 3, 5, 6]
        .contains(&(index % 7))
        .then_some(5.0 + (index * 5 % 9) as f64)
}

/// Rows of one place for each day, worst-case columns left out.
fn rows(days: std::ops::Range<i64>, pain: impl Fn(i64) -> i64) -> String {
    let row = |index: i64| format!("{},knee,left,{}\n", day(index), pain(index));
    days.map(row).collect()
}

/// A report of runs on these days, with this log; `head` are its columns.
fn answer(days: i64, km: Kilometres, gpx: fn(i64, String) -> String, log: &str) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (runs, out, pain) = (path("runs"), path("out"), path("pain.csv"));
    fs::create_dir(&runs).unwrap();
    for index in 0..days {
        if let Some(km) = km(index) {
            let text = gpx(index, gpx_run(day(index), km * 1000.0));
            fs::write(runs.join(format!("{}.gpx", day(index))), text).unwrap();
        }
    }
    fs::write(&pain, log).unwrap();
    let [runs, out, pain] = [runs, out, pain].map(|path| path.to_string_lossy().into_owned());
    let (code, _, stderr) = niggle(&["report", &runs, "--pain", &pain, "--out", &out, "--quiet"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{log:.200}");
    let answer = read(Path::new(&out));
    answer.assert_gated();
    answer
}

/// Reads a report, no file of which has a number that is none.
fn read(out: &Path) -> Answer {
    let text = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let mut seen = 0;
    for entry in fs::read_dir(out).unwrap() {
        let path = entry.unwrap().path();
        let extension = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if ["csv", "json", "md", "html"].contains(&extension.as_str()) {
            let text = fs::read_to_string(&path).unwrap();
            let words = text.split(|c: char| !c.is_ascii_alphanumeric());
            let mut none = words.filter(|word| ["NaN", "nan", "inf", "Infinity"].contains(word));
            assert_eq!(none.next(), None, "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} files");
    let findings: Value = serde_json::from_str(&text("findings.json")).unwrap();
    crate::schemas::assert_keeps("findings", &findings);
    let table = text("associations.csv");
    let mut cells = csv::ReaderBuilder::new().from_reader(table.as_bytes());
    let cells = cells
        .records()
        .map(|row| row.unwrap().iter().map(str::to_string).collect());
    Answer {
        report: text("report.md"),
        findings,
        cells: cells.collect(),
    }
}

impl Answer {
    /// A cell has a p or says why it has none, and what was tested had days enough.
    fn assert_gated(&self) {
        for cell in &self.cells {
            let [family, n, rho, p, q, gate] =
                [0, 7, 9, 12, 13, 14].map(|place| cell[place].as_str());
            assert_ne!(p.is_empty(), gate.is_empty(), "{cell:?}");
            assert_eq!(p.is_empty(), q.is_empty(), "{cell:?}");
            let least = if family == "weekly" { 26 } else { 42 };
            let is_enough = n.parse::<u32>().is_ok_and(|n| n >= least) && !rho.is_empty();
            assert!(p.is_empty() || is_enough, "{cell:?}");
        }
        for pair in self.findings["associations"].as_array().expect("pairs") {
            assert_ne!(pair["p"].is_null(), pair["gate"].is_null(), "{pair}");
        }
        for pair in self.findings["backtest"]["pairs"]
            .as_array()
            .expect("pairs")
        {
            assert!(pair["p"].is_null() || pair["gate"].is_null(), "{pair}");
        }
    }

    fn tests(&self) -> usize {
        self.cells
            .iter()
            .filter(|cell| !cell[12].is_empty())
            .count()
    }

    /// The gates of the main tests of a site.
    fn gates(&self, site: &str) -> Vec<&str> {
        let main = self.cells.iter();
        let main = main.filter(|cell| cell[0] == "main" && cell[1] == site);
        main.map(|cell| cell[14].as_str()).collect()
    }

    #[track_caller]
    fn says(&self, words: &str) {
        assert!(
            self.report.contains(words),
            "not said: {words}\n{}",
            self.report
        );
    }
}

const HEAD: &str = "date,site,side,pain\n";

fn as_it_is(_: i64, gpx: String) -> String {
    gpx
}

#[test]
fn constant_series() {
    // The same run every day, the same score every day.
    let found = answer(
        60,
        |_| Some(5.0),
        as_it_is,
        &(HEAD.to_string() + &rows(0..60, |_| 3)),
    );
    assert_eq!(found.tests(), 0);
    for gate in found.gates("knee") {
        assert!(!gate.is_empty());
    }
    found.says("0 days logged as free of pain, 10 are needed");
    // The same run every day, scores that change: nothing to set beside them.
    let log = HEAD.to_string() + &rows(0..60, |index| index % 4);
    let found = answer(60, |_| Some(5.0), as_it_is, &log);
    assert_eq!(found.tests(), 0);
    let constant = "the load or the scores are the same every day";
    assert!(
        found.gates("knee").contains(&constant),
        "{:?}",
        found.gates("knee")
    );
}

#[test]
fn ties_everywhere() {
    // Two lengths of runs, three scores.
    let km = |index: i64| (index % 3 != 0).then_some(if index % 2 == 0 { 5.0 } else { 8.0 });
    let log = HEAD.to_string() + &rows(0..84, |index| [0, 0, 1, 0, 2][(index * 7 % 5) as usize]);
    let found = answer(84, km, as_it_is, &log);
    assert!(found.tests() > 0, "{:?}", found.cells);
}

#[test]
fn a_day_too_few() {
    // Every day is logged from the first run on; three days of load before the first pair of them are missing.
    let log = |days: i64| {
        HEAD.to_string() + &rows(0..days, |index| [0, 1, 3, 0, 2, 0, 0][(index % 7) as usize])
    };
    let of = |days: i64| answer(days, four_a_week, as_it_is, &log(days));
    let found = of(41);
    assert_eq!(found.tests(), 0);
    // The first run is on the second day, so that on the third the day before is known.
    found.says("39 logged days with a known load, 42 are needed");
    // Six weeks are not enough where log and recordings begin together; six weeks and four days are, for every main test.
    let tested = |days: i64| {
        let found = of(days);
        // Nothing here has an altitude: descent is not known on any day.
        let mut gates = found.gates("knee");
        gates.retain(|gate| !gate.starts_with("0 "));
        (
            gates.iter().filter(|gate| gate.is_empty()).count(),
            gates.len(),
        )
    };
    assert_eq!(tested(42).0, 0);
    let (open, all) = tested(46);
    assert!(open == all && all > 0, "{open} of {all}");
}

#[test]
fn a_thousand_rows_beside_eleven_places_with_three() {
    let moments = [
        "morning", "before", "during", "after", "evening", "night", "rest",
    ];
    let mut log = String::from("date,moment,site,side,pain\n");
    for index in 0..150 {
        for (place, moment) in moments.iter().enumerate() {
            let pain = (index * 3 + place as i64) % 5 - 1;
            log += &format!("{},{moment},knee,left,{}\n", day(index), pain.max(0));
        }
    }
    let others = [
        "calf",
        "shin",
        "hip",
        "ankle",
        "foot",
        "quad",
        "hamstring",
        "glute",
        "groin",
        "achilles",
        "kneecap",
    ];
    for site in others {
        for index in [20, 40, 60] {
            log += &format!("{},evening,{site},right,4\n", day(index));
        }
    }
    let found = answer(150, four_a_week, as_it_is, &log);
    assert_eq!(log.lines().count() - 1, 1050 + 33);
    assert!(
        found.gates("knee").iter().any(|gate| gate.is_empty()),
        "{:?}",
        found.gates("knee")
    );
    for site in others {
        let gates = found.gates(site);
        assert!(
            !gates.is_empty() && gates.iter().all(|gate| gate.contains("needed")),
            "{site} {gates:?}"
        );
    }
}

#[test]
fn loads_in_two_units() {
    // Half of the runs have a heart rate, so that half would have a load in another unit: all are counted in the one that all have.
    let gpx = |index: i64, gpx: String| {
        let heart = "<extensions><hr>150</hr></extensions></trkpt>";
        if index % 2 == 0 {
            gpx.replace("</trkpt>", heart)
        } else {
            gpx
        }
    };
    let log = HEAD.to_string() + &rows(0..84, |index| [0, 1, 3, 0, 2, 0, 0][(index % 7) as usize]);
    let found = answer(84, four_a_week, gpx, &log);
    assert_eq!(found.findings["load_unit"], "grade-adjusted-km");
    assert!(found.tests() > 0);
}

#[test]
fn a_log_that_begins_when_the_runs_are_over() {
    let log =
        HEAD.to_string() + &rows(70..140, |index| [0, 1, 3, 0, 2, 0, 0][(index % 7) as usize]);
    let found = answer(60, four_a_week, as_it_is, &log);
    assert_eq!(found.tests(), 0);
    found.says("logged days with a known load, 42 are needed");
}

#[test]
fn no_moment_anywhere() {
    let log = HEAD.to_string() + &rows(0..84, |index| [0, 1, 3, 0, 2, 0, 0][(index % 7) as usize]);
    let found = answer(84, four_a_week, as_it_is, &log);
    let of_the_same_day = found
        .cells
        .iter()
        .filter(|cell| cell[5] == "distance_m_0")
        .count();
    assert_eq!(
        of_the_same_day, 0,
        "only what came during the run or after it stands beside it"
    );
    assert!(found.gates("knee").iter().any(|gate| gate.is_empty()));
}
