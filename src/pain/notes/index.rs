//! The tables as `making.rs` made them searchable, read where they lie in the program: nothing is unpacked when niggle starts.

use super::lines::{NUMBERS, letter};

/// Patterns, and the slots of words: a slot is a set of words that a step of a pattern may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Index<'i> {
    rows: Section<'i>,
    links: Lists<'i>,
    starts: Lists<'i>,
    holders: Lists<'i>,
    kinds: Lists<'i>,
    forward: Tree<'i>,
    backward: Tree<'i>,
}

/// A pattern and its row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern<'i> {
    pub row: usize,
    pub links: Links<'i>,
}

/// A step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// A word of this slot.
    Word(u16),
    /// The same, or none.
    Maybe(u16),
    /// Up to so many other words; true when commas may stand among them.
    Gap(usize, bool),
    /// The beginning of a part between commas.
    Start,
    /// The end of a part between commas.
    End,
}

/// Numbers of a slot, higher than any.
pub(super) const SLOTS: usize = 1 << 16;

impl<'i> Index<'i> {
    /// What [`super::making`] wrote, as bytes with the lowest first.
    pub(super) fn of(bytes: &'i [u8]) -> Self {
        let mut rest = Section(bytes);
        Index {
            rows: rest.take(),
            links: Lists::take(&mut rest),
            starts: Lists::take(&mut rest),
            holders: Lists::take(&mut rest),
            kinds: Lists::take(&mut rest),
            forward: Tree::take(&mut rest),
            backward: Tree::take(&mut rest),
        }
    }

    /// The patterns that begin with a word of this slot.
    pub(super) fn starting(self, slot: u16) -> impl Iterator<Item = Pattern<'i>> {
        let starts = self.starts.get(usize::from(slot)).numbers();
        starts.filter_map(move |number| self.pattern(number as usize))
    }

    fn pattern(self, number: usize) -> Option<Pattern<'i>> {
        Some(Pattern {
            row: self.rows.get(number)? as usize,
            links: Links(self.links.get(number)),
        })
    }

    /// Every pattern.
    #[cfg(test)]
    pub(super) fn patterns(self) -> impl Iterator<Item = Pattern<'i>> {
        (0..self.rows.len()).filter_map(move |number| self.pattern(number))
    }

    /// The slots of a folded word, in order.
    pub(super) fn slots_of(self, word: &str, found: &mut Vec<u16>) {
        let from = found.len();
        self.forward.find(word.bytes(), found);
        self.backward.find(word.bytes().rev(), found);
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let kinds = NUMBERS.iter().enumerate();
            for (at, _) in kinds.filter(|(_, kind)| is_number(kind, word)) {
                found.extend(self.kinds.get(at).slots());
            }
        }
        self.add_holders(from, found);
        if let Some(new) = found.get_mut(from..) {
            new.sort_unstable();
        }
    }

    /// Puts behind the slots from here on those that hold them, and those that hold these.
    fn add_holders(self, from: usize, found: &mut Vec<u16>) {
        let mut at = from;
        while let Some(slot) = found.get(at) {
            found.extend(self.holders.get(usize::from(*slot)).slots());
            at += 1;
        }
    }
}

/// A fever has 37.8 °C or more (or 100 °F); a year is one that a runner remembers.
fn is_number(kind: &str, word: &str) -> bool {
    let is_unit = |c: char| !c.is_ascii_digit() && c != '.';
    let (digits, unit) = word.split_at(word.find(is_unit).unwrap_or(word.len()));
    let number: f64 = digits.parse().unwrap_or(0.0);
    match kind {
        "#fever" => matches!(unit, "" | "c" | "f") && is_fever(number),
        "#year" => unit.is_empty() && (1950.0..2040.0).contains(&number) && digits.len() == 4,
        _ => true,
    }
}

fn is_fever(degrees: f64) -> bool {
    (37.8..42.0).contains(&degrees) || (100.0..107.0).contains(&degrees)
}

/// The steps of a pattern, or the last of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Links<'i>(Section<'i>);

impl<'i> Links<'i> {
    /// The first step and those behind it.
    pub(super) fn split_first(self) -> Option<(Link, Links<'i>)> {
        let first = self.0.get(0)?;
        Some((link(first), Links(self.0.part(1, self.0.len()))))
    }

    /// All steps.
    pub(super) fn iter(self) -> impl Iterator<Item = Link> {
        self.0.numbers().map(link)
    }
}

fn link(number: u32) -> Link {
    let (kind, value) = (number & 7, number >> 3);
    match kind {
        0 => Link::Word(value as u16),
        1 => Link::Maybe(value as u16),
        2 | 3 => Link::Gap(value as usize, kind == 3),
        4 => Link::Start,
        _ => Link::End,
    }
}

/// Numbers of four bytes.
#[derive(Debug, Clone, Copy)]
struct Section<'i>(&'i [u8]);

/// Bytes of a number.
const BYTES: usize = 4;

impl<'i> Section<'i> {
    /// Takes the next section off, which has its length before it.
    fn take(&mut self) -> Section<'i> {
        let end = 1 + self.get(0).unwrap_or_default() as usize;
        let section = self.part(1, end);
        *self = self.part(end, self.len());
        section
    }

    fn len(self) -> usize {
        self.0.len() / BYTES
    }

    fn get(self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at * BYTES..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes))
    }

    fn part(self, from: usize, to: usize) -> Section<'i> {
        let bytes = self.0.get(from * BYTES..to * BYTES);
        Section(bytes.unwrap_or_default())
    }

    fn numbers(self) -> impl Iterator<Item = u32> {
        let (numbers, _) = self.0.as_chunks::<BYTES>();
        numbers.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }

    fn slots(self) -> impl Iterator<Item = u16> {
        self.numbers().map(|slot| slot as u16)
    }
}

