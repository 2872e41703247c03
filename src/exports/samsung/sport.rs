//! Samsung's kinds of exercise, which are numbers.

use super::super::kit::NAMED_OTHER;
use crate::sport::{Name, Sport};

/// The numbers that public readers of the export agree on.
#[rustfmt::skip]
const KINDS: &[(&str, &str, &str)] = &[
    ("1001", "walking", "generic"), ("1002", "running", "generic"), ("11007", "cycling", "generic"),
    ("13001", "hiking", "generic"), ("13002", "rock_climbing", "generic"),
    ("14001", "swimming", "lap_swimming"), ("14013", "swimming", "open_water"),
    ("15002", "training", "strength_training"), ("15003", "cycling", "indoor_cycling"),
    ("15004", "rowing", "indoor_rowing"), ("15006", "fitness_equipment", "elliptical"),
    ("16001", "cross_country_skiing", "generic"), ("16002", "alpine_skiing", "generic"),
];
/// A treadmill, on which one may walk or run: its speed decides.
const TREADMILL: &str = "15005";

/// Sport and sub-sport of a number; one that is not known, as that of an exercise of one's own, is another sport.
pub(super) fn of(number: Option<&str>) -> (Sport, Name) {
    // A spreadsheet may have written it with a fraction.
    let number = number.unwrap_or_default().trim_end_matches(".0");
    if number == TREADMILL {
        return (Sport::UNKNOWN, "treadmill");
    }
    let known = KINDS.iter().find(|(known, ..)| *known == number);
    known.map_or(NAMED_OTHER, |(_, sport, sub_sport)| {
        (Sport(sport), *sub_sport)
    })
}
