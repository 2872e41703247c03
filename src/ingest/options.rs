//! What ingest needs to know beside the files.

use chrono_tz::Tz;

/// What ingest needs to know.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Worker threads; None: one a core.
    pub jobs: Option<usize>,
    /// The zone for recordings that neither know theirs nor hold a position.
    pub timezone: Option<Tz>,
    /// What a recording is that leaves its sport open.
    pub open_sport: OpenSport,
    /// What the runner wrote into accounts is kept for the pain log's reader; otherwise it is only counted.
    pub notes: bool,
}

/// What to take a recording for whose sport is missing or `generic`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OpenSport {
    /// A run, if its mean moving speed is a runner's.
    #[default]
    BySpeed,
    /// Always a run.
    Running,
    /// Never a run.
    Other,
}
