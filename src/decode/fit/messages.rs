//! The few messages besides records that niggle reads, each into a small struct.

use super::developer::Told;
use super::plan::{Description, Plan};
use super::profile::{FIT_EPOCH_UNIX_S, message};
use crate::model::{Athlete, Lap, Sex, Totals};

/// More sessions, laps, events or heart beats than any real recording holds (19, 200 and 20,000 were seen).
const MOST_SESSIONS: usize = 1_000;
const MOST_LAPS: usize = 100_000;
const MOST_EVENTS: usize = 100_000;
const MOST_BEATS: usize = 1_000_000;
/// Developers have numbers of one byte and few fields each.
const MOST_DESCRIPTIONS: usize = 1_000;

/// What the messages of one FIT sequence say, apart from the records.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Messages {
    /// `file_id`.
    pub file: Option<FileId>,
    /// `session`, in file order.
    pub sessions: Vec<Session>,
    /// `lap`, in file order.
    pub laps: Vec<Lap>,
    /// Timer events in file order.
    pub timer: Vec<TimerEvent>,
    /// `sport`: sport, sub-sport, name.
    pub sport: Option<(u8, Option<u8>)>,
    /// The title: the workout's name, else the sport profile's.
    pub workout_name: Option<String>,
    /// The sport profile's name on the watch.
    pub sport_name: Option<String>,
    /// The runner.
    pub athlete: Athlete,
    /// Whether a barometer is among the devices.
    pub has_barometer: bool,
    /// `activity`: time with the timer running in all sessions, s.
    pub whole_timer_s: Option<f64>,
    /// `activity`: local time minus UTC, s, plausible or not.
    pub local_offset_s: Option<i64>,
    /// `timestamp_correlation`: the same.
    pub correlated_offset_s: Option<i64>,
    /// Sport and sub-sport of the first lap that has one.
    pub lap_sport: Option<(u8, Option<u8>)>,
    /// `field_description` of the developer fields that are wanted.
    pub developer_fields: Vec<Description>,
    /// Heart beats of `hr` messages: Unix seconds and beats/min.
    pub beats: Vec<(f64, f32)>,
    hr_anchor: Option<HrAnchor>,
}

/// `file_id`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct FileId {
    /// 4 is an activity; None when the field is absent.
    pub kind: Option<u8>,
    /// The maker's number.
    pub manufacturer: Option<u16>,
    /// The maker's number for the product.
    pub product: Option<u16>,
    /// The product in words.
    pub product_name: Option<String>,
    /// When the file was begun, FIT seconds.
    pub created: Option<u32>,
}

/// `session`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Session {
    /// Sport number.
    pub sport: Option<u8>,
    /// Sub-sport number.
    pub sub_sport: Option<u8>,
    /// Start, Unix seconds.
    pub start_unix_s: Option<f64>,
    /// When the message was written, usually the end; Unix seconds.
    pub written_unix_s: Option<f64>,
    /// The sport profile's name.
    pub name: Option<String>,
    /// Totals.
    pub totals: Totals,
}

/// A start or stop of the timer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TimerEvent {
    /// Unix seconds.
    pub unix_s: f64,
    /// Whether it started; otherwise it stopped.
    pub starts: bool,
}

/// The strap's clock is 1/1024 s since it was switched on; one message tells what time that was.
#[derive(Debug, Clone, Copy, PartialEq)]
struct HrAnchor {
    unix_s: f64,
    event: u32,
    last_event: u32,
}

impl HrAnchor {
    fn unix_s_of(self, event: u32) -> f64 {
        let ticks = event.wrapping_sub(self.event).cast_signed();
        self.unix_s + f64::from(ticks) / 1024.0
    }
}

impl Messages {
    /// Takes in one message. Unknown numbers and absent fields leave everything as it was.
    pub(super) fn read(&mut self, plan: &Plan, payload: &[u8]) {
        // Of what a file may say twice the first is kept where it names something, the last where it measures.
        let fields = Fields { plan, payload };
        match plan.global {
            message::FILE_ID => self.file = self.file.take().or_else(|| Some(fields.file_id())),
            message::SESSION => push(&mut self.sessions, fields.session(), MOST_SESSIONS),
            message::LAP => self.read_lap(fields),
            message::EVENT => fields
                .timer_event()
                .into_iter()
                .for_each(|event| push(&mut self.timer, event, MOST_EVENTS)),
            message::ACTIVITY => {
                self.local_offset_s = fields.local_offset_s(5).or(self.local_offset_s);
                self.whole_timer_s = fields.scaled(0, 1000.0).or(self.whole_timer_s);
            }
            message::TIMESTAMP_CORRELATION => {
                self.correlated_offset_s = self.correlated_offset_s.or(fields.local_offset_s(3))
            }
            message::FIELD_DESCRIPTION => fields
                .description()
                .into_iter()
                .for_each(|one| push(&mut self.developer_fields, one, MOST_DESCRIPTIONS)),
            message::SPORT => self.read_sport(fields),
            message::WORKOUT => {
                self.workout_name = self.workout_name.take().or_else(|| fields.text(8))
            }
            message::USER_PROFILE => self.read_user(fields),
            message::ZONES_TARGET => {
                self.athlete.heart_rate_max_bpm =
                    fields.positive(1).or(self.athlete.heart_rate_max_bpm)
            }
            message::DEVICE_INFO => self.read_device(fields),
            message::HR => self.read_beats(fields),
            _ => (),
        }
    }

