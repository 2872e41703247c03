//! A site cell to places: names in any order among sides, positions and words that say nothing about where.

use super::{
    Words, fold, is_unknown,
    memo::Memo,
    sides::{
        DENIALS, ENDINGS, LEFT_LETTERS, MEDICAL_ENDINGS, NOISE, POSITIONS, Position, SIDE_PREFIXES,
        SIDES,
    },
    sites::{OTHERS, SHORT, SITES, WEAK},
};
use crate::pain::{Side, Site, Word};
use std::{
    collections::{BTreeMap, BTreeSet},
    iter::{once, repeat},
};

/// What a site cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pain) struct NamedPlace {
    /// The site; [`Site::Other`] with the runner's own words for one niggle does not know.
    pub site: Site,
    /// The side, when the cell names one.
    pub side: Option<Side>,
    /// Whether the word was known.
    pub is_known: bool,
}

impl NamedPlace {
    fn of(site: Site, side: Option<Side>) -> NamedPlace {
        let is_known = !matches!(site, Site::Other(word) if word != Word::NONE);
        // "mid calf" and "centre of the knee" name no side.
        NamedPlace {
            site,
            side: side.filter(|side| *side != Side::Centre || is_in_the_middle(site)),
            is_known,
        }
    }
}

/// Whether a site can be at neither side of the body.
fn is_in_the_middle(site: Site) -> bool {
    matches!(
        site,
        Site::LowerBack | Site::Abdomen | Site::Groin | Site::SideStitch | Site::Other(_)
    )
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
    remembered: Memo<Vec<NamedPlace>>,
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

/// A place written as one word with a side or a position.
type Compound = (Site, Option<Side>, Option<Position>);

/// Sides written behind a place in one word.
const SIDE_SUFFIXES: [(&str, Side); 4] = [
    ("l", Side::Left),
    ("r", Side::Right),
    ("links", Side::Left),
    ("rechts", Side::Right),
];

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
    pub(super) fn read(self, cell: &str) -> Vec<NamedPlace> {
        if let Some(site) = self.sites.by_word.get(cell) {
            return vec![NamedPlace::of(*site, None)];
        }
        self.around.remembered.get_or(cell, || self.read_anew(cell))
    }

    fn read_anew(&self, cell: &str) -> Vec<NamedPlace> {
        let folded = fold(cell);
        if is_unknown(&folded) {
            return Vec::new();
        }
        match self.sites.get(&folded) {
            Some(site) => vec![NamedPlace::of(site, None)],
            None => self.read_list(cell),
        }
    }

    fn read_list(&self, cell: &str) -> Vec<NamedPlace> {
        let stretches = stretches(cell);
        let parts = self.merged(self.parts(&stretches));
        let is_list = parts.len() > 1;
        let mut places: Vec<(Vec<NamedPlace>, bool)> = parts
            .iter()
            .map(|part| (self.places_of(&part.words, is_list), part.is_joined))
            .collect();
        share_sides(&mut places);
        tidy(places.into_iter().flat_map(|(places, _)| places))
    }

    /// The stretches between signs, split once more at words for "and".
    fn parts<'c>(&self, stretches: &'c [(String, bool)]) -> Vec<Part<'c>> {
        let mut parts = Vec::new();
        for (stretch, is_joined) in stretches {
            let words = stretch.split(' ').filter(|word| !word.is_empty());
            let part = Part {
                words: words.take(MAX_WORDS).collect(),
                is_joined: *is_joined,
            };
            self.split_at_each_and(part, &mut parts);
        }
        parts.retain(|part| !part.words.is_empty());
        parts
    }

    fn split_at_each_and<'c>(&self, mut part: Part<'c>, parts: &mut Vec<Part<'c>>) {
        while let Some(at) = self.split_at_and(&part.words) {
            let behind = Part {
                words: part.words.split_off(at + 1),
                is_joined: true,
            };
            part.words.pop();
            parts.push(std::mem::replace(&mut part, behind));
        }
        parts.push(part);
    }

    /// The first word for "and" that has a place on both sides. "left and right shin" has none.
    fn split_at_and(&self, words: &[&str]) -> Option<usize> {
        (0..words.len()).find(|at| self.is_and(words, *at).unwrap_or(false))
    }

    fn is_and(&self, words: &[&str], at: usize) -> Option<bool> {
        let (front, word, back) = (words.get(..at)?, words.get(at)?, words.get(at + 1..)?);
        let is_doubtful = DOUBTFUL_AND.contains(word);
        let is_word = is_doubtful || AND.contains(word);
        // "joelho E e canela D": the first is a side.
        let is_side = is_doubtful && back.first() == Some(word);
        let names = |words: &[&str]| match is_doubtful {
            true => self.find(words).names_known(),
            false => self.find(words).names_any(),
        };
        Some(is_word && !is_side && names(front) && names(back))
    }

    /// Parts that name no place but a side or a position belong to their neighbour: `L/R knee`, `left knee, outside`.
    fn merged<'c>(&self, parts: Vec<Part<'c>>) -> Vec<Part<'c>> {
        let mut merged: Vec<Part<'c>> = Vec::new();
        let mut waiting: Vec<&'c str> = Vec::new();
        for mut part in parts {
            let names_none = self.find(&part.words).is_bare();
            match merged.last_mut() {
                Some(before) if names_none => before.words.append(&mut part.words),
                None if names_none => waiting.append(&mut part.words),
                _ => {
                    waiting.append(&mut part.words);
                    part.words = std::mem::take(&mut waiting);
                    merged.push(part);
                }
            }
        }
        if !waiting.is_empty() {
            merged.push(Part {
                words: waiting,
                is_joined: false,
            });
        }
        merged
    }

    fn places_of(&self, words: &[&str], is_list: bool) -> Vec<NamedPlace> {
        if let Some(site) = self.sites.get(&words.join(" ")) {
            return vec![NamedPlace::of(site, None)];
        }
        let found = self.find(words);
        if is_list && found.is_denied && found.sites.is_empty() {
            return vec![NamedPlace::of(Site::None, None)];
        }
        let places = found.places();
        if !places.is_empty() || found.is_doubt || is_list && found.rest.len() > 3 {
            return places;
        }
        match found.rest.is_empty() {
            true if found.is_denied => vec![NamedPlace::of(Site::None, None)],
            true if only_hurt(words) => Vec::new(),
            _ => vec![self.own_place(words, &found)],
        }
    }

    /// A place by the runner's own words; without any, a side is all that is known.
    fn own_place(&self, words: &[&str], found: &Found) -> NamedPlace {
        let side = one_side(&found.sides);
        match self.own_word(words, found) {
            Word::NONE => NamedPlace {
                site: Site::Other(Word::NONE),
                side,
                is_known: false,
            },
            word => NamedPlace::of(Site::Other(word), side),
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
        let is_side = |word: &str| self.sides.get(word).is_some();
        let rest = words.iter().copied().filter(|word| !is_side(word));
        Word::new(&rest.collect::<Vec<_>>().join(" "))
    }

    fn find(&self, words: &[&str]) -> Found {
        let mut found = Found::default();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            at += self.phrase(words, at, &mut found).unwrap_or_else(|| {
                self.word(word, &mut found);
                1
            });
        }
        found.sites.dedup();
        found.weak_sites.dedup();
        found
    }

    /// A place or a side at a position, and its number of words.
    fn phrase(&self, words: &[&str], at: usize, found: &mut Found) -> Option<usize> {
        self.site_phrase(words.get(at..)?, words.len(), found)
            .or_else(|| self.side_phrase(words, at, found))
            .or_else(|| left_letter(words, at, found))
    }

    /// The longest name of a place at the front, and its number of words.
    fn site_phrase(&self, words: &[&str], all: usize, found: &mut Found) -> Option<usize> {
        let lengths = (1..=words.len().min(MAX_PHRASE)).rev();
        let mut named = lengths.filter_map(|length| {
            let phrase = words.get(..length)?.join(" ");
            let site = self.site(&phrase)?;
            // "at" is the Achilles tendon where it is all there is, and a preposition elsewhere.
            (phrase != "at" || all <= 2).then_some((length, phrase, site))
        });
        let (length, phrase, site) = named.next()?;
        if WEAK.contains(&phrase.as_str()) {
            found.weak_sites.push(site);
            found.positions.extend(self.around.positions.get(&phrase));
        } else {
            found.sites.push(site);
        }
        Some(length)
    }

    /// A part of the body by its name.
    fn site(&self, name: &str) -> Option<Site> {
        self.sites.get(name).filter(|site| *site != Site::None)
    }

    /// The longest name of a side at a position, and its number of words. Short ones stand first or last.
    fn side_phrase(&self, words: &[&str], at: usize, found: &mut Found) -> Option<usize> {
        let lengths = (1..=(words.len() - at).min(MAX_PHRASE)).rev();
        let mut sides = lengths.filter_map(|length| {
            let phrase = words.get(at..at + length)?.join(" ");
            let side = self.sides.get(&phrase)?;
            let is_side = self.can_be_side(&phrase, words, at, length)
                && !(length > 1 && self.names_a_place(&phrase));
            is_side.then_some((length, side))
        });
        let (length, side) = sides.next()?;
        found.sides.push(side);
        Some(length)
    }

    /// Whether a phrase stands where it means a side.
    fn can_be_side(&self, phrase: &str, words: &[&str], at: usize, length: usize) -> bool {
        let (is_first, is_last) = (at == 0, at + length == words.len());
        let is_beside = |at: usize| words.get(at).is_some_and(|word| self.is_named(word));
        match phrase {
            "der" => is_last && !is_first,
            "li" | "izq" | "esq" => true,
            short if short.len() <= 3 => {
                is_first || is_last || is_beside(at + 1) || is_beside(at.wrapping_sub(1))
            }
            _ => true,
        }
    }

    fn is_named(&self, word: &str) -> bool {
        self.sides.get(word).is_some() || self.sites.get(word).is_some()
    }

    /// "left leg" fills a side column; here it is the leg.
    fn names_a_place(&self, phrase: &str) -> bool {
        let mut words = phrase.split(' ');
        words.any(|word| self.sites.get(word).is_some())
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
            self.meant(meaning, found);
        } else if !self.around.noise.contains(word) && !AND.contains(&word) {
            self.own_or_compound(word, found);
        }
    }

    fn meant(&self, meaning: &str, found: &mut Found) {
        let meant = self.find(&meaning.split(' ').collect::<Vec<_>>());
        found.sites.extend(meant.sites);
        found.rest.extend(meant.rest);
        found.sides.extend(meant.sides);
    }

    fn own_or_compound(&self, word: &str, found: &mut Found) {
        if let Some((site, side, position)) = self.compound(word, 3) {
            found.sites.push(site);
            found.sides.extend(side);
            found.positions.extend(position);
        } else if !is_medical(word) {
            found.rest.push(singular(word).to_string());
        }
    }

    /// A place written as one word with its side or with what is wrong: `linkerknie`, `Knieschmerzen`, `Lknee`, `KneeL`.
    fn compound(&self, word: &str, depth: usize) -> Option<Compound> {
        let whole = self.stem(word).map(|site| (site, None, None));
        whole
            .or_else(|| self.behind_side(word, depth))
            .or_else(|| self.before_side(word))
            .or_else(|| self.before_ending(word, depth))
    }

    fn deeper(&self, stem: &str, depth: usize) -> Option<Compound> {
        self.compound(stem, depth.checked_sub(1)?)
    }

    /// A place by its name, bent as German bends it.
    fn stem(&self, word: &str) -> Option<Site> {
        let mut stems = once(word).chain(without_ending(word));
        let known = stems.find_map(|stem| self.site(stem));
        known.or_else(|| self.without_e(word))
    }

    fn without_e(&self, word: &str) -> Option<Site> {
        match word.len() >= 3 {
            true => self.sites.get(&format!("{word}e")),
            false => None,
        }
    }

    fn behind_side(&self, word: &str, depth: usize) -> Option<Compound> {
        SIDE_PREFIXES.iter().find_map(|(prefix, side)| {
            let stem = word.strip_prefix(prefix)?;
            let (site, position) = match prefix.len() {
                // A single letter before a name of the page only: "rib" is no right "ib".
                1 => (self.stem(stem).filter(|_| stem.len() >= 3)?, None),
                _ => self
                    .deeper(stem, depth)
                    .map(|(site, _, position)| (site, position))?,
            };
            Some((site, Some(*side), position))
        })
    }

    fn before_side(&self, word: &str) -> Option<Compound> {
        SIDE_SUFFIXES.iter().find_map(|(suffix, side)| {
            let stem = long_stem(word, suffix)?;
            Some((self.site(stem)?, Some(*side), None))
        })
    }

    fn before_ending(&self, word: &str, depth: usize) -> Option<Compound> {
        ENDINGS.iter().find_map(|ending| {
            let (site, side, position) = self.deeper(long_stem(word, ending)?, depth)?;
            let named = || self.around.positions.get(*ending).copied();
            Some((site, side, position.or_else(named)))
        })
    }
}

