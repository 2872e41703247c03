//! Tests of numbers, hours and effort.

use super::*;

#[test]
fn numbers_in_a_range() {
    for (cell, expected) in [
        ("4", Ok(Some(4.0))),
        ("4/5", Ok(Some(4.0))),
        ("", Ok(None)),
        ("-", Ok(None)),
        ("0", Err(())),
        ("good", Err(())),
    ] {
        assert_eq!(within(cell, 1.0, 5.0).map_err(|_| ()), expected, "{cell:?}");
    }
}

#[test]
fn hours_of_sleep() {
    for (cell, expected) in [
        ("7.5", Ok(Some(7.5))),
        ("7:30", Ok(Some(7.5))),
        ("7:30:00", Ok(Some(7.5))),
        ("07:30:00", Ok(Some(7.5))),
        ("7h30", Ok(Some(7.5))),
        ("7h30m", Ok(Some(7.5))),
        ("7h 30m", Ok(Some(7.5))),
        ("7h30min", Ok(Some(7.5))),
        ("7 hours 30 minutes", Ok(Some(7.5))),
        ("7 Std", Ok(Some(7.0))),
        ("7 Std. 30 Min.", Ok(Some(7.5))),
        ("7,5 Stunden", Ok(Some(7.5))),
        ("7 uur", Ok(Some(7.0))),
        ("7 h", Ok(Some(7.0))),
        ("7hrs", Ok(Some(7.0))),
        ("7,25", Ok(Some(7.25))),
        ("450 min", Ok(Some(7.5))),
        ("0", Ok(Some(0.0))),
        ("", Ok(None)),
        ("17", Err(())),
        ("7:75", Err(())),
        ("well", Err(())),
        ("7 beers", Err(())),
    ] {
        assert_eq!(hours(cell).map_err(|_| ()), expected, "{cell:?}");
    }
    for (cell, expected) in [
        ("25200", Ok(Some(7.0))),
        ("", Ok(None)),
        ("0", Ok(None)),
        ("99999", Err(())),
        ("seven", Err(())),
    ] {
        assert_eq!(
            hours_from_seconds(cell).map_err(|_| ()),
            expected,
            "{cell:?}"
        );
    }
}

#[test]
fn borg_by_its_words() {
    for (borg, cr10) in [
        (6.0, 0.0),
        (7.0, 0.5),
        (9.0, 1.0),
        (12.0, 3.0),
        (13.0, 4.0),
        (15.0, 5.0),
        (17.0, 7.0),
        (20.0, 10.0),
    ] {
        assert_eq!(borg_to_cr10(borg), cr10, "{borg}");
    }
}
