//! A site cell to places: names in any order among sides, positions and words that say nothing about where.

use super::{
    Words, edit_distance, fold, is_unknown,
    memo::Memo,
    sides::{
        DENIALS, ENDINGS, LEFT_LETTERS, MEDICAL_ENDINGS, NOISE, POSITIONS, Position, SIDE_PREFIXES,
        SIDES,
    },
    sites::{OTHERS, SHORT, SITES, WEAK},
};
use crate::pain::{Side, Site, Word};
use std::collections::{BTreeMap, BTreeSet};

/// What a site cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pain) struct Place {
    /// The site; [`Site::Other`] with the runner's own words for one niggle does not know.
    pub site: Site,
    /// The side, when the cell names one.
    pub side: Option<Side>,
    /// Whether the word was known.
    pub is_known: bool,
}

impl Place {
    fn of(site: Site, side: Option<Side>) -> Place {
        let is_known = !matches!(site, Site::Other(word) if word != Word::NONE);
        let is_middle = matches!(
            site,
            Site::LowerBack | Site::Abdomen | Site::Groin | Site::SideStitch | Site::Other(_)
        );
        // "mid calf" and "centre of the knee" name no side.
        Place {
            site,
            side: side.filter(|side| *side != Side::Centre || is_middle),
            is_known,
        }
    }
}

/// No site and side together have more words; a longer cell is a note in the wrong column.
const MAX_WORDS: usize = 40;
/// Most places of one cell; a longer list is cut.
const MAX_PLACES: usize = 8;
/// Longest phrase of the tables, words.
const MAX_PHRASE: usize = 5;

/// The words around places, folded, and the cells read so far.
#[derive(Debug)]
pub(super) struct Around {
    positions: BTreeMap<String, Position>,
    noise: BTreeSet<String>,
    remembered: Memo<Vec<Place>>,
}

/// Reads site cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlaceReader<'v> {
    pub sites: &'v Words<Site>,
    pub sides: &'v Words<Side>,
    pub around: &'v Around,
}

/// One stretch of a cell between separators.
#[derive(Debug, Clone, Default)]
struct Part<'c> {
    words: Vec<&'c str>,
    /// It hangs on the one before by "and", `/`, `&` or `+`: a side of one is a side of both.
    is_joined: bool,
}

/// What the words of a part are.
#[derive(Debug, Clone, Default)]
struct Found {
    sites: Vec<Site>,
    weak_sites: Vec<Site>,
    sides: Vec<Side>,
    positions: Vec<Position>,
    /// Words niggle does not know.
    rest: Vec<String>,
    is_denied: bool,
    /// "not sure", "don't know".
    is_doubt: bool,
}

impl Around {
    /// The tables, folded.
    pub(super) fn new() -> Self {
        let words = |list: &'static str| list.split('|').map(fold).filter(|word| !word.is_empty());
        let mut positions = BTreeMap::new();
        for (position, list) in POSITIONS {
            words(list).for_each(|word| {
                positions.entry(word).or_insert(*position);
            });
        }
        let noise = NOISE.iter().flat_map(|list| words(list)).collect();
        Around {
            positions,
            noise,
            remembered: Memo::new(),
        }
    }
}

/// The names of places, folded.
pub(super) fn sites() -> Words<Site> {
    let mut sites = Words::new(Site::ALL.iter().map(|site| (*site, site.as_str())), SITES);
    for (word, names) in OTHERS {
        sites.add(Site::Other(Word::new(word)), word);
        sites.add(Site::Other(Word::new(word)), names);
    }
    sites
}

/// The names of sides, folded.
pub(super) fn sides() -> Words<Side> {
    Words::new(Side::ALL.iter().map(|side| (*side, side.as_str())), SIDES)
}

