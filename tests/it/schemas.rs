//! The published JSON Schemas: current, well formed, and kept by everything that niggle writes for programs, as an independent validator
//! says.

use crate::common::niggle;
use jsonschema::Validator;
use niggle::{
    frames::STACKED,
    logbook,
    pain::{self, Options},
    rules::RULES,
    schema::SCHEMAS,
    source,
};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn path(name: &str) -> String {
    root().join(name).to_string_lossy().into_owned()
}

/// The committed schema.
fn schema(name: &str) -> Value {
    let text = fs::read_to_string(root().join(format!("reports/schemas/{name}.json")));
    serde_json::from_str(&text.unwrap_or_default()).unwrap()
}

fn validator(name: &str) -> Validator {
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    options.build(&schema(name)).unwrap()
}

/// Fails with every breach of the schema.
pub fn assert_keeps(name: &str, document: &Value) {
    let breaches: Vec<String> = validator(name)
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(breaches.is_empty(), "{name}: {breaches:#?}");
}

/// What niggle prints, as JSON.
fn printed(arguments: &[&str]) -> Value {
    let (code, text, said) = niggle(arguments);
    assert!(matches!(code, Some(0 | 5)), "{arguments:?}: {said}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

#[test]
fn the_committed_schemas_are_current() {
    let mut names = Vec::new();
    for schema in SCHEMAS {
        let file = format!("reports/schemas/{}.json", schema.name);
        let committed = fs::read_to_string(root().join(&file)).unwrap_or_default();
        let made = niggle(&["schema", schema.name]);
        assert_eq!(made, (Some(0), schema.text(), String::new()));
        assert!(
            committed == schema.text(),
            "{file}: `niggle schema {} > {file}` makes it anew. A change that is no addition raises the version.",
            schema.name
        );
        names.push(format!("{}.json", schema.name));
    }
    let entries = fs::read_dir(root().join("reports/schemas")).unwrap();
    let mut there: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    there.sort();
    names.sort();
    assert_eq!(there, names);
    let (code, text, _) = niggle(&["schema"]);
    let all = SCHEMAS.len() + STACKED.len();
    assert_eq!((code, text.lines().count()), (Some(0), all));
    let (code, _, said) = niggle(&["schema", "findigns"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains(
            "there are findings, cohort, diff, next, inspect, pain-check, rules, config."
        ),
        "{said}"
    );
}

/// `findings` is a document and a table: `--format` asks for the table.
#[test]
fn the_columns_of_a_table_are_printed_in_three_forms() {
    let (code, ddl, _) = niggle(&["schema", "findings", "--format", "ddl"]);
    assert_eq!(code, Some(0));
    assert!(
        ddl.starts_with("`athlete` STRING, `day` BIGINT, `in_follow_up` BOOLEAN, `rule` STRING, "),
        "{ddl}"
    );
    let arrow = printed(&["schema", "runs", "--format", "arrow"]);
    assert_eq!(
        arrow["fields"][1],
        json!({"name": "day", "type": "int64", "nullable": true})
    );
    let columns = printed(&["schema", "weeks"]);
    assert_eq!(columns, printed(&["schema", "weeks", "--format", "json"]));
    assert_eq!(columns[0]["name"], "athlete");
    let (code, _, said) = niggle(&["schema", "cohort", "--format", "ddl"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("there is no table \"cohort\"; there are runs, days, "),
        "{said}"
    );
}

#[test]
fn each_is_a_schema_of_the_draft_with_a_stable_id() {
    for published in SCHEMAS {
        let schema = schema(published.name);
        assert!(
            jsonschema::draft202012::meta::is_valid(&schema),
            "{}",
            published.name
        );
        let id = format!("urn:niggle:schema:{}:{}", published.name, published.version);
        assert_eq!(schema["$id"], json!(id));
        assert_eq!(
            schema["$schema"],
            json!("https://json-schema.org/draft/2020-12/schema")
        );
        assert!(
            schema["description"]
                .as_str()
                .unwrap()
                .contains("schema_version")
        );
        assert!(!schema.to_string().contains("additionalProperties\":false"));
    }
}

#[test]
fn findings_of_the_sample_and_of_hostile_files_keep_theirs() {
    let sample = fs::read_to_string(root().join("reports/sample/findings.json")).unwrap();
    assert_keeps("findings", &serde_json::from_str(&sample).unwrap());
    let hostile = printed(&["report", &path("tests/hostile"), "-q", "--format", "json"]);
    assert!(hostile["problems"].as_array().unwrap().len() > 50);
    assert_keeps("findings", &hostile);
}

#[test]
fn files_looked_at_keep_theirs() {
    for (input, options) in [
        ("sample_data", vec!["--titles"]),
        ("tests/hostile", vec![]),
        ("tests/cases", vec![]),
    ] {
        let path = path(input);
        let seen = printed(&[&["inspect", &path, "--json"], options.as_slice()].concat());
        assert!(!seen.as_array().unwrap().is_empty(), "{input}");
        assert_keeps("inspect", &seen);
    }
}

#[test]
fn pain_logs_that_were_checked_keep_theirs() {
    let validator = validator("pain-check");
    let mut checked = 0;
    let mut open = ["tests/cases/pain-logs", "tests/hostile/csv"]
        .map(|folder| root().join(folder))
        .to_vec();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let log = source::one(&path).and_then(|found| logbook::one(&found, &Options::default()));
        if let Ok(log) = log {
            let document = serde_json::from_str(&pain::check_json(&log, &[])).unwrap();
            let breaches: Vec<_> = validator
                .iter_errors(&document)
                .map(|error| error.to_string())
                .collect();
            assert!(breaches.is_empty(), "{}: {breaches:#?}", path.display());
            checked += 1;
        }
    }
    assert!(checked > 10, "{checked} logs were checked");
    let sample = printed(&["pain", "check", &path("sample_data/pain_log.csv"), "--json"]);
    assert!(
        !sample["now"].as_array().unwrap().is_empty(),
        "something is said of it"
    );
    assert_keeps("pain-check", &sample);
}

#[test]
fn rules_keep_theirs() {
    assert_keeps("rules", &printed(&["rules", "--json"]));
    for rule in RULES.iter().step_by(9) {
        assert_keeps("rules", &printed(&["rules", rule.id, "--json"]));
    }
}

/// Of the sample as it was a month before, and as it is.
#[test]
fn comparisons_keep_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let (sample, data) = (path("reports/sample"), path("sample_data"));
    let before = folder.path().join("before.json");
    let (code, text, said) = niggle(&[
        "report",
        &data,
        "-q",
        "--format=json",
        "--as-of=2025-09-10",
        "--limit=single-run-spike.small-jump-percent=15",
    ]);
    assert_eq!(code, Some(0), "{said}");
    fs::write(&before, text).unwrap();
    let before = before.to_string_lossy();
    let changed = printed(&["diff", &before, &sample, "--json"]);
    for list in ["/findings/new", "/findings/gone", "/why"] {
        let list = changed.pointer(list).and_then(Value::as_array);
        assert!(list.is_some_and(|list| !list.is_empty()), "{changed}");
    }
    assert_keeps("diff", &changed);
    assert_keeps("diff", &printed(&["diff", &sample, &before, "--json"]));
    assert_keeps("diff", &printed(&["diff", &sample, &sample, "--json"]));
}

#[test]
fn planned_runs_keep_theirs() {
    let data = path("sample_data");
    let cold = ["next", &data, "-q", "--json"];
    for (options, is_held) in [
        (
            &["--as-of=2025-09-10", "--distance=18", "--climb=400"][..],
            false,
        ),
        (&["--as-of=2025-09-10"], false),
        (&["--distance=5"], true),
    ] {
        let next = printed(&[&cold[..], options].concat());
        assert_eq!(next["facts"].is_null(), is_held, "{options:?}");
        assert_keeps("next", &next);
    }
}

#[test]
fn settings_keep_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("niggle.toml");
    let options = "inputs = [\"a\", \"b\"]\nunits = \"mi\"\nheart-rate-rest = 50\nquiet = true\n";
    fs::write(&file, options).unwrap();
    let file = file.to_string_lossy();
    let shown = printed(&["config", "show", "--json", "--config", &file, "--notes"]);
    let of = |key: &str| {
        let all = shown["settings"].as_array().unwrap().iter();
        let found: Vec<&Value> = all.filter(|one| one["key"] == key).collect();
        found
    };
    assert_eq!(of("inputs").len(), 2);
    assert_eq!(
        (&of("quiet")[0]["value"], &of("quiet")[0]["origin"]),
        (&json!(true), &json!("file"))
    );
    assert_eq!(
        (&of("notes")[0]["value"], &of("notes")[0]["origin"]),
        (&json!(true), &json!("flag"))
    );
    assert_eq!(
        (&of("open")[0]["value"], &of("open")[0]["origin"]),
        (&json!(false), &json!("default"))
    );
    assert_keeps("config", &shown);
    assert_keeps(
        "config",
        &printed(&["config", "show", "--json", "--no-config"]),
    );
}

/// A schema that takes everything would hold nobody to anything.
#[test]
fn what_is_no_such_document_is_refused() {
    let text = fs::read_to_string(root().join("reports/sample/findings.json")).unwrap();
    let sample: Value = serde_json::from_str(&text).unwrap();
    let findings = validator("findings");
    assert!(findings.is_valid(&sample));
    for (pointer, wrong) in [
        ("/findings/0/severity", json!("apocalypse")),
        ("/findings/0/side", json!("upper")),
        ("/as_of", json!("yesterday")),
        ("/runs", json!(-1)),
        ("/runs", json!("many")),
        ("/associations/0/q", json!(1.5)),
        ("/findings/0", json!({})),
        ("/backtest", json!(null)),
    ] {
        let mut document = sample.clone();
        *document.pointer_mut(pointer).unwrap() = wrong.clone();
        assert!(!findings.is_valid(&document), "{pointer}: {wrong}");
    }
    let mut later = sample;
    later["new_key"] = json!([1]);
    later["findings"][0]["rule"] = json!("a-later-rule");
    assert!(
        findings.is_valid(&later),
        "what a later niggle adds is passed over"
    );
    for name in ["diff", "next", "config"] {
        let nearly = json!({"schema_version": "1", "settings": [], "findings": {}, "plan": {}});
        assert!(!validator(name).is_valid(&nearly), "{name}");
    }
    assert!(!validator("rules").is_valid(&json!([{"id": 1}])));
    assert!(!validator("inspect").is_valid(&json!({})));
}

/// `--format json`: the text of the file and nothing else, and no folder unless one is named.
#[test]
fn findings_on_standard_output_are_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let data = path("sample_data");
    let run = |arguments: &[&str]| {
        let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_niggle"))
            .current_dir(folder.path())
            .args(["report", &data, "--format", "json"])
            .args(arguments)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let sample = fs::read_to_string(root().join("reports/sample/findings.json")).unwrap();
    let (code, text, said) = run(&[]);
    assert_eq!((code, text == sample), (Some(0), true));
    assert!(
        said.contains("reading"),
        "progress is told where it is in nobody's way: {said}"
    );
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "no folder was written"
    );
    let quiet = run(&["-q", "--out", "report"]);
    assert_eq!(quiet, (Some(0), sample.clone(), String::new()));
    let written = fs::read_to_string(folder.path().join("report/findings.json")).unwrap();
    assert_eq!(written, sample);
    for pages in ["--open", "--with-names", "--for=clinician"] {
        let (code, text, said) = run(&[pages]);
        assert_eq!((code, text.as_str()), (Some(2), ""));
        assert!(said.contains("Name a folder with --out"), "{said}");
    }
}
