//! The vocabulary: every word of the log, the words people write instead in seven languages, and how both are matched.

mod answers;
mod feelings;
mod memo;
mod moments;
mod places;
mod sides;
mod sites;

use super::{Function, Moment, Movement, Onset, PainType, Side, Sign, Site, Spread, Word};
use answers::{
    EXTENT, MORE_EXTENT, MORE_PARTICIPATION, MORE_RATINGS, MORE_RATINGS_OSTRC, OSTRC_PAIN,
    PARTICIPATION, RATINGS, YES_NO,
};
use feelings::{FUNCTIONS, MOVEMENTS, ONSETS, SIGNS, SPREADS, TYPES};
use moments::MOMENTS;
use places::{Around, PlaceReader};
use std::{collections::BTreeMap, sync::LazyLock};

pub(super) use crate::text::fold::fold_joined as fold;
pub(super) use answers::{names_a_painkiller, number_word, ostrc_by_key_words, rating_in_words};
pub(super) use memo::Memo;
pub(super) use places::{EXERCISES, NamedPlace, WAYS_HOME, likely_site};
pub(super) use sides::LEFT_LETTERS;

/// Words of one column: lower case, without accents, hyphens, underscores and double blanks on both sides.
#[derive(Debug)]
pub(super) struct Words<T> {
    by_word: BTreeMap<String, T>,
    /// The words of the page, for messages.
    pub accepted: String,
}

impl<T: Copy> Words<T> {
    fn new(page: impl Iterator<Item = (T, &'static str)>, synonyms: &[(T, &str)]) -> Self {
        let page: Vec<(T, &str)> = page.collect();
        let by_word: BTreeMap<String, T> = page
            .iter()
            .map(|(meaning, id)| (fold(id), *meaning))
            .collect();
        let accepted: Vec<&str> = page.iter().map(|(_, id)| *id).collect();
        let mut words = Words {
            by_word,
            accepted: accepted.join(", "),
        };
        synonyms
            .iter()
            .for_each(|(meaning, list)| words.add(*meaning, list));
        words
    }

    fn add(&mut self, meaning: T, words: &str) {
        self.by_word
            .extend(words.split('|').map(|word| (fold(word), meaning)));
    }

    /// The meaning of a cell that stands in the table as it is written. None may still be a word.
    pub(super) fn by_cell(&self, cell: &str) -> Option<T> {
        self.by_word.get(cell).copied()
    }

    /// The meaning of a cell as written: most cells need no folding, and looking first is much faster.
    pub(super) fn get_cell(&self, cell: &str) -> Option<T> {
        self.by_word
            .get(cell)
            .copied()
            .or_else(|| self.get(&fold(cell)))
    }

    /// The meaning of a folded word, also in the plural.
    pub(super) fn get(&self, folded: &str) -> Option<T> {
        let singular = || {
            folded
                .strip_suffix('s')
                .and_then(|word| self.by_word.get(word))
        };
        self.by_word.get(folded).or_else(singular).copied()
    }
}

impl<T: Copy + Ord> Words<T> {
    /// The meanings of a cell that may hold several words, in the order of the page without doubles, and the words
    /// that mean nothing here. Words are separated by `;`, `,`, `/`, `+`, `|`, `&`, line ends or "and".
    pub(super) fn list(&self, cell: &str) -> (Vec<T>, Vec<String>) {
        let (mut meanings, mut unknown) = (Vec::new(), Vec::new());
        for part in cell.split([';', ',', '/', '+', '|', '&', '\n']) {
            match self.by_word.get(part) {
                Some(meaning) => meanings.push(*meaning),
                None => match self.phrase(&fold(part)) {
                    Some(found) => meanings.extend(found),
                    None => unknown.push(part.trim().to_string()),
                },
            }
        }
        meanings.sort_unstable();
        meanings.dedup();
        (meanings, unknown)
    }

    /// A phrase that is one word of the list (`pins and needles`), several (`dull ache`, `hot and puffy`), or blank.
    fn phrase(&self, folded: &str) -> Option<Vec<T>> {
        if is_unknown(folded) || is_nothing(folded) {
            return Some(Vec::new());
        }
        if let Some(meaning) = self.get(folded) {
            return Some(vec![meaning]);
        }
        let words: Vec<&str> = folded.split(' ').collect();
        let parts = words.split(|word| matches!(*word, "and" | "und" | "et" | "y" | "e" | "en"));
        parts
            .map(|part| self.one_or_each(&part.join(" ")))
            .collect::<Option<Vec<_>>>()
            .map(|m| m.concat())
    }

