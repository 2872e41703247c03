//! Layouts of exports: Samsung Health as it is downloaded, folders that programs keep of a watch, and services that are named because
//! niggle does not read them.

use crate::common::{gpx_run, niggle, zip};
use niggle::{
    ingest::{self, Silent},
    merge::{self, Merged},
    model::Sport,
    problem::Code,
    source,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

type Files = Vec<(String, Vec<u8>)>;

fn written(files: &Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn zipped(files: &Files) -> Vec<u8> {
    let entries = files.iter();
    let entries = entries.map(|(name, bytes)| (name.clone(), bytes.clone(), false));
    zip(&entries.collect::<Vec<_>>())
}

fn merged(input: &Path) -> Merged {
    let found = source::discover(&[input.to_path_buf()], &[]).unwrap();
    let read = ingest::read_all(&found, &ingest::Options::default(), &Silent).unwrap();
    merge::one_activity_once(read, None)
}

fn file(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_string(), text.as_bytes().to_vec())
}

fn sample(number: u32) -> Vec<u8> {
    let name =
        format!("sample_data/DI_CONNECT/DI-Connect-Uploaded-Files/sample_100000{number}.fit");
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn codes(merged: &Merged) -> Vec<Code> {
    let problems = merged.files.iter().flat_map(|file| &file.problems);
    problems.map(|problem| problem.code).collect()
}

/// Half an hour from 06:30 UTC, a sample a second: 2.8 m, 150 beats, 166 steps.
fn live(start_ms: i64) -> String {
    let sample = |s: i64| {
        let (ms, bpm) = (start_ms + s * 1000, 145 + s % 11);
        format!(
            "{{\"start_time\":{ms},\"heart_rate\":{bpm}.0,\"cadence\":166.0,\"distance\":2.8,\"speed\":2.8}}"
        )
    };
    let samples: Vec<String> = (0..1800).map(sample).collect();
    format!("[{}]", samples.join(","))
}

/// The same along a meridian.
fn places(start_ms: i64) -> String {
    let place = |s: i64| {
        let (ms, latitude) = (start_ms + s * 1000, 52.5 + s as f64 * 2.8 / 111_195.08);
        format!(
            "{{\"start_time\":{ms},\"latitude\":{latitude:.7},\"longitude\":13.4,\"altitude\":40.0,\"accuracy\":4}}"
        )
    };
    let places: Vec<String> = (0..1800).map(place).collect();
    format!("[{}]", places.join(","))
}

/// A run with samples and places, a ride with places, a treadmill run and a row that is broken.
fn samsung() -> Files {
    let start_ms = 1_756_708_200_000;
    let ride_ms = start_ms + 86_400_000;
    let columns = "exercise_type,datauuid,start_time,end_time,time_offset,duration,distance,mean_heart_rate,mean_cadence,live_data,location_data";
    let header: Vec<String> = columns
        .split(',')
        .map(|name| format!("com.samsung.health.exercise.{name}"))
        .collect();
    let table = format!(
        "com.samsung.shealth.exercise,7005009,17\n{}\n{}",
        header.join(","),
        "1002,u1,2025-09-01 06:30:00.000,2025-09-01 07:00:00.000,UTC+0200,1800000,5040.0,150.0,166.0,u1.com.samsung.health.exercise.live_data.json,u1.com.samsung.health.exercise.location_data.json,\n\
         11007,u2,2025-09-02 06:30:00.000,2025-09-02 07:00:00.000,UTC+0200,1800000,5040.0,120.0,,,u2.com.samsung.health.exercise.location_data.json,\n\
         15005,u3,2025-09-03 17:00:00.000,2025-09-03 17:40:00.000,UTC+0200,2400000,6900.0,150.0,168.0,,,\n\
         1002,u4,soon,,UTC+0200,x,y,z,,,,\n"
    );
    let below = "samsunghealth_anna_20251012/";
    let json = "jsons/com.samsung.shealth.exercise";
    let ending = "com.samsung.health.exercise";
    vec![
        file(
            &format!("{below}com.samsung.shealth.exercise.20251012120000.csv"),
            &table,
        ),
        file(
            &format!("{below}{json}/u/u1.{ending}.live_data.json"),
            &live(start_ms),
        ),
        file(
            &format!("{below}{json}/u/u1.{ending}.location_data.json"),
            &places(start_ms),
        ),
        file(
            &format!("{below}{json}/u/u2.{ending}.location_data.json"),
            &places(ride_ms),
        ),
        file(
            &format!("{below}{json}/u/u1.live_data_internal.json"),
            "[{\"start_time\":1}]",
        ),
        file(
            &format!("{below}com.samsung.shealth.step_daily_trend.2025.csv"),
            "com.samsung.shealth.step_daily_trend,1,1\na,b,\n1,2,\n",
        ),
    ]
}

#[test]
fn samsungs_export_is_read_as_it_was_downloaded() {
    let folder = written(&samsung());
    let packed = written(&vec![("samsung.zip".to_string(), zipped(&samsung()))]);
    for input in [folder.path(), packed.path()] {
        let merged = merged(input);
        let what = input.display();
        assert_eq!((merged.runs.len(), merged.others.len()), (2, 1), "{what}");
        let (run, belt) = (&merged.runs[0], &merged.runs[1]);
        assert_eq!(run.start_local.to_string(), "2025-09-01 08:30:00", "{what}");
        assert!((run.distance_m.unwrap() - 5040.0).abs() < 30.0, "{what}");
        assert_eq!(run.cadence_spm.map(f64::round), Some(166.0), "{what}");
        assert!(
            (run.heart_rate_mean_bpm.unwrap() - 150.0).abs() < 1.0,
            "{what}"
        );
        assert_eq!(
            (belt.sub_sport, belt.distance_m),
            ("treadmill", Some(6900.0)),
            "{what}"
        );
        assert_eq!(belt.cadence_spm, Some(168.0), "{what}");
        assert_eq!(
            merged.others[0].sport,
            Sport("cycling"),
            "{what}: not guessed by its speed"
        );
        assert!(
            codes(&merged).contains(&Code::NoTime),
            "{what}: the broken row is told"
        );
    }
}

#[test]
fn what_gadgetbridge_and_a_watch_keep_is_read() {
    let day = "2025-09-07".parse().unwrap();
    let gadgetbridge = vec![
        ("files/amazfit/activities/run.fit".to_string(), sample(1)),
        (
            "files/OpenTracks/run.gpx".to_string(),
            gpx_run(day, 4800.0).into_bytes(),
        ),
        (
            "database/Gadgetbridge".to_string(),
            b"SQLite format 3\0\x10\0\x01\x01".to_vec(),
        ),
        file("preferences/global.json", "{\"pref\": 1}"),
        file("gadgetbridge.json", "{\"metadata\": {}}"),
    ];
    let packed = written(&vec![(
        "gadgetbridge.zip".to_string(),
        zipped(&gadgetbridge),
    )]);
    for input in [written(&gadgetbridge).path(), packed.path()] {
        let merged = merged(input);
        assert_eq!(merged.runs.len(), 2, "{}", input.display());
        let told = merged.files.iter().flat_map(|file| &file.problems);
        let told: Vec<String> = told
            .filter(|problem| problem.code == Code::ExportUnread)
            .map(|problem| problem.line())
            .collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].contains("Gadgetbridge") && told[0].contains("FIT and GPX"),
            "{told:?}"
        );
    }
    // As the watch shows itself over USB.
    let garmin = vec![
        (
            "GARMIN/Activity/2025-01-12-10-00-00.fit".to_string(),
            sample(1),
        ),
        ("GARMIN/ACTIVITY/B1J93000.FIT".to_string(), sample(2)),
        ("GARMIN/GarminDevice.xml".to_string(), b"<Device/>".to_vec()),
        (
            "GARMIN/Sports/Run.FIT".to_string(),
            crate::common::hostile("fit/43_settings_file.fit"),
        ),
    ];
    let merged = merged(written(&garmin).path());
    assert_eq!(merged.runs.len(), 2);
    assert!(
        codes(&merged).iter().all(|code| code.is_quiet()),
        "{:?}",
        codes(&merged)
    );
}

