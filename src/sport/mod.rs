//! Sports by their names in the FIT profile, and the one vocabulary of what every file calls them.

mod heard;
mod title;
mod words;
mod world;

pub use heard::{Heard, recorded};
pub use title::named_in_title;
pub use words::Writer;

use crate::text::fold::fold;
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
    Ok(kept_once(&mut names, read))
}

fn kept_once(names: &mut BTreeSet<Name>, read: String) -> Name {
    if let Some(known) = names.get(read.as_str()) {
        return known;
    }
    let name: Name = read.leak();
    names.insert(name);
    name
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
    /// A sport that has no name in the FIT profile or that nobody here knows, or an open one that was no run.
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

/// Sport and sub-sport, by their names in the FIT profile, that a word of this writer's means. None: it is not known.
///
/// A word that is not in the vocabulary but begins or ends with running is running, but in Strava's exports, where types have
/// names in eight languages.
pub fn meant(word: &str, writer: Writer) -> Option<(Sport, Name)> {
    let word = fold(word);
    let known =
        |writer| words::meaning(&word, writer).map(|(sport, sub_sport)| (Sport(sport), sub_sport));
    let by_name = || words::garmin_name(&word).map(|sport| (Sport(sport), "generic"));
    let of_recording = || known(Writer::Recording).or_else(|| sounds_like_running(&word));
    match writer {
        Writer::Recording => of_recording(),
        Writer::Garmin => known(writer).or_else(by_name).or_else(of_recording),
        Writer::Strava => known(writer),
    }
}

fn sounds_like_running(word: &str) -> Option<(Sport, Name)> {
    let sounds = word.starts_with("run") || word.ends_with(" run") || word.ends_with(" running");
    sounds.then_some((Sport::RUNNING, "generic"))
}

/// What a FIT sport is by its sub-sport, where the sport itself says no more than that there was one: a watch's own profile, a belt.
pub fn by_sub_sport(sport: Sport, sub_sport: Name) -> Sport {
    match sub_sport {
        "treadmill" | "street" | "trail" | "track" | "indoor_running" | "ultra" | "obstacle"
            if sport.is_open() || sport == Sport("fitness_equipment") =>
        {
            Sport::RUNNING
        }
        _ if !sport.is_open() => sport,
        "spin" | "indoor_cycling" | "road" | "mountain" | "downhill" | "recumbent"
        | "cyclocross" | "hand_cycling" | "track_cycling" | "gravel_cycling" | "bmx" => {
            Sport("cycling")
        }
        "indoor_rowing" => Sport("rowing"),
        "elliptical" | "stair_climbing" => Sport("fitness_equipment"),
        "lap_swimming" | "open_water" => Sport("swimming"),
        "indoor_walking" | "casual_walking" | "speed_walking" => Sport("walking"),
        "skate_skiing" => Sport("cross_country_skiing"),
        "strength_training" | "flexibility_training" | "cardio_training" | "yoga" | "pilates" => {
            Sport("training")
        }
        _ => sport,
    }
}

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
            assert_eq!(meant(word, Writer::Recording), expected, "{word}");
        }
    }

    #[test]
    fn a_sub_sport_says_what_an_open_sport_is() {
        for open in [Sport::GENERIC, Sport::UNKNOWN, Sport("fitness_equipment")] {
            assert_eq!(by_sub_sport(open, "treadmill"), Sport::RUNNING);
            assert_eq!(by_sub_sport(open, "generic"), open);
            assert_eq!(by_sub_sport(open, "virtual_activity"), open);
            assert!(!by_sub_sport(open, "elliptical").is_open());
        }
        assert_eq!(
            by_sub_sport(Sport::GENERIC, "indoor_cycling"),
            Sport("cycling")
        );
        // Equipment is no run, and has a name already.
        let equipment = Sport("fitness_equipment");
        assert_eq!(by_sub_sport(equipment, "indoor_rowing"), equipment);
        // A walk on a belt is a walk.
        assert_eq!(
            by_sub_sport(Sport("walking"), "treadmill"),
            Sport("walking")
        );
    }

    #[test]
    fn types_of_every_language() {
        for (words, expected, sub_sport) in [
            (
                "Run|Lauf|Course à pied|Carrera|Corsa|Corrida|Hardloopsessie|Běh",
                Sport::RUNNING,
                "generic",
            ),
            (
                "Trail Run|Traillauf|Trail|Trailový běh",
                Sport::RUNNING,
                "trail",
            ),
            (
                "Virtual Run|VirtualRun|Virtueller Lauf|Virtuální běh",
                Sport::RUNNING,
                "virtual_activity",
            ),
            (
                "Walk|Spaziergang|Marche|Caminata|Camminata|Caminhada|Wandeling|Chůze",
                Sport("walking"),
                "generic",
            ),
            (
                "Hike|Wandern|Randonnée|Senderismo|Escursione|Hiken",
                Sport("hiking"),
                "generic",
            ),
            (
                "Ride|Radfahrt|Vélo|Bicicleta|Pedalata|Pedalada|Fietsrit|Jízda",
                Sport("cycling"),
                "generic",
            ),
            (
                "Swim|Schwimmen|Natation|Natación|Nuoto|Natação|Zwemmen|Plavání",
                Sport("swimming"),
                "generic",
            ),
            (
                "Weight Training|Krafttraining|Krachttraining|Posilování",
                Sport("training"),
                "strength_training",
            ),
        ] {
            for word in words.split('|') {
                assert_eq!(
                    meant(word, Writer::Strava),
                    Some((expected, sub_sport)),
                    "{word}"
                );
            }
        }
        assert_eq!(meant("Quidditch", Writer::Strava), None);
        assert!(!Sport::OTHER.is_open() && !Sport::OTHER.is_running());
    }
}
