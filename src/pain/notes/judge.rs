//! What takes a phrase's meaning away: a denial, somebody else, the past, a plan, a story.

use super::{
    find::{Found, Sightings},
    table::{Book, Condition, Says, mark},
    tokens::Tokens,
};

/// How far around a phrase marks are looked at, in words: a note of one endless clause must not take long.
const CLAUSE_REACH: usize = 30;
/// How far an "or" may stand behind a phrase of a denied list.
const LIST_REACH: usize = 6;

/// The phrases of a note that say something about the runner, by their place in [`Sightings::phrases`].
pub(super) fn standing(book: &Book, tokens: &Tokens, sightings: &Sightings) -> Vec<bool> {
    let judge = Judge {
        book,
        tokens,
        sightings,
    };
    let denied = judge.denied();
    let falls = |(at, phrase): (usize, &Found)| {
        denied.get(at).copied().unwrap_or(true)
            || judge.falls(phrase)
            || judge.is_denied_elsewhere(at, phrase, &denied)
    };
    sightings
        .phrases
        .iter()
        .enumerate()
        .map(|place| !falls(place))
        .collect()
}

/// Whether a mark stands in a note and is not denied.
pub(super) fn holds(book: &Book, tokens: &Tokens, sightings: &Sightings, number: u16) -> bool {
    let judge = Judge {
        book,
        tokens,
        sightings,
    };
    sightings
        .marks
        .iter()
        .any(|found| judge.number(found) == Some(number) && !judge.is_denied(found))
}

/// Whether a mark stands in the clause of a phrase.
pub(super) fn is_beside(
    book: &Book,
    tokens: &Tokens,
    sightings: &Sightings,
    phrase: &Found,
    number: u16,
) -> bool {
    Judge {
        book,
        tokens,
        sightings,
    }
    .has_beside(phrase, number)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

struct Judge<'a> {
    book: &'a Book,
    tokens: &'a Tokens,
    sightings: &'a Sightings,
}

