//! A note as words: folded to plain letters, with the clause and the part between commas that each stands in.

/// A word of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// Where its letters begin and end in [`Tokens::plain`].
    pub from: usize,
    /// The end, exclusive.
    pub to: usize,
    /// The clause: a full stop, a semicolon, a colon, a dash, a bracket or a line end begins the next.
    pub clause: u32,
    /// The part of the clause: a comma begins the next. Parts are counted through the whole note.
    pub part: u32,
}

/// The words of a note.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// Folded letters and digits of all words, without blanks.
    pub plain: String,
    /// The words in order.
    pub list: Vec<Token>,
}

impl Tokens {
    /// Splits a note into words: lower case, no accents, ß as ss, ligatures as two letters.
    pub(super) fn of(note: &str) -> Self {
        let mut tokens = Tokens {
            plain: String::with_capacity(note.len()),
            list: Vec::new(),
        };
        let mut state = State::default();
        let mut before = ' ';
        for (at, c) in note.char_indices() {
            let after = note.get(at + c.len_utf8()..).unwrap_or_default();
            tokens.take(c, before, after, &mut state);
            before = c;
        }
        tokens.end_word(&mut state);
        tokens
    }

    /// The letters of a word.
    pub(super) fn text(&self, token: &Token) -> &str {
        self.plain.get(token.from..token.to).unwrap_or_default()
    }

    /// The words that are so, with blanks between them.
    pub(super) fn words(&self, is_so: impl Fn(&Token) -> bool) -> String {
        let words = self.list.iter().filter(|token| is_so(token));
        let words: Vec<&str> = words.map(|token| self.text(token)).collect();
        words.join(" ")
    }

    fn take(&mut self, c: char, before: char, after: &str, state: &mut State) {
        match c {
            'a'..='z' | '0'..='9' => self.plain.push(c),
            'A'..='Z' => self.plain.push(c.to_ascii_lowercase()),
            ' ' | '\t' | '"' | '/' | 'º' => self.end_word(state),
            '.' | ','
                if before.is_ascii_digit() && after.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                self.plain.push('.');
            }
            ':' if before.is_ascii_digit() => self.end_word(state),
            '\'' | '’' | '‘' | '`' | '´' if joins(after) => {}
            ',' | '&' | '+' => self.end(state, false),
            '.' | '!' | '?' | ';' | ':' | '\n' | '\r' | '…' | '–' | '—' | '(' | ')' | '[' | ']'
            | '=' | '>' => {
                self.end(state, true);
            }
            '-' if before == ' ' && after.starts_with(' ') => self.end(state, true),
            '😂' | '🤣' | '😅' | '😆' | '😄' | '😉' | '😜' => self.laugh(state),
            // Accents typed as characters of their own.
            '\u{300}'..='\u{36f}' => {}
            _ => self.take_other(c, state),
        }
    }

    fn take_other(&mut self, c: char, state: &mut State) {
        for lower in c.to_lowercase() {
            match plain_letters(lower) {
                "" if lower.is_alphanumeric() => self.plain.push(lower),
                "" if ('\u{300}'..='\u{36f}').contains(&lower) => {}
                "" => self.end_word(state),
                letters => self.plain.push_str(letters),
            }
        }
    }

    /// A laughing face is the word that people write instead.
    fn laugh(&mut self, state: &mut State) {
        self.end_word(state);
        self.plain.push_str("haha");
        self.end_word(state);
    }

    fn end_word(&mut self, state: &mut State) {
        if self.plain.len() > state.from {
            let token = Token {
                from: state.from,
                to: self.plain.len(),
                clause: state.clause,
                part: state.part,
            };
            self.list.push(token);
            state.from = self.plain.len();
        }
    }

    fn end(&mut self, state: &mut State, is_clause: bool) {
        self.end_word(state);
        state.part += 1;
        state.clause += u32::from(is_clause);
    }
}

/// Where the next word begins, and in what.
#[derive(Debug, Default)]
struct State {
    from: usize,
    clause: u32,
    part: u32,
}

/// Whether an apostrophe joins: "can't" and "m'n" are one word, "l'aine", "n'arrive" and "un'ora" are two.
fn joins(after: &str) -> bool {
    let end = after
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(after.len());
    let rest = after.get(..end).unwrap_or_default();
    ["t", "s", "m", "re", "ve", "ll", "d", "n"]
        .iter()
        .any(|joined| rest.eq_ignore_ascii_case(joined))
}

/// A letter without its accent; empty where it has none of these.
pub(super) fn plain_letters(c: char) -> &'static str {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ª' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì'..='ï' | 'ī' => "i",
        // "Uña" is a nail, "una" an article.
        'ñ' => "ny",
        'ń' => "n",
        'ò'..='ö' | 'ø' | 'ō' => "o",
        'œ' => "oe",
        'ù'..='ü' | 'ū' => "u",
        'ý' | 'ÿ' => "y",
        'ß' => "ss",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬀ' => "ff",
        'ĳ' => "ij",
        'š' | 'ś' => "s",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(note: &str) -> String {
        let tokens = Tokens::of(note);
        let mut line = String::new();
        let (mut clause, mut part) = (0, 0);
        for token in &tokens.list {
            if token.clause != clause {
                line.push_str("| ");
            } else if token.part != part {
                line.push_str(", ");
            }
            (clause, part) = (token.clause, token.part);
            line.push_str(tokens.text(token));
            line.push(' ');
        }
        line.trim_end().to_string()
    }

    #[test]
    fn letters_are_folded_and_clauses_counted() {
        for (note, expected) in [
            ("Größe, FÜSSE; Straße", "grosse , fusse | strasse"),
            ("l’aine n'arrive qu'un'ora", "l aine n arrive qu un ora"),
            ("can't, I'm, m'n", "cant , im , mn"),
            ("38,9 fever. 39.2!", "38.9 fever | 39.2"),
            ("e\u{301}te\u{301} œdème ﬁn", "ete oedeme fin"),
            ("knee - swollen (hot)", "knee | swollen | hot"),
            ("self-made w/o pain", "self made w o pain"),
            ("7:30 run: ok 😂", "7 30 run | ok haha"),
            ("39ºC in 膝", "39 c in 膝"),
            ("", ""),
        ] {
            assert_eq!(words(note), expected, "{note:?}");
        }
    }
}