    fn read_sport(&mut self, fields: Fields) {
        if let Some(sport) = fields.byte(0) {
            self.sport = self.sport.or(Some((sport, fields.byte(1))));
        }
        self.sport_name = self.sport_name.take().or_else(|| fields.text(3));
    }

    fn read_lap(&mut self, fields: Fields) {
        push(&mut self.laps, fields.lap(), MOST_LAPS);
        let sport = fields.byte(25).map(|sport| (sport, fields.byte(39)));
        self.lap_sport = self.lap_sport.or(sport);
    }

    fn read_user(&mut self, fields: Fields) {
        let athlete = &mut self.athlete;
        athlete.heart_rate_rest_bpm = fields.positive(8).or(athlete.heart_rate_rest_bpm);
        let tenths_kg = fields.positive(4);
        athlete.weight_kg = tenths_kg.map(|tenths| tenths / 10.0).or(athlete.weight_kg);
        athlete.sex = fields.sex().or(athlete.sex);
    }

    /// `device_type` 4 of a device inside the watch (`source_type` 5, "local") is its barometer.
    fn read_device(&mut self, fields: Fields) {
        self.has_barometer |= fields.byte(25) == Some(5) && fields.byte(1) == Some(4);
        if fields.byte(0) == Some(0)
            && let Some(file) = &mut self.file
        {
            file.complete(fields);
        }
    }

    /// `event_timestamp` is whole, `event_timestamp_12` holds the low 12 bits of each beat's time, two in three bytes.
    fn read_beats(&mut self, fields: Fields) {
        self.hr_anchor = fields.hr_anchor().or(self.hr_anchor);
        let Some(anchor) = &mut self.hr_anchor else {
            return;
        };
        let events = fields.beat_events(&mut anchor.last_event);
        for (index, event) in events.into_iter().enumerate() {
            if let Some(bpm) = fields.element(6, index).filter(|bpm| *bpm > 0.0) {
                let beat = (anchor.unix_s_of(event), bpm as f32);
                push(&mut self.beats, beat, MOST_BEATS);
            }
        }
    }
}

impl FileId {
    /// Takes what is missing from the message about the watch itself.
    fn complete(&mut self, fields: Fields) {
        self.manufacturer = self.manufacturer.or(fields.short(2));
        self.product = self.product.or(fields.short(4));
        self.product_name = self.product_name.take().or_else(|| fields.text(27));
    }
}

/// The fields of one message.
#[derive(Clone, Copy)]
struct Fields<'a> {
    plan: &'a Plan,
    payload: &'a [u8],
}

