//! Columns called by two or three letters, a side and a part of the body: `LK`, `RS`, `LAch`. One alone can be anything, several
//! together cannot.

use super::{
    columns::Column,
    names::{Meaning, Name, Rating, Sure, is_filler, is_number, is_pain_word},
};
use crate::pain::{Moment, Side, Site, Word, words::Vocabulary};
use std::collections::{BTreeMap, BTreeSet};

/// What stands behind (or before) the letter of the side, English and German.
const CODES: &[(&str, &str)] = &[
    ("k", "knee"),
    ("kn", "knee"),
    ("s", "shin"),
    ("sh", "shin"),
    ("shn", "shin"),
    ("tib", "shin"),
    ("c", "calf"),
    ("ca", "calf"),
    ("w", "calf"),
    ("clf", "calf"),
    ("an", "ankle"),
    ("ank", "ankle"),
    ("ac", "achilles"),
    ("ach", "achilles"),
    ("at", "achilles"),
    ("f", "foot"),
    ("ft", "foot"),
    ("fo", "foot"),
    ("he", "heel"),
    ("q", "quad"),
    ("qd", "quad"),
    ("qu", "quad"),
    ("th", "thigh"),
    ("ham", "hamstring"),
    ("hs", "hamstring"),
    ("hi", "hip"),
    ("hp", "hip"),
    ("hip", "hip"),
    ("gl", "glute"),
    ("gr", "groin"),
    ("itb", "itb"),
    ("it", "itb"),
    ("b", "lower back"),
];

/// Letters that two parts of the body begin with: the place goes by them, unless the other part has a column of its own.
const OPEN: &[(&str, [Site; 2])] = &[
    ("a", [Site::Ankle, Site::Achilles]),
    ("h", [Site::Hip, Site::Hamstring]),
    ("g", [Site::Groin, Site::Glute]),
    ("t", [Site::Thigh, Site::Toe]),
];

/// A name as a side and a code.
struct Short {
    index: usize,
    side: Side,
    code: String,
    moment: Option<Moment>,
    sure: Sure,
    /// Known by itself.
    is_known: bool,
}

/// Gives the columns their places where several stand together: both sides of one part, or three of them.
pub(super) fn name_short_places(names: &mut [Name], words: &Vocabulary) {
    // Beside a column for the place they are something else.
    if names.iter().any(is_site) {
        return;
    }
    let each = names.iter().enumerate();
    let mut found: Vec<Short> = each
        .filter_map(|(index, name)| short(index, name, words))
        .collect();
    found.retain(|short| place(&short.code, &BTreeSet::new()).is_some());
    if !are_certain(&found) {
        return;
    }
    let mut known: BTreeSet<Site> = names.iter().filter_map(named_place).collect();
    known.extend(found.iter().filter_map(|short| code_site(&short.code)));
    for short in found.into_iter().filter(|short| !short.is_known) {
        if let (Some(name), Some(site)) = (names.get_mut(short.index), place(&short.code, &known)) {
            name.meaning = short.rating(site);
        }
    }
}

fn is_site(name: &Name) -> bool {
    matches!(name.meaning, Meaning::Is(Column::Site, _))
}

/// Whether short names stand together as places do: both sides of one part, three of them, or beside a certain one.
fn are_certain(found: &[Short]) -> bool {
    let mut sides: BTreeMap<&str, BTreeSet<Side>> = BTreeMap::new();
    for short in found {
        sides.entry(&short.code).or_default().insert(short.side);
    }
    let has_pair = sides.values().any(|sides| sides.len() > 1);
    let has_known = found.iter().any(|short| short.is_known);
    let are_long = found.iter().all(|short| short.code.len() > 1);
    has_pair || found.len() > 2 || found.len() > 1 && (has_known || are_long)
}

impl Short {
    fn rating(&self, site: Site) -> Meaning {
        Meaning::Rating(Rating {
            sure: self.sure,
            place: Some((site, Some(self.side))),
            moment: self.moment,
        })
    }
}

/// The letters of the places that stay open, for a sentence: `LA`.
pub(super) fn open_letter(place: Site) -> Option<&'static [Site; 2]> {
    let Site::Other(word) = place else {
        return None;
    };
    OPEN.iter()
        .find(|(code, _)| *code == word.as_str())
        .map(|(_, sites)| sites)
}

fn named_place(name: &Name) -> Option<Site> {
    match name.meaning {
        Meaning::Rating(rating) => rating.place.map(|(site, _)| site),
        _ => None,
    }
}

