//! Whole account exports of eight services, invented in their documented layouts, as they are downloaded: runs, rides, treadmill runs
//! and broken entries.

use crate::common::zip;
use niggle::{
    ingest::{self, Silent},
    merge::{self, Merged},
    model::Run,
    problem::Code,
    source,
    time::ZoneSource,
};
use serde_json::json;
use std::{fs, path::PathBuf};

/// 2025-09-01T21:30:00Z, half past eleven at night two hours to the east: the day after in no zone but by mistake.
const LATE_S: i64 = 1_756_762_200;
const DAY_S: i64 = 86_400;

type File = (String, Vec<u8>);

fn file(name: &str, content: impl Into<Vec<u8>>) -> File {
    (name.to_string(), content.into())
}

/// What an archive of these files comes to, once zipped and once unpacked, which must be the same.
fn merged(files: &[File]) -> Merged {
    let packed: Vec<_> = files
        .iter()
        .map(|(name, bytes)| (name.clone(), bytes.clone(), false))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join("unpacked").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let archive = folder.path().join("export.zip");
    fs::write(&archive, zip(&packed)).unwrap();
    let of_zip = read(archive);
    let of_folder = read(folder.path().join("unpacked"));
    assert_eq!(told(&of_zip.runs), told(&of_folder.runs));
    assert_eq!(told(&of_zip.others), told(&of_folder.others));
    of_zip
}

fn read(path: PathBuf) -> Merged {
    let found = source::discover(&[path], &[]).unwrap();
    let files = ingest::read_all(&found, &ingest::Options::default(), &Silent).unwrap();
    merge::one_activity_once(files, None)
}

/// Local start, sport, sub-sport and metres of each row.
fn told(rows: &[Run]) -> Vec<String> {
    let mut told: Vec<String> = rows
        .iter()
        .map(|run| {
            let metres = run
                .distance_m
                .map_or(String::from("-"), |m| format!("{m:.0}"));
            let (sport, sub_sport) = (run.sport.0, run.sub_sport);
            format!(
                "{} {sport} {sub_sport} {metres}",
                run.start_local.format("%F %H:%M")
            )
        })
        .collect();
    told.sort();
    told
}

