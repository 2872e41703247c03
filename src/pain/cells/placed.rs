//! A pain cell that says where as well: `left knee 2`, `2 (L knee), 1 (R shin)`, `{'left_knee': 'minor'}`. For logs without a
//! column for the place.

use super::{
    Scale,
    rating::{Rating, has_unit, of_word, rating},
};
use crate::pain::{
    Place, Site,
    words::{EXERCISES, Vocabulary, WAYS_HOME, fold},
};
use std::mem::take;

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
        return Some(vec![Placed::nowhere()]);
    }
    if !has_letters(cell) || cell.chars().count() > MAX_CHARS {
        return None;
    }
    let plain = without_signs_of_a_list(cell);
    let stretches = stretches(&plain).into_iter();
    let parts = stretches
        .flat_map(|stretch| cut_at_ratings(stretch, words))
        .map(|text| Part::of(text, words, scale))
        .collect::<Option<Vec<Part>>>()?;
    let found = put_together(parts)?;
    let names_any = found.iter().any(|placed| !placed.places.is_empty());
    names_any.then_some(found)
}

impl Placed {
    fn nowhere() -> Self {
        Placed {
            places: Vec::new(),
            rating: Some(Rating::exactly(0.0)),
        }
    }
}

/// Whether a cell names a place of the body that niggle knows.
pub(in crate::pain) fn names_a_place(cell: &str, words: &Vocabulary) -> bool {
    let is_short = cell.chars().count() <= MAX_CHARS;
    let names_any = || !places(&without_signs_of_a_list(cell), words).is_empty();
    is_empty_list(cell) || is_short && names_any()
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
        let before = cell.get(from..at).unwrap_or_default();
        let behind = at + sign.len();
        if separates(sign, before, cell.get(behind..).unwrap_or_default()) {
            stretches.push(before);
            from = behind;
        }
    }
    stretches.push(cell.get(from..).unwrap_or_default());
    stretches.retain(|stretch| stretch.contains(char::is_alphanumeric));
    stretches
}

/// Whether a sign stands between two places, by what is before and behind it.
fn separates(sign: &str, before: &str, behind: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_spaced = before.ends_with(' ') && behind.starts_with(' ');
    match sign {
        "," => !(before.ends_with(is_digit) && behind.starts_with(is_digit)),
        "+" => is_spaced,
        "/" => {
            let (before, behind) = (before.trim_end(), behind.trim_start());
            is_spaced || before.ends_with(is_digit) && behind.starts_with(char::is_alphabetic)
        }
        _ => true,
    }
}

/// `knee 2 shin 3` and `2 knee 3 shin`: cut where a place stands between two ratings.
fn cut_at_ratings<'t>(text: &'t str, words: &Vocabulary) -> Vec<&'t str> {
    let ratings = ratings_in(text);
    let first = ratings.first().and_then(|(from, _)| text.get(..*from));
    let is_rating_first = !ratings.is_empty() && !first.is_some_and(has_letters);
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
    pieces_between(text, &cuts)
}

fn pieces_between<'t>(text: &'t str, cuts: &[usize]) -> Vec<&'t str> {
    let piece = |ends: &[usize]| text.get(*ends.first()?..*ends.last()?);
    cuts.windows(2).filter_map(piece).collect()
}

fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}

fn rating_word(word: &str, words: &Vocabulary) -> Option<u8> {
    words
        .ratings
        .get(word)
        .filter(|_| !is_one_of(AMONG_PLACES, word))
}

/// Where numbers stand that can be ratings: not glued to a letter before them, and without a unit.
fn ratings_in(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((from, to)) = next_number(text, at) {
        at = to;
        let before = text.get(..from).unwrap_or_default();
        let is_glued = before.ends_with(char::is_alphabetic);
        if !is_glued && !has_unit(text.get(at..).unwrap_or_default()) {
            found.push((from, at));
        }
    }
    found
}

