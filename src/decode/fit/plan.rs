//! A definition message turned, once, into a plan: where each wanted field lies in the messages that follow.
//!
//! Every oddity is settled here (sizes that do not fit the base type, arrays, developer fields, byte order), so that it
//! costs nothing per record.

use super::profile::{TIMESTAMP, message};
use super::value::{BaseType, Cell, Factor, Scale};
use std::ops::Range;

/// What niggle does with the messages of a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A sample: only its position is kept while scanning.
    Record,
    /// One of the few other messages that are read: read at once.
    Other,
    /// Skipped by its length.
    Unwanted,
}

/// The record fields that become columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Column {
    /// `position_lat`.
    Latitude,
    /// `position_long`.
    Longitude,
    /// `altitude`.
    Altitude,
    /// `enhanced_altitude`, which wins.
    EnhancedAltitude,
    /// `distance`.
    Distance,
    /// `speed`.
    Speed,
    /// `enhanced_speed`, which wins.
    EnhancedSpeed,
    /// `heart_rate`.
    HeartRate,
    /// `cadence`.
    Cadence,
    /// `fractional_cadence`, added to it.
    FractionalCadence,
    /// `compressed_speed_distance`: two 12-bit numbers, the second a counter that rolls over.
    CompressedSpeedDistance,
}

impl Column {
    /// How many there are.
    pub(super) const COUNT: usize = 11;

    /// The column of a record's field number.
    fn of(field: u8) -> Option<Column> {
        Some(match field {
            0 => Column::Latitude,
            1 => Column::Longitude,
            2 => Column::Altitude,
            3 => Column::HeartRate,
            4 => Column::Cadence,
            5 => Column::Distance,
            6 => Column::Speed,
            8 => Column::CompressedSpeedDistance,
            53 => Column::FractionalCadence,
            73 => Column::EnhancedSpeed,
            78 => Column::EnhancedAltitude,
            _ => return None,
        })
    }

    /// Whether a field of this type and size can be read as the column.
    fn is_usable(self, cell: Cell) -> bool {
        match self {
            Column::CompressedSpeedDistance => cell.size >= 3 && cell.base.width() == 1,
            _ => cell.base != BaseType::Text,
        }
    }

    /// The profile's scale and offset.
    pub(super) fn scale(self) -> Scale {
        const U8: f64 = 254.0;
        const U16: f64 = 65_534.0;
        const U32: f64 = 4_294_967_294.0;
        const SEMICIRCLE: f64 = 180.0 / 2_147_483_648.0;
        match self {
            Column::Latitude | Column::Longitude => {
                Scale::new(Factor::Times(SEMICIRCLE), 0.0, 2_147_483_646.0)
            }
            Column::Altitude => Scale::new(Factor::Times(1.0 / 5.0), 500.0, U16),
            Column::EnhancedAltitude => Scale::new(Factor::Times(1.0 / 5.0), 500.0, U32),
            Column::Distance => Scale::new(Factor::Divide(100.0), 0.0, U32),
            Column::Speed => Scale::new(Factor::Times(1.0 / 1000.0), 0.0, U16),
            Column::EnhancedSpeed => Scale::new(Factor::Times(1.0 / 1000.0), 0.0, U32),
            Column::HeartRate | Column::Cadence | Column::CompressedSpeedDistance => {
                Scale::new(Factor::One, 0.0, U8)
            }
            Column::FractionalCadence => Scale::new(Factor::Times(1.0 / 128.0), 0.0, U8),
        }
    }
}

/// Where the columns lie in the records of one definition.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct RecordPlan {
    cells: [Option<Cell>; Column::COUNT],
    /// What a developer wrote for these columns: heart rate, cadence, speed, distance.
    developed: [Option<(Cell, Scale)>; DEVELOPED.len()],
    length: usize,
}

/// The columns that are taken from developer fields where there is nothing else.
const DEVELOPED: [Column; 4] = [
    Column::HeartRate,
    Column::Cadence,
    Column::Speed,
    Column::Distance,
];