/// What German endings may leave of a word.
fn without_ending(word: &str) -> impl Iterator<Item = &str> {
    let endings = ["n", "en", "er", "e"].into_iter();
    endings
        .filter_map(|ending| word.strip_suffix(ending))
        .filter(|stem| stem.len() >= 4)
}

/// A lone letter at the end that means left in the language of the place before it: `joelho E`, `rodilla I`, `ginocchio S`.
fn left_letter(words: &[&str], at: usize, found: &mut Found) -> Option<usize> {
    let (front, letter) = (words.get(..at)?, words.get(at)?);
    let is_last = at + 1 == words.len() && found.sides.is_empty();
    let (_, places, _) = LEFT_LETTERS.iter().find(|(left, ..)| left == letter)?;
    let is_left = is_last && front.iter().any(|word| is_one_of(places, word));
    is_left.then(|| {
        found.sides.push(Side::Left);
        1
    })
}

impl Found {
    /// Whether it names no place, denies none, and has no word of the runner's own.
    fn is_bare(&self) -> bool {
        !self.names_known() && self.rest.is_empty() && !self.is_denied
    }

    fn names_known(&self) -> bool {
        !self.sites.is_empty() || !self.weak_sites.is_empty()
    }

    /// Whether it names a place that niggle knows, or one in the runner's own words.
    fn names_any(&self) -> bool {
        self.names_known() || !self.rest.is_empty() && !self.is_denied
    }

