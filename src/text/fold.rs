//! Words in the form in which they are compared.

/// Lower case, accents off, everything that is neither letter nor digit one blank: `ID de l’activité` is `id de l activite`.
pub fn fold(text: &str) -> String {
    folded(text, |_| false)
}

/// The same, but an apostrophe joins: `Runner’s knee` is `runners knee`.
pub fn fold_joined(text: &str) -> String {
    folded(text, |c| matches!(c, '\'' | '’' | '`' | '´'))
}

fn folded(text: &str, is_dropped: impl Fn(char) -> bool) -> String {
    let mut folded = String::with_capacity(text.len());
    // Most words are folded as they stand.
    if text
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    {
        folded.push_str(text);
        return folded;
    }
    for c in text.chars().flat_map(char::to_lowercase) {
        match plain_letter(c) {
            "" if c.is_alphanumeric() => folded.push(c),
            // Accents typed as a character of their own.
            "" if matches!(c, '\u{300}'..='\u{36f}') || is_dropped(c) => {}
            "" => push_blank(&mut folded),
            letters => folded.push_str(letters),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// One blank, and none in front.
fn push_blank(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

/// The accented letters of the languages in which headers, types and pain logs are known.
fn plain_letter(c: char) -> &'static str {
    match c {
        'à'..='å' | 'ą' | 'ā' => "a",
        'ç' | 'č' | 'ć' => "c",
        'ď' => "d",
        'è'..='ë' | 'ę' | 'ě' => "e",
        'ì'..='ï' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' => "s",
        'ť' => "t",
        'ù'..='ü' | 'ű' | 'ů' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'ß' => "ss",
        'œ' => "oe",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_what_people_and_services_vary() {
        for (text, folded) in [
            ("ID de l’activité", "id de l activite"),
            ("ID de l'activité", "id de l activite"),
            ("Aktivita\u{308}ts-ID", "aktivitats id"),
            ("  Max. hartslag ", "max hartslag"),
            ("Běh", "beh"),
            ("elapsed_time", "elapsed time"),
            ("--", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn an_apostrophe_joins_where_people_write() {
        for (text, folded) in [
            ("  Runner’s_Knee ", "runners knee"),
            ("POST-RUN", "post run"),
            ("Körperteil", "korperteil"),
            ("Ko\u{308}rper", "korper"),
            ("Fuß", "fuss"),
            ("knee (left)", "knee left"),
            ("--", ""),
            ("n/a", "n a"),
            ("膝", "膝"),
        ] {
            assert_eq!(fold_joined(text), folded);
        }
    }
}