/// Where the next number stands from a position on, with its decimals and what it is out of.
fn next_number(text: &str, at: usize) -> Option<(usize, usize)> {
    let from = at + text.get(at..)?.find(is_digit)?;
    let is_part = |c: char| is_digit(c) || matches!(c, '.' | ',' | '/');
    let length = text.get(from..)?.find(|c| !is_part(c));
    Some((from, length.map_or(text.len(), |length| from + length)))
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
        let signs = back.len() - back.trim_start_matches(['+', '%', '½', '-']).len();
        let rating = rating(text.get(start..*end + signs)?, words, scale);
        Some(Part {
            places: places(&format!("{front} {back}"), words),
            rating: Some(rating.ok().flatten()?),
            is_rating_first: !has_letters(front),
        })
    }

    /// `mild left knee`, `left knee minor`: words of a rating at either end. `low back` is a place.
    fn in_words(text: &str, words: &Vocabulary) -> Part {
        let folded = fold(text);
        let all: Vec<&str> = folded.split(' ').collect();
        let rating = |word: &&&str| rating_word(word, words).is_some();
        let behind = all.iter().rev().take_while(rating).count();
        let front = all.get(..all.len() - behind).unwrap_or_default();
        let before = front.iter().take_while(rating).count();
        let (first, middle) = front.split_at_checked(before).unwrap_or_default();
        let ends = first.iter().chain(all.iter().rev().take(behind));
        let value = ends.filter_map(|word| rating_word(word, words)).max();
        Part {
            places: places(&middle.join(" "), words),
            rating: value.map(of_word),
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
    let mut together = Together::default();
    for part in parts {
        together.add(part)?;
    }
    Some(together.end())
}

/// Parts so far.
#[derive(Default)]
struct Together {
    found: Vec<Placed>,
    /// Places whose rating may follow.
    waiting: Vec<Place>,
    /// A rating whose places may follow.
    alone: Option<Rating>,
    /// Places without a rating share the last one found.
    is_shared: bool,
}

impl Together {
    /// None where it cannot be told which place a number rates.
    fn add(&mut self, part: Part) -> Option<()> {
        match (part.places.is_empty(), part.rating) {
            (true, None) => {}
            (true, Some(rating)) if !self.waiting.is_empty() => {
                self.rate(Vec::new(), Some(rating), false);
            }
            // A number that belongs to no place: which one it rates cannot be told.
            (true, Some(_)) if self.alone.is_some() || !self.found.is_empty() => return None,
            (true, Some(rating)) => self.alone = Some(rating),
            (false, None) => self.wait(part.places),
            (false, Some(_)) if self.alone.is_some() => return None,
            (false, rating) => self.rate(part.places, rating, part.is_rating_first),
        }
        Some(())
    }

    /// Gives a rating to these places and to those that wait.
    fn rate(&mut self, places: Vec<Place>, rating: Option<Rating>, is_shared: bool) {
        let mut all = take(&mut self.waiting);
        all.extend(places);
        self.found.push(Placed {
            places: all,
            rating,
        });
        self.is_shared = is_shared;
    }

    fn wait(&mut self, places: Vec<Place>) {
        match self.found.last_mut().filter(|_| self.is_shared) {
            Some(last) => last.places.extend(places),
            None => self.waiting.extend(places),
        }
    }

    fn end(mut self) -> Vec<Placed> {
        if !self.waiting.is_empty() {
            self.found.push(Placed {
                places: self.waiting,
                rating: self.alone,
            });
        }
        self.found
    }
}

/// The places of the body in a text, those that niggle knows or has a word of its own for.
pub(in crate::pain) fn places(text: &str, words: &Vocabulary) -> Vec<Place> {
    if !has_letters(text) || names_an_exercise(text) {
        return Vec::new();
    }
    let places = words.places(text.trim()).into_iter();
    places
        .filter(|place| is_place_of_body(place.site, words))
        .map(|place| (place.site, place.side))
        .collect()
}

fn is_place_of_body(site: Site, words: &Vocabulary) -> bool {
    match site {
        Site::None | Site::Unnamed => false,
        Site::Other(word) => !word.as_str().is_empty() && words.sites.get(word.as_str()).is_some(),
        _ => true,
    }
}

/// Whether a part of the body is only the name of an exercise, or "back" says where the runner went.
fn names_an_exercise(text: &str) -> bool {
    let folded = fold(text);
    let spaced = format!(" {folded} ");
    let goes_home = |way: &&str| spaced.contains(&format!(" {way} "));
    folded.split(' ').any(|word| is_one_of(EXERCISES, word)) || WAYS_HOME.iter().any(goes_home)
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
