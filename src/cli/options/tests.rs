//! Options from the command line, from a file and from both, and the configuration they come to.

use super::{
    Judged, Options, Request, Whole,
    file::said,
    key::{alone, keys},
    report::REPORT_FOLDER,
    settings::{merged, table},
};
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
use clap::{Args, ValueEnum, ValueHint};
use std::path::{Path, PathBuf};

fn file(text: &str) -> Options {
    request(text).options
}

fn request(text: &str) -> Request {
    let said = said(text.as_bytes(), &keys());
    merged(&said.unwrap_or_else(|fault| panic!("{text}: {}", fault.text())))
}

/// What is said of a file that makes no sense.
fn refused(text: &[u8]) -> String {
    let fault = said(text, &keys()).expect_err("a fault");
    fault.in_file(Path::new("niggle.toml"), text).to_string()
}

/// Each key with a value that is not its default, as TOML writes it.
const EVERY_KEY: &[(&str, &str)] = &[
    ("inputs", "[\"my_export\"]"),
    ("pain", "\"pain.csv\""),
    ("out", "\"my_report\""),
    ("cache", "\"cache\""),
    ("heart-rate-rest", "50"),
    ("heart-rate-max", "190"),
    ("sex", "\"female\""),
    ("limit", "[\"single-run-spike.small-jump-percent=15\"]"),
    ("emergency-number", "112"),
    ("format", "\"json\""),
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
    ("shared", "true"),
    ("quiet", "true"),
];

#[test]
fn every_option_is_a_key_of_a_file() {
    assert_eq!(
        EVERY_KEY
            .iter()
            .map(|(key, _)| key.to_string())
            .collect::<Vec<_>>(),
        keys().into_iter().map(|key| key.name).collect::<Vec<_>>()
    );
    for (key, value) in EVERY_KEY {
        let read = request(&format!("{key} = {value}"));
        assert_ne!(read, Request::default(), "{key}");
        assert_eq!(read.clone().over(Request::default()), read, "{key}");
        assert_eq!(Request::default().over(read.clone()), read, "{key}");
        assert_eq!(
            request(&format!("{} = {value}", key.replace('-', "_"))),
            read
        );
        let written = table(&read);
        assert_eq!(written.keys().collect::<Vec<_>>(), [key]);
        assert_eq!(alone(key, written[*key].clone()), Ok(read), "{key}");
        assert_eq!(
            request(&format!("{key} = \"\"")),
            Request::default(),
            "{key}"
        );
    }
    assert_eq!(file(""), Options::default());
}

