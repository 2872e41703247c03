//! TCX files as text: one lap, with heart rate and one leg's steps.

use super::{
    plan::Planned,
    track::{Point, Track},
};
use chrono::DateTime;
use std::fmt::{Error, Write};

/// A file with one activity. TCX keeps the running cadence in Garmin's activity extension.
pub fn activity(planned: &Planned, track: &Track) -> Result<String, Error> {
    let start = planned.start_unix_s();
    let mut text = String::from(HEAD);
    writeln!(text, "      <Id>{}</Id>", utc(start))?;
    writeln!(text, "      <Lap StartTime=\"{}\">", utc(start))?;
    writeln!(
        text,
        "        <TotalTimeSeconds>{}</TotalTimeSeconds>",
        track.timer_s(0, track.elapsed_s)
    )?;
    writeln!(
        text,
        "        <DistanceMeters>{:.2}</DistanceMeters>",
        planned.distance_m
    )?;
    writeln!(
        text,
        "        <Calories>{:.0}</Calories>",
        planned.distance_m / 1000.0 * 68.0
    )?;
    text.push_str(
        "        <Intensity>Active</Intensity>\n        <TriggerMethod>Manual</TriggerMethod>\n",
    );
    text.push_str("        <Track>\n");
    for point in track.thinned() {
        trackpoint(&mut text, start, &point)?;
    }
    text.push_str(TAIL);
    Ok(text)
}

fn trackpoint(text: &mut String, start: i64, point: &Point) -> Result<(), Error> {
    write!(
        text,
        "          <Trackpoint><Time>{}</Time>",
        utc(start + point.t_s)
    )?;
    write!(
        text,
        "<Position><LatitudeDegrees>{:.7}</LatitudeDegrees>",
        point.lat_deg
    )?;
    write!(
        text,
        "<LongitudeDegrees>{:.7}</LongitudeDegrees></Position>",
        point.lon_deg
    )?;
    write!(
        text,
        "<AltitudeMeters>{:.1}</AltitudeMeters>",
        point.altitude_m
    )?;
    write!(
        text,
        "<DistanceMeters>{:.2}</DistanceMeters>",
        point.distance_m
    )?;
    write!(
        text,
        "<HeartRateBpm><Value>{}</Value></HeartRateBpm>",
        point.heart_rate_bpm
    )?;
    write!(
        text,
        "<Extensions><ns3:TPX><ns3:Speed>{:.3}</ns3:Speed>",
        point.speed_mps
    )?;
    // The schema wants a whole number: halves of a turn are cut off, as the watch does.
    write!(
        text,
        "<ns3:RunCadence>{}</ns3:RunCadence>",
        point.cadence_rpm as u8
    )?;
    writeln!(text, "</ns3:TPX></Extensions></Trackpoint>")
}

fn utc(unix_s: i64) -> String {
    DateTime::from_timestamp(unix_s, 0).map_or_else(String::new, |time| {
        time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    })
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase
  xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
  xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
  <Activities>
    <Activity Sport="Running">
"#;

const TAIL: &str = r#"        </Track>
      </Lap>
    </Activity>
  </Activities>
</TrainingCenterDatabase>
"#;
