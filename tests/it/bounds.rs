//! No column of runs.csv holds a value that no runner can reach: over every recording of the repository, and over the corpus and the
//! handed cases where they are at hand.

use crate::common::corpus;
use niggle::{
    ingest::{self, Silent},
    model::Run,
    source,
};
use std::path::{Path, PathBuf};

/// What a value is held to; the text is what is wrong.
type Bound = fn(&Run) -> Option<String>;

const BOUNDS: &[Bound] = &[
    pace,
    speed_on_the_flat,
    cadence,
    timer,
    moving,
    stop,
    days,
    heart_rate,
    climb,
    shares,
];

/// 2:30 min/km over more than 400 m, and no slower than 0.05 m/s.
fn pace(run: &Run) -> Option<String> {
    let (metres, seconds) = run.distance_m.zip(run.timer_s)?;
    let m_s = metres / seconds;
    let fastest = if metres > 400.0 { 1000.0 / 150.0 } else { 12.0 };
    (!(0.05 * 0.9..=fastest * 1.02).contains(&m_s)).then(|| format!("{metres} m in {seconds} s"))
}

fn speed_on_the_flat(run: &Run) -> Option<String> {
    let m_s = run.speed_flat_m_s?;
    (!(2.0..=7.5).contains(&m_s)).then(|| format!("{m_s} m/s on the flat"))
}

fn cadence(run: &Run) -> Option<String> {
    let values = [run.cadence_spm, run.cadence_flat_spm];
    let off = values
        .into_iter()
        .flatten()
        .find(|spm| !(120.0..=240.0).contains(spm));
    off.map(|spm| format!("{spm} steps a minute"))
}

fn timer(run: &Run) -> Option<String> {
    let (timer_s, elapsed_s) = run.timer_s.zip(run.elapsed_s)?;
    (timer_s > elapsed_s + 1.0).then(|| format!("timer {timer_s} s, elapsed {elapsed_s} s"))
}

fn moving(run: &Run) -> Option<String> {
    let (moving_s, timer_s) = run.moving_s.zip(run.timer_s)?;
    (moving_s > timer_s + 1.0).then(|| format!("moving {moving_s} s, timer {timer_s} s"))
}

fn stop(run: &Run) -> Option<String> {
    let (stop_s, elapsed_s) = run.longest_stop_s.zip(run.elapsed_s)?;
    (stop_s > elapsed_s + 1.0).then(|| format!("a stop of {stop_s} s in {elapsed_s} s"))
}

/// Ten days, for stage races.
fn days(run: &Run) -> Option<String> {
    let elapsed_s = run.elapsed_s?;
    (elapsed_s > 10.0 * 86_400.0).then(|| format!("elapsed {elapsed_s} s"))
}

fn heart_rate(run: &Run) -> Option<String> {
    let values = [run.heart_rate_mean_bpm, run.heart_rate_max_bpm];
    let off = values
        .into_iter()
        .flatten()
        .find(|bpm| !(25.0..=250.0).contains(bpm));
    off.map(|bpm| format!("{bpm} beats/min"))
}

/// Half a metre up for each metre on, over at least a kilometre.
fn climb(run: &Run) -> Option<String> {
    let (up_m, metres) = run.ascent_m.zip(run.distance_m)?;
    let is_off = up_m < 0.0 || metres > 1000.0 && up_m > 0.5 * metres;
    is_off.then(|| format!("{up_m} m up over {metres} m"))
}

fn shares(run: &Run) -> Option<String> {
    let share = run.heart_rate_share?;
    (!(0.0..=1.0).contains(&share)).then(|| format!("a share of {share}"))
}

/// Everything out of bounds below a folder, and how many runs there were.
fn out_of_bounds(folder: &Path) -> (usize, Vec<String>) {
    let found = source::discover(&[folder.to_path_buf()], &[]).expect("a folder");
    let read = ingest::read_all(&found, &ingest::Options::default(), &Silent)
        .expect("it is not interrupted");
    let runs: Vec<&Run> = read.rows.iter().filter(|run| run.is_run()).collect();
    let off = runs.iter().flat_map(|run| {
        let said = BOUNDS.iter().filter_map(|bound| bound(run));
        said.map(|what| format!("{}: {what}", run.source))
    });
    (runs.len(), off.collect())
}

fn check(folder: &Path) {
    let (runs, off) = out_of_bounds(folder);
    assert!(runs > 0, "no run in {}", folder.display());
    assert!(
        off.is_empty(),
        "{} of {runs} runs:\n{}",
        off.len(),
        off.join("\n")
    );
}

#[test]
fn of_the_sample_and_of_hostile_files() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    check(&root.join("sample_data"));
    check(&root.join("tests/hostile"));
}

#[test]
fn of_the_corpus_and_of_the_cases() {
    let Some(corpus) = corpus("bounds") else {
        return;
    };
    check(&corpus);
    let cases = corpus.with_file_name("cases");
    for folder in ["recordings", "exports"].map(|name| cases.join(name)) {
        if folder.is_dir() {
            check(&folder);
        }
    }
}