    fn one_or_each(&self, part: &str) -> Option<Vec<T>> {
        match self.get(part) {
            Some(meaning) => Some(vec![meaning]),
            None => part.split(' ').map(|word| self.get(word)).collect(),
        }
    }
}

/// Every column's words.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub moments: Words<Moment>,
    pub sites: Words<Site>,
    pub sides: Words<Side>,
    pub types: Words<PainType>,
    pub spreads: Words<Spread>,
    pub onsets: Words<Onset>,
    pub movements: Words<Movement>,
    pub functions: Words<Function>,
    pub signs: Words<Sign>,
    pub ratings: Words<u8>,
    pub yes_no: Words<bool>,
    /// The four OSTRC-O2 questions, each word with its score.
    pub ostrc: [Words<u8>; 4],
    around: Around,
}

impl Vocabulary {
    /// The one vocabulary: the tables below, folded, put together when the first log is read.
    pub(super) fn shared() -> &'static Vocabulary {
        static SHARED: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);
        &SHARED
    }

    fn new() -> Self {
        Vocabulary {
            moments: named(Moment::ALL, Moment::as_str, MOMENTS),
            sites: places::sites(),
            sides: places::sides(),
            around: Around::new(),
            types: named(PainType::ALL, PainType::as_str, TYPES),
            spreads: named(Spread::ALL, Spread::as_str, SPREADS),
            onsets: named(Onset::ALL, Onset::as_str, ONSETS),
            movements: named(Movement::ALL, Movement::as_str, MOVEMENTS),
            functions: named(Function::ALL, Function::as_str, FUNCTIONS),
            signs: named(Sign::ALL, Sign::as_str, SIGNS),
            ratings: scored(RATINGS, MORE_RATINGS),
            yes_no: Words::new([(true, "yes"), (false, "no")].into_iter(), YES_NO),
            ostrc: [
                scored(PARTICIPATION, MORE_PARTICIPATION),
                scored(EXTENT, MORE_EXTENT),
                scored(EXTENT, MORE_EXTENT),
                scored(OSTRC_PAIN, MORE_RATINGS_OSTRC),
            ],
        }
    }

    /// The places that a site cell names, in its order, each once, with their sides (see [`places::PlaceReader::read`]).
    pub(super) fn places(&self, cell: &str) -> Vec<NamedPlace> {
        PlaceReader {
            sites: &self.sites,
            sides: &self.sides,
            around: &self.around,
        }
        .read(cell)
    }

    /// The first of [`Vocabulary::places`]; a place without a word when there is none.
    pub(super) fn place(&self, cell: &str) -> NamedPlace {
        let none = NamedPlace {
            site: Site::Other(Word::NONE),
            side: None,
            is_known: false,
        };
        self.places(cell).first().copied().unwrap_or(none)
    }
}

/// The words of the page for each meaning, and those that people use.
fn named<T: Copy>(
    all: &'static [T],
    word: fn(T) -> &'static str,
    synonyms: &[(T, &str)],
) -> Words<T> {
    Words::new(
        all.iter().map(|meaning| (*meaning, word(*meaning))),
        synonyms,
    )
}

/// The same for meanings that are numbers.
fn scored(page: &'static [(u8, &'static str)], synonyms: &[(u8, &str)]) -> Words<u8> {
    Words::new(page.iter().copied(), synonyms)
}

/// Whether a folded cell says "I do not know": blank, dashes and question marks (which fold to nothing), or words.
pub(super) fn is_unknown(folded: &str) -> bool {
    matches!(
        folded,
        "" | "n a" | "na" | "unknown" | "null" | "not rated" | "not logged"
    )
}

