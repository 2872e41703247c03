//! What programs call the values of a point: by local name, in any case, with or without `_` and `-`.

/// A value of a point that extensions hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    HeartRate,
    Cadence,
    Speed,
    Distance,
    Altitude,
}

/// The value that an element of this name within `parent` holds. The commonest names are asked for first.
#[inline]
pub(super) fn field(name: &str, parent: &str) -> Option<Field> {
    match name {
        "hr" => Some(Field::HeartRate),
        "cad" => Some(Field::Cadence),
        "speed" => Some(Field::Speed),
        "distance" => Some(Field::Distance),
        "extensions" | "TrackPointExtension" | "atemp" | "power" | "course" | "time" | "ele" => {
            None
        }
        "Value" | "value" => listed(parent),
        _ => listed(name),
    }
}

#[rustfmt::skip]
const NAMES: &[(Field, &[&str])] = &[
    (Field::HeartRate, &["hr", "heartrate", "heartratebpm", "heartratetrack", "heartratevalue", "bpm", "hrbpm", "hrm", "pulse", "heart", "heartbeat"]),
    (Field::Cadence, &[
        "cad", "cadence", "runcadence", "runningcadence", "runcad", "stepcadence", "steprate", "stepfrequency", "stepsperminute", "spm",
        "striderate", "stridecadence", "cadencerpm", "cadencespm",
    ]),
    (Field::Speed, &["speed", "speedms", "gpsspeed", "velocity"]),
    (Field::Distance, &["distance", "dist", "distancemeters", "totaldistance", "cumulativedistance", "distancem"]),
    (Field::Altitude, &["altitude", "elevation", "altitudemeters", "barometricaltitude", "ele"]),
];

fn listed(name: &str) -> Option<Field> {
    let is_it = |listed: &&str| is_same(name, listed);
    let found = NAMES.iter().find(|(_, names)| names.iter().any(&is_it));
    found.map(|(field, _)| *field)
}

/// Whether a name is the listed one, which has small letters alone.
fn is_same(name: &str, listed: &str) -> bool {
    let is_letter = |b: &u8| !matches!(b, b'_' | b'-');
    let letters = name
        .bytes()
        .filter(is_letter)
        .map(|b| b.to_ascii_lowercase());
    name.len() >= listed.len() && letters.eq(listed.bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case() {
        for (names, expected) in [
            (
                "hr|HR|heartRate|Heart_Rate|heartrate|bpm|heartRateTrack|HeartRateBpm",
                Some(Field::HeartRate),
            ),
            (
                "cad|Cadence|runCadence|RunCadence|run_cadence|spm|stepRate|step-cadence",
                Some(Field::Cadence),
            ),
            ("speed|Speed", Some(Field::Speed)),
            ("distance|Distance", Some(Field::Distance)),
            (
                "atemp|extensions|hrzone|maxhr|cadencezone|verticalspeed|distancetogo|time",
                None,
            ),
        ] {
            for name in names.split('|') {
                assert_eq!(field(name, "extensions"), expected, "{name}");
            }
        }
        assert_eq!(field("Value", "HeartRateBpm"), Some(Field::HeartRate));
        assert_eq!(field("Value", "Power"), None);
    }
}
