//! Sports by their names in the FIT profile.

use serde::{Deserialize, Deserializer, Serialize};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// A sport by its name in the FIT profile (`running`, `cycling`, `cross_country_skiing`), or `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sport(#[serde(deserialize_with = "name")] pub Name);

/// One of the few names that the program itself knows.
pub type Name = &'static str;

/// Reads a name that a cache holds. Each is kept in memory once, as long as the program runs; there are a few dozen.
pub(crate) fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
    static NAMES: Mutex<BTreeSet<Name>> = Mutex::new(BTreeSet::new());
    let read = String::deserialize(deserializer)?;
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(read.as_str()) {
        return Ok(known);
    }
    let name: Name = read.leak();
    names.insert(name);
    Ok(name)
}

impl Sport {
    /// FIT sport 1.
    pub const RUNNING: Sport = Sport("running");
    /// FIT sport 0: recorded without choosing a sport.
    pub const GENERIC: Sport = Sport("generic");
    /// FIT sport 18: several sports in one outing.
    pub const MULTISPORT: Sport = Sport("multisport");
    /// The file says nothing about the sport.
    pub const UNKNOWN: Sport = Sport("unknown");
    /// A sport that has no name in the FIT profile, or an open one that was no run.
    pub const OTHER: Sport = Sport("other");

    /// Whether the file itself says that this is running.
    pub fn is_running(self) -> bool {
        self == Sport::RUNNING
    }

    /// Whether the file leaves the sport open.
    pub fn is_open(self) -> bool {
        self == Sport::GENERIC || self == Sport::UNKNOWN
    }
}

/// Sport and sub-sport, by their names in the FIT profile, for the words and Strava's numbers that files use.
pub(crate) fn of(word: &str) -> Option<(Sport, &'static str)> {
    let word = word.trim().to_lowercase().replace([' ', '-'], "_");
    let found = SPORTS.iter().find(|(words, ..)| words.contains(&word.as_str()));
    match found {
        Some((_, sport, sub_sport)) => Some((Sport(sport), sub_sport)),
        None if word.starts_with("run") || word.ends_with("_run") || word.ends_with("_running") => {
            Some((Sport::RUNNING, "generic"))
        }
        None => None,
    }
}

/// The words of GPX `<type>` and TCX `Sport`, normalised to lower case and underscores. The numbers are Strava's.
const SPORTS: &[(&[&str], &str, &str)] = &[
    (&["running", "run", "jog", "jogging", "9"], "running", "generic"),
    (&["trail_running", "trail_run", "trailrun", "trailrunning"], "running", "trail"),
    (&["treadmill", "treadmill_running", "treadmill_run"], "running", "treadmill"),
    (&["street_running"], "running", "street"),
    (&["track_running"], "running", "track"),
    (&["indoor_running", "indoor_run"], "running", "indoor_running"),
    (&["virtual_run", "virtual_running", "virtualrun"], "running", "virtual_activity"),
    (&["ultra_run", "ultra_running"], "running", "ultra"),
    (&["obstacle_run", "obstacle_running"], "running", "obstacle"),
    (&["walking", "walk", "10"], "walking", "generic"),
    (&["hiking", "hike", "4"], "hiking", "generic"),
    (&["cycling", "biking", "bike", "ride", "road_biking", "1"], "cycling", "generic"),
    (&["mountain_biking", "mtb"], "cycling", "mountain"),
    (&["indoor_cycling", "indoor_ride"], "cycling", "indoor_cycling"),
    (&["virtual_ride", "virtualride"], "cycling", "virtual_activity"),
    (&["ebikeride", "e_bike_ride", "e_biking"], "e_biking", "generic"),
    (&["swimming", "swim", "16"], "swimming", "generic"),
    (&["lap_swimming"], "swimming", "lap_swimming"),
    (&["open_water_swimming"], "swimming", "open_water"),
    (&["kayaking"], "kayaking", "generic"),
    (&["rowing"], "rowing", "generic"),
    (&["cross_country_skiing", "nordic_ski", "nordicski"], "cross_country_skiing", "generic"),
    (&["alpine_skiing", "alpine_ski", "alpineski", "skiing"], "alpine_skiing", "generic"),
    (&["snowboarding", "snowboard"], "snowboarding", "generic"),
    (&["snowshoeing", "snowshoe"], "snowshoeing", "generic"),
    (&["inline_skating", "inlineskate"], "inline_skating", "generic"),
    (&["stand_up_paddleboarding"], "stand_up_paddleboarding", "generic"),
    (&["fitness_equipment"], "fitness_equipment", "generic"),
    (&["strength_training", "weighttraining"], "training", "strength_training"),
    (&["training", "workout"], "training", "generic"),
    (&["driving", "motor_sports"], "driving", "generic"),
    (&["other", "generic"], "generic", "generic"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_recordings() {
        for (word, expected) in [
            ("Trail Running", Some((Sport::RUNNING, "trail"))),
            ("9", Some((Sport::RUNNING, "generic"))),
            ("my_new_run", Some((Sport::RUNNING, "generic"))),
            ("Biking", Some((Sport("cycling"), "generic"))),
            ("the category", None),
        ] {
            assert_eq!(of(word), expected, "{word}");
        }
    }
}
