//! The second pass: from record positions to sample columns, one tight loop a column.

use super::plan::{Column, RecordPlan};
use super::profile::FIT_EPOCH_UNIX_S;
use super::scan::{NO_TIME, Rows};
use super::value::{Cell, Sample, Scale};
use crate::model::Samples;

/// The columns of these records.
pub(super) fn samples(bytes: &[u8], rows: &Rows) -> Samples {
    let mut samples = Samples {
        time_s: rows.times.iter().map(|time| unix_s(*time)).collect(),
        latitude_deg: column(bytes, rows, Column::Latitude),
        longitude_deg: column(bytes, rows, Column::Longitude),
        altitude_m: preferred(bytes, rows, Column::EnhancedAltitude, Column::Altitude),
        distance_m: column(bytes, rows, Column::Distance),
        speed_m_s: preferred(bytes, rows, Column::EnhancedSpeed, Column::Speed),
        heart_rate_bpm: column(bytes, rows, Column::HeartRate),
        cadence_raw: cadence(bytes, rows),
    };
    add_compressed(bytes, rows, &mut samples);
    if rows.plans.iter().any(RecordPlan::has_developed) {
        add_developed(bytes, rows, &mut samples);
    }
    samples
}

/// A pod or an app fills the columns that are silent without it.
fn add_developed(bytes: &[u8], rows: &Rows, samples: &mut Samples) {
    fn speak<T: Sample + PartialEq + Default>(
        column: &mut Vec<T>,
        bytes: &[u8],
        rows: &Rows,
        which: Column,
    ) {
        if !is_silent(column) {
            return;
        }
        let developed: Vec<T> = gathered(bytes, rows, |plan| plan.developed(which));
        if !is_silent(&developed) {
            *column = developed;
        }
    }
    speak(&mut samples.heart_rate_bpm, bytes, rows, Column::HeartRate);
    speak(&mut samples.cadence_raw, bytes, rows, Column::Cadence);
    speak(&mut samples.speed_m_s, bytes, rows, Column::Speed);
    speak(&mut samples.distance_m, bytes, rows, Column::Distance);
}

/// A column speaks from one value in so many on: a few bytes of damage do not make it one.
const SPEAKS_ONE_IN: usize = 100;

/// Whether a column holds nothing, or next to nothing but zeros.
fn is_silent<T: Sample + PartialEq + Default>(column: &[T]) -> bool {
    let says = |value: &&T| !value.is_missing() && **value != T::default();
    column.iter().filter(says).count() * SPEAKS_ONE_IN < column.len().max(1)
}

/// Unix seconds of a record's time; NaN when it has none.
fn unix_s(time: u32) -> f64 {
    if time == NO_TIME {
        f64::NAN
    } else {
        f64::from(time) + FIT_EPOCH_UNIX_S
    }
}

/// One column; empty when no record has the field.
fn column<T: Sample>(bytes: &[u8], rows: &Rows, which: Column) -> Vec<T> {
    gathered(bytes, rows, |plan| Some((plan.cell(which)?, which.scale())))
}

/// The values that lie where `cell` says; empty when no record has any.
fn gathered<T: Sample>(
    bytes: &[u8],
    rows: &Rows,
    cell: impl Fn(&RecordPlan) -> Option<(Cell, Scale)>,
) -> Vec<T> {
    if rows.plans.iter().all(|plan| cell(plan).is_none()) {
        return Vec::new();
    }
    let mut values = Vec::with_capacity(rows.starts.len());
    let mut rest = &rows.starts[..];
    for (plan, count) in &rows.runs {
        let (starts, tail) = rest.split_at(*count as usize);
        rest = tail;
        let plan = &rows.plans[*plan as usize];
        match cell(plan) {
            Some((cell, scale)) => cell.gather(bytes, starts, plan.length(), scale, &mut values),
            None => values.resize(values.len() + starts.len(), T::MISSING),
        }
    }
    values
}

