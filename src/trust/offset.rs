//! The offset to UTC, and so the local day: what the file tells, held against the place.

use super::witness::Heard;
use crate::time::ZoneSource;
use chrono::{DateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Serialize;

/// What the witnesses of the offset come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClockOffset {
    /// Seconds east of UTC.
    pub offset_s: i32,
    /// Who is believed.
    pub source: ZoneSource,
    /// Who says how much, and what became of it.
    pub witnesses: Vec<(ZoneSource, i32, Heard)>,
}

impl ClockOffset {
    /// What the file tells and the place denies, s.
    pub fn against(&self) -> Option<i32> {
        let mut witnesses = self.witnesses.iter();
        let against = witnesses.find(|(_, _, heard)| *heard == Heard::Differs);
        against.map(|(_, offset_s, _)| *offset_s)
    }
}

/// Hears the file, the place and the option. An offset of 0 says no more than that times are in UTC. Where the file and the place
/// differ, the place is believed: a runner's day is that of where they ran.
pub fn hear(
    told: Option<i32>,
    there: Option<Tz>,
    option: Option<Tz>,
    start: DateTime<Utc>,
) -> ClockOffset {
    let told = told.filter(|offset_s| *offset_s != 0);
    let there_s = there.map(|zone| offset_s(zone, start));
    // The place decides, whether the file agrees or not; which of the two is named is a matter of words.
    let (offset_s, source) = match (told, there_s, option) {
        (Some(told), None, _) => (told, ZoneSource::File),
        (Some(told), Some(there), _) if told == there => (told, ZoneSource::File),
        (_, Some(there), _) => (there, ZoneSource::Position),
        (None, None, Some(zone)) => (offset_s(zone, start), ZoneSource::Option),
        (None, None, None) => (0, ZoneSource::AssumedUtc),
    };
    let said = [(ZoneSource::File, told), (ZoneSource::Position, there_s)];
    let said = said.into_iter().filter_map(|(by, told)| Some((by, told?)));
    let heard = |(by, told): (ZoneSource, i32)| {
        let heard = match told == offset_s {
            _ if by == source => Heard::Believed,
            true => Heard::Agrees,
            false => Heard::Differs,
        };
        (by, told, heard)
    };
    ClockOffset {
        offset_s,
        source,
        witnesses: said.map(heard).collect(),
    }
}

fn offset_s(zone: Tz, at: DateTime<Utc>) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc())
        .fix()
        .local_minus_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_believed_and_zero_says_nothing() {
        use ZoneSource::{AssumedUtc, File, Option as Given, Position};
        let start: DateTime<Utc> = "2025-03-30T22:30:00Z".parse().unwrap();
        let (berlin, auckland): (Tz, Tz) = (
            "Europe/Berlin".parse().unwrap(),
            "Pacific/Auckland".parse().unwrap(),
        );
        for (told, there, option, expected, against) in [
            (Some(3600), None, Some(berlin), (3600, File), None),
            (Some(46_800), Some(auckland), None, (46_800, File), None),
            (Some(3600), Some(berlin), None, (7200, Position), Some(3600)),
            (
                Some(0),
                Some(auckland),
                Some(berlin),
                (46_800, Position),
                None,
            ),
            (None, Some(auckland), Some(berlin), (46_800, Position), None),
            (Some(0), None, Some(berlin), (7200, Given), None),
            (Some(0), None, None, (0, AssumedUtc), None),
            (None, None, None, (0, AssumedUtc), None),
        ] {
            let heard = hear(told, there, option, start);
            assert_eq!((heard.offset_s, heard.source), expected, "{heard:?}");
            assert_eq!(heard.against(), against, "{heard:?}");
        }
    }
}
