//! Each hostile file beside good ones: nothing crashes, every input is accounted for, and the good runs are as without it.

use niggle::{
    config::Judging,
    ingest::{self, Ingested, Silent},
    merge::{self, Merged},
    model::Run,
    pain::PainLog,
    pipeline,
    problem::Code,
    source,
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
    let names = manifest
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').next());
    let files = names
        .filter(|name| !name.starts_with("csv/"))
        .map(|name| root().join("tests/hostile").join(name));
    files.collect::<BTreeSet<_>>().into_iter().collect()
}

fn runs_of(runs: &[Run], paths: &[PathBuf]) -> Vec<Run> {
    let names: Vec<String> = paths.iter().map(|path| file_name(path)).collect();
    runs.iter()
        .filter(|run| names.contains(&run.source))
        .cloned()
        .collect()
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
        let Merged {
            runs,
            files: outcomes,
            ..
        } = merge::one_activity_once(ingested(&both), None);
        assert_eq!(runs_of(&runs, &good()), alone, "{}", file.display());
        // A file is one input; an archive is as many as it holds, and one of its own if something is wrong with it.
        let (name, inside) = (file_name(file), format!("{}/", file_name(file)));
        let of_file: Vec<_> = outcomes
            .iter()
            .filter(|o| o.name == name || o.name.starts_with(&inside))
            .collect();
        assert!(!of_file.is_empty(), "{name}: no word about it");
        let explained = of_file
            .iter()
            .all(|outcome| !outcome.problems.is_empty() || outcome.used);
        assert!(explained, "{name}: neither used nor explained");
    }
}

#[test]
fn every_input_is_counted_once() {
    let folder = root().join("tests/hostile");
    let inputs: Vec<PathBuf> = ["fit", "gpx", "tcx", "gz", "zip", "repro"]
        .iter()
        .map(|part| folder.join(part))
        .collect();
    let found = source::discover(&inputs, &[]).unwrap();
    let ingested = ingested(&inputs);
    // Archives stand for what is in them, so there are more inputs than files.
    let (files, outcomes) = (found.sources.len(), ingested.files.len());
    assert!(outcomes > files, "{outcomes} inputs in {files} files");
    let (analysis, _) =
        pipeline::analyze(ingested, PainLog::default(), &Judging::default()).unwrap();
    let tally = analysis.tally;
    assert_eq!(
        tally.used + tally.used_with_flags + tally.skipped + tally.failed,
        outcomes
    );
    for problem in &analysis.problems {
        assert!(
            !problem.place.is_empty()
                && !problem.detail.is_empty()
                && !problem.consequence.is_empty(),
            "{problem:?}"
        );
        assert!(
            problem.detail.len() < 2000,
            "{}: a problem is a line, not a page",
            problem.place
        );
    }
    for run in &analysis.history.runs {
        let finite = [
            run.distance_m,
            run.timer_s,
            run.moving_s,
            run.ascent_m,
            run.cadence_spm,
            run.heart_rate_mean_bpm,
        ];
        assert!(
            finite
                .iter()
                .flatten()
                .all(|value| value.is_finite() && *value >= 0.0),
            "{}",
            run.source
        );
        assert!(
            (2000..2100).contains(&chrono::Datelike::year(&run.local_date())),
            "{}",
            run.source
        );
    }
}

/// What must be said of the inputs that are known to break others: file, whether it is used, the problem by name.
const NAMED: &[(&str, bool, Code)] = &[
    ("fit/23_ts_zero.fit", false, Code::ClockWrong),
    ("fit/24_ts_ffffffff.fit", false, Code::NoTime),
    ("fit/26_ts_future.fit", false, Code::ClockWrong),
    ("fit/30_latlon_out_of_range.fit", true, Code::BadPosition),
    ("fit/31_null_island.fit", true, Code::BadPosition),
    // Not used, because it names no sport and what it moved in 25 h is no running; the gap is told all the same.
    ("fit/57_ultra_gap.fit", false, Code::LongGap),
    ("gpx/04_deep_100k.gpx", false, Code::XmlTooDeep),
    ("gpx/05_deep_unclosed.gpx", false, Code::XmlTooDeep),
    ("gpx/16_nan_coord.gpx", true, Code::BadPosition),
    ("gpx/17_inf_ele.gpx", true, Code::BadValue),
    ("gpx/25_year_0001.gpx", false, Code::ClockWrong),
    ("tcx/10_deep.tcx", false, Code::XmlTooDeep),
    ("gz/10_deep_200k.gpx.gz", false, Code::XmlTooDeep),
];

#[test]
fn what_breaks_others_is_named() {
    for (file, used, code) in NAMED {
        check_named(&root().join("tests/hostile").join(file), *used, *code);
    }
}

fn check_named(path: &Path, used: bool, code: Code) {
    let Merged {
        runs,
        files: outcomes,
        ..
    } = merge::one_activity_once(ingested(&[path.to_path_buf()]), None);
    let codes: Vec<Code> = outcomes
        .iter()
        .flat_map(|file| &file.problems)
        .map(|problem| problem.code)
        .collect();
    assert!(codes.contains(&code), "{}: {codes:?}", path.display());
    assert_eq!(!runs.is_empty(), used, "{}: {codes:?}", path.display());
}

/// A clock that was never set, and one that runs in the year 7605.
#[test]
fn years_that_cannot_be_are_named() {
    let good = std::fs::read_to_string(root().join("tests/hostile/gpx/00_good.gpx")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for year in ["1989", "1999", "2100", "7605"] {
        let path = folder.path().join(format!("{year}.gpx"));
        std::fs::write(&path, good.replace("<time>2024", &format!("<time>{year}"))).unwrap();
        check_named(&path, false, Code::ClockWrong);
    }
}

/// A point every 30 s for 26 hours at 2.5 m/s: long, but nothing is wrong with it and nothing may be cut from it.
#[test]
fn a_run_of_more_than_a_day_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ultra.gpx");
    std::fs::write(&path, ultra(26 * 120)).unwrap();
    let runs = merge::one_activity_once(ingested(&[path]), None).runs;
    assert_eq!(runs.len(), 1);
    assert_eq!(runs[0].elapsed_s, Some(26.0 * 3600.0));
    // 26 h at 2.5 m/s are 234 km.
    let distance_m = runs[0].distance_m.unwrap();
    assert!((distance_m - 234_000.0).abs() < 234.0, "{distance_m} m");
}

/// Along the equator: 75 m in 30 s are 75 / 111,195.08 degrees.
fn ultra(steps: i64) -> String {
    let start = chrono::DateTime::from_timestamp(1_718_000_000, 0).unwrap();
    let mut text =
        String::from("<gpx version=\"1.1\" creator=\"test\"><trk><type>running</type><trkseg>");
    for step in 0..=steps {
        let time = (start + chrono::TimeDelta::seconds(30 * step)).format("%Y-%m-%dT%H:%M:%SZ");
        let longitude = 10.0 + step as f64 * 75.0 / 111_195.08;
        text += &format!("<trkpt lat=\"0.5\" lon=\"{longitude:.7}\"><time>{time}</time></trkpt>");
    }
    text + "</trkseg></trk></gpx>"
}
