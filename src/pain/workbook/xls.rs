//! Whether an old Excel file (a container of streams, MS-CFB, with BIFF records, MS-XLS) is what it says: chains that end,
//! records within the stream, cells within reach. Its reader believes all of it.

use super::{MAX_CELLS, MAX_SHEETS, MAX_UNPACKED_TEXT, WorkbookError};

const DAMAGED: WorkbookError = WorkbookError::Damaged("its parts do not fit together");
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// The least number that is no sector's.
const NO_SECTOR: u32 = 0xFFFF_FFFA;

/// Checks the container, the encryption, and how far the cells of each sheet reach.
pub(super) fn check(bytes: &[u8]) -> Result<(), WorkbookError> {
    let container = Container::of(bytes)?;
    if container.has("EncryptedPackage") {
        return Err(WorkbookError::Password);
    }
    let stream = match container.stream("Workbook")? {
        Some(stream) => stream,
        None => container.stream("Book")?.ok_or(WorkbookError::NoWorkbook)?,
    };
    check_records(&stream)
}

/// The streams of a compound file.
struct Container<'b> {
    bytes: &'b [u8],
    sector: usize,
    fat: Vec<u32>,
    entries: Vec<StreamEntry>,
    short_fat: Vec<u32>,
    short_stream: Vec<u8>,
}

struct StreamEntry {
    name: String,
    start: u32,
    length: usize,
}

impl<'b> Container<'b> {
    fn of(bytes: &'b [u8]) -> Result<Self, WorkbookError> {
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(DAMAGED),
        };
        let header = |at: usize| u32_at(bytes, at).ok_or(DAMAGED);
        let mut container = Container {
            bytes,
            sector,
            fat: Vec::new(),
            entries: Vec::new(),
            short_fat: Vec::new(),
            short_stream: Vec::new(),
        };
        for id in container.fat_sectors(header(68)?)? {
            let sector = container.sector(id).ok_or(DAMAGED)?;
            container.fat.extend(numbers(sector));
        }
        let directory = container.chain(header(48)?, usize::MAX)?;
        container.entries = directory
            .chunks_exact(128)
            .filter_map(StreamEntry::of)
            .collect();
        let root = container.entries.first().ok_or(DAMAGED)?;
        let (start, length) = (root.start, root.length);
        if header(64)? > 0 {
            container.short_stream = container.chain(start, length)?;
            container.short_fat = numbers(&container.chain(header(60)?, usize::MAX)?).collect();
        }
        Ok(container)
    }

    /// The sectors that hold the table of chains: 109 in the header, more in a chain of their own.
    fn fat_sectors(&self, mut more: u32) -> Result<Vec<u32>, WorkbookError> {
        let head = self.bytes.get(76..512).ok_or(DAMAGED)?;
        let mut ids: Vec<u32> = numbers(head).collect();
        for _ in 0..self.sectors() {
            if more >= NO_SECTOR {
                break;
            }
            ids.extend(numbers(self.sector(more).ok_or(DAMAGED)?));
            more = ids.pop().ok_or(DAMAGED)?;
        }
        ids.retain(|id| *id < NO_SECTOR);
        if ids.len() > self.sectors() {
            Err(DAMAGED)
        } else {
            Ok(ids)
        }
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector + 1
    }

    /// A sector; the last one of a file may be cut.
    fn sector(&self, id: u32) -> Option<&'b [u8]> {
        let from = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        let to = from.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(from..to).filter(|sector| !sector.is_empty())
    }

    /// The bytes of a chain of sectors, at most so many. One that does not end, or leaves the file, is an error.
    fn chain(&self, mut id: u32, most: usize) -> Result<Vec<u8>, WorkbookError> {
        let mut chain = Vec::new();
        for _ in 0..=self.sectors() {
            if id == END_OF_CHAIN || chain.len() >= most {
                chain.truncate(most);
                return Ok(chain);
            }
            chain.extend_from_slice(self.sector(id).ok_or(DAMAGED)?);
            id = *self.fat.get(id as usize).ok_or(DAMAGED)?;
        }
        Err(DAMAGED)
    }

    fn short_chain(&self, mut id: u32, most: usize) -> Result<Vec<u8>, WorkbookError> {
        let mut chain = Vec::new();
        for _ in 0..=self.short_fat.len() {
            if id == END_OF_CHAIN || chain.len() >= most {
                chain.truncate(most);
                return Ok(chain);
            }
            let from = (id as usize).checked_mul(64).ok_or(DAMAGED)?;
            let to = (from + 64).min(self.short_stream.len());
            chain.extend_from_slice(self.short_stream.get(from..to).ok_or(DAMAGED)?);
            id = *self.short_fat.get(id as usize).ok_or(DAMAGED)?;
        }
        Err(DAMAGED)
    }

    fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, WorkbookError> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name == name) else {
            return Ok(None);
        };
        let stream = match entry.length < 4096 {
            true => self.short_chain(entry.start, entry.length)?,
            false => self.chain(entry.start, entry.length)?,
        };
        Ok(Some(stream))
    }
}

