//! Words and their beginnings and ends in one tree, so that a word of a note is looked up in one walk.

use std::collections::VecDeque;

/// A word of the tables, on its way into a tree.
#[derive(Debug)]
pub(super) struct Entry {
    letters: Letters,
    /// What follows does not matter.
    is_open: bool,
    slot: u16,
}

impl Entry {
    /// A word, letter by letter; `is_open` when what follows does not matter. Other letters than those of
    /// [`letter`] make it unreachable, which the table's test finds.
    pub(super) fn new(letters: impl Iterator<Item = u8>, is_open: bool, slot: u16) -> Self {
        Entry {
            letters: Letters::of(letters.map_while(letter)),
            is_open,
            slot,
        }
    }
}

/// The numbers of letters in the order of dictionaries. Nearly all words fit into the first part, which needs no room of its own.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Letters {
    /// The first letters, one more than the number of each, with nothing behind the last.
    first: u128,
    others: Vec<u8>,
}

/// Bits of a letter.
const BITS: usize = 6;
/// Letters in the first part.
const FIRST: usize = u128::BITS as usize / BITS;

impl Letters {
    fn of(letters: impl Iterator<Item = u8>) -> Self {
        let mut of = Letters::default();
        for (at, letter) in letters.enumerate() {
            match at {
                0..FIRST => of.first |= u128::from(letter + 1) << shift(at),
                _ => of.others.push(letter),
            }
        }
        of
    }

    /// The letter at a place; None behind the last.
    fn at(&self, at: usize) -> Option<u8> {
        match at {
            0..FIRST => {
                let letter = (self.first >> shift(at)) as u8 & ((1 << BITS) - 1);
                letter.checked_sub(1)
            }
            _ => self.others.get(at - FIRST).copied(),
        }
    }
}

/// Where a letter of the first part stands: the first is the highest.
fn shift(at: usize) -> usize {
    (FIRST - 1 - at) * BITS
}

/// Numbers of slots by word, by beginning (`swell*`) or by end (`*schmerz`).
///
/// The tables come to some 130,000 beginnings of words, most with one letter behind them.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    slots: Vec<u16>,
}

/// A beginning of words; the first is that of all.
#[derive(Debug)]
struct Node {
    /// The letters that follow it, a bit each.
    letters: u64,
    /// The node of the first of these letters; those of the others stand behind it.
    first: u32,
    /// Where its slots begin: first those of every word that begins like this, then those of the word that ends here.
    slots: u32,
    open: u32,
    whole: u32,
}

impl Trie {
    /// Of these words. The slots of a word stay in their order.
    pub(super) fn of(mut words: Vec<Entry>) -> Self {
        words.sort_by(|a, b| a.letters.cmp(&b.letters));
        let mut trie = Trie {
            nodes: Vec::new(),
            slots: Vec::new(),
        };
        // The words of every node that is to come, by letters, and how many of these lead to it.
        let mut to_come = VecDeque::from([(words.as_slice(), 0)]);
        while let Some((words, depth)) = to_come.pop_front() {
            let (here, longer) =
                words.split_at(words.partition_point(|word| word.letters.at(depth).is_none()));
            let mut node = trie.node(here);
            node.first = u32::try_from(trie.nodes.len() + 1 + to_come.len()).unwrap_or(u32::MAX);
            for next in longer.chunk_by(|a, b| a.letters.at(depth) == b.letters.at(depth)) {
                node.letters |= next
                    .first()
                    .and_then(|word| word.letters.at(depth))
                    .map_or(0, |letter| 1 << letter);
                to_come.push_back((next, depth + 1));
            }
            trie.nodes.push(node);
        }
        trie.nodes.shrink_to_fit();
        trie
    }

    /// The node at which these words end.
    fn node(&mut self, words: &[Entry]) -> Node {
        let from = self.slots.len();
        self.slots.extend(
            words
                .iter()
                .filter(|word| word.is_open)
                .map(|word| word.slot),
        );
        let open = self.slots.len() - from;
        self.slots.extend(
            words
                .iter()
                .filter(|word| !word.is_open)
                .map(|word| word.slot),
        );
        let whole = self.slots.len() - from - open;
        Node {
            letters: 0,
            first: 0,
            slots: from as u32,
            open: open as u32,
            whole: whole as u32,
        }
    }

    /// Puts the slots of a word behind those already found.
    pub(super) fn find(&self, letters: impl Iterator<Item = u8>, found: &mut Vec<u16>) {
        let Some(mut node) = self.nodes.first() else {
            return;
        };
        for byte in letters {
            found.extend_from_slice(self.slots(node, node.open));
            let Some(next) = letter(byte).and_then(|letter| self.next(node, letter)) else {
                return;
            };
            node = next;
        }
        found.extend_from_slice(self.slots(node, node.open + node.whole));
    }

    fn next(&self, node: &Node, letter: u8) -> Option<&Node> {
        let bit = 1_u64 << letter;
        let before = (node.letters & (bit - 1)).count_ones();
        (node.letters & bit != 0)
            .then(|| self.nodes.get((node.first + before) as usize))
            .flatten()
    }

    fn slots(&self, node: &Node, count: u32) -> &[u16] {
        let from = node.slots as usize;
        self.slots
            .get(from..from + count as usize)
            .unwrap_or_default()
    }
}

/// Letters a to z, digits and the point of a number.
fn letter(byte: u8) -> Option<u8> {
    match byte {
        b'a'..=b'z' => Some(byte - b'a'),
        b'0'..=b'9' => Some(byte - b'0' + 26),
        b'.' => Some(36),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_and_beginnings() {
        let word = |word: &str, is_open, slot| Entry::new(word.bytes(), is_open, slot);
        let trie = Trie::of(vec![
            word("swell", true, 7),
            word("swollen", false, 2),
            word("38.5", false, 3),
            word("swell", false, 4),
            word("swell", true, 1),
            word("s", true, 9),
        ]);
        for (word, slots) in [
            ("swells", vec![9, 7, 1]),
            ("swell", vec![9, 7, 1, 4]),
            ("swollen", vec![9, 2]),
            ("swoll", vec![9]),
            ("38.5", vec![3]),
            ("38", vec![]),
            ("", vec![]),
        ] {
            let mut found = Vec::new();
            trie.find(word.bytes(), &mut found);
            assert_eq!(found, slots, "{word}");
        }
    }

    #[test]
    fn words_of_any_length_are_told_apart() {
        let words = ["a", "b"].map(|end| "nervenschmerz".repeat(4) + end);
        let entries = words
            .iter()
            .zip(0..)
            .map(|(word, slot)| Entry::new(word.bytes(), false, slot));
        let trie = Trie::of(entries.collect());
        for (word, slot) in words.iter().zip(0..) {
            let mut found = Vec::new();
            trie.find(word.bytes(), &mut found);
            assert_eq!(found, [slot]);
        }
    }

    #[test]
    fn a_tree_without_words_finds_none() {
        let mut found = Vec::new();
        Trie::of(Vec::new()).find(b"swell".iter().copied(), &mut found);
        assert!(found.is_empty());
    }
}
