//! Text that is not ours (names, places, notes) made harmless, and the small pieces markdown is built of.

/// Markdown that shows `text` as it is: no markup, no HTML, one line, no control or direction characters.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_invisible(c) => {}
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                out.push('\\');
                out.push(character);
            }
            c => out.push(c),
        }
    }
    out
}

/// Text for a terminal or a log: no control, escape or direction characters.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_invisible(*c)).collect()
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
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A markdown table; cells must be escaped already.
pub fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = format!("| {} |\n|{}\n", header.join(" | "), "---|".repeat(header.len()));
    for row in rows {
        out.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_tricks_are_shown_not_run() {
        for (text, shown) in [
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
            ("[a](javascript:x)", "\\[a\\](javascript:x)"),
            ("a|b\nc", "a\\|b c"),
            ("\u{1b}[31mred\u{202E}", "\\[31mred"),
            ("**bold** _it_", "\\*\\*bold\\*\\* \\_it\\_"),
        ] {
            assert_eq!(escaped(text), shown);
        }
        assert_eq!(printable("a\u{1b}[2Jb\u{202E}\nc"), "a[2Jb c");
        let json = serde_json::to_string("a\u{9b}b\u{202E}\nc").unwrap();
        assert_eq!(printable_json(&json), r#""a\u009bb\u202e\nc""#);
        assert_eq!(printable_json("{\n}"), "{\n}");
    }

    #[test]
    fn tables() {
        assert_eq!(table(&["a", "b"], [vec!["1".to_string(), "2".to_string()]]), "| a | b |\n|---|---|\n| 1 | 2 |\n");
    }
}
