//! The committed `sample_data/` is what its generator writes, other decoders read it, and the planted events are there.

use chrono::{NaiveDate, TimeDelta};
use fitparser::{FitDataRecord, Value, profile::MesgNum};
use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
    sync::OnceLock,
};

#[allow(dead_code)] // its `main` writes files
#[path = "../../examples/make_sample_data/main.rs"]
mod make_sample_data;

#[test]
fn the_committed_folder_is_what_the_generator_writes() {
    let generated: BTreeMap<String, Vec<u8>> = make_sample_data::generate()
        .expect("generated")
        .into_iter()
        .map(|file| (file.path, file.bytes))
        .collect();
    let committed = committed();
    assert_eq!(
        generated.keys().collect::<Vec<_>>(),
        committed.keys().collect::<Vec<_>>()
    );
    for (path, bytes) in &generated {
        // Compressed bytes may change with the compressor; what is in them may not.
        assert!(
            unzipped(path, bytes) == unzipped(path, &committed[path]),
            "{path} is not current"
        );
    }
}

#[test]
fn the_folder_is_small_and_has_all_its_recordings() {
    let committed = committed();
    let bytes: usize = committed.values().map(Vec::len).sum();
    assert!(bytes <= 6_000_000, "{bytes} bytes");
    let (settings, monitoring) = (uploaded(9001), uploaded(9002));
    let recordings = committed
        .keys()
        .filter(|path| !path.ends_with(".md") && !path.ends_with(".csv"))
        .filter(|path| **path != settings && **path != monitoring)
        .count();
    assert!((140..=160).contains(&recordings), "{recordings} recordings");
}

#[test]
fn another_decoder_finds_totals_that_equal_the_records() {
    let mut refused = Vec::new();
    for (path, bytes) in committed().iter().filter(|(path, _)| path.contains(".fit")) {
        match fitparser::from_bytes(&unzipped(path, bytes)) {
            Ok(messages) => check_totals(path, &messages),
            Err(_) => refused.push(path.clone()),
        }
    }
    assert_eq!(
        refused.len(),
        1,
        "only the cut file is refused: {refused:?}"
    );
}

#[test]
fn the_gpx_crate_reads_the_gpx_files() {
    let mut lengths = BTreeMap::new();
    for (path, bytes) in committed().iter().filter(|(path, _)| path.contains(".gpx")) {
        let gpx = gpx::read(unzipped(path, bytes).as_slice())
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(gpx.tracks[0].type_.as_deref(), Some("running"), "{path}");
        lengths.insert(path.clone(), length_m(&gpx.tracks[0]));
    }
    // The one copy of a FIT file: a Thursday of 8.5 km ± 30 m.
    let copy = lengths["other/2025-09-04_tempo.gpx"];
    assert!((copy - 8500.0).abs() < 50.0, "{copy} m");
    assert!(lengths.len() >= 8, "{lengths:?}");
}

#[test]
fn the_week_of_3_march_is_40_percent_up() {
    let runs = runs();
    let week = |monday: &str| sum(runs, date(monday), 7, |run| run.distance_m);
    let four = ["2025-02-03", "2025-02-10", "2025-02-17", "2025-02-24"].map(week);
    let base = four[3].max(four.iter().sum::<f64>() / 4.0);
    let rise = week("2025-03-03") / base - 1.0;
    assert!((0.38..0.45).contains(&rise), "{rise}");
}

#[test]
fn only_13_april_is_far_longer_than_the_30_days_before() {
    let longest_before = |day: NaiveDate| {
        let recent = runs()
            .iter()
            .filter(|run| (1..=30).contains(&(day - run.date).num_days()));
        recent.map(|run| run.distance_m).fold(0.0, f64::max)
    };
    for run in runs().iter().filter(|run| run.date >= date("2025-02-06")) {
        let beyond = run.distance_m / longest_before(run.date) - 1.0;
        let planted = run.date == date("2025-04-13");
        assert!(
            if planted {
                (0.30..0.40).contains(&beyond)
            } else {
                beyond <= 0.10
            },
            "{}: {beyond}",
            run.date
        );
    }
}

