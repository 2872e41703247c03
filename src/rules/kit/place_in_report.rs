//! Where a rule stands in what is read: its part of the handbook, and the pictures that mark its findings.

/// A part of the handbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Alarms, by common medical advice.
    RedFlags,
    /// How much and how suddenly.
    Load,
    /// Step rate, climbing and descending.
    CadenceAndHills,
    /// What the pain log says.
    Pain,
    /// Sleep and shoes.
    BesideRunning,
    /// Load and pain together, and what the data can carry.
    Data,
}

/// A picture that marks what rules found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Distance a week.
    WeeklyDistance,
    /// The longest run of the weeks.
    LongestRun,
    /// Climbing a week.
    Ascent,
    /// Descent a week.
    Descent,
    /// Step rate of runs.
    Cadence,
}