impl StreamEntry {
    fn of(entry: &[u8]) -> Option<StreamEntry> {
        let letters = entry
            .get(..64)?
            .chunks_exact(2)
            .filter_map(|pair| u16_at(pair, 0))
            .take_while(|unit| *unit != 0);
        let name = char::decode_utf16(letters)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        Some(StreamEntry {
            name,
            start: u32_at(entry, 116)?,
            length: u32_at(entry, 120)? as usize,
        })
    }
}

/// One record: its number and its data.
type BiffRecord<'s> = (u16, &'s [u8]);

/// The records of a stream from a position on; a record that leaves the stream is an error.
struct BiffRecords<'s> {
    stream: &'s [u8],
}

impl<'s> Iterator for BiffRecords<'s> {
    type Item = Result<BiffRecord<'s>, WorkbookError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (
            u16_at(self.stream, 0)?,
            usize::from(u16_at(self.stream, 2)?),
        );
        let Some((record, rest)) = self.stream.split_at_checked(length + 4) else {
            self.stream = &[];
            return Some(Err(DAMAGED));
        };
        self.stream = rest;
        Some(Ok((kind, record.get(4..).unwrap_or_default())))
    }
}

/// Encryption, strings and sheets of a workbook stream.
fn check_records(stream: &[u8]) -> Result<(), WorkbookError> {
    let (mut sheets, mut strings, mut last) = (Vec::new(), Vec::new(), 0);
    for record in (BiffRecords { stream }) {
        let (kind, data) = record?;
        match kind {
            // FilePass.
            0x002F => return Err(WorkbookError::Password),
            // BoundSheet8: where a sheet begins.
            0x0085 => sheets.push(u32_at(data, 0).ok_or(DAMAGED)? as usize),
            // SST, and Continue behind it.
            0x00FC => strings = vec![data],
            0x003C if matches!(last, 0x00FC | 0x003C) && !strings.is_empty() => strings.push(data),
            0x000A => break,
            _ => {}
        }
        last = kind;
    }
    if sheets.len() > MAX_SHEETS {
        return Err(WorkbookError::Bomb);
    }
    let lengths = string_lengths(&strings);
    let mut total = Reach::default();
    for start in sheets {
        let stream = stream.get(start..).ok_or(DAMAGED)?;
        total.sheet(stream, &lengths)?;
    }
    Ok(())
}

/// How far cells reach, and how much they hold.
#[derive(Debug, Default)]
struct Reach {
    cells: u64,
    text: u64,
    records: u64,
}

