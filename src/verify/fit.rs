//! fitparser's opinion of a FIT file: the crate decodes it independently, and what differs is listed.
//!
//! fitparser 0.11 has faults of its own, which are no differences of niggle's making: it panics on some damaged files
//! (caught here), gives all or nothing, adds up `compressed_speed_distance` without regard to its roll-over, and hands
//! out developer fields among the native ones (so a field is matched by name **and** number, first match).

use super::difference::Difference;
use crate::model::{Activity, Decoded};
use fitparser::profile::MesgNum;
use fitparser::{FitDataRecord, Value};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Relative difference of sums that rounding can explain: niggle keeps samples in `f32`.
const ROUNDING: f64 = 1e-5;

/// Every disagreement between niggle's `decoded` and fitparser on the same bytes. `Err` says why fitparser has no
/// opinion: it stopped with an error or a panic, or niggle found no activity to compare.
pub fn compare(bytes: &[u8], decoded: &Decoded) -> Result<Vec<Difference>, String> {
    if decoded.activities.is_empty() {
        return Err("niggle found no activity in it".into());
    }
    let messages = read(bytes)?;
    let mut differences = compare_records(&messages, &decoded.activities);
    differences.extend(compare_sessions(&messages, &decoded.activities));
    Ok(differences)
}

fn read(bytes: &[u8]) -> Result<Vec<FitDataRecord>, String> {
    let read = catch_unwind(AssertUnwindSafe(|| fitparser::from_bytes(bytes)))
        .map_err(|_| "fitparser panicked".to_string())?;
    read.map_err(|error| format!("fitparser stopped: {error}"))
}

fn compare_records(messages: &[FitDataRecord], activities: &[Activity]) -> Vec<Difference> {
    let records: Vec<&FitDataRecord> = of_kind(messages, MesgNum::Record).collect();
    let mut found = compare_times(&records, activities);
    found.extend(compare_sums(&records, activities));
    if let [activity] = activities {
        let niggle = last_known(&activity.samples.distance_m);
        let other = last_distance(&records);
        found.extend(rounding_aside("last record's distance_m", niggle, other));
    }
    found
}

fn compare_sums(
    records: &[&FitDataRecord],
    activities: &[Activity],
) -> impl Iterator<Item = Difference> {
    let own = |of: fn(&Activity) -> &Vec<f32>| own_sum(activities, of);
    let other = |of: fn(&FitDataRecord) -> Option<f64>| other_sum(records, of);
    let (own_beats, beats) = (own(|a| &a.samples.heart_rate_bpm), other(heart_rate));
    let (own_steps, steps) = (own(|a| &a.samples.cadence_raw), other(cadence));
    let (own_metres, metres) = (own(|a| &a.samples.altitude_m), other(altitude));
    let compared = [
        rounding_aside("heart_rate_bpm sum", own_beats, beats),
        rounding_aside("cadence_raw sum", own_steps, steps),
        rounding_aside("altitude_m sum", own_metres, metres),
    ];
    compared.into_iter().flatten()
}

fn rounding_aside(what: &'static str, niggle: f64, other: f64) -> Option<Difference> {
    difference(what, niggle, other, ROUNDING * other.abs() + 0.01)
}

fn other_sum(records: &[&FitDataRecord], of: fn(&FitDataRecord) -> Option<f64>) -> f64 {
    records.iter().filter_map(|record| of(record)).sum()
}

fn of_kind(messages: &[FitDataRecord], kind: MesgNum) -> impl Iterator<Item = &FitDataRecord> {
    messages
        .iter()
        .filter(move |message| message.kind() == kind)
}

/// How many records there are, and the first and the last time.
fn compare_times(records: &[&FitDataRecord], activities: &[Activity]) -> Vec<Difference> {
    let (own_times, times) = (own_times(activities), times(records));
    let own_count: usize = activities.iter().map(|one| one.samples.len()).sum();
    let (own_count, count) = (own_count as f64, records.len() as f64);
    let compared = [
        difference("records", own_count, count, 0.0),
        difference("first time", lowest(&own_times), lowest(&times), 0.0),
        difference("last time", highest(&own_times), highest(&times), 0.0),
    ];
    compared.into_iter().flatten().collect()
}

fn own_times(activities: &[Activity]) -> Vec<f64> {
    let times = activities.iter().flat_map(|one| &one.samples.time_s);
    times.copied().filter(|time| time.is_finite()).collect()
}

fn times(records: &[&FitDataRecord]) -> Vec<f64> {
    let times = records.iter();
    times
        .filter_map(|record| time(record, "timestamp", 253))
        .collect()
}

/// None where they are as near as `slack`.
fn difference(what: &'static str, niggle: f64, other: f64, slack: f64) -> Option<Difference> {
    ((niggle - other).abs() > slack).then(|| Difference {
        what,
        niggle: niggle.to_string(),
        other: other.to_string(),
    })
}

fn own_sum(activities: &[Activity], of: fn(&Activity) -> &Vec<f32>) -> f64 {
    let values = activities.iter().flat_map(of);
    let known = values.filter(|value| value.is_finite());
    known.map(|value| f64::from(*value)).sum()
}

fn last_known(values: &[f64]) -> f64 {
    let last = values.iter().rev().find(|value| value.is_finite());
    last.copied().unwrap_or(0.0)
}

