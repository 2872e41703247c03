//! What takes a phrase's meaning away: a denial, somebody else, the past, a plan, a story.

use super::{
    find::{Found, Sightings},
    table::{Book, Condition, Row, Says, mark},
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
    let phrases = sightings.phrases.iter().enumerate();
    phrases
        .map(|(at, phrase)| judge.stands(at, phrase, &denied))
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
        let each = |is_denied: fn(&Self, &Found) -> bool| {
            let denied = phrases.iter().map(|phrase| is_denied(self, phrase));
            denied.collect::<Vec<bool>>()
        };
        let mut before = each(Self::is_denied_before);
        for at in 0..phrases.len() {
            self.deny_in_list(at, &mut before, Side::Before);
        }
        let mut behind = each(Self::is_denied_behind);
        for at in (0..phrases.len()).rev() {
            self.deny_in_list(at, &mut behind, Side::After);
        }
        let within = each(Self::is_denied_within);
        let all = before.into_iter().zip(behind).zip(within);
        all.map(|((a, b), c)| a || b || c).collect()
    }

    fn deny_in_list(&self, at: usize, denied: &mut [bool], side: Side) {
        let Some(phrase) = self.sightings.phrases.get(at) else {
            return;
        };
        if self.is_in_denied_list(at, phrase, denied, side)
            && let Some(denied) = denied.get_mut(at)
        {
            *denied = true;
        }
    }

    fn stands(&self, at: usize, phrase: &Found, denied: &[bool]) -> bool {
        !denied.get(at).copied().unwrap_or(true)
            && !self.falls(phrase)
            && !self.is_denied_elsewhere(at, phrase, denied)
    }

    fn row(&self, found: &Found) -> Option<&'a Row> {
        self.book.rows.get(found.row)
    }

    fn number(&self, found: &Found) -> Option<u16> {
        match self.row(found)?.says {
            Says::Mark(number) => Some(number),
            _ => None,
        }
    }

    fn language(&self, found: &Found) -> Option<u8> {
        self.row(found).map(|row| row.language)
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
        let behind = marks.get(from..).unwrap_or_default().iter();
        behind
            .take_while(move |found| found.start <= last)
            .filter(move |found| self.language(found) == language)
            .filter_map(|found| Some((self.number(found)?, found)))
    }

    /// Marks of the phrase's clause. A "but" ends the clause on its side.
    fn beside(&self, phrase: &Found) -> Vec<(u16, &'a Found)> {
        let clause = self.clause(phrase.start);
        let mut all: Vec<_> = self
            .near(phrase)
            .filter(|(_, found)| self.clause(found.start) == clause)
            .collect();
        let (left, right) = buts_around(phrase, &all);
        all.retain(|(_, found)| {
            left.is_none_or(|at| found.start > at) && right.is_none_or(|at| found.start < at)
        });
        all
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
        let denies = |denial: &Found| {
            denial.end < phrase.start
                && self.reaches(denial, phrase)
                && !is_stopped(denial, phrase, &beside)
        };
        marks_of(&beside, mark::NO).any(denies)
    }

    /// "The knee is not swollen", "ne gonfle pas".
    fn is_denied_within(&self, phrase: &Found) -> bool {
        let beside = self.beside(phrase);
        let stands_around = |found: &Found| {
            found.start <= phrase.end && found.end >= phrase.start && !phrase.names(found.end)
        };
        marks_of(&beside, mark::NO).any(|found| is_inside(found, phrase) && found.end < phrase.end)
            || marks_of(&beside, mark::AROUND).any(stands_around)
    }

    fn reaches(&self, denial: &Found, phrase: &Found) -> bool {
        let reach = self.row(denial).map_or(0, |row| row.reach as usize);
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
        let from = at.saturating_sub(LIST_REACH * 2);
        let to = (at + LIST_REACH * 2).min(phrases.len());
        let near = phrases.iter().zip(denied).take(to).skip(from);
        let mut others = near.filter(|(_, denied)| **denied);
        others.any(|(other, _)| match side {
            Side::Before => other.end < phrase.start && self.is_list(other, phrase, phrase),
            Side::After => other.start > phrase.end && self.is_list(phrase, other, phrase),
        })
    }

    /// Whether the words between two phrases only link them; a comma alone does when an "or" follows.
    fn is_list(&self, first: &Found, second: &Found, phrase: &Found) -> bool {
        let (from, to) = (first.end + 1, second.start);
        if to < from || to - from > 3 || self.clause(first.end) != self.clause(to) {
            return false;
        }
        let near: Vec<_> = self.near(phrase).collect();
        let is_mark = |at: usize, wanted: &[u16]| {
            let mut here = near.iter().filter(|(_, found)| found.start == at);
            here.any(|(number, _)| wanted.contains(number))
        };
        let links = (from..to).all(|at| is_mark(at, &[mark::LINK, mark::OR, mark::NO]));
        let ors = || (from..second.end + LIST_REACH).any(|at| is_mark(at, &[mark::OR]));
        links
            && match self.part(first.end) == self.part(to) {
                true => to > from,
                false => ors(),
            }
    }

    /// Everything but denials.
    fn falls(&self, phrase: &Found) -> bool {
        let beside = self.beside(phrase);
        !self.meets_conditions(phrase, &beside) || self.is_not_now(phrase)
    }

    fn meets_conditions(&self, phrase: &Found, beside: &[(u16, &Found)]) -> bool {
        let apart = |wanted| marks_of(beside, wanted).any(|found| !phrase.shares_a_word(found));
        let meets = |condition: &Condition| match *condition {
            Condition::Unless(wanted) => !apart(wanted),
            Condition::UnlessInNote(wanted) => !self.is_in_note(wanted),
            Condition::Needs(wanted) => marks_of(beside, wanted).next().is_some(),
            Condition::NeedsInNote(wanted) => self.is_in_note(wanted),
        };
        self.row(phrase)
            .is_none_or(|row| row.conditions.iter().all(meets))
    }

    fn is_in_note(&self, wanted: u16) -> bool {
        let mut marks = self.sightings.marks.iter();
        marks.any(|found| self.number(found) == Some(wanted))
    }

    /// "My dad fainted", "der Hund humpelt"; not "my dad says that I limp", nor "with a friend, ankle swollen".
    fn is_anothers(&self, phrase: &Found, beside: &[(u16, &Found)]) -> bool {
        if self.row(phrase).is_none_or(|row| row.is_own) {
            return false;
        }
        let others = || marks_of(beside, mark::OTHER).filter(|found| found.start != phrase.start);
        let is_inside = |found: &Found| is_inside(found, phrase) && found.end <= phrase.end;
        let before = others()
            .filter(|found| found.end < phrase.start)
            .max_by_key(|found| found.end);
        others().any(|found| is_inside(found) || self.is_right_behind(found, phrase))
            || before.is_some_and(|other| self.is_subject(other, phrase, beside))
    }

    fn is_right_behind(&self, found: &Found, phrase: &Found) -> bool {
        let next = phrase.end + 1;
        found.start == next && self.part(next) == self.part(phrase.end)
    }

    fn is_subject(&self, other: &Found, phrase: &Found, beside: &[(u16, &Found)]) -> bool {
        let any = |wanted: u16, from: usize, to: usize| {
            marks_of(beside, wanted).any(|found| (from..=to).contains(&found.start))
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
        if self.row(phrase).is_none_or(|row| row.is_lasting) {
            return false;
        }
        let part = self.part(phrase.start);
        let is_here = |found: &Found| self.part(found.start) == part;
        let opens = |found: &Found| found.start < phrase.start && self.opens_clause(found);
        !marks_of(beside, mark::NOW).any(is_here)
            && marks_of(beside, mark::PAST).any(|found| is_here(found) || opens(found))
    }

    fn opens_clause(&self, found: &Found) -> bool {
        let before = found.start.saturating_sub(3);
        found.start < 3 || self.clause(before) != self.clause(found.start)
    }

    /// "If it swells", "podcast about fainting", "the doctor asked about fever".
    fn is_supposed(&self, phrase: &Found, beside: &[(u16, &Found)]) -> bool {
        let part = self.part(phrase.start);
        let supposes = |found: &Found| {
            self.part(found.start) == part
                && found.start <= phrase.end
                && !phrase.names(found.start)
        };
        let asks = |found: &Found| found.start < phrase.start && self.part(found.end) == part;
        marks_of(beside, mark::IF).any(supposes)
            || marks_of(beside, mark::STORY).any(supposes)
            || marks_of(beside, mark::ASKED).any(asks)
    }

    /// Languages share words: where one denies them or gives them to somebody else, so do the others.
    fn is_denied_elsewhere(&self, at: usize, phrase: &Found, denied: &[bool]) -> bool {
        let phrases = &self.sightings.phrases;
        let (from, to) = (at.saturating_sub(8), (at + 8).min(phrases.len()));
        let mut near = phrases.iter().zip(denied).take(to).skip(from);
        near.any(|(other, is_denied)| {
            self.is_twin(other, phrase)
                && (*is_denied || (self.is_not_now(other) && self.is_likelier(other, phrase)))
        })
    }

    /// Whether two phrases say the same with the same words in two languages.
    fn is_twin(&self, other: &Found, phrase: &Found) -> bool {
        self.language(other) != self.language(phrase)
            && other.shares_a_word(phrase)
            && self.means_the_same(phrase, other)
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
        let says = |found: &Found| self.row(found).map(|row| &row.says);
        match (says(a), says(b)) {
            (Some(Says::Means(a)), Some(Says::Means(b))) => {
                a == b || a.signs.iter().any(|sign| b.signs.contains(&sign))
            }
            _ => false,
        }
    }
}

/// The marks of one kind.
fn marks_of<'a>(marks: &[(u16, &'a Found)], wanted: u16) -> impl Iterator<Item = &'a Found> {
    let of_kind = marks.iter().filter(move |(number, _)| *number == wanted);
    of_kind.map(|(_, found)| *found)
}

/// Where the nearest "but" on either side of a phrase stands.
fn buts_around(phrase: &Found, marks: &[(u16, &Found)]) -> (Option<usize>, Option<usize>) {
    let buts = || marks_of(marks, mark::BUT).map(|but| but.start);
    let apart = || buts().filter(|at| !phrase.names(*at));
    (
        apart().filter(|at| *at < phrase.start).max(),
        apart().filter(|at| *at > phrase.end).min(),
    )
}

/// Whether a word between a denial and a phrase stops the denial.
fn is_stopped(denial: &Found, phrase: &Found, beside: &[(u16, &Found)]) -> bool {
    marks_of(beside, mark::STOP).any(|stop| stop.start > denial.end && stop.start < phrase.start)
}

/// Whether a mark begins in a gap of a phrase.
fn is_inside(found: &Found, phrase: &Found) -> bool {
    found.start > phrase.start && !phrase.shares_a_word(found)
}
