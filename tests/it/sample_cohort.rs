//! The invented study: made anew to the same bytes, its report is the committed one, and what was planted is found.

use crate::cohort::files_in;
use assert_cmd::Command;
use std::{fs, path::Path};

const AGAIN: &str = "`cargo run --example make_sample_cohort`, then `niggle cohort sample_cohort --pain sample_cohort/pain.csv --id athlete \
     --daily sample_cohort/daily.csv --registered sample_cohort/plan.toml --out reports/sample_cohort` make it anew";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The study with its tables, as options of a command.
pub fn study(command: &mut Command) -> &mut Command {
    command.current_dir(root()).args([
        "sample_cohort",
        "--pain",
        "sample_cohort/pain.csv",
        "--id",
        "athlete",
        "--daily",
        "sample_cohort/daily.csv",
    ])
}

fn options(command: &mut Command) -> &mut Command {
    study(command).args(["--registered", "sample_cohort/plan.toml"])
}

#[test]
fn its_report_is_the_committed_one_in_one_process_and_in_shards() {
    let work = tempfile::tempdir().unwrap();
    let at = |name: &str| work.path().join(name);
    let niggle = || Command::new(env!("CARGO_BIN_EXE_niggle"));
    options(niggle().arg("cohort"))
        .arg("--out")
        .arg(at("alone"))
        .arg("--quiet")
        .assert()
        .success();
    let committed = files_in(&root().join("reports/sample_cohort"));
    let made = files_in(&at("alone"));
    assert_eq!(
        made.keys().collect::<Vec<_>>(),
        committed.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &committed {
        assert!(made[name] == *bytes, "{name} differs; {AGAIN}");
    }
    options(niggle().arg("plan"))
        .args(["--shards", "4", "--out"])
        .arg(at("plan.json"))
        .assert()
        .success();
    for shard in ["3", "1", "0", "2"] {
        let mut worker = niggle();
        worker
            .current_dir(root())
            .arg("shard")
            .arg("--plan")
            .arg(at("plan.json"));
        worker
            .args(["--root", "sample_cohort", "--shard", shard, "--out"])
            .arg(at("shards"))
            .assert()
            .success();
    }
    niggle()
        .arg("cohort")
        .arg("--from-shards")
        .arg(at("shards"))
        .arg("--out")
        .arg(at("together"))
        .arg("--quiet")
        .assert()
        .success();
    assert!(files_in(&at("together")) == committed);
}

#[test]
fn what_was_planted_is_found() {
    let text = fs::read_to_string(root().join("reports/sample_cohort/cohort.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    // Ten in the list; one gave no consent and one has no log.
    let left_out: Vec<&str> = json["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["runner"].as_str().unwrap())
        .collect();
    assert_eq!(left_out, ["R09", "R10"]);
    assert_eq!(json["study"]["watched"]["runners"], 8);
    // A point for every eight kilometres of the day before.
    let yesterday = &json["pairs"][0];
    assert_eq!(
        (&yesterday["pain"], &yesterday["exposure"]),
        (&"any_place".into(), &"distance_m_1".into())
    );
    assert!(
        yesterday["slope_per_m"].as_f64().unwrap() > 0.0 && yesterday["flagged"] == true,
        "{yesterday}"
    );
    let lost = json["study"]["incidence"].as_array().unwrap();
    let lost = lost
        .iter()
        .find(|one| one["definition"] == "time_loss")
        .unwrap();
    assert!(lost["all"]["events"].as_u64().unwrap() >= 1, "{lost}");
}

#[test]
fn the_top_of_the_page_leads_to_every_section() {
    let page = fs::read_to_string(root().join("reports/sample_cohort/cohort.html")).unwrap();
    let (_, rest) = page.split_once("<nav").unwrap();
    let (top, sections) = rest.split_once("</nav>").unwrap();
    let ids = sections.split("<section class=\"block\" id=\"").skip(1);
    let ids: Vec<&str> = ids.map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(ids.len() >= 12, "{ids:?}");
    for id in ids {
        assert!(top.contains(&format!("href=\"#{id}\"")), "{id}: {top}");
    }
}
