//! Every FIT message as fitparser's serde model has it, one JSON document a line.
//!
//! Three things are put right on the way. fitparser gives all or nothing: here it is fed message by message, so what stands before
//! the damage is printed, and checksums are not looked at. Its times are in the machine's zone: here they are UTC, and those on the
//! runner's clock have no zone. It writes a line to standard error for every field of odd size: see [`take_for_bytes`].

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, TimeZone, Utc};
use fitparser::{
    FitDataField, FitDataRecord, Value,
    de::{DecodeOption, FitObject, FitStreamProcessor},
    profile::MesgNum,
};
use serde::Serialize;
use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// FIT's base type `byte`.
const BYTE: u8 = 0x0D;
/// Fields on the runner's own clock (type `local_date_time` of the FIT profile); all other times are UTC.
const ON_LOCAL_CLOCK: [&str; 2] = ["local_timestamp", "scheduled_time"];

/// One message. The keys within `fields` are fitparser's.
#[derive(Serialize)]
struct Message<'a> {
    file: &'a str,
    kind: MesgNum,
    fields: Vec<Field<'a>>,
}

#[derive(Serialize)]
struct Field<'a> {
    name: &'a str,
    number: u8,
    developer_data_index: serde_json::Value,
    value: Shown<'a>,
    units: &'a str,
}

/// A value whose times do not depend on the machine.
#[derive(Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    Time(String),
    List(Vec<Shown<'a>>),
    Other(&'a Value),
}

/// Calls `visit` with each message as JSON, until the end, the damage, or an error of `visit`'s. The text is why fitparser stopped
/// before the end, None when it did not.
pub(super) fn each(
    file: &str,
    bytes: &[u8],
    mut visit: impl FnMut(&str) -> io::Result<()>,
) -> io::Result<Option<String>> {
    let mut reading = Reading::of(bytes);
    while reading.at < reading.bytes.len() {
        match catch_unwind(AssertUnwindSafe(|| reading.step())) {
            Ok(Ok(Some(record))) => visit(&json(file, &record)?)?,
            Ok(Ok(None)) => {}
            Ok(Err(error)) => return Ok(Some(reading.stopped(&format!("stopped ({error})")))),
            Err(_) => return Ok(Some(reading.stopped("panicked"))),
        }
    }
    Ok(reading.cut_off())
}

struct Reading {
    bytes: Vec<u8>,
    at: usize,
    /// Where the messages of the present sequence end.
    messages_end: usize,
    /// Whether the last thing read was the checksum that closes a sequence.
    is_sealed: bool,
    processor: FitStreamProcessor,
}

impl Reading {
    fn of(bytes: &[u8]) -> Reading {
        let mut processor = FitStreamProcessor::new();
        processor.add_option(DecodeOption::SkipHeaderCrcValidation);
        processor.add_option(DecodeOption::SkipDataCrcValidation);
        Reading {
            bytes: bytes.to_vec(),
            at: 0,
            messages_end: 0,
            is_sealed: false,
            processor,
        }
    }

    /// Reads the next message, header or checksum.
    fn step(&mut self) -> fitparser::Result<Option<FitDataRecord>> {
        if self.at < self.messages_end {
            take_for_bytes(&mut self.bytes[self.at..]);
        }
        let (rest, object) = self.processor.deserialize_next(&self.bytes[self.at..])?;
        let next = self.bytes.len() - rest.len();
        let record = self.take(object)?;
        self.at = next;
        Ok(record)
    }

    /// The message, if it is one.
    fn take(&mut self, object: FitObject) -> fitparser::Result<Option<FitDataRecord>> {
        self.is_sealed = matches!(object, FitObject::Crc(_));
        match object {
            FitObject::DataMessage(message) => {
                return self.processor.decode_message(message).map(Some);
            }
            FitObject::Header(header) => {
                let end = usize::from(header.header_size()) + header.data_size() as usize;
                self.messages_end = self.at + end;
            }
            FitObject::Crc(_) => self.processor.reset(),
            FitObject::DefinitionMessage(_) => {}
        }
        Ok(None)
    }

    /// Why a file that was read to its end is not whole.
    fn cut_off(&self) -> Option<String> {
        let how = "came to the end without a checksum: the file is cut off";
        (!self.is_sealed).then(|| self.stopped(how))
    }

    fn stopped(&self, how: &str) -> String {
        format!(
            "fitparser {how} at byte {} of {}",
            self.at,
            self.bytes.len()
        )
    }
}

/// fitparser tells standard error of every field whose size is no multiple of its type's and then takes it for bytes; files with
/// many of them give megabytes of such lines. Here the definition says bytes at once: the same values, and no such line.
fn take_for_bytes(message: &mut [u8]) {
    let is_definition = message.first().is_some_and(|head| head & 0xC0 == 0x40);
    if !is_definition {
        return;
    }
    let count = message.get(5).copied().map_or(0, usize::from);
    let fields = message.get_mut(6..).unwrap_or_default();
    for field in fields.chunks_exact_mut(3).take(count) {
        if let [_, size, kind] = field
            && !size.is_multiple_of(base_size(*kind))
        {
            *kind = BYTE;
        }
    }
}

/// Bytes of one value of a base type; types the protocol does not know count as bytes.
fn base_size(kind: u8) -> u8 {
    match kind & 0x9F {
        0x83 | 0x84 | 0x8B => 2,
        0x85 | 0x86 | 0x88 | 0x8C => 4,
        0x89 | 0x8E | 0x8F | 0x90 => 8,
        _ => 1,
    }
}

fn json(file: &str, record: &FitDataRecord) -> io::Result<String> {
    let message = Message {
        file,
        kind: record.kind(),
        fields: record.fields().iter().map(shown_field).collect(),
    };
    Ok(serde_json::to_string(&message)?)
}

fn shown_field(field: &FitDataField) -> Field<'_> {
    Field {
        name: field.name(),
        number: field.number(),
        developer_data_index: developer_data_index(field),
        value: shown(field.value(), ON_LOCAL_CLOCK.contains(&field.name())),
        units: field.units(),
    }
}

