//! Polar's sports: by number today, by name before.

use crate::{
    exports::kit::{self, Entry, NAMED_OTHER, word},
    model::{Name, Sport},
};

/// Polar Flow's numbers, and the words that mean the same to niggle. Numbers that are not here are other sports.
#[rustfmt::skip]
const NUMBERS: &[(&str, &str)] = &[
    ("1", "running"), ("2", "cycling"), ("3", "walking"), ("4", "jogging"), ("5", "mountain biking"), ("6", "cross country skiing"),
    ("7", "alpine skiing"), ("8", "rowing"), ("9", "walking"), ("10", "skating"), ("11", "hiking"), ("15", "strength training"),
    ("17", "treadmill running"), ("18", "indoor cycling"), ("19", "street running"), ("22", "snowboarding"), ("23", "swimming"),
    ("24", "skate skiing"), ("25", "cross country skiing"), ("27", "trail running"), ("29", "inline skating"), ("33", "yoga"),
    ("36", "track running"), ("38", "road biking"), ("65", "pilates"), ("92", "ultra running"), ("95", "kayaking"),
    ("103", "lap swimming"), ("105", "open water swimming"), ("116", "snowshoeing"), ("117", "indoor rowing"),
    ("118", "indoor cycling"),
];

/// The sport of an exercise, else of its session; open where neither says one.
pub(super) fn of(exercise: &Entry, session: &Entry) -> (Sport, Name) {
    let written = written(exercise).or_else(|| written(session));
    let Some(written) = written else {
        return kit::meant(None);
    };
    if written.contains(char::is_alphabetic) {
        return kit::meant(Some(&written));
    }
    let known = NUMBERS.iter().find(|(number, _)| *number == written);
    known.map_or(NAMED_OTHER, |(_, word)| kit::meant(Some(word)))
}

/// `"sport": "RUNNING"`, `"sport": 1` or `"sport": {"id": "1"}`.
fn written(entry: &Entry) -> Option<String> {
    let of_object = || {
        let sport = entry.inner("sport")?;
        sport.text("id").or_else(|| sport.text("name"))
    };
    word(entry.get("sport")?).or_else(of_object)
}