    /// The places that niggle knows, each with its side.
    fn places(&self) -> Vec<NamedPlace> {
        let sites = match self.sites.is_empty() {
            true => &self.weak_sites,
            false => &self.sites,
        };
        let side = one_side(&self.sides);
        // "left knee right shin": one side each, in their order.
        let one_each = sites.len() > 1 && sites.len() == self.sides.len();
        let sides = self
            .sides
            .iter()
            .filter(|_| one_each)
            .map(|side| Some(*side));
        let each = sites.iter().zip(sides.chain(repeat(side)));
        each.map(|(site, side)| NamedPlace::of(adjusted(*site, &self.positions), side))
            .collect()
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
fn share_sides(parts: &mut [(Vec<NamedPlace>, bool)]) {
    let mut from = 0;
    for end in 1..=parts.len() {
        let is_joined = parts.get(end).is_some_and(|(_, is_joined)| *is_joined);
        if let Some(run) = parts.get_mut(from..end).filter(|_| !is_joined) {
            share_side(run);
            from = end;
        }
    }
}

fn share_side(run: &mut [(Vec<NamedPlace>, bool)]) {
    let places = run.iter().flat_map(|(places, _)| places);
    let sides: BTreeSet<Side> = places.filter_map(|place| place.side).collect();
    let only = sides.first().copied().filter(|_| sides.len() == 1);
    let Some(side) = only else { return };
    for place in run.iter_mut().flat_map(|(places, _)| places) {
        if place.site != Site::None {
            *place = NamedPlace::of(place.site, place.side.or(Some(side)));
        }
    }
}

/// Each place once, "nowhere" only where nothing else is named.
fn tidy(places: impl Iterator<Item = NamedPlace>) -> Vec<NamedPlace> {
    let mut tidy = each_once(places);
    if tidy.iter().any(|place| place.site != Site::None) {
        tidy.retain(|place| place.site != Site::None);
    }
    tidy
}

/// The first places of a list, each once.
fn each_once(places: impl Iterator<Item = NamedPlace>) -> Vec<NamedPlace> {
    let mut once = Vec::new();
    for place in places {
        if !once.contains(&place) && once.len() < MAX_PLACES {
            once.push(place);
        }
    }
    once
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
        Site::Other(word) => adjusted_leg(word, positions),
        site => site,
    }
}

fn adjusted_leg(word: Word, positions: &[Position]) -> Site {
    use Position::*;
    let at = |position| positions.contains(&position);
    match word.as_str() {
        "leg" if at(Upper) => adjusted(Site::Thigh, positions),
        "leg" if at(Lower) => lower_leg(positions),
        "lower leg" => lower_leg(positions),
        _ => Site::Other(word),
    }
}

fn lower_leg(positions: &[Position]) -> Site {
    let at = |position| positions.contains(&position);
    match at(Position::Front) || at(Position::Inner) {
        true => Site::Shin,
        false if at(Position::Back) => Site::Calf,
        false => Site::Other(Word::new("lower leg")),
    }
}

/// An English plural without its s: "shoulders" and "shoulder" are one place.
fn singular(word: &str) -> &str {
    let stem = word
        .strip_suffix('s')
        .filter(|stem| stem.len() >= 3 && !stem.ends_with(['s', 'u', 'i', 'a', 'p']));
    stem.unwrap_or(word)
}

/// A word behind the shortest stem that can be a place.
fn long_stem<'w>(word: &'w str, suffix: &str) -> Option<&'w str> {
    word.strip_suffix(suffix).filter(|stem| stem.len() >= 3)
}

