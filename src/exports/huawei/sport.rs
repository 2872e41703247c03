//! Huawei's numbers of sports.

use crate::{
    exports::kit,
    model::{Name, Sport},
};

/// Numbers of the downloaded file, then those of the app itself. Numbers that are not here are other sports.
#[rustfmt::skip]
const NUMBERS: &[(&str, &str)] = &[
    ("2", "hiking"), ("3", "cycling"), ("4", "running"), ("5", "walking"), ("101", "treadmill running"), ("102", "lap swimming"),
    ("103", "indoor cycling"), ("104", "open water swimming"), ("111", "elliptical"), ("118", "trail running"), ("282", "hiking"),
    ("257", "walking"), ("258", "running"), ("259", "cycling"), ("260", "hiking"), ("264", "treadmill running"),
    ("265", "indoor cycling"), ("280", "trail running"),
];

/// The sport of a number; open where none is given.
pub(super) fn of(number: Option<&str>) -> (Sport, Name) {
    number.map_or_else(|| kit::meant(None), of_number)
}

fn of_number(number: &str) -> (Sport, Name) {
    kit::of_number(NUMBERS, number)
}
