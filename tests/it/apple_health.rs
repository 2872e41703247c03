//! Apple Health's export, invented, as it is downloaded: streamed, joined to its routes, and read as far as it is whole.

use crate::common::{gpx_run, zip};
use niggle::{
    exports::apple,
    ingest::{self, Silent, cache::Cache},
    merge::{self, Merged},
    problem::Code,
    source,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What Apple writes in front: a DTD. This one also has an entity that would grow to gigabytes, and one that looks like a workout.
const FRONT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 <Workout workoutActivityType="HKWorkoutActivityTypeRunning"> -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY w "<Workout workoutActivityType='HKWorkoutActivityTypeRunning' startDate='2025-08-01 08:00:00 +0200'/>">
]>
<HealthData locale="de_DE">
 <ExportDate value="2025-10-12 12:00:00 +0200"/>
 <Me HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale"/>
"#;

fn record(kind: &str, source: &str, unit: &str, (start, end): (&str, &str), value: &str) -> String {
    format!(
        " <Record type=\"{kind}\" sourceName=\"{source}\" device=\"&lt;&lt;HKDevice: 0x1&gt;, name:Apple Watch&gt;\" unit=\"{unit}\" creationDate=\"{end}\" startDate=\"{start}\" endDate=\"{end}\" value=\"{value}\">\n  <MetadataEntry key=\"HKMetadataKeyHeartRateMotionContext\" value=\"2\"/>\n </Record>\n"
    )
}

/// A moment on this clock of the morning of 7 September 2025.
fn at(minute: u32, second: u32) -> String {
    format!(
        "2025-09-07 {:02}:{:02}:{second:02} +0200",
        9 + minute / 60,
        minute % 60
    )
}

/// Heart rates every five seconds of the first workout from the watch, some from a phone, and some outside; steps; what is known of
/// the runner; two nights, one of them seen by two.
fn records() -> String {
    let heart = "HKQuantityTypeIdentifierHeartRate";
    let mut text = String::new();
    for index in 0..=360_u32 {
        let now = at(index * 5 / 60, index * 5 % 60);
        text += &record(heart, "Anna’s Watch", "count/min", (&now, &now), "150");
    }
    for minute in [1, 2, 3, 45, 50] {
        let now = at(minute, 1);
        text += &record(heart, "Phone", "count/min", (&now, &now), "90");
    }
    let now = at(4, 2);
    for broken in ["NaN", "Infinity", "", "9000"] {
        text += &record(heart, "Anna’s Watch", "count/min", (&now, &now), broken);
    }
    text += &record(
        heart,
        "Anna’s Watch",
        "count/min",
        ("1970-01-01 00:00:00 +0000", ""),
        "150",
    );
    text += &record(
        heart,
        "Anna’s Watch",
        "count/min",
        ("2106-02-07 06:28:15 +0000", ""),
        "150",
    );
    let variability = "HKQuantityTypeIdentifierHeartRateVariabilitySDNN";
    text += &record(
        variability,
        "Anna’s Watch",
        "ms",
        (&at(5, 0), &at(5, 0)),
        "40",
    );
    for (day, bpm) in [
        ("2024-01-01", "80"),
        ("2025-09-01", "50"),
        ("2025-09-02", "52"),
        ("2025-09-03", "55"),
    ] {
        let when = format!("{day} 00:00:00 +0200");
        text += &record(
            "HKQuantityTypeIdentifierRestingHeartRate",
            "Anna’s Watch",
            "count/min",
            (&when, &when),
            bpm,
        );
    }
    let when = "2025-09-01 07:00:00 +0200";
    text += &record(
        "HKQuantityTypeIdentifierBodyMass",
        "Scales",
        "lb",
        (when, when),
        "132.277",
    );
    text + &sleep()
}