#[test]
fn no_other_full_week_jumps_by_more_than_a_tenth() {
    let runs = runs();
    let week = |number: i64| {
        sum(
            runs,
            date("2025-01-06") + TimeDelta::weeks(number),
            7,
            |run| run.distance_m,
        )
    };
    // Weeks 20 to 25 are the holiday and the four weeks after it, in which the rule has no base.
    for number in (4..40).filter(|number| *number != 8 && !(20..26).contains(number)) {
        let mean = (1..=4).map(|back| week(number - back)).sum::<f64>() / 4.0;
        let jump = week(number) / week(number - 1).max(mean) - 1.0;
        assert!(jump <= 0.10, "week {number}: {jump}");
    }
}

#[test]
fn climbing_and_descending_jump_where_the_story_says() {
    let runs = runs();
    let check = |value: fn(&Run) -> f64, planted: &str| {
        for monday in (4..40).map(|week| date("2025-01-06") + TimeDelta::weeks(week)) {
            let base = (sum(runs, monday - TimeDelta::days(28), 28, value) / 4.0).max(50.0);
            let week = sum(runs, monday, 7, value);
            let (ratio, more_m) = (week / base, week - base);
            let is_wrong = if monday == date(planted) {
                ratio < 2.5 || more_m < 500.0
            } else {
                ratio >= 1.5 && more_m >= 150.0
            };
            assert!(!is_wrong, "{monday}: {week} m, usually {base} m");
        }
    };
    check(|run| run.ascent_m, "2025-04-28");
    check(|run| run.descent_m, "2025-08-04");
}

#[test]
fn steps_slow_for_three_weeks_and_the_speed_does_not() {
    // Easy runs only, so that the speed is the same: mean step rate and speed of each period.
    let easy = |from: &str, days: i64| {
        let in_period = |run: &&Run| (0..days).contains(&(run.date - date(from)).num_days());
        let is_easy = |run: &&Run| run.spm > 0.0 && run.speed_mps < 2.7;
        let chosen: Vec<&Run> = runs().iter().filter(in_period).filter(is_easy).collect();
        let mean = |value: fn(&Run) -> f64| {
            chosen.iter().map(|run| value(run)).sum::<f64>() / chosen.len() as f64
        };
        (mean(|r| r.spm), mean(|r| r.speed_mps))
    };
    let (before, during) = (easy("2025-01-20", 56), easy("2025-03-17", 21));
    let change = during.0 / before.0 - 1.0;
    assert!((-0.06..-0.05).contains(&change), "{change}");
    assert!(
        (during.1 / before.1 - 1.0).abs() < 0.02,
        "{before:?} {during:?}"
    );
}

#[test]
fn eight_weeks_without_a_lighter_one_follow_the_holiday() {
    let runs = runs();
    let between = |from: &str, days: i64| {
        runs.iter()
            .any(|run| (0..days).contains(&(run.date - date(from)).num_days()))
    };
    assert!(!between("2025-05-26", 12) && between("2025-05-25", 1) && between("2025-06-07", 1));
    let weeks: Vec<f64> = (0..8)
        .map(|n| {
            sum(runs, date("2025-06-09") + TimeDelta::weeks(n), 7, |run| {
                run.distance_m
            })
        })
        .collect();
    assert!(weeks.windows(2).all(|pair| pair[1] > pair[0]), "{weeks:?}");
}

#[test]
fn the_pain_log_covers_three_quarters_of_the_days() {
    let rows = pain_rows();
    let scored =
        |row: &&BTreeMap<String, String>| row["pain"].parse().is_ok_and(|pain: f64| pain <= 10.0);
    let mut days: Vec<&str> = rows
        .iter()
        .filter(scored)
        .map(|row| row["date"].as_str())
        .collect();
    days.dedup();
    assert!((210..=224).contains(&days.len()), "{} days", days.len());
    let knee = rows
        .iter()
        .filter(scored)
        .filter(|row| row["site"] == "kneecap")
        .count();
    assert!(knee >= 45, "{knee} kneecap days");
    let unusable = rows.iter().filter(|row| row["pain"] == "11").count();
    let blank = rows.iter().filter(|row| row["pain"].is_empty()).count();
    assert_eq!((unusable, blank), (1, 1));
}

