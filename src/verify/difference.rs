//! What two decoders of one file do not agree about.

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

impl Difference {
    /// `run.fit: records: niggle 10, the other 9`.
    pub fn line(&self, file: &str) -> String {
        let Difference {
            what,
            niggle,
            other,
        } = self;
        format!("{file}: {what}: niggle {niggle}, the other {other}")
    }
}