fn sleep() -> String {
    let piece = |source: &str, value: &str, from: &str, to: &str| {
        let kind = "HKCategoryTypeIdentifierSleepAnalysis";
        let value = format!("HKCategoryValueSleepAnalysis{value}");
        record(
            kind,
            source,
            "",
            (&format!("{from} +0200"), &format!("{to} +0200")),
            &value,
        )
    };
    [
        piece(
            "Phone",
            "InBed",
            "2025-09-06 22:00:00",
            "2025-09-07 07:30:00",
        ),
        piece(
            "Phone",
            "AsleepUnspecified",
            "2025-09-06 22:30:00",
            "2025-09-07 07:00:00",
        ),
        piece(
            "Anna’s Watch",
            "AsleepCore",
            "2025-09-06 23:00:00",
            "2025-09-07 03:00:00",
        ),
        piece(
            "Anna’s Watch",
            "Awake",
            "2025-09-07 03:00:00",
            "2025-09-07 03:30:00",
        ),
        piece(
            "Anna’s Watch",
            "AsleepREM",
            "2025-09-07 03:30:00",
            "2025-09-07 06:30:00",
        ),
        piece(
            "Phone",
            "Asleep",
            "2025-09-07 23:00:00",
            "2025-09-08 06:00:00",
        ),
    ]
    .concat()
}

fn workout(kind: &str, (start, end): (&str, &str), attributes: &str, inside: &str) -> String {
    format!(
        " <Workout workoutActivityType=\"HKWorkoutActivityType{kind}\" sourceName=\"Anna’s Watch\" startDate=\"{start}\" endDate=\"{end}\" {attributes}>\n{inside} </Workout>\n"
    )
}

fn entry(key: &str, value: &str) -> String {
    format!("  <MetadataEntry key=\"{key}\" value=\"{value}\"/>\n")
}

fn statistics(kind: &str, values: &str) -> String {
    format!("  <WorkoutStatistics type=\"HKQuantityTypeIdentifier{kind}\" {values}/>\n")
}

fn route(file: &str) -> String {
    format!(
        "  <WorkoutRoute sourceName=\"Watch\">\n   <MetadataEntry key=\"HKMetadataKeySyncVersion\" value=\"2\"/>\n   <FileReference path=\"/workout-routes/{file}\"/>\n  </WorkoutRoute>\n"
    )
}

fn event(kind: &str, when: &str) -> String {
    format!("  <WorkoutEvent type=\"HKWorkoutEventType{kind}\" date=\"{when}\"/>\n")
}

/// A run with a route, a treadmill run of ten years ago and of another zone, a ride with a route, yoga, and what is broken.
fn workouts() -> String {
    // The parts of a workout repeat it, and count for nothing.
    let part = format!(
        "  <WorkoutActivity uuid=\"1\" startDate=\"x\">\n{}{}  </WorkoutActivity>\n",
        statistics("StepCount", "sum=\"1\" unit=\"count\""),
        entry("HKIndoorWorkout", "1")
    );
    let run = [
        entry("HKIndoorWorkout", "0"),
        entry("HKTimeZone", "Europe/Berlin"),
        entry("HKElevationAscended", "4200 cm"),
        event("Pause", &at(10, 0)),
        event("Resume", &at(12, 0)),
        event("Segment", &at(12, 0)),
        part,
        statistics(
            "HeartRate",
            "average=\"151.2\" minimum=\"98\" maximum=\"176\" unit=\"count/min\"",
        ),
        statistics("StepCount", "sum=\"4620\" unit=\"count\""),
        statistics("DistanceWalkingRunning", "sum=\"4.8\" unit=\"km\""),
        route("route_2025-09-07_9.00am.gpx"),
    ];
    let timed = "duration=\"28\" durationUnit=\"min\"";
    [
        workout("Running", (&at(0, 0), &at(30, 0)), timed, &run.concat()),
        workout(
            "Running",
            ("2025-09-09 00:30:00 +0200", "2025-09-09 01:10:00 +0200"),
            "duration=\"2400\" durationUnit=\"s\" totalDistance=\"4.3\" totalDistanceUnit=\"mi\"",
            &(entry("HKIndoorWorkout", "1") + &entry("HKTimeZone", "America/New_York")),
        ),
        workout(
            "Cycling",
            ("2025-09-10 09:00:00 +0200", "2025-09-10 09:30:00 +0200"),
            "duration=\"0.5\" durationUnit=\"hr\"",
            &(statistics("DistanceCycling", "sum=\"4800\" unit=\"m\"")
                + &route("route_2025-09-10_9.00am.gpx")),
        ),
        workout(
            "Yoga",
            ("2025-09-11 09:00:00 +0200", "2025-09-11 09:30:00 +0200"),
            timed,
            "",
        ),
        workout(
            "Running",
            ("1970-01-01 00:00:00 +0000", "1970-01-01 01:00:00 +0000"),
            timed,
            "",
        ),
        workout("Running", ("gestern", "heute"), timed, ""),
        // Its tag does not end, and costs nothing but itself.
        " <Workout workoutActivityType=\"HKWorkoutActivityTypeRunning startDate=\"x\" <Foo/>\n"
            .to_string(),
    ]
    .concat()
}

