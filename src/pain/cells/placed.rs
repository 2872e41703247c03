//! A pain cell that says where as well: `left knee 2`, `2 (L knee), 1 (R shin)`, `{'left_knee': 'minor'}`. For logs without a
//! column for the place.

use super::{
    Scale,
    rating::{Rating, has_unit, rating},
};
use crate::pain::{
    Place, Site,
    words::{EXERCISES, Vocabulary, WAYS_HOME, fold},
};

/// Longest cell read for places, characters; a longer one is a note.
const MAX_CHARS: usize = 200;

/// Places of a cell and their one rating; None where the cell gives none.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pain) struct Placed {
    /// None for "nothing hurts".
    pub places: Vec<Place>,
    /// The rating of each of them.
    pub rating: Option<Rating>,
}

/// The places and ratings of a cell. None when it names no place, or holds a number that is no rating of one.
pub(in crate::pain) fn placed(cell: &str, words: &Vocabulary, scale: Scale) -> Option<Vec<Placed>> {
    if is_empty_list(cell) || words.sites.get_cell(cell) == Some(Site::None) {
        let rating = Some(Rating {
            value: 0.0,
            approximate: false,
        });
        return Some(vec![Placed {
            places: Vec::new(),
            rating,
        }]);
    }
    if !cell.contains(char::is_alphabetic) || cell.chars().count() > MAX_CHARS {
        return None;
    }
    let plain = without_signs_of_a_list(cell);
    let mut parts = Vec::new();
    for stretch in stretches(&plain) {
        for text in cut_at_ratings(stretch, words) {
            parts.push(Part::of(text, words, scale)?);
        }
    }
    let found = put_together(parts)?;
    found
        .iter()
        .any(|placed| !placed.places.is_empty())
        .then_some(found)
}

/// Whether a cell names a place of the body that niggle knows.
pub(in crate::pain) fn names_a_place(cell: &str, words: &Vocabulary) -> bool {
    is_empty_list(cell)
        || cell.chars().count() <= MAX_CHARS
            && !places(&without_signs_of_a_list(cell), words).is_empty()
}

/// Whether a cell is `{}` or `[]`: what programs write for no place at all.
pub(in crate::pain) fn is_empty_list(cell: &str) -> bool {
    matches!(cell.trim(), "{}" | "[]" | "[{}]")
}

/// `{'left_knee': 'minor'}` as `left_knee  minor`.
fn without_signs_of_a_list(cell: &str) -> String {
    let is_list = cell.trim_start().starts_with(['{', '[']);
    let plain = |c: char| match c {
        '{' | '}' | '[' | ']' | '"' | '\'' if is_list => ' ',
        ':' | '_' | '=' => ' ',
        c => c,
    };
    cell.chars().map(plain).collect::<String>().to_lowercase()
}

/// A cell between its separators. A comma or slash between digits is a decimal or a scale, a plus behind one means "more".
fn stretches(cell: &str) -> Vec<&str> {
    let mut stretches = Vec::new();
    let mut from = 0;
    for (at, sign) in cell.match_indices([',', ';', '\n', '|', '&', '+', '/', '•']) {
        let (before, after) = (
            cell.get(from..at).unwrap_or_default(),
            cell.get(at + sign.len()..).unwrap_or_default(),
        );
        let is_digit = |c: char| c.is_ascii_digit();
        let is_spaced = before.ends_with(' ') && after.starts_with(' ');
        let splits = match sign {
            "," => !(before.ends_with(is_digit) && after.starts_with(is_digit)),
            "+" => is_spaced,
            "/" => {
                is_spaced
                    || before.trim_end().ends_with(is_digit)
                        && after.trim_start().starts_with(char::is_alphabetic)
            }
            _ => true,
        };
        if splits {
            stretches.push(before);
            from = at + sign.len();
        }
    }
    stretches.push(cell.get(from..).unwrap_or_default());
    stretches.retain(|stretch| stretch.contains(char::is_alphanumeric));
    stretches
}

/// `knee 2 shin 3` and `2 knee 3 shin`: cut where a place stands between two ratings.
fn cut_at_ratings<'t>(text: &'t str, words: &Vocabulary) -> Vec<&'t str> {
    let ratings = ratings_in(text);
    let is_rating_first = ratings
        .first()
        .is_some_and(|(from, _)| !text.get(..*from).is_some_and(has_letters));
    let mut cuts = vec![0];
    for pair in ratings.windows(2) {
        let [(_, end), (next, _)] = pair else {
            continue;
        };
        if !places(text.get(*end..*next).unwrap_or_default(), words).is_empty() {
            cuts.push(if is_rating_first { *next } else { *end });
        }
    }
    cuts.push(text.len());
    cuts.windows(2)
        .filter_map(|ends| text.get(*ends.first()?..*ends.last()?))
        .collect()
}

fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}

/// Where numbers stand that can be ratings: not glued to a letter before them, and without a unit.
fn ratings_in(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(from) = text
        .get(at..)
        .and_then(|rest| rest.find(is_digit))
        .map(|start| at + start)
    {
        let is_part = |c: char| is_digit(c) || matches!(c, '.' | ',' | '/');
        let length = text
            .get(from..)
            .and_then(|rest| rest.find(|c| !is_part(c)))
            .unwrap_or(text.len() - from);
        at = from + length;
        let is_glued = text
            .get(..from)
            .is_some_and(|front| front.ends_with(char::is_alphabetic));
        if !is_glued && !has_unit(text.get(at..).unwrap_or_default()) {
            found.push((from, at));
        }
    }
    found
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾')
}

/// A stretch of a cell with at most one rating.
struct Part {
    places: Vec<Place>,
    rating: Option<Rating>,
    is_rating_first: bool,
}

impl Part {
    /// None when its number is no rating.
    fn of(text: &str, words: &Vocabulary, scale: Scale) -> Option<Part> {
        let ratings = ratings_in(text);
        let (Some((from, _)), Some((_, end))) = (ratings.first(), ratings.last()) else {
            return Some(Part::in_words(text, words));
        };
        let (front, back) = (text.get(..*from)?, text.get(*end..)?);
        // Signs for "about" stand right at the number.
        let start = front.trim_end_matches(['~', '<', '>', '≈', '≤', '≥']).len();
        let stop = *end + (back.len() - back.trim_start_matches(['+', '%', '½', '-']).len());
        let rating = rating(text.get(start..stop)?, words, scale)
            .ok()
            .flatten()?;
        let places = places(&format!("{front} {back}"), words);
        Some(Part {
            places,
            rating: Some(rating),
            is_rating_first: !has_letters(front),
        })
    }

    /// `mild left knee`, `left knee minor`: words of a rating at either end. `low back` is a place.
    fn in_words(text: &str, words: &Vocabulary) -> Part {
        let folded = fold(text);
        let all: Vec<&str> = folded.split(' ').collect();
        let is_rating =
            |word: &&&str| words.ratings.get(word).is_some() && !is_one_of(AMONG_PLACES, word);
        let behind = all
            .iter()
            .rev()
            .take_while(is_rating)
            .count()
            .min(all.len());
        let before = all
            .iter()
            .take(all.len() - behind)
            .take_while(is_rating)
            .count();
        let ends = all.iter().take(before).chain(all.iter().rev().take(behind));
        let value = ends.filter_map(|word| words.ratings.get(word)).max();
        let middle = all
            .get(before..all.len() - behind)
            .unwrap_or_default()
            .join(" ");
        let rating = value.map(|value| Rating {
            value: f64::from(value),
            approximate: value != 0,
        });
        Part {
            places: places(&middle, words),
            rating,
            is_rating_first: before > 0,
        }
    }
}

/// Words of a rating that describe a place, or stand before one and mean another thing.
const AMONG_PLACES: &str = "low|high|middle|medium|medio|media|some|no|bad|little|bit|nothing|none";

fn is_one_of(list: &str, word: &str) -> bool {
    list.split('|').any(|other| other == word)
}

/// Parts to places with their ratings: a place without one shares the next part's, or the one before where that came first.
fn put_together(parts: Vec<Part>) -> Option<Vec<Placed>> {
    let mut found: Vec<Placed> = Vec::new();
    let mut waiting: Vec<Place> = Vec::new();
    let mut alone = None;
    let mut is_shared = false;
    for part in parts {
        match (part.places.is_empty(), part.rating) {
            (true, None) => {}
            (true, Some(rating)) if !waiting.is_empty() => {
                found.push(Placed {
                    places: std::mem::take(&mut waiting),
                    rating: Some(rating),
                });
                is_shared = false;
            }
            // A number that belongs to no place: which one it rates cannot be told.
            (true, Some(_)) if alone.is_some() || !found.is_empty() => return None,
            (true, Some(rating)) => alone = Some(rating),
            (false, None) => match found.last_mut().filter(|_| is_shared) {
                Some(last) => last.places.extend(part.places),
                None => waiting.extend(part.places),
            },
            (false, Some(_)) if alone.is_some() => return None,
            (false, rating) => {
                let places = std::mem::take(&mut waiting)
                    .into_iter()
                    .chain(part.places)
                    .collect();
                found.push(Placed { places, rating });
                is_shared = part.is_rating_first;
            }
        }
    }
    if !waiting.is_empty() {
        found.push(Placed {
            places: waiting,
            rating: alone,
        });
    }
    Some(found)
}

