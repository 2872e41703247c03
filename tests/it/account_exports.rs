//! Whole account exports, invented, as they are downloaded: Garmin's in every known layout and Strava's in two languages.

use crate::common::{gzip, hostile, zip};
use niggle::{
    ingest::{self, Silent},
    merge::{self, Merged},
    model::{Format, Run},
    problem::Code,
    source,
};
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
};

fn sample(number: u32) -> Vec<u8> {
    let name = format!("sample_data/DI_CONNECT/DI-Connect-Uploaded-Files/sample_100000{number}.fit");
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn merged(input: &Path) -> Merged {
    let found = source::discover(&[input.to_path_buf()], &[]).unwrap();
    merge::one_activity_once(ingest::read_all(&found, &ingest::Options::default(), &Silent).unwrap(), None)
}

/// The three runs that the exports hold, as niggle reads their recordings alone.
fn recorded() -> Vec<Run> {
    let folder = tempfile::tempdir().unwrap();
    (1..=3).for_each(|n| fs::write(folder.path().join(format!("{n}.fit")), sample(n)).unwrap());
    merged(folder.path()).runs
}

fn written(entries: &[(String, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in entries {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    zip(&entries.iter().map(|(name, bytes)| (name.clone(), bytes.clone(), false)).collect::<Vec<_>>())
}

/// Where Garmin put the recordings over the years (formats.md 7).
const LAYOUTS: [&str; 3] = [
    "DI_CONNECT/DI-Connect-Uploaded-Files",
    "DI_CONNECT/DI-Connect-Fitness-Uploaded-Files",
    "DI_CONNECT/DI-Connect-Fitness",
];

/// Everything Garmin's export holds of three recorded runs, a run entered by hand, a shoe and a night. Older exports pack each
/// recording once more.
fn garmin(layout: &str, each_zipped: bool) -> Vec<(String, Vec<u8>)> {
    let member = |n: u32| match each_zipped {
        true => (format!("{n}_ACTIVITY.zip"), zipped(&[(format!("{n}.fit"), sample(n))])),
        false => (format!("runner_{n}.fit"), sample(n)),
    };
    let mut uploaded: Vec<(String, Vec<u8>)> = (1..=3).map(member).collect();
    uploaded.push(("runner_99.fit".into(), hostile("fit/43_settings_file.fit")));
    uploaded.push(("runner_note.txt".into(), b"not a recording".to_vec()));
    // What macOS puts beside each file is called like it and is none.
    uploaded.push(("__MACOSX/._runner_1.fit".into(), b"\0\x05\x16\x07".to_vec()));
    let fitness = "DI_CONNECT/DI-Connect-Fitness/runner";
    vec![
        (format!("{layout}/UploadedFiles_0-_Part1.zip"), zipped(&uploaded)),
        (format!("{fitness}_0_summarizedActivities.json"), summaries().to_string().into_bytes()),
        (format!("{fitness}_gear.json"), gear().to_string().into_bytes()),
        ("DI_CONNECT/DI-Connect-Wellness/2025_sleepData.json".into(), nights().to_string().into_bytes()),
        ("DI_CONNECT/DI-Connect-Social/photo.jpg".into(), vec![0xFF; 3000]),
    ]
}

/// Centimetres and milliseconds.
fn summaries() -> serde_json::Value {
    let entry = |id: u64, name: &str, start_ms: i64, km: f64, seconds: f64| {
        json!({"activityId": id, "name": name, "activityType": "running", "beginTimestamp": start_ms, "startTimeGmt": start_ms,
               "startTimeLocal": start_ms + 3_600_000, "distance": km * 100_000.0, "duration": seconds * 1000.0,
               "elapsedDuration": seconds * 1000.0, "avgSpeed": km * 1000.0 / seconds / 10.0, "workoutRpe": 60})
    };
    let of_run = |(index, run): (usize, &Run)| {
        let (start_ms, km) = (run.start_utc.timestamp_millis(), run.distance_m.unwrap() / 1000.0);
        entry(7000 + index as u64, &format!("Loop {}", index + 1), start_ms, km, run.elapsed_s.unwrap())
    };
    let mut list: Vec<serde_json::Value> = recorded().iter().enumerate().map(of_run).collect();
    list.push(entry(7777, "Belt", 1_737_000_000_000, 6.0, 2160.0));
    json!([{"summarizedActivitiesExport": list}])
}

fn gear() -> serde_json::Value {
    json!([{"gearDTOS": [{"gearPk": 5, "displayName": "Blue ones", "gearTypeName": "Shoes", "gearStatusName": "active"}],
            "gearActivityDTOs": {"5": [{"activityId": 7000, "gearPk": 5}, {"activityId": 7777, "gearPk": 5}]}}])
}

fn nights() -> serde_json::Value {
    json!([{"calendarDate": "2025-01-12", "sleepStartTimestampGMT": "2025-01-11T22:00:00.0",
            "sleepEndTimestampGMT": "2025-01-12T05:00:00.0", "deepSleepSeconds": 5000, "lightSleepSeconds": 15000,
            "remSleepSeconds": 4000, "awakeSleepSeconds": 1200}])
}

fn check_garmin(input: &Path, what: &str) {
    let merged = merged(input);
    let runs = &merged.runs;
    let title = |run: &Run| run.name.clone().unwrap_or_default();
    let titles: Vec<String> = runs.iter().map(title).collect();
    for expected in ["Loop 1", "Loop 2", "Loop 3", "Belt"] {
        assert_eq!(titles.iter().filter(|title| *title == expected).count(), 1, "{what}: {titles:?}");
    }
    assert_eq!(runs.len(), 4, "{what}");
    let belt = runs.iter().find(|run| title(run) == "Belt").unwrap();
    assert_eq!((belt.format, belt.distance_m, belt.timer_s), (Format::Export, Some(6000.0), Some(2160.0)), "{what}");
    assert_eq!((belt.utc_offset_s, belt.session_rpe, belt.records), (3600, Some(6.0), 0), "{what}");
    let shod: Vec<&str> = runs.iter().filter_map(|run| run.shoe.as_deref()).collect();
    assert_eq!(shod, ["Blue ones", "Blue ones"], "{what}");
    let alone = recorded();
    for run in runs.iter().filter(|run| run.format == Format::Fit) {
        let same =
            alone.iter().find(|other| other.run_id == run.run_id).unwrap_or_else(|| panic!("{what}: {}", run.run_id));
        assert_eq!((run.distance_m, run.cadence_spm, run.records), (same.distance_m, same.cadence_spm, same.records));
    }
    assert_eq!(merged.sleep_s.values().collect::<Vec<_>>(), [&24_000.0], "{what}");
    let codes: Vec<Code> = merged.files.iter().flat_map(|file| &file.problems).map(|problem| problem.code).collect();
    let quiet = codes.iter().filter(|code| matches!(code, Code::NotAnActivity | Code::OtherFile)).count();
    assert_eq!((quiet, codes.len()), (3, 3), "{what}: {codes:?}");
    assert!(merged.files.iter().filter(|file| file.name.ends_with(".json")).all(|file| file.used), "{what}");
}

#[test]
fn garmins_export_is_read_as_it_was_downloaded() {
    for layout in LAYOUTS {
        for each_zipped in [false, true] {
            let entries = garmin(layout, each_zipped);
            let what = format!("{layout}, each zipped: {each_zipped}");
            let unpacked = written(&entries);
            check_garmin(unpacked.path(), &what);
            check_garmin(&unpacked.path().join("DI_CONNECT"), &what);
            let downloaded = written(&[("d1234.zip".into(), zipped(&entries))]);
            check_garmin(&downloaded.path().join("d1234.zip"), &what);
            check_garmin(downloaded.path(), &what);
        }
    }
}

/// Strava's index of the same runs: the recordings of two, and one that is only a row.
fn strava(header: &str, dates: [&str; 3], comma: bool) -> Vec<(String, Vec<u8>)> {
    let number = |value: f64| {
        let text = format!("{value:.2}");
        if comma { format!("\"{}\"", text.replace('.', ",")) } else { text }
    };
    let runs = recorded();
    let mut text = header.to_string() + "\n";
    for (index, date) in dates.iter().enumerate() {
        let run = &runs[index];
        let file = ["activities/11.fit.gz", "activities/12.fit.gz", ""][index];
        let (km, seconds) = (run.distance_m.unwrap() / 1000.0, run.elapsed_s.unwrap());
        text += &format!(
            "{id},\"{date}\",Lap {lap},{kind},\"two\nlines\",{shown_s},{shown_km},,,,,Fast Blue,{file},,,{machine_s},{moving_s},{m},,,{up},{down}\n",
            id = 900 + index,
            lap = index + 1,
            kind = if comma { "Lauf" } else { "Run" },
            shown_s = seconds.round(),
            shown_km = number(km),
            machine_s = number(seconds),
            moving_s = number(seconds - 20.0),
            m = number(km * 1000.0),
            up = number(40.0),
            down = number(41.0),
        );
    }
    vec![
        ("export_1/activities.csv".into(), text.into_bytes()),
        ("export_1/activities/11.fit.gz".into(), gzip(&sample(1))),
        ("export_1/activities/12.fit.gz".into(), gzip(&sample(2))),
        (
            "export_1/shoes.csv".into(),
            b"Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nmine,Fast,Blue,\n".to_vec(),
        ),
        ("export_1/messaging.json".into(), b"{\"conversations\": []}".to_vec()),
    ]
}

const ENGLISH: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,\
    Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,\
    Distance,Max Speed,Average Speed,Elevation Gain,Elevation Loss";
const GERMAN: &str = "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Beschreibung,Verstrichene Zeit,Distanz,\
    Max. Herzfrequenz,Relative Leistung,Pendelfahrt,Notiz,Aktivitätsausrüstung,Dateiname,Gewicht,Radgewicht,\
    Verstrichene Zeit,Bewegungszeit,Distanz,Höchstgeschw.,Durchschnittliche Geschwindigkeit,Höhenzunahme,Höhenverlust";

#[test]
fn stravas_export_is_read_as_it_was_downloaded() {
    let starts: Vec<_> = recorded().iter().map(|run| run.start_utc).collect();
    let dates = |format: &str| [0, 1, 2].map(|index: usize| starts[index].format(format).to_string());
    for (header, format, comma) in [(ENGLISH, "%b %-d, %Y, %-I:%M:%S %p", false), (GERMAN, "%d.%m.%Y, %H:%M:%S", true)]
    {
        let dates = dates(format);
        let entries = strava(header, [&dates[0], &dates[1], &dates[2]], comma);
        let (unpacked, packed) = (written(&entries), written(&[("export_1.zip".into(), zipped(&entries))]));
        for input in [unpacked.path(), packed.path()] {
            let merged = merged(input);
            let formats: Vec<Format> = merged.runs.iter().map(|run| run.format).collect();
            assert_eq!(formats, [Format::Fit, Format::Fit, Format::Export], "{format}");
            for (index, run) in merged.runs.iter().enumerate() {
                assert_eq!(run.name.as_deref(), Some(format!("Lap {}", index + 1).as_str()));
                assert_eq!(run.shoe.as_deref(), Some("mine"), "{format}");
                assert_eq!(run.start_utc.timestamp(), starts[index].timestamp(), "{format}");
            }
            let (row, alone) = (&merged.runs[2], &recorded()[2]);
            assert!((row.distance_m.unwrap() - alone.distance_m.unwrap()).abs() < 0.01, "{format}");
            assert!((row.timer_s.unwrap() - (alone.elapsed_s.unwrap() - 20.0)).abs() < 0.01, "the time moving");
            assert_eq!((row.ascent_m, row.descent_m), (Some(40.0), Some(41.0)), "{format}");
            let loud = merged.files.iter().flat_map(|file| &file.problems).filter(|problem| !problem.code.is_quiet());
            // The run that is only a row says nothing of its zone; the others have their recordings' zone.
            let loud: Vec<_> = loud.map(|problem| (problem.code, problem.place.ends_with(", row 4"))).collect();
            assert_eq!(loud, [(Code::NoTimeZone, true)], "{format}");
        }
    }
}

/// Both services have the runs: every run once, the watch's file kept, and nobody's title lost.
#[test]
fn a_runner_with_both_exports_has_each_run_once() {
    let starts: Vec<_> = recorded().iter().map(|run| run.start_utc).collect();
    let dates = [0, 1, 2].map(|index: usize| starts[index].format("%b %-d, %Y, %-I:%M:%S %p").to_string());
    let mut entries = strava(ENGLISH, [&dates[0], &dates[1], &dates[2]], false);
    entries.extend(garmin(LAYOUTS[0], false));
    let folder = written(&entries);
    let merged = merged(folder.path());
    assert_eq!(merged.runs.len(), 4);
    assert_eq!(merged.runs.iter().filter(|run| run.format == Format::Fit).count(), 3);
    let recordings = merged.merges.iter().filter(|merge| merge.place.is_none()).count();
    let lines = merged.merges.iter().filter(|merge| merge.place.is_some()).count();
    assert_eq!((recordings, lines), (2, 6));
}