impl Fields<'_> {
    fn number(self, field: u8) -> Option<f64> {
        self.plan.field(field)?.number(self.payload)
    }

    fn element(self, field: u8, index: usize) -> Option<f64> {
        self.plan.field(field)?.element(self.payload, index)
    }

    fn text(self, field: u8) -> Option<String> {
        self.plan.field(field)?.text(self.payload)
    }

    fn byte(self, field: u8) -> Option<u8> {
        self.number(field)
            .filter(|value| (0.0..=255.0).contains(value))
            .map(|value| value as u8)
    }

    fn short(self, field: u8) -> Option<u16> {
        self.number(field)
            .filter(|value| (0.0..=65_535.0).contains(value))
            .map(|value| value as u16)
    }

    fn positive(self, field: u8) -> Option<f64> {
        self.number(field).filter(|value| *value > 0.0)
    }

    fn scaled(self, field: u8, scale: f64) -> Option<f64> {
        self.number(field)
            .filter(|value| *value >= 0.0)
            .map(|value| value / scale)
    }

    fn unix_s(self) -> Option<f64> {
        let stored = self.plan.time?.number(self.payload)?;
        Some(stored + FIT_EPOCH_UNIX_S)
    }

    fn date_time(self, field: u8) -> Option<f64> {
        Some(self.fit_s(field)? + FIT_EPOCH_UNIX_S)
    }

    fn fit_s(self, field: u8) -> Option<f64> {
        self.number(field)
            .filter(|value| (0.0..f64::from(u32::MAX)).contains(value))
    }

    fn sex(self) -> Option<Sex> {
        match self.byte(1)? {
            0 => Some(Sex::Female),
            1 => Some(Sex::Male),
            _ => None,
        }
    }

    fn file_id(self) -> FileId {
        FileId {
            kind: self.byte(0),
            manufacturer: self.short(1),
            product: self.short(2),
            product_name: self.text(8),
            created: self.fit_s(4).map(|seconds| seconds as u32),
        }
    }

    fn session(self) -> Session {
        Session {
            sport: self.byte(5),
            sub_sport: self.byte(6),
            start_unix_s: self.date_time(2),
            written_unix_s: self.unix_s(),
            name: self.text(110),
            totals: self.totals(),
        }
    }

    fn totals(self) -> Totals {
        Totals {
            distance_m: self.scaled(9, 100.0),
            timer_s: self.scaled(8, 1000.0),
            whole_timer_s: None,
            elapsed_s: self.scaled(7, 1000.0),
            moving_s: self.scaled(59, 1000.0),
            ascent_m: self.scaled(22, 1.0),
            descent_m: self.scaled(23, 1.0),
            heart_rate_mean_bpm: self.positive(16),
            heart_rate_max_bpm: self.positive(17),
            cadence_mean_raw: self.cadence(),
            session_rpe: self.scaled(193, 10.0),
            feel: self.scaled(192, 1.0),
        }
    }

    /// Whole revolutions and their fraction.
    fn cadence(self) -> Option<f64> {
        Some(self.number(18)? + self.number(92).unwrap_or(0.0) / 128.0)
    }

    fn lap(self) -> Lap {
        Lap {
            start_unix_s: self.date_time(2),
            timer_s: self.scaled(8, 1000.0),
            elapsed_s: self.scaled(7, 1000.0),
            distance_m: self.scaled(9, 100.0),
            ascent_m: self.scaled(21, 1.0),
        }
    }

    fn timer_event(self) -> Option<TimerEvent> {
        Some(TimerEvent {
            starts: self.starts_timer()?,
            unix_s: self.unix_s()?,
        })
    }

    /// Event 0 is the timer; its types 0 (start), 1, 4, 8 and 9 (kinds of stop).
    fn starts_timer(self) -> Option<bool> {
        match (self.byte(0)?, self.byte(1)?) {
            (0, 0) => Some(true),
            (0, 1 | 4 | 8 | 9) => Some(false),
            _ => None,
        }
    }

    /// `field` is the local time.
    fn local_offset_s(self, field: u8) -> Option<i64> {
        let (local, utc) = (self.date_time(field)?, self.unix_s()?);
        Some((local - utc) as i64)
    }

    fn description(self) -> Option<Description> {
        let told = Told {
            developer: self.byte(0),
            number: self.byte(1),
            base: self.byte(2),
            name: self.text(3),
            units: self.text(8),
            scale: self.number(6),
            offset: self.number(7),
            native_message: self.short(14),
            native_field: self.byte(15),
        };
        told.description()
    }

    fn hr_anchor(self) -> Option<HrAnchor> {
        let unix_s = self.unix_s()?;
        let event = self.number(9)? as u32;
        let fraction_s = self.number(0).unwrap_or(0.0) / 32_768.0;
        Some(HrAnchor {
            unix_s: unix_s + fraction_s,
            event,
            last_event: event,
        })
    }

    /// The strap's clock at each beat of this message; `last` is carried from message to message.
    fn beat_events(self, last: &mut u32) -> Vec<u32> {
        let mut events = self.whole_events();
        *last = events.last().copied().unwrap_or(*last);
        let packed = self.plan.field(10);
        let packed = packed.and_then(|cell| cell.bytes(self.payload));
        let packed = packed.unwrap_or_default().as_chunks::<3>().0;
        for low_bits in packed.iter().flat_map(two_of_12_bits) {
            *last = last.wrapping_add(low_bits.wrapping_sub(*last) & 0xFFF);
            events.push(*last);
        }
        events
    }

    fn whole_events(self) -> Vec<u32> {
        let Some(cell) = self.plan.field(9) else {
            return Vec::new();
        };
        (0..cell.len())
            .map_while(|index| cell.element(self.payload, index))
            .map(|event| event as u32)
            .collect()
    }
}

fn two_of_12_bits([low, middle, high]: &[u8; 3]) -> [u32; 2] {
    let first = u32::from(*low) | u32::from(middle & 0x0F) << 8;
    let second = u32::from(middle >> 4) | u32::from(*high) << 4;
    [first, second]
}

