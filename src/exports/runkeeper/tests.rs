//! Invented tables, in both units and as spreadsheets save them.

use super::*;
use crate::{
    exports::facts::Listed,
    model::Sport,
    problem::{Code, Problem},
    time::Clock,
};

const METRIC: &str = "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Average Speed (km/h),Calories Burned,Climb (m),Average Heart Rate (bpm),Friend's Tagged,Notes,GPX File\n";

fn told(bytes: &[u8]) -> (Vec<Listed>, Vec<Problem>) {
    assert!(is_export(bytes, "cardioActivities.csv"));
    let (facts, problems) = read(bytes, "cardioActivities.csv").expect("a file of this export");
    (facts.activities, problems)
}

/// 1 September 2025, 08:30 on the runner's clock, as if that were UTC's.
const WALL_S: f64 = 1_756_715_400.0;

#[test]
fn a_row_is_an_activity() {
    let text = format!(
        "{METRIC}a1,2025-09-01 08:30:00,Running,\"Park, twice\",5.04,30:00,5:57,10.08,350.0,41,147,\"\",\"Easy, with \"\"strides\"\"\",2025-09-01-083000.gpx\n"
    );
    let (listed, problems) = told(text.as_bytes());
    assert_eq!((listed.len(), problems), (1, vec![]));
    let Listed {
        place,
        id,
        file,
        activity,
        ..
    } = &listed[0];
    assert_eq!((place.as_str(), id.as_deref()), ("row 2", Some("a1")));
    assert_eq!(file.as_deref(), Some("2025-09-01-083000.gpx"));
    assert_eq!(
        (activity.start_unix_s, activity.clock),
        (Some(WALL_S), Clock::Wall)
    );
    assert_eq!(
        (activity.sport, activity.name.as_deref()),
        (Sport::RUNNING, Some("Park, twice"))
    );
    assert_eq!(activity.comment.as_deref(), Some("Easy, with \"strides\""));
    let totals = activity.totals;
    assert_eq!(
        (totals.distance_m, totals.timer_s),
        (Some(5040.0), Some(1800.0))
    );
    assert_eq!(
        (totals.ascent_m, totals.heart_rate_mean_bpm),
        (Some(41.0), Some(147.0))
    );
}

#[test]
fn miles_and_feet() {
    let text = "Date,Type,Route Name,Distance (mi),Duration,Average Pace,Average Speed (mph),Calories Burned,Climb (ft),Average Heart Rate (bpm),Friend's Tagged,Notes,GPX File\n\
        2025-09-01 08:30:00,Running,,3.00,1:02:30,20:50,2.9,350,100,,,,\n";
    let totals = told(text.as_bytes()).0[0].activity.totals;
    assert!((totals.distance_m.unwrap_or_default() - 4828.032).abs() < 1e-9);
    assert!((totals.ascent_m.unwrap_or_default() - 30.48).abs() < 1e-9);
    assert_eq!(totals.timer_s, Some(3750.0));
}

#[test]
fn the_table_says_the_sport() {
    for (word, sport) in [
        ("Running", "running"),
        ("Treadmill Running", "running"),
        ("Cycling", "cycling"),
        ("Walking", "walking"),
        ("Unicycling", "other"),
        ("Other", "other"),
        ("", "unknown"),
    ] {
        let text = format!("{METRIC}a,2025-09-01 08:30:00,{word},,5,30:00,,,,,,,,\n");
        assert_eq!(
            told(text.as_bytes()).0[0].activity.sport,
            Sport(sport),
            "{word}"
        );
    }
}

#[test]
fn as_spreadsheets_save_it() {
    let row = "a;2025-09-01 08:30;Running;;5,04;30:00;;;;41,5;147;;;x.gpx\r\n";
    let text = format!("\u{feff}{}{row}", METRIC.replace(',', ";"));
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [text.into_bytes(), utf16] {
        let (listed, problems) = told(&bytes);
        let activity = &listed[0].activity;
        assert_eq!(
            (activity.totals.distance_m, activity.start_unix_s),
            (Some(5040.0), Some(WALL_S))
        );
        assert_eq!((activity.totals.ascent_m, problems), (Some(41.5), vec![]));
    }
}

#[test]
fn broken_rows_cost_themselves() {
    let text = format!(
        "{METRIC}a,yesterday,Running,,5,30:00,,,,,,,,\nb,2025-09-01 08:30:00,Running,,far,30:71,,,,,900,,,\nc,2025-09-02 08:30:00,Running,,0.00,0:00,,,,,,,,\n\nd,2106-01-01 00:00:00,Running,,NaN,inf,,,,,,,,"
    );
    let (listed, problems) = told(text.as_bytes());
    let places: Vec<&str> = listed.iter().map(|line| line.place.as_str()).collect();
    assert_eq!(places, ["row 3", "row 4"]);
    let totals = listed[0].activity.totals;
    assert_eq!(
        (
            totals.distance_m,
            totals.timer_s,
            totals.heart_rate_mean_bpm
        ),
        (None, None, None)
    );
    let totals = listed[1].activity.totals;
    assert_eq!((totals.distance_m, totals.timer_s), (None, None));
    let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::NoTime, Code::BadValue]);
}

#[test]
fn measurements_are_told_by_their_name() {
    let text = b"Date,Weight (kg),Resting Heart Rate\n2025-09-01,70.5,52\n2025-09-02,,50\n2025-09-03,71,56\nsoon,80,40\n";
    assert_eq!(read(text, "weights.csv"), None);
    let (facts, problems) = read(text, "z.zip/measurements.csv").expect("measurements");
    assert_eq!(
        (facts.athlete.heart_rate_rest_bpm, facts.athlete.weight_kg),
        (Some(52.0), Some(71.0))
    );
    assert_eq!((problems.len(), problems[0].place.as_str()), (1, "row 5"));
    let by_row = b"Date,Type,Value\n2025-09-01,Resting Heart Rate,48\n2025-09-01,Weight,180\n";
    let (facts, _) = read(by_row, "measurements.csv").expect("measurements");
    assert_eq!(
        (facts.athlete.heart_rate_rest_bpm, facts.athlete.weight_kg),
        (Some(48.0), None)
    );
}

#[test]
fn other_tables_are_none() {
    for text in [
        "Date,Type,Duration\n2025-09-01,Running,30:00\n",
        "date,pain,site\n2025-09-01,3,knee\n",
        "",
        "{\"Date\": 1}",
    ] {
        assert_eq!(read(text.as_bytes(), "x.csv"), None, "{text}");
        assert!(!is_export(text.as_bytes(), "x.csv"));
    }
}
