//! What Apple calls the kinds of a workout.

use super::super::kit::{NAMED_OTHER, meant};
use crate::sport::{Name, Sport};

/// What every kind begins with.
const PREFIX: &str = "HKWorkoutActivityType";

/// Kinds whose words say something else, or nothing, elsewhere.
#[rustfmt::skip]
const KINDS: &[(&str, &str, &str)] = &[
    ("SwimBikeRun", "multisport", "generic"),
    ("Transition", "transition", "generic"),
    ("HandCycling", "cycling", "hand_cycling"),
    ("Elliptical", "fitness_equipment", "elliptical"),
    ("StairClimbing", "fitness_equipment", "stair_climbing"),
    ("StepTraining", "fitness_equipment", "stair_climbing"),
    ("FunctionalStrengthTraining", "training", "strength_training"),
    ("TraditionalStrengthTraining", "training", "strength_training"),
    ("CoreTraining", "training", "strength_training"),
    ("HighIntensityIntervalTraining", "hiit", "generic"),
    ("CrossTraining", "training", "cardio_training"),
    ("MixedCardio", "training", "cardio_training"),
    ("DownhillSkiing", "alpine_skiing", "generic"),
];

/// Sport and sub-sport of a kind. Running indoors is running on a treadmill; a kind that is not known, or is `Other`, is named and no
/// run.
pub(super) fn of(kind: &str, is_indoor: bool) -> (Sport, Name) {
    let kind = kind.strip_prefix(PREFIX).unwrap_or(kind);
    let known = KINDS.iter().find(|(name, ..)| *name == kind);
    let (sport, sub_sport) = match known {
        Some((_, sport, sub_sport)) => (Sport(sport), *sub_sport),
        // Without a kind nothing is said; a number is one that the phone that made the export did not know.
        None if kind.is_empty() => NAMED_OTHER,
        None => meant(Some(&words(kind))),
    };
    match sport.0 {
        "running" if is_indoor => (sport, "treadmill"),
        "cycling" if is_indoor => (sport, "indoor_cycling"),
        _ => (sport, sub_sport),
    }
}

/// `CrossCountrySkiing` as `Cross Country Skiing`.
fn words(kind: &str) -> String {
    let spaced = kind.chars().flat_map(|letter| {
        let blank = letter.is_uppercase().then_some(' ');
        blank.into_iter().chain([letter])
    });
    spaced.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_their_fit_names() {
        for (kind, is_indoor, sport, sub_sport) in [
            ("Running", false, "running", "generic"),
            ("Running", true, "running", "treadmill"),
            ("Walking", true, "walking", "generic"),
            ("Hiking", false, "hiking", "generic"),
            ("Cycling", false, "cycling", "generic"),
            ("Cycling", true, "cycling", "indoor_cycling"),
            ("Swimming", false, "swimming", "generic"),
            ("Rowing", false, "rowing", "generic"),
            (
                "CrossCountrySkiing",
                false,
                "cross_country_skiing",
                "generic",
            ),
            ("SwimBikeRun", false, "multisport", "generic"),
            ("Yoga", true, "training", "yoga"),
            ("WheelchairRunPace", false, "other", "generic"),
            ("TrackAndField", false, "other", "generic"),
            ("Other", false, "other", "generic"),
            ("3000", false, "other", "generic"),
            ("", false, "other", "generic"),
        ] {
            let found = of(&format!("{PREFIX}{kind}"), is_indoor);
            assert_eq!(found, (Sport(sport), sub_sport), "{kind}");
        }
    }
}