/// `first` where a record has it, else `second`.
fn preferred(bytes: &[u8], rows: &Rows, first: Column, second: Column) -> Vec<f32> {
    let mut values: Vec<f32> = column(bytes, rows, first);
    if values.is_empty() {
        return column(bytes, rows, second);
    }
    if values.iter().any(|value| value.is_missing()) {
        let others: Vec<f32> = column(bytes, rows, second);
        for (value, other) in values.iter_mut().zip(others) {
            fill(value, other);
        }
    }
    values
}

/// Whole revolutions plus their fraction, exactly as stored: one leg.
fn cadence(bytes: &[u8], rows: &Rows) -> Vec<f32> {
    let mut whole: Vec<f32> = column(bytes, rows, Column::Cadence);
    if !whole.is_empty() {
        let fractions: Vec<f32> = column(bytes, rows, Column::FractionalCadence);
        for (value, fraction) in whole
            .iter_mut()
            .zip(fractions)
            .filter(|(_, fraction)| !fraction.is_missing())
        {
            *value += fraction;
        }
    }
    whole
}

/// `compressed_speed_distance` fills what the plain fields left open: 12 bits of speed in 1/100 m/s, then a 12-bit
/// counter of 1/16 m that rolls over at 4096 (the sum of its steps is the distance).
fn add_compressed(bytes: &[u8], rows: &Rows, samples: &mut Samples) {
    let which = Column::CompressedSpeedDistance;
    if rows.plans.iter().all(|plan| plan.cell(which).is_none()) {
        return;
    }
    let count = rows.starts.len();
    samples.distance_m.resize(count, f64::NAN);
    samples.speed_m_s.resize(count, f32::NAN);
    let mut counter = Counter::default();
    for (index, (cell, start)) in cells(rows, which).zip(&rows.starts).enumerate() {
        let Some(raw) = compressed(bytes, cell, *start) else {
            continue;
        };
        let (speed, step, time) = (raw.speed(), counter.step(raw), rows.times[index]);
        // A wrong counter, which would be a roll-over more.
        if rows.is_damaged && counter.is_too_far(f64::from(speed) / 100.0, step, time) {
            continue;
        }
        counter.go_on(raw, step, time);
        fill(&mut samples.speed_m_s[index], f32::from(speed) / 100.0);
        fill(
            &mut samples.distance_m[index],
            counter.sixteenths as f64 / 16.0,
        );
    }
}

/// Where each record has a column.
fn cells(rows: &Rows, which: Column) -> impl Iterator<Item = Option<Cell>> {
    rows.runs.iter().flat_map(move |(plan, count)| {
        let plan = rows.plans.get(*plan as usize);
        let cell = plan.and_then(|plan| plan.cell(which));
        std::iter::repeat_n(cell, *count as usize)
    })
}

#[inline]
fn compressed(bytes: &[u8], cell: Option<Cell>, start: u32) -> Option<Compressed> {
    let field = cell?.bytes(bytes.get(start as usize..)?)?;
    let raw = field.first_chunk::<3>()?;
    (*raw != [0xFF; 3]).then_some(Compressed(*raw))
}

/// The three bytes of one record.
#[derive(Clone, Copy)]
struct Compressed([u8; 3]);

impl Compressed {
    #[inline]
    fn speed(self) -> u16 {
        let [low, middle, _] = self.0;
        u16::from(low) | u16::from(middle & 0x0F) << 8
    }

    #[inline]
    fn counter(self) -> u64 {
        let [_, middle, high] = self.0;
        u64::from(middle >> 4) | u64::from(high) << 4
    }
}

/// The way so far.
#[derive(Default)]
struct Counter {
    /// The counter and the time of the last record that was believed.
    last: Option<(u64, u32)>,
    sixteenths: u64,
}

impl Counter {
    /// Sixteenths of a metre since the last record.
    #[inline]
    fn step(&self, raw: Compressed) -> u64 {
        match self.last {
            Some((before, _)) => raw.counter().wrapping_sub(before) & 0xFFF,
            None => raw.counter(),
        }
    }

    #[inline]
    fn is_too_far(&self, speed_m_s: f64, step: u64, time: u32) -> bool {
        self.last.is_some_and(|(_, before)| {
            step as f64 / 16.0 > furthest_m(speed_m_s, time.saturating_sub(before))
        })
    }

