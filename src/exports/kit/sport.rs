//! What an index calls an activity: its word is believed, never guessed at.

use crate::sport::{Name, Sport, Writer};

/// What is named and not known: not open, so that its speed never makes a run of it.
pub(in crate::exports) const NAMED_OTHER: (Sport, Name) = (Sport::OTHER, "generic");

/// Sport and sub-sport that a word means. No word leaves the sport open; one that is not known, or says "other", is another sport.
pub(in crate::exports) fn meant(word: Option<&str>) -> (Sport, Name) {
    let Some(word) = word.map(str::trim).filter(|word| !word.is_empty()) else {
        return (Sport::UNKNOWN, "generic");
    };
    // A number is an id of the service's own and no word.
    let is_word = word.contains(char::is_alphabetic);
    let found = crate::sport::meant(word, Writer::Garmin).filter(|_| is_word);
    found
        .filter(|(sport, _)| !sport.is_open())
        .unwrap_or(NAMED_OTHER)
}

/// Sport and sub-sport of a service's number, by the words of its numbers. A table may have it as `1.0`.
pub(in crate::exports) fn of_number(numbers: &[(&str, &str)], number: &str) -> (Sport, Name) {
    let number = number.trim_end_matches(".0");
    let known = numbers.iter().find(|(known, _)| *known == number);
    known.map_or(NAMED_OTHER, |(_, word)| meant(Some(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_believed_and_numbers_are_none() {
        for (word, sport, sub_sport) in [
            (Some("TREADMILL_RUNNING"), "running", "treadmill"),
            (Some("Trail Running"), "running", "trail"),
            (Some("Bike"), "cycling", "generic"),
            (Some("OTHER_OUTDOOR"), "other", "generic"),
            (Some("other"), "other", "generic"),
            (Some("9"), "other", "generic"),
            (Some("Quidditch"), "other", "generic"),
            (Some(" "), "unknown", "generic"),
            (None, "unknown", "generic"),
        ] {
            assert_eq!(meant(word), (Sport(sport), sub_sport), "{word:?}");
        }
    }
}
