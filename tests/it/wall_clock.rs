//! Times that a clock on a wall showed: exports that tell no zone, GPX and TCX that leave it out, and lines of an account's index.

use niggle::{
    ingest::{self, Options, Silent},
    merge::{self, Merged},
    model::{AltitudeSource, DistanceSource, Run, SportSource, TimeSource},
    problem::{Code, Problem},
    source,
    time::ZoneSource,
};
use serde_json::json;
use std::fs;

/// What one file comes to with this zone.
fn merged(name: &str, content: &str, timezone: Option<&str>) -> Merged {
    merged_all(&[(name, content)], timezone)
}

/// What these files come to with this zone.
fn merged_all(files: &[(&str, &str)], timezone: Option<&str>) -> Merged {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    let found = source::discover(&[folder.path().to_path_buf()], &[]).unwrap();
    let options = Options {
        timezone: timezone.map(|zone| zone.parse().unwrap()),
        ..Options::default()
    };
    let files = ingest::read_all(&found, &options, &Silent).unwrap();
    merge::one_activity_once(files, None)
}

fn only(merged: &Merged) -> &Run {
    let [run] = merged.runs.as_slice() else {
        panic!("{:?} {:?}", merged.runs, problems(merged))
    };
    run
}

fn problems(merged: &Merged) -> Vec<&Problem> {
    let files = merged.files.iter();
    files.flat_map(|file| &file.problems).collect()
}

/// Start in UTC and by the runner's clock.
fn starts(run: &Run) -> (String, String) {
    (
        run.start_utc.format("%dT%H:%M").to_string(),
        run.start_local.format("%dT%H:%M").to_string(),
    )
}

fn check(merged: &Merged, utc: &str, local: &str, source: ZoneSource) {
    let run = only(merged);
    let expected = (utc.to_string(), local.to_string());
    assert_eq!((starts(run), run.zone_source), (expected, source));
}

/// Ten minutes at 3 m/s, on 1 September 2025 at this hour as written, in the east of Germany or nowhere.
fn moments(hour: u32, zone: &str) -> Vec<(String, f64)> {
    let moment = |s: u32| format!("2025-09-01T{hour:02}:{:02}:{:02}{zone}", s / 60, s % 60);
    (0..=600).map(|s| (moment(s), f64::from(s) * 3.0)).collect()
}

fn gpx(head: &str, hour: u32, zone: &str, has_place: bool) -> String {
    let point = |(time, metres): (String, f64)| {
        let place = if has_place {
            format!("lat='{}' lon='14.5'", 51.0 + metres / 111_195.0)
        } else {
            String::new()
        };
        format!(
            "<trkpt {place}><time>{time}</time><extensions><distance>{metres}</distance></extensions></trkpt>"
        )
    };
    let points: String = moments(hour, zone).into_iter().map(point).collect();
    format!("<gpx creator='x'>{head}<trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>")
}

fn tcx(id: &str, lap: &str, hour: u32, zone: &str) -> String {
    let point = |(time, metres): (String, f64)| {
        format!(
            "<Trackpoint><Time>{time}</Time><Position><LatitudeDegrees>{}</LatitudeDegrees><LongitudeDegrees>14.5</LongitudeDegrees>\
             </Position><DistanceMeters>{metres}</DistanceMeters></Trackpoint>",
            51.0 + metres / 111_195.0
        )
    };
    let points: String = moments(hour, zone).into_iter().map(point).collect();
    format!(
        "<TrainingCenterDatabase><Activities><Activity Sport='Running'><Id>{id}</Id><Lap StartTime='{lap}'><Track>{points}</Track></Lap>\
         </Activity></Activities></TrainingCenterDatabase>"
    )
}

#[test]
#[cfg(feature = "tz-lookup")]
fn times_without_a_zone_are_local_unless_something_shows_utc() {
    use ZoneSource::{AssumedUtc, File, Option as Given, Position};
    let is_told = |merged: &Merged| {
        problems(merged)
            .iter()
            .any(|p| p.code == Code::StartMismatch)
    };
    // Nobody says it: local, and told. A blank for the T and a decimal comma change nothing; an offset of zero is a zone.
    let alone = merged("a.gpx", &gpx("", 7, "", true), None);
    check(&alone, "01T05:00", "01T07:00", Position);
    assert!(is_told(&alone), "{:?}", problems(&alone));
    let blank = gpx("", 7, ",250", true).replace("01T", "01 ");
    check(
        &merged("a.gpx", &blank, None),
        "01T05:00",
        "01T07:00",
        Position,
    );
    let zero = merged("a.gpx", &gpx("", 7, "+00:00", true), None);
    check(&zero, "01T07:00", "01T09:00", Position);
    assert!(!is_told(&zero));
    // In the middle of the night by the one clock.
    check(
        &merged("a.gpx", &gpx("", 3, "", true), None),
        "01T03:00",
        "01T05:00",
        Position,
    );
    // The name says it, and the time at which the file was made.
    let named = merged("2025-09-01_09-00.gpx", &gpx("", 7, "", true), None);
    check(&named, "01T07:00", "01T09:00", Position);
    let made = |at: &str| format!("<metadata><time>2025-09-01T{at}Z</time></metadata>");
    let utc = merged("a.gpx", &gpx(&made("07:00:00"), 7, "", true), None);
    check(&utc, "01T07:00", "01T09:00", Position);
    assert!(!is_told(&utc));
    let local = gpx(&made("05:00:00"), 7, "", true);
    check(&merged("a.gpx", &local, None), "01T05:00", "01T07:00", File);
    // Without a place the option says where it was, and without that the hour stays what it is.
    let nowhere = gpx("", 7, "", false);
    let given = merged("a.gpx", &nowhere, Some("America/Denver"));
    check(&given, "01T13:00", "01T07:00", Given);
    check(
        &merged("a.gpx", &nowhere, None),
        "01T07:00",
        "01T07:00",
        AssumedUtc,
    );
    // The start of the activity or of a lap has a zone, or only the points have one.
    let (bare, utc) = ("2025-09-01T07:00:00", "2025-09-01T05:00:00Z");
    for (id, lap, hour, zone, source) in [
        (bare, bare, 7, "", Position),
        (bare, utc, 7, "", File),
        (utc, bare, 7, "", File),
        (bare, bare, 5, "Z", File),
    ] {
        let merged = merged("a.tcx", &tcx(id, lap, hour, zone), None);
        check(&merged, "01T05:00", "01T07:00", source);
    }
}

