//! What a recording calls its sport.

use super::{
    Name, Sport, meant,
    title::named_in_title,
    words::{self, Writer},
    world,
};
use crate::text::fold::fold;

/// What a recording's word for its sport says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// This sport and sub-sport.
    Sport(Sport, Name),
    /// A sport that nobody here knows: no run, then.
    NotKnown,
    /// Nothing: the sport stays open.
    Nothing,
}

impl Heard {
    /// Sport and sub-sport as they stand in an activity.
    pub fn sport(self) -> (Sport, Name) {
        match self {
            Heard::Sport(sport, sub_sport) => (sport, sub_sport),
            Heard::NotKnown => (Sport::OTHER, "generic"),
            Heard::Nothing => (Sport::UNKNOWN, "generic"),
        }
    }
}

/// What a recording calls its sport (GPX `<type>`, TCX `Sport`), in any language: a program's own word, a service's type, or words
/// that name a sport (`OutdoorRun`, `Laufen (Bahn)`).
pub fn recorded(word: &str) -> Heard {
    let folded = fold(word);
    let of_recording = words::meaning(&folded, Writer::Recording);
    if of_recording.is_none() && world::says_nothing(&folded) {
        return Heard::Nothing;
    }
    let of_world = || world::meaning(&folded).or_else(|| words::meaning(&folded, Writer::Strava));
    let known = of_recording
        .or_else(of_world)
        .map(|(sport, kind)| (Sport(sport), kind));
    let known = known.or_else(|| meant(word, Writer::Garmin));
    let known = known.or_else(|| named_in_title(&apart(word)));
    known.map_or(Heard::NotKnown, |(sport, kind)| Heard::Sport(sport, kind))
}

/// `OutdoorRun` as `Outdoor Run`.
fn apart(word: &str) -> String {
    let mut apart = String::with_capacity(word.len() + 4);
    let mut was_lower = false;
    for c in word.chars() {
        if was_lower && c.is_uppercase() {
            apart.push(' ');
        }
        was_lower = c.is_lowercase();
        apart.push(c);
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_recordings_in_any_language() {
        for (words, expected) in [
            (
                "Running|run|9|Laufen|Corsa|Course à pied|跑步|Hardlopen|Løb|OutdoorRun|Running (Treadmill)|Trail_Run|Бег|jogging",
                "running",
            ),
            (
                "Radfahren|Vélo|fietsen|Cycling|ROAD_BIKING|Rower|骑行|Cykling",
                "cycling",
            ),
            ("Wandern|Randonnée|Hike", "hiking"),
            ("Inline Skating|inlineskating|Skaten", "inline_skating"),
            ("Spaziergang|Marche|nordic walking|NordicWalking", "walking"),
            (
                "yoga|Krafttraining|Schwimmen|kitesurf|Quidditch|snorkeling",
                "-",
            ),
        ] {
            for word in words.split('|') {
                let (sport, _) = recorded(word).sport();
                let is_expected = sport.0 == expected || expected == "-" && !sport.is_open();
                assert!(is_expected, "{word}: {sport:?}");
                assert_eq!(sport.is_running(), expected == "running", "{word}");
            }
        }
        assert_eq!(recorded("Quidditch"), Heard::NotKnown);
        for word in [
            "activity",
            "Workout",
            "track",
            "GPS",
            "default",
            "3042",
            "",
            "Aktivität",
        ] {
            assert_eq!(recorded(word), Heard::Nothing, "{word}");
        }
        assert!(recorded("Other").sport().0.is_open());
    }
}
