//! Whether two tracks are one outing.

use super::Track;
use crate::{
    decode::points,
    model::Samples,
    sport::{Heard, named_in_title, recorded},
    text::fold::fold,
};

/// Longest space between two tracks of one activity, s (src/method/limits.md, Time in a recording).
const CONTINUES_WITHIN_S: f64 = 1800.0;
/// Tracks whose names say nothing of each other are one when they follow at once, s, and where the other ended, m.
const AT_ONCE_S: f64 = 120.0;
const NEAR_M: f64 = 100.0;

/// Words that only number the parts of one outing.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "section", "part", "teil", "partie", "parte", "lap", "leg", "segment", "split", "track", "trk", "tracklog", "log", "active", "current",
    "stage", "etappe", "etape", "deel", "del", "no", "nr", "num", "of", "am", "pm", "utc", "gmt", "i", "ii", "iii", "iv", "t", "z",
];

/// Whether a track goes on from the one before: it begins 0 to 30 minutes after the other ended, and neither its type nor its name,
/// numbers aside (`ACTIVE LOG #2`, `2024-11-08 10:16`), says that it is something else.
pub(super) fn continues(before: &Track, track: &Track) -> bool {
    let end = points::first_known(before.samples.time_s.iter().rev());
    let Some(gap_s) = end.map(|end| first_time(track) - end) else {
        return false;
    };
    (0.0..=CONTINUES_WITHIN_S).contains(&gap_s)
        && !contradicts(sport(before), sport(track))
        && (may_be_same(&before.name, &track.name)
            || gap_s <= AT_ONCE_S && is_near(&before.samples, &track.samples))
}

/// The first time of a track; NaN when it has none.
pub(super) fn first_time(track: &Track) -> f64 {
    points::first_known(track.samples.time_s.iter()).unwrap_or(f64::NAN)
}

/// What a track is by its type, else by its name.
fn sport(track: &Track) -> Option<&'static str> {
    let heard = track.kind.as_deref().map(recorded);
    match heard {
        Some(Heard::Sport(sport, _)) => Some(sport.0),
        _ => named_in_title(track.name.as_deref()?).map(|(sport, _)| sport.0),
    }
}

fn contradicts(a: Option<&str>, b: Option<&str>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a != b)
}

fn may_be_same(a: &Option<String>, b: &Option<String>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => unnumbered(a) == unnumbered(b),
        _ => true,
    }
}

/// A name without what numbers it: digits, times, parts.
fn unnumbered(name: &str) -> String {
    let folded = fold(name);
    let is_number = |word: &str| word.bytes().any(|b| b.is_ascii_digit()) || PARTS.contains(&word);
    let words: Vec<&str> = folded.split(' ').filter(|word| !is_number(word)).collect();
    words.join(" ")
}

/// Whether one begins where the other ended.
fn is_near(before: &Samples, after: &Samples) -> bool {
    let place = |samples: &Samples, index: Option<usize>| {
        let index = index?;
        Some((samples.latitude_deg[index], samples.longitude_deg[index]))
    };
    let is_known = |samples: &Samples, index: usize| samples.latitude_deg[index].is_finite();
    let end = (0..before.len()).rfind(|index| is_known(before, *index));
    let begin = (0..after.len()).find(|index| is_known(after, *index));
    let (end, begin) = (place(before, end), place(after, begin));
    end.zip(begin).is_some_and(|(end, begin)| {
        let north = begin.0 - end.0;
        let east = (begin.1 - end.1) * end.0.to_radians().cos();
        north.hypot(east) * 111_195.0 <= NEAR_M
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_parts_are_no_names() {
        for (a, b, expected) in [
            ("ACTIVE LOG", "ACTIVE LOG #2", true),
            ("2024-11-08 10:00", "2024-11-08 10:16:30", true),
            ("Forest", "Forest section 2", true),
            ("Lap 1", "Lap 2", true),
            ("08-NOV-24 10:00:00 AM", "08-NOV-24 10:16:00 AM", true),
            ("a", "b", false),
            ("Out", "Home", false),
        ] {
            let names = (Some(a.to_string()), Some(b.to_string()));
            assert_eq!(may_be_same(&names.0, &names.1), expected, "{a} and {b}");
        }
    }
}