impl Reach {
    fn sheet(&mut self, stream: &[u8], lengths: &[u64]) -> Result<(), WorkbookError> {
        let (mut last_row, mut last_column) = (0, 0);
        for record in (BiffRecords { stream }) {
            let (kind, data) = record?;
            self.records += 1;
            let place = || Some((u64::from(u16_at(data, 0)?), u64::from(u16_at(data, 2)?)));
            match kind {
                0x000A => break,
                // Dimensions: the reader makes room for what it says.
                0x0200 => {
                    let (rows, columns) = declared(data).ok_or(DAMAGED)?;
                    (last_row, last_column) = (last_row.max(rows), last_column.max(columns));
                }
                // Number, Label, RString, BoolErr, Rk, Formula, and LabelSst, which names a string.
                0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x0006 | 0x00FD => {
                    let (row, column) = place().ok_or(DAMAGED)?;
                    (last_row, last_column) = (last_row.max(row + 1), last_column.max(column + 1));
                    let string = if kind == 0x00FD {
                        u32_at(data, 6)
                    } else {
                        None
                    };
                    let length = string
                        .and_then(|string| lengths.get(string as usize))
                        .copied()
                        .unwrap_or(0);
                    self.text = self.text.saturating_add(length);
                }
                // MulRk: a row's numbers side by side.
                0x00BD => {
                    let (row, column) = place().ok_or(DAMAGED)?;
                    let columns = column + data.len() as u64 / 6;
                    (last_row, last_column) = (last_row.max(row + 1), last_column.max(columns));
                }
                _ => {}
            }
        }
        self.cells = self
            .cells
            .saturating_add(last_row.saturating_mul(last_column));
        if self.cells > MAX_CELLS {
            return Err(WorkbookError::TooWide {
                sheet: String::new(),
                row: last_row,
                column: last_column,
            });
        }
        let is_bomb = self.text > MAX_UNPACKED_TEXT || self.records > 4 * MAX_CELLS;
        if is_bomb {
            Err(WorkbookError::Bomb)
        } else {
            Ok(())
        }
    }
}

/// Rows and columns that a Dimensions record declares: the first of each and the one behind the last.
fn declared(data: &[u8]) -> Option<(u64, u64)> {
    let (first_row, end_row, first_column, end_column) = match data.len() {
        10 => (
            u16_at(data, 0)?.into(),
            u16_at(data, 2)?.into(),
            u16_at(data, 4)?,
            u16_at(data, 6)?,
        ),
        14 | 16 => (
            u32_at(data, 0)?,
            u32_at(data, 4)?,
            u16_at(data, 8)?,
            u16_at(data, 10)?,
        ),
        _ => return None,
    };
    let is_empty = end_row == 0 || end_column == 0;
    let is_ordered = first_row < end_row && (first_column < end_column || first_column > 0xFF);
    (is_empty || is_ordered).then_some((u64::from(end_row), u64::from(end_column)))
}

/// The length of each shared string, bytes at most; it may run over into the next record, which begins with a mark.
fn string_lengths(records: &[&[u8]]) -> Vec<u64> {
    let mut lengths = Vec::new();
    let mut records = records.iter().copied();
    let mut rest = records
        .next()
        .and_then(|first| first.get(8..))
        .unwrap_or_default();
    loop {
        if rest.is_empty() {
            let Some(next) = records.next() else {
                return lengths;
            };
            rest = next;
            continue;
        }
        let (Some(letters), Some(flags)) = (u16_at(rest, 0), rest.get(2).copied()) else {
            return lengths;
        };
        let runs = if flags & 8 != 0 {
            u16_at(rest, 3).unwrap_or(0)
        } else {
            0
        };
        let far = if flags & 8 != 0 { 5 } else { 3 };
        let extra = if flags & 4 != 0 {
            u32_at(rest, far).unwrap_or(0) as usize
        } else {
            0
        };
        let head = far + if flags & 4 != 0 { 4 } else { 0 };
        lengths.push(u64::from(letters) * 3);
        rest = rest.get(head..).unwrap_or_default();
        let mut left = usize::from(letters);
        let mut is_wide = flags & 1 != 0;
        // The letters, of which some may stand in records behind, each of which begins with its own mark of their width.
        while left > 0 {
            let width = if is_wide { 2 } else { 1 };
            let here = left.min(rest.len() / width);
            rest = rest.get(here * width..).unwrap_or_default();
            left -= here;
            if left > 0 {
                let Some((mark, next)) = records.next().and_then(<[u8]>::split_first) else {
                    return lengths;
                };
                (is_wide, rest) = (mark & 1 != 0, next);
            }
        }
        let mut behind = usize::from(runs) * 4 + extra;
        while behind > rest.len() {
            behind -= rest.len();
            let Some(next) = records.next() else {
                return lengths;
            };
            rest = next;
        }
        rest = rest.get(behind..).unwrap_or_default();
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes
        .get(at..at.checked_add(2)?)?
        .try_into()
        .ok()
        .map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..at.checked_add(4)?)?
        .try_into()
        .ok()
        .map(u32::from_le_bytes)
}
