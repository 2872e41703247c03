//! Text that is not ours (names, places, notes) made harmless for a terminal, and the letters that no page shows.

/// One line for a terminal or a log: no control, escape or direction characters.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !is_invisible(*c))
        .collect()
}

/// JSON for a terminal: the same document with control and direction characters, which can only be inside its strings, escaped.
pub fn printable_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if is_invisible(character) && character != '\n' {
            out.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            out.push(character);
        }
    }
    out
}

/// Control characters (C0, C1, so no ANSI escapes) and Unicode's direction overrides, which can make text read as what it is not.
pub(super) fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_on_a_terminal_moves_it() {
        assert_eq!(printable("a\u{1b}[2Jb\u{202E}\nc"), "a[2Jb c");
        let json = serde_json::to_string("a\u{9b}b\u{202E}\nc").unwrap();
        assert_eq!(printable_json(&json), r#""a\u009bb\u202e\nc""#);
        assert_eq!(printable_json("{\n}"), "{\n}");
    }
}
