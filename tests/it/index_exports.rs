//! Whole exports of apps whose indexes know the wall clock or the day, invented: Runkeeper, adidas Running, TrainingPeaks, intervals.icu.

use crate::common::zip;
use niggle::{
    config::Config,
    ingest::{self, Silent},
    merge::{self, Merged},
    model::{Run, Sport},
    pipeline,
    problem::{Code, Problem},
    source,
};
use std::{fs, path::PathBuf};

/// A file of an archive or a folder.
type File = (String, Vec<u8>);

fn file(name: &str, text: impl Into<Vec<u8>>) -> File {
    (name.to_string(), text.into())
}

fn archive(files: &[File]) -> Vec<u8> {
    let entries = files
        .iter()
        .map(|(name, bytes)| (name.clone(), bytes.clone(), false));
    zip(&entries.collect::<Vec<_>>())
}

fn folder(files: &[File]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn merged_with(files: &[File], timezone: Option<&str>) -> Merged {
    let folder = folder(files);
    let found = source::discover(&[folder.path().to_path_buf()], &[]).unwrap();
    let options = ingest::Options {
        timezone: timezone.map(|zone| zone.parse().unwrap()),
        ..ingest::Options::default()
    };
    merge::one_activity_once(ingest::read_all(&found, &options, &Silent).unwrap(), None)
}

fn merged(files: &[File]) -> Merged {
    merged_with(files, None)
}

fn problems(merged: &Merged) -> Vec<&Problem> {
    merged
        .files
        .iter()
        .flat_map(|file| &file.problems)
        .collect()
}

/// Which row of a table a problem is about.
fn row_of(problem: &Problem) -> &str {
    problem.place.rsplit(", ").next().unwrap_or_default()
}

fn sample(number: u32) -> Vec<u8> {
    let name =
        format!("sample_data/DI_CONNECT/DI-Connect-Uploaded-Files/sample_100000{number}.fit");
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// A track without a sport, a point every five seconds, due north from a place.
fn track(start: &str, seconds: i64, speed_m_s: f64, (latitude, longitude): (f64, f64)) -> String {
    let start: chrono::DateTime<chrono::Utc> = start.parse().unwrap();
    let point = |at: i64| {
        let north = latitude + speed_m_s * at as f64 / 111_195.08;
        let time = (start + chrono::TimeDelta::seconds(at)).format("%Y-%m-%dT%H:%M:%SZ");
        format!(
            "<trkpt lat=\"{north:.7}\" lon=\"{longitude}\"><ele>12</ele><time>{time}</time></trkpt>"
        )
    };
    let points: String = (0..=seconds).step_by(5).map(point).collect();
    format!("<gpx version=\"1.1\" creator=\"app\"><trk><trkseg>{points}</trkseg></trk></gpx>")
}

/// In the middle of the Atlantic, where no land's zone is.
const AT_SEA: (f64, f64) = (0.5, -30.0);

/// Heart rates as adidas Running writes them, every five seconds.
fn pulses(start_s: i64, seconds: i64, bpm: u32) -> String {
    let one = |at: i64| {
        let time = chrono::DateTime::from_timestamp(start_s + at, 0).unwrap();
        let time = time.format("%Y-%m-%d %H:%M:%S +0000");
        format!("{{\"version\": 1, \"timestamp\": \"{time}\", \"heart_rate\": {bpm}}}")
    };
    let all: Vec<String> = (0..=seconds).step_by(5).map(one).collect();
    format!("[{}]", all.join(",\n"))
}

/// 1 September 2025, 22:30 UTC: half past midnight two hours east of it.
const NIGHT_S: i64 = 1_756_765_800;

/// A session of adidas Running that starts so many days after that.
fn session(id: &str, days: i64, metres: f64, seconds: i64, sport: &str) -> String {
    let start_ms = (NIGHT_S + days * 86_400) * 1000;
    let end_ms = start_ms + seconds * 1000;
    format!(
        "{{\"start_time\": {start_ms}, \"end_time\": {end_ms}, \"start_time_timezone_offset\": 7200000, \"distance\": {metres}, \"duration\": {}, \"pulse_avg\": 150, \"id\": \"{id}\", \"sport_type_id\": \"{sport}\"}}",
        seconds * 1000
    )
}

fn runtastic() -> Vec<File> {
    let night = |day: u32| format!("2025-09-{day:02}T22:30:00Z");
    let gpx = |day, speed| track(&night(day), 1800, speed, AT_SEA);
    vec![
        file(
            "e/Sport-sessions/1.json",
            session("s1", 0, 5400.0, 1800, "1"),
        ),
        file("e/Sport-sessions/GPS-data/1.gpx", gpx(1, 3.0)),
        file(
            "e/Sport-sessions/Heart-rate-data/1.json",
            pulses(NIGHT_S, 1800, 150),
        ),
        file("e/Sport-sessions/Elevation-data/1.json", "[]"),
        // As slow as a walk, and as fast as a run: the sessions know better than the speed.
        file(
            "e/Sport-sessions/2.json",
            session("s2", 1, 2700.0, 1800, "1"),
        ),
        file("e/Sport-sessions/GPS-data/2.gpx", gpx(2, 1.5)),
        file(
            "e/Sport-sessions/3.json",
            session("s3", 2, 7200.0, 1800, "3"),
        ),
        file("e/Sport-sessions/GPS-data/3.gpx", gpx(3, 4.0)),
        // On a treadmill, with a heart and without a track.
        file(
            "e/Sport-sessions/4.json",
            session("s4", 3, 6000.0, 1800, "14"),
        ),
        file(
            "e/Sport-sessions/Heart-rate-data/4.json",
            pulses(NIGHT_S + 3 * 86_400, 1800, 150),
        ),
        // Heart rates of the second half alone.
        file(
            "e/Sport-sessions/5.json",
            session("s5", 4, 5400.0, 1800, "1"),
        ),
        file("e/Sport-sessions/GPS-data/5.gpx", gpx(5, 3.0)),
        file(
            "e/Sport-sessions/Heart-rate-data/5.json",
            pulses(NIGHT_S + 4 * 86_400 + 900, 900, 180),
        ),
        // Broken, and of nothing.
        file(
            "e/Sport-sessions/6.json",
            "{\"start_time\": 17, \"sport_type_id\": \"1\"",
        ),
        file(
            "e/Sport-sessions/Heart-rate-data/7.json",
            pulses(NIGHT_S + 9 * 86_400, 600, 120),
        ),
        file(
            "e/Shoes/x.json",
            "{\"name\": \"Red\", \"id\": \"r\", \"equipment_id\": \"e\", \"samples_ids\": [\"s1\", \"s4\"]}",
        ),
    ]
}

#[test]
fn adidas_running_says_what_was_a_run_and_when() {
    let merged = merged(&[file("export-20251012-000.zip", archive(&runtastic()))]);
    let runs: Vec<(String, &str, Option<f64>)> = merged
        .runs
        .iter()
        .map(|run| {
            (
                run.local_date().to_string(),
                run.sub_sport,
                run.distance_m.map(f64::round),
            )
        })
        .collect();
    // After midnight where the runner was.
    let expected = [
        ("2025-09-02".to_string(), "generic", Some(5400.0)),
        ("2025-09-03".to_string(), "generic", Some(2700.0)),
        ("2025-09-05".to_string(), "treadmill", Some(6000.0)),
        ("2025-09-06".to_string(), "generic", Some(5400.0)),
    ];
    assert_eq!(runs, expected);
    assert!(
        merged
            .runs
            .iter()
            .all(|run| run.sport.is_running() && run.utc_offset_s == 7200)
    );
    let others: Vec<Sport> = merged.others.iter().map(|row| row.sport).collect();
    assert_eq!(others, [Sport("cycling")]);
    let shoes: Vec<Option<&str>> = merged.runs.iter().map(|run| run.shoe.as_deref()).collect();
    assert_eq!(shoes, [Some("Red"), None, Some("Red"), None]);
}

#[test]
fn heart_rates_join_the_session_they_cover() {
    let merged = merged(&[file("export-20251012-000.zip", archive(&runtastic()))]);
    let hearts: Vec<(Option<f64>, bool)> = merged
        .runs
        .iter()
        .map(|run| {
            (
                run.heart_rate_mean_bpm.map(f64::round),
                run.heart_rate_share > Some(0.95),
            )
        })
        .collect();
    // The second has the session's mean alone, and so has the last, whose heart rates are those of half of it.
    let mean = Some(150.0);
    assert_eq!(
        hearts,
        [(mean, true), (mean, false), (mean, true), (mean, false)]
    );
    let alone: Vec<&str> = problems(&merged)
        .into_iter()
        .filter(|problem| {
            problem
                .detail
                .starts_with("heart rates that cover no activity")
        })
        .map(Problem::file)
        .collect();
    assert_eq!(alone.len(), 2, "{alone:?}");
    assert!(alone.iter().all(|file| file.contains("Heart-rate-data")));
    // Nothing else is worth a word but the broken session.
    let loud: Vec<Code> = problems(&merged)
        .into_iter()
        .map(|problem| problem.code)
        .filter(|code| !code.is_quiet() && *code != Code::NoActivity)
        .collect();
    assert!(
        loud.iter()
            .all(|code| matches!(code, Code::NoTime | Code::ExportDamaged | Code::NoTimeZone)),
        "{loud:?}"
    );
}

const CARDIO: &str = "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Average Speed (km/h),Calories Burned,Climb (m),Average Heart Rate (bpm),Friend's Tagged,Notes,GPX File\n";

fn runkeeper(rows: &str, tracks: &[(&str, String)]) -> Vec<File> {
    let mut files = vec![
        file("cardioActivities.csv", format!("{CARDIO}{rows}")),
        file(
            "measurements.csv",
            "Date,Resting Heart Rate\n2025-09-01,52\n",
        ),
    ];
    files.extend(
        tracks
            .iter()
            .map(|(name, text)| file(name, text.as_bytes())),
    );
    vec![file("01-runkeeper-data-export.zip", archive(&files))]
}

#[test]
fn runkeeper_says_what_was_a_run_and_on_which_clock() {
    // Four hours west of UTC: the last evening run is on the next day there.
    let files = runkeeper(
        "a,2025-09-01 08:30:00,Running,,5.40,30:00,,,,41,147,,,1.gpx\n\
         b,2025-09-02 08:30:00,Cycling,,7.20,30:00,,,,,,,,2.gpx\n\
         c,2025-09-03 21:30:00,Running,,6.00,31:30,,,,,155,,On the treadmill,\n\
         d,soon,Running,,6.00,30:00,,,,,,,,\n\
         e,2025-09-05 21:30:00,Running,,5.40,30:00,,,,,,,,3.gpx\n",
        &[
            ("1.gpx", track("2025-09-01T12:30:02Z", 1800, 3.0, AT_SEA)),
            ("2.gpx", track("2025-09-02T12:30:01Z", 1800, 4.0, AT_SEA)),
            ("3.gpx", track("2025-09-06T01:30:00Z", 1800, 3.0, AT_SEA)),
        ],
    );
    let read = merged(&files);
    let runs: Vec<(String, i32, Option<f64>)> = read
        .runs
        .iter()
        .map(|run| {
            (
                run.start_local.format("%d %H:%M").to_string(),
                run.utc_offset_s,
                run.heart_rate_mean_bpm,
            )
        })
        .collect();
    let west = -4 * 3600;
    let expected = [
        ("01 08:30".to_string(), west, Some(147.0)),
        ("03 21:30".to_string(), 0, Some(155.0)),
        ("05 21:30".to_string(), west, None),
    ];
    assert_eq!(runs, expected);
    assert_eq!(read.others.len(), 1);
    assert_eq!(read.athlete.heart_rate_rest_bpm, Some(52.0));
    let zones: Vec<&str> = problems(&read)
        .into_iter()
        .filter(|problem| problem.code == Code::NoTimeZone && problem.place.contains("csv"))
        .map(row_of)
        .collect();
    assert_eq!(zones, ["row 4"]);
    // The option says where that clock was.
    let home = merged_with(&files, Some("America/New_York"));
    let treadmill = home
        .runs
        .iter()
        .find(|run| run.local_date().to_string() == "2025-09-03" && run.source.ends_with(".csv"))
        .unwrap();
    assert_eq!(
        treadmill.start_utc.to_rfc3339(),
        "2025-09-04T01:30:00+00:00"
    );
    assert_eq!(treadmill.local_date().to_string(), "2025-09-03");
}

#[cfg(feature = "tz-lookup")]
#[test]
fn a_track_on_land_knows_its_own_zone() {
    let berlin = (52.5, 13.4);
    let row = "a,2025-09-01 08:30:00,Running,,5.40,30:00,,,,41,147,,,1.gpx\n";
    let read = merged(&runkeeper(
        row,
        &[("1.gpx", track("2025-09-01T06:30:00Z", 1800, 3.0, berlin))],
    ));
    let run = &read.runs[0];
    assert_eq!(
        (read.runs.len(), run.utc_offset_s, run.heart_rate_mean_bpm),
        (1, 7200, Some(147.0))
    );
    assert_eq!(read.merges[0].start_difference_s, 0.0);
}

/// A row of a run that a watch recorded as well, without its file, and the same row again a day later.
#[test]
fn a_wall_clock_finds_the_watch() {
    let watch = merged(&[file("1.fit", sample(1))]);
    let run = &watch.runs[0];
    let (start, kilometres) = (run.start_local, run.distance_m.unwrap() / 1000.0);
    let seconds = run.timer_s.unwrap() as i64;
    let row = |days: u64| {
        let start = start + chrono::Days::new(days);
        let date = start.format("%Y-%m-%d %H:%M:%S");
        format!(
            "x,{date},Running,,{kilometres:.2},{}:{:02},,,,,,,Easy,\n",
            seconds / 60,
            seconds % 60
        )
    };
    let mut files = runkeeper(&format!("{}{}", row(0), row(1)), &[]);
    files.push(file("1.fit", sample(1)));
    let both = merged(&files);
    let sources: Vec<bool> = both
        .runs
        .iter()
        .map(|run| run.source.ends_with(".fit"))
        .collect();
    assert_eq!(sources, [true, false]);
    // The row's note is a comment and no title.
    assert_eq!(both.runs[0].name, run.name);
    assert_eq!(
        (both.runs[0].start_utc, both.merges.len()),
        (run.start_utc, 1)
    );
}

const WORKOUTS: &str = "\"Title\",\"WorkoutType\",\"PlannedDuration\",\"WorkoutDay\",\"DistanceInMeters\",\"TimeTotalInHours\",\"HeartRateAverage\",\"Rpe\",\"AthleteComments\"\n";

/// The three archives of TrainingPeaks over three runs of a watch: what the tables say of each, and rows of their own.
fn trainingpeaks(watch: &[Run]) -> Vec<File> {
    let done = |run: &Run, rpe: u32| {
        let (day, metres) = (run.local_date(), run.distance_m.unwrap());
        let hours = run.timer_s.unwrap() / 3600.0;
        format!(
            "\"Run\",\"Run\",\"\",\"{day}\",\"{metres:.0}\",\"{hours:.3}\",\"140\",\"{rpe}\",\"knee, ok\"\n"
        )
    };
    let day = watch[0].local_date();
    let rows = [
        WORKOUTS.to_string(),
        done(&watch[0], 4),
        // On the same day: another run of that length without a recording, a ride, and a plan.
        done(&watch[0], 7),
        format!("Ride,Bike,,{day},30000,1.5,120,3,\n"),
        format!("Plan,Run,1,{day},,,,,\n"),
        done(&watch[1], 5),
        done(&watch[2], 6),
        "Lost,Run,,,5000,0.5,,5,\n".to_string(),
    ];
    let files = (1..=3).map(|n| file(&format!("sample_{n}.fit"), sample(n)));
    let metrics = format!(
        "\"Timestamp\",\"Type\",\"Value\"\n\"{day} 06:00:00\",\"Sleep Hours\",\"7.5\"\n\"{day} 06:00:00\",\"Pulse\",\"51\"\n"
    );
    vec![
        file(
            "WorkoutFileExport-X.zip",
            archive(&files.collect::<Vec<_>>()),
        ),
        file(
            "WorkoutExport-X.zip",
            archive(&[file("workouts.csv", rows.concat())]),
        ),
        file(
            "MetricsExport-X.zip",
            archive(&[file("metrics.csv", metrics)]),
        ),
    ]
}

#[test]
fn trainingpeaks_rows_join_the_runs_of_their_days() {
    let watch: Vec<Run> = merged(&[1, 2, 3].map(|n| file(&format!("{n}.fit"), sample(n)))).runs;
    assert_eq!(watch.len(), 3);
    let read = merged(&trainingpeaks(&watch));
    let runs: Vec<(String, bool, Option<f64>)> = read
        .runs
        .iter()
        .map(|run| {
            (
                run.local_date().to_string(),
                run.source.ends_with(".fit"),
                run.session_rpe,
            )
        })
        .collect();
    let day = |n: usize| watch[n].local_date().to_string();
    let mut expected = vec![
        (day(0), true, Some(4.0)),
        (day(0), false, Some(7.0)),
        (day(1), true, Some(5.0)),
        (day(2), true, Some(6.0)),
    ];
    let mut runs = runs;
    runs.sort_by(|a, b| (&a.0, !a.1).cmp(&(&b.0, !b.1)));
    expected.sort_by(|a, b| (&a.0, !a.1).cmp(&(&b.0, !b.1)));
    assert_eq!(runs, expected);
    assert_eq!(read.others.len(), 1, "the ride");
    assert_eq!(
        read.sleep_s.values().copied().collect::<Vec<_>>(),
        [27_000.0]
    );
    assert_eq!(read.athlete.heart_rate_rest_bpm, Some(51.0));
    let days: Vec<&str> = problems(&read)
        .into_iter()
        .filter(|problem| problem.code == Code::NoTimeOfDay)
        .map(row_of)
        .collect();
    assert_eq!(days, ["row 3"]);
    // What a recording says stays, and its moment is its own.
    let recorded: Vec<_> = read
        .runs
        .iter()
        .filter(|run| run.source.ends_with(".fit"))
        .collect();
    assert!(
        recorded
            .iter()
            .zip(&watch)
            .all(|(a, b)| a.start_utc == b.start_utc && a.distance_m == b.distance_m)
    );
}

#[test]
fn intervals_tables_give_sports_and_nights_and_may_be_a_pain_log() {
    let watch: Vec<Run> = merged(&[1, 2, 3].map(|n| file(&format!("{n}.fit"), sample(n)))).runs;
    let row = |run: &Run| {
        let start = run.start_local.format("%Y-%m-%dT%H:%M:%S");
        format!(
            "i,{start},Run,Intervals,{},{},5,Blue\n",
            run.distance_m.unwrap(),
            run.timer_s.unwrap()
        )
    };
    let day = watch[2].local_date();
    let rows: String = watch.iter().map(row).collect();
    let activities = format!(
        "id,start_date_local,type,name,distance,moving_time,icu_rpe,gear\n{rows}i9,{day}T06:00:00,Ride,Commute,9000,1800,,\ni10,{day}T07:00:00,Run,Treadmill,5000,1500,4,\n"
    );
    let wellness: String = (0..20)
        .map(|n| {
            format!(
                "{},50,25200,{},{}\n",
                day - chrono::Days::new(n),
                1 + n % 2,
                1 + n % 3
            )
        })
        .collect();
    let mut files: Vec<File> = (1..=3)
        .map(|n| file(&format!("{n}.fit"), sample(n)))
        .collect();
    files.push(file("activities.csv", activities));
    files.push(file(
        "wellness.csv",
        format!("date,restingHR,sleepSecs,soreness,injury\n{wellness}"),
    ));
    let read = merged(&files);
    assert_eq!((read.runs.len(), read.others.len()), (4, 1));
    let recorded = read.runs.iter().filter(|run| run.source.ends_with(".fit"));
    assert_eq!(
        recorded
            .filter(|run| run.shoe.as_deref() == Some("Blue") && run.session_rpe.is_some())
            .count(),
        3
    );
    assert_eq!(
        (read.sleep_s.len(), read.athlete.heart_rate_rest_bpm),
        (20, Some(50.0))
    );
    // And a report says that the same table may be the log of how it felt.
    let (input, output) = (folder(&files), tempfile::tempdir().unwrap());
    let config = Config {
        inputs: vec![input.path().to_path_buf()],
        output: output.path().to_path_buf(),
        ..Config::default()
    };
    pipeline::run(&config, &Silent).unwrap();
    let report = fs::read_to_string(output.path().join("report.md")).unwrap();
    assert!(
        report.contains("wellness.csv may be a pain log"),
        "{report}"
    );
}