/// Which developer a field is from has no getter: it is in the serde model alone.
fn developer_data_index(field: &FitDataField) -> serde_json::Value {
    let model = serde_json::to_value(field).unwrap_or_default();
    let index = model.get("developer_data_index");
    index.cloned().unwrap_or_default()
}

fn shown(value: &Value, is_on_local_clock: bool) -> Shown<'_> {
    match value {
        Value::Timestamp(time) if is_on_local_clock => {
            Shown::Time(wall_clock(time).map_or(String::new(), iso))
        }
        Value::Timestamp(time) => Shown::Time(utc(time)),
        Value::Array(values) => {
            let values = values.iter().map(|value| shown(value, is_on_local_clock));
            Shown::List(values.collect())
        }
        other => Shown::Other(other),
    }
}

fn utc<Z: TimeZone>(time: &DateTime<Z>) -> String {
    let time = time.with_timezone(&Utc);
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn iso(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// The time on the runner's clock. fitparser counts its seconds from FIT's first midnight in the machine's zone, so they are taken
/// from there.
fn wall_clock<Z: TimeZone>(time: &DateTime<Z>) -> Option<NaiveDateTime> {
    let first = NaiveDate::from_ymd_opt(1989, 12, 31)?.and_hms_opt(0, 0, 0)?;
    let there = time.timezone().from_local_datetime(&first).earliest()?;
    first.checked_add_signed(time.clone().signed_duration_since(there))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz;

    const GOOD: &[u8] = include_bytes!("../../tests/hostile/fit/00_good_run.fit");

    fn read(bytes: &[u8]) -> (Vec<serde_json::Value>, Option<String>) {
        let mut messages = Vec::new();
        let stop = each("a.fit", bytes, |line| {
            messages.push(serde_json::from_str(line).unwrap());
            Ok(())
        });
        (messages, stop.unwrap())
    }

    #[test]
    fn messages_are_fitparsers_own() {
        let (messages, stop) = read(GOOD);
        let expected = fitparser::from_bytes(GOOD).unwrap();
        assert_eq!((messages.len(), stop), (expected.len(), None));
        for (message, record) in messages.iter().zip(&expected) {
            let model = serde_json::to_value(record).unwrap();
            assert_eq!(message["kind"], model["kind"]);
            for (field, model) in message["fields"]
                .as_array()
                .unwrap()
                .iter()
                .zip(model["fields"].as_array().unwrap())
            {
                assert_eq!(
                    (&field["name"], &field["number"]),
                    (&model["name"], &model["number"])
                );
                assert_eq!(field["value"].is_number(), model["value"].is_number());
            }
        }
    }

    #[test]
    fn what_stands_before_the_damage_is_read() {
        let (all, _) = read(GOOD);
        // Within the last message, then within the checksum: the data end 2 bytes before the end.
        let (cut, stop) = read(&GOOD[..GOOD.len() - 3]);
        assert_eq!(cut.len(), all.len() - 1);
        assert!(stop.unwrap().starts_with("fitparser stopped"));
        let (whole, stop) = read(&GOOD[..GOOD.len() - 2]);
        assert_eq!(whole.len(), all.len());
        assert!(stop.unwrap().contains("cut off"));
        let mut bad_crc = GOOD.to_vec();
        *bad_crc.last_mut().unwrap() ^= 1;
        assert_eq!(read(&bad_crc), (all, None));
    }

    #[test]
    fn odd_fields_are_taken_for_bytes_and_nothing_else_is_touched() {
        // uint16 of 3 bytes, uint32 of 4, a string of 5, and a fourth triple behind the three fields.
        let mut message = [
            0x40, 0, 0, 20, 0, 3, 1, 3, 0x84, 2, 4, 0x86, 3, 5, 0x07, 4, 3, 0x84,
        ];
        take_for_bytes(&mut message);
        assert_eq!(
            message[6..],
            [1, 3, BYTE, 2, 4, 0x86, 3, 5, 0x07, 4, 3, 0x84]
        );
        let mut data = [0x00, 0, 0, 20, 0, 1, 1, 3, 0x84];
        take_for_bytes(&mut data);
        assert_eq!(data[6..], [1, 3, 0x84]);
        take_for_bytes(&mut []);
    }

    #[test]
    fn the_runners_clock_does_not_depend_on_the_machines_zone() {
        let first = NaiveDate::from_ymd_opt(1989, 12, 31)
            .unwrap()
            .and_hms_opt(0, 0, 0)
            .unwrap();
        // 2025-07-01T07:30:00 is 1,120,289,400 s after FIT's first midnight.
        for zone in ["UTC", "America/New_York", "Asia/Kathmandu", "Europe/Berlin"] {
            let zone: Tz = zone.parse().unwrap();
            let time = zone.from_local_datetime(&first).unwrap()
                + chrono::TimeDelta::seconds(1_120_289_400);
            assert_eq!(
                wall_clock(&time).map(iso).as_deref(),
                Some("2025-07-01T07:30:00"),
                "{zone}"
            );
        }
    }
}
