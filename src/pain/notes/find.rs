//! Where the patterns of the tables stand in a note.

use super::{
    index::{Link, Links, Pattern, SLOTS},
    table::{Book, Row, Says, mark},
    tokens::Tokens,
};

/// A pattern found in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The row in [`Book::rows`].
    pub row: usize,
    /// Its first word.
    pub start: usize,
    /// Its last word.
    pub end: usize,
    /// The words it names, as bits from the first: the others stand in its gaps.
    pub named: u64,
}

impl Found {
    /// How many words it names.
    pub(super) fn weight(&self) -> u32 {
        self.named.count_ones()
    }

    /// Whether it names this word.
    pub(super) fn names(&self, at: usize) -> bool {
        at >= self.start && at - self.start < 64 && (self.named >> (at - self.start)) & 1 == 1
    }

    /// Whether both name a word.
    pub(super) fn shares_a_word(&self, other: &Found) -> bool {
        (self.start.max(other.start)..=self.end.min(other.end))
            .any(|at| self.names(at) && other.names(at))
    }
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// The note of a log's row, which is about pain before it says a word.
    Note,
    /// Whatever a runner wrote about a run.
    Comment,
}

/// What stands in a note, each list in the order of the words.
#[derive(Debug, Default)]
pub(super) struct Sightings {
    /// Phrases with a meaning.
    pub phrases: Vec<Found>,
    /// Marks.
    pub marks: Vec<Found>,
}

/// Finds every phrase and mark. Words of harmless phrases, and of those that want their words for themselves, are not
/// found as anything of no more words.
pub(super) fn find(book: &Book, tokens: &Tokens, of: Text) -> Sightings {
    let search = Search::of(book, tokens);
    let mut found = Sightings::default();
    let mut keepers = Vec::new();
    for at in 0..tokens.list.len() {
        for pattern in search.starting(book, at) {
            if let Some((place, row)) = search.sighting(book, pattern, at, of) {
                keepers.extend(row.only.then_some(place));
                found.add(place, row);
            }
        }
    }
    if !keepers.is_empty() {
        let is_free = |place: &Found| !is_kept(book, place, &keepers);
        found.phrases.retain(is_free);
        found.marks.retain(is_free);
    }
    found
}

impl Sightings {
    fn add(&mut self, place: Found, row: &Row) {
        match row.says {
            Says::Means(_) => self.phrases.push(place),
            Says::Mark(_) => self.marks.push(place),
            Says::Harmless | Says::Neutral => {}
        }
    }
}

/// Whether a phrase that keeps its words for itself takes these.
fn is_kept(book: &Book, place: &Found, keepers: &[Found]) -> bool {
    let Some(row) = book.rows.get(place.row) else {
        return true;
    };
    // Marks that take nothing away stand beside any phrase.
    if matches!(row.says, Says::Mark(number) if number > mark::LAST_TAKING) {
        return false;
    }
    // Keepers begin at most 64 words before, in the order of their first words.
    let from = keepers.partition_point(|keeper| keeper.start + 64 < place.start);
    let behind = keepers.get(from..).unwrap_or_default().iter();
    let near = behind.take_while(|keeper| keeper.start <= place.end);
    let mut takers = near.filter(|keeper| keeper.row != place.row && keeper.shares_a_word(place));
    takers.any(|keeper| takes(book, keeper, place, row))
}

/// Whether a phrase takes the words that it shares with another: what is harmless takes them at the same number of words.
fn takes(book: &Book, keeper: &Found, place: &Found, row: &Row) -> bool {
    let says = book.rows.get(keeper.row).map(|row| &row.says);
    match (&row.says, row.only) {
        (Says::Means(_), _) if says == Some(&Says::Neutral) => false,
        (_, true) if says != Some(&Says::Harmless) => keeper.weight() > place.weight(),
        _ => keeper.weight() >= place.weight(),
    }
}

/// Whether a row is found in a note, whatever other rows say of the same words.
#[cfg(test)]
pub(super) fn find_row(book: &Book, tokens: &Tokens, row: usize) -> bool {
    let search = Search::of(book, tokens);
    let mut patterns = book.index.patterns().filter(|pattern| pattern.row == row);
    patterns.any(|pattern| {
        let starts = |at: usize| {
            let Some(Link::Word(slot)) = pattern.links.iter().find(|link| *link != Link::Start)
            else {
                return false;
            };
            search.slots(at).contains(&slot) && search.place(pattern.links, at, row).is_some()
        };
        (0..tokens.list.len()).any(starts)
    })
}

struct Search<'a> {
    tokens: &'a Tokens,
    slots: Vec<u16>,
    /// Where the slots of each word end.
    ends: Vec<usize>,
    /// The slots of all words, a bit each: most patterns want a word that is nowhere in the note.
    anywhere: Vec<u64>,
}

impl<'a> Search<'a> {
    fn of(book: &Book, tokens: &'a Tokens) -> Self {
        let mut slots = Vec::new();
        let mut ends = Vec::with_capacity(tokens.list.len());
        for token in &tokens.list {
            book.index.slots_of(tokens.text(token), &mut slots);
            ends.push(slots.len());
        }
        let anywhere = bits_of(&slots);
        Search {
            tokens,
            slots,
            ends,
            anywhere,
        }
    }

