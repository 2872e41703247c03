//! The ready workflow, `examples/ci/niggle.yml`: what it asks for, and its steps run by bash as GitHub runs them, with this niggle.

use crate::common::gpx_run;
use chrono::{Days, NaiveDate};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn workflow() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/ci/niggle.yml");
    fs::read_to_string(path).expect("the workflow")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The name and script of each step with `run: |`.
fn scripts(workflow: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = workflow.lines().collect();
    let mut found = Vec::new();
    let mut name = String::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(named) = line.trim_start().strip_prefix("- name: ") {
            name = named.to_string();
        }
        if line.trim() == "run: |" {
            let inside = lines[at + 1..].iter();
            let inside =
                inside.take_while(|next| next.trim().is_empty() || indent(next) > indent(line));
            let script: String = inside
                .map(|next| format!("{}\n", next.trim_start()))
                .collect();
            found.push((name.clone(), script));
        }
    }
    found
}

fn script(name: &str) -> String {
    let found = scripts(&workflow()).into_iter().find(|(it, _)| it == name);
    found.unwrap_or_else(|| panic!("a step {name}")).1
}

#[test]
fn it_asks_for_little_and_names_versions() {
    let text = workflow();
    let uses: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_once("uses: "))
        .map(|it| it.1)
        .collect();
    assert_eq!(uses.len(), 4);
    for action in uses {
        let (name, version) = action.split_once('@').expect("a version");
        let parts: Vec<&str> = version
            .strip_prefix('v')
            .expect(action)
            .split('.')
            .collect();
        let is_number = |part: &&str| part.parse::<u32>().is_ok();
        assert!(
            name.starts_with("actions/") && parts.len() == 3 && parts.iter().all(is_number),
            "{action} is pinned by its full version"
        );
    }
    assert!(text.contains("permissions:\n  contents: read\n") && !text.contains(": write"));
    assert!(text.contains("if: ${{ github.event.repository.private }}"));
    assert!(text.contains("persist-credentials: false"));
    assert!(text.contains(&format!(
        "NIGGLE_VERSION: \"{}\"",
        env!("CARGO_PKG_VERSION")
    )));
    let scripts = scripts(&text);
    let names: Vec<&str> = scripts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Install niggle",
            "Report on the history",
            "Report on the cohort",
            "Show it beside the run"
        ]
    );
    for (name, script) in &scripts {
        assert!(
            !script.contains("${{"),
            "{name}: what is foreign comes in by variables"
        );
    }
}

/// Runs a step as `shell: bash` does. None, said aloud, where there is no bash.
fn run(step: &str, folder: &Path) -> Option<Output> {
    let niggle = PathBuf::from(env!("CARGO_BIN_EXE_niggle"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let first = niggle.parent().expect("a folder").to_path_buf();
    let path = std::env::join_paths([first].into_iter().chain(std::env::split_paths(&path)));
    let ran = Command::new("bash")
        .args([
            "--noprofile",
            "--norc",
            "-eo",
            "pipefail",
            "-c",
            &script(step),
        ])
        .current_dir(folder)
        .env("PATH", path.expect("a path"))
        .env("FAIL_ON", "see-someone")
        .env("GITHUB_STEP_SUMMARY", folder.join("job_summary"))
        .output();
    if cfg!(windows) || ran.is_err() {
        println!("{step}: skipped, there is no bash");
        return None;
    }
    ran.ok()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Ten runs up to 20 May 2025.
fn write_runs(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let first = NaiveDate::from_ymd_opt(2025, 5, 2).expect("a day");
    for n in 0..10 {
        let day = first.checked_add_days(Days::new(2 * n)).expect("a day");
        fs::write(folder.join(format!("{day}.gpx")), gpx_run(day, 5000.0)).unwrap();
    }
}

const SORE: &str =
    "date,site,pain\n2025-05-18,none,0\n2025-05-19,right shin,8\n2025-05-20,right shin,8\n";
const WELL: &str = "date,site,pain\n2025-05-18,none,0\n2025-05-19,none,0\n2025-05-20,none,0\n";

#[test]
fn the_summary_of_the_sample_fits_a_job() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("reports/sample/summary.md");
    let text = fs::read_to_string(path).unwrap();
    assert!((1_000..20_000).contains(&text.len()), "{}", text.len());
    assert!(!text.contains(".fit") && !text.contains("sample_data"));
}

#[test]
fn a_history_turns_red_and_green_again_once_it_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    write_runs(&at("history"));
    fs::write(at("pain.csv"), SORE).unwrap();
    let step = || run("Report on the history", folder.path());
    let Some(red) = step() else { return };
    let said = text(&red.stderr);
    assert_eq!(code(&red), Some(10), "{said}");
    assert!(said.contains("niggle: --fail-on see-someone: "), "{said}");
    let annotated = text(&red.stdout);
    assert!(
        annotated.contains("\n::error title=") && annotated.contains("Right shin"),
        "{annotated}"
    );
    let _ = run("Report on the cohort", folder.path());
    let shown = run("Show it beside the run", folder.path()).expect("bash");
    assert_eq!(code(&shown), Some(0));
    let summary = fs::read_to_string(at("job_summary")).unwrap();
    assert!(
        summary.starts_with("# Your running and your pain\n"),
        "{summary}"
    );

    fs::copy(at("report/findings.json"), at("baseline.json")).unwrap();
    let green = step().expect("bash");
    assert_eq!(code(&green), Some(0), "{}", text(&green.stderr));
    let said = text(&green.stdout);
    assert!(
        said.contains("Beside baseline.json of 20 May 2025, from \"have it looked at\" on: 0 findings are new or louder."),
        "{said}"
    );

    fs::write(at("history/garbage.fit"), "not a recording").unwrap();
    let lost = step().expect("bash");
    assert_eq!(code(&lost), Some(11), "{}", text(&lost.stderr));
    fs::remove_file(at("history/garbage.fit")).unwrap();
    fs::write(at("history/notes.txt"), "my runs").unwrap();
    assert_eq!(
        code(&step().expect("bash")),
        Some(0),
        "a text is none of its business"
    );
}

#[test]
fn a_cohort_is_looked_at_runner_by_runner() {
    let folder = tempfile::tempdir().unwrap();
    let club = folder.path().join("club");
    for (runner, log) in [("ann", WELL), ("ben", SORE), ("cat", WELL)] {
        write_runs(&club.join(runner));
        fs::write(club.join(runner).join("pain.csv"), log).unwrap();
    }
    let step = || run("Report on the cohort", folder.path());
    let Some(red) = step() else { return };
    assert_eq!(code(&red), Some(10), "{}", text(&red.stderr));
    assert!(folder.path().join("club_report/cohort.md").is_file());
    assert_eq!(text(&red.stdout), "ann\nben\ncat\n");
    fs::create_dir(folder.path().join("baselines")).unwrap();
    let [from, to] = ["club_reports/ben/findings.json", "baselines/ben.json"]
        .map(|name| folder.path().join(name));
    fs::copy(from, to).unwrap();
    let green = step().expect("bash");
    assert_eq!(code(&green), Some(0), "{}", text(&green.stderr));
    let nothing = run("Report on the history", folder.path()).expect("bash");
    assert_eq!(
        (code(&nothing), text(&nothing.stdout).as_str()),
        (Some(0), "There is no folder history.\n")
    );
}
