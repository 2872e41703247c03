//! A stretch of a file or of memory, read in place by several threads.

use rawzip::{RangeReader, ReaderAt};
use std::{fs::File, io::Read, ops::Range, path::Path, sync::Arc};

/// A stretch of a file or of memory.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    store: Store,
    range: Range<u64>,
}

#[derive(Debug, Clone)]
enum Store {
    File(Arc<rawzip::FileReader>),
    Memory(Arc<Vec<u8>>),
}

impl Stretch {
    /// All of a file.
    pub(super) fn of_file(path: &Path) -> std::io::Result<Stretch> {
        let file = File::open(path)?;
        let range = 0..file.metadata()?.len();
        Ok(Stretch {
            store: Store::File(Arc::new(file.into())),
            range,
        })
    }

    /// All of these bytes.
    pub(super) fn of_memory(bytes: Vec<u8>) -> Stretch {
        let range = 0..bytes.len() as u64;
        Stretch {
            store: Store::Memory(Arc::new(bytes)),
            range,
        }
    }

    /// Its length, bytes.
    pub(super) fn len(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// A part of it, as far as it goes.
    pub(super) fn part(&self, range: Range<u64>) -> Stretch {
        let within = |at: u64| self.range.start.saturating_add(at).min(self.range.end);
        Stretch {
            store: self.store.clone(),
            range: within(range.start)..within(range.end),
        }
    }

    /// Its bytes in order.
    pub(super) fn reader(&self) -> RangeReader<&Stretch> {
        RangeReader::new(self, 0..self.len())
    }
}

impl ReaderAt for Stretch {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> std::io::Result<usize> {
        let at = self.range.start.saturating_add(offset).min(self.range.end);
        let room = usize::try_from(self.range.end - at)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        let buffer = &mut buffer[..room];
        match &self.store {
            Store::File(file) => file.read_at(buffer, at),
            Store::Memory(bytes) => {
                let from = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
                (&bytes[from..]).read(buffer)
            }
        }
    }
}