/// A session of Polar's whose clock tells no zone.
fn polar(has_place: bool) -> String {
    let start = "2025-09-01T23:30:00";
    let distances: Vec<_> = (0..=600).map(|s| json!(f64::from(s) * 3.0)).collect();
    let mut exercise = json!({"startTime": start, "durationMillis": 600_000, "distanceMeters": 1800.0, "sport": {"id": "1"},
        "samples": {"samples": [{"type": "DISTANCE", "intervalMillis": 1000, "values": distances}]}});
    if has_place {
        let way: Vec<_> = (0..=600)
            .map(|s| json!({"longitude": 14.5, "latitude": 51.0 + f64::from(s) * 3.0 / 111_195.0, "elapsedMillis": s * 1000}))
            .collect();
        exercise["routes"] = json!({"route": {"startTime": start, "wayPoints": way}});
    }
    json!({"identifier": {"id": 1}, "startTime": start, "exercises": [exercise]}).to_string()
}

#[test]
#[cfg(feature = "tz-lookup")]
fn a_wall_clock_keeps_its_hour_and_gets_its_moment() {
    let read = |content: &str, zone| merged("training-session_1.json", content, zone);
    let somewhere = read(&polar(true), None);
    check(&somewhere, "01T21:30", "01T23:30", ZoneSource::Position);
    let elsewhere = read(&polar(true), Some("America/Denver"));
    check(&elsewhere, "01T21:30", "01T23:30", ZoneSource::Position);
    let nowhere = read(&polar(false), Some("America/Denver"));
    check(&nowhere, "02T05:30", "01T23:30", ZoneSource::Option);
    assert_eq!(only(&nowhere).distance_m, Some(1800.0));
    let unknown = read(&polar(false), None);
    check(&unknown, "01T23:30", "01T23:30", ZoneSource::AssumedUtc);
    let problems = problems(&unknown);
    let told: Vec<_> = problems.iter().map(|p| (p.code, &*p.consequence)).collect();
    assert!(
        told.iter()
            .any(|(code, what)| *code == Code::NoTimeZone && what.contains("day and hour")),
        "{told:?}"
    );
}

#[test]
#[cfg(feature = "tz-lookup")]
fn a_wall_clock_and_a_copy_in_utc_are_one_run() {
    // Half past eleven at night on the wall is half past nine in UTC; the copy knows where it was, or nothing.
    let session = polar(false);
    for (has_place, source) in [(true, ZoneSource::Position), (false, ZoneSource::File)] {
        // The moments are of the hour's first ten minutes.
        let copy = gpx("", 21, "Z", has_place).replace("T21:0", "T21:3");
        let copy = copy.replace("T21:10:00Z", "T21:40:00Z");
        let files = [("training-session_1.json", &*session), ("copy.gpx", &*copy)];
        let both = merged_all(&files, None);
        check(&both, "01T21:30", "01T23:30", source);
        let apart: Vec<f64> = both.merges.iter().map(|m| m.start_difference_s).collect();
        assert_eq!(apart.iter().map(|s| s.abs()).collect::<Vec<_>>(), [7200.0]);
        let told: Vec<_> = problems(&both).iter().map(|p| p.code).collect();
        assert!(!told.contains(&Code::NoTimeZone), "{told:?}");
    }
}

#[test]
fn a_line_of_an_account_says_that_it_is_the_accounts() {
    let header = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename,Moving Time,Elevation Gain";
    let line = "1,\"Sep 1, 2025, 5:00:00 AM\",Morning,Run,1900,5.04,,1800,80";
    let merged = merged("activities.csv", &format!("{header}\n{line}\n"), None);
    let run = only(&merged);
    assert_eq!(
        (run.distance_source, run.timer_source, run.elapsed_source),
        (
            Some(DistanceSource::Index),
            Some(TimeSource::Index),
            Some(TimeSource::Index)
        )
    );
    assert_eq!(
        (run.altitude_source, run.sport_source),
        (Some(AltitudeSource::Index), SportSource::Index)
    );
}
