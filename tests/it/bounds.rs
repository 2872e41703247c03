//! No column of runs.csv holds a value that no runner can reach: over every recording of the repository, and over the corpus and the
//! handed cases where they are at hand. Each recording by itself, and what is left when copies are merged and the account's
//! corrections have come.

use crate::common::corpus;
use chrono::DateTime;
use niggle::{
    clean,
    config::Config,
    decode,
    error::Error,
    ingest::{self, Silent},
    model::{Activity, Run},
    pipeline,
    report::Form,
    source,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

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

/// Below this slowest pace and above this fastest one nobody runs, s/km.
const PACES_S_PER_KM: std::ops::RangeInclusive<f64> = 147.0..=22_300.0;
/// A watch may wait so long to be told to save, s; and a lap may be longer.
const WAITS_S: f64 = 600.0;

/// A row of runs.csv, by column; blank cells are left out.
type Row = BTreeMap<String, String>;

/// The rows of runs.csv of a whole report, or none where the folder holds no run.
fn reported(input: &Path) -> Vec<Row> {
    let output = tempfile::tempdir().expect("a folder");
    let config = Config {
        inputs: vec![input.to_path_buf()],
        output: output.path().to_path_buf(),
        ..Config::default()
    };
    match pipeline::tables(&config, Form::Csv, &Silent) {
        Ok(_) => rows(&output.path().join("runs.csv")),
        Err(Error::NoActivity { .. }) => Vec::new(),
        Err(error) => panic!("{}: {error}", input.display()),
    }
}

fn rows(table: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(table).expect("a table");
    let names = reader.headers().expect("a header").clone();
    let row = |record: csv::StringRecord| {
        let cells = names.iter().zip(record.iter());
        let known = cells.filter(|(_, cell)| !cell.is_empty());
        known
            .map(|(name, cell)| (name.into(), cell.into()))
            .collect()
    };
    let records = reader.records();
    records.map(|record| row(record.expect("a row"))).collect()
}

fn number(row: &Row, column: &str) -> Option<f64> {
    let cell = row.get(column)?;
    Some(cell.parse().unwrap_or_else(|_| panic!("{column}: {cell}")))
}

/// The numbers that have bounds of their own, whatever else a row holds.
const RANGES: [(&str, std::ops::RangeInclusive<f64>); 13] = [
    ("distance_m", 0.0..=400_000.0),
    ("timer_s", 0.0..=864_000.0),
    ("elapsed_s", 0.0..=864_000.0),
    ("moving_s", 0.0..=864_000.0),
    ("longest_stop_s", 0.0..=864_000.0),
    ("cadence_spm", 120.0..=240.0),
    ("cadence_flat_spm", 120.0..=240.0),
    ("speed_flat_m_s", 2.0..=7.5),
    ("heart_rate_mean_bpm", 25.0..=250.0),
    ("heart_rate_max_bpm", 25.0..=250.0),
    ("heart_rate_share", 0.0..=1.0),
    ("ascent_m", 0.0..=20_000.0),
    ("descent_m", 0.0..=20_000.0),
];

/// Columns of which the second holds no more than the first and a second.
const NESTED: [(&str, &str); 5] = [
    ("elapsed_s", "timer_s"),
    ("timer_s", "moving_s"),
    ("elapsed_s", "longest_stop_s"),
    ("timer_s", "hard_s"),
    ("timer_s", "flat_s"),
];

/// What is wrong with a row of the table.
fn wrong(row: &Row) -> Vec<String> {
    let off = RANGES.iter().filter_map(|(column, range)| {
        let value = number(row, column)?;
        (!range.contains(&value)).then(|| format!("{column} of {value}"))
    });
    let longer = NESTED.iter().filter_map(|(outer, inner)| {
        let (most, value) = number(row, outer).zip(number(row, inner))?;
        (value > most + 1.0).then(|| format!("{inner} of {value}, {outer} of {most}"))
    });
    let steep = number(row, "ascent_m").zip(number(row, "distance_m"));
    let steep = steep.filter(|(up_m, metres)| *metres > 1000.0 && *up_m > 0.5 * metres);
    let steep = steep.map(|(up_m, metres)| format!("{up_m} m up over {metres} m"));
    let fast = number(row, "pace_s_per_km").filter(|pace| {
        let is_long = number(row, "distance_m").is_some_and(|metres| metres > 400.0);
        is_long && !PACES_S_PER_KM.contains(pace)
    });
    let fast = fast.map(|pace| format!("{pace} s/km"));
    off.chain(longer).chain(steep).chain(fast).collect()
}

/// Elapsed time, held to what the records of its own file span, as the file stands there.
/// None where there are no such records.
fn beyond_its_records(row: &Row, root: &Path) -> Option<Option<String>> {
    let elapsed_s = number(row, "elapsed_s")?;
    let path = root.join(&row["source"]);
    let bytes = fs::read(&path).ok()?;
    let start = DateTime::parse_from_rfc3339(&row["start_utc"]).expect("a moment");
    let recordings = decode::decode(&bytes).activities;
    let recording = recordings.into_iter().find(|recording| {
        let first = recording
            .start_unix_s
            .or(recording.samples.time_s.first().copied());
        first.is_some_and(|first| (first - start.timestamp() as f64).abs() < 2.0)
    })?;
    let most_s = longest_s(recording)?;
    let is_beyond = elapsed_s > most_s + 1.0;
    Some(is_beyond.then(|| format!("elapsed_s of {elapsed_s}, records of {most_s} s")))
}

/// The longest that a recording can have taken: from its first to its last record and a lap (or ten minutes) more, or until the file
/// says that it was written. None where it says so itself that the records are not all of it: they end before the distance does.
fn longest_s(recording: Activity) -> Option<f64> {
    let written_s = recording.end_unix_s.zip(recording.start_unix_s);
    let written_s = written_s.map_or(0.0, |(end, start)| end - start);
    let laps = recording.laps.iter();
    let lap_s = laps
        .filter_map(|lap| lap.elapsed_s.or(lap.timer_s))
        .fold(WAITS_S, f64::max);
    let told_m = recording.totals.distance_m;
    let samples = clean::clean(recording).0.activity.samples;
    let span_s = samples.time_s.last()? - samples.time_s.first()?;
    let known_m = samples
        .distance_m
        .iter()
        .rev()
        .find(|metres| !metres.is_nan());
    let is_cut = told_m
        .zip(known_m)
        .is_some_and(|(told, known)| *known < 0.95 * told);
    (!is_cut).then(|| written_s.max(span_s + lap_s.min(span_s.max(WAITS_S))))
}

/// How many rows were looked at, and how many of them beside the records of their file.
#[derive(Debug, Default)]
struct Looked {
    rows: usize,
    beside_records: usize,
}

/// Asserts that the report on a folder holds nothing out of bounds.
fn check_report(input: &Path) -> Looked {
    // A source is relative to the folder's own parent: it begins with the folder's name.
    let root = input.parent().expect("a folder in another");
    let rows = reported(input);
    let spans: Vec<_> = rows
        .iter()
        .map(|row| beyond_its_records(row, root))
        .collect();
    let off = rows.iter().zip(&spans).flat_map(|(row, span)| {
        let said = wrong(row).into_iter().chain(span.clone().flatten());
        said.map(|what| format!("{}: {what}", row["source"]))
    });
    let off: Vec<String> = off.collect();
    assert!(
        off.is_empty(),
        "{} of {} runs:\n{}",
        off.len(),
        rows.len(),
        off.join("\n")
    );
    Looked {
        rows: rows.len(),
        beside_records: spans.iter().flatten().count(),
    }
}

/// The folders in a folder, by name.
fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten();
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

#[test]
fn of_a_whole_report() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let sample = check_report(&root.join("sample_data"));
    assert!(sample.rows > 50 && sample.beside_records > 40, "{sample:?}");
    let hostile = check_report(&root.join("tests/hostile"));
    assert!(
        hostile.rows > 5 && hostile.beside_records > 5,
        "{hostile:?}"
    );
}

#[test]
fn of_whole_reports_on_the_histories_and_the_cases() {
    let Some(corpus) = corpus("bounds") else {
        return;
    };
    let cases = corpus.with_file_name("cases");
    let of_cases = ["recordings", "exports"].map(|name| folders(&cases.join(name)));
    let mut inputs = folders(&corpus);
    inputs.extend(of_cases.into_iter().flatten());
    let looked = inputs.iter().map(|input| check_report(input));
    let looked = looked.fold(Looked::default(), |sum, looked| Looked {
        rows: sum.rows + looked.rows,
        beside_records: sum.beside_records + looked.beside_records,
    });
    assert!(
        looked.rows > 500 && looked.beside_records > 500,
        "{looked:?}"
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
