//! Zepp's export (Amazfit, before Mi Fit): `SPORT/SPORT_*.csv`, one activity a row, and the runner's weight in `USER/USER_*.csv`.
//!
//! Starts are UTC. There are no samples; the heart rates of whole days lie in other files. Nights are not read: their dates are a day
//! early in some exports and not in others.

use super::{
    export::{Basis, Export, Said},
    facts::{Facts, Listed},
    kit::{self, DISTANCE_M, Fault, HEART_RATE_BPM, Notes, Row, TIME_S, Table, WEIGHT_KG},
};
use crate::{
    model::{Activity, Athlete, Format, Name, Sport, Totals},
    text::stamp::stamp,
};

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "Zepp",
    download: "the zip, unlocked with the password of Zepp's message",
    reads: "activities with their sport, distance and time; weight",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// Columns that only these tables have together.
const SPORTS: &[&str] = &["type", "startTime", "sportTime(s)"];
const USER: &[&str] = &["userId", "gender", "weight"];

/// Zepp's numbers; others are other sports.
const NUMBERS: &[(&str, &str)] = &[
    ("1", "running"),
    ("6", "walking"),
    ("7", "trail running"),
    ("8", "treadmill running"),
    ("9", "cycling"),
    ("10", "indoor cycling"),
    ("12", "elliptical"),
    ("14", "lap swimming"),
    ("15", "open water swimming"),
    ("23", "indoor rowing"),
    ("52", "strength training"),
];

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], _name: &str) -> bool {
    Table::has_columns(head, SPORTS) || Table::has_columns(head, USER)
}

/// See [`super::read`].
pub fn read(bytes: &[u8], _name: &str) -> Option<Said> {
    let mut notes = Notes::new("row");
    let facts = match Table::read(bytes, SPORTS, &mut notes) {
        Some(table) => Facts {
            activities: table
                .rows()
                .filter_map(|row| listed(row, &mut notes))
                .collect(),
            ..Facts::default()
        },
        None => of_user(&Table::read(bytes, USER, &mut notes)?, &mut notes),
    };
    Some((facts, notes.problems()))
}

/// One activity; None, counted, when it has no usable start.
fn listed(row: Row, notes: &mut Notes) -> Option<Listed> {
    let start = row.text("startTime").and_then(stamp);
    if start.is_none() {
        notes.add(
            Fault::NoStart,
            row.number,
            row.text("startTime").unwrap_or_default(),
        );
    }
    // Paces are left out: they follow from distance and time.
    let (sport, sub_sport) = sport(row.text("type"));
    let timer_s = row.value(notes, "sportTime(s)", 1.0, TIME_S);
    let mut activity = Activity {
        sport,
        sub_sport,
        totals: Totals {
            distance_m: row
                .value(notes, "distance(m)", 1.0, DISTANCE_M)
                .filter(is_some_way),
            timer_s: timer_s.filter(is_some_way),
            heart_rate_mean_bpm: row.value(notes, "avgHeartRate", 1.0, HEART_RATE_BPM),
            heart_rate_max_bpm: row.value(notes, "maxHeartRate", 1.0, HEART_RATE_BPM),
            ..Totals::default()
        },
        ..Activity::empty(Format::Export)
    };
    kit::begin(&mut activity, start?, None);
    Some(Listed {
        place: format!("row {}", row.number),
        id: None,
        file: None,
        shoe: None,
        activity,
    })
}

/// Zero is how Zepp writes that it does not know.
fn is_some_way(value: &f64) -> bool {
    *value > 0.0
}

fn sport(number: Option<&str>) -> (Sport, Name) {
    number.map_or_else(|| kit::meant(None), sport_of)
}

fn sport_of(number: &str) -> (Sport, Name) {
    kit::of_number(NUMBERS, number)
}

fn of_user(table: &Table, notes: &mut Notes) -> Facts {
    let weights = table
        .rows()
        .map(|row| row.value(notes, "weight", 1.0, WEIGHT_KG));
    Facts {
        athlete: Athlete {
            weight_kg: weights.last().flatten(),
            ..Athlete::default()
        },
        ..Facts::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;

    #[test]
    fn rows_are_activities_in_utc() {
        let text = "type,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),avgPace(/meter),calories(kcal)\n\
            1,2025-09-01 06:30:00+0000,1800,0.3,0.5,5040.0,0.357,300.0\n\
            8,2025-09-02 06:30:00+0000,2400,0.3,0.5,0.0,0.357,300.0\n\
            9,2025-09-03 06:30:00+0000,3600,0.1,0.2,25000.0,0.15,500.0\n\
            999,2025-09-04 06:30:00+0000,60,0,0,-1,0,0\n\
            1,soon,1800,0.3,0.5,5040.0,0.357,300.0\n";
        let (facts, problems) = read(text.as_bytes(), "x.csv").expect("Zepp's");
        let found: Vec<_> = facts
            .activities
            .iter()
            .map(|listed| (listed.activity.sport.0, listed.activity.sub_sport))
            .collect();
        let expected = [
            ("running", "generic"),
            ("running", "treadmill"),
            ("cycling", "generic"),
            ("other", "generic"),
        ];
        assert_eq!(found, expected);
        let run = &facts.activities[0].activity;
        assert_eq!(
            (
                run.start_unix_s,
                run.utc_offset_s,
                run.totals.distance_m,
                run.totals.timer_s
            ),
            (Some(1_756_708_200.0), None, Some(5040.0), Some(1800.0))
        );
        assert_eq!(facts.activities[1].activity.totals.distance_m, None);
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::NoTime, Code::BadValue]);
    }

    #[test]
    fn the_runner_has_a_weight() {
        let text =
            "userId,gender,height,weight,nickName,avatar,birthday\n7,1,180.0,72.5,x,,1990-01\n";
        let (facts, problems) = read(text.as_bytes(), "USER_1.csv").expect("Zepp's");
        assert_eq!((facts.athlete.weight_kg, problems), (Some(72.5), vec![]));
        assert!(read(b"date,time,heartRate\n2025-09-01,07:00,60\n", "").is_none());
    }
}