impl PlaceReader<'_> {
    /// The places that a site cell names, in its order, each once; none when it is blank or says that it is not known.
    /// "Nowhere" is [`Site::None`] alone.
    pub(super) fn read(self, cell: &str) -> Vec<Place> {
        if let Some(site) = self.sites.by_word.get(cell) {
            return vec![Place::of(*site, None)];
        }
        self.around.remembered.get_or(cell, || self.read_anew(cell))
    }

    fn read_anew(&self, cell: &str) -> Vec<Place> {
        let folded = fold(cell);
        if is_unknown(&folded) {
            return Vec::new();
        }
        if let Some(site) = self.sites.get(&folded) {
            return vec![Place::of(site, None)];
        }
        let stretches = stretches(cell);
        let parts = self.merged(self.parts(&stretches));
        let is_list = parts.len() > 1;
        let mut places: Vec<(Vec<Place>, bool)> = Vec::new();
        for part in &parts {
            places.push((self.places_of(&part.words, is_list), part.is_joined));
        }
        share_sides(&mut places);
        tidy(places.into_iter().flat_map(|(places, _)| places))
    }

    /// The stretches between signs, split once more at words for "and".
    fn parts<'c>(&self, stretches: &'c [(String, bool)]) -> Vec<Part<'c>> {
        let mut parts = Vec::new();
        for (stretch, is_joined) in stretches {
            let mut words: Vec<&str> = stretch
                .split(' ')
                .filter(|word| !word.is_empty())
                .take(MAX_WORDS)
                .collect();
            let mut is_joined = *is_joined;
            while let Some(at) = self.split_at_and(&words) {
                let behind = words.split_off(at + 1);
                words.pop();
                parts.push(Part { words, is_joined });
                (words, is_joined) = (behind, true);
            }
            parts.push(Part { words, is_joined });
        }
        parts.retain(|part| !part.words.is_empty());
        parts
    }

    /// The first word for "and" that has a place on both sides. "left and right shin" has none.
    fn split_at_and(&self, words: &[&str]) -> Option<usize> {
        let candidates = words
            .iter()
            .enumerate()
            .filter(|(_, word)| AND.contains(word) || DOUBTFUL_AND.contains(word));
        let mut candidates = candidates.map(|(at, word)| (at, DOUBTFUL_AND.contains(word)));
        candidates.find_map(|(at, is_doubtful)| {
            let (front, back) = (words.get(..at)?, words.get(at + 1..)?);
            // "joelho E e canela D": the first is a side.
            if is_doubtful && back.first() == words.get(at) {
                return None;
            }
            let names = |words: &[&str]| {
                let found = self.find(words);
                let is_known = !found.sites.is_empty() || !found.weak_sites.is_empty();
                is_known || !is_doubtful && !found.rest.is_empty() && !found.is_denied
            };
            (names(front) && names(back)).then_some(at)
        })
    }

    /// Parts that name no place but a side or a position belong to their neighbour: `L/R knee`, `left knee, outside`.
    fn merged<'c>(&self, parts: Vec<Part<'c>>) -> Vec<Part<'c>> {
        let mut merged: Vec<Part<'c>> = Vec::new();
        let mut waiting: Vec<&'c str> = Vec::new();
        for mut part in parts {
            let found = self.find(&part.words);
            let names_none = found.is_bare() && !found.is_denied;
            match merged.last_mut() {
                Some(before) if names_none => before.words.append(&mut part.words),
                None if names_none => waiting.append(&mut part.words),
                _ => {
                    waiting.append(&mut part.words);
                    merged.push(Part {
                        words: std::mem::take(&mut waiting),
                        is_joined: part.is_joined,
                    });
                }
            }
        }
        if merged.is_empty() && !waiting.is_empty() {
            merged.push(Part {
                words: waiting,
                is_joined: false,
            });
        }
        merged
    }

    fn places_of(&self, words: &[&str], is_list: bool) -> Vec<Place> {
        let whole = words.join(" ");
        if let Some(site) = self.sites.get(&whole) {
            return vec![Place::of(site, None)];
        }
        let found = self.find(words);
        let side = one_side(&found.sides);
        let sites = if found.sites.is_empty() {
            &found.weak_sites
        } else {
            &found.sites
        };
        if is_list && found.is_denied && found.sites.is_empty() {
            return vec![Place::of(Site::None, None)];
        }
        if !sites.is_empty() {
            let each = sites.iter().map(|site| adjusted(*site, &found.positions));
            // "left knee right shin": one side each, in their order.
            if sites.len() > 1 && sites.len() == found.sides.len() {
                return each
                    .zip(&found.sides)
                    .map(|(site, side)| Place::of(site, Some(*side)))
                    .collect();
            }
            return each.map(|site| Place::of(site, side)).collect();
        }
        if found.is_doubt || is_list && found.rest.len() > 3 {
            return Vec::new();
        }
        if found.rest.is_empty() && found.is_denied {
            return vec![Place::of(Site::None, None)];
        }
        if found.rest.is_empty() && words.iter().all(|word| is_one_of(HURTS, word)) {
            return Vec::new();
        }
        match self.own_word(words, &found) {
            Word::NONE => vec![Place {
                site: Site::Other(Word::NONE),
                side,
                is_known: false,
            }],
            word => vec![Place::of(Site::Other(word), side)],
        }
    }

    /// The runner's own words for a place, without what says nothing about where. None when a side is all there is.
    fn own_word(&self, words: &[&str], found: &Found) -> Word {
        if !found.rest.is_empty() {
            return Word::new(&found.rest.join(" "));
        }
        if self.sides.get(&words.join(" ")).is_some() {
            return Word::NONE;
        }
        let no_side: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| self.sides.get(word).is_none())
            .collect();
        Word::new(&no_side.join(" "))
    }

    fn find(&self, words: &[&str]) -> Found {
        let mut found = Found::default();
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            at += self
                .site_phrase(rest, words.len(), &mut found)
                .or_else(|| self.side_phrase(words, at, &mut found))
                .or_else(|| left_letter(words, at, &mut found))
                .unwrap_or(0);
            if words.len() - at == rest.len() {
                self.word(rest.first().copied().unwrap_or_default(), &mut found);
                at += 1;
            }
        }
        found.sites.dedup();
        found.weak_sites.dedup();
        found
    }

    /// The longest name of a place at the front, and its number of words.
    fn site_phrase(&self, words: &[&str], all: usize, found: &mut Found) -> Option<usize> {
        (1..=words.len().min(MAX_PHRASE)).rev().find_map(|length| {
            let phrase = words.get(..length)?.join(" ");
            let site = self.sites.get(&phrase).filter(|site| *site != Site::None)?;
            // "at" is the Achilles tendon where it is all there is, and a preposition elsewhere.
            if phrase == "at" && all > 2 {
                return None;
            }
            if WEAK.contains(&phrase.as_str()) {
                found.weak_sites.push(site);
                found.positions.extend(self.around.positions.get(&phrase));
            } else {
                found.sites.push(site);
            }
            Some(length)
        })
    }

    /// The longest name of a side at a position, and its number of words. Short ones stand first or last.
    fn side_phrase(&self, words: &[&str], at: usize, found: &mut Found) -> Option<usize> {
        (1..=(words.len() - at).min(MAX_PHRASE))
            .rev()
            .find_map(|length| {
                let phrase = words.get(at..at + length)?.join(" ");
                let (is_first, is_last) = (at == 0, at + length == words.len());
                let is_named =
                    |word: &&str| self.sides.get(word).is_some() || self.sites.get(word).is_some();
                let is_beside = |at: usize| words.get(at).is_some_and(is_named);
                let stands_right = match phrase.as_str() {
                    "der" => is_last && !is_first,
                    short if short.len() <= 3 && !matches!(short, "li" | "izq" | "esq") => {
                        is_first || is_last || is_beside(at + 1) || is_beside(at.wrapping_sub(1))
                    }
                    _ => true,
                };
                // "left leg" fills a side column; here it is the leg.
                let names_a_place =
                    || length > 1 && phrase.split(' ').any(|word| self.sites.get(word).is_some());
                let side = self
                    .sides
                    .get(&phrase)
                    .filter(|_| stands_right && !names_a_place())?;
                found.sides.push(side);
                Some(length)
            })
    }

    /// One word that is neither a place nor a side by itself.
    fn word(&self, word: &str, found: &mut Found) {
        if is_one_of(DENIALS, word) {
            found.is_denied = true;
        } else if is_one_of(DOUBTS, word) {
            found.is_doubt = true;
        } else if let Some(position) = self.around.positions.get(word) {
            found.positions.push(*position);
        } else if let Some((_, meaning)) = SHORT.iter().find(|(short, _)| *short == word) {
            let meant = self.find(&meaning.split(' ').collect::<Vec<_>>());
            found.sites.extend(meant.sites);
            found.rest.extend(meant.rest);
            found.sides.extend(meant.sides);
        } else if self.around.noise.contains(word) || AND.contains(&word) {
        } else if let Some((site, side, position)) = self.compound(word, 3) {
            found.sites.push(site);
            found.sides.extend(side);
            found.positions.extend(position);
        } else if !(word.len() >= 7 && MEDICAL_ENDINGS.iter().any(|ending| word.ends_with(ending)))
        {
            found.rest.push(singular(word).to_string());
        }
    }

    /// A place written as one word with its side or with what is wrong: `linkerknie`, `Knieschmerzen`, `Lknee`, `KneeL`.
    fn compound(&self, word: &str, depth: usize) -> Option<(Site, Option<Side>, Option<Position>)> {
        let known = |stem: &str| {
            let endings = ["n", "en", "er", "e"]
                .into_iter()
                .filter_map(|ending| stem.strip_suffix(ending));
            let stems = [stem]
                .into_iter()
                .chain(endings.filter(|stem| stem.len() >= 4));
            let with_e = || {
                if stem.len() >= 3 {
                    self.sites.get(&format!("{stem}e"))
                } else {
                    None
                }
            };
            stems
                .filter_map(|stem| self.sites.get(stem))
                .find(|site| *site != Site::None)
                .or_else(with_e)
        };
        if let Some(site) = known(word) {
            return Some((site, None, None));
        }
        let deeper = |stem: &str| {
            if depth == 0 {
                None
            } else {
                self.compound(stem, depth - 1)
            }
        };
        for (prefix, side) in SIDE_PREFIXES {
            let stem = word
                .strip_prefix(prefix)
                .filter(|stem| prefix.len() > 1 || stem.len() >= 3);
            // A single letter before a name of the page only: "rib" is no right "ib".
            let found = stem.and_then(|stem| {
                if prefix.len() == 1 {
                    known(stem).map(|s| (s, None, None))
                } else {
                    deeper(stem)
                }
            });
            if let Some((site, _, position)) = found {
                return Some((site, Some(*side), position));
            }
        }
        for (suffix, side) in [
            ("l", Side::Left),
            ("r", Side::Right),
            ("links", Side::Left),
            ("rechts", Side::Right),
        ] {
            let stem = word.strip_suffix(suffix).filter(|stem| stem.len() >= 3);
            if let Some(site) = stem
                .and_then(|stem| self.sites.get(stem))
                .filter(|site| *site != Site::None)
            {
                return Some((site, Some(side), None));
            }
        }
        ENDINGS.iter().find_map(|ending| {
            let stem = word.strip_suffix(ending).filter(|stem| stem.len() >= 3)?;
            let (site, side, position) = deeper(stem)?;
            Some((
                site,
                side,
                position.or_else(|| self.around.positions.get(*ending).copied()),
            ))
        })
    }
}

