//! Each hostile file beside good ones: nothing crashes, every input is accounted for, and the good runs are as without it.

use niggle::{
    config::Judging,
    ingest::{self, Ingested, Silent},
    merge::{self, Merged},
    model::Run,
    pain::PainLog,
    pipeline, source,
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// Good recordings of the sample; none of the hostile files holds the same run.
const GOOD: [&str; 6] = [
    "sample_data/DI_CONNECT/DI-Connect-Uploaded-Files/sample_1000001.fit",
    "sample_data/DI_CONNECT/DI-Connect-Uploaded-Files/sample_1000002.fit",
    "sample_data/DI_CONNECT/DI-Connect-Uploaded-Files/sample_1000003.fit",
    "sample_data/other/2025-01-18_easy.gpx",
    "sample_data/other/2025-02-15_easy.tcx",
    "sample_data/other/2025-01-25_easy.gpx.gz",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn ingested(inputs: &[PathBuf]) -> Ingested {
    let found = source::discover(inputs, &[]).unwrap();
    ingest::read_all(&found, &ingest::Options::default(), &Silent).unwrap()
}

fn good() -> Vec<PathBuf> {
    GOOD.iter().map(|file| root().join(file)).collect()
}

/// Every hostile recording or archive; the pain logs among them have their own test.
fn hostile() -> Vec<PathBuf> {
    let manifest = std::fs::read_to_string(root().join("tests/hostile/MANIFEST.tsv")).unwrap();
    let names = manifest.lines().skip(1).filter_map(|line| line.split('\t').next());
    let files = names.filter(|name| !name.starts_with("csv/")).map(|name| root().join("tests/hostile").join(name));
    files.collect::<BTreeSet<_>>().into_iter().collect()
}

fn runs_of(runs: &[Run], paths: &[PathBuf]) -> Vec<Run> {
    let names: Vec<String> = paths.iter().map(|path| file_name(path)).collect();
    runs.iter().filter(|run| names.contains(&run.source)).cloned().collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn one_bad_file_harms_no_other() {
    let alone = merge::one_activity_once(ingested(&good()), None).runs;
    assert_eq!(alone.len(), GOOD.len());
    let files = hostile();
    assert!(files.len() > 150, "{} hostile files", files.len());
    for file in &files {
        let both: Vec<PathBuf> = good().into_iter().chain([file.clone()]).collect();
        let Merged { runs, files: outcomes, .. } = merge::one_activity_once(ingested(&both), None);
        assert_eq!(runs_of(&runs, &good()), alone, "{}", file.display());
        // A file is one input; an archive is as many as it holds, and one of its own if something is wrong with it.
        let (name, inside) = (file_name(file), format!("{}/", file_name(file)));
        let of_file: Vec<_> = outcomes.iter().filter(|o| o.name == name || o.name.starts_with(&inside)).collect();
        assert!(!of_file.is_empty(), "{name}: no word about it");
        let explained = of_file.iter().all(|outcome| !outcome.problems.is_empty() || outcome.used);
        assert!(explained, "{name}: neither used nor explained");
    }
}

#[test]
fn every_input_is_counted_once() {
    let folder = root().join("tests/hostile");
    let inputs: Vec<PathBuf> =
        ["fit", "gpx", "tcx", "gz", "zip", "repro"].iter().map(|part| folder.join(part)).collect();
    let found = source::discover(&inputs, &[]).unwrap();
    let ingested = ingested(&inputs);
    // Archives stand for what is in them, so there are more inputs than files.
    let (files, outcomes) = (found.sources.len(), ingested.files.len());
    assert!(outcomes > files, "{outcomes} inputs in {files} files");
    let (analysis, _) = pipeline::analyze(ingested, PainLog::default(), &Judging::default()).unwrap();
    let tally = analysis.tally;
    assert_eq!(tally.used + tally.used_with_flags + tally.skipped + tally.failed, outcomes);
    for problem in &analysis.problems {
        assert!(
            !problem.place.is_empty() && !problem.detail.is_empty() && !problem.consequence.is_empty(),
            "{problem:?}"
        );
        assert!(problem.detail.len() < 2000, "{}: a problem is a line, not a page", problem.place);
    }
    for run in &analysis.history.runs {
        let finite =
            [run.distance_m, run.timer_s, run.moving_s, run.ascent_m, run.cadence_spm, run.heart_rate_mean_bpm];
        assert!(finite.iter().flatten().all(|value| value.is_finite() && *value >= 0.0), "{}", run.source);
        assert!((2000..2100).contains(&chrono::Datelike::year(&run.local_date())), "{}", run.source);
    }
}
