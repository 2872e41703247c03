//! The tables made searchable, which `build.rs` does once so that niggle need not at every start: reading 800 kB of phrases took
//! longer than everything else that `niggle pain add` does.
//!
//! What is made is one list of numbers in sections, each with its length before it, in the order of [`Index::numbers`]; `index.rs` reads
//! them in that order. Lists of lists are two sections: where each ends, and all items.

use super::{
    lines::{Line, NUMBERS, letter, lines_of},
    pattern::{self, Step},
    tokens::plain_letters,
};
use std::collections::{BTreeMap, VecDeque};

/// The index of these tables, or what is wrong with them: the name, line and fault of each.
pub(super) fn index(tables: &[(&'static str, &'static str)]) -> Result<Vec<u32>, Vec<String>> {
    let lines = lines_of(tables);
    let classes = classes_of(&lines);
    let (mut index, mut slots, mut faults) = (Index::default(), Slots::default(), Vec::new());
    let rows = lines.iter().filter(|line| line.class().is_none());
    for (row, line) in (0..).zip(rows) {
        if let Err(fault) = index.add(line, row, &classes, &mut slots) {
            let (table, number) = line.place;
            faults.push(format!("{table} line {number}: {fault}"));
        }
    }
    match faults.is_empty() {
        true => Ok(index.numbers(slots)),
        false => Err(faults),
    }
}

/// Lists of numbers by a number.
#[derive(Default)]
struct Lists(Vec<Vec<u32>>);

impl Lists {
    fn push(&mut self, at: u32, item: u32) {
        let at = at as usize;
        let length = self.0.len().max(at + 1);
        self.0.resize_with(length, Vec::new);
        if let Some(list) = self.0.get_mut(at) {
            list.push(item);
        }
    }

    fn write(&self, numbers: &mut Vec<u32>) {
        let mut end = 0;
        let ends = self.0.iter().map(|list| {
            end += list.len() as u32;
            end
        });
        write(&ends.collect::<Vec<_>>(), numbers);
        write(&self.0.concat(), numbers);
    }
}

/// A section: its length and its numbers.
fn write(section: &[u32], numbers: &mut Vec<u32>) {
    numbers.push(section.len() as u32);
    numbers.extend_from_slice(section);
}

#[derive(Default)]
struct Index {
    /// The row of each pattern.
    rows: Vec<u32>,
    /// The steps of each pattern, as [`link`] writes them.
    links: Lists,
    /// Patterns by the slot of their first word.
    starts: Lists,
}

impl Index {
    fn add(
        &mut self,
        line: &Line,
        row: u32,
        classes: &Classes,
        slots: &mut Slots,
    ) -> Result<(), String> {
        for steps in pattern::parse(line.cell(2))? {
            let first = first_word(&steps).ok_or("begins with a gap")?;
            let first = slots.slot(first, line.cell(0), classes)?;
            let pattern = self.rows.len() as u32;
            self.rows.push(row);
            self.starts.push(first, pattern);
            for step in steps {
                let link = link(step, |text| slots.slot(text, line.cell(0), classes))?;
                self.links.push(pattern, link);
            }
        }
        Ok(())
    }

    /// Everything, in the order in which it is read.
    fn numbers(self, slots: Slots) -> Vec<u32> {
        let (mut forward, mut backward, mut kinds) = (Tree::new(), Tree::new(), Lists::default());
        for (word, slots) in slots.words {
            if let Some(kind) = NUMBERS.iter().position(|kind| *kind == word) {
                slots.iter().for_each(|slot| kinds.push(kind as u32, *slot));
            } else if let Some(end) = word.strip_prefix('*') {
                backward.add(end.bytes().rev(), true, &slots);
            } else {
                let open = word.strip_suffix('*');
                forward.add(open.unwrap_or(&word).bytes(), open.is_some(), &slots);
            }
        }
        let mut numbers = Vec::new();
        write(&self.rows, &mut numbers);
        let lists = [&self.links, &self.starts, &slots.holders, &kinds];
        lists.iter().for_each(|lists| lists.write(&mut numbers));
        let trees = [forward, backward];
        trees.iter().for_each(|tree| tree.write(&mut numbers));
        numbers
    }
}

