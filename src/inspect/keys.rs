//! What the keys of `niggle inspect --json` are.

use crate::keys::Keys;

/// Those of a file.
pub(super) const OF_FILES: &[Keys] = &[
    Keys::of(
        &["schema_version"],
        "Raised when a name changes its meaning or goes.",
    ),
    Keys::of(
        &["file"],
        "Its name in reports, below the input that was given.",
    ),
    Keys::of(
        &["kind"],
        "What it is, told by its content: fit, gpx, tcx, export, archive, pain-log, other or unreadable.",
    ),
    Keys::of(
        &["size_bytes"],
        "Its size, bytes, in an archive as it is packed there; null where it could not be looked at.",
    ),
    Keys::of(
        &["unpacked_bytes"],
        "Its size unpacked, bytes; null where it was not packed or not read whole.",
    ),
    Keys::of(
        &["entries"],
        "Files in it, which follow as files of their own; null where it is no archive.",
    ),
    Keys::object(
        &["export"],
        "How much a file of an account export lists; null for any other.",
        OF_EXPORTS,
    ),
    Keys::each(
        &["activities"],
        "The activities recorded in it.",
        OF_ACTIVITIES,
    ),
    Keys::each(
        &["problems"],
        "What is to be said of the file as a whole.",
        OF_PROBLEMS,
    ),
];

const OF_EXPORTS: &[Keys] = &[
    Keys::of(&["service"], "Whose export it is."),
    Keys::of(
        &["activities", "shoes", "shoes_worn", "nights"],
        "How many activities, shoes, activities with the shoe worn, and nights of sleep.",
    ),
    Keys::of(
        &["comments"],
        "How many comments, notes and descriptions of the runner's; never their words.",
    ),
    Keys::of(
        &["knows_runner"],
        "Whether it knows something about the runner.",
    ),
];

const OF_ACTIVITIES: &[Keys] = &[
    Keys::of(
        &["device"],
        "What recorded it; null where the file does not say.",
    ),
    Keys::of(
        &["name"],
        "The title; null without one, and without --titles.",
    ),
    Keys::of(
        &["sport", "sub_sport"],
        "The sport and the sub-sport that the file names.",
    ),
    Keys::of(
        &["taken_for"],
        "run or other-sport: what niggle takes it for; null for nothing, since it has no time.",
    ),
    Keys::of(
        &["start_utc"],
        "Start, 2025-01-18T17:01:00Z; null without one.",
    ),
    Keys::of(
        &["start_local", "utc_offset_s", "zone_source"],
        "Start on the runner's clock, the seconds that it is ahead of UTC, and where they are from: file, index, position, option or \
         assumed-utc; null without a start.",
    ),
    Keys::of(&["records"], "Records, as the decoder found them."),
    Keys::of(
        &["channel_values"],
        "How many records have a value, by channel; positions are counted and never shown.",
    ),
    Keys::of(
        &["pauses", "paused_s"],
        "Stops of the timer, and how long they lasted in all, s.",
    ),
    Keys::of(&["laps"], "Laps."),
    Keys::of(
        &["altitude_is_barometric"],
        "Whether altitude is from a barometer; null where the file does not say.",
    ),
    Keys::of(
        &["runner"],
        "Heart rates the file knows of the runner, beats/min; null where it does not.",
    ),
    Keys::of(
        &["device_totals"],
        "Totals that the device wrote, with the unit in the name; null where it did not.",
    ),
    Keys::values(
        &["witnesses"],
        "Who says what of the quantities that several sources claim, by quantity.",
        OF_WITNESSES,
    ),
    Keys::values(
        &["derived"],
        "Every column of `runs`, by its name; empty when the activity is taken for nothing.",
        OF_DERIVED,
    ),
    Keys::each(
        &["problems"],
        "What was repaired or is to be known.",
        OF_PROBLEMS,
    ),
];

const OF_WITNESSES: &[Keys] = &[
    Keys::of(
        &["by", "says"],
        "Who: device, laps, records, track, speed, file, position, title and so on; and what, a number in the column's unit, or words.",
    ),
    Keys::of(
        &["heard"],
        "What became of it: believed, agrees, differs, part or impossible.",
    ),
];

const OF_DERIVED: &[Keys] = &[
    Keys::of(
        &["value", "unit"],
        "The value, null where there is none, and its unit, empty for words and counts.",
    ),
    Keys::of(&["from"], "Where the value is from, or why there is none."),
];

const OF_PROBLEMS: &[Keys] = &[
    Keys::of(
        &["code", "place", "detail", "consequence"],
        "Kind, where, what was found, and what niggle did.",
    ),
    Keys::of(
        &["count"],
        "How often; what has the same reason is one problem.",
    ),
    Keys::of(&["advice"], "What the runner can do."),
];