/// Lists of numbers.
#[derive(Debug, Clone, Copy)]
struct Lists<'i> {
    ends: Section<'i>,
    items: Section<'i>,
}

impl<'i> Lists<'i> {
    fn take(rest: &mut Section<'i>) -> Self {
        Lists {
            ends: rest.take(),
            items: rest.take(),
        }
    }

    /// Empty where there is none.
    fn get(self, at: usize) -> Section<'i> {
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let from = before.unwrap_or_default();
        let to = self.ends.get(at).unwrap_or(from);
        self.items.part(from as usize, to as usize)
    }
}

/// Slots of words, and of beginnings or ends of words, by their letters; some 130,000 nodes, most with one letter behind them.
#[derive(Debug, Clone, Copy)]
struct Tree<'i> {
    nodes: Section<'i>,
    slots: Section<'i>,
}

/// Numbers of a node.
const NODE: usize = 5;

impl<'i> Tree<'i> {
    fn take(rest: &mut Section<'i>) -> Self {
        Tree {
            nodes: rest.take(),
            slots: rest.take(),
        }
    }

    /// Puts the slots of a word behind those already found.
    fn find(self, letters: impl Iterator<Item = u8>, found: &mut Vec<u16>) {
        let mut at = 0;
        for byte in letters {
            let Some([low, high, first, from, open]) = self.node(at) else {
                return;
            };
            found.extend(
                self.slots
                    .part(from as usize, (from + open) as usize)
                    .slots(),
            );
            let letters = u64::from(high) << 32 | u64::from(low);
            let Some(bit) = letter(byte).map(|letter| 1_u64 << letter) else {
                return;
            };
            if letters & bit == 0 {
                return;
            }
            at = (first + (letters & (bit - 1)).count_ones()) as usize;
        }
        let (here, behind) = (self.node(at), self.node(at + 1));
        if let (Some([.., from, _]), Some([.., to, _])) = (here, behind) {
            found.extend(self.slots.part(from as usize, to as usize).slots());
        }
    }

    fn node(self, at: usize) -> Option<[u32; NODE]> {
        let node = self.nodes.part(at * NODE, (at + 1) * NODE);
        let mut numbers = node.numbers();
        let mut next = || numbers.next();
        Some([next()?, next()?, next()?, next()?, next()?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::notes::making;

    fn bytes(table: &'static str) -> Vec<u8> {
        let numbers = making::index(&[("t", table)]).expect("no fault");
        numbers.into_iter().flat_map(u32::to_le_bytes).collect()
    }

    /// How many of the rows begin with the word.
    fn rows_starting(table: &'static str, word: &str) -> Vec<usize> {
        let bytes = bytes(table);
        let index = Index::of(&bytes);
        let mut slots = Vec::new();
        index.slots_of(word, &mut slots);
        slots.dedup();
        let rows = slots.iter().flat_map(|slot| index.starting(*slot));
        let mut rows: Vec<usize> = rows.map(|pattern| pattern.row).collect();
        rows.sort_unstable();
        rows
    }

    #[test]
    fn whole_words_beginnings_ends_classes_and_numbers_are_found() {
        let table = "en\tx\tswell*\nen\tx\tswollen\nen\tx\t38.5\nen\tx\tswell\nen\tx\ts*\nen\tx\t*schmerz\n\
                     en\tclass limb\tknee|shin\nen\tclass limb\tcalf\nen\tx\t@limb sore\nen\tx\ttoe|@limb\nen\tx\t#fever\n\
                     en\tx\t#\nde\tclass limb\tWade\nde\tx\t@limb";
        for (word, rows) in [
            ("swells", &[0, 4][..]),
            ("swell", &[0, 3, 4]),
            ("swollen", &[1, 4]),
            ("swoll", &[4]),
            ("38.5", &[2, 8, 9]),
            ("38", &[8, 9]),
            ("12", &[9]),
            ("kopfschmerz", &[5]),
            ("schmerz", &[4, 5]),
            ("schmerzen", &[4]),
            ("shin", &[4, 6, 7]),
            ("calf", &[6, 7]),
            ("toe", &[7]),
            ("wade", &[10]),
            ("", &[]),
        ] {
            assert_eq!(rows_starting(table, word), rows, "{word}");
        }
    }

    #[test]
    fn steps_are_read_as_they_were_written() {
        let bytes = bytes("en\tx\t^ a [b] ~2 c ~3, a $");
        let index = Index::of(&bytes);
        let patterns: Vec<Vec<Link>> = index.patterns().map(|p| p.links.iter().collect()).collect();
        use Link::{End, Gap, Maybe, Start, Word};
        let expected = [
            Start,
            Word(0),
            Maybe(1),
            Gap(2, false),
            Word(2),
            Gap(3, true),
            Word(0),
            End,
        ];
        assert_eq!(patterns, [expected]);
    }

    #[test]
    fn numbers_have_kinds() {
        for (kind, word, expected) in [
            ("#fever", "38.9", true),
            ("#fever", "39", true),
            ("#fever", "39c", true),
            ("#fever", "102", true),
            ("#fever", "37", false),
            ("#fever", "39km", false),
            ("#year", "2019", true),
            ("#year", "2500", false),
            ("#", "3x", true),
        ] {
            assert_eq!(is_number(kind, word), expected, "{kind} {word}");
        }
    }

    #[test]
    fn what_lies_in_the_program_is_what_the_tables_make() {
        let made = making::index(super::super::lines::TABLES).expect("no fault");
        let made: Vec<u8> = made.into_iter().flat_map(u32::to_le_bytes).collect();
        assert!(
            made == super::super::table::INDEX,
            "build.rs made another index"
        );
    }
}