fn push<T>(list: &mut Vec<T>, item: T, most: usize) {
    if list.len() < most {
        list.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(messages: &mut Messages, definition: &[u8], payload: &[u8]) {
        let plan = Plan::parse(definition, 0, definition.len()).expect("a whole definition");
        assert_eq!(plan.size, payload.len(), "the payload fits its definition");
        messages.read(&plan, payload);
    }

    #[test]
    fn a_session_in_si_units() {
        let mut messages = Messages::default();
        let definition = [
            0x40, 0, 0, 18, 0, 8, 2, 4, 0x86, 8, 4, 0x86, 9, 4, 0x86, 5, 1, 0, 18, 1, 2, 92, 1, 2,
            193, 1, 2, 192, 1, 2,
        ];
        let payload = [
            16, 0, 0, 0, 0xE8, 3, 0, 0, 0x10, 0x27, 0, 0, 1, 82, 64, 70, 75,
        ];
        read(&mut messages, &definition, &payload);
        let session = &messages.sessions[0];
        assert_eq!(
            session.sport.and_then(super::super::profile::sport),
            Some("running")
        );
        assert_eq!(session.start_unix_s, Some(631_065_616.0));
        assert_eq!(
            (session.totals.timer_s, session.totals.distance_m),
            (Some(1.0), Some(100.0))
        );
        assert_eq!(
            (session.totals.cadence_mean_raw, session.totals.session_rpe),
            (Some(82.5), Some(7.0))
        );
        assert_eq!(session.totals.feel, Some(75.0));
        assert_eq!(
            (session.totals.ascent_m, session.totals.heart_rate_mean_bpm),
            (None, None)
        );
    }

    #[test]
    fn only_timer_events_count() {
        let mut messages = Messages::default();
        let definition = [0x40, 0, 0, 21, 0, 3, 253, 4, 0x86, 0, 1, 0, 1, 1, 0];
        for (event, kind) in [(0, 0), (0, 4), (9, 0), (0, 3)] {
            read(&mut messages, &definition, &[1, 0, 0, 0, event, kind]);
        }
        let starts: Vec<bool> = messages.timer.iter().map(|event| event.starts).collect();
        assert_eq!(starts, [true, false]);
    }

    #[test]
    fn beats_roll_over_their_12_bits() {
        let mut messages = Messages::default();
        let anchor = [0x40, 0, 0, 132, 0, 3, 253, 4, 0x86, 9, 4, 0x86, 6, 1, 2];
        // Event clock 4000/1024 s at FIT second 100.
        read(
            &mut messages,
            &anchor,
            &[100, 0, 0, 0, 0xA0, 0x0F, 0, 0, 60],
        );
        // 12-bit times 928 (5024 after a roll-over: 1 s later) and 1952 (2 s later): 0x3A0, 0x7A0.
        let packed = [0x40, 0, 0, 132, 0, 2, 6, 2, 2, 10, 3, 0x0D];
        read(&mut messages, &packed, &[61, 62, 0xA0, 0x03, 0x7A]);
        let base = FIT_EPOCH_UNIX_S + 100.0;
        assert_eq!(
            messages.beats,
            [(base, 60.0), (base + 1.0, 61.0), (base + 2.0, 62.0)]
        );
    }

    #[test]
    fn the_runner_and_the_barometer() {
        let mut messages = Messages::default();
        read(
            &mut messages,
            &[0x40, 0, 0, 3, 0, 3, 1, 1, 0, 4, 2, 0x84, 8, 1, 2],
            &[0, 0xC2, 0x01, 48],
        );
        read(&mut messages, &[0x40, 0, 0, 7, 0, 1, 1, 1, 2], &[190]);
        read(
            &mut messages,
            &[0x40, 0, 0, 23, 0, 2, 25, 1, 0, 1, 1, 2],
            &[5, 4],
        );
        let athlete = messages.athlete;
        assert_eq!(
            (athlete.sex, athlete.weight_kg),
            (Some(Sex::Female), Some(45.0))
        );
        assert_eq!(
            (athlete.heart_rate_rest_bpm, athlete.heart_rate_max_bpm),
            (Some(48.0), Some(190.0))
        );
        assert!(messages.has_barometer);
    }

    #[test]
    fn local_time_minus_utc() {
        let mut messages = Messages::default();
        let definition = [0x40, 0, 0, 34, 0, 2, 253, 4, 0x86, 5, 4, 0x86];
        read(&mut messages, &definition, &[0, 0, 1, 0, 0x10, 0x0E, 1, 0]);
        assert_eq!(messages.local_offset_s, Some(3600));
        // The same in timestamp_correlation, whose local time is field 3.
        let definition = [0x40, 0, 0, 162, 0, 2, 253, 4, 0x86, 3, 4, 0x86];
        read(&mut messages, &definition, &[0, 0, 1, 0, 0xA0, 0x8C, 1, 0]);
        assert_eq!(messages.correlated_offset_s, Some(36_000));
    }
}