#[test]
fn the_kneecap_hurts_a_little_more_after_descents() {
    let mut pairs = Vec::new();
    for row in pain_rows()
        .iter()
        .filter(|row| row["site"] == "kneecap" || row["site"] == "none")
    {
        let day = date(&row["date"]);
        let descent = sum(runs(), day - TimeDelta::days(3), 3, |run| run.descent_m);
        pairs.extend(
            row["pain"]
                .parse()
                .ok()
                .filter(|pain: &f64| *pain <= 10.0)
                .map(|pain| (descent, pain)),
        );
    }
    let (descent, pain): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let rho = pearson(&mid_ranks(&descent), &mid_ranks(&pain));
    assert!((0.30..0.50).contains(&rho), "{rho} on {} days", pain.len());
}

#[test]
fn the_story_ends_in_a_spot_on_the_shin() {
    let rows = pain_rows();
    let last: NaiveDate = date(&rows[rows.len() - 1]["date"]);
    let flagged = rows.iter().filter(|row| {
        let recent = (last - date(&row["date"])).num_days() < 14;
        recent && row["site"] == "shin" && row["spread"] == "spot" && row["movement"] == "worse"
    });
    assert!(flagged.count() >= 3);
    let nights = rows
        .iter()
        .filter(|row| row["signs"].contains("night_pain"))
        .count();
    assert_eq!(nights, 2);
}

/// One decoded run.
struct Run {
    date: NaiveDate,
    distance_m: f64,
    ascent_m: f64,
    descent_m: f64,
    /// Steps a minute from the session; 0 where it has none.
    spm: f64,
    speed_mps: f64,
}

/// Every run of the folder but the copy, through decoders that are not niggle's; decoded once for all tests.
fn runs() -> &'static [Run] {
    static RUNS: OnceLock<Vec<Run>> = OnceLock::new();
    RUNS.get_or_init(decoded_runs)
}

fn decoded_runs() -> Vec<Run> {
    let mut runs = Vec::new();
    for (path, bytes) in committed() {
        let bytes = unzipped(&path, &bytes);
        if path.contains(".fit") {
            runs.extend(
                fitparser::from_bytes(&bytes)
                    .ok()
                    .and_then(|messages| fit_run(&messages)),
            );
        } else if path.contains("other/") && !path.contains("2025-09-04") {
            runs.push(phone_run(&path, &bytes));
        }
    }
    // The cut file: 8 km on 20 May, of which fitparser gives nothing back.
    runs.push(Run {
        date: date("2025-05-20"),
        distance_m: 8000.0,
        ..phone_run_of_nothing()
    });
    runs
}

fn fit_run(messages: &[FitDataRecord]) -> Option<Run> {
    let session = messages.iter().find(|m| m.kind() == MesgNum::Session)?;
    let activity = messages.iter().find(|m| m.kind() == MesgNum::Activity)?;
    if text(session, "sport") != "running" {
        return None;
    }
    let offset_s = number(activity, "local_timestamp") - number(activity, "timestamp");
    let local =
        chrono::DateTime::from_timestamp((number(session, "start_time") + offset_s) as i64, 0)?;
    let cadence = optional(session, "avg_running_cadence").map_or(0.0, |whole| {
        whole + optional(session, "avg_fractional_cadence").unwrap_or(0.0)
    });
    Some(Run {
        date: local.date_naive(),
        distance_m: number(session, "total_distance"),
        ascent_m: optional(session, "total_ascent").unwrap_or(0.0),
        descent_m: optional(session, "total_descent").unwrap_or(0.0),
        spm: 2.0 * cadence,
        speed_mps: number(session, "total_distance") / number(session, "total_timer_time"),
    })
}

/// A GPX or TCX run: its date is in its name, its distance and climb in its points.
fn phone_run(path: &str, bytes: &[u8]) -> Run {
    let date = date(&path["other/".len()..][..10]);
    let (distance_m, altitudes) = if path.contains(".gpx") {
        gpx_run(bytes)
    } else {
        tcx_run(bytes)
    };
    let (ascent_m, descent_m) = climb_m(&altitudes);
    Run {
        date,
        distance_m,
        ascent_m,
        descent_m,
        ..phone_run_of_nothing()
    }
}