fn is_medical(word: &str) -> bool {
    word.len() >= 7 && MEDICAL_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

fn only_hurt(words: &[&str]) -> bool {
    words.iter().all(|word| is_one_of(HURTS, word))
}

fn is_one_of(list: &str, word: &str) -> bool {
    list.split('|').any(|other| other == word)
}

/// The page's word for a site that a folded cell comes closest to, when it is a slip of one or two letters.
///
/// Words that say nothing about where are left out ("tight" is no thigh); at most two letters and under half of the word may
/// differ, so that other parts of the body (jaw, neck, wrist) are near to nothing.
pub(in crate::pain) fn likely_site(folded: &str) -> Option<String> {
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !says_nothing(word))
        .take(12)
        .collect();
    let whole = words.join(" ");
    let written = words.iter().copied().chain([whole.as_str()]);
    let near = written.filter(|word| word.len() <= 40).flat_map(near_sites);
    near.min().map(|(_, word)| word)
}

fn says_nothing(word: &str) -> bool {
    NOISE.iter().any(|list| is_one_of(list, word))
        || SIDES.iter().any(|(_, list)| is_one_of(list, word))
}

/// Sites that a word may be a slip of, each with how many letters differ.
fn near_sites(written: &str) -> impl Iterator<Item = (usize, String)> {
    Site::ALL
        .iter()
        .filter(|site| !matches!(site, Site::None | Site::Other(_)))
        .filter_map(move |site| near_site(written, *site))
}

fn near_site(written: &str, site: Site) -> Option<(usize, String)> {
    let word = site.as_str().replace('_', " ");
    let distance = crate::words::edit_distance(written, &word);
    is_slip(written, &word, distance).then_some((distance, word))
}

fn is_slip(written: &str, word: &str, distance: usize) -> bool {
    let begins_alike = distance <= 1 || written.chars().next() == word.chars().next();
    distance <= 2 && 2 * distance < written.chars().count() && begins_alike
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
