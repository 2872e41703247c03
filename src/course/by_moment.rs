//! The pattern of the day: when in the day it hurts, and how much.

use super::Row;
use crate::{pain::Moment, stats::describe::mean};

/// The ratings of one moment of the day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtMoment {
    /// When.
    pub moment: Moment,
    /// The mean of the ratings, 0–10.
    pub mean: f64,
    /// The highest of them.
    pub highest: f64,
    /// How many there are, at least 1.
    pub count: usize,
}

/// The order in which a clinician asks: the load, then the hours after it, then the rest of the day.
const ORDER: [Moment; 8] = [
    Moment::During,
    Moment::After,
    Moment::Evening,
    Moment::Night,
    Moment::Morning,
    Moment::Before,
    Moment::Rest,
    Moment::Day,
];

/// The moments with a rating. Ratings made of words are among them: this is for display.
pub(super) fn of(rows: &[Row]) -> Vec<AtMoment> {
    let moments = ORDER.into_iter();
    moments.filter_map(|moment| at(rows, moment)).collect()
}

fn at(rows: &[Row], moment: Moment) -> Option<AtMoment> {
    let own = rows.iter().filter(|row| row.entry.moment == moment);
    let ratings: Vec<f64> = own.filter_map(|row| row.rating).collect();
    Some(AtMoment {
        moment,
        mean: mean(&ratings)?,
        highest: ratings.iter().copied().fold(0.0, f64::max),
        count: ratings.len(),
    })
}
