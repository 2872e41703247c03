//! Inputs that are too long to be held: read from their beginning, as often as is needed, in bounded memory.

use super::{
    archive::unreadable,
    archive::{Archive, Entry, refused},
    limits::{MAX_LONG_BYTES, MAX_RATIO},
    storage::{Source, Storage},
    stretch::Stretch,
};
use crate::problem::{Code, Problem};
use std::{
    cell::Cell,
    io::{self, Read},
};

/// An input that is never held whole.
#[derive(Debug)]
pub struct Long<'s> {
    stored: Stretch,
    /// The archive it lies in, and its entry there.
    packed: Option<(&'s Archive, &'s Entry)>,
    /// How much of it was counted against what its archive may unpack to: it is counted once, however often it is read.
    counted: Cell<u64>,
}

/// Opens an input that [`super::read`] found to be long.
///
/// # Errors
/// A [`Problem`] when it cannot be opened.
pub fn long(source: &Source) -> Result<Long<'_>, Problem> {
    let (stored, packed) = match &source.storage {
        Storage::File(path) => (Stretch::of_file(path).map_err(|e| unreadable(&e))?, None),
        Storage::Packed(archive, index) => {
            let entry = archive.entries.get(*index);
            let entry = entry.ok_or_else(|| refused(Code::ArchiveEntry, "it is not there"))?;
            let stored = archive.bytes.part(entry.packed.clone());
            (stored, Some((archive.as_ref(), entry)))
        }
    };
    Ok(Long {
        stored,
        packed,
        counted: Cell::new(0),
    })
}

impl Long<'_> {
    /// Its bytes from the beginning, unpacked. An error ends them where it is damaged or comes to more than niggle reads.
    ///
    /// # Errors
    /// None today; the type is what readers ask for.
    pub fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        let reader = match self.packed {
            Some((_, entry)) => entry.reader(&self.stored),
            None => Box::new(self.stored.reader()),
        };
        Ok(Box::new(Bounded {
            reader,
            long: self,
            read: 0,
        }))
    }

    /// What decides, beside its bytes as they are stored, what it holds.
    pub fn kind(&self) -> Vec<u8> {
        let kind = |(_, entry): (&Archive, &Entry)| entry.kind().into_bytes();
        self.packed.map_or(b"file".to_vec(), kind)
    }

    /// Its bytes as they are stored.
    pub fn stored(&self) -> impl Read + '_ {
        self.stored.reader()
    }

    /// The most that it may come to, bytes.
    fn limit(&self) -> u64 {
        let of_packed = self.stored.len().saturating_mul(MAX_RATIO);
        self.packed
            .map_or(MAX_LONG_BYTES, |_| MAX_LONG_BYTES.min(of_packed))
    }

    /// Counts what is read for the first time against what the archive may unpack to.
    fn count(&self, read: u64) -> io::Result<()> {
        let new = read.saturating_sub(self.counted.get());
        self.counted.set(self.counted.get() + new);
        let new = usize::try_from(new).unwrap_or(usize::MAX);
        let spent = self
            .packed
            .map_or(Ok(()), |(archive, _)| archive.spend(new));
        let is_too_long = read > self.limit();
        spent
            .map_err(|problem| io::Error::other(problem.detail))
            .and_then(|()| (!is_too_long).then_some(()).ok_or_else(too_long))
    }
}

fn too_long() -> io::Error {
    io::Error::other("it comes to more than niggle reads of it")
}

/// A reader that ends where an input comes to more than it may.
struct Bounded<'l> {
    reader: Box<dyn Read + 'l>,
    long: &'l Long<'l>,
    read: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.read += read as u64;
        self.long.count(self.read).map(|()| read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::Write,
        sync::{Arc, atomic::AtomicU64},
    };

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn source(bytes: &[u8], budget: u64) -> Source {
        let packed = packed(bytes);
        let length = packed.len() as u64;
        let entry = Entry {
            packed: 0..length,
            is_deflated: true,
            crc32: 0,
            declared_bytes: bytes.len() as u64,
        };
        let archive = Archive {
            bytes: Stretch::of_memory(packed),
            entries: vec![entry],
            depth: 1,
            budget: Arc::new(AtomicU64::new(budget)),
        };
        Source {
            name: "x.zip/export.xml".to_string(),
            storage: Storage::Packed(Arc::new(archive), 0),
            bytes: length,
        }
    }

    fn read(long: &Long) -> (Vec<u8>, bool) {
        let mut bytes = Vec::new();
        let result = long.open().unwrap().read_to_end(&mut bytes);
        (bytes, result.is_ok())
    }

    #[test]
    fn it_is_read_again_and_counted_once() {
        let text: Vec<u8> = (0..100_000_u32).flat_map(u32::to_le_bytes).collect();
        let source = source(&text, text.len() as u64 + 10);
        let long = long(&source).unwrap();
        assert_eq!(read(&long), (text.clone(), true));
        assert_eq!(read(&long), (text, true));
        let mut stored = Vec::new();
        long.stored().read_to_end(&mut stored).unwrap();
        assert_eq!(stored.len() as u64, source.bytes);
    }

    #[test]
    fn more_than_the_archive_may_come_to_is_an_end() {
        let text: Vec<u8> = (0..100_000_u32).flat_map(u32::to_le_bytes).collect();
        let small = source(&text, 1000);
        let (bytes, is_whole) = read(&long(&small).unwrap());
        assert!(!is_whole && bytes.len() < text.len());
        // A bomb: more than two hundred times what is packed.
        let bomb = source(&vec![7; 50_000_000], u64::MAX);
        let (bytes, is_whole) = read(&long(&bomb).unwrap());
        assert!(!is_whole && bytes.len() as u64 <= bomb.bytes * MAX_RATIO);
    }
}
