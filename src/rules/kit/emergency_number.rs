//! The emergency number that the messages of emergencies name.

use std::{fmt, str::FromStr};

/// One number or several, as a reader would dial them: `112`, `112, 911 or 999`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmergencyNumber(String);

/// Europe and GSM phones, North America, the United Kingdom. All three, after "your emergency number", as niggle does not
/// know where its reader is.
pub const EVERYWHERE: &str = "112, 911 or 999";

/// Where the number stands in a rule's example sentence.
const PLACE: &str = "{number}";

/// More letters than this are a text and no number.
const MAX_LETTERS: usize = 40;

/// Digits of one number: the shortest emergency numbers have two, the longest numbers there are (E.164) fifteen.
const DIGITS: std::ops::RangeInclusive<usize> = 2..=15;

impl Default for EmergencyNumber {
    fn default() -> Self {
        EmergencyNumber(EVERYWHERE.to_string())
    }
}

impl EmergencyNumber {
    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A rule's example sentence with the number in its place.
    pub fn put_into(&self, example: &str) -> String {
        put(example, &self.0)
    }
}

/// The text with this number in its place.
pub(super) fn put(text: &str, number: &str) -> String {
    text.replace(PLACE, number)
}

impl fmt::Display for EmergencyNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for EmergencyNumber {
    type Err = String;

    /// Numbers of digits, spaces and a leading `+`, with commas or "or" between them: a word in this place would be read as
    /// niggle's advice.
    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        let mut parts = text.split(',').flat_map(|part| part.split(" or "));
        if text.len() <= MAX_LETTERS && parts.all(is_number) {
            return Ok(EmergencyNumber(text));
        }
        Err(format!(
            "an emergency number has digits, spaces and + only, several have commas or \"or\" between them, and {MAX_LETTERS} \
             letters are the most, as 112 or \"{EVERYWHERE}\""
        ))
    }
}

/// Whether the part is one number: digits and spaces, with a `+` before them or not.
fn is_number(part: &str) -> bool {
    let part = part.trim();
    let part = part.strip_prefix('+').unwrap_or(part);
    let digits = part.chars().filter(char::is_ascii_digit).count();
    DIGITS.contains(&digits) && part.chars().all(|c| c.is_ascii_digit() || c == ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let found = text
            .parse::<EmergencyNumber>()
            .ok()
            .map(|number| number.to_string());
        assert_eq!(found.as_deref(), expected, "{text:?}");
    }

    #[test]
    fn numbers_are_taken_and_words_are_not() {
        for number in [
            "112",
            "15",
            "000",
            "112, 911 or 999",
            "+49 112",
            "144 or 112",
            "1 1 2",
        ] {
            check(number, Some(number));
        }
        check("  112 ,\t911  or 999 ", Some("112 , 911 or 999"));
        for nonsense in [
            "",
            " ",
            ",",
            "or",
            "112,",
            "112 or",
            "or 112",
            "112 oder 911",
            "your neighbour",
            "112; 911",
            "1",
            "11+2",
        ] {
            check(nonsense, None);
        }
        check("112 <b>", None);
        check("112\u{202e}", None);
        check(&"112, ".repeat(20), None);
        check("1234567890123456", None);
    }

    #[test]
    fn the_default_is_one() {
        check(EVERYWHERE, Some(EVERYWHERE));
        assert_eq!(EmergencyNumber::default().to_string(), EVERYWHERE);
    }
}