    #[inline]
    fn go_on(&mut self, raw: Compressed, step: u64, time: u32) {
        self.sixteenths += step;
        self.last = Some((raw.counter(), time));
    }
}

/// How far a record's own speed can have carried since the last, generously. In damaged data a longer step is a wrong
/// counter; believed, it would be a roll-over more, 256 m, in every later distance.
fn furthest_m(speed_m_s: f64, seconds: u32) -> f64 {
    1.5 * speed_m_s * f64::from(seconds.max(1)) + 20.0
}

fn fill<T: Sample>(slot: &mut T, value: T) {
    if slot.is_missing() {
        *slot = value;
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::{Spent, scan};
    use super::*;

    /// The columns of records with one definition (fields as number, size, base type) and these payloads.
    fn check(fields: &[[u8; 3]], payloads: &[&[u8]]) -> Samples {
        let mut bytes = vec![0x40, 0, 0, 20, 0, fields.len() as u8];
        bytes.extend(fields.as_flattened());
        for payload in payloads {
            bytes.push(0);
            bytes.extend(*payload);
        }
        let found = scan(&bytes, 0..bytes.len(), true, Spent::default());
        assert_eq!(
            (found.rows.starts.len(), found.cut_at),
            (payloads.len(), None)
        );
        samples(&bytes, &found.rows)
    }

    #[test]
    fn scales_are_the_profiles() {
        // altitude 2750 / 5 - 500 = 50 m; speed 3000 / 1000; distance 12345 / 100; 90 degrees are 2^30 semicircles.
        let samples = check(
            &[[2, 2, 0x84], [6, 2, 0x84], [5, 4, 0x86], [0, 4, 0x85]],
            &[&[0xBE, 0x0A, 0xB8, 0x0B, 0x39, 0x30, 0, 0, 0, 0, 0, 0x40]],
        );
        assert_eq!((samples.altitude_m[0], samples.speed_m_s[0]), (50.0, 3.0));
        assert_eq!(
            (samples.distance_m[0], samples.latitude_deg[0]),
            (123.45, 90.0)
        );
        assert!(samples.heart_rate_bpm.is_empty() && samples.longitude_deg.is_empty());
        assert!(samples.time_s[0].is_nan());
    }

    #[test]
    fn products_with_the_inverse_scale_are_the_quotients() {
        let stored: Vec<u16> = (0..u16::MAX).collect();
        let payloads: Vec<[u8; 4]> = stored
            .iter()
            .map(|n| {
                [n.to_le_bytes(), n.to_le_bytes()]
                    .concat()
                    .try_into()
                    .unwrap()
            })
            .collect();
        let payloads: Vec<&[u8]> = payloads.iter().map(|payload| payload.as_slice()).collect();
        let samples = check(&[[2, 2, 0x84], [6, 2, 0x84]], &payloads);
        for (number, (altitude, speed)) in stored
            .iter()
            .zip(samples.altitude_m.iter().zip(&samples.speed_m_s))
        {
            let number = f64::from(*number);
            assert_eq!(
                (*altitude, *speed),
                ((number / 5.0 - 500.0) as f32, (number / 1000.0) as f32)
            );
        }
    }

    #[test]
    fn enhanced_fields_win_record_by_record() {
        let samples = check(
            &[[6, 2, 0x84], [73, 4, 0x86]],
            &[
                &[0xE8, 3, 0xD0, 7, 0, 0],
                &[0xE8, 3, 0xFF, 0xFF, 0xFF, 0xFF],
            ],
        );
        assert_eq!(samples.speed_m_s, [2.0, 1.0]);
        // Altitudes 2750 and 2755: 50 m, and enhanced 51 m, which the second record does not have.
        let samples = check(
            &[[78, 4, 0x86], [2, 2, 0x84]],
            &[
                &[0xC3, 0x0A, 0, 0, 0xBE, 0x0A],
                &[0xFF, 0xFF, 0xFF, 0xFF, 0xBE, 0x0A],
            ],
        );
        assert_eq!(samples.altitude_m, [51.0, 50.0]);
    }

    #[test]
    fn cadence_keeps_its_fraction_and_its_leg() {
        let samples = check(
            &[[4, 1, 2], [53, 1, 2]],
            &[&[86, 64], &[86, 0xFF], &[0xFF, 0]],
        );
        assert_eq!(samples.cadence_raw[..2], [86.5, 86.0]);
        assert!(samples.cadence_raw[2].is_nan());
    }

    #[test]
    fn a_pods_cadence_counts_where_the_watch_has_none() {
        // The description: developer 0, field 3, uint8, instead of native field 4; scale 2 of its own.
        let description = [
            0x40, 0, 0, 206, 0, 5, 0, 1, 2, 1, 1, 2, 2, 1, 2, 6, 1, 2, 15, 1, 2,
        ];
        let told = [0, 0, 3, 2, 2, 4];
        // Records with cadence and the pod's field.
        let definition = [0x61, 0, 0, 20, 0, 1, 4, 1, 2, 1, 3, 1, 0];
        let read = |native: [u8; 2]| {
            let records = [1, native[0], 170, 1, native[1], 172];
            let bytes = [&description[..], &told, &definition, &records].concat();
            let found = scan(&bytes, 0..bytes.len(), true, Spent::default());
            samples(&bytes, &found.rows).cadence_raw
        };
        assert_eq!(read([0xFF, 0xFF]), [85.0, 86.0]);
        assert_eq!(read([0, 0xFF]), [85.0, 86.0]);
        assert_eq!(read([0, 88]), [0.0, 88.0]);
    }

    #[test]
    fn compressed_distance_rolls_over() {
        // Counter 4080 (0xFF0), then 16 (0x010): 32 sixteenths further. Speed 300 (0x12C) is 3 m/s.
        let samples = check(
            &[[8, 3, 0x0D]],
            &[
                &[0x2C, 0x01, 0xFF],
                &[0x2C, 0x01, 0x01],
                &[0xFF, 0xFF, 0xFF],
            ],
        );
        assert_eq!(samples.distance_m[..2], [255.0, 257.0]);
        assert_eq!(samples.speed_m_s[..2], [3.0, 3.0]);
        assert!(samples.distance_m[2].is_nan());
    }

    #[test]
    fn in_damaged_data_a_wrong_counter_is_left_out() {
        // Seconds 1 to 4 at 3 m/s; counters 160, 208 with its top bit flipped, 256, 304: 10 m, 13, 16, 19.
        let record = |second: u8, counter: u16| {
            [
                second,
                0,
                0,
                0,
                0x2C,
                1 | (counter << 4) as u8,
                (counter >> 4) as u8,
            ]
        };
        let payloads = [
            record(1, 160),
            record(2, 208 ^ 0x800),
            record(3, 256),
            record(4, 304),
        ];
        let mut bytes = vec![0x40, 0, 0, 20, 0, 2, 253, 4, 0x86, 8, 3, 0x0D];
        payloads
            .iter()
            .for_each(|payload| bytes.extend([&[0][..], payload].concat()));
        let mut rows = scan(&bytes, 0..bytes.len(), true, Spent::default()).rows;
        // Believed, it is 128 m too far, and then a roll-over of 256 m stays in all later ones.
        assert_eq!(
            samples(&bytes, &rows).distance_m,
            [10.0, 141.0, 272.0, 275.0]
        );
        rows.is_damaged = true;
        let distances = samples(&bytes, &rows).distance_m;
        assert!(distances[1].is_nan());
        assert_eq!((distances[0], &distances[2..]), (10.0, &[16.0, 19.0][..]));
    }

    #[test]
    fn numbers_wider_than_the_profiles_type_are_no_values() {
        // heart_rate declared uint16 and holding 300 was never a heart rate.
        let samples = check(&[[3, 2, 0x84]], &[&[0x2C, 0x01], &[150, 0]]);
        assert!(samples.heart_rate_bpm[0].is_nan());
        assert_eq!(samples.heart_rate_bpm[1], 150.0);
    }
}
