//! Options from the command line, from a file and from both, and the configuration they come to.

use super::{Options, Whole, file::keys, report::REPORT_FOLDER};
use crate::{
    config::HeartRate,
    ingest::OpenSport,
    model::Sex,
    pain::{DateOrder, Scale},
    rules::{EmergencyNumber, Severity},
    units::Units,
};
use chrono::NaiveDate;
use chrono_tz::Tz;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

fn file(text: &str) -> Options {
    toml::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Each key with a value that is not its default, as TOML writes it.
const EVERY_KEY: &[(&str, &str)] = &[
    ("pain", "\"pain.csv\""),
    ("out", "\"my_report\""),
    ("cache", "\"cache\""),
    ("heart-rate-rest", "50"),
    ("heart-rate-max", "190"),
    ("sex", "\"female\""),
    ("limit", "[\"single-run-spike.small-jump-percent=15\"]"),
    ("emergency-number", "112"),
    ("open", "true"),
    ("for", "\"clinician\""),
    ("with-names", "true"),
    ("fail-on", "\"see-someone\""),
    ("strict", "true"),
    ("baseline", "\"base.json\""),
    ("annotate", "\"github\""),
    ("timezone", "\"Europe/Berlin\""),
    ("open-sport", "\"running\""),
    ("units", "\"mi\""),
    ("as-of", "2025-10-31"),
    ("jobs", "2"),
    ("date-order", "\"mdy\""),
    ("pain-scale", "\"0-5\""),
    ("column", "[\"pain=How bad is it?\"]"),
    ("athlete", "\"Anna\""),
    ("borg", "true"),
    ("notes", "true"),
    ("quiet", "true"),
];

#[test]
fn every_option_is_a_key_of_a_file() {
    assert_eq!(
        EVERY_KEY.iter().map(|(key, _)| *key).collect::<Vec<_>>(),
        keys()
    );
    for (key, value) in EVERY_KEY {
        let read = file(&format!("{key} = {value}"));
        assert_ne!(read, Options::default(), "{key}");
        assert_eq!(read.clone().over(Options::default()), read, "{key}");
        assert_eq!(Options::default().over(read.clone()), read, "{key}");
    }
    assert_eq!(file(""), Options::default());
}

#[test]
fn a_file_and_the_command_line_come_to_the_same() {
    let command = Options::augment_args(clap::Command::new("niggle"));
    let words = [
        "niggle",
        "--as-of",
        "2025-10-31",
        "--jobs",
        "2",
        "--column",
        "pain=knee",
        "--borg",
        "--units",
        "mi",
    ];
    let matches = command.try_get_matches_from(words).unwrap();
    let given = <Options as clap::FromArgMatches>::from_arg_matches(&matches).unwrap();
    let written = "as-of = \"2025-10-31\"\njobs = \"2\"\ncolumn = [\"pain=knee\"]\nborg = true\nunits = \"mi\"";
    assert_eq!(given, file(written));
}

#[test]
fn what_a_file_cannot_say_is_refused_by_its_key() {
    for (text, expected) in [
        (
            "untis = \"mi\"",
            "there is no option `untis`; the nearest is `units`",
        ),
        (
            "heart-rate-mx = 190",
            "there is no option `heart-rate-mx`; the nearest is `heart-rate-max`",
        ),
        (
            "heart_rate_max = 190",
            "there is no option `heart_rate_max`; the nearest is `heart-rate-max`",
        ),
        ("common = 1", "there is no option `common`"),
        ("units = \"metres\"", "units: one of km, mi is expected"),
        ("jobs = 0", "jobs: a whole number from 1 to 256 is expected"),
        (
            "heart-rate-rest = 50.5",
            "heart-rate-rest: a whole number from 25 to 120 is expected",
        ),
        (
            "as-of = \"31.10.2025\"",
            "as-of: a date is written year-month-day",
        ),
        ("timezone = \"Mars/Olympus\"", "timezone: no such zone"),
        ("column = [\"hurt=x\"]", "column: no column is a \"hurt\""),
        ("borg = \"yes\"", "borg: invalid type"),
    ] {
        let error = toml::from_str::<Options>(text).expect_err(text).to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn the_command_line_goes_before_a_file() {
    let given =
        file("units = \"km\"\nlimit = [\"acwr-high.coupled-ratio=1.4\"]\ncolumn = [\"pain=knee\"]");
    let below = "units = \"mi\"\njobs = 3\nquiet = true\ncolumn = [\"pain=shin\", \"date=day\"]\n\
                 limit = [\"acwr-high.coupled_ratio = 1.6\", \"single-run-spike.small-jump-percent=15\"]";
    let both = given.over(file(below));
    assert_eq!(
        (both.common.units, both.common.jobs, both.common.quiet),
        (Some(Units::Km), Some(Whole(3)), true)
    );
    assert_eq!(
        both.limit,
        [
            "acwr-high.coupled-ratio=1.4",
            "single-run-spike.small-jump-percent=15"
        ]
    );
    let columns: Vec<(&str, &str)> = both
        .common
        .log
        .column
        .iter()
        .map(|c| (c.role, c.name.as_str()))
        .collect();
    assert_eq!(columns, [("pain", "knee"), ("date", "day")]);
}

#[test]
fn options_come_to_a_config_with_the_defaults_of_the_help() {
    let config = Options::default()
        .resolve(vec![PathBuf::from("runs")])
        .unwrap();
    assert_eq!(
        (config.inputs, config.output),
        (vec![PathBuf::from("runs")], PathBuf::from("niggle-report"))
    );
    assert_eq!(
        (config.judging.units, config.ingest.open_sport),
        (Units::Km, OpenSport::BySpeed)
    );
    let all: String = EVERY_KEY
        .iter()
        .map(|(key, value)| format!("{key} = {value}\n"))
        .collect();
    let config = file(&all).resolve(Vec::new()).unwrap();
    let heart_rate = HeartRate {
        rest_bpm: Some(50.0),
        max_bpm: Some(190.0),
        sex: Some(Sex::Female),
    };
    assert_eq!(
        (config.judging.heart_rate, config.judging.units),
        (heart_rate, Units::Mi)
    );
    assert_eq!(
        (config.ingest.jobs, config.ingest.timezone),
        (Some(2), Some(Tz::Europe__Berlin))
    );
    assert_eq!(
        (config.judging.as_of, config.judging.as_of_today),
        (NaiveDate::from_ymd_opt(2025, 10, 31), false)
    );
    assert_eq!(
        (config.pain.borg, config.pain.scale),
        (true, Some(Scale::ZeroToFive))
    );
    assert_eq!(config.judging.limits.changed().len(), 1);
    assert!(
        file("limit = [\"acwr-high.no-such=1\"]")
            .resolve(Vec::new())
            .is_err()
    );
}

#[test]
fn a_help_names_the_default_that_is_taken() {
    let command = Options::augment_args(clap::Command::new("niggle"));
    let config = Options::default().resolve(Vec::new()).unwrap();
    let units = config.judging.units.to_possible_value().unwrap();
    let open_sport = config.ingest.open_sport.to_possible_value().unwrap();
    let number = EmergencyNumber::default().to_string();
    for (key, default) in [
        ("out", REPORT_FOLDER),
        ("units", units.get_name()),
        ("open-sport", open_sport.get_name()),
        ("emergency-number", &number),
    ] {
        let option = command
            .get_arguments()
            .find(|option| option.get_long() == Some(key))
            .unwrap();
        let help = option.get_help().unwrap().to_string();
        assert!(
            help.ends_with(&format!("[default: {default}]")),
            "{key}: {help}"
        );
    }
}

#[test]
fn a_loudness_goes_by_the_word_of_the_file_and_by_that_of_the_report() {
    for severity in Severity::ALL {
        let label = severity.label().to_lowercase().replace(' ', "-");
        for word in [severity.as_str(), &label] {
            let read = file(&format!("fail-on = \"{word}\"")).gate.fail_on;
            assert_eq!(read, Some(*severity), "{word}");
        }
        let word = severity.to_possible_value().unwrap();
        assert_eq!(word.get_name(), severity.as_str());
    }
}

#[test]
fn words_of_a_date_order_are_those_of_its_sentences() {
    for order in DateOrder::ALL {
        assert_eq!(
            order.to_possible_value().unwrap().get_name(),
            order.as_str()
        );
    }
}
