//! MapMyRun's workout history (`user_workout_history.csv`; MapMyFitness, MapMyRide and MapMyWalk write the same): one activity a row, of
//! which the day is known and not the hour.

use super::{
    export::{Basis, Export, Said},
    facts::{Facts, Listed},
    kit::{
        self, DISTANCE_M, Fault, HEART_RATE_BPM, Notes, Row, STEPS, TIME_S, Table, start_of_day_s,
    },
};
use crate::{
    model::{Activity, Format, Name, Sport, Totals},
    text::{line::title, stamp::stamp},
    time::Clock,
    units::MILE_M,
};
use chrono::NaiveDate;

/// The files of this export.
pub const EXPORT: Export = Export {
    service: "MapMyRun",
    download: "user_workout_history.csv",
    reads: "activities with their day, sport, distance, time, mean heart rate, steps and shoes",
    basis: Basis::Documents,
    stream: None,
    recognises: is_export,
    read,
};

/// Columns that only this table has together.
const COLUMNS: &[&str] = &["Workout Date", "Activity Type", "Workout Time (seconds)"];
/// Distances and what makes metres of them.
const DISTANCES: &[(&str, f64)] = &[("Distance (km)", 1000.0), ("Distance (mi)", MILE_M)];
/// Noon, s of the day.
const NOON_S: f64 = 43_200.0;
/// Months as they begin, and dates with the month in front, as figures.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// See [`super::Export::recognises`].
pub fn is_export(head: &[u8], _name: &str) -> bool {
    Table::has_columns(head, COLUMNS)
}

/// See [`super::read`].
pub fn read(bytes: &[u8], _name: &str) -> Option<Said> {
    let mut notes = Notes::new("row");
    let table = Table::read(bytes, COLUMNS, &mut notes)?;
    let facts = Facts {
        activities: table
            .rows()
            .filter_map(|row| listed(row, &mut notes))
            .collect(),
        ..Facts::default()
    };
    Some((facts, notes.problems()))
}

/// One activity; None, counted, when it has no usable day.
fn listed(row: Row, notes: &mut Notes) -> Option<Listed> {
    let (sport, sub_sport) = sport(row.text("Activity Type"));
    let mut activity = Activity {
        sport,
        sub_sport,
        comment: row.text("Notes").map(Box::from),
        totals: totals(row, notes),
        ..Activity::empty(Format::Export)
    };
    if !begin(&mut activity, row) {
        notes.add(
            Fault::NoStart,
            row.number,
            row.text("Workout Date").unwrap_or_default(),
        );
        return None;
    }
    Some(Listed {
        place: format!("row {}", row.number),
        id: row.text("Link").map(str::to_string),
        file: None,
        shoe: row.text("Shoes").and_then(title),
        activity,
    })
}

/// Writes down the start, if there is one: where only the day is known, noon of it.
fn begin(activity: &mut Activity, row: Row) -> bool {
    let written = row.text("Workout Date").unwrap_or_default();
    if let Some(stamp) = stamp(written) {
        kit::begin(activity, stamp, None);
        return true;
    }
    let Some(day) = day(written) else {
        return false;
    };
    kit::on_the_wall(activity, start_of_day_s(day) + NOON_S);
    activity.clock = Clock::Day;
    true
}

/// `Sept. 24, 2025`, `September 24, 2025`, `09/24/2025` or `2025-09-24`.
fn day(written: &str) -> Option<NaiveDate> {
    let in_words = || {
        let mut parts = written
            .split([' ', ',', '.'])
            .filter(|part| !part.is_empty());
        let month = parts.next()?.to_lowercase();
        let index = MONTHS.iter().position(|begin| month.starts_with(begin))?;
        let day = parts.next()?.parse().ok()?;
        NaiveDate::from_ymd_opt(parts.next()?.parse().ok()?, index as u32 + 1, day)
    };
    let as_figures = |form| NaiveDate::parse_from_str(written, form).ok();
    let day = in_words()
        .or_else(|| as_figures("%m/%d/%y"))
        .or_else(|| as_figures("%m/%d/%Y"))
        .or_else(|| as_figures("%Y-%m-%d"));
    let is_now = |day: &NaiveDate| {
        let years = NaiveDate::from_ymd_opt(1990, 1, 1).zip(NaiveDate::from_ymd_opt(2100, 1, 1));
        years.is_some_and(|(first, last)| first <= *day && *day < last)
    };
    day.filter(is_now)
}

