//! The rows of the tables of phrases, read once: what each says, and when it counts.

use super::{
    Everyday, Function, Set, Sign,
    index::Index,
    lines::{Line, PAINS, TABLES, lines_of},
};
use std::{collections::BTreeMap, sync::LazyLock};

/// The languages of the tables, as the first column names them.
pub(super) const LANGUAGES: &[&str] = &["en", "de", "fr", "es", "it", "pt", "nl"];

/// The tables, ready to search.
pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::of(TABLES, INDEX));

/// The tables as `build.rs` made them searchable.
pub(super) const INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/notes.index"));

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

/// The tables, searchable.
#[derive(Debug)]
pub(super) struct Book {
    /// In the order of the tables; the index names them by their place. A row with a fault says nothing.
    pub rows: Vec<Row>,
    /// Where to look for them.
    pub index: Index<'static>,
}

impl Book {
    fn of(tables: &[(&'static str, &'static str)], index: &'static [u8]) -> Self {
        let lines = lines_of(tables);
        let marks = numbers_of_marks(&lines);
        let rows = lines.iter().filter(|line| line.class().is_none());
        let rows = rows.map(|line| {
            let row = row_of(line, &marks);
            row.unwrap_or_else(|_| Row::saying(Says::Neutral, line))
        });
        Book {
            rows: rows.collect(),
            index: Index::of(index),
        }
    }
}

/// What is wrong with rows: the table, line and fault of each.
#[cfg(test)]
pub(super) fn faults(tables: &[(&'static str, &'static str)]) -> Vec<String> {
    let lines = lines_of(tables);
    let marks = numbers_of_marks(&lines);
    let rows = lines.iter().filter(|line| line.class().is_none());
    let faults = rows.filter_map(|line| {
        let (table, number) = line.place;
        let fault = row_of(line, &marks).err()?;
        Some(format!("{table} line {number}: {fault}"))
    });
    faults.collect()
}

/// The numbers of all marks by name; those with a rule of their own come first.
type Marks = BTreeMap<&'static str, u16>;

fn numbers_of_marks(lines: &[Line]) -> Marks {
    let mut numbers = Marks::new();
    for name in marks_met(lines) {
        let next = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
        numbers.entry(name).or_insert(next);
    }
    numbers
}

/// The names of marks with a rule of their own, and behind them those of each line.
fn marks_met(lines: &[Line]) -> impl Iterator<Item = &'static str> {
    let others = lines
        .iter()
        .filter_map(|line| line.says().strip_prefix("mark "));
    mark::NAMES.iter().copied().chain(others)
}

fn row_of(line: &Line, marks: &Marks) -> Result<Row, String> {
    let language = language_of(line.cell(0))?;
    let (says, only) = match line.says().strip_suffix('!') {
        Some(says) => (says, true),
        None => (line.says(), false),
    };
    let mut row = Row {
        language,
        only: only || matches!(says, "harmless" | "neutral"),
        ..Row::saying(says_of(says, marks)?, line)
    };
    for word in line.cell(3).split_whitespace() {
        row.restrict(word, marks)?;
    }
    Ok(row)
}

fn language_of(name: &str) -> Result<u8, String> {
    let at = LANGUAGES.iter().position(|language| *language == name);
    at.and_then(|at| u8::try_from(at).ok())
        .ok_or_else(|| format!("no language {name:?}"))
}

impl Row {
    fn saying(says: Says, line: &Line) -> Self {
        Row {
            language: 0,
            says,
            only: false,
            is_own: false,
            is_lasting: false,
            is_for_comments: line.place.0 == PAINS,
            reach: 3,
            conditions: Vec::new(),
            example: line.cell(4),
        }
    }

    fn restrict(&mut self, word: &str, marks: &Marks) -> Result<(), String> {
        match word {
            "me" => self.is_own = true,
            "ever" => self.is_lasting = true,
            word => match word.strip_prefix("reach=") {
                Some(reach) => {
                    self.reach = reach.parse().map_err(|_| format!("no reach: {word:?}"))?;
                }
                None => self.conditions.push(condition_of(word, marks)?),
            },
        }
        Ok(())
    }
}

fn condition_of(word: &str, marks: &Marks) -> Result<Condition, String> {
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
    mark_of(name, marks).map(kind)
}

fn mark_of(name: &str, marks: &Marks) -> Result<u16, String> {
    let number = marks.get(name).copied();
    number.ok_or_else(|| format!("no mark {name:?}"))
}

fn says_of(says: &str, marks: &Marks) -> Result<Says, String> {
    match (says, says.strip_prefix("mark ")) {
        (_, Some(name)) => mark_of(name, marks).map(Says::Mark),
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
    match MEANINGS.get(word)? {
        Meant::Sign(sign) => {
            meaning.signs.insert(*sign);
        }
        Meant::Everyday(everyday) => {
            meaning.everyday.insert(*everyday);
        }
        Meant::Function(function) => meaning.function = Some(*function),
    }
    Some(())
}

/// What a name in the second column means.
enum Meant {
    Sign(Sign),
    Everyday(Everyday),
    Function(Function),
}

/// By name, a sign before anything else of that name.
static MEANINGS: LazyLock<BTreeMap<&str, Meant>> = LazyLock::new(|| {
    let functions = Function::ALL.iter();
    let functions = functions.map(|function| (function.as_str(), Meant::Function(*function)));
    let everyday = Everyday::ALL.iter();
    let everyday = everyday.map(|everyday| (everyday.as_str(), Meant::Everyday(*everyday)));
    let signs = Sign::ALL.iter();
    let signs = signs.map(|sign| (sign.as_str(), Meant::Sign(*sign)));
    functions.chain(everyday).chain(signs).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_a_row_are_named() {
        for (line, fault) in [
            ("xx\tswelling\tswollen", "no language"),
            ("en\tswolen\tswollen", "no meaning"),
            ("en\tswelling\tswollen\t!water", "no mark"),
            ("en\tswelling\tswollen\twater", "no condition"),
        ] {
            let tables = [("t", line)];
            assert_eq!(Book::of(&tables, &[]).rows[0].says, Says::Neutral, "{line}");
            let faults = faults(&tables);
            assert!(faults[0].starts_with("t line 1: "), "{faults:?}");
            assert!(faults[0].contains(fault), "{faults:?}");
        }
    }
}
