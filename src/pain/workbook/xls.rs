//! Whether an old Excel file (a container of streams, MS-CFB, with BIFF records, MS-XLS) is what it says: chains that end,
//! records within the stream, cells within reach. Its reader believes all of it.

use super::{MAX_CELLS, MAX_SHEETS, MAX_UNPACKED_TEXT, WorkbookError};
use std::{iter, slice};

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
        let mut container = Container {
            bytes,
            sector,
            fat: Vec::new(),
            entries: Vec::new(),
            short_fat: Vec::new(),
            short_stream: Vec::new(),
        };
        container.read_chains()?;
        container.read_directory()?;
        Ok(container)
    }

    fn header(&self, at: usize) -> Result<u32, WorkbookError> {
        u32_at(self.bytes, at).ok_or(DAMAGED)
    }

    fn read_chains(&mut self) -> Result<(), WorkbookError> {
        for id in self.fat_sectors(self.header(68)?)? {
            let sector = self.sector(id).ok_or(DAMAGED)?;
            self.fat.extend(numbers(sector));
        }
        Ok(())
    }

    /// The names of the streams, and the short ones, which share a stream of their own.
    fn read_directory(&mut self) -> Result<(), WorkbookError> {
        let directory = self.chain(self.header(48)?, usize::MAX)?;
        let entries = directory.chunks_exact(128);
        self.entries = entries.filter_map(StreamEntry::of).collect();
        let root = self.entries.first().ok_or(DAMAGED)?;
        if self.header(64)? > 0 {
            let short_fat = self.chain(self.header(60)?, usize::MAX)?;
            self.short_stream = self.chain(root.start, root.length)?;
            self.short_fat = numbers(&short_fat).collect();
        }
        Ok(())
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
    fn chain(&self, id: u32, most: usize) -> Result<Vec<u8>, WorkbookError> {
        follow(&self.fat, self.sectors() + 1, id, most, |id| {
            self.sector(id)
        })
    }

    fn short_chain(&self, id: u32, most: usize) -> Result<Vec<u8>, WorkbookError> {
        let short_sector = |id: u32| {
            let from = (id as usize).checked_mul(64)?;
            let to = (from + 64).min(self.short_stream.len());
            self.short_stream.get(from..to)
        };
        let longest = self.short_fat.len() + 1;
        follow(&self.short_fat, longest, id, most, short_sector)
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
        let units = entry.get(..64)?.chunks_exact(2);
        let letters = units
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
        let kind = u16_at(self.stream, 0)?;
        let length = usize::from(u16_at(self.stream, 2)?);
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

/// One behind the last row and column of a sheet.
#[derive(Debug, Clone, Copy, Default)]
struct Corner {
    row: u64,
    column: u64,
}

impl Corner {
    fn reach(&mut self, row: u64, column: u64) {
        (self.row, self.column) = (self.row.max(row), self.column.max(column));
    }

    /// So many cells of a row, from the place that begins a record.
    fn reach_cells(&mut self, data: &[u8], count: u64) -> Result<(), WorkbookError> {
        let row = u16_at(data, 0).ok_or(DAMAGED)?;
        let column = u16_at(data, 2).ok_or(DAMAGED)?;
        self.reach(u64::from(row) + 1, u64::from(column) + count);
        Ok(())
    }
}

impl Reach {
    fn sheet(&mut self, stream: &[u8], lengths: &[u64]) -> Result<(), WorkbookError> {
        let mut corner = Corner::default();
        for record in (BiffRecords { stream }) {
            let (kind, data) = record?;
            self.records += 1;
            match kind {
                0x000A => break,
                // Dimensions: the reader makes room for what it says.
                0x0200 => {
                    let (rows, columns) = declared(data).ok_or(DAMAGED)?;
                    corner.reach(rows, columns);
                }
                // Number, Label, RString, BoolErr, Rk, Formula, and LabelSst, which names a string.
                0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x0006 | 0x00FD => {
                    corner.reach_cells(data, 1)?;
                    let length = string_length(kind, data, lengths).unwrap_or(0);
                    self.text = self.text.saturating_add(length);
                }
                // MulRk: a row's numbers side by side.
                0x00BD => corner.reach_cells(data, data.len() as u64 / 6)?,
                _ => {}
            }
        }
        self.check(corner)
    }

    /// Adds a sheet that reaches so far, and refuses what is more than a workbook may have.
    fn check(&mut self, corner: Corner) -> Result<(), WorkbookError> {
        let Corner { row, column } = corner;
        self.cells = self.cells.saturating_add(row.saturating_mul(column));
        if self.cells > MAX_CELLS {
            return Err(WorkbookError::TooWide {
                sheet: String::new(),
                row,
                column,
            });
        }
        match self.text > MAX_UNPACKED_TEXT || self.records > 4 * MAX_CELLS {
            true => Err(WorkbookError::Bomb),
            false => Ok(()),
        }
    }
}

/// Rows and columns that a Dimensions record declares: the first of each and the one behind the last.
fn declared(data: &[u8]) -> Option<(u64, u64)> {
    let short = |at: usize| u16_at(data, at);
    let (first_row, end_row, first_column, end_column) = match data.len() {
        10 => (short(0)?.into(), short(2)?.into(), short(4)?, short(6)?),
        14 | 16 => (u32_at(data, 0)?, u32_at(data, 4)?, short(8)?, short(10)?),
        _ => return None,
    };
    let is_empty = end_row == 0 || end_column == 0;
    let is_ordered = first_row < end_row && (first_column < end_column || first_column > 0xFF);
    (is_empty || is_ordered).then_some((u64::from(end_row), u64::from(end_column)))
}

/// The length of each shared string, bytes at most; it may run over into the next record, which begins with a mark.
fn string_lengths(records: &[&[u8]]) -> Vec<u64> {
    let Some((first, behind)) = records.split_first() else {
        return Vec::new();
    };
    let mut strings = SharedStrings {
        rest: first.get(8..).unwrap_or_default(),
        records: behind.iter(),
    };
    iter::from_fn(|| strings.next_length()).collect()
}

/// The table of strings from a position on.
struct SharedStrings<'r, 's> {
    rest: &'s [u8],
    records: slice::Iter<'r, &'s [u8]>,
}

impl<'s> SharedStrings<'_, 's> {
    fn next_length(&mut self) -> Option<u64> {
        while self.rest.is_empty() {
            self.rest = self.next_record()?;
        }
        let letters = u16_at(self.rest, 0)?;
        let flags = *self.rest.get(2)?;
        let (head, behind) = around_letters(self.rest, flags);
        self.rest = self.rest.get(head..).unwrap_or_default();
        // A string that breaks off is the last; its length counts.
        let whole = self
            .skip_letters(letters.into(), flags & 1 != 0)
            .and_then(|()| self.skip(behind));
        if whole.is_none() {
            (self.rest, self.records) = (&[], [].iter());
        }
        Some(u64::from(letters) * 3)
    }

    fn next_record(&mut self) -> Option<&'s [u8]> {
        self.records.next().copied()
    }

    /// Letters, of which some may stand in records behind, each of which begins with its own mark of their width.
    fn skip_letters(&mut self, mut left: usize, mut is_wide: bool) -> Option<()> {
        while left > 0 {
            let width = if is_wide { 2 } else { 1 };
            let here = left.min(self.rest.len() / width);
            self.rest = self.rest.get(here * width..).unwrap_or_default();
            left -= here;
            if left > 0 {
                let (mark, next) = self.next_record()?.split_first()?;
                (is_wide, self.rest) = (mark & 1 != 0, next);
            }
        }
        Some(())
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > self.rest.len() {
            bytes -= self.rest.len();
            self.rest = self.next_record()?;
        }
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        Some(())
    }
}

