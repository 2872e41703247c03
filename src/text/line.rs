//! Foreign text on one line.

/// Longest title kept, characters.
pub const NAME_CHARS_MAX: usize = 256;

/// A title or device name without control characters, trimmed, cut at [`NAME_CHARS_MAX`]; None when nothing is left.
pub fn title(raw: &str) -> Option<String> {
    let kept = printable(raw.trim(), NAME_CHARS_MAX);
    Some(kept.trim().to_string()).filter(|kept| !kept.is_empty())
}

/// The text without control characters, cut after so many others.
pub fn printable(text: &str, most: usize) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(most)
        .collect()
}

/// Runs of blanks (also those that do not break) become one blank, the ends none; everything else stays.
pub fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_short_and_plain() {
        assert_eq!(title(" a\u{1b}[31m\n ").as_deref(), Some("a[31m"));
        assert_eq!(title(" \u{0} "), None);
        assert_eq!(
            title(&"é".repeat(300)).map(|t| t.chars().count()),
            Some(NAME_CHARS_MAX)
        );
    }
}
