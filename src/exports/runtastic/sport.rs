//! The numbers that adidas Running has for sports, as public importers list them.

use crate::{
    exports::kit::{NAMED_OTHER, meant},
    sport::{Name, Sport},
};

/// Sport and sub-sport, by their FIT names, of a `sport_type_id`. A number that is not listed is another sport; none leaves it open. Some
/// files have words.
pub(super) fn of(id: Option<&str>) -> (Sport, Name) {
    let number = id.and_then(|id| id.trim().parse::<u32>().ok());
    match number {
        Some(number) => SPORTS
            .iter()
            .find(|(id, ..)| *id == number)
            .map_or(NAMED_OTHER, |(_, sport, sub_sport)| {
                (Sport(sport), *sub_sport)
            }),
        None => meant(id),
    }
}

#[rustfmt::skip]
const SPORTS: &[(u32, &str, Name)] = &[
    (1, "running", "generic"), (2, "walking", "generic"), (3, "cycling", "generic"), (4, "cycling", "mountain"),
    (6, "inline_skating", "generic"), (7, "hiking", "generic"), (8, "cross_country_skiing", "generic"),
    (9, "alpine_skiing", "generic"), (10, "snowboarding", "generic"), (11, "motorcycling", "generic"),
    (13, "snowshoeing", "generic"), (14, "running", "treadmill"), (15, "cycling", "indoor_cycling"),
    (16, "fitness_equipment", "elliptical"), (17, "rowing", "generic"), (18, "swimming", "generic"),
    (19, "walking", "generic"), (20, "horseback_riding", "generic"), (21, "golf", "generic"), (22, "cycling", "road"),
    (23, "tennis", "generic"), (26, "training", "yoga"), (29, "sailing", "generic"), (30, "windsurfing", "generic"),
    (32, "rock_climbing", "generic"), (34, "training", "strength_training"), (36, "cycling", "hand_cycling"),
    (38, "soccer", "generic"), (42, "surfing", "generic"), (43, "kitesurfing", "generic"), (44, "kayaking", "generic"),
    (45, "basketball", "generic"), (46, "cycling", "spin"), (53, "alpine_skiing", "backcountry"),
    (54, "ice_skating", "generic"), (76, "stand_up_paddleboarding", "generic"), (82, "running", "trail"),
];
