//! The tables of phrases, read once: `signs.tsv` says what phrases mean, `cancels.tsv` what takes the meaning away.

use super::{
    Everyday, Function, Set, Sign,
    pattern::{self, Step},
    tokens::fold,
    trie::{Entry, Trie},
};
use crate::digest::Digest;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// The languages of the tables, as the first column names them.
pub(super) const LANGUAGES: &[&str] = &["en", "de", "fr", "es", "it", "pt", "nl"];

/// The tables as they are in the repository.
pub(super) const TABLES: &[(&str, &str)] = &[
    ("signs.tsv", include_str!("signs.tsv")),
    ("cancels.tsv", include_str!("cancels.tsv")),
    (PAINS, include_str!("pains.tsv")),
];

/// Words for pain itself, which a row of a log has in its columns and a comment only in its words.
pub(super) const PAINS: &str = "pains.tsv";

/// The tables, ready to search.
pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::of(TABLES));

/// Marks with a rule of their own in `judge.rs` or `mod.rs`. Every other mark serves conditions of rows.
pub(super) mod mark {
    /// Names in the order of the numbers below.
    pub(crate) const NAMES: &[&str] = &[
        "no", "around", "after", "stop", "but", "or", "link", "other", "with", "who", "self",
        "says", "past", "now", "if", "story", "asked", "effort", "worry", "relief", "still",
        "finish", "cold", "puffs",
    ];
    pub(crate) const NO: u16 = 0;
    pub(crate) const AROUND: u16 = 1;
    pub(crate) const AFTER: u16 = 2;
    pub(crate) const STOP: u16 = 3;
    pub(crate) const BUT: u16 = 4;
    pub(crate) const OR: u16 = 5;
    pub(crate) const LINK: u16 = 6;
    pub(crate) const OTHER: u16 = 7;
    pub(crate) const WITH: u16 = 8;
    pub(crate) const WHO: u16 = 9;
    pub(crate) const SELF: u16 = 10;
    pub(crate) const SAYS: u16 = 11;
    pub(crate) const PAST: u16 = 12;
    pub(crate) const NOW: u16 = 13;
    pub(crate) const IF: u16 = 14;
    pub(crate) const STORY: u16 = 15;
    pub(crate) const ASKED: u16 = 16;
    /// The last mark that takes something away.
    pub(crate) const LAST_TAKING: u16 = ASKED;
    pub(crate) const EFFORT: u16 = 17;
    pub(crate) const WORRY: u16 = 18;
    pub(crate) const RELIEF: u16 = 19;
    pub(crate) const STILL: u16 = 20;
    pub(crate) const FINISH: u16 = 21;
    pub(crate) const PUFFS: u16 = 23;
}

/// What a phrase says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Meaning {
    pub signs: Set<Sign>,
    pub everyday: Set<Everyday>,
    pub function: Option<Function>,
    pub both_legs: bool,
    pub sudden: bool,
    pub painkiller: bool,
    /// Something hurts, whatever it is.
    pub hurts: bool,
    /// Short of breath: [`Sign::Breathless`] unless it is from an effort.
    pub short_of_breath: bool,
    /// Runners write it every day: [`Sign::Breathless`] only in worrying company.
    pub out_of_breath: bool,
}

/// What a row of a table is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Says {
    /// A meaning; none of it (`item`) is a word that may stand in a list of denied signs.
    Means(Meaning),
    /// The words are none of the signs that they look like.
    Harmless,
    /// The words deny nothing, though they look like it.
    Neutral,
    /// A mark, by its number.
    Mark(u16),
}

/// When a phrase counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    /// Not beside this mark in its clause.
    Unless(u16),
    /// Not in a note with this mark.
    UnlessInNote(u16),
    /// Only beside this mark in its clause.
    Needs(u16),
    /// Only in a note with this mark.
    NeedsInNote(u16),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Place in [`LANGUAGES`].
    pub language: u8,
    pub says: Says,
    /// Its words mean nothing else.
    pub only: bool,
    /// The runner speaks of herself: nobody named before takes it away.
    pub is_own: bool,
    /// It matters however long ago it began: years ago does not take it away.
    pub is_lasting: bool,
    /// It is of [`PAINS`]: a row of a log is about pain before its note says a word.
    pub is_for_comments: bool,
    /// How many words a denial reaches.
    pub reach: u32,
    pub conditions: Vec<Condition>,
    /// A sentence that it is tried with.
    pub example: &'static str,
}

