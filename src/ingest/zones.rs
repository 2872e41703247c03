//! Zones: the time zone of a position, from boundaries that are built into the program. The one home of tzf-rs.

use chrono_tz::Tz;

/// The zone of a place, degrees north and east. None at sea, outside the world, or when niggle was built without the data.
#[cfg(feature = "tz-lookup")]
pub(super) fn zone_at(latitude_deg: f64, longitude_deg: f64) -> Option<Tz> {
    let is_on_earth = latitude_deg.abs() <= 90.0 && longitude_deg.abs() <= 180.0;
    if !is_on_earth {
        return None;
    }
    let name = finder().get_tz_name(longitude_deg, latitude_deg);
    // Zones of the open sea are plain offsets by longitude, which no runner's clock shows.
    name.parse().ok().filter(|_| !name.starts_with("Etc/"))
}

/// Only recordings that do not know their zone need it, so it is made ready at the first of them.
#[cfg(feature = "tz-lookup")]
fn finder() -> &'static tzf_rs::EmbeddedFinder {
    static FINDER: std::sync::OnceLock<tzf_rs::EmbeddedFinder> = std::sync::OnceLock::new();
    FINDER.get_or_init(tzf_rs::EmbeddedFinder::new)
}

/// Always None: niggle was built without the data.
#[cfg(not(feature = "tz-lookup"))]
pub(super) fn zone_at(_latitude_deg: f64, _longitude_deg: f64) -> Option<Tz> {
    None
}

#[cfg(all(test, feature = "tz-lookup"))]
mod tests {
    use super::*;

    #[test]
    fn well_known_places() {
        for (latitude_deg, longitude_deg, zone) in [
            (52.52, 13.40, Some("Europe/Berlin")),
            (40.71, -74.00, Some("America/New_York")),
            (27.72, 85.32, Some("Asia/Kathmandu")),
            (-36.85, 174.76, Some("Pacific/Auckland")),
            (33.45, -112.07, Some("America/Phoenix")),
            // Busingen lies in Switzerland and keeps a zone of its own.
            (47.697, 8.690, Some("Europe/Busingen")),
            (0.0, -30.0, None),
            (91.0, 0.0, None),
            (f64::NAN, 13.4, None),
        ] {
            assert_eq!(
                zone_at(latitude_deg, longitude_deg).map(|tz| tz.name()),
                zone,
                "{latitude_deg} {longitude_deg}"
            );
        }
    }
}