fn gpx_run(bytes: &[u8]) -> (f64, Vec<f64>) {
    let gpx = gpx::read(bytes).expect("GPX");
    let points = gpx.tracks[0]
        .segments
        .iter()
        .flat_map(|segment| &segment.points);
    (
        length_m(&gpx.tracks[0]),
        points.filter_map(|point| point.elevation).collect(),
    )
}

fn tcx_run(bytes: &[u8]) -> (f64, Vec<f64>) {
    let text = String::from_utf8_lossy(bytes);
    let numbers = |tag: &str| -> Vec<f64> {
        let after = text
            .split(tag)
            .skip(1)
            .filter_map(|rest| rest.split('<').next());
        after.filter_map(|number| number.parse().ok()).collect()
    };
    // The first distance is the lap's.
    (numbers("<DistanceMeters>")[0], numbers("<AltitudeMeters>"))
}

fn phone_run_of_nothing() -> Run {
    Run {
        date: NaiveDate::MIN,
        distance_m: 0.0,
        ascent_m: 0.0,
        descent_m: 0.0,
        spm: 0.0,
        speed_mps: 0.0,
    }
}

/// Session totals against records and timer events, within 0.5 %; climb against 3 m hysteresis.
fn check_totals(path: &str, messages: &[FitDataRecord]) {
    let records: Vec<&FitDataRecord> = messages
        .iter()
        .filter(|m| m.kind() == MesgNum::Record)
        .collect();
    let Some(session) = messages.iter().find(|m| m.kind() == MesgNum::Session) else {
        return assert!(records.is_empty(), "{path}: records without a session");
    };
    let (Some(first), Some(last)) = (records.first(), records.last()) else {
        return;
    };
    let equal = |what: &str, from_records: f64| {
        let total = number(session, what);
        assert!(
            (total - from_records).abs() <= 0.005 * total,
            "{path} {what}: {total}, records {from_records}"
        );
    };
    equal("total_distance", number(last, "distance"));
    equal(
        "total_elapsed_time",
        number(last, "timestamp") - number(first, "timestamp"),
    );
    equal("total_timer_time", timer_s(messages));
    equal("total_distance", integral_m(&records));
    let altitudes: Vec<f64> = records
        .iter()
        .filter_map(|r| optional(r, "enhanced_altitude"))
        .collect();
    if !altitudes.is_empty() {
        let (gain, loss) = climb_m(&altitudes);
        let near =
            |total: f64, from_records: f64| (total - from_records).abs() <= 4.0 + 0.03 * total;
        assert!(
            near(number(session, "total_ascent"), gain),
            "{path}: ascent {gain}"
        );
        assert!(
            near(number(session, "total_descent"), loss),
            "{path}: descent {loss}"
        );
    }
}

/// Speed times time, over steps that are no pause (the longest step between two samples is below 10 s).
fn integral_m(records: &[&FitDataRecord]) -> f64 {
    let steps = records.windows(2).map(|pair| {
        let seconds = number(pair[1], "timestamp") - number(pair[0], "timestamp");
        let metres = number(pair[1], "distance") - number(pair[0], "distance");
        let speed = number(pair[1], "enhanced_speed");
        if seconds < 10.0 {
            seconds * speed
        } else {
            metres
        }
    });
    steps.sum()
}

/// Time between timer starts and stops.
fn timer_s(messages: &[FitDataRecord]) -> f64 {
    let (mut running_since, mut total) = (None, 0.0);
    for event in messages.iter().filter(|m| m.kind() == MesgNum::Event) {
        let now = number(event, "timestamp");
        match (text(event, "event_type").as_str(), running_since) {
            ("start", None) => running_since = Some(now),
            ("stop_all", Some(since)) => (total, running_since) = (total + now - since, None),
            other => panic!("timer event {other:?}"),
        }
    }
    total
}