fn short(index: usize, name: &Name, words: &Vocabulary) -> Option<Short> {
    let is_known = match name.meaning {
        Meaning::Unknown => false,
        // `LK` is known by itself; with others it makes them certain.
        Meaning::Rating(rating) if rating.place.is_some() || rating.sure == Sure::Loose => {
            rating.place.is_some()
        }
        _ => return None,
    };
    let all = || name.folded.split(' ');
    let rest: Vec<&str> = all()
        .filter(|word| !is_pain_word(word) && !is_number(word))
        .collect();
    let (letters, moment) = letters_and_moment(&rest, words)?;
    let (side, code) = side_and_code(&letters).filter(|_| is_short(&letters))?;
    let sure = match all().any(is_pain_word) {
        true => Sure::Question,
        false => Sure::BarePlace,
    };
    Some(Short {
        index,
        side,
        code,
        moment,
        sure,
        is_known,
    })
}

fn is_short(letters: &str) -> bool {
    (2..=4).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_lowercase())
}

/// `ls`, `l s`, `ls before`.
fn letters_and_moment(rest: &[&str], words: &Vocabulary) -> Option<(String, Option<Moment>)> {
    let joined = rest.concat();
    if joined.len() <= 4 {
        return Some((joined, None));
    }
    let (first, behind) = rest.split_first()?;
    let behind = behind.iter().copied().filter(|word| !is_filler(word));
    let moment = match behind.collect::<Vec<_>>().as_slice() {
        [] => None,
        behind => Some(words.moments.get(&behind.join(" "))?),
    };
    Some((first.to_string(), moment))
}

/// `ls`, and `sl` with the side behind.
fn side_and_code(letters: &str) -> Option<(Side, String)> {
    let (first, behind) = letters.split_at_checked(1)?;
    let (before, last) = letters.split_at_checked(letters.len() - 1)?;
    let front = letter_side(first).map(|side| (side, behind.to_string()));
    front.or_else(|| Some((letter_side(last)?, before.to_string())))
}

fn letter_side(letter: &str) -> Option<Side> {
    match letter {
        "l" => Some(Side::Left),
        "r" => Some(Side::Right),
        _ => None,
    }
}

fn code_site(code: &str) -> Option<Site> {
    let (_, word) = CODES.iter().find(|(known, _)| *known == code)?;
    Site::ALL
        .iter()
        .copied()
        .find(|site| site.as_str().replace('_', " ") == *word)
}

/// The place of a code; an open one is settled where only one of its two parts has no column.
fn place(code: &str, known: &BTreeSet<Site>) -> Option<Site> {
    code_site(code).or_else(|| open_site(code, known))
}

fn open_site(code: &str, known: &BTreeSet<Site>) -> Option<Site> {
    let (_, sites) = OPEN.iter().find(|(open, _)| *open == code)?;
    let mut left = sites.iter().filter(|site| !known.contains(site));
    match (left.next(), left.next()) {
        (Some(site), None) => Some(*site),
        _ => Some(Site::Other(Word::new(code))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(header: &str) -> Vec<Option<(Site, Option<Side>)>> {
        let words = Vocabulary::shared();
        let mut names: Vec<Name> = header
            .split(',')
            .map(|name| Name::of(name, words))
            .collect();
        name_short_places(&mut names, words);
        let place = |name: &Name| match name.meaning {
            Meaning::Rating(rating) => rating.place,
            _ => None,
        };
        names.iter().map(place).collect()
    }

    #[test]
    fn several_together_are_certain() {
        let (left, right) = (Some(Side::Left), Some(Side::Right));
        assert_eq!(
            places("LS,RS"),
            [Some((Site::Shin, left)), Some((Site::Shin, right))]
        );
        assert_eq!(
            places("Date,LK,RS,LC"),
            [
                None,
                Some((Site::Knee, left)),
                Some((Site::Shin, right)),
                Some((Site::Calf, left))
            ]
        );
        assert_eq!(
            places("KL,KR,note"),
            [Some((Site::Knee, left)), Some((Site::Knee, right)), None]
        );
        assert_eq!(
            places("Kn L,Sh R"),
            [Some((Site::Knee, left)), Some((Site::Shin, right))]
        );
        assert_eq!(
            places("LK,RS"),
            [Some((Site::Knee, left)), Some((Site::Shin, right))]
        );
        assert_eq!(
            places("pain_LS,RS after,LS (0-10)"),
            [
                Some((Site::Shin, left)),
                Some((Site::Shin, right)),
                Some((Site::Shin, left))
            ]
        );
        assert_eq!(places("LS,RS,site"), [None, None, None]);
        assert_eq!(places("date,LS,km"), [None, None, None]);
        assert_eq!(places("RPE,HR,LR"), [None, None, None]);
    }

    #[test]
    fn a_letter_of_two_parts_is_settled_by_the_other_columns() {
        let (left, right) = (Some(Side::Left), Some(Side::Right));
        let open = Site::Other(Word::new("a"));
        assert_eq!(places("LA,RA"), [Some((open, left)), Some((open, right))]);
        assert_eq!(places("LA,RA,LAch")[0], Some((Site::Ankle, left)));
        assert_eq!(places("LA,RA,left ankle")[1], Some((Site::Achilles, right)));
    }
}
