//! The second opinion: the same bytes through fitparser or gpx, and every disagreement with niggle's own decoder.

pub mod fit;
pub mod gpx;

/// One disagreement between niggle and the other decoder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What was compared (`records`, `distance_m`, `heart_rate_bpm sum`).
    pub what: &'static str,
    /// What niggle says.
    pub niggle: String,
    /// What the other decoder says.
    pub other: String,
}
