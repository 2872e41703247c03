//! Times on a wall clock, and the moments that they mean: what exports tell without a zone is the runner's own clock; what XML tells
//! without one may be UTC's as well.

use crate::{
    problem::{Code, Effect, Problem},
    text::stamp::{Stamp, Zone},
    time,
};
use chrono::{Offset, TimeZone, Timelike};
use chrono_tz::Tz;

/// A name and a recording that begin this far apart tell one start, s.
const SAME_START_S: f64 = 300.0;
/// Before this hour hardly anyone sets out for a run.
const NIGHT_UNTIL_H: u32 = 4;

/// Who says what the clock was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WallBy {
    /// The format has the runner's own clock, or both come to the same.
    Format,
    /// The file's name, which tells the start as well.
    Name,
    /// By the other clock it was in the middle of the night.
    Hour,
    /// Nobody; who leaves the zone out mostly writes the local time.
    Habit,
}

/// What a clock on a wall comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wall {
    /// Seconds that its zone is ahead of UTC.
    pub ahead_s: i32,
    /// Whether it showed UTC after all.
    pub is_utc: bool,
    /// Who says so.
    pub by: WallBy,
}

/// Hears what tells which clock showed `wall_s` (Unix seconds as if it were UTC's) in this zone.
pub fn hear(wall_s: f64, zone: Tz, may_be_utc: bool, named: Option<Stamp>) -> Option<Wall> {
    let ahead_s = ahead_s(wall_s, zone)?;
    let of = |is_utc: bool, by: WallBy| Wall {
        ahead_s,
        is_utc,
        by,
    };
    if !may_be_utc || ahead_s == 0 {
        return Some(of(false, WallBy::Format));
    }
    if let Some(is_utc) = named.and_then(|named| is_utc_by_name(wall_s, ahead_s, named)) {
        return Some(of(is_utc, WallBy::Name));
    }
    Some(match is_utc_by_hour(wall_s, ahead_s) {
        Some(is_utc) => of(is_utc, WallBy::Hour),
        None => of(false, WallBy::Habit),
    })
}

/// How far ahead of UTC a clock in the zone is that shows this. In the hour that comes twice it is the first; in the hour that does
/// not come it is as before.
fn ahead_s(wall_s: f64, zone: Tz) -> Option<i32> {
    let wall = time::utc(wall_s)?.naive_utc();
    let offset = zone.offset_from_local_datetime(&wall).earliest();
    let offset = offset.unwrap_or_else(|| zone.offset_from_utc_datetime(&wall));
    Some(offset.fix().local_minus_utc())
}

/// Whether a name, which tells the same start, shows that the times are UTC's. None: it tells another start.
fn is_utc_by_name(wall_s: f64, ahead_s: i32, named: Stamp) -> Option<bool> {
    let ahead_s = f64::from(ahead_s);
    let is = |seconds: f64| (named.unix_s - seconds).abs() <= SAME_START_S;
    let (as_it_is, earlier, later) = (is(wall_s), is(wall_s - ahead_s), is(wall_s + ahead_s));
    match named.zone {
        Zone::Unknown if later => Some(true),
        Zone::Unknown => (as_it_is || earlier).then_some(false),
        Zone::Utc | Zone::Offset(_) => (as_it_is || earlier).then_some(as_it_is),
    }
}

/// Whether it was night by the local clock and day by UTC's, or the other way round. None: neither or both.
fn is_utc_by_hour(wall_s: f64, ahead_s: i32) -> Option<bool> {
    let is_night = |seconds: f64| Some(time::utc(seconds)?.hour() < NIGHT_UNTIL_H);
    let (local, utc) = (is_night(wall_s)?, is_night(wall_s + f64::from(ahead_s))?);
    (local != utc).then_some(local)
}

impl Wall {
    /// How many seconds the times are moved.
    pub fn shift_s(self) -> f64 {
        if self.is_utc {
            0.0
        } else {
            -f64::from(self.ahead_s)
        }
    }

    /// What is said where the times could have been either's.
    pub fn problem(self, wall_s: f64) -> Option<Problem> {
        let hour = |seconds: f64| Some(time::utc(seconds)?.format("%H:%M").to_string());
        let (local, utc) = (hour(wall_s)?, hour(wall_s + f64::from(self.ahead_s))?);
        let consequence = match (self.by, self.is_utc) {
            (WallBy::Format, _) => return None,
            (WallBy::Name, true) => "UTC was taken: so does the name of the file say.",
            (WallBy::Name, false) => "Local time was taken: so does the name of the file say.",
            (WallBy::Hour, true) => "UTC was taken: the other would be in the middle of the night.",
            (WallBy::Hour, false) => {
                "Local time was taken: the other would be in the middle of the night."
            }
            (WallBy::Habit, _) => {
                "Local time was taken, which most files mean that leave the zone out."
            }
        };
        let detail = format!(
            "times have no zone: the start was at {local} if they are local, at {utc} if they are UTC's"
        );
        Some(Problem::new(
            Code::StartMismatch,
            Effect::Noted,
            "",
            detail,
            consequence,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use WallBy::{Format, Habit, Hour, Name};

    /// Whether a start at this hour of 1 July 2025 is UTC's, and who says so, with a name that tells another hour.
    fn check(zone: &str, hour: f64, named: Option<(f64, Zone)>, expected: (bool, WallBy)) {
        // 2025-07-01 is day 20,270 of the Unix epoch.
        let at = |hour: f64| (20_270.0 * 24.0 + hour) * 3600.0;
        let named = named.map(|(hour, zone)| Stamp {
            unix_s: at(hour),
            zone,
        });
        let zone = zone.parse().unwrap();
        let wall = hear(at(hour), zone, true, named).unwrap();
        assert_eq!((wall.is_utc, wall.by), expected, "{hour} in {zone}");
        assert_eq!(wall.problem(at(hour)).is_none(), wall.by == Format);
        let told = hear(at(hour), zone, false, named).unwrap();
        assert_eq!((told.is_utc, told.by), (false, Format));
    }

    #[test]
    fn local_unless_something_shows_that_it_is_utc() {
        let (berlin, denver) = ("Europe/Berlin", "America/Denver");
        check(berlin, 7.5, None, (false, Habit));
        // 02:30 or 04:30; 20:30 or 02:30 the day before, 03:30 or 21:30.
        check(berlin, 2.5, None, (true, Hour));
        check(denver, 8.5, None, (false, Hour));
        check(denver, 3.5, None, (true, Hour));
        check("UTC", 3.5, None, (false, Format));
        // The name is two hours later: it is the local clock's, and the times are UTC's.
        check(berlin, 7.5, Some((9.5, Zone::Unknown)), (true, Name));
        check(berlin, 2.5, Some((2.51, Zone::Unknown)), (false, Name));
        check(berlin, 7.5, Some((7.5, Zone::Utc)), (true, Name));
        check(berlin, 7.5, Some((5.5, Zone::Utc)), (false, Name));
        check(berlin, 7.5, Some((18.0, Zone::Unknown)), (false, Habit));
    }
}
