//! FIT messages as the bytes of a file.

use embedded_io::{ErrorType, Seek, SeekFrom, Write};
use rustyfit::{
    Encoder, HeaderOption,
    proto::{FIT, Message},
};
use std::{convert::Infallible, error::Error};

/// A file of these messages.
pub fn encode(messages: Vec<Message>) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut buffer = Buffer::default();
    let mut fit = FIT {
        messages,
        ..Default::default()
    };
    Encoder::builder()
        .header_option(HeaderOption::Normal(7))
        .build()
        .encode(&mut buffer, &mut fit)?;
    Ok(buffer.bytes)
}

/// Bytes in memory for an encoder that goes back to fill in the header.
#[derive(Default)]
struct Buffer {
    bytes: Vec<u8>,
    position: usize,
}

impl ErrorType for Buffer {
    type Error = Infallible;
}

impl Write for Buffer {
    fn write(&mut self, chunk: &[u8]) -> Result<usize, Infallible> {
        let end = self.position + chunk.len();
        if self.bytes.len() < end {
            self.bytes.resize(end, 0);
        }
        self.bytes[self.position..end].copy_from_slice(chunk);
        self.position = end;
        Ok(chunk.len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

impl Seek for Buffer {
    fn seek(&mut self, to: SeekFrom) -> Result<u64, Infallible> {
        let (base, offset) = match to {
            SeekFrom::Start(offset) => (0, offset as i64),
            SeekFrom::End(offset) => (self.bytes.len() as i64, offset),
            SeekFrom::Current(offset) => (self.position as i64, offset),
        };
        self.position = (base + offset).max(0) as usize;
        Ok(self.position as u64)
    }
}