/// A step of a pattern with its words as a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    Word(u16),
    Maybe(u16),
    Gap(usize, bool),
    Start,
    End,
}

/// A pattern and its row.
#[derive(Debug)]
pub(super) struct Pattern {
    pub row: usize,
    pub links: Vec<Link>,
}

/// Both tables, searchable.
#[derive(Debug)]
pub(super) struct Book {
    pub rows: Vec<Row>,
    pub patterns: Vec<Pattern>,
    /// Patterns by the slot of their first word.
    pub starts: Vec<Vec<usize>>,
    /// What is wrong with a table: its name, line and fault. A row with a fault is left out.
    pub faults: Vec<String>,
    /// By a slot, the slots that hold it as a class.
    holders: Vec<Vec<u16>>,
    forward: Trie,
    backward: Trie,
    /// Slots that hold `#`, `#fever` and `#year`.
    digits: [Vec<u16>; 3],
}

/// Sets of words while the tables are read: each set has a number, its slot. A set that holds a class does not repeat its words: most
/// sets hold one, and most classes have hundreds of words.
#[derive(Debug, Default)]
struct Slots {
    /// Slots by the text of a table's cell and its language. The digest comes first, because many long texts begin alike.
    texts: BTreeMap<(Digest, &'static str, &'static str), u16>,
    /// By a slot, the slots that hold it as a class.
    holders: Vec<Vec<u16>>,
    forward: Vec<Entry>,
    backward: Vec<Entry>,
    /// Slots that hold `#`, `#fever` and `#year`.
    digits: [Vec<u16>; 3],
}

const NUMBERS: [&str; 3] = ["#", "#fever", "#year"];

impl Book {
    fn of(tables: &[(&'static str, &'static str)]) -> Self {
        let mut slots = Slots::default();
        let mut book = Book::without_words();
        let tables = tables.iter();
        let lines: Vec<Line> = tables
            .flat_map(|(name, text)| cells_of(name, text))
            .collect();
        let (names, classes) = (names_of_marks(&lines), classes_of(&lines));
        let rows = lines
            .iter()
            .filter(|line| !line.says().starts_with("class "));
        for line in rows {
            if let Err(fault) = book.add(line, &names, &classes, &mut slots) {
                let (table, number) = line.place;
                book.faults.push(format!("{table} line {number}: {fault}"));
            }
        }
        (book.holders, book.digits) = (slots.holders, slots.digits);
        (book.forward, book.backward) = (Trie::of(slots.forward), Trie::of(slots.backward));
        book
    }

    fn without_words() -> Self {
        Book {
            rows: Vec::new(),
            patterns: Vec::new(),
            starts: Vec::new(),
            faults: Vec::new(),
            holders: Vec::new(),
            forward: Trie::of(Vec::new()),
            backward: Trie::of(Vec::new()),
            digits: Default::default(),
        }
    }

    /// A pattern begins with the words of a slot.
    fn start(&mut self, slot: u16, pattern: usize) {
        let at = usize::from(slot);
        let length = self.starts.len().max(at + 1);
        self.starts.resize_with(length, Vec::new);
        if let Some(starts) = self.starts.get_mut(at) {
            starts.push(pattern);
        }
    }

    fn add(
        &mut self,
        line: &Line,
        names: &[String],
        classes: &Classes,
        slots: &mut Slots,
    ) -> Result<(), String> {
        let row = row_of(line, names)?;
        for steps in pattern::parse(line.cell(2))? {
            let links = steps
                .iter()
                .map(|step| slots.link(step, line.cell(0), classes))
                .collect::<Result<Vec<_>, _>>()?;
            let first = first_word(&links).ok_or("begins with a gap")?;
            self.start(first, self.patterns.len());
            let row = self.rows.len();
            self.patterns.push(Pattern { row, links });
        }
        self.rows.push(row);
        Ok(())
    }

