//! Where the patterns of the tables stand in a note.

use super::{
    table::{Book, Link, Pattern, Says, mark},
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
pub(super) fn find(book: &Book, tokens: &Tokens) -> Sightings {
    let search = Search::of(book, tokens);
    let (mut found, mut keepers) = (Sightings::default(), Vec::new());
    for at in 0..tokens.list.len() {
        // A word is in a slot twice when its beginning is too.
        let mut last = None;
        let slots = search
            .slots(at)
            .iter()
            .filter(|slot| last.replace(**slot) != Some(**slot));
        for pattern in slots
            .filter_map(|slot| book.starts.get(usize::from(*slot)))
            .flatten()
        {
            let Some(pattern) = book
                .patterns
                .get(*pattern)
                .filter(|pattern| search.holds_all(pattern))
            else {
                continue;
            };
            let Some(place) = search.place(&pattern.links, at, pattern.row) else {
                continue;
            };
            let Some(row) = book.rows.get(pattern.row) else {
                continue;
            };
            if row.only {
                keepers.push(place);
            }
            match row.says {
                Says::Means(_) => found.phrases.push(place),
                Says::Mark(_) => found.marks.push(place),
                Says::Harmless | Says::Neutral => {}
            }
        }
    }
    if !keepers.is_empty() {
        found
            .phrases
            .retain(|place| !is_kept(book, place, &keepers));
        found.marks.retain(|place| !is_kept(book, place, &keepers));
    }
    found
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
    let near = keepers
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|keeper| keeper.start <= place.end);
    let mut takers = near.filter(|keeper| keeper.row != place.row && keeper.shares_a_word(place));
    takers.any(|keeper| {
        let is_neutral = book
            .rows
            .get(keeper.row)
            .is_some_and(|row| row.says == Says::Neutral);
        let is_harmless = book
            .rows
            .get(keeper.row)
            .is_some_and(|row| row.says == Says::Harmless);
        match (&row.says, row.only) {
            (Says::Means(_), _) if is_neutral => false,
            (_, true) if !is_harmless => keeper.weight() > place.weight(),
            _ => keeper.weight() >= place.weight(),
        }
    })
}

/// Whether a row is found in a note, whatever other rows say of the same words.
#[cfg(test)]
pub(super) fn find_row(book: &Book, tokens: &Tokens, row: usize) -> bool {
    let search = Search::of(book, tokens);
    let mut patterns = book.patterns.iter().filter(|pattern| pattern.row == row);
    patterns.any(|pattern| {
        let starts = |at: usize| {
            let Some(Link::Word(slot)) = pattern.links.iter().find(|link| **link != Link::Start)
            else {
                return false;
            };
            search.slots(at).contains(slot) && search.place(&pattern.links, at, row).is_some()
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
        let ends = Vec::with_capacity(tokens.list.len());
        let mut search = Search {
            tokens,
            slots: Vec::new(),
            ends,
            anywhere: Vec::new(),
        };
        for token in &tokens.list {
            book.slots_of(tokens.text(token), &mut search.slots);
            search.ends.push(search.slots.len());
        }
        search.anywhere = vec![0; book.slot_count / 64 + 1];
        for slot in &search.slots {
            if let Some(bits) = search.anywhere.get_mut(usize::from(slot / 64)) {
                *bits |= 1 << (slot % 64);
            }
        }
        search
    }

    /// Whether every word that a pattern must have stands somewhere in the note.
    fn holds_all(&self, pattern: &Pattern) -> bool {
        pattern.links.iter().all(|link| match link {
            Link::Word(slot) => self
                .anywhere
                .get(usize::from(slot / 64))
                .is_some_and(|bits| bits >> (slot % 64) & 1 == 1),
            Link::Maybe(_) | Link::Gap(..) | Link::Start | Link::End => true,
        })
    }

    fn slots(&self, at: usize) -> &[u16] {
        let from = at
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        self.ends
            .get(at)
            .and_then(|to| self.slots.get(from..*to))
            .unwrap_or_default()
    }

    fn place(&self, links: &[Link], start: usize, row: usize) -> Option<Found> {
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
    fn follow(&self, links: &[Link], walk: Walk) -> Option<(usize, u64)> {
        let Some((link, rest)) = links.split_first() else {
            return Some((walk.at.checked_sub(1)?, walk.named));
        };
        match *link {
            Link::Word(slot) => self.follow(rest, self.step(slot, walk)?),
            Link::Maybe(slot) => {
                let with = self
                    .step(slot, walk)
                    .and_then(|walk| self.follow(rest, walk));
                with.or_else(|| self.follow(rest, walk))
            }
            Link::Gap(words, commas) => self.leap(rest, walk, words, commas),
            Link::Start => self.begins_part(walk.at).then(|| self.follow(rest, walk))?,
            Link::End => self.begins_part(walk.at).then(|| self.follow(rest, walk))?,
        }
    }

    fn step(&self, slot: u16, walk: Walk) -> Option<Walk> {
        self.slots(walk.at).binary_search(&slot).ok()?;
        let here = self.tokens.list.get(walk.at)?;
        if let Some(last) = walk.at.checked_sub(1).filter(|_| walk.at > walk.start) {
            let last = self.tokens.list.get(last)?;
            (last.clause == here.clause && (walk.crosses || last.part == here.part))
                .then_some(())?;
        }
        let bit = u32::try_from(walk.at - walk.start)
            .ok()
            .and_then(|shift| 1_u64.checked_shl(shift))?;
        Some(Walk {
            at: walk.at + 1,
            crosses: false,
            named: walk.named | bit,
            ..walk
        })
    }

    fn leap(&self, rest: &[Link], walk: Walk, words: usize, commas: bool) -> Option<(usize, u64)> {
        for skipped in 0..=words {
            if let Some(found) = self.follow(
                rest,
                Walk {
                    at: walk.at + skipped,
                    crosses: commas,
                    ..walk
                },
            ) {
                return Some(found);
            }
            let (last, here) = (
                self.tokens.list.get((walk.at + skipped).checked_sub(1)?)?,
                walk.at + skipped,
            );
            let here = self.tokens.list.get(here)?;
            (last.clause == here.clause && (commas || last.part == here.part)).then_some(())?;
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