/// `Run`, `Indoor Run / Jog`, `Machine Workout`, `Bike Ride`.
fn sport(word: Option<&str>) -> (Sport, Name) {
    let lower = word.unwrap_or_default().to_lowercase();
    match lower.as_str() {
        "indoor run / jog" | "indoor run" | "treadmill" => kit::meant(Some("treadmill")),
        "run / jog" | "regular run" | "long run" | "tempo run" | "interval run" | "race run"
        | "dog run" | "fun run" | "speed training run" => kit::meant(Some("run")),
        "bike ride" | "road cycling" | "bike touring" => kit::meant(Some("ride")),
        "dog walk" | "power walk" | "walk / hike" => kit::meant(Some("walk")),
        _ => kit::meant(word),
    }
}

fn totals(row: Row, notes: &mut Notes) -> Totals {
    // The unit of the distance stands in the name of its column.
    let timer_s = row.value(notes, "Workout Time (seconds)", 1.0, TIME_S);
    let timer_s = timer_s.filter(|seconds| *seconds > 0.0);
    let steps = row.value(notes, "Steps", 1.0, STEPS);
    let distance_m = DISTANCES
        .iter()
        .find_map(|(column, metres)| row.value(notes, column, *metres, DISTANCE_M));
    Totals {
        distance_m: distance_m.filter(|metres| *metres > 0.0),
        timer_s,
        heart_rate_mean_bpm: row.value(notes, "Avg Heart Rate", 1.0, HEART_RATE_BPM),
        cadence_mean_raw: kit::of_steps(steps, timer_s),
        ..Totals::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;

    const HEADER: &str = "Date Submitted,Workout Date,Activity Type,Calories Burned (kCal),Distance (km),Workout Time (seconds),\
        Avg Pace (min/km),Max Pace (min/km),Avg Speed (km/h),Max Speed (km/h),Avg Heart Rate,Steps,Notes,Source,Link\n";

    #[test]
    fn rows_are_activities_of_a_day() {
        let text = format!(
            "{HEADER}\"Sept. 25, 2025\",\"Sept. 24, 2025\",Run,400,5.04,1800,5.9,4,10,12,147,4920,\"knee, sore\",Map My Run,http://x/1\n\
            \"May 1, 2025\",\"May 1, 2025\",Indoor Run / Jog,400,5.04,1800,5.9,4,10,12,,,,,\n\
            \"May 2, 2025\",\"May 2, 2025\",Bike Ride,400,25.4,3600,2,1,25,40,,,,,\n\
            \"May 3, 2025\",\"May 3, 2025\",Gym,400,0,3600,,,,,,,,,\n\
            soon,soon,Run,400,5.04,1800,5.9,4,10,12,147,4920,,,\n"
        );
        let (facts, problems) = read(text.as_bytes(), "x.csv").expect("MapMyRun's");
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
        // Noon of 2025-09-24, day 20,355 of the Unix epoch.
        assert_eq!(run.start_unix_s, Some(20_355.0 * 86_400.0 + 43_200.0));
        let totals = run.totals;
        assert_eq!(
            (
                totals.distance_m,
                totals.timer_s,
                totals.heart_rate_mean_bpm,
                totals.cadence_mean_raw
            ),
            (Some(5040.0), Some(1800.0), Some(147.0), Some(82.0))
        );
        assert_eq!(run.clock, Clock::Day);
        let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::NoTime]);
    }

    #[test]
    fn miles_and_days_in_every_form() {
        for written in [
            "Sept. 24, 2025",
            "September 24, 2025",
            "09/24/2025",
            "09/24/25",
            "2025-09-24",
        ] {
            assert_eq!(
                day(written),
                NaiveDate::from_ymd_opt(2025, 9, 24),
                "{written}"
            );
        }
        assert_eq!((day("24 Sept."), day("Smarch 1, 2025")), (None, None));
        let text = "Workout Date,Activity Type,Distance (mi),Workout Time (seconds)\n05/01/2025,Run,2,1800\n";
        let (facts, _) = read(text.as_bytes(), "").expect("MapMyRun's");
        assert_eq!(
            facts.activities[0].activity.totals.distance_m,
            Some(3218.688)
        );
    }
}
