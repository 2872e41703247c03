//! What is kept of one runner who was read, small and whole, and how it is written down: shards hand it on as a file.

use crate::{
    associate::cohort::{Remark, Runner, Series},
    digest::Digest,
    epidemiology::{Member, Out},
    error::Error,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

/// What a runner came to, but for the series that are tested.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// What the runner is called.
    pub(super) name: String,
    /// Why the runner takes no part.
    pub(super) left_out: Option<Out>,
    /// What else is to be known.
    pub(super) noted: Vec<Remark>,
    /// What whoever holds the files should know and a report does not show.
    pub(super) notices: Vec<String>,
    /// For the tests. None: left out.
    pub(super) runner: Option<Runner>,
    /// For the study. None: left out, or not watched.
    pub(super) member: Option<Member>,
    /// What was read.
    pub(super) digest: Digest,
    /// How many runs there are.
    pub(super) runs: u64,
    /// Inputs that could not be used.
    pub(super) failed: u64,
}

/// How such a file begins.
const HEAD: &[u8] = b"niggle cohort 2\n";

/// The runners of a shard as bytes: of each first what it came to, then its series, each behind its length (four bytes, little-endian).
pub(super) fn bytes(all: &[(Kept, Series)]) -> Result<Vec<u8>, Error> {
    let mut bytes = HEAD.to_vec();
    for (kept, series) in all {
        add(&mut bytes, kept)?;
        add(&mut bytes, series)?;
    }
    Ok(bytes)
}

fn add(bytes: &mut Vec<u8>, value: &impl Serialize) -> Result<(), Error> {
    let what = "what is kept of a runner";
    let value = postcard::to_allocvec(value).map_err(|error| Error::render(what, &error))?;
    let length = u32::try_from(value.len()).map_err(|error| Error::render(what, &error))?;
    bytes.extend(length.to_le_bytes());
    bytes.extend(value);
    Ok(())
}

/// The runners of a shard's file, one at a time, so that as little as possible is in memory.
pub(super) struct Reader {
    bytes: BufReader<File>,
}

impl Reader {
    /// # Errors
    /// The file cannot be read, or is none of ours.
    pub(super) fn open(path: &Path) -> io::Result<Reader> {
        let mut bytes = BufReader::new(File::open(path)?);
        let mut head = [0; HEAD.len()];
        bytes.read_exact(&mut head)?;
        match head == HEAD {
            true => Ok(Reader { bytes }),
            false => Err(io::Error::from(io::ErrorKind::InvalidData)),
        }
    }

    /// The next runner without the series. None at the end.
    pub(super) fn kept(&mut self) -> io::Result<Option<Kept>> {
        let kept = self.next()?;
        if kept.is_some() {
            let length = self.length()?;
            self.bytes.seek_relative(i64::from(length))?;
        }
        Ok(kept)
    }

    /// The next runner with the series. None at the end.
    pub(super) fn whole(&mut self) -> io::Result<Option<(Kept, Series)>> {
        let Some(kept) = self.next()? else {
            return Ok(None);
        };
        let series = self.value()?;
        Ok(Some((kept, series)))
    }

    fn next(&mut self) -> io::Result<Option<Kept>> {
        match self.bytes.fill_buf()?.is_empty() {
            true => Ok(None),
            false => self.value().map(Some),
        }
    }

    fn value<T: DeserializeOwned>(&mut self) -> io::Result<T> {
        let length = u64::from(self.length()?);
        let mut bytes = Vec::new();
        self.bytes.by_ref().take(length).read_to_end(&mut bytes)?;
        postcard::from_bytes(&bytes).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))
    }

    fn length(&mut self) -> io::Result<u32> {
        let mut length = [0; 4];
        self.bytes.read_exact(&mut length)?;
        Ok(u32::from_le_bytes(length))
    }
}
