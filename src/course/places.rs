//! Which places are current, in the order of their urgency.

use crate::{
    pain::{PainLog, Place, places_meet},
    rules::{
        Finding, Severity, ladder,
        standing::{self, Standing},
    },
};
use chrono::NaiveDate;

/// The places that something is asked of, the loudest first, then those rated above 2 of 10 in the last 14 days, the highest first.
pub(super) fn current(pain: &PainLog, findings: &[Finding], as_of: NaiveDate) -> Vec<Place> {
    let standings = standing::standings(&pain.entries, as_of);
    let ladder = ladder::ladder(findings, as_of);
    let asked = ladder
        .iter()
        .filter(|rung| rung.severity() >= Severity::Watch);
    let asked = asked.filter_map(|rung| rung.place);
    let above = standings
        .iter()
        .filter(|found| found.highest.0 > standing::ABOVE);
    let places = asked.flat_map(|place| as_logged(place, &standings));
    let mut found: Vec<Place> = Vec::new();
    for place in places.chain(above.map(|found| found.place)) {
        if !found.contains(&place) {
            found.push(place);
        }
    }
    found
}

/// A finding may name a place without its side, or both sides: the places of these days that it can mean, or else itself.
fn as_logged(place: Place, standings: &[Standing]) -> Vec<Place> {
    let meets = |found: &&Standing| places_meet(found.place, place);
    let meant: Vec<Place> = standings
        .iter()
        .filter(meets)
        .map(|found| found.place)
        .collect();
    match meant.is_empty() {
        true => vec![place],
        false => meant,
    }
}