    /// The patterns that begin with a word, each once: a word is in a slot twice when its beginning is too.
    fn starting(&self, book: &Book, at: usize) -> impl Iterator<Item = Pattern<'static>> {
        let (mut last, index) = (None, book.index);
        let slots = self.slots(at).iter();
        let once = slots.filter(move |slot| last.replace(**slot) != Some(**slot));
        once.flat_map(move |slot| index.starting(*slot))
    }

    fn sighting<'b>(
        &self,
        book: &'b Book,
        pattern: Pattern<'_>,
        at: usize,
        of: Text,
    ) -> Option<(Found, &'b Row)> {
        if !self.holds_all(pattern.links) {
            return None;
        }
        let row = book.rows.get(pattern.row)?;
        let counts = of == Text::Comment || !row.is_for_comments;
        let place = counts.then(|| self.place(pattern.links, at, pattern.row))??;
        Some((place, row))
    }

    /// Whether every word that a pattern must have stands somewhere in the note.
    fn holds_all(&self, links: Links<'_>) -> bool {
        links.iter().all(|link| match link {
            Link::Word(slot) => self.is_anywhere(slot),
            Link::Maybe(_) | Link::Gap(..) | Link::Start | Link::End => true,
        })
    }

    fn is_anywhere(&self, slot: u16) -> bool {
        let bits = self.anywhere.get(usize::from(slot / 64));
        bits.is_some_and(|bits| bits >> (slot % 64) & 1 == 1)
    }

    fn slots(&self, at: usize) -> &[u16] {
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let from = before.copied().unwrap_or(0);
        let to = self.ends.get(at).copied().unwrap_or(from);
        self.slots.get(from..to).unwrap_or_default()
    }

    fn place(&self, links: Links<'_>, start: usize, row: usize) -> Option<Found> {
        let walk = Walk {
            start,
            at: start,
            crosses: true,
            named: 0,
        };
        let (end, named) = self.follow(links, walk)?;
        Some(Found {
            row,
            start,
            end,
            named,
        })
    }

    /// The last word and the named words of a pattern from here on. Gaps are kept as short as possible.
    fn follow(&self, links: Links<'_>, walk: Walk) -> Option<(usize, u64)> {
        let Some((link, rest)) = links.split_first() else {
            return Some((walk.at.checked_sub(1)?, walk.named));
        };
        match link {
            Link::Word(slot) => self.follow(rest, self.step(slot, walk)?),
            Link::Maybe(slot) => self
                .step(slot, walk)
                .and_then(|walk| self.follow(rest, walk))
                .or_else(|| self.follow(rest, walk)),
            Link::Gap(words, commas) => self.leap(rest, walk, words, commas),
            Link::Start | Link::End if self.begins_part(walk.at) => self.follow(rest, walk),
            Link::Start | Link::End => None,
        }
    }

    fn step(&self, slot: u16, walk: Walk) -> Option<Walk> {
        self.slots(walk.at).binary_search(&slot).ok()?;
        if walk.at > walk.start && !self.goes_on(walk.at, walk.crosses)? {
            return None;
        }
        let shift = u32::try_from(walk.at - walk.start).ok()?;
        Some(Walk {
            at: walk.at + 1,
            crosses: false,
            named: walk.named | 1_u64.checked_shl(shift)?,
            ..walk
        })
    }

    /// Whether a word stands in the clause of the one before it, and in its part unless commas may be crossed.
    fn goes_on(&self, at: usize, crosses: bool) -> Option<bool> {
        let last = self.tokens.list.get(at.checked_sub(1)?)?;
        let here = self.tokens.list.get(at)?;
        Some(last.clause == here.clause && (crosses || last.part == here.part))
    }

    fn leap(
        &self,
        rest: Links<'_>,
        walk: Walk,
        words: usize,
        commas: bool,
    ) -> Option<(usize, u64)> {
        for at in walk.at..=walk.at + words {
            let landed = Walk {
                at,
                crosses: commas,
                ..walk
            };
            if let Some(found) = self.follow(rest, landed) {
                return Some(found);
            }
            if !self.goes_on(at, commas)? {
                return None;
            }
        }
        None
    }

    /// Whether a part between commas begins with this word, or the note has ended.
    fn begins_part(&self, at: usize) -> bool {
        let part = |at: usize| self.tokens.list.get(at).map(|token| token.part);
        at.checked_sub(1)
            .is_none_or(|before| part(before) != part(at))
    }
}

/// How far a pattern has come.
#[derive(Debug, Clone, Copy)]
struct Walk {
    start: usize,
    /// The next word.
    at: usize,
    /// A comma may stand before the next word.
    crosses: bool,
    named: u64,
}

/// Slots as bits.
fn bits_of(slots: &[u16]) -> Vec<u64> {
    let mut bits = vec![0; SLOTS / 64];
    for slot in slots {
        if let Some(bits) = bits.get_mut(usize::from(slot / 64)) {
            *bits |= 1 << (slot % 64);
        }
    }
    bits
}