    /// How many slots there are.
    pub(super) fn slot_count(&self) -> usize {
        self.holders.len()
    }

    /// The slots of a folded word, in order.
    pub(super) fn slots_of(&self, word: &str, found: &mut Vec<u16>) {
        let from = found.len();
        self.forward.find(word.bytes(), found);
        self.backward.find(word.bytes().rev(), found);
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            for (kind, slots) in NUMBERS.iter().zip(&self.digits) {
                found.extend(slots.iter().filter(|_| is_number(kind, word)));
            }
        }
        self.add_holders(from, found);
        if let Some(new) = found.get_mut(from..) {
            new.sort_unstable();
        }
    }

    /// Puts behind the slots from here on those that hold them, and those that hold these.
    fn add_holders(&self, from: usize, found: &mut Vec<u16>) {
        let mut at = from;
        while let Some(slot) = found.get(at) {
            let holders = self.holders.get(usize::from(*slot));
            found.extend_from_slice(holders.map_or(&[][..], Vec::as_slice));
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

impl Slots {
    fn link(
        &mut self,
        step: &Step<'static>,
        language: &'static str,
        classes: &Classes,
    ) -> Result<Link, String> {
        Ok(match step {
            Step::Word(text) => Link::Word(self.slot(text, language, classes)?),
            Step::Maybe(text) => Link::Maybe(self.slot(text, language, classes)?),
            Step::Gap(words, commas) => Link::Gap(*words, *commas),
            Step::Start => Link::Start,
            Step::End => Link::End,
        })
    }

    fn slot(
        &mut self,
        text: &'static str,
        language: &'static str,
        classes: &Classes,
    ) -> Result<u16, String> {
        // Only a class means other words in another language.
        let language_key = if text.contains('@') { language } else { "" };
        let text_key = (Digest::of_bytes(text.as_bytes()), language_key, text);
        if let Some(slot) = self.texts.get(&text_key) {
            return Ok(*slot);
        }
        let set = set_of(text)?;
        let held = set.classes.iter();
        let held = held.map(|class| self.slots_of_class(class, language, classes));
        let held: Vec<Vec<u16>> = held.collect::<Result<_, _>>()?;
        let slot = u16::try_from(self.holders.len()).map_err(|_| "too many sets of words")?;
        self.holders.push(Vec::new());
        for class in held.into_iter().flatten() {
            if let Some(holders) = self.holders.get_mut(usize::from(class)) {
                holders.push(slot);
            }
        }
        set.words.iter().for_each(|word| self.add(word, slot));
        self.texts.insert(text_key, slot);
        Ok(slot)
    }

    /// The slots of a class, one a line of it.
    fn slots_of_class(
        &mut self,
        class: &str,
        language: &'static str,
        classes: &Classes,
    ) -> Result<Vec<u16>, String> {
        let texts = classes.get(&(language, class));
        let texts = texts.ok_or_else(|| format!("no class {:?}", format!("@{class}")))?;
        let slots = texts.iter().map(|text| self.slot(text, language, classes));
        slots.collect()
    }

    fn add(&mut self, word: &str, slot: u16) {
        if let Some(kind) = NUMBERS.iter().position(|kind| *kind == word) {
            if let Some(slots) = self.digits.get_mut(kind) {
                slots.push(slot);
            }
        } else if let Some(end) = word.strip_prefix('*') {
            self.backward
                .push(Entry::new(end.bytes().rev(), true, slot));
        } else {
            let whole = word.strip_suffix('*');
            self.forward.push(Entry::new(
                whole.unwrap_or(word).bytes(),
                whole.is_some(),
                slot,
            ));
        }
    }
}

/// Texts of words by language and name of their class, which may stand in several lines.
type Classes = BTreeMap<(&'static str, &'static str), Vec<&'static str>>;

fn classes_of(lines: &[Line]) -> Classes {
    let mut classes = Classes::new();
    for line in lines {
        if let Some(name) = line.says().strip_prefix("class ") {
            let class = classes.entry((line.cell(0), name)).or_default();
            class.push(line.cell(2));
        }
    }
    classes
}

/// The names of all marks, each once; those with a rule of their own come first.
fn names_of_marks(lines: &[Line]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let names = marks_met(lines).filter(|name| seen.insert(*name));
    names.map(str::to_string).collect()
}

/// The names of marks with a rule of their own, and behind them those of each line.
fn marks_met(lines: &[Line]) -> impl Iterator<Item = &'static str> {
    let others = lines
        .iter()
        .filter_map(|line| line.says().strip_prefix("mark "));
    mark::NAMES.iter().copied().chain(others)
}

fn first_word(links: &[Link]) -> Option<u16> {
    match links.iter().find(|link| **link != Link::Start)? {
        Link::Word(first) => Some(*first),
        _ => None,
    }
}

/// A folded word: most stand in the tables as they are.
type Word = Cow<'static, str>;

/// What `a|b|@class` holds.
#[derive(Default)]
struct WordSet {
    /// Folded.
    words: Vec<Word>,
    classes: Vec<&'static str>,
}

fn set_of(text: &'static str) -> Result<WordSet, String> {
    let mut set = WordSet::default();
    let each = text.split('|').map(str::trim);
    for word in each.filter(|word| !word.is_empty()) {
        match word.strip_prefix('@') {
            Some(class) => set.classes.push(class),
            None if is_word(word) => set.words.push(Cow::Borrowed(word)),
            None => set
                .words
                .extend(without_accents(word)?.into_iter().map(Cow::Owned)),
        }
    }
    match set.words.is_empty() && set.classes.is_empty() {
        true => Err(format!("no words in {text:?}")),
        false => Ok(set),
    }
}

/// A word in each of its spellings, which all must be words.
fn without_accents(word: &str) -> Result<Vec<String>, String> {
    let plain = spellings(word);
    match plain.iter().all(|word| is_word(word)) {
        true => Ok(plain),
        false => Err(format!("no word: {word:?}")),
    }
}

/// "Knöchel" is also typed as "Knoechel" and "Knochel", "año" also as "ano".
fn spellings(word: &str) -> Vec<String> {
    let mut plain = vec![fold(word)];
    if word.contains(['ä', 'ö', 'ü']) {
        let umlauts = word.replace('ä', "ae").replace('ö', "oe");
        plain.push(fold(&umlauts.replace('ü', "ue")));
    }
    if word.contains('ñ') {
        plain.push(fold(&word.replace('ñ', "n")));
    }
    plain
}

/// Letters, digits and a point, open at the beginning or the end.
fn is_word(word: &str) -> bool {
    let letters = word.trim_start_matches('*').trim_end_matches('*');
    let is_letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.';
    NUMBERS.contains(&word) || (!letters.is_empty() && letters.bytes().all(is_letter))
}

/// A line of a table that is a row.
struct Line {
    /// The table's name and the number of the line.
    place: (&'static str, usize),
    cells: Vec<&'static str>,
}

impl Line {
    fn cell(&self, index: usize) -> &'static str {
        self.cells.get(index).copied().unwrap_or_default().trim()
    }

    fn says(&self) -> &'static str {
        self.cell(1)
    }
}