fn export() -> String {
    format!("{FRONT}{}{}</HealthData>\n", records(), workouts())
}

/// A route as Apple writes it: without a sport.
fn track(day: chrono::NaiveDate) -> Vec<u8> {
    let text = gpx_run(day, 4800.0);
    text.replace("<type>running</type>", "").into_bytes()
}

/// The folder as it is packed, under the name that the language gives to the file.
fn files(name: &str, text: &str) -> Vec<(String, Vec<u8>)> {
    let day = |text: &str| text.parse().unwrap();
    let below = |name: &str| format!("apple_health_export/{name}");
    vec![
        (below(name), text.as_bytes().to_vec()),
        (
            below("export_cda.xml"),
            b"<?xml version=\"1.0\"?><ClinicalDocument/>".to_vec(),
        ),
        (
            below("electrocardiograms/ecg_2025-09-20.csv"),
            b"Name,Anna\n1,2\n".to_vec(),
        ),
        (
            below("workout-routes/route_2025-09-07_9.00am.gpx"),
            track(day("2025-09-07")),
        ),
        (
            below("workout-routes/route_2025-09-10_9.00am.gpx"),
            track(day("2025-09-10")),
        ),
    ]
}

fn written(files: &[(String, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let entries: Vec<_> = files
        .iter()
        .map(|(name, bytes)| (name.clone(), bytes.clone(), false))
        .collect();
    zip(&entries)
}

fn merged(input: &Path, cache: Option<&Cache>) -> Merged {
    let found = source::discover(&[input.to_path_buf()], &[]).unwrap();
    let options = ingest::Options::default();
    let read = ingest::read_all_with(&found, &options, cache, &Silent).unwrap();
    merge::one_activity_once(read, None)
}

/// One export in every way it may lie about: a folder, its file alone, a zip, a zip in a zip, in other languages.
fn ways() -> Vec<(tempfile::TempDir, PathBuf)> {
    let text = export();
    let one = |files: &[(String, Vec<u8>)], input: &str| {
        let folder = written(files);
        let path = folder.path().join(input);
        (folder, path)
    };
    let packed = zipped(&files("export.xml", &text));
    let twice = zipped(&[("mail/export.zip".to_string(), packed.clone())]);
    vec![
        one(&files("Exportación.xml", &text), ""),
        one(&files("exportar.xml", &text), "apple_health_export"),
        one(&[("export.zip".to_string(), packed)], "export.zip"),
        one(&[("Archiv.zip".to_string(), twice)], ""),
    ]
}

#[test]
fn apples_export_is_read_as_it_was_downloaded() {
    for (_folder, input) in ways() {
        let merged = merged(&input, None);
        let what = input.display();
        assert_eq!((merged.runs.len(), merged.others.len()), (2, 2), "{what}");
        let (run, belt) = (&merged.runs[0], &merged.runs[1]);
        assert!(
            run.source.ends_with("route_2025-09-07_9.00am.gpx"),
            "{what}: {}",
            run.source
        );
        assert_eq!(
            run.start_utc.to_string(),
            "2025-09-07 07:00:00 UTC",
            "{what}"
        );
        assert!((run.distance_m.unwrap() - 4800.0).abs() < 100.0, "{what}");
        assert_eq!(
            run.heart_rate_mean_bpm.map(f64::round),
            Some(150.0),
            "{what}: the watch's, not the phone's"
        );
        assert_eq!(run.cadence_spm, Some(4620.0 / 28.0), "{what}");
        assert_eq!(
            (belt.sub_sport, belt.timer_s, belt.elapsed_s),
            ("treadmill", Some(2400.0), Some(2400.0)),
            "{what}"
        );
        assert_eq!(belt.distance_m.map(f64::round), Some(6920.0), "{what}");
        // It was the evening before, where it was run.
        assert_eq!(
            belt.start_local.to_string(),
            "2025-09-08 18:30:00",
            "{what}"
        );
        let sports: Vec<&str> = merged.others.iter().map(|row| row.sport.0).collect();
        assert_eq!(
            sports,
            ["cycling", "training"],
            "{what}: a route's sport is its workout's"
        );
        let nights: Vec<_> = merged
            .sleep_s
            .iter()
            .map(|(day, s)| (day.to_string(), s / 3600.0))
            .collect();
        assert_eq!(
            nights,
            [
                ("2025-09-07".to_string(), 7.0),
                ("2025-09-08".to_string(), 7.0)
            ],
            "{what}"
        );
        let athlete = merged.athlete;
        assert_eq!(
            athlete.heart_rate_rest_bpm,
            Some(52.0),
            "{what}: of the last year"
        );
        assert_eq!(
            athlete.weight_kg.map(|kg| (kg * 10.0).round()),
            Some(600.0),
            "{what}"
        );
        assert_eq!(athlete.sex, Some(niggle::model::Sex::Female), "{what}");
    }
}

fn problems(merged: &Merged) -> Vec<(Code, String)> {
    let files = merged
        .files
        .iter()
        .filter(|file| file.name.to_lowercase().contains("export"));
    let all = files.flat_map(|file| &file.problems);
    all.filter(|problem| problem.code != Code::OtherFile)
        .map(|problem| (problem.code, problem.detail.clone()))
        .collect()
}

#[test]
fn what_is_broken_costs_itself_and_is_told() {
    let folder = written(&files("export.xml", &export()));
    let found = problems(&merged(folder.path(), None));
    let told = |code: Code, words: &str| {
        found
            .iter()
            .any(|(found, detail)| *found == code && detail.contains(words))
    };
    assert!(told(Code::NoTime, "1970"), "{found:?}");
    // NaN, Infinity and 9000; what is empty was not measured.
    assert!(told(Code::BadValue, "(and 2 more)"), "{found:?}");
    assert!(told(Code::ExportDamaged, "does not end"), "{found:?}");
    assert!(!told(Code::ExportDamaged, "too early"), "{found:?}");
}

#[test]
fn half_an_export_is_used_and_told() {
    let text = export();
    let cut = &text[..text.find("Yoga").unwrap()];
    let folder = written(&files("export.xml", cut));
    let merged = merged(folder.path(), None);
    assert_eq!((merged.runs.len(), merged.others.len()), (2, 1));
    assert!(
        problems(&merged)
            .iter()
            .any(|(code, detail)| *code == Code::ExportDamaged && detail.contains("too early"))
    );
}

#[test]
fn every_cut_is_read_without_a_fault() {
    let text = export();
    let whole = apple::read(text.as_bytes(), "export.xml")
        .unwrap()
        .0
        .activities
        .len();
    for end in (0..text.len()).step_by(997) {
        let Some((facts, problems)) = apple::read(&text.as_bytes()[..end], "export.xml") else {
            continue;
        };
        assert!(
            facts.activities.len() <= whole && !problems.is_empty(),
            "{end}"
        );
    }
}

#[test]
fn a_known_export_is_not_read_again() {
    for (_folder, input) in ways() {
        let cold = Cache::new("x");
        let first = merged(&input, Some(&cold));
        let warm = Cache::with("x", cold.bytes()).unwrap();
        let second = merged(&input, Some(&warm));
        assert_eq!(first, second, "{}", input.display());
        assert_eq!(cold.bytes(), warm.bytes(), "{}", input.display());
        assert_eq!(first.runs.len(), 2);
    }
}

#[test]
fn workouts_without_their_routes_are_rows() {
    let alone = written(&[("export.xml".to_string(), export().into_bytes())]);
    let merged = merged(&alone.path().join("export.xml"), None);
    assert_eq!((merged.runs.len(), merged.others.len()), (2, 2));
    let run = &merged.runs[0];
    assert_eq!((run.distance_m, run.timer_s), (Some(4800.0), Some(1680.0)));
    assert_eq!(run.elapsed_s, Some(1800.0));
    assert_eq!(run.heart_rate_mean_bpm.map(f64::round), Some(150.0));
}