/// Locks an archive: the bit of a password in each header.
fn locked(mut zip: Vec<u8>) -> Vec<u8> {
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> = memchr::memmem::find_iter(&zip, signature).collect();
        places.into_iter().for_each(|at| zip[at + flags] |= 1);
    }
    zip
}

fn refused(files: &Files) -> String {
    let folder = written(files);
    let (input, out) = (folder.path().to_string_lossy(), folder.path().join("out"));
    let (code, _, error) = niggle(&["report", &input, "--out", &out.to_string_lossy()]);
    assert_eq!(code, Some(5), "{error}");
    error
}

#[test]
fn an_export_that_is_not_read_is_named_with_the_way_out() {
    let error = refused(&vec![
        file(
            "data/2_hlth_center_sport_record.csv",
            "Uid,Sid,Key\n1,2,3\n",
        ),
        file("data/page.html", "<html/>"),
        file("data/archive.json", "{}"),
    ]);
    assert!(
        error.contains("Mi Fitness") && error.contains("In Mi Fitness open the workout"),
        "{error}"
    );
    let inside = "Motion path detail data & description/motion path detail data.json";
    let zip = locked(zipped(&vec![file(inside, "[]")]));
    let error = refused(&vec![("HUAWEI_HEALTH_2025.zip".to_string(), zip)]);
    assert!(
        error.contains("password") && error.contains("Huawei Health") && error.contains("7-Zip"),
        "{error}"
    );
}

#[test]
fn inspect_sums_up_what_each_input_is() {
    let folder = written(&vec![("samsung.zip".to_string(), zipped(&samsung()))]);
    let input = folder.path().join("samsung.zip");
    let (code, said, _) = niggle(&["inspect", &input.to_string_lossy()]);
    assert_eq!(code, Some(0));
    let end: Vec<&str> = said.lines().rev().take(2).collect();
    assert_eq!(
        end[0],
        "  samsung.zip: Samsung Health: 4 activities listed and 3 recordings"
    );
    let (_, json, _) = niggle(&["inspect", "--json", &input.to_string_lossy()]);
    let files: serde_json::Value = serde_json::from_str(&json).unwrap();
    let services = files.as_array().unwrap().iter();
    let services: Vec<&str> = services
        .filter_map(|file| file["export"]["service"].as_str())
        .collect();
    assert_eq!(services, ["Samsung Health"; 4]);
}