impl RecordPlan {
    /// The field's place; None when these records do not have it, or not in a way that can be read.
    pub(super) fn cell(&self, column: Column) -> Option<Cell> {
        self.cells[column as usize]
    }

    /// The developer field that stands for a column, and how its values are stored.
    pub(super) fn developed(&self, column: Column) -> Option<(Cell, Scale)> {
        let slot = DEVELOPED
            .iter()
            .position(|developed| *developed == column)?;
        self.developed[slot]
    }

    /// Whether any does.
    pub(super) fn has_developed(&self) -> bool {
        self.developed.iter().any(Option::is_some)
    }

    fn develop(&mut self, description: &Description, cell: Cell) {
        let slot = DEVELOPED
            .iter()
            .position(|column| *column == description.column);
        if let Some(slot) = slot {
            self.developed[slot] = self.developed[slot].or(Some((cell, description.scale)));
        }
    }

    /// The same for records that come every `length` bytes where nothing lies between them.
    pub(super) fn every(self, length: usize) -> RecordPlan {
        RecordPlan { length, ..self }
    }

    /// How far at least it is from one record to the next, bytes; 0 while that is not known.
    pub(super) fn length(&self) -> usize {
        self.length
    }
}

/// A developer field that is wanted, as its description has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Description {
    /// Which developer's.
    pub developer: u8,
    /// Its number among that developer's fields.
    pub number: u8,
    /// The base type of its values.
    pub base: u8,
    /// What it holds.
    pub column: Column,
    /// How its values are stored.
    pub scale: Scale,
}

/// Messages of one local type, as their definition announced them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    /// Global message number.
    pub global: u16,
    /// What to do with them.
    pub role: Role,
    /// Payload bytes, developer fields included.
    pub size: usize,
    /// A four-byte timestamp, whatever else the message holds.
    pub time: Option<Cell>,
    /// Columns, for records.
    pub record: RecordPlan,
    /// Readable fields by number, for the other wanted messages.
    pub fields: Vec<(u8, Cell)>,
    /// Fields of wanted messages whose declared size or type cannot be right; they count as absent.
    pub unreadable: u32,
    /// The definition's bytes, to recognise a repeated definition.
    pub source: Range<usize>,
}

impl Plan {
    /// Reads the definition message whose header byte is at `at`. None when it runs past `end`.
    pub(super) fn parse(bytes: &[u8], at: usize, end: usize) -> Option<Plan> {
        let layout = Layout::parse(bytes, at, end)?;
        let mut plan = Plan::empty(layout.global, layout.source.clone());
        for [number, size, base] in layout.fields(bytes) {
            plan.add(number, size, base, layout.big_endian);
        }
        plan.size += layout
            .developer_fields(bytes)
            .map(|[_, size, _]| usize::from(size))
            .sum::<usize>();
        Some(plan)
    }

    /// Finds the developer fields of a record's definition that were described as something niggle wants.
    pub(super) fn develop(&mut self, bytes: &[u8], described: &[Description]) {
        if self.role != Role::Record || described.is_empty() {
            return;
        }
        let source = self.source.clone();
        let Some(layout) = Layout::parse(bytes, source.start, source.end) else {
            return;
        };
        let fields = layout.developer_fields(bytes);
        let mut offset = self.size
            - fields
                .clone()
                .map(|[_, size, _]| usize::from(size))
                .sum::<usize>();
        for [number, size, developer] in fields {
            let is_it = |one: &&Description| (one.developer, one.number) == (developer, number);
            if let Some(description) = described.iter().rfind(is_it)
                && let Some(cell) = cell(offset, size, description.base, layout.big_endian)
                    .filter(|cell| size > 0 && cell.base != BaseType::Text)
            {
                self.record.develop(description, cell);
            }
            offset += usize::from(size);
        }
    }

    /// The first readable field of this number.
    pub(super) fn field(&self, number: u8) -> Option<Cell> {
        self.fields
            .iter()
            .find(|field| field.0 == number)
            .map(|field| field.1)
    }

    fn empty(global: u16, source: Range<usize>) -> Plan {
        Plan {
            global,
            role: role(global),
            size: 0,
            time: None,
            record: RecordPlan::default(),
            fields: Vec::new(),
            unreadable: 0,
            source,
        }
    }