/// Whether a folded cell of a list says that there is nothing.
fn is_nothing(folded: &str) -> bool {
    const NOTHING: &str = "none|no|nothing|0|nil|keine|keiner|kein|nichts|nein|aucun|aucune|rien|non|ras|ninguno|\
        ninguna|nada|\
        nessuno|nessuna|niente|nenhum|nenhuma|nao|geen|niets|nee";
    NOTHING.split('|').any(|word| word == folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Copy + Ord + std::fmt::Debug>(
        words: &Words<T>,
        cell: &str,
        meanings: &[T],
        unknown: &[&str],
    ) {
        let (found, left) = words.list(cell);
        assert_eq!(found, meanings, "{cell:?}");
        assert_eq!(left, unknown, "{cell:?}");
    }

    #[test]
    fn every_word_of_the_page_means_itself() {
        let words = Vocabulary::shared();
        Moment::ALL
            .iter()
            .for_each(|w| assert_eq!(words.moments.get(&fold(w.as_str())), Some(*w)));
        Site::ALL
            .iter()
            .for_each(|w| assert_eq!(words.sites.get(&fold(w.as_str())), Some(*w)));
        Side::ALL
            .iter()
            .for_each(|w| assert_eq!(words.sides.get(&fold(w.as_str())), Some(*w)));
        PainType::ALL
            .iter()
            .for_each(|w| assert_eq!(words.types.get(&fold(w.as_str())), Some(*w)));
        Spread::ALL
            .iter()
            .for_each(|w| assert_eq!(words.spreads.get(&fold(w.as_str())), Some(*w)));
        Onset::ALL
            .iter()
            .for_each(|w| assert_eq!(words.onsets.get(&fold(w.as_str())), Some(*w)));
        Movement::ALL
            .iter()
            .for_each(|w| assert_eq!(words.movements.get(&fold(w.as_str())), Some(*w)));
        Function::ALL
            .iter()
            .for_each(|w| assert_eq!(words.functions.get(&fold(w.as_str())), Some(*w)));
        Sign::ALL
            .iter()
            .for_each(|w| assert_eq!(words.signs.get(&fold(w.as_str())), Some(*w)));
    }

    /// No synonym may stand in two rows of one table: the later would win unseen.
    #[test]
    fn no_synonym_has_two_meanings() {
        fn once<T: Copy + PartialEq + std::fmt::Debug>(synonyms: &[(T, &str)], words: &Words<T>) {
            for (meaning, list) in synonyms {
                for word in list.split('|') {
                    assert_eq!(words.by_word.get(&fold(word)), Some(meaning), "{word}");
                }
            }
        }
        let words = Vocabulary::shared();
        once(MOMENTS, &words.moments);
        once(sites::SITES, &words.sites);
        once(sides::SIDES, &words.sides);
        once(TYPES, &words.types);
        once(SPREADS, &words.spreads);
        once(ONSETS, &words.onsets);
        once(MOVEMENTS, &words.movements);
        once(FUNCTIONS, &words.functions);
        once(SIGNS, &words.signs);
        once(MORE_RATINGS, &words.ratings);
        once(YES_NO, &words.yes_no);
        once(MORE_PARTICIPATION, &words.ostrc[0]);
        once(MORE_EXTENT, &words.ostrc[1]);
        once(MORE_RATINGS_OSTRC, &words.ostrc[3]);
    }

    #[test]
    fn synonyms_of_the_page() {
        let words = Vocabulary::shared();
        for (word, moment) in [
            ("during run", Moment::During),
            ("post", Moment::After),
            ("Post-Run", Moment::After),
            ("next day", Moment::Morning),
            ("AM", Moment::Morning),
            ("wake-up", Moment::Morning),
        ] {
            assert_eq!(words.moments.get(&fold(word)), Some(moment), "{word}");
        }
        check(
            &words.types,
            "achy; niggle;twinge",
            &[PainType::Ache, PainType::Sharp],
            &[],
        );
        check(&words.types, "pins and needles", &[PainType::Tingling], &[]);
        check(
            &words.types,
            "Stiff and sore, dull ache",
            &[
                PainType::Dull,
                PainType::Ache,
                PainType::Sore,
                PainType::Stiff,
            ],
            &[],
        );
        check(
            &words.types,
            "sharp/blue+numb",
            &[PainType::Sharp, PainType::Numb],
            &["blue"],
        );
        check(
            &words.signs,
            "puffy;hot;pins",
            &[Sign::Swelling, Sign::Warmth, Sign::Tingling],
            &[],
        );
        check(&words.signs, "none", &[], &[]);
        check(
            &words.signs,
            "Swellings | green",
            &[Sign::Swelling],
            &["green"],
        );
        check(&words.spreads, "pinpoint", &[Spread::Spot], &[]);
        check(&words.spreads, "Localised", &[Spread::Spot], &[]);
        check(&words.spreads, "widespread", &[Spread::General], &[]);
        check(&words.spreads, "all over", &[Spread::General], &[]);
        check(&words.movements, "warms up", &[Movement::Better], &[]);
        check(
            &words.movements,
            "worse when running",
            &[Movement::Worse],
            &[],
        );
        check(&words.functions, "limp", &[Function::ChangedForm], &[]);
        check(&words.functions, "had to walk", &[Function::CutShort], &[]);
        check(
            &words.functions,
            "limping; can't bear weight",
            &[Function::ChangedForm, Function::CannotBearWeight],
            &[],
        );
        check(&words.onsets, "next-day", &[Onset::NextDay], &[]);
    }

    #[test]
    fn scores_and_painkillers() {
        let words = Vocabulary::shared();
        for (question, cell, score) in [
            (0, "full without problems", 0),
            (0, "Full, with problems", 8),
            (0, "reduced participation", 17),
            (0, "could not participate", 25),
            (1, "not", 0),
            (1, "minor", 8),
            (2, "to a moderate extent", 17),
            (2, "major", 25),
            (3, "mild", 8),
            (3, "severe", 25),
        ] {
            assert_eq!(
                words.ostrc[question].get(&fold(cell)),
                Some(score),
                "{cell}"
            );
        }
        for (cell, taken) in [
            ("ibuprofen 400mg", true),
            ("2x Paracetamol", true),
            ("no ibuprofen", false),
            ("tea", false),
        ] {
            assert_eq!(names_a_painkiller(&fold(cell)), taken, "{cell}");
        }
    }
}