fn codes(merged: &Merged) -> Vec<Code> {
    let mut codes: Vec<Code> = merged
        .files
        .iter()
        .flat_map(|file| &file.problems)
        .map(|problem| problem.code)
        .filter(|code| *code != Code::OtherFile)
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

/// A session of Polar's, with ten minutes of samples at 3 m/s unless it is on a treadmill.
fn polar_session(day: i64, sport: &str, metres: f64) -> File {
    let start = format!("2025-09-0{day}T23:30:00");
    let seconds = 0..=600_i32;
    let series = |kind: &str, value: &dyn Fn(i32) -> serde_json::Value| {
        let values: Vec<_> = seconds.clone().map(value).collect();
        json!({"type": kind, "intervalMillis": 1000, "values": values})
    };
    let way: Vec<_> = seconds
        .clone()
        .map(|s| json!({"longitude": 15.0, "latitude": 50.0 + f64::from(s) * 3.0 / 111_195.0, "altitude": 9.0, "elapsedMillis": s * 1000}))
        .collect();
    let mut exercise = json!({"startTime": start, "durationMillis": 600_000, "distanceMeters": metres, "timezoneOffsetMinutes": 120,
    "sport": {"id": sport}, "samples": {"samples": [
        series("HEART_RATE", &|_| json!(150)), series("CADENCE", &|_| json!(84)),
        series("DISTANCE", &|s| json!(f64::from(s) * metres / 600.0)),
    ]}});
    if sport != "17" {
        exercise["routes"] = json!({"route": {"startTime": start, "wayPoints": way}});
        let samples = exercise["samples"]["samples"].as_array_mut().unwrap();
        samples.push(series("ALTITUDE", &|s| {
            json!(if s < 3 {
                0.0
            } else {
                212.0 + f64::from(s) * 0.05
            })
        }));
    }
    let session = json!({"identifier": {"id": day}, "startTime": start, "timezoneOffsetMinutes": 120, "name": "", "exercises": [exercise]});
    // As Polar writes what was not measured.
    let text = session.to_string().replacen("150", "NaN", 1);
    file(
        &format!("training-session_2025-09-0{day}T23-30-00_{day}.json"),
        text,
    )
}

#[test]
fn polar_flow() {
    let merged = merged(&[
        polar_session(1, "1", 1800.0),
        polar_session(2, "2", 5400.0),
        polar_session(3, "17", 1750.0),
        file(
            "training-session_2025-09-04T08-30-00_4.json",
            "{\"startTime\": \"2025-09-04T08:30:00\", \"exercises\": [5",
        ),
        file(
            "training-session_2025-09-05T08-30-00_5.json",
            "{\"startTime\": 17, \"timezoneOffsetMinutes\": 120, \"exercises\": []}",
        ),
        file("activity-2025-09-01-1.json", "{\"date\": \"2025-09-01\"}"),
        file(
            "sleep_result_1.json",
            "[{\"night\": \"2025-09-02\", \"evaluation\": {\"asleepDuration\": \"PT7H\"}}]",
        ),
    ]);
    assert_eq!(
        told(&merged.runs)[..2],
        [
            "2025-09-01 23:30 running generic 1800",
            "2025-09-03 23:30 running treadmill 1750"
        ]
    );
    assert_eq!(
        told(&merged.others)[0],
        "2025-09-02 23:30 cycling generic 5400"
    );
    let run = &merged.runs[0];
    assert_eq!(run.start_utc.timestamp(), LATE_S);
    assert_eq!(run.zone_source, ZoneSource::File);
    assert_eq!(run.heart_rate_mean_bpm, Some(150.0));
    assert_eq!(run.cadence_spm, Some(168.0));
    // 30 m up a hill; the zeros in front are no climb of 212 m.
    assert!(
        (25.0..=35.0).contains(&run.ascent_m.unwrap()),
        "{:?}",
        run.ascent_m
    );
    assert_eq!(
        merged.sleep_s.values().copied().collect::<Vec<_>>(),
        [25_200.0]
    );
    assert!(
        codes(&merged).contains(&Code::NoTime) && codes(&merged).contains(&Code::ExportDamaged)
    );
}

/// A TCX file of half an hour at 2.8 m/s.
fn tcx(start_s: i64, sport: &str) -> String {
    let time = |s: i64| {
        chrono::DateTime::from_timestamp(start_s + s, 0)
            .unwrap()
            .format("%FT%TZ")
    };
    let point = |s: i64| {
        let latitude = 50.0 + s as f64 * 2.8 / 111_195.0;
        format!(
            "<Trackpoint><Time>{}</Time><Position><LatitudeDegrees>{latitude:.7}</LatitudeDegrees><LongitudeDegrees>15.0</LongitudeDegrees>\
            </Position><DistanceMeters>{:.1}</DistanceMeters><HeartRateBpm><Value>147</Value></HeartRateBpm></Trackpoint>",
            time(s),
            s as f64 * 2.8
        )
    };
    let points: String = (0..=360).map(|n| point(n * 5)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><TrainingCenterDatabase xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\">\
        <Activities><Activity Sport=\"{sport}\"><Id>{0}</Id><Lap StartTime=\"{0}\"><TotalTimeSeconds>1800</TotalTimeSeconds>\
        <DistanceMeters>5040</DistanceMeters><Track>{points}</Track></Lap></Activity></Activities></TrainingCenterDatabase>",
        time(0)
    )
}

fn fit_session(start: &str, kind: &str, metres: f64) -> String {
    json!({"fitnessActivity": kind, "startTime": start, "duration": "1800s", "aggregate": [
        {"metricName": "com.google.distance.delta", "floatValue": metres},
        {"metricName": "com.google.step_count.delta", "intValue": 4920}]})
    .to_string()
}

#[test]
fn google_fit() {
    let sessions = "Takeout/Fit/Alle Sitzungen";
    let merged = merged(&[
        file(
            "Takeout/Fit/Aktivitäten/2025-09-01T23_30_00+02_00_PT30M_Laufen.tcx",
            tcx(LATE_S, "Running"),
        ),
        file(
            &format!("{sessions}/2025-09-01T23_30_00_RUNNING.json"),
            fit_session("2025-09-01T23:30:00.000+02:00", "running", 5040.0),
        ),
        file(
            &format!("{sessions}/2025-09-02_TREADMILL.json"),
            fit_session("2025-09-02T18:00:00.000+02:00", "running.treadmill", 5000.0),
        ),
        file(
            &format!("{sessions}/2025-09-03_BIKING.json"),
            fit_session("2025-09-03T18:00:00.000+02:00", "biking", 15_000.0),
        ),
        file(
            &format!("{sessions}/2025-09-04_SLEEP.json"),
            fit_session("2025-09-04T22:00:00.000+02:00", "sleep", 0.0),
        ),
        file(
            &format!("{sessions}/2025-09-05_RUNNING.json"),
            "{\"fitnessActivity\": \"running\", \"startTime\": \"2106-",
        ),
    ]);
    assert_eq!(
        told(&merged.runs),
        [
            "2025-09-01 23:30 running generic 5040",
            "2025-09-02 18:00 running treadmill 5000"
        ]
    );
    assert_eq!(
        told(&merged.others),
        ["2025-09-03 18:00 cycling generic 15000"]
    );
    assert_eq!(merged.runs[0].heart_rate_mean_bpm, Some(147.0));
    assert!(codes(&merged).contains(&Code::ExportDamaged));
}

#[test]
fn fitbit() {
    let exercise = |day: u32, id: u32, metres: f64| {
        json!({"logId": day, "activityName": "x", "activityTypeId": id, "averageHeartRate": 147, "duration": 1_800_000, "steps": 4920,
            "startTime": format!("09/0{day}/25 23:30:00"), "distance": metres / 1000.0, "distanceUnit": "Kilometer"})
    };
    let list = json!([exercise(1, 90009, 5040.0), "broken", exercise(2, 90001, 15_000.0), exercise(3, 20049, 5000.0), {"logId": 4, "activityName": "Run", "startTime": 9}]);
    let folder = "Takeout/Fitbit/Global Export Data";
    let merged = merged(&[
        file(&format!("{folder}/exercise-0.json"), list.to_string()),
        file(
            &format!("{folder}/heart_rate-2025-09-01.json"),
            "[{\"dateTime\": \"09/01/25 00:00:05\", \"value\": {\"bpm\": 60, \"confidence\": 2}}]",
        ),
        file(
            &format!("{folder}/resting_heart_rate-2025-01-01.json"),
            "[{\"dateTime\": \"09/01/25 00:00:00\", \"value\": {\"date\": \"09/01/25\", \"value\": 52.0, \"error\": 6.8}}]",
        ),
        file(
            &format!("{folder}/sleep-2025-09-01.json"),
            "[{\"logId\": 1, \"dateOfSleep\": \"2025-09-02\", \"minutesAsleep\": 420, \"mainSleep\": true}]",
        ),
    ]);
    assert_eq!(
        told(&merged.runs),
        [
            "2025-09-01 23:30 running generic 5040",
            "2025-09-03 23:30 running treadmill 5000"
        ],
        "on the runner's own day"
    );
    assert_eq!(
        told(&merged.others),
        ["2025-09-02 23:30 cycling generic 15000"]
    );
    let run = &merged.runs[0];
    assert_eq!(run.heart_rate_mean_bpm, Some(147.0));
    assert_eq!(run.cadence_spm, Some(164.0));
    assert_eq!(merged.athlete.heart_rate_rest_bpm, Some(52.0));
    assert_eq!(
        merged.sleep_s.values().copied().collect::<Vec<_>>(),
        [25_200.0]
    );
    assert!(
        codes(&merged).contains(&Code::NoTime) && codes(&merged).contains(&Code::ExportDamaged)
    );
}

#[test]
fn huawei_health() {
    let entry = |day: i64, number: u32, metres: f64, samples: bool| {
        let start_ms = (LATE_S + (day - 1) * DAY_S) * 1000;
        let line = |n: i64| {
            let at = start_ms + n * 5000;
            let latitude = 50.0 + n as f64 * 14.0 / 111_195.0;
            format!(
                "tp=lbs;k={n};lat={latitude:.7};lon=15.0;alt=0.0;t={at};\ntp=h-r;k={at};v=150;\ntp=s-r;k={at};v=168;\n"
            )
        };
        let lines: String = (0..=360).filter(|_| samples).map(line).collect();
        json!({"sportType": number, "startTime": start_ms, "totalTime": 1_800_000, "totalDistance": metres, "timeZone": "+0200",
            "attribute": format!("HW_EXT_TRACK_DETAIL@is{lines}&&HW_EXT_TRACK_SIMPLIFY@is{{\"avgHeartRate\":150,\"totalSteps\":5040}}")})
    };
    let list = json!([entry(1, 4, 5040.0, true), entry(2, 3, 15_000.0, true), entry(3, 101, 5000.0, false), {"sportType": 4, "startTime": 0}, 5]);
    // Huawei's own JSON has keys without quotes.
    let text = list.to_string().replacen(
        "{\"attribute\"",
        "{\"partTimeMap\":{1.0:357.1},\"attribute\"",
        1,
    );
    let merged = merged(&[file(
        "data/Motion path detail data & description/motion path detail data.json",
        text,
    )]);
    assert_eq!(
        told(&merged.runs),
        [
            "2025-09-01 23:30 running generic 5040",
            "2025-09-03 23:30 running treadmill 5000"
        ]
    );
    assert_eq!(
        told(&merged.others),
        ["2025-09-02 23:30 cycling generic 15000"]
    );
    let run = &merged.runs[0];
    assert_eq!(
        (run.heart_rate_mean_bpm, run.cadence_spm),
        (Some(150.0), Some(168.0))
    );
    assert_eq!(merged.runs[1].cadence_spm, Some(168.0));
    assert!(
        codes(&merged).contains(&Code::NoTime) && codes(&merged).contains(&Code::ExportDamaged)
    );
}

#[test]
fn nike_run_club() {
    let activity = |day: i64, kind: &str, place: &str, metres: f64| {
        let start_ms = (LATE_S + (day - 1) * DAY_S) * 1000;
        let values = |value: &dyn Fn(i64) -> f64| -> Vec<_> {
            (0..=360)
                .map(|n| json!({"start_epoch_ms": start_ms + n * 5000, "end_epoch_ms": start_ms + (n + 1) * 5000, "value": value(n)}))
                .collect()
        };
        let metrics = if place == "indoors" {
            json!([])
        } else {
            json!([
                {"type": "latitude", "values": values(&|n| 50.0 + n as f64 * metres / 360.0 / 111_195.0)}, {"type": "longitude", "values": values(&|_| 15.0)},
                {"type": "heart_rate", "values": values(&|_| 150.0)}, {"type": "steps", "values": values(&|_| 14.0)}])
        };
        json!({"id": format!("a{day}"), "type": kind, "start_epoch_ms": start_ms, "end_epoch_ms": start_ms + 1_800_000, "active_duration_ms": 1_800_000,
            "summaries": [{"metric": "distance", "summary": "total", "value": metres / 1000.0}, {"metric": "steps", "summary": "total", "value": 5040}],
            "metrics": metrics, "tags": {"location": place}})
        .to_string()
    };
    let merged = merged(&[
        file(
            "NRC/activities/1.json",
            activity(1, "run", "outdoors", 5040.0),
        ),
        file(
            "NRC/activities/2.json",
            activity(2, "cycling", "outdoors", 15_000.0),
        ),
        file(
            "NRC/activities/3.json",
            activity(3, "run", "indoors", 5000.0),
        ),
        file(
            "NRC/activities/4.json",
            "{\"id\": \"a4\", \"type\": \"run\", \"start_epoch_ms\": \"soon\", \"metrics\": []}",
        ),
        file(
            "NRC/activities/5.json",
            "{\"id\": \"a5\", \"type\": \"run\", \"metrics\": [], \"start_epoch_ms\": 17567",
        ),
    ]);
    // A treadmill run without a place has no zone, and says so.
    let (outdoors, indoors) = (
        "2025-09-01 23:30 running generic 5040",
        "2025-09-03 21:30 running treadmill 5000",
    );
    if cfg!(feature = "tz-lookup") {
        assert_eq!(told(&merged.runs), [outdoors, indoors]);
    }
    assert_eq!(told(&merged.others)[0].split(' ').nth(2), Some("cycling"));
    let run = &merged.runs[0];
    assert_eq!(
        (run.heart_rate_mean_bpm, run.cadence_spm),
        (Some(150.0), Some(168.0))
    );
    assert!(codes(&merged).contains(&Code::NoTime) && codes(&merged).contains(&Code::NoTimeZone));
}

#[test]
fn zepp() {
    let merged = merged(&[
        file(
            "SPORT/SPORT_1757000000.csv",
            "type,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),avgPace(/meter),calories(kcal)\n\
            1,2025-09-01 06:30:00+0000,1800,0.3,0.5,5040.0,0.357,300.0\n9,2025-09-02 06:30:00+0000,1800,0.1,0.2,15000.0,0.12,300.0\n\
            8,2025-09-03 06:30:00+0000,1800,0.3,0.5,5000.0,0.357,300.0\n999,2025-09-04 06:30:00+0000,1800,0,0,0.0,0,300.0\n\
            1,2025-13-01 06:30:00+0000,1800,0.3,0.5,5040.0,0.357,300.0\n",
        ),
        file(
            "SLEEP/SLEEP_1.csv",
            "date,deepSleepTime,shallowSleepTime,wakeTime,start,stop,REMTime,naps\n",
        ),
        file(
            "HEARTRATE_AUTO/HEARTRATE_AUTO_1.csv",
            "date,time,heartRate\n2025-09-01,08:30,60\n",
        ),
        file(
            "USER/USER_1.csv",
            "userId,gender,height,weight,nickName,avatar,birthday\n7,1,180.0,72.5,x,,1990-01\n",
        ),
    ]);
    assert_eq!(
        told(&merged.runs),
        [
            "2025-09-01 06:30 running generic 5040",
            "2025-09-03 06:30 running treadmill 5000"
        ]
    );
    assert_eq!(
        told(&merged.others),
        [
            "2025-09-02 06:30 cycling generic 15000",
            "2025-09-04 06:30 other generic -"
        ]
    );
    assert_eq!(merged.athlete.weight_kg, Some(72.5));
    assert_eq!(merged.runs[0].zone_source, ZoneSource::AssumedUtc);
    assert!(codes(&merged).contains(&Code::NoTime) && codes(&merged).contains(&Code::NoTimeZone));
}

#[test]
fn map_my_run() {
    let merged = merged(&[file(
        "user_workout_history.csv",
        "Date Submitted,Workout Date,Activity Type,Calories Burned (kCal),Distance (km),Workout Time (seconds),Avg Pace (min/km),\
        Max Pace (min/km),Avg Speed (km/h),Max Speed (km/h),Avg Heart Rate,Steps,Notes,Source,Link\n\
        \"Sept. 1, 2025\",\"Sept. 1, 2025\",Run,400,5.04,1800,5.9,4,10,12,147,4920,\"knee, sore\",Map My Run,http://x/1\n\
        \"Sept. 2, 2025\",\"Sept. 2, 2025\",Bike Ride,400,15,1800,2,1,30,40,120,,,,http://x/2\n\
        \"Sept. 3, 2025\",\"Sept. 3, 2025\",Indoor Run / Jog,400,5,1800,5.9,4,10,12,,,\"a quote\" that, is broken,,http://x/3\n\
        nothing,nothing,Run,400,5.04,1800,5.9,4,10,12,147,4920,,,\n",
    )]);
    let told: Vec<String> = told(&merged.runs)
        .iter()
        .map(|row| row.replacen(" 12:00", "", 1))
        .collect();
    assert_eq!(
        told,
        [
            "2025-09-01 running generic 5040",
            "2025-09-03 running treadmill 5000"
        ]
    );
    assert_eq!(merged.others.len(), 1);
    let run = &merged.runs[0];
    assert_eq!(
        (run.heart_rate_mean_bpm, run.cadence_spm),
        (Some(147.0), Some(164.0))
    );
    assert!(codes(&merged).contains(&Code::NoTime));
}

#[test]
fn endomondo() {
    let point = |n: i64| {
        let at = chrono::DateTime::from_timestamp(LATE_S + 2 * DAY_S + n * 5, 0).unwrap();
        json!([{"location": [[{"latitude": 50.0 + n as f64 * 14.0 / 111_195.0}, {"longitude": 15.0}]]}, {"altitude": 200},
            {"distance_km": n as f64 * 0.014}, {"heart_rate_bpm": 150}, {"timestamp": at.format("%a %b %d %H:%M:%S UTC %Y").to_string()}])
    };
    let points: Vec<_> = (0..=360).map(point).collect();
    let workout = |sport: &str, start: &str| json!([{"sport": sport}, {"start_time": start}, {"duration_s": 1800}, {"distance_km": 5.04}]);
    let mut with_points = workout("RUNNING", "2025-09-03 21:30:00.0");
    with_points
        .as_array_mut()
        .unwrap()
        .push(json!({"points": points}));
    let beside = "Workouts/2025-09-01 21_30_00.0";
    let merged = merged(&[
        file(&format!("{beside}.tcx"), tcx(LATE_S, "Running")),
        file(
            &format!("{beside}.json"),
            json!([{"sport": "RUNNING"}, {"duration_s": 1800}, {"notes": "left knee sore"}])
                .to_string(),
        ),
        file(
            "Workouts/2025-09-03 21_30_00.0.json",
            with_points.to_string(),
        ),
        file(
            "Workouts/2025-09-03 21_30_00.0.tcx",
            tcx(LATE_S + 2 * DAY_S, "Running"),
        ),
        file(
            "Workouts/2025-09-04 21_30_00.0.json",
            workout("CYCLING_SPORT", "2025-09-04 21:30:00.0").to_string(),
        ),
        file(
            "Workouts/2025-09-05 21_30_00.0.json",
            workout("TREADMILL_RUNNING", "2025-09-05 05:30:00.0").to_string(),
        ),
        file(
            "Workouts/x.json",
            "[{\"sport\": \"RUNNING\"}, {\"duration_s\": 18",
        ),
    ]);
    let days: Vec<String> = told(&merged.runs)
        .iter()
        .map(|row| row[..10].to_string())
        .collect();
    assert_eq!(
        days,
        ["2025-09-01", "2025-09-03", "2025-09-05"],
        "each run once"
    );
    assert_eq!(merged.runs[2].sub_sport, "treadmill");
    assert!(merged.runs.iter().all(|run| run.distance_m == Some(5040.0)));
    assert_eq!(
        (merged.others.len(), merged.others[0].sport.0),
        (1, "cycling")
    );
    assert_eq!(
        merged.runs[1].heart_rate_mean_bpm,
        Some(147.0),
        "the TCX file is the richer one"
    );
    assert!(codes(&merged).contains(&Code::ExportDamaged));
}

#[test]
fn coros_and_suunto_by_their_fit_files() {
    let sample = |number: u32| {
        let name =
            format!("sample_data/DI_CONNECT/DI-Connect-Uploaded-Files/sample_100000{number}.fit");
        fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
    };
    let merged = merged(&[
        file("COROS/Running20250901.fit", sample(1)),
        file(
            "suunto/suuntoapp-Running-2025-09-03T06-30-00Z.fit",
            sample(2),
        ),
        file("suunto/cut.fit", &sample(3)[..20]),
    ]);
    assert_eq!(merged.runs.len(), 2);
}
