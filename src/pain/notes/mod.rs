//! What a free-text note says: signs that rules ask about, what it did to running, and everyday trouble, in seven
//! languages.
//!
//! The words are data: `signs.tsv` says what phrases mean, `cancels.tsv` what takes the meaning away. All languages are
//! searched at once, and what denies a phrase is looked for in the phrase's own language.

mod find;
mod index;
mod judge;
mod lines;
// Of these two the build alone has need, and the tests.
#[cfg(test)]
mod making;
#[cfg(test)]
mod pattern;
mod table;
mod tokens;

use super::{Everyday, Function, Set, Sign};
use find::{Sightings, Text};
use table::{BOOK, Book, Meaning, Says, mark};
use tokens::Tokens;

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Note {
    /// Signs it mentions.
    pub signs: Set<Sign>,
    /// Pain, numbness, tingling or weakness is said of both legs or both feet.
    pub both_legs: bool,
    /// What it did to running, at most [`Function::MissedRun`]; [`Sign::NoWeight`] says the rest.
    pub function: Option<Function>,
    /// It began suddenly.
    pub sudden: bool,
    /// A painkiller was taken.
    pub painkiller: bool,
    /// Everyday trouble it names.
    pub everyday: Set<Everyday>,
}

/// Reads a note, whatever language it is in.
///
/// A phrase does not count when its clause denies it, says it of somebody else, of years ago, of what may come, or of a
/// story. A clause ends at a full stop, a semicolon, a line end or a "but", so that "no fever, but swelling" and
/// "No pain. Swelling" still count: a sign overlooked is worse than one too many.
pub(super) fn read_note(note: &str) -> Note {
    let tokens = Tokens::of(note);
    let sightings = find::find(&BOOK, &tokens, Text::Note);
    if sightings.phrases.is_empty() {
        return Note::default();
    }
    let reading = Reading {
        tokens: &tokens,
        sightings: &sightings,
    };
    let stands = judge::standing(&BOOK, &tokens, &sightings);
    let mut found = Meaning::default();
    for (phrase, _) in sightings
        .phrases
        .iter()
        .zip(stands)
        .filter(|(_, stands)| *stands)
    {
        let Some(Says::Means(meaning)) = BOOK.rows.get(phrase.row).map(|row| &row.says) else {
            continue;
        };
        let by_effort = meaning.short_of_breath && reading.is_beside(phrase, mark::EFFORT);
        add(meaning, by_effort, &mut found);
    }
    reading.weigh_together(&mut found);
    note_of(found)
}

/// Where a text says that something hurts, or names a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sore {
    /// The words that stand with it between commas.
    pub part: String,
    /// Those of the whole clause.
    pub clause: String,
    /// It is said to hurt.
    pub hurts: bool,
}

/// What a text says of pain and signs, one for each phrase that stands, by the rules of [`read_note`]. For texts that are about anything:
/// a row of a log is about pain before its note says a word.
pub(super) fn read_sores(text: &str) -> Vec<Sore> {
    let book = &BOOK;
    let tokens = Tokens::of(text);
    let sightings = find::find(book, &tokens, Text::Comment);
    let stands = judge::standing(book, &tokens, &sightings);
    let phrases = sightings.phrases.iter().zip(stands);
    let standing = phrases.filter(|(_, stands)| *stands);
    standing
        .filter_map(|(phrase, _)| sore(book, &tokens, phrase))
        .collect()
}

fn sore(book: &Book, tokens: &Tokens, phrase: &find::Found) -> Option<Sore> {
    let Says::Means(meaning) = &book.rows.get(phrase.row)?.says else {
        return None;
    };
    if !meaning.hurts && meaning.signs.is_empty() {
        return None;
    }
    let first = tokens.list.get(phrase.start)?;
    Some(Sore {
        part: tokens.words(|token| token.part == first.part),
        clause: tokens.words(|token| token.clause == first.clause),
        hurts: meaning.hurts,
    })
}

fn add(meaning: &Meaning, by_effort: bool, found: &mut Meaning) {
    found.signs.extend(meaning.signs);
    found.everyday.extend(meaning.everyday);
    found.function = found.function.max(meaning.function);
    found.both_legs |= meaning.both_legs;
    found.sudden |= meaning.sudden;
    found.painkiller |= meaning.painkiller;
    found.short_of_breath |= meaning.short_of_breath && !by_effort;
    found.out_of_breath |= meaning.out_of_breath || by_effort;
}

fn note_of(found: Meaning) -> Note {
    let Meaning {
        signs,
        everyday,
        function,
        both_legs,
        sudden,
        painkiller,
        ..
    } = found;
    Note {
        signs,
        both_legs,
        function,
        sudden,
        painkiller,
        everyday,
    }
}

/// A note with what stands in it.
struct Reading<'a> {
    tokens: &'a Tokens,
    sightings: &'a Sightings,
}

impl Reading<'_> {
    fn has(&self, number: u16) -> bool {
        judge::holds(&BOOK, self.tokens, self.sightings, number)
    }

    fn is_beside(&self, phrase: &find::Found, number: u16) -> bool {
        judge::is_beside(&BOOK, self.tokens, self.sightings, phrase, number)
    }

    /// What only the whole note tells: whether breath was lost at rest, whether toes woke up with looser laces, whether a
    /// faint came after the finish.
    fn weigh_together(&self, found: &mut Meaning) {
        if found.short_of_breath || (found.out_of_breath && self.is_worrying(found.signs)) {
            found.signs.insert(Sign::Breathless);
        }
        if found.signs.contains(&Sign::Collapse) && self.has(mark::FINISH) {
            replace(&mut found.signs, &[Sign::Collapse], Some(Sign::FaintAfter));
        }
        self.explain_numbness(found);
        if found.everyday.contains(&Everyday::Sunburn) {
            replace(&mut found.signs, &[Sign::Redness, Sign::Warmth], None);
        }
        let nerves = [Sign::Numbness, Sign::Tingling, Sign::Weakness];
        if found.everyday.contains(&Everyday::Soreness) && !found.signs.has_any(&nerves) {
            found.both_legs = false;
        }
        if self.has(mark::PUFFS) && !found.signs.contains(&Sign::InhalerFails) {
            replace(&mut found.signs, &[Sign::Wheeze, Sign::Breathless], None);
        }
    }

    /// Numb or cold toes that laces or cold explain, or that woke up again, are everyday.
    fn explain_numbness(&self, found: &mut Meaning) {
        let graver = found.both_legs || found.signs.contains(&Sign::SaddleNumbness);
        let signs = [Sign::Numbness, Sign::Tingling, Sign::ColdLimb];
        if graver || !found.signs.has_any(&signs) || self.has(mark::STILL) {
            return;
        }
        if self.has(mark::RELIEF) {
            replace(&mut found.signs, &signs, None);
            found.everyday.insert(Everyday::Laces);
        }
    }

    /// Whether being short of breath is more than an effort: it comes at rest, or with other signs.
    fn is_worrying(&self, signs: Set<Sign>) -> bool {
        const COMPANY: [Sign; 4] = [Sign::Swelling, Sign::Fever, Sign::ChestPain, Sign::Collapse];
        signs.has_any(&COMPANY) || self.has(mark::WORRY)
    }
}

fn replace(signs: &mut Set<Sign>, old: &[Sign], new: Option<Sign>) {
    signs.remove_all(old.into());
    signs.extend(new);
}

#[cfg(test)]
mod tests;