/// The places of the body in a text, those that niggle knows or has a word of its own for.
fn places(text: &str, words: &Vocabulary) -> Vec<Place> {
    let is_named = |site: Site| match site {
        Site::None | Site::Unnamed => false,
        Site::Other(word) => !word.as_str().is_empty() && words.sites.get(word.as_str()).is_some(),
        _ => true,
    };
    if !has_letters(text) || names_an_exercise(text) {
        return Vec::new();
    }
    words
        .places(text.trim())
        .into_iter()
        .filter(|place| is_named(place.site))
        .map(|p| (p.site, p.side))
        .collect()
}

/// Whether a part of the body is only the name of an exercise, or "back" says where the runner went.
fn names_an_exercise(text: &str) -> bool {
    let folded = fold(text);
    let spaced = format!(" {folded} ");
    folded.split(' ').any(|word| is_one_of(EXERCISES, word))
        || WAYS_HOME
            .iter()
            .any(|way| spaced.contains(&format!(" {way} ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Side;

    /// Site, side, rating; NaN for none.
    type Told = (Site, Option<Side>, f64);

    fn check(cell: &str, expected: &[Told]) {
        let found = placed(cell, Vocabulary::shared(), Scale::ZeroToTen).unwrap_or_default();
        let each = found.iter().flat_map(|placed| {
            let rating = placed.rating.map_or(-1.0, |rating| rating.value);
            placed
                .places
                .iter()
                .map(move |(site, side)| (*site, *side, rating))
        });
        assert_eq!(each.collect::<Vec<_>>(), expected, "{cell:?}");
    }

    #[test]
    fn a_place_before_or_behind_its_rating() {
        let (knee, shin) = (Site::Knee, Site::Shin);
        let (left, right) = (Some(Side::Left), Some(Side::Right));
        for cell in [
            "left knee 2",
            "2 left knee",
            "L knee: 2",
            "2 (left knee)",
            "left knee 2/10",
            "knee L 2",
            "Knie links 2",
        ] {
            check(cell, &[(knee, left, 2.0)]);
        }
        for cell in [
            "left knee 3, right shin 1",
            "3 left knee, 1 right shin",
            "left knee 3 / right shin 1",
            "left knee 3/right shin 1",
            "left knee 3 right shin 1",
            "3 left knee 1 right shin",
            "left knee 3 and right shin 1",
            "left knee (3) + right shin (1)",
            "left knee: 3; right shin: 1",
        ] {
            check(cell, &[(knee, left, 3.0), (shin, right, 1.0)]);
        }
        check("left knee 2,5", &[(knee, left, 2.5)]);
        check("left knee 2-3", &[(knee, left, 3.0)]);
        check(
            "left knee and right shin 3",
            &[(knee, left, 3.0), (shin, right, 3.0)],
        );
        check(
            "left knee, right shin 3",
            &[(knee, left, 3.0), (shin, right, 3.0)],
        );
        check(
            "left knee 2, right shin",
            &[(knee, left, 2.0), (shin, right, -1.0)],
        );
        check("after 5 km left knee 2", &[(knee, left, 2.0)]);
        check(
            "neck 3",
            &[(Site::Other(crate::pain::Word::new("neck")), None, 3.0)],
        );
    }

    #[test]
    fn words_and_lists_of_programs() {
        let (left, right) = (Some(Side::Left), Some(Side::Right));
        check("mild left knee", &[(Site::Knee, left, 2.0)]);
        check("left knee moderate", &[(Site::Knee, left, 5.0)]);
        check("low back 3", &[(Site::LowerBack, None, 3.0)]);
        check("{'left_knee': 'minor'}", &[(Site::Knee, left, 2.0)]);
        check(
            "{'left_knee': 'minor', 'right_shin': 'major'}",
            &[(Site::Knee, left, 2.0), (Site::Shin, right, 8.0)],
        );
        check("{\"left_knee\": 3}", &[(Site::Knee, left, 3.0)]);
        let good = placed("all good", Vocabulary::shared(), Scale::ZeroToTen).unwrap_or_default();
        assert_eq!(
            good.first()
                .and_then(|placed| placed.rating)
                .map(|rating| rating.value),
            Some(0.0)
        );
        let empty = placed("{}", Vocabulary::shared(), Scale::ZeroToTen).unwrap_or_default();
        assert!(
            matches!(empty.as_slice(), [Placed { places, rating: Some(r) }] if places.is_empty() && r.value == 0.0)
        );
    }

    #[test]
    fn no_place() {
        for cell in [
            "3 after calf raises",
            "3, went back home",
            "3",
            "3 (stairs)",
            "mild",
            "none",
            "3-4",
            "",
            "left knee 12",
            "2, left knee 3",
        ] {
            check(cell, &[]);
        }
    }
}