fn last_distance(records: &[&FitDataRecord]) -> f64 {
    let mut latest_first = records.iter().rev();
    let last = latest_first.find_map(|record| number(record, "distance", 5));
    last.unwrap_or(0.0)
}

fn compare_sessions(messages: &[FitDataRecord], activities: &[Activity]) -> Vec<Difference> {
    let sessions: Vec<&FitDataRecord> = of_kind(messages, MesgNum::Session).collect();
    if sessions.is_empty() {
        return Vec::new();
    }
    let mut differences = Vec::new();
    if sessions.len() != activities.len() {
        differences.push(Difference {
            what: "sessions",
            niggle: activities.len().to_string(),
            other: sessions.len().to_string(),
        });
    }
    for (session, activity) in sessions.iter().zip(activities) {
        differences.extend(compare_session(session, activity));
    }
    differences
}

/// What fitparser does not find has no second opinion.
fn compare_session(session: &FitDataRecord, activity: &Activity) -> Vec<Difference> {
    let totals = &activity.totals;
    let other = |name, field| number(session, name, field);
    let start = time(session, "start_time", 2);
    let heart_rate = other("avg_heart_rate", 16);
    let compared = [
        ("session start", activity.start_unix_s, start),
        (
            "session distance_m",
            totals.distance_m,
            other("total_distance", 9),
        ),
        (
            "session timer_s",
            totals.timer_s,
            other("total_timer_time", 8),
        ),
        (
            "session elapsed_s",
            totals.elapsed_s,
            other("total_elapsed_time", 7),
        ),
        (
            "session heart_rate_mean_bpm",
            totals.heart_rate_mean_bpm,
            heart_rate,
        ),
    ];
    let differing = compared
        .into_iter()
        .filter(|(_, niggle, other)| differ(*niggle, *other));
    let difference = |(what, niggle, other)| Difference {
        what,
        niggle: text(niggle),
        other: text(other),
    };
    differing.map(difference).collect()
}

fn differ(niggle: Option<f64>, other: Option<f64>) -> bool {
    other.is_some_and(|other| niggle.is_none_or(|niggle| (niggle - other).abs() > 0.01))
}

fn heart_rate(record: &FitDataRecord) -> Option<f64> {
    number(record, "heart_rate", 3)
}

fn cadence(record: &FitDataRecord) -> Option<f64> {
    let fraction = number(record, "fractional_cadence", 53).unwrap_or(0.0);
    Some(number(record, "cadence", 4)? + fraction)
}

fn altitude(record: &FitDataRecord) -> Option<f64> {
    number(record, "enhanced_altitude", 78).or_else(|| number(record, "altitude", 2))
}

/// The first field with this name and number, as a number.
fn number(message: &FitDataRecord, name: &str, field: u8) -> Option<f64> {
    let value = value(message, name, field)?.clone();
    let number: f64 = value.try_into().ok()?;
    number.is_finite().then_some(number)
}

/// `.timestamp()` only: fitparser's times are in the machine's zone, and printing them would depend on it.
fn time(message: &FitDataRecord, name: &str, field: u8) -> Option<f64> {
    match value(message, name, field)? {
        Value::Timestamp(time) => Some(time.timestamp() as f64),
        _ => None,
    }
}

/// Component expansion gives `enhanced_altitude` the number 78 or that of the field it came from, so for expanded
/// names any number will do; developer fields come after the native ones.
fn value<'a>(message: &'a FitDataRecord, name: &str, field: u8) -> Option<&'a Value> {
    let is_wanted = |number: u8| number == field || name.starts_with("enhanced_");
    let mut fields = message.fields().iter();
    let found = fields.find(|found| found.name() == name && is_wanted(found.number()))?;
    Some(found.value())
}

fn lowest(values: &[f64]) -> f64 {
    values.iter().copied().reduce(f64::min).unwrap_or(0.0)
}

fn highest(values: &[f64]) -> f64 {
    values.iter().copied().reduce(f64::max).unwrap_or(0.0)
}

fn text(value: Option<f64>) -> String {
    value.map_or("absent".to_string(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::fit::decode;

    const GOOD: &[u8] = include_bytes!("../../tests/hostile/fit/00_good_run.fit");

    #[test]
    fn both_agree_on_a_good_run() {
        assert_eq!(compare(GOOD, &decode(GOOD)), Ok(Vec::new()));
    }

    #[test]
    fn a_wrong_value_is_told() {
        let mut decoded = decode(GOOD);
        decoded.activities[0].samples.heart_rate_bpm[3] += 1.0;
        decoded.activities[0].totals.distance_m = None;
        let differences = compare(GOOD, &decoded).unwrap();
        let what: Vec<&str> = differences
            .iter()
            .map(|difference| difference.what)
            .collect();
        assert_eq!(what, ["heart_rate_bpm sum", "session distance_m"]);
        assert_eq!(differences[1].niggle, "absent");
    }

    #[test]
    fn errors_and_panics_of_the_other_decoder_are_no_opinion() {
        let mut bad_crc = GOOD.to_vec();
        *bad_crc.last_mut().unwrap() ^= 1;
        assert!(
            compare(&bad_crc, &decode(&bad_crc))
                .unwrap_err()
                .starts_with("fitparser stopped")
        );
        assert!(compare(b"", &decode(b"")).is_err());
    }
}