/// A lone letter at the end that means left in the language of the place before it: `joelho E`, `rodilla I`, `ginocchio S`.
fn left_letter(words: &[&str], at: usize, found: &mut Found) -> Option<usize> {
    let (front, letter) = (words.get(..at)?, words.get(at)?);
    let is_last = at + 1 == words.len() && found.sides.is_empty();
    let (_, places, _) = LEFT_LETTERS
        .iter()
        .find(|(left, ..)| left == letter)
        .filter(|_| is_last)?;
    front.iter().any(|word| is_one_of(places, word)).then(|| {
        found.sides.push(Side::Left);
        1
    })
}

impl Found {
    /// Whether it names no place and no word of the runner's own.
    fn is_bare(&self) -> bool {
        self.sites.is_empty() && self.weak_sites.is_empty() && self.rest.is_empty()
    }
}

/// Words between two places.
const AND: &[&str] = &[
    "and", "und", "et", "y", "plus", "sowie", "og", "och", "or", "oder", "ou",
];
/// The same where they are another word too: Italian and Portuguese "e", Dutch "en" (Spanish "in"), Polish "i".
const DOUBTFUL_AND: &[&str] = &["e", "en", "i", "o"];

/// Words that say that it hurts and nothing about where: such a cell names no place.
const HURTS: &str = "pain|pains|sore|soreness|ache|aches|achy|hurts|hurting|muscle|muscles|general|doms|stiff|tight|\
    niggle|yes|x|\
    schmerz|schmerzen|muskelkater|allgemein|ja|douleur|douleurs|courbatures|oui|dolor|dolores|agujetas|si|dolore|\
    dolori|dor|dores|sim|\
    pijn|spierpijn";

