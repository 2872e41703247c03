//! Words and their beginnings and ends in one tree, so that a word of a note is looked up in one walk.

/// Letters a to z, digits and the point of a number.
const LETTERS: usize = 37;

/// Numbers of slots by word, by beginning (`swell*`) or by end (`*schmerz`).
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Debug, Clone)]
struct Node {
    next: [u32; LETTERS],
    /// Slots of the word that ends here.
    whole: Vec<u16>,
    /// Slots of every word that begins like this.
    open: Vec<u16>,
}

impl Node {
    const EMPTY: Node = Node {
        next: [0; LETTERS],
        whole: Vec::new(),
        open: Vec::new(),
    };
}

impl Trie {
    /// A tree without words.
    pub(super) fn new() -> Self {
        Trie {
            nodes: vec![Node::EMPTY],
        }
    }

    /// Adds a word, letter by letter; `open` when what follows does not matter. Other letters than those of
    /// [`letter`] make it unreachable, which the table's test finds.
    pub(super) fn add(&mut self, letters: impl Iterator<Item = u8>, open: bool, slot: u16) {
        let mut at = 0;
        for index in letters.map_while(letter) {
            let fresh = u32::try_from(self.nodes.len()).unwrap_or(0);
            let Some(next) = self
                .nodes
                .get_mut(at)
                .and_then(|node| node.next.get_mut(index))
            else {
                return;
            };
            if *next == 0 {
                *next = fresh;
            }
            at = *next as usize;
            if at == fresh as usize {
                self.nodes.push(Node::EMPTY);
            }
        }
        if let Some(node) = self.nodes.get_mut(at) {
            if open {
                node.open.push(slot)
            } else {
                node.whole.push(slot)
            }
        }
    }

    /// Puts the slots of a word behind those already found.
    pub(super) fn find(&self, letters: impl Iterator<Item = u8>, found: &mut Vec<u16>) {
        let mut node = self.nodes.first();
        for byte in letters {
            if let Some(node) = node {
                found.extend_from_slice(&node.open);
            }
            let next =
                letter(byte).and_then(|index| node?.next.get(index).filter(|next| **next > 0));
            let Some(next) = next else { return };
            node = self.nodes.get(*next as usize);
        }
        if let Some(node) = node {
            found.extend_from_slice(&node.open);
            found.extend_from_slice(&node.whole);
        }
    }
}

fn letter(byte: u8) -> Option<usize> {
    match byte {
        b'a'..=b'z' => Some(usize::from(byte - b'a')),
        b'0'..=b'9' => Some(usize::from(byte - b'0') + 26),
        b'.' => Some(36),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_and_beginnings() {
        let mut trie = Trie::new();
        trie.add(b"swell".iter().copied(), true, 1);
        trie.add(b"swollen".iter().copied(), false, 2);
        trie.add(b"38.5".iter().copied(), false, 3);
        for (word, slots) in [
            ("swells", vec![1]),
            ("swell", vec![1]),
            ("swollen", vec![2]),
            ("swoll", vec![]),
            ("38.5", vec![3]),
        ] {
            let mut found = Vec::new();
            trie.find(word.bytes(), &mut found);
            assert_eq!(found, slots, "{word}");
        }
    }
}
