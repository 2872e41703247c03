//! FIT framing read a second time, as plainly as can be and by none of niggle's code: where the records of a whole file end.

/// One record message of a whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// The byte after it.
    pub end: usize,
    /// Whether it has a time of its own or a shortened one.
    pub is_timed: bool,
}

/// What a whole file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whole {
    /// The records of its activities, in file order.
    pub records: Vec<Record>,
    /// Where each chained sequence ends, the last at the file's end.
    pub ends: Vec<usize>,
}

/// The framing of a file that is whole. None when its headers' sizes do not lead exactly to its end, or a message does not
/// fit: then there is nothing to measure a cut by.
pub fn whole(bytes: &[u8]) -> Option<Whole> {
    let mut found = Whole::default();
    let mut at = 0;
    while at < bytes.len() {
        let header = usize::from(bytes[at]);
        let data = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        let is_header =
            bytes.get(at + 8..at + 12)? == b".FIT" && (header == 12 || header == 14) && data > 0;
        let end = at + header + data;
        bytes.get(end..end + 2).filter(|_| is_header)?;
        found.records.extend(records(bytes, at + header, end)?);
        at = end + 2;
        found.ends.push(at);
    }
    Some(found)
}

/// Fields of a local message type: number, size; and whether its message is a record, or `file_id`.
#[derive(Clone, Default)]
struct Local {
    global: u16,
    fields: Vec<(u8, usize)>,
    size: usize,
}

const RECORD: u16 = 20;
const TIMESTAMP: u8 = 253;
const ACTIVITY: u8 = 4;

fn records(bytes: &[u8], mut at: usize, end: usize) -> Option<Vec<Record>> {
    let mut locals: Vec<Option<Local>> = vec![None; 16];
    let mut found = Vec::new();
    while at < end {
        let header = bytes[at];
        if header & 0xC0 == 0x40 {
            let (local, next) = definition(bytes, at)?;
            locals[usize::from(header & 0x0F)] = Some(local);
            at = next;
            continue;
        }
        let is_short = header & 0x80 != 0;
        let number = if is_short {
            header >> 5 & 3
        } else {
            header & 0x0F
        };
        let local = locals[usize::from(number)].as_ref()?;
        let payload = bytes.get(at + 1..at + 1 + local.size)?;
        at += 1 + local.size;
        // `file_id`, field 0: only activities have records that count.
        let is_other_kind =
            local.global == 0 && value(local, payload, 0).is_some_and(|kind| kind[0] != ACTIVITY);
        if is_other_kind {
            return Some(Vec::new());
        }
        if local.global == RECORD && (local.size > 0 || is_short) {
            let time = value(local, payload, TIMESTAMP).filter(|time| **time != [0xFF; 4]);
            found.push(Record {
                end: at,
                is_timed: is_short || time.is_some(),
            });
        }
    }
    (at == end).then_some(found)
}

fn definition(bytes: &[u8], at: usize) -> Option<(Local, usize)> {
    let head = bytes.get(at..at + 6)?;
    let number = [head[3], head[4]];
    let global = if head[2] == 0 {
        u16::from_le_bytes(number)
    } else {
        u16::from_be_bytes(number)
    };
    let mut local = Local {
        global,
        ..Local::default()
    };
    let mut next = at + 6 + 3 * usize::from(head[5]);
    for field in bytes.get(at + 6..next)?.chunks(3) {
        local.fields.push((field[0], usize::from(field[1])));
        local.size += usize::from(field[1]);
    }
    if head[0] & 0x20 != 0 {
        let developer = next + 1..next + 1 + 3 * usize::from(*bytes.get(next)?);
        next = developer.end;
        local.size += bytes
            .get(developer)?
            .chunks(3)
            .map(|field| usize::from(field[1]))
            .sum::<usize>();
    }
    Some((local, next))
}

/// The bytes of the first field of this number.
fn value<'a>(local: &Local, payload: &'a [u8], number: u8) -> Option<&'a [u8]> {
    let index = local.fields.iter().position(|field| field.0 == number)?;
    let start: usize = local.fields[..index].iter().map(|field| field.1).sum();
    payload
        .get(start..start + local.fields[index].1)
        .filter(|value| !value.is_empty())
}

#[test]
fn the_plain_reader_counts_the_good_run() {
    let bytes = crate::common::hostile("fit/00_good_run.fit");
    let found = whole(&bytes).expect("it is whole");
    // By hand: the first record begins at byte 94, each has 23 bytes.
    let ends: Vec<usize> = found.records.iter().map(|record| record.end).collect();
    assert_eq!((ends.len(), ends[0], ends[59]), (60, 117, 94 + 60 * 23));
    assert!(found.records.iter().all(|record| record.is_timed));
    assert_eq!(found.ends, [bytes.len()]);
    assert_eq!(whole(&bytes[..bytes.len() - 1]), None);
}