    fn add(&mut self, number: u8, size: u8, base: u8, big_endian: bool) {
        let offset = self.size;
        self.size += usize::from(size);
        if size == 0 {
            return;
        }
        let Some(cell) = cell(offset, size, base, big_endian) else {
            self.unreadable += u32::from(self.wants(number));
            return;
        };
        if number == TIMESTAMP && is_time(cell) {
            self.time = self.time.or(Some(cell));
        }
        match (self.role, Column::of(number)) {
            (Role::Record, Some(column)) => self.add_column(column, cell),
            (Role::Other, _) => self.fields.push((number, cell)),
            _ => (),
        }
    }

    fn add_column(&mut self, column: Column, cell: Cell) {
        let slot = &mut self.record.cells[column as usize];
        if column.is_usable(cell) {
            *slot = slot.or(Some(cell));
        } else {
            self.unreadable += 1;
        }
    }

    fn wants(&self, number: u8) -> bool {
        self.role == Role::Record && is_wanted_of_record(number)
    }
}

/// Whether a record's field of this number becomes a column or its time.
pub(super) fn is_wanted_of_record(number: u8) -> bool {
    Column::of(number).is_some() || number == TIMESTAMP
}

/// None when the size is not that of whole values of the type.
fn cell(offset: usize, size: u8, base: u8, big_endian: bool) -> Option<Cell> {
    let base = BaseType::from_byte(base)?;
    let is_whole = usize::from(size).is_multiple_of(base.width());
    let offset = u16::try_from(offset).ok().filter(|_| is_whole)?;
    Some(Cell {
        offset,
        size,
        base,
        big_endian,
    })
}

fn is_time(cell: Cell) -> bool {
    cell.size == 4 && cell.base.width() == 4 && cell.base != BaseType::F32
}

/// The bytes of a definition message, not yet interpreted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// Global message number.
    pub global: u16,
    /// Byte order of the messages that follow.
    pub big_endian: bool,
    /// From the header byte to the byte after the last field.
    pub source: Range<usize>,
    fields: Range<usize>,
    developer_fields: Range<usize>,
}

impl Layout {
    /// The layout of the definition message at `at`. None when it runs past `end`.
    pub(super) fn parse(bytes: &[u8], at: usize, end: usize) -> Option<Layout> {
        let head = bytes
            .get(at..at.checked_add(6)?)
            .filter(|_| at + 6 <= end)?;
        let big_endian = head[2] != 0;
        let global = message_number([head[3], head[4]], big_endian);
        let fields = at + 6..at + 6 + 3 * usize::from(head[5]);
        let mut developer_fields = fields.end..fields.end;
        if head[0] & 0x20 != 0 {
            let count = bytes.get(fields.end).filter(|_| fields.end < end)?;
            developer_fields = fields.end + 1..fields.end + 1 + 3 * usize::from(*count);
        }
        let source = at..developer_fields.end;
        (source.end <= end && source.end <= bytes.len()).then_some(Layout {
            global,
            big_endian,
            source,
            fields,
            developer_fields,
        })
    }

    /// Number, size and base type of each field.
    pub(super) fn fields<'a>(&self, bytes: &'a [u8]) -> impl Iterator<Item = [u8; 3]> + use<'a> {
        threes(&bytes[self.fields.clone()])
    }

    /// Number, size and developer index of each developer field.
    pub(super) fn developer_fields<'a>(
        &self,
        bytes: &'a [u8],
    ) -> impl Iterator<Item = [u8; 3]> + Clone + use<'a> {
        threes(&bytes[self.developer_fields.clone()])
    }
}

fn threes(bytes: &[u8]) -> impl Iterator<Item = [u8; 3]> + Clone {
    bytes.as_chunks::<3>().0.iter().copied()
}

fn message_number(bytes: [u8; 2], big_endian: bool) -> u16 {
    if big_endian {
        u16::from_be_bytes(bytes)
    } else {
        u16::from_le_bytes(bytes)
    }
}