impl<'a> Judge<'a> {
    /// Which phrases are denied, alone or in a list.
    fn denied(&self) -> Vec<bool> {
        let phrases = &self.sightings.phrases;
        let mut before: Vec<bool> = phrases
            .iter()
            .map(|phrase| self.is_denied_before(phrase))
            .collect();
        for (at, phrase) in phrases.iter().enumerate() {
            if self.is_in_denied_list(at, phrase, &before, Side::Before) {
                before
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|denied| *denied = true);
            }
        }
        let mut behind: Vec<bool> = phrases
            .iter()
            .map(|phrase| self.is_denied_behind(phrase))
            .collect();
        for (at, phrase) in phrases.iter().enumerate().rev() {
            if self.is_in_denied_list(at, phrase, &behind, Side::After) {
                behind
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|denied| *denied = true);
            }
        }
        let within = phrases.iter().map(|phrase| self.is_denied_within(phrase));
        before
            .into_iter()
            .zip(behind)
            .zip(within)
            .map(|((a, b), c)| a || b || c)
            .collect()
    }

    fn number(&self, found: &Found) -> Option<u16> {
        match self.book.rows.get(found.row)?.says {
            Says::Mark(number) => Some(number),
            _ => None,
        }
    }

    fn language(&self, found: &Found) -> Option<u8> {
        self.book.rows.get(found.row).map(|row| row.language)
    }

    fn clause(&self, at: usize) -> Option<u32> {
        self.tokens.list.get(at).map(|token| token.clause)
    }

    fn part(&self, at: usize) -> Option<u32> {
        self.tokens.list.get(at).map(|token| token.part)
    }

    /// Marks of any clause near a phrase, in its language.
    fn near(&self, phrase: &Found) -> impl Iterator<Item = (u16, &'a Found)> + use<'a, '_> {
        let marks = &self.sightings.marks;
        let from = marks.partition_point(|found| found.start + CLAUSE_REACH < phrase.start);
        let (language, last) = (self.language(phrase), phrase.end + CLAUSE_REACH);
        let near = marks
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |found| found.start <= last);
        let same = near.filter(move |found| self.language(found) == language);
        same.filter_map(|found| Some((self.number(found)?, found)))
    }

    /// Marks of the phrase's clause. A "but" ends the clause on its side.
    fn beside(&self, phrase: &Found) -> Vec<(u16, &'a Found)> {
        let clause = self.clause(phrase.start);
        let all: Vec<_> = self
            .near(phrase)
            .filter(|(_, found)| self.clause(found.start) == clause)
            .collect();
        let buts = || {
            all.iter()
                .filter(|(number, found)| *number == mark::BUT && !phrase.names(found.start))
        };
        let left = buts()
            .map(|(_, found)| found.start)
            .filter(|at| *at < phrase.start)
            .max();
        let right = buts()
            .map(|(_, found)| found.start)
            .filter(|at| *at > phrase.end)
            .min();
        let inside = |found: &Found| {
            left.is_none_or(|at| found.start > at) && right.is_none_or(|at| found.start < at)
        };
        all.iter()
            .filter(|(_, found)| inside(found))
            .copied()
            .collect()
    }

    fn has_beside(&self, phrase: &Found, number: u16) -> bool {
        self.beside(phrase)
            .iter()
            .any(|(other, _)| *other == number)
    }

    fn is_denied(&self, phrase: &Found) -> bool {
        self.is_denied_before(phrase)
            || self.is_denied_within(phrase)
            || self.is_denied_behind(phrase)
    }

    /// "Not swollen".
    fn is_denied_before(&self, phrase: &Found) -> bool {
        let beside = self.beside(phrase);
        let stops = |from: usize| {
            let mut stops = beside.iter().filter(|(number, _)| *number == mark::STOP);
            stops.any(|(_, stop)| stop.start > from && stop.start < phrase.start)
        };
        let mut denials = beside
            .iter()
            .filter(|(number, found)| *number == mark::NO && found.end < phrase.start);
        denials.any(|(_, found)| self.reaches(found, phrase) && !stops(found.end))
    }

    /// "The knee is not swollen", "ne gonfle pas".
    fn is_denied_within(&self, phrase: &Found) -> bool {
        let denies = |(number, found): &(u16, &Found)| match *number {
            mark::NO => {
                found.start > phrase.start && found.end < phrase.end && !phrase.shares_a_word(found)
            }
            mark::AROUND => {
                found.start <= phrase.end && found.end >= phrase.start && !phrase.names(found.end)
            }
            _ => false,
        };
        self.beside(phrase).iter().any(denies)
    }

    fn reaches(&self, denial: &Found, phrase: &Found) -> bool {
        let reach = self
            .book
            .rows
            .get(denial.row)
            .map_or(0, |row| row.reach as usize);
        phrase.start - denial.end <= reach && self.part(denial.end) == self.part(phrase.start)
    }

    /// "Geschwollen ist es nicht", "swelling: none".
    fn is_denied_behind(&self, phrase: &Found) -> bool {
        self.near(phrase)
            .any(|(number, found)| number == mark::AFTER && found.start == phrase.end + 1)
    }

    /// Whether only the words of a list stand between this phrase and a denied one: "no swelling, redness or bruise".
    fn is_in_denied_list(&self, at: usize, phrase: &Found, denied: &[bool], side: Side) -> bool {
        let phrases = &self.sightings.phrases;
        let (from, to) = (
            at.saturating_sub(LIST_REACH * 2),
            (at + LIST_REACH * 2).min(phrases.len()),
        );
        (from..to)
            .filter(|other| denied.get(*other).copied().unwrap_or(false))
            .any(|other| {
                let Some(other) = phrases.get(other) else {
                    return false;
                };
                match side {
                    Side::Before => other.end < phrase.start && self.is_list(other, phrase, phrase),
                    Side::After => other.start > phrase.end && self.is_list(phrase, other, phrase),
                }
            })
    }

    /// Whether the words between two phrases only link them; a comma alone does when an "or" follows.
    fn is_list(&self, first: &Found, second: &Found, phrase: &Found) -> bool {
        let (from, to) = (first.end + 1, second.start);
        if to < from || to - from > 3 || self.clause(first.end) != self.clause(to) {
            return false;
        }
        let near: Vec<_> = self.near(phrase).collect();
        let marks_at = |at: usize, wanted: u16| {
            near.iter()
                .any(|(number, found)| *number == wanted && found.start == at)
        };
        let links = (from..to)
            .all(|at| marks_at(at, mark::LINK) || marks_at(at, mark::OR) || marks_at(at, mark::NO));
        let in_one_part = self.part(first.end) == self.part(to);
        let ors = || (from..second.end + LIST_REACH).any(|at| marks_at(at, mark::OR));
        links && (if in_one_part { to > from } else { ors() })
    }

    /// Everything but denials.
    fn falls(&self, phrase: &Found) -> bool {
        let beside = self.beside(phrase);
        !self.meets_conditions(phrase, &beside) || self.is_not_now(phrase)
    }

    fn meets_conditions(&self, phrase: &Found, beside: &[(u16, &Found)]) -> bool {
        let conditions = self
            .book
            .rows
            .get(phrase.row)
            .map(|row| row.conditions.as_slice())
            .unwrap_or_default();
        let is_beside = |wanted: u16| beside.iter().any(|(number, _)| *number == wanted);
        let apart = |wanted: u16| {
            beside
                .iter()
                .any(|(number, found)| *number == wanted && !phrase.shares_a_word(found))
        };
        let in_note = |wanted: u16| {
            self.sightings
                .marks
                .iter()
                .any(|found| self.number(found) == Some(wanted))
        };
        conditions.iter().all(|condition| match *condition {
            Condition::Unless(wanted) => !apart(wanted),
            Condition::UnlessInNote(wanted) => !in_note(wanted),
            Condition::Needs(wanted) => is_beside(wanted),
            Condition::NeedsInNote(wanted) => in_note(wanted),
        })
    }

    /// "My dad fainted", "der Hund humpelt"; not "my dad says that I limp", nor "with a friend, ankle swollen".
    fn is_anothers(&self, phrase: &Found, beside: &[(u16, &Found)]) -> bool {
        if self.book.rows.get(phrase.row).is_none_or(|row| row.is_own) {
            return false;
        }
        let others = beside
            .iter()
            .filter(|(number, found)| *number == mark::OTHER && found.start != phrase.start);
        let others: Vec<&Found> = others.map(|(_, found)| *found).collect();
        let before = others
            .iter()
            .filter(|found| found.end < phrase.start)
            .max_by_key(|found| found.end);
        let inside = others.iter().any(|found| {
            found.start > phrase.start && found.end <= phrase.end && !phrase.shares_a_word(found)
        });
        let next = phrase.end + 1;
        let behind = others
            .iter()
            .any(|found| found.start == next && self.part(next) == self.part(phrase.end));
        inside || behind || before.is_some_and(|other| self.is_subject(other, phrase, beside))
    }

    fn is_subject(&self, other: &Found, phrase: &Found, beside: &[(u16, &Found)]) -> bool {
        let any = |wanted: u16, from: usize, to: usize| {
            beside
                .iter()
                .any(|(number, found)| *number == wanted && (from..=to).contains(&found.start))
        };
        let speaks_of_me = any(mark::SELF, other.end + 1, phrase.end)
            || any(mark::SAYS, other.end + 1, other.end + 3);
        let is_company =
            other.start > 0 && any(mark::WITH, other.start.saturating_sub(2), other.start);
        let in_one_part = self.part(other.end) == self.part(phrase.start);
        let goes_on = any(mark::WHO, other.end + 1, other.end + 2);
        !speaks_of_me && (!is_company || in_one_part || goes_on)
    }

    /// "Two years ago"; not where "today" or "again" stands beside the phrase.
    fn is_past(&self, phrase: &Found, beside: &[(u16, &Found)]) -> bool {
        if self
            .book
            .rows
            .get(phrase.row)
            .is_none_or(|row| row.is_lasting)
        {
            return false;
        }
        let part = self.part(phrase.start);
        let is_now = beside
            .iter()
            .any(|(number, found)| *number == mark::NOW && self.part(found.start) == part);
        let opens = |found: &Found| {
            let opens_clause =
                self.clause(found.start.saturating_sub(3)) != self.clause(found.start);
            found.start < phrase.start && (opens_clause || found.start < 3)
        };
        let is_past = |(number, found): &(u16, &Found)| {
            *number == mark::PAST && (self.part(found.start) == part || opens(found))
        };
        !is_now && beside.iter().any(is_past)
    }

    /// "If it swells", "podcast about fainting", "the doctor asked about fever".
    fn is_supposed(&self, phrase: &Found, beside: &[(u16, &Found)]) -> bool {
        let part = self.part(phrase.start);
        beside.iter().any(|(number, found)| match *number {
            mark::IF | mark::STORY => {
                self.part(found.start) == part
                    && found.start <= phrase.end
                    && !phrase.names(found.start)
            }
            mark::ASKED => found.start < phrase.start && self.part(found.end) == part,
            _ => false,
        })
    }

    /// Languages share words: where one denies them or gives them to somebody else, so do the others.
    fn is_denied_elsewhere(&self, at: usize, phrase: &Found, denied: &[bool]) -> bool {
        let phrases = &self.sightings.phrases;
        let (from, to) = (at.saturating_sub(8), (at + 8).min(phrases.len()));
        (from..to).any(|number| {
            let other = phrases
                .get(number)
                .filter(|other| self.language(other) != self.language(phrase));
            let twin = other
                .filter(|other| other.shares_a_word(phrase) && self.means_the_same(phrase, other));
            twin.is_some_and(|twin| {
                denied.get(number).copied().unwrap_or(false)
                    || (self.is_not_now(twin) && self.is_likelier(twin, phrase))
            })
        })
    }

    /// Whether the clause may well be in the language of the first: "ma" is French for my and Dutch for mother.
    fn is_likelier(&self, first: &Found, second: &Found) -> bool {
        self.beside(first).len() >= self.beside(second).len()
    }

    /// Somebody else's, long past or only thought of.
    fn is_not_now(&self, phrase: &Found) -> bool {
        let beside = self.beside(phrase);
        self.is_anothers(phrase, &beside)
            || self.is_past(phrase, &beside)
            || self.is_supposed(phrase, &beside)
    }

    fn means_the_same(&self, a: &Found, b: &Found) -> bool {
        let says = |found: &Found| self.book.rows.get(found.row).map(|row| &row.says);
        match (says(a), says(b)) {
            (Some(Says::Means(a)), Some(Says::Means(b))) => {
                a == b || a.signs.iter().any(|sign| b.signs.contains(&sign))
            }
            _ => false,
        }
    }
}
