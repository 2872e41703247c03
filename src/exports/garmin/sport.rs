//! Garmin Connect's kinds of activity and what the FIT profile calls them.

use crate::sport::{Sport, Writer, meant};

/// A kind that is named and that niggle does not know: not open, so that its speed never makes a run of it.
pub(super) const OTHER: Sport = Sport("other_sport");

/// Sport and sub-sport, by their FIT names, of an `activityType`. Only a kind that is absent or says nothing leaves the sport open.
pub(super) fn of(kind: Option<&str>) -> (Sport, &'static str) {
    let word = kind.unwrap_or_default().trim().to_lowercase();
    match without_version(&word) {
        "" | "other" | "uncategorized" | "generic" | "all" | "invalid" => {
            (Sport::UNKNOWN, "generic")
        }
        word => meant(word, Writer::Garmin).unwrap_or((OTHER, "generic")),
    }
}

/// Kinds that were defined anew, and winter sports.
fn without_version(word: &str) -> &str {
    word.strip_suffix("_v2")
        .or(word.strip_suffix("_ws"))
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: &str, sport: &str, sub_sport: &str) {
        let (found, found_sub_sport) = of(Some(kind));
        assert_eq!((found.0, found_sub_sport), (sport, sub_sport), "{kind}");
    }

    #[test]
    fn every_kind_of_running_is_running() {
        for (kind, sub_sport) in [
            ("running", "generic"),
            ("treadmill_running", "treadmill"),
            ("trail_running", "trail"),
            ("track_running", "track"),
            ("indoor_running", "indoor_running"),
            ("street_running", "street"),
            ("virtual_run", "virtual_activity"),
            ("ultra_run", "ultra"),
            ("obstacle_run", "obstacle"),
            ("TRAIL_RUNNING", "trail"),
            ("some_new_running", "generic"),
        ] {
            check(kind, "running", sub_sport);
        }
    }

    #[test]
    fn other_kinds_have_their_fit_names() {
        for (kind, sport, sub_sport) in [
            ("walking", "walking", "generic"),
            ("hiking", "hiking", "generic"),
            ("gravel_cycling", "cycling", "gravel_cycling"),
            ("mountain_biking", "cycling", "mountain"),
            ("virtual_ride", "cycling", "virtual_activity"),
            ("lap_swimming", "swimming", "lap_swimming"),
            ("open_water_swimming", "swimming", "open_water"),
            ("strength_training", "training", "strength_training"),
            ("yoga", "training", "yoga"),
            ("rowing_v2", "rowing", "generic"),
            ("indoor_rowing", "fitness_equipment", "indoor_rowing"),
            ("resort_skiing_snowboarding_ws", "alpine_skiing", "resort"),
            ("cross_country_skiing_ws", "cross_country_skiing", "generic"),
            ("multi_sport", "multisport", "generic"),
        ] {
            check(kind, sport, sub_sport);
        }
    }

    #[test]
    fn kinds_that_only_sound_like_running_are_not_running() {
        for kind in [
            "wheelchair_push_run",
            "runToBikeTransition_v2",
            "bikeToRunTransition_v2",
            "stop_watch",
            "skibobbing",
        ] {
            let (sport, _) = of(Some(kind));
            assert!(!sport.is_running() && !sport.is_open(), "{kind}: {sport:?}");
        }
        assert_eq!(of(Some("skibobbing")).0, OTHER);
    }

    #[test]
    fn only_what_says_nothing_is_open() {
        for kind in [None, Some(""), Some("other"), Some("uncategorized")] {
            assert_eq!(of(kind), (Sport::UNKNOWN, "generic"));
        }
    }
}