fn cells_of(name: &'static str, text: &'static str) -> Vec<Line> {
    let is_row = |line: &str| !line.trim().is_empty() && !line.starts_with('#');
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| is_row(line))
        .map(|(at, line)| Line {
            place: (name, at + 1),
            cells: line.split('\t').collect(),
        })
        .collect()
}

fn row_of(line: &Line, names: &[String]) -> Result<Row, String> {
    let language = language_of(line.cell(0))?;
    let (says, only) = match line.says().strip_suffix('!') {
        Some(says) => (says, true),
        None => (line.says(), false),
    };
    let mut row = Row {
        language,
        says: says_of(says, names)?,
        only: only || matches!(says, "harmless" | "neutral"),
        is_own: false,
        is_lasting: false,
        is_for_comments: line.place.0 == PAINS,
        reach: 3,
        conditions: Vec::new(),
        example: line.cell(4),
    };
    for word in line.cell(3).split_whitespace() {
        row.restrict(word, names)?;
    }
    Ok(row)
}

fn language_of(name: &str) -> Result<u8, String> {
    let at = LANGUAGES.iter().position(|language| *language == name);
    at.and_then(|at| u8::try_from(at).ok())
        .ok_or_else(|| format!("no language {name:?}"))
}

impl Row {
    fn restrict(&mut self, word: &str, names: &[String]) -> Result<(), String> {
        match word {
            "me" => self.is_own = true,
            "ever" => self.is_lasting = true,
            word => match word.strip_prefix("reach=") {
                Some(reach) => {
                    self.reach = reach.parse().map_err(|_| format!("no reach: {word:?}"))?;
                }
                None => self.conditions.push(condition_of(word, names)?),
            },
        }
        Ok(())
    }
}

