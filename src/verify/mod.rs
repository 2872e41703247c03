//! The second opinion: the same bytes through fitparser or gpx, and every disagreement with niggle's own decoder.

mod difference;
pub mod fit;
pub mod gpx;

pub use difference::Difference;

use crate::{
    decode,
    error::Error,
    model::{Decoded, Format},
    source,
};
use std::path::PathBuf;

/// How often the decoders agree, and where they do not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// Recordings that are the same in both.
    pub same: usize,
    /// Recordings that differ.
    pub different: usize,
    /// Recordings that only niggle could read.
    pub not_read: usize,
    /// Inputs that were not compared: TCX files, files without an activity, files that could not be read.
    pub not_compared: usize,
    /// One line for each disagreement, the file first.
    pub lines: Vec<String>,
}

/// Decodes every recording of the inputs twice.
///
/// # Errors
/// [`Error::Input`] when an input does not exist, [`Error::NothingCompared`] when nothing in them has a second opinion.
pub fn recordings(inputs: &[PathBuf]) -> Result<Verdict, Error> {
    let found = source::discover(inputs, &[])?;
    let mut verdict = Verdict {
        not_compared: found.unreadable.len() + found.pain_logs.len(),
        ..Verdict::default()
    };
    source::for_each(
        found.sources,
        decode::HEAD_BYTES,
        decode::is_recording,
        |source, read, bytes| {
            // What cannot be read at all is the report's business.
            let opinion = read.map_or(Opinion::None, |_| opinion(bytes, &decode::decode(bytes)));
            verdict.add(&source.name, opinion);
        },
    );
    if verdict.compared() == 0 {
        let inputs = verdict.not_compared;
        return Err(Error::NothingCompared { inputs });
    }
    Ok(verdict)
}

impl Verdict {
    fn add(&mut self, name: &str, opinion: Opinion) {
        match opinion {
            Opinion::None => self.not_compared += 1,
            Opinion::Same => self.same += 1,
            Opinion::NotRead(reason) => {
                self.not_read += 1;
                let line = format!("{name}: not read by the other decoder ({reason})");
                self.lines.push(line);
            }
            Opinion::Different(differences) => {
                self.different += 1;
                let lines = differences.iter().map(|one| one.line(name));
                self.lines.extend(lines);
            }
        }
    }

    fn compared(&self) -> usize {
        self.same + self.different + self.not_read
    }
}

/// What the second decoder makes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opinion {
    /// The same in everything that is compared.
    Same,
    /// Not the same.
    Different(Vec<Difference>),
    /// The other decoder gave up; the text is its reason.
    NotRead(String),
    /// There is no other decoder for it: a TCX file, a file without an activity.
    None,
}

/// Compares a file with what niggle made of it. An error says why the other decoder has no opinion.
type Compare = fn(&[u8], &Decoded) -> Result<Vec<Difference>, String>;

/// The formats that another decoder reads, too.
const OPINIONS: &[(Format, Compare)] = &[(Format::Fit, fit::compare), (Format::Gpx, gpx::compare)];

/// The second opinion on a recording that niggle decoded as `decoded`.
pub fn opinion(bytes: &[u8], decoded: &Decoded) -> Opinion {
    let format = decode::format_of(bytes).filter(|_| !decoded.activities.is_empty());
    let Some((_, compare)) = OPINIONS.iter().find(|(of, _)| Some(*of) == format) else {
        return Opinion::None;
    };
    match compare(bytes, decoded) {
        Ok(differences) if differences.is_empty() => Opinion::Same,
        Ok(differences) => Opinion::Different(differences),
        Err(reason) => Opinion::NotRead(reason),
    }
}
