//! The weekly questions about a place: how much the problem took from running, 0 to 100.

use super::Row;
use crate::pain::ostrc;
use chrono::NaiveDate;

/// One week's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekScore {
    /// The day of the answers, which are about the seven days up to it.
    pub date: NaiveDate,
    /// Their sum, 0–100. None: an answer is missing, which is not zero.
    pub score: Option<u8>,
    /// Whether training was affected moderately or more ([`ostrc::Score::substantial`]).
    pub substantial: Option<bool>,
}

/// Every week that was answered.
pub(super) fn of(rows: &[Row]) -> Vec<WeekScore> {
    rows.iter().filter_map(answered).collect()
}

fn answered(row: &Row) -> Option<WeekScore> {
    let score = ostrc::score(row.entry.ostrc())?;
    Some(WeekScore {
        date: row.entry.date,
        score: score.severity,
        substantial: score.substantial,
    })
}
