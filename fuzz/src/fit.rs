//! FIT, by its structure: what is changed is a message or a definition, and sizes and CRCs are right again afterwards, so that a reader
//! is tried behind its first checks. Written from the format's description alone, by other code than what it tries.

/// Length of the header that is written.
const HEADER: usize = 14;

/// A message as it lies in a file: its header byte and what follows.
#[derive(Debug, Clone)]
struct Message(Vec<u8>);

/// A definition: what the data messages of a local type look like.
#[derive(Debug, Clone, Copy, Default)]
struct Definition {
    /// Bytes behind the header byte of a data message.
    bytes: usize,
    is_known: bool,
}

/// The messages of a file, as far as they can be told apart; the rest of it as one more.
fn messages(file: &[u8]) -> Vec<Message> {
    let start = file
        .first()
        .map_or(0, |size| usize::from(*size))
        .min(file.len());
    let end = file.len().saturating_sub(2).max(start);
    let mut rest = &file[start..end];
    let mut definitions = [Definition::default(); 16];
    let mut messages = Vec::new();
    while let Some(length) = length_of(rest, &mut definitions) {
        messages.push(Message(rest[..length].to_vec()));
        rest = &rest[length..];
    }
    if !rest.is_empty() {
        messages.push(Message(rest.to_vec()));
    }
    messages
}

/// Length of the first message; None where it has no end.
fn length_of(bytes: &[u8], definitions: &mut [Definition; 16]) -> Option<usize> {
    let header = *bytes.first()?;
    // A compressed timestamp leaves two bits for the local type.
    let local = usize::from(if header & 0x80 != 0 {
        (header >> 5) & 3
    } else {
        header & 15
    });
    let is_definition = header & 0xC0 == 0x40;
    let length = if is_definition {
        let fields = usize::from(*bytes.get(5)?);
        let own = 6 + 3 * fields;
        let sizes = |from: usize, count: usize| -> Option<usize> {
            (0..count)
                .map(|at| bytes.get(from + 3 * at + 1).map(|size| usize::from(*size)))
                .sum()
        };
        let mut payload = sizes(6, fields)?;
        let mut length = own;
        if header & 0x20 != 0 {
            let more = usize::from(*bytes.get(own)?);
            payload += sizes(own + 1, more)?;
            length = own + 1 + 3 * more;
        }
        definitions[local] = Definition {
            bytes: payload,
            is_known: true,
        };
        length
    } else {
        let definition = definitions[local];
        definition.is_known.then_some(1 + definition.bytes)?
    };
    (length <= bytes.len()).then_some(length)
}

/// The file of these messages: sizes and both CRCs are right.
fn file(messages: &[Message]) -> Vec<u8> {
    let data: Vec<u8> = messages
        .iter()
        .flat_map(|message| message.0.iter().copied())
        .collect();
    let mut file = vec![HEADER as u8, 0x20, 0x54, 0x08];
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(b".FIT");
    file.extend(crc(&file).to_le_bytes());
    file.extend(data);
    file.extend(crc(&file).to_le_bytes());
    file
}

/// CRC-16/ARC bit by bit.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| match crc & 1 {
            1 => (crc >> 1) ^ 0xA001,
            _ => crc >> 1,
        })
    })
}

/// Numbers that are the same for the same seed (splitmix64).
pub struct Random(pub u64);

impl Random {
    /// A number below `most`; 0 where that is 0.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % most.max(1) as u64) as usize
    }

    fn byte(&mut self) -> u8 {
        self.below(256) as u8
    }
}

/// Values that stand at the edge of something: nothing, everything, a sign, a base type, a size.
const EDGES: [u8; 16] = [
    0, 1, 2, 4, 7, 8, 0x7F, 0x80, 0x83, 0x84, 0x86, 0x88, 0x8E, 0x8F, 0xFE, 0xFF,
];

/// A file like this one with a few messages changed, and never longer than `most` bytes.
pub fn mutated(data: &[u8], most: usize, seed: u32) -> Vec<u8> {
    let mut random = Random(u64::from(seed));
    let mut all = messages(data);
    for _ in 0..=random.below(4) {
        change(&mut all, &mut random);
    }
    let mut file = file(&all);
    if file.len() > most {
        file.truncate(most);
    }
    file
}

fn change(all: &mut Vec<Message>, random: &mut Random) {
    let (one, other) = (random.below(all.len()), random.below(all.len()));
    if all.is_empty() {
        return all.push(Message(vec![random.byte()]));
    }
    match random.below(8) {
        0 => drop(all.remove(one)),
        1 => all.insert(other, all[one].clone()),
        2 => all.swap(one, other),
        3 => repeat(all, one, random),
        4 => field(&mut all[one], random),
        5 => all[one].0.push(random.byte()),
        _ => byte(&mut all[one], random),
    }
}

/// Many of the same: counts and sums are tried.
fn repeat(all: &mut Vec<Message>, one: usize, random: &mut Random) {
    let message = all[one].clone();
    let times = random.below(64);
    all.splice(one..one, std::iter::repeat_n(message, times));
}

/// A byte of a message, mostly to a value at some edge.
fn byte(message: &mut Message, random: &mut Random) {
    let at = random.below(message.0.len());
    let value = match random.below(3) {
        0 => random.byte(),
        _ => EDGES[random.below(EDGES.len())],
    };
    if let Some(byte) = message.0.get_mut(at) {
        *byte = value;
    }
}

/// A field of a definition: its number, its size or its base type.
fn field(message: &mut Message, random: &mut Random) {
    let is_definition = message
        .0
        .first()
        .is_some_and(|header| header & 0xC0 == 0x40);
    let fields = message.0.get(5).map_or(0, |count| usize::from(*count));
    if !is_definition || fields == 0 {
        return byte(message, random);
    }
    let at = 6 + 3 * random.below(fields) + random.below(3);
    let value = EDGES[random.below(EDGES.len())];
    if let Some(byte) = message.0.get_mut(at) {
        *byte = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_changed_is_the_same_file() {
        // Definition of local type 0 with one field of two bytes, and a message of it.
        let whole = file(&[
            Message(vec![0x40, 0, 0, 20, 0, 1, 3, 2, 0x84]),
            Message(vec![0, 7, 9]),
        ]);
        let read = messages(&whole);
        assert_eq!(read.len(), 2);
        assert_eq!(file(&read), whole);
        assert_eq!(crc(b"123456789"), 0xBB3D, "the check value of CRC-16/ARC");
    }
}
