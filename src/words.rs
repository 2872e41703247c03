//! The small pieces sentences are made of: a capital, a list, a sign, a clip. One home, below everything that speaks.

/// The text with its first letter as a capital.
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// The text with its first letter small, behind a colon.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_lowercase().collect::<String>() + letters.as_str()
    })
}

/// Words as a sentence: a capital first and a full stop last, unless the text ends one by itself.
pub fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '!', '?']) || text.is_empty() {
        ""
    } else {
        "."
    };
    sentence_case(text) + stop
}

/// `a, b and c`.
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A number with a true minus, and none before a zero.
pub fn signed(value: f64, decimals: usize) -> String {
    crate::units::number(value, decimals).replace('-', "−")
}

/// Foreign text inside a message: one line without control characters, at most 40 letters, the last an ellipsis where more was.
pub fn clipped(text: &str) -> String {
    let plain = text.trim().chars().map(without_control);
    let plain: Vec<char> = plain.take(MOST_LETTERS + 1).collect();
    match plain.get(..MOST_LETTERS - 1) {
        Some(front) if plain.len() > MOST_LETTERS => front.iter().chain(['…'].iter()).collect(),
        _ => plain.into_iter().collect(),
    }
}

fn without_control(letter: char) -> char {
    if letter.is_control() { ' ' } else { letter }
}

/// Letters to insert, drop or replace to make one word the other (Levenshtein 1966), row by row.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let mut above: Vec<usize> = (0..=b.chars().count()).collect();
    for (row, letter) in a.chars().enumerate() {
        let mut left = row + 1;
        let mut current = vec![left];
        for (other, pair) in b.chars().zip(above.windows(2)) {
            let [diagonal, up] = pair else { continue };
            left = (left + 1)
                .min(up + 1)
                .min(diagonal + usize::from(letter != other));
            current.push(left);
        }
        above = current;
    }
    above.last().copied().unwrap_or(0)
}

/// Most letters of a foreign text in a message.
const MOST_LETTERS: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_with_a_capital_and_end_with_a_stop() {
        assert_eq!(
            (sentence_case("left calf"), sentence_case("")),
            ("Left calf".to_string(), String::new())
        );
        assert_eq!(
            (sentence("écoute"), sentence("Why?")),
            ("Écoute.".to_string(), "Why?".to_string())
        );
    }

    #[test]
    fn lists_read_as_in_a_sentence() {
        for (words, text) in [
            (vec![], ""),
            (vec!["a"], "a"),
            (vec!["a", "b"], "a and b"),
            (vec!["a", "b", "c"], "a, b and c"),
        ] {
            assert_eq!(
                list(&words.into_iter().map(str::to_string).collect::<Vec<_>>()),
                text
            );
        }
    }

    #[test]
    fn a_zero_has_no_sign() {
        for (value, text) in [(-0.31, "−0.3"), (0.31, "0.3"), (-0.01, "0.0")] {
            assert_eq!(signed(value, 1), text);
        }
    }

    #[test]
    fn foreign_text_is_one_short_line() {
        assert_eq!(clipped(" a\tb\n"), "a b");
        assert_eq!(clipped(&"x".repeat(40)), "x".repeat(40));
        assert_eq!(clipped(&"x".repeat(41)), "x".repeat(39) + "…");
    }
}
