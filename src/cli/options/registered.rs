//! The file of `--registered`: which of a cohort's tests were planned.

use crate::{
    associate::cohort::pair_names,
    epidemiology::{Definition, Registered},
    error::Error,
    rules::RULES,
};
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// The lists of the file.
const LISTS: [&str; 3] = ["pairs", "rules", "definitions"];

/// Reads a plan of the analysis.
///
/// # Errors
/// [`Error::Input`] when it cannot be read, [`Error::Usage`] naming what of it is none of niggle's words.
pub fn registered(path: &Path) -> Result<Registered, Error> {
    let bytes = std::fs::read(path).map_err(Error::input(path))?;
    let lists =
        lists(&bytes).map_err(|said| Error::Usage(format!("{}: {said}", path.display())))?;
    Ok(Registered::new(&bytes, lists))
}

fn lists(bytes: &[u8]) -> Result<[Vec<String>; 3], String> {
    let text = str::from_utf8(bytes)
        .map_err(|_| "this is no UTF-8; save the file as UTF-8".to_string())?;
    let file =
        DeTable::parse(text).map_err(|error| format!("this is no TOML: {}", error.message()))?;
    let mut lists: [Vec<String>; 3] = Default::default();
    for (key, value) in file.get_ref() {
        let key: &str = key.get_ref();
        let Some(at) = LISTS.iter().position(|list| *list == key) else {
            return Err(format!("{key}: there are {}", LISTS.join(", ")));
        };
        lists[at] = list(key, value.get_ref(), &words(at))?;
    }
    Ok(lists)
}

/// What may stand in a list.
fn words(list: usize) -> Vec<String> {
    match list {
        0 => pair_names(),
        1 => RULES.iter().map(|rule| rule.id.to_string()).collect(),
        _ => Definition::ALL
            .iter()
            .map(|one| one.id().to_string())
            .collect(),
    }
}

fn list(key: &str, value: &DeValue, words: &[String]) -> Result<Vec<String>, String> {
    let DeValue::Array(values) = value else {
        return Err(format!(
            "{key} is a list: {key} = [\"{}\"]",
            words.first().cloned().unwrap_or_default()
        ));
    };
    let one = |value: &DeValue| {
        let word = value.as_str().map(str::trim).unwrap_or_default();
        let known = words.iter().find(|known| *known == word).cloned();
        known.ok_or_else(|| format!("{key}: \"{word}\" is none of {}", words.join(", ")))
    };
    values.iter().map(|value| one(value.get_ref())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_words_that_there_are() {
        let text = "# before the season\npairs = ['knee descent_m_3']\nrules = [\"single-run-spike\"]\ndefinitions = [\"time_loss\"]\n";
        let [pairs, rules, definitions] = lists(text.as_bytes()).unwrap();
        assert_eq!(
            (pairs.join(""), rules.join(""), definitions.join("")),
            (
                "knee descent_m_3".into(),
                "single-run-spike".into(),
                "time_loss".into()
            )
        );
        assert_eq!(lists(b"").unwrap(), <[Vec<String>; 3]>::default());
        for (text, said) in [
            ("pairs = 'x'", "pairs is a list"),
            ("rules = ['x']", "\"x\" is none of"),
            ("rules = [3]", "\"\" is none of"),
            ("tests = []", "tests: there are pairs, rules, definitions"),
            ("pairs = [", "no TOML"),
        ] {
            assert!(lists(text.as_bytes()).unwrap_err().contains(said), "{text}");
        }
    }
}