/// Gain and loss with 3 m hysteresis, as src/method/formulas.md, Elevation gain, states it.
fn climb_m(altitudes: &[f64]) -> (f64, f64) {
    let (mut low, mut high, mut climbing) = (altitudes[0], altitudes[0], None);
    let (mut gain, mut loss) = (0.0, 0.0);
    for &altitude in altitudes {
        (low, high) = (low.min(altitude), high.max(altitude));
        if climbing != Some(true) && altitude - low >= 3.0 {
            loss += if climbing.is_some() { high - low } else { 0.0 };
            (high, climbing) = (altitude, Some(true));
        } else if climbing != Some(false) && high - altitude >= 3.0 {
            gain += if climbing.is_some() { high - low } else { 0.0 };
            (low, climbing) = (altitude, Some(false));
        }
    }
    match climbing {
        Some(true) => (gain + high - low, loss),
        Some(false) => (gain, loss + high - low),
        None => (gain, loss),
    }
}

/// Great-circle length inside segments (haversine, 6,371,008.8 m).
fn length_m(track: &gpx::Track) -> f64 {
    let step = |pair: &[gpx::Waypoint]| {
        let (a, b) = (pair[0].point(), pair[1].point());
        let (dy, dx) = (
            (b.y() - a.y()).to_radians() / 2.0,
            (b.x() - a.x()).to_radians() / 2.0,
        );
        let h = dy.sin().powi(2)
            + a.y().to_radians().cos() * b.y().to_radians().cos() * dx.sin().powi(2);
        2.0 * 6_371_008.8 * h.sqrt().asin()
    };
    track
        .segments
        .iter()
        .flat_map(|segment| segment.points.windows(2))
        .map(step)
        .sum()
}

fn sum(runs: &[Run], from: NaiveDate, days: i64, value: impl Fn(&Run) -> f64) -> f64 {
    runs.iter()
        .filter(|run| (0..days).contains(&(run.date - from).num_days()))
        .map(value)
        .sum()
}

/// Ranks from 1, equal values sharing their mean.
fn mid_ranks(values: &[f64]) -> Vec<f64> {
    let below = |x: f64| values.iter().filter(|v| **v < x).count() as f64;
    let equal = |x: f64| values.iter().filter(|v| **v == x).count() as f64;
    values
        .iter()
        .map(|&x| below(x) + (equal(x) + 1.0) / 2.0)
        .collect()
}

fn pearson(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let products = |a: &[f64], ma: f64, b: &[f64], mb: f64| -> f64 {
        a.iter().zip(b).map(|(p, q)| (p - ma) * (q - mb)).sum()
    };
    products(x, mx, y, my) / (products(x, mx, x, mx) * products(y, my, y, my)).sqrt()
}

fn optional(message: &FitDataRecord, name: &str) -> Option<f64> {
    let value = message
        .fields()
        .iter()
        .find(|field| field.name() == name)?
        .value();
    match value {
        Value::Timestamp(time) => Some((time.timestamp()) as f64),
        other => other.clone().try_into().ok(),
    }
}

fn number(message: &FitDataRecord, name: &str) -> f64 {
    optional(message, name).unwrap_or_else(|| panic!("{name} in {:?}", message.kind()))
}

fn text(message: &FitDataRecord, name: &str) -> String {
    let field = message.fields().iter().find(|field| field.name() == name);
    field.map_or_else(String::new, |field| field.value().to_string())
}

fn pain_rows() -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder().join("pain_log.csv")).expect("a log");
    reader
        .deserialize()
        .map(|row| row.expect("a row of the header's length"))
        .collect()
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn uploaded(number: u32) -> String {
    format!(
        "DI_CONNECT/DI-Connect-Uploaded-Files/sample_{}.fit",
        1_000_000 + number
    )
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data")
}

/// Every committed file by its path below the folder, with `/` between parts.
fn committed() -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder())
        .into_iter()
        .map(|entry| entry.expect("readable"));
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(folder())
                .expect("below the folder");
            let parts: Vec<String> = path
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            (
                parts.join("/"),
                std::fs::read(entry.path()).expect("readable"),
            )
        })
        .collect()
}

/// What is in a file, without its `.gz`.
fn unzipped(path: &str, bytes: &[u8]) -> Vec<u8> {
    if !path.ends_with(".gz") {
        return bytes.to_vec();
    }
    let mut content = Vec::new();
    flate2::read::GzDecoder::new(bytes)
        .read_to_end(&mut content)
        .expect("gzip");
    content
}
