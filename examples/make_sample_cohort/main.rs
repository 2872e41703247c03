//! Writes `sample_cohort/`: an invented study of ten runners over twenty weeks, the same bytes each time.
//!
//! `cargo run --example make_sample_cohort [FOLDER]` (default: `sample_cohort`). A list of who takes part, an archive of recordings for most
//! of them, a daily table for two, and one pain log of everybody. Planted are: one more point of pain the day after every eight kilometres,
//! injuries that take a week of running, and weekly questions. One gave no consent, and one never logged.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub,
    reason = "an example may fail loudly and print"
)]

mod archive;
#[path = "../make_sample_data/noise.rs"]
#[allow(dead_code, reason = "of what the sample needs, a part")]
mod noise;
mod runner;
mod tcx;

use runner::{DAYS, Day, Runner, date};
use std::{fmt::Write, path::Path};

/// One file of the folder.
pub struct SampleFile {
    /// Where it goes, below the folder.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Who is in the study: id, sex, year of birth, group, and what becomes of them.
const STUDY: [(&str, &str, u32, &str, Fate); 10] = [
    ("R01", "f", 1988, "club", Fate::Recorded),
    ("R02", "m", 1979, "club", Fate::Recorded),
    ("R03", "f", 1995, "club", Fate::Recorded),
    ("R04", "m", 1991, "club", Fate::Recorded),
    ("R05", "f", 1983, "beginners", Fate::Recorded),
    ("R06", "m", 1999, "beginners", Fate::Recorded),
    ("R07", "f", 1975, "beginners", Fate::Written),
    ("R08", "m", 1986, "beginners", Fate::Written),
    ("R09", "f", 1990, "club", Fate::WithoutConsent),
    ("R10", "m", 1993, "beginners", Fate::WithoutLog),
];

/// What there is of a runner.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    /// Recordings and rows of the log.
    Recorded,
    /// Rows of the daily table and of the log.
    Written,
    /// Recordings and rows, and no word that they agreed.
    WithoutConsent,
    /// Recordings alone.
    WithoutLog,
}

/// Every file of the folder.
pub fn generate() -> Vec<SampleFile> {
    let mut athletes = String::from("id,archive,sex,birth_year,group,from,to,consent\n");
    let mut daily = String::from("athlete,date,distance_km,duration_min,rpe,ascent_m,descent_m\n");
    let mut pain = String::from("athlete,date,moment,site,side,pain,function,q1,q2,q3,q4\n");
    let mut files = Vec::new();
    for (number, (id, sex, born, group, fate)) in (1..).zip(STUDY) {
        let runner = Runner::new(number);
        let archive = if fate == Fate::Written {
            String::new()
        } else {
            format!("runners/{id}.zip")
        };
        let consent = if fate == Fate::WithoutConsent {
            "no"
        } else {
            "yes"
        };
        let (from, to) = (date(0), date(DAYS as i64 - 1));
        writeln!(
            athletes,
            "{id},{archive},{sex},{born},{group},{from},{to},{consent}"
        )
        .unwrap();
        if fate == Fate::Written {
            runner
                .days
                .iter()
                .zip(0..)
                .for_each(|(day, at)| daily_row(&mut daily, id, at, day));
        } else {
            files.push(SampleFile {
                bytes: archive::zip(&runner.recordings()),
                path: archive,
            });
        }
        if fate != Fate::WithoutLog {
            pain.push_str(&runner.log(id));
        }
    }
    let texts = [
        ("athletes.csv", athletes),
        ("daily.csv", daily),
        ("pain.csv", pain),
        ("plan.toml", PLAN.to_string()),
        ("README.md", README.to_string()),
    ];
    files.extend(texts.map(|(path, text)| SampleFile {
        path: path.to_string(),
        bytes: text.into_bytes(),
    }));
    files
}

fn daily_row(table: &mut String, id: &str, at: i64, day: &Day) {
    let date = date(at);
    match day.km {
        0.0 => writeln!(table, "{id},{date},0,0,,0,0"),
        km => writeln!(
            table,
            "{id},{date},{km:.1},{:.0},{},{:.0},{:.0}",
            km * day.pace_s / 60.0,
            day.rpe,
            day.climb_m,
            day.climb_m
        ),
    }
    .unwrap();
}

const PLAN: &str = "\
# What was planned before anybody looked.
pairs = [\"any_place distance_m_1\"]
rules = [\"single-run-spike\", \"weekly-distance-jump\"]
definitions = [\"time_loss\", \"pain_over_7_days\"]
";

const README: &str = "\
# An invented study

Ten runners over twenty weeks, made by `cargo run --example make_sample_cohort`. Nobody in it ever ran.

| file | what it is |
|---|---|
| athletes.csv | who takes part, with follow-up and consent |
| runners/ | the recordings, an archive a runner |
| daily.csv | kilometres, minutes and effort of two who have no watch |
| plan.toml | which tests were planned before anybody looked |
| pain.csv | one pain log of everybody: a rating nearly every evening, the weekly questions on Sundays |

Planted: one more point of pain the day after every eight kilometres; injuries that take about a week of running. R09 gave no consent, R10
never logged.
";

fn main() {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "sample_cohort".to_string());
    let files = generate();
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    for file in &files {
        let path = Path::new(&folder).join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.bytes).unwrap();
    }
    println!(
        "{folder}: {} files, {:.1} MB",
        files.len(),
        bytes as f64 / 1e6
    );
}
