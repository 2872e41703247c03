//! A long history: FIT files written again and again with later dates, from 2001 on.

use std::{fs, io, path::Path};

/// FIT's CRC-16.
const CRC16: crc::Crc<u16, crc::Table<16>> = crc::Crc::<u16, crc::Table<16>>::new(&crc::CRC_16_ARC);
/// 2001-01-01T06:00:00Z in seconds since FIT's own beginning, 1989-12-31.
const FIRST_START: u32 = 347_263_200 + 6 * 3600;

/// Writes `runs` files made of the FIT files below `shapes`, one every `step_h` hours, and returns how many bytes.
///
/// # Errors
/// When a file cannot be read or written, or there is no shape.
pub fn make(shapes: &Path, folder: &Path, runs: u32, step_h: u32) -> io::Result<u64> {
    let shapes = shapes_in(shapes)?;
    fs::create_dir_all(folder)?;
    let mut bytes = 0;
    for (run, (shape, start)) in (0..runs).zip(shapes.iter().cycle()) {
        // A multiple of 32 s, so that compressed timestamps (five bits) stay right.
        let shift = (FIRST_START + run * step_h * 3600).wrapping_sub(*start) & !31;
        let mut file = shape.clone();
        walk(&mut file, |time| time.wrapping_add(shift))
            .ok_or_else(|| io::Error::other("a shape is not whole"))?;
        let end = file.len() - 2;
        let crc = CRC16.checksum(&file[..end]).to_le_bytes();
        file[end..].copy_from_slice(&crc);
        bytes += file.len() as u64;
        fs::write(folder.join(format!("{run:06}.fit")), file)?;
    }
    Ok(bytes)
}

/// Every FIT file that holds one whole sequence with a time of a run's length, with its earliest time.
fn shapes_in(folder: &Path) -> io::Result<Vec<(Vec<u8>, u32)>> {
    let paths = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .map(|entry| entry.into_path());
    let files = paths
        .filter(|path| path.extension().is_some_and(|end| end == "fit"))
        .flat_map(fs::read);
    let start_of = |mut file: Vec<u8>| {
        let mut start = u32::MAX;
        walk(&mut file, |time| {
            start = start.min(time);
            time
        })?;
        (start < u32::MAX && file.len() > 5000).then_some((file, start))
    };
    let shapes: Vec<_> = files.filter_map(start_of).collect();
    if shapes.is_empty() {
        Err(io::Error::other("no FIT file to make a history of"))
    } else {
        Ok(shapes)
    }
}

/// What is known of a local message type.
#[derive(Default, Clone)]
struct Definition {
    is_big_endian: bool,
    /// Length of a message, and where in it times stand.
    bytes: usize,
    times: Vec<usize>,
}

/// Passes every time of a file through `change`. None: the file is not one whole sequence.
fn walk(file: &mut [u8], mut change: impl FnMut(u32) -> u32) -> Option<()> {
    let mut at = usize::from(*file.first()?);
    let length = u32::from_le_bytes(file.get(4..8)?.try_into().ok()?) as usize;
    if at + length + 2 != file.len() {
        return None;
    }
    let mut definitions = vec![Definition::default(); 16];
    while at < file.len() - 2 {
        let header = file[at];
        at += 1;
        if header & 0xC0 == 0x40 {
            let (definition, bytes) = definition(file.get(at..)?, header & 0x20 != 0)?;
            definitions[usize::from(header & 15)] = definition;
            at += bytes;
            continue;
        }
        let local = if header & 0x80 != 0 {
            header >> 5 & 3
        } else {
            header & 15
        };
        let definition = &definitions[usize::from(local)];
        for time in &definition.times {
            let field: &mut [u8; 4] = file.get_mut(at + time..at + time + 4)?.try_into().ok()?;
            let is_big = definition.is_big_endian;
            let time = if is_big {
                u32::from_be_bytes(*field)
            } else {
                u32::from_le_bytes(*field)
            };
            if time > 0x1000_0000 && time != u32::MAX {
                let changed = change(time);
                *field = if is_big {
                    changed.to_be_bytes()
                } else {
                    changed.to_le_bytes()
                };
            }
        }
        at += definition.bytes;
    }
    Some(())
}

/// A definition message and its length.
fn definition(bytes: &[u8], has_developer_fields: bool) -> Option<(Definition, usize)> {
    let is_big_endian = *bytes.get(1)? == 1;
    let number = [*bytes.get(2)?, *bytes.get(3)?];
    let number = if is_big_endian {
        u16::from_be_bytes(number)
    } else {
        u16::from_le_bytes(number)
    };
    let count = usize::from(*bytes.get(4)?);
    let mut definition = Definition {
        is_big_endian,
        ..Definition::default()
    };
    for field in bytes.get(5..5 + 3 * count)?.chunks_exact(3) {
        if field[1] == 4 && is_time(number, field[0]) {
            definition.times.push(definition.bytes);
        }
        definition.bytes += usize::from(field[1]);
    }
    let mut end = 5 + 3 * count;
    if has_developer_fields {
        let count = usize::from(*bytes.get(end)?);
        let fields = bytes.get(end + 1..end + 1 + 3 * count)?;
        definition.bytes += fields
            .chunks_exact(3)
            .map(|field| usize::from(field[1]))
            .sum::<usize>();
        end += 1 + 3 * count;
    }
    Some((definition, end))
}

/// Timestamps of all messages; `file_id.time_created`, the starts of sessions and laps, `activity.local_timestamp`.
fn is_time(message: u16, field: u8) -> bool {
    matches!((message, field), (_, 253) | (0, 4) | (18 | 19, 2) | (34, 5))
}