fn first_word(steps: &[Step<'static>]) -> Option<&'static str> {
    match steps.iter().find(|step| **step != Step::Start)? {
        Step::Word(first) => Some(first),
        _ => None,
    }
}

/// A step as a number: what it is in the lowest three bits, and its slot or words above.
fn link(
    step: Step<'static>,
    mut slot: impl FnMut(&'static str) -> Result<u32, String>,
) -> Result<u32, String> {
    let (kind, value) = match step {
        Step::Word(text) => (0, slot(text)?),
        Step::Maybe(text) => (1, slot(text)?),
        Step::Gap(words, false) => (2, words as u32),
        Step::Gap(words, true) => (3, words as u32),
        Step::Start => (4, 0),
        Step::End => (5, 0),
    };
    Ok(value << 3 | kind)
}

/// Sets of words: each set has a number, its slot. A set that holds a class does not repeat its words: most sets hold one, and most
/// classes have hundreds of words.
#[derive(Default)]
struct Slots {
    /// Slots by the language and text of a table's cell.
    texts: BTreeMap<(&'static str, &'static str), u32>,
    /// By a slot, the slots that hold it as a class.
    holders: Lists,
    /// The slots of every folded word.
    words: BTreeMap<String, Vec<u32>>,
}

impl Slots {
    fn slot(
        &mut self,
        text: &'static str,
        language: &'static str,
        classes: &Classes,
    ) -> Result<u32, String> {
        // Only a class means other words in another language.
        let key = (if text.contains('@') { language } else { "" }, text);
        if let Some(slot) = self.texts.get(&key) {
            return Ok(*slot);
        }
        let (held, words) = self.held(text, language, classes)?;
        let slot = self.texts.len() as u32;
        if slot > u32::from(u16::MAX) {
            return Err("too many sets of words".to_string());
        }
        for class in held {
            self.holders.push(class, slot);
        }
        for word in words {
            self.words.entry(word).or_default().push(slot);
        }
        self.texts.insert(key, slot);
        Ok(slot)
    }

    /// The classes and words of `a|b|@class`, the words folded.
    fn held(
        &mut self,
        text: &'static str,
        language: &'static str,
        classes: &Classes,
    ) -> Result<(Vec<u32>, Vec<String>), String> {
        let (mut held, mut words) = (Vec::new(), Vec::new());
        let each = text.split('|').map(str::trim);
        for word in each.filter(|word| !word.is_empty()) {
            match word.strip_prefix('@') {
                Some(class) => held.extend(self.slots_of_class(class, language, classes)?),
                None => words.extend(spellings(word)?),
            }
        }
        match held.is_empty() && words.is_empty() {
            true => Err(format!("no words in {text:?}")),
            false => Ok((held, words)),
        }
    }

    /// The slots of a class, one a line of it.
    fn slots_of_class(
        &mut self,
        class: &str,
        language: &'static str,
        classes: &Classes,
    ) -> Result<Vec<u32>, String> {
        let texts = classes.get(&(language, class));
        let texts = texts.ok_or_else(|| format!("no class {:?}", format!("@{class}")))?;
        let slots = texts.iter().map(|text| self.slot(text, language, classes));
        slots.collect()
    }
}

/// Texts of words by language and name of their class, which may stand in several lines.
type Classes = BTreeMap<(&'static str, &'static str), Vec<&'static str>>;

fn classes_of(lines: &[Line]) -> Classes {
    let mut classes = Classes::new();
    for line in lines {
        if let Some(name) = line.class() {
            let class = classes.entry((line.cell(0), name)).or_default();
            class.push(line.cell(2));
        }
    }
    classes
}

/// A word in each of its spellings, which all must be words: "Knöchel" is also typed as "Knoechel" and "Knochel", "año" also as "ano".
fn spellings(word: &str) -> Result<Vec<String>, String> {
    if is_word(word) {
        return Ok(vec![word.to_string()]);
    }
    let mut plain = vec![fold(word)];
    if word.contains(['ä', 'ö', 'ü']) {
        let umlauts = word.replace('ä', "ae").replace('ö', "oe");
        plain.push(fold(&umlauts.replace('ü', "ue")));
    }
    if word.contains('ñ') {
        plain.push(fold(&word.replace('ñ', "n")));
    }
    plain.dedup();
    match plain.iter().all(|word| is_word(word)) {
        true => Ok(plain),
        false => Err(format!("no word: {word:?}")),
    }
}

/// A word of a table as words of notes are folded.
fn fold(word: &str) -> String {
    let lower = word.chars().flat_map(char::to_lowercase);
    lower
        .map(|c| {
            Some(plain_letters(c))
                .filter(|plain| !plain.is_empty())
                .map_or(c.to_string(), str::to_string)
        })
        .collect()
}

/// Letters, digits and a point, open at the beginning or the end.
fn is_word(word: &str) -> bool {
    let letters = word.trim_start_matches('*').trim_end_matches('*');
    NUMBERS.contains(&word) || (!letters.is_empty() && letters.bytes().all(|b| letter(b).is_some()))
}

/// Words, and beginnings or ends of words, by their letters: a note's word is looked up in one walk.
struct Tree {
    /// The first is that of no letter yet.
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    /// The node that follows with each letter.
    next: BTreeMap<u8, usize>,
    /// The slots of every word that begins like this.
    open: Vec<u32>,
    /// The slots of the word that ends here.
    whole: Vec<u32>,
}

impl Tree {
    fn new() -> Self {
        Tree {
            nodes: vec![Node::default()],
        }
    }

    fn add(&mut self, letters: impl Iterator<Item = u8>, is_open: bool, slots: &[u32]) {
        let mut at = 0;
        for letter in letters.filter_map(letter) {
            at = self.follow(at, letter);
        }
        if let Some(node) = self.nodes.get_mut(at) {
            let list = if is_open {
                &mut node.open
            } else {
                &mut node.whole
            };
            list.extend_from_slice(slots);
        }
    }

    fn follow(&mut self, at: usize, letter: u8) -> usize {
        let new = self.nodes.len();
        let next = self
            .nodes
            .get_mut(at)
            .map(|node| *node.next.entry(letter).or_insert(new));
        if next == Some(new) {
            self.nodes.push(Node::default());
        }
        next.unwrap_or_default()
    }

    /// The nodes, those that follow one node beside one another, each as five numbers: the letters that follow it, a bit each, in two;
    /// the place of the first node that follows; where its slots begin; and how many of them are of open words. Then all slots.
    fn write(&self, numbers: &mut Vec<u32>) {
        let (mut nodes, mut slots) = (Vec::new(), Vec::new());
        let mut first = 1;
        let mut to_come = VecDeque::from([0]);
        while let Some(node) = to_come.pop_front().and_then(|at| self.nodes.get(at)) {
            let letters = node
                .next
                .keys()
                .fold(0_u64, |bits, letter| bits | 1 << letter);
            let (low, high) = (letters as u32, (letters >> 32) as u32);
            nodes.extend([low, high, first, slots.len() as u32, node.open.len() as u32]);
            first += node.next.len() as u32;
            slots.extend_from_slice(&node.open);
            slots.extend_from_slice(&node.whole);
            to_come.extend(node.next.values());
        }
        // One more, so that the slots of the last node end.
        nodes.extend([0, 0, 0, slots.len() as u32, 0]);
        write(&nodes, numbers);
        write(&slots, numbers);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_a_table_are_named() {
        for (line, fault) in [
            ("en\tswelling\t@limb swollen", "no class"),
            ("en\tswelling\tswo-llen", "no word"),
            ("en\tswelling\t~3 swollen", "begins with a gap"),
            ("en\tswelling\t", "no word"),
        ] {
            let faults = index(&[("t", line)]).unwrap_err();
            assert!(faults[0].starts_with("t line 1: "), "{faults:?}");
            assert!(faults[0].contains(fault), "{faults:?}");
        }
    }
}
