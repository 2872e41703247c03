//! Units that Nike names.

use crate::{exports::kit::Entry, units::MILE_M};

/// What makes metres of a distance: km, if nothing else is said.
pub(super) fn metres(entry: &Entry) -> f64 {
    let unit = entry.text("unit").unwrap_or_default().to_ascii_uppercase();
    match unit.as_str() {
        "MI" | "MILE" => MILE_M,
        "M" | "METER" => 1.0,
        _ => 1000.0,
    }
}