fn role(global: u16) -> Role {
    use message::*;
    match global {
        RECORD => Role::Record,
        FILE_ID
        | USER_PROFILE
        | ZONES_TARGET
        | SPORT
        | SESSION
        | LAP
        | EVENT
        | DEVICE_INFO
        | WORKOUT
        | ACTIVITY
        | HR
        | TIMESTAMP_CORRELATION
        | FIELD_DESCRIPTION => Role::Other,
        _ => Role::Unwanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(bytes: &[u8]) -> Option<Plan> {
        Plan::parse(bytes, 0, bytes.len())
    }

    #[test]
    fn a_record_definition_becomes_offsets() {
        let plan = plan(&[0x41, 0, 0, 20, 0, 3, 253, 4, 0x86, 3, 1, 2, 6, 2, 0x84]).unwrap();
        assert_eq!((plan.role, plan.size), (Role::Record, 7));
        assert_eq!(plan.time.unwrap().offset, 0);
        assert_eq!(plan.record.cell(Column::HeartRate).unwrap().offset, 4);
        assert_eq!(plan.record.cell(Column::Speed).unwrap().offset, 5);
        assert_eq!(plan.record.cell(Column::Distance), None);
    }

    #[test]
    fn developer_fields_only_count_their_bytes() {
        // Developer field number 3 is not heart_rate.
        let plan = plan(&[0x61, 0, 0, 20, 0, 1, 253, 4, 0x86, 1, 3, 9, 0]).unwrap();
        assert_eq!(plan.size, 13);
        assert_eq!(plan.record.cell(Column::HeartRate), None);
    }

    #[test]
    fn described_developer_fields_are_found_behind_the_others() {
        let bytes = [0x61, 0, 0, 20, 0, 1, 253, 4, 0x86, 2, 9, 2, 1, 3, 1, 0];
        let mut plan = plan(&bytes).unwrap();
        let described = Description {
            developer: 0,
            number: 3,
            base: 2,
            column: Column::Cadence,
            scale: Column::Cadence.scale(),
        };
        plan.develop(&bytes, &[described]);
        let (cell, _) = plan.record.developed(Column::Cadence).unwrap();
        assert_eq!((cell.offset, cell.size, plan.size), (6, 1, 7));
        assert!(plan.record.developed(Column::Speed).is_none() && plan.record.has_developed());
        assert_eq!(plan.record.cell(Column::Cadence), None);
    }

    #[test]
    fn sizes_that_do_not_fit_the_type_make_a_field_absent() {
        // distance as 3-byte uint32, heart_rate as 1-byte uint64, speed as text.
        let plan = plan(&[0x41, 0, 0, 20, 0, 3, 5, 3, 0x86, 3, 1, 0x8F, 6, 2, 7]).unwrap();
        assert_eq!((plan.size, plan.unreadable), (6, 3));
        assert_eq!(plan.record, RecordPlan::default());
    }

    #[test]
    fn zero_size_fields_are_ignored() {
        let plan = plan(&[0x41, 0, 0, 20, 0, 2, 3, 0, 2, 4, 0, 2]).unwrap();
        assert_eq!((plan.size, plan.unreadable), (0, 0));
        assert_eq!(plan.record, RecordPlan::default());
    }

    #[test]
    fn a_timestamp_must_have_four_bytes() {
        assert_eq!(
            plan(&[0x40, 0, 0, 20, 0, 1, 253, 8, 0x8F]).unwrap().time,
            None
        );
        assert!(
            plan(&[0x40, 0, 1, 0, 20, 1, 253, 4, 0x86])
                .unwrap()
                .time
                .unwrap()
                .big_endian
        );
    }

    #[test]
    fn definitions_that_run_past_the_end_are_none() {
        let whole = [0x61, 0, 0, 20, 0, 1, 253, 4, 0x86, 1, 3, 9, 0];
        for length in 0..whole.len() {
            assert_eq!(plan(&whole[..length]), None, "{length} bytes");
        }
        assert_eq!(Plan::parse(&whole, 0, whole.len() - 1), None);
    }
}
