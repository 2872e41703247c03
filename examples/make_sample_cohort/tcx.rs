//! A run as TCX without a position: a point every twenty seconds with distance, altitude, heart rate and steps.

use super::{
    noise::sine,
    runner::{Day, date},
};
use std::fmt::Write;

/// Seconds between points.
const STEP_S: u64 = 20;

/// The run of this day.
pub fn activity(runner: u64, at: i64, day: &Day, steps: f64) -> String {
    let start = date(at)
        .and_hms_opt(17, (7 * runner % 60) as u32, 0)
        .unwrap()
        .and_utc();
    let seconds = (day.km * day.pace_s).round();
    let stamp = |second: u64| {
        (start + chrono::TimeDelta::seconds(second as i64)).format("%Y-%m-%dT%H:%M:%SZ")
    };
    let mut text = format!(
        "{HEAD}      <Id>{0}</Id>\n      <Lap StartTime=\"{0}\">\n        <TotalTimeSeconds>{seconds}</TotalTimeSeconds>\n        \
         <DistanceMeters>{1:.1}</DistanceMeters>\n        <Intensity>Active</Intensity>\n        <TriggerMethod>Manual</TriggerMethod>\n        <Track>\n",
        stamp(0),
        day.km * 1000.0
    );
    let last = seconds as u64;
    let whole = (0..last).step_by(STEP_S as usize).chain([last]);
    for second in whole {
        let share = second as f64 / seconds;
        // Two hills, up and down again: all of the climb and all of the descent.
        let altitude = 120.0 + day.climb_m / 4.0 * (1.0 - sine(2.0 * share + 0.25));
        let heart = 128.0 + 25.0 * share + 3.0 * sine(9.0 * share);
        let leg = (steps / 2.0 + 1.5 * sine(31.0 * share)).round();
        writeln!(
            text,
            "          <Trackpoint><Time>{}</Time><AltitudeMeters>{altitude:.1}</AltitudeMeters><DistanceMeters>{:.1}</DistanceMeters>\
             <HeartRateBpm><Value>{heart:.0}</Value></HeartRateBpm><Extensions><ns3:TPX><ns3:RunCadence>{leg}</ns3:RunCadence></ns3:TPX></Extensions></Trackpoint>",
            stamp(second),
            day.km * 1000.0 * share
        )
        .unwrap();
    }
    text + TAIL
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<TrainingCenterDatabase xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\" xmlns:ns3=\"http://www.garmin.com/xmlschemas/ActivityExtension/v2\">
  <Activities>
    <Activity Sport=\"Running\">
";

const TAIL: &str = "        </Track>
      </Lap>
    </Activity>
  </Activities>
</TrainingCenterDatabase>
";