#[test]
fn paths_of_a_file_are_below_its_folder() {
    let command = Request::augment_args(clap::Command::new("niggle"));
    let hints = [ValueHint::AnyPath, ValueHint::FilePath, ValueHint::DirPath];
    let paths: Vec<_> = command
        .get_arguments()
        .filter(|option| hints.contains(&option.get_value_hint()))
        .map(|option| option.get_long().unwrap_or("inputs").to_string())
        .collect();
    assert!(paths.len() >= 4, "{paths:?}");
    for key in paths {
        let asked =
            |path: &str| request(&format!("{key} = \"{path}\"")).below(Path::new("history"));
        let at = |path: &str| request(&format!("{key} = \"{path}\""));
        assert_eq!(asked("x"), at("history/x"), "{key}");
        assert_eq!(asked("/x"), at("/x"), "{key}");
    }
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
fn what_a_file_cannot_say_is_refused_by_its_line() {
    for (text, expected) in [
        (
            "jobs = 1\n\ntmezone = \"UTC\"",
            "niggle.toml, line 3: unknown key `tmezone`: did you mean `timezone`? Nothing was written.",
        ),
        (
            "zone = \"UTC\"",
            "line 1: unknown key `zone`: did you mean `timezone`?",
        ),
        (
            "heart_rate_mx = 190",
            "unknown key `heart_rate_mx`: did you mean `heart_rate_max`?",
        ),
        ("common = 1", "unknown key `common`: did you mean `column`?"),
        (
            "favourite_food = 1",
            "unknown key `favourite_food`: `niggle config show` lists the keys. Nothing",
        ),
        (
            "units = \"metres\"",
            "line 1: units = \"metres\": one of km, mi or miles is expected. Nothing was written.",
        ),
        (
            "jobs = 0",
            "jobs = 0: a whole number from 1 to 256 is expected",
        ),
        (
            "heart_rate-rest = 50.5",
            "heart_rate-rest = 50.5: a whole number from 25 to 120 is expected",
        ),
        (
            "as-of = \"31/10/2025\"",
            "as-of = \"31/10/2025\": a date is written year-month-day",
        ),
        (
            "timezone = \"Mars/Olympus\"",
            "timezone = \"Mars/Olympus\": no such zone",
        ),
        ("out = 3", "out = 3: a text in quotes is expected"),
        ("athlete = 3", "athlete = 3: a text in quotes is expected"),
        (
            "inputs = [\n\"a\",\n7]",
            "line 3: inputs = 7: a text in quotes is expected",
        ),
        (
            "column = [\"hurt=x\"]",
            "column = \"hurt=x\": no column is a \"hurt\"",
        ),
        (
            "borg = \"yes\"",
            "borg = \"yes\": true or false is expected",
        ),
        (
            "units = [\"mi\"]",
            "units = [\"mi\"]: one value is expected and no list: one of km, mi or miles is",
        ),
        (
            "timezone = [\"UTC\", \"Europe/Paris\"]",
            ": one value is expected and no list: no such zone",
        ),
        (
            "limits = 3",
            "line 1: limits are NAME = VALUE below the name of their rule",
        ),
        (
            "[report]\nunits = \"mi\"",
            "line 1: unknown table `report`: keys stand at the top of the file, but for [athlete], [columns] and",
        ),
        ("units = { km = true }", "one value is expected and no list"),
        (
            "jobs = 2\n[limits.single-run-spike]\nsmall-jump = 15",
            "line 3: limits.single-run-spike.small-jump = 15: single-run-spike has no limit \"small-jump\". It has small-jump-percent,",
        ),
        (
            "limits.single-run-spik.small-jump-percent = 15",
            "there is no rule \"single-run-spik\". The nearest are single-run-spike,",
        ),
        (
            "limit = [\"single-run-spike.small-jump-percent=15\",\n\"pain-high.x=1\"]",
            "line 2: limit = \"pain-high.x=1\": pain-high has no limit",
        ),
        (
            "[limits]\nsingle-run-spike = 15",
            "line 2: limits are NAME = VALUE below the name of their rule",
        ),
        (
            "[athlete]\nheart_rate = 50",
            "line 2: unknown key `heart_rate`: did you mean `heart_rate_max`?",
        ),
        (
            "heart-rate-max = 190\n\nheart_rate_max = 191",
            "line 3: `heart_rate_max` is given twice, here and on line 1.",
        ),
        (
            "sex = \"male\"\n[athlete]\nsex = \"male\"",
            "line 3: `sex` is given twice, here and on line 1.",
        ),
        (
            "out = \"a\"\noutput = \"b\"",
            "line 2: `output` is given twice",
        ),
        (
            "limits.acwr-high.coupled-ratio = 1.4\nlimits.acwr-high.coupled_ratio = 1.5",
            "line 2: `limits.acwr-high.coupled-ratio` is given twice",
        ),
        (
            "jobs = 1\njobs = 2",
            "line 2: this is no TOML: duplicate key; give it once.",
        ),
        ("jobs = 1\nunits = mi", "line 2: this is no TOML: "),
        (
            "out = \"C:\\runs\"",
            "line 1: out = \"C:\\runs\": in a path write / for \\, or put it in single quotes. Nothing",
        ),
        ("out = \"C:\\Users\"", "; in a path write / for \\"),
        ("out", "line 1: this is no TOML: "),
    ] {
        let error = refused(text.as_bytes());
        assert!(error.contains(expected), "{text}: {error}");
        assert!(!error.contains('\n'), "one line: {error}");
    }
    let latin = refused(b"jobs = 1\nathlete = \"J\xfcrgen\"");
    assert!(
        latin.starts_with("niggle.toml, line 2: this is no UTF-8; save the file as UTF-8."),
        "{latin}"
    );
    let long = refused("# and so on\n".repeat(100_000).as_bytes());
    assert!(long.contains("shorter than 1 MB"), "{long}");
}

#[test]
fn three_keys_may_be_tables() {
    let tables = "[limits.single-run-spike]\nsmall_jump_percent = 15\nlarge-jump-percent = 150.5\n\
                  [limits.acwr-high]\ncoupled-ratio = \"\"\n\
                  [columns]\npain = [\"knee\", \"shin\"]\nnote = \"words\"\n\
                  [athlete]\nname = \"Anna\"\nheart_rate_rest = 50\nsex = \"female\"";
    let lists = "limit = [\"single-run-spike.large-jump-percent=150.5\", \"single-run-spike.small-jump-percent=15\"]\n\
                 column = [\"pain=knee\", \"pain=shin\", \"notes=words\"]\n\
                 athlete = \"Anna\"\nheart-rate-rest = 50\nsex = \"female\"";
    let sorted = |text: &str| {
        let mut options = file(text);
        options.judged.limit.sort();
        options
    };
    assert_eq!(sorted(tables), sorted(lists));
    let roles: Vec<String> = file(tables)
        .common
        .work
        .log
        .column
        .iter()
        .map(|column| format!("{}={}", column.role, column.name))
        .collect();
    assert_eq!(roles, ["pain=knee", "pain=shin", "notes=words"]);
}

#[test]
fn the_command_line_goes_before_a_file() {
    let given =
        file("units = \"km\"\nlimit = [\"acwr-high.coupled-ratio=1.4\"]\ncolumn = [\"pain=knee\"]");
    let below = "units = \"mi\"\njobs = 3\nquiet = true\ncolumn = [\"pain=shin\", \"date=day\"]\n\
                 limit = [\"acwr-high.coupled_ratio = 1.6\", \"single-run-spike.small-jump-percent=15\"]";
    let both = given.over(file(below));
    assert_eq!(
        (
            both.common.units,
            both.common.work.jobs,
            both.common.work.quiet
        ),
        (Some(Units::Km), Some(Whole(3)), Some(true))
    );
    assert_eq!(
        both.judged.limit,
        [
            "acwr-high.coupled-ratio=1.4",
            "single-run-spike.small-jump-percent=15"
        ]
    );
    let columns: Vec<(&str, &str)> = both
        .common
        .work
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
    let wrong = Options {
        judged: Judged {
            limit: vec!["acwr-high.no-such=1".to_string()],
            ..Judged::default()
        },
        ..Options::default()
    };
    assert!(wrong.resolve(Vec::new()).is_err());
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