/// How many bytes stand before the letters of a string, and how many behind them: runs of fonts and hints of reading.
fn around_letters(string: &[u8], flags: u8) -> (usize, usize) {
    let (has_runs, has_hints) = (flags & 8 != 0, flags & 4 != 0);
    let far = if has_runs { 5 } else { 3 };
    let runs = u16_at(string, 3).filter(|_| has_runs).unwrap_or(0);
    let hints = u32_at(string, far).filter(|_| has_hints).unwrap_or(0);
    let head = far + if has_hints { 4 } else { 0 };
    (head, usize::from(runs) * 4 + hints as usize)
}

/// The length of the shared string that a cell names.
fn string_length(kind: u16, data: &[u8], lengths: &[u64]) -> Option<u64> {
    let string = u32_at(data, 6).filter(|_| kind == 0x00FD)?;
    lengths.get(string as usize).copied()
}

/// The bytes of a chain of sectors, at most so many. One that is longer than any, or leaves the file, is an error.
fn follow<'b>(
    fat: &[u32],
    longest: usize,
    mut id: u32,
    most: usize,
    sector: impl Fn(u32) -> Option<&'b [u8]>,
) -> Result<Vec<u8>, WorkbookError> {
    let mut chain = Vec::new();
    for _ in 0..longest {
        if id == END_OF_CHAIN || chain.len() >= most {
            chain.truncate(most);
            return Ok(chain);
        }
        chain.extend_from_slice(sector(id).ok_or(DAMAGED)?);
        id = *fat.get(id as usize).ok_or(DAMAGED)?;
    }
    Err(DAMAGED)
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
