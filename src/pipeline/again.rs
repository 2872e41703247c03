//! What one of several runners comes to by tables that were written before: laid out then, judged now.

use super::{Looked, by_rules};
use crate::{analysis::Tally, config::Config, error::Error, frames::OfOne};

/// As [`super::look`], without anything to read.
///
/// # Errors
/// [`Error::Usage`] with a day that a report is to speak from: tables end on their own.
pub fn look_again(config: &Config, earlier: &OfOne) -> Result<Looked, Error> {
    let judging = &config.judging;
    if judging.as_of.is_some() {
        let said = "--as-of: tables of an earlier report end on their own last day. Nothing was written. Leave the option out, or give recordings.";
        return Err(Error::Usage(said.to_string()));
    }
    Ok(Looked {
        limits: judging.limits.clone(),
        findings: by_rules(&earlier.history, &earlier.pain, judging),
        history: earlier.history.clone(),
        frames: earlier.frames.clone(),
        pain: earlier.pain.clone(),
        digest: earlier.digest,
        tally: Tally::default(),
        problems: Vec::new(),
    })
}