fn condition_of(word: &str, names: &[String]) -> Result<Condition, String> {
    /// A condition on a mark.
    type Kind = fn(u16) -> Condition;
    let kinds: [(&str, Kind); 4] = [
        ("!!", Condition::UnlessInNote),
        ("!", Condition::Unless),
        ("++", Condition::NeedsInNote),
        ("+", Condition::Needs),
    ];
    let found = kinds
        .iter()
        .find_map(|(prefix, kind)| Some((word.strip_prefix(prefix)?, kind)));
    let (name, kind) = found.ok_or_else(|| format!("no condition: {word:?}"))?;
    mark_of(name, names).map(kind)
}

fn mark_of(name: &str, names: &[String]) -> Result<u16, String> {
    let number = names
        .iter()
        .position(|known| known == name)
        .and_then(|at| u16::try_from(at).ok());
    number.ok_or_else(|| format!("no mark {name:?}"))
}

fn says_of(says: &str, names: &[String]) -> Result<Says, String> {
    match (says, says.strip_prefix("mark ")) {
        (_, Some(name)) => mark_of(name, names).map(Says::Mark),
        ("harmless", _) => Ok(Says::Harmless),
        ("neutral", _) => Ok(Says::Neutral),
        _ => meaning_of(says).map(Says::Means),
    }
}

fn meaning_of(says: &str) -> Result<Meaning, String> {
    let mut meaning = Meaning::default();
    for word in says.split('+') {
        match word {
            "item" => {}
            "both_legs" => meaning.both_legs = true,
            "sudden" => meaning.sudden = true,
            "painkiller" => meaning.painkiller = true,
            "hurts" => meaning.hurts = true,
            "short_of_breath" => meaning.short_of_breath = true,
            "out_of_breath" => meaning.out_of_breath = true,
            _ => add_word(word, &mut meaning).ok_or_else(|| format!("no meaning {word:?}"))?,
        }
    }
    Ok(meaning)
}

fn add_word(word: &str, meaning: &mut Meaning) -> Option<()> {
    let sign = Sign::ALL.iter().find(|sign| sign.as_str() == word);
    let mut everyday = Everyday::ALL.iter();
    let mut functions = Function::ALL.iter();
    if let Some(sign) = sign {
        meaning.signs.insert(*sign);
    } else if let Some(everyday) = everyday.find(|everyday| everyday.as_str() == word) {
        meaning.everyday.insert(*everyday);
    } else {
        meaning.function = Some(*functions.find(|function| function.as_str() == word)?);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_a_table_are_named() {
        for (line, fault) in [
            ("xx\tswelling\tswollen", "no language"),
            ("en\tswolen\tswollen", "no meaning"),
            ("en\tswelling\t@limb swollen", "no class"),
            ("en\tswelling\tswo-llen", "no word"),
            ("en\tswelling\tswollen\t!water", "no mark"),
            ("en\tswelling\tswollen\twater", "no condition"),
            ("en\tswelling\t~3 swollen", "begins with a gap"),
        ] {
            let book = Book::of(&[("t", line)]);
            assert!(
                book.rows.is_empty() && book.faults[0].starts_with("t line 1: "),
                "{line}"
            );
            assert!(book.faults[0].contains(fault), "{:?}", book.faults);
        }
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
}