/// Words that say that the runner does not know where.
const DOUBTS: &str = "sure|idea|know|dont|unsure|unclear|sicher|weiss|ahnung|unklar|sais|sait|seguro|se|sabe|certo|so|sei|zeker|weet";

/// A cell between its separators, folded, each with whether it hangs on the one before.
fn stretches(cell: &str) -> Vec<(String, bool)> {
    let mut stretches = Vec::new();
    let (mut from, mut is_joined) = (0, false);
    for (at, sign) in
        cell.match_indices([',', ';', '&', '/', '+', '|', '\n', '、', '・', '，', '→'])
    {
        stretches.push((fold(cell.get(from..at).unwrap_or_default()), is_joined));
        from = at + sign.len();
        is_joined = matches!(sign, "&" | "/" | "+" | "・");
    }
    stretches.push((fold(cell.get(from..).unwrap_or_default()), is_joined));
    stretches
}

/// "left knee and shin", "knee/shin (left)": a side that only some of joined parts name is the side of all.
fn share_sides(parts: &mut [(Vec<Place>, bool)]) {
    let mut from = 0;
    for end in 1..=parts.len() {
        if parts.get(end).is_some_and(|(_, is_joined)| *is_joined) {
            continue;
        }
        let Some(run) = parts.get_mut(from..end) else {
            return;
        };
        let sides: BTreeSet<Side> = run
            .iter()
            .flat_map(|(places, _)| places.iter().filter_map(|place| place.side))
            .collect();
        if let (Some(side), 1) = (sides.first().copied(), sides.len()) {
            run.iter_mut()
                .flat_map(|(places, _)| places)
                .filter(|place| place.site != Site::None)
                .for_each(|place| {
                    *place = Place::of(place.site, place.side.or(Some(side)));
                });
        }
        from = end;
    }
}

