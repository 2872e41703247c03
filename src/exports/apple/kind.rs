//! What a tag is, by how it begins.

use memchr::memchr;

/// Tags that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `<HealthData>`: what stands before it is the DTD's.
    Root,
    RootEnd,
    Me,
    Workout,
    WorkoutEnd,
    /// What repeats the workout for a part of it.
    Part,
    PartEnd,
    /// What may stand inside a workout.
    Inside,
    HeartRate,
    Steps,
    RestingHeartRate,
    Mass,
    Sleep,
    /// None of these.
    Other,
}

/// Elements by their names.
const ELEMENTS: &[(&[u8], Kind)] = &[
    (b"HealthData", Kind::Root),
    (b"/HealthData", Kind::RootEnd),
    (b"Me", Kind::Me),
    (b"Workout", Kind::Workout),
    (b"/Workout", Kind::WorkoutEnd),
    (b"WorkoutActivity", Kind::Part),
    (b"/WorkoutActivity", Kind::PartEnd),
    (b"WorkoutStatistics", Kind::Inside),
    (b"WorkoutEvent", Kind::Inside),
    (b"FileReference", Kind::Inside),
    (b"MetadataEntry", Kind::Inside),
];

/// Records by their types.
const RECORDS: &[(&[u8], Kind)] = &[
    (b"HKQuantityTypeIdentifierHeartRate", Kind::HeartRate),
    (b"HKQuantityTypeIdentifierStepCount", Kind::Steps),
    (
        b"HKQuantityTypeIdentifierRestingHeartRate",
        Kind::RestingHeartRate,
    ),
    (b"HKQuantityTypeIdentifierBodyMass", Kind::Mass),
    (b"HKCategoryTypeIdentifierSleepAnalysis", Kind::Sleep),
];

/// What the tag is that begins so, without its `<`. A record whose type does not stand in front is none that matters: Apple puts it
/// there.
pub(super) fn kind_of(begin: &[u8]) -> Kind {
    if let Some([blank, rest @ ..]) = begin.strip_prefix(b"Record")
        && blank.is_ascii_whitespace()
    {
        return record(rest);
    }
    // Most other tags are notes beside records.
    let name = begin.split(|byte| matches!(byte, b' ' | b'>' | b'\n' | b'\r' | b'\t'));
    let name = name.into_iter().next().unwrap_or_default();
    let name = match name {
        [whole @ .., b'/'] => whole,
        name => name,
    };
    known(ELEMENTS, name)
}

fn record(rest: &[u8]) -> Kind {
    let rest = rest.trim_ascii_start().strip_prefix(b"type=");
    let Some((quote @ (b'"' | b'\''), rest)) = rest.and_then(<[u8]>::split_first) else {
        return Kind::Other;
    };
    // The shortest look that tells them apart: most records are of other types.
    memchr(*quote, &rest[..rest.len().min(64)])
        .map_or(Kind::Other, |end| known(RECORDS, &rest[..end]))
}

fn known(kinds: &[(&[u8], Kind)], name: &[u8]) -> Kind {
    let known = kinds.iter().find(|(known, _)| *known == name);
    known.map_or(Kind::Other, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_by_how_they_begin() {
        for (begin, kind) in [
            (
                "Record type=\"HKQuantityTypeIdentifierHeartRate\" unit=",
                Kind::HeartRate,
            ),
            (
                "Record  type='HKQuantityTypeIdentifierStepCount'/>",
                Kind::Steps,
            ),
            (
                "Record type=\"HKQuantityTypeIdentifierHeartRateVariabilitySDNN\"",
                Kind::Other,
            ),
            (
                "Record type=\"HKQuantityTypeIdentifierHeartRate",
                Kind::Other,
            ),
            ("Workout workoutActivityType=", Kind::Workout),
            ("Workout>", Kind::Workout),
            ("WorkoutRoute sourceName", Kind::Other),
            ("/Workout>\n", Kind::WorkoutEnd),
            ("Me/>", Kind::Me),
            ("MetadataEntry key=", Kind::Inside),
            ("HealthData locale=", Kind::Root),
            ("", Kind::Other),
        ] {
            assert_eq!(kind_of(begin.as_bytes()), kind, "{begin}");
        }
    }
}
