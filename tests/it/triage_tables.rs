//! Tables a clinician can read from top to bottom and correct: small logs, alarming notes and everyday notes, and what must come
//! of each (`tests/cases/triage/*.tsv`). Each is judged as `niggle pain check` does, without runs.

use chrono::{Days, NaiveDate};
use niggle::{
    course::short,
    pain::{Options, read},
    rules::{EmergencyNumber, Limits, Severity},
};

const LOGS: &str = include_str!("../cases/triage/logs.tsv");
const ALARMING: &str = include_str!("../cases/triage/alarming.tsv");
const EVERYDAY: &str = include_str!("../cases/triage/everyday.tsv");
const NOTES: &str = include_str!("../cases/triage/notes.tsv");

/// The day of the report in every table.
fn today() -> NaiveDate {
    "2025-10-07".parse().expect("a literal date")
}

fn day(offset: &str) -> NaiveDate {
    let days: u64 = offset
        .strip_prefix("D-")
        .map_or(0, |days| days.parse().expect("days before the report"));
    today().checked_sub_days(Days::new(days)).expect("a day")
}

fn severity(word: &str) -> Option<Severity> {
    match word.trim() {
        "" | "-" => None,
        "note" => Some(Severity::Note),
        "watch" => Some(Severity::Watch),
        "ease-off" => Some(Severity::EaseOff),
        "see-someone" => Some(Severity::SeeSomeone),
        "urgent" => Some(Severity::Urgent),
        "emergency" => Some(Severity::Emergency),
        other => panic!("no level is called {other}"),
    }
}

/// The rows of a table below its header, titles left out.
fn rows(table: &str) -> Vec<Vec<&str>> {
    let lines = table
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect()).collect()
}

/// Ten days of all clear and then the rows: the loudest thing said of it now.
fn loudest(columns: &str, rows: &[String]) -> (Option<Severity>, String) {
    let clear = (5..15).rev().map(|before| {
        let cell = |name: &str| match name {
            "date" => day(&format!("D-{before}")).to_string(),
            "site" => "none".to_string(),
            "pain" => "0".to_string(),
            "moment" => "evening".to_string(),
            _ => String::new(),
        };
        columns.split(',').map(cell).collect::<Vec<_>>().join(",")
    });
    let lines: Vec<String> = std::iter::once(columns.to_string())
        .chain(clear)
        .chain(rows.iter().cloned())
        .collect();
    let text = lines.join("\n") + "\n";
    let log = read(text.as_bytes(), "log.csv", &Options::default())
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    let said = short::of_log(&log, &Limits::default(), &EmergencyNumber::default());
    let loudest = said.iter().map(|short| short.severity).max();
    (
        loudest,
        said.into_iter()
            .map(|short| format!("{:?}: {}", short.severity, short.whole))
            .collect::<Vec<_>>()
            .join(" | "),
    )
}

fn noted(site: &str, pain: &str, note: &str) -> (Option<Severity>, String) {
    let row = format!(
        "{},{site},{pain},\"{}\"",
        today(),
        note.replace('"', "\"\"")
    );
    loudest("date,site,pain,notes", &[row])
}

#[test]
fn small_logs_come_to_what_they_must() {
    let mut wrong = Vec::new();
    for row in rows(LOGS) {
        let [id, columns, log, least, most, ..] = row.as_slice() else {
            panic!("{row:?}")
        };
        let dated = |row: &str| {
            let (offset, rest) = row.split_once(',').expect("a date and more");
            format!("{},{rest}", day(offset.trim()))
        };
        let log: Vec<String> = log.split(" / ").map(dated).collect();
        let (found, said) = loudest(columns, &log);
        let is_loud_enough = severity(least).is_none_or(|least| found >= Some(least));
        let is_calm_enough = severity(most).is_none_or(|most| found <= Some(most));
        if !is_loud_enough || !is_calm_enough {
            wrong.push(format!(
                "{id}: {found:?}, should be {least} to {most}: {log:?}: {said}"
            ));
        }
    }
    assert!(rows(LOGS).len() >= 120);
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        rows(LOGS).len(),
        wrong.join("\n")
    );
}

#[test]
fn alarming_notes_are_heard() {
    let mut wrong = Vec::new();
    for row in rows(ALARMING) {
        let [lang, site, pain, note, least, ..] = row.as_slice() else {
            panic!("{row:?}")
        };
        let (found, said) = noted(site, pain, note);
        if found < severity(least) {
            wrong.push(format!(
                "{lang} {site} {pain}: {note:?}: {found:?}, at least {least}: {said}"
            ));
        }
    }
    // Written without sight of the vocabulary, in seven languages: nineteen of twenty must be heard, and each miss is listed.
    let (missed, all) = (wrong.len(), rows(ALARMING).len());
    assert!(
        missed * 20 <= all,
        "{missed} of {all}:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn everyday_notes_stay_harmless() {
    let mut wrong = Vec::new();
    for row in rows(EVERYDAY) {
        let [lang, site, pain, note, ..] = row.as_slice() else {
            panic!("{row:?}")
        };
        let most = if pain.parse::<f64>().is_ok_and(|pain| pain >= 4.0) {
            Severity::EaseOff
        } else {
            Severity::Watch
        };
        let (found, said) = noted(site, pain, note);
        if found > Some(most) {
            wrong.push(format!("{lang} {site} {pain}: {note:?}: {found:?}: {said}"));
        }
    }
    // At most one in two hundred may raise anything.
    let (raised, all) = (wrong.len(), rows(EVERYDAY).len());
    assert!(all >= 300);
    assert!(
        raised * 200 <= all,
        "{raised} of {all}:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn notes_in_seven_languages() {
    let mut wrong = Vec::new();
    for row in rows(NOTES) {
        let [lang, site, pain, note, least, most] = row.as_slice() else {
            panic!("{row:?}")
        };
        let (found, said) = noted(site, pain, note);
        let fits = severity(least).is_none_or(|least| found >= Some(least))
            && severity(most).is_none_or(|most| found <= Some(most));
        if !fits {
            wrong.push(format!(
                "{lang} {site} {pain}: {note:?}: {found:?}, should be {least} to {most}: {said}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        rows(NOTES).len(),
        wrong.join("\n")
    );
}
