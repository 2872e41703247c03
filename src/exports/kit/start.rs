//! When an activity began: a moment, a clock on the wall, or both.

use super::{fault::Fault, notes::Notes};
use crate::{
    model::Activity,
    text::stamp::{Stamp, Zone},
    time::{Clock, is_plausible_utc_offset},
};

/// Writes down when an activity began. `stamp` is what is written of it; without a zone of its own it is a clock on a wall, `offset_s`
/// east of UTC where that is known.
pub(in crate::exports) fn begin(activity: &mut Activity, stamp: Stamp, offset_s: Option<i32>) {
    let (start_s, offset_s) = match (stamp.zone, offset_s) {
        (Zone::Offset(own_s), _) => (stamp.unix_s, Some(own_s)),
        (Zone::Utc, known) => (stamp.unix_s, known),
        (Zone::Unknown, Some(known_s)) => (stamp.unix_s - f64::from(known_s), Some(known_s)),
        (Zone::Unknown, None) => return on_the_wall(activity, stamp.unix_s),
    };
    (activity.start_unix_s, activity.utc_offset_s) = (Some(start_s), offset_s);
}

/// Writes down the start that a clock on some wall showed, Unix seconds as if that clock were UTC's.
pub(in crate::exports) fn on_the_wall(activity: &mut Activity, wall_s: f64) {
    (activity.start_unix_s, activity.utc_offset_s) = (Some(wall_s), None);
    activity.clock = Clock::Wall;
}

/// An offset written as `+0200`, `-07:00` or `+02`, s; None, counted: no zone is written so.
pub(in crate::exports) fn zone_s(notes: &mut Notes, written: &str, number: usize) -> Option<i32> {
    let seconds = hours_and_minutes_s(&written.trim().replace(':', ""));
    if seconds.is_none() {
        notes.add(Fault::OddOffset, number, written);
    }
    offset_s(notes, seconds?, number)
}

fn hours_and_minutes_s(zone: &str) -> Option<f64> {
    let digits = zone.strip_prefix(['+', '-'])?;
    let (hours, minutes) = digits.split_at_checked(2)?;
    let hours: u32 = hours.parse().ok()?;
    let minutes: u32 = match minutes {
        "" => 0,
        _ => minutes.parse().ok()?,
    };
    let sign = if zone.starts_with('-') { -1.0 } else { 1.0 };
    Some(sign * f64::from(hours * 3600) + sign * f64::from(minutes) * 60.0)
}

/// An offset, s, if some zone has it; else it is counted.
pub(in crate::exports) fn offset_s(notes: &mut Notes, seconds: f64, number: usize) -> Option<i32> {
    let whole = seconds.round() as i64;
    if !is_plausible_utc_offset(whole) {
        notes.add(Fault::OddOffset, number, &format!("{seconds} s"));
        return None;
    }
    i32::try_from(whole).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_as_they_are_written() {
        let mut notes = Notes::new("row");
        for (written, seconds) in [
            ("+0200", Some(7200)),
            ("-07:00", Some(-25_200)),
            ("+05:45", Some(20_700)),
            ("+00", Some(0)),
            ("+9999", None),
            ("Berlin", None),
            ("", None),
        ] {
            assert_eq!(zone_s(&mut notes, written, 1), seconds, "{written}");
        }
        assert_eq!(notes.problems().len(), 1);
    }
}