/// Each place once, "nowhere" only where nothing else is named.
fn tidy(places: impl Iterator<Item = Place>) -> Vec<Place> {
    let mut tidy: Vec<Place> = Vec::new();
    for place in places {
        if !tidy.contains(&place) && tidy.len() < MAX_PLACES {
            tidy.push(place);
        }
    }
    if tidy.iter().any(|place| place.site != Site::None) {
        tidy.retain(|place| place.site != Site::None);
    }
    tidy
}

fn one_side(sides: &[Side]) -> Option<Side> {
    let has = |side| sides.contains(&side);
    match (has(Side::Left), has(Side::Right)) {
        (true, true) => Some(Side::Both),
        _ if has(Side::Both) => Some(Side::Both),
        (true, false) => Some(Side::Left),
        (false, true) => Some(Side::Right),
        _ => sides.first().copied(),
    }
}

/// The place that a position of a place is: the outer knee, the front of the thigh, the back of the lower leg.
fn adjusted(site: Site, positions: &[Position]) -> Site {
    use Position::*;
    let at = |position| positions.contains(&position);
    match site {
        Site::Knee if at(Outer) => Site::Itb,
        Site::Knee if at(Front) => Site::Kneecap,
        Site::Thigh if at(Front) => Site::Quad,
        Site::Thigh if at(Back) => Site::Hamstring,
        Site::LowerBack if at(Upper) && !at(Lower) => Site::Other(Word::new("upper back")),
        Site::Other(word) if word.as_str() == "leg" && at(Upper) => {
            adjusted(Site::Thigh, positions)
        }
        Site::Other(word) if word.as_str() == "leg" && at(Lower) => {
            let side: Vec<Position> = positions.iter().copied().filter(|p| *p != Lower).collect();
            adjusted(Site::Other(Word::new("lower leg")), &side)
        }
        Site::Other(word) if word.as_str() == "lower leg" && (at(Front) || at(Inner)) => Site::Shin,
        Site::Other(word) if word.as_str() == "lower leg" && at(Back) => Site::Calf,
        site => site,
    }
}

