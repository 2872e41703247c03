//! Garmin Connect's kinds of activity and what the FIT profile calls them.

use crate::sport::{self, Sport};

/// A kind that is named and that niggle does not know: not open, so that its speed never makes a run of it.
pub(super) const OTHER: Sport = Sport("other_sport");

/// Sport and sub-sport, by their FIT names, of an `activityType`. Only a kind that is absent or says nothing leaves the sport open.
pub(super) fn of(kind: Option<&str>) -> (Sport, &'static str) {
    let word = kind.unwrap_or_default().trim().to_lowercase();
    // Kinds that were defined anew, and winter sports.
    let word = word.strip_suffix("_v2").or(word.strip_suffix("_ws")).unwrap_or(&word);
    if matches!(word, "" | "other" | "uncategorized" | "generic" | "all" | "invalid") {
        return (Sport::UNKNOWN, "generic");
    }
    if let Some(name) = SAME.iter().find(|name| **name == word) {
        return (Sport(name), "generic");
    }
    match KINDS.iter().find(|(words, ..)| words.contains(&word)) {
        Some((_, sport, sub_sport)) => (Sport(sport), sub_sport),
        None => sport::of(word).unwrap_or((OTHER, "generic")),
    }
}

/// Kinds that are sports of the FIT profile under the same name.
#[rustfmt::skip]
const SAME: &[&str] = &[
    "american_football", "archery", "baseball", "basketball", "boating", "boxing", "cricket", "dance", "disc_golf", "diving",
    "fishing", "floor_climbing", "flying", "golf", "hang_gliding", "hiit", "horseback_riding", "hunting", "jump_rope", "lacrosse",
    "meditation", "mixed_martial_arts", "mobility", "motorcycling", "mountaineering", "paddling", "pool_apnea", "rock_climbing",
    "rugby", "sailing", "sky_diving", "snorkeling", "snowmobiling", "soccer", "surfing", "tennis", "transition", "volleyball",
    "wakeboarding", "wakesurfing", "water_tubing", "wheelchair_push_run", "wheelchair_push_walk", "windsurfing",
];

/// Kinds with another name or a sub-sport. Running and the commonest others are among the words of [`sport::of`].
#[rustfmt::skip]
const KINDS: &[(&[&str], &str, &str)] = &[
    (&["steps"], "walking", "generic"),
    (&["casual_walking"], "walking", "casual_walking"),
    (&["speed_walking"], "walking", "speed_walking"),
    (&["indoor_walking"], "walking", "indoor_walking"),
    (&["rucking"], "hiking", "rucking"),
    (&["road_biking"], "cycling", "road"),
    (&["downhill_biking"], "cycling", "downhill"),
    (&["enduro_mtb"], "cycling", "enduro"),
    (&["track_cycling"], "cycling", "track_cycling"),
    (&["recumbent_cycling"], "cycling", "recumbent"),
    (&["cyclocross"], "cycling", "cyclocross"),
    (&["gravel_cycling"], "cycling", "gravel_cycling"),
    (&["bmx"], "cycling", "bmx"),
    (&["hand_cycling"], "cycling", "hand_cycling"),
    (&["indoor_hand_cycling"], "cycling", "indoor_hand_cycling"),
    (&["e_bike_fitness"], "e_biking", "e_bike_fitness"),
    (&["e_bike_mountain"], "e_biking", "e_bike_mountain"),
    (&["e_enduro_mtb"], "e_biking", "e_bike_enduro"),
    (&["multi_sport"], "multisport", "generic"),
    (&["swimtobiketransition"], "transition", "swim_to_bike_transition"),
    (&["biketoruntransition"], "transition", "bike_to_run_transition"),
    (&["runtobiketransition"], "transition", "run_to_bike_transition"),
    (&["elliptical"], "fitness_equipment", "elliptical"),
    (&["stair_climbing"], "fitness_equipment", "stair_climbing"),
    (&["indoor_rowing"], "fitness_equipment", "indoor_rowing"),
    (&["indoor_cardio"], "training", "cardio_training"),
    (&["yoga"], "training", "yoga"),
    (&["pilates"], "training", "pilates"),
    (&["breathwork"], "training", "breathing"),
    (&["indoor_climbing"], "rock_climbing", "indoor_climbing"),
    (&["bouldering"], "rock_climbing", "bouldering"),
    (&["backcountry_skiing", "backcountry_skiing_snowboarding"], "alpine_skiing", "backcountry"),
    (&["resort_skiing", "resort_skiing_snowboarding"], "alpine_skiing", "resort"),
    (&["backcountry_snowboarding"], "snowboarding", "backcountry"),
    (&["resort_snowboarding"], "snowboarding", "resort"),
    (&["skate_skiing"], "cross_country_skiing", "skate_skiing"),
    (&["snow_shoe"], "snowshoeing", "generic"),
    (&["skating"], "ice_skating", "generic"),
    (&["winter_sports"], "winter_sport", "generic"),
    (&["para_sports"], "para_sport", "generic"),
    (&["team_sports", "softball"], "team_sport", "generic"),
    (&["ultimate_disc"], "team_sport", "ultimate"),
    (&["ice_hockey"], "hockey", "ice"),
    (&["field_hockey"], "hockey", "field"),
    (&["racket_sports"], "racket", "generic"),
    (&["table_tennis"], "racket", "table_tennis"),
    (&["platform_tennis"], "racket", "platform"),
    (&["racquetball"], "racket", "racquetball"),
    (&["squash"], "racket", "squash"),
    (&["badminton"], "racket", "badminton"),
    (&["pickleball"], "racket", "pickleball"),
    (&["paddelball"], "racket", "padel"),
    (&["water_sports"], "water_sport", "generic"),
    (&["kiteboarding"], "kitesurfing", "generic"),
    (&["wind_kite_surfing"], "windsurfing", "generic"),
    (&["whitewater_rafting", "whitewater_rafting_kayaking"], "rafting", "whitewater"),
    (&["waterskiing"], "water_skiing", "generic"),
    (&["offshore_grinding", "onshore_grinding"], "grinding", "generic"),
    (&["single_gas_diving"], "diving", "single_gas_diving"),
    (&["multi_gas_diving"], "diving", "multi_gas_diving"),
    (&["gauge_diving"], "diving", "gauge_diving"),
    (&["ccr_diving"], "diving", "ccr_diving"),
    (&["apnea_diving"], "diving", "apnea_diving"),
    (&["apnea_hunting"], "diving", "apnea_hunting"),
    (&["driving_general"], "driving", "generic"),
    (&["auto_racing"], "motor_sports", "generic"),
    (&["motocross"], "motorcycling", "motocross"),
    (&["atv"], "motorcycling", "atv"),
    (&["hunting_fishing"], "hunting", "generic"),
    (&["wingsuit_flying"], "sky_diving", "wingsuit"),
    (&["rc_drone"], "flying", "rc_drone"),
    (&["e_sport"], "video_gaming", "esport"),
];

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
        for kind in
            ["wheelchair_push_run", "runToBikeTransition_v2", "bikeToRunTransition_v2", "stop_watch", "skibobbing"]
        {
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
        let named = SAME.iter().chain(KINDS.iter().flat_map(|(words, ..)| *words));
        assert!(named.copied().all(|kind| !of(Some(kind)).0.is_open() && !of(Some(kind)).0.is_running()));
    }
}