/// An English plural without its s: "shoulders" and "shoulder" are one place.
fn singular(word: &str) -> &str {
    let stem = word
        .strip_suffix('s')
        .filter(|stem| stem.len() >= 3 && !stem.ends_with(['s', 'u', 'i', 'a', 'p']));
    stem.unwrap_or(word)
}

fn is_one_of(list: &str, word: &str) -> bool {
    list.split('|').any(|other| other == word)
}

/// The page's word for a site that a folded cell comes closest to, when it is a slip of one or two letters.
///
/// Words that say nothing about where are left out ("tight" is no thigh); at most two letters and under half of the word may
/// differ, so that other parts of the body (jaw, neck, wrist) are near to nothing.
pub(in crate::pain) fn likely_site(folded: &str) -> Option<String> {
    let says_nothing = |word: &str| {
        NOISE.iter().any(|list| is_one_of(list, word))
            || SIDES.iter().any(|(_, list)| is_one_of(list, word))
    };
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !says_nothing(word))
        .take(12)
        .collect();
    let whole = words.join(" ");
    let written = words
        .iter()
        .copied()
        .chain([whole.as_str()])
        .filter(|word| word.len() <= 40);
    let near = written.flat_map(|written| {
        let sites = Site::ALL
            .iter()
            .filter(|site| !matches!(site, Site::None | Site::Other(_)));
        sites.filter_map(move |site| {
            let word = site.as_str().replace('_', " ");
            let distance = edit_distance(written, &word);
            let begins_alike = distance <= 1 || written.chars().next() == word.chars().next();
            (distance <= 2 && 2 * distance < written.chars().count() && begins_alike)
                .then_some((distance, word))
        })
    });
    near.min().map(|(_, word)| word)
}

/// Words that make a part of the body the name of an exercise: "calf raises" hurt nowhere.
pub(in crate::pain) const EXERCISES: &str = "raise|raises|press|presses|thrust|thrusts|curl|curls|extension|extensions|bridge|bridges|stretch|stretches|stretching|squat|squats|strength|exercise|exercises|massage|rolling|wadenheben|dehnen";

/// Ways home on which "back" is no part of the body.
pub(in crate::pain) const WAYS_HOME: &[&str] = &[
    "back home",
    "back to",
    "back at",
    "went back",
    "way back",
    "came back",
    "back from",
    "back on",
];

#[cfg(test)]
#[path = "places_tests.rs"]
mod tests;
